/* nouns.h: the commands that commands.c lists, each defined in the file of its name. */
#ifndef NOUNS_H
#define NOUNS_H

#include "command.h"

extern const struct command noun_programme, noun_cohort, noun_person, noun_enrol, noun_equality, noun_match, noun_contract, noun_log, noun_action, noun_survey,
    noun_report, noun_db, noun_privacy, noun_config, noun_schema, noun_completion, noun_help, noun_complete;

#endif
