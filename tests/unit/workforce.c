/* workforce.c (test): figures of the workforce in, and a comparison out that gives no small group away. */
#include "equality_db.h"
#include "support_world.h"

#include <stdio.h>

static const char programme[] = "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n"
				"equality:\n"
				"  purpose: To see who takes part\n"
				"  basis: Monitoring\n"
				"  seen_by: Lead\n"
				"  questions:\n"
				"    ethnicity:\n"
				"      header: Ethnic group\n"
				"      values: { White: white, Asian or Asian British: asian, Other ethnic group: other, Prefer not to say: undisclosed }\n"
				"    tongues: { header: Languages, many: yes }\n";

static int set_up(void **state)
{
	struct mentor *m = support_world(programme, "2026-03-02");
	support_sql(m, "UPDATE cohort SET opened_on = '2026-03-01'");
	*state = m;
	return 0;
}

static enum mentor_status write_change(void *arg, const void *record)
{
	const struct mentor_workforce_row *r = record;
	mentor_buf_fmt(arg, "%s %d;", r->change, (int)r->groups);
	return MENTOR_OK;
}

static void take(struct mentor *m, const char *csv, const char *organisation, const char *day, const char *codes, const char *expected)
{
	struct mentor_buf all = MENTOR_BUF_INIT;
	if (mentor_equality_workforce(m, 1, "w.csv", csv, strlen(csv), 0, organisation, day, codes, write_change, &all))
		fail_msg("%s", mentor_error(m)->message);
	assert_string_equal(mentor_buf_text(&all), expected);
	mentor_buf_free(&all);
}

static void number(struct mentor_buf *b, int64_t n)
{
	if (n == MENTOR_NONE)
		mentor_buf_str(b, " -");
	else if (n == MENTOR_SUPPRESSED)
		mentor_buf_str(b, " c");
	else
		mentor_buf_fmt(b, " %d", (int)n);
}

static enum mentor_status write_group(void *arg, const void *record)
{
	const struct mentor_composition *c = record;
	if (strcmp(c->question, "ethnicity") != 0)
		return MENTOR_OK;
	mentor_buf_str(arg, c->group);
	const int64_t numbers[] = { c->workforce, c->workforce_share, c->applied, c->accepted, c->paired, c->finished };
	for (size_t i = 0; i < 6; i++)
		number(arg, numbers[i]);
	mentor_buf_str(arg, ";");
	return MENTOR_OK;
}

static void compared(struct mentor *m, const char *expected)
{
	struct mentor_buf all = MENTOR_BUF_INIT;
	assert_int_equal(mentor_equality_compare(m, 1, write_group, &all), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&all), expected);
	mentor_buf_free(&all);
}

/* `n` people apply, `accepted` of them are accepted, and all say this; nothing said with NULL. */
static void people(struct mentor *m, const char *prefix, int n, int accepted, const char *answer)
{
	struct mentor_buf csv = MENTOR_BUF_INIT;
	mentor_buf_str(&csv, "Email,Ethnic group,Languages\n");
	for (int i = 0; i < n; i++) {
		char sql[300];
		snprintf(sql, sizeof(sql), "INSERT INTO person (email, name) VALUES ('%s%d@example.org', '%s%d')", prefix, i, prefix, i);
		support_sql(m, sql);
		snprintf(sql, sizeof(sql),
		    "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) SELECT 1, max(id), 'mentor', '%s', '2026-03-01' FROM person",
		    i < accepted ? "accepted" : "declined");
		support_sql(m, sql);
		mentor_buf_fmt(&csv, "%s%d@example.org,%s,English\n", prefix, i, answer ? answer : "");
	}
	struct mentor_buf said = MENTOR_BUF_INIT;
	if (answer && mentor_equality_import(m, 1, "eq.csv", csv.data, csv.len, 0, write_change, &said))
		fail_msg("%s", mentor_error(m)->message);
	mentor_buf_free(&csv);
	mentor_buf_free(&said);
}

static void groups_are_taken_by_label_or_word_and_importing_twice_changes_nothing(void **state)
{
	static const char csv[] = "question,group,people\nEthnic group,white,700\nethnicity,Asian or Asian British,200\nethnicity,Other ethnic group,100\n";
	take(*state, csv, NULL, "2026-01-01", NULL, "added 3;");
	take(*state, csv, NULL, "2026-01-01", NULL, "unchanged 3;");
	take(*state, "question,group,people\nethnicity,white,701\n", NULL, "2026-01-01", NULL, "updated 1;");
	compared(*state, "White 701 7003 - - - -;Asian or Asian British 200 1998 - - - -;Other ethnic group 100 999 - - - -;Prefer not to say 0 0 - - - -;");
}

static void codes_of_another_list_add_up_to_the_form_s_groups(void **state)
{
	take(*state, "question,group,people\nethnicity,A,600\nethnicity,C,100\nethnicity,H,50\nethnicity,S,40\nethnicity,R,10\nethnicity,Z,200\n", NULL,
	    "2026-01-01", "nhs-2001", "added 4;");
	compared(*state, "White 700 7000 - - - -;Asian or Asian British 50 500 - - - -;Other ethnic group 50 500 - - - -;Prefer not to say 200 2000 - - - -;");
	/* Chinese is Asian since 2011 */
	take(*state, "question,group,people\nethnicity,Chinese,60\nethnicity,English/Welsh/Scottish/Northern Irish/British,40\n", NULL, "2026-02-01", "ons-2011",
	    "added 2;");
	compared(*state, "White 40 4000 - - - -;Asian or Asian British 60 6000 - - - -;Other ethnic group 0 0 - - - -;Prefer not to say 0 0 - - - -;");
}

static void of_several_organisations_the_newest_figures_add_up(void **state)
{
	take(*state, "question,group,people,organisation\nethnicity,white,50,Hill\nethnicity,asian,50,Hill\nethnicity,white,10,Dale\n", NULL, "2025-01-01", NULL,
	    "added 3;");
	take(*state, "question,group,people\nethnicity,white,20\n", "Dale", "2026-01-01", NULL, "added 1;");
	compared(*state, "White 70 5833 - - - -;Asian or Asian British 50 4167 - - - -;Other ethnic group 0 0 - - - -;Prefer not to say 0 0 - - - -;");
	/* figures for all together stand for all */
	take(*state, "question,group,people\nethnicity,white,900\n", NULL, "2024-01-01", NULL, "added 1;");
	compared(*state, "White 900 10000 - - - -;Asian or Asian British 0 0 - - - -;Other ethnic group 0 0 - - - -;Prefer not to say 0 0 - - - -;");
}

static void refused(struct mentor *m, const char *csv, const char *codes, const char *day, const char *message)
{
	struct mentor_buf all = MENTOR_BUF_INIT;
	uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_equality_workforce(m, 1, "w.csv", csv, strlen(csv), 0, NULL, day, codes, write_change, &all), MENTOR_INVALID);
	const struct mentor_error *e = mentor_error(m);
	assert_string_equal(e->n_problems ? e->problems[0].message : e->message, message);
	assert_string_equal(e->state, "nothing imported");
	assert_true(support_fingerprint(m) == before);
	mentor_buf_free(&all);
}

static void what_cannot_be_a_figure_is_named_and_nothing_is_taken(void **state)
{
	struct mentor *m = *state;
	refused(m, "question,group\nethnicity,white\n", NULL, NULL, "this heading is missing");
	refused(m, "question,group,people\nethnicty,white,7\n", NULL, NULL, "equality monitoring has no question 'ethnicty'");
	assert_string_equal(mentor_error(m)->hint, "did you mean 'ethnicity'?");
	refused(m, "question,group,people\nethnicity,A,7\n", NULL, NULL, "the question 'ethnicity' has no group 'A'");
	refused(m, "question,group,people\nethnicity,D,7\n", "nhs-2001", NULL,
	    "the question 'ethnicity' has no group that 'D' of the list nhs-2001 belongs to");
	refused(m, "question,group,people\nethnicity,white,7\nethnicity,White,8\n", NULL, NULL, "this group is counted already");
	refused(m, "question,group,people\nethnicity,white,7\n", NULL, "2026-03-03", "nobody can have been counted on 2026-03-03, which is still to come");
	struct mentor_buf all = MENTOR_BUF_INIT;
	static const char wrong[] = "question,group,people\nethnicity,white,many\n";
	assert_int_equal(mentor_equality_workforce(m, 1, "w.csv", wrong, strlen(wrong), 0, NULL, NULL, NULL, write_change, &all), MENTOR_INVALID);
	assert_int_equal(mentor_error(m)->place.row, 1);
	mentor_buf_free(&all);
}

static void the_cohort_is_compared_once_its_days_have_come_and_small_groups_stand_together(void **state)
{
	struct mentor *m = *state;
	take(m, "question,group,people\nethnicity,white,700\nethnicity,asian,297\nethnicity,other,3\n", NULL, "2026-01-01", NULL, "added 3;");
	people(m, "w", 14, 7, "White");
	people(m, "a", 12, 6, "Asian or Asian British");
	people(m, "o", 2, 1, "Other ethnic group");
	people(m, "s", 9, 3, NULL);
	/* the few of the workforce, and with them enough others, are withheld before anybody has applied */
	compared(m, "White 700 7000 - - - -;Asian or Asian British c c - - - -;Other ethnic group c c - - - -;Prefer not to say 0 0 - - - -;not stated 0 0 - - - -;");
	support_sql(m, "UPDATE cohort SET closed_on = '2026-03-02'");
	/* two and nine could be told apart by whoever knows the nine, so twelve stand with them */
	compared(m,
	    "White 700 7000 14 - - -;Asian or Asian British c c c - - -;Other ethnic group c c c - - -;Prefer not to say 0 0 0 - - -;"
	    "not stated 0 0 c - - -;those withheld, together - - 23 - - -;");
	support_sql(m, "UPDATE cohort SET started_on = '2026-03-02'");
	compared(m,
	    "White 700 7000 14 c 0 -;Asian or Asian British c c c c c -;Other ethnic group c c c c c -;Prefer not to say 0 0 0 0 0 -;"
	    "not stated 0 0 c c c -;those withheld, together - - 23 c 0 -;");
}

static void nothing_of_it_is_reached_from_outside_the_wall(void **state)
{
	struct mentor *m = *state;
	int64_t n = 0;
	take(m, "question,group,people\nethnicity,white,700\n", NULL, NULL, NULL, "added 1;");
	assert_int_equal(db_value(m, "SELECT count(*) FROM equality_headcount", DB_NO_ARGS, 0, &n), MENTOR_BUG);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, support_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(groups_are_taken_by_label_or_word_and_importing_twice_changes_nothing),
		TEST(codes_of_another_list_add_up_to_the_form_s_groups),
		TEST(of_several_organisations_the_newest_figures_add_up),
		TEST(what_cannot_be_a_figure_is_named_and_nothing_is_taken),
		TEST(the_cohort_is_compared_once_its_days_have_come_and_small_groups_stand_together),
		TEST(nothing_of_it_is_reached_from_outside_the_wall),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
