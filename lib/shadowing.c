/* shadowing.c: meetings of the partner's in which one side of a pair took part: prepared for, observed, contributed to, led together. */
#include "pace.h"
#include "record.h"
#include "session.h"

#include <string.h>

static const char *const parts[] = { "observed", "contributed", "co-led", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_shadowing, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_shadowing, member)

/* clang-format off */
const struct mentor_field mentor_shadowing_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "shadowing", .help = "the shadowed meeting" },
	{ "pair", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(pair), .entity = "pair", .sql = "t.pair_id", .help = "whose it is" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id), .sql = "p.cohort_id" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "by", MENTOR_TYPE_CHOICE, MENTOR_FIXED | MENTOR_REQUIRED | MENTOR_FILTER | MENTOR_SIDES, NUMBER(by), .choices = mentor_two_sides, .sql = "t.side", .help = "who took part in a meeting of the other's" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(name), .sql = "CASE t.side WHEN 'mentor' THEN ap.name ELSE bp.name END", .help = "name of whoever took part" },
	{ "date", MENTOR_TYPE_DAY, MENTOR_FIXED, TEXT(date), .help = "day of the meeting; today when not given" },
	{ "meeting", MENTOR_TYPE_TEXT, MENTOR_FIXED | MENTOR_REQUIRED, TEXT(meeting), .help = "what the meeting is called" },
	{ "prepared", MENTOR_TYPE_BOOL, MENTOR_DERIVED, NUMBER(prepared), .help = "whether it was prepared for" },
	{ "part", MENTOR_TYPE_CHOICE, MENTOR_FIXED | MENTOR_REQUIRED | MENTOR_FILTER, NUMBER(part), .choices = parts, .help = "how far: looked on, had a say, or led it together" },
	{ "recorded_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(recorded_on), .help = "day it was put into the log" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_shadowing = {
	.name = "shadowing",
	.plural = "shadowed meetings",
	.letter = 'h',
	.table = "shadowing",
	.from = "shadowing t JOIN pair p ON p.id = t.pair_id JOIN cohort c ON c.id = p.cohort_id "
		"JOIN enrolment a ON a.id = p.mentor_id JOIN person ap ON ap.id = a.person_id "
		"JOIN enrolment b ON b.id = p.mentee_id JOIN person bp ON bp.id = b.person_id",
	.order = "t.date, t.id",
	.fields = mentor_shadowing_fields,
	.size = sizeof(struct mentor_shadowing),
	.listed_by = "mentor log shadowed",
};

static enum mentor_status check_values(struct mentor *m, const struct mentor_shadowing *s)
{
	if (s->by != MENTOR_SIDE_MENTOR && s->by != MENTOR_SIDE_MENTEE)
		return fail(m, MENTOR_INVALID, "give --by mentor or --by mentee", "it is not said who took part");
	if (!s->meeting)
		return fail(m, MENTOR_INVALID, "give --meeting", "it is not said which meeting it was");
	if (s->part == MENTOR_NONE)
		return fail(m, MENTOR_INVALID, "give --part observed, contributed or co-led", "it is not said how far the person took part");
	return MENTOR_OK;
}

static enum mentor_status check_programme(struct mentor *m, int64_t cohort)
{
	struct definition *d = NULL;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	if (!status && !pace_has_shadowing(d))
		status = fail(m, MENTOR_REFUSED, "how many there are to be is contract.shadowed in the programme's file", "this programme has no shadowed meetings");
	definition_free(d);
	return status;
}

static enum mentor_status check(struct mentor *m, int64_t id, const struct mentor_shadowing *s)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_pair, id, &record);
	const struct mentor_pair *pair = record;
	if (!status)
		status = check_programme(m, pair->cohort_id);
	if (!status && pair->state == MENTOR_PAIR_PROPOSED)
		status = session_refuse_proposed(m, pair->id);
	if (!status)
		status = session_check_day(m, pair, s->date, true);
	mentor_record_free(record);
	return status;
}

static enum mentor_status store(struct mentor *m, int64_t pair, const struct mentor_shadowing *s, const char **ret_change, int64_t *ret_id)
{
	const struct db_value values[] = { DB_NUMBER(pair), DB_TEXT(mentor_sides[s->by]), DB_TEXT(s->date), DB_TEXT(s->meeting),
		DB_NUMBER(s->prepared), DB_TEXT(parts[s->part]), DB_TEXT(m->today) };
	int64_t there = 0, same = 0;
	enum mentor_status status =
	    db_value(m, "SELECT id FROM shadowing WHERE pair_id = $1 AND side = $2 AND date = $3 AND meeting = $4", values, 4, 0, &there);
	if (!status)
		status = db_value(m, "SELECT id FROM shadowing WHERE pair_id = $1 AND side = $2 AND date = $3 AND meeting = $4 AND prepared = $5 AND part = $6",
		    values, 6, 0, &same);
	*ret_change = same ? "unchanged" : there ? "changed" : "added";
	*ret_id = there;
	if (status || same)
		return status;
	return there ? db_run(m, "UPDATE shadowing SET prepared = $1, part = $2 WHERE id = $3", DB_ARGS(values[4], values[5], DB_NUMBER(there))) :
		       db_value(m,
			   "INSERT INTO shadowing (pair_id, side, date, meeting, prepared, part, recorded_on) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
			   values, sizeof(values) / sizeof(*values), 0, ret_id);
}

enum mentor_status mentor_shadowing_add(
    struct mentor *m, int64_t pair, const struct mentor_shadowing *record, uint64_t given, const char **ret_change, int64_t *ret_id)
{
	struct mentor_shadowing s = *record;
	const char *change = NULL;
	int64_t id = 0;
	if (!(given & field_bit(mentor_shadowing_fields, "date")) || !s.date)
		s.date = m->today;
	if (!(given & field_bit(mentor_shadowing_fields, "prepared")) || s.prepared == MENTOR_NONE)
		s.prepared = 0;
	enum mentor_status status = check_values(m, &s);
	if (!status)
		status = mentor_begin(m);
	if (status)
		return status;
	status = check(m, pair, &s);
	if (!status)
		status = store(m, pair, &s, &change, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status) {
		*ret_change = change;
		*ret_id = id;
	}
	return status;
}
