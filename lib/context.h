/* context.h: struct mentor from the inside: last error, clock, scratch memory, store. */
#ifndef CONTEXT_H
#define CONTEXT_H

#include "arena.h"
#include "mentor.h"

struct db;
struct db_driver;

enum { CONTEXT_MAX_PROBLEMS = 200 };

/* Of a day that has not come: what to do instead is the same wherever it is given. */
#define HINT_DAY "give a day that has come"

struct mentor {
	struct mentor_error error;
	struct arena error_memory; /* the texts of `error`; emptied by the next failure */
	struct mentor_problem *problems; /* collected so far; they become part of `error` in problems_result() */
	size_t n_problems, cap_problems;
	size_t n_unlisted; /* beyond CONTEXT_MAX_PROBLEMS */
	bool starved;	   /* one of them was no fault of the input: memory ran out */
	struct arena problem_memory;
	struct arena kept; /* mentor_keep() */
	struct mentor_buf hint; /* mentor_hint() */
	char now[32], today[11];
	const char *actor;
	int64_t min_cell; /* see mentor_set_min_cell() */
	mentor_zone_fn *read_zone; /* NULL: no zone is known */
	void *read_zone_arg;
	const char *user, *command; /* for the trail of changes: who runs what; NULL: not said */
	const char *read; /* what of the protected was read in this transaction; NULL: nothing */
	struct db *db;
	const struct db_driver *driver; /* NULL: SQLite; tests put theirs here */
	int depth;	    /* nesting of mentor_begin() */
	bool broken;	    /* something inside the transaction failed: only rollback is left */
	bool reading;	    /* the transaction is a mentor_snapshot() */
	bool publishing;    /* figures that are told in this transaction leave the team (ledger.h) */
	struct mentor_published published;
	int64_t changes_at; /* the driver's change count when the transaction began */
	int64_t revision;   /* what the last commit made it, until the next transaction begins */
	bool revision_known;
};

/** Frees what a context holds besides its store (mentor_free() closes that first). */
void context_free(struct mentor *m);

/** Records a failure without a place. */
enum mentor_status fail(struct mentor *m, enum mentor_status status, const char *hint, const char *format, ...)
    MENTOR_PRINTF(4, 5);
/** Records a failure at a place (copied; NULL allowed). */
enum mentor_status fail_at(struct mentor *m, enum mentor_status status, const struct mentor_place *place, const char *hint,
    const char *format, ...) MENTOR_PRINTF(5, 6);
enum mentor_status fail_memory(struct mentor *m);

/** Collects one problem; the call goes on. End with problems_result(). */
void problem_add(struct mentor *m, const struct mentor_place *place, const char *hint, const char *format, ...)
    MENTOR_PRINTF(4, 5);
/** Turns the failure that has just happened into a problem at `place`, and lets the call go on. `was_broken` is m->broken from
 * before that failure: a wrong value does not doom the transaction by itself, but one that was doomed earlier stays so. */
void problem_from_error(struct mentor *m, bool was_broken, const struct mentor_place *place);
/** Forgets the failure that has just happened, whose message has served: the transaction is as it was before. */
void error_forget(struct mentor *m, bool was_broken);
/** Appends the collected problems, a line each, "heading: message (hint)", and forgets them: their part of the input is left out. */
void problems_take(struct mentor *m, struct mentor_buf *b);
/** MENTOR_REFUSED with the collected problems as its reasons. */
enum mentor_status problems_refuse(struct mentor *m, const char *hint, const char *format, ...) MENTOR_PRINTF(3, 4);
/** Forgets collected problems: the start of every call that collects. */
void problems_clear(struct mentor *m);
/** Moves what another context has collected, and its last failure, into this one. */
void context_take(struct mentor *m, struct mentor *from);
/** MENTOR_OK when none were collected, else MENTOR_INVALID with an error that sums them up: the problem itself
 * when there is one, otherwise "FILE has N errors". */
enum mentor_status problems_result(struct mentor *m, const char *file);
/** The same for a check: MENTOR_FOUND. */
enum mentor_status problems_found(struct mentor *m);
/** Says in what state a failure left things ("nothing imported"), which must be known even where memory is short: `state` is not copied. Returns the
 * status given. */
enum mentor_status fail_state(struct mentor *m, enum mentor_status status, const char *state);

#endif
