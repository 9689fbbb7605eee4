/* ending.c (test): ending, reopening and going on. */
#include "support_match.h"
#include "support_select.h"

/* Two published pairs: m1 ann and cat, m2 bob and dan. */
static struct world *with_pairs(void)
{
	struct world *w = world_new();
	int64_t n = 0;
	world_add_all(w, world_four);
	world_propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(n, 2);
	return w;
}

static const struct mentor_ending silence = { .wish = MENTOR_NONE, .reason = MENTOR_NONE, .replacement = MENTOR_NONE, .apart = MENTOR_NONE };

static bool end(struct world *w, struct mentor_ending ending)
{
	bool changed = false;
	assert_int_equal(mentor_match_end(w->m, 1, &ending, &changed), MENTOR_OK);
	return changed;
}

static struct mentor_ending ending_of(struct world *w)
{
	struct mentor_ending e;
	bool there = false;
	assert_int_equal(mentor_match_ending(w->m, 1, &e, &there), MENTOR_OK);
	assert_true(there);
	return e;
}

static void a_pair_that_works_has_no_ending(void **state)
{
	(void)state;
	struct world *w = with_pairs();
	struct mentor_ending e;
	bool there = true;
	assert_int_equal(mentor_match_ending(w->m, 1, &e, &there), MENTOR_OK);
	assert_false(there);
	mentor_free(w->m);
}

static void what_is_said_of_an_end_is_kept_and_can_be_put_right(void **state)
{
	(void)state;
	struct world *w = with_pairs();
	struct mentor_ending given = silence;
	assert_true(end(w, silence));
	assert_int_equal(ending_of(w).wish, MENTOR_NONE);
	assert_int_equal(ending_of(w).replacement, MENTOR_REPLACEMENT_NONE);
	given.wish = 1;
	given.reason = 3;
	given.note = "Said on the phone";
	given.replacement = MENTOR_REPLACEMENT_MENTEE;
	assert_true(end(w, given));
	assert_false(end(w, given));
	assert_false(end(w, silence));
	assert_string_equal(mentor_ending_wishes[ending_of(w).wish], "mentee");
	assert_string_equal(mentor_ending_reasons[ending_of(w).reason], "not-the-right-match");
	assert_string_equal(ending_of(w).note, "Said on the phone");
	assert_int_equal(ending_of(w).replacement, MENTOR_REPLACEMENT_MENTEE);
	given.replacement = MENTOR_REPLACEMENT_MENTOR;
	assert_true(end(w, given));
	assert_int_equal(ending_of(w).replacement, MENTOR_REPLACEMENT_MENTOR);
	mentor_free(w->m);
}

static void who_asks_for_nobody_is_left_in_peace(void **state)
{
	(void)state;
	struct world *w = with_pairs();
	static const struct someone late[] = { { "eve", "mentee", "E", "2", NULL, "ab", 0 }, { 0 } };
	struct mentor_ending given = silence;
	world_add_all(w, late);
	assert_true(end(w, silence));
	world_propose(w);
	assert_int_equal(w->n_rows, 0);
	assert_int_equal(w->n_left, 1); /* eve; neither ann nor cat is called left over */
	given.replacement = MENTOR_REPLACEMENT_MENTOR;
	assert_true(end(w, given));
	world_propose(w);
	assert_int_equal(w->n_rows, 1);
	assert_string_equal(w->rows[0], "added m3 ann-eve");
	mentor_free(w->m);
}

static void two_who_are_never_to_meet_again_are_kept_apart_once(void **state)
{
	(void)state;
	struct world *w = with_pairs();
	struct mentor_ending given = silence;
	given.apart = 1;
	assert_true(end(w, given));
	assert_false(end(w, given));
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM avoidance WHERE said_by = 'team'"), 1);
	assert_int_equal(ending_of(w).apart, 1);
	mentor_free(w->m);
}

static void reopening_takes_back_all_that_came_with_the_end(void **state)
{
	(void)state;
	struct world *w = with_pairs();
	static const struct someone late[] = { { "eve", "mentee", "E", "2", NULL, "ab", 0 }, { 0 } };
	struct mentor_ending given = { .wish = 0, .reason = 0, .replacement = MENTOR_REPLACEMENT_MENTOR, .apart = 1, .note = "by mistake" };
	struct mentor_replaced r;
	bool changed = false;
	world_add_all(w, late);
	assert_true(end(w, given));
	assert_int_equal(mentor_match_replace(w->m, w->cohort, 1, &r), MENTOR_OK);
	assert_string_equal(r.partner_name, "eve");
	assert_int_equal(r.reserve, 1);
	assert_int_equal(mentor_match_reopen(w->m, 1, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_match_reopen(w->m, 1, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'active' AND ended_on IS NULL"), 2);
	assert_int_equal(support_number(w->m, "SELECT (SELECT count(*) FROM ending) + (SELECT count(*) FROM avoidance) + "
					      "(SELECT count(*) FROM replacement) + (SELECT count(*) FROM pair WHERE state = 'proposed')"),
	    0);
	mentor_free(w->m);
}

static void what_somebody_else_said_of_the_two_outlives_reopening(void **state)
{
	(void)state;
	struct world *w = with_pairs();
	struct mentor_ending given = silence;
	bool changed = false;
	given.apart = 1;
	support_sql(w->m, "INSERT INTO avoidance (person_id, other_person_id, said_by, recorded_on, recorded_by) "
			  "SELECT b.person_id, a.person_id, 'person', '2026-03-02', 'x' FROM pair p JOIN enrolment a ON a.id = p.mentor_id "
			  "JOIN enrolment b ON b.id = p.mentee_id WHERE p.id = 1");
	assert_true(end(w, given));
	assert_int_equal(mentor_match_reopen(w->m, 1, &changed), MENTOR_OK);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM avoidance"), 1);
	mentor_free(w->m);
}

static void a_pair_is_not_reopened_when_it_is_too_late(void **state)
{
	(void)state;
	static const struct {
		const char *sql, *today, *message;
	} cases[] = {
		{ "UPDATE pair SET ended_on = '2026-03-02'", "2026-03-10", "m1 cannot be reopened: it ended more than a week ago" },
		{ "UPDATE enrolment SET places = 0 WHERE person_id = 1", "2026-03-09", "m1 cannot be reopened: ann has no place any more" },
		{ "UPDATE enrolment SET state = 'withdrawn' WHERE person_id = 3", "2026-03-02", "m1 cannot be reopened: cat has no place any more" },
		{ "UPDATE cohort SET finished_on = '2026-03-02'", "2026-03-02", "the cohort 'spring' is finished" },
		{ "UPDATE pair SET state = 'proposed' WHERE id = 1", "2026-03-02", "m1 is only proposed" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct world *w = with_pairs();
		bool changed = true;
		assert_true(end(w, silence));
		support_sql(w->m, cases[i].sql);
		assert_int_equal(mentor_set_now(w->m, cases[i].today), MENTOR_OK);
		support_failed(w->m, mentor_match_reopen(w->m, 1, &changed), MENTOR_REFUSED, cases[i].message);
		assert_true(changed);
		mentor_free(w->m);
	}
}

static void a_completed_pair_can_go_on_and_stop(void **state)
{
	(void)state;
	struct world *w = with_pairs();
	bool changed = false;
	support_failed(w->m, mentor_match_continue(w->m, 1, true, &changed), MENTOR_REFUSED, "m1 is at work until the cohort has finished");
	support_sql(w->m, "UPDATE pair SET state = 'completed', ended_on = '2026-03-02'");
	assert_int_equal(mentor_match_continue(w->m, 1, true, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_match_continue(w->m, 1, true, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE continued_on = '2026-03-02'"), 1);
	assert_int_equal(mentor_match_continue(w->m, 1, false, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE continued_on IS NOT NULL"), 0);
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_that_works_has_no_ending),
		cmocka_unit_test(what_is_said_of_an_end_is_kept_and_can_be_put_right),
		cmocka_unit_test(who_asks_for_nobody_is_left_in_peace),
		cmocka_unit_test(two_who_are_never_to_meet_again_are_kept_apart_once),
		cmocka_unit_test(reopening_takes_back_all_that_came_with_the_end),
		cmocka_unit_test(what_somebody_else_said_of_the_two_outlives_reopening),
		cmocka_unit_test(a_pair_is_not_reopened_when_it_is_too_late),
		cmocka_unit_test(a_completed_pair_can_go_on_and_stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
