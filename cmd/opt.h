/* opt.h: one row per option gives parsing, -h, the manual and three completions. */
#ifndef OPT_H
#define OPT_H

#include "command.h"

enum { OPT_MOST = 96 };

enum opt_kind { OPT_GLOBAL, OPT_OWN, OPT_RECORD, OPT_FILTER_BY };

/** An option of one command, wherever its row came from. */
struct opt_row {
	const char *alias;
	const struct mentor_field *field;
	const char *placeholder; /* NULL for a flag */
	size_t index; /* in its own table */
	enum opt_kind kind;
	char letter;
	char name[48]; /* without -- */
};

/** All options of `command` (NULL: the global ones): its own first, then fields of its entity, then global ones. Returns their number. */
size_t opt_rows(const struct command *command, struct opt_row rows[OPT_MOST]);
/** The global rows, for the manual. */
extern const struct option global_options[];

/** Reads the command line up to the command to run and fills `run`. References are left for opt_resolve(). With --help or without a
 * verb, run->command may be a noun or NULL. */
enum mentor_status opt_parse(struct run *run, int argc, char **argv);
/** Looks up options that refer to records; the store is open. */
enum mentor_status opt_resolve(struct run *run);
void opt_free(struct run *run);

/** Appends "[--reason TEXT] PERSON..." */
void opt_synopsis(struct mentor_buf *b, const struct command *noun, const struct command *command);
/** Fails when the option tables themselves are wrong: a name twice, a letter twice. NULL when all is well, else what is wrong. */
const char *opt_check_tables(void);

#endif
