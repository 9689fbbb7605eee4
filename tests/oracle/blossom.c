/* blossom.c: solves one pool after another from standard input for tests/oracle/blossom.py.
 * Each is "n m" and m lines "a b score"; the answer is one line "pairs total". Ends with 1 when one cannot be solved or proved. */
#include "mentor.h"

#include <stdio.h>
#include <stdlib.h>

static bool answer(int32_t n, int32_t m)
{
	struct mentor_blossom_candidate *c = calloc((size_t)m + 1, sizeof *c);
	bool good = c != NULL;
	for (int32_t i = 0; i < m && good; i++) {
		int a = 0, b = 0;
		long long score = 0;
		good = scanf("%d %d %lld", &a, &b, &score) == 3;
		c[i] = (struct mentor_blossom_candidate){ a, b, score };
	}
	const struct mentor_blossom_problem p = { .n_people = n, .candidates = c, .n_candidates = m };
	struct mentor_blossom_result r = { 0 };
	good = good && mentor_blossom_solve(&p, &r) == MENTOR_OK && mentor_blossom_verify(&p, &r) == MENTOR_OK;
	if (good)
		printf("%d %lld\n", (int)r.n_pairs, (long long)r.total);
	mentor_blossom_result_free(&r);
	free(c);
	return good;
}

int main(void)
{
	int n = 0, m = 0;
	while (scanf("%d %d", &n, &m) == 2)
		if (!answer(n, m))
			return 1;
	return 0;
}
