/* support_change.h: what the tests of goals, actions, barriers and care start from: a cohort in which pairs meet. */
#ifndef SUPPORT_CHANGE_H
#define SUPPORT_CHANGE_H

#include "support_select.h"

enum { ANN = 1, BEN, CAT, DOV, EVA, FAY, GUS };

/** A running cohort, number 1, on 10 March 2026: Ann mentors Ben (m1), Cat mentors Dov (m2) and Eva mentors Fay (m3), all published on 2 March;
 * Gus is in the store and in no pair, and m4 (Cat and Fay) is only proposed. People and enrolments have the same numbers. s1 is a session of m1. The
 * programme's barriers have the themes Recruitment and Progression and the levels team and organisation; mentors are asked every 4 weeks
 * (wellbeing), both sides once after 12 (supervision). */
int support_change_set_up(void **state);
int support_change_tear_down(void **state);

/** Fields of a record from names and values by turns, NULL at the end; returns the bits of what was given. */
uint64_t support_fill(struct mentor *m, const struct mentor_field *fields, void *record, const char *const *values);

#endif
