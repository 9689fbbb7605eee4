/* keys.c: the reader that follows a table of keys. */
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

size_t keys_push(struct mentor_buf *path, const char *name)
{
	size_t before = path->len;
	mentor_buf_fmt(path, "%s%s", before && *name ? "." : "", name);
	return before;
}

void keys_pop(struct mentor_buf *path, size_t before)
{
	path->len = before;
	if (path->data)
		path->data[before] = '\0';
}

static const char *const kind_names[] = { [YML_SCALAR] = "a value", [YML_LIST] = "a list", [YML_MAP] = "a group of keys" };

/* Words that other readers of YAML take for "nothing". */
static bool is_null(const struct yml *y)
{
	static const char *const words[] = { "~", "null", "Null", "NULL" };
	for (size_t i = 0; !y->quoted && i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i], y->text) == 0)
			return true;
	return y->text[strspn(y->text, " \t\n")] == '\0';
}

/* What the person who wrote one kind where another belongs most likely forgot. */
/* Text processors make a dash or a bullet of the hyphen. */
static bool begins_like_an_item(const char *text)
{
	static const char *const signs[] = { "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA2", "*" };
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strncmp(text, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

static const char *kind_hint(const struct reader *r, const struct yml *y, enum yml_kind kind)
{
	static const char *const hints[] = { [YML_SCALAR] = "", [YML_LIST] = "write each item on a line of its own behind \"- \", or all as [a, b]",
		[YML_MAP] = "write its keys on lines of their own below it, indented" };
	if (y == r->root)
		return "begin each line with a key and a colon: \"title: Reverse mentoring\"";
	if (kind != YML_SCALAR && y->kind == YML_SCALAR && begins_like_an_item(y->text))
		return "an item begins with a hyphen and a blank: \"- \"";
	if (kind != YML_SCALAR)
		return hints[kind];
	if (y->kind == YML_MAP && !y->key)
		return "put the text in quotes: its colon makes it a key";
	return y->kind == YML_LIST ? "write one value; in quotes if it is a text that begins with [ or -" :
				     "write one value; in quotes if it is a text that begins with {";
}

static bool expect(struct reader *r, const struct yml *y, enum yml_kind kind)
{
	if (y->kind == kind)
		return true;
	const char *hint = kind_hint(r, y, kind), *what = y == r->root ? "the file " : "";
	if (y->kind == YML_SCALAR && is_null(y))
		keys_problem(r, y, hint, "%sis empty", what);
	else
		keys_problem(r, y, hint, "%sneeds %s, not %s", what, kind_names[kind], kind_names[y->kind]);
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

/* Hexadecimal, powers of ten, grouped digits, a plus: each is read by somebody as a number, and not by everybody as the same one. */
static bool is_odd_notation(const char *text)
{
	return text[strspn(text, "0123456789abcdefABCDEFoOxX_+-")] == '\0' && strpbrk(text, "eExXoO_+");
}

/* What stands in the way of a number before its range is looked at; NULL: nothing. 012 is ten to some readers and twelve to others. */
static const char *number_trap(const struct yml *y, const struct key *key, struct mentor_buf *hint)
{
	size_t sign = *y->text == '-' || *y->text == '+', digits = strspn(y->text + sign, "0123456789");
	const char *rest = y->text + sign + digits;
	if (digits == 0 && begins_like_an_item(y->text)) {
		mentor_buf_str(hint, "a minus is a hyphen: -2");
		return "begins with a sign that is no hyphen";
	}
	if (digits == 0)
		return NULL;
	if (is_odd_notation(y->text)) {
		mentor_buf_str(hint, "write digits alone, such as 12");
		return "is not written in plain digits";
	}
	if (y->quoted && *rest == '\0') {
		mentor_buf_fmt(hint, "write it without quotes: %s", y->text);
		return "is a text in quotes, not a number";
	}
	if (*rest == '\0' && digits > 1 && y->text[sign] == '0') {
		size_t zeros = strspn(y->text + sign, "0");
		mentor_buf_fmt(hint, "write it without the leading 0: %.*s%s", (int)sign, y->text, y->text + sign + zeros - (zeros == digits));
		return "begins with 0, which some readers take for an octal number";
	}
	if (key->unit && *rest && *rest != '.' && *rest != ',' && *rest != '-' && *rest != ':') {
		mentor_buf_fmt(hint, "write the number alone, in %s", key->unit);
		return "holds more than a number";
	}
	return NULL;
}

static bool refused_number(struct reader *r, const struct yml *y, const struct key *key)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const char *trap = number_trap(y, key, &hint);
	if (trap)
		keys_problem(r, y, mentor_buf_text(&hint), "'%s' %s", y->text, trap);
	mentor_buf_free(&hint);
	return trap;
}

static bool is_number(enum mentor_type type)
{
	return type == MENTOR_TYPE_INT || type == MENTOR_TYPE_BOOL || type == MENTOR_TYPE_CHOICE;
}

/* Nothing where a value belongs. */
static bool refused_null(struct reader *r, const struct yml *y, const struct key *key, enum mentor_type type)
{
	if (!is_null(y))
		return false;
	bool word = y->text[strspn(y->text, " \t\n")];
	bool text = type == MENTOR_TYPE_TEXT || type == MENTOR_TYPE_NOTE;
	const char *hint = key->required ? "write a value" : "write a value, or leave it out";
	keys_problem(r, y, word && text ? "write a value, or put the word in quotes" : hint, word ? "'%s' means nothing" : "is empty%.0s", y->text);
	return true;
}

/* Names and headings stand on one line; people write long ones on several. */
static bool refused_lines(struct reader *r, const struct yml *y, enum mentor_type type, const char *text)
{
	if (type != MENTOR_TYPE_TEXT || !strchr(text, '\n'))
		return false;
	keys_problem(r, y, "write it as one line; > instead of | joins the lines below it", "has several lines, and takes one");
	return true;
}

/* What may have been meant when a value does not fit; NULL: the field's own hint says it. */
static const char *slip_of(const struct key *key, enum mentor_type type, const char *text)
{
	if (key->type == KEY_WEIGHT)
		return "write high, medium, low or a number";
	bool number = text[strspn(text, "0123456789.,:-")] == '\0';
	return type == MENTOR_TYPE_INT && number ? key->slip : NULL;
}

/* The field tables know how to read a value; a definition borrows them so that one rule holds for options, imports and YAML. */
static bool read_by_field(struct reader *r, const struct yml *y, const struct key *key, char *at, enum mentor_type type)
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
	if (refused_null(r, y, key, type) || (type == MENTOR_TYPE_INT && refused_number(r, y, key)))
		return false;
	const char *text = without_end(r->arena, y->text);
	if (!text || refused_lines(r, y, type, text))
		return false;
	if (field_read(r->m, &field, text, &cell)) {
		const char *slip = slip_of(key, type, text);
		if (slip)
			r->m->error.hint = slip;
		problem_from_error(r->m, was_broken, &place);
		return false;
	}
	if (is_number(type))
		put_number(at, cell.number);
	else
		put_text(at, arena_strdup(r->arena, cell.text));
	return true;
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

/* ---- names ---- */

static const char name_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
enum { MOST_NAME = 64, MADE_NAME = 56 };

static bool is_name(const char *text)
{
	size_t n = strspn(text, name_letters);
	return *text >= 'a' && *text <= 'z' && text[n] == '\0' && n <= MOST_NAME;
}

static const char *name_hint(const char *text)
{
	return strlen(text) > MOST_NAME ? "a name has 64 characters at most" : "use a-z, 0-9, - and _, starting with a letter";
}

/* A name for an item given as a plain text: its words with hyphens between, cut after a word. */
static const char *make_name(struct arena *a, const char *text)
{
	char name[MADE_NAME + 8] = "";
	size_t n = 0, word = 0;
	for (const char *c = text; *c && n < MADE_NAME; c++) {
		char small = (char)(*c >= 'A' && *c <= 'Z' ? *c + ('a' - 'A') : *c);
		bool letter = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
		if (!letter && n > 0 && name[n - 1] != '-')
			word = n;
		if (letter)
			name[n++] = small;
		else if (*c != '\'' && n > 0 && name[n - 1] != '-')
			name[n++] = '-';
	}
	if (n == MADE_NAME && word > 0)
		n = word;
	while (n > 0 && name[n - 1] == '-')
		n--;
	name[n] = '\0';
	if (is_name(name))
		return arena_strdup(a, name);
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_fmt(&b, "item%s%s", n ? "-" : "", name);
	const char *made = arena_strdup(a, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return made;
}

/* What stands at `path` of the file, or where it cannot go on; NULL: nothing. */
static const struct yml *find_group(const struct reader *r, const char *path)
{
	const struct yml *y = r->root;
	while (y && *path) {
		char step[MOST_NAME] = "";
		size_t n = strcspn(path, ".");
		memcpy(step, path, n < sizeof(step) ? n : 0);
		if (y->kind != YML_MAP)
			return y;
		y = yml_get(y, step);
		path += n + (path[n] == '.');
	}
	return y;
}

/* Whether names stand in the group, or texts of which some are made. */
static bool has_names(const struct yml *group)
{
	bool good = group->kind != YML_SCALAR;
	for (const struct yml *c = group->first; good && c; c = c->next)
		good = c->key || c->kind == YML_SCALAR;
	return good;
}

static const char *entry_name(struct reader *r, const struct yml *c)
{
	return c->key ? c->key : c->kind == YML_SCALAR ? make_name(r->arena, c->text) : "";
}

/* The names of the entries of `path`; found once for each path. NULL without memory, and when something else stands there: that is told once,
 * and not for each that refers to it. */
static const char *const *defined_in(struct reader *r, const char *path)
{
	struct key_names *known = r->known;
	while (known->path && known->path != path)
		known++;
	if (known->path)
		return known->names;
	const struct yml *group = find_group(r, path);
	if (group && !has_names(group))
		return NULL;
	size_t n = 0;
	known->names = arena_alloc(r->arena, ((group ? group->n : 0) + 1) * sizeof(*known->names));
	if (!known->names)
		return NULL;
	for (const struct yml *c = group ? group->first : NULL; c; c = c->next) {
		const char *name = entry_name(r, c);
		if (name)
			known->names[n++] = name;
	}
	known->names[n] = NULL;
	known->path = path;
	return known->names;
}

enum { MOST_LISTED = 12 }; /* names in a hint */

static void unknown_reference(struct reader *r, const struct yml *y, const char *path, const char *const *names)
{
	if (r->m->n_problems == CONTEXT_MAX_PROBLEMS) { /* looking for what may be meant is not free: only where it will be read */
		r->m->n_unlisted++;
		return;
	}
	const char *near = mentor_nearest(y->text, names);
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else if (!names[0])
		mentor_buf_fmt(&hint, "define it under %s", path);
	for (size_t i = 0; !near && names[i] && i < MOST_LISTED; i++)
		mentor_buf_fmt(&hint, "%s%s", i == 0 ? "there are: " : ", ", names[i]);
	keys_problem(r, y, mentor_buf_text(&hint), "there is no '%s' under %s", y->text, path);
	mentor_buf_free(&hint);
}

static bool read_reference(struct reader *r, const struct yml *y, const struct key *key, char *at)
{
	const char *const *names = key->refers ? defined_in(r, key->refers) : NULL;
	if (!is_null(y) && !is_name(y->text) && !(names && mentor_nearest(y->text, names))) {
		keys_problem(r, y, name_hint(y->text), "'%s' is not a name", y->text);
		return false;
	}
	if (!read_by_field(r, y, key, at, MENTOR_TYPE_TEXT))
		return false;
	for (size_t i = 0; names && names[i]; i++)
		if (strcmp(names[i], y->text) == 0)
			return true;
	if (names)
		unknown_reference(r, y, key->refers, names);
	return true;
}

/* ---- lists ---- */

static bool read_item(struct reader *r, const struct yml *y, const struct key *key, char *at)
{
	int64_t chosen = 0;
	if (!expect(r, y, YML_SCALAR))
		return false;
	if (key->type == KEY_REFS)
		return read_reference(r, y, key, at);
	if (key->type == KEY_WORDS && !read_by_field(r, y, key, (char *)&chosen, MENTOR_TYPE_CHOICE))
		return false;
	return read_by_field(r, y, key, at, MENTOR_TYPE_TEXT);
}

static void refuse_twice(struct reader *r, const struct yml *y, const char *const *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(items[i], items[n]) == 0) {
			keys_problem(r, y, "remove one of them", "'%s' is listed twice", items[n]);
			return;
		}
}

static void read_texts(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	const char **items = expect(r, y, YML_LIST) ? item_room(r, y, sizeof(*items), key, record) : NULL;
	size_t n = 0;
	for (const struct yml *c = y->first; items && c; c = c->next) {
		items[n] = "";
		if (!read_item(r, c, key, (char *)&items[n]) || !items[n])
			continue;
		refuse_twice(r, c, items, n);
		n++;
	}
	if (items)
		memcpy(record + key->count_at, &n, sizeof(n));
}

static void read_values(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	if (y->kind == YML_LIST) {
		keys_problem(r, y, "write each answer with the word it means: \"answer: word\"", "needs answers and words, not a list");
		return;
	}
	struct key_value *value = expect(r, y, YML_MAP) ? item_room(r, y, sizeof(*value), key, record) : NULL;
	for (const struct yml *c = y->first; value && c; c = c->next, value++) {
		const struct yml answer = { .kind = YML_SCALAR, .text = c->key, .quoted = true, .line = c->key_line, .column = c->key_column };
		value->text = arena_strdup(r->arena, c->key);
		value->word = "";
		size_t before = keys_push(&r->path, c->key);
		read_by_field(r, &answer, key, (char *)value + offsetof(struct key_value, text), MENTOR_TYPE_TEXT);
		if (expect(r, c, YML_SCALAR))
			read_by_field(r, c, key, (char *)value + offsetof(struct key_value, word), MENTOR_TYPE_TEXT);
		keys_pop(&r->path, before);
	}
}

/* ---- names of the programme's own ---- */

static const struct key *find_key(const struct key *keys, const char *name)
{
	for (; keys->name; keys++)
		if (strcmp(keys->name, name) == 0)
			return keys;
	return NULL;
}

static void set_initial(struct reader *r, const struct key *keys, char *record);
static void read_value(struct reader *r, const struct yml *y, const struct key *key, char *record);

/* A plain value where a group could stand is the group's one important key. */
static void read_named_item(struct reader *r, const struct yml *y, const struct key *key, char *item)
{
	if (!key->plain || y->kind != YML_SCALAR) {
		keys_read(r, y, key->keys, item);
		return;
	}
	set_initial(r, key->keys, item);
	read_value(r, y, find_key(key->keys, key->plain), item);
}

/* Two texts may make the same name; a map's keys cannot repeat. */
static void refuse_same_name(struct reader *r, const struct yml *y, const char *items, size_t n, size_t size)
{
	const char *name = keys_item_name(items + n * size);
	for (size_t i = 0; name && i < n; i++) {
		const char *other = keys_item_name(items + i * size);
		if (!other || strcmp(name, other) != 0)
			continue;
		keys_problem(r, y, "change the wording, or give each a name: name: text", "two of the list make the same name '%s'", name);
		return;
	}
}

static void read_named(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	bool plain = key->plain && y->kind == YML_LIST;
	if (y->kind == YML_LIST && !plain) {
		keys_problem(r, y, "write a name of your own for each, with its keys below it, instead of \"- \"", "needs names, not a list");
		return;
	}
	char *items = plain || expect(r, y, YML_MAP) ? item_room(r, y, key->size, key, record) : NULL;
	size_t n = 0;
	for (const struct yml *c = y->first; items && c; c = c->next, n++) {
		char *item = items + n * key->size;
		const char *name = arena_strdup(r->arena, entry_name(r, c));
		struct yml at = { .kind = YML_SCALAR, .line = c->key_line, .column = c->key_column };
		put_text(item, name);
		size_t before = keys_push(&r->path, name ? name : "");
		if (plain && c->kind != YML_SCALAR)
			keys_problem(r, c, "write plain texts, or instead of each \"- \" a name of your own", "needs a value, not %s", kind_names[c->kind]);
		else if (plain)
			refuse_same_name(r, c, items, n, key->size);
		else if (!plain && !is_name(c->key))
			keys_problem(r, &at, name_hint(c->key), "is not a name");
		if (!plain || c->kind == YML_SCALAR)
			read_named_item(r, c, key, item);
		keys_pop(&r->path, before);
	}
}

static bool is_number_key(const struct key *key)
{
	return key->type == KEY_INT || key->type == KEY_BOOL || key->type == KEY_CHOICE || key->type == KEY_WEIGHT;
}

/* Nothing follows from a default that was not meant: a value that is given and cannot be read is none. */
static void forget(const struct key *key, char *at)
{
	if (is_number_key(key))
		put_number(at, MENTOR_NONE);
	else if (!key->keys && !key->count_at)
		put_text(at, NULL);
}

static void read_value(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	static const enum mentor_type types[] = { [KEY_TEXT] = MENTOR_TYPE_TEXT, [KEY_NOTE] = MENTOR_TYPE_NOTE,
		[KEY_SLUG] = MENTOR_TYPE_SLUG, [KEY_EMAIL] = MENTOR_TYPE_EMAIL, [KEY_DAY] = MENTOR_TYPE_DAY, [KEY_CLOCK] = MENTOR_TYPE_CLOCK,
		[KEY_INT] = MENTOR_TYPE_INT, [KEY_BOOL] = MENTOR_TYPE_BOOL, [KEY_CHOICE] = MENTOR_TYPE_CHOICE };
	char *at = record + key->at;
	forget(key, at);
	switch (key->type) {
	case KEY_MAP:
		keys_read(r, y, key->keys, at);
		return;
	case KEY_NAMED:
		read_named(r, y, key, record);
		return;
	case KEY_TEXTS:
	case KEY_WORDS:
	case KEY_REFS:
		read_texts(r, y, key, record);
		return;
	case KEY_VALUES:
		read_values(r, y, key, record);
		return;
	case KEY_WEIGHT:
		if (expect(r, y, YML_SCALAR))
			read_weight(r, y, key, at);
		return;
	case KEY_REF:
		if (expect(r, y, YML_SCALAR))
			read_reference(r, y, key, at);
		return;
	case KEY_TEXT:
	case KEY_NOTE:
	case KEY_SLUG:
	case KEY_EMAIL:
	case KEY_DAY:
	case KEY_CLOCK:
	case KEY_INT:
	case KEY_BOOL:
	case KEY_CHOICE:
		break;
	}
	if (expect(r, y, YML_SCALAR))
		read_by_field(r, y, key, at, types[key->type]);
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
	else if (names[MOST_LISTED])
		mentor_buf_str(&hint, "man 5 mentor-programme lists all keys");
	for (size_t i = 0; !near && !names[MOST_LISTED] && names[i]; i++)
		mentor_buf_fmt(&hint, "%s%s", i == 0 ? "there are: " : ", ", names[i]);
	struct yml at = { .line = y->key_line, .column = y->key_column };
	keys_problem(r, &at, mentor_buf_text(&hint), "unknown key");
	mentor_buf_free(&hint);
}

static void missing_key(struct reader *r, const struct yml *y, const struct key *key)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (key->example)
		mentor_buf_fmt(&hint, "such as %s: %s", key->name, key->example);
	else
		mentor_buf_fmt(&hint, "%s: %s", key->name, key->help);
	keys_problem(r, y, mentor_buf_text(&hint), "the key '%s' is missing", key->name);
	mentor_buf_free(&hint);
}

/* Numbers start out as "not given". */
static void set_none(const struct key *keys, char *record)
{
	for (; keys->name; keys++) {
		if (keys->type == KEY_MAP)
			set_none(keys->keys, record + keys->at);
		if (is_number_key(keys))
			put_number(record + keys->at, MENTOR_NONE);
	}
}

/* Everything then has its default; a number without one stays "not given". */
static void set_initial(struct reader *r, const struct key *keys, char *record)
{
	set_none(keys, record);
	for (; keys->name; keys++) {
		if (keys->type == KEY_MAP)
			set_initial(r, keys->keys, record + keys->at);
		if (keys->initial) {
			struct yml y = { .kind = YML_SCALAR, .text = keys->initial };
			read_value(r, &y, keys, record);
		}
	}
}

void keys_read(struct reader *r, const struct yml *y, const struct key *keys, void *record)
{
	set_none(keys, record);
	if (!expect(r, y, YML_MAP))
		return;
	set_initial(r, keys, record);
	for (const struct yml *c = y->first; c; c = c->next) {
		const struct key *key = find_key(keys, c->key);
		size_t before = keys_push(&r->path, c->key);
		if (key)
			read_value(r, c, key, record);
		else
			unknown_key(r, c, keys);
		keys_pop(&r->path, before);
	}
	for (const struct key *key = keys; key->name; key++)
		if (key->required && !yml_get(y, key->name))
			missing_key(r, y, key);
}
