/* person.c: people, one record each however many cohorts they take part in. */
#include "record.h"

#include <string.h>

const struct mentor_field mentor_person_fields[] = {
	{ "id", MENTOR_TYPE_ID, 0, MENTOR_AT_NUMBER(mentor_person, id), .entity = "person", .help = "reference, such as p12" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_LABEL, MENTOR_AT_TEXT(mentor_person, name), .help = "name as the person writes it" },
	{ "email", MENTOR_TYPE_EMAIL, MENTOR_REQUIRED | MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, email),
	    .help = "address; one person, one address" },
	{ "organisation", MENTOR_TYPE_TEXT, MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, organisation), .help = "where the person works" },
	{ "directorate", MENTOR_TYPE_TEXT, MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, directorate), .help = "part of the organisation" },
	{ "job", MENTOR_TYPE_TEXT, MENTOR_WIDE, MENTOR_AT_TEXT(mentor_person, job), .help = "job title" },
	{ "grade", MENTOR_TYPE_TEXT, MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, grade), .help = "grade in the programme's seniority order" },
	{ "manager_email", MENTOR_TYPE_EMAIL, MENTOR_WIDE | MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, manager_email),
	    .heading = "line manager", .help = "address of the line manager" },
	{ 0 },
};

static enum mentor_status check(struct mentor *m, const void *record, uint64_t given)
{
	const struct mentor_person *p = record;
	(void)given;
	if (p->email && p->manager_email && strcmp(p->email, p->manager_email) == 0)
		return fail(m, MENTOR_INVALID, NULL, "nobody is her or his own line manager");
	return MENTOR_OK;
}

const struct mentor_entity mentor_entity_person = {
	.name = "person",
	.plural = "people",
	.letter = 'p',
	.key = "email",
	.table = "person",
	.from = "person t",
	.order = "t.id",
	.fields = mentor_person_fields,
	.size = sizeof(struct mentor_person),
	.check = check,
};
