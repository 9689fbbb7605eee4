/* zone.c (test): what clocks show, across changes of the clocks and beyond the table of the tz database. */
#include "support_event.h"

#include "zone.h"

#include <stdlib.h>
#include <time.h>

static struct mentor *m;

static int set_up(void **state)
{
	(void)state;
	m = mentor_new();
	assert_non_null(m);
	support_zones(m);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	mentor_free(m);
	return 0;
}

/* The instant of a time on a day in a zone, and how often clocks show it. */
static void shows(const char *name, const char *day_text, int64_t hour, int64_t minute, enum zone_shown how, const char *wanted)
{
	struct zone *z = NULL;
	int64_t day = 0, instant = 0;
	char text[32];
	assert_int_equal(zone_load(m, name, &z), MENTOR_OK);
	assert_true(mentor_day_parse(day_text, &day));
	assert_int_equal(zone_instant(z, day, hour * 60 + minute, &instant), how);
	zone_write_instant(instant, text);
	assert_string_equal(text, wanted);
	zone_free(z);
}

static void london_is_an_hour_ahead_in_summer(void **state)
{
	(void)state;
	shows("Europe/London", "2026-01-15", 14, 0, ZONE_ONCE, "2026-01-15T14:00:00Z");
	shows("Europe/London", "2026-07-12", 14, 0, ZONE_ONCE, "2026-07-12T13:00:00Z");
	shows("Europe/London", "2026-03-29", 0, 59, ZONE_ONCE, "2026-03-29T00:59:00Z");
	shows("Europe/London", "2026-03-29", 2, 0, ZONE_ONCE, "2026-03-29T01:00:00Z");
	shows("Europe/London", "2026-10-25", 2, 0, ZONE_ONCE, "2026-10-25T02:00:00Z");
	shows("Europe/London", "2026-10-25", 0, 59, ZONE_ONCE, "2026-10-24T23:59:00Z");
}

static void the_hour_that_is_left_out_and_the_one_that_comes_twice_are_noticed(void **state)
{
	(void)state;
	shows("Europe/London", "2026-03-29", 1, 30, ZONE_NEVER, "2026-03-29T01:30:00Z");
	shows("Europe/London", "2026-10-25", 1, 30, ZONE_TWICE, "2026-10-25T00:30:00Z");
	shows("Australia/Lord_Howe", "2026-10-04", 2, 15, ZONE_NEVER, "2026-10-03T15:45:00Z"); /* half an hour only */
}

static void the_rule_goes_on_behind_the_table(void **state)
{
	(void)state;
	shows("Europe/London", "2090-07-01", 12, 0, ZONE_ONCE, "2090-07-01T11:00:00Z");
	shows("Europe/London", "2090-12-01", 12, 0, ZONE_ONCE, "2090-12-01T12:00:00Z");
	shows("Australia/Sydney", "2090-01-01", 12, 0, ZONE_ONCE, "2090-01-01T01:00:00Z"); /* summer over the turn of the year */
	shows("Asia/Kolkata", "2090-07-01", 12, 0, ZONE_ONCE, "2090-07-01T06:30:00Z");
	shows("Africa/Casablanca", "2026-07-01", 12, 0, ZONE_ONCE, "2026-07-01T11:00:00Z");
	shows("UTC", "2026-07-01", 12, 0, ZONE_ONCE, "2026-07-01T12:00:00Z");
}

static void what_held_long_ago_is_known(void **state)
{
	(void)state;
	shows("Europe/London", "1970-06-01", 12, 0, ZONE_ONCE, "1970-06-01T11:00:00Z"); /* summer time all year round, 1968 to 1971 */
	shows("Europe/London", "1970-01-01", 0, 0, ZONE_ONCE, "1969-12-31T23:00:00Z");
	shows("Europe/London", "1944-07-01", 12, 0, ZONE_ONCE, "1944-07-01T10:00:00Z"); /* double summer time */
}

/* The C library has the same file and its own way to read it. */
static void every_month_agrees_with_the_c_library(void **state)
{
	static const char *const names[] = { "Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kathmandu", "America/St_Johns", "Africa/Cairo" };
	(void)state;
	for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++) {
		struct zone *z = NULL;
		assert_int_equal(zone_load(m, names[n], &z), MENTOR_OK);
		assert_int_equal(setenv("TZ", names[n], 1), 0);
		tzset();
		for (int64_t t = INT64_C(-1000000000); t < INT64_C(4000000000); t += 86400 * 9 + 3607) {
			time_t at = (time_t)t;
			struct tm here, there;
			assert_non_null(localtime_r(&at, &here));
			struct zone_span span = zone_at(z, t);
			time_t shifted = (time_t)(t + span.offset);
			assert_non_null(gmtime_r(&shifted, &there));
			if (here.tm_hour != there.tm_hour || here.tm_min != there.tm_min || here.tm_mday != there.tm_mday || (here.tm_isdst > 0) != span.summer)
				fail_msg("%s at %lld: %02d:%02d and %02d:%02d", names[n], (long long)t, here.tm_hour, here.tm_min, there.tm_hour, there.tm_min);
		}
		zone_free(z);
	}
	unsetenv("TZ");
}

static void changes_follow_one_another(void **state)
{
	struct zone *z = NULL;
	struct zone_span span = { 0 };
	char text[32];
	(void)state;
	assert_int_equal(zone_load(m, "Europe/London", &z), MENTOR_OK);
	assert_true(zone_next(z, INT64_C(1767225600), &span)); /* 1 January 2026 */
	zone_write_instant(span.from, text);
	assert_string_equal(text, "2026-03-29T01:00:00Z");
	assert_string_equal(span.letters, "BST");
	assert_true(zone_next(z, span.from, &span));
	zone_write_instant(span.from, text);
	assert_string_equal(text, "2026-10-25T01:00:00Z");
	assert_string_equal(span.letters, "GMT");
	assert_true(zone_next(z, INT64_C(3786912000), &span)); /* 1 January 2090 */
	zone_write_instant(span.from, text);
	assert_string_equal(text, "2090-03-26T01:00:00Z");
	zone_free(z);
	assert_int_equal(zone_load(m, "Asia/Kolkata", &z), MENTOR_OK);
	assert_false(zone_next(z, INT64_C(1767225600), &span));
	zone_free(z);
}

static void names_that_lead_nowhere_are_refused(void **state)
{
	struct zone *z = NULL;
	static const char *const names[] = { "Europe/Londn", "", "/etc/passwd", "Europe/London ", "Europe;London" };
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		support_event_failed(m, zone_load(m, names[i], &z), MENTOR_INVALID, "there is no time zone");
	support_event_failed(m, zone_load(m, "Test/Damaged", &z), MENTOR_FAILED, "damaged");
	mentor_set_zones(m, NULL, NULL);
	support_event_failed(m, zone_load(m, "Europe/London", &z), MENTOR_FAILED, "cannot be read");
	assert_null(z);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(london_is_an_hour_ahead_in_summer),
		TEST(the_hour_that_is_left_out_and_the_one_that_comes_twice_are_noticed),
		TEST(the_rule_goes_on_behind_the_table),
		TEST(what_held_long_ago_is_known),
		TEST(every_month_agrees_with_the_c_library),
		TEST(changes_follow_one_another),
		TEST(names_that_lead_nowhere_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
