/* index.h: records by a text or a number of theirs. */
#ifndef INDEX_H
#define INDEX_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>

/** A hash table of a power of two of slots, at most half full. */
struct index {
	struct index_slot {
		void *record;
		uint64_t hash;
	} *slots;
	size_t n_slots, n;
	size_t key; /* offset of a text, or of an int64_t, in a record */
	bool number;
};

/** The record with this text, or this number when that is NULL; NULL when there is none. */
void *index_find(const struct index *x, const char *text, int64_t number);
/** The record that has the same key already; NULL when this one is the first, which it then is for the rest. One without a key is not
 * entered. Without memory it is NULL as well, and the arena says so. */
void *index_add(struct index *x, struct arena *memory, void *record);

#endif
