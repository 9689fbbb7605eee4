/* complete.c: mentor __complete KIND: live names for the completions, one a line with a TAB and what it is. */
#include "help.h"
#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <string.h>

struct name_row {
	const char *word, *what;
};
static const struct mentor_field name_fields[] = {
	{ "word", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(name_row, word) },
	{ "what", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(name_row, what) },
	{ 0 },
};
static const struct part parts[] = { { NULL, NULL, name_fields, true, false }, { 0 } };

struct names {
	struct run *run;
	const struct mentor_entity *entity;
};

static const char *label(const struct mentor_entity *entity, const void *record)
{
	const char *text = NULL;
	for (const struct mentor_field *f = entity->fields; f->name && !text; f++)
		if (f->flags & MENTOR_LABEL)
			text = mentor_field_string(f, record);
	return text;
}

static enum mentor_status print_name(void *arg, const void *record)
{
	const struct names *n = arg;
	const struct mentor_entity *e = n->entity;
	struct mentor_buf word = MENTOR_BUF_INIT;
	mentor_field_write(&word, mentor_field_find(e->fields, e->letter ? "id" : e->key), record);
	struct name_row row = { mentor_buf_text(&word), label(e, record) };
	out_row(n->run->out, &row);
	mentor_buf_free(&word);
	return MENTOR_OK;
}

static enum mentor_status complete_topics(struct run *run)
{
	struct name_row exits = { "exit-codes", "what the exit status means" };
	out_row(run->out, &exits);
	for (const struct topic *t = topics; t->name; t++) {
		struct name_row row = { t->name, t->summary };
		out_row(run->out, &row);
	}
	for (size_t i = 0; commands[i]; i++) {
		struct name_row row = { commands[i]->name, commands[i]->summary };
		if (!(commands[i]->flags & CMD_HIDDEN))
			out_row(run->out, &row);
	}
	return MENTOR_OK;
}

static enum mentor_status complete_schemas(struct run *run)
{
	for (size_t i = 0; commands[i]; i++) {
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++) {
			struct mentor_buf name = MENTOR_BUF_INIT;
			command_document(&name, commands[i], commands[i]->verbs[v]);
			struct name_row row = { mentor_buf_text(&name), commands[i]->verbs[v]->summary };
			out_row(run->out, &row);
			mentor_buf_free(&name);
		}
	}
	return MENTOR_OK;
}

static enum mentor_status complete_run(struct run *run)
{
	const char *kind = operand(run, 0);
	out_part(run->out, NULL);
	if (strcmp(kind, "topic") == 0)
		return complete_topics(run);
	if (strcmp(kind, "schema") == 0)
		return complete_schemas(run);
	const struct mentor_entity *entity = mentor_entity(kind);
	struct names names = { run, entity };
	return entity ? mentor_record_list(run->m, entity, NULL, 0, print_name, &names) : MENTOR_OK;
}

static const struct operand operands[] = { { "KIND", false, false, NULL, "person, cohort, programme, pair, topic, schema" }, { 0 } };

const struct command noun_complete = { .name = "__complete", .summary = "names for completions", .flags = CMD_HIDDEN | CMD_READ,
	.operands = operands, .parts = parts, .run = complete_run };
