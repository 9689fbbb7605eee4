/* rule.h: what the programme's rules say of two people: which hard ones hold, how many points the soft ones give, and why.
 *
 * Rules are asked of a mentor and a mentee, in this order: seniority and preferences have a direction. */
#ifndef RULE_H
#define RULE_H

#include "pool.h"

/** The hard rules are those of the programme and, behind them, two of our own: two people are not paired again in the cohort, and not when
 * one of them or the running team has said that they are to be kept apart. Of the second no more is ever said than "not available", so
 * that nobody can tell who asked for it. */
size_t rule_count(const struct pool *p);
/** The name in the programme; ours are "new-pair" and "available". */
const char *rule_name(const struct pool *p, size_t rule);
bool rule_holds(const struct pool *p, size_t rule, const struct human *mentor, const struct human *mentee);
bool rule_all_hold(const struct pool *p, const struct human *mentor, const struct human *mentee);
/** The pair the two formed before, or form now; proposals do not count. NULL: none. */
const struct past *rule_paired(const struct pool *p, const struct human *a, const struct human *b);

/** Whether the sides let the two be a pair, and who mentors then: whoever is fixed as mentor, or not as mentee; where both are open the one with
 * the lower grade (in a reverse pair the junior mentors), where that decides nothing whoever applied as mentor, or not as mentee, and else the
 * one whose address comes first. */
bool rule_may_pair(const struct human *a, const struct human *b, const struct human **ret_mentor, const struct human **ret_mentee);

/** Whether a pinned proposal stays in the next: both take part still, and no hard rule speaks against it but what was overridden. */
bool rule_is_pinned(const struct pool *p, const struct past *past);
/** Places that neither an active pair nor a pinned one takes; below zero when more are pinned than there are places. */
int64_t rule_places_open(const struct pool *p, const struct human *h);

/** Points of one soft rule, 0 to 1000, rounded down:
 *   overlap       1000 * shared choices / all that either made (Jaccard 1901), so that ticking every box gains nothing
 *   different     1000 when no value is shared; same: 1000 when one is
 *   near          1000 * (within - distance) / within, 0 from `within` on; grades are as far apart as they are steps
 *   preferred     1000 / place in the list of the one whose preferences count, 0 when not named; of both: half the sum
 * and 0 when a value is not known. */
int64_t rule_points(const struct pool *p, size_t score, const struct human *mentor, const struct human *mentee);
/** Points of all soft rules, each times its weight; and the most there could be. */
int64_t rule_score(const struct pool *p, const struct human *mentor, const struct human *mentee);
int64_t rule_score_most(const struct pool *p);

/** How the two would work together. In a combination programme people say it themselves: reciprocal where both accept
 * that and not both accept reverse, else reverse; "either" accepts both. */
enum mentor_arrangement rule_arrangement(const struct pool *p, const struct human *a, const struct human *b);

/** Appends why a hard rule holds or not, with the values of both, as a sentence without full stop. */
void rule_in_words(
    struct mentor_buf *b, const struct pool *p, size_t rule, const struct human *mentor, const struct human *mentee);
/** Appends what is not known of a person, so that a hard rule can hold with nobody; false, and nothing appended, when
 * all is known. */
bool rule_unknown_in_words(struct mentor_buf *b, const struct pool *p, size_t rule, const struct human *h);
/** Appends what the two hold for a soft rule. */
void rule_score_in_words(
    struct mentor_buf *b, const struct pool *p, size_t score, const struct human *mentor, const struct human *mentee);
/** Appends the name of a field as people write it. */
void rule_field_in_words(struct mentor_buf *b, const char *field);

#endif
