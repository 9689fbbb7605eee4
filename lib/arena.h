/* arena.h: memory that is given back all at once. Whatever a parse or an import step makes lives in one arena. */
#ifndef ARENA_H
#define ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *head;
	bool failed; /* some allocation returned NULL since arena_init */
};

#define ARENA_INIT { NULL, false }

/** Zeroed memory aligned for any type, NULL when there is none (and arena->failed is set). */
void *arena_alloc(struct arena *a, size_t size);
/** A copy of `text`, NULL for NULL. */
char *arena_strdup(struct arena *a, const char *text);
/** A copy of `len` bytes with a NUL behind them. */
char *arena_strndup(struct arena *a, const char *text, size_t len);
/** Frees everything but keeps the first chunk for reuse. */
void arena_reset(struct arena *a);
/** Frees everything. */
void arena_free(struct arena *a);

#endif
