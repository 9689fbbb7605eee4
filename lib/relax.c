/* relax.c: what would have to be different for someone left over to have a partner, and everybody else to keep as many as now.
 *
 * Rows are the people of the person's side, columns those of the other side. Given is a choice with the most pairs. There is a choice in which
 * nobody has fewer partners than in that one, and the person has one more, exactly when an alternating path leads from the person to a
 * column with a place left: exchanging pairs along the path changes the number of partners of its two ends only, and of two such choices the
 * difference contains such a path (Berge 1957). Without relaxation there is none, or the given choice would not have the most pairs. So nothing is
 * solved anew for a relaxation: the question is whether it closes the gap between what paths from the person reach and what leads to a place. */
#include "relax.h"

#include <stdlib.h>
#include <string.h>

/* In the word that says which rules two people break: they are a pair. */
#define HELD (UINT32_C(1) << 30)
enum { NOBODY = -1 };

/** A pair of the choice, in the lists of its row and its column. */
struct hold {
	int32_t row, column, next_of_row, next_of_column;
};

struct net {
	struct pool *p;
	const struct human *who;
	enum side own, other;
	int32_t n_rows, n_columns, n_holds;
	uint32_t *broken; /* by row and column */
	int64_t *row_room, *column_room;
	struct hold *holds;
	int32_t *row_holds, *column_holds; /* the first of each list */
	bool *reached_rows, *reached_columns; /* from the person */
	bool *leading_rows, *leading_columns; /* to a place left */
	bool *rows, *columns;		      /* of one more search */
	int32_t *queue;
};

/* ---- the net ---- */

static const struct human *row_human(const struct net *n, int32_t row)
{
	return n->p->sides[n->own][row];
}

static const struct human *column_human(const struct net *n, int32_t column)
{
	return n->p->sides[n->other][column];
}

static uint32_t *cell(const struct net *n, int32_t row, int32_t column)
{
	return &n->broken[(size_t)row * (size_t)n->n_columns + (size_t)column];
}

static const struct human *mentor_of(const struct net *n, const struct human *own, const struct human *other)
{
	return n->own == SIDE_MENTOR ? own : other;
}

static const struct human *mentee_of(const struct net *n, const struct human *own, const struct human *other)
{
	return n->own == SIDE_MENTOR ? other : own;
}

static int32_t row_of(const struct net *n, const struct human *mentor, const struct human *mentee)
{
	return n->own == SIDE_MENTOR ? mentor->at : mentee->at;
}

static int32_t column_of(const struct net *n, const struct human *mentor, const struct human *mentee)
{
	return n->own == SIDE_MENTOR ? mentee->at : mentor->at;
}

uint32_t relax_broken(const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	uint32_t broken = 0;
	for (size_t i = 0; i < rule_count(p); i++)
		if (!rule_holds(p, i, mentor, mentee))
			broken |= i < p->d->matching.n_rules && i < RELAX_MOST_RULES ? UINT32_C(1) << i : RELAX_NEVER;
	return broken;
}

static int64_t score_of(const struct net *n, const struct human *own, const struct human *other)
{
	return rule_score(n->p, mentor_of(n, own, other), mentee_of(n, own, other));
}

static enum mentor_status net_open(struct net *n, struct pool *p, const struct human *h)
{
	*n = (struct net){ .p = p, .who = h, .own = h->side, .other = pool_other_side(h->side) };
	n->n_rows = p->n_sides[n->own];
	n->n_columns = p->n_sides[n->other];
	size_t rows = (size_t)n->n_rows + 1, columns = (size_t)n->n_columns + 1, most = rows > columns ? rows : columns;
	n->broken = arena_alloc(&p->arena, rows * columns * sizeof(*n->broken));
	n->row_room = arena_alloc(&p->arena, rows * sizeof(*n->row_room));
	n->column_room = arena_alloc(&p->arena, columns * sizeof(*n->column_room));
	n->row_holds = arena_alloc(&p->arena, rows * sizeof(*n->row_holds));
	n->column_holds = arena_alloc(&p->arena, columns * sizeof(*n->column_holds));
	n->reached_rows = arena_alloc(&p->arena, rows);
	n->leading_rows = arena_alloc(&p->arena, rows);
	n->rows = arena_alloc(&p->arena, rows);
	n->reached_columns = arena_alloc(&p->arena, columns);
	n->leading_columns = arena_alloc(&p->arena, columns);
	n->columns = arena_alloc(&p->arena, columns);
	n->queue = arena_alloc(&p->arena, most * sizeof(*n->queue));
	if (p->arena.failed)
		return fail_memory(p->m);
	for (int32_t row = 0; row < n->n_rows; row++)
		for (int32_t column = 0; column < n->n_columns; column++) {
			const struct human *own = row_human(n, row), *other = column_human(n, column);
			*cell(n, row, column) = relax_broken(p, mentor_of(n, own, other), mentee_of(n, own, other));
		}
	for (size_t i = 0; i < p->n_pairs; i++)
		if (rule_is_pinned(p, &p->pairs[i]))
			*cell(n, row_of(n, p->pairs[i].mentor, p->pairs[i].mentee), column_of(n, p->pairs[i].mentor, p->pairs[i].mentee)) |= HELD;
	return MENTOR_OK;
}

/* Lets go of all pairs; there is room for so many. */
static enum mentor_status empty(struct net *n, size_t most)
{
	for (int32_t i = 0; i < n->n_holds; i++)
		*cell(n, n->holds[i].row, n->holds[i].column) &= ~HELD;
	n->n_holds = 0;
	n->holds = arena_alloc(&n->p->arena, (most + 1) * sizeof(*n->holds));
	for (int32_t row = 0; row < n->n_rows; row++) {
		n->row_room[row] = rule_places_open(n->p, row_human(n, row));
		n->row_holds[row] = NOBODY;
	}
	for (int32_t column = 0; column < n->n_columns; column++) {
		n->column_room[column] = rule_places_open(n->p, column_human(n, column));
		n->column_holds[column] = NOBODY;
	}
	return n->holds ? MENTOR_OK : fail_memory(n->p->m);
}

/* False when the two cannot be a pair. */
static bool hold(struct net *n, const struct human *mentor, const struct human *mentee)
{
	int32_t row = row_of(n, mentor, mentee), column = column_of(n, mentor, mentee);
	if (*cell(n, row, column) || n->row_room[row] == 0 || n->column_room[column] == 0)
		return false;
	*cell(n, row, column) = HELD;
	n->row_room[row]--;
	n->column_room[column]--;
	n->holds[n->n_holds] = (struct hold){ row, column, n->row_holds[row], n->column_holds[column] };
	n->row_holds[row] = n->column_holds[column] = n->n_holds++;
	return true;
}

/* ---- searching ---- */

/* Marks what alternating paths reach from the rows marked already, with some rules dropped. Stops, and is true, where a place is left. */
static bool reach(const struct net *n, uint32_t dropped, bool *rows, bool *columns)
{
	int32_t head = 0, tail = 0;
	for (int32_t row = 0; row < n->n_rows; row++)
		if (rows[row])
			n->queue[tail++] = row;
	memset(columns, 0, (size_t)n->n_columns);
	while (head < tail) {
		int32_t row = n->queue[head++];
		for (int32_t column = 0; column < n->n_columns; column++) {
			if (columns[column] || (*cell(n, row, column) & ~dropped))
				continue;
			if (n->column_room[column] > 0)
				return true;
			columns[column] = true;
			for (int32_t i = n->column_holds[column]; i != NOBODY; i = n->holds[i].next_of_column) {
				int32_t next = n->holds[i].row;
				if (!rows[next])
					n->queue[tail++] = next;
				rows[next] = true;
			}
		}
	}
	return false;
}

static bool reach_from_person(const struct net *n, uint32_t dropped, bool *rows, bool *columns)
{
	memset(rows, 0, (size_t)n->n_rows);
	rows[n->who->at] = true;
	return reach(n, dropped, rows, columns);
}

/* Whether no choice has more pairs than the one held. */
static bool is_most(const struct net *n)
{
	for (int32_t row = 0; row < n->n_rows; row++)
		n->rows[row] = n->row_room[row] > 0;
	return !reach(n, 0, n->rows, n->columns);
}

/* Marks what leads to a place left. */
static void lead(const struct net *n)
{
	int32_t head = 0, tail = 0;
	for (int32_t column = 0; column < n->n_columns; column++) {
		n->leading_columns[column] = n->column_room[column] > 0;
		if (n->leading_columns[column])
			n->queue[tail++] = column;
	}
	while (head < tail) {
		int32_t column = n->queue[head++];
		for (int32_t row = 0; row < n->n_rows; row++) {
			if (n->leading_rows[row] || *cell(n, row, column))
				continue;
			n->leading_rows[row] = true;
			for (int32_t i = n->row_holds[row]; i != NOBODY; i = n->holds[i].next_of_row) {
				int32_t next = n->holds[i].column;
				if (!n->leading_columns[next])
					n->queue[tail++] = next;
				n->leading_columns[next] = true;
			}
		}
	}
}

/* ---- the choice to start from ---- */

/* The present proposal, unless it is out of date or has fewer pairs than there can be. */
static enum mentor_status hold_proposed(struct net *n, bool *ret_good)
{
	enum mentor_status status = empty(n, n->p->n_pairs);
	bool good = !status;
	for (size_t i = 0; good && i < n->p->n_pairs; i++) {
		const struct past *past = &n->p->pairs[i];
		if (past->state == MENTOR_PAIR_PROPOSED && !rule_is_pinned(n->p, past))
			good = past->mentor->side == SIDE_MENTOR && past->mentee->side == SIDE_MENTEE && hold(n, past->mentor, past->mentee);
	}
	*ret_good = good && is_most(n);
	return status;
}

static enum mentor_status hold_best(struct net *n, const struct human **ret_partner)
{
	struct plan plan = { 0 };
	enum mentor_status status = plan_solve(n->p, NULL, NULL, &plan);
	if (!status)
		status = empty(n, (size_t)plan.n_pairs);
	for (int32_t i = 0; !status && i < plan.n_pairs; i++)
		if (!plan.pairs[i].pin)
			hold(n, plan.pairs[i].mentor, plan.pairs[i].mentee);
	if (!status)
		*ret_partner = plan_partner(&plan, n->who);
	plan_free(&plan);
	return status;
}

/* ---- relaxations, smallest first ---- */

void relax_add(struct relax *r, const struct relaxation *x)
{
	struct relaxation *added = &r->found[r->n_found++];
	*added = *x;
	added->sure = MENTOR_NONE;
}

int relax_count(uint32_t rules)
{
	int count = 0;
	for (; rules; rules &= rules - 1)
		count++;
	return count;
}

/* A pin stands between what is reached and what leads to a place: its two would both find somebody else. */
static void find_pin(const struct net *n, struct relax *r)
{
	for (size_t i = 0; i < n->p->n_pairs; i++) {
		const struct past *past = &n->p->pairs[i];
		if (!rule_is_pinned(n->p, past) || !n->reached_columns[column_of(n, past->mentor, past->mentee)] ||
		    !n->leading_rows[row_of(n, past->mentor, past->mentee)])
			continue;
		struct relaxation x = { .n = 1, .pin = past };
		x.changes[0] = (struct mentor_match_change){ .kind = MENTOR_MATCH_UNPIN, .pair = past->id };
		relax_add(r, &x);
		return;
	}
}

/** The best pair so far for which rules would not count. */
struct exception_sought {
	int32_t row, column;
	int n_rules;
	bool direct; /* the person is one of the two */
	int64_t score;
};

/* Fewer rules are less; then a pair of the person's own; then more points. */
static bool is_less(const struct exception_sought *a, const struct exception_sought *b)
{
	if (b->n_rules == 0 || a->n_rules != b->n_rules)
		return b->n_rules == 0 || a->n_rules < b->n_rules;
	return a->direct != b->direct ? a->direct : a->direct && a->score > b->score;
}

static struct exception_sought seek_exception(const struct net *n)
{
	struct exception_sought best = { 0 };
	for (int32_t row = 0; row < n->n_rows; row++) {
		for (int32_t column = 0; n->reached_rows[row] && column < n->n_columns; column++) {
			uint32_t broken = *cell(n, row, column);
			if (!n->leading_columns[column] || !broken || broken & (RELAX_NEVER | HELD))
				continue;
			struct exception_sought e = { row, column, relax_count(broken), row == n->who->at, 0 };
			e.score = e.direct ? score_of(n, n->who, column_human(n, column)) : 0;
			if (is_less(&e, &best))
				best = e;
		}
	}
	return best;
}

static void find_exception(const struct net *n, const struct exception_sought *e, bool single, struct relax *r)
{
	if (e->n_rules == 0 || single != (e->n_rules == 1))
		return;
	const struct human *own = row_human(n, e->row), *other = column_human(n, e->column);
	struct relaxation x = { .n = 1, .mentor = mentor_of(n, own, other), .mentee = mentee_of(n, own, other) };
	x.changes[0] = (struct mentor_match_change){ .kind = MENTOR_MATCH_WITH_PAIR, .person = x.mentor->person, .other = x.mentee->person };
	x.rules = *cell(n, e->row, e->column);
	relax_add(r, &x);
}

static void find_place_for(const struct human *h, struct relax *r)
{
	struct relaxation x = { .n = 1, .human = h };
	x.changes[0] = (struct mentor_match_change){ .kind = MENTOR_MATCH_PLACES, .person = h->person, .places = h->places + 1 };
	relax_add(r, &x);
}

/* Whoever is reached could take one more; of those the person could be with, the one with the most points. */
static void find_place(const struct net *n, struct relax *r)
{
	const struct human *best = NULL;
	int64_t most = 0;
	for (int32_t column = 0; column < n->n_columns; column++) {
		if (*cell(n, n->who->at, column))
			continue;
		int64_t score = score_of(n, n->who, column_human(n, column));
		if (!best || score > most) {
			best = column_human(n, column);
			most = score;
		}
	}
	if (best)
		find_place_for(best, r);
}

static bool waits(const struct net *n, const struct human *h)
{
	enum mentor_role role = n->other == SIDE_MENTOR ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE;
	return h->state == MENTOR_ENROLMENT_WAITING && h->role == role && h->places > 0;
}

static bool suits(const struct net *n, int32_t row, const struct human *other)
{
	const struct human *own = row_human(n, row);
	return rule_all_hold(n->p, mentor_of(n, own, other), mentee_of(n, own, other));
}

static bool suits_somebody_reached(const struct net *n, const struct human *other)
{
	for (int32_t row = 0; row < n->n_rows; row++)
		if (n->reached_rows[row] && suits(n, row, other))
			return true;
	return false;
}

/* Of those who wait, the one with the most points; else one who takes a rival, whose partner is then free. */
static void find_acceptance(const struct net *n, struct relax *r)
{
	const struct human *best = NULL;
	bool direct = false;
	int64_t most = 0;
	for (size_t i = 0; i < n->p->n_people; i++) {
		const struct human *h = n->p->sorted[i];
		if (!waits(n, h))
			continue;
		if (suits(n, n->who->at, h)) {
			int64_t score = score_of(n, n->who, h);
			if (!direct || score > most) {
				best = h;
				most = score;
			}
			direct = true;
		} else if (!best && suits_somebody_reached(n, h)) {
			best = h;
		}
	}
	if (!best)
		return;
	struct relaxation x = { .n = 1, .human = best };
	x.changes[0] = (struct mentor_match_change){ .kind = MENTOR_MATCH_ACCEPT, .person = best->person };
	relax_add(r, &x);
}

static int64_t count_opened(const struct net *n, uint32_t dropped)
{
	int64_t opened = 0;
	for (size_t i = 0; i < (size_t)n->n_rows * (size_t)n->n_columns; i++)
		opened += n->broken[i] && n->broken[i] != HELD && !(n->broken[i] & ~dropped);
	return opened;
}

static void try_rules(const struct net *n, size_t first, size_t second, struct relaxation *best)
{
	struct relaxation x = { .rules = UINT32_C(1) << first | UINT32_C(1) << second };
	if (!reach_from_person(n, x.rules, n->rows, n->columns))
		return;
	x.opened = count_opened(n, x.rules);
	if (best->n && x.opened >= best->opened)
		return;
	x.changes[x.n++] = (struct mentor_match_change){ .kind = MENTOR_MATCH_WITHOUT_RULE, .rule = rule_name(n->p, first) };
	if (second != first)
		x.changes[x.n++] = (struct mentor_match_change){ .kind = MENTOR_MATCH_WITHOUT_RULE, .rule = rule_name(n->p, second) };
	*best = x;
}

static size_t rules_to_drop(const struct net *n)
{
	size_t n_rules = n->p->d->matching.n_rules;
	return n_rules < RELAX_MOST_RULES ? n_rules : RELAX_MOST_RULES;
}

/* Of the rules that would do, the one that keeps the fewest pairs apart. */
static bool find_rule(const struct net *n, struct relax *r)
{
	struct relaxation best = { 0 };
	for (size_t i = 0; i < rules_to_drop(n); i++)
		try_rules(n, i, i, &best);
	if (best.n)
		relax_add(r, &best);
	return best.n > 0;
}

static void find_two_rules(const struct net *n, struct relax *r)
{
	struct relaxation best = { 0 };
	for (size_t i = 0; i < rules_to_drop(n); i++)
		for (size_t j = i + 1; j < rules_to_drop(n); j++)
			try_rules(n, i, j, &best);
	if (best.n)
		relax_add(r, &best);
}

static void find_all(const struct net *n, struct relax *r)
{
	lead(n);
	find_pin(n, r);
	struct exception_sought exception = seek_exception(n);
	find_exception(n, &exception, true, r);
	find_place(n, r);
	find_acceptance(n, r);
	bool one_rule = find_rule(n, r);
	find_exception(n, &exception, false, r);
	if (!one_rule)
		find_two_rules(n, r);
}

static enum mentor_status list_rivals(const struct net *n, struct relax *r)
{
	r->rivals = arena_alloc(&n->p->arena, ((size_t)n->n_rows + 1) * sizeof(struct human *));
	r->sought = arena_alloc(&n->p->arena, ((size_t)n->n_columns + 1) * sizeof(struct human *));
	if (n->p->arena.failed)
		return fail_memory(n->p->m);
	for (int32_t row = 0; row < n->n_rows; row++)
		if (n->reached_rows[row])
			r->rivals[r->n_rivals++] = n->p->sides[n->own][row];
	for (int32_t column = 0; column < n->n_columns; column++) {
		if (!n->reached_columns[column])
			continue;
		r->sought[r->n_sought++] = n->p->sides[n->other][column];
		r->places += pool_places_left(column_human(n, column));
	}
	return MENTOR_OK;
}

/* Where sides are open the present proposal is good when a new one has no partner for the person either. */
static enum mentor_status relax_open(
    struct pool *p, const struct human *h, const struct human *const *wanted, size_t n_wanted, struct relax *r)
{
	struct plan plan = { 0 };
	enum mentor_status status = plan_solve(p, NULL, NULL, &plan);
	if (!status)
		r->partner = plan_partner(&plan, h);
	plan_free(&plan);
	if (status || r->partner)
		return status;
	r->present = true;
	return relax_try_all(p, h, wanted, n_wanted, r);
}

static enum mentor_status relax_sides(struct pool *p, const struct human *h, struct relax *r)
{
	struct net n;
	enum mentor_status status = net_open(&n, p, h);
	if (!status)
		status = hold_proposed(&n, &r->present);
	if (!status && !r->present)
		status = hold_best(&n, &r->partner);
	if (status || r->partner)
		return status;
	bool place_left = reach_from_person(&n, 0, n.reached_rows, n.reached_columns);
	if (place_left && h->places == 0)
		find_place_for(h, r);
	if (place_left || h->places == 0)
		return MENTOR_OK;
	find_all(&n, r);
	return list_rivals(&n, r);
}

enum mentor_status relax_person(
    struct pool *p, const struct human *h, const struct human *const *wanted, size_t n_wanted, struct relax *ret)
{
	*ret = (struct relax){ 0 };
	if (p->graph)
		return relax_open(p, h, wanted, n_wanted, ret);
	enum mentor_status status = relax_sides(p, h, ret);
	return status ? status : relax_try(p, h, wanted, n_wanted, ret);
}
