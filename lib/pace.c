/* pace.c: what the pairs of a cohort have done, and how that stands to what the programme asks. */
#include "pace.h"

#include "contract.h"
#include "record.h"

#include <string.h>

const char *const pace_words[] = { "not-started", "on-pace", "behind", "met", "ended", NULL };

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_progress_pair, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_progress_pair, member)
const struct mentor_field mentor_progress_pair_fields[] = {
	{ "pair", MENTOR_TYPE_REF, MENTOR_LABEL, NUMBER(pair), .entity = "pair", .help = "the pair" },
	{ "pace", MENTOR_TYPE_CHOICE, 0, NUMBER(pace), .choices = pace_words, .help = "how it stands to the programme's minimum" },
	{ "sessions", MENTOR_TYPE_INT, 0, NUMBER(sessions), .help = "sessions held" },
	{ "counted", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(counted), .help = "sessions long enough to count, and held once both had signed where the programme says so" },
	{ "shortest", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(shortest), .help = "minutes from which a session counts" },
	{ "from_signing", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(from_signing), .help = "whether sessions count only from the day on which both had signed" },
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

/* ---- what a pair has done ---- */

/* One walk over the pairs of a cohort. */
struct walk {
	const struct mentor_cohort *cohort;
	const struct definition *d;
	int64_t day;
	pace_fn *each;
	void *arg;
};

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* MENTOR_NONE is the smallest number there is */
}

static struct pace_span span_of(const struct walk *w, const char *published, const char *starts, const char *ends)
{
	struct pace_span span = { pace_day(starts), pace_day(first_of(ends, w->cohort->ends_on)) };
	if (span.from == MENTOR_NONE)
		span.from = later(pace_day(first_of(w->cohort->started_on, w->cohort->starts_on)), pace_day(published));
	if (span.from == MENTOR_NONE)
		span.from = w->day;
	if (span.to == MENTOR_NONE)
		span.to = mentor_day_last_of(span.from, (int)w->d->cohort.months);
	return span;
}

/* The columns of a pair, in the order of the query. */
enum { ID, STATE, PUBLISHED, ENDED, MENTOR, MENTEE, STARTS, ENDS, DRAFTED, MENTOR_SIGNED, MENTEE_SIGNED, HELD, COUNTED, MINUTES, LAST, PLANNED, OVERDUE, MOVES, BY_MENTOR, BY_MENTEE, BY_TEAM,
	MENTOR_SHADOWED, MENTEE_SHADOWED, MENTOR_PART, MENTEE_PART, REFLECTIONS };

#define SUM(condition) "sum(CASE WHEN " condition " THEN 1 ELSE 0 END)"
#define OR_0(column) "coalesce(" column ", 0), "
static const char pairs_sql[] =
    "SELECT p.id, p.state, p.published_on, p.ended_on, a.person_id, b.person_id, c.starts_on, c.ends_on, c.drafted_on, c.mentor_signed_on, c.mentee_signed_on, "
    OR_0("s.held") OR_0("s.counted") OR_0("s.minutes") "s.last_on, " OR_0("s.planned") OR_0("s.overdue") OR_0("s.moves") OR_0("s.by_mentor") OR_0("s.by_mentee") OR_0("s.by_team")
    OR_0("h.mentor_all") OR_0("h.mentee_all") OR_0("h.mentor_part") OR_0("h.mentee_part")
    "(SELECT count(*) FROM reflection f WHERE f.pair_id = p.id AND f.date <= $1) "
    "FROM pair p JOIN enrolment a ON a.id = p.mentor_id JOIN enrolment b ON b.id = p.mentee_id LEFT JOIN contract_in_force c ON c.pair_id = p.id "
    "LEFT JOIN (SELECT t.pair_id, " SUM("t.date <= $1 AND t.minutes IS NOT NULL") " AS held, " SUM("t.date <= $1 AND t.minutes >= $2 AND " CONTRACT_COUNTS("$3", "t.date", "t.pair_id")) " AS counted, "
    "sum(CASE WHEN t.date <= $1 THEN t.minutes ELSE 0 END) AS minutes, max(CASE WHEN t.date <= $1 AND t.minutes IS NOT NULL THEN t.date END) AS last_on, "
    SUM("t.minutes IS NULL AND t.cancelled_by IS NULL AND t.date >= $1") " AS planned, " SUM("t.minutes IS NULL AND t.cancelled_by IS NULL AND t.date < $1") " AS overdue, "
    "sum(t.moves) AS moves, " SUM("t.cancelled_by = 'mentor'") " AS by_mentor, " SUM("t.cancelled_by = 'mentee'") " AS by_mentee, " SUM("t.cancelled_by = 'team'") " AS by_team "
    "FROM pair q JOIN session t ON t.pair_id = q.id WHERE q.cohort_id = $4 GROUP BY t.pair_id) s ON s.pair_id = p.id "
    "LEFT JOIN (SELECT t.pair_id, " SUM("t.side = 'mentor'") " AS mentor_all, " SUM("t.side = 'mentee'") " AS mentee_all, "
    SUM("t.side = 'mentor' AND t.part <> $5") " AS mentor_part, " SUM("t.side = 'mentee' AND t.part <> $5") " AS mentee_part "
    "FROM pair q JOIN shadowing t ON t.pair_id = q.id WHERE q.cohort_id = $4 AND t.date <= $1 GROUP BY t.pair_id) h ON h.pair_id = p.id "
    "WHERE p.cohort_id = $4 AND p.state <> 'proposed' ORDER BY p.id";

static enum mentor_status tell(const struct walk *w, const struct db_rows *rows)
{
	bool drafted = db_text(rows, DRAFTED), both = db_text(rows, MENTOR_SIGNED) && db_text(rows, MENTEE_SIGNED);
	const struct pace_pair pair = { .pair = db_number(rows, ID),
		.person = { db_number(rows, MENTOR), db_number(rows, MENTEE) },
		.over = strcmp(db_text(rows, STATE), "active") != 0,
		.ended = strcmp(db_text(rows, STATE), "ended") == 0,
		.span = span_of(w, db_text(rows, PUBLISHED), db_text(rows, STARTS), db_text(rows, ENDS)),
		.stopped = pace_day(db_text(rows, ENDED)),
		.held = db_number(rows, HELD),
		.counted = db_number(rows, COUNTED),
		.minutes = db_number(rows, MINUTES),
		.last_on = db_text(rows, LAST),
		.planned = db_number(rows, PLANNED),
		.overdue = db_number(rows, OVERDUE),
		.moves = db_number(rows, MOVES),
		.cancelled = { db_number(rows, BY_MENTOR), db_number(rows, BY_MENTEE), db_number(rows, BY_TEAM) },
		.shadowed = { db_number(rows, MENTOR_SHADOWED), db_number(rows, MENTEE_SHADOWED) },
		.took_part = { db_number(rows, MENTOR_PART), db_number(rows, MENTEE_PART) },
		.reflections = db_number(rows, REFLECTIONS),
		.contract = !drafted ? "none" : both ? "signed" : "drafted" };
	return w->each(w->arg, &pair);
}

/* The part that does not count; no part is called by the second word. */
static const char *idle_part(const struct definition *d)
{
	return d->contract.shadowed_counts == MENTOR_PART_CONTRIBUTED ? "observed" : "none";
}

enum mentor_status pace_walk(struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d, pace_fn *each, void *arg)
{
	const struct walk w = { cohort, d, pace_day(m->today), each, arg };
	int64_t shortest = d->contract.minutes.minimum;
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, pairs_sql,
	    DB_ARGS(DB_TEXT(m->today), DB_NUMBER(shortest == MENTOR_NONE ? 0 : shortest), DB_NUMBER(d->contract.counts), DB_NUMBER(cohort->id), DB_TEXT(idle_part(d))), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = tell(&w, rows);
	db_done(rows);
	return status;
}

/* ---- how that stands ---- */

int64_t pace_due(int64_t minimum, struct pace_span span, int64_t day)
{
	if (minimum == MENTOR_NONE)
		return MENTOR_NONE;
	if (day <= span.from)
		return 0;
	return day >= span.to ? minimum : minimum * (day - span.from) / (span.to - span.from);
}

bool pace_asks(const struct def_range *range)
{
	return range->minimum != MENTOR_NONE || range->usual != MENTOR_NONE || range->maximum != MENTOR_NONE;
}

bool pace_has_shadowing(const struct definition *d)
{
	return pace_asks(&d->contract.shadowed);
}

bool pace_takes_little_part(const struct pace_pair *pair, size_t side, const struct definition *d, int64_t day)
{
	int64_t due = pace_due(d->contract.shadowed.minimum, pair->span, day);
	bool only_looked_on = pair->shadowed[side] > 0 && pair->took_part[side] == 0;
	return pace_has_shadowing(d) && !pair->over && (only_looked_on || (due != MENTOR_NONE && pair->took_part[side] < due));
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

struct progress {
	const struct definition *d;
	int64_t day;
	mentor_record_fn *each;
	void *arg;
};

static enum mentor_status tell_progress(void *arg, const struct pace_pair *pair)
{
	const struct progress *p = arg;
	const struct def_range *sessions = &p->d->contract.sessions;
	struct mentor_progress_pair row = { .pair = pair->pair,
		.minimum = sessions->minimum,
		.usual = sessions->usual,
		.shortest = p->d->contract.minutes.minimum,
		.from_signing = p->d->contract.counts == DEF_COUNTS_FROM_SIGNING,
		.contract = pair->contract,
		.sessions = pair->held,
		.counted = pair->counted,
		.minutes = pair->minutes,
		.last_on = pair->last_on,
		.due = pair->ended ? MENTOR_NONE : pace_due(sessions->minimum, pair->span, p->day) };
	row.pace = pace_of(&row, pair->over);
	return p->each(p->arg, &row);
}

enum mentor_status pace_each(
    struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d, mentor_record_fn *each, void *arg)
{
	struct progress p = { d, pace_day(m->today), each, arg };
	return pace_walk(m, cohort, d, tell_progress, &p);
}

/* ---- counting for the to-do list ---- */

struct count {
	const struct definition *d;
	int64_t day, n;
};

static enum mentor_status count_behind(void *arg, const struct pace_pair *pair)
{
	struct count *c = arg;
	int64_t due = pace_due(c->d->contract.sessions.minimum, pair->span, c->day);
	c->n += !pair->over && due != MENTOR_NONE && pair->counted < due;
	return MENTOR_OK;
}

static enum mentor_status count_little_part(void *arg, const struct pace_pair *pair)
{
	struct count *c = arg;
	for (size_t side = 0; side < PACE_SIDES; side++)
		c->n += pace_takes_little_part(pair, side, c->d, c->day);
	return MENTOR_OK;
}

static bool asks_for_sessions(const struct definition *d)
{
	return d->contract.sessions.minimum != MENTOR_NONE;
}

/* Where the programme does not ask for it there is nothing to count. */
static enum mentor_status count_pairs(struct mentor *m, int64_t cohort, bool (*asks)(const struct definition *d), pace_fn *each, int64_t *ret_n)
{
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	struct count c = { d, pace_day(m->today), 0 };
	if (!status && asks(d))
		status = pace_walk(m, record, d, each, &c);
	definition_free(d);
	mentor_record_free(record);
	if (!status)
		*ret_n = c.n;
	return status;
}

enum mentor_status pace_behind(struct mentor *m, int64_t cohort, int64_t *ret_n)
{
	return count_pairs(m, cohort, asks_for_sessions, count_behind, ret_n);
}

enum mentor_status pace_little_part(struct mentor *m, int64_t cohort, int64_t *ret_n)
{
	return count_pairs(m, cohort, pace_has_shadowing, count_little_part, ret_n);
}
