/* attendance_import.c (test): attendance as Teams, Zoom and plain lists have it, and what is wrong with files. */
#include "support_event.h"

#include "attendance.h"

#include <stdio.h>

static enum mentor_status note(void *arg, const void *record)
{
	const struct mentor_event_noted *n = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 1024 - len, "%s %s %d%s%s;", n->change, n->name ? n->name : "-", n->minutes == MENTOR_NONE ? -1 : (int)n->minutes, n->reason ? " " : "",
	    n->reason ? n->reason : "");
	return MENTOR_OK;
}

static struct mentor_event_file file_of(const char *text, size_t len)
{
	return (struct mentor_event_file){ .name = "there.csv", .text = text, .len = len, .share = 50 };
}

static void import_is(struct mentor *m, const struct mentor_event_file *file, const char *wanted)
{
	char text[1024] = "";
	if (mentor_event_import(m, INDUCTION, file, note, text))
		fail_msg("%s", mentor_error(m)->message);
	assert_string_equal(text, wanted);
}

static struct mentor *on_the_day(void **state)
{
	support_now(*state, "2026-03-25T12:30:00Z");
	return *state;
}

/* As Teams saves it: UTF-16 with its mark, tabs, a summary above, and the same people once more below. */
static struct mentor_buf in_utf16(const char *text, bool big)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_add(&b, big ? "\xFE\xFF" : "\xFF\xFE", 2);
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		/* of what is not ASCII only the one character that the test has, U+1F600 */
		const char units[] = { 0x3D, (char)0xD8, 0x00, (char)0xDE };
		size_t n = *p < 0x80 ? 2 : 4;
		const char plain[] = { (char)*p, 0 };
		for (size_t i = 0; i < n; i++)
			mentor_buf_char(&b, (n == 4 ? units : plain)[big ? i ^ 1 : i]);
		p += *p < 0x80 ? 0 : 3;
	}
	return b;
}

static const char teams[] = "1. Summary\r\nMeeting title\tInduction\r\nAttended participants\t3\r\n\r\n2. Participants\r\n"
			    "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\r\n"
			    "Ann \xF0\x9F\x98\x80\t3/25/26, 9:58:00 AM\t3/25/26, 12:00:00 PM\t2h 2m 0s\tann@example.org\tann@example.org\tPresenter\r\n"
			    "Ben\t3/25/26, 10:00:00 AM\t3/25/26, 10:20:00 AM\t20m 10s\t\tBEN@example.org\tAttendee\r\n"
			    "\r\n3. In-Meeting Activities\r\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\r\n"
			    "Cat\tx\ty\t2h 0m 0s\tcat@example.org\tAttendee\r\n";

static void a_teams_report_is_read_in_either_order_of_bytes(void **state)
{
	struct mentor *m = on_the_day(state);
	for (int big = 0; big < 2; big++) {
		struct mentor_buf b = in_utf16(teams, big);
		const struct mentor_event_file file = file_of(b.data, b.len);
		import_is(m, &file, big ? "unchanged Ann 122;unchanged Ben 20;" : "attended Ann 122;absent Ben 20;");
		mentor_buf_free(&b);
	}
	support_people(m, INDUCTION, "Ann attended;Ben absent;Cat expected;Dan expected;");
}

static void minutes_of_several_joins_are_added_up(void **state)
{
	static const char zoom[] = "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
				   "123,Induction,3/25/2026 10:00,3/25/2026 12:00,eve@example.org,120,3\n\n"
				   "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
				   "Ann,ann@example.org,a,b,40,No\nBen,ben@example.org,a,b,59,No\nAnn,ANN@example.org,a,b,21,No\n";
	struct mentor *m = on_the_day(state);
	struct mentor_event_file file = file_of(zoom, strlen(zoom));
	import_is(m, &file, "attended Ann 61;absent Ben 59;");
	file.share = 40;
	import_is(m, &file, "unchanged Ann 61;attended Ben 59;");
	file.share = 100;
	import_is(m, &file, "unchanged Ann 61;unchanged Ben 59;"); /* what says more stays */
}

static void durations_come_in_many_forms(void **state)
{
	static const char list[] = "E-mail;Total time\nann@example.org;1:05:10\nann@example.org;0:05\nben@example.org;1 hr 5 min\ncat@example.org;62,5\ndan@example.org;\n";
	struct mentor *m = on_the_day(state);
	const struct mentor_event_file file = file_of(list, strlen(list));
	import_is(m, &file, "attended Ann 70;attended Ben 65;attended Cat 62;attended Dan -1;");
}

static void what_is_no_length_of_time_is_told(void **state)
{
	static const char *const wrong[] = { "9999999999999999999:00", "1:9999999999999999999", "99999999999999999", "1:", "1:2:3:4", "2 days" };
	struct mentor *m = on_the_day(state);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		char list[128], text[1024] = "";
		snprintf(list, sizeof(list), "Email,Minutes\nann@example.org,%s\n", wrong[i]);
		const struct mentor_event_file file = file_of(list, strlen(list));
		assert_int_equal(mentor_event_import(m, INDUCTION, &file, note, text), MENTOR_INVALID);
		assert_non_null(strstr(mentor_error(m)->problems[0].message, "is no length of time"));
	}
}

static void a_list_can_say_who_was_not_there_and_headings_can_be_named(void **state)
{
	static const char list[] = "Who,How long,Attended\nann@example.org,90,yes\nben@example.org,,No\n";
	struct mentor *m = on_the_day(state);
	struct mentor_event_file file = file_of(list, strlen(list));
	char text[1024] = "";
	support_event_failed(m, mentor_event_import(m, INDUCTION, &file, note, text), MENTOR_INVALID, "no line of the file has a heading of addresses");
	file.email = "who";
	file.minutes = "How much";
	support_event_failed(m, mentor_event_import(m, INDUCTION, &file, note, text), MENTOR_INVALID, "the heading is missing");
	file.minutes = "How long";
	import_is(m, &file, "attended Ann 90;absent Ben -1;");
}

static void every_problem_is_told_with_its_line_and_nothing_is_recorded(void **state)
{
	static const char list[] = "A title\n\nName,Email,Minutes\nAnn,ann@example.org,90\nGuest,guest@example.com,90\nZed,zed@example.org,90\nBen,ben@example.org,long\nNobody,,5\n";
	struct mentor *m = on_the_day(state);
	struct mentor_event_file file = file_of(list, strlen(list));
	char text[1024] = "";
	uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_event_import(m, INDUCTION, &file, note, text), MENTOR_INVALID);
	assert_int_equal(mentor_error(m)->n_problems, 4);
	assert_string_equal(mentor_error(m)->problems[0].message, "nobody in the store has this address");
	assert_int_equal(mentor_error(m)->problems[0].place.line, 5);
	assert_string_equal(mentor_error(m)->problems[1].message, "the event is not for this person");
	assert_string_equal(mentor_error(m)->problems[2].message, "'long' is no length of time");
	assert_int_equal(mentor_error(m)->problems[3].place.row, 5);
	assert_true(before == support_fingerprint(m));
	assert_string_equal(text, "");
	file.len = (size_t)(strstr(list, "Ben") - list);
	file.keep_going = true;
	import_is(m, &file, "attended Ann 90;rejected Guest -1 nobody in the store has this address;rejected Zed 90 the event is not for this person;");
}

static void what_was_recorded_by_hand_and_says_more_stays(void **state)
{
	static const char list[] = "Email,Minutes\nann@example.org,5\nben@example.org,90\ncat@example.org,5\ndan@example.org,90\n";
	struct mentor *m = on_the_day(state);
	const struct mentor_event_file file = file_of(list, strlen(list));
	support_attend(m, INDUCTION, ANN, MENTOR_STANDING_ATTENDED);
	support_attend(m, INDUCTION, BEN, MENTOR_STANDING_CAUGHT_UP);
	support_attend(m, INDUCTION, CAT, MENTOR_STANDING_EXCUSED);
	support_attend(m, INDUCTION, DANA, MENTOR_STANDING_ABSENT);
	import_is(m, &file, "unchanged Ann 5;unchanged Ben 90;unchanged Cat 5;attended Dan 90;");
	support_people(m, INDUCTION, "Ann attended;Ben caught-up;Cat excused;Dan attended;");
}

static void files_that_are_none_and_events_to_come_are_refused(void **state)
{
	struct mentor *m = *state;
	char text[1024] = "";
	struct mentor_event_file file = file_of("Email\nann@example.org\n", 22);
	support_event_failed(m, mentor_event_import(m, INDUCTION, &file, note, text), MENTOR_INVALID, "still to come");
	on_the_day(state);
	file = file_of("", 0);
	support_event_failed(m, mentor_event_import(m, INDUCTION, &file, note, text), MENTOR_INVALID, "no line of the file");
	file = file_of("Email\0x\n", 8);
	support_event_failed(m, mentor_event_import(m, INDUCTION, &file, note, text), MENTOR_INVALID, "no line of the file");
	file = file_of("\xFF\xFE\x3D\xD8\x41", 5); /* half a character, and half a unit */
	support_event_failed(m, mentor_event_import(m, INDUCTION, &file, note, text), MENTOR_INVALID, "no line of the file");
	file = file_of("Email\n\"ann@example.org\n", 23);
	support_event_failed(m, mentor_event_import(m, INDUCTION, &file, note, text), MENTOR_INVALID, "quote");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, support_events_set_up, support_events_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_teams_report_is_read_in_either_order_of_bytes),
		TEST(minutes_of_several_joins_are_added_up),
		TEST(durations_come_in_many_forms), TEST(what_is_no_length_of_time_is_told),
		TEST(a_list_can_say_who_was_not_there_and_headings_can_be_named),
		TEST(every_problem_is_told_with_its_line_and_nothing_is_recorded),
		TEST(what_was_recorded_by_hand_and_says_more_stays),
		TEST(files_that_are_none_and_events_to_come_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
