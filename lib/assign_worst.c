/* assign_worst.c: how good the worst pair can be: bisection of the scores, a largest matching for each. */
#include "assign_internal.h"

#include <stdlib.h>
#include <string.h>

static int by_score_falling(const void *a, const void *b)
{
	const struct arc *left = a, *right = b;
	return (left->score < right->score) - (left->score > right->score);
}

static int by_value(const void *a, const void *b)
{
	const int64_t *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

static int64_t score_of(const struct graph *g, const struct mentor_assign_problem *p, int32_t edge)
{
	return p->candidates[g->candidate[edge]].score;
}

/** The best edges of each row first, so that those that are good enough are the first of each. */
static void sort_rows(struct graph *g, const struct mentor_assign_problem *p, struct arc *sorted)
{
	for (int32_t row = 0; row < g->n_rows; row++) {
		const int32_t start = g->row_start[row], n = g->row_start[row + 1] - start;
		for (int32_t i = 0; i < n; i++)
			sorted[i] = (struct arc){ score_of(g, p, start + i), g->column[start + i], g->candidate[start + i] };
		if (n > 1)
			qsort(sorted, (size_t)n, sizeof *sorted, by_score_falling);
		for (int32_t i = 0; i < n; i++) {
			g->column[start + i] = sorted[i].host;
			g->candidate[start + i] = sorted[i].held;
		}
	}
}

static int32_t sort_scores(const struct graph *g, const struct mentor_assign_problem *p, int64_t *scores)
{
	int32_t n = 0;
	for (int32_t e = 0; e < g->n_edges; e++)
		scores[e] = score_of(g, p, e);
	qsort(scores, (size_t)g->n_edges, sizeof *scores, by_value);
	for (int32_t e = 0; e < g->n_edges; e++)
		if (e == 0 || scores[e] != scores[n - 1])
			scores[n++] = scores[e];
	return n;
}

/** Only edges of at least this score count. */
static void limit(struct graph *g, const struct mentor_assign_problem *p, int64_t score)
{
	for (int32_t row = 0; row < g->n_rows; row++) {
		int32_t end = g->row_start[row];
		while (end < g->row_start[row + 1] && score_of(g, p, end) >= score)
			end++;
		g->row_end[row] = end;
	}
}

/** Columns that the last search reached and rows that it did not: together they touch every edge that counts, save those held from a reached row
 * to a column that was not. */
static void keep_cover(const struct graph *g, bool *cover)
{
	for (int32_t i = 0; i < g->n_nodes; i++)
		cover[i] = (g->level[i] == NOWHERE) == (i < g->n_rows);
}

enum mentor_assign_status graph_worst(struct graph *g, const struct mentor_assign_problem *p, struct arc *scratch, struct clock *k, bool *cover,
    int64_t *ret)
{
	const int32_t size = graph_size(g);
	*ret = INT64_MAX;
	keep_cover(g, cover);
	if (size == 0)
		return MENTOR_ASSIGN_OK;
	sort_rows(g, p, scratch);
	int64_t *scores = (int64_t *)(void *)scratch;
	enum mentor_assign_status status = MENTOR_ASSIGN_OK;
	int32_t low = 0, high = sort_scores(g, p, scores) - 1;
	while (low < high && status == MENTOR_ASSIGN_OK) {
		const int32_t middle = low + (high - low + 1) / 2;
		limit(g, p, scores[middle]);
		status = graph_match(g, k);
		if (graph_size(g) == size) {
			low = middle;
			continue;
		}
		high = middle - 1;
		keep_cover(g, cover + g->n_nodes);
	}
	*ret = scores[low];
	limit(g, p, *ret);
	graph_trim(g);
	return status == MENTOR_ASSIGN_OK ? graph_match(g, k) : status;
}
