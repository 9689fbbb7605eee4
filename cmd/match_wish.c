/* match_wish.c: mentor match prefer and avoid: whom people would like to be paired with, and whom never. */
#include "match.h"
#include "out.h"

#include <stdlib.h>

/* ---- prefer ---- */

struct prefer_args {
	int64_t clear;
};

static const struct option prefer_options[] = {
	{ .field = { "clear", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(prefer_args, clear), .help = "take back the whole list" } },
	{ .field = { 0 } },
};

static const struct operand prefer_operands[] = {
	{ "PERSON", .entity = "person", .help = "whose list it is: reference (p12) or address" },
	{ "OTHER", .optional = true, .many = true, .entity = "person", .help = "whom the person would like, the first choice first" },
	{ 0 },
};

/* The name of who stands in the cohort, as a change to the person. */
static enum mentor_status print_person(struct run *run, const char *change, int64_t enrolment)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_enrolment, enrolment, &record);
	const struct mentor_enrolment *e = record;
	if (!status)
		print_change(run, change, &mentor_entity_person, e->person_id, mentor_keep(run->m, e->name));
	mentor_record_free(record);
	return status;
}

static enum mentor_status run_prefer(struct run *run)
{
	const struct prefer_args *args = run->args;
	size_t n = run->n_operands - 1;
	int64_t who = 0;
	bool changed = false;
	if ((n > 0) == (args->clear == 1))
		return mentor_fail(run->m, MENTOR_USAGE, "name people in order, or give --clear alone", "it is not said whom the person would like");
	int64_t *others = calloc(n + 1, sizeof(*others));
	if (!others)
		return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	enum mentor_status status = mentor_enrolment_find(run->m, run->cohort, operand(run, 0), &who);
	for (size_t i = 0; !status && i < n; i++)
		status = mentor_enrolment_find(run->m, run->cohort, operand(run, i + 1), &others[i]);
	if (!status)
		status = mentor_match_prefer(run->m, who, others, n, &changed);
	free(others);
	return status ? status : print_person(run, !changed ? "unchanged" : n ? "changed" : "cleared", who);
}

const struct command match_prefer = {
	.name = "prefer",
	.summary = "record whom a person would like to be paired with, in order",
	.flags = CMD_WRITE | CMD_COHORT,
	.options = prefer_options,
	.operands = prefer_operands,
	.parts = change_parts,
	.args_size = sizeof(struct prefer_args),
	.run = run_prefer,
};

static const struct part preference_parts[] = { { NULL, NULL, mentor_preference_fields, true, false }, { 0 } };

const struct command match_preferences = {
	.name = "preferences",
	.summary = "list whom people would like to be paired with",
	.flags = CMD_READ | CMD_COHORT,
	.parts = preference_parts,
	.entity = &mentor_entity_preference,
	.fields = FIELDS_FILTER,
	.run = crud_list,
};

/* ---- avoid ---- */

struct avoid_args {
	const char *reason;
	int64_t team, off;
};

static const struct option avoid_options[] = {
	{ .field = { "reason", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(avoid_args, reason), .help = "why, for the running team only" } },
	{ .field = { "team", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(avoid_args, team), .help = "the running team wants it, not the person" } },
	{ .field = { "off", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(avoid_args, off), .help = "take it back" } },
	{ .field = { 0 } },
};

static const struct operand avoid_operands[] = {
	{ "PERSON", .entity = "person", .help = "who asked for it: reference (p12) or address" },
	{ "OTHER", .entity = "person", .help = "with whom the person is never to be paired" },
	{ 0 },
};

static enum mentor_status run_avoid(struct run *run)
{
	const struct avoid_args *args = run->args;
	const char *change = NULL;
	int64_t people[2];
	bool changed = false;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < 2; i++)
		status = mentor_record_find(run->m, &mentor_entity_person, operand(run, i), &people[i]);
	if (!status && args->off == 1)
		status = mentor_match_avoid_no_more(run->m, people[0], people[1], &changed);
	else if (!status)
		status = mentor_match_avoid(run->m, people[0], people[1], args->team == 1, args->reason, &change);
	if (!status && args->off == 1)
		change = changed ? "removed" : "unchanged";
	return status ? status : match_print_two(run, change, &mentor_entity_avoidance, people[0], people[1]);
}

const struct command match_avoid = {
	.name = "avoid",
	.summary = "record in confidence that two people are never to be paired",
	.flags = CMD_WRITE,
	.options = avoid_options,
	.operands = avoid_operands,
	.parts = change_parts,
	.args_size = sizeof(struct avoid_args),
	.run = run_avoid,
};

static const struct part avoidance_parts[] = { { NULL, NULL, mentor_avoidance_fields, true, false }, { 0 } };

static enum mentor_status run_avoidances(struct run *run)
{
	enum mentor_status status = crud_list(run);
	out_note(run->out, "In confidence, for the running team only: do not pass it on");
	return status;
}

const struct command match_avoidances = {
	.name = "avoidances",
	.summary = "list who is never to be paired with whom, for the running team only",
	.flags = CMD_READ | CMD_AUDITED,
	.parts = avoidance_parts,
	.entity = &mentor_entity_avoidance,
	.fields = FIELDS_FILTER,
	.run = run_avoidances,
};
