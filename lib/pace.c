/* pace.c: what the pairs of a cohort have done, and how that stands to what the programme asks. */
#include "pace.h"

#include "contract.h"
#include "record.h"

#include <stdio.h>
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
	const char *today;
	int64_t day, shortest; /* minutes from which a session counts */
	pace_fn *each;
	void *arg;
};

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b; /* MENTOR_NONE is the smallest number there is */
}

static struct pace_span span_of(const struct walk *w, const char *published, struct pace_span agreed)
{
	struct pace_span span = agreed;
	if (span.to == MENTOR_NONE)
		span.to = pace_day(w->cohort->ends_on);
	if (span.from == MENTOR_NONE)
		span.from = later(pace_day(first_of(w->cohort->started_on, w->cohort->starts_on)), pace_day(published));
	if (span.from == MENTOR_NONE)
		span.from = w->day;
	if (span.to == MENTOR_NONE)
		span.to = mentor_day_last_of(span.from, (int)w->d->cohort.months);
	return span;
}

/* What is read of a cohort: lists in the order of its pairs, walked side by side. Joined in one query the sessions would be stored and searched. */
enum { PAIRS, CONTRACTS, SESSIONS, SHADOWINGS, REFLECTIONS, LISTS };

/* Their columns, in the order of the queries. */
enum { ID, STATE, PUBLISHED, ENDED, MENTOR_ENROLMENT, MENTEE_ENROLMENT, MENTOR, MENTEE };
enum { DRAFTED = 1, STARTS, ENDS, MENTOR_SIGNED, MENTEE_SIGNED };
enum { DATE = 1, MINUTES, CANCELLED_BY, MOVES, COUNTS };
enum { MENTOR_SHADOWED = 1, MENTEE_SHADOWED, MENTOR_PART, MENTEE_PART };
enum { WRITTEN = 1 };

#define COUNT(condition) "count(CASE WHEN " condition " THEN 1 END)"
static const char pairs_sql[] =
    "SELECT p.id, p.state, p.published_on, p.ended_on, a.id, b.id, a.person_id, b.person_id "
    "FROM pair p JOIN enrolment a ON a.id = p.mentor_id JOIN enrolment b ON b.id = p.mentee_id "
    "WHERE p.cohort_id = $1 AND p.state <> 'proposed' ORDER BY p.id";
static const char contracts_sql[] =
    "SELECT q.id, c.drafted_on, c.starts_on, c.ends_on, c.mentor_signed_on, c.mentee_signed_on FROM pair q JOIN contract c ON c.pair_id = q.id "
    "WHERE q.cohort_id = $1 ORDER BY q.id, c.version";
/* One by one: to add them up here takes a third of the time that a query needs for it. */
static const char sessions_sql[] =
    "SELECT q.id, t.date, t.minutes, t.cancelled_by, t.moves, " CONTRACT_COUNTS("$1", "t.date", "q.id")
    " FROM pair q JOIN session t ON t.pair_id = q.id WHERE q.cohort_id = $2 ORDER BY q.id";
static const char shadowings_sql[] =
    "SELECT q.id, " COUNT("t.side = 'mentor'") ", " COUNT("t.side = 'mentee'") ", " COUNT("t.side = 'mentor' AND t.part <> $1") ", "
    COUNT("t.side = 'mentee' AND t.part <> $1")
    " FROM pair q JOIN shadowing t ON t.pair_id = q.id WHERE q.cohort_id = $2 AND t.date <= $3 GROUP BY q.id ORDER BY q.id";
static const char reflections_sql[] =
    "SELECT q.id, count(*) FROM pair q JOIN reflection t ON t.pair_id = q.id WHERE q.cohort_id = $1 AND t.date <= $2 GROUP BY q.id ORDER BY q.id";

struct list {
	struct db_rows *rows;
	bool more, is_pair; /* whether its row is of the pair that is looked at */
};

static bool is_of(const struct list *l, int64_t pair)
{
	return l->more && db_number(l->rows, ID) == pair;
}

/* Goes on to the row of a pair, if the list has one. */
static enum mentor_status reach(struct list *l, int64_t pair)
{
	enum mentor_status status = MENTOR_OK;
	while (!status && l->more && db_number(l->rows, ID) < pair)
		status = db_next(l->rows, &l->more);
	l->is_pair = !status && is_of(l, pair);
	return status;
}

static int64_t number(const struct list *l, int column)
{
	return l->is_pair ? db_number(l->rows, column) : 0;
}

static bool is_signed(const struct pace_contract *c)
{
	return c->signed_by[0] && c->signed_by[1];
}

/* Of all versions the one in force, as the view contract_in_force has it: the newest that both have signed, else the newest. */
static enum mentor_status add_contract(struct list *contracts, struct pace_pair *pair)
{
	enum mentor_status status = reach(contracts, pair->pair);
	for (; !status && is_of(contracts, pair->pair); status = db_next(contracts->rows, &contracts->more)) {
		const struct db_rows *rows = contracts->rows;
		pair->newest = (struct pace_contract){ pace_day(db_text(rows, DRAFTED)), { db_text(rows, MENTOR_SIGNED), db_text(rows, MENTEE_SIGNED) } };
		if (is_signed(&pair->in_force) && !is_signed(&pair->newest))
			continue;
		pair->in_force = pair->newest;
		pair->span = (struct pace_span){ pace_day(db_text(rows, STARTS)), pace_day(db_text(rows, ENDS)) };
	}
	return status;
}

/* A session that was held, is to come, has passed and is not logged, or was cancelled. `last` is behind pair->last_on. */
static void add_session(const struct walk *w, const struct db_rows *rows, struct pace_pair *pair, char last[11])
{
	static const char *const cancellers[PACE_SIDES + 2] = { "mentor", "mentee", "team", NULL };
	const char *date = db_text(rows, DATE);
	int64_t minutes = db_number(rows, MINUTES), canceller = field_choice(cancellers, db_text(rows, CANCELLED_BY));
	int against = strcmp(date, w->today);
	pair->moves += db_number(rows, MOVES);
	if (canceller != MENTOR_NONE) {
		pair->cancelled[canceller]++;
	} else if (minutes == MENTOR_NONE) {
		pair->planned += against >= 0;
		pair->overdue += against < 0;
	} else if (against <= 0) {
		pair->held++;
		pair->minutes += minutes;
		pair->counted += minutes >= w->shortest && db_number(rows, COUNTS) > 0;
		if (!pair->last_on || strcmp(date, last) > 0)
			snprintf(last, 11, "%s", date);
		pair->last_on = last;
	}
}

static enum mentor_status add_sessions(const struct walk *w, struct list *sessions, struct pace_pair *pair, char last[11])
{
	enum mentor_status status = reach(sessions, pair->pair);
	while (!status && is_of(sessions, pair->pair)) {
		add_session(w, sessions->rows, pair, last);
		status = db_next(sessions->rows, &sessions->more);
	}
	return status;
}

static enum mentor_status tell(const struct walk *w, struct list *lists)
{
	const struct db_rows *rows = lists[PAIRS].rows;
	struct list *shadowings = &lists[SHADOWINGS], *reflections = &lists[REFLECTIONS];
	char last[11] = "";
	enum mentor_status status = reach(shadowings, db_number(rows, ID));
	if (!status)
		status = reach(reflections, db_number(rows, ID));
	struct pace_pair pair = { .pair = db_number(rows, ID),
		.enrolment = { db_number(rows, MENTOR_ENROLMENT), db_number(rows, MENTEE_ENROLMENT) },
		.person = { db_number(rows, MENTOR), db_number(rows, MENTEE) },
		.over = strcmp(db_text(rows, STATE), "active") != 0,
		.ended = strcmp(db_text(rows, STATE), "ended") == 0,
		.span = { MENTOR_NONE, MENTOR_NONE },
		.in_force = { .drafted_on = MENTOR_NONE },
		.newest = { .drafted_on = MENTOR_NONE },
		.stopped = pace_day(db_text(rows, ENDED)),
		.shadowed = { number(shadowings, MENTOR_SHADOWED), number(shadowings, MENTEE_SHADOWED) },
		.took_part = { number(shadowings, MENTOR_PART), number(shadowings, MENTEE_PART) },
		.reflections = number(reflections, WRITTEN) };
	if (!status)
		status = add_contract(&lists[CONTRACTS], &pair);
	pair.span = span_of(w, db_text(rows, PUBLISHED), pair.span);
	pair.contract = pair.in_force.drafted_on == MENTOR_NONE ? "none" : is_signed(&pair.in_force) ? "signed" : "drafted";
	if (!status)
		status = add_sessions(w, &lists[SESSIONS], &pair, last);
	return status ? status : w->each(w->arg, &pair);
}

/* The part that does not count; no part is called by the second word. */
static const char *idle_part(const struct definition *d)
{
	return d->contract.shadowed_counts == MENTOR_PART_CONTRIBUTED ? "observed" : "none";
}

enum mentor_status pace_walk(struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d, pace_fn *each, void *arg)
{
	int64_t shortest = d->contract.minutes.minimum;
	const struct walk w = { cohort, d, m->today, pace_day(m->today), shortest == MENTOR_NONE ? 0 : shortest, each, arg };
	struct list lists[LISTS] = { { NULL, false, false } };
	const struct db_value today = DB_TEXT(m->today), of = DB_NUMBER(cohort->id);
	enum mentor_status status = db_query(m, pairs_sql, DB_ARGS(of), &lists[PAIRS].rows);
	if (!status)
		status = db_query(m, contracts_sql, DB_ARGS(of), &lists[CONTRACTS].rows);
	if (!status)
		status = db_query(m, sessions_sql, DB_ARGS(DB_NUMBER(d->contract.counts), of), &lists[SESSIONS].rows);
	if (!status)
		status = db_query(m, shadowings_sql, DB_ARGS(DB_TEXT(idle_part(d)), of, today), &lists[SHADOWINGS].rows);
	if (!status)
		status = db_query(m, reflections_sql, DB_ARGS(of, today), &lists[REFLECTIONS].rows);
	for (size_t i = 0; !status && i < LISTS; i++)
		status = db_next(lists[i].rows, &lists[i].more);
	while (!status && lists[PAIRS].more) {
		status = tell(&w, lists);
		if (!status)
			status = db_next(lists[PAIRS].rows, &lists[PAIRS].more);
	}
	for (size_t i = 0; i < LISTS; i++)
		db_done(lists[i].rows);
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
	int64_t day;
	struct pace_lacks *lacks;
};

static void note(struct pace_lack *lack, int64_t pair, bool lacks)
{
	if (lacks && !lack->n++)
		lack->first = pair;
}

static enum mentor_status count_lacks(void *arg, const struct pace_pair *pair)
{
	const struct count *c = arg;
	struct pace_lacks *l = c->lacks;
	int64_t due = pace_due(c->d->contract.sessions.minimum, pair->span, c->day);
	if (pair->over)
		return MENTOR_OK;
	bool drafted = pair->in_force.drafted_on != MENTOR_NONE;
	note(&l->contract, pair->pair, !drafted);
	note(&l->session, pair->pair, pair->held == 0);
	note(&l->behind, pair->pair, due != MENTOR_NONE && pair->counted < due);
	for (size_t side = 0; side < PACE_SIDES; side++) {
		note(&l->signature[side], pair->pair, drafted && !pair->in_force.signed_by[side]);
		note(&l->part, pair->pair, pace_takes_little_part(pair, side, c->d, c->day));
	}
	return MENTOR_OK;
}

enum mentor_status pace_lacks(struct mentor *m, int64_t cohort, struct pace_lacks *ret)
{
	struct definition *d = NULL;
	void *record = NULL;
	struct pace_lacks lacks = { { 0 } };
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = pace_walk(m, record, d, count_lacks, &(struct count){ d, pace_day(m->today), &lacks });
	definition_free(d);
	mentor_record_free(record);
	if (!status)
		*ret = lacks;
	return status;
}
