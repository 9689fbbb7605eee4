/* enrolment.h: enrolling, for the modules that do it. */
#ifndef ENROLMENT_H
#define ENROLMENT_H

#include "context.h"

/** Refuses unless the cohort takes applications now. */
enum mentor_status enrolment_check_open(struct mentor *m, int64_t cohort);
/** Stores a new enrolment; applied_on and places get their defaults when not set. */
enum mentor_status enrolment_insert(struct mentor *m, struct mentor_enrolment *e, uint64_t given, int64_t *ret_id);

#endif
