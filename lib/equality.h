/* equality.h: equality monitoring, for those who change who a person is. */
#ifndef EQUALITY_H
#define EQUALITY_H

#include "held.h"

/** Runs `step` while the wall is open, for what copies a store as a whole. */
enum mentor_status equality_with(struct mentor *m, enum mentor_status (*step)(struct mentor *m, void *arg), void *arg);

/** Two records turned out to be one person, and `gone` is about to be deleted: her or his answers become those of `kept`, except where `kept`
 * has answered for the same cohort. If either objects, both do. */
enum mentor_status equality_merge(struct mentor *m, int64_t kept, int64_t gone);

/** The tables of equality monitoring, as held.h lists tables. */
extern const struct held equality_held[];
/** held_walk() and held_erase() over them; while they run, `each` may only take down what it is given. */
enum mentor_status equality_walk(struct mentor *m, int64_t person, held_fn *each, void *arg);
/** mentor_equality_withdraw(), inside a transaction. */
enum mentor_status equality_object(struct mentor *m, int64_t person, bool again);
enum mentor_status equality_erase(struct mentor *m, int64_t person, held_erased_fn *each, void *arg);
/** Counts the people whose answers for a cohort that ended on day `ended` are kept longer than was said, and removes these when told to.
 * *ret_due: the first day on which that was so. */
enum mentor_status equality_retain(struct mentor *m, int64_t cohort, int64_t ended, bool remove, int64_t *ret_people, int64_t *ret_due);

#endif
