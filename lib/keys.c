/* keys.c: the reader that follows a table of keys, and the manual's list of it. */
#include "keys.h"

#include "field.h"

#include <inttypes.h>
#include <string.h>

static struct mentor_place place_of(const struct reader *r, const struct yml *y)
{
	return (struct mentor_place){ .file = r->file, .line = y->line, .column = y->column, .field = mentor_buf_text(&r->path) };
}

void keys_problem(struct reader *r, const struct yml *y, const char *hint, const char *format, ...)
{
	struct mentor_buf message = MENTOR_BUF_INIT;
	struct mentor_place place = place_of(r, y);
	va_list args;
	va_start(args, format);
	mentor_buf_vfmt(&message, format, args);
	va_end(args);
	problem_add(r->m, &place, hint, "%s", mentor_buf_text(&message));
	mentor_buf_free(&message);
}

size_t keys_push(struct reader *r, const char *name)
{
	size_t before = r->path.len;
	mentor_buf_fmt(&r->path, "%s%s", before ? "." : "", name);
	return before;
}

void keys_pop(struct reader *r, size_t before)
{
	r->path.len = before;
	if (r->path.data)
		r->path.data[before] = '\0';
}

static const char *const kind_names[] = { [YML_SCALAR] = "a value", [YML_LIST] = "a list", [YML_MAP] = "a group of keys" };

static bool expect(struct reader *r, const struct yml *y, enum yml_kind kind)
{
	if (y->kind == kind)
		return true;
	keys_problem(r, y, NULL, "needs %s, not %s", kind_names[kind], kind_names[y->kind]);
	return false;
}



static void put_text(char *at, const char *text)
{
	memcpy(at, &text, sizeof(text));
}

static void put_number(char *at, int64_t number)
{
	memcpy(at, &number, sizeof(number));
}

/* YAML's folded and literal texts end with a newline that nobody means. */
static const char *without_end(struct arena *a, const char *text)
{
	size_t len = strlen(text);
	while (len > 0 && text[len - 1] == '\n')
		len--;
	return arena_strndup(a, text, len);
}

/* The field tables know how to read a value; a definition borrows them so that one rule holds for options, imports and YAML. */
static void read_by_field(struct reader *r, const struct yml *y, const struct key *key, char *at, enum mentor_type type)
{
	struct mentor_field field = {
		.name = key->name, .type = type, .choices = key->choices, .minimum = key->minimum, .maximum = key->maximum
	};
	union {
		int64_t number;
		const char *text;
	} cell;
	struct mentor_place place = place_of(r, y);
	bool was_broken = r->m->broken;
	if (y->text[0] == '\0') {
		keys_problem(r, y, NULL, "is empty");
		return;
	}
	if (field_read(r->m, &field, y->text, &cell)) {
		problem_from_error(r->m, was_broken, &place);
		return;
	}
	if (mentor_field_is_text(&field))
		put_text(at, without_end(r->arena, cell.text));
	else
		put_number(at, cell.number);
}

static void read_weight(struct reader *r, const struct yml *y, const struct key *key, char *at)
{
	static const struct {
		const char *word;
		int64_t weight;
	} words[] = { { "high", 5 }, { "medium", 3 }, { "low", 1 } };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i].word, y->text) == 0) {
			put_number(at, words[i].weight);
			return;
		}
	read_by_field(r, y, key, at, MENTOR_TYPE_INT);
}

/* No programme needs more of anything, and what is compared with each other stays quick. */
enum { MOST_ITEMS = 1000 };

static void *item_room(struct reader *r, const struct yml *y, size_t size, const struct key *key, char *record)
{
	if (y->n > MOST_ITEMS) {
		keys_problem(r, y, NULL, "has %zu entries, at most %d are read", y->n, MOST_ITEMS);
		return NULL;
	}
	void *items = arena_alloc(r->arena, y->n ? y->n * size : 1);
	if (!items)
		return NULL;
	size_t n = y->n;
	memcpy(record + key->at, &items, sizeof(items));
	memcpy(record + key->count_at, &n, sizeof(n));
	return items;
}

static void read_texts(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	char *items = expect(r, y, YML_LIST) ? item_room(r, y, sizeof(const char *), key, record) : NULL;
	for (const struct yml *c = y->first; items && c; c = c->next, items += sizeof(const char *)) {
		put_text(items, "");
		if (expect(r, c, YML_SCALAR))
			read_by_field(r, c, key, items, MENTOR_TYPE_TEXT);
	}
}

static void read_values(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	struct key_value *value = expect(r, y, YML_MAP) ? item_room(r, y, sizeof(*value), key, record) : NULL;
	for (const struct yml *c = y->first; value && c; c = c->next, value++) {
		value->text = arena_strdup(r->arena, c->key);
		value->word = "";
		size_t before = keys_push(r, c->key);
		if (expect(r, c, YML_SCALAR))
			read_by_field(r, c, key, (char *)value + offsetof(struct key_value, word), MENTOR_TYPE_TEXT);
		keys_pop(r, before);
	}
}

static bool is_name(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_");
	return *text >= 'a' && *text <= 'z' && text[n] == '\0' && n <= 64;
}

static void read_named(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	char *item = expect(r, y, YML_MAP) ? item_room(r, y, key->size, key, record) : NULL;
	for (const struct yml *c = y->first; item && c; c = c->next, item += key->size) {
		size_t before = keys_push(r, c->key);
		struct yml name = { .kind = YML_SCALAR, .line = c->key_line, .column = c->key_column, .text = c->key };
		put_text(item, arena_strdup(r->arena, c->key));
		if (!is_name(c->key))
			keys_problem(r, &name, "use a-z, 0-9, - and _, starting with a letter", "is not a name");
		keys_read(r, c, key->keys, item);
		keys_pop(r, before);
	}
}

static void read_value(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	static const enum mentor_type types[] = { [KEY_TEXT] = MENTOR_TYPE_TEXT, [KEY_NOTE] = MENTOR_TYPE_NOTE,
		[KEY_SLUG] = MENTOR_TYPE_SLUG, [KEY_EMAIL] = MENTOR_TYPE_EMAIL, [KEY_INT] = MENTOR_TYPE_INT,
		[KEY_BOOL] = MENTOR_TYPE_BOOL, [KEY_CHOICE] = MENTOR_TYPE_CHOICE };
	switch (key->type) {
	case KEY_MAP:
		keys_read(r, y, key->keys, record + key->at);
		return;
	case KEY_NAMED:
		read_named(r, y, key, record);
		return;
	case KEY_TEXTS:
		read_texts(r, y, key, record);
		return;
	case KEY_VALUES:
		read_values(r, y, key, record);
		return;
	case KEY_WEIGHT:
		if (expect(r, y, YML_SCALAR))
			read_weight(r, y, key, record + key->at);
		return;
	case KEY_TEXT:
	case KEY_NOTE:
	case KEY_SLUG:
	case KEY_EMAIL:
	case KEY_INT:
	case KEY_BOOL:
	case KEY_CHOICE:
		break;
	}
	if (expect(r, y, YML_SCALAR))
		read_by_field(r, y, key, record + key->at, types[key->type]);
}

static const struct key *find_key(const struct key *keys, const char *name)
{
	for (; keys->name; keys++)
		if (strcmp(keys->name, name) == 0)
			return keys;
	return NULL;
}

static void unknown_key(struct reader *r, const struct yml *y, const struct key *keys)
{
	const char *names[64] = { 0 };
	for (size_t i = 0; keys[i].name && i < 63; i++)
		names[i] = keys[i].name;
	const char *near = mentor_nearest(y->key, names);
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else
		mentor_buf_str(&hint, "the manual lists all keys");
	struct yml at = { .line = y->key_line, .column = y->key_column };
	keys_problem(r, &at, mentor_buf_text(&hint), "unknown key");
	mentor_buf_free(&hint);
}

/* Everything starts out as its default; a number without one is "not given". */
static void set_initial(struct reader *r, const struct key *keys, char *record)
{
	for (; keys->name; keys++) {
		if (keys->type == KEY_MAP)
			set_initial(r, keys->keys, record + keys->at);
		bool number = keys->type == KEY_INT || keys->type == KEY_BOOL || keys->type == KEY_CHOICE || keys->type == KEY_WEIGHT;
		if (number)
			put_number(record + keys->at, MENTOR_NONE);
		if (keys->initial) {
			struct yml y = { .kind = YML_SCALAR, .text = keys->initial };
			read_value(r, &y, keys, record);
		}
	}
}

void keys_read(struct reader *r, const struct yml *y, const struct key *keys, void *record)
{
	set_initial(r, keys, record);
	if (!expect(r, y, YML_MAP))
		return;
	for (const struct yml *c = y->first; c; c = c->next) {
		const struct key *key = find_key(keys, c->key);
		size_t before = keys_push(r, c->key);
		if (key)
			read_value(r, c, key, record);
		else
			unknown_key(r, c, keys);
		keys_pop(r, before);
	}
	for (const struct key *key = keys; key->name; key++)
		if (key->required && !yml_get(y, key->name))
			keys_problem(r, y, NULL, "the key '%s' is missing", key->name);
}

/* ---- the manual's list ---- */

static void describe_type(struct mentor_buf *b, const struct key *key)
{
	static const char *const words[] = { [KEY_TEXT] = "text", [KEY_NOTE] = "text of several lines", [KEY_SLUG] = "short name",
		[KEY_EMAIL] = "address", [KEY_BOOL] = "yes or no", [KEY_TEXTS] = "list of texts", [KEY_VALUES] = "text: word",
		[KEY_MAP] = "group", [KEY_NAMED] = "names of your own, each with a group" };
	if (key->type == KEY_INT) {
		mentor_buf_fmt(b, "whole number %" PRId64 " to %" PRId64, key->minimum, key->maximum);
	} else if (key->type == KEY_WEIGHT) {
		mentor_buf_fmt(b, "high, medium, low or %" PRId64 " to %" PRId64, key->minimum, key->maximum);
	} else if (key->type == KEY_CHOICE) {
		for (size_t i = 0; key->choices[i]; i++)
			mentor_buf_fmt(b, "%s%s", i == 0 ? "" : key->choices[i + 1] ? ", " : " or ", key->choices[i]);
	} else {
		mentor_buf_str(b, words[key->type]);
	}
}

enum mentor_status keys_walk(struct mentor *m, const struct key *keys, const char *prefix,
    enum mentor_status (*each)(void *arg, const struct mentor_key *key), void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (; !status && keys->name; keys++) {
		struct mentor_buf path = MENTOR_BUF_INIT, type = MENTOR_BUF_INIT;
		mentor_buf_fmt(&path, "%s%s", prefix, keys->name);
		describe_type(&type, keys);
		struct mentor_key key = { mentor_buf_text(&path), mentor_buf_text(&type), keys->initial, keys->help, keys->required };
		status = path.failed || type.failed ? fail_memory(m) : each(arg, &key);
		if (!status && keys->keys) {
			mentor_buf_str(&path, keys->type == KEY_NAMED ? ".<name>." : ".");
			status = keys_walk(m, keys->keys, mentor_buf_text(&path), each, arg);
		}
		mentor_buf_free(&path);
		mentor_buf_free(&type);
	}
	return status;
}
