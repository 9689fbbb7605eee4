/* buf.c: tests of growing text and of the encoders. */
#include "mentor.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

/* An input and what an encoder must make of it. */
struct expectation {
	const char *input, *output;
};

static void empty_buffer_reads_as_empty_text(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_string_equal(mentor_buf_text(&b), "");
	mentor_buf_add(&b, NULL, 0);
	mentor_buf_str(&b, NULL);
	mentor_buf_str(&b, "");
	assert_string_equal(mentor_buf_text(&b), "");
	assert_int_equal(b.len, 0);
	mentor_buf_free(&b);
}

static void numbers_are_written_in_full(void **state)
{
	static const int64_t numbers[] = { 0, 7, 10, -1, 1234567890123, INT64_MAX, INT64_MIN };
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		mentor_buf_number(&b, numbers[i]);
		mentor_buf_char(&b, ' ');
	}
	assert_string_equal(mentor_buf_text(&b), "0 7 10 -1 1234567890123 9223372036854775807 -9223372036854775808 ");
	mentor_buf_free(&b);
}

static void additions_follow_one_another(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, "one");
	mentor_buf_char(&b, ' ');
	mentor_buf_add(&b, "twosome", 3);
	mentor_buf_fmt(&b, " %d%s", 3, "!");
	assert_string_equal(mentor_buf_text(&b), "one two 3!");
	assert_int_equal(b.len, 10);
	mentor_buf_free(&b);
}

static void text_is_nul_terminated_at_every_length(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (size_t i = 1; i <= 5000; i++) {
		mentor_buf_char(&b, 'x');
		assert_int_equal(b.len, i);
		assert_true(b.cap > i);
		assert_int_equal(b.data[i], '\0');
	}
	assert_int_equal(strlen(mentor_buf_text(&b)), 5000);
	mentor_buf_free(&b);
}

static void formatting_fits_whatever_room_is_left(void **state)
{
	(void)state;
	for (int used = 0; used < 300; used++) {
		struct mentor_buf b = MENTOR_BUF_INIT;
		for (int i = 0; i < used; i++)
			mentor_buf_char(&b, '-');
		mentor_buf_fmt(&b, "%0200d", 7);
		assert_int_equal(b.len, used + 200);
		assert_string_equal(mentor_buf_text(&b) + used + 198, "07");
		mentor_buf_free(&b);
	}
}

static void formatting_nothing_leaves_empty_text(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_fmt(&b, "%s", "");
	assert_string_equal(mentor_buf_text(&b), "");
	assert_false(b.failed);
	mentor_buf_free(&b);
}

static void clearing_keeps_the_memory(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_clear(&b);
	mentor_buf_str(&b, "something");
	const char *data = b.data;
	size_t cap = b.cap;
	mentor_buf_clear(&b);
	assert_string_equal(mentor_buf_text(&b), "");
	assert_ptr_equal(b.data, data);
	assert_int_equal(b.cap, cap);
	mentor_buf_free(&b);
}

static void freed_buffer_can_be_used_again(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, "one");
	mentor_buf_free(&b);
	mentor_buf_free(&b);
	assert_string_equal(mentor_buf_text(&b), "");
	mentor_buf_str(&b, "two");
	assert_string_equal(mentor_buf_text(&b), "two");
	mentor_buf_free(&b);
}

static void impossible_size_fails_and_later_additions_do_nothing(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, "kept");
	mentor_buf_add(&b, "", SIZE_MAX - 2);
	assert_true(b.failed);
	mentor_buf_str(&b, "more");
	mentor_buf_char(&b, 'x');
	mentor_buf_fmt(&b, "%d", 1);
	mentor_buf_json(&b, "x");
	assert_string_equal(mentor_buf_text(&b), "kept");
	mentor_buf_free(&b);
	assert_false(b.failed);
}

static void failure_outlives_clearing(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_add(&b, "", SIZE_MAX);
	mentor_buf_clear(&b);
	assert_true(b.failed);
	assert_string_equal(mentor_buf_text(&b), "");
	mentor_buf_free(&b);
}

static void check(const struct expectation *list, size_t n, void (*encode)(struct mentor_buf *, const char *))
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (size_t i = 0; i < n; i++) {
		mentor_buf_clear(&b);
		encode(&b, list[i].input);
		assert_string_equal(mentor_buf_text(&b), list[i].output);
	}
	mentor_buf_free(&b);
}
#define CHECK(list, encode) check((list), sizeof(list) / sizeof((list)[0]), (encode))

static void json_escapes_what_rfc_8259_asks_for(void **state)
{
	(void)state;
	static const struct expectation list[] = {
		{ NULL, "null" },
		{ "", "\"\"" },
		{ "plain", "\"plain\"" },
		{ "\"\\/", "\"\\\"\\\\/\"" },
		{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
		{ "\x01\x0b\x1f", "\"\\u0001\\u000b\\u001f\"" },
		{ "\x7f", "\"\x7f\"" },
		{ "Siân 日本 😀", "\"Siân 日本 😀\"" },
		{ "</script>", "\"</script>\"" },
	};
	CHECK(list, mentor_buf_json);
}

static void json_is_valid_utf8_even_when_the_text_is_not(void **state)
{
	(void)state;
	static const struct expectation list[] = {
		{ "\xff", "\"\xEF\xBF\xBD\"" },
		{ "a\xc3", "\"a\xEF\xBF\xBD\"" },
		{ "\xc3\"", "\"\xEF\xBF\xBD\\\"\"" },
		{ "\xed\xa0\x80!", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD!\"" },
	};
	CHECK(list, mentor_buf_json);
}

/* Writes `text` as JSON and lets another library read it. */
static void assert_json_reads_back(const char *text)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_json(&b, text);
	cJSON *read = cJSON_ParseWithLengthOpts(mentor_buf_text(&b), b.len + 1, NULL, 1);
	assert_non_null(read);
	assert_string_equal(cJSON_GetStringValue(read), text);
	cJSON_Delete(read);
	mentor_buf_free(&b);
}

static void json_reads_back_wherever_the_escape_stands(void **state)
{
	(void)state;
	static const char special[] = "\x01\n\"\\\x1f\x7f é";
	for (size_t len = 1; len < 40; len++) {
		for (size_t at = 0; at < len; at++) {
			for (size_t s = 0; special[s] && (unsigned char)special[s] < 0x80; s++) {
				char text[48] = { 0 };
				memset(text, '!', len);
				text[at] = special[s];
				assert_json_reads_back(text);
				text[len - 1 - at] = special[s];
				assert_json_reads_back(text);
			}
		}
	}
	assert_json_reads_back(special);
}

static void json_of_long_text_reads_back(void **state)
{
	(void)state;
	enum { SIZE = 100000 };
	char *text = malloc(SIZE + 1);
	assert_non_null(text);
	unsigned seed = 1;
	for (size_t i = 0; i < SIZE; i++) {
		seed = seed * 1103515245u + 12345u;
		text[i] = (char)(1 + (seed >> 16) % 126);
	}
	text[SIZE] = '\0';
	assert_json_reads_back(text);
	free(text);
}

static void html_escapes_the_five_characters(void **state)
{
	(void)state;
	static const struct expectation list[] = {
		{ NULL, "" },
		{ "", "" },
		{ "plain é", "plain é" },
		{ "<a href=\"x\" title='y'>&</a>", "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;" },
		{ "&amp;", "&amp;amp;" },
		{ "\xff<", "\xEF\xBF\xBD&lt;" },
	};
	CHECK(list, mentor_buf_html);
}

static void markdown_escapes_what_means_something(void **state)
{
	(void)state;
	static const struct expectation list[] = {
		{ "plain é 1.50", "plain é 1.50" },
		{ "a|b *c* _d_ [e](f) <g> `h` ~i~ #j &k", "a\\|b \\*c\\* \\_d\\_ \\[e\\](f) \\<g\\> \\`h\\` \\~i\\~ \\#j \\&k" },
		{ "1. one", "1\\. one" },
		{ "2)", "2\\)" },
		{ "- item", "\\- item" },
		{ "two\nlines", "two lines" },
		{ "a\xE2\x80\xA8# b\xE2\x80\xA9" "c\xE2\x80\xA6", "a \\# b c\xE2\x80\xA6" },
		{ "\xff*", "\xEF\xBF\xBD\\*" },
	};
	CHECK(list, mentor_buf_markdown);
}

static void csv_raw(struct mentor_buf *b, const char *text)
{
	mentor_buf_csv(b, text, ',', false);
}

static void csv_guarded(struct mentor_buf *b, const char *text)
{
	mentor_buf_csv(b, text, ',', true);
}

static void csv_semicolon(struct mentor_buf *b, const char *text)
{
	mentor_buf_csv(b, text, ';', false);
}

static void csv_quotes_only_where_needed(void **state)
{
	(void)state;
	static const struct expectation commas[] = {
		{ NULL, "" },
		{ "", "" },
		{ "plain", "plain" },
		{ "a,b", "\"a,b\"" },
		{ "a;b", "a;b" },
		{ "say \"hi\"", "\"say \"\"hi\"\"\"" },
		{ "\"", "\"\"\"\"" },
		{ "one\ntwo", "\"one\ntwo\"" },
		{ "one\rtwo", "\"one\rtwo\"" },
		{ "=1+1", "=1+1" },
	};
	static const struct expectation semicolons[] = { { "a,b", "a,b" }, { "a;b", "\"a;b\"" } };
	CHECK(commas, csv_raw);
	CHECK(semicolons, csv_semicolon);
}

static void csv_guards_cells_that_a_spreadsheet_would_run(void **state)
{
	(void)state;
	static const struct expectation list[] = {
		{ "=1+1", "'=1+1" },
		{ "+44 20", "'+44 20" },
		{ "-1", "'-1" },
		{ "@sum", "'@sum" },
		{ "|x", "'|x" },
		{ "%x", "'%x" },
		{ "\tx", "'\tx" },
		{ "\rx", "\"'\rx\"" },
		{ "  =x", "'  =x" },
		{ "\n=x", "\"'\n=x\"" },
		{ "\xC2\xA0=x", "'\xC2\xA0=x" },
		{ "\xE3\x80\x80=x", "'\xE3\x80\x80=x" },
		{ "\xEF\xBB\xBF=x", "'\xEF\xBB\xBF=x" },
		{ "＝x", "'＝x" },
		{ "＋x", "'＋x" },
		{ "－x", "'－x" },
		{ "＠x", "'＠x" },
		{ "｜x", "'｜x" },
		{ "％x", "'％x" },
		{ "=a,\"b\"", "\"'=a,\"\"b\"\"\"" },
		{ "a=b", "a=b" },
		{ "'quoted'", "'quoted'" },
		{ " ", " " },
		{ "", "" },
	};
	CHECK(list, csv_guarded);
}

static void visible_line(struct mentor_buf *b, const char *text)
{
	mentor_buf_visible(b, text, false);
}

static void visible_lines(struct mentor_buf *b, const char *text)
{
	mentor_buf_visible(b, text, true);
}

static void visible_shows_what_would_act_on_a_terminal(void **state)
{
	(void)state;
	static const struct expectation list[] = {
		{ NULL, "" },
		{ "", "" },
		{ "Siân 日本 😀", "Siân 日本 😀" },
		{ "\x1b[31mred", "\\x1b[31mred" },
		{ "bell\a", "bell\\x07" },
		{ "\x7f", "\\x7f" },
		{ "a\r\n\tb", "a\\x0d\\x0a\\x09b" },
		{ "\xC2\x80\xC2\x9B\xC2\x9F", "\\u{0080}\\u{009b}\\u{009f}" },
		{ "\xC2\xA0", "\xC2\xA0" },
		{ "\xE2\x80\xA7", "\xE2\x80\xA7" },
		{ "\xE2\x80\xA8\xE2\x80\xA9", "\\u{2028}\\u{2029}" },
		{ "\xE2\x80\xAA\xE2\x80\xAE\xE2\x80\xAC\xE2\x80\xAC", "\\u{202a}\\u{202e}\\u{202c}\\u{202c}" },
		{ "\xE2\x80\xAF", "\xE2\x80\xAF" },
		{ "\xE2\x81\xA5", "\xE2\x81\xA5" },
		{ "\xE2\x81\xA6\xE2\x81\xA9", "\\u{2066}\\u{2069}" },
		{ "\xE2\x81\xAA", "\xE2\x81\xAA" },
		{ "\xff", "\\xff" },
		{ "x\xE2\x80", "x\\xe2\\x80" },
		{ "\xC0\xAFy", "\\xc0\\xafy" },
	};
	CHECK(list, visible_line);
}

static void visible_keeps_line_breaks_and_tabs_of_multiline_text(void **state)
{
	(void)state;
	static const struct expectation list[] = {
		{ "a\n\tb", "a\n\tb" },
		{ "a\r\nb", "a\\x0d\nb" },
		{ "\x1b\n", "\\x1b\n" },
	};
	CHECK(list, visible_lines);
}

static void lines_come_one_by_one_and_none_of_nothing(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	const char *at = NULL;
	assert_false(mentor_buf_line(&b, &at));
	for (at = "one\n\nthree"; mentor_buf_line(&b, &at);)
		assert_string_equal(mentor_buf_text(&b), *at == '\n' ? "one" : *at ? "" : "three");
	assert_string_equal(mentor_buf_text(&b), "three");
	at = "last\n";
	assert_true(mentor_buf_line(&b, &at));
	assert_false(mentor_buf_line(&b, &at));
	at = "more";
	b.failed = true;
	assert_false(mentor_buf_line(&b, &at));
	mentor_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_buffer_reads_as_empty_text),
		cmocka_unit_test(numbers_are_written_in_full),
		cmocka_unit_test(additions_follow_one_another),
		cmocka_unit_test(text_is_nul_terminated_at_every_length),
		cmocka_unit_test(formatting_fits_whatever_room_is_left),
		cmocka_unit_test(formatting_nothing_leaves_empty_text),
		cmocka_unit_test(clearing_keeps_the_memory),
		cmocka_unit_test(lines_come_one_by_one_and_none_of_nothing),
		cmocka_unit_test(freed_buffer_can_be_used_again),
		cmocka_unit_test(impossible_size_fails_and_later_additions_do_nothing),
		cmocka_unit_test(failure_outlives_clearing),
		cmocka_unit_test(json_escapes_what_rfc_8259_asks_for),
		cmocka_unit_test(json_is_valid_utf8_even_when_the_text_is_not),
		cmocka_unit_test(json_reads_back_wherever_the_escape_stands),
		cmocka_unit_test(json_of_long_text_reads_back),
		cmocka_unit_test(html_escapes_the_five_characters),
		cmocka_unit_test(markdown_escapes_what_means_something),
		cmocka_unit_test(csv_quotes_only_where_needed),
		cmocka_unit_test(csv_guards_cells_that_a_spreadsheet_would_run),
		cmocka_unit_test(visible_shows_what_would_act_on_a_terminal),
		cmocka_unit_test(visible_keeps_line_breaks_and_tabs_of_multiline_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
