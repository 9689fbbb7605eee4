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
	m->edge = carve(l, n_arcs, sizeof *m->edge);
	m->slots = carve(l, n_slots, sizeof *m->slots);
	m->hosts = carve(l, n_nodes, sizeof *m->hosts);
	m->seekers = carve(l, n_nodes, sizeof *m->seekers);
	m->price = carve(l, n_nodes, sizeof *m->price);
	m->distance = carve(l, n_nodes, sizeof *m->distance);
	int32_t **const by_node[] = { &m->graph_node, &m->via, &m->from, &m->heap, &m->heap_at, &m->stack, &m->touched };
	for (size_t i = 0; i < sizeof by_node / sizeof *by_node; i++)
		*by_node[i] = carve(l, n_nodes, sizeof **by_node[i]);
}

void market_hold(struct market *m, int32_t host, int32_t seeker, int32_t arc)
{
	const int32_t at = m->hosts[host].slot_start + m->hosts[host].n_held++;
	m->slots[at] = (struct slot){ 0, arc, seeker };
	m->seekers[seeker].lack--;
	if (arc == NOWHERE)
		m->hosts[host].n_nobody++;
	else
		m->arcs[arc].held = at;
}

void market_release(struct market *m, int32_t host, int32_t seeker, int32_t arc)
{
	const int32_t last = m->hosts[host].slot_start + --m->hosts[host].n_held;
	int32_t at = arc == NOWHERE ? m->hosts[host].slot_start : m->arcs[arc].held;
	while (m->slots[at].arc != arc)
		at++;
	m->slots[at] = m->slots[last];
	if (m->slots[at].arc != NOWHERE)
		m->arcs[m->slots[at].arc].held = at;
	m->seekers[seeker].lack++;
	if (arc == NOWHERE)
		m->hosts[host].n_nobody--;
	else
		m->arcs[arc].held = NOWHERE;
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
	m->hosts[0].slot_start = m->seekers[0].start = 0;
	for (int32_t h = 0; h < m->n_hosts; h++) {
		const int32_t node = m->graph_node[h];
		m->hosts[h].places = least(g->capacity[node], g->next[node] + 1);
		m->hosts[h + 1].slot_start = m->hosts[h].slot_start + m->hosts[h].places;
		m->hosts[h].n_held = m->hosts[h].n_nobody = 0;
		m->hosts[h].firm = false;
		spare += m->hosts[h].places;
	}
	for (int32_t s = 0; s < m->n_seekers; s++) {
		const int32_t node = m->graph_node[m->n_hosts + s];
		m->seekers[s + 1].start = m->seekers[s].start + g->next[node];
		m->seekers[s].need = m->seekers[s].lack = g->capacity[node];
		spare -= m->seekers[s].need;
	}
	m->seekers[m->n_seekers].need = m->seekers[m->n_seekers].lack = spare;
}

/** Nobody takes what places are left over. */
static void hold_spare(struct market *m)
{
	for (int32_t h = 0; h < m->n_hosts; h++)
		while (!m->hosts[h].firm && m->hosts[h].n_held < m->hosts[h].places && m->seekers[m->n_seekers].lack > 0)
			market_hold(m, h, m->n_seekers, NOWHERE);
}

void market_swap(struct market *m, int32_t a, int32_t b)
{
	const struct arc arc = m->arcs[a];
	const int32_t edge = m->edge[a];
	m->arcs[a] = m->arcs[b];
	m->edge[a] = m->edge[b];
	m->arcs[b] = arc;
	m->edge[b] = edge;
	if (m->arcs[a].held != NOWHERE)
		m->slots[m->arcs[a].held].arc = a;
	if (m->arcs[b].held != NOWHERE)
		m->slots[m->arcs[b].held].arc = b;
}

/** Arcs to hosts whose places are all settled go to the end of their seeker's. */
static void close_arcs(struct market *m)
{
	for (int32_t s = 0; s < m->n_seekers; s++) {
		int32_t end = m->seekers[s + 1].start;
		for (int32_t a = m->seekers[s].start; a < end;) {
			if (m->hosts[m->arcs[a].host].places > 0)
				a++;
			else
				market_swap(m, a, --end);
		}
		m->seekers[s].open = end;
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
	for (int32_t s = 0; s < m->n_seekers; s++)
		m->seekers[s].open = m->seekers[s].start;
	for (int32_t e = 0; e < g->n_edges; e++) {
		const int32_t row = g->row[e], column = g->n_rows + g->column[e];
		if (!is_in(g, row, part) || !is_in(g, column, part))
			continue;
		const int32_t host = g->queue[rows_seek ? column : row];
		const int32_t seeker = g->queue[rows_seek ? row : column] - m->n_hosts;
		const int32_t a = m->seekers[seeker].open++;
		m->arcs[a] = (struct arc){ 0, host, NOWHERE };
		m->edge[a] = e;
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
		m->hosts[h].n_held = m->hosts[h].n_nobody = 0;
	for (int32_t a = 0; a < m->seekers[m->n_seekers].start; a++)
		m->arcs[a].held = NOWHERE;
	for (int32_t s = 0; s <= m->n_seekers; s++)
		m->seekers[s].lack = m->seekers[s].need;
}

static int64_t find_spread(const struct market *m)
{
	int64_t low = FAR, high = -FAR;
	for (int32_t s = 0; s < m->n_seekers; s++)
		for (int32_t a = m->seekers[s].start; a < m->seekers[s].open; a++) {
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
		if (m->hosts[h].places == 0 || (!m->hosts[h].firm && m->price[h] < 0))
			m->price[h] = 0;
	}
	for (int32_t s = 0; s < m->n_seekers; s++)
		for (int32_t a = m->seekers[s].open; a < m->seekers[s + 1].start; a++) {
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
	g->chosen[g->candidate[m->edge[arc]]] = true;
	market_release(m, host, seeker, arc);
	m->hosts[host].places--;
	m->seekers[seeker].need--;
	m->seekers[seeker].lack--;
}

/** Keeps the arcs that `keeps` says; of the rest, chooses those that are held. */
static void keep_arcs(struct market *m, struct graph *g, bool (*keeps)(const struct market *m, int32_t seeker, int32_t arc))
{
	int32_t n = 0;
	for (int32_t s = 0; s < m->n_seekers; s++) {
		const int32_t start = m->seekers[s].start, end = m->seekers[s + 1].start;
		m->seekers[s].start = n;
		for (int32_t a = start; a < end; a++) {
			if (keeps(m, s, a)) {
				m->arcs[n] = m->arcs[a];
				m->edge[n] = m->edge[a];
				if (m->arcs[n].held != NOWHERE)
					m->slots[m->arcs[n].held].arc = n;
				n++;
			} else if (m->arcs[a].held != NOWHERE) {
				choose(m, g, s, a);
			}
		}
	}
	m->seekers[m->n_seekers].start = n;
	close_arcs(m);
}

static bool gains_nothing(const struct market *m, int32_t seeker, int32_t arc)
{
	return market_gain(m, seeker, arc) == 0;
}

void market_restrict(struct market *m, struct graph *g)
{
	for (int32_t h = 0; h < m->n_hosts; h++)
		m->hosts[h].firm = m->hosts[h].firm || m->price[h] > 0;
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
		return *at < m->hosts[node].n_held ? m->n_hosts + m->slots[m->hosts[node].slot_start + (*at)++].seeker : NOWHERE;
	if (node == m->nobody) {
		for (; *at < m->n_hosts; ++*at)
			if (!m->hosts[*at].firm && m->hosts[*at].n_nobody < m->hosts[*at].places)
				return (*at)++;
		return NOWHERE;
	}
	for (; *at < m->seekers[node - m->n_hosts].open; ++*at)
		if (m->arcs[*at].held == NOWHERE)
			return m->arcs[(*at)++].host;
	return NOWHERE;
}

/** What a search for circles keeps: when each node was seen (0: not yet) and the earliest that it leads back to. */
struct circles {
	int32_t *seen, *back, *path, n_path, *open, n_open, now;
};

static void enter(struct market *m, struct circles *c, int32_t node)
{
	m->via[node] = node >= m->n_hosts && node < m->nobody ? m->seekers[node - m->n_hosts].start : 0;
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
		if (m->hosts[h].firm || m->distance[h] == m->distance[m->nobody])
			continue;
		while (m->hosts[h].n_nobody > 0) {
			market_release(m, h, m->n_seekers, NOWHERE);
			m->hosts[h].places--;
			m->seekers[m->n_seekers].need--;
			m->seekers[m->n_seekers].lack--;
		}
		m->hosts[h].firm = true;
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
	return m->seekers[m->n_seekers].start > 0;
}
