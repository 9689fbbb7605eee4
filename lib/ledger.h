/* ledger.h: what was published, so that two publications together tell no more than each of them (suppress.h, rules 16 and 17).
 *
 * Figures leave the team only while publishing (mentor_publish()), and every figure that few people could be told from passes here on its
 * way: what is told anew is noted, in the transaction of the command that tells it; what would stand too close to an earlier publication
 * comes out as it was published then, or is withheld where there is nothing to come out. Whoever only looks passes through unchanged.
 * Answers come in batches, so those that were published are known by the last of these, and go on from there (rule 16); tables are set
 * beside the earlier ones, row by row (rule 17).
 *
 * Populations are whole cohorts. Publications of the same figures are set beside each other when one is over cohorts that are all among
 * those of the other; where they share some only, the later one is not told. The ledger holds what was told and nothing else: neither
 * people nor what was withheld. */
#ifndef LEDGER_H
#define LEDGER_H

#include "db.h"
#include "suppress.h"

/** What figures are of. */
struct ledger_subject {
	const char *what;       /* such as "survey feedback, before: confidence": the same words, the same figures */
	const int64_t *cohorts; /* each once */
	size_t n_cohorts;
};

/** Before answers are loaded: lets steps go on from what was published of them last. *ret_since: they were in batches up to this one, which
 * are not to be taken in again; -1: nothing was published, or nothing is to be. */
enum mentor_status ledger_resume(struct mentor *m, const struct ledger_subject *subject, struct suppress_steps *steps, int64_t *ret_since);
/** When they are loaded, up to the batch `last` (MENTOR_NONE: they are not known by it, and are set beside all earlier ones): publishes them, or withholds what may not be told beside other publications. `behind`: some that
 * came or went are not in them. */
enum mentor_status ledger_answers(struct mentor *m, const struct ledger_subject *subject, struct suppress_steps *steps, int64_t last, bool behind,
    bool *ret_withheld);

/** A table of suppress_table(), on the way in not gone over yet: names, cells (with room for the others), room in `shown`. */
struct ledger_table {
	const char **names; /* of rows; none is NULL or has a line break in it */
	int64_t *cells;
	size_t *shown;
	size_t rows, columns;
	bool countable; /* what suppress_table() returns */
	int64_t *totals; /* set: of the columns */
	bool zeros; /* it tells, when it is countable, that whoever has no row in it is nobody's */
};
/** Goes over a table and publishes it, or puts the earlier one in its place, in memory of `memory`; rows 0 when there is none to put. */
enum mentor_status ledger_table(struct mentor *m, const struct ledger_subject *subject, int64_t k, struct arena *memory, struct ledger_table *t);

/** Publishes a table that was gone over already. *ret_told: it may be told; else it is to be left out. */
enum mentor_status ledger_rows(struct mentor *m, const struct ledger_subject *subject, int64_t k, const struct suppress_rows *rows, bool *ret_told);
/** While publishing, for a table of a part of a cohort, such as of some months: it is to be left out, since populations are whole cohorts. */
bool ledger_leaves_out(struct mentor *m);

#endif
