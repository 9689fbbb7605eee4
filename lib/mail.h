/* mail.h: messages as mail programs take them (RFC 5322, MIME), and several of them in one mbox file. */
#ifndef MAIL_H
#define MAIL_H

#include "context.h"

struct mail_address {
	const char *name; /* NULL: none */
	const char *email;
};

/** A message of plain text, and if wanted the same as a page and for calendars. Everything is borrowed. */
struct mail {
	struct mail_address from, to;
	const char *subject;
	const char *date; /* an instant */
	const char *id;	  /* what stands between the angle brackets of Message-ID */
	const char *language; /* of the text, as BCP 47 names it; several with commas (RFC 3282); NULL: not said */
	const char *text; /* UTF-8, lines end with LF; a line may be of any length */
	bool html;	  /* with the same as HTML, made from the text */
	const char *calendar; /* an iCalendar object whose lines end with CRLF; NULL: none */
	const char *method;   /* of the calendar: REQUEST or CANCEL */
	const char *unsubscribe; /* address to write to for who wants no more of these; NULL: not said */
};

/** Appends the message with CRLF line ends, in ASCII, no line longer than 76 columns but for long addresses. No line begins with "From ",
 * with > or with a full stop, so that no mbox file and no transport has to change one.
 * MENTOR_INVALID, and nothing appended, when an address is none that a header can carry, or a header would hold a control character. */
enum mentor_status mail_write(struct mentor *m, const struct mail *mail, struct mentor_buf *b);
/** Appends the message as an entry of an mbox file, whose lines end with LF. Files of any mbox dialect can be made of such entries. */
enum mentor_status mail_mbox(struct mentor *m, const struct mail *mail, struct mentor_buf *b);
/** Appends a Message-ID that is the same for the same key and tells nothing of it, in the domain of an address. */
void mail_id(struct mentor_buf *b, const char *key, const char *email);

#endif
