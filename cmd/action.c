/* action.c: mentor action: what somebody is to do, by when, and what came of it. */
#include "nouns.h"
#include "out.h"

#include <string.h>

static const struct operand one_action[] = { { "ACTION", .entity = "action", .help = "reference of an action (a9)" }, { 0 } };

/* ---- add ---- */

/* One that comes from a pair or a session is of their cohort; any other has to say which. */
static enum mentor_status run_add(struct run *run)
{
	struct mentor_action *a = run->record;
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = a->pair || a->session ? MENTOR_OK : find_cohort(run, NULL, &a->cohort_id);
	if (!status)
		status = mentor_action_add(run->m, a, &change, &id);
	return status ? status : print_changed(run, change, &mentor_entity_action, id);
}

static const struct command action_add = { .name = "add", .summary = "add something to be done", .flags = CMD_WRITE, .parts = change_parts,
	.entity = &mentor_entity_action, .fields = FIELDS_ADD, .run = run_add };

/* ---- list, show, set ---- */

struct list_args {
	int64_t overdue;
};
static const struct option list_options[] = {
	{ { "overdue", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(list_args, overdue), .help = "only open ones whose day has passed" } },
	{ .letter = 0 },
};

static enum mentor_status print_overdue(void *arg, const void *record)
{
	const struct run *run = arg;
	const struct mentor_action *a = record;
	if (a->state == MENTOR_SETTLED_OPEN && a->due && strcmp(a->due, mentor_today(run->m)) < 0)
		out_row(run->out, record);
	return MENTOR_OK;
}

static enum mentor_status run_list(struct run *run)
{
	const struct list_args *args = run->args;
	return args->overdue == 1 ? crud_list_each(run, print_overdue, run) : crud_list(run);
}

static const struct part list_parts[] = { { NULL, NULL, mentor_action_fields, true, false }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_action_fields, false, false }, { 0 } };

static const struct command action_list = { .name = "list", .summary = "list the actions of a cohort, open ones first", .flags = CMD_READ | CMD_COHORT,
	.parts = list_parts, .entity = &mentor_entity_action, .fields = FIELDS_FILTER, .options = list_options, .args_size = sizeof(struct list_args),
	.run = run_list };
static const struct command action_show = { .name = "show", .summary = "show an action", .flags = CMD_READ, .operands = one_action, .parts = show_parts,
	.entity = &mentor_entity_action, .run = crud_show };
static const struct command action_set = { .name = "set", .summary = "change an action", .flags = CMD_WRITE, .operands = one_action,
	.parts = change_parts, .entity = &mentor_entity_action, .fields = FIELDS_SET, .run = crud_set };

/* ---- done, drop, reopen ---- */

static const struct command action_done = { .name = "done", .summary = "record that an action is done, and what came of it", .flags = CMD_WRITE,
	.operands = one_action, .options = settle_done_options, .args_size = sizeof(struct settle_args), .parts = change_parts,
	.entity = &mentor_entity_action, .run = crud_done };
static const struct command action_drop = { .name = "drop", .summary = "record that an action is not to be done, and why", .flags = CMD_WRITE,
	.operands = one_action, .options = settle_drop_options, .args_size = sizeof(struct settle_args), .parts = change_parts,
	.entity = &mentor_entity_action, .run = crud_drop };
static const struct command action_reopen = { .name = "reopen", .summary = "take back that an action is done or dropped", .flags = CMD_WRITE,
	.operands = one_action, .parts = change_parts, .entity = &mentor_entity_action, .run = crud_reopen };

static const struct command *const verbs[] = { &action_add, &action_list, &action_show, &action_set, &action_done, &action_drop, &action_reopen, NULL };

const struct command noun_action = { .name = "action", .summary = "what somebody is to do, by when, and what came of it", .verbs = verbs };
