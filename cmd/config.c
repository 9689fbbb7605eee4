/* config.c: mentor config: the defaults in force and where each comes from. */
#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct setting_row {
	const char *key, *value, *origin;
};
static const struct mentor_field setting_fields[] = {
	{ "key", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(setting_row, key), .help = "name in the configuration file" },
	{ "value", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(setting_row, value), .help = "value in force" },
	{ "origin", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(setting_row, origin), .help = "option, environment, configuration or default" },
	{ 0 },
};
static const struct part parts[] = { { NULL, NULL, setting_fields, true, false }, { 0 } };

static const char *const colors[] = { "auto", "always", "never" };

/* What can be configured, in the order of the file's keys; texts are asked of the run when they are wanted. */
struct source {
	const char *key, *option, *variable, *configured, *initial;
};

enum { N_SOURCES = 7 };

/* Numbers as texts; empty: not given. */
struct numbers {
	char wait[32], asked[32], least[32];
};

static void write_number(char text[32], int64_t number)
{
	*text = '\0';
	if (number != MENTOR_NONE)
		snprintf(text, 32, "%" PRId64, number);
}

static void find_sources(const struct run *run, struct source sources[N_SOURCES], struct numbers *n)
{
	const struct mentor_config *c = &run->config;
	const struct globals *g = &run->globals;
	write_number(n->wait, c->lock_wait);
	write_number(n->asked, g->lock_wait);
	write_number(n->least, c->min_cell ? c->min_cell : MENTOR_NONE);
	const struct source all[N_SOURCES] = {
		{ "db", g->db, "MENTOR_DB", c->db, "mentor/mentor.db in the data folder" },
		{ "cohort", g->cohort, "MENTOR_COHORT", c->cohort, "the only one there is" },
		{ "actor", NULL, "MENTOR_ACTOR", c->actor, "admin" },
		{ "lock_wait", *n->asked ? n->asked : NULL, "", *n->wait ? n->wait : NULL, "30" },
		{ "color", g->color, "", c->color == MENTOR_NONE ? NULL : colors[c->color], "auto" },
		{ "min_cell", NULL, "", *n->least ? n->least : NULL, "as the programme says" },
		{ "pager", NULL, "MENTOR_PAGER", c->pager, "none" },
	};
	memcpy(sources, all, sizeof(all));
}

/* Prints one setting, or all of them. */
static size_t print(struct run *run, const char *key)
{
	struct source sources[N_SOURCES];
	struct numbers numbers;
	size_t n = 0;
	find_sources(run, sources, &numbers);
	out_part(run->out, NULL);
	for (size_t i = 0; i < N_SOURCES; i++) {
		const struct source *s = &sources[i];
		struct setting_row row = { .key = s->key };
		if (key && strcmp(key, s->key) != 0)
			continue;
		row.value = setting(s->option, s->variable, s->configured, &row.origin);
		if (!row.value)
			row.value = s->initial;
		out_row(run->out, &row);
		n++;
	}
	return n;
}

static enum mentor_status list(struct run *run)
{
	print(run, NULL);
	out_note(run->out, "The file is %s.", run->config_file ? run->config_file : "not looked for: there is no home folder");
	return MENTOR_OK;
}

static const struct part one_part[] = { { NULL, NULL, setting_fields, false, false }, { 0 } };
static const struct operand key_operand[] = { { "KEY", .entity = "setting", .help = "its name in the file: db, cohort, actor, lock_wait, color, min_cell or pager" }, { 0 } };

static enum mentor_status get(struct run *run)
{
	if (print(run, operand(run, 0)))
		return MENTOR_OK;
	return mentor_fail(run->m, MENTOR_NOT_FOUND, "mentor config list shows them all", "there is no key '%s'", operand(run, 0));
}

/* ---- set ---- */

struct set_args {
	int64_t unset;
};
static const struct option set_options[] = {
	{ .field = { "unset", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(set_args, unset), .help = "take the key out of the file" } },
	{ .letter = 0 },
};
static const struct operand set_operands[] = {
	{ "KEY", .entity = "setting", .help = "its name in the file: db, cohort, actor, lock_wait, color, min_cell or pager" },
	{ "VALUE", true, false, NULL, "what it is from now on" },
	{ 0 },
};
struct set_row {
	const char *change, *key, *value;
};
static const struct mentor_field set_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(set_row, change), .help = "set, unset or unchanged" },
	{ "key", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(set_row, key), .help = "the key" },
	{ "value", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(set_row, value), .help = "what the file says now" },
	{ 0 },
};
static const struct part set_parts[] = { { NULL, NULL, set_fields, false, true }, { 0 } };

static enum mentor_status read_config(struct run *run, char **ret_text, size_t *ret_len)
{
	if (access(run->config_file, F_OK) == 0)
		return read_file(run, run->config_file, 1 << 20, ret_text, ret_len);
	*ret_text = strdup("");
	return *ret_text ? MENTOR_OK : mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
}

static enum mentor_status save(struct run *run, const struct mentor_buf *text)
{
	if (run->globals.dry_run)
		return MENTOR_OK;
	make_folders(run->config_file);
	return out_save(run->m, run->config_file, text);
}

static enum mentor_status set(struct run *run)
{
	const struct set_args *args = run->args;
	bool unset = args->unset == 1;
	const char *value = unset ? NULL : operand(run, 1);
	struct set_row row = { unset ? "unset" : "set", operand(run, 0), value };
	struct mentor_buf changed = MENTOR_BUF_INIT;
	char *text = NULL;
	size_t len = 0;
	if (!value && !unset)
		return mentor_fail(run->m, MENTOR_USAGE, "--unset takes the key out of the file", "VALUE is missing");
	if (unset && operand(run, 1))
		return mentor_fail(run->m, MENTOR_USAGE, "leave one of the two out", "--unset takes no VALUE");
	if (!run->config_file)
		return mentor_fail(run->m, MENTOR_FAILED, "name the file with MENTOR_CONFIG", "there is no home folder to keep the file in");
	enum mentor_status status = read_config(run, &text, &len);
	if (!status)
		status = mentor_config_set(run->m, run->config_file, text, len, operand(run, 0), value, &changed);
	if (!status && strcmp(text, mentor_buf_text(&changed)) == 0)
		row.change = "unchanged";
	else if (!status)
		status = save(run, &changed);
	if (!status)
		out_row(run->out, &row);
	mentor_buf_free(&changed);
	free(text);
	return status;
}

static const struct command list_command = { .name = "list", .summary = "list the defaults in force and where each comes from",
	.flags = CMD_CONFIG, .parts = parts, .run = list };

static const struct command get_command = { .name = "get", .summary = "print one of them", .flags = CMD_CONFIG, .operands = key_operand, .parts = one_part,
	.run = get };
static const struct command set_command = { .name = "set", .summary = "change the configuration file", .flags = CMD_CONFIGURES, .operands = set_operands,
	.options = set_options, .args_size = sizeof(struct set_args), .parts = set_parts, .run = set };

static const struct command *const verbs[] = { &list_command, &get_command, &set_command, NULL };
const struct command noun_config = { .name = "config", .summary = "your own defaults: store, cohort, pager", .verbs = verbs };
