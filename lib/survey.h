/* survey.h: what a call about a cohort's surveys works on. */
#ifndef SURVEY_H
#define SURVEY_H

#include "programme.h"

struct survey_view {
	struct mentor *m;
	int64_t cohort;
	struct definition *d;            /* owned */
	const struct def_survey *survey; /* NULL: all of them */
	int64_t k;                       /* counts of fewer people are not told; suppress.h has the rules */
	struct survey_view *parts;       /* of several cohorts put together, each by itself, and the first is the view's own; owned */
	size_t n_parts;                  /* 0: it is of one cohort */
};

/** The programme's surveys. Close with survey_close() even after a failure. */
enum mentor_status survey_open(struct survey_view *v, struct mentor *m, int64_t cohort);
/** One of them. MENTOR_NOT_FOUND with "did you mean". */
enum mentor_status survey_open_one(struct survey_view *v, struct mentor *m, int64_t cohort, const char *slug);
/** One of them in several cohorts, or in one (n is 1). MENTOR_REFUSED unless they are of one programme, MENTOR_USAGE when one is named twice. */
enum mentor_status survey_open_across(struct survey_view *v, struct mentor *m, const int64_t *cohorts, size_t n, const char *slug);
/** Whether all the view's cohorts ask the same at the stage: MENTOR_REFUSED says what differs, MENTOR_NOT_FOUND that there is no such stage. */
enum mentor_status survey_check_asked(const struct survey_view *v, const char *stage);
void survey_close(struct survey_view *v);

/** Whether a survey asks people of this role. */
bool survey_asks(const struct survey_view *v, const struct def_survey *s, const char *role);
/** MENTOR_NOT_FOUND, with "did you mean", unless the survey has this stage. */
enum mentor_status survey_check_stage(const struct survey_view *v, const char *stage);
/** Whether it is asked at two stages or more, so that there can be a change from the first to the last. */
bool survey_is_comparable(const struct def_survey *s);
/** How many responses to a stage have been imported. */
enum mentor_status survey_count_responses(
    const struct survey_view *v, const char *survey, const char *stage, int64_t *ret);

/** The words of enum mentor_survey_aim_state, ended by NULL. */
extern const char *const survey_aim_states[];

#endif
