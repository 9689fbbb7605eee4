/* overview.h: what reports draw besides their tables: the way from interest to completion, sessions against pace, who is paired across. */
#ifndef OVERVIEW_H
#define OVERVIEW_H

#include "programme.h"

/** Tells struct mentor_report_step from applying to completing, of those who applied in the period; NULL: of all. */
enum mentor_status overview_steps(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_record_fn *each, void *arg);

/** Tells struct mentor_report_pace, for each pace. */
enum mentor_status overview_paces(
    struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d, mentor_record_fn *each, void *arg);

/** Tells struct mentor_report_month from the cohort's start to its end; nothing while the start is not known. */
enum mentor_status overview_months(
    struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d, mentor_record_fn *each, void *arg);

/** Tells struct mentor_report_link; nothing without published pairs. */
enum mentor_status overview_links(
    struct mentor *m, int64_t cohort, const struct definition *d, mentor_record_fn *each, void *arg);

#endif
