/* request.h: what people ask of their data and complain of, for whoever says what is owed. */
#ifndef REQUEST_H
#define REQUEST_H

#include "db.h"

/** SQL: people whose records have to stay for now: they asked to see or to correct them, or complain, and are not answered. */
#define STILL_ASKING "(SELECT q.person_id FROM request q WHERE q.closed_on IS NULL AND q.kind <> 'erasure')"

/** Adds a problem for each request that waits for us, with the day by which something is owed. */
enum mentor_status request_unanswered(struct mentor *m);
/** MENTOR_REFUSED while the person is owed an answer that could not be given once the records are gone. */
enum mentor_status request_refuse_erasing(struct mentor *m, int64_t person);

/** Of the people of a cohort, how many complaints are to be acknowledged, and requests to be answered, and the first of each: those whose day is
 * still to come, and those whose day is over. */
enum mentor_status request_to_acknowledge(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first);
enum mentor_status request_acknowledge_late(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first);
enum mentor_status request_to_answer(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first);
enum mentor_status request_answer_late(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first);

#endif
