/* checklist.c (test): stages in order, points settled with what shows them, and steps that wait for them. */
#include "checklist.h"

#include "support_world.h"

#include <stdio.h>

static const char programme[] = "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n"
				"stages:\n"
				"  look: { title: Look first, checklist: { figures: Figures are there, mood: How staff feel } }\n"
				"  ready: { title: Get ready, before: open, checklist: { aims: Aims agreed } }\n"
				"  work: { title: Work, checklist: { pairs: Pairs published } }\n"
				"  after: { title: Look back, before: finish, checklist: { lessons: Lessons written down } }\n";

static int set_up(void **state)
{
	*state = support_world(programme, "2026-03-02");
	return 0;
}

/* ---- what is told ---- */

static enum mentor_status write_stage(void *arg, const void *record)
{
	static const char *const words[] = { "settled", "passed", "current", "ahead" };
	const struct mentor_cohort_stage *s = record;
	mentor_buf_fmt(arg, "%s %s %d/%d%s%s;", s->stage, words[s->state], (int)s->settled, (int)s->points, s->reason ? " " : "",
	    s->reason ? s->reason : "");
	return MENTOR_OK;
}

static void stages(struct mentor *m, const char *expected)
{
	struct mentor_buf all = MENTOR_BUF_INIT;
	assert_int_equal(mentor_cohort_stages(m, 1, write_stage, &all), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&all), expected);
	mentor_buf_free(&all);
}

static enum mentor_status write_change(void *arg, const void *record)
{
	const struct mentor_checklist_change *c = record;
	mentor_buf_fmt(arg, "%s %d;", c->change, (int)c->number);
	return MENTOR_OK;
}

static void settle(struct mentor *m, const char *item, const char *evidence, const char *expected)
{
	struct mentor_buf all = MENTOR_BUF_INIT;
	assert_int_equal(mentor_cohort_settle(m, 1, &item, 1, evidence, NULL, NULL, write_change, &all), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&all), expected);
	mentor_buf_free(&all);
}

static enum mentor_status write_item(void *arg, const void *record)
{
	const struct mentor_checklist_item *i = record;
	mentor_buf_fmt(arg, "%d %s/%s: %s %s %s %s;", (int)i->number, i->stage, i->name, i->settled ? i->evidence : "open", i->settled ? i->owner : "",
	    i->settled ? i->on : "", i->settled ? i->recorded_by : "");
	return MENTOR_OK;
}

static void a_point_is_settled_by_number_or_name_with_evidence_owner_and_day(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf all = MENTOR_BUF_INIT;
	const char *const two[] = { "2", "aims" };
	assert_int_equal(mentor_set_actor(m, "sam"), MENTOR_OK);
	settle(m, "figures", "Table 3", "settled 1;");
	assert_int_equal(mentor_cohort_settle(m, 1, two, 2, "Minutes", "Board", "2026-02-01", write_change, &all), MENTOR_OK);
	mentor_buf_clear(&all);
	assert_int_equal(mentor_cohort_checklist(m, 1, write_item, &all), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&all),
	    "1 look/figures: Table 3 sam 2026-03-02 sam;2 look/mood: Minutes Board 2026-02-01 sam;"
	    "3 ready/aims: Minutes Board 2026-02-01 sam;4 work/pairs: open   ;5 after/lessons: open   ;");
	mentor_buf_free(&all);
}

static void the_same_again_is_unchanged_and_what_is_new_is_kept_once(void **state)
{
	struct mentor *m = *state;
	settle(m, "1", "Table 3", "settled 1;");
	settle(m, "1", "Table 3", "unchanged 1;");
	settle(m, "1", "Table 4", "changed 1;");
	assert_int_equal(support_number(m, "SELECT count(*) FROM settled WHERE evidence = 'Table 4'"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM settled"), 1);
	settle(m, "1", NULL, "open 1;");
	settle(m, "1", NULL, "unchanged 1;");
	assert_int_equal(support_number(m, "SELECT count(*) FROM settled"), 0);
}

static void the_name_of_a_stage_means_all_that_is_open_in_it(void **state)
{
	struct mentor *m = *state;
	settle(m, "2", "Survey", "settled 2;");
	settle(m, "look", "Report", "settled 1;");
	assert_int_equal(support_number(m, "SELECT count(*) FROM settled WHERE evidence = 'Survey'"), 1);
	settle(m, "look", "Report", "");
	settle(m, "look", NULL, "open 1;open 2;");
}

static void what_is_not_in_the_list_and_days_to_come_are_refused_and_nothing_is_kept(void **state)
{
	struct mentor *m = *state;
	const char *const items[] = { "1", "mod" }, *one = "1";
	struct mentor_buf all = MENTOR_BUF_INIT;
	assert_int_equal(mentor_cohort_settle(m, 1, items, 2, "x", NULL, NULL, write_change, &all), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(m)->hint, "did you mean 'mood'?");
	assert_int_equal(mentor_cohort_settle(m, 1, &items[1], 1, "x", NULL, "2026-03-03", write_change, &all), MENTOR_INVALID);
	assert_int_equal(mentor_cohort_settle(m, 99, &one, 1, "x", NULL, NULL, write_change, &all), MENTOR_NOT_FOUND);
	assert_int_equal(support_number(m, "SELECT count(*) FROM settled"), 0);
	mentor_buf_free(&all);
}

static void a_cohort_is_in_the_first_stage_that_is_neither_settled_nor_passed(void **state)
{
	struct mentor *m = *state;
	stages(m, "look current 0/2;ready ahead 0/1;work ahead 0/1;after ahead 0/1;");
	settle(m, "look", "Report", "settled 1;settled 2;");
	stages(m, "look settled 2/2;ready current 0/1;work ahead 0/1;after ahead 0/1;");
	settle(m, "2", NULL, "open 2;");
	support_sql(m, "UPDATE cohort SET opened_on = '2026-03-01'");
	stages(m, "look passed 1/2;ready passed 0/1;work current 0/1;after ahead 0/1;");
	settle(m, "work", "x", "settled 4;");
	settle(m, "after", "x", "settled 5;");
	stages(m, "look passed 1/2;ready passed 0/1;work settled 1/1;after current 1/1;");
}

static void open_points_of_the_stage_are_counted_and_the_first_is_named(void **state)
{
	struct mentor *m = *state;
	int64_t n = 0, first = 0;
	settle(m, "1", "x", "settled 1;");
	assert_int_equal(checklist_open(m, 1, &n, &first), MENTOR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(first, 2);
	settle(m, "look", "x", "settled 2;");
	settle(m, "ready", "x", "settled 3;");
	settle(m, "work", "x", "settled 4;");
	settle(m, "after", "x", "settled 5;");
	assert_int_equal(checklist_open(m, 1, &n, &first), MENTOR_OK);
	assert_int_equal(n, 0);
}

static void a_step_waits_for_the_stage_before_it_unless_there_is_a_reason(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_OPEN, &changed), MENTOR_REFUSED);
	const struct mentor_error *e = mentor_error(m);
	assert_string_equal(e->message, "the stage 'Get ready' comes first, and 1 of its points is open");
	assert_int_equal(e->n_problems, 1);
	assert_string_equal(e->problems[0].message, "Aims agreed");
	assert_false(changed);
	assert_int_equal(mentor_cohort_go_on(m, 1, MENTOR_STEP_OPEN, "The board asks for it"), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_OPEN, &changed), MENTOR_OK);
	assert_true(changed);
	stages(m, "look passed 0/2;ready passed 0/1 The board asks for it;work current 0/1;after ahead 0/1;");
	assert_int_equal(support_number(m, "SELECT count(*) FROM unsettled WHERE recorded_by = 'admin' AND recorded_on = '2026-03-02'"), 1);
}

static void settled_stages_hold_nothing_up_and_no_reason_is_kept(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	settle(m, "ready", "x", "settled 3;");
	assert_int_equal(mentor_cohort_go_on(m, 1, MENTOR_STEP_OPEN, "just in case"), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM unsettled"), 0);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_OPEN, &changed), MENTOR_OK);
	/* what was taken once is not held up again, although the point is open by now */
	settle(m, "3", NULL, "open 3;");
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_CLOSED, &changed), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_OPEN, &changed), MENTOR_OK);
	assert_int_equal(checklist_hold(m, 1, MENTOR_STEP_START), MENTOR_OK);
	assert_int_equal(checklist_hold(m, 1, MENTOR_STEP_FINISH), MENTOR_REFUSED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, support_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_point_is_settled_by_number_or_name_with_evidence_owner_and_day),
		TEST(the_same_again_is_unchanged_and_what_is_new_is_kept_once),
		TEST(the_name_of_a_stage_means_all_that_is_open_in_it),
		TEST(what_is_not_in_the_list_and_days_to_come_are_refused_and_nothing_is_kept),
		TEST(a_cohort_is_in_the_first_stage_that_is_neither_settled_nor_passed),
		TEST(open_points_of_the_stage_are_counted_and_the_first_is_named),
		TEST(a_step_waits_for_the_stage_before_it_unless_there_is_a_reason),
		TEST(settled_stages_hold_nothing_up_and_no_reason_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
