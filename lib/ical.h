/* ical.h: calendars as calendar programs take them: iCalendar (RFC 5545), and as messages of it (RFC 5546). */
#ifndef ICAL_H
#define ICAL_H

#include "zone.h"

enum ical_method { ICAL_PUBLISH, ICAL_REQUEST, ICAL_CANCEL };
extern const char *const ical_methods[];

struct ical_person {
	const char *name; /* NULL: none */
	const char *email;
};

/** One event. Everything is borrowed; texts may be NULL. */
struct ical_event {
	const char *uid;
	int64_t sequence;
	const char *stamp, *changed_at; /* instants: of this writing, of the last change */
	const char *date, *start, *until; /* start NULL: the whole day */
	const char *zone;
	const char *summary, *description, *location;
	bool cancelled;
	struct ical_person organizer, attendee; /* attendee: without an address there is none */
	bool required;
};

/** Appends the beginning and the end of a calendar. Lines end with CRLF. `name`: what programs show; NULL: nothing. */
void ical_begin(struct mentor_buf *b, enum ical_method method, const char *name);
void ical_end(struct mentor_buf *b);
/** Appends what the clocks of a zone show between two instants. */
void ical_zone(struct mentor_buf *b, const struct zone *zone, const char *name, int64_t from, int64_t to);
void ical_event(struct mentor_buf *b, const struct ical_event *event);

#endif
