/* outcome.c: what surveys say together: results, words and change, never anybody's answers. */
#include "record.h"
#include "suppress.h"
#include "survey.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {
	[DEF_QUESTION_SCALE] = "scale", [DEF_QUESTION_YES_NO] = "yes-no", [DEF_QUESTION_TEXT] = "text", NULL
};
static const char *const bases[] = { "paired", "unpaired", "withheld", "none", NULL };

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_survey_result, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_survey_result, member)
const struct mentor_field mentor_survey_result_fields[] = {
	{ "question", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(question), .help = "short name of the question" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(text), .heading = "question", .help = "the question as asked" },
	{ "aim", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(aim), .help = "the aim it measures" },
	{ "kind", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(kind), .help = "scale, yes-no or text" },
	{ "n", MENTOR_TYPE_INT, 0, NUMBER(n), .heading = "answers", .help = "how many answered" },
	{ "mean", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(mean), .help = "mean answer; of yes-no the share of yes" },
	{ "median", MENTOR_TYPE_CENTI, 0, NUMBER(median), .help = "median answer" },
	{ "distribution", MENTOR_TYPE_LIST, 0, TEXT(distribution), .help = "how many gave each answer" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether small numbers are withheld" },
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
	{ "n", MENTOR_TYPE_INT, 0, NUMBER(n), .heading = "answered both", .help = "people who answered both stages" },
	{ "basis", MENTOR_TYPE_CHOICE, 0, NUMBER(basis), .choices = bases, .heading = "means", .help = "paired: of people who answered both; unpaired: of all who answered each stage" },
	{ "before", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(before), .help = "mean at the earlier stage" },
	{ "after", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(after), .help = "mean at the later stage" },
	{ "change", MENTOR_TYPE_CENTI, 0, NUMBER(change), .help = "difference of the means" },
	{ "improved", MENTOR_TYPE_INT, 0, NUMBER(improved), .help = "people whose answer went up" },
	{ "same", MENTOR_TYPE_INT, 0, NUMBER(same), .help = "people whose answer stayed" },
	{ "worse", MENTOR_TYPE_INT, 0, NUMBER(worse), .help = "people whose answer went down" },
	{ "p", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(p), .heading = "p in 10,000", .help = "two-sided sign test in ten-thousandths" },
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
	{ "change", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(change), .help = "mean change of these questions" },
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

static void write_distribution(struct mentor_buf *b, const struct def_question *q, const int64_t *counts)
{
	for (size_t i = 0; i < cells_of(q); i++) {
		if (i > 0)
			mentor_buf_char(b, '\n');
		if (q->kind == DEF_QUESTION_YES_NO)
			mentor_buf_str(b, i ? "yes: " : "no: ");
		else
			mentor_buf_fmt(b, "%" PRId64 ": ", lowest(q) + (int64_t)i);
		if (counts[i] == MENTOR_SUPPRESSED)
			mentor_buf_str(b, "[c]");
		else
			mentor_buf_fmt(b, "%" PRId64, counts[i]);
	}
}

static enum mentor_status result_of_text(
    const struct survey_view *v, const char *stage, const struct def_question *q, struct mentor_survey_result *row)
{
	int64_t n = 0;
	enum mentor_status status = count_texts(v, stage, q, &n);
	row->n = suppress_count(n, v->k);
	row->suppressed = row->n == MENTOR_SUPPRESSED;
	row->mean = row->median = MENTOR_NONE;
	return status;
}

static enum mentor_status result_of_numbers(const struct survey_view *v, const char *stage, const struct def_question *q,
    struct mentor_survey_result *row, struct mentor_buf *distribution)
{
	int64_t counts[SUPPRESS_MOST_CELLS];
	struct suppress_summary summary;
	enum mentor_status status = count_answers(v, stage, q, counts);
	if (status)
		return status;
	suppress_answers(counts, cells_of(q), lowest(q), v->k, &summary);
	write_distribution(distribution, q, counts);
	row->n = summary.n;
	row->mean = summary.mean;
	row->median = q->kind == DEF_QUESTION_YES_NO ? MENTOR_NONE : summary.median;
	row->suppressed = summary.suppressed;
	row->distribution = mentor_buf_text(distribution);
	return distribution->failed ? fail_memory(v->m) : MENTOR_OK;
}

static enum mentor_status each_result(const struct survey_view *v, const char *stage, mentor_record_fn *each, void *arg)
{
	struct mentor_buf distribution = MENTOR_BUF_INIT;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < v->survey->n_questions; i++) {
		const struct def_question *q = &v->survey->questions[i];
		struct mentor_survey_result row = {
			.question = q->slug, .text = q->text, .aim = q->aim, .kind = kinds[q->kind]
		};
		mentor_buf_clear(&distribution);
		status = q->kind == DEF_QUESTION_TEXT ? result_of_text(v, stage, q, &row)
						      : result_of_numbers(v, stage, q, &row, &distribution);
		if (!status)
			status = each(arg, &row);
	}
	mentor_buf_free(&distribution);
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
		if (v.survey->questions[i].kind == DEF_QUESTION_TEXT)
			status = list_texts(&v, stage, &v.survey->questions[i], each, arg);
	survey_close(&v);
	return status;
}

/* ---- compare ---- */

/* The answers to one question at one stage: of all, and of those who answered the other stage as well. */
struct side {
	int64_t all[SUPPRESS_MOST_CELLS], paired[SUPPRESS_MOST_CELLS];
	int64_t n; /* of all */
	struct suppress_summary summary;
};

struct change {
	struct side before, after;
	int64_t n, sum;    /* paired: people, and the sum of their changes */
	int64_t counts[3]; /* improved, same, worse */
};

static int64_t count_all(const int64_t *counts)
{
	int64_t n = 0;
	for (size_t i = 0; i < SUPPRESS_MOST_CELLS; i++)
		n += counts[i];
	return n;
}

static void add_paired(struct change *c, int64_t low, int64_t before, int64_t after, int64_t people)
{
	c->before.paired[before - low] += people;
	c->after.paired[after - low] += people;
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
		add_paired(c, lowest(q), db_number(rows, 0), db_number(rows, 1), db_number(rows, 2));
	db_done(rows);
	return status;
}

static enum mentor_status count_change(
    const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct change *c)
{
	enum mentor_status status = count_answers(v, from, q, c->before.all);
	if (!status)
		status = count_answers(v, to, q, c->after.all);
	if (!status)
		status = count_paired(v, from, to, q, c);
	c->before.n = count_all(c->before.all);
	c->after.n = count_all(c->after.all);
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

static void summarise(struct side *s, const struct def_question *q, int64_t k, bool paired)
{
	int64_t counts[SUPPRESS_MOST_CELLS];
	memcpy(counts, paired ? s->paired : s->all, sizeof(counts));
	suppress_answers(counts, cells_of(q), lowest(q), k, &s->summary);
}

/* Means of the two groups: the same people where that tells nothing about the others, else all who answered. */
static void write_means(struct change *c, const struct def_question *q, int64_t k, struct mentor_survey_change *row)
{
	bool paired = c->n >= k && suppress_outside_is_safe(c->before.n - c->n, k) &&
		      suppress_outside_is_safe(c->after.n - c->n, k);
	summarise(&c->before, q, k, paired);
	summarise(&c->after, q, k, paired);
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

static void write_counts(struct change *c, const struct def_question *q, int64_t k, struct mentor_survey_change *row)
{
	int64_t improved = c->counts[0], worse = c->counts[2];
	row->n = suppress_count(c->n, k);
	row->improved = row->same = row->worse = row->p = MENTOR_NONE;
	if (c->n == 0)
		return;
	if (row->basis != MENTOR_SURVEY_PAIRED) {
		suppress_column(c->counts, 3, k);
	} else if (!suppress_changes(c->counts, c->sum, highest(q) - lowest(q), k)) {
		row->basis = MENTOR_SURVEY_WITHHELD;
		row->before = row->after = row->change = MENTOR_SUPPRESSED;
	}
	row->improved = c->counts[0];
	row->same = c->counts[1];
	row->worse = c->counts[2];
	bool shown = is_shown(row->improved) && is_shown(row->worse);
	row->p = shown ? sign_test(improved, worse) : MENTOR_SUPPRESSED;
}

/* Sums up the changes of the questions of each aim, in the order of the programme's aims. */
struct aims {
	int64_t *questions, *changes, *asked;
};

static void add_to_aim(const struct survey_view *v, const struct aims *aims, const struct def_question *q, int64_t change)
{
	const struct def_aim *aim = q->aim && q->kind == DEF_QUESTION_SCALE ? definition_aim(v->d, q->aim) : NULL;
	if (!aim)
		return;
	size_t i = (size_t)(aim - v->d->aims);
	aims->asked[i]++;
	if (is_shown(change)) {
		aims->questions[i]++;
		aims->changes[i] += change;
	}
}

struct comparison {
	struct survey_view v;
	const char *from, *to;
	mentor_record_fn *each, *each_aim;
	void *arg;
};

static enum mentor_status compare_question(
    const struct comparison *c, const struct def_question *q, const struct aims *aims)
{
	struct change change = { .n = 0 };
	struct mentor_survey_change row = { .survey = c->v.survey->slug,
		.from = c->from,
		.to = c->to,
		.question = q->slug,
		.text = q->text,
		.aim = q->aim };
	enum mentor_status status = count_change(&c->v, c->from, c->to, q, &change);
	if (status)
		return status;
	write_means(&change, q, c->v.k, &row);
	write_counts(&change, q, c->v.k, &row);
	add_to_aim(&c->v, aims, q, row.change);
	return c->each ? c->each(c->arg, &row) : MENTOR_OK;
}

static enum mentor_status each_aim(const struct comparison *c, const struct aims *aims)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && c->each_aim && i < c->v.d->n_aims; i++) {
		int64_t n = aims->questions[i];
		const struct mentor_survey_aim row = { c->v.survey->slug, c->from, c->to, c->v.d->aims[i].slug,
			c->v.d->aims[i].text, n, n ? suppress_ratio(aims->changes[i], n * 100) : MENTOR_NONE };
		if (aims->asked[i])
			status = c->each_aim(c->arg, &row);
	}
	return status;
}

static enum mentor_status compare_all(const struct comparison *c)
{
	const struct def_survey *s = c->v.survey;
	size_t n = c->v.d->n_aims + 1; /* calloc(0) may be NULL */
	int64_t *sums = calloc(3 * n, sizeof(*sums));
	if (!sums)
		return fail_memory(c->v.m);
	const struct aims aims = { sums, sums + n, sums + 2 * n };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < s->n_questions; i++)
		if (s->questions[i].kind != DEF_QUESTION_TEXT)
			status = compare_question(c, &s->questions[i], &aims);
	if (!status)
		status = each_aim(c, &aims);
	free(sums);
	return status;
}

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
    const char *to, mentor_record_fn *each, mentor_record_fn *each_aim_fn, void *arg)
{
	struct comparison c = { .from = from, .to = to, .each = each, .each_aim = each_aim_fn, .arg = arg };
	enum mentor_status status = survey_open_one(&c.v, m, cohort, survey);
	if (!status)
		status = check_stages(&c);
	if (!status)
		status = compare_all(&c);
	survey_close(&c.v);
	return status;
}
