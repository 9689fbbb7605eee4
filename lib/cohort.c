/* cohort.c: cohorts, the steps they go through, and what they still lack. */
#include "cohort.h"

#include "checklist.h"
#include "event.h"
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
	    .heading = "most {mentors}", .help = "limit; the programme's when not given" },
	{ "mentees_max", MENTOR_TYPE_INT, MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_cohort, mentees_max), .minimum = 0, .maximum = 100000,
	    .heading = "most {mentees}", .help = "limit; the programme's when not given" },
	{ "origin_id", MENTOR_TYPE_INT, MENTOR_INTERNAL, MENTOR_AT_NUMBER(mentor_cohort, origin_id) },
	{ "origin", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_cohort, origin), .sql = "SELECT o.slug FROM cohort o WHERE o.id = t.origin_id", .help = "the cohort it was made from" },
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
	.order = "(t.starts_on IS NULL), t.starts_on, t.slug", /* where NULL sorts is not the same everywhere */
	.fields = mentor_cohort_fields,
	.size = sizeof(struct mentor_cohort),
	.listed_by = "mentor cohort list",
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
		mentor_day_format(mentor_day_last_of(day, (int)d->cohort.months), ends);
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

enum mentor_status mentor_cohort_set(struct mentor *m, int64_t id, struct mentor_cohort *cohort, uint64_t given, bool *ret_changed)
{
	struct definition *d = NULL;
	void *record = NULL;
	int64_t day = 0;
	char ends[11];
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, id, &record);
	if (status)
		return status;
	bool missing = !((const struct mentor_cohort *)record)->ends_on && !(given & field_bit(mentor_cohort_fields, "ends_on"));
	if (missing && cohort->starts_on && mentor_day_parse(cohort->starts_on, &day)) {
		status = programme_of_cohort(m, id, &d);
		if (!status) {
			mentor_day_format(mentor_day_last_of(day, (int)d->cohort.months), ends);
			cohort->ends_on = ends;
			given |= field_bit(mentor_cohort_fields, "ends_on");
		}
	}
	if (!status)
		status = mentor_record_set(m, &mentor_entity_cohort, id, cohort, given, ret_changed);
	if (cohort->ends_on == ends)
		cohort->ends_on = NULL;
	definition_free(d);
	mentor_record_free(record);
	return status;
}

static int64_t day_of(const char *planned, const char *happened)
{
	int64_t day = MENTOR_NONE;
	const char *text = planned ? planned : happened;
	return text && mentor_day_parse(text, &day) ? day : MENTOR_NONE;
}

int64_t cohort_day(const struct mentor_cohort *c, int64_t from)
{
	int64_t starts = day_of(c->starts_on, c->started_on), ends = day_of(c->ends_on, c->finished_on);
	switch ((enum def_day)from) {
	case DEF_DAY_OPENS:
		return day_of(c->opens_on, c->opened_on);
	case DEF_DAY_CLOSES:
		return day_of(c->closes_on, c->closed_on);
	case DEF_DAY_STARTS:
		return starts;
	case DEF_DAY_ENDS:
		return ends;
	case DEF_DAY_MIDDLE:
		break;
	}
	return starts == MENTOR_NONE || ends == MENTOR_NONE ? MENTOR_NONE : starts + (ends - starts) / 2;
}

/* ---- steps ---- */

struct move {
	const char *sql;    /* $1 day, $2 cohort */
	const char *hint;   /* when it may not start */
	unsigned from;	    /* bits of the states it may start in */
	enum mentor_step step; /* whose checklist comes first; closing has none */
};

#define IN(state) (1U << (unsigned)(state))

static const struct move moves[] = {
	[MENTOR_COHORT_OPEN] = { "UPDATE cohort SET opened_on = coalesce(opened_on, $1), closed_on = NULL WHERE id = $2",
	    "a cohort that has started takes no more applications; make the next one: mentor cohort add SLUG --programme SLUG",
	    IN(MENTOR_COHORT_PLANNED) | IN(MENTOR_COHORT_CLOSED), MENTOR_STEP_OPEN },
	[MENTOR_COHORT_CLOSED] = { "UPDATE cohort SET closed_on = $1 WHERE id = $2",
	    "only an open cohort can be closed: mentor cohort open", IN(MENTOR_COHORT_OPEN) },
	[MENTOR_COHORT_RUNNING] = { "UPDATE cohort SET started_on = $1 WHERE id = $2",
	    "a cohort starts once applications are in: mentor cohort open, mentor cohort close",
	    IN(MENTOR_COHORT_CLOSED) | IN(MENTOR_COHORT_OPEN), MENTOR_STEP_START },
	[MENTOR_COHORT_FINISHED] = { "UPDATE cohort SET finished_on = $1 WHERE id = $2",
	    "only a running cohort can be finished: mentor cohort start", IN(MENTOR_COHORT_RUNNING), MENTOR_STEP_FINISH },
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
	if (!status && changed && to != MENTOR_COHORT_CLOSED)
		status = checklist_hold(m, id, moves[to].step);
	if (!status && changed && to == MENTOR_COHORT_RUNNING)
		status = check_start(m, id);
	if (!status && changed)
		status = db_run(m, moves[to].sql, DB_ARGS(DB_TEXT(m->today), DB_NUMBER(id)));
	if (!status && changed && to == MENTOR_COHORT_FINISHED)
		status = complete_pairs(m, id);
	if (!status && changed && (to == MENTOR_COHORT_OPEN || to == MENTOR_COHORT_RUNNING))
		status = event_plan(m, id, NULL, NULL);
	mentor_record_free(record);
	if (!status)
		*ret_changed = changed;
	return status;
}

enum mentor_status mentor_cohort_move(struct mentor *m, int64_t cohort, enum mentor_cohort_state to, bool *ret_changed)
{
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = move(m, cohort, to, &changed);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

static enum mentor_status fail_which(struct mentor *m)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = true;
	mentor_buf_str(&hint, "name one with --cohort:");
	enum mentor_status status = db_query(m, "SELECT slug FROM cohort ORDER BY finished_on IS NOT NULL, slug LIMIT 12", DB_NO_ARGS, &rows);
	for (const char *comma = " "; !status && !(status = db_next(rows, &more)) && more; comma = ", ")
		mentor_buf_fmt(&hint, "%s%s", comma, db_text(rows, 0));
	db_done(rows);
	if (!status)
		status = hint.failed ? fail_memory(m) : fail(m, MENTOR_USAGE, mentor_buf_text(&hint), "there are several cohorts");
	mentor_buf_free(&hint);
	return status;
}

/* One that was made from another and has not opened only keeps what came late; finished ones are history. */
#define OF_ITS_OWN "WHERE (opened_on IS NOT NULL OR origin_id IS NULL)"
#define AT_WORK OF_ITS_OWN " AND finished_on IS NULL"

enum mentor_status mentor_cohort_only(struct mentor *m, int64_t *ret_id)
{
	int64_t n = 0, current = 0;
	enum mentor_status status = db_value(m, "SELECT count(*) FROM cohort " OF_ITS_OWN, DB_NO_ARGS, 0, &n);
	if (!status)
		status = db_value(m, "SELECT count(*) FROM cohort " AT_WORK, DB_NO_ARGS, 0, &current);
	if (status)
		return status;
	if (current == 1)
		return db_value(m, "SELECT id FROM cohort " AT_WORK, DB_NO_ARGS, 0, ret_id);
	if (n == 0)
		return fail(m, MENTOR_NOT_FOUND, "make one: mentor cohort add --programme NAME SLUG", "there is no cohort yet");
	if (n > 1)
		return fail_which(m);
	return db_value(m, "SELECT id FROM cohort " OF_ITS_OWN, DB_NO_ARGS, 0, ret_id);
}
