/* revise.h: what a new definition does to a cohort that was made with another one. */
#ifndef REVISE_H
#define REVISE_H

#include "definition.h"

/** Walks the effects of definition `to` on the records of a cohort that follows `from`: struct mentor_programme_effect. *ret_breaks is how
 * many records would become invalid. */
enum mentor_status revise_effects(struct mentor *m, int64_t cohort, struct definition *from, struct definition *to,
    mentor_record_fn *each, void *arg, size_t *ret_breaks);

#endif
