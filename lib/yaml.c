/* yaml.c: a strict reading of YAML with positions, and writing scalars. The only file that includes yaml.h of libyaml. */
#include "yaml.h"

#include "context.h"

#include <stdlib.h>
#include <string.h>

#include <yaml.h> /* the one of libyaml: NOLINT(readability-duplicate-include) */

enum { MAX_DEPTH = 16, MAX_NODES = 100000, MAX_SIZE = 1024 * 1024 };

/* A list or map that is still open. */
struct frame {
	struct yml *node, *last; /* last: the newest child */
	const char *key;         /* map: the key that waits for its value */
	long key_line, key_column;
};

struct entry {
	const struct yml *y;
};

struct reader {
	struct mentor *m;
	struct arena *arena;
	const char *file, *text;
	size_t len;
	yaml_parser_t parser;
	struct frame stack[MAX_DEPTH];
	size_t depth, n_nodes;
	struct yml *root;
	struct entry *sorted; /* room for the entries of one map */
	size_t cap_sorted;
};

/* ---------------------------------------------------------------------------------------------
 * Problems
 */

static struct mentor_place place_of(const struct reader *r, yaml_mark_t mark)
{
	return (struct mentor_place){ .file = r->file, .line = (long)mark.line + 1, .column = (long)mark.column + 1 };
}

static enum mentor_status refuse(const struct reader *r, yaml_mark_t mark, const char *hint, const char *message)
{
	struct mentor_place place = place_of(r, mark);
	return fail_at(r->m, MENTOR_INVALID, &place, hint, "%s", message);
}

#define QUOTE "put the value in quotes"

/* What libyaml says and what that means to whoever wrote the file. */
static const struct saying {
	const char *problem, *message, *hint;
	bool at_start; /* the place to show is where the broken thing begins */
} sayings[] = {
	{ "mapping values are not allowed in this context", "a colon is not allowed here",
	    "put the text in quotes if the colon belongs to it, else check the indentation and the line above", false },
	{ "could not find expected ':'", "a key without a colon", "write \"key: value\", with a space behind the colon", true },
	{ "did not find expected key", "this does not fit the lines above",
	    "check the indentation, and quotes that end too early: inside '…' an apostrophe is doubled", false },
	{ "did not find expected '-' indicator", "this does not fit the list above",
	    "begin each item with \"- \", all at the same indentation", false },
	{ "block sequence entries are not allowed in this context", "a list item is not allowed here",
	    "put the list on lines of its own below the key", false },
	{ "block mapping entries are not allowed in this context", "a key is not allowed here", "check the indentation",
	    false },
	{ "did not find expected ',' or ']'", "this list is not closed with ]", NULL, true },
	{ "did not find expected ',' or '}'", "this map is not closed with }", NULL, true },
	{ "found unexpected end of stream", "the quote that opens here is never closed", NULL, true },
	{ "found unexpected document indicator", "the quote that opens here is never closed", NULL, true },
	{ "found unknown escape character", "no such escape behind the backslash",
	    "double the backslash, or use single quotes", false },
	{ "did not find expected <document start>", "text follows the end of the document",
	    "check the indentation: everything must belong to one map or list", false },
	{ "found character that cannot start any token", "a value cannot begin with this character", QUOTE, false },
	{ "did not find expected alphabetic or numeric character", "a value cannot begin with this character", QUOTE,
	    false },
	{ "did not find expected node content", "this character is not allowed here", QUOTE, false },
	{ "found unexpected ':'", "a colon is not allowed here", QUOTE, false },
};

static const struct saying *find_saying(const char *problem)
{
	for (size_t i = 0; i < sizeof(sayings) / sizeof(sayings[0]); i++)
		if (strcmp(sayings[i].problem, problem) == 0)
			return &sayings[i];
	return NULL;
}

/* Reads the character at *at of valid UTF-8 and moves behind it. */
static unsigned next_character(const char **at)
{
	const unsigned char *s = (const unsigned char *)*at;
	int more = s[0] < 0x80 ? 0 : s[0] < 0xE0 ? 1 : s[0] < 0xF0 ? 2 : 3;
	unsigned code = more ? s[0] & (0x3Fu >> more) : s[0];
	for (int i = 1; i <= more; i++)
		code = code << 6 | (s[i] & 0x3Fu);
	*at += more + 1;
	return code;
}

/* Where the line begins; the end of the text behind the last line. */
static const char *line_at(const struct reader *r, size_t line)
{
	const char *p = r->text, *end = r->text + r->len;
	for (; p && p < end && line > 0; line--) {
		p = memchr(p, '\n', (size_t)(end - p));
		p = p ? p + 1 : end;
	}
	return p;
}

/* Whether the line begins with white space that holds a tab. */
static bool is_indented_with_tab(const struct reader *r, size_t line)
{
	const char *p = line_at(r, line);
	for (const char *end = r->text + r->len; p < end && (*p == ' ' || *p == '\t'); p++)
		if (*p == '\t')
			return true;
	return false;
}

/* Whether the first character of the line that is no blank is a hyphen. */
static bool is_item(const struct reader *r, size_t line)
{
	const char *p = line_at(r, line), *end = r->text + r->len;
	while (p < end && *p == ' ')
		p++;
	return p < end && *p == '-';
}

/* The list or map in brackets or braces that is still open when the text ends: libyaml only says that something is missing. */
static const struct yml *unclosed(const struct reader *r)
{
	const struct yml *open = r->depth > 0 ? r->stack[r->depth - 1].node : NULL;
	if (!open || !r->parser.token_available || r->parser.tokens.head->type != YAML_STREAM_END_TOKEN)
		return NULL;
	const char *at = line_at(r, (size_t)open->line - 1), *end = r->text + r->len;
	for (long column = 1; at < end && column < open->column; column++)
		next_character(&at);
	return at < end && *at == (open->kind == YML_LIST ? '[' : '{') ? open : NULL;
}

/* Reports what libyaml stumbled over. */
static enum mentor_status fail_syntax(const struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	if (p->error == YAML_MEMORY_ERROR)
		return fail_memory(r->m);
	const char *problem = p->problem ? p->problem : "this is not YAML";
	const struct saying *saying = find_saying(problem);
	bool at_start = saying && saying->at_start && p->context;
	if (!at_start && is_indented_with_tab(r, p->problem_mark.line))
		return refuse(r, p->problem_mark, "indent with spaces", "a tab is used for indentation");
	const struct yml *open = saying ? unclosed(r) : NULL;
	if (open) {
		yaml_mark_t mark = { .line = (size_t)open->line - 1, .column = (size_t)open->column - 1 };
		return refuse(r, mark, NULL, open->kind == YML_LIST ? "this list is not closed with ]" : "this map is not closed with }");
	}
	if (at_start && is_item(r, p->context_mark.line))
		return refuse(r, p->context_mark, "write \"- \", with a space", "a list item without a space");
	yaml_mark_t mark = at_start ? p->context_mark : p->problem_mark;
	return refuse(r, mark, saying ? saying->hint : NULL, saying ? saying->message : problem);
}

/* ---------------------------------------------------------------------------------------------
 * Checking the text before libyaml sees it
 */

/* Control characters and noncharacters; LF and TAB are fine. */
static bool is_control(unsigned code)
{
	return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7F && code < 0xA0) || code == 0xFEFF ||
	       code == 0xFFFE || code == 0xFFFF;
}

/* Finds the mark of a byte; bytes behind the last valid one are not looked at. */
static yaml_mark_t mark_at(const struct reader *r, size_t offset)
{
	yaml_mark_t mark = { .index = offset };
	const char *const end = r->text + offset;
	for (const char *p = r->text; p < end;) {
		unsigned code = next_character(&p);
		bool ends_line = code == '\n' || (code == '\r' && (p == end || *p != '\n'));
		mark.line += ends_line;
		mark.column = ends_line ? 0 : mark.column + 1;
	}
	return mark;
}

static enum mentor_status check_text(struct reader *r)
{
	if (r->len > MAX_SIZE)
		return refuse(r, (yaml_mark_t){ 0 }, NULL, "the file is larger than 1 MiB");
	if (r->len >= 2 && (memcmp(r->text, "\xFF\xFE", 2) == 0 || memcmp(r->text, "\xFE\xFF", 2) == 0))
		return refuse(r, (yaml_mark_t){ 0 }, "save the file as UTF-8", "the text is UTF-16, not UTF-8");
	if (r->len >= 3 && memcmp(r->text, "\xEF\xBB\xBF", 3) == 0) {
		r->text += 3;
		r->len -= 3;
	}
	size_t bad = 0;
	if (!mentor_utf8_valid(r->text, r->len, &bad)) {
		if (r->text[bad])
			return refuse(r, mark_at(r, bad), "save the file as UTF-8", "the text is not UTF-8");
		return refuse(r, mark_at(r, bad), "is this a document of an office program? Save it as plain text, UTF-8", "a NUL character is in the text");
	}
	const char *const end = r->text + r->len;
	for (const char *p = r->text; p < end;) {
		const char *start = p;
		unsigned code = next_character(&p);
		if (code != '\r' && is_control(code))
			return refuse(r, mark_at(r, (size_t)(start - r->text)), "remove it",
			    "a control character is in the text");
	}
	return MENTOR_OK;
}

/* ---------------------------------------------------------------------------------------------
 * Building the tree
 */

/* Hangs a new node into the list or map that is open, or makes it the root. NULL when it failed. */
static struct yml *add_node(struct reader *r, enum yml_kind kind, yaml_mark_t mark)
{
	if (r->n_nodes == MAX_NODES) {
		refuse(r, mark, NULL, "the file has more than 100,000 values");
		return NULL;
	}
	struct yml *y = arena_alloc(r->arena, sizeof(*y));
	if (!y) {
		fail_memory(r->m);
		return NULL;
	}
	r->n_nodes++;
	y->kind = kind;
	y->line = (long)mark.line + 1;
	y->column = (long)mark.column + 1;
	if (r->depth == 0) {
		r->root = y;
		return y;
	}
	struct frame *top = &r->stack[r->depth - 1];
	y->key = top->key;
	y->key_line = top->key_line;
	y->key_column = top->key_column;
	*(top->last ? &top->last->next : &top->node->first) = y;
	top->last = y;
	top->node->n++;
	top->key = NULL;
	return y;
}

/* The map that waits for a key, NULL when a value comes next. */
static struct frame *wants_key(struct reader *r)
{
	struct frame *top = r->depth > 0 ? &r->stack[r->depth - 1] : NULL;
	return top && top->node->kind == YML_MAP && !top->key ? top : NULL;
}

static enum mentor_status open_node(struct reader *r, enum yml_kind kind, yaml_mark_t mark)
{
	if (wants_key(r))
		return refuse(r, mark, "write \"key: value\"", "a key must be plain text");
	if (r->depth == MAX_DEPTH)
		return refuse(r, mark, NULL, "lists and maps are nested more than 16 deep");
	struct yml *y = add_node(r, kind, mark);
	if (!y)
		return r->m->error.status;
	r->stack[r->depth++] = (struct frame){ .node = y };
	return MENTOR_OK;
}

/* Control characters can come in by escapes such as "\0". */
static bool has_control(const char *text, size_t len)
{
	if (!mentor_utf8_valid(text, len, NULL))
		return true;
	for (const char *p = text; p < text + len;)
		if (is_control(next_character(&p)))
			return true;
	return false;
}

static enum mentor_status set_key(struct reader *r, struct frame *top, const yaml_event_t *e, const char *text)
{
	yaml_scalar_style_t style = e->data.scalar.style;
	bool plain = style == YAML_PLAIN_SCALAR_STYLE;
	if (plain && strcmp(text, "<<") == 0)
		return refuse(r, e->start_mark, "write the keys out", "merge keys (<<) are not allowed");
	if (!*text || (!plain && style != YAML_SINGLE_QUOTED_SCALAR_STYLE && style != YAML_DOUBLE_QUOTED_SCALAR_STYLE))
		return refuse(
		    r, e->start_mark, "write \"key: value\"", *text ? "a key must be plain text" : "a key is empty");
	top->key = text;
	top->key_line = (long)e->start_mark.line + 1;
	top->key_column = (long)e->start_mark.column + 1;
	return MENTOR_OK;
}

static enum mentor_status add_scalar(struct reader *r, const yaml_event_t *e)
{
	const char *value = (const char *)e->data.scalar.value;
	size_t len = e->data.scalar.length;
	if (has_control(value, len))
		return refuse(r, e->start_mark, "only line breaks and tabs are allowed",
		    "an escape stands for a control character");
	const char *text = arena_strndup(r->arena, value, len);
	if (!text)
		return fail_memory(r->m);
	struct frame *top = wants_key(r);
	if (top)
		return set_key(r, top, e, text);
	struct yml *y = add_node(r, YML_SCALAR, e->start_mark);
	if (!y)
		return r->m->error.status;
	y->text = text;
	y->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	return MENTOR_OK;
}

/* ---------------------------------------------------------------------------------------------
 * Duplicate keys
 */

static bool comes_first(const struct yml *a, const struct yml *b)
{
	return a->key_line < b->key_line || (a->key_line == b->key_line && a->key_column < b->key_column);
}

static int compare_keys(const void *a, const void *b)
{
	const struct yml *x = ((const struct entry *)a)->y;
	const struct yml *y = ((const struct entry *)b)->y;
	int order = strcmp(x->key, y->key);
	if (order)
		return order;
	return comes_first(x, y) ? -1 : comes_first(y, x);
}

/* Looks for the first entry of a closed map whose key was there before. */
static enum mentor_status check_keys(struct reader *r, const struct yml *map)
{
	if (map->n > r->cap_sorted) {
		struct entry *sorted = realloc(r->sorted, map->n * sizeof(*sorted));
		if (!sorted)
			return fail_memory(r->m);
		r->sorted = sorted;
		r->cap_sorted = map->n;
	}
	size_t n = 0;
	for (const struct yml *y = map->first; y; y = y->next)
		r->sorted[n++].y = y;
	if (n > 1)
		qsort(r->sorted, n, sizeof(*r->sorted), compare_keys);
	const struct yml *again = NULL;
	const struct yml *before = NULL;
	for (size_t i = 1; i < n; i++) {
		const struct yml *y = r->sorted[i].y;
		if (strcmp(y->key, r->sorted[i - 1].y->key) == 0 && (!again || comes_first(y, again))) {
			again = y;
			before = r->sorted[i - 1].y;
		}
	}
	if (!again)
		return MENTOR_OK;
	struct mentor_place place = { .file = r->file, .line = again->key_line, .column = again->key_column };
	return fail_at(r->m, MENTOR_INVALID, &place, "keep one of them", "the key \"%s\" is given twice, first on line %ld",
	    again->key, before->key_line);
}

static enum mentor_status close_node(struct reader *r)
{
	const struct yml *y = r->stack[--r->depth].node;
	return y->kind == YML_MAP ? check_keys(r, y) : MENTOR_OK;
}

/* ---------------------------------------------------------------------------------------------
 * Events
 */

static enum mentor_status begin_document(const struct reader *r, const yaml_event_t *e)
{
	if (e->data.document_start.version_directive ||
	    e->data.document_start.tag_directives.start != e->data.document_start.tag_directives.end)
		return refuse(r, e->start_mark, "remove the line that begins with %", "directives are not allowed");
	if (r->root)
		return refuse(r, e->start_mark, "put it into a file of its own", "a second document begins here");
	return MENTOR_OK;
}

/* Refuses what the format has but no programme needs. */
static enum mentor_status check_properties(
    const struct reader *r, const yaml_event_t *e, const unsigned char *anchor, const unsigned char *tag)
{
	if (anchor)
		return refuse(
		    r, e->start_mark, "put the value in quotes if it begins with &", "anchors (&) are not allowed");
	if (tag)
		return refuse(
		    r, e->start_mark, "put the value in quotes if it begins with !", "tags (!) are not allowed");
	return MENTOR_OK;
}

static enum mentor_status take_event(struct reader *r, const yaml_event_t *e)
{
	enum mentor_status status = MENTOR_OK;
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		return begin_document(r, e);
	case YAML_ALIAS_EVENT:
		return refuse(
		    r, e->start_mark, "put the value in quotes if it begins with *", "aliases (*) are not allowed");
	case YAML_SCALAR_EVENT:
		status = check_properties(r, e, e->data.scalar.anchor, e->data.scalar.tag);
		return status ? status : add_scalar(r, e);
	case YAML_SEQUENCE_START_EVENT:
		status = check_properties(r, e, e->data.sequence_start.anchor, e->data.sequence_start.tag);
		return status ? status : open_node(r, YML_LIST, e->start_mark);
	case YAML_MAPPING_START_EVENT:
		status = check_properties(r, e, e->data.mapping_start.anchor, e->data.mapping_start.tag);
		return status ? status : open_node(r, YML_MAP, e->start_mark);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_node(r);
	case YAML_STREAM_END_EVENT:
		return r->root ? MENTOR_OK : refuse(r, (yaml_mark_t){ 0 }, NULL, "the file is empty");
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return MENTOR_OK;
}

static enum mentor_status read_events(struct reader *r)
{
	for (bool more = true; more;) {
		yaml_event_t event;
		if (!yaml_parser_parse(&r->parser, &event))
			return fail_syntax(r);
		more = event.type != YAML_STREAM_END_EVENT;
		enum mentor_status status = take_event(r, &event);
		yaml_event_delete(&event);
		if (status)
			return status;
	}
	return MENTOR_OK;
}

enum mentor_status yml_parse(
    struct mentor *m, struct arena *arena, const char *file, const char *text, size_t len, const struct yml **ret_root)
{
	struct reader r = { .m = m, .arena = arena, .file = file, .text = text, .len = len };
	enum mentor_status status = check_text(&r);
	if (status)
		return status;
	if (!yaml_parser_initialize(&r.parser))
		return fail_memory(m);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.text, r.len);
	status = read_events(&r);
	yaml_parser_delete(&r.parser);
	free(r.sorted);
	if (!status)
		*ret_root = r.root;
	return status;
}

const struct yml *yml_get(const struct yml *y, const char *key)
{
	if (y->kind != YML_MAP)
		return NULL;
	for (const struct yml *entry = y->first; entry; entry = entry->next)
		if (strcmp(entry->key, key) == 0)
			return entry;
	return NULL;
}

/* ---------------------------------------------------------------------------------------------
 * Writing
 */

/* Whether some reader of YAML 1.1 or 1.2 would take the word for something else than text. */
static bool is_reserved_word(const char *text)
{
	static const char *const words[] = { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf",
		"nan" };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t at = 0;
		while (words[i][at] && (text[at] | 0x20) == words[i][at])
			at++;
		if (!words[i][at] && !text[at])
			return true;
	}
	return false;
}

/* Whether the text means itself without quotes. Rather too strict than too lax: quotes never hurt. */
static bool is_plain(const char *text)
{
	static const char indicators[] = "-?:,[]{}#&*!|>'\"%@`=<.+~ ";
	static const char never[] = ",[]{}\"`";
	/* Everything that numbers, dates and times of day are made of in YAML 1.1. */
	static const char number_like[] = "0123456789abcdefABCDEFxXoO_:+-. TtZz";
	if (!*text || strchr(indicators, *text) || is_reserved_word(text))
		return false;
	if (*text >= '0' && *text <= '9' && !text[strspn(text, number_like)])
		return false;
	const char *end = text + strlen(text);
	if (end[-1] == ' ' || end[-1] == ':' || strpbrk(text, never) || strstr(text, ": ") || strstr(text, ":?") ||
	    strstr(text, " #"))
		return false;
	for (const char *p = text; p < end;) {
		unsigned code = next_character(&p);
		if (code == '\n' || code == '\t' || code == 0x2028 || code == 0x2029 || is_control(code))
			return false;
	}
	return true;
}

static void write_escaped(struct mentor_buf *b, unsigned code, const char *bytes, size_t len)
{
	if (code == '"' || code == '\\')
		mentor_buf_fmt(b, "\\%c", (int)code);
	else if (code == '\n')
		mentor_buf_str(b, "\\n");
	else if (code == '\t')
		mentor_buf_str(b, "\\t");
	else if (is_control(code) || code == 0x2028 || code == 0x2029)
		mentor_buf_fmt(b, code < 0x100 ? "\\x%02X" : "\\u%04X", code);
	else
		mentor_buf_add(b, bytes, len);
}

void yml_write_scalar(struct mentor_buf *b, const char *text)
{
	if (is_plain(text)) {
		mentor_buf_str(b, text);
		return;
	}
	mentor_buf_char(b, '"');
	while (*text) {
		const char *start = text;
		unsigned code = next_character(&text);
		write_escaped(b, code, start, (size_t)(text - start));
	}
	mentor_buf_char(b, '"');
}
