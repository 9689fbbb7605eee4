/* instances.c (oracle): problems of every family, each with the kernel's answer, for other solvers to check.
 *   instances COUNT SEED >FILE
 * For each: rows, columns, candidates, pairs (int32), total (int64), places of rows and of columns (int32), candidates {int32, int32, int64}. */
#include "../bench/family.h"

static void put(const void *data, size_t size, size_t n)
{
	if (n > 0 && fwrite(data, size, n, stdout) != n) {
		perror("instances");
		exit(1);
	}
}

/** Places for a side: one each, the same number each, or now this, now that. */
static void vary(int32_t *places, int32_t n, uint64_t seed)
{
	const uint64_t kind = noise(seed, 1, 1) % 4;
	for (int32_t i = 0; i < n; i++)
		places[i] = kind < 2 ? 1 : kind == 2 ? 2 : (int32_t)(noise(seed, 2, (uint64_t)i) % 4);
}

int main(int argc, char **argv)
{
	const long count = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
	const uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
	static const int32_t slack[] = { 80, 100, 101, 120, 300 };
	for (uint64_t seed = first; seed < first + (uint64_t)count; seed++) {
		const enum family family = (enum family)(seed % N_FAMILIES);
		const int32_t n_rows = 10 + (int32_t)(noise(seed, 3, 0) % 250);
		const int32_t n_columns = n_rows * slack[seed / N_FAMILIES % 5] / 100;
		const int32_t per_row = noise(seed, 4, 0) % 4 == 0 ? n_columns : 2 + (int32_t)(noise(seed, 5, 0) % 20);
		struct instance in = instance_make(family, seed, n_rows, n_columns, per_row, 1, 1);
		vary(in.row_places, n_rows, seed);
		vary(in.column_places, n_columns, seed + 1000000);
		struct mentor_assign_result r;
		enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
		if (mentor_assign_solve(&in.problem, &r) != MENTOR_ASSIGN_OK ||
		    mentor_assign_verify(&in.problem, &r, &proof) != MENTOR_ASSIGN_OK || proof != MENTOR_ASSIGN_PROVED) {
			fprintf(stderr, "instances: seed %llu is not proved\n", (unsigned long long)seed);
			return 1;
		}
		const int32_t head[] = { n_rows, n_columns, in.problem.n_candidates, r.n_pairs };
		put(head, sizeof head, 1);
		put(&r.total, sizeof r.total, 1);
		put(in.row_places, sizeof(int32_t), (size_t)n_rows);
		put(in.column_places, sizeof(int32_t), (size_t)n_columns);
		put(in.candidates, sizeof *in.candidates, (size_t)in.problem.n_candidates);
		mentor_assign_free(&r);
		instance_free(&in);
	}
	return fflush(stdout) != 0;
}
