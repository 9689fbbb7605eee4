/* ledger.c (test): what somebody who reads every publication can work out from them together. */
#include "support.h"

#include "ledger.h"

#include <stdio.h>
#include <stdlib.h>

#define S MENTOR_SUPPRESSED

enum { MOST = 7 };

/* Random numbers that are the same in every run. */
static uint32_t seed = 20261127;
static int64_t below(int64_t n)
{
	seed = seed * 1664525U + 1013904223U;
	return (int64_t)(seed >> 8) % n;
}

/* ---- all outcomes of small groups ---- */

enum { CELLS = 3, MASKS = (1 << CELLS) - 1, K = 3 };

/* Who was there, who left and who joined, by what they answered. */
struct world {
	int64_t first[CELLS], left[CELLS], joined[CELLS];
};

/* Batches come in; what of the first was published is gone on from, unless `careless`. */
static void publish(enum suppress_kind kind, const int64_t *first, const int64_t *second, const struct suppress_told *then, bool careless, struct suppress_told *told)
{
	int64_t shown[CELLS] = { 0 }, waiting[CELLS], base[CELLS];
	struct suppress_steps s = { kind, K, CELLS, shown, waiting, SUPPRESS_NOTHING };
	const bool resumed = then && !careless && then->level > SUPPRESS_NOTHING;
	memcpy(waiting, first, sizeof(waiting));
	if (resumed) {
		suppress_retell(then, &s);
		memcpy(base, shown, sizeof(base));
		memset(waiting, 0, sizeof(waiting));
	}
	(void)suppress_step(&s);
	for (size_t i = 0; second && i < CELLS; i++)
		waiting[i] += second[i];
	(void)suppress_step(&s);
	if (resumed)
		(void)suppress_leave(&s, base, first);
	suppress_tell(&s, told);
	const int64_t by = then ? told->people - then->people : 0;
	if (then && !careless && then->level == SUPPRESS_NOTHING && then->people >= K && by < K && -by < K) {
		suppress_withhold(&s);
		suppress_tell(&s, told);
	}
}

static void print_told(char *text, size_t size, const struct suppress_told *t)
{
	/* points are known with a mean, and people always */
	(void)snprintf(text, size, "%d/%ld/%ld:%ld,%ld,%ld", (int)t->level, (long)t->people, (long)(t->level ? t->points : 0),
	    (long)t->cells[0], (long)t->cells[1], (long)t->cells[2]);
}

/* What readers see of the first, of the second were it the only one, and of both. `careless`: of a ledger that lets everything pass. */
enum { FIRST, SECOND, BOTH, VIEWS };
static void print_all(const struct world *w, enum suppress_kind kind, bool careless, char text[VIEWS][160])
{
	int64_t still[CELLS], room[VIEWS][CELLS];
	struct suppress_told first = { .cells = room[FIRST] }, second = { .cells = room[SECOND] }, both = { .cells = room[BOTH] };
	for (size_t i = 0; i < CELLS; i++)
		still[i] = w->first[i] - w->left[i];
	publish(kind, w->first, NULL, NULL, careless, &first);
	publish(kind, still, w->joined, NULL, careless, &second);
	publish(kind, still, w->joined, &first, careless, &both);
	print_told(text[FIRST], 80, &first);
	print_told(text[SECOND], 80, &second);
	print_told(text[BOTH] + snprintf(text[BOTH], 80, "%.70s|", text[FIRST]), 80, &both);
}

/* The sizes that a group has in the outcomes that look alike. */
struct seen {
	char text[160];
	struct sizes {
		int64_t least, most;
	} groups[3][MASKS]; /* of the first, of those who joined, of those who left: who gave one of the answers of the mask */
};
struct view {
	struct seen *seen;
	size_t n;
};
enum { MOST_SEEN = 4096 };

static struct seen *find_seen(struct view *v, const char *text)
{
	size_t at = 0;
	while (at < v->n && strcmp(v->seen[at].text, text) != 0)
		at++;
	assert_true(at < MOST_SEEN);
	if (at == v->n)
		memcpy(v->seen[v->n++].text, text, strlen(text) + 1);
	return &v->seen[at];
}

static int64_t size_of(const int64_t *cells, size_t mask)
{
	int64_t size = 0;
	for (size_t i = 0; i < CELLS; i++)
		size += mask & 1U << i ? cells[i] : 0;
	return size;
}

static void look_at(struct view *v, const struct world *w, const char *text)
{
	const int64_t *const sides[] = { w->first, w->joined, w->left };
	const size_t before = v->n;
	struct seen *seen = find_seen(v, text);
	for (size_t side = 0; side < 3; side++)
		for (size_t mask = 1; mask < MASKS; mask++) {
			struct sizes *g = &seen->groups[side][mask];
			const int64_t size = size_of(sides[side], mask);
			g->least = v->n > before || size < g->least ? size : g->least;
			g->most = v->n > before || size > g->most ? size : g->most;
		}
}

static bool is_fixed(const struct sizes *g)
{
	return g->least == g->most;
}

static bool next_split(int64_t *cells, int64_t n, const int64_t *most)
{
	for (;;) {
		size_t i = 0;
		while (i < CELLS && cells[i] == n)
			cells[i++] = 0;
		if (i == CELLS)
			return false;
		cells[i]++;
		int64_t sum = 0;
		bool fits = true;
		for (size_t c = 0; c < CELLS; c++) {
			sum += cells[c];
			fits = fits && (!most || cells[c] <= most[c]);
		}
		if (sum == n && fits)
			return true;
	}
}

static bool first_split(int64_t *cells, int64_t n, const int64_t *most)
{
	memset(cells, 0, CELLS * sizeof(*cells));
	return n == 0 || next_split(cells, n, most);
}

typedef void world_fn(void *arg, const struct world *w);
static void each_world(int64_t there, int64_t left, int64_t joined, world_fn *each, void *arg)
{
	struct world w;
	for (bool a = first_split(w.first, there, NULL); a; a = there > 0 && next_split(w.first, there, NULL))
		for (bool b = first_split(w.left, left, w.first); b; b = left > 0 && next_split(w.left, left, w.first))
			for (bool c = first_split(w.joined, joined, NULL); c; c = joined > 0 && next_split(w.joined, joined, NULL))
				each(arg, &w);
}

struct attack {
	enum suppress_kind kind;
	bool careless;
	int64_t moved; /* how many left or joined */
	struct view views[VIEWS];
	size_t outcomes, leaks;
};

static void see(void *arg, const struct world *w)
{
	struct attack *a = arg;
	char text[VIEWS][160];
	print_all(w, a->kind, a->careless, text);
	for (int v = 0; v < VIEWS; v++)
		look_at(&a->views[v], w, text[v]);
	a->outcomes++;
}

/* A group of 1 to K-1 people that has the same size whenever both look like this, and not whenever one of them does. */
static void judge(void *arg, const struct world *w)
{
	struct attack *a = arg;
	char text[VIEWS][160];
	const struct seen *seen[VIEWS];
	print_all(w, a->kind, a->careless, text);
	/* not promised: that nothing follows from nothing having been told, when many came or went since */
	if (text[FIRST][0] == '0' && a->moved >= K)
		return;
	for (int v = 0; v < VIEWS; v++)
		seen[v] = find_seen(&a->views[v], text[v]);
	for (size_t side = 0; side < 3; side++)
		for (size_t mask = 1; mask < MASKS; mask++) {
			const struct sizes *both = &seen[BOTH]->groups[side][mask];
			const bool follows = is_fixed(both) && !is_fixed(&seen[FIRST]->groups[side][mask]) && !is_fixed(&seen[SECOND]->groups[side][mask]);
			a->leaks += follows && both->least > 0 && both->least < K;
		}
}

static size_t count_leaks(int64_t there, int64_t left, int64_t joined, enum suppress_kind kind, bool careless, size_t *outcomes)
{
	struct attack a = { .kind = kind, .careless = careless, .moved = left + joined };
	for (int v = 0; v < VIEWS; v++) {
		a.views[v].seen = calloc(MOST_SEEN, sizeof(*a.views[v].seen));
		assert_non_null(a.views[v].seen);
	}
	each_world(there, left, joined, see, &a);
	each_world(there, left, joined, judge, &a);
	for (int v = 0; v < VIEWS; v++)
		free(a.views[v].seen);
	*outcomes += a.outcomes;
	return a.leaks;
}

static size_t count_all_leaks(bool careless, size_t *outcomes)
{
	size_t leaks = 0;
	for (int64_t there = 0; there <= 9; there++)
		for (int64_t left = 0; left <= 4 && left <= there; left++)
			for (int64_t joined = 0; joined <= 5; joined++)
				for (int kind = SUPPRESS_SCALE; kind <= SUPPRESS_CHOICE; kind++)
					leaks += count_leaks(there, left, joined, (enum suppress_kind)kind, careless, outcomes);
	return leaks;
}

static void no_small_group_follows_from_two_publications(void **state)
{
	size_t outcomes = 0;
	(void)state;
	assert_int_equal(count_all_leaks(false, &outcomes), 0);
	assert_true(outcomes > 100000);
}

static void the_attack_finds_what_a_careless_ledger_gives_away(void **state)
{
	size_t outcomes = 0;
	(void)state;
	assert_true(count_all_leaks(true, &outcomes) > 100);
}

/* ---- the ledger itself: figures over time and over cohorts ---- */

struct series {
	struct mentor *m;
	char what[40];
	int64_t cohorts[3];
	size_t n_cohorts;
	enum suppress_kind kind;
	int64_t k;
	size_t n; /* cells */
	/* batches of answers, as they are by now */
	int64_t batch[40][MOST];
	size_t n_batches;
};

/* One publication as a command makes it. */
static void publish_series(struct series *s, int64_t told[MOST + 3])
{
	int64_t room[6][MOST] = { { 0 } }, since = -1, last = -1;
	struct suppress_steps steps = { s->kind, s->k, s->n, room[0], room[1], SUPPRESS_NOTHING };
	const struct ledger_subject subject = { s->what, s->cohorts, s->n_cohorts };
	bool withheld = false;
	assert_int_equal(mentor_begin(s->m), MENTOR_OK);
	assert_int_equal(mentor_publish(s->m), MENTOR_OK);
	assert_int_equal(ledger_resume(s->m, &subject, &steps, &since), MENTOR_OK);
	memcpy(room[2], room[0], sizeof(room[2]));
	last = since;
	for (int64_t b = 0; b < (int64_t)s->n_batches; b++) {
		for (size_t i = 0; i < s->n; i++)
			room[b > since ? 1 : 3][i] += s->batch[b][i];
		if (b > since && suppress_step(&steps))
			last = b;
	}
	const bool behind = since >= 0 && suppress_leave(&steps, room[2], room[3]);
	assert_int_equal(ledger_answers(s->m, &subject, &steps, last, behind, &withheld), MENTOR_OK);
	struct suppress_told t = { .cells = room[4] };
	suppress_tell(&steps, &t);
	memset(told, 0, (MOST + 3) * sizeof(*told));
	told[0] = t.level;
	told[1] = t.level ? t.people : 0;
	told[2] = t.level && s->kind == SUPPRESS_SCALE ? t.points : 0;
	memcpy(told + 3, t.cells, t.n * sizeof(*told));
	assert_int_equal(mentor_commit(s->m), MENTOR_OK);
}

/* So many people answer, at random, some answers more often than others. */
static void add_batch(struct series *s, int64_t people)
{
	int64_t *cells = s->batch[s->n_batches++];
	memset(cells, 0, MOST * sizeof(*cells));
	for (int64_t p = 0; p < people; p++) {
		if (s->kind != SUPPRESS_TICKS) {
			cells[below(below((int64_t)s->n) + 1)]++;
			continue;
		}
		for (size_t i = 0; i + 1 < s->n; i++)
			cells[i] += below(3) == 0;
		cells[s->n - 1]++;
	}
}

static bool far_apart(int64_t a, int64_t b, int64_t k)
{
	return a == S || b == S || a == b || a - b >= k || b - a >= k;
}

/* What two publications say beside each other; said again here, apart from what suppress.c has to say about it. */
static bool tells_few(const struct series *s, const int64_t *a, const int64_t *b)
{
	const size_t n = s->kind == SUPPRESS_TICKS ? s->n - 1 : s->n;
	if (a[0] == SUPPRESS_NOTHING || b[0] == SUPPRESS_NOTHING)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!far_apart(a[3 + i], b[3 + i], s->k) ||
		    (s->kind == SUPPRESS_TICKS && a[3 + i] != S && b[3 + i] != S && !far_apart(a[1] - a[3 + i], b[1] - b[3 + i], s->k)))
			return true;
	return !far_apart(a[1], b[1], s->k);
}

static void new_series(struct series *s, struct mentor *m, int number)
{
	static const enum suppress_kind kinds[] = { SUPPRESS_SCALE, SUPPRESS_CHOICE, SUPPRESS_TICKS };
	*s = (struct series){ .m = m, .kind = kinds[below(3)], .k = 3 + below(4), .n = 2 + (size_t)below(MOST - 1), .n_cohorts = 1, .cohorts = { 1 } };
	(void)snprintf(s->what, sizeof(s->what), "series %d", number);
}

enum { SERIES = 2000, PUBLICATIONS = 8 };

static void publications_over_time_tell_of_nobody(void **state)
{
	struct mentor *m = support_store();
	size_t told_anew = 0, told_again = 0;
	(void)state;
	for (int i = 0; i < SERIES; i++) {
		struct series s;
		int64_t told[PUBLICATIONS][MOST + 3];
		new_series(&s, m, i);
		add_batch(&s, s.k + below(30));
		for (int p = 0; p < PUBLICATIONS; p++) {
			publish_series(&s, told[p]);
			for (int q = 0; q < p; q++)
				assert_false(tells_few(&s, told[q], told[p]));
			told_anew += p > 0 && memcmp(told[p], told[p - 1], sizeof(told[p])) != 0;
			told_again += p > 0 && told[p][0] && memcmp(told[p], told[p - 1], sizeof(told[p])) == 0;
			add_batch(&s, 1 + below(below(3) ? s.k - 1 : 25)); /* mostly too few */
		}
	}
	assert_true(told_anew > SERIES / 4);
	assert_true(told_again > SERIES);
	mentor_free(m);
}

/* An import that was wrong is taken back, and the right one comes in: the figures are those of the right one. */
static void a_wrong_import_can_be_corrected(void **state)
{
	struct mentor *m = support_store();
	int64_t told[MOST + 3];
	struct series s = { .m = m, .what = "series", .cohorts = { 1 }, .n_cohorts = 1, .kind = SUPPRESS_CHOICE, .k = 3, .n = 2, .n_batches = 1 };
	(void)state;
	memcpy(s.batch[0], (const int64_t[]){ 5, 6 }, 2 * sizeof(int64_t));
	publish_series(&s, told);
	assert_int_equal(told[3], 5);
	memset(s.batch[0], 0, sizeof(s.batch[0]));
	memcpy(s.batch[1], (const int64_t[]){ 8, 4 }, 2 * sizeof(int64_t));
	s.n_batches = 2;
	publish_series(&s, told);
	assert_int_equal(told[3], 8);
	assert_int_equal(told[4], 4);
	assert_int_equal(mentor_published(m)->again, 0);
	/* one of those leaves: the figures stay, and say from when they are */
	s.batch[1][0] = 7;
	publish_series(&s, told);
	assert_int_equal(told[3], 8);
	assert_int_equal(mentor_published(m)->again, 1);
	assert_string_equal(mentor_published(m)->since, "2026-03-02");
	mentor_free(m);
}

/* Whatever the few answer who come or go after a publication, what is told is the same. */
static void the_answers_of_few_change_nothing(void **state)
{
	struct mentor *m = support_store();
	size_t tried = 0;
	(void)state;
	for (int i = 0; i < SERIES; i++) {
		struct series s;
		int64_t before[MOST + 3], after[MOST + 3];
		new_series(&s, m, i);
		add_batch(&s, s.k + below(30));
		publish_series(&s, before);
		if (before[0] == SUPPRESS_NOTHING)
			continue;
		tried++;
		int64_t few = s.k - 1;
		for (int64_t left = below(few + 1); left > 0; left--, few--)
			for (size_t c = 0; c < s.n; c++)
				if (s.kind != SUPPRESS_TICKS && s.batch[0][c] > 0) {
					s.batch[0][c]--;
					break;
				}
		add_batch(&s, few);
		publish_series(&s, after);
		assert_memory_equal(before, after, sizeof(before));
	}
	assert_true(tried > SERIES / 3);
	mentor_free(m);
}

static void what_one_cohort_lacks_from_all_is_not_told(void **state)
{
	struct mentor *m = support_store();
	int64_t told[MOST + 3];
	struct series one = { .m = m, .what = "cohorts", .cohorts = { 1 }, .n_cohorts = 1, .kind = SUPPRESS_CHOICE, .k = 3, .n = 2 }, both = one, crossed = one;
	(void)state;
	memcpy(one.batch[0], (const int64_t[]){ 5, 6 }, 2 * sizeof(int64_t));
	one.n_batches = 1;
	publish_series(&one, told);
	assert_int_equal(told[0], SUPPRESS_COUNTS);
	/* the other cohort is one person */
	both.cohorts[0] = 2;
	both.cohorts[1] = 1;
	both.n_cohorts = 2;
	memcpy(both.batch[0], (const int64_t[]){ 6, 6 }, 2 * sizeof(int64_t));
	both.n_batches = 1;
	publish_series(&both, told);
	assert_int_equal(told[0], SUPPRESS_NOTHING);
	assert_int_equal(mentor_published(m)->withheld, 1);
	assert_string_equal(mentor_published(m)->since, "2026-03-02");
	/* when it has grown it may be told */
	memcpy(both.batch[0], (const int64_t[]){ 9, 6 }, 2 * sizeof(int64_t));
	publish_series(&both, told);
	assert_int_equal(told[0], SUPPRESS_COUNTS);
	/* cohorts 2 and 3 share some with what was told, and not all */
	crossed.cohorts[0] = 2;
	crossed.cohorts[1] = 3;
	crossed.n_cohorts = 2;
	memcpy(crossed.batch[0], (const int64_t[]){ 9, 9 }, 2 * sizeof(int64_t));
	crossed.n_batches = 1;
	publish_series(&crossed, told);
	assert_int_equal(told[0], SUPPRESS_NOTHING);
	/* cohort 4 has nothing to do with them */
	one.cohorts[0] = 4;
	publish_series(&one, told);
	assert_int_equal(told[0], SUPPRESS_COUNTS);
	mentor_free(m);
}

/* ---- tables ---- */

enum { ROWS = 4, COLUMNS = 2 };

static const char *const row_names[] = { "North", "South\tEast", "West", "" };

struct table {
	int64_t cells[(ROWS + 1) * COLUMNS];
	const char *names[ROWS + 1];
	size_t shown[ROWS + 1], rows;
	bool zeros; /* that nobody is in any other row is told; publish_table: wanted, where it may be */
};

/* Rows of nobody are none, as in reports. */
static void publish_table(struct mentor *m, const char *what, const int64_t people[ROWS][COLUMNS], int64_t k, struct table *ret)
{
	const int64_t cohort = 1;
	const struct ledger_subject subject = { what, &cohort, 1 };
	struct arena memory = ARENA_INIT;
	*ret = (struct table){ .zeros = ret->zeros };
	struct ledger_table t = { ret->names, ret->cells, ret->shown, 0, COLUMNS, .zeros = ret->zeros };
	for (size_t i = 0; i < ROWS; i++)
		if (people[i][0] > 0) {
			memcpy(ret->cells + t.rows * COLUMNS, people[i], sizeof(people[i]));
			ret->names[t.rows++] = row_names[i];
		}
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(mentor_publish(m), MENTOR_OK);
	assert_int_equal(ledger_table(m, &subject, k, &memory, &t), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
	memmove(ret->cells, t.cells, (t.rows + 1) * COLUMNS * sizeof(*t.cells));
	memmove(ret->shown, t.shown, (t.rows + 1) * sizeof(*t.shown));
	for (size_t i = 0; i < t.rows; i++)
		for (size_t name = 0; name < ROWS; name++)
			if (strcmp(t.names[i], row_names[name]) == 0)
				ret->names[i] = row_names[name];
	ret->rows = t.rows;
	ret->zeros = ret->zeros && t.countable && t.rows > 0;
	arena_free(&memory);
}

static int64_t told_of(const struct table *t, const char *name, size_t column)
{
	for (size_t i = 0; i < t->rows; i++)
		if (t->names[i] == name && t->shown[i] > column)
			return t->cells[i * COLUMNS + column];
	return S;
}

static bool tables_tell_few(const struct table *a, const struct table *b, int64_t k)
{
	for (size_t name = 0; name < ROWS; name++)
		for (size_t c = 0; c < COLUMNS; c++) {
			const int64_t left = told_of(a, row_names[name], c), right = told_of(b, row_names[name], c);
			if (!far_apart(left, right, k))
				return true;
			if (c > 0 && left != S && right != S &&
			    !far_apart(told_of(a, row_names[name], c - 1) - left, told_of(b, row_names[name], c - 1) - right, k))
				return true;
		}
	return false;
}

static void tables_over_time_tell_of_nobody(void **state)
{
	struct mentor *m = support_store();
	size_t divided = 0, anew = 0;
	(void)state;
	for (int i = 0; i < SERIES; i++) {
		int64_t people[ROWS][COLUMNS] = { { 0 } }, k = 3 + below(4);
		struct table tables[PUBLICATIONS] = { { .rows = 0 } };
		char what[40];
		(void)snprintf(what, sizeof(what), "table %d", i);
		for (size_t r = 0; r < ROWS; r++) {
			people[r][0] = below(20);
			people[r][1] = below(people[r][0] + 1);
		}
		for (int p = 0; p < PUBLICATIONS; p++) {
			publish_table(m, what, (const int64_t(*)[COLUMNS])people, k, &tables[p]);
			for (int q = 0; q < p; q++)
				assert_false(tables_tell_few(&tables[q], &tables[p], k));
			divided += told_of(&tables[p], row_names[0], 0) != S;
			anew += p > 0 && told_of(&tables[p], row_names[0], 0) != told_of(&tables[p - 1], row_names[0], 0);
			int64_t *row = people[below(ROWS)];
			const int64_t more = 1 + below(below(3) ? k - 1 : 15);
			row[0] += more;
			row[1] += below(2) ? more : 0;
		}
	}
	assert_true(divided > SERIES);
	assert_true(anew > SERIES / 8);
	mentor_free(m);
}

static bool has_row(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->rows; i++)
		if (t->names[i] == name)
			return true;
	return false;
}

/* A row that nobody was in, as was told, is told again when it appears, and then of many; it does not just go among those withheld. */
static bool a_zero_tells_few(const struct table *a, const struct table *b, const char *name, int64_t k)
{
	return a->zeros && !has_row(a, name) && has_row(b, name) && !(told_of(b, name, 0) != S && told_of(b, name, 0) >= k);
}

static void zeros_that_were_told_tell_of_nobody_who_comes(void **state)
{
	struct mentor *m = support_store();
	size_t zeros = 0, again = 0;
	(void)state;
	for (int i = 0; i < SERIES; i++) {
		int64_t people[ROWS][COLUMNS] = { { 0 } }, k = 3 + below(4);
		struct table tables[PUBLICATIONS];
		char what[40];
		(void)snprintf(what, sizeof(what), "groups %d", i);
		for (size_t r = 0; r < ROWS; r++)
			people[r][0] = people[r][1] = below(2) * below(20);
		for (int p = 0; p < PUBLICATIONS; p++) {
			tables[p] = (struct table){ .zeros = true };
			publish_table(m, what, (const int64_t(*)[COLUMNS])people, k, &tables[p]);
			again += mentor_published(m)->again > 0;
			for (int q = 0; q < p; q++)
				for (size_t name = 0; name < ROWS; name++) {
					assert_false(a_zero_tells_few(&tables[q], &tables[p], row_names[name], k));
					assert_false(a_zero_tells_few(&tables[p], &tables[q], row_names[name], k));
				}
			zeros += tables[p].zeros && tables[p].rows < ROWS;
			/* somebody answers otherwise */
			int64_t *from = people[below(ROWS)], *to = people[below(ROWS)];
			const int64_t moved = from[0] < 3 ? from[0] : 1 + below(from[0]);
			from[0] -= moved;
			from[1] -= moved;
			to[0] += moved;
			to[1] += moved;
		}
	}
	assert_true(zeros > SERIES / 2);
	assert_true(again > SERIES / 2);
	mentor_free(m);
}

/* One more in any row: the table is the earlier one to the letter, wherever she or he is. */
static void one_more_changes_no_table(void **state)
{
	struct mentor *m = support_store();
	size_t divided = 0;
	(void)state;
	for (int i = 0; i < SERIES; i++) {
		int64_t people[ROWS][COLUMNS] = { { 0 } }, k = 3 + below(4);
		struct table before = { .rows = 0 }, after = { .rows = 0 };
		char what[40];
		(void)snprintf(what, sizeof(what), "table %d", i);
		for (size_t r = 0; r < ROWS; r++)
			people[r][1] = people[r][0] = below(20);
		publish_table(m, what, (const int64_t(*)[COLUMNS])people, k, &before);
		const size_t row = (size_t)below(ROWS);
		people[row][0]++;
		people[row][1] += below(2);
		publish_table(m, what, (const int64_t(*)[COLUMNS])people, k, &after);
		if (before.rows == 0 || told_of(&before, before.names[0], 0) == S)
			continue; /* only the total was told, or it may be now */
		divided++;
		assert_int_equal(mentor_published(m)->again, 1);
		assert_int_equal(before.rows, after.rows);
		for (size_t r = 0; r < ROWS; r++)
			for (size_t c = 0; c < COLUMNS; c++)
				assert_true(told_of(&before, row_names[r], c) == told_of(&after, row_names[r], c));
		assert_memory_equal(before.shown, after.shown, (before.rows + 1) * sizeof(*before.shown));
	}
	assert_true(divided > SERIES / 3);
	mentor_free(m);
}

/* ---- the ledger as it stands ---- */

static enum mentor_status keep_last(void *arg, const void *record)
{
	const struct mentor_publication *p = record;
	char *text = arg;
	(void)snprintf(text, 200, "%ld %s [%s] %s: %s", (long)p->number, p->published_on, p->cohorts, p->subject, p->figures);
	return MENTOR_OK;
}

static void what_was_told_is_noted_once_and_only_added_to(void **state)
{
	struct mentor *m = support_cohort();
	int64_t told[MOST + 3];
	char text[200] = "";
	struct series s = { .m = m, .what = "survey before: trust", .cohorts = { 1 }, .n_cohorts = 1, .kind = SUPPRESS_CHOICE, .k = 3, .n = 3 };
	(void)state;
	memcpy(s.batch[0], (const int64_t[]){ 3, 0, 4 }, 3 * sizeof(int64_t));
	s.n_batches = 1;
	publish_series(&s, told);
	publish_series(&s, told);
	assert_int_equal(mentor_published(m)->noted, 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM publication"), 1);
	assert_int_equal(mentor_ledger(m, keep_last, text), MENTOR_OK);
	assert_string_equal(text, "1 2026-03-02 [spring] survey before: trust: 2 7 8 3 0 4");
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m, "UPDATE publication SET figures = ''", DB_NO_ARGS), MENTOR_REFUSED);
	mentor_rollback(m);
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m, "DELETE FROM publication", DB_NO_ARGS), MENTOR_REFUSED);
	mentor_rollback(m);
	mentor_free(m);
}

/* Whoever only looks sees the figures of now, and nothing is written. */
static void looking_is_not_publishing(void **state)
{
	struct mentor *m = support_store();
	int64_t shown[] = { 3, 4 }, waiting[] = { 0, 0 }, cohort = 1, since = 0;
	struct suppress_steps steps = { SUPPRESS_CHOICE, 3, 2, shown, waiting, SUPPRESS_COUNTS };
	const struct ledger_subject subject = { "a question", &cohort, 1 };
	bool withheld = true;
	(void)state;
	assert_int_equal(ledger_resume(m, &subject, &steps, &since), MENTOR_OK);
	assert_int_equal(since, -1);
	assert_int_equal(ledger_answers(m, &subject, &steps, 5, false, &withheld), MENTOR_OK);
	assert_false(withheld);
	assert_int_equal(support_number(m, "SELECT count(*) FROM publication"), 0);
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_small_group_follows_from_two_publications),
		cmocka_unit_test(the_attack_finds_what_a_careless_ledger_gives_away),
		cmocka_unit_test(publications_over_time_tell_of_nobody),
		cmocka_unit_test(a_wrong_import_can_be_corrected),
		cmocka_unit_test(the_answers_of_few_change_nothing),
		cmocka_unit_test(what_one_cohort_lacks_from_all_is_not_told),
		cmocka_unit_test(tables_over_time_tell_of_nobody),
		cmocka_unit_test(zeros_that_were_told_tell_of_nobody_who_comes),
		cmocka_unit_test(one_more_changes_no_table),
		cmocka_unit_test(what_was_told_is_noted_once_and_only_added_to),
		cmocka_unit_test(looking_is_not_publishing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
