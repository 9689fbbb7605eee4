/* stable.c: times the stable matching of 2,000 rows and columns with 50 ranks each; tests/bench/stable.py is the reference.
 * Prints the microseconds of the kernel, the best of five, then what came out: pairs and the sum of the rows' ranks.
 * "shuffled" as an argument hands the candidates over in no order. */
#include "mentor.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { N = 2000, RANKS = 50, REPEATS = 5 };

static uint64_t random_state = 2026;

/** The generator that stable.py has too. */
static int32_t random_below(int32_t n)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int32_t)((random_state >> 33) % (uint64_t)n);
}

/** Each row lists RANKS different columns; each column ranks those who list it in no order. */
static void fill(struct mentor_stable_candidate *c)
{
	static int32_t columns[N], n_ranked[N], at[N * RANKS];
	for (int32_t i = 0; i < N; i++)
		columns[i] = i;
	for (int32_t i = 0; i < N * RANKS; i++) {
		const int32_t k = i % RANKS, other = k + random_below(N - k), column = columns[other];
		columns[other] = columns[k];
		columns[k] = column;
		c[i] = (struct mentor_stable_candidate){ i / RANKS, column, k + 1, 0 };
		at[i] = i;
	}
	for (int32_t i = N * RANKS; i-- > 0;) {
		const int32_t k = random_below(i + 1), chosen = at[k];
		at[k] = at[i];
		c[chosen].column_rank = ++n_ranked[c[chosen].column];
	}
}

static void shuffle(struct mentor_stable_candidate *c)
{
	for (int32_t i = N * RANKS; i-- > 0;) {
		const int32_t k = random_below(i + 1);
		const struct mentor_stable_candidate x = c[i];
		c[i] = c[k];
		c[k] = x;
	}
}

static double microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e6 * (double)t.tv_sec + 1e-3 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
	static struct mentor_stable_candidate c[N * RANKS];
	(void)argv;
	fill(c);
	if (argc > 1)
		shuffle(c);
	const struct mentor_stable_problem p = { .n_rows = N, .n_columns = N, .candidates = c, .n_candidates = N * RANKS };
	double best = 0;
	for (int i = 0; i < REPEATS; i++) {
		struct mentor_stable_result r = { 0 };
		const double start = microseconds();
		if (mentor_stable_solve(&p, &r) != MENTOR_OK)
			return 1;
		const double took = microseconds() - start;
		best = i == 0 || took < best ? took : best;
		if (i + 1 == REPEATS)
			printf("%.0f %d pairs, ranks %lld\n", best, (int)r.n_pairs, (long long)r.figures.rows.sum);
		mentor_stable_result_free(&r);
	}
	return 0;
}
