/* application.c: importing applications from a form's export: read and checked as a whole, then stored as a whole. */
#include "enrolment.h"
#include "form.h"
#include "programme.h"
#include "record.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* One application, read and checked before anything is stored. */
struct application {
	struct application *next;
	struct mentor_person person;
	struct mentor_enrolment enrolment;
	const struct form_value *answers; /* of the programme's own questions */
	size_t n_answers;
	struct mentor_place place;
};

/* Applications by a text of theirs: a hash table of a power of two of slots, at most half full. */
struct index {
	struct application **slots;
	size_t n_slots, n;
	size_t key; /* offset of the text in struct application */
};

struct import {
	struct mentor *m;
	int64_t cohort;
	const struct definition *d;
	struct form form;
	struct window window;
	struct arena memory;
	struct application *first, **end;
	struct index by_email, by_response;
	enum mentor_status (*each)(void *arg, const struct mentor_import_row *row);
	void *arg;
};

/* Which mapped values fill which record; all others are answers to the programme's questions. */
static const char *const person_columns[] = { "email", "name", "organisation", "directorate", "job", "grade", "manager_email", NULL };
static const char *const enrolment_columns[] = { "role", "places", "response", "applied_on", NULL };

static void fill(struct import *i, const struct mentor_field *table, const char *const *columns, void *record)
{
	mentor_record_clear(table, record);
	for (; *columns; columns++) {
		const char *text = form_text(&i->form, *columns);
		struct mentor_place place = form_place(&i->form, *columns);
		if (text)
			field_try(i->m, mentor_field_find(table, *columns), text, record, &place);
	}
}

static void check_grade(struct import *i, const struct application *a)
{
	const struct definition *d = i->d;
	const char *names[65] = { 0 };
	if (!a->person.grade || !d->n_seniority)
		return;
	for (size_t g = 0; g < d->n_seniority; g++) {
		if (strcmp(d->seniority[g], a->person.grade) == 0)
			return;
		if (g < 64)
			names[g] = d->seniority[g];
	}
	struct mentor_place place = form_place(&i->form, "grade");
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const char *near = mentor_nearest(a->person.grade, names);
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	problem_add(i->m, &place, near ? mentor_buf_text(&hint) : "the programme file lists the grades under seniority",
	    "'%s' is not a grade of the programme", a->person.grade);
	mentor_buf_free(&hint);
}

static void check_day(struct import *i, const struct application *a)
{
	struct mentor_place place = form_place(&i->form, "applied_on");
	if (a->enrolment.applied_on && strcmp(a->enrolment.applied_on, i->m->today) > 0)
		problem_add(i->m, &place, "application.date_order says whether the day or the month comes first",
		    "%s is still to come", a->enrolment.applied_on);
}

static void keep_answers(struct import *i, struct application *a)
{
	size_t n = i->form.map->n_columns;
	struct form_value *kept = arena_alloc(&i->memory, (n + 1) * sizeof(*kept));
	a->answers = kept;
	for (size_t c = 0; kept && c < n; c++) {
		struct form_value v = i->form.values[c];
		if (definition_lists(person_columns, DEF_TO_NULL, v.column->slug) || definition_lists(enrolment_columns, DEF_TO_NULL, v.column->slug) || !v.text)
			continue;
		v.text = arena_strdup(&i->memory, v.text);
		kept[a->n_answers++] = v;
	}
}

static const char *key_of(const struct index *x, const struct application *a)
{
	const char *text = NULL;
	memcpy(&text, (const char *)a + x->key, sizeof(text));
	return text;
}

static size_t slot_of(const struct index *x, const char *key)
{
	size_t h = 5381, mask = x->n_slots - 1;
	for (const char *p = key; *p; p++)
		h = h * 33 ^ (unsigned char)*p;
	while (x->slots[h & mask] && strcmp(key_of(x, x->slots[h & mask]), key) != 0)
		h++;
	return h & mask;
}

static bool grow(struct index *x, struct arena *memory)
{
	struct index grown = *x;
	grown.n_slots = x->n_slots ? x->n_slots * 2 : 256;
	grown.slots = arena_alloc(memory, grown.n_slots * sizeof(struct application *));
	if (!grown.slots)
		return false;
	for (size_t s = 0; s < x->n_slots; s++)
		if (x->slots[s])
			grown.slots[slot_of(&grown, key_of(x, x->slots[s]))] = x->slots[s];
	*x = grown;
	return true;
}

/* The application that has the same text already; NULL when this one is the first, which it then is for the rest.
 * Without memory it is NULL as well, and read_all() notices. */
static const struct application *seen_before(struct import *i, struct index *x, struct application *a)
{
	const char *key = key_of(x, a);
	if (!key || (x->n * 2 >= x->n_slots && !grow(x, &i->memory)))
		return NULL;
	struct application **slot = &x->slots[slot_of(x, key)];
	if (*slot)
		return *slot;
	*slot = a;
	x->n++;
	return NULL;
}

static void check_twice(struct import *i, struct application *a)
{
	const struct application *before = seen_before(i, &i->by_email, a);
	struct mentor_place place = a->place;
	if (before)
		problem_add(i->m, &place, "keep the one that counts and remove the other", "%s has applied in row %ld already",
		    a->person.email, before->place.row);
	before = seen_before(i, &i->by_response, a);
	place = form_place(&i->form, "response");
	if (before)
		problem_add(i->m, &place, "each response has a number of its own", "row %ld has the number %s already", before->place.row,
		    a->enrolment.response);
}

static enum mentor_status read_application(struct import *i)
{
	struct application *a = arena_alloc(&i->memory, sizeof(*a));
	if (!a)
		return fail_memory(i->m);
	fill(i, mentor_entity_person.fields, person_columns, &a->person);
	enum mentor_status status = a->person.email ? record_present_key(i->m, &mentor_entity_person, &a->person.email) : MENTOR_OK;
	if (status)
		return status;
	fill(i, mentor_enrolment_fields, enrolment_columns, &a->enrolment);
	a->place = form_place(&i->form, "email");
	static const char *const needed[] = { "email", "name", "role" };
	for (size_t n = 0; n < 3; n++) {
		struct mentor_place place = form_place(&i->form, needed[n]);
		size_t before = i->m->n_problems;
		bool said = before && i->m->problems[before - 1].place.row == place.row;
		if (!form_text(&i->form, needed[n]) && !said)
			problem_add(i->m, &place, NULL, "the cell is empty");
	}
	check_grade(i, a);
	check_day(i, a);
	check_twice(i, a);
	keep_answers(i, a);
	*i->end = a;
	i->end = &a->next;
	return i->memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

static enum mentor_status read_all(struct import *i)
{
	bool more = true;
	enum mentor_status status = MENTOR_OK;
	while (!status && !(status = form_next(&i->form, &more)) && more)
		status = read_application(i);
	return status;
}

/* What an import made of a row that was there already. */
struct kept {
	bool filled;  /* gaps were filled */
	bool differs; /* the file says something else; the record stays as it is */
};

static bool differs(const struct mentor_field *f, const void *a, const void *b)
{
	if (mentor_field_is_none(f, a) || mentor_field_is_none(f, b))
		return false;
	if (!mentor_field_is_text(f))
		return mentor_field_number(f, a) != mentor_field_number(f, b);
	return strcmp(mentor_field_string(f, a), mentor_field_string(f, b)) != 0;
}

/* A person known already keeps what is recorded; only gaps are filled. */
static enum mentor_status store_person(struct import *i, struct application *a, struct kept *kept)
{
	const struct mentor_field *table = mentor_entity_person.fields;
	int64_t id = 0;
	uint64_t given = 0;
	void *record = NULL;
	enum mentor_status status = record_lookup(i->m, &mentor_entity_person, a->person.email, &id);
	if (status)
		return status;
	if (!id) {
		for (size_t f = 1; table[f].name; f++)
			given |= mentor_field_is_none(&table[f], &a->person) ? 0 : UINT64_C(1) << f;
		return mentor_record_add(i->m, &mentor_entity_person, &a->person, given, &a->person.id);
	}
	a->person.id = id;
	status = mentor_record_get(i->m, &mentor_entity_person, id, &record);
	if (status)
		return status;
	for (size_t f = 1; table[f].name; f++) {
		if (mentor_field_is_none(&table[f], record) && !mentor_field_is_none(&table[f], &a->person))
			given |= UINT64_C(1) << f;
		kept->differs = kept->differs || differs(&table[f], record, &a->person);
	}
	mentor_record_free(record);
	return given ? mentor_record_set(i->m, &mentor_entity_person, id, &a->person, given, &kept->filled) : MENTOR_OK;
}

static enum mentor_status store_answer(struct mentor *m, int64_t enrolment, const struct form_value *v)
{
	int64_t position = 0;
	enum mentor_status status = MENTOR_OK;
	for (const char *p = v->text; !status && *p; position++) {
		size_t len = v->column->many ? strcspn(p, "\n") : strlen(p);
		char *one = strndup(p, len);
		status = one ? db_run(m, "INSERT INTO answer (enrolment_id, question, position, value) VALUES ($1, $2, $3, $4)",
				   DB_ARGS(DB_NUMBER(enrolment), DB_TEXT(v->column->slug), DB_NUMBER(position), DB_TEXT(one))) :
			       fail_memory(m);
		free(one);
		p += len + (p[len] == '\n');
	}
	return status;
}

/* Whether the enrolment on record was asked for in another role. Nothing is changed: decisions may rest on it. */
static enum mentor_status compare_role(struct import *i, int64_t id, const struct application *a, struct kept *kept)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(i->m, &mentor_entity_enrolment, id, &record);
	if (!status)
		kept->differs = kept->differs || ((const struct mentor_enrolment *)record)->role != a->enrolment.role;
	mentor_record_free(record);
	return status;
}

/* What is on record for one question, in the form of form_value.text; yours to free through `b`. */
static enum mentor_status recorded_answer(struct mentor *m, int64_t enrolment, const char *question, struct mentor_buf *b)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, "SELECT value FROM answer WHERE enrolment_id = $1 AND question = $2 ORDER BY position",
	    DB_ARGS(DB_NUMBER(enrolment), DB_TEXT(question)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		mentor_buf_fmt(b, "%s%s", b->len ? "\n" : "", db_text(rows, 0));
	db_done(rows);
	return status ? status : b->failed ? fail_memory(m) : MENTOR_OK;
}

/* Answers that were not there are taken; one that is there and reads otherwise stays. */
static enum mentor_status fill_answers(struct import *i, int64_t enrolment, const struct application *a, struct kept *kept)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t n = 0; !status && n < a->n_answers; n++) {
		struct mentor_buf recorded = MENTOR_BUF_INIT;
		status = recorded_answer(i->m, enrolment, a->answers[n].column->slug, &recorded);
		if (!status && recorded.len == 0) {
			status = store_answer(i->m, enrolment, &a->answers[n]);
			kept->filled = true;
		} else if (!status && strcmp(mentor_buf_text(&recorded), a->answers[n].text) != 0) {
			kept->differs = true;
		}
		mentor_buf_free(&recorded);
	}
	return status;
}

static enum mentor_status store_application(struct import *i, struct application *a)
{
	struct kept kept = { false, false };
	int64_t id = 0;
	enum mentor_status status = store_person(i, a, &kept);
	if (!status)
		status = enrolment_known(i->m, i->cohort, a->person.id, &id);
	if (!status && id)
		status = compare_role(i, id, a, &kept);
	if (!status && id)
		status = fill_answers(i, id, a, &kept);
	if (status)
		return status;
	const char *change = !id ? "added" : kept.differs ? "differs" : kept.filled ? "updated" : "unchanged";
	if (!id) {
		struct filing f;
		a->enrolment.person_id = a->person.id;
		status = window_file(&i->window, a->enrolment.applied_on, &f);
		if (!status)
			status = enrolment_prepare(i->m, i->d, &f, &a->enrolment);
		if (!status)
			status = enrolment_insert(i->m, &a->enrolment, &id);
		for (size_t n = 0; !status && n < a->n_answers; n++)
			status = store_answer(i->m, id, &a->answers[n]);
	}
	struct mentor_import_row row = { change, a->person.id, a->person.name, a->place.row };
	return status ? status : i->each(i->arg, &row);
}

/* The form's number belongs to one application. Seeing it with another address means another form, or a row edited by hand. */
static enum mentor_status check_response(struct import *i, const struct application *a)
{
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(i->m,
	    "SELECT p.name FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.cohort_id = $1 AND e.response = $2 AND p.email <> $3",
	    DB_ARGS(DB_NUMBER(i->cohort), DB_TEXT(a->enrolment.response), DB_TEXT(a->person.email)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		struct mentor_place place = form_place(&i->form, "response");
		place.row = a->place.row;
		place.line = a->place.line;
		problem_add(i->m, &place, "for another form, leave 'response' out of application.columns; people are told apart by address then",
		    "response %s is %s's application already", a->enrolment.response, db_text(rows, 0));
		status = db_whole(rows);
	}
	db_done(rows);
	return status;
}

static enum mentor_status check_against_store(struct import *i)
{
	enum mentor_status status = MENTOR_OK;
	for (const struct application *a = i->first; !status && a; a = a->next)
		if (a->enrolment.response && a->person.email)
			status = check_response(i, a);
	return status;
}

static enum mentor_status store_all(struct import *i)
{
	enum mentor_status status = window_load(i->m, i->cohort, i->d, &i->window);
	for (struct application *a = i->first; !status && a; a = a->next)
		status = store_application(i, a);
	return status;
}

static enum mentor_status run_import(struct import *i, const char *file, const char *text, size_t len, char delimiter)
{
	char *copy = malloc(len + 1);
	if (!copy)
		return fail_memory(i->m);
	memcpy(copy, text, len);
	copy[len] = '\0';
	problems_clear(i->m);
	enum mentor_status status = form_open(&i->form, i->m, &i->d->application, file, copy, len, delimiter);
	if (!status && i->m->n_problems == 0)
		status = read_all(i);
	if (!status)
		status = check_against_store(i);
	if (!status)
		status = problems_result(i->m, file);
	if (!status)
		status = store_all(i);
	form_close(&i->form);
	return status;
}

enum mentor_status mentor_enrol_import(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len,
    char delimiter, enum mentor_status (*each)(void *arg, const struct mentor_import_row *row), void *arg)
{
	struct definition *d = NULL;
	struct import i = { .m = m, .cohort = cohort, .each = each, .arg = arg,
		.by_email.key = offsetof(struct application, person.email),
		.by_response.key = offsetof(struct application, enrolment.response) };
	i.end = &i.first;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = programme_of_cohort(m, cohort, &d);
	i.d = d;
	if (!status && d->application.n_columns == 0)
		status = fail(m, MENTOR_REFUSED, "add application.columns to the programme file", "the programme does not say how to read a form");
	if (!status)
		status = run_import(&i, file, text, len, delimiter);
	enum mentor_status ended = mentor_commit(m);
	arena_free(&i.memory);
	definition_free(d);
	if (status)
		return fail_state(m, status, "nothing imported");
	return ended;
}
