/* out_csv.c: RFC 4180 quoting with LF, guarded against spreadsheet formulas; and the same with TABs. */
#include "out.h"

static void cell(struct out *o, const char *text, char delimiter)
{
	struct mentor_buf flat = MENTOR_BUF_INIT;
	if (delimiter == '\t') { /* TSV has no quoting: what would break a line is made visible */
		mentor_buf_visible(&flat, text, false);
		text = mentor_buf_text(&flat);
	}
	mentor_buf_csv(&o->buf, text, delimiter, !o->raw);
	out_free_part(o, &flat);
}

static void heading(struct out *o, const struct part *part, char delimiter)
{
	if (!out_is_main(o, part))
		return;
	if (o->bom)
		mentor_buf_str(&o->buf, "\xef\xbb\xbf");
	for (size_t i = 0; i < o->n_fields; i++) {
		if (i)
			mentor_buf_char(&o->buf, delimiter);
		cell(o, o->fields[i]->name, delimiter);
	}
	mentor_buf_char(&o->buf, '\n');
}

static void row(struct out *o, const struct part *part, const void *record, char delimiter)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	if (!out_is_main(o, part))
		return;
	for (size_t i = 0; i < o->n_fields; i++) {
		if (i)
			mentor_buf_char(&o->buf, delimiter);
		mentor_buf_clear(&value);
		mentor_field_write(&value, o->fields[i], record);
		/* a number of ours may start with a minus; only texts can carry a formula */
		if (mentor_field_is_text(o->fields[i]))
			cell(o, mentor_buf_text(&value), delimiter);
		else
			mentor_buf_csv(&o->buf, mentor_buf_text(&value), delimiter, false);
	}
	mentor_buf_char(&o->buf, '\n');
	out_free_part(o, &value);
}

static void csv_part(struct out *o, const struct part *part)
{
	heading(o, part, ',');
}

static void csv_row(struct out *o, const struct part *part, const void *record)
{
	row(o, part, record, ',');
}

static void tsv_part(struct out *o, const struct part *part)
{
	heading(o, part, '\t');
}

static void tsv_row(struct out *o, const struct part *part, const void *record)
{
	row(o, part, record, '\t');
}

static void part_end(struct out *o, const struct part *part)
{
	(void)o;
	(void)part;
}

static void text(struct out *o, const char *name, const char *whole)
{
	(void)name;
	mentor_buf_str(&o->buf, whole);
}

const struct format format_csv = { "csv", NULL, csv_part, csv_row, part_end, NULL, text, .flags = FORMAT_LINES };
const struct format format_tsv = { "tsv", NULL, tsv_part, tsv_row, part_end, NULL, text, .flags = FORMAT_LINES };
