/* invitation.h: what people are sent about events, for the other modules. */
#ifndef INVITATION_H
#define INVITATION_H

#include "context.h"

/** Whoever is to come. Everything is borrowed. */
struct invitation_guest {
	int64_t person;
	const char *name, *email;
	int64_t language; /* enum mentor_language */
};

/** Appends an event that is ahead as the calendar entry that an invitation brings, with the same UID, so that it stands in nobody's calendar twice.
 * Nothing when what clocks show in its time zone is not known. */
enum mentor_status invitation_entry(struct mentor *m, int64_t event, const struct invitation_guest *guest, struct mentor_buf *b);

#endif
