/* transport.h: how messages leave: to a mail program, into a folder or a file. */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "command.h"

struct transport;

/** An open transport. */
struct sender {
	struct run *run;
	const struct transport *transport;
	const char *name;   /* as it was given, with the place made absolute */
	const char *target; /* folder, file or program; NULL: standard output */
	char owner[128];    /* this process */
	int fd;		    /* of a file; -1: none */
	struct mentor_remind_hands hands;
};

/** Opens the transport that `text` names: print, sendmail[:PATH], maildir:DIR, mbox:FILE, notify-csv:FILE or cmd:PATH. Nothing is sent
 * yet, but what could not be sent to is told now. In a dry run nothing is touched, and all is taken. transport_close() follows on failure too. */
enum mentor_status transport_open(struct sender *s, struct run *run, const char *text);
/** Hands a message over. `reason` says why not. Never fails by itself. */
enum mentor_handed transport_hand(struct sender *s, const struct mentor_mail *mail, struct mentor_buf *reason);
void transport_close(struct sender *s);
/** Whether the transport writes to standard output. */
bool transport_prints(const struct sender *s);

#endif
