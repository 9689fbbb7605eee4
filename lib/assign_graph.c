/* assign_graph.c: who may be paired with whom, and the largest matching. */
#include "assign_internal.h"

#include <string.h>

void graph_layout(struct graph *g, const struct mentor_assign_problem *p, struct layout *l)
{
	const int64_t n_nodes = (int64_t)p->n_rows + p->n_columns, n_edges = p->n_candidates;
	g->n_rows = p->n_rows;
	g->n_nodes = (int32_t)n_nodes;
	g->row = carve(l, n_edges, sizeof *g->row);
	g->column = carve(l, n_edges, sizeof *g->column);
	g->candidate = carve(l, n_edges, sizeof *g->candidate);
	g->chosen = carve(l, n_edges, sizeof *g->chosen);
	g->taken = carve(l, n_edges, sizeof *g->taken);
	g->held = carve(l, n_edges, sizeof *g->held);
	g->row_start = carve(l, (int64_t)p->n_rows + 1, sizeof *g->row_start);
	g->row_end = carve(l, p->n_rows, sizeof *g->row_end);
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

static int32_t least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/** Puts all candidates in order of their rows, by counting. */
static void graph_sort(struct graph *g, const struct mentor_assign_problem *p)
{
	const struct mentor_assign_candidate *c = p->candidates;
	for (int32_t i = 0; i < p->n_candidates; i++)
		g->row_start[c[i].row + 1]++;
	add_up(g->row_start, p->n_rows);
	memcpy(g->next, g->row_start, (size_t)p->n_rows * sizeof *g->next);
	for (int32_t i = 0; i < p->n_candidates; i++)
		g->candidate[g->next[c[i].row]++] = i;
}

/** Marks each column with the last row seen there. */
static bool graph_has_duplicate(struct graph *g, const struct mentor_assign_problem *p)
{
	int32_t *seen = g->next;
	for (int32_t i = 0; i < p->n_columns; i++)
		seen[i] = NOWHERE;
	for (int32_t i = 0; i < p->n_candidates; i++) {
		const struct mentor_assign_candidate *c = &p->candidates[g->candidate[i]];
		if (seen[c->column] == c->row)
			return true;
		seen[c->column] = c->row;
	}
	return false;
}

/** Chooses the pins and takes their places away. */
static enum mentor_assign_status graph_pin(struct graph *g, const struct mentor_assign_problem *p)
{
	bool fits = true;
	for (int32_t i = 0; i < p->n_pins; i++) {
		const struct mentor_assign_candidate *c = &p->candidates[p->pins[i]];
		if (g->chosen[p->pins[i]])
			return MENTOR_ASSIGN_INVALID;
		g->chosen[p->pins[i]] = true;
		fits = --g->capacity[c->row] >= 0 && fits;
		fits = --g->capacity[g->n_rows + c->column] >= 0 && fits;
	}
	return fits ? MENTOR_ASSIGN_OK : MENTOR_ASSIGN_PINS;
}

/** Makes edges of the candidates that are not pinned. */
static void graph_index(struct graph *g, const struct mentor_assign_problem *p)
{
	const int32_t n = g->row_start[p->n_rows];
	memset(g->row_start, 0, ((size_t)p->n_rows + 1) * sizeof *g->row_start);
	for (int32_t i = 0; i < n; i++) {
		const int32_t k = g->candidate[i], row = p->candidates[k].row, column = p->candidates[k].column;
		if (g->chosen[k])
			continue;
		g->row_start[row + 1]++;
		g->hold_start[column + 1]++;
		g->row[g->n_edges] = row;
		g->column[g->n_edges] = column;
		g->candidate[g->n_edges++] = k;
	}
	for (int32_t c = 0; c < p->n_columns; c++)
		g->hold_start[c + 1] = least(g->hold_start[c + 1], g->capacity[g->n_rows + c]);
	add_up(g->row_start, p->n_rows);
	add_up(g->hold_start, p->n_columns);
	memcpy(g->row_end, g->row_start + 1, (size_t)p->n_rows * sizeof *g->row_end);
}

enum mentor_assign_status graph_load(struct graph *g, const struct mentor_assign_problem *p)
{
	for (int32_t i = 0; i < p->n_rows; i++)
		g->capacity[i] = places_of(p->row_places, i);
	for (int32_t i = 0; i < p->n_columns; i++)
		g->capacity[g->n_rows + i] = places_of(p->column_places, i);
	graph_sort(g, p);
	if (graph_has_duplicate(g, p))
		return MENTOR_ASSIGN_INVALID;
	const enum mentor_assign_status status = graph_pin(g, p);
	if (status != MENTOR_ASSIGN_OK)
		return status;
	graph_index(g, p);
	memcpy(g->room, g->capacity, (size_t)g->n_nodes * sizeof *g->room);
	return MENTOR_ASSIGN_OK;
}

void graph_take(struct graph *g, int32_t e)
{
	const int32_t column = g->column[e];
	g->taken[e] = true;
	g->held[g->hold_start[column] + g->n_held[column]++] = e;
	g->room[g->row[e]]--;
	g->room[g->n_rows + column]--;
}

/* ---- the largest matching ---- */

static int32_t reach(struct graph *g, int32_t node, int32_t level, int32_t n_queued)
{
	if (g->level[node] != NOWHERE)
		return n_queued;
	g->level[node] = level;
	g->queue[n_queued] = node;
	return n_queued + 1;
}

/** Breadth first from the queued rows along alternating paths, as far as the level of the first column with room. True when there is one. */
static bool graph_search(struct graph *g, int32_t n_queued)
{
	int32_t found = INT32_MAX;
	for (int32_t i = 0; i < n_queued; i++) {
		const int32_t node = g->queue[i], level = g->level[node] + 1;
		if (level > found)
			break;
		if (node < g->n_rows) {
			for (int32_t e = g->row_start[node]; e < g->row_end[node]; e++)
				if (!g->taken[e])
					n_queued = reach(g, g->n_rows + g->column[e], level, n_queued);
			continue;
		}
		if (g->room[node] > 0)
			found = level - 1;
		const int32_t column = node - g->n_rows;
		for (int32_t h = 0; h < g->n_held[column]; h++)
			n_queued = reach(g, g->row[g->held[g->hold_start[column] + h]], level, n_queued);
	}
	return found < INT32_MAX;
}

static void forget_levels(struct graph *g)
{
	for (int32_t i = 0; i < g->n_nodes; i++)
		g->level[i] = NOWHERE;
}

bool graph_reach(struct graph *g, int32_t row)
{
	forget_levels(g);
	return graph_search(g, reach(g, row, 0, 0));
}

/** Levels every node from the rows with room. False when no column with room can be reached: the matching is largest, and the levels show the
 * split. */
static bool graph_level(struct graph *g)
{
	int32_t n_queued = 0;
	forget_levels(g);
	for (int32_t row = 0; row < g->n_rows; row++)
		if (g->room[row] > 0)
			n_queued = reach(g, row, 0, n_queued);
	return graph_search(g, n_queued);
}

/** The next edge that leads from `node` one level on, or NOWHERE. What failed once is never tried again. */
static int32_t graph_step(struct graph *g, int32_t node)
{
	const int32_t level = g->level[node] + 1;
	int32_t *next = &g->next[node];
	if (node < g->n_rows) {
		for (; *next < g->row_end[node]; ++*next)
			if (!g->taken[*next] && g->level[g->n_rows + g->column[*next]] == level)
				return *next;
		return NOWHERE;
	}
	const int32_t column = node - g->n_rows;
	for (; *next < g->hold_start[column] + g->n_held[column]; ++*next)
		if (g->level[g->row[g->held[*next]]] == level)
			return g->held[*next];
	return NOWHERE;
}

/** Swaps taken and free edges along a path of an odd number of edges. */
static void graph_flip(struct graph *g, const int32_t *path, int32_t n)
{
	for (int32_t i = 1; i < n; i += 2) {
		g->held[g->next[g->n_rows + g->column[path[i]]]] = path[i - 1];
		g->taken[path[i]] = false;
		g->taken[path[i - 1]] = true;
		/* the place filled is the first row's, while graph_take() counts the last one's */
		g->room[g->row[path[i - 1]]]--;
		g->room[g->row[path[i]]]++;
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
			node = n % 2 ? g->n_rows + g->column[e] : g->row[e];
			if (n % 2 && g->room[node] > 0)
				break;
			continue;
		}
		g->level[node] = NOWHERE;
		if (n == 0)
			return false;
		n--;
		node = n % 2 ? g->n_rows + g->column[path[n]] : g->row[path[n]];
	}
	graph_flip(g, path, n);
	return true;
}

/** Starts again: first come, first served. */
static void graph_fill(struct graph *g)
{
	memset(g->taken, 0, (size_t)g->n_edges * sizeof *g->taken);
	memset(g->n_held, 0, (size_t)(g->n_nodes - g->n_rows) * sizeof *g->n_held);
	memcpy(g->room, g->capacity, (size_t)g->n_nodes * sizeof *g->room);
	for (int32_t row = 0; row < g->n_rows; row++)
		for (int32_t e = g->row_start[row]; e < g->row_end[row] && g->room[row] > 0; e++)
			if (g->room[g->n_rows + g->column[e]] > 0)
				graph_take(g, e);
}

enum mentor_assign_status graph_match(struct graph *g, struct clock *k)
{
	graph_fill(g);
	while (graph_level(g)) {
		if (!goes_on(k, 0, 1))
			return MENTOR_ASSIGN_CANCELLED;
		memcpy(g->next, g->row_start, (size_t)g->n_rows * sizeof *g->next);
		memcpy(g->next + g->n_rows, g->hold_start, (size_t)(g->n_nodes - g->n_rows) * sizeof *g->next);
		for (int32_t row = 0; row < g->n_rows; row++)
			while (g->room[row] > 0 && graph_augment(g, row))
				continue;
	}
	return MENTOR_ASSIGN_OK;
}

int32_t graph_size(const struct graph *g)
{
	int32_t n = 0;
	for (int32_t i = 0; i < g->n_nodes - g->n_rows; i++)
		n += g->n_held[i];
	return n;
}

void graph_trim(struct graph *g)
{
	int32_t n = 0;
	for (int32_t row = 0; row < g->n_rows; row++) {
		const int32_t start = g->row_start[row], end = g->row_end[row];
		g->row_start[row] = n;
		for (int32_t e = start; e < end; e++) {
			g->row[n] = row;
			g->column[n] = g->column[e];
			g->candidate[n] = g->candidate[e];
			g->taken[n++] = g->taken[e];
		}
		g->row_end[row] = n;
	}
	g->row_start[g->n_rows] = n;
	g->n_edges = n;
}
