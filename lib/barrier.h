/* barrier.h: what other modules have to ask of the register of barriers. */
#ifndef BARRIER_H
#define BARRIER_H

#include "definition.h"

/** MENTOR_REFUSED when an action of this barrier, of a pair or an owner (0: none), would tell which pair brought it, and the two did not both agree
 * to be named with it; and when the barrier was merged or is another programme's than the cohort's. */
enum mentor_status barrier_check_action(struct mentor *m, int64_t barrier, int64_t cohort, int64_t pair, int64_t owner);
/** The parts of mentor_report_barriers() behind the head; `period` NULL: of all barriers. */
enum mentor_status barrier_report(struct mentor *m, int64_t programme, const struct mentor_period *period, mentor_report_fn *each, void *arg);

#endif
