/* next.h: what a person at a terminal is told that she did not ask for: what comes next, and how to begin. */
#ifndef NEXT_H
#define NEXT_H

#include "command.h"

/** When a change has been committed: adds the next sensible command, as `cohort status` has it, to the end of the output. On a terminal only, and
 * only where the command itself has no advice; whatever keeps it from being found out keeps it from being said, and is no failure. */
void next_suggest(struct run *run);
/** To somebody who has no store at `path` yet: how to begin. */
void next_welcome(const char *path);

#endif
