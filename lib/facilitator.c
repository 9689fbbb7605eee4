/* facilitator.c: who runs events: people of the cohort with a role and a training of their own, and providers from outside until then. */
#include "attendance.h"

#include "record.h"

#include <inttypes.h>
#include <string.h>

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_event_runner, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_event_runner, member)
const struct mentor_field mentor_event_runner_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "who runs it" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "the person's name" },
	{ "assigned_on", MENTOR_TYPE_DAY, 0, TEXT(assigned_on), .heading = "since", .help = "day of the assignment" },
	{ "assigned_by", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(assigned_by), .help = "who assigned" },
	{ "reason", MENTOR_TYPE_TEXT, 0, TEXT(reason), .help = "why before the training" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_facilitator, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_facilitator, member)
const struct mentor_field mentor_facilitator_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "the facilitator" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "the person's name" },
	{ "trained", MENTOR_TYPE_BOOL, 0, NUMBER(trained), .help = "whether the person has attended what the role needs" },
	{ "lacks", MENTOR_TYPE_TEXT, 0, TEXT(lacks), .help = "what is still to be attended" },
	{ "may_run", MENTOR_TYPE_LIST, 0, TEXT(may_run), .help = "events of the programme that the person may run" },
	{ "ahead", MENTOR_TYPE_INT, 0, NUMBER(ahead), .help = "events assigned that are ahead" },
	{ "has_run", MENTOR_TYPE_INT, 0, NUMBER(has_run), .help = "events run so far, in all cohorts of the programme" },
	{ "ran", MENTOR_TYPE_LIST, MENTOR_WIDE, TEXT(ran), .help = "these, with their days" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_handover, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_handover, member)
const struct mentor_field mentor_handover_fields[] = {
	{ "name", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(name), .help = "name of the event in the programme" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(title), .heading = "event", .help = "what it is called" },
	{ "held", MENTOR_TYPE_INT, 0, NUMBER(held), .help = "times it was held, in all cohorts of the programme" },
	{ "provider", MENTOR_TYPE_INT, 0, NUMBER(provider), .heading = "by a provider", .help = "of these by a provider from outside alone" },
	{ "in_house", MENTOR_TYPE_INT, 0, NUMBER(in_house), .help = "of these by the programme's own facilitators" },
	{ "ahead", MENTOR_TYPE_INT, 0, NUMBER(ahead), .help = "times ahead" },
	{ "nobody", MENTOR_TYPE_INT, 0, NUMBER(nobody), .heading = "nobody yet", .help = "of these that nobody is assigned to, from inside or outside" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- assigning ---- */

static enum mentor_status check_role(struct mentor *m, const struct mentor_event *e, int64_t person)
{
	int64_t n = 0;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	enum mentor_status status = db_value(m, "SELECT count(*) FROM enrolment WHERE cohort_id = $1 AND person_id = $2 AND role = 'facilitator' AND state = 'accepted'",
	    DB_ARGS(DB_NUMBER(e->cohort_id), DB_NUMBER(person)), 0, &n);
	mentor_buf_fmt(&hint, "enrol and accept the person as one: mentor enrol add p%" PRId64 " --role facilitator -c %s", person, e->cohort);
	if (!status && !n)
		status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "p%" PRId64 " is no facilitator in the cohort '%s'", person, e->cohort);
	mentor_buf_free(&hint);
	return status;
}

/* What a person has still to attend before running an event; NULL: one that the programme does not know. */
static enum mentor_status lacks(struct mentor *m, const struct definition *d, int64_t cohort, int64_t person, const struct def_event *event, struct mentor_buf *why,
    struct mentor_buf *hint)
{
	const struct def_role *role = &d->roles.facilitator;
	const char *need = event ? event->facilitators_need : NULL;
	bool trained = true, listed = need && definition_lists(role->needs, role->n_needs, need);
	enum mentor_status status = attendance_lacks(m, d, cohort, person, MENTOR_ROLE_FACILITATOR, why, hint);
	if (!status && need && !listed)
		status = attendance_trained(m, cohort, person, need, &trained);
	if (!trained)
		mentor_buf_fmt(why, "%s%s", why->len ? ", " : "", event_title(d, need));
	return status ? status : why->failed || hint->failed ? fail_memory(m) : MENTOR_OK;
}

/* *ret_reason is the override where it was wanted. */
static enum mentor_status check_training(struct mentor *m, const struct mentor_event *e, int64_t person, const char *override, const char **ret_reason)
{
	struct definition *d = NULL;
	struct mentor_buf why = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	enum mentor_status status = programme_of_cohort(m, e->cohort_id, &d);
	if (!status)
		status = lacks(m, d, e->cohort_id, person, event_of_programme(d, e->name), &why, &hint);
	if (!status && why.len && override)
		*ret_reason = override;
	else if (!status && why.len)
		status = fail(m, MENTOR_REFUSED, hint.len ? mentor_buf_text(&hint) : "record it with: mentor event attend EVENT PERSON; or give a reason with --override REASON, which is kept",
		    "p%" PRId64 " has not attended what whoever runs e%" PRId64 " needs: %s", person, e->id, mentor_buf_text(&why));
	definition_free(d);
	mentor_buf_free(&why);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status assign(struct mentor *m, const struct mentor_event *e, int64_t person, const char *override)
{
	const char *reason = NULL;
	enum mentor_status status = event_check_on(m, e);
	if (!status)
		status = check_role(m, e, person);
	if (!status)
		status = check_training(m, e, person, override, &reason);
	return status ? status : db_run(m, "INSERT INTO facilitation (event_id, person_id, assigned_on, assigned_by, reason) VALUES ($1, $2, $3, $4, $5)",
	    DB_ARGS(DB_NUMBER(e->id), DB_NUMBER(person), DB_TEXT(m->today), DB_TEXT(m->actor), DB_TEXT(reason)));
}

enum mentor_status mentor_event_assign(struct mentor *m, int64_t event, int64_t person, bool off, const char *override, const char **ret_change)
{
	void *record = NULL;
	int64_t there = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_event, event, &record);
	if (!status)
		status = attendance_runs(m, event, person, &there);
	if (!status && off && there)
		status = db_run(m, "DELETE FROM facilitation WHERE event_id = $1 AND person_id = $2", DB_ARGS(DB_NUMBER(event), DB_NUMBER(person)));
	else if (!status && !off && !there)
		status = assign(m, record, person, override);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_change = (there != 0) != off ? "unchanged" : off ? "removed" : "assigned";
	return status;
}

enum mentor_status mentor_event_runners(struct mentor *m, int64_t event, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m,
	    "SELECT p.id, p.name, f.assigned_on, f.assigned_by, f.reason FROM facilitation f JOIN person p ON p.id = f.person_id WHERE f.event_id = $1 ORDER BY p.name, p.id",
	    DB_ARGS(DB_NUMBER(event)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_event_runner row = { db_number(rows, 0), db_text(rows, 1), db_text(rows, 2), db_text(rows, 3), db_text(rows, 4) };
		status = db_whole(rows);
		if (!status)
			status = each(arg, &row);
	}
	db_done(rows);
	return status;
}

/* ---- who has run what ---- */

/* One facilitator on the way, and the room for the texts. */
struct walking {
	struct mentor *m;
	int64_t cohort;
	const struct definition *d;
	struct mentor_buf lacks, hint, may_run, ran;
};

#define OF_PROGRAMME(cohort) "event v JOIN cohort o ON o.id = v.cohort_id JOIN cohort c ON c.programme_id = o.programme_id AND c.id = " cohort

static enum mentor_status add_runs(struct walking *w, struct mentor_facilitator *f)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(w->m,
	    "SELECT v.title, v.date FROM facilitation r JOIN " OF_PROGRAMME("$1") " WHERE v.id = r.event_id AND r.person_id = $2 AND v.cancelled_on IS NULL ORDER BY v.date, v.id",
	    DB_ARGS(DB_NUMBER(w->cohort), DB_NUMBER(f->person)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *date = db_text(rows, 1);
		bool held = strcmp(date, w->m->today) < 0;
		f->ahead += !held;
		f->has_run += held;
		if (held)
			mentor_buf_fmt(&w->ran, "%s%s, %s", w->ran.len ? "\n" : "", db_text(rows, 0), date);
	}
	db_done(rows);
	return status;
}

/* For whoever has what the role needs: what is run by whoever had a training only once the person had it; trainings of facilitators themselves not. */
static enum mentor_status add_may_run(struct walking *w, int64_t person)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < w->d->n_events; i++) {
		const struct def_event *e = &w->d->events[i];
		bool trained = true;
		if (e->audience == DEF_FACILITATORS)
			continue;
		if (e->facilitators_need)
			status = attendance_trained(w->m, w->cohort, person, e->facilitators_need, &trained);
		if (!status && trained)
			mentor_buf_fmt(&w->may_run, "%s%s", w->may_run.len ? "\n" : "", e->title);
	}
	return status;
}

static const char *known(const struct mentor_buf *b)
{
	return b->len ? mentor_buf_text(b) : NULL;
}

static enum mentor_status tell_facilitator(struct walking *w, const struct db_rows *rows, mentor_record_fn *each, void *arg)
{
	struct mentor_buf *const all[] = { &w->lacks, &w->hint, &w->may_run, &w->ran, NULL };
	struct mentor_facilitator f = { .person = db_number(rows, 0), .name = db_text(rows, 1) };
	for (size_t i = 0; all[i]; i++)
		mentor_buf_clear(all[i]);
	enum mentor_status status = attendance_lacks(w->m, w->d, w->cohort, f.person, MENTOR_ROLE_FACILITATOR, &w->lacks, &w->hint);
	if (!status && !w->lacks.len)
		status = add_may_run(w, f.person);
	if (!status)
		status = add_runs(w, &f);
	f.trained = w->lacks.len == 0;
	f.lacks = known(&w->lacks);
	f.may_run = known(&w->may_run);
	f.ran = known(&w->ran);
	if (!status && (w->lacks.failed || w->may_run.failed || w->ran.failed))
		status = fail_memory(w->m);
	if (!status)
		status = db_whole(rows);
	return status ? status : each(arg, &f);
}

static enum mentor_status tell_facilitators(struct walking *w, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(w->m,
	    "SELECT p.id, p.name FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.cohort_id = $1 AND e.role = 'facilitator' AND e.state = 'accepted' ORDER BY p.name, p.id",
	    DB_ARGS(DB_NUMBER(w->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = tell_facilitator(w, rows, each, arg);
	db_done(rows);
	return status;
}

#define SUM(condition) "sum(CASE WHEN " condition " THEN 1 ELSE 0 END)"
#define RUN "EXISTS (SELECT 1 FROM facilitation r WHERE r.event_id = v.id)"

static enum mentor_status tell_handover(struct walking *w, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(w->m,
	    "SELECT v.name, max(v.title), " SUM("v.date < $1") ", " SUM("v.date < $1 AND v.provider IS NOT NULL AND NOT " RUN) ", " SUM("v.date < $1 AND " RUN) ", "
	    SUM("v.date >= $1") ", " SUM("v.date >= $1 AND v.provider IS NULL AND NOT " RUN) " FROM " OF_PROGRAMME("$2") " WHERE v.cancelled_on IS NULL GROUP BY v.name ORDER BY min(v.date), v.name",
	    DB_ARGS(DB_TEXT(w->m->today), DB_NUMBER(w->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_handover row = { db_text(rows, 0), db_text(rows, 1), db_number(rows, 2), db_number(rows, 3), db_number(rows, 4), db_number(rows, 5),
			db_number(rows, 6) };
		status = db_whole(rows);
		if (!status)
			status = each(arg, &row);
	}
	db_done(rows);
	return status;
}

enum mentor_status mentor_event_facilitators(struct mentor *m, int64_t cohort, mentor_record_fn *each, mentor_record_fn *each_event, void *arg)
{
	struct definition *d = NULL;
	struct walking w = { .m = m, .cohort = cohort };
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	w.d = d;
	if (!status)
		status = tell_facilitators(&w, each, arg);
	if (!status)
		status = tell_handover(&w, each_event, arg);
	mentor_buf_free(&w.lacks);
	mentor_buf_free(&w.hint);
	mentor_buf_free(&w.may_run);
	mentor_buf_free(&w.ran);
	definition_free(d);
	return status;
}
