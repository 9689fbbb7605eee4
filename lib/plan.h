/* plan.h: the best choice of pairs for a pool. */
#ifndef PLAN_H
#define PLAN_H

#include "mentor.h"
#include "rule.h"

/** The kernel's problem and its answer. */
struct plan {
	struct mentor_assign_candidate *candidates;
	int32_t *places[2];
	struct mentor_assign_problem problem;
	struct mentor_assign_result result;
	int64_t unit;      /* a candidate's score is the pair's times this, plus a hash */
	int64_t tie_range; /* hashes are below this */
	int64_t open;      /* candidates between people who both have places left */
};

/** Solves, and believes the answer only once the kernel's certificate has been checked. `sink`, NULL for nobody, is told the progress.
 * On failure too, plan_free() follows. MENTOR_REFUSED when the cohort is too large. */
enum mentor_status plan_solve(struct pool *p, const struct mentor_match_sink *sink, struct plan *plan);
void plan_free(struct plan *plan);

/** The two of the plan's pair number `i`, and the pair's score. */
struct plan_pair {
	const struct human *mentor, *mentee;
	int64_t score;
};
struct plan_pair plan_pair(const struct pool *p, const struct plan *plan, int32_t i);
/** Whom the best choice gives the person; NULL when nobody. */
const struct human *plan_partner(const struct pool *p, const struct plan *plan, const struct human *h);
/** Why the best choice leaves a place of the person empty: who competes for whom. The block's rows are of the person's side. Free with
 * mentor_assign_block_free(). */
enum mentor_status plan_shortage(
    struct pool *p, const struct plan *plan, const struct human *h, struct mentor_assign_block *ret);

#endif
