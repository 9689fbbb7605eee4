/* report.c: reports across a cohort, computed from its records at the context's day. */
#include "arena.h"
#include "barrier.h"
#include "ending.h"
#include "labels.h"
#include "ledger.h"
#include "overview.h"
#include "pace.h"
#include "record.h"
#include "report.h"
#include "remark.h"
#include "survey.h"
#include "window.h"

#include <inttypes.h>
#include <string.h>

const char *const mentor_breakdowns[] = { "organisation", "directorate", NULL };

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_progress, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_progress, member)
const struct mentor_field mentor_progress_fields[] = {
	{ "cohort", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(cohort), .help = "short name of the cohort" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(title), .heading = "cohort", .help = "name of the cohort" },
	{ "programme", MENTOR_TYPE_TEXT, 0, TEXT(programme), .help = "name of the programme" },
	{ "organisation", MENTOR_TYPE_TEXT, 0, TEXT(organisation), .help = "who runs it" },
	{ "day", MENTOR_TYPE_DAY, 0, TEXT(day), .heading = "as of", .help = "the day the report is of" },
	{ "state", MENTOR_TYPE_TEXT, 0, TEXT(state), .help = "where the cohort stands" },
	{ "started_on", MENTOR_TYPE_DAY, 0, TEXT(started_on), .heading = "start", .help = "first day, as it happened or as planned" },
	{ "ends_on", MENTOR_TYPE_DAY, 0, TEXT(ends_on), .heading = "end", .help = "last day as planned" },
	{ "months_passed", MENTOR_TYPE_INT, 0, NUMBER(months_passed), .help = "whole months since the start" },
	{ "contact", MENTOR_TYPE_TEXT, 0, TEXT(contact), .help = "who answers enquiries" },
	{ "contact_email", MENTOR_TYPE_EMAIL, 0, TEXT(contact_email), .heading = "contact address", .help = "where to write" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define TEXT(member) MENTOR_AT_TEXT(mentor_report_scope, member)
const struct mentor_field mentor_report_scope_fields[] = {
	{ "since", MENTOR_TYPE_DAY, 0, TEXT(since), .heading = "from", .help = "first day of the time that the report is about; none: from the beginning" },
	{ "until", MENTOR_TYPE_DAY, 0, TEXT(until), .heading = "to", .help = "last day of that time; none: up to now" },
	{ "across", MENTOR_TYPE_LIST, 0, TEXT(across), .heading = "cohorts", .help = "short names of the cohorts that are told as one" },
	{ 0 },
};
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_progress_side, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_progress_side, member)
const struct mentor_field mentor_progress_side_fields[] = {
	{ "side", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(side), .help = "what the programme calls the side" },
	{ "received", MENTOR_TYPE_INT, 0, NUMBER(received), .heading = "applications", .help = "applications, whatever became of them" },
	{ "in_time", MENTOR_TYPE_INT, 0, NUMBER(in_time), .help = "of these by the last day, or brought from an earlier cohort" },
	{ "late", MENTOR_TYPE_INT, 0, NUMBER(late), .help = "of these after the last day: kept for the next cohort, or here where the programme says so" },
	{ "undecided", MENTOR_TYPE_INT, 0, NUMBER(undecided), .help = "waiting for a decision" },
	{ "accepted", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(accepted), .help = "people accepted" },
	{ "reserve", MENTOR_TYPE_INT, 0, NUMBER(reserve), .help = "of these left over when pairs were published" },
	{ "waiting", MENTOR_TYPE_INT, 0, NUMBER(waiting), .help = "on the waiting list" },
	{ "declined", MENTOR_TYPE_INT, 0, NUMBER(declined), .help = "declined" },
	{ "withdrawn", MENTOR_TYPE_INT, 0, NUMBER(withdrawn), .help = "withdrawn by the person" },
	{ "limit", MENTOR_TYPE_INT, MENTOR_CHART_MARK, NUMBER(limit), .heading = "places", .help = "most people that can be accepted" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_recruitment_row, member)
const struct mentor_field mentor_recruitment_row_fields[] = {
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_recruitment_row, name), .help = "its name; those of few people stand together" },
	{ "together", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(together), .help = "how many stand together in the row" },
	{ "received", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(received), .heading = "applications", .help = "applications, also those kept for the next cohort" },
	{ "accepted", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(accepted), .help = "people accepted" },
	{ "paired", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(paired), .heading = "in a pair", .help = "people in a pair that is at work or has finished" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether any number of the row is withheld" },
	{ 0 },
};
#undef NUMBER

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_progress_matching, member)
const struct mentor_field mentor_progress_matching_fields[] = {
	{ "proposed", MENTOR_TYPE_INT, 0, NUMBER(proposed), .heading = "pairs proposed", .help = "pairs not yet published" },
	{ "active", MENTOR_TYPE_INT, 0, NUMBER(active), .heading = "pairs active", .help = "pairs at work" },
	{ "completed", MENTOR_TYPE_INT, 0, NUMBER(completed), .heading = "pairs completed", .help = "pairs that have finished" },
	{ "ended", MENTOR_TYPE_INT, 0, NUMBER(ended), .heading = "pairs ended, without fault", .help = "pairs that stopped after they had started; what they did counts" },
	{ "continued", MENTOR_TYPE_INT, 0, NUMBER(continued), .heading = "pairs that go on", .help = "completed pairs of whom it is recorded that they go on by themselves" },
	{ "left_over", MENTOR_TYPE_INT, 0, NUMBER(left_over), .heading = "people left over", .help = "accepted people without a pair" },
	{ 0 },
};
#undef NUMBER

const struct mentor_field mentor_work_row_fields[] = {
	{ "what", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_work_row, what), .help = "goals or actions" },
	{ "whose", MENTOR_TYPE_TEXT, MENTOR_LABEL | MENTOR_SIDES, MENTOR_AT_TEXT(mentor_work_row, whose), .help = "whose: the goals of mentors or mentees; the actions of persons, pairs or the team" },
	{ "open", MENTOR_TYPE_INT, MENTOR_CHART, MENTOR_AT_NUMBER(mentor_work_row, open), .help = "still to be done" },
	{ "overdue", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_work_row, overdue), .help = "of these past their day" },
	{ "done", MENTOR_TYPE_INT, MENTOR_CHART, MENTOR_AT_NUMBER(mentor_work_row, done), .help = "done" },
	{ "dropped", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_work_row, dropped), .help = "dropped, for a reason" },
	{ 0 },
};

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_care_row, member)
const struct mentor_field mentor_care_row_fields[] = {
	{ "kind", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_care_row, kind), .heading = "talk", .help = "what kind of talk it was" },
	{ "check_in", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_care_row, check_in), .heading = "planned as", .help = "the check-in that the programme plans" },
	{ "talks", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(talks), .help = "how often somebody was spoken to" },
	{ "people", MENTOR_TYPE_INT, 0, NUMBER(people), .help = "people who were spoken to" },
	{ "well", MENTOR_TYPE_INT, 0, NUMBER(well), .help = "talks in which somebody was well" },
	{ "some_strain", MENTOR_TYPE_INT, 0, NUMBER(some_strain), .help = "talks in which somebody felt some strain" },
	{ "needs_support", MENTOR_TYPE_INT, 0, NUMBER(needs_support), .help = "talks in which somebody needed support" },
	{ "signposted", MENTOR_TYPE_INT, 0, NUMBER(signposted), .help = "talks in which somebody was told where to find help" },
	{ 0 },
};
#undef NUMBER
/* clang-format on */

/* ---- head ---- */

static int64_t months_between(int64_t from, int64_t to)
{
	int months = 0;
	int64_t next = mentor_day_add_months(from, 1);
	for (int64_t day = from; next <= to && next > day; next = mentor_day_add_months(from, months + 1)) { /* none comes after the last that there is */
		day = next;
		months++;
	}
	return months;
}

enum mentor_status report_head(const struct report *r)
{
	const struct mentor_cohort *c = r->cohort;
	struct mentor_progress head = { .cohort = c->slug,
		.title = c->title,
		.programme = r->d->title,
		.organisation = r->d->organisation,
		.day = r->m->today,
		.started_on = c->started_on ? c->started_on : c->starts_on,
		.ends_on = c->ends_on,
		.months_passed = MENTOR_NONE,
		.contact = r->d->contact.name,
		.contact_email = r->d->contact.email };
	head.state = mentor_field_find(mentor_entity_cohort.fields, "state")->choices[c->state];
	int64_t from = pace_day(head.started_on), finished = pace_day(c->finished_on);
	int64_t to = finished != MENTOR_NONE && finished < r->day ? finished : r->day;
	if (from != MENTOR_NONE && from <= to)
		head.months_passed = months_between(from, to);
	enum mentor_status status = r->each(r->arg, "head", &head);
	const struct mentor_report_scope scope = { r->period.since, r->period.until, NULL };
	return status || (!scope.since && !scope.until) ? status : r->each(r->arg, "scope", &scope);
}

/* ---- recruitment ---- */

enum { SIDES = 3 };
static const char *const side_roles[SIDES] = { "mentor", "mentee", "either" };

/* The member that counts enrolments in `state`. */
static int64_t *side_count(struct mentor_progress_side *side, const char *state)
{
	const struct {
		const char *state;
		int64_t *count;
	} counts[] = {
		{ "applied", &side->undecided },
		{ "accepted", &side->accepted },
		{ "waiting", &side->waiting },
		{ "declined", &side->declined },
	};
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		if (strcmp(counts[i].state, state) == 0)
			return counts[i].count;
	return &side->withdrawn;
}

/* An application that came late and is kept for the next cohort stands there; it was made to this one. */
#define APPLIED(since, until) \
	"e.role <> 'facilitator' AND (e.cohort_id = $1 OR (e.origin_cohort_id = $1 AND e.origin = 'late')) " \
	"AND e.applied_on >= " since " AND e.applied_on <= " until
#define IN_PAIR(states) \
	"(EXISTS (SELECT 1 FROM pair q WHERE q.mentor_id = e.id AND q.state IN (" states ")) OR " \
	"EXISTS (SELECT 1 FROM pair q WHERE q.mentee_id = e.id AND q.state IN (" states ")))"
#define COUNT(condition) "sum(CASE WHEN " condition " THEN 1 ELSE 0 END)"

static void count_side(const struct db_rows *rows, struct mentor_progress_side *side)
{
	int64_t n = db_number(rows, 2), late = db_number(rows, 3);
	side->received += n;
	side->late += late;
	side->in_time += n - late;
	if (!db_text(rows, 1)) /* kept for the next cohort */
		return;
	side->reserve += db_number(rows, 4);
	*side_count(side, db_text(rows, 1)) += n;
}

static enum mentor_status count_sides(const struct report *r, struct mentor_progress_side sides[SIDES])
{
	struct window window;
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = window_load(r->m, r->id, r->d, &window);
	if (!status)
		status = db_query(r->m,
		    "SELECT e.role, CASE WHEN e.cohort_id = $1 THEN e.state END AS stands, count(*), "
		    COUNT("e.cohort_id <> $1 OR (e.origin IS NULL AND e.applied_on > $2)") ", "
		    COUNT("e.state = 'accepted' AND e.places > 0 AND NOT " IN_PAIR("'proposed', 'active', 'completed'")
			" AND EXISTS (SELECT 1 FROM pair q WHERE q.cohort_id = e.cohort_id AND q.published_on IS NOT NULL)")
		    " FROM enrolment e WHERE " APPLIED("$3", "$4") " GROUP BY e.role, stands",
		    DB_ARGS(DB_NUMBER(r->id), DB_TEXT(window.last_on ? window.last_on : "9999-12-31"), DB_TEXT(r->since), DB_TEXT(r->until)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		for (size_t i = 0; i < SIDES; i++)
			if (strcmp(db_text(rows, 0), side_roles[i]) == 0)
				count_side(rows, &sides[i]);
	db_done(rows);
	return status;
}

static enum mentor_status tell_recruitment(const struct report *r)
{
	struct mentor_labels labels = { NULL };
	enum mentor_status status = labels_of(r->m, r->d, &labels);
	struct mentor_progress_side sides[SIDES] = {
		{ .side = labels.mentors, .limit = r->cohort->mentors_max },
		{ .side = labels.mentees, .limit = r->cohort->mentees_max },
		{ .side = "either", .limit = MENTOR_NONE },
	};
	if (!status)
		status = count_sides(r, sides);
	for (size_t i = 0; !status && i < SIDES; i++)
		if (i + 1 < SIDES || sides[i].received)
			status = r->each(r->arg, "recruitment", &sides[i]);
	return status;
}

/* ---- recruitment by organisation or directorate ---- */

struct breakdown {
	const struct report *r;
	int64_t by; /* enum mentor_breakdown */
	struct arena memory;
	const char **names; /* empty: not stated */
	int64_t *cells;	    /* REPORT_COUNTS for each name and for the others */
	size_t *shown;
	size_t n;
	bool countable; /* how many stand together may be told */
};

static enum mentor_status allocate(struct breakdown *b, int64_t n)
{
	size_t room = (size_t)n + 1;
	b->names = arena_alloc(&b->memory, room * sizeof(*b->names));
	b->cells = arena_alloc(&b->memory, room * REPORT_COUNTS * sizeof(*b->cells));
	b->shown = arena_alloc(&b->memory, room * sizeof(*b->shown));
	return b->memory.failed ? fail_memory(b->r->m) : MENTOR_OK;
}

#define BREAKDOWN(column)                                                                                              \
	{                                                                                                              \
		"SELECT count(*) FROM (SELECT p." column " FROM enrolment e JOIN person p ON p.id = e.person_id WHERE " APPLIED("$2", "$3") \
		" GROUP BY p." column ") AS g",                                                                        \
		    "SELECT p." column ", count(*), " COUNT("e.cohort_id = $1 AND e.state = 'accepted'") ", "         \
		    COUNT("e.cohort_id = $1 AND e.state = 'accepted' AND " IN_PAIR("'active', 'completed'"))           \
		    " FROM enrolment e JOIN person p ON p.id = e.person_id WHERE " APPLIED("$2", "$3") " GROUP BY p." column       \
		    " ORDER BY p." column                                                                              \
	}
static const struct {
	const char *how_many, *counts;
} breakdown_sql[] = { BREAKDOWN("organisation"), BREAKDOWN("directorate") };

enum mentor_status report_breakdown(
    struct mentor *m, int64_t cohort, const struct mentor_period *period, int64_t by, report_breakdown_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, breakdown_sql[by].counts,
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(report_since(period)), DB_TEXT(report_until(period))), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		int64_t counts[REPORT_COUNTS];
		const char *name = db_text(rows, 0);
		for (size_t c = 0; c < REPORT_COUNTS; c++)
			counts[c] = db_number(rows, 1 + (int)c);
		status = db_whole(rows);
		if (!status)
			each(arg, name, counts);
	}
	db_done(rows);
	return status;
}

static void keep_counts(void *arg, const char *name, const int64_t counts[REPORT_COUNTS])
{
	struct breakdown *b = arg;
	b->names[b->n] = name ? arena_strdup(&b->memory, name) : "";
	memcpy(b->cells + b->n++ * REPORT_COUNTS, counts, REPORT_COUNTS * sizeof(*counts));
}

static enum mentor_status load(struct breakdown *b)
{
	const struct report *r = b->r;
	int64_t n = 0;
	enum mentor_status status = db_value(r->m, breakdown_sql[b->by].how_many,
	    DB_ARGS(DB_NUMBER(r->id), DB_TEXT(r->since), DB_TEXT(r->until)), 0, &n);
	if (!status)
		status = allocate(b, n);
	if (!status)
		status = report_breakdown(r->m, r->id, &r->period, b->by, keep_counts, b);
	return !status && b->memory.failed ? fail_memory(r->m) : status;
}

static enum mentor_status tell_row(const struct breakdown *b, size_t row, const char *name, int64_t together)
{
	static const char *const parts[] = { "by_organisation", "by_directorate" };
	const int64_t *cells = b->cells + row * REPORT_COUNTS;
	struct mentor_recruitment_row told = { name, together, cells[REPORT_RECEIVED], cells[REPORT_ACCEPTED], cells[REPORT_PAIRED],
		together == MENTOR_SUPPRESSED };
	for (size_t c = 0; c < REPORT_COUNTS; c++)
		told.suppressed |= cells[c] == MENTOR_SUPPRESSED;
	return b->r->each(b->r->arg, parts[b->by], &told);
}

static const char *usual_name(const char *name)
{
	return *name ? name : "not stated";
}

static void name_others(const struct breakdown *b, int64_t together, struct mentor_buf *name)
{
	static const char *const words[] = { "organisations", "directorates" };
	const char *which = (size_t)together < b->n ? "others" : "all";
	if (b->countable)
		mentor_buf_fmt(name, "%s (%" PRId64 " %s)", which, together, words[b->by]);
	else
		mentor_buf_fmt(name, "%s %s", which, words[b->by]);
}

static enum mentor_status tell_others(const struct breakdown *b)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	int64_t together = 0;
	for (size_t i = 0; i < b->n; i++)
		together += b->shown[i] == 0;
	if (together == 0)
		return MENTOR_OK;
	name_others(b, together, &name);
	enum mentor_status status =
	    name.failed ? fail_memory(b->r->m) :
			  tell_row(b, b->n, mentor_buf_text(&name), b->countable ? together : MENTOR_SUPPRESSED);
	mentor_buf_free(&name);
	return status;
}

static enum mentor_status publish_breakdown(struct breakdown *b)
{
	static const char *const subjects[] = { "recruitment by organisation", "recruitment by directorate" };
	const struct ledger_subject subject = { subjects[b->by], &b->r->id, 1 };
	struct ledger_table t = { b->names, b->cells, b->shown, b->n, REPORT_COUNTS, false, NULL };
	enum mentor_status status = ledger_table(b->r->m, &subject, suppress_threshold(b->r->d->privacy.min_cell), &b->memory, &t);
	b->names = t.names;
	b->cells = t.cells;
	b->shown = t.shown;
	b->n = t.rows;
	b->countable = t.countable;
	return status;
}

static enum mentor_status tell_breakdown(const struct report *r, int64_t by)
{
	struct breakdown b = { .r = r, .by = by, .memory = ARENA_INIT };
	if ((r->period.since || r->period.until) && ledger_leaves_out(r->m))
		return MENTOR_OK;
	enum mentor_status status = load(&b);
	if (!status)
		status = publish_breakdown(&b);
	for (size_t i = 0; !status && i < b.n; i++)
		if (b.shown[i])
			status = tell_row(&b, i, usual_name(b.names[i]), 1);
	if (!status)
		status = tell_others(&b);
	arena_free(&b.memory);
	return status;
}

/* What the programme's reports on recruitment are broken down by. */
static int64_t usual_breakdown(const struct definition *d)
{
	for (size_t i = 0; i < d->n_reports; i++)
		for (size_t s = 0; d->reports[i].by != MENTOR_NONE && s < d->reports[i].n_sections; s++)
			if (strcmp(d->reports[i].sections[s], "recruitment") == 0)
				return d->reports[i].by;
	return MENTOR_NONE;
}

/* ---- matching ---- */

static enum mentor_status tell_matching(const struct report *r)
{
	struct mentor_progress_matching row = { 0 };
	const struct {
		const char *sql;
		int64_t *count;
	} counts[] = {
		{ "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state = 'proposed'", &row.proposed },
		{ "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state = 'active'", &row.active },
		{ "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state = 'completed'", &row.completed },
		{ "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state = 'ended'", &row.ended },
		{ "SELECT count(*) FROM pair WHERE cohort_id = $1 AND continued_on IS NOT NULL", &row.continued },
		{ "SELECT count(*) FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'accepted' AND e.role <> "
		  "'facilitator' AND NOT " IN_PAIR("'proposed', 'active', 'completed'") " AND NOT " ENDING_RESTS("e"),
		    &row.left_over },
	};
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(counts) / sizeof(*counts); i++)
		status = db_value(r->m, counts[i].sql, DB_ARGS(DB_NUMBER(r->id)), 0, counts[i].count);
	return status ? status : r->each(r->arg, "matching", &row);
}

/* ---- what comes one by one from elsewhere ---- */

/* A part that somebody else tells. */
struct passing {
	const struct report *r;
	const char *part;
};

static enum mentor_status pass(void *arg, const void *record)
{
	const struct passing *p = arg;
	return p->r->each(p->r->arg, p->part, record);
}

static enum mentor_status tell_steps(const struct report *r)
{
	return overview_steps(r->m, r->id, &r->period, pass, &(struct passing){ r, "steps" });
}

static enum mentor_status tell_links(const struct report *r)
{
	return overview_links(r->m, r->id, r->d, pass, &(struct passing){ r, "links" });
}

static enum mentor_status tell_paces(const struct report *r)
{
	return overview_paces(r->m, r->cohort, r->d, pass, &(struct passing){ r, "paces" });
}

static enum mentor_status tell_months(const struct report *r)
{
	return overview_months(r->m, r->cohort, r->d, pass, &(struct passing){ r, "months" });
}

static enum mentor_status tell_outcome(void *arg, const void *record)
{
	const struct report *r = arg;
	const struct mentor_survey_change *change = record;
	return change->basis == MENTOR_SURVEY_NONE ? MENTOR_OK : r->each(r->arg, "outcomes", record);
}

static enum mentor_status tell_outcomes(struct report *r)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < r->d->n_surveys; i++)
		if (survey_is_comparable(&r->d->surveys[i]))
			status = mentor_survey_compare(
			    r->m, r->id, r->d->surveys[i].slug, NULL, NULL, tell_outcome, NULL, r);
	return status;
}

static enum mentor_status tell_progress(struct report *r, int64_t by)
{
	(void)by;
	enum mentor_status status = report_head(r);
	if (!status)
		status = tell_steps(r);
	if (!status)
		status = tell_recruitment(r);
	if (!status)
		status = tell_matching(r);
	if (!status)
		status = tell_links(r);
	if (!status)
		status = tell_months(r);
	if (!status)
		status = pace_each(r->m, r->cohort, r->d, pass, &(struct passing){ r, "commitment" });
	if (!status)
		status = mentor_survey_aims(r->m, r->id, pass, &(struct passing){ r, "aims" });
	return status ? status : tell_outcomes(r);
}

/* Of the register, how far its barriers have come. */
static enum mentor_status tell_counts(void *arg, const char *part, const void *record)
{
	const struct report *r = arg;
	bool any = strcmp(part, "barrier_counts") == 0 && ((const struct mentor_barrier_counts *)record)->identified > 0;
	return any ? r->each(r->arg, part, record) : MENTOR_OK;
}

static enum mentor_status tell_board(struct report *r, int64_t by)
{
	(void)by;
	enum mentor_status status = report_head(r);
	if (!status)
		status = tell_steps(r);
	if (!status)
		status = tell_paces(r);
	if (!status)
		status = tell_months(r);
	if (!status)
		status = mentor_survey_aims(r->m, r->id, pass, &(struct passing){ r, "aims" });
	return status ? status : barrier_report(r->m, r->cohort->programme_id, NULL, tell_counts, r);
}

static enum mentor_status tell_completion(struct report *r, int64_t by)
{
	(void)by;
	enum mentor_status status = report_head(r);
	if (!status)
		status = tell_steps(r);
	if (!status)
		status = tell_matching(r);
	if (!status)
		status = tell_paces(r);
	if (!status)
		status = mentor_survey_aims(r->m, r->id, pass, &(struct passing){ r, "aims" });
	return status ? status : tell_outcomes(r);
}

static enum mentor_status tell_pairs(struct report *r, int64_t by)
{
	(void)by;
	enum mentor_status status = report_head(r);
	if (!status)
		status = tell_matching(r);
	return status ? status : tell_links(r);
}

static enum mentor_status tell_changes(struct report *r, int64_t by)
{
	(void)by;
	enum mentor_status status = report_head(r);
	if (!status)
		status = mentor_survey_aims(r->m, r->id, pass, &(struct passing){ r, "aims" });
	return status ? status : tell_outcomes(r);
}

static enum mentor_status tell_applications(struct report *r, int64_t by)
{
	int64_t breakdown = by == MENTOR_NONE ? usual_breakdown(r->d) : by;
	enum mentor_status status = report_head(r);
	if (!status)
		status = tell_steps(r);
	if (!status)
		status = tell_recruitment(r);
	return status || breakdown == MENTOR_NONE ? status : tell_breakdown(r, breakdown);
}

static enum mentor_status tell_barriers(struct report *r, int64_t by)
{
	(void)by;
	enum mentor_status status = report_head(r);
	return status ? status : barrier_report(r->m, r->cohort->programme_id, &r->period, r->each, r->arg);
}

/* ---- goals and actions ---- */

static const char work_sql[] =
    "SELECT 'goals', g.side, " COUNT("g.state = 'open'") ", 0, " COUNT("g.state = 'done'") ", " COUNT("g.state = 'dropped'")
    " FROM goal g JOIN pair p ON p.id = g.pair WHERE p.cohort_id = $1 AND g.added_on >= $2 AND g.added_on <= $3 GROUP BY g.side UNION ALL "
    "SELECT 'actions', CASE WHEN a.owner IS NOT NULL THEN 'person' WHEN a.pair IS NOT NULL THEN 'pair' ELSE 'team' END AS whose, "
    COUNT("a.state = 'open'") ", " COUNT("a.state = 'open' AND a.due < $4") ", " COUNT("a.state = 'done'") ", " COUNT("a.state = 'dropped'")
    " FROM action a WHERE a.cohort_id = $1 AND a.added_on >= $2 AND a.added_on <= $3 GROUP BY whose ORDER BY 1 DESC, 2";

static enum mentor_status tell_work(struct report *r, int64_t by)
{
	struct db_rows *rows = NULL;
	bool more = true;
	(void)by;
	enum mentor_status status = report_head(r);
	if (!status)
		status = db_query(r->m, work_sql, DB_ARGS(DB_NUMBER(r->id), DB_TEXT(r->since), DB_TEXT(r->until), DB_TEXT(r->m->today)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct mentor_work_row row = { db_text(rows, 0), db_text(rows, 1), db_number(rows, 2), db_number(rows, 3), db_number(rows, 4), db_number(rows, 5) };
		status = db_whole(rows);
		if (!status)
			status = r->each(r->arg, "work", &row);
	}
	db_done(rows);
	return status;
}

/* ---- care ---- */

static const char care_sql[] =
    "SELECT c.kind, c.check_in, count(*), count(DISTINCT c.person), " COUNT("c.feeling = 'well'") ", " COUNT("c.feeling = 'some-strain'") ", "
    COUNT("c.feeling = 'needs-support'") ", count(c.signposted) FROM checkin c WHERE c.cohort_id = $1 AND c.date >= $2 AND c.date <= $3 "
    "GROUP BY c.kind, c.check_in ORDER BY min(c.date), c.kind, c.check_in";

static enum mentor_status tell_care(struct report *r, int64_t by)
{
	struct db_rows *rows = NULL;
	bool more = true;
	(void)by;
	enum mentor_status status = report_head(r);
	if (!status)
		status = db_query(r->m, care_sql, DB_ARGS(DB_NUMBER(r->id), DB_TEXT(r->since), DB_TEXT(r->until)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_care_row row = { db_text(rows, 0), db_text(rows, 1), db_number(rows, 2), db_number(rows, 3), db_number(rows, 4), db_number(rows, 5),
			db_number(rows, 6), db_number(rows, 7) };
		status = db_whole(rows);
		if (!status)
			status = r->each(r->arg, "care", &row);
	}
	db_done(rows);
	return status;
}

/* ---- lessons, remarks ---- */

static enum mentor_status tell_lesson(void *arg, const void *record)
{
	const struct report *r = arg;
	const char *day = ((const struct mentor_lesson *)record)->added_on;
	bool inside = strcmp(day, r->since) >= 0 && strcmp(day, r->until) <= 0;
	return inside ? r->each(r->arg, "lessons", record) : MENTOR_OK;
}

static enum mentor_status tell_lessons(struct report *r, int64_t by)
{
	struct mentor_buf id = MENTOR_BUF_INIT;
	(void)by;
	enum mentor_status status = report_head(r);
	mentor_buf_fmt(&id, "%" PRId64, r->id);
	const struct mentor_filter of_cohort = { "cohort_id", mentor_buf_text(&id) };
	if (!status)
		status = id.failed ? fail_memory(r->m) : mentor_record_list(r->m, &mentor_entity_lesson, &of_cohort, 1, tell_lesson, r);
	mentor_buf_free(&id);
	return status;
}

static enum mentor_status tell_remarks(struct report *r, int64_t inside)
{
	enum mentor_status status = report_head(r);
	return status ? status : remark_report(r->m, r->id, inside == 1, r->d->privacy.min_cell, r->each, r->arg);
}

const char *report_since(const struct mentor_period *period)
{
	return period && period->since ? period->since : "";
}

const char *report_until(const struct mentor_period *period)
{
	return period && period->until ? period->until : "9999-12-31";
}

enum mentor_status report_tell(
    struct mentor *m, int64_t cohort, const struct mentor_period *period, int64_t by, report_fn *all, mentor_report_fn *each, void *arg)
{
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	if (!status) {
		struct report r = { m, cohort, record, d, pace_day(m->today), period ? *period : (struct mentor_period){ NULL, NULL },
			report_since(period), report_until(period), each, arg };
		status = all(&r, by);
	}
	definition_free(d);
	mentor_record_free(record);
	return status;
}

enum mentor_status mentor_report_progress(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, NULL, MENTOR_NONE, tell_progress, each, arg);
}

enum mentor_status mentor_report_recruitment(
    struct mentor *m, int64_t cohort, const struct mentor_period *period, int64_t by, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, period, by, tell_applications, each, arg);
}

enum mentor_status mentor_report_barriers(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, period, MENTOR_NONE, tell_barriers, each, arg);
}

enum mentor_status mentor_report_actions(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, period, MENTOR_NONE, tell_work, each, arg);
}

enum mentor_status mentor_report_lessons(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, period, MENTOR_NONE, tell_lessons, each, arg);
}

enum mentor_status mentor_report_remarks(struct mentor *m, int64_t cohort, bool inside, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, NULL, inside, tell_remarks, each, arg);
}

enum mentor_status mentor_report_board(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, NULL, MENTOR_NONE, tell_board, each, arg);
}

enum mentor_status mentor_report_completion(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, NULL, MENTOR_NONE, tell_completion, each, arg);
}

enum mentor_status mentor_report_matching(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, NULL, MENTOR_NONE, tell_pairs, each, arg);
}

enum mentor_status mentor_report_outcomes(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, NULL, MENTOR_NONE, tell_changes, each, arg);
}

enum mentor_status mentor_report_care(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, period, MENTOR_NONE, tell_care, each, arg);
}
