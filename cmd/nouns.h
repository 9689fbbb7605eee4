/* nouns.h: the commands that commands.c lists, each defined in the file of its name. */
#ifndef NOUNS_H
#define NOUNS_H

#include "command.h"

extern const struct command noun_programme;
extern const struct command noun_cohort;
extern const struct command noun_person;
extern const struct command noun_enrol;
extern const struct command noun_equality;
extern const struct command noun_match;
extern const struct command noun_contract;
extern const struct command noun_log;
extern const struct command noun_goal;
extern const struct command noun_action;
extern const struct command noun_barrier;
extern const struct command noun_checkin;
extern const struct command noun_lesson;
extern const struct command noun_remark;
extern const struct command noun_event;
extern const struct command noun_survey;
extern const struct command noun_remind;
extern const struct command noun_today;
extern const struct command noun_report;
extern const struct command noun_privacy;
extern const struct command noun_db;
extern const struct command noun_demo;
extern const struct command noun_config;
extern const struct command noun_schema;
extern const struct command noun_completion;
extern const struct command noun_help;
extern const struct command noun_complete;

#endif
