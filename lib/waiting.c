/* waiting.c: waiting lists, one for each role of a cohort: places from 1, without gaps. */
#include "enrolment.h"

#include "db.h"

enum mentor_status waiting_end(struct mentor *m, int64_t cohort, int64_t role, int64_t *ret_rank)
{
	return db_value(m, "SELECT coalesce(max(rank), 0) + 1 FROM enrolment WHERE cohort_id = $1 AND role = $2 AND rank IS NOT NULL",
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(enrolment_roles[role])), 1, ret_rank);
}

enum mentor_status waiting_leave(struct mentor *m, const struct mentor_enrolment *e)
{
	if (e->rank == MENTOR_NONE)
		return MENTOR_OK;
	enum mentor_status status = db_run(m, "UPDATE enrolment SET rank = NULL WHERE id = $1", DB_ARGS(DB_NUMBER(e->id)));
	return status ? status :
	    db_run(m, "UPDATE enrolment SET rank = rank - 1 WHERE cohort_id = $1 AND role = $2 AND rank > $3",
		DB_ARGS(DB_NUMBER(e->cohort_id), DB_TEXT(enrolment_roles[e->role]), DB_NUMBER(e->rank)));
}

enum mentor_status waiting_join(struct mentor *m, const struct mentor_enrolment *e, int64_t rank)
{
	int64_t end = 0;
	enum mentor_status status = waiting_end(m, e->cohort_id, e->role, &end);
	if (!status && rank != MENTOR_NONE && rank < end)
		status = db_run(m, "UPDATE enrolment SET rank = rank + 1 WHERE cohort_id = $1 AND role = $2 AND rank >= $3",
		    DB_ARGS(DB_NUMBER(e->cohort_id), DB_TEXT(enrolment_roles[e->role]), DB_NUMBER(rank)));
	return status ? status :
	    db_run(m, "UPDATE enrolment SET rank = $1 WHERE id = $2",
		DB_ARGS(DB_NUMBER(rank != MENTOR_NONE && rank < end ? rank : end), DB_NUMBER(e->id)));
}
