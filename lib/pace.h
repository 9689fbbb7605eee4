/* pace.h: how the pairs of a cohort stand to the programme's minimum of sessions: the one rule behind report and to-do list. */
#ifndef PACE_H
#define PACE_H

#include "programme.h"

/** How a pair stands, and since when. */
struct pace {
	struct mentor_progress_pair row; /* says the rule */
	int64_t first;			 /* day from which the pair works together */
	int64_t behind;			 /* day on which it fell behind what is due; MENTOR_NONE when it is not behind */
};

/** Walks the published pairs by number. Records are struct pace, which begin with a struct mentor_progress_pair. */
enum mentor_status pace_each(struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d,
    mentor_record_fn *each, void *arg);

/** How many pairs are behind. */
enum mentor_status pace_behind(struct mentor *m, int64_t cohort, int64_t *ret_n);

/** The day of an ISO text; MENTOR_NONE, which is before every day, for NULL. */
int64_t pace_day(const char *text);

#endif
