/* stats.c (oracle): random answers and what lib/stats.c says of them, for another program to check: a line each of JSON.
 *   stats COUNT [SEED] */
#include "stats.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state;

static uint64_t next(uint64_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 11) % below;
}

static void number(const char *name, double x)
{
	if (isnan(x))
		printf(",\"%s\":null", name);
	else
		printf(",\"%s\":%.17g", name, x);
}

enum { MOST_PEOPLE = 60, MOST_SCALE = 20 };

/* Answers on a scale of 2 to 20 points; some give one of the two only, some neither. Small scales make many ties and zeros. */
static void one(void)
{
	int64_t people = (int64_t)next(MOST_PEOPLE + 1), points = 2 + (int64_t)next(MOST_SCALE - 1), low = (int64_t)next(3);
	int64_t before[MOST_SCALE] = { 0 }, after[MOST_SCALE] = { 0 }, changes[2 * MOST_SCALE] = { 0 };
	uint64_t missing = next(4);
	struct stats_sample b, a;
	struct stats_change c;
	printf("{\"answers\":[");
	for (int64_t i = 0; i < people; i++) {
		int64_t x = next(10) < missing ? -1 : (int64_t)next((uint64_t)points);
		int64_t shift = (int64_t)next(3) + x - 1, y = next(10) < missing ? -1 : next(2) || shift < 0 || shift >= points ? (int64_t)next((uint64_t)points) : shift;
		printf("%s[", i ? "," : "");
		if (x >= 0)
			printf("%" PRId64, low + x);
		else
			printf("null");
		if (y >= 0)
			printf(",%" PRId64 "]", low + y);
		else
			printf(",null]");
		before[x >= 0 ? x : 0] += x >= 0;
		after[y >= 0 ? y : 0] += y >= 0;
		changes[y - x + points - 1 < 0 ? 0 : y - x + points - 1] += x >= 0 && y >= 0;
	}
	stats_sample(before, (size_t)points, low, &b);
	stats_sample(after, (size_t)points, low, &a);
	if (!stats_change(changes, (size_t)(2 * points - 1), 1 - points, &c))
		exit(1);
	printf("],\"n\":%" PRId64 ",\"up\":%" PRId64 ",\"same\":%" PRId64 ",\"down\":%" PRId64, c.changes.n, c.up, c.same, c.down);
	number("mean_before", b.mean);
	number("median_before", b.median);
	number("sd_before", b.sd);
	number("mean_after", a.mean);
	number("change", c.changes.mean);
	number("median_change", c.changes.median);
	number("sd", c.changes.sd);
	number("effect", c.effect);
	number("effect_unpaired", stats_effect(&b, &a));
	number("sign", c.sign);
	number("wilcoxon", c.wilcoxon);
	printf("}\n");
}

int main(int argc, char **argv)
{
	long count = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
	state = argc > 2 ? strtoull(argv[2], NULL, 10) * 2654435761U + 1 : 88172645463325252U;
	for (long i = 0; i < count; i++)
		one();
	return 0;
}
