/* report.c: reports across a cohort, computed from its records at the context's day. */
#include "ending.h"
#include "labels.h"
#include "pace.h"
#include "record.h"
#include "survey.h"

#include <string.h>

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

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_progress_side, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_progress_side, member)
const struct mentor_field mentor_progress_side_fields[] = {
	{ "side", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(side), .help = "what the programme calls the side" },
	{ "received", MENTOR_TYPE_INT, 0, NUMBER(received), .heading = "applications", .help = "applications, whatever became of them" },
	{ "undecided", MENTOR_TYPE_INT, 0, NUMBER(undecided), .help = "waiting for a decision" },
	{ "accepted", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(accepted), .help = "people accepted" },
	{ "waiting", MENTOR_TYPE_INT, 0, NUMBER(waiting), .heading = "waiting list", .help = "on the waiting list" },
	{ "declined", MENTOR_TYPE_INT, 0, NUMBER(declined), .help = "declined" },
	{ "withdrawn", MENTOR_TYPE_INT, 0, NUMBER(withdrawn), .help = "withdrawn by the person" },
	{ "limit", MENTOR_TYPE_INT, MENTOR_CHART_MARK, NUMBER(limit), .heading = "places", .help = "most people that can be accepted" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

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

/* clang-format on */

/* One report being made. */
struct report {
	struct mentor *m;
	int64_t id; /* of the cohort */
	const struct mentor_cohort *cohort;
	const struct definition *d;
	int64_t day;
	mentor_report_fn *each;
	void *arg;
};

/* ---- head ---- */

static int64_t months_between(int64_t from, int64_t to)
{
	int months = 0;
	while (mentor_day_add_months(from, months + 1) <= to)
		months++;
	return months;
}

static enum mentor_status tell_head(const struct report *r)
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
	return r->each(r->arg, "head", &head);
}

/* ---- recruitment and matching ---- */

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

static enum mentor_status count_sides(const struct report *r, struct mentor_progress_side sides[SIDES])
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status =
	    db_query(r->m, "SELECT role, state, count(*) FROM enrolment WHERE cohort_id = $1 GROUP BY role, state",
		DB_ARGS(DB_NUMBER(r->id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		for (size_t i = 0; i < SIDES; i++) {
			if (strcmp(db_text(rows, 0), side_roles[i]) != 0)
				continue;
			sides[i].received += db_number(rows, 2);
			*side_count(&sides[i], db_text(rows, 1)) += db_number(rows, 2);
		}
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
		  "'facilitator' AND NOT EXISTS "
		  "(SELECT 1 FROM pair p WHERE e.id IN (p.mentor_id, p.mentee_id) AND p.state IN ('proposed', "
		  "'active', 'completed')) AND NOT " ENDING_RESTS("e"),
		    &row.left_over },
	};
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(counts) / sizeof(*counts); i++)
		status = db_value(r->m, counts[i].sql, DB_ARGS(DB_NUMBER(r->id)), 0, counts[i].count);
	return status ? status : r->each(r->arg, "matching", &row);
}

/* ---- commitment ---- */

static enum mentor_status tell_pair(void *arg, const void *record)
{
	const struct report *r = arg;
	return r->each(r->arg, "commitment", record);
}

/* ---- outcomes ---- */

static enum mentor_status tell_aim(void *arg, const void *record)
{
	const struct report *r = arg;
	return r->each(r->arg, "aims", record);
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

static enum mentor_status tell_all(struct report *r)
{
	enum mentor_status status = tell_head(r);
	if (!status)
		status = tell_recruitment(r);
	if (!status)
		status = tell_matching(r);
	if (!status)
		status = pace_each(r->m, r->cohort, r->d, tell_pair, r);
	if (!status)
		status = mentor_survey_aims(r->m, r->id, tell_aim, r);
	return status ? status : tell_outcomes(r);
}

enum mentor_status mentor_report_progress(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	if (!status) {
		struct report r = { m, cohort, record, d, pace_day(m->today), each, arg };
		status = tell_all(&r);
	}
	definition_free(d);
	mentor_record_free(record);
	return status;
}
