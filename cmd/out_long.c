/* out_long.c: every figure of every part as a row of its own, which is what spreadsheets, Power BI and statistics programs like to read. */
#include "out.h"

#include <string.h>

struct long_row {
	const char *cohort, *day, *part, *row, *measure;
	int64_t value;
	int64_t suppressed;
};

/* The value is written as its own field writes it: the last row but one stands for numbers with decimals. */
static const struct mentor_field fields[] = {
	{ "cohort", MENTOR_TYPE_SLUG, 0, MENTOR_AT_TEXT(long_row, cohort), .help = "short name of the cohort" },
	{ "day", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(long_row, day), .help = "the day the figure is of" },
	{ "part", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(long_row, part), .help = "part of the report" },
	{ "row", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(long_row, row), .help = "what names the row in its part" },
	{ "measure", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(long_row, measure), .help = "what the figure counts" },
	{ "value", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(long_row, value), .help = "the figure" },
	{ "suppressed", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(long_row, suppressed), .help = "whether it is withheld" },
	{ 0 },
};
static const struct mentor_field decimal = { "value", MENTOR_TYPE_CENTI, 0, MENTOR_AT_NUMBER(long_row, value) };

const struct part out_long_part = { NULL, NULL, fields, .many = true };

static void choose_columns(struct out *o, bool is_decimal)
{
	o->n_fields = 0;
	for (const struct mentor_field *f = fields; f->name; f++)
		o->fields[o->n_fields++] = is_decimal && strcmp(f->name, decimal.name) == 0 ? &decimal : f;
}

void out_long_begin(struct out *o)
{
	choose_columns(o, false);
	o->format->part(o, &out_long_part);
}

void out_long_row(struct out *o, const struct part *part, const void *record)
{
	struct mentor_buf label = MENTOR_BUF_INIT;
	if (part->many && !out_choose(o, part))
		out_label(&label, o, record);
	for (const struct mentor_field *f = part->fields; f->name; f++) {
		if (!out_is_figure(f) || f->flags & MENTOR_INTERNAL)
			continue;
		const struct long_row row = { o->cohort, o->day, part->key, mentor_buf_text(&label), f->name,
			mentor_field_number(f, record), out_is_withheld(f, record) };
		choose_columns(o, f->type == MENTOR_TYPE_CENTI);
		o->format->row(o, &out_long_part, &row);
	}
	out_free_part(o, &label);
}
