/* assign.c: the matching kernel: most pairs first, then the objective, then the highest total, then a stated tie-break, with a proof. Numbers in,
 * numbers out.
 *
 *   assign_graph.c    who may be paired with whom; the largest matching, which splits the problem in two parts
 *   assign_worst.c    the best for the worst-off pair: which candidates are good enough
 *   assign_market.c   one part and its prices, from level to level, until nothing is left to choose
 *   assign_auction.c  prices that are nearly right      assign_search.c  and exactly
 *   assign_dense.c    all pairs through a callback: a few candidates of each row are solved, the rest priced
 *   assign_proof.c    checking a result, trusting nothing; who competes for what */
#include "assign_internal.h"

#include "platform.h"

#include <stdlib.h>
#include <string.h>

enum {
	N_HASHES = 5,   /* rounds of the tie-break */
	HASH_BITS = 20, /* of rounds after the first: wide enough that one is nearly always the last */
	PACK_BITS = 36, /* a level of ranks weighs no more than this */
};

/* ---- memory ---- */

void *zeroed_block(const struct mentor_assign_problem *p, size_t size)
{
	if (p->alloc) {
		void *given = open_block(p->alloc, size);
		return given ? memset(given, 0, size) : NULL;
	}
	void *block = calloc(1, size + 1); /* pages that nobody writes to are never touched */
	if (block)
		platform_use_large_pages(block, size);
	return block;
}

/* ---- input ---- */

static bool candidates_valid(const struct mentor_assign_problem *p)
{
	int64_t sum = 0;
	for (int32_t i = 0; i < p->n_candidates; i++) {
		const struct mentor_assign_candidate *c = &p->candidates[i];
		if (c->row < 0 || c->row >= p->n_rows || c->column < 0 || c->column >= p->n_columns)
			return false;
		if (c->score < -MENTOR_ASSIGN_MAX_SCORE || c->score > MENTOR_ASSIGN_MAX_SCORE)
			return false;
		sum += c->score < 0 ? -c->score : c->score;
		if (sum > MENTOR_ASSIGN_MAX_TOTAL)
			return false;
	}
	return true;
}

static bool pins_valid(const struct mentor_assign_problem *p)
{
	for (int32_t i = 0; i < p->n_pins; i++)
		if (p->pins[i] < 0 || p->pins[i] >= p->n_candidates)
			return false;
	return true;
}

static bool has_ranks(const struct mentor_assign_problem *p)
{
	return p->objective == MENTOR_ASSIGN_GREEDY || p->objective == MENTOR_ASSIGN_GENEROUS;
}

static bool ranks_valid(const struct mentor_assign_problem *p)
{
	if (!has_ranks(p))
		return p->objective == MENTOR_ASSIGN_TOTAL || p->objective == MENTOR_ASSIGN_WORST;
	if (!p->ranks)
		return p->n_candidates == 0;
	for (int32_t i = 0; i < p->n_candidates; i++)
		if (p->ranks[i] < 1 || p->ranks[i] > MENTOR_ASSIGN_MAX_RANK)
			return false;
	return true;
}

bool problem_valid(const struct mentor_assign_problem *p)
{
	if (p->n_rows < 0 || p->n_columns < 0 || p->n_candidates < 0 || p->n_pins < 0)
		return false;
	if ((int64_t)p->n_rows + p->n_columns > MENTOR_ASSIGN_MAX_NODES || p->n_candidates > MENTOR_ASSIGN_MAX_CANDIDATES)
		return false;
	return places_valid(p->row_places, p->n_rows) && places_valid(p->column_places, p->n_columns) && candidates_valid(p) &&
	       pins_valid(p) && ranks_valid(p);
}

bool goes_on(struct clock *k, int64_t done, int64_t whole)
{
	const int64_t now = k->base + (whole > 0 ? k->share * done / whole : 0);
	k->done = now > k->done ? now : k->done;
	return !k->p->progress || k->p->progress(k->p->progress_data, k->done, k->total);
}

/* ---- levels ---- */

int64_t most_pairs(const struct mentor_assign_problem *p)
{
	int64_t rows = 0, columns = 0;
	for (int32_t i = 0; i < p->n_rows; i++)
		rows += places_of(p->row_places, i);
	for (int32_t i = 0; i < p->n_columns; i++)
		columns += places_of(p->column_places, i);
	const int64_t least = rows < columns ? rows : columns;
	return least < p->n_candidates ? least : p->n_candidates;
}

void levels_open(struct levels *l, const struct mentor_assign_problem *p)
{
	bool found[MENTOR_ASSIGN_MAX_RANK + 1] = { false };
	int32_t n = 0;
	*l = (struct levels){ .n = 2, .base = most_pairs(p) + 1, .sign = p->objective == MENTOR_ASSIGN_GREEDY ? 1 : -1 };
	for (int32_t i = 0; i < p->n_candidates && has_ranks(p); i++)
		found[p->ranks[i]] = true;
	for (int32_t i = 1; i <= MENTOR_ASSIGN_MAX_RANK; i++) {
		const int32_t rank = l->sign > 0 ? i : MENTOR_ASSIGN_MAX_RANK + 1 - i;
		if (found[rank])
			l->place_of_rank[rank] = n++;
	}
	int64_t weight = 1;
	do {
		weight *= l->base;
		l->per_level++;
	} while (l->per_level < n && weight <= (INT64_C(1) << PACK_BITS) / l->base);
	l->n += (n + l->per_level - 1) / l->per_level;
}

int64_t level_weight(const struct levels *l, const struct mentor_assign_problem *p, int32_t level, int32_t candidate)
{
	if (level == l->n - 1)
		return p->candidates[candidate].score;
	const int32_t place = l->place_of_rank[p->ranks[candidate]];
	if (place / l->per_level != level - 1)
		return 0;
	int64_t weight = l->sign;
	for (int32_t i = place % l->per_level + 1; i < l->per_level; i++)
		weight *= l->base;
	return weight;
}

/* ---- the tie-break ---- */

/** Spreads the bits of a number (the finalizer of MurmurHash3, as in Steele, Lea & Flood 2014). */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 33) * UINT64_C(0xff51afd7ed558ccd);
	x = (x ^ x >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
	return x ^ x >> 33;
}

int64_t pair_hash(const struct mentor_assign_problem *p, int32_t row, int32_t column, int32_t round)
{
	const uint64_t a = p->row_ids ? p->row_ids[row] : (uint64_t)row;
	const uint64_t b = p->column_ids ? p->column_ids[column] : (uint64_t)column;
	return (int64_t)(mix(mix(mix(a) + (uint64_t)round + 1) ^ b) >> (64 - (round == 0 ? FIRST_HASH_BITS : HASH_BITS)));
}

/* ---- solving ---- */

struct work {
	const struct mentor_assign_problem *p;
	struct graph g;
	struct market m;
	bool break_ties;
	struct levels levels;
	struct clock clock;
	bool *cover; /* by node, twice, for WORST */
	int64_t worst;
	struct mentor_assign_result result;
};

static void work_layout(struct work *w, struct layout *l)
{
	graph_layout(&w->g, w->p, l);
	market_layout(&w->m, w->p, l);
	w->cover = carve(l, 2 * ((int64_t)w->p->n_rows + w->p->n_columns), sizeof *w->cover);
}

static bool is_short(const struct graph *g, int32_t node)
{
	return g->level[node] != NOWHERE;
}

/** Chooses the edges that every largest matching has: from the short part's rows to the rich part's columns. */
static void choose_certain(struct graph *g)
{
	for (int32_t e = 0; e < g->n_edges; e++) {
		const int32_t row = g->row[e], column = g->n_rows + g->column[e];
		if (!is_short(g, row) || is_short(g, column))
			continue;
		g->chosen[g->candidate[e]] = true;
		g->capacity[row]--;
		g->capacity[column]--;
	}
}

static void result_layout(struct mentor_assign_result *r, const struct mentor_assign_problem *p, struct layout *l)
{
	r->row_prices = carve(l, (int64_t)p->n_rows * r->n_levels, sizeof *r->row_prices);
	r->column_prices = carve(l, (int64_t)p->n_columns * r->n_levels, sizeof *r->column_prices);
	r->pairs = carve(l, r->n_pairs, sizeof *r->pairs);
	r->row_cover = carve(l, 2 * (int64_t)p->n_rows, sizeof *r->row_cover);
	r->column_cover = carve(l, 2 * (int64_t)p->n_columns, sizeof *r->column_cover);
}

/** Room for a result of as many pairs as the matching and the pins have. The first level's prices are the split: rich rows and short columns are
 * what there is too little of. */
static enum mentor_assign_status result_open(struct work *w)
{
	struct mentor_assign_result *r = &w->result;
	const size_t n_rows = (size_t)w->p->n_rows, n_columns = (size_t)w->p->n_columns;
	struct layout l = { 0 };
	r->n_pairs = graph_size(&w->g) + w->p->n_pins;
	r->n_levels = w->levels.n;
	r->worst = w->worst;
	result_layout(r, w->p, &l);
	r->memory = zeroed_block(w->p, l.used);
	if (!r->memory)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ r->memory, 0 };
	result_layout(r, w->p, &l);
	for (int i = 0; i < 2; i++) {
		const bool *cover = w->cover + (size_t)i * (size_t)w->g.n_nodes;
		memcpy(r->row_cover + (size_t)i * n_rows, cover, n_rows * sizeof *cover);
		memcpy(r->column_cover + (size_t)i * n_columns, cover + n_rows, n_columns * sizeof *cover);
	}
	for (int32_t i = 0; i < w->p->n_rows; i++)
		r->row_prices[i] = !is_short(&w->g, i);
	for (int32_t i = 0; i < w->p->n_columns; i++)
		r->column_prices[i] = is_short(&w->g, w->p->n_rows + i);
	return MENTOR_ASSIGN_OK;
}

static void keep_prices(struct work *w, int32_t level)
{
	const struct market *m = &w->m;
	const int64_t n_rows = w->p->n_rows, n_columns = w->p->n_columns;
	for (int32_t i = 0; i < m->nobody; i++) {
		const int32_t node = m->graph_node[i];
		if (node < n_rows)
			w->result.row_prices[level * n_rows + node] = m->price[i];
		else
			w->result.column_prices[level * n_columns + node - n_rows] = m->price[i];
	}
}

static int32_t candidate_of(const struct work *w, int32_t arc)
{
	return w->g.candidate[w->m.edge[arc]];
}

static enum mentor_assign_status solve_levels(struct work *w)
{
	struct market *m = &w->m;
	for (int32_t level = 1; level < w->levels.n; level++) {
		for (int32_t a = 0; a < m->seekers[m->n_seekers].start; a++)
			m->arcs[a].score = level_weight(&w->levels, w->p, level, candidate_of(w, a));
		const enum mentor_assign_status status = market_solve(m, &w->clock);
		if (status != MENTOR_ASSIGN_OK)
			return status;
		w->clock.base += w->clock.share;
		keep_prices(w, level);
		market_restrict(m, &w->g);
	}
	return MENTOR_ASSIGN_OK;
}

static int64_t candidate_hash(const struct work *w, int32_t arc, int32_t round)
{
	const struct mentor_assign_candidate *c = &w->p->candidates[candidate_of(w, arc)];
	return pair_hash(w->p, c->row, c->column, round);
}

static enum mentor_assign_status solve_ties(struct work *w)
{
	struct market *m = &w->m;
	w->clock.share = 0;
	for (int32_t round = 0; w->break_ties && round < N_HASHES && market_restrict_to_ties(m, &w->g); round++) {
		for (int32_t a = 0; a < m->seekers[m->n_seekers].start; a++)
			m->arcs[a].score = candidate_hash(w, a, round);
		const enum mentor_assign_status status = market_solve(m, &w->clock);
		if (status != MENTOR_ASSIGN_OK)
			return status;
		market_restrict(m, &w->g);
	}
	market_choose(m, &w->g);
	return MENTOR_ASSIGN_OK;
}

static enum mentor_assign_status solve_part(struct work *w, enum part part)
{
	market_load(&w->m, &w->g, part);
	w->clock.share = 0;
	for (int32_t s = 0; s < w->m.n_seekers; s++)
		w->clock.share += w->m.seekers[s].need;
	if (!goes_on(&w->clock, 0, 1))
		return MENTOR_ASSIGN_CANCELLED;
	const enum mentor_assign_status status = solve_levels(w);
	return status == MENTOR_ASSIGN_OK ? solve_ties(w) : status;
}

static void result_close(struct work *w)
{
	int32_t n = 0;
	for (int32_t i = 0; i < w->p->n_candidates; i++) {
		if (!w->g.chosen[i])
			continue;
		w->result.pairs[n++] = i;
		w->result.total += w->p->candidates[i].score;
	}
}

static enum mentor_assign_status solve_all(struct work *w)
{
	enum mentor_assign_status status = graph_load(&w->g, w->p);
	if (status != MENTOR_ASSIGN_OK)
		return status;
	if (!goes_on(&w->clock, 0, 1))
		return MENTOR_ASSIGN_CANCELLED;
	status = graph_match(&w->g, &w->clock);
	if (status == MENTOR_ASSIGN_OK && w->p->objective == MENTOR_ASSIGN_WORST)
		status = graph_worst(&w->g, w->p, w->m.arcs, &w->clock, w->cover, &w->worst);
	if (status == MENTOR_ASSIGN_OK)
		status = result_open(w);
	if (status != MENTOR_ASSIGN_OK)
		return status;
	w->clock.total = (int64_t)graph_size(&w->g) * (w->levels.n - 1);
	choose_certain(&w->g);
	for (int part = RICH; part < N_PARTS && status == MENTOR_ASSIGN_OK; part++)
		status = solve_part(w, (enum part)part);
	if (status == MENTOR_ASSIGN_OK)
		result_close(w);
	else
		mentor_assign_free(&w->result);
	return status;
}

enum mentor_assign_status assign_run(const struct mentor_assign_problem *problem, bool break_ties, struct mentor_assign_result *ret)
{
	struct work w = { .p = problem, .break_ties = break_ties, .clock = { .p = problem } };
	struct layout l = { 0 };
	if (!problem_valid(problem))
		return MENTOR_ASSIGN_INVALID;
	levels_open(&w.levels, problem);
	work_layout(&w, &l);
	void *block = zeroed_block(problem, l.used);
	if (!block)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ block, 0 };
	work_layout(&w, &l);
	const enum mentor_assign_status status = solve_all(&w);
	free(block);
	if (status == MENTOR_ASSIGN_OK)
		*ret = w.result;
	return status;
}

enum mentor_assign_status mentor_assign_solve(const struct mentor_assign_problem *problem, struct mentor_assign_result *ret)
{
	return assign_run(problem, !problem->any_tie, ret);
}

void mentor_assign_free(struct mentor_assign_result *result)
{
	if (!result)
		return;
	free(result->memory);
	*result = (struct mentor_assign_result){ 0 };
}
