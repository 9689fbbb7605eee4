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
	struct mentor_period period; /* as it was asked for */
	const char *since, *until;   /* the same for SQL: never NULL, and without a period before and after every day */
	mentor_report_fn *each;
	void *arg;
};
typedef enum mentor_status report_fn(struct report *r, int64_t by);

/** Loads what a report needs and tells all of it. `period` may be NULL; `by` is handed on. */
enum mentor_status report_tell(
    struct mentor *m, int64_t cohort, const struct mentor_period *period, int64_t by, report_fn *all, mentor_report_fn *each, void *arg);
/** The ends of a period, NULL for all there is, as texts to compare days with. */
const char *report_since(const struct mentor_period *period);
const char *report_until(const struct mentor_period *period);
/** The head that every report begins with: struct mentor_progress. */
enum mentor_status report_head(const struct report *r);

/** Applications, people accepted, people in a pair. */
enum { REPORT_RECEIVED, REPORT_ACCEPTED, REPORT_PAIRED, REPORT_COUNTS };
typedef void report_breakdown_fn(void *arg, const char *name, const int64_t counts[REPORT_COUNTS]);
/** The true counts of each organisation or directorate (enum mentor_breakdown) of those who applied in the period, by name; NULL for those who did not
 * state it. What of them may be told is for the caller to ask (suppress_table()). */
enum mentor_status report_breakdown(
    struct mentor *m, int64_t cohort, const struct mentor_period *period, int64_t by, report_breakdown_fn *each, void *arg);

#endif
