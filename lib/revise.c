/* revise.c: a programme's new revision beside the old one: what it says otherwise, what that does to cohorts at work, and following it. */
#include "revise.h"

#include "contract.h"
#include "pool.h"
#include "record.h"
#include "rule.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_programme_change, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_programme_change, member)
const struct mentor_field mentor_programme_change_fields[] = {
	{ "key", MENTOR_TYPE_TEXT, 0, TEXT(key), .help = "what is said otherwise" },
	{ "before", MENTOR_TYPE_NOTE, 0, TEXT(before), .help = "what the stored revision says" },
	{ "after", MENTOR_TYPE_NOTE, 0, TEXT(after), .help = "what the file says" },
	{ "means", MENTOR_TYPE_TEXT, 0, TEXT(means), .help = "what the key is" },
	{ "revision", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(revision), .help = "the stored revision" },
	{ "cohorts", MENTOR_TYPE_LIST, 0, TEXT(cohorts), .help = "the cohorts that follow it and have not finished" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_programme_effect, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_programme_effect, member)
const struct mentor_field mentor_programme_effect_fields[] = {
	{ "cohort", MENTOR_TYPE_TEXT, 0, TEXT(cohort), .help = "the cohort" },
	{ "record", MENTOR_TYPE_TEXT, 0, TEXT(record), .help = "what it is about, such as a pair" },
	{ "effect", MENTOR_TYPE_TEXT, 0, TEXT(effect), .help = "what would become of it" },
	{ "breaks", MENTOR_TYPE_BOOL, 0, NUMBER(breaks), .help = "whether records would become invalid" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- effects ---- */

/** One look at a cohort. */
struct look {
	struct mentor *m;
	int64_t cohort;
	const char *slug;
	struct definition *from, *to;
	mentor_record_fn *each;
	void *arg;
	size_t breaks;
};

static enum mentor_status tell(struct look *l, bool breaks, const char *record, const char *format, ...) MENTOR_PRINTF(4, 5);
static enum mentor_status tell(struct look *l, bool breaks, const char *record, const char *format, ...)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	va_list args;
	va_start(args, format);
	mentor_buf_vfmt(&text, format, args);
	va_end(args);
	const struct mentor_programme_effect effect = { l->slug, breaks, record, mentor_buf_text(&text) };
	enum mentor_status status = text.failed ? fail_memory(l->m) : l->each(l->arg, &effect);
	l->breaks += breaks;
	mentor_buf_free(&text);
	return status;
}

static void pair_reference(char out[24], int64_t pair)
{
	(void)snprintf(out, 24, "%c%" PRId64, mentor_entity_pair.letter, pair);
}

/* ---- contracts ---- */

static enum mentor_status look_at_contract(void *arg, const void *record)
{
	struct look *l = arg;
	const struct mentor_contract *c = record;
	char reference[24];
	int64_t active = 0;
	bool was_broken = l->m->broken;
	enum mentor_status status = db_value(l->m, "SELECT count(*) FROM pair WHERE id = $1 AND state = 'active'", DB_ARGS(DB_NUMBER(c->pair)), 0, &active);
	if (status || !active || c->standing == MENTOR_CONTRACT_REPLACED || !contract_check_terms(l->m, &l->to->contract, c))
		return status;
	const char *why = mentor_keep(l->m, mentor_error(l->m)->message);
	error_forget(l->m, was_broken);
	pair_reference(reference, c->pair);
	return why ? tell(l, true, reference, "the contract is outside what would be allowed: %s", why) : MENTOR_NO_MEMORY;
}

static enum mentor_status look_at_contracts(struct look *l)
{
	struct mentor_buf id = MENTOR_BUF_INIT;
	mentor_buf_fmt(&id, "%" PRId64, l->cohort);
	const struct mentor_filter of_cohort = { "cohort_id", mentor_buf_text(&id) };
	enum mentor_status status = id.failed ? fail_memory(l->m) :
	    mentor_record_list(l->m, &mentor_entity_contract, &of_cohort, 1, look_at_contract, l);
	mentor_buf_free(&id);
	return status;
}

/* ---- pairs ---- */

static enum mentor_status look_at_pair(struct look *l, struct pool *old, struct pool *new, size_t i)
{
	const struct past *was = &old->pairs[i], *is = &new->pairs[i];
	char reference[24];
	if (is->state != MENTOR_PAIR_ACTIVE)
		return MENTOR_OK;
	old->except = new->except = is->id;
	pair_reference(reference, is->id);
	if (!rule_all_hold(old, was->mentor, was->mentee)) /* chosen against a rule, with open eyes: that is no worse now */
		return MENTOR_OK;
	for (size_t r = 0; r < rule_count(new); r++) {
		if (rule_holds(new, r, is->mentor, is->mentee))
			continue;
		struct mentor_buf why = MENTOR_BUF_INIT;
		rule_in_words(&why, new, r, is->mentor, is->mentee);
		enum mentor_status status = tell(l, true, reference, "the pair would break the rule '%s' (%s)", rule_name(new, r), mentor_buf_text(&why));
		mentor_buf_free(&why);
		return status;
	}
	return MENTOR_OK;
}

static enum mentor_status look_at_pairs(struct look *l)
{
	struct pool old, new = { .arena = ARENA_INIT };
	enum mentor_status status = pool_load_under(l->m, l->cohort, l->from, &old);
	if (!status)
		status = pool_load_under(l->m, l->cohort, l->to, &new);
	for (size_t i = 0; !status && i < new.n_pairs; i++)
		status = look_at_pair(l, &old, &new, i);
	pool_free(&old);
	pool_free(&new);
	return status;
}

static enum mentor_status look_at_arrangements(struct look *l)
{
	int64_t n = 0;
	if (l->to->arrangement == DEF_COMBINATION)
		return MENTOR_OK;
	const char *arrangement = def_arrangements[l->to->arrangement];
	enum mentor_status status = db_value(l->m, "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state = 'active' AND arrangement <> $2",
	    DB_ARGS(DB_NUMBER(l->cohort), DB_TEXT(arrangement)), 0, &n);
	return status || n == 0 ? status :
	    tell(l, true, NULL, "%" PRId64 " pair%s at work in another arrangement than %s", n, n == 1 ? " is" : "s are", arrangement);
}

static enum mentor_status look_at_sessions(struct look *l)
{
	int64_t minimum = l->to->contract.minutes.minimum, before = l->from->contract.minutes.minimum, n = 0;
	if (minimum == MENTOR_NONE || (before != MENTOR_NONE && before >= minimum))
		return MENTOR_OK;
	enum mentor_status status = db_value(l->m,
	    "SELECT count(*) FROM session s JOIN pair p ON p.id = s.pair_id WHERE p.cohort_id = $1 AND s.minutes < $2 AND s.minutes >= $3",
	    DB_ARGS(DB_NUMBER(l->cohort), DB_NUMBER(minimum), DB_NUMBER(before == MENTOR_NONE ? 0 : before)), 0, &n);
	return status || n == 0 ? status : tell(l, false, NULL, "%" PRId64 " session%s of under %" PRId64 " minutes would no longer count", n,
	    n == 1 ? "" : "s", minimum);
}

/* ---- people and answers ---- */

/* A grade matters where it was listed, and is no longer. */
static enum mentor_status look_at_grades(struct look *l)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(l->m, "SELECT p.grade, count(*) FROM enrolment e JOIN person p ON p.id = e.person_id "
	    "WHERE e.cohort_id = $1 AND p.grade IS NOT NULL AND e.state NOT IN ('declined', 'withdrawn') GROUP BY p.grade ORDER BY p.grade",
	    DB_ARGS(DB_NUMBER(l->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *grade = db_text(rows, 0);
		if (definition_lists(l->from->seniority, l->from->n_seniority, grade) && !definition_lists(l->to->seniority, l->to->n_seniority, grade))
			status = tell(l, true, NULL, "the grade '%s' of %" PRId64 " people would no longer be listed under seniority", grade, db_number(rows, 1));
	}
	db_done(rows);
	return status;
}

static bool means(const struct def_column *column, const char *word)
{
	for (size_t i = 0; i < column->n_values; i++)
		if (strcmp(column->values[i].word, word) == 0)
			return true;
	return column->n_values == 0;
}

static enum mentor_status look_at_questions_gone(struct look *l)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(l->m, "SELECT DISTINCT a.question FROM answer a JOIN enrolment e ON e.id = a.enrolment_id "
	    "WHERE e.cohort_id = $1 ORDER BY a.question", DB_ARGS(DB_NUMBER(l->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		if (!definition_column(l->to, db_text(rows, 0)))
			status = tell(l, true, NULL, "the question '%s' would no longer be asked, and there are answers to it", db_text(rows, 0));
	db_done(rows);
	return status;
}

/* Answers to one question that the new revision does not know, in order, and how many gave each. */
struct unknown {
	struct unknown *next;
	const char *text;
	int64_t n;
};

static void count_unknown(struct arena *memory, struct unknown **list, const char *text, int64_t n)
{
	while (*list && strcmp((*list)->text, text) < 0)
		list = &(*list)->next;
	if (*list && strcmp((*list)->text, text) == 0) {
		(*list)->n += n;
		return;
	}
	struct unknown *new = arena_alloc(memory, sizeof(*new));
	if (!new)
		return;
	*new = (struct unknown){ *list, text, n };
	*list = new;
}

/* The choices of an answer are its lines. */
static void count_choices(struct arena *memory, struct unknown **list, const struct def_column *column, bool many, char *text, int64_t n)
{
	for (char *next = text; next; text = next) {
		next = many ? strchr(text, '\n') : NULL;
		if (next)
			*next++ = '\0';
		if (!means(column, text))
			count_unknown(memory, list, text, n);
	}
}

static enum mentor_status look_at_answer(struct look *l, const struct def_column *was)
{
	const struct def_column *column = definition_column(l->to, was->slug);
	struct unknown *unknown = NULL;
	struct arena memory = { 0 };
	struct db_rows *rows = NULL;
	bool more = true;
	if (!column || column->n_values == 0)
		return MENTOR_OK;
	enum mentor_status status = db_query(l->m, "SELECT a.value, count(*) FROM answer a JOIN enrolment e ON e.id = a.enrolment_id "
	    "WHERE e.cohort_id = $1 AND a.question = $2 GROUP BY a.value", DB_ARGS(DB_NUMBER(l->cohort), DB_TEXT(was->slug)), &rows);
	while (!status && !memory.failed && !(status = db_next(rows, &more)) && more) {
		char *text = arena_strdup(&memory, db_text(rows, 0));
		if (text)
			count_choices(&memory, &unknown, column, was->many, text, db_number(rows, 1));
	}
	db_done(rows);
	if (!status && memory.failed)
		status = fail_memory(l->m);
	for (; !status && unknown; unknown = unknown->next)
		status = tell(l, true, NULL, "the answer '%s' to '%s' would no longer exist, and %" PRId64 " gave it", unknown->text, was->slug, unknown->n);
	arena_free(&memory);
	return status;
}

static enum mentor_status look_at_answers(struct look *l)
{
	enum mentor_status status = look_at_questions_gone(l);
	for (size_t c = 0; !status && c < l->from->application.n_columns; c++)
		status = look_at_answer(l, &l->from->application.columns[c]);
	return status;
}

/* ---- surveys ---- */

static enum mentor_status look_at_stages(struct look *l)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(l->m, "SELECT survey, stage, count(respondent_id) FROM response WHERE cohort_id = $1 "
	    "GROUP BY survey, stage ORDER BY survey, stage", DB_ARGS(DB_NUMBER(l->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *slug = db_text(rows, 0), *stage = db_text(rows, 1);
		const struct def_survey *s = definition_survey(l->to, slug);
		if (!s || !definition_lists(s->stages, s->n_stages, stage))
			status = tell(l, true, NULL, "the survey '%s' would no longer be asked at '%s', and it has been answered then", slug, stage);
		else if (s->anonymous && db_number(rows, 2) > 0)
			status = tell(l, true, NULL, "the survey '%s' would promise that nobody's answers are linked, and at '%s' they are", slug, stage);
	}
	db_done(rows);
	return status;
}

/* Which answers there are is not said: only that some would have no place. */
static const char *why_not(const struct definition *d, const struct db_rows *rows)
{
	const struct def_survey *s = definition_survey(d, db_text(rows, 0));
	const struct def_question *q = s ? definition_question(s, db_text(rows, 2)) : NULL;
	int64_t lowest = db_number(rows, 3), highest = db_number(rows, 4);
	if (!s)
		return NULL; /* told by look_at_stages() */
	if (!q)
		return "would no longer be asked";
	if (!definition_asked_at(q, db_text(rows, 1)))
		return "would no longer be asked at that stage";
	bool numbers = definition_is_measured(q);
	if (numbers != (lowest != MENTOR_NONE))
		return "would be of another kind";
	int64_t minimum = q->kind == DEF_QUESTION_SCALE ? q->minimum : 0, maximum = q->kind == DEF_QUESTION_SCALE ? q->maximum : 1;
	return numbers && (lowest < minimum || highest > maximum) ? "would have another scale, on which some answers have no place" : NULL;
}

static enum mentor_status look_at_questions(struct look *l)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(l->m, "SELECT r.survey, r.stage, v.question, min(v.number), max(v.number) FROM response r "
	    "JOIN response_value v ON v.response_id = r.id WHERE r.cohort_id = $1 GROUP BY r.survey, r.stage, v.question "
	    "ORDER BY r.survey, r.stage, v.question", DB_ARGS(DB_NUMBER(l->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *why = why_not(l->to, rows);
		if (why)
			status = tell(l, true, NULL, "the question '%s' of the survey '%s' has been answered at '%s', and %s", db_text(rows, 2), db_text(rows, 0),
			    db_text(rows, 1), why);
	}
	db_done(rows);
	return status;
}

/* A choice that somebody made has to be there to be counted. */
static enum mentor_status look_at_choices_of(struct look *l, const struct def_survey *s, const struct def_question *q)
{
	struct db_rows *rows = NULL;
	bool more = true, lost = false;
	enum mentor_status status = db_query(l->m, "SELECT DISTINCT v.text FROM response r JOIN response_value v ON v.response_id = r.id "
	    "WHERE r.cohort_id = $1 AND r.survey = $2 AND v.question = $3 AND v.text IS NOT NULL",
	    DB_ARGS(DB_NUMBER(l->cohort), DB_TEXT(s->slug), DB_TEXT(q->slug)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		lost |= !definition_lists(q->choices, q->n_choices, db_text(rows, 0));
	db_done(rows);
	return status || !lost ? status : tell(l, true, NULL, "the question '%s' of the survey '%s' would lack choices that have been made", q->slug, s->slug);
}

static enum mentor_status look_at_choices(struct look *l)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; i < l->to->n_surveys; i++)
		for (size_t n = 0; !status && n < l->to->surveys[i].n_questions; n++) {
			const struct def_question *q = &l->to->surveys[i].questions[n];
			if (q->n_choices)
				status = look_at_choices_of(l, &l->to->surveys[i], q);
		}
	return status;
}

enum mentor_status revise_effects(struct mentor *m, int64_t cohort, struct definition *from, struct definition *to,
    mentor_record_fn *each, void *arg, size_t *ret_breaks)
{
	static enum mentor_status (*const looks[])(struct look *) = { look_at_contracts, look_at_pairs, look_at_arrangements, look_at_sessions,
		look_at_grades, look_at_answers, look_at_stages, look_at_questions, look_at_choices };
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (status)
		return status;
	struct look l = { m, cohort, ((const struct mentor_cohort *)record)->slug, from, to, each, arg, 0 };
	for (size_t i = 0; !status && i < sizeof(looks) / sizeof(*looks); i++)
		status = looks[i](&l);
	mentor_record_free(record);
	if (!status)
		*ret_breaks = l.breaks;
	return status;
}

/* ---- following a revision ---- */

static enum mentor_status collect(void *arg, const void *record)
{
	struct mentor *m = arg;
	const struct mentor_programme_effect *effect = record;
	const struct mentor_place place = { .field = effect->record };
	if (effect->breaks)
		problem_add(m, &place, NULL, "%s", effect->effect);
	return MENTOR_OK;
}

static enum mentor_status refuse_when_breaking(struct mentor *m, const struct mentor_cohort *cohort, int64_t revision, int64_t number)
{
	struct definition *from = NULL, *to = NULL;
	size_t breaks = 0;
	enum mentor_status status = programme_of_cohort(m, cohort->id, &from);
	if (!status)
		status = programme_of_revision(m, revision, &to);
	problems_clear(m);
	if (!status)
		status = revise_effects(m, cohort->id, from, to, collect, m, &breaks);
	if (!status && breaks)
		status = problems_refuse(m, "leave the cohort with its revision, or import a file that keeps these; mentor programme diff tries one first",
		    "the cohort '%s' cannot follow revision %" PRId64 ": records would become invalid", cohort->slug, number);
	definition_free(from);
	definition_free(to);
	return status;
}

enum mentor_status mentor_cohort_follow(struct mentor *m, int64_t id, int64_t number, bool *ret_changed)
{
	void *record = NULL;
	int64_t revision = 0;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, id, &record);
	if (status)
		return status;
	const struct mentor_cohort *cohort = record;
	status = programme_revision_id(m, cohort->programme_id, number, &revision);
	bool changed = !status && revision != cohort->revision_id;
	if (changed && cohort->state == MENTOR_COHORT_FINISHED)
		status = fail(m, MENTOR_REFUSED, "make the next cohort: mentor cohort add SLUG --programme SLUG", "the cohort '%s' has finished: it is history", cohort->slug);
	if (changed && !status)
		status = refuse_when_breaking(m, cohort, revision, number);
	if (changed && !status)
		status = db_run(m, "UPDATE cohort SET revision_id = $1 WHERE id = $2", DB_ARGS(DB_NUMBER(revision), DB_NUMBER(id)));
	mentor_record_free(record);
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- what a file says otherwise ---- */

/** One comparison of a file with the revisions in use. */
struct diff {
	struct mentor *m;
	struct definition *to;
	mentor_record_fn *each, *each_effect;
	void *arg;
	int64_t number;
	const char *cohorts;
};

static enum mentor_status tell_change(void *arg, const struct keys_change *change)
{
	struct diff *d = arg;
	const struct mentor_programme_change row = { d->number, d->cohorts, change->path, change->before, change->after,
		!change->lone ? change->key->help : change->after ? "added" : "removed" };
	return d->each(d->arg, &row);
}

/* A revision that is compared with, and its unfinished cohorts. */
static enum mentor_status diff_revision(struct diff *d, int64_t revision, int64_t number)
{
	struct definition *from = NULL;
	struct db_rows *rows = NULL;
	struct mentor_buf cohorts = MENTOR_BUF_INIT;
	bool more = true;
	enum mentor_status status = programme_of_revision(d->m, revision, &from);
	if (!status)
		status = db_query(d->m, "SELECT slug FROM cohort WHERE revision_id = $1 AND finished_on IS NULL ORDER BY slug",
		    DB_ARGS(DB_NUMBER(revision)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		mentor_buf_fmt(&cohorts, "%s%s", cohorts.len ? "\n" : "", db_text(rows, 0));
	db_done(rows);
	d->number = number;
	d->cohorts = cohorts.len ? mentor_buf_text(&cohorts) : NULL;
	if (!status)
		status = cohorts.failed ? fail_memory(d->m) : keys_diff(d->m, definition_keys, from, d->to, tell_change, d);
	mentor_buf_free(&cohorts);
	definition_free(from);
	return status;
}

/* The revisions of the unfinished cohorts, else the newest. */
static const char revisions_in_use[] = "SELECT r.id, r.number FROM revision r WHERE r.programme_id = $1 AND (EXISTS (SELECT 1 FROM cohort c "
    "WHERE c.revision_id = r.id AND c.finished_on IS NULL) OR (r.number = (SELECT max(n.number) FROM revision n WHERE n.programme_id = $1) "
    "AND NOT EXISTS (SELECT 1 FROM cohort c WHERE c.programme_id = $1 AND c.finished_on IS NULL))) ORDER BY r.number";

static enum mentor_status diff_revisions(struct diff *d, int64_t programme)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(d->m, revisions_in_use, DB_ARGS(DB_NUMBER(programme)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = diff_revision(d, db_number(rows, 0), db_number(rows, 1));
	db_done(rows);
	return status;
}

static enum mentor_status diff_cohort(struct diff *d, int64_t cohort)
{
	struct definition *from = NULL;
	size_t breaks = 0;
	enum mentor_status status = programme_of_cohort(d->m, cohort, &from);
	if (!status)
		status = revise_effects(d->m, cohort, from, d->to, d->each_effect, d->arg, &breaks);
	definition_free(from);
	return status;
}

static enum mentor_status diff_cohorts(struct diff *d, int64_t programme)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(d->m, "SELECT id FROM cohort WHERE programme_id = $1 AND finished_on IS NULL ORDER BY slug",
	    DB_ARGS(DB_NUMBER(programme)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = diff_cohort(d, db_number(rows, 0));
	db_done(rows);
	return status;
}

enum mentor_status mentor_programme_diff(struct mentor *m, const char *file, const char *text, size_t len, mentor_record_fn *each,
    mentor_record_fn *each_effect, void *arg)
{
	struct definition *to = NULL;
	int64_t programme = 0;
	enum mentor_status status = definition_load(m, file, text, len, &to);
	if (status)
		return status;
	status = record_lookup(m, &mentor_entity_programme, to->slug, &programme);
	if (!status && !programme)
		status = fail(m, MENTOR_NOT_FOUND, mentor_hint(m, "store it first: mentor programme import %s", file), "there is no programme '%s' to compare with", to->slug);
	struct diff d = { .m = m, .to = to, .each = each, .each_effect = each_effect, .arg = arg };
	if (!status)
		status = diff_revisions(&d, programme);
	if (!status)
		status = diff_cohorts(&d, programme);
	definition_free(to);
	return status;
}
