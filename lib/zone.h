/* zone.h: time zones: from what a clock on the wall shows to an instant, and back. */
#ifndef ZONE_H
#define ZONE_H

#include "context.h"

/** A zone of the tz database, in the form of RFC 8536. Seconds count from 1970 in UTC. */
struct zone;

/** Loads a zone through the reader of the context. MENTOR_INVALID for a name that the database does not have, MENTOR_FAILED when there is no
 * database, or no reader. Free with zone_free(). */
enum mentor_status zone_load(struct mentor *m, const char *name, struct zone **ret);
void zone_free(struct zone *z);

/** A stretch of time in which clocks show one offset. */
struct zone_span {
	int64_t from;	    /* its first second; INT64_MIN: always so before */
	int64_t offset;	    /* seconds east of UTC */
	bool summer;	    /* daylight saving time */
	const char *letters; /* as clocks are said to show: GMT, BST; lives as long as the zone */
};
/** The span that an instant lies in. */
struct zone_span zone_at(const struct zone *z, int64_t instant);
/** The first span that begins after an instant; false when none does. */
bool zone_next(const struct zone *z, int64_t after, struct zone_span *ret);

/** A change that comes every year: on the `week`th (5: the last) `weekday` (0: Sunday) of a month. */
struct zone_yearly {
	int64_t month, week, weekday;
};
/** Whether all changes after an instant come every year by two of these, the one to standard time and the one to summer time (in this order). */
bool zone_is_yearly(const struct zone *z, int64_t after, struct zone_yearly ret[2]);

/** How often clocks show a time on a day. */
enum zone_shown { ZONE_ONCE, ZONE_NEVER, ZONE_TWICE };
/** The instant at which clocks show `minute` of `day`; of two the first. One that is never shown is counted on from before the clocks change, as
 * RFC 5545 says. */
enum zone_shown zone_instant(const struct zone *z, int64_t day, int64_t minute, int64_t *ret_instant);

/** Writes an instant as RFC 3339 in UTC. */
void zone_write_instant(int64_t instant, char out[32]);

#endif
