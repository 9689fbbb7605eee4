/* assign_search.c: shortest augmenting paths, which make a choice and its prices exact. */
#include "assign_internal.h"

#include <assert.h>

enum {
	WIDTH = 4,          /* children of a node of the heap */
	PROGRESS_STEP = 64, /* searches between two calls of progress(): a fraction of a second even on large input */
};

/* ---- heap by distance ---- */

static void heap_put(struct market *m, int32_t at, int32_t node)
{
	m->heap[at] = node;
	m->heap_at[node] = at;
}

void heap_rise(struct market *m, int32_t at, int32_t node)
{
	while (at > 0 && m->distance[m->heap[(at - 1) / WIDTH]] > m->distance[node]) {
		heap_put(m, at, m->heap[(at - 1) / WIDTH]);
		at = (at - 1) / WIDTH;
	}
	heap_put(m, at, node);
}

void heap_sink(struct market *m, int32_t at, int32_t node)
{
	for (int32_t first = WIDTH * at + 1; first < m->n_heap; first = WIDTH * at + 1) {
		const int32_t end = first + WIDTH < m->n_heap ? first + WIDTH : m->n_heap;
		int32_t child = first;
		for (int32_t i = first + 1; i < end; i++)
			if (m->distance[m->heap[i]] < m->distance[m->heap[child]])
				child = i;
		if (m->distance[m->heap[child]] >= m->distance[node])
			break;
		heap_put(m, at, m->heap[child]);
		at = child;
	}
	heap_put(m, at, node);
}

int32_t heap_pop(struct market *m)
{
	const int32_t top = m->heap[0], last = m->heap[--m->n_heap];
	if (m->n_heap > 0)
		heap_sink(m, 0, last);
	return top;
}

/* ---- one path ---- */

/** The search, at distance `now`, can be at `node` after `distance`. */
static void reach(struct market *m, int32_t node, int64_t distance, int64_t now, int32_t from, int32_t via)
{
	const bool first = m->distance[node] == FAR;
	if (distance >= m->distance[node])
		return;
	m->distance[node] = distance;
	m->from[node] = from;
	m->via[node] = via;
	if (first) {
		m->touched[m->n_touched++] = node;
		if (distance == now) {
			m->stack[m->n_stack++] = node;
			return;
		}
		m->heap_at[node] = m->n_heap++;
	}
	heap_rise(m, m->heap_at[node], node);
}

static void reach_host(struct market *m, int32_t host, int64_t distance, int64_t now, int32_t from, int32_t via)
{
	if (distance >= m->best)
		return;
	if (m->hosts[host].n_held == m->hosts[host].places) {
		reach(m, host, distance, now, from, via);
		return;
	}
	m->best = distance;
	m->target = host;
	m->from[host] = from;
	m->via[host] = via;
}

static void scan_seeker(struct market *m, int32_t node, int64_t now)
{
	const int32_t seeker = node - m->n_hosts;
	const int64_t base = now + m->price[node];
	for (int32_t a = m->seekers[seeker].start; a < m->seekers[seeker].open; a++) {
		const int64_t distance = base - m->arcs[a].score + m->price[m->arcs[a].host];
		if (distance < m->best && m->arcs[a].held == NOWHERE)
			reach_host(m, m->arcs[a].host, distance, now, node, a);
	}
}

static void scan_nobody(struct market *m, int64_t now)
{
	const int64_t base = now + m->price[m->nobody];
	for (int32_t h = 0; h < m->n_hosts; h++)
		if (!m->hosts[h].firm && m->hosts[h].n_nobody < m->hosts[h].places)
			reach_host(m, h, base + m->price[h], now, m->nobody, NOWHERE);
}

static void scan_host(struct market *m, int32_t host, int64_t now)
{
	const int64_t base = now - m->price[host];
	for (int32_t i = 0; i < m->hosts[host].n_held; i++) {
		const struct slot *s = &m->slots[m->hosts[host].slot_start + i];
		const int32_t node = m->n_hosts + s->seeker;
		const int64_t distance = base + (s->arc == NOWHERE ? 0 : m->arcs[s->arc].score) - m->price[node];
		if (distance < m->best)
			reach(m, node, distance, now, host, s->arc);
	}
}

static void scan(struct market *m, int32_t node)
{
	const int64_t now = m->distance[node];
	if (node < m->n_hosts)
		scan_host(m, node, now);
	else if (node < m->nobody)
		scan_seeker(m, node, now);
	else
		scan_nobody(m, now);
}

/** Shortest path from a seeker to a host with room; there always is one, because a matching that fills every seeker exists. Then moves the prices
 * so that the path costs nothing and what always holds still does. */
static void search(struct market *m, int32_t source)
{
	m->best = FAR;
	m->target = NOWHERE;
	m->n_heap = m->n_stack = m->n_touched = 0;
	reach(m, source, 0, 0, NOWHERE, NOWHERE);
	while (m->n_stack > 0 || (m->n_heap > 0 && m->distance[m->heap[0]] < m->best)) {
		const int32_t node = m->n_stack > 0 ? m->stack[--m->n_stack] : heap_pop(m);
		if (m->distance[node] >= m->best)
			break;
		scan(m, node);
	}
	assert(m->target >= 0);
	for (int32_t i = 0; i < m->n_touched; i++) {
		const int32_t node = m->touched[i];
		const int64_t change = m->distance[node] < m->best ? m->best - m->distance[node] : 0;
		m->price[node] += node < m->n_hosts ? change : -change;
		m->distance[node] = FAR;
	}
}

/** Passes places on along the path that was found. */
static void augment(struct market *m)
{
	int32_t host = m->target;
	for (;;) {
		const int32_t node = m->from[host], arc = m->via[host];
		market_hold(m, host, node - m->n_hosts, arc);
		host = m->from[node];
		if (host == NOWHERE)
			return;
		market_release(m, host, node - m->n_hosts, m->via[node]);
	}
}

/* ---- prices as they must be ---- */

/** Prices a seeker by the best of its free arcs, lets go of held ones that are worth less, and takes what is worth as much and has room. */
static void settle_seeker(struct market *m, int32_t seeker)
{
	const int32_t start = m->seekers[seeker].start, end = m->seekers[seeker].open;
	int64_t *price = &m->price[m->n_hosts + seeker];
	int64_t free = -FAR, held = FAR;
	for (int32_t a = start; a < end; a++) {
		const int64_t worth = m->arcs[a].score - m->price[m->arcs[a].host];
		if (m->arcs[a].held == NOWHERE)
			free = worth > free ? worth : free;
		else
			held = worth < held ? worth : held;
	}
	*price = free > -FAR ? free : held < FAR ? held : 0;
	for (int32_t a = start; a < end && held < *price; a++)
		if (m->arcs[a].held != NOWHERE && market_gain(m, seeker, a) < 0)
			market_release(m, m->arcs[a].host, seeker, a);
}

static void fill_seeker(struct market *m, int32_t seeker)
{
	for (int32_t a = m->seekers[seeker].start; a < m->seekers[seeker].open && m->seekers[seeker].lack > 0; a++) {
		const int32_t host = m->arcs[a].host;
		if (m->arcs[a].held == NOWHERE && m->hosts[host].n_held < m->hosts[host].places && market_gain(m, seeker, a) == 0)
			market_hold(m, host, seeker, a);
	}
}

/** The same for nobody, whose every arc is worth the host's price less than nothing. */
static void settle_nobody(struct market *m)
{
	int64_t lowest = FAR, highest = 0;
	const int32_t nobody = m->nobody - m->n_hosts;
	for (int32_t h = 0; h < m->n_hosts; h++) {
		if (m->hosts[h].firm || m->hosts[h].places == 0)
			continue;
		highest = m->price[h] > highest ? m->price[h] : highest;
		if (m->hosts[h].n_nobody < m->hosts[h].places && m->price[h] < lowest)
			lowest = m->price[h];
	}
	lowest = lowest < FAR ? lowest : highest;
	m->price[m->nobody] = -lowest;
	for (int32_t h = 0; h < m->n_hosts; h++) {
		while (m->price[h] > lowest && m->hosts[h].n_nobody > 0)
			market_release(m, h, nobody, NOWHERE);
		while (!m->hosts[h].firm && m->price[h] <= lowest && m->hosts[h].n_held < m->hosts[h].places && m->seekers[nobody].lack > 0)
			market_hold(m, h, nobody, NOWHERE);
	}
}

enum mentor_assign_status market_repair(struct market *m, struct clock *k)
{
	int32_t n = 0;
	for (int32_t s = 0; s < m->n_seekers; s++)
		settle_seeker(m, s);
	for (int32_t s = 0; s < m->n_seekers; s++)
		fill_seeker(m, s);
	settle_nobody(m);
	for (int32_t s = 0; s <= m->n_seekers; s++) {
		while (m->seekers[s].lack > 0) {
			if (n++ % PROGRESS_STEP == 0 && !goes_on(k, m->n_seekers + s, 2 * (int64_t)m->n_seekers))
				return MENTOR_ASSIGN_CANCELLED;
			search(m, m->n_hosts + s);
			augment(m);
		}
	}
	return MENTOR_ASSIGN_OK;
}
