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
	int64_t opened;			     /* rules dropped: how many pairs more they would allow; MENTOR_NONE: not counted */
	int64_t sure;			     /* as in struct mentor_match_line */
	const char *left;		     /* not sure: who would then be left over; NULL: the person alone */
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

/** Says why `h`, who takes part and has no partner, has none. `wanted` are those whom the rules allow, the best first. What is compared with is the
 * present proposal where it has as many pairs as there can be, else the best choice. Where sides are open, nobody competes in the sense of
 * two sides, and only what is sure is found. Memory is the pool's. */
enum mentor_status relax_person(
    struct pool *p, const struct human *h, const struct human *const *wanted, size_t n_wanted, struct relax *ret);

/** Tries what was found, where that is quick (relax_try.c). */
enum mentor_status relax_try(struct pool *p, const struct human *h, const struct human *const *wanted, size_t n_wanted, struct relax *r);
/** Finds by trying what would help where sides are open. */
enum mentor_status relax_try_all(struct pool *p, const struct human *h, const struct human *const *wanted, size_t n_wanted, struct relax *r);
/** Adds one. */
void relax_add(struct relax *r, const struct relaxation *x);
/** Which of the programme's rules a pair breaks, a bit each; RELAX_NEVER as well where it breaks what is never dropped: our own rules, and those
 * beyond the 30th. */
uint32_t relax_broken(const struct pool *p, const struct human *mentor, const struct human *mentee);
#define RELAX_NEVER (UINT32_C(1) << 31)
enum { RELAX_MOST_RULES = 30 };
/** How many rules these are. */
int relax_count(uint32_t rules);

#endif
