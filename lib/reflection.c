/* reflection.c: that somebody reflected on a session, and when. What was written down is the author's: there is no room for it here. */
#include "session.h"

#include "record.h"

#include <string.h>

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_reflection, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_reflection, member)

/* clang-format off */
const struct mentor_field mentor_reflection_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "reflection", .help = "the reflection" },
	{ "pair", MENTOR_TYPE_REF, MENTOR_DERIVED, NUMBER(pair), .entity = "pair", .sql = "t.pair_id", .help = "the pair" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id), .sql = "p.cohort_id" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "by", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_SIDES, NUMBER(by), .choices = mentor_two_sides, .sql = "t.side", .help = "the author" },
	{ "person", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, NUMBER(person), .entity = "person",
	  .sql = "CASE t.side WHEN 'mentor' THEN a.person_id ELSE b.person_id END", .help = "the author" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(name), .sql = "CASE t.side WHEN 'mentor' THEN ap.name ELSE bp.name END", .help = "the author's name" },
	{ "date", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(date), .help = "day of the reflection" },
	{ "recorded_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(recorded_on), .help = "day it was put into the log" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_reflection = {
	.name = "reflection",
	.plural = "reflections",
	.letter = 'f',
	.table = "reflection",
	.from = "reflection t JOIN pair p ON p.id = t.pair_id JOIN cohort c ON c.id = p.cohort_id "
		"JOIN enrolment a ON a.id = p.mentor_id JOIN person ap ON ap.id = a.person_id "
		"JOIN enrolment b ON b.id = p.mentee_id JOIN person bp ON bp.id = b.person_id",
	.order = "t.date, t.id",
	.fields = mentor_reflection_fields,
	.size = sizeof(struct mentor_reflection),
};

/* Whoever has stopped may still reflect on what was: the end of the pair does not matter. */
static enum mentor_status check(struct mentor *m, int64_t id, const char *date)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_pair, id, &record);
	if (status)
		return status;
	struct mentor_pair pair = *(const struct mentor_pair *)record;
	pair.ended_on = NULL;
	status = pair.state == MENTOR_PAIR_PROPOSED ? session_refuse_proposed(m, id) : session_check_day(m, &pair, date, true);
	mentor_record_free(record);
	return status;
}

static enum mentor_status store(struct mentor *m, int64_t pair, enum mentor_side by, const char *date, const char **ret_change, int64_t *ret_id)
{
	const struct db_value values[] = { DB_NUMBER(pair), DB_TEXT(mentor_sides[by]), DB_TEXT(date), DB_TEXT(m->today) };
	enum mentor_status status = db_value(m, "SELECT id FROM reflection WHERE pair_id = $1 AND side = $2 AND date = $3", values, 3, 0, ret_id);
	*ret_change = *ret_id ? "unchanged" : "added";
	return status || *ret_id ? status :
				   db_value(m, "INSERT INTO reflection (pair_id, side, date, recorded_on) VALUES ($1, $2, $3, $4) RETURNING id", values,
				       sizeof(values) / sizeof(*values), 0, ret_id);
}

enum mentor_status mentor_reflection_add(
    struct mentor *m, int64_t pair, enum mentor_side by, const char *date, const char **ret_change, int64_t *ret_id)
{
	const char *change = NULL, *day = date ? date : m->today;
	int64_t id = 0;
	if (by == MENTOR_SIDE_TEAM)
		return fail(m, MENTOR_USAGE, NULL, "a reflection is made by one of the two of a pair");
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = check(m, pair, day);
	if (!status)
		status = store(m, pair, by, day, &change, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status) {
		*ret_change = change;
		*ret_id = id;
	}
	return status;
}
