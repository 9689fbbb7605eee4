/* overview.c (test): how far people came, sessions against pace, and who is paired with whom. */
#include "overview.h"

#include "support_world.h"

#include <stdio.h>

/* What was told, as one line of text for each row. */
struct told {
	struct mentor_buf text;
	const struct mentor_field *fields;
};

static enum mentor_status keep(void *arg, const void *record)
{
	struct told *told = arg;
	for (const struct mentor_field *f = told->fields; f->name; f++) {
		mentor_buf_str(&told->text, f == told->fields ? "" : " ");
		mentor_field_write(&told->text, f, record);
	}
	mentor_buf_char(&told->text, '\n');
	return MENTOR_OK;
}

typedef enum mentor_status teller(struct mentor *m, struct told *told);

static enum mentor_status tell_steps(struct mentor *m, struct told *told)
{
	told->fields = mentor_report_step_fields;
	return overview_steps(m, 1, NULL, keep, told);
}

static enum mentor_status with_programme(struct mentor *m, struct told *told, bool months)
{
	struct definition *d = NULL;
	void *cohort = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, 1, &cohort);
	if (!status)
		status = programme_of_cohort(m, 1, &d);
	told->fields = months ? mentor_report_month_fields : mentor_report_link_fields;
	if (!status)
		status = months ? overview_months(m, cohort, d, keep, told) : overview_links(m, 1, d, keep, told);
	definition_free(d);
	mentor_record_free(cohort);
	return status;
}

static enum mentor_status tell_months(struct mentor *m, struct told *told)
{
	return with_programme(m, told, true);
}

static enum mentor_status tell_links(struct mentor *m, struct told *told)
{
	return with_programme(m, told, false);
}

static void assert_told(struct mentor *m, teller *tell, const char *expected)
{
	struct told told = { .text = MENTOR_BUF_INIT };
	assert_int_equal(tell(m, &told), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&told.text), expected);
	mentor_buf_free(&told.text);
}

static void each_step_counts_some_of_those_before(void **state)
{
	assert_told(*state, tell_steps, "applied 5 100\naccepted 4 80\nin a pair 2 40\nhave met 0 0\ncompleted 0 0\n");
	support_session(*state, "2026-05-01", 60);
	assert_told(*state, tell_steps, "applied 5 100\naccepted 4 80\nin a pair 2 40\nhave met 2 40\ncompleted 0 0\n");
	support_sql(*state, "UPDATE pair SET state = 'completed'");
	assert_told(*state, tell_steps, "applied 5 100\naccepted 4 80\nin a pair 2 40\nhave met 2 40\ncompleted 2 40\n");
	support_sql(*state, "UPDATE session SET date = '2026-07-03'"); /* not yet */
	assert_told(*state, tell_steps, "applied 5 100\naccepted 4 80\nin a pair 2 40\nhave met 0 0\ncompleted 0 0\n");
}

static void a_pair_that_is_only_proposed_is_no_pair(void **state)
{
	support_sql(*state, "UPDATE pair SET state = 'proposed', published_on = NULL");
	assert_told(*state, tell_steps, "applied 5 100\naccepted 4 80\nin a pair 0 0\nhave met 0 0\ncompleted 0 0\n");
	assert_told(*state, tell_links, "");
}

static void nobody_has_no_share(void **state)
{
	support_sql(*state, "DELETE FROM pair");
	support_sql(*state, "DELETE FROM enrolment");
	assert_told(*state, tell_steps, "applied 0 \naccepted 0 \nin a pair 0 \nhave met 0 \ncompleted 0 \n");
}

static void sessions_are_held_against_what_is_due_until_today(void **state)
{
	support_session(*state, "2026-04-20", 60);
	support_session(*state, "2026-04-21", 10); /* too short to count */
	support_session(*state, "2026-06-30", 45);
	assert_told(*state, tell_months, "2026-04-01 0 0\n2026-05-01 1 0\n2026-06-01 1 1\n2026-07-01 2 1\n2026-07-02 2 2\n"
					 "2026-08-01  2\n2026-09-01  3\n2026-10-01  4\n");
}

static void what_was_held_after_the_end_counts_at_the_end(void **state)
{
	assert_int_equal(mentor_set_now(*state, "2026-11-01"), MENTOR_OK);
	support_session(*state, "2026-10-20", 60);
	assert_told(*state, tell_months, "2026-04-01 0 0\n2026-05-01 0 0\n2026-06-01 0 1\n2026-07-01 0 1\n2026-08-01 0 2\n"
					 "2026-09-01 0 3\n2026-10-01 1 4\n");
}

static void of_a_pair_that_ended_no_more_is_due(void **state)
{
	support_sql(*state, "UPDATE pair SET state = 'ended', ended_on = '2026-06-02'");
	assert_told(*state, tell_months, "2026-04-01 0 0\n2026-05-01 0 0\n2026-06-01 0 1\n2026-07-01 0 1\n2026-07-02 0 1\n"
					 "2026-08-01  1\n2026-09-01  1\n2026-10-01  1\n");
}

static void without_a_start_there_is_no_course(void **state)
{
	support_sql(*state, "UPDATE cohort SET started_on = NULL, starts_on = NULL, ends_on = NULL");
	assert_told(*state, tell_months, "");
}

/* So many active pairs between people of two organisations. */
static void pairs(struct mentor *m, const char *from, const char *to, int n)
{
	static int number = 100;
	char sql[300];
	for (int i = 0; i < n; i++, number += 2) {
		for (int side = 0; side < 2; side++) {
			snprintf(sql, sizeof(sql), "INSERT INTO person (id, email, name, organisation) VALUES (%d, 'n%d@example.org', 'N', '%s')",
			    number + side, number + side, side ? to : from);
			support_sql(m, sql);
			snprintf(sql, sizeof(sql),
			    "INSERT INTO enrolment (id, cohort_id, person_id, role, state, applied_on) VALUES (%d, 1, %d, '%s', 'accepted', '2026-02-01')",
			    number + side, number + side, side ? "mentee" : "mentor");
			support_sql(m, sql);
		}
		snprintf(sql, sizeof(sql),
		    "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) VALUES "
		    "(1, %d, %d, 'active', 'reverse', 1, '2026-03-01', '2026-03-02')",
		    number, number + 1);
		support_sql(m, sql);
	}
}

static void pairs_of_few_stand_together(void **state)
{
	support_sql(*state, "DELETE FROM pair");
	pairs(*state, "Hill", "Dale", 7);
	pairs(*state, "Dale", "Hill", 6);
	pairs(*state, "Hill", "Mere", 2);
	pairs(*state, "Mere", "Dale", 4);
	pairs(*state, "Mere", "Tarn", 4);
	pairs(*state, "Tarn", "Mere", 4);
	assert_told(*state, tell_links, "Hill Dale 7\nDale Hill 6\nother organisations other organisations 14\n");
}

static void when_all_are_few_the_row_is_the_total(void **state)
{
	support_sql(*state, "DELETE FROM pair");
	pairs(*state, "Hill", "Dale", 2);
	pairs(*state, "Dale", "Hill", 1);
	assert_told(*state, tell_links, "all organisations all organisations 3\n");
}

static void one_organisation_is_divided_by_directorate(void **state)
{
	assert_told(*state, tell_links, "all directorates all directorates 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define RUNNING(test) cmocka_unit_test_setup_teardown(test, support_running_set_up, support_tear_down)
		RUNNING(each_step_counts_some_of_those_before),
		RUNNING(a_pair_that_is_only_proposed_is_no_pair),
		RUNNING(nobody_has_no_share),
		RUNNING(sessions_are_held_against_what_is_due_until_today),
		RUNNING(what_was_held_after_the_end_counts_at_the_end),
		RUNNING(of_a_pair_that_ended_no_more_is_due),
		RUNNING(without_a_start_there_is_no_course),
		RUNNING(pairs_of_few_stand_together),
		RUNNING(when_all_are_few_the_row_is_the_total),
		RUNNING(one_organisation_is_divided_by_directorate),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
