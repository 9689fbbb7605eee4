/* approval.h: line managers' support: what a programme asks for, and what is recorded. */
#ifndef APPROVAL_H
#define APPROVAL_H

#include "programme.h"

extern const char *const approval_states[]; /* none asked given refused */

/** What the programme asks of people of a role (enum mentor_role): of whoever takes either role, the stricter of the two. */
enum def_support approval_wanted(const struct definition *d, int64_t role);

/** Where the support of somebody's line manager stands, and whether the person was accepted in spite of a refusal. */
enum mentor_status approval_state(struct mentor *m, int64_t enrolment, enum mentor_support *ret_state, bool *ret_waived);

/** How many people of a cohort, applied or accepted, whose line manager was not asked, has not answered, or has refused support that is required
 * (and nobody passed over it); and the first of them. */
enum mentor_status approval_not_asked(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person);
enum mentor_status approval_not_answered(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person);
enum mentor_status approval_refused(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person);

#endif
