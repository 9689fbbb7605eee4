/* publish.h: what proposed pairs still lack. */
#ifndef PUBLISH_H
#define PUBLISH_H

#include "mentor.h"

/** How many proposed pairs of a cohort wait for the answer that the programme wants of that side, and the first of them. */
enum mentor_status publish_mentors_silent(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_pair);
enum mentor_status publish_mentees_silent(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_pair);

#endif
