/* person.c: mentor person: people, whatever cohorts they are in. */
#include "nouns.h"

#include "out.h"

#include <string.h>

static const struct operand one[] = { { "PERSON", false, false, "person", "reference (p12) or address" }, { 0 } };
static const struct operand keep_and_duplicates[] = { { "KEEP", false, false, "person", "the record that stays: reference (p12) or address" },
	{ "DUPLICATE", false, true, "person", "another record of the same person" }, { 0 } };

/* ---- show ---- */

struct part_row {
	const char *cohort, *role, *state;
};
static const struct mentor_field part_fields[] = {
	{ "cohort", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(part_row, cohort), .help = "the cohort" },
	{ "role", MENTOR_TYPE_TEXT, MENTOR_SIDES, MENTOR_AT_TEXT(part_row, role), .help = "what the person is in it, or applied to be: mentor, mentee, either or facilitator" },
	{ "state", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(part_row, state), .help = "where the application stands: applied, accepted, waiting, declined or withdrawn" },
	{ 0 },
};

static const struct part list_parts[] = { { NULL, NULL, mentor_person_fields, true, false }, { 0 } };
static const struct part show_parts[] = {
	{ "person", NULL, mentor_person_fields, false, false, .main = true },
	{ "cohorts", "Cohorts", part_fields, true, false, .optional = true },
	{ 0 },
};

static const char *word(const char *name, const struct mentor_enrolment *e)
{
	const struct mentor_field *field = mentor_field_find(mentor_enrolment_fields, name);
	return field->choices[mentor_field_number(field, e)];
}

static enum mentor_status print_part(void *arg, const void *record)
{
	const struct mentor_enrolment *e = record;
	struct part_row row = { e->cohort, word("role", e), word("state", e) };
	out_row(arg, &row);
	return MENTOR_OK;
}

static enum mentor_status person_show(struct run *run)
{
	int64_t id = 0;
	struct mentor_filter of = { "person_id", operand(run, 0) };
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, of.value, &id);
	out_part(run->out, "person");
	if (!status)
		status = show_record(run, id);
	out_part(run->out, "cohorts");
	return status ? status : mentor_record_list(run->m, &mentor_entity_enrolment, &of, 1, print_part, run->out);
}

/* ---- merge ---- */

static enum mentor_status print_merge(void *arg, const struct mentor_merge_row *row)
{
	struct change_row change = { row->change, row->kind, row->reference, row->name };
	out_row(arg, &change);
	return MENTOR_OK;
}

static enum mentor_status merge_one(struct run *run, int64_t keep, const char *reference)
{
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, reference, &id);
	if (status || id != keep)
		return status ? status : mentor_person_merge(run->m, keep, id, print_merge, run->out);
	status = mentor_record_get(run->m, &mentor_entity_person, keep, &record);
	if (!status)
		print_change(run, "unchanged", &mentor_entity_person, keep, ((const struct mentor_person *)record)->name);
	mentor_record_free(record);
	return status;
}

static enum mentor_status person_merge(struct run *run)
{
	int64_t keep = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), &keep);
	for (size_t i = 1; !status && i < run->n_operands; i++)
		status = merge_one(run, keep, run->operands[i]);
	return status;
}

static const struct command list_command = { .name = "list", .summary = "list people", .flags = CMD_READ, .parts = list_parts,
	.entity = &mentor_entity_person, .fields = FIELDS_FILTER, .run = crud_list };
static const struct command show_command = { .name = "show", .summary = "show a person, and the cohorts the person is in", .flags = CMD_READ,
	.parts = show_parts, .operands = one, .entity = &mentor_entity_person, .run = person_show };
static const struct command add_command = { .name = "add", .summary = "add a person", .flags = CMD_WRITE, .parts = change_parts,
	.entity = &mentor_entity_person, .fields = FIELDS_ADD, .run = crud_add };
static const struct command set_command = { .name = "set", .summary = "change a person", .flags = CMD_WRITE, .parts = change_parts,
	.operands = one, .entity = &mentor_entity_person, .fields = FIELDS_SET, .run = crud_set };
static const struct command merge_command = { .name = "merge", .summary = "make one record of several that are the same person", .flags = CMD_WRITE,
	.parts = change_parts, .operands = keep_and_duplicates, .run = person_merge,
	.confirm = "The duplicates are gone afterwards, and cannot be told apart again. Merge them?" };

static const struct command *const verbs[] = { &list_command, &show_command, &add_command, &set_command, &merge_command, NULL };
const struct command noun_person = { .name = "person", .summary = "people, one record each however many cohorts they are in", .verbs = verbs };
