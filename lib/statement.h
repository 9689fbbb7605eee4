/* statement.h: what the people of a role state and confirm, read for one of them or for a whole cohort. */
#ifndef STATEMENT_H
#define STATEMENT_H

#include "programme.h"

/** One statement that the programme asks of a role. */
struct statement {
	int64_t kind; /* enum mentor_statement_kind */
	const char *name, *text;
	const char *columns[2]; /* of the application, by side; NULL: none */
};

/** What one person said to it. */
struct stated {
	int64_t value; /* 1, 0 or MENTOR_NONE */
	bool by_hand, waived;
	const char *on, *by;
};

struct stating {
	int64_t enrolment, person, role;
	const char *applied_on;
	struct stated *said; /* in the order of the role's statements */
};

struct statements {
	struct mentor *m;
	struct arena arena;
	struct {
		struct statement *items;
		size_t n;
	} asked[MENTOR_ROLE_FACILITATOR + 1]; /* by role */
	struct stating *people;		      /* by enrolment */
	size_t n_people;
};

extern const char *const statement_kinds[]; /* as the store has them */

/** Reads what the people of a cohort said who applied or are accepted; of `enrolment`, when not 0, alone and whatever became of it. `d` has to
 * outlive the statements. On failure too, statements_free() follows. */
enum mentor_status statements_load(struct statements *s, struct mentor *m, const struct definition *d, int64_t cohort, int64_t enrolment);
void statements_free(struct statements *s);
/** Somebody's; NULL when not among them. */
const struct stating *statements_of(const struct statements *s, int64_t enrolment);
/** The first statement from number *at on that reads "no" and was not passed over; NULL when there is none. *at is then its number. */
const struct statement *statements_no(const struct statements *s, const struct stating *p, size_t *at);

/** How many people of a cohort, applied or accepted, have not made every statement, and the first of them. */
enum mentor_status statement_missing(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person);

#endif
