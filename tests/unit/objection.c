/* objection.c (test): what is recorded of objections, and that it takes effect where it is asked. */
#include "objection.h"
#include "support.h"

#include <stdio.h>

enum { MATCHING, REMINDERS, MONITORING, SURVEYS };
enum { OBJECTED, LIFTED, ANSWERED };

static struct mentor *world(void)
{
	struct mentor *m = support_cohort();
	support_person(m, "ann", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bob", "Parks", MENTOR_ROLE_MENTEE);
	return m;
}

static bool object(struct mentor *m, int64_t purpose, int64_t step)
{
	bool changed = false;
	assert_int_equal(mentor_privacy_object(m, 1, purpose, step, NULL, &changed), MENTOR_OK);
	return changed;
}

static void an_objection_stands_until_it_is_lifted(void **state)
{
	struct mentor *m = world();
	(void)state;
	assert_int_equal(support_number(m, "SELECT " OBJECTS("1", "reminders")), 0);
	assert_true(object(m, REMINDERS, OBJECTED));
	assert_false(object(m, REMINDERS, OBJECTED));
	assert_int_equal(support_number(m, "SELECT " OBJECTS("1", "reminders")), 1);
	assert_int_equal(support_number(m, "SELECT " OBJECTS("2", "reminders")), 0);
	assert_int_equal(support_number(m, "SELECT " OBJECTS("1", "surveys")), 0);
	assert_true(object(m, REMINDERS, LIFTED));
	assert_false(object(m, REMINDERS, LIFTED));
	assert_int_equal(support_number(m, "SELECT " OBJECTS("1", "reminders")), 0);
	assert_true(object(m, REMINDERS, OBJECTED));
	assert_int_equal(support_number(m, "SELECT " OBJECTS("1", "reminders")), 1);
	/* every step is kept */
	assert_int_equal(support_number(m, "SELECT count(*) FROM objection"), 3);
	mentor_free(m);
}

static enum mentor_status keep(void *arg, const void *record)
{
	const struct mentor_objection *o = record;
	(void)snprintf(arg, 100, "p%ld %s %s %s %s", (long)o->person, o->purpose, o->objected_on, o->answered_on ? o->answered_on : "-", o->answer_by ? o->answer_by : "-");
	return MENTOR_OK;
}

static void an_objection_is_answered_within_a_month(void **state)
{
	struct mentor *m = world();
	char text[100] = "";
	bool changed = false;
	(void)state;
	assert_int_equal(mentor_privacy_object(m, 1, SURVEYS, ANSWERED, NULL, &changed), MENTOR_REFUSED);
	assert_int_equal(mentor_privacy_object(m, 1, SURVEYS, OBJECTED, "2026-03-03", &changed), MENTOR_INVALID);
	assert_int_equal(mentor_privacy_object(m, 9, SURVEYS, OBJECTED, NULL, &changed), MENTOR_NOT_FOUND);
	assert_int_equal(mentor_privacy_object(m, 1, SURVEYS, OBJECTED, "2026-01-31", &changed), MENTOR_OK);
	assert_int_equal(mentor_objections(m, keep, text), MENTOR_OK);
	assert_string_equal(text, "p1 surveys 2026-01-31 - 2026-02-28");
	assert_int_equal(mentor_privacy_check(m, NULL, 0), MENTOR_FOUND);
	assert_non_null(strstr(mentor_error(m)->message, "p1 objected to surveys on 2026-01-31 and has to be answered by 2026-02-28"));
	assert_true(object(m, SURVEYS, ANSWERED));
	assert_false(object(m, SURVEYS, ANSWERED));
	assert_int_equal(mentor_objections(m, keep, text), MENTOR_OK);
	assert_string_equal(text, "p1 surveys 2026-01-31 2026-03-02 -");
	assert_int_equal(support_number(m, "SELECT " OBJECTS("1", "surveys")), 1);
	mentor_free(m);
}

static void monitoring_is_forgotten_and_no_more_taken(void **state)
{
	struct mentor *m = world();
	bool changed = true;
	(void)state;
	assert_true(object(m, MONITORING, OBJECTED));
	/* recorded behind the wall as well, where answers are taken: there is nothing left to withdraw */
	assert_int_equal(mentor_equality_withdraw(m, 1, false, &changed), MENTOR_OK);
	assert_false(changed);
	assert_true(object(m, MONITORING, LIFTED));
	assert_int_equal(mentor_equality_withdraw(m, 1, false, &changed), MENTOR_OK);
	assert_true(changed);
	mentor_free(m);
}

static void tokens_that_have_not_served_are_void(void **state)
{
	struct mentor *m = world();
	(void)state;
	support_sql(m, "INSERT INTO ticket (id, cohort_id, survey, stage, enrolment_id, token, used) VALUES (1, 1, 's', 'before', 1, 'a', 0)");
	support_sql(m, "INSERT INTO ticket (id, cohort_id, survey, stage, enrolment_id, token, used) VALUES (2, 1, 's', 'after', 1, 'b', 1)");
	support_sql(m, "INSERT INTO ticket (id, cohort_id, survey, stage, enrolment_id, token, used) VALUES (3, 1, 's', 'before', 2, 'c', 0)");
	assert_true(object(m, SURVEYS, OBJECTED));
	assert_int_equal(support_number(m, "SELECT sum(id) FROM ticket"), 5);
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_objection_stands_until_it_is_lifted),
		cmocka_unit_test(an_objection_is_answered_within_a_month),
		cmocka_unit_test(monitoring_is_forgotten_and_no_more_taken),
		cmocka_unit_test(tokens_that_have_not_served_are_void),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
