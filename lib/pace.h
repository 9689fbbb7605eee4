/* pace.h: how the pairs of a cohort stand to the programme's minimum of sessions: the one rule behind report and to-do list. */
#ifndef PACE_H
#define PACE_H

#include "programme.h"

/** Walks the published pairs as struct mentor_progress_pair, which says the rule. */
enum mentor_status pace_each(struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d,
    mentor_record_fn *each, void *arg);

/** How many pairs are behind. */
enum mentor_status pace_behind(struct mentor *m, int64_t cohort, int64_t *ret_n);

/** When a pair works together, as days. */
struct pace_span {
	int64_t from, to;
};

/** Of a pair with these days, any of which may be NULL: when it was published, start and end of its contract. `day` is today. */
struct pace_span pace_span(const struct mentor_cohort *cohort, const struct definition *d, int64_t day, const char *published,
    const char *starts, const char *ends);

/** How many of `minimum` sessions are due by `day`; MENTOR_NONE without a minimum. */
int64_t pace_due(int64_t minimum, struct pace_span span, int64_t day);

/** The day of an ISO text; MENTOR_NONE, which is before every day, for NULL. */
int64_t pace_day(const char *text);

#endif
