/* stable.c: stable matching on hand cases, against brute force, permuted, and without memory. */
#include "mentor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) ((int32_t)(sizeof(a) / sizeof *(a)))

/* ---- helpers ------------------------------------------------------------------------------------------------ */

static uint64_t random_state;

/** A number from 0 to n - 1 (xorshift64*), the same on every machine. */
static int32_t random_below(int32_t n)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (int32_t)((random_state * UINT64_C(2685821657736338717) >> 33) % (uint64_t)n);
}

static struct mentor_stable_problem problem_of(
    int32_t n_rows, int32_t n_columns, const struct mentor_stable_candidate *candidates, int32_t n_candidates)
{
	return (struct mentor_stable_problem){
		.n_rows = n_rows, .n_columns = n_columns, .candidates = candidates, .n_candidates = n_candidates
	};
}

static struct mentor_stable_result solved(const struct mentor_stable_problem *p)
{
	struct mentor_stable_result r = { 0 };
	assert_int_equal(mentor_stable_solve(p, &r), MENTOR_OK);
	assert_int_equal(r.figures.n_blocking, 0);
	return r;
}

static void assert_pairs(const struct mentor_stable_problem *p, const int32_t *pairs, int32_t n_pairs)
{
	struct mentor_stable_result r = solved(p);
	assert_int_equal(r.n_pairs, n_pairs);
	for (int32_t i = 0; i < n_pairs; i++)
		assert_int_equal(r.pairs[i], pairs[i]);
	mentor_stable_result_free(&r);
}

/** Solving must fail and leave the result alone. */
static void assert_refused(const struct mentor_stable_problem *p, enum mentor_status status)
{
	struct mentor_stable_result r = { .n_pairs = -7 };
	assert_int_equal(mentor_stable_solve(p, &r), status);
	assert_int_equal(r.n_pairs, -7);
	assert_null(r.memory);
}

static int64_t blocking(const struct mentor_stable_problem *p, const int32_t *pairs, int32_t n_pairs)
{
	struct mentor_stable_figures f = { 0 };
	assert_int_equal(mentor_stable_measure(p, pairs, n_pairs, &f), MENTOR_OK);
	return f.n_blocking;
}

/* ---- hand cases --------------------------------------------------------------------------------------------- */

static void rows_get_the_best_they_can_have(void **state)
{
	(void)state;
	/* each row's favourite likes the other row better: both ways round are stable, the rows' is chosen */
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 2 }, { 0, 1, 2, 1 }, { 1, 0, 2, 1 }, { 1, 1, 1, 2 } };
	const struct mentor_stable_problem p = problem_of(2, 2, c, COUNT(c));
	assert_pairs(&p, (const int32_t[]){ 0, 3 }, 2);
	assert_int_equal(blocking(&p, (const int32_t[]){ 2, 1 }, 2), 0);
	struct mentor_stable_result r = solved(&p);
	assert_int_equal(r.figures.rows.n_first, 2);
	assert_int_equal(r.figures.rows.sum, 2);
	assert_int_equal(r.figures.rows.worst, 1);
	assert_int_equal(r.figures.columns.n_first, 0);
	assert_int_equal(r.figures.columns.sum, 4);
	assert_int_equal(r.figures.columns.worst, 2);
	mentor_stable_result_free(&r);
	assert_null(r.memory);
	mentor_stable_result_free(NULL);
}

static void a_pair_that_would_run_off_together_blocks(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 1 }, { 0, 1, 2, 2 }, { 1, 0, 1, 2 }, { 1, 1, 2, 1 } };
	const struct mentor_stable_problem p = problem_of(2, 2, c, COUNT(c));
	assert_int_equal(blocking(&p, (const int32_t[]){ 1, 2 }, 2), 1);
	assert_int_equal(blocking(&p, (const int32_t[]){ 0, 3 }, 2), 0);
	assert_int_equal(blocking(&p, NULL, 0), 4);
	assert_pairs(&p, (const int32_t[]){ 0, 3 }, 2);
}

static void a_tie_never_blocks(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 1 }, { 0, 1, 1, 1 }, { 1, 0, 1, 1 }, { 1, 1, 1, 1 } };
	const struct mentor_stable_problem p = problem_of(2, 2, c, COUNT(c));
	assert_int_equal(blocking(&p, (const int32_t[]){ 0, 3 }, 2), 0);
	assert_int_equal(blocking(&p, (const int32_t[]){ 1, 2 }, 2), 0);
	assert_pairs(&p, (const int32_t[]){ 0, 3 }, 2);
}

static void among_ties_the_lower_id_comes_first(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 1 }, { 0, 1, 1, 1 }, { 1, 0, 1, 1 }, { 1, 1, 1, 1 } };
	struct mentor_stable_problem p = problem_of(1, 2, c, 2);
	p.column_ids = (const int64_t[]){ 9, -4 };
	assert_pairs(&p, (const int32_t[]){ 1 }, 1);
	p = problem_of(2, 1, (const struct mentor_stable_candidate[]){ c[0], c[2] }, 2);
	assert_pairs(&p, (const int32_t[]){ 0 }, 1);
	p.row_ids = (const int64_t[]){ 8, 7 };
	assert_pairs(&p, (const int32_t[]){ 1 }, 1);
}

static void ties_are_broken_so_that_more_are_paired(void **state)
{
	(void)state;
	/* column 0 likes both rows; row 1 has nowhere else to go, though row 0 was there first */
	const struct mentor_stable_candidate column_ties[] = { { 0, 0, 1, 1 }, { 0, 1, 2, 1 }, { 1, 0, 1, 1 } };
	const struct mentor_stable_problem p = problem_of(2, 2, column_ties, COUNT(column_ties));
	assert_pairs(&p, (const int32_t[]){ 1, 2 }, 2);
	/* row 0 likes both columns; column 0 would rather have row 0, but row 1 has nowhere else to go */
	const struct mentor_stable_candidate row_ties[] = { { 0, 0, 1, 1 }, { 0, 1, 1, 1 }, { 1, 0, 1, 2 } };
	const struct mentor_stable_problem q = problem_of(2, 2, row_ties, COUNT(row_ties));
	assert_pairs(&q, (const int32_t[]){ 1, 2 }, 2);
}

static void places_are_filled_on_both_sides_but_no_pair_twice(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 2 }, { 0, 1, 2, 1 }, { 1, 0, 1, 1 }, { 2, 0, 1, 3 } };
	struct mentor_stable_problem p = problem_of(3, 2, c, COUNT(c));
	p.row_places = (const int32_t[]){ 2, 3, 1 };
	p.column_places = (const int32_t[]){ 2, INT32_MAX };
	assert_pairs(&p, (const int32_t[]){ 0, 1, 2 }, 3);
	p.row_places = (const int32_t[]){ 2, 0, 1 };
	assert_pairs(&p, (const int32_t[]){ 0, 1, 3 }, 3);
	p.column_places = (const int32_t[]){ 0, 0 };
	assert_pairs(&p, NULL, 0);
}

static void a_pin_is_kept_and_nobody_waits_for_its_place(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 1 }, { 0, 1, 2, 2 }, { 1, 0, 1, 2 }, { 1, 1, 2, 1 } };
	struct mentor_stable_problem p = problem_of(2, 2, c, COUNT(c));
	p.pins = (const int32_t[]){ 2 };
	p.n_pins = 1;
	assert_pairs(&p, (const int32_t[]){ 1, 2 }, 2);
	struct mentor_stable_figures f = { 0 };
	assert_int_equal(mentor_stable_measure(&p, (const int32_t[]){ 0, 3 }, 2, &f), MENTOR_INVALID);
	p.column_places = (const int32_t[]){ 2, 1 };
	assert_pairs(&p, (const int32_t[]){ 0, 2 }, 2);
}

static void an_empty_problem_has_an_empty_result(void **state)
{
	(void)state;
	const struct mentor_stable_problem nobody = { 0 };
	assert_pairs(&nobody, NULL, 0);
	const struct mentor_stable_problem no_candidates = problem_of(3, 2, NULL, 0);
	assert_pairs(&no_candidates, NULL, 0);
	assert_int_equal(blocking(&no_candidates, NULL, 0), 0);
}

static void large_ranks_are_sorted_like_small_ones(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 0, 0, INT32_MAX, INT32_MAX }, { 0, 1, INT32_MAX - 2048, 1 },
		{ 1, 1, 5000, 2 }, { 1, 0, 5001, INT32_MAX - 1 } };
	const struct mentor_stable_problem p = problem_of(2, 2, c, COUNT(c));
	assert_pairs(&p, (const int32_t[]){ 1, 3 }, 2);
}

/* ---- what is refused ---------------------------------------------------------------------------------------- */

static void what_is_out_of_range_is_refused(void **state)
{
	(void)state;
	const struct mentor_stable_candidate bad[] = { { -1, 0, 1, 1 }, { 2, 0, 1, 1 }, { 0, -1, 1, 1 }, { 0, 3, 1, 1 },
		{ 0, 0, 0, 1 }, { 0, 0, 1, -5 } };
	struct mentor_stable_figures f;
	for (int32_t i = 0; i < COUNT(bad); i++) {
		const struct mentor_stable_problem p = problem_of(2, 3, &bad[i], 1);
		assert_refused(&p, MENTOR_INVALID);
		assert_int_equal(mentor_stable_measure(&p, NULL, 0, &f), MENTOR_INVALID);
	}
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 1 } };
	const struct mentor_stable_problem good = problem_of(1, 1, c, 1);
	struct mentor_stable_problem p[6] = { good, good, good, good, good, good };
	p[0].n_rows = -1;
	p[1].n_candidates = -1;
	p[2].n_pins = -1;
	p[3].row_places = (const int32_t[]){ -1 };
	p[4].column_places = (const int32_t[]){ -1 };
	p[5].n_columns = MENTOR_STABLE_MAX_NODES;
	for (int32_t i = 0; i < COUNT(p); i++)
		assert_refused(&p[i], MENTOR_INVALID);
}

static void what_is_listed_twice_is_refused(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 1, 0, 1, 1 }, { 0, 0, 1, 1 }, { 1, 1, 2, 1 }, { 1, 0, 3, 1 } };
	struct mentor_stable_problem p = problem_of(2, 2, c, COUNT(c));
	assert_refused(&p, MENTOR_INVALID);
	p.n_candidates = 3;
	p.row_ids = (const int64_t[]){ 5, 5 };
	assert_refused(&p, MENTOR_INVALID);
	p.row_ids = NULL;
	p.column_ids = (const int64_t[]){ 5, 5 };
	assert_refused(&p, MENTOR_INVALID);
	p.column_ids = NULL;
	assert_pairs(&p, (const int32_t[]){ 1, 2 }, 2);
}

static void pins_that_do_not_fit_are_refused(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 1 }, { 0, 1, 2, 1 }, { 1, 0, 3, 1 } };
	struct mentor_stable_problem p = problem_of(2, 2, c, COUNT(c));
	struct mentor_stable_figures f;
	p.n_pins = 2;
	p.pins = (const int32_t[]){ 0, 1 };
	assert_refused(&p, MENTOR_REFUSED);
	p.pins = (const int32_t[]){ 2, 0 };
	assert_refused(&p, MENTOR_REFUSED);
	p.pins = (const int32_t[]){ 1, 1 };
	assert_refused(&p, MENTOR_INVALID);
	p.pins = (const int32_t[]){ 1, 3 };
	assert_refused(&p, MENTOR_INVALID);
	assert_int_equal(mentor_stable_measure(&p, (const int32_t[]){ 1 }, 1, &f), MENTOR_INVALID);
}

static void only_a_matching_is_measured(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 1 }, { 0, 1, 2, 1 }, { 1, 0, 3, 1 } };
	const struct mentor_stable_problem p = problem_of(2, 2, c, COUNT(c));
	const int32_t bad[][2] = { { 0, 1 }, { 0, 2 }, { 1, 1 }, { -1, 1 }, { 1, 3 } };
	struct mentor_stable_figures f = { .n_blocking = -7 };
	for (int32_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(mentor_stable_measure(&p, bad[i], 2, &f), MENTOR_INVALID);
	assert_int_equal(mentor_stable_measure(&p, bad[0], -1, &f), MENTOR_INVALID);
	assert_int_equal(f.n_blocking, -7);
}

/* ---- brute force -------------------------------------------------------------------------------------------- */

enum { SMALL_SIDE = 5, SMALL_EDGES = 11 };

struct small {
	struct mentor_stable_candidate candidates[SMALL_EDGES];
	int32_t row_places[SMALL_SIDE], column_places[SMALL_SIDE], pins[SMALL_EDGES];
	int64_t row_ids[SMALL_SIDE], column_ids[SMALL_SIDE];
	struct mentor_stable_problem problem;
};

static void shuffle(int64_t *a, int32_t n)
{
	for (int32_t i = n - 1; i > 0; i--) {
		const int32_t k = random_below(i + 1);
		const int64_t x = a[i];
		a[i] = a[k];
		a[k] = x;
	}
}

/** `most_places` and more than one rank in `n_ranks` as wished; strict when n_ranks is 0. */
static void small_fill(struct small *s, int32_t most_places, int32_t n_ranks, bool pins)
{
	const int32_t n_rows = 1 + random_below(SMALL_SIDE), n_columns = 1 + random_below(SMALL_SIDE);
	const int32_t density = 3 + random_below(8);
	int64_t rank[2][SMALL_SIDE * SMALL_SIDE];
	int32_t n = 0, n_pins = 0;
	*s = (struct small){ 0 };
	for (int32_t i = 0; i < SMALL_SIDE * SMALL_SIDE; i++)
		rank[0][i] = rank[1][i] = i + 1;
	shuffle(rank[0], SMALL_SIDE * SMALL_SIDE);
	shuffle(rank[1], SMALL_SIDE * SMALL_SIDE);
	for (int32_t i = 0; i < SMALL_SIDE; i++) {
		s->row_places[i] = most_places == 1 ? 1 : random_below(most_places + 1);
		s->column_places[i] = most_places == 1 ? 1 : random_below(most_places + 1);
		s->row_ids[i] = s->column_ids[i] = 10 * i;
	}
	shuffle(s->row_ids, n_rows);
	shuffle(s->column_ids, n_columns);
	for (int32_t i = 0; i < n_rows * n_columns && n < SMALL_EDGES; i++)
		if (random_below(10) < density)
			s->candidates[n++] = (struct mentor_stable_candidate){ i / n_columns, i % n_columns,
				n_ranks ? 1 + random_below(n_ranks) : (int32_t)rank[0][i],
				n_ranks ? 1 + random_below(n_ranks) : (int32_t)rank[1][i] };
	for (int32_t i = 0; i < n && pins; i++)
		if (random_below(6) == 0)
			s->pins[n_pins++] = i;
	s->problem = problem_of(n_rows, n_columns, s->candidates, n);
	s->problem.row_places = s->row_places;
	s->problem.column_places = s->column_places;
	s->problem.row_ids = s->row_ids;
	s->problem.column_ids = s->column_ids;
	s->problem.pins = s->pins;
	s->problem.n_pins = n_pins;
}

static bool in(uint32_t set, int32_t i)
{
	return set >> i & 1;
}

/** Would this end of candidate `i` rather have it than what `set` gives? Straight from the definition. */
static bool wants(const struct small *s, uint32_t set, uint32_t pinned, int32_t i, bool row)
{
	const struct mentor_stable_candidate *c = s->candidates;
	int32_t n = row ? s->row_places[c[i].row] : s->column_places[c[i].column];
	bool better = false;
	for (int32_t k = 0; k < s->problem.n_candidates; k++) {
		if (!in(set, k) || (row ? c[k].row != c[i].row : c[k].column != c[i].column))
			continue;
		n--;
		if (!in(pinned, k))
			better = better || (row ? c[i].row_rank < c[k].row_rank : c[i].column_rank < c[k].column_rank);
	}
	return n > 0 || better;
}

static int32_t brute_blocking(const struct small *s, uint32_t set, uint32_t pinned)
{
	int32_t n = 0;
	for (int32_t i = 0; i < s->problem.n_candidates; i++)
		n += !in(set, i) && wants(s, set, pinned, i, true) && wants(s, set, pinned, i, false);
	return n;
}

static bool is_matching(const struct small *s, uint32_t set)
{
	int32_t rows[SMALL_SIDE], columns[SMALL_SIDE];
	memcpy(rows, s->row_places, sizeof rows);
	memcpy(columns, s->column_places, sizeof columns);
	for (int32_t i = 0; i < s->problem.n_candidates; i++)
		if (in(set, i) && (--rows[s->candidates[i].row] < 0 || --columns[s->candidates[i].column] < 0))
			return false;
	return true;
}

static uint32_t set_of(const int32_t *pairs, int32_t n)
{
	uint32_t set = 0;
	for (int32_t i = 0; i < n; i++)
		set |= UINT32_C(1) << pairs[i];
	return set;
}

static int32_t size_of(uint32_t set)
{
	int32_t n = 0;
	for (; set; set &= set - 1)
		n++;
	return n;
}

/** The most pairs of any weakly stable matching that keeps the pins, or -1 when none does. */
static int32_t brute_largest(const struct small *s, uint32_t pinned)
{
	int32_t most = -1;
	for (uint32_t set = 0; set < UINT32_C(1) << s->problem.n_candidates; set++)
		if ((set & pinned) == pinned && size_of(set) > most && is_matching(s, set) && brute_blocking(s, set, pinned) == 0)
			most = size_of(set);
	return most;
}

static void every_result_is_stable_and_two_thirds_of_the_largest(void **state)
{
	(void)state;
	random_state = 20260901;
	int32_t n_refused = 0, n_short = 0;
	for (int32_t i = 0; i < 20000; i++) {
		struct small s;
		small_fill(&s, 1 + i % 3, 1 + i / 3 % 4, i % 5 == 0);
		const uint32_t pinned = set_of(s.pins, s.problem.n_pins);
		if (!is_matching(&s, pinned)) {
			assert_refused(&s.problem, MENTOR_REFUSED);
			n_refused++;
			continue;
		}
		struct mentor_stable_result r = solved(&s.problem);
		const uint32_t set = set_of(r.pairs, r.n_pairs);
		const int32_t most = brute_largest(&s, pinned);
		assert_true(is_matching(&s, set) && (set & pinned) == pinned);
		assert_int_equal(brute_blocking(&s, set, pinned), 0);
		assert_true(3 * (r.n_pairs - s.problem.n_pins) >= 2 * (most - s.problem.n_pins));
		n_short += r.n_pairs < most;
		mentor_stable_result_free(&r);
	}
	assert_true(n_refused >= 100 && n_refused <= 5000);
	assert_true(n_short >= 1 && n_short <= 500); /* a bound, not a promise: but most are the largest */
}

/** No row has fewer or worse partners in the result than in any other stable matching. */
static void assert_best_for_rows(const struct small *s, uint32_t set)
{
	for (uint32_t other = 0; other < UINT32_C(1) << s->problem.n_candidates; other++) {
		if (!is_matching(s, other) || brute_blocking(s, other, 0) > 0)
			continue;
		assert_int_equal(size_of(other), size_of(set));
		for (int32_t k = 0; k < s->problem.n_candidates; k++) {
			/* what only the other has is worse than all the row has */
			if (!in(other, k) || in(set, k))
				continue;
			assert_false(wants(s, set, 0, k, true));
		}
	}
}

static void without_ties_rows_get_the_best_of_all_stable_matchings(void **state)
{
	(void)state;
	random_state = 5;
	for (int32_t i = 0; i < 3000; i++) {
		struct small s;
		small_fill(&s, 1 + i % 3, 0, false);
		struct mentor_stable_result r = solved(&s.problem);
		assert_best_for_rows(&s, set_of(r.pairs, r.n_pairs));
		mentor_stable_result_free(&r);
	}
}

static void any_matching_is_measured_as_by_definition(void **state)
{
	(void)state;
	random_state = 77;
	int64_t n_seen = 0;
	for (int32_t i = 0; i < 20000; i++) {
		struct small s;
		int32_t pairs[SMALL_EDGES], n = 0, n_first = 0, worst = 0, sum = 0;
		small_fill(&s, 1 + i % 3, 1 + i % 4, i % 3 == 0);
		const uint32_t pinned = set_of(s.pins, s.problem.n_pins);
		uint32_t set = pinned;
		for (int32_t k = 0; k < s.problem.n_candidates; k++)
			if (random_below(2) && is_matching(&s, set | UINT32_C(1) << k))
				set |= UINT32_C(1) << k;
		for (int32_t k = s.problem.n_candidates; k-- > 0;) {
			if (!in(set, k))
				continue;
			pairs[n++] = k;
			n_first += s.candidates[k].column_rank == 1;
			worst = s.candidates[k].row_rank > worst ? s.candidates[k].row_rank : worst;
			sum += s.candidates[k].row_rank;
		}
		struct mentor_stable_figures f = { 0 };
		const bool fits = is_matching(&s, set);
		assert_int_equal(mentor_stable_measure(&s.problem, pairs, n, &f), fits ? MENTOR_OK : MENTOR_INVALID);
		if (!fits)
			continue;
		assert_int_equal(f.n_blocking, brute_blocking(&s, set, pinned));
		assert_int_equal(f.columns.n_first, n_first);
		assert_int_equal(f.rows.worst, worst);
		assert_int_equal(f.rows.sum, sum);
		n_seen += f.n_blocking;
	}
	assert_true(n_seen > 1000);
}

/** The ids of the pairs, in an order of their own. */
static int32_t id_pairs(const struct mentor_stable_problem *p, int64_t *ret)
{
	struct mentor_stable_result r = solved(p);
	const int32_t n = r.n_pairs;
	for (int32_t i = 0; i < n; i++) {
		const struct mentor_stable_candidate *c = &p->candidates[r.pairs[i]];
		const int64_t id = 1000 * p->row_ids[c->row] + p->column_ids[c->column];
		int32_t at = i;
		for (; at > 0 && ret[at - 1] > id; at--)
			ret[at] = ret[at - 1];
		ret[at] = id;
	}
	mentor_stable_result_free(&r);
	return n;
}

/** Moves a row, a column and a candidate to another place, ids and places with them. */
static void small_permute(struct small *s)
{
	struct small t = *s;
	int64_t row[SMALL_SIDE], column[SMALL_SIDE], order[SMALL_EDGES];
	for (int32_t i = 0; i < SMALL_SIDE; i++)
		row[i] = column[i] = i;
	for (int32_t i = 0; i < SMALL_EDGES; i++)
		order[i] = i;
	shuffle(row, s->problem.n_rows);
	shuffle(column, s->problem.n_columns);
	shuffle(order, s->problem.n_candidates);
	for (int32_t i = 0; i < SMALL_SIDE; i++) {
		s->row_places[row[i]] = t.row_places[i];
		s->row_ids[row[i]] = t.row_ids[i];
		s->column_places[column[i]] = t.column_places[i];
		s->column_ids[column[i]] = t.column_ids[i];
	}
	for (int32_t i = 0; i < s->problem.n_candidates; i++) {
		struct mentor_stable_candidate c = t.candidates[i];
		c.row = (int32_t)row[c.row];
		c.column = (int32_t)column[c.column];
		s->candidates[order[i]] = c;
	}
	for (int32_t i = 0; i < s->problem.n_pins; i++)
		s->pins[i] = (int32_t)order[t.pins[i]];
}

static void the_order_of_the_input_does_not_matter(void **state)
{
	(void)state;
	random_state = 7;
	for (int32_t i = 0; i < 5000; i++) {
		struct small s;
		int64_t before[SMALL_EDGES], now[SMALL_EDGES];
		small_fill(&s, 1 + i % 3, 1 + i % 4, i % 4 == 0);
		if (!is_matching(&s, set_of(s.pins, s.problem.n_pins)))
			continue;
		const int32_t n = id_pairs(&s.problem, before);
		small_permute(&s);
		assert_int_equal(id_pairs(&s.problem, now), n);
		assert_memory_equal(before, now, (size_t)n * sizeof *now);
	}
}

/* ---- size, memory ------------------------------------------------------------------------------------------- */

static void two_thousand_rows_with_many_places_are_stable(void **state)
{
	(void)state;
	enum { N = 2000, PER_ROW = 60, N_COLUMNS = 300 };
	struct mentor_stable_candidate *c = calloc(N * PER_ROW, sizeof *c);
	int32_t row_places[N], column_places[N_COLUMNS];
	assert_non_null(c);
	random_state = 2026;
	for (int32_t i = 0; i < N_COLUMNS; i++)
		column_places[i] = random_below(30);
	for (int32_t i = 0; i < N; i++) {
		row_places[i] = 1 + random_below(4);
		const int32_t first = random_below(N_COLUMNS);
		for (int32_t k = 0; k < PER_ROW; k++)
			c[i * PER_ROW + k] = (struct mentor_stable_candidate){ i, (first + 7 * k) % N_COLUMNS, 1 + random_below(9),
				1 + random_below(99) };
	}
	struct mentor_stable_problem p = problem_of(N, N_COLUMNS, c, N * PER_ROW);
	p.row_places = row_places;
	p.column_places = column_places;
	struct mentor_stable_result r = solved(&p);
	int64_t places = 0;
	for (int32_t i = 0; i < N_COLUMNS; i++)
		places += column_places[i];
	assert_true(r.n_pairs >= 3 * places / 4 && r.n_pairs <= places);
	mentor_stable_result_free(&r);
	free(c);
}

static int allocations_left;

static void *scarce_alloc(size_t size)
{
	return allocations_left-- > 0 ? malloc(size) : NULL;
}

static void every_failed_allocation_is_reported(void **state)
{
	(void)state;
	const struct mentor_stable_candidate c[] = { { 0, 0, 1, 1 }, { 0, 1, 2, 1 }, { 1, 0, 3, 1 } };
	struct mentor_stable_problem p = problem_of(2, 2, c, COUNT(c));
	struct mentor_stable_figures f = { .n_blocking = -7 };
	p.alloc = scarce_alloc;
	for (int n = 0; n < 2; n++) {
		allocations_left = n;
		assert_refused(&p, MENTOR_NO_MEMORY);
	}
	allocations_left = 2;
	assert_pairs(&p, (const int32_t[]){ 1, 2 }, 2);
	allocations_left = 0;
	assert_int_equal(mentor_stable_measure(&p, NULL, 0, &f), MENTOR_NO_MEMORY);
	assert_int_equal(f.n_blocking, -7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_get_the_best_they_can_have),
		cmocka_unit_test(a_pair_that_would_run_off_together_blocks),
		cmocka_unit_test(a_tie_never_blocks),
		cmocka_unit_test(among_ties_the_lower_id_comes_first),
		cmocka_unit_test(ties_are_broken_so_that_more_are_paired),
		cmocka_unit_test(places_are_filled_on_both_sides_but_no_pair_twice),
		cmocka_unit_test(a_pin_is_kept_and_nobody_waits_for_its_place),
		cmocka_unit_test(an_empty_problem_has_an_empty_result),
		cmocka_unit_test(large_ranks_are_sorted_like_small_ones),
		cmocka_unit_test(what_is_out_of_range_is_refused),
		cmocka_unit_test(what_is_listed_twice_is_refused),
		cmocka_unit_test(pins_that_do_not_fit_are_refused),
		cmocka_unit_test(only_a_matching_is_measured),
		cmocka_unit_test(every_result_is_stable_and_two_thirds_of_the_largest),
		cmocka_unit_test(without_ties_rows_get_the_best_of_all_stable_matchings),
		cmocka_unit_test(any_matching_is_measured_as_by_definition),
		cmocka_unit_test(the_order_of_the_input_does_not_matter),
		cmocka_unit_test(two_thousand_rows_with_many_places_are_stable),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
