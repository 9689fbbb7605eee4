/* outcome.c: what surveys say together: results, words and change, never anybody's answers. */
#include "record.h"
#include "stats.h"
#include "told.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const basis_words[] = { "paired", "unpaired", "withheld", "none", NULL };
const char *const survey_aim_states[] = { "measured", "withheld", "waiting", "not-measured", NULL };

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_result, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_result, member)
const struct mentor_field mentor_survey_result_fields[] = {
	{ "question", MENTOR_TYPE_SLUG, 0, TEXT(question), .help = "short name of the question" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(text), .heading = "wording", .help = "the question as asked" },
	{ "aim", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(aim), .help = "the aim it measures" },
	{ "kind", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(kind), .help = "scale, yes-no, text, choice or multi" },
	{ "n", MENTOR_TYPE_INT, 0, NUMBER(n), .heading = "answers", .help = "how many answered; of multi how many responded, as an empty cell says that nothing was chosen" },
	{ "mean", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(mean), .help = "mean answer; of yes-no the share of yes" },
	{ "median", MENTOR_TYPE_CENTI, 0, NUMBER(median), .help = "median answer" },
	{ "minimum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_LOW, NUMBER(minimum), .help = "lowest answer of the scale" },
	{ "maximum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_HIGH, NUMBER(maximum), .help = "highest answer of the scale" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether small numbers are withheld, here or among the answers" },
	{ "waiting", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(waiting), .help = "answers that came in since, and are not counted before enough others have" },
	{ "level", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(level), .choices = def_levels, .help = "what kind of outcome it shows, after Kirkpatrick" },
	{ "box", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(box), .choices = def_boxes, .help = "relationship or programme, process or outcome" },
	{ "cohorts", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(cohorts), .help = "of several cohorts put together: how many are in the figures" },
	{ "withheld", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(withheld), .help = "cohorts that are not, because nothing may be told of their answers" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_answer, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_answer, member)
const struct mentor_field mentor_survey_answer_fields[] = {
	{ "question", MENTOR_TYPE_SLUG, MENTOR_LABEL, TEXT(question), .help = "short name of the question" },
	{ "answer", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(answer), .help = "a number of the scale, no or yes, or a choice" },
	{ "count", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(count), .heading = "people", .help = "how many gave this answer" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether the number is withheld" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_result, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_result, member)
const struct mentor_field mentor_survey_side_fields[] = {
	{ "question", MENTOR_TYPE_SLUG, 0, TEXT(question), .help = "short name of the question" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(text), .heading = "wording", .help = "the question as asked" },
	{ "side", MENTOR_TYPE_TEXT, MENTOR_LABEL | MENTOR_SIDES, TEXT(side), .help = "who answered: mentor, mentee or either; nothing when that is not known" },
	{ "n", MENTOR_TYPE_INT, 0, NUMBER(n), .heading = "answers", .help = "how many of them answered" },
	{ "mean", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(mean), .help = "mean answer; of yes-no the share of yes" },
	{ "median", MENTOR_TYPE_CENTI, 0, NUMBER(median), .help = "median answer" },
	{ "minimum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_LOW, NUMBER(minimum), .help = "lowest answer of the scale" },
	{ "maximum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_HIGH, NUMBER(maximum), .help = "highest answer of the scale" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether small numbers are withheld, of this side or of another" },
	{ "waiting", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(waiting), .help = "answers that are not counted before enough others have come in" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_answer, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_answer, member)
const struct mentor_field mentor_survey_side_answer_fields[] = {
	{ "question", MENTOR_TYPE_SLUG, MENTOR_LABEL, TEXT(question), .help = "short name of the question" },
	{ "side", MENTOR_TYPE_TEXT, MENTOR_LABEL | MENTOR_SIDES, TEXT(side), .help = "who answered" },
	{ "answer", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(answer), .help = "a number of the scale, no or yes, or a choice" },
	{ "count", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(count), .heading = "people", .help = "how many of them gave this answer" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether the number is withheld" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_text, member)
const struct mentor_field mentor_survey_text_fields[] = {
	{ "question", MENTOR_TYPE_SLUG, MENTOR_LABEL, TEXT(question), .help = "short name of the question" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(text), .heading = "wording", .help = "the question as asked" },
	{ "answer", MENTOR_TYPE_NOTE, 0, TEXT(answer), .help = "one answer, nobody's name" },
	{ 0 },
};
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_change, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_change, member)
const struct mentor_field mentor_survey_change_fields[] = {
	{ "survey", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(survey), .help = "short name of the survey" },
	{ "from", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(from), .help = "the earlier stage" },
	{ "to", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(to), .help = "the later stage" },
	{ "question", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(question), .help = "short name of the question" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(text), .heading = "question", .help = "the question as asked" },
	{ "aim", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(aim), .help = "the aim it measures" },
	{ "n", MENTOR_TYPE_INT, 0, NUMBER(n), .heading = "answered both", .help = "people who answered both stages; not known of an anonymous survey" },
	{ "basis", MENTOR_TYPE_CHOICE, 0, NUMBER(basis), .choices = basis_words, .heading = "means", .help = "paired: of people who answered both; unpaired: of all who answered each stage" },
	{ "before", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(before), .help = "mean at the earlier stage" },
	{ "after", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(after), .help = "mean at the later stage" },
	{ "change", MENTOR_TYPE_CENTI, 0, NUMBER(change), .help = "difference of the means" },
	{ "improved", MENTOR_TYPE_INT, 0, NUMBER(improved), .help = "people whose answer went up" },
	{ "same", MENTOR_TYPE_INT, 0, NUMBER(same), .help = "people whose answer stayed" },
	{ "worse", MENTOR_TYPE_INT, 0, NUMBER(worse), .help = "people whose answer went down" },
	{ "sd", MENTOR_TYPE_CENTI, MENTOR_WIDE, NUMBER(sd), .heading = "spread", .help = "standard deviation of the changes of people who answered both" },
	{ "effect", MENTOR_TYPE_CENTI, MENTOR_WIDE, NUMBER(effect), .help = "paired: Cohen's d_z, mean change / its standard deviation; unpaired: Cohen's d, difference of the means / pooled standard deviation" },
	{ "p", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(p), .heading = "p in 10,000", .help = "two-sided sign test in ten-thousandths" },
	{ "wilcoxon", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(wilcoxon), .heading = "p of ranks in 10,000", .help = "two-sided signed-rank test in ten-thousandths" },
	{ "minimum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_LOW, NUMBER(minimum), .help = "lowest answer of the scale" },
	{ "maximum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_HIGH, NUMBER(maximum), .help = "highest answer of the scale" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether small numbers are withheld" },
	{ "level", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(level), .choices = def_levels, .help = "what kind of outcome it shows, after Kirkpatrick" },
	{ "box", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(box), .choices = def_boxes, .help = "relationship or programme, process or outcome" },
	{ "cohorts", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(cohorts), .help = "of several cohorts put together: how many are in the figures" },
	{ "withheld", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(withheld), .help = "cohorts that are not, because nothing may be told of their answers" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_aim, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_aim, member)
const struct mentor_field mentor_survey_aim_fields[] = {
	{ "survey", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(survey), .help = "short name of the survey" },
	{ "from", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(from), .help = "the earlier stage" },
	{ "to", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(to), .help = "the later stage" },
	{ "aim", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(aim), .help = "short name of the aim" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(text), .heading = "aim", .help = "the aim" },
	{ "questions", MENTOR_TYPE_INT, 0, NUMBER(questions), .help = "questions with a change to show" },
	{ "change", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(change), .help = "mean change of these questions, in points of their scales" },
	{ "state", MENTOR_TYPE_CHOICE, 0, NUMBER(state), .choices = survey_aim_states, .help = "what the change rests on" },
	{ "plans", MENTOR_TYPE_LIST, 0, TEXT(plans), .help = "plans of the organisation that the aim serves" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_kind, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_kind, member)
const struct mentor_field mentor_survey_kind_fields[] = {
	{ "of", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(of), .help = "level: kinds of outcome after Kirkpatrick; box: relationship or programme, process or outcome" },
	{ "kind", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(kind), .heading = "kind of outcome", .help = "as the programme's questions say" },
	{ "questions", MENTOR_TYPE_INT, 0, NUMBER(questions), .help = "questions with a change to show" },
	{ "change", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(change), .help = "mean change of these questions, in points of their scales" },
	{ "state", MENTOR_TYPE_CHOICE, 0, NUMBER(state), .choices = survey_aim_states, .help = "what the change rests on" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- results ---- */

/* How many wrote, if that may be told of a cohort; those that are told wait apart (told_texts()). */
static enum mentor_status join_texts(const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row)
{
	int64_t n = 0;
	enum mentor_status status = told_count_texts(v, stage, q, &n);
	bool few = suppress_count(n, v->k) == MENTOR_SUPPRESSED;
	row->cohorts += n > 0 && !few;
	row->withheld += few;
	row->n += few ? 0 : n;
	return status;
}

static enum mentor_status result_of_text(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row)
{
	enum mentor_status status = MENTOR_OK;
	row->cohorts = row->withheld = 0;
	for (size_t i = 0; !status && i < v->n_parts; i++)
		status = join_texts(&v->parts[i], stage, q, row);
	if (v->n_parts == 0)
		status = join_texts(v, stage, q, row);
	if (row->cohorts == 0 && row->withheld > 0)
		row->n = MENTOR_SUPPRESSED;
	row->suppressed = row->n == MENTOR_SUPPRESSED;
	row->mean = row->median = row->minimum = row->maximum = MENTOR_NONE;
	if (v->n_parts == 0)
		row->cohorts = row->withheld = MENTOR_NONE;
	return status;
}

/* The counts of a question as they may be told, and what may be said about them. */
static enum mentor_status count_told(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t,
    struct suppress_summary *summary)
{
	enum mentor_status status = told_answers(v, stage, q, t);
	if (!status)
		told_summary(t, told_lowest(q), v->k, summary);
	return status;
}

static void write_cohorts(const struct told *t, struct mentor_survey_result *row)
{
	row->waiting = told_waiting(t);
	row->cohorts = t->cohorts;
	row->withheld = t->left_out;
}

static void write_numbers(const struct def_question *q, const struct told *t, const struct suppress_summary *summary, struct mentor_survey_result *row)
{
	bool measured = definition_is_measured(q);
	row->n = summary->n;
	row->mean = measured ? summary->mean : MENTOR_NONE;
	row->median = q->kind == DEF_QUESTION_SCALE ? summary->median : MENTOR_NONE;
	row->minimum = measured ? told_lowest(q) : MENTOR_NONE;
	row->maximum = measured ? told_highest(q) : MENTOR_NONE;
	row->suppressed = summary->suppressed;
	write_cohorts(t, row);
}

static enum mentor_status result_of_numbers(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row)
{
	struct told t;
	struct suppress_summary summary = { 0 };
	enum mentor_status status = count_told(v, stage, q, &t, &summary);
	if (!status)
		write_numbers(q, &t, &summary, row);
	told_free(&t);
	return status;
}

/* ---- choices ---- */

/** How many chose what, as it may be told. */
struct choices {
	struct told told;
	int64_t n; /* who answered; of multi everybody who responded */
	bool suppressed;
};

static enum mentor_status count_choices(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct choices *ret)
{
	struct suppress_summary summary; /* of which mean and median say nothing */
	*ret = (struct choices){ .n = 0 };
	enum mentor_status status = told_answers(v, stage, q, &ret->told);
	if (!status && q->kind == DEF_QUESTION_MULTI) {
		ret->suppressed = told_ticks(&ret->told, v->k);
		ret->n = suppress_count(ret->told.shown[q->n_choices], v->k);
	} else if (!status) {
		told_summary(&ret->told, 0, v->k, &summary);
		ret->suppressed = summary.suppressed;
		ret->n = summary.n;
	}
	return status;
}

static enum mentor_status result_of_choices(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row)
{
	struct choices choices;
	enum mentor_status status = count_choices(v, stage, q, &choices);
	row->n = choices.n;
	row->suppressed = choices.suppressed;
	if (!status)
		write_cohorts(&choices.told, row);
	row->mean = row->median = row->minimum = row->maximum = MENTOR_NONE;
	told_free(&choices.told);
	return status;
}

/* ---- results and answers ---- */

typedef enum mentor_status result_fn(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row);

static enum mentor_status each_result(const struct survey_view *v, const char *stage, mentor_record_fn *each, void *arg)
{
	static result_fn *const results[] = { [DEF_QUESTION_SCALE] = result_of_numbers,
		[DEF_QUESTION_YES_NO] = result_of_numbers,
		[DEF_QUESTION_TEXT] = result_of_text,
		[DEF_QUESTION_CHOICE] = result_of_choices,
		[DEF_QUESTION_MULTI] = result_of_choices };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < v->survey->n_questions; i++) {
		const struct def_question *q = &v->survey->questions[i];
		struct mentor_survey_result row = {
			.question = q->slug, .text = q->text, .aim = q->aim, .level = q->level, .box = q->box,
			.kind = def_question_kinds[q->kind]
		};
		if (!definition_asked_at(q, stage))
			continue;
		status = results[q->kind](v, stage, q, &row);
		if (!status)
			status = each(arg, &row);
	}
	return status;
}

/* The rows for the answers to one question, whose cells are `counts`. */
static enum mentor_status tell_answers(const struct def_question *q, const int64_t *counts, const char *side, mentor_record_fn *each, void *arg)
{
	bool measured = definition_is_measured(q);
	size_t n = measured ? told_cells(q) : q->n_choices;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < n; i++) {
		char number[24];
		snprintf(number, sizeof(number), "%" PRId64, measured ? told_lowest(q) + (int64_t)i : 0);
		const char *answer = !measured ? q->choices[i] : q->kind != DEF_QUESTION_YES_NO ? number : i == 0 ? "no" : "yes";
		const struct mentor_survey_answer row = {
			.question = q->slug, .answer = answer, .count = counts[i], .suppressed = counts[i] == MENTOR_SUPPRESSED, .side = side
		};
		status = each(arg, &row);
	}
	return status;
}

static enum mentor_status list_choices(
    const struct survey_view *v, const char *stage, const struct def_question *q, mentor_record_fn *each, void *arg)
{
	struct choices choices;
	enum mentor_status status = count_choices(v, stage, q, &choices);
	if (!status)
		status = tell_answers(q, choices.told.shown, NULL, each, arg);
	told_free(&choices.told);
	return status;
}

static enum mentor_status list_numbers(
    const struct survey_view *v, const char *stage, const struct def_question *q, mentor_record_fn *each, void *arg)
{
	struct told t;
	struct suppress_summary summary;
	enum mentor_status status = count_told(v, stage, q, &t, &summary);
	if (!status)
		status = tell_answers(q, t.shown, NULL, each, arg);
	told_free(&t);
	return status;
}

static enum mentor_status each_answer(const struct survey_view *v, const char *stage, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < v->survey->n_questions; i++) {
		const struct def_question *q = &v->survey->questions[i];
		if (q->kind != DEF_QUESTION_TEXT && definition_asked_at(q, stage))
			status = (definition_is_measured(q) ? list_numbers : list_choices)(v, stage, q, each, arg);
	}
	return status;
}

static enum mentor_status each_text(const struct survey_view *v, const char *stage, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < v->survey->n_questions; i++) {
		const struct def_question *q = &v->survey->questions[i];
		if (q->kind == DEF_QUESTION_TEXT && definition_asked_at(q, stage))
			status = told_texts(v, stage, q, each, arg);
	}
	return status;
}

typedef enum mentor_status each_fn(const struct survey_view *v, const char *stage, mentor_record_fn *each, void *arg);

static enum mentor_status tell_one(struct mentor *m, int64_t cohort, const char *survey, const char *stage, each_fn *tell, mentor_record_fn *each, void *arg)
{
	struct survey_view v;
	enum mentor_status status = survey_open_one(&v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&v, stage);
	if (!status)
		status = tell(&v, stage, each, arg);
	survey_close(&v);
	return status;
}

enum mentor_status mentor_survey_results(
    struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_record_fn *each, void *arg)
{
	return tell_one(m, cohort, survey, stage, each_result, each, arg);
}

enum mentor_status mentor_survey_answers(
    struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_record_fn *each, void *arg)
{
	return tell_one(m, cohort, survey, stage, each_answer, each, arg);
}

enum mentor_status mentor_survey_texts(
    struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_record_fn *each, void *arg)
{
	return tell_one(m, cohort, survey, stage, each_text, each, arg);
}

/* ---- part by part ---- */

struct telling {
	mentor_report_fn *each;
	void *arg;
	const char *part;
};

static enum mentor_status tell_part(void *arg, const void *record)
{
	const struct telling *t = arg;
	return t->each(t->arg, t->part, record);
}

enum mentor_status mentor_survey_results_across(struct mentor *m, const int64_t *cohorts, size_t n, const char *survey, const char *stage, bool texts,
    mentor_report_fn *each, void *arg)
{
	static const struct {
		const char *part;
		each_fn *tell;
	} parts[] = { { "questions", each_result }, { "answers", each_answer }, { "texts", each_text } };
	struct survey_view v;
	enum mentor_status status = survey_open_across(&v, m, cohorts, n, survey);
	if (!status)
		status = survey_check_asked(&v, stage);
	for (size_t i = 0; !status && i < (texts ? 3 : 2); i++) {
		struct telling t = { each, arg, parts[i].part };
		status = parts[i].tell(&v, stage, tell_part, &t);
	}
	survey_close(&v);
	return status;
}

static int64_t people_in(const struct told *t)
{
	int64_t n = 0;
	for (size_t i = 0; i < t->steps.n; i++)
		n += t->shown[i];
	return n;
}

/* ---- by side ---- */

static const char *const side_words[TOLD_SIDES] = { [TOLD_MENTORS] = "mentor", [TOLD_MENTEES] = "mentee", [TOLD_EITHER] = "either" };

static enum mentor_status check_sides(const struct survey_view *v)
{
	static const char hint[] = "look at all answers together: leave out --by";
	if (v->survey->audience != DEF_BOTH)
		return fail(v->m, MENTOR_REFUSED, hint, "the survey '%s' asks only one side", v->survey->slug);
	if (v->survey->anonymous)
		return fail(v->m, MENTOR_REFUSED, hint, "the survey '%s' is anonymous: nobody knows which side an answer is from", v->survey->slug);
	if (v->d->arrangement == DEF_RECIPROCAL)
		return fail(v->m, MENTOR_REFUSED, hint, "in this programme everybody is on both sides");
	return MENTOR_OK;
}

/* Of the people of few the others tell, as the total does. */
static bool any_few(const struct told *sides, int64_t k)
{
	for (int i = 0; i < TOLD_SIDES; i++)
		if (suppress_count(people_in(&sides[i]), k) == MENTOR_SUPPRESSED)
			return true;
	return false;
}

static enum mentor_status tell_side(const struct survey_view *v, const struct def_question *q, struct told *t, int side, bool few, struct telling *telling)
{
	bool answers = strcmp(telling->part, "side_answers") == 0;
	struct suppress_summary summary;
	struct mentor_survey_result row = { .question = q->slug, .text = q->text, .side = side_words[side] };
	if (side >= TOLD_EITHER && people_in(t) + told_waiting(t) == 0)
		return MENTOR_OK;
	told_summary(t, definition_is_measured(q) ? told_lowest(q) : 0, v->k, &summary);
	write_numbers(q, t, &summary, &row);
	row.n = few && row.n > 0 ? MENTOR_SUPPRESSED : row.n;
	row.suppressed = row.suppressed || row.n == MENTOR_SUPPRESSED;
	return answers ? tell_answers(q, t->shown, row.side, tell_part, telling) : tell_part(telling, &row);
}

static enum mentor_status tell_sides(const struct survey_view *v, const char *stage, const struct def_question *q, struct telling *telling)
{
	struct told sides[TOLD_SIDES] = { { .last = 0 } };
	enum mentor_status status = told_sides(v, stage, q, sides);
	bool few = !status && any_few(sides, v->k);
	for (int i = 0; !status && i < TOLD_SIDES; i++)
		status = tell_side(v, q, &sides[i], i, few, telling);
	for (int i = 0; i < TOLD_SIDES; i++)
		told_free(&sides[i]);
	return status;
}

enum mentor_status mentor_survey_sides(struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_report_fn *each, void *arg)
{
	static const char *const parts[] = { "sides", "side_answers" };
	struct survey_view v;
	enum mentor_status status = survey_open_one(&v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&v, stage);
	if (!status)
		status = check_sides(&v);
	for (size_t part = 0; part < 2; part++)
		for (size_t i = 0; !status && i < v.survey->n_questions; i++) {
			const struct def_question *q = &v.survey->questions[i];
			struct telling t = { each, arg, parts[part] };
			if ((definition_is_measured(q) || q->kind == DEF_QUESTION_CHOICE) && definition_asked_at(q, stage))
				status = tell_sides(&v, stage, q, &t);
		}
	survey_close(&v);
	return status;
}

/* ---- change ---- */

/* The answers to one question at one stage, of all who answered it. */
struct side {
	struct told told;
	struct stats_sample sample; /* of the true counts */
	int64_t n;
	struct suppress_summary summary;
};

struct change {
	struct side before, after;
	struct told pairs; /* people who gave these two answers (told_pairs()) */
	int64_t *changes;  /* by how much: cell change + cells - 1 */
	int64_t n, sum;	   /* of those who answered both: people, and the sum of their changes */
	int64_t least;	   /* the smallest number of them who gave the same two answers */
	bool everybody;	   /* the means of all who answered are those of the people who answered both times, in each cohort */
	bool apart;	   /* published means need not be of the same people as the pairs, of whom nothing is told */
	bool few;	   /* of some cohort not even how many answered both is told */
	struct stats_change stats;
};

static void sum_pairs(struct change *c, size_t cells)
{
	for (size_t i = 0; i < cells * cells; i++) {
		int64_t people = c->pairs.shown[i], by = (int64_t)(i % cells) - (int64_t)(i / cells);
		if (people == 0)
			continue;
		c->least = c->n == 0 || people < c->least ? people : c->least;
		c->n += people;
		c->sum += by * people;
		c->changes[by + (int64_t)cells - 1] += people;
	}
}

/* The question that stands for the later time: of one in hindsight that which it is about. */
static const struct def_question *later_of(const struct survey_view *v, const struct def_question *q)
{
	return q->then ? definition_question(v->survey, q->then) : q;
}

static enum mentor_status load_change(const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct change *c)
{
	enum mentor_status status = told_answers(v, from, q, &c->before.told);
	if (!status)
		status = told_answers(v, to, later_of(v, q), &c->after.told);
	if (!status)
		status = told_pairs(v, from, to, q, &c->pairs);
	if (status)
		return status;
	int64_t both = people_in(&c->pairs);
	c->everybody = both > 0 && people_in(&c->before.told) == both && people_in(&c->after.told) == both;
	c->few = suppress_count(both, v->k) == MENTOR_SUPPRESSED;
	return MENTOR_OK;
}

static void free_change(struct change *c)
{
	told_free(&c->before.told);
	told_free(&c->after.told);
	told_free(&c->pairs);
	free(c->changes);
}

/* Rule 12, of both stages: whose means are told of both. */
static void join_change(struct change *pool, const struct change *c)
{
	const struct told *sides[] = { &c->before.told, &c->after.told };
	enum suppress_joined joined = SUPPRESS_COUNTED;
	for (int i = 0; i < 2; i++)
		if (people_in(sides[i]) == 0)
			joined = SUPPRESS_NOBODY;
		else if (sides[i]->steps.level == SUPPRESS_NOTHING && joined == SUPPRESS_COUNTED)
			joined = SUPPRESS_LEFT_OUT;
	told_join(&pool->before.told, sides[0], joined);
	told_join(&pool->after.told, sides[1], joined);
	if (joined != SUPPRESS_COUNTED)
		return;
	suppress_pool(&pool->before.told.steps, &sides[0]->steps);
	suppress_pool(&pool->after.told.steps, &sides[1]->steps);
	for (size_t i = 0; i < pool->pairs.steps.n; i++)
		pool->pairs.shown[i] += c->pairs.shown[i];
	if (c->pairs.steps.level < pool->pairs.steps.level)
		pool->pairs.steps.level = c->pairs.steps.level;
	pool->everybody = pool->everybody && c->everybody;
	pool->few = pool->few || c->few;
}

static enum mentor_status join_part(const struct survey_view *part, const char *from, const char *to, const struct def_question *q, struct change *pool)
{
	struct change c = { .n = 0 };
	enum mentor_status status = load_change(part, from, to, definition_question(part->survey, q->slug), &c);
	if (!status)
		join_change(pool, &c);
	free_change(&c);
	return status;
}

/* Cohorts of few responses, of whose people nobody is told who answered both times. */
static enum mentor_status join_gathered(const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct change *pool)
{
	const char *const stages[] = { from, to };
	const struct def_question *const questions[] = { q, later_of(v, q) };
	struct told *const pools[] = { &pool->before.told, &pool->after.told };
	bool counted = false;
	enum mentor_status status = told_gather(v, stages, questions, pools, 2, &counted);
	pool->everybody = pool->everybody && !counted;
	pool->few = pool->few || counted;
	return status;
}

static enum mentor_status load_pool(const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct change *c)
{
	size_t cells = told_cells(q);
	enum mentor_status status = told_pool(v, SUPPRESS_SCALE, cells, &c->before.told);
	if (!status)
		status = told_pool(v, SUPPRESS_SCALE, cells, &c->after.told);
	if (!status)
		status = told_pool(v, SUPPRESS_CHOICE, cells * cells, &c->pairs);
	c->everybody = true;
	for (size_t i = 0; !status && i < v->n_parts; i++)
		status = join_part(&v->parts[i], from, to, q, c);
	return status ? status : join_gathered(v, from, to, q, c);
}

static void sample(struct side *s, const struct def_question *q)
{
	s->n = people_in(&s->told);
	stats_sample(s->told.shown, told_cells(q), told_lowest(q), &s->sample);
}

static enum mentor_status count_change(
    const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct change *c)
{
	size_t cells = told_cells(q);
	enum mentor_status status = (v->n_parts ? load_pool : load_change)(v, from, to, q, c);
	c->changes = calloc(2 * cells, sizeof(*c->changes));
	if (!status && !c->changes)
		status = fail_memory(v->m);
	if (status)
		return status;
	c->apart = v->m->publishing && c->pairs.steps.level != SUPPRESS_COUNTS;
	sample(&c->before, q);
	sample(&c->after, q);
	sum_pairs(c, cells);
	/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): whoever has `c` frees it */
	return stats_change(c->changes, 2 * cells - 1, 1 - (int64_t)cells, &c->stats) ? MENTOR_OK : fail_memory(v->m);
}

/* In hundredths or ten-thousandths, halves away from zero; MENTOR_NONE for what is not a number. */
static int64_t scaled(double x, double times)
{
	return isnan(x) ? MENTOR_NONE : (int64_t)llround(x * times);
}

static bool is_shown(int64_t number)
{
	return number != MENTOR_SUPPRESSED && number != MENTOR_NONE;
}

static void write_means(struct change *c, const struct def_question *q, int64_t k, struct mentor_survey_change *row)
{
	told_summary(&c->before.told, told_lowest(q), k, &c->before.summary);
	told_summary(&c->after.told, told_lowest(q), k, &c->after.summary);
	row->cohorts = c->before.told.cohorts;
	row->withheld = c->before.told.left_out;
	row->before = c->before.summary.mean;
	row->after = c->after.summary.mean;
	if (row->before == MENTOR_NONE || row->after == MENTOR_NONE) {
		row->basis = MENTOR_SURVEY_NONE;
		row->change = MENTOR_NONE;
	} else if (!is_shown(row->before) || !is_shown(row->after)) {
		row->basis = MENTOR_SURVEY_WITHHELD;
		row->change = MENTOR_SUPPRESSED;
	} else {
		row->basis = c->everybody ? MENTOR_SURVEY_PAIRED : MENTOR_SURVEY_UNPAIRED;
		row->change = c->everybody && !c->apart ? suppress_ratio(c->sum, c->n) : row->after - row->before;
	}
}

/* Of people who answered both the figures of change go together (rule 4). Of a survey that links nobody, and where some answered once only, there
 * is the effect alone, which follows from the counts of both stages. */
static void write_counts(struct change *c, int64_t k, struct mentor_survey_change *row)
{
	int64_t counts[] = { c->stats.up, c->stats.same, c->stats.down };
	row->n = c->few ? MENTOR_SUPPRESSED : c->n;
	row->improved = row->same = row->worse = row->sd = row->effect = row->p = row->wilcoxon = MENTOR_NONE;
	if (row->basis == MENTOR_SURVEY_UNPAIRED && !c->before.summary.suppressed && !c->after.summary.suppressed)
		row->effect = scaled(stats_effect(&c->before.sample, &c->after.sample), 100);
	if (c->n == 0)
		return;
	bool shown = suppress_changes(counts, c->least, c->everybody && c->pairs.steps.level == SUPPRESS_COUNTS, k);
	row->improved = counts[0];
	row->same = counts[1];
	row->worse = counts[2];
	row->sd = shown ? scaled(c->stats.changes.sd, 100) : MENTOR_SUPPRESSED;
	row->p = shown ? scaled(c->stats.sign, 10000) : MENTOR_SUPPRESSED;
	row->wilcoxon = shown ? scaled(c->stats.wilcoxon, 10000) : MENTOR_SUPPRESSED;
	if (row->basis == MENTOR_SURVEY_PAIRED)
		row->effect = shown ? scaled(c->stats.effect, 100) : MENTOR_SUPPRESSED;
}

static bool any_withheld(const struct mentor_survey_change *row)
{
	const int64_t numbers[] = { row->n, row->before, row->after, row->change, row->improved, row->same, row->worse,
		row->sd, row->effect, row->p, row->wilcoxon };
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (numbers[i] == MENTOR_SUPPRESSED)
			return true;
	return false;
}

/* What the scale questions of one aim add up to. */
struct aim_sum {
	int64_t asked, withheld; /* questions */
	int64_t shown, change;   /* questions, and the sum of their changes */
};

static void add_change(struct aim_sum *sum, int64_t change)
{
	sum->asked++;
	sum->withheld += change == MENTOR_SUPPRESSED;
	if (is_shown(change)) {
		sum->shown++;
		sum->change += change;
	}
}

enum { LEVELS = 4, BOXES = 4 };

/* `each` or `sums` may be NULL. */
struct comparison {
	struct survey_view v;
	const char *from, *to;
	struct aim_sum *sums; /* one for each aim of the programme */
	struct aim_sum levels[LEVELS], boxes[BOXES];
	mentor_record_fn *each;
	void *arg;
};

/* Yes and no is on no scale. */
static void sum_up(struct comparison *c, const struct def_question *q, int64_t change)
{
	const struct def_aim *aim = q->aim ? definition_aim(c->v.d, q->aim) : NULL;
	if (q->kind != DEF_QUESTION_SCALE)
		return;
	if (aim && c->sums)
		add_change(&c->sums[aim - c->v.d->aims], change);
	if (q->level != MENTOR_NONE)
		add_change(&c->levels[q->level], change);
	if (q->box != MENTOR_NONE)
		add_change(&c->boxes[q->box], change);
}

static enum mentor_status compare_question(struct comparison *c, const struct def_question *q)
{
	struct change change = { .n = 0 };
	struct mentor_survey_change row = { .survey = c->v.survey->slug,
		.from = c->from,
		.to = c->to,
		.question = q->slug,
		.text = q->text,
		.aim = q->aim,
		.level = q->level,
		.box = q->box,
		.minimum = told_lowest(q),
		.maximum = told_highest(q) };
	enum mentor_status status = count_change(&c->v, c->from, c->to, q, &change);
	if (!status) {
		write_means(&change, q, c->v.k, &row);
		write_counts(&change, c->v.k, &row);
	}
	free_change(&change);
	if (status)
		return status;
	if (c->v.survey->anonymous && !q->then)
		row.n = MENTOR_NONE;
	row.suppressed = any_withheld(&row);
	sum_up(c, q, row.change);
	return c->each ? c->each(c->arg, &row) : MENTOR_OK;
}

/* Change is told of numbers that were asked for both times. */
static bool is_compared(const struct comparison *c, const struct def_question *q)
{
	return definition_is_measured(q) && !q->then && definition_asked_at(q, c->from) && definition_asked_at(q, c->to);
}

static enum mentor_status compare_questions(struct comparison *c)
{
	const struct def_survey *s = c->v.survey;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < s->n_questions; i++)
		if (is_compared(c, &s->questions[i]))
			status = compare_question(c, &s->questions[i]);
	return status;
}

/* ---- aims ---- */

static enum mentor_status new_sums(const struct survey_view *v, size_t n_surveys, struct aim_sum **ret)
{
	*ret = calloc(n_surveys * v->d->n_aims + 1, sizeof(**ret)); /* calloc(0) may be NULL */
	return *ret ? MENTOR_OK : fail_memory(v->m);
}

static enum mentor_survey_aim_state state_of(const struct aim_sum *sum)
{
	if (sum->asked == 0)
		return MENTOR_SURVEY_AIM_NOT_MEASURED;
	if (sum->shown > 0)
		return MENTOR_SURVEY_AIM_MEASURED;
	return sum->withheld > 0 ? MENTOR_SURVEY_AIM_WITHHELD : MENTOR_SURVEY_AIM_WAITING;
}

/* The change of an aim or kind: that of its questions as they are told. */
static int64_t change_of(const struct aim_sum *sum)
{
	return sum->shown ? suppress_ratio(sum->change, sum->shown * 100) : MENTOR_NONE;
}

static enum mentor_status tell_aim(
    const struct comparison *c, const struct def_aim *aim, const struct aim_sum *sum, mentor_record_fn *each, void *arg)
{
	struct mentor_buf plans = MENTOR_BUF_INIT;
	for (size_t i = 0; i < aim->n_plans; i++)
		mentor_buf_fmt(&plans, "%s%s", i == 0 ? "" : "\n", aim->plans[i]);
	const struct mentor_survey_aim row = { .survey = c->v.survey ? c->v.survey->slug : NULL,
		.from = c->from,
		.to = c->to,
		.aim = aim->slug,
		.text = aim->text,
		.questions = sum->shown,
		.change = change_of(sum),
		.state = state_of(sum),
		.plans = aim->n_plans ? mentor_buf_text(&plans) : NULL };
	enum mentor_status status = plans.failed ? fail_memory(c->v.m) : each(arg, &row);
	mentor_buf_free(&plans);
	return status;
}

static enum mentor_status tell_kinds(const struct aim_sum *sums, size_t n, const char *of, const char *const *words, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < n; i++) {
		const struct mentor_survey_kind row = { of, words[i], sums[i].shown, change_of(&sums[i]), state_of(&sums[i]) };
		if (sums[i].asked)
			status = each(arg, &row);
	}
	return status;
}

/* From the first to the last stage of a survey; of none when it is NULL. */
static void set_span(struct comparison *c, const struct def_survey *s)
{
	c->v.survey = s;
	c->from = s ? s->stages[0] : NULL;
	c->to = s ? s->stages[s->n_stages - 1] : NULL;
}

/* One row for every survey that asks about the aim. `sums` has the aims of the first survey, then those of the second … */
static enum mentor_status tell_everywhere(
    struct comparison *c, const struct aim_sum *sums, size_t aim, mentor_record_fn *each, void *arg)
{
	static const struct aim_sum nothing;
	const struct definition *d = c->v.d;
	enum mentor_status status = MENTOR_OK;
	bool told = false;
	for (size_t i = 0; !status && i < d->n_surveys; i++) {
		const struct aim_sum *sum = &sums[i * d->n_aims + aim];
		if (sum->asked == 0)
			continue;
		set_span(c, &d->surveys[i]);
		status = tell_aim(c, &d->aims[aim], sum, each, arg);
		told = true;
	}
	if (status || told)
		return status;
	set_span(c, NULL);
	return tell_aim(c, &d->aims[aim], &nothing, each, arg);
}

enum mentor_status mentor_survey_aims(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct comparison c = { .from = NULL };
	struct aim_sum *sums = NULL;
	enum mentor_status status = survey_open(&c.v, m, cohort);
	if (!status)
		status = new_sums(&c.v, c.v.d->n_surveys, &sums);
	for (size_t i = 0; !status && i < c.v.d->n_surveys; i++) {
		if (!survey_is_comparable(&c.v.d->surveys[i]))
			continue;
		set_span(&c, &c.v.d->surveys[i]);
		c.sums = &sums[i * c.v.d->n_aims];
		status = compare_questions(&c);
	}
	for (size_t i = 0; !status && i < c.v.d->n_aims; i++)
		status = tell_everywhere(&c, sums, i, each, arg);
	free(sums);
	survey_close(&c.v);
	return status;
}

/* ---- compare ---- */

static enum mentor_status check_stages(struct comparison *c)
{
	const struct def_survey *s = c->v.survey;
	if (s->n_stages < 2)
		return fail(c->v.m, MENTOR_INVALID, "a survey with two stages can be compared",
		    "the survey '%s' is asked only once", s->slug);
	c->from = c->from ? c->from : s->stages[0];
	c->to = c->to ? c->to : s->stages[s->n_stages - 1];
	enum mentor_status status = survey_check_asked(&c->v, c->from);
	if (!status)
		status = survey_check_asked(&c->v, c->to);
	if (!status && strcmp(c->from, c->to) == 0)
		return fail(c->v.m, MENTOR_INVALID, "name two stages; mentor survey list shows them",
		    "the survey '%s' cannot be compared from '%s' to '%s'", s->slug, c->from, c->to);
	return status;
}

static enum mentor_status compare_stages(struct comparison *c, mentor_record_fn *each_aim, void *arg)
{
	enum mentor_status status = check_stages(c);
	if (!status && each_aim)
		status = new_sums(&c->v, 1, &c->sums);
	if (!status)
		status = compare_questions(c);
	for (size_t i = 0; !status && each_aim && i < c->v.d->n_aims; i++)
		if (c->sums[i].asked)
			status = tell_aim(c, &c->v.d->aims[i], &c->sums[i], each_aim, arg);
	free(c->sums);
	c->sums = NULL;
	return status;
}

enum mentor_status mentor_survey_compare(struct mentor *m, int64_t cohort, const char *survey, const char *from,
    const char *to, mentor_record_fn *each, mentor_record_fn *each_aim, void *arg)
{
	struct comparison c = { .from = from, .to = to, .each = each, .arg = arg };
	enum mentor_status status = survey_open_one(&c.v, m, cohort, survey);
	if (!status)
		status = compare_stages(&c, each_aim, arg);
	survey_close(&c.v);
	return status;
}

/* ---- hindsight ---- */

static enum mentor_status compare_hindsight(struct comparison *c, const char *stage)
{
	c->from = c->to = stage ? stage : c->v.survey->stages[c->v.survey->n_stages - 1];
	enum mentor_status status = survey_check_asked(&c->v, c->to);
	for (size_t i = 0; !status && i < c->v.survey->n_questions; i++) {
		const struct def_question *q = &c->v.survey->questions[i];
		if (q->then && definition_is_measured(q) && definition_asked_at(q, c->to))
			status = compare_question(c, q);
	}
	return status;
}

enum mentor_status mentor_survey_hindsight(
    struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_record_fn *each, void *arg)
{
	struct comparison c = { .each = each, .arg = arg };
	enum mentor_status status = survey_open_one(&c.v, m, cohort, survey);
	if (!status)
		status = compare_hindsight(&c, stage);
	survey_close(&c.v);
	return status;
}

enum mentor_status mentor_survey_compare_across(struct mentor *m, const int64_t *cohorts, size_t n, const char *survey, const char *from, const char *to,
    mentor_report_fn *each, void *arg)
{
	struct telling questions = { each, arg, "questions" }, aims = { each, arg, "aims" }, kinds = { each, arg, "kinds" },
		       hindsight = { each, arg, "hindsight" };
	struct comparison c = { .from = from, .to = to, .each = tell_part, .arg = &questions };
	enum mentor_status status = survey_open_across(&c.v, m, cohorts, n, survey);
	if (!status)
		status = compare_stages(&c, tell_part, &aims);
	if (!status)
		status = tell_kinds(c.levels, LEVELS, "level", def_levels, tell_part, &kinds);
	if (!status)
		status = tell_kinds(c.boxes, BOXES, "box", def_boxes, tell_part, &kinds);
	c.arg = &hindsight;
	if (!status)
		status = compare_hindsight(&c, to);
	survey_close(&c.v);
	return status;
}

/* ---- notes ---- */

static void add_notes(struct mentor_buf *b, const char *const *notes, size_t n, unsigned which)
{
	for (size_t i = 0; i < n; i++)
		if (notes[i] && which & 1U << i)
			mentor_buf_fmt(b, "%s%s", b->len ? "\n" : "", notes[i]);
}

void mentor_survey_notes(struct mentor_buf *b, unsigned bases, unsigned states)
{
	/* clang-format off */
	static const char *const of_bases[] = {
		[MENTOR_SURVEY_PAIRED] = "Paired: the means are of the people who answered both times.",
		[MENTOR_SURVEY_UNPAIRED] = ("Unpaired: the means are of all who answered each time: either the survey is anonymous, or means "
					   "of only those who answered both times would tell the answers of the others."),
		[MENTOR_SURVEY_WITHHELD] = "Withheld: too few people answered, or a mean would tell what a few of them answered.",
	};
	/* clang-format on */
	static const char *const of_states[] = {
		[MENTOR_SURVEY_AIM_WAITING] =
		    "Waiting: the questions about the aim have not been answered at both stages "
		    "yet.",
		[MENTOR_SURVEY_AIM_NOT_MEASURED] =
		    "Not measured: no question of a survey with two stages names the aim.",
	};
	add_notes(b, of_bases, sizeof(of_bases) / sizeof(*of_bases), bases);
	add_notes(b, of_states, sizeof(of_states) / sizeof(*of_states), states);
}
