/* csv.h: reading CSV with positions. Own code because no packaged reader gives row and column and sees
 * an unterminated quote (libcsv 3.0.3 does neither). RFC 4180, plus what form exports do: BOM, CRLF or
 * LF or CR, `;` or TAB as delimiter, newlines inside quotes. */
#ifndef CSV_H
#define CSV_H

#include "mentor.h"

/** A whole CSV text in memory, cut up record by record without copying more than quoted cells need. */
struct csv {
	struct mentor *m;
	const char *file; /* name for messages */
	char *text;	  /* owned; cells are cut in place */
	size_t len, at;
	char delimiter;
	size_t start;	 /* of the record last read; it goes up to `at` */
	long line;	 /* line of the record last read, from 1 */
	long row;	 /* records read, the heading being 0 */
	char **cells;	 /* of the record last read; borrowed until the next call */
	size_t n_cells, cap_cells;
	long next_line;	 /* line on which the next record begins */
	char **headings; /* NULL-terminated; they live in `text` */
	size_t n_headings;
	long heading_line;
	size_t heading_end; /* of the heading in the text */
	bool unclosed;	    /* a quote was never closed: nothing behind it can be read */
};

/** Reads the heading of a copy of `text` (csv_close() is called even on failure). `delimiter` 0: the one that a
 * first line such as sep=; names (which is passed over in any case), else that of , ; TAB which occurs most often outside quotes in the first record. Refuses invalid UTF-8 (with a hint naming the likely encoding:
 * UTF-16 by its BOM or NULs, Windows-1252 by its bytes), workbooks, PDF and web pages, NUL and control characters other than TAB, LF, CR, and an empty file; the error names file, line, row and column. */
enum mentor_status csv_open(struct csv *c, struct mentor *m, const char *file, const char *text, size_t len, char delimiter);

/** Reads the next record into c->cells. *ret_more is false at the end. Wholly empty lines are skipped. Empty cells behind the last heading are dropped. A record with another number
 * of cells than the heading is an error, and the message says how many were wanted and found. An unterminated quote names the line where it opened. Line breaks
 * inside quotes become LF. After a bad record reading can go on with the next. */
enum mentor_status csv_next(struct csv *c, bool *ret_more);

/** Index of the `occurrence`th (from 1) heading equal to `heading`, -1 when there is none. White space around headings (also U+00A0) is ignored
 * and inner runs of white space, newlines included, count as one blank. */
long csv_find(const struct csv *c, const char *heading, int occurrence);

/** Whether the record last read holds nothing but blanks: spreadsheets leave such rows behind. */
bool csv_is_blank(const struct csv *c);

void csv_close(struct csv *c);

#endif
