/* application_store.c: storing what an import brings: each application filed by its day, then people, applications and answers, many rows a statement. */
#include "application.h"

#include "language.h"
#include "record.h"

#include <string.h>

/* ---- filing ---- */

/* Who is late here and has applied to the next cohort already is known there. */
static enum mentor_status find_in_next(struct import *i, struct application *a, const struct filing *f, bool *ret_known)
{
	int64_t id = 0;
	void *record = NULL;
	if (f->cohort == i->cohort || !a->known_person)
		return MENTOR_OK;
	enum mentor_status status = enrolment_known(i->m, f->cohort, a->person.id, &id);
	if (!status && id)
		status = mentor_record_get(i->m, &mentor_entity_enrolment, id, &record);
	if (status || !record)
		return status;
	struct mentor_enrolment *known = arena_alloc(&i->memory, sizeof(*known));
	const struct mentor_enrolment *e = record;
	if (known) {
		*known = *e;
		known->applied_on = arena_strdup(&i->memory, e->applied_on);
		known->response = arena_strdup(&i->memory, e->response);
		known->cohort = arena_strdup(&i->memory, e->cohort);
	}
	mentor_record_free(record);
	*ret_known = true;
	return i->memory.failed ? fail_memory(i->m) : application_compare(i, a, known);
}

static const char *change_of(const struct filing *f)
{
	if (f->origin == MENTOR_ORIGIN_LATE)
		return "late";
	return f->state == MENTOR_ENROLMENT_WAITING ? "waiting" : f->state == MENTOR_ENROLMENT_DECLINED ? "declined" : "added";
}

/* Whoever waits is counted on from the last one who waits on record, and from those of this import. */
static enum mentor_status file_one(struct import *i, struct application *a)
{
	struct filing f;
	bool known = false;
	enum mentor_status status = window_file(&i->window, a->enrolment.applied_on, &f);
	if (!status)
		status = find_in_next(i, a, &f, &known);
	if (status || known)
		return status;
	a->change = change_of(&f);
	a->cohort = f.cohort_slug;
	status = enrolment_prepare(i->m, i->d, &f, &a->enrolment);
	if (!status && a->enrolment.rank != MENTOR_NONE)
		a->enrolment.rank += i->waiting[a->enrolment.role]++;
	return status;
}

static enum mentor_status file_rest(struct import *i)
{
	enum mentor_status status = MENTOR_OK;
	for (struct application *a = i->first; !status && a; a = a->next) {
		if (a->reasons || a->turn == STORED)
			continue;
		a->turn = STORE_NOW;
		if (!a->known)
			status = file_one(i, a);
	}
	return status;
}

/* ---- people ---- */

/* RETURNING builds a table of what it returns, and asking for every number afterwards is slow too. New rows are numbered one behind the other,
 * and nobody else writes meanwhile: the first number and the last tell all between. */
static enum mentor_status first_number(struct import *i, const char *sql, const struct db_value *key, size_t n_key, int64_t n, int64_t *ret_first)
{
	struct db_rows *rows = NULL;
	bool more = false;
	int64_t last = 0;
	enum mentor_status status = db_query(i->m, sql, key, n_key, &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		*ret_first = db_ref(rows, 0);
		last = db_ref(rows, 1);
	}
	db_done(rows);
	if (!status && last - *ret_first + 1 != n)
		status = fail(i->m, MENTOR_BUG, "please report this", "new rows are not numbered one behind the other");
	return status;
}

/* Whoever is known by another address is found only when all is read, and so is what is wrong with a response that is another's. */
static bool is_new_person(const struct import *i, const struct application *a)
{
	return a->sound && !a->known_person && !a->holder && !a->person.id && !application_present_address(i, a->person.email);
}

static enum mentor_status number_people(struct import *i, struct application **from, struct application **end, const char *first_email, int64_t n)
{
	int64_t number = 0;
	enum mentor_status status = first_number(i, "SELECT id, (SELECT max(id) FROM person) FROM person WHERE email = $1",
	    DB_ARGS(DB_TEXT(first_email)), n, &number);
	for APPLICATIONS(a, from, end)
		if (!status && is_new_person(i, *a))
			(*a)->person.id = number++;
	return status;
}

static enum mentor_status store_people(struct import *i, struct application **from, struct application **end)
{
	struct bulk insert = { .m = i->m, .columns = 8, .tail = "",
		.head = "INSERT INTO person (email, name, organisation, directorate, job, grade, manager_email, language) VALUES " };
	const char *first = NULL;
	int64_t n = 0;
	enum mentor_status status = MENTOR_OK;
	for APPLICATIONS(a, from, end) {
		const struct mentor_person *p = &(*a)->person;
		if (status || !is_new_person(i, *a))
			continue;
		const struct db_value row[] = { DB_TEXT(p->email), DB_TEXT(p->name), DB_TEXT(p->organisation), DB_TEXT(p->directorate), DB_TEXT(p->job),
			DB_TEXT(p->grade), DB_TEXT(p->manager_email), DB_TEXT(p->language == MENTOR_NONE ? NULL : language_tags[p->language]) };
		status = bulk_row(&insert, row);
		first = n++ ? first : p->email;
	}
	status = bulk_end(&insert, status);
	return status || n == 0 ? status : number_people(i, from, end, first, n);
}

/* ---- applications ---- */

/* How the store writes them. */
struct words {
	const char *const *roles, *const *states, *const *origins;
};

static const char *const *words_of(const char *field)
{
	return mentor_field_find(mentor_enrolment_fields, field)->choices;
}

static const char *word(const char *const *words, int64_t choice)
{
	return choice == MENTOR_NONE ? NULL : words[choice];
}

static bool is_new(const struct application *a)
{
	return a->turn == STORE_NOW && !a->known;
}

static enum mentor_status store_enrolment(struct bulk *b, const struct words *w, struct application *a)
{
	struct mentor_enrolment *e = &a->enrolment;
	e->person_id = a->person.id;
	const struct db_value row[] = { DB_NUMBER(e->cohort_id), DB_NUMBER(e->person_id), DB_TEXT(word(w->roles, e->role)), DB_TEXT(word(w->states, e->state)),
		DB_NUMBER(e->places), DB_TEXT(e->applied_on), DB_TEXT(e->decided_on), DB_TEXT(e->decided_by), DB_TEXT(e->reason), DB_TEXT(e->response),
		DB_NUMBER(e->rank), DB_TEXT(e->contact_on), DB_TEXT(word(w->origins, e->origin)), DB_REF(e->origin_cohort_id) };
	return bulk_row(b, row);
}

static enum mentor_status number_enrolments(
    struct import *i, struct application **from, struct application **end, const struct mentor_enrolment *first, int64_t n)
{
	int64_t number = 0;
	enum mentor_status status = first_number(i, "SELECT id, (SELECT max(id) FROM enrolment) FROM enrolment WHERE cohort_id = $1 AND person_id = $2",
	    DB_ARGS(DB_NUMBER(first->cohort_id), DB_NUMBER(first->person_id)), n, &number);
	for APPLICATIONS(a, from, end)
		if (!status && is_new(*a))
			(*a)->enrolment.id = number++;
	return status;
}

static enum mentor_status store_enrolments(struct import *i, struct application **from, struct application **end)
{
	struct bulk insert = { .m = i->m, .columns = 14, .tail = "",
		.head = "INSERT INTO enrolment (cohort_id, person_id, role, state, places, applied_on, decided_on, decided_by, reason, response, rank, "
			"contact_on, origin, origin_cohort_id) VALUES " };
	const struct words words = { words_of("role"), words_of("state"), words_of("origin") };
	const struct mentor_enrolment *first = NULL;
	int64_t n = 0;
	enum mentor_status status = MENTOR_OK;
	for APPLICATIONS(a, from, end) {
		if (status || !is_new(*a))
			continue;
		status = store_enrolment(&insert, &words, *a);
		first = n++ ? first : &(*a)->enrolment;
	}
	status = bulk_end(&insert, status);
	return status || n == 0 ? status : number_enrolments(i, from, end, first, n);
}

/* ---- answers ---- */

static enum mentor_status store_answers_of(struct bulk *b, const struct application *a)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t n = 0; !status && n < a->n_answers; n++) {
		const struct answer *answer = &a->answers[n];
		const struct db_value row[] = { DB_NUMBER(a->enrolment.id), DB_TEXT(answer->column->slug), DB_TEXT(answer->text) };
		if (!answer->recorded)
			status = bulk_row(b, row);
	}
	return status;
}

static enum mentor_status store_answers(struct import *i, struct application **from, struct application **end)
{
	struct bulk b = { .m = i->m, .head = "INSERT INTO answer (enrolment_id, question, value) VALUES ", .tail = "", .columns = 3 };
	enum mentor_status status = MENTOR_OK;
	for APPLICATIONS(a, from, end)
		if (!status && (*a)->turn == STORE_NOW)
			status = store_answers_of(&b, *a);
	return bulk_end(&b, status);
}

/* Enrolments and answers of those whose turn it is. */
static enum mentor_status store_turn(struct import *i, struct application **from, struct application **end)
{
	enum mentor_status status = store_enrolments(i, from, end);
	if (!status)
		status = store_answers(i, from, end);
	for APPLICATIONS(a, from, end)
		if ((*a)->turn == STORE_NOW)
			(*a)->turn = STORED;
	return status;
}

enum mentor_status application_store_new(struct import *i, struct application **from, struct application **end)
{
	enum mentor_status status = MENTOR_OK;
	for APPLICATIONS(a, from, end) {
		if (status || !is_new_person(i, *a) || !window_in_time(&i->window, (*a)->enrolment.applied_on))
			continue;
		(*a)->turn = STORE_NOW;
		status = file_one(i, *a);
	}
	if (!status)
		status = store_people(i, from, end);
	return status ? status : store_turn(i, from, end);
}

/* ---- gaps ---- */

static enum mentor_status fill_gaps(struct import *i, const struct application *a)
{
	bool changed = false;
	enum mentor_status status = MENTOR_OK;
	if (a->gaps)
		status = mentor_record_set(i->m, &mentor_entity_person, a->person.id, &a->person, a->gaps, &changed);
	if (!status && a->known && a->enrolment.response && !a->known->response)
		status = mentor_record_set(i->m, &mentor_entity_enrolment, a->known->id, &a->enrolment, field_bit(mentor_enrolment_fields, "response"), &changed);
	return status;
}

static enum mentor_status fill_all(struct import *i)
{
	enum mentor_status status = MENTOR_OK;
	for (struct application *a = i->first; !status && a; a = a->next) {
		if (a->reasons)
			continue;
		if (a->known)
			a->change = a->differs ? "differs" : a->filled ? "updated" : "unchanged";
		status = fill_gaps(i, a);
	}
	return status;
}

enum mentor_status application_store(struct import *i)
{
	enum mentor_status status = file_rest(i);
	if (!status)
		status = application_compare_answers(i);
	if (!status)
		status = store_turn(i, &i->first, i->end);
	return status ? status : fill_all(i);
}
