/* assign.h: the matching kernel: most pairs first, then the highest total score, with a proof. Numbers in, numbers out. */
#ifndef ASSIGN_H
#define ASSIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Limits, so that no sum can leave int64: a price is an alternating sum of scores along a path that visits no row or
 * column twice, hence about 2^20 x 2^40 = 2^60 in size at most, and path lengths stay below four times that. */
#define ASSIGN_MAX_NODES (INT32_C(1) << 20) /* rows and columns together */
#define ASSIGN_MAX_CANDIDATES (INT32_C(1) << 28)
#define ASSIGN_MAX_SCORE (INT64_C(1) << 40) /* |score| of one candidate */
#define ASSIGN_MAX_TOTAL (INT64_C(1) << 62) /* |score| of all candidates together: four million may carry the largest */

enum assign_status {
	ASSIGN_OK = 0,
	ASSIGN_NO_MEMORY,
	ASSIGN_INVALID,   /* an index out of range, a pair or a pin listed twice, a negative place, a limit passed */
	ASSIGN_PINS,      /* more pins at a row or column than it has places: they cannot all be kept */
	ASSIGN_CANCELLED, /* progress() returned false */
};

/** A pair that may be formed. */
struct assign_candidate {
	int32_t row, column;
	int64_t score;
};

/** What is to be solved. All memory is the caller's and is only read. */
struct assign_problem {
	int32_t n_rows, n_columns;
	const int32_t *row_places, *column_places; /* places of each, 0 allowed; NULL: one place each */
	const struct assign_candidate *candidates; /* each row/column pair at most once, in any order */
	int32_t n_candidates;
	const int32_t *pins; /* candidates that must be in the result; NULL when n_pins is 0 */
	int32_t n_pins;
	/* NULL, or called now and then with the places filled and to be filled (0 and 0 at first); false cancels. */
	bool (*progress)(void *data, int64_t done, int64_t total);
	void *progress_data;
	void *(*alloc)(size_t size); /* NULL: malloc(). What it returns must suit free(). */
};

/** A lexicographic price: `pairs`, 0 or 1, weighs more than any score. Zero is {0, 0}. */
struct assign_price {
	int32_t pairs;
	int64_t score;
};

/** The best set of pairs and the prices that prove it. Free with assign_result_free(). */
struct assign_result {
	int32_t *pairs; /* candidate indexes, ascending, pins included */
	int32_t n_pairs;
	int64_t total; /* sum of their scores */
	struct assign_price *row_prices, *column_prices;
	void *memory; /* the one block that holds all of the above */
};

/** What assign_verify() found. */
enum assign_proof {
	ASSIGN_PROVED,       /* the pairs are allowed and no other choice is better */
	ASSIGN_NOT_FEASIBLE, /* out of range, out of order, too many at a row or column, a pin missing, a wrong total */
	ASSIGN_NOT_OPTIMAL,  /* allowed, but the prices do not prove them best */
};

/** Rows that compete for the same columns. Free with assign_block_free(). */
struct assign_block {
	int32_t *rows, n_rows;       /* ascending */
	int32_t *columns, n_columns; /* ascending */
	void *memory;                /* the one block that holds both lists */
};

/** Chooses candidates so that no row or column has more pairs than places, every pin is kept, the number of pairs is
 * the largest possible and, among all such choices, the total score is the highest. Exact; negative scores are fine
 * and never keep a pair from being formed.
 *
 * The same problem gives the same pairs whatever the order of the candidate list. When several choices are equally
 * good, which of them comes out is not promised: a caller who cares breaks ties in the scores.
 *
 * Returns ASSIGN_OK and a *ret to be freed, or another status with *ret untouched. ASSIGN_INVALID comes before
 * ASSIGN_PINS.
 *
 * Method, with n rows and columns, m candidates, k places filled:
 *   1. largest number of pairs by layered augmenting paths, O(m sqrt(n)) for single places (Hopcroft & Karp 1973;
 *      with places Dinitz 1970);
 *   2. split at the rows still short (Dulmage & Mendelsohn 1958): rows and columns that alternating paths reach from
 *      them form a block in which every column is full, in the rest every row is full; pairs across are in every
 *      largest matching or in none. "Most pairs first" is exact from here on without any large constant;
 *   3. inside each part the side that must be full is entered place by place, each along one shortest augmenting path
 *      with potentials (Tomizawa 1971; Edmonds & Karp 1972; the Hungarian method of Kuhn 1955). Prices begin at zero
 *      or, where both sides will be full, at the best score offered (column reduction, Jonker & Volgenant 1987), so
 *      that most paths are one step long. O(k m log n) at worst; hardest are scores like i x j.
 * Memory: about 50 bytes a candidate and 100 a row or column, in two blocks. */
enum assign_status assign_solve(const struct assign_problem *problem, struct assign_result *ret);

/** Checks a result against a problem that assign_solve() accepted, trusting neither pairs nor prices. *ret is
 * ASSIGN_PROVED exactly when the pairs are allowed and the prices satisfy complementary slackness in lexicographic
 * order, which proves both "most pairs" and "highest total among those":
 *   - no price is below zero, and one with an unfilled place has price zero;
 *   - {1, score} is at least the two prices together for a chosen candidate and at most that for any other; pins are
 *     exempt, being no choice.
 * Returns ASSIGN_OK, ASSIGN_NO_MEMORY or ASSIGN_INVALID (the problem, not the result; *ret untouched).
 * O(n + m) time, a byte or two a candidate. */
enum assign_status assign_verify(
    const struct assign_problem *problem, const struct assign_result *result, enum assign_proof *ret);

/** Says why `row` has unfilled places although `result` is optimal: the rows and columns that alternating paths reach
 * from it (Dulmage & Mendelsohn 1958). All those columns are full; the rows compete for them, and none of the rows has
 * another column to go to. Pins are not moved: a column filled by them is listed, whoever is pinned to it is not.
 * The columns are none when every candidate of the row is chosen or there is no candidate.
 * Returns ASSIGN_OK and a *ret to be freed; ASSIGN_INVALID when the row has no unfilled place or `result` is not one
 * of this problem with most pairs; ASSIGN_PINS, ASSIGN_NO_MEMORY. O(n + m). */
enum assign_status assign_shortage(
    const struct assign_problem *problem, const struct assign_result *result, int32_t row, struct assign_block *ret);

/** Frees what assign_solve() filled in and empties it. NULL and a zeroed result are fine. */
void assign_result_free(struct assign_result *result);

/** Frees what assign_shortage() filled in and empties it. NULL and a zeroed block are fine. */
void assign_block_free(struct assign_block *block);

#endif
