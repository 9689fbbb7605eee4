/* approval.c: line managers' support: asked for on a day, given or refused on a day, by whom. */
#include "approval.h"

#include "enrolment.h"
#include "record.h"

#include <string.h>

const char *const approval_states[] = { "none", "asked", "given", "refused", NULL };
static const char *const wanted_words[] = { "none", "asked", "required", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_approval, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_approval, member)
const struct mentor_field mentor_approval_fields[] = {
	{ "wanted", MENTOR_TYPE_CHOICE, 0, NUMBER(wanted), .choices = wanted_words, .help = "what the programme says of the role" },
	{ "state", MENTOR_TYPE_CHOICE, 0, NUMBER(state), .choices = approval_states, .help = "where it stands; none when nothing is recorded" },
	{ "asked_on", MENTOR_TYPE_DAY, 0, TEXT(asked_on), .heading = "asked", .help = "day the line manager was asked" },
	{ "answered_on", MENTOR_TYPE_DAY, 0, TEXT(answered_on), .heading = "answered", .help = "day of the answer" },
	{ "by", MENTOR_TYPE_TEXT, 0, TEXT(by), .help = "who answered" },
	{ "reason", MENTOR_TYPE_TEXT, 0, TEXT(reason), .help = "what was said with it" },
	{ "recorded_by", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(recorded_by), .help = "who recorded it" },
	{ "waived", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(waived), .help = "whether the person was accepted in spite of a refusal" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

enum def_support approval_wanted(const struct definition *d, int64_t role)
{
	int64_t mentor = d->roles.mentor.manager_support, mentee = d->roles.mentee.manager_support;
	switch ((enum mentor_role)role) {
	case MENTOR_ROLE_MENTOR:
		return (enum def_support)mentor;
	case MENTOR_ROLE_MENTEE:
		return (enum def_support)mentee;
	case MENTOR_ROLE_FACILITATOR:
		return (enum def_support)d->roles.facilitator.manager_support;
	case MENTOR_ROLE_EITHER:
		break;
	}
	return (enum def_support)(mentor > mentee ? mentor : mentee);
}

/* ---- reading ---- */

/* Called with what is recorded of an enrolment; the texts live until it returns. */
static enum mentor_status with_approval(struct mentor *m, const struct mentor_enrolment *e, const struct definition *d, mentor_record_fn *each, void *arg)
{
	struct mentor_approval a = { .wanted = (int64_t)approval_wanted(d, e->role) };
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(m,
	    "SELECT s.answer, s.asked_on, s.answered_on, s.answered_by, s.reason, s.recorded_by, "
	    "(SELECT count(*) FROM waiver w WHERE w.enrolment_id = s.enrolment_id AND w.kind = 'support') FROM support s WHERE s.enrolment_id = $1",
	    DB_ARGS(DB_NUMBER(e->id)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		const char *answer = db_text(rows, 0);
		a.state = !answer ? MENTOR_SUPPORT_ASKED : strcmp(answer, "given") == 0 ? MENTOR_SUPPORT_GIVEN : MENTOR_SUPPORT_REFUSED;
		a.asked_on = db_text(rows, 1);
		a.answered_on = db_text(rows, 2);
		a.by = db_text(rows, 3);
		a.reason = db_text(rows, 4);
		a.recorded_by = db_text(rows, 5);
		a.waived = db_number(rows, 6);
		status = db_whole(rows);
	}
	if (!status)
		status = each(arg, &a);
	db_done(rows);
	return status;
}

enum mentor_status mentor_enrol_approval(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_enrolment, enrolment, &record);
	if (!status)
		status = programme_of_cohort(m, ((const struct mentor_enrolment *)record)->cohort_id, &d);
	if (!status)
		status = with_approval(m, record, d, each, arg);
	definition_free(d);
	mentor_record_free(record);
	return status;
}

enum mentor_status approval_state(struct mentor *m, int64_t enrolment, enum mentor_support *ret_state, bool *ret_waived)
{
	int64_t state = 0, waived = 0;
	enum mentor_status status = db_value(m,
	    "SELECT CASE WHEN answer = 'given' THEN 2 WHEN answer = 'refused' THEN 3 ELSE 1 END FROM support WHERE enrolment_id = $1",
	    DB_ARGS(DB_NUMBER(enrolment)), MENTOR_SUPPORT_NONE, &state);
	if (!status)
		status = db_value(m, "SELECT count(*) FROM waiver WHERE enrolment_id = $1 AND kind = 'support'", DB_ARGS(DB_NUMBER(enrolment)), 0, &waived);
	if (status)
		return status;
	*ret_state = (enum mentor_support)state;
	*ret_waived = waived > 0;
	return MENTOR_OK;
}

/* ---- recording ---- */

/* What is to be recorded of whom. */
struct change {
	struct mentor *m;
	const struct mentor_enrolment *e;
	enum mentor_support what;
	const char *day, *by, *reason;
	bool changed;
};

static enum mentor_status check_days(const struct change *c, const char *asked_on, const char *answered_on)
{
	if (asked_on && answered_on && strcmp(asked_on, answered_on) > 0)
		return fail(c->m, MENTOR_INVALID, "give the day with --on DAY; a new answer is recorded with --given or --refused",
		    "the line manager of %s cannot have answered on %s what was asked on %s", c->e->name, answered_on, asked_on);
	return MENTOR_OK;
}

/* The day it was asked for; an answer stays. */
static enum mentor_status record_asked(struct change *c, const struct mentor_approval *old)
{
	const char *day = c->day ? c->day : old->asked_on ? old->asked_on : c->m->today;
	if (old->asked_on && strcmp(old->asked_on, day) == 0)
		return MENTOR_OK;
	c->changed = true;
	enum mentor_status status = check_days(c, day, old->answered_on);
	return status ? status :
			db_run(c->m,
			    "INSERT INTO support (enrolment_id, asked_on, recorded_by) VALUES ($1, $2, $3) "
			    "ON CONFLICT (enrolment_id) DO UPDATE SET asked_on = excluded.asked_on, recorded_by = excluded.recorded_by",
			    DB_ARGS(DB_NUMBER(c->e->id), DB_TEXT(day), DB_TEXT(c->m->actor)));
}

static bool differs(const char *new, const char *old)
{
	return new && (!old || strcmp(new, old) != 0);
}

static enum mentor_status manager_of(struct mentor *m, int64_t person, struct mentor_buf *b)
{
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(m, "SELECT manager_email FROM person WHERE id = $1 AND manager_email IS NOT NULL", DB_ARGS(DB_NUMBER(person)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more)
		mentor_buf_str(b, db_text(rows, 0));
	if (!status && more)
		status = db_whole(rows);
	db_done(rows);
	return status ? status : b->failed ? fail_memory(m) : MENTOR_OK;
}

/* The same answer keeps what is not given anew; another one begins afresh. */
static enum mentor_status record_answer(struct change *c, const struct mentor_approval *old)
{
	bool same = old->state == (int64_t)c->what;
	struct mentor_buf manager = MENTOR_BUF_INIT;
	if (same && !differs(c->day, old->answered_on) && !differs(c->by, old->by) && !differs(c->reason, old->reason))
		return MENTOR_OK;
	c->changed = true;
	const char *day = c->day ? c->day : same ? old->answered_on : c->m->today;
	const char *reason = c->reason || !same ? c->reason : old->reason;
	enum mentor_status status = check_days(c, old->asked_on, day);
	if (!status && !c->by && !same)
		status = manager_of(c->m, c->e->person_id, &manager);
	const char *by = c->by ? c->by : same ? old->by : manager.len ? mentor_buf_text(&manager) : NULL;
	if (!status)
		status = db_run(c->m,
		    "INSERT INTO support (enrolment_id, answer, answered_on, answered_by, reason, recorded_by) VALUES ($1, $2, $3, $4, $5, $6) "
		    "ON CONFLICT (enrolment_id) DO UPDATE SET answer = excluded.answer, answered_on = excluded.answered_on, "
		    "answered_by = excluded.answered_by, reason = excluded.reason, recorded_by = excluded.recorded_by",
		    DB_ARGS(DB_NUMBER(c->e->id), DB_TEXT(approval_states[c->what]), DB_TEXT(day), DB_TEXT(by), DB_TEXT(reason), DB_TEXT(c->m->actor)));
	mentor_buf_free(&manager);
	if (!status && !same)
		status = db_run(c->m, "DELETE FROM waiver WHERE enrolment_id = $1 AND kind = 'support'", DB_ARGS(DB_NUMBER(c->e->id)));
	return status;
}

static enum mentor_status record_change(void *arg, const void *record)
{
	struct change *c = arg;
	const struct mentor_approval *old = record;
	if (old->wanted == DEF_SUPPORT_NONE)
		return fail(c->m, MENTOR_REFUSED, "manager_support under roles in the programme file says of which role it is asked",
		    "the programme does not ask for the support of the line manager of %s", c->e->name);
	return c->what == MENTOR_SUPPORT_ASKED ? record_asked(c, old) : record_answer(c, old);
}

static enum mentor_status approve(struct change *c, int64_t enrolment)
{
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(c->m, &mentor_entity_enrolment, enrolment, &record);
	c->e = record;
	if (!status && c->day && strcmp(c->day, c->m->today) > 0)
		status = fail(c->m, MENTOR_INVALID, HINT_DAY, "no line manager can have been asked or have answered on %s, which is still to come", c->day);
	if (!status)
		status = programme_of_cohort(c->m, c->e->cohort_id, &d);
	if (!status)
		status = with_approval(c->m, c->e, d, record_change, c);
	definition_free(d);
	mentor_record_free(record);
	return status;
}

enum mentor_status mentor_enrol_approve(struct mentor *m, int64_t enrolment, enum mentor_support what, const char *day, const char *by,
    const char *reason, bool *ret_changed)
{
	struct change c = { .m = m, .what = what, .day = day, .by = by, .reason = reason };
	if (what == MENTOR_SUPPORT_NONE)
		return fail(m, MENTOR_USAGE, NULL, "support is asked for, given or refused");
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = approve(&c, enrolment);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = c.changed;
	return status;
}

/* ---- what is missing ---- */

/* Adds up over the roles of which the programme asks at least `least`; $1 cohort, $2 role. */
static enum mentor_status count_roles(struct mentor *m, int64_t cohort, enum def_support least, const char *sql, int64_t *ret_n, int64_t *ret_person)
{
	struct definition *d = NULL;
	int64_t n = 0, first = 0;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	for (int64_t role = MENTOR_ROLE_MENTOR; !status && role <= MENTOR_ROLE_FACILITATOR; role++) {
		struct db_rows *rows = NULL;
		bool more = false;
		if (approval_wanted(d, role) < least)
			continue;
		status = db_query(m, sql, DB_ARGS(DB_NUMBER(cohort), DB_TEXT(enrolment_roles[role])), &rows);
		if (!status)
			status = db_next(rows, &more);
		if (!status && more && db_number(rows, 0) > 0) {
			n += db_number(rows, 0);
			first = first && first < db_ref(rows, 1) ? first : db_ref(rows, 1);
		}
		db_done(rows);
	}
	definition_free(d);
	if (!status) {
		*ret_n = n;
		*ret_person = first;
	}
	return status;
}

#define COUNT "SELECT count(*), min(e.person_id) FROM enrolment e "
#define OF_ROLE " e.cohort_id = $1 AND e.role = $2 AND e.state IN ('applied', 'accepted')"

enum mentor_status approval_not_asked(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person)
{
	return count_roles(m, cohort, DEF_SUPPORT_ASKED,
	    COUNT "WHERE" OF_ROLE " AND NOT EXISTS (SELECT 1 FROM support s WHERE s.enrolment_id = e.id)", ret_n, ret_person);
}

enum mentor_status approval_not_answered(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person)
{
	return count_roles(m, cohort, DEF_SUPPORT_ASKED, COUNT "JOIN support s ON s.enrolment_id = e.id WHERE" OF_ROLE " AND s.answer IS NULL",
	    ret_n, ret_person);
}

enum mentor_status approval_refused(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person)
{
	return count_roles(m, cohort, DEF_SUPPORT_REQUIRED,
	    COUNT "JOIN support s ON s.enrolment_id = e.id WHERE" OF_ROLE " AND s.answer = 'refused' "
		  "AND NOT EXISTS (SELECT 1 FROM waiver w WHERE w.enrolment_id = e.id AND w.kind = 'support')",
	    ret_n, ret_person);
}
