/* suppress.c: withholding small counts, and what would give them away. */
#include "suppress.h"

#include <string.h>

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

/* Rules 1 to 3: what may be told of these answers by themselves. */
static enum suppress_level level_of(const int64_t *counts, size_t n, int64_t k)
{
	int64_t people = 0, points = 0; /* above everybody giving the lowest answer */
	for (size_t i = 0; i < n; i++) {
		people += counts[i];
		points += counts[i] * (int64_t)i;
	}
	if (people < k)
		return SUPPRESS_NOTHING;
	if (!any_small(counts, n, k))
		return SUPPRESS_COUNTS;
	return sum_is_safe(points, people * (int64_t)(n - 1), k) ? SUPPRESS_MEAN : SUPPRESS_NOTHING;
}

void suppress_answers(int64_t *counts, size_t n, int64_t low, int64_t k, struct suppress_summary *ret)
{
	suppress_answers_at(counts, n, low, k, SUPPRESS_COUNTS, ret);
}

void suppress_answers_at(int64_t *counts, size_t n, int64_t low, int64_t k, enum suppress_level most, struct suppress_summary *ret)
{
	int64_t people = 0, points = 0; /* above everybody giving the lowest answer */
	for (size_t i = 0; i < n; i++) {
		people += counts[i];
		points += counts[i] * (int64_t)i;
	}
	*ret = (struct suppress_summary){ people, MENTOR_NONE, MENTOR_NONE, false };
	if (people == 0)
		return;
	enum suppress_level level = level_of(counts, n, k);
	level = level < most ? level : most;
	bool hide = level < SUPPRESS_COUNTS;
	ret->n = suppress_count(people, k);
	ret->mean = level < SUPPRESS_MEAN ? MENTOR_SUPPRESSED : suppress_ratio(points + people * low, people);
	ret->median = hide ? MENTOR_SUPPRESSED : (median_twice(counts, n, people) + 2 * low) * 50;
	ret->suppressed = hide;
	if (hide)
		hide_all(counts, n);
}

bool suppress_ticks(int64_t *counts, size_t n, int64_t people, int64_t k)
{
	bool hidden = false;
	for (size_t i = 0; i < n; i++) {
		const int64_t sides[] = { counts[i], counts[i] == MENTOR_SUPPRESSED ? 0 : people - counts[i] };
		if (counts[i] != MENTOR_SUPPRESSED && !any_small(sides, 2, k))
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

/* ---- batches ---- */

static bool is_told(const int64_t *cells, size_t choice, size_t people, int64_t k)
{
	const int64_t sides[] = { cells[choice], cells[people] - cells[choice] };
	return cells[people] > 0 && !any_small(sides, 2, k);
}

static enum suppress_level level_at(const struct suppress_steps *s, const int64_t *cells)
{
	enum suppress_level level = level_of(cells, s->n, s->k);
	return s->kind == SUPPRESS_SCALE || level == SUPPRESS_COUNTS ? level : SUPPRESS_NOTHING;
}

static int64_t people_of(const struct suppress_steps *s, const int64_t *cells)
{
	int64_t people = s->kind == SUPPRESS_TICKS ? cells[s->n - 1] : 0;
	for (size_t i = 0; s->kind != SUPPRESS_TICKS && i < s->n; i++)
		people += cells[i];
	return people;
}

/* Rule 11. */
static bool may_join(const struct suppress_steps *s)
{
	if (people_of(s, s->shown) < s->k)
		return true;
	if (people_of(s, s->waiting) < s->k)
		return false;
	if (s->kind != SUPPRESS_TICKS)
		return s->level == SUPPRESS_NOTHING || level_at(s, s->waiting) >= s->level;
	for (size_t i = 0; i + 1 < s->n; i++)
		if (is_told(s->shown, i, s->n - 1, s->k) && !is_told(s->waiting, i, s->n - 1, s->k))
			return false;
	return true;
}

static void take_in(struct suppress_steps *s)
{
	for (size_t i = 0; i < s->n; i++) {
		s->shown[i] += s->waiting[i];
		s->waiting[i] = 0;
	}
}

bool suppress_step(struct suppress_steps *s)
{
	if (people_of(s, s->waiting) == 0)
		return true;
	if (!may_join(s))
		return false;
	take_in(s);
	if (s->kind != SUPPRESS_TICKS && s->level == SUPPRESS_NOTHING)
		s->level = level_at(s, s->shown);
	return true;
}

/* ---- sides ---- */

void suppress_step_sides(struct suppress_steps *sides, size_t n, enum suppress_level total)
{
	enum suppress_level level = total;
	for (size_t i = 0; i < n; i++)
		if (people_of(&sides[i], sides[i].waiting) > 0 && !may_join(&sides[i]))
			return;
	for (size_t i = 0; i < n; i++) {
		take_in(&sides[i]);
		if (people_of(&sides[i], sides[i].shown) > 0 && level_at(&sides[i], sides[i].shown) < level)
			level = SUPPRESS_NOTHING;
	}
	for (size_t i = 0; i < n && level == SUPPRESS_COUNTS; i++)
		sides[i].level = level;
}

/* ---- cohorts put together ---- */

int64_t suppress_gathered(int64_t k)
{
	return 2 * k - 1;
}

void suppress_gather(struct suppress_steps *all, struct suppress_member *members, size_t n, size_t of, const int64_t *cells, int64_t responses, int64_t k)
{
	struct suppress_member *m = &members[of];
	m->responses += responses;
	for (size_t i = 0; i < all->n; i++) {
		int64_t more = m->responses < k ? cells[i] : -m->waiting[i]; /* of one that may be told alone none goes on waiting here */
		m->waiting[i] += more;
		all->waiting[i] += more;
	}
	if (!suppress_step(all))
		return;
	for (size_t i = 0; i < n; i++) {
		members[i].counted = members[i].counted || people_of(all, members[i].waiting) > 0;
		memset(members[i].waiting, 0, all->n * sizeof(*cells));
	}
}

enum suppress_joined suppress_pool(struct suppress_steps *pool, const struct suppress_steps *cohort)
{
	bool ticks = pool->kind == SUPPRESS_TICKS;
	int64_t people = people_of(cohort, cohort->shown);
	if (people == 0)
		return SUPPRESS_NOBODY;
	if (ticks ? people < cohort->k : cohort->level == SUPPRESS_NOTHING)
		return SUPPRESS_LEFT_OUT;
	for (size_t i = 0; i < pool->n; i++)
		if (ticks && i + 1 < pool->n && (pool->shown[i] == MENTOR_SUPPRESSED || !is_told(cohort->shown, i, pool->n - 1, cohort->k)))
			pool->shown[i] = MENTOR_SUPPRESSED;
		else
			pool->shown[i] += cohort->shown[i];
	pool->level = cohort->level < pool->level && !ticks ? cohort->level : pool->level;
	return SUPPRESS_COUNTED;
}

/* ---- columns ---- */

void suppress_column(int64_t *counts, size_t n, int64_t k)
{
	int64_t sum = 0;
	size_t hidden = 0;
	for (size_t i = 0; i < n; i++)
		if (suppress_count(counts[i], k) == MENTOR_SUPPRESSED) {
			sum += counts[i];
			counts[i] = MENTOR_SUPPRESSED;
			hidden++;
		}
	while (hidden > 0 && (hidden < 2 || sum < k)) {
		size_t next = n;
		for (size_t i = 0; i < n; i++)
			if (counts[i] > 0 && (next == n || counts[i] < counts[next]))
				next = i;
		if (next == n)
			return; /* there is nothing left to hide it behind */
		sum += counts[next];
		counts[next] = MENTOR_SUPPRESSED;
		hidden++;
	}
}

/* ---- tables by organisation ---- */

/* A unit is a row as it is printed: an organisation by itself (its number), or the others together (the number of rows). */
struct table {
	int64_t *cells;
	size_t rows, columns;
	int64_t k;
	size_t *shown; /* columns shown of a unit; 0 for an organisation that stands among the others */
};

static const size_t withheld = SIZE_MAX; /* all units that are withheld in a column, in the place of one */

static int64_t cell(const struct table *t, size_t row, size_t column)
{
	return t->cells[row * t->columns + column];
}

static bool belongs(const struct table *t, size_t row, size_t unit, size_t column)
{
	size_t own = t->shown[row] ? row : t->rows;
	return unit == withheld ? t->shown[own] <= column : own == unit;
}

/* Rule 8 for the first column. */
static bool others_may_be_told(const struct table *t)
{
	int64_t more = 0, most = 0; /* people beyond the first of each organisation */
	bool any = false;
	for (size_t i = 0; i < t->rows; i++) {
		if (t->shown[i] > 0)
			continue;
		any = true;
		more += cell(t, i, 0) - 1;
		most = cell(t, i, 0) - 1 > most ? cell(t, i, 0) - 1 : most;
	}
	return !any || more - most >= t->k;
}

/* How many stand together may be told by the printed numbers alone: whether rule 8 holds for all would tell how large the largest is. */
static bool others_may_be_counted(const struct table *t)
{
	int64_t more = 0;
	bool any = false;
	for (size_t i = 0; i < t->rows; i++) {
		any = any || t->shown[i] == 0;
		more += t->shown[i] == 0 ? cell(t, i, 0) - 1 : 0;
	}
	return !any || more >= t->k;
}

/* What a row has in a column, what it lacks from the column before, and both together. */
enum { HAS, LACKS, EITHER, PARTS };

static int64_t part_of(const struct table *t, size_t row, size_t column, int part)
{
	int64_t either = column > 0 ? cell(t, row, column - 1) : cell(t, row, 0);
	return part == EITHER ? either : part == HAS ? cell(t, row, column) : either - cell(t, row, column);
}

/* Rule 8: the part of a set that is too small to be told, PARTS when none is. */
static int too_small(const struct table *t, size_t unit, size_t column)
{
	for (int part = HAS; part <= LACKS; part++) {
		int64_t all = 0;
		for (size_t i = 0; i < t->rows; i++)
			all += belongs(t, i, unit, column) ? part_of(t, i, column, part) : 0;
		for (size_t i = 0; i < t->rows; i++) {
			const int64_t told[] = { all, belongs(t, i, unit, column) ? all - part_of(t, i, column, part) : 0 };
			if (any_small(told, 2, t->k))
				return part;
		}
	}
	return PARTS;
}

/* Withholds of the units shown in the column the one with the smallest such part, if any has one. */
static bool widen_by(const struct table *t, size_t column, int part)
{
	size_t smallest = withheld;
	for (size_t i = 0; i <= t->rows; i++)
		if (t->shown[i] > column && part_of(t, i, column, part) > 0 &&
		    (smallest == withheld || part_of(t, i, column, part) < part_of(t, smallest, column, part)))
			smallest = i;
	if (smallest != withheld)
		t->shown[smallest] = column;
	return smallest != withheld;
}

static bool widen(const struct table *t, size_t column, int part)
{
	return widen_by(t, column, part) || widen_by(t, column, EITHER);
}

/* Rule 9. Returns how many units there are. */
static size_t stand_together(const struct table *t)
{
	size_t alone = 0;
	for (size_t i = 0; i < t->rows; i++)
		t->shown[i] = cell(t, i, 0) < t->k ? 0 : t->columns;
	t->shown[t->rows] = 0;
	while (!others_may_be_told(t) && widen(t, 0, EITHER))
		;
	for (size_t c = 0; c < t->columns; c++)
		t->cells[t->rows * t->columns + c] = 0;
	for (size_t i = 0; i < t->rows; i++) {
		alone += t->shown[i] > 0;
		for (size_t c = 0; t->shown[i] == 0 && c < t->columns; c++)
			t->cells[t->rows * t->columns + c] += cell(t, i, c);
	}
	t->shown[t->rows] = alone < t->rows ? t->columns : 0;
	return alone + (alone < t->rows);
}

/* Rule 10. */
static void withhold(const struct table *t, size_t column)
{
	for (size_t unit = 0; unit <= t->rows; unit++)
		if (t->shown[unit] > column && too_small(t, unit, column) != PARTS)
			t->shown[unit] = column;
	for (int part = 0; (part = too_small(t, withheld, column)) != PARTS && widen(t, column, part);)
		;
}

static void blank(const struct table *t, size_t column)
{
	int64_t sum = 0;
	for (size_t i = 0; i <= t->rows; i++)
		sum += t->shown[i] > 0 && t->shown[i] <= column ? cell(t, i, column) : 0;
	for (size_t i = 0; i <= t->rows; i++)
		if (t->shown[i] == 0 || (t->shown[i] <= column && sum > 0))
			t->cells[i * t->columns + column] = MENTOR_SUPPRESSED;
}

bool suppress_table(int64_t *cells, size_t rows, size_t columns, int64_t k, size_t *shown)
{
	struct table t = { .rows = rows, .columns = columns, .k = k };
	t.cells = cells;
	t.shown = shown;
	bool divided = stand_together(&t) > 1; /* else the one row is the total */
	bool countable = others_may_be_counted(&t);
	for (size_t c = 1; divided && c < columns; c++)
		withhold(&t, c);
	for (size_t c = 0; c < columns; c++)
		blank(&t, c);
	return countable;
}

/* ---- tables of several cohorts ---- */

struct pool {
	const int64_t *cells;
	const size_t *shown;
	size_t cohorts, rows, columns;
	int64_t k;
	size_t *told;
};

/* What the cohort's own report withholds of a row in a column: what it has there, or what it lacks from the column before; 0 when it tells it. */
static int64_t withheld_of(const struct pool *p, size_t cohort, size_t row, size_t column, int part)
{
	const int64_t *cells = p->cells + (cohort * p->rows + row) * p->columns;
	if (p->shown[cohort * (p->rows + 1) + row] > column)
		return 0;
	return part == HAS ? cells[column] : column > 0 ? cells[column - 1] - cells[column] : 0;
}

static int64_t left_of(const struct pool *p, size_t row, size_t column, int part)
{
	int64_t all = 0;
	for (size_t c = 0; c < p->cohorts; c++)
		all += withheld_of(p, c, row, column, part);
	return all;
}

static bool is_nobody_or_many(int64_t all, int64_t largest, int64_t k)
{
	return all == 0 || all - largest >= k;
}

static bool row_may_be_told(const struct pool *p, size_t row, size_t column, int part)
{
	int64_t all = 0, largest = 0;
	for (size_t c = 0; c < p->cohorts; c++) {
		int64_t part_of_all = withheld_of(p, c, row, column, part);
		all += part_of_all;
		largest = part_of_all > largest ? part_of_all : largest;
	}
	return is_nobody_or_many(all, largest, p->k);
}

static bool rest_may_be_told(const struct pool *p, size_t column, int part)
{
	int64_t all = 0, largest = 0;
	for (size_t c = 0; c < p->cohorts; c++) {
		int64_t of_cohort = 0;
		for (size_t row = 0; row < p->rows; row++)
			of_cohort += p->told[row] <= column ? withheld_of(p, c, row, column, part) : 0;
		all += of_cohort;
		largest = of_cohort > largest ? of_cohort : largest;
	}
	for (size_t row = 0; row < p->rows; row++) {
		int64_t of_row = p->told[row] <= column ? left_of(p, row, column, part) : 0;
		largest = of_row > largest ? of_row : largest;
	}
	return is_nobody_or_many(all, largest, p->k);
}

/* The row with the smallest part joins the rest, and when there is none left, those without a part as well: to tell them would say whose the rest
 * is. False when all have joined. */
static bool join_rest(const struct pool *p, size_t column, int part)
{
	size_t smallest = p->rows;
	int64_t least = 0;
	for (size_t row = 0; row < p->rows; row++) {
		int64_t left = p->told[row] > column ? left_of(p, row, column, part) : 0;
		if (p->told[row] > column && (smallest == p->rows || (left > 0 && (least == 0 || left < least)))) {
			smallest = row;
			least = left;
		}
	}
	if (smallest < p->rows)
		p->told[smallest] = column;
	return smallest < p->rows;
}

void suppress_organisations(const int64_t *cells, const size_t *shown, size_t cohorts, size_t rows, size_t columns, int64_t k, size_t *told)
{
	const struct pool p = { cells, shown, cohorts, rows, columns, k, told };
	for (size_t row = 0; row < rows; row++)
		for (told[row] = 0; told[row] < columns; told[row]++)
			if (!row_may_be_told(&p, row, told[row], HAS) || !row_may_be_told(&p, row, told[row], LACKS))
				break;
	for (size_t column = 0; column < columns; column++)
		for (int part = HAS; part <= LACKS; part++)
			while (!rest_may_be_told(&p, column, part) && join_rest(&p, column, part))
				;
}

/* ---- publications ---- */

static bool is_known(int64_t count)
{
	return count != MENTOR_SUPPRESSED && count != MENTOR_NONE;
}

/* Whether two counts of the same are far enough apart for their difference to be told. */
static bool counts_apart(int64_t a, int64_t b, int64_t k)
{
	return a == b || a - b >= k || b - a >= k;
}

void suppress_tell(const struct suppress_steps *s, struct suppress_told *ret)
{
	const bool ticks = s->kind == SUPPRESS_TICKS;
	ret->kind = s->kind;
	ret->n = ticks ? s->n - 1 : s->n;
	ret->people = ret->points = 0;
	for (size_t i = 0; i < ret->n; i++) {
		ret->cells[i] = s->shown[i];
		ret->people += s->shown[i];
		ret->points += s->shown[i] * (int64_t)i;
	}
	if (ticks) {
		ret->people = s->shown[ret->n];
		ret->points = 0;
		for (size_t i = 0; i < ret->n; i++)
			ret->cells[i] = is_told(s->shown, i, ret->n, s->k) ? s->shown[i] : MENTOR_SUPPRESSED;
		ret->level = ret->people >= s->k ? SUPPRESS_COUNTS : SUPPRESS_NOTHING;
		return;
	}
	const enum suppress_level level = level_at(s, s->shown);
	ret->level = level < s->level ? level : s->level;
	if (ret->level < SUPPRESS_COUNTS)
		hide_all(ret->cells, ret->n);
}

void suppress_retell(const struct suppress_told *told, struct suppress_steps *s)
{
	memset(s->shown, 0, s->n * sizeof(*s->shown));
	s->level = told->level;
	for (size_t i = 0; i < told->n && i < s->n; i++)
		s->shown[i] = is_known(told->cells[i]) ? told->cells[i] : 0;
	if (told->kind == SUPPRESS_TICKS) /* one is too few to be told, whoever it was */
		for (size_t i = 0; i < told->n; i++)
			s->shown[i] = is_known(told->cells[i]) ? told->cells[i] : 1;
	if (told->kind == SUPPRESS_TICKS)
		s->shown[s->n - 1] = told->people;
	if (told->kind == SUPPRESS_SCALE && told->level == SUPPRESS_MEAN) {
		/* any cells of that sum: no more than it is told of them */
		const int64_t low = told->points / told->people, above = told->points % told->people;
		s->shown[low] = told->people - above;
		if (above)
			s->shown[low + 1] = above;
	}
}

/* Whether some of those told could be told by themselves at the level of all. */
static bool part_may_be_told(const struct suppress_steps *s, const int64_t *part)
{
	for (size_t i = 0; i < s->n; i++)
		if (part[i] < 0)
			return false; /* the question is another one now, by the same name */
	if (people_of(s, part) == 0)
		return true;
	for (size_t i = 0; s->kind == SUPPRESS_TICKS && i + 1 < s->n; i++)
		if (is_told(s->shown, i, s->n - 1, s->k) && !is_told(part, i, s->n - 1, s->k))
			return false;
	return s->kind == SUPPRESS_TICKS ? people_of(s, part) >= s->k : level_at(s, part) >= s->level;
}

/* Of a mean only the sum is known, and any cells of that sum do: those who left may have cells below zero. */
static bool sums_may_be_told(const struct suppress_steps *s, const int64_t *part)
{
	int64_t people = 0, points = 0;
	for (size_t i = 0; i < s->n; i++) {
		people += part[i];
		points += part[i] * (int64_t)i;
	}
	return (people == 0 && points == 0) || (people >= s->k && sum_is_safe(points, people * (int64_t)(s->n - 1), s->k));
}

bool suppress_leave(struct suppress_steps *s, int64_t *base, const int64_t *counted)
{
	int64_t *part = base; /* those who left, then who is left and came since */
	bool any = false;
	for (size_t i = 0; i < s->n; i++) {
		part[i] = base[i] - counted[i];
		any = any || part[i] != 0;
	}
	const bool mean = s->kind == SUPPRESS_SCALE && s->level == SUPPRESS_MEAN;
	if (!any || (mean ? !sums_may_be_told(s, part) : !part_may_be_told(s, part)))
		return any;
	for (size_t i = 0; i < s->n; i++)
		part[i] = s->shown[i] - part[i];
	any = mean ? !sums_may_be_told(s, part) : !part_may_be_told(s, part);
	if (!any)
		memcpy(s->shown, part, s->n * sizeof(*part));
	return any;
}

void suppress_withhold(struct suppress_steps *s)
{
	s->level = SUPPRESS_NOTHING;
	for (size_t i = 0; s->kind == SUPPRESS_TICKS && i + 1 < s->n; i++)
		s->shown[i] = 1;
}

static bool means_apart(const struct suppress_told *a, const struct suppress_told *b, int64_t k)
{
	const bool more = a->people >= b->people;
	const int64_t people = more ? a->people - b->people : b->people - a->people;
	const int64_t points = more ? a->points - b->points : b->points - a->points;
	if (people == 0)
		return points == 0;
	return people >= k && sum_is_safe(points, people * (int64_t)(a->n - 1), k);
}

bool suppress_apart(const struct suppress_told *a, const struct suppress_told *b, int64_t k)
{
	if (a->level == SUPPRESS_NOTHING || b->level == SUPPRESS_NOTHING)
		return true;
	if (a->kind != b->kind || a->n != b->n)
		return false; /* the question is another one now, by the same name */
	if (a->level == SUPPRESS_MEAN || b->level == SUPPRESS_MEAN)
		return means_apart(a, b, k);
	for (size_t i = 0; i < a->n; i++) {
		if (!is_known(a->cells[i]) || !is_known(b->cells[i]))
			continue;
		if (!counts_apart(a->cells[i], b->cells[i], k))
			return false;
		if (a->kind == SUPPRESS_TICKS && !counts_apart(a->people - a->cells[i], b->people - b->cells[i], k))
			return false;
	}
	return true;
}

/* ---- publications of tables ---- */

static size_t row_called(const struct suppress_rows *t, const char *name)
{
	size_t row = 0;
	while (row < t->rows && strcmp(t->names[row], name) != 0)
		row++;
	return row;
}

/* The row of `b` that is told in the column, as is `row` of `a`; b->rows when none is. The others of one are not the others of the other. */
static size_t told_in_both(const struct suppress_rows *a, const struct suppress_rows *b, size_t row, size_t column)
{
	const size_t other = a->shown[row] > column ? row_called(b, a->names[row]) : b->rows;
	return other < b->rows && b->shown[other] > column ? other : b->rows;
}

static bool told_alike(const struct suppress_rows *a, const struct suppress_rows *b, size_t column)
{
	for (size_t i = 0; i < a->rows; i++)
		if (a->shown[i] > column && told_in_both(a, b, i, column) == b->rows)
			return false;
	return (a->shown[a->rows] > column) == (b->shown[b->rows] > column);
}

static int64_t has_or_lacks(const int64_t *row, size_t column, int part)
{
	return part == HAS ? row[column] : row[column - 1] - row[column];
}

/* Of a part of a column: the rows told in both, then what remains of the totals. */
static bool part_apart(const struct suppress_rows *a, const struct suppress_rows *b, size_t column, int part, bool alike, int64_t k)
{
	int64_t rest_a = has_or_lacks(a->totals, column, part), rest_b = has_or_lacks(b->totals, column, part);
	for (size_t i = 0; i < a->rows; i++) {
		const size_t other = told_in_both(a, b, i, column);
		if (other == b->rows)
			continue;
		const int64_t left = has_or_lacks(a->cells + i * a->columns, column, part);
		const int64_t right = has_or_lacks(b->cells + other * b->columns, column, part);
		if (!counts_apart(left, right, k))
			return false;
		rest_a -= left;
		rest_b -= right;
	}
	if (!alike && part == HAS && rest_a == rest_b)
		return false;
	if (!alike)
		return counts_apart(rest_a, rest_b, k);
	if (a->shown[a->rows] > column) {
		const int64_t left = has_or_lacks(a->cells + a->rows * a->columns, column, part);
		const int64_t right = has_or_lacks(b->cells + b->rows * b->columns, column, part);
		if (!counts_apart(left, right, k) || !counts_apart(rest_a - left, rest_b - right, k))
			return false;
	}
	return counts_apart(rest_a, rest_b, k);
}

/* Else the one row is the total, which is paperwork. */
static bool is_divided(const struct suppress_rows *t)
{
	for (size_t i = 0; i < t->rows; i++)
		if (t->shown[i] > 0)
			return true;
	return false;
}

/* Rows that `a` has and `b` tells to be nobody's. */
static bool zeros_apart(const struct suppress_rows *a, const struct suppress_rows *b, int64_t k)
{
	for (size_t i = 0; b->zeros && a->columns > 0 && i < a->rows; i++)
		if (row_called(b, a->names[i]) == b->rows && (a->shown[i] == 0 || !counts_apart(a->cells[i * a->columns], 0, k)))
			return false;
	return true;
}

bool suppress_rows_apart(const struct suppress_rows *a, const struct suppress_rows *b, int64_t k)
{
	const size_t columns = a->columns < b->columns ? a->columns : b->columns;
	if (!zeros_apart(a, b, k) || !zeros_apart(b, a, k))
		return false;
	if (!is_divided(a) && !is_divided(b))
		return true;
	for (size_t c = 0; c < columns; c++) {
		const bool alike = told_alike(a, b, c) && told_alike(b, a, c);
		for (int part = HAS; part <= (c > 0 ? LACKS : HAS); part++)
			if (!part_apart(a, b, c, part, alike, k))
				return false;
	}
	return true;
}
