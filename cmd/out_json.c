/* out_json.c: one JSON document per command, or one row per line (jsonl). */
#include "out.h"

#include <string.h>

static void object(struct out *o, const void *record)
{
	mentor_buf_char(&o->buf, '{');
	for (size_t i = 0; i < o->n_fields; i++) {
		/* a name has nothing in it that JSON would want escaped */
		mentor_buf_str(&o->buf, i ? ",\"" : "\"");
		mentor_buf_str(&o->buf, o->fields[i]->name);
		mentor_buf_str(&o->buf, "\":");
		mentor_field_write_json(&o->buf, o->fields[i], record);
	}
	mentor_buf_char(&o->buf, '}');
}

static void json_part(struct out *o, const struct part *part)
{
	if (part->key) {
		mentor_buf_str(&o->buf, o->n_parts == 1 ? "{" : ",");
		mentor_buf_fmt(&o->buf, "\"%s\":", part->key);
	}
	if (part->many)
		mentor_buf_char(&o->buf, '[');
}

static void json_row(struct out *o, const struct part *part, const void *record)
{
	if (part->many)
		mentor_buf_str(&o->buf, o->n_rows ? ",\n" : "\n");
	object(o, record);
}

static void json_part_end(struct out *o, const struct part *part)
{
	if (part->many)
		mentor_buf_str(&o->buf, o->n_rows ? "\n]" : "]");
	else if (o->n_rows == 0)
		mentor_buf_str(&o->buf, "null");
	if (part->key && !part[1].fields)
		mentor_buf_char(&o->buf, '}');
}

static void json_text(struct out *o, const char *name, const char *text)
{
	mentor_buf_str(&o->buf, "{\"format\":");
	mentor_buf_json(&o->buf, name);
	mentor_buf_str(&o->buf, ",\"text\":");
	mentor_buf_json(&o->buf, text);
	mentor_buf_char(&o->buf, '}');
}

const struct format format_json = { "json", NULL, json_part, json_row, json_part_end, NULL, json_text };

/* Lines and tables hold one kind of row: the command's main part. */
static void no_part(struct out *o, const struct part *part)
{
	(void)o;
	(void)part;
}

static void line_row(struct out *o, const struct part *part, const void *record)
{
	if (!out_is_main(o, part))
		return;
	object(o, record);
	mentor_buf_char(&o->buf, '\n');
}

static void line_text(struct out *o, const char *name, const char *text)
{
	json_text(o, name, text);
	mentor_buf_char(&o->buf, '\n');
}

const struct format format_jsonl = { "jsonl", NULL, no_part, line_row, no_part, NULL, line_text, .flags = FORMAT_LINES };
