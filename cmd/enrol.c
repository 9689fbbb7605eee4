/* enrol.c: mentor enrol: applying and deciding. */
#include "enrol.h"

#include "nouns.h"
#include "out.h"

#include <stdlib.h>
#include <string.h>

const struct operand enrol_one[] = { { "PERSON", false, false, "person", "reference (p12) or address" }, { 0 } };
const struct operand enrol_several[] = { { "PERSON", false, true, "person", "reference (p12) or address" }, { 0 } };

static const struct part list_parts[] = { { NULL, NULL, mentor_enrolment_fields, true, false }, { 0 } };

enum mentor_status enrol_print(struct run *run, const char *change, int64_t enrolment)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_enrolment, enrolment, &record);
	if (!status) {
		const struct mentor_enrolment *e = record;
		print_change(run, change, &mentor_entity_person, e->person_id, e->name);
	}
	mentor_record_free(record);
	return status;
}

/* ---- list ---- */

struct list_args {
	int64_t due;
};
static const struct option list_options[] = {
	{ { "due", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(list_args, due), .help = "only people who are to hear by today" } },
	{ .letter = 0 },
};

static enum mentor_status print_due(void *arg, const void *record)
{
	const struct run *run = arg;
	const struct mentor_enrolment *e = record;
	if (e->contact_on && strcmp(e->contact_on, mentor_today(run->m)) <= 0)
		out_row(run->out, record);
	return MENTOR_OK;
}

static enum mentor_status enrol_list(struct run *run)
{
	const struct list_args *args = run->args;
	return args->due == 1 ? crud_list_each(run, print_due, run) : crud_list(run);
}

/* ---- add, set ---- */

/* Nobody looks for a late application in another cohort who has not been told that it is there. */
static enum mentor_status tell_where(struct run *run, int64_t enrolment)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_enrolment, enrolment, &record);
	const struct mentor_enrolment *e = record;
	if (!status)
		out_note(run->out, "Came too late for '%s', and is kept for the next cohort, '%s'.", e->origin_cohort, e->cohort);
	mentor_record_free(record);
	return status;
}

static enum mentor_status enrol_add(struct run *run)
{
	struct mentor_enrolment *e = run->record;
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), &e->person_id);
	if (!status)
		status = mentor_enrol_add(run->m, run->cohort, e, run->record_given, &change, &id);
	if (!status)
		status = enrol_print(run, strcmp(change, "added") == 0 ? "enrolled" : change, id);
	return status || strcmp(change, "late") != 0 ? status : tell_where(run, id);
}

static enum mentor_status enrol_set(struct run *run)
{
	int64_t id = 0;
	bool changed = false;
	if (!run->record_given)
		return nothing_to_set(run);
	enum mentor_status status = mentor_enrolment_find(run->m, run->cohort, operand(run, 0), &id);
	if (!status)
		status = mentor_enrol_set(run->m, id, run->record, run->record_given, &changed);
	return status ? status : enrol_print(run, changed ? "changed" : "unchanged", id);
}

/* ---- accept, wait, decline, withdraw ---- */

struct decide_args {
	const char *reason, *override;
};
static const struct option accept_options[] = {
	{ { "reason", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(decide_args, reason), .help = "why, kept with the decision" } },
	{ { "override", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(decide_args, override), .help = "go past the cohort's limit, a statement that reads no or a refusal of support, for this reason, which is kept" }, 0, "REASON" },
	{ .letter = 0 },
};
static const struct option reason_options[] = {
	{ { "reason", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(decide_args, reason), .help = "why, kept with the decision" } },
	{ .letter = 0 },
};

static enum mentor_status decide(struct run *run, enum mentor_enrolment_state state, const char *word)
{
	const struct decide_args *args = run->args;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++) {
		int64_t id = 0;
		bool changed = false;
		status = mentor_enrolment_find(run->m, run->cohort, run->operands[i], &id);
		if (!status)
			status = mentor_enrol_decide(run->m, id, state, args->reason, args->override, &changed);
		if (!status)
			status = enrol_print(run, changed ? word : "unchanged", id);
	}
	return status;
}

static enum mentor_status enrol_accept(struct run *run)
{
	return decide(run, MENTOR_ENROLMENT_ACCEPTED, "accepted");
}

static enum mentor_status enrol_decline(struct run *run)
{
	return decide(run, MENTOR_ENROLMENT_DECLINED, "declined");
}

static enum mentor_status enrol_withdraw(struct run *run)
{
	return decide(run, MENTOR_ENROLMENT_WITHDRAWN, "withdrawn");
}

struct wait_args {
	const char *reason;
	int64_t rank;
};
static const struct option wait_options[] = {
	{ { "reason", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(wait_args, reason), .help = "why, kept with the decision" } },
	{ { "rank", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(wait_args, rank), .minimum = 1, .maximum = 100000, .help = "place on the waiting list of the role, those from there on move down; the end when not given" }, 0, "N" },
	{ .letter = 0 },
};

/* Several people take their places in the order in which they are named. */
static enum mentor_status enrol_wait(struct run *run)
{
	const struct wait_args *args = run->args;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++) {
		int64_t id = 0, rank = args->rank == MENTOR_NONE ? MENTOR_NONE : args->rank + (int64_t)i;
		bool changed = false;
		status = mentor_enrolment_find(run->m, run->cohort, run->operands[i], &id);
		if (!status)
			status = mentor_enrol_wait(run->m, id, rank, args->reason, &changed);
		if (!status)
			status = enrol_print(run, changed ? "waiting" : "unchanged", id);
	}
	return status;
}

static const struct command list_command = { .name = "list", .summary = "list the people of a cohort", .flags = CMD_READ | CMD_COHORT, .parts = list_parts,
	.options = list_options, .args_size = sizeof(struct list_args), .entity = &mentor_entity_enrolment, .fields = FIELDS_FILTER, .run = enrol_list };
static const struct command add_command = { .name = "add", .summary = "enrol a person", .flags = CMD_WRITE | CMD_COHORT, .operands = enrol_one,
	.parts = change_parts, .entity = &mentor_entity_enrolment, .fields = FIELDS_ADD, .run = enrol_add };
static const struct command set_command = { .name = "set", .summary = "change an enrolment", .flags = CMD_WRITE | CMD_COHORT, .operands = enrol_one,
	.parts = change_parts, .entity = &mentor_entity_enrolment, .fields = FIELDS_SET, .run = enrol_set };
static const struct command accept_command = { .name = "accept", .summary = "accept applicants, within the cohort's limits", .flags = CMD_WRITE | CMD_COHORT,
	.operands = enrol_several, .options = accept_options, .args_size = sizeof(struct decide_args), .parts = change_parts, .run = enrol_accept };
static const struct command decline_command = { .name = "decline", .summary = "decline applicants", .flags = CMD_WRITE | CMD_COHORT, .operands = enrol_several,
	.options = reason_options, .args_size = sizeof(struct decide_args), .parts = change_parts, .run = enrol_decline };

static const struct command wait_command = { .name = "wait", .summary = "put applicants on the waiting list, in order", .flags = CMD_WRITE | CMD_COHORT,
	.operands = enrol_several, .options = wait_options, .args_size = sizeof(struct wait_args), .parts = change_parts, .run = enrol_wait };
static const struct command withdraw_command = { .name = "withdraw", .summary = "record that people no longer wish to take part", .flags = CMD_WRITE | CMD_COHORT,
	.operands = enrol_several, .options = reason_options, .args_size = sizeof(struct decide_args), .parts = change_parts, .run = enrol_withdraw };

static const struct command *const verbs[] = { &list_command, &enrol_show_command, &add_command, &set_command, &enrol_import_command,
	&enrol_confirm_command, &enrol_approve_command, &enrol_score_command, &enrol_scores_command, &accept_command, &wait_command, &decline_command,
	&withdraw_command, &enrol_export_command, &enrol_told_command, NULL };
const struct command noun_enrol = { .name = "enrol", .summary = "the people of a cohort: applying and deciding", .verbs = verbs };
