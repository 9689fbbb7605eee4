/* enrolment.c: people in a cohort: applying and deciding. */
#include "enrolment.h"

#include "ending.h"
#include "programme.h"
#include "record.h"
#include "selection.h"

#include <inttypes.h>
#include <string.h>

const char *const enrolment_roles[] = { "mentor", "mentee", "either", "facilitator", NULL };
static const char *const states[] = { "applied", "accepted", "waiting", "declined", "withdrawn", NULL };

static const char *const outcomes[] = { "undecided", "accepted", "late", "waiting", "declined", "reserve", "withdrawn", NULL };
static const char *const origins[] = { "late", "waiting", "reserve", NULL };

/* Left over: pairs were published without this one, who has no partner now. */
#define HAS_PAIR(side) "EXISTS (SELECT 1 FROM pair q WHERE q." side " = t.id AND q.state IN ('proposed', 'active', 'completed'))"
#define OUTCOME_SQL \
	"CASE WHEN t.state = 'applied' AND t.origin = 'late' THEN 'late' WHEN t.state = 'applied' THEN 'undecided' " \
	"WHEN t.state = 'accepted' AND t.role <> 'facilitator' AND t.places > 0 AND NOT " HAS_PAIR("mentor_id") " AND NOT " HAS_PAIR("mentee_id") " AND NOT " ENDING_RESTS("t") \
	" AND EXISTS (SELECT 1 FROM pair q WHERE q.cohort_id = t.cohort_id AND q.published_on IS NOT NULL) THEN 'reserve' ELSE t.state END"

const struct mentor_field mentor_enrolment_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_INTERNAL, MENTOR_AT_NUMBER(mentor_enrolment, id), .entity = "enrolment" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FILTER, MENTOR_AT_NUMBER(mentor_enrolment, cohort_id) },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_enrolment, cohort), .sql = "c.slug", .help = "the cohort" },
	{ "person_id", MENTOR_TYPE_REF, MENTOR_REQUIRED | MENTOR_FIXED, MENTOR_AT_NUMBER(mentor_enrolment, person_id), .entity = "person",
	    .heading = "person", .help = "who" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, MENTOR_AT_TEXT(mentor_enrolment, name), .sql = "p.name", .help = "the person's name" },
	{ "email", MENTOR_TYPE_EMAIL, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_enrolment, email), .sql = "p.email", .help = "the person's address" },
	{ "role", MENTOR_TYPE_CHOICE, MENTOR_REQUIRED | MENTOR_FILTER | MENTOR_SIDES, MENTOR_AT_NUMBER(mentor_enrolment, role), .choices = enrolment_roles, .help = "what the person applies to be" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, MENTOR_AT_NUMBER(mentor_enrolment, state), .choices = states, .sql = "t.state", .help = "where the application stands" },
	{ "places", MENTOR_TYPE_INT, MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_enrolment, places), .minimum = 0, .maximum = 20, .help = "how many partners the person will take; what the programme says of the role when not given" },
	{ "organisation", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_enrolment, organisation), .sql = "p.organisation", .help = "where the person works" },
	{ "directorate", MENTOR_TYPE_TEXT, MENTOR_DERIVED, MENTOR_AT_TEXT(mentor_enrolment, directorate), .sql = "p.directorate", .help = "part of the organisation" },
	{ "grade", MENTOR_TYPE_TEXT, MENTOR_DERIVED, MENTOR_AT_TEXT(mentor_enrolment, grade), .sql = "p.grade", .help = "the person's grade" },
	{ "applied_on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(mentor_enrolment, applied_on), .heading = "applied", .help = "day of the application; today when not given" },
	{ "decided_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, MENTOR_AT_TEXT(mentor_enrolment, decided_on), .sql = "t.decided_on", .heading = "decided", .help = "day of the decision" },
	{ "decided_by", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_enrolment, decided_by), .sql = "t.decided_by", .help = "who decided" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_enrolment, reason), .sql = "t.reason", .help = "why, as recorded" },
	{ "response", MENTOR_TYPE_TEXT, MENTOR_WIDE, MENTOR_AT_TEXT(mentor_enrolment, response), .help = "the form's own number of the application" },
	{ "outcome", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_enrolment, outcome), .choices = outcomes, .sql = OUTCOME_SQL, .help = "what the person is told: late came after the closing day of another cohort, reserve was left over when pairs were published" },
	{ "rank", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_enrolment, rank), .sql = "t.rank", .help = "place on the waiting list of the role" },
	{ "contact_on", MENTOR_TYPE_DAY, MENTOR_WIDE, MENTOR_AT_TEXT(mentor_enrolment, contact_on), .heading = "next contact", .help = "day by which the person is to hear next" },
	{ "told", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_enrolment, told), .choices = outcomes, .sql = "t.told", .help = "the outcome the person was last told of" },
	{ "told_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_enrolment, told_on), .sql = "t.told_on", .help = "when" },
	{ "origin", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_enrolment, origin), .choices = origins, .sql = "t.origin", .help = "why the person was brought here from another cohort: applied there too late, waited there, or was a reserve there" },
	{ "origin_cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FILTER, MENTOR_AT_NUMBER(mentor_enrolment, origin_cohort_id) },
	{ "origin_cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_enrolment, origin_cohort), .sql = "SELECT o.slug FROM cohort o WHERE o.id = t.origin_cohort_id", .help = "that cohort" },
	{ "support", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_enrolment, support), .choices = approval_states, .sql = "coalesce((SELECT coalesce(s.answer, 'asked') FROM support s WHERE s.enrolment_id = t.id), 'none')", .help = "the line manager's support; none when nothing is recorded" },
	{ 0 },
};

const struct mentor_entity mentor_entity_enrolment = {
	.name = "enrolment",
	.plural = "enrolments",
	.letter = 'n',
	.table = "enrolment",
	.from = "enrolment t JOIN cohort c ON c.id = t.cohort_id JOIN person p ON p.id = t.person_id",
	.order = "t.role, t.id",
	.fields = mentor_enrolment_fields,
	.size = sizeof(struct mentor_enrolment),
	.listed_by = "mentor enrol list",
};

/* Late applications and people of other cohorts are looked for here first. */
static enum mentor_status fail_not_here(struct mentor *m, int64_t person_id, const char *person)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(m, "SELECT c.slug FROM enrolment e JOIN cohort c ON c.id = e.cohort_id WHERE e.person_id = $1 ORDER BY e.id DESC LIMIT 1",
	    DB_ARGS(DB_NUMBER(person_id)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more)
		mentor_buf_fmt(&hint, "the cohort '%s' has this person: add -c %s", db_text(rows, 0), db_text(rows, 0));
	if (!status && more)
		status = db_whole(rows);
	db_done(rows);
	if (!status && hint.failed)
		status = fail_memory(m);
	if (!status)
		status = fail(m, MENTOR_NOT_FOUND, more ? mentor_buf_text(&hint) : "see: mentor enrol list", "%s is not in this cohort", person);
	mentor_buf_free(&hint);
	return status;
}

enum mentor_status mentor_enrolment_find(struct mentor *m, int64_t cohort, const char *person, int64_t *ret_id)
{
	int64_t person_id = 0, id = 0;
	enum mentor_status status = mentor_record_find(m, &mentor_entity_person, person, &person_id);
	if (!status)
		status = db_value(m, "SELECT id FROM enrolment WHERE cohort_id = $1 AND person_id = $2",
		    DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(person_id)), 0, &id);
	if (!status && !id)
		return fail_not_here(m, person_id, person);
	if (!status)
		*ret_id = id;
	return status;
}

/* ---- applying ---- */

/* Whoever takes either role may end up in the one with fewer places: no more are promised. */
static int64_t usual_places(const struct definition *d, int64_t role)
{
	int64_t mentor = d->roles.mentor.places, mentee = d->roles.mentee.places;
	switch ((enum mentor_role)role) {
	case MENTOR_ROLE_MENTOR:
		return mentor;
	case MENTOR_ROLE_MENTEE:
		return mentee;
	case MENTOR_ROLE_FACILITATOR:
		return d->roles.facilitator.places;
	case MENTOR_ROLE_EITHER:
		break;
	}
	return mentor < mentee ? mentor : mentee;
}

/* The day so many days after another; NULL without memory. */
static const char *days_after(struct mentor *m, const char *day, int64_t days)
{
	int64_t at = 0;
	char text[11];
	if (!mentor_day_parse(day, &at))
		return day;
	mentor_day_format(at + days, text);
	return mentor_keep(m, text);
}

enum mentor_status enrolment_prepare(struct mentor *m, const struct definition *d, const struct filing *f, struct mentor_enrolment *e)
{
	if (!e->applied_on)
		e->applied_on = m->today;
	if (e->places == MENTOR_NONE)
		e->places = usual_places(d, e->role);
	e->cohort_id = f->cohort;
	e->state = f->state;
	e->origin = f->origin;
	e->origin_cohort_id = f->origin_cohort;
	e->rank = MENTOR_NONE;
	e->reason = f->reason;
	bool settled = f->state != MENTOR_ENROLMENT_APPLIED;
	e->decided_on = settled ? m->today : NULL;
	e->decided_by = settled ? m->actor : NULL;
	/* what is not as the applicant expects is told at once */
	e->contact_on = settled || f->origin_cohort ? m->today : days_after(m, e->applied_on, d->cohort.reply_days);
	if (!e->contact_on)
		return MENTOR_NO_MEMORY;
	return f->state == MENTOR_ENROLMENT_WAITING ? waiting_end(m, f->cohort, e->role, &e->rank) : MENTOR_OK;
}

enum mentor_status enrolment_insert(struct mentor *m, const struct mentor_enrolment *e, int64_t *ret_id)
{
	return db_value(m,
	    "INSERT INTO enrolment (cohort_id, person_id, role, state, places, applied_on, decided_on, decided_by, reason, response, rank, contact_on, "
	    "origin, origin_cohort_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
	    DB_ARGS(DB_NUMBER(e->cohort_id), DB_NUMBER(e->person_id), DB_TEXT(enrolment_roles[e->role]), DB_TEXT(states[e->state]), DB_NUMBER(e->places),
		DB_TEXT(e->applied_on), DB_TEXT(e->decided_on), DB_TEXT(e->decided_by), DB_TEXT(e->reason), DB_TEXT(e->response), DB_NUMBER(e->rank),
		DB_TEXT(e->contact_on), DB_TEXT(e->origin == MENTOR_NONE ? NULL : origins[e->origin]), DB_REF(e->origin_cohort_id)),
	    0, ret_id);
}

enum mentor_status enrolment_known(struct mentor *m, int64_t cohort, int64_t person, int64_t *ret_id)
{
	return db_value(m,
	    "SELECT id FROM enrolment WHERE person_id = $1 AND (cohort_id = $2 OR (origin_cohort_id = $3 AND origin = 'late')) "
	    "ORDER BY CASE WHEN cohort_id = $4 THEN 0 ELSE 1 END, id LIMIT 1",
	    DB_ARGS(DB_NUMBER(person), DB_NUMBER(cohort), DB_NUMBER(cohort), DB_NUMBER(cohort)), 0, ret_id);
}

/* Enrolling again with other values is not "unchanged": it would drop what the caller asked for. */
static enum mentor_status check_same(struct mentor *m, const struct mentor_enrolment *old, const struct mentor_enrolment *e, uint64_t given)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	bool places = given & field_bit(mentor_enrolment_fields, "places") && old->places != e->places;
	bool applied = given & field_bit(mentor_enrolment_fields, "applied_on") && e->applied_on && strcmp(old->applied_on, e->applied_on) != 0;
	if (old->role == e->role && !places && !applied)
		return MENTOR_OK;
	struct mentor_labels labels;
	enum mentor_status status = mentor_labels(m, old->cohort_id, &labels);
	if (status)
		return status;
	mentor_buf_fmt(&hint, "change it with: mentor enrol set p%" PRId64, old->person_id);
	if (old->cohort_id != e->cohort_id)
		mentor_buf_fmt(&hint, " -c %s", old->cohort);
	status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "%s is in %s already, %s%s", old->name,
	    old->cohort_id == e->cohort_id ? "this cohort" : "the next cohort", old->role == e->role ? "with other values" : "as ",
	    old->role == e->role ? "" : mentor_labels_word(&labels, enrolment_roles[old->role]));
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status keep_enrolment(struct mentor *m, int64_t id, const struct mentor_enrolment *e, uint64_t given)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_enrolment, id, &record);
	if (!status)
		status = check_same(m, record, e, given);
	mentor_record_free(record);
	return status;
}

static const char *change_of(const struct filing *f)
{
	if (f->origin == MENTOR_ORIGIN_LATE)
		return "late";
	return f->state == MENTOR_ENROLMENT_APPLIED ? "added" : states[f->state];
}

static enum mentor_status add_new(struct mentor *m, struct mentor_enrolment *e, uint64_t given, const char **ret_change, int64_t *ret_id)
{
	struct definition *d = NULL;
	struct window w;
	struct filing f;
	int64_t id = 0;
	enum mentor_status status = programme_of_cohort(m, e->cohort_id, &d);
	if (!status)
		status = window_load(m, e->cohort_id, d, &w);
	if (!status)
		status = window_file(&w, given & field_bit(mentor_enrolment_fields, "applied_on") ? e->applied_on : NULL, &f);
	if (!status && f.cohort != e->cohort_id) /* too late here, and in the next one already */
		status = enrolment_known(m, f.cohort, e->person_id, &id);
	*ret_change = status || id ? "unchanged" : change_of(&f);
	if (!status && !id)
		status = enrolment_prepare(m, d, &f, e);
	if (!status)
		status = id ? keep_enrolment(m, id, e, given) : enrolment_insert(m, e, &id);
	definition_free(d);
	*ret_id = id;
	return status;
}

static enum mentor_status add_or_keep(struct mentor *m, struct mentor_enrolment *e, uint64_t given, const char **ret_change, int64_t *ret_id)
{
	int64_t id = 0;
	enum mentor_status status = enrolment_known(m, e->cohort_id, e->person_id, &id);
	if (status)
		return status;
	if (!id)
		return add_new(m, e, given, ret_change, ret_id);
	*ret_change = "unchanged";
	*ret_id = id;
	return keep_enrolment(m, id, e, given);
}

static enum mentor_status check_applied_on(struct mentor *m, const char *day)
{
	if (day && strcmp(day, m->today) > 0)
		return fail(m, MENTOR_INVALID, HINT_DAY, "nobody can have applied on %s, which is still to come", day);
	return MENTOR_OK;
}

enum mentor_status mentor_enrol_add(struct mentor *m, int64_t cohort, struct mentor_enrolment *enrolment, uint64_t given,
    const char **ret_change, int64_t *ret_id)
{
	if (enrolment->role == MENTOR_NONE)
		return fail(m, MENTOR_INVALID, "give it with --role mentor or --role mentee", "an enrolment needs a role");
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	enrolment->cohort_id = cohort;
	status = check_applied_on(m, enrolment->applied_on);
	if (!status)
		status = add_or_keep(m, enrolment, given, &change, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = change;
	*ret_id = id;
	return MENTOR_OK;
}

/* ---- deciding ---- */

/* Capacity counts accepted people of a role; "either" counts on the side it ends up on, so not before.
 * *ret_past says that one more goes past the limit, which only an override allows. */
static enum mentor_status check_limit(struct mentor *m, const struct mentor_enrolment *e, const char *override, bool *ret_past)
{
	int64_t limit = MENTOR_NONE, accepted = 0;
	bool mentor = e->role == MENTOR_ROLE_MENTOR;
	if (!mentor && e->role != MENTOR_ROLE_MENTEE)
		return MENTOR_OK;
	enum mentor_status status = db_value(m,
	    mentor ? "SELECT mentors_max FROM cohort WHERE id = $1" : "SELECT mentees_max FROM cohort WHERE id = $1",
	    DB_ARGS(DB_NUMBER(e->cohort_id)), MENTOR_NONE, &limit);
	if (!status)
		status = db_value(m, "SELECT count(*) FROM enrolment WHERE cohort_id = $1 AND role = $2 AND state = 'accepted'",
		    DB_ARGS(DB_NUMBER(e->cohort_id), DB_TEXT(enrolment_roles[e->role])), 0, &accepted);
	if (status || limit == MENTOR_NONE || accepted < limit)
		return status;
	*ret_past = true;
	if (override)
		return MENTOR_OK;
	struct mentor_labels labels;
	status = mentor_labels(m, e->cohort_id, &labels);
	if (status)
		return status;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (e->state != MENTOR_ENROLMENT_WAITING)
		mentor_buf_fmt(&hint, "mentor enrol wait p%" PRId64 " puts this person on the waiting list; else ", e->person_id);
	mentor_buf_str(&hint, "give a reason with --override REASON; it is kept with the decision");
	status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "the cohort has its %" PRId64 " %s already, without %s", limit,
	    mentor ? labels.mentors : labels.mentees, e->name);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status check_no_pair(struct mentor *m, const struct mentor_enrolment *e)
{
	int64_t pair = 0;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	enum mentor_status status = db_value(m, "SELECT id FROM pair WHERE $1 IN (mentor_id, mentee_id) AND state = 'active'",
	    DB_ARGS(DB_NUMBER(e->id)), 0, &pair);
	if (status || !pair)
		return status;
	mentor_buf_fmt(&hint, "end the pair first: mentor match end m%" PRId64, pair);
	fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "%s works in pair m%" PRId64, e->name, pair);
	mentor_buf_free(&hint);
	return MENTOR_REFUSED;
}

static enum mentor_status check_not_finished(struct mentor *m, const struct mentor_enrolment *e)
{
	int64_t finished = 0;
	enum mentor_status status = db_value(m, "SELECT count(*) FROM cohort WHERE id = $1 AND finished_on IS NOT NULL",
	    DB_ARGS(DB_NUMBER(e->cohort_id)), 0, &finished);
	if (!status && finished)
		return fail(m, MENTOR_REFUSED, "people can apply to the next one: mentor cohort roll SLUG", "the cohort '%s' is finished: nothing is decided in it any more", e->cohort);
	return status;
}

/* Why a decision was taken and why it went past what stood against it share one text: "R (override: O)", or "(override: O)" alone. */
static const char override_mark[] = "(override: ";

static void join_reasons(struct mentor_buf *b, const char *reason, const char *override)
{
	if (reason)
		mentor_buf_str(b, reason);
	if (override)
		mentor_buf_fmt(b, "%s%s%s)", reason ? " " : "", override_mark, override);
}

/* The part of such a text that says why something was passed over; NULL when nothing was. */
static const char *override_in(const char *text)
{
	const char *at = text ? strstr(text, override_mark) : NULL;
	return at && (at == text || at[-1] == ' ') ? at : NULL;
}

/* The same decision again changes nothing, unless it now comes with a reason that was not there. Why something was passed over stays. */
static enum mentor_status add_reason(struct mentor *m, const struct mentor_enrolment *e, const char *reason, bool *ret_changed)
{
	if (!reason)
		return MENTOR_OK;
	struct mentor_buf text = MENTOR_BUF_INIT;
	const char *override = override_in(e->reason);
	mentor_buf_fmt(&text, "%s%s%s", reason, override ? " " : "", override ? override : "");
	bool changed = !e->reason || strcmp(e->reason, mentor_buf_text(&text)) != 0;
	enum mentor_status status = text.failed ? fail_memory(m) : MENTOR_OK;
	if (!status && changed)
		status = db_run(m, "UPDATE enrolment SET reason = $1 WHERE id = $2", DB_ARGS(DB_TEXT(mentor_buf_text(&text)), DB_NUMBER(e->id)));
	mentor_buf_free(&text);
	*ret_changed = changed;
	return status;
}

static enum mentor_status record_decision(struct mentor *m, const struct mentor_enrolment *e, enum mentor_enrolment_state state,
    const char *reason, const char *override)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	join_reasons(&text, reason, override);
	enum mentor_status status = text.failed ? fail_memory(m) : waiting_leave(m, e);
	const char *contact = state == MENTOR_ENROLMENT_WITHDRAWN ? NULL : m->today; /* what was decided is told at once; whoever withdraws knows it */
	if (!status)
		status = db_run(m, "UPDATE enrolment SET state = $1, decided_on = $2, decided_by = $3, reason = $4, contact_on = $5 WHERE id = $6",
		    DB_ARGS(DB_TEXT(states[state]), DB_TEXT(m->today), DB_TEXT(m->actor), DB_TEXT(text.len ? mentor_buf_text(&text) : NULL),
			DB_TEXT(contact), DB_NUMBER(e->id)));
	mentor_buf_free(&text);
	return status;
}

/* What `rank` asks of somebody whose state stays: another place on the waiting list. */
static enum mentor_status move_up_or_down(struct mentor *m, const struct mentor_enrolment *e, int64_t rank, bool *ret_changed)
{
	if (e->state != MENTOR_ENROLMENT_WAITING || rank == MENTOR_NONE || rank == e->rank)
		return MENTOR_OK;
	int64_t now = e->rank, moved = 0;
	enum mentor_status status = waiting_leave(m, e);
	if (!status)
		status = waiting_join(m, e, rank);
	if (!status)
		status = db_value(m, "SELECT rank FROM enrolment WHERE id = $1", DB_ARGS(DB_NUMBER(e->id)), 0, &moved);
	if (!status && moved != now)
		*ret_changed = true;
	return status;
}

/* A decision as it is asked for. */
struct decision {
	enum mentor_enrolment_state state;
	const char *reason, *override;
	int64_t rank; /* waiting: MENTOR_NONE is the end of the list, or the place held now */
};

/* Whoever waited for a place and is accepted in a later cohort waits no longer in the one before. */
static enum mentor_status leave_earlier_list(struct mentor *m, const struct mentor_enrolment *e)
{
	int64_t id = 0;
	void *record = NULL;
	struct mentor_buf reason = MENTOR_BUF_INIT;
	enum mentor_status status = db_value(m, "SELECT id FROM enrolment WHERE person_id = $1 AND cohort_id = $2 AND state = 'waiting'",
	    DB_ARGS(DB_NUMBER(e->person_id), DB_REF(e->origin_cohort_id)), 0, &id);
	if (!status && id)
		status = mentor_record_get(m, &mentor_entity_enrolment, id, &record);
	if (status || !id)
		return status;
	mentor_buf_fmt(&reason, "Has a place in the cohort '%s'", e->cohort);
	status = reason.failed ? fail_memory(m) : record_decision(m, record, MENTOR_ENROLMENT_WITHDRAWN, mentor_buf_text(&reason), NULL);
	mentor_record_free(record);
	mentor_buf_free(&reason);
	return status;
}

static enum mentor_status decide(struct mentor *m, const struct mentor_enrolment *e, const struct decision *to, bool *ret_changed)
{
	bool past = false, accepted = to->state == MENTOR_ENROLMENT_ACCEPTED;
	if (e->state == (int64_t)to->state) {
		enum mentor_status again = add_reason(m, e, to->reason, ret_changed);
		return again ? again : move_up_or_down(m, e, to->rank, ret_changed);
	}
	*ret_changed = true;
	enum mentor_status status = check_not_finished(m, e);
	if (!status)
		status = accepted ? check_limit(m, e, to->override, &past) : check_no_pair(m, e);
	if (!status && accepted)
		status = selection_check(m, e, to->override, &past);
	if (!status && !accepted)
		status = db_run(m, "DELETE FROM pair WHERE state = 'proposed' AND $1 IN (mentor_id, mentee_id)", DB_ARGS(DB_NUMBER(e->id)));
	if (!status)
		status = record_decision(m, e, to->state, to->reason, past ? to->override : NULL);
	if (!status && accepted && e->origin == MENTOR_ORIGIN_WAITING)
		status = leave_earlier_list(m, e);
	return status || to->state != MENTOR_ENROLMENT_WAITING ? status : waiting_join(m, e, to->rank);
}

static enum mentor_status decide_in_one(struct mentor *m, int64_t enrolment, const struct decision *to, bool *ret_changed)
{
	void *record = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_enrolment, enrolment, &record);
	if (!status)
		status = decide(m, record, to, &changed);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

enum mentor_status mentor_enrol_decide(struct mentor *m, int64_t enrolment, enum mentor_enrolment_state state, const char *reason,
    const char *override, bool *ret_changed)
{
	const struct decision to = { state, reason, override, MENTOR_NONE };
	if (state <= MENTOR_ENROLMENT_APPLIED || state > MENTOR_ENROLMENT_WITHDRAWN)
		return fail(m, MENTOR_USAGE, NULL, "an application is decided by accepting it, declining it, letting it wait, or withdrawing it");
	return decide_in_one(m, enrolment, &to, ret_changed);
}

enum mentor_status mentor_enrol_wait(struct mentor *m, int64_t enrolment, int64_t rank, const char *reason, bool *ret_changed)
{
	const struct decision to = { MENTOR_ENROLMENT_WAITING, reason, NULL, rank };
	return decide_in_one(m, enrolment, &to, ret_changed);
}

/* ---- telling ---- */

static enum mentor_status record_told(struct mentor *m, const struct mentor_enrolment *e, enum mentor_outcome outcome)
{
	struct definition *d = NULL;
	void *record = NULL;
	const char *next = NULL;
	bool waits = outcome == MENTOR_OUTCOME_WAITING || outcome == MENTOR_OUTCOME_LATE || outcome == MENTOR_OUTCOME_RESERVE;
	enum mentor_status status = waits ? programme_of_cohort(m, e->cohort_id, &d) : MENTOR_OK;
	if (!status && waits && !(next = days_after(m, m->today, 7 * d->cohort.wait_weeks)))
		status = MENTOR_NO_MEMORY;
	definition_free(d);
	if (!status && outcome == MENTOR_OUTCOME_ACCEPTED)
		status = mentor_record_get(m, &mentor_entity_cohort, e->cohort_id, &record);
	const struct mentor_cohort *cohort = record;
	if (cohort && cohort->starts_on && strcmp(cohort->starts_on, m->today) > 0)
		next = cohort->starts_on;
	if (!status)
		status = db_run(m, "UPDATE enrolment SET told = $1, told_on = $2, contact_on = $3 WHERE id = $4",
		    DB_ARGS(DB_TEXT(outcomes[outcome]), DB_TEXT(m->today), DB_TEXT(next), DB_NUMBER(e->id)));
	mentor_record_free(record);
	return status;
}

enum mentor_status enrolment_due_first(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_outcome)
{
	struct db_rows *rows = NULL;
	bool more = false;
	int64_t n = 0, first = MENTOR_OUTCOME_UNDECIDED;
	enum mentor_status status = db_query(m, "SELECT " OUTCOME_SQL ", count(*) FROM enrolment t WHERE t.cohort_id = $1 AND t.contact_on <= $2 "
	    "AND t.state <> 'withdrawn' GROUP BY 1", DB_ARGS(DB_NUMBER(cohort), DB_TEXT(m->today)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		int64_t outcome = MENTOR_OUTCOME_UNDECIDED;
		while (outcomes[outcome + 1] && strcmp(outcomes[outcome], db_text(rows, 0)) != 0)
			outcome++;
		n += db_number(rows, 1);
		first = first == MENTOR_OUTCOME_UNDECIDED || (outcome != MENTOR_OUTCOME_UNDECIDED && outcome < first) ? outcome : first;
	}
	db_done(rows);
	*ret_n = n;
	*ret_outcome = first;
	return status;
}

bool enrolment_due(const struct mentor *m, const struct mentor_enrolment *e)
{
	return e->contact_on && strcmp(e->contact_on, m->today) <= 0;
}

enum mentor_status enrolment_told(struct mentor *m, int64_t enrolment, enum mentor_outcome outcome, bool *ret_changed)
{
	void *record = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_enrolment, enrolment, &record);
	bool changed = !status && (((const struct mentor_enrolment *)record)->told != (int64_t)outcome || enrolment_due(m, record));
	if (changed)
		status = record_told(m, record, outcome);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- changing ---- */

static enum mentor_status check_change(struct mentor *m, const struct mentor_enrolment *old, const struct mentor_enrolment *e, uint64_t given)
{
	bool role = given & field_bit(mentor_enrolment_fields, "role") && old->role != e->role;
	bool places = given & field_bit(mentor_enrolment_fields, "places") && old->places != e->places;
	bool applied_on = given & field_bit(mentor_enrolment_fields, "applied_on");
	if (applied_on && !e->applied_on)
		return fail(m, MENTOR_INVALID, NULL, "an application needs the day on which it was made");
	enum mentor_status status = applied_on ? check_applied_on(m, e->applied_on) : MENTOR_OK;
	if (!status && (role || places))
		status = check_not_finished(m, old);
	if (!status && (role || (places && e->places == 0)))
		status = check_no_pair(m, old);
	if (!status && role && old->state == MENTOR_ENROLMENT_ACCEPTED) {
		struct mentor_enrolment moved = *old;
		bool past = false;
		moved.role = e->role;
		status = check_limit(m, &moved, NULL, &past);
	}
	return status;
}

enum mentor_status mentor_enrol_set(struct mentor *m, int64_t id, const struct mentor_enrolment *enrolment, uint64_t given, bool *ret_changed)
{
	void *record = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_enrolment, id, &record);
	if (!status)
		status = check_change(m, record, enrolment, given);
	const struct mentor_enrolment *old = record;
	bool other_list = !status && given & field_bit(mentor_enrolment_fields, "role") && old->role != enrolment->role && old->state == MENTOR_ENROLMENT_WAITING;
	if (other_list)
		status = waiting_leave(m, old);
	if (!status)
		status = mentor_record_set(m, &mentor_entity_enrolment, id, enrolment, given, &changed);
	if (!status && other_list) {
		struct mentor_enrolment moved = *old;
		moved.role = enrolment->role;
		status = waiting_join(m, &moved, MENTOR_NONE);
	}
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}
