/* support_remind.h: what the tests of reminders start from: a running cohort of two pairs, rules of every kind, and hands that note what they get. */
#ifndef SUPPORT_REMIND_H
#define SUPPORT_REMIND_H

#include "support.h"

/** Its programme: pairs of ann and bob (m1), cat and dan (m2); eva facilitates. Starts on 1 April 2026, ends on 30 September; 4 sessions. The clock
 * stands at noon of 1 May. `more` is added to the programme file. */
struct mentor *support_reminders(const char *more);
/** Sets the clock, and demands these reminders as lines "rule > who (state)": those that are due, or all. Problems follow as "rule: problem". */
void support_due(struct mentor *m, const char *now, bool all, const char *expected);

#endif
