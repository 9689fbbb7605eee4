/* todo.c (test): what a cohort still lacks, line by line, and that each line's command names a real record. */
#include "support.h"

#include "record.h"

#include <stdio.h>

struct seen {
	int n;
	char lines[2048];
};

static enum mentor_status note(void *arg, const struct mentor_todo *todo)
{
	struct seen *s = arg;
	size_t len = strlen(s->lines);
	s->n++;
	snprintf(s->lines + len, sizeof(s->lines) - len, "%s > %s\n", todo->what, todo->command);
	return MENTOR_OK;
}

static void expect(struct mentor *m, const char *lines)
{
	struct seen s = { 0 };
	assert_int_equal(mentor_cohort_todos(m, 1, note, &s), MENTOR_OK);
	assert_string_equal(s.lines, lines);
}

static void each_step_of_a_cohort_has_its_lines(void **state)
{
	struct mentor *m = support_cohort();
	struct mentor_match_summary summary;
	struct mentor_contract terms;
	const char *change = NULL;
	bool changed = false;
	int64_t n = 0;
	(void)state;
	expect(m, "nobody has applied yet > mentor enrol import FILE\n");
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Roads", MENTOR_ROLE_MENTEE);
	expect(m, "3 line managers have not been asked for support > mentor enrol approve p1 --asked\n"
		  "3 people are due to hear from you, or to be recorded as told > mentor enrol told accepted\n3 accepted people have no partner > mentor match propose\n");
	support_sql(m, "UPDATE enrolment SET contact_on = NULL");
	assert_int_equal(mentor_match_propose(m, 1, NULL, &summary), MENTOR_OK);
	struct seen s = { 0 };
	assert_int_equal(mentor_cohort_todos(m, 1, note, &s), MENTOR_OK);
	assert_non_null(strstr(s.lines, "1 accepted person is left without a partner > mentor match explain p"));
	assert_non_null(strstr(s.lines, "1 proposed pair is not published > mentor match publish\n"));
	assert_int_equal(mentor_match_publish(m, 1, &n), MENTOR_OK);
	support_sql(m, "UPDATE enrolment SET state = 'withdrawn' WHERE NOT EXISTS (SELECT 1 FROM pair p WHERE enrolment.id IN (p.mentor_id, p.mentee_id))");
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_RUNNING, &changed), MENTOR_OK);
	expect(m, "1 pair has no contract > mentor contract draft m1\n1 pair has logged no session > mentor log add m1 --minutes 60\n");
	mentor_record_clear(mentor_contract_fields, &terms);
	assert_int_equal(mentor_contract_draft(m, 1, &terms, 0, &change, &n), MENTOR_OK);
	expect(m, "1 contract is not signed by the mentor > mentor contract sign m1 --mentor\n"
		  "1 contract is not signed by the mentee > mentor contract sign m1 --mentee\n"
		  "1 pair has logged no session > mentor log add m1 --minutes 60\n");
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_FINISHED, &changed), MENTOR_OK);
	expect(m, "no survey answers have been imported > mentor survey list\n1 mentor has had no debrief > mentor checkin add p2 --kind debrief\nno lessons are recorded > mentor lesson add --text TEXT\n");
	mentor_free(m);
}

static void an_amendment_waits_for_the_signatures_that_it_lacks(void **state)
{
	struct mentor *m = support_cohort();
	struct mentor_contract terms;
	const char *change = NULL;
	bool changed = false;
	int64_t n = 0;
	(void)state;
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Roads", MENTOR_ROLE_MENTEE);
	support_sql(m, "UPDATE enrolment SET contact_on = NULL");
	assert_int_equal(mentor_match_propose(m, 1, NULL, &(struct mentor_match_summary){ 0 }), MENTOR_OK);
	assert_int_equal(mentor_match_publish(m, 1, &n), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_RUNNING, &changed), MENTOR_OK);
	mentor_record_clear(mentor_contract_fields, &terms);
	assert_int_equal(mentor_contract_draft(m, 1, &terms, 0, &change, &n), MENTOR_OK);
	for (enum mentor_role side = MENTOR_ROLE_MENTOR; side <= MENTOR_ROLE_MENTEE; side++)
		assert_int_equal(mentor_contract_sign(m, 1, side, NULL, &changed), MENTOR_OK);
	expect(m, "1 pair has logged no session > mentor log add m1 --minutes 60\n");
	assert_int_equal(mentor_contract_amend(m, 1, &terms, 0, &change, &n), MENTOR_OK);
	expect(m, "1 amendment is not signed by the mentor > mentor contract sign m1 --mentor\n"
		  "1 amendment is not signed by the mentee > mentor contract sign m1 --mentee\n"
		  "1 pair has logged no session > mentor log add m1 --minutes 60\n");
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, NULL, &changed), MENTOR_OK);
	expect(m, "1 amendment is not signed by the mentee > mentor contract sign m1 --mentee\n"
		  "1 pair has logged no session > mentor log add m1 --minutes 60\n");
	/* a third version in place of one that was never signed by both: only the newest waits */
	assert_int_equal(mentor_contract_amend(m, 1, &terms, 0, &change, &n), MENTOR_OK);
	expect(m, "1 amendment is not signed by the mentor > mentor contract sign m1 --mentor\n"
		  "1 amendment is not signed by the mentee > mentor contract sign m1 --mentee\n"
		  "1 pair has logged no session > mentor log add m1 --minutes 60\n");
	assert_int_equal(mentor_contract_withdraw(m, 1, &n), MENTOR_OK);
	assert_int_equal(mentor_contract_withdraw(m, 1, &n), MENTOR_OK);
	expect(m, "1 pair has logged no session > mentor log add m1 --minutes 60\n");
	mentor_free(m);
}

static void days_that_have_passed_are_named(void **state)
{
	struct mentor *m = support_cohort();
	(void)state;
	support_sql(m, "UPDATE cohort SET closes_on = '2026-03-01'");
	expect(m, "applications should have closed > mentor cohort close\nnobody has applied yet > mentor enrol import FILE\n");
	assert_int_equal(mentor_set_now(m, "2026-03-01"), MENTOR_OK); /* the last day itself is in time */
	expect(m, "nobody has applied yet > mentor enrol import FILE\n");
	mentor_free(m);
}

static void with_several_cohorts_each_command_says_which(void **state)
{
	struct mentor *m = support_cohort();
	struct mentor_cohort c;
	int64_t id = 0;
	(void)state;
	mentor_record_clear(mentor_cohort_fields, &c);
	c.slug = "winter";
	assert_int_equal(mentor_cohort_add(m, "demo", &c, field_bit(mentor_cohort_fields, "slug"), &id), MENTOR_OK);
	expect(m, "nobody has applied yet > mentor enrol import FILE -c spring\n");
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_of_a_cohort_has_its_lines),
		cmocka_unit_test(an_amendment_waits_for_the_signatures_that_it_lacks),
		cmocka_unit_test(days_that_have_passed_are_named),
		cmocka_unit_test(with_several_cohorts_each_command_says_which),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
