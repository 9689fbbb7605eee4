/* pace.c: how the pairs of a cohort stand to the programme's minimum of sessions. */
#include "pace.h"

#include "record.h"

#include <string.h>

static const char *const paces[] = { "not-started", "on-pace", "behind", "met", "ended", NULL };

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_progress_pair, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_progress_pair, member)
const struct mentor_field mentor_progress_pair_fields[] = {
	{ "pair", MENTOR_TYPE_REF, MENTOR_LABEL, NUMBER(pair), .entity = "pair", .help = "the pair" },
	{ "pace", MENTOR_TYPE_CHOICE, 0, NUMBER(pace), .choices = paces, .help = "how it stands to the programme's minimum" },
	{ "sessions", MENTOR_TYPE_INT, 0, NUMBER(sessions), .help = "sessions held" },
	{ "counted", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(counted), .help = "sessions long enough to count" },
	{ "shortest", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(shortest), .help = "minutes from which a session counts" },
	{ "due", MENTOR_TYPE_INT, 0, NUMBER(due), .heading = "due by now", .help = "sessions due by the day of the report" },
	{ "minimum", MENTOR_TYPE_INT, MENTOR_CHART_MARK, NUMBER(minimum), .help = "sessions the programme asks for" },
	{ "usual", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(usual), .help = "sessions a contract starts with" },
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .help = "minutes of all sessions" },
	{ "last_on", MENTOR_TYPE_DAY, 0, TEXT(last_on), .heading = "last session", .help = "day of the last session" },
	{ "contract", MENTOR_TYPE_TEXT, 0, TEXT(contract), .help = "none, drafted, or signed by both" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

int64_t pace_day(const char *text)
{
	int64_t day = MENTOR_NONE;
	return text && mentor_day_parse(text, &day) ? day : MENTOR_NONE;
}

static const char *first_of(const char *a, const char *b)
{
	return a ? a : b;
}

/* One walk over the pairs of a cohort. */
struct walk {
	const struct mentor_cohort *cohort;
	const struct definition *d;
	int64_t day;
	mentor_record_fn *each;
	void *arg;
};

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* MENTOR_NONE is the smallest number there is */
}

struct pace_span pace_span(const struct mentor_cohort *cohort, const struct definition *d, int64_t day, const char *published,
    const char *starts, const char *ends)
{
	struct pace_span span = { pace_day(starts), pace_day(first_of(ends, cohort->ends_on)) };
	if (span.from == MENTOR_NONE)
		span.from = later(pace_day(first_of(cohort->started_on, cohort->starts_on)), pace_day(published));
	if (span.from == MENTOR_NONE)
		span.from = day;
	if (span.to == MENTOR_NONE)
		span.to = mentor_day_last_of(span.from, (int)d->cohort.months);
	return span;
}

int64_t pace_due(int64_t minimum, struct pace_span span, int64_t day)
{
	if (minimum == MENTOR_NONE)
		return MENTOR_NONE;
	if (day <= span.from)
		return 0;
	return day >= span.to ? minimum : minimum * (day - span.from) / (span.to - span.from);
}

static enum mentor_pace pace_of(const struct mentor_progress_pair *row, bool over)
{
	if (row->minimum != MENTOR_NONE && row->counted >= row->minimum)
		return MENTOR_PACE_MET;
	if (over)
		return MENTOR_PACE_ENDED;
	if (row->due != MENTOR_NONE && row->counted < row->due)
		return MENTOR_PACE_BEHIND;
	return row->sessions == 0 ? MENTOR_PACE_NOT_STARTED : MENTOR_PACE_ON_PACE;
}

static enum mentor_status tell_pair(const struct walk *w, const struct db_rows *rows)
{
	const struct def_range *sessions = &w->d->contract.sessions;
	bool drafted = db_text(rows, 5), both = db_text(rows, 6) && db_text(rows, 7);
	struct mentor_progress_pair row = { .pair = db_number(rows, 0),
		.minimum = sessions->minimum,
		.usual = sessions->usual,
		.shortest = w->d->contract.minutes.minimum,
		.contract = !drafted ? "none"
			    : both   ? "signed"
				     : "drafted",
		.sessions = db_number(rows, 8),
		.counted = db_number(rows, 9),
		.minutes = db_number(rows, 10),
		.last_on = db_text(rows, 11) };
	bool ended = strcmp(db_text(rows, 1), "ended") == 0, over = strcmp(db_text(rows, 1), "active") != 0;
	struct pace_span span = pace_span(w->cohort, w->d, w->day, db_text(rows, 2), db_text(rows, 3), db_text(rows, 4));
	row.due = ended ? MENTOR_NONE : pace_due(row.minimum, span, w->day);
	row.pace = pace_of(&row, over);
	return w->each(w->arg, &row);
}

enum mentor_status pace_each(
    struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d, mentor_record_fn *each, void *arg)
{
	const struct walk w = { cohort, d, pace_day(m->today), each, arg };
	int64_t shortest = d->contract.minutes.minimum;
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m,
	    "SELECT p.id, p.state, p.published_on, c.starts_on, c.ends_on, c.drafted_on, c.mentor_signed_on, "
	    "c.mentee_signed_on, "
	    "coalesce(s.held, 0), coalesce(s.counted, 0), coalesce(s.minutes, 0), s.last_on "
	    "FROM pair p LEFT JOIN contract c ON c.pair_id = p.id LEFT JOIN (SELECT t.pair_id, count(*) AS held, "
	    "sum(CASE WHEN t.minutes >= $1 THEN 1 ELSE 0 END) AS counted, sum(t.minutes) AS minutes, max(t.date) AS "
	    "last_on "
	    "FROM session t JOIN pair q ON q.id = t.pair_id WHERE t.date <= $2 AND q.cohort_id = $3 GROUP BY "
	    "t.pair_id) s ON s.pair_id = p.id "
	    "WHERE p.cohort_id = $3 AND p.state <> 'proposed' ORDER BY p.id",
	    DB_ARGS(DB_NUMBER(shortest == MENTOR_NONE ? 0 : shortest), DB_TEXT(m->today), DB_NUMBER(cohort->id)),
	    &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = tell_pair(&w, rows);
	db_done(rows);
	return status;
}

static enum mentor_status count_behind(void *arg, const void *record)
{
	int64_t *n = arg;
	*n += ((const struct mentor_progress_pair *)record)->pace == MENTOR_PACE_BEHIND;
	return MENTOR_OK;
}

enum mentor_status pace_behind(struct mentor *m, int64_t cohort, int64_t *ret_n)
{
	struct definition *d = NULL;
	void *record = NULL;
	int64_t n = 0;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = pace_each(m, record, d, count_behind, &n);
	definition_free(d);
	mentor_record_free(record);
	if (!status)
		*ret_n = n;
	return status;
}
