/* register.c: what became of the barriers of a register, and how long that took: what was said, what was done. */
#include "arena.h"
#include "barrier.h"
#include "record.h"
#include "report.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_barrier_counts, member)
const struct mentor_field mentor_barrier_counts_fields[] = {
	{ "identified", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(identified), .help = "barriers in the register, whatever became of them; what was merged counts once" },
	{ "raised", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(raised), .help = "of these raised with those who can change it, or further" },
	{ "addressed", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(addressed), .help = "of these being addressed, or further" },
	{ "changed", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(changed), .help = "of these changed" },
	{ "dropped", MENTOR_TYPE_INT, 0, NUMBER(dropped), .help = "dropped, for a reason" },
	{ 0 },
};
#undef NUMBER

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_barrier_time, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_barrier_time, member)
const struct mentor_field mentor_barrier_time_fields[] = {
	{ "from", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(from), .help = "the state it begins with" },
	{ "to", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(to), .help = "the state it ends with" },
	{ "barriers", MENTOR_TYPE_INT, 0, NUMBER(barriers), .help = "how many barriers came from the one to the other" },
	{ "median", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(median), .help = "half of them took no longer" },
	{ "shortest", MENTOR_TYPE_INT, 0, NUMBER(shortest), .help = "the shortest time" },
	{ "longest", MENTOR_TYPE_INT, 0, NUMBER(longest), .help = "the longest time" },
	{ "unit", MENTOR_TYPE_TEXT, 0, TEXT(unit), .help = "days, or months where it begins with the month of being identified" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

static const char *const states[] = { "identified", "raised", "addressed", "changed", "dropped", NULL };
static const char *const brought[] = { "once", "several", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_barrier_row, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_barrier_row, member)
const struct mentor_field mentor_barrier_row_fields[] = {
	{ "barrier", MENTOR_TYPE_REF, 0, NUMBER(barrier), .entity = "barrier", .help = "the barrier" },
	{ "theme", MENTOR_TYPE_TEXT, 0, TEXT(theme), .help = "what it is about" },
	{ "level", MENTOR_TYPE_TEXT, 0, TEXT(level), .help = "where it can be addressed" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(text), .heading = "what was said", .help = "what stands in the way" },
	{ "state", MENTOR_TYPE_CHOICE, 0, NUMBER(state), .choices = states, .help = "how far it has come" },
	{ "actions", MENTOR_TYPE_LIST, 0, TEXT(actions), .heading = "what was done", .help = "the actions that are done, each with what came of it" },
	{ "outcome", MENTOR_TYPE_TEXT, 0, TEXT(outcome), .heading = "what has changed", .help = "what has changed" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(reason), .heading = "why dropped", .help = "why it was dropped" },
	{ "brought", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(brought), .choices = brought, .help = "whether it was brought once or several times" },
	{ "identified_in", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(identified_in), .heading = "identified in", .help = "the month" },
	{ "raised_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(raised_on), .help = "day it was raised first" },
	{ "addressed_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(addressed_on), .help = "day on which somebody began to address it" },
	{ "changed_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(changed_on), .help = "day on which it had changed" },
	{ "days", MENTOR_TYPE_INT, 0, NUMBER(days), .help = "days from raising (else addressing) it to the change" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- reading ---- */

/* When a barrier came to each state: months since year 0 for the first, days for the others; MENTOR_NONE when it did not. */
enum { IDENTIFIED, RAISED, ADDRESSED, CHANGED, POINTS };

struct entry {
	struct mentor_barrier_row row;
	int64_t at[POINTS], month[POINTS];
};

struct entries {
	struct mentor *m;
	struct arena memory;
	struct entry *items;
	size_t n;
};

static int64_t month_of(const char *day)
{
	return day ? strtoll(day, NULL, 10) * 12 + strtoll(day + 5, NULL, 10) : MENTOR_NONE;
}

static int64_t day_of(const char *text)
{
	int64_t day = MENTOR_NONE;
	return text && mentor_day_parse(text, &day) ? day : MENTOR_NONE;
}

static void place_in_time(struct entry *e)
{
	assert(e);
	struct mentor_barrier_row *r = &e->row;
	const char *const when[POINTS] = { r->identified_in, r->raised_on, r->addressed_on, r->changed_on };
	for (size_t i = 0; i < POINTS; i++) {
		e->at[i] = i == IDENTIFIED ? MENTOR_NONE : day_of(when[i]);
		e->month[i] = month_of(when[i]);
	}
	int64_t from = e->at[RAISED] != MENTOR_NONE ? e->at[RAISED] : e->at[ADDRESSED];
	r->days = from != MENTOR_NONE && e->at[CHANGED] != MENTOR_NONE ? e->at[CHANGED] - from : MENTOR_NONE;
}

static const char *keep(struct entries *s, const char *text)
{
	return text ? arena_strdup(&s->memory, text) : NULL;
}

/* The actions that are done: not whose, nor of which pair or cohort. */
static enum mentor_status add_actions(struct entries *s, struct entry *e)
{
	struct db_rows *rows = NULL;
	bool more = true;
	struct mentor_buf list = MENTOR_BUF_INIT;
	enum mentor_status status = db_query(s->m, "SELECT text, outcome FROM action WHERE barrier = $1 AND state = 'done' ORDER BY text, id",
	    DB_ARGS(DB_NUMBER(e->row.barrier)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		mentor_buf_fmt(&list, "%s%s", list.len ? "\n" : "", db_text(rows, 0));
		if (db_text(rows, 1))
			mentor_buf_fmt(&list, ": %s", db_text(rows, 1));
	}
	db_done(rows);
	e->row.actions = list.len ? keep(s, mentor_buf_text(&list)) : NULL;
	bool lost = list.failed;
	mentor_buf_free(&list);
	return status ? status : lost ? fail_memory(s->m) : MENTOR_OK;
}

static const char entries_sql[] =
    "SELECT b.id, b.state, b.theme, b.level, b.text, b.brought, b.identified_in, "
    "(SELECT min(s.day) FROM barrier_step s WHERE s.barrier_id = b.id AND s.state = 'raised'), "
    "(SELECT min(s.day) FROM barrier_step s WHERE s.barrier_id = b.id AND s.state = 'addressed'), "
    "CASE b.state WHEN 'changed' THEN (SELECT max(s.day) FROM barrier_step s WHERE s.barrier_id = b.id AND s.state = 'changed') END, "
    "b.outcome, b.reason FROM barrier b WHERE b.programme_id = $1 AND b.state <> 'merged' AND b.identified_in >= substr($2, 1, 7) AND b.identified_in <= substr($3, 1, 7) ORDER BY b.theme, b.level, b.text";

static enum mentor_status load(struct entries *s, int64_t programme, const struct mentor_period *period)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t n = 0;
	enum mentor_status status = db_value(s->m, "SELECT count(*) FROM barrier WHERE programme_id = $1 AND state <> 'merged'",
	    DB_ARGS(DB_NUMBER(programme)), 0, &n);
	if (status || n == 0)
		return status;
	s->items = arena_alloc(&s->memory, (size_t)n * sizeof(*s->items));
	status = s->items ? db_query(s->m, entries_sql, DB_ARGS(DB_NUMBER(programme), DB_TEXT(report_since(period)), DB_TEXT(report_until(period))), &rows) : fail_memory(s->m);
	while (!status && !(status = db_next(rows, &more)) && more) {
		assert(s->items);
		s->items[s->n++] = (struct entry){ .row = { db_number(rows, 0), field_choice(states, db_text(rows, 1)), keep(s, db_text(rows, 2)),
			keep(s, db_text(rows, 3)), keep(s, db_text(rows, 4)), field_choice(brought, db_text(rows, 5)), keep(s, db_text(rows, 6)),
			keep(s, db_text(rows, 7)), keep(s, db_text(rows, 8)), keep(s, db_text(rows, 9)), MENTOR_NONE, NULL, keep(s, db_text(rows, 10)),
			keep(s, db_text(rows, 11)) } };
		status = s->memory.failed ? fail_memory(s->m) : db_whole(rows);
	}
	db_done(rows);
	for (size_t i = 0; !status && i < s->n; i++) {
		place_in_time(&s->items[i]);
		status = add_actions(s, &s->items[i]);
	}
	return !status && s->memory.failed ? fail_memory(s->m) : status;
}

/* ---- counting ---- */

/* Whether it came at least so far: a later state counts, and so does one that it had before it was dropped. */
static bool reached(const struct entry *e, size_t point)
{
	if (e->row.state != MENTOR_BARRIER_DROPPED && e->row.state >= (int64_t)point)
		return true;
	for (size_t i = point; i < CHANGED; i++)
		if (e->month[i] != MENTOR_NONE)
			return true;
	return false;
}

static enum mentor_status tell_counts(const struct entries *s, mentor_report_fn *each, void *arg)
{
	struct mentor_barrier_counts c = { .identified = (int64_t)s->n };
	for (size_t i = 0; i < s->n; i++) {
		c.raised += reached(&s->items[i], RAISED);
		c.addressed += reached(&s->items[i], ADDRESSED);
		c.changed += s->items[i].row.state == MENTOR_BARRIER_CHANGED;
		c.dropped += s->items[i].row.state == MENTOR_BARRIER_DROPPED;
	}
	return each(arg, "barrier_counts", &c);
}

static int by_size(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

static enum mentor_status tell_time(struct entries *s, size_t from, size_t to, mentor_report_fn *each, void *arg)
{
	bool months = from == IDENTIFIED;
	struct mentor_barrier_time t = { states[from], states[to], months ? "months" : "days", 0, MENTOR_NONE, MENTOR_NONE, MENTOR_NONE };
	int64_t *times = arena_alloc(&s->memory, (s->n + 1) * sizeof(*times));
	if (!times)
		return fail_memory(s->m);
	for (size_t i = 0; i < s->n; i++) {
		const int64_t *at = months ? s->items[i].month : s->items[i].at;
		if (at[from] != MENTOR_NONE && at[to] != MENTOR_NONE && at[to] >= at[from])
			times[t.barriers++] = at[to] - at[from];
	}
	size_t n = (size_t)t.barriers;
	if (n) {
		qsort(times, n, sizeof(*times), by_size);
		t.shortest = times[0];
		t.longest = times[n - 1];
		t.median = (times[(n - 1) / 2] + times[n / 2]) * 50;
	}
	return each(arg, "barrier_times", &t);
}

enum mentor_status barrier_report(struct mentor *m, int64_t programme, const struct mentor_period *period, mentor_report_fn *each, void *arg)
{
	static const struct {
		size_t from, to;
	} ways[] = { { IDENTIFIED, RAISED }, { RAISED, ADDRESSED }, { ADDRESSED, CHANGED }, { RAISED, CHANGED }, { IDENTIFIED, CHANGED } };
	struct entries s = { .m = m, .memory = ARENA_INIT };
	enum mentor_status status = load(&s, programme, period);
	if (!status)
		status = tell_counts(&s, each, arg);
	for (size_t i = 0; !status && i < sizeof(ways) / sizeof(*ways); i++)
		status = tell_time(&s, ways[i].from, ways[i].to, each, arg);
	for (size_t i = 0; !status && i < s.n; i++)
		status = each(arg, "barriers", &s.items[i].row);
	arena_free(&s.memory);
	return status;
}
