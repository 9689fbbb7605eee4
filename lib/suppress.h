/* suppress.h: the one module that decides which small numbers may leave.
 *
 * k is the programme's privacy.min_cell (never below SUPPRESS_LEAST). The rules, in the order they are applied:
 *   1. A count of 1 to k-1 people is hidden. A true zero stays 0.
 *   2. Nothing is said about the answers of fewer than k people: no distribution, no mean, no median.
 *   3. A small count must not follow from what is shown beside it. While it does (from the total; from the mean and the
 *      median where they are shown; from the sum of changes), or while fewer than k people are hidden together, the next
 *      smallest non-zero cell is hidden too, then the zeros. When even that is not enough, the median is withheld, then
 *      the mean.
 *   4. A mean over a group is shown only if those left out of it are nobody or at least k people; otherwise subtracting it
 *      from the whole would tell the mean of the few.
 *
 * A cell is open when other whole numbers would give the same picture. What no rule here hides: that everybody gave the
 * same answer (withholding it would say so just as loudly), and what two reports on groups that differ by a few people tell
 * together. Counts of paperwork (applications, pairs, sessions, responses received) are not answers and are not hidden. */
#ifndef SUPPRESS_H
#define SUPPRESS_H

#include "mentor.h"

enum { SUPPRESS_LEAST = 3, SUPPRESS_MOST_CELLS = 101 };

/** The threshold to work with: `min_cell`, at least SUPPRESS_LEAST (also for MENTOR_NONE). */
int64_t suppress_threshold(int64_t min_cell);

/** The count, or MENTOR_SUPPRESSED when it is 1 to k-1. */
int64_t suppress_count(int64_t count, int64_t k);

/** Whether a figure about all but `outside` people may stand beside the same figure about everybody (rule 4). */
bool suppress_outside_is_safe(int64_t outside, int64_t k);

/** Hides cells of a column whose total is shown. A total of 1 to k-1 hides the whole column. `n` is at most
 * SUPPRESS_MOST_CELLS. */
void suppress_column(int64_t *counts, size_t n, int64_t k);

/** What may be said about the answers to one question. */
struct suppress_summary {
	int64_t n;            /* how many answered */
	int64_t mean, median; /* hundredths; MENTOR_NONE when nobody answered */
	bool suppressed;      /* something above or in the counts is hidden */
};

/** counts[i] people answered low + i. Hides cells so that total, mean and median do not give small ones away, and withholds the
 * median, or the mean as well, where that cannot be had. */
void suppress_answers(int64_t *counts, size_t n, int64_t low, int64_t k, struct suppress_summary *ret);

/** Hides cells of {improved, same, worse} whose total is shown and beside which the sum of all changes stands; one change is at most
 * `range` up or down. False when that sum would give a small cell away whatever is hidden: then it must be withheld as well. */
bool suppress_changes(int64_t counts[3], int64_t sum, int64_t range, int64_t k);

/** sum / n in hundredths, halves away from zero. n > 0. */
int64_t suppress_ratio(int64_t sum, int64_t n);

#endif
