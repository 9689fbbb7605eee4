/* stats.c (test): statistics that are known from books and by counting on fingers; tests/oracle has SciPy check them on random answers. */
#include "stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

static bool near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

static void a_sample_has_mean_median_and_spread(void **state)
{
	static const int64_t counts[] = { 1, 0, 2, 1 }; /* 1 3 3 4 */
	struct stats_sample s;
	(void)state;
	stats_sample(counts, 4, 1, &s);
	assert_int_equal(s.n, 4);
	assert_true(near(s.mean, 2.75));
	assert_true(near(s.median, 3));
	assert_true(near(s.sd, sqrt(4.75 / 3)));
}

static void of_nobody_and_of_one_there_is_no_spread(void **state)
{
	static const int64_t nobody[] = { 0, 0 }, one[] = { 0, 1 };
	struct stats_sample s;
	(void)state;
	stats_sample(nobody, 2, 1, &s);
	assert_true(s.n == 0 && isnan(s.mean) && isnan(s.median) && isnan(s.sd));
	stats_sample(one, 2, 1, &s);
	assert_true(s.n == 1 && near(s.mean, 2) && isnan(s.sd));
}

/* Changes -1, +1, +1, +2: ranks 2, 2, 2 and 4, of which 8 go up. Of the 16 ways to give signs, those sums are reached or passed by 5. */
static void shared_ranks_count_in_the_exact_test(void **state)
{
	static const int64_t counts[] = { 1, 3, 2, 1 }; /* -1; 0 three times; +1 twice; +2 */
	struct stats_change c;
	(void)state;
	assert_true(stats_change(counts, 4, -1, &c));
	assert_int_equal(c.up, 3);
	assert_int_equal(c.same, 3);
	assert_int_equal(c.down, 1);
	assert_true(near(c.sign, 2 * (1 + 4) / 16.0));
	assert_true(near(c.wilcoxon, 2 * 4 / 16.0));
}

static void the_effect_is_the_mean_change_by_its_spread(void **state)
{
	static const int64_t counts[] = { 1, 0, 3 }; /* -1, +1, +1, +1 */
	static const int64_t same[] = { 0, 4, 0 };
	struct stats_change c;
	(void)state;
	assert_true(stats_change(counts, 3, -1, &c));
	assert_true(near(c.effect, 0.5));
	assert_true(stats_change(same, 3, -1, &c));
	assert_true(isnan(c.effect) && near(c.sign, 1) && near(c.wilcoxon, 1));
}

static void two_samples_have_an_effect_by_their_pooled_spread(void **state)
{
	static const int64_t before[] = { 2, 0, 2 }, after[] = { 0, 2, 0, 2 };
	struct stats_sample b, a;
	(void)state;
	stats_sample(before, 3, 1, &b);
	stats_sample(after, 4, 1, &a);
	assert_true(near(stats_effect(&b, &a), 1 / sqrt(4 / 3.0)));
	assert_true(isnan(stats_effect(&b, &(struct stats_sample){ .n = 1, .mean = 1, .sd = (double)NAN })));
}

/* Beyond the exact test the approximation meets it closely. */
static void many_changes_are_approximated(void **state)
{
	static const int64_t exact[] = { STATS_EXACT / 2 - 20, 0, STATS_EXACT / 2 + 20 }, more[] = { STATS_EXACT / 2 - 20, 0, STATS_EXACT / 2 + 21 };
	struct stats_change a, b;
	(void)state;
	assert_true(stats_change(exact, 3, -1, &a));
	assert_true(stats_change(more, 3, -1, &b));
	assert_true(a.wilcoxon > 0.04 && a.wilcoxon < 0.06);
	assert_true(fabs(a.wilcoxon - b.wilcoxon) < 0.02);
	assert_true(near(a.wilcoxon, a.sign)); /* all ranks are the same */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sample_has_mean_median_and_spread),
		cmocka_unit_test(of_nobody_and_of_one_there_is_no_spread),
		cmocka_unit_test(shared_ranks_count_in_the_exact_test),
		cmocka_unit_test(the_effect_is_the_mean_change_by_its_spread),
		cmocka_unit_test(two_samples_have_an_effect_by_their_pooled_spread),
		cmocka_unit_test(many_changes_are_approximated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
