/* assign.c: largest matching, its split into a short and a rich part, and shortest augmenting paths inside each. */
#include "assign.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
	UNREACHED = -1,
	UNHELD = -1,
	PROGRESS_STEP = 64, /* searches between two calls of progress(): a fraction of a second even on large input */
};

/* ---- memory ------------------------------------------------------------------------------------------------- */

/** Arrays cut from one block. Laid out twice: first without a base to learn the size, then for good. */
struct layout {
	char *base;
	size_t used;
};

static void *carve(struct layout *l, int64_t count, size_t size)
{
	const size_t limit = SIZE_MAX / 2; /* no block is that large, so malloc() refuses it */
	void *at = l->base ? l->base + l->used : NULL;
	if ((uint64_t)count >= (limit - l->used) / size)
		l->used = limit;
	else
		l->used += ((size_t)count * size + 15) & ~(size_t)15;
	return at;
}

/** A zeroed block, NULL when there is no memory; never of zero bytes, for which NULL would be no failure. */
static void *open_block(const struct assign_problem *p, size_t size)
{
	void *block = p->alloc ? p->alloc(size + 1) : malloc(size + 1);
	if (block)
		memset(block, 0, size);
	return block;
}

static bool goes_on(const struct assign_problem *p, int64_t done, int64_t total)
{
	return !p->progress || p->progress(p->progress_data, done, total);
}

/* ---- input -------------------------------------------------------------------------------------------------- */

static int32_t places_of(const int32_t *places, int32_t i)
{
	return places ? places[i] : 1;
}

static bool places_valid(const int32_t *places, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		if (places_of(places, i) < 0)
			return false;
	return true;
}

static bool candidates_valid(const struct assign_problem *p)
{
	int64_t sum = 0;
	for (int32_t i = 0; i < p->n_candidates; i++) {
		const struct assign_candidate *c = &p->candidates[i];
		if (c->row < 0 || c->row >= p->n_rows || c->column < 0 || c->column >= p->n_columns)
			return false;
		if (c->score < -ASSIGN_MAX_SCORE || c->score > ASSIGN_MAX_SCORE)
			return false;
		sum += c->score < 0 ? -c->score : c->score;
		if (sum > ASSIGN_MAX_TOTAL)
			return false;
	}
	return true;
}

static bool pins_valid(const struct assign_problem *p)
{
	for (int32_t i = 0; i < p->n_pins; i++)
		if (p->pins[i] < 0 || p->pins[i] >= p->n_candidates)
			return false;
	return true;
}

/** All that can be seen without sorting. */
static bool problem_valid(const struct assign_problem *p)
{
	if (p->n_rows < 0 || p->n_columns < 0 || p->n_candidates < 0 || p->n_pins < 0)
		return false;
	if ((int64_t)p->n_rows + p->n_columns > ASSIGN_MAX_NODES || p->n_candidates > ASSIGN_MAX_CANDIDATES)
		return false;
	return places_valid(p->row_places, p->n_rows) && places_valid(p->column_places, p->n_columns) &&
	       candidates_valid(p) && pins_valid(p);
}

/* ---- the graph ---------------------------------------------------------------------------------------------- */

struct edge {
	int32_t row, column, candidate;
};

/** Rows are nodes 0 to n_rows - 1, columns follow. Pinned candidates are settled and have no edge. */
struct graph {
	int32_t n_rows, n_nodes, n_edges;
	struct edge *edges;  /* by row, then column: the order of the candidate list leaves no trace */
	bool *chosen;        /* by candidate: in the result, as far as known */
	bool *taken;         /* by edge: in the largest matching */
	int32_t *row_start;  /* where a row's edges begin */
	int32_t *hold_start; /* where a column's taken edges begin in `held` */
	int32_t *held;
	int32_t *n_held;   /* by column */
	int32_t *capacity; /* by node: places that are not settled */
	int32_t *room;     /* by node: places of those without a taken edge */
	int32_t *level;    /* by node: steps of an alternating path from a row with room, or UNREACHED */
	int32_t *next;     /* by node: the edge or hold to try next */
	int32_t *queue;    /* nodes of a breadth-first search, edges of a path */
};

static void graph_layout(struct graph *g, const struct assign_problem *p, struct layout *l)
{
	const int64_t n_nodes = (int64_t)p->n_rows + p->n_columns, n_edges = p->n_candidates;
	g->n_rows = p->n_rows;
	g->n_nodes = (int32_t)n_nodes;
	g->n_edges = p->n_candidates;
	g->edges = carve(l, n_edges, sizeof *g->edges);
	g->chosen = carve(l, n_edges, sizeof *g->chosen);
	g->taken = carve(l, n_edges, sizeof *g->taken);
	g->held = carve(l, n_edges, sizeof *g->held);
	g->row_start = carve(l, (int64_t)p->n_rows + 1, sizeof *g->row_start);
	g->hold_start = carve(l, (int64_t)p->n_columns + 1, sizeof *g->hold_start);
	g->n_held = carve(l, p->n_columns, sizeof *g->n_held);
	g->capacity = carve(l, n_nodes, sizeof *g->capacity);
	g->room = carve(l, n_nodes, sizeof *g->room);
	g->level = carve(l, n_nodes, sizeof *g->level);
	g->next = carve(l, n_nodes, sizeof *g->next);
	g->queue = carve(l, n_nodes, sizeof *g->queue);
}

/** Turns counts, kept one further on, into beginnings. */
static void add_up(int32_t *start, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		start[i + 1] += start[i];
}

/** Sorts the candidates by row, then column, by counting: first by column, then stably by row. */
static void graph_sort(struct graph *g, const struct assign_problem *p)
{
	const struct assign_candidate *c = p->candidates;
	for (int32_t i = 0; i < p->n_candidates; i++) {
		g->row_start[c[i].row + 1]++;
		g->hold_start[c[i].column + 1]++;
	}
	add_up(g->row_start, p->n_rows);
	add_up(g->hold_start, p->n_columns);

	int32_t *at = g->next;
	memcpy(at, g->hold_start, (size_t)p->n_columns * sizeof *at);
	for (int32_t i = 0; i < p->n_candidates; i++)
		g->held[at[c[i].column]++] = i;
	memcpy(at, g->row_start, (size_t)p->n_rows * sizeof *at);
	for (int32_t i = 0; i < p->n_candidates; i++) {
		const int32_t k = g->held[i];
		g->edges[at[c[k].row]++] = (struct edge){ c[k].row, c[k].column, k };
	}
}

static bool graph_has_duplicate(const struct graph *g)
{
	for (int32_t e = 1; e < g->n_edges; e++)
		if (g->edges[e].row == g->edges[e - 1].row && g->edges[e].column == g->edges[e - 1].column)
			return true;
	return false;
}

/** Chooses the pins and takes their places away. */
static enum assign_status graph_pin(struct graph *g, const struct assign_problem *p)
{
	bool fits = true;
	for (int32_t i = 0; i < p->n_pins; i++) {
		const struct assign_candidate *c = &p->candidates[p->pins[i]];
		if (g->chosen[p->pins[i]])
			return ASSIGN_INVALID;
		g->chosen[p->pins[i]] = true;
		fits = --g->capacity[c->row] >= 0 && fits;
		fits = --g->capacity[g->n_rows + c->column] >= 0 && fits;
	}
	return fits ? ASSIGN_OK : ASSIGN_PINS;
}

static int32_t least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/** Leaves out the pinned edges and finds where each row's edges and each column's holds begin. */
static void graph_index(struct graph *g, const struct assign_problem *p)
{
	int32_t n = 0;
	memset(g->row_start, 0, ((size_t)p->n_rows + 1) * sizeof *g->row_start);
	memset(g->hold_start, 0, ((size_t)p->n_columns + 1) * sizeof *g->hold_start);
	for (int32_t i = 0; i < g->n_edges; i++) {
		const struct edge e = g->edges[i];
		if (g->chosen[e.candidate])
			continue;
		g->row_start[e.row + 1]++;
		g->hold_start[e.column + 1]++;
		g->edges[n++] = e;
	}
	g->n_edges = n;
	for (int32_t c = 0; c < p->n_columns; c++)
		g->hold_start[c + 1] = least(g->hold_start[c + 1], g->capacity[g->n_rows + c]);
	add_up(g->row_start, p->n_rows);
	add_up(g->hold_start, p->n_columns);
}

/** Fills in a graph of zeroed arrays. */
static enum assign_status graph_load(struct graph *g, const struct assign_problem *p)
{
	for (int32_t i = 0; i < p->n_rows; i++)
		g->capacity[i] = places_of(p->row_places, i);
	for (int32_t i = 0; i < p->n_columns; i++)
		g->capacity[g->n_rows + i] = places_of(p->column_places, i);
	graph_sort(g, p);
	if (graph_has_duplicate(g))
		return ASSIGN_INVALID;
	const enum assign_status status = graph_pin(g, p);
	if (status != ASSIGN_OK)
		return status;
	graph_index(g, p);
	memcpy(g->room, g->capacity, (size_t)g->n_nodes * sizeof *g->room);
	return ASSIGN_OK;
}

/** Takes an edge whose row and column both have room. */
static void graph_take(struct graph *g, int32_t e)
{
	const int32_t column = g->edges[e].column;
	g->taken[e] = true;
	g->held[g->hold_start[column] + g->n_held[column]++] = e;
	g->room[g->edges[e].row]--;
	g->room[g->n_rows + column]--;
}

/* ---- the largest matching ----------------------------------------------------------------------------------- */

static int32_t reach(struct graph *g, int32_t node, int32_t level, int32_t n_queued)
{
	if (g->level[node] != UNREACHED)
		return n_queued;
	g->level[node] = level;
	g->queue[n_queued] = node;
	return n_queued + 1;
}

/** Breadth first from the queued rows along alternating paths. True when a column with room was reached. */
static bool graph_search(struct graph *g, int32_t n_queued)
{
	bool found = false;
	for (int32_t i = 0; i < n_queued; i++) {
		const int32_t node = g->queue[i], level = g->level[node] + 1;
		if (node < g->n_rows) {
			for (int32_t e = g->row_start[node]; e < g->row_start[node + 1]; e++)
				if (!g->taken[e])
					n_queued = reach(g, g->n_rows + g->edges[e].column, level, n_queued);
			continue;
		}
		const int32_t column = node - g->n_rows;
		found = found || g->room[node] > 0;
		for (int32_t h = 0; h < g->n_held[column]; h++)
			n_queued = reach(g, g->edges[g->held[g->hold_start[column] + h]].row, level, n_queued);
	}
	return found;
}

static void forget_levels(struct graph *g)
{
	for (int32_t i = 0; i < g->n_nodes; i++)
		g->level[i] = UNREACHED;
}

/** Levels every node from the rows with room. False when no column with room can be reached: the matching is largest,
 * and the levels show the split. */
static bool graph_level(struct graph *g)
{
	int32_t n_queued = 0;
	forget_levels(g);
	for (int32_t row = 0; row < g->n_rows; row++)
		if (g->room[row] > 0)
			n_queued = reach(g, row, 0, n_queued);
	return graph_search(g, n_queued);
}

/** The next edge that leads from `node` one level on, or -1. What failed once is never tried again. */
static int32_t graph_step(struct graph *g, int32_t node)
{
	const int32_t level = g->level[node] + 1;
	int32_t *next = &g->next[node];
	if (node < g->n_rows) {
		for (; *next < g->row_start[node + 1]; ++*next)
			if (!g->taken[*next] && g->level[g->n_rows + g->edges[*next].column] == level)
				return *next;
		return -1;
	}
	const int32_t column = node - g->n_rows;
	for (; *next < g->hold_start[column] + g->n_held[column]; ++*next)
		if (g->level[g->edges[g->held[*next]].row] == level)
			return g->held[*next];
	return -1;
}

/** Swaps taken and free edges along a path of an odd number of edges. */
static void graph_flip(struct graph *g, const int32_t *path, int32_t n)
{
	for (int32_t i = 1; i < n; i += 2) {
		const int32_t column = g->edges[path[i]].column;
		g->held[g->next[g->n_rows + column]] = path[i - 1];
		g->taken[path[i]] = false;
		g->taken[path[i - 1]] = true;
		/* the place filled is the first row's, while graph_take() counts the last one's */
		g->room[g->edges[path[i - 1]].row]--;
		g->room[g->edges[path[i]].row]++;
	}
	graph_take(g, path[n - 1]);
}

/** Goes down the levels from `row` to a column with room. Iterative, and dead ends lose their level. */
static bool graph_augment(struct graph *g, int32_t row)
{
	int32_t *path = g->queue, n = 0, node = row;
	for (;;) {
		const int32_t e = graph_step(g, node);
		if (e >= 0) {
			path[n++] = e;
			node = n % 2 ? g->n_rows + g->edges[e].column : g->edges[e].row;
			if (n % 2 && g->room[node] > 0)
				break;
			continue;
		}
		g->level[node] = UNREACHED;
		if (n == 0)
			return false;
		n--;
		node = n % 2 ? g->n_rows + g->edges[path[n]].column : g->edges[path[n]].row;
	}
	graph_flip(g, path, n);
	return true;
}

static void graph_fill(struct graph *g)
{
	for (int32_t e = 0; e < g->n_edges; e++)
		if (g->room[g->edges[e].row] > 0 && g->room[g->n_rows + g->edges[e].column] > 0)
			graph_take(g, e);
}

/** Largest matching by phases of shortest paths. Leaves the levels of the last, fruitless phase behind. */
static enum assign_status graph_match(struct graph *g, const struct assign_problem *p)
{
	graph_fill(g);
	while (graph_level(g)) {
		if (!goes_on(p, 0, 0))
			return ASSIGN_CANCELLED;
		memcpy(g->next, g->row_start, (size_t)p->n_rows * sizeof *g->next);
		memcpy(g->next + p->n_rows, g->hold_start, (size_t)p->n_columns * sizeof *g->next);
		for (int32_t row = 0; row < g->n_rows; row++)
			while (g->room[row] > 0 && graph_augment(g, row))
				continue;
	}
	return ASSIGN_OK;
}

/* ---- the highest total -------------------------------------------------------------------------------------- */

#define FAR INT64_MAX

enum { RICH, SHORT, N_PARTS };

/** A pair that may be formed inside one part of the split. */
struct arc {
	int64_t score;
	int32_t seeker, host;
};

struct node {
	int64_t price;
	int64_t distance; /* from the seeker a search began at, or FAR */
	int32_t via;      /* arc by which the search came */
	int32_t heap_at;
	bool seeker;
};

/** Both parts of the split at once. Seekers must get all their places filled and can: the rows of the rich part and
 * the columns of the short one. Hosts are the others.
 *
 * What always holds: the price of an arc's two ends together is at least its score when the arc is free and at most
 * its score when it is held; no host's price is below zero, and none ever falls.
 *
 * A host left with room must have price zero in the end. In general prices begin at zero and a search ends at the first
 * host with room, so that only full hosts ever have another price. Where every host will be full, they may begin
 * anywhere, and near where they end saves most of the work. */
struct market {
	int32_t n_nodes;
	struct node *nodes;
	struct arc *arcs;   /* by seeker */
	int32_t *edge;      /* by arc */
	int32_t *slot;      /* by arc: where it is held, or UNHELD */
	int32_t *arc_start; /* by node: where a seeker's arcs begin */
	int32_t *slots;     /* held arcs by host */
	int32_t *slot_start;
	int32_t *n_held; /* by node */
	int32_t *room;   /* by node: a host's open places as far as it has arcs, a seeker's places to be filled */
	int32_t *heap;   /* nodes by distance */
	int32_t n_heap;
	int32_t *touched; /* nodes the search gave a distance */
	int32_t n_touched;
	int64_t best; /* distance of the nearest host with room */
	int32_t target;
};

static void market_layout(struct market *m, const struct assign_problem *p, struct layout *l)
{
	const int64_t n_nodes = (int64_t)p->n_rows + p->n_columns, n_arcs = p->n_candidates;
	m->n_nodes = (int32_t)n_nodes;
	m->nodes = carve(l, n_nodes, sizeof *m->nodes);
	m->arcs = carve(l, n_arcs, sizeof *m->arcs);
	m->edge = carve(l, n_arcs, sizeof *m->edge);
	m->slot = carve(l, n_arcs, sizeof *m->slot);
	m->slots = carve(l, n_arcs, sizeof *m->slots);
	m->arc_start = carve(l, n_nodes + 1, sizeof *m->arc_start);
	m->slot_start = carve(l, n_nodes + 1, sizeof *m->slot_start);
	m->n_held = carve(l, n_nodes, sizeof *m->n_held);
	m->room = carve(l, n_nodes, sizeof *m->room);
	m->heap = carve(l, n_nodes, sizeof *m->heap);
	m->touched = carve(l, n_nodes, sizeof *m->touched);
}

static int part_of(const struct graph *g, int32_t node)
{
	return g->level[node] == UNREACHED ? RICH : SHORT;
}

/** Chooses the edges that every largest matching has: from the short part's rows to the rich part's columns. */
static void choose_certain(struct graph *g)
{
	for (int32_t i = 0; i < g->n_edges; i++) {
		const struct edge *e = &g->edges[i];
		if (part_of(g, e->row) != SHORT || part_of(g, g->n_rows + e->column) != RICH)
			continue;
		assert(g->taken[i]);
		g->chosen[e->candidate] = true;
		g->capacity[e->row]--;
		g->capacity[g->n_rows + e->column]--;
	}
}

/** The seeker at one end of an edge, or -1 when the edge is settled or leads to a node without places. */
static int32_t seeker_of(const struct graph *g, const struct edge *e)
{
	const int32_t row = e->row, column = g->n_rows + e->column;
	if (part_of(g, row) != part_of(g, column) || g->capacity[row] == 0 || g->capacity[column] == 0)
		return -1;
	return part_of(g, row) == RICH ? row : column;
}

static bool is_seeker(const struct graph *g, int32_t node)
{
	return (part_of(g, node) == RICH) == (node < g->n_rows);
}

static int32_t host_of(const struct graph *g, const struct edge *e, int32_t seeker)
{
	return e->row + g->n_rows + e->column - seeker;
}

/** Finds where each seeker's arcs and each host's holds begin. */
static void market_index(struct market *m, const struct graph *g)
{
	memcpy(m->room, g->capacity, (size_t)g->n_nodes * sizeof *m->room);
	for (int32_t i = 0; i < g->n_edges; i++) {
		const int32_t seeker = seeker_of(g, &g->edges[i]);
		if (seeker < 0)
			continue;
		m->arc_start[seeker + 1]++;
		m->slot_start[host_of(g, &g->edges[i], seeker) + 1]++;
	}
	for (int32_t i = 0; i < g->n_nodes; i++) {
		if (m->nodes[i].seeker)
			continue;
		m->room[i] = least(m->room[i], m->slot_start[i + 1]);
		m->slot_start[i + 1] = m->room[i];
	}
	add_up(m->arc_start, m->n_nodes);
	add_up(m->slot_start, m->n_nodes);
}

static void market_fill(struct market *m, const struct graph *g, const struct assign_problem *p)
{
	int32_t *at = m->heap;
	memcpy(at, m->arc_start, (size_t)m->n_nodes * sizeof *at);
	for (int32_t i = 0; i < g->n_edges; i++) {
		const struct edge *e = &g->edges[i];
		const int32_t seeker = seeker_of(g, e);
		if (seeker < 0)
			continue;
		const int32_t a = at[seeker]++;
		m->arcs[a] = (struct arc){ p->candidates[e->candidate].score, seeker, host_of(g, e, seeker) };
		m->edge[a] = i;
		m->slot[a] = UNHELD;
	}
}

/** Where every host of a part will be full, begins its prices at the best score offered, less the least of those. */
static void market_price(struct market *m, const struct graph *g)
{
	int64_t spare[N_PARTS] = { 0, 0 }, lowest[N_PARTS] = { FAR, FAR };
	for (int32_t i = 0; i < m->n_nodes; i++) {
		spare[part_of(g, i)] += m->nodes[i].seeker ? -m->room[i] : m->room[i];
		m->nodes[i].price = -ASSIGN_MAX_SCORE;
	}
	for (int32_t a = 0; a < m->arc_start[m->n_nodes]; a++) {
		struct node *host = &m->nodes[m->arcs[a].host];
		host->price = m->arcs[a].score > host->price ? m->arcs[a].score : host->price;
	}
	for (int32_t i = 0; i < m->n_nodes; i++)
		if (!m->nodes[i].seeker && m->room[i] > 0 && m->nodes[i].price < lowest[part_of(g, i)])
			lowest[part_of(g, i)] = m->nodes[i].price;
	for (int32_t i = 0; i < m->n_nodes; i++) {
		const bool full = !m->nodes[i].seeker && m->room[i] > 0 && spare[part_of(g, i)] == 0;
		m->nodes[i].price = full ? m->nodes[i].price - lowest[part_of(g, i)] : 0;
	}
}

/** Builds the market from the graph after choose_certain(). */
static void market_load(struct market *m, const struct graph *g, const struct assign_problem *p)
{
	for (int32_t i = 0; i < g->n_nodes; i++)
		m->nodes[i] = (struct node){ 0, FAR, 0, 0, is_seeker(g, i) };
	market_index(m, g);
	market_fill(m, g, p);
	market_price(m, g);
}

static void heap_put(struct market *m, int32_t at, int32_t node)
{
	m->heap[at] = node;
	m->nodes[node].heap_at = at;
}

static void heap_rise(struct market *m, int32_t at, int32_t node)
{
	while (at > 0 && m->nodes[m->heap[(at - 1) / 2]].distance > m->nodes[node].distance) {
		heap_put(m, at, m->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
	heap_put(m, at, node);
}

static int32_t heap_pop(struct market *m)
{
	const int32_t top = m->heap[0], last = m->heap[--m->n_heap];
	int32_t at = 0;
	for (int32_t child = 1; child < m->n_heap; child = 2 * at + 1) {
		if (child + 1 < m->n_heap && m->nodes[m->heap[child + 1]].distance < m->nodes[m->heap[child]].distance)
			child++;
		if (m->nodes[m->heap[child]].distance >= m->nodes[last].distance)
			break;
		heap_put(m, at, m->heap[child]);
		at = child;
	}
	heap_put(m, at, last);
	return top;
}

/** The search can be at `node` after `distance`, less than m->best, by arc `via`. */
static void market_reach(struct market *m, int32_t node, int64_t distance, int32_t via)
{
	struct node *n = &m->nodes[node];
	if (distance >= n->distance)
		return;
	if (n->distance == FAR) {
		m->touched[m->n_touched++] = node;
		n->heap_at = m->n_heap++;
	}
	n->distance = distance;
	n->via = via;
	heap_rise(m, n->heap_at, node);
}

static void scan_seeker(struct market *m, int32_t seeker)
{
	const int64_t base = m->nodes[seeker].distance + m->nodes[seeker].price;
	for (int32_t a = m->arc_start[seeker]; a < m->arc_start[seeker + 1]; a++) {
		const int32_t host = m->arcs[a].host;
		const int64_t distance = base - m->arcs[a].score + m->nodes[host].price;
		if (distance >= m->best || m->slot[a] != UNHELD)
			continue;
		if (m->room[host] == 0) {
			market_reach(m, host, distance, a);
			continue;
		}
		m->best = distance;
		m->target = host;
		m->nodes[host].via = a;
	}
}

static void scan_host(struct market *m, int32_t host)
{
	const int64_t base = m->nodes[host].distance - m->nodes[host].price;
	for (int32_t i = 0; i < m->n_held[host]; i++) {
		const int32_t a = m->slots[m->slot_start[host] + i], seeker = m->arcs[a].seeker;
		const int64_t distance = base + m->arcs[a].score - m->nodes[seeker].price;
		if (distance < m->best)
			market_reach(m, seeker, distance, a);
	}
}

/** Shortest path from a seeker to a host with room; there always is one, because a matching that fills every seeker
 * exists. Then moves the prices so that the path costs nothing and what always holds still does. */
static void market_search(struct market *m, int32_t source)
{
	m->best = FAR;
	m->target = -1;
	market_reach(m, source, 0, -1);
	while (m->n_heap > 0 && m->nodes[m->heap[0]].distance < m->best) {
		const int32_t node = heap_pop(m);
		if (m->nodes[node].seeker)
			scan_seeker(m, node);
		else
			scan_host(m, node);
	}
	assert(m->target >= 0);
	for (int32_t i = 0; i < m->n_touched; i++) {
		struct node *n = &m->nodes[m->touched[i]];
		const int64_t change = n->distance < m->best ? m->best - n->distance : 0;
		n->price += n->seeker ? -change : change;
		n->distance = FAR;
	}
	m->n_touched = 0;
	m->n_heap = 0;
}

static void hold(struct market *m, int32_t at, int32_t a)
{
	m->slots[at] = a;
	m->slot[a] = at;
}

/** Takes the path that market_search() found: each seeker on it moves one host on. */
static void market_augment(struct market *m, int32_t source)
{
	const int32_t target = m->target;
	int32_t a = m->nodes[target].via, at = m->slot_start[target] + m->n_held[target]++;
	m->room[target]--;
	m->room[source]--;
	for (;;) {
		hold(m, at, a);
		if (m->arcs[a].seeker == source)
			return;
		const int32_t left = m->nodes[m->arcs[a].seeker].via;
		at = m->slot[left];
		m->slot[left] = UNHELD;
		a = m->nodes[m->arcs[left].host].via;
	}
}

/** The most that any host is worth to a seeker that has none yet: its price to begin with. */
static int64_t best_worth(const struct market *m, int32_t seeker)
{
	int64_t best = -FAR;
	for (int32_t a = m->arc_start[seeker]; a < m->arc_start[seeker + 1]; a++) {
		const int64_t worth = m->arcs[a].score - m->nodes[m->arcs[a].host].price;
		best = worth > best ? worth : best;
	}
	return best;
}

static enum assign_status market_solve(struct market *m, const struct assign_problem *p)
{
	int64_t done = 0, total = 0;
	for (int32_t i = 0; i < m->n_nodes; i++)
		total += m->nodes[i].seeker ? m->room[i] : 0;
	for (int32_t i = 0; i < m->n_nodes; i++) {
		if (!m->nodes[i].seeker || m->room[i] == 0)
			continue;
		m->nodes[i].price = best_worth(m, i);
		for (; m->room[i] > 0; done++) {
			if (done % PROGRESS_STEP == 0 && !goes_on(p, done, total))
				return ASSIGN_CANCELLED;
			market_search(m, i);
			market_augment(m, i);
		}
	}
	return ASSIGN_OK;
}

/* ---- the result --------------------------------------------------------------------------------------------- */

static int sign(int64_t x)
{
	return (x > 0) - (x < 0);
}

/** Lexicographic sign. */
static int price_sign(struct assign_price a)
{
	return a.pairs ? sign(a.pairs) : sign(a.score);
}

/** What a candidate is worth beyond the prices of its row and column. */
static struct assign_price gain(const struct assign_candidate *c, struct assign_price row, struct assign_price column)
{
	return (struct assign_price){ 1 - row.pairs - column.pairs, c->score - row.score - column.score };
}

/** Prices what has no place left so high that nobody is worth more to it: first columns, by the rows that have places,
 * then rows, by all columns. Where both ends have places, the market left nothing to gain. */
static void price_closed(
    const struct graph *g, const struct assign_problem *p, struct assign_price *rows, struct assign_price *columns)
{
	const struct assign_price zero = { 0, 0 };
	for (int32_t i = 0; i < p->n_rows; i++)
		rows[i] = g->capacity[i] == 0 ? zero : rows[i];
	for (int32_t i = 0; i < p->n_columns; i++)
		columns[i] = g->capacity[g->n_rows + i] == 0 ? zero : columns[i];
	for (int pass = 0; pass < 2; pass++) {
		for (int32_t i = 0; i < p->n_candidates; i++) {
			const struct assign_candidate *c = &p->candidates[i];
			if (g->chosen[i] || (g->capacity[c->row] == 0) != (pass == 1))
				continue;
			struct assign_price *price = pass == 0 ? &columns[c->column] : &rows[c->row];
			const struct assign_price more = gain(c, rows[c->row], columns[c->column]);
			if (price_sign(more) > 0)
				*price = (struct assign_price){ price->pairs + more.pairs, price->score + more.score };
		}
	}
}

static void result_layout(struct assign_result *r, const struct assign_problem *p, struct layout *l)
{
	r->row_prices = carve(l, p->n_rows, sizeof *r->row_prices);
	r->column_prices = carve(l, p->n_columns, sizeof *r->column_prices);
	r->pairs = carve(l, r->n_pairs, sizeof *r->pairs);
}

/** Chooses what the market holds. Its `room` then counts all places still open. */
static void choose_held(struct graph *g, struct market *m)
{
	memcpy(m->room, g->capacity, (size_t)g->n_nodes * sizeof *m->room);
	for (int32_t a = 0; a < m->arc_start[m->n_nodes]; a++) {
		if (m->slot[a] == UNHELD)
			continue;
		g->chosen[g->edges[m->edge[a]].candidate] = true;
		m->room[m->arcs[a].seeker]--;
		m->room[m->arcs[a].host]--;
	}
}

/** The price of a node that has places. A host with an open place has price zero already, unless all its arcs are held;
 * then nothing stands against zero. */
static struct assign_price price_of(const struct market *m, int32_t node)
{
	const struct node *n = &m->nodes[node];
	return (struct assign_price){ n->seeker, n->seeker || m->room[node] == 0 ? n->price : 0 };
}

static void result_fill(
    struct assign_result *r, const struct graph *g, const struct market *m, const struct assign_problem *p)
{
	int32_t n = 0;
	for (int32_t i = 0; i < p->n_candidates; i++) {
		if (!g->chosen[i])
			continue;
		r->pairs[n++] = i;
		r->total += p->candidates[i].score;
	}
	for (int32_t i = 0; i < p->n_rows; i++)
		r->row_prices[i] = price_of(m, i);
	for (int32_t i = 0; i < p->n_columns; i++)
		r->column_prices[i] = price_of(m, p->n_rows + i);
	price_closed(g, p, r->row_prices, r->column_prices);
}

static enum assign_status result_open(
    struct assign_result *ret, const struct graph *g, const struct market *m, const struct assign_problem *p)
{
	struct assign_result r = { 0 };
	struct layout l = { 0 };
	for (int32_t i = 0; i < p->n_candidates; i++)
		r.n_pairs += g->chosen[i];
	result_layout(&r, p, &l);
	r.memory = open_block(p, l.used);
	if (!r.memory)
		return ASSIGN_NO_MEMORY;
	l = (struct layout){ r.memory, 0 };
	result_layout(&r, p, &l);
	result_fill(&r, g, m, p);
	*ret = r;
	return ASSIGN_OK;
}

static enum assign_status solve(
    const struct assign_problem *p, struct graph *g, struct market *m, struct assign_result *ret)
{
	enum assign_status status = graph_load(g, p);
	if (status != ASSIGN_OK)
		return status;
	status = graph_match(g, p);
	if (status != ASSIGN_OK)
		return status;
	choose_certain(g);
	market_load(m, g, p);
	status = market_solve(m, p);
	if (status != ASSIGN_OK)
		return status;
	choose_held(g, m);
	return result_open(ret, g, m, p);
}

enum assign_status assign_solve(const struct assign_problem *problem, struct assign_result *ret)
{
	struct graph g = { 0 };
	struct market m = { 0 };
	struct layout l = { 0 };
	if (!problem_valid(problem))
		return ASSIGN_INVALID;
	graph_layout(&g, problem, &l);
	market_layout(&m, problem, &l);
	void *block = open_block(problem, l.used);
	if (!block)
		return ASSIGN_NO_MEMORY;
	l = (struct layout){ block, 0 };
	graph_layout(&g, problem, &l);
	market_layout(&m, problem, &l);
	const enum assign_status status = solve(problem, &g, &m, ret);
	free(block);
	return status;
}

void assign_result_free(struct assign_result *result)
{
	if (!result)
		return;
	free(result->memory);
	*result = (struct assign_result){ 0 };
}

/* ---- the proof ---------------------------------------------------------------------------------------------- */

/** What a check keeps: places not filled, by row and by column, and what is chosen or pinned. */
struct proof {
	int32_t *row_room, *column_room;
	bool *chosen, *pinned;
};

static void proof_layout(struct proof *v, const struct assign_problem *p, struct layout *l)
{
	v->row_room = carve(l, p->n_rows, sizeof *v->row_room);
	v->column_room = carve(l, p->n_columns, sizeof *v->column_room);
	v->chosen = carve(l, p->n_candidates, sizeof *v->chosen);
	v->pinned = carve(l, p->n_candidates, sizeof *v->pinned);
}

static bool pairs_feasible(struct proof *v, const struct assign_problem *p, const struct assign_result *r)
{
	int64_t total = 0;
	if (r->n_pairs < 0)
		return false;
	for (int32_t i = 0; i < r->n_pairs; i++) {
		const int32_t k = r->pairs[i];
		if (k < 0 || k >= p->n_candidates || (i > 0 && k <= r->pairs[i - 1]))
			return false;
		const struct assign_candidate *c = &p->candidates[k];
		if (--v->row_room[c->row] < 0 || --v->column_room[c->column] < 0)
			return false;
		v->chosen[k] = true;
		total += c->score;
	}
	for (int32_t i = 0; i < p->n_pins; i++) {
		if (!v->chosen[p->pins[i]])
			return false;
		v->pinned[p->pins[i]] = true;
	}
	return total == r->total;
}

/** Not below zero, zero where there is room, and small enough that sums of prices cannot overflow. */
static bool prices_sound(const struct assign_price *prices, const int32_t *room, int32_t n)
{
	const int64_t limit = ASSIGN_MAX_TOTAL - ASSIGN_MAX_SCORE;
	for (int32_t i = 0; i < n; i++) {
		const struct assign_price price = prices[i];
		if (price.pairs < 0 || price.pairs > 1 || price.score < -limit || price.score > limit)
			return false;
		if (price_sign(price) < 0 || (room[i] > 0 && price_sign(price) != 0))
			return false;
	}
	return true;
}

static bool gains_fit(const struct proof *v, const struct assign_problem *p, const struct assign_result *r)
{
	for (int32_t i = 0; i < p->n_candidates; i++) {
		const struct assign_candidate *c = &p->candidates[i];
		const int s = price_sign(gain(c, r->row_prices[c->row], r->column_prices[c->column]));
		if (!v->pinned[i] && (v->chosen[i] ? s < 0 : s > 0))
			return false;
	}
	return true;
}

static enum assign_proof prove(struct proof *v, const struct assign_problem *p, const struct assign_result *r)
{
	for (int32_t i = 0; i < p->n_rows; i++)
		v->row_room[i] = places_of(p->row_places, i);
	for (int32_t i = 0; i < p->n_columns; i++)
		v->column_room[i] = places_of(p->column_places, i);
	if (!pairs_feasible(v, p, r))
		return ASSIGN_NOT_FEASIBLE;
	if (!prices_sound(r->row_prices, v->row_room, p->n_rows) ||
	    !prices_sound(r->column_prices, v->column_room, p->n_columns))
		return ASSIGN_NOT_OPTIMAL;
	return gains_fit(v, p, r) ? ASSIGN_PROVED : ASSIGN_NOT_OPTIMAL;
}

enum assign_status assign_verify(
    const struct assign_problem *problem, const struct assign_result *result, enum assign_proof *ret)
{
	struct proof v = { 0 };
	struct layout l = { 0 };
	if (!problem_valid(problem))
		return ASSIGN_INVALID;
	proof_layout(&v, problem, &l);
	void *block = open_block(problem, l.used);
	if (!block)
		return ASSIGN_NO_MEMORY;
	l = (struct layout){ block, 0 };
	proof_layout(&v, problem, &l);
	*ret = prove(&v, problem, result);
	free(block);
	return ASSIGN_OK;
}

/* ---- the shortage ------------------------------------------------------------------------------------------- */

/** Takes the edges of `result`. False when it is none of this graph. */
static bool graph_take_result(struct graph *g, const struct assign_problem *p, const struct assign_result *result)
{
	for (int32_t i = 0; i < result->n_pairs; i++) {
		const int32_t k = result->pairs[i];
		if (k < 0 || k >= p->n_candidates || (i > 0 && k <= result->pairs[i - 1]))
			return false;
		g->chosen[k] = true;
	}
	for (int32_t e = 0; e < g->n_edges; e++) {
		if (!g->chosen[g->edges[e].candidate])
			continue;
		if (g->room[g->edges[e].row] == 0 || g->room[g->n_rows + g->edges[e].column] == 0)
			return false;
		graph_take(g, e);
	}
	return true;
}

static void block_layout(struct assign_block *b, struct layout *l)
{
	b->rows = carve(l, b->n_rows, sizeof *b->rows);
	b->columns = carve(l, b->n_columns, sizeof *b->columns);
}

/** Lists the nodes that the last search reached. */
static enum assign_status block_open(struct assign_block *ret, const struct graph *g, const struct assign_problem *p)
{
	struct assign_block b = { 0 };
	struct layout l = { 0 };
	for (int32_t i = 0; i < g->n_nodes; i++)
		if (g->level[i] != UNREACHED)
			*(i < g->n_rows ? &b.n_rows : &b.n_columns) += 1;
	block_layout(&b, &l);
	b.memory = open_block(p, l.used);
	if (!b.memory)
		return ASSIGN_NO_MEMORY;
	l = (struct layout){ b.memory, 0 };
	block_layout(&b, &l);
	int32_t n_rows = 0, n_columns = 0;
	for (int32_t i = 0; i < g->n_nodes; i++) {
		if (g->level[i] == UNREACHED)
			continue;
		if (i < g->n_rows)
			b.rows[n_rows++] = i;
		else
			b.columns[n_columns++] = i - g->n_rows;
	}
	*ret = b;
	return ASSIGN_OK;
}

static enum assign_status find_shortage(struct graph *g, const struct assign_problem *p,
    const struct assign_result *result, int32_t row, struct assign_block *ret)
{
	const enum assign_status status = graph_load(g, p);
	if (status != ASSIGN_OK)
		return status;
	if (!graph_take_result(g, p, result) || g->room[row] == 0)
		return ASSIGN_INVALID;
	forget_levels(g);
	if (graph_search(g, reach(g, row, 0, 0)))
		return ASSIGN_INVALID;
	return block_open(ret, g, p);
}

enum assign_status assign_shortage(
    const struct assign_problem *problem, const struct assign_result *result, int32_t row, struct assign_block *ret)
{
	struct graph g = { 0 };
	struct layout l = { 0 };
	if (!problem_valid(problem) || row < 0 || row >= problem->n_rows)
		return ASSIGN_INVALID;
	graph_layout(&g, problem, &l);
	void *block = open_block(problem, l.used);
	if (!block)
		return ASSIGN_NO_MEMORY;
	l = (struct layout){ block, 0 };
	graph_layout(&g, problem, &l);
	const enum assign_status status = find_shortage(&g, problem, result, row, ret);
	free(block);
	return status;
}

void assign_block_free(struct assign_block *block)
{
	if (!block)
		return;
	free(block->memory);
	*block = (struct assign_block){ 0 };
}
