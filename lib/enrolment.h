/* enrolment.h: enrolling, for the modules that do it. */
#ifndef ENROLMENT_H
#define ENROLMENT_H

#include "window.h"

extern const char *const enrolment_roles[]; /* the words of enum mentor_role, as the store has them */

/** Completes a new enrolment as it is filed: cohort, state, origin, day of application (today when not set), places (those of the role in the
 * programme when not set), the day of the next contact, and for a state other than applied who decided, when and why. Texts are kept in the context. */
enum mentor_status enrolment_prepare(struct mentor *m, const struct definition *d, const struct filing *f, struct mentor_enrolment *e);
/** Stores an enrolment that was prepared. */
enum mentor_status enrolment_insert(struct mentor *m, const struct mentor_enrolment *e, int64_t *ret_id);
/** The enrolment of a person that an application to `cohort` speaks of: in the cohort, or late for it and filed in the next. 0: none. */
enum mentor_status enrolment_known(struct mentor *m, int64_t cohort, int64_t person, int64_t *ret_id);

/** Whether the person is to hear by the context's day. */
bool enrolment_due(const struct mentor *m, const struct mentor_enrolment *e);
/** How many people of a cohort are due to hear, and which of the outcomes comes first that they can be told of: MENTOR_OUTCOME_UNDECIDED when all wait for a
 * decision. */
enum mentor_status enrolment_due_first(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_outcome);
/** Records that the person has been told of an outcome (enum mentor_outcome) today, and when he or she is to hear next: whoever waits,
 * is late or a reserve after the programme's cohort.wait_weeks; whoever is accepted when the cohort starts. *ret_changed is false when told
 * before, unless the day of that contact has come. */
enum mentor_status enrolment_told(struct mentor *m, int64_t enrolment, enum mentor_outcome outcome, bool *ret_changed);

/** The next free place on the waiting list of a role, from 1. */
enum mentor_status waiting_end(struct mentor *m, int64_t cohort, int64_t role, int64_t *ret_rank);
/** Takes an enrolment off its waiting list: whoever stands behind moves up. */
enum mentor_status waiting_leave(struct mentor *m, const struct mentor_enrolment *e);
/** Puts an enrolment on the waiting list of its role at `rank`, at the end for MENTOR_NONE or a rank beyond it; whoever stands there moves down. */
enum mentor_status waiting_join(struct mentor *m, const struct mentor_enrolment *e, int64_t rank);

#endif
