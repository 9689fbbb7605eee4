/* kernel.c (benchmark): times the matching kernel on one problem, and writes that problem for the references.
 *   kernel sparse[-any]|dense[-any] FAMILY ROWS COLUMNS PER-ROW ROW-PLACES COLUMN-PLACES SEED [FILE]
 * sparse hands over a list of candidates, dense a callback for all pairs;
 * with -any behind it the tie-break is left out, which the references do not have. Prints pairs, total score, whether proved, seconds of processor time. */
#include "family.h"

#include <time.h>

static double seconds_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int report(int32_t n_pairs, int64_t total, enum mentor_assign_proof proof, double seconds)
{
	printf("%d %lld %s %.4f\n", n_pairs, (long long)total, proof == MENTOR_ASSIGN_PROVED ? "proved" : "NOT-PROVED", seconds);
	return proof != MENTOR_ASSIGN_PROVED;
}

static int run_sparse(const struct mentor_assign_problem *p)
{
	struct mentor_assign_result r;
	enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
	const double start = seconds_now();
	if (mentor_assign_solve(p, &r) != MENTOR_ASSIGN_OK)
		return 1;
	const double end = seconds_now();
	mentor_assign_verify(p, &r, &proof);
	const int status = report(r.n_pairs, r.total, proof, end - start);
	mentor_assign_free(&r);
	return status;
}

/** All scores, row after row: the references read a ready matrix too. */
struct matrix {
	int32_t *scores, n_columns;
};

static void copy_row(void *data, int32_t row, int64_t *scores)
{
	const struct matrix *m = data;
	const int32_t *from = &m->scores[(size_t)row * (size_t)m->n_columns];
	for (int32_t c = 0; c < m->n_columns; c++)
		scores[c] = from[c];
}

static int run_dense(const struct instance *in)
{
	const struct mentor_assign_problem *p = &in->problem;
	struct matrix m = { family_room((size_t)p->n_rows * (size_t)p->n_columns, sizeof(int32_t)), p->n_columns };
	struct mentor_assign_dense d = { .n_rows = p->n_rows, .n_columns = p->n_columns, .row_places = p->row_places,
		.column_places = p->column_places, .score_row = copy_row, .data = &m, .any_tie = p->any_tie };
	struct mentor_assign_choice c;
	enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
	for (int32_t row = 0; row < p->n_rows; row++)
		for (int32_t column = 0; column < p->n_columns; column++)
			m.scores[(size_t)row * (size_t)m.n_columns + (size_t)column] = (int32_t)family_score(in->family, in->seed, row, column);
	const double start = seconds_now();
	if (mentor_assign_dense(&d, &c) != MENTOR_ASSIGN_OK)
		return 1;
	const double end = seconds_now();
	mentor_assign_verify_dense(&d, &c, &proof);
	const int status = report(c.n_pairs, c.total, proof, end - start);
	mentor_assign_choice_free(&c);
	free(m.scores);
	return status;
}

int main(int argc, char **argv)
{
	int family = 0;
	int32_t number[6] = { 0 };
	while (argc >= 9 && family < N_FAMILIES && strcmp(family_names[family], argv[2]) != 0)
		family++;
	if (argc < 9 || family == N_FAMILIES)
		return 2;
	const bool dense = strncmp(argv[1], "dense", 5) == 0, any = strstr(argv[1], "-any") != NULL;
	for (int i = 0; i < 6; i++)
		number[i] = (int32_t)strtol(argv[3 + i], NULL, 10);
	struct instance in = instance_make((enum family)family, (uint64_t)number[5], number[0], number[1],
	    dense && argc < 10 ? 0 : number[2], number[3], number[4]);
	if (argc > 9)
		instance_write(&in, argv[9]);
	in.problem.any_tie = any;
	const int status = argc > 9 ? 0 : dense ? run_dense(&in) : run_sparse(&in.problem);
	instance_free(&in);
	return status;
}
