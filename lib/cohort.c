/* cohort.c: cohorts, the steps they go through, and what they still lack. */
#include "pace.h"
#include "programme.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

static const char *const states[] = { "planned", "open", "closed", "running", "finished", NULL };

/* One expression for the state: days are facts, the state follows from them. */
#define STATE_SQL \
	"CASE WHEN t.finished_on IS NOT NULL THEN 'finished' WHEN t.started_on IS NOT NULL THEN 'running' " \
	"WHEN t.closed_on IS NOT NULL THEN 'closed' WHEN t.opened_on IS NOT NULL THEN 'open' ELSE 'planned' END"

const struct mentor_field mentor_cohort_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_INTERNAL, MENTOR_AT_NUMBER(mentor_cohort, id), .entity = "cohort" },
	{ "slug", MENTOR_TYPE_SLUG, MENTOR_REQUIRED | MENTOR_FIXED, MENTOR_AT_TEXT(mentor_cohort, slug), .heading = "cohort", .help = "short name" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_cohort, title), .help = "name as people know it; the short name when not given" },
	{ "programme_id", MENTOR_TYPE_INT, MENTOR_INTERNAL, MENTOR_AT_NUMBER(mentor_cohort, programme_id) },
	{ "revision_id", MENTOR_TYPE_INT, MENTOR_INTERNAL, MENTOR_AT_NUMBER(mentor_cohort, revision_id) },
	{ "programme", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_FILTER, MENTOR_AT_TEXT(mentor_cohort, programme), .sql = "p.slug",
	    .help = "its programme" },
	{ "revision", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_cohort, revision), .sql = "r.number",
	    .help = "revision of the programme it follows" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, MENTOR_AT_NUMBER(mentor_cohort, state), .choices = states,
	    .sql = STATE_SQL, .help = "where it stands" },
	{ "opens_on", MENTOR_TYPE_DAY, MENTOR_WIDE, MENTOR_AT_TEXT(mentor_cohort, opens_on), .heading = "opens", .help = "first day for applications" },
	{ "closes_on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(mentor_cohort, closes_on), .heading = "closes", .help = "last day for applications" },
	{ "starts_on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(mentor_cohort, starts_on), .heading = "starts", .help = "first day of the work in pairs" },
	{ "ends_on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(mentor_cohort, ends_on), .heading = "ends", .help = "last day; the programme's months after the start when not given" },
	{ "mentors_max", MENTOR_TYPE_INT, MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_cohort, mentors_max), .minimum = 0, .maximum = 100000,
	    .heading = "most mentors", .help = "limit; the programme's when not given" },
	{ "mentees_max", MENTOR_TYPE_INT, MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_cohort, mentees_max), .minimum = 0, .maximum = 100000,
	    .heading = "most mentees", .help = "limit; the programme's when not given" },
	{ "opened_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_cohort, opened_on), .sql = "t.opened_on", .heading = "opened", .help = "when it was opened" },
	{ "closed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_cohort, closed_on), .sql = "t.closed_on", .heading = "closed", .help = "when applications were closed" },
	{ "started_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_cohort, started_on), .sql = "t.started_on", .heading = "started", .help = "when it was started" },
	{ "finished_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_cohort, finished_on), .sql = "t.finished_on", .heading = "finished", .help = "when it was finished" },
	{ 0 },
};

const struct mentor_entity mentor_entity_cohort = {
	.name = "cohort",
	.plural = "cohorts",
	.key = "slug",
	.table = "cohort",
	.from = "cohort t JOIN programme p ON p.id = t.programme_id JOIN revision r ON r.id = t.revision_id",
	.order = "t.starts_on, t.slug",
	.fields = mentor_cohort_fields,
	.size = sizeof(struct mentor_cohort),
};

enum mentor_status mentor_cohort_add(struct mentor *m, const char *programme, struct mentor_cohort *cohort, uint64_t given,
    int64_t *ret_id)
{
	struct definition *d = NULL;
	int64_t day = 0;
	char ends[11];
	enum mentor_status status = mentor_record_find(m, &mentor_entity_programme, programme, &cohort->programme_id);
	if (!status)
		status = db_value(m, "SELECT id FROM revision WHERE programme_id = $1 ORDER BY number DESC LIMIT 1",
		    DB_ARGS(DB_NUMBER(cohort->programme_id)), 0, &cohort->revision_id);
	if (!status)
		status = programme_of_revision(m, cohort->revision_id, &d);
	if (status)
		return status;
	if (cohort->starts_on && !cohort->ends_on && mentor_day_parse(cohort->starts_on, &day)) {
		mentor_day_format(mentor_day_add_months(day, (int)d->cohort.months), ends);
		cohort->ends_on = ends;
	}
	if (cohort->mentors_max == MENTOR_NONE)
		cohort->mentors_max = d->cohort.mentors;
	if (cohort->mentees_max == MENTOR_NONE)
		cohort->mentees_max = d->cohort.mentees;
	if (!cohort->title)
		cohort->title = cohort->slug;
	static const char *const made[] = { "programme_id", "revision_id", "title", "ends_on", "mentors_max", "mentees_max" };
	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		given |= field_bit(mentor_cohort_fields, made[i]);
	status = mentor_record_add(m, &mentor_entity_cohort, cohort, given, ret_id);
	if (cohort->ends_on == ends)
		cohort->ends_on = NULL;
	definition_free(d);
	return status;
}

/* ---- steps ---- */

struct move {
	const char *sql;    /* $1 day, $2 cohort */
	unsigned from;	    /* bits of the states it may start in */
	const char *hint;   /* when it may not */
};

#define IN(state) (1U << (unsigned)(state))

static const struct move moves[] = {
	[MENTOR_COHORT_OPEN] = { "UPDATE cohort SET opened_on = coalesce(opened_on, $1), closed_on = NULL WHERE id = $2",
	    IN(MENTOR_COHORT_PLANNED) | IN(MENTOR_COHORT_CLOSED), "a cohort that has started takes no more applications; make the next one: mentor cohort add" },
	[MENTOR_COHORT_CLOSED] = { "UPDATE cohort SET closed_on = $1 WHERE id = $2", IN(MENTOR_COHORT_OPEN),
	    "only an open cohort can be closed: mentor cohort open" },
	[MENTOR_COHORT_RUNNING] = { "UPDATE cohort SET started_on = $1 WHERE id = $2", IN(MENTOR_COHORT_CLOSED) | IN(MENTOR_COHORT_OPEN),
	    "a cohort starts once applications are in: mentor cohort open, mentor cohort close" },
	[MENTOR_COHORT_FINISHED] = { "UPDATE cohort SET finished_on = $1 WHERE id = $2", IN(MENTOR_COHORT_RUNNING),
	    "only a running cohort can be finished: mentor cohort start" },
};

static enum mentor_status check_start(struct mentor *m, int64_t cohort)
{
	int64_t active = 0;
	enum mentor_status status = db_value(m, "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state = 'active'",
	    DB_ARGS(DB_NUMBER(cohort)), 0, &active);
	if (!status && active == 0)
		return fail(m, MENTOR_REFUSED, "match and publish first: mentor match propose, mentor match publish",
		    "the cohort has no pairs yet");
	return status;
}

/* What still runs when a cohort ends has run its course; what was only proposed never came to be. */
static enum mentor_status complete_pairs(struct mentor *m, int64_t cohort)
{
	enum mentor_status status = db_run(m, "UPDATE pair SET state = 'completed', ended_on = $1 WHERE cohort_id = $2 AND state = 'active'",
	    DB_ARGS(DB_TEXT(m->today), DB_NUMBER(cohort)));
	return status ? status : db_run(m, "DELETE FROM pair WHERE cohort_id = $1 AND state = 'proposed'", DB_ARGS(DB_NUMBER(cohort)));
}

static enum mentor_status move(struct mentor *m, int64_t id, enum mentor_cohort_state to, bool *ret_changed)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, id, &record);
	if (status)
		return status;
	const struct mentor_cohort *cohort = record;
	bool changed = cohort->state != (int64_t)to;
	if (changed && !(moves[to].from & IN(cohort->state)))
		status = fail(m, MENTOR_REFUSED, moves[to].hint, "the cohort '%s' is %s", cohort->slug, states[cohort->state]);
	if (!status && changed && to == MENTOR_COHORT_RUNNING)
		status = check_start(m, id);
	if (!status && changed)
		status = db_run(m, moves[to].sql, DB_ARGS(DB_TEXT(m->today), DB_NUMBER(id)));
	if (!status && changed && to == MENTOR_COHORT_FINISHED)
		status = complete_pairs(m, id);
	mentor_record_free(record);
	if (!status)
		*ret_changed = changed;
	return status;
}

enum mentor_status mentor_cohort_move(struct mentor *m, int64_t cohort, enum mentor_cohort_state to, bool *ret_changed)
{
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = move(m, cohort, to, ret_changed);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

enum mentor_status mentor_cohort_only(struct mentor *m, int64_t *ret_id)
{
	int64_t n = 0;
	enum mentor_status status = db_value(m, "SELECT count(*) FROM cohort", DB_NO_ARGS, 0, &n);
	if (status)
		return status;
	if (n == 0)
		return fail(m, MENTOR_NOT_FOUND, "make one: mentor cohort add --programme NAME SLUG", "there is no cohort yet");
	if (n > 1)
		return fail(m, MENTOR_USAGE, "name one with --cohort SLUG; they are listed by: mentor cohort list",
		    "there are several cohorts");
	return db_value(m, "SELECT id FROM cohort", DB_NO_ARGS, 0, ret_id);
}

/* ---- what is still missing ---- */

/* One derived line: how many records lack something, and the command that clears it. Each query takes the cohort and the states it matters in. */
struct lack {
	const char *stage;
	unsigned states; /* of the cohort, in which this matters */
	const char *one, *many; /* what is said of one; what follows the number of several, NULL: the same as for one */
	const char *command;
	const char *sql; /* $1 cohort */
	enum mentor_status (*count)(struct mentor *m, int64_t cohort, int64_t *ret_n); /* what no query can count */
};

static const struct lack lacks[] = {
	{ "recruit", IN(MENTOR_COHORT_PLANNED), "applications are not open yet", NULL, "mentor cohort open", "SELECT 1 FROM cohort WHERE id = $1" },
	{ "recruit", IN(MENTOR_COHORT_OPEN) | IN(MENTOR_COHORT_CLOSED), "1 application waits for a decision",
	    "applications wait for a decision", "mentor enrol list --state applied",
	    "SELECT count(*) FROM enrolment WHERE cohort_id = $1 AND state = 'applied'" },
	{ "recruit", IN(MENTOR_COHORT_OPEN), "nobody has applied yet", NULL, "mentor enrol import FILE",
	    "SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM enrolment WHERE cohort_id = $1" },
	{ "match", IN(MENTOR_COHORT_OPEN) | IN(MENTOR_COHORT_CLOSED) | IN(MENTOR_COHORT_RUNNING), "1 accepted person has no partner",
	    "accepted people have no partner", "mentor match propose",
	    "SELECT count(*) FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'accepted' AND e.role <> 'facilitator' AND e.places > 0 "
	    "AND NOT EXISTS (SELECT 1 FROM pair p WHERE e.id IN (p.mentor_id, p.mentee_id) AND p.state IN ('proposed', 'active', 'completed'))" },
	{ "match", IN(MENTOR_COHORT_OPEN) | IN(MENTOR_COHORT_CLOSED) | IN(MENTOR_COHORT_RUNNING), "1 proposed pair is not published",
	    "proposed pairs are not published", "mentor match publish",
	    "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state = 'proposed'" },
	{ "contract", IN(MENTOR_COHORT_CLOSED) | IN(MENTOR_COHORT_RUNNING), "1 pair has no contract", "pairs have no contract",
	    "mentor contract draft PAIR",
	    "SELECT count(*) FROM pair p WHERE p.cohort_id = $1 AND p.state = 'active' "
	    "AND NOT EXISTS (SELECT 1 FROM contract c WHERE c.pair_id = p.id)" },
	{ "contract", IN(MENTOR_COHORT_CLOSED) | IN(MENTOR_COHORT_RUNNING), "1 contract is not signed by both",
	    "contracts are not signed by both", "mentor contract sign PAIR",
	    "SELECT count(*) FROM contract c JOIN pair p ON p.id = c.pair_id WHERE p.cohort_id = $1 AND p.state = 'active' "
	    "AND (c.mentor_signed_on IS NULL OR c.mentee_signed_on IS NULL)" },
	{ "meet", IN(MENTOR_COHORT_RUNNING), "1 pair has logged no session", "pairs have logged no session",
	    "mentor log add PAIR",
	    "SELECT count(*) FROM pair p WHERE p.cohort_id = $1 AND p.state = 'active' "
	    "AND NOT EXISTS (SELECT 1 FROM session s WHERE s.pair_id = p.id)" },
	{ "meet", IN(MENTOR_COHORT_RUNNING), "1 pair is behind", "pairs are behind", "mentor report show progress", .count = pace_behind },
	{ "evaluate", IN(MENTOR_COHORT_FINISHED), "no survey answers have been imported", NULL, "mentor survey import SURVEY STAGE FILE",
	    "SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM response WHERE cohort_id = $1" },
};

/* Lines that depend on the day as well. */
static const struct {
	const char *stage, *what, *command, *sql; /* $1 cohort, $2 day */
	unsigned states;
} overdue[] = {
	{ "recruit", "applications should have closed", "mentor cohort close",
	    "SELECT count(*) FROM cohort WHERE id = $1 AND closes_on < $2", IN(MENTOR_COHORT_OPEN) },
	{ "match", "the cohort should have started", "mentor cohort start",
	    "SELECT count(*) FROM cohort WHERE id = $1 AND starts_on < $2", IN(MENTOR_COHORT_CLOSED) },
	{ "evaluate", "the cohort should have finished", "mentor cohort finish",
	    "SELECT count(*) FROM cohort WHERE id = $1 AND ends_on < $2", IN(MENTOR_COHORT_RUNNING) },
};

typedef enum mentor_status todo_fn(void *arg, const struct mentor_todo *todo);

static enum mentor_status emit(struct mentor *m, const struct lack *lack, int64_t n, todo_fn *each, void *arg)
{
	struct mentor_buf what = MENTOR_BUF_INIT;
	if (n == 1 || !lack->many)
		mentor_buf_str(&what, lack->one);
	else
		mentor_buf_fmt(&what, "%" PRId64 " %s", n, lack->many);
	struct mentor_todo todo = { lack->stage, mentor_buf_text(&what), n, lack->command };
	enum mentor_status status = what.failed ? fail_memory(m) : each(arg, &todo);
	mentor_buf_free(&what);
	return status;
}

enum mentor_status mentor_cohort_todos(struct mentor *m, int64_t cohort, todo_fn *each, void *arg)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (status)
		return status;
	unsigned state = IN(((const struct mentor_cohort *)record)->state);
	mentor_record_free(record);
	for (size_t i = 0; !status && i < sizeof(lacks) / sizeof(*lacks); i++) {
		int64_t n = 0;
		if (!(lacks[i].states & state))
			continue;
		status = lacks[i].count ? lacks[i].count(m, cohort, &n) : db_value(m, lacks[i].sql, DB_ARGS(DB_NUMBER(cohort)), 0, &n);
		if (!status && n > 0)
			status = emit(m, &lacks[i], n, each, arg);
	}
	for (size_t i = 0; !status && i < sizeof(overdue) / sizeof(*overdue); i++) {
		int64_t n = 0;
		if (!(overdue[i].states & state))
			continue;
		status = db_value(m, overdue[i].sql, DB_ARGS(DB_NUMBER(cohort), DB_TEXT(m->today)), 0, &n);
		struct mentor_todo todo = { overdue[i].stage, overdue[i].what, 1, overdue[i].command };
		if (!status && n > 0)
			status = each(arg, &todo);
	}
	return status;
}
