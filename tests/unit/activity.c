/* activity.c (test): what happened month by month, in a period, across cohorts, and what is recorded. */
#include "support_world.h"

#include <stdio.h>

/* What was told, a line for each row that is not the head. */
struct told {
	struct mentor_buf text;
};

static const struct {
	const char *part;
	const struct mentor_field *fields;
} parts[] = {
	{ "scope", mentor_report_scope_fields },
	{ "steps", mentor_report_step_fields },
	{ "recruitment", mentor_progress_side_fields },
	{ "by_organisation", mentor_recruitment_row_fields },
	{ "by_directorate", mentor_recruitment_row_fields },
	{ "activity", mentor_activity_row_fields },
	{ "activity_by_organisation", mentor_activity_group_fields },
	{ "activity_by_directorate", mentor_activity_group_fields },
	{ "work", mentor_work_row_fields },
	{ "lessons", mentor_lesson_fields },
	{ "care", mentor_care_row_fields },
	{ "ismcp", mentor_evidence_row_fields },
	{ "clutterbuck", mentor_evidence_row_fields },
	{ "kirkpatrick", mentor_evidence_row_fields },
	{ "matching", mentor_progress_matching_fields },
	{ "links", mentor_report_link_fields },
	{ "aims", mentor_survey_aim_fields },
};

static enum mentor_status keep(void *arg, const char *part, const void *record)
{
	struct told *told = arg;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (strcmp(parts[i].part, part) != 0)
			continue;
		mentor_buf_str(&told->text, part);
		for (const struct mentor_field *f = parts[i].fields; f->name; f++) {
			if (f->flags & MENTOR_INTERNAL)
				continue;
			mentor_buf_char(&told->text, '|');
			mentor_field_write(&told->text, f, record);
		}
		mentor_buf_char(&told->text, '\n');
	}
	return MENTOR_OK;
}

static void assert_activity(struct mentor *m, const struct mentor_period *period, int64_t by, const char *expected)
{
	struct told told = { MENTOR_BUF_INIT };
	assert_int_equal(mentor_report_activity(m, 1, period, by, keep, &told), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&told.text), expected);
	mentor_buf_free(&told.text);
}

static void a_month_holds_what_has_its_day_in_it_and_those_between_are_empty(void **state)
{
	support_session(*state, "2026-04-10", 60);
	support_session(*state, "2026-04-20", 30);
	support_session(*state, "2026-06-01", 50);
	support_session(*state, "2026-08-01", 50); /* still to come */
	support_sql(*state, "INSERT INTO action (cohort_id, text, added_on, state, closed_on) VALUES (1, 'x', '2026-04-10', 'done', '2026-06-30'), (1, 'y', '2026-06-02', 'open', NULL)");
	support_sql(*state, "INSERT INTO goal (pair, side, text, added_on) VALUES (1, 'mentor', 'x', '2026-04-11')");
	assert_activity(*state, NULL, MENTOR_NONE,
	    "activity|2026-04|2|1|90|0|0|0|1|1|0\n"
	    "activity|2026-05|0|0|0|0|0|0|0|0|0\n"
	    "activity|2026-06|1|1|50|0|0|0|0|1|1\n");
}

static void a_period_leaves_out_what_has_its_day_elsewhere(void **state)
{
	support_session(*state, "2026-04-10", 60);
	support_session(*state, "2026-04-20", 30);
	support_session(*state, "2026-06-01", 50);
	const struct mentor_period april = { "2026-04-11", "2026-04-30" }, since = { "2026-05-01", NULL }, none = { "2026-05-01", "2026-05-31" };
	assert_activity(*state, &april, MENTOR_NONE, "scope|2026-04-11|2026-04-30|\nactivity|2026-04|1|1|30|0|0|0|0|0|0\n");
	assert_activity(*state, &since, MENTOR_NONE, "scope|2026-05-01||\nactivity|2026-06|1|1|50|0|0|0|0|0|0\n");
	assert_activity(*state, &none, MENTOR_NONE, "scope|2026-05-01|2026-05-31|\n");
}

/* `n` pairs of mentors of a directorate, of which `met` held a session of 60 minutes. */
static void add_pairs(struct mentor *m, const char *directorate, int n, int met)
{
	static int serial = 100;
	char sql[800];
	for (int i = 0; i < n; i++, serial++) {
		snprintf(sql, sizeof(sql), "INSERT INTO person (id, email, name, directorate) VALUES (%d, 'm%d@example.org', 'M', '%s'), (%d, 'n%d@example.org', 'N', 'Else')", serial, serial,
		    directorate, serial + 1000, serial);
		support_sql(m, sql);
		snprintf(sql, sizeof(sql), "INSERT INTO enrolment (id, cohort_id, person_id, role, state, applied_on) VALUES (%d, 1, %d, 'mentor', 'accepted', '2026-02-01'), "
		    "(%d, 1, %d, 'mentee', 'accepted', '2026-02-01')", serial, serial, serial + 1000, serial + 1000);
		support_sql(m, sql);
		snprintf(sql, sizeof(sql), "INSERT INTO pair (id, cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) VALUES "
		    "(%d, 1, %d, %d, 'active', 'reverse', 0, '2026-03-01', '2026-03-20')", serial, serial, serial + 1000);
		support_sql(m, sql);
		if (i < met) {
			snprintf(sql, sizeof(sql), "INSERT INTO session (pair_id, date, minutes, recorded_on) VALUES (%d, '2026-05-05', 60, '2026-05-05')", serial);
			support_sql(m, sql);
		}
	}
}

static void sessions_are_told_by_directorate_where_pairs_are_many(void **state)
{
	add_pairs(*state, "Parks", 12, 6);
	add_pairs(*state, "Roads", 11, 11);
	assert_activity(*state, NULL, MENTOR_BY_DIRECTORATE,
	    "activity|2026-05|17|17|1020|0|0|0|0|0|0\n"
	    "activity_by_directorate|all directorates|24|17|17|1020|no\n"); /* the one pair of nowhere stands with the others */
}

static void few_pairs_stand_with_others_and_their_sessions_too(void **state)
{
	support_sql(*state, "UPDATE person SET directorate = 'Parks' WHERE id = 1");
	add_pairs(*state, "Parks", 12, 6);
	add_pairs(*state, "Roads", 11, 11);
	assert_activity(*state, NULL, MENTOR_BY_DIRECTORATE,
	    "activity|2026-05|17|17|1020|0|0|0|0|0|0\n"
	    "activity_by_directorate|Parks|13|6|6|360|no\n"
	    "activity_by_directorate|Roads|11|11|11|660|no\n");
	support_sql(*state, "DELETE FROM session WHERE pair_id = (SELECT max(q.id) FROM pair q JOIN person p ON p.id = q.mentor_id WHERE p.directorate = 'Roads')");
	assert_activity(*state, NULL, MENTOR_BY_DIRECTORATE, /* one of eleven did not meet: that is nobody's business */
	    "activity|2026-05|16|16|960|0|0|0|0|0|0\n"
	    "activity_by_directorate|Parks|13|[c]|[c]|[c]|yes\n"
	    "activity_by_directorate|Roads|11|[c]|[c]|[c]|yes\n");
}

/* ---- other reports of a period ---- */

typedef enum mentor_status timed(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg);

static void assert_told(struct mentor *m, timed *report, const struct mentor_period *period, const char *expected)
{
	struct told told = { MENTOR_BUF_INIT };
	assert_int_equal(report(m, 1, period, keep, &told), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&told.text), expected);
	mentor_buf_free(&told.text);
}

static void actions_lessons_and_talks_have_a_day(void **state)
{
	const struct mentor_period may = { "2026-05-01", "2026-05-31" };
	support_sql(*state, "INSERT INTO action (cohort_id, text, added_on, due) VALUES (1, 'x', '2026-04-30', '2026-05-15'), (1, 'y', '2026-05-01', '2026-05-15')");
	support_sql(*state, "INSERT INTO lesson (cohort_id, kind, text, added_on) VALUES (1, 'went-well', 'Early', '2026-04-30'), (1, 'went-well', 'Late', '2026-05-31')");
	support_sql(*state, "INSERT INTO checkin (cohort_id, person, kind, date, feeling, recorded_by) VALUES (1, 1, 'contact', '2026-05-02', 'well', 't'), "
			    "(1, 1, 'contact', '2026-06-02', 'some-strain', 't'), (1, 2, 'contact', '2026-05-09', 'needs-support', 't')");
	assert_told(*state, mentor_report_actions, NULL, "work|actions|team|2|2|0|0\n");
	assert_told(*state, mentor_report_actions, &may, "scope|2026-05-01|2026-05-31|\nwork|actions|team|1|1|0|0\n");
	struct told told = { MENTOR_BUF_INIT };
	assert_int_equal(mentor_report_lessons(*state, 1, &may, keep, &told), MENTOR_OK);
	assert_non_null(strstr(mentor_buf_text(&told.text), "Late"));
	assert_null(strstr(mentor_buf_text(&told.text), "Early"));
	mentor_buf_free(&told.text);
	assert_told(*state, mentor_report_care, NULL, "care|contact||3|2|1|1|1|0\n");
	assert_told(*state, mentor_report_care, &may, "scope|2026-05-01|2026-05-31|\ncare|contact||2|2|1|0|1|0\n");
}

static void applications_of_a_period_are_followed_to_the_end(void **state)
{
	const struct mentor_period march = { "2026-03-01", NULL };
	struct told told = { MENTOR_BUF_INIT };
	support_sql(*state, "UPDATE enrolment SET applied_on = '2026-03-05' WHERE id IN (1, 5)");
	assert_int_equal(mentor_report_recruitment(*state, 1, &march, MENTOR_BY_DIRECTORATE, keep, &told), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&told.text),
	    "scope|2026-03-01||\n"
	    "steps|applied|2|100\nsteps|accepted|2|100\nsteps|in a pair|1|50\nsteps|have met|0|0\nsteps|completed|0|0\n"
	    "recruitment|guides|1|1|0|0|1|0|0|0|0|12\nrecruitment|leaders|1|1|0|0|1|1|0|0|0|9\n"
	    "by_directorate|all directorates|[c]|2|2|1|yes\n");
	mentor_buf_free(&told.text);
}

/* ---- across cohorts ---- */

static void add_cohort(struct mentor *m, int id, const char *slug)
{
	char sql[300];
	snprintf(sql, sizeof(sql), "INSERT INTO cohort (id, programme_id, revision_id, slug, title, starts_on) SELECT %d, programme_id, revision_id, '%s', 'Next', '2026-1%d-01' FROM cohort WHERE id = 1", id, slug, id - 2);
	support_sql(m, sql);
}

/* `n` mentees of a directorate who applied to a cohort. */
static void add_people(struct mentor *m, int cohort, const char *directorate, int n)
{
	static int serial = 5000;
	char sql[400];
	for (int i = 0; i < n; i++, serial++) {
		snprintf(sql, sizeof(sql), "INSERT INTO person (id, email, name, directorate) VALUES (%d, 'q%d@example.org', 'Q', '%s')", serial, serial, directorate);
		support_sql(m, sql);
		snprintf(sql, sizeof(sql), "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (%d, %d, 'mentee', 'applied', '2026-02-01')", cohort, serial);
		support_sql(m, sql);
	}
}

static void assert_across(struct mentor *m, const int64_t *cohorts, size_t n, int64_t by, const char *expected)
{
	struct told told = { MENTOR_BUF_INIT };
	struct mentor_across *across = NULL;
	assert_int_equal(mentor_across_new(m, cohorts, n, &across), MENTOR_OK);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(mentor_report_recruitment(m, cohorts[i], NULL, MENTOR_NONE, mentor_across_add, across), MENTOR_OK);
	assert_int_equal(mentor_across_tell(across, NULL, by, keep, &told), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&told.text), expected);
	mentor_across_free(across);
	mentor_buf_free(&told.text);
}

static void figures_of_several_cohorts_are_added_up_and_shares_made_anew(void **state)
{
	static const int64_t both[] = { 2, 1 };
	add_cohort(*state, 2, "next");
	add_people(*state, 2, "Parks", 5);
	assert_across(*state, both, 2, MENTOR_NONE,
	    "scope|||spring; next\n"
	    "steps|applied|10|100\nsteps|accepted|4|40\nsteps|in a pair|2|20\nsteps|have met|0|0\nsteps|completed|0|0\n"
	    "recruitment|guides|2|2|0|0|2|1|0|0|0|\n" /* one cohort has no limit, so all have none */
	    "recruitment|leaders|8|8|0|5|2|1|0|1|0|\n");
}

static void what_each_cohort_withholds_is_told_of_all_once_it_is_of_many(void **state)
{
	static const int64_t all[] = { 1, 2, 3, 4 };
	support_sql(*state, "DELETE FROM pair");
	support_sql(*state, "DELETE FROM enrolment");
	for (int i = 1; i <= 4; i++) {
		if (i > 1)
			add_cohort(*state, i, (const char[]){ 'c', (char)('0' + i), '\0' });
		add_people(*state, i, "Parks", 4);
		add_people(*state, i, "Roads", 4);
		add_people(*state, i, "Schools", 20);
	}
	struct told told = { MENTOR_BUF_INIT };
	assert_int_equal(mentor_report_recruitment(*state, 1, NULL, MENTOR_BY_DIRECTORATE, keep, &told), MENTOR_OK);
	assert_null(strstr(mentor_buf_text(&told.text), "|Parks|"));
	mentor_buf_free(&told.text);
	struct mentor_across *across = NULL;
	assert_int_equal(mentor_across_new(*state, all, 4, &across), MENTOR_OK);
	assert_true(mentor_across_is_complete(across));
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(mentor_report_recruitment(*state, all[i], NULL, MENTOR_NONE, mentor_across_add, across), MENTOR_OK);
	told = (struct told){ MENTOR_BUF_INIT };
	assert_int_equal(mentor_across_tell(across, NULL, MENTOR_BY_DIRECTORATE, keep, &told), MENTOR_OK);
	assert_non_null(strstr(mentor_buf_text(&told.text), "by_directorate|Parks|1|16|0|0|no\n"));
	assert_non_null(strstr(mentor_buf_text(&told.text), "by_directorate|Roads|1|16|0|0|no\n"));
	assert_non_null(strstr(mentor_buf_text(&told.text), "by_directorate|Schools|1|80|0|0|no\n"));
	mentor_across_free(across);
	mentor_buf_free(&told.text);
}

static void not_all_cohorts_are_no_pool_by_organisation(void **state)
{
	static const int64_t some[] = { 1, 2 };
	struct mentor_across *across = NULL;
	add_cohort(*state, 2, "next");
	add_cohort(*state, 3, "empty");
	assert_int_equal(mentor_across_new(*state, some, 2, &across), MENTOR_OK);
	assert_true(mentor_across_is_complete(across)); /* nobody is in the third */
	mentor_across_free(across);
	add_people(*state, 3, "Parks", 1);
	assert_int_equal(mentor_across_new(*state, some, 2, &across), MENTOR_OK);
	assert_false(mentor_across_is_complete(across));
	struct told told = { MENTOR_BUF_INIT };
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(mentor_report_recruitment(*state, some[i], NULL, MENTOR_NONE, mentor_across_add, across), MENTOR_OK);
	assert_int_equal(mentor_across_tell(across, NULL, MENTOR_BY_DIRECTORATE, keep, &told), MENTOR_OK);
	assert_null(strstr(mentor_buf_text(&told.text), "by_directorate"));
	mentor_across_free(across);
	mentor_buf_free(&told.text);
}

static void cohorts_of_several_programmes_do_not_add_up(void **state)
{
	static const int64_t both[] = { 1, 2 };
	struct mentor_across *across = NULL;
	support_sql(*state, "INSERT INTO programme (id, slug, title) VALUES (2, 'other', 'Other')");
	support_sql(*state, "INSERT INTO revision (id, programme_id, number, hash, source, imported_at) SELECT 9, 2, 1, hash, source, imported_at FROM revision WHERE id = 1");
	support_sql(*state, "INSERT INTO cohort (id, programme_id, revision_id, slug, title) VALUES (2, 2, 9, 'o', 'O')");
	assert_int_equal(mentor_across_new(*state, both, 2, &across), MENTOR_REFUSED);
	assert_int_equal(mentor_across_new(*state, both, 0, &across), MENTOR_USAGE);
	assert_true(mentor_across_has("steps"));
	assert_false(mentor_across_has("aims"));
}

/* ---- evidence ---- */

static void evidence_counts_what_is_recorded_and_says_what_would_record_the_rest(void **state)
{
	struct told told = { MENTOR_BUF_INIT };
	support_session(*state, "2026-04-10", 60);
	support_session(*state, "2026-05-10", 60);
	support_session(*state, "2026-08-10", 60); /* still to come */
	support_sql(*state, "INSERT INTO checkin (cohort_id, person, kind, date, recorded_by) VALUES (1, 1, 'contact', '2026-05-02', 't')");
	assert_int_equal(mentor_report_evidence(*state, 1, keep, &told), MENTOR_OK);
	const char *text = mentor_buf_text(&told.text);
	assert_ptr_equal(strstr(text, "ismcp|1 Purpose|aims that the programme states|recorded|2|||\n"), text);
	assert_non_null(strstr(text, "|plans of the organisation that aims serve|recorded|3|||\n"));
	assert_non_null(strstr(text, "clutterbuck|Relationship: how it goes|sessions held|recorded|2|2026-04-10|2026-05-10|\n"));
	assert_non_null(strstr(text, "clutterbuck|Relationship: how it goes|goals set|missing|0|||mentor goal add PAIR --for SIDE --text TEXT\n"));
	assert_non_null(strstr(text, "|talks of the team with people, such as check-ins|recorded|1|||\n")); /* its day is nobody's business */
	assert_non_null(strstr(text, "kirkpatrick|1 Reaction|questions about it that people have answered|missing|0|||"));
	mentor_buf_free(&told.text);
}

static const char levels[] = "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n"
			     "surveys:\n  view:\n    title: View\n    stages: [end]\n    questions:\n"
			     "      a: { text: A?, level: learning, box: relationship-outcome }\n      b: { text: B?, level: learning }\n      c: { text: C?, level: results }\n";

static void questions_count_for_their_level_and_box_once_somebody_has_answered(void **state)
{
	const char *programme = levels;
	void *world = (void *)(uintptr_t)programme;
	struct told told = { MENTOR_BUF_INIT };
	(void)state;
	assert_int_equal(support_running_set_up(&world), 0);
	support_sql(world, "INSERT INTO response (id, cohort_id, survey, stage, response) VALUES (1, 1, 'view', 'end', '1')");
	support_sql(world, "INSERT INTO response_value (response_id, question, position, number) VALUES (1, 'a', 1, 3), (1, 'b', 1, 3)");
	assert_int_equal(mentor_report_evidence(world, 1, keep, &told), MENTOR_OK);
	const char *text = mentor_buf_text(&told.text);
	assert_non_null(strstr(text, "kirkpatrick|2 Learning|questions about it that people have answered|recorded|2|||\n"));
	assert_non_null(strstr(text, "clutterbuck|Relationship: what comes of it|questions about it that people have answered|recorded|1|||\n"));
	assert_non_null(strstr(text, "kirkpatrick|4 Results|questions about it that people have answered|missing|0|||"));
	mentor_buf_free(&told.text);
	mentor_free(world);
}

static void matching_and_outcomes_stand_alone_as_well(void **state)
{
	struct told told = { MENTOR_BUF_INIT };
	assert_int_equal(mentor_report_matching(*state, 1, keep, &told), MENTOR_OK);
	assert_non_null(strstr(mentor_buf_text(&told.text), "matching|0|1|0|0|0|2\n"));
	mentor_buf_clear(&told.text);
	assert_int_equal(mentor_report_outcomes(*state, 1, keep, &told), MENTOR_OK);
	assert_non_null(strstr(mentor_buf_text(&told.text), "aims|"));
	assert_non_null(strstr(mentor_buf_text(&told.text), "Leaders gain insight"));
	mentor_buf_clear(&told.text);
	assert_int_equal(mentor_report_equality(*state, 1, keep, &told), MENTOR_REFUSED); /* the programme asks nothing of the kind */
	assert_int_equal(mentor_report_activity(*state, 99, NULL, MENTOR_NONE, keep, &told), MENTOR_NOT_FOUND);
	mentor_buf_free(&told.text);
}

int main(void)
{
#define RUNNING(test) cmocka_unit_test_setup_teardown(test, support_running_set_up, support_tear_down)
	const struct CMUnitTest tests[] = {
		RUNNING(a_month_holds_what_has_its_day_in_it_and_those_between_are_empty),
		RUNNING(a_period_leaves_out_what_has_its_day_elsewhere),
		RUNNING(sessions_are_told_by_directorate_where_pairs_are_many),
		RUNNING(few_pairs_stand_with_others_and_their_sessions_too),
		RUNNING(actions_lessons_and_talks_have_a_day),
		RUNNING(applications_of_a_period_are_followed_to_the_end),
		RUNNING(figures_of_several_cohorts_are_added_up_and_shares_made_anew),
		RUNNING(what_each_cohort_withholds_is_told_of_all_once_it_is_of_many),
		RUNNING(not_all_cohorts_are_no_pool_by_organisation),
		RUNNING(cohorts_of_several_programmes_do_not_add_up),
		RUNNING(evidence_counts_what_is_recorded_and_says_what_would_record_the_rest),
		cmocka_unit_test(questions_count_for_their_level_and_box_once_somebody_has_answered),
		RUNNING(matching_and_outcomes_stand_alone_as_well),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
