/* holiday.c (test): bank holidays of the three parts of the United Kingdom, against the dates that were published. */
#include "support.h"

#include <stdio.h>

#include "holiday.h"

/* All of a year, as published on www.gov.uk/bank-holidays. */
static void expect(enum holiday_region region, const char *year, const char *expected)
{
	struct mentor_buf found = MENTOR_BUF_INIT;
	char first[11], last[11], iso[11];
	int64_t day = 0, end = 0;
	snprintf(first, sizeof(first), "%s-01-01", year);
	snprintf(last, sizeof(last), "%s-12-31", year);
	assert_true(mentor_day_parse(first, &day) && mentor_day_parse(last, &end));
	for (; day <= end; day++)
		if (holiday_is(region, day)) {
			mentor_day_format(day, iso);
			mentor_buf_fmt(&found, "%s%s", found.len ? " " : "", iso + 5);
		}
	assert_string_equal(mentor_buf_text(&found), expected);
	mentor_buf_free(&found);
}

static void england_and_wales(void **state)
{
	(void)state;
	expect(HOLIDAY_ENGLAND_AND_WALES, "2019", "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26");
	expect(HOLIDAY_ENGLAND_AND_WALES, "2020", "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28");
	expect(HOLIDAY_ENGLAND_AND_WALES, "2021", "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28");
	expect(HOLIDAY_ENGLAND_AND_WALES, "2022", "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27");
	expect(HOLIDAY_ENGLAND_AND_WALES, "2023", "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26");
	expect(HOLIDAY_ENGLAND_AND_WALES, "2026", "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
	expect(HOLIDAY_ENGLAND_AND_WALES, "2027", "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
}

static void scotland(void **state)
{
	(void)state;
	expect(HOLIDAY_SCOTLAND, "2021", "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28");
	expect(HOLIDAY_SCOTLAND, "2022", "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27");
	expect(HOLIDAY_SCOTLAND, "2023", "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26");
	expect(HOLIDAY_SCOTLAND, "2024", "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26");
}

static void northern_ireland(void **state)
{
	(void)state;
	expect(HOLIDAY_NORTHERN_IRELAND, "2020", "01-01 03-17 04-10 04-13 05-08 05-25 07-13 08-31 12-25 12-28");
	expect(HOLIDAY_NORTHERN_IRELAND, "2024", "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26");
	expect(HOLIDAY_NORTHERN_IRELAND, "2026", "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28");
}

static void elsewhere_there_are_none(void **state)
{
	(void)state;
	expect(HOLIDAY_NONE, "2026", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(england_and_wales),
		cmocka_unit_test(scotland),
		cmocka_unit_test(northern_ireland),
		cmocka_unit_test(elsewhere_there_are_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
