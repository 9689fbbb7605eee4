/* action.c: what somebody is to do, by when, and what came of it. */
#include "barrier.h"
#include "discreet.h"
#include "pair.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

static const char *const whose[] = { "person", "pair", "team", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_action, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_action, member)

/* clang-format off */
const struct mentor_field mentor_action_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "action", .help = "the action" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FIXED | MENTOR_FILTER, NUMBER(cohort_id) },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = mentor_settled_words, .sql = "t.state", .help = "whether it is still to be done" },
	{ "due", MENTOR_TYPE_DAY, 0, TEXT(due), .help = "day by which it is to be done" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_LABEL, TEXT(text), .help = "what is to be done, in a few words" },
	{ "whose", MENTOR_TYPE_CHOICE, MENTOR_DERIVED, NUMBER(whose), .choices = whose, .sql = "CASE WHEN t.owner IS NOT NULL THEN 'person' WHEN t.pair IS NOT NULL THEN 'pair' ELSE 'team' END", .help = "whose it is: a person's, of the two of a pair, or the running team's" },
	{ "owner", MENTOR_TYPE_REF, MENTOR_FILTER, NUMBER(owner), .entity = "person", .help = "the person whose it is; without one it is the pair's, or else the team's" },
	{ "owner_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(owner_name), .sql = "o.name", .heading = "name", .help = "name of that person" },
	{ "pair", MENTOR_TYPE_REF, MENTOR_FILTER, NUMBER(pair), .entity = "pair", .help = "the pair that it comes from" },
	{ "barrier", MENTOR_TYPE_REF, MENTOR_FILTER, NUMBER(barrier), .entity = "barrier", .help = "the barrier that it is to change; it then names nobody who did not agree to be named with it" },
	{ "session", MENTOR_TYPE_REF, MENTOR_FIXED | MENTOR_FILTER | MENTOR_WIDE, NUMBER(session), .entity = "session", .help = "the session that it comes from" },
	{ "outcome", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(outcome), .sql = "t.outcome", .help = "what came of it" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(reason), .sql = "t.reason", .help = "why it was dropped" },
	{ "added_on", MENTOR_TYPE_DAY, MENTOR_INTERNAL | MENTOR_FIXED, TEXT(added_on) },
	{ "closed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(closed_on), .heading = "done or dropped on", .help = "day it was done or dropped" },
	{ 0 },
};
/* clang-format on */

/* ---- before an action is written ---- */

/* What the action will hold: new values where they are given, else the old ones. */
static int64_t will_be(const char *field, const struct mentor_action *old, const struct mentor_action *new, uint64_t given)
{
	const struct mentor_field *f = mentor_field_find(mentor_action_fields, field);
	bool changed = given & field_bit(mentor_action_fields, field);
	return changed || old ? mentor_field_number(f, changed ? new : old) : 0;
}

/* What is done about a barrier is told to everybody. */
static enum mentor_status check_words(struct mentor *m, int64_t barrier, const struct mentor_action *old, const struct mentor_action *new, uint64_t given)
{
	bool joins = given & field_bit(mentor_action_fields, "barrier");
	int64_t programme = 0;
	enum mentor_status status = db_value(m, "SELECT programme_id FROM barrier WHERE id = $1", DB_ARGS(DB_NUMBER(barrier)), 0, &programme);
	if (!status)
		status = discreet_check(m, programme, given & field_bit(mentor_action_fields, "text") ? new->text : joins && old ? old->text : NULL);
	if (!status)
		status = discreet_check(m, programme, given & field_bit(mentor_action_fields, "outcome") ? new->outcome : joins && old ? old->outcome : NULL);
	return status;
}

static enum mentor_status before(struct mentor *m, const void *old, const void *record, uint64_t given)
{
	int64_t pair = will_be("pair", old, record, given), barrier = will_be("barrier", old, record, given);
	enum mentor_status status = MENTOR_OK;
	if (pair && given & field_bit(mentor_action_fields, "pair"))
		status = pair_check_published(m, pair);
	if (!status && barrier)
		status = barrier_check_action(m, barrier, will_be("cohort_id", old, record, given), pair, will_be("owner", old, record, given));
	if (!status && barrier)
		status = check_words(m, barrier, old, record, given);
	return status;
}

const struct mentor_entity mentor_entity_action = {
	.name = "action",
	.plural = "actions",
	.letter = 'a',
	.table = "action",
	.from = "action t JOIN cohort c ON c.id = t.cohort_id LEFT JOIN person o ON o.id = t.owner",
	.order = "CASE t.state WHEN 'open' THEN 0 ELSE 1 END, coalesce(t.due, '9999'), t.id",
	.fields = mentor_action_fields,
	.size = sizeof(struct mentor_action),
	.before = before,
	.listed_by = "mentor action list",
};

/* ---- adding ---- */

/* An action of a session is its pair's, and one of a pair is its cohort's. */
static enum mentor_status complete(struct mentor *m, struct mentor_action *a)
{
	int64_t pair = 0;
	enum mentor_status status = MENTOR_OK;
	if (a->session)
		status = db_value(m, "SELECT pair_id FROM session WHERE id = $1", DB_ARGS(DB_NUMBER(a->session)), 0, &pair);
	if (!status && a->session && a->pair && a->pair != pair)
		return fail(m, MENTOR_INVALID, "leave out the pair: the session says it", "s%" PRId64 " is a session of m%" PRId64 ", not of m%" PRId64,
		    a->session, pair, a->pair);
	if (!status && a->session)
		a->pair = pair;
	if (!status && a->pair)
		status = db_value(m, "SELECT cohort_id FROM pair WHERE id = $1", DB_ARGS(DB_NUMBER(a->pair)), MENTOR_NONE, &a->cohort_id);
	if (!status && a->cohort_id == MENTOR_NONE)
		return fail(m, MENTOR_INVALID, NULL, "an action needs its cohort, pair or session");
	a->added_on = m->today;
	return status;
}

/* What is given, with what follows from it. */
static uint64_t held(const struct mentor_action *a)
{
	uint64_t bits = 0;
	for (size_t i = 0; mentor_action_fields[i].name; i++)
		if (!(mentor_action_fields[i].flags & MENTOR_DERIVED) && !mentor_field_is_none(&mentor_action_fields[i], a))
			bits |= UINT64_C(1) << i;
	return bits;
}

/* The same text of the same owner, pair and session is the same action, whatever became of it. */
static enum mentor_status find_same(struct mentor *m, const struct mentor_action *a, int64_t *ret_id)
{
	return db_value(m,
	    "SELECT id FROM action WHERE cohort_id = $1 AND text = $2 AND coalesce(pair, 0) = $3 AND coalesce(owner, 0) = $4 AND coalesce(session, 0) = $5",
	    DB_ARGS(DB_NUMBER(a->cohort_id), DB_TEXT(a->text), DB_NUMBER(a->pair), DB_NUMBER(a->owner), DB_NUMBER(a->session)), 0, ret_id);
}

static enum mentor_status check_same(struct mentor *m, int64_t id, const struct mentor_action *a)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_action, id, &record);
	const struct mentor_action *old = record;
	bool same = !status && (!a->due || (old->due && strcmp(a->due, old->due) == 0)) && (!a->barrier || a->barrier == old->barrier);
	mentor_record_free(record);
	if (status || same)
		return status;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "change it with: mentor action set a%" PRId64, id);
	status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "a%" PRId64 " is this action already, with other values", id);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status add(struct mentor *m, struct mentor_action *a, bool *ret_new, int64_t *ret_id)
{
	int64_t there = 0, id = 0;
	enum mentor_status status = complete(m, a);
	if (!status && a->text)
		status = find_same(m, a, &there);
	if (!status)
		status = there ? check_same(m, there, a) : mentor_record_add(m, &mentor_entity_action, a, held(a), &id);
	*ret_new = !there;
	*ret_id = there ? there : id;
	return status;
}

enum mentor_status mentor_action_add(struct mentor *m, const struct mentor_action *action, const char **ret_change, int64_t *ret_id)
{
	struct mentor_action a = *action;
	bool new = false;
	int64_t id = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = add(m, &a, &new, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = new ? "added" : "unchanged";
	*ret_id = id;
	return MENTOR_OK;
}
