/* programme.h: the verbs of mentor programme that have a file of their own. */
#ifndef PROGRAMME_H
#define PROGRAMME_H

#include "command.h"

extern const struct command programme_resources_command, programme_guide_command;

#endif
