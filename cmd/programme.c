/* programme.c: mentor programme: the file that says everything that differs between programmes. */
#include "programme.h"

#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 20 };

struct template {
	const char *name, *text;
};
#include "templates.h"

static const struct operand one_and_section[] = { { "PROGRAMME", false, false, "programme", "short name" },
	{ "SECTION", true, false, NULL, "a group of the file, such as contract; all when left out" }, { 0 } };
static const struct operand files[] = { { "FILE", false, true, "file", "programme file, - for standard input" }, { 0 } };

/* ---- new ---- */

struct new_args {
	const char *from;
};
static const struct option new_options[] = {
	{ { "from", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(new_args, from), .entity = "template", .help = "manchester, south-west, greenwich, co-learning, sheffield or minimal" }, 0, "NAME" },
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

struct check_row {
	const char *file, *result, *note;
};
static const struct mentor_field check_fields[] = {
	{ "file", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(check_row, file), .help = "the file" },
	{ "result", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(check_row, result), .help = "ok; otherwise the errors are the error's problems" },
	{ "note", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(check_row, note), .help = "what a file that is right still lacks: templates in a language that it offers" },
	{ 0 },
};
static const struct part check_parts[] = { { NULL, NULL, check_fields, true, true }, { 0 } };

/* A file that cannot be read is one problem among others, unless it is the only one. */
static enum mentor_status read_to_check(struct run *run, const char *path, char **text, struct mentor_file *file)
{
	enum mentor_status status = read_file(run, path, MOST_BYTES, text, &file->len);
	file->name = path;
	file->text = *text;
	if (!status || run->n_operands == 1 || status == MENTOR_NO_MEMORY)
		return status;
	file->failure = mentor_keep(run->m, mentor_error(run->m)->message);
	return file->failure ? MENTOR_OK : MENTOR_NO_MEMORY;
}

static enum mentor_status print_checked(struct run *run, const struct mentor_file *file)
{
	struct mentor_buf note = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_programme_note(run->m, file, &note);
	const struct check_row row = { file->name, "ok", note.len ? mentor_buf_text(&note) : NULL };
	if (!status)
		out_row(run->out, &row);
	mentor_buf_free(&note);
	return status;
}

static enum mentor_status check_all(struct run *run, struct mentor_file *read, char **texts)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++)
		status = read_to_check(run, run->operands[i], &texts[i], &read[i]);
	if (!status)
		status = mentor_programme_check(run->m, read, run->n_operands);
	for (size_t i = 0; !status && i < run->n_operands; i++)
		status = print_checked(run, &read[i]);
	if (!status && run->n_operands == 1)
		out_note(run->out, "To store it: mentor programme import %s", operand(run, 0));
	for (size_t i = 0; i < run->n_operands; i++)
		free(texts[i]);
	return status;
}

static enum mentor_status programme_check(struct run *run)
{
	struct mentor_file *read = calloc(run->n_operands, sizeof(*read));
	char **texts = calloc(run->n_operands, sizeof(*texts));
	enum mentor_status status = read && texts ? check_all(run, read, texts) :
						    mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	free(texts);
	free(read);
	return status;
}

/* Whom a new revision concerns, and how they come to follow it. */
struct followers {
	struct run *run;
	const struct mentor_programme *programme;
};

static enum mentor_status note_follower(void *arg, const void *record)
{
	const struct followers *f = arg;
	const struct mentor_cohort *c = record;
	if (c->state != MENTOR_COHORT_FINISHED && c->revision < f->programme->revision)
		out_note(f->run->out, "To move %s to it: mentor cohort set %s --revision %" PRId64, c->slug, c->slug, f->programme->revision);
	return MENTOR_OK;
}

static enum mentor_status note_followers(struct run *run, const struct mentor_programme *p)
{
	const struct mentor_filter of_programme = { "programme", p->slug };
	struct followers f = { run, p };
	out_note(run->out, "It is revision %" PRId64 " now. Cohorts that there are keep theirs until they are moved.", p->revision);
	return mentor_record_list(run->m, &mentor_entity_cohort, &of_programme, 1, note_follower, &f);
}

static enum mentor_status import_file(struct run *run, const char *path)
{
	const char *change = NULL;
	char *text = NULL;
	size_t len = 0;
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status = read_file(run, path, MOST_BYTES, &text, &len);
	if (!status)
		status = mentor_programme_import(run->m, path, text, len, &change, &id);
	free(text);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_programme, id, &record);
	const struct mentor_programme *p = record;
	if (!status)
		print_change(run, change, &mentor_entity_programme, id, p->slug);
	if (!status && strcmp(change, "revised") == 0)
		status = note_followers(run, p);
	mentor_record_free(record);
	return status;
}

static enum mentor_status programme_import(struct run *run)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++)
		status = import_file(run, run->operands[i]);
	return status;
}

/* ---- show ---- */

struct show_args {
	int64_t revision;
};
static const struct option show_options[] = {
	{ { "revision", MENTOR_TYPE_INT, .offset = offsetof(struct show_args, revision), .minimum = 1, .maximum = 1000000, .help = "number of the revision; the newest when not given" }, 0, "NUMBER" },
	{ .letter = 0 },
};

static const struct mentor_field line_fields[] = {
	{ "section", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_programme_line, section), .help = "part of the programme file" },
	{ "name", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_programme_line, name), .help = "path of the key in that part" },
	{ "text", MENTOR_TYPE_NOTE, 0, MENTOR_AT_TEXT(mentor_programme_line, text), .help = "what it says, defaults included; a list has a row for each item" },
	{ 0 },
};
static const struct part show_parts[] = {
	{ "programme", NULL, mentor_programme_fields, false, false },
	{ "revisions", "Revisions", mentor_programme_revision_fields, true, false },
	{ "lines", "What it says", line_fields, true, false, .main = true },
	{ 0 },
};
static const char *const show_formats[] = { "yaml", NULL };

/** Which lines are wanted: those of one section, or all. */
struct chosen {
	struct out *out;
	const char *section;
	size_t n;
};

static enum mentor_status print_line(void *arg, const struct mentor_programme_line *line)
{
	struct chosen *chosen = arg;
	if (chosen->section && strcmp(chosen->section, line->section) != 0)
		return MENTOR_OK;
	chosen->n++;
	out_row(chosen->out, line);
	return MENTOR_OK;
}

static enum mentor_status print_lines(struct run *run, int64_t id, int64_t revision)
{
	struct chosen chosen = { run->out, operand(run, 1), 0 };
	enum mentor_status status = mentor_programme_lines(run->m, id, revision, print_line, &chosen);
	if (!status && chosen.section && chosen.n == 0)
		return mentor_fail(run->m, MENTOR_NOT_FOUND, "sections are the groups of the file, such as contract", "the programme says nothing under '%s'",
		    chosen.section);
	if (!status && revision)
		out_note(run->out, "This is what revision %" PRId64 " says.", revision);
	return status;
}

static enum mentor_status print_row(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static enum mentor_status show_yaml(struct run *run, int64_t id, int64_t revision)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_programme_yaml(run->m, id, revision, &text);
	if (!status)
		out_text(run->out, "yaml", mentor_buf_text(&text));
	mentor_buf_free(&text);
	return status;
}

static enum mentor_status programme_show(struct run *run)
{
	const struct show_args *args = run->args;
	int64_t id = 0, revision = args->revision == MENTOR_NONE ? 0 : args->revision;
	void *record = NULL;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_programme, operand(run, 0), &id);
	if (!status && run->globals.format && strcmp(run->globals.format, "yaml") == 0)
		return show_yaml(run, id, revision);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_programme, id, &record);
	if (status)
		return status;
	out_part(run->out, "programme");
	out_row(run->out, record);
	mentor_record_free(record);
	out_part(run->out, "revisions");
	status = mentor_programme_revisions(run->m, id, print_row, run->out);
	if (status)
		return status;
	out_part(run->out, "lines");
	return print_lines(run, id, revision);
}

/* ---- diff ---- */

static const struct part diff_parts[] = {
	{ "changes", "What it says otherwise", mentor_programme_change_fields, true, false, .main = true },
	{ "effects", "What that does to cohorts at work", mentor_programme_effect_fields, true, false },
	{ 0 },
};
static const struct operand one_file[] = { { "FILE", false, false, "file", "programme file, - for standard input" }, { 0 } };

/** What a comparison of a file came to so far. */
struct diff {
	struct run *run;
	size_t changes, breaks;
	int64_t revision; /* the one compared with last */
	bool effects;	  /* the second part has begun */
};

static void note_revision(struct diff *d, const struct mentor_programme_change *change)
{
	struct mentor_buf cohorts = MENTOR_BUF_INIT;
	if (d->revision == change->revision)
		return;
	d->revision = change->revision;
	for (const char *c = change->cohorts; c && *c; c++)
		mentor_buf_str(&cohorts, *c == '\n' ? ", " : (const char[]){ *c, '\0' });
	out_note(d->run->out, change->cohorts ? "Compared with revision %" PRId64 ", which %s follows." : "Compared with revision %" PRId64 ".%s",
	    change->revision, mentor_buf_text(&cohorts));
	out_free_part(d->run->out, &cohorts);
}

static enum mentor_status print_change_of_key(void *arg, const void *record)
{
	struct diff *d = arg;
	d->changes++;
	note_revision(d, record);
	return print_row(d->run->out, record);
}

static enum mentor_status print_effect(void *arg, const void *record)
{
	struct diff *d = arg;
	const struct mentor_programme_effect *effect = record;
	if (!d->effects)
		out_part(d->run->out, "effects");
	d->effects = true;
	d->breaks += effect->breaks == 1;
	return print_row(d->run->out, record);
}

static enum mentor_status programme_diff(struct run *run)
{
	char *text = NULL;
	size_t len = 0;
	struct diff d = { .run = run };
	enum mentor_status status = read_file(run, operand(run, 0), MOST_BYTES, &text, &len);
	out_part(run->out, "changes");
	if (!status)
		status = mentor_programme_diff(run->m, operand(run, 0), text, len, print_change_of_key, print_effect, &d);
	if (!status && d.changes == 0)
		out_note(run->out, "It says the same.");
	else if (!status && d.breaks)
		out_note(run->out, "Cohorts for which something would break keep their revision: import the file for cohorts to come.");
	else if (!status)
		out_note(run->out, "To store it: mentor programme import %s", operand(run, 0));
	free(text);
	return status;
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
static const struct command show_command = { .name = "show", .summary = "show what a programme says", .flags = CMD_READ, .operands = one_and_section,
	.options = show_options, .args_size = sizeof(struct show_args), .parts = show_parts, .formats = show_formats, .run = programme_show };
static const struct command diff_command = { .name = "diff", .summary = "say what a programme file changes, and what that does to cohorts at work",
	.flags = CMD_READ, .operands = one_file, .parts = diff_parts, .run = programme_diff };

static const struct command *const verbs[] = { &new_command, &check_command, &import_command, &list_command, &show_command, &diff_command,
	&programme_resources_command, &programme_guide_command, NULL };
const struct command noun_programme = { .name = "programme", .summary = "programme files: what differs between programmes", .verbs = verbs };
