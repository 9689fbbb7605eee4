/* cohort.h: days of a cohort, for the modules that count from them. */
#ifndef COHORT_H
#define COHORT_H

#include "definition.h"

/** The day number of one of a cohort's days, as planned, else as it happened; MENTOR_NONE when it is not known. The middle lies half-way between start
 * and end. */
int64_t cohort_day(const struct mentor_cohort *cohort, int64_t from);

#endif
