/* out_md.c: Markdown for people and for programs that make pages of it: headings, tables as on GitHub, an object as a list. */
#include "out.h"

#include <string.h>

static void write_title(struct out *o)
{
	struct mentor_buf title = MENTOR_BUF_INIT;
	if (o->title)
		mentor_buf_str(&title, o->title);
	else
		mentor_buf_capital(&title, o->command->summary);
	mentor_buf_str(&o->buf, "# ");
	mentor_buf_markdown(&o->buf, mentor_buf_text(&title));
	mentor_buf_char(&o->buf, '\n');
	out_free_part(o, &title);
}

static void write_heading(struct out *o, const struct mentor_field *field)
{
	struct mentor_buf heading = MENTOR_BUF_INIT;
	out_heading_capital(&heading, &o->labels, field);
	mentor_buf_markdown(&o->buf, mentor_buf_text(&heading));
	out_free_part(o, &heading);
}

/* Days as people write them, entries of a list one behind the other. */
static void write_value(struct out *o, const struct mentor_field *field, const void *record)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	if (mentor_field_is_none(field, record))
		mentor_buf_str(&value, "\xE2\x80\x93");
	else if (field->type == MENTOR_TYPE_DAY)
		mentor_day_in_words(&value, mentor_field_string(field, record));
	else
		out_value(o, &value, field, record);
	for (size_t i = 0; field->type == MENTOR_TYPE_LIST && i < value.len; i++)
		if (value.data[i] == '\n')
			value.data[i] = ';';
	if (out_is_figure(field) && !out_is_withheld(field, record))
		mentor_buf_str(&o->buf, mentor_buf_text(&value)); /* a minus in front is no list here */
	else
		mentor_buf_markdown(&o->buf, mentor_buf_text(&value));
	out_free_part(o, &value);
}

static void write_columns(struct out *o)
{
	for (size_t i = 0; i < o->n_fields; i++) {
		mentor_buf_str(&o->buf, i ? " " : "| ");
		write_heading(o, o->fields[i]);
		mentor_buf_str(&o->buf, " |");
	}
	mentor_buf_str(&o->buf, "\n|");
	for (size_t i = 0; i < o->n_fields; i++)
		mentor_buf_str(&o->buf, out_is_figure(o->fields[i]) ? " ---: |" : " --- |");
	mentor_buf_char(&o->buf, '\n');
}

static void write_cells(struct out *o, const void *record)
{
	for (size_t i = 0; i < o->n_fields; i++) {
		mentor_buf_str(&o->buf, i ? " " : "| ");
		write_value(o, o->fields[i], record);
		mentor_buf_str(&o->buf, " |");
	}
	mentor_buf_char(&o->buf, '\n');
}

static void write_facts(struct out *o, const void *record)
{
	for (size_t i = 0; i < o->n_fields; i++) {
		if (mentor_field_is_none(o->fields[i], record) && !out_is_figure(o->fields[i]))
			continue;
		mentor_buf_str(&o->buf, "- **");
		write_heading(o, o->fields[i]);
		mentor_buf_str(&o->buf, ":** ");
		write_value(o, o->fields[i], record);
		mentor_buf_char(&o->buf, '\n');
	}
}

static void md_begin(struct out *o)
{
	write_title(o);
}

static void md_part(struct out *o, const struct part *part)
{
	mentor_buf_char(&o->buf, '\n');
	if (!part->title)
		return;
	mentor_buf_str(&o->buf, "## ");
	mentor_buf_markdown(&o->buf, part->title);
	mentor_buf_str(&o->buf, "\n\n");
}

static void md_row(struct out *o, const struct part *part, const void *record)
{
	if (!part->many) {
		write_facts(o, record);
		return;
	}
	if (o->n_rows == 0)
		write_columns(o);
	write_cells(o, record);
}

static void md_part_end(struct out *o, const struct part *part)
{
	(void)part;
	if (o->n_rows == 0)
		mentor_buf_str(&o->buf, "Nothing to show yet.\n");
}

static void md_end(struct out *o)
{
	if (o->withheld)
		out_note(o, OUT_WITHHELD);
	const char *line = mentor_buf_text(&o->notes);
	if (*line)
		mentor_buf_str(&o->buf, "\n## Notes\n");
	struct mentor_buf one = MENTOR_BUF_INIT;
	while (mentor_buf_line(&one, &line)) {
		mentor_buf_char(&o->buf, '\n');
		mentor_buf_markdown(&o->buf, mentor_buf_text(&one));
		mentor_buf_char(&o->buf, '\n');
	}
	out_free_part(o, &one);
}

const struct format format_md = { "md", md_begin, md_part, md_row, md_part_end, md_end,
	.flags = FORMAT_PEOPLE | FORMAT_LABELS | FORMAT_SOME };
