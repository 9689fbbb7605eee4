/* scorer.c: the rules for a mentor and all mentees at once, by the values that occur. */
#include "scorer.h"

#include "kernel.h"

#include <stdlib.h>
#include <string.h>

/* Enough to outweigh all points, and so little that all rules together stay within 32 bits. */
enum { BAR = 1 << 26, MOST_RULES = 30, MOST_POINTS = BAR };

bool scorer_fits(const struct pool *p)
{
	return p->d->matching.n_rules <= MOST_RULES && rule_score_most(p) < MOST_POINTS;
}

/* ---- classes: people who are the same to a rule ---- */

/** What a rule looks at. */
struct look {
	size_t field;	/* the values of this field … */
	size_t score;	/* … or the number of this soft rule, */
	enum { LOOK_VALUES, LOOK_NUMBER, LOOK_STEP } at; /* or the step of the grade */
};

/** Somebody to be put in a class. */
struct member {
	const struct human *h;
	const struct look *look;
};

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_values(const struct trait *a, const struct trait *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (a->values[i].id != b->values[i].id)
			return a->values[i].id < b->values[i].id ? -1 : 1;
	return (a->n > b->n) - (a->n < b->n);
}

static int by_what_is_seen(const void *left, const void *right)
{
	const struct member *a = left, *b = right;
	if (a->look->at == LOOK_STEP)
		return compare_numbers(a->h->step, b->h->step);
	if (a->look->at == LOOK_NUMBER)
		return compare_numbers(a->h->numbers[a->look->score], b->h->numbers[b->look->score]);
	return compare_values(&a->h->traits[a->look->field], &b->h->traits[b->look->field]);
}

/* One of each class, in *ret_examples. */
static void classify(struct pool *p, struct aspect *a, enum side side, const struct look *look, const struct human ***ret_examples)
{
	size_t n = (size_t)p->n_sides[side];
	struct member *members = arena_alloc(&p->arena, (n + 1) * sizeof(*members));
	const struct human **examples = arena_alloc(&p->arena, (n + 1) * sizeof(void *));
	a->classes[side] = arena_alloc(&p->arena, (n + 1) * sizeof(int32_t));
	*ret_examples = examples;
	if (p->arena.failed)
		return;
	for (size_t i = 0; i < n; i++)
		members[i] = (struct member){ p->sides[side][i], look };
	qsort(members, n, sizeof(*members), by_what_is_seen);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || by_what_is_seen(&members[i - 1], &members[i]) != 0)
			examples[a->n_classes[side]++] = members[i].h;
		a->classes[side][members[i].h->at] = a->n_classes[side] - 1;
	}
}

static struct aspect *add_aspect(struct pool *p, struct scorer *s, const struct look *look, const struct human **examples[2])
{
	struct aspect *a = &s->aspects[s->n_aspects++];
	classify(p, a, SIDE_MENTOR, look, &examples[SIDE_MENTOR]);
	classify(p, a, SIDE_MENTEE, look, &examples[SIDE_MENTEE]);
	a->sums = arena_alloc(&p->arena, ((size_t)a->n_classes[0] * (size_t)a->n_classes[1] + 1) * sizeof(int32_t));
	return a;
}

static void add_rule(struct pool *p, struct scorer *s, size_t rule)
{
	const struct human **examples[2];
	enum def_rule_kind kind = (enum def_rule_kind)p->d->matching.rules[rule].kind;
	if (kind == DEF_RULE_NOT_LINE_MANAGEMENT || kind == DEF_RULE_NEW_PAIR)
		return; /* of single pairs */
	bool steps = kind == DEF_RULE_SENIOR || kind == DEF_RULE_APART;
	struct look look = { steps ? 0 : p->rule_fields[rule], 0, steps ? LOOK_STEP : LOOK_VALUES };
	struct aspect *a = add_aspect(p, s, &look, examples);
	for (int32_t i = 0; !p->arena.failed && i < a->n_classes[SIDE_MENTOR]; i++)
		for (int32_t j = 0; j < a->n_classes[SIDE_MENTEE]; j++)
			a->sums[i * a->n_classes[SIDE_MENTEE] + j] =
			    rule_holds(p, rule, examples[SIDE_MENTOR][i], examples[SIDE_MENTEE][j]) ? 0 : -BAR;
}

static void add_score(struct pool *p, struct scorer *s, size_t score)
{
	const struct human **examples[2];
	const struct def_score *d = &p->d->matching.scores[score];
	if (d->kind == DEF_SCORE_PREFERRED)
		return; /* of single pairs */
	struct look look = { p->score_fields[score], score, d->kind == DEF_SCORE_NEAR ? LOOK_NUMBER : LOOK_VALUES };
	struct aspect *a = add_aspect(p, s, &look, examples);
	for (int32_t i = 0; !p->arena.failed && i < a->n_classes[SIDE_MENTOR]; i++)
		for (int32_t j = 0; j < a->n_classes[SIDE_MENTEE]; j++)
			a->sums[i * a->n_classes[SIDE_MENTEE] + j] =
			    (int32_t)(d->weight * rule_points(p, score, examples[SIDE_MENTOR][i], examples[SIDE_MENTEE][j]));
}

enum { SHARED = 4 }; /* mentors of a class, on average, for whom it is worth while */

/* Mentees in their order instead of their classes: a row is then added up several at a time, without looking anything up. */
static void spread(struct pool *p, struct aspect *a)
{
	const int32_t n = p->n_sides[SIDE_MENTEE], classes = a->n_classes[SIDE_MENTOR];
	if (p->arena.failed || classes > p->n_sides[SIDE_MENTOR] / SHARED)
		return;
	a->spread = arena_alloc(&p->arena, ((size_t)classes * (size_t)n + 1) * sizeof(int32_t));
	for (int32_t i = 0; a->spread && i < classes; i++)
		for (int32_t j = 0; j < n; j++)
			a->spread[(size_t)i * (size_t)n + (size_t)j] = a->sums[i * a->n_classes[SIDE_MENTEE] + a->classes[SIDE_MENTEE][j]];
}

/* ---- single pairs ---- */

/** Two people of the two sides, found one after the other: counted first, noted then. */
struct walk {
	const struct pool *p;
	struct spots *spots;
	bool note;
	int32_t (*sum)(const struct pool *p, const struct human *mentor, const struct human *mentee);
};

static void meet(const struct walk *w, const struct human *a, const struct human *b)
{
	const struct human *mentor = a->side == SIDE_MENTOR ? a : b, *mentee = a->side == SIDE_MENTOR ? b : a;
	if (a->side == SIDE_NONE || b->side == SIDE_NONE || a->side == b->side)
		return;
	int32_t at = w->spots->starts[mentor->at]++;
	if (!w->note)
		return;
	w->spots->columns[at] = mentee->at;
	w->spots->sums[at] = w->sum ? w->sum(w->p, mentor, mentee) : 0;
}

static void meet_all(const struct walk *w, const struct human *h, const struct humans *others)
{
	for (size_t i = 0; i < others->n; i++)
		meet(w, h, others->items[i]);
}

/* Everybody whom a rule that is no aspect could forbid, asked of that rule; more than once does no harm. */
static void walk_barred(const struct walk *w)
{
	for (size_t i = 0; i < w->p->n_people; i++) {
		const struct human *h = &w->p->people[i];
		meet_all(w, h, &h->bosses);
		meet_all(w, h, &h->apart);
		meet_all(w, h, &h->before);
	}
	for (size_t i = 0; i < w->p->n_pairs; i++)
		meet(w, w->p->pairs[i].mentor, w->p->pairs[i].mentee);
}

/* Of two who named each other only the mentor's list is walked. */
static void walk_preferred(const struct walk *w)
{
	for (size_t i = 0; i < w->p->n_people; i++) {
		const struct human *h = &w->p->people[i];
		for (size_t j = 0; j < h->prefers.n; j++)
			if (h->side == SIDE_MENTOR || !pool_rank(h->prefers.items[j], h))
				meet(w, h, h->prefers.items[j]);
	}
}

static int32_t preferred_sum(const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	int64_t sum = 0;
	for (size_t i = 0; i < p->d->matching.n_scores; i++)
		if (p->d->matching.scores[i].kind == DEF_SCORE_PREFERRED)
			sum += p->d->matching.scores[i].weight * rule_points(p, i, mentor, mentee);
	return (int32_t)sum;
}

/* Whether the pair is no candidate: 1, or 0 when the rules do allow it. */
static int32_t is_barred(const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	for (size_t i = 0; i < mentor->n_pairs; i++)
		if (mentor->pairs[i]->mentee == mentee && rule_is_pinned(p, mentor->pairs[i]))
			return 1;
	return !rule_all_hold(p, mentor, mentee);
}

/* Counts the pairs of each row, turns the numbers into where the rows start, and notes the pairs. */
static void list_spots(struct pool *p, struct walk *w, void (*walk)(const struct walk *w))
{
	int32_t n_rows = p->n_sides[SIDE_MENTOR], total = 0;
	w->spots->starts = arena_alloc(&p->arena, ((size_t)n_rows + 2) * sizeof(int32_t));
	if (!w->spots->starts)
		return;
	walk(w);
	for (int32_t i = 0; i <= n_rows; i++) {
		int32_t n = w->spots->starts[i];
		w->spots->starts[i] = total;
		total += n;
	}
	w->spots->columns = arena_alloc(&p->arena, ((size_t)total + 1) * sizeof(int32_t));
	w->spots->sums = arena_alloc(&p->arena, ((size_t)total + 1) * sizeof(int32_t));
	if (p->arena.failed)
		return;
	w->note = true;
	walk(w);
	for (int32_t i = n_rows; i > 0; i--) /* noting has moved each start to the next */
		w->spots->starts[i] = w->spots->starts[i - 1];
	w->spots->starts[0] = 0;
}

/* ---- all of it ---- */

enum mentor_status scorer_make(struct pool *p, struct scorer *s)
{
	const struct def_matching *d = &p->d->matching;
	*s = (struct scorer){ .p = p };
	s->aspects = arena_alloc(&p->arena, (d->n_rules + d->n_scores + 1) * sizeof(*s->aspects));
	s->row = arena_alloc(&p->arena, ((size_t)p->n_sides[SIDE_MENTEE] + 1) * sizeof(int32_t));
	s->open = arena_alloc(&p->arena, ((size_t)p->n_sides[SIDE_MENTEE] + 1) * sizeof(int32_t));
	s->n_open = arena_alloc(&p->arena, ((size_t)p->n_sides[SIDE_MENTOR] + 1) * sizeof(int32_t));
	for (int32_t i = 0; i < p->n_sides[SIDE_MENTEE] && !p->arena.failed; i++)
		s->open[i] = pool_places_left(p->sides[SIDE_MENTEE][i]) > 0;
	for (size_t i = 0; i < d->n_rules && !p->arena.failed; i++)
		add_rule(p, s, i);
	for (size_t i = 0; i < d->n_scores && !p->arena.failed; i++)
		add_score(p, s, i);
	for (size_t i = 0; i < s->n_aspects; i++)
		spread(p, &s->aspects[i]);
	if (!p->arena.failed)
		list_spots(p, &(struct walk){ p, &s->barred, false, is_barred }, walk_barred);
	if (!p->arena.failed)
		list_spots(p, &(struct walk){ p, &s->extra, false, preferred_sum }, walk_preferred);
	return p->arena.failed ? fail_memory(p->m) : MENTOR_OK;
}

VECTOR static void add_spread(const int32_t *restrict of, int32_t *restrict sums, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		sums[i] += of[i];
}

VECTOR static void add_by_class(const int32_t *restrict of, const int32_t *restrict classes, int32_t *restrict sums, int32_t n, bool first)
{
	if (first)
		for (int32_t i = 0; i < n; i++)
			sums[i] = of[classes[i]];
	else
		for (int32_t i = 0; i < n; i++)
			sums[i] += of[classes[i]];
}

static void add_sums(const struct aspect *a, int32_t row, int32_t *sums, int32_t n, bool first)
{
	const ptrdiff_t class = a->classes[SIDE_MENTOR][row];
	if (!a->spread)
		add_by_class(a->sums + class * a->n_classes[SIDE_MENTEE], a->classes[SIDE_MENTEE], sums, n, first);
	else if (first)
		memcpy(sums, a->spread + class * n, (size_t)n * sizeof(*sums));
	else
		add_spread(a->spread + class * n, sums, n);
}

/* Sums as the kernel wants them; what is below zero is barred. Returns how many are not and open. Without branches, so that it is done several at
 * a time. */
VECTOR static int32_t widen(const int32_t *restrict sums, const int32_t *restrict open, int32_t n, int64_t *restrict scores)
{
	int32_t n_open = 0;
	for (int32_t i = 0; i < n; i++) {
		const uint32_t allowed = (uint32_t)~(sums[i] >> 31);
		scores[i] = (int64_t)(((uint64_t)(~allowed & 1U << 31) << 32) | ((uint32_t)sums[i] & allowed));
		n_open += (int32_t)(allowed & (uint32_t)open[i]);
	}
	return n_open;
}

void scorer_row(void *scorer, int32_t row, int64_t *scores)
{
	const struct scorer *s = scorer;
	int32_t n = s->p->n_sides[SIDE_MENTEE];
	for (int32_t i = 0; i < n && !s->n_aspects; i++)
		s->row[i] = 0;
	for (size_t i = 0; i < s->n_aspects; i++)
		add_sums(&s->aspects[i], row, s->row, n, i == 0);
	for (int32_t i = s->extra.starts[row]; i < s->extra.starts[row + 1]; i++)
		s->row[s->extra.columns[i]] += s->extra.sums[i];
	s->n_open[row] = widen(s->row, s->open, n, scores);
	for (int32_t i = s->barred.starts[row]; i < s->barred.starts[row + 1]; i++) {
		int64_t *score = &scores[s->barred.columns[i]];
		if (!s->barred.sums[i] || *score == MENTOR_ASSIGN_BARRED)
			continue;
		s->n_open[row] -= s->open[s->barred.columns[i]];
		*score = MENTOR_ASSIGN_BARRED;
	}
}
