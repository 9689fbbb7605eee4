/* support_event.h: what the tests of events start from: a programme with events, people for them, and the time zones of this machine. */
#ifndef SUPPORT_EVENT_H
#define SUPPORT_EVENT_H

#include "support.h"

enum { ANN = 1, BEN, CAT, DANA, EVA, ZED }; /* people; enrolments but for Zed, who is in no cohort */
enum { OPEN_1 = 1, OPEN_2, TRAINING_1, TRAINING_2, INDUCTION, COURSE, WORKSHOP }; /* events */

/** Lets a context read the zones below /usr/share/zoneinfo, and one called Test/Damaged that is none. */
void support_zones(struct mentor *m);

/** An open cohort, number 1, on 2 March 2026, which starts on 1 April: two alternatives of the session open (for applicants, 10 March 11:00 to 12:00 and 12 March
 * 14:00 to 15:00), two of the training that mentors need (18 and 19 March, 10:00 to 12:00), the induction for both (25 March, 10:00 to 12:00), the course
 * for facilitators (16 February, the whole day) and the workshop for both (15 April, 14:00 to 16:00, for two people, by whoever had the course); training and induction are required.
 * Ann and Ben are accepted as mentors, Cat as mentee, Dan as either, Eve as facilitator. */
struct mentor *support_events(void);
int support_events_set_up(void **state);
int support_events_tear_down(void **state);

/** Makes it another day or instant. */
void support_now(struct mentor *m, const char *now);
/** What became of a call: demands that it works. */
const char *support_sign_up(struct mentor *m, int64_t event, int64_t person, bool off);
const char *support_attend(struct mentor *m, int64_t event, int64_t person, enum mentor_standing standing);
/** Demands "name standing;" of everybody whom an event concerns. */
void support_people(struct mentor *m, int64_t event, const char *wanted);
/** Demands that the last call failed with this status and a message with these words. */
void support_event_failed(struct mentor *m, enum mentor_status status, enum mentor_status wanted, const char *words);

#endif
