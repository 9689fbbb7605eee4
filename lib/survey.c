/* survey.c: the surveys of a cohort: who is asked and who has answered, and answers in from a form's export. */
#include "survey.h"

#include "csv.h"
#include "hash.h"
#include "labels.h"
#include "objection.h"
#include "record.h"
#include "suppress.h"
#include "ticket.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const stage_states[] = { "planned", "open", "closed", NULL };

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
	{ "anonymous", MENTOR_TYPE_BOOL, 0, NUMBER(anonymous), .help = "whether answers are never linked to a person; else they are confidential" },
	{ "opens_on", MENTOR_TYPE_DAY, 0, TEXT(opens_on), .heading = "opens", .help = "first day to answer, as the programme says" },
	{ "closes_on", MENTOR_TYPE_DAY, 0, TEXT(closes_on), .heading = "closes", .help = "last day to answer" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(state), .choices = stage_states, .help = "planned, open or closed today; nothing without days" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_batch, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_batch, member)
const struct mentor_field mentor_survey_batch_fields[] = {
	{ "number", MENTOR_TYPE_INT, 0, NUMBER(number), .heading = "import", .help = "number of the import" },
	{ "survey", MENTOR_TYPE_SLUG, MENTOR_LABEL, TEXT(survey), .help = "the survey" },
	{ "stage", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(stage), .help = "the stage" },
	{ "file", MENTOR_TYPE_TEXT, 0, TEXT(file), .help = "name of the file; nothing when there were several" },
	{ "responses", MENTOR_TYPE_INT, 0, NUMBER(responses), .help = "responses it brought" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_progress, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_progress, member)
const struct mentor_field mentor_survey_progress_fields[] = {
	{ "survey", MENTOR_TYPE_SLUG, MENTOR_LABEL, TEXT(survey), .help = "short name of the survey" },
	{ "stage", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(stage), .help = "when it is asked" },
	{ "anonymous", MENTOR_TYPE_BOOL, 0, NUMBER(anonymous), .help = "whether answers are never linked to a person" },
	{ "asked", MENTOR_TYPE_INT, 0, NUMBER(asked), .help = "accepted people of the audience" },
	{ "issued", MENTOR_TYPE_INT, 0, NUMBER(issued), .heading = "tokens", .help = "of these with a token" },
	{ "answered", MENTOR_TYPE_INT, 0, NUMBER(answered), .help = "responses that are in" },
	{ "rate", MENTOR_TYPE_INT, 0, NUMBER(rate), .heading = "rate %", .help = "responses of those asked, in per cent" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- what a call works on ---- */

void survey_close(struct survey_view *v)
{
	for (size_t i = 0; i < v->n_parts; i++)
		definition_free(v->parts[i].d);
	if (v->n_parts == 0)
		definition_free(v->d);
	free(v->parts);
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

enum mentor_status survey_open_across(struct survey_view *v, struct mentor *m, const int64_t *cohorts, size_t n, const char *slug)
{
	if (n < 2)
		return survey_open_one(v, m, cohorts[0], slug);
	*v = (struct survey_view){ .m = m, .parts = calloc(n, sizeof(*v->parts)) };
	if (!v->parts)
		return fail_memory(m);
	enum mentor_status status =
	    programme_shared(m, cohorts, n, "figures of different programmes are put together by: mentor report export --anonymous, and mentor report combine");
	for (size_t i = 0; !status && i < n; i++) {
		v->n_parts = i + 1;
		status = survey_open_one(&v->parts[i], m, cohorts[i], slug);
	}
	if (status)
		return status;
	const struct survey_view *first = &v->parts[0];
	v->cohort = first->cohort;
	v->d = first->d;
	v->survey = first->survey;
	v->k = first->k;
	for (size_t i = 1; i < n; i++) /* what each tells is withheld by its own threshold */
		v->k = v->parts[i].k < v->k ? v->parts[i].k : v->k;
	return MENTOR_OK;
}

static bool same_choices(const struct def_question *q, const struct def_question *other)
{
	for (size_t i = 0; q->n_choices == other->n_choices && i < q->n_choices; i++)
		if (strcmp(q->choices[i], other->choices[i]) != 0)
			return false;
	return q->n_choices == other->n_choices;
}

static bool same_question(const struct def_question *q, const struct def_question *other)
{
	bool same = q->kind == other->kind && same_choices(q, other) && !q->then == !other->then;
	if (q->kind == DEF_QUESTION_SCALE)
		same = same && q->minimum == other->minimum && q->maximum == other->maximum;
	return same && (!q->then || strcmp(q->then, other->then) == 0);
}

/* The first question of `s` that the stage of `other` does not ask, or asks otherwise; NULL: there is none. */
static const struct def_question *asked_otherwise(const struct def_survey *s, const struct def_survey *other, const char *stage)
{
	for (size_t i = 0; i < s->n_questions; i++) {
		const struct def_question *q = &s->questions[i], *same = definition_question(other, q->slug);
		if (definition_asked_at(q, stage) && !(same && definition_asked_at(same, stage) && same_question(q, same)))
			return q;
	}
	return NULL;
}

static enum mentor_status check_part(const struct survey_view *first, const struct survey_view *part, const char *stage)
{
	enum mentor_status status = survey_check_stage(part, stage);
	if (status)
		return status;
	const struct def_question *q = asked_otherwise(first->survey, part->survey, stage);
	q = q ? q : asked_otherwise(part->survey, first->survey, stage);
	if (q)
		return fail(part->m, MENTOR_REFUSED, "leave that cohort out, or look at each by itself; mentor programme diff shows what changed",
		    "the cohorts do not ask the same: the question '%s' of the survey '%s' differs", q->slug, first->survey->slug);
	if (first->survey->anonymous != part->survey->anonymous)
		return fail(part->m, MENTOR_REFUSED, "leave that cohort out, or look at each by itself", "the survey '%s' is anonymous in one cohort, and not in another",
		    first->survey->slug);
	return MENTOR_OK;
}

enum mentor_status survey_check_asked(const struct survey_view *v, const char *stage)
{
	enum mentor_status status = survey_check_stage(v, stage);
	for (size_t i = 1; !status && i < v->n_parts; i++)
		status = check_part(&v->parts[0], &v->parts[i], stage);
	return status;
}

bool survey_is_comparable(const struct def_survey *s)
{
	return s->n_stages > 1 && strcmp(s->stages[0], s->stages[s->n_stages - 1]) != 0;
}

/* Whether somebody with this role is asked. In a reciprocal programme everyone is on both sides, and so is who would be
 * either; in a combination programme, whose pairs differ, the role decides. */
bool survey_asks(const struct survey_view *v, const struct def_survey *s, const char *role)
{
	bool side = strcmp(role, "mentor") == 0 || strcmp(role, "mentee") == 0;
	if (strcmp(role, "either") == 0 || (side && (s->audience == DEF_BOTH || v->d->arrangement == DEF_RECIPROCAL)))
		return true;
	return strcmp(role, s->audience == DEF_MENTORS ? "mentor" : "mentee") == 0 && side;
}

/* ---- import: headings ---- */

/** What a row holds for one question; n is 0 when it is not answered. */
struct cell {
	size_t n;           /* answers: one, or the choices ticked */
	int64_t number;     /* the answer where there are no words */
	const char **words; /* texts and choices; NULL: the number counts */
};

/** A question of the stage: where it stands in the file, and the answer of the row at hand. */
struct asked {
	const struct def_question *question;
	long column;
	const char **choices,
	    **folded; /* of choice and multi: as the programme has them, ended by NULL, and for comparison */
	struct cell cell;
};

/** A response to an anonymous survey, which is stored once all are read, in no order. */
struct held {
	struct held *next;
	struct asked *asked;
	size_t n_asked;
};

struct import {
	struct survey_view v;
	const char *stage;
	const struct mentor_survey_file *files;
	size_t n_files;
	bool few;
	struct csv csv;
	long email, response, token; /* columns; -1: none */
	struct asked *asked;
	size_t n_asked;
	struct arena memory;
	int64_t batch; /* 0: nothing is stored yet */
	struct held *held;
	int64_t n_held, n_tokens; /* responses held; of these by token */
	int64_t added, unchanged;
};

static const char *heading_of(const struct def_question *q)
{
	return q->header ? q->header : q->text;
}

/* Questions with the same heading take the columns of that heading in turn. */
static long question_column(const struct import *im, size_t at)
{
	const char *heading = heading_of(im->asked[at].question);
	int occurrence = 1;
	for (size_t i = 0; i < at; i++)
		occurrence += strcmp(heading_of(im->asked[i].question), heading) == 0;
	return csv_find(&im->csv, heading, occurrence);
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
	for (size_t i = 0; i < im->n_asked; i++)
		if (im->asked[i].column == column)
			return true;
	return column == im->email || column == im->response || column == im->token;
}

/* The question with this heading, which another stage asks. */
static const struct def_question *asked_elsewhere(const struct import *im, const char *heading)
{
	const struct def_survey *s = im->v.survey;
	for (size_t i = 0; i < s->n_questions; i++)
		if (strcmp(heading_of(&s->questions[i]), heading) == 0 &&
		    !definition_asked_at(&s->questions[i], im->stage))
			return &s->questions[i];
	return NULL;
}

/* What to do about a heading that nobody knows. */
static void unknown_hint(
    struct mentor_buf *hint, const struct import *im, const char *heading, const char *const *wanted)
{
	const struct def_question *elsewhere = asked_elsewhere(im, heading);
	const char *near = elsewhere ? NULL : mentor_nearest(heading, wanted);
	if (near)
		mentor_buf_fmt(hint, "did you mean '%s'?", near);
	else if (!elsewhere)
		mentor_buf_fmt(
		    hint, "remove the column, or ask the question in the programme's survey '%s'", im->v.survey->slug);
	else
		mentor_buf_str(hint, "remove the column: it is asked only at the stage");
	for (size_t i = 0; elsewhere && i < elsewhere->n_stages; i++)
		mentor_buf_fmt(hint, "%s '%s'", i ? " and" : "", elsewhere->stages[i]);
}

static void check_unknown(const struct import *im, const char *const *wanted)
{
	for (size_t i = 0; i < im->csv.n_headings; i++) {
		const char *heading = im->csv.headings[i];
		if (is_used(im, (long)i) || is_usual(heading))
			continue;
		struct mentor_place place = { .file = im->csv.file, .line = 1, .field = heading };
		struct mentor_buf hint = MENTOR_BUF_INIT;
		unknown_hint(&hint, im, heading, wanted);
		problem_add(im->v.m, &place, mentor_buf_text(&hint), "the survey has no such question");
		mentor_buf_free(&hint);
	}
}

/* A copy for comparison; NULL without memory, which the arena remembers. */
static const char *fold(struct import *im, const char *text)
{
	char *folded = mentor_utf8_fold(text);
	const char *copy = folded ? arena_strdup(&im->memory, folded) : NULL;
	im->memory.failed = im->memory.failed || !copy;
	free(folded);
	return copy;
}

static void list_choices(struct import *im, struct asked *a)
{
	size_t n = a->question->n_choices;
	a->choices = arena_alloc(&im->memory, (n + 1) * sizeof(*a->choices));
	a->folded = arena_alloc(&im->memory, (n + 1) * sizeof(*a->folded));
	for (size_t i = 0; i < n && !im->memory.failed; i++) {
		a->choices[i] = a->question->choices[i];
		a->folded[i] = fold(im, a->choices[i]);
	}
}

/* The questions that this stage asks. */
static void list_asked(struct import *im)
{
	const struct def_survey *s = im->v.survey;
	im->asked = arena_alloc(&im->memory, (s->n_questions + 1) * sizeof(*im->asked));
	for (size_t i = 0; im->asked && i < s->n_questions; i++) {
		if (!definition_asked_at(&s->questions[i], im->stage))
			continue;
		struct asked *a = &im->asked[im->n_asked++];
		a->question = &s->questions[i];
		list_choices(im, a);
	}
}

/* Who answers is not even looked for where nobody is to know: an address that the file has all the same is passed over. */
static void find_person_headings(struct import *im)
{
	const struct def_survey *s = im->v.survey;
	im->token = csv_find(&im->csv, ticket_header, 1);
	im->email = im->token >= 0 ? -1 : csv_find(&im->csv, s->email_header, 1);
	im->response = im->token >= 0 ? -1 : csv_find(&im->csv, s->response_header, 1);
	if (im->token >= 0)
		return;
	if (s->anonymous && im->response < 0)
		missing_heading(im, s->response_header,
		    "the survey is anonymous, so the form's number alone tells one response from another: add the "
		    "column, or name it in the survey's response_header");
	else if (!s->anonymous && im->email < 0)
		missing_heading(
		    im, s->email_header, "add the column; leave it empty if the form did not ask who answers");
}

static enum mentor_status find_headings(struct import *im)
{
	const struct def_survey *s = im->v.survey;
	im->n_asked = 0;
	list_asked(im);
	const char **wanted = arena_alloc(&im->memory, (im->n_asked + 3) * sizeof(*wanted));
	if (im->memory.failed)
		return fail_memory(im->v.m);
	find_person_headings(im);
	wanted[0] = s->response_header;
	for (size_t i = 0; i < im->n_asked; i++) {
		wanted[i + 1] = heading_of(im->asked[i].question);
		im->asked[i].column = question_column(im, i);
		if (im->asked[i].column < 0)
			missing_heading(im, wanted[i + 1], "the heading must be the question as the programme has it");
	}
	if (!s->anonymous)
		wanted[im->n_asked + 1] = s->email_header;
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

/* Says which choices there are; the nearest one is not sought for a problem that nobody will read. */
static void bad_choice(
    const struct import *im, const struct mentor_place *place, const struct asked *a, const char *text)
{
	struct mentor_buf known = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	const char *near = im->v.m->n_unlisted ? NULL : mentor_nearest(text, a->choices);
	for (size_t i = 0; a->choices[i]; i++)
		mentor_buf_fmt(&known, "%s'%s'", i == 0 ? "" : a->choices[i + 1] ? ", " : " or ", a->choices[i]);
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else
		mentor_buf_fmt(&hint, "the choices stand in the programme's survey '%s'", im->v.survey->slug);
	problem_add(im->v.m, place, mentor_buf_text(&hint), "'%s' is not %s", text, mentor_buf_text(&known));
	mentor_buf_free(&known);
	mentor_buf_free(&hint);
}

/* The choice that a cell means; as it is written first, for the sake of choices that differ only in case. */
static const char *find_choice(struct import *im, const struct asked *a, const char *text)
{
	for (size_t i = 0; a->choices[i]; i++)
		if (strcmp(a->choices[i], text) == 0)
			return a->choices[i];
	const char *folded = fold(im, text);
	for (size_t i = 0; folded && a->choices[i]; i++)
		if (strcmp(a->folded[i], folded) == 0)
			return a->choices[i];
	return NULL;
}

static bool has_word(const struct cell *cell, const char *word)
{
	for (size_t i = 0; i < cell->n; i++)
		if (strcmp(cell->words[i], word) == 0)
			return true;
	return false;
}

static void take_choice(struct import *im, const struct mentor_place *place, struct asked *a, const char *text)
{
	const char *choice = find_choice(im, a, text);
	if (!choice)
		bad_choice(im, place, a, text);
	else if (!has_word(&a->cell, choice)) /* ticked twice is ticked */
		a->cell.words[a->cell.n++] = choice;
}

/* "A;B;": forms put several choices into one cell. */
static void take_choices(struct import *im, const struct mentor_place *place, struct asked *a, const char *cell)
{
	for (const char *p = cell; *p;) {
		size_t len = strcspn(p, ";\n");
		const char *part = arena_strndup(&im->memory, p, len), *one = part ? trimmed(im, part) : NULL;
		if (one)
			take_choice(im, place, a, one);
		p += len + (p[len] != '\0');
	}
}

enum { MAX_ANSWER = 20000, MAX_RESPONSE = 200 };

static void read_words(struct import *im, const struct mentor_place *place, struct asked *a, const char *text)
{
	const struct def_question *q = a->question;
	a->cell.words = arena_alloc(&im->memory, (q->n_choices + 1) * sizeof(*a->cell.words));
	if (!a->cell.words)
		return;
	if (q->kind == DEF_QUESTION_MULTI) {
		take_choices(im, place, a, text);
	} else if (q->kind == DEF_QUESTION_CHOICE) {
		take_choice(im, place, a, text);
	} else {
		a->cell.words[a->cell.n++] = text;
		if (strlen(text) > MAX_ANSWER)
			problem_add(im->v.m, place, NULL, "the answer is longer than %d bytes", MAX_ANSWER);
	}
}

static void read_number(struct import *im, const struct mentor_place *place, struct asked *a, const char *text)
{
	const struct def_question *q = a->question;
	bool yes_no = q->kind == DEF_QUESTION_YES_NO;
	a->cell.n = 1;
	if (!(yes_no ? read_yes_no : read_scale)(text, q, &a->cell.number))
		bad_answer(im, place, q, text);
}

static struct mentor_place place_in(const struct import *im, long column)
{
	return (struct mentor_place){
		.file = im->csv.file, .line = im->csv.line, .row = im->csv.row, .field = im->csv.headings[column]
	};
}

static void read_answers(struct import *im)
{
	for (size_t i = 0; i < im->n_asked; i++) {
		struct asked *a = &im->asked[i];
		const char *text = trimmed(im, im->csv.cells[a->column]);
		struct mentor_place place = place_in(im, a->column);
		a->cell = (struct cell){ 0 };
		if (text)
			(definition_is_measured(a->question) ? read_number : read_words)(im, &place, a, text);
	}
}

/* ---- import: who and which ---- */

static enum mentor_status check_enrolment(const struct survey_view *v, const struct mentor_place *place, const char *role, const char *state)
{
	struct mentor_labels labels;
	enum mentor_status status = labels_of(v->m, v->d, &labels);
	if (status)
		return status;
	const char *called = mentor_labels_word(&labels, role);
	bool both = v->survey->audience == DEF_BOTH;
	if (strcmp(state, "accepted") != 0)
		problem_add(v->m, place, "see: mentor enrol list",
		    "this person is in the cohort, but %s, not accepted", state);
	else if (!survey_asks(v, v->survey, role))
		problem_add(v->m, place, NULL, "this person is %s %s, and the survey asks %s%s%s",
		    labels_article(called), called,
		    v->survey->audience == DEF_MENTEES ? labels.mentees : labels.mentors, both ? " and " : "",
		    both ? labels.mentees : "");
	return MENTOR_OK;
}

/* The enrolment behind an address; 0 after a problem. */
static enum mentor_status find_enrolment(const struct survey_view *v, const char *text, const struct mentor_place *place, int64_t *ret_id)
{
	struct db_rows *rows = NULL;
	bool found = false;
	char *address = mentor_utf8_fold(text);
	if (!address)
		return fail_memory(v->m);
	enum mentor_status status = db_query(v->m,
	    "SELECT id, role, state, " OBJECTS("enrolment.person_id", "surveys") " FROM enrolment WHERE cohort_id = $1 "
	    "AND person_id IN (SELECT id FROM person WHERE email = $2 UNION ALL SELECT person_id FROM address WHERE email = $2)",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(address)), &rows);
	if (!status)
		status = db_next(rows, &found);
	if (!status && found) {
		*ret_id = db_number(rows, 0);
		status = check_enrolment(v, place, db_text(rows, 1), db_text(rows, 2));
		if (!status && db_number(rows, 3) == 1)
			problem_add(v->m, place, "take the row out of the file; mentor privacy objections lists who objects",
			    "this person objects to surveys, so the answers are not taken");
	} else if (!status) {
		problem_add(v->m, place, "see: mentor enrol list", "nobody in this cohort has the address '%s'", address);
	}
	db_done(rows);
	free(address);
	return status;
}

/* Of a row, 0 for nobody. The address in a file of anonymous answers is never read. */
static enum mentor_status find_respondent(struct import *im, int64_t *ret_id)
{
	const char *text = im->v.survey->anonymous ? NULL : trimmed(im, im->csv.cells[im->email]);
	struct mentor_place place = text ? place_in(im, im->email) : (struct mentor_place){ 0 };
	return !text || same_words(text, "anonymous") ? MENTOR_OK : find_enrolment(&im->v, text, &place, ret_id);
}

static const char *person_key(struct import *im, int64_t respondent)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_fmt(&b, "person %" PRId64, respondent);
	const char *key = b.failed ? NULL : arena_strdup(&im->memory, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return key;
}

/* The number that makes a second import harmless: the form's own, else the person. NULL after a problem. */
static const char *response_key(struct import *im, int64_t respondent)
{
	struct mentor_place place = place_in(im, im->response < 0 ? im->email : im->response);
	const char *key = im->response < 0 ? NULL : trimmed(im, im->csv.cells[im->response]);
	if (key && im->v.survey->anonymous && strchr(key, '@')) {
		problem_add(im->v.m, &place,
		    "name the column of the form's own numbers in the survey's response_header",
		    "an address cannot stand for a response to an anonymous survey");
		return NULL;
	}
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
	return person_key(im, respondent);
}

/* ---- import: storing ---- */

/* Choices are told by their words, in whatever order the programme has them by now. */
static enum mentor_status same_answer(const struct import *im, int64_t response, const struct asked *a, bool *ret_same)
{
	const struct cell *cell = &a->cell;
	struct db_rows *rows = NULL;
	bool more = true, same = true;
	size_t n = 0;
	enum mentor_status status =
	    db_query(im->v.m, "SELECT number, text FROM response_value WHERE response_id = $1 AND question = $2",
		DB_ARGS(DB_NUMBER(response), DB_TEXT(a->question->slug)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *word = db_text(rows, 1);
		same = same && (cell->words ? word && has_word(cell, word) : cell->number == db_number(rows, 0));
		n++;
	}
	db_done(rows);
	if (!status)
		*ret_same = same && n == cell->n;
	return status;
}

/* The column that says which response a row is. */
static long key_column(const struct import *im)
{
	return im->token >= 0 ? im->token : im->response >= 0 ? im->response : im->email;
}

static enum mentor_status check_same(struct import *im, int64_t response, int64_t respondent, int64_t old_respondent)
{
	bool same = respondent == old_respondent;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && same && i < im->n_asked; i++)
		status = same_answer(im, response, &im->asked[i], &same);
	struct mentor_place place = place_in(im, key_column(im));
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

/* A choice is kept as its word, never as its place in the list, which a new revision may change. */
static enum mentor_status insert_answer(const struct import *im, int64_t response, const struct asked *a)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < a->cell.n; i++)
		status = db_run(im->v.m,
		    "INSERT INTO response_value (response_id, question, position, number, text) VALUES ($1, $2, $3, "
		    "$4, $5)",
		    DB_ARGS(DB_NUMBER(response), DB_TEXT(a->question->slug), DB_NUMBER((int64_t)i + 1),
			DB_NUMBER(a->cell.words ? MENTOR_NONE : a->cell.number),
			DB_TEXT(a->cell.words ? a->cell.words[i] : NULL)));
	return status;
}

static enum mentor_status start_batch(struct import *im)
{
	char hex[HASH_HEX];
	if (im->batch)
		return MENTOR_OK;
	hash_hex(im->files[0].text, im->files[0].len, hex);
	return db_value(im->v.m, "INSERT INTO batch (cohort_id, survey, stage, file, hash) VALUES ($1, $2, $3, $4, $5) RETURNING id",
	    DB_ARGS(DB_NUMBER(im->v.cohort), DB_TEXT(im->v.survey->slug), DB_TEXT(im->stage), DB_TEXT(im->n_files == 1 ? im->files[0].name : NULL),
		DB_TEXT(im->n_files == 1 ? hex : NULL)),
	    0, &im->batch);
}

static enum mentor_status insert_answers(const struct import *im, int64_t response, const struct asked *asked, size_t n)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < n; i++)
		status = insert_answer(im, response, &asked[i]);
	return status;
}

static enum mentor_status insert_response(struct import *im, const char *key, int64_t respondent)
{
	int64_t id = 0;
	enum mentor_status status = start_batch(im);
	if (!status)
		status = db_value(im->v.m,
		    "INSERT INTO response (cohort_id, survey, stage, respondent_id, response, batch_id) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
		    DB_ARGS(DB_NUMBER(im->v.cohort), DB_TEXT(im->v.survey->slug), DB_TEXT(im->stage), DB_REF(respondent), DB_TEXT(key),
			DB_NUMBER(im->batch)),
		    0, &id);
	if (!status)
		status = insert_answers(im, id, im->asked, im->n_asked);
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

/* ---- import: responses without a name ---- */

/* Nothing of a response leads to its row in the file: it is held back until all are read, and its number is kept apart. */
static enum mentor_status hold_row(struct import *im)
{
	struct held *h = arena_alloc(&im->memory, sizeof(*h));
	struct asked *copy = arena_alloc(&im->memory, (im->n_asked + 1) * sizeof(*copy));
	if (!h || !copy)
		return fail_memory(im->v.m);
	memcpy(copy, im->asked, im->n_asked * sizeof(*copy));
	*h = (struct held){ im->held, copy, im->n_asked };
	im->held = h;
	im->n_held++;
	return start_batch(im);
}

static enum mentor_status hold_number(struct import *im, const char *number)
{
	int64_t seen = 0;
	const struct db_value args[] = { DB_NUMBER(im->v.cohort), DB_TEXT(im->v.survey->slug), DB_TEXT(im->stage), DB_TEXT(number) };
	enum mentor_status status = db_value(im->v.m,
	    "SELECT 1 FROM response_seen WHERE cohort_id = $1 AND survey = $2 AND stage = $3 AND response = $4 UNION ALL "
	    "SELECT 1 FROM response WHERE cohort_id = $1 AND survey = $2 AND stage = $3 AND response = $4",
	    args, 4, 0, &seen);
	if (status || seen) {
		im->unchanged += seen;
		return status;
	}
	status = hold_row(im);
	return status ? status :
			db_run(im->v.m, "INSERT INTO response_seen (cohort_id, survey, stage, response, batch_id) VALUES ($1, $2, $3, $4, $5)",
			    DB_ARGS(args[0], args[1], args[2], args[3], DB_NUMBER(im->batch)));
}

static enum mentor_status hold_token(struct import *im, const struct ticket *t)
{
	if (t->used) {
		im->unchanged++;
		return MENTOR_OK;
	}
	im->n_tokens++;
	enum mentor_status status = ticket_use(&im->v, t);
	return status ? status : hold_row(im);
}

/* In an order that says nothing of the file's: each is taken at random from those left. Numbers are random as well. */
static enum mentor_status store_held(struct import *im)
{
	const struct held **all = arena_alloc(&im->memory, (size_t)(im->n_held + 1) * sizeof(struct held *));
	int64_t n = 0;
	enum mentor_status status = all ? MENTOR_OK : fail_memory(im->v.m);
	for (const struct held *h = im->held; !status && h; h = h->next) {
		assert(all);
		all[n++] = h;
	}
	for (; !status && n > 0; n--) {
		int64_t at = hash_random() % n, id = hash_random();
		char key[HASH_HEX];
		hash_hex((const char *)&id, sizeof(id), key);
		status = db_run(im->v.m, "INSERT INTO response (id, cohort_id, survey, stage, response, batch_id) VALUES ($1, $2, $3, $4, $5, $6)",
		    DB_ARGS(DB_NUMBER(id), DB_NUMBER(im->v.cohort), DB_TEXT(im->v.survey->slug), DB_TEXT(im->stage), DB_TEXT(key),
			DB_NUMBER(im->batch)));
		if (!status)
			status = insert_answers(im, id, all[at]->asked, all[at]->n_asked);
		all[at] = all[n - 1];
		im->added++;
	}
	return status;
}

/* Two copies of the store, from before and after, tell whose token and which answers came in between. */
static enum mentor_status check_few(const struct import *im)
{
	if (im->n_tokens == 0 || im->n_tokens >= im->v.k || im->few)
		return MENTOR_OK;
	return fail(im->v.m, MENTOR_REFUSED, "wait until there are more and import all of them at once; or, when there will be no more, --few",
	    "so few answers at once, %" PRId64 ", could be told apart by comparing copies of the store; it takes %" PRId64, im->n_tokens, im->v.k);
}

/* ---- import: rows ---- */

static size_t problems_so_far(const struct import *im)
{
	return im->v.m->n_problems + im->v.m->n_unlisted;
}

static enum mentor_status find_ticket(struct import *im, struct ticket *ret)
{
	const char *token = trimmed(im, im->csv.cells[im->token]);
	struct mentor_place place = place_in(im, im->token);
	*ret = (struct ticket){ 0 };
	enum mentor_status status = token ? ticket_find(&im->v, im->stage, token, ret) : MENTOR_OK;
	if (!status && !ret->id)
		problem_add(im->v.m, &place, "tokens are given out by: mentor survey issue SURVEY STAGE", token ? "nobody was given this token for this stage" : "the token is missing");
	return status;
}

static enum mentor_status take_token(struct import *im)
{
	struct ticket t;
	enum mentor_status status = find_ticket(im, &t);
	if (status || !t.id)
		return status;
	if (im->v.survey->anonymous)
		return hold_token(im, &t);
	const char *key = person_key(im, t.enrolment);
	return key ? store_row(im, key, t.enrolment) : fail_memory(im->v.m);
}

/* Rows before a wrong one are stored as well, so that doubles in the file are seen; the rollback takes them out again. */
static enum mentor_status take_row(struct import *im)
{
	int64_t respondent = 0;
	size_t before = problems_so_far(im);
	read_answers(im);
	if (im->memory.failed) /* what could not be compared is not a wrong answer */
		return fail_memory(im->v.m);
	if (im->token >= 0)
		return problems_so_far(im) > before ? MENTOR_OK : take_token(im);
	enum mentor_status status = find_respondent(im, &respondent);
	if (status || problems_so_far(im) > before)
		return status;
	const char *key = response_key(im, respondent);
	if (im->memory.failed)
		return fail_memory(im->v.m);
	if (!key)
		return MENTOR_OK;
	return im->v.survey->anonymous ? hold_number(im, key) : store_row(im, key, respondent);
}

static enum mentor_status take_rows(struct import *im)
{
	bool more = true;
	size_t before = problems_so_far(im);
	enum mentor_status status = find_headings(im);
	if (status || problems_so_far(im) > before)
		return status;
	while (!status) {
		status = csv_next(&im->csv, &more);
		if (status || !more)
			break;
		status = take_row(im);
	}
	return status;
}

/* The same file under two stages is a slip: nobody answers twice the same, to the minute. */
static enum mentor_status check_elsewhere(const struct import *im, const struct mentor_survey_file *file)
{
	char hex[HASH_HEX];
	struct db_rows *rows = NULL;
	bool found = false;
	hash_hex(file->text, file->len, hex);
	enum mentor_status status = db_query(im->v.m,
	    "SELECT id, survey, stage FROM batch WHERE cohort_id = $1 AND hash = $2 AND NOT (survey = $3 AND stage = $4)",
	    DB_ARGS(DB_NUMBER(im->v.cohort), DB_TEXT(hex), DB_TEXT(im->v.survey->slug), DB_TEXT(im->stage)), &rows);
	if (!status)
		status = db_next(rows, &found);
	if (!status && found) {
		struct mentor_buf hint = MENTOR_BUF_INIT;
		mentor_buf_fmt(&hint, "name the right file; if that import was the mistake, take it back first: mentor survey remove %" PRId64, db_number(rows, 0));
		status = fail(im->v.m, MENTOR_REFUSED, mentor_buf_text(&hint), "this very file was imported already, for the stage '%s' of '%s'",
		    db_text(rows, 2), db_text(rows, 1));
		mentor_buf_free(&hint);
	}
	if (!status)
		status = db_whole(rows);
	db_done(rows);
	return status;
}

static enum mentor_status read_file(struct import *im, const struct mentor_survey_file *file, char delimiter)
{
	enum mentor_status status = csv_open(&im->csv, im->v.m, file->name, file->text, file->len, delimiter);
	if (!status)
		status = take_rows(im);
	csv_close(&im->csv);
	return status || problems_so_far(im) ? status : check_elsewhere(im, file);
}

static enum mentor_status read_files(struct import *im, char delimiter)
{
	enum mentor_status status = MENTOR_OK;
	problems_clear(im->v.m);
	for (size_t i = 0; !status && i < im->n_files; i++)
		status = read_file(im, &im->files[i], delimiter);
	if (!status)
		status = problems_result(im->v.m, im->n_files == 1 ? im->files[0].name : "these files");
	if (!status)
		status = check_few(im);
	return status ? status : store_held(im);
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

enum mentor_status mentor_survey_import_files(struct mentor *m, int64_t cohort, const char *survey, const char *stage,
    const struct mentor_survey_file *files, size_t n, char delimiter, bool few, mentor_record_fn *each, void *arg)
{
	struct import im = { .stage = stage, .files = files, .n_files = n, .few = few, .memory = ARENA_INIT };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = survey_open_one(&im.v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&im.v, stage);
	if (!status)
		status = read_files(&im, delimiter);
	if (!status)
		status = tell_import(&im, each, arg);
	enum mentor_status ended = mentor_commit(m);
	arena_free(&im.memory);
	survey_close(&im.v);
	if (status)
		return fail_state(m, status, "nothing imported");
	return ended;
}

enum mentor_status mentor_survey_import(struct mentor *m, int64_t cohort, const char *survey, const char *stage,
    const char *file, const char *text, size_t len, char delimiter, mentor_record_fn *each, void *arg)
{
	const struct mentor_survey_file one = { file, text, len };
	return mentor_survey_import_files(m, cohort, survey, stage, &one, 1, delimiter, true, each, arg);
}

/* ---- answers as they are typed ---- */

static enum mentor_status find_typed(const struct survey_view *v, const char *stage, const struct mentor_survey_typed *typed)
{
	const struct def_survey *s = v->survey;
	const char **words = calloc(s->n_questions + 1, sizeof(*words));
	size_t n = 0;
	bool known = false;
	if (!words)
		return fail_memory(v->m);
	for (size_t i = 0; i < s->n_questions; i++)
		if (definition_asked_at(&s->questions[i], stage)) {
			known = known || strcmp(s->questions[i].slug, typed->question) == 0;
			words[n++] = s->questions[i].slug;
		}
	enum mentor_status status = known ? MENTOR_OK : fail_unknown(v->m, "question", typed->question, words);
	free(words);
	return status;
}

static const char *answer_to(const struct def_question *q, const struct mentor_survey_typed *answers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(answers[i].question, q->slug) == 0)
			return answers[i].answer;
	return "";
}

/* Who answers, as the heading of a column and what stands in it. */
static enum mentor_status find_author(
    const struct survey_view *v, const char *person, const char *token, const char **ret_heading, const char **ret_text, void **ret_record)
{
	int64_t id = 0;
	*ret_heading = token ? ticket_header : v->survey->email_header;
	*ret_text = token;
	if (token)
		return MENTOR_OK;
	if (!person || v->survey->anonymous)
		return fail(v->m, MENTOR_USAGE, v->survey->anonymous ? "give --token TOKEN" : "give --person PERSON or --token TOKEN",
		    v->survey->anonymous ? "an anonymous survey is answered by token" : "say who answers");
	enum mentor_status status = mentor_record_find(v->m, &mentor_entity_person, person, &id);
	if (!status)
		status = mentor_record_get(v->m, &mentor_entity_person, id, ret_record);
	if (!status)
		*ret_text = ((const struct mentor_person *)*ret_record)->email;
	return status;
}

/* The answers as the file that a form would make of them. */
static void write_typed(struct mentor_buf *b, const struct survey_view *v, const char *stage, const char *heading, const char *author,
    const struct mentor_survey_typed *answers, size_t n)
{
	const struct def_survey *s = v->survey;
	for (int line = 0; line < 2; line++) {
		mentor_buf_csv(b, line ? author : heading, ',', false);
		for (size_t i = 0; i < s->n_questions; i++) {
			if (!definition_asked_at(&s->questions[i], stage))
				continue;
			mentor_buf_str(b, ",");
			mentor_buf_csv(b, line ? answer_to(&s->questions[i], answers, n) : heading_of(&s->questions[i]), ',', false);
		}
		mentor_buf_str(b, "\n");
	}
}

enum mentor_status mentor_survey_answer(struct mentor *m, int64_t cohort, const char *survey, const char *stage, const char *person,
    const char *token, const struct mentor_survey_typed *answers, size_t n, bool few, mentor_record_fn *each, void *arg)
{
	struct survey_view v;
	struct mentor_buf text = MENTOR_BUF_INIT;
	const char *heading = NULL, *author = NULL;
	void *record = NULL;
	enum mentor_status status = survey_open_one(&v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&v, stage);
	for (size_t i = 0; !status && i < n; i++)
		status = find_typed(&v, stage, &answers[i]);
	if (!status)
		status = find_author(&v, person, token, &heading, &author, &record);
	if (!status)
		write_typed(&text, &v, stage, heading, author, answers, n);
	if (!status && text.failed)
		status = fail_memory(m);
	mentor_record_free(record);
	survey_close(&v);
	const struct mentor_survey_file file = { "answers", text.data, text.len };
	if (!status)
		status = mentor_survey_import_files(m, cohort, survey, stage, &file, 1, ',', few, each, arg);
	mentor_buf_free(&text);
	return status;
}

/* Before anybody types: whether the answers would be taken at all. */
static enum mentor_status check_author(const struct survey_view *v, const char *stage, const char *author, bool by_token)
{
	const struct mentor_place place = { .field = by_token ? "--token" : "--person" };
	int64_t enrolment = 0, answered = 0;
	struct ticket t = { 0 };
	problems_clear(v->m);
	enum mentor_status status = by_token ? ticket_find(v, stage, author, &t) : find_enrolment(v, author, &place, &enrolment);
	if (!status && by_token && !t.id)
		problem_add(v->m, &place, "tokens are given out by: mentor survey issue SURVEY STAGE", "nobody was given this token for this stage");
	if (!status)
		status = db_value(v->m, "SELECT count(*) FROM response WHERE cohort_id = $1 AND survey = $2 AND stage = $3 AND respondent_id = $4",
		    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(stage), DB_REF(by_token ? t.enrolment : enrolment)), 0, &answered);
	if (!status && (answered || t.used))
		problem_add(v->m, &place, "answers are never overwritten", "this stage has been answered already");
	return status ? status : problems_result(v->m, place.field);
}

enum mentor_status mentor_survey_questions(struct mentor *m, int64_t cohort, const char *survey, const char *stage, const char *person,
    const char *token, mentor_record_fn *each, void *arg)
{
	struct survey_view v;
	const char *heading = NULL, *author = NULL;
	void *record = NULL;
	enum mentor_status status = survey_open_one(&v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&v, stage);
	if (!status)
		status = find_author(&v, person, token, &heading, &author, &record);
	if (!status)
		status = check_author(&v, stage, author, token);
	for (size_t i = 0; !status && i < v.survey->n_questions; i++) {
		const struct def_question *q = &v.survey->questions[i];
		const struct mentor_survey_question row = { q->slug, q->text, def_question_kinds[q->kind], q->low, q->high, q->minimum, q->maximum,
			q->choices, q->n_choices };
		if (definition_asked_at(q, stage))
			status = each(arg, &row);
	}
	mentor_record_free(record);
	survey_close(&v);
	return status;
}

static enum mentor_status check_typed(struct import *im, const struct mentor_survey_typed *answer)
{
	problems_clear(im->v.m);
	list_asked(im);
	for (size_t i = 0; !im->memory.failed && i < im->n_asked; i++) {
		struct asked *a = &im->asked[i];
		const struct mentor_place nowhere = { .field = answer->question };
		const char *text = strcmp(a->question->slug, answer->question) == 0 ? trimmed(im, answer->answer) : NULL;
		if (text)
			(definition_is_measured(a->question) ? read_number : read_words)(im, &nowhere, a, text);
	}
	return im->memory.failed ? fail_memory(im->v.m) : problems_result(im->v.m, "the answer");
}

enum mentor_status mentor_survey_check_answer(struct mentor *m, int64_t cohort, const char *survey, const char *stage, const struct mentor_survey_typed *answer)
{
	struct import im = { .stage = stage, .memory = ARENA_INIT };
	enum mentor_status status = survey_open_one(&im.v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&im.v, stage);
	if (!status)
		status = find_typed(&im.v, stage, answer);
	if (!status)
		status = check_typed(&im, answer);
	arena_free(&im.memory);
	survey_close(&im.v);
	return status;
}

/* ---- imports ---- */

#define BATCHES "SELECT b.id, b.survey, b.stage, b.file, (SELECT count(*) FROM response r WHERE r.batch_id = b.id) FROM batch b WHERE b.cohort_id = $1"

static struct mentor_survey_batch read_batch(const struct db_rows *rows)
{
	return (struct mentor_survey_batch){ db_number(rows, 0), db_text(rows, 1), db_text(rows, 2), db_text(rows, 3), db_number(rows, 4) };
}

enum mentor_status mentor_survey_batches(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, BATCHES " ORDER BY b.id", DB_ARGS(DB_NUMBER(cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_survey_batch row = read_batch(rows);
		status = each(arg, &row);
	}
	db_done(rows);
	return status;
}

static enum mentor_status remove_batch(struct mentor *m, int64_t cohort, int64_t number, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool found = false;
	enum mentor_status status = db_query(m, BATCHES " AND b.id = $2", DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(number)), &rows);
	if (!status)
		status = db_next(rows, &found);
	if (!status && !found)
		status = fail(m, MENTOR_NOT_FOUND, "they are listed by: mentor survey status", "the cohort has no import %" PRId64, number);
	if (!status) {
		const struct mentor_survey_batch row = read_batch(rows);
		status = db_whole(rows);
		if (!status)
			status = each(arg, &row);
	}
	db_done(rows);
	return status ? status : db_run(m, "DELETE FROM batch WHERE id = $1", DB_ARGS(DB_NUMBER(number)));
}

enum mentor_status mentor_survey_remove(struct mentor *m, int64_t cohort, int64_t number, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = remove_batch(m, cohort, number, each, arg);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
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
		n += survey_asks(v, s, db_text(rows, 0)) ? db_number(rows, 1) : 0;
	db_done(rows);
	if (!status)
		*ret = n;
	return status;
}

enum mentor_status survey_count_responses(
    const struct survey_view *v, const char *survey, const char *stage, int64_t *ret)
{
	return db_value(v->m, "SELECT count(*) FROM response WHERE cohort_id = $1 AND survey = $2 AND stage = $3",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(survey), DB_TEXT(stage)), 0, ret);
}

static const struct def_opening *opening_of(const struct def_survey *s, const char *stage)
{
	for (size_t i = 0; i < s->n_open; i++)
		if (strcmp(s->open[i].slug, stage) == 0)
			return &s->open[i];
	return NULL;
}

/* The days of a stage, written into `days`, and how today stands to them. */
static void set_days(
    const struct survey_view *v, const struct mentor_cohort *cohort, const struct def_survey *s, char days[2][11], struct mentor_survey_stage *row)
{
	const struct def_opening *o = opening_of(s, row->stage);
	int64_t opens = o ? programme_day(cohort, o->from, o->weeks) : MENTOR_NONE;
	row->opens_on = row->closes_on = NULL;
	row->state = MENTOR_NONE;
	if (opens == MENTOR_NONE)
		return;
	mentor_day_format(opens, days[0]);
	mentor_day_format(opens + o->days - 1, days[1]);
	row->opens_on = days[0];
	row->closes_on = days[1];
	row->state = strcmp(v->m->today, days[0]) < 0 ? MENTOR_SURVEY_PLANNED : strcmp(v->m->today, days[1]) <= 0 ? MENTOR_SURVEY_OPEN : MENTOR_SURVEY_CLOSED;
}

static enum mentor_status list_survey(const struct survey_view *v, const struct mentor_cohort *cohort, const struct def_survey *s, mentor_record_fn *each, void *arg)
{
	char days[2][11];
	struct mentor_survey_stage row = {
		.survey = s->slug, .title = s->title, .audience = def_audiences[s->audience], .anonymous = s->anonymous
	};
	enum mentor_status status = count_asked(v, s, &row.asked);
	for (size_t i = 0; !status && i < s->n_stages; i++) {
		row.stage = s->stages[i];
		set_days(v, cohort, s, days, &row);
		status = survey_count_responses(v, s->slug, row.stage, &row.responses);
		row.rate = row.asked ? (200 * row.responses + row.asked) / (2 * row.asked) : MENTOR_NONE;
		if (!status)
			status = each(arg, &row);
	}
	return status;
}

enum mentor_status mentor_survey_list(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct survey_view v;
	void *record = NULL;
	enum mentor_status status = survey_open(&v, m, cohort);
	if (!status)
		status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	for (size_t i = 0; !status && i < v.d->n_surveys; i++)
		status = list_survey(&v, record, &v.d->surveys[i], each, arg);
	mentor_record_free(record);
	survey_close(&v);
	return status;
}

/* ---- status ---- */

static enum mentor_status tell_progress(const struct survey_view *v, const struct def_survey *s, const char *stage, mentor_record_fn *each, void *arg)
{
	struct mentor_survey_progress row = { .survey = s->slug, .stage = stage, .anonymous = s->anonymous };
	enum mentor_status status = count_asked(v, s, &row.asked);
	if (!status)
		status = survey_count_responses(v, s->slug, stage, &row.answered);
	if (!status)
		status = db_value(v->m, "SELECT count(*) FROM ticket WHERE cohort_id = $1 AND survey = $2 AND stage = $3",
		    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(s->slug), DB_TEXT(stage)), 0, &row.issued);
	row.rate = row.asked ? (200 * row.answered + row.asked) / (2 * row.asked) : MENTOR_NONE;
	return status ? status : each(arg, &row);
}

enum mentor_status mentor_survey_status(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct survey_view v;
	enum mentor_status status = survey_open(&v, m, cohort);
	for (size_t i = 0; !status && i < v.d->n_surveys; i++)
		for (size_t stage = 0; !status && stage < v.d->surveys[i].n_stages; stage++)
			status = tell_progress(&v, &v.d->surveys[i], v.d->surveys[i].stages[stage], each, arg);
	survey_close(&v);
	return status;
}
