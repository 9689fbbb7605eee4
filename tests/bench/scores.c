/* scores.c: writes what the rules say of each mentor and mentee of a store's first cohort, row by row, in 32 bits: the matrix that other solvers read.
 *   scores STORE >MATRIX */
#include "pool.h"
#include "scorer.h"

#include <stdio.h>
#include <stdlib.h>

enum { BARRED = -(1 << 26) };

static bool write_rows(struct pool *p, struct scorer *s)
{
	const size_t n = (size_t)p->n_sides[SIDE_MENTEE];
	int64_t *scores = calloc(n + 1, sizeof *scores);
	int32_t *row = calloc(n + 1, sizeof *row);
	bool written = scores && row;
	for (int32_t i = 0; i < p->n_sides[SIDE_MENTOR] && written; i++) {
		scorer_row(s, i, scores);
		for (size_t k = 0; k < n; k++)
			row[k] = scores[k] == MENTOR_ASSIGN_BARRED ? BARRED : (int32_t)scores[k];
		written = fwrite(row, sizeof *row, n, stdout) == n;
	}
	free(scores);
	free(row);
	return written;
}

int main(int argc, char **argv)
{
	struct mentor *m = mentor_new();
	struct pool p;
	struct scorer s;
	bool written = false;
	if (m && argc == 2 && mentor_open(m, argv[1], 0, 0) == MENTOR_OK) {
		written = pool_load(m, 1, &p) == MENTOR_OK && scorer_make(&p, &s) == MENTOR_OK && write_rows(&p, &s);
		pool_free(&p);
	}
	mentor_free(m);
	return written ? 0 : 1;
}
