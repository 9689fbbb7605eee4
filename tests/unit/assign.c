/* assign.c: the matching kernel on hand cases, against brute force, against tampering and without memory. */
#include "mentor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* The kinds of problem are those of the benchmarks. */
#include "../bench/family.h"

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

static enum mentor_assign_proof proof_of(const struct mentor_assign_problem *p, const struct mentor_assign_result *r)
{
	enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
	assert_int_equal(mentor_assign_verify(p, r, &proof), MENTOR_ASSIGN_OK);
	return proof;
}

static struct mentor_assign_result solved(const struct mentor_assign_problem *p)
{
	struct mentor_assign_result r = { 0 };
	assert_int_equal(mentor_assign_solve(p, &r), MENTOR_ASSIGN_OK);
	assert_int_equal(proof_of(p, &r), MENTOR_ASSIGN_PROVED);
	return r;
}

static void assert_solution(const struct mentor_assign_problem *p, const int32_t *pairs, int32_t n_pairs, int64_t total)
{
	struct mentor_assign_result r = solved(p);
	assert_int_equal(r.n_pairs, n_pairs);
	assert_true(r.total == total);
	for (int32_t i = 0; i < n_pairs; i++)
		assert_int_equal(r.pairs[i], pairs[i]);
	mentor_assign_free(&r);
}

/** Solving must fail and leave the result alone. */
static void assert_refused(const struct mentor_assign_problem *p, enum mentor_assign_status status)
{
	struct mentor_assign_result r = { .n_pairs = -7 };
	assert_int_equal(mentor_assign_solve(p, &r), status);
	assert_int_equal(r.n_pairs, -7);
	assert_null(r.memory);
}

static struct mentor_assign_problem problem_of(
    int32_t n_rows, int32_t n_columns, const struct mentor_assign_candidate *candidates, int32_t n_candidates)
{
	return (struct mentor_assign_problem){
		.n_rows = n_rows, .n_columns = n_columns, .candidates = candidates, .n_candidates = n_candidates
	};
}

/* ---- hand cases --------------------------------------------------------------------------------------------- */

static void most_pairs_come_before_the_highest_total(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 31 }, { 0, 1, 9 }, { 1, 0, 9 } };
	const struct mentor_assign_problem p = problem_of(2, 2, c, COUNT(c));
	assert_solution(&p, (const int32_t[]){ 1, 2 }, 2, 18);
}

static void the_highest_total_decides_among_equally_many_pairs(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 31 }, { 0, 1, 9 }, { 1, 0, 9 }, { 1, 1, -14 } };
	const struct mentor_assign_problem p = problem_of(2, 2, c, COUNT(c));
	assert_solution(&p, (const int32_t[]){ 1, 2 }, 2, 18);
	const struct mentor_assign_candidate better[] = { { 0, 0, 31 }, { 0, 1, 9 }, { 1, 0, 9 }, { 1, 1, -12 } };
	const struct mentor_assign_problem q = problem_of(2, 2, better, COUNT(better));
	assert_solution(&q, (const int32_t[]){ 0, 3 }, 2, 19);
}

static void negative_scores_never_keep_a_pair_from_being_formed(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, -5 }, { 1, 1, -MENTOR_ASSIGN_MAX_SCORE } };
	const struct mentor_assign_problem p = problem_of(2, 2, c, COUNT(c));
	assert_solution(&p, (const int32_t[]){ 0, 1 }, 2, -5 - MENTOR_ASSIGN_MAX_SCORE);
}

static void an_empty_problem_has_an_empty_result(void **state)
{
	(void)state;
	const struct mentor_assign_problem nobody = { 0 };
	assert_solution(&nobody, NULL, 0, 0);
	const struct mentor_assign_problem no_candidates = problem_of(3, 2, NULL, 0);
	assert_solution(&no_candidates, NULL, 0, 0);
}

static void nobody_without_places_is_paired(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 5 }, { 0, 1, 3 }, { 1, 0, 9 }, { 1, 1, 9 } };
	struct mentor_assign_problem p = problem_of(2, 2, c, COUNT(c));
	p.row_places = (const int32_t[]){ 1, 0 };
	p.column_places = (const int32_t[]){ 0, 1 };
	assert_solution(&p, (const int32_t[]){ 1 }, 1, 3);
	p.row_places = (const int32_t[]){ 0, 0 };
	assert_solution(&p, NULL, 0, 0);
}

static void places_on_both_sides_are_filled_but_no_pair_twice(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 8 }, { 0, 1, 7 }, { 0, 2, 1 }, { 1, 0, 6 }, { 1, 1, 2 } };
	struct mentor_assign_problem p = problem_of(2, 3, c, COUNT(c));
	p.row_places = (const int32_t[]){ 2, 5 };
	p.column_places = (const int32_t[]){ 2, 1, 1 };
	assert_solution(&p, (const int32_t[]){ 0, 2, 3, 4 }, 4, 17);
	p.column_places = (const int32_t[]){ INT32_MAX, INT32_MAX, INT32_MAX };
	assert_solution(&p, (const int32_t[]){ 0, 1, 3, 4 }, 4, 23);
}

static void the_largest_scores_do_not_overflow(void **state)
{
	(void)state;
	enum { N = 200 };
	static struct mentor_assign_candidate c[2 * N];
	for (int32_t i = 0; i < 2 * N; i++)
		c[i] = (struct mentor_assign_candidate){ i / 2, (i + 1) / 2, i % 2 ? -MENTOR_ASSIGN_MAX_SCORE : MENTOR_ASSIGN_MAX_SCORE };
	struct mentor_assign_problem p = problem_of(N, N + 1, c, 2 * N);
	struct mentor_assign_result r = solved(&p);
	assert_true(r.total == N * MENTOR_ASSIGN_MAX_SCORE);
	mentor_assign_free(&r);

	/* without the first column everybody has to move on */
	static int32_t places[N + 1];
	for (int32_t i = 0; i <= N; i++)
		places[i] = i > 0;
	p.column_places = places;
	r = solved(&p);
	assert_true(r.total == -N * MENTOR_ASSIGN_MAX_SCORE);
	mentor_assign_free(&r);
}

/* ---- what is refused ---------------------------------------------------------------------------------------- */

static void a_pair_listed_twice_is_refused(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 1, 0, 5 }, { 0, 0, 1 }, { 1, 0, 6 } };
	const struct mentor_assign_problem p = problem_of(2, 1, c, COUNT(c));
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
}

static void an_index_out_of_range_is_refused(void **state)
{
	(void)state;
	const struct mentor_assign_candidate bad[] = { { -1, 0, 0 }, { 2, 0, 0 }, { 0, -1, 0 }, { 0, 3, 0 } };
	enum mentor_assign_proof proof = MENTOR_ASSIGN_PROVED;
	struct mentor_assign_block block;
	for (int32_t i = 0; i < COUNT(bad); i++) {
		const struct mentor_assign_problem p = problem_of(2, 3, &bad[i], 1);
		const struct mentor_assign_result r = { 0 };
		assert_refused(&p, MENTOR_ASSIGN_INVALID);
		assert_int_equal(mentor_assign_verify(&p, &r, &proof), MENTOR_ASSIGN_INVALID);
		assert_int_equal(mentor_assign_shortage(&p, &r, 0, &block), MENTOR_ASSIGN_INVALID);
	}
}

static void a_score_out_of_range_is_refused(void **state)
{
	(void)state;
	struct mentor_assign_candidate c[] = { { 0, 0, MENTOR_ASSIGN_MAX_SCORE + 1 } };
	const struct mentor_assign_problem p = problem_of(1, 1, c, 1);
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	c[0].score = -MENTOR_ASSIGN_MAX_SCORE - 1;
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	c[0].score = INT64_MIN;
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
}

static void scores_too_large_together_are_refused(void **state)
{
	(void)state;
	enum { N = (1 << 22) + 1, SIDE = 2049 };
	struct mentor_assign_candidate *c = calloc(N, sizeof *c);
	assert_non_null(c);
	for (int32_t i = 0; i < N; i++)
		c[i] = (struct mentor_assign_candidate){ i / SIDE, i % SIDE, i % 2 ? MENTOR_ASSIGN_MAX_SCORE : -MENTOR_ASSIGN_MAX_SCORE };
	const struct mentor_assign_problem p = problem_of(SIDE, SIDE, c, N);
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	free(c);
}

static void negative_counts_and_places_are_refused(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 1 } };
	const struct mentor_assign_problem good = problem_of(1, 1, c, 1);
	struct mentor_assign_problem p = good;
	p.row_places = (const int32_t[]){ -1 };
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p = good;
	p.column_places = (const int32_t[]){ -1 };
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p = good;
	p.n_rows = -1;
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p = good;
	p.n_candidates = -1;
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p = good;
	p.n_columns = MENTOR_ASSIGN_MAX_NODES;
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
}

/* ---- pins --------------------------------------------------------------------------------------------------- */

static void a_pin_is_kept_at_the_price_of_total_and_pairs(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 31 }, { 0, 1, 9 }, { 1, 0, 9 } };
	struct mentor_assign_problem p = problem_of(2, 2, c, COUNT(c));
	p.pins = (const int32_t[]){ 0 };
	p.n_pins = 1;
	assert_solution(&p, (const int32_t[]){ 0 }, 1, 31);
}

static void a_pin_uses_one_of_several_places(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 1 }, { 0, 1, 9 }, { 1, 0, 5 }, { 1, 1, 8 } };
	struct mentor_assign_problem p = problem_of(2, 2, c, COUNT(c));
	p.column_places = (const int32_t[]){ 2, 2 };
	p.pins = (const int32_t[]){ 0 };
	p.n_pins = 1;
	assert_solution(&p, (const int32_t[]){ 0, 3 }, 2, 9);
}

static void pins_that_do_not_fit_together_are_refused(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 31 }, { 0, 1, 9 }, { 1, 0, 9 } };
	struct mentor_assign_problem p = problem_of(2, 2, c, COUNT(c));
	p.n_pins = 2;
	p.pins = (const int32_t[]){ 0, 1 };
	assert_refused(&p, MENTOR_ASSIGN_PINS);
	p.pins = (const int32_t[]){ 2, 0 };
	assert_refused(&p, MENTOR_ASSIGN_PINS);
	p.n_pins = 1;
	p.column_places = (const int32_t[]){ 0, 1 };
	assert_refused(&p, MENTOR_ASSIGN_PINS);
}

static void a_pin_out_of_range_or_twice_is_refused(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 31 }, { 0, 1, 9 } };
	struct mentor_assign_problem p = problem_of(1, 2, c, COUNT(c));
	p.n_pins = 1;
	p.pins = (const int32_t[]){ 2 };
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p.pins = (const int32_t[]){ -1 };
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p.n_pins = 2;
	p.pins = (const int32_t[]){ 1, 1 };
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p.pins = (const int32_t[]){ 0, 1 };
	p.n_pins = -1;
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
}

/* ---- brute force -------------------------------------------------------------------------------------------- */

enum { SMALL_SIDE = 5, SMALL_EDGES = 11 };

struct small {
	struct mentor_assign_candidate candidates[SMALL_EDGES];
	int32_t row_places[SMALL_SIDE], column_places[SMALL_SIDE], pins[SMALL_EDGES];
	struct mentor_assign_problem problem;
};

/** The best choice by trying all of them. */
struct brute {
	const struct mentor_assign_problem *p;
	int32_t row_room[SMALL_SIDE], column_room[SMALL_SIDE];
	bool pinned[SMALL_EDGES];
	int32_t best_pairs, n_best; /* how many choices are that good; 0: none keeps the pins */
	int64_t best_total;
	uint32_t best_set;
};

static void brute_try(struct brute *b, int32_t i, uint32_t set, int32_t n_pairs, int64_t total)
{
	if (i == b->p->n_candidates) {
		const bool better =
		    b->n_best == 0 || n_pairs > b->best_pairs || (n_pairs == b->best_pairs && total > b->best_total);
		if (!better && (n_pairs != b->best_pairs || total != b->best_total))
			return;
		b->n_best = better ? 1 : b->n_best + 1;
		b->best_pairs = n_pairs;
		b->best_total = total;
		b->best_set = set;
		return;
	}
	const struct mentor_assign_candidate *c = &b->p->candidates[i];
	if (b->row_room[c->row] > 0 && b->column_room[c->column] > 0) {
		b->row_room[c->row]--;
		b->column_room[c->column]--;
		brute_try(b, i + 1, set | UINT32_C(1) << i, n_pairs + 1, total + c->score);
		b->row_room[c->row]++;
		b->column_room[c->column]++;
	}
	if (!b->pinned[i])
		brute_try(b, i + 1, set, n_pairs, total);
}

static struct brute brute_solve(const struct small *s)
{
	struct brute b = { .p = &s->problem };
	memcpy(b.row_room, s->row_places, sizeof b.row_room);
	memcpy(b.column_room, s->column_places, sizeof b.column_room);
	for (int32_t i = 0; i < s->problem.n_pins; i++)
		b.pinned[s->pins[i]] = true;
	brute_try(&b, 0, 0, 0, 0);
	return b;
}

static void small_shuffle(struct small *s)
{
	for (int32_t i = s->problem.n_candidates - 1; i > 0; i--) {
		const int32_t k = random_below(i + 1);
		const struct mentor_assign_candidate c = s->candidates[i];
		s->candidates[i] = s->candidates[k];
		s->candidates[k] = c;
	}
}

static void small_fill(struct small *s)
{
	const int32_t n_rows = 1 + random_below(SMALL_SIDE), n_columns = 1 + random_below(SMALL_SIDE);
	const int32_t density = 1 + random_below(10), spread = random_below(3) ? 1000000 : 3;
	const int32_t most = 1 + random_below(3);
	int32_t n = 0, n_pins = 0;
	*s = (struct small){ 0 };
	for (int32_t i = 0; i < SMALL_SIDE; i++) {
		s->row_places[i] = random_below(9) ? 1 + random_below(most) : 0;
		s->column_places[i] = random_below(9) ? 1 + random_below(most) : 0;
	}
	for (int32_t i = 0; i < n_rows * n_columns && n < SMALL_EDGES; i++)
		if (random_below(10) < density)
			s->candidates[n++] = (struct mentor_assign_candidate){ i / n_columns, i % n_columns,
				random_below(2 * spread) - spread };
	if (random_below(3) == 0)
		for (int32_t i = 0; i < n; i++)
			if (random_below(6) == 0)
				s->pins[n_pins++] = i;
	s->problem = (struct mentor_assign_problem){ .n_rows = n_rows,
		.n_columns = n_columns,
		.row_places = s->row_places,
		.column_places = s->column_places,
		.candidates = s->candidates,
		.n_candidates = n,
		.pins = s->pins,
		.n_pins = n_pins };
}

static uint32_t set_of(const struct mentor_assign_result *r)
{
	uint32_t set = 0;
	for (int32_t i = 0; i < r->n_pairs; i++)
		set |= UINT32_C(1) << r->pairs[i];
	return set;
}

/** Rows and columns of the pairs, whatever their places in the candidate list. */
static uint32_t pairs_of(const struct mentor_assign_problem *p, const struct mentor_assign_result *r)
{
	uint32_t set = 0;
	for (int32_t i = 0; i < r->n_pairs; i++) {
		const struct mentor_assign_candidate *c = &p->candidates[r->pairs[i]];
		set |= UINT32_C(1) << (c->row * SMALL_SIDE + c->column);
	}
	return set;
}

static void every_result_is_as_good_as_brute_force(void **state)
{
	(void)state;
	random_state = 20260901;
	int32_t n_refused = 0;
	for (int32_t i = 0; i < 20000; i++) {
		struct small s;
		small_fill(&s);
		const struct brute b = brute_solve(&s);
		if (b.n_best == 0) {
			assert_refused(&s.problem, MENTOR_ASSIGN_PINS);
			n_refused++;
			continue;
		}
		struct mentor_assign_result r = solved(&s.problem);
		assert_int_equal(r.n_pairs, b.best_pairs);
		assert_true(r.total == b.best_total);
		assert_true(b.n_best > 1 || set_of(&r) == b.best_set);
		mentor_assign_free(&r);
	}
	assert_true(n_refused >= 100 && n_refused <= 5000);
}

static void the_order_of_the_candidates_does_not_matter(void **state)
{
	(void)state;
	random_state = 7;
	for (int32_t i = 0; i < 5000; i++) {
		struct small s;
		small_fill(&s);
		s.problem.n_pins = 0;
		struct mentor_assign_result r = solved(&s.problem);
		const uint32_t before = pairs_of(&s.problem, &r);
		mentor_assign_free(&r);
		small_shuffle(&s);
		r = solved(&s.problem);
		assert_int_equal(pairs_of(&s.problem, &r), before);
		mentor_assign_free(&r);
	}
}

/* ---- objectives and ties -------------------------------------------------------------------------------------- */

enum { MOST_RANKS = 4 };

/** How good a choice is, in the order in which it is judged. */
struct merit {
	int64_t values[MOST_RANKS + 3];
};

static int compare_merits(const struct merit *a, const struct merit *b)
{
	for (int32_t i = 0; i < COUNT(a->values); i++)
		if (a->values[i] != b->values[i])
			return a->values[i] < b->values[i] ? -1 : 1;
	return 0;
}

static struct merit merit_of(const struct mentor_assign_problem *p, uint32_t set)
{
	struct merit m = { { 0 } };
	int64_t *pairs = &m.values[0], *aim = &m.values[1], *total = &m.values[MOST_RANKS + 2];
	if (p->objective == MENTOR_ASSIGN_WORST)
		aim[0] = INT64_MAX;
	for (int32_t i = 0; i < p->n_candidates; i++) {
		if (!(set >> i & 1))
			continue;
		bool pinned = false;
		for (int32_t k = 0; k < p->n_pins; k++)
			pinned = pinned || p->pins[k] == i;
		++*pairs;
		*total += p->candidates[i].score;
		if (p->objective == MENTOR_ASSIGN_WORST && !pinned && p->candidates[i].score < aim[0])
			aim[0] = p->candidates[i].score;
		if (p->objective == MENTOR_ASSIGN_GREEDY)
			aim[p->ranks[i] - 1]++;
		if (p->objective == MENTOR_ASSIGN_GENEROUS)
			aim[MOST_RANKS - p->ranks[i]]--;
	}
	return m;
}

/** The best of all choices by merit. */
struct judge {
	const struct mentor_assign_problem *p;
	int32_t row_room[SMALL_SIDE], column_room[SMALL_SIDE];
	bool pinned[SMALL_EDGES];
	struct merit best;
	uint32_t best_set;
	int32_t n_best;
};

static void judge_try(struct judge *j, int32_t i, uint32_t set)
{
	if (i == j->p->n_candidates) {
		const struct merit m = merit_of(j->p, set);
		const int order = j->n_best ? compare_merits(&m, &j->best) : 1;
		if (order < 0)
			return;
		j->n_best = order > 0 ? 1 : j->n_best + 1;
		j->best = m;
		j->best_set = set;
		return;
	}
	const struct mentor_assign_candidate *c = &j->p->candidates[i];
	if (j->row_room[c->row] > 0 && j->column_room[c->column] > 0) {
		j->row_room[c->row]--;
		j->column_room[c->column]--;
		judge_try(j, i + 1, set | UINT32_C(1) << i);
		j->row_room[c->row]++;
		j->column_room[c->column]++;
	}
	if (!j->pinned[i])
		judge_try(j, i + 1, set);
}

static struct judge judge_all(const struct small *s)
{
	struct judge j = { .p = &s->problem };
	memcpy(j.row_room, s->row_places, sizeof j.row_room);
	memcpy(j.column_room, s->column_places, sizeof j.column_room);
	for (int32_t i = 0; i < s->problem.n_pins; i++)
		j.pinned[s->pins[i]] = true;
	judge_try(&j, 0, 0);
	return j;
}

static void small_rank(struct small *s, int32_t *ranks, enum mentor_assign_objective objective)
{
	for (int32_t i = 0; i < SMALL_EDGES; i++)
		ranks[i] = 1 + random_below(MOST_RANKS);
	s->problem.ranks = ranks;
	s->problem.objective = objective;
}

static void check_objective(enum mentor_assign_objective objective, uint64_t seed)
{
	random_state = seed;
	int32_t n_checked = 0;
	for (int32_t i = 0; i < 20000; i++) {
		struct small s;
		int32_t ranks[SMALL_EDGES];
		small_fill(&s);
		small_rank(&s, ranks, objective);
		const struct judge j = judge_all(&s);
		if (j.n_best == 0) {
			assert_refused(&s.problem, MENTOR_ASSIGN_PINS);
			continue;
		}
		struct mentor_assign_result r = solved(&s.problem);
		const struct merit m = merit_of(&s.problem, set_of(&r));
		assert_int_equal(compare_merits(&m, &j.best), 0);
		assert_true(j.n_best > 1 || set_of(&r) == j.best_set);
		assert_true(objective != MENTOR_ASSIGN_WORST || r.worst == j.best.values[1]);
		mentor_assign_free(&r);
		n_checked++;
	}
	assert_true(n_checked > 15000);
}

static void the_worst_pair_is_as_good_as_brute_force_finds(void **state)
{
	(void)state;
	check_objective(MENTOR_ASSIGN_WORST, 11);
}

static void most_first_choices_are_as_many_as_brute_force_finds(void **state)
{
	(void)state;
	check_objective(MENTOR_ASSIGN_GREEDY, 12);
}

static void last_choices_are_as_few_as_brute_force_finds(void **state)
{
	(void)state;
	check_objective(MENTOR_ASSIGN_GENEROUS, 13);
}

static void no_tampering_proves_a_worse_objective(void **state)
{
	(void)state;
	random_state = 14;
	int32_t n_proved = 0;
	for (int32_t i = 0; i < 20000; i++) {
		struct small s;
		int32_t ranks[SMALL_EDGES], pairs[SMALL_EDGES], n_pairs = 0;
		small_fill(&s);
		small_rank(&s, ranks, (enum mentor_assign_objective)(1 + random_below(3)));
		const struct judge j = judge_all(&s);
		if (j.n_best == 0 || s.problem.n_candidates == 0)
			continue;
		struct mentor_assign_result r = solved(&s.problem);
		const uint32_t set = random_below(4) ? set_of(&r) ^ UINT32_C(1) << random_below(s.problem.n_candidates) ^
							   UINT32_C(1) << random_below(s.problem.n_candidates)
						     : set_of(&r);
		r.total = 0;
		for (int32_t k = 0; k < s.problem.n_candidates; k++)
			if (set >> k & 1) {
				pairs[n_pairs++] = k;
				r.total += s.candidates[k].score;
			}
		const struct merit m = merit_of(&s.problem, set);
		r.worst = m.values[1];
		r.pairs = pairs;
		r.n_pairs = n_pairs;
		r.row_prices[random_below(r.n_levels * s.problem.n_rows)] += random_below(3) - 1;
		r.column_cover[random_below(2 * s.problem.n_columns)] ^= random_below(2);
		r.row_cover[random_below(2 * s.problem.n_rows)] ^= random_below(2);
		if (proof_of(&s.problem, &r) == MENTOR_ASSIGN_PROVED) {
			assert_int_equal(compare_merits(&m, &j.best), 0);
			n_proved++;
		}
		mentor_assign_free(&r);
	}
	assert_true(n_proved > 1000);
}

static void a_rank_out_of_range_or_no_ranks_are_refused(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 1 } };
	struct mentor_assign_problem p = problem_of(1, 1, c, 1);
	p.objective = MENTOR_ASSIGN_GREEDY;
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p.ranks = (const int32_t[]){ 0 };
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p.ranks = (const int32_t[]){ MENTOR_ASSIGN_MAX_RANK + 1 };
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
	p.ranks = (const int32_t[]){ MENTOR_ASSIGN_MAX_RANK };
	assert_solution(&p, (const int32_t[]){ 0 }, 1, 1);
	p.objective = (enum mentor_assign_objective)9;
	assert_refused(&p, MENTOR_ASSIGN_INVALID);
}

/** All hundred ranks and thousands of pairs: the profile takes many levels. */
static void a_long_profile_is_packed_into_levels(void **state)
{
	(void)state;
	enum { N = 400, PER_ROW = 12 };
	static struct mentor_assign_candidate c[N * PER_ROW];
	static int32_t ranks[N * PER_ROW];
	random_state = 5;
	for (int32_t i = 0; i < N * PER_ROW; i++) {
		c[i] = (struct mentor_assign_candidate){ i / PER_ROW, (i / PER_ROW + 17 * (i % PER_ROW)) % N, random_below(1000) };
		ranks[i] = 1 + random_below(MENTOR_ASSIGN_MAX_RANK);
	}
	struct mentor_assign_problem p = problem_of(N, N, c, N * PER_ROW);
	p.ranks = ranks;
	int64_t first[2] = { 0, 0 }, last[2] = { 0, 0 };
	for (int i = 0; i < 2; i++) {
		p.objective = i == 0 ? MENTOR_ASSIGN_GREEDY : MENTOR_ASSIGN_GENEROUS;
		struct mentor_assign_result r = solved(&p);
		assert_int_equal(r.n_pairs, N);
		assert_true(r.n_levels > 20);
		for (int32_t k = 0; k < N; k++) {
			first[i] += ranks[r.pairs[k]] == 1;
			last[i] = ranks[r.pairs[k]] > last[i] ? ranks[r.pairs[k]] : last[i];
		}
		mentor_assign_free(&r);
	}
	assert_true(first[0] >= first[1]);
	assert_true(last[1] <= last[0]);
}

/* A small problem whose rows and columns have ids, and the pairs of its answer by id. */
struct named {
	struct small small;
	int32_t ranks[SMALL_EDGES];
	uint64_t row_ids[SMALL_SIDE], column_ids[SMALL_SIDE];
};

static uint64_t named_pairs(const struct named *n)
{
	struct mentor_assign_problem p = n->small.problem;
	p.row_ids = n->row_ids;
	p.column_ids = n->column_ids;
	struct mentor_assign_result r = solved(&p);
	uint64_t set = 0;
	for (int32_t i = 0; i < r.n_pairs; i++) {
		const struct mentor_assign_candidate *c = &p.candidates[r.pairs[i]];
		set |= UINT64_C(1) << ((n->row_ids[c->row] % SMALL_SIDE) * SMALL_SIDE + n->column_ids[c->column] % SMALL_SIDE);
	}
	mentor_assign_free(&r);
	return set;
}

static void swap_numbers(int32_t *a, int32_t *b)
{
	const int32_t c = *a;
	*a = *b;
	*b = c;
}

/** The same problem with its rows, columns and candidates in another order. */
static struct named shuffled(const struct named *n)
{
	struct named s = *n;
	int32_t rows[SMALL_SIDE], columns[SMALL_SIDE], order[SMALL_EDGES];
	for (int32_t i = 0; i < SMALL_SIDE; i++)
		rows[i] = columns[i] = i;
	for (int32_t i = 0; i < SMALL_EDGES; i++)
		order[i] = i;
	for (int32_t i = n->small.problem.n_rows - 1; i > 0; i--)
		swap_numbers(&rows[i], &rows[random_below(i + 1)]);
	for (int32_t i = n->small.problem.n_columns - 1; i > 0; i--)
		swap_numbers(&columns[i], &columns[random_below(i + 1)]);
	for (int32_t i = n->small.problem.n_candidates - 1; i > 0; i--)
		swap_numbers(&order[i], &order[random_below(i + 1)]);
	for (int32_t i = 0; i < SMALL_SIDE; i++) {
		s.row_ids[rows[i]] = n->row_ids[i];
		s.column_ids[columns[i]] = n->column_ids[i];
		s.small.row_places[rows[i]] = n->small.row_places[i];
		s.small.column_places[columns[i]] = n->small.column_places[i];
	}
	for (int32_t i = 0; i < n->small.problem.n_candidates; i++) {
		const struct mentor_assign_candidate c = n->small.candidates[i];
		s.small.candidates[order[i]] = (struct mentor_assign_candidate){ rows[c.row], columns[c.column], c.score };
		s.ranks[order[i]] = n->ranks[i];
	}
	return s;
}

static void named_link(struct named *n)
{
	n->small.problem.candidates = n->small.candidates;
	n->small.problem.row_places = n->small.row_places;
	n->small.problem.column_places = n->small.column_places;
	n->small.problem.ranks = n->ranks;
}

static void any_order_of_rows_columns_and_candidates_gives_the_same_pairs(void **state)
{
	(void)state;
	random_state = 15;
	for (int32_t i = 0; i < 20000; i++) {
		struct named n;
		small_fill(&n.small);
		n.small.problem.n_pins = 0;
		small_rank(&n.small, n.ranks, (enum mentor_assign_objective)random_below(4));
		for (int32_t k = 0; k < n.small.problem.n_candidates; k++) { /* as many ties as can be */
			n.small.candidates[k].score = random_below(2);
			n.ranks[k] = 1 + n.ranks[k] % 2;
		}
		for (int32_t k = 0; k < SMALL_SIDE; k++) {
			n.row_ids[k] = (uint64_t)(k + SMALL_SIDE * random_below(1000000));
			n.column_ids[k] = (uint64_t)(k + SMALL_SIDE * random_below(1000000));
		}
		struct named other = shuffled(&n);
		named_link(&n);
		named_link(&other);
		assert_true(named_pairs(&n) == named_pairs(&other));
	}
}

static void equal_scores_have_one_answer_in_any_order(void **state)
{
	(void)state;
	enum { N = 300, PER_ROW = 20 };
	static struct mentor_assign_candidate c[2][N * PER_ROW];
	static int32_t partner[2][N];
	for (int32_t i = 0; i < N * PER_ROW; i++) {
		c[0][i] = (struct mentor_assign_candidate){ i / PER_ROW, (i / PER_ROW * 7 + i % PER_ROW * 13) % N, 1 };
		c[1][N * PER_ROW - 1 - i] = c[0][i];
	}
	for (int k = 0; k < 2; k++) {
		const struct mentor_assign_problem p = problem_of(N, N, c[k], N * PER_ROW);
		struct mentor_assign_result r = solved(&p);
		assert_int_equal(r.n_pairs, N);
		for (int32_t i = 0; i < N; i++)
			partner[k][c[k][r.pairs[i]].row] = c[k][r.pairs[i]].column;
		mentor_assign_free(&r);
	}
	assert_memory_equal(partner[0], partner[1], sizeof partner[0]);
}

/* ---- the proof ---------------------------------------------------------------------------------------------- */

static void a_result_that_lost_a_pair_is_not_proved(void **state)
{
	(void)state;
	random_state = 99;
	for (int32_t i = 0; i < 5000; i++) {
		struct small s;
		small_fill(&s);
		s.problem.n_pins = 0;
		struct mentor_assign_result r = solved(&s.problem);
		if (r.n_pairs > 0) {
			const int32_t k = random_below(r.n_pairs);
			r.total -= s.candidates[r.pairs[k]].score;
			r.n_pairs--;
			memmove(&r.pairs[k], &r.pairs[k + 1], (size_t)(r.n_pairs - k) * sizeof *r.pairs);
			assert_int_equal(proof_of(&s.problem, &r), MENTOR_ASSIGN_NOT_OPTIMAL);
		}
		mentor_assign_free(&r);
	}
}

/** Whatever is done to prices and pairs, what is still proved is still optimal. */
static void no_tampering_proves_a_worse_result(void **state)
{
	(void)state;
	random_state = 4;
	int32_t n_proved = 0;
	for (int32_t i = 0; i < 20000; i++) {
		struct small s;
		small_fill(&s);
		const struct brute b = brute_solve(&s);
		if (b.n_best == 0 || s.problem.n_candidates == 0)
			continue;
		struct mentor_assign_result r = solved(&s.problem);
		int32_t pairs[SMALL_EDGES], n_pairs = 0;
		const uint32_t set = set_of(&r) ^ (UINT32_C(1) << random_below(s.problem.n_candidates)) ^
				     (random_below(2) ? UINT32_C(1) << random_below(s.problem.n_candidates) : 0);
		r.total = 0;
		for (int32_t k = 0; k < s.problem.n_candidates; k++) {
			if (!(set >> k & 1))
				continue;
			pairs[n_pairs++] = k;
			r.total += s.candidates[k].score;
		}
		r.pairs = pairs;
		r.n_pairs = n_pairs;
		r.row_prices[s.problem.n_rows + random_below(s.problem.n_rows)] += random_below(5) - 2;
		r.column_prices[random_below(s.problem.n_columns)] ^= random_below(2);
		if (proof_of(&s.problem, &r) == MENTOR_ASSIGN_PROVED) {
			assert_int_equal(n_pairs, b.best_pairs);
			assert_true(r.total == b.best_total);
			n_proved++;
		}
		mentor_assign_free(&r);
	}
	assert_true(n_proved > 0);
}

static void a_changed_price_is_not_proved(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 50 }, { 0, 1, 20 }, { 1, 0, 40 }, { 1, 1, 30 } };
	const struct mentor_assign_problem p = problem_of(2, 2, c, COUNT(c));
	struct mentor_assign_result r = solved(&p);
	int64_t *pairs = &r.row_prices[1], *score = &r.row_prices[3];
	const int64_t good[] = { *pairs, *score }, bad[][2] = { { *pairs, *score + 100 }, { *pairs, *score - 100 }, { *pairs + 1, *score },
		{ *pairs - 1, *score }, { *pairs, INT64_MAX }, { *pairs, INT64_MIN } };
	assert_int_equal(r.n_levels, 2);
	for (int32_t i = 0; i < COUNT(bad); i++) {
		*pairs = bad[i][0];
		*score = bad[i][1];
		assert_int_equal(proof_of(&p, &r), MENTOR_ASSIGN_NOT_OPTIMAL);
	}
	*pairs = good[0];
	*score = good[1];
	r.column_prices[3] -= 100;
	assert_int_equal(proof_of(&p, &r), MENTOR_ASSIGN_NOT_OPTIMAL);
	r.column_prices[3] += 100;
	assert_int_equal(proof_of(&p, &r), MENTOR_ASSIGN_PROVED);
	mentor_assign_free(&r);
}

static void a_result_that_breaks_a_rule_is_not_feasible(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 50 }, { 0, 1, 20 }, { 1, 0, 40 }, { 1, 1, 30 } };
	struct mentor_assign_problem p = problem_of(2, 2, c, COUNT(c));
	struct mentor_assign_result r = solved(&p);
	r.total++;
	assert_int_equal(proof_of(&p, &r), MENTOR_ASSIGN_NOT_FEASIBLE);
	r.total--;

	const int32_t bad[][2] = { { 0, 1 }, { 0, 2 }, { 3, 0 }, { 0, 0 }, { -1, 3 }, { 0, 4 } };
	for (int32_t i = 0; i < COUNT(bad); i++) {
		memcpy(r.pairs, bad[i], sizeof bad[i]);
		assert_int_equal(proof_of(&p, &r), MENTOR_ASSIGN_NOT_FEASIBLE);
	}
	memcpy(r.pairs, (const int32_t[]){ 0, 3 }, sizeof bad[0]);
	assert_int_equal(proof_of(&p, &r), MENTOR_ASSIGN_PROVED);
	p.pins = (const int32_t[]){ 1 };
	p.n_pins = 1;
	assert_int_equal(proof_of(&p, &r), MENTOR_ASSIGN_NOT_FEASIBLE);
	r.n_pairs = -1;
	assert_int_equal(proof_of(&p, &r), MENTOR_ASSIGN_NOT_FEASIBLE);
	mentor_assign_free(&r);
}

static void a_pair_counted_twice_is_not_feasible(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 5 } };
	struct mentor_assign_problem p = problem_of(1, 1, c, 1);
	p.row_places = (const int32_t[]){ 2 };
	p.column_places = (const int32_t[]){ 2 };
	struct mentor_assign_result r = solved(&p);
	r.pairs = (int32_t[]){ 0, 0 };
	r.n_pairs = 2;
	r.total = 10;
	assert_int_equal(proof_of(&p, &r), MENTOR_ASSIGN_NOT_FEASIBLE);
	mentor_assign_free(&r);
}

/* ---- the shortage ------------------------------------------------------------------------------------------- */

static void a_shortage_names_all_who_compete_and_for_what(void **state)
{
	(void)state;
	/* rows 0, 2 and 4 share columns 1 and 3; row 1 has column 0 to itself, row 3 may also have column 2 */
	const struct mentor_assign_candidate c[] = { { 0, 1, 9 }, { 2, 1, 8 }, { 2, 3, 7 }, { 4, 3, 1 }, { 1, 0, 5 },
		{ 3, 3, 9 }, { 3, 2, 1 } };
	const struct mentor_assign_problem p = problem_of(5, 4, c, COUNT(c));
	struct mentor_assign_result r = solved(&p);
	struct mentor_assign_block b = { 0 };
	assert_int_equal(r.n_pairs, 4);
	assert_int_equal(mentor_assign_shortage(&p, &r, 4, &b), MENTOR_ASSIGN_OK);
	assert_int_equal(b.n_rows, 3);
	assert_memory_equal(b.rows, ((const int32_t[]){ 0, 2, 4 }), 3 * sizeof *b.rows);
	assert_int_equal(b.n_columns, 2);
	assert_memory_equal(b.columns, ((const int32_t[]){ 1, 3 }), 2 * sizeof *b.columns);
	mentor_assign_block_free(&b);
	assert_null(b.memory);
	mentor_assign_block_free(NULL);
	mentor_assign_free(&r);
	mentor_assign_free(NULL);
}

static void a_row_without_candidates_competes_with_nobody(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 1 } };
	struct mentor_assign_problem p = problem_of(2, 1, c, 1);
	p.row_places = (const int32_t[]){ 2, 1 };
	struct mentor_assign_result r = solved(&p);
	for (int32_t row = 0; row < 2; row++) {
		struct mentor_assign_block b = { 0 };
		assert_int_equal(mentor_assign_shortage(&p, &r, row, &b), MENTOR_ASSIGN_OK);
		assert_int_equal(b.n_rows, 1);
		assert_int_equal(b.rows[0], row);
		assert_int_equal(b.n_columns, 0);
		mentor_assign_block_free(&b);
	}
	mentor_assign_free(&r);
}

static void a_shortage_lists_a_column_that_pins_fill_but_not_who_is_pinned(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 1 }, { 1, 0, 9 } };
	struct mentor_assign_problem p = problem_of(2, 1, c, COUNT(c));
	p.pins = (const int32_t[]){ 0 };
	p.n_pins = 1;
	struct mentor_assign_result r = solved(&p);
	struct mentor_assign_block b = { 0 };
	assert_int_equal(mentor_assign_shortage(&p, &r, 1, &b), MENTOR_ASSIGN_OK);
	assert_int_equal(b.n_rows, 1);
	assert_int_equal(b.rows[0], 1);
	assert_int_equal(b.n_columns, 1);
	mentor_assign_block_free(&b);
	mentor_assign_free(&r);
}

static void there_is_no_shortage_where_nothing_is_short(void **state)
{
	(void)state;
	const struct mentor_assign_candidate c[] = { { 0, 0, 1 }, { 1, 0, 9 }, { 2, 1, 1 } };
	struct mentor_assign_problem p = problem_of(3, 2, c, COUNT(c));
	struct mentor_assign_result r = solved(&p);
	struct mentor_assign_block b = { .n_rows = -7 };
	assert_int_equal(mentor_assign_shortage(&p, &r, 1, &b), MENTOR_ASSIGN_INVALID);  /* is paired */
	assert_int_equal(mentor_assign_shortage(&p, &r, 3, &b), MENTOR_ASSIGN_INVALID);  /* is nobody */
	assert_int_equal(mentor_assign_shortage(&p, &r, -1, &b), MENTOR_ASSIGN_INVALID); /* is nobody */
	r.n_pairs = 1;
	assert_int_equal(mentor_assign_shortage(&p, &r, 2, &b), MENTOR_ASSIGN_INVALID); /* could be paired */
	r.n_pairs = 2;
	r.pairs[0] = 0;
	r.pairs[1] = 1;
	assert_int_equal(mentor_assign_shortage(&p, &r, 2, &b), MENTOR_ASSIGN_INVALID); /* two at one place */
	r.pairs[1] = 3;
	assert_int_equal(mentor_assign_shortage(&p, &r, 2, &b), MENTOR_ASSIGN_INVALID); /* no such candidate */
	p.pins = (const int32_t[]){ 0, 1 };
	p.n_pins = 2;
	assert_int_equal(mentor_assign_shortage(&p, &r, 2, &b), MENTOR_ASSIGN_PINS);
	assert_int_equal(b.n_rows, -7);
	mentor_assign_free(&r);
}

/** Every column of the block is full, and no free candidate leads out of it. */
static void assert_closed_block(const struct small *s, const struct mentor_assign_result *r, const struct mentor_assign_block *b)
{
	bool in_rows[SMALL_SIDE] = { false }, in_columns[SMALL_SIDE] = { false };
	int32_t room[SMALL_SIDE];
	const uint32_t chosen = set_of(r);
	memcpy(room, s->column_places, sizeof room);
	for (int32_t i = 0; i < b->n_rows; i++)
		in_rows[b->rows[i]] = true;
	for (int32_t i = 0; i < b->n_columns; i++)
		in_columns[b->columns[i]] = true;
	for (int32_t i = 0; i < s->problem.n_candidates; i++) {
		const struct mentor_assign_candidate *c = &s->candidates[i];
		if (chosen >> i & 1)
			room[c->column]--;
		else
			assert_true(!in_rows[c->row] || in_columns[c->column]);
	}
	for (int32_t i = 0; i < b->n_columns; i++)
		assert_int_equal(room[b->columns[i]], 0);
}

static void every_row_left_short_has_a_closed_block(void **state)
{
	(void)state;
	random_state = 31;
	int32_t n_blocks = 0;
	for (int32_t i = 0; i < 5000; i++) {
		struct small s;
		small_fill(&s);
		s.problem.n_pins = 0;
		struct mentor_assign_result r = solved(&s.problem);
		int32_t room[SMALL_SIDE];
		memcpy(room, s.row_places, sizeof room);
		for (int32_t k = 0; k < r.n_pairs; k++)
			room[s.candidates[r.pairs[k]].row]--;
		for (int32_t row = 0; row < s.problem.n_rows; row++) {
			struct mentor_assign_block b = { 0 };
			if (room[row] == 0)
				continue;
			assert_int_equal(mentor_assign_shortage(&s.problem, &r, row, &b), MENTOR_ASSIGN_OK);
			assert_closed_block(&s, &r, &b);
			mentor_assign_block_free(&b);
			n_blocks++;
		}
		mentor_assign_free(&r);
	}
	assert_true(n_blocks > 1000);
}

/* ---- families that have broken other programs --------------------------------------------------------------- */

static struct mentor_assign_candidate *candidates_new(int32_t n)
{
	struct mentor_assign_candidate *c = calloc((size_t)n, sizeof *c);
	assert_non_null(c);
	return c;
}

static double seconds_now(void)
{
	struct timespec t;
	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &t), 0);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/** Layers of two rows and two columns, each row knowing the columns of its own layer and the next. One row more enters
 * at the first layer; the last layer may have a column to spare. */
static void solve_ladder(int32_t n_layers, bool open)
{
	struct mentor_assign_candidate *c = candidates_new(8 * n_layers + 2);
	int32_t n = 0;
	for (int32_t i = 0; i < 2 * n_layers; i++) {
		const int32_t layer = i / 2;
		for (int32_t k = 2 * layer; k < 2 * layer + (layer + 1 < n_layers ? 4 : 2 + open); k++)
			c[n++] = (struct mentor_assign_candidate){ i, k, k == i ? 5 : (k + i) % 3 };
	}
	c[n++] = (struct mentor_assign_candidate){ 2 * n_layers, 0, 1 };
	c[n++] = (struct mentor_assign_candidate){ 2 * n_layers, 1, 1 };
	const struct mentor_assign_problem p = problem_of(2 * n_layers + 1, 2 * n_layers + open, c, n);
	struct mentor_assign_result r = solved(&p);
	assert_int_equal(r.n_pairs, 2 * n_layers + open);
	if (!open) {
		struct mentor_assign_block b = { 0 };
		int32_t left = 0;
		for (int32_t i = 0; i < r.n_pairs && c[r.pairs[i]].row == left; i++)
			left++;
		assert_int_equal(mentor_assign_shortage(&p, &r, left, &b), MENTOR_ASSIGN_OK);
		assert_int_equal(b.n_columns, b.n_rows - 1);
		mentor_assign_block_free(&b);
	}
	mentor_assign_free(&r);
	free(c);
}

static void ladders_of_layers_are_climbed_in_time(void **state)
{
	(void)state;
	const double start = seconds_now();
	for (int32_t n_layers = 1; n_layers <= 1000; n_layers *= 10) {
		solve_ladder(n_layers, false);
		solve_ladder(n_layers, true);
	}
	assert_true(seconds_now() - start < 2);
}

static void score_row_times_column_pairs_like_with_like(void **state)
{
	(void)state;
	enum { N = 150 };
	struct mentor_assign_candidate *c = candidates_new(N * N);
	for (int32_t i = 0; i < N * N; i++)
		c[i] = (struct mentor_assign_candidate){ i / N, i % N, (int64_t)(i / N) * (i % N) };
	const struct mentor_assign_problem p = problem_of(N, N, c, N * N);
	struct mentor_assign_result r = solved(&p);
	assert_int_equal(r.n_pairs, N);
	for (int32_t i = 0; i < N; i++)
		assert_int_equal(r.pairs[i], i * N + i);
	mentor_assign_free(&r);
	free(c);
}

static void equal_scores_still_fill_every_place(void **state)
{
	(void)state;
	enum { N = 150, PLACES = 3 };
	struct mentor_assign_candidate *c = candidates_new(N * N);
	int32_t places[N / PLACES];
	for (int32_t i = 0; i < N * N; i++)
		c[i] = (struct mentor_assign_candidate){ i / N, i % N, 7 };
	for (int32_t i = 0; i < N / PLACES; i++)
		places[i] = PLACES;
	const struct mentor_assign_problem square = problem_of(N, N, c, N * N);
	struct mentor_assign_result r = solved(&square);
	assert_int_equal(r.n_pairs, N);
	assert_true(r.total == N * INT64_C(7));
	mentor_assign_free(&r);

	for (int32_t i = 0; i < N * (N / PLACES); i++)
		c[i] = (struct mentor_assign_candidate){ i / (N / PLACES), i % (N / PLACES), 7 };
	struct mentor_assign_problem shared = problem_of(N, N / PLACES, c, N * (N / PLACES));
	shared.column_places = places;
	r = solved(&shared);
	assert_int_equal(r.n_pairs, N);
	mentor_assign_free(&r);
	free(c);
}

/** 2,000 rows with 100 candidates each, the columns in a random order for each. */
static void solve_programme(int32_t n_columns, int32_t column_places)
{
	enum { N = 2000, PER_ROW = 100 };
	struct mentor_assign_candidate *c = candidates_new(N * PER_ROW);
	int32_t columns[N], places[N];
	for (int32_t i = 0; i < n_columns; i++) {
		columns[i] = i;
		places[i] = column_places;
	}
	for (int32_t i = 0; i < N * PER_ROW; i++) {
		const int32_t k = i % PER_ROW, other = k + random_below(n_columns - k), column = columns[other];
		columns[other] = columns[k];
		columns[k] = column;
		c[i] = (struct mentor_assign_candidate){ i / PER_ROW, column, random_below(1000000) - 1000 };
	}
	struct mentor_assign_problem p = problem_of(N, n_columns, c, N * PER_ROW);
	p.column_places = places;
	const double start = seconds_now();
	struct mentor_assign_result r = solved(&p);
	assert_true(seconds_now() - start < 2);
	assert_int_equal(r.n_pairs, n_columns * column_places < N ? n_columns * column_places : N);
	mentor_assign_free(&r);
	free(c);
}

static void two_thousand_rows_with_a_hundred_candidates_take_less_than_two_seconds(void **state)
{
	(void)state;
	random_state = 2026;
	solve_programme(2000, 1);
	solve_programme(1010, 2);
	solve_programme(1600, 1);
}

static void every_family_is_proved_from_scarce_to_ample(void **state)
{
	(void)state;
	enum { N = 300 };
	static const int32_t slack[] = { 60, 80, 97, 100, 101, 103, 109, 120, 400 };
	for (int family = 0; family < N_FAMILIES; family++)
		for (int32_t i = 0; i < COUNT(slack); i++)
			for (int32_t places = 1; places <= 3; places += 2) {
				const uint64_t seed = (uint64_t)(family * 100 + i);
				const int32_t n_columns = N * slack[i] / 100 / places;
				struct instance in = instance_make((enum family)family, seed, N, n_columns, 12, 1, places);
				struct mentor_assign_result r = solved(&in.problem);
				assert_true(r.n_pairs >= N / 2 && r.n_pairs <= N);
				mentor_assign_free(&r);
				for (int32_t k = 0; k < N; k++)
					in.row_places[k] = 1 + k % 3;
				in.problem.objective = MENTOR_ASSIGN_WORST;
				r = solved(&in.problem);
				mentor_assign_free(&r);
				instance_free(&in);
			}
}

/** One person's thousand equal places, and three rows for two of another's: bids could go on for ever. */
static void a_war_of_prices_ends(void **state)
{
	(void)state;
	enum { N = 3000 };
	struct mentor_assign_candidate *c = candidates_new(4 * N);
	for (int32_t i = 0; i < 4 * N; i++)
		c[i] = (struct mentor_assign_candidate){ i / 4, i % 4, i % 4 == 0 ? MENTOR_ASSIGN_MAX_SCORE / 4 : i % 4 };
	struct mentor_assign_problem p = problem_of(N, 4, c, 4 * N);
	for (int32_t spare = 0; spare <= 2; spare++) {
		p.column_places = (const int32_t[]){ N / 3, N / 3, 2, N / 3 - 2 + spare };
		struct mentor_assign_result r = solved(&p);
		assert_int_equal(r.n_pairs, N);
		mentor_assign_free(&r);
	}
	p.column_places = (const int32_t[]){ N / 3, 2, 0, 1 };
	struct mentor_assign_result r = solved(&p);
	assert_int_equal(r.n_pairs, N / 3 + 3);
	mentor_assign_free(&r);
	free(c);
}

/* ---- progress and memory ------------------------------------------------------------------------------------ */

struct watch {
	int32_t n_calls, n_allowed;
	int64_t done, total;
};

static bool watch_progress(void *data, int64_t done, int64_t total)
{
	struct watch *w = data;
	assert_true(done >= w->done && done <= total);
	w->done = done;
	w->total = total;
	return ++w->n_calls <= w->n_allowed;
}

static void progress_is_told_and_may_cancel_at_every_call(void **state)
{
	(void)state;
	enum { N = 300 };
	struct mentor_assign_candidate *c = candidates_new(2 * N);
	for (int32_t i = 0; i < 2 * N; i++)
		c[i] = (struct mentor_assign_candidate){ N - 1 - i / 2, (i + 1) / 2, i % 7 };
	/* without the first column the last row moves everybody, so that the matching must be augmented and reports too */
	static int32_t places[N + 1];
	for (int32_t i = 0; i <= N; i++)
		places[i] = i > 0;
	struct watch w = { .n_allowed = INT32_MAX };
	struct mentor_assign_problem p = problem_of(N, N + 1, c, 2 * N);
	p.column_places = places;
	p.progress = watch_progress;
	p.progress_data = &w;
	struct mentor_assign_result r = solved(&p);
	mentor_assign_free(&r);
	assert_true(w.n_calls > 4);
	assert_int_equal(w.total, N);
	const int32_t n_calls = w.n_calls;
	for (int32_t n = 0; n < n_calls; n++) {
		w = (struct watch){ .n_allowed = n };
		assert_refused(&p, MENTOR_ASSIGN_CANCELLED);
		assert_int_equal(w.n_calls, n + 1);
	}
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
	const struct mentor_assign_candidate c[] = { { 0, 0, 31 }, { 0, 1, 9 }, { 1, 0, 9 }, { 2, 0, 1 } };
	struct mentor_assign_problem p = problem_of(3, 2, c, COUNT(c));
	p.alloc = scarce_alloc;
	struct mentor_assign_result r = { 0 };
	enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
	struct mentor_assign_block b = { 0 };
	for (int n = 0; n < 2; n++) {
		allocations_left = n;
		assert_refused(&p, MENTOR_ASSIGN_NO_MEMORY);
	}
	allocations_left = 2;
	assert_int_equal(mentor_assign_solve(&p, &r), MENTOR_ASSIGN_OK);
	allocations_left = 0;
	assert_int_equal(mentor_assign_verify(&p, &r, &proof), MENTOR_ASSIGN_NO_MEMORY);
	allocations_left = 1;
	assert_int_equal(mentor_assign_verify(&p, &r, &proof), MENTOR_ASSIGN_OK);
	assert_int_equal(proof, MENTOR_ASSIGN_PROVED);
	for (int n = 0; n < 2; n++) {
		allocations_left = n;
		assert_int_equal(mentor_assign_shortage(&p, &r, 2, &b), MENTOR_ASSIGN_NO_MEMORY);
		assert_null(b.memory);
	}
	allocations_left = 2;
	assert_int_equal(mentor_assign_shortage(&p, &r, 2, &b), MENTOR_ASSIGN_OK);
	mentor_assign_block_free(&b);
	mentor_assign_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_pairs_come_before_the_highest_total),
		cmocka_unit_test(the_highest_total_decides_among_equally_many_pairs),
		cmocka_unit_test(negative_scores_never_keep_a_pair_from_being_formed),
		cmocka_unit_test(an_empty_problem_has_an_empty_result),
		cmocka_unit_test(nobody_without_places_is_paired),
		cmocka_unit_test(places_on_both_sides_are_filled_but_no_pair_twice),
		cmocka_unit_test(the_largest_scores_do_not_overflow),
		cmocka_unit_test(a_pair_listed_twice_is_refused),
		cmocka_unit_test(an_index_out_of_range_is_refused),
		cmocka_unit_test(a_score_out_of_range_is_refused),
		cmocka_unit_test(scores_too_large_together_are_refused),
		cmocka_unit_test(negative_counts_and_places_are_refused),
		cmocka_unit_test(a_pin_is_kept_at_the_price_of_total_and_pairs),
		cmocka_unit_test(a_pin_uses_one_of_several_places),
		cmocka_unit_test(pins_that_do_not_fit_together_are_refused),
		cmocka_unit_test(a_pin_out_of_range_or_twice_is_refused),
		cmocka_unit_test(every_result_is_as_good_as_brute_force),
		cmocka_unit_test(the_order_of_the_candidates_does_not_matter),
		cmocka_unit_test(the_worst_pair_is_as_good_as_brute_force_finds),
		cmocka_unit_test(most_first_choices_are_as_many_as_brute_force_finds),
		cmocka_unit_test(last_choices_are_as_few_as_brute_force_finds),
		cmocka_unit_test(no_tampering_proves_a_worse_objective),
		cmocka_unit_test(a_rank_out_of_range_or_no_ranks_are_refused),
		cmocka_unit_test(a_long_profile_is_packed_into_levels),
		cmocka_unit_test(any_order_of_rows_columns_and_candidates_gives_the_same_pairs),
		cmocka_unit_test(equal_scores_have_one_answer_in_any_order),
		cmocka_unit_test(a_result_that_lost_a_pair_is_not_proved),
		cmocka_unit_test(no_tampering_proves_a_worse_result),
		cmocka_unit_test(a_changed_price_is_not_proved),
		cmocka_unit_test(a_result_that_breaks_a_rule_is_not_feasible),
		cmocka_unit_test(a_pair_counted_twice_is_not_feasible),
		cmocka_unit_test(a_shortage_names_all_who_compete_and_for_what),
		cmocka_unit_test(a_row_without_candidates_competes_with_nobody),
		cmocka_unit_test(a_shortage_lists_a_column_that_pins_fill_but_not_who_is_pinned),
		cmocka_unit_test(there_is_no_shortage_where_nothing_is_short),
		cmocka_unit_test(every_row_left_short_has_a_closed_block),
		cmocka_unit_test(ladders_of_layers_are_climbed_in_time),
		cmocka_unit_test(score_row_times_column_pairs_like_with_like),
		cmocka_unit_test(equal_scores_still_fill_every_place),
		cmocka_unit_test(two_thousand_rows_with_a_hundred_candidates_take_less_than_two_seconds),
		cmocka_unit_test(every_family_is_proved_from_scarce_to_ample),
		cmocka_unit_test(a_war_of_prices_ends),
		cmocka_unit_test(progress_is_told_and_may_cancel_at_every_call),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
