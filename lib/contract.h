/* contract.h: contracts for the other modules, and what the files contract_*.c share. */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "arena.h"
#include "programme.h"

/* ---- for the other modules ---- */

/** Adds a problem for every contract whose text no longer matches its hash. */
enum mentor_status contract_check_all(struct mentor *m);

/** MENTOR_REFUSED when the terms are outside what the programme allows, MENTOR_INVALID when they end before they begin. */
enum mentor_status contract_check_terms(struct mentor *m, const struct def_contract *c, const struct mentor_contract *terms);

/** SQL: the day on which both of a pair had signed for the first time; NULL before. An amendment changes nothing about it. */
#define CONTRACT_SIGNED_ON(pair) \
	"(SELECT min(CASE WHEN k.mentor_signed_on > k.mentee_signed_on THEN k.mentor_signed_on ELSE k.mentee_signed_on END) " \
	"FROM contract k WHERE k.pair_id = " pair " AND k.mentor_signed_on IS NOT NULL AND k.mentee_signed_on IS NOT NULL)"
/** SQL: whether a session of that date counts, as the programme has it: `counts` is a parameter, its contract.counts (enum def_counts). */
#define CONTRACT_COUNTS(counts, date, pair) "(" counts " = 0 OR " date " >= " CONTRACT_SIGNED_ON(pair) ")"

/* ---- what a version of a contract is written from ---- */

extern const char *const contract_sides[]; /* enum mentor_contract_side, as the store has them */

/** A line that the two of a pair, or one of them, said to a term of the programme. */
struct contract_line {
	const char *term, *text;
	int64_t side; /* enum mentor_contract_side */
};

struct contract_said {
	struct arena arena;
	struct contract_line *lines; /* by term and side, in order */
	size_t n;
};

/** Whether the term is one for that side to answer; in a reciprocal pair whatever one side says the other says too. */
bool contract_asks(const struct def_term *term, bool reciprocal, enum mentor_contract_side side);
/** Reads what a version says. Ended by contract_said_free(), also after a failure. */
enum mentor_status contract_said_load(struct mentor *m, int64_t contract, struct contract_said *ret);
void contract_said_free(struct contract_said *said);
/** The next line to a term by a side from number *at on, NULL behind the last; *at is then behind it. */
const char *contract_said_next(const struct contract_said *said, const char *term, enum mentor_contract_side side, size_t *at);

struct contract_draft {
	struct definition *programme;
	struct mentor_pair *pair;
	struct mentor_cohort *cohort;
	struct mentor_contract *newest; /* version; NULL: none yet */
	struct contract_said said;	/* in that version */
	int64_t version;		/* to be written */
	struct mentor_contract usual, terms;
	char starts[11], ends[11]; /* behind usual.starts_on and usual.ends_on */
};

/** Reads all that a draft is made from. Ended by contract_draft_free(), also after a failure. */
enum mentor_status contract_draft_load(struct mentor *m, int64_t pair, struct contract_draft *d);
void contract_draft_free(struct contract_draft *d);
/** Lays the given terms over those of the newest version, or over the usual ones (contract_terms.c). */
void contract_merge_terms(struct contract_draft *d, const struct mentor_contract *terms, uint64_t given);
bool contract_same_terms(const struct mentor_contract *a, const struct mentor_contract *b);
/** "exactly 4", "4 to 6", "at most 6", "at least 4". */
void contract_range_in_words(struct mentor_buf *b, const struct def_range *range);
/** How the two meet, in words; in the order of def_modes. */
extern const char *const contract_modes_in_words[];
/** The text of version d->version (contract_text.c), in the lines that contract_print.c reads. */
void contract_write_text(struct mentor_buf *b, const struct contract_draft *d);
/** Writes a draft's text again, from what is in the store now, and keeps it: the newest version has nobody's signature. */
enum mentor_status contract_rewrite(struct mentor *m, struct contract_draft *d, const char **ret_change);

/** MENTOR_REFUSED unless the pair is active. */
enum mentor_status contract_check_pair(struct mentor *m, const struct mentor_pair *pair);
/** MENTOR_REFUSED when the newest version is signed, so that it stays as it is. */
enum mentor_status contract_check_open(struct mentor *m, const struct mentor_contract *newest);
/** The newest version of a pair's contract; *ret is NULL without one. Free with mentor_record_free(). */
enum mentor_status contract_newest(struct mentor *m, int64_t pair, struct mentor_contract **ret);
/** MENTOR_NOT_FOUND, with what would write one. */
enum mentor_status contract_fail_none(struct mentor *m, int64_t pair);
/** As contract_newest(); MENTOR_NOT_FOUND without one. */
enum mentor_status contract_needed(struct mentor *m, int64_t pair, struct mentor_contract **ret);
/** MENTOR_FAILED when the text is not the one that was drafted. */
enum mentor_status contract_check_intact(struct mentor *m, const struct mentor_contract *c);

/* Lines of a text. Of seven kinds: a heading with a line of = (the first) or - under it, an item ("- …"), a paragraph, a term, which is a line with
 * another one that is no item right below it, what somebody says to it or could tick, room to write ("whose: __________"), and blank lines between. */
#define CONTRACT_ROOM "__________"
#define CONTRACT_BOX "\u2610 "
/** Whether a line underlines the one above. */
bool contract_is_underline(const char *line, size_t len);

#endif
