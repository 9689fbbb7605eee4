/* attendance.c (test): who is asked, who signs up, who was there, and what a role needs. */
#include "support_event.h"

#include "attendance.h"

static void the_audience_follows_from_roles_and_pairs(void **state)
{
	struct mentor *m = *state;
	support_people(m, INDUCTION, "Ann expected;Ben expected;Cat expected;Dan expected;");
	support_people(m, TRAINING_1, "Ann to-choose;Ben to-choose;Dan to-choose;"); /* two times; Dan may yet mentor */
	support_people(m, COURSE, "Eve expected;");
	support_people(m, OPEN_1, "");
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on) VALUES (1, 1, 4, 'active', 'reverse', 0, '2026-03-02')");
	support_people(m, TRAINING_1, "Ann to-choose;Ben to-choose;"); /* he is mentored */
	support_sql(m, "UPDATE pair SET arrangement = 'reciprocal'");
	support_people(m, TRAINING_1, "Ann to-choose;Ben to-choose;Dan to-choose;");
}

static void line_managers_are_asked_as_far_as_they_are_known(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "UPDATE person SET manager_email = 'zed@example.org' WHERE id = 1");
	support_sql(m, "UPDATE person SET manager_email = 'nobody@example.org' WHERE id = 2");
	support_sql(m, "UPDATE event SET audience = 'managers' WHERE id = 5");
	support_people(m, INDUCTION, "Zed expected;");
	support_sql(m, "UPDATE enrolment SET state = 'declined' WHERE id = 1");
	support_people(m, INDUCTION, "");
}

static void a_full_event_has_a_waiting_list_that_moves_up(void **state)
{
	struct mentor *m = *state;
	assert_string_equal(support_sign_up(m, WORKSHOP, ANN, false), "coming");
	assert_string_equal(support_sign_up(m, WORKSHOP, BEN, false), "coming");
	support_now(m, "2026-03-03");
	assert_string_equal(support_sign_up(m, WORKSHOP, DANA, false), "waiting");
	support_now(m, "2026-03-04");
	assert_string_equal(support_sign_up(m, WORKSHOP, CAT, false), "waiting");
	assert_string_equal(support_sign_up(m, WORKSHOP, CAT, false), "unchanged");
	support_people(m, WORKSHOP, "Ann coming;Ben coming;Cat waiting;Dan waiting;");
	assert_string_equal(support_sign_up(m, WORKSHOP, ANN, true), "declined");
	assert_string_equal(support_sign_up(m, WORKSHOP, ANN, true), "unchanged");
	support_people(m, WORKSHOP, "Ann declined;Ben coming;Cat waiting;Dan coming;");
	support_now(m, "2026-03-05");
	assert_string_equal(support_sign_up(m, WORKSHOP, ANN, false), "waiting"); /* behind Cat, who asked before */
	support_attend(m, WORKSHOP, BEN, MENTOR_STANDING_EXCUSED);		  /* ahead of the day: the place is free */
	support_people(m, WORKSHOP, "Ann waiting;Ben excused;Cat coming;Dan coming;");
}

static void signing_up_for_one_time_gives_the_other_back(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "UPDATE event SET capacity = 1 WHERE name = 'open'");
	assert_string_equal(support_sign_up(m, OPEN_1, ZED, false), "coming"); /* nobody has to be enrolled for it */
	assert_string_equal(support_sign_up(m, OPEN_1, ANN, false), "waiting");
	assert_string_equal(support_sign_up(m, OPEN_2, ZED, false), "coming");
	support_people(m, OPEN_1, "Ann coming;");
	support_people(m, OPEN_2, "Zed coming;");
	support_sign_up(m, TRAINING_2, ANN, false);
	support_people(m, TRAINING_1, "Ann elsewhere;Ben to-choose;Dan to-choose;");
}

static void what_was_said_of_a_time_that_is_over_stays(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "UPDATE event SET capacity = 1 WHERE name = 'open'");
	assert_string_equal(support_sign_up(m, OPEN_1, ZED, false), "coming");
	assert_string_equal(support_sign_up(m, OPEN_1, ANN, false), "waiting");
	support_now(m, "2026-03-11");
	assert_string_equal(support_sign_up(m, OPEN_2, ZED, false), "coming");
	support_people(m, OPEN_1, "Ann waiting;Zed coming;"); /* nobody moves up to what is over, and who was there is still to be recorded */
}

static void nobody_signs_up_for_what_is_not_theirs_over_or_off(void **state)
{
	struct mentor *m = *state;
	const char *change = "untouched";
	bool changed = false;
	support_event_failed(m, mentor_event_sign_up(m, INDUCTION, ZED, false, &change), MENTOR_REFUSED, "is for both, and not for p6");
	support_event_failed(m, mentor_event_sign_up(m, TRAINING_1, CAT, false, &change), MENTOR_REFUSED, "is for mentors, and not for p3");
	support_event_failed(m, mentor_event_sign_up(m, COURSE, EVA, false, &change), MENTOR_REFUSED, "took place on 2026-02-16");
	assert_int_equal(mentor_event_cancel(m, INDUCTION, NULL, false, &changed), MENTOR_OK);
	support_event_failed(m, mentor_event_sign_up(m, INDUCTION, ANN, false, &change), MENTOR_REFUSED, "is cancelled");
	support_event_failed(m, mentor_event_sign_up(m, 99, ANN, false, &change), MENTOR_NOT_FOUND, "no event");
	assert_string_equal(change, "untouched");
}

static void attendance_is_recorded_once_the_day_has_come(void **state)
{
	struct mentor *m = *state;
	const char *change = "untouched";
	support_event_failed(m, mentor_event_attend(m, INDUCTION, ANN, MENTOR_STANDING_ATTENDED, MENTOR_NONE, &change), MENTOR_INVALID, "still to come");
	support_event_failed(m, mentor_event_attend(m, INDUCTION, ANN, MENTOR_STANDING_COMING, MENTOR_NONE, &change), MENTOR_USAGE, "attended, caught up");
	assert_string_equal(support_attend(m, INDUCTION, BEN, MENTOR_STANDING_EXCUSED), "excused");
	support_now(m, "2026-03-25");
	assert_string_equal(support_attend(m, INDUCTION, ANN, MENTOR_STANDING_ATTENDED), "attended");
	assert_string_equal(support_attend(m, INDUCTION, ANN, MENTOR_STANDING_ATTENDED), "unchanged");
	assert_string_equal(support_attend(m, INDUCTION, BEN, MENTOR_STANDING_CAUGHT_UP), "caught-up");
	support_event_failed(m, mentor_event_attend(m, INDUCTION, ZED, MENTOR_STANDING_ATTENDED, MENTOR_NONE, &change), MENTOR_REFUSED, "not for p6");
	support_people(m, INDUCTION, "Ann attended;Ben caught-up;Cat expected;Dan expected;");
	assert_string_equal(change, "untouched");
}

static enum mentor_status count(void *arg, const void *record)
{
	int *n = arg;
	(void)record;
	++*n;
	return MENTOR_OK;
}

static void everybody_else_who_was_expected_was_not_there(void **state)
{
	struct mentor *m = *state;
	int n = 0;
	support_event_failed(m, mentor_event_no_shows(m, INDUCTION, count, &n), MENTOR_INVALID, "still to come");
	support_now(m, "2026-03-26");
	support_attend(m, INDUCTION, ANN, MENTOR_STANDING_ATTENDED);
	support_attend(m, INDUCTION, DANA, MENTOR_STANDING_EXCUSED);
	assert_int_equal(mentor_event_no_shows(m, INDUCTION, count, &n), MENTOR_OK);
	assert_int_equal(n, 2);
	support_people(m, INDUCTION, "Ann attended;Ben absent;Cat absent;Dan excused;");
	assert_int_equal(mentor_event_no_shows(m, INDUCTION, count, &n), MENTOR_OK);
	assert_int_equal(n, 2);
}

static void lacks(struct mentor *m, int64_t person, enum mentor_role role, const char *why, const char *hint)
{
	struct mentor_buf w = MENTOR_BUF_INIT, h = MENTOR_BUF_INIT;
	struct definition *d = NULL;
	assert_int_equal(programme_of_cohort(m, 1, &d), MENTOR_OK);
	assert_int_equal(attendance_lacks(m, d, 1, person, role, &w, &h), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&w), why);
	assert_string_equal(mentor_buf_text(&h), hint);
	definition_free(d);
	mentor_buf_free(&w);
	mentor_buf_free(&h);
}

static void what_a_role_needs_is_met_by_one_of_several_times(void **state)
{
	struct mentor *m = *state;
	lacks(m, CAT, MENTOR_ROLE_MENTEE, "", "");
	support_now(m, "2026-03-19");
	lacks(m, ANN, MENTOR_ROLE_MENTOR, "Training", "once p1 was there, or has caught up: mentor event attend e4 p1");
	support_attend(m, TRAINING_1, ANN, MENTOR_STANDING_ATTENDED);
	support_attend(m, TRAINING_2, BEN, MENTOR_STANDING_ABSENT);
	lacks(m, ANN, MENTOR_ROLE_MENTOR, "", "");
	lacks(m, BEN, MENTOR_ROLE_MENTOR, "Training", "once p2 was there, or has caught up: mentor event attend e4 p2");
	support_attend(m, TRAINING_2, BEN, MENTOR_STANDING_CAUGHT_UP);
	lacks(m, BEN, MENTOR_ROLE_MENTOR, "", "");
	support_sql(m, "DELETE FROM attendance");
	support_sql(m, "DELETE FROM event WHERE name = 'training'");
	lacks(m, BEN, MENTOR_ROLE_MENTOR, "Training", "it has no day in this cohort yet: mentor event add training --date DAY");
}

static void training_in_an_earlier_cohort_of_the_programme_counts(void **state)
{
	struct mentor *m = *state;
	bool trained = true;
	assert_int_equal(attendance_trained(m, 1, ANN, "training", &trained), MENTOR_OK);
	assert_false(trained);
	support_sql(m, "INSERT INTO cohort (id, programme_id, revision_id, slug, title) VALUES (2, 1, 1, 'last', 'Last')");
	support_sql(m, "UPDATE event SET cohort_id = 2 WHERE id = 3");
	support_sql(m, "INSERT INTO attendance (event_id, person_id, state, said_at, recorded_by) VALUES (3, 1, 'attended', '2025-03-01T12:00:00Z', 'admin')");
	assert_int_equal(attendance_trained(m, 1, ANN, "training", &trained), MENTOR_OK);
	assert_true(trained);
}

static void what_nobody_has_recorded_is_a_line_to_do(void **state)
{
	struct mentor *m = *state;
	int64_t n = 0, event = 0;
	support_now(m, "2026-03-20");
	assert_int_equal(attendance_missing(m, 1, &n, &event), MENTOR_OK);
	assert_int_equal(n, 3); /* both trainings and the course; nobody had signed up for the open session */
	assert_int_equal(event, TRAINING_1);
	assert_int_equal(attendance_untrained(m, 1, &n), MENTOR_OK);
	assert_int_equal(n, 4); /* Ann, Ben and Dan as mentors, Eve as facilitator */
	support_attend(m, TRAINING_1, ANN, MENTOR_STANDING_ATTENDED);
	assert_int_equal(attendance_missing(m, 1, &n, &event), MENTOR_OK);
	assert_int_equal(n, 1); /* attending one time of the training is enough, and nobody need have come to the other */
	assert_int_equal(event, COURSE);
	assert_int_equal(attendance_untrained(m, 1, &n), MENTOR_OK);
	assert_int_equal(n, 3);
}

static enum mentor_status ignore_merge(void *arg, const struct mentor_merge_row *row)
{
	(void)arg;
	(void)row;
	return MENTOR_OK;
}

static void two_records_of_one_person_become_one_and_having_been_there_counts(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "INSERT INTO person (email, name) VALUES ('zed.new@example.org', 'Zed')");
	support_sql(m, "INSERT INTO attendance (event_id, person_id, state, minutes, said_at, recorded_by) VALUES (1, 6, 'coming', NULL, '2026-03-01T12:00:00Z', 'admin'), "
		       "(1, 7, 'attended', 50, '2026-03-02T12:00:00Z', 'admin'), (2, 7, 'absent', NULL, '2026-03-02T12:00:00Z', 'admin')");
	support_sql(m, "INSERT INTO invitation (event_id, person_id, sequence, off, sent_on) VALUES (1, 6, 0, 0, '2026-03-01'), (1, 7, 0, 0, '2026-03-01')");
	support_sql(m, "INSERT INTO facilitation (event_id, person_id, assigned_on, assigned_by) VALUES (7, 7, '2026-03-01', 'admin')");
	if (mentor_person_merge(m, ZED, 7, ignore_merge, NULL))
		fail_msg("%s", mentor_error(m)->message);
	assert_int_equal(support_number(m, "SELECT count(*) FROM attendance WHERE person_id = 6 AND event_id = 1 AND state = 'attended' AND minutes = 50"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM attendance"), 2);
	assert_int_equal(support_number(m, "SELECT count(*) FROM invitation"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM facilitation WHERE person_id = 6"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, support_events_set_up, support_events_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_audience_follows_from_roles_and_pairs),
		TEST(line_managers_are_asked_as_far_as_they_are_known),
		TEST(a_full_event_has_a_waiting_list_that_moves_up),
		TEST(signing_up_for_one_time_gives_the_other_back), TEST(what_was_said_of_a_time_that_is_over_stays),
		TEST(nobody_signs_up_for_what_is_not_theirs_over_or_off),
		TEST(attendance_is_recorded_once_the_day_has_come),
		TEST(everybody_else_who_was_expected_was_not_there),
		TEST(what_a_role_needs_is_met_by_one_of_several_times),
		TEST(training_in_an_earlier_cohort_of_the_programme_counts),
		TEST(what_nobody_has_recorded_is_a_line_to_do),
		TEST(two_records_of_one_person_become_one_and_having_been_there_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
