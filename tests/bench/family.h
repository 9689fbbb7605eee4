/* family.h: problems of every kind that has broken a solver, the same on every machine; for kernel.c and the oracles. */
#ifndef FAMILY_H
#define FAMILY_H

#include "mentor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum family { UNIFORM, FEW, PLANAR, MENTORING, PRODUCT, EQUAL, HUGE_SCORES, N_FAMILIES };
static const char *const family_names[] = { "uniform", "few", "planar", "mentoring", "product", "equal", "huge" };

struct instance {
	struct mentor_assign_problem problem;
	struct mentor_assign_candidate *candidates;
	int32_t *row_places, *column_places;
	enum family family;
	uint64_t seed;
};

/** Any number for (seed, a, b), by the finalizer of MurmurHash3. */
static inline uint64_t noise(uint64_t seed, uint64_t a, uint64_t b)
{
	uint64_t x = seed * UINT64_C(0x9e3779b97f4a7c15) + a * UINT64_C(0xbf58476d1ce4e5b9) + b * UINT64_C(0x94d049bb133111eb);
	for (int i = 0; i < 2; i++)
		x = (x ^ x >> 33) * UINT64_C(0xff51afd7ed558ccd);
	return x ^ x >> 33;
}

static inline int64_t distance_1d(uint64_t a, uint64_t b, int shift)
{
	const int64_t d = (int64_t)(a >> shift & 0x7fff) - (int64_t)(b >> shift & 0x7fff);
	return d < 0 ? -d : d;
}

/** What the pair is worth in that family. */
static inline int64_t family_score(enum family family, uint64_t seed, int32_t row, int32_t column)
{
	const uint64_t n = noise(seed, (uint64_t)row, (uint64_t)column);
	const uint64_t r = noise(seed, (uint64_t)row, UINT64_MAX), c = noise(seed, UINT64_MAX, (uint64_t)column);
	switch (family) {
	case UNIFORM:
		return (int64_t)(n % 1000000);
	case FEW:
		return (int64_t)(n % 5);
	case PLANAR:
		return -distance_1d(r, c, 3) - distance_1d(r, c, 30);
	case MENTORING: /* everybody likes the same people; a handful of attributes that agree or do not */
		return (int64_t)(400 * (c % 8) / 8 + 100 * (uint64_t)__builtin_popcountll((r ^ c) & 0x3f00) + 25 * (n % 4));
	case PRODUCT:
		return (int64_t)row * column;
	case HUGE_SCORES:
		return (int64_t)(n % (UINT64_C(1) << 34)) - (INT64_C(1) << 33);
	case EQUAL:
	case N_FAMILIES:
		break;
	}
	return 7;
}

static inline void *family_room(size_t n, size_t size)
{
	void *room = calloc(n + 1, size);
	if (!room)
		exit(70);
	return room;
}

/** `per_row` different columns for each row (all of them when that is as many). */
static inline struct instance instance_make(enum family family, uint64_t seed, int32_t n_rows, int32_t n_columns, int32_t per_row, int32_t row_places,
    int32_t column_places)
{
	struct instance i = { .family = family, .seed = seed };
	per_row = per_row < n_columns ? per_row : n_columns;
	i.candidates = family_room((size_t)n_rows * (size_t)per_row, sizeof *i.candidates);
	i.row_places = family_room((size_t)n_rows, sizeof *i.row_places);
	i.column_places = family_room((size_t)n_columns, sizeof *i.column_places);
	int32_t *columns = family_room((size_t)n_columns, sizeof *columns), n = 0;
	for (int32_t c = 0; c < n_columns; c++) {
		columns[c] = c;
		i.column_places[c] = column_places;
	}
	for (int32_t r = 0; r < n_rows; r++) {
		i.row_places[r] = row_places;
		for (int32_t k = 0; k < per_row; k++) {
			const int32_t other = k + (int32_t)(noise(seed ^ 77, (uint64_t)r, (uint64_t)k) % (uint64_t)(n_columns - k));
			const int32_t column = columns[other];
			columns[other] = columns[k];
			columns[k] = column;
			i.candidates[n++] = (struct mentor_assign_candidate){ r, column, family_score(family, seed, r, column) };
		}
	}
	free(columns);
	i.problem = (struct mentor_assign_problem){ .n_rows = n_rows, .n_columns = n_columns, .candidates = i.candidates, .n_candidates = n,
		.row_places = i.row_places, .column_places = i.column_places };
	return i;
}

static inline void instance_free(struct instance *i)
{
	free(i->candidates);
	free(i->row_places);
	free(i->column_places);
}

/** For the references, as tests/oracle/instances.c says, without an answer. */
static inline void instance_write(const struct instance *i, const char *path)
{
	const struct mentor_assign_problem *p = &i->problem;
	const int32_t head[] = { p->n_rows, p->n_columns, p->n_candidates, 0 };
	const int64_t total = 0;
	FILE *f = fopen(path, "wb");
	const bool written = f && fwrite(head, sizeof head, 1, f) == 1 && fwrite(&total, sizeof total, 1, f) == 1 &&
			     fwrite(i->row_places, sizeof(int32_t), (size_t)p->n_rows, f) == (size_t)p->n_rows &&
			     fwrite(i->column_places, sizeof(int32_t), (size_t)p->n_columns, f) == (size_t)p->n_columns &&
			     fwrite(i->candidates, sizeof *i->candidates, (size_t)p->n_candidates, f) == (size_t)p->n_candidates;
	if (!written || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

#endif
