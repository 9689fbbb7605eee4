/* score.c (test): points, their totals, and the ranking that comes of them. */
#include "support_select.h"

#include <inttypes.h>
#include <stdio.h>

static enum mentor_status write_ranking(void *arg, const void *record)
{
	const struct mentor_ranking *r = record;
	size_t len = strlen(arg);
	char *at = (char *)arg + len;
	if (r->assessors)
		snprintf(at, 512 - len, "%" PRId64 " %s %" PRId64 " %" PRId64 "+%" PRId64 "%s;", r->place, r->name, r->assessors, r->average, r->spread,
		    r->complete ? "" : " incomplete");
	else
		snprintf(at, 512 - len, "%s;", r->name);
	return MENTOR_OK;
}

static void expect_ranking(struct mentor *m, int64_t role, const char *wanted)
{
	char text[512] = "";
	assert_int_equal(mentor_enrol_scores(m, 1, role, write_ranking, text), MENTOR_OK);
	assert_string_equal(text, wanted);
}

static void points_are_added_updated_or_unchanged(void **state)
{
	struct mentor *m = *state;
	assert_string_equal(support_score(m, AMY, "speaks", "4", "Sam"), "added");
	assert_string_equal(support_score(m, AMY, "speaks", "4", "Sam"), "unchanged");
	assert_string_equal(support_score(m, AMY, "speaks", "5", "Sam"), "updated");
	assert_string_equal(support_score(m, AMY, "speaks", "5", NULL), "added"); /* by whoever acts */
	assert_int_equal(support_number(m, "SELECT count(*) FROM score WHERE assessor = 'admin' AND points = 5 AND scored_on = '2026-03-02'"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM score"), 2);
}

static void criteria_of_the_other_side_and_points_out_of_range_are_refused(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	struct mentor_points mark = { "acts", "3" };
	support_failed(m, mentor_enrol_score(m, AMY, &mark, 1, NULL, &change), MENTOR_REFUSED, "'acts' judges other applications than that of Amy");
	mark.criterion = "speeks";
	support_failed(m, mentor_enrol_score(m, AMY, &mark, 1, NULL, &change), MENTOR_NOT_FOUND, "no criterion 'speeks'");
	assert_string_equal(mentor_error(m)->hint, "did you mean 'speaks'?");
	static const char *const wrong[] = { "5", "-1", "", "2.5", "four", "99999999999" };
	mark.criterion = "listens";
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		mark.points = wrong[i];
		support_failed(m, mentor_enrol_score(m, AMY, &mark, 1, NULL, &change), MENTOR_INVALID, "is not a whole number from 0 to 4");
	}
	mark.points = "4";
	assert_int_equal(mentor_enrol_score(m, EVE, &mark, 1, NULL, &change), MENTOR_REFUSED); /* facilitators are not scored */
	assert_int_equal(support_number(m, "SELECT count(*) FROM score"), 0);
	assert_string_equal(support_score(m, CAS, "acts", "3", NULL), "added"); /* either: the criteria of both */
	assert_string_equal(support_score(m, CAS, "speaks", "3", NULL), "added");
}

static void several_points_are_stored_or_none(void **state)
{
	struct mentor *m = *state;
	const struct mentor_points marks[] = { { "speaks", "3" }, { "listens", "9" } };
	const char *change = NULL;
	assert_int_equal(mentor_enrol_score(m, AMY, marks, 2, NULL, &change), MENTOR_INVALID);
	assert_null(change);
	assert_int_equal(support_number(m, "SELECT count(*) FROM score"), 0);
}

/* By hand: weights 5, 1 and 3, mosts 5, 4 and 5: 44 at most. Sam 4, 4, 5: 20 + 4 + 15 = 39 of 44, 88.64. Jo 2, 1, 0: 11 of 44, 25.00. */
static void totals_are_weighted_and_averaged_over_assessors(void **state)
{
	struct mentor *m = *state;
	support_score(m, AMY, "speaks", "4", "Sam");
	support_score(m, AMY, "listens", "4", "Sam");
	support_score(m, AMY, "benefit", "5", "Sam");
	expect_ranking(m, MENTOR_ROLE_MENTOR, "1 Amy 1 8864+0;");
	support_score(m, AMY, "speaks", "2", "Jo");
	support_score(m, AMY, "listens", "1", "Jo");
	expect_ranking(m, MENTOR_ROLE_MENTOR, "1 Amy 2 6329+5071 incomplete;"); /* Jo 11 of 29, 37.93: (88.64 + 37.93) / 2 is 63.285, the difference 50.71 */
	support_score(m, AMY, "benefit", "0", "Jo");
	expect_ranking(m, MENTOR_ROLE_MENTOR, "1 Amy 2 5682+6364;");
}

static void the_best_comes_first_of_equals_the_earlier_application_and_then_the_address(void **state)
{
	struct mentor *m = *state;
	support_score(m, BEA, "acts", "3", "Sam");
	support_score(m, DAN, "acts", "4", "Sam");
	expect_ranking(m, MENTOR_NONE, "Amy;1 Dan 1 8000+0 incomplete;2 Bea 1 6000+0 incomplete;Cas;");
	support_score(m, BEA, "acts", "4", "Sam");
	expect_ranking(m, MENTOR_ROLE_MENTEE, "1 Bea 1 8000+0 incomplete;2 Dan 1 8000+0 incomplete;");
	support_sql(m, "UPDATE enrolment SET applied_on = '2026-02-28' WHERE id = 4");
	expect_ranking(m, MENTOR_ROLE_MENTEE, "1 Dan 1 8000+0 incomplete;2 Bea 1 8000+0 incomplete;");
	support_sql(m, "UPDATE enrolment SET state = 'withdrawn' WHERE id = 4");
	expect_ranking(m, MENTOR_ROLE_MENTEE, "1 Bea 1 8000+0 incomplete;");
}

static void nought_points_are_points(void **state)
{
	struct mentor *m = *state;
	support_score(m, DAN, "acts", "0", "Sam");
	expect_ranking(m, MENTOR_ROLE_MENTEE, "1 Dan 1 0+0 incomplete;Bea;");
}

static void points_above_a_most_that_was_lowered_count_as_the_most(void **state)
{
	struct mentor *m = *state;
	support_score(m, AMY, "listens", "4", "Sam");
	support_sql(m, "UPDATE score SET points = 9");
	expect_ranking(m, MENTOR_ROLE_MENTOR, "1 Amy 1 10000+0 incomplete;");
	support_sql(m, "UPDATE score SET criterion = 'gone'");
	expect_ranking(m, MENTOR_ROLE_MENTOR, "Amy;");
}

static enum mentor_status write_criterion(void *arg, const void *record)
{
	const struct mentor_criterion *c = record;
	size_t len = strlen(arg);
	char *at = (char *)arg + len;
	if (c->n)
		snprintf(at, 512 - len, "%s %" PRId64 " %" PRId64 " %" PRId64 "-%" PRId64 ";", c->criterion, c->n, c->average, c->lowest, c->highest);
	else
		snprintf(at, 512 - len, "%s%s%s;", c->criterion, c->answer ? ": " : "", c->answer ? c->answer : "");
	return MENTOR_OK;
}

static void each_criterion_has_its_average_range_and_the_answer_it_judges(void **state)
{
	struct mentor *m = *state;
	char text[512] = "";
	support_score(m, AMY, "speaks", "4", "Sam");
	support_score(m, AMY, "speaks", "2", "Jo");
	support_score(m, AMY, "speaks", "5", "Kim");
	assert_int_equal(mentor_enrol_criteria(m, AMY, write_criterion, text), MENTOR_OK);
	assert_string_equal(text, "speaks 3 367 2-5;listens;benefit: I would learn;");
}

/* ---- a file ---- */

static enum mentor_status write_row(void *arg, const struct mentor_import_row *row)
{
	size_t len = strlen(arg);
	snprintf((char *)arg + len, 512 - len, "%ld %s %s;", row->row, row->name, row->change);
	return MENTOR_OK;
}

static enum mentor_status import(struct mentor *m, const char *csv, char *text)
{
	text[0] = '\0';
	return mentor_enrol_score_import(m, 1, "scores.csv", csv, strlen(csv), 0, NULL, write_row, text);
}

static void a_file_of_scores_is_taken_and_taken_again_unchanged(void **state)
{
	static const char csv[] = "Email,Name,Assessor,speaks,LISTENS,Can act\n"
				  "amy@example.org,Amy,Sam,4,3,\n"
				  " DAN@example.org ,Dan,,,2,5\n";
	struct mentor *m = *state;
	char text[512];
	assert_int_equal(import(m, csv, text), MENTOR_OK);
	assert_string_equal(text, "1 Amy added;2 Dan added;");
	assert_int_equal(support_number(m, "SELECT count(*) FROM score WHERE assessor = 'admin'"), 2); /* Dan's: no assessor was named */
	assert_int_equal(import(m, csv, text), MENTOR_OK);
	assert_string_equal(text, "1 Amy unchanged;2 Dan unchanged;");
}

static void every_problem_of_a_file_has_its_row_and_column_and_nothing_is_stored(void **state)
{
	static const char csv[] = "email,assessor,speaks,acts,spekas,listens,Listens\n"
				  "amy@example.org,Sam,9,2,1,1,\n"
				  ",Sam,1,,,,\n"
				  "zoe@example.org,Sam,1,,,,\n"
				  "dan@example.org,Sam,,3,,,\n"
				  "dan@example.org,Sam,,4,,,\n";
	static const struct {
		long row;
		const char *field, *message;
	} wanted[] = { { 0, "spekas", "the programme has no such criterion" }, { 0, "Listens", "the criterion has a column already" },
		{ 1, "speaks", "\"9\" is not a whole number from 0 to 5" }, { 1, "acts", "the criterion judges other applications than that of Amy" },
		{ 2, "email", "the cell is empty" }, { 3, "email", "nobody in this cohort has the address 'zoe@example.org'" },
		{ 5, "email", "Sam has scored Dan in row 4 already" } };
	struct mentor *m = *state;
	char text[512];
	assert_int_equal(import(m, csv, text), MENTOR_INVALID);
	const struct mentor_error *e = mentor_error(m);
	assert_int_equal(e->n_problems, sizeof(wanted) / sizeof(*wanted));
	for (size_t i = 0; i < e->n_problems; i++) {
		assert_int_equal(e->problems[i].place.row, wanted[i].row);
		assert_string_equal(e->problems[i].place.field, wanted[i].field);
		assert_string_equal(e->problems[i].message, wanted[i].message);
	}
	assert_string_equal(e->state, "nothing imported");
	assert_int_equal(support_number(m, "SELECT count(*) FROM score"), 0);
	assert_int_equal(import(m, "assessor,speaks\nSam,3\n", text), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "this heading is missing");
	assert_int_equal(import(m, "ID,Name,Email\n1,Amy,amy@example.org\n", text), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "this line does not hold the headings of a file of scores: email, and the names of criteria");
	assert_string_equal(mentor_error(m)->hint, "there are: speaks, listens, acts, benefit");
	assert_int_equal(mentor_error(m)->n_problems, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_applicants_set_up, support_applicants_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(points_are_added_updated_or_unchanged),
		TEST(criteria_of_the_other_side_and_points_out_of_range_are_refused),
		TEST(several_points_are_stored_or_none),
		TEST(totals_are_weighted_and_averaged_over_assessors),
		TEST(the_best_comes_first_of_equals_the_earlier_application_and_then_the_address),
		TEST(nought_points_are_points),
		TEST(points_above_a_most_that_was_lowered_count_as_the_most),
		TEST(each_criterion_has_its_average_range_and_the_answer_it_judges),
		TEST(a_file_of_scores_is_taken_and_taken_again_unchanged),
		TEST(every_problem_of_a_file_has_its_row_and_column_and_nothing_is_stored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
