/* match.h: the verbs of mentor match, which stand in several files. */
#ifndef MATCH_H
#define MATCH_H

#include "command.h"

/** Verbs that have a file of their own. */
extern const struct command match_prefer, match_preferences, match_avoid, match_avoidances; /* match_wish.c */
extern const struct command match_pin, match_add, match_block, match_blocks;		     /* match_hand.c */
extern const struct command match_proposals, match_compare, match_use;			     /* match_proposal.c */
extern const struct command match_explain, match_what_if; /* match_explain.c, match_what_if.c */

extern const struct command match_show, match_shortlist, match_accept, match_decline, match_publish, match_end, match_replace, match_reopen,
    match_continue; /* match_people.c */

/** The operand PAIR. */
extern const struct operand match_one_pair[];
/** The columns of one pair of a proposal (struct mentor_match_row). */
extern const struct mentor_field match_row_fields[];
/** The words of enum mentor_match_method and enum mentor_match_objective. */
extern const char *const match_methods[], *const match_objectives[];

/** Prints a change that is about two people: "Ann and Ben". */
enum mentor_status match_print_two(struct run *run, const char *change, const struct mentor_entity *kind, int64_t person, int64_t other);
/** A sink's function that prints each row; its argument is the run. */
enum mentor_status match_print_row(void *run, const struct mentor_match_row *row);
/** Sentences, one a row. */
extern const struct mentor_field match_sentence_fields[];
/** Whether it looks like the reference of a pair (m7). */
bool match_is_pair(const char *reference);

#endif
