/* arena.c: chunked memory that is given back all at once. */
#include "arena.h"

#include "platform.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The first chunk of an arena, and the largest: each is twice as large as the one before, so that much memory comes in few pieces. */
enum { FIRST_CHUNK = 8192, LARGEST_CHUNK = 16 << 20 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	alignas(max_align_t) unsigned char bytes[];
};

static struct arena_chunk *grow(struct arena *a, size_t size)
{
	size_t room = !a->head ? FIRST_CHUNK : a->head->size < LARGEST_CHUNK ? 2 * a->head->size : LARGEST_CHUNK;
	if (room < size)
		room = size;
	struct arena_chunk *chunk = malloc(sizeof(*chunk) + room);
	if (!chunk)
		return NULL;
	platform_use_large_pages(chunk, sizeof(*chunk) + room);
	chunk->used = 0;
	chunk->size = room;
	chunk->next = a->head;
	a->head = chunk;
	return chunk;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	if (size > SIZE_MAX / 2) {
		a->failed = true;
		return NULL;
	}
	size = (size + align - 1) & ~(align - 1);
	struct arena_chunk *chunk = a->head;
	if (!chunk || chunk->size - chunk->used < size)
		chunk = grow(a, size);
	if (!chunk) {
		a->failed = true;
		return NULL;
	}
	void *p = chunk->bytes + chunk->used;
	chunk->used += size;
	return memset(p, 0, size);
}

char *arena_strndup(struct arena *a, const char *text, size_t len)
{
	char *copy = arena_alloc(a, len + 1);
	if (copy)
		memcpy(copy, text, len);
	return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
	return text ? arena_strndup(a, text, strlen(text)) : NULL;
}

void arena_reset(struct arena *a)
{
	struct arena_chunk *keep = a->head;
	if (!keep)
		return;
	while (keep->next) {
		struct arena_chunk *next = keep->next;
		free(keep);
		keep = next;
	}
	keep->used = 0;
	a->head = keep;
	a->failed = false;
}

void arena_free(struct arena *a)
{
	while (a->head) {
		struct arena_chunk *next = a->head->next;
		free(a->head);
		a->head = next;
	}
	a->failed = false;
}
