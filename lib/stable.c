/* stable.c: deferred acceptance with ties, incomplete lists and places on both sides. Numbers in, numbers out.
 *
 * How ties are broken decides how many pairs come out. Each candidate may be proposed up to three times, each time with a
 * better standing at the column:
 *   1. tentatively, where the row ties it with others: the column takes it only into a place nobody else wants, so that of
 *      columns a row likes equally well an empty one is found first;
 *   2. plainly: by the column's ranks;
 *   3. urgently, once the row has been through its whole list: it wins the column's ties.
 * A row goes through (1) and (2) tie by tie, and through (3) at the end. To the column the order is: by rank, within a rank the
 * urgent before the plain, and all the tentative last. That makes all preferences strict, and deferred acceptance under them
 * gives a weakly stable matching of at least 2/3 of the largest one's pairs:
 *   Z. Kiraly, Linear time local approximation algorithm for maximum stable marriage, Algorithms 6 (2013), for one place each;
 *   E. McDermid, A 3/2-approximation algorithm for general stable marriage, ICALP 2009, the first to reach 3/2;
 *   Y. Yokoi, An approximation algorithm for maximum stable matching with ties and constraints, ISAAC 2021, for places on both
 *   sides: there the three standings are three copies of each pair, of which at most one is held.
 * Left out is what changes nothing: the tentative proposal of a candidate that its row ties with no other. Without ties on
 * either side this is the method of D. Gale and L. S. Shapley, College admissions and the stability of marriage (1962). */
#include "kernel.h"
#include "mentor.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = -1, DIGIT = 11, BUCKETS = 1 << DIGIT };

enum standing { TENTATIVE, PLAIN, URGENT };

/* ---- input -------------------------------------------------------------------------------------------------- */

static bool candidate_valid(const struct mentor_stable_problem *p, const struct mentor_stable_candidate *c)
{
	return !(((uint32_t)c->row >= (uint32_t)p->n_rows) | ((uint32_t)c->column >= (uint32_t)p->n_columns) | (c->row_rank < 1) |
		 (c->column_rank < 1));
}

static bool candidates_valid(const struct mentor_stable_problem *p)
{
	bool valid = true;
	for (int32_t i = 0; i < p->n_candidates; i++)
		valid &= candidate_valid(p, &p->candidates[i]);
	return valid;
}

/** All but the candidates. */
static bool sides_valid(const struct mentor_stable_problem *p)
{
	if (p->n_rows < 0 || p->n_columns < 0 || p->n_candidates < 0 || p->n_pins < 0)
		return false;
	if ((int64_t)p->n_rows + p->n_columns > MENTOR_STABLE_MAX_NODES || p->n_candidates > MENTOR_STABLE_MAX_CANDIDATES)
		return false;
	return places_valid(p->row_places, p->n_rows) && places_valid(p->column_places, p->n_columns);
}

/* ---- what is worked on -------------------------------------------------------------------------------------- */

/** How far a candidate has come. */
struct state {
	unsigned char standing : 2; /* of the latest proposal */
	unsigned char n_passed : 2; /* standings the row came past while the column held it */
	unsigned char held : 1;	    /* by the column, or pinned */
};

/** Where a row stands in its list: in the tie that begins at `tie`, or past it. */
struct cursor {
	int32_t at, tie;
	enum standing standing;
};

/** What a column holds. It would rather have the smaller key. */
struct hold {
	int64_t key;
	int32_t edge;
};

struct id {
	int64_t id;
	int32_t index;
};

/** An edge is a candidate, numbered in the order of row, rank and id of the column. */
struct work {
	const struct mentor_stable_candidate *candidates;
	int32_t n_rows, n_columns, n_edges;
	bool sorted;		/* the candidates came in the order of the edges */
	bool ties;		/* a row likes some columns equally well */
	int32_t *order;		/* by edge, the candidate; only if not sorted */
	int32_t *spare;		/* the other half while sorting; with pins, by candidate the edge */
	struct state *states;	/* by edge */
	int32_t *row_start;	/* where a row's edges begin */
	struct cursor *cursors; /* by row */
	struct hold *holds;	/* by column, best first */
	int32_t *hold_start;	/* where a column's holds begin */
	int32_t *n_held;	/* by column */
	int32_t *room;		/* by row, then by column: places that no pin takes */
	int32_t *number;	/* by row, then by column: how many on its side have a lower id */
	int32_t *seen;		/* by column: the last row that listed it */
	struct id *ids;
};

static void work_layout(struct work *w, const struct mentor_stable_problem *p, struct layout *l)
{
	const int64_t n_nodes = (int64_t)p->n_rows + p->n_columns;
	w->candidates = p->candidates;
	w->n_rows = p->n_rows;
	w->n_columns = p->n_columns;
	w->n_edges = p->n_candidates;
	w->order = carve(l, p->n_candidates, sizeof *w->order);
	w->spare = carve(l, p->n_candidates, sizeof *w->spare);
	w->states = carve(l, p->n_candidates, sizeof *w->states);
	w->row_start = carve(l, (int64_t)p->n_rows + 1, sizeof *w->row_start);
	w->cursors = carve(l, p->n_rows, sizeof *w->cursors);
	w->holds = carve(l, p->n_candidates, sizeof *w->holds);
	w->hold_start = carve(l, (int64_t)p->n_columns + 1, sizeof *w->hold_start);
	w->n_held = carve(l, p->n_columns, sizeof *w->n_held);
	w->room = carve(l, n_nodes, sizeof *w->room);
	w->number = carve(l, n_nodes, sizeof *w->number);
	w->seen = carve(l, p->n_columns, sizeof *w->seen);
	w->ids = carve(l, p->n_rows > p->n_columns ? p->n_rows : p->n_columns, sizeof *w->ids);
}

static const struct mentor_stable_candidate *candidate_of(const struct work *w, int32_t e)
{
	return &w->candidates[w->sorted ? e : w->order[e]];
}

static int compare_ids(const void *a, const void *b)
{
	const int64_t x = ((const struct id *)a)->id, y = ((const struct id *)b)->id;
	return (x > y) - (x < y);
}

/** Numbers one side by id. False when two are the same. */
static bool number_by_id(struct work *w, const int64_t *ids, int32_t *number, int32_t n)
{
	bool ascending = true;
	for (int32_t i = 0; i < n; i++) {
		w->ids[i] = (struct id){ ids ? ids[i] : i, i };
		ascending = ascending && (i == 0 || w->ids[i - 1].id < w->ids[i].id);
	}
	if (!ascending)
		qsort(w->ids, (size_t)n, sizeof *w->ids, compare_ids);
	for (int32_t i = 0; i < n; i++) {
		if (i > 0 && w->ids[i - 1].id == w->ids[i].id)
			return false;
		number[w->ids[i].index] = i;
	}
	return true;
}

/* ---- the order of the edges --------------------------------------------------------------------------------- */

/** Does `a` come before `b`? */
static bool before(const struct work *w, const struct mentor_stable_candidate *a, const struct mentor_stable_candidate *b)
{
	if (a->row != b->row)
		return a->row < b->row;
	if (a->row_rank != b->row_rank)
		return a->row_rank < b->row_rank;
	return w->number[w->n_rows + a->column] < w->number[w->n_rows + b->column];
}

enum { BY_COLUMN, BY_RANK, BY_ROW, N_KEYS };

static int32_t sort_key(const struct work *w, int32_t candidate, int key)
{
	const struct mentor_stable_candidate *c = &w->candidates[candidate];
	return key == BY_ROW ? c->row : key == BY_RANK ? c->row_rank : w->number[w->n_rows + c->column];
}

/** Sorts by one digit of one key, by counting. */
static void sort_by_digit(struct work *w, int key, int shift)
{
	int32_t at[BUCKETS + 1] = { 0 };
	for (int32_t i = 0; i < w->n_edges; i++)
		at[(sort_key(w, i, key) >> shift & (BUCKETS - 1)) + 1]++;
	for (int32_t i = 0; i < BUCKETS; i++)
		at[i + 1] += at[i];
	for (int32_t i = 0; i < w->n_edges; i++)
		w->spare[at[sort_key(w, w->order[i], key) >> shift & (BUCKETS - 1)]++] = w->order[i];
	int32_t *sorted = w->spare;
	w->spare = w->order;
	w->order = sorted;
}

/** Sorts by row, rank and column: the order of the candidates leaves no trace. */
static void sort_edges(struct work *w)
{
	int32_t most[N_KEYS] = { w->n_columns - 1, 0, w->n_rows - 1 };
	for (int32_t i = 0; i < w->n_edges; i++) {
		w->order[i] = i;
		most[BY_RANK] = w->candidates[i].row_rank > most[BY_RANK] ? w->candidates[i].row_rank : most[BY_RANK];
	}
	for (int key = 0; key < N_KEYS; key++)
		for (int shift = 0; shift < 31 && most[key] >> shift > 0; shift += DIGIT)
			sort_by_digit(w, key, shift);
}

/** Whether `c` may stand behind `last`, the edge before it, or NULL. */
static bool follows(const struct work *w, const struct mentor_stable_problem *p, const struct mentor_stable_candidate *last,
    const struct mentor_stable_candidate *c)
{
	return candidate_valid(p, c) && (!last || before(w, last, c));
}

/** Finds where the edges of rows and the holds of columns begin. False when an edge is not valid or not in order, or a row
 * lists a column twice: one pass for all, since reading the candidates is half the work. */
static bool index_edges(struct work *w, const struct mentor_stable_problem *p)
{
	const struct mentor_stable_candidate *last = NULL;
	const int32_t n_edges = w->n_edges, n_columns = w->n_columns, *order = w->sorted ? NULL : w->order;
	int32_t row = NONE, rank = 0, *listed = w->hold_start + 1, *seen = w->seen;
	memset(w->hold_start, 0, ((size_t)n_columns + 1) * sizeof *w->hold_start);
	for (int32_t i = 0; i < n_columns; i++)
		seen[i] = NONE;
	for (int32_t i = 0; i < n_edges; i++) {
		const struct mentor_stable_candidate *c = &w->candidates[order ? order[i] : i];
		const int32_t column = c->column;
		/* most edges go on with the row before at a later rank, which leaves little to check */
		if ((c->row != row) | (c->row_rank <= rank) | ((uint32_t)column >= (uint32_t)n_columns) | (c->column_rank < 1)) {
			if (!follows(w, p, last, c))
				return false;
			w->ties |= c->row == row && c->row_rank == rank;
			while (row < c->row)
				w->row_start[++row] = i;
		}
		if (seen[column] == row)
			return false;
		seen[column] = row;
		listed[column]++;
		rank = c->row_rank;
		last = c;
	}
	while (row < w->n_rows)
		w->row_start[++row] = n_edges;
	for (int32_t i = 0; i < n_columns; i++) {
		const int32_t room = w->room[w->n_rows + i];
		w->hold_start[i + 1] = w->hold_start[i] + (room < listed[i] ? room : listed[i]);
	}
	return true;
}

/** Holds the pins for good and takes their places away. */
static enum mentor_status hold_pins(struct work *w, const struct mentor_stable_problem *p)
{
	bool fits = true;
	int32_t *edge_of = w->spare;
	for (int32_t i = 0; i < w->n_edges && p->n_pins > 0; i++)
		edge_of[w->sorted ? i : w->order[i]] = i;
	for (int32_t i = 0; i < p->n_pins; i++) {
		if (p->pins[i] < 0 || p->pins[i] >= p->n_candidates)
			return MENTOR_INVALID;
		const struct mentor_stable_candidate *c = &p->candidates[p->pins[i]];
		struct state *state = &w->states[edge_of[p->pins[i]]];
		if (state->held)
			return MENTOR_INVALID;
		state->held = true;
		fits = --w->room[c->row] >= 0 && fits;
		fits = --w->room[w->n_rows + c->column] >= 0 && fits;
	}
	return fits ? MENTOR_OK : MENTOR_REFUSED;
}

static enum mentor_status load(struct work *w, const struct mentor_stable_problem *p)
{
	if (!number_by_id(w, p->row_ids, w->number, p->n_rows) ||
	    !number_by_id(w, p->column_ids, w->number + p->n_rows, p->n_columns))
		return MENTOR_INVALID;
	for (int32_t i = 0; i < p->n_rows; i++)
		w->room[i] = places_of(p->row_places, i);
	for (int32_t i = 0; i < p->n_columns; i++)
		w->room[p->n_rows + i] = places_of(p->column_places, i);
	w->sorted = true;
	if (!index_edges(w, p)) {
		if (!candidates_valid(p))
			return MENTOR_INVALID;
		w->sorted = false;
		sort_edges(w);
		if (!index_edges(w, p))
			return MENTOR_INVALID;
	}
	for (int32_t i = 0; i < p->n_rows; i++)
		w->cursors[i] = (struct cursor){ w->row_start[i], NONE, PLAIN };
	memset(w->n_held, 0, (size_t)p->n_columns * sizeof *w->n_held);
	memset(w->states, 0, (size_t)p->n_candidates * sizeof *w->states);
	return hold_pins(w, p);
}

/* ---- proposals ---------------------------------------------------------------------------------------------- */

static bool tied(const struct work *w, int32_t e, int32_t other, int32_t end)
{
	return w->ties && e < end && candidate_of(w, e)->row_rank == candidate_of(w, other)->row_rank;
}

/** Sets the cursor on the next edge to propose, which may be held. False when there is none. */
static bool turn(const struct work *w, int32_t row, struct cursor *c)
{
	const int32_t end = w->row_start[row + 1];
	if (c->standing == URGENT)
		return c->at < end;
	if (c->tie != NONE && tied(w, c->at, c->tie, end))
		return true;
	if (c->standing == TENTATIVE) {
		c->standing = PLAIN;
		c->at = c->tie;
		return true;
	}
	if (c->at < end) {
		c->tie = c->at;
		c->standing = tied(w, c->at + 1, c->at, end) ? TENTATIVE : PLAIN;
		return true;
	}
	c->standing = URGENT;
	c->at = w->row_start[row];
	return c->at < end;
}

/** The edge that a row proposes next, its standing set, or NONE. */
static int32_t next_proposal(struct work *w, int32_t row)
{
	struct cursor *c = &w->cursors[row];
	while (turn(w, row, c)) {
		struct state *state = &w->states[c->at++];
		if (!state->held) {
			state->standing = c->standing & 3;
			return c->at - 1;
		}
		state->n_passed++;
	}
	return NONE;
}

/** What a row proposes after a column turned `e` down: the same with the next standing if it came past that already, when
 * this is the best it has left, else what comes next in its list. */
static int32_t after(struct work *w, int32_t e)
{
	struct state *state = &w->states[e];
	if (state->n_passed == 0)
		return next_proposal(w, candidate_of(w, e)->row);
	state->n_passed--;
	state->standing++;
	return e;
}

/** Tentative last, then by rank, urgent before plain, then by the number of the row. All different. */
static int64_t key_of(const struct work *w, int32_t e)
{
	const struct mentor_stable_candidate *c = candidate_of(w, e);
	const int64_t tentative = w->states[e].standing == TENTATIVE, urgent = w->states[e].standing == URGENT;
	return tentative << 62 | (int64_t)c->column_rank << 22 | (1 - urgent) << 21 | w->number[c->row];
}

/** Proposes `e`. Returns the edge that is turned down for it, maybe `e` itself, or NONE. */
static int32_t propose(struct work *w, int32_t e)
{
	const int32_t column = candidate_of(w, e)->column, room = w->room[w->n_rows + column];
	struct hold *holds = w->holds + w->hold_start[column];
	const struct hold new = { key_of(w, e), e };
	int32_t n = w->n_held[column], out = NONE;
	if (room == 0 || (n == room && holds[n - 1].key < new.key))
		return e;
	if (n == room) {
		out = holds[--n].edge;
		w->states[out].held = false;
	}
	w->n_held[column] = n + 1;
	for (; n > 0 && holds[n - 1].key > new.key; n--)
		holds[n] = holds[n - 1];
	holds[n] = new;
	w->states[e].held = true;
	return out;
}

/** Fills the places of every row. The order of rows does not matter to what comes out: all preferences are strict by now. */
static void fill(struct work *w)
{
	for (int32_t row = 0; row < w->n_rows; row++) {
		for (int32_t i = 0; i < w->room[row]; i++) {
			int32_t e = next_proposal(w, row);
			if (e == NONE)
				break;
			for (; e != NONE; e = after(w, e)) {
				e = propose(w, e);
				if (e == NONE)
					break;
			}
		}
	}
}

/* ---- figures ------------------------------------------------------------------------------------------------ */

/** What is counted by: for rows, then columns, places not filled and the worst rank among partners who are no pins. */
struct count {
	int32_t *room, *worst;
	bool *chosen;
};

static void count_layout(struct count *k, const struct mentor_stable_problem *p, struct layout *l)
{
	const int64_t n_nodes = (int64_t)p->n_rows + p->n_columns;
	k->room = carve(l, n_nodes, sizeof *k->room);
	k->worst = carve(l, n_nodes, sizeof *k->worst);
	k->chosen = carve(l, p->n_candidates, sizeof *k->chosen);
}

static void add_rank(struct mentor_stable_ranks *r, int32_t rank)
{
	r->n_first += rank == 1;
	r->worst = rank > r->worst ? rank : r->worst;
	r->sum += rank;
}

/** Takes the places of the pairs and adds up their ranks. False when they are no matching. */
static bool count_pairs(
    struct count *k, const struct mentor_stable_problem *p, const int32_t *pairs, int32_t n_pairs, struct mentor_stable_figures *f)
{
	for (int32_t i = 0; i < n_pairs; i++) {
		if (pairs[i] < 0 || pairs[i] >= p->n_candidates || k->chosen[pairs[i]])
			return false;
		const struct mentor_stable_candidate *c = &p->candidates[pairs[i]];
		if (--k->room[c->row] < 0 || --k->room[p->n_rows + c->column] < 0)
			return false;
		k->chosen[pairs[i]] = true;
		add_rank(&f->rows, c->row_rank);
		add_rank(&f->columns, c->column_rank);
	}
	return true;
}

/** Finds the worst partner of each. Pins are left out, for nobody can take their place. False when one is not chosen. */
static bool count_worst(struct count *k, const struct mentor_stable_problem *p, const int32_t *pairs, int32_t n_pairs)
{
	bool kept = true;
	for (int32_t i = 0; i < p->n_pins; i++) {
		if (p->pins[i] < 0 || p->pins[i] >= p->n_candidates)
			return false;
		kept = kept && k->chosen[p->pins[i]];
		k->chosen[p->pins[i]] = false;
	}
	for (int32_t i = 0; i < n_pairs && kept; i++) {
		if (!k->chosen[pairs[i]])
			continue;
		const struct mentor_stable_candidate *c = &p->candidates[pairs[i]];
		int32_t *row = &k->worst[c->row], *column = &k->worst[p->n_rows + c->column];
		*row = c->row_rank > *row ? c->row_rank : *row;
		*column = c->column_rank > *column ? c->column_rank : *column;
	}
	for (int32_t i = 0; i < p->n_pins; i++)
		k->chosen[p->pins[i]] = true;
	return kept;
}

/** Whether the column of a candidate would rather have it, too. */
static bool blocks(const struct count *k, int32_t n_rows, const struct mentor_stable_candidate *candidates, int32_t i)
{
	return candidates[i].column_rank <= k->worst[n_rows + candidates[i].column] && !k->chosen[i];
}

/** The edges of each row are in its order: behind the first that it would not rather have there is no other. */
static int64_t count_blocking(const struct count *k, const struct work *w)
{
	int64_t n = 0;
	for (int32_t row = 0; row < w->n_rows; row++)
		for (int32_t e = w->row_start[row]; e < w->row_start[row + 1] && candidate_of(w, e)->row_rank <= k->worst[row]; e++)
			n += blocks(k, w->n_rows, w->candidates, w->sorted ? e : w->order[e]);
	return n;
}

static enum mentor_status count_figures(struct count *k, const struct mentor_stable_problem *p, const struct work *w, const int32_t *pairs,
    int32_t n_pairs, struct mentor_stable_figures *ret)
{
	struct mentor_stable_figures f = { 0 };
	const int32_t n_nodes = p->n_rows + p->n_columns;
	memset(k->chosen, 0, (size_t)p->n_candidates * sizeof *k->chosen);
	memset(k->worst, 0, (size_t)n_nodes * sizeof *k->worst);
	for (int32_t i = 0; i < p->n_rows; i++)
		k->room[i] = places_of(p->row_places, i);
	for (int32_t i = 0; i < p->n_columns; i++)
		k->room[p->n_rows + i] = places_of(p->column_places, i);
	if (!count_pairs(k, p, pairs, n_pairs, &f) || !count_worst(k, p, pairs, n_pairs))
		return MENTOR_INVALID;

	/* who has a place left would rather have anybody */
	for (int32_t i = 0; i < n_nodes; i++)
		k->worst[i] = k->room[i] > 0 ? INT32_MAX : k->worst[i] - 1;
	f.n_blocking = count_blocking(k, w);
	*ret = f;
	return MENTOR_OK;
}

/** Lays out both in one block, which is the caller's to free, and reads the problem. */
static enum mentor_status prepare(const struct mentor_stable_problem *p, struct work *w, struct count *k, void **ret_block)
{
	struct layout l = { 0 };
	if (!sides_valid(p))
		return MENTOR_INVALID;
	work_layout(w, p, &l);
	count_layout(k, p, &l);
	void *block = open_block(p->alloc, l.used);
	if (!block)
		return MENTOR_NO_MEMORY;
	l = (struct layout){ block, 0 };
	work_layout(w, p, &l);
	count_layout(k, p, &l);
	*ret_block = block;
	return load(w, p);
}

enum mentor_status mentor_stable_measure(
    const struct mentor_stable_problem *problem, const int32_t *pairs, int32_t n_pairs, struct mentor_stable_figures *ret_figures)
{
	struct work w = { 0 };
	struct count k = { 0 };
	void *block = NULL;
	enum mentor_status status = n_pairs < 0 ? MENTOR_INVALID : prepare(problem, &w, &k, &block);
	if (status == MENTOR_REFUSED) /* pins that somebody has no place for are in no matching */
		status = MENTOR_INVALID;
	if (status == MENTOR_OK)
		status = count_figures(&k, problem, &w, pairs, n_pairs, ret_figures);
	free(block);
	return status;
}

/* ---- the result --------------------------------------------------------------------------------------------- */

static enum mentor_status result_open(
    const struct work *w, struct count *k, const struct mentor_stable_problem *p, struct mentor_stable_result *ret)
{
	struct mentor_stable_result r = { .n_pairs = p->n_pins };
	bool *chosen = k->chosen;
	memset(chosen, 0, (size_t)w->n_edges * sizeof *chosen);
	for (int32_t i = 0; i < p->n_pins; i++)
		chosen[p->pins[i]] = true;
	for (int32_t column = 0; column < w->n_columns; column++) {
		const struct hold *holds = w->holds + w->hold_start[column];
		r.n_pairs += w->n_held[column];
		for (int32_t i = 0; i < w->n_held[column]; i++)
			chosen[w->sorted ? holds[i].edge : w->order[holds[i].edge]] = true;
	}
	r.memory = r.pairs = open_block(p->alloc, (size_t)r.n_pairs * sizeof *r.pairs);
	if (!r.memory)
		return MENTOR_NO_MEMORY;
	const bool *next = chosen;
	for (int32_t n = 0; n < r.n_pairs; n++, next++) {
		next = memchr(next, true, (size_t)(chosen + w->n_edges - next));
		r.pairs[n] = (int32_t)(next - chosen);
	}
	if (count_figures(k, p, w, r.pairs, r.n_pairs, &r.figures) != MENTOR_OK || r.figures.n_blocking > 0) {
		free(r.memory);
		return MENTOR_BUG;
	}
	*ret = r;
	return MENTOR_OK;
}

enum mentor_status mentor_stable_solve(const struct mentor_stable_problem *problem, struct mentor_stable_result *ret_result)
{
	struct work w = { 0 };
	struct count k = { 0 };
	void *block = NULL;
	enum mentor_status status = prepare(problem, &w, &k, &block);
	if (status == MENTOR_OK) {
		fill(&w);
		status = result_open(&w, &k, problem, ret_result);
	}
	free(block);
	return status;
}

void mentor_stable_result_free(struct mentor_stable_result *result)
{
	if (!result)
		return;
	free(result->memory);
	*result = (struct mentor_stable_result){ 0 };
}
