/* person_merge.c: making one record of two that are the same person. */
#include "person_merge.h"

#include "equality.h"
#include "person.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

const struct merge_column merge_columns[] = {
	{ "enrolment", "person_id", NULL },
	{ "address", "person_id", "UPDATE address SET person_id = $1 WHERE person_id = $2" },
	{ "equality_subject", "person_id", NULL }, /* equality_merge() */
	{ "equality_objection", "person_id", NULL },
	{ "objection", "person_id", "UPDATE objection SET person_id = $1 WHERE person_id = $2" },
	{ "request", "person_id", "UPDATE request SET person_id = $1 WHERE person_id = $2" },
	{ "answer", "enrolment_id",
	    "UPDATE answer SET enrolment_id = $1 WHERE enrolment_id = $2 "
	    "AND question NOT IN (SELECT k.question FROM answer k WHERE k.enrolment_id = $1)" },
	{ "statement", "enrolment_id",
	    "UPDATE statement SET enrolment_id = $1 WHERE enrolment_id = $2 AND NOT EXISTS "
	    "(SELECT 1 FROM statement k WHERE k.enrolment_id = $1 AND k.kind = statement.kind AND k.name = statement.name)" },
	{ "support", "enrolment_id",
	    "UPDATE support SET enrolment_id = $1 WHERE enrolment_id = $2 "
	    "AND NOT EXISTS (SELECT 1 FROM support k WHERE k.enrolment_id = $1)" },
	/* what was passed over goes with the decision, and that of the enrolment that stays counts */
	{ "waiver", "enrolment_id", "DELETE FROM waiver WHERE enrolment_id <> $1 AND enrolment_id = $2" },
	{ "score", "enrolment_id",
	    "UPDATE score SET enrolment_id = $1 WHERE enrolment_id = $2 AND NOT EXISTS "
	    "(SELECT 1 FROM score k WHERE k.enrolment_id = $1 AND k.criterion = score.criterion AND k.assessor = score.assessor)" },
	/* a list of preferences is one whole; what would name somebody twice, or herself, goes with the duplicate */
	{ "preference", "enrolment_id",
	    "UPDATE preference SET enrolment_id = $1 WHERE enrolment_id = $2 AND other_enrolment_id <> $1 "
	    "AND NOT EXISTS (SELECT 1 FROM preference k WHERE k.enrolment_id = $1)" },
	{ "preference", "other_enrolment_id",
	    "UPDATE preference SET other_enrolment_id = $1 WHERE other_enrolment_id = $2 AND enrolment_id <> $1 "
	    "AND enrolment_id NOT IN (SELECT k.enrolment_id FROM preference k WHERE k.other_enrolment_id = $1)" },
	{ "block", "enrolment_id",
	    "UPDATE block SET enrolment_id = $1 WHERE enrolment_id = $2 AND other_enrolment_id <> $1 "
	    "AND other_enrolment_id NOT IN (SELECT k.other_enrolment_id FROM block k WHERE k.enrolment_id = $1)" },
	{ "block", "other_enrolment_id",
	    "UPDATE block SET other_enrolment_id = $1 WHERE other_enrolment_id = $2 AND enrolment_id <> $1 "
	    "AND enrolment_id NOT IN (SELECT k.enrolment_id FROM block k WHERE k.other_enrolment_id = $1)" },
	{ "avoidance", "person_id",
	    "UPDATE avoidance SET person_id = $1 WHERE person_id = $2 AND other_person_id <> $1 "
	    "AND other_person_id NOT IN (SELECT k.other_person_id FROM avoidance k WHERE k.person_id = $1)" },
	{ "avoidance", "other_person_id",
	    "UPDATE avoidance SET other_person_id = $1 WHERE other_person_id = $2 AND person_id <> $1 "
	    "AND person_id NOT IN (SELECT k.person_id FROM avoidance k WHERE k.other_person_id = $1)" },
	{ "message", "enrolment_id", "UPDATE message SET enrolment_id = $1 WHERE enrolment_id = $2" },
	{ "message", "person_id", "UPDATE message SET person_id = $1 WHERE person_id = $2" },
	/* whoever was on hold under either record is */
	{ "hold", "person_id", "UPDATE hold SET person_id = $1 WHERE person_id = $2 AND NOT EXISTS (SELECT 1 FROM hold k WHERE k.person_id = $1)" },
	/* having been there counts for more than having said something before */
	{ "attendance", "person_id",
	    "INSERT INTO attendance (event_id, person_id, state, minutes, said_at, recorded_by) SELECT event_id, $1, state, minutes, said_at, recorded_by "
	    "FROM attendance WHERE person_id = $2 ON CONFLICT (event_id, person_id) DO UPDATE SET state = excluded.state, minutes = excluded.minutes "
	    "WHERE excluded.state IN ('attended', 'caught-up') AND attendance.state NOT IN ('attended', 'caught-up')" },
	{ "invitation", "person_id",
	    "UPDATE invitation SET person_id = $1 WHERE person_id = $2 AND event_id NOT IN (SELECT k.event_id FROM invitation k WHERE k.person_id = $1)" },
	{ "facilitation", "person_id",
	    "UPDATE facilitation SET person_id = $1 WHERE person_id = $2 AND event_id NOT IN (SELECT k.event_id FROM facilitation k WHERE k.person_id = $1)" },
	/* proposals that name the enrolment that goes lose the pair: it is not accepted, so the pair could not be formed */
	{ "proposal_pair", "mentor_id", NULL },
	{ "proposal_pair", "mentee_id", NULL },
	{ "refusal", "mentor_id", "UPDATE refusal SET mentor_id = $1 WHERE mentor_id = $2 AND mentee_id <> $1" },
	{ "refusal", "mentee_id", "UPDATE refusal SET mentee_id = $1 WHERE mentee_id = $2 AND mentor_id <> $1" },
	{ "action", "owner", "UPDATE action SET owner = $1 WHERE owner = $2" },
	{ "checkin", "person", "UPDATE checkin SET person = $1 WHERE person = $2" },
	{ "remark", "person", "UPDATE remark SET person = $1 WHERE person = $2" },
	/* an enrolment with one of these stays: there is nothing to take over */
	{ "pair", "mentor_id", NULL },
	{ "pair", "mentee_id", NULL },
	{ "replacement", "enrolment_id", NULL },
	{ "response", "respondent_id", NULL },
	{ "ticket", "enrolment_id",
	    "UPDATE ticket SET enrolment_id = $1 WHERE enrolment_id = $2 AND NOT EXISTS (SELECT 1 FROM ticket k "
	    "WHERE k.enrolment_id = $1 AND k.survey = ticket.survey AND k.stage = ticket.stage)" },
	{ NULL, NULL, NULL },
};

struct merge {
	struct mentor *m;
	const struct mentor_person *keep, *duplicate;
	enum mentor_status (*each)(void *arg, const struct mentor_merge_row *row);
	void *arg;
};

static enum mentor_status tell(const struct merge *g, const char *change, const struct mentor_entity *entity, int64_t id, const char *name)
{
	struct mentor_buf reference = MENTOR_BUF_INIT;
	mentor_buf_fmt(&reference, "%c%" PRId64, entity->letter, id);
	struct mentor_merge_row row = { change, entity->name, mentor_buf_text(&reference), name };
	enum mentor_status status = reference.failed ? fail_memory(g->m) : g->each(g->arg, &row);
	mentor_buf_free(&reference);
	return status;
}

/* ---- two enrolments in one cohort ---- */

/** One of the two enrolments in a cohort. */
struct side {
	int64_t id, person;
	bool decided;
	bool in_force; /* accepted, or waits for a place */
	bool bound;    /* a published pair or survey answers hang on it */
};

enum { SIDE_COLUMNS = 4 };

/* The columns that read_side() reads of the enrolment called `e`. */
#define SIDE_SQL(e) \
	e ".id, " e ".person_id, " e ".state, (SELECT count(*) FROM pair q WHERE q.state <> 'proposed' " \
	"AND " e ".id IN (q.mentor_id, q.mentee_id)) " \
	"+ (SELECT count(*) FROM response r WHERE r.respondent_id = " e ".id)"

static struct side read_side(const struct db_rows *rows, int first)
{
	const char *state = db_text(rows, first + 2);
	return (struct side){ .id = db_number(rows, first), .person = db_number(rows, first + 1), .decided = strcmp(state, "applied") != 0,
		.in_force = strcmp(state, "accepted") == 0 || strcmp(state, "waiting") == 0, .bound = db_number(rows, first + 3) > 0 };
}

static bool holds(const struct side *s)
{
	return s->in_force || s->bound;
}

static enum mentor_status refuse_both(const struct merge *g, const struct side *keep, const struct side *duplicate, const char *cohort)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const struct side *yields = !duplicate->bound ? duplicate : keep;
	if (!yields->bound)
		mentor_buf_fmt(&hint, "decide which application counts, and decline the other: mentor enrol decline p%" PRId64 " --cohort %s",
		    yields->person, cohort);
	else
		mentor_buf_str(&hint, "keep both records: what the pairs and surveys of this cohort hold cannot be put together");
	enum mentor_status status = hint.failed ? fail_memory(g->m) :
	    fail(g->m, MENTOR_REFUSED, mentor_buf_text(&hint), "p%" PRId64 " and p%" PRId64 " both %s in the cohort '%s'", keep->person,
		duplicate->person, yields->bound ? "have pairs or survey answers" : "have a place, or wait for one,", cohort);
	mentor_buf_free(&hint);
	return status;
}

/* Whether the column refers to a person; else it refers to an enrolment. */
static bool of_person(const struct merge_column *c)
{
	static const char *const columns[] = { "person_id", "other_person_id", "person", "owner", NULL };
	return field_choice(columns, c->column) != MENTOR_NONE;
}

/* What the enrolment that stays does not say is taken from the other one. A response number belongs to one form. */
static enum mentor_status fill_enrolment(struct mentor *m, int64_t to, int64_t from)
{
	enum mentor_status status = MENTOR_OK;
	void *record = NULL;
	for (const struct merge_column *c = merge_columns; !status && c->table; c++)
		if (c->sql && !of_person(c))
			status = db_run(m, c->sql, DB_ARGS(DB_NUMBER(to), DB_NUMBER(from)));
	if (!status)
		status = mentor_record_get(m, &mentor_entity_enrolment, from, &record);
	const struct mentor_enrolment *e = record;
	if (!status)
		status = db_run(m, "DELETE FROM enrolment WHERE id = $1", DB_ARGS(DB_NUMBER(from)));
	if (!status)
		status = db_run(m, "UPDATE enrolment SET contact_on = coalesce(contact_on, $1) WHERE id = $2",
		    DB_ARGS(DB_TEXT(e->contact_on), DB_NUMBER(to)));
	if (!status)
		status = db_run(m, "UPDATE enrolment SET response = coalesce(response, $1) WHERE id = $2 AND coalesce(origin_cohort_id, cohort_id) = $3",
		    DB_ARGS(DB_TEXT(e->response), DB_NUMBER(to), DB_NUMBER(e->origin_cohort_id != MENTOR_NONE ? e->origin_cohort_id : e->cohort_id)));
	mentor_record_free(record);
	return status;
}

static enum mentor_status join(const struct merge *g, const struct side *keep, const struct side *duplicate, const char *cohort)
{
	if (holds(keep) && holds(duplicate))
		return refuse_both(g, keep, duplicate, cohort);
	bool duplicate_stays = holds(duplicate) || (!holds(keep) && duplicate->decided && !keep->decided);
	const struct side *stays = duplicate_stays ? duplicate : keep, *goes = duplicate_stays ? keep : duplicate;
	enum mentor_status status = fill_enrolment(g->m, stays->id, goes->id);
	if (!status)
		status = db_run(g->m, "UPDATE enrolment SET person_id = $1 WHERE id = $2", DB_ARGS(DB_NUMBER(g->keep->id), DB_NUMBER(stays->id)));
	return status ? status : tell(g, "joined", &mentor_entity_enrolment, stays->id, cohort);
}

/* Reads one cohort in which both are; *ret_more is false when there is none. */
static enum mentor_status shared_cohort(const struct merge *g, struct side *keep, struct side *duplicate, struct mentor_buf *cohort, bool *ret_more)
{
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(g->m,
	    "SELECT " SIDE_SQL("a") ", " SIDE_SQL("b") ", c.slug FROM enrolment a JOIN enrolment b ON b.cohort_id = a.cohort_id "
	    "JOIN cohort c ON c.id = a.cohort_id WHERE a.person_id = $1 AND b.person_id = $2 ORDER BY c.id LIMIT 1",
	    DB_ARGS(DB_NUMBER(g->keep->id), DB_NUMBER(g->duplicate->id)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		*keep = read_side(rows, 0);
		*duplicate = read_side(rows, SIDE_COLUMNS);
		mentor_buf_clear(cohort);
		mentor_buf_str(cohort, db_text(rows, 2 * SIDE_COLUMNS));
		status = cohort->failed ? fail_memory(g->m) : db_whole(rows);
	}
	db_done(rows);
	*ret_more = more;
	return status;
}

static enum mentor_status join_enrolments(const struct merge *g)
{
	struct mentor_buf cohort = MENTOR_BUF_INIT;
	struct side keep, duplicate;
	bool more = true;
	enum mentor_status status = MENTOR_OK;
	while (!status && !(status = shared_cohort(g, &keep, &duplicate, &cohort, &more)) && more)
		status = join(g, &keep, &duplicate, mentor_buf_text(&cohort));
	mentor_buf_free(&cohort);
	return status;
}

/* ---- the rest ---- */

static enum mentor_status refuse_pair(const struct merge *g)
{
	int64_t pair = 0;
	enum mentor_status status = db_value(g->m,
	    "SELECT q.id FROM pair q JOIN enrolment a ON a.id = q.mentor_id JOIN enrolment b ON b.id = q.mentee_id "
	    "WHERE (a.person_id = $1 AND b.person_id = $2) OR (a.person_id = $2 AND b.person_id = $1) ORDER BY q.id LIMIT 1",
	    DB_ARGS(DB_NUMBER(g->keep->id), DB_NUMBER(g->duplicate->id)), 0, &pair);
	if (!status && pair)
		return fail(g->m, MENTOR_REFUSED, mentor_hint(g->m, "if only the address of one of them is wrong, change it: mentor person set p%" PRId64 " --email ADDRESS", g->duplicate->id),
		    "p%" PRId64 " and p%" PRId64 " are pair m%" PRId64 ", so they are two people", g->keep->id, g->duplicate->id, pair);
	return status;
}

/* Walks what `sql` finds of person $1: a number and a name. */
static enum mentor_status tell_all(const struct merge *g, const char *sql, struct db_value of, const char *change, const struct mentor_entity *entity)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(g->m, sql, &of, 1, &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = tell(g, change, entity, db_number(rows, 0), db_text(rows, 1));
	db_done(rows);
	return status;
}

static enum mentor_status move_enrolments(const struct merge *g)
{
	enum mentor_status status = tell_all(g,
	    "SELECT e.id, c.slug FROM enrolment e JOIN cohort c ON c.id = e.cohort_id WHERE e.person_id = $1 ORDER BY e.id",
	    DB_NUMBER(g->duplicate->id), "moved", &mentor_entity_enrolment);
	return status ? status :
			db_run(g->m, "UPDATE enrolment SET person_id = $1 WHERE person_id = $2",
			    DB_ARGS(DB_NUMBER(g->keep->id), DB_NUMBER(g->duplicate->id)));
}

static enum mentor_status tell_address(const struct merge *g, const char *address)
{
	struct mentor_merge_row row = { "added", "address", address, NULL };
	return g->each(g->arg, &row);
}

static enum mentor_status tell_addresses(const struct merge *g)
{
	struct mentor_buf one = MENTOR_BUF_INIT;
	enum mentor_status status = tell_address(g, g->duplicate->email);
	for (const char *list = g->duplicate->addresses; !status && mentor_buf_line(&one, &list);)
		status = tell_address(g, mentor_buf_text(&one));
	if (one.failed)
		status = fail_memory(g->m);
	mentor_buf_free(&one);
	return status;
}

/* The duplicate's record goes, and its addresses stay: nobody is in between the two steps to take one. */
static enum mentor_status move_addresses(const struct merge *g)
{
	const struct db_value ids[] = { DB_NUMBER(g->keep->id), DB_NUMBER(g->duplicate->id) };
	enum mentor_status status = MENTOR_OK;
	for (const struct merge_column *c = merge_columns; !status && c->table; c++)
		if (c->sql && of_person(c))
			status = db_run(g->m, c->sql, ids, 2);
	if (!status)
		status = db_run(g->m, "DELETE FROM person WHERE id = $1", DB_ARGS(DB_NUMBER(g->duplicate->id)));
	if (!status)
		status = db_run(g->m, "INSERT INTO address (person_id, email) VALUES ($1, $2)",
		    DB_ARGS(DB_NUMBER(g->keep->id), DB_TEXT(g->duplicate->email)));
	return status ? status : tell_addresses(g);
}

/* Whose line manager the duplicate was has `keep` now, but for `keep` itself: nobody is the own one. */
static enum mentor_status move_reports(const struct merge *g)
{
	enum mentor_status status = db_run(g->m,
	    "UPDATE person SET manager_email = NULL WHERE id = $1 AND (manager_email = $2 OR manager_email IN (SELECT email FROM address WHERE person_id = $1))",
	    DB_ARGS(DB_NUMBER(g->keep->id), DB_TEXT(g->keep->email)));
	if (!status)
		status = tell_all(g, "SELECT id, name FROM person WHERE manager_email = $1 ORDER BY id", DB_TEXT(g->duplicate->email), "changed",
		    &mentor_entity_person);
	return status ? status : person_follow_manager(g->m, g->duplicate->email, g->keep->email);
}

/* What `keep` leaves open. The duplicate's line manager may have been `keep`. */
static enum mentor_status fill_person(const struct merge *g)
{
	void *record = NULL;
	uint64_t given = 0;
	int64_t manager = 0;
	bool changed = false;
	enum mentor_status status = mentor_record_get(g->m, &mentor_entity_person, g->keep->id, &record);
	if (!status && g->duplicate->manager_email)
		status = record_lookup(g->m, &mentor_entity_person, g->duplicate->manager_email, &manager);
	for (size_t i = 1; !status && mentor_person_fields[i].name; i++) {
		const struct mentor_field *f = &mentor_person_fields[i];
		bool own = strcmp(f->name, "manager_email") == 0 && manager == g->keep->id;
		if (!own && mentor_field_is_none(f, record) && !mentor_field_is_none(f, g->duplicate))
			given |= UINT64_C(1) << i;
	}
	mentor_record_free(record);
	return status ? status : mentor_record_set(g->m, &mentor_entity_person, g->keep->id, g->duplicate, given, &changed);
}

static enum mentor_status merge(const struct merge *g)
{
	static enum mentor_status (*const steps[])(
	    const struct merge *) = { refuse_pair, join_enrolments, move_enrolments, move_addresses, move_reports, fill_person };
	enum mentor_status status = equality_merge(g->m, g->keep->id, g->duplicate->id);
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		status = steps[i](g);
	if (!status)
		status = tell(g, "removed", &mentor_entity_person, g->duplicate->id, g->duplicate->name);
	return status ? status : tell(g, "merged", &mentor_entity_person, g->keep->id, g->keep->name);
}

enum mentor_status mentor_person_merge(struct mentor *m, int64_t keep, int64_t duplicate,
    enum mentor_status (*each)(void *arg, const struct mentor_merge_row *row), void *arg)
{
	void *kept = NULL, *gone = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_person, keep, &kept);
	if (!status)
		status = mentor_record_get(m, &mentor_entity_person, duplicate, &gone);
	struct merge g = { m, kept, gone, each, arg };
	if (!status && keep != duplicate)
		status = merge(&g);
	mentor_record_free(kept);
	mentor_record_free(gone);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}
