/* audit.h: the trail of changes, for the place where transactions end and for who looks after the store. */
#ifndef AUDIT_H
#define AUDIT_H

#include "db.h"
#include "hash.h"

/** What a transaction has done so far: kinds of records, and runs of their numbers. Start with AUDIT_CHANGES_INIT. */
struct audit_changes {
	struct arena memory;
	struct audit_group *first, *last;
	size_t told; /* how often audit_note() was called */
};
#define AUDIT_CHANGES_INIT { ARENA_INIT, NULL, NULL, 0 }

/** Takes down one row that changed; `arg` is a struct audit_changes. For the driver's watch(). */
void audit_note(void *arg, enum db_change what, const char *table, int64_t id);
/** Takes down that a statement changed a table whose rows have no numbers; one that only reads is none. */
void audit_note_statement(struct audit_changes *changes, const char *sql);
/** Forgets what was taken down. */
void audit_reset(struct audit_changes *changes);
void audit_free(struct audit_changes *changes);

/** Adds the row of a change that makes the store `revision`; in the transaction that makes the change. */
enum mentor_status audit_change(struct mentor *m, const struct audit_changes *changes, int64_t revision);
/** Adds the row of a reading of what is protected. */
enum mentor_status audit_reading(struct mentor *m, const char *what, int64_t revision);
/** Writes the hash of the newest entry to `head`; "" when there is none. */
enum mentor_status audit_head(struct mentor *m, char head[HASH_HEX]);
/** How many of the oldest entries were written before `day`, and the day of the first. */
enum mentor_status audit_older(struct mentor *m, const char *day, char since[11], int64_t *ret_n);
/** Removes them, in the transaction that is running, and notes what was removed, so that the rest can still be verified. */
enum mentor_status audit_cut(struct mentor *m, const char *day);
/** Collects as problems what is wrong with the trail. */
enum mentor_status audit_check(struct mentor *m);

#endif
