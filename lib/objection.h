/* objection.h: what people object to, and what that stops from the moment it is recorded. */
#ifndef OBJECTION_H
#define OBJECTION_H

#include "db.h"

/** SQL: whether that person objects to the purpose, a word of mentor_purposes. The last word on it counts. */
#define OBJECTS(person, purpose) \
	"(coalesce((SELECT o.step FROM objection o WHERE o.person_id = " person " AND o.purpose = '" purpose "' AND o.step <> 'answered' " \
	"ORDER BY o.id DESC LIMIT 1), 'lifted') = 'objected')"

/** Adds a problem for each that was not answered, with the day by which it is due. */
enum mentor_status objection_unanswered(struct mentor *m);

#endif
