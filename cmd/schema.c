/* schema.c: the JSON Schema of every document, made from the parts that print it. */
#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <string.h>

static void choice_enum(struct mentor_buf *b, const struct mentor_field *field)
{
	mentor_buf_str(b, "{\"enum\":[");
	for (size_t i = 0; field->choices[i]; i++)
		mentor_buf_fmt(b, "\"%s\",", field->choices[i]);
	mentor_buf_str(b, "null]");
}

static void field_schema(struct mentor_buf *b, const struct mentor_field *field)
{
	static const char *const types[] = {
		[MENTOR_TYPE_ID] = "{\"type\":[\"string\",\"null\"],\"pattern\":\"^[a-z][0-9]+$\"",
		[MENTOR_TYPE_REF] = "{\"type\":[\"string\",\"null\"],\"pattern\":\"^[a-z][0-9]+$\"",
		[MENTOR_TYPE_INT] = "{\"type\":[\"integer\",\"null\"]",
		[MENTOR_TYPE_CENTI] = "{\"type\":[\"number\",\"null\"]",
		[MENTOR_TYPE_BOOL] = "{\"type\":[\"boolean\",\"null\"]",
		[MENTOR_TYPE_TEXT] = "{\"type\":[\"string\",\"null\"]",
		[MENTOR_TYPE_NOTE] = "{\"type\":[\"string\",\"null\"]",
		[MENTOR_TYPE_SLUG] = "{\"type\":[\"string\",\"null\"],\"pattern\":\"^[a-z][a-z0-9-]*$\"",
		[MENTOR_TYPE_EMAIL] = "{\"type\":[\"string\",\"null\"],\"pattern\":\"@\"",
		[MENTOR_TYPE_DAY] = "{\"type\":[\"string\",\"null\"],\"format\":\"date\"",
		[MENTOR_TYPE_TIME] = "{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"",
		[MENTOR_TYPE_CLOCK] = "{\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-2][0-9]:[0-5][0-9]$\"",
		[MENTOR_TYPE_LIST] = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}",
	};
	if (field->type == MENTOR_TYPE_CHOICE)
		choice_enum(b, field);
	else
		mentor_buf_str(b, types[field->type]);
	if (field->help) {
		mentor_buf_str(b, ",\"description\":");
		mentor_buf_json(b, field->help);
	}
	mentor_buf_char(b, '}');
}

static void fields_schema(struct mentor_buf *b, const struct mentor_field *fields)
{
	bool first = true;
	for (const struct mentor_field *f = fields; f->name; f++) {
		if (f->flags & MENTOR_INTERNAL)
			continue;
		mentor_buf_fmt(b, "%s\n\"%s\":", first ? "" : ",", f->name);
		field_schema(b, f);
		first = false;
	}
}

static void part_schema(struct mentor_buf *b, const struct part *part)
{
	if (part->many)
		mentor_buf_str(b, "{\"type\":\"array\",\"items\":");
	mentor_buf_fmt(b, "{\"type\":%s,\"properties\":{", part->many ? "\"object\"" : "[\"object\",\"null\"]");
	fields_schema(b, part->fields);
	mentor_buf_str(b, "}}");
	if (part->many)
		mentor_buf_char(b, '}');
}

static void data_schema(struct mentor_buf *b, const struct command *command)
{
	const struct part *p = command->parts;
	if (command->flags & CMD_RAW || !p) {
		mentor_buf_str(b, "{\"type\":\"object\",\"required\":[\"format\",\"text\"],\"properties\":{");
		if (p)
			fields_schema(b, p->fields); /* a text and what it is about */
		else
			mentor_buf_str(b, "\"format\":{\"type\":\"string\"},\"text\":{\"type\":\"string\"}");
		mentor_buf_str(b, "}}");
		return;
	}
	if (!p->key) {
		part_schema(b, p);
		return;
	}
	mentor_buf_str(b, "{\"type\":\"object\",\"required\":[");
	for (; p->fields; p++)
		mentor_buf_fmt(b, "%s\"%s\"", p == command->parts ? "" : ",", p->key);
	mentor_buf_str(b, "],\"properties\":{");
	for (p = command->parts; p->fields; p++) {
		mentor_buf_fmt(b, "%s\"%s\":", p == command->parts ? "" : ",", p->key);
		part_schema(b, p);
	}
	mentor_buf_str(b, "}}");
}

static void document_schema(struct mentor_buf *b, const struct command *noun, const struct command *command)
{
	bool writes = command->flags & CMD_CHANGES;
	mentor_buf_str(b, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"");
	command_document(b, noun, command);
	mentor_buf_str(b, "\",\"description\":");
	mentor_buf_json(b, command->summary);
	mentor_buf_fmt(b, ",\"type\":\"object\",\"required\":[\"schema\",\"revision\"%s,\"data\"],\"properties\":{\"schema\":{\"const\":\"mentor.",
	    writes ? ",\"dry_run\"" : "");
	command_document(b, noun, command);
	mentor_buf_fmt(b, "/%d\"},\"revision\":{\"type\":\"integer\",\"minimum\":0},", command->version ? command->version : 1);
	if (writes)
		mentor_buf_str(b, "\"dry_run\":{\"type\":\"boolean\"},");
	if (command->publishes)
		mentor_buf_str(b, "\"published\":{\"type\":\"object\",\"description\":\"the figures leave the team: whether some are those of an earlier "
				  "publication, whether some are withheld for it, and the earliest day of those\",\"required\":[\"again\",\"withheld\",\"since\"],"
				  "\"properties\":{\"again\":{\"type\":\"boolean\"},\"withheld\":{\"type\":\"boolean\"},"
				  "\"since\":{\"type\":[\"string\",\"null\"],\"format\":\"date\"}},\"additionalProperties\":false},");
	mentor_buf_str(b, "\"data\":");
	data_schema(b, command);
	mentor_buf_str(b, "},\"additionalProperties\":false}\n");
}

/* The one document on standard error: it belongs to no command's parts. */
static const char error_schema[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"error\","
    "\"description\":\"what went wrong, on standard error in JSON mode\",\"type\":\"object\","
    "\"required\":[\"schema\",\"exit\",\"code\",\"message\",\"problems\"],\"$defs\":{\"problem\":{\"type\":\"object\","
    "\"required\":[\"message\"],\"properties\":{\"message\":{\"type\":\"string\"},\"hint\":{\"type\":[\"string\",\"null\"]},"
    "\"file\":{\"type\":[\"string\",\"null\"]},\"line\":{\"type\":[\"integer\",\"null\"]},\"column\":{\"type\":[\"integer\",\"null\"]},"
    "\"row\":{\"type\":[\"integer\",\"null\"]},\"field\":{\"type\":[\"string\",\"null\"]}}}},\"allOf\":[{\"$ref\":\"#/$defs/problem\"}],"
    "\"properties\":{\"schema\":{\"const\":\"mentor.error/1\"},\"exit\":{\"type\":\"integer\"},\"code\":{\"type\":\"string\"},"
    "\"command\":{\"type\":[\"string\",\"null\"]},\"state\":{\"type\":[\"string\",\"null\"]},"
    "\"problems\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/problem\"}}}}\n";

typedef bool each_fn(void *arg, const struct command *noun, const struct command *command);

static void each_document(each_fn *each, void *arg)
{
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->flags & CMD_HIDDEN)
			continue;
		if (!commands[i]->verbs && !each(arg, NULL, commands[i]))
			return;
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++)
			if (!each(arg, commands[i], commands[i]->verbs[v]))
				return;
	}
}

struct search {
	const char *name;
	struct mentor_buf *text;
	struct mentor_buf names; /* one a line */
	bool found;
};

static bool try_document(void *arg, const struct command *noun, const struct command *command)
{
	struct search *s = arg;
	size_t at = s->names.len;
	command_document(&s->names, noun, command);
	s->found = s->name && strcmp(mentor_buf_text(&s->names) + at, s->name) == 0;
	mentor_buf_char(&s->names, '\n');
	if (s->found)
		document_schema(s->text, noun, command);
	return !s->found;
}

static enum mentor_status schema_run(struct run *run)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	struct search s = { .name = operand(run, 0), .text = &text };
	enum mentor_status status = MENTOR_OK;
	if (s.name && strcmp(s.name, "error") == 0)
		mentor_buf_str(&text, error_schema);
	else if (s.name && strcmp(s.name, "programme-file") == 0)
		mentor_programme_schema(&text);
	else
		each_document(try_document, &s);
	if (!s.name)
		mentor_buf_fmt(&text, "%serror\nprogramme-file\n", mentor_buf_text(&s.names));
	if (s.name && text.len == 0)
		status = mentor_fail(run->m, MENTOR_NOT_FOUND, "mentor schema lists them", "there is no document '%s'", s.name);
	else if (text.failed || s.names.failed)
		status = mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	else
		out_text(run->out, s.name ? "json-schema" : "names", mentor_buf_text(&text));
	mentor_buf_free(&text);
	mentor_buf_free(&s.names);
	return status;
}

static const struct operand operands[] = { { "NAME", true, false, "schema", "a document such as person.list, or programme-file; left out: all names" }, { 0 } };

const struct command noun_schema = {
	.name = "schema",
	.summary = "print the JSON Schema of a document, or of a programme file",
	.flags = CMD_RAW,
	.operands = operands,
	.run = schema_run,
};
