/* request.c: what people ask of their data, and complain of: what came when, what became of it, and by which day the law wants an answer. */
#include "request.h"

#include "record.h"

#include <inttypes.h>
#include <string.h>

/* UK GDPR, article 12(3) and 12A: a month, two more where it is complex, and the time stands still while something is asked back.
 * Data Protection Act 2018, section 164A: a complaint is acknowledged within 30 days. */
enum { MONTHS = 1, MORE_MONTHS = 2, COMPLAINT_DAYS = 30 };

static const char *const kinds[] = { "access", "correction", "erasure", "complaint", NULL };
static const char *const outcomes[] = { "answered", "refused", "withdrawn", NULL };
static const char *const nexts[] = { "acknowledge", "answer", "wait", NULL };
const char *const mentor_request_steps[] = { "acknowledged", "waiting", "resumed", "extended", "answered", "refused", "withdrawn", "reopened", NULL };
enum { ACKNOWLEDGED, WAITING, RESUMED, EXTENDED, ANSWERED, REFUSED, WITHDRAWN, REOPENED };
enum { ACKNOWLEDGE, ANSWER, WAIT };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_request, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_request, member)
/* clang-format off */
const struct mentor_field mentor_request_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "request", .help = "the request" },
	{ "person", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(person), .entity = "person", .sql = "t.person_id", .help = "who asks" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(name), .sql = "n.name", .help = "name of that person" },
	{ "kind", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(kind), .sql = "t.kind", .choices = kinds, .help = "what is held is to be told, corrected or erased; or it is a complaint" },
	{ "received_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(received_on), .sql = "t.received_on", .heading = "received", .help = "day it came" },
	{ "next", MENTOR_TYPE_CHOICE, MENTOR_DERIVED, NUMBER(next), .sql = "NULL", .choices = nexts, .help = "what is to be done: acknowledge it, answer it, or wait for what was asked back; nothing once it is closed" },
	{ "due", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(due), .sql = "NULL", .help = "the last day for that; a complaint that is acknowledged has none: it is answered without undue delay" },
	{ "overdue", MENTOR_TYPE_BOOL, MENTOR_DERIVED, NUMBER(overdue), .sql = "NULL", .help = "whether that day is over" },
	{ "closed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(closed_on), .sql = "t.closed_on", .heading = "closed", .help = "day it was answered, refused or withdrawn" },
	{ "outcome", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(outcome), .sql = "t.outcome", .choices = outcomes, .help = "what became of it" },
	{ "about", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(about), .sql = "t.about", .help = "what it is about" },
	{ "acknowledged_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(acknowledged_on), .sql = "t.acknowledged_on", .heading = "acknowledged", .help = "day the person was told that it has come" },
	{ "waiting_since", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(waiting_since), .sql = "t.waiting_since", .help = "day from which the time stands still" },
	{ "waited", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_WIDE, NUMBER(waited), .sql = "t.waited", .help = "days that the time has stood still before" },
	{ "extended_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(extended_on), .sql = "t.extended_on", .heading = "extended", .help = "day the person was told that it takes up to two months more" },
	{ "recorded_by", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(recorded_by), .sql = "t.recorded_by", .help = "who recorded it" },
	{ 0 },
};
/* clang-format on */
#undef NUMBER
#undef TEXT

const struct mentor_entity mentor_entity_request = {
	.name = "request",
	.plural = "requests",
	.letter = 'q',
	.table = "request",
	.from = "request t JOIN person n ON n.id = t.person_id",
	.order = "t.id",
	.fields = mentor_request_fields,
	.size = sizeof(struct mentor_request),
};

/* ---- what is owed by when ---- */

static int64_t day_of(const char *text)
{
	int64_t day = 0;
	return text && mentor_day_parse(text, &day) ? day : MENTOR_NONE;
}

/* The last day for the answer that the person asks for. */
static int64_t answer_day(const struct mentor_request *q, bool extended)
{
	return mentor_day_add_months(day_of(q->received_on), extended ? MONTHS + MORE_MONTHS : MONTHS) + q->waited;
}

/* `day` gets the text that q->due is. */
static void work_out(const struct mentor *m, struct mentor_request *q, char day[11])
{
	int64_t due = MENTOR_NONE;
	q->overdue = 0;
	if (q->closed_on)
		return;
	if (q->kind == MENTOR_REQUEST_COMPLAINT) {
		q->next = q->acknowledged_on ? ANSWER : ACKNOWLEDGE;
		due = q->acknowledged_on ? MENTOR_NONE : day_of(q->received_on) + COMPLAINT_DAYS;
	} else {
		q->next = q->waiting_since ? WAIT : ANSWER;
		due = q->waiting_since ? MENTOR_NONE : answer_day(q, q->extended_on != NULL);
	}
	if (due == MENTOR_NONE)
		return;
	mentor_day_format(due, day);
	q->due = day;
	q->overdue = strcmp(day, m->today) < 0;
}

struct walk {
	struct mentor *m;
	bool open;
	mentor_record_fn *each;
	void *arg;
};

static enum mentor_status pass(void *arg, const void *record)
{
	const struct walk *w = arg;
	struct mentor_request q = *(const struct mentor_request *)record;
	char day[11] = "";
	work_out(w->m, &q, day);
	return w->open && q.closed_on ? MENTOR_OK : w->each(w->arg, &q);
}

enum mentor_status mentor_requests(struct mentor *m, bool open, const struct mentor_filter *filters, size_t n, mentor_record_fn *each, void *arg)
{
	return mentor_record_list(m, &mentor_entity_request, filters, n, pass, &(struct walk){ m, open, each, arg });
}

/* ---- receiving ---- */

static enum mentor_status check_day(struct mentor *m, const char *day)
{
	return day && strcmp(day, m->today) > 0 ? fail(m, MENTOR_INVALID, "leave it out when it was today", "%s is still to come", day) : MENTOR_OK;
}

/* The same thing asked on the same day is one request, whatever became of it. */
static enum mentor_status receive(struct mentor *m, int64_t person, int64_t kind, const char *day, const char *about, bool *ret_new, int64_t *ret_id)
{
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_person, person, &record);
	mentor_record_free(record);
	if (!status)
		status = db_value(m, "SELECT id FROM request WHERE person_id = $1 AND kind = $2 AND received_on = $3 AND coalesce(about, '') = $4",
		    DB_ARGS(DB_NUMBER(person), DB_TEXT(kinds[kind]), DB_TEXT(day), DB_TEXT(about ? about : "")), 0, &id);
	*ret_new = !id;
	if (!status && !id)
		status = db_value(m, "INSERT INTO request (person_id, kind, received_on, about, recorded_by) VALUES ($1, $2, $3, $4, $5) RETURNING id",
		    DB_ARGS(DB_NUMBER(person), DB_TEXT(kinds[kind]), DB_TEXT(day), DB_TEXT(about), DB_TEXT(m->actor)), 0, &id);
	*ret_id = id;
	return status;
}

enum mentor_status mentor_request_add(struct mentor *m, int64_t person, int64_t kind, const char *day, const char *about, const char **ret_change,
    int64_t *ret_id)
{
	bool new = false;
	int64_t id = 0;
	enum mentor_status status = check_day(m, day);
	if (!status)
		status = mentor_begin(m);
	if (status)
		return status;
	status = receive(m, person, kind, day ? day : m->today, about, &new, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = new ? "added" : "unchanged";
	*ret_id = id;
	return MENTOR_OK;
}

/* ---- what became of it ---- */

static enum mentor_status write_day(struct mentor *m, const struct mentor_request *q, const char *sql, const char *day)
{
	return db_run(m, sql, DB_ARGS(DB_TEXT(day), DB_NUMBER(q->id)));
}

static enum mentor_status wait(struct mentor *m, const struct mentor_request *q, const char *day)
{
	if (q->kind == MENTOR_REQUEST_COMPLAINT)
		return fail(m, MENTOR_REFUSED, "acknowledge it first; then no day is set", "the time to acknowledge a complaint does not stand still");
	return write_day(m, q, "UPDATE request SET waiting_since = $1 WHERE id = $2", day);
}

static enum mentor_status go_on(struct mentor *m, const struct mentor_request *q, const char *day)
{
	if (day_of(day) < day_of(q->waiting_since))
		return fail(m, MENTOR_INVALID, "give the day the person came back to you", "%s is before %s, from when you waited", day, q->waiting_since);
	return db_run(m, "UPDATE request SET waiting_since = NULL, waited = $1 WHERE id = $2",
	    DB_ARGS(DB_NUMBER(q->waited + day_of(day) - day_of(q->waiting_since)), DB_NUMBER(q->id)));
}

/* The person has to hear of it while the first month lasts. */
static enum mentor_status extend(struct mentor *m, const struct mentor_request *q, const char *day)
{
	char last[11];
	if (q->kind == MENTOR_REQUEST_COMPLAINT)
		return fail(m, MENTOR_REFUSED, "tell the person how it stands", "a complaint has no time that could be extended: it is answered without undue delay");
	mentor_day_format(answer_day(q, false), last);
	if (strcmp(day, last) > 0)
		return fail(m, MENTOR_REFUSED, "answer it now", "the person had to be told by %s that it takes longer", last);
	return write_day(m, q, "UPDATE request SET extended_on = $1 WHERE id = $2", day);
}

static enum mentor_status refuse_closed(struct mentor *m, const struct mentor_request *q)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "to take that back: mentor privacy handle q%" PRId64 " --as reopened", q->id);
	enum mentor_status status = hint.failed ? fail_memory(m) :
	    fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "q%" PRId64 " was %s on %s", q->id, outcomes[q->outcome], q->closed_on);
	mentor_buf_free(&hint);
	return status;
}

/* Whoever is answered within the time has not to be told before that it came. */
static enum mentor_status finish(struct mentor *m, const struct mentor_request *q, int64_t step, const char *day)
{
	enum mentor_status status = q->waiting_since ? go_on(m, q, day) : MENTOR_OK;
	return status ? status : db_run(m, "UPDATE request SET closed_on = $1, outcome = $2 WHERE id = $3",
	    DB_ARGS(DB_TEXT(day), DB_TEXT(outcomes[step - ANSWERED]), DB_NUMBER(q->id)));
}

static bool is_so(const struct mentor_request *q, int64_t step)
{
	const bool so[] = { [ACKNOWLEDGED] = q->acknowledged_on, [WAITING] = q->waiting_since, [RESUMED] = !q->waiting_since && !q->closed_on,
		[EXTENDED] = q->extended_on, [REOPENED] = !q->closed_on };
	return step >= ANSWERED && step <= WITHDRAWN ? q->outcome == step - ANSWERED : so[step];
}

static enum mentor_status take_step(struct mentor *m, const struct mentor_request *q, int64_t step, const char *day)
{
	if (step == REOPENED)
		return db_run(m, "UPDATE request SET closed_on = NULL, outcome = NULL WHERE id = $1", DB_ARGS(DB_NUMBER(q->id)));
	if (q->closed_on)
		return refuse_closed(m, q);
	if (step >= ANSWERED && step <= WITHDRAWN)
		return finish(m, q, step, day);
	return step == WAITING ? wait(m, q, day) : step == RESUMED ? go_on(m, q, day) : step == EXTENDED ? extend(m, q, day) :
	    write_day(m, q, "UPDATE request SET acknowledged_on = $1 WHERE id = $2", day);
}

static enum mentor_status handle(struct mentor *m, int64_t id, int64_t step, const char *day, bool *ret_changed)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_request, id, &record);
	const struct mentor_request *q = record;
	if (!status && strcmp(day, q->received_on) < 0)
		status = fail(m, MENTOR_INVALID, HINT_DAY, "%s is before %s, when it came", day, q->received_on);
	*ret_changed = !status && !is_so(q, step);
	if (*ret_changed)
		status = take_step(m, q, step, day);
	mentor_record_free(record);
	return status;
}

enum mentor_status mentor_request_handle(struct mentor *m, int64_t id, int64_t step, const char *day, bool *ret_changed)
{
	bool changed = false;
	enum mentor_status status = check_day(m, day);
	if (!status)
		status = mentor_begin(m);
	if (status)
		return status;
	status = handle(m, id, step, day ? day : m->today, &changed);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- what is owed ---- */

static enum mentor_status add_problem(void *arg, const void *record)
{
	static const char *const what[] = { "the request for access", "the request for correction", "the request for erasure", "the complaint" };
	const struct mentor_request *q = record;
	const bool acknowledge = q->next == ACKNOWLEDGE;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (q->next == WAIT)
		return MENTOR_OK;
	mentor_buf_fmt(&hint, "%s, then: mentor privacy handle q%" PRId64 " --as %s", acknowledge ? "tell the person that it has come" : "answer it", q->id,
	    acknowledge ? "acknowledged" : "answered");
	problem_add(arg, NULL, mentor_buf_text(&hint), "%s q%" PRId64 " of p%" PRId64 ", which came on %s, has to be %s %s%s%s", what[q->kind], q->id, q->person,
	    q->received_on, acknowledge ? "acknowledged" : "answered", q->due ? "by " : "without undue delay", q->due ? q->due : "", q->overdue ? ", which is over" : "");
	mentor_buf_free(&hint);
	return MENTOR_OK;
}

enum mentor_status request_unanswered(struct mentor *m)
{
	return mentor_requests(m, true, NULL, 0, add_problem, m);
}

enum mentor_status request_refuse_erasing(struct mentor *m, int64_t person)
{
	int64_t id = 0;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	enum mentor_status status = db_value(m, "SELECT id FROM request WHERE person_id = $1 AND closed_on IS NULL AND kind <> 'erasure' ORDER BY id LIMIT 1",
	    DB_ARGS(DB_NUMBER(person)), 0, &id);
	if (status || !id)
		return status;
	mentor_buf_fmt(&hint, "answer it first, then: mentor privacy handle q%" PRId64 " --as answered", id);
	status = hint.failed ? fail_memory(m) :
	    fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "q%" PRId64 " of p%" PRId64 " is not answered, and could not be without the records", id, person);
	mentor_buf_free(&hint);
	return status;
}

/* ---- counted for the status of a cohort ---- */

struct counting {
	struct mentor *m;
	int64_t cohort, next;
	bool late;
	int64_t n, first;
};

static enum mentor_status count_one(void *arg, const void *record)
{
	struct counting *c = arg;
	const struct mentor_request *q = record;
	int64_t enrolled = 0;
	if (q->next != c->next || (q->overdue == 1) != c->late)
		return MENTOR_OK;
	enum mentor_status status = db_value(c->m, "SELECT count(*) FROM enrolment WHERE cohort_id = $1 AND person_id = $2",
	    DB_ARGS(DB_NUMBER(c->cohort), DB_NUMBER(q->person)), 0, &enrolled);
	if (!status && enrolled)
		c->first = c->n++ ? c->first : q->id;
	return status;
}

static enum mentor_status count(struct counting c, int64_t *ret_n, int64_t *ret_first)
{
	enum mentor_status status = mentor_requests(c.m, true, NULL, 0, count_one, &c);
	if (!status) {
		*ret_n = c.n;
		*ret_first = c.first;
	}
	return status;
}

enum mentor_status request_to_acknowledge(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first)
{
	return count((struct counting){ m, cohort, ACKNOWLEDGE, .late = false }, ret_n, ret_first);
}

enum mentor_status request_acknowledge_late(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first)
{
	return count((struct counting){ m, cohort, ACKNOWLEDGE, .late = true }, ret_n, ret_first);
}

enum mentor_status request_to_answer(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first)
{
	return count((struct counting){ m, cohort, ANSWER, .late = false }, ret_n, ret_first);
}

enum mentor_status request_answer_late(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first)
{
	return count((struct counting){ m, cohort, ANSWER, .late = true }, ret_n, ret_first);
}
