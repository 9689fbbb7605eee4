/* statement.c (test): what people state and confirm, by form and by hand. */
#include "support_select.h"

#include "statement.h"

#include <stdio.h>

/* Writes "kind name value source;" for each. */
static enum mentor_status write_down(void *arg, const void *record)
{
	const struct mentor_statement *s = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 1024 - len, "%c %s %s%s;", statement_kinds[s->kind][0], s->name,
	    s->value == MENTOR_NONE ? "-" : s->value ? "yes" : "no", s->source == MENTOR_NONE ? "" : s->source ? " by hand" : " by form");
	return MENTOR_OK;
}

static void expect(struct mentor *m, int64_t enrolment, const char *wanted)
{
	char text[1024] = "";
	assert_int_equal(mentor_enrol_statements(m, enrolment, write_down, text), MENTOR_OK);
	assert_string_equal(text, wanted);
}

static void an_answer_that_means_yes_or_no_is_a_statement_and_any_other_is_none(void **state)
{
	expect(*state, AMY, "e region yes by form;e group -;c time -;i information -;");
	expect(*state, BEA, "e region no by form;e leads -;c time -;i information -;");
	expect(*state, CAS, "e region -;e group -;e leads -;c time -;i information -;");
}

static void facilitators_have_statements_of_their_own_and_read_no_pack(void **state)
{
	expect(*state, EVE, "e staff -;");
}

static enum mentor_status check_text(void *arg, const void *record)
{
	const struct mentor_statement *s = record;
	int *seen = arg;
	if (strcmp(s->name, "time") == 0 && ++*seen)
		assert_string_equal(s->text, "I have the time / I protect the time");
	if (strcmp(s->name, "region") == 0 && ++*seen)
		assert_string_equal(s->text, "I work in the region");
	if (strcmp(s->name, "information") == 0 && ++*seen)
		assert_string_equal(s->text, "I have read: The guide");
	return MENTOR_OK;
}

static void whoever_takes_either_role_makes_the_statements_of_both_once(void **state)
{
	int seen = 0;
	assert_int_equal(mentor_enrol_statements(*state, CAS, check_text, &seen), MENTOR_OK);
	assert_int_equal(seen, 3);
}

static void what_is_recorded_by_hand_counts_instead_of_the_form(void **state)
{
	struct mentor *m = *state;
	assert_true(support_confirm(m, AMY, "region", false));
	expect(m, AMY, "e region no by hand;e group -;c time -;i information -;");
	assert_true(support_confirm(m, AMY, "region", true));
	expect(m, AMY, "e region yes by hand;e group -;c time -;i information -;");
	assert_int_equal(support_number(m, "SELECT count(*) FROM statement"), 1);
}

static void the_same_again_is_unchanged_and_another_day_is_not(void **state)
{
	struct mentor *m = *state;
	const char *name = "time";
	bool changed = true;
	assert_false(support_confirm(m, AMY, "region", true)); /* the form says so */
	assert_true(support_confirm(m, AMY, "time", true));
	assert_false(support_confirm(m, AMY, "time", true));
	assert_int_equal(mentor_enrol_confirm(m, AMY, &name, 1, true, "2026-03-02", &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_enrol_confirm(m, AMY, &name, 1, true, "2026-02-27", &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(support_number(m, "SELECT count(*) FROM statement WHERE stated_on = '2026-02-27' AND recorded_by = 'admin'"), 1);
}

static void without_names_all_that_is_missing_is_recorded(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	assert_int_equal(mentor_enrol_confirm(m, BEA, NULL, 0, true, NULL, &changed), MENTOR_OK);
	assert_true(changed);
	expect(m, BEA, "e region no by form;e leads yes by hand;c time yes by hand;i information yes by hand;");
	assert_int_equal(mentor_enrol_confirm(m, BEA, NULL, 0, true, NULL, &changed), MENTOR_OK);
	assert_false(changed);
}

static void several_names_are_recorded_or_none(void **state)
{
	struct mentor *m = *state;
	const char *const names[] = { "time", "informatoin" };
	bool changed = false;
	support_failed(m, mentor_enrol_confirm(m, AMY, names, 2, true, NULL, &changed), MENTOR_NOT_FOUND, "no statement 'informatoin'");
	assert_string_equal(mentor_error(m)->hint, "did you mean 'information'?");
	assert_false(changed);
	assert_int_equal(support_number(m, "SELECT count(*) FROM statement"), 0);
}

static void days_to_come_and_people_who_are_not_there_are_refused(void **state)
{
	struct mentor *m = *state;
	const char *name = "time";
	bool changed = false;
	support_failed(m, mentor_enrol_confirm(m, AMY, &name, 1, true, "2026-03-03", &changed), MENTOR_INVALID, "still to come");
	assert_int_equal(mentor_enrol_confirm(m, 99, &name, 1, true, NULL, &changed), MENTOR_NOT_FOUND);
}

static void people_who_lack_a_statement_are_counted(void **state)
{
	struct mentor *m = *state;
	int64_t n = 0, person = 0;
	bool changed = false;
	assert_int_equal(statement_missing(m, 1, &n, &person), MENTOR_OK);
	assert_int_equal(n, 5);
	assert_int_equal(person, AMY);
	assert_int_equal(mentor_enrol_confirm(m, AMY, NULL, 0, false, NULL, &changed), MENTOR_OK); /* no is a statement too */
	support_sql(m, "UPDATE enrolment SET state = 'declined' WHERE id = 2");
	assert_int_equal(statement_missing(m, 1, &n, &person), MENTOR_OK);
	assert_int_equal(n, 3);
	assert_int_equal(person, CAS);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_applicants_set_up, support_applicants_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_answer_that_means_yes_or_no_is_a_statement_and_any_other_is_none),
		TEST(facilitators_have_statements_of_their_own_and_read_no_pack),
		TEST(whoever_takes_either_role_makes_the_statements_of_both_once),
		TEST(what_is_recorded_by_hand_counts_instead_of_the_form),
		TEST(the_same_again_is_unchanged_and_another_day_is_not),
		TEST(without_names_all_that_is_missing_is_recorded),
		TEST(several_names_are_recorded_or_none),
		TEST(days_to_come_and_people_who_are_not_there_are_refused),
		TEST(people_who_lack_a_statement_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
