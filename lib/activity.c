/* activity.c: what happened in a cohort, month by month, and whose sessions these were: counted from days alone, without names and words. */
#include "arena.h"
#include "record.h"
#include "report.h"
#include "suppress.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_activity_row, member)
const struct mentor_field mentor_activity_row_fields[] = {
	{ "month", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_activity_row, month), .help = "the month, or what of it lies in the time that is asked about" },
	{ "sessions", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(sessions), .heading = "sessions held", .help = "sessions held, each once for both" },
	{ "pairs", MENTOR_TYPE_INT, 0, NUMBER(pairs), .heading = "pairs that met", .help = "pairs that held one or more of these" },
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .heading = "contact minutes", .help = "minutes of these" },
	{ "shadowed", MENTOR_TYPE_INT, 0, NUMBER(shadowed), .heading = "partners' meetings", .help = "meetings of partners in which people took part" },
	{ "events", MENTOR_TYPE_INT, 0, NUMBER(events), .heading = "events held", .help = "events held, each time once" },
	{ "attended", MENTOR_TYPE_INT, 0, NUMBER(attended), .heading = "attendances", .help = "how often somebody was there" },
	{ "goals", MENTOR_TYPE_INT, 0, NUMBER(goals), .heading = "goals set", .help = "goals set" },
	{ "actions", MENTOR_TYPE_INT, 0, NUMBER(actions), .heading = "actions agreed", .help = "actions agreed" },
	{ "done", MENTOR_TYPE_INT, 0, NUMBER(done), .heading = "actions done", .help = "actions done, whenever they were agreed" },
	{ 0 },
};
#undef NUMBER

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_activity_group, member)
const struct mentor_field mentor_activity_group_fields[] = {
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_activity_group, name), .heading = "{mentors} of", .help = "where mentors are from; those of few pairs stand together" },
	{ "pairs", MENTOR_TYPE_INT, 0, NUMBER(pairs), .help = "pairs published" },
	{ "met", MENTOR_TYPE_INT, 0, NUMBER(met), .heading = "pairs that met", .help = "of these, pairs that held a session" },
	{ "sessions", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(sessions), .heading = "sessions held", .help = "sessions of these" },
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .heading = "contact minutes", .help = "minutes of these" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether any number of the row is withheld" },
	{ 0 },
};
#undef NUMBER
/* clang-format on */

/* ---- months ---- */

/* A month, counted from the year 0, with what has its day in it; and which pairs met, a byte each. */
struct month {
	int64_t number;
	struct mentor_activity_row row;
	bool *met;
};

/* One of the pairs that sessions are of. */
struct worker {
	int64_t pair, sessions, minutes;
	size_t group;
};

struct activity {
	const struct report *r;
	const char *until; /* of the period, and not after the day of the report */
	struct arena memory;
	struct month *months; /* in their order */
	size_t n_months, room;
	struct worker *pairs; /* by number */
	size_t n_pairs;
	const char **groups; /* names by which sessions are broken down, in their order; NULL: not stated */
	size_t n_groups;
};

static int64_t month_of(const char *day)
{
	return strtoll(day, NULL, 10) * 12 + strtoll(day + 5, NULL, 10) - 1;
}

static bool make_room(struct activity *a)
{
	if (a->n_months < a->room)
		return true;
	struct month *grown = realloc(a->months, (a->room + 64) * sizeof(*grown));
	if (!grown)
		return false;
	a->months = grown;
	a->room += 64;
	return true;
}

/* The row of a month, made when it is the first to be heard of; NULL when there is no memory for it. */
static struct month *month_called(struct activity *a, int64_t number)
{
	size_t at = a->n_months;
	while (at > 0 && a->months[at - 1].number >= number)
		at--;
	if (at < a->n_months && a->months[at].number == number)
		return &a->months[at];
	if (!make_room(a))
		return NULL;
	memmove(a->months + at + 1, a->months + at, (a->n_months++ - at) * sizeof(*a->months));
	a->months[at] = (struct month){ .number = number };
	return &a->months[at];
}

/* Whatever is counted by SQL: a month, and one or two numbers of it. */
struct counting {
	const char *sql;
	size_t first, second; /* offsets in the row; the second is 0 where there is none, for the first member is a text */
};
#define PLACE(member) offsetof(struct mentor_activity_row, member)
#define BY_MONTH(day) "substr(" day ", 1, 7)"
#define IN_PERIOD(day) day " >= $2 AND " day " <= $3 GROUP BY " BY_MONTH(day)
static const struct counting countings[] = {
	{ "SELECT " BY_MONTH("t.date") ", count(*) FROM shadowing t JOIN pair q ON q.id = t.pair_id WHERE q.cohort_id = $1 AND " IN_PERIOD("t.date"), PLACE(shadowed), 0 },
	{ "SELECT " BY_MONTH("v.date") ", count(DISTINCT v.id), count(a.id) FROM event v LEFT JOIN attendance a ON a.event_id = v.id AND a.state = 'attended' "
	  "WHERE v.cohort_id = $1 AND v.cancelled_on IS NULL AND " IN_PERIOD("v.date"), PLACE(events), PLACE(attended) },
	{ "SELECT " BY_MONTH("g.added_on") ", count(*) FROM goal g JOIN pair q ON q.id = g.pair WHERE q.cohort_id = $1 AND " IN_PERIOD("g.added_on"), PLACE(goals), 0 },
	{ "SELECT " BY_MONTH("a.added_on") ", count(*) FROM action a WHERE a.cohort_id = $1 AND " IN_PERIOD("a.added_on"), PLACE(actions), 0 },
	{ "SELECT " BY_MONTH("a.closed_on") ", count(*) FROM action a WHERE a.cohort_id = $1 AND a.state = 'done' AND " IN_PERIOD("a.closed_on"), PLACE(done), 0 },
};

static int64_t *member(struct mentor_activity_row *row, size_t offset)
{
	void *at = (char *)row + offset;
	return at;
}

static enum mentor_status count_months(struct activity *a, const struct counting *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status =
	    db_query(a->r->m, c->sql, DB_ARGS(DB_NUMBER(a->r->id), DB_TEXT(a->r->since), DB_TEXT(a->until)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct month *month = month_called(a, month_of(db_text(rows, 0)));
		if (!month)
			status = fail_memory(a->r->m);
		else {
			*member(&month->row, c->first) += db_number(rows, 1);
			if (c->second)
				*member(&month->row, c->second) += db_number(rows, 2);
		}
	}
	db_done(rows);
	return status;
}

/* ---- sessions ---- */

static int compare_pairs(const void *a, const void *b)
{
	const struct worker *x = a, *y = b;
	return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static enum mentor_status add_session(struct activity *a, struct worker *pair, int64_t number, int64_t minutes)
{
	struct month *month = month_called(a, number);
	if (!month)
		return fail_memory(a->r->m);
	if (!month->met)
		month->met = arena_alloc(&a->memory, a->n_pairs * sizeof(*month->met));
	if (!month->met)
		return fail_memory(a->r->m);
	bool *met = &month->met[pair - a->pairs];
	month->row.pairs += !*met;
	*met = true;
	month->row.sessions++;
	month->row.minutes += minutes;
	pair->sessions++;
	pair->minutes += minutes;
	return MENTOR_OK;
}

/* Read in the order in which they are stored, and put to their pairs here: many times as fast as in the order of pairs, which is what the plus
 * keeps the database from. */
static enum mentor_status count_sessions(struct activity *a)
{
	struct db_rows *rows = NULL;
	bool more = true;
	if (a->n_pairs == 0)
		return MENTOR_OK;
	enum mentor_status status = db_query(a->r->m,
	    "SELECT t.pair_id, t.minutes, t.date FROM session t WHERE +t.pair_id >= $1 AND +t.pair_id <= $2 AND t.minutes IS NOT NULL AND t.date >= $3 AND t.date <= $4",
	    DB_ARGS(DB_NUMBER(a->pairs[0].pair), DB_NUMBER(a->pairs[a->n_pairs - 1].pair), DB_TEXT(a->r->since), DB_TEXT(a->until)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct worker key = { .pair = db_number(rows, 0) };
		struct worker *pair = bsearch(&key, a->pairs, a->n_pairs, sizeof(key), compare_pairs);
		if (pair)
			status = add_session(a, pair, month_of(db_text(rows, 2)), db_number(rows, 1));
	}
	db_done(rows);
	return status;
}

/* ---- pairs, and where their mentors are from ---- */

#define PUBLISHED "FROM pair q JOIN enrolment e ON e.id = q.mentor_id JOIN person p ON p.id = e.person_id WHERE q.cohort_id = $1 AND q.published_on IS NOT NULL"
#define GROUPED(column) { "SELECT DISTINCT p." column " " PUBLISHED " ORDER BY p." column, "SELECT q.id, p." column " " PUBLISHED " ORDER BY q.id" }
static const struct {
	const char *groups, *pairs;
} group_sql[] = { GROUPED("organisation"), GROUPED("directorate") };

static int compare_names(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	return !x || !y ? (x != NULL) - (y != NULL) : strcmp(x, y);
}

static enum mentor_status load_groups(struct activity *a, int64_t by)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(a->r->m, group_sql[by].groups, DB_ARGS(DB_NUMBER(a->r->id)), &rows);
	for (; !status && !(status = db_next(rows, &more)) && more; a->n_groups++)
		a->groups[a->n_groups] = db_text(rows, 0) ? arena_strdup(&a->memory, db_text(rows, 0)) : NULL;
	db_done(rows);
	return !status && a->memory.failed ? fail_memory(a->r->m) : status;
}

static enum mentor_status load_pairs(struct activity *a, int64_t by)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t n = 0;
	enum mentor_status status = db_value(a->r->m, "SELECT count(*) FROM pair WHERE cohort_id = $1 AND published_on IS NOT NULL", DB_ARGS(DB_NUMBER(a->r->id)), 0, &n);
	a->pairs = arena_alloc(&a->memory, ((size_t)n + 1) * sizeof(*a->pairs));
	a->groups = arena_alloc(&a->memory, ((size_t)n + 1) * sizeof(*a->groups));
	if (!status && a->memory.failed)
		status = fail_memory(a->r->m);
	if (!status && by != MENTOR_NONE)
		status = load_groups(a, by);
	if (!status)
		status = db_query(a->r->m, group_sql[by == MENTOR_NONE ? MENTOR_BY_ORGANISATION : by].pairs, DB_ARGS(DB_NUMBER(a->r->id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *name = db_text(rows, 1);
		const char **group = a->n_groups ? bsearch(&name, a->groups, a->n_groups, sizeof(*a->groups), compare_names) : NULL;
		a->pairs[a->n_pairs++] = (struct worker){ .pair = db_number(rows, 0), .group = group ? (size_t)(group - a->groups) : 0 };
	}
	db_done(rows);
	return status;
}

/* ---- telling ---- */

/* Every month from the first to the last, also those in which nothing happened. */
static enum mentor_status tell_months(struct activity *a)
{
	enum mentor_status status = MENTOR_OK;
	struct month *next = a->months, *end = a->months + a->n_months;
	for (int64_t number = a->n_months ? next->number : 0; !status && next < end; number++) {
		struct mentor_activity_row row = { 0 };
		struct mentor_buf name = MENTOR_BUF_INIT;
		if (number == next->number)
			row = next++->row;
		mentor_buf_fmt(&name, "%04d-%02d", (int)(number / 12), (int)(number % 12) + 1);
		row.month = mentor_buf_text(&name);
		status = name.failed ? fail_memory(a->r->m) : a->r->each(a->r->arg, "activity", &row);
		mentor_buf_free(&name);
	}
	return status;
}

enum { PAIRS, MET, COLUMNS };

/* How many of a row may be told decides what is told of its sessions too. */
static enum mentor_status tell_group(const struct activity *a, int64_t by, const char *name, const int64_t *cells, size_t shown, const struct worker *sum)
{
	static const char *const parts[] = { "activity_by_organisation", "activity_by_directorate" };
	bool told = shown == COLUMNS;
	const struct mentor_activity_group row = { name, cells[PAIRS], cells[MET], told ? sum->sessions : MENTOR_SUPPRESSED,
		told ? sum->minutes : MENTOR_SUPPRESSED, !told };
	return a->r->each(a->r->arg, parts[by], &row);
}

static enum mentor_status tell_groups(const struct activity *a, int64_t by, int64_t *cells, size_t *shown, struct worker *sums)
{
	static const char *const words[][2] = { { "other organisations", "all organisations" }, { "other directorates", "all directorates" } };
	enum mentor_status status = MENTOR_OK;
	bool any = false;
	suppress_table(cells, a->n_groups, COLUMNS, suppress_threshold(a->r->d->privacy.min_cell), shown);
	for (size_t g = 0; !status && g < a->n_groups; g++) {
		if (shown[g]) {
			any = true;
			status = tell_group(a, by, a->groups[g] ? a->groups[g] : "not stated", cells + g * COLUMNS, shown[g], &sums[g]);
			continue;
		}
		sums[a->n_groups].sessions += sums[g].sessions;
		sums[a->n_groups].minutes += sums[g].minutes;
	}
	if (status || !shown[a->n_groups])
		return status;
	return tell_group(a, by, words[by][!any], cells + a->n_groups * COLUMNS, shown[a->n_groups], &sums[a->n_groups]);
}

static enum mentor_status break_down(struct activity *a, int64_t by)
{
	size_t room = a->n_groups + 1;
	int64_t *cells = arena_alloc(&a->memory, room * COLUMNS * sizeof(*cells));
	size_t *shown = arena_alloc(&a->memory, room * sizeof(*shown));
	struct worker *sums = arena_alloc(&a->memory, room * sizeof(*sums));
	if (!cells || !shown || !sums)
		return fail_memory(a->r->m);
	for (size_t i = 0; i < a->n_pairs; i++) {
		const struct worker *pair = &a->pairs[i];
		cells[pair->group * COLUMNS + PAIRS]++;
		cells[pair->group * COLUMNS + MET] += pair->sessions > 0;
		sums[pair->group].sessions += pair->sessions;
		sums[pair->group].minutes += pair->minutes;
	}
	return a->n_groups ? tell_groups(a, by, cells, shown, sums) : MENTOR_OK;
}

static enum mentor_status tell_activity(struct report *r, int64_t by)
{
	const char *until = strcmp(r->until, r->m->today) < 0 ? r->until : r->m->today;
	struct activity a = { .r = r, .until = until, .memory = ARENA_INIT };
	enum mentor_status status = report_head(r);
	if (!status)
		status = load_pairs(&a, by);
	if (!status)
		status = count_sessions(&a);
	for (size_t i = 0; !status && i < sizeof(countings) / sizeof(*countings); i++)
		status = count_months(&a, &countings[i]);
	if (!status)
		status = tell_months(&a);
	if (!status && by != MENTOR_NONE)
		status = break_down(&a, by);
	free(a.months);
	arena_free(&a.memory);
	return status;
}

enum mentor_status mentor_report_activity(
    struct mentor *m, int64_t cohort, const struct mentor_period *period, int64_t by, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, period, by, tell_activity, each, arg);
}
