/* assign_dense.c: problems in which most pairs may be formed: a few candidates of each row are solved, all others are priced, and what is worth more
 * than its price joins them, until nothing does. */
#include "assign_internal.h"

#include <stdlib.h>
#include <string.h>

enum {
	FEW = 48,             /* candidates of a row to begin with, and at most as many more in the first rounds */
	SUITORS = 4,          /* rows of each column that are candidates to begin with */
	PATIENCE = 6,         /* rounds after which more may join at a time */
	WHOLE = 6250000,      /* up to so many pairs are solved as a matrix, where that can be done */
	ALL_PAIRS = 490000,   /* up to so many are all candidates */
	SAMPLE = 256,         /* rows and columns of the sample that guesses prices */
	TIES_PER_NODE = 16,   /* pairs that cost nothing: more are first thinned out by the tie-break */
};

/** A pair by what it is worth. */
struct find {
	int64_t worth, score;
	int32_t column;
};

/** A row that might be a column's. */
struct suitor {
	int64_t worth, score;
	int32_t row;
};

struct dense {
	const struct mentor_assign_dense *d;
	struct mentor_assign_problem p; /* the candidates so far, the pins first */
	struct mentor_assign_candidate *list;
	int32_t *pins;
	int32_t *first, *next, n_room; /* by row: its last candidate; by candidate: the one before it */
	int32_t *row_open, *column_open; /* places that are not pinned */
	int32_t *seen;                 /* by column: the row whose candidate it is, plus 1 */
	int64_t *scores, *price;       /* of one row; what a column costs it */
	struct suitor *suitors;        /* some for each column */
	struct find *finds;            /* a heap, the least at the top */
	int32_t n_finds, most_finds;
	int64_t unit;    /* scores are counted in units, and hashes join them; 0: no hashes */
	int64_t largest; /* |score| seen so far */
	int64_t n_found;
	bool whole; /* solved as a matrix: the candidates are all that matter */
	void *memory;
};

/** Whether all pairs are candidates from the first. */
static bool small(const struct dense *w)
{
	return (int64_t)w->p.n_rows * w->p.n_columns <= ALL_PAIRS;
}

/* ---- candidates ---- */

static void *dense_alloc(const struct dense *w, int64_t count, size_t size)
{
	struct layout l = { 0 };
	carve(&l, count, size);
	return zeroed_block(&w->p, l.used);
}

static bool grow(struct dense *w)
{
	const int32_t more = w->n_room < 1024 ? 1024 : w->n_room;
	if (w->n_room > MENTOR_ASSIGN_MAX_CANDIDATES - more)
		return false;
	struct mentor_assign_candidate *list = dense_alloc(w, (int64_t)w->n_room + more, sizeof *list);
	int32_t *next = list ? dense_alloc(w, (int64_t)w->n_room + more, sizeof *next) : NULL;
	if (!next) {
		free(list);
		return false;
	}
	if (w->p.n_candidates > 0) {
		memcpy(list, w->list, (size_t)w->p.n_candidates * sizeof *list);
		memcpy(next, w->next, (size_t)w->p.n_candidates * sizeof *next);
	}
	free(w->list);
	free(w->next);
	w->p.candidates = w->list = list;
	w->next = next;
	w->n_room += more;
	return true;
}

static bool join(struct dense *w, int32_t row, int32_t column, int64_t score)
{
	if (w->p.n_candidates == w->n_room && !grow(w))
		return false;
	const int32_t n = w->p.n_candidates++;
	w->list[n] = (struct mentor_assign_candidate){ row, column, score };
	w->next[n] = w->first[row];
	w->first[row] = n;
	return true;
}

/* ---- rows ---- */

/** Has a row scored; columns without an open place are barred. False when a score is out of range. */
static bool score_row(struct dense *w, int32_t row)
{
	w->d->score_row(w->d->data, row, w->scores);
	for (int32_t c = 0; c < w->p.n_columns; c++) {
		int64_t *s = &w->scores[c];
		if (*s == MENTOR_ASSIGN_BARRED)
			continue;
		if (*s < -MENTOR_ASSIGN_MAX_SCORE || *s > MENTOR_ASSIGN_MAX_SCORE)
			return false;
		if (w->column_open[c] == 0)
			*s = MENTOR_ASSIGN_BARRED;
		else if (w->unit > 0)
			*s = *s * w->unit + pair_hash(&w->p, row, c, 0);
		else if (*s > w->largest || -*s > w->largest)
			w->largest = *s > 0 ? *s : -*s;
	}
	return true;
}

static void mark(struct dense *w, int32_t row)
{
	for (int32_t i = w->first[row]; i != NOWHERE; i = w->next[i])
		w->seen[w->list[i].column] = row + 1;
}

static void find_sink(struct find *heap, int32_t n, struct find f)
{
	int32_t i = 0;
	for (int32_t child = 1; child < n; child = 2 * i + 1) {
		if (child + 1 < n && heap[child + 1].worth < heap[child].worth)
			child++;
		if (heap[child].worth >= f.worth)
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = f;
}

static void find_add(struct dense *w, struct find f)
{
	if (w->n_finds == w->most_finds) {
		if (f.worth > w->finds[0].worth)
			find_sink(w->finds, w->n_finds, f);
		return;
	}
	int32_t i = w->n_finds++;
	for (; i > 0 && w->finds[(i - 1) / 2].worth > f.worth; i = (i - 1) / 2)
		w->finds[i] = w->finds[(i - 1) / 2];
	w->finds[i] = f;
}

/** The pairs of a row that are no candidates yet become candidates if they are worth at least `least` beyond the columns' prices: the best of them,
 * as many as may. Begins at another column for each row, lest all rows take the same ones among equals. */
static bool join_best(struct dense *w, int32_t row, int64_t least)
{
	const int32_t n = w->p.n_columns, begin = (int32_t)((int64_t)row * n / w->p.n_rows);
	w->n_finds = 0;
	for (int32_t i = 0; i < n && w->most_finds > 0; i++) {
		const int32_t c = begin + i < n ? begin + i : begin + i - n;
		if (w->scores[c] == MENTOR_ASSIGN_BARRED)
			continue;
		const int64_t worth = w->scores[c] - w->price[c];
		if (w->n_finds == w->most_finds && worth <= w->finds[0].worth)
			continue;
		if (w->scores[c] >= least + w->price[c] && w->seen[c] != row + 1)
			find_add(w, (struct find){ worth, w->scores[c], c });
	}
	for (int32_t i = 0; i < w->n_finds; i++)
		if (!join(w, row, w->finds[i].column, w->finds[i].score))
			return false;
	return true;
}

/** How many pairs of a row that are no candidates are worth at least `least` beyond the columns' prices. */
static int64_t count_finds(struct dense *w, int32_t row, int64_t least)
{
	int64_t n = 0;
	mark(w, row);
	for (int32_t c = 0; c < w->p.n_columns; c++)
		n += w->scores[c] >= least + w->price[c] && w->scores[c] != MENTOR_ASSIGN_BARRED && w->seen[c] != row + 1;
	return n;
}

/* ---- a first guess ---- */

/** Prices of columns by a sample: what its rows would give for them, after it has been solved. Only a guess, but one that knows whom everybody
 * likes. */
static enum mentor_assign_status guess_prices(struct dense *w, int32_t row_step, int32_t column_step)
{
	const int32_t n_rows = w->p.n_rows, n_columns = w->p.n_columns;
	int32_t n = 0;
	struct mentor_assign_result r = { 0 };
	struct mentor_assign_problem sample = w->p;
	struct mentor_assign_candidate *list = dense_alloc(w, ((int64_t)n_rows / row_step + 1) * ((int64_t)n_columns / column_step + 1), sizeof *list);
	if (!list)
		return MENTOR_ASSIGN_NO_MEMORY;
	for (int32_t row = 0; row < n_rows; row += row_step) {
		if (!score_row(w, row)) {
			free(list);
			return MENTOR_ASSIGN_INVALID;
		}
		for (int32_t c = 0; c < n_columns; c += column_step)
			if (w->scores[c] != MENTOR_ASSIGN_BARRED)
				list[n++] = (struct mentor_assign_candidate){ row, c, w->scores[c] };
	}
	sample.candidates = list;
	sample.n_candidates = n;
	sample.n_pins = 0;
	const enum mentor_assign_status status = assign_run(&sample, false, &r);
	memset(w->price, 0, (size_t)n_columns * sizeof *w->price);
	for (int32_t row = 0; row < n_rows && status == MENTOR_ASSIGN_OK; row += row_step) {
		score_row(w, row);
		const int64_t own = r.row_prices[(int64_t)n_rows + row];
		for (int32_t c = 0; c < n_columns; c++)
			if (w->scores[c] > own + w->price[c])
				w->price[c] = w->scores[c] - own;
	}
	mentor_assign_free(&r);
	free(list);
	return status;
}

static int32_t step_of(int32_t n)
{
	return n / SAMPLE > 1 ? n / SAMPLE : 1;
}

/** Remembers the row with each column that it would give most for, compared with its best one. */
static void offer_to_columns(struct dense *w, int32_t row)
{
	int64_t best = -MENTOR_ASSIGN_MAX_TOTAL;
	for (int32_t c = 0; c < w->p.n_columns; c++)
		if (w->scores[c] != MENTOR_ASSIGN_BARRED && w->scores[c] - w->price[c] > best)
			best = w->scores[c] - w->price[c];
	for (int32_t c = 0; c < w->p.n_columns; c++) {
		struct suitor *of = &w->suitors[(size_t)c * SUITORS];
		if (w->scores[c] == MENTOR_ASSIGN_BARRED)
			continue;
		const int64_t worth = w->scores[c] - w->price[c] - best;
		if (of[SUITORS - 1].row != NOWHERE && worth <= of[SUITORS - 1].worth)
			continue;
		int32_t i = SUITORS - 1;
		for (; i > 0 && (of[i - 1].row == NOWHERE || of[i - 1].worth < worth); i--)
			of[i] = of[i - 1];
		of[i] = (struct suitor){ worth, w->scores[c], row };
	}
}

static bool is_candidate(const struct dense *w, int32_t row, int32_t column)
{
	for (int32_t i = w->first[row]; i != NOWHERE; i = w->next[i])
		if (w->list[i].column == column)
			return true;
	return false;
}

/** So that no column is without candidates only because others look better to every row. */
static enum mentor_assign_status join_suitors(struct dense *w)
{
	for (int32_t i = 0; i < w->p.n_columns * SUITORS; i++) {
		const struct suitor *s = &w->suitors[i];
		if (s->row != NOWHERE && !is_candidate(w, s->row, i / SUITORS) && !join(w, s->row, i / SUITORS, s->score))
			return MENTOR_ASSIGN_NO_MEMORY;
	}
	return MENTOR_ASSIGN_OK;
}

/** Candidates to begin with: all pairs when they are not many, else the best few of each row at guessed prices. */
static enum mentor_assign_status begin(struct dense *w)
{
	const bool all = small(w);
	enum mentor_assign_status status = MENTOR_ASSIGN_OK;
	w->most_finds = all ? w->p.n_columns : FEW;
	if (!all)
		status = guess_prices(w, step_of(w->p.n_rows), step_of(w->p.n_columns));
	for (int32_t row = 0; row < w->p.n_rows && status == MENTOR_ASSIGN_OK; row++) {
		if (w->row_open[row] == 0)
			continue;
		if (!score_row(w, row)) {
			status = MENTOR_ASSIGN_INVALID;
			break;
		}
		if (!all)
			offer_to_columns(w, row);
		mark(w, row);
		if (!join_best(w, row, -MENTOR_ASSIGN_MAX_TOTAL))
			status = MENTOR_ASSIGN_NO_MEMORY;
	}
	return status == MENTOR_ASSIGN_OK && !all ? join_suitors(w) : status;
}

/* ---- pricing ---- */

/** What columns cost a row: very much where the first level forbids the pair, very little where it demands it. */
static void set_prices(struct dense *w, const struct mentor_assign_result *r, int64_t row_pairs)
{
	for (int32_t c = 0; c < w->p.n_columns; c++) {
		const int64_t pairs = 1 - row_pairs - r->column_prices[c];
		w->price[c] = pairs == 0 ? r->column_prices[w->p.n_columns + c] : pairs > 0 ? -FAR / 4 : FAR / 4;
	}
}

/** Prices all pairs and counts those that are worth `least` beyond the prices of their ends. Of rows that have any, at most `most` pairs join: the best,
 * and some that are nearly as good. */
static enum mentor_assign_status price_out(struct dense *w, const struct mentor_assign_result *r, int64_t least, int64_t near, int32_t most)
{
	w->n_found = 0;
	w->most_finds = most;
	for (int64_t pairs = 0; pairs < 2; pairs++) {
		set_prices(w, r, pairs);
		for (int32_t row = 0; row < w->p.n_rows; row++) {
			const int64_t own = r->row_prices[w->p.n_rows + row];
			if (r->row_prices[row] != pairs || w->row_open[row] == 0)
				continue;
			if (!score_row(w, row))
				return MENTOR_ASSIGN_INVALID;
			const int64_t n = count_finds(w, row, least + own);
			w->n_found += n;
			if (n > 0 && !join_best(w, row, least + own - near))
				return MENTOR_ASSIGN_NO_MEMORY;
		}
	}
	return MENTOR_ASSIGN_OK;
}

/** Rounds of solving and pricing until no pair is worth more than its price. */
static enum mentor_assign_status converge(struct dense *w, struct mentor_assign_result *r)
{
	int32_t most = FEW / 2;
	for (int round = 0;; round++) {
		mentor_assign_free(r);
		enum mentor_assign_status status = assign_run(&w->p, false, r);
		if (status != MENTOR_ASSIGN_OK)
			return status;
		if (small(w))
			return MENTOR_ASSIGN_OK;
		if (round >= PATIENCE && most < w->p.n_columns)
			most = most < w->p.n_columns / 2 ? 2 * most : w->p.n_columns;
		status = price_out(w, r, 1, FAR / 8, most);
		if (status != MENTOR_ASSIGN_OK || w->n_found == 0)
			return status;
	}
}

/* ---- ties ---- */

/** Counts all scores in units that leave room for the hashes of any choice. False when they do not fit. */
static bool count_in_units(struct dense *w)
{
	const int64_t unit = (most_pairs(&w->p) + 1) << FIRST_HASH_BITS;
	w->unit = w->largest <= (MENTOR_ASSIGN_MAX_SCORE >> 2) / unit ? unit : 0;
	for (int32_t i = 0; i < w->p.n_candidates && w->unit > 0; i++) {
		struct mentor_assign_candidate *c = &w->list[i];
		c->score = c->score * w->unit + pair_hash(&w->p, c->row, c->column, 0);
	}
	return w->unit > 0;
}

static void count_in_ones(struct dense *w)
{
	for (int32_t i = 0; i < w->p.n_candidates; i++) {
		struct mentor_assign_candidate *c = &w->list[i];
		c->score = (c->score - pair_hash(&w->p, c->row, c->column, 0)) / w->unit;
	}
	w->unit = 0;
}

static int32_t least_side(const struct dense *w)
{
	return w->p.n_rows < w->p.n_columns ? w->p.n_rows : w->p.n_columns;
}

/** Where the matrix left no choice, all candidates are the result. */
static enum mentor_assign_status take_all(const struct dense *w, struct mentor_assign_result *r)
{
	r->memory = r->pairs = dense_alloc(w, w->p.n_candidates, sizeof *r->pairs);
	if (!r->pairs)
		return MENTOR_ASSIGN_NO_MEMORY;
	for (int32_t i = 0; i < w->p.n_candidates; i++) {
		r->pairs[r->n_pairs++] = i;
		r->total += w->list[i].score;
	}
	return MENTOR_ASSIGN_OK;
}

/** Lets every pair join that a choice as good may have, as far as the prices tell, and chooses by the tie-break. Where they are many, those that
 * cannot win the first round of the tie-break stay out. */
static enum mentor_assign_status break_ties(struct dense *w, const struct mentor_assign_result *proof, struct mentor_assign_result *r)
{
	if (w->whole && w->p.n_candidates == least_side(w))
		return take_all(w, r);
	if (small(w) || w->whole || w->d->any_tie)
		return assign_run(&w->p, !w->d->any_tie, r);
	enum mentor_assign_status status = price_out(w, proof, 0, 0, 0);
	const int64_t few = TIES_PER_NODE * ((int64_t)w->p.n_rows + w->p.n_columns);
	if (status == MENTOR_ASSIGN_OK && w->n_found > few && count_in_units(w)) {
		struct mentor_assign_result packed = { 0 };
		status = converge(w, &packed);
		if (status == MENTOR_ASSIGN_OK)
			status = price_out(w, &packed, 0, 0, w->p.n_columns);
		mentor_assign_free(&packed);
		count_in_ones(w);
	} else if (status == MENTOR_ASSIGN_OK) {
		status = price_out(w, proof, 0, 0, w->p.n_columns);
	}
	return status == MENTOR_ASSIGN_OK ? assign_run(&w->p, true, r) : status;
}

/* ---- the result ---- */

static int by_row(const void *a, const void *b)
{
	const struct mentor_assign_candidate *left = a, *right = b;
	if (left->row != right->row)
		return left->row < right->row ? -1 : 1;
	return (left->column > right->column) - (left->column < right->column);
}

static void choice_layout(struct mentor_assign_choice *c, const struct mentor_assign_problem *p, struct layout *l)
{
	c->pairs = carve(l, c->n_pairs, sizeof *c->pairs);
	c->row_prices = carve(l, 2 * (int64_t)p->n_rows, sizeof *c->row_prices);
	c->column_prices = carve(l, 2 * (int64_t)p->n_columns, sizeof *c->column_prices);
}

static enum mentor_assign_status choice_open(
    const struct dense *w, const struct mentor_assign_result *r, const struct mentor_assign_result *proof, struct mentor_assign_choice *ret)
{
	struct mentor_assign_choice c = { .n_pairs = r->n_pairs, .total = r->total };
	struct layout l = { 0 };
	choice_layout(&c, &w->p, &l);
	c.memory = zeroed_block(&w->p, l.used);
	if (!c.memory)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ c.memory, 0 };
	choice_layout(&c, &w->p, &l);
	for (int32_t i = 0; i < c.n_pairs; i++)
		c.pairs[i] = w->list[r->pairs[i]];
	if (c.n_pairs > 1)
		qsort(c.pairs, (size_t)c.n_pairs, sizeof *c.pairs, by_row);
	memcpy(c.row_prices, proof->row_prices, 2 * (size_t)w->p.n_rows * sizeof *c.row_prices);
	memcpy(c.column_prices, proof->column_prices, 2 * (size_t)w->p.n_columns * sizeof *c.column_prices);
	*ret = c;
	return MENTOR_ASSIGN_OK;
}

static void dense_layout(struct dense *w, struct layout *l)
{
	w->first = carve(l, w->p.n_rows, sizeof *w->first);
	w->row_open = carve(l, w->p.n_rows, sizeof *w->row_open);
	w->column_open = carve(l, w->p.n_columns, sizeof *w->column_open);
	w->seen = carve(l, w->p.n_columns, sizeof *w->seen);
	w->scores = carve(l, w->p.n_columns, sizeof *w->scores);
	w->price = carve(l, w->p.n_columns, sizeof *w->price);
	w->suitors = carve(l, (int64_t)w->p.n_columns * SUITORS, sizeof *w->suitors);
	w->finds = carve(l, w->p.n_columns > FEW ? w->p.n_columns : FEW, sizeof *w->finds);
	w->pins = carve(l, w->p.n_pins, sizeof *w->pins);
}

/** The pins are candidates whatever they are worth. */
static enum mentor_assign_status add_pins(struct dense *w)
{
	for (int32_t i = 0; i < w->p.n_pins; i++) {
		const struct mentor_assign_candidate *pin = &w->d->pins[i];
		if (pin->row < 0 || pin->row >= w->p.n_rows || pin->column < 0 || pin->column >= w->p.n_columns || !score_row(w, pin->row))
			return MENTOR_ASSIGN_INVALID;
		if (w->column_open[pin->column] == 0)
			return MENTOR_ASSIGN_PINS;
		if (w->scores[pin->column] == MENTOR_ASSIGN_BARRED)
			return MENTOR_ASSIGN_INVALID;
		w->pins[i] = i;
		if (!join(w, pin->row, pin->column, w->scores[pin->column]))
			return MENTOR_ASSIGN_NO_MEMORY;
	}
	for (int32_t i = 0; i < w->p.n_pins; i++) {
		const struct mentor_assign_candidate *pin = &w->d->pins[i];
		if (--w->row_open[pin->row] < 0 || --w->column_open[pin->column] < 0)
			return MENTOR_ASSIGN_PINS;
	}
	return MENTOR_ASSIGN_OK;
}

static bool places_are_single(const int32_t *places, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		if (places_of(places, i) != 1)
			return false;
	return true;
}

/** Whether the whole matrix may be solved, as far as that is known before scores are: everybody has one place and nobody is pinned. */
static bool is_plain(const struct dense *w)
{
	return (int64_t)w->p.n_rows * w->p.n_columns <= WHOLE && w->p.n_pins == 0 && w->p.n_rows > 0 && w->p.n_columns > 0 &&
	       places_are_single(w->p.row_places, w->p.n_rows) && places_are_single(w->p.column_places, w->p.n_columns);
}

/** Puts a row's scores into 32 bits. False when one does not fit. Without branches, so that it is done several at a time. */
VECTOR static bool narrow(const int64_t *restrict scores, int32_t n, int32_t *restrict ret)
{
	uint32_t wrong = 0;
	for (int32_t c = 0; c < n; c++) {
		const int32_t low = (int32_t)(scores[c] & UINT32_MAX), high = (int32_t)(scores[c] >> 32);
		const int32_t barred = -(high == INT32_MIN); /* nothing else may be so low */
		const uint32_t beyond = ((uint32_t)low + MATRIX_MAX) & ~(2 * (uint32_t)MATRIX_MAX - 1);
		wrong |= (uint32_t)(barred & low) | ((uint32_t)~barred & (beyond | (uint32_t)(high ^ low >> 31)));
		ret[c] = (low & ~barred) | (MATRIX_BARRED & barred);
	}
	return wrong == 0;
}

/** Scores the whole matrix, the shorter side first. False when a score does not fit. */
static bool fill_matrix(const struct dense *w, struct matrix *m)
{
	const bool rows_seek = w->p.n_rows <= w->p.n_columns;
	for (int32_t row = 0; row < w->p.n_rows; row++) {
		int32_t *to = rows_seek ? matrix_row(m, row) : m->order;
		w->d->score_row(w->d->data, row, w->scores);
		if (!narrow(w->scores, w->p.n_columns, to))
			return false;
		for (int32_t c = 0; c < w->p.n_columns && !rows_seek; c++)
			matrix_row(m, c)[row] = to[c];
	}
	return true;
}

/** Whether nobody got what is barred. */
static bool is_allowed(const struct matrix *m)
{
	for (int32_t s = 0; s < m->n_seekers; s++)
		if (matrix_row(m, s)[m->host[s]] == MATRIX_BARRED)
			return false;
	return true;
}

static void proof_layout(struct mentor_assign_result *r, const struct mentor_assign_problem *p, struct layout *l)
{
	r->row_prices = carve(l, 2 * (int64_t)p->n_rows, sizeof *r->row_prices);
	r->column_prices = carve(l, 2 * (int64_t)p->n_columns, sizeof *r->column_prices);
}

/** Takes the prices over: every seeker counts in the first level, no host does. */
static enum mentor_assign_status read_prices(const struct dense *w, const struct matrix *m, struct mentor_assign_result *proof)
{
	const bool rows_seek = w->p.n_rows <= w->p.n_columns;
	struct layout l = { 0 };
	proof_layout(proof, &w->p, &l);
	proof->memory = zeroed_block(&w->p, l.used);
	if (!proof->memory)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ proof->memory, 0 };
	proof_layout(proof, &w->p, &l);
	int64_t *seekers = rows_seek ? proof->row_prices : proof->column_prices, *hosts = rows_seek ? proof->column_prices : proof->row_prices;
	for (int32_t s = 0; s < m->n_seekers; s++) {
		seekers[s] = 1;
		seekers[m->n_seekers + s] = m->own[s];
	}
	for (int32_t h = 0; h < m->n_hosts; h++)
		hosts[m->n_hosts + h] = m->price[h];
	return MENTOR_ASSIGN_OK;
}

/** Whether a choice as good may have the pair, as far as prices tell. Pairs that are barred seem to be as good where prices are high enough. */
static bool is_tie(const int32_t *score, const int32_t *price, int32_t own, int32_t host)
{
	return (score[host] - price[host] >= own) & (score[host] != MATRIX_BARRED);
}

/** How many of `n` hosts a choice as good may give to a seeker. */
static inline int32_t count_ties_of(const int32_t *restrict score, const int32_t *restrict price, int32_t own, int32_t n)
{
	int32_t ties = 0;
	for (int32_t h = 0; h < n; h++)
		ties += is_tie(score, price, own, h);
	return ties;
}

/** How many pairs a choice as good may have. */
VECTOR static int64_t count_ties(const struct matrix *m)
{
	int64_t n = 0;
	for (int32_t s = 0; s < m->n_seekers; s++)
		n += count_ties_of(matrix_row(m, s), m->price, m->own[s], m->n_hosts);
	return n;
}

/** Marks in bytes of the matrix that are free now which hosts a choice as good may give to a seeker. */
VECTOR static void mark_ties(const struct matrix *m, int32_t seeker)
{
	const int32_t *restrict score = matrix_row(m, seeker), *restrict price = m->price, own = m->own[seeker], n = m->n_hosts;
	uint8_t *restrict marks = (uint8_t *)m->narrow;
	for (int32_t h = 0; h < n; h++)
		marks[h] = is_tie(score, price, own, h);
}

/** The first marked host from `host` on, or how many hosts there are. */
static int32_t next_tie(const struct matrix *m, int32_t host)
{
	const uint8_t *marks = (const uint8_t *)m->narrow, *at = host < m->n_hosts ? memchr(marks + host, true, (size_t)(m->n_hosts - host)) : NULL;
	return at ? (int32_t)(at - marks) : m->n_hosts;
}

VECTOR static void bar_unmarked(const struct matrix *m, int32_t seeker)
{
	const uint8_t *restrict marks = (const uint8_t *)m->narrow;
	int32_t *restrict score = matrix_row(m, seeker), n = m->n_hosts;
	for (int32_t h = 0; h < n; h++)
		score[h] = marks[h] ? score[h] : MATRIX_BARRED;
}

/** Has the matrix hold what the first round of the tie-break adds up, and bars what no choice as good has. Hosts with a price are taken in all that
 * are as good: that counts for more than the hashes. */
static void load_hashes(const struct dense *w, struct matrix *m)
{
	const bool rows_seek = w->p.n_rows <= w->p.n_columns;
	const int32_t firm = m->n_hosts > m->n_seekers ? m->n_seekers << FIRST_HASH_BITS : 0;
	for (int32_t s = 0; s < m->n_seekers; s++) {
		int32_t *score = matrix_row(m, s);
		mark_ties(m, s);
		bar_unmarked(m, s);
		for (int32_t h = next_tie(m, 0); h < m->n_hosts; h = next_tie(m, h + 1))
			score[h] = (int32_t)pair_hash(&w->p, rows_seek ? s : h, rows_seek ? h : s, 0) + (m->price[h] > 0 ? firm : 0);
	}
}

/** A pair of the matrix becomes a candidate. What it scores follows from the first prices. */
static bool join_from_matrix(struct dense *w, const struct mentor_assign_result *proof, int32_t seeker, int32_t host)
{
	const bool rows_seek = w->p.n_rows <= w->p.n_columns;
	const int32_t row = rows_seek ? seeker : host, column = rows_seek ? host : seeker;
	return join(w, row, column, proof->row_prices[w->p.n_rows + row] + proof->column_prices[w->p.n_columns + column]);
}

/** The pairs that a choice as good may have become candidates, or just those of this one. */
static enum mentor_assign_status read_matrix(struct dense *w, const struct matrix *m, const struct mentor_assign_result *proof)
{
	bool joined = true;
	for (int32_t s = 0; s < m->n_seekers && joined; s++) {
		if (w->d->any_tie) {
			joined = join_from_matrix(w, proof, s, m->host[s]);
			continue;
		}
		mark_ties(m, s);
		for (int32_t h = next_tie(m, 0); joined && h < m->n_hosts; h = next_tie(m, h + 1))
			joined = join_from_matrix(w, proof, s, h);
	}
	return joined ? MENTOR_ASSIGN_OK : MENTOR_ASSIGN_NO_MEMORY;
}

static enum mentor_assign_status run_matrix(struct dense *w, struct matrix *m, struct mentor_assign_result *proof)
{
	struct clock k = { .p = &w->p };
	if (!fill_matrix(w, m))
		return MENTOR_ASSIGN_OK;
	enum mentor_assign_status status = matrix_solve(m, &k);
	if (status != MENTOR_ASSIGN_OK || !is_allowed(m))
		return status;
	w->whole = true;
	status = read_prices(w, m, proof);
	const int64_t few = TIES_PER_NODE * ((int64_t)m->n_seekers + m->n_hosts);
	if (status == MENTOR_ASSIGN_OK && !w->d->any_tie && count_ties(m) > few) {
		load_hashes(w, m);
		status = matrix_solve(m, &k);
	}
	return status == MENTOR_ASSIGN_OK ? read_matrix(w, m, proof) : status;
}

/** Solves the whole matrix where that can be done: everybody of the shorter side can be paired and every score fits. */
static enum mentor_assign_status solve_matrix(struct dense *w, struct mentor_assign_result *proof)
{
	const bool rows_seek = w->p.n_rows <= w->p.n_columns;
	struct matrix m = { .n_seekers = rows_seek ? w->p.n_rows : w->p.n_columns, .n_hosts = rows_seek ? w->p.n_columns : w->p.n_rows };
	struct layout l = { 0 };
	matrix_layout(&m, &l);
	void *block = zeroed_block(&w->p, l.used);
	if (!block)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ block, 0 };
	matrix_layout(&m, &l);
	const enum mentor_assign_status status = run_matrix(w, &m, proof);
	free(block);
	return status;
}

/** The prices that prove the best choice, and the candidates that it may have. */
static enum mentor_assign_status find_prices(struct dense *w, struct mentor_assign_result *proof)
{
	enum mentor_assign_status status = MENTOR_ASSIGN_OK;
	if (is_plain(w)) {
		status = solve_matrix(w, proof);
		if (status != MENTOR_ASSIGN_OK || w->whole)
			return status;
	}
	status = begin(w);
	return status == MENTOR_ASSIGN_OK ? converge(w, proof) : status;
}

static enum mentor_assign_status dense_run(struct dense *w, struct mentor_assign_choice *ret)
{
	struct mentor_assign_result proof = { 0 }, r = { 0 };
	for (int32_t i = 0; i < w->p.n_rows; i++)
		w->first[i] = NOWHERE;
	for (int32_t i = 0; i < w->p.n_columns * SUITORS; i++)
		w->suitors[i].row = NOWHERE;
	for (int32_t i = 0; i < w->p.n_rows; i++)
		w->row_open[i] = places_of(w->p.row_places, i);
	for (int32_t i = 0; i < w->p.n_columns; i++)
		w->column_open[i] = places_of(w->p.column_places, i);
	enum mentor_assign_status status = add_pins(w);
	if (status == MENTOR_ASSIGN_OK)
		status = find_prices(w, &proof);
	if (status == MENTOR_ASSIGN_OK)
		status = break_ties(w, &proof, &r);
	if (status == MENTOR_ASSIGN_OK)
		status = choice_open(w, &r, &proof, ret);
	mentor_assign_free(&proof);
	mentor_assign_free(&r);
	return status;
}

static struct mentor_assign_problem problem_of(const struct mentor_assign_dense *d)
{
	return (struct mentor_assign_problem){ .n_rows = d->n_rows, .n_columns = d->n_columns, .row_places = d->row_places,
		.column_places = d->column_places, .n_pins = d->n_pins, .row_ids = d->row_ids, .column_ids = d->column_ids,
		.progress = d->progress, .progress_data = d->progress_data, .alloc = d->alloc };
}

enum mentor_assign_status mentor_assign_dense(const struct mentor_assign_dense *problem, struct mentor_assign_choice *ret)
{
	struct dense w = { .d = problem, .p = problem_of(problem) };
	struct mentor_assign_problem empty = w.p;
	struct layout l = { 0 };
	empty.n_pins = 0;
	if (!problem_valid(&empty) || w.p.n_pins < 0)
		return MENTOR_ASSIGN_INVALID;
	dense_layout(&w, &l);
	w.memory = zeroed_block(&w.p, l.used);
	if (!w.memory)
		return MENTOR_ASSIGN_NO_MEMORY;
	l = (struct layout){ w.memory, 0 };
	dense_layout(&w, &l);
	w.p.pins = w.pins;
	const enum mentor_assign_status status = dense_run(&w, ret);
	free(w.list);
	free(w.next);
	free(w.memory);
	return status;
}

void mentor_assign_choice_free(struct mentor_assign_choice *choice)
{
	if (!choice)
		return;
	free(choice->memory);
	*choice = (struct mentor_assign_choice){ 0 };
}
