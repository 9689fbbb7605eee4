/* event_plan.c: the events of a cohort, made from its programme and dated by its days. */
#include "event.h"

#include "cohort.h"
#include "record.h"

#include <string.h>

/* One planning of one cohort. */
struct plan {
	struct mentor *m;
	const struct mentor_cohort *cohort;
	const struct definition *d;
	struct event_clock clock;
	mentor_record_fn *each;
	void *arg;
};

static enum mentor_status tell(const struct plan *p, const char *change, int64_t event, const struct mentor_event *e)
{
	const struct mentor_event_planned row = { change, event, e->title, e->date };
	return p->each ? p->each(p->arg, &row) : MENTOR_OK;
}

/* What the programme says of this time, but for its day. */
static struct mentor_event wanted(const struct plan *p, const struct def_event *from, const struct def_time *t)
{
	struct mentor_event e;
	mentor_record_clear(mentor_event_fields, &e);
	e.cohort_id = p->cohort->id;
	e.name = from->slug;
	e.slot = t->slug;
	e.title = from->title;
	e.kind = from->kind;
	e.audience = from->audience;
	e.required = from->required == 1;
	e.start = t->start;
	e.until = t->end;
	e.zone = p->d->time_zone;
	e.mode = t->mode;
	e.place = t->place;
	e.capacity = from->capacity;
	e.around = from->around;
	e.sign_up = from->sign_up;
	e.text = from->text;
	return e;
}

enum { WEEK = 7 };

/* The day of a time, or why it has none. */
static const char *date_of(const struct plan *p, const struct def_time *t, char out[11])
{
	int64_t opens = cohort_day(p->cohort, DEF_DAY_OPENS), day = MENTOR_NONE;
	if (t->date) {
		memcpy(out, t->date, strlen(t->date) + 1);
		mentor_day_parse(t->date, &day);
		return opens != MENTOR_NONE && day < opens ? "past" : NULL;
	}
	day = cohort_day(p->cohort, t->from);
	if (day == MENTOR_NONE)
		return "undated";
	mentor_day_format(day + WEEK * (t->weeks == MENTOR_NONE ? 0 : t->weeks), out);
	return NULL;
}

static enum mentor_status follow(struct plan *p, struct mentor_event *old, const struct mentor_event *e)
{
	static const char *const made[] = { "title", "kind", "audience", "required", "date", "start", "until", "zone", "mode", "place", "capacity", "around",
		"sign_up", "text" };
	uint64_t given = 0;
	int64_t recorded = 0;
	bool changed = false;
	enum mentor_status status = event_complete(p->m, &p->clock, old);
	if (!status)
		status = event_recorded(p->m, old->id, &recorded);
	bool kept = old->by_hand == 1 || old->state != MENTOR_EVENT_AHEAD || recorded;
	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		given |= field_bit(mentor_event_fields, made[i]);
	if (!status && !kept)
		status = event_update(p->m, old->id, e, given, false, &changed);
	return status ? status : tell(p, kept ? "kept" : changed ? "changed" : "unchanged", old->id, kept ? old : e);
}

static enum mentor_status plan_time(struct plan *p, const struct def_event *from, const struct def_time *t)
{
	struct mentor_event e = wanted(p, from, t);
	char date[11] = "";
	const char *why = date_of(p, t, date);
	void *record = NULL;
	int64_t id = 0;
	enum mentor_status status = db_value(p->m, "SELECT id FROM event WHERE cohort_id = $1 AND name = $2 AND slot = $3",
	    DB_ARGS(DB_NUMBER(e.cohort_id), DB_TEXT(e.name), DB_TEXT(e.slot)), 0, &id);
	e.date = *date ? date : NULL;
	if (!status && why && !id)
		return tell(p, why, 0, &e);
	if (!status && !id) {
		status = event_insert(p->m, p->d, &e, &id);
		return status ? status : tell(p, "added", id, &e);
	}
	if (!status)
		status = mentor_record_get(p->m, &mentor_entity_event, id, &record);
	if (!status)
		status = why ? tell(p, "kept", id, record) : follow(p, record, &e);
	mentor_record_free(record);
	return status;
}

/* A zone that nobody knows would leave every event without an instant. Where no zone can be read at all, the plan is made all the same. */
static enum mentor_status check_zone(struct plan *p)
{
	const struct mentor_event e = { .zone = p->d->time_zone };
	bool was_broken = p->m->broken;
	enum mentor_status status = event_clock_set(p->m, &p->clock, &e);
	if (status == MENTOR_FAILED)
		error_forget(p->m, was_broken);
	return status == MENTOR_FAILED ? MENTOR_OK : status;
}

static enum mentor_status plan_all(struct plan *p)
{
	size_t times = 0;
	for (size_t i = 0; i < p->d->n_events; i++)
		times += p->d->events[i].n_times;
	if (times == 0)
		return MENTOR_OK;
	enum mentor_status status = check_zone(p);
	for (size_t i = 0; !status && i < p->d->n_events; i++)
		for (size_t t = 0; !status && t < p->d->events[i].n_times; t++)
			status = plan_time(p, &p->d->events[i], &p->d->events[i].times[t]);
	return status;
}

enum mentor_status event_plan(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct plan p = { .m = m, .each = each, .arg = arg };
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	p.cohort = record;
	p.d = d;
	if (!status)
		status = event_check_cohort(m, record);
	if (!status)
		status = plan_all(&p);
	event_clock_free(&p.clock);
	definition_free(d);
	mentor_record_free(record);
	return status;
}

enum mentor_status mentor_event_plan(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = event_plan(m, cohort, each, arg);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}
