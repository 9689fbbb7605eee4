/* session.c: the log of sessions: that two people met, when and how long, never what was said. */
#include "programme.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

static const char *const modes[] = { "virtual", "in-person", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_session, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_session, member)

/* clang-format off */
const struct mentor_field mentor_session_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "session", .help = "the session" },
	{ "pair", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(pair), .entity = "pair", .sql = "t.pair_id", .help = "who met" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id), .sql = "p.cohort_id" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "mentor_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentor_name), .sql = "ap.name", .heading = "{mentor}", .help = "name of the mentor" },
	{ "mentee_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentee_name), .sql = "bp.name", .heading = "{mentee}", .help = "name of the mentee" },
	{ "date", MENTOR_TYPE_DAY, MENTOR_FIXED, TEXT(date), .help = "day of the session; today when not given" },
	{ "time", MENTOR_TYPE_CLOCK, MENTOR_FIXED, TEXT(time), .help = "when it began; tells two sessions of one day apart" },
	{ "minutes", MENTOR_TYPE_INT, MENTOR_REQUIRED | MENTOR_FIXED, NUMBER(minutes), .minimum = 1, .maximum = 1440, .help = "how long it lasted" },
	{ "mode", MENTOR_TYPE_CHOICE, MENTOR_FIXED | MENTOR_FILTER, NUMBER(mode), .choices = modes, .help = "how the two met" },
	{ "place", MENTOR_TYPE_TEXT, MENTOR_FIXED | MENTOR_WIDE, TEXT(place), .help = "where they met" },
	{ "next_date", MENTOR_TYPE_DAY, MENTOR_FIXED, TEXT(next_date), .help = "day of the next session" },
	{ "next_time", MENTOR_TYPE_CLOCK, MENTOR_FIXED | MENTOR_WIDE, TEXT(next_time), .help = "when the next one begins" },
	{ "next_place", MENTOR_TYPE_TEXT, MENTOR_FIXED | MENTOR_WIDE, TEXT(next_place), .help = "where the next one is" },
	{ "recorded_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(recorded_on), .sql = "t.recorded_on", .help = "day it was put into the log" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_session = {
	.name = "session",
	.plural = "sessions",
	.letter = 's',
	.table = "session",
	.from = "session t JOIN pair p ON p.id = t.pair_id JOIN cohort c ON c.id = p.cohort_id "
		"JOIN enrolment a ON a.id = p.mentor_id JOIN person ap ON ap.id = a.person_id "
		"JOIN enrolment b ON b.id = p.mentee_id JOIN person bp ON bp.id = b.person_id",
	.order = "t.date, coalesce(t.time, ''), t.id",
	.fields = mentor_session_fields,
	.size = sizeof(struct mentor_session),
};

static enum mentor_status check_values(struct mentor *m, const struct mentor_session *s)
{
	if (!s->date)
		return fail(
		    m, MENTOR_INVALID, "give the day it took place: --date 2026-09-30", "a session needs its date");
	if (s->minutes == MENTOR_NONE)
		return fail(m, MENTOR_INVALID, "give how long it lasted: --minutes 60", "a session needs its minutes");
	if (s->next_date && strcmp(s->next_date, s->date) < 0)
		return fail(m, MENTOR_INVALID, "give a later --next-date",
		    "the next session cannot be on %s, before this one", s->next_date);
	if (!s->next_date && (s->next_time || s->next_place))
		return fail(
		    m, MENTOR_INVALID, "give --next-date as well", "the next session has a time or place but no date");
	return MENTOR_OK;
}

static enum mentor_status check_day(struct mentor *m, const struct mentor_pair *pair, const char *date)
{
	if (strcmp(date, m->today) > 0)
		return fail(m, MENTOR_INVALID, "log a session once it has taken place", "%s is in the future", date);
	if (pair->published_on && strcmp(date, pair->published_on) < 0)
		return fail(m, MENTOR_INVALID, NULL, "m%" PRId64 " could not meet on %s: it was published on %s",
		    pair->id, date, pair->published_on);
	if (pair->ended_on && strcmp(date, pair->ended_on) > 0)
		return fail(m, MENTOR_REFUSED, "sessions held up to that day can still be logged",
		    "m%" PRId64 " ended on %s and cannot have met on %s", pair->id, pair->ended_on, date);
	return MENTOR_OK;
}

static enum mentor_status check_published(struct mentor *m, const struct mentor_pair *pair)
{
	if (pair->state != MENTOR_PAIR_PROPOSED)
		return MENTOR_OK;
	return fail(
	    m, MENTOR_REFUSED, "tell the two first: mentor match publish", "m%" PRId64 " is only proposed", pair->id);
}

/* What is still to be done before both have signed: the end of the command, NULL when nothing is. */
static enum mentor_status missing_signature(struct mentor *m, int64_t pair, bool *ret_drafted, const char **ret_options)
{
	static const char *const options[] = { " --mentor --mentee", " --mentor", " --mentee", NULL };
	int64_t drafted = 0, mentor = 0, mentee = 0;
	const struct {
		const char *sql;
		int64_t *at;
	} counts[] = {
		{ "SELECT count(*) FROM contract_in_force WHERE pair_id = $1", &drafted },
		{ "SELECT count(mentor_signed_on) FROM contract_in_force WHERE pair_id = $1", &mentor },
		{ "SELECT count(mentee_signed_on) FROM contract_in_force WHERE pair_id = $1", &mentee },
	};
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(counts) / sizeof(*counts); i++)
		status = db_value(m, counts[i].sql, DB_ARGS(DB_NUMBER(pair)), 0, counts[i].at);
	*ret_drafted = drafted > 0;
	*ret_options = options[mentor && mentee ? 3 : mentee ? 1 : mentor ? 2 : 0];
	return status;
}

/* Asked of active pairs only: one that has ended can draft no contract any more, and its late paperwork must not be lost. */
static enum mentor_status check_signed(struct mentor *m, const struct mentor_pair *pair)
{
	struct definition *d = NULL;
	bool drafted = false;
	const char *options = NULL;
	enum mentor_status status = programme_of_cohort(m, pair->cohort_id, &d);
	bool needed = !status && d->contract.sign_first == 1 && pair->state == MENTOR_PAIR_ACTIVE;
	definition_free(d);
	if (needed)
		status = missing_signature(m, pair->id, &drafted, &options);
	if (status || !needed || (drafted && !options))
		return status;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (drafted)
		mentor_buf_fmt(&hint, "mentor contract sign m%" PRId64 "%s", pair->id, options);
	else
		mentor_buf_fmt(&hint, "mentor contract draft m%" PRId64, pair->id);
	status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint),
	    "m%" PRId64 " has no contract signed by both, and this programme wants it first", pair->id);
	mentor_buf_free(&hint);
	return status;
}

static bool same_values(const struct mentor_session *a, const struct mentor_session *b)
{
	for (const struct mentor_field *f = mentor_session_fields; f->name; f++) {
		if (f->flags & MENTOR_DERIVED)
			continue;
		if (!mentor_field_is_text(f)) {
			if (mentor_field_number(f, a) != mentor_field_number(f, b))
				return false;
			continue;
		}
		const char *left = mentor_field_string(f, a), *right = mentor_field_string(f, b);
		if ((!left) != (!right) || (left && right && strcmp(left, right) != 0))
			return false;
	}
	return true;
}

static enum mentor_status compare(struct mentor *m, int64_t id, const struct mentor_session *s)
{
	void *old = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_session, id, &old);
	if (status)
		return status;
	if (!same_values(old, s)) {
		struct mentor_buf hint = MENTOR_BUF_INIT;
		mentor_buf_fmt(
		    &hint, "see: mentor log show s%" PRId64 "; if the two met twice that day, give another --time", id);
		status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint),
		    "s%" PRId64 " is a session of %s%s%s already, with other values", id, s->date, s->time ? " " : "",
		    s->time ? s->time : "");
		mentor_buf_free(&hint);
	}
	mentor_record_free(old);
	return status;
}

static enum mentor_status insert(struct mentor *m, int64_t pair, const struct mentor_session *s, int64_t *ret_id)
{
	const char *mode = s->mode == MENTOR_NONE ? NULL : modes[s->mode];
	return db_value(m,
	    "INSERT INTO session (pair_id, date, time, minutes, mode, place, next_date, next_time, next_place, "
	    "recorded_on) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
	    DB_ARGS(DB_NUMBER(pair), DB_TEXT(s->date), DB_TEXT(s->time), DB_NUMBER(s->minutes), DB_TEXT(mode),
		DB_TEXT(s->place), DB_TEXT(s->next_date), DB_TEXT(s->next_time), DB_TEXT(s->next_place),
		DB_TEXT(m->today)),
	    0, ret_id);
}

/* What is there already comes first: logging again stays harmless whatever has become of the pair. */
static enum mentor_status add(
    struct mentor *m, int64_t pair_id, const struct mentor_session *s, const char **ret_change, int64_t *ret_id)
{
	int64_t there = 0;
	void *record = NULL;
	enum mentor_status status =
	    db_value(m, "SELECT id FROM session WHERE pair_id = $1 AND date = $2 AND coalesce(time, '') = $3",
		DB_ARGS(DB_NUMBER(pair_id), DB_TEXT(s->date), DB_TEXT(s->time ? s->time : "")), 0, &there);
	if (status)
		return status;
	if (there) {
		status = compare(m, there, s);
		if (!status) {
			*ret_change = "unchanged";
			*ret_id = there;
		}
		return status;
	}
	status = mentor_record_get(m, &mentor_entity_pair, pair_id, &record);
	if (!status)
		status = check_published(m, record);
	if (!status)
		status = check_day(m, record, s->date);
	if (!status)
		status = check_signed(m, record);
	mentor_record_free(record);
	if (!status)
		status = insert(m, pair_id, s, ret_id);
	if (!status)
		*ret_change = "added";
	return status;
}

enum mentor_status mentor_session_add(struct mentor *m, int64_t pair, const struct mentor_session *record,
    uint64_t given, const char **ret_change, int64_t *ret_id)
{
	struct mentor_session s = *record;
	const char *change = NULL;
	int64_t id = 0;
	for (size_t i = 0; mentor_session_fields[i].name; i++) {
		const struct mentor_field one[] = { mentor_session_fields[i], { 0 } };
		if (!(given >> i & 1))
			mentor_record_clear(one, &s);
	}
	if (!s.date)
		s.date = m->today;
	enum mentor_status status = check_values(m, &s);
	if (!status)
		status = mentor_begin(m);
	if (status)
		return status;
	status = add(m, pair, &s, &change, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = change;
	*ret_id = id;
	return MENTOR_OK;
}
