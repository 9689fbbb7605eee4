/* field.c (test): reading values as people write them, and writing them back. */
#include "support.h"

struct row {
	int64_t number;
	const char *text;
};

static const char *const choices[] = { "mentor", "mentee", "either", NULL };

static enum mentor_status read(struct mentor *m, enum mentor_type type, const char *text, struct row *ret)
{
	struct mentor_field f = { .name = "x", .type = type, .choices = choices, .minimum = 0, .maximum = 0, .offset = offsetof(struct row, number) };
	if (mentor_field_is_text(&f))
		f.offset = offsetof(struct row, text);
	return mentor_field_read(m, &f, text, ret);
}

static void good_values_are_read(void **state)
{
	static const struct {
		enum mentor_type type;
		const char *text, *kept;
		int64_t number;
	} good[] = {
		{ MENTOR_TYPE_INT, "0", NULL, 0 },
		{ MENTOR_TYPE_INT, "1000000000", NULL, 1000000000 },
		{ MENTOR_TYPE_BOOL, "yes", NULL, 1 },
		{ MENTOR_TYPE_BOOL, "false", NULL, 0 },
		{ MENTOR_TYPE_CHOICE, "either", NULL, 2 },
		{ MENTOR_TYPE_DAY, "2028-02-29", "2028-02-29", 0 },
		{ MENTOR_TYPE_CLOCK, "09:05", "09:05", 0 },
		{ MENTOR_TYPE_TIME, "2026-03-29T02:30:00+01:00", "2026-03-29T01:30:00Z", 0 },
		{ MENTOR_TYPE_CENTI, "3", NULL, 300 },
		{ MENTOR_TYPE_CENTI, "3.5", NULL, 350 },
		{ MENTOR_TYPE_CENTI, "3.50", NULL, 350 },
		{ MENTOR_TYPE_CENTI, "-0.05", NULL, -5 },
		{ MENTOR_TYPE_CENTI, "9999999999.99", NULL, 999999999999 },
		{ MENTOR_TYPE_EMAIL, "Neil.Ann@Example.ORG", "neil.ann@example.org", 0 },
		{ MENTOR_TYPE_EMAIL, "Jürgen@STRASSE.example", "jürgen@strasse.example", 0 },
		{ MENTOR_TYPE_NOTE, "\xe2\x80\xab" "a" "\xe2\x80\xac", "\xe2\x80\xab" "a" "\xe2\x80\xac", 0 },
		{ MENTOR_TYPE_TEXT, "a\xe2\x80\x8e\xe2\x80\xaf", "a\xe2\x80\x8e\xe2\x80\xaf", 0 }, /* a mark and a narrow blank turn nothing */
		{ MENTOR_TYPE_SLUG, "spring-2026", "spring-2026", 0 },
		{ MENTOR_TYPE_LIST, " a ; b;;c;", "a\nb\nc", 0 },
		{ MENTOR_TYPE_NOTE, "two\nlines\there", "two\nlines\there", 0 },
		{ MENTOR_TYPE_TEXT, "Zoë Nuñez 日本", "Zoë Nuñez 日本", 0 },
	};
	struct mentor *m = mentor_new();
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct row r = { 0 };
		if (read(m, good[i].type, good[i].text, &r))
			fail_msg("%s: %s", good[i].text, mentor_error(m)->message);
		if (good[i].kept)
			assert_string_equal(r.text, good[i].kept);
		else
			assert_int_equal(r.number, good[i].number);
	}
	mentor_free(m);
}

#define TURNS "the text holds an invisible character that turns the direction of writing"

static void bad_values_are_refused_and_say_what_was_wanted(void **state)
{
	static const struct {
		enum mentor_type type;
		const char *text, *message;
	} bad[] = {
		{ MENTOR_TYPE_INT, "12x", "'12x' is not a whole number from 0 to 1000000000" },
		{ MENTOR_TYPE_INT, "-1", "'-1' is not a whole number from 0 to 1000000000" },
		{ MENTOR_TYPE_INT, "99999999999999999999", "'99999999999999999999' is not a whole number from 0 to 1000000000" },
		{ MENTOR_TYPE_INT, " 5", "' 5' is not a whole number from 0 to 1000000000" },
		{ MENTOR_TYPE_BOOL, "NO", "'NO' is not yes or no" },
		{ MENTOR_TYPE_CHOICE, "mentr", "'mentr' is not mentor, mentee or either" },
		{ MENTOR_TYPE_DAY, "2026-02-29", "'2026-02-29' is not a day" },
		{ MENTOR_TYPE_DAY, "1/2/2026", "'1/2/2026' is not a day" },
		{ MENTOR_TYPE_CLOCK, "24:00", "'24:00' is not a time of day" },
		{ MENTOR_TYPE_EMAIL, "ann", "'ann' is not an e-mail address" },
		{ MENTOR_TYPE_EMAIL, "-ann@example.org", "'-ann@example.org' is not an e-mail address" },
		{ MENTOR_TYPE_EMAIL, "a@b@c", "'a@b@c' is not an e-mail address" },
		{ MENTOR_TYPE_EMAIL, "a b@example.org", "'a b@example.org' is not an e-mail address" },
		{ MENTOR_TYPE_EMAIL, "a\xcd\xbe" "b@example.org", "'a\xcd\xbe" "b@example.org' is not an e-mail address" }, /* folds to a ; */
		{ MENTOR_TYPE_EMAIL, "ann\xff@example.org", "the text is not UTF-8" },
		{ MENTOR_TYPE_EMAIL, "ann\xc2\x9b@example.org", "the text holds a control character" },
		{ MENTOR_TYPE_EMAIL, "ann\x7f@example.org", "the text holds a control character" },
		{ MENTOR_TYPE_EMAIL, "ann\xe2\x80\xae@example.org", TURNS },
		{ MENTOR_TYPE_TEXT, "\xe2\x80\xaa" "Ann", TURNS },
		{ MENTOR_TYPE_TEXT, "Ann\xe2\x81\xa9", TURNS },
		{ MENTOR_TYPE_LIST, "a;\xe2\x81\xa6" "b", TURNS },
		{ MENTOR_TYPE_CENTI, "3.505", "'3.505' is not a number with at most two decimals" },
		{ MENTOR_TYPE_CENTI, "3.", "'3.' is not a number with at most two decimals" },
		{ MENTOR_TYPE_CENTI, ".5", "'.5' is not a number with at most two decimals" },
		{ MENTOR_TYPE_CENTI, "-", "'-' is not a number with at most two decimals" },
		{ MENTOR_TYPE_CENTI, "1e3", "'1e3' is not a number with at most two decimals" },
		{ MENTOR_TYPE_CENTI, "3,5", "'3,5' is not a number with at most two decimals" },
		{ MENTOR_TYPE_CENTI, "12345678901", "'12345678901' is not a number with at most two decimals" },
		{ MENTOR_TYPE_SLUG, "Spring", "'Spring' is not a short name" },
		{ MENTOR_TYPE_TEXT, "a\nb", "the text holds a control character" },
		{ MENTOR_TYPE_TEXT, "a\x1b[31m", "the text holds a control character" },
		{ MENTOR_TYPE_TEXT, "\xc2\x9b", "the text holds a control character" },
		{ MENTOR_TYPE_TEXT, "\xff", "the text is not UTF-8" },
	};
	struct mentor *m = mentor_new();
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct row r = { 0 };
		assert_int_equal(read(m, bad[i].type, bad[i].text, &r), MENTOR_INVALID);
		assert_string_equal(mentor_error(m)->message, bad[i].message);
	}
	mentor_free(m);
}

/* U+1F82 takes three bytes as it is and five when folded. */
static void an_address_is_measured_as_it_is_kept(void **state)
{
	struct mentor *m = mentor_new();
	struct mentor_buf b = MENTOR_BUF_INIT;
	struct row r = { 0 };
	(void)state;
	for (int i = 0; i < 80; i++)
		mentor_buf_str(&b, "\xe1\xbe\x82");
	mentor_buf_str(&b, "@a.org");
	assert_true(b.len <= 254);
	assert_int_equal(read(m, MENTOR_TYPE_EMAIL, mentor_buf_text(&b), &r), MENTOR_INVALID);
	assert_null(r.text);
	mentor_buf_free(&b);
	mentor_free(m);
}

static void a_slip_of_the_keyboard_gets_a_hint(void **state)
{
	struct mentor *m = mentor_new();
	struct row r;
	(void)state;
	assert_int_equal(read(m, MENTOR_TYPE_CHOICE, "mentr", &r), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->hint, "did you mean 'mentor'?");
	mentor_free(m);
}

static void an_empty_text_means_not_set(void **state)
{
	struct mentor *m = mentor_new();
	struct row r = { 7, "seven" };
	(void)state;
	assert_int_equal(read(m, MENTOR_TYPE_INT, "", &r), MENTOR_OK);
	assert_true(r.number == MENTOR_NONE);
	assert_int_equal(read(m, MENTOR_TYPE_TEXT, "", &r), MENTOR_OK);
	assert_null(r.text);
	mentor_free(m);
}

static void written(enum mentor_type type, int64_t number, const char *text, const char *plain, const char *json)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	struct row r = { number, text };
	struct mentor_field f = { .name = "x", .type = type, .choices = choices, .entity = "person", .offset = offsetof(struct row, number) };
	if (mentor_field_is_text(&f))
		f.offset = offsetof(struct row, text);
	mentor_field_write(&b, &f, &r);
	assert_string_equal(mentor_buf_text(&b), plain);
	mentor_buf_clear(&b);
	mentor_field_write_json(&b, &f, &r);
	assert_string_equal(mentor_buf_text(&b), json);
	mentor_buf_free(&b);
}

static void values_are_written_for_people_and_as_json(void **state)
{
	(void)state;
	written(MENTOR_TYPE_ID, 12, NULL, "p12", "\"p12\"");
	written(MENTOR_TYPE_REF, 0, NULL, "", "null");
	written(MENTOR_TYPE_INT, -3, NULL, "-3", "-3");
	written(MENTOR_TYPE_INT, MENTOR_NONE, NULL, "", "null");
	written(MENTOR_TYPE_INT, MENTOR_SUPPRESSED, NULL, "[c]", "null");
	written(MENTOR_TYPE_CENTI, -305, NULL, "-3.05", "-3.05");
	written(MENTOR_TYPE_CENTI, 7, NULL, "0.07", "0.07");
	written(MENTOR_TYPE_BOOL, 1, NULL, "yes", "true");
	written(MENTOR_TYPE_CHOICE, 1, NULL, "mentee", "\"mentee\"");
	written(MENTOR_TYPE_LIST, 0, "a\nb \"c\"", "a; b \"c\"", "[\"a\",\"b \\\"c\\\"\"]");
	written(MENTOR_TYPE_LIST, 0, NULL, "", "[]");
	written(MENTOR_TYPE_TEXT, 0, "=1+1", "=1+1", "\"=1+1\"");
}

static void hundredths_come_back_as_they_were_written(void **state)
{
	static const int64_t numbers[] = { 0, 7, -7, 100, -305, 350, 999999999999, -999999999999 };
	struct mentor *m = mentor_new();
	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		struct mentor_field f = { .name = "x", .type = MENTOR_TYPE_CENTI, .offset = offsetof(struct row, number) };
		struct mentor_buf b = MENTOR_BUF_INIT;
		struct row r = { numbers[i], NULL }, back = { 0 };
		mentor_field_write(&b, &f, &r);
		assert_int_equal(mentor_field_read(m, &f, mentor_buf_text(&b), &back), MENTOR_OK);
		assert_true(back.number == numbers[i]);
		mentor_buf_free(&b);
	}
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_values_are_read),
		cmocka_unit_test(bad_values_are_refused_and_say_what_was_wanted),
		cmocka_unit_test(a_slip_of_the_keyboard_gets_a_hint),
		cmocka_unit_test(an_empty_text_means_not_set),
		cmocka_unit_test(values_are_written_for_people_and_as_json),
		cmocka_unit_test(an_address_is_measured_as_it_is_kept),
		cmocka_unit_test(hundredths_come_back_as_they_were_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
