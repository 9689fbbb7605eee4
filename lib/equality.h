/* equality.h: equality monitoring, for those who change who a person is. */
#ifndef EQUALITY_H
#define EQUALITY_H

#include "context.h"

/** Two records turned out to be one person, and `gone` is about to be deleted: her or his answers become those of `kept`, except where `kept`
 * has answered for the same cohort. If either objects, both do. */
enum mentor_status equality_merge(struct mentor *m, int64_t kept, int64_t gone);

#endif
