/* out_json.c: one JSON document per command, or one row per line (jsonl). */
#include "out.h"

#include <stdlib.h>
#include <string.h>

/* The names of the running part's columns as they stand in front of every value: {"id": and ,"name": and so on, one behind the other. */
struct keys {
	struct mentor_buf text;
	size_t ends[OUT_MOST_COLUMNS];
};

static void json_drop(struct out *o)
{
	struct keys *keys = o->state;
	if (!keys)
		return;
	mentor_buf_free(&keys->text);
	free(keys);
	o->state = NULL;
}

/* They are made once for all rows of a part. */
static void make_keys(struct out *o)
{
	json_drop(o);
	struct keys *keys = o->state = calloc(1, sizeof(*keys));
	if (!keys) {
		o->buf.failed = true;
		return;
	}
	for (size_t i = 0; i < o->n_fields; i++) {
		mentor_buf_char(&keys->text, i ? ',' : '{');
		mentor_buf_json(&keys->text, o->fields[i]->name);
		mentor_buf_char(&keys->text, ':');
		keys->ends[i] = keys->text.len;
	}
	o->buf.failed = o->buf.failed || keys->text.failed;
}

static void object(struct out *o, const void *record)
{
	const struct keys *keys = o->state;
	size_t from = 0;
	if (!keys || keys->text.failed)
		return; /* o->buf.failed says so */
	for (size_t i = 0; i < o->n_fields; i++) {
		mentor_buf_add(&o->buf, mentor_buf_text(&keys->text) + from, keys->ends[i] - from);
		from = keys->ends[i];
		mentor_field_write_json(&o->buf, o->fields[i], record);
	}
	mentor_buf_char(&o->buf, '}');
}

static void json_part(struct out *o, const struct part *part)
{
	make_keys(o);
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

const struct format format_json = { "json", NULL, json_part, json_row, json_part_end, json_drop, json_text, json_drop };

/* Lines and tables hold one kind of row: the command's main part. */
static void line_part(struct out *o, const struct part *part)
{
	(void)part;
	make_keys(o);
}

static void no_end(struct out *o, const struct part *part)
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

const struct format format_jsonl = { "jsonl", NULL, line_part, line_row, no_end, json_drop, line_text, .drop = json_drop, .flags = FORMAT_LINES };
