/* told.c: answers as they came in, batch after batch, and what of them may be told (suppress.h has the rules). */
#include "told.h"

#include "record.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

int64_t told_lowest(const struct def_question *q)
{
	return q->kind == DEF_QUESTION_YES_NO ? 0 : q->minimum;
}

int64_t told_highest(const struct def_question *q)
{
	return q->kind == DEF_QUESTION_YES_NO ? 1 : q->maximum;
}

size_t told_cells(const struct def_question *q)
{
	return (size_t)(told_highest(q) - told_lowest(q) + 1);
}

static enum mentor_status told_new(const struct survey_view *v, enum suppress_kind kind, size_t n, struct told *t)
{
	*t = (struct told){ .shown = calloc(4 * n + 1, sizeof(*t->shown)), .what = MENTOR_BUF_INIT, .since = -1, .last = -1, .cohorts = MENTOR_NONE, .left_out = MENTOR_NONE };
	if (!t->shown)
		return fail_memory(v->m);
	t->waiting = t->shown + n;
	t->base = t->waiting + n;
	t->counted = t->base + n;
	t->steps = (struct suppress_steps){ kind, v->k, n, t->shown, t->waiting, SUPPRESS_NOTHING };
	return MENTOR_OK;
}

void told_free(struct told *t)
{
	mentor_buf_free(&t->what);
	free(t->shown);
}

/* ---- what was published ---- */

/* Answers of one cohort go on from what was published of them. `to`: the later stage of two; NULL: they are of one. */
static enum mentor_status resume(const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct told *t)
{
	mentor_buf_fmt(&t->what, "survey %s, %s%s%s: %s", v->survey->slug, from, to ? " to " : "", to ? to : "", q->slug);
	const struct ledger_subject subject = { mentor_buf_text(&t->what), &v->cohort, 1 };
	enum mentor_status status = t->what.failed ? fail_memory(v->m) : ledger_resume(v->m, &subject, &t->steps, &t->since);
	memcpy(t->base, t->shown, t->steps.n * sizeof(*t->base));
	t->last = t->since;
	return status;
}

static enum mentor_status publish(const struct survey_view *v, struct told *t)
{
	const bool left = t->since >= 0 && suppress_leave(&t->steps, t->base, t->counted);
	const struct ledger_subject subject = { mentor_buf_text(&t->what), &v->cohort, 1 };
	return ledger_answers(v->m, &subject, &t->steps, t->last, left || told_waiting(t) > 0, &t->withheld);
}

/* ---- one cohort ---- */

/* The cell that a row counts in; SIZE_MAX: in none, such as a number beyond the scale and a word that is no choice any more. */
typedef size_t cell_fn(const struct def_question *q, const struct db_rows *rows);

/* Takes in batch after batch: rows are a batch, what cell_of() needs, and behind that how many people; batches in order. Those that were
 * published are in already. */
static enum mentor_status load(const struct survey_view *v, const struct def_question *q, const char *sql, const struct db_value *args,
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
	return status ? status : publish(v, t);
}

#define OF_STAGE "WHERE r.cohort_id = $1 AND r.survey = $2 AND r.stage = $3"
#define ANSWERS "FROM response r JOIN response_value v ON v.response_id = r.id " OF_STAGE " AND v.question = $4"
#define BATCH "coalesce(r.batch_id, 0) AS batch"
#define QUESTION_ARGS(v, stage, q) DB_NUMBER((v)->cohort), DB_TEXT((v)->survey->slug), DB_TEXT(stage), DB_TEXT((q)->slug)

static size_t cell_of_number(const struct def_question *q, const struct db_rows *rows)
{
	int64_t number = db_number(rows, 1);
	return number < told_lowest(q) || number > told_highest(q) ? SIZE_MAX : (size_t)(number - told_lowest(q));
}

/* Words that are among the choices no more count for nothing, as numbers beyond a scale do; without a word the row counts everybody. */
static size_t cell_of_choice(const struct def_question *q, const struct db_rows *rows)
{
	const char *word = db_text(rows, 1);
	size_t i = 0;
	while (word && i < q->n_choices && strcmp(q->choices[i], word) != 0)
		i++;
	return !word ? q->n_choices : i < q->n_choices ? i : SIZE_MAX;
}

static size_t cell_of_text(const struct def_question *q, const struct db_rows *rows)
{
	(void)q;
	(void)rows;
	return 0;
}

/** How the answers to a kind of question are counted. */
struct kind {
	enum suppress_kind kind;
	const char *column; /* that holds the answer */
	cell_fn *cell_of;
};

static struct kind kind_of(const struct def_question *q)
{
	static const struct kind number = { SUPPRESS_SCALE, "v.number", cell_of_number }, choice = { SUPPRESS_CHOICE, "v.text", cell_of_choice },
				 ticks = { SUPPRESS_TICKS, "v.text", cell_of_choice };
	return definition_is_measured(q) ? number : q->kind == DEF_QUESTION_MULTI ? ticks : choice;
}

static size_t cells_of(const struct def_question *q)
{
	return definition_is_measured(q) ? told_cells(q) : q->n_choices + (q->kind == DEF_QUESTION_MULTI);
}

static enum mentor_status answers_of_cohort(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t)
{
	static const char *const sql[] = {
		[SUPPRESS_SCALE] = "SELECT " BATCH ", v.number, count(*) " ANSWERS " AND v.number IS NOT NULL GROUP BY batch, v.number ORDER BY batch",
		[SUPPRESS_CHOICE] = "SELECT " BATCH ", v.text, count(*) " ANSWERS " AND v.text IS NOT NULL GROUP BY batch, v.text ORDER BY batch",
		[SUPPRESS_TICKS] = "SELECT " BATCH ", v.text AS word, count(*) " ANSWERS " AND v.text IS NOT NULL GROUP BY batch, word UNION ALL "
				   "SELECT " BATCH ", NULL AS word, count(*) FROM response r " OF_STAGE " GROUP BY batch ORDER BY batch",
	};
	const struct kind kind = kind_of(q);
	enum mentor_status status = told_new(v, kind.kind, cells_of(q), t);
	if (!status)
		status = resume(v, stage, NULL, q, t);
	return status ? status : load(v, q, sql[kind.kind], DB_ARGS(QUESTION_ARGS(v, stage, q)), 2, kind.cell_of, t);
}

/* Words may be passed on whose writer agrees, where the programme asks for that. */
#define AGREED " AND EXISTS (SELECT 1 FROM response_value c WHERE c.response_id = r.id AND c.question = $5 AND c.number = 1)"

static enum mentor_status load_texts(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t)
{
	static const char all[] = "SELECT " BATCH ", count(*) " ANSWERS " AND v.text IS NOT NULL GROUP BY batch ORDER BY batch";
	static const char agreed[] = "SELECT " BATCH ", count(*) " ANSWERS " AND v.text IS NOT NULL" AGREED " GROUP BY batch ORDER BY batch";
	const struct db_value args[] = { QUESTION_ARGS(v, stage, q), DB_TEXT(q->consent) };
	enum mentor_status status = told_new(v, SUPPRESS_WORDS, 1, t);
	if (!status)
		status = resume(v, stage, NULL, q, t);
	return status ? status : load(v, q, q->consent ? agreed : all, args, q->consent ? 5 : 4, 1, cell_of_text, t);
}

enum mentor_status told_count_texts(const struct survey_view *v, const char *stage, const struct def_question *q, int64_t *ret)
{
	return db_value(v->m, "SELECT count(*) " ANSWERS " AND v.text IS NOT NULL", DB_ARGS(QUESTION_ARGS(v, stage, q)), 0, ret);
}

/** Words as they are collected, to be sorted: whose they are, and of which cohort, must not show. */
struct words {
	struct arena memory;
	const char **all;
	size_t n, room;
};

static void add_words(struct words *w, const char *text)
{
	if (w->n == w->room) {
		size_t room = w->room ? 2 * w->room : 64;
		const char **all = arena_alloc(&w->memory, room * sizeof(*all));
		if (!all)
			return;
		if (w->n)
			memcpy(all, w->all, w->n * sizeof(*all));
		w->all = all;
		w->room = room;
	}
	w->all[w->n++] = arena_strdup(&w->memory, text);
}

static enum mentor_status collect_texts(const struct survey_view *v, const char *stage, const struct def_question *q, struct words *w)
{
	static const char all[] = "SELECT v.text " ANSWERS " AND v.text IS NOT NULL AND coalesce(r.batch_id, 0) <= $5";
	static const char agreed[] = "SELECT v.text " ANSWERS " AND v.text IS NOT NULL" AGREED " AND coalesce(r.batch_id, 0) <= $6";
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
	while (!status && !(status = db_next(rows, &more)) && more)
		add_words(w, db_text(rows, 0));
	db_done(rows);
	return !status && w->memory.failed ? fail_memory(v->m) : status;
}

static int by_wording(const void *a, const void *b)
{
	const char *one = *(const char *const *)a, *other = *(const char *const *)b;
	int order = strcasecmp(one, other);
	return order ? order : strcmp(one, other);
}

enum mentor_status told_texts(const struct survey_view *v, const char *stage, const struct def_question *q, mentor_record_fn *each, void *arg)
{
	struct words w = { .memory = ARENA_INIT };
	enum mentor_status status = v->n_parts ? MENTOR_OK : collect_texts(v, stage, q, &w);
	for (size_t i = 0; !status && i < v->n_parts; i++)
		status = collect_texts(&v->parts[i], stage, definition_question(v->parts[i].survey, q->slug), &w);
	if (w.n)
		qsort(w.all, w.n, sizeof(*w.all), by_wording);
	for (size_t i = 0; !status && i < w.n; i++) {
		const struct mentor_survey_text row = { q->slug, q->text, w.all[i] };
		status = each(arg, &row);
	}
	arena_free(&w.memory);
	return status;
}

static size_t cell_of_pair(const struct def_question *q, const struct db_rows *rows)
{
	int64_t before = db_number(rows, 1), after = db_number(rows, 2), low = told_lowest(q), high = told_highest(q);
	if (before < low || before > high || after < low || after > high)
		return SIZE_MAX;
	return (size_t)(before - low) * told_cells(q) + (size_t)(after - low);
}

/* The answers of one response to the question that is asked in hindsight and to the one that it is about. */
static enum mentor_status load_hindsight(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t)
{
	return load(v, q,
	    "SELECT " BATCH ", b.number, a.number, count(*) FROM response r JOIN response_value b ON b.response_id = r.id "
	    "JOIN response_value a ON a.response_id = r.id " OF_STAGE " AND b.question = $4 "
	    "AND a.question = $5 AND b.number IS NOT NULL AND a.number IS NOT NULL GROUP BY batch, b.number, a.number ORDER BY batch",
	    DB_ARGS(QUESTION_ARGS(v, stage, q), DB_TEXT(q->then)), 3, cell_of_pair, t);
}

/* Two answers are a pair from the batch that brings the second. */
static enum mentor_status load_pairs(const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct told *t)
{
	return load(v, q,
	    "SELECT CASE WHEN coalesce(rb.batch_id, 0) > coalesce(ra.batch_id, 0) THEN coalesce(rb.batch_id, 0) ELSE coalesce(ra.batch_id, 0) END AS batch, "
	    "b.number, a.number, count(*) FROM response rb JOIN response ra ON ra.respondent_id = rb.respondent_id "
	    "JOIN response_value b ON b.response_id = rb.id JOIN response_value a ON a.response_id = ra.id AND a.question = b.question "
	    "WHERE rb.cohort_id = $1 AND rb.survey = $2 AND rb.stage = $3 AND ra.cohort_id = rb.cohort_id AND ra.survey = rb.survey "
	    "AND ra.stage = $4 AND b.question = $5 AND b.number IS NOT NULL AND a.number IS NOT NULL GROUP BY batch, b.number, a.number ORDER BY batch",
	    DB_ARGS(DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(from), DB_TEXT(to), DB_TEXT(q->slug)), 3, cell_of_pair, t);
}

enum mentor_status told_pairs(const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct told *t)
{
	enum mentor_status status = told_new(v, SUPPRESS_CHOICE, told_cells(q) * told_cells(q), t);
	if (!status)
		status = resume(v, from, to, q, t);
	if (!status && q->then)
		status = load_hindsight(v, to, q, t);
	else if (!status && !v->survey->anonymous) /* not even where answers to an earlier revision of it were linked */
		status = load_pairs(v, from, to, q, t);
	if (!status && t->withheld) /* their mean would tell of them too */
		memset(t->shown, 0, t->steps.n * sizeof(*t->shown));
	return status;
}

/* ---- by side ---- */

static enum told_side side_of(const char *role)
{
	static const char *const roles[] = { [TOLD_MENTORS] = "mentor", [TOLD_MENTEES] = "mentee", [TOLD_EITHER] = "either" };
	for (int i = 0; role && i < TOLD_UNKNOWN; i++)
		if (strcmp(role, roles[i]) == 0)
			return (enum told_side)i;
	return TOLD_UNKNOWN;
}

static void step_sides(struct told *total, struct told sides[TOLD_SIDES])
{
	struct suppress_steps steps[TOLD_SIDES];
	if (!suppress_step(&total->steps))
		return;
	for (int i = 0; i < TOLD_SIDES; i++)
		steps[i] = sides[i].steps;
	suppress_step_sides(steps, TOLD_SIDES, total->steps.level);
	for (int i = 0; i < TOLD_SIDES; i++)
		sides[i].steps.level = steps[i].level;
}

static enum mentor_status load_sides(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *total, struct told *sides)
{
	static const char *const sql[] = {
		[SUPPRESS_SCALE] = "SELECT " BATCH ", v.number, count(*), e.role FROM response r JOIN response_value v ON v.response_id = r.id "
				   "LEFT JOIN enrolment e ON e.id = r.respondent_id " OF_STAGE
				   " AND v.question = $4 AND v.number IS NOT NULL GROUP BY batch, v.number, e.role ORDER BY batch",
		[SUPPRESS_CHOICE] = "SELECT " BATCH ", v.text, count(*), e.role FROM response r JOIN response_value v ON v.response_id = r.id "
				    "LEFT JOIN enrolment e ON e.id = r.respondent_id " OF_STAGE
				    " AND v.question = $4 AND v.text IS NOT NULL GROUP BY batch, v.text, e.role ORDER BY batch",
	};
	const struct kind kind = kind_of(q);
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t batch = -1;
	enum mentor_status status = db_query(v->m, sql[kind.kind], DB_ARGS(QUESTION_ARGS(v, stage, q)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		size_t cell = kind.cell_of(q, rows);
		if (db_number(rows, 0) != batch)
			step_sides(total, sides);
		batch = db_number(rows, 0);
		if (cell >= total->steps.n)
			continue;
		total->waiting[cell] += db_number(rows, 2);
		sides[side_of(db_text(rows, 3))].waiting[cell] += db_number(rows, 2);
	}
	if (!status)
		step_sides(total, sides);
	db_done(rows);
	return status;
}

enum mentor_status told_sides(const struct survey_view *v, const char *stage, const struct def_question *q, struct told sides[TOLD_SIDES])
{
	struct told total;
	const struct kind kind = kind_of(q);
	enum mentor_status status = told_new(v, kind.kind, cells_of(q), &total);
	for (int i = 0; i < TOLD_SIDES; i++) {
		enum mentor_status made = told_new(v, kind.kind, cells_of(q), &sides[i]);
		status = status ? status : made;
	}
	if (!status)
		status = load_sides(v, stage, q, &total, sides);
	told_free(&total);
	return status;
}

/* ---- several cohorts ---- */

enum mentor_status told_pool(const struct survey_view *v, enum suppress_kind kind, size_t n, struct told *pool)
{
	enum mentor_status status = told_new(v, kind, n, pool);
	pool->cohorts = pool->left_out = 0;
	pool->steps.level = SUPPRESS_COUNTS;
	return status;
}

void told_join(struct told *pool, const struct told *t, enum suppress_joined joined)
{
	pool->cohorts += joined == SUPPRESS_COUNTED;
	pool->left_out += joined == SUPPRESS_LEFT_OUT;
	for (size_t i = 0; joined == SUPPRESS_COUNTED && i < pool->steps.n; i++)
		pool->waiting[i] += t->waiting[i];
}

/** The cohorts of the programme as of rule 13. */
struct gathering {
	struct told all;
	int64_t *cohorts; /* their numbers, n of them */
	struct suppress_member *members;
	int64_t *cells; /* of the batch at hand; behind them those that wait, cohort by cohort */
	size_t n;
	int64_t k;
};

static void gathering_free(struct gathering *g)
{
	told_free(&g->all);
	free(g->cohorts);
	free(g->members);
	free(g->cells);
}

#define OF_PROGRAMME "programme_id = (SELECT programme_id FROM cohort WHERE id = $1)"

static enum mentor_status list_cohorts(const struct survey_view *v, struct gathering *g, size_t n, size_t cells)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(v->m, "SELECT id FROM cohort WHERE " OF_PROGRAMME " ORDER BY id", DB_ARGS(DB_NUMBER(v->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more && g->n < n) {
		g->members[g->n].waiting = g->cells + (g->n + 1) * cells;
		g->cohorts[g->n++] = db_number(rows, 0);
	}
	db_done(rows);
	return status;
}

/* The stricter of two thresholds for what is told, and for what is never told alone the laxer. */
static enum mentor_status gathering_new(const struct survey_view *v, const struct def_question *q, struct gathering *g)
{
	size_t cells = cells_of(q);
	int64_t n = 0, most = v->k;
	*g = (struct gathering){ .k = v->k };
	for (size_t i = 0; i < v->n_parts; i++)
		most = v->parts[i].k > most ? v->parts[i].k : most;
	enum mentor_status status = told_new(v, kind_of(q).kind, cells, &g->all);
	g->all.steps.k = suppress_gathered(most);
	if (!status)
		status = db_value(v->m, "SELECT count(*) FROM cohort WHERE " OF_PROGRAMME, DB_ARGS(DB_NUMBER(v->cohort)), 0, &n);
	if (status)
		return status;
	g->cohorts = calloc((size_t)n + 1, sizeof(*g->cohorts));
	g->members = calloc((size_t)n + 1, sizeof(*g->members));
	g->cells = calloc(((size_t)n + 1) * cells + 1, sizeof(*g->cells));
	return g->cohorts && g->members && g->cells ? list_cohorts(v, g, (size_t)n, cells) : fail_memory(v->m);
}

static size_t member_of(const struct gathering *g, int64_t cohort)
{
	size_t i = 0;
	while (i < g->n && g->cohorts[i] != cohort)
		i++;
	return i;
}

static void gather_batch(struct gathering *g, size_t of, int64_t *responses)
{
	if (*responses > 0)
		suppress_gather(&g->all.steps, g->members, g->n, of, g->cells, *responses, g->k);
	/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): whoever has `g` frees it */
	memset(g->cells, 0, g->all.steps.n * sizeof(*g->cells));
	*responses = 0;
}

/* Rows without an answer are responses too. */
static enum mentor_status gather(const struct survey_view *v, const char *stage, const struct def_question *q, struct gathering *g)
{
#define GATHER(column)                                                                                                                                \
	"SELECT " BATCH ", " column ", count(*), r.cohort_id FROM response r JOIN cohort c ON c.id = r.cohort_id LEFT JOIN response_value v "            \
	"ON v.response_id = r.id AND v.question = $1 WHERE c.programme_id = (SELECT programme_id FROM cohort WHERE id = $2) AND r.survey = $3 "          \
	"AND r.stage = $4 "                                                                                                                           \
	"GROUP BY batch, r.cohort_id, " column " ORDER BY batch, r.cohort_id"
	static const char numbers[] = GATHER("v.number"), choices[] = GATHER("v.text");
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t batch = -1, responses = 0;
	size_t of = 0;
	enum mentor_status status = db_query(v->m, definition_is_measured(q) ? numbers : choices,
	    DB_ARGS(DB_TEXT(q->slug), DB_NUMBER(v->cohort), DB_TEXT(v->survey->slug), DB_TEXT(stage)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		size_t cell = kind_of(q).cell_of(q, rows), member = member_of(g, db_number(rows, 3));
		if (db_number(rows, 0) != batch || member != of)
			gather_batch(g, of, &responses);
		batch = db_number(rows, 0);
		of = member;
		responses += db_number(rows, 2);
		if (cell < g->all.steps.n)
			g->cells[cell] += db_number(rows, 2);
	}
	if (!status)
		gather_batch(g, of, &responses);
	db_done(rows);
	return status;
#undef GATHER
}

static bool has_part(const struct survey_view *v, int64_t cohort)
{
	for (size_t i = 0; i < v->n_parts; i++)
		if (v->parts[i].cohort == cohort)
			return true;
	return false;
}

/* Small cohorts count all at once, or not. */
static bool may_count(const struct survey_view *v, const struct gathering *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->members[i].counted && (g->members[i].responses >= g->k || !has_part(v, g->cohorts[i])))
			return false;
	return g->all.steps.level != SUPPRESS_NOTHING;
}

/* Small cohorts have no batches of their own to go on from: what they tell is set beside all that they told. */
static enum mentor_status publish_gathered(const struct survey_view *v, const char *stage, const struct def_question *q, struct gathering *g, bool *ret_told)
{
	struct mentor_buf what = MENTOR_BUF_INIT;
	bool withheld = false;
	mentor_buf_fmt(&what, "survey %s, %s: %s, of cohorts with few answers", v->survey->slug, stage, q->slug);
	const struct ledger_subject subject = { mentor_buf_text(&what), g->cohorts, g->n };
	enum mentor_status status = what.failed ? fail_memory(v->m) : ledger_answers(v->m, &subject, &g->all.steps, MENTOR_NONE, false, &withheld);
	mentor_buf_free(&what);
	*ret_told = !withheld;
	return status;
}

static bool same_members(const struct gathering *g, const struct gathering *other)
{
	for (size_t i = 0; g->n == other->n && i < g->n; i++)
		if (g->cohorts[i] != other->cohorts[i] || g->members[i].counted != other->members[i].counted)
			return false;
	return g->n == other->n;
}

static bool add_gathered(struct told *pool, const struct gathering *g)
{
	if (suppress_pool(&pool->steps, &g->all.steps) != SUPPRESS_COUNTED)
		return false;
	for (size_t i = 0; i < g->n; i++) {
		pool->cohorts += g->members[i].counted;
		pool->left_out -= g->members[i].counted;
	}
	return true;
}

enum mentor_status told_gather(const struct survey_view *v, const char *const *stages, const struct def_question *const *questions, struct told *const *pools,
    size_t n, bool *ret_counted)
{
	struct gathering g[TOLD_STAGES] = { { .n = 0 } };
	enum mentor_status status = MENTOR_OK;
	bool may = true;
	for (size_t i = 0; !status && i < n; i++) {
		status = gathering_new(v, questions[i], &g[i]);
		if (!status)
			status = gather(v, stages[i], questions[i], &g[i]);
		may = may && !status && may_count(v, &g[i]) && same_members(&g[0], &g[i]);
	}
	for (size_t i = 0; !status && may && i < n; i++)
		status = publish_gathered(v, stages[i], questions[i], &g[i], &may);
	may = may && !status;
	*ret_counted = may;
	for (size_t i = 0; i < n; i++) {
		*ret_counted = may && add_gathered(pools[i], &g[i]) && *ret_counted;
		gathering_free(&g[i]);
	}
	return status;
}

static enum mentor_status add_part(const struct survey_view *part, const char *stage, const struct def_question *q, struct told *pool)
{
	struct told t;
	enum mentor_status status = answers_of_cohort(part, stage, definition_question(part->survey, q->slug), &t);
	if (!status)
		told_join(pool, &t, suppress_pool(&pool->steps, &t.steps));
	told_free(&t);
	return status;
}

enum mentor_status told_answers(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t)
{
	if (v->n_parts == 0)
		return answers_of_cohort(v, stage, q, t);
	enum mentor_status status = told_pool(v, kind_of(q).kind, cells_of(q), t);
	for (size_t i = 0; !status && i < v->n_parts; i++)
		status = add_part(&v->parts[i], stage, q, t);
	bool counted;
	return status || q->kind == DEF_QUESTION_MULTI ? status : told_gather(v, &stage, &q, &t, 1, &counted);
}

/* ---- what may be said ---- */

static bool nobody_counts(const struct told *t)
{
	return t->cohorts == 0 && t->left_out > 0;
}

void told_summary(struct told *t, int64_t low, int64_t k, struct suppress_summary *ret)
{
	suppress_answers_at(t->shown, t->steps.n, low, k, t->steps.level, ret);
	if (!nobody_counts(t))
		return;
	*ret = (struct suppress_summary){ MENTOR_SUPPRESSED, MENTOR_SUPPRESSED, MENTOR_SUPPRESSED, true };
	for (size_t i = 0; i < t->steps.n; i++)
		t->shown[i] = MENTOR_SUPPRESSED;
}

bool told_ticks(struct told *t, int64_t k)
{
	size_t n = t->steps.n - 1;
	bool hidden = suppress_ticks(t->shown, n, t->shown[n], k);
	for (size_t i = 0; i <= n && nobody_counts(t); i++)
		t->shown[i] = MENTOR_SUPPRESSED;
	return hidden || nobody_counts(t);
}

int64_t told_waiting(const struct told *t)
{
	int64_t n = 0;
	for (size_t i = 0; i < t->steps.n; i++)
		n += t->steps.kind == SUPPRESS_TICKS && i + 1 < t->steps.n ? 0 : t->waiting[i];
	return n;
}
