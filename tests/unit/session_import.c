/* session_import.c (test): many sessions from a table: who met, what is there already, what is wrong with which row. */
#include "record.h"
#include "support_world.h"

#include <stdio.h>
#include <stdlib.h>

static const char sign_first[] = "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\n"
				 "contract: { purpose: We learn., sign_first: yes }\n"
				 "activities: { tree: { title: Tree } }\n";

static struct mentor_buf told;

static enum mentor_status write_row(void *arg, const void *record)
{
	const struct mentor_session_imported *row = record;
	mentor_buf_fmt(arg, "%s m%d %s %s %d\n", row->change, (int)row->pair, row->date, row->time ? row->time : "-", (int)row->row);
	return MENTOR_OK;
}

static enum mentor_status import(struct mentor *m, const char *text)
{
	mentor_buf_clear(&told);
	return mentor_session_import(m, 1, "log.csv", text, strlen(text), 0, write_row, &told);
}

static void assert_import(struct mentor *m, const char *text, const char *expected)
{
	enum mentor_status status = import(m, text);
	if (status)
		fail_msg("%s", mentor_error(m)->n_problems ? mentor_error(m)->problems[0].message : mentor_error(m)->message);
	assert_string_equal(mentor_buf_text(&told), expected);
}

/* One problem, in this row. */
static void assert_problem(struct mentor *m, const char *text, long row, const char *message)
{
	uint64_t before = support_fingerprint(m);
	assert_int_equal(import(m, text), MENTOR_INVALID);
	const struct mentor_error *e = mentor_error(m);
	assert_string_equal(e->n_problems ? e->problems[0].message : e->message, message);
	assert_int_equal(e->n_problems ? e->problems[0].place.row : e->place.row, row);
	assert_string_equal(e->state, "nothing imported");
	assert_true(support_fingerprint(m) == before);
}

static void a_second_pair(struct mentor *m)
{
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
		       "VALUES (1, 1, 5, 'active', 'reverse', 0, '2026-03-01', '2026-03-20')");
}

static void rows_are_stored_once(void **state)
{
	struct mentor *m = *state;
	static const char text[] = "Date,Time,Minutes,Mode,Place,Pair\n2026-05-02,14:00,60,virtual,,m1\n2026-05-01,,45,in-person,Room 4,m1\n";
	assert_import(m, text, "added m1 2026-05-01 - 2\nadded m1 2026-05-02 14:00 1\n");
	assert_import(m, text, "unchanged m1 2026-05-01 - 2\nunchanged m1 2026-05-02 14:00 1\n");
	assert_int_equal(support_number(m, "SELECT count(*) FROM session WHERE minutes = 45 AND place = 'Room 4' AND mode = 'in-person' AND recorded_on = '2026-07-02'"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM session"), 2);
}

static void who_met_is_said_by_either_address_or_both(void **state)
{
	struct mentor *m = *state;
	assert_import(m, "date,minutes,mentor\n2026-05-01,60,A@example.org\n", "added m1 2026-05-01 - 1\n");
	assert_import(m, "date,minutes,mentee\n2026-05-02,60, b@example.org \n", "added m1 2026-05-02 - 1\n");
	a_second_pair(m);
	assert_problem(m, "date,minutes,mentor\n2026-05-03,60,a@example.org\n", 1, "'a@example.org' was in 2 pairs on 2026-05-03");
	assert_import(m, "date,minutes,mentor,mentee\n2026-05-03,60,a@example.org,e@example.org\n", "added m2 2026-05-03 - 1\n");
	/* of two pairs the one that was together on that day */
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-05-10' WHERE id = 1");
	assert_import(m, "date,minutes,mentor\n2026-05-11,60,a@example.org\n", "added m2 2026-05-11 - 1\n");
	assert_problem(m, "date,minutes,mentor\n2026-05-11,60,nobody@example.org\n", 1, "'nobody@example.org' is in no such pair of this cohort");
	support_sql(m, "INSERT INTO address (person_id, email) VALUES (5, 'eve.old@example.org')");
	assert_import(m, "date,minutes,mentee\n2026-05-12,60,eve.old@example.org\n", "added m2 2026-05-12 - 1\n");
}

static void every_problem_says_its_row_and_nothing_is_stored(void **state)
{
	struct mentor *m = *state;
	static const struct {
		const char *text, *message;
		long row;
	} cases[] = {
		{ "date,minutes,pair\n2026-05-01,60,m1\n2026-13-01,60,m1\n", "'2026-13-01' is not a day", 2 },
		{ "date,minutes,pair\n05/04/2026,60,m1\n", "'05/04/2026' could be two days", 1 },
		{ "date,minutes,pair\n2026-05-01,1500,m1\n", "'1500' is not a whole number from 1 to 1440", 1 },
		{ "date,minutes,pair\n,60,m1\n", "the row has no date", 1 },
		{ "date,minutes,pair\n2026-05-01,60,\n", "the row does not say who met", 1 },
		{ "date,minutes,pair\n2026-05-01,60,m9\n", "'m9' is no pair of this cohort", 1 },
		{ "date,minutes,pair\n2026-07-03,60,m1\n", "2026-07-03 is in the future", 1 },
		{ "date,minutes,pair\n2026-05-01,,m1\n", "a session of 2026-05-01 has passed, and needs its minutes", 1 },
		{ "date,minutes,pair,notes\n2026-05-01,60,m1,Secret\n", "this programme keeps no notes of sessions", 1 },
		{ "date,minutes,pair\n2026-05-01,60,m1\n2026-05-01,45,m1\n", "s1 is a session of 2026-05-01 already, with other values", 2 },
		{ "date,minutes\n2026-05-01,60\n", "no column says who met", 0 },
		{ "minutes,pair\n60,m1\n", "there is no column called date", 0 },
		{ "date,minutes,pair,minute\n2026-05-01,60,m1,60\n", "a session has no such column", 0 },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_problem(m, cases[i].text, cases[i].row, cases[i].message);
}

static void days_of_spreadsheets_and_further_columns_are_read(void **state)
{
	struct mentor *m = *state;
	assert_import(m,
	    "id,cohort,state,date,minutes,pair,activity,next date,Next place,mentor signed on\n"
	    "s9,spring,held,20/05/2026,60,m1,,2026-07-20,Caf\xc3\xa9,21/05/2026\n",
	    "added m1 2026-05-20 - 1\n");
	assert_int_equal(support_number(m, "SELECT count(*) FROM session WHERE mentor_signed_on = '2026-05-21' AND next_date = '2026-07-20'"), 1);
	/* the next session is planned with it */
	assert_int_equal(support_number(m, "SELECT count(*) FROM session WHERE date = '2026-07-20' AND minutes IS NULL AND place = 'Caf\xc3\xa9'"), 1);
}

static void what_was_planned_is_held_by_its_row_and_plans_come_in_too(void **state)
{
	struct mentor *m = *state;
	static const char plan[] = "date,time,minutes,pair\n2026-07-10,14:00,,m1\n", held[] = "date,time,minutes,pair\n2026-07-10,14:00,60,m1\n";
	assert_import(m, plan, "planned m1 2026-07-10 14:00 1\n");
	assert_import(m, plan, "unchanged m1 2026-07-10 14:00 1\n");
	assert_int_equal(mentor_set_now(m, "2026-07-12"), MENTOR_OK);
	assert_import(m, held, "held m1 2026-07-10 14:00 1\n");
	assert_import(m, held, "unchanged m1 2026-07-10 14:00 1\n");
	/* an old plan says nothing against what was held */
	assert_int_equal(support_number(m, "SELECT count(*) FROM session"), 1);
}

/* Paper that was taken once stays taken, whatever has become of the pair since. */
static void a_pair_without_signatures_is_said_once_and_what_is_there_is_fine(void **state)
{
	struct mentor *m = *state;
	static const char text[] = "date,minutes,pair\n2026-05-01,60,m1\n2026-05-02,60,m1\n";
	assert_int_equal(import(m, text), MENTOR_INVALID);
	assert_int_equal(mentor_error(m)->n_problems, 1);
	support_sql(m, "INSERT INTO contract (pair_id, text, hash, drafted_on, mentor_signed_on, mentee_signed_on) "
		       "VALUES (1, 'x', 'y', '2026-04-01', '2026-04-01', '2026-04-01')");
	assert_import(m, text, "added m1 2026-05-01 - 1\nadded m1 2026-05-02 - 2\n");
	support_sql(m, "UPDATE contract SET mentee_signed_on = NULL");
	assert_import(m, text, "unchanged m1 2026-05-01 - 1\nunchanged m1 2026-05-02 - 2\n");
}

static void many_rows_in_any_order_are_many_sessions(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf text = MENTOR_BUF_INIT;
	a_second_pair(m);
	mentor_buf_str(&text, "date,time,minutes,pair\n");
	for (int i = 0; i < 3000; i++) {
		char day[11];
		mentor_day_format(20544 + i * 7919 % 90, day); /* 1 April 2026 and the 89 days behind it */
		mentor_buf_fmt(&text, "%s,%02d:%02d,%d,m%d\n", day, i * 31 % 24, i / 60 % 60, 30 + i % 60, 1 + i % 2);
	}
	assert_int_equal(import(m, mentor_buf_text(&text)), MENTOR_OK);
	int64_t n = support_number(m, "SELECT count(*) FROM session");
	assert_true(n > 2000);
	assert_int_equal(import(m, mentor_buf_text(&text)), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM session"), n);
	assert_null(strstr(mentor_buf_text(&told), "added"));
	mentor_buf_free(&text);
}

static int free_text(void **state)
{
	(void)state;
	mentor_buf_free(&told);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_running_set_up, support_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_are_stored_once),
		TEST(who_met_is_said_by_either_address_or_both),
		TEST(every_problem_says_its_row_and_nothing_is_stored),
		TEST(days_of_spreadsheets_and_further_columns_are_read),
		TEST(what_was_planned_is_held_by_its_row_and_plans_come_in_too),
		cmocka_unit_test_prestate_setup_teardown(a_pair_without_signatures_is_said_once_and_what_is_there_is_fine, support_running_set_up,
		    support_tear_down, (void *)(uintptr_t)sign_first),
		TEST(many_rows_in_any_order_are_many_sessions),
	};
	return cmocka_run_group_tests(tests, NULL, free_text);
}
