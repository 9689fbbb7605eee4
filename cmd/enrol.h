/* enrol.h: the verbs of mentor enrol, which stand in several files. */
#ifndef ENROL_H
#define ENROL_H

#include "command.h"

/** Verbs that have a file of their own. */
extern const struct command enrol_import_command, enrol_export_command, enrol_told_command;
extern const struct command enrol_show_command, enrol_confirm_command, enrol_approve_command, enrol_score_command,
    enrol_scores_command; /* enrol_select.c */

/** The operands PERSON and PERSON... */
extern const struct operand enrol_one[], enrol_several[];

/** Prints a change to an enrolment as one to the person: that is the reference people use. */
enum mentor_status enrol_print(struct run *run, const char *change, int64_t enrolment);

#endif
