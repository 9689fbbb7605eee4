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
	KEY_REF,    /* name of something defined in `refers` */
	KEY_EMAIL,
	KEY_DAY,
	KEY_CLOCK,  /* time of day */
	KEY_INT,
	KEY_BOOL,   /* yes or no */
	KEY_CHOICE, /* index into choices */
	KEY_WEIGHT, /* 1 to 100, or high, medium, low */
	KEY_TEXTS,  /* list of lines, none twice */
	KEY_WORDS,  /* list of words out of choices, none twice */
	KEY_REFS,   /* list of names of things defined in `refers`, none twice */
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
	const char *const *choices; /* KEY_CHOICE, KEY_WORDS */
	int64_t minimum, maximum;
	const char *initial;
	const char *plain;   /* KEY_NAMED: a plain value stands for this key of an item, and a list of plain values for items
				whose names are made from them */
	const char *refers;  /* KEY_REF, KEY_REFS: the path of names to choose from; NULL: checked elsewhere */
	const char *unit;    /* of a number, for people: "minutes" */
	const char *slip;    /* hint when a number is out of its range: the likely mistake */
	const char *example; /* a value as it stands in a file; for groups the manual shows their keys' */
	const char *help;
};

/** What KEY_VALUES fills: text as it stands in a form, and the word of ours it means. */
struct key_value {
	const char *text, *word;
};

#define AT(s, member) .at = offsetof(struct s, member)
#define LIST(s, member) .at = offsetof(struct s, member), .count_at = offsetof(struct s, n_##member)
#define ITEMS(s, member, item) LIST(s, member), .size = sizeof(struct item)

/** The names that one path of the file defines. */
struct key_names {
	const char *path; /* of the table, compared by address */
	const char **names; /* NULL-terminated */
};

/** One reading: where texts go, and the path of the key being read, for messages. Start with zeroes. */
struct reader {
	struct mentor *m;
	struct arena *arena;
	const char *file;
	const struct yml *root; /* the whole file, in which references are looked up */
	struct key_names known[16]; /* looked up so far, ended by a row without path */
	struct mentor_buf path;
};

/** Fills `record` from map `y`, every key at its default first. Problems are collected in the context. What could not be read
 * stays at its default: text NULL, number MENTOR_NONE. */
void keys_read(struct reader *r, const struct yml *y, const struct key *keys, void *record);
/** Collects a problem at `y` and the present path. */
void keys_problem(struct reader *r, const struct yml *y, const char *hint, const char *format, ...) MENTOR_PRINTF(4, 5);
/** Makes a path longer by a name, and short again. */
size_t keys_push(struct mentor_buf *path, const char *name);
void keys_pop(struct mentor_buf *path, size_t before);

/* What a record holds, by its table (keys_out.c). */

/** How a key's value lives in its record. */
enum keys_shape { SHAPE_TEXT, SHAPE_NUMBER, SHAPE_TEXTS, SHAPE_VALUES, SHAPE_MAP, SHAPE_NAMED };
enum keys_shape keys_shape(const struct key *key);
size_t keys_count(const struct key *key, const void *record);
const char *keys_text(const struct key *key, const void *record);
int64_t keys_number(const struct key *key, const void *record);
/** The items of a list; of KEY_NAMED each begins with its name. */
const void *keys_items(const struct key *key, const void *record);
const char *keys_item_name(const void *item);
/** Whether there is anything to write: not so for an empty list and a group without values. */
bool keys_is_set(const struct key *key, const void *record);
/** Appends a single value as people write it: 60, yes, reverse, a text. Nothing when it is not set. */
void keys_write_value(struct mentor_buf *b, const struct key *key, const void *record);

/** Walks a table and its groups for the manual. */
enum mentor_status keys_walk(struct mentor *m, const struct key *keys, const char *prefix,
    enum mentor_status (*each)(void *arg, const struct mentor_key *key), void *arg);
/** Walks every single value of a record with its path, in the order of the table; an item of a list is a value of its own. */
enum mentor_status keys_each(struct mentor *m, const struct key *keys, const void *record,
    enum mentor_status (*each)(void *arg, const char *path, const char *value), void *arg);
/** Appends the record as YAML that reads back as the same record, defaults written out. */
void keys_write_yaml(struct mentor_buf *b, const struct key *keys, const void *record);
/** Appends a JSON Schema (2020-12) of the files a table reads, as far as single values tell: what one key says about another is not
 * in it. It is for the values a YAML 1.2 reader gives: unquoted yes is text there, 12 a number. */
void keys_write_schema(struct mentor_buf *b, const struct key *keys, const char *title);

/** One difference between two records (keys_diff.c). `before` and `after` are NULL where there was or is nothing. */
struct keys_change {
	const char *path;
	const struct key *key;
	const char *before, *after;
	bool lone; /* an item that is in one of the two only */
};
/** Walks all differences in the order of the table. Names are matched by name, other lists by their items; where only the order differs
 * both texts list it. */
enum mentor_status keys_diff(struct mentor *m, const struct key *keys, const void *before, const void *after,
    enum mentor_status (*each)(void *arg, const struct keys_change *change), void *arg);

#endif
