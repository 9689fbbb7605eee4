/* report.c (test): one model of a cohort's progress. */
#include "support_world.h"

#include <stdio.h>

/* What a report told, numbers only, and everything it said as JSON. */
struct told {
	struct mentor_progress head;
	struct mentor_progress_side sides[3];
	size_t n_sides;
	struct mentor_progress_matching matching;
	struct mentor_recruitment_row rows[8];
	size_t n_rows;
	char names[8][40];
	struct mentor_progress_pair pairs[8];
	size_t n_pairs, n_aims, n_outcomes;
	struct mentor_buf order, all;
};

static const struct {
	const char *part;
	const struct mentor_field *fields;
} parts[] = {
	{ "head", mentor_progress_fields },
	{ "steps", mentor_report_step_fields },
	{ "links", mentor_report_link_fields },
	{ "months", mentor_report_month_fields },
	{ "recruitment", mentor_progress_side_fields },
	{ "by_organisation", mentor_recruitment_row_fields },
	{ "by_directorate", mentor_recruitment_row_fields },
	{ "matching", mentor_progress_matching_fields },
	{ "commitment", mentor_progress_pair_fields },
	{ "aims", mentor_survey_aim_fields },
	{ "outcomes", mentor_survey_change_fields },
};

static void keep_text(struct told *told, const char *part, const void *record)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		for (const struct mentor_field *f = parts[i].fields; strcmp(parts[i].part, part) == 0 && f->name; f++) {
			mentor_field_write_json(&told->all, f, record);
			mentor_buf_char(&told->all, ' ');
		}
}

static enum mentor_status keep(void *arg, const char *part, const void *record)
{
	struct told *told = arg;
	mentor_buf_char(&told->order, *part);
	keep_text(told, part, record);
	if (strcmp(part, "head") == 0)
		told->head = *(const struct mentor_progress *)record;
	else if (strcmp(part, "recruitment") == 0)
		told->sides[told->n_sides++] = *(const struct mentor_progress_side *)record;
	else if (strncmp(part, "by_", 3) == 0) {
		const struct mentor_recruitment_row *row = record;
		snprintf(told->names[told->n_rows], sizeof(told->names[0]), "%s", row->name);
		told->rows[told->n_rows++] = *row;
	} else if (strcmp(part, "matching") == 0)
		told->matching = *(const struct mentor_progress_matching *)record;
	else if (strcmp(part, "commitment") == 0)
		told->pairs[told->n_pairs++] = *(const struct mentor_progress_pair *)record;
	told->n_aims += strcmp(part, "aims") == 0;
	told->n_outcomes += strcmp(part, "outcomes") == 0;
	return MENTOR_OK;
}

static void report(struct mentor *m, struct told *told)
{
	*told = (struct told){ .order = MENTOR_BUF_INIT, .all = MENTOR_BUF_INIT };
	assert_int_equal(mentor_report_progress(m, 1, keep, told), MENTOR_OK);
}

static void forget(struct told *told)
{
	mentor_buf_free(&told->order);
	mentor_buf_free(&told->all);
}

static void parts_come_in_order_and_numbers_are_those_of_the_records(void **state)
{
	struct told told;
	report(*state, &told);
	assert_string_equal(mentor_buf_text(&told.order), "hsssssrrmlmmmmmmmmcaa"); /* aims are told from the start */
	assert_int_equal(told.head.months_passed, 3);
	assert_int_equal(told.sides[0].received, 2);
	assert_int_equal(told.sides[0].accepted, 2);
	assert_int_equal(told.sides[0].limit, 12);
	assert_int_equal(told.sides[1].received, 3);
	assert_int_equal(told.sides[1].accepted, 2);
	assert_int_equal(told.sides[1].declined, 1);
	assert_int_equal(told.sides[1].limit, 9);
	assert_int_equal(told.matching.active, 1);
	assert_int_equal(told.matching.left_over, 2);
	assert_int_equal(told.pairs[0].pair, 1);
	assert_int_equal(told.pairs[0].minimum, 4);
	assert_int_equal(told.pairs[0].usual, 5);
	assert_non_null(strstr(mentor_buf_text(&told.all), "\"guides\""));
	assert_non_null(strstr(mentor_buf_text(&told.all), "\"Example Council\""));
	assert_non_null(strstr(mentor_buf_text(&told.all), "\"running\""));
	forget(&told);
}

static void no_name_address_or_place_of_a_participant_is_in_it(void **state)
{
	struct told told;
	support_session(*state, "2026-05-01", 60);
	report(*state, &told);
	assert_null(strstr(mentor_buf_text(&told.all), "Secret"));
	assert_null(strstr(mentor_buf_text(&told.all), "a@example.org"));
	forget(&told);
}

static void proposed_pairs_are_counted_but_not_followed(void **state)
{
	struct told told;
	support_sql(*state, "UPDATE pair SET state = 'proposed', published_on = NULL");
	report(*state, &told);
	assert_int_equal(told.matching.proposed, 1);
	assert_int_equal(told.n_pairs, 0);
	forget(&told);
}

static void months_come_to_an_end_with_the_last_day_there_is(void **state)
{
	struct told told;
	assert_int_equal(mentor_set_now(*state, "2999-12-31"), MENTOR_OK);
	report(*state, &told);
	assert_int_equal(told.head.months_passed, 973 * 12 + 8);
	forget(&told);
}

static void months_stop_when_the_cohort_finished(void **state)
{
	struct told told;
	support_sql(*state, "UPDATE cohort SET finished_on = '2026-05-31'");
	report(*state, &told);
	assert_int_equal(told.head.months_passed, 1);
	forget(&told);
	assert_int_equal(mentor_set_now(*state, "2026-03-01"), MENTOR_OK);
	report(*state, &told);
	assert_int_equal(told.head.months_passed, MENTOR_NONE);
	forget(&told);
}

static void outcomes_come_once_both_stages_have_answers(void **state)
{
	struct told told;
	support_sql(
	    *state, "INSERT INTO response (cohort_id, survey, stage, response) VALUES (1, 'view', 'before', '1')");
	support_sql(
	    *state, "INSERT INTO response_value (response_id, question, position, number) VALUES (1, 'know', 1, 2)");
	report(*state, &told);
	assert_int_equal(told.n_outcomes, 0);
	forget(&told);
	support_sql(
	    *state, "INSERT INTO response (cohort_id, survey, stage, response) VALUES (1, 'view', 'after', '1')");
	support_sql(
	    *state, "INSERT INTO response_value (response_id, question, position, number) VALUES (2, 'know', 1, 3)");
	report(*state, &told);
	assert_int_equal(told.n_aims, 2);
	assert_non_null(strstr(mentor_buf_text(&told.all), "\"not-measured\" [\"Talent plan\"]"));
	assert_int_equal(told.n_outcomes, 1); /* the other question has no answers to compare */
	assert_string_equal(mentor_buf_text(&told.order), "hsssssrrmlmmmmmmmmcaao");
	forget(&told);
}

/* ---- recruitment ---- */

static void recruitment(struct mentor *m, int64_t by, struct told *told)
{
	*told = (struct told){ .order = MENTOR_BUF_INIT, .all = MENTOR_BUF_INIT };
	assert_int_equal(mentor_report_recruitment(m, 1, NULL, by, keep, told), MENTOR_OK);
}

/* So many applicants of one organisation (NULL: of none), the first `accepted` of whom are accepted; number by number. */
static void applicants(struct mentor *m, const char *organisation, int n, int accepted)
{
	static int number;
	struct mentor_buf sql = MENTOR_BUF_INIT;
	for (int i = 0; i < n; i++) {
		mentor_buf_clear(&sql);
		mentor_buf_fmt(&sql, "INSERT INTO person (id, email, name, organisation) VALUES (%d, 'n%d@example.org', 'N', %s%s%s)",
		    100 + number, number, organisation ? "'" : "", organisation ? organisation : "NULL", organisation ? "'" : "");
		support_sql(m, mentor_buf_text(&sql));
		mentor_buf_clear(&sql);
		mentor_buf_fmt(&sql,
		    "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, %d, 'mentee', '%s', '2026-02-01')",
		    100 + number++, i < accepted ? "accepted" : "declined");
		support_sql(m, mentor_buf_text(&sql));
	}
	mentor_buf_free(&sql);
}

static void assert_row(const struct told *told, size_t i, const char *name, int64_t received, int64_t accepted, int64_t paired)
{
	assert_string_equal(told->names[i], name);
	assert_int_equal(told->rows[i].received, received);
	assert_int_equal(told->rows[i].accepted, accepted);
	assert_int_equal(told->rows[i].paired, paired);
}

static void recruitment_has_the_sides_and_no_breakdown_unless_asked(void **state)
{
	struct told told;
	recruitment(*state, MENTOR_NONE, &told);
	assert_string_equal(mentor_buf_text(&told.order), "hsssssrr");
	assert_int_equal(told.sides[1].received, 3);
	assert_int_equal(told.sides[1].in_time, 3);
	assert_int_equal(told.sides[1].late, 0);
	assert_int_equal(told.sides[1].reserve, 1);
	assert_int_equal(told.sides[0].reserve, 1);
	forget(&told);
}

static void few_people_are_one_row_that_counts_no_organisations(void **state)
{
	struct told told;
	support_sql(*state, "UPDATE person SET organisation = 'Org ' || id");
	recruitment(*state, MENTOR_BY_ORGANISATION, &told);
	assert_string_equal(mentor_buf_text(&told.order), "hsssssrrb");
	assert_row(&told, 0, "all organisations", 5, 4, 2);
	assert_int_equal(told.rows[0].together, MENTOR_SUPPRESSED);
	assert_true(told.rows[0].suppressed);
	forget(&told);
}

static void organisations_are_rows_and_small_ones_stand_together(void **state)
{
	struct told told;
	applicants(*state, "Dale Trust", 6, 6);
	applicants(*state, "Fell Trust", 4, 4);
	applicants(*state, "Hill Trust", 20, 10);
	applicants(*state, "Mere Trust", 11, 10);
	applicants(*state, "Moor Trust", 25, 12);
	applicants(*state, "Tarn Trust", 4, 4);
	applicants(*state, "Weir Trust", 4, 4);
	recruitment(*state, MENTOR_BY_ORGANISATION, &told);
	assert_int_equal(told.n_rows, 6);
	assert_row(&told, 0, "not stated", 5, MENTOR_SUPPRESSED, MENTOR_SUPPRESSED); /* the fixture's: one was declined */
	assert_row(&told, 1, "Dale Trust", 6, MENTOR_SUPPRESSED, MENTOR_SUPPRESSED); /* Mere Trust knows its own 10 */
	assert_row(&told, 2, "Hill Trust", 20, MENTOR_SUPPRESSED, MENTOR_SUPPRESSED); /* else subtraction would tell */
	assert_row(&told, 3, "Mere Trust", 11, MENTOR_SUPPRESSED, MENTOR_SUPPRESSED); /* one was declined */
	assert_row(&told, 4, "Moor Trust", 25, MENTOR_SUPPRESSED, MENTOR_SUPPRESSED);
	assert_row(&told, 5, "others (3 organisations)", 12, 12, MENTOR_SUPPRESSED);
	assert_int_equal(told.rows[5].together, 3);
	assert_int_equal(told.rows[1].together, 1);
	forget(&told);
}

static void what_came_late_and_is_kept_for_the_next_cohort_counts_where_it_was_made(void **state)
{
	struct told told;
	support_sql(*state, "UPDATE cohort SET closes_on = '2026-01-31'");
	recruitment(*state, MENTOR_NONE, &told);
	int64_t here = told.sides[1].late;
	forget(&told);
	support_sql(*state, "INSERT INTO cohort (slug, programme_id, revision_id, title) SELECT 'next', programme_id, revision_id, 'Next' "
			    "FROM cohort");
	support_sql(*state, "INSERT INTO person (id, email, name) VALUES (99, 'late@example.org', 'L')");
	support_sql(*state, "INSERT INTO enrolment (cohort_id, person_id, role, applied_on, origin, origin_cohort_id) VALUES (2, 99, 'mentee', '2026-02-02', "
			    "'late', 1)");
	recruitment(*state, MENTOR_BY_DIRECTORATE, &told);
	assert_int_equal(told.sides[1].received, 4);
	assert_int_equal(told.sides[1].late, here + 1);
	assert_int_equal(told.sides[1].undecided, 0);
	assert_row(&told, 0, "not stated", 6, 4, 2);
	forget(&told);
}

static void recruitment_of_an_unknown_cohort_is_not_found(void **state)
{
	struct told told = { .n_pairs = 0 };
	assert_int_equal(mentor_report_recruitment(*state, 99, NULL, MENTOR_NONE, keep, &told), MENTOR_NOT_FOUND);
	assert_int_equal(told.order.len, 0);
}

static void an_unknown_cohort_is_not_found(void **state)
{
	struct told told = { .n_pairs = 0 };
	assert_int_equal(mentor_report_progress(*state, 99, keep, &told), MENTOR_NOT_FOUND);
	assert_int_equal(told.order.len, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_running_set_up, support_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(parts_come_in_order_and_numbers_are_those_of_the_records),
		TEST(no_name_address_or_place_of_a_participant_is_in_it),
		TEST(proposed_pairs_are_counted_but_not_followed),
		TEST(months_come_to_an_end_with_the_last_day_there_is),
		TEST(months_stop_when_the_cohort_finished),
		TEST(outcomes_come_once_both_stages_have_answers),
		TEST(an_unknown_cohort_is_not_found),
		TEST(recruitment_has_the_sides_and_no_breakdown_unless_asked),
		TEST(few_people_are_one_row_that_counts_no_organisations),
		TEST(organisations_are_rows_and_small_ones_stand_together),
		TEST(what_came_late_and_is_kept_for_the_next_cohort_counts_where_it_was_made),
		TEST(recruitment_of_an_unknown_cohort_is_not_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
