/* ending.h: pairs that have ended, for the other modules. */
#ifndef ENDING_H
#define ENDING_H

#include "mentor.h"

/** SQL: whether the enrolment with this alias left a pair that ended, and has not asked for another partner: nobody is sought, and it is no lack. */
#define ENDING_RESTS(enrolment) \
	"EXISTS (SELECT 1 FROM pair x WHERE (x.mentor_id = " enrolment ".id OR x.mentee_id = " enrolment ".id) AND x.state = 'ended' " \
	"AND NOT EXISTS (SELECT 1 FROM replacement r WHERE r.pair_id = x.id AND r.enrolment_id = " enrolment ".id))"

/** Records that somebody who asked for another partner has one in this pair. */
enum mentor_status ending_found(struct mentor *m, int64_t enrolment, int64_t pair);

#endif
