/* barrier.c: mentor barrier: the organisation's register of what stands in the way, which never says who brought what. */
#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct operand one_barrier[] = { { "BARRIER", .entity = "barrier", .help = "reference of a barrier (b4172)" }, { 0 } };

static enum mentor_status print_barrier(struct run *run, const char *change, int64_t id)
{
	return print_changed(run, change, &mentor_entity_barrier, id);
}

static enum mentor_status find_barrier(struct run *run, size_t operand_number, int64_t *ret_id)
{
	return mentor_record_find(run->m, &mentor_entity_barrier, operand(run, operand_number), ret_id);
}

/* ---- add ---- */

struct add_args {
	int64_t pair;
};
static const struct option add_options[] = {
	{ { "pair", MENTOR_TYPE_REF, 0, MENTOR_AT_NUMBER(add_args, pair), .entity = "pair", .help = "name this pair with it; both of the two have agreed to that" } },
	{ .letter = 0 },
};

static enum mentor_status run_add(struct run *run)
{
	const struct add_args *args = run->args;
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_barrier_add(run->m, run->cohort, run->record, args->pair, &change, &id);
	return status ? status : print_barrier(run, change, id);
}

static const struct command barrier_add = { .name = "add", .summary = "put what stands in the way into the register, without a word on who brought it",
	.flags = CMD_WRITE | CMD_COHORT, .options = add_options, .args_size = sizeof(struct add_args), .parts = change_parts,
	.entity = &mentor_entity_barrier, .fields = FIELDS_ADD, .run = run_add };

/* ---- list ---- */

static bool by_state(const struct run *run)
{
	for (size_t i = 0; i < run->n_filters; i++)
		if (strcmp(run->filters[i].field, "state") == 0)
			return true;
	return false;
}

/* What is part of another barrier is listed when it is asked for. */
static enum mentor_status print_listed(void *arg, const void *record)
{
	struct run *run = arg;
	if (by_state(run) || ((const struct mentor_barrier *)record)->state != MENTOR_BARRIER_MERGED)
		out_row(run->out, record);
	return MENTOR_OK;
}

/* The register is that of the cohort's programme. */
static enum mentor_status run_list(struct run *run)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_cohort, run->cohort, &record);
	if (!status)
		filter_by_number(run, "programme_id", ((const struct mentor_cohort *)record)->programme_id);
	mentor_record_free(record);
	if (status)
		return status;
	out_part(run->out, NULL);
	return mentor_record_list(run->m, &mentor_entity_barrier, run->filters, run->n_filters, print_listed, run);
}

static const struct part list_parts[] = { { NULL, NULL, mentor_barrier_fields, true, false }, { 0 } };

static const struct command barrier_list = { .name = "list", .summary = "list the register of the cohort's programme, across its cohorts",
	.flags = CMD_READ | CMD_COHORT, .parts = list_parts, .entity = &mentor_entity_barrier, .fields = FIELDS_FILTER, .run = run_list };

/* ---- show ---- */

static const struct part show_parts[] = {
	{ "barrier", NULL, mentor_barrier_fields, false, false },
	{ "steps", "How far it has come", mentor_barrier_step_fields, true, false },
	{ "actions", "What is being done", mentor_action_fields, .many = true, .optional = true },
	{ "pairs", "Named with it, as both sides agreed", mentor_barrier_pair_fields, .many = true, .optional = true },
	{ 0 },
};

static enum mentor_status print_row(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static enum mentor_status show_actions(struct run *run, int64_t id)
{
	char reference[32];
	snprintf(reference, sizeof(reference), "b%" PRId64, id);
	const struct mentor_filter of_barrier = { "barrier", reference };
	out_part(run->out, "actions");
	return mentor_record_list(run->m, &mentor_entity_action, &of_barrier, 1, print_row, run->out);
}

static enum mentor_status run_show(struct run *run)
{
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status = find_barrier(run, 0, &id);
	if (!status)
		status = out_labels(run->out, 0);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_barrier, id, &record);
	if (status)
		return status;
	out_part(run->out, "barrier");
	out_row(run->out, record);
	mentor_record_free(record);
	out_part(run->out, "steps");
	status = mentor_barrier_steps(run->m, id, print_row, run->out);
	if (!status)
		status = show_actions(run, id);
	if (status)
		return status;
	out_part(run->out, "pairs");
	return mentor_barrier_pairs(run->m, id, print_row, run->out);
}

static const struct command barrier_show = { .name = "show", .summary = "show a barrier, how far it has come and what is being done", .flags = CMD_READ,
	.operands = one_barrier, .parts = show_parts, .run = run_show };

static const struct command barrier_set = { .name = "set", .summary = "change what the register says of a barrier", .flags = CMD_WRITE,
	.operands = one_barrier, .parts = change_parts, .entity = &mentor_entity_barrier, .fields = FIELDS_SET, .run = crud_set };

/* ---- raise, address, change, drop ---- */

static const struct option step_options[] = {
	{ { "on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(settle_args, on), .help = "the day; today when not given" } },
	{ .letter = 0 },
};
static const struct option change_options[] = {
	{ { "outcome", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(settle_args, text), .help = "what has changed" } },
	{ { "on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(settle_args, on), .help = "the day; today when not given" } },
	{ .letter = 0 },
};

static enum mentor_status move(struct run *run, enum mentor_barrier_state state, const char *word)
{
	const struct settle_args *args = run->args;
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = find_barrier(run, 0, &id);
	if (!status)
		status = mentor_barrier_move(run->m, id, state, args->text, args->on, &changed);
	return status ? status : print_barrier(run, changed ? word : "unchanged", id);
}

static enum mentor_status run_raise(struct run *run)
{
	return move(run, MENTOR_BARRIER_RAISED, "raised");
}

static enum mentor_status run_address(struct run *run)
{
	return move(run, MENTOR_BARRIER_ADDRESSED, "addressed");
}

static enum mentor_status run_change(struct run *run)
{
	return move(run, MENTOR_BARRIER_CHANGED, "changed");
}

static enum mentor_status run_drop(struct run *run)
{
	return move(run, MENTOR_BARRIER_DROPPED, "dropped");
}

#define STEP(word, text, with)                                                                                                               \
	static const struct command barrier_##word = { .name = #word, .summary = text, .flags = CMD_WRITE, .operands = one_barrier, .options = with, \
		.args_size = sizeof(struct settle_args), .parts = change_parts, .run = run_##word }

STEP(raise, "record that a barrier was raised with those who can change it", step_options);
STEP(address, "record that somebody has begun to change it", step_options);
STEP(change, "record that it has changed, and what", change_options);
STEP(drop, "record that it is not pursued, and why", settle_drop_options);

/* ---- merge, agree ---- */

static const struct operand two_barriers[] = { { "BARRIER", .entity = "barrier", .help = "the barrier that stays (b4172)" },
	{ "OTHER", .entity = "barrier", .help = "the barrier that becomes part of it" }, { 0 } };

static enum mentor_status run_merge(struct run *run)
{
	int64_t into = 0, from = 0;
	bool changed = false;
	enum mentor_status status = find_barrier(run, 0, &into);
	if (!status)
		status = find_barrier(run, 1, &from);
	if (!status)
		status = mentor_barrier_merge(run->m, into, from, &changed);
	return status ? status : print_barrier(run, changed ? "merged" : "unchanged", into);
}

static const struct command barrier_merge = { .name = "merge", .summary = "make one barrier of two that are the same", .flags = CMD_WRITE,
	.confirm = "The second becomes part of the first, with its actions, and this cannot be taken back. Merge them?", .operands = two_barriers,
	.parts = change_parts, .run = run_merge };

struct agree_args {
	int64_t mentor, mentee, withdraw;
};
static const struct option agree_options[] = {
	{ { "mentor", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(agree_args, mentor), .help = "the mentor agrees" } },
	{ { "mentee", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(agree_args, mentee), .help = "the mentee agrees" } },
	{ { "withdraw", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(agree_args, withdraw), .help = "that side does no longer; actions that name the two are the barrier's no longer" } },
	{ .letter = 0 },
};
static const struct operand barrier_and_pair[] = { { "BARRIER", .entity = "barrier", .help = "reference of a barrier (b4172)" },
	{ "PAIR", .entity = "pair", .help = "reference of a pair (m7)" }, { 0 } };

static enum mentor_status run_agree(struct run *run)
{
	const struct agree_args *args = run->args;
	unsigned sides = (args->mentor == 1 ? MENTOR_SIDES_MENTOR : 0U) | (args->mentee == 1 ? MENTOR_SIDES_MENTEE : 0U);
	int64_t barrier = 0, pair = 0;
	bool changed = false;
	if (!sides)
		return mentor_fail(run->m, MENTOR_USAGE, "say it with --mentor, --mentee or both", "it is not said which side agrees");
	enum mentor_status status = find_barrier(run, 0, &barrier);
	if (!status)
		status = mentor_record_find(run->m, &mentor_entity_pair, operand(run, 1), &pair);
	if (!status)
		status = mentor_barrier_agree(run->m, barrier, pair, sides, args->withdraw == 1, &changed);
	return status ? status : print_barrier(run, !changed ? "unchanged" : args->withdraw == 1 ? "withdrawn" : "agreed", barrier);
}

static const struct command barrier_agree = { .name = "agree", .summary = "record that a side of a pair agrees to be named with a barrier", .flags = CMD_WRITE,
	.operands = barrier_and_pair, .options = agree_options, .args_size = sizeof(struct agree_args), .parts = change_parts, .run = run_agree };

static const struct command *const verbs[] = { &barrier_add, &barrier_list, &barrier_show, &barrier_set, &barrier_raise, &barrier_address, &barrier_change,
	&barrier_drop, &barrier_merge, &barrier_agree, NULL };

const struct command noun_barrier = { .name = "barrier", .summary = "what stands in the way, without a word on who brought it", .verbs = verbs };
