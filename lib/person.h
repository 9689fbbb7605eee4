/* person.h: what changes about a person besides the record itself. */
#ifndef PERSON_H
#define PERSON_H

#include "mentor.h"

/** Everybody whose line manager is named by the address `was` has it named by `now`. */
enum mentor_status person_follow_manager(struct mentor *m, const char *was, const char *now);

/** Refuses a line manager who is the person: `email` is the person's address, `old` the record when there is one already. */
enum mentor_status person_check_manager(struct mentor *m, const struct mentor_person *old, const char *email, const char *manager);

#endif
