/* goal.c: what each of a pair would value from the other. */
#include "pair.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

static const char *const sides[] = { "mentor", "mentee", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_goal, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_goal, member)

/* clang-format off */
const struct mentor_field mentor_goal_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "goal", .help = "the goal" },
	{ "pair", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(pair), .entity = "pair", .sql = "t.pair", .help = "the pair" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id), .sql = "p.cohort_id" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "side", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_SIDES, NUMBER(side), .choices = sides, .sql = "t.side", .help = "whose goal it is" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(name), .sql = "n.name", .help = "name of that person" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = mentor_settled_words, .sql = "t.state", .help = "whether it has been reached or dropped" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_LABEL, TEXT(text), .help = "what the person would value from the other: support, feedback, information" },
	{ "outcome", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(outcome), .sql = "t.outcome", .help = "what came of it" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(reason), .sql = "t.reason", .help = "why it was dropped" },
	{ "closed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(closed_on), .heading = "done or dropped on", .help = "day it was done or dropped" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_goal = {
	.name = "goal",
	.plural = "goals",
	.letter = 'g',
	.table = "goal",
	.from = "goal t JOIN pair p ON p.id = t.pair JOIN cohort c ON c.id = p.cohort_id "
		"JOIN enrolment e ON e.id = CASE t.side WHEN 'mentor' THEN p.mentor_id ELSE p.mentee_id END JOIN person n ON n.id = e.person_id",
	.order = "t.pair, t.side, t.id",
	.fields = mentor_goal_fields,
	.size = sizeof(struct mentor_goal),
	.listed_by = "mentor goal list",
};

/* The side of the pair that somebody is on. */
static enum mentor_status side_of(struct mentor *m, int64_t pair, const char *whose, int64_t *ret_side)
{
	void *record = NULL;
	int64_t person = 0, side = field_choice(sides, whose);
	if (side != MENTOR_NONE) {
		*ret_side = side;
		return MENTOR_OK;
	}
	enum mentor_status status = mentor_record_find(m, &mentor_entity_person, whose, &person);
	if (!status)
		status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (status)
		return status;
	const struct mentor_pair *p = record;
	bool theirs = person == p->mentor || person == p->mentee;
	*ret_side = person == p->mentor ? 0 : 1;
	if (!theirs)
		status = fail(m, MENTOR_INVALID, "say mentor, mentee, or one of the two people", "p%" PRId64 " is not of m%" PRId64, person, pair);
	mentor_record_free(record);
	return status;
}

static enum mentor_status add(struct mentor *m, int64_t pair, const char *whose, const char *text, bool *ret_new, int64_t *ret_id)
{
	int64_t side = 0, id = 0;
	enum mentor_status status = pair_check_published(m, pair);
	if (!status)
		status = side_of(m, pair, whose, &side);
	const struct db_value key[] = { DB_NUMBER(pair), DB_TEXT(status ? NULL : sides[side]), DB_TEXT(text), DB_TEXT(m->today) };
	if (!status)
		status = db_value(m, "SELECT id FROM goal WHERE pair = $1 AND side = $2 AND text = $3", key, 3, 0, &id);
	*ret_new = !id;
	if (!status && !id)
		status = db_value(m, "INSERT INTO goal (pair, side, text, added_on) VALUES ($1, $2, $3, $4) RETURNING id", key, 4, 0, &id);
	*ret_id = id;
	return status;
}

enum mentor_status mentor_goal_add(struct mentor *m, int64_t pair, const char *whose, const char *text, const char **ret_change, int64_t *ret_id)
{
	bool new = false;
	int64_t id = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = add(m, pair, whose, text, &new, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = new ? "added" : "unchanged";
	*ret_id = id;
	return MENTOR_OK;
}
