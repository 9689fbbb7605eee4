/* window.c: application windows: who came in time, who came late, and where late ones are kept. */
#include "window.h"

#include "record.h"

#include <inttypes.h>
#include <string.h>

/* What closes first counts: the planned day, or an earlier one on which the cohort was closed. */
static const char *earlier(const char *a, const char *b)
{
	if (!a || !b)
		return a ? a : b;
	return strcmp(a, b) <= 0 ? a : b;
}

enum mentor_status window_load(struct mentor *m, int64_t cohort, const struct definition *d, struct window *ret)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (status)
		return status;
	const struct mentor_cohort *c = record;
	const char *last = earlier(c->closes_on, c->closed_on);
	struct window w = { .m = m, .cohort = cohort, .programme = c->programme_id, .slug = mentor_keep(m, c->slug), .last_on = mentor_keep(m, last),
		.state = c->state, .late = d->cohort.late };
	bool kept = w.slug && (w.last_on || !last);
	mentor_record_free(record);
	if (!kept)
		return MENTOR_NO_MEMORY;
	*ret = w;
	return MENTOR_OK;
}

/* What says its own day counts by that day, also when it is recorded after the closing: the form was open then. */
static bool is_late(const struct window *w, const char *day)
{
	if (w->state == MENTOR_COHORT_RUNNING || w->state == MENTOR_COHORT_FINISHED)
		return true;
	if (!day && w->state == MENTOR_COHORT_CLOSED)
		return true;
	return w->last_on && strcmp(day ? day : w->m->today, w->last_on) > 0;
}

/* ---- the next cohort ---- */

enum mentor_status window_next(struct mentor *m, int64_t cohort, int64_t *ret_id)
{
	return db_value(m,
	    "SELECT n.id FROM cohort c JOIN cohort n ON n.programme_id = c.programme_id AND n.id <> c.id WHERE c.id = $1 "
	    "AND n.closed_on IS NULL AND n.started_on IS NULL AND n.finished_on IS NULL AND (n.closes_on IS NULL OR n.closes_on >= $2) "
	    "AND (n.starts_on IS NULL OR c.starts_on IS NULL OR n.starts_on > c.starts_on) "
	    "ORDER BY CASE WHEN n.origin_id = c.id THEN 0 ELSE 1 END, CASE WHEN n.starts_on IS NULL THEN 1 ELSE 0 END, n.starts_on, n.id LIMIT 1",
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(m->today)), 0, ret_id);
}

/* "next", or where another programme has that name "harbour-next", "harbour-next-2" and so on. */
static enum mentor_status free_name(struct mentor *m, const char *programme, struct mentor_buf *name)
{
	int64_t taken = 1;
	enum mentor_status status = MENTOR_OK;
	for (int n = 0; !status && taken; n++) {
		mentor_buf_clear(name);
		if (n == 0)
			mentor_buf_str(name, "next");
		else if (n == 1)
			mentor_buf_fmt(name, "%.50s-next", programme);
		else
			mentor_buf_fmt(name, "%.50s-next-%d", programme, n);
		status = name->failed ? fail_memory(m) :
		    db_value(m, "SELECT count(*) FROM cohort WHERE slug = $1", DB_ARGS(DB_TEXT(mentor_buf_text(name))), 0, &taken);
	}
	return status;
}

static enum mentor_status make_next(struct window *w, int64_t *ret_id)
{
	void *record = NULL;
	int64_t id = 0;
	struct mentor_cohort next;
	struct mentor_buf name = MENTOR_BUF_INIT;
	mentor_record_clear(mentor_cohort_fields, &next);
	enum mentor_status status = mentor_record_get(w->m, &mentor_entity_programme, w->programme, &record);
	const char *programme = status ? NULL : ((const struct mentor_programme *)record)->slug;
	if (!status)
		status = free_name(w->m, programme, &name);
	next.slug = mentor_buf_text(&name);
	next.title = WINDOW_MADE_TITLE;
	if (!status)
		status = mentor_cohort_add(w->m, programme, &next, field_bit(mentor_cohort_fields, "slug"), &id);
	if (!status)
		status = db_run(w->m, "UPDATE cohort SET origin_id = $1 WHERE id = $2", DB_ARGS(DB_NUMBER(w->cohort), DB_NUMBER(id)));
	if (!status)
		*ret_id = id;
	mentor_record_free(record);
	mentor_buf_free(&name);
	return status;
}

static enum mentor_status find_next(struct window *w)
{
	void *record = NULL;
	int64_t id = 0;
	enum mentor_status status = w->next ? MENTOR_OK : window_next(w->m, w->cohort, &id);
	if (status || w->next)
		return status;
	if (!id)
		status = make_next(w, &id);
	if (!status)
		status = mentor_record_get(w->m, &mentor_entity_cohort, id, &record);
	if (status)
		return status;
	const char *slug = mentor_keep(w->m, ((const struct mentor_cohort *)record)->slug);
	mentor_record_free(record);
	if (!slug)
		return MENTOR_NO_MEMORY;
	w->next = id;
	w->next_slug = slug;
	return MENTOR_OK;
}

/* ---- filing ---- */

static const char *late_reason(const struct window *w)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, w->last_on ? "Came after the closing day, " : "Came after applications had closed");
	if (w->last_on)
		mentor_day_in_words(&b, w->last_on);
	const char *reason = b.failed ? NULL : mentor_keep(w->m, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return reason;
}

bool window_in_time(const struct window *w, const char *day)
{
	return w->state != MENTOR_COHORT_PLANNED && !is_late(w, day);
}

enum mentor_status window_file(struct window *w, const char *day, struct filing *ret)
{
	struct filing f = { w->cohort, w->slug, MENTOR_ENROLMENT_APPLIED, MENTOR_NONE, 0, NULL };
	if (w->state == MENTOR_COHORT_PLANNED)
		return fail(w->m, MENTOR_REFUSED, "open it first: mentor cohort open", "the cohort '%s' does not take applications yet", w->slug);
	if (window_in_time(w, day)) {
		*ret = f;
		return MENTOR_OK;
	}
	if (w->late == DEF_LATE_NEXT || w->state == MENTOR_COHORT_FINISHED) {
		enum mentor_status status = find_next(w);
		if (status)
			return status;
		f = (struct filing){ w->next, w->next_slug, MENTOR_ENROLMENT_APPLIED, MENTOR_ORIGIN_LATE, w->cohort, NULL };
	} else {
		f.state = w->late == DEF_LATE_WAITING ? MENTOR_ENROLMENT_WAITING : MENTOR_ENROLMENT_DECLINED;
		f.reason = late_reason(w);
		if (!f.reason)
			return fail_memory(w->m);
	}
	*ret = f;
	return MENTOR_OK;
}
