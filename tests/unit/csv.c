/* csv.c: tests of reading CSV, of its messages and of the places they name. */
#include "csv.h"

#include "mentor.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int make_context(void **state)
{
	*state = mentor_new();
	return *state ? 0 : -1;
}

static int free_context(void **state)
{
	mentor_free(*state);
	return 0;
}

/* Opens a copy of exactly `len` bytes, so that a reading past the end is seen. */
static enum mentor_status open_bytes(struct csv *c, void **state, const char *text, size_t len, char delimiter)
{
	char *copy = malloc(len ? len : 1);
	assert_non_null(copy);
	memcpy(copy, text, len);
	enum mentor_status status = csv_open(c, *state, "people.csv", copy, len, delimiter);
	free(copy);
	return status;
}

static void open_text(struct csv *c, void **state, const char *text)
{
	assert_int_equal(open_bytes(c, state, text, strlen(text), 0), MENTOR_OK);
}

static bool next(struct csv *c)
{
	bool more = false;
	assert_int_equal(csv_next(c, &more), MENTOR_OK);
	return more;
}

/* Compares the cells of the record last read, joined by |. */
static void assert_cells(const struct csv *c, const char *joined)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (size_t i = 0; i < c->n_cells; i++) {
		if (i > 0)
			mentor_buf_char(&b, '|');
		mentor_buf_str(&b, c->cells[i]);
	}
	assert_string_equal(mentor_buf_text(&b), joined);
	mentor_buf_free(&b);
}

static void assert_next(struct csv *c, const char *joined)
{
	assert_true(next(c));
	assert_cells(c, joined);
}

/* Reads a whole text and compares all records, heading included, joined by / . */
static void assert_reads(void **state, const char *text, const char *records)
{
	struct csv c;
	struct mentor_buf b = MENTOR_BUF_INIT;
	open_text(&c, state, text);
	do {
		if (b.len > 0)
			mentor_buf_char(&b, '/');
		for (size_t i = 0; i < c.n_cells; i++) {
			mentor_buf_str(&b, i > 0 ? "|" : "");
			mentor_buf_str(&b, c.cells[i]);
		}
	} while (next(&c));
	assert_string_equal(mentor_buf_text(&b), records);
	mentor_buf_free(&b);
	csv_close(&c);
}

static void assert_error(void **state, const char *message, long line, long column, long row)
{
	const struct mentor_error *e = mentor_error(*state);
	assert_string_equal(e->message, message);
	assert_string_equal(e->place.file, "people.csv");
	assert_int_equal(e->place.line, line);
	assert_int_equal(e->place.column, column);
	assert_int_equal(e->place.row, row);
}

static void assert_no_open_bytes(
    void **state, const char *text, size_t len, const char *message, long line, long column, long row)
{
	struct csv c;
	assert_int_equal(open_bytes(&c, state, text, len, 0), MENTOR_INVALID);
	assert_error(state, message, line, column, row);
	csv_close(&c);
}

static void assert_no_open(void **state, const char *text, const char *message, long line, long column, long row)
{
	assert_no_open_bytes(state, text, strlen(text), message, line, column, row);
}

/* The heading is fine; the record read last is not. */
static void assert_no_next(void **state, const char *text, const char *message, long line, long column, long row)
{
	struct csv c;
	open_text(&c, state, text);
	bool more = true;
	enum mentor_status status = MENTOR_OK;
	while (!status && more)
		status = csv_next(&c, &more);
	assert_int_equal(status, MENTOR_INVALID);
	assert_true(more);
	assert_error(state, message, line, column, row);
	csv_close(&c);
}

static void records_are_read_with_line_and_row(void **state)
{
	struct csv c;
	open_text(&c, state, "name,role\nAnn,mentor\nBo,mentee\n");
	assert_int_equal(c.n_headings, 2);
	assert_string_equal(c.headings[0], "name");
	assert_string_equal(c.headings[1], "role");
	assert_int_equal(c.row, 0);
	assert_next(&c, "Ann|mentor");
	assert_int_equal(c.row, 1);
	assert_int_equal(c.line, 2);
	assert_next(&c, "Bo|mentee");
	assert_int_equal(c.row, 2);
	assert_int_equal(c.line, 3);
	assert_false(next(&c));
	assert_false(next(&c));
	assert_int_equal(c.row, 2);
	csv_close(&c);
	csv_close(&c);
}

static void every_kind_of_line_break_ends_a_record(void **state)
{
	assert_reads(state, "a,b\n1,2\n3,4", "a|b/1|2/3|4");
	assert_reads(state, "a,b\r\n1,2\r\n3,4\r\n", "a|b/1|2/3|4");
	assert_reads(state, "a,b\r1,2\r3,4\r", "a|b/1|2/3|4");
	assert_reads(state, "a,b\n1,2\r\n3,4\r", "a|b/1|2/3|4");
}

static void empty_cells_are_kept(void **state)
{
	assert_reads(state, "a,b,c\n,,\n1,,\n,,3\n\"\",\"\",x\n,,", "a|b|c/||/1||/||3/||x/||");
}

static void blanks_belong_to_the_cell(void **state)
{
	assert_reads(state, "a,b\n 1 ,\t2\n \t, ", "a|b/ 1 |\t2/ \t| ");
}

static void empty_lines_are_skipped_but_counted(void **state)
{
	struct csv c;
	open_text(&c, state, "\r\n\n\na\n\n1\r\n\r\n\r\n2\r\r");
	assert_int_equal(c.line, 4);
	assert_next(&c, "1");
	assert_int_equal(c.line, 6);
	assert_int_equal(c.row, 1);
	assert_next(&c, "2");
	assert_int_equal(c.line, 9);
	assert_int_equal(c.row, 2);
	assert_false(next(&c));
	csv_close(&c);
}

static void quotes_hold_delimiters_quotes_and_line_breaks(void **state)
{
	assert_reads(state, "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", "a|b/x,y|say \"hi\"");
	assert_reads(state, "a,b\n\"one\ntwo\",\"three\r\nfour\rfive\"\n", "a|b/one\ntwo|three\nfour\nfive");
	assert_reads(state, "a,b\n\"\"\"\",\"\"\"\"\"\"\n", "a|b/\"|\"\"");
	assert_reads(state, "a,b\n\"x\r\",\"\r\n\"", "a|b/x\n|\n");
	assert_reads(state, "\"a\",\"b\"\r\n\"1\tx\",\"2\"", "a|b/1\tx|2");
	assert_reads(state, "\"a\"\n\"one cell that is longer than a word, twice\"",
	    "a/one cell that is longer than a word, twice");
}

static void lines_inside_quotes_are_counted(void **state)
{
	struct csv c;
	open_text(&c, state, "\"a\n1\",b\n\"x\r\ny\rz\",2\n3,4\n");
	assert_int_equal(c.line, 1);
	assert_true(next(&c));
	assert_int_equal(c.line, 3);
	assert_true(next(&c));
	assert_int_equal(c.line, 6);
	assert_int_equal(c.row, 2);
	csv_close(&c);
}

static void quote_inside_an_unquoted_cell_is_a_letter(void **state)
{
	assert_reads(state, "a,b\n5\" disk,x\"y\"\n", "a|b/5\" disk|x\"y\"");
}

static void byte_order_mark_is_passed_over(void **state)
{
	struct csv c;
	open_text(&c, state, "\xEF\xBB\xBF\"name\",role\nAnn,mentor\n");
	assert_string_equal(c.headings[0], "name");
	assert_next(&c, "Ann|mentor");
	csv_close(&c);
}

static void delimiter_is_the_most_frequent_in_the_heading(void **state)
{
	static const struct {
		const char *text;
		char delimiter;
	} cases[] = {
		{ "a,b\n1,2", ',' },
		{ "a;b\n1;2", ';' },
		{ "a\tb\n1\t2", '\t' },
		{ "a", ',' },
		{ "\"a,b,c\";d\n1;2", ';' },
		{ "\"x;\n;;\",b\n1,2", ',' },
		{ "a;b,c;d\n1;2;3", ';' },
		{ "\n\n\na;b\n1,2,3;4", ';' },
		{ "a,b;c\n1,2", ',' },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct csv c;
		open_text(&c, state, cases[i].text);
		assert_int_equal(c.delimiter, cases[i].delimiter);
		csv_close(&c);
	}
	assert_reads(state, "a;b\n1,5;2\n\"x;y\";z\n", "a|b/1,5|2/x;y|z");
	assert_reads(state, "a\tb\n1,5\t\n", "a|b/1,5|");
}

static void delimiter_can_be_given(void **state)
{
	struct csv c;
	const char *text = "a,b|c,d\n1|2\n";
	assert_int_equal(open_bytes(&c, state, text, strlen(text), '|'), MENTOR_OK);
	assert_int_equal(c.n_headings, 2);
	assert_next(&c, "1|2");
	csv_close(&c);
}

static void impossible_delimiters_are_refused(void **state)
{
	static const char bad[] = { '"', '\r', '\n', '\x7f', '\xe9' };
	for (size_t i = 0; i < sizeof(bad); i++) {
		struct csv c;
		assert_int_equal(open_bytes(&c, state, "a,b", 3, bad[i]), MENTOR_USAGE);
		assert_string_equal(mentor_error(*state)->message,
		    "the delimiter must be one ASCII character, not a quote or a line break");
		csv_close(&c);
	}
}

static void headings_are_found_whatever_their_white_space(void **state)
{
	struct csv c;
	open_text(&c, state,
	    " Email\xC2\xA0,\"Would you\n like \xC2\xA0to be\r\n\r\na mentor?\",Tell us more,Tell  us more "
	    ",,E\n1,2,3,4,5,6");
	assert_string_equal(c.headings[0], "Email");
	assert_string_equal(c.headings[1], "Would you like to be a mentor?");
	assert_int_equal(csv_find(&c, "Email", 1), 0);
	assert_int_equal(csv_find(&c, "\xC2\xA0 Email\n", 1), 0);
	assert_int_equal(csv_find(&c, "Would you like to be a mentor?", 1), 1);
	assert_int_equal(csv_find(&c, " Would  you\nlike\tto be a mentor? ", 1), 1);
	assert_int_equal(csv_find(&c, "Tell us more", 1), 2);
	assert_int_equal(csv_find(&c, "Tell us more", 2), 3);
	assert_int_equal(csv_find(&c, "Tell us more", 3), -1);
	assert_int_equal(csv_find(&c, "Tell us more", 0), -1);
	assert_int_equal(csv_find(&c, "", 1), 4);
	assert_int_equal(csv_find(&c, "email", 1), -1);
	assert_int_equal(csv_find(&c, "Emai", 1), -1);
	assert_int_equal(csv_find(&c, "E mail", 1), -1);
	assert_int_equal(csv_find(&c, "E", 1), 5);
	assert_true(next(&c));
	assert_string_equal(c.headings[1], "Would you like to be a mentor?");
	csv_close(&c);
}

static void number_of_cells_must_be_that_of_the_heading(void **state)
{
	assert_no_next(state, "a,b\n1,2\n1,2,3\n", "row 2 has 3 cells, the heading has 2", 3, 0, 2);
	assert_no_next(state, "a,b,c\n1\n", "row 1 has 1 cell, the heading has 3", 2, 0, 1);
	assert_no_next(state, "a,b\n\"1\n1\",2\n\n1,2,3\n", "row 2 has 3 cells, the heading has 2", 5, 0, 2);
	assert_no_next(state, "a,b\n ", "row 1 has 1 cell, the heading has 2", 2, 0, 1);
}

static void empty_cells_behind_the_last_heading_are_dropped(void **state)
{
	struct csv c;
	open_text(&c, state, "a,b\n1,2,, \n,,\n3,4\n");
	assert_next(&c, "1|2");
	assert_next(&c, "3|4"); /* nothing but delimiters is no row */
	assert_int_equal(c.row, 3);
	csv_close(&c);
}

static void excels_own_first_line_names_the_delimiter(void **state)
{
	static const char *const texts[] = { "sep=;\na;b\n1,5;2\n", "\"sep=;\"\r\na;b\r\n1,5;2\r\n", "\xEF\xBB\xBFsep=;\na;b\n1,5;2\n" };
	for (size_t i = 0; i < 3; i++) {
		struct csv c;
		open_text(&c, state, texts[i]);
		assert_int_equal(c.heading_line, 2);
		assert_next(&c, "1,5|2");
		assert_int_equal(c.line, 3);
		assert_int_equal(c.row, 1);
		csv_close(&c);
	}
}

static void what_is_no_csv_at_all_is_told_by_its_beginning(void **state)
{
	assert_no_open_bytes(state, "PK\x03\x04\x14\x00", 6, "the file is a workbook (.xlsx or .ods), not CSV", 1, 0, 0);
	assert_no_open(state, "\xD0\xCF\x11\xE0", "the file is an old workbook (.xls), not CSV", 1, 0, 0);
	assert_no_open(state, "%PDF-1.7", "the file is a PDF, not CSV", 1, 0, 0);
	assert_no_open(state, "\n<!DOCTYPE html><html>", "the file is a web page, not CSV", 1, 0, 0);
	assert_no_open(state, "\xEF\xBB\xBF<html>", "the file is a web page, not CSV", 1, 0, 0);
}

static void reading_goes_on_after_a_record_of_wrong_length(void **state)
{
	struct csv c;
	open_text(&c, state, "a,b\n1\n3,4\n");
	bool more = false;
	assert_int_equal(csv_next(&c, &more), MENTOR_INVALID);
	assert_next(&c, "3|4");
	assert_int_equal(c.row, 2);
	assert_int_equal(c.line, 3);
	assert_false(next(&c));
	csv_close(&c);
}

static void unterminated_quote_names_where_it_opened(void **state)
{
	assert_no_next(state, "a,b\n1,2\n3,\"x\n5,6\n7,8\n", "the quote that opens here is never closed", 3, 3, 2);
	assert_string_equal(mentor_error(*state)->place.field, "b");
	assert_no_next(state, "a,b\n1,\"", "the quote that opens here is never closed", 2, 3, 1);
	assert_no_next(state, "a,b\n\"\"\"", "the quote that opens here is never closed", 2, 1, 1);
	assert_no_next(state, "a,b\n\"é\n日本\",\"x", "the quote that opens here is never closed", 3, 5, 1);
	assert_no_next(state, "a,b\n\"\"\"é\"\"\r\nq\"\"z\",\"x", "the quote that opens here is never closed", 3, 7, 1);
	assert_no_open(state, "\"a,b\n1,2\n", "the quote that opens here is never closed", 1, 1, 0);
}

static void nothing_follows_an_unterminated_quote(void **state)
{
	struct csv c;
	open_text(&c, state, "a\n\"x\n1\n");
	bool more = true;
	assert_int_equal(csv_next(&c, &more), MENTOR_INVALID);
	assert_false(next(&c));
	csv_close(&c);
}

static void text_behind_a_closing_quote_is_refused(void **state)
{
	assert_no_next(state, "a,b\n1,\"x\"y\n", "text follows the closing quote", 2, 6, 1);
	assert_no_next(state, "a,b\n\"x\" ,2\n", "text follows the closing quote", 2, 4, 1);
	assert_string_equal(mentor_error(*state)->place.field, "a");
	assert_no_next(state, "a,b,c\n1,2,3\n\"é\"\"é\"é", "text follows the closing quote", 3, 7, 2);
}

static void blank_before_a_quote_is_refused(void **state)
{
	assert_no_next(state, "a,b\n1, \"x\"\n", "a blank is before the quote", 2, 4, 1);
	assert_no_next(state, "a,b\n  \"x\",1\n", "a blank is before the quote", 2, 3, 1);
}

static void reading_goes_on_behind_the_line_of_a_bad_quote(void **state)
{
	struct csv c;
	open_text(&c, state, "a,b\n1,\"x\"y\r\n3,4\n");
	bool more = true;
	assert_int_equal(csv_next(&c, &more), MENTOR_INVALID);
	assert_next(&c, "3|4");
	assert_int_equal(c.line, 3);
	assert_int_equal(c.row, 2);
	csv_close(&c);
}

static void empty_files_are_refused(void **state)
{
	static const char *const empty[] = { "", "\n", "\r\n\r\n", "\xEF\xBB\xBF", "\xEF\xBB\xBF\r\n" };
	for (size_t i = 0; i < sizeof(empty) / sizeof(empty[0]); i++)
		assert_no_open(state, empty[i], "the file is empty", 1, 0, 0);
}

static void utf16_is_recognised(void **state)
{
	static const char little[] = "\xFF\xFE"
				     "a\0,\0b\0";
	static const char big[] = "\xFE\xFF"
				  "\0a\0,\0b";
	static const char unmarked[] = "a\0,\0b\0\n\0\x31\0,\0\x32\0";
	assert_no_open_bytes(state, little, sizeof(little) - 1, "the text is UTF-16, not UTF-8", 1, 0, 0);
	assert_string_equal(mentor_error(*state)->hint, "save the file as \"CSV UTF-8\"");
	assert_no_open_bytes(state, big, sizeof(big) - 1, "the text is UTF-16, not UTF-8", 1, 0, 0);
	assert_no_open_bytes(state, unmarked, sizeof(unmarked) - 1, "the text is UTF-16, not UTF-8", 1, 0, 0);
}

static void windows_1252_is_recognised(void **state)
{
	assert_no_open(state, "name,role\nAnn,mentor\nSi\xE2n,mentee\n", "the text is not UTF-8 (byte E2)", 3, 3, 2);
	assert_non_null(strstr(mentor_error(*state)->hint, "Windows-1252"));
	assert_no_open(state, "caf\xE9", "the text is not UTF-8 (byte E9)", 1, 4, 0);
	assert_no_open(state, "a,\"x\r\ny\"\rb,\"é\n\n\x93\"", "the text is not UTF-8 (byte 93)", 5, 1, 1);
	assert_no_open(state, "a\n\n\nb\xC2", "the text is not UTF-8 (byte C2)", 4, 2, 1);
	assert_no_open(state, "a\n\x81", "the text is not UTF-8 (byte 81)", 2, 1, 1);
	assert_null(strstr(mentor_error(*state)->hint, "Windows-1252"));
}

static void bad_sequences_are_refused(void **state)
{
	assert_no_open(state, "a\n\xC0\xAF", "the text is not UTF-8 (byte C0)", 2, 1, 1);
	assert_no_open(state, "a\nx\xED\xA0\x80", "the text is not UTF-8 (byte ED)", 2, 2, 1);
	assert_no_open(state, "a\n\xF4\x90\x80\x80", "the text is not UTF-8 (byte F4)", 2, 1, 1);
	assert_no_open(state, "a\nxy\xE2\x82", "the text is not UTF-8 (byte E2)", 2, 3, 1);
}

static void nul_and_control_characters_are_refused(void **state)
{
	assert_no_open_bytes(state, "a,b\n1,x\0y", 9, "a NUL character is in the text", 2, 4, 1);
	assert_no_open(state, "a,b\n1,\x1b[31m", "a control character (U+001B) is in the text", 2, 3, 1);
	assert_no_open(state, "a\x7f", "a control character (U+007F) is in the text", 1, 2, 0);
	assert_no_open(state, "a,é\n1,£\xC2\x85", "a control character (U+0085) is in the text", 2, 4, 1);
	assert_no_open(state, "a\v", "a control character (U+000B) is in the text", 1, 2, 0);
}

static void control_character_is_found_at_every_offset(void **state)
{
	char text[200];
	for (size_t at = 0; at < sizeof(text); at++) {
		memset(text, 'x', sizeof(text));
		text[at] = '\x01';
		assert_no_open_bytes(
		    state, text, sizeof(text), "a control character (U+0001) is in the text", 1, (long)at + 1, 0);
	}
}

static void cells_of_every_length_are_cut(void **state)
{
	enum { MOST = 40 };
	for (size_t first = 0; first < MOST; first++) {
		for (size_t second = 0; second < MOST; second++) {
			char text[2 * MOST + 16] = "a,b\n";
			char cells[2 * MOST + 16] = "";
			memset(text + 4, 'x', first);
			text[4 + first] = ',';
			memset(text + 5 + first, '\xC3', second);
			for (size_t i = 0; i + 1 < second; i += 2)
				text[6 + first + i] = '\xA9';
			if (second % 2)
				text[4 + first + second] = 'y';
			memcpy(cells, text + 4, first + second + 1);
			cells[first] = '|';
			struct csv c;
			open_text(&c, state, text);
			assert_next(&c, cells);
			assert_false(next(&c));
			csv_close(&c);
		}
	}
}

static void row_of_100000_cells_is_read(void **state)
{
	enum { CELLS = 100000 };
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (int row = 0; row < 2; row++) {
		for (int i = 0; i < CELLS; i++)
			mentor_buf_fmt(&b, "%s%d", i ? "," : "", i);
		mentor_buf_char(&b, '\n');
	}
	struct csv c;
	open_text(&c, state, mentor_buf_text(&b));
	assert_int_equal(c.n_headings, CELLS);
	assert_int_equal(csv_find(&c, "99999", 1), CELLS - 1);
	assert_true(next(&c));
	assert_string_equal(c.cells[CELLS - 1], "99999");
	csv_close(&c);
	mentor_buf_free(&b);
}

static void more_than_a_million_cells_are_refused(void **state)
{
	enum { CELLS = 1000000 };
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (int i = 0; i < CELLS; i++)
		mentor_buf_char(&b, ';');
	assert_no_open(state, mentor_buf_text(&b), "this record has more than a million cells", 1, CELLS + 1, 0);
	mentor_buf_free(&b);
}

static void what_the_encoder_writes_reads_back(void **state)
{
	static const char *const cells[] = { "plain", "", " x ", "a,b", "\"", "\"\"", "one\ntwo", "é\"\n,;\t", "=1" };
	const size_t n = sizeof(cells) / sizeof(cells[0]);
	static const char delimiters[] = ",;\t|";
	for (const char *d = delimiters; *d; d++) {
		struct mentor_buf b = MENTOR_BUF_INIT;
		for (size_t row = 0; row < 2; row++)
			for (size_t i = 0; i < n; i++) {
				mentor_buf_csv(&b, cells[i], *d, false);
				mentor_buf_add(&b, i + 1 < n ? d : "\n", 1);
			}
		struct csv c;
		assert_int_equal(open_bytes(&c, state, mentor_buf_text(&b), b.len, *d), MENTOR_OK);
		assert_true(next(&c));
		for (size_t i = 0; i < n; i++)
			assert_string_equal(c.cells[i], cells[i]);
		csv_close(&c);
		mentor_buf_free(&b);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_context, free_context)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(records_are_read_with_line_and_row),
		TEST(every_kind_of_line_break_ends_a_record),
		TEST(empty_cells_are_kept),
		TEST(blanks_belong_to_the_cell),
		TEST(empty_lines_are_skipped_but_counted),
		TEST(quotes_hold_delimiters_quotes_and_line_breaks),
		TEST(lines_inside_quotes_are_counted),
		TEST(quote_inside_an_unquoted_cell_is_a_letter),
		TEST(byte_order_mark_is_passed_over),
		TEST(delimiter_is_the_most_frequent_in_the_heading),
		TEST(delimiter_can_be_given),
		TEST(impossible_delimiters_are_refused),
		TEST(headings_are_found_whatever_their_white_space),
		TEST(number_of_cells_must_be_that_of_the_heading),
		TEST(empty_cells_behind_the_last_heading_are_dropped),
		TEST(excels_own_first_line_names_the_delimiter),
		TEST(what_is_no_csv_at_all_is_told_by_its_beginning),
		TEST(reading_goes_on_after_a_record_of_wrong_length),
		TEST(unterminated_quote_names_where_it_opened),
		TEST(nothing_follows_an_unterminated_quote),
		TEST(text_behind_a_closing_quote_is_refused),
		TEST(blank_before_a_quote_is_refused),
		TEST(reading_goes_on_behind_the_line_of_a_bad_quote),
		TEST(empty_files_are_refused),
		TEST(utf16_is_recognised),
		TEST(windows_1252_is_recognised),
		TEST(bad_sequences_are_refused),
		TEST(nul_and_control_characters_are_refused),
		TEST(control_character_is_found_at_every_offset),
		TEST(cells_of_every_length_are_cut),
		TEST(row_of_100000_cells_is_read),
		TEST(more_than_a_million_cells_are_refused),
		TEST(what_the_encoder_writes_reads_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
