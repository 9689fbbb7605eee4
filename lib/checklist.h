/* checklist.h: what a programme's stages ask for, for those who take a cohort's steps. */
#ifndef CHECKLIST_H
#define CHECKLIST_H

#include "context.h"

/** MENTOR_REFUSED, with the open points as reasons, while a stage that has to be settled before the step is not, the cohort has never
 * taken it, and nobody has given a reason for going on (mentor_cohort_go_on()). */
enum mentor_status checklist_hold(struct mentor *m, int64_t cohort, enum mentor_step step);
/** How many points of the stage that the cohort is in are open, and the number of the first. */
enum mentor_status checklist_open(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first);

#endif
