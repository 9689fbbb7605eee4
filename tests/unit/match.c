/* match.c (test): proposing, publishing and ending. */
#include "support_match.h"

static void proposing_twice_changes_nothing(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t before = 0, after = 0;
	world_add_all(w, world_four);
	world_propose(w);
	assert_int_equal(mentor_revision(w->m, &before), MENTOR_OK);
	world_propose(w);
	assert_int_equal(mentor_revision(w->m, &after), MENTOR_OK);
	assert_int_equal(before, after);
	assert_string_equal(w->rows[0], "unchanged m1 ann-cat");
	assert_string_equal(w->rows[1], "unchanged m2 bob-dan");
	mentor_free(w->m);
}

static void a_new_proposal_keeps_the_pairs_that_stay(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add_all(w, world_four);
	world_propose(w);
	support_sql(w->m,
	    "UPDATE enrolment SET state = 'withdrawn' WHERE person_id = (SELECT id FROM person WHERE name = 'dan')");
	world_propose(w);
	assert_int_equal(w->n_rows, 2);
	assert_string_equal(w->rows[0], "unchanged m1 ann-cat");
	assert_string_equal(w->rows[1], "removed m2 bob-dan");
	assert_string_equal(w->left[0], "bob: the rules allow 1 of 1 mentees, with no place left");
	mentor_free(w->m);
}

static enum mentor_status stop_here(void *arg, const struct mentor_match_row *row)
{
	(void)row;
	return mentor_fail(arg, MENTOR_FAILED, NULL, "stopped by the test");
}

static void a_proposal_that_is_interrupted_leaves_nothing_behind(void **state)
{
	(void)state;
	struct world *w = world_new();
	struct mentor_match_sink sink = { .pair = stop_here, .arg = w->m };
	world_add_all(w, world_four);
	assert_int_equal(mentor_match_propose(w->m, w->cohort, &sink, &w->summary), MENTOR_FAILED);
	assert_string_equal(mentor_error(w->m)->message, "stopped by the test");
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair"), 0);
	mentor_free(w->m);
}

static void a_finished_cohort_is_left_alone(void **state)
{
	(void)state;
	struct world *w = world_new();
	support_sql(w->m, "UPDATE cohort SET finished_on = '2026-02-28'");
	assert_int_equal(mentor_match_propose(w->m, w->cohort, NULL, &w->summary), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "the cohort 'spring' is finished");
	mentor_free(w->m);
}

static void a_cohort_without_people_gets_an_empty_proposal(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_propose(w);
	assert_int_equal(w->summary.pairs + w->summary.candidates + w->summary.mentors_left, 0);
	mentor_free(w->m);
}

static void a_score_that_changed_is_updated_in_place(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add_all(w, world_four);
	world_propose(w);
	support_sql(w->m, "UPDATE person SET grade = '1' WHERE name = 'cat'");
	world_propose(w);
	assert_string_equal(w->rows[0], "updated m1 ann-cat");
	assert_int_equal(support_number(w->m, "SELECT score FROM pair WHERE id = 1"), 5000);
	mentor_free(w->m);
}

/* ---- publishing and ending ---- */

static void publishing_makes_proposals_active_once(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = -1;
	world_add_all(w, world_four);
	world_propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(
	    support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'active' AND published_on = '2026-03-02'"),
	    2);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(n, 0);
	world_propose(w);
	assert_int_equal(w->n_rows + w->n_left, 0);
	assert_int_equal(w->summary.active, 2);
	mentor_free(w->m);
}

static void nothing_is_published_when_one_pair_no_longer_may_be(void **state)
{
	(void)state;
	static const struct {
		const char *sql, *message;
	} cases[] = {
		{ "UPDATE enrolment SET state = 'withdrawn' WHERE person_id = (SELECT id FROM person WHERE name = "
		  "'dan')",
		    "m2 (bob and dan) cannot be published: dan is not accepted as mentee any more" },
		{ "UPDATE enrolment SET role = 'mentee' WHERE person_id = (SELECT id FROM person WHERE name = 'bob')",
		    "m2 (bob and dan) cannot be published: bob is not accepted as mentor any more" },
		{ "UPDATE enrolment SET places = 0 WHERE person_id = (SELECT id FROM person WHERE name = 'bob')",
		    "m2 (bob and dan) cannot be published: bob has no place left" },
		{ "UPDATE person SET directorate = 'b' WHERE name = 'dan'",
		    "m2 (bob and dan) cannot be published: it breaks the rule other-directorate: the same directorate: "
		    "B" },
		{ "UPDATE person SET manager_email = 'bob@example.org' WHERE name = 'dan'",
		    "m2 (bob and dan) cannot be published: it breaks the rule no-line: bob is above dan in the line of "
		    "management" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct world *w = world_new();
		int64_t n = -1;
		world_add_all(w, world_four);
		world_propose(w);
		support_sql(w->m, cases[i].sql);
		assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED);
		assert_string_equal(mentor_error(w->m)->message, cases[i].message);
		assert_string_equal(mentor_error(w->m)->state, "nothing published");
		assert_int_equal(n, -1);
		assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'active'"), 0);
		mentor_free(w->m);
	}
}

static void two_proposals_for_one_place_are_noticed(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = 0;
	world_add_all(w, world_four);
	world_propose(w);
	support_sql(w->m, "UPDATE pair SET mentee_id = (SELECT mentee_id FROM pair WHERE id = 1) WHERE id = 2");
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m2 (bob and cat) cannot be published: cat has no place left");
	mentor_free(w->m);
}

static void ending_frees_whoever_asks_and_the_two_are_not_paired_again(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = 0;
	bool changed = false;
	world_add_all(w, world_four);
	world_propose(w);
	assert_int_equal(mentor_match_end(w->m, 1, NULL, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m1 is only proposed");
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(mentor_set_now(w->m, "2026-04-01"), MENTOR_OK);
	static const struct mentor_ending asked = { .wish = MENTOR_NONE, .reason = MENTOR_NONE, .replacement = MENTOR_REPLACEMENT_BOTH };
	assert_int_equal(mentor_match_end(w->m, 1, &asked, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_match_end(w->m, 2, &asked, &changed), MENTOR_OK);
	assert_int_equal(mentor_match_end(w->m, 1, NULL, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'ended' AND ended_on = '2026-04-01'"), 2);
	world_propose(w);
	assert_int_equal(w->n_rows, 2);
	assert_string_equal(w->rows[0], "added m3 ann-dan");
	assert_string_equal(w->rows[1], "added m4 bob-cat");
	world_explain(w, "m1");
	assert_true(world_said(w, "new-pair held: ann and cat have not been paired in this cohort before"));
	mentor_free(w->m);
}

static void active_pairs_keep_their_places(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone late[] = { { "eve", "mentee", "E", "2", NULL, "ab", 0 }, { 0 } };
	int64_t n = 0;
	world_add_all(w, world_four);
	world_propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	world_add_all(w, late);
	world_propose(w);
	assert_int_equal(w->n_rows, 0);
	assert_string_equal(w->left[0], "eve: the rules allow 2 of 2 mentors, with no place left");
	world_explain(w, "eve");
	assert_true(world_said(w, "ann was possible (6000 points with eve) but is with cat in m1 (6000)"));
	mentor_free(w->m);
}

/* ---- numbers ---- */

static enum mentor_status note_percent(void *arg, const struct mentor_match_row *row)
{
	*(int64_t *)arg = row->percent;
	return MENTOR_OK;
}

static void a_score_is_told_in_per_cent_of_the_most_there_could_be(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t percent = -1;
	const struct mentor_match_sink sink = { .pair = note_percent, .arg = &percent };
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", NULL, "abc", 0 },
		{ "cat", "mentee", "B", "2", NULL, "ab", 0 },
		{ 0 },
	};
	assert_int_equal(mentor_match_propose(w->m, w->cohort, &sink, &w->summary), MENTOR_OK);
	assert_int_equal(w->summary.percent, MENTOR_NONE); /* of no pairs at all */
	world_add_all(w, people);
	assert_int_equal(mentor_match_propose(w->m, w->cohort, &sink, &w->summary), MENTOR_OK);
	assert_int_equal(w->summary.score, 5 * 666 + 1000);
	assert_int_equal(percent, 72);
	assert_int_equal(w->summary.percent, 72);
	mentor_free(w->m);
}

/** What the kernel told of its progress. */
struct heard {
	int64_t calls, done, total;
};

static void hear(void *arg, int64_t done, int64_t total)
{
	struct heard *heard = arg;
	assert_true(done <= total);
	heard->calls++;
	heard->done = done;
	heard->total = total;
}

static void progress_is_told_while_the_choice_is_sought(void **state)
{
	(void)state;
	struct world *w = world_new();
	struct heard heard = { 0 };
	const struct mentor_match_sink sink = { .progress = hear, .arg = &heard };
	world_add_all(w, world_four);
	assert_int_equal(mentor_match_propose(w->m, w->cohort, &sink, &w->summary), MENTOR_OK);
	assert_true(heard.calls > 0);
	assert_int_equal(heard.total, 2);
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proposing_twice_changes_nothing),
		cmocka_unit_test(a_new_proposal_keeps_the_pairs_that_stay),
		cmocka_unit_test(a_proposal_that_is_interrupted_leaves_nothing_behind),
		cmocka_unit_test(a_finished_cohort_is_left_alone),
		cmocka_unit_test(a_cohort_without_people_gets_an_empty_proposal),
		cmocka_unit_test(a_score_that_changed_is_updated_in_place),
		cmocka_unit_test(publishing_makes_proposals_active_once),
		cmocka_unit_test(nothing_is_published_when_one_pair_no_longer_may_be),
		cmocka_unit_test(two_proposals_for_one_place_are_noticed),
		cmocka_unit_test(ending_frees_whoever_asks_and_the_two_are_not_paired_again),
		cmocka_unit_test(active_pairs_keep_their_places),
		cmocka_unit_test(a_score_is_told_in_per_cent_of_the_most_there_could_be),
		cmocka_unit_test(progress_is_told_while_the_choice_is_sought),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
