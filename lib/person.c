/* person.c: people, one record each however many cohorts they take part in. */
#include "person.h"

#include "language.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

/* A line manager is named by an address, which may be a former one. What is asked about every person of a list is a join, or a set that is looked up
 * in; a query of its own for each would take as long as all the rest. */
#define MANAGER_SQL \
	"coalesce(n.name, CASE WHEN t.manager_email IN (SELECT a.email FROM address a) THEN " \
	"(SELECT b.name FROM address a JOIN person b ON b.id = a.person_id WHERE a.email = t.manager_email) END)"

/* One text of all, oldest first, a line each; few people have any. */
#define ADDRESSES_SQL \
	"CASE WHEN t.id IN (SELECT a.person_id FROM address a) THEN (WITH RECURSIVE walk (id, list) AS (" \
	"SELECT a.id, a.email FROM address a WHERE a.id = (SELECT min(f.id) FROM address f WHERE f.person_id = t.id) " \
	"UNION ALL SELECT a.id, walk.list || '\n' || a.email FROM walk JOIN address a " \
	"ON a.id = (SELECT min(f.id) FROM address f WHERE f.person_id = t.id AND f.id > walk.id)) " \
	"SELECT list FROM walk ORDER BY id DESC LIMIT 1) END"

const struct mentor_field mentor_person_fields[] = {
	{ "id", MENTOR_TYPE_ID, 0, MENTOR_AT_NUMBER(mentor_person, id), .entity = "person", .help = "reference, such as p12" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_LABEL, MENTOR_AT_TEXT(mentor_person, name), .help = "name as the person writes it" },
	{ "email", MENTOR_TYPE_EMAIL, MENTOR_REQUIRED | MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, email),
	    .help = "address; one person, one address" },
	{ "organisation", MENTOR_TYPE_TEXT, MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, organisation), .help = "where the person works" },
	{ "directorate", MENTOR_TYPE_TEXT, MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, directorate), .help = "part of the organisation" },
	{ "job", MENTOR_TYPE_TEXT, MENTOR_WIDE, MENTOR_AT_TEXT(mentor_person, job), .help = "job title" },
	{ "grade", MENTOR_TYPE_TEXT, MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, grade), .help = "grade in the programme's seniority order" },
	{ "manager_email", MENTOR_TYPE_EMAIL, MENTOR_WIDE | MENTOR_FILTER, MENTOR_AT_TEXT(mentor_person, manager_email), .entity = "person",
	    .heading = "line manager's address", .help = "the line manager: an address, or the reference of somebody here" },
	{ "manager_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_person, manager_name), .sql = MANAGER_SQL,
	    .heading = "line manager", .help = "name of the line manager, when that is somebody here" },
	{ "addresses", MENTOR_TYPE_LIST, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_person, addresses), .sql = ADDRESSES_SQL,
	    .heading = "other addresses", .help = "other addresses that lead to the person: former ones, and those of records merged into this one" },
	{ "language", MENTOR_TYPE_CHOICE, MENTOR_WIDE | MENTOR_FILTER, MENTOR_AT_NUMBER(mentor_person, language), .choices = language_tags,
	    .help = "what messages to the person are written in, where the programme has that: en (English, which it is when not given) or cy (Welsh)" },
	{ 0 },
};

/* ---- addresses ---- */

/* An address leads to one person: whose other address it is, nobody else can take. */
static enum mentor_status refuse_taken(struct mentor *m, int64_t id, const char *email)
{
	struct db_rows *rows = NULL;
	bool taken = false;
	enum mentor_status status = db_query(m,
	    "SELECT p.name, p.id FROM address a JOIN person p ON p.id = a.person_id WHERE a.email = $1 AND p.id <> $2",
	    DB_ARGS(DB_TEXT(email), DB_NUMBER(id)), &rows);
	if (!status)
		status = db_next(rows, &taken);
	if (!status && taken) {
		struct mentor_buf hint = MENTOR_BUF_INIT;
		mentor_buf_fmt(&hint, "see: mentor person show p%" PRId64, db_number(rows, 1));
		status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "%s is another address of %s (p%" PRId64 ")", email, db_text(rows, 0),
		    db_number(rows, 1));
		mentor_buf_free(&hint);
	}
	db_done(rows);
	return status;
}

/* The address that was goes on leading to the person, and who has the person as line manager goes on having so. */
static enum mentor_status keep_address(struct mentor *m, int64_t id, const char *was, const char *now)
{
	enum mentor_status status = db_run(m, "DELETE FROM address WHERE email = $1", DB_ARGS(DB_TEXT(now)));
	if (!status)
		status = db_run(m, "INSERT INTO address (person_id, email) VALUES ($1, $2)", DB_ARGS(DB_NUMBER(id), DB_TEXT(was)));
	return status ? status : person_follow_manager(m, was, now);
}

enum mentor_status person_follow_manager(struct mentor *m, const char *was, const char *now)
{
	return db_run(m, "UPDATE person SET manager_email = $1 WHERE manager_email = $2", DB_ARGS(DB_TEXT(now), DB_TEXT(was)));
}

/* ---- before a person is written ---- */

enum mentor_status person_check_manager(struct mentor *m, const struct mentor_person *old, const char *email, const char *manager)
{
	int64_t id = 0;
	bool self = strcmp(email, manager) == 0;
	enum mentor_status status = old && !self ? record_lookup(m, &mentor_entity_person, manager, &id) : MENTOR_OK;
	if (!status && (self || (old && id == old->id)))
		return fail(m, MENTOR_INVALID, "leave it empty where there is no line manager", "nobody is her or his own line manager");
	return status;
}

static enum mentor_status before(struct mentor *m, const void *was, const void *record, uint64_t given)
{
	const struct mentor_person *old = was, *p = record;
	bool moves = given & field_bit(mentor_person_fields, "email"), led = given & field_bit(mentor_person_fields, "manager_email");
	const char *email = moves ? p->email : old ? old->email : NULL, *manager = led ? p->manager_email : old ? old->manager_email : NULL;
	enum mentor_status status = moves && email ? refuse_taken(m, old ? old->id : 0, email) : MENTOR_OK;
	if (!status && email && manager)
		status = person_check_manager(m, old, email, manager);
	if (!status && moves && old)
		status = keep_address(m, old->id, old->email, email);
	return status;
}

const struct mentor_entity mentor_entity_person = {
	.name = "person",
	.plural = "people",
	.letter = 'p',
	.key = "email",
	.table = "person",
	.from = "person t LEFT JOIN person n ON n.email = t.manager_email",
	.order = "t.id",
	.fields = mentor_person_fields,
	.size = sizeof(struct mentor_person),
	.before = before,
	.aliases = "address",
	.listed_by = "mentor person list",
};
