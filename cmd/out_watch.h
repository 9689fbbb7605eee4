/* out_watch.h: a condition that the rows of one part may fulfil. */
#ifndef OUT_WATCH_H
#define OUT_WATCH_H

#include "out.h"

enum { WATCH_AT_MOST, WATCH_AT_LEAST, WATCH_IS_NOT, WATCH_IS, WATCH_LESS, WATCH_MORE, WATCH_OPERATORS };

struct watch {
	const char *text; /* as it was typed */
	const struct part *part;
	const struct mentor_field *field;
	int operation;
	int64_t number;	   /* of a figure or a word */
	const char *value; /* of anything else */
	size_t rows;	   /* that fulfil it, so far */
};

/** Reads PART.COLUMN, an operator and a value. `option` is its name for messages; `text` is borrowed. MENTOR_USAGE says what is wrong. */
enum mentor_status watch_read(struct mentor *m, const struct part *parts, const char *option, const char *text, struct watch *ret);
/** Counts the row when it fulfils the condition. */
void watch_row(struct watch *w, const struct part *part, const void *record);

#endif
