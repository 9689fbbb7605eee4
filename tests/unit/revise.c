/* revise.c (test): what a new revision does to a cohort at work: each kind of record that would become invalid, and none that would not. */
#include "support.h"

#include "revise.h"

#include <stdio.h>

/* support_programme with one text in the place of another. */
static const char *changed(const char *from, const char *to)
{
	static char text[8192];
	const char *at = strstr(support_programme, from);
	assert_non_null(at);
	(void)snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - support_programme), support_programme, to, at + strlen(from));
	return text;
}

static enum mentor_status note_effect(void *arg, const void *record)
{
	const struct mentor_programme_effect *e = record;
	mentor_buf_fmt(arg, "%s %s %s: %s\n", e->cohort, e->record ? e->record : "-", e->breaks ? "breaks" : "changes", e->effect);
	return MENTOR_OK;
}

static enum mentor_status ignore_change(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return MENTOR_OK;
}

static void assert_effects(struct mentor *m, const char *text, const char *expected)
{
	struct mentor_buf effects = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_programme_diff(m, "new.yaml", text, strlen(text), ignore_change, note_effect, &effects);
	if (status)
		fail_msg("%s", mentor_error(m)->n_problems ? mentor_error(m)->problems[0].message : mentor_error(m)->message);
	assert_string_equal(mentor_buf_text(&effects), expected);
	mentor_buf_free(&effects);
}

/* A cohort with one active pair, whose contract has been drafted. */
static struct mentor *at_work(void)
{
	struct mentor *m = support_cohort();
	const char *change = NULL;
	int64_t id = 0;
	support_person(m, "amir", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Parks", MENTOR_ROLE_MENTEE);
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
		       "VALUES (1, 1, 2, 'active', 'reverse', 0, '2026-03-02', '2026-03-02')");
	struct mentor_contract terms;
	mentor_record_clear(mentor_contract_fields, &terms);
	assert_int_equal(mentor_contract_draft(m, 1, &terms, 0, &change, &id), MENTOR_OK);
	return m;
}

static void the_same_definition_does_nothing(void **state)
{
	struct mentor *m = at_work();
	(void)state;
	assert_effects(m, support_programme, "");
	mentor_free(m);
}

static void contracts_stay_within_the_ranges(void **state)
{
	struct mentor *m = at_work();
	(void)state;
	assert_effects(m, changed("sessions: { minimum: 4, usual: 5, maximum: 6 }", "sessions: { minimum: 7 }"),
	    "spring m1 breaks: the contract is outside what would be allowed: the programme allows at least 7 sessions, not 5\n");
	mentor_free(m);
}

static void pairs_keep_the_hard_rules(void **state)
{
	struct mentor *m = at_work();
	(void)state;
	assert_effects(m, changed("rule: different", "rule: same"),
	    "spring m1 breaks: the pair would break the rule 'other-place' (different directorate: Housing; Parks)\n");
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-03-02'");
	assert_effects(m, changed("rule: different", "rule: same"), "");
	mentor_free(m);
}

static void a_pair_made_against_a_rule_is_no_worse_for_keeping_it_broken(void **state)
{
	struct mentor *m = at_work();
	(void)state;
	support_sql(m, "UPDATE person SET directorate = 'Parks'");
	assert_effects(m, support_programme, "");
	mentor_free(m);
}

static void following_is_refused_with_every_reason(void **state)
{
	struct mentor *m = at_work();
	const char *text = changed("rule: different", "rule: same"), *change = NULL;
	bool moved = false;
	int64_t id = 0;
	(void)state;
	assert_int_equal(mentor_programme_import(m, "new.yaml", text, strlen(text), &change, &id), MENTOR_OK);
	assert_int_equal(mentor_cohort_follow(m, 1, 0, &moved), MENTOR_REFUSED);
	assert_false(moved);
	assert_int_equal(mentor_error(m)->n_problems, 1);
	assert_string_equal(mentor_error(m)->problems[0].place.field, "m1");
	assert_int_equal(support_number(m, "SELECT revision_id FROM cohort"), 1);
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-03-02'");
	assert_int_equal(mentor_cohort_follow(m, 1, 2, &moved), MENTOR_OK);
	assert_true(moved);
	assert_int_equal(mentor_cohort_follow(m, 1, 2, &moved), MENTOR_OK);
	assert_false(moved);
	assert_int_equal(mentor_cohort_follow(m, 1, 7, &moved), MENTOR_NOT_FOUND);
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_definition_does_nothing),
		cmocka_unit_test(contracts_stay_within_the_ranges),
		cmocka_unit_test(pairs_keep_the_hard_rules),
		cmocka_unit_test(a_pair_made_against_a_rule_is_no_worse_for_keeping_it_broken),
		cmocka_unit_test(following_is_refused_with_every_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
