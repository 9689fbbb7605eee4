/* stats.h: statistics of answers on a scale: numbers in, numbers out, nothing of ours but the standard library.
 *
 * Answers are whole numbers, so samples come as counts: counts[i] people answered `low` + i, or changed by `low` + i. Nobody's missing answer is in
 * them. Sources:
 *   mean, median, standard deviation (divisor n - 1): as in any textbook.
 *   effect, paired: d_z = mean of the changes / their standard deviation (Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd
 *     edition 1988, section 2.3.5; named d_z by Lakens, Frontiers in Psychology 4:863, 2013).
 *   effect, unpaired: Cohen's d = difference of the means / pooled standard deviation (Cohen 1988, section 2.2).
 *   sign: exact two-sided sign test (Dixon and Mood, The statistical sign test, JASA 41, 1946). With n people whose answer changed and x the smaller of
 *     those who went up and those who went down, p = min(1, 2 * sum over i = 0 to x of C(n, i) / 2^n).
 *   wilcoxon: two-sided signed-rank test (Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1, 1945). Changes of zero are left out,
 *     as he does; equal changes share the mean of their ranks. p = min(1, 2 * min(P(W <= w), P(W >= w))), where every change is as likely up as down
 *     given the ranks there are: exact, with ties, for up to STATS_EXACT changes, and above that by the normal approximation with the
 *     variance that the shared ranks have. */
#ifndef STATS_H
#define STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STATS_EXACT = 400 };

/** Of one sample. NAN where there is none: mean and median of nobody, standard deviation of fewer than two. */
struct stats_sample {
	int64_t n;
	double mean, median, sd;
};
void stats_sample(const int64_t *counts, size_t n_counts, int64_t low, struct stats_sample *ret);

/** Of the changes of people who answered twice. effect is NAN where the standard deviation is 0 or there is none; the tests are 1 where nobody
 * changed. */
struct stats_change {
	struct stats_sample changes;
	int64_t up, same, down;
	double effect, sign, wilcoxon;
};
/** False when there was no memory for the exact distribution. */
bool stats_change(const int64_t *counts, size_t n_counts, int64_t low, struct stats_change *ret);

/** Cohen's d of two samples of different, or unknown, people; NAN where a standard deviation is missing or both are 0. */
double stats_effect(const struct stats_sample *before, const struct stats_sample *after);

#endif
