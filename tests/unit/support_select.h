/* support_select.h: what the tests of selection start from: a programme that asks for statements, support and scores, and applications to it. */
#ifndef SUPPORT_SELECT_H
#define SUPPORT_SELECT_H

#include "support.h"

enum { AMY = 1, BEA, CAS, DAN, EVE }; /* enrolments and people */

/** An open cohort, number 1, with applications of 1 March 2026: Amy (mentor, of the region), Bea (mentee, not of it), Cas (either, not sure)
 * and Dan (mentee, of the region), by form; and the facilitator Eve. Mentors state region (by the form) and group, mentees region and leads;
 * mentors confirm time; the line manager's support is required of mentors, asked of mentees, not asked of facilitators. Criteria are speaks
 * (mentors, weight 5), listens (both, weight 1, most 4), acts (mentees) and benefit (both, judges the answer of that name). */
struct mentor *support_applicants(void);
int support_applicants_set_up(void **state);
int support_applicants_tear_down(void **state);

/** Records a statement, support, a mark; demands that it works and returns whether anything changed. */
bool support_confirm(struct mentor *m, int64_t enrolment, const char *name, bool yes);
bool support_approve(struct mentor *m, int64_t enrolment, enum mentor_support what);
const char *support_score(struct mentor *m, int64_t enrolment, const char *criterion, const char *points, const char *assessor);

/** Demands that the last call failed with this status and a message with these words. */
void support_failed(struct mentor *m, enum mentor_status status, enum mentor_status wanted, const char *words);

#endif
