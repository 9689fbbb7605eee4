/* goal.c: mentor goal: what each of a pair would value from the other. */
#include "nouns.h"
#include "out.h"

static const struct operand one_goal[] = { { "GOAL", .entity = "goal", .help = "reference of a goal (g5)" }, { 0 } };
static const struct operand one_pair[] = { { "PAIR", .entity = "pair", .help = "reference of a pair (m7)" }, { 0 } };

struct add_args {
	const char *whose;
};
static const struct option add_options[] = {
	{ { "for", MENTOR_TYPE_TEXT, MENTOR_REQUIRED, MENTOR_AT_TEXT(add_args, whose), .help = "whose goal it is: mentor, mentee, or the person" }, 0, "SIDE|PERSON" },
	{ .letter = 0 },
};

static enum mentor_status run_add(struct run *run)
{
	const struct add_args *args = run->args;
	const struct mentor_goal *g = run->record;
	const char *change = NULL;
	int64_t pair = 0, id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_pair, operand(run, 0), &pair);
	if (!status)
		status = mentor_goal_add(run->m, pair, args->whose, g->text, &change, &id);
	return status ? status : print_changed(run, change, &mentor_entity_goal, id);
}

static const struct part list_parts[] = { { NULL, NULL, mentor_goal_fields, true, false }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_goal_fields, false, false }, { 0 } };

/* What came of it is said when it is done. */
static const struct command goal_add = { .name = "add", .summary = "record what one of a pair would value from the other", .flags = CMD_WRITE,
	.operands = one_pair, .options = add_options, .args_size = sizeof(struct add_args), .parts = change_parts, .entity = &mentor_entity_goal,
	.fields = FIELDS_ADD, .run = run_add };
static const struct command goal_list = { .name = "list", .summary = "list the goals of a cohort", .flags = CMD_READ | CMD_COHORT, .parts = list_parts,
	.entity = &mentor_entity_goal, .fields = FIELDS_FILTER, .run = crud_list };
static const struct command goal_show = { .name = "show", .summary = "show a goal", .flags = CMD_READ, .operands = one_goal, .parts = show_parts,
	.entity = &mentor_entity_goal, .run = crud_show };
static const struct command goal_set = { .name = "set", .summary = "change the words of a goal", .flags = CMD_WRITE, .operands = one_goal,
	.parts = change_parts, .entity = &mentor_entity_goal, .fields = FIELDS_SET, .run = crud_set };
static const struct command goal_done = { .name = "done", .summary = "record that a goal is reached, and what came of it", .flags = CMD_WRITE,
	.operands = one_goal, .options = settle_done_options, .args_size = sizeof(struct settle_args), .parts = change_parts,
	.entity = &mentor_entity_goal, .run = crud_done };
static const struct command goal_drop = { .name = "drop", .summary = "record that a goal is not pursued, and why", .flags = CMD_WRITE,
	.operands = one_goal, .options = settle_drop_options, .args_size = sizeof(struct settle_args), .parts = change_parts,
	.entity = &mentor_entity_goal, .run = crud_drop };
static const struct command goal_reopen = { .name = "reopen", .summary = "take back that a goal is done or dropped", .flags = CMD_WRITE,
	.operands = one_goal, .parts = change_parts, .entity = &mentor_entity_goal, .run = crud_reopen };

static const struct command *const verbs[] = { &goal_add, &goal_list, &goal_show, &goal_set, &goal_done, &goal_drop, &goal_reopen, NULL };

const struct command noun_goal = { .name = "goal", .summary = "what each of a pair would value from the other", .verbs = verbs };
