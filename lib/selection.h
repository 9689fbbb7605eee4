/* selection.h: what stands against accepting somebody, and against publishing a pair. */
#ifndef SELECTION_H
#define SELECTION_H

#include "approval.h"
#include "statement.h"

/** Refuses to accept somebody who said no to a statement, or whose line manager refuses the support that is required, unless `override` is
 * given; what it passes over is then recorded and *ret_past set. */
enum mentor_status selection_check(struct mentor *m, const struct mentor_enrolment *e, const char *override, bool *ret_past);

/** Appends why somebody cannot be in a pair: a "no" said since the acceptance, support that is required and not given. Nothing when there is no
 * such thing. `hint` gets what to do about it. */
enum mentor_status selection_why_not(struct mentor *m, const struct definition *d, const struct statements *s, int64_t enrolment,
    const char *name, struct mentor_buf *why, struct mentor_buf *hint);

/** Appends what an application answered to one question; several choices are separated by "; ". */
enum mentor_status selection_answer(struct mentor *m, int64_t enrolment, const struct def_column *column, struct mentor_buf *b);

#endif
