/* relax.h: what would have to be different for someone left over to have a partner, and everybody else to keep as many as now. */
#ifndef RELAX_H
#define RELAX_H

#include "plan.h"

/** One way. What it takes is in `changes`, as mentor_match_what_if() takes them. */
struct relaxation {
	struct mentor_match_change changes[2];
	size_t n;
	const struct human *mentor, *mentee; /* an exception: for whom; else NULL */
	const struct human *human;	     /* a place or an acceptance: whose; else NULL */
	const struct past *pin;		     /* a pin let go: which; else NULL */
	uint32_t rules;			     /* an exception or rules dropped: which, a bit each */
	int64_t opened;			     /* rules dropped: how many pairs more they would allow */
};

enum { RELAX_MOST = 8 };

/** What stands in someone's way. */
struct relax {
	bool present; /* what is compared with is the present proposal */
	const struct human *partner; /* whom a new proposal gives the person; then nothing else is filled in */
	struct human **rivals, **sought; /* who competes, the person included, and for whom; by address */
	int32_t n_rivals, n_sought;
	int64_t places; /* of those sought */
	struct relaxation found[RELAX_MOST]; /* at most one of a kind, the smallest first */
	size_t n_found;
};

/** Says why `h`, who takes part and has no partner, has none. What is compared with is the present proposal where it has as many pairs as
 * there can be, else the best choice. Memory is the pool's. */
enum mentor_status relax_person(struct pool *p, const struct human *h, struct relax *ret);

#endif
