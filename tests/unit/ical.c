/* ical.c (test): lines that are folded and cut no character, texts in which nothing ends a line, zones with and without a rule. */
#include "support_event.h"

#include "ical.h"

#include <stdlib.h>

static const struct ical_event usual = { .uid = "key@example.org",
	.sequence = 3,
	.stamp = "2026-03-02T12:00:05Z",
	.changed_at = "2026-03-01T12:00:00Z",
	.date = "2026-07-12",
	.start = "14:00",
	.until = "16:00",
	.zone = "Europe/London",
	.summary = "Induction",
	.location = "Room 1",
	.organizer = { "Desk", "desk@example.org" } };

static char *written(const struct ical_event *e)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	ical_event(&b, e);
	assert_false(b.failed);
	return b.data;
}

static void an_event_is_exactly_this(void **state)
{
	struct ical_event e = usual;
	char *text = written(&e);
	(void)state;
	assert_string_equal(text, "BEGIN:VEVENT\r\nUID:key@example.org\r\nSEQUENCE:3\r\nDTSTAMP:20260302T120005Z\r\nLAST-MODIFIED:20260301T120000Z\r\n"
				  "DTSTART;TZID=Europe/London:20260712T140000\r\nDTEND;TZID=Europe/London:20260712T160000\r\nSUMMARY:Induction\r\n"
				  "LOCATION:Room 1\r\nSTATUS:CONFIRMED\r\nCLASS:PRIVATE\r\nORGANIZER;CN=\"Desk\":mailto:desk@example.org\r\nEND:VEVENT\r\n");
	free(text);
	e.start = e.until = NULL;
	e.cancelled = true;
	text = written(&e);
	assert_non_null(strstr(text, "\r\nDTSTART;VALUE=DATE:20260712\r\nSUMMARY"));
	assert_non_null(strstr(text, "\r\nSTATUS:CANCELLED\r\n"));
	free(text);
}

static void nothing_breaks_out_of_a_text_a_name_or_an_address(void **state)
{
	struct ical_event e = usual;
	(void)state;
	e.summary = "a;b,c\\d\r\nEND:VEVENT\x01\tz";
	e.attendee = (struct ical_person){ "O\"Brien;\r\nX:1", "o'b%+&@example.org" };
	char *text = written(&e);
	assert_non_null(strstr(text, "\r\nSUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\tz\r\n"));
	assert_non_null(strstr(text, "\r\n TRUE;CN=\"O'Brien;X:1\":mailto:o'b%25+%26@example.org\r\n"));
	assert_null(strstr(text, "\r\nX:1"));
	free(text);
}

static void lines_have_at_most_75_octets_and_cut_no_character(void **state)
{
	struct mentor_buf long_text = MENTOR_BUF_INIT;
	(void)state;
	for (int shift = 0; shift < 4; shift++) {
		mentor_buf_clear(&long_text);
		mentor_buf_add(&long_text, "xxxx", (size_t)shift);
		for (int i = 0; i < 100; i++)
			mentor_buf_str(&long_text, "\xE6\x97\xA5\xF0\x9F\x98\x80\xC3\xA9");
		struct ical_event e = usual;
		e.description = mentor_buf_text(&long_text);
		char *text = written(&e);
		size_t longest = 0, lines = 0;
		for (const char *p = text; *p; lines++) {
			size_t n = (size_t)(strstr(p, "\r\n") - p);
			assert_true(n <= 75);
			assert_true(mentor_utf8_valid(p, n, NULL));
			longest = n > longest ? n : longest;
			p += n + 2;
		}
		assert_true(longest > 71);
		assert_true(lines > 20);
		free(text);
	}
	mentor_buf_free(&long_text);
}

static void zone_is(const char *name, const char *day, const char *until, const char *wanted)
{
	struct mentor *m = mentor_new();
	struct zone *z = NULL;
	struct mentor_buf b = MENTOR_BUF_INIT;
	int64_t from = 0, to = 0;
	support_zones(m);
	assert_int_equal(zone_load(m, name, &z), MENTOR_OK);
	assert_true(mentor_day_parse(day, &from) && mentor_day_parse(until, &to));
	ical_zone(&b, z, name, from * 86400, to * 86400);
	assert_string_equal(mentor_buf_text(&b), wanted);
	mentor_buf_free(&b);
	zone_free(z);
	mentor_free(m);
}

static void a_zone_with_a_rule_is_told_by_it(void **state)
{
	(void)state;
	zone_is("Europe/London", "2026-07-12", "2036-07-12",
	    "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n"
	    "BEGIN:DAYLIGHT\r\nDTSTART:20260329T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nEND:DAYLIGHT\r\n"
	    "BEGIN:STANDARD\r\nDTSTART:20261025T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\nEND:STANDARD\r\n"
	    "END:VTIMEZONE\r\n");
}

static void a_zone_without_one_is_told_change_by_change(void **state)
{
	(void)state;
	zone_is("Asia/Kolkata", "2026-07-12", "2036-07-12",
	    "BEGIN:VTIMEZONE\r\nTZID:Asia/Kolkata\r\nBEGIN:STANDARD\r\nDTSTART:19451015T000000\r\nTZOFFSETFROM:+0630\r\nTZOFFSETTO:+0530\r\nTZNAME:IST\r\nEND:STANDARD\r\n"
	    "END:VTIMEZONE\r\n");
	/* London went to summer time early in 1968 and stayed there until 1971: no rule of today says so */
	zone_is("Europe/London", "1968-01-15", "1968-12-01",
	    "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\nBEGIN:STANDARD\r\nDTSTART:19671029T030000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\nEND:STANDARD\r\n"
	    "BEGIN:DAYLIGHT\r\nDTSTART:19680218T020000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nEND:DAYLIGHT\r\n"
	    "BEGIN:STANDARD\r\nDTSTART:19681027T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nTZNAME:BST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n");
	zone_is("UTC", "2026-07-12", "2026-07-12",
	    "BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_is_exactly_this),
		cmocka_unit_test(nothing_breaks_out_of_a_text_a_name_or_an_address),
		cmocka_unit_test(lines_have_at_most_75_octets_and_cut_no_character),
		cmocka_unit_test(a_zone_with_a_rule_is_told_by_it),
		cmocka_unit_test(a_zone_without_one_is_told_change_by_change),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
