/* keys.h: reading a YAML file into structs by a table of keys.
 *
 * A table says each key once: name, type, default, range, meaning. Reading, checking, the manual's list and the message for an unknown
 * key all come from it. Programme definitions and the configuration are such tables. */
#ifndef KEYS_H
#define KEYS_H

#include "context.h"
#include "yaml.h"

enum key_type {
	KEY_TEXT,   /* one line */
	KEY_NOTE,   /* several lines */
	KEY_SLUG,   /* short name */
	KEY_EMAIL,
	KEY_INT,
	KEY_BOOL,   /* yes or no */
	KEY_CHOICE, /* index into choices */
	KEY_WEIGHT, /* 1 to 100, or high, medium, low */
	KEY_TEXTS,  /* list of lines */
	KEY_VALUES, /* map of text to word: struct key_value */
	KEY_MAP,    /* struct inside the struct */
	KEY_NAMED,  /* map of names to structs whose first member is the name */
};

struct key {
	const char *name;
	enum key_type type;
	bool required;
	size_t at, count_at; /* offsets; count_at of the size_t of lists */
	size_t size;	     /* of one item of KEY_NAMED */
	const struct key *keys;
	const char *const *choices;
	int64_t minimum, maximum;
	const char *initial;
	const char *help;
};

/** What KEY_VALUES fills: text as it stands in a form, and the word of ours it means. */
struct key_value {
	const char *text, *word;
};

#define AT(s, member) .at = offsetof(struct s, member)
#define LIST(s, member) .at = offsetof(struct s, member), .count_at = offsetof(struct s, n_##member)
#define ITEMS(s, member, item) LIST(s, member), .size = sizeof(struct item)

/** One reading: where texts go, and the path of the key being read, for messages. Start with zeroes. */
struct reader {
	struct mentor *m;
	struct arena *arena;
	const char *file;
	struct mentor_buf path;
};

/** Fills `record` from map `y`, every key at its default first. Problems are collected in the context. */
void keys_read(struct reader *r, const struct yml *y, const struct key *keys, void *record);
/** Collects a problem at `y` and the present path. */
void keys_problem(struct reader *r, const struct yml *y, const char *hint, const char *format, ...) MENTOR_PRINTF(4, 5);
/** Makes the path longer by a name, and short again. */
size_t keys_push(struct reader *r, const char *name);
void keys_pop(struct reader *r, size_t before);
/** Walks a table and its groups for the manual. */
enum mentor_status keys_walk(struct mentor *m, const struct key *keys, const char *prefix,
    enum mentor_status (*each)(void *arg, const struct mentor_key *key), void *arg);

#endif
