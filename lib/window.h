/* window.h: what the day of an application means: in time, or late and then for the programme's next cohort. */
#ifndef WINDOW_H
#define WINDOW_H

#include "definition.h"

/** What applications to a cohort come to, by their day: loaded once, asked for each. */
struct window {
	struct mentor *m;
	int64_t cohort, programme;
	const char *slug;    /* kept in the context, like all texts here */
	const char *last_on; /* last day for applications; NULL: none is known */
	int64_t state;	     /* enum mentor_cohort_state */
	int64_t late;	     /* enum def_late */
	int64_t next;	     /* where late ones go; 0: not looked for yet */
	const char *next_slug;
};

/** Where an application goes. */
struct filing {
	int64_t cohort;
	const char *cohort_slug;
	int64_t state; /* enum mentor_enrolment_state: applied, waiting or declined */
	int64_t origin; /* MENTOR_ORIGIN_LATE, or MENTOR_NONE */
	int64_t origin_cohort; /* 0 without an origin */
	const char *reason; /* of any state but applied, else NULL */
};

/** The title of a cohort that was made on the spot: nobody has given it a name yet. */
#define WINDOW_MADE_TITLE "Next cohort"

enum mentor_status window_load(struct mentor *m, int64_t cohort, const struct definition *d, struct window *ret);

/** Files an application: `day` is what the form says, NULL: it comes now. In time it is for this cohort. One that is late goes where the
 * programme's cohort.late says: to the next cohort of the programme (made on the spot where there is none, the only case in which this
 * writes), on the waiting list, or it is declined with the reason. Once a cohort has started, what comes in is late, and once it has
 * finished, always for the next. MENTOR_REFUSED before the cohort has opened. */
enum mentor_status window_file(struct window *w, const char *day, struct filing *ret);

/** Whether window_file() would file it in this cohort as applied, and do nothing else. */
bool window_in_time(const struct window *w, const char *day);

/** The cohort of the same programme that takes what comes too late for `cohort`: not started, later than that one, still open by its
 * days; one made from that cohort comes first. 0 when there is none. */
enum mentor_status window_next(struct mentor *m, int64_t cohort, int64_t *ret_id);

#endif
