/* index.c: finding a record by a text or a number. */
#include "index.h"

#include <string.h>

/* One or the other. */
struct index_key {
	const char *text;
	int64_t number;
};

static struct index_key key_of(const struct index *x, const void *record)
{
	struct index_key key = { NULL, 0 };
	const char *at = (const char *)record + x->key;
	if (x->number)
		memcpy(&key.number, at, sizeof(key.number));
	else
		memcpy(&key.text, at, sizeof(key.text));
	return key;
}

static bool is_key(struct index_key a, struct index_key b)
{
	return a.text ? b.text && strcmp(a.text, b.text) == 0 : a.number == b.number;
}

static uint64_t hash_of(struct index_key key)
{
	uint64_t h = (uint64_t)key.number + UINT64_C(14695981039346656037), word = 0;
	size_t n = 0;
	for (size_t left = key.text ? strlen(key.text) : 0; left > 0; left -= n, key.text += n) {
		n = left < sizeof(word) ? left : sizeof(word);
		word = 0;
		memcpy(&word, key.text, n);
		h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
		h ^= h >> 29;
	}
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	return h ^ h >> 32;
}

/* The slot of the key, or the free one where it would go. */
static struct index_slot *slot_of(const struct index *x, struct index_key key, uint64_t hash)
{
	size_t mask = x->n_slots - 1, at = hash & mask;
	for (; x->slots[at].record; at = (at + 1) & mask)
		if (x->slots[at].hash == hash && is_key(key_of(x, x->slots[at].record), key))
			break;
	return &x->slots[at];
}

void *index_find(const struct index *x, const char *text, int64_t number)
{
	struct index_key key = { text, number };
	return x->n_slots ? slot_of(x, key, hash_of(key))->record : NULL;
}

static bool grow(struct index *x, struct arena *memory)
{
	struct index grown = *x;
	grown.n_slots = x->n_slots ? x->n_slots * 4 : 256;
	grown.slots = arena_alloc(memory, grown.n_slots * sizeof(*grown.slots));
	if (!grown.slots)
		return false;
	for (size_t s = 0; s < x->n_slots; s++)
		if (x->slots[s].record)
			*slot_of(&grown, key_of(x, x->slots[s].record), x->slots[s].hash) = x->slots[s];
	*x = grown;
	return true;
}

void *index_add(struct index *x, struct arena *memory, void *record)
{
	struct index_key key = key_of(x, record);
	if ((!key.text && !key.number) || (x->n * 2 >= x->n_slots && !grow(x, memory)))
		return NULL;
	uint64_t hash = hash_of(key);
	struct index_slot *slot = slot_of(x, key, hash);
	if (slot->record)
		return slot->record;
	*slot = (struct index_slot){ record, hash };
	x->n++;
	return NULL;
}
