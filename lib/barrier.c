/* barrier.c: the organisation's register of what stands in the way, which never says who brought what.
 *
 * What is not held cannot get out: not who brought a barrier, nor the day, only the month; not in which cohort. Its number comes from its words, so
 * that numbers do not follow the order in which pairs came. A pair that agrees, on both sides, to be named with a barrier is named with it; an
 * action of a barrier that would name anybody else of a pair is refused (barrier_check_action()). A barrier of a month in which few pairs were at
 * work would name them by itself, and is taken only from a pair that agrees. */
#include "barrier.h"

#include "discreet.h"
#include "hash.h"
#include "pair.h"
#include "programme.h"
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

/* Of two pairs each knows what the other brought: it is what they did not bring themselves. */
enum { PAIRS_AT_LEAST = 3 };

static const char *const states[] = { "identified", "raised", "addressed", "changed", "dropped", "merged", NULL };
static const char *const brought[] = { "once", "several", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_barrier, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_barrier, member)

/* clang-format off */
const struct mentor_field mentor_barrier_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "barrier", .help = "the barrier; its number comes from its words and does not tell when it came in" },
	{ "programme_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FIXED | MENTOR_FILTER, NUMBER(programme_id) },
	{ "programme", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(programme), .sql = "g.slug", .help = "the programme whose register it is in" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = states, .sql = "t.state", .help = "how far it has come" },
	{ "theme", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_FILTER, TEXT(theme), .help = "what it is about: one of the programme's barriers.themes" },
	{ "level", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_FILTER, TEXT(level), .help = "where it can be addressed: one of the programme's barriers.levels" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_LABEL, TEXT(text), .help = "what stands in the way, in words that lead to nobody" },
	{ "identified_in", MENTOR_TYPE_TEXT, MENTOR_FIXED, TEXT(identified_in), .heading = "identified in", .help = "the month, such as 2026-03, which is this one when not given; a day could lead to a meeting" },
	{ "brought", MENTOR_TYPE_CHOICE, 0, NUMBER(brought), .choices = brought, .help = "whether it was brought once or several times" },
	{ "outcome", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(outcome), .sql = "t.outcome", .help = "what has changed" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(reason), .sql = "t.reason", .help = "why it was dropped" },
	{ "merged_into", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_WIDE, NUMBER(merged_into), .entity = "barrier", .heading = "merged into", .help = "the barrier that it is part of now" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

const struct mentor_field mentor_barrier_step_fields[] = {
	{ "state", MENTOR_TYPE_CHOICE, 0, MENTOR_AT_NUMBER(mentor_barrier_step, state), .choices = states, .help = "what it became" },
	{ "on", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_barrier_step, on), .help = "when: the day, or the month in which it was identified" },
	{ "recorded_by", MENTOR_TYPE_TEXT, MENTOR_WIDE, MENTOR_AT_TEXT(mentor_barrier_step, recorded_by), .help = "who recorded it" },
	{ 0 },
};

const struct mentor_field mentor_barrier_pair_fields[] = {
	{ "pair", MENTOR_TYPE_REF, 0, MENTOR_AT_NUMBER(mentor_barrier_pair, pair), .entity = "pair", .help = "a pair that agrees, on both sides, to be named with it" },
	{ "mentor_name", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_barrier_pair, mentor_name), .heading = "{mentor}", .help = "name of the mentor" },
	{ "mentee_name", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_barrier_pair, mentee_name), .heading = "{mentee}", .help = "name of the mentee" },
	{ 0 },
};
/* clang-format on */

/* ---- before a barrier is written ---- */

static enum mentor_status check_choice(struct mentor *m, const char *what, const char *const *words, size_t n, const char *word)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (definition_lists(words, n, word))
		return MENTOR_OK;
	mentor_buf_fmt(&hint, "the programme has the %ss ", what);
	for (size_t i = 0; i < n; i++)
		mentor_buf_fmt(&hint, "%s%s", i ? ", " : "", words[i]);
	enum mentor_status status = fail(m, MENTOR_INVALID, mentor_buf_text(&hint), "there is no %s '%s'", what, word);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status check_place(struct mentor *m, const struct mentor_barrier *b, uint64_t given)
{
	struct definition *d = NULL;
	int64_t revision = 0;
	enum mentor_status status = programme_revision_id(m, b->programme_id, 0, &revision);
	if (!status)
		status = programme_of_revision(m, revision, &d);
	if (!status && !d->barriers.n_themes)
		status = fail(m, MENTOR_REFUSED, "give it barriers: themes and levels in its file", "the programme '%s' keeps no register of barriers", d->slug);
	if (!status && given & field_bit(mentor_barrier_fields, "theme"))
		status = check_choice(m, "theme", d->barriers.themes, d->barriers.n_themes, b->theme);
	if (!status && given & field_bit(mentor_barrier_fields, "level"))
		status = check_choice(m, "level", d->barriers.levels, d->barriers.n_levels, b->level);
	definition_free(d);
	return status;
}

static enum mentor_status refuse_merged(struct mentor *m, int64_t id, int64_t into)
{
	return fail(m, MENTOR_REFUSED, NULL, "b%" PRId64 " is part of b%" PRId64 " now: name that one", id, into);
}

static enum mentor_status before(struct mentor *m, const void *was, const void *record, uint64_t given)
{
	const struct mentor_barrier *old = was, *new = record;
	struct mentor_barrier b = *new;
	if (old && old->merged_into)
		return refuse_merged(m, old->id, old->merged_into);
	if (old)
		b.programme_id = old->programme_id;
	enum mentor_status status = check_place(m, &b, given);
	if (!status && given & field_bit(mentor_barrier_fields, "text"))
		status = discreet_check(m, b.programme_id, b.text);
	return status;
}

const struct mentor_entity mentor_entity_barrier = {
	.name = "barrier",
	.plural = "barriers",
	.letter = 'b',
	.table = "barrier",
	.from = "barrier t JOIN programme g ON g.id = t.programme_id",
	.order = "t.theme, t.level, t.text",
	.fields = mentor_barrier_fields,
	.size = sizeof(struct mentor_barrier),
	.before = before,
	.listed_by = "mentor barrier list",
};

/* ---- who may be named ---- */

#define AGREED "b.mentor_agreed_on IS NOT NULL AND b.mentee_agreed_on IS NOT NULL"

/* A pair that agreed on both sides; and a person of such a pair, or of none. */
static enum mentor_status may_be_named(struct mentor *m, int64_t barrier, int64_t pair, int64_t owner, bool *ret_may)
{
	int64_t pairs = 0, agreed = 0;
	const char *sql = pair ? "SELECT count(*) FROM barrier_pair b WHERE b.barrier_id = $1 AND b.pair_id = $2 AND " AGREED :
				 "SELECT count(*) FROM barrier_pair b JOIN pair p ON p.id = b.pair_id JOIN enrolment e ON e.id IN (p.mentor_id, p.mentee_id) "
				 "WHERE b.barrier_id = $1 AND e.person_id = $2 AND " AGREED;
	enum mentor_status status = db_value(m, sql, DB_ARGS(DB_NUMBER(barrier), DB_NUMBER(pair ? pair : owner)), 0, &agreed);
	if (!status && !pair)
		status = db_value(m,
		    "SELECT count(*) FROM pair p JOIN enrolment e ON e.id IN (p.mentor_id, p.mentee_id) WHERE e.person_id = $1 AND p.state <> 'proposed'",
		    DB_ARGS(DB_NUMBER(owner)), 0, &pairs);
	*ret_may = agreed || (!pair && !pairs);
	return status;
}

static enum mentor_status refuse_naming(struct mentor *m, int64_t barrier, int64_t pair)
{
	char which[24] = "PAIR";
	if (pair)
		(void)snprintf(which, sizeof(which), "m%" PRId64, pair);
	return fail(m, MENTOR_REFUSED,
	    mentor_hint(m, "make it the team's by leaving out owner and pair, or once both have agreed: mentor barrier agree b%" PRId64 " %s --mentor --mentee", barrier, which),
	    "the register does not say which pair brought a barrier, and this action of b%" PRId64 " would", barrier);
}

static enum mentor_status check_register(struct mentor *m, int64_t barrier, int64_t cohort)
{
	int64_t into = 0, same = 0;
	enum mentor_status status = db_value(m, "SELECT coalesce(merged_into, 0) FROM barrier WHERE id = $1", DB_ARGS(DB_NUMBER(barrier)), 0, &into);
	if (!status && into)
		return refuse_merged(m, barrier, into);
	if (!status)
		status = db_value(m, "SELECT count(*) FROM barrier b JOIN cohort c ON c.programme_id = b.programme_id WHERE b.id = $1 AND c.id = $2",
		    DB_ARGS(DB_NUMBER(barrier), DB_NUMBER(cohort)), 0, &same);
	if (!status && !same)
		return fail(m, MENTOR_REFUSED, NULL, "b%" PRId64 " is in the register of another programme", barrier);
	return status;
}

enum mentor_status barrier_check_action(struct mentor *m, int64_t barrier, int64_t cohort, int64_t pair, int64_t owner)
{
	bool may = true;
	enum mentor_status status = check_register(m, barrier, cohort);
	if (!status && (pair || owner))
		status = may_be_named(m, barrier, pair, owner, &may);
	return status || may ? status : refuse_naming(m, barrier, pair);
}

/* ---- agreeing ---- */

static enum mentor_status check_agreeing(struct mentor *m, int64_t barrier, int64_t pair)
{
	int64_t cohort = 0;
	enum mentor_status status = pair_check_published(m, pair);
	if (!status)
		status = db_value(m, "SELECT cohort_id FROM pair WHERE id = $1", DB_ARGS(DB_NUMBER(pair)), 0, &cohort);
	return status ? status : check_register(m, barrier, cohort);
}

/* Who may not be named any more is named no longer: their actions go on, but no longer as the barrier's. */
static enum mentor_status detach_actions(struct mentor *m, int64_t barrier, int64_t pair)
{
	return db_run(m,
	    "UPDATE action SET barrier = NULL WHERE barrier = $1 AND (pair = $2 OR owner IN "
	    "(SELECT e.person_id FROM pair p JOIN enrolment e ON e.id IN (p.mentor_id, p.mentee_id) WHERE p.id = $2))",
	    DB_ARGS(DB_NUMBER(barrier), DB_NUMBER(pair)));
}

static enum mentor_status withdraw(struct mentor *m, int64_t barrier, int64_t pair, unsigned sides)
{
	const struct db_value args[] = { DB_NUMBER(barrier), DB_NUMBER(pair) };
	enum mentor_status status = MENTOR_OK;
	/* nobody is left who agrees: the row would break its rule before it could be deleted */
	status = db_run(m,
	    sides == (MENTOR_SIDES_MENTOR | MENTOR_SIDES_MENTEE) ? "DELETE FROM barrier_pair WHERE barrier_id = $1 AND pair_id = $2" :
	    sides == MENTOR_SIDES_MENTOR ? "DELETE FROM barrier_pair WHERE barrier_id = $1 AND pair_id = $2 AND mentee_agreed_on IS NULL" :
					  "DELETE FROM barrier_pair WHERE barrier_id = $1 AND pair_id = $2 AND mentor_agreed_on IS NULL",
	    args, 2);
	if (!status && sides == MENTOR_SIDES_MENTOR)
		status = db_run(m, "UPDATE barrier_pair SET mentor_agreed_on = NULL WHERE barrier_id = $1 AND pair_id = $2", args, 2);
	if (!status && sides == MENTOR_SIDES_MENTEE)
		status = db_run(m, "UPDATE barrier_pair SET mentee_agreed_on = NULL WHERE barrier_id = $1 AND pair_id = $2", args, 2);
	return status ? status : detach_actions(m, barrier, pair);
}

static enum mentor_status agree(struct mentor *m, int64_t barrier, int64_t pair, unsigned sides)
{
	return db_run(m,
	    "INSERT INTO barrier_pair (barrier_id, pair_id, mentor_agreed_on, mentee_agreed_on) VALUES ($1, $2, $3, $4) "
	    "ON CONFLICT (barrier_id, pair_id) DO UPDATE SET mentor_agreed_on = coalesce(barrier_pair.mentor_agreed_on, excluded.mentor_agreed_on), "
	    "mentee_agreed_on = coalesce(barrier_pair.mentee_agreed_on, excluded.mentee_agreed_on)",
	    DB_ARGS(DB_NUMBER(barrier), DB_NUMBER(pair), DB_TEXT(sides & MENTOR_SIDES_MENTOR ? m->today : NULL),
		DB_TEXT(sides & MENTOR_SIDES_MENTEE ? m->today : NULL)));
}

/* Which sides agree now: a set of bits. */
static enum mentor_status agreeing(struct mentor *m, int64_t barrier, int64_t pair, int64_t *ret_sides)
{
	return db_value(m,
	    "SELECT CASE WHEN mentor_agreed_on IS NULL THEN 0 ELSE 1 END + CASE WHEN mentee_agreed_on IS NULL THEN 0 ELSE 2 END "
	    "FROM barrier_pair WHERE barrier_id = $1 AND pair_id = $2",
	    DB_ARGS(DB_NUMBER(barrier), DB_NUMBER(pair)), 0, ret_sides);
}

enum mentor_status mentor_barrier_agree(struct mentor *m, int64_t barrier, int64_t pair, unsigned sides, bool withdrawn, bool *ret_changed)
{
	int64_t now = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = check_agreeing(m, barrier, pair);
	if (!status)
		status = agreeing(m, barrier, pair, &now);
	bool changed = !status && (withdrawn ? (unsigned)now & sides : sides & ~(unsigned)now) != 0;
	if (changed)
		status = withdrawn ? withdraw(m, barrier, pair, sides) : agree(m, barrier, pair, sides);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

enum mentor_status mentor_barrier_pairs(struct mentor *m, int64_t barrier, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	struct mentor_barrier_pair pair;
	enum mentor_status status = db_query(m,
	    "SELECT b.pair_id, x.name, y.name FROM barrier_pair b JOIN pair p ON p.id = b.pair_id "
	    "JOIN enrolment d ON d.id = p.mentor_id JOIN person x ON x.id = d.person_id "
	    "JOIN enrolment e ON e.id = p.mentee_id JOIN person y ON y.id = e.person_id WHERE b.barrier_id = $1 AND " AGREED " ORDER BY b.pair_id",
	    DB_ARGS(DB_NUMBER(barrier)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		record_load(rows, 0, mentor_barrier_pair_fields, &pair);
		status = db_whole(rows);
		if (!status)
			status = each(arg, &pair);
	}
	db_done(rows);
	return status;
}

/* ---- adding ---- */

/* First days of a month and of the next; false when it is no month. */
static bool month_days(const char *month, char first[11], char next[11])
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	int64_t day = 0;
	mentor_buf_fmt(&b, "%s-01", month);
	bool good = !b.failed && mentor_day_parse(mentor_buf_text(&b), &day);
	mentor_buf_free(&b);
	if (!good)
		return false;
	mentor_day_format(day, first);
	mentor_day_format(mentor_day_add_months(day, 1), next);
	return true;
}

static enum mentor_status check_month(struct mentor *m, const char *month, int64_t programme, int64_t pair)
{
	char first[11] = "", next[11] = "";
	int64_t pairs = 0;
	if (!month_days(month, first, next))
		return fail(m, MENTOR_INVALID, "a month is written 2026-03", "'%s' is not a month", month);
	if (strcmp(first, m->today) > 0)
		return fail(m, MENTOR_INVALID, HINT_DAY, "%s is still to come", month);
	enum mentor_status status = db_value(m,
	    "SELECT count(*) FROM pair p JOIN cohort c ON c.id = p.cohort_id WHERE c.programme_id = $1 AND p.state <> 'proposed' AND p.published_on < $2 "
	    "AND (p.ended_on IS NULL OR p.ended_on >= $3)",
	    DB_ARGS(DB_NUMBER(programme), DB_TEXT(next), DB_TEXT(first)), 0, &pairs);
	if (!status && !pair && pairs < PAIRS_AT_LEAST)
		return fail(m, MENTOR_REFUSED, "name the pair, with --pair, once both have agreed to that; or give a month in which three were at work: --identified-in",
		    "fewer than three pairs of the programme were at work in %s, so readers would know who brought it", month);
	return status;
}

/* A number of four digits, or of more where the register is large, that the words lead to and that is free. */
static enum mentor_status free_number(struct mentor *m, const struct mentor_barrier *b, int64_t *ret_id)
{
	char hex[HASH_HEX];
	int64_t n = 0, base = 1000, taken = 1;
	hash_hex(b->text, strlen(b->text), hex);
	hex[8] = '\0';
	int64_t hash = strtoll(hex, NULL, 16), id = 0;
	enum mentor_status status = db_value(m, "SELECT count(*) FROM barrier", DB_NO_ARGS, 0, &n);
	while (n * 2 > base * 9)
		base *= 10;
	for (int64_t i = 0; !status && taken; i++) {
		id = base + (hash + i) % (base * 9);
		status = db_value(m, "SELECT count(*) FROM barrier WHERE id = $1", DB_ARGS(DB_NUMBER(id)), 0, &taken);
	}
	*ret_id = id;
	return status;
}

static enum mentor_status insert(struct mentor *m, const struct mentor_barrier *b, int64_t *ret_id)
{
	int64_t id = 0;
	enum mentor_status status = free_number(m, b, &id);
	if (!status)
		status = db_run(m, "INSERT INTO barrier (id, programme_id, theme, level, text, identified_in, brought) VALUES ($1, $2, $3, $4, $5, $6, $7)",
		    DB_ARGS(DB_NUMBER(id), DB_NUMBER(b->programme_id), DB_TEXT(b->theme), DB_TEXT(b->level), DB_TEXT(b->text), DB_TEXT(b->identified_in),
			DB_TEXT(brought[b->brought == 1])));
	*ret_id = id;
	return status;
}

static enum mentor_status check_same(struct mentor *m, int64_t id, const struct mentor_barrier *b)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_barrier, id, &record);
	const struct mentor_barrier *old = record;
	if (!status && (strcmp(old->theme, b->theme) != 0 || strcmp(old->level, b->level) != 0))
		status = fail(m, MENTOR_REFUSED, mentor_hint(m, "change it with: mentor barrier set b%" PRId64, id), "b%" PRId64 " is this barrier already, with another theme or level", id);
	mentor_record_free(record);
	return status;
}

static enum mentor_status add(struct mentor *m, struct mentor_barrier *b, int64_t pair, bool *ret_new, int64_t *ret_id)
{
	const uint64_t given =
	    field_bit(mentor_barrier_fields, "theme") | field_bit(mentor_barrier_fields, "level") | field_bit(mentor_barrier_fields, "text");
	char this_month[8] = "";
	int64_t there = 0;
	bool changed = false;
	memcpy(this_month, m->today, 7);
	if (!b->identified_in)
		b->identified_in = this_month;
	enum mentor_status status = before(m, NULL, b, given);
	if (!status)
		status = db_value(m, "SELECT id FROM barrier WHERE programme_id = $1 AND text = $2", DB_ARGS(DB_NUMBER(b->programme_id), DB_TEXT(b->text)), 0,
		    &there);
	if (!status && there)
		status = check_same(m, there, b);
	else if (!status)
		status = check_month(m, b->identified_in, b->programme_id, pair);
	if (!status && !there)
		status = insert(m, b, ret_id);
	if (!status && there)
		*ret_id = there;
	if (!status && pair)
		status = mentor_barrier_agree(m, *ret_id, pair, MENTOR_SIDES_MENTOR | MENTOR_SIDES_MENTEE, false, &changed);
	*ret_new = !there;
	if (b->identified_in == this_month)
		b->identified_in = NULL;
	return status;
}

enum mentor_status mentor_barrier_add(struct mentor *m, int64_t cohort, const struct mentor_barrier *barrier, int64_t pair, const char **ret_change,
    int64_t *ret_id)
{
	struct mentor_barrier b = *barrier;
	int64_t id = 0;
	bool new = false;
	if (!b.theme || !b.level || !b.text)
		return fail(m, MENTOR_INVALID, NULL, "a barrier needs its theme, level and text");
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = db_value(m, "SELECT programme_id FROM cohort WHERE id = $1", DB_ARGS(DB_NUMBER(cohort)), 0, &b.programme_id);
	if (!status)
		status = add(m, &b, pair, &new, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = new ? "added" : "unchanged";
	*ret_id = id;
	return MENTOR_OK;
}

/* ---- from identified to changed ---- */

struct move {
	const struct mentor_barrier *old;
	enum mentor_barrier_state state;
	const char *text, *day;
	int64_t steps; /* there are */
	const char *last, *before; /* day of the last of them, and of the one before it; NULL: none */
};

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Forward, over any step; back only from the end, when it turns out to stand in the way again. */
static enum mentor_status check_direction(struct mentor *m, const struct move *v)
{
	const struct mentor_barrier *b = v->old;
	bool ended = b->state == MENTOR_BARRIER_CHANGED || b->state == MENTOR_BARRIER_DROPPED;
	if (b->state == MENTOR_BARRIER_MERGED)
		return refuse_merged(m, b->id, b->merged_into);
	if (b->state == MENTOR_BARRIER_CHANGED && v->state == MENTOR_BARRIER_DROPPED)
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "to see what was done: mentor barrier show b%" PRId64, b->id), "b%" PRId64 " has changed, so there is nothing to drop", b->id);
	if (!ended && (int64_t)v->state < b->state)
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "to see what was done: mentor barrier show b%" PRId64, b->id), "b%" PRId64 " is %s already", b->id, states[b->state]);
	return MENTOR_OK;
}

static enum mentor_status check_move(struct mentor *m, const struct move *v)
{
	const struct mentor_barrier *b = v->old;
	enum mentor_status status = check_direction(m, v);
	if (status)
		return status;
	if (v->state == MENTOR_BARRIER_DROPPED && !v->text && !b->reason)
		return fail(m, MENTOR_INVALID, "say it with: --reason TEXT", "a barrier is dropped for a reason");
	if (v->state == MENTOR_BARRIER_CHANGED && !v->text && !b->outcome)
		return fail(m, MENTOR_INVALID, "say it with: --outcome TEXT", "a barrier has changed once it can be said what has");
	if (v->day && strcmp(v->day, m->today) > 0)
		return fail(m, MENTOR_INVALID, HINT_DAY, "%s is still to come", v->day);
	if (v->day && strncmp(v->day, b->identified_in, 7) < 0)
		return fail(m, MENTOR_INVALID, NULL, "%s is before %s, when it was identified", v->day, b->identified_in);
	return discreet_check(m, b->programme_id, v->text);
}

static enum mentor_status check_order(struct mentor *m, const struct move *v, const char *day)
{
	const char *least = v->old->state == (int64_t)v->state ? v->before : v->last;
	if (least && strcmp(day, least) < 0)
		return fail(m, MENTOR_INVALID, NULL, "%s is before %s, the day of the step before", day, least);
	return MENTOR_OK;
}

static enum mentor_status write_move(struct mentor *m, const struct move *v, bool *ret_changed)
{
	const struct mentor_barrier *b = v->old;
	bool again = b->state == (int64_t)v->state;
	const char *day = v->day ? v->day : again && v->last ? v->last : m->today;
	const char *outcome = v->state == MENTOR_BARRIER_CHANGED && v->text ? v->text : b->outcome;
	const char *reason = v->state != MENTOR_BARRIER_DROPPED ? NULL : v->text ? v->text : b->reason;
	enum mentor_status status = check_order(m, v, day);
	*ret_changed = !status && (!again || !same_text(day, v->last) || !same_text(outcome, b->outcome) || !same_text(reason, b->reason));
	if (!*ret_changed)
		return status;
	status = db_run(m, "UPDATE barrier SET state = $1, outcome = $2, reason = $3 WHERE id = $4",
	    DB_ARGS(DB_TEXT(states[v->state]), DB_TEXT(outcome), DB_TEXT(reason), DB_NUMBER(b->id)));
	return status ? status :
	    db_run(m,
		"INSERT INTO barrier_step (barrier_id, number, state, day, recorded_by) VALUES ($1, $2, $3, $4, $5) "
		"ON CONFLICT (barrier_id, number) DO UPDATE SET day = excluded.day, recorded_by = excluded.recorded_by",
		DB_ARGS(DB_NUMBER(b->id), DB_NUMBER(v->steps + !again), DB_TEXT(states[v->state]), DB_TEXT(day), DB_TEXT(m->actor)));
}

static enum mentor_status move(struct mentor *m, struct move *v, bool *ret_changed)
{
	struct db_rows *rows = NULL;
	bool more = false;
	struct mentor_buf last = MENTOR_BUF_INIT, before_it = MENTOR_BUF_INIT;
	enum mentor_status status = db_query(m,
	    "SELECT s.number, s.day, b.day FROM barrier_step s LEFT JOIN barrier_step b ON b.barrier_id = s.barrier_id AND b.number = s.number - 1 "
	    "WHERE s.barrier_id = $1 ORDER BY s.number DESC LIMIT 1",
	    DB_ARGS(DB_NUMBER(v->old->id)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		v->steps = db_number(rows, 0);
		mentor_buf_str(&last, db_text(rows, 1));
		v->last = mentor_buf_text(&last);
		if (db_text(rows, 2)) {
			mentor_buf_str(&before_it, db_text(rows, 2));
			v->before = mentor_buf_text(&before_it);
		}
		status = last.failed || before_it.failed ? fail_memory(m) : db_whole(rows);
	}
	db_done(rows);
	if (!status)
		status = check_move(m, v);
	if (!status)
		status = write_move(m, v, ret_changed);
	mentor_buf_free(&before_it);
	mentor_buf_free(&last);
	return status;
}

enum mentor_status mentor_barrier_move(struct mentor *m, int64_t barrier, enum mentor_barrier_state state, const char *text, const char *day,
    bool *ret_changed)
{
	void *record = NULL;
	bool changed = false;
	if (state == MENTOR_BARRIER_IDENTIFIED || state == MENTOR_BARRIER_MERGED)
		return fail(m, MENTOR_USAGE, NULL, "a barrier is identified when it is added, and merged with another one");
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_barrier, barrier, &record);
	struct move v = { .old = record, .state = state, .text = text, .day = day };
	if (!status)
		status = move(m, &v, &changed);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

enum mentor_status mentor_barrier_steps(struct mentor *m, int64_t barrier, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	struct mentor_barrier_step step;
	enum mentor_status status = db_query(m,
	    "SELECT 'identified', identified_in, NULL, 0 AS number FROM barrier WHERE id = $1 "
	    "UNION ALL SELECT state, day, recorded_by, number FROM barrier_step WHERE barrier_id = $1 ORDER BY number",
	    DB_ARGS(DB_NUMBER(barrier)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		record_load(rows, 0, mentor_barrier_step_fields, &step);
		status = db_whole(rows);
		if (!status)
			status = each(arg, &step);
	}
	db_done(rows);
	return status;
}

/* ---- merging ---- */

static enum mentor_status check_merge(struct mentor *m, const struct mentor_barrier *into, const struct mentor_barrier *from)
{
	bool from_ended = from->state == MENTOR_BARRIER_DROPPED;
	if (into->id == from->id)
		return fail(m, MENTOR_INVALID, "name two", "a barrier cannot be merged with itself");
	if (into->merged_into)
		return refuse_merged(m, into->id, into->merged_into);
	if (from->merged_into)
		return refuse_merged(m, from->id, from->merged_into);
	if (into->programme_id != from->programme_id)
		return fail(m, MENTOR_REFUSED, NULL, "b%" PRId64 " and b%" PRId64 " are in registers of two programmes", into->id, from->id);
	if (!from_ended && (from->state > into->state || into->state == MENTOR_BARRIER_DROPPED)) {
		struct mentor_buf hint = MENTOR_BUF_INIT;
		mentor_buf_fmt(&hint, "the one that is further keeps its steps: mentor barrier merge b%" PRId64 " b%" PRId64, from->id, into->id);
		enum mentor_status status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "b%" PRId64 " is %s and b%" PRId64 " only %s", from->id,
		    states[from->state], into->id, states[into->state]);
		mentor_buf_free(&hint);
		return status;
	}
	return MENTOR_OK;
}

static enum mentor_status merge(struct mentor *m, int64_t into, int64_t from)
{
	static const char *const steps[] = {
		"UPDATE action SET barrier = $1 WHERE barrier = $2",
		/* NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one statement */
		"INSERT INTO barrier_pair (barrier_id, pair_id, mentor_agreed_on, mentee_agreed_on) "
		"SELECT $1, pair_id, mentor_agreed_on, mentee_agreed_on FROM barrier_pair WHERE barrier_id = $2 "
		"ON CONFLICT (barrier_id, pair_id) DO UPDATE SET mentor_agreed_on = coalesce(barrier_pair.mentor_agreed_on, excluded.mentor_agreed_on), "
		"mentee_agreed_on = coalesce(barrier_pair.mentee_agreed_on, excluded.mentee_agreed_on)",
		"DELETE FROM barrier_pair WHERE barrier_id <> $1 AND barrier_id = $2",
		"UPDATE barrier SET merged_into = $1 WHERE merged_into = $2",
		"UPDATE barrier SET state = 'merged', merged_into = $1 WHERE id = $2",
		"UPDATE barrier SET brought = 'several', identified_in = (SELECT min(b.identified_in) FROM barrier b WHERE b.id = $1 OR b.id = $2) WHERE id = $1",
	};
	const struct db_value args[] = { DB_NUMBER(into), DB_NUMBER(from) };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		status = db_run(m, steps[i], args, 2);
	return status;
}

enum mentor_status mentor_barrier_merge(struct mentor *m, int64_t into, int64_t from, bool *ret_changed)
{
	void *kept = NULL, *gone = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_barrier, into, &kept);
	if (!status)
		status = mentor_record_get(m, &mentor_entity_barrier, from, &gone);
	changed = !status && ((const struct mentor_barrier *)gone)->merged_into != into;
	if (changed)
		status = check_merge(m, kept, gone);
	if (!status && changed)
		status = merge(m, into, from);
	mentor_record_free(kept);
	mentor_record_free(gone);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}
