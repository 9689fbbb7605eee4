/* blossom.c: the best pairs of one pool on hand cases, against brute force, permuted, tampered with, and without memory. */
#include "mentor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static struct mentor_blossom_problem problem_of(
    int32_t n_people, const struct mentor_blossom_candidate *candidates, int32_t n_candidates)
{
	return (struct mentor_blossom_problem){ .n_people = n_people, .candidates = candidates, .n_candidates = n_candidates };
}

static struct mentor_blossom_result solved(const struct mentor_blossom_problem *p)
{
	struct mentor_blossom_result r = { 0 };
	assert_int_equal(mentor_blossom_solve(p, &r), MENTOR_OK);
	assert_int_equal(mentor_blossom_verify(p, &r), MENTOR_OK);
	return r;
}

static void assert_solution(const struct mentor_blossom_problem *p, const int32_t *pairs, int32_t n_pairs, int64_t total)
{
	struct mentor_blossom_result r = solved(p);
	assert_int_equal(r.n_pairs, n_pairs);
	assert_true(r.total == total);
	for (int32_t i = 0; i < n_pairs; i++)
		assert_int_equal(r.pairs[i], pairs[i]);
	mentor_blossom_result_free(&r);
}

static void assert_best(const struct mentor_blossom_problem *p, int32_t n_pairs, int64_t total)
{
	struct mentor_blossom_result r = solved(p);
	assert_int_equal(r.n_pairs, n_pairs);
	assert_true(r.total == total);
	mentor_blossom_result_free(&r);
}

/** Solving must fail and leave the result alone. */
static void assert_refused(const struct mentor_blossom_problem *p, enum mentor_status status)
{
	struct mentor_blossom_result r = { .n_pairs = -7 };
	assert_int_equal(mentor_blossom_solve(p, &r), status);
	assert_int_equal(r.n_pairs, -7);
	assert_null(r.memory);
}

/* ---- hand cases --------------------------------------------------------------------------------------------- */

static void most_pairs_come_before_the_highest_total(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate c[] = { { 1, 2, 31 }, { 0, 1, 9 }, { 3, 2, 9 } };
	const struct mentor_blossom_problem p = problem_of(4, c, COUNT(c));
	assert_solution(&p, (const int32_t[]){ 1, 2 }, 2, 18);
}

static void the_worst_pair_comes_before_the_total_if_wished(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate c[] = { { 0, 1, 50 }, { 2, 3, 3 }, { 0, 2, 8 }, { 1, 3, 9 }, { 0, 3, 8 }, { 1, 2, 8 } };
	struct mentor_blossom_problem p = problem_of(4, c, COUNT(c));
	assert_solution(&p, (const int32_t[]){ 0, 1 }, 2, 53);
	p.worst_first = true;
	assert_solution(&p, (const int32_t[]){ 2, 3 }, 2, 17);
	struct mentor_blossom_result r = solved(&p);
	assert_true(r.worst == 8);
	mentor_blossom_result_free(&r);
	assert_null(r.best.memory);
	mentor_blossom_result_free(NULL);
}

static void negative_scores_never_keep_a_pair_from_being_formed(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate c[] = { { 0, 1, -5 }, { 1, 2, -4 }, { 2, 0, -6 } };
	const struct mentor_blossom_problem p = problem_of(3, c, COUNT(c));
	assert_solution(&p, (const int32_t[]){ 1 }, 1, -4);
}

static void an_odd_cycle_leaves_one_out(void **state)
{
	(void)state;
	struct mentor_blossom_candidate c[9];
	for (int32_t i = 0; i < 9; i++)
		c[i] = (struct mentor_blossom_candidate){ i, (i + 1) % 9, i == 4 ? 7 : 10 };
	const struct mentor_blossom_problem p = problem_of(9, c, 9);
	assert_best(&p, 4, 40);
	/* a stem at any of the nine makes five pairs */
	struct mentor_blossom_candidate stem[10];
	memcpy(stem, c, sizeof c);
	for (int32_t i = 0; i < 9; i++) {
		stem[9] = (struct mentor_blossom_candidate){ 9, i, 1 };
		const struct mentor_blossom_problem q = problem_of(10, stem, 10);
		struct mentor_blossom_result r = solved(&q);
		assert_int_equal(r.n_pairs, 5);
		mentor_blossom_result_free(&r);
	}
}

static void places_are_filled_but_no_pair_twice(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate c[] = { { 0, 1, 9 }, { 1, 2, 5 }, { 2, 0, 1 }, { 2, 3, 2 } };
	struct mentor_blossom_problem p = problem_of(4, c, COUNT(c));
	p.places = (const int32_t[]){ 2, 2, 1, 1 };
	assert_solution(&p, (const int32_t[]){ 0, 1 }, 2, 14);
	p.places = (const int32_t[]){ 20, 20, 20, 20 };
	assert_solution(&p, (const int32_t[]){ 0, 1, 2, 3 }, 4, 17);
	p.places = (const int32_t[]){ INT32_MAX, 2, 0, 5 };
	assert_solution(&p, (const int32_t[]){ 0 }, 1, 9);
}

static void a_pin_is_kept_at_the_price_of_total_and_pairs(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate c[] = { { 1, 2, 1 }, { 0, 1, 9 }, { 3, 2, 9 } };
	struct mentor_blossom_problem p = problem_of(4, c, COUNT(c));
	p.pins = (const int32_t[]){ 0 };
	p.n_pins = 1;
	for (int worst = 0; worst < 2; worst++) {
		p.worst_first = worst;
		assert_solution(&p, (const int32_t[]){ 0 }, 1, 1);
	}
	p.places = (const int32_t[]){ 1, 2, 1, 1 };
	struct mentor_blossom_result r = solved(&p);
	assert_int_equal(r.n_pairs, 2);
	assert_true(r.worst == 9 && r.total == 10);
	mentor_blossom_result_free(&r);
}

static void an_empty_pool_has_an_empty_result(void **state)
{
	(void)state;
	struct mentor_blossom_problem nobody = { 0 };
	assert_solution(&nobody, NULL, 0, 0);
	nobody.worst_first = true;
	assert_solution(&nobody, NULL, 0, 0);
	const struct mentor_blossom_problem no_candidates = problem_of(3, NULL, 0);
	assert_solution(&no_candidates, NULL, 0, 0);
}

/* ---- what is refused ---------------------------------------------------------------------------------------- */

static void what_is_out_of_range_is_refused(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate bad[] = { { -1, 0, 1 }, { 2, 0, 1 }, { 0, -1, 1 }, { 0, 2, 1 }, { 1, 1, 1 },
		{ 0, 1, MENTOR_BLOSSOM_MAX_SCORE + 1 }, { 0, 1, INT64_MIN } };
	const struct mentor_blossom_result none = { 0 };
	for (int32_t i = 0; i < COUNT(bad); i++) {
		const struct mentor_blossom_problem p = problem_of(2, &bad[i], 1);
		assert_refused(&p, MENTOR_INVALID);
		assert_int_equal(mentor_blossom_verify(&p, &none), MENTOR_INVALID);
	}
	const struct mentor_blossom_candidate c[] = { { 0, 1, MENTOR_BLOSSOM_MAX_SCORE } };
	const struct mentor_blossom_problem good = problem_of(2, c, 1);
	struct mentor_blossom_problem p[5] = { good, good, good, good, good };
	p[0].n_people = -1;
	p[1].n_candidates = -1;
	p[2].n_pins = -1;
	p[3].places = (const int32_t[]){ 1, -1 };
	p[4].n_people = MENTOR_BLOSSOM_MAX_NODES + 1;
	for (int32_t i = 0; i < COUNT(p); i++)
		assert_refused(&p[i], MENTOR_INVALID);
	assert_solution(&good, (const int32_t[]){ 0 }, 1, MENTOR_BLOSSOM_MAX_SCORE);
}

static void what_is_listed_twice_is_refused(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate c[] = { { 0, 1, 5 }, { 2, 1, 5 }, { 1, 0, 6 } };
	struct mentor_blossom_problem p = problem_of(3, c, COUNT(c));
	assert_refused(&p, MENTOR_INVALID);
	p.n_candidates = 2;
	p.ids = (const int64_t[]){ 4, 5, 4 };
	assert_refused(&p, MENTOR_INVALID);
	p.ids = NULL;
	p.pins = (const int32_t[]){ 1, 1 };
	p.n_pins = 2;
	assert_refused(&p, MENTOR_INVALID);
	p.pins = (const int32_t[]){ 1, 2 };
	assert_refused(&p, MENTOR_INVALID);
	p.pins = (const int32_t[]){ 1, 0 };
	assert_refused(&p, MENTOR_REFUSED);
	p.n_pins = 1;
	assert_solution(&p, (const int32_t[]){ 1 }, 1, 5);
}

static void scores_too_far_apart_for_so_many_people_are_refused(void **state)
{
	(void)state;
	enum { N = 20000 };
	static struct mentor_blossom_candidate c[N / 2];
	for (int32_t i = 0; i < N / 2; i++)
		c[i] = (struct mentor_blossom_candidate){ 2 * i, 2 * i + 1, i % 2 ? MENTOR_BLOSSOM_MAX_SCORE : -MENTOR_BLOSSOM_MAX_SCORE };
	const struct mentor_blossom_problem p = problem_of(N, c, N / 2);
	assert_refused(&p, MENTOR_INVALID);
	const struct mentor_blossom_problem few = problem_of(100, c, 50);
	assert_best(&few, 50, 0);
}

/* ---- brute force -------------------------------------------------------------------------------------------- */

enum { SMALL_PEOPLE = 8, SMALL_EDGES = 16 };

struct small {
	struct mentor_blossom_candidate candidates[SMALL_EDGES];
	int32_t places[SMALL_PEOPLE], pins[SMALL_EDGES];
	int64_t ids[SMALL_PEOPLE];
	struct mentor_blossom_problem problem;
};

static void shuffle(int32_t *a, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		a[i] = i;
	for (int32_t i = n - 1; i > 0; i--) {
		const int32_t k = random_below(i + 1), x = a[i];
		a[i] = a[k];
		a[k] = x;
	}
}

static void small_fill(struct small *s, int32_t most_places, bool pins, bool worst_first)
{
	const int32_t n_people = 2 + random_below(SMALL_PEOPLE - 1), density = 2 + random_below(9);
	const int32_t spread = random_below(3) ? 4 : 100000;
	int32_t n = 0, n_pins = 0, order[SMALL_PEOPLE];
	*s = (struct small){ 0 };
	shuffle(order, n_people);
	for (int32_t i = 0; i < n_people; i++) {
		s->places[i] = most_places == 1 ? 1 : random_below(most_places + 1);
		s->ids[i] = 7 * order[i] - 20;
	}
	for (int32_t a = 0; a < n_people; a++)
		for (int32_t b = a + 1; b < n_people && n < SMALL_EDGES; b++)
			if (random_below(10) < density) {
				const bool swap = random_below(2);
				s->candidates[n++] = (struct mentor_blossom_candidate){ swap ? b : a, swap ? a : b,
					random_below(2 * spread) - spread };
			}
	for (int32_t i = 0; i < n && pins; i++)
		if (random_below(8) == 0)
			s->pins[n_pins++] = i;
	s->problem = problem_of(n_people, s->candidates, n);
	s->problem.places = s->places;
	s->problem.ids = s->ids;
	s->problem.pins = s->pins;
	s->problem.n_pins = n_pins;
	s->problem.worst_first = worst_first;
}

/** The best choice by trying all of them. */
struct brute {
	const struct small *s;
	int32_t room[SMALL_PEOPLE];
	bool pinned[SMALL_EDGES];
	bool found;
	int32_t n_pairs;
	int64_t worst, total;
};

static void brute_try(struct brute *b, int32_t i, int32_t n_pairs, int64_t worst, int64_t total)
{
	const struct mentor_blossom_problem *p = &b->s->problem;
	if (i == p->n_candidates) {
		const bool same = b->found && n_pairs == b->n_pairs, as_bad = !p->worst_first || worst == b->worst;
		if (b->found && n_pairs < b->n_pairs)
			return;
		if (same && ((p->worst_first && worst < b->worst) || (as_bad && total <= b->total)))
			return;
		b->found = true;
		b->n_pairs = n_pairs;
		b->worst = worst;
		b->total = total;
		return;
	}
	const struct mentor_blossom_candidate *c = &p->candidates[i];
	if (b->room[c->a] > 0 && b->room[c->b] > 0) {
		b->room[c->a]--;
		b->room[c->b]--;
		brute_try(b, i + 1, n_pairs + 1, !b->pinned[i] && c->score < worst ? c->score : worst, total + c->score);
		b->room[c->a]++;
		b->room[c->b]++;
	}
	if (!b->pinned[i])
		brute_try(b, i + 1, n_pairs, worst, total);
}

static struct brute brute_solve(const struct small *s)
{
	struct brute b = { .s = s };
	memcpy(b.room, s->places, sizeof b.room);
	for (int32_t i = 0; i < s->problem.n_pins; i++)
		b.pinned[s->pins[i]] = true;
	brute_try(&b, 0, 0, INT64_MAX, 0);
	return b;
}

static void small_compare(int32_t n_instances, int32_t most_places, bool worst_first, int32_t least_refused)
{
	int32_t n_refused = 0;
	for (int32_t i = 0; i < n_instances; i++) {
		struct small s;
		small_fill(&s, most_places, i % 3 == 0, worst_first);
		const struct brute b = brute_solve(&s);
		if (!b.found) {
			assert_refused(&s.problem, MENTOR_REFUSED);
			n_refused++;
			continue;
		}
		struct mentor_blossom_result r = solved(&s.problem);
		assert_int_equal(r.n_pairs, b.n_pairs);
		assert_true(r.total == b.total);
		if (worst_first)
			assert_true(r.worst == (b.worst == INT64_MAX ? 0 : b.worst));
		mentor_blossom_result_free(&r);
	}
	assert_true(n_refused >= least_refused && n_refused <= n_instances / 3);
}

static void every_result_is_as_good_as_brute_force(void **state)
{
	(void)state;
	random_state = 20260901;
	small_compare(20000, 1, false, 100);
}

/** A triangle, then ears of two more people each, from anybody there to anybody there: every odd set that a search can form, in
 * whatever nest, comes from such ears (Lovasz 1972). Perhaps a stem; scores so near each other that sets form often. */
static void ears_fill(struct small *s)
{
	const int32_t n_ears = random_below(3), n_core = 3 + 2 * n_ears, spread = 1 + random_below(6);
	int32_t n = 0, person[SMALL_PEOPLE];
	*s = (struct small){ 0 };
	shuffle(person, SMALL_PEOPLE);
	for (int32_t i = 0; i < 3; i++)
		s->candidates[n++] = (struct mentor_blossom_candidate){ person[i], person[(i + 1) % 3], 0 };
	for (int32_t i = 3; i < n_core; i += 2) {
		s->candidates[n++] = (struct mentor_blossom_candidate){ person[random_below(i)], person[i], 0 };
		s->candidates[n++] = (struct mentor_blossom_candidate){ person[i], person[i + 1], 0 };
		const int32_t end = random_below(i);
		s->candidates[n++] = (struct mentor_blossom_candidate){ person[i + 1], person[end], 0 };
	}
	for (int32_t i = n_core; i < SMALL_PEOPLE && random_below(3); i++)
		s->candidates[n++] = (struct mentor_blossom_candidate){ person[random_below(i)], person[i], 0 };
	for (int32_t i = 0; i < n; i++)
		s->candidates[i].score = 10 + random_below(spread);
	for (int32_t i = 0; i < SMALL_PEOPLE; i++)
		s->places[i] = 1;
	s->problem = problem_of(SMALL_PEOPLE, s->candidates, n);
}

static void sets_form_nest_and_fall_apart(void **state)
{
	(void)state;
	random_state = 1965;
	int32_t n_sets = 0, n_nested = 0;
	for (int32_t i = 0; i < 20000; i++) {
		struct small s;
		ears_fill(&s);
		const struct brute b = brute_solve(&s);
		struct mentor_blossom_result r = solved(&s.problem);
		assert_int_equal(r.n_pairs, b.n_pairs);
		assert_true(r.total == b.total);
		n_sets += r.best.n_sets > 0;
		for (int32_t k = r.best.n_nodes; k < r.best.n_nodes + r.best.n_sets; k++)
			n_nested += r.best.parents[k] >= 0;
		mentor_blossom_result_free(&r);
	}
	assert_true(n_sets > 5000 && n_nested > 500);
}

static void with_places_every_result_is_as_good_as_brute_force(void **state)
{
	(void)state;
	random_state = 3;
	small_compare(10000, 2, false, 100);
	small_compare(10000, 4, false, 100);
}

static void with_the_worst_first_every_result_is_as_good_as_brute_force(void **state)
{
	(void)state;
	random_state = 11;
	small_compare(10000, 1, true, 100);
	small_compare(10000, 3, true, 100);
}

/* ---- order, tie-break --------------------------------------------------------------------------------------- */

/** The ids of the pairs, in an order of their own. */
static int32_t id_pairs(const struct mentor_blossom_problem *p, int64_t *ret)
{
	struct mentor_blossom_result r = solved(p);
	const int32_t n = r.n_pairs;
	for (int32_t i = 0; i < n; i++) {
		const struct mentor_blossom_candidate *c = &p->candidates[r.pairs[i]];
		const int64_t a = p->ids[c->a], b = p->ids[c->b], id = a < b ? 1000 * a + b : 1000 * b + a;
		int32_t at = i;
		for (; at > 0 && ret[at - 1] > id; at--)
			ret[at] = ret[at - 1];
		ret[at] = id;
	}
	mentor_blossom_result_free(&r);
	return n;
}

/** Moves people and candidates elsewhere, ids and places with them, and names some pairs the other way round. */
static void small_permute(struct small *s)
{
	const struct small t = *s;
	int32_t person[SMALL_PEOPLE], order[SMALL_EDGES];
	shuffle(person, s->problem.n_people);
	shuffle(order, s->problem.n_candidates);
	for (int32_t i = 0; i < s->problem.n_people; i++) {
		s->places[person[i]] = t.places[i];
		s->ids[person[i]] = t.ids[i];
	}
	for (int32_t i = 0; i < s->problem.n_candidates; i++) {
		const struct mentor_blossom_candidate c = t.candidates[i];
		const bool swap = random_below(2);
		s->candidates[order[i]] =
		    (struct mentor_blossom_candidate){ person[swap ? c.b : c.a], person[swap ? c.a : c.b], c.score };
	}
	for (int32_t i = 0; i < s->problem.n_pins; i++)
		s->pins[i] = order[t.pins[i]];
}

static void the_order_of_the_input_does_not_matter(void **state)
{
	(void)state;
	random_state = 7;
	for (int32_t i = 0; i < 10000; i++) {
		struct small s;
		int64_t before[SMALL_EDGES], now[SMALL_EDGES];
		small_fill(&s, 1 + i % 3, i % 4 == 0, i % 5 == 0);
		if (!brute_solve(&s).found)
			continue;
		const int32_t n = id_pairs(&s.problem, before);
		small_permute(&s);
		assert_int_equal(id_pairs(&s.problem, now), n);
		assert_memory_equal(before, now, (size_t)n * sizeof *now);
	}
}

static void ids_alone_break_ties(void **state)
{
	(void)state;
	/* four people, three equally good ways to pair them: other ids, another way, sooner or later each of them */
	const struct mentor_blossom_candidate c[] = { { 0, 1, 5 }, { 2, 3, 5 }, { 0, 2, 5 }, { 1, 3, 5 }, { 0, 3, 5 }, { 1, 2, 5 } };
	struct mentor_blossom_problem p = problem_of(4, c, COUNT(c));
	int32_t n_seen[3] = { 0 };
	for (int64_t id = 1; id <= 60; id++) {
		p.ids = (const int64_t[]){ id, 100 + id, 200, 300 };
		struct mentor_blossom_result r = solved(&p);
		n_seen[r.pairs[0] / 2]++;
		assert_int_equal(r.pairs[0] / 2, r.pairs[1] / 2);
		mentor_blossom_result_free(&r);
	}
	for (int32_t i = 0; i < 3; i++)
		assert_true(n_seen[i] >= 5 && n_seen[i] <= 50);
}

/* ---- the proof ---------------------------------------------------------------------------------------------- */

static void assert_not_proved(const struct mentor_blossom_problem *p, const struct mentor_blossom_result *r)
{
	assert_int_equal(mentor_blossom_verify(p, r), MENTOR_FOUND);
}

static void a_result_that_lost_a_pair_is_not_proved(void **state)
{
	(void)state;
	random_state = 99;
	for (int32_t i = 0; i < 3000; i++) {
		struct small s;
		small_fill(&s, 1 + i % 3, false, i % 2);
		struct mentor_blossom_result r = solved(&s.problem);
		if (r.n_pairs > 0) {
			const int32_t k = random_below(r.n_pairs);
			r.total -= s.candidates[r.pairs[k]].score;
			r.n_pairs--;
			memmove(&r.pairs[k], &r.pairs[k + 1], (size_t)(r.n_pairs - k) * sizeof *r.pairs);
			for (int32_t j = 0; j < r.n_pairs; j++) {
				const int64_t score = s.candidates[r.pairs[j]].score;
				r.worst = j == 0 || score < r.worst ? score : r.worst;
			}
			r.worst = r.n_pairs > 0 ? r.worst : 0;
			assert_not_proved(&s.problem, &r);
		}
		mentor_blossom_result_free(&r);
	}
}

/** Whatever is done to the prices, the sets and the pairs, what is still proved is still optimal. */
static void no_tampering_proves_a_worse_result(void **state)
{
	(void)state;
	random_state = 4;
	int32_t n_proved = 0, n_not = 0;
	for (int32_t i = 0; i < 20000; i++) {
		struct small s;
		small_fill(&s, 1 + i % 2, false, false);
		const struct brute b = brute_solve(&s);
		struct mentor_blossom_result r = solved(&s.problem);
		const int32_t n = s.problem.n_candidates, n_all = r.best.n_nodes + r.best.n_sets;
		int32_t pairs[SMALL_EDGES], n_pairs = 0;
		uint32_t set = 0;
		if (n == 0 || n_all == 0) {
			mentor_blossom_result_free(&r);
			continue;
		}
		for (int32_t k = 0; k < r.n_pairs; k++)
			set |= UINT32_C(1) << r.pairs[k];
		set ^= random_below(2) ? UINT32_C(1) << random_below(n) : 0;
		set ^= random_below(2) ? UINT32_C(1) << random_below(n) : 0;
		r.total = 0;
		r.worst = 0;
		for (int32_t k = 0; k < n; k++) {
			if (!(set >> k & 1))
				continue;
			r.total += s.candidates[k].score;
			r.worst = n_pairs == 0 || s.candidates[k].score < r.worst ? s.candidates[k].score : r.worst;
			pairs[n_pairs++] = k;
		}
		r.pairs = pairs;
		r.n_pairs = n_pairs;
		if (random_below(2))
			r.best.prices[random_below(n_all)] += random_below(7) - 3;
		if (random_below(4) == 0)
			r.best.parents[random_below(n_all)] = random_below(n_all + 1) - 1;
		if (mentor_blossom_verify(&s.problem, &r) == MENTOR_OK) {
			assert_int_equal(n_pairs, b.n_pairs);
			assert_true(r.total == b.total);
			n_proved++;
		} else {
			n_not++;
		}
		mentor_blossom_result_free(&r);
	}
	assert_true(n_proved > 1000 && n_not > 1000);
}

static void a_result_that_breaks_a_rule_is_not_proved(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate c[] = { { 0, 1, 5 }, { 2, 3, 5 }, { 0, 2, 4 }, { 1, 3, 4 } };
	struct mentor_blossom_problem p = problem_of(4, c, COUNT(c));
	struct mentor_blossom_result r = solved(&p);
	r.total++;
	assert_not_proved(&p, &r);
	r.total--;
	r.worst--;
	assert_not_proved(&p, &r);
	r.worst++;
	r.best.n_nodes--;
	assert_not_proved(&p, &r);
	r.best.n_nodes++;
	r.best.prices[0] = -1;
	assert_not_proved(&p, &r);
	r.best.prices[0] = INT64_MAX;
	assert_not_proved(&p, &r);
	mentor_blossom_result_free(&r);

	r = solved(&p);
	const int32_t bad[][2] = { { 0, 2 }, { 1, 0 }, { 0, 0 }, { -1, 1 }, { 0, 4 } };
	for (int32_t i = 0; i < COUNT(bad); i++) {
		memcpy(r.pairs, bad[i], sizeof bad[i]);
		assert_not_proved(&p, &r);
	}
	memcpy(r.pairs, (const int32_t[]){ 0, 1 }, sizeof bad[0]);
	assert_int_equal(mentor_blossom_verify(&p, &r), MENTOR_OK);
	p.pins = (const int32_t[]){ 2 };
	p.n_pins = 1;
	assert_not_proved(&p, &r);
	r.n_pairs = -1;
	assert_not_proved(&p, &r);
	mentor_blossom_result_free(&r);
}

static void the_worst_is_proved_from_both_sides(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate c[] = { { 0, 1, 50 }, { 2, 3, 3 }, { 0, 2, 8 }, { 1, 3, 9 } };
	struct mentor_blossom_problem p = problem_of(4, c, COUNT(c));
	struct mentor_blossom_result greedy = solved(&p);
	p.worst_first = true;
	struct mentor_blossom_result r = solved(&p), forged = r;
	/* the best total with the proofs of another result, or none */
	assert_not_proved(&p, &greedy);
	forged.pairs = greedy.pairs;
	forged.total = greedy.total;
	forged.worst = greedy.worst;
	assert_not_proved(&p, &forged);
	forged.best = greedy.best;
	assert_not_proved(&p, &forged);
	r.most.prices[0]++;
	assert_not_proved(&p, &r);
	mentor_blossom_result_free(&greedy);
	mentor_blossom_result_free(&r);
}

/* ---- size, progress, memory --------------------------------------------------------------------------------- */

static double seconds_now(void)
{
	struct timespec t;
	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &t), 0);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/** `n` people, each pair of them a candidate with `per_thousand`, scores below `spread`. Free the candidates. */
static struct mentor_blossom_problem random_pool(int32_t n, int32_t per_thousand, int32_t spread)
{
	struct mentor_blossom_candidate *c = calloc((size_t)n * (size_t)n / 2, sizeof *c);
	int32_t n_candidates = 0;
	assert_non_null(c);
	for (int32_t a = 0; a < n; a++)
		for (int32_t b = 0; b < a; b++)
			if (random_below(1000) < per_thousand)
				c[n_candidates++] = (struct mentor_blossom_candidate){ a, b, random_below(spread) };
	return problem_of(n, c, n_candidates);
}

static void free_candidates(struct mentor_blossom_problem *p)
{
	union {
		const struct mentor_blossom_candidate *borrowed;
		void *owned;
	} c = { p->candidates };
	free(c.owned);
}

static void pools_of_every_kind_take_little_time(void **state)
{
	(void)state;
	random_state = 2026;
	const double start = seconds_now();
	const struct {
		int32_t n, per_thousand, spread;
		bool worst_first;
	} kinds[] = { { 301, 1000, 1000000, false }, { 300, 1000, 1, true }, { 1000, 3, 1000, false }, { 1000, 2, 2, true },
		{ 200, 500, 5, true } };
	for (int32_t i = 0; i < COUNT(kinds); i++) {
		struct mentor_blossom_problem p = random_pool(kinds[i].n, kinds[i].per_thousand, kinds[i].spread);
		p.worst_first = kinds[i].worst_first;
		struct mentor_blossom_result r = solved(&p);
		assert_true(kinds[i].per_thousand < 100 || r.n_pairs == kinds[i].n / 2);
		mentor_blossom_result_free(&r);
		free_candidates(&p);
	}
	assert_true(seconds_now() - start < 10);
}

/** Triangles in a row, each joined to the next by one candidate: sets everywhere, and one nests the whole row. */
static void a_chain_of_triangles_is_climbed_in_time(void **state)
{
	(void)state;
	enum { N = 999 };
	static struct mentor_blossom_candidate c[2 * N];
	int32_t n = 0;
	for (int32_t i = 0; i < N; i++) {
		c[n++] = (struct mentor_blossom_candidate){ i, i % 3 == 2 ? i - 2 : i + 1, 100 + i % 7 };
		if (i % 3 == 2 && i + 1 < N)
			c[n++] = (struct mentor_blossom_candidate){ i, i + 1, 1 + i % 5 };
	}
	const struct mentor_blossom_problem p = problem_of(N, c, n);
	const double start = seconds_now();
	struct mentor_blossom_result r = solved(&p);
	assert_true(seconds_now() - start < 2);
	assert_int_equal(r.n_pairs, N / 2);
	mentor_blossom_result_free(&r);
}

struct watch {
	int32_t n_calls, n_allowed;
};

static bool watch_progress(void *data, int64_t done, int64_t total)
{
	struct watch *w = data;
	assert_true(done >= 0 && done <= total);
	return ++w->n_calls <= w->n_allowed;
}

static void progress_is_told_and_may_cancel_at_every_call(void **state)
{
	(void)state;
	random_state = 1;
	struct watch w = { .n_allowed = INT32_MAX };
	struct mentor_blossom_problem p = random_pool(150, 200, 100);
	p.worst_first = true;
	p.progress = watch_progress;
	p.progress_data = &w;
	struct mentor_blossom_result r = solved(&p);
	mentor_blossom_result_free(&r);
	const int32_t n_calls = w.n_calls;
	assert_true(n_calls > 9);
	for (int32_t n = 0; n < n_calls; n++) {
		w = (struct watch){ .n_allowed = n };
		assert_refused(&p, MENTOR_FAILED);
		assert_int_equal(w.n_calls, n + 1);
	}
	free_candidates(&p);
}

static int allocations_left;

static void *scarce_alloc(size_t size)
{
	return allocations_left-- > 0 ? malloc(size) : NULL;
}

static void every_failed_allocation_is_reported(void **state)
{
	(void)state;
	const struct mentor_blossom_candidate c[] = { { 0, 1, 50 }, { 2, 3, 3 }, { 0, 2, 8 }, { 1, 3, 9 } };
	struct mentor_blossom_problem p = problem_of(4, c, COUNT(c));
	struct mentor_blossom_result r = { 0 };
	p.alloc = scarce_alloc;
	for (int worst = 0; worst < 2; worst++) {
		p.worst_first = worst;
		int n = 0;
		for (;; n++) {
			allocations_left = n;
			if (mentor_blossom_solve(&p, &r) == MENTOR_OK)
				break;
			assert_refused(&p, MENTOR_NO_MEMORY);
			assert_null(r.memory);
		}
		assert_int_equal(n, worst ? 10 : 4);
		for (n = 0;; n++) {
			allocations_left = n;
			const enum mentor_status status = mentor_blossom_verify(&p, &r);
			if (status == MENTOR_OK)
				break;
			assert_int_equal(status, MENTOR_NO_MEMORY);
		}
		assert_int_equal(n, worst ? 4 : 2);
		mentor_blossom_result_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_pairs_come_before_the_highest_total),
		cmocka_unit_test(the_worst_pair_comes_before_the_total_if_wished),
		cmocka_unit_test(negative_scores_never_keep_a_pair_from_being_formed),
		cmocka_unit_test(an_odd_cycle_leaves_one_out),
		cmocka_unit_test(places_are_filled_but_no_pair_twice),
		cmocka_unit_test(a_pin_is_kept_at_the_price_of_total_and_pairs),
		cmocka_unit_test(an_empty_pool_has_an_empty_result),
		cmocka_unit_test(what_is_out_of_range_is_refused),
		cmocka_unit_test(what_is_listed_twice_is_refused),
		cmocka_unit_test(scores_too_far_apart_for_so_many_people_are_refused),
		cmocka_unit_test(every_result_is_as_good_as_brute_force),
		cmocka_unit_test(sets_form_nest_and_fall_apart),
		cmocka_unit_test(with_places_every_result_is_as_good_as_brute_force),
		cmocka_unit_test(with_the_worst_first_every_result_is_as_good_as_brute_force),
		cmocka_unit_test(the_order_of_the_input_does_not_matter),
		cmocka_unit_test(ids_alone_break_ties),
		cmocka_unit_test(a_result_that_lost_a_pair_is_not_proved),
		cmocka_unit_test(no_tampering_proves_a_worse_result),
		cmocka_unit_test(a_result_that_breaks_a_rule_is_not_proved),
		cmocka_unit_test(the_worst_is_proved_from_both_sides),
		cmocka_unit_test(pools_of_every_kind_take_little_time),
		cmocka_unit_test(a_chain_of_triangles_is_climbed_in_time),
		cmocka_unit_test(progress_is_told_and_may_cancel_at_every_call),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
