/* remark.h: remarks, for reports. */
#ifndef REMARK_H
#define REMARK_H

#include "context.h"

/** The part of mentor_report_remarks() behind the head; `inside`: also those that may be quoted inside the organisation only. */
enum mentor_status remark_report(struct mentor *m, int64_t cohort, bool inside, int64_t min_cell, mentor_report_fn *each, void *arg);

#endif
