/* attendance.h: who is asked to events, says what and was there, for the other modules. */
#ifndef ATTENDANCE_H
#define ATTENDANCE_H

#include "event.h"

/* Whether the enrolment `e` is of somebody who mentors, or is mentored: whoever takes either role does what the pair settled, and until then both. */
#define ATTENDANCE_PAIRED(e, condition) \
	"EXISTS (SELECT 1 FROM pair q WHERE " e ".id IN (q.mentor_id, q.mentee_id) AND q.state IN ('active', 'completed') AND " condition ")"
#define ATTENDANCE_SIDE(e, side, column) \
	"(" e ".role = '" side "' OR (" e ".role = 'either' AND (NOT " ATTENDANCE_PAIRED(e, "1 = 1") " OR " \
	ATTENDANCE_PAIRED(e, "(q.arrangement = 'reciprocal' OR q." column " = " e ".id)") ")))"
/* Whether the event `v` is for the people of the accepted enrolment `e`. */
#define ATTENDANCE_FOR(v, e) \
	"((" v ".audience = 'both' AND " e ".role <> 'facilitator') OR (" v ".audience = 'facilitators' AND " e ".role = 'facilitator') OR (" \
	v ".audience = 'mentors' AND " ATTENDANCE_SIDE(e, "mentor", "mentor_id") ") OR (" \
	v ".audience = 'mentees' AND " ATTENDANCE_SIDE(e, "mentee", "mentee_id") "))"
/* The standings that are as good as having been there. */
#define ATTENDANCE_MET "('attended', 'caught-up')"

extern const char *const attendance_standings[]; /* the words of enum mentor_standing; the store has those before expected */

/** What a person is to be sent about an event (struct mentor_event_person.to_send). */
enum { ATTENDANCE_SEND_NOTHING, ATTENDANCE_SEND_INVITATION, ATTENDANCE_SEND_CANCELLATION };

/** Records what one person did, if that says more than what is recorded. *ret_change is the word, or "unchanged". */
enum mentor_status attendance_record(struct mentor *m, int64_t event, int64_t person, enum mentor_standing standing, int64_t minutes,
    const char **ret_change);
/** MENTOR_REFUSED when an event is cancelled; MENTOR_INVALID when nobody can have been there yet. */
enum mentor_status attendance_check(struct mentor *m, const struct mentor_event *event);
/** Whether an event belongs in a person's own calendar: he or she is expected, comes or was there. */
enum mentor_status attendance_comes(struct mentor *m, int64_t event, int64_t person, int64_t *ret_comes);
/** Whether a person runs an event: 0 or 1. */
enum mentor_status attendance_runs(struct mentor *m, int64_t event, int64_t person, int64_t *ret_runs);
/** Whether an event is for a person: of its audience, signed up, or running it. */
enum mentor_status attendance_concerns(struct mentor *m, int64_t event, int64_t person, bool *ret_concerns);

/** Appends the titles of the events that a role needs (roles.<role>.needs) and the person has not attended in any cohort of the programme; `hint`
 * gets what to do about the first. Nothing is appended when none is lacking. */
enum mentor_status attendance_lacks(struct mentor *m, const struct definition *d, int64_t cohort, int64_t person, enum mentor_role role,
    struct mentor_buf *why, struct mentor_buf *hint);
/** Whether a person has attended an event called so in any cohort of the programme that `cohort` is of. */
enum mentor_status attendance_trained(struct mentor *m, int64_t cohort, int64_t person, const char *event, bool *ret_trained);

/* Lines of what a cohort lacks: how many, and the first of them. */
enum mentor_status attendance_missing(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_event);
enum mentor_status attendance_untold(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_event);
enum mentor_status attendance_untrained(struct mentor *m, int64_t cohort, int64_t *ret_n);

#endif
