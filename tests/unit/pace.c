/* pace.c (test): the rule that says who is behind. */
#include "pace.h"
#include "record.h"
#include "support_world.h"

static const char no_minimum[] =
    "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n";

static enum mentor_status keep_pair(void *arg, const void *record)
{
	struct mentor_progress_pair *pair = arg;
	assert_int_equal(pair->pair, 0); /* there is one only */
	*pair = *(const struct mentor_progress_pair *)record;
	pair->last_on = NULL; /* borrowed */
	return MENTOR_OK;
}

static struct mentor_progress_pair pair(struct mentor *m)
{
	struct mentor_progress_pair row = { .pair = 0 };
	struct definition *d = NULL;
	void *cohort = NULL;
	assert_int_equal(mentor_record_get(m, &mentor_entity_cohort, 1, &cohort), MENTOR_OK);
	assert_int_equal(programme_of_cohort(m, 1, &d), MENTOR_OK);
	assert_int_equal(pace_each(m, cohort, d, keep_pair, &row), MENTOR_OK);
	definition_free(d);
	mentor_record_free(cohort);
	return row;
}

static void half_way_through_half_the_minimum_is_due(void **state)
{
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.due, 2);
	assert_int_equal(row.pace, MENTOR_PACE_BEHIND);
	support_session(*state, "2026-05-01", 60);
	assert_int_equal(pair(*state).pace, MENTOR_PACE_BEHIND);
	support_session(*state, "2026-06-01", 50);
	row = pair(*state);
	assert_int_equal(row.pace, MENTOR_PACE_ON_PACE);
	assert_int_equal(row.sessions, 2);
	assert_int_equal(row.minutes, 110);
}

static void before_anything_is_due_a_pair_has_not_started(void **state)
{
	assert_int_equal(mentor_set_now(*state, "2026-04-20"), MENTOR_OK);
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.due, 0);
	assert_int_equal(row.pace, MENTOR_PACE_NOT_STARTED);
	support_session(*state, "2026-04-10", 60);
	assert_int_equal(pair(*state).pace, MENTOR_PACE_ON_PACE);
}

static void short_sessions_are_held_but_do_not_count(void **state)
{
	support_session(*state, "2026-05-01", 44);
	support_session(*state, "2026-06-01", 45);
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.sessions, 2);
	assert_int_equal(row.counted, 1);
	assert_int_equal(row.minutes, 89);
	assert_int_equal(row.shortest, 45);
	assert_int_equal(row.pace, MENTOR_PACE_BEHIND);
}

static void the_minimum_reached_is_met_and_stays_so_after_an_ending(void **state)
{
	support_session(*state, "2026-04-02", 60);
	support_session(*state, "2026-04-03", 60);
	support_session(*state, "2026-04-04", 60);
	support_session(*state, "2026-04-05", 60);
	assert_int_equal(pair(*state).pace, MENTOR_PACE_MET);
	support_sql(*state, "UPDATE pair SET state = 'ended', ended_on = '2026-05-01'");
	assert_int_equal(pair(*state).pace, MENTOR_PACE_MET);
}

static void a_pair_that_ended_is_not_behind(void **state)
{
	support_sql(*state, "UPDATE pair SET state = 'ended', ended_on = '2026-05-01'");
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.pace, MENTOR_PACE_ENDED);
	assert_int_equal(row.due, MENTOR_NONE);
}

static void sessions_after_the_day_of_the_report_are_not_in_it(void **state)
{
	support_session(*state, "2026-05-01", 60);
	support_session(*state, "2026-07-20", 60);
	assert_int_equal(pair(*state).sessions, 1);
}

static void the_contract_says_when_the_time_of_a_pair_runs(void **state)
{
	support_sql(*state,
	    "INSERT INTO contract (pair_id, text, hash, drafted_on, starts_on, ends_on, mentor_signed_on) "
	    "VALUES (1, 'x', 'y', '2026-06-01', '2026-06-01', '2026-12-01', '2026-06-01')");
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.due, 0);
	assert_int_equal(row.pace, MENTOR_PACE_NOT_STARTED);
	assert_string_equal(row.contract, "drafted");
	support_sql(*state, "UPDATE contract SET mentee_signed_on = '2026-06-02'");
	assert_string_equal(pair(*state).contract, "signed");
}

static void the_version_in_force_says_it_and_an_amendment_that_waits_does_not(void **state)
{
	support_sql(*state,
	    "INSERT INTO contract (pair_id, version, text, hash, drafted_on, starts_on, ends_on, mentor_signed_on, mentee_signed_on) "
	    "VALUES (1, 1, 'x', 'y', '2026-04-01', '2026-04-01', '2026-10-01', '2026-04-01', '2026-04-02'), "
	    "(1, 2, 'x', 'y', '2026-06-01', '2026-07-01', '2026-12-01', '2026-06-01', NULL)");
	assert_string_equal(pair(*state).contract, "signed");
	assert_int_equal(pair(*state).due, 2);
	support_sql(*state, "UPDATE contract SET mentee_signed_on = '2026-06-02'");
	assert_int_equal(pair(*state).due, 0);
}

static void sessions_before_both_have_signed_count_unless_the_programme_says_otherwise(void **state)
{
	support_session(*state, "2026-04-20", 60);
	support_session(*state, "2026-05-02", 60);
	support_session(*state, "2026-05-03", 60);
	assert_int_equal(pair(*state).counted, 3);
	support_sql(*state, "DROP TRIGGER revision_fixed");
	support_sql(*state, "UPDATE revision SET source = replace(source, 'purpose: We learn.', 'counts: from-signing\n  purpose: We learn.')");
	assert_int_equal(pair(*state).counted, 0);
	assert_int_equal(pair(*state).sessions, 3);
	support_sql(*state,
	    "INSERT INTO contract (pair_id, text, hash, drafted_on, mentor_signed_on) VALUES (1, 'x', 'y', '2026-04-01', '2026-05-02')");
	assert_int_equal(pair(*state).counted, 0);
	support_sql(*state, "UPDATE contract SET mentee_signed_on = '2026-05-01'");
	assert_int_equal(pair(*state).counted, 2);
}

static void a_pair_published_late_has_its_own_start(void **state)
{
	support_sql(*state, "UPDATE pair SET published_on = '2026-07-01'");
	assert_int_equal(pair(*state).due, 0);
}

static void without_a_minimum_nobody_is_behind(void **state)
{
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.minimum, MENTOR_NONE);
	assert_int_equal(row.due, MENTOR_NONE);
	assert_int_equal(row.shortest, MENTOR_NONE);
	assert_int_equal(row.pace, MENTOR_PACE_NOT_STARTED);
	support_session(*state, "2026-05-01", 5);
	row = pair(*state);
	assert_int_equal(row.counted, 1);
	assert_int_equal(row.pace, MENTOR_PACE_ON_PACE);
}

/* What the to-do list says in stage "meet" with the report as its command; "" when it does not. */
static enum mentor_status keep_todo(void *arg, const struct mentor_todo *todo)
{
	if (strcmp(todo->command, "mentor report show progress") == 0) {
		assert_string_equal(todo->stage, "meet");
		mentor_buf_str(arg, todo->what);
	}
	return MENTOR_OK;
}

static void assert_todo(struct mentor *m, const char *what)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mentor_cohort_todos(m, 1, keep_todo, &b), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&b), what);
	mentor_buf_free(&b);
}

static void the_to_do_list_counts_those_the_rule_calls_behind(void **state)
{
	struct pace_lacks lacks = { .behind = { 9, 9 } };
	assert_todo(*state, "1 pair is behind");
	support_sql(*state,
	    "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, "
	    "published_on) VALUES (1, 3, 5, 'active', 'reverse', 0, '2026-03-01', '2026-03-20')");
	assert_todo(*state, "2 pairs are behind");
	support_session(*state, "2026-05-01", 60);
	support_session(*state, "2026-06-01", 60);
	assert_int_equal(pace_lacks(*state, 1, &lacks), MENTOR_OK);
	assert_int_equal(lacks.behind.n, 1);
	assert_int_equal(lacks.behind.first, 2);
	support_sql(*state, "UPDATE pair SET state = 'ended', ended_on = '2026-06-30' WHERE id = 2");
	assert_todo(*state, "");
}

static void only_a_running_cohort_has_pairs_to_catch_up(void **state)
{
	support_sql(*state, "UPDATE cohort SET finished_on = '2026-07-01'");
	assert_todo(*state, "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_running_set_up, support_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(half_way_through_half_the_minimum_is_due),
		TEST(before_anything_is_due_a_pair_has_not_started),
		TEST(short_sessions_are_held_but_do_not_count),
		TEST(the_minimum_reached_is_met_and_stays_so_after_an_ending),
		TEST(a_pair_that_ended_is_not_behind),
		TEST(sessions_after_the_day_of_the_report_are_not_in_it),
		TEST(the_contract_says_when_the_time_of_a_pair_runs),
		TEST(the_version_in_force_says_it_and_an_amendment_that_waits_does_not),
		TEST(sessions_before_both_have_signed_count_unless_the_programme_says_otherwise),
		TEST(a_pair_published_late_has_its_own_start),
		cmocka_unit_test_prestate_setup_teardown(without_a_minimum_nobody_is_behind, support_running_set_up,
		    support_tear_down, (void *)(uintptr_t)no_minimum),
		TEST(the_to_do_list_counts_those_the_rule_calls_behind),
		TEST(only_a_running_cohort_has_pairs_to_catch_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
