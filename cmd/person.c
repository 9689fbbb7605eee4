/* person.c: mentor person: people, whatever cohorts they are in. */
#include "nouns.h"

#include "out.h"

static const struct operand one[] = { { "PERSON", false, false, "person", "reference (p12) or address" }, { 0 } };


static const struct part list_parts[] = { { NULL, NULL, mentor_person_fields, true, false }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_person_fields, false, false }, { 0 } };

static const struct command person_list = { .name = "list", .summary = "list people", .flags = CMD_READ, .parts = list_parts,
	.entity = &mentor_entity_person, .fields = FIELDS_FILTER, .run = crud_list };
static const struct command person_show = { .name = "show", .summary = "show a person", .flags = CMD_READ, .parts = show_parts,
	.operands = one, .entity = &mentor_entity_person, .run = crud_show };
static const struct command person_add = { .name = "add", .summary = "add a person", .flags = CMD_WRITE, .parts = change_parts,
	.entity = &mentor_entity_person, .fields = FIELDS_ADD, .run = crud_add };
static const struct command person_set = { .name = "set", .summary = "change a person", .flags = CMD_WRITE, .parts = change_parts,
	.operands = one, .entity = &mentor_entity_person, .fields = FIELDS_SET, .run = crud_set };

static const struct command *const verbs[] = { &person_list, &person_show, &person_add, &person_set, NULL };
const struct command noun_person = { .name = "person", .summary = "people, one record each however many cohorts they are in", .verbs = verbs };
