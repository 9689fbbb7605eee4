/* enrol.h: the verbs of mentor enrol that have a file of their own. */
#ifndef ENROL_H
#define ENROL_H

#include "command.h"

extern const struct command enrol_export_command, enrol_told_command;

#endif
