/* explain.c (test): why two people are a pair, why someone has a partner or none. */
#include "support_match.h"

static void a_pair_is_explained_rule_by_rule_and_its_shares_make_its_score(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add_all(w, world_four);
	world_propose(w);
	struct mentor_match_subject s = world_explain(w, "m1");
	assert_string_equal(s.name, "ann and cat");
	assert_true(world_said(w, "The pair keeps every hard rule"));
	assert_true(world_said(w, "The soft rules give it 6000 of 6000 points (100%)"));
	assert_int_equal(s.score, 6000);
	assert_int_equal(s.score_most, 6000);
	assert_int_equal(w->points, s.score);
	assert_true(world_said(w, "other-directorate held: different directorate: A; C"));
	assert_true(world_said(w, "no-line held: no line manager is recorded for ann or cat"));
	assert_true(world_said(w, "new-pair held: ann and cat have not been paired in this cohort before"));
	assert_true(world_said(w, "topics: the same topics: a, b (2 of 2)!"));
	mentor_free(w->m);
}

static void people_left_over_learn_who_competes_for_what(void **state)
{
	(void)state;
	static const char *const roles[][2] = { { "mentor", "mentee" }, { "mentee", "mentor" } };
	for (int side = 0; side < 2; side++) {
		struct world *w = world_new();
		const struct someone people[] = {
			{ "ann", roles[side][0], "A", NULL, NULL, "a", 0 },
			{ "bob", roles[side][0], "A", NULL, NULL, "a", 0 },
			{ "zoe", roles[side][0], "A", NULL, NULL, "z", 0 },
			{ "cat", roles[side][1], "B", NULL, NULL, "a", 0 },
			{ "dan", roles[side][1], "B", NULL, NULL, "a", 0 },
			{ 0 },
		};
		world_add_all(w, people);
		world_propose(w);
		assert_int_equal(w->n_left, 1);
		assert_int_equal(strncmp(w->left[0], "zoe:", 4), 0);
		struct mentor_match_subject s = world_explain(w, "zoe");
		assert_int_equal(s.considered, 2);
		assert_int_equal(s.possible, 2);
		assert_int_equal(s.partners, 0);
		assert_true(world_said(w, "zoe has no partner"));
		assert_true(world_said(w, side ? "3 mentees compete for 2 places: ann, bob and zoe for cat and dan"
					       : "3 mentors compete for 2 places: ann, bob and zoe for cat and dan"));
		assert_true(world_said(w, "cat was possible (0 points with zoe) but is with "));
		mentor_free(w->m);
	}
}

static void someone_matched_is_told_the_partner(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add_all(w, world_four);
	world_propose(w);
	struct mentor_match_subject s = world_explain(w, "dan");
	assert_int_equal(s.partners, 1);
	assert_true(world_said(w, "dan is proposed with bob in m2, which scored 6000"));
	assert_true(world_said(w, "2 of 2 mentors were possible"));
	mentor_free(w->m);
}

static void an_outdated_proposal_is_noticed_when_explaining(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone late[] = { { "eve", "mentor", "E", NULL, NULL, NULL, 0 },
		{ "fay", "mentee", "F", NULL, NULL, NULL, 0 }, { 0 } };
	world_add_all(w, world_four);
	world_propose(w);
	world_add_all(w, late);
	world_explain(w, "eve");
	assert_true(world_said(w, "A new proposal would place eve with "));
	mentor_free(w->m);
}

static void someone_not_accepted_is_not_matched_and_told_so(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add_all(w, world_four);
	support_sql(w->m,
	    "UPDATE enrolment SET state = 'waiting' WHERE person_id = (SELECT id FROM person WHERE name = 'dan')");
	world_explain(w, "dan");
	assert_int_equal(w->n_lines, 1);
	assert_true(
	    world_said(w, "dan is not matched: the application is on the waiting list, and only accepted people are"));
	mentor_free(w->m);
}

static void people_outside_the_matching_are_told_why(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", NULL, NULL, NULL, 0 },
		{ "fay", "facilitator", "A", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	world_add_all(w, people);
	world_propose(w);
	assert_string_equal(w->left[0], "ann: there are no accepted mentees");
	world_explain(w, "fay");
	assert_true(world_said(w, "fay is a facilitator, and facilitators are not matched"));
	world_explain(w, "ann");
	assert_true(world_said(w, "There are no accepted mentees to choose from"));
	mentor_free(w->m);
}

static void two_rules_together_are_not_blamed_on_one(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", NULL, "ben@example.org", NULL, 0 },
		{ "ben", "mentee", "A", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	world_add_all(w, people);
	world_explain(w, "ann");
	assert_true(world_said(w, "other-directorate: rules out 1 of 1 mentees"));
	assert_false(w->lines[0][strlen("other-directorate: rules out 1 of 1 mentees")]); /* not "alone" */
	assert_true(world_said(w, "No single rule stands in the way: lifting one alone would leave nobody either"));
	mentor_free(w->m);
}

static void long_lists_of_names_are_cut(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add(w, &(struct someone){ "ann", "mentor", "A", NULL, NULL, "a", 10 });
	world_add(w, &(struct someone){ "zed", "mentee", "B", NULL, NULL, "z", 0 });
	for (int i = 0; i < 10; i++) {
		char name[16];
		snprintf(name, sizeof(name), "b%02d", i);
		world_add(w, &(struct someone){ name, "mentee", "B", NULL, NULL, "a", 0 });
	}
	world_propose(w);
	assert_int_equal(w->n_left, 1);
	world_explain(w, "zed");
	assert_true(world_said(
	    w, "11 mentees compete for 10 places: b00, b01, b02, b03, b04, b05, b06, b07 and 3 more for ann"));
	support_sql(w->m, "UPDATE enrolment SET places = 12 WHERE role = 'mentor'");
	world_explain(w, "ann");
	assert_true(world_said(w, "ann has taken 10 of 12 places"));
	mentor_free(w->m);
}

static void only_the_best_options_are_named(void **state)
{
	(void)state;
	struct world *w = world_new();
	for (int i = 0; i < 10; i++) {
		char mentor[16], mentee[16];
		snprintf(mentor, sizeof(mentor), "a%02d", i);
		snprintf(mentee, sizeof(mentee), "b%02d", i);
		world_add(w, &(struct someone){ mentor, "mentor", "A", NULL, NULL, "ab", 0 });
		world_add(w, &(struct someone){ mentee, "mentee", "B", NULL, NULL, "ab", 0 });
	}
	world_add(w, &(struct someone){ "zed", "mentee", "B", NULL, NULL, "a", 0 });
	world_propose(w);
	world_explain(w, "zed");
	assert_true(world_said(w, "a00 was possible (2500 points with zed) but is with "));
	assert_true(world_said(w, "2 more were possible, with fewer points or as many"));
	mentor_free(w->m);
}

static void a_pair_that_has_changed_since_is_judged_as_it_is_now(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add_all(w, world_four);
	world_propose(w);
	support_sql(w->m,
	    "UPDATE person SET directorate = 'A', grade = '1', manager_email = 'ann@example.org' WHERE name = 'cat'");
	world_explain(w, "m1");
	assert_true(world_said(w, "The pair breaks other-directorate and no-line"));
	assert_true(world_said(w, "The soft rules give it 5000 of 6000 points (83%), and gave it 6000 when it was proposed"));
	mentor_free(w->m);
}

static void someone_with_a_published_partner_hears_who_else_was_possible(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = 0;
	world_add_all(w, world_four);
	world_propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	struct mentor_match_subject s = world_explain(w, "ann");
	assert_int_equal(s.considered, 1);
	assert_true(world_said(w, "ann is paired with cat in m1, which scored 6000"));
	assert_true(world_said(w, "1 of 1 other mentee was possible"));
	mentor_free(w->m);
}

static void the_smallest_change_that_helps_comes_first(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", NULL, "a", 0 },
		{ "bob", "mentor", "B", "1", NULL, "a", 0 },
		{ "cat", "mentee", "C", "2", NULL, "a", 0 },
		{ "dan", "mentee", "B", "2", NULL, "a", 0 },
		{ "eve", "mentee", "E", "2", NULL, "a", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	support_sql(w->m, "UPDATE enrolment SET state = 'waiting' WHERE person_id = 5");
	support_sql(w->m, "UPDATE person SET directorate = 'B' WHERE name = 'ann'"); /* both mentors can have cat only */
	world_propose(w);
	assert_int_equal(w->n_left, 2);
	const char *left = strncmp(w->left[0], "ann", 3) == 0 ? "ann" : "bob";
	char exception[80], sentence[200];
	snprintf(exception, sizeof(exception), "let %s be paired with dan, although that breaks other-directorate", left);
	snprintf(sentence, sizeof(sentence),
	    "%s could have a partner, and nobody would lose one, after any one of the changes below; or with one more mentee whom the rules allow with %s",
	    left, left);
	world_explain(w, left);
	assert_true(world_said(w, sentence));
	size_t first = 0;
	while (strcmp(w->lines[first], exception) != 0)
		assert_true(++first < w->n_lines);
	assert_string_equal(w->lines[first + 1], "one more place for cat: 2 instead of 1");
	assert_string_equal(w->lines[first + 2], "accept eve, who is on the waiting list");
	assert_string_equal(w->lines[first + 3], "drop the rule other-directorate for everybody, which allows 2 more pairs");
	mentor_free(w->m);
}

static void a_pinned_pair_can_stand_in_the_way(void **state)
{
	(void)state;
	struct world *w = world_new();
	bool changed = false;
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", NULL, "a", 0 },
		{ "bob", "mentor", "B", "1", NULL, "a", 0 },
		{ "cat", "mentee", "C", "2", NULL, "a", 0 },
		{ "dan", "mentee", "B", "2", NULL, "b", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	support_sql(w->m, "UPDATE enrolment SET state = 'waiting' WHERE person_id = 2");
	world_propose(w); /* ann and cat, whom bob can have as well */
	assert_string_equal(w->rows[0], "added m1 ann-cat");
	assert_int_equal(mentor_match_pin(w->m, 1, true, &changed), MENTOR_OK);
	support_sql(w->m, "UPDATE enrolment SET state = 'accepted' WHERE person_id = 2");
	world_propose(w);
	world_explain(w, "bob");
	assert_true(world_said(w, "let go of m1, the pinned pair of ann and cat: both can be with somebody else"));
	world_explain(w, "m1");
	assert_true(world_said(w, "The pair is pinned: every new proposal keeps it, until it is let go: mentor match pin --off m1"));
	assert_true(!world_said(w, "Pairs are chosen for everybody together"));
	mentor_free(w->m);
}

static void a_pair_put_together_by_hand_says_why(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", NULL, "a", 0 },
		{ "cat", "mentee", "A", "2", NULL, "a", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	assert_int_equal(mentor_match_add(w->m, w->cohort, 1, 2, "both asked for it", NULL), MENTOR_OK);
	world_explain(w, "m1");
	assert_true(world_said(w, "The pair breaks other-directorate"));
	assert_true(world_said(w, "The two were put together by hand although a hard rule spoke against it, for this reason: both asked for it"));
	mentor_free(w->m);
}

static void that_two_are_kept_apart_is_never_told_nor_given_up(void **state)
{
	(void)state;
	struct world *w = world_new();
	const char *change = NULL;
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", NULL, "a", 0 },
		{ "cat", "mentee", "C", "2", NULL, "a", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	assert_int_equal(mentor_match_avoid(w->m, 2, 1, false, "a matter of the past", &change), MENTOR_OK);
	world_propose(w);
	world_explain(w, "ann");
	assert_true(world_said(w, "available: rules out 1 of 1 mentee"));
	assert_true(world_said(w, "No single change of a rule, a place or a pin would give ann a partner without taking one from somebody; "
				  "what would is one more mentee whom the rules allow with ann"));
	for (size_t i = 0; i < w->n_lines; i++) {
		assert_null(strstr(w->lines[i], "cat"));
		assert_null(strstr(w->lines[i], "past"));
	}
	mentor_free(w->m);
}

static void someone_without_places_would_need_one(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add_all(w, world_four);
	support_sql(w->m, "UPDATE enrolment SET places = 0 WHERE person_id = 1");
	world_propose(w);
	world_explain(w, "ann");
	assert_true(world_said(w, "ann could have a partner, and nobody would lose one, after the change below"));
	assert_true(world_said(w, "one more place for ann: 1 instead of 0"));
	mentor_free(w->m);
}

static void what_points_would_do_with_a_change_is_said(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", NULL, "a", 0 },
		{ "bob", "mentor", "B", "1", NULL, "a", 0 },
		{ "zoe", "mentor", "Z", "2", NULL, "z", 0 }, /* suits nobody */
		{ "cat", "mentee", "C", "2", NULL, "a", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	world_propose(w);
	world_explain(w, "zoe");
	assert_true(world_said(w, "one more place for cat: 2 instead of 1; by points alone a new proposal would then leave zoe over"));
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_is_explained_rule_by_rule_and_its_shares_make_its_score),
		cmocka_unit_test(people_left_over_learn_who_competes_for_what),
		cmocka_unit_test(someone_matched_is_told_the_partner),
		cmocka_unit_test(an_outdated_proposal_is_noticed_when_explaining),
		cmocka_unit_test(someone_not_accepted_is_not_matched_and_told_so),
		cmocka_unit_test(people_outside_the_matching_are_told_why),
		cmocka_unit_test(two_rules_together_are_not_blamed_on_one),
		cmocka_unit_test(long_lists_of_names_are_cut),
		cmocka_unit_test(only_the_best_options_are_named),
		cmocka_unit_test(a_pair_that_has_changed_since_is_judged_as_it_is_now),
		cmocka_unit_test(the_smallest_change_that_helps_comes_first),
		cmocka_unit_test(a_pinned_pair_can_stand_in_the_way),
		cmocka_unit_test(a_pair_put_together_by_hand_says_why),
		cmocka_unit_test(that_two_are_kept_apart_is_never_told_nor_given_up),
		cmocka_unit_test(someone_without_places_would_need_one),
		cmocka_unit_test(what_points_would_do_with_a_change_is_said),
		cmocka_unit_test(someone_with_a_published_partner_hears_who_else_was_possible),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
