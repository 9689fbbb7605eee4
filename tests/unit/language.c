/* language.c (test): days, names and sides in English and Welsh, and which wording of a template is taken. */
#include "support.h"

#include "language.h"

#include <stdio.h>

static void expect_day(int64_t language, const char *iso, const char *words)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	language_day(&b, language, iso);
	assert_string_equal(mentor_buf_text(&b), words);
	mentor_buf_free(&b);
}

static void days_are_written_in_either_language(void **state)
{
	static const char *const welsh[] = { "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr" };
	char iso[32], words[64];
	(void)state;
	expect_day(MENTOR_LANGUAGE_EN, "2026-11-26", "26 November 2026");
	expect_day(MENTOR_NONE, "2026-11-26", "26 November 2026");
	expect_day(MENTOR_LANGUAGE_CY, "2026-11-26", "26 Tachwedd 2026");
	for (int i = 0; i < 12; i++) {
		snprintf(iso, sizeof(iso), "2026-%02d-01", i + 1);
		snprintf(words, sizeof(words), "1 %s 2026", welsh[i]);
		expect_day(MENTOR_LANGUAGE_CY, iso, words);
	}
	expect_day(MENTOR_LANGUAGE_CY, "soon", "soon");
	expect_day(MENTOR_LANGUAGE_CY, NULL, "");
}

static void names_are_joined_as_the_second_wants_it(void **state)
{
	static const struct {
		const char *name, *joined;
	} rows[] = { { "Bob", "Siân a Bob" }, { "Ann", "Siân ac Ann" }, { "Ioan", "Siân ac Ioan" }, { "Ynyr", "Siân ac Ynyr" }, { "Yasmin", "Siân a Yasmin" },
		{ "Wyn", "Siân a Wyn" } };
	struct mentor_buf b = MENTOR_BUF_INIT;
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		mentor_buf_clear(&b);
		language_names(&b, MENTOR_LANGUAGE_CY, "Siân", rows[i].name);
		assert_string_equal(mentor_buf_text(&b), rows[i].joined);
	}
	mentor_buf_clear(&b);
	language_names(&b, MENTOR_NONE, "Siân", "Ann");
	assert_string_equal(mentor_buf_text(&b), "Siân and Ann");
	mentor_buf_free(&b);
}

static void sides_have_their_usual_names_or_those_of_the_programme(void **state)
{
	(void)state;
	assert_string_equal(language_side(MENTOR_LANGUAGE_EN, "mentee", "dysgwr"), "mentee");
	assert_string_equal(language_side(MENTOR_LANGUAGE_CY, "mentee", "dysgwr"), "dysgwr");
	assert_string_equal(language_side(MENTOR_LANGUAGE_CY, "mentee", NULL), "mentorai");
	assert_string_equal(language_side(MENTOR_LANGUAGE_CY, "mentor", NULL), "mentor");
	assert_string_equal(language_side(MENTOR_LANGUAGE_CY, "guide", NULL), "guide");
}

static void what_is_not_translated_is_in_english(void **state)
{
	const struct def_template both = { .subject = "s", .text = "t", .cy = { "S", "T" } }, one = { .subject = "s", .text = "t" };
	int64_t language = MENTOR_LANGUAGE_CY;
	(void)state;
	assert_string_equal(language_wording(&both, &language).text, "T");
	assert_int_equal(language, MENTOR_LANGUAGE_CY);
	assert_string_equal(language_wording(&one, &language).text, "t");
	assert_int_equal(language, MENTOR_LANGUAGE_EN);
	assert_string_equal(language_wording(&both, &language).subject, "s");
	language = MENTOR_NONE;
	assert_string_equal(language_wording(&both, &language).text, "t");
	assert_int_equal(language, MENTOR_LANGUAGE_EN);
}

static void every_phrase_is_there_in_both(void **state)
{
	(void)state;
	for (int i = 0; i < PHRASES; i++)
		for (int64_t language = MENTOR_LANGUAGE_EN; language <= MENTOR_LANGUAGE_CY; language++) {
			const char *text = language_say(language, (enum phrase)i);
			assert_non_null(text);
			assert_true(*text && mentor_utf8_valid(text, strlen(text), NULL));
		}
}

static void a_person_has_one_or_english(void **state)
{
	struct mentor *m = support_cohort();
	int64_t language = MENTOR_NONE;
	(void)state;
	support_sql(m, "INSERT INTO person (email, name, language) VALUES ('a@example.org', 'A', 'cy'), ('b@example.org', 'B', 'en'), ('c@example.org', 'C', NULL)");
	static const int64_t expected[] = { MENTOR_LANGUAGE_CY, MENTOR_LANGUAGE_EN, MENTOR_LANGUAGE_EN, MENTOR_LANGUAGE_EN };
	for (int64_t id = 1; id <= 4; id++) {
		assert_int_equal(language_of(m, id, &language), MENTOR_OK);
		assert_int_equal(language, expected[id - 1]);
	}
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_written_in_either_language),
		cmocka_unit_test(names_are_joined_as_the_second_wants_it),
		cmocka_unit_test(sides_have_their_usual_names_or_those_of_the_programme),
		cmocka_unit_test(what_is_not_translated_is_in_english),
		cmocka_unit_test(every_phrase_is_there_in_both),
		cmocka_unit_test(a_person_has_one_or_english),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
