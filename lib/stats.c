/* stats.c: statistics of answers on a scale; the header names formulas and sources. */
#include "stats.h"

#include <math.h>
#include <stdlib.h>

/* What cannot be told of so few. */
#define UNKNOWN ((double)NAN)

/* ---- one sample ---- */

/* The answer of the person at `place`, from 0, when all stand in order. */
static double at_place(const int64_t *counts, size_t n_counts, int64_t low, int64_t place)
{
	size_t i = 0;
	for (int64_t seen = counts[0]; seen <= place && i + 1 < n_counts; seen += counts[i])
		i++;
	return (double)(low + (int64_t)i);
}

void stats_sample(const int64_t *counts, size_t n_counts, int64_t low, struct stats_sample *ret)
{
	double sum = 0, squares = 0;
	*ret = (struct stats_sample){ 0, UNKNOWN, UNKNOWN, UNKNOWN };
	for (size_t i = 0; i < n_counts; i++) {
		ret->n += counts[i];
		sum += (double)counts[i] * (double)(low + (int64_t)i);
	}
	if (ret->n == 0)
		return;
	ret->mean = sum / (double)ret->n;
	ret->median = (at_place(counts, n_counts, low, (ret->n - 1) / 2) + at_place(counts, n_counts, low, ret->n / 2)) / 2;
	for (size_t i = 0; i < n_counts; i++) {
		double off = (double)(low + (int64_t)i) - ret->mean;
		squares += (double)counts[i] * off * off;
	}
	if (ret->n > 1)
		ret->sd = sqrt(squares / (double)(ret->n - 1));
}

/* ---- sign test ---- */

/* The term C(n, x) / 2^n is kept near 1 by halving on the way, so no n is too large for it; the sum runs down from the largest term. */
static double sign_test(int64_t up, int64_t down)
{
	int64_t n = up + down, x = up < down ? up : down, halvings = n;
	double term = 1, sum = 0;
	for (int64_t i = 1; i <= x; i++) {
		term *= (double)(n - x + i) / (double)i;
		for (; term > 1 && halvings > 0; halvings--)
			term /= 2;
	}
	for (; halvings > 0 && term > 0; halvings--)
		term /= 2;
	for (int64_t i = x; i >= 0; i--) {
		sum += term;
		term *= (double)i / (double)(n - i + 1);
	}
	return sum >= 0.5 ? 1 : 2 * sum;
}

/* ---- signed ranks ---- */

/** Changes of the same size, whatever their direction; the rank they share, doubled so that it is whole. */
struct tie {
	int64_t n, up, rank;
};

/* Fills `ties` with the sizes of change there are, small ones first; returns how many. */
static size_t find_ties(const int64_t *counts, size_t n_counts, int64_t low, struct tie *ties)
{
	int64_t high = low + (int64_t)n_counts - 1, most = high > -low ? high : -low, before = 0;
	size_t n = 0;
	for (int64_t size = 1; size <= most; size++) {
		int64_t up = size >= low && size <= high ? counts[size - low] : 0;
		int64_t down = -size >= low && -size <= high ? counts[-size - low] : 0;
		if (up + down == 0)
			continue;
		ties[n++] = (struct tie){ up + down, up, 2 * before + up + down + 1 };
		before += up + down;
	}
	return n;
}

/* p of the sum `w` of doubled ranks among `n` changes: chance[s] is the chance that the changes so far sum up to s. */
static double exact(const struct tie *ties, size_t n_ties, int64_t n, int64_t w, double *chance)
{
	int64_t most = 0;
	double below = 0, above = 0;
	chance[0] = 1;
	for (int64_t s = 1; s <= n * (n + 1); s++)
		chance[s] = 0;
	for (size_t t = 0; t < n_ties; t++)
		for (int64_t i = 0; i < ties[t].n; i++) {
			most += ties[t].rank;
			for (int64_t s = most; s >= 0; s--)
				chance[s] = (chance[s] + (s >= ties[t].rank ? chance[s - ties[t].rank] : 0)) / 2;
		}
	for (int64_t s = 0; s <= most; s++) {
		below += s <= w ? chance[s] : 0;
		above += s >= w ? chance[s] : 0;
	}
	double tail = below < above ? below : above;
	return tail >= 0.5 ? 1 : 2 * tail;
}

static double approximate(const struct tie *ties, size_t n_ties, int64_t w)
{
	double mean = 0, variance = 0;
	for (size_t t = 0; t < n_ties; t++) {
		double rank = (double)ties[t].rank;
		mean += (double)ties[t].n * rank / 2;
		variance += (double)ties[t].n * rank * rank / 4;
	}
	return erfc(fabs((double)w - mean) / sqrt(2 * variance));
}

static bool wilcoxon(const int64_t *counts, size_t n_counts, int64_t low, double *ret)
{
	struct tie *ties = calloc(n_counts + (size_t)llabs(low) + 1, sizeof(*ties));
	int64_t n = 0, w = 0;
	size_t n_ties = ties ? find_ties(counts, n_counts, low, ties) : 0;
	for (size_t t = 0; t < n_ties; t++) {
		n += ties[t].n;
		w += ties[t].up * ties[t].rank;
	}
	double *chance = ties && n > 0 && n <= STATS_EXACT ? malloc((size_t)(n * (n + 1) + 1) * sizeof(*chance)) : NULL;
	bool known = ties && (n == 0 || n > STATS_EXACT || chance);
	if (known)
		*ret = n == 0 ? 1 : chance ? exact(ties, n_ties, n, w, chance) : approximate(ties, n_ties, w);
	free(chance);
	free(ties);
	return known;
}

/* ---- change ---- */

bool stats_change(const int64_t *counts, size_t n_counts, int64_t low, struct stats_change *ret)
{
	*ret = (struct stats_change){ .effect = UNKNOWN };
	stats_sample(counts, n_counts, low, &ret->changes);
	for (size_t i = 0; i < n_counts; i++) {
		int64_t change = low + (int64_t)i;
		*(change > 0 ? &ret->up : change == 0 ? &ret->same : &ret->down) += counts[i];
	}
	if (ret->changes.n > 1 && ret->changes.sd > 0)
		ret->effect = ret->changes.mean / ret->changes.sd;
	ret->sign = sign_test(ret->up, ret->down);
	return wilcoxon(counts, n_counts, low, &ret->wilcoxon);
}

double stats_effect(const struct stats_sample *before, const struct stats_sample *after)
{
	if (before->n < 2 || after->n < 2)
		return UNKNOWN;
	double squares = before->sd * before->sd * (double)(before->n - 1) + after->sd * after->sd * (double)(after->n - 1);
	double pooled = sqrt(squares / (double)(before->n + after->n - 2));
	return pooled > 0 ? (after->mean - before->mean) / pooled : UNKNOWN;
}
