/* barrier.h: what of the register of barriers other modules have to ask. */
#ifndef BARRIER_H
#define BARRIER_H

#include "context.h"

/** MENTOR_REFUSED when an action of this barrier, of a pair or an owner (0: none), would tell which pair brought it, and the two did not both agree
 * to be named with it; and when the barrier was merged or is another programme's than the cohort. */
enum mentor_status barrier_check_action(struct mentor *m, int64_t barrier, int64_t cohort, int64_t pair, int64_t owner);

#endif
