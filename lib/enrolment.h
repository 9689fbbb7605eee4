/* enrolment.h: enrolling, for the modules that do it. */
#ifndef ENROLMENT_H
#define ENROLMENT_H

#include "definition.h"

/** Refuses unless the cohort takes applications now. */
enum mentor_status enrolment_check_open(struct mentor *m, int64_t cohort);
/** Stores a new enrolment; applied_on is today and places are those of the role in the programme when not set. */
enum mentor_status enrolment_insert(
    struct mentor *m, const struct definition *d, struct mentor_enrolment *e, uint64_t given, int64_t *ret_id);

#endif
