/* application_store.c: storing what an import brings: each application filed by its day, then people, applications and answers, many rows a statement. */
#include "application.h"

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
static enum mentor_status file_one(struct import *i, struct application *a, int64_t *waiting)
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
		a->enrolment.rank += waiting[a->enrolment.role]++;
	return status;
}

static enum mentor_status file_all(struct import *i)
{
	int64_t waiting[MENTOR_ROLE_FACILITATOR + 1] = { 0 };
	enum mentor_status status = MENTOR_OK;
	for (struct application *a = i->first; !status && a; a = a->next)
		if (!a->known && !a->reasons)
			status = file_one(i, a, waiting);
	return status;
}

/* ---- people ---- */

/* Numbers are asked for afterwards: RETURNING builds a table of them. People go in one at a time: with several SQLite looks through every table
 * that refers to people, in case one has been waiting for them. Applications do not, because each statement builds tables for the words that
 * a role and a state may be; the tables that refer to them have indexes to look in. */

static enum mentor_status person_stored(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	struct application *a = application_find(&i->by_email, db_text(rows, 1), 0);
	if (a) /* else there was no memory for the text, and db_whole() says so */
		a->person.id = db_ref(rows, 0);
	return MENTOR_OK;
}

static bool is_new_person(const struct application *a)
{
	return !a->known_person && !a->reasons;
}

static enum mentor_status store_people(struct import *i)
{
	struct bulk insert = { .m = i->m, .columns = 7, .rows = 1, .tail = "",
		.head = "INSERT INTO person (email, name, organisation, directorate, job, grade, manager_email) VALUES " };
	struct bulk ids = { .m = i->m, .columns = 1, .each = person_stored, .arg = i, .head = "SELECT id, email FROM person WHERE email IN (", .tail = ")" };
	enum mentor_status status = MENTOR_OK;
	for (struct application *a = i->first; !status && a; a = a->next) {
		const struct mentor_person *p = &a->person;
		const struct db_value row[] = { DB_TEXT(p->email), DB_TEXT(p->name), DB_TEXT(p->organisation), DB_TEXT(p->directorate), DB_TEXT(p->job),
			DB_TEXT(p->grade), DB_TEXT(p->manager_email) };
		if (is_new_person(a))
			status = bulk_row(&insert, row);
	}
	status = bulk_end(&insert, status);
	for (struct application *a = i->first; !status && a; a = a->next)
		if (is_new_person(a))
			status = bulk_row(&ids, &DB_TEXT(a->person.email));
	return bulk_end(&ids, status);
}

/* ---- applications ---- */

static const char *word(const char *field, int64_t choice)
{
	return choice == MENTOR_NONE ? NULL : mentor_field_find(mentor_enrolment_fields, field)->choices[choice];
}

static enum mentor_status enrolment_stored(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	struct application *a = application_find(&i->by_person, NULL, db_ref(rows, 1));
	if (a && !a->known && a->enrolment.cohort_id == db_ref(rows, 2))
		a->enrolment.id = db_ref(rows, 0);
	return MENTOR_OK;
}

static enum mentor_status store_enrolment(struct import *i, struct bulk *b, struct application *a)
{
	struct mentor_enrolment *e = &a->enrolment;
	e->person_id = a->person.id;
	if (!a->known_person)
		application_index(i, &i->by_person, a);
	if (i->memory.failed)
		return fail_memory(i->m);
	const struct db_value row[] = { DB_NUMBER(e->cohort_id), DB_NUMBER(e->person_id), DB_TEXT(word("role", e->role)), DB_TEXT(word("state", e->state)),
		DB_NUMBER(e->places), DB_TEXT(e->applied_on), DB_TEXT(e->decided_on), DB_TEXT(e->decided_by), DB_TEXT(e->reason), DB_TEXT(e->response),
		DB_NUMBER(e->rank), DB_TEXT(e->contact_on), DB_TEXT(word("origin", e->origin)), DB_REF(e->origin_cohort_id) };
	return bulk_row(b, row);
}

static enum mentor_status store_enrolments(struct import *i)
{
	struct bulk insert = { .m = i->m, .columns = 14, .tail = "",
		.head = "INSERT INTO enrolment (cohort_id, person_id, role, state, places, applied_on, decided_on, decided_by, reason, response, rank, "
			"contact_on, origin, origin_cohort_id) VALUES " };
	struct bulk ids = { .m = i->m, .columns = 1, .each = enrolment_stored, .arg = i, .tail = ")",
		.head = "SELECT id, person_id, cohort_id FROM enrolment WHERE person_id IN (" };
	enum mentor_status status = MENTOR_OK;
	for (struct application *a = i->first; !status && a; a = a->next)
		if (!a->known && !a->reasons)
			status = store_enrolment(i, &insert, a);
	status = bulk_end(&insert, status);
	for (struct application *a = i->first; !status && a; a = a->next)
		if (!a->known && !a->reasons)
			status = bulk_row(&ids, &DB_NUMBER(a->person.id));
	return bulk_end(&ids, status);
}

/* ---- answers ---- */

/* A choice a row: the lines of the text are cut apart in place. */
static enum mentor_status store_answer(struct bulk *b, int64_t enrolment, struct answer *answer)
{
	enum mentor_status status = MENTOR_OK;
	int64_t position = 0;
	for (char *p = answer->text, *next = p; !status && next; p = next) {
		next = answer->column->many ? strchr(p, '\n') : NULL;
		if (next)
			*next++ = '\0';
		const struct db_value row[] = { DB_NUMBER(enrolment), DB_TEXT(answer->column->slug), DB_NUMBER(position), DB_TEXT(p) };
		status = bulk_row(b, row);
		position++;
	}
	return status;
}

static enum mentor_status store_answers(struct import *i)
{
	struct bulk b = { .m = i->m, .head = "INSERT INTO answer (enrolment_id, question, position, value) VALUES ", .tail = "", .columns = 4 };
	enum mentor_status status = MENTOR_OK;
	for (struct application *a = i->first; !status && a; a = a->next)
		for (size_t n = 0; !status && !a->reasons && n < a->n_answers; n++)
			if (!a->answers[n].recorded)
				status = store_answer(&b, a->enrolment.id, &a->answers[n]);
	return bulk_end(&b, status);
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
	enum mentor_status status = file_all(i);
	if (!status)
		status = application_compare_answers(i);
	if (!status)
		status = store_people(i);
	if (!status)
		status = store_enrolments(i);
	if (!status)
		status = store_answers(i);
	return status ? status : fill_all(i);
}
