/* discreet.h: words that are told to others name nobody who takes part. */
#ifndef DISCREET_H
#define DISCREET_H

#include "context.h"

/** MENTOR_INVALID when `words` (NULL: none) hold the name of somebody who takes part in the programme. */
enum mentor_status discreet_check(struct mentor *m, int64_t programme, const char *words);

#endif
