/* suppress.c: withholding small counts, and what would give them away. */
#include "suppress.h"

int64_t suppress_threshold(int64_t min_cell)
{
	return min_cell > SUPPRESS_LEAST ? min_cell : SUPPRESS_LEAST;
}

int64_t suppress_count(int64_t count, int64_t k)
{
	return count > 0 && count < k ? MENTOR_SUPPRESSED : count;
}

int64_t suppress_ratio(int64_t sum, int64_t n)
{
	int64_t twice = 200 * sum;
	return (twice + (twice < 0 ? -n : n)) / (2 * n);
}

static void hide_all(int64_t *counts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		counts[i] = MENTOR_SUPPRESSED;
}

static bool any_small(const int64_t *counts, size_t n, int64_t k)
{
	for (size_t i = 0; i < n; i++)
		if (suppress_count(counts[i], k) == MENTOR_SUPPRESSED)
			return true;
	return false;
}

/* The sum of the middle two positions, so that halves stay whole. */
static int64_t median_twice(const int64_t *counts, size_t n, int64_t people)
{
	int64_t seen = 0, twice = 0;
	int64_t lower = (people - 1) / 2, upper = people / 2;
	for (size_t i = 0; i < n; i++) {
		int64_t before = seen;
		seen += counts[i];
		if (before <= lower && lower < seen)
			twice += (int64_t)i;
		if (before <= upper && upper < seen)
			twice += (int64_t)i;
	}
	return twice;
}

/* Nearer to an end there may be only one way to reach the sum: one point off is one person one step away, and with k = 3 three points
 * off are two people, because three people would have been shown. */
static bool sum_is_safe(int64_t points, int64_t most, int64_t k)
{
	return points > k && most - points > k;
}

void suppress_answers(int64_t *counts, size_t n, int64_t low, int64_t k, struct suppress_summary *ret)
{
	int64_t people = 0, points = 0; /* above everybody giving the lowest answer */
	for (size_t i = 0; i < n; i++) {
		people += counts[i];
		points += counts[i] * (int64_t)i;
	}
	*ret = (struct suppress_summary){ people, MENTOR_NONE, MENTOR_NONE, false };
	if (people == 0)
		return;
	bool hide = any_small(counts, n, k);
	bool hide_mean = people < k || (hide && !sum_is_safe(points, people * (int64_t)(n - 1), k));
	ret->n = suppress_count(people, k);
	ret->mean = hide_mean ? MENTOR_SUPPRESSED : suppress_ratio(points + people * low, people);
	ret->median = hide ? MENTOR_SUPPRESSED : (median_twice(counts, n, people) + 2 * low) * 50;
	ret->suppressed = hide;
	if (hide)
		hide_all(counts, n);
}

bool suppress_ticks(int64_t *counts, size_t n, int64_t people, int64_t k)
{
	bool hidden = false;
	for (size_t i = 0; i < n; i++) {
		const int64_t sides[] = { counts[i], people - counts[i] };
		if (!any_small(sides, 2, k))
			continue;
		counts[i] = MENTOR_SUPPRESSED;
		hidden = true;
	}
	return hidden;
}

bool suppress_changes(int64_t counts[3], int64_t least, bool everybody, int64_t k)
{
	if (everybody && least >= k)
		return true;
	hide_all(counts, 3);
	return false;
}
