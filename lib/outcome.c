/* outcome.c: what surveys say together: results, words and change, never anybody's answers. */
#include "record.h"
#include "suppress.h"
#include "survey.h"

#include <inttypes.h>
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
	{ "p", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(p), .heading = "p in 10,000", .help = "two-sided sign test in ten-thousandths" },
	{ "minimum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_LOW, NUMBER(minimum), .help = "lowest answer of the scale" },
	{ "maximum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_HIGH, NUMBER(maximum), .help = "highest answer of the scale" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether small numbers are withheld" },
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
/* clang-format on */

static int64_t lowest(const struct def_question *q)
{
	return q->kind == DEF_QUESTION_YES_NO ? 0 : q->minimum;
}

static int64_t highest(const struct def_question *q)
{
	return q->kind == DEF_QUESTION_YES_NO ? 1 : q->maximum;
}

static size_t cells_of(const struct def_question *q)
{
	return (size_t)(highest(q) - lowest(q) + 1);
}

/* ---- results ---- */

/* counts[i]: how many answered lowest + i. */
static enum mentor_status count_answers(
    const struct survey_view *v, const char *stage, const struct def_question *q, int64_t *counts)
{
	struct db_rows *rows = NULL;
	bool more = true;
	memset(counts, 0, SUPPRESS_MOST_CELLS * sizeof(*counts));
	enum mentor_status status = db_query(v->m,
	    "SELECT v.number, count(*) FROM response r JOIN response_value v ON v.response_id = r.id "
	    "WHERE r.cohort_id = $1 AND r.survey = $2 AND r.stage = $3 AND v.question = $4 AND v.number BETWEEN $5 AND "
	    "$6 GROUP BY v.number",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(stage), DB_TEXT(q->slug),
		DB_NUMBER(lowest(q)), DB_NUMBER(highest(q))),
	    &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		counts[db_number(rows, 0) - lowest(q)] = db_number(rows, 1);
	db_done(rows);
	return status;
}

static enum mentor_status count_texts(
    const struct survey_view *v, const char *stage, const struct def_question *q, int64_t *ret)
{
	return db_value(v->m,
	    "SELECT count(*) FROM response r JOIN response_value v ON v.response_id = r.id "
	    "WHERE r.cohort_id = $1 AND r.survey = $2 AND r.stage = $3 AND v.question = $4 AND v.text IS NOT NULL",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(stage), DB_TEXT(q->slug)), 0, ret);
}

static enum mentor_status result_of_text(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row)
{
	int64_t n = 0;
	enum mentor_status status = count_texts(v, stage, q, &n);
	row->n = suppress_count(n, v->k);
	row->suppressed = row->n == MENTOR_SUPPRESSED;
	row->mean = row->median = row->minimum = row->maximum = MENTOR_NONE;
	return status;
}

/* The counts of a question as they may be told, and what may be said about them. */
static enum mentor_status count_told(const struct survey_view *v, const char *stage, const struct def_question *q,
    int64_t *counts, struct suppress_summary *summary)
{
	enum mentor_status status = count_answers(v, stage, q, counts);
	if (!status)
		suppress_answers(counts, cells_of(q), lowest(q), v->k, summary);
	return status;
}

static enum mentor_status result_of_numbers(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row)
{
	int64_t counts[SUPPRESS_MOST_CELLS];
	struct suppress_summary summary;
	enum mentor_status status = count_told(v, stage, q, counts, &summary);
	if (status)
		return status;
	row->n = summary.n;
	row->mean = summary.mean;
	row->median = q->kind == DEF_QUESTION_YES_NO ? MENTOR_NONE : summary.median;
	row->minimum = lowest(q);
	row->maximum = highest(q);
	row->suppressed = summary.suppressed;
	return MENTOR_OK;
}

/* ---- choices ---- */

/** How many chose what, as it may be told. Free the counts. */
struct choices {
	int64_t *counts; /* in the order of the programme */
	int64_t n;       /* who answered; of multi everybody who responded */
	bool suppressed;
};

static size_t find_choice(const struct def_question *q, const char *word)
{
	size_t i = 0;
	while (i < q->n_choices && strcmp(q->choices[i], word) != 0)
		i++;
	return i;
}

/* Words that are among the choices no more count for nothing, as numbers beyond a scale do. */
static enum mentor_status count_words(
    const struct survey_view *v, const char *stage, const struct def_question *q, int64_t *counts)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(v->m,
	    "SELECT v.text, count(*) FROM response r JOIN response_value v ON v.response_id = r.id "
	    "WHERE r.cohort_id = $1 AND r.survey = $2 AND r.stage = $3 AND v.question = $4 AND v.text IS NOT NULL "
	    "GROUP BY v.text",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(stage), DB_TEXT(q->slug)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		size_t i = find_choice(q, db_text(rows, 0));
		if (i < q->n_choices)
			counts[i] = db_number(rows, 1);
	}
	db_done(rows);
	return status;
}

static enum mentor_status count_choices(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct choices *ret)
{
	int64_t people = 0;
	*ret = (struct choices){ calloc(q->n_choices + 1, sizeof(*ret->counts)), 0, false };
	if (!ret->counts)
		return fail_memory(v->m);
	enum mentor_status status = count_words(v, stage, q, ret->counts);
	if (!status && q->kind == DEF_QUESTION_MULTI) {
		status = survey_count_responses(v, v->survey->slug, stage, &people);
		ret->suppressed = suppress_ticks(ret->counts, q->n_choices, people, v->k);
		ret->n = suppress_count(people, v->k);
	} else if (!status) {
		struct suppress_summary summary;
		suppress_answers(
		    ret->counts, q->n_choices, 0, v->k, &summary); /* of which mean and median say nothing */
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
	row->mean = row->median = row->minimum = row->maximum = MENTOR_NONE;
	free(choices.counts);
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
			.question = q->slug, .text = q->text, .aim = q->aim, .kind = def_question_kinds[q->kind]
		};
		if (!definition_asked_at(q, stage))
			continue;
		status = results[q->kind](v, stage, q, &row);
		if (!status)
			status = each(arg, &row);
	}
	return status;
}

enum mentor_status mentor_survey_results(
    struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_record_fn *each, void *arg)
{
	struct survey_view v;
	enum mentor_status status = survey_open_one(&v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&v, stage);
	if (!status)
		status = each_result(&v, stage, each, arg);
	survey_close(&v);
	return status;
}

static enum mentor_status tell_answer(
    const struct def_question *q, const char *answer, int64_t count, mentor_record_fn *each, void *arg)
{
	const struct mentor_survey_answer row = {
		.question = q->slug, .answer = answer, .count = count, .suppressed = count == MENTOR_SUPPRESSED
	};
	return each(arg, &row);
}

static enum mentor_status list_choices(
    const struct survey_view *v, const char *stage, const struct def_question *q, mentor_record_fn *each, void *arg)
{
	struct choices choices;
	enum mentor_status status = count_choices(v, stage, q, &choices);
	for (size_t i = 0; !status && i < q->n_choices; i++)
		status = tell_answer(q, q->choices[i], choices.counts[i], each, arg);
	free(choices.counts);
	return status;
}

static enum mentor_status list_numbers(
    const struct survey_view *v, const char *stage, const struct def_question *q, mentor_record_fn *each, void *arg)
{
	static const char *const yes_no[] = { "no", "yes" };
	int64_t counts[SUPPRESS_MOST_CELLS];
	struct suppress_summary summary;
	enum mentor_status status = count_told(v, stage, q, counts, &summary);
	for (size_t i = 0; !status && i < cells_of(q); i++) {
		char number[24];
		snprintf(number, sizeof(number), "%" PRId64, lowest(q) + (int64_t)i);
		status = tell_answer(q, q->kind == DEF_QUESTION_YES_NO ? yes_no[i] : number, counts[i], each, arg);
	}
	return status;
}

enum mentor_status mentor_survey_answers(
    struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_record_fn *each, void *arg)
{
	struct survey_view v;
	enum mentor_status status = survey_open_one(&v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&v, stage);
	for (size_t i = 0; !status && i < v.survey->n_questions; i++) {
		const struct def_question *q = &v.survey->questions[i];
		if (q->kind != DEF_QUESTION_TEXT && definition_asked_at(q, stage))
			status = (definition_is_measured(q) ? list_numbers : list_choices)(&v, stage, q, each, arg);
	}
	survey_close(&v);
	return status;
}

static enum mentor_status list_texts(
    const struct survey_view *v, const char *stage, const struct def_question *q, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t n = 0;
	enum mentor_status status = count_texts(v, stage, q, &n);
	if (status || n < v->k)
		return status;
	status = db_query(v->m,
	    "SELECT v.text FROM response r JOIN response_value v ON v.response_id = r.id "
	    "WHERE r.cohort_id = $1 AND r.survey = $2 AND r.stage = $3 AND v.question = $4 AND v.text IS NOT NULL "
	    "ORDER BY lower(v.text), v.text",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(stage), DB_TEXT(q->slug)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_survey_text row = { q->slug, q->text, db_text(rows, 0) };
		status = each(arg, &row);
	}
	db_done(rows);
	return status;
}

enum mentor_status mentor_survey_texts(
    struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_record_fn *each, void *arg)
{
	struct survey_view v;
	enum mentor_status status = survey_open_one(&v, m, cohort, survey);
	if (!status)
		status = survey_check_stage(&v, stage);
	for (size_t i = 0; !status && i < v.survey->n_questions; i++)
		if (v.survey->questions[i].kind == DEF_QUESTION_TEXT &&
		    definition_asked_at(&v.survey->questions[i], stage))
			status = list_texts(&v, stage, &v.survey->questions[i], each, arg);
	survey_close(&v);
	return status;
}

/* ---- change ---- */

/* The answers to one question at one stage, of all who answered it. */
struct side {
	int64_t counts[SUPPRESS_MOST_CELLS];
	int64_t n;
	struct suppress_summary summary;
};

struct change {
	struct side before, after;
	int64_t n, sum;    /* of those who answered both: people, and the sum of their changes */
	int64_t least;     /* the smallest number of them who gave the same two answers */
	int64_t counts[3]; /* improved, same, worse */
};

static int64_t count_all(const int64_t *counts)
{
	int64_t n = 0;
	for (size_t i = 0; i < SUPPRESS_MOST_CELLS; i++)
		n += counts[i];
	return n;
}

/* The people who gave the same two answers. */
static void add_paired(struct change *c, int64_t before, int64_t after, int64_t people)
{
	if (c->n == 0 || people < c->least)
		c->least = people;
	c->n += people;
	c->sum += (after - before) * people;
	c->counts[after > before ? 0 : after == before ? 1 : 2] += people;
}

static enum mentor_status count_paired(
    const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct change *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(v->m,
	    "SELECT b.number, a.number, count(*) FROM response rb JOIN response ra ON ra.respondent_id = "
	    "rb.respondent_id "
	    "JOIN response_value b ON b.response_id = rb.id JOIN response_value a ON a.response_id = ra.id AND "
	    "a.question = b.question "
	    "WHERE rb.cohort_id = $1 AND rb.survey = $2 AND rb.stage = $3 AND ra.cohort_id = rb.cohort_id AND "
	    "ra.survey = rb.survey "
	    "AND ra.stage = $4 AND b.question = $5 AND b.number BETWEEN $6 AND $7 AND a.number BETWEEN $6 AND $7 GROUP "
	    "BY b.number, a.number",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(from), DB_TEXT(to), DB_TEXT(q->slug),
		DB_NUMBER(lowest(q)), DB_NUMBER(highest(q))),
	    &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		add_paired(c, db_number(rows, 0), db_number(rows, 1), db_number(rows, 2));
	db_done(rows);
	return status;
}

static enum mentor_status count_change(
    const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct change *c)
{
	enum mentor_status status = count_answers(v, from, q, c->before.counts);
	if (!status)
		status = count_answers(v, to, q, c->after.counts);
	if (!status && !v->survey->anonymous) /* not even where answers to an earlier revision of it were linked */
		status = count_paired(v, from, to, q, c);
	c->before.n = count_all(c->before.counts);
	c->after.n = count_all(c->after.counts);
	return status;
}

/* The product (n - x + 1) / 1 · … · n / x · 2^-n is kept near 1 by halving on the way, so no n is too large for it. The sum then
 * runs down from the largest term. */
static int64_t sign_test(int64_t improved, int64_t worse)
{
	int64_t n = improved + worse, x = improved < worse ? improved : worse, halvings = n;
	double term = 1, sum = 0;
	for (int64_t i = 1; i <= x; i++) {
		term *= (double)(n - x + i) / (double)i;
		for (; term > 1 && halvings > 0; halvings--)
			term /= 2;
	}
	for (; halvings > 0 && term > 0; halvings--)
		term /= 2;
	for (int64_t i = x; i >= 0; i--) {
		sum += term;
		term *= (double)i / (double)(n - i + 1);
	}
	return sum >= 0.5 ? 10000 : (int64_t)(sum * 20000 + 0.5);
}

static bool is_shown(int64_t number)
{
	return number != MENTOR_SUPPRESSED && number != MENTOR_NONE;
}

/* Whether the means of all who answered are those of the people who answered both times. */
static bool everybody_answered_both(const struct change *c)
{
	return c->n > 0 && c->before.n == c->n && c->after.n == c->n;
}

static void summarise(struct side *s, const struct def_question *q, int64_t k)
{
	suppress_answers(s->counts, cells_of(q), lowest(q), k, &s->summary);
}

static void write_means(struct change *c, const struct def_question *q, int64_t k, struct mentor_survey_change *row)
{
	bool paired = everybody_answered_both(c);
	summarise(&c->before, q, k);
	summarise(&c->after, q, k);
	row->before = c->before.summary.mean;
	row->after = c->after.summary.mean;
	if (c->before.n == 0 || c->after.n == 0) {
		row->basis = MENTOR_SURVEY_NONE;
		row->change = MENTOR_NONE;
	} else if (!is_shown(row->before) || !is_shown(row->after)) {
		row->basis = MENTOR_SURVEY_WITHHELD;
		row->change = MENTOR_SUPPRESSED;
	} else {
		row->basis = paired ? MENTOR_SURVEY_PAIRED : MENTOR_SURVEY_UNPAIRED;
		row->change = paired ? suppress_ratio(c->sum, c->n) : row->after - row->before;
	}
}

static void write_counts(struct change *c, int64_t k, struct mentor_survey_change *row)
{
	int64_t improved = c->counts[0], worse = c->counts[2];
	row->n = suppress_count(c->n, k);
	row->improved = row->same = row->worse = row->p = MENTOR_NONE;
	if (c->n == 0)
		return;
	bool shown = suppress_changes(c->counts, c->least, everybody_answered_both(c), k);
	row->improved = c->counts[0];
	row->same = c->counts[1];
	row->worse = c->counts[2];
	row->p = shown ? sign_test(improved, worse) : MENTOR_SUPPRESSED;
}

static bool any_withheld(const struct mentor_survey_change *row)
{
	const int64_t numbers[] = { row->n, row->before, row->after, row->change, row->improved, row->same, row->worse,
		row->p };
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

static void add_to_aim(const struct survey_view *v, struct aim_sum *sums, const struct def_question *q, int64_t change)
{
	const struct def_aim *aim = q->aim && q->kind == DEF_QUESTION_SCALE ? definition_aim(v->d, q->aim) : NULL;
	if (!aim)
		return;
	struct aim_sum *sum = &sums[aim - v->d->aims];
	sum->asked++;
	sum->withheld += change == MENTOR_SUPPRESSED;
	if (is_shown(change)) {
		sum->shown++;
		sum->change += change;
	}
}

/* `each` or `sums` may be NULL. */
struct comparison {
	struct survey_view v;
	const char *from, *to;
	struct aim_sum *sums; /* one for each aim of the programme */
	mentor_record_fn *each;
	void *arg;
};

static enum mentor_status compare_question(const struct comparison *c, const struct def_question *q)
{
	struct change change = { .n = 0 };
	struct mentor_survey_change row = { .survey = c->v.survey->slug,
		.from = c->from,
		.to = c->to,
		.question = q->slug,
		.text = q->text,
		.aim = q->aim,
		.minimum = lowest(q),
		.maximum = highest(q) };
	enum mentor_status status = count_change(&c->v, c->from, c->to, q, &change);
	if (status)
		return status;
	write_means(&change, q, c->v.k, &row);
	write_counts(&change, c->v.k, &row);
	if (c->v.survey->anonymous)
		row.n = MENTOR_NONE;
	row.suppressed = any_withheld(&row);
	if (c->sums)
		add_to_aim(&c->v, c->sums, q, row.change);
	return c->each ? c->each(c->arg, &row) : MENTOR_OK;
}

/* Change is told of numbers that were asked for both times. */
static bool is_compared(const struct comparison *c, const struct def_question *q)
{
	return definition_is_measured(q) && definition_asked_at(q, c->from) && definition_asked_at(q, c->to);
}

static enum mentor_status compare_questions(const struct comparison *c)
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
		.change = sum->shown ? suppress_ratio(sum->change, sum->shown * 100) : MENTOR_NONE,
		.state = state_of(sum),
		.plans = aim->n_plans ? mentor_buf_text(&plans) : NULL };
	enum mentor_status status = plans.failed ? fail_memory(c->v.m) : each(arg, &row);
	mentor_buf_free(&plans);
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
	enum mentor_status status = survey_check_stage(&c->v, c->from);
	if (!status)
		status = survey_check_stage(&c->v, c->to);
	if (!status && strcmp(c->from, c->to) == 0)
		return fail(c->v.m, MENTOR_INVALID, "name two stages; mentor survey list shows them",
		    "the survey '%s' cannot be compared from '%s' to '%s'", s->slug, c->from, c->to);
	return status;
}

enum mentor_status mentor_survey_compare(struct mentor *m, int64_t cohort, const char *survey, const char *from,
    const char *to, mentor_record_fn *each, mentor_record_fn *each_aim, void *arg)
{
	struct comparison c = { .from = from, .to = to, .each = each, .arg = arg };
	enum mentor_status status = survey_open_one(&c.v, m, cohort, survey);
	if (!status)
		status = check_stages(&c);
	if (!status && each_aim)
		status = new_sums(&c.v, 1, &c.sums);
	if (!status)
		status = compare_questions(&c);
	for (size_t i = 0; !status && each_aim && i < c.v.d->n_aims; i++)
		if (c.sums[i].asked)
			status = tell_aim(&c, &c.v.d->aims[i], &c.sums[i], each_aim, arg);
	free(c.sums);
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
