/* suppress.c: what an attentive reader can work out from what is shown. */
#include "suppress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#define S MENTOR_SUPPRESSED

enum { K = 5, MOST = 6 };

#define assert_cells(got, ...)                                                                                         \
	do {                                                                                                           \
		const int64_t want_[] = { __VA_ARGS__ };                                                               \
		for (size_t i_ = 0; i_ < sizeof(want_) / sizeof(*want_); i_++)                                         \
			assert_int_equal((got)[i_], want_[i_]);                                                        \
	} while (0)

static void the_threshold_is_never_below_three(void **state)
{
	(void)state;
	assert_int_equal(suppress_threshold(MENTOR_NONE), 3);
	assert_int_equal(suppress_threshold(1), 3);
	assert_int_equal(suppress_threshold(10), 10);
}

static void counts_below_the_threshold_are_hidden_and_zero_is_not(void **state)
{
	(void)state;
	assert_int_equal(suppress_count(0, K), 0);
	assert_int_equal(suppress_count(1, K), S);
	assert_int_equal(suppress_count(4, K), S);
	assert_int_equal(suppress_count(5, K), 5);
}

static void means_are_rounded_to_hundredths_away_from_zero(void **state)
{
	(void)state;
	assert_int_equal(suppress_ratio(17, 6), 283);
	assert_int_equal(suppress_ratio(-17, 6), -283);
	assert_int_equal(suppress_ratio(1, 8), 13);
	assert_int_equal(suppress_ratio(-1, 8), -13);
	assert_int_equal(suppress_ratio(0, 8), 0);
}

static void one_hidden_cell_takes_the_next_smallest_with_it(void **state)
{
	(void)state;
	int64_t counts[] = { 20, 2, 9, 7 };
	suppress_column(counts, 4, K);
	assert_cells(counts, 20, S, 9, S);
}

static void a_column_without_small_cells_is_shown(void **state)
{
	(void)state;
	int64_t counts[] = { 20, 0, 9 };
	suppress_column(counts, 3, K);
	assert_cells(counts, 20, 0, 9);
}

static void fewer_hidden_than_the_threshold_take_another_with_them(void **state)
{
	(void)state;
	/* 23 less 20 is 3: as small a number as the 2 and the 1 */
	int64_t counts[] = { 20, 2, 1, 0 };
	suppress_column(counts, 4, K);
	assert_cells(counts, S, S, S, 0);
}

static void hidden_cells_that_can_only_be_one_each_take_a_third_with_them(void **state)
{
	(void)state;
	int64_t counts[] = { 1, 1, 0, 9 };
	suppress_column(counts, 4, K);
	assert_cells(counts, S, S, 0, S);
}

static void a_small_total_hides_the_whole_column(void **state)
{
	(void)state;
	int64_t counts[] = { 0, 3, 1 };
	suppress_column(counts, 3, K);
	assert_cells(counts, S, S, S);
}

static void zeros_are_hidden_when_nothing_else_is_left_to_hide(void **state)
{
	(void)state;
	int64_t counts[] = { 1, 1, 1, 1, 1, 0 };
	suppress_column(counts, 6, K);
	assert_cells(counts, S, S, S, S, S, S);
}

static void nobody_answering_leaves_no_mean(void **state)
{
	(void)state;
	int64_t counts[] = { 0, 0, 0 };
	struct suppress_summary got;
	suppress_answers(counts, 3, 1, K, &got);
	assert_int_equal(got.n, 0);
	assert_int_equal(got.mean, MENTOR_NONE);
	assert_int_equal(got.median, MENTOR_NONE);
	assert_false(got.suppressed);
	assert_cells(counts, 0, 0, 0);
}

static void fewer_than_the_threshold_leave_nothing(void **state)
{
	(void)state;
	int64_t counts[] = { 0, 0, 4 };
	struct suppress_summary got;
	suppress_answers(counts, 3, 1, K, &got);
	assert_int_equal(got.n, S);
	assert_int_equal(got.mean, S);
	assert_int_equal(got.median, S);
	assert_true(got.suppressed);
	assert_cells(counts, S, S, S);
}

static void mean_and_median_are_those_of_the_answers(void **state)
{
	(void)state;
	int64_t counts[] = { 0, 6, 0, 6, 0 };
	struct suppress_summary got;
	suppress_answers(counts, 5, 1, K, &got);
	assert_int_equal(got.n, 12);
	assert_int_equal(got.mean, 300);
	assert_int_equal(got.median, 300);
	assert_false(got.suppressed);
	assert_cells(counts, 0, 6, 0, 6, 0);
}

static void two_hidden_cells_are_not_enough_beside_a_mean(void **state)
{
	(void)state;
	/* 1 x 3, 5 x 4, 6 x 5: total and mean alone would give two hidden cells away */
	int64_t counts[] = { 0, 0, 1, 5, 6 };
	struct suppress_summary got;
	suppress_answers(counts, 5, 1, K, &got);
	assert_int_equal(got.mean, 442);
	assert_int_equal(got.median, S); /* 4.50 would leave nothing else */
	int hidden = 0;
	for (size_t i = 0; i < 5; i++)
		hidden += counts[i] == S;
	assert_true(hidden >= 3);
}

static void a_mean_that_gives_the_only_small_cell_away_is_withheld(void **state)
{
	(void)state;
	/* 4.83 over six people can only be five fives and one four */
	int64_t counts[] = { 0, 0, 0, 1, 5 };
	struct suppress_summary got;
	suppress_answers(counts, 5, 1, K, &got);
	assert_int_equal(got.n, 6);
	assert_int_equal(got.mean, S);
	assert_int_equal(got.median, S);
	assert_cells(counts, 0, 0, 0, S, S);
}

static void the_share_of_yes_is_withheld_with_the_small_side(void **state)
{
	(void)state;
	int64_t counts[] = { 1, 8 };
	struct suppress_summary got;
	suppress_answers(counts, 2, 0, K, &got);
	assert_int_equal(got.n, 9);
	assert_int_equal(got.mean, S);
	assert_cells(counts, S, S);
}

static void a_mean_beside_a_few_left_out_is_not_safe(void **state)
{
	(void)state;
	assert_true(suppress_outside_is_safe(0, K));
	assert_false(suppress_outside_is_safe(1, K));
	assert_false(suppress_outside_is_safe(4, K));
	assert_true(suppress_outside_is_safe(5, K));
}

static void changes_without_small_cells_are_shown(void **state)
{
	(void)state;
	int64_t counts[] = { 7, 5, 0 };
	suppress_changes(counts, 9, 4, K);
	assert_cells(counts, 7, 5, 0);
}

static void small_changes_are_hidden_in_company(void **state)
{
	(void)state;
	int64_t counts[] = { 7, 4, 1 };
	suppress_changes(counts, 9, 4, K);
	assert_cells(counts, 7, S, S);
}

static void a_single_step_up_does_not_show_in_the_sum(void **state)
{
	(void)state;
	/* one person up by one, five the same: beside "worse: 0" the sum 1 would say exactly that */
	int64_t counts[] = { 1, 5, 0 };
	suppress_changes(counts, 1, 4, K);
	assert_cells(counts, S, S, S);
}

/* ---- the attack: everything that fits what is shown, for every small group there is ---- */

struct picture {
	int64_t shown[MOST];
	size_t n;
	int64_t people, sum, median; /* sum MENTOR_NONE: no mean is shown */
	int64_t low_seen[MOST], high_seen[MOST];
};

static int64_t median_of(const int64_t *counts, size_t n)
{
	int64_t people = 0, seen = 0, twice = 0;
	for (size_t i = 0; i < n; i++)
		people += counts[i];
	for (size_t i = 0; i < n; i++) {
		for (int64_t c = 0; c < counts[i]; c++, seen++)
			twice += (seen == (people - 1) / 2) * (int64_t)i + (seen == people / 2) * (int64_t)i;
	}
	return twice;
}

static void try_rest(struct picture *p, int64_t *guess, size_t at, int64_t left, int64_t sum)
{
	if (at == p->n) {
		if (left || (p->sum != MENTOR_NONE &&
				(sum != p->sum || (p->median != S && median_of(guess, p->n) != p->median))))
			return;
		for (size_t i = 0; i < p->n; i++) {
			p->low_seen[i] = guess[i] < p->low_seen[i] ? guess[i] : p->low_seen[i];
			p->high_seen[i] = guess[i] > p->high_seen[i] ? guess[i] : p->high_seen[i];
		}
		return;
	}
	/* a reader who knows the rules: zeros are hidden only when everything is */
	bool all = true;
	for (size_t i = 0; i < p->n; i++)
		all = all && p->shown[i] == S;
	for (int64_t c = p->shown[at] == S ? !all : p->shown[at];
	     c <= (p->shown[at] == S ? left : p->shown[at]) && c <= left; c++) {
		guess[at] = c;
		try_rest(p, guess, at + 1, left - c, sum + c * (int64_t)at);
	}
}

static void assert_hidden_cells_are_open(const int64_t *truth, size_t n)
{
	struct picture p = { .n = n, .sum = 0 };
	struct suppress_summary got;
	int64_t guess[MOST] = { 0 };
	memcpy(p.shown, truth, n * sizeof(*truth));
	suppress_answers(p.shown, n, 0, K, &got);
	for (size_t i = 0; i < n; i++) {
		p.people += truth[i];
		p.sum += truth[i] * (int64_t)i;
		p.low_seen[i] = INT64_MAX;
		p.high_seen[i] = -1;
	}
	if (p.people < K) /* not even the total is shown */
		return;
	if (got.mean == S)
		p.sum = MENTOR_NONE;
	p.median = got.median == S ? S : median_of(truth, n);
	try_rest(&p, guess, 0, p.people, 0);
	int64_t hidden = 0;
	for (size_t i = 0; i < n; i++)
		hidden += p.shown[i] == S ? truth[i] : 0;
	assert_int_not_equal(suppress_count(hidden, K), S);
	for (size_t i = 0; i < n; i++)
		if (truth[i] > 0 && truth[i] < K) {
			assert_int_equal(p.shown[i], S);
			assert_true(p.low_seen[i] < p.high_seen[i]);
		}
}

static void every_group(int64_t *counts, size_t at, size_t n, int64_t left)
{
	if (at + 1 == n) {
		counts[at] = left;
		assert_hidden_cells_are_open(counts, n);
		return;
	}
	for (int64_t c = 0; c <= left; c++) {
		counts[at] = c;
		every_group(counts, at + 1, n, left - c);
	}
}

static void no_hidden_answer_follows_from_total_mean_and_median(void **state)
{
	(void)state;
	int64_t counts[MOST];
	for (int64_t people = 1; people <= 12; people++)
		for (size_t n = 2; n <= 5; n++)
			every_group(counts, 0, n, people);
}

/* Every improved, same, worse that fits what is shown and the sum of the changes. */
static void assert_changes_are_open(const int64_t truth[3], int64_t sum, int64_t range, int64_t k)
{
	int64_t shown[] = { truth[0], truth[1], truth[2] }, low[] = { 99, 99, 99 }, high[] = { -1, -1, -1 };
	int64_t n = truth[0] + truth[1] + truth[2];
	bool sum_shown = suppress_changes(shown, sum, range, k);
	int64_t least = shown[0] == S && shown[1] == S && shown[2] == S ? 0 : 1;
	for (int64_t up = 0; up <= n; up++)
		for (int64_t down = 0; up + down <= n; down++) {
			const int64_t guess[] = { up, n - up - down, down };
			bool fits = !sum_shown || (up - down * range <= sum && sum <= up * range - down);
			for (size_t i = 0; i < 3; i++)
				fits = fits && (shown[i] == S ? guess[i] >= least : guess[i] == shown[i]);
			for (size_t i = 0; fits && i < 3; i++) {
				low[i] = guess[i] < low[i] ? guess[i] : low[i];
				high[i] = guess[i] > high[i] ? guess[i] : high[i];
			}
		}
	int64_t hidden = 0;
	for (size_t i = 0; i < 3; i++)
		hidden += shown[i] == S ? truth[i] : 0;
	assert_int_not_equal(suppress_count(hidden, k), S);
	for (size_t i = 0; i < 3; i++)
		if (truth[i] > 0 && truth[i] < k) {
			assert_int_equal(shown[i], S);
			assert_true(low[i] < high[i]);
		}
}

static void no_hidden_change_follows_from_total_and_sum(void **state)
{
	(void)state;
	for (int64_t k = 3; k <= K; k++)
		for (int64_t range = 1; range <= 4; range++)
			for (int64_t n = k; n <= 12; n++)
				for (int64_t up = 0; up <= n; up++)
					for (int64_t down = 0; up + down <= n; down++)
						for (int64_t sum = up - down * range; sum <= up * range - down; sum++)
							assert_changes_are_open(
							    (const int64_t[]){ up, n - up - down, down }, sum, range,
							    k);
}

static void a_change_that_only_one_picture_fits_is_withheld(void **state)
{
	(void)state;
	/* yes-no: two of three people from no to yes, none back: the sum 2 fits nothing else */
	int64_t counts[] = { 2, 1, 0 };
	assert_false(suppress_changes(counts, 2, 1, 3));
	assert_cells(counts, S, S, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_threshold_is_never_below_three),
		cmocka_unit_test(counts_below_the_threshold_are_hidden_and_zero_is_not),
		cmocka_unit_test(means_are_rounded_to_hundredths_away_from_zero),
		cmocka_unit_test(one_hidden_cell_takes_the_next_smallest_with_it),
		cmocka_unit_test(a_column_without_small_cells_is_shown),
		cmocka_unit_test(fewer_hidden_than_the_threshold_take_another_with_them),
		cmocka_unit_test(hidden_cells_that_can_only_be_one_each_take_a_third_with_them),
		cmocka_unit_test(a_small_total_hides_the_whole_column),
		cmocka_unit_test(zeros_are_hidden_when_nothing_else_is_left_to_hide),
		cmocka_unit_test(nobody_answering_leaves_no_mean),
		cmocka_unit_test(fewer_than_the_threshold_leave_nothing),
		cmocka_unit_test(mean_and_median_are_those_of_the_answers),
		cmocka_unit_test(two_hidden_cells_are_not_enough_beside_a_mean),
		cmocka_unit_test(a_mean_that_gives_the_only_small_cell_away_is_withheld),
		cmocka_unit_test(the_share_of_yes_is_withheld_with_the_small_side),
		cmocka_unit_test(a_mean_beside_a_few_left_out_is_not_safe),
		cmocka_unit_test(changes_without_small_cells_are_shown),
		cmocka_unit_test(small_changes_are_hidden_in_company),
		cmocka_unit_test(a_single_step_up_does_not_show_in_the_sum),
		cmocka_unit_test(no_hidden_answer_follows_from_total_mean_and_median),
		cmocka_unit_test(no_hidden_change_follows_from_total_and_sum),
		cmocka_unit_test(a_change_that_only_one_picture_fits_is_withheld),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
