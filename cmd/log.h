/* log.h: the verbs of mentor log, which stand in several files. */
#ifndef LOG_H
#define LOG_H

#include "command.h"

/** Verbs that have a file of their own. */
extern const struct command log_import_command, log_forms_command;

/** The operand PAIR. */
extern const struct operand log_pair[];

#endif
