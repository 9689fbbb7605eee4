/* session.h: what a session is held against, for whoever takes sessions in. */
#ifndef SESSION_H
#define SESSION_H

#include "db.h"
#include "programme.h"

/** Whether the pair can have sessions at all: published, and signed where the programme wants that first. */
enum mentor_status session_check_pair(struct mentor *m, const struct definition *d, const struct mentor_pair *pair);
enum mentor_status session_refuse_proposed(struct mentor *m, int64_t pair);
/** Whether the pair was at work on that day; what was held is not in the future. */
enum mentor_status session_check_day(struct mentor *m, const struct mentor_pair *pair, const char *date, bool held);
/** Whether the pair can have had, or can plan, this one; of `pair` id, state, published_on and ended_on are read. */
enum mentor_status session_check(struct mentor *m, const struct definition *d, const struct mentor_pair *pair, const struct mentor_session *s);
/** Checks and stores a session as mentor_session_add() says, but for the next one. */
enum mentor_status session_put(struct mentor *m, const struct definition *d, const struct mentor_pair *pair, const struct mentor_session *s,
    const char **ret_change, int64_t *ret_id);
/** Whether all that the second says stands in the first. */
bool session_says_the_same(const struct mentor_session *there, const struct mentor_session *s);
/** Plans the next session that a stored one names; *ret_next is 0 when there is nothing to plan. */
enum mentor_status session_plan_next(struct mentor *m, int64_t pair, const struct mentor_session *s, int64_t *ret_next);
/** How many sessions one side has not acknowledged, where the programme wants that, and the first of them. */
enum mentor_status session_unsigned_by_mentor(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first);
enum mentor_status session_unsigned_by_mentee(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first);
/** The columns of a session that a statement can store in bulk, in the order of session_values(). */
#define SESSION_COLUMNS "pair_id, date, time, minutes, mode, place, recorded_on, activity, topics, next_date, next_time, next_place, " \
	"mentor_signed_on, mentee_signed_on, notes"
enum { SESSION_VALUES = 15 };
void session_values(struct mentor *m, int64_t pair, const struct mentor_session *s, struct db_value *values);
/** The columns that session_load() reads from column `first` on; texts are borrowed from the row. */
#define SESSION_LOADED "t.date, t.time, t.place, t.activity, t.topics, t.next_date, t.next_time, t.next_place, t.mentor_signed_on, t.mentee_signed_on, " \
	"t.notes, t.minutes, t.mode"
void session_load(const struct db_rows *rows, int first, struct mentor_session *s);

#endif
