/* assign_matrix.c: problems in which most pairs may be formed, as a whole matrix: prices to begin with, then shortest augmenting paths (Jonker &
 * Volgenant 1987). All numbers have 32 bits and stand in blocks of hosts, so that a compiler can work on several at a time; blocks remember their
 * best, so that only the one that matters is looked at again.
 *
 * No sum overflows: while every seeker with a host has one of its best, prices of hosts lie no further apart than the cells of the matrix do, which
 * is less than 2^27; so what a pair is worth and distances stay below 2^29. */
#include "assign_internal.h"

#include <string.h>

enum {
	BLOCK = 64,                        /* hosts */
	IDLE = 4,                          /* an auction is worth while when more than 1 in so many is idle after a few bids */
	STEP = 8,                          /* what its increment is divided by from phase to phase */
	BIDS = 20,                         /* a phase may have for each seeker */
	wide_UNREACHED = 1 << 30,             /* distance */
	wide_SHUT = wide_UNREACHED + (1 << 28), /* price of what is not to be reached any more: past UNREACHED, whatever is added to it or taken away */
	SPREAD = 1900,                     /* narrow cells lie no further apart */
	narrow_UNREACHED = 8 * SPREAD,
	narrow_SHUT = 12 * SPREAD,
	FINEST = SPREAD * 2 / 3,           /* units between the lowest and the highest score, so that what is barred lies far enough below */
	COARSEST = 1 << 14,                /* a unit, so that SPREAD of them below any score do not get as far as what is barred */
};

void matrix_layout(struct matrix *m, struct layout *l)
{
	m->width = (m->n_hosts + BLOCK - 1) / BLOCK * BLOCK;
	m->score = carve(l, (int64_t)m->n_seekers * m->width, sizeof *m->score);
	m->own = carve(l, m->n_seekers, sizeof *m->own);
	m->host = carve(l, m->n_seekers, sizeof *m->host);
	m->idle = carve(l, m->n_seekers, sizeof *m->idle);
	m->narrow = carve(l, 5 * (int64_t)m->width, sizeof *m->narrow);
	m->best = carve(l, m->width / BLOCK, sizeof *m->best);
	int32_t **const by_host[] = { &m->price, &m->seeker, &m->cost, &m->distance, &m->base, &m->order, &m->reached };
	for (size_t i = 0; i < sizeof by_host / sizeof *by_host; i++)
		*by_host[i] = carve(l, m->width, sizeof **by_host[i]);
}

int32_t *matrix_row(const struct matrix *m, int32_t seeker)
{
	return &m->score[(size_t)seeker * (size_t)m->width];
}

#define CELL int32_t
#define CELLS wide_cells
#define LEAST INT32_MIN
#define NAME(name) wide_##name
#include "assign_cells.h"
#undef CELL
#undef CELLS
#undef LEAST
#undef NAME

#define CELL int16_t
#define CELLS narrow_cells
#define LEAST INT16_MIN
#define NAME(name) narrow_##name
#include "assign_cells.h"

/* ---- an auction ---- */

/** Who has a host that is worth less than another, by more than `less`, leaves it. */
static void release(struct wide_cells *m, int32_t less)
{
	for (int32_t s = 0; s < m->n_seekers; s++) {
		const int32_t *score = wide_cell_row(m, s), host = m->host[s];
		if (host == NOWHERE || score[host] - m->price[host] >= wide_appraise(m->best, score, m->price, m->width) - less)
			continue;
		m->seeker[host] = NOWHERE;
		m->host[s] = NOWHERE;
	}
}

/** The idle bid in turn, until nobody is or there were too many bids. */
static void bid_in_turn(struct wide_cells *m, int32_t increment)
{
	int32_t n = wide_list_idle(m), at = 0;
	bool raised;
	for (int64_t left = BIDS * (int64_t)m->n_seekers; n > 0 && left > 0; left--) {
		const int32_t old = wide_outbid(m, m->idle[at], increment, &raised);
		if (old != NOWHERE)
			m->idle[at] = old;
		else
			m->idle[at] = m->idle[--n];
		at = at + 1 < n ? at + 1 : 0;
	}
}

/** Prices that are nearly right, by an auction with falling increments (Bertsekas 1988). */
static void hold_auction(struct wide_cells *m)
{
	int32_t low = m->price[0], high = m->price[0];
	for (int32_t h = 1; h < m->n_hosts; h++) {
		low = m->price[h] < low ? m->price[h] : low;
		high = m->price[h] > high ? m->price[h] : high;
	}
	for (int32_t increment = (high - low) / STEP; increment > 0; increment /= STEP) {
		release(m, increment);
		bid_in_turn(m, increment);
	}
	release(m, 0);
}

static struct wide_cells wide_of(const struct matrix *m)
{
	return (struct wide_cells){ m->n_seekers, m->n_hosts, m->width, m->score, m->price, m->host, m->seeker, m->best, m->cost, m->distance, m->base,
		m->order, m->reached, m->idle };
}

/* ---- scores in 16 bits ---- */

/** How scores are counted in narrow cells: in units above `bottom`, which is as far below the lowest score as can be. What is barred is 0. */
struct scale {
	int32_t bottom, unit;
};

/** The lowest and the highest score of a row, so that neither rises or falls. What is barred is the highest once enough is added for it to be. */
VECTOR static void add_range(const int32_t *restrict score, int32_t n, int32_t *low, int32_t *high)
{
	const uint32_t turn = (uint32_t)INT32_MAX - (uint32_t)MATRIX_BARRED;
	int32_t least = INT32_MAX, most = MATRIX_BARRED;
	for (int32_t h = 0; h < n; h++) {
		const int32_t turned = (int32_t)((uint32_t)score[h] + turn);
		least = turned < least ? turned : least;
		most = score[h] > most ? score[h] : most;
	}
	least = (int32_t)((uint32_t)least - turn);
	if (most == MATRIX_BARRED)
		return;
	*low = least < *low ? least : *low;
	*high = most > *high ? most : *high;
}

static int32_t common(int32_t a, int32_t b)
{
	while (b != 0) {
		const int32_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/** Units from one score up to another. Exact where it is a whole number; what is less than none counts as none. */
static inline int32_t units(int32_t from, int32_t to, float per_unit)
{
	return (int32_t)((float)((to > from ? to : from) - from) * per_unit + 0.5F);
}

VECTOR static bool are_whole(const int32_t *restrict score, int32_t n, int32_t low, int32_t unit)
{
	const float per_unit = 1.0F / (float)unit, width = (float)unit;
	int32_t wrong = 0;
	for (int32_t h = 0; h < n; h++) {
		const int32_t at = score[h] > low ? score[h] : low;
		wrong |= (int32_t)((float)units(low, at, per_unit) * width) ^ (at - low);
	}
	return !wrong;
}

/** Finds the largest unit of which all scores are multiples, above the lowest. False when that makes too many units. */
static bool find_scale(const struct matrix *m, struct scale *c)
{
	int32_t low = MATRIX_MAX, high = -MATRIX_MAX;
	for (int32_t s = 0; s < m->n_seekers; s++)
		add_range(matrix_row(m, s), m->n_hosts, &low, &high);
	if (high < low || high - low >= MATRIX_MAX)
		return false;
	c->unit = high - low <= FINEST ? 1 : high - low;
	for (int32_t s = 0; s < m->n_seekers && c->unit > 1 && (high - low) / c->unit <= FINEST; s++) {
		const int32_t *score = matrix_row(m, s);
		const bool whole = are_whole(score, m->n_hosts, low, c->unit);
		for (int32_t h = 0; h < m->n_hosts && !whole; h++)
			c->unit = score[h] == MATRIX_BARRED ? c->unit : common(c->unit, score[h] - low);
	}
	if (c->unit > COARSEST || (high - low) / c->unit > FINEST)
		return false;
	c->bottom = high - SPREAD * c->unit;
	return true;
}

/** Puts the scores into narrow cells, in the same memory: a row of these ends before the next row of those begins. */
VECTOR static void make_narrow(const struct matrix *m, const struct scale *c)
{
	const float per_unit = 1.0F / (float)c->unit;
	const int32_t n = m->n_hosts, bottom = c->bottom;
	int16_t *restrict cells = m->narrow;
	for (int32_t s = 0; s < m->n_seekers; s++) {
		const int32_t *restrict score = matrix_row(m, s);
		for (int32_t h = 0; h < n; h++)
			cells[h] = (int16_t)units(bottom, score[h], per_unit);
		memcpy((int16_t *)m->score + (size_t)s * (size_t)m->width, cells, (size_t)m->width * sizeof *cells);
	}
}

VECTOR static void make_wide(const struct matrix *m, const struct scale *c)
{
	const int32_t n = m->n_hosts, bottom = c->bottom, unit = c->unit;
	for (int32_t s = m->n_seekers - 1; s >= 0; s--) {
		int32_t *restrict score = matrix_row(m, s);
		memcpy(m->narrow, (int16_t *)m->score + (size_t)s * (size_t)m->width, (size_t)m->width * sizeof *m->narrow);
		const int16_t *restrict cells = m->narrow;
		for (int32_t h = 0; h < n; h++) {
			const int32_t is = cells[h] * unit + bottom, barred = -(cells[h] == 0);
			score[h] = (is & ~barred) | (MATRIX_BARRED & barred);
		}
		memset(score + n, 0, (size_t)(m->width - n) * sizeof *score);
	}
}

/** Solves the matrix in narrow cells. False when that did not do: too many are idle, or somebody got what is barred. */
static bool solve_narrow(struct matrix *m, const struct scale *c, struct clock *k, enum mentor_assign_status *ret)
{
	int16_t *const base = m->narrow;
	struct narrow_cells cells = { m->n_seekers, m->n_hosts, m->width, (int16_t *)m->score, base + m->width, m->host, m->seeker, base + 2 * (size_t)m->width,
		base + 3 * (size_t)m->width, base + 4 * (size_t)m->width, m->base, m->order, m->reached, m->idle };
	make_narrow(m, c);
	bool solved = narrow_begin(&cells) <= m->n_seekers / IDLE || m->n_hosts != m->n_seekers;
	*ret = solved ? narrow_finish(&cells, k) : MENTOR_ASSIGN_OK;
	make_wide(m, c);
	for (int32_t s = 0; s < m->n_seekers && solved && *ret == MENTOR_ASSIGN_OK; s++)
		solved = matrix_row(m, s)[m->host[s]] != MATRIX_BARRED;
	for (int32_t h = 0; h < m->n_hosts; h++)
		m->price[h] = cells.price[h] * c->unit;
	return solved;
}

static enum mentor_assign_status solve_wide(struct matrix *m, struct clock *k)
{
	struct wide_cells cells = wide_of(m);
	if (wide_begin(&cells) > m->n_seekers / IDLE && m->n_hosts == m->n_seekers) {
		hold_auction(&cells);
		wide_reduce_seekers(&cells);
	}
	return wide_finish(&cells, k);
}

/* ---- all of it ---- */

/** Makes the lowest price zero where every host is taken, and no price less. */
static void level_prices(struct matrix *m)
{
	int32_t lowest = m->n_hosts == m->n_seekers ? m->price[0] : 0;
	for (int32_t h = 1; h < m->n_hosts && m->n_hosts == m->n_seekers; h++)
		lowest = m->price[h] < lowest ? m->price[h] : lowest;
	for (int32_t h = 0; h < m->n_hosts; h++)
		m->price[h] -= lowest;
	for (int32_t s = 0; s < m->n_seekers; s++)
		m->own[s] = matrix_row(m, s)[m->host[s]] - m->price[m->host[s]];
}

enum mentor_assign_status matrix_solve(struct matrix *m, struct clock *k)
{
	struct scale c;
	enum mentor_assign_status status = MENTOR_ASSIGN_OK;
	if (!find_scale(m, &c) || !solve_narrow(m, &c, k, &status))
		status = solve_wide(m, k);
	if (status == MENTOR_ASSIGN_OK)
		level_prices(m);
	return status;
}
