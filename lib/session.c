/* session.c: the log of sessions: that two people met or mean to, when and how long. What more is kept of one, the programme says. */
#include "session.h"

#include "record.h"

#include <inttypes.h>
#include <string.h>

static const char *const modes[] = { "virtual", "in-person", NULL };
static const char *const states[] = { "planned", "held", "cancelled", NULL };
const char *const mentor_sides[] = { "mentor", "mentee", "team", NULL };
const char *const mentor_two_sides[] = { "mentor", "mentee", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_session, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_session, member)

/* clang-format off */
#define STATE_SQL "CASE WHEN t.cancelled_by IS NOT NULL THEN 'cancelled' WHEN t.minutes IS NULL THEN 'planned' ELSE 'held' END"
#define FIELDS \
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "session", .help = "the session" }, \
	{ "pair", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(pair), .entity = "pair", .sql = "t.pair_id", .help = "who met" }, \
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id), .sql = "p.cohort_id" }, \
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" }, \
	{ "mentor_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentor_name), .sql = "ap.name", .heading = "{mentor}", .help = "name of the mentor" }, \
	{ "mentee_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentee_name), .sql = "bp.name", .heading = "{mentee}", .help = "name of the mentee" }, \
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = states, .sql = STATE_SQL, .help = "planned, held or cancelled" }, \
	{ "date", MENTOR_TYPE_DAY, 0, TEXT(date), .help = "day of the session; today when not given" }, \
	{ "time", MENTOR_TYPE_CLOCK, 0, TEXT(time), .help = "when it began; tells two sessions of one day apart" }, \
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .minimum = 1, .maximum = 1440, .help = "how long it lasted; without, the session is planned" }, \
	{ "mode", MENTOR_TYPE_CHOICE, MENTOR_FILTER, NUMBER(mode), .choices = modes, .help = "how the two met" }, \
	{ "place", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(place), .help = "where they met" }, \
	{ "activity", MENTOR_TYPE_SLUG, MENTOR_FILTER | MENTOR_WIDE, TEXT(activity), .help = "activity of the programme that was used" }, \
	{ "topics", MENTOR_TYPE_LIST, MENTOR_WIDE, TEXT(topics), .help = "topics of learning of the programme that were covered, where it keeps them" }, \
	{ "next_date", MENTOR_TYPE_DAY, 0, TEXT(next_date), .help = "day of the next session, which is planned with it" }, \
	{ "next_time", MENTOR_TYPE_CLOCK, MENTOR_WIDE, TEXT(next_time), .help = "when the next one begins" }, \
	{ "next_place", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(next_place), .help = "where the next one is" }, \
	{ "mentor_signed_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(mentor_signed_on), .heading = "{mentor} signed", .help = "day the mentor acknowledged it" }, \
	{ "mentee_signed_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(mentee_signed_on), .heading = "{mentee} signed", .help = "day the mentee acknowledged it" }, \
	{ "moves", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_WIDE, NUMBER(moves), .heading = "moved", .help = "how often it was moved" }, \
	{ "cancelled_by", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_WIDE | MENTOR_SIDES, NUMBER(cancelled_by), .choices = mentor_sides, .help = "who cancelled it" }, \
	{ "cancelled_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cancelled_on), .help = "day it was cancelled" }, \
	{ "recorded_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(recorded_on), .sql = "t.recorded_on", .help = "day it was put into the log" }

const struct mentor_field mentor_session_list_fields[] = { FIELDS, { 0 } };
/* The notes come last: a list is the same without them. */
const struct mentor_field mentor_session_fields[] = {
	FIELDS,
	{ "notes", MENTOR_TYPE_NOTE, MENTOR_WIDE, TEXT(notes), .help = "what was talked about, where the programme keeps it; in no list and no report" },
	{ 0 },
};
/* clang-format on */

static enum mentor_status before_set(struct mentor *m, const void *old, const void *record, uint64_t changed);

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
	.before = before_set,
	.listed_by = "mentor log list",
};

static bool is_held(const struct mentor_session *s)
{
	return s->minutes != MENTOR_NONE;
}

/* ---- what a session can say ---- */

static enum mentor_status check_held(struct mentor *m, const struct mentor_session *s)
{
	const char *const signatures[] = { s->mentor_signed_on, s->mentee_signed_on };
	if (s->next_date && strcmp(s->next_date, s->date) < 0)
		return fail(m, MENTOR_INVALID, "give a later --next-date",
		    "the next session cannot be on %s, before this one", s->next_date);
	if (!s->next_date && (s->next_time || s->next_place))
		return fail(
		    m, MENTOR_INVALID, "give --next-date as well", "the next session has a time or place but no date");
	for (size_t i = 0; i < 2; i++) {
		if (signatures[i] && strcmp(signatures[i], s->date) < 0)
			return fail(m, MENTOR_INVALID, "give the day of the session, or a later one", "a session of %s cannot have been acknowledged on %s", s->date, signatures[i]);
		if (signatures[i] && strcmp(signatures[i], m->today) > 0)
			return fail(m, MENTOR_INVALID, HINT_DAY, "it cannot have been acknowledged on %s, which is in the future", signatures[i]);
	}
	return MENTOR_OK;
}

/* Of a meeting that is still to come there is nothing to tell. */
static enum mentor_status check_planned(struct mentor *m, const struct mentor_session *s)
{
	const struct {
		const char *value, *what;
	} later[] = { { s->topics, "topics" }, { s->notes, "notes" }, { s->next_date, "next date" }, { s->next_time, "next time" },
		{ s->next_place, "next place" }, { s->mentor_signed_on, "acknowledgement" }, { s->mentee_signed_on, "acknowledgement" } };
	if (strcmp(s->date, m->today) < 0)
		return fail(m, MENTOR_INVALID, "give how long it lasted: --minutes 60", "a session of %s has passed, and needs its minutes", s->date);
	for (size_t i = 0; i < sizeof(later) / sizeof(*later); i++)
		if (later[i].value)
			return fail(m, MENTOR_INVALID, "give --minutes once it was held", "a session that is only planned has no %s", later[i].what);
	return MENTOR_OK;
}

enum mentor_status session_check_day(struct mentor *m, const struct mentor_pair *pair, const char *date, bool held)
{
	if (held && strcmp(date, m->today) > 0)
		return fail(m, MENTOR_INVALID, "log it once it has taken place; a session without --minutes is planned", "%s is in the future", date);
	if (pair->published_on && strcmp(date, pair->published_on) < 0)
		return fail(m, MENTOR_INVALID, "give the day on which they met: --date DAY", "m%" PRId64 " could not meet on %s: it was published on %s", pair->id, date, pair->published_on);
	if (pair->ended_on && strcmp(date, pair->ended_on) > 0)
		return fail(m, MENTOR_REFUSED, "what was held up to that day can still be logged",
		    "m%" PRId64 " ended on %s and cannot %s on %s", pair->id, pair->ended_on, held ? "have met" : "meet", date);
	return MENTOR_OK;
}

static const char *names_of_topics(const struct definition *d, struct mentor_buf *b)
{
	mentor_buf_str(b, d->n_topics ? "the programme has" : "they stand under topics in the programme's file");
	for (size_t i = 0; i < d->n_topics; i++)
		mentor_buf_fmt(b, "%s %s", i ? "," : "", d->topics[i].slug);
	return mentor_buf_text(b);
}

static bool is_item(const char *word, const char *item, size_t len)
{
	return strlen(word) == len && memcmp(word, item, len) == 0;
}

static enum mentor_status check_topic(struct mentor *m, const struct definition *d, const char *topic, size_t len)
{
	for (size_t i = 0; i < d->n_topics; i++)
		if (is_item(d->topics[i].slug, topic, len))
			return MENTOR_OK;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	enum mentor_status status =
	    fail(m, MENTOR_INVALID, names_of_topics(d, &hint), "the programme has no topic '%.*s'", (int)len, topic);
	mentor_buf_free(&hint);
	return status;
}

/* Whether the item at `at` of a list is among those before it. */
static bool stands_before(const char *list, const char *at, size_t len)
{
	for (const char *p = list; p < at; p += strcspn(p, "\n") + 1)
		if (strcspn(p, "\n") == len && memcmp(p, at, len) == 0)
			return true;
	return false;
}

static enum mentor_status check_topics(struct mentor *m, const struct definition *d, const char *topics)
{
	enum mentor_status status = MENTOR_OK;
	for (const char *p = topics; !status && p && *p; p += *p == '\n') {
		size_t len = strcspn(p, "\n");
		status = stands_before(topics, p, len) ? fail(m, MENTOR_INVALID, "say it once", "the topic '%.*s' is given twice", (int)len, p) :
							 check_topic(m, d, p, len);
		p += len;
	}
	return status;
}

static enum mentor_status check_activity(struct mentor *m, const struct definition *d, const char *activity)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	for (size_t i = 0; i < d->n_activities; i++)
		if (strcmp(d->activities[i].slug, activity) == 0)
			return MENTOR_OK;
	mentor_buf_str(&hint, d->n_activities ? "the programme has" : "they stand under activities in the programme's file");
	for (size_t i = 0; i < d->n_activities; i++)
		mentor_buf_fmt(&hint, "%s %s", i ? "," : "", d->activities[i].slug);
	enum mentor_status status = fail(m, MENTOR_INVALID, mentor_buf_text(&hint), "the programme has no activity '%s'", activity);
	mentor_buf_free(&hint);
	return status;
}

/* What may be kept is decided by the programme, and nothing else gets past this door. */
static enum mentor_status check_kept(struct mentor *m, const struct definition *d, const struct mentor_session *s)
{
	static const char how[] = "what may be kept of a session is privacy.record in the programme's file";
	if (s->notes && d->privacy.record != DEF_RECORD_FULL)
		return fail(m, MENTOR_REFUSED, how, "this programme keeps no notes of sessions");
	if (s->topics && d->privacy.record == DEF_RECORD_MINIMAL)
		return fail(m, MENTOR_REFUSED, how, "this programme keeps no topics of sessions");
	enum mentor_status status = s->activity ? check_activity(m, d, s->activity) : MENTOR_OK;
	return status ? status : check_topics(m, d, s->topics);
}

enum mentor_status session_check(struct mentor *m, const struct definition *d, const struct mentor_pair *pair, const struct mentor_session *s)
{
	enum mentor_status status = session_check_day(m, pair, s->date, is_held(s));
	if (!status)
		status = is_held(s) ? check_held(m, s) : check_planned(m, s);
	return status ? status : check_kept(m, d, s);
}

/* ---- what the pair must be ---- */

/* What is still to be done before both have signed: the end of the command, NULL when nothing is. */
static enum mentor_status missing_signature(struct mentor *m, int64_t pair, bool *ret_drafted, const char **ret_options)
{
	static const char *const options[] = { " --mentor --mentee", " --mentee", " --mentor", NULL }; /* by who has signed: 1 the mentor, 2 the mentee */
	int64_t has_signed = MENTOR_NONE;
	enum mentor_status status = db_value(m,
	    "SELECT CASE WHEN mentor_signed_on IS NULL THEN 0 ELSE 1 END + CASE WHEN mentee_signed_on IS NULL THEN 0 ELSE 2 END "
	    "FROM contract_in_force WHERE pair_id = $1",
	    DB_ARGS(DB_NUMBER(pair)), MENTOR_NONE, &has_signed);
	*ret_drafted = has_signed != MENTOR_NONE;
	*ret_options = *ret_drafted ? options[has_signed] : NULL;
	return status;
}

/* Asked of active pairs only: one that has ended can draft no contract any more, and its late paperwork must not be lost. */
static enum mentor_status check_signed(struct mentor *m, const struct definition *d, const struct mentor_pair *pair)
{
	bool drafted = false;
	const char *options = NULL;
	if (d->contract.sign_first != 1 || pair->state != MENTOR_PAIR_ACTIVE)
		return MENTOR_OK;
	enum mentor_status status = missing_signature(m, pair->id, &drafted, &options);
	if (status || (drafted && !options))
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

enum mentor_status session_refuse_proposed(struct mentor *m, int64_t pair)
{
	return fail(m, MENTOR_REFUSED, "tell the two first: mentor match publish", "m%" PRId64 " is only proposed", pair);
}

enum mentor_status session_check_pair(struct mentor *m, const struct definition *d, const struct mentor_pair *pair)
{
	return pair->state == MENTOR_PAIR_PROPOSED ? session_refuse_proposed(m, pair->id) : check_signed(m, d, pair);
}

/* ---- adding ---- */

void session_values(struct mentor *m, int64_t pair, const struct mentor_session *s, struct db_value *values)
{
	const char *mode = s->mode == MENTOR_NONE ? NULL : modes[s->mode];
	const struct db_value all[SESSION_VALUES] = { DB_NUMBER(pair), DB_TEXT(s->date), DB_TEXT(s->time), DB_NUMBER(s->minutes), DB_TEXT(mode),
		DB_TEXT(s->place), DB_TEXT(m->today), DB_TEXT(s->activity), DB_TEXT(s->topics), DB_TEXT(s->next_date), DB_TEXT(s->next_time),
		DB_TEXT(s->next_place), DB_TEXT(s->mentor_signed_on), DB_TEXT(s->mentee_signed_on), DB_TEXT(s->notes) };
	memcpy(values, all, sizeof(all));
}

void session_load(const struct db_rows *rows, int first, struct mentor_session *s)
{
	const char **const texts[] = { &s->date, &s->time, &s->place, &s->activity, &s->topics, &s->next_date, &s->next_time, &s->next_place,
		&s->mentor_signed_on, &s->mentee_signed_on, &s->notes };
	const int n = sizeof(texts) / sizeof(*texts);
	mentor_record_clear(mentor_session_fields, s);
	for (int i = 0; i < n; i++)
		*texts[i] = db_text(rows, first + i);
	s->minutes = db_number(rows, first + n);
	s->mode = field_choice(modes, db_text(rows, first + n + 1));
}

static enum mentor_status insert(struct mentor *m, int64_t pair, const struct mentor_session *s, int64_t *ret_id)
{
	struct db_value values[SESSION_VALUES];
	session_values(m, pair, s, values);
	return db_value(m,
	    "INSERT INTO session (" SESSION_COLUMNS ") "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id",
	    values, SESSION_VALUES, 0, ret_id);
}

static bool is_given(const struct mentor_field *f, const struct mentor_session *s)
{
	return !(f->flags & MENTOR_DERIVED) && !mentor_field_is_none(f, s);
}

bool session_says_the_same(const struct mentor_session *there, const struct mentor_session *s)
{
	for (const struct mentor_field *f = mentor_session_fields; f->name; f++) {
		if (!is_given(f, s))
			continue;
		const char *left = mentor_field_is_text(f) ? mentor_field_string(f, there) : NULL;
		bool same = !mentor_field_is_text(f) ? mentor_field_number(f, there) == mentor_field_number(f, s) :
						       left && strcmp(left, mentor_field_string(f, s)) == 0;
		if (!same)
			return false;
	}
	return true;
}

static enum mentor_status refuse_other(struct mentor *m, int64_t id, const struct mentor_session *s)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "see: mentor log show s%" PRId64 "; if the two met twice that day, give another --time", id);
	enum mentor_status status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "s%" PRId64 " is a session of %s%s%s already, with other values",
	    id, s->date, s->time ? " " : "", s->time ? s->time : "");
	mentor_buf_free(&hint);
	return status;
}

/* What was planned has taken place: what is said now counts, the rest stays as planned. */
static enum mentor_status hold(struct mentor *m, int64_t id, const struct mentor_session *s)
{
	uint64_t given = 0;
	bool changed = false;
	for (size_t i = 0; mentor_session_fields[i].name; i++)
		if (is_given(&mentor_session_fields[i], s))
			given |= UINT64_C(1) << i;
	return mentor_record_set(m, &mentor_entity_session, id, s, given, &changed);
}

/* The session that `s` speaks of: the one of its day and time; else the only one of that day, where `s` names no time, or where it was only
 * planned and had none. */
static enum mentor_status find_there(struct mentor *m, int64_t pair, const struct mentor_session *s, int64_t *ret_id)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t exact = 0, other = 0, n = 0;
	enum mentor_status status = db_query(m, "SELECT id, time, minutes FROM session WHERE pair_id = $1 AND date = $2 AND cancelled_by IS NULL",
	    DB_ARGS(DB_NUMBER(pair), DB_TEXT(s->date)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *time = db_text(rows, 1);
		bool planned = db_number(rows, 2) == MENTOR_NONE;
		if (time && s->time ? strcmp(time, s->time) == 0 : !time && !s->time)
			exact = db_number(rows, 0);
		else if ((!s->time || (!time && planned)) && ++n)
			other = db_number(rows, 0);
	}
	db_done(rows);
	*ret_id = exact ? exact : n == 1 ? other : 0;
	return status;
}

static enum mentor_status check_new(struct mentor *m, const struct definition *d, const struct mentor_pair *pair, const struct mentor_session *s)
{
	enum mentor_status status = session_check_pair(m, d, pair);
	return status ? status : session_check(m, d, pair, s);
}

/* What is there already comes first: logging again stays harmless whatever has become of the pair. */
enum mentor_status session_put(struct mentor *m, const struct definition *d, const struct mentor_pair *pair, const struct mentor_session *s,
    const char **ret_change, int64_t *ret_id)
{
	void *record = NULL;
	enum mentor_status status = find_there(m, pair->id, s, ret_id);
	if (!status && *ret_id)
		status = mentor_record_get(m, &mentor_entity_session, *ret_id, &record);
	const struct mentor_session *there = record;
	bool same = there && session_says_the_same(there, s), comes_true = there && is_held(s) && !is_held(there);
	*ret_change = same ? "unchanged" : comes_true ? "held" : is_held(s) ? "added" : "planned";
	if (!status && !same)
		status = there && !comes_true ? refuse_other(m, *ret_id, s) : check_new(m, d, pair, s);
	if (!status && !same)
		status = comes_true ? hold(m, *ret_id, s) : insert(m, pair->id, s, ret_id);
	mentor_record_free(record);
	return status;
}

enum mentor_status session_plan_next(struct mentor *m, int64_t pair, const struct mentor_session *s, int64_t *ret_next)
{
	int64_t there = 0;
	struct mentor_session next;
	*ret_next = 0;
	if (!s->next_date || strcmp(s->next_date, m->today) < 0)
		return MENTOR_OK;
	enum mentor_status status = db_value(m, "SELECT count(*) FROM session WHERE pair_id = $1 AND date = $2 AND cancelled_by IS NULL",
	    DB_ARGS(DB_NUMBER(pair), DB_TEXT(s->next_date)), 0, &there);
	if (status || there)
		return status;
	mentor_record_clear(mentor_session_fields, &next);
	next.date = s->next_date;
	next.time = s->next_time;
	next.place = s->next_place;
	return insert(m, pair, &next, ret_next);
}

static enum mentor_status add(struct mentor *m, int64_t id, const struct mentor_session *s, const char **ret_change, int64_t *ret_id, int64_t *ret_next)
{
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_pair, id, &record);
	const struct mentor_pair *pair = record;
	if (!status)
		status = programme_of_cohort(m, pair->cohort_id, &d);
	if (!status)
		status = session_put(m, d, pair, s, ret_change, ret_id);
	if (!status && strcmp(*ret_change, "unchanged") != 0)
		status = session_plan_next(m, id, s, ret_next);
	definition_free(d);
	mentor_record_free(record);
	return status;
}

enum mentor_status mentor_session_add(struct mentor *m, int64_t pair, const struct mentor_session *record,
    uint64_t given, const char **ret_change, int64_t *ret_id, int64_t *ret_next)
{
	struct mentor_session s = *record;
	const char *change = NULL;
	int64_t id = 0, next = 0;
	for (size_t i = 0; mentor_session_fields[i].name; i++) {
		const struct mentor_field one[] = { mentor_session_fields[i], { 0 } };
		if (!(given >> i & 1))
			mentor_record_clear(one, &s);
	}
	if (!s.date && !is_held(&s))
		return fail(m, MENTOR_INVALID, "give how long it lasted: --minutes 60; or the day it is planned for: --date 2026-09-30",
		    "a session needs its minutes");
	if (!s.date)
		s.date = m->today;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = add(m, pair, &s, &change, &id, &next);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = change;
	*ret_id = id;
	if (ret_next)
		*ret_next = next;
	return MENTOR_OK;
}

/* ---- correcting, moving, cancelling ---- */

static enum mentor_status refuse_cancelled(struct mentor *m, const struct mentor_session *s)
{
	return fail(m, MENTOR_REFUSED, mentor_hint(m, "plan another one: mentor log add m%" PRId64 " --date DAY", s->pair), "s%" PRId64 " was cancelled", s->id);
}

/* The record as it would be: the old one with what differs in the new one. */
static struct mentor_session corrected(const struct mentor_session *old, const void *record, uint64_t changed)
{
	struct mentor_session s = *old;
	for (size_t i = 0; mentor_session_fields[i].name; i++) {
		const struct mentor_field *f = &mentor_session_fields[i];
		size_t size = sizeof(int64_t);
		if (mentor_field_is_text(f))
			size = sizeof(const char *);
		if (changed >> i & 1)
			memcpy((char *)&s + f->offset, (const char *)record + f->offset, size);
	}
	return s;
}

static enum mentor_status before_set(struct mentor *m, const void *old, const void *record, uint64_t changed)
{
	const struct mentor_session *before = old;
	struct definition *d = NULL;
	void *pair = NULL;
	if (!before)
		return fail(m, MENTOR_BUG, NULL, "a session is added by mentor_session_add()");
	if (before->state == MENTOR_SESSION_CANCELLED)
		return refuse_cancelled(m, before);
	const struct mentor_session s = corrected(before, record, changed);
	if (!s.date)
		return fail(m, MENTOR_INVALID, NULL, "a session needs its date");
	enum mentor_status status = mentor_record_get(m, &mentor_entity_pair, before->pair, &pair);
	if (!status)
		status = programme_of_cohort(m, before->cohort_id, &d);
	if (!status)
		status = session_check(m, d, pair, &s);
	definition_free(d);
	mentor_record_free(pair);
	return status;
}

/* Runs `change` on a session inside one transaction. */
struct change {
	const char *date, *time;
	int64_t side;
	bool changed;
};
typedef enum mentor_status change_fn(struct mentor *m, const struct mentor_session *s, struct change *c);

static enum mentor_status change_session(struct mentor *m, int64_t id, change_fn *change, struct change *c, bool *ret_changed)
{
	void *record = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_session, id, &record);
	if (!status)
		status = change(m, record, c);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = c->changed;
	return status;
}

static enum mentor_status refuse_past(struct mentor *m, const struct mentor_session *s, const char *date)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "if it was held then, say so: mentor log set s%" PRId64 " --date %s --minutes 60", s->id, date);
	enum mentor_status status =
	    fail(m, MENTOR_INVALID, mentor_buf_text(&hint), "s%" PRId64 " cannot be moved to %s, which has passed", s->id, date);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status move(struct mentor *m, const struct mentor_session *s, struct change *c)
{
	struct mentor_session to;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	bool same_time = !c->time || (s->time && strcmp(c->time, s->time) == 0);
	if (s->state == MENTOR_SESSION_CANCELLED)
		return refuse_cancelled(m, s);
	mentor_buf_fmt(&hint, "correct it with: mentor log set s%" PRId64, s->id);
	enum mentor_status status = s->state == MENTOR_SESSION_PLANNED ? MENTOR_OK :
	    fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "s%" PRId64 " was held on %s", s->id, s->date);
	mentor_buf_free(&hint);
	if (status || (same_time && strcmp(c->date, s->date) == 0))
		return status;
	if (strcmp(c->date, m->today) < 0)
		return refuse_past(m, s, c->date);
	mentor_record_clear(mentor_session_fields, &to);
	to.date = c->date;
	to.time = c->time;
	status = mentor_record_set(m, &mentor_entity_session, s->id, &to,
	    field_bit(mentor_session_fields, "date") | (c->time ? field_bit(mentor_session_fields, "time") : 0), &c->changed);
	return status ? status : db_run(m, "UPDATE session SET moves = moves + 1 WHERE id = $1", DB_ARGS(DB_NUMBER(s->id)));
}

enum mentor_status mentor_session_move(struct mentor *m, int64_t id, const char *date, const char *time, bool *ret_changed)
{
	struct change c = { .date = date, .time = time };
	return change_session(m, id, move, &c, ret_changed);
}

static enum mentor_status cancel(struct mentor *m, const struct mentor_session *s, struct change *c)
{
	if (s->state == MENTOR_SESSION_HELD)
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "if it was logged by mistake, remove it: mentor log remove s%" PRId64, s->id), "s%" PRId64 " was held on %s", s->id, s->date);
	if (s->cancelled_by == c->side)
		return MENTOR_OK;
	c->changed = true;
	return db_run(m, "UPDATE session SET cancelled_by = $1, cancelled_on = $2 WHERE id = $3",
	    DB_ARGS(DB_TEXT(mentor_sides[c->side]), DB_TEXT(m->today), DB_NUMBER(s->id)));
}

enum mentor_status mentor_session_cancel(struct mentor *m, int64_t id, enum mentor_side by, bool *ret_changed)
{
	struct change c = { .side = by };
	return change_session(m, id, cancel, &c, ret_changed);
}

/* ---- acknowledging ---- */

static enum mentor_status sign(struct mentor *m, const struct mentor_session *s, struct change *c)
{
	static const char *const columns[] = { "mentor_signed_on", "mentee_signed_on" };
	bool mentee = c->side == MENTOR_SIDE_MENTEE;
	const char *before = mentee ? s->mentee_signed_on : s->mentor_signed_on, *day = c->date ? c->date : m->today;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	struct mentor_session to;
	enum mentor_status status = MENTOR_OK;
	if (s->state != MENTOR_SESSION_HELD)
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "log it first: mentor log set s%" PRId64 " --minutes N", s->id), "s%" PRId64 " was not held", s->id);
	mentor_buf_fmt(&hint, mentee ? "correct it with: mentor log set s%" PRId64 " --mentee-signed-on %s" : "correct it with: mentor log set s%" PRId64 " --mentor-signed-on %s",
	    s->id, day);
	if (before && c->date && strcmp(before, c->date) != 0)
		status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "s%" PRId64 " was acknowledged by the %s on %s already", s->id,
		    mentor_sides[c->side], before);
	mentor_buf_free(&hint);
	if (status || before)
		return status;
	mentor_record_clear(mentor_session_fields, &to);
	*(mentee ? &to.mentee_signed_on : &to.mentor_signed_on) = day;
	return mentor_record_set(m, &mentor_entity_session, s->id, &to, field_bit(mentor_session_fields, columns[mentee]), &c->changed);
}

enum mentor_status mentor_session_sign(struct mentor *m, int64_t id, enum mentor_side side, const char *day, bool *ret_changed)
{
	struct change c = { .date = day, .side = side };
	if (side == MENTOR_SIDE_TEAM)
		return fail(m, MENTOR_USAGE, NULL, "a session is acknowledged by the two of its pair");
	return change_session(m, id, sign, &c, ret_changed);
}

static enum mentor_status count_unsigned(struct mentor *m, int64_t cohort, const char *sql, int64_t *ret_n, int64_t *ret_first)
{
	struct definition *d = NULL;
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	bool wanted = !status && d->contract.acknowledge == 1;
	definition_free(d);
	if (status || !wanted)
		return status;
	status = db_query(m, sql, DB_ARGS(DB_NUMBER(cohort)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		*ret_n = db_number(rows, 0);
		*ret_first = db_ref(rows, 1);
	}
	db_done(rows);
	return status;
}

#define UNSIGNED_BY(side) \
	"SELECT count(*), min(t.id) FROM session t JOIN pair p ON p.id = t.pair_id WHERE p.cohort_id = $1 AND p.state IN ('active', 'completed') " \
	"AND t.minutes IS NOT NULL AND t." side "_signed_on IS NULL"

enum mentor_status session_unsigned_by_mentor(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first)
{
	return count_unsigned(m, cohort, UNSIGNED_BY("mentor"), ret_n, ret_first);
}

enum mentor_status session_unsigned_by_mentee(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first)
{
	return count_unsigned(m, cohort, UNSIGNED_BY("mentee"), ret_n, ret_first);
}

/* ---- removing ---- */

enum mentor_status mentor_log_remove(struct mentor *m, const struct mentor_entity *entity, int64_t id)
{
	void *record = NULL;
	struct mentor_buf sql = MENTOR_BUF_INIT;
	if (entity != &mentor_entity_session && entity != &mentor_entity_shadowing && entity != &mentor_entity_reflection)
		return fail(m, MENTOR_BUG, NULL, "no %s is part of the log", entity->name);
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	mentor_buf_fmt(&sql, "DELETE FROM %s WHERE id = $1", entity->table);
	status = mentor_record_get(m, entity, id, &record);
	if (!status && entity == &mentor_entity_session) /* what was agreed there is still to be done */
		status = db_run(m, "UPDATE action SET session = NULL WHERE session = $1", DB_ARGS(DB_NUMBER(id)));
	if (!status)
		status = sql.failed ? fail_memory(m) : db_run(m, mentor_buf_text(&sql), DB_ARGS(DB_NUMBER(id)));
	mentor_record_free(record);
	mentor_buf_free(&sql);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}
