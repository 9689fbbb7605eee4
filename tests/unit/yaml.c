/* yaml.c: tests of the strict reading of YAML, of its messages and places, and of writing scalars. */
#include "yaml.h"

#include "mentor.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	struct mentor *m;
	struct arena arena;
};

static int make_context(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	if (!f)
		return -1;
	f->m = mentor_new();
	*state = f;
	return f->m ? 0 : -1;
}

static int free_context(void **state)
{
	struct fixture *f = *state;
	arena_free(&f->arena);
	mentor_free(f->m);
	free(f);
	return 0;
}

/* Parses a copy of exactly `len` bytes, so that a reading past the end is seen. */
static enum mentor_status parse_bytes(struct fixture *f, const char *text, size_t len, const struct yml **ret)
{
	char *copy = malloc(len ? len : 1);
	assert_non_null(copy);
	memcpy(copy, text, len);
	enum mentor_status status = yml_parse(f->m, &f->arena, "programme.yaml", copy, len, ret);
	free(copy);
	return status;
}

static const struct yml *parse(void **state, const char *text)
{
	struct fixture *f = *state;
	const struct yml *root = NULL;
	assert_int_equal(parse_bytes(f, text, strlen(text), &root), MENTOR_OK);
	assert_non_null(root);
	return root;
}

/* Writes a tree in one line: text bare when it was plain, in ' ' when quoted. The depth is that of the parser. */
static void dump(struct mentor_buf *b, const struct yml *y)
{
	size_t n = 0;
	if (y->key)
		mentor_buf_fmt(b, "%s: ", y->key);
	if (y->kind == YML_SCALAR) {
		mentor_buf_fmt(b, y->quoted ? "'%s'" : "%s", y->text);
		return;
	}
	mentor_buf_char(b, y->kind == YML_LIST ? '[' : '{');
	for (const struct yml *child = y->first; child; child = child->next) {
		mentor_buf_str(b, n++ ? ", " : "");
		dump(b, child);
	}
	mentor_buf_char(b, y->kind == YML_LIST ? ']' : '}');
	assert_int_equal(y->n, n);
	assert_null(y->text);
}

static void assert_tree(void **state, const char *text, const char *tree)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	dump(&b, parse(state, text));
	assert_string_equal(mentor_buf_text(&b), tree);
	mentor_buf_free(&b);
}

static void assert_refused_bytes(
    void **state, const char *text, size_t len, const char *message, long line, long column)
{
	struct fixture *f = *state;
	const struct yml *root = NULL;
	assert_int_equal(parse_bytes(f, text, len, &root), MENTOR_INVALID);
	assert_null(root);
	const struct mentor_error *e = mentor_error(f->m);
	assert_string_equal(e->message, message);
	assert_string_equal(e->place.file, "programme.yaml");
	assert_int_equal(e->place.line, line);
	assert_int_equal(e->place.column, column);
}

static void assert_refused(void **state, const char *text, const char *message, long line, long column)
{
	assert_refused_bytes(state, text, strlen(text), message, line, column);
}

static void assert_hint(void **state, const char *hint)
{
	const struct fixture *f = *state;
	assert_string_equal(mentor_error(f->m)->hint, hint);
}

static void lists_maps_and_scalars_make_a_tree(void **state)
{
	assert_tree(
	    state, "a: 1\nb:\n  - x\n  - y: z\nc: {d: e, f: [g, h]}\n", "{a: 1, b: [x, {y: z}], c: {d: e, f: [g, h]}}");
	assert_tree(state, "- a\n- - b\n  - c\n", "[a, [b, c]]");
	assert_tree(state, "just text", "just text");
	assert_tree(state, "---\na: b\n...\n", "{a: b}");
	assert_tree(state, "{}", "{}");
	assert_tree(state, "a: []", "{a: []}");
	assert_tree(state, "? a\n: b\n", "{a: b}");
	assert_tree(state, "# remark\na: b # remark\n", "{a: b}");
	assert_tree(state, "a: b\r\nc: d\r\n", "{a: b, c: d}");
}

static void every_style_but_plain_counts_as_quoted(void **state)
{
	assert_tree(state, "[a, 'b', \"c\"]", "[a, 'b', 'c']");
	assert_tree(state, "a: |\n  x\n  y\nb: >\n  x\n  y\n", "{a: 'x\ny\n', b: 'x y\n'}");
	assert_tree(state, "'a': 1\n\"b\": 2\n", "{a: 1, b: 2}");
	assert_tree(state, "\"a\\tb\\nc\\u00e9\\\"\"", "'a\tb\nc\u00e9\"'");
}

static void nothing_is_typed(void **state)
{
	assert_tree(state, "[NO, yes, 012, 0x1F, 1e3, 12:30, 2026-09-01, ~, null, true, 1_000, .inf]",
	    "[NO, yes, 012, 0x1F, 1e3, 12:30, 2026-09-01, ~, null, true, 1_000, .inf]");
	assert_tree(state, "no: yes\n1: 2\n~: null\n", "{no: yes, 1: 2, ~: null}");
}

static void empty_value_is_empty_plain_text(void **state)
{
	const struct yml *root = parse(state, "a:\nb: ''\n");
	const struct yml *a = yml_get(root, "a");
	const struct yml *b = yml_get(root, "b");
	assert_string_equal(a->text, "");
	assert_false(a->quoted);
	assert_string_equal(b->text, "");
	assert_true(b->quoted);
}

static void nodes_and_keys_know_their_place(void **state)
{
	const struct yml *root = parse(state, "a: 1\nbé: [x,\n   日, z]\nc:\n  - d: |\n      e\n");
	assert_int_equal(root->line, 1);
	assert_int_equal(root->column, 1);
	const struct yml *list = yml_get(root, "bé");
	assert_int_equal(list->key_line, 2);
	assert_int_equal(list->key_column, 1);
	assert_int_equal(list->line, 2);
	assert_int_equal(list->column, 5);
	const struct yml *third = list->first->next->next;
	assert_int_equal(third->line, 3);
	assert_int_equal(third->column, 7);
	assert_null(third->key);
	const struct yml *d = yml_get(yml_get(root, "c")->first, "d");
	assert_int_equal(d->key_line, 5);
	assert_int_equal(d->key_column, 5);
	assert_int_equal(d->line, 5);
	assert_int_equal(d->column, 8);
}

static void entries_are_found_by_key(void **state)
{
	const struct yml *root = parse(state, "a: 1\nb: 2\nlist: [a]\n");
	assert_string_equal(yml_get(root, "b")->text, "2");
	assert_null(yml_get(root, "B"));
	assert_null(yml_get(root, ""));
	assert_null(yml_get(yml_get(root, "a"), "a"));
	assert_null(yml_get(yml_get(root, "list"), "a"));
}

static void byte_order_mark_is_passed_over(void **state)
{
	const struct yml *root = parse(state, "\xEF\xBB\xBF"
					      "a: b\n");
	assert_string_equal(yml_get(root, "a")->text, "b");
	assert_int_equal(yml_get(root, "a")->column, 4);
	assert_int_equal(root->column, 1);
}

static void other_encodings_are_refused(void **state)
{
	static const char little[] = "\xFF\xFE"
				     "a\0:\0 \0b\0";
	static const char big[] = "\xFE\xFF"
				  "\0a\0:\0 \0b";
	assert_refused_bytes(state, little, sizeof(little) - 1, "the text is UTF-16, not UTF-8", 1, 1);
	assert_hint(state, "save the file as UTF-8");
	assert_refused_bytes(state, big, sizeof(big) - 1, "the text is UTF-16, not UTF-8", 1, 1);
	assert_refused(state, "a: b\nc: Si\xE2n\n", "the text is not UTF-8", 2, 6);
	assert_refused(state, "a: é\xC3", "the text is not UTF-8", 1, 5);
	assert_refused(state, "a: \xED\xA0\x80", "the text is not UTF-8", 1, 4);
	assert_refused(state, "a: \xC0\xAF", "the text is not UTF-8", 1, 4);
}

static void nul_and_control_characters_are_refused(void **state)
{
	assert_refused_bytes(state, "a: b\0c", 6, "a NUL character is in the text", 1, 5);
	assert_refused(state, "a: b\nc: \x1b[0m\n", "a control character is in the text", 2, 4);
	assert_refused(state, "a: \x7f", "a control character is in the text", 1, 4);
	assert_refused(state, "a: \xC2\x85", "a control character is in the text", 1, 4);
	assert_refused(state, "a: \xEF\xBB\xBF", "a control character is in the text", 1, 4);
	assert_refused(state, "a: b\r\n\r\rc: \xEF\xBF\xBE", "a control character is in the text", 4, 4);
}

static void escapes_for_control_characters_are_refused(void **state)
{
	static const char *const bad[] = { "\"a\\0b\"", "\"\\e\"", "\"\\r\"", "\"\\x07\"", "\"\\x7f\"", "\"\\N\"",
		"\"\\uFEFF\"", "\"\\uFFFF\"", "\"\\a\"" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char text[32];
		(void)snprintf(text, sizeof(text), "x: %s", bad[i]);
		assert_refused(state, text, "an escape stands for a control character", 1, 4);
		(void)snprintf(text, sizeof(text), "%s: x", bad[i]);
		assert_refused(state, text, "an escape stands for a control character", 1, 1);
	}
	assert_refused(state, "a: \"\\ud800\"", "found invalid Unicode character escape code", 1, 7);
}

static void anchors_aliases_tags_directives_and_merge_keys_are_refused(void **state)
{
	assert_refused(state, "a: &x 1\n", "anchors (&) are not allowed", 1, 4);
	assert_refused(state, "a: &x [1]\n", "anchors (&) are not allowed", 1, 4);
	assert_refused(state, "a: &x {b: c}\n", "anchors (&) are not allowed", 1, 4);
	assert_refused(state, "&x a: 1\n", "anchors (&) are not allowed", 1, 1);
	assert_refused(state, "a: *x\n", "aliases (*) are not allowed", 1, 4);
	assert_refused(state, "*x : 1\n", "aliases (*) are not allowed", 1, 1);
	assert_refused(state, "a: !!int 1\n", "tags (!) are not allowed", 1, 4);
	assert_refused(state, "a: ! 1\n", "tags (!) are not allowed", 1, 4);
	assert_refused(state, "a: !local [1]\n", "tags (!) are not allowed", 1, 4);
	assert_refused(state, "a: !!map {b: c}\n", "tags (!) are not allowed", 1, 4);
	assert_refused(state, "%YAML 1.1\n---\na: 1\n", "directives are not allowed", 1, 1);
	assert_refused(state, "%TAG ! tag:example.org,2026:\n---\na: 1\n", "directives are not allowed", 1, 1);
	assert_refused(state, "<<: {a: 1}\n", "merge keys (<<) are not allowed", 1, 1);
	assert_tree(state, "'<<': 1\n", "{<<: 1}");
}

static void alias_bomb_is_refused_at_its_first_anchor(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, "a: &a [x, x]\n");
	for (int c = 'b'; c <= 'z'; c++)
		mentor_buf_fmt(&b, "%c: &%c [*%c, *%c]\n", c, c, c - 1, c - 1);
	assert_refused(state, mentor_buf_text(&b), "anchors (&) are not allowed", 1, 4);
	mentor_buf_free(&b);
}

static void second_document_is_refused(void **state)
{
	assert_refused(state, "a: 1\n---\nb: 2\n", "a second document begins here", 2, 1);
	assert_refused(state, "---\n---\n", "a second document begins here", 2, 1);
}

static void empty_files_are_refused(void **state)
{
	static const char *const empty[] = { "", "\n", "# remark only\n", "\xEF\xBB\xBF" };
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++)
		assert_refused(state, empty[i], "the file is empty", 1, 1);
}

static void duplicate_keys_are_refused(void **state)
{
	assert_refused(state, "a: 1\nb: 2\na: 3\n", "the key \"a\" is given twice, first on line 1", 3, 1);
	assert_refused(state, "x:\n  - {a: 1, 'a': 2}\n", "the key \"a\" is given twice, first on line 2", 2, 12);
	assert_refused(state, "a: 1\nb: 1\nb: 2\na: 2\na: 3\n", "the key \"b\" is given twice, first on line 2", 3, 1);
	assert_tree(state, "a: {a: {a: 1}}\nA: [{a: 1}, {a: 1}]\n", "{a: {a: {a: 1}}, A: [{a: 1}, {a: 1}]}");
}

static void keys_must_be_plain_text(void **state)
{
	assert_refused(state, "? [a]\n: b\n", "a key must be plain text", 1, 3);
	assert_refused(state, "{a: b}: c\n", "a key must be plain text", 1, 1);
	assert_refused(state, "? |\n  a\n: b\n", "a key must be plain text", 1, 3);
	assert_refused(state, "? >\n  a\n: b\n", "a key must be plain text", 1, 3);
	assert_refused(state, "? \n: b\n", "a key is empty", 1, 2);
	assert_refused(state, "'': b\n", "a key is empty", 1, 1);
}

/* Appends `depth` nested lists or maps. */
static void nest(struct mentor_buf *b, int depth, const char *open, const char *close)
{
	mentor_buf_clear(b);
	for (int i = 0; i < depth; i++)
		mentor_buf_str(b, open);
	mentor_buf_str(b, "x");
	for (int i = 0; i < depth; i++)
		mentor_buf_str(b, close);
}

static void depth_16_is_read_and_17_is_refused(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	nest(&b, 16, "[", "]");
	assert_tree(state, mentor_buf_text(&b), "[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]");
	nest(&b, 17, "[", "]");
	assert_refused(state, mentor_buf_text(&b), "lists and maps are nested more than 16 deep", 1, 17);
	nest(&b, 16, "{a: ", "}");
	(void)parse(state, mentor_buf_text(&b));
	nest(&b, 17, "{a: ", "}");
	assert_refused(state, mentor_buf_text(&b), "lists and maps are nested more than 16 deep", 1, 65);
	nest(&b, 17, "- ", "");
	assert_refused(state, mentor_buf_text(&b), "lists and maps are nested more than 16 deep", 1, 33);
	nest(&b, 100000, "[", "]");
	assert_refused(state, mentor_buf_text(&b), "lists and maps are nested more than 16 deep", 1, 17);
	nest(&b, 100000, "[\n", "]");
	assert_refused(state, mentor_buf_text(&b), "lists and maps are nested more than 16 deep", 17, 1);
	nest(&b, 100000, "{", "}");
	assert_refused(state, mentor_buf_text(&b), "a key must be plain text", 1, 2);
	mentor_buf_free(&b);
}

static void one_mebibyte_is_read_and_more_is_refused(void **state)
{
	enum { LIMIT = 1024 * 1024 };
	struct fixture *f = *state;
	char *text = malloc(LIMIT + 1);
	assert_non_null(text);
	memset(text, 'x', LIMIT + 1);
	text[0] = 'a';
	text[1] = ':';
	text[2] = ' ';
	const struct yml *root = NULL;
	assert_int_equal(parse_bytes(f, text, LIMIT, &root), MENTOR_OK);
	assert_int_equal(strlen(root->first->text), LIMIT - 3);
	assert_refused_bytes(state, text, LIMIT + 1, "the file is larger than 1 MiB", 1, 1);
	free(text);
}

static void a_hundred_thousand_nodes_are_read_and_more_are_refused(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (int i = 1; i < 100000; i++)
		mentor_buf_str(&b, "- x\n");
	assert_int_equal(parse(state, mentor_buf_text(&b))->n, 99999);
	mentor_buf_str(&b, "- x\n");
	assert_refused(state, mentor_buf_text(&b), "the file has more than 100,000 values", 100000, 3);
	mentor_buf_free(&b);
}

static void map_of_almost_100000_keys_is_checked_for_duplicates(void **state)
{
	enum { KEYS = 99998 };
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (int i = 0; i < KEYS; i++)
		mentor_buf_fmt(&b, "%x:\n", (unsigned)i * 40503u % 1048576u);
	assert_int_equal(parse(state, mentor_buf_text(&b))->n, KEYS);
	mentor_buf_str(&b, "0:\n");
	assert_refused(state, mentor_buf_text(&b), "the key \"0\" is given twice, first on line 1", KEYS + 1, 1);
	mentor_buf_free(&b);
}

static void tabs_as_indentation_are_named(void **state)
{
	static const char *const bad[] = { "a:\n\tb: c\n", "a:\n  b: c\n\td: e\n", "a:\n\t- b\n" };
	static const long lines[] = { 2, 3, 2 };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct fixture *f = *state;
		const struct yml *root = NULL;
		assert_int_equal(parse_bytes(f, bad[i], strlen(bad[i]), &root), MENTOR_INVALID);
		assert_string_equal(mentor_error(f->m)->message, "a tab is used for indentation");
		assert_hint(state, "indent with spaces");
		assert_int_equal(mentor_error(f->m)->place.line, lines[i]);
	}
}

static void slips_of_syntax_are_explained(void **state)
{
	assert_refused(state, "a: b: c\n", "a colon is not allowed here", 1, 5);
	assert_refused(state, "a: 1\rb: c: d\r", "a colon is not allowed here", 2, 5);
	assert_refused(state, "a: 1\nb\nc: 2\n", "a key without a colon", 2, 1);
	assert_refused(state, "a:\n   b: 1\n  c: 2\n", "this does not fit the lines above", 3, 3);
	assert_refused(state, "a: 'it's'\n", "this does not fit the lines above", 1, 8);
	assert_refused(state, "- a\nb: c\n", "this does not fit the list above", 2, 1);
	assert_refused(state, "a: - b\n", "a list item is not allowed here", 1, 4);
	assert_refused(state, "a: [b, c\nd: e\n", "this list is not closed with ]", 1, 4);
	assert_refused(state, "x:\n  a: {b: c\n", "this map is not closed with }", 2, 6);
	assert_refused(state, "a: 1\nb: \"c\nd: 2\n", "the quote that opens here is never closed", 2, 4);
	assert_refused(state, "a: 'b\n", "the quote that opens here is never closed", 1, 4);
	assert_refused(state, "a: \"\\q\"\n", "no such escape behind the backslash", 1, 5);
	assert_refused(state, "a: @b\n", "a value cannot begin with this character", 1, 4);
	assert_refused(state, "a: **b**\n", "a value cannot begin with this character", 1, 5);
	assert_refused(state, "a: }\n", "this character is not allowed here", 1, 4);
	assert_refused(state, "a: [b:?]\n", "a colon is not allowed here", 1, 6);
	assert_refused(state, "a: 'b\n\tc\n", "the quote that opens here is never closed", 1, 4);
	assert_refused(state, "  a: 1\nb: 2\n", "text follows the end of the document", 2, 1);
	assert_hint(state, "check the indentation: everything must belong to one map or list");
}

static void assert_written(const char *text, const char *scalar)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	yml_write_scalar(&b, text);
	assert_string_equal(mentor_buf_text(&b), scalar);
	mentor_buf_free(&b);
}

static void safe_text_is_written_plain(void **state)
{
	(void)state;
	static const char *const plain[] = { "mentor", "Ann Smith", "a:b", "https://example.org/x", "it's", "a#b",
		"Siân", "日本", "nobody", "yesterday", "1st floor", "x-y", "a@b.org", "null and void", "(x)", "2 hours",
		"£5" };
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		assert_written(plain[i], plain[i]);
}

static void other_text_is_written_in_quotes(void **state)
{
	(void)state;
	static const char *const quoted[] = { "", " x", "x ", "no", "NO", "Off", "y", "N", "null", "~", "true", "12",
		"012", "1.5", "1e3", "0x1F", "1_000", "12:30", "2026-09-01", "2026-09-01T10:00:00Z", "-1", "+1", ".5",
		".inf", "- x", "? x", "x: y", "x:", ":x", "x #y", "#x", "a, b", "[a]", "{a}", "&a", "*a", "!a", "|",
		">", "'a'", "%a", "@a", "`a`", "=", "<<", "---", "..." };
	for (size_t i = 0; i < sizeof(quoted) / sizeof(quoted[0]); i++) {
		char want[64];
		(void)snprintf(want, sizeof(want), "\"%s\"", quoted[i]);
		assert_written(quoted[i], want);
	}
	assert_written("one\ntwo\t\"three\" \\", "\"one\\ntwo\\t\\\"three\\\" \\\\\"");
	assert_written("\xE2\x80\xA8\xE2\x80\xA9", "\"\\u2028\\u2029\"");
	assert_written("\x1b\xC2\x85", "\"\\x1B\\x85\"");
}

/* Writes the text as list item, as value and as key of a flow map, and reads it back from there. */
static void assert_reads_back(void **state, const char *text)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, "a:\n  - ");
	yml_write_scalar(&b, text);
	mentor_buf_str(&b, "\n  - {k: ");
	yml_write_scalar(&b, text);
	mentor_buf_str(&b, "}\n");
	const struct yml *list = yml_get(parse(state, mentor_buf_text(&b)), "a");
	assert_string_equal(list->first->text, text);
	assert_string_equal(list->first->next->first->text, text);
	mentor_buf_free(&b);
}

static void what_is_written_reads_back(void **state)
{
	static const char letters[] = "a1 -?:,[]{}#&*!|>'\"%@`=<.+~\n\t\\/_";
	for (const char *x = letters; *x; x++)
		for (const char *y = letters; *y; y++)
			for (const char *z = letters; *z; z++)
				assert_reads_back(state, (const char[]){ *x, *y, *z, '\0' });
	assert_reads_back(state, "");
	assert_reads_back(state, "\xE2\x80\xA8x\xE2\x80\xA9");
	assert_reads_back(state, "\xC2\xA0x\xC2\xA0");
	assert_reads_back(state, "Siân 日本 😀");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_context, free_context)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lists_maps_and_scalars_make_a_tree),
		TEST(every_style_but_plain_counts_as_quoted),
		TEST(nothing_is_typed),
		TEST(empty_value_is_empty_plain_text),
		TEST(nodes_and_keys_know_their_place),
		TEST(entries_are_found_by_key),
		TEST(byte_order_mark_is_passed_over),
		TEST(other_encodings_are_refused),
		TEST(nul_and_control_characters_are_refused),
		TEST(escapes_for_control_characters_are_refused),
		TEST(anchors_aliases_tags_directives_and_merge_keys_are_refused),
		TEST(alias_bomb_is_refused_at_its_first_anchor),
		TEST(second_document_is_refused),
		TEST(empty_files_are_refused),
		TEST(duplicate_keys_are_refused),
		TEST(keys_must_be_plain_text),
		TEST(depth_16_is_read_and_17_is_refused),
		TEST(one_mebibyte_is_read_and_more_is_refused),
		TEST(a_hundred_thousand_nodes_are_read_and_more_are_refused),
		TEST(map_of_almost_100000_keys_is_checked_for_duplicates),
		TEST(tabs_as_indentation_are_named),
		TEST(slips_of_syntax_are_explained),
		TEST(safe_text_is_written_plain),
		TEST(other_text_is_written_in_quotes),
		TEST(what_is_written_reads_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
