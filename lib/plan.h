/* plan.h: the best choice of pairs for a pool. */
#ifndef PLAN_H
#define PLAN_H

#include "mentor.h"
#include "rule.h"

/** A pair of the choice. */
struct plan_pair {
	const struct human *mentor, *mentee;
	int64_t score;
	const struct past *pin; /* the proposal that was pinned; NULL: it was chosen */
};

/** The kernel's problem and its answer. Rows are mentors, columns mentees; places are those that pinned pairs leave. */
struct plan {
	enum mentor_match_method method;
	enum mentor_match_objective objective;
	struct mentor_assign_candidate *candidates;
	int32_t *places[2], *ranks;
	uint64_t *ids[2];
	struct mentor_assign_problem problem;
	struct mentor_assign_result result; /* of the method best */
	struct mentor_stable_candidate *wishes; /* the same candidates as whom each would rather have; NULL until asked for */
	struct mentor_stable_problem stable;
	struct plan_pair *pairs; /* by addresses */
	int32_t n_pairs;
	int64_t open; /* candidates between people who both have places left */
	struct mentor_blossom_candidate *couples; /* where sides are open: candidates between any two people, by their place in the pool */
	struct mentor_blossom_problem one_pool;
};

/** How to choose. */
struct plan_how {
	enum mentor_match_method method;
	enum mentor_match_objective objective;
	bool listed; /* the candidates are wanted as a list afterwards: for plan_measure() and plan_shortage() */
};
struct plan_how plan_how(const struct pool *p, const struct mentor_match_options *options);

/** Solves, and where sides were open settles them as the pairs say (`how` NULL: the best by the programme's objective, listed), and believes the answer only once it has been checked: by the kernel's certificate, or that nobody would run off together.
 * `sink`, NULL for nobody, is told the progress. On failure too, plan_free() follows. MENTOR_REFUSED when the cohort is too large, or more
 * people are pinned to somebody than that person has places, or the way of choosing needs two sides. */
enum mentor_status plan_solve(struct pool *p, const struct plan_how *how, const struct mentor_match_sink *sink, struct plan *plan);
void plan_free(struct plan *plan);

/** How good the choice is, by any method. */
enum mentor_status plan_measure(struct pool *p, struct plan *plan, struct mentor_match_figures *ret);

/** Whom the best choice gives the person; NULL when nobody. */
const struct human *plan_partner(const struct plan *plan, const struct human *h);

#endif
