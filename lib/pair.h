/* pair.h: what other modules ask of a pair. */
#ifndef PAIR_H
#define PAIR_H

#include "context.h"

/** MENTOR_REFUSED when a pair is only proposed: nothing is recorded of it before the two have been told. */
enum mentor_status pair_check_published(struct mentor *m, int64_t pair);

#endif
