/* worklist.c (test): what there is to do in all cohorts, the most urgent first. */
#include "support_remind.h"

static enum mentor_status add_work(void *arg, const void *record)
{
	static const char *const urgencies[] = { "overdue", "today", "soon", "open" };
	const struct mentor_work *w = record;
	mentor_buf_fmt(arg, "%s %s %s: %s > %s\n", urgencies[w->urgency], w->day ? w->day : "-", w->cohort, w->what, w->command);
	assert_true(w->reason && *w->reason);
	return MENTOR_OK;
}

static void expect(struct mentor *m, const char *now, int64_t days, const char *expected)
{
	struct mentor_buf found = MENTOR_BUF_INIT;
	assert_int_equal(mentor_set_now(m, now), MENTOR_OK);
	if (mentor_worklist(m, days, add_work, &found))
		fail_msg("%s", mentor_error(m)->message);
	assert_string_equal(mentor_buf_text(&found), expected);
	mentor_buf_free(&found);
}

static void the_most_urgent_comes_first_over_all_cohorts(void **state)
{
	struct mentor *m = support_reminders("");
	struct mentor_cohort cohort;
	int64_t id = 0;
	(void)state;
	support_sql(m, "DELETE FROM pair WHERE id = 2");
	support_sql(m, "DELETE FROM enrolment WHERE id IN (3, 4)");
	support_sql(m, "INSERT INTO contract (pair_id, text, hash, drafted_on, mentor_signed_on, mentee_signed_on) VALUES (1, 'x', 'y', '2026-04-01', '2026-04-02', '2026-04-02')");
	support_sql(m, "INSERT INTO session (pair_id, date, minutes, recorded_on) VALUES (1, '2026-04-10', 60, '2026-04-10')");
	expect(m, "2026-04-20", 7, "");
	expect(m, "2026-04-29", 7, "today 2026-04-29 spring: the survey 'The view' (before) opens > mentor survey list\n");
	expect(m, "2026-05-10", 7, "soon 2026-05-12 spring: the survey 'The view' (before) closes > mentor survey import view before FILE\n");
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "autumn";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, 1U << (mentor_field_find(mentor_cohort_fields, "slug") - mentor_cohort_fields), &id), MENTOR_OK);
	support_sql(m, "UPDATE cohort SET opened_on = '2026-05-01', opens_on = '2026-05-01', closes_on = '2026-05-20', starts_on = '2026-09-01' WHERE id = 2");
	support_sql(m, "INSERT INTO action (cohort_id, text, due, added_on) VALUES (1, 'Call', '2026-05-15', '2026-05-01')");
	expect(m, "2026-05-19", 1,
	    "overdue - spring: 1 action is overdue > mentor action done a1 -c spring\n"
	    "soon 2026-05-20 autumn: applications close > mentor cohort close -c autumn\n"
	    "open - autumn: nobody has applied yet > mentor enrol import FILE -c autumn\n");
	mentor_free(m);
}

static void messages_that_need_somebody_are_brought_up(void **state)
{
	struct mentor *m = support_reminders("");
	(void)state;
	support_sql(m, "DELETE FROM pair");
	support_sql(m, "UPDATE enrolment SET state = 'withdrawn'");
	support_sql(m, "INSERT INTO message (key, cohort_id, reminder, template, recipient, about, since, turn, due_on, state, decided_at, handed_at, reason) VALUES "
		       "('a', 1, 'x', 'y', 'team', '', '2026-05-01', 1, '2026-05-01', 'unsure', '2026-05-01T10:00:00Z', '2026-05-01T10:00:00Z', NULL), "
		       "('b', 1, 'x', 'y', 'team', '', '2026-05-01', 2, '2026-05-01', 'failed', '2026-05-01T10:00:00Z', '2026-05-01T10:00:00Z', 'gone'), "
		       "('c', 1, 'x', 'y', 'team', '', '2026-05-01', 3, '2026-05-01', 'failed', '2026-05-01T10:00:00Z', '2026-05-01T10:00:00Z', 'settled by hand')");
	expect(m, "2026-05-01", 7, "open - spring: of 1 message nobody knows whether it went out > mentor remind resend n1\n"
				   "open - spring: 1 message could not be sent > mentor remind resend n2\n");
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_most_urgent_comes_first_over_all_cohorts),
		cmocka_unit_test(messages_that_need_somebody_are_brought_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
