/* person.c: people, one record each however many cohorts they take part in. */
#include "record.h"

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
};
