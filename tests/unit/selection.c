/* selection.c (test): what stands against accepting and against publishing. */
#include "support_select.h"

#include "selection.h"

#include <stdio.h>

static enum mentor_status decide(struct mentor *m, int64_t enrolment, enum mentor_enrolment_state state, const char *override)
{
	bool changed = false;
	return mentor_enrol_decide(m, enrolment, state, NULL, override, &changed);
}

static enum mentor_status accept(struct mentor *m, int64_t enrolment, const char *override)
{
	return decide(m, enrolment, MENTOR_ENROLMENT_ACCEPTED, override);
}

static void whoever_says_no_is_not_accepted_without_an_override(void **state)
{
	struct mentor *m = *state;
	support_failed(m, accept(m, BEA, NULL), MENTOR_REFUSED, "Bea says no to 'region': I work in the region");
	assert_string_equal(mentor_error(m)->hint,
	    "if that has changed: mentor enrol confirm p2 region; or give a reason with --override REASON, which is kept");
	assert_int_equal(accept(m, BEA, "Moves here in May"), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE id = 2 AND state = 'accepted' AND reason = '(override: Moves here in May)'"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM waiver WHERE enrolment_id = 2 AND kind = 'eligibility' AND name = 'region'"), 1);
}

static void a_confirmation_recorded_as_no_counts_too_and_so_does_correcting_it(void **state)
{
	struct mentor *m = *state;
	support_confirm(m, AMY, "time", false);
	support_failed(m, accept(m, AMY, NULL), MENTOR_REFUSED, "Amy says no to 'time'");
	support_confirm(m, AMY, "time", true);
	assert_int_equal(accept(m, AMY, NULL), MENTOR_OK);
}

static void what_is_missing_stands_against_nothing_and_no_override_is_kept_for_it(void **state)
{
	struct mentor *m = *state;
	assert_int_equal(accept(m, CAS, "not needed"), MENTOR_OK);
	assert_int_equal(accept(m, EVE, NULL), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE id = 3 AND reason IS NULL"), 1);
}

static void a_refusal_counts_where_support_is_required(void **state)
{
	struct mentor *m = *state;
	support_approve(m, AMY, MENTOR_SUPPORT_REFUSED);
	support_approve(m, DAN, MENTOR_SUPPORT_REFUSED);
	support_failed(m, accept(m, AMY, NULL), MENTOR_REFUSED, "the line manager of Amy refuses the support that the programme requires");
	assert_int_equal(accept(m, DAN, NULL), MENTOR_OK); /* of mentees it is only asked for */
	assert_int_equal(accept(m, AMY, "The director has agreed"), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM waiver WHERE enrolment_id = 1 AND kind = 'support'"), 1);
}

static void a_decision_taken_anew_passes_over_nothing_by_itself(void **state)
{
	struct mentor *m = *state;
	assert_int_equal(accept(m, BEA, "Moves here in May"), MENTOR_OK);
	assert_int_equal(decide(m, BEA, MENTOR_ENROLMENT_DECLINED, NULL), MENTOR_OK);
	assert_int_equal(accept(m, BEA, NULL), MENTOR_REFUSED);
}

/* A proposed pair of Amy and Dan. */
static void propose(struct mentor *m)
{
	struct mentor_match_summary summary;
	assert_int_equal(accept(m, AMY, NULL), MENTOR_OK);
	assert_int_equal(accept(m, DAN, NULL), MENTOR_OK);
	assert_int_equal(mentor_match_propose(m, 1, NULL, &summary), MENTOR_OK);
	assert_int_equal(summary.pairs, 1);
}

static void a_pair_waits_for_the_support_that_is_required(void **state)
{
	struct mentor *m = *state;
	int64_t n = 0;
	propose(m);
	support_failed(m, mentor_match_publish(m, 1, &n), MENTOR_REFUSED, "the line manager of Amy has not been asked");
	assert_string_equal(mentor_error(m)->hint, "once it is given: mentor enrol approve p1 --given");
	support_approve(m, AMY, MENTOR_SUPPORT_ASKED);
	support_failed(m, mentor_match_publish(m, 1, &n), MENTOR_REFUSED, "has not yet given the support");
	support_approve(m, AMY, MENTOR_SUPPORT_REFUSED);
	support_failed(m, mentor_match_publish(m, 1, &n), MENTOR_REFUSED, "refuses the support");
	support_approve(m, AMY, MENTOR_SUPPORT_GIVEN);
	assert_int_equal(mentor_match_publish(m, 1, &n), MENTOR_OK);
	assert_int_equal(n, 1);
}

static void a_no_said_after_accepting_holds_a_pair_back(void **state)
{
	struct mentor *m = *state;
	int64_t n = 0;
	propose(m);
	support_approve(m, AMY, MENTOR_SUPPORT_GIVEN);
	support_confirm(m, DAN, "leads", false);
	support_failed(m, mentor_match_publish(m, 1, &n), MENTOR_REFUSED, "Dan says no to 'leads'");
	support_confirm(m, DAN, "leads", true);
	assert_int_equal(mentor_match_publish(m, 1, &n), MENTOR_OK);
}

static void what_an_override_passed_over_does_not_hold_a_pair_back_until_it_is_said_anew(void **state)
{
	struct mentor *m = *state;
	struct mentor_match_summary summary;
	int64_t n = 0;
	const char *name = "time";
	bool changed = false;
	support_confirm(m, DAN, "time", false);
	support_approve(m, AMY, MENTOR_SUPPORT_REFUSED);
	assert_int_equal(accept(m, AMY, "Agreed above"), MENTOR_OK);
	assert_int_equal(accept(m, DAN, "Short sessions"), MENTOR_OK);
	assert_int_equal(mentor_match_propose(m, 1, NULL, &summary), MENTOR_OK);
	assert_int_equal(mentor_enrol_confirm(m, DAN, &name, 1, false, "2026-03-01", &changed), MENTOR_OK);
	support_failed(m, mentor_match_publish(m, 1, &n), MENTOR_REFUSED, "Dan says no to 'time'");
	support_confirm(m, DAN, "time", true);
	assert_int_equal(mentor_match_publish(m, 1, &n), MENTOR_OK);
	assert_int_equal(n, 1);
}

static enum mentor_status write_down(void *arg, const void *record)
{
	const struct mentor_answer *a = record;
	size_t len = strlen(arg);
	snprintf((char *)arg + len, 512 - len, "%s (%s): %s|", a->question, a->heading, a->answer);
	return MENTOR_OK;
}

static void answers_come_in_the_order_of_the_form(void **state)
{
	char text[512] = "";
	assert_int_equal(mentor_enrol_answers(*state, AMY, write_down, text), MENTOR_OK);
	assert_string_equal(text, "region (Region): yes|benefit (Benefit): I would learn|topics (Topics): a; b|");
	text[0] = '\0';
	assert_int_equal(mentor_enrol_answers(*state, EVE, write_down, text), MENTOR_OK);
	assert_string_equal(text, "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_applicants_set_up, support_applicants_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(whoever_says_no_is_not_accepted_without_an_override),
		TEST(a_confirmation_recorded_as_no_counts_too_and_so_does_correcting_it),
		TEST(what_is_missing_stands_against_nothing_and_no_override_is_kept_for_it),
		TEST(a_refusal_counts_where_support_is_required),
		TEST(a_decision_taken_anew_passes_over_nothing_by_itself),
		TEST(a_pair_waits_for_the_support_that_is_required),
		TEST(a_no_said_after_accepting_holds_a_pair_back),
		TEST(what_an_override_passed_over_does_not_hold_a_pair_back_until_it_is_said_anew),
		TEST(answers_come_in_the_order_of_the_form),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
