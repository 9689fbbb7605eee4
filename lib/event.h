/* event.h: events and attendance, for the other modules. */
#ifndef EVENT_H
#define EVENT_H

#include "programme.h"
#include "zone.h"

/** A zone that was loaded last: events mostly share one. Start with { 0 }, end with event_clock_free(). */
struct event_clock {
	struct zone *zone;
	char name[64];
	char starts_at[32], ends_at[32];
};
void event_clock_free(struct event_clock *clock);
/** Makes the clock's zone that of the event. Fails as zone_load() does. */
enum mentor_status event_clock_set(struct mentor *m, struct event_clock *clock, const struct mentor_event *event);
/** Fills in the instants, which the clock holds, and the state of an event. A zone that cannot be read leaves the instants out. */
enum mentor_status event_complete(struct mentor *m, struct event_clock *clock, struct mentor_event *event);
/** The minute of the day of a time (HH:MM) that was checked when it was read. */
int64_t event_minute(const char *time);

/** MENTOR_REFUSED when an event is cancelled. */
enum mentor_status event_check_on(struct mentor *m, const struct mentor_event *event);
/** MENTOR_REFUSED when an event, which is complete, is over. */
enum mentor_status event_check_ahead(struct mentor *m, const struct mentor_event *event);

/** Stores a new event of a cohort that follows the definition; its title, kind, date and zone are set, by hand or by the plan. */
enum mentor_status event_insert(struct mentor *m, const struct definition *d, const struct mentor_event *event, int64_t *ret_id);
/** Changes fields of an event and counts its sequence on where people have to hear of it. */
enum mentor_status event_update(struct mentor *m, int64_t id, const struct mentor_event *event, uint64_t given, bool by_hand, bool *ret_changed);
/** mentor_event_plan() without a transaction of its own. */
enum mentor_status event_plan(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg);
/** MENTOR_REFUSED once a cohort has finished: its events are history. */
enum mentor_status event_check_cohort(struct mentor *m, const struct mentor_cohort *cohort);
/** How many people have been recorded as having been there, or not. */
enum mentor_status event_recorded(struct mentor *m, int64_t event, int64_t *ret_n);

/** The event of a definition called so; NULL when there is none. */
const struct def_event *event_of_programme(const struct definition *d, const char *name);
/** What that event is called; the name itself when there is none. */
const char *event_title(const struct definition *d, const char *name);

#endif
