/* remark.c: mentor remark: what people say of the programme, quoted as far as they allow. */
#include "nouns.h"
#include "out.h"

static const struct operand one_remark[] = { { "REMARK", .entity = "remark", .help = "reference of a remark (r8)" }, { 0 } };
static const struct operand one_person[] = { { "PERSON", .entity = "person", .help = "who said it: reference (p12) or address" }, { 0 } };

static enum mentor_status run_add(struct run *run)
{
	const char *change = NULL;
	int64_t person = 0, id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), &person);
	if (!status)
		status = mentor_remark_add(run->m, run->cohort, person, run->record, &change, &id);
	return status ? status : print_changed(run, change, &mentor_entity_remark, id);
}

static enum mentor_status run_withdraw(struct run *run)
{
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_remark, operand(run, 0), &id);
	if (!status)
		status = mentor_remark_withdraw(run->m, id, &changed);
	return status ? status : print_changed(run, changed ? "withdrawn" : "unchanged", &mentor_entity_remark, id);
}

static const struct part list_parts[] = { { NULL, NULL, mentor_remark_fields, true, false }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_remark_fields, false, false }, { 0 } };

static const struct command remark_add = { .name = "add", .summary = "record what somebody said of the programme, and where it may be quoted",
	.flags = CMD_WRITE | CMD_COHORT, .operands = one_person, .parts = change_parts, .entity = &mentor_entity_remark, .fields = FIELDS_ADD, .run = run_add };
static const struct command remark_list = { .name = "list", .summary = "list the remarks of a cohort", .flags = CMD_READ | CMD_COHORT, .parts = list_parts,
	.entity = &mentor_entity_remark, .fields = FIELDS_FILTER, .run = crud_list };
static const struct command remark_show = { .name = "show", .summary = "show a remark", .flags = CMD_READ, .operands = one_remark, .parts = show_parts,
	.entity = &mentor_entity_remark, .run = crud_show };
static const struct command remark_set = { .name = "set", .summary = "change where a remark may be quoted, or its words", .flags = CMD_WRITE,
	.operands = one_remark, .parts = change_parts, .entity = &mentor_entity_remark, .fields = FIELDS_SET, .run = crud_set };
static const struct command remark_withdraw = { .name = "withdraw", .summary = "withdraw a remark: its words are gone at once", .flags = CMD_WRITE,
	.operands = one_remark, .parts = change_parts, .run = run_withdraw };

static const struct command *const verbs[] = { &remark_add, &remark_list, &remark_show, &remark_set, &remark_withdraw, NULL };

const struct command noun_remark = { .name = "remark", .summary = "what people say of the programme, quoted as far as they allow", .verbs = verbs };
