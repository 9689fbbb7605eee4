/* application.c: importing applications from a form's export: read and checked as a whole, then stored as a whole. */
#include "application.h"

#include "person.h"
#include "programme.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

/* ---- lists of texts ---- */

void application_note(struct import *i, const char **list, const char *format, ...)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	va_list args;
	va_start(args, format);
	if (*list)
		mentor_buf_fmt(&b, "%s\n", *list);
	size_t from = b.len;
	mentor_buf_vfmt(&b, format, args);
	va_end(args);
	for (char *p = b.data ? b.data + from : NULL; p && *p; p++)
		if (*p == '\n') /* a line is one item */
			*p = ' ';
	*list = b.failed ? NULL : arena_strdup(&i->memory, mentor_buf_text(&b));
	i->memory.failed = i->memory.failed || !*list;
	mentor_buf_free(&b);
}

/* ---- checking one row ---- */

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
	problem_add(i->reader, &place, near ? mentor_buf_text(&hint) : "the programme file lists the grades under seniority",
	    "'%s' is not a grade of the programme", a->person.grade);
	mentor_buf_free(&hint);
}

static void check_day(struct import *i, const struct application *a)
{
	if (!a->enrolment.applied_on || strcmp(a->enrolment.applied_on, i->reader->today) <= 0)
		return;
	struct mentor_place place = form_place(&i->form, "applied_on");
	problem_add(i->reader, &place, "application.date_order says whether the day or the month comes first",
	    "%s is still to come", a->enrolment.applied_on);
}

static void check_twice(struct import *i, struct application *a)
{
	const struct application *before = index_add(&i->by_email, &i->memory, a);
	struct mentor_place place = a->place;
	if (before)
		problem_add(i->reader, &place, "keep the one that counts and remove the other", "%s has applied in row %ld already",
		    a->person.email, before->place.row);
	before = index_add(&i->by_response, &i->memory, a);
	if (!before)
		return;
	place = form_place(&i->form, "response");
	problem_add(i->reader, &place, "each response has a number of its own", "row %ld has the number %s already", before->place.row,
	    a->enrolment.response);
}

/* What the person's record would not take is a problem of this row, not the end of the import. */
static void check_person(struct import *i, const struct application *a)
{
	bool was_broken = i->reader->broken;
	if (a->person.manager_email && person_check_manager(i->reader, NULL, a->person.email, a->person.manager_email) != MENTOR_OK)
		problem_from_error(i->reader, was_broken, &a->place);
}

static size_t count_problems(const struct import *i)
{
	return i->reader->n_problems + i->reader->n_unlisted;
}

/* An empty cell is not worth a word where the row has been found wrong already: it may be empty because it was. */
static void check_needed(struct import *i, const struct application *a, size_t before)
{
	const struct {
		const char *slug;
		bool given;
	} needed[] = { { "email", a->person.email }, { "name", a->person.name }, { "role", a->enrolment.role != MENTOR_NONE } };
	for (size_t n = 0; n < sizeof(needed) / sizeof(*needed); n++) {
		if (needed[n].given || count_problems(i) > before)
			continue;
		struct mentor_place place = form_place(&i->form, needed[n].slug);
		problem_add(i->reader, &place, NULL, "the cell is empty");
	}
}

/* ---- reading rows ---- */

enum { MOST_ANSWER = 20000 };

static void keep_answer(struct import *i, struct application *a, const struct form_value *v)
{
	if (!v->text)
		return;
	struct mentor_place place = { .file = i->form.csv.file, .line = i->form.csv.line, .row = i->form.csv.row, .field = v->column->header };
	if (strlen(v->text) > MOST_ANSWER)
		problem_add(i->reader, &place, NULL, "the answer is longer than %d bytes", MOST_ANSWER);
	a->answers[a->n_answers++] = (struct answer){ v->column, v->text, false };
}

/* Whoever names a former address of the line manager means that person. */
static void find_manager(const struct import *i, struct mentor_person *p)
{
	const char *now = p->manager_email ? application_present_address(i, p->manager_email) : NULL;
	if (now)
		p->manager_email = now;
}

static void read_values(struct import *i, struct application *a)
{
	for (size_t c = 0; c < i->form.map->n_columns; c++) {
		const struct form_value *v = &i->form.values[c];
		const struct application_target *t = &i->targets[c];
		struct mentor_place place = { .file = i->form.csv.file, .line = i->form.csv.line, .row = i->form.csv.row, .field = v->column->header };
		if (!t->person && !t->enrolment)
			keep_answer(i, a, v);
		else if (v->text)
			field_try(i->reader, t->person ? t->person : t->enrolment, v->text, t->person ? (void *)&a->person : (void *)&a->enrolment, &place);
	}
}

static struct answer *find_answer(const struct application *a, const char *question)
{
	for (size_t n = 0; n < a->n_answers; n++)
		if (strcmp(a->answers[n].column->slug, question) == 0)
			return &a->answers[n];
	return NULL;
}

/* What may be used with a consent only is not kept of somebody who has not given it. */
static void drop_without_consent(const struct import *i, struct application *a)
{
	for (size_t p = 0; p < i->d->privacy.n_fields; p++) {
		const struct def_policy *policy = &i->d->privacy.fields[p];
		const struct answer *consent = policy->consent ? find_answer(a, policy->consent) : NULL;
		struct answer *answer = policy->consent ? find_answer(a, policy->slug) : NULL;
		if (answer && !(consent && strcmp(consent->text, "yes") == 0))
			*answer = a->answers[--a->n_answers];
	}
}

static void read_application(struct import *i, struct application *a, size_t before)
{
	a->answers = arena_alloc(&i->memory, i->n_answers * sizeof(*a->answers));
	if (!a->answers)
		return;
	read_values(i, a);
	drop_without_consent(i, a);
	find_manager(i, &a->person);
	a->place = form_place(&i->form, "email");
	check_needed(i, a, before);
	check_grade(i, a);
	check_day(i, a);
	if (count_problems(i) == before)
		check_person(i, a);
	check_twice(i, a);
}

void application_reject(struct import *i, struct mentor *m, struct application *a)
{
	struct mentor_buf reasons = MENTOR_BUF_INIT;
	if (!i->keep_going || m->n_problems == 0)
		return;
	problems_take(m, &reasons);
	a->reasons = reasons.failed ? NULL : arena_strdup(&i->memory, mentor_buf_text(&reasons));
	i->memory.failed = i->memory.failed || !a->reasons;
	mentor_buf_free(&reasons);
}

/* A row that cannot be cut into cells is a bad row like any other, as long as the next one can be found. */
enum mentor_status application_read(struct import *i, bool *ret_more)
{
	bool was_broken = i->reader->broken;
	size_t before = count_problems(i);
	enum mentor_status status = form_next(&i->form, ret_more);
	bool cut_short = status && i->form.cut_short;
	if ((status && !cut_short) || (!status && !*ret_more))
		return status;
	struct application *a = arena_alloc(&i->memory, sizeof(*a));
	if (!a)
		return fail_memory(i->reader);
	*a = i->blank;
	a->start = i->form.csv.start;
	a->end = i->form.csv.at;
	a->place = (struct mentor_place){ .file = i->form.csv.file, .line = i->form.csv.line, .row = i->form.csv.row };
	if (cut_short)
		problem_from_error(i->reader, was_broken, &i->reader->error.place);
	else
		read_application(i, a, before);
	application_reject(i, i->reader, a);
	a->sound = !a->reasons && count_problems(i) == before;
	*i->end = a;
	i->end = &a->next;
	return i->memory.failed ? fail_memory(i->reader) : MENTOR_OK;
}

static enum mentor_status find_targets(struct import *i)
{
	static const char *const person_columns[] = { "email", "name", "organisation", "directorate", "job", "grade", "language", NULL };
	static const char *const enrolment_columns[] = { "role", "places", "response", "applied_on", NULL };
	const struct def_form *map = i->form.map;
	i->targets = arena_alloc(&i->memory, map->n_columns * sizeof(*i->targets));
	if (!i->targets)
		return fail_memory(i->m);
	i->manager = *mentor_field_find(mentor_person_fields, "manager_email");
	i->manager.entity = NULL;
	for (size_t c = 0; c < map->n_columns; c++) {
		const char *slug = map->columns[c].slug;
		if (strcmp(slug, i->manager.name) == 0)
			i->targets[c].person = &i->manager;
		else if (definition_lists(person_columns, DEF_TO_NULL, slug))
			i->targets[c].person = mentor_field_find(mentor_person_fields, slug);
		else if (definition_lists(enrolment_columns, DEF_TO_NULL, slug))
			i->targets[c].enrolment = mentor_field_find(mentor_enrolment_fields, slug);
		else
			i->n_answers++;
	}
	mentor_record_clear(mentor_person_fields, &i->blank.person);
	mentor_record_clear(mentor_enrolment_fields, &i->blank.enrolment);
	return MENTOR_OK;
}

/* ---- what is told ---- */

static enum mentor_status tell(struct import *i, enum mentor_status (*each)(void *arg, const struct mentor_import_row *row), void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (const struct application *a = i->first; !status && a; a = a->next) {
		struct mentor_import_row row = { .change = a->change, .person_id = a->person.id, .name = a->person.name, .row = a->place.row,
			.cohort = a->cohort, .filled = a->filled, .differences = a->differs };
		if (a->reasons)
			row = (struct mentor_import_row){ .change = "rejected", .name = a->person.name, .row = a->place.row, .reasons = a->reasons };
		status = each(arg, &row);
	}
	return status;
}

/* ---- rows left out, as they came ---- */

static size_t without_break(const char *text, size_t start, size_t end)
{
	while (end > start && (text[end - 1] == '\n' || text[end - 1] == '\r'))
		end--;
	return end;
}

/* The end of a record before its last cell, which tells why an earlier import left it out. */
static size_t without_reason(const struct csv *c, const char *text, size_t start, size_t end)
{
	bool quoted = false;
	size_t cut = end;
	for (size_t p = start; p < end; p++) {
		quoted ^= text[p] == '"';
		if (text[p] == c->delimiter && !quoted)
			cut = p;
	}
	return cut;
}

static void write_record(const struct csv *c, const char *text, size_t start, size_t end, const char *reasons, struct mentor_buf *b)
{
	struct mentor_buf line = MENTOR_BUF_INIT;
	bool had_reason = c->n_headings > 0 && strcmp(c->headings[c->n_headings - 1], "reason") == 0;
	size_t last = without_break(text, start, end);
	mentor_buf_add(b, text + start, (had_reason ? without_reason(c, text, start, last) : last) - start);
	mentor_buf_char(b, c->delimiter);
	for (const char *p = reasons; *p; p++)
		mentor_buf_str(&line, *p == '\n' ? "; " : (const char[]){ *p, '\0' });
	mentor_buf_csv(b, mentor_buf_text(&line), c->delimiter, true);
	size_t heading = without_break(text, 0, c->heading_end);
	mentor_buf_add(b, text + heading, c->heading_end - heading);
	b->failed = b->failed || line.failed;
	mentor_buf_free(&line);
}

static enum mentor_status write_rejects(const struct import *i, const char *text, struct mentor_buf *b)
{
	const struct csv *c = &i->form.csv;
	write_record(c, text, 0, c->heading_end, "reason", b);
	for (const struct application *a = i->first; a; a = a->next)
		if (a->reasons)
			write_record(c, text, a->start, a->end, a->reasons, b);
	return b->failed ? fail_memory(i->m) : MENTOR_OK;
}

/* ---- the import ---- */

static struct mentor *new_reader(const struct mentor *m)
{
	struct mentor *reader = mentor_new();
	if (reader)
		memcpy(reader->today, m->today, sizeof(m->today));
	return reader;
}

static enum mentor_status run_import(struct import *i, const char *file, const char *text, size_t len, char delimiter)
{
	problems_clear(i->m);
	i->reader = new_reader(i->m);
	if (!i->reader)
		return fail_memory(i->m);
	enum mentor_status status = form_open(&i->form, i->reader, &i->d->application, file, text, len, delimiter);
	context_take(i->m, i->reader);
	if (!status)
		status = problems_result(i->m, file);
	if (!status)
		status = find_targets(i);
	if (!status)
		status = application_load_former(i);
	if (!status)
		status = application_take_in(i, len);
	if (!status)
		status = application_match(i);
	if (!status)
		status = problems_result(i->m, file);
	if (!status)
		status = application_store(i);
	return status;
}

enum mentor_status mentor_enrol_import(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len, char delimiter,
    struct mentor_buf *rejects, enum mentor_status (*each)(void *arg, const struct mentor_import_row *row), void *arg)
{
	struct definition *d = NULL;
	struct import i = { .m = m, .cohort = cohort, .keep_going = rejects,
		.people.key = offsetof(struct mentor_person, email),
		.responses.key = offsetof(struct holder, response),
		.by_email.key = offsetof(struct application, person.email),
		.by_response.key = offsetof(struct application, enrolment.response),
		.by_person = { .key = offsetof(struct application, person.id), .number = true },
		.by_enrolment = { .key = offsetof(struct application, enrolment.id), .number = true } };
	i.end = &i.first;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = programme_of_cohort(m, cohort, &d);
	i.d = d;
	if (!status && d->application.n_columns == 0)
		status = fail(m, MENTOR_REFUSED, "add application.columns to the programme file", "the programme does not say how to read a form");
	if (!status)
		status = window_load(m, cohort, d, &i.window);
	if (!status)
		status = run_import(&i, file, text, len, delimiter);
	if (!status && rejects)
		status = write_rejects(&i, text, rejects);
	if (!status)
		status = tell(&i, each, arg);
	enum mentor_status ended = mentor_commit(m);
	form_close(&i.form);
	arena_free(&i.memory);
	arena_free(&i.people_memory);
	mentor_free(i.reader);
	definition_free(d);
	if (status)
		return fail_state(m, status, "nothing imported");
	return ended;
}
