/* out_text.c: tables for people (libsmartcols) and plain lines for pipes. */
#include "out.h"

#include <libsmartcols.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* ---- what both share: a row as one sentence ---- */

static void sentence(struct out *o, const void *record)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	bool first = true;
	for (size_t i = 0; i < o->n_fields; i++) {
		mentor_buf_clear(&value);
		mentor_field_write(&value, o->fields[i], record);
		if (value.len == 0)
			continue;
		if (!first)
			mentor_buf_char(&o->buf, ' ');
		first = false;
		mentor_buf_visible(&o->buf, mentor_buf_text(&value), false);
	}
	mentor_buf_char(&o->buf, o->nul ? '\0' : '\n');
	mentor_buf_free(&value);
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

static void plain_value(struct out *o, const struct mentor_field *field, const void *record)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	mentor_field_write(&value, field, record);
	mentor_buf_visible(&o->buf, mentor_buf_text(&value), false);
	mentor_buf_free(&value);
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
		plain_value(o, o->fields[i], record);
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

const struct format format_plain = { "plain", NULL, plain_part, plain_row, no_part_end, NULL, raw_text };

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

static bool is_right(const struct mentor_field *field)
{
	return field->type == MENTOR_TYPE_INT || field->type == MENTOR_TYPE_CENTI;
}

static struct libscols_table *new_table(struct out *o)
{
	struct libscols_table *table = scols_new_table();
	if (!table)
		return NULL;
	if (o->width) {
		scols_table_set_termwidth(table, (size_t)o->width);
		scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS);
	} else {
		scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER);
	}
	for (size_t i = 0; i < o->n_fields; i++) {
		struct mentor_buf name = MENTOR_BUF_INIT;
		const struct mentor_field *f = o->fields[i];
		out_heading(&name, f);
		int flags = is_right(f) ? SCOLS_FL_RIGHT : 0;
		if (f->type == MENTOR_TYPE_TEXT || f->type == MENTOR_TYPE_NOTE || f->type == MENTOR_TYPE_LIST)
			flags |= o->width ? SCOLS_FL_WRAP : 0;
		struct libscols_column *column = scols_table_new_column(table, mentor_buf_text(&name), 0, flags);
		if (column)
			scols_column_set_safechars(column, "\\"); /* what is dangerous has been made visible already */
		mentor_buf_free(&name);
	}
	return table;
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

static void table_object(struct out *o, const void *record)
{
	size_t widest = 0;
	for (size_t i = 0; i < o->n_fields; i++) {
		const char *name = o->fields[i]->heading ? o->fields[i]->heading : o->fields[i]->name;
		widest = strlen(name) > widest ? strlen(name) : widest;
	}
	for (size_t i = 0; i < o->n_fields; i++) {
		struct mentor_buf name = MENTOR_BUF_INIT, value = MENTOR_BUF_INIT;
		out_heading(&name, o->fields[i]);
		mentor_field_write(&value, o->fields[i], record);
		mentor_buf_fmt(&o->buf, "%-*s", (int)widest + 2, mentor_buf_text(&name));
		mentor_buf_visible(&o->buf, mentor_buf_text(&value), true);
		mentor_buf_char(&o->buf, '\n');
		mentor_buf_free(&name);
		mentor_buf_free(&value);
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
		struct mentor_buf value = MENTOR_BUF_INIT, shown = MENTOR_BUF_INIT;
		mentor_field_write(&value, o->fields[i], record);
		mentor_buf_visible(&shown, mentor_buf_text(&value), false);
		o->withheld = o->withheld || out_is_withheld(o->fields[i], record);
		if (scols_line_set_data(line, i, mentor_buf_text(&shown)))
			o->buf.failed = true;
		mentor_buf_free(&value);
		mentor_buf_free(&shown);
	}
}

static void table_part_end(struct out *o, const struct part *part)
{
	char *text = NULL;
	if (!part->many || part->sentences)
		return;
	if (o->n_rows == 0)
		mentor_buf_str(&o->buf, "none\n");
	else if (!o->state || scols_print_table_to_string(o->state, &text))
		o->buf.failed = true;
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
		out_note(o, "[c] is withheld, because it counts few people.");
	if (o->notes.len)
		mentor_buf_fmt(&o->buf, "%s%s", o->buf.len ? "\n" : "", mentor_buf_text(&o->notes));
}

const struct format format_table = { "table", table_begin, table_part, table_row, table_part_end, table_end, raw_text, table_drop };
