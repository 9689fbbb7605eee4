/* ledger.c: what was published, and whether something else may be published beside it. */
#include "ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define AT_TEXT(member) MENTOR_AT_TEXT(mentor_publication, member)
const struct mentor_field mentor_publication_fields[] = {
	{ "number", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_publication, number), .help = "its place in the ledger, from 1" },
	{ "published_on", MENTOR_TYPE_DAY, 0, AT_TEXT(published_on), .heading = "published", .help = "day the figures left first" },
	{ "cohorts", MENTOR_TYPE_TEXT, 0, AT_TEXT(cohorts), .help = "the cohorts that the figures are of" },
	{ "subject", MENTOR_TYPE_TEXT, 0, AT_TEXT(subject), .heading = "figures", .help = "what they are of" },
	{ "figures", MENTOR_TYPE_NOTE, MENTOR_WIDE, AT_TEXT(figures), .help = "the numbers that were told, - for each that was withheld; of answers level, people, sum and counts; of tables columns, whether rows can be counted, totals, and a line a row" },
	{ 0 },
};
/* clang-format on */

enum mentor_status mentor_publish(struct mentor *m)
{
	m->publishing = true;
	m->published = (struct mentor_published){ 0 };
	return MENTOR_OK;
}

const struct mentor_published *mentor_published(const struct mentor *m)
{
	return &m->published;
}

/* ---- figures as text ---- */

static void write_number(struct mentor_buf *b, int64_t number)
{
	if (number == MENTOR_SUPPRESSED)
		mentor_buf_str(b, " -");
	else
		mentor_buf_fmt(b, " %" PRId64, number);
}

static int64_t read_number(const char **at)
{
	char *end = NULL;
	*at += strspn(*at, " ");
	if (**at == '-' && ((*at)[1] == ' ' || (*at)[1] == '\n' || !(*at)[1])) {
		++*at;
		return MENTOR_SUPPRESSED;
	}
	const int64_t number = strtoll(*at, &end, 10);
	*at = end;
	return number;
}

static void write_told(struct mentor_buf *b, const struct suppress_told *told)
{
	mentor_buf_fmt(b, "%d %" PRId64 " %" PRId64, (int)told->level, told->people, told->points);
	for (size_t i = 0; i < told->n; i++)
		write_number(b, told->cells[i]);
}

/* Into cells with room for `room`; n says how many there are, which may be more. */
static void read_told(const char *figures, size_t room, struct suppress_told *ret)
{
	ret->level = (enum suppress_level)read_number(&figures);
	ret->people = read_number(&figures);
	ret->points = read_number(&figures);
	for (ret->n = 0; *figures; ret->n++) {
		const int64_t cell = read_number(&figures);
		if (ret->n < room)
			ret->cells[ret->n] = cell;
	}
}

static void write_rows(struct mentor_buf *b, const struct suppress_rows *t, bool countable)
{
	mentor_buf_fmt(b, "%zu %d", t->columns, countable);
	for (size_t c = 0; c < t->columns; c++)
		write_number(b, t->totals[c]);
	for (size_t i = 0; i <= t->rows; i++) {
		mentor_buf_fmt(b, "\n%zu", t->shown[i]);
		for (size_t c = 0; c < t->columns; c++)
			write_number(b, t->cells[i * t->columns + c]);
		mentor_buf_fmt(b, " %s", i < t->rows ? t->names[i] : "");
	}
}

static size_t count_lines(const char *text)
{
	size_t n = 0;
	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* A table as it was published; its rows with the others behind them. */
static bool read_rows(const char *figures, struct arena *memory, struct suppress_rows *ret, bool *ret_countable)
{
	const size_t lines = count_lines(figures), columns = (size_t)read_number(&figures);
	*ret_countable = read_number(&figures) == 1;
	const char **names = arena_alloc(memory, (lines + 1) * sizeof(*names));
	int64_t *totals = arena_alloc(memory, (columns + 1) * sizeof(*totals));
	int64_t *cells = arena_alloc(memory, (lines + 1) * (columns + 1) * sizeof(*cells));
	size_t *shown = arena_alloc(memory, (lines + 1) * sizeof(*shown));
	if (memory->failed)
		return false;
	for (size_t c = 0; c < columns; c++)
		totals[c] = read_number(&figures);
	for (size_t i = 0; i < lines; i++) {
		figures += strcspn(figures, "\n") + 1;
		shown[i] = (size_t)read_number(&figures);
		for (size_t c = 0; c < columns; c++)
			cells[i * columns + c] = read_number(&figures);
		figures += *figures == ' ';
		names[i] = arena_strndup(memory, figures, strcspn(figures, "\n"));
	}
	*ret = (struct suppress_rows){ .rows = lines ? lines - 1 : 0, .columns = columns, .names = names, .cells = cells, .shown = shown, .totals = totals };
	return !memory->failed;
}

/* ---- publications of the same figures ---- */

/* Cohorts as they stand in the ledger: " 3 7 ". */
static int by_number(const void *a, const void *b)
{
	const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static enum mentor_status write_cohorts(struct mentor *m, const struct ledger_subject *s, struct mentor_buf *b)
{
	int64_t *sorted = malloc((s->n_cohorts + 1) * sizeof(*sorted));
	if (!sorted)
		return fail_memory(m);
	memcpy(sorted, s->cohorts, s->n_cohorts * sizeof(*sorted));
	qsort(sorted, s->n_cohorts, sizeof(*sorted), by_number);
	mentor_buf_char(b, ' ');
	for (size_t i = 0; i < s->n_cohorts; i++)
		mentor_buf_fmt(b, "%" PRId64 " ", sorted[i]);
	free(sorted);
	return b->failed ? fail_memory(m) : MENTOR_OK;
}

enum relation { APART, WITHIN, SAME, CROSSED };

/* How many cohorts of `list` are in `among`; *ret_all: how many there are. */
static size_t shared(const char *list, const char *among, size_t *ret_all)
{
	size_t n = 0;
	*ret_all = 0;
	for (const char *p = list; p[0] && p[1]; p += strcspn(p + 1, " ") + 1, ++*ret_all) {
		const size_t len = strcspn(p + 1, " ") + 2;
		for (const char *q = among; *q; q++)
			if (strncmp(p, q, len) == 0) {
				n++;
				break;
			}
	}
	return n;
}

static enum relation relate(const char *a, const char *b)
{
	size_t all_a = 0, all_b = 0;
	const size_t n = shared(a, b, &all_a);
	(void)shared(b, a, &all_b);
	if (n == 0)
		return APART;
	if (n == all_a && n == all_b)
		return SAME;
	return n == all_a || n == all_b ? WITHIN : CROSSED;
}

/* What is found of earlier publications of the same figures. */
struct beside {
	bool (*apart)(void *arg, const char *figures); /* asked of those that are not of the very same cohorts, or of all */
	bool all;
	void *arg;
	bool refused;            /* too close to one of them */
	struct mentor_buf last;  /* the newest over the same cohorts; empty: there is none */
	int64_t until;           /* the last batch in it */
	char day[11], latest[11]; /* when that one left first; the newest of those too close */
};

static void copy_day(char to[11], const char *day)
{
	memcpy(to, day, strlen(day) < 11 ? strlen(day) + 1 : 0);
}

static enum mentor_status look_beside(struct mentor *m, const char *what, const char *cohorts, struct beside *x)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, "SELECT cohorts, figures, published_on, until FROM publication WHERE subject = $1 ORDER BY id",
	    DB_ARGS(DB_TEXT(what)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const enum relation relation = relate(cohorts, db_text(rows, 0));
		const char *figures = db_text(rows, 1), *day = db_text(rows, 2);
		status = db_whole(rows);
		if (status || relation == APART)
			continue;
		if (relation == CROSSED || ((relation == WITHIN || x->all) && x->apart && !x->apart(x->arg, figures))) {
			x->refused = true;
			copy_day(x->latest, day);
		}
		if (relation != SAME)
			continue;
		mentor_buf_clear(&x->last);
		mentor_buf_str(&x->last, figures);
		x->until = db_number(rows, 3);
		copy_day(x->day, day);
	}
	db_done(rows);
	return status ? status : x->last.failed ? fail_memory(m) : MENTOR_OK;
}

static void tell_again(struct mentor *m, const char *day)
{
	struct mentor_published *p = &m->published;
	p->again++;
	if (!*p->since || strcmp(day, p->since) < 0)
		copy_day(p->since, day);
}

static void tell_withheld(struct mentor *m, const char *day)
{
	tell_again(m, day);
	m->published.again--;
	m->published.withheld++;
}

/* Figures that were told before are not noted twice. */
static enum mentor_status note(struct mentor *m, const struct ledger_subject *s, const char *cohorts, const char *figures, int64_t until, const struct beside *x)
{
	if (x->last.len && strcmp(mentor_buf_text(&x->last), figures) == 0)
		return MENTOR_OK;
	m->published.noted++;
	return db_run(m, "INSERT INTO publication (subject, cohorts, figures, until, published_on) VALUES ($1, $2, $3, $4, $5)",
	    DB_ARGS(DB_TEXT(s->what), DB_TEXT(cohorts), DB_TEXT(figures), DB_NUMBER(until), DB_TEXT(m->today)));
}

/* ---- answers ---- */

static enum mentor_status find_last(struct mentor *m, const struct ledger_subject *subject, struct beside *x)
{
	struct mentor_buf cohorts = MENTOR_BUF_INIT;
	enum mentor_status status = write_cohorts(m, subject, &cohorts);
	if (!status)
		status = look_beside(m, subject->what, mentor_buf_text(&cohorts), x);
	mentor_buf_free(&cohorts);
	return status;
}

enum mentor_status ledger_resume(struct mentor *m, const struct ledger_subject *subject, struct suppress_steps *steps, int64_t *ret_since)
{
	struct beside x = { .last = MENTOR_BUF_INIT };
	*ret_since = -1;
	if (!m->publishing)
		return MENTOR_OK;
	struct suppress_told then = { .kind = steps->kind, .cells = calloc(steps->n + 1, sizeof(*then.cells)) };
	enum mentor_status status = then.cells ? find_last(m, subject, &x) : fail_memory(m);
	if (!status && x.last.len) {
		read_told(mentor_buf_text(&x.last), steps->n, &then);
		const bool same = then.n == (steps->kind == SUPPRESS_TICKS ? steps->n - 1 : steps->n); /* else it is another question by now */
		if (same && then.level > SUPPRESS_NOTHING) {
			suppress_retell(&then, steps);
			*ret_since = x.until;
		}
	}
	free(then.cells);
	mentor_buf_free(&x.last);
	return status;
}

struct answers {
	const struct suppress_told *now;
	struct suppress_told then;
	int64_t k;
};

static bool answers_apart(void *arg, const char *figures)
{
	struct answers *a = arg;
	a->then.kind = a->now->kind;
	read_told(figures, a->now->n, &a->then);
	return suppress_apart(a->now, &a->then, a->k);
}

/* Whether all of whom nothing could be told are so many more or fewer by now that it can be told of them. */
static bool is_far_from_nothing(struct answers *a, const char *figures)
{
	read_told(figures, a->now->n, &a->then);
	const int64_t by = a->now->people - a->then.people;
	return a->then.level > SUPPRESS_NOTHING || a->then.people < a->k || a->now->level == SUPPRESS_NOTHING || by >= a->k || -by >= a->k;
}

static enum mentor_status publish_answers(struct mentor *m, const struct ledger_subject *subject, struct suppress_steps *steps, int64_t last, bool behind,
    struct answers *a, struct suppress_told *now, bool *ret_withheld)
{
	struct beside x = { .apart = answers_apart, .arg = a, .last = MENTOR_BUF_INIT };
	struct mentor_buf cohorts = MENTOR_BUF_INIT, figures = MENTOR_BUF_INIT;
	x.all = last == MENTOR_NONE;
	suppress_tell(steps, now);
	a->now = now;
	write_told(&figures, now);
	enum mentor_status status = figures.failed ? fail_memory(m) : write_cohorts(m, subject, &cohorts);
	if (!status)
		status = look_beside(m, subject->what, mentor_buf_text(&cohorts), &x);
	const bool near = !status && x.last.len && !is_far_from_nothing(a, mentor_buf_text(&x.last));
	*ret_withheld = near || (!status && x.refused && now->level > SUPPRESS_NOTHING);
	if (*ret_withheld) {
		suppress_withhold(steps);
		tell_withheld(m, near ? x.day : x.latest);
	} else if (!status && (now->level > SUPPRESS_NOTHING || now->people >= steps->k)) {
		if (behind && x.last.len)
			tell_again(m, x.day);
		status = note(m, subject, mentor_buf_text(&cohorts), mentor_buf_text(&figures), last, &x);
	}
	mentor_buf_free(&x.last);
	mentor_buf_free(&cohorts);
	mentor_buf_free(&figures);
	return status;
}

enum mentor_status ledger_answers(struct mentor *m, const struct ledger_subject *subject, struct suppress_steps *steps, int64_t last, bool behind,
    bool *ret_withheld)
{
	*ret_withheld = false;
	if (!m->publishing)
		return MENTOR_OK;
	struct suppress_told now = { .cells = calloc(2 * steps->n + 1, sizeof(*now.cells)) };
	struct answers a = { .k = steps->k };
	if (!now.cells)
		return fail_memory(m);
	a.then.cells = now.cells + steps->n;
	enum mentor_status status = publish_answers(m, subject, steps, last, behind, &a, &now, ret_withheld);
	free(now.cells);
	return status;
}

/* ---- tables ---- */

struct tables {
	struct suppress_rows now;
	bool zeros; /* of its kind */
	int64_t k;
	struct arena memory;
	bool lost;
};

static bool tables_apart(void *arg, const char *figures)
{
	struct tables *t = arg;
	struct suppress_rows then;
	bool countable = false;
	t->lost = t->lost || !read_rows(figures, &t->memory, &then, &countable);
	then.zeros = t->zeros && countable;
	return t->lost || suppress_rows_apart(&t->now, &then, t->k);
}

/* The earlier table in the place of this one. */
static enum mentor_status put_back(struct mentor *m, const char *figures, struct arena *memory, struct ledger_table *t)
{
	struct suppress_rows then;
	bool countable = false;
	if (!read_rows(figures, memory, &then, &countable))
		return fail_memory(m);
	const size_t cells = (then.rows + 1) * t->columns;
	t->names = arena_alloc(memory, (then.rows + 1) * sizeof(*t->names));
	t->cells = arena_alloc(memory, (cells + 1) * sizeof(*t->cells));
	t->shown = arena_alloc(memory, (then.rows + 1) * sizeof(*t->shown));
	if (memory->failed)
		return fail_memory(m);
	/* a column that the earlier table did not have is withheld */
	for (size_t i = 0; i <= then.rows; i++) {
		t->names[i] = then.names[i];
		t->shown[i] = then.shown[i];
		for (size_t c = 0; c < t->columns; c++)
			t->cells[i * t->columns + c] = c < then.columns ? then.cells[i * then.columns + c] : MENTOR_SUPPRESSED;
	}
	t->rows = then.rows;
	t->countable = countable;
	for (size_t c = 0; c < t->columns; c++)
		t->totals[c] = c < then.columns ? then.totals[c] : 0;
	return MENTOR_OK;
}

/* *ret_earlier: the table over the same cohorts that was told last, yours; empty: there is none. */
static enum mentor_status publish_rows(struct mentor *m, const struct ledger_subject *subject, int64_t k, const struct suppress_rows *rows, bool countable,
    bool zeros, bool *ret_told, struct mentor_buf *ret_earlier)
{
	struct tables tables = { .now = *rows, .zeros = zeros, .k = k, .memory = ARENA_INIT };
	struct beside x = { .apart = tables_apart, .all = true, .arg = &tables, .last = MENTOR_BUF_INIT };
	struct mentor_buf cohorts = MENTOR_BUF_INIT, figures = MENTOR_BUF_INIT;
	write_rows(&figures, rows, countable);
	enum mentor_status status = figures.failed ? fail_memory(m) : write_cohorts(m, subject, &cohorts);
	if (!status)
		status = look_beside(m, subject->what, mentor_buf_text(&cohorts), &x);
	if (!status && tables.lost)
		status = fail_memory(m);
	if (!status && !x.refused)
		status = note(m, subject, mentor_buf_text(&cohorts), mentor_buf_text(&figures), MENTOR_NONE, &x);
	if (!status && x.refused)
		(ret_earlier && x.last.len ? tell_again : tell_withheld)(m, ret_earlier && x.last.len ? x.day : x.latest);
	*ret_told = !status && !x.refused;
	arena_free(&tables.memory);
	mentor_buf_free(&cohorts);
	mentor_buf_free(&figures);
	if (ret_earlier)
		*ret_earlier = x.last;
	else
		mentor_buf_free(&x.last);
	return status;
}

enum mentor_status ledger_rows(struct mentor *m, const struct ledger_subject *subject, int64_t k, const struct suppress_rows *rows, bool *ret_told)
{
	*ret_told = true;
	return m->publishing ? publish_rows(m, subject, k, rows, false, false, ret_told, NULL) : MENTOR_OK;
}

bool ledger_leaves_out(struct mentor *m)
{
	m->published.withheld += m->publishing;
	return m->publishing;
}

enum mentor_status ledger_table(struct mentor *m, const struct ledger_subject *subject, int64_t k, struct arena *memory, struct ledger_table *t)
{
	struct mentor_buf earlier = MENTOR_BUF_INIT;
	bool told = true;
	t->totals = arena_alloc(memory, (t->columns + 1) * sizeof(*t->totals));
	if (!t->totals)
		return fail_memory(m);
	for (size_t i = 0; i < t->rows * t->columns; i++)
		t->totals[i % t->columns] += t->cells[i];
	t->countable = suppress_table(t->cells, t->rows, t->columns, k, t->shown);
	if (!m->publishing || t->rows == 0)
		return MENTOR_OK;
	const struct suppress_rows rows = { t->rows, t->columns, t->names, t->cells, t->shown, t->totals, t->zeros && t->countable };
	enum mentor_status status = publish_rows(m, subject, k, &rows, t->countable, t->zeros, &told, &earlier);
	if (!status && !told && earlier.len)
		status = put_back(m, mentor_buf_text(&earlier), memory, t);
	else if (!status && !told)
		t->rows = t->shown[0] = 0;
	mentor_buf_free(&earlier);
	return status;
}

/* ---- the ledger ---- */

/* " 3 7 " as "autumn, spring". */
static enum mentor_status name_cohorts(struct mentor *m, const char *numbers, struct mentor_buf *names)
{
	enum mentor_status status = MENTOR_OK;
	mentor_buf_clear(names);
	while (!status && *(numbers += strspn(numbers, " "))) {
		const int64_t id = read_number(&numbers);
		struct db_rows *rows = NULL;
		bool more = false;
		status = db_query(m, "SELECT slug FROM cohort WHERE id = $1", DB_ARGS(DB_NUMBER(id)), &rows);
		if (!status)
			status = db_next(rows, &more);
		if (!status && more)
			mentor_buf_fmt(names, "%s%s", names->len ? ", " : "", db_text(rows, 0));
		if (!status)
			status = db_whole(rows);
		db_done(rows);
	}
	return status ? status : names->failed ? fail_memory(m) : MENTOR_OK;
}

enum mentor_status mentor_ledger(struct mentor *m, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	struct mentor_buf names = MENTOR_BUF_INIT;
	bool more = true;
	enum mentor_status status = db_query(m, "SELECT id, published_on, cohorts, subject, figures FROM publication ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct mentor_publication row = { db_number(rows, 0), db_text(rows, 1), NULL, db_text(rows, 3), db_text(rows, 4) };
		status = name_cohorts(m, db_text(rows, 2), &names);
		row.cohorts = mentor_buf_text(&names);
		if (!status)
			status = each(arg, &row);
	}
	db_done(rows);
	mentor_buf_free(&names);
	return status;
}
