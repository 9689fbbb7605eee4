/* roll.c: the next cohort of a programme, made from one: its limits, its reserves and its waiting lists with their order. */
#include "enrolment.h"

#include "programme.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

/* ---- the cohort ---- */

/* The one that follows already: by its name, or made from `from` and not opened yet, such as the one that keeps what came late. */
static enum mentor_status find_follower(struct mentor *m, const struct mentor_cohort *from, const char *slug, int64_t *ret_id)
{
	int64_t id = 0;
	enum mentor_status status = db_value(m, "SELECT id FROM cohort WHERE slug = $1", DB_ARGS(DB_TEXT(slug)), 0, &id);
	if (!status && !id)
		status = db_value(m, "SELECT id FROM cohort WHERE origin_id = $1 ORDER BY id LIMIT 1", DB_ARGS(DB_NUMBER(from->id)), 0, &id);
	if (!status)
		*ret_id = id;
	return status;
}

/* Made to keep what came late, and not touched since: it waits for its name. */
static bool was_made_on_the_spot(const struct mentor_cohort *c)
{
	return c->state == MENTOR_COHORT_PLANNED && strcmp(c->title, WINDOW_MADE_TITLE) == 0 && !c->opens_on && !c->closes_on && !c->starts_on;
}

static enum mentor_status check_follower(struct mentor *m, const struct mentor_cohort *from, const struct mentor_cohort *next, const char *slug)
{
	bool same = strcmp(next->slug, slug) == 0;
	if (next->id == from->id)
		return fail(m, MENTOR_REFUSED, "give the new one a name of its own", "the cohort '%s' cannot follow itself", slug);
	if (next->programme_id != from->programme_id)
		return fail(m, MENTOR_REFUSED, "choose another name for the new one", "there is a cohort '%s' already, of the programme '%s'", slug,
		    next->programme);
	if (next->origin && strcmp(next->origin, from->slug) != 0)
		return fail(m, MENTOR_REFUSED, "choose another name for the new one", "the cohort '%s' follows '%s' already", slug, next->origin);
	if (!same && !was_made_on_the_spot(next))
		return fail(m, MENTOR_REFUSED, "name it to bring more people over", "the cohort '%s' is followed by '%s' already", from->slug, next->slug);
	if (next->state > MENTOR_COHORT_CLOSED)
		return fail(m, MENTOR_REFUSED, "give the new one another name: mentor cohort roll SLUG", "the cohort '%s' has started already", next->slug);
	return MENTOR_OK;
}

static enum mentor_status keep_follower(struct mentor *m, const struct mentor_cohort *from, int64_t id, struct mentor_cohort *cohort, uint64_t given,
    bool *ret_changed)
{
	void *record = NULL;
	bool set = false, moved = false;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, id, &record);
	const struct mentor_cohort *next = record;
	if (!status)
		status = check_follower(m, from, next, cohort->slug);
	bool renamed = !status && (strcmp(next->slug, cohort->slug) != 0 || !next->origin);
	bool titled = given & field_bit(mentor_cohort_fields, "title");
	if (renamed)
		status = db_run(m, "UPDATE cohort SET slug = $1, origin_id = $2 WHERE id = $3", DB_ARGS(DB_TEXT(cohort->slug), DB_NUMBER(from->id), DB_NUMBER(id)));
	if (renamed && !status && !titled && strcmp(next->slug, cohort->slug) != 0)
		status = db_run(m, "UPDATE cohort SET title = $1 WHERE id = $2", DB_ARGS(DB_TEXT(cohort->slug), DB_NUMBER(id)));
	if (!status && next->state == MENTOR_COHORT_PLANNED)
		status = mentor_cohort_follow(m, id, 0, &moved);
	if (!status)
		status = mentor_cohort_set(m, id, cohort, given & ~field_bit(mentor_cohort_fields, "slug"), &set);
	mentor_record_free(record);
	*ret_changed = renamed || moved || set;
	return status;
}

static enum mentor_status add_follower(struct mentor *m, const struct mentor_cohort *from, struct mentor_cohort *cohort, uint64_t given, int64_t *ret_id)
{
	int64_t id = 0;
	if (cohort->mentors_max == MENTOR_NONE)
		cohort->mentors_max = from->mentors_max;
	if (cohort->mentees_max == MENTOR_NONE)
		cohort->mentees_max = from->mentees_max;
	enum mentor_status status = mentor_cohort_add(m, from->programme, cohort, given | field_bit(mentor_cohort_fields, "slug"), &id);
	if (!status)
		status = db_run(m, "UPDATE cohort SET origin_id = $1 WHERE id = $2", DB_ARGS(DB_NUMBER(from->id), DB_NUMBER(id)));
	if (!status)
		*ret_id = id;
	return status;
}

/* ---- the people ---- */

/* Somebody who goes on to the next cohort. */
struct carried {
	int64_t enrolment, person, role, places;
	enum mentor_origin origin;
	int64_t rank;
	const char *name, *applied_on;
};

struct carrying {
	struct mentor *m;
	const struct definition *d; /* of the new cohort */
	struct arena memory;
	struct carried *people;
	size_t n, cap;
};

static enum mentor_status note_person(void *arg, const void *record)
{
	struct carrying *c = arg;
	const struct mentor_enrolment *e = record;
	bool reserve = e->outcome == MENTOR_OUTCOME_RESERVE && c->d->cohort.reserves;
	if (!reserve && e->state != MENTOR_ENROLMENT_WAITING)
		return MENTOR_OK;
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 16;
		struct carried *grown = arena_alloc(&c->memory, cap * sizeof(*grown));
		if (!grown)
			return fail_memory(c->m);
		if (c->n)
			memcpy(grown, c->people, c->n * sizeof(*grown));
		c->people = grown;
		c->cap = cap;
	}
	c->people[c->n++] = (struct carried){ e->id, e->person_id, e->role, e->places, reserve ? MENTOR_ORIGIN_RESERVE : MENTOR_ORIGIN_WAITING, e->rank,
		arena_strdup(&c->memory, e->name), arena_strdup(&c->memory, e->applied_on) };
	return c->memory.failed ? fail_memory(c->m) : MENTOR_OK;
}

/* Reserves, who were accepted already, come before those who waited; reserves by their day of application, those who waited as they did. */
static int by_priority(const void *a, const void *b)
{
	const struct carried *x = a, *y = b;
	if (x->role != y->role)
		return x->role < y->role ? -1 : 1;
	if (x->origin != y->origin)
		return x->origin == MENTOR_ORIGIN_RESERVE ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	int days = strcmp(x->applied_on, y->applied_on);
	if (days != 0)
		return days;
	return x->enrolment < y->enrolment ? -1 : x->enrolment > y->enrolment;
}

/* Whether somebody of some role states something by answering this column. */
static bool is_statement(const struct def_roles *roles, const char *column)
{
	const struct def_role *const all[] = { &roles->mentor, &roles->mentee, &roles->facilitator };
	for (size_t r = 0; r < 3; r++) {
		for (size_t i = 0; i < all[r]->n_eligibility; i++)
			if (all[r]->eligibility[i].column && strcmp(all[r]->eligibility[i].column, column) == 0)
				return true;
		for (size_t i = 0; i < all[r]->n_confirms; i++)
			if (all[r]->confirms[i].column && strcmp(all[r]->confirms[i].column, column) == 0)
				return true;
	}
	return false;
}

/* What people said of themselves goes with them, as far as the programme still asks it; what they state is stated for one cohort. */
static enum mentor_status copy_answers(struct carrying *c, int64_t from, int64_t to)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < c->d->application.n_columns; i++)
		if (!is_statement(&c->d->roles, c->d->application.columns[i].slug))
			status = db_run(c->m,
			    "INSERT INTO answer (enrolment_id, question, value) SELECT $1, question, value FROM answer "
			    "WHERE enrolment_id = $2 AND question = $3",
			    DB_ARGS(DB_NUMBER(to), DB_NUMBER(from), DB_TEXT(c->d->application.columns[i].slug)));
	return status;
}

static enum mentor_status carry_one(struct carrying *c, const struct carried *p, const struct filing *f, bool *ret_new)
{
	struct mentor_enrolment e;
	int64_t id = 0;
	enum mentor_status status = db_value(c->m, "SELECT id FROM enrolment WHERE cohort_id = $1 AND person_id = $2",
	    DB_ARGS(DB_NUMBER(f->cohort), DB_NUMBER(p->person)), 0, &id);
	*ret_new = !id;
	if (status || id)
		return status;
	mentor_record_clear(mentor_enrolment_fields, &e);
	e.person_id = p->person;
	e.role = p->role;
	e.places = p->places;
	e.applied_on = p->applied_on;
	status = enrolment_prepare(c->m, c->d, f, &e);
	if (!status)
		status = enrolment_insert(c->m, &e, &id);
	return status ? status : copy_answers(c, p->enrolment, id);
}

static enum mentor_status carry(struct carrying *c, const struct mentor_cohort *from, int64_t to, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	if (c->n)
		qsort(c->people, c->n, sizeof(*c->people), by_priority);
	for (size_t i = 0; !status && i < c->n; i++) {
		const struct carried *p = &c->people[i];
		const struct filing f = { to, NULL, MENTOR_ENROLMENT_WAITING, (int64_t)p->origin, from->id,
			p->origin == MENTOR_ORIGIN_RESERVE ? "Reserve of the cohort before" : "Waited in the cohort before" };
		bool new = false;
		status = carry_one(c, p, &f, &new);
		const struct mentor_rolled row = { new ? "waiting" : "unchanged", p->person, p->name, p->role, (int64_t)p->origin };
		if (!status && each)
			status = each(arg, &row);
	}
	return status;
}

static enum mentor_status carry_all(struct mentor *m, const struct mentor_cohort *from, int64_t to, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	struct mentor_buf id = MENTOR_BUF_INIT;
	mentor_field_write(&id, mentor_field_find(mentor_enrolment_fields, "cohort_id"), &(const struct mentor_enrolment){ .cohort_id = from->id });
	const struct mentor_filter of_cohort = { "cohort_id", mentor_buf_text(&id) };
	enum mentor_status status = id.failed ? fail_memory(m) : programme_of_cohort(m, to, &d);
	struct carrying c = { .m = m, .d = d, .memory = ARENA_INIT };
	if (!status)
		status = mentor_record_list(m, &mentor_entity_enrolment, &of_cohort, 1, note_person, &c);
	if (!status)
		status = carry(&c, from, to, each, arg);
	arena_free(&c.memory);
	definition_free(d);
	mentor_buf_free(&id);
	return status;
}

/* ---- both ---- */

static enum mentor_status roll(struct mentor *m, const struct mentor_cohort *from, struct mentor_cohort *cohort, uint64_t given, mentor_record_fn *each,
    void *arg, const char **ret_change, int64_t *ret_id)
{
	int64_t id = 0;
	bool changed = false;
	if (from->state == MENTOR_COHORT_PLANNED)
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "change it instead: mentor cohort set %s", from->slug), "the cohort '%s' has not opened yet, so nothing follows it", from->slug);
	enum mentor_status status = find_follower(m, from, cohort->slug, &id);
	*ret_change = id ? "unchanged" : "added";
	if (!status && id)
		status = keep_follower(m, from, id, cohort, given, &changed);
	else if (!status)
		status = add_follower(m, from, cohort, given, &id);
	if (changed)
		*ret_change = "changed";
	*ret_id = id;
	return status ? status : carry_all(m, from, id, each, arg);
}

enum mentor_status mentor_cohort_roll(struct mentor *m, int64_t from, struct mentor_cohort *cohort, uint64_t given, mentor_record_fn *each, void *arg,
    const char **ret_change, int64_t *ret_id)
{
	void *record = NULL;
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_cohort, from, &record);
	if (!status)
		status = roll(m, record, cohort, given, each, arg, &change, &id);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = change;
	*ret_id = id;
	return MENTOR_OK;
}
