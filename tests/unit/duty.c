/* duty.c (test): the events that count as taking part. */
#include "support_event.h"

#include <stdio.h>

static enum mentor_status note(void *arg, const void *record)
{
	const struct mentor_event_duty *d = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 1024 - len, "%s %d/%d/%d%s%s%s;", d->name, (int)d->attended, (int)d->due, (int)d->required, d->met ? " met" : "", d->missing ? " " : "",
	    d->missing ? d->missing : "");
	return MENTOR_OK;
}

static void duties_are(struct mentor *m, const char *wanted)
{
	char text[1024] = "";
	assert_int_equal(mentor_event_duties(m, 1, note, text), MENTOR_OK);
	assert_string_equal(text, wanted);
}

static void each_event_counts_once_whatever_its_times(void **state)
{
	struct mentor *m = *state;
	duties_are(m, "Ann 0/0/2;Ben 0/0/2;Cat 0/0/1;Dan 0/0/2;");
	support_now(m, "2026-03-19");
	support_attend(m, TRAINING_1, ANN, MENTOR_STANDING_ATTENDED);
	support_attend(m, TRAINING_2, ANN, MENTOR_STANDING_ATTENDED);
	support_attend(m, TRAINING_1, BEN, MENTOR_STANDING_ABSENT);
	duties_are(m, "Ann 1/1/2;Ben 0/0/2;Cat 0/0/1;Dan 0/0/2;"); /* the last time of the training is today */
	support_now(m, "2026-03-26");
	support_attend(m, INDUCTION, ANN, MENTOR_STANDING_CAUGHT_UP);
	support_attend(m, INDUCTION, CAT, MENTOR_STANDING_EXCUSED);
	support_attend(m, TRAINING_2, BEN, MENTOR_STANDING_CAUGHT_UP);
	duties_are(m, "Ann 2/2/2 met;Ben 1/2/2 Induction;Cat 0/1/1 Induction;Dan 0/2/2 Training\nInduction;");
}

static enum mentor_status note_event(void *arg, const char *part, const void *record)
{
	const struct mentor_attendance_row *row = record;
	char *text = arg;
	size_t len = strlen(text);
	if (strcmp(part, "attendance") == 0)
		snprintf(text + len, 1024 - len, "%s %d/%d %d %d %d;", row->title, (int)row->attended, (int)row->asked, (int)row->caught_up, (int)row->excused,
		    (int)row->absent);
	return MENTOR_OK;
}

static void each_person_counts_once_in_an_event_by_the_best_that_is_recorded(void **state)
{
	struct mentor *m = *state;
	char text[1024] = "";
	support_now(m, "2026-03-26");
	support_attend(m, TRAINING_1, ANN, MENTOR_STANDING_CAUGHT_UP);
	support_attend(m, TRAINING_2, ANN, MENTOR_STANDING_ATTENDED);
	support_attend(m, TRAINING_1, BEN, MENTOR_STANDING_EXCUSED);
	support_attend(m, TRAINING_2, BEN, MENTOR_STANDING_CAUGHT_UP);
	support_attend(m, TRAINING_1, DANA, MENTOR_STANDING_ABSENT);
	support_attend(m, TRAINING_2, DANA, MENTOR_STANDING_EXCUSED);
	assert_int_equal(mentor_report_attendance(m, 1, NULL, note_event, text), MENTOR_OK);
	if (!strstr(text, "Training 1/3 1 1 0;"))
		fail_msg("%s", text);
}

static void what_is_cancelled_asks_nothing_of_anybody(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	assert_int_equal(mentor_event_cancel(m, INDUCTION, NULL, false, &changed), MENTOR_OK);
	assert_int_equal(mentor_event_cancel(m, TRAINING_1, NULL, false, &changed), MENTOR_OK);
	duties_are(m, "Ann 0/0/1;Ben 0/0/1;Cat 0/0/0 met;Dan 0/0/1;");
	assert_int_equal(mentor_event_cancel(m, TRAINING_2, NULL, false, &changed), MENTOR_OK);
	duties_are(m, "Ann 0/0/0 met;Ben 0/0/0 met;Cat 0/0/0 met;Dan 0/0/0 met;");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, support_events_set_up, support_events_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(each_event_counts_once_whatever_its_times),
		TEST(each_person_counts_once_in_an_event_by_the_best_that_is_recorded), TEST(what_is_cancelled_asks_nothing_of_anybody) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
