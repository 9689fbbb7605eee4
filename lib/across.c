/* across.c: several cohorts of one programme told as one: figures that add up are added up, and what is told by organisation is withheld anew. */
#include "arena.h"
#include "ledger.h"
#include "programme.h"
#include "record.h"
#include "report.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- what adds up ---- */

/* Rows of a part that say the same but for their figures are one; lists stand one behind the other; what all cohorts share is told once. */
enum joining { ADDED, LISTED, SHARED };

struct kind {
	const char *part;
	const struct mentor_field *fields;
	size_t size;
	enum joining joining;
};
#define KIND(part, record, joining) { #part, mentor_##record##_fields, sizeof(struct mentor_##record), joining }
static const struct kind kinds[] = {
	KIND(head, progress, SHARED),
	KIND(steps, report_step, ADDED),
	KIND(recruitment, progress_side, ADDED),
	KIND(matching, progress_matching, ADDED),
	KIND(paces, report_pace, ADDED),
	KIND(totals, commitment_totals, ADDED),
	KIND(measures, commitment_sum, ADDED),
	KIND(attendance, attendance_row, ADDED),
	KIND(topics, topic_row, ADDED),
	KIND(barrier_counts, barrier_counts, SHARED),
	KIND(barrier_times, barrier_time, SHARED),
	KIND(barriers, barrier_row, SHARED),
	KIND(work, work_row, ADDED),
	KIND(lessons, lesson, LISTED),
	KIND(activity, activity_row, ADDED),
	KIND(care, care_row, ADDED),
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

struct row {
	struct row *next;
	void *record;
};

struct mentor_across {
	struct mentor *m;
	struct arena memory;
	const int64_t *cohorts;
	size_t n;
	size_t told; /* cohorts so far */
	bool complete; /* no cohort of the programme with anybody in it is missing */
	const char *slugs; /* of the cohorts, a line each */
	struct row *first[KINDS], *last[KINDS];
};

static const struct kind *kind_of(const char *part)
{
	for (size_t i = 0; i < KINDS; i++)
		if (strcmp(kinds[i].part, part) == 0)
			return &kinds[i];
	return NULL;
}

bool mentor_across_has(const char *part)
{
	return kind_of(part);
}

static bool is_figure(const struct mentor_field *f)
{
	return f->type == MENTOR_TYPE_INT || f->type == MENTOR_TYPE_CENTI;
}

static int64_t *number_at(void *record, const struct mentor_field *f)
{
	void *at = (char *)record + f->offset;
	return at;
}

/* A title may have been worded anew: rows are one by what is not for people, and by the label only where that is all there is. */
static bool is_key(const struct kind *kind, const struct mentor_field *f)
{
	bool has_name = mentor_field_find(kind->fields, "name") || mentor_field_find(kind->fields, "topic");
	return !is_figure(f) && (!has_name || strcmp(f->name, "name") == 0 || strcmp(f->name, "topic") == 0);
}

static bool is_same(const struct kind *kind, const void *a, const void *b)
{
	for (const struct mentor_field *f = kind->fields; f->name; f++) {
		if (!is_key(kind, f))
			continue;
		if (!mentor_field_is_text(f) && mentor_field_number(f, a) != mentor_field_number(f, b))
			return false;
		const char *x = mentor_field_is_text(f) ? mentor_field_string(f, a) : NULL, *y = mentor_field_is_text(f) ? mentor_field_string(f, b) : NULL;
		if ((x || y) && (!x || !y || strcmp(x, y) != 0))
			return false;
	}
	return true;
}

/* Means and shares of parts do not add up to those of the whole: they are made anew, or not told. */
static bool adds_up(const struct kind *kind, const struct mentor_field *f)
{
	return strcmp(kind->part, "attendance") != 0 || strcmp(f->name, "minutes") != 0;
}

/* A limit that one cohort does not have is none of all. */
static void add_up(const struct kind *kind, void *sum, const void *record)
{
	for (const struct mentor_field *f = kind->fields; f->name; f++) {
		if (!is_figure(f))
			continue;
		int64_t *to = number_at(sum, f), number = mentor_field_number(f, record);
		*to = !adds_up(kind, f) || *to == MENTOR_NONE || number == MENTOR_NONE ? MENTOR_NONE : *to + number;
	}
}

static void keep_text(struct mentor_across *a, const struct mentor_field *f, const void *record, void *copy)
{
	const char *text = arena_strdup(&a->memory, mentor_field_string(f, record));
	memcpy((char *)copy + f->offset, &text, sizeof(text));
}

static enum mentor_status keep(struct mentor_across *a, const struct kind *kind, const void *record)
{
	size_t i = (size_t)(kind - kinds);
	struct row *row = arena_alloc(&a->memory, sizeof(*row));
	void *copy = arena_alloc(&a->memory, kind->size);
	if (!row || !copy)
		return fail_memory(a->m);
	memcpy(copy, record, kind->size);
	for (const struct mentor_field *f = kind->fields; f->name; f++)
		if (mentor_field_is_text(f))
			keep_text(a, f, record, copy);
	row->record = copy;
	*(a->first[i] ? &a->last[i]->next : &a->first[i]) = row;
	a->last[i] = row;
	return a->memory.failed ? fail_memory(a->m) : MENTOR_OK;
}

enum mentor_status mentor_across_add(void *arg, const char *part, const void *record)
{
	struct mentor_across *a = arg;
	const struct kind *kind = kind_of(part);
	if (!kind)
		return MENTOR_OK;
	a->told += strcmp(part, "head") == 0;
	if (kind->joining == SHARED && a->told > 1)
		return MENTOR_OK;
	for (struct row *row = a->first[kind - kinds]; kind->joining == ADDED && row; row = row->next)
		if (is_same(kind, row->record, record)) {
			add_up(kind, row->record, record);
			return MENTOR_OK;
		}
	return keep(a, kind, record);
}

/* ---- which cohorts ---- */

/* Reads the short names, and whether all cohorts of the programme in which somebody is are among them. */
static enum mentor_status look_at_cohorts(struct mentor_across *a)
{
	struct db_rows *rows = NULL;
	bool more = true;
	struct mentor_buf slugs = MENTOR_BUF_INIT;
	enum mentor_status status = db_query(a->m,
	    "SELECT c.id, c.slug, (SELECT count(*) FROM enrolment e WHERE e.cohort_id = c.id OR e.origin_cohort_id = c.id) FROM cohort c "
	    "WHERE c.programme_id = (SELECT o.programme_id FROM cohort o WHERE o.id = $1) ORDER BY coalesce(c.started_on, c.starts_on), c.id",
	    DB_ARGS(DB_NUMBER(a->cohorts[0])), &rows);
	a->complete = true;
	while (!status && !(status = db_next(rows, &more)) && more) {
		bool named = false;
		for (size_t i = 0; i < a->n; i++)
			named = named || a->cohorts[i] == db_number(rows, 0);
		if (named)
			mentor_buf_fmt(&slugs, "%s%s", slugs.len ? "\n" : "", db_text(rows, 1));
		a->complete = a->complete && (named || db_number(rows, 2) == 0);
	}
	db_done(rows);
	a->slugs = arena_strdup(&a->memory, mentor_buf_text(&slugs));
	bool lost = slugs.failed || a->memory.failed;
	mentor_buf_free(&slugs);
	return !status && lost ? fail_memory(a->m) : status;
}

enum mentor_status mentor_across_new(struct mentor *m, const int64_t *cohorts, size_t n, struct mentor_across **ret)
{
	struct mentor_across *a = n ? calloc(1, sizeof(*a)) : NULL;
	if (!a)
		return n ? fail_memory(m) : fail(m, MENTOR_USAGE, NULL, "no cohort is named");
	a->m = m;
	a->cohorts = cohorts;
	a->n = n;
	enum mentor_status status = programme_shared(m, cohorts, n, "mentor report compare sets cohorts of several programmes side by side");
	if (!status)
		status = look_at_cohorts(a);
	if (status)
		mentor_across_free(a);
	else
		*ret = a;
	return status;
}

void mentor_across_free(struct mentor_across *a)
{
	if (!a)
		return;
	arena_free(&a->memory);
	free(a);
}

bool mentor_across_is_complete(const struct mentor_across *a)
{
	return a->complete;
}

/* ---- by organisation ---- */

/* What the cohorts' own reports count, all names of all cohorts. */
struct tables {
	struct mentor_across *a;
	const char **names; /* NULL: not stated */
	int64_t *cells;	    /* cohort by cohort, row by row; and behind them the sums */
	size_t *shown, *told;
	size_t n, room, cohort;
};

static size_t row_called(struct tables *t, const char *name)
{
	size_t row = 0;
	while (row < t->n && (name && t->names[row] ? strcmp(name, t->names[row]) != 0 : name != t->names[row]))
		row++;
	if (row == t->n && t->n < t->room)
		t->names[t->n++] = name ? arena_strdup(&t->a->memory, name) : NULL;
	return row;
}

static void count_name(void *arg, const char *name, const int64_t counts[REPORT_COUNTS])
{
	(void)counts;
	row_called(arg, name);
}

static int compare_names(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	return !x || !y ? (x != NULL) - (y != NULL) : strcmp(x, y);
}

static void keep_counts(void *arg, const char *name, const int64_t counts[REPORT_COUNTS])
{
	struct tables *t = arg;
	memcpy(t->cells + (t->cohort * t->n + row_called(t, name)) * REPORT_COUNTS, counts, REPORT_COUNTS * sizeof(*counts));
}

static enum mentor_status load_tables(struct tables *t, const struct mentor_period *period, int64_t by)
{
	struct mentor_across *a = t->a;
	int64_t people = 0;
	enum mentor_status status = db_value(a->m, "SELECT count(DISTINCT organisation) + count(DISTINCT directorate) + 2 FROM person", DB_NO_ARGS, 0, &people);
	t->room = (size_t)people;
	t->names = arena_alloc(&a->memory, (t->room + 1) * sizeof(*t->names));
	if (!status && !t->names)
		status = fail_memory(a->m);
	for (size_t c = 0; !status && c < a->n; c++)
		status = report_breakdown(a->m, a->cohorts[c], period, by, count_name, t);
	if (status || t->n == 0)
		return status;
	qsort(t->names, t->n, sizeof(*t->names), compare_names);
	t->cells = arena_alloc(&a->memory, (a->n + 1) * (t->n + 1) * REPORT_COUNTS * sizeof(*t->cells));
	t->shown = arena_alloc(&a->memory, a->n * (t->n + 1) * sizeof(*t->shown));
	t->told = arena_alloc(&a->memory, (t->n + 1) * sizeof(*t->told));
	if (a->memory.failed)
		return fail_memory(a->m);
	for (t->cohort = 0; !status && t->cohort < a->n; t->cohort++)
		status = report_breakdown(a->m, a->cohorts[t->cohort], period, by, keep_counts, t);
	return status;
}

/* What each cohort's own report shows: rows without anybody are none of its rows. */
static enum mentor_status show_alone(struct tables *t, int64_t k)
{
	struct mentor_across *a = t->a;
	int64_t *cells = arena_alloc(&a->memory, (t->n + 1) * REPORT_COUNTS * sizeof(*cells));
	size_t *rows = arena_alloc(&a->memory, t->n * sizeof(*rows)), *shown = arena_alloc(&a->memory, (t->n + 1) * sizeof(*shown));
	if (!cells || !rows || !shown)
		return fail_memory(a->m);
	for (size_t c = 0; c < a->n; c++) {
		size_t n = 0;
		for (size_t row = 0; row < t->n; row++)
			if (t->cells[(c * t->n + row) * REPORT_COUNTS] > 0)
				rows[n++] = row;
		for (size_t i = 0; i < n; i++)
			memcpy(cells + i * REPORT_COUNTS, t->cells + (c * t->n + rows[i]) * REPORT_COUNTS, REPORT_COUNTS * sizeof(*cells));
		suppress_table(cells, n, REPORT_COUNTS, k, shown);
		for (size_t i = 0; i < n; i++)
			t->shown[c * (t->n + 1) + rows[i]] = shown[i];
	}
	return MENTOR_OK;
}

/* The sums of the rows, told or not; the last one is of all that stand together. */
static int64_t *add_rows(struct tables *t)
{
	int64_t *sums = t->cells + t->a->n * t->n * REPORT_COUNTS;
	for (size_t c = 0; c < t->a->n; c++)
		for (size_t row = 0; row < t->n; row++)
			for (size_t i = 0; i < REPORT_COUNTS; i++) {
				int64_t cell = t->cells[(c * t->n + row) * REPORT_COUNTS + i];
				sums[row * REPORT_COUNTS + i] += cell;
				sums[t->n * REPORT_COUNTS + i] += t->told[row] == 0 ? cell : 0;
			}
	return sums;
}

static enum mentor_status tell_row(int64_t by, const char *name, int64_t together, const int64_t *sums, size_t told, mentor_report_fn *each, void *arg)
{
	static const char *const parts[] = { "by_organisation", "by_directorate" };
	int64_t cells[REPORT_COUNTS];
	for (size_t i = 0; i < REPORT_COUNTS; i++)
		cells[i] = i < told ? sums[i] : MENTOR_SUPPRESSED;
	const struct mentor_recruitment_row row = { name, together, cells[0], cells[1], cells[2], told < REPORT_COUNTS || together == MENTOR_SUPPRESSED };
	return each(arg, parts[by], &row);
}

static enum mentor_status tell_rows(struct tables *t, int64_t by, mentor_report_fn *each, void *arg)
{
	static const char *const words[][2] = { { "other organisations", "all organisations" }, { "other directorates", "all directorates" } };
	const int64_t *sums = add_rows(t);
	size_t alone = 0, whole = REPORT_COUNTS; /* columns in which nothing but the others is withheld */
	enum mentor_status status = MENTOR_OK;
	for (size_t row = 0; !status && row < t->n; row++) {
		if (t->told[row] == 0)
			continue;
		alone++;
		whole = t->told[row] < whole ? t->told[row] : whole;
		status = tell_row(by, t->names[row] ? t->names[row] : "not stated", 1, sums + row * REPORT_COUNTS, t->told[row], each, arg);
	}
	if (status || alone == t->n)
		return status;
	return tell_row(by, words[by][alone == 0], MENTOR_SUPPRESSED, sums + t->n * REPORT_COUNTS, alone ? whole : REPORT_COUNTS, each, arg);
}

/* As tell_rows() tells them. */
static enum mentor_status publish_rows(struct tables *t, int64_t by, int64_t k, bool *ret_told)
{
	static const char *const subjects[] = { "recruitment by organisation", "recruitment by directorate" };
	struct mentor_across *a = t->a;
	const struct ledger_subject subject = { subjects[by], a->cohorts, a->n };
	const size_t n = (t->n + 1) * REPORT_COUNTS;
	int64_t *cells = arena_alloc(&a->memory, n * sizeof(*cells)), *totals = arena_alloc(&a->memory, REPORT_COUNTS * sizeof(*totals));
	const char **names = arena_alloc(&a->memory, (t->n + 1) * sizeof(*names));
	if (!cells || !totals || !names)
		return fail_memory(a->m);
	for (size_t i = 0; i < a->n * t->n * REPORT_COUNTS; i++) {
		const size_t row = i / REPORT_COUNTS % t->n, column = i % REPORT_COUNTS;
		cells[row * REPORT_COUNTS + column] += t->cells[i];
		totals[column] += t->cells[i];
	}
	for (size_t row = 0; row < t->n; row++) {
		names[row] = t->names[row] ? t->names[row] : "";
		for (size_t c = t->told[row]; c < REPORT_COUNTS; c++)
			cells[row * REPORT_COUNTS + c] = MENTOR_SUPPRESSED;
	}
	t->told[t->n] = 0; /* what stands together is what is left of the totals */
	for (size_t c = 0; c < REPORT_COUNTS; c++)
		cells[t->n * REPORT_COUNTS + c] = MENTOR_SUPPRESSED;
	return ledger_rows(a->m, &subject, k, &(const struct suppress_rows){ t->n, REPORT_COUNTS, names, cells, t->told, totals, false }, ret_told);
}

static enum mentor_status tell_breakdown(struct mentor_across *a, const struct mentor_period *period, int64_t by, mentor_report_fn *each, void *arg)
{
	struct tables t = { .a = a };
	struct definition *d = NULL;
	if (period && (period->since || period->until) && ledger_leaves_out(a->m))
		return MENTOR_OK;
	enum mentor_status status = load_tables(&t, period, by);
	if (!status)
		status = programme_of_cohort(a->m, a->cohorts[0], &d);
	int64_t k = status ? 0 : suppress_threshold(d->privacy.min_cell);
	definition_free(d);
	if (status || t.n == 0)
		return status;
	status = show_alone(&t, k);
	if (status)
		return status;
	suppress_organisations(t.cells, t.shown, a->n, t.n, REPORT_COUNTS, k, t.told);
	bool told = true;
	status = publish_rows(&t, by, k, &told);
	return status || !told ? status : tell_rows(&t, by, each, arg);
}

/* ---- telling ---- */

static void mend_head(struct mentor_progress *head)
{
	head->cohort = head->title = head->state = head->started_on = head->ends_on = NULL;
	head->months_passed = MENTOR_NONE;
}

/* Shares of all who applied. */
static void mend_steps(const struct mentor_across *a, const struct kind *kind)
{
	const struct row *first = a->first[kind - kinds];
	const int64_t applied = first ? ((const struct mentor_report_step *)first->record)->people : 0;
	for (const struct row *row = first; row; row = row->next) {
		struct mentor_report_step *step = row->record;
		step->share = applied ? (200 * step->people + applied) / (2 * applied) : MENTOR_NONE;
	}
}

/* In the order of months, whichever cohort had them first; the list is short. */
static void sort_months(struct row *first)
{
	for (struct row *a = first; a; a = a->next)
		for (struct row *b = a->next; b; b = b->next) {
			const struct mentor_activity_row *x = a->record, *y = b->record;
			assert(x->month && y->month);
			if (strcmp(x->month, y->month) > 0) {
				void *swap = a->record;
				a->record = b->record;
				b->record = swap;
			}
		}
}

enum mentor_status mentor_across_tell(
    struct mentor_across *a, const struct mentor_period *period, int64_t by, mentor_report_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	assert(a->first[0]); /* every report begins with its head */
	mend_head(a->first[0]->record);
	mend_steps(a, kind_of("steps"));
	sort_months(a->first[kind_of("activity") - kinds]);
	const struct mentor_report_scope scope = { period ? period->since : NULL, period ? period->until : NULL, a->slugs };
	for (size_t i = 0; !status && i < KINDS; i++) {
		for (const struct row *row = a->first[i]; !status && row; row = row->next)
			status = each(arg, kinds[i].part, row->record);
		if (!status && i == 0)
			status = each(arg, "scope", &scope);
	}
	return status || by == MENTOR_NONE || !a->complete ? status : tell_breakdown(a, period, by, each, arg);
}
