/* utf8.c: tests of checking, folding and comparing text. */
#include "mentor.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { UNTOUCHED = 12345 };

static void assert_valid(const char *text)
{
	size_t bad = UNTOUCHED;
	assert_true(mentor_utf8_valid(text, strlen(text), &bad));
	assert_int_equal(bad, UNTOUCHED);
}

static void assert_bad_at(const char *text, size_t len, size_t at)
{
	size_t bad = UNTOUCHED;
	assert_false(mentor_utf8_valid(text, len, &bad));
	assert_int_equal(bad, at);
	assert_false(mentor_utf8_valid(text, len, NULL));
}

static void ascii_and_every_sequence_length_are_valid(void **state)
{
	(void)state;
	assert_valid("");
	assert_valid("plain text that is longer than one word");
	assert_valid("\x01\t\n\x7f");
	assert_valid("\xC2\x80\xDF\xBF");
	assert_valid("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF");
	assert_valid("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
	assert_valid("Siân 日本 😀 and back to plain letters");
}

static void nul_is_not_text(void **state)
{
	(void)state;
	assert_bad_at("", 1, 0);
	assert_bad_at("ab\0cd", 5, 2);
	assert_bad_at("abcdefgh\0jklmnop", 16, 8);
	assert_bad_at("abcdefghijklmno\0", 16, 15);
}

static void overlong_forms_are_refused(void **state)
{
	(void)state;
	assert_bad_at("\xC0\x80", 2, 0);
	assert_bad_at("a\xC1\xBF", 3, 1);
	assert_bad_at("\xE0\x9F\xBF", 3, 0);
	assert_bad_at("\xF0\x8F\xBF\xBF", 4, 0);
}

static void surrogates_are_refused(void **state)
{
	(void)state;
	assert_bad_at("\xED\xA0\x80", 3, 0);
	assert_bad_at("xy\xED\xBF\xBF", 5, 2);
}

static void codes_beyond_unicode_are_refused(void **state)
{
	(void)state;
	assert_bad_at("\xF4\x90\x80\x80", 4, 0);
	assert_bad_at("\xF5\x80\x80\x80", 4, 0);
	assert_bad_at("\xF8\x88\x80\x80\x80", 5, 0);
	assert_bad_at("\xFF", 1, 0);
	assert_bad_at("\xFE", 1, 0);
}

static void lone_continuation_bytes_are_refused(void **state)
{
	(void)state;
	assert_bad_at("\x80", 1, 0);
	assert_bad_at("abcdefghij\xBF", 11, 10);
}

static void truncated_characters_are_refused(void **state)
{
	(void)state;
	static const char *const characters[] = { "\xC3\xA9", "\xE6\x97\xA5", "\xF0\x9F\x98\x80" };
	for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]); i++) {
		size_t len = strlen(characters[i]);
		for (size_t cut = 1; cut < len; cut++) {
			/* On the heap, so that a reading past the end is seen. */
			char *text = malloc(cut);
			assert_non_null(text);
			memcpy(text, characters[i], cut);
			assert_bad_at(text, cut, 0);
			free(text);
		}
	}
	assert_bad_at("\xC3(", 2, 0);
	assert_bad_at("\xE6\x97(", 3, 0);
	assert_bad_at("\xF0\x9F\x98(", 4, 0);
}

static void bad_byte_is_found_at_every_offset(void **state)
{
	(void)state;
	for (size_t len = 1; len < 40; len++) {
		for (size_t at = 0; at < len; at++) {
			char *text = malloc(len);
			assert_non_null(text);
			memset(text, 'a', len);
			assert_true(mentor_utf8_valid(text, len, NULL));
			text[at] = '\xFF';
			assert_bad_at(text, len, at);
			text[at] = '\0';
			assert_bad_at(text, len, at);
			free(text);
		}
	}
}

static void assert_fold(const char *text, const char *folded)
{
	char *got = mentor_utf8_fold(text);
	assert_non_null(got);
	assert_string_equal(got, folded);
	free(got);
}

static void folding_ignores_case(void **state)
{
	(void)state;
	assert_fold("", "");
	assert_fold("Mentor [AZaz]", "mentor [azaz]");
	assert_fold("STRASSE", "strasse");
	assert_fold("straße", "strasse");
	assert_fold("ÉCOLE", "école");
	assert_fold("ΣΊΣΥΦΟΣ", "σίσυφοσ");
	assert_fold("Σίσυφος", "σίσυφοσ");
}

static void a_capital_is_the_large_form_of_the_first_letter(void **state)
{
	static const char *const rows[][2] = { { "", "" }, { "partner", "Partner" }, { "Partner", "Partner" }, { "co-learner", "Co-learner" },
		{ "\xC3\xA9l\xC3\xA8ve", "\xC3\x89l\xC3\xA8ve" }, { "1st", "1st" }, { "\xE2\x82\xAC", "\xE2\x82\xAC" } };
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mentor_buf b = MENTOR_BUF_INIT;
		mentor_buf_capital(&b, rows[i][0]);
		assert_string_equal(mentor_buf_text(&b), rows[i][1]);
		mentor_buf_free(&b);
	}
}

static void folding_composes(void **state)
{
	(void)state;
	assert_fold("Sia\xCC\x82n", "si\xC3\xA2n");
	assert_fold("SI\xC3\x82N", "si\xC3\xA2n");
	/* Two marks below and above come in either order. */
	assert_fold("e\xCC\xA3\xCC\x81", "\xE1\xBA\xB9\xCC\x81");
	assert_fold("e\xCC\x81\xCC\xA3", "\xE1\xBA\xB9\xCC\x81");
}

static void folding_makes_plain_letters_of_full_width_ones(void **state)
{
	(void)state;
	assert_fold("\xEF\xBC\xA1\xEF\xBD\x82\xEF\xBC\xA0\xEF\xBC\x8E\xEF\xBC\x91", "ab@.1");
	assert_fold("\xEF\xBC\x81\xEF\xBD\x9E", "!~");		 /* first and last */
	assert_fold("\xEF\xBC\x80\xEF\xBD\x9F", "\xEF\xBC\x80\xEF\xBD\x9F"); /* their neighbours stay */
	assert_fold("\xEF\xBC\xA5\xCC\x88", "\xC3\xAB");		 /* E and a combining diaeresis */
	assert_fold("\xEF\xBC", "\xEF\xBC");			 /* cut off: not UTF-8, and still a key */
}

static void folding_twice_changes_nothing(void **state)
{
	(void)state;
	static const char *const texts[] = { "ÉCOLE straße", "İstanbul", "ﬁnance", "ǅ", "ᾳ" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char *once = mentor_utf8_fold(texts[i]);
		assert_non_null(once);
		assert_fold(once, once);
		free(once);
	}
}

static void folding_of_invalid_text_still_gives_a_key(void **state)
{
	(void)state;
	assert_fold("A\xFF", "a\xFF");
}

static const char *const commands[] = { "match", "remind", "report", "enrol", "pair", "db", "x", "", NULL };

static void slips_of_the_keyboard_are_near(void **state)
{
	(void)state;
	assert_string_equal(mentor_nearest("match", commands), "match");
	assert_string_equal(mentor_nearest("mathc", commands), "match");
	assert_string_equal(mentor_nearest("mtch", commands), "match");
	assert_string_equal(mentor_nearest("matchh", commands), "match");
	assert_string_equal(mentor_nearest("metch", commands), "match");
	assert_string_equal(mentor_nearest("raport", commands), "report");
	assert_string_equal(mentor_nearest("rpeotr", commands), "report");
	assert_string_equal(mentor_nearest("MATCH", commands), "match");
	assert_string_equal(mentor_nearest("enroll", commands), "enrol");
	assert_string_equal(mentor_nearest("bd", commands), "db");
}

static void other_words_are_not_near(void **state)
{
	(void)state;
	assert_null(mentor_nearest("cohort", commands));
	assert_null(mentor_nearest("", commands));
	assert_null(mentor_nearest("z", commands));
	assert_null(mentor_nearest("mxtxh", commands));
	const char *const none[] = { NULL };
	assert_null(mentor_nearest("match", none));
}

static void nearest_of_several_is_the_closest_then_the_first(void **state)
{
	(void)state;
	const char *const words[] = { "mentees", "mentor", "mentors", "mentor", NULL };
	assert_ptr_equal(mentor_nearest("mentors", words), words[2]);
	assert_ptr_equal(mentor_nearest("mentor", words), words[1]);
	assert_ptr_equal(mentor_nearest("mentorz", words), words[1]);
}

static void words_over_64_bytes_are_never_near(void **state)
{
	(void)state;
	char longest[65] = { 0 };
	char too_long[66] = { 0 };
	memset(longest, 'a', 64);
	memset(too_long, 'a', 65);
	const char *const words[] = { too_long, longest, NULL };
	assert_ptr_equal(mentor_nearest(longest, words), longest);
	assert_null(mentor_nearest(too_long, words));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii_and_every_sequence_length_are_valid),
		cmocka_unit_test(nul_is_not_text),
		cmocka_unit_test(overlong_forms_are_refused),
		cmocka_unit_test(surrogates_are_refused),
		cmocka_unit_test(codes_beyond_unicode_are_refused),
		cmocka_unit_test(lone_continuation_bytes_are_refused),
		cmocka_unit_test(truncated_characters_are_refused),
		cmocka_unit_test(bad_byte_is_found_at_every_offset),
		cmocka_unit_test(folding_ignores_case),
		cmocka_unit_test(a_capital_is_the_large_form_of_the_first_letter),
		cmocka_unit_test(folding_composes),
		cmocka_unit_test(folding_makes_plain_letters_of_full_width_ones),
		cmocka_unit_test(folding_twice_changes_nothing),
		cmocka_unit_test(folding_of_invalid_text_still_gives_a_key),
		cmocka_unit_test(slips_of_the_keyboard_are_near),
		cmocka_unit_test(other_words_are_not_near),
		cmocka_unit_test(nearest_of_several_is_the_closest_then_the_first),
		cmocka_unit_test(words_over_64_bytes_are_never_near),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
