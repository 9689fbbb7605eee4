/* survey.c: the surveys of a cohort: who is asked and who has answered, and answers in from a form's export. */
#include "survey.h"

#include "csv.h"
#include "labels.h"
#include "record.h"
#include "suppress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_stage, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_stage, member)
const struct mentor_field mentor_survey_stage_fields[] = {
	{ "survey", MENTOR_TYPE_SLUG, MENTOR_LABEL, TEXT(survey), .help = "short name of the survey" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(title), .help = "heading of the survey" },
	{ "stage", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(stage), .help = "when it is asked" },
	{ "audience", MENTOR_TYPE_TEXT, MENTOR_SIDES, TEXT(audience), .help = "who is asked" },
	{ "asked", MENTOR_TYPE_INT, MENTOR_CHART_MARK, NUMBER(asked), .help = "accepted people of the audience" },
	{ "responses", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(responses), .help = "responses imported" },
	{ "rate", MENTOR_TYPE_INT, 0, NUMBER(rate), .heading = "rate %", .help = "responses of those asked, in per cent" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- what a call works on ---- */

void survey_close(struct survey_view *v)
{
	definition_free(v->d);
}

/* The failure for a word that is none of `words` (NULL-terminated; NULL when there was no memory to list them). */
static enum mentor_status fail_unknown(struct mentor *m, const char *what, const char *word, const char *const *words)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const char *near = words ? mentor_nearest(word, words) : NULL;
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else if (words && words[0])
		mentor_buf_str(&hint, "there is ");
	for (size_t i = 0; !near && words && words[i]; i++)
		mentor_buf_fmt(&hint, "%s'%s'", i == 0 ? "" : words[i + 1] ? ", " : " and ", words[i]);
	fail(m, MENTOR_NOT_FOUND, hint.len ? mentor_buf_text(&hint) : NULL, "there is no %s '%s'", what, word);
	mentor_buf_free(&hint);
	return MENTOR_NOT_FOUND;
}

enum mentor_status survey_open(struct survey_view *v, struct mentor *m, int64_t cohort)
{
	*v = (struct survey_view){ .m = m, .cohort = cohort };
	enum mentor_status status = programme_of_cohort(m, cohort, &v->d);
	if (!status)
		v->k = suppress_threshold(v->d->privacy.min_cell);
	return status;
}

enum mentor_status survey_open_one(struct survey_view *v, struct mentor *m, int64_t cohort, const char *slug)
{
	enum mentor_status status = survey_open(v, m, cohort);
	if (status)
		return status;
	v->survey = definition_survey(v->d, slug);
	if (v->survey)
		return MENTOR_OK;
	const char **words = calloc(v->d->n_surveys + 1, sizeof(*words));
	for (size_t i = 0; words && i < v->d->n_surveys; i++)
		words[i] = v->d->surveys[i].slug;
	fail_unknown(m, "survey", slug, words);
	free(words);
	return MENTOR_NOT_FOUND;
}

enum mentor_status survey_check_stage(const struct survey_view *v, const char *stage)
{
	const struct def_survey *s = v->survey;
	for (size_t i = 0; i < s->n_stages; i++)
		if (strcmp(s->stages[i], stage) == 0)
			return MENTOR_OK;
	const char **words = calloc(s->n_stages + 1, sizeof(*words));
	for (size_t i = 0; words && i < s->n_stages; i++)
		words[i] = s->stages[i];
	fail_unknown(v->m, "stage", stage, words);
	free(words);
	return MENTOR_NOT_FOUND;
}

bool survey_is_comparable(const struct def_survey *s)
{
	return s->n_stages > 1 && strcmp(s->stages[0], s->stages[s->n_stages - 1]) != 0;
}

/* Whether somebody with this role is asked. In a reciprocal programme everyone is on both sides, and so is who would be either. */
static bool in_audience(const struct survey_view *v, const struct def_survey *s, const char *role)
{
	bool side = strcmp(role, "mentor") == 0 || strcmp(role, "mentee") == 0;
	if (strcmp(role, "either") == 0 ||
	    (side && (s->audience == DEF_BOTH || v->d->arrangement == MENTOR_RECIPROCAL)))
		return true;
	return strcmp(role, s->audience == DEF_MENTORS ? "mentor" : "mentee") == 0 && side;
}

/* ---- import: headings ---- */

struct cell {
	bool given;
	int64_t number;
	const char *text; /* NULL: the number counts */
};

struct import {
	struct survey_view v;
	const char *stage;
	struct csv csv;
	long email, response; /* columns; response -1: none */
	long *columns;        /* of the questions */
	struct cell *cells;   /* of the row at hand, one per question */
	struct arena memory;
	int64_t added, unchanged;
};

static const char *heading_of(const struct def_question *q)
{
	return q->header ? q->header : q->text;
}

/* Questions with the same heading take the columns of that heading in turn. */
static long question_column(const struct import *im, size_t question)
{
	const struct def_question *questions = im->v.survey->questions;
	int occurrence = 1;
	for (size_t i = 0; i < question; i++)
		occurrence += strcmp(heading_of(&questions[i]), heading_of(&questions[question])) == 0;
	return csv_find(&im->csv, heading_of(&questions[question]), occurrence);
}

static void missing_heading(const struct import *im, const char *heading, const char *hint)
{
	struct mentor_place place = { .file = im->csv.file, .line = 1, .field = heading };
	problem_add(im->v.m, &place, hint, "this heading is missing");
}

/* Columns that forms add by themselves and that say nothing about the answers. */
static bool is_usual(const char *heading)
{
	static const char *const usual[] = { "ID", "Id", "Start time", "Completion time", "Timestamp",
		"Last modified time", "Email", "Name" };
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (strcmp(heading, usual[i]) == 0)
			return true;
	return false;
}

static bool is_used(const struct import *im, long column)
{
	for (size_t i = 0; i < im->v.survey->n_questions; i++)
		if (im->columns[i] == column)
			return true;
	return column == im->email || column == im->response;
}

static void check_unknown(const struct import *im, const char *const *wanted)
{
	for (size_t i = 0; i < im->csv.n_headings; i++) {
		const char *heading = im->csv.headings[i];
		if (is_used(im, (long)i) || is_usual(heading))
			continue;
		struct mentor_place place = { .file = im->csv.file, .line = 1, .field = heading };
		struct mentor_buf hint = MENTOR_BUF_INIT;
		const char *near = mentor_nearest(heading, wanted);
		if (near)
			mentor_buf_fmt(&hint, "did you mean '%s'?", near);
		else
			mentor_buf_fmt(&hint, "remove the column, or ask the question in the programme's survey '%s'",
			    im->v.survey->slug);
		problem_add(im->v.m, &place, mentor_buf_text(&hint), "the survey has no such question");
		mentor_buf_free(&hint);
	}
}

static enum mentor_status find_headings(struct import *im)
{
	const struct def_survey *s = im->v.survey;
	im->columns = arena_alloc(&im->memory, s->n_questions * sizeof(*im->columns));
	im->cells = arena_alloc(&im->memory, s->n_questions * sizeof(*im->cells));
	const char **wanted = arena_alloc(&im->memory, (s->n_questions + 3) * sizeof(*wanted));
	if (!im->columns || !im->cells || !wanted)
		return fail_memory(im->v.m);
	im->email = csv_find(&im->csv, s->email_header, 1);
	im->response = csv_find(&im->csv, s->response_header, 1);
	if (im->email < 0)
		missing_heading(
		    im, s->email_header, "add the column; leave it empty if the form did not ask who answers");
	wanted[0] = s->email_header;
	wanted[1] = s->response_header;
	for (size_t i = 0; i < s->n_questions; i++) {
		wanted[i + 2] = heading_of(&s->questions[i]);
		im->columns[i] = question_column(im, i);
		if (im->columns[i] < 0)
			missing_heading(im, wanted[i + 2], "the heading must be the question as the programme has it");
	}
	check_unknown(im, wanted);
	return MENTOR_OK;
}

/* ---- import: one cell ---- */

static bool is_blank(const char *p, size_t *ret_len)
{
	bool wide = p[0] == '\xC2' && p[1] == '\xA0';
	*ret_len = wide ? 2 : 1;
	return wide || (*p && strchr(" \t\n", *p));
}

static const char *skip_blanks(const char *p)
{
	for (size_t len; is_blank(p, &len);)
		p += len;
	return p;
}

/* A trimmed copy; NULL when nothing is left (or no memory, which the arena remembers). */
static const char *trimmed(struct import *im, const char *text)
{
	size_t end = 0, len = 1;
	text = skip_blanks(text);
	for (size_t i = 0; text[i]; i += len)
		if (!is_blank(text + i, &len)) {
			len = 1;
			end = i + 1;
		}
	return end ? arena_strndup(&im->memory, text, end) : NULL;
}

/* Caseless equality; false when `other` is NULL. */
static bool same_words(const char *text, const char *other)
{
	char *left = other ? mentor_utf8_fold(text) : NULL, *right = left ? mentor_utf8_fold(other) : NULL;
	bool same = left && right && strcmp(left, right) == 0;
	free(left);
	free(right);
	return same;
}

/* What may follow the number of a choice: nothing, "/ 5", or a sign and words, as in "4 - often". */
static bool is_tail(const char *rest, int64_t maximum)
{
	static const char *const signs[] = { "-", "\xE2\x80\x93", "\xE2\x80\x94", ":", ".", "=", "(" };
	rest = skip_blanks(rest);
	if (*rest == '\0')
		return true;
	if (*rest == '/') {
		char *end = NULL;
		return strtol(skip_blanks(rest + 1), &end, 10) == maximum && *end == '\0';
	}
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		size_t len = strlen(signs[i]);
		if (strncmp(rest, signs[i], len) == 0)
			return !strchr("0123456789", *skip_blanks(rest + len));
	}
	return false;
}

static bool read_scale(const char *text, const struct def_question *q, int64_t *ret)
{
	size_t digits = strspn(text, "0123456789");
	if (same_words(text, q->low) || same_words(text, q->high)) {
		*ret = same_words(text, q->low) ? q->minimum : q->maximum;
		return true;
	}
	if (digits == 0 || digits > 4)
		return false;
	*ret = strtol(text, NULL, 10);
	return *ret >= q->minimum && *ret <= q->maximum && is_tail(text + digits, q->maximum);
}

static bool read_yes_no(const char *text, const struct def_question *q, int64_t *ret)
{
	static const char *const words[] = { "no", "yes", "n", "y", "false", "true", "0", "1" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (same_words(text, words[i])) {
			*ret = (int64_t)(i & 1);
			return true;
		}
	*ret = same_words(text, q->high);
	return *ret || same_words(text, q->low);
}

static void bad_answer(
    const struct import *im, const struct mentor_place *place, const struct def_question *q, const char *text)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (q->low && q->high)
		mentor_buf_fmt(&hint, "or the words '%s' or '%s'", q->low, q->high);
	const char *more = hint.len ? mentor_buf_text(&hint) : NULL;
	if (q->kind == DEF_QUESTION_YES_NO)
		problem_add(im->v.m, place, more, "'%s' is not yes or no", text);
	else
		problem_add(im->v.m, place, more, "'%s' is not a whole number from %" PRId64 " to %" PRId64, text,
		    q->minimum, q->maximum);
	mentor_buf_free(&hint);
}

enum { MAX_ANSWER = 20000, MAX_RESPONSE = 200 };

static void read_answer(const struct import *im, const struct mentor_place *place, const struct def_question *q,
    const char *text, struct cell *cell)
{
	bool good = q->kind == DEF_QUESTION_SCALE    ? read_scale(text, q, &cell->number)
		    : q->kind == DEF_QUESTION_YES_NO ? read_yes_no(text, q, &cell->number)
						     : true;
	cell->given = true;
	if (!good)
		bad_answer(im, place, q, text);
	if (q->kind != DEF_QUESTION_TEXT)
		return;
	cell->text = text;
	if (strlen(text) > MAX_ANSWER)
		problem_add(im->v.m, place, NULL, "the answer is longer than %d bytes", MAX_ANSWER);
}

static struct mentor_place place_in(const struct import *im, long column)
{
	return (struct mentor_place){
		.file = im->csv.file, .line = im->csv.line, .row = im->csv.row, .field = im->csv.headings[column]
	};
}

static void read_answers(struct import *im)
{
	const struct def_survey *s = im->v.survey;
	for (size_t i = 0; i < s->n_questions; i++) {
		im->cells[i] = (struct cell){ 0 };
		const char *text = trimmed(im, im->csv.cells[im->columns[i]]);
		struct mentor_place place = place_in(im, im->columns[i]);
		if (text)
			read_answer(im, &place, &s->questions[i], text, &im->cells[i]);
	}
}

/* ---- import: who and which ---- */

static enum mentor_status check_enrolment(const struct import *im, const char *role, const char *state)
{
	struct mentor_place place = place_in(im, im->email);
	struct mentor_labels labels;
	enum mentor_status status = labels_of(im->v.m, im->v.d, &labels);
	if (status)
		return status;
	const char *called = mentor_labels_word(&labels, role);
	bool both = im->v.survey->audience == DEF_BOTH;
	if (strcmp(state, "accepted") != 0)
		problem_add(im->v.m, &place, "see: mentor enrol list",
		    "this person is in the cohort, but %s, not accepted", state);
	else if (!in_audience(&im->v, im->v.survey, role))
		problem_add(im->v.m, &place, NULL, "this person is %s %s, and the survey asks %s%s%s",
		    labels_article(called), called,
		    im->v.survey->audience == DEF_MENTEES ? labels.mentees : labels.mentors, both ? " and " : "",
		    both ? labels.mentees : "");
	return MENTOR_OK;
}

/* The enrolment behind the address, 0 for nobody. */
static enum mentor_status find_respondent(struct import *im, int64_t *ret_id)
{
	const char *text = trimmed(im, im->csv.cells[im->email]);
	struct db_rows *rows = NULL;
	bool found = false;
	if (!text || same_words(text, "anonymous"))
		return MENTOR_OK;
	char *address = mentor_utf8_fold(text);
	if (!address)
		return fail_memory(im->v.m);
	enum mentor_status status = db_query(im->v.m,
	    "SELECT e.id, e.role, e.state FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.cohort_id = $1 "
	    "AND p.email = $2",
	    DB_ARGS(DB_NUMBER(im->v.cohort), DB_TEXT(address)), &rows);
	if (!status)
		status = db_next(rows, &found);
	if (!status && found) {
		*ret_id = db_number(rows, 0);
		status = check_enrolment(im, db_text(rows, 1), db_text(rows, 2));
	} else if (!status) {
		struct mentor_place place = place_in(im, im->email);
		problem_add(
		    im->v.m, &place, "see: mentor enrol list", "nobody in this cohort has the address '%s'", address);
	}
	db_done(rows);
	free(address);
	return status;
}

/* The number that makes a second import harmless: the form's own, else the person. NULL after a problem. */
static const char *response_key(struct import *im, int64_t respondent)
{
	struct mentor_place place = place_in(im, im->response < 0 ? im->email : im->response);
	const char *key = im->response < 0 ? NULL : trimmed(im, im->csv.cells[im->response]);
	if (key && strlen(key) <= MAX_RESPONSE)
		return key;
	if (im->response >= 0) {
		problem_add(im->v.m, &place, NULL, "the response number is %s", key ? "too long" : "missing");
		return NULL;
	}
	if (!respondent) {
		problem_add(im->v.m, &place,
		    "add a column that numbers the responses, and name it in the survey's response_header",
		    "the row has neither an address nor a response number, so importing it twice would count it twice");
		return NULL;
	}
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_fmt(&b, "person %" PRId64, respondent);
	key = b.failed ? NULL : arena_strdup(&im->memory, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return key;
}

/* ---- import: storing ---- */

static enum mentor_status same_answer(const struct import *im, int64_t response, size_t question, bool *ret_same)
{
	const struct cell *cell = &im->cells[question];
	struct db_rows *rows = NULL;
	bool found = false;
	enum mentor_status status =
	    db_query(im->v.m, "SELECT number, text FROM response_value WHERE response_id = $1 AND question = $2",
		DB_ARGS(DB_NUMBER(response), DB_TEXT(im->v.survey->questions[question].slug)), &rows);
	if (!status)
		status = db_next(rows, &found);
	if (!status && (!found || !cell->given))
		*ret_same = found == cell->given;
	else if (!status)
		*ret_same = cell->text ? strcmp(cell->text, db_text(rows, 1)) == 0 : cell->number == db_number(rows, 0);
	db_done(rows);
	return status;
}

static enum mentor_status check_same(struct import *im, int64_t response, int64_t respondent, int64_t old_respondent)
{
	bool same = respondent == old_respondent;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && same && i < im->v.survey->n_questions; i++)
		status = same_answer(im, response, i, &same);
	struct mentor_place place = place_in(im, im->response < 0 ? im->email : im->response);
	if (!status && !same)
		problem_add(im->v.m, &place, "answers are never overwritten: take the row out of the file",
		    "this response has been imported already, with other answers");
	im->unchanged += same;
	return status;
}

/* Looks a response up by its number, then by its person. */
static enum mentor_status find_response(const struct import *im, const char *key, int64_t respondent, int64_t *ret_id,
    int64_t *ret_respondent, bool *ret_by_key)
{
	static const char by_key[] = "SELECT id, respondent_id FROM response WHERE cohort_id = $1 AND survey = $2 AND "
				     "stage = $3 AND response = $4";
	static const char by_person[] = "SELECT id, respondent_id FROM response WHERE cohort_id = $1 AND survey = $2 "
					"AND stage = $3 AND respondent_id = $4";
	enum mentor_status status = MENTOR_OK;
	for (int pass = 0; !status && !*ret_id && pass < 2; pass++) {
		struct db_rows *rows = NULL;
		bool found = false;
		status = db_query(im->v.m, pass == 0 ? by_key : by_person,
		    DB_ARGS(DB_NUMBER(im->v.cohort), DB_TEXT(im->v.survey->slug), DB_TEXT(im->stage),
			pass == 0 ? DB_TEXT(key) : DB_REF(respondent)),
		    &rows);
		if (!status)
			status = db_next(rows, &found);
		if (!status && found) {
			*ret_id = db_number(rows, 0);
			*ret_respondent = db_ref(rows, 1);
			*ret_by_key = pass == 0;
		}
		db_done(rows);
	}
	return status;
}

static enum mentor_status insert_response(struct import *im, const char *key, int64_t respondent)
{
	int64_t id = 0;
	enum mentor_status status = db_value(im->v.m,
	    "INSERT INTO response (cohort_id, survey, stage, respondent_id, response) VALUES ($1, $2, $3, $4, $5) "
	    "RETURNING id",
	    DB_ARGS(DB_NUMBER(im->v.cohort), DB_TEXT(im->v.survey->slug), DB_TEXT(im->stage), DB_REF(respondent),
		DB_TEXT(key)),
	    0, &id);
	for (size_t i = 0; !status && i < im->v.survey->n_questions; i++) {
		const struct cell *cell = &im->cells[i];
		if (cell->given)
			status = db_run(im->v.m,
			    "INSERT INTO response_value (response_id, question, position, number, text) VALUES ($1, "
			    "$2, 1, $3, $4)",
			    DB_ARGS(DB_NUMBER(id), DB_TEXT(im->v.survey->questions[i].slug),
				DB_NUMBER(cell->text ? MENTOR_NONE : cell->number), DB_TEXT(cell->text)));
	}
	im->added++;
	return status;
}

static enum mentor_status store_row(struct import *im, const char *key, int64_t respondent)
{
	int64_t id = 0, old_respondent = 0;
	bool by_key = false;
	enum mentor_status status = find_response(im, key, respondent, &id, &old_respondent, &by_key);
	if (status)
		return status;
	if (!id)
		return insert_response(im, key, respondent);
	if (by_key)
		return check_same(im, id, respondent, old_respondent);
	struct mentor_place place = place_in(im, im->email);
	problem_add(im->v.m, &place, "keep one row a person",
	    "this person has answered this stage already, under another response number");
	return MENTOR_OK;
}

static size_t problems_so_far(const struct import *im)
{
	return im->v.m->n_problems + im->v.m->n_unlisted;
}

/* Rows before a wrong one are stored as well, so that doubles in the file are seen; the rollback takes them out again. */
static enum mentor_status take_row(struct import *im)
{
	int64_t respondent = 0;
	size_t before = problems_so_far(im);
	read_answers(im);
	enum mentor_status status = find_respondent(im, &respondent);
	if (status || problems_so_far(im) > before)
		return status;
	const char *key = response_key(im, respondent);
	if (im->memory.failed)
		return fail_memory(im->v.m);
	return key ? store_row(im, key, respondent) : MENTOR_OK;
}

static enum mentor_status take_rows(struct import *im)
{
	bool more = true;
	enum mentor_status status = find_headings(im);
	if (status || problems_so_far(im))
		return status;
	while (!status) {
		status = csv_next(&im->csv, &more);
		if (status || !more)
			break;
		status = take_row(im);
	}
	return status;
}

static enum mentor_status read_file(struct import *im, const char *file, const char *text, size_t len, char delimiter)
{
	char *copy = malloc(len + 1);
	if (!copy)
		return fail_memory(im->v.m);
	memcpy(copy, text, len);
	copy[len] = '\0';
	problems_clear(im->v.m);
	enum mentor_status status = csv_open(&im->csv, im->v.m, file, copy, len, delimiter);
	if (!status)
		status = take_rows(im);
	if (!status)
		status = problems_result(im->v.m, file);
	csv_close(&im->csv);
	return status;
}

static enum mentor_status tell_import(const struct import *im, mentor_record_fn *each, void *arg)
{
	const struct mentor_survey_imported rows[] = {
		{ "added", im->v.survey->slug, im->stage, im->added },
		{ "unchanged", im->v.survey->slug, im->stage, im->unchanged },
	};
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].responses)
			status = each(arg, &rows[i]);
	return status;
}

enum mentor_status mentor_survey_import(struct mentor *m, int64_t cohort, const char *survey, const char *stage,
    const char *file, const char *text, size_t len, char delimiter, mentor_record_fn *each, void *arg)
{
	struct import im = { .stage = stage, .memory = ARENA_INIT };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = survey_open_one(&im.v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&im.v, stage);
	if (!status)
		status = read_file(&im, file, text, len, delimiter);
	if (!status)
		status = tell_import(&im, each, arg);
	enum mentor_status ended = mentor_commit(m);
	arena_free(&im.memory);
	survey_close(&im.v);
	if (status)
		return fail_state(m, status, "nothing imported");
	return ended;
}

/* ---- list ---- */

static enum mentor_status count_asked(const struct survey_view *v, const struct def_survey *s, int64_t *ret)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t n = 0;
	enum mentor_status status = db_query(v->m,
	    "SELECT role, count(*) FROM enrolment WHERE cohort_id = $1 AND state = 'accepted' GROUP BY role",
	    DB_ARGS(DB_NUMBER(v->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		n += in_audience(v, s, db_text(rows, 0)) ? db_number(rows, 1) : 0;
	db_done(rows);
	if (!status)
		*ret = n;
	return status;
}

static enum mentor_status count_responses(
    const struct survey_view *v, const char *survey, const char *stage, int64_t *ret)
{
	return db_value(v->m, "SELECT count(*) FROM response WHERE cohort_id = $1 AND survey = $2 AND stage = $3",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(survey), DB_TEXT(stage)), 0, ret);
}

static enum mentor_status list_survey(
    const struct survey_view *v, const struct def_survey *s, mentor_record_fn *each, void *arg)
{
	struct mentor_survey_stage row = {
		.survey = s->slug, .title = s->title, .audience = def_audiences[s->audience]
	};
	enum mentor_status status = count_asked(v, s, &row.asked);
	for (size_t i = 0; !status && i < s->n_stages; i++) {
		row.stage = s->stages[i];
		status = count_responses(v, s->slug, row.stage, &row.responses);
		row.rate = row.asked ? (200 * row.responses + row.asked) / (2 * row.asked) : MENTOR_NONE;
		if (!status)
			status = each(arg, &row);
	}
	return status;
}

enum mentor_status mentor_survey_list(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct survey_view v;
	enum mentor_status status = survey_open(&v, m, cohort);
	for (size_t i = 0; !status && i < v.d->n_surveys; i++)
		status = list_survey(&v, &v.d->surveys[i], each, arg);
	survey_close(&v);
	return status;
}
