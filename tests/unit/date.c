/* date.c: tests of days, instants, clock times and the dates of forms. */
#include "date.h"

#include "mentor.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int64_t day_of(const char *text)
{
	int64_t day = 0;
	assert_true(mentor_day_parse(text, &day));
	return day;
}

static void days_count_from_1970(void **state)
{
	(void)state;
	assert_int_equal(day_of("1970-01-01"), 0);
	assert_int_equal(day_of("1969-12-31"), -1);
	assert_int_equal(day_of("1900-01-01"), -25567);
	assert_int_equal(day_of("2000-02-29"), 11016);
	assert_int_equal(day_of("2000-03-01"), 11017);
	assert_int_equal(day_of("2026-09-01"), 20697);
	assert_int_equal(day_of("2999-12-31"), 376199);
}

static void every_day_of_eleven_centuries_reads_back(void **state)
{
	(void)state;
	char before[11] = "";
	for (int64_t day = day_of("1900-01-01"); day <= day_of("2999-12-31"); day++) {
		char text[11];
		mentor_day_format(day, text);
		assert_int_equal(day_of(text), day);
		assert_true(strcmp(before, text) < 0);
		memcpy(before, text, sizeof(before));
	}
}

static void what_is_not_an_iso_day_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "2026", "2026-9-1", "2026-09-1", "26-09-01", "2026-09-01 ",
		" 2026-09-01", "2026-09-01T10:00:00Z", "2026/09/01", "2026-00-01", "2026-13-01", "2026-09-00",
		"2026-09-31", "2025-02-29", "1900-02-29", "2100-02-29", "1899-12-31", "3000-01-01", "02026-09-01",
		"2026-09-011", "2026-09-0a", "+026-09-01", "2026--9-01", "99999999999999999999-01-01" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		int64_t day = 77;
		assert_false(mentor_day_parse(bad[i], &day));
		assert_int_equal(day, 77);
	}
}

static void days_beyond_the_calendar_are_kept_within(void **state)
{
	(void)state;
	char text[11];
	mentor_day_format(INT64_MAX, text);
	assert_string_equal(text, "2999-12-31");
	mentor_day_format(INT64_MIN, text);
	assert_string_equal(text, "1900-01-01");
}

static void assert_months(const char *from, int months, const char *to)
{
	char text[11];
	mentor_day_format(mentor_day_add_months(day_of(from), months), text);
	assert_string_equal(text, to);
}

static void months_are_added_within_the_month(void **state)
{
	(void)state;
	assert_months("2026-01-31", 0, "2026-01-31");
	assert_months("2026-01-31", 1, "2026-02-28");
	assert_months("2028-01-31", 1, "2028-02-29");
	assert_months("2026-01-31", 2, "2026-03-31");
	assert_months("2026-08-31", 1, "2026-09-30");
	assert_months("2026-11-15", 2, "2027-01-15");
	assert_months("2026-01-15", -1, "2025-12-15");
	assert_months("2026-03-31", -1, "2026-02-28");
	assert_months("2024-02-29", 12, "2025-02-28");
	assert_months("2024-02-29", 48, "2028-02-29");
	assert_months("2026-01-01", -13, "2024-12-01");
	assert_months("2026-01-31", INT32_MAX, "2999-12-31");
	assert_months("2026-01-31", INT32_MIN, "1900-01-31");
}

static void assert_words(const char *day, const char *words)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_day_in_words(&b, day);
	assert_string_equal(mentor_buf_text(&b), words);
	mentor_buf_free(&b);
}

static void days_are_written_as_people_write_them(void **state)
{
	(void)state;
	assert_words("2026-07-12", "12 July 2026");
	assert_words("2026-01-01", "1 January 2026");
	assert_words("2026-12-31", "31 December 2026");
	assert_words("soon", "soon");
	assert_words("2026-02-30", "2026-02-30");
	assert_words("", "");
	assert_words(NULL, "");
}

static void assert_instant(const char *text, const char *instant)
{
	char out[32] = "untouched";
	assert_true(date_parse_instant(text, out));
	assert_string_equal(out, instant);
}

static void instants_are_brought_to_utc(void **state)
{
	(void)state;
	assert_instant("2026-09-01T09:30:00Z", "2026-09-01T09:30:00Z");
	assert_instant("2026-09-01t09:30:00z", "2026-09-01T09:30:00Z");
	assert_instant("2026-09-01 09:30:00Z", "2026-09-01T09:30:00Z");
	assert_instant("2026-09-01T09:30:00.999Z", "2026-09-01T09:30:00Z");
	assert_instant("2026-09-01T09:30:00+01:00", "2026-09-01T08:30:00Z");
	assert_instant("2026-09-01T00:30:00+01:00", "2026-08-31T23:30:00Z");
	assert_instant("2026-12-31T23:30:59-00:45", "2027-01-01T00:15:59Z");
	assert_instant("2024-02-29T23:59:59-23:59", "2024-03-01T23:58:59Z");
	assert_instant("1969-12-31T23:59:00-00:00", "1969-12-31T23:59:00Z");
	assert_instant("1960-01-01T00:00:00+14:00", "1959-12-31T10:00:00Z");
	assert_instant("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
}

static void plain_day_is_noon(void **state)
{
	(void)state;
	assert_instant("2026-09-01", "2026-09-01T12:00:00Z");
}

static void what_is_not_an_instant_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "now", "2026-09-01T", "2026-09-01T09:30", "2026-09-01T09:30Z",
		"2026-09-01T09:30:00", "2026-09-01T24:00:00Z", "2026-09-01T09:60:00Z", "2026-09-01T09:30:61Z",
		"2026-09-01T9:30:00Z", "2026-09-01T09:30:00.Z", "2026-09-01T09:30:00+1:00", "2026-09-01T09:30:00+0100",
		"2026-09-01T09:30:00+24:00", "2026-09-01T09:30:00+01:60", "2026-09-01T09:30:00Z ",
		"2026-02-30T09:30:00Z", "2026-09-01Z", "2999-12-31T23:59:00-01:00", "1900-01-01T00:00:00+00:01" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char out[32] = "untouched";
		assert_false(date_parse_instant(bad[i], out));
		assert_string_equal(out, "untouched");
	}
}

static void clock_times_are_strict(void **state)
{
	(void)state;
	static const char *const good[] = { "00:00", "09:05", "23:59" };
	static const char *const bad[] = { "", "9:05", "24:00", "23:60", "12:00 ", " 12:00", "12:00:00", "12.00",
		"1200", "12:0", "12:000", "ab:cd", "-1:00" };
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		char out[6] = "";
		assert_true(date_parse_clock(good[i], out));
		assert_string_equal(out, good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char out[6] = "x";
		assert_false(date_parse_clock(bad[i], out));
		assert_string_equal(out, "x");
	}
}

static void assert_form(const char *text, const char *order, const char *day)
{
	char out[11] = "";
	bool ambiguous = true;
	assert_true(date_parse_form(text, order, out, &ambiguous));
	assert_string_equal(out, day);
	assert_false(ambiguous);
}

static void assert_no_form(const char *text, const char *order, bool is_ambiguous)
{
	char out[11] = "untouched";
	bool ambiguous = !is_ambiguous;
	assert_false(date_parse_form(text, order, out, &ambiguous));
	assert_string_equal(out, "untouched");
	assert_int_equal(ambiguous, is_ambiguous);
}

static void year_in_front_needs_no_order(void **state)
{
	(void)state;
	assert_form("2026-09-27", NULL, "2026-09-27");
	assert_form("2026-09-27", "dmy", "2026-09-27");
	assert_form("2026-09-27T15:00:00Z", NULL, "2026-09-27");
	assert_form("2026-09-27T15:00:00.5+01:00", NULL, "2026-09-27");
	assert_form("2026-09-27 15:00", NULL, "2026-09-27");
	assert_form("2026/09/27 3:00:00 PM GMT+3", NULL, "2026-09-27");
	assert_form("2026/09/27 3:00:00 PM GMT+3", "mdy", "2026-09-27");
	assert_form("2026.9.7", NULL, "2026-09-07");
}

static void order_of_day_and_month_is_seen_when_only_one_fits(void **state)
{
	(void)state;
	assert_form("8/20/25 12:51:45", NULL, "2025-08-20");
	assert_form("20/8/25 12:51:45", NULL, "2025-08-20");
	assert_form("1/1/2026 10:00:00", NULL, "2026-01-01");
	assert_form("12.12.2026", NULL, "2026-12-12");
	assert_form("31-12-2026", NULL, "2026-12-31");
}

static void order_is_asked_for_when_both_fit(void **state)
{
	(void)state;
	assert_no_form("10/9/2024 11:02", NULL, true);
	assert_no_form("9/9/26 18:01", "ymd", false);
	assert_no_form("1/12/26", NULL, true);
	assert_form("9/9/26 18:01", NULL, "2026-09-09");
	assert_form("10/9/2024 11:02", "dmy", "2024-09-10");
	assert_form("10/9/2024 11:02", "mdy", "2024-10-09");
	assert_form("26/9/5", "ymd", "2026-09-05");
}

static void order_given_is_kept_to(void **state)
{
	(void)state;
	assert_no_form("8/20/25", "dmy", false);
	assert_no_form("20/8/25", "mdy", false);
	assert_no_form("10/9/2024", "ymd", false);
	assert_form("01.02.99", "dmy", "2099-02-01");
	assert_form("01-02-00", "mdy", "2000-01-02");
}

static void times_are_checked_and_dropped(void **state)
{
	(void)state;
	static const char *const good[] = { "0:00", "23:59:59", "12:00 AM", "12:00am", "1:05:09 pm", "10:00 Z",
		"10:00 UTC", "10:00 GMT", "10:00 GMT-11", "10:00 GMT+5:30", "10:00 +0530", "10:00:00.123",
		"10:00\xE2\x80\xAFPM", "10:00  " };
	static const char *const bad[] = { "24:00", "1", "1:5", "10:60", "10:00:61", "0:30 PM", "13:00 PM", "10:00 XM",
		"10:00 GMT+", "10:00 GMT+15", "10:00 +05:60", "10:00 +053", "10:00 CEST or so", "10:00.", "10:00:00.",
		":10", "10:00 +5:3" };
	char text[64];
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		(void)snprintf(text, sizeof(text), "27/9/2026 %s", good[i]);
		assert_form(text, NULL, "2026-09-27");
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		(void)snprintf(text, sizeof(text), "27/9/2026 %s", bad[i]);
		assert_no_form(text, NULL, false);
		(void)snprintf(text, sizeof(text), "7/9/2026 %s", bad[i]);
		assert_no_form(text, NULL, false);
	}
}

static void blanks_around_a_date_do_not_matter(void **state)
{
	(void)state;
	assert_form("  27/9/2026\t", NULL, "2026-09-27");
	assert_form("\xC2\xA0"
		    "27/9/2026, 15:00:00",
	    NULL, "2026-09-27");
}

static void what_is_not_a_date_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = { "", " ", "soon", "27", "27/9", "27/9/", "27/9-2026", "27//2026", "27 9 2026",
		"/9/2026", "27/9/226", "27/9/02026", "027/9/2026", "27/009/2026", "0/9/2026", "9/0/2026", "32/1/2026",
		"29/2/2025", "31/9/2026", "27/13/2026", "13/13/2026", "27/9/1899", "1/2/1899", "1/2/3000", "1/2/200",
		"27/9/2026x", "27/9/2026,", "27/9/2026, ", "27/9/2026T", "2026-09-27Z", "2026-9-31", "202-09-27",
		"20260927", "27 September 2026", "-1/9/2026", "46292" };
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_no_form(bad[i], NULL, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_count_from_1970),
		cmocka_unit_test(every_day_of_eleven_centuries_reads_back),
		cmocka_unit_test(what_is_not_an_iso_day_is_refused),
		cmocka_unit_test(days_beyond_the_calendar_are_kept_within),
		cmocka_unit_test(months_are_added_within_the_month),
		cmocka_unit_test(days_are_written_as_people_write_them),
		cmocka_unit_test(instants_are_brought_to_utc),
		cmocka_unit_test(plain_day_is_noon),
		cmocka_unit_test(what_is_not_an_instant_is_refused),
		cmocka_unit_test(clock_times_are_strict),
		cmocka_unit_test(year_in_front_needs_no_order),
		cmocka_unit_test(order_of_day_and_month_is_seen_when_only_one_fits),
		cmocka_unit_test(order_is_asked_for_when_both_fit),
		cmocka_unit_test(order_given_is_kept_to),
		cmocka_unit_test(times_are_checked_and_dropped),
		cmocka_unit_test(blanks_around_a_date_do_not_matter),
		cmocka_unit_test(what_is_not_a_date_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
