/* programme.c: mentor programme: the file that says everything that differs between programmes. */
#include "nouns.h"
#include "out.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 20 };

struct template {
	const char *name, *text;
};
#include "templates.h"

static const struct operand one[] = { { "PROGRAMME", false, false, "programme", "short name" }, { 0 } };
static const struct operand files[] = { { "FILE", false, true, "file", "programme file, - for standard input" }, { 0 } };

/* ---- new ---- */

struct new_args {
	const char *from;
};
static const struct option new_options[] = {
	{ { "from", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(new_args, from), .entity = "template", .help = "example to start from (manchester)" }, 0, "NAME" },
	{ .letter = 0 },
};
static const struct new_args new_defaults = { "manchester" };

static enum mentor_status programme_new(struct run *run)
{
	const struct new_args *args = run->args;
	struct mentor_buf names = MENTOR_BUF_INIT;
	const char *output = run->globals.output;
	if (output && strcmp(output, "-") != 0 && access(output, F_OK) == 0) /* somebody's work may be in it */
		return mentor_fail(run->m, MENTOR_REFUSED, "name another file, or remove it first", "%s is there already", output);
	for (const struct template *t = templates; t->name; t++) {
		if (strcmp(t->name, args->from) == 0) {
			out_text(run->out, "yaml", t->text);
			mentor_buf_free(&names);
			return MENTOR_OK;
		}
		mentor_buf_fmt(&names, "%s%s", names.len ? ", " : "there are: ", t->name);
	}
	mentor_fail(run->m, MENTOR_NOT_FOUND, mentor_buf_text(&names), "there is no example '%s'", args->from);
	mentor_buf_free(&names);
	return MENTOR_NOT_FOUND;
}

/* ---- check, import ---- */

typedef enum mentor_status file_fn(struct run *run, const char *path, const char *text, size_t len);

static enum mentor_status each_file(struct run *run, file_fn *use)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++) {
		char *text = NULL;
		size_t len = 0;
		status = read_file(run, run->operands[i], MOST_BYTES, &text, &len);
		if (!status)
			status = use(run, run->operands[i], text, len);
		free(text);
	}
	return status;
}

struct check_row {
	const char *file, *result;
};
static const struct mentor_field check_fields[] = {
	{ "file", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(check_row, file), .help = "the file" },
	{ "result", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(check_row, result), .help = "ok; otherwise the errors are the error's problems" },
	{ 0 },
};
static const struct part check_parts[] = { { NULL, NULL, check_fields, true, true }, { 0 } };

static enum mentor_status check_file(struct run *run, const char *path, const char *text, size_t len)
{
	struct check_row row = { path, "ok" };
	enum mentor_status status = mentor_programme_check(run->m, path, text, len);
	if (!status)
		out_row(run->out, &row);
	return status;
}

static enum mentor_status programme_check(struct run *run)
{
	return each_file(run, check_file);
}

static enum mentor_status import_file(struct run *run, const char *path, const char *text, size_t len)
{
	const char *change = NULL;
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status = mentor_programme_import(run->m, path, text, len, &change, &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_programme, id, &record);
	if (!status)
		print_change(run, change, &mentor_entity_programme, id, ((const struct mentor_programme *)record)->slug);
	mentor_record_free(record);
	return status;
}

static enum mentor_status programme_import(struct run *run)
{
	return each_file(run, import_file);
}

/* ---- show ---- */

static const struct mentor_field line_fields[] = {
	{ "section", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_programme_line, section), .help = "part of the programme file" },
	{ "name", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_programme_line, name), .help = "name in that part" },
	{ "text", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_programme_line, text), .help = "what it says, defaults included" },
	{ 0 },
};
static const struct part show_parts[] = {
	{ "programme", NULL, mentor_programme_fields, false, false },
	{ "lines", "What it says", line_fields, true, false },
	{ 0 },
};

static enum mentor_status print_line(void *arg, const struct mentor_programme_line *line)
{
	out_row(arg, line);
	return MENTOR_OK;
}

static enum mentor_status programme_show(struct run *run)
{
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_programme, operand(run, 0), &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_programme, id, &record);
	if (status)
		return status;
	out_part(run->out, "programme");
	out_row(run->out, record);
	mentor_record_free(record);
	out_part(run->out, "lines");
	return mentor_programme_lines(run->m, id, print_line, run->out);
}

static const struct part list_parts[] = { { NULL, NULL, mentor_programme_fields, true, false }, { 0 } };

static const struct command new_command = { .name = "new", .summary = "print a commented programme file to start from", .flags = CMD_RAW,
	.options = new_options, .args_size = sizeof(struct new_args), .defaults = &new_defaults, .run = programme_new };
static const struct command check_command = { .name = "check", .summary = "find every error in programme files", .operands = files,
	.parts = check_parts, .run = programme_check };
static const struct command import_command = { .name = "import", .summary = "store programme files as new revisions", .flags = CMD_WRITE,
	.operands = files, .parts = change_parts, .run = programme_import };
static const struct command list_command = { .name = "list", .summary = "list programmes", .flags = CMD_READ, .parts = list_parts,
	.entity = &mentor_entity_programme, .fields = FIELDS_FILTER, .run = crud_list };
static const struct command show_command = { .name = "show", .summary = "show what a programme says", .flags = CMD_READ, .operands = one,
	.parts = show_parts, .run = programme_show };

static const struct command *const verbs[] = { &new_command, &check_command, &import_command, &list_command, &show_command, NULL };
const struct command noun_programme = { .name = "programme", .summary = "programme files: what differs between programmes", .verbs = verbs };
