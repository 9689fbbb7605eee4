/* publish.c (test): answers to proposed pairs, and the gates of publishing. */
#include "publish.h"

#include "support_match.h"
#include "support_select.h"

static const char choosing[] = "programme: demo\n"
			       "title: Demo mentoring\n"
			       "contact: { email: team@example.org }\n"
			       "matching:\n"
			       "  mentors_choose: yes\n"
			       "  rules:\n"
			       "    other-directorate: { rule: different, field: directorate }\n"
			       "contract: { purpose: We learn from each other. }\n";

static struct world *with_proposal(void)
{
	struct world *w = world_new_of(choosing);
	world_add_all(w, world_four);
	world_propose(w);
	return w;
}

static void an_answer_is_wanted_of_mentors_only_where_the_programme_says_so(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	int64_t n = 0, pair = 0;
	bool changed = false;
	assert_int_equal(publish_mentees_silent(w->m, w->cohort, &n, &pair), MENTOR_OK);
	assert_int_equal(n, 0);
	assert_int_equal(publish_mentors_silent(w->m, w->cohort, &n, &pair), MENTOR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(pair, 1);
	assert_int_equal(mentor_match_accept(w->m, 1, MENTOR_ROLE_MENTOR, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_match_accept(w->m, 1, MENTOR_ROLE_MENTOR, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(publish_mentors_silent(w->m, w->cohort, &n, &pair), MENTOR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(pair, 2);
	mentor_free(w->m);
}

static void some_pairs_are_published_and_the_others_wait(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	static const int64_t first[] = { 1 }, second[] = { 2 }, nowhere[] = { 9 };
	int64_t n = -1;
	bool changed = false;
	assert_int_equal(mentor_match_accept(w->m, 1, MENTOR_ROLE_MENTOR, &changed), MENTOR_OK);
	support_failed(w->m, mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED, "m2 (bob and cat) cannot be published: bob has not accepted it yet");
	support_failed(w->m, mentor_match_publish_some(w->m, w->cohort, second, 1, &n), MENTOR_REFUSED, "bob has not accepted it yet");
	support_failed(w->m, mentor_match_publish_some(w->m, w->cohort, nowhere, 1, &n), MENTOR_NOT_FOUND, "m9 is not in this cohort");
	assert_int_equal(n, -1);
	assert_int_equal(mentor_match_publish_some(w->m, w->cohort, first, 1, &n), MENTOR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(mentor_match_publish_some(w->m, w->cohort, first, 1, &n), MENTOR_OK);
	assert_int_equal(n, 0);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'active'"), 1);
	mentor_free(w->m);
}

static void every_reason_against_every_pair_is_a_problem(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	int64_t n = -1;
	support_sql(w->m, "UPDATE person SET directorate = 'B' WHERE name = 'cat'");
	support_failed(w->m, mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED, "of 2 pairs some cannot be published");
	assert_int_equal(mentor_error(w->m)->n_problems, 3);
	assert_string_equal(mentor_error(w->m)->problems[1].message,
	    "m2 (bob and cat) cannot be published: it breaks the rule other-directorate: the same directorate: B");
	assert_string_equal(mentor_error(w->m)->state, "nothing published");
	mentor_free(w->m);
}

static void a_declined_pair_is_not_proposed_again_until_that_is_taken_back(void **state)
{
	(void)state;
	struct world *w = with_proposal();
	bool changed = false;
	assert_int_equal(mentor_match_decline(w->m, 1, MENTOR_ROLE_MENTOR, "We have met", &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_match_decline(w->m, 1, MENTOR_ROLE_MENTOR, NULL, &changed), MENTOR_OK);
	assert_false(changed);
	world_propose(w);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair p JOIN refusal r ON r.mentor_id = p.mentor_id AND r.mentee_id = p.mentee_id"), 0);
	assert_int_equal(mentor_match_decline_undo(w->m, 1, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_match_decline_undo(w->m, 1, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(support_number(w->m, "SELECT (SELECT count(*) FROM block) + (SELECT count(*) FROM refusal)"), 0);
	support_failed(w->m, mentor_match_decline(w->m, 99, MENTOR_ROLE_MENTOR, NULL, &changed), MENTOR_NOT_FOUND, "number 99");
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_is_wanted_of_mentors_only_where_the_programme_says_so),
		cmocka_unit_test(some_pairs_are_published_and_the_others_wait),
		cmocka_unit_test(every_reason_against_every_pair_is_a_problem),
		cmocka_unit_test(a_declined_pair_is_not_proposed_again_until_that_is_taken_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
