/* config.c: mentor config: the defaults in force and where each comes from. */
#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <stdio.h>

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

static void print(struct run *run, const char *key, const char *option, const char *variable, const char *configured, const char *initial)
{
	struct setting_row row = { .key = key };
	row.value = setting(option, variable, configured, &row.origin);
	if (!row.value)
		row.value = initial;
	out_row(run->out, &row);
}

static enum mentor_status list(struct run *run)
{
	static const char *const colors[] = { "auto", "always", "never" };
	const struct mentor_config *c = &run->config;
	const struct globals *g = &run->globals;
	char wait[32] = "", asked[32] = "";
	if (c->lock_wait != MENTOR_NONE)
		snprintf(wait, sizeof(wait), "%" PRId64, c->lock_wait);
	if (g->lock_wait != MENTOR_NONE)
		snprintf(asked, sizeof(asked), "%" PRId64, g->lock_wait);
	out_part(run->out, NULL);
	print(run, "db", g->db, "MENTOR_DB", c->db, "mentor/mentor.db in the data folder");
	print(run, "cohort", g->cohort, "MENTOR_COHORT", c->cohort, "the only one there is");
	print(run, "actor", NULL, "MENTOR_ACTOR", c->actor, "admin");
	print(run, "lock_wait", *asked ? asked : NULL, "", *wait ? wait : NULL, "30");
	print(run, "color", g->color, "", c->color == MENTOR_NONE ? NULL : colors[c->color], "auto");
	print(run, "pager", NULL, "MENTOR_PAGER", c->pager, "none");
	out_note(run->out, "The file is %s.", run->config_file ? run->config_file : "not looked for: there is no home folder");
	return MENTOR_OK;
}

static const struct command list_command = { .name = "list", .summary = "list the defaults in force and where each comes from",
	.flags = CMD_CONFIG, .parts = parts, .run = list };

static const struct command *const verbs[] = { &list_command, NULL };
const struct command noun_config = { .name = "config", .summary = "your own defaults: store, cohort, pager", .verbs = verbs };
