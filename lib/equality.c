/* equality.c: equality monitoring: answers in from a form of its own, gone when somebody objects, and counted. The only module that goes
 * (with workforce.c) through the wall around them, and only for as long as it stores or counts. */
#include "equality.h"

#include "equality_db.h"
#include "form.h"
#include "hash.h"
#include "programme.h"
#include "record.h"
#include "suppress.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define AT_TEXT(member) MENTOR_AT_TEXT(mentor_equality_status, member)
#define AT_NUMBER(member) MENTOR_AT_NUMBER(mentor_equality_status, member)
#define POLICY \
	{ "purpose", MENTOR_TYPE_TEXT, 0, AT_TEXT(purpose), .help = "what the answers are for" }, \
	{ "basis", MENTOR_TYPE_TEXT, 0, AT_TEXT(basis), .help = "the lawful basis" }, \
	{ "seen_by", MENTOR_TYPE_TEXT, 0, AT_TEXT(seen_by), .help = "who may see single answers" }, \
	{ "months", MENTOR_TYPE_INT, 0, AT_NUMBER(months), .help = "how many months they are kept after the cohort has ended" }

const struct mentor_field mentor_equality_policy_fields[] = { POLICY, { 0 } };
const struct mentor_field mentor_equality_status_fields[] = {
	POLICY,
	{ "asked", MENTOR_TYPE_INT, 0, AT_NUMBER(asked), .help = "people who could answer" },
	{ "answered", MENTOR_TYPE_INT, 0, AT_NUMBER(answered), .help = "people who have; withheld when few have, or few have not" },
	{ 0 },
};
const struct mentor_field mentor_equality_imported_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_equality_imported, change), .help = "added, updated, unchanged, or withdrawn: they object and were passed over" },
	{ "people", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_equality_imported, people), .help = "how many people of the file" },
	{ 0 },
};
/* clang-format on */

/* One answer; of a question with several choices, one choice. */
struct answer {
	int64_t id;
	const struct subject *subject;
	const char *question, *value;
	int64_t position;
};

/* One row of the file: a person, and all that she or he answers. */
struct subject {
	struct subject *next;
	int64_t id, person; /* id 0: nothing to store */
	struct answer *answers;
	size_t n_answers;
	struct mentor_place place;
};

enum change { ADDED, UPDATED, UNCHANGED, WITHDRAWN, N_CHANGES };

struct import {
	struct mentor *m;
	int64_t cohort;
	const struct definition *d;
	struct def_form map;
	struct form form;
	struct arena memory;
	struct subject *first, **end;
	size_t n, n_new, n_new_answers; /* subjects read; subjects and answers to store */
	int64_t people[N_CHANGES];
};

/* Runs `step` with the wall open. Nothing of the caller's is called meanwhile. */
static enum mentor_status inside(struct mentor *m, enum mentor_status (*step)(struct mentor *m, void *arg), void *arg)
{
	db_equality(m, true);
	enum mentor_status status = step(m, arg);
	db_equality(m, false);
	return status;
}

static enum mentor_status open_programme(struct mentor *m, int64_t cohort, struct definition **ret)
{
	enum mentor_status status = programme_of_cohort(m, cohort, ret);
	if (!status && (*ret)->equality.n_questions == 0)
		status = fail(m, MENTOR_REFUSED, "add equality to the programme file, with purpose, basis, seen_by and questions",
		    "the programme does not say what equality monitoring is for, and nothing is held without a stated purpose");
	return status;
}

/* ---- import: reading ---- */

/* What forms add by themselves; it is read past. */
static const char *const usual[] = { "ID", "Id", "Timestamp", "Start time", "Completion time", "Last modified time", "Name" };
enum { N_USUAL = sizeof(usual) / sizeof(*usual) };
static const char email[] = "Email";

static bool is_question(const struct import *i, const char *heading)
{
	for (size_t q = 0; q < i->d->equality.n_questions; q++)
		if (strcmp(i->d->equality.questions[q].header, heading) == 0)
			return true;
	return false;
}

/* The address stands under Email, else in the first column, if that can be one. */
static enum mentor_status find_address(struct import *i, const char *file, const char *text, size_t len, char delimiter, const char **ret)
{
	struct csv csv;
	enum mentor_status status = csv_open(&csv, i->m, file, text, len, delimiter);
	if (!status) {
		const char *heading = csv.headings[0];
		bool other = !*heading || is_question(i, heading) || definition_lists(usual, N_USUAL, heading) || csv_find(&csv, email, 1) >= 0;
		*ret = other ? email : arena_strdup(&i->memory, heading);
		status = *ret ? MENTOR_OK : fail_memory(i->m);
	}
	csv_close(&csv);
	return status;
}

/* The form as other forms are described: the address, then the questions. */
static enum mentor_status describe_form(struct import *i, const char *address)
{
	const struct def_equality *e = &i->d->equality;
	struct def_column *columns = arena_alloc(&i->memory, (e->n_questions + 1) * sizeof(*columns));
	if (!columns)
		return fail_memory(i->m);
	columns[0] = (struct def_column){ .slug = "email", .header = address, .occurrence = 1, .required = true };
	memcpy(columns + 1, e->questions, e->n_questions * sizeof(*columns));
	i->map = (struct def_form){ .columns = columns, .n_columns = e->n_questions + 1, .ignore = usual, .n_ignore = N_USUAL, .discreet = true };
	return MENTOR_OK;
}

static enum mentor_status find_person(struct import *i, struct subject *s)
{
	const char *address = i->form.values[0].text;
	int64_t enrolled = 0;
	enum mentor_status status = MENTOR_OK;
	if (!address) /* and that was said */
		return MENTOR_OK;
	if (strchr(address, '@'))
		status = record_lookup(i->m, &mentor_entity_person, address, &s->person);
	if (!status && s->person)
		status = db_value(i->m,
		    "SELECT 1 FROM enrolment WHERE person_id = $1 AND (cohort_id = $2 OR (origin = 'late' AND origin_cohort_id = $2))",
		    DB_ARGS(DB_NUMBER(s->person), DB_NUMBER(i->cohort)), 0, &enrolled);
	if (!status && !enrolled)
		problem_add(i->m, &s->place, "see: mentor enrol list", "nobody in this cohort has the address in this row");
	return status;
}

static size_t count_choices(const struct form_value *v)
{
	size_t n = v->text != NULL;
	for (const char *p = v->column->many ? v->text : NULL; p && *p; p++)
		n += *p == '\n';
	return n;
}

static enum mentor_status keep_answers(struct import *i, struct subject *s)
{
	size_t n = 0;
	for (size_t c = 1; c < i->map.n_columns; c++)
		n += count_choices(&i->form.values[c]);
	s->answers = arena_alloc(&i->memory, (n + 1) * sizeof(*s->answers));
	for (size_t c = 1; s->answers && c < i->map.n_columns; c++) {
		const struct form_value *v = &i->form.values[c];
		const char *p = v->text;
		for (int64_t position = 0; p; position++) {
			size_t len = v->column->many ? strcspn(p, "\n") : strlen(p);
			s->answers[s->n_answers++] = (struct answer){ .subject = s, .question = v->column->slug, .position = position,
				.value = arena_strndup(&i->memory, p, len) };
			p = p[len] ? p + len + 1 : NULL;
		}
	}
	return i->memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

static enum mentor_status read_subjects(struct import *i)
{
	bool more = true;
	enum mentor_status status = MENTOR_OK;
	while (!status && !(status = form_next(&i->form, &more)) && more) {
		struct subject *s = arena_alloc(&i->memory, sizeof(*s));
		if (!s)
			return fail_memory(i->m);
		s->place = form_place(&i->form, "email");
		*i->end = s;
		i->end = &s->next;
		i->n++;
		status = find_person(i, s);
		if (!status)
			status = keep_answers(i, s);
	}
	return status;
}

static int by_person(const void *a, const void *b)
{
	const struct subject *left = *(const struct subject *const *)a, *right = *(const struct subject *const *)b;
	if (left->person != right->person)
		return left->person < right->person ? -1 : 1;
	return (left->place.row > right->place.row) - (left->place.row < right->place.row);
}

/* Which of two rows is the newer the file does not say. */
static enum mentor_status check_twice(struct import *i)
{
	const struct subject **sorted = arena_alloc(&i->memory, (i->n + 1) * sizeof(struct subject *));
	if (!sorted)
		return fail_memory(i->m);
	size_t n = 0;
	for (const struct subject *s = i->first; s; s = s->next)
		sorted[n++] = s;
	qsort(sorted, n, sizeof(struct subject *), by_person);
	for (size_t s = 1; s < n; s++)
		if (sorted[s]->person && sorted[s]->person == sorted[s - 1]->person)
			problem_add(i->m, &sorted[s]->place, "keep the newest and remove the other", "row %ld is of the same person",
			    sorted[s - 1]->place.row);
	return MENTOR_OK;
}

/* ---- import: storing, inside the wall ---- */

static bool has_answer(const struct subject *s, const char *question, int64_t position, const char *value)
{
	for (size_t i = 0; i < s->n_answers; i++) {
		const struct answer *a = &s->answers[i];
		if (a->position == position && strcmp(a->question, question) == 0 && strcmp(a->value, value) == 0)
			return true;
	}
	return false;
}

static enum mentor_status same_answers(struct mentor *m, const struct subject *s, int64_t stored, bool *ret_same)
{
	struct db_rows *rows = NULL;
	bool more = true, same = true;
	size_t n = 0;
	enum mentor_status status =
	    db_query(m, "SELECT question, position, value FROM equality_answer WHERE subject_id = $1", DB_ARGS(DB_NUMBER(stored)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *question = db_text(rows, 0), *value = db_text(rows, 2);
		same = same && has_answer(s, question, db_number(rows, 1), value);
		n++;
	}
	db_done(rows);
	if (!status)
		*ret_same = same && n == s->n_answers;
	return status;
}

static enum mentor_status objects(struct mentor *m, int64_t person, int64_t *ret)
{
	return db_value(m, "SELECT count(*) FROM equality_objection WHERE person_id = $1", DB_ARGS(DB_NUMBER(person)), 0, ret);
}

/* Finds out what there is to do for a row, and makes room for it. */
static enum mentor_status prepare(struct import *i, struct subject *s)
{
	struct mentor *m = i->m;
	int64_t objected = 0, stored = 0;
	bool same = s->n_answers == 0; /* an empty form leaves nothing to hold */
	enum mentor_status status = objects(m, s->person, &objected);
	if (!status && objected)
		i->people[WITHDRAWN]++;
	if (status || objected)
		return status;
	status = db_value(m, "SELECT id FROM equality_subject WHERE cohort_id = $1 AND person_id = $2",
	    DB_ARGS(DB_NUMBER(i->cohort), DB_NUMBER(s->person)), 0, &stored);
	if (!status && stored)
		status = same_answers(m, s, stored, &same);
	if (!status && stored && !same)
		status = db_run(m, "DELETE FROM equality_subject WHERE id = $1", DB_ARGS(DB_NUMBER(stored)));
	if (status)
		return status;
	i->people[same ? UNCHANGED : stored ? UPDATED : ADDED]++;
	if (same || s->n_answers == 0)
		return MENTOR_OK;
	s->id = hash_random();
	i->n_new++;
	i->n_new_answers += s->n_answers;
	return MENTOR_OK;
}

/* Why the answers are held, as the programme says today. */
static enum mentor_status store_basis(struct import *i, int64_t *ret_id)
{
	const struct def_equality *e = &i->d->equality;
	const struct db_value args[] = { DB_NUMBER(i->cohort), DB_TEXT(e->purpose), DB_TEXT(e->basis), DB_TEXT(e->seen_by), DB_NUMBER(e->months) };
	int64_t id = 0;
	enum mentor_status status = db_value(i->m,
	    "SELECT id FROM equality_basis WHERE cohort_id = $1 AND purpose = $2 AND basis = $3 AND seen_by = $4 AND months = $5", args, 5, 0, &id);
	if (!status && !id)
		status = db_value(i->m,
		    "INSERT INTO equality_basis (cohort_id, purpose, basis, seen_by, months) VALUES ($1, $2, $3, $4, $5) RETURNING id", args, 5, 0, &id);
	if (!status)
		*ret_id = id;
	return status;
}

static int by_id(int64_t left, int64_t right)
{
	return (left > right) - (left < right);
}

static int by_subject_id(const void *a, const void *b)
{
	return by_id((*(const struct subject *const *)a)->id, (*(const struct subject *const *)b)->id);
}

static int by_answer_id(const void *a, const void *b)
{
	return by_id((*(const struct answer *const *)a)->id, (*(const struct answer *const *)b)->id);
}

/* In the order of their random numbers: rows lie in a page as they arrived, and that shall not be the order of the file. */
static enum mentor_status store_new(struct import *i)
{
	const struct subject **subjects = arena_alloc(&i->memory, (i->n_new + 1) * sizeof(struct subject *));
	const struct answer **answers = arena_alloc(&i->memory, (i->n_new_answers + 1) * sizeof(struct answer *));
	size_t n = 0, n_answers = 0;
	int64_t basis = 0;
	if (!subjects || !answers)
		return fail_memory(i->m);
	for (const struct subject *s = i->first; s; s = s->next) {
		if (!s->id)
			continue;
		subjects[n++] = s;
		for (size_t a = 0; a < s->n_answers; a++) {
			s->answers[a].id = hash_random();
			answers[n_answers++] = &s->answers[a];
		}
	}
	qsort(subjects, n, sizeof(struct subject *), by_subject_id);
	qsort(answers, n_answers, sizeof(struct answer *), by_answer_id);
	enum mentor_status status = n ? store_basis(i, &basis) : MENTOR_OK;
	for (size_t s = 0; !status && s < n; s++)
		status = db_run(i->m, "INSERT INTO equality_subject (id, basis_id, cohort_id, person_id) VALUES ($1, $2, $3, $4)",
		    DB_ARGS(DB_NUMBER(subjects[s]->id), DB_NUMBER(basis), DB_NUMBER(i->cohort), DB_NUMBER(subjects[s]->person)));
	for (size_t a = 0; !status && a < n_answers; a++)
		status = db_run(i->m, "INSERT INTO equality_answer (id, subject_id, question, position, value) VALUES ($1, $2, $3, $4, $5)",
		    DB_ARGS(DB_NUMBER(answers[a]->id), DB_NUMBER(answers[a]->subject->id), DB_TEXT(answers[a]->question),
			DB_NUMBER(answers[a]->position), DB_TEXT(answers[a]->value)));
	return status;
}

static enum mentor_status store_all(struct mentor *m, void *arg)
{
	struct import *i = arg;
	enum mentor_status status = MENTOR_OK;
	(void)m;
	for (struct subject *s = i->first; !status && s; s = s->next)
		status = prepare(i, s);
	return status ? status : store_new(i);
}

/* ---- import ---- */

static enum mentor_status read_file(struct import *i, const char *file, const char *text, size_t len, char delimiter)
{
	const char *address = NULL;
	problems_clear(i->m);
	enum mentor_status status = find_address(i, file, text, len, delimiter, &address);
	if (!status)
		status = describe_form(i, address);
	if (status)
		return status;
	status = form_open(&i->form, i->m, &i->map, file, text, len, delimiter);
	if (!status && i->m->n_problems == 0)
		status = read_subjects(i);
	if (!status)
		status = check_twice(i);
	if (!status)
		status = problems_result(i->m, file);
	if (!status)
		status = inside(i->m, store_all, i);
	form_close(&i->form);
	return status;
}

static enum mentor_status tell(const struct import *i, mentor_record_fn *each, void *arg)
{
	static const char *const words[] = { "added", "updated", "unchanged", "withdrawn" };
	enum mentor_status status = MENTOR_OK;
	for (size_t c = 0; !status && c < N_CHANGES; c++) {
		struct mentor_equality_imported row = { words[c], i->people[c] };
		if (row.people)
			status = each(arg, &row);
	}
	return status;
}

enum mentor_status mentor_equality_import(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len, char delimiter,
    mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	struct import i = { .m = m, .cohort = cohort, .memory = ARENA_INIT };
	i.end = &i.first;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = open_programme(m, cohort, &d);
	i.d = d;
	if (!status)
		status = read_file(&i, file, text, len, delimiter);
	if (!status)
		status = tell(&i, each, arg);
	enum mentor_status ended = mentor_commit(m);
	arena_free(&i.memory);
	definition_free(d);
	if (status)
		return fail_state(m, status, "nothing imported");
	return ended;
}

/* ---- objecting ---- */

struct withdrawal {
	int64_t person, objected;
	bool again;
};

static enum mentor_status take_back(struct mentor *m, const struct withdrawal *w)
{
	return db_run(m, "DELETE FROM equality_objection WHERE person_id = $1", DB_ARGS(DB_NUMBER(w->person)));
}

static enum mentor_status withdraw(struct mentor *m, void *arg)
{
	struct withdrawal *w = arg;
	enum mentor_status status = objects(m, w->person, &w->objected);
	if (status || w->again)
		return status ? status : take_back(m, w);
	status = db_run(m, "DELETE FROM equality_subject WHERE person_id = $1", DB_ARGS(DB_NUMBER(w->person)));
	if (!status && !w->objected)
		status = db_run(m, "INSERT INTO equality_objection (person_id, objected_on) VALUES ($1, $2)",
		    DB_ARGS(DB_NUMBER(w->person), DB_TEXT(m->today)));
	return status;
}

enum mentor_status mentor_equality_withdraw(struct mentor *m, int64_t person, bool again, bool *ret_changed)
{
	struct withdrawal w = { .person = person, .again = again };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = inside(m, withdraw, &w);
	enum mentor_status ended = mentor_commit(m);
	if (!status && !ended)
		*ret_changed = again == (w.objected != 0);
	return status ? status : ended;
}

enum mentor_status equality_object(struct mentor *m, int64_t person, bool again)
{
	struct withdrawal w = { .person = person, .again = again };
	return inside(m, withdraw, &w);
}

/* ---- one person in place of two ---- */

struct merger {
	int64_t kept, gone;
};

static enum mentor_status merge(struct mentor *m, void *arg)
{
	const struct merger *g = arg;
	static const char *const moves[] = {
		"UPDATE equality_subject SET person_id = $1 WHERE person_id = $2 AND cohort_id NOT IN "
		"(SELECT cohort_id FROM equality_subject WHERE person_id = $1)",
		"INSERT INTO equality_objection (person_id, objected_on) SELECT $1, objected_on FROM equality_objection WHERE person_id = $2 "
		"ON CONFLICT (person_id) DO NOTHING",
	};
	static const char *const removals[] = {
		"DELETE FROM equality_subject WHERE person_id = $1",
		"DELETE FROM equality_objection WHERE person_id = $1",
	};
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < 2; i++)
		status = db_run(m, moves[i], DB_ARGS(DB_NUMBER(g->kept), DB_NUMBER(g->gone)));
	for (size_t i = 0; !status && i < 2; i++)
		status = db_run(m, removals[i], DB_ARGS(DB_NUMBER(g->gone)));
	return status ? status : db_run(m, "DELETE FROM equality_subject WHERE person_id IN (SELECT person_id FROM equality_objection)", DB_NO_ARGS);
}

enum mentor_status equality_merge(struct mentor *m, int64_t kept, int64_t gone)
{
	struct merger g = { kept, gone };
	return inside(m, merge, &g);
}

/* ---- what is held ---- */

/* Terms that answers were given for, and that the programme does not state any more. */
struct terms {
	struct terms *next;
	struct mentor_equality_status row;
};

struct holding {
	int64_t cohort, k;
	struct mentor_equality_status now;
	struct arena memory;
	struct terms *first, **end;
};

static enum mentor_status count(struct mentor *m, struct holding *h)
{
	enum mentor_status status = db_value(m,
	    "SELECT count(DISTINCT person_id) FROM enrolment WHERE cohort_id = $1 OR (origin = 'late' AND origin_cohort_id = $1)",
	    DB_ARGS(DB_NUMBER(h->cohort)), 0, &h->now.asked);
	if (!status)
		status = db_value(m,
		    "SELECT count(*) FROM equality_subject s WHERE s.cohort_id = $1 AND EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = s.person_id "
		    "AND (e.cohort_id = s.cohort_id OR (e.origin = 'late' AND e.origin_cohort_id = s.cohort_id)))",
		    DB_ARGS(DB_NUMBER(h->cohort)), 0, &h->now.answered);
	if (!status)
		suppress_ticks(&h->now.answered, 1, h->now.asked, h->k);
	return status;
}

static enum mentor_status look(struct mentor *m, void *arg)
{
	struct holding *h = arg;
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = count(m, h);
	if (!status)
		status = db_query(m,
		    "SELECT purpose, basis, seen_by, months FROM equality_basis b WHERE cohort_id = $1 AND NOT (purpose = $2 AND basis = $3 AND "
		    "seen_by = $4 AND months = $5) AND EXISTS (SELECT 1 FROM equality_subject s WHERE s.basis_id = b.id) ORDER BY id",
		    DB_ARGS(DB_NUMBER(h->cohort), DB_TEXT(h->now.purpose), DB_TEXT(h->now.basis), DB_TEXT(h->now.seen_by), DB_NUMBER(h->now.months)),
		    &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct terms *t = arena_alloc(&h->memory, sizeof(*t));
		if (!t)
			break;
		t->row = (struct mentor_equality_status){ arena_strdup(&h->memory, db_text(rows, 0)), arena_strdup(&h->memory, db_text(rows, 1)),
			arena_strdup(&h->memory, db_text(rows, 2)), db_number(rows, 3), MENTOR_NONE, MENTOR_NONE };
		*h->end = t;
		h->end = &t->next;
	}
	db_done(rows);
	return !status && h->memory.failed ? fail_memory(m) : status;
}

enum mentor_status mentor_equality_status(struct mentor *m, int64_t cohort, mentor_record_fn *each, mentor_record_fn *each_earlier, void *arg)
{
	struct definition *d = NULL;
	struct holding h = { .cohort = cohort, .memory = ARENA_INIT };
	h.end = &h.first;
	enum mentor_status status = open_programme(m, cohort, &d);
	if (!status) {
		const struct def_equality *e = &d->equality;
		h.k = suppress_threshold(d->privacy.min_cell);
		h.now = (struct mentor_equality_status){ e->purpose, e->basis, e->seen_by, e->months, 0, 0 };
		status = inside(m, look, &h);
	}
	if (!status)
		status = each(arg, &h.now);
	for (const struct terms *t = h.first; !status && t; t = t->next)
		status = each_earlier(arg, &t->row);
	arena_free(&h.memory);
	definition_free(d);
	return status;
}

/* ---- what is held about a person, and for how long ---- */

/* clang-format off */
const struct held equality_held[] = {
	{ "equality_answer", "Answers to equality monitoring", "subject_id IN (SELECT id FROM equality_subject WHERE person_id = $1)",
	  "-id -subject_id question -position value", NULL, NULL, HELD_ALWAYS, NULL },
	{ "equality_subject", NULL, NULL, "-id -basis_id -cohort_id -person_id", "DELETE FROM equality_subject WHERE person_id = $1", "removed", HELD_ALWAYS, NULL },
	{ "equality_objection", "Objections to equality monitoring", "person_id = $1", "-person_id objected_on",
	  "DELETE FROM equality_objection WHERE person_id = $1", "removed", HELD_ALWAYS, NULL },
	{ "equality_headcount", NULL, NULL, "-id -programme_id -organisation -as_of -question -name -people", NULL, NULL, HELD_ALWAYS, NULL },
	{ "equality_basis", NULL, NULL, "-id -cohort_id -purpose -basis -seen_by -months", NULL, NULL, HELD_ALWAYS, NULL },
	{ 0 },
};
/* clang-format on */

struct telling {
	int64_t person;
	held_fn *each;
	held_erased_fn *each_erased;
	void *arg;
};

static enum mentor_status tell_held(struct mentor *m, void *arg)
{
	const struct telling *t = arg;
	return held_walk(m, equality_held, t->person, NULL, t->each, t->arg);
}

enum mentor_status equality_walk(struct mentor *m, int64_t person, held_fn *each, void *arg)
{
	struct telling t = { .person = person, .each = each, .arg = arg };
	return inside(m, tell_held, &t);
}

static enum mentor_status erase_held(struct mentor *m, void *arg)
{
	const struct telling *t = arg;
	return held_erase(m, equality_held, t->person, t->each_erased, t->arg);
}

enum mentor_status equality_erase(struct mentor *m, int64_t person, held_erased_fn *each, void *arg)
{
	struct telling t = { .person = person, .each_erased = each, .arg = arg };
	return inside(m, erase_held, &t);
}

struct expiry {
	int64_t cohort, ended, people, due;
	bool remove;
};

/* Each answer is kept as long as was said when it was given. */
static enum mentor_status expire(struct mentor *m, void *arg)
{
	struct expiry *x = arg;
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t today = 0;
	mentor_day_parse(m->today, &today);
	enum mentor_status status = db_query(m,
	    "SELECT b.id, b.months, count(*) FROM equality_basis b JOIN equality_subject s ON s.basis_id = b.id WHERE b.cohort_id = $1 GROUP BY b.id, b.months "
	    "ORDER BY b.id", DB_ARGS(DB_NUMBER(x->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const int64_t due = mentor_day_add_months(x->ended, (int)db_number(rows, 1));
		if (due > today)
			continue;
		x->due = x->people && x->due < due ? x->due : due;
		x->people += db_number(rows, 2);
		if (x->remove)
			status = db_run(m, "DELETE FROM equality_subject WHERE basis_id = $1", DB_ARGS(DB_NUMBER(db_number(rows, 0))));
	}
	db_done(rows);
	return status;
}

enum mentor_status equality_retain(struct mentor *m, int64_t cohort, int64_t ended, bool remove, int64_t *ret_people, int64_t *ret_due)
{
	struct expiry x = { .cohort = cohort, .ended = ended, .remove = remove };
	enum mentor_status status = inside(m, expire, &x);
	if (!status) {
		*ret_people = x.people;
		*ret_due = x.due;
	}
	return status;
}

enum mentor_status equality_with(struct mentor *m, enum mentor_status (*step)(struct mentor *m, void *arg), void *arg)
{
	return inside(m, step, arg);
}
