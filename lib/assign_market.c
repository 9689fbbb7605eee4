/* assign_market.c: the market that a part of the split makes, and what is left of it from level to level. */
#include "assign_internal.h"

#include <string.h>

void market_layout(struct market *m, const struct mentor_assign_problem *p, struct layout *l)
{
	const int64_t n_nodes = (int64_t)p->n_rows + p->n_columns + 1, n_arcs = p->n_candidates;
	int64_t row_places = 0, column_places = 0;
	for (int32_t i = 0; i < p->n_rows; i++)
		row_places += places_of(p->row_places, i);
	for (int32_t i = 0; i < p->n_columns; i++)
		column_places += places_of(p->column_places, i);
	int64_t n_slots = row_places > column_places ? row_places : column_places;
	n_slots = n_slots < n_arcs + n_nodes ? n_slots : n_arcs + n_nodes;
	m->arcs = carve(l, n_arcs, sizeof *m->arcs);
	m->held_at = carve(l, n_arcs, sizeof *m->held_at);
	m->slots = carve(l, n_slots, sizeof *m->slots);
	m->price = carve(l, n_nodes, sizeof *m->price);
	m->bound = carve(l, n_nodes, sizeof *m->bound);
	m->distance = carve(l, n_nodes, sizeof *m->distance);
	int32_t **const by_node[] = { &m->graph_node, &m->arc_start, &m->arc_open, &m->slot_start, &m->n_held, &m->n_nobody,
		&m->places, &m->need, &m->lack, &m->via, &m->from, &m->heap, &m->heap_at, &m->stack, &m->touched };
	for (size_t i = 0; i < sizeof by_node / sizeof *by_node; i++)
		*by_node[i] = carve(l, n_nodes + 1, sizeof **by_node[i]);
	m->firm = carve(l, n_nodes, sizeof *m->firm);
	m->queued = carve(l, n_nodes, sizeof *m->queued);
}

void market_hold(struct market *m, int32_t host, int32_t seeker, int32_t arc)
{
	const int32_t at = m->slot_start[host] + m->n_held[host]++;
	m->slots[at] = (struct slot){ 0, arc, seeker };
	m->lack[seeker]--;
	if (arc == NOWHERE)
		m->n_nobody[host]++;
	else
		m->held_at[arc] = at;
}

void market_release(struct market *m, int32_t host, int32_t seeker, int32_t arc)
{
	const int32_t last = m->slot_start[host] + --m->n_held[host];
	int32_t at = arc == NOWHERE ? m->slot_start[host] : m->held_at[arc];
	while (m->slots[at].arc != arc)
		at++;
	m->slots[at] = m->slots[last];
	if (m->slots[at].arc != NOWHERE)
		m->held_at[m->slots[at].arc] = at;
	m->lack[seeker]++;
	if (arc == NOWHERE)
		m->n_nobody[host]--;
	else
		m->held_at[arc] = NOWHERE;
}

int64_t market_gain(const struct market *m, int32_t seeker, int32_t arc)
{
	return m->arcs[arc].score - m->price[m->arcs[arc].host] - m->price[m->n_hosts + seeker];
}

/* ---- from the graph ---- */

static bool is_in(const struct graph *g, int32_t node, enum part part)
{
	return (g->level[node] != NOWHERE) == (part == SHORT);
}

/** Numbers the nodes of the part that have edges: those of one side from `n` on. */
static int32_t number_nodes(struct market *m, struct graph *g, bool rows, int32_t n)
{
	const int32_t start = rows ? 0 : g->n_rows, end = rows ? g->n_rows : g->n_nodes;
	for (int32_t i = start; i < end; i++) {
		if (g->next[i] == 0)
			continue;
		m->graph_node[n] = i;
		g->queue[i] = n++;
	}
	return n;
}

static int32_t least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/** One place more than arcs is as good as any number: nobody always has it, and its price stays zero. */
static void count_places(struct market *m, const struct graph *g)
{
	int32_t spare = 0;
	m->slot_start[0] = m->arc_start[0] = 0;
	for (int32_t h = 0; h < m->n_hosts; h++) {
		const int32_t node = m->graph_node[h];
		m->places[h] = least(g->capacity[node], g->next[node] + 1);
		m->slot_start[h + 1] = m->slot_start[h] + m->places[h];
		m->n_held[h] = m->n_nobody[h] = 0;
		m->firm[h] = false;
		spare += m->places[h];
	}
	for (int32_t s = 0; s < m->n_seekers; s++) {
		const int32_t node = m->graph_node[m->n_hosts + s];
		m->arc_start[s + 1] = m->arc_start[s] + g->next[node];
		m->need[s] = m->lack[s] = g->capacity[node];
		spare -= m->need[s];
	}
	m->need[m->n_seekers] = m->lack[m->n_seekers] = spare;
}

/** Nobody takes what places are left over. */
static void hold_spare(struct market *m)
{
	for (int32_t h = 0; h < m->n_hosts; h++)
		while (!m->firm[h] && m->n_held[h] < m->places[h] && m->lack[m->n_seekers] > 0)
			market_hold(m, h, m->n_seekers, NOWHERE);
}

/** Arcs to hosts whose places are all settled go to the end of their seeker's. */
static void close_arcs(struct market *m)
{
	for (int32_t s = 0; s < m->n_seekers; s++) {
		int32_t end = m->arc_start[s + 1];
		for (int32_t a = m->arc_start[s]; a < end;) {
			if (m->places[m->arcs[a].host] > 0) {
				a++;
				continue;
			}
			const struct arc closed = m->arcs[a];
			m->arcs[a] = m->arcs[--end];
			m->arcs[end] = closed;
			m->held_at[a] = m->held_at[end];
			m->held_at[end] = NOWHERE;
			if (m->held_at[a] != NOWHERE)
				m->slots[m->held_at[a]].arc = a;
		}
		m->arc_open[s] = end;
	}
}

void market_load(struct market *m, struct graph *g, enum part part)
{
	const bool rows_seek = part == RICH;
	memset(g->next, 0, (size_t)g->n_nodes * sizeof *g->next);
	for (int32_t e = 0; e < g->n_edges; e++) {
		if (!is_in(g, g->row[e], part) || !is_in(g, g->n_rows + g->column[e], part))
			continue;
		g->next[g->row[e]]++;
		g->next[g->n_rows + g->column[e]]++;
	}
	m->n_hosts = number_nodes(m, g, !rows_seek, 0);
	m->nobody = number_nodes(m, g, rows_seek, m->n_hosts);
	m->n_seekers = m->nobody - m->n_hosts;
	m->n_nodes = m->nobody + 1;
	count_places(m, g);
	memcpy(m->arc_open, m->arc_start, (size_t)m->n_seekers * sizeof *m->arc_open);
	for (int32_t e = 0; e < g->n_edges; e++) {
		const int32_t row = g->row[e], column = g->n_rows + g->column[e];
		if (!is_in(g, row, part) || !is_in(g, column, part))
			continue;
		const int32_t host = g->queue[rows_seek ? column : row];
		const int32_t seeker = g->queue[rows_seek ? row : column] - m->n_hosts;
		const int32_t a = m->arc_open[seeker]++;
		m->arcs[a] = (struct arc){ 0, host, e };
		m->held_at[a] = NOWHERE;
		if (g->taken[e])
			market_hold(m, host, seeker, a);
	}
	for (int32_t i = 0; i < m->n_nodes; i++)
		m->distance[i] = FAR;
	hold_spare(m);
	close_arcs(m);
}

/* ---- one level ---- */

static void release_all(struct market *m)
{
	for (int32_t h = 0; h < m->n_hosts; h++)
		m->n_held[h] = m->n_nobody[h] = 0;
	for (int32_t a = 0; a < m->arc_start[m->n_seekers]; a++)
		m->held_at[a] = NOWHERE;
	memcpy(m->lack, m->need, ((size_t)m->n_seekers + 1) * sizeof *m->lack);
}

static int64_t find_spread(const struct market *m)
{
	int64_t low = FAR, high = -FAR;
	for (int32_t s = 0; s < m->n_seekers; s++)
		for (int32_t a = m->arc_start[s]; a < m->arc_open[s]; a++) {
			low = m->arcs[a].score < low ? m->arcs[a].score : low;
			high = m->arcs[a].score > high ? m->arcs[a].score : high;
		}
	return high > low ? high - low : 0;
}

/** Makes the price of nobody zero. A host that only nobody holds costs nothing; one whose places are all settled costs as much as it takes to
 * keep everybody else away. */
static void level_prices(struct market *m)
{
	const int64_t shift = m->price[m->nobody];
	for (int32_t s = 0; s < m->n_seekers; s++)
		m->price[m->n_hosts + s] -= shift;
	for (int32_t h = 0; h < m->n_hosts; h++) {
		m->price[h] += shift;
		if (m->places[h] == 0 || (!m->firm[h] && m->price[h] < 0))
			m->price[h] = 0;
	}
	for (int32_t s = 0; s < m->n_seekers; s++)
		for (int32_t a = m->arc_open[s]; a < m->arc_start[s + 1]; a++) {
			const int64_t gain = market_gain(m, s, a);
			m->price[m->arcs[a].host] += gain > 0 ? gain : 0;
		}
}

enum mentor_assign_status market_solve(struct market *m, struct clock *k)
{
	m->spread = find_spread(m);
	memset(m->price, 0, (size_t)m->n_nodes * sizeof *m->price);
	enum mentor_assign_status status = MENTOR_ASSIGN_OK;
	if (m->spread > 0) {
		release_all(m);
		status = market_auction(m, k);
	}
	if (status == MENTOR_ASSIGN_OK)
		status = market_repair(m, k);
	if (status == MENTOR_ASSIGN_OK)
		level_prices(m);
	return status;
}

/* ---- from level to level ---- */

/** Chooses a held arc for good. */
static void choose(struct market *m, struct graph *g, int32_t seeker, int32_t arc)
{
	const int32_t host = m->arcs[arc].host;
	g->chosen[g->candidate[m->arcs[arc].edge]] = true;
	market_release(m, host, seeker, arc);
	m->places[host]--;
	m->need[seeker]--;
	m->lack[seeker]--;
}

/** Keeps the arcs that `keeps` says; of the rest, chooses those that are held. */
static void keep_arcs(struct market *m, struct graph *g, bool (*keeps)(const struct market *m, int32_t seeker, int32_t arc))
{
	int32_t n = 0;
	for (int32_t s = 0; s < m->n_seekers; s++) {
		const int32_t start = m->arc_start[s], end = m->arc_start[s + 1];
		m->arc_start[s] = n;
		for (int32_t a = start; a < end; a++) {
			if (keeps(m, s, a)) {
				m->arcs[n] = m->arcs[a];
				m->held_at[n] = m->held_at[a];
				if (m->held_at[n] != NOWHERE)
					m->slots[m->held_at[n]].arc = n;
				n++;
			} else if (m->held_at[a] != NOWHERE) {
				choose(m, g, s, a);
			}
		}
	}
	m->arc_start[m->n_seekers] = n;
	close_arcs(m);
}

static bool gains_nothing(const struct market *m, int32_t seeker, int32_t arc)
{
	return market_gain(m, seeker, arc) == 0;
}

void market_restrict(struct market *m, struct graph *g)
{
	for (int32_t h = 0; h < m->n_hosts; h++)
		m->firm[h] = m->firm[h] || m->price[h] > 0;
	keep_arcs(m, g, gains_nothing);
}

static bool never(const struct market *m, int32_t seeker, int32_t arc)
{
	(void)m, (void)seeker, (void)arc;
	return false;
}

void market_choose(struct market *m, struct graph *g)
{
	keep_arcs(m, g, never);
}

/* ---- ties ---- */

/** The next node after `node` on an alternating path, from its arc or slot number via[node] on, or NOWHERE. */
static int32_t successor(struct market *m, int32_t node)
{
	int32_t *at = &m->via[node];
	if (node < m->n_hosts)
		return *at < m->n_held[node] ? m->n_hosts + m->slots[m->slot_start[node] + (*at)++].seeker : NOWHERE;
	if (node == m->nobody) {
		for (; *at < m->n_hosts; ++*at)
			if (!m->firm[*at] && m->n_nobody[*at] < m->places[*at])
				return (*at)++;
		return NOWHERE;
	}
	for (; *at < m->arc_open[node - m->n_hosts]; ++*at)
		if (m->held_at[*at] == NOWHERE)
			return m->arcs[(*at)++].host;
	return NOWHERE;
}

/** What a search for circles keeps: when each node was seen (0: not yet) and the earliest that it leads back to. */
struct circles {
	int32_t *seen, *back, *path, n_path, *open, n_open, now;
};

static void enter(struct market *m, struct circles *c, int32_t node)
{
	m->via[node] = node >= m->n_hosts && node < m->nobody ? m->arc_start[node - m->n_hosts] : 0;
	c->seen[node] = c->back[node] = ++c->now;
	c->path[c->n_path++] = c->open[c->n_open++] = node;
}

/** Depth first from `root`, without recursion: nodes that lead back to each other get the same number in `distance`. */
static void find_circles(struct market *m, struct circles *c, int32_t root)
{
	enter(m, c, root);
	while (c->n_path > 0) {
		const int32_t node = c->path[c->n_path - 1], next = successor(m, node);
		if (next != NOWHERE) {
			if (c->seen[next] == 0)
				enter(m, c, next);
			else if (m->distance[next] == FAR)
				c->back[node] = least(c->back[node], c->seen[next]);
			continue;
		}
		c->n_path--;
		if (c->n_path > 0)
			c->back[c->path[c->n_path - 1]] = least(c->back[c->path[c->n_path - 1]], c->back[node]);
		for (int32_t last = NOWHERE; c->back[node] == c->seen[node] && last != node;) {
			last = c->open[--c->n_open];
			m->distance[last] = node;
		}
	}
}

static bool is_on_circle(const struct market *m, int32_t seeker, int32_t arc)
{
	return m->distance[m->arcs[arc].host] == m->distance[m->n_hosts + seeker];
}

/** What nobody holds at a host that is on no circle with it, stays as it is. */
static void settle_nobody(struct market *m)
{
	for (int32_t h = 0; h < m->n_hosts; h++) {
		if (m->firm[h] || m->distance[h] == m->distance[m->nobody])
			continue;
		while (m->n_nobody[h] > 0) {
			market_release(m, h, m->n_seekers, NOWHERE);
			m->places[h]--;
			m->need[m->n_seekers]--;
			m->lack[m->n_seekers]--;
		}
		m->firm[h] = true;
	}
}

bool market_restrict_to_ties(struct market *m, struct graph *g)
{
	struct circles c = { m->heap_at, m->from, m->heap, 0, m->stack, 0, 0 };
	memset(c.seen, 0, (size_t)m->n_nodes * sizeof *c.seen);
	for (int32_t i = 0; i < m->n_nodes; i++)
		if (c.seen[i] == 0)
			find_circles(m, &c, i);
	settle_nobody(m);
	keep_arcs(m, g, is_on_circle);
	for (int32_t i = 0; i < m->n_nodes; i++)
		m->distance[i] = FAR;
	return m->arc_start[m->n_seekers] > 0;
}
