/* status.h: exit codes and error messages. */
#ifndef STATUS_H
#define STATUS_H

#include "mentor.h"

struct exit_row {
	int code;
	const char *name, *help;
};
/** All exit codes, ended by code -1; the manual's EXIT STATUS is made from it. */
extern const struct exit_row exit_rows[];

int exit_code(enum mentor_status status);
/** Writes the error to standard error, as one JSON object when `json`. `command` is "enrol import"; `writes` says that
 * it was a writing command, of which a failure leaves nothing behind. */
void tell_error(const struct mentor_error *e, const char *command, bool writes, bool json);

#endif
