/* entity.c: THE list of entities, each defined in the file of its name. */
#include "mentor.h"

#include <string.h>

/* clang-format off */
static const struct mentor_entity *const entities[] = {
	&mentor_entity_programme,
	&mentor_entity_cohort,
	&mentor_entity_person,
	&mentor_entity_enrolment,
	&mentor_entity_pair,
	&mentor_entity_contract,
	&mentor_entity_session,
	&mentor_entity_shadowing,
	&mentor_entity_reflection,
	&mentor_entity_action,
	&mentor_entity_barrier,
	&mentor_entity_goal,
	&mentor_entity_checkin,
	&mentor_entity_lesson,
	&mentor_entity_remark,
	&mentor_entity_request,
	&mentor_entity_event,
	&mentor_entity_message,
	NULL,
};
/* clang-format on */

const struct mentor_entity *const *mentor_entities(void)
{
	return entities;
}

const struct mentor_entity *mentor_entity(const char *name)
{
	for (size_t i = 0; entities[i]; i++)
		if (strcmp(entities[i]->name, name) == 0)
			return entities[i];
	return NULL;
}
