/* out_text.c: tables for people (libsmartcols) and plain lines for pipes. */
#define _XOPEN_SOURCE 700 /* wcwidth() */
#include "out.h"

#include <errno.h>
#include <libsmartcols.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* ---- what both share: a row as one sentence ---- */

/* Labels come from the programme's file, so headings are made visible like values. */
static void write_heading(struct out *o, struct mentor_buf *b, const struct mentor_field *field)
{
	struct mentor_buf heading = MENTOR_BUF_INIT;
	out_heading(&heading, &o->labels, field);
	mentor_buf_visible(b, mentor_buf_text(&heading), false);
	out_free_part(o, &heading);
}

/* A value on a terminal: in a table as people write it; what scripts read keeps the words of every programme. */
static void write_value(
    struct out *o, struct mentor_buf *b, const struct mentor_field *field, const void *record, bool multiline)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	bool table = o->format == &format_table;
	if (table)
		out_value(o, &value, field, record);
	else
		mentor_field_write(&value, field, record);
	for (char *p = table && !multiline && value.len ? strchr(value.data, '\n') : NULL; p; p = strchr(p, '\n'))
		*p = ' '; /* a cell is wrapped as it fits */
	mentor_buf_visible(b, mentor_buf_text(&value), multiline);
	out_free_part(o, &value);
}

static void sentence(struct out *o, const void *record)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	bool first = true;
	for (size_t i = 0; i < o->n_fields; i++) {
		mentor_buf_clear(&value);
		write_value(o, &value, o->fields[i], record, false);
		if (value.len == 0)
			continue;
		mentor_buf_str(&o->buf, first ? "" : " ");
		mentor_buf_str(&o->buf, mentor_buf_text(&value));
		first = false;
	}
	mentor_buf_char(&o->buf, o->nul ? '\0' : '\n');
	out_free_part(o, &value);
}

static void raw_text(struct out *o, const char *name, const char *text)
{
	(void)name;
	mentor_buf_str(&o->buf, text);
}

/* ---- plain: cells between TABs, no heading; an object as name and value a line ---- */

static void plain_part(struct out *o, const struct part *part)
{
	(void)part;
	if (o->buf.len)
		mentor_buf_char(&o->buf, o->nul ? '\0' : '\n');
}

static void plain_row(struct out *o, const struct part *part, const void *record)
{
	if (part->sentences) {
		sentence(o, record);
		return;
	}
	for (size_t i = 0; i < o->n_fields; i++) {
		if (part->many && i)
			mentor_buf_char(&o->buf, '\t');
		if (!part->many)
			mentor_buf_fmt(&o->buf, "%s\t", o->fields[i]->name);
		write_value(o, &o->buf, o->fields[i], record, false);
		if (!part->many)
			mentor_buf_char(&o->buf, o->nul ? '\0' : '\n');
	}
	if (part->many)
		mentor_buf_char(&o->buf, o->nul ? '\0' : '\n');
}

static void no_part_end(struct out *o, const struct part *part)
{
	(void)o;
	(void)part;
}

const struct format format_plain = { "plain", NULL, plain_part, plain_row, no_part_end, NULL, raw_text, .flags = FORMAT_PEOPLE };

/* ---- table ---- */

static void emphasise(struct out *o, const char *text)
{
	if (o->color)
		mentor_buf_str(&o->buf, "\033[1m");
	mentor_buf_visible(&o->buf, text, false);
	if (o->color)
		mentor_buf_str(&o->buf, "\033[0m");
	mentor_buf_char(&o->buf, '\n');
}

/* Widths and what may be printed go by the character type; cron's LC_ALL=C must not turn names into escapes. C.UTF-8 is built into libc. */
static void table_begin(struct out *o)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	o->after_title = o->title;
	if (o->title)
		emphasise(o, o->title);
}

/* Texts may go over several lines on a terminal; numbers, days and short names stay whole. */
static bool may_wrap(const struct out *o, const struct mentor_field *field)
{
	switch (field->type) {
	case MENTOR_TYPE_TEXT:
	case MENTOR_TYPE_NOTE:
	case MENTOR_TYPE_LIST:
	case MENTOR_TYPE_EMAIL:
	case MENTOR_TYPE_CHOICE:
		return o->width > 0;
	case MENTOR_TYPE_ID:
	case MENTOR_TYPE_REF:
	case MENTOR_TYPE_INT:
	case MENTOR_TYPE_CENTI:
	case MENTOR_TYPE_BOOL:
	case MENTOR_TYPE_SLUG:
	case MENTOR_TYPE_DAY:
	case MENTOR_TYPE_TIME:
	case MENTOR_TYPE_CLOCK:
		break;
	}
	return false;
}

static bool new_column(struct out *o, struct libscols_table *table, const struct mentor_field *field)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	write_heading(o, &name, field);
	bool wraps = may_wrap(o, field);
	int flags = (out_is_figure(field) ? SCOLS_FL_RIGHT : 0) | (wraps ? SCOLS_FL_WRAP : 0);
	struct libscols_column *column = scols_table_new_column(table, mentor_buf_text(&name), 0, flags);
	/* what is dangerous has been made visible already, and the only newlines are those of wrap() */
	bool good = column && !scols_column_set_safechars(column, "\\\n");
	if (good && wraps)
		good = !scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
	out_free_part(o, &name);
	return good;
}

static struct libscols_table *new_table(struct out *o)
{
	struct libscols_table *table = scols_new_table();
	bool good =
	    table && !scols_table_set_termforce(table, o->width ? SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
	for (size_t i = 0; good && i < o->n_fields; i++)
		good = new_column(o, table, o->fields[i]);
	if (good)
		return table;
	scols_unref_table(table);
	o->buf.failed = true;
	return NULL;
}

static void table_part(struct out *o, const struct part *part)
{
	if (o->buf.len && !o->after_title)
		mentor_buf_char(&o->buf, '\n');
	o->after_title = false;
	if (part->title)
		emphasise(o, part->title);
	o->state = part->many && !part->sentences ? new_table(o) : NULL;
}

/* The bytes of the character at `text`, and the columns it takes, counted as libsmartcols does. */
static size_t character(const char *text, size_t len, size_t *ret_width)
{
	mbstate_t state = { 0 };
	wchar_t c = 0;
	size_t n = mbrtowc(&c, text, len, &state);
	bool good = n > 0 && n <= len;
	int width = good && iswprint((wint_t)c) ? wcwidth(c) : -1;
	n = good ? n : 1;
	*ret_width = width < 0 ? 4 * n : (size_t)width; /* it would be shown as \x.. */
	return n;
}

static size_t width_of(const char *text, size_t len)
{
	size_t width = 0, one = 0;
	for (size_t i = 0; i < len; width += one)
		i += character(text + i, len - i, &one);
	return width;
}

static size_t heading_width(struct out *o, const struct mentor_field *field)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	write_heading(o, &name, field);
	size_t width = width_of(mentor_buf_text(&name), name.len);
	out_free_part(o, &name);
	return width;
}

static void table_object(struct out *o, const void *record)
{
	size_t widest = 0;
	for (size_t i = 0; i < o->n_fields; i++) {
		size_t width = heading_width(o, o->fields[i]);
		widest = width > widest ? width : widest;
	}
	for (size_t i = 0; i < o->n_fields; i++) {
		write_heading(o, &o->buf, o->fields[i]);
		mentor_buf_fmt(&o->buf, "%*s", (int)(widest + 2 - heading_width(o, o->fields[i])), "");
		write_value(o, &o->buf, o->fields[i], record, true);
		mentor_buf_char(&o->buf, '\n');
	}
}

static void table_row(struct out *o, const struct part *part, const void *record)
{
	if (part->sentences) {
		sentence(o, record);
		return;
	}
	if (!part->many) {
		table_object(o, record);
		return;
	}
	struct libscols_line *line = o->state ? scols_table_new_line(o->state, NULL) : NULL;
	if (!line) {
		o->buf.failed = true;
		return;
	}
	for (size_t i = 0; i < o->n_fields; i++) {
		struct mentor_buf shown = MENTOR_BUF_INIT;
		write_value(o, &shown, o->fields[i], record, false);
		if (scols_line_set_data(line, i, mentor_buf_text(&shown)))
			o->buf.failed = true;
		out_free_part(o, &shown);
	}
}

/* ---- fitting a table into the terminal ----
 * libsmartcols cuts a cell where its column ends, in the middle of a word. So columns get their widths here, and the cells the newlines at
 * which it wraps. */

enum { SHORTEST_CUT = 10 }; /* an over-long word is cut into pieces no shorter than that */

struct shape {
	size_t width, heading;
	size_t word; /* the longest stretch that has no place to break at */
};

/* The bytes of the first word of `text`, which starts with one: an address may be broken behind its @. */
static size_t word_length(const char *text)
{
	size_t n = strcspn(text, " @");
	return n + (text[n] == '@');
}

static size_t longest_word(const char *text)
{
	size_t longest = 0;
	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		size_t len = word_length(text), width = width_of(text, len);
		longest = width > longest ? width : longest;
		text += len;
	}
	return longest;
}

/* Appends one word, cut where a line is full; returns the column behind it. */
static size_t add_word(struct mentor_buf *b, const char *word, size_t len, size_t column, size_t width)
{
	size_t one = 0;
	for (size_t i = 0, n = 0; i < len; i += n) {
		n = character(word + i, len - i, &one);
		if (column && column + one > width) {
			mentor_buf_char(b, '\n');
			column = 0;
		}
		mentor_buf_add(b, word + i, n);
		column += one;
	}
	return column;
}

/* Appends `text` in lines of at most `width`: a newline stands for the blanks it is broken at. */
static void wrap(struct mentor_buf *b, const char *text, size_t width)
{
	size_t column = 0;
	for (;;) {
		size_t blanks = strspn(text, " "), len = word_length(text + blanks);
		if (len == 0)
			return;
		bool fits = column + blanks + width_of(text + blanks, len) <= width;
		if (fits || column == 0)
			mentor_buf_add(b, text, fits ? blanks : 0);
		else
			mentor_buf_char(b, '\n');
		column = add_word(b, text + blanks, len, fits ? column + blanks : 0, width);
		text += blanks + len;
	}
}

static const char *cell_text(struct libscols_line *line, size_t column)
{
	const char *text = scols_cell_get_data(scols_line_get_cell(line, column));
	return text ? text : "";
}

static void measure_line(const struct out *o, struct libscols_line *line, struct shape *shapes)
{
	for (size_t i = 0; i < o->n_fields; i++) {
		const char *text = cell_text(line, i);
		size_t width = width_of(text, strlen(text)), word = longest_word(text);
		shapes[i].width = width > shapes[i].width ? width : shapes[i].width;
		shapes[i].word = word > shapes[i].word ? word : shapes[i].word;
	}
}

static void wrap_line(struct out *o, struct libscols_line *line, const struct shape *shapes)
{
	for (size_t i = 0; i < o->n_fields; i++) {
		if (!may_wrap(o, o->fields[i]))
			continue;
		struct mentor_buf b = MENTOR_BUF_INIT;
		wrap(&b, cell_text(line, i), shapes[i].width);
		if (scols_line_set_data(line, i, mentor_buf_text(&b)))
			o->buf.failed = true;
		out_free_part(o, &b);
	}
}

/* How narrow a column may become: as its heading and longest word, and when that is not enough, cutting words. */
static size_t least_width(const struct shape *s, bool cut)
{
	size_t word = cut && s->word > SHORTEST_CUT ? SHORTEST_CUT : s->word;
	return word > s->heading ? word : s->heading;
}

/* Takes from the widest column what is too much, a step at a time, so that they end level. */
static void narrow(const struct out *o, struct shape *shapes, bool cut)
{
	size_t total = o->n_fields - 1;
	for (size_t i = 0; i < o->n_fields; i++)
		total += shapes[i].width;
	for (; total > (size_t)o->width; total--) {
		struct shape *widest = NULL;
		for (size_t i = 0; i < o->n_fields; i++) {
			struct shape *s = &shapes[i];
			if (may_wrap(o, o->fields[i]) && s->width > least_width(s, cut) &&
			    (!widest || s->width > widest->width))
				widest = s;
		}
		if (!widest)
			return;
		widest->width--;
	}
}

static void fit(struct out *o)
{
	struct shape shapes[OUT_MOST_COLUMNS];
	struct libscols_line *line = NULL;
	struct libscols_iter *lines = scols_new_iter(SCOLS_ITER_FORWARD);
	if (!lines) {
		o->buf.failed = true;
		return;
	}
	for (size_t i = 0; i < o->n_fields; i++) {
		size_t width = heading_width(o, o->fields[i]);
		shapes[i] = (struct shape){ .width = width, .heading = width };
	}
	while (scols_table_next_line(o->state, lines, &line) == 0)
		measure_line(o, line, shapes);
	narrow(o, shapes, false);
	narrow(o, shapes, true);
	scols_reset_iter(lines, SCOLS_ITER_FORWARD);
	while (scols_table_next_line(o->state, lines, &line) == 0)
		wrap_line(o, line, shapes);
	scols_free_iter(lines);
	/* a table that is too wide all the same is not to be cut */
	size_t total = o->n_fields, width = (size_t)o->width;
	for (size_t i = 0; i < o->n_fields; i++)
		total += shapes[i].width;
	scols_table_set_termwidth(o->state, total > width ? total : width);
}

static void table_part_end(struct out *o, const struct part *part)
{
	char *text = NULL;
	if (!part->many || part->sentences)
		return;
	errno = 0;
	if (o->state && o->width && o->n_rows && o->n_fields && !o->buf.failed)
		fit(o);
	if (o->n_rows == 0)
		mentor_buf_str(&o->buf, "none\n");
	else if (!o->state || scols_print_table_to_string(o->state, &text))
		o->buf.failed = true;
	/* without memory for a cell libsmartcols prints an empty one and does not mention it */
	o->buf.failed = o->buf.failed || errno == ENOMEM;
	if (text) {
		mentor_buf_str(&o->buf, text);
		if (!o->buf.len || o->buf.data[o->buf.len - 1] != '\n')
			mentor_buf_char(&o->buf, '\n');
	}
	free(text);
	scols_unref_table(o->state);
	o->state = NULL;
}

static void table_drop(struct out *o)
{
	scols_unref_table(o->state);
}

static void table_end(struct out *o)
{
	if (o->withheld)
		out_note(o, OUT_WITHHELD);
	o->buf.failed = o->buf.failed || o->notes.failed;
	if (o->notes.len)
		mentor_buf_fmt(&o->buf, "%s%s", o->buf.len ? "\n" : "", mentor_buf_text(&o->notes));
}

const struct format format_table = { "table", table_begin, table_part, table_row, table_part_end, table_end, raw_text,
	table_drop, FORMAT_PEOPLE | FORMAT_LABELS };
