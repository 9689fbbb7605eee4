/* overview.c: what reports draw besides their tables, from the same records. */
#include "overview.h"

#include "arena.h"
#include "ledger.h"
#include "pace.h"
#include "record.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
const struct mentor_field mentor_report_step_fields[] = {
	{ "step", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_report_step, step), .help = "how far people came" },
	{ "people", MENTOR_TYPE_INT, MENTOR_CHART, MENTOR_AT_NUMBER(mentor_report_step, people), .help = "people who came so far" },
	{ "share", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_report_step, share), .heading = "per cent", .help = "of those who applied, in per cent" },
	{ 0 },
};

const struct mentor_field mentor_report_month_fields[] = {
	{ "day", MENTOR_TYPE_DAY, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_report_month, day), .heading = "by", .help = "the day up to which both are counted" },
	{ "sessions", MENTOR_TYPE_INT, MENTOR_CHART, MENTOR_AT_NUMBER(mentor_report_month, sessions), .heading = "sessions held", .help = "sessions of all pairs that were long enough to count" },
	{ "due", MENTOR_TYPE_INT, MENTOR_CHART_MARK, MENTOR_AT_NUMBER(mentor_report_month, due), .heading = "sessions due", .help = "what the programme asks of all pairs by then" },
	{ 0 },
};

const struct mentor_field mentor_report_pace_fields[] = {
	{ "pace", MENTOR_TYPE_CHOICE, MENTOR_LABEL, MENTOR_AT_NUMBER(mentor_report_pace, pace), .choices = pace_words, .help = "how pairs stand to the programme's minimum" },
	{ "pairs", MENTOR_TYPE_INT, MENTOR_CHART, MENTOR_AT_NUMBER(mentor_report_pace, pairs), .help = "pairs that stand so" },
	{ 0 },
};

const struct mentor_field mentor_report_link_fields[] = {
	{ "mentors_of", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_report_link, mentors_of), .heading = "{mentors} of", .help = "organisation or directorate of one side" },
	{ "mentees_of", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_report_link, mentees_of), .heading = "{mentees} of", .help = "organisation or directorate of the other side" },
	{ "pairs", MENTOR_TYPE_INT, MENTOR_CHART, MENTOR_AT_NUMBER(mentor_report_link, pairs), .help = "pairs that are at work or have finished" },
	{ 0 },
};
/* clang-format on */

/* ---- steps ---- */

#define APPLIED "SELECT count(*) FROM enrolment e WHERE e.role <> 'facilitator' AND e.applied_on >= $1 AND e.applied_on <= $2 AND "
#define ACCEPTED APPLIED "e.cohort_id = $3 AND e.state = 'accepted'"
#define PAIRED_UP(more) \
	ACCEPTED " AND EXISTS (SELECT 1 FROM pair q WHERE (q.mentor_id = e.id OR q.mentee_id = e.id) AND q.published_on IS NOT NULL" more ")"
#define HAS_MET " AND EXISTS (SELECT 1 FROM session t WHERE t.pair_id = q.id AND t.date <= $4 AND t.minutes IS NOT NULL)"

/* Each counts some of the people of the one before. */
static const struct {
	const char *name, *sql;
	size_t n; /* of arguments */
} steps[] = {
	{ "applied", APPLIED "(e.cohort_id = $3 OR (e.origin_cohort_id = $3 AND e.origin = 'late'))", 3 },
	{ "accepted", ACCEPTED, 3 },
	{ "in a pair", PAIRED_UP(""), 3 },
	{ "have met", PAIRED_UP(HAS_MET), 4 },
	{ "completed", PAIRED_UP(" AND q.state = 'completed'" HAS_MET), 4 },
};

enum { STEPS = sizeof(steps) / sizeof(*steps) };

enum mentor_status overview_steps(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_record_fn *each, void *arg)
{
	const struct db_value args[] = { DB_TEXT(report_since(period)), DB_TEXT(report_until(period)), DB_NUMBER(cohort), DB_TEXT(m->today) };
	int64_t people[STEPS] = { 0 };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < STEPS; i++)
		status = db_value(m, steps[i].sql, args, steps[i].n, 0, &people[i]);
	for (size_t i = 0; !status && i < STEPS; i++) {
		int64_t share = people[0] ? (200 * people[i] + people[0]) / (2 * people[0]) : MENTOR_NONE;
		const struct mentor_report_step row = { steps[i].name, people[i], share };
		status = each(arg, &row);
	}
	return status;
}

/* ---- paces ---- */

enum { PACES = MENTOR_PACE_ENDED + 1 };

static enum mentor_status count_pace(void *arg, const void *record)
{
	int64_t *pairs = arg;
	pairs[((const struct mentor_progress_pair *)record)->pace]++;
	return MENTOR_OK;
}

enum mentor_status overview_paces(
    struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d, mentor_record_fn *each, void *arg)
{
	int64_t pairs[PACES] = { 0 };
	enum mentor_status status = pace_each(m, cohort, d, count_pace, pairs);
	for (int64_t pace = 0; !status && pace < PACES; pace++) {
		const struct mentor_report_pace row = { pace, pairs[pace] };
		status = each(arg, &row);
	}
	return status;
}

/* ---- months ---- */

enum { MOST_MONTHS = 60 };

/* Days at the ends of months, and what was held and due by each. */
struct course {
	int64_t days[MOST_MONTHS + 2], sessions[MOST_MONTHS + 2], due[MOST_MONTHS + 2];
	size_t n;
};

/* By the month from the start, and today on its place between. */
static void divide(struct course *c, int64_t from, int64_t to, int64_t today)
{
	for (int month = 0; month < MOST_MONTHS && mentor_day_add_months(from, month) < to; month++) {
		int64_t day = mentor_day_add_months(from, month), next = mentor_day_add_months(from, month + 1);
		c->days[c->n++] = day;
		if (today > day && today < next && today < to)
			c->days[c->n++] = today;
	}
	c->days[c->n++] = to;
}

static enum mentor_status add_sessions(struct mentor *m, int64_t cohort, int64_t shortest, struct course *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m,
	    "SELECT t.date, count(*) FROM session t JOIN pair q ON q.id = t.pair_id WHERE q.cohort_id = $1 AND t.date <= $2 "
	    "AND t.minutes >= $3 AND q.published_on IS NOT NULL GROUP BY t.date",
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(m->today), DB_NUMBER(shortest == MENTOR_NONE ? 0 : shortest)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		for (size_t i = 0; i < c->n; i++)
			if (pace_day(db_text(rows, 0)) <= c->days[i] || i + 1 == c->n)
				c->sessions[i] += db_number(rows, 1);
	db_done(rows);
	return status;
}

/* What is due of all pairs, added up. */
struct dues {
	struct course *course;
	int64_t minimum;
};

static enum mentor_status add_due(void *arg, const struct pace_pair *pair)
{
	const struct dues *dues = arg;
	struct course *c = dues->course;
	for (size_t i = 0; i < c->n; i++) {
		bool stopped = pair->ended && pair->stopped != MENTOR_NONE && pair->stopped < c->days[i];
		c->due[i] += pace_due(dues->minimum, pair->span, stopped ? pair->stopped : c->days[i]);
	}
	return MENTOR_OK;
}

static enum mentor_status tell_months(const struct mentor *m, const struct course *c, bool asks, mentor_record_fn *each, void *arg)
{
	const int64_t today = pace_day(m->today);
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < c->n; i++) {
		char day[11];
		mentor_day_format(c->days[i], day);
		const struct mentor_report_month row = { day, c->days[i] <= today ? c->sessions[i] : MENTOR_NONE,
			asks ? c->due[i] : MENTOR_NONE };
		status = each(arg, &row);
	}
	return status;
}

enum mentor_status overview_months(
    struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d, mentor_record_fn *each, void *arg)
{
	struct course c = { .n = 0 };
	const int64_t from = pace_day(cohort->started_on ? cohort->started_on : cohort->starts_on);
	int64_t to = pace_day(cohort->ends_on);
	if (from == MENTOR_NONE || (to != MENTOR_NONE && to <= from))
		return MENTOR_OK;
	divide(&c, from, to == MENTOR_NONE ? mentor_day_last_of(from, (int)d->cohort.months) : to, pace_day(m->today));
	enum mentor_status status = add_sessions(m, cohort->id, d->contract.minutes.minimum, &c);
	if (!status && d->contract.sessions.minimum != MENTOR_NONE)
		status = pace_walk(m, cohort, d, add_due, &(struct dues){ &c, d->contract.sessions.minimum });
	return status ? status : tell_months(m, &c, d->contract.sessions.minimum != MENTOR_NONE, each, arg);
}

/* ---- links ---- */

/* Both sides of the pairs between two organisations or two directorates. */
struct links {
	struct arena memory;
	const char **from, **to;
	int64_t *pairs;
	size_t *shown;
	size_t n;
};

#define LINKS(column)                                                                                                       \
	{                                                                                                                   \
		"SELECT count(*) FROM (SELECT 1 FROM " PAIRED " GROUP BY a." column ", b." column ") AS g",                 \
		    "SELECT coalesce(a." column ", 'not stated'), coalesce(b." column ", 'not stated'), count(*) FROM " PAIRED \
		    " GROUP BY a." column ", b." column " ORDER BY count(*) DESC, a." column ", b." column                  \
	}
#define PAIRED                                                                                                            \
	"pair q JOIN enrolment x ON x.id = q.mentor_id JOIN enrolment y ON y.id = q.mentee_id JOIN person a ON a.id = x.person_id " \
	"JOIN person b ON b.id = y.person_id WHERE q.cohort_id = $1 AND q.state IN ('active', 'completed')"
static const struct {
	const char *how_many, *pairs;
} link_sql[] = { LINKS("organisation"), LINKS("directorate") };

/* Organisations where there are several, else directorates of the one. */
static enum mentor_status choose_by(struct mentor *m, int64_t cohort, int64_t *ret_by)
{
	int64_t n = 0;
	enum mentor_status status = db_value(m,
	    "SELECT count(DISTINCT p.organisation) FROM enrolment e JOIN person p ON p.id = e.person_id JOIN pair q ON "
	    "(q.mentor_id = e.id OR q.mentee_id = e.id) WHERE q.cohort_id = $1 AND q.state IN ('active', 'completed')",
	    DB_ARGS(DB_NUMBER(cohort)), 0, &n);
	*ret_by = n > 1 ? MENTOR_BY_ORGANISATION : MENTOR_BY_DIRECTORATE;
	return status;
}

static enum mentor_status allocate(struct mentor *m, struct links *l, int64_t n)
{
	size_t room = (size_t)n + 1;
	l->from = arena_alloc(&l->memory, room * sizeof(*l->from));
	l->to = arena_alloc(&l->memory, room * sizeof(*l->to));
	l->pairs = arena_alloc(&l->memory, room * sizeof(*l->pairs));
	l->shown = arena_alloc(&l->memory, room * sizeof(*l->shown));
	return l->memory.failed ? fail_memory(m) : MENTOR_OK;
}

static const char *join(struct arena *memory, const char *from, const char *to)
{
	const size_t size = strlen(from) + strlen(to) + 2;
	char *name = arena_alloc(memory, size);
	if (name)
		snprintf(name, size, "%s\t%s", from, to);
	return name;
}

static enum mentor_status load_links(struct mentor *m, int64_t cohort, int64_t by, struct links *l)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t n = 0;
	enum mentor_status status = db_value(m, link_sql[by].how_many, DB_ARGS(DB_NUMBER(cohort)), 0, &n);
	if (!status)
		status = allocate(m, l, n);
	if (!status)
		status = db_query(m, link_sql[by].pairs, DB_ARGS(DB_NUMBER(cohort)), &rows);
	for (; !status && !(status = db_next(rows, &more)) && more; l->n++) {
		l->from[l->n] = arena_strdup(&l->memory, db_text(rows, 0));
		l->to[l->n] = arena_strdup(&l->memory, db_text(rows, 1));
		l->pairs[l->n] = db_number(rows, 2);
	}
	db_done(rows);
	return !status && l->memory.failed ? fail_memory(m) : status;
}

static enum mentor_status tell_links(const struct links *l, int64_t by, mentor_record_fn *each, void *arg)
{
	static const char *const rest[][2] = { { "other organisations", "all organisations" }, { "other directorates", "all directorates" } };
	enum mentor_status status = MENTOR_OK;
	bool any = false;
	for (size_t i = 0; !status && i < l->n; i++) {
		const struct mentor_report_link row = { l->from[i], l->to[i], l->pairs[i] };
		if (!l->shown[i])
			continue;
		any = true;
		status = each(arg, &row);
	}
	const char *name = rest[by][!any];
	const struct mentor_report_link others = { name, name, l->pairs[l->n] };
	return status || !l->shown[l->n] ? status : each(arg, &others);
}

/* A link goes by the names of both ends, a tab between them. */
static enum mentor_status publish_links(struct mentor *m, int64_t cohort, int64_t by, int64_t k, struct links *l)
{
	static const char *const subjects[] = { "pairs between organisations", "pairs between directorates" };
	const struct ledger_subject subject = { subjects[by], &cohort, 1 };
	struct ledger_table t = { arena_alloc(&l->memory, l->n * sizeof(*t.names)), l->pairs, l->shown, l->n, 1, false, NULL };
	for (size_t i = 0; t.names && i < l->n; i++)
		t.names[i] = join(&l->memory, l->from[i], l->to[i]);
	enum mentor_status status = l->memory.failed ? fail_memory(m) : ledger_table(m, &subject, k, &l->memory, &t);
	if (status)
		return status;
	l->pairs = t.cells;
	l->shown = t.shown;
	l->n = t.rows;
	l->from = arena_alloc(&l->memory, (t.rows + 1) * sizeof(*l->from));
	l->to = arena_alloc(&l->memory, (t.rows + 1) * sizeof(*l->to));
	for (size_t i = 0; t.names && !l->memory.failed && i < t.rows; i++) {
		const size_t len = strcspn(t.names[i], "\t");
		l->from[i] = arena_strndup(&l->memory, t.names[i], len);
		l->to[i] = t.names[i] + len + (t.names[i][len] == '\t');
	}
	return l->memory.failed ? fail_memory(m) : MENTOR_OK;
}

enum mentor_status overview_links(
    struct mentor *m, int64_t cohort, const struct definition *d, mentor_record_fn *each, void *arg)
{
	struct links l = { .memory = ARENA_INIT };
	int64_t by = MENTOR_NONE;
	enum mentor_status status = choose_by(m, cohort, &by);
	if (!status)
		status = load_links(m, cohort, by, &l);
	if (!status && l.n > 0) {
		status = publish_links(m, cohort, by, suppress_threshold(d->privacy.min_cell), &l);
		status = status ? status : tell_links(&l, by, each, arg);
	}
	arena_free(&l.memory);
	return status;
}
