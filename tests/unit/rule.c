/* rule.c (test): which pairs hard rules forbid, and what soft rules give. */
#include "rule.h"
#include "support_match.h"

static void a_pair_that_breaks_a_hard_rule_is_never_proposed(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "Housing", "4", NULL, "abc", 0 },
		{ "ben", "mentee", "housing", "9", NULL, "abc", 0 }, /* the same but for case */
		{ "cat", "mentee", "Finance", "4", NULL, "z", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(w->n_rows, 1);
	assert_string_equal(w->rows[0], "added m1 ann-cat");
	assert_int_equal(w->summary.candidates, 1);
	assert_int_equal(w->n_left, 1);
	assert_string_equal(w->left[0], "ben: the rules allow none of 1 mentors");
	mentor_free(w->m);
}

static void an_unknown_value_cannot_satisfy_a_rule_and_is_called_not_available(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", NULL, NULL, NULL, NULL, 0 },
		{ "ben", "mentee", "Finance", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(w->n_rows, 0);
	world_explain(w, "ann");
	assert_true(world_said(w, "other-directorate: rules out 1 of 1 mentees, 1 of them alone"));
	assert_true(world_said(w, "The rule other-directorate compares directorate, which is not available for ann"));
	mentor_free(w->m);
}

static void ticking_every_box_gains_nothing(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", NULL, NULL, "ab", 0 },
		{ "all", "mentee", "B", NULL, NULL, "abcdefgh", 0 },
		{ "two", "mentee", "B", NULL, NULL, "ab", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	world_propose(w);
	assert_string_equal(w->rows[0], "added m1 ann-two");
	assert_int_equal(w->summary.score, 5000);
	mentor_free(w->m);
}

static void a_pair_formed_a_second_time_is_seen_by_its_rule(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = 0;
	bool changed = false;
	world_add_all(w, world_four);
	world_propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(mentor_match_end(w->m, 1, NULL, &changed), MENTOR_OK);
	support_sql(w->m,
	    "INSERT INTO pair (cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on) "
	    "SELECT cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on FROM pair WHERE id = 1");
	world_explain(w, "m3");
	assert_true(world_said(w, "new-pair broken: ann and cat have been paired in this cohort already (m1)"));
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED);
	support_sql(w->m, "UPDATE pair SET state = 'completed' WHERE id = 2");
	assert_int_equal(mentor_match_end(w->m, 2, NULL, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m2 is completed already");
	mentor_free(w->m);
}

/* What rules say is the same from both sides, and what nobody knows gives no points. */
static void rules_and_points_do_not_depend_on_who_is_asked_first(void **state)
{
	(void)state;
	struct world *w = world_new();
	struct pool p;
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", NULL, "abc", 0 },
		{ "bob", "mentor", "b", NULL, "cat@example.org", NULL, 0 },
		{ "cat", "mentee", "B", "2", NULL, "bcd", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
	assert_int_equal(rule_count(&p), 3);
	assert_string_equal(rule_name(&p, 2), "new-pair");
	assert_int_equal(rule_score_most(&p), 6000);
	const struct human *ann = pool_person(&p, 1), *bob = pool_person(&p, 2), *cat = pool_person(&p, 3);
	assert_true(rule_all_hold(&p, ann, cat) && rule_all_hold(&p, cat, ann));
	assert_int_equal(rule_points(&p, 0, ann, cat), 500); /* b and c of a, b, c and d */
	assert_int_equal(rule_score(&p, ann, cat), 5 * 500 + 1000);
	assert_int_equal(rule_score(&p, cat, ann), 5 * 500 + 1000);
	assert_false(rule_holds(&p, 0, bob, cat) || rule_holds(&p, 0, cat, bob));
	assert_false(rule_holds(&p, 1, bob, cat) || rule_holds(&p, 1, cat, bob));
	assert_int_equal(rule_score(&p, bob, cat), 0);
	pool_free(&p);
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_that_breaks_a_hard_rule_is_never_proposed),
		cmocka_unit_test(an_unknown_value_cannot_satisfy_a_rule_and_is_called_not_available),
		cmocka_unit_test(ticking_every_box_gains_nothing),
		cmocka_unit_test(a_pair_formed_a_second_time_is_seen_by_its_rule),
		cmocka_unit_test(rules_and_points_do_not_depend_on_who_is_asked_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
