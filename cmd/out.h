/* out.h: how a command's rows reach standard output.
 *
 * Rows go through a format (a table of functions, one file each) into a spool, memory first and an unlinked temporary file beyond a limit.
 * main.c sends the spool off when the command has committed or finished reading: what never happened is never printed,
 * and a report stuck in a pager holds no lock. */
#ifndef OUT_H
#define OUT_H

#include "command.h"

#include <signal.h>
#include <stdio.h>

struct out;

enum { OUT_MOST_COLUMNS = 64 };

enum format_flags {
	FORMAT_PEOPLE = 1, /* for people: no columns marked wide, nothing about what is empty and optional */
	FORMAT_LABELS = 2, /* people are called what the programme calls them */
	FORMAT_SOME = 4,   /* offered only by commands that name it */
	FORMAT_BINARY = 16, /* not to be shown on a terminal */
	FORMAT_LINES = 8,  /* rows of one kind: the main part, or the figures of all (out->is_long) */
};

/** One format. Functions are called in the order begin, (part, row…)…, end. */
struct format {
	const char *name;
	void (*begin)(struct out *o);
	void (*part)(struct out *o, const struct part *part);
	void (*row)(struct out *o, const struct part *part, const void *record);
	void (*part_end)(struct out *o, const struct part *part);
	void (*end)(struct out *o);
	void (*text)(struct out *o, const char *name, const char *text); /* a whole text instead of rows */
	void (*drop)(struct out *o); /* frees o->state when a command failed midway; NULL: there is none */
	unsigned flags;		     /* enum format_flags */
};

extern const struct format format_table, format_plain, format_json, format_jsonl, format_csv, format_tsv, format_html,
    format_md, format_xlsx;

struct out {
	struct mentor *m;
	const struct format *format;
	const struct command *noun, *command;
	const struct mentor_published *published; /* the figures leave the team; NULL: they do not */
	bool dry_run, writes, raw, bom, nul, color;
	int width;		/* of the terminal; 0 when it is none */
	int64_t revision;	/* of the store; 0 without one */
	const char *pager;	/* program for long tables on a terminal; NULL: none */
	const char *title;	/* of the document for people */
	const char *kicker;	/* html: what kind of page it is; NULL: the noun */
	bool brief;		/* html: it is to be printed on one sheet: charts in two columns, without the tables beside them */
	struct mentor_labels labels; /* what people are called; the usual words until out_labels() */
	const char *main; /* key of the main part, where that depends on the command line; NULL: as the table says */
	const char *const *asked; /* keys of the parts people hear of though empty, NULL-terminated; NULL: as the table says */
	enum audience audience; /* parts that it may not see are left out */
	bool is_long;		/* lines and CSV: every figure of every part has a row of its own */
	struct watch *watch;	/* a condition to hold the rows against; NULL: none */
	const char *cohort, *day; /* is_long: what the figures are of */
	const struct part *part; /* the running one */
	size_t n_parts, n_rows; /* parts begun; rows of the running part */
	bool began, part_began;	/* the format has heard of the document, of the running part */
	bool whole;		/* a text stands for all parts */
	bool withheld;		/* people have been shown a withheld number */
	bool after_title;	/* table: no blank line wanted yet */
	const struct mentor_field *fields[OUT_MOST_COLUMNS]; /* the columns of the running part */
	size_t n_fields;
	const char *chosen; /* --fields */
	struct mentor_buf notes; /* lines for people below the data */
	struct mentor_buf buf;	 /* the spool's memory */
	FILE *overflow;		 /* the spool's file */
	int spool_errno;         /* why the spool's file could not be written or read; 0: all is well */
	const char *spool_folder;
	bool reader_gone; /* whoever read standard output has had enough: an exit code, but nothing to say */
	void *state; /* the format's own */
};

/** The format called `name`, NULL when there is none. */
const struct format *out_format(const char *name);
/** Whether workbooks can be made here: MENTOR_REFUSED with a hint when not. */
enum mentor_status out_xlsx_ready(struct mentor *m);
/** The names of all formats, NULL-terminated. */
extern const char *const out_formats[];

/** Starts the part `key` of the command (NULL: its only part); parts come in the order of the command's table. */
void out_part(struct out *o, const char *key);
/** Prints one row of the running part. */
void out_row(struct out *o, const void *record);
/** Prints a whole text instead of rows: a page, a script. `name` says what kind it is ("html"). */
void out_text(struct out *o, const char *name, const char *text);
/** A line for people below the data; not in machine formats. */
void out_note(struct out *o, const char *format, ...) MENTOR_PRINTF(2, 3);
/** The heading of the document for people. Borrowed until the end. */
void out_title(struct out *o, const char *title);
/** Calls people what the programme of `cohort` calls them, or of 0 what all cohorts do (mentor_labels()). Costs nothing
 * where the command's parts speak of no side, and in machine formats, which say the same for every programme. */
enum mentor_status out_labels(struct out *o, int64_t cohort);
/** Ends the document: parts not begun come out empty. */
void out_end(struct out *o);
/** Chooses the columns of `part`: --fields, or for people those not marked wide. */
enum mentor_status out_choose(struct out *o, const struct part *part);

/** Whether a pager will show what is printed. */
bool out_wants_pager(const struct out *o);
/** Whether all that was printed is in the spool: MENTOR_NO_MEMORY or MENTOR_FAILED when some of it was lost. */
enum mentor_status out_check(struct out *o);
/** Sends the spool to standard output or atomically to `path`. */
enum mentor_status out_send(struct out *o, const char *path);
/** Writes a text to a file of its own, atomically; the file is private, also where there was one before. */
enum mentor_status out_save(struct mentor *m, const char *path, const struct mentor_buf *text);
/** Sends the bytes of a file instead of rows; takes `fd` over. */
enum mentor_status out_file(struct out *o, int fd);
/** Makes what was renamed in the folder of `path` durable. */
void out_sync_folder(const char *path);
/** Lets the signals that people send wait, so that no temporary file stays behind; sigprocmask(SIG_SETMASK, before) lets them come. */
void out_hold_signals(sigset_t *before);
/** Drops the spool. */
void out_free(struct out *o);

/** Whether `part` is the one that --fields, lines and CSV speak of: the first table, or the only object. */
bool out_is_main(const struct out *o, const struct part *part);
/** Whether `part` is not for the readers of the output (out->audience): out_row() leaves its rows out. */
bool out_is_hidden(const struct out *o, const struct part *part);
/** Moves the spool's memory to its file when it has grown large. */
void out_spill(struct out *o);
/** Whether the value is a number withheld for being small. */
bool out_is_withheld(const struct mentor_field *field, const void *record);
/** Frees a buffer that held part of the output; when it had failed, so has the output. */
void out_free_part(struct out *o, struct mentor_buf *b);
/** A value as people are shown it: sides as the programme calls them, words of ours with blanks for their hyphens, "not measured". Remembers
 * what was withheld. Appends to b. */
void out_value(struct out *o, struct mentor_buf *b, const struct mentor_field *field, const void *record);
/** A field's heading for people: labels in it are somebody's texts, to be encoded like any value. Appends to b. */
void out_heading(struct mentor_buf *b, const struct mentor_labels *labels, const struct mentor_field *field);
/** The same, beginning with a capital letter. */
void out_heading_capital(struct mentor_buf *b, const struct mentor_labels *labels, const struct mentor_field *field);
/** What [c] means, for people. */
#define OUT_WITHHELD "[c] is withheld, because it counts few people or would give such a number away."
/** out->is_long: the heading; the figures of one row of `part`. */
void out_long_begin(struct out *o);
void out_long_row(struct out *o, const struct part *part, const void *record);
extern const struct part out_long_part;
/** What names the row: all its labels, since a survey and a stage do so only together; else its first column; in a format for people as
 * out_value() has them. Appends to b. */
void out_label(struct mentor_buf *b, struct out *o, const void *record);
/** Whether the field holds a figure. */
bool out_is_figure(const struct mentor_field *field);
/** What people are shown in the place of a role or an audience; NULL for any other value. */
const char *out_side(const struct out *o, const struct mentor_field *field, const void *record);

#endif
