/* help.h: what the program says about itself. */
#ifndef HELP_H
#define HELP_H

#include "command.h"

/** One paragraph of a topic: plain text, or a term with its explanation, or a command line. */
struct topic_line {
	const char *term; /* NULL: a paragraph */
	const char *text; /* NULL: the term is a command line to copy */
};

struct topic {
	const char *name, *summary;
	const struct topic_line *lines; /* ended by a row without term and text */
};

extern const struct topic topics[]; /* ended by a row without name (topics.c) */

/** Prints the help of run->command (NULL: of the program) to standard output: in one line, or in full. */
enum mentor_status help_show(struct run *run, bool full);
enum mentor_status help_version(struct run *run);
/** Prints the columns of the command: --fields=help. */
enum mentor_status help_fields(struct run *run);
/** What a field's value looks like, for manuals: "day", "a, b or c". Appends to b. */
void help_type(struct mentor_buf *b, const struct mentor_field *field);

#endif
