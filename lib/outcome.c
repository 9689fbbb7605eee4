/* outcome.c: what surveys say together: results, words and change, never anybody's answers. */
#include "ledger.h"
#include "record.h"
#include "stats.h"
#include "suppress.h"
#include "survey.h"

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
	{ "sd", MENTOR_TYPE_CENTI, MENTOR_WIDE, NUMBER(sd), .heading = "spread", .help = "standard deviation of the changes of people who answered both" },
	{ "effect", MENTOR_TYPE_CENTI, MENTOR_WIDE, NUMBER(effect), .help = "paired: Cohen's d_z, mean change / its standard deviation; unpaired: Cohen's d, difference of the means / pooled standard deviation" },
	{ "p", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(p), .heading = "p in 10,000", .help = "two-sided sign test in ten-thousandths" },
	{ "wilcoxon", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(wilcoxon), .heading = "p of ranks in 10,000", .help = "two-sided signed-rank test in ten-thousandths" },
	{ "minimum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_LOW, NUMBER(minimum), .help = "lowest answer of the scale" },
	{ "maximum", MENTOR_TYPE_INT, MENTOR_WIDE | MENTOR_CHART_HIGH, NUMBER(maximum), .help = "highest answer of the scale" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether small numbers are withheld" },
	{ "level", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(level), .choices = def_levels, .help = "what kind of outcome it shows, after Kirkpatrick" },
	{ "box", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(box), .choices = def_boxes, .help = "relationship or programme, process or outcome" },
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

/* ---- answers as they came in ---- */

/* The answers to one question at one stage that may be told of, or to two stages (suppress.h, rules 11 and 12). */
struct told {
	const struct survey_view *v;
	int64_t *shown, *waiting, *base, *counted; /* room for n cells each; base, counted: what was published, and what of that is still there */
	struct suppress_steps steps;
	struct mentor_buf what; /* in the ledger */
	int64_t since; /* batches up to this one were published; -1: none was */
	int64_t last; /* the newest batch that is taken in */
	bool withheld; /* may not be told beside what was published of other cohorts */
};

static struct ledger_subject subject_of(const struct told *t)
{
	return (struct ledger_subject){ mentor_buf_text(&t->what), &t->v->cohort, 1 };
}

/* `to`: the later stage of two; NULL: it is about one. */
static enum mentor_status told_new(const struct survey_view *v, const char *from, const char *to, const struct def_question *q, enum suppress_kind kind,
    size_t n, struct told *t)
{
	*t = (struct told){ .v = v, .shown = calloc(4 * n + 1, sizeof(*t->shown)), .what = MENTOR_BUF_INIT };
	if (!t->shown)
		return fail_memory(v->m);
	t->waiting = t->shown + n;
	t->base = t->waiting + n;
	t->counted = t->base + n;
	t->steps = (struct suppress_steps){ kind, v->k, n, t->shown, t->waiting, SUPPRESS_NOTHING };
	mentor_buf_fmt(&t->what, "survey %s, %s%s%s: %s", v->survey->slug, from, to ? " to " : "", to ? to : "", q->slug);
	const struct ledger_subject subject = subject_of(t);
	enum mentor_status status = t->what.failed ? fail_memory(v->m) : ledger_resume(v->m, &subject, &t->steps, &t->since);
	memcpy(t->base, t->shown, n * sizeof(*t->base));
	t->last = t->since;
	return status;
}

static void told_free(struct told *t)
{
	mentor_buf_free(&t->what);
	free(t->shown);
}

/* The cell that a row counts in; SIZE_MAX: in none, such as a number beyond the scale and a word that is no choice any more. */
typedef size_t cell_fn(const struct def_question *q, const struct db_rows *rows);

/* How many answers wait to be taken in. */
static int64_t count_waiting(const struct told *t)
{
	int64_t n = 0;
	for (size_t i = 0; i < t->steps.n; i++)
		n += t->steps.kind == SUPPRESS_TICKS && i + 1 < t->steps.n ? 0 : t->waiting[i];
	return n;
}

/* Takes in batch after batch: rows are a batch, what cell_of() needs, and behind that how many people; batches in order. Those that were
 * published are in already. */
static enum mentor_status told_load(const struct survey_view *v, const struct def_question *q, const char *sql, const struct db_value *args,
    size_t n_args, int count_at, cell_fn *cell_of, struct told *t)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t batch = t->last;
	enum mentor_status status = db_query(v->m, sql, args, n_args, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const size_t cell = cell_of(q, rows);
		const bool is_new = db_number(rows, 0) > t->since;
		if (is_new && db_number(rows, 0) != batch && suppress_step(&t->steps))
			t->last = batch;
		batch = is_new ? db_number(rows, 0) : batch;
		if (cell < t->steps.n)
			(is_new ? t->waiting : t->counted)[cell] += db_number(rows, count_at);
	}
	if (!status && suppress_step(&t->steps))
		t->last = batch;
	db_done(rows);
	if (status)
		return status;
	const bool left = t->since >= 0 && suppress_leave(&t->steps, t->base, t->counted);
	const struct ledger_subject subject = subject_of(t);
	return ledger_answers(v->m, &subject, &t->steps, t->last, left || count_waiting(t) > 0, &t->withheld);
}

#define ANSWERS "FROM response r JOIN response_value v ON v.response_id = r.id WHERE r.cohort_id = $1 AND r.survey = $2 AND r.stage = $3 AND v.question = $4"
#define BATCH "coalesce(r.batch_id, 0) AS batch"
#define QUESTION_ARGS(v, stage, q) DB_NUMBER((v)->cohort), DB_TEXT((v)->survey->slug), DB_TEXT(stage), DB_TEXT((q)->slug)

/* ---- results ---- */

static size_t cell_of_number(const struct def_question *q, const struct db_rows *rows)
{
	int64_t number = db_number(rows, 1);
	return number < lowest(q) || number > highest(q) ? SIZE_MAX : (size_t)(number - lowest(q));
}

/* Cell i: how many answered lowest + i. */
static enum mentor_status load_numbers(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t)
{
	enum mentor_status status = told_new(v, stage, NULL, q, SUPPRESS_SCALE, cells_of(q), t);
	return status ? status : told_load(v, q, "SELECT " BATCH ", v.number, count(*) " ANSWERS " AND v.number IS NOT NULL GROUP BY batch, v.number ORDER BY batch",
		    DB_ARGS(QUESTION_ARGS(v, stage, q)), 2, cell_of_number, t);
}

static size_t cell_of_text(const struct def_question *q, const struct db_rows *rows)
{
	(void)q;
	(void)rows;
	return 0;
}

/* Words may be passed on whose writer agrees, where the programme asks for that. */
#define AGREED " AND EXISTS (SELECT 1 FROM response_value c WHERE c.response_id = r.id AND c.question = $5 AND c.number = 1)"

static enum mentor_status load_texts(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t)
{
	static const char all[] = "SELECT " BATCH ", count(*) " ANSWERS " AND v.text IS NOT NULL GROUP BY batch ORDER BY batch";
	static const char agreed[] = "SELECT " BATCH ", count(*) " ANSWERS " AND v.text IS NOT NULL" AGREED " GROUP BY batch ORDER BY batch";
	const struct db_value args[] = { QUESTION_ARGS(v, stage, q), DB_TEXT(q->consent) };
	enum mentor_status status = told_new(v, stage, NULL, q, SUPPRESS_WORDS, 1, t);
	return status ? status : told_load(v, q, q->consent ? agreed : all, args, q->consent ? 5 : 4, 1, cell_of_text, t);
}

static enum mentor_status count_texts(
    const struct survey_view *v, const char *stage, const struct def_question *q, int64_t *ret)
{
	return db_value(v->m, "SELECT count(*) " ANSWERS " AND v.text IS NOT NULL", DB_ARGS(QUESTION_ARGS(v, stage, q)), 0, ret);
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
static enum mentor_status count_told(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t,
    struct suppress_summary *summary)
{
	enum mentor_status status = load_numbers(v, stage, q, t);
	if (!status)
		suppress_answers_at(t->shown, cells_of(q), lowest(q), v->k, t->steps.level, summary);
	return status;
}

static enum mentor_status result_of_numbers(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row)
{
	struct told t;
	struct suppress_summary summary = { 0 };
	enum mentor_status status = count_told(v, stage, q, &t, &summary);
	row->n = summary.n;
	row->mean = summary.mean;
	row->median = q->kind == DEF_QUESTION_YES_NO ? MENTOR_NONE : summary.median;
	row->minimum = lowest(q);
	row->maximum = highest(q);
	row->suppressed = summary.suppressed;
	row->waiting = status ? 0 : count_waiting(&t);
	told_free(&t);
	return status;
}

/* ---- choices ---- */

/** How many chose what, as it may be told. */
struct choices {
	struct told told;
	int64_t *counts; /* in the order of the programme */
	int64_t n;       /* who answered; of multi everybody who responded */
	bool suppressed;
};

/* Words that are among the choices no more count for nothing, as numbers beyond a scale do; without a word the row counts everybody. */
static size_t cell_of_choice(const struct def_question *q, const struct db_rows *rows)
{
	const char *word = db_text(rows, 1);
	size_t i = 0;
	while (word && i < q->n_choices && strcmp(q->choices[i], word) != 0)
		i++;
	return !word ? q->n_choices : i < q->n_choices ? i : SIZE_MAX;
}

static enum mentor_status load_choice(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t)
{
	enum mentor_status status = told_new(v, stage, NULL, q, SUPPRESS_CHOICE, q->n_choices, t);
	return status ? status : told_load(v, q, "SELECT " BATCH ", v.text, count(*) " ANSWERS " AND v.text IS NOT NULL GROUP BY batch, v.text ORDER BY batch",
		    DB_ARGS(QUESTION_ARGS(v, stage, q)), 2, cell_of_choice, t);
}

static enum mentor_status load_ticks(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t)
{
	enum mentor_status status = told_new(v, stage, NULL, q, SUPPRESS_TICKS, q->n_choices + 1, t);
	return status ? status : told_load(v, q,
		    "SELECT " BATCH ", v.text AS word, count(*) " ANSWERS " AND v.text IS NOT NULL GROUP BY batch, word UNION ALL "
		    "SELECT " BATCH ", NULL AS word, count(*) FROM response r WHERE r.cohort_id = $1 AND r.survey = $2 AND r.stage = $3 "
		    "GROUP BY batch ORDER BY batch",
		    DB_ARGS(QUESTION_ARGS(v, stage, q)), 2, cell_of_choice, t);
}

static enum mentor_status count_choices(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct choices *ret)
{
	bool multi = q->kind == DEF_QUESTION_MULTI;
	*ret = (struct choices){ .n = 0 };
	enum mentor_status status = (multi ? load_ticks : load_choice)(v, stage, q, &ret->told);
	if (status)
		return status;
	ret->counts = ret->told.shown;
	if (multi) {
		ret->suppressed = suppress_ticks(ret->counts, q->n_choices, ret->counts[q->n_choices], v->k);
		ret->n = suppress_count(ret->counts[q->n_choices], v->k);
	} else {
		struct suppress_summary summary; /* of which mean and median say nothing */
		suppress_answers_at(ret->counts, q->n_choices, 0, v->k, ret->told.steps.level, &summary);
		ret->suppressed = summary.suppressed;
		ret->n = summary.n;
	}
	return MENTOR_OK;
}

static enum mentor_status result_of_choices(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row)
{
	struct choices choices;
	enum mentor_status status = count_choices(v, stage, q, &choices);
	row->n = choices.n;
	row->suppressed = choices.suppressed;
	row->waiting = status ? 0 : count_waiting(&choices.told);
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
	told_free(&choices.told);
	return status;
}

static enum mentor_status list_numbers(
    const struct survey_view *v, const char *stage, const struct def_question *q, mentor_record_fn *each, void *arg)
{
	static const char *const yes_no[] = { "no", "yes" };
	struct told t;
	struct suppress_summary summary;
	enum mentor_status status = count_told(v, stage, q, &t, &summary);
	for (size_t i = 0; !status && i < cells_of(q); i++) {
		char number[24];
		snprintf(number, sizeof(number), "%" PRId64, lowest(q) + (int64_t)i);
		status = tell_answer(q, q->kind == DEF_QUESTION_YES_NO ? yes_no[i] : number, t.shown[i], each, arg);
	}
	told_free(&t);
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
	static const char all[] = "SELECT v.text " ANSWERS " AND v.text IS NOT NULL AND coalesce(r.batch_id, 0) <= $5 ORDER BY lower(v.text), v.text";
	static const char agreed[] = "SELECT v.text " ANSWERS " AND v.text IS NOT NULL" AGREED " AND coalesce(r.batch_id, 0) <= $6 ORDER BY lower(v.text), v.text";
	struct db_rows *rows = NULL;
	struct told t;
	bool more = true;
	enum mentor_status status = load_texts(v, stage, q, &t);
	const struct db_value args[] = { QUESTION_ARGS(v, stage, q), q->consent ? DB_TEXT(q->consent) : DB_NUMBER(t.last), DB_NUMBER(t.last) };
	bool told = !status && t.steps.level == SUPPRESS_COUNTS;
	told_free(&t);
	if (!told)
		return status;
	status = db_query(v->m, q->consent ? agreed : all, args, q->consent ? 6 : 5, &rows);
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
	struct told told;
	struct stats_sample sample; /* of the true counts */
	int64_t n;
	struct suppress_summary summary;
};

struct change {
	struct side before, after;
	struct told pairs;  /* cell before * cells + after: people who gave these two answers; nothing of an anonymous survey */
	int64_t *changes;   /* by how much: cell change + cells - 1 */
	int64_t n, sum;     /* of those who answered both: people, and the sum of their changes */
	int64_t least;      /* the smallest number of them who gave the same two answers */
	struct stats_change stats;
};

static size_t cell_of_pair(const struct def_question *q, const struct db_rows *rows)
{
	int64_t before = db_number(rows, 1), after = db_number(rows, 2);
	if (before < lowest(q) || before > highest(q) || after < lowest(q) || after > highest(q))
		return SIZE_MAX;
	return (size_t)(before - lowest(q)) * cells_of(q) + (size_t)(after - lowest(q));
}

/* The answers of one response to the question that is asked in hindsight and to the one that it is about. */
static enum mentor_status load_hindsight(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t)
{
	return told_load(v, q,
	    "SELECT coalesce(r.batch_id, 0) AS batch, b.number, a.number, count(*) FROM response r JOIN response_value b ON b.response_id = r.id "
	    "JOIN response_value a ON a.response_id = r.id WHERE r.cohort_id = $1 AND r.survey = $2 AND r.stage = $3 AND b.question = $4 "
	    "AND a.question = $5 AND b.number IS NOT NULL AND a.number IS NOT NULL GROUP BY batch, b.number, a.number ORDER BY batch",
	    DB_ARGS(QUESTION_ARGS(v, stage, q), DB_TEXT(q->then)), 3, cell_of_pair, t);
}

/* Two answers are a pair from the batch that brings the second. */
static enum mentor_status load_pairs(
    const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct told *t)
{
	return told_load(v, q,
	    "SELECT CASE WHEN coalesce(rb.batch_id, 0) > coalesce(ra.batch_id, 0) THEN coalesce(rb.batch_id, 0) ELSE coalesce(ra.batch_id, 0) END AS batch, "
	    "b.number, a.number, count(*) FROM response rb JOIN response ra ON ra.respondent_id = rb.respondent_id "
	    "JOIN response_value b ON b.response_id = rb.id JOIN response_value a ON a.response_id = ra.id AND a.question = b.question "
	    "WHERE rb.cohort_id = $1 AND rb.survey = $2 AND rb.stage = $3 AND ra.cohort_id = rb.cohort_id AND ra.survey = rb.survey "
	    "AND ra.stage = $4 AND b.question = $5 AND b.number IS NOT NULL AND a.number IS NOT NULL GROUP BY batch, b.number, a.number ORDER BY batch",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(from), DB_TEXT(to), DB_TEXT(q->slug)), 3, cell_of_pair, t);
}

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

static enum mentor_status load_side(const struct survey_view *v, const char *stage, const struct def_question *q, struct side *s)
{
	enum mentor_status status = load_numbers(v, stage, q, &s->told);
	for (size_t i = 0; !status && i < cells_of(q); i++)
		s->n += s->told.shown[i];
	if (!status)
		stats_sample(s->told.shown, cells_of(q), lowest(q), &s->sample);
	return status;
}

static enum mentor_status count_change(
    const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct change *c)
{
	size_t cells = cells_of(q);
	const struct def_question *later = q->then ? definition_question(v->survey, q->then) : q;
	enum mentor_status status = load_side(v, from, q, &c->before);
	if (!status)
		status = load_side(v, to, later, &c->after);
	if (!status)
		status = told_new(v, from, to, q, SUPPRESS_CHOICE, cells * cells, &c->pairs);
	c->changes = calloc(2 * cells, sizeof(*c->changes));
	if (!status && !c->changes)
		status = fail_memory(v->m);
	if (!status && q->then)
		status = load_hindsight(v, to, q, &c->pairs);
	else if (!status && !v->survey->anonymous) /* not even where answers to an earlier revision of it were linked */
		status = load_pairs(v, from, to, q, &c->pairs);
	if (status)
		return status;
	if (c->pairs.withheld) /* their mean would tell of them too */
		memset(c->pairs.shown, 0, c->pairs.steps.n * sizeof(*c->pairs.shown));
	sum_pairs(c, cells);
	/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): whoever has `c` frees it */
	return stats_change(c->changes, 2 * cells - 1, 1 - (int64_t)cells, &c->stats) ? MENTOR_OK : fail_memory(v->m);
}

static void free_change(struct change *c)
{
	told_free(&c->before.told);
	told_free(&c->after.told);
	told_free(&c->pairs);
	free(c->changes);
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

/* Whether the means of all who answered are those of the people who answered both times. */
static bool everybody_answered_both(const struct change *c)
{
	return c->n > 0 && c->before.n == c->n && c->after.n == c->n;
}

static void summarise(struct side *s, const struct def_question *q, int64_t k)
{
	suppress_answers_at(s->told.shown, cells_of(q), lowest(q), k, s->told.steps.level, &s->summary);
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
		/* published means may be of earlier days than pairs that were not */
		row->change = paired && (!c->pairs.v->m->publishing || c->pairs.steps.level == SUPPRESS_COUNTS) ? suppress_ratio(c->sum, c->n) : row->after - row->before;
	}
}

/* Of people who answered both the figures of change go together (rule 4). Of a survey that links nobody, and where some answered once only, there
 * is the effect alone, which follows from the counts of both stages. */
static void write_counts(struct change *c, int64_t k, struct mentor_survey_change *row)
{
	int64_t counts[] = { c->stats.up, c->stats.same, c->stats.down };
	row->n = suppress_count(c->n, k);
	row->improved = row->same = row->worse = row->sd = row->effect = row->p = row->wilcoxon = MENTOR_NONE;
	if (row->basis == MENTOR_SURVEY_UNPAIRED && !c->before.summary.suppressed && !c->after.summary.suppressed)
		row->effect = scaled(stats_effect(&c->before.sample, &c->after.sample), 100);
	if (c->n == 0)
		return;
	bool shown = suppress_changes(counts, c->least, everybody_answered_both(c) && c->pairs.steps.level == SUPPRESS_COUNTS, k);
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
		.level = q->level,
		.box = q->box,
		.minimum = lowest(q),
		.maximum = highest(q) };
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
	if (c->sums)
		add_to_aim(&c->v, c->sums, q, row.change);
	return c->each ? c->each(c->arg, &row) : MENTOR_OK;
}

/* Change is told of numbers that were asked for both times. */
static bool is_compared(const struct comparison *c, const struct def_question *q)
{
	return definition_is_measured(q) && !q->then && definition_asked_at(q, c->from) && definition_asked_at(q, c->to);
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

/* ---- hindsight ---- */

enum mentor_status mentor_survey_hindsight(
    struct mentor *m, int64_t cohort, const char *survey, const char *stage, mentor_record_fn *each, void *arg)
{
	struct comparison c = { .each = each, .arg = arg };
	enum mentor_status status = survey_open_one(&c.v, m, cohort, survey);
	if (!status)
		c.from = c.to = stage ? stage : c.v.survey->stages[c.v.survey->n_stages - 1];
	if (!status)
		status = survey_check_stage(&c.v, c.to);
	for (size_t i = 0; !status && i < c.v.survey->n_questions; i++) {
		const struct def_question *q = &c.v.survey->questions[i];
		if (q->then && definition_is_measured(q) && definition_asked_at(q, c.to))
			status = compare_question(&c, q);
	}
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
