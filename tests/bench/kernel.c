/* kernel.c (benchmark): times the matching kernel on one problem, and writes that problem for the references.
 *   kernel FAMILY ROWS COLUMNS PER-ROW ROW-PLACES COLUMN-PLACES SEED [FILE]
 * Prints pairs, total score, whether proved, seconds. */
#include "family.h"

#include <time.h>

static double seconds_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
	int family = 0;
	long number[6] = { 0 };
	while (argc >= 8 && family < N_FAMILIES && strcmp(family_names[family], argv[1]) != 0)
		family++;
	if (argc < 8 || family == N_FAMILIES)
		return 2;
	for (int i = 0; i < 6; i++)
		number[i] = strtol(argv[2 + i], NULL, 10);
	struct instance in = instance_make((enum family)family, (uint64_t)number[5], (int32_t)number[0], (int32_t)number[1], (int32_t)number[2],
	    (int32_t)number[3], (int32_t)number[4]);
	if (argc > 8)
		instance_write(&in, argv[8]);
	struct mentor_assign_result r;
	enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
	const double start = seconds_now();
	if (mentor_assign_solve(&in.problem, &r) != MENTOR_ASSIGN_OK)
		return 1;
	const double end = seconds_now();
	mentor_assign_verify(&in.problem, &r, &proof);
	printf("%d %lld %s %.4f\n", r.n_pairs, (long long)r.total, proof == MENTOR_ASSIGN_PROVED ? "proved" : "NOT PROVED", end - start);
	mentor_assign_free(&r);
	instance_free(&in);
	return proof != MENTOR_ASSIGN_PROVED;
}
