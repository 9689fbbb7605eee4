/* assign_matrix.c: small problems in which everybody may be paired with everybody: shortest augmenting paths on the whole matrix. */
#include "assign_internal.h"

#include <string.h>

void matrix_layout(struct matrix *m, struct layout *l)
{
	m->score = carve(l, (int64_t)m->n_seekers * m->n_hosts, sizeof *m->score);
	m->price = carve(l, m->n_hosts, sizeof *m->price);
	m->distance = carve(l, m->n_hosts, sizeof *m->distance);
	m->own = carve(l, m->n_seekers, sizeof *m->own);
	m->host = carve(l, m->n_seekers, sizeof *m->host);
	m->seeker = carve(l, m->n_hosts, sizeof *m->seeker);
	m->from = carve(l, m->n_hosts, sizeof *m->from);
	m->order = carve(l, m->n_hosts, sizeof *m->order);
	m->idle = carve(l, m->n_seekers, sizeof *m->idle);
}

static const int64_t *scores_of(const struct matrix *m, int32_t seeker)
{
	return &m->score[(size_t)seeker * (size_t)m->n_hosts];
}

static void pair(struct matrix *m, int32_t seeker, int32_t host)
{
	m->seeker[host] = seeker;
	m->host[seeker] = host;
}

/** Where every host will be taken its price may begin at its best score; who offers that and is idle gets it. */
static void reduce_hosts(struct matrix *m)
{
	for (int32_t h = 0; h < m->n_hosts && m->n_hosts == m->n_seekers; h++)
		m->price[h] = scores_of(m, 0)[h];
	for (int32_t h = 0; h < m->n_hosts; h++)
		m->order[h] = 0;
	for (int32_t s = 1; s < m->n_seekers && m->n_hosts == m->n_seekers; s++) {
		const int64_t *score = scores_of(m, s);
		for (int32_t h = 0; h < m->n_hosts; h++)
			if (score[h] > m->price[h]) {
				m->price[h] = score[h];
				m->order[h] = s;
			}
	}
	for (int32_t h = m->n_hosts - 1; h >= 0 && m->n_hosts == m->n_seekers; h--)
		if (m->host[m->order[h]] == NOWHERE)
			pair(m, m->order[h], h);
}

/** Gives a seeker its best host and raises the price to where the second best is as good. Returns who had it, or NOWHERE. */
static int32_t outbid(struct matrix *m, int32_t seeker, bool *ret_raised)
{
	const int64_t *score = scores_of(m, seeker);
	int64_t best = -FAR, second = -FAR;
	int32_t host = NOWHERE, other = NOWHERE;
	for (int32_t h = 0; h < m->n_hosts; h++) {
		const int64_t worth = score[h] - m->price[h];
		if (worth <= second)
			continue;
		if (worth <= best) {
			second = worth;
			other = h;
			continue;
		}
		second = best;
		other = host;
		best = worth;
		host = h;
	}
	*ret_raised = other != NOWHERE && best > second;
	if (*ret_raised)
		m->price[host] += best - second;
	else if (other != NOWHERE && m->seeker[host] != NOWHERE)
		host = other;
	const int32_t old = m->seeker[host];
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
				seeker = outbid(m, seeker, &raised);
		}
	}
}

/** Moves the hosts at the least distance from `low` on to the front of those not reached. Returns where they end. */
static int32_t gather(struct matrix *m, int32_t low)
{
	int32_t up = low;
	int64_t least = FAR;
	for (int32_t k = low; k < m->n_hosts; k++) {
		const int32_t h = m->order[k];
		if (m->distance[h] > least)
			continue;
		if (m->distance[h] < least) {
			least = m->distance[h];
			up = low;
		}
		m->order[k] = m->order[up];
		m->order[up++] = h;
	}
	return up;
}

static int32_t find_free(const struct matrix *m, int32_t low, int32_t up)
{
	for (int32_t k = low; k < up; k++)
		if (m->seeker[m->order[k]] == NOWHERE)
			return m->order[k];
	return NOWHERE;
}

/** Shortens distances by way of a host that is as near as can be. Returns a free host that is as near, or NOWHERE. */
static int32_t relax(struct matrix *m, int32_t via, int32_t *up)
{
	const int32_t seeker = m->seeker[via];
	const int64_t *score = scores_of(m, seeker), now = m->distance[via], base = now + score[via] - m->price[via];
	for (int32_t k = *up; k < m->n_hosts; k++) {
		const int32_t h = m->order[k];
		const int64_t distance = base - score[h] + m->price[h];
		if (distance >= m->distance[h])
			continue;
		m->distance[h] = distance;
		m->from[h] = seeker;
		if (distance > now)
			continue;
		if (m->seeker[h] == NOWHERE)
			return h;
		m->order[k] = m->order[*up];
		m->order[(*up)++] = h;
	}
	return NOWHERE;
}

/** Shortest path from an idle seeker to a free host; moves prices and passes hosts on along it. */
static void augment(struct matrix *m, int32_t source)
{
	const int64_t *score = scores_of(m, source);
	int32_t low = 0, up = 0, last = 0, target = NOWHERE;
	for (int32_t h = 0; h < m->n_hosts; h++) {
		m->distance[h] = m->price[h] - score[h];
		m->from[h] = source;
		m->order[h] = h;
	}
	while (target == NOWHERE) {
		if (low == up) {
			last = low;
			up = gather(m, low);
			target = find_free(m, low, up);
		}
		while (target == NOWHERE && low < up)
			target = relax(m, m->order[low++], &up);
	}
	for (int32_t k = 0; k < last; k++)
		m->price[m->order[k]] += m->distance[target] - m->distance[m->order[k]];
	for (int32_t h = target, seeker; h != NOWHERE;) {
		seeker = m->from[h];
		const int32_t old = m->host[seeker];
		pair(m, seeker, h);
		h = seeker == source ? NOWHERE : old;
	}
}

enum mentor_assign_status matrix_solve(struct matrix *m, struct clock *k)
{
	for (int32_t s = 0; s < m->n_seekers; s++)
		m->host[s] = NOWHERE;
	for (int32_t h = 0; h < m->n_hosts; h++)
		m->seeker[h] = NOWHERE;
	reduce_hosts(m);
	reduce_seekers(m);
	const int32_t n = list_idle(m);
	k->total = k->share = m->n_seekers;
	for (int32_t i = 0; i < n; i++) {
		if (i % 16 == 0 && !goes_on(k, m->n_seekers - n + i, m->n_seekers))
			return MENTOR_ASSIGN_CANCELLED;
		augment(m, m->idle[i]);
	}
	int64_t lowest = 0;
	if (m->n_hosts == m->n_seekers)
		for (int32_t h = 0; h < m->n_hosts; h++)
			lowest = h == 0 || m->price[h] < lowest ? m->price[h] : lowest;
	for (int32_t h = 0; h < m->n_hosts; h++)
		m->price[h] -= lowest;
	for (int32_t s = 0; s < m->n_seekers; s++)
		m->own[s] = scores_of(m, s)[m->host[s]] - m->price[m->host[s]];
	return MENTOR_ASSIGN_OK;
}
