/* checkin.c: mentor checkin: care for the people who take part, for the running team alone. */
#include "nouns.h"
#include "out.h"

static const struct operand one_checkin[] = { { "CHECKIN", .entity = "checkin", .help = "reference of a check-in (k6)" }, { 0 } };
static const struct operand several_people[] = { { "PERSON", false, true, "person", "reference (p12) or address" }, { 0 } };

/* ---- add ---- */

static enum mentor_status add_one(struct run *run, const char *who)
{
	const char *change = NULL;
	int64_t person = 0, id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, who, &person);
	if (!status)
		status = mentor_checkin_add(run->m, run->cohort, person, run->record, &change, &id);
	return status ? status : print_changed(run, change, &mentor_entity_checkin, id);
}

static enum mentor_status run_add(struct run *run)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++)
		status = add_one(run, operand(run, i));
	return status;
}

/* ---- plan ---- */

struct plan_args {
	int64_t due;
};
static const struct option plan_options[] = {
	{ { "due", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(plan_args, due), .help = "only those that are due by today" } },
	{ .letter = 0 },
};

static enum mentor_status print_due(void *arg, const void *record)
{
	const struct run *run = arg;
	const struct mentor_checkin_due *due = record;
	if (due->state != MENTOR_CHECKIN_LATER || ((const struct plan_args *)run->args)->due != 1)
		out_row(run->out, record);
	return MENTOR_OK;
}

static enum mentor_status run_plan(struct run *run)
{
	enum mentor_status status = out_labels(run->out, run->cohort);
	return status ? status : mentor_checkin_plan(run->m, run->cohort, print_due, run);
}

static const struct part list_parts[] = { { NULL, NULL, mentor_checkin_fields, true, false }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_checkin_fields, false, false }, { 0 } };
static const struct part plan_parts[] = { { NULL, NULL, mentor_checkin_due_fields, true, false }, { 0 } };

static const struct command checkin_add = { .name = "add", .summary = "record that the team and people spoke, and what came of it",
	.flags = CMD_WRITE | CMD_COHORT, .operands = several_people, .parts = change_parts, .entity = &mentor_entity_checkin, .fields = FIELDS_ADD,
	.run = run_add };
static const struct command checkin_list = { .name = "list", .summary = "list the check-ins of a cohort", .flags = CMD_READ | CMD_COHORT | CMD_AUDITED,
	.parts = list_parts, .entity = &mentor_entity_checkin, .fields = FIELDS_FILTER, .run = crud_list };
static const struct command checkin_show = { .name = "show", .summary = "show a check-in", .flags = CMD_READ | CMD_AUDITED, .operands = one_checkin, .parts = show_parts,
	.entity = &mentor_entity_checkin, .run = crud_show };
static const struct command checkin_set = { .name = "set", .summary = "change what is recorded of a check-in", .flags = CMD_WRITE,
	.operands = one_checkin, .parts = change_parts, .entity = &mentor_entity_checkin, .fields = FIELDS_SET, .run = crud_set };
static const struct command checkin_plan = { .name = "plan", .summary = "show who is to be asked next, and when", .flags = CMD_READ | CMD_COHORT,
	.options = plan_options, .args_size = sizeof(struct plan_args), .parts = plan_parts, .run = run_plan };

static const struct command *const verbs[] = { &checkin_plan, &checkin_add, &checkin_list, &checkin_show, &checkin_set, NULL };

const struct command noun_checkin = { .name = "checkin", .summary = "how people are, for the running team alone", .verbs = verbs };
