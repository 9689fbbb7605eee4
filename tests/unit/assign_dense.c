/* assign_dense.c: all pairs through a callback, against the same pairs listed. */
#include "mentor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The kinds of problem are those of the benchmarks. */
#include "../bench/family.h"

#define COUNT(a) ((int32_t)(sizeof(a) / sizeof *(a)))

/** A problem both ways: listed, and scored on demand. */
struct twin {
	struct instance listed;
	struct mentor_assign_dense dense;
	uint64_t barred; /* one pair in so many is; 0: none */
	int32_t n_scored;
};

static bool is_barred(const struct twin *t, int32_t row, int32_t column)
{
	return t->barred && noise(t->listed.seed + 1, (uint64_t)row, (uint64_t)column) % t->barred == 0;
}

static void score_row(void *data, int32_t row, int64_t *scores)
{
	struct twin *t = data;
	t->n_scored++;
	for (int32_t c = 0; c < t->dense.n_columns; c++)
		scores[c] = is_barred(t, row, c) ? MENTOR_ASSIGN_BARRED : family_score(t->listed.family, t->listed.seed, row, c);
}

static void twin_open(struct twin *t, enum family family, uint64_t seed, int32_t n_rows, int32_t n_columns, uint64_t barred)
{
	*t = (struct twin){ .listed = instance_make(family, seed, n_rows, n_columns, n_columns, 1, 1), .barred = barred };
	struct mentor_assign_problem *p = &t->listed.problem;
	int32_t n = 0;
	for (int32_t i = 0; i < p->n_candidates; i++)
		if (!is_barred(t, t->listed.candidates[i].row, t->listed.candidates[i].column))
			t->listed.candidates[n++] = t->listed.candidates[i];
	p->n_candidates = n;
	t->dense = (struct mentor_assign_dense){ .n_rows = n_rows, .n_columns = n_columns, .row_places = t->listed.row_places,
		.column_places = t->listed.column_places, .score_row = score_row, .data = t };
}

/** Somebody with two places: not solved as a whole matrix. */
static void give_two_places(struct twin *t)
{
	t->listed.row_places[0] = 2;
}

static struct mentor_assign_choice chosen(struct twin *t)
{
	struct mentor_assign_choice c = { 0 };
	enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
	assert_int_equal(mentor_assign_dense(&t->dense, &c), MENTOR_ASSIGN_OK);
	assert_int_equal(mentor_assign_verify_dense(&t->dense, &c, &proof), MENTOR_ASSIGN_OK);
	assert_int_equal(proof, MENTOR_ASSIGN_PROVED);
	return c;
}

/** Both ways lead to the same pairs. */
static void assert_agree(struct twin *t)
{
	struct mentor_assign_choice c = chosen(t);
	struct mentor_assign_result r = { 0 };
	assert_int_equal(mentor_assign_solve(&t->listed.problem, &r), MENTOR_ASSIGN_OK);
	assert_int_equal(c.n_pairs, r.n_pairs);
	assert_true(c.total == r.total);
	for (int32_t i = 0; i < r.n_pairs; i++) {
		const struct mentor_assign_candidate *pair = &t->listed.candidates[r.pairs[i]];
		assert_int_equal(c.pairs[i].row, pair->row); /* one of each row in turn, where rows have one place */
		assert_true(t->listed.row_places[pair->row] > 1 || c.pairs[i].column == pair->column);
	}
	mentor_assign_free(&r);
	mentor_assign_choice_free(&c);
}

static void every_family_agrees_with_its_list_when_all_pairs_are_solved_at_once(void **state)
{
	(void)state;
	for (int family = 0; family < N_FAMILIES; family++)
		for (uint64_t seed = 0; seed < 20; seed++) {
			struct twin t;
			twin_open(&t, (enum family)family, seed, 20 + (int32_t)seed, 30, seed % 3 ? 3 : 0);
			assert_agree(&t);
			instance_free(&t.listed);
		}
}

static void small_problems_agree_with_their_lists(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 20000; seed++) {
		struct twin t;
		const uint64_t n = noise(seed, 1, 2);
		twin_open(&t, (enum family)(seed % N_FAMILIES), seed, 1 + (int32_t)(n % 6), 1 + (int32_t)(n / 6 % 6), n / 36 % 3 ? 0 : 4);
		for (int32_t i = 0; i < t.dense.n_rows && n / 108 % 2; i++)
			t.listed.row_places[i] = (int32_t)(noise(seed, 3, (uint64_t)i) % 3);
		assert_agree(&t);
		instance_free(&t.listed);
	}
}

static void whole_matrices_agree_with_their_lists(void **state)
{
	(void)state;
	for (int family = 0; family < N_FAMILIES; family++)
		for (int32_t more = -50; more <= 50; more += 50) {
			struct twin t;
			twin_open(&t, (enum family)family, 14, 720, 720 + more, more > 0 ? 0 : 9);
			assert_agree(&t);
			assert_true(t.n_scored == 2 * 720 || family == HUGE_SCORES); /* once to solve, once to check; what is huge does not fit */
			instance_free(&t.listed);
		}
}

static int32_t n_bound;

/** The first rows may only have the first two columns. */
static void score_bound(void *data, int32_t row, int64_t *scores)
{
	const struct twin *t = data;
	for (int32_t c = 0; c < t->dense.n_columns; c++)
		scores[c] = row < n_bound && c > 1 ? MENTOR_ASSIGN_BARRED : family_score(t->listed.family, t->listed.seed, row, c);
}

static void twin_bind(struct twin *t, int32_t n_rows)
{
	int32_t n = 0;
	n_bound = n_rows;
	t->dense.score_row = score_bound;
	for (int32_t i = 0; i < t->listed.problem.n_candidates; i++)
		if (t->listed.candidates[i].row >= n_bound || t->listed.candidates[i].column < 2)
			t->listed.candidates[n++] = t->listed.candidates[i];
	t->listed.problem.n_candidates = n;
}

/** Everybody may have the column of their own number and a few others. */
static bool is_near(const struct twin *t, int32_t row, int32_t column)
{
	return row == column || noise(t->listed.seed + 2, (uint64_t)row, (uint64_t)column) % 12 == 0;
}

static void score_near(void *data, int32_t row, int64_t *scores)
{
	const struct twin *t = data;
	for (int32_t c = 0; c < t->dense.n_columns; c++)
		scores[c] = is_near(t, row, c) ? family_score(t->listed.family, t->listed.seed, row, c) : MENTOR_ASSIGN_BARRED;
}

static void what_is_barred_is_nobodys_equal_however_high_prices_are(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct twin t;
		int32_t n = 0;
		twin_open(&t, (enum family)(seed % HUGE_SCORES), seed, 40, 40 + (int32_t)(seed % 3), 0);
		t.dense.score_row = score_near;
		for (int32_t i = 0; i < t.listed.problem.n_candidates; i++)
			if (is_near(&t, t.listed.candidates[i].row, t.listed.candidates[i].column))
				t.listed.candidates[n++] = t.listed.candidates[i];
		t.listed.problem.n_candidates = n;
		assert_agree(&t);
		instance_free(&t.listed);
	}
}

static void equals_are_as_good_as_they_seem_where_most_want_the_same(void **state)
{
	(void)state;
	struct twin t;
	twin_open(&t, MENTORING, 1, 1200, 1210, 0);
	struct mentor_assign_choice c = chosen(&t); /* with a proof */
	assert_int_equal(c.n_pairs, 1200);
	mentor_assign_choice_free(&c);
	instance_free(&t.listed);
}

static void what_cannot_all_be_paired_is_no_whole_matrix(void **state)
{
	(void)state;
	struct twin t;
	twin_open(&t, FEW, 17, 720, 730, 0);
	twin_bind(&t, 3);
	struct mentor_assign_choice c = chosen(&t);
	assert_int_equal(c.n_pairs, 719);
	mentor_assign_choice_free(&c);
	instance_free(&t.listed);
}

static void any_tie_will_do_where_that_is_said(void **state)
{
	(void)state;
	for (int32_t n = 30; n <= 730; n += 350) {
		struct twin t;
		twin_open(&t, FEW, 3, n, n + 10, n > 700 ? 50 : 0);
		if (n > 700)
			give_two_places(&t);
		struct mentor_assign_choice c = chosen(&t);
		t.dense.any_tie = t.listed.problem.any_tie = true;
		struct mentor_assign_choice other = chosen(&t);
		struct mentor_assign_result r = { 0 };
		assert_int_equal(mentor_assign_solve(&t.listed.problem, &r), MENTOR_ASSIGN_OK);
		assert_true(c.total == other.total && c.total == r.total);
		assert_true(c.n_pairs == n + (n > 700) && other.n_pairs == c.n_pairs && r.n_pairs == c.n_pairs);
		mentor_assign_free(&r);
		mentor_assign_choice_free(&other);
		mentor_assign_choice_free(&c);
		instance_free(&t.listed);
	}
}

static void every_family_agrees_with_its_list_when_few_are_and_the_rest_is_priced(void **state)
{
	(void)state;
	for (int family = 0; family < N_FAMILIES; family++)
		for (int32_t more = -60; more <= 60; more += 60) {
			struct twin t;
			twin_open(&t, (enum family)family, 5, 740, 740 + more, more == 0 ? 4 : 50);
			give_two_places(&t);
			assert_agree(&t);
			assert_true(t.n_scored < 25 * 740);
			instance_free(&t.listed);
		}
}

static void places_on_both_sides_agree_with_the_list(void **state)
{
	(void)state;
	for (int family = 0; family < N_FAMILIES; family++) {
		struct twin t;
		twin_open(&t, (enum family)family, 6, 600, 900, 5);
		for (int32_t i = 0; i < 600; i++)
			t.listed.row_places[i] = i % 4;
		for (int32_t i = 0; i < 900; i++)
			t.listed.column_places[i] = i % 3;
		assert_agree(&t);
		instance_free(&t.listed);
	}
}

static void pins_are_kept(void **state)
{
	(void)state;
	struct twin t;
	twin_open(&t, UNIFORM, 7, 740, 690, 3);
	struct mentor_assign_candidate pins[20];
	int32_t numbers[20], n = 0;
	for (int32_t i = 0; n < COUNT(pins); i += 689) {
		const struct mentor_assign_candidate c = t.listed.candidates[i];
		bool taken = false;
		for (int32_t k = 0; k < n; k++)
			taken = taken || pins[k].row == c.row || pins[k].column == c.column;
		if (taken)
			continue;
		numbers[n] = i;
		pins[n++] = c;
	}
	t.dense.pins = pins;
	t.listed.problem.pins = numbers;
	t.dense.n_pins = t.listed.problem.n_pins = n;
	assert_agree(&t);
	instance_free(&t.listed);
}

/** Many ties, and far below them scores that no candidate of the first rounds has. */
static void score_far_apart(void *data, int32_t row, int64_t *scores)
{
	const struct twin *t = data;
	for (int32_t c = 0; c < t->dense.n_columns; c++)
		scores[c] = row + c == 0 ? MENTOR_ASSIGN_BARRED : (row + c) % 3 ? 1 : -MENTOR_ASSIGN_MAX_SCORE / 1000000;
}

static void scores_far_from_those_that_are_chosen_do_no_harm(void **state)
{
	(void)state;
	struct twin t;
	twin_open(&t, EQUAL, 12, 720, 720, 0);
	give_two_places(&t);
	t.dense.score_row = score_far_apart;
	int32_t n = 0;
	for (int32_t i = 0; i < t.listed.problem.n_candidates; i++) {
		struct mentor_assign_candidate c = t.listed.candidates[i];
		c.score = (c.row + c.column) % 3 ? 1 : -MENTOR_ASSIGN_MAX_SCORE / 1000000;
		if (c.row + c.column > 0)
			t.listed.candidates[n++] = c;
	}
	t.listed.problem.n_candidates = n;
	assert_agree(&t);
	instance_free(&t.listed);
}

static void assert_refused(struct twin *t, enum mentor_assign_status status)
{
	struct mentor_assign_choice c = { .n_pairs = -7 };
	assert_int_equal(mentor_assign_dense(&t->dense, &c), status);
	assert_int_equal(c.n_pairs, -7);
}

static void say_too_much(void *data, int32_t row, int64_t *scores)
{
	const struct twin *t = data;
	for (int32_t c = 0; c < t->dense.n_columns; c++)
		scores[c] = row == 1 && c == 1 ? MENTOR_ASSIGN_MAX_SCORE + 1 : 0;
}

static void what_makes_no_sense_is_refused(void **state)
{
	(void)state;
	struct twin t;
	twin_open(&t, UNIFORM, 8, 3, 3, 0);
	const struct mentor_assign_candidate outside[] = { { 3, 0, 0 } }, twice[] = { { 0, 0, 0 }, { 0, 0, 0 } }, full[] = { { 0, 0, 0 }, { 0, 1, 0 } };
	t.dense.n_pins = 1;
	t.dense.pins = outside;
	assert_refused(&t, MENTOR_ASSIGN_INVALID);
	t.dense.n_pins = 2;
	t.dense.pins = full;
	assert_refused(&t, MENTOR_ASSIGN_PINS);
	t.dense.pins = twice;
	t.listed.row_places[0] = t.listed.column_places[0] = 2;
	assert_refused(&t, MENTOR_ASSIGN_INVALID);
	t.listed.column_places[0] = 0;
	assert_refused(&t, MENTOR_ASSIGN_PINS);
	t.dense.n_pins = 0;
	t.listed.column_places[0] = -1;
	assert_refused(&t, MENTOR_ASSIGN_INVALID);
	t.listed.column_places[0] = 1;
	t.dense.score_row = say_too_much;
	assert_refused(&t, MENTOR_ASSIGN_INVALID);
	instance_free(&t.listed);
}

static void nobody_and_nothing_have_an_empty_choice(void **state)
{
	(void)state;
	struct twin t;
	twin_open(&t, UNIFORM, 8, 3, 3, 1);
	struct mentor_assign_choice c = chosen(&t);
	assert_int_equal(c.n_pairs, 0);
	mentor_assign_choice_free(&c);
	t.dense.n_rows = 0;
	c = chosen(&t);
	assert_int_equal(c.n_pairs, 0);
	mentor_assign_choice_free(&c);
	mentor_assign_choice_free(NULL);
	instance_free(&t.listed);
}

static enum mentor_assign_proof proof_of(const struct twin *t, const struct mentor_assign_choice *c)
{
	enum mentor_assign_proof proof = MENTOR_ASSIGN_PROVED;
	assert_int_equal(mentor_assign_verify_dense(&t->dense, c, &proof), MENTOR_ASSIGN_OK);
	return proof;
}

static void what_was_changed_is_not_proved(void **state)
{
	(void)state;
	struct twin t;
	twin_open(&t, UNIFORM, 9, 12, 10, 4);
	struct mentor_assign_choice c = chosen(&t);
	const struct mentor_assign_candidate pair = c.pairs[2];
	c.pairs[2].score++;
	c.total++;
	assert_int_equal(proof_of(&t, &c), MENTOR_ASSIGN_NOT_FEASIBLE);
	c.total--;
	assert_int_equal(proof_of(&t, &c), MENTOR_ASSIGN_NOT_FEASIBLE);
	c.pairs[2] = c.pairs[3];
	assert_int_equal(proof_of(&t, &c), MENTOR_ASSIGN_NOT_FEASIBLE);
	c.pairs[2] = pair;
	c.pairs[2].column = 99;
	assert_int_equal(proof_of(&t, &c), MENTOR_ASSIGN_NOT_FEASIBLE);
	c.pairs[2] = pair;
	c.row_prices[12 + pair.row] += 1000000;
	assert_int_equal(proof_of(&t, &c), MENTOR_ASSIGN_NOT_OPTIMAL);
	c.row_prices[12 + pair.row] -= 1000000;
	c.column_prices[pair.column] ^= 1;
	assert_int_equal(proof_of(&t, &c), MENTOR_ASSIGN_NOT_OPTIMAL);
	c.column_prices[pair.column] ^= 1;
	assert_int_equal(proof_of(&t, &c), MENTOR_ASSIGN_PROVED);
	c.n_pairs--;
	c.total -= c.pairs[c.n_pairs].score;
	assert_int_equal(proof_of(&t, &c), MENTOR_ASSIGN_NOT_OPTIMAL);
	c.n_pairs = -1;
	assert_int_equal(proof_of(&t, &c), MENTOR_ASSIGN_NOT_FEASIBLE);
	mentor_assign_choice_free(&c);
	instance_free(&t.listed);
}

static int32_t calls_left;

static bool watch(void *data, int64_t done, int64_t total)
{
	(void)data;
	assert_true(done <= total);
	return calls_left-- > 0;
}

static void it_may_be_cancelled_at_every_call(void **state)
{
	(void)state;
	struct twin t;
	twin_open(&t, FEW, 10, 720, 710, 50);
	give_two_places(&t);
	t.dense.progress = watch;
	calls_left = INT32_MAX;
	struct mentor_assign_choice c = chosen(&t);
	mentor_assign_choice_free(&c);
	const int32_t n_calls = INT32_MAX - calls_left;
	assert_true(n_calls > 5);
	for (int32_t n = 0; n < n_calls; n += 1 + n / 2) {
		calls_left = n;
		assert_refused(&t, MENTOR_ASSIGN_CANCELLED);
	}
	instance_free(&t.listed);
}

static int32_t blocks_left;

static void *scarce_alloc(size_t size)
{
	return blocks_left-- > 0 ? malloc(size) : NULL;
}

/** Each call that asks for memory fails in turn, or every so many. */
static void fail_in_turn(enum family family, int32_t step)
{
	struct twin t;
	twin_open(&t, family, 11, 720, 710, 50);
	give_two_places(&t);
	t.dense.alloc = scarce_alloc;
	blocks_left = INT32_MAX;
	struct mentor_assign_choice c = { 0 };
	assert_int_equal(mentor_assign_dense(&t.dense, &c), MENTOR_ASSIGN_OK);
	const int32_t n_blocks = INT32_MAX - blocks_left;
	assert_true(n_blocks > 5);
	for (int32_t n = 0; n < n_blocks; n += step) {
		blocks_left = n;
		assert_refused(&t, MENTOR_ASSIGN_NO_MEMORY);
	}
	enum mentor_assign_proof proof = MENTOR_ASSIGN_PROVED;
	blocks_left = 0;
	assert_int_equal(mentor_assign_verify_dense(&t.dense, &c, &proof), MENTOR_ASSIGN_NO_MEMORY);
	mentor_assign_choice_free(&c);
	instance_free(&t.listed);
}

static void every_failed_allocation_is_reported(void **state)
{
	(void)state;
	fail_in_turn(UNIFORM, 1);
	fail_in_turn(FEW, 5);
	struct twin t; /* a whole matrix */
	twin_open(&t, FEW, 11, 30, 30, 0);
	t.dense.alloc = scarce_alloc;
	struct mentor_assign_choice c = { 0 };
	int32_t n = 0;
	for (blocks_left = n; mentor_assign_dense(&t.dense, &c) == MENTOR_ASSIGN_NO_MEMORY; blocks_left = ++n)
		assert_null(c.memory);
	assert_true(n >= 6 && n <= 12);
	assert_int_equal(c.n_pairs, 30);
	mentor_assign_choice_free(&c);
	instance_free(&t.listed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_family_agrees_with_its_list_when_all_pairs_are_solved_at_once),
		cmocka_unit_test(small_problems_agree_with_their_lists),
		cmocka_unit_test(whole_matrices_agree_with_their_lists),
		cmocka_unit_test(what_is_barred_is_nobodys_equal_however_high_prices_are),
		cmocka_unit_test(equals_are_as_good_as_they_seem_where_most_want_the_same),
		cmocka_unit_test(what_cannot_all_be_paired_is_no_whole_matrix),
		cmocka_unit_test(any_tie_will_do_where_that_is_said),
		cmocka_unit_test(every_family_agrees_with_its_list_when_few_are_and_the_rest_is_priced),
		cmocka_unit_test(places_on_both_sides_agree_with_the_list),
		cmocka_unit_test(pins_are_kept),
		cmocka_unit_test(scores_far_from_those_that_are_chosen_do_no_harm),
		cmocka_unit_test(what_makes_no_sense_is_refused),
		cmocka_unit_test(nobody_and_nothing_have_an_empty_choice),
		cmocka_unit_test(what_was_changed_is_not_proved),
		cmocka_unit_test(it_may_be_cancelled_at_every_call),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
