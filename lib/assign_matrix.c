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
	UNREACHED = 1 << 30,               /* distance */
	SHUT = UNREACHED + (1 << 28),      /* price of what is not to be reached any more: past UNREACHED, whatever is added to it or taken away */
};

void matrix_layout(struct matrix *m, struct layout *l)
{
	m->width = (m->n_hosts + BLOCK - 1) / BLOCK * BLOCK;
	m->score = carve(l, (int64_t)m->n_seekers * m->width, sizeof *m->score);
	m->own = carve(l, m->n_seekers, sizeof *m->own);
	m->host = carve(l, m->n_seekers, sizeof *m->host);
	m->idle = carve(l, m->n_seekers, sizeof *m->idle);
	m->best = carve(l, m->width / BLOCK, sizeof *m->best);
	int32_t **const by_host[] = { &m->price, &m->seeker, &m->cost, &m->distance, &m->base, &m->order, &m->reached };
	for (size_t i = 0; i < sizeof by_host / sizeof *by_host; i++)
		*by_host[i] = carve(l, m->width, sizeof **by_host[i]);
}

int32_t *matrix_row(const struct matrix *m, int32_t seeker)
{
	return &m->score[(size_t)seeker * (size_t)m->width];
}

static void pair(struct matrix *m, int32_t seeker, int32_t host)
{
	m->seeker[host] = seeker;
	m->host[seeker] = host;
}

/* ---- prices to begin with ---- */

/** What a host would fetch. */
static void raise_to(int32_t *restrict price, int32_t *restrict by, const int32_t *restrict score, int32_t n, int32_t seeker)
{
	for (int32_t h = 0; h < n; h++) {
		const bool more = score[h] > price[h];
		by[h] = more ? seeker : by[h];
		price[h] = more ? score[h] : price[h];
	}
}

/** Where every host will be taken its price may begin at its best score; who offers that and is idle gets it. */
static void reduce_hosts(struct matrix *m)
{
	if (m->n_hosts != m->n_seekers)
		return;
	memcpy(m->price, m->score, (size_t)m->n_hosts * sizeof *m->price);
	for (int32_t s = 1; s < m->n_seekers; s++)
		raise_to(m->price, m->order, matrix_row(m, s), m->n_hosts, s);
	for (int32_t h = m->n_hosts - 1; h >= 0; h--)
		if (m->host[m->order[h]] == NOWHERE)
			pair(m, m->order[h], h);
}

/** The most that a host of each block is worth at its price. Returns the most of all. */
static int32_t appraise(int32_t *restrict best, const int32_t *restrict score, const int32_t *restrict price, int32_t width)
{
	int32_t most = INT32_MIN;
	for (int32_t b = 0; b < width; b += BLOCK) {
		int32_t top = INT32_MIN;
		for (int32_t h = b; h < b + BLOCK; h++) {
			const int32_t worth = score[h] - price[h];
			top = worth > top ? worth : top;
		}
		best[b / BLOCK] = top;
		most = top > most ? top : most;
	}
	return most;
}

/** The best host, a free one if there is a choice, and what the second best is worth. Begins at another block for each seeker, so that among
 * equals one that is still free is not far. */
static int32_t favourite(const struct matrix *m, int32_t seeker, int32_t best, int32_t *ret_second)
{
	const int32_t *score = matrix_row(m, seeker), n_blocks = m->width / BLOCK;
	int32_t host = NOWHERE, second = INT32_MIN;
	for (int32_t i = 0, b = seeker / BLOCK % n_blocks; i < n_blocks; i++, b = b + 1 < n_blocks ? b + 1 : 0) {
		if (m->best[b] < best) {
			second = m->best[b] > second ? m->best[b] : second;
			continue;
		}
		for (int32_t h = b * BLOCK; h < (b + 1) * BLOCK; h++) {
			const int32_t worth = score[h] - m->price[h];
			if (worth == best && m->seeker[h] == NOWHERE && host != NOWHERE) {
				*ret_second = best;
				return h;
			}
			if (worth == best && host == NOWHERE)
				host = h;
			else
				second = worth > second ? worth : second;
		}
		if (second == best && m->seeker[host] == NOWHERE)
			break;
	}
	*ret_second = second;
	return host;
}

/** Gives a seeker its best host and raises the price by `more` than where the second best is as good. Returns who had it, or NOWHERE. */
static int32_t outbid(struct matrix *m, int32_t seeker, int32_t more, bool *ret_raised)
{
	const int32_t best = appraise(m->best, matrix_row(m, seeker), m->price, m->width);
	int32_t second;
	const int32_t host = favourite(m, seeker, best, &second), old = m->seeker[host];
	*ret_raised = m->n_hosts > 1 && best - second + more > 0;
	if (*ret_raised)
		m->price[host] += best - second + more;
	if (old != NOWHERE)
		m->host[old] = NOWHERE;
	pair(m, seeker, host);
	return old;
}

/** Lists who is idle. */
static int32_t list_idle(struct matrix *m)
{
	int32_t n = 0;
	for (int32_t s = 0; s < m->n_seekers; s++)
		if (m->host[s] == NOWHERE)
			m->idle[n++] = s;
	return n;
}

/** A few rounds in which the idle bid; who loses a host to a higher price bids again at once. */
static void reduce_seekers(struct matrix *m)
{
	for (int round = 0; round < 2; round++) {
		const int32_t n = list_idle(m);
		int64_t left = 4 * (int64_t)m->n_seekers;
		for (int32_t i = 0; i < n; i++) {
			int32_t seeker = m->idle[i];
			bool raised = true;
			while (seeker != NOWHERE && raised && left-- > 0)
				seeker = outbid(m, seeker, 0, &raised);
		}
	}
}

/** Who has a host that is worth less than another, by more than `less`, leaves it. */
static void release(struct matrix *m, int32_t less)
{
	for (int32_t s = 0; s < m->n_seekers; s++) {
		const int32_t *score = matrix_row(m, s), host = m->host[s];
		if (host == NOWHERE || score[host] - m->price[host] >= appraise(m->best, score, m->price, m->width) - less)
			continue;
		m->seeker[host] = NOWHERE;
		m->host[s] = NOWHERE;
	}
}

/** The idle bid in turn, until nobody is or there were too many bids. */
static void bid_in_turn(struct matrix *m, int32_t increment)
{
	int32_t n = list_idle(m), at = 0;
	bool raised;
	for (int64_t left = BIDS * (int64_t)m->n_seekers; n > 0 && left > 0; left--) {
		const int32_t old = outbid(m, m->idle[at], increment, &raised);
		if (old != NOWHERE)
			m->idle[at] = old;
		else
			m->idle[at] = m->idle[--n];
		at = at + 1 < n ? at + 1 : 0;
	}
}

/** Prices that are nearly right, by an auction with falling increments (Bertsekas 1988). */
static void hold_auction(struct matrix *m)
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

/* ---- shortest paths ---- */

/** Shortens the distances of a block by way of a seeker. Returns the least that is not settled. */
static int32_t relax_block(int32_t *restrict distance, const int32_t *restrict score, const int32_t *restrict cost, int32_t base)
{
	int32_t low = UNREACHED;
	for (int32_t h = 0; h < BLOCK; h++) {
		const int32_t old = distance[h], new = base + cost[h] - score[h], less = new < old ? new : old;
		distance[h] = less;
		low = less < low ? less : low;
	}
	return low;
}

/** Shortens distances by way of a seeker from whom a host is `base` and its cost less its score away. Returns the least that is not settled. */
static int32_t relax(struct matrix *m, int32_t seeker, int32_t base)
{
	const int32_t *score = matrix_row(m, seeker);
	int32_t least = UNREACHED;
	for (int32_t b = 0; b < m->width; b += BLOCK) {
		const int32_t low = relax_block(m->distance + b, score + b, m->cost + b, base);
		m->best[b / BLOCK] = low;
		least = low < least ? low : least;
	}
	return least;
}

/** Settles the hosts at a distance, which come next in order. Returns a free one, or NOWHERE. */
static int32_t settle(struct matrix *m, int32_t now, int32_t *n)
{
	for (int32_t b = 0; b < m->width; b += BLOCK) {
		for (int32_t h = b; h < b + BLOCK && m->best[b / BLOCK] == now; h++) {
			if (m->distance[h] != now)
				continue;
			if (m->seeker[h] == NOWHERE)
				return h;
			m->order[(*n)++] = h;
			m->reached[h] = now;
			m->distance[h] = UNREACHED;
			m->cost[h] = SHUT;
		}
	}
	return NOWHERE;
}

/** Passes hosts on along the path to a free one. By which seeker a host was reached is looked for only here: by one that was settled before it. */
static void pass_on(struct matrix *m, int32_t source, int32_t target, int32_t distance, int32_t n)
{
	for (int32_t host = target, k = n;;) {
		const int32_t fare = distance - m->price[host];
		int32_t seeker = source;
		for (k--; k >= 0; k--) {
			seeker = m->seeker[m->order[k]];
			if (m->base[k] - matrix_row(m, seeker)[host] == fare)
				break;
		}
		pair(m, k < 0 ? source : seeker, host);
		if (k < 0)
			return;
		host = m->order[k];
		distance = m->reached[host];
	}
}

/** Shortest path from an idle seeker to a free host; moves prices and passes hosts on along it. */
static void augment(struct matrix *m, int32_t source)
{
	int32_t n = 0, now = 0, target = NOWHERE;
	memcpy(m->cost, m->price, (size_t)m->width * sizeof *m->cost);
	for (int32_t h = 0; h < m->width; h++)
		m->distance[h] = UNREACHED;
	int32_t least = relax(m, source, 0), at = 0;
	for (;; at++) {
		if (at == n || least == now) {
			now = least;
			target = settle(m, now, &n);
		}
		if (target != NOWHERE)
			break;
		const int32_t via = m->order[at], seeker = m->seeker[via];
		m->base[at] = now + matrix_row(m, seeker)[via] - m->price[via];
		least = relax(m, seeker, m->base[at]);
	}
	pass_on(m, source, target, now, at);
	for (int32_t k = 0; k < n; k++)
		m->price[m->order[k]] += now - m->reached[m->order[k]];
}

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
	for (int32_t s = 0; s < m->n_seekers; s++)
		m->host[s] = NOWHERE;
	for (int32_t h = 0; h < m->width; h++) {
		m->seeker[h] = NOWHERE;
		m->order[h] = 0;
		m->price[h] = h < m->n_hosts ? 0 : SHUT;
	}
	reduce_hosts(m);
	reduce_seekers(m);
	if (m->n_hosts == m->n_seekers && list_idle(m) > m->n_seekers / IDLE) {
		hold_auction(m);
		reduce_seekers(m);
	}
	const int32_t n = list_idle(m);
	k->total = k->share = m->n_seekers;
	for (int32_t i = 0; i < n; i++) {
		if (i % 16 == 0 && !goes_on(k, m->n_seekers - n + i, m->n_seekers))
			return MENTOR_ASSIGN_CANCELLED;
		augment(m, m->idle[i]);
	}
	level_prices(m);
	return MENTOR_ASSIGN_OK;
}
