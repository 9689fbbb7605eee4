/* hand.c (test): pairs pinned, added and kept apart by hand. */
#include "support_match.h"

static struct world *with_proposal(void)
{
	struct world *w = world_new();
	world_add_all(w, world_four);
	world_propose(w);
	assert_string_equal(w->rows[0], "added m1 ann-cat");
	return w;
}

static enum mentor_status note_row(void *arg, const struct mentor_match_row *row)
{
	struct world *w = arg;
	snprintf(w->rows[w->n_rows++], sizeof(w->rows[0]), "%s m%d %s-%s", row->change, (int)row->pair, row->mentor_name, row->mentee_name);
	return MENTOR_OK;
}

static enum mentor_status add(struct world *w, int64_t mentor, int64_t mentee, const char *override)
{
	const struct mentor_match_sink sink = { .pair = note_row, .arg = w };
	w->n_rows = 0;
	return mentor_match_add(w->m, w->cohort, mentor, mentee, override, &sink);
}

static void a_pinned_pair_stays_although_another_choice_would_be_better(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	bool changed = false;
	assert_int_equal(add(w, 1, 4, NULL), MENTOR_OK);
	assert_int_equal(w->n_rows, 3);
	assert_string_equal(w->rows[0], "added m3 ann-dan");
	assert_string_equal(w->rows[1], "removed m1 ann-cat"); /* both made way */
	assert_string_equal(w->rows[2], "removed m2 bob-dan");
	world_propose(w);
	assert_string_equal(w->rows[0], "unchanged m3 ann-dan");
	assert_string_equal(w->rows[1], "added m4 bob-cat");
	assert_int_equal(w->summary.pinned, 1);
	assert_int_equal(mentor_match_pin(w->m, 3, true, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_match_pin(w->m, 3, false, &changed), MENTOR_OK);
	assert_true(changed);
	world_propose(w);
	assert_string_equal(w->rows[0], "added m5 ann-cat");
	assert_int_equal(mentor_match_pin(w->m, 5, true, &changed), MENTOR_OK);
	assert_true(changed);
	mentor_free(w->m);
}

static void a_pair_against_a_rule_needs_a_reason_which_is_kept_until_it_is_published(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", "cat@example.org", "ab", 0 },
		{ "cat", "mentee", "A", "2", NULL, "ab", 0 },
		{ 0 },
	};
	int64_t n = 0;
	world_add_all(w, people);
	assert_int_equal(add(w, 1, 2, NULL), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "ann and cat are not a pair that the rules allow");
	assert_int_equal(mentor_error(w->m)->n_problems, 2);
	assert_string_equal(mentor_error(w->m)->problems[0].message, "it breaks the rule other-directorate: the same directorate: A");
	assert_string_equal(mentor_error(w->m)->problems[1].message, "it breaks the rule no-line: cat is above ann in the line of management");
	assert_int_equal(add(w, 1, 2, "Both asked for it"), MENTOR_OK);
	assert_string_equal(w->rows[0], "added m1 ann-cat");
	assert_int_equal(add(w, 1, 2, NULL), MENTOR_OK);
	assert_string_equal(w->rows[0], "unchanged m1 ann-cat");
	world_propose(w);
	assert_string_equal(w->rows[0], "unchanged m1 ann-cat");
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'active' AND override = 'Both asked for it'"), 1);
	assert_int_equal(add(w, 1, 2, NULL), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "ann and cat are a pair already (m1)");
	mentor_free(w->m);
}

static void a_pin_lets_go_when_a_rule_that_nobody_overrode_is_broken(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	bool changed = false;
	assert_int_equal(mentor_match_pin(w->m, 1, true, &changed), MENTOR_OK);
	support_sql(w->m, "UPDATE person SET directorate = 'A' WHERE name = 'cat'");
	world_propose(w);
	assert_string_equal(w->rows[0], "added m3 ann-dan");
	assert_string_equal(w->rows[2], "removed m1 ann-cat");
	mentor_free(w->m);
}

static void more_pins_than_places_are_refused(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	bool changed = false;
	support_sql(w->m, "UPDATE enrolment SET places = 2 WHERE id = 1");
	assert_int_equal(mentor_match_pin(w->m, 1, true, &changed), MENTOR_OK);
	assert_int_equal(add(w, 1, 4, NULL), MENTOR_OK);
	support_sql(w->m, "UPDATE enrolment SET places = 1 WHERE id = 1");
	assert_int_equal(mentor_match_propose(w->m, w->cohort, NULL, &w->summary), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "ann is in more pinned pairs than there are places");
	assert_int_equal(add(w, 1, 3, NULL), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "ann has no place left");
	mentor_free(w->m);
}

static void what_is_added_can_be_dropped(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	bool changed = false;
	assert_int_equal(mentor_match_drop(w->m, w->cohort, 1, 3, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_match_drop(w->m, w->cohort, 1, 3, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_match_drop(w->m, w->cohort, 1, 9, &changed), MENTOR_NOT_FOUND);
	mentor_free(w->m);
}

static void a_block_keeps_two_apart_until_it_is_taken_back(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	bool changed = false;
	assert_int_equal(mentor_match_block(w->m, w->cohort, 3, 1, true, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_match_block(w->m, w->cohort, 1, 3, true, &changed), MENTOR_OK);
	assert_false(changed);
	world_propose(w);
	assert_string_equal(w->rows[0], "added m3 ann-dan");
	assert_int_equal(mentor_match_pin(w->m, 3, true, &changed), MENTOR_OK);
	assert_int_equal(mentor_match_block(w->m, w->cohort, 4, 1, true, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m3 (ann and dan) is pinned");
	assert_int_equal(mentor_match_pin(w->m, 3, false, &changed), MENTOR_OK);
	assert_int_equal(mentor_match_block(w->m, w->cohort, 1, 3, false, &changed), MENTOR_OK);
	assert_true(changed);
	world_propose(w);
	assert_string_equal(w->rows[0], "added m5 ann-cat");
	mentor_free(w->m);
}

static void only_proposed_pairs_can_be_pinned(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	int64_t n = 0;
	bool changed = false;
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(mentor_match_pin(w->m, 1, true, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m1 is not a proposed pair");
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pinned_pair_stays_although_another_choice_would_be_better),
		cmocka_unit_test(a_pair_against_a_rule_needs_a_reason_which_is_kept_until_it_is_published),
		cmocka_unit_test(a_pin_lets_go_when_a_rule_that_nobody_overrode_is_broken),
		cmocka_unit_test(more_pins_than_places_are_refused),
		cmocka_unit_test(what_is_added_can_be_dropped),
		cmocka_unit_test(a_block_keeps_two_apart_until_it_is_taken_back),
		cmocka_unit_test(only_proposed_pairs_can_be_pinned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
