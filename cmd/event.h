/* event.h: the verbs of mentor event, which stand in several files. */
#ifndef EVENT_H
#define EVENT_H

#include "command.h"

/** Verbs that have a file of their own. */
extern const struct command event_signup_command, event_attend_command, event_import_command; /* event_people.c */
extern const struct command event_invite_command, event_told_command; /* event_invite.c */
extern const struct command event_assign_command, event_facilitators_command; /* event_people.c */

/** The operands EVENT, and EVENT PERSON... */
extern const struct operand event_one[], event_and_people[];

/** Prints a change to an event. */
enum mentor_status event_print(struct run *run, const char *change, int64_t event);
/** Prints a change of one person's. */
void event_print_person(struct run *run, const char *change, int64_t person, const char *name);

#endif
