/* csv.c: times the cutting up of a CSV file that is in memory, its checks included; tests/bench/libcsv.c is the reference.
 * Prints the microseconds, the best of five, then what came out: records and cells, the heading included. */
#include "csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPEATS = 5, MOST_BYTES = 100 * 1000 * 1000 };

static double microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e6 * (double)t.tv_sec + 1e-3 * (double)t.tv_nsec;
}

/** Reads all of `text` and prints what came out when `tell`. Returns the time, 0 when it could not be read. */
static double read_all(struct mentor *m, const char *text, size_t len, bool tell)
{
	struct csv c;
	size_t cells = 0;
	bool more = true;
	const double start = microseconds();
	enum mentor_status status = csv_open(&c, m, "bench", text, len, ',');
	while (!status && !(status = csv_next(&c, &more)) && more)
		cells += c.n_cells;
	const double took = microseconds() - start;
	if (tell)
		printf("%ld records, %zu cells\n", c.row + 1, cells + c.n_headings);
	csv_close(&c);
	return status ? 0 : took;
}

int main(int argc, char **argv)
{
	FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
	char *bytes = f ? malloc(MOST_BYTES) : NULL;
	struct mentor *m = mentor_new();
	if (!bytes || !m)
		return 1;
	const size_t len = fread(bytes, 1, MOST_BYTES, f);
	double best = 0;
	for (int i = 0; i <= REPEATS; i++) {
		if (i == REPEATS)
			printf("%.0f ", best);
		const double took = read_all(m, bytes, len, i == REPEATS);
		if (took <= 0)
			return 1;
		best = i == 0 || took < best ? took : best;
	}
	mentor_free(m);
	free(bytes);
	fclose(f);
	return 0;
}
