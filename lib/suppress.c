/* suppress.c: hiding small counts, and what would give them away. */
#include "suppress.h"

/* A column being worked on: the true counts, which of them are hidden, and what a reader sees beside them. */
struct column {
	int64_t *counts;
	bool hidden[SUPPRESS_MOST_CELLS];
	size_t n;
	int64_t k;
	int64_t floor;      /* the least a hidden cell can be as far as a reader knows: 1 while zeros are shown */
	bool median;        /* beside answers: the median is shown */
	int64_t sum, range; /* beside changes */
};

/* Whether the picture leaves every small cell open. May err towards no, never towards yes. */
typedef bool open_fn(const struct column *c);

int64_t suppress_threshold(int64_t min_cell)
{
	return min_cell > SUPPRESS_LEAST ? min_cell : SUPPRESS_LEAST;
}

int64_t suppress_count(int64_t count, int64_t k)
{
	return count > 0 && count < k ? MENTOR_SUPPRESSED : count;
}

bool suppress_outside_is_safe(int64_t outside, int64_t k)
{
	return suppress_count(outside, k) != MENTOR_SUPPRESSED;
}

int64_t suppress_ratio(int64_t sum, int64_t n)
{
	int64_t twice = 200 * sum;
	return (twice + (twice < 0 ? -n : n)) / (2 * n);
}

/* ---- the search for cells to hide ---- */

static bool is_small(const struct column *c, size_t cell)
{
	return suppress_count(c->counts[cell], c->k) == MENTOR_SUPPRESSED;
}

static bool hide_small(struct column *c)
{
	bool any = false;
	for (size_t i = 0; i < c->n; i++) {
		c->hidden[i] = is_small(c, i);
		any = any || c->hidden[i];
	}
	return any;
}

/* Hides the smallest non-zero cell still shown, or else all zeros; false when nothing is shown any more. */
static bool hide_next(struct column *c)
{
	size_t next = c->n;
	bool zeros = false;
	for (size_t i = 0; i < c->n; i++) {
		if (c->hidden[i])
			continue;
		zeros = zeros || c->counts[i] == 0;
		if (c->counts[i] > 0 && (next == c->n || c->counts[i] < c->counts[next]))
			next = i;
	}
	if (next < c->n) {
		c->hidden[next] = true;
		return true;
	}
	for (size_t i = 0; zeros && i < c->n; i++)
		c->hidden[i] = true;
	c->floor = 0;
	return zeros;
}

/* What the total less the cells shown comes to: a count like any other. */
static int64_t hidden_people(const struct column *c)
{
	int64_t people = 0;
	for (size_t i = 0; i < c->n; i++)
		people += c->hidden[i] ? c->counts[i] : 0;
	return people;
}

/* False when no choice of cells keeps the small ones open. */
static bool hide_until_open(struct column *c, open_fn *open)
{
	c->floor = 1;
	if (!hide_small(c))
		return true;
	while (hidden_people(c) < c->k || !open(c))
		if (!hide_next(c))
			return false;
	return true;
}

static bool write_hidden(const struct column *c)
{
	bool any = false;
	for (size_t i = 0; i < c->n; i++) {
		any = any || c->hidden[i];
		if (c->hidden[i])
			c->counts[i] = MENTOR_SUPPRESSED;
	}
	return any;
}

static void hide_all(int64_t *counts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		counts[i] = MENTOR_SUPPRESSED;
}

static int64_t total(const int64_t *counts, size_t n)
{
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += counts[i];
	return sum;
}

/* ---- beside a total ---- */

/* One person can move between two hidden cells unless all of them are as small as they can be. */
static bool open_by_total(const struct column *c)
{
	size_t cells = 0;
	int64_t spare = 0;
	for (size_t i = 0; i < c->n; i++) {
		cells += c->hidden[i];
		spare += c->hidden[i] ? c->counts[i] - c->floor : 0;
	}
	return cells >= 2 && spare >= 1;
}

void suppress_column(int64_t *counts, size_t n, int64_t k)
{
	struct column c = { .counts = counts, .n = n, .k = k };
	if (suppress_count(total(counts, n), k) == MENTOR_SUPPRESSED || !hide_until_open(&c, open_by_total))
		hide_all(counts, n);
	else
		write_hidden(&c);
}

/* ---- beside a total, a mean and a median ---- */

/* The sum of the middle two positions, so that halves stay whole. */
static int64_t median_twice(const int64_t *counts, size_t n)
{
	int64_t people = total(counts, n), seen = 0, twice = 0;
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

static int64_t divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* Whether adding the steps to three cells gives counts that look the same from outside. */
static bool can_move(const struct column *c, const size_t at[3], const int64_t steps[3], int64_t sign)
{
	int64_t moved[SUPPRESS_MOST_CELLS];
	for (size_t i = 0; i < 3; i++)
		if (c->counts[at[i]] + sign * steps[i] < c->floor)
			return false;
	for (size_t i = 0; i < c->n; i++)
		moved[i] = c->counts[i];
	for (size_t i = 0; i < 3; i++)
		moved[at[i]] += sign * steps[i];
	return !c->median || median_twice(moved, c->n) == median_twice(c->counts, c->n);
}

/* Total and mean stay when people move from one cell to both sides of it, or back, in inverse proportion to the distances. */
static bool triple_is_open(const struct column *c, const size_t at[3])
{
	int64_t left = (int64_t)(at[1] - at[0]), right = (int64_t)(at[2] - at[1]);
	int64_t unit = divisor(left, right);
	const int64_t steps[3] = { right / unit, -(left + right) / unit, left / unit };
	return can_move(c, at, steps, 1) || can_move(c, at, steps, -1);
}

static void mark_open(const struct column *c, size_t first, bool *opened)
{
	for (size_t j = first + 1; j < c->n; j++) {
		if (!c->hidden[j])
			continue;
		for (size_t l = j + 1; l < c->n; l++) {
			const size_t at[3] = { first, j, l };
			bool news = c->hidden[l] && !(opened[first] && opened[j] && opened[l]);
			if (news && triple_is_open(c, at))
				opened[first] = opened[j] = opened[l] = true;
		}
	}
}

static bool open_by_mean(const struct column *c)
{
	bool opened[SUPPRESS_MOST_CELLS] = { false };
	for (size_t i = 0; i < c->n; i++)
		if (c->hidden[i])
			mark_open(c, i, opened);
	for (size_t i = 0; i < c->n; i++)
		if (is_small(c, i) && !opened[i])
			return false;
	return true;
}

static int64_t weighted(const int64_t *counts, size_t n, int64_t low)
{
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += counts[i] * (low + (int64_t)i);
	return sum;
}

void suppress_answers(int64_t *counts, size_t n, int64_t low, int64_t k, struct suppress_summary *ret)
{
	int64_t people = total(counts, n);
	struct column c = { .counts = counts, .n = n, .k = k, .median = true };
	if (people == 0) {
		*ret = (struct suppress_summary){ 0, MENTOR_NONE, MENTOR_NONE, false };
		return;
	}
	if (people < k) {
		hide_all(counts, n);
		*ret = (struct suppress_summary){ MENTOR_SUPPRESSED, MENTOR_SUPPRESSED, MENTOR_SUPPRESSED, true };
		return;
	}
	bool open = hide_until_open(&c, open_by_mean);
	if (!open) {
		c.median = false;
		open = hide_until_open(&c, open_by_mean);
	}
	if (!open) {
		suppress_column(counts, n, k);
		*ret = (struct suppress_summary){ people, MENTOR_SUPPRESSED, MENTOR_SUPPRESSED, true };
		return;
	}
	ret->n = people;
	ret->mean = suppress_ratio(weighted(counts, n, low), people);
	ret->median = c.median ? (median_twice(counts, n) + 2 * low) * 50 : MENTOR_SUPPRESSED;
	ret->suppressed = write_hidden(&c);
}

/* ---- beside a total and a sum of changes ---- */

static bool change_is_possible(const struct column *c, const int64_t counts[3])
{
	for (size_t i = 0; i < 3; i++)
		if (c->hidden[i] ? counts[i] < c->floor : counts[i] != c->counts[i])
			return false;
	int64_t most = counts[0] * c->range - counts[2], least = counts[0] - counts[2] * c->range;
	return least <= c->sum && c->sum <= most;
}

/* Looks for other counts near the true ones; two steps are enough to find one wherever there is some room. */
static bool open_by_sum(const struct column *c)
{
	enum { NEAR = 2 };
	bool opened[3] = { false };
	for (int64_t up = -NEAR; up <= NEAR; up++) {
		for (int64_t down = -NEAR; down <= NEAR; down++) {
			const int64_t other[3] = { c->counts[0] + up, c->counts[1] - up - down, c->counts[2] + down };
			bool possible = change_is_possible(c, other);
			for (size_t i = 0; possible && i < 3; i++)
				opened[i] = opened[i] || other[i] != c->counts[i];
		}
	}
	for (size_t i = 0; i < 3; i++)
		if (is_small(c, i) && !opened[i])
			return false;
	return true;
}

bool suppress_changes(int64_t counts[3], int64_t sum, int64_t range, int64_t k)
{
	struct column c = { .counts = counts, .n = 3, .k = k, .sum = sum, .range = range };
	if (total(counts, 3) < k || !hide_until_open(&c, open_by_sum)) {
		suppress_column(counts, 3, k);
		return false;
	}
	write_hidden(&c);
	return true;
}
