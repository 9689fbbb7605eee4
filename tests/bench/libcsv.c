/* libcsv.c: times libcsv cutting up a CSV file that is in memory, as tests/bench/csv.c does. */
#include <csv.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { REPEATS = 5, MOST_BYTES = 100 * 1000 * 1000 };

struct counts {
	size_t cells;
	long records;
};

static double microseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e6 * (double)t.tv_sec + 1e-3 * (double)t.tv_nsec;
}

static void on_cell(void *text, size_t len, void *arg)
{
	(void)text;
	(void)len;
	((struct counts *)arg)->cells++;
}

static void on_record(int end, void *arg)
{
	(void)end;
	((struct counts *)arg)->records++;
}

int main(int argc, char **argv)
{
	FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
	char *bytes = f ? malloc(MOST_BYTES) : NULL;
	if (!bytes)
		return 1;
	const size_t len = fread(bytes, 1, MOST_BYTES, f);
	struct counts n = { 0 };
	double best = 0;
	for (int i = 0; i < REPEATS; i++) {
		struct csv_parser p;
		n = (struct counts){ 0 };
		const double start = microseconds();
		if (csv_init(&p, CSV_APPEND_NULL) || csv_parse(&p, bytes, len, on_cell, on_record, &n) != len)
			return 1;
		csv_fini(&p, on_cell, on_record, &n);
		const double took = microseconds() - start;
		best = i == 0 || took < best ? took : best;
		csv_free(&p);
	}
	printf("%.0f %ld records, %zu cells\n", best, n.records, n.cells);
	free(bytes);
	fclose(f);
	return 0;
}
