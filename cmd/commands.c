/* commands.c: THE list of commands, in help order. */
#include "nouns.h"

/* clang-format off */
const struct command *const commands[] = {
	&noun_programme,
	&noun_cohort,
	&noun_person,
	&noun_enrol,
	&noun_equality,
	&noun_match,
	&noun_contract,
	&noun_log,
	&noun_goal,
	&noun_action,
	&noun_barrier,
	&noun_checkin,
	&noun_lesson,
	&noun_remark,
	&noun_event,
	&noun_survey,
	&noun_remind,
	&noun_today,
	&noun_report,
	&noun_privacy,
	&noun_db,
	&noun_demo,
	&noun_config,
	&noun_schema,
	&noun_completion,
	&noun_help,
	&noun_complete,
	NULL,
};
/* clang-format on */
