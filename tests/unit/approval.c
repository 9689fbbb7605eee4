/* approval.c (test): line managers' support. */
#include "support_select.h"

#include "approval.h"

static enum mentor_status copy(void *arg, const void *record)
{
	struct mentor_approval *a = arg;
	*a = *(const struct mentor_approval *)record;
	a->asked_on = a->asked_on ? "asked" : NULL; /* the texts are gone when this returns */
	a->answered_on = a->answered_on ? "answered" : NULL;
	a->by = a->reason = a->recorded_by = NULL;
	return MENTOR_OK;
}

static struct mentor_approval approval(struct mentor *m, int64_t enrolment)
{
	struct mentor_approval a;
	memset(&a, 0, sizeof(a));
	assert_int_equal(mentor_enrol_approval(m, enrolment, copy, &a), MENTOR_OK);
	return a;
}

static void what_the_programme_wants_depends_on_the_role(void **state)
{
	assert_int_equal(approval(*state, AMY).wanted, DEF_SUPPORT_REQUIRED);
	assert_int_equal(approval(*state, BEA).wanted, DEF_SUPPORT_ASKED);
	assert_int_equal(approval(*state, CAS).wanted, DEF_SUPPORT_REQUIRED); /* the stricter of both */
	assert_int_equal(approval(*state, EVE).wanted, DEF_SUPPORT_NONE);
	assert_int_equal(approval(*state, AMY).state, MENTOR_SUPPORT_NONE);
}

static void it_is_asked_for_then_given_or_refused(void **state)
{
	struct mentor *m = *state;
	assert_true(support_approve(m, AMY, MENTOR_SUPPORT_ASKED));
	assert_int_equal(approval(m, AMY).state, MENTOR_SUPPORT_ASKED);
	assert_true(support_approve(m, AMY, MENTOR_SUPPORT_REFUSED));
	assert_int_equal(approval(m, AMY).state, MENTOR_SUPPORT_REFUSED);
	assert_true(support_approve(m, AMY, MENTOR_SUPPORT_GIVEN)); /* a change of mind */
	struct mentor_approval a = approval(m, AMY);
	assert_int_equal(a.state, MENTOR_SUPPORT_GIVEN);
	assert_non_null(a.asked_on);
	assert_non_null(a.answered_on);
	assert_true(support_approve(m, BEA, MENTOR_SUPPORT_GIVEN)); /* without having been asked */
	assert_null(approval(m, BEA).asked_on);
}

static void the_same_again_is_unchanged_and_keeps_who_and_why(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	assert_int_equal(mentor_enrol_approve(m, AMY, MENTOR_SUPPORT_REFUSED, "2026-03-01", "Kim", "No cover", &changed), MENTOR_OK);
	assert_true(changed);
	assert_false(support_approve(m, AMY, MENTOR_SUPPORT_REFUSED));
	assert_int_equal(support_number(m, "SELECT count(*) FROM support WHERE answered_on = '2026-03-01' AND answered_by = 'Kim' AND reason = 'No cover'"), 1);
	assert_int_equal(mentor_enrol_approve(m, AMY, MENTOR_SUPPORT_REFUSED, NULL, NULL, "No cover in spring", &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(support_number(m, "SELECT count(*) FROM support WHERE answered_on = '2026-03-01' AND answered_by = 'Kim' AND reason = 'No cover in spring'"), 1);
	assert_true(support_approve(m, AMY, MENTOR_SUPPORT_GIVEN)); /* another answer begins afresh */
	assert_int_equal(support_number(m, "SELECT count(*) FROM support WHERE answered_on = '2026-03-02' AND answered_by IS NULL AND reason IS NULL"), 1);
	assert_true(support_approve(m, BEA, MENTOR_SUPPORT_ASKED));
	assert_false(support_approve(m, BEA, MENTOR_SUPPORT_ASKED));
}

static void the_line_manager_on_record_answers_when_nobody_is_named(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "UPDATE person SET manager_email = 'kim@example.org' WHERE id = 1");
	assert_true(support_approve(m, AMY, MENTOR_SUPPORT_GIVEN));
	assert_int_equal(support_number(m, "SELECT count(*) FROM support WHERE answered_by = 'kim@example.org'"), 1);
}

static void days_that_cannot_be_are_refused(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	support_failed(m, mentor_enrol_approve(m, AMY, MENTOR_SUPPORT_ASKED, "2026-03-03", NULL, NULL, &changed), MENTOR_INVALID, "still to come");
	assert_true(support_approve(m, AMY, MENTOR_SUPPORT_ASKED));
	support_failed(m, mentor_enrol_approve(m, AMY, MENTOR_SUPPORT_GIVEN, "2026-03-01", NULL, NULL, &changed), MENTOR_INVALID, "cannot have answered");
	assert_true(support_approve(m, BEA, MENTOR_SUPPORT_GIVEN));
	assert_int_equal(mentor_enrol_approve(m, BEA, MENTOR_SUPPORT_ASKED, "2026-02-20", NULL, NULL, &changed), MENTOR_OK);
	assert_int_equal(approval(m, BEA).state, MENTOR_SUPPORT_GIVEN); /* the answer stays */
}

static void where_the_programme_does_not_ask_nothing_is_recorded(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	support_failed(m, mentor_enrol_approve(m, EVE, MENTOR_SUPPORT_GIVEN, NULL, NULL, NULL, &changed), MENTOR_REFUSED, "does not ask for the support");
	assert_int_equal(mentor_enrol_approve(m, AMY, MENTOR_SUPPORT_NONE, NULL, NULL, NULL, &changed), MENTOR_USAGE);
	assert_int_equal(support_number(m, "SELECT count(*) FROM support"), 0);
}

static void what_is_missing_is_counted_where_it_is_asked(void **state)
{
	struct mentor *m = *state;
	int64_t n = 0, person = 0;
	assert_int_equal(approval_not_asked(m, 1, &n, &person), MENTOR_OK);
	assert_int_equal(n, 4); /* not of the facilitator */
	assert_int_equal(person, AMY);
	support_approve(m, AMY, MENTOR_SUPPORT_REFUSED);
	support_approve(m, BEA, MENTOR_SUPPORT_REFUSED);
	support_approve(m, CAS, MENTOR_SUPPORT_ASKED);
	assert_int_equal(approval_not_asked(m, 1, &n, &person), MENTOR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(person, DAN);
	assert_int_equal(approval_not_answered(m, 1, &n, &person), MENTOR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(person, CAS);
	assert_int_equal(approval_refused(m, 1, &n, &person), MENTOR_OK);
	assert_int_equal(n, 1); /* of mentees it is only asked for */
	assert_int_equal(person, AMY);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_applicants_set_up, support_applicants_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_the_programme_wants_depends_on_the_role),
		TEST(it_is_asked_for_then_given_or_refused),
		TEST(the_same_again_is_unchanged_and_keeps_who_and_why),
		TEST(the_line_manager_on_record_answers_when_nobody_is_named),
		TEST(days_that_cannot_be_are_refused),
		TEST(where_the_programme_does_not_ask_nothing_is_recorded),
		TEST(what_is_missing_is_counted_where_it_is_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
