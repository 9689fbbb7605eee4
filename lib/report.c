/* report.c: reports across a cohort, computed from its records at the context's day. */
#include "programme.h"
#include "record.h"

#include <string.h>

static const char *const paces[] = { "not-started", "on-pace", "behind", "met", "ended", NULL };

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
	{ "accepted", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(accepted), .help = "accepted" },
	{ "waiting", MENTOR_TYPE_INT, 0, NUMBER(waiting), .heading = "waiting list", .help = "on the waiting list" },
	{ "declined", MENTOR_TYPE_INT, 0, NUMBER(declined), .help = "declined" },
	{ "withdrawn", MENTOR_TYPE_INT, 0, NUMBER(withdrawn), .help = "withdrawn by the person" },
	{ "limit", MENTOR_TYPE_INT, 0, NUMBER(limit), .heading = "places", .help = "most that can be accepted" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_progress_matching, member)
const struct mentor_field mentor_progress_matching_fields[] = {
	{ "proposed", MENTOR_TYPE_INT, 0, NUMBER(proposed), .heading = "pairs proposed", .help = "pairs not yet published" },
	{ "active", MENTOR_TYPE_INT, 0, NUMBER(active), .heading = "pairs active", .help = "pairs at work" },
	{ "completed", MENTOR_TYPE_INT, 0, NUMBER(completed), .heading = "pairs completed", .help = "pairs that have finished" },
	{ "ended", MENTOR_TYPE_INT, 0, NUMBER(ended), .heading = "pairs ended early", .help = "pairs that ended before that, without fault" },
	{ "left_over", MENTOR_TYPE_INT, 0, NUMBER(left_over), .heading = "people left over", .help = "accepted people without a pair" },
	{ 0 },
};
#undef NUMBER

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_progress_pair, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_progress_pair, member)
const struct mentor_field mentor_progress_pair_fields[] = {
	{ "pair", MENTOR_TYPE_REF, MENTOR_LABEL, NUMBER(pair), .entity = "pair", .help = "the pair" },
	{ "pace", MENTOR_TYPE_CHOICE, 0, NUMBER(pace), .choices = paces, .help = "how it stands to the programme's minimum" },
	{ "sessions", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(sessions), .help = "sessions held" },
	{ "counted", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(counted), .help = "sessions long enough to count" },
	{ "due", MENTOR_TYPE_INT, 0, NUMBER(due), .heading = "due by now", .help = "sessions due by the day of the report" },
	{ "minimum", MENTOR_TYPE_INT, 0, NUMBER(minimum), .help = "sessions the programme asks for" },
	{ "usual", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(usual), .help = "sessions a contract starts with" },
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .help = "minutes of all sessions" },
	{ "last_on", MENTOR_TYPE_DAY, 0, TEXT(last_on), .heading = "last session", .help = "day of the last session" },
	{ "contract", MENTOR_TYPE_TEXT, 0, TEXT(contract), .help = "none, drafted, or signed by both" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
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

static const char *first_of(const char *a, const char *b)
{
	return a ? a : b;
}

/* The day of an ISO text, MENTOR_NONE for NULL. */
static int64_t day_of(const char *text)
{
	int64_t day = MENTOR_NONE;
	return text && mentor_day_parse(text, &day) ? day : MENTOR_NONE;
}

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
		.started_on = first_of(c->started_on, c->starts_on),
		.ends_on = c->ends_on,
		.months_passed = MENTOR_NONE,
		.contact = r->d->contact_name,
		.contact_email = r->d->contact_email };
	head.state = mentor_field_find(mentor_entity_cohort.fields, "state")->choices[c->state];
	int64_t from = day_of(head.started_on), finished = day_of(c->finished_on);
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
	struct mentor_progress_side sides[SIDES] = {
		{ .side = r->d->labels.mentors, .limit = r->cohort->mentors_max },
		{ .side = r->d->labels.mentees, .limit = r->cohort->mentees_max },
		{ .side = "either", .limit = MENTOR_NONE },
	};
	enum mentor_status status = count_sides(r, sides);
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
		{ "SELECT count(*) FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'accepted' AND e.role <> "
		  "'facilitator' AND NOT EXISTS "
		  "(SELECT 1 FROM pair p WHERE e.id IN (p.mentor_id, p.mentee_id) AND p.state IN ('proposed', "
		  "'active', 'completed'))",
		    &row.left_over },
	};
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(counts) / sizeof(*counts); i++)
		status = db_value(r->m, counts[i].sql, DB_ARGS(DB_NUMBER(r->id)), 0, counts[i].count);
	return status ? status : r->each(r->arg, "matching", &row);
}

/* ---- commitment ---- */

/* When the pair works together, as days. */
struct span {
	int64_t from, to;
};

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* MENTOR_NONE is the smallest number there is */
}

static struct span span_of(const struct report *r, const char *published, const char *starts, const char *ends)
{
	struct span span = { day_of(starts), day_of(first_of(ends, r->cohort->ends_on)) };
	if (span.from == MENTOR_NONE)
		span.from = later(day_of(first_of(r->cohort->started_on, r->cohort->starts_on)), day_of(published));
	if (span.from == MENTOR_NONE)
		span.from = r->day;
	if (span.to == MENTOR_NONE)
		span.to = mentor_day_add_months(span.from, (int)r->d->cohort.months);
	return span;
}

static int64_t due_by(int64_t minimum, struct span span, int64_t day)
{
	if (minimum == MENTOR_NONE)
		return MENTOR_NONE;
	if (day <= span.from)
		return 0;
	return day >= span.to ? minimum : minimum * (day - span.from) / (span.to - span.from);
}

static enum mentor_pace pace_of(const struct mentor_progress_pair *row, bool ended)
{
	if (row->minimum != MENTOR_NONE && row->counted >= row->minimum)
		return MENTOR_PACE_MET;
	if (ended)
		return MENTOR_PACE_ENDED;
	if (row->due != MENTOR_NONE && row->counted < row->due)
		return MENTOR_PACE_BEHIND;
	return row->sessions == 0 ? MENTOR_PACE_NOT_STARTED : MENTOR_PACE_ON_PACE;
}

static enum mentor_status tell_pair(const struct report *r, const struct db_rows *rows)
{
	const struct def_range *sessions = &r->d->contract.sessions;
	bool drafted = db_text(rows, 5), both = db_text(rows, 6) && db_text(rows, 7);
	struct mentor_progress_pair row = { .pair = db_number(rows, 0),
		.minimum = sessions->minimum,
		.usual = sessions->usual,
		.contract = !drafted ? "none"
			    : both   ? "signed"
				     : "drafted",
		.sessions = db_number(rows, 8),
		.counted = db_number(rows, 9),
		.minutes = db_number(rows, 10),
		.last_on = db_text(rows, 11) };
	bool ended = strcmp(db_text(rows, 1), "ended") == 0;
	struct span span = span_of(r, db_text(rows, 2), db_text(rows, 3), db_text(rows, 4));
	row.due = ended ? MENTOR_NONE : due_by(row.minimum, span, r->day);
	row.pace = pace_of(&row, ended);
	return r->each(r->arg, "commitment", &row);
}

static enum mentor_status tell_commitment(const struct report *r)
{
	int64_t shortest = r->d->contract.minutes.minimum;
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(r->m,
	    "SELECT p.id, p.state, p.published_on, c.starts_on, c.ends_on, c.drafted_on, c.mentor_signed_on, "
	    "c.mentee_signed_on, "
	    "coalesce(s.held, 0), coalesce(s.counted, 0), coalesce(s.minutes, 0), s.last_on "
	    "FROM pair p LEFT JOIN contract c ON c.pair_id = p.id LEFT JOIN (SELECT t.pair_id, count(*) AS held, "
	    "sum(CASE WHEN t.minutes >= $1 THEN 1 ELSE 0 END) AS counted, sum(t.minutes) AS minutes, max(t.date) AS "
	    "last_on "
	    "FROM session t JOIN pair q ON q.id = t.pair_id WHERE t.date <= $2 AND q.cohort_id = $3 GROUP BY "
	    "t.pair_id) s ON s.pair_id = p.id "
	    "WHERE p.cohort_id = $3 AND p.state <> 'proposed' ORDER BY p.id",
	    DB_ARGS(DB_NUMBER(shortest == MENTOR_NONE ? 0 : shortest), DB_TEXT(r->m->today), DB_NUMBER(r->id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = tell_pair(r, rows);
	db_done(rows);
	return status;
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

/* Whether both the first and the last stage of a survey have answers. */
static enum mentor_status is_comparable(const struct report *r, const struct def_survey *s, bool *ret)
{
	int64_t stages = 0;
	enum mentor_status status = MENTOR_OK;
	if (s->n_stages > 1)
		status = db_value(r->m,
		    "SELECT count(DISTINCT stage) FROM response WHERE cohort_id = $1 AND survey = $2 AND stage IN ($3, "
		    "$4)",
		    DB_ARGS(
			DB_NUMBER(r->id), DB_TEXT(s->slug), DB_TEXT(s->stages[0]), DB_TEXT(s->stages[s->n_stages - 1])),
		    0, &stages);
	*ret = stages == 2;
	return status;
}

static enum mentor_status tell_outcomes(struct report *r, mentor_record_fn *each, mentor_record_fn *each_aim)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < r->d->n_surveys; i++) {
		bool comparable = false;
		status = is_comparable(r, &r->d->surveys[i], &comparable);
		if (!status && comparable)
			status =
			    mentor_survey_compare(r->m, r->id, r->d->surveys[i].slug, NULL, NULL, each, each_aim, r);
	}
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
		status = tell_commitment(r);
	if (!status)
		status = tell_outcomes(r, NULL, tell_aim);
	return status ? status : tell_outcomes(r, tell_outcome, NULL);
}

enum mentor_status mentor_report_progress(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	if (!status) {
		struct report r = { m, cohort, record, d, day_of(m->today), each, arg };
		status = tell_all(&r);
	}
	definition_free(d);
	mentor_record_free(record);
	return status;
}
