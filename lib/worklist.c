/* worklist.c: what there is to do in all cohorts: what status says of each, and what the coming days bring, by urgency. */
#include "pace.h"
#include "record.h"
#include "window.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FINISHED_DAYS = 92 }; /* a cohort that has finished longer ago is not brought up any more */

static const char *const urgencies[] = { "overdue", "today", "soon", "open", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_work, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_work, member)
/* clang-format off */
const struct mentor_field mentor_work_fields[] = {
	{ "urgency", MENTOR_TYPE_CHOICE, 0, NUMBER(urgency), .choices = urgencies, .heading = "when", .help = "overdue, today, soon (within the days asked about), or open: no day is set" },
	{ "day", MENTOR_TYPE_DAY, 0, TEXT(day), .help = "its day, if it has one" },
	{ "cohort", MENTOR_TYPE_TEXT, 0, TEXT(cohort), .help = "the cohort" },
	{ "what", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(what), .help = "what there is to do" },
	{ "count", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(count), .help = "how many" },
	{ "reason", MENTOR_TYPE_TEXT, 0, TEXT(reason), .heading = "why", .help = "why it matters" },
	{ "command", MENTOR_TYPE_TEXT, 0, TEXT(command), .heading = "cleared by", .help = "the command that clears it" },
	{ 0 },
};
/* clang-format on */

struct worklist {
	struct mentor *m;
	struct arena arena;
	struct mentor_work *items;
	size_t n, cap;
	const struct mentor_cohort *cohort;
	const char *option; /* " -c spring", where commands have to say which cohort */
	int64_t today, days;
};

static enum mentor_status add(struct worklist *w, const struct mentor_work *work)
{
	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 64;
		struct mentor_work *items = realloc(w->items, cap * sizeof(*items));
		if (!items)
			return fail_memory(w->m);
		w->items = items;
		w->cap = cap;
	}
	struct mentor_work *item = &w->items[w->n++];
	*item = *work;
	item->cohort = arena_strdup(&w->arena, work->cohort);
	item->day = arena_strdup(&w->arena, work->day);
	item->what = arena_strdup(&w->arena, work->what);
	item->command = arena_strdup(&w->arena, work->command);
	return w->arena.failed ? fail_memory(w->m) : MENTOR_OK;
}

/* ---- what status says ---- */

static const char *reason_of(const struct mentor_todo *todo)
{
	static const struct {
		const char *stage, *reason;
	} reasons[] = {
		{ "recruit", "people wait to hear" },
		{ "checklist", "the next step builds on it" },
		{ "match", "nobody begins without a partner" },
		{ "contract", "both know what they agreed once they have signed" },
		{ "meet", "what is brought up early can be mended" },
		{ "evaluate", "reports are made of it" },
		{ "remind", "somebody may not have heard" },
		{ "privacy", "the law sets a time for it" },
	};
	if (todo->overdue)
		return "its day has passed";
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (strcmp(reasons[i].stage, todo->stage) == 0)
			return reasons[i].reason;
	return "the cohort's status lacks it";
}

static enum mentor_status add_todo(void *arg, const struct mentor_todo *todo)
{
	struct worklist *w = arg;
	const struct mentor_work work = { .urgency = todo->overdue ? MENTOR_WORK_OVERDUE : MENTOR_WORK_OPEN, .cohort = w->cohort->slug, .what = todo->what,
		.count = todo->count, .reason = reason_of(todo), .command = todo->command };
	return add(w, &work);
}

/* ---- what the coming days bring ---- */

/* A day that comes, and what is to be done on it. `command` is completed by the cohort's option. */
static enum mentor_status add_day(struct worklist *w, int64_t day, const char *what, const char *reason, const char *command)
{
	char iso[11];
	struct mentor_buf b = MENTOR_BUF_INIT;
	if (day == MENTOR_NONE || day < w->today || day > w->today + w->days)
		return MENTOR_OK;
	mentor_day_format(day, iso);
	mentor_buf_fmt(&b, "%s%s", command, w->option);
	const struct mentor_work work = { .urgency = day == w->today ? MENTOR_WORK_TODAY : MENTOR_WORK_SOON, .day = iso, .cohort = w->cohort->slug,
		.what = what, .count = 1, .reason = reason, .command = mentor_buf_text(&b) };
	enum mentor_status status = b.failed ? fail_memory(w->m) : add(w, &work);
	mentor_buf_free(&b);
	return status;
}

static enum mentor_status add_steps(struct worklist *w)
{
	const struct mentor_cohort *c = w->cohort;
	const struct {
		bool now;
		const char *day, *what, *reason, *command;
	} steps[] = {
		{ c->state == MENTOR_COHORT_PLANNED, c->opens_on, "applications open", "people have been told the day", "mentor cohort open" },
		{ c->state == MENTOR_COHORT_OPEN, c->closes_on, "applications close", "what comes later is late", "mentor cohort close" },
		{ c->state == MENTOR_COHORT_OPEN || c->state == MENTOR_COHORT_CLOSED, c->starts_on, "the work in pairs begins", "pairs count their months from it",
		    "mentor cohort start" },
		{ c->state == MENTOR_COHORT_RUNNING, c->ends_on, "the work in pairs ends", "pairs are completed, and reports made", "mentor cohort finish" },
	};
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		if (steps[i].now)
			status = add_day(w, pace_day(steps[i].day), steps[i].what, steps[i].reason, steps[i].command);
	return status;
}

static enum mentor_status add_openings(struct worklist *w, const struct def_survey *s)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < s->n_open; i++) {
		const struct def_opening *o = &s->open[i];
		int64_t opens = programme_day(w->cohort, o->from, o->weeks);
		struct mentor_buf what = MENTOR_BUF_INIT, command = MENTOR_BUF_INIT;
		if (opens == MENTOR_NONE)
			continue;
		mentor_buf_fmt(&what, "the survey '%s' (%s) opens", s->title, o->slug);
		mentor_buf_fmt(&command, "mentor survey import %s %s FILE", s->slug, o->slug);
		status = add_day(w, opens, mentor_buf_text(&what), "people are asked from that day on", "mentor survey list");
		mentor_buf_clear(&what);
		mentor_buf_fmt(&what, "the survey '%s' (%s) closes", s->title, o->slug);
		if (!status)
			status = add_day(w, opens + o->days - 1, mentor_buf_text(&what), "answers can be taken over then", mentor_buf_text(&command));
		if (what.failed || command.failed)
			status = fail_memory(w->m);
		mentor_buf_free(&what);
		mentor_buf_free(&command);
	}
	return status;
}

static enum mentor_status add_programme(struct worklist *w)
{
	struct definition *d = NULL;
	enum mentor_status status = programme_of_cohort(w->m, w->cohort->id, &d);
	for (size_t i = 0; !status && i < d->n_surveys; i++)
		status = add_openings(w, &d->surveys[i]);
	definition_free(d);
	return status;
}

/* ---- all ---- */

static enum mentor_status add_cohort(struct worklist *w, int64_t id, bool several)
{
	void *record = NULL;
	struct mentor_buf option = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_get(w->m, &mentor_entity_cohort, id, &record);
	w->cohort = record;
	if (!status && several)
		mentor_buf_fmt(&option, " -c %s", w->cohort->slug);
	w->option = mentor_buf_text(&option);
	if (!status)
		status = option.failed ? fail_memory(w->m) : mentor_cohort_todos(w->m, id, add_todo, w);
	if (!status)
		status = add_steps(w);
	if (!status)
		status = add_programme(w);
	mentor_buf_free(&option);
	mentor_record_free(record);
	return status;
}

static int by_urgency(const void *a, const void *b)
{
	const struct mentor_work *x = a, *y = b;
	if (x->urgency != y->urgency)
		return x->urgency < y->urgency ? -1 : 1;
	int days = strcmp(x->day ? x->day : "", y->day ? y->day : "");
	return days ? days : (x->order > y->order) - (x->order < y->order);
}

static enum mentor_status each_cohort(struct worklist *w)
{
	struct db_rows *rows = NULL;
	bool more = true;
	char since[11];
	int64_t *ids = NULL, count = 0;
	size_t n = 0;
	mentor_day_format(w->today - FINISHED_DAYS, since);
	enum mentor_status status = db_value(w->m, "SELECT count(*) FROM cohort", DB_NO_ARGS, 0, &count);
	if (!status && !(ids = arena_alloc(&w->arena, (size_t)(count + 1) * sizeof(*ids))))
		status = fail_memory(w->m);
	if (!status)
		status = db_query(w->m,
		    "SELECT id FROM cohort WHERE (finished_on IS NULL OR finished_on >= $1) "
		    "AND NOT (opened_on IS NULL AND origin_id IS NOT NULL AND title = $2) ORDER BY slug",
		    DB_ARGS(DB_TEXT(since), DB_TEXT(WINDOW_MADE_TITLE)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		assert(ids);
		ids[n++] = db_number(rows, 0);
	}
	db_done(rows);
	for (size_t i = 0; !status && i < n; i++)
		status = add_cohort(w, ids[i], n > 1);
	return status;
}

enum mentor_status mentor_worklist(struct mentor *m, int64_t days, mentor_record_fn *each, void *arg)
{
	struct worklist w = { .m = m, .today = pace_day(m->today), .days = days };
	enum mentor_status status = each_cohort(&w);
	for (size_t i = 0; i < w.n; i++)
		w.items[i].order = (int64_t)i;
	if (w.n)
		qsort(w.items, w.n, sizeof(*w.items), by_urgency);
	for (size_t i = 0; !status && i < w.n; i++)
		status = each(arg, &w.items[i]);
	free(w.items);
	arena_free(&w.arena);
	return status;
}
