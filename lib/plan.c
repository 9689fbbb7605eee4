/* plan.c: people and rules turned into numbers for the kernel (assign.h), and its answer turned back. */
#include "plan.h"

#include <stdlib.h>

enum {
	MOST_CONSIDERED = 4000000, /* pairs looked at: 2000 people a side, well under a gigabyte in the kernel */
	TIE_RANGE = 1024,          /* values of the hash that tells equals apart */
};

void plan_free(struct plan *plan)
{
	free(plan->candidates);
	mentor_assign_free(&plan->result);
}

/* FNV-1a over both addresses. */
static int64_t tie_break(const struct human *a, const struct human *b, int64_t range)
{
	uint64_t h = 14695981039346656037U;
	const char *const texts[] = { a->email, b->email };
	for (size_t i = 0; i < 2; i++)
		for (const char *c = texts[i];; c++) {
			h = (h ^ (unsigned char)*c) * 1099511628211U;
			if (!*c)
				break;
		}
	return (int64_t)((h >> 8) % (uint64_t)range);
}

/* The unit is larger than all hashes of a choice together: they decide between equals and nothing else. */
static void choose_unit(const struct pool *p, struct plan *plan, const int64_t places[2])
{
	int64_t pairs = places[0] < places[1] ? places[0] : places[1], most = rule_score_most(p) + 1;
	pairs = pairs > 0 ? pairs : 1;
	int64_t range = MENTOR_ASSIGN_MAX_SCORE / most / pairs;
	plan->tie_range = range > TIE_RANGE ? TIE_RANGE : range < 1 ? 1 : range;
	plan->unit = plan->tie_range * pairs;
}

static enum mentor_status too_large(struct mentor *m)
{
	return fail(m, MENTOR_REFUSED, "match it in several cohorts", "the cohort is too large to be matched at once");
}

static void fill_candidates(const struct pool *p, struct plan *plan)
{
	struct mentor_assign_candidate *c = plan->candidates;
	for (int32_t row = 0; row < p->n_sides[SIDE_MENTOR]; row++)
		for (int32_t column = 0; column < p->n_sides[SIDE_MENTEE]; column++) {
			const struct human *a = p->sides[SIDE_MENTOR][row], *b = p->sides[SIDE_MENTEE][column];
			if (!rule_all_hold(p, a, b))
				continue;
			*c++ = (struct mentor_assign_candidate){ row, column,
				rule_score(p, a, b) * plan->unit + tie_break(a, b, plan->tie_range) };
			plan->open += pool_places_left(a) > 0 && pool_places_left(b) > 0;
		}
	plan->problem.n_candidates = (int32_t)(c - plan->candidates);
}

static enum mentor_status plan_make(struct pool *p, struct plan *plan)
{
	int64_t places[2] = { 0, 0 }, pairs = (int64_t)p->n_sides[0] * p->n_sides[1];
	if (pairs > MOST_CONSIDERED || p->n_sides[0] + p->n_sides[1] > MENTOR_ASSIGN_MAX_NODES)
		return too_large(p->m);
	for (int side = 0; side < 2; side++) {
		plan->places[side] = arena_alloc(&p->arena, ((size_t)p->n_sides[side] + 1) * sizeof(int32_t));
		for (int32_t i = 0; plan->places[side] && i < p->n_sides[side]; i++) {
			plan->places[side][i] = (int32_t)pool_places_left(p->sides[side][i]);
			places[side] += plan->places[side][i];
		}
	}
	plan->candidates = malloc(((size_t)pairs + 1) * sizeof(*plan->candidates));
	if (!plan->candidates || p->arena.failed)
		return fail_memory(p->m);
	choose_unit(p, plan, places);
	fill_candidates(p, plan);
	plan->problem.n_rows = p->n_sides[SIDE_MENTOR];
	plan->problem.n_columns = p->n_sides[SIDE_MENTEE];
	plan->problem.row_places = plan->places[SIDE_MENTOR];
	plan->problem.column_places = plan->places[SIDE_MENTEE];
	plan->problem.candidates = plan->candidates;
	return MENTOR_OK;
}

/* Our own progress cannot stop the kernel: half a choice is of no use to anybody. */
static bool tell_progress(void *data, int64_t done, int64_t total)
{
	const struct mentor_match_sink *sink = data;
	sink->progress(sink->arg, done, total);
	return true;
}

enum mentor_status plan_solve(struct pool *p, const struct mentor_match_sink *sink, struct plan *plan)
{
	struct mentor_match_sink copy = sink ? *sink : (struct mentor_match_sink){ 0 };
	*plan = (struct plan){ 0 };
	enum mentor_status status = plan_make(p, plan);
	if (status)
		return status;
	if (copy.progress) {
		plan->problem.progress = tell_progress;
		plan->problem.progress_data = &copy;
	}
	enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
	enum mentor_assign_status solved = mentor_assign_solve(&plan->problem, &plan->result);
	if (solved == MENTOR_ASSIGN_OK)
		solved = mentor_assign_verify(&plan->problem, &plan->result, &proof);
	plan->problem.progress = NULL; /* its data ends with this call */
	if (solved == MENTOR_ASSIGN_NO_MEMORY)
		return fail_memory(p->m);
	if (solved == MENTOR_ASSIGN_INVALID) /* everything else about the problem is right by construction */
		return too_large(p->m);
	if (solved != MENTOR_ASSIGN_OK || proof != MENTOR_ASSIGN_PROVED)
		return fail(
		    p->m, MENTOR_BUG, "please report this", "no choice of pairs could be proved to be the best one");
	return MENTOR_OK;
}

/* ---- reading the answer ---- */

struct plan_pair plan_pair(const struct pool *p, const struct plan *plan, int32_t i)
{
	const struct mentor_assign_candidate *c = &plan->candidates[plan->result.pairs[i]];
	return (
	    struct plan_pair){ p->sides[SIDE_MENTOR][c->row], p->sides[SIDE_MENTEE][c->column], c->score / plan->unit };
}

const struct human *plan_partner(const struct pool *p, const struct plan *plan, const struct human *h)
{
	for (int32_t i = 0; i < plan->result.n_pairs; i++) {
		const struct mentor_assign_candidate *c = &plan->candidates[plan->result.pairs[i]];
		if ((h->side == SIDE_MENTOR ? c->row : c->column) == h->at)
			return p->sides[pool_other_side(h->side)][h->side == SIDE_MENTOR ? c->column : c->row];
	}
	return NULL;
}

/* The kernel explains rows: for a column the problem is turned on its side. */
static enum mentor_status turn(
    struct pool *p, const struct plan *plan, struct mentor_assign_problem *problem, struct mentor_assign_result *result)
{
	struct mentor_assign_candidate *turned = arena_alloc(&p->arena, ((size_t)problem->n_candidates + 1) * sizeof(*turned));
	if (!turned)
		return fail_memory(p->m);
	for (int32_t i = 0; i < problem->n_candidates; i++)
		turned[i] = (struct mentor_assign_candidate){ plan->candidates[i].column, plan->candidates[i].row,
			plan->candidates[i].score };
	problem->candidates = turned;
	problem->n_rows = plan->problem.n_columns;
	problem->n_columns = plan->problem.n_rows;
	problem->row_places = plan->problem.column_places;
	problem->column_places = plan->problem.row_places;
	result->row_prices = plan->result.column_prices;
	result->column_prices = plan->result.row_prices;
	return MENTOR_OK;
}

enum mentor_status plan_shortage(
    struct pool *p, const struct plan *plan, const struct human *h, struct mentor_assign_block *ret)
{
	struct mentor_assign_problem problem = plan->problem;
	struct mentor_assign_result result = plan->result;
	enum mentor_status status = h->side == SIDE_MENTEE ? turn(p, plan, &problem, &result) : MENTOR_OK;
	if (status)
		return status;
	enum mentor_assign_status told = mentor_assign_shortage(&problem, &result, h->at, ret);
	if (told == MENTOR_ASSIGN_NO_MEMORY)
		return fail_memory(p->m);
	if (told != MENTOR_ASSIGN_OK)
		return fail(
		    p->m, MENTOR_BUG, "please report this", "it could not be told why %s is left over", h->name);
	return MENTOR_OK;
}
