/* workforce.c: how many people of the workforce are in which group, and how a cohort compares: figures behind the wall around equality
 * monitoring, in as counts and out as counts, small ones withheld. */
#include "csv.h"
#include "equality_db.h"
#include "ethnic.h"
#include "ledger.h"
#include "programme.h"
#include "record.h"
#include "report.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
const struct mentor_field mentor_workforce_row_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_workforce_row, change), .help = "added, updated or unchanged" },
	{ "groups", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_workforce_row, groups), .help = "how many groups" },
	{ 0 },
};
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_composition, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_composition, member)
const struct mentor_field mentor_composition_fields[] = {
	{ "question", MENTOR_TYPE_SLUG, MENTOR_LABEL, TEXT(question), .help = "short name of the question" },
	{ "group", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(group), .help = "the answer; groups of few people stand together" },
	{ "as_of", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(as_of), .help = "the day the workforce was counted" },
	{ "workforce", MENTOR_TYPE_INT, 0, NUMBER(workforce), .help = "people of the workforce" },
	{ "workforce_share", MENTOR_TYPE_CENTI, MENTOR_CHART_MARK, NUMBER(workforce_share), .heading = "% of the workforce", .help = "their share, in per cent" },
	{ "applied", MENTOR_TYPE_INT, 0, NUMBER(applied), .help = "people who applied" },
	{ "applied_share", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(applied_share), .heading = "% of those", .help = "their share, in per cent" },
	{ "accepted", MENTOR_TYPE_INT, 0, NUMBER(accepted), .help = "of these accepted; told once the cohort has started" },
	{ "paired", MENTOR_TYPE_INT, 0, NUMBER(paired), .heading = "in a pair", .help = "of these in a pair that was published; told once the cohort has started" },
	{ "finished", MENTOR_TYPE_INT, 0, NUMBER(finished), .help = "of these in a pair that was completed; told once the cohort has finished" },
	{ "suppressed", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(suppressed), .help = "whether any number of the row is withheld" },
	{ 0 },
};
/* clang-format on */
#undef NUMBER
#undef TEXT

static enum mentor_status inside(struct mentor *m, enum mentor_status (*step)(void *arg), void *arg)
{
	db_equality(m, true);
	enum mentor_status status = step(arg);
	db_equality(m, false);
	return status;
}

static enum mentor_status open_programme(struct mentor *m, int64_t cohort, struct definition **ret)
{
	enum mentor_status status = programme_of_cohort(m, cohort, ret);
	if (!status && (*ret)->equality.n_questions == 0)
		status = fail(m, MENTOR_REFUSED, "add equality to the programme file, with purpose, basis, seen_by and questions",
		    "the programme has no questions of equality monitoring to compare by");
	return status;
}

/* ---- import ---- */

/** A group of a question and how many people are in it; rows of the file that mean the same group are added up. */
struct count {
	struct count *next;
	const struct def_column *question;
	const char *name, *organisation;
	int64_t people;
};

struct import {
	struct mentor *m;
	const struct definition *d;
	const char *organisation, *day;
	int64_t programme, codes; /* enum ethnic_list; MENTOR_NONE: the programme's own words */
	struct csv csv;
	long question, group, people, body; /* columns; body: the organisation, -1 for none */
	struct arena memory;
	struct count *first, **end;
	int64_t changes[3];
};

static struct mentor_place place_of(const struct import *i, long column)
{
	return (struct mentor_place){ .file = i->csv.file, .line = i->csv.line, .row = i->csv.row, .field = i->csv.headings[column] };
}

static void find_headings(struct import *i)
{
	const struct {
		const char *heading;
		long *column;
		bool needed;
	} headings[] = { { "question", &i->question, true }, { "group", &i->group, true }, { "people", &i->people, true },
		{ "organisation", &i->body, false } };
	for (size_t h = 0; h < sizeof(headings) / sizeof(*headings); h++) {
		*headings[h].column = csv_find(&i->csv, headings[h].heading, 1);
		struct mentor_place place = { .file = i->csv.file, .line = 1, .field = headings[h].heading };
		if (*headings[h].column < 0 && headings[h].needed)
			problem_add(i->m, &place, "the file has the columns question, group and people, and organisation where there are several",
			    "this heading is missing");
	}
}

static bool same(const char *a, const char *b)
{
	char *left = mentor_utf8_fold(a), *right = left ? mentor_utf8_fold(b) : NULL;
	bool equal = left && right && strcmp(left, right) == 0;
	free(left);
	free(right);
	return equal;
}

static const struct def_column *find_question(const struct import *i)
{
	const struct def_equality *e = &i->d->equality;
	const char *word = i->csv.cells[i->question], *slugs[64] = { NULL };
	for (size_t q = 0; q < e->n_questions; q++)
		if (same(e->questions[q].slug, word) || same(e->questions[q].header, word))
			return &e->questions[q];
	for (size_t q = 0; q < e->n_questions && q < 63; q++)
		slugs[q] = e->questions[q].slug;
	struct mentor_place place = place_of(i, i->question);
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const char *near = mentor_nearest(word, slugs);
	mentor_buf_fmt(&hint, near ? "did you mean '%s'?" : "the questions stand under equality in the programme file", near);
	problem_add(i->m, &place, mentor_buf_text(&hint), "equality monitoring has no question '%s'", word);
	mentor_buf_free(&hint);
	return NULL;
}

/* The word that the form's answers are kept as, for this name of a group; NULL: the question has no such group. */
static const char *group_of(const struct def_column *q, const char *name)
{
	for (size_t v = 0; v < q->n_values; v++)
		if (same(q->values[v].text, name) || same(q->values[v].word, name))
			return q->values[v].word;
	return q->n_values ? NULL : name;
}

/* A group of another list is the programme's group of the first name that the programme has, from the narrowest to the broadest. */
static const char *find_group(const struct import *i, const struct def_column *q)
{
	const char *word = i->csv.cells[i->group], *group = NULL;
	struct mentor_place place = place_of(i, i->group);
	if (i->codes == MENTOR_NONE || !ethnic_name((enum ethnic_list)i->codes, word, 0)) {
		group = group_of(q, word);
		if (!group)
			problem_add(i->m, &place, "use the answers as the form has them, or --codes with the list that the figures follow",
			    "the question '%s' has no group '%s'", q->slug, word);
		return group;
	}
	for (int at = 0; !group && ethnic_name((enum ethnic_list)i->codes, word, at); at++)
		group = group_of(q, ethnic_name((enum ethnic_list)i->codes, word, at));
	if (!group)
		problem_add(i->m, &place, NULL, "the question '%s' has no group that '%s' of the list %s belongs to", q->slug, word,
		    ethnic_lists[i->codes]);
	return group;
}

static struct count *find_count(const struct import *i, const struct def_column *q, const char *name, const char *organisation)
{
	for (struct count *c = i->first; c; c = c->next)
		if (c->question == q && strcmp(c->name, name) == 0 && strcmp(c->organisation, organisation) == 0)
			return c;
	return NULL;
}

static bool read_people(const struct import *i, int64_t *ret)
{
	static const struct mentor_field field = { "people", MENTOR_TYPE_INT, .offset = 0, .minimum = 0, .maximum = 100000000 };
	struct mentor_place place = place_of(i, i->people);
	return field_try(i->m, &field, i->csv.cells[i->people], ret, &place);
}

static enum mentor_status read_row(struct import *i)
{
	int64_t people = 0;
	const char *organisation = i->body >= 0 ? i->csv.cells[i->body] : i->organisation;
	const struct def_column *q = find_question(i);
	const char *group = q ? find_group(i, q) : NULL;
	if (!group || !read_people(i, &people))
		return MENTOR_OK;
	struct count *c = find_count(i, q, group, organisation);
	if (!c) {
		c = arena_alloc(&i->memory, sizeof(*c));
		if (!c)
			return fail_memory(i->m);
		*c = (struct count){ .question = q, .name = arena_strdup(&i->memory, group), .organisation = arena_strdup(&i->memory, organisation) };
		*i->end = c;
		i->end = &c->next;
	} else if (i->codes == MENTOR_NONE) {
		struct mentor_place place = place_of(i, i->group);
		problem_add(i->m, &place, "keep one row a group", "this group is counted already");
	}
	c->people += people;
	return i->memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

static enum mentor_status store_count(struct import *i, const struct count *c)
{
	int64_t old = MENTOR_NONE;
	const struct db_value args[] = { DB_NUMBER(i->programme), DB_TEXT(c->organisation), DB_TEXT(i->day), DB_TEXT(c->question->slug),
		DB_TEXT(c->name), DB_NUMBER(c->people) };
	enum mentor_status status = db_value(i->m,
	    "SELECT people FROM equality_headcount WHERE programme_id = $1 AND organisation = $2 AND as_of = $3 AND question = $4 AND name = $5",
	    args, 5, MENTOR_NONE, &old);
	i->changes[old == MENTOR_NONE ? 0 : old != c->people ? 1 : 2]++;
	if (status || old == c->people)
		return status;
	return db_run(i->m,
	    "INSERT INTO equality_headcount (programme_id, organisation, as_of, question, name, people) VALUES ($1, $2, $3, $4, $5, $6) "
	    "ON CONFLICT (programme_id, organisation, as_of, question, name) DO UPDATE SET people = excluded.people",
	    args, 6);
}

static enum mentor_status store_counts(void *arg)
{
	struct import *i = arg;
	enum mentor_status status = MENTOR_OK;
	for (const struct count *c = i->first; !status && c; c = c->next)
		status = store_count(i, c);
	return status;
}

static enum mentor_status read_file(struct import *i, const char *file, const char *text, size_t len, char delimiter)
{
	bool more = true;
	problems_clear(i->m);
	enum mentor_status status = csv_open(&i->csv, i->m, file, text, len, delimiter);
	if (!status)
		find_headings(i);
	bool readable = !status && !i->m->n_problems;
	while (!status && readable && !(status = csv_next(&i->csv, &more)) && more)
		status = csv_is_blank(&i->csv) ? MENTOR_OK : read_row(i);
	if (!status)
		status = problems_result(i->m, file);
	csv_close(&i->csv);
	return status;
}

static enum mentor_status tell_import(const struct import *i, mentor_record_fn *each, void *arg)
{
	static const char *const words[] = { "added", "updated", "unchanged" };
	enum mentor_status status = MENTOR_OK;
	for (size_t c = 0; !status && c < 3; c++) {
		const struct mentor_workforce_row row = { words[c], i->changes[c] };
		if (row.groups)
			status = each(arg, &row);
	}
	return status;
}

static enum mentor_status import(struct import *i, int64_t cohort, const char *file, const char *text, size_t len, char delimiter)
{
	if (strcmp(i->day, i->m->today) > 0)
		return fail(i->m, MENTOR_INVALID, HINT_DAY, "nobody can have been counted on %s, which is still to come", i->day);
	enum mentor_status status =
	    db_value(i->m, "SELECT programme_id FROM cohort WHERE id = $1", DB_ARGS(DB_NUMBER(cohort)), 0, &i->programme);
	if (!status)
		status = read_file(i, file, text, len, delimiter);
	return status ? status : inside(i->m, store_counts, i);
}

enum mentor_status mentor_equality_workforce(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len, char delimiter,
    const char *organisation, const char *day, const char *codes, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	struct import i = { .m = m, .organisation = organisation ? organisation : "", .day = day ? day : m->today,
		.codes = field_choice(ethnic_lists, codes), .memory = ARENA_INIT };
	i.end = &i.first;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = open_programme(m, cohort, &d);
	i.d = d;
	if (!status)
		status = import(&i, cohort, file, text, len, delimiter);
	if (!status)
		status = tell_import(&i, each, arg);
	enum mentor_status ended = mentor_commit(m);
	arena_free(&i.memory);
	definition_free(d);
	if (status)
		return fail_state(m, status, "nothing imported");
	return ended;
}

/* ---- comparing ---- */

enum { APPLIED, ACCEPTED, PAIRED, FINISHED, COLUMNS };

/** One question: its groups in the programme's order, then those who gave several answers or none. */
struct group {
	const char *word, *label;
	int64_t workforce;
	int64_t cells[COLUMNS];
};
struct comparison {
	struct mentor *m;
	int64_t cohort, k;
	const struct definition *d;
	const struct def_column *question;
	struct arena memory;
	struct group *groups;
	size_t n, room;
	const char *as_of;
	int64_t workforce; /* all together; 0: not known */
	bool told[COLUMNS];
};
static const char none[] = "not stated";

static struct group *group_at(struct comparison *c, const char *word, const char *label)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->groups[i].word, word) == 0)
			return &c->groups[i];
	if (c->n == c->room) {
		size_t room = c->room ? 2 * c->room : 32;
		struct group *grown = arena_alloc(&c->memory, room * sizeof(*grown));
		if (!grown)
			return NULL;
		for (size_t i = 0; i < c->n; i++)
			grown[i] = c->groups[i];
		c->groups = grown;
		c->room = room;
	}
	struct group *g = &c->groups[c->n++];
	*g = (struct group){ .word = arena_strdup(&c->memory, word), .label = arena_strdup(&c->memory, label) };
	return g->word && g->label ? g : NULL;
}

/* Of every organisation that has figures the newest count; figures for the programme as a whole, where there are any, stand for all. */
static enum mentor_status load_workforce(struct comparison *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(c->m,
	    "SELECT w.name, sum(w.people), max(w.as_of) FROM equality_headcount w JOIN cohort k ON k.programme_id = w.programme_id "
	    "WHERE k.id = $1 AND w.question = $2 AND w.as_of = (SELECT max(n.as_of) FROM equality_headcount n "
	    "WHERE n.programme_id = w.programme_id AND n.organisation = w.organisation AND n.question = w.question) "
	    "AND (w.organisation = '' OR NOT EXISTS (SELECT 1 FROM equality_headcount a WHERE a.programme_id = w.programme_id "
	    "AND a.question = w.question AND a.organisation = '')) GROUP BY w.name ORDER BY w.name",
	    DB_ARGS(DB_NUMBER(c->cohort), DB_TEXT(c->question->slug)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct group *g = group_at(c, db_text(rows, 0), db_text(rows, 0));
		const char *as_of = db_text(rows, 2);
		if (!g)
			break;
		g->workforce = db_number(rows, 1);
		c->workforce += g->workforce;
		if (!c->as_of || strcmp(as_of, c->as_of) > 0)
			c->as_of = arena_strdup(&c->memory, as_of);
	}
	db_done(rows);
	return !status && c->memory.failed ? fail_memory(c->m) : status;
}

#define IN_PAIR(states) "EXISTS (SELECT 1 FROM pair q WHERE e.id IN (q.mentor_id, q.mentee_id) AND q.state IN (" states "))"
#define HERE "e.cohort_id = $1 AND e.state = 'accepted'"
#define COUNT(condition) "sum(CASE WHEN " condition " THEN 1 ELSE 0 END)"

static enum mentor_status load_cohort(struct comparison *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(c->m,
	    "SELECT coalesce(g.value, '') AS given, count(*), " COUNT(HERE) ", " COUNT(HERE " AND " IN_PAIR("'active', 'completed', 'ended'")) ", "
	    COUNT(HERE " AND " IN_PAIR("'completed'"))
	    " FROM enrolment e LEFT JOIN (SELECT s.person_id, CASE WHEN count(*) = 1 THEN min(a.value) ELSE 'several answers' END AS value "
	    "FROM equality_subject s JOIN equality_answer a ON a.subject_id = s.id WHERE s.cohort_id = $1 AND a.question = $2 GROUP BY s.person_id) g "
	    "ON g.person_id = e.person_id WHERE e.role <> 'facilitator' AND (e.cohort_id = $1 OR (e.origin = 'late' AND e.origin_cohort_id = $1)) "
	    "GROUP BY given ORDER BY given DESC",
	    DB_ARGS(DB_NUMBER(c->cohort), DB_TEXT(c->question->slug)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *word = *db_text(rows, 0) ? db_text(rows, 0) : none;
		struct group *g = group_at(c, word, word);
		for (int column = 0; g && column < COLUMNS; column++)
			g->cells[column] = db_number(rows, 1 + column);
		if (!g)
			break;
	}
	db_done(rows);
	return !status && c->memory.failed ? fail_memory(c->m) : status;
}

static enum mentor_status load_question(void *arg)
{
	struct comparison *c = arg;
	for (size_t v = 0; v < c->question->n_values; v++)
		if (!group_at(c, c->question->values[v].word, c->question->values[v].text))
			return fail_memory(c->m);
	enum mentor_status status = load_workforce(c);
	return status ? status : load_cohort(c);
}

/* Accepted, paired and finished are told on a day of the cohort's, not as they come in: figures of two days that differ by one person would
 * tell that person's answer. */
static enum mentor_status load_told(struct comparison *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(c->m,
	    "SELECT closed_on IS NOT NULL OR started_on IS NOT NULL, started_on IS NOT NULL, finished_on IS NOT NULL FROM cohort WHERE id = $1",
	    DB_ARGS(DB_NUMBER(c->cohort)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		c->told[APPLIED] = db_number(rows, 0) == 1;
		c->told[ACCEPTED] = c->told[PAIRED] = db_number(rows, 1) == 1;
		c->told[FINISHED] = db_number(rows, 2) == 1;
	}
	db_done(rows);
	return status;
}

/* The cohort's table for suppress_table(): groups with anybody in the first column. */
struct table {
	int64_t *cells;
	size_t *shown, *rows; /* rows[i]: the row of group i, SIZE_MAX: it has none */
	size_t n, columns;
	bool countable;
	int64_t applied; /* all together */
};

/* The rows as they may be told: those of now, or those of an earlier publication, which may be of other groups. */
static enum mentor_status publish_table(struct comparison *c, struct table *t)
{
	struct mentor_buf what = MENTOR_BUF_INIT;
	struct ledger_table told = { arena_alloc(&c->memory, (t->n + 1) * sizeof(*told.names)), t->cells, t->shown, t->n, t->columns,
		.countable = true, .zeros = true };
	mentor_buf_fmt(&what, "equality monitoring: %s", c->question->slug);
	for (size_t i = 0; told.names && i < c->n; i++)
		if (t->rows[i] != SIZE_MAX)
			told.names[t->rows[i]] = c->groups[i].word;
	const struct ledger_subject subject = { mentor_buf_text(&what), &c->cohort, 1 };
	enum mentor_status status = what.failed || c->memory.failed ? fail_memory(c->m) : ledger_table(c->m, &subject, c->k, &c->memory, &told);
	mentor_buf_free(&what);
	if (status)
		return status;
	t->cells = told.cells;
	t->shown = told.shown;
	t->n = told.rows;
	t->countable = told.countable;
	assert(told.totals);
	t->applied = told.totals[APPLIED];
	if (told.rows == 0) /* nothing is told */
		t->countable = false;
	for (size_t row = 0; row < told.rows; row++) /* of groups that nobody is in any more too */
		if (!group_at(c, told.names[row], told.names[row]))
			return fail_memory(c->m);
	t->rows = arena_alloc(&c->memory, (c->n + 1) * sizeof(*t->rows));
	for (size_t i = 0; t->rows && i < c->n; i++) {
		t->rows[i] = SIZE_MAX;
		for (size_t row = 0; row < told.rows; row++)
			if (strcmp(c->groups[i].word, told.names[row]) == 0)
				t->rows[i] = row;
	}
	return c->memory.failed ? fail_memory(c->m) : MENTOR_OK;
}

static enum mentor_status make_table(struct comparison *c, struct table *t)
{
	size_t columns = 0;
	while (columns < COLUMNS && c->told[columns])
		columns++;
	*t = (struct table){ .cells = arena_alloc(&c->memory, (c->n + 1) * (columns + 1) * sizeof(*t->cells)),
		.shown = arena_alloc(&c->memory, (c->n + 1) * sizeof(*t->shown)), .rows = arena_alloc(&c->memory, (c->n + 1) * sizeof(*t->rows)),
		.columns = columns };
	if (c->memory.failed)
		return fail_memory(c->m);
	for (size_t i = 0; i < c->n; i++) {
		t->rows[i] = SIZE_MAX;
		if (columns == 0 || c->groups[i].cells[APPLIED] == 0)
			continue;
		memcpy(t->cells + t->n * columns, c->groups[i].cells, columns * sizeof(*t->cells));
		t->rows[i] = t->n++;
	}
	t->countable = true;
	return columns == 0 ? MENTOR_OK : publish_table(c, t);
}

/* What the table tells of a group: zeros too, unless they would tell how many of the others are none. */
static int64_t told_cell(const struct table *t, size_t group, size_t column)
{
	if (column >= t->columns)
		return MENTOR_NONE;
	if (t->rows[group] == SIZE_MAX)
		return t->countable ? 0 : MENTOR_SUPPRESSED;
	return t->cells[t->rows[group] * t->columns + column];
}

/* The workforce as it may be told, in the order of the groups; those whom no form asks, such as who did not say, are not in it. */
static int64_t *tell_workforce(struct comparison *c)
{
	int64_t *counts = arena_alloc(&c->memory, (c->n + 1) * sizeof(*counts));
	for (size_t i = 0; counts && i < c->n; i++)
		counts[i] = c->groups[i].workforce;
	if (counts && c->workforce)
		suppress_column(counts, c->n, c->k);
	for (size_t i = 0; counts && !c->workforce && i < c->n; i++)
		counts[i] = MENTOR_NONE;
	return counts;
}

static int64_t share(int64_t part, int64_t all)
{
	return part == MENTOR_SUPPRESSED || part == MENTOR_NONE ? part : all ? suppress_ratio(part * 100, all) : MENTOR_NONE;
}

static void set_cells(struct mentor_composition *row, const int64_t cells[COLUMNS], int64_t applied)
{
	row->applied = cells[APPLIED];
	row->applied_share = share(cells[APPLIED], applied);
	row->accepted = cells[ACCEPTED];
	row->paired = cells[PAIRED];
	row->finished = cells[FINISHED];
	const int64_t numbers[] = { row->workforce, row->applied, row->accepted, row->paired, row->finished };
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		row->suppressed = row->suppressed || numbers[i] == MENTOR_SUPPRESSED;
}

static bool stand_together(const struct table *t)
{
	bool any = false;
	for (size_t i = 0; i < t->n; i++)
		any = any || t->shown[i] == 0;
	return any;
}

/* The answers of the form, and who else is counted: not those who are there by now only. */
static bool is_listed(const struct comparison *c, const struct table *t, size_t group)
{
	return group < c->question->n_values || c->groups[group].workforce > 0 || t->columns == 0 || t->rows[group] != SIZE_MAX;
}

static enum mentor_status tell_groups(struct comparison *c, mentor_record_fn *each, void *arg)
{
	struct table cohort = { .n = 0 };
	int64_t applied = 0, cells[COLUMNS];
	enum mentor_status status = make_table(c, &cohort);
	const int64_t *workforce = status ? NULL : tell_workforce(c);
	if (!status && !workforce)
		status = fail_memory(c->m);
	if (!status && cohort.columns > 0)
		applied = cohort.applied;
	for (size_t i = 0; !status && i < c->n; i++) {
		assert(workforce);
		if (!is_listed(c, &cohort, i))
			continue;
		struct mentor_composition row = { .question = c->question->slug, .group = c->groups[i].label, .as_of = c->as_of,
			.workforce = workforce[i], .workforce_share = share(workforce[i], c->workforce) };
		for (size_t column = 0; column < COLUMNS; column++)
			cells[column] = told_cell(&cohort, i, column);
		set_cells(&row, cells, applied);
		status = each(arg, &row);
	}
	if (status || !stand_together(&cohort))
		return status;
	struct mentor_composition row = { .question = c->question->slug, .group = "those withheld, together", .as_of = c->as_of,
		.workforce = MENTOR_NONE, .workforce_share = MENTOR_NONE };
	for (size_t column = 0; column < COLUMNS; column++)
		cells[column] = column < cohort.columns ? cohort.cells[cohort.n * cohort.columns + column] : MENTOR_NONE;
	set_cells(&row, cells, applied);
	return each(arg, &row);
}

enum mentor_status mentor_equality_compare(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	struct comparison c = { .m = m, .cohort = cohort };
	enum mentor_status status = open_programme(m, cohort, &d);
	c.d = d;
	if (!status)
		status = load_told(&c);
	for (size_t q = 0; !status && q < d->equality.n_questions; q++) {
		struct comparison one = c;
		one.k = suppress_threshold(d->privacy.min_cell);
		one.question = &d->equality.questions[q];
		one.memory = (struct arena)ARENA_INIT;
		status = inside(m, load_question, &one);
		if (!status)
			status = tell_groups(&one, each, arg);
		arena_free(&one.memory);
	}
	definition_free(d);
	return status;
}

static enum mentor_status pass_composition(void *arg, const void *record)
{
	const struct report *r = arg;
	return r->each(r->arg, "equality", record);
}

static enum mentor_status tell_equality(struct report *r, int64_t by)
{
	(void)by;
	enum mentor_status status = report_head(r);
	return status ? status : mentor_equality_compare(r->m, r->id, pass_composition, r);
}

/* Here, on this side of the wall, and not with the other reports: they know nothing of monitoring. */
enum mentor_status mentor_report_equality(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, NULL, MENTOR_NONE, tell_equality, each, arg);
}
