/* scorer.h: what the rules say of a mentor and all mentees at once: for cohorts in which asking them pair by pair takes too long.
 *
 * Most rules look at one value of each of the two, and many people share it: a rule is asked once for each two values that occur, and its answers
 * are looked up from then on. What is left, such as lines of management and preferences, concerns few pairs, which are listed. */
#ifndef SCORER_H
#define SCORER_H

#include "rule.h"

/** A rule or a soft rule, by what people hold: sums[class of the mentor * n_classes + class of the mentee] is added to a pair. */
struct aspect {
	int32_t *classes[2]; /* of everybody on a side */
	int32_t n_classes[2];
	int32_t *sums;
	int32_t *spread; /* the same by class of the mentor and mentee, one behind the other; NULL where few mentors share a class */
};

/** Pairs one by one: those of a row stand from starts[row] to starts[row + 1]. */
struct spots {
	int32_t *starts, *columns, *sums;
};

struct scorer {
	const struct pool *p;
	struct aspect *aspects;
	size_t n_aspects;
	struct spots extra, barred; /* points more; not at all */
	int32_t *row;		    /* room for one */
	int32_t *open;		    /* by mentee: 1 if there are places left, else 0 */
	int32_t *n_open;	    /* by mentor: such mentees whom the rules allow, pinned ones left out; once the row has been scored */
};

/** Prepares it, in the pool's memory. False when the programme has more rules than it can deal with: ask pair by pair. */
bool scorer_fits(const struct pool *p);
enum mentor_status scorer_make(struct pool *p, struct scorer *s);
/** Fills in rule_score() of the mentor in this row with every mentee; MENTOR_ASSIGN_BARRED where a hard rule forbids the pair, and for pinned
 * pairs. As struct mentor_assign_dense wants it. */
void scorer_row(void *scorer, int32_t row, int64_t *scores);

#endif
