/* assign_proof.c: checks a result, trusting nothing, and names those who compete for the same places. */
#include "assign_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- the proof ---- */

/** What a check keeps: places not filled and places that are not pinned, by row and by column, and what is chosen or pinned. */
struct proof {
	int32_t *row_room, *column_room, *row_open, *column_open;
	bool *chosen, *pinned;
};

static void proof_layout(struct proof *v, const struct mentor_assign_problem *p, struct layout *l)
{
	v->row_room = carve(l, p->n_rows, sizeof *v->row_room);
	v->column_room = carve(l, p->n_columns, sizeof *v->column_room);
	v->row_open = carve(l, p->n_rows, sizeof *v->row_open);
	v->column_open = carve(l, p->n_columns, sizeof *v->column_open);
	v->chosen = carve(l, p->n_candidates, sizeof *v->chosen);
	v->pinned = carve(l, p->n_candidates, sizeof *v->pinned);
}

static bool pairs_feasible(struct proof *v, const struct mentor_assign_problem *p, const struct mentor_assign_result *r)
{
	int64_t total = 0;
	if (r->n_pairs < 0)
		return false;
	for (int32_t i = 0; i < r->n_pairs; i++) {
		const int32_t k = r->pairs[i];
		if (k < 0 || k >= p->n_candidates || (i > 0 && k <= r->pairs[i - 1]))
			return false;
		const struct mentor_assign_candidate *c = &p->candidates[k];
		if (--v->row_room[c->row] < 0 || --v->column_room[c->column] < 0)
			return false;
		v->chosen[k] = true;
		total += c->score;
	}
	for (int32_t i = 0; i < p->n_pins; i++) {
		const struct mentor_assign_candidate *c = &p->candidates[p->pins[i]];
		if (!v->chosen[p->pins[i]])
			return false;
		v->pinned[p->pins[i]] = true;
		v->row_open[c->row]--;
		v->column_open[c->column]--;
	}
	return total == r->total;
}

/** Whether the candidate is a choice at all. */
static bool is_open(const struct proof *v, const struct mentor_assign_problem *p, int32_t candidate)
{
	const struct mentor_assign_candidate *c = &p->candidates[candidate];
	return !v->pinned[candidate] && v->row_open[c->row] > 0 && v->column_open[c->column] > 0;
}

/** Not below zero, zero where there is room, and small enough that sums of prices cannot overflow. */
static bool prices_sound(const int64_t *prices, int32_t n_levels, const int32_t *room, int32_t n)
{
	const int64_t limit = MENTOR_ASSIGN_MAX_TOTAL - MENTOR_ASSIGN_MAX_SCORE;
	for (int32_t i = 0; i < n; i++) {
		int64_t sign = 0;
		for (int32_t level = 0; level < n_levels; level++) {
			const int64_t price = prices[(int64_t)level * n + i];
			if (price < -limit || price > limit)
				return false;
			sign = sign ? sign : price;
		}
		if (sign < 0 || (room[i] > 0 && sign != 0))
			return false;
	}
	return true;
}

/** What a candidate is worth beyond the prices of its row and column, on the first level where that is not zero. */
static int64_t gain(const struct levels *l, const struct mentor_assign_problem *p, const struct mentor_assign_result *r, int32_t candidate)
{
	const struct mentor_assign_candidate *c = &p->candidates[candidate];
	int64_t worth = 1 - r->row_prices[c->row] - r->column_prices[c->column];
	for (int32_t level = 1; level < l->n && worth == 0; level++)
		worth = level_weight(l, p, level, candidate) - r->row_prices[(int64_t)level * p->n_rows + c->row] -
			r->column_prices[(int64_t)level * p->n_columns + c->column];
	return worth;
}

static bool gains_fit(const struct proof *v, const struct levels *l, const struct mentor_assign_problem *p, const struct mentor_assign_result *r)
{
	for (int32_t i = 0; i < p->n_candidates; i++) {
		if (!is_open(v, p, i) || (p->objective == MENTOR_ASSIGN_WORST && p->candidates[i].score < r->worst))
			continue;
		const int64_t worth = gain(l, p, r, i);
		if (v->chosen[i] ? worth < 0 : worth > 0)
			return false;
	}
	return true;
}

/** No choice of open candidates better than `score` has more pairs than this: each pair fills a covered place or is one that no cover touches. */
static int64_t most_under(const struct proof *v, const struct mentor_assign_problem *p, const bool *row_cover, const bool *column_cover,
    int64_t score)
{
	int64_t most = 0;
	for (int32_t i = 0; i < p->n_candidates; i++) {
		const struct mentor_assign_candidate *c = &p->candidates[i];
		most += is_open(v, p, i) && c->score > score && !row_cover[c->row] && !column_cover[c->column];
	}
	for (int32_t i = 0; i < p->n_rows; i++)
		most += row_cover[i] ? v->row_open[i] : 0;
	for (int32_t i = 0; i < p->n_columns; i++)
		most += column_cover[i] ? v->column_open[i] : 0;
	return most;
}

/** Whether `worst` is what it is said to be, there cannot be more pairs, and fewer without it. */
static bool worst_fits(const struct proof *v, const struct mentor_assign_problem *p, const struct mentor_assign_result *r)
{
	const int32_t n = r->n_pairs - p->n_pins;
	int64_t worst = INT64_MAX;
	for (int32_t i = 0; i < p->n_candidates; i++)
		if (v->chosen[i] && !v->pinned[i] && p->candidates[i].score < worst)
			worst = p->candidates[i].score;
	if (worst != r->worst || most_under(v, p, r->row_cover, r->column_cover, INT64_MIN) > n)
		return false;
	return n == 0 || most_under(v, p, r->row_cover + p->n_rows, r->column_cover + p->n_columns, worst) < n;
}

static enum mentor_assign_proof prove(struct proof *v, const struct mentor_assign_problem *p, const struct mentor_assign_result *r)
{
	struct levels l;
	levels_open(&l, p);
	for (int32_t i = 0; i < p->n_rows; i++)
		v->row_room[i] = v->row_open[i] = places_of(p->row_places, i);
	for (int32_t i = 0; i < p->n_columns; i++)
		v->column_room[i] = v->column_open[i] = places_of(p->column_places, i);
	if (!pairs_feasible(v, p, r))
		return MENTOR_ASSIGN_NOT_FEASIBLE;
	if (r->n_levels != l.n || !prices_sound(r->row_prices, l.n, v->row_room, p->n_rows) ||
	    !prices_sound(r->column_prices, l.n, v->column_room, p->n_columns))
		return MENTOR_ASSIGN_NOT_OPTIMAL;
	if (p->objective == MENTOR_ASSIGN_WORST && !worst_fits(v, p, r))
		return MENTOR_ASSIGN_NOT_OPTIMAL;
	return gains_fit(v, &l, p, r) ? MENTOR_ASSIGN_PROVED : MENTOR_ASSIGN_NOT_OPTIMAL;
}

enum mentor_assign_status mentor_assign_verify(
    const struct mentor_assign_problem *problem, const struct mentor_assign_result *result, enum mentor_assign_proof *ret)
{
	struct proof v = { 0 };
	struct layout l = { 0 };
	if (!problem_valid(problem))
		return MENTOR_ASSIGN_INVALID;
	proof_layout(&v, problem, &l);
	void *block = zeroed_block(problem, l.used);
	if (!block)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ block, 0 };
	proof_layout(&v, problem, &l);
	*ret = prove(&v, problem, result);
	free(block);
	return MENTOR_ASSIGN_OK;
}

/* ---- the proof over all pairs ---- */

/** What a check over all pairs keeps besides: the scores of one row, and what of it is chosen. */
struct full_proof {
	const struct mentor_assign_dense *d;
	const struct mentor_assign_choice *c;
	struct proof v; /* `pinned` is by pair, `chosen` by column */
	int64_t *scores, *limits;
};

static void full_layout(struct full_proof *f, struct layout *l)
{
	const struct mentor_assign_dense *d = f->d;
	f->v.row_room = carve(l, d->n_rows, sizeof *f->v.row_room);
	f->v.column_room = carve(l, d->n_columns, sizeof *f->v.column_room);
	f->v.row_open = carve(l, d->n_rows, sizeof *f->v.row_open);
	f->v.column_open = carve(l, d->n_columns, sizeof *f->v.column_open);
	f->v.chosen = carve(l, d->n_columns, sizeof *f->v.chosen);
	f->v.pinned = carve(l, f->c->n_pairs > 0 ? f->c->n_pairs : 0, sizeof *f->v.pinned);
	f->scores = carve(l, d->n_columns, sizeof *f->scores);
	f->limits = carve(l, d->n_columns, sizeof *f->limits);
}

static int compare_pairs(const void *a, const void *b)
{
	const struct mentor_assign_candidate *left = a, *right = b;
	if (left->row != right->row)
		return left->row < right->row ? -1 : 1;
	return (left->column > right->column) - (left->column < right->column);
}

static bool choice_feasible(struct full_proof *f)
{
	const struct mentor_assign_candidate *pairs = f->c->pairs;
	const int32_t n = f->c->n_pairs;
	int64_t total = 0;
	for (int32_t i = 0; i < n; i++) {
		const struct mentor_assign_candidate *c = &pairs[i];
		if (c->row < 0 || c->row >= f->d->n_rows || c->column < 0 || c->column >= f->d->n_columns)
			return false;
		if (i > 0 && compare_pairs(&pairs[i - 1], c) >= 0)
			return false;
		if (--f->v.row_room[c->row] < 0 || --f->v.column_room[c->column] < 0)
			return false;
		total += c->score;
	}
	for (int32_t i = 0; i < f->d->n_pins; i++) {
		const struct mentor_assign_candidate *pin = &f->d->pins[i];
		const struct mentor_assign_candidate *at = n > 0 ? bsearch(pin, pairs, (size_t)n, sizeof *pairs, compare_pairs) : NULL;
		if (!at)
			return false;
		f->v.pinned[at - pairs] = true;
		f->v.row_open[pin->row]--;
		f->v.column_open[pin->column]--;
	}
	return total == f->c->total;
}

/** The pairs of a row are what they are said to be: those from number `i` on. Returns the number of the next row's first. */
static int32_t row_pairs(struct full_proof *f, int32_t row, int32_t i, enum mentor_assign_proof *proof)
{
	for (; i < f->c->n_pairs && f->c->pairs[i].row == row; i++) {
		const struct mentor_assign_candidate *c = &f->c->pairs[i];
		f->v.chosen[c->column] = !f->v.pinned[i];
		if (f->scores[c->column] == MENTOR_ASSIGN_BARRED || f->scores[c->column] != c->score)
			*proof = MENTOR_ASSIGN_NOT_FEASIBLE;
		else if (f->v.pinned[i])
			f->scores[c->column] = MENTOR_ASSIGN_BARRED;
	}
	return i;
}

/** From what score on, less the row's price, a pair of each column is worth anything to rows that have this price in the first level. */
static void set_limits(struct full_proof *f, int64_t row_pairs)
{
	const int32_t n = f->d->n_columns;
	for (int32_t k = 0; k < n; k++) {
		const int64_t pairs = 1 - row_pairs - f->c->column_prices[k];
		f->limits[k] = pairs == 0 ? f->c->column_prices[n + k] : pairs > 0 ? -FAR / 4 : FAR / 4;
	}
}

/** Pair by pair. */
static bool pairs_fit(struct full_proof *f, int32_t row)
{
	const struct mentor_assign_dense *d = f->d;
	const struct mentor_assign_choice *c = f->c;
	for (int32_t k = 0; k < d->n_columns; k++) {
		if (f->scores[k] == MENTOR_ASSIGN_BARRED || f->v.row_open[row] == 0 || f->v.column_open[k] == 0)
			continue;
		int64_t worth = 1 - c->row_prices[row] - c->column_prices[k];
		if (worth == 0)
			worth = f->scores[k] - c->row_prices[d->n_rows + row] - c->column_prices[d->n_columns + k];
		if (f->v.chosen[k] ? worth < 0 : worth > 0)
			return false;
	}
	return true;
}

/** Whether no pair of a row is worth more than its price, and those from number `i` to before `end`, which are chosen, no less. */
VECTOR static bool row_fits(struct full_proof *f, int32_t row, int32_t i, int32_t end)
{
	const int64_t *restrict scores = f->scores, *restrict limits = f->limits, own = f->c->row_prices[f->d->n_rows + row];
	const int32_t n = f->d->n_columns;
	int32_t n_odd = 0;
	for (int32_t k = 0; k < n; k++)
		n_odd += scores[k] > own + limits[k];
	for (int32_t k = i; k < end; k++)
		n_odd += scores[f->c->pairs[k].column] < own + limits[f->c->pairs[k].column];
	const bool fits = n_odd == 0 || pairs_fit(f, row);
	for (; i < end; i++)
		f->v.chosen[f->c->pairs[i].column] = false;
	return fits;
}

static enum mentor_assign_proof prove_all(struct full_proof *f)
{
	const struct mentor_assign_dense *d = f->d;
	enum mentor_assign_proof proof = MENTOR_ASSIGN_PROVED;
	for (int32_t i = 0; i < d->n_rows; i++)
		f->v.row_room[i] = f->v.row_open[i] = places_of(d->row_places, i);
	for (int32_t i = 0; i < d->n_columns; i++)
		f->v.column_room[i] = f->v.column_open[i] = places_of(d->column_places, i);
	if (f->c->n_pairs < 0 || !choice_feasible(f))
		return MENTOR_ASSIGN_NOT_FEASIBLE;
	if (!prices_sound(f->c->row_prices, 2, f->v.row_room, d->n_rows) || !prices_sound(f->c->column_prices, 2, f->v.column_room, d->n_columns))
		proof = MENTOR_ASSIGN_NOT_OPTIMAL;
	for (int32_t row = 0, i = 0; row < d->n_rows; row++) {
		d->score_row(d->data, row, f->scores);
		const int32_t end = row_pairs(f, row, i, &proof);
		if (proof == MENTOR_ASSIGN_NOT_FEASIBLE)
			return proof;
		if (row == 0 || f->c->row_prices[row] != f->c->row_prices[row - 1])
			set_limits(f, f->c->row_prices[row]);
		if (proof == MENTOR_ASSIGN_PROVED && !row_fits(f, row, i, end))
			proof = MENTOR_ASSIGN_NOT_OPTIMAL;
		i = end;
	}
	return proof;
}

enum mentor_assign_status mentor_assign_verify_dense(
    const struct mentor_assign_dense *problem, const struct mentor_assign_choice *choice, enum mentor_assign_proof *ret)
{
	const struct mentor_assign_problem plain = { .n_rows = problem->n_rows, .n_columns = problem->n_columns, .row_places = problem->row_places,
		.column_places = problem->column_places, .alloc = problem->alloc };
	struct full_proof f = { .d = problem, .c = choice };
	struct layout l = { 0 };
	if (!problem_valid(&plain))
		return MENTOR_ASSIGN_INVALID;
	full_layout(&f, &l);
	void *block = zeroed_block(&plain, l.used);
	if (!block)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ block, 0 };
	full_layout(&f, &l);
	*ret = prove_all(&f);
	free(block);
	return MENTOR_ASSIGN_OK;
}

/* ---- the shortage ---- */

/** Takes the edges of `result`. False when it is none of this graph. */
static bool graph_take_result(struct graph *g, const struct mentor_assign_problem *p, const struct mentor_assign_result *result)
{
	for (int32_t i = 0; i < result->n_pairs; i++) {
		const int32_t k = result->pairs[i];
		if (k < 0 || k >= p->n_candidates || (i > 0 && k <= result->pairs[i - 1]))
			return false;
		g->chosen[k] = true;
	}
	for (int32_t e = 0; e < g->n_edges; e++) {
		if (!g->chosen[g->candidate[e]])
			continue;
		if (g->room[g->row[e]] == 0 || g->room[g->n_rows + g->column[e]] == 0)
			return false;
		graph_take(g, e);
	}
	return true;
}

static void block_layout(struct mentor_assign_block *b, struct layout *l)
{
	b->rows = carve(l, b->n_rows, sizeof *b->rows);
	b->columns = carve(l, b->n_columns, sizeof *b->columns);
}

/** Lists the nodes that the last search reached. */
static enum mentor_assign_status block_open(struct mentor_assign_block *ret, const struct graph *g, const struct mentor_assign_problem *p)
{
	struct mentor_assign_block b = { 0 };
	struct layout l = { 0 };
	for (int32_t i = 0; i < g->n_nodes; i++)
		if (g->level[i] != NOWHERE)
			*(i < g->n_rows ? &b.n_rows : &b.n_columns) += 1;
	block_layout(&b, &l);
	b.memory = zeroed_block(p, l.used);
	if (!b.memory)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ b.memory, 0 };
	block_layout(&b, &l);
	int32_t n_rows = 0, n_columns = 0;
	for (int32_t i = 0; i < g->n_nodes; i++) {
		if (g->level[i] == NOWHERE)
			continue;
		if (i < g->n_rows)
			b.rows[n_rows++] = i;
		else
			b.columns[n_columns++] = i - g->n_rows;
	}
	*ret = b;
	return MENTOR_ASSIGN_OK;
}

static enum mentor_assign_status find_shortage(struct graph *g, const struct mentor_assign_problem *p,
    const struct mentor_assign_result *result, int32_t row, struct mentor_assign_block *ret)
{
	const enum mentor_assign_status status = graph_load(g, p);
	if (status != MENTOR_ASSIGN_OK)
		return status;
	if (!graph_take_result(g, p, result) || g->room[row] == 0)
		return MENTOR_ASSIGN_INVALID;
	if (graph_reach(g, row))
		return MENTOR_ASSIGN_INVALID;
	return block_open(ret, g, p);
}

enum mentor_assign_status mentor_assign_shortage(
    const struct mentor_assign_problem *problem, const struct mentor_assign_result *result, int32_t row, struct mentor_assign_block *ret)
{
	struct graph g = { 0 };
	struct layout l = { 0 };
	if (!problem_valid(problem) || row < 0 || row >= problem->n_rows)
		return MENTOR_ASSIGN_INVALID;
	graph_layout(&g, problem, &l);
	void *block = zeroed_block(problem, l.used);
	if (!block)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ block, 0 };
	graph_layout(&g, problem, &l);
	const enum mentor_assign_status status = find_shortage(&g, problem, result, row, ret);
	free(block);
	return status;
}

void mentor_assign_block_free(struct mentor_assign_block *block)
{
	if (!block)
		return;
	free(block->memory);
	*block = (struct mentor_assign_block){ 0 };
}
