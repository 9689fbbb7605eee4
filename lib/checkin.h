/* checkin.h: who is to be asked how they are, for what a cohort still lacks. */
#ifndef CHECKIN_H
#define CHECKIN_H

#include "context.h"

/** How many check-ins of a cohort are due at the context's day and not yet escalated, and the first of these people; then the same of those that
 * were due so long ago that they are escalated. All are 0 at first. */
enum mentor_status checkin_due(struct mentor *m, int64_t cohort, int64_t ret_n[2], int64_t ret_person[2]);
/** How many mentors of pairs that have met to the end have had no debrief; none where the programme has no check-ins. */
enum mentor_status checkin_undebriefed(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person);

#endif
