/* keys_diff.c: what differs between two records of one table of keys. */
#include "keys.h"

#include <string.h>

/** One comparison. */
struct comparison {
	struct mentor *m;
	struct mentor_buf path;
	enum mentor_status (*each)(void *arg, const struct keys_change *change);
	void *arg;
	bool lone;		   /* what is told is in one of the two only */
	enum mentor_status status; /* the first failure: nothing is told after it */
};

static void tell(struct comparison *c, const struct key *key, const char *before, const char *after)
{
	const struct keys_change change = { mentor_buf_text(&c->path), key, before, after, c->lone };
	if (!c->status)
		c->status = c->path.failed ? fail_memory(c->m) : c->each(c->arg, &change);
}

static void tell_bufs(struct comparison *c, const struct key *key, struct mentor_buf *before, struct mentor_buf *after)
{
	if (!c->status && (before->failed || after->failed))
		c->status = fail_memory(c->m);
	tell(c, key, before->len ? mentor_buf_text(before) : NULL, after->len ? mentor_buf_text(after) : NULL);
	mentor_buf_free(before);
	mentor_buf_free(after);
}

static void diff_single(struct comparison *c, const struct key *key, const void *a, const void *b)
{
	struct mentor_buf before = MENTOR_BUF_INIT, after = MENTOR_BUF_INIT;
	keys_write_value(&before, key, a);
	keys_write_value(&after, key, b);
	if (before.failed || after.failed || strcmp(mentor_buf_text(&before), mentor_buf_text(&after)) != 0) {
		tell_bufs(c, key, &before, &after);
		return;
	}
	mentor_buf_free(&before);
	mentor_buf_free(&after);
}

/* ---- lists of things that have a name: the text itself, a value's text, an item's name ---- */

typedef const char *name_fn(const void *items, size_t i, size_t size);

static const char *name_of_text(const void *items, size_t i, size_t size)
{
	(void)size;
	return ((const char *const *)items)[i];
}

static const char *name_of_value(const void *items, size_t i, size_t size)
{
	(void)size;
	return ((const struct key_value *)items)[i].text;
}

static const char *name_of_item(const void *items, size_t i, size_t size)
{
	return keys_item_name((const char *)items + i * size);
}

static name_fn *const names[] = { [SHAPE_TEXTS] = name_of_text, [SHAPE_VALUES] = name_of_value, [SHAPE_NAMED] = name_of_item };

enum { NOWHERE = -1 };

static long find(const struct key *key, const void *record, const char *name, size_t likely)
{
	const void *items = keys_items(key, record);
	size_t n = keys_count(key, record);
	name_fn *name_of = names[keys_shape(key)];
	if (likely < n && strcmp(name_of(items, likely, key->size), name) == 0) /* mostly it stands where it stood */
		return (long)likely;
	for (size_t i = 0; i < n; i++)
		if (strcmp(name_of(items, i, key->size), name) == 0)
			return (long)i;
	return NOWHERE;
}

/* What an item of the list says in one line: the text itself, the word, or the item's title or text. */
static void summary(struct mentor_buf *b, const struct key *key, const void *record, size_t i)
{
	static const char *const telling[] = { "title", "text", "header" };
	const void *items = keys_items(key, record);
	const char *item = (const char *)items + i * key->size;
	if (keys_shape(key) != SHAPE_NAMED) {
		mentor_buf_str(b, key->type == KEY_VALUES ? ((const struct key_value *)items)[i].word : name_of_text(items, i, 0));
		return;
	}
	for (size_t t = 0; b->len == 0 && t < sizeof(telling) / sizeof(*telling); t++)
		for (const struct key *k = key->keys; k->name; k++)
			if (strcmp(k->name, telling[t]) == 0)
				keys_write_value(b, k, item);
	if (b->len == 0)
		mentor_buf_str(b, keys_item_name(item));
}

/* An item that is only in one of the two. */
static void tell_lone(struct comparison *c, const struct key *key, const void *record, size_t i, bool added)
{
	struct mentor_buf text = MENTOR_BUF_INIT, none = MENTOR_BUF_INIT;
	bool own_path = keys_shape(key) != SHAPE_TEXTS;
	size_t before = own_path ? keys_push(&c->path, names[keys_shape(key)](keys_items(key, record), i, key->size)) : c->path.len;
	summary(&text, key, record, i);
	c->lone = true;
	tell_bufs(c, key, added ? &none : &text, added ? &text : &none);
	c->lone = false;
	keys_pop(&c->path, before);
}

static void diff_keys(struct comparison *c, const struct key *keys, const void *a, const void *b);

static void diff_item(struct comparison *c, const struct key *key, const void *a, size_t i, const void *b, size_t j)
{
	const char *left = keys_items(key, a), *right = keys_items(key, b);
	size_t before = keys_push(&c->path, names[keys_shape(key)](left, i, key->size));
	if (key->type == KEY_VALUES) {
		const char *was = ((const struct key_value *)(const void *)left)[i].word, *is = ((const struct key_value *)(const void *)right)[j].word;
		if (strcmp(was, is) != 0)
			tell(c, key, was, is);
	} else {
		diff_keys(c, key->keys, left + i * key->size, right + j * key->size);
	}
	keys_pop(&c->path, before);
}

static void list_names(struct mentor_buf *b, const struct key *key, const void *record)
{
	for (size_t i = 0; i < keys_count(key, record); i++)
		mentor_buf_fmt(b, "%s%s", i ? ", " : "", names[keys_shape(key)](keys_items(key, record), i, key->size));
}

static void diff_list(struct comparison *c, const struct key *key, const void *a, const void *b)
{
	size_t n_a = keys_count(key, a), n_b = keys_count(key, b);
	bool moved = false;
	long last = NOWHERE;
	for (size_t i = 0; i < n_a && !c->status; i++) {
		long j = find(key, b, names[keys_shape(key)](keys_items(key, a), i, key->size), i);
		if (j == NOWHERE) {
			tell_lone(c, key, a, i, false);
			continue;
		}
		if (keys_shape(key) != SHAPE_TEXTS)
			diff_item(c, key, a, i, b, (size_t)j);
		moved |= j < last;
		last = j;
	}
	for (size_t j = 0; j < n_b && !c->status; j++)
		if (find(key, a, names[keys_shape(key)](keys_items(key, b), j, key->size), j) == NOWHERE)
			tell_lone(c, key, b, j, true);
	if (moved && key->type != KEY_VALUES) {
		struct mentor_buf before = MENTOR_BUF_INIT, after = MENTOR_BUF_INIT;
		list_names(&before, key, a);
		list_names(&after, key, b);
		tell_bufs(c, key, &before, &after);
	}
}

static void diff_keys(struct comparison *c, const struct key *keys, const void *a, const void *b)
{
	for (; keys->name && !c->status; keys++) {
		size_t before = keys_push(&c->path, keys->name);
		switch (keys_shape(keys)) {
		case SHAPE_TEXT:
		case SHAPE_NUMBER:
			diff_single(c, keys, a, b);
			break;
		case SHAPE_TEXTS:
		case SHAPE_VALUES:
		case SHAPE_NAMED:
			diff_list(c, keys, a, b);
			break;
		case SHAPE_MAP:
			diff_keys(c, keys->keys, (const char *)a + keys->at, (const char *)b + keys->at);
			break;
		}
		keys_pop(&c->path, before);
	}
}

enum mentor_status keys_diff(struct mentor *m, const struct key *keys, const void *before, const void *after,
    enum mentor_status (*each)(void *arg, const struct keys_change *change), void *arg)
{
	struct comparison c = { .m = m, .each = each, .arg = arg };
	diff_keys(&c, keys, before, after);
	mentor_buf_free(&c.path);
	return c.status;
}
