/* kernel.c: one block of memory for all arrays of a kernel, and places. */
#include "kernel.h"

#include <stdlib.h>

void *carve(struct layout *l, int64_t count, size_t size)
{
	const size_t limit = SIZE_MAX / 2; /* no block is that large, so malloc() refuses it */
	void *at = l->base ? l->base + l->used : NULL;
	if ((uint64_t)count >= (limit - l->used) / size)
		l->used = limit;
	else
		l->used += ((size_t)count * size + 15) & ~(size_t)15;
	return at;
}

void *open_block(void *(*alloc)(size_t size), size_t size)
{
	return alloc ? alloc(size + 1) : malloc(size + 1);
}

int32_t places_of(const int32_t *places, int32_t i)
{
	return places ? places[i] : 1;
}

bool places_valid(const int32_t *places, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		if (places_of(places, i) < 0)
			return false;
	return true;
}
