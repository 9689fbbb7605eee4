/* out_xlsx.c: a workbook as public bodies like them: one table a sheet with its headings in the first row, a sheet of notes, no empty cells: [c] is
 * withheld, [x] has not been measured, [z] does not apply. Written with libxlsxwriter, which is loaded when it is wanted and no sooner: starting it
 * up takes longer than all of mentor. */
#include "out.h"

#include <string.h>

#ifndef XLSXWRITER

enum mentor_status out_xlsx_ready(struct mentor *m)
{
	return mentor_fail(m, MENTOR_REFUSED, "csv can be opened by any spreadsheet; or build mentor where libxlsxwriter is installed (libxlsxwriter-dev)",
	    "--format: xlsx is not built into this mentor");
}

const struct format format_xlsx = { .name = "xlsx", .flags = FORMAT_PEOPLE | FORMAT_LABELS | FORMAT_SOME | FORMAT_BINARY };

#else

#include <dlfcn.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* ---- the library ---- */

#define CALLS                                                                                                                   \
	CALL(workbook_new_opt)                                                                                                  \
	CALL(workbook_add_worksheet)                                                                                            \
	CALL(workbook_add_format)                                                                                               \
	CALL(workbook_set_properties)                                                                                           \
	CALL(workbook_close)                                                                                                    \
	CALL(worksheet_write_string)                                                                                            \
	CALL(worksheet_write_number)                                                                                            \
	CALL(worksheet_set_column)                                                                                              \
	CALL(worksheet_freeze_panes)                                                                                            \
	CALL(format_set_bold)                                                                                                   \
	CALL(format_set_align)                                                                                                  \
	CALL(format_set_text_wrap)                                                                                              \
	CALL(format_set_num_format)                                                                                             \
	CALL(format_set_bottom)                                                                                                 \
	CALL(format_set_font_size)

static struct {
#define CALL(name) __typeof__(name) *name;
	CALLS
#undef CALL
} xlsx;

/* A pointer to a function is no pointer to an object, but POSIX has them alike. */
static bool find(void *library, const char *name, void *ret_call)
{
	void *symbol = dlsym(library, name);
	memcpy(ret_call, &symbol, sizeof(symbol));
	return symbol;
}

static bool load(void)
{
	void *library = dlopen(XLSXWRITER, RTLD_NOW | RTLD_LOCAL); /* until the process ends */
	bool good = library;
#define CALL(name) good = good && find(library, #name, &xlsx.name);
	CALLS
#undef CALL
	return good;
}

enum mentor_status out_xlsx_ready(struct mentor *m)
{
	if (load())
		return MENTOR_OK;
	return mentor_fail(m, MENTOR_REFUSED, "csv can be opened by any spreadsheet; or install libxlsxwriter", "--format: xlsx needs %s, which is not installed",
	    XLSXWRITER);
}

/* ---- the workbook ---- */

/* SHEET_DAYS: spreadsheets count days from 30 December 1899. */
enum { HEAD, TEXT, WHOLE, DECIMAL, DAY, MARK, TITLE, FORMATS, MOST_WIDTH = 60, SHEET_DAYS = 25569 };

struct workbook {
	char path[4096]; /* of the file it is made in: the library writes to names only */
	lxw_workbook *book;
	lxw_format *formats[FORMATS];
	lxw_worksheet *sheet;
	lxw_row_t row;
	size_t widths[OUT_MOST_COLUMNS]; /* in characters */
	bool missing, unmeasured; /* some cell is [z]; is [x] */
	bool lost;		  /* some cell could not be written: a text is too long, or there is no memory */
	struct mentor_buf sheets; /* a line for each: its name and title */
};

static struct workbook *book_of(const struct out *o)
{
	return o->state;
}

static void make_formats(struct workbook *w)
{
	for (size_t i = 0; i < FORMATS; i++) {
		lxw_format *f = w->formats[i] = xlsx.workbook_add_format(w->book);
		if (!f)
			return;
		xlsx.format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
		if (i == HEAD || i == TITLE)
			xlsx.format_set_bold(f);
		if (i == HEAD)
			xlsx.format_set_bottom(f, LXW_BORDER_THIN);
		if (i == HEAD || i == TEXT)
			xlsx.format_set_text_wrap(f);
		if (i == MARK)
			xlsx.format_set_align(f, LXW_ALIGN_RIGHT);
		if (i == TITLE)
			xlsx.format_set_font_size(f, 14);
		if (i == DECIMAL)
			xlsx.format_set_num_format(f, "0.00");
		if (i == DAY)
			xlsx.format_set_num_format(f, "d mmmm yyyy");
	}
}

/* The library takes texts as if it were to change them. */
static char *as_it_likes(const char *text)
{
	return (char *)(uintptr_t)text; /* NOLINT(performance-no-int-to-ptr) */
}

/* The file says it was made on the day that the report is of, so that the same report is the same file. */
static void set_properties(const struct out *o, struct workbook *w)
{
	int64_t day = 0;
	char today[11];
	snprintf(today, sizeof(today), "%.10s", mentor_now(o->m));
	mentor_day_parse(today, &day);
	lxw_doc_properties properties = { .title = as_it_likes(o->title ? o->title : ""), .created = (time_t)(day * 86400) };
	xlsx.workbook_set_properties(w->book, &properties);
}

static bool make_file(const struct out *o, struct workbook *w)
{
	int n = snprintf(w->path, sizeof(w->path), "%s/.mentor-XXXXXX", o->spool_folder ? o->spool_folder : ".");
	int fd = n > 0 && (size_t)n < sizeof(w->path) ? mkstemp(w->path) : -1;
	if (fd >= 0)
		close(fd);
	else
		w->path[0] = '\0';
	return fd >= 0;
}

static void xlsx_begin(struct out *o)
{
	struct workbook *w = o->state = calloc(1, sizeof(*w));
	if (!w || !make_file(o, w)) {
		o->spool_errno = w ? errno : ENOMEM;
		return;
	}
	lxw_workbook_options options = { .tmpdir = as_it_likes(o->spool_folder) };
	w->book = xlsx.workbook_new_opt(w->path, &options);
	o->buf.failed = o->buf.failed || !w->book;
	if (w->book)
		make_formats(w);
}

/* ---- cells ---- */

static void widen(struct workbook *w, size_t column, const char *text)
{
	size_t len = 0;
	for (; *text; text++)
		len += (*text & 0xC0) != 0x80; /* characters, not bytes */
	w->widths[column] = len > w->widths[column] ? len : w->widths[column];
}

static void write_string(struct workbook *w, size_t column, const char *text, int format)
{
	w->lost = w->lost || xlsx.worksheet_write_string(w->sheet, w->row, (lxw_col_t)column, text, w->formats[format]);
	widen(w, column, text);
}

/* What has no value does not apply, or, where it would be a mean, has not been measured. */
static void write_none(struct workbook *w, size_t column, const struct mentor_field *field)
{
	bool unmeasured = field->type == MENTOR_TYPE_CENTI;
	w->unmeasured = w->unmeasured || unmeasured;
	w->missing = w->missing || !unmeasured;
	write_string(w, column, unmeasured ? "[x]" : "[z]", out_is_figure(field) ? MARK : TEXT);
}

static void write_day(struct workbook *w, size_t column, const char *day)
{
	int64_t number = 0;
	mentor_day_parse(day, &number);
	w->lost = w->lost || xlsx.worksheet_write_number(w->sheet, w->row, (lxw_col_t)column, (double)(number + SHEET_DAYS), w->formats[DAY]);
	widen(w, column, "30 September 2026");
}

static void write_text(struct out *o, size_t column, const struct mentor_field *field, const void *record)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	out_value(o, &value, field, record);
	write_string(book_of(o), column, mentor_buf_text(&value), TEXT);
	out_free_part(o, &value);
}

static void write_value(struct out *o, size_t column, const struct mentor_field *field, const void *record)
{
	struct workbook *w = book_of(o);
	if (mentor_field_is_none(field, record)) {
		write_none(w, column, field);
	} else if (out_is_withheld(field, record)) {
		o->withheld = true;
		write_string(w, column, "[c]", MARK);
	} else if (field->type == MENTOR_TYPE_DAY) {
		write_day(w, column, mentor_field_string(field, record));
	} else if (out_is_figure(field)) {
		int64_t number = mentor_field_number(field, record);
		bool decimal = field->type == MENTOR_TYPE_CENTI;
		w->lost = w->lost || xlsx.worksheet_write_number(w->sheet, w->row, (lxw_col_t)column,
					 decimal ? (double)number / 100 : (double)number, w->formats[decimal ? DECIMAL : WHOLE]);
		widen(w, column, "100.00");
	} else {
		write_text(o, column, field, record);
	}
}

static void write_heading(struct out *o, size_t column, const struct mentor_field *field, int format)
{
	struct mentor_buf heading = MENTOR_BUF_INIT;
	out_heading_capital(&heading, &o->labels, field);
	write_string(book_of(o), column, mentor_buf_text(&heading), format);
	out_free_part(o, &heading);
}

/* ---- sheets ---- */

static bool is_ready(const struct out *o)
{
	return book_of(o) && book_of(o)->book && !o->buf.failed;
}

static void start_sheet(struct out *o, const char *name)
{
	struct workbook *w = book_of(o);
	memset(w->widths, 0, sizeof(w->widths));
	w->row = 0;
	w->sheet = xlsx.workbook_add_worksheet(w->book, name);
	o->buf.failed = o->buf.failed || !w->sheet;
}

static void end_sheet(struct workbook *w, size_t columns)
{
	for (size_t i = 0; i < columns; i++) {
		size_t width = w->widths[i] + 2;
		xlsx.worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, width < MOST_WIDTH ? (double)width : MOST_WIDTH, NULL);
	}
}

/* Keys are short, differ from each other, and hold no character that the name of a sheet may not. */
static void xlsx_part(struct out *o, const struct part *part)
{
	struct workbook *w = book_of(o);
	if (!is_ready(o))
		return;
	start_sheet(o, part->key ? part->key : "table");
	if (o->buf.failed)
		return;
	mentor_buf_fmt(&w->sheets, "%s\t%s\n", part->key ? part->key : "table", part->title ? part->title : "");
	for (size_t i = 0; part->many && i < o->n_fields; i++)
		write_heading(o, i, o->fields[i], HEAD);
	if (!part->many) {
		write_string(w, 0, "Item", HEAD);
		write_string(w, 1, "Value", HEAD);
	}
	w->row = 1;
	xlsx.worksheet_freeze_panes(w->sheet, 1, part->many ? 1 : 0);
}

static void xlsx_row(struct out *o, const struct part *part, const void *record)
{
	struct workbook *w = book_of(o);
	if (!is_ready(o))
		return;
	for (size_t i = 0; i < o->n_fields; i++) {
		if (!part->many)
			write_heading(o, 0, o->fields[i], TEXT);
		write_value(o, part->many ? i : 1, o->fields[i], record);
		w->row += part->many ? 0 : 1;
	}
	w->row += part->many ? 1 : 0;
}

static void xlsx_part_end(struct out *o, const struct part *part)
{
	if (is_ready(o))
		end_sheet(book_of(o), part->many ? o->n_fields : 2);
}

static void write_line(struct out *o, const char *first, const char *second, int format)
{
	struct workbook *w = book_of(o);
	write_string(w, 0, first, format);
	if (*second)
		write_string(w, 1, second, TEXT);
	w->row++;
}

/* The lines of a text, cut at the first TAB of each. */
static void write_lines(struct out *o, struct mentor_buf *lines)
{
	char *rest = NULL;
	for (char *line = lines->data ? strtok_r(lines->data, "\n", &rest) : NULL; line; line = strtok_r(NULL, "\n", &rest)) {
		char *second = strchr(line, '\t');
		if (second)
			*second++ = '\0';
		write_line(o, line, second ? second : "", TEXT);
	}
}

static void write_notes(struct out *o)
{
	struct workbook *w = book_of(o);
	start_sheet(o, "notes");
	if (o->buf.failed)
		return;
	write_line(o, o->title ? o->title : o->command->summary, "", TITLE);
	if (o->kicker)
		write_line(o, o->kicker, "", TEXT);
	write_line(o, "Sheet", "What it holds", HEAD);
	write_lines(o, &w->sheets);
	if (o->withheld)
		write_line(o, "[c]", "withheld, because it counts few people or would give such a number away", TEXT);
	if (w->unmeasured)
		write_line(o, "[x]", "not available: it has not been measured", TEXT);
	if (w->missing)
		write_line(o, "[z]", "does not apply", TEXT);
	write_lines(o, &o->notes);
	xlsx.worksheet_set_column(w->sheet, 0, 0, 24, NULL);
	xlsx.worksheet_set_column(w->sheet, 1, 1, MOST_WIDTH, NULL);
}

/* ---- the file ---- */

static void read_back(struct out *o, const char *path)
{
	char block[1 << 14];
	size_t n = 0;
	FILE *file = fopen(path, "rbe");
	while (file && (n = fread(block, 1, sizeof(block), file)) > 0)
		mentor_buf_add(&o->buf, block, n);
	if (!file || ferror(file))
		o->spool_errno = errno ? errno : EIO;
	if (file)
		fclose(file);
}

static void xlsx_drop(struct out *o)
{
	struct workbook *w = book_of(o);
	if (!w)
		return;
	if (w->book)
		xlsx.workbook_close(w->book); /* frees it: there is no other way */
	if (w->path[0])
		unlink(w->path);
	mentor_buf_free(&w->sheets);
	free(w);
	o->state = NULL;
}

static void xlsx_end(struct out *o)
{
	struct workbook *w = book_of(o);
	if (is_ready(o)) {
		write_notes(o);
		set_properties(o, w);
		lxw_workbook *book = w->book;
		w->book = NULL;
		if (xlsx.workbook_close(book))
			o->spool_errno = errno ? errno : EIO;
		else if (w->lost)
			o->spool_errno = E2BIG;
		else
			read_back(o, w->path);
	}
	xlsx_drop(o);
}

const struct format format_xlsx = { "xlsx", xlsx_begin, xlsx_part, xlsx_row, xlsx_part_end, xlsx_end, NULL, xlsx_drop,
	FORMAT_PEOPLE | FORMAT_LABELS | FORMAT_SOME | FORMAT_BINARY };

#endif
