/* application_known.c: the rows of an import held against what is recorded: who is known, who has applied, what the file says otherwise. */
#include "application.h"

#include "language.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

/* A text of a row of the store, to be kept. */
static const char *kept(struct import *i, const struct db_rows *rows, int column)
{
	return arena_strdup(&i->memory, db_text(rows, column));
}

static enum mentor_status memory_of(const struct import *i)
{
	return i->memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

/* ---- people ---- */

/* Whether what the file says of a field is another value than the recorded one; one that is not given says nothing. */
static bool says_otherwise(const struct mentor_field *f, const void *recorded, const void *file)
{
	if (mentor_field_is_none(f, recorded) || mentor_field_is_none(f, file))
		return false;
	if (!mentor_field_is_text(f))
		return mentor_field_number(f, recorded) != mentor_field_number(f, file);
	return strcmp(mentor_field_string(f, recorded), mentor_field_string(f, file)) != 0;
}

static void note_difference(struct import *i, struct application *a, const struct mentor_field *f, const void *recorded, const void *file)
{
	struct mentor_buf was = MENTOR_BUF_INIT, is = MENTOR_BUF_INIT;
	mentor_field_write(&was, f, recorded);
	mentor_field_write(&is, f, file);
	application_note(i, &a->differs, "%s: recorded '%s', file '%s'", f->name, mentor_buf_text(&was), mentor_buf_text(&is));
	i->memory.failed = i->memory.failed || was.failed || is.failed;
	mentor_buf_free(&was);
	mentor_buf_free(&is);
}

/* A person known already keeps what is recorded; only gaps are filled. */
static void compare_person(struct import *i, struct application *a)
{
	const struct mentor_person *known = a->known_person;
	a->person.id = known->id;
	for (size_t c = 0; c < i->form.map->n_columns; c++) {
		const struct mentor_field *f = i->targets[c].person;
		bool by_other_address = f && a->by_address && strcmp(f->name, "email") == 0;
		if (!f || by_other_address)
			continue;
		if (mentor_field_is_none(f, known) && !mentor_field_is_none(f, &a->person)) {
			a->gaps |= field_bit(mentor_person_fields, f->name);
			application_note(i, &a->filled, "%s", f->name);
		} else if (says_otherwise(f, known, &a->person)) {
			note_difference(i, a, f, known, &a->person);
		}
	}
}

#define PERSON "p.id, p.email, p.name, p.organisation, p.directorate, p.job, p.grade, p.manager_email, p.language"

/* The person that begins at column `first`. */
static struct mentor_person *load_person(struct arena *memory, const struct db_rows *rows, int first)
{
	const char *texts[7];
	struct mentor_person *p = arena_alloc(memory, sizeof(*p));
	for (int t = 0; t < 7; t++)
		texts[t] = arena_strdup(memory, db_text(rows, first + 1 + t));
	if (p)
		*p = (struct mentor_person){ .id = db_ref(rows, first), .email = texts[0], .name = texts[1], .organisation = texts[2],
			.directorate = texts[3], .job = texts[4], .grade = texts[5], .manager_email = texts[6],
			.language = field_choice(language_tags, db_text(rows, first + 8)) };
	return p;
}

static enum mentor_status keep_person(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	struct mentor_person *p = load_person(&i->people_memory, rows, 0);
	if (p)
		(void)index_add(&i->people, &i->people_memory, p);
	return i->people_memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

static enum mentor_status known_by_address(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	struct application *a = index_find(&i->by_email, db_text(rows, 0), 0);
	if (!a)
		return MENTOR_OK;
	a->known_person = load_person(&i->memory, rows, 1);
	a->by_address = true;
	return memory_of(i);
}

static int by_address(const void *a, const void *b)
{
	return strcmp(((const struct former_address *)a)->address, ((const struct former_address *)b)->address);
}

static enum mentor_status keep_former(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	i->former[i->n_former++] = (struct former_address){ kept(i, rows, 0), kept(i, rows, 1) };
	return memory_of(i);
}

/* Most stores have few, and no row of the file has to ask for any. */
enum mentor_status application_load_former(struct import *i)
{
	int64_t n = 0;
	enum mentor_status status = db_value(i->m, "SELECT count(*) FROM address", DB_NO_ARGS, 0, &n);
	if (status || n == 0)
		return status;
	i->former = arena_alloc(&i->memory, (size_t)n * sizeof(*i->former));
	if (!i->former)
		return fail_memory(i->m);
	status = bulk_query(i->m, "SELECT a.email, p.email FROM address a JOIN person p ON p.id = a.person_id", DB_NO_ARGS, keep_former, i);
	if (!status)
		qsort(i->former, i->n_former, sizeof(*i->former), by_address);
	return status;
}

const char *application_present_address(const struct import *i, const char *address)
{
	const struct former_address key = { address, NULL };
	const struct former_address *found = i->n_former ? bsearch(&key, i->former, i->n_former, sizeof(key), by_address) : NULL;
	return found ? found->now : NULL;
}

#define PEOPLE "SELECT " PERSON " FROM person p"

static enum mentor_status keep_holder(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	struct holder *h = arena_alloc(&i->people_memory, sizeof(*h));
	if (h) {
		*h = (struct holder){ arena_strdup(&i->people_memory, db_text(rows, 0)), db_ref(rows, 1), arena_strdup(&i->people_memory, db_text(rows, 2)) };
		(void)index_add(&i->responses, &i->people_memory, h);
	}
	return i->people_memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

enum mentor_status application_load_people(struct import *i, size_t len)
{
	enum { ROW = 100 }; /* bytes, about as a row of a file has */
	int64_t people = 0;
	enum mentor_status status = db_value(i->m, "SELECT count(*) FROM person", DB_NO_ARGS, 0, &people);
	i->all_people = (uint64_t)people <= len / ROW;
	if (!status && i->all_people)
		status = bulk_query(i->m, PEOPLE, DB_NO_ARGS, keep_person, i);
	if (status || !definition_column(i->d, "response"))
		return status;
	return bulk_query(i->m,
	    "SELECT e.response, e.person_id, p.name FROM enrolment e JOIN person p ON p.id = e.person_id "
	    "WHERE coalesce(e.origin_cohort_id, e.cohort_id) = $1 AND e.response IS NOT NULL",
	    DB_ARGS(DB_NUMBER(i->cohort)), keep_holder, i);
}

static enum mentor_status ask_for_people(struct import *i, struct application **from, struct application **end)
{
	struct bulk b = { .m = i->m, .head = PEOPLE " WHERE p.email IN (", .tail = ")", .columns = 1, .each = keep_person, .arg = i };
	enum mentor_status status = MENTOR_OK;
	for APPLICATIONS(a, from, end) {
		if ((*a)->person.email)
			status = bulk_row(&b, &DB_TEXT((*a)->person.email));
		if (status)
			break;
	}
	return bulk_end(&b, status);
}

enum mentor_status application_recognise(struct import *i, struct application **from, struct application **end)
{
	enum mentor_status status = i->all_people ? MENTOR_OK : ask_for_people(i, from, end);
	for APPLICATIONS(a, from, end) {
		if ((*a)->person.email)
			(*a)->known_person = index_find(&i->people, (*a)->person.email, 0);
		if ((*a)->enrolment.response)
			(*a)->holder = index_find(&i->responses, (*a)->enrolment.response, 0);
	}
	return status;
}

/* By other addresses. */
static enum mentor_status match_others(struct import *i)
{
	struct bulk other = { .m = i->m, .head = "SELECT o.email, " PERSON " FROM address o JOIN person p ON p.id = o.person_id WHERE o.email IN (",
		.tail = ")", .columns = 1, .each = known_by_address, .arg = i };
	enum mentor_status status = MENTOR_OK;
	for (struct application *a = i->first; !status && a; a = a->next)
		if (a->person.email && !a->known_person && application_present_address(i, a->person.email))
			status = bulk_row(&other, &DB_TEXT(a->person.email));
	return bulk_end(&other, status);
}

/* ---- numbers of responses ---- */

/* The form's number belongs to one application. Seeing it with another address means another form, or a row edited by hand. */
static void check_response(struct import *i, struct application *a)
{
	if (!a->holder || a->reasons || !a->person.email || (a->known_person && a->known_person->id == a->holder->person))
		return;
	struct mentor_place place = form_place(&i->form, "response");
	place.row = a->place.row;
	place.line = a->place.line;
	problem_add(i->m, &place, "for another form, leave 'response' out of application.columns; people are told apart by address then",
	    "response %s is %s's application already", a->holder->response, a->holder->name);
	application_reject(i, i->m, a);
}

/* Two addresses of one person are one person. */
static void note_people(struct import *i)
{
	for (struct application *a = i->first; a; a = a->next) {
		if (!a->known_person || a->reasons)
			continue;
		a->person.id = a->known_person->id;
		const struct application *before = index_add(&i->by_person, &i->memory, a);
		if (!before) {
			compare_person(i, a);
			continue;
		}
		problem_add(i->m, &a->place, "keep the one that counts and remove the other", "%s has applied in row %ld already, as %s", a->person.email,
		    before->place.row, before->person.email);
		application_reject(i, i->m, a);
	}
}

/* ---- enrolments ---- */

enum mentor_status application_compare(struct import *i, struct application *a, const struct mentor_enrolment *known)
{
	a->known = known;
	a->enrolment.id = known->id;
	a->cohort = known->cohort;
	index_add(&i->by_enrolment, &i->memory, a);
	for (size_t c = 0; c < i->form.map->n_columns; c++) {
		const struct mentor_field *f = i->targets[c].enrolment;
		if (!f)
			continue;
		if (mentor_field_is_none(f, known) && !mentor_field_is_none(f, &a->enrolment))
			application_note(i, &a->filled, "%s", f->name);
		else if (says_otherwise(f, known, &a->enrolment))
			note_difference(i, a, f, known, &a->enrolment);
	}
	return memory_of(i);
}

static int64_t role_of(const char *word)
{
	const struct mentor_field *f = mentor_field_find(mentor_enrolment_fields, "role");
	for (int64_t c = 0; word && f->choices[c]; c++)
		if (strcmp(f->choices[c], word) == 0)
			return c;
	return MENTOR_NONE;
}

/* An application in the cohort itself counts before one that came late and is kept for the next; it comes first. */
static enum mentor_status known_enrolment(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	struct application *a = index_find(&i->by_person, NULL, db_ref(rows, 1));
	if (!a || a->known || a->reasons)
		return MENTOR_OK;
	struct mentor_enrolment *known = arena_alloc(&i->memory, sizeof(*known));
	if (!known)
		return fail_memory(i->m);
	mentor_record_clear(mentor_enrolment_fields, known);
	known->id = db_ref(rows, 0);
	known->role = role_of(db_text(rows, 2));
	known->places = db_number(rows, 3);
	known->applied_on = kept(i, rows, 4);
	known->response = kept(i, rows, 5);
	known->cohort = kept(i, rows, 6);
	return application_compare(i, a, known);
}

static enum mentor_status match_enrolments(struct import *i, const char *sql)
{
	return i->by_person.n == 0 ? MENTOR_OK : bulk_query(i->m, sql, DB_ARGS(DB_NUMBER(i->cohort)), known_enrolment, i);
}

enum mentor_status application_match(struct import *i)
{
#define ENROLMENT "SELECT e.id, e.person_id, e.role, e.places, e.applied_on, e.response, c.slug FROM enrolment e JOIN cohort c ON c.id = e.cohort_id "
	enum mentor_status status = match_others(i);
	for (struct application *a = i->first; !status && a; a = a->next)
		check_response(i, a);
	if (!status)
		note_people(i);
	if (!status)
		status = match_enrolments(i, ENROLMENT "WHERE e.cohort_id = $1 ORDER BY e.person_id");
	if (!status)
		status = match_enrolments(i, ENROLMENT "WHERE e.origin_cohort_id = $1 AND e.origin = 'late' ORDER BY e.person_id");
	return status ? status : memory_of(i);
}

/* ---- answers ---- */

static enum mentor_status known_answer(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	struct application *a = index_find(&i->by_enrolment, NULL, db_ref(rows, 0));
	const char *question = db_text(rows, 1), *value = db_text(rows, 2);
	for (size_t n = 0; a && n < a->n_answers; n++) {
		struct answer *answer = &a->answers[n];
		if (strcmp(answer->column->slug, question) != 0)
			continue;
		answer->recorded = true;
		if (strcmp(answer->text, value) != 0)
			application_note(i, &a->differs, "%s: recorded '%s', file '%s'", question, value, answer->text);
	}
	return MENTOR_OK;
}

static void note_new_answers(struct import *i, struct application *a)
{
	for (size_t n = 0; n < a->n_answers; n++)
		if (!a->answers[n].recorded)
			application_note(i, &a->filled, "%s", a->answers[n].column->slug);
}

enum mentor_status application_compare_answers(struct import *i)
{
	struct bulk b = { .m = i->m, .head = "SELECT enrolment_id, question, value FROM answer WHERE enrolment_id IN (",
		.tail = ") ORDER BY enrolment_id, question", .columns = 1, .each = known_answer, .arg = i };
	enum mentor_status status = MENTOR_OK;
	for (struct application *a = i->first; !status && a; a = a->next)
		if (a->known)
			status = bulk_row(&b, &DB_NUMBER(a->known->id));
	status = bulk_end(&b, status);
	for (struct application *a = i->first; !status && a; a = a->next)
		if (a->known)
			note_new_answers(i, a);
	return status ? status : memory_of(i);
}
