/* keys_out.c: what a table of keys writes: the manual's list, a record as YAML, a JSON Schema. */
#include "keys.h"

#include <inttypes.h>
#include <string.h>

/* ---- what a record holds ---- */

static const void *pointer_at(const void *record, size_t at)
{
	const void *pointer = NULL;
	memcpy(&pointer, (const char *)record + at, sizeof(pointer));
	return pointer;
}

const char *keys_text(const struct key *key, const void *record)
{
	return pointer_at(record, key->at);
}

int64_t keys_number(const struct key *key, const void *record)
{
	int64_t number = 0;
	memcpy(&number, (const char *)record + key->at, sizeof(number));
	return number;
}

const void *keys_items(const struct key *key, const void *record)
{
	return pointer_at(record, key->at);
}

size_t keys_count(const struct key *key, const void *record)
{
	size_t n = 0;
	memcpy(&n, (const char *)record + key->count_at, sizeof(n));
	return n;
}

const char *keys_item_name(const void *item)
{
	return pointer_at(item, 0);
}

static const enum keys_shape shapes[] = { [KEY_TEXT] = SHAPE_TEXT, [KEY_NOTE] = SHAPE_TEXT, [KEY_SLUG] = SHAPE_TEXT, [KEY_REF] = SHAPE_TEXT,
	[KEY_EMAIL] = SHAPE_TEXT, [KEY_DAY] = SHAPE_TEXT, [KEY_CLOCK] = SHAPE_TEXT, [KEY_INT] = SHAPE_NUMBER, [KEY_BOOL] = SHAPE_NUMBER,
	[KEY_CHOICE] = SHAPE_NUMBER, [KEY_WEIGHT] = SHAPE_NUMBER, [KEY_TEXTS] = SHAPE_TEXTS, [KEY_WORDS] = SHAPE_TEXTS,
	[KEY_REFS] = SHAPE_TEXTS, [KEY_VALUES] = SHAPE_VALUES, [KEY_MAP] = SHAPE_MAP, [KEY_NAMED] = SHAPE_NAMED };

enum keys_shape keys_shape(const struct key *key)
{
	return shapes[key->type];
}

bool keys_is_set(const struct key *key, const void *record)
{
	const struct key *k = key->keys;
	switch (shapes[key->type]) {
	case SHAPE_TEXT:
		return keys_text(key, record);
	case SHAPE_NUMBER:
		return keys_number(key, record) != MENTOR_NONE;
	case SHAPE_TEXTS:
	case SHAPE_VALUES:
	case SHAPE_NAMED:
		return keys_count(key, record) > 0;
	case SHAPE_MAP:
		break;
	}
	bool any = false;
	for (; k->name; k++) { /* a group that lacks what it needs was never given: what it holds are defaults */
		bool set = keys_is_set(k, (const char *)record + key->at);
		if (k->required && !set)
			return false;
		any |= set;
	}
	return any;
}

void keys_write_value(struct mentor_buf *b, const struct key *key, const void *record)
{
	if (!keys_is_set(key, record))
		return;
	if (shapes[key->type] == SHAPE_TEXT)
		mentor_buf_str(b, keys_text(key, record));
	else if (key->type == KEY_BOOL)
		mentor_buf_str(b, keys_number(key, record) ? "yes" : "no");
	else if (key->type == KEY_CHOICE)
		mentor_buf_str(b, key->choices[keys_number(key, record)]);
	else
		mentor_buf_fmt(b, "%" PRId64, keys_number(key, record));
}

/* ---- values one by one ---- */

struct walk {
	struct mentor *m;
	struct mentor_buf path;
	enum mentor_status (*each)(void *arg, const char *path, const char *value);
	void *arg;
};

static enum mentor_status tell(struct walk *w, const char *value)
{
	return w->path.failed ? fail_memory(w->m) : w->each(w->arg, mentor_buf_text(&w->path), value);
}

static enum mentor_status tell_single(struct walk *w, const struct key *key, const void *record)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	keys_write_value(&value, key, record);
	enum mentor_status status = value.failed ? fail_memory(w->m) : tell(w, mentor_buf_text(&value));
	mentor_buf_free(&value);
	return status;
}

static enum mentor_status tell_texts(struct walk *w, const struct key *key, const void *record)
{
	enum mentor_status status = MENTOR_OK;
	const char *const *items = keys_items(key, record);
	for (size_t i = 0; !status && i < keys_count(key, record); i++)
		status = tell(w, items[i]);
	return status;
}

static enum mentor_status tell_values(struct walk *w, const struct key *key, const void *record)
{
	enum mentor_status status = MENTOR_OK;
	const struct key_value *values = keys_items(key, record);
	for (size_t i = 0; !status && i < keys_count(key, record); i++) {
		size_t before = keys_push(&w->path, values[i].text);
		status = tell(w, values[i].word);
		keys_pop(&w->path, before);
	}
	return status;
}

static enum mentor_status tell_keys(struct walk *w, const struct key *keys, const void *record);

static enum mentor_status tell_named(struct walk *w, const struct key *key, const void *record)
{
	enum mentor_status status = MENTOR_OK;
	const char *item = keys_items(key, record);
	for (size_t i = 0; !status && i < keys_count(key, record); i++, item += key->size) {
		size_t before = keys_push(&w->path, keys_item_name(item));
		status = tell_keys(w, key->keys, item);
		keys_pop(&w->path, before);
	}
	return status;
}

static enum mentor_status tell_keys(struct walk *w, const struct key *keys, const void *record)
{
	enum mentor_status status = MENTOR_OK;
	for (; !status && keys->name; keys++) {
		if (!keys_is_set(keys, record))
			continue;
		size_t before = keys_push(&w->path, keys->name);
		switch (keys_shape(keys)) {
		case SHAPE_TEXT:
		case SHAPE_NUMBER:
			status = tell_single(w, keys, record);
			break;
		case SHAPE_TEXTS:
			status = tell_texts(w, keys, record);
			break;
		case SHAPE_VALUES:
			status = tell_values(w, keys, record);
			break;
		case SHAPE_NAMED:
			status = tell_named(w, keys, record);
			break;
		case SHAPE_MAP:
			status = tell_keys(w, keys->keys, (const char *)record + keys->at);
			break;
		}
		keys_pop(&w->path, before);
	}
	return status;
}

enum mentor_status keys_each(struct mentor *m, const struct key *keys, const void *record,
    enum mentor_status (*each)(void *arg, const char *path, const char *value), void *arg)
{
	struct walk w = { m, MENTOR_BUF_INIT, each, arg };
	enum mentor_status status = tell_keys(&w, keys, record);
	mentor_buf_free(&w.path);
	return status;
}

/* ---- YAML ---- */

struct writer {
	struct mentor_buf *b;
	int depth;
};

static void indent(struct writer *w)
{
	mentor_buf_fmt(w->b, "%*s", 2 * w->depth, "");
}

static void write_key(struct writer *w, const char *name)
{
	indent(w);
	yml_write_scalar(w->b, name);
	mentor_buf_char(w->b, ':');
}

static void write_texts(struct writer *w, const struct key *key, const void *record)
{
	const char *const *items = keys_items(key, record);
	mentor_buf_char(w->b, '\n');
	for (size_t i = 0; i < keys_count(key, record); i++) {
		indent(w);
		mentor_buf_str(w->b, "  - ");
		yml_write_scalar(w->b, items[i]);
		mentor_buf_char(w->b, '\n');
	}
}

static void write_values(struct writer *w, const struct key *key, const void *record)
{
	const struct key_value *values = keys_items(key, record);
	mentor_buf_char(w->b, '\n');
	w->depth++;
	for (size_t i = 0; i < keys_count(key, record); i++) {
		write_key(w, values[i].text);
		mentor_buf_char(w->b, ' ');
		yml_write_scalar(w->b, values[i].word);
		mentor_buf_char(w->b, '\n');
	}
	w->depth--;
}

static void write_keys(struct writer *w, const struct key *keys, const void *record);

static void write_named(struct writer *w, const struct key *key, const void *record)
{
	const char *item = keys_items(key, record);
	mentor_buf_char(w->b, '\n');
	w->depth++;
	for (size_t i = 0; i < keys_count(key, record); i++, item += key->size) {
		write_key(w, keys_item_name(item));
		mentor_buf_char(w->b, '\n');
		w->depth++;
		write_keys(w, key->keys, item);
		w->depth--;
	}
	w->depth--;
}

static void write_single(struct writer *w, const struct key *key, const void *record)
{
	struct mentor_buf value = MENTOR_BUF_INIT;
	keys_write_value(&value, key, record);
	mentor_buf_char(w->b, ' ');
	if (shapes[key->type] == SHAPE_TEXT)
		yml_write_scalar(w->b, mentor_buf_text(&value));
	else
		mentor_buf_str(w->b, mentor_buf_text(&value)); /* 60 and yes are themselves, without quotes */
	mentor_buf_char(w->b, '\n');
	w->b->failed |= value.failed;
	mentor_buf_free(&value);
}

static void write_keys(struct writer *w, const struct key *keys, const void *record)
{
	for (; keys->name; keys++) {
		if (!keys_is_set(keys, record))
			continue;
		write_key(w, keys->name);
		switch (shapes[keys->type]) {
		case SHAPE_TEXT:
		case SHAPE_NUMBER:
			write_single(w, keys, record);
			break;
		case SHAPE_TEXTS:
			write_texts(w, keys, record);
			break;
		case SHAPE_VALUES:
			write_values(w, keys, record);
			break;
		case SHAPE_NAMED:
			write_named(w, keys, record);
			break;
		case SHAPE_MAP:
			mentor_buf_char(w->b, '\n');
			w->depth++;
			write_keys(w, keys->keys, (const char *)record + keys->at);
			w->depth--;
			break;
		}
	}
}

void keys_write_yaml(struct mentor_buf *b, const struct key *keys, const void *record)
{
	struct writer w = { b, 0 };
	write_keys(&w, keys, record);
}

/* ---- JSON Schema ---- */

/* What an editor takes for a number or a truth is text here as it stands. */
#define ANY_TEXT "[\"string\",\"number\",\"boolean\"]"
#define ONLY_TEXT "\"string\""
#define CONTROL "\\u0000-\\u001f\\u007f-\\u009f\\ufeff"
/* What stands nowhere in an address. */
#define NO_ADDRESS "@ <>()\\[\\],;:\\\\\"'|&$`\\u0000-\\u001f\\u007f"

/* The kinds of text, each written once. A line is not blank, holds no control characters and nothing that turns the direction of writing;
 * YAML's line breaks at the end of a text do not count. */
static const struct {
	const char *name, *types, *pattern;
} text_kinds[] = {
	{ "line", ANY_TEXT, "^(?=.*[^ \\n])[^" CONTROL "\\u202a-\\u202e\\u2066-\\u2069]{1,1000}\\n*$" },
	{ "note", ANY_TEXT, "[^ \\t\\n]" },
	{ "short_name", ONLY_TEXT, "^[a-z][a-z0-9-]{0,63}$" },
	{ "name", ONLY_TEXT, "^[a-z][a-z0-9_-]{0,63}$" },
	{ "address", ONLY_TEXT,
	    "^[^-." NO_ADDRESS "][^" NO_ADDRESS "]*@[^-." NO_ADDRESS "][^" NO_ADDRESS "]*[.][^" NO_ADDRESS "]*[^." NO_ADDRESS "]$" },
	{ "day", ONLY_TEXT, "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" },
	{ "time", ONLY_TEXT, "^([01][0-9]|2[0-3]):[0-5][0-9]$" },
};

static void schema_of_text_kinds(struct mentor_buf *b)
{
	mentor_buf_str(b, "\"$defs\":{");
	for (size_t i = 0; i < sizeof(text_kinds) / sizeof(*text_kinds); i++) {
		mentor_buf_fmt(b, "%s\n\"%s\":{\"type\":%s,\"pattern\":", i ? "," : "", text_kinds[i].name, text_kinds[i].types);
		mentor_buf_json(b, text_kinds[i].pattern);
		mentor_buf_char(b, '}');
	}
	mentor_buf_str(b, "},\n");
}

#define KIND(name) "\"$ref\":\"#/$defs/" name "\""

static void schema_of_choices(struct mentor_buf *b, const struct key *key)
{
	mentor_buf_str(b, "\"enum\":[");
	for (size_t i = 0; key->choices[i]; i++) {
		mentor_buf_str(b, i ? "," : "");
		mentor_buf_json(b, key->choices[i]);
	}
	mentor_buf_char(b, ']');
}

static void schema_of_item(struct mentor_buf *b, const struct key *key)
{
	if (key->type == KEY_WORDS)
		schema_of_choices(b, key);
	else
		mentor_buf_str(b, key->type == KEY_REFS ? KIND("name") : KIND("line"));
}

static void schema_of_keys(struct mentor_buf *b, const struct key *keys);

static void schema_of_named(struct mentor_buf *b, const struct key *key)
{
	mentor_buf_fmt(b, "%s\"type\":\"object\",\"maxProperties\":1000,\"propertyNames\":{" KIND("name") "},"
	    "\"additionalProperties\":{", key->plain ? "\"anyOf\":[{" : "");
	if (!key->plain) {
		schema_of_keys(b, key->keys);
		mentor_buf_char(b, '}');
		return;
	}
	mentor_buf_str(b, "\"anyOf\":[{" KIND("line") "},{");
	schema_of_keys(b, key->keys);
	mentor_buf_str(b, "}]}},{\"type\":\"array\",\"maxItems\":1000,\"uniqueItems\":true,\"items\":{" KIND("line") "}}]");
}

static void schema_of_type(struct mentor_buf *b, const struct key *key)
{
	static const char *const fixed[] = { [KEY_TEXT] = KIND("line"), [KEY_NOTE] = KIND("note") ",\"maxLength\":100000",
		[KEY_SLUG] = KIND("short_name"), [KEY_REF] = KIND("name"), [KEY_EMAIL] = KIND("address") ",\"maxLength\":254",
		[KEY_DAY] = KIND("day"), [KEY_CLOCK] = KIND("time"),
		[KEY_BOOL] = "\"enum\":[true,false,\"yes\",\"no\",\"true\",\"false\",0,1,\"0\",\"1\"]",
		[KEY_VALUES] = "\"type\":\"object\",\"maxProperties\":1000,\"propertyNames\":{" KIND("line") "},\"additionalProperties\":{" KIND("line") "}" };
	switch (key->type) {
	case KEY_INT:
		mentor_buf_fmt(b, "\"type\":\"integer\",\"minimum\":%" PRId64 ",\"maximum\":%" PRId64, key->minimum, key->maximum);
		return;
	case KEY_WEIGHT:
		mentor_buf_fmt(b, "\"anyOf\":[{\"enum\":[\"high\",\"medium\",\"low\"]},{\"type\":\"integer\",\"minimum\":%" PRId64
		    ",\"maximum\":%" PRId64 "}]", key->minimum, key->maximum);
		return;
	case KEY_CHOICE:
		schema_of_choices(b, key);
		return;
	case KEY_TEXTS:
	case KEY_WORDS:
	case KEY_REFS:
		mentor_buf_str(b, "\"type\":\"array\",\"maxItems\":1000,\"uniqueItems\":true,\"items\":{");
		schema_of_item(b, key);
		mentor_buf_char(b, '}');
		return;
	case KEY_MAP:
		schema_of_keys(b, key->keys);
		return;
	case KEY_NAMED:
		schema_of_named(b, key);
		return;
	case KEY_TEXT:
	case KEY_NOTE:
	case KEY_SLUG:
	case KEY_REF:
	case KEY_EMAIL:
	case KEY_DAY:
	case KEY_CLOCK:
	case KEY_BOOL:
	case KEY_VALUES:
		break;
	}
	mentor_buf_str(b, fixed[key->type]);
}

static void schema_of_key(struct mentor_buf *b, const struct key *key)
{
	bool plain = key->type == KEY_INT || key->type == KEY_WEIGHT;
	mentor_buf_str(b, "\n");
	mentor_buf_json(b, key->name);
	mentor_buf_str(b, ":{");
	schema_of_type(b, key);
	mentor_buf_str(b, ",\"description\":");
	mentor_buf_json(b, key->help);
	if (key->initial) {
		bool number = plain && strspn(key->initial, "0123456789") == strlen(key->initial);
		mentor_buf_str(b, ",\"default\":");
		if (number)
			mentor_buf_str(b, key->initial);
		else
			mentor_buf_json(b, key->initial);
	}
	mentor_buf_char(b, '}');
}

static void schema_of_keys(struct mentor_buf *b, const struct key *keys)
{
	bool first = true;
	mentor_buf_str(b, "\"type\":\"object\",\"additionalProperties\":false,\"required\":[");
	for (const struct key *key = keys; key->name; key++) {
		if (!key->required)
			continue;
		mentor_buf_str(b, first ? "" : ",");
		mentor_buf_json(b, key->name);
		first = false;
	}
	mentor_buf_str(b, "],\"properties\":{");
	for (const struct key *key = keys; key->name; key++) {
		mentor_buf_str(b, key == keys ? "" : ",");
		schema_of_key(b, key);
	}
	mentor_buf_char(b, '}');
}

void keys_write_schema(struct mentor_buf *b, const struct key *keys, const char *title)
{
	mentor_buf_str(b, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":");
	mentor_buf_json(b, title);
	mentor_buf_char(b, ',');
	schema_of_text_kinds(b);
	schema_of_keys(b, keys);
	mentor_buf_str(b, "}\n");
}

/* ---- the manual's list ---- */

static void describe_choices(struct mentor_buf *b, const struct key *key)
{
	for (size_t i = 0; key->choices[i]; i++)
		mentor_buf_fmt(b, "%s%s", i == 0 ? "" : key->choices[i + 1] ? ", " : " or ", key->choices[i]);
}

static void describe_type(struct mentor_buf *b, const struct key *key)
{
	static const char *const words[] = { [KEY_TEXT] = "text", [KEY_NOTE] = "text of several lines", [KEY_SLUG] = "short name",
		[KEY_EMAIL] = "address", [KEY_DAY] = "day", [KEY_CLOCK] = "time of day", [KEY_BOOL] = "yes or no", [KEY_TEXTS] = "list of texts",
		[KEY_VALUES] = "text: word", [KEY_MAP] = "group", [KEY_NAMED] = "names of your own, each with a group", [KEY_REF] = "a name",
		[KEY_REFS] = "list of names" };
	switch (key->type) {
	case KEY_INT:
		mentor_buf_fmt(b, "%s%swhole number %" PRId64 " to %" PRId64, key->unit ? key->unit : "", key->unit ? ", " : "", key->minimum,
		    key->maximum);
		return;
	case KEY_WEIGHT:
		mentor_buf_fmt(b, "high, medium, low or %" PRId64 " to %" PRId64, key->minimum, key->maximum);
		return;
	case KEY_WORDS:
		mentor_buf_str(b, "list of ");
		describe_choices(b, key);
		return;
	case KEY_CHOICE:
		describe_choices(b, key);
		return;
	case KEY_TEXT:
	case KEY_NOTE:
	case KEY_SLUG:
	case KEY_REF:
	case KEY_EMAIL:
	case KEY_DAY:
	case KEY_CLOCK:
	case KEY_BOOL:
	case KEY_TEXTS:
	case KEY_REFS:
	case KEY_VALUES:
	case KEY_MAP:
	case KEY_NAMED:
		break;
	}
	mentor_buf_str(b, words[key->type]);
	if (key->refers)
		mentor_buf_fmt(b, " from %s", key->refers);
	if (key->plain)
		mentor_buf_fmt(b, "; a text alone is its %s", key->plain);
}

/* An earlier group beside it with the same keys: they are described once. */
static const struct key *same_group(const struct key *first, const struct key *key)
{
	for (; first != key; first++)
		if (key->keys && first->keys == key->keys)
			return first;
	return NULL;
}

enum mentor_status keys_walk(struct mentor *m, const struct key *keys, const char *prefix,
    enum mentor_status (*each)(void *arg, const struct mentor_key *key), void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (const struct key *first = keys; !status && keys->name; keys++) {
		struct mentor_buf path = MENTOR_BUF_INIT, type = MENTOR_BUF_INIT;
		mentor_buf_fmt(&path, "%s%s", prefix, keys->name);
		describe_type(&type, keys);
		struct mentor_key key = { mentor_buf_text(&path), mentor_buf_text(&type), keys->initial, keys->help, keys->example,
			keys->required };
		const struct key *same = same_group(first, keys);
		if (same)
			mentor_buf_fmt(&type, ", as %s", same->name);
		key.type = mentor_buf_text(&type);
		status = path.failed || type.failed ? fail_memory(m) : each(arg, &key);
		if (!status && keys->keys && !same) {
			mentor_buf_str(&path, keys->type == KEY_NAMED ? ".<name>." : ".");
			status = keys_walk(m, keys->keys, mentor_buf_text(&path), each, arg);
		}
		mentor_buf_free(&path);
		mentor_buf_free(&type);
	}
	return status;
}
