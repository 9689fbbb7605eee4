/* objection.c: objections are only added to: that somebody objects, was answered, takes it back. What they stop asks objection.h where it
 * would happen. */
#include "objection.h"

#include "equality.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

const char *const mentor_purposes[] = { "matching", "reminders", "monitoring", "surveys", NULL };
const char *const mentor_objection_steps[] = { "objected", "lifted", "answered", NULL };
enum { OBJECTED, LIFTED, ANSWERED };
enum { MATCHING, REMINDERS, MONITORING, SURVEYS };

/* clang-format off */
#define AT_TEXT(member) MENTOR_AT_TEXT(mentor_objection, member)
const struct mentor_field mentor_objection_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, MENTOR_AT_NUMBER(mentor_objection, person), .entity = "person", .help = "who objects" },
	{ "purpose", MENTOR_TYPE_TEXT, 0, AT_TEXT(purpose), .heading = "to", .help = "what she or he objects to" },
	{ "objected_on", MENTOR_TYPE_DAY, 0, AT_TEXT(objected_on), .heading = "since", .help = "day of the objection" },
	{ "answered_on", MENTOR_TYPE_DAY, 0, AT_TEXT(answered_on), .heading = "answered", .help = "day the person was told what came of it" },
	{ "answer_by", MENTOR_TYPE_DAY, 0, AT_TEXT(answer_by), .help = "while it is not answered: a month after the objection (UK GDPR, article 12)" },
	{ 0 },
};
/* clang-format on */

static enum mentor_status stands(struct mentor *m, int64_t person, const char *purpose, int64_t *ret_objects, int64_t *ret_answered)
{
	enum mentor_status status = db_value(m,
	    "SELECT count(*) FROM objection o WHERE o.person_id = $1 AND o.purpose = $2 AND o.step = 'objected' AND NOT EXISTS (SELECT 1 FROM objection l "
	    "WHERE l.person_id = $1 AND l.purpose = $2 AND l.step = 'lifted' AND l.id > o.id)",
	    DB_ARGS(DB_NUMBER(person), DB_TEXT(purpose)), 0, ret_objects);
	return status ? status :
			db_value(m,
			    "SELECT count(*) FROM objection a WHERE a.person_id = $1 AND a.purpose = $2 AND a.step = 'answered' AND a.id > "
			    "(SELECT max(o.id) FROM objection o WHERE o.person_id = $1 AND o.purpose = $2 AND o.step = 'objected')",
			    DB_ARGS(DB_NUMBER(person), DB_TEXT(purpose)), 0, ret_answered);
}

/* Besides what is asked where it happens: answers to monitoring go, and tokens that have not served are void. */
static enum mentor_status take_effect(struct mentor *m, int64_t person, int64_t purpose, int64_t step)
{
	if (purpose == MONITORING && step != ANSWERED)
		return equality_object(m, person, step == LIFTED);
	if (purpose == SURVEYS && step == OBJECTED)
		return db_run(m, "DELETE FROM ticket WHERE used = 0 AND enrolment_id IN (SELECT id FROM enrolment WHERE person_id = $1)",
		    DB_ARGS(DB_NUMBER(person)));
	return MENTOR_OK;
}

static enum mentor_status add_step(struct mentor *m, int64_t person, int64_t purpose, int64_t step, const char *day, bool *ret_changed)
{
	const char *word = mentor_purposes[purpose];
	int64_t objects = 0, answered = 0;
	enum mentor_status status = stands(m, person, word, &objects, &answered);
	if (!status && step == ANSWERED && !objects)
		status = fail(m, MENTOR_REFUSED, "see: mentor privacy objections", "p%" PRId64 " does not object to %s", person, word);
	*ret_changed = step == OBJECTED ? !objects : step == LIFTED ? objects > 0 : !answered;
	if (status || !*ret_changed)
		return status;
	status = db_run(m, "INSERT INTO objection (person_id, purpose, step, day, recorded_by) VALUES ($1, $2, $3, $4, $5)",
	    DB_ARGS(DB_NUMBER(person), DB_TEXT(word), DB_TEXT(mentor_objection_steps[step]), DB_TEXT(day), DB_TEXT(m->actor)));
	return status ? status : take_effect(m, person, purpose, step);
}

enum mentor_status mentor_privacy_object(struct mentor *m, int64_t person, int64_t purpose, int64_t step, const char *day, bool *ret_changed)
{
	bool changed = false;
	void *record = NULL;
	if (day && strcmp(day, m->today) > 0)
		return fail(m, MENTOR_INVALID, "leave it out when it was today", "%s is still to come", day);
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_person, person, &record);
	mentor_record_free(record);
	if (!status)
		status = add_step(m, person, purpose, step, day ? day : m->today, &changed);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- those that stand ---- */

#define STANDING                                                                                                                              \
	"SELECT o.person_id, o.purpose, o.day, (SELECT min(a.day) FROM objection a WHERE a.person_id = o.person_id AND a.purpose = o.purpose " \
	"AND a.step = 'answered' AND a.id > o.id) FROM objection o WHERE o.step = 'objected' AND NOT EXISTS (SELECT 1 FROM objection l WHERE "    \
	"l.person_id = o.person_id AND l.purpose = o.purpose AND l.step = 'lifted' AND l.id > o.id) ORDER BY o.id"

enum mentor_status mentor_objections(struct mentor *m, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, STANDING, DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		char by[11] = "";
		int64_t day = 0;
		const char *answered = db_text(rows, 3);
		if (mentor_day_parse(db_text(rows, 2), &day))
			mentor_day_format(mentor_day_add_months(day, 1), by);
		const struct mentor_objection row = { db_number(rows, 0), db_text(rows, 1), db_text(rows, 2), answered, answered ? NULL : by };
		status = db_whole(rows);
		if (!status)
			status = each(arg, &row);
	}
	db_done(rows);
	return status;
}

static enum mentor_status add_problem(void *arg, const void *record)
{
	const struct mentor_objection *o = record;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (o->answered_on)
		return MENTOR_OK;
	mentor_buf_fmt(&hint, "tell the person what came of it, then: mentor privacy object p%" PRId64 " --to %s --answered", o->person, o->purpose);
	problem_add(arg, NULL, mentor_buf_text(&hint), "p%" PRId64 " objected to %s on %s and has to be answered by %s", o->person, o->purpose, o->objected_on,
	    o->answer_by);
	mentor_buf_free(&hint);
	return MENTOR_OK;
}

enum mentor_status objection_unanswered(struct mentor *m)
{
	return mentor_objections(m, add_problem, m);
}
