/* confine.h: what a command may still do to other files once it is known what it needs. */
#ifndef CONFINE_H
#define CONFINE_H

#include "command.h"

/** From here on the process reads what it likes, but makes, changes and removes files only in the folder of the store, of -o and of what
 * command->writes names; it runs no program and reaches no network. Where the system cannot do that, or a folder cannot be opened, and for
 * commands that run other programs, everything stays as it is. */
void confine(const struct run *run);
/** Whether that is so now. */
bool is_confined(void);

#endif
