/* goal.c (test): whose goals they are, once. */
#include "support_change.h"

static enum mentor_status add(struct mentor *m, int64_t pair, const char *whose, const char *text, const char **ret_change, int64_t *ret_id)
{
	return mentor_goal_add(m, pair, whose, text, ret_change, ret_id);
}

static void a_goal_is_of_one_side_however_it_is_named(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t first = 0, second = 0, again = 0;
	void *record = NULL;
	assert_int_equal(add(m, 1, "mentor", "To hear", &change, &first), MENTOR_OK);
	assert_string_equal(change, "added");
	assert_int_equal(add(m, 1, "ann@example.org", "To hear", &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(again, first);
	assert_int_equal(add(m, 1, "p2", "To hear", &change, &second), MENTOR_OK);
	assert_string_equal(change, "added");
	assert_int_equal(mentor_record_get(m, &mentor_entity_goal, second, &record), MENTOR_OK);
	const struct mentor_goal *g = record;
	assert_string_equal(g->name, "Ben");
	assert_int_equal(g->side, 1);
	assert_string_equal(g->cohort, "spring");
	mentor_record_free(record);
}

static void whoever_is_not_of_the_pair_has_no_goal_in_it(void **state)
{
	struct mentor *m = *state;
	const char *change = "sentinel";
	int64_t id = -77;
	support_failed(m, add(m, 1, "p3", "To hear", &change, &id), MENTOR_INVALID, "p3 is not of m1");
	assert_int_equal(add(m, 1, "p99", "To hear", &change, &id), MENTOR_NOT_FOUND);
	support_failed(m, add(m, 4, "mentor", "To hear", &change, &id), MENTOR_REFUSED, "m4 is only proposed");
	assert_int_equal(add(m, 99, "mentor", "To hear", &change, &id), MENTOR_NOT_FOUND);
	assert_string_equal(change, "sentinel");
	assert_int_equal(id, -77);
}

static void a_goal_is_reached_or_dropped(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	bool changed = false;
	assert_int_equal(add(m, 1, "mentor", "To hear", &change, &id), MENTOR_OK);
	assert_int_equal(mentor_settle(m, &mentor_entity_goal, id, MENTOR_SETTLED_DONE, "Heard", NULL, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(support_number(m, "SELECT count(*) FROM goal WHERE state = 'done' AND outcome = 'Heard' AND closed_on = '2026-03-10'"), 1);
	support_failed(m, mentor_settle(m, &mentor_entity_goal, id, MENTOR_SETTLED_DROPPED, "x", NULL, &changed), MENTOR_REFUSED, "g1 is done already");
	assert_string_equal(mentor_error(m)->hint, "open it again first: mentor goal reopen g1");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_change_set_up, support_change_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_goal_is_of_one_side_however_it_is_named),
		TEST(whoever_is_not_of_the_pair_has_no_goal_in_it),
		TEST(a_goal_is_reached_or_dropped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
