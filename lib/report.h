/* report.h: one report being made, for the files that make one. */
#ifndef REPORT_H
#define REPORT_H

#include "programme.h"

struct report {
	struct mentor *m;
	int64_t id; /* of the cohort */
	const struct mentor_cohort *cohort;
	const struct definition *d;
	int64_t day;
	mentor_report_fn *each;
	void *arg;
};
typedef enum mentor_status report_fn(struct report *r, int64_t by);

/** Loads what a report needs and tells all of it. `by` is handed on. */
enum mentor_status report_tell(struct mentor *m, int64_t cohort, int64_t by, report_fn *all, mentor_report_fn *each, void *arg);
/** The head that every report begins with: struct mentor_progress. */
enum mentor_status report_head(const struct report *r);

#endif
