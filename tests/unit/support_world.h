/* support_world.h: what the tests of surveys, pace and reports start from: a cohort that answers, and a cohort that meets. */
#ifndef SUPPORT_WORLD_H
#define SUPPORT_WORLD_H

#include "support.h"

/** A store on day `now` with this programme and one planned cohort, number 1. */
struct mentor *support_world(const char *definition, const char *now);

/** A programme whose survey "view" asks mentees before and after (know, help, again, more) and "close" everybody once. Its aims are insight,
 * which know and help measure, and unused, which no question names. */
extern const char support_survey_reverse[], support_survey_reciprocal[];
/** The same cohort with a survey "view" asked before and after: know (scale, both), often (choice, both), topics (multi, both), hopes (text,
 * before) and again (yes-no, after); and the same without names. */
extern const char support_survey_choices[], support_survey_anonymous[];
#define SUPPORT_COLUMNS "ID,Email,Start time,How well do you know?,Q2,Again?,Anything else?\n"

/** Fixture: *state is the programme's text or NULL for the reverse one. Twelve accepted mentees a to l, one declined (x), a mentor (guide) and
 * a facilitator (host). */
int support_survey_set_up(void **state);
/** Imports one row per letter of `who` into "view", with the digits of `know` as answers. */
void support_answers(struct mentor *m, const char *stage, const char *who, const char *know);
/** Imports a whole file into "view" and demands that many rows added and unchanged. */
void support_import(struct mentor *m, const char *stage, const char *text, int64_t added, int64_t unchanged);

/** A programme that asks for 4 sessions of 45 minutes, with a survey "view" before and after. */
extern const char support_running_programme[];
/** Fixture: *state is the programme's text or NULL for the one above. One cohort, 1 April to 1 October 2026, with one active pair, on
 * 2 July: half way through. */
int support_running_set_up(void **state);
/** Logs a session of that pair. */
void support_session(struct mentor *m, const char *date, int64_t minutes);

int support_tear_down(void **state);

#endif
