/* report.c (test): one model of a cohort's progress, and the rule that says who is behind. */
#include "db.h"
#include "mentor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char definition[] = "programme: demo\n"
				 "title: Demo programme\n"
				 "organisation: Example Council\n"
				 "contact: { name: Programme team, email: team@example.org }\n"
				 "labels: { mentors: guides, mentees: leaders }\n"
				 "aims: { insight: { text: Leaders gain insight } }\n"
				 "contract:\n"
				 "  purpose: We learn.\n"
				 "  sessions: { minimum: 4, usual: 5, maximum: 6 }\n"
				 "  minutes: { minimum: 45, maximum: 60 }\n"
				 "surveys:\n"
				 "  view:\n"
				 "    title: View\n"
				 "    audience: mentees\n"
				 "    stages: [before, after]\n"
				 "    questions:\n"
				 "      know: { text: How well?, aim: insight }\n"
				 "      later: { text: Asked later }\n";

static const char no_minimum[] =
    "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n";

static void run_sql(struct mentor *m, const char *sql)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m, sql, DB_NO_ARGS), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
}

static const char *const world[] = {
	"INSERT INTO person (email, name) VALUES ('a@example.org', 'Secret Ann'), ('b@example.org', 'Secret Ben'), "
	"('c@example.org', 'Secret Cleo'), ('d@example.org', 'Secret Dan'), ('e@example.org', 'Secret Eve'), "
	"('f@example.org', 'Secret Finn')",
	"INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, 1, 'mentor', 'accepted', "
	"'2026-02-01'), "
	"(1, 2, 'mentee', 'accepted', '2026-02-01'), (1, 3, 'mentor', 'accepted', '2026-02-01'), (1, 4, 'mentee', "
	"'declined', '2026-02-01'), "
	"(1, 5, 'mentee', 'accepted', '2026-02-01'), (1, 6, 'facilitator', 'accepted', '2026-02-01')",
	"UPDATE cohort SET started_on = '2026-04-01', starts_on = '2026-04-01', ends_on = '2026-10-01', mentors_max = "
	"12, mentees_max = 9",
	"INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
	"VALUES (1, 1, 2, 'active', 'reverse', 0, '2026-03-01', '2026-03-20')",
};

/* One cohort, 1 April to 1 October 2026, with one active pair, on 2 July: half way through. */
static int set_up(void **state)
{
	struct mentor *m = mentor_new();
	const char *change = NULL, *text = *state ? *state : definition;
	struct mentor_cohort cohort;
	int64_t id = 0;
	assert_non_null(m);
	assert_int_equal(mentor_set_now(m, "2026-07-02"), MENTOR_OK);
	assert_int_equal(mentor_open(m, NULL, MENTOR_OPEN_MEMORY | MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	assert_int_equal(mentor_programme_import(m, "demo.yaml", text, strlen(text), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, 1U << 1, &id), MENTOR_OK);
	for (size_t i = 0; i < sizeof(world) / sizeof(*world); i++)
		run_sql(m, world[i]);
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

static void add_session(struct mentor *m, const char *date, int64_t minutes)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m,
			     "INSERT INTO session (pair_id, date, minutes, place, recorded_on) VALUES (1, $1, $2, "
			     "'Secret Cafe', $1)",
			     DB_ARGS(DB_TEXT(date), DB_NUMBER(minutes))),
	    MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
}

/* What a report told, numbers only, and everything it said as JSON. */
struct told {
	struct mentor_progress head;
	struct mentor_progress_side sides[3];
	size_t n_sides;
	struct mentor_progress_matching matching;
	struct mentor_progress_pair pairs[8];
	size_t n_pairs, n_aims, n_outcomes;
	struct mentor_buf order, all;
};

static const struct {
	const char *part;
	const struct mentor_field *fields;
} parts[] = {
	{ "head", mentor_progress_fields },
	{ "recruitment", mentor_progress_side_fields },
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
	else if (strcmp(part, "matching") == 0)
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

static struct mentor_progress_pair pair(struct mentor *m)
{
	struct told told;
	report(m, &told);
	assert_int_equal(told.n_pairs, 1);
	forget(&told);
	return told.pairs[0];
}

static void parts_come_in_order_and_numbers_are_those_of_the_records(void **state)
{
	struct told told;
	report(*state, &told);
	assert_string_equal(mentor_buf_text(&told.order), "hrrmc");
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
	add_session(*state, "2026-05-01", 60);
	report(*state, &told);
	assert_null(strstr(mentor_buf_text(&told.all), "Secret"));
	assert_null(strstr(mentor_buf_text(&told.all), "a@example.org"));
	forget(&told);
}

static void half_way_through_half_the_minimum_is_due(void **state)
{
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.due, 2);
	assert_int_equal(row.pace, MENTOR_PACE_BEHIND);
	add_session(*state, "2026-05-01", 60);
	assert_int_equal(pair(*state).pace, MENTOR_PACE_BEHIND);
	add_session(*state, "2026-06-01", 50);
	row = pair(*state);
	assert_int_equal(row.pace, MENTOR_PACE_ON_PACE);
	assert_int_equal(row.sessions, 2);
	assert_int_equal(row.minutes, 110);
}

static void before_anything_is_due_a_pair_has_not_started(void **state)
{
	assert_int_equal(mentor_set_now(*state, "2026-04-20"), MENTOR_OK);
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.due, 0);
	assert_int_equal(row.pace, MENTOR_PACE_NOT_STARTED);
	add_session(*state, "2026-04-10", 60);
	assert_int_equal(pair(*state).pace, MENTOR_PACE_ON_PACE);
}

static void short_sessions_are_held_but_do_not_count(void **state)
{
	add_session(*state, "2026-05-01", 44);
	add_session(*state, "2026-06-01", 45);
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.sessions, 2);
	assert_int_equal(row.counted, 1);
	assert_int_equal(row.minutes, 89);
	assert_int_equal(row.pace, MENTOR_PACE_BEHIND);
}

static void the_minimum_reached_is_met_and_stays_so_after_an_ending(void **state)
{
	add_session(*state, "2026-04-02", 60);
	add_session(*state, "2026-04-03", 60);
	add_session(*state, "2026-04-04", 60);
	add_session(*state, "2026-04-05", 60);
	assert_int_equal(pair(*state).pace, MENTOR_PACE_MET);
	run_sql(*state, "UPDATE pair SET state = 'ended', ended_on = '2026-05-01'");
	assert_int_equal(pair(*state).pace, MENTOR_PACE_MET);
}

static void a_pair_that_ended_is_not_behind(void **state)
{
	run_sql(*state, "UPDATE pair SET state = 'ended', ended_on = '2026-05-01'");
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.pace, MENTOR_PACE_ENDED);
	assert_int_equal(row.due, MENTOR_NONE);
}

static void sessions_after_the_day_of_the_report_are_not_in_it(void **state)
{
	add_session(*state, "2026-05-01", 60);
	add_session(*state, "2026-07-20", 60);
	assert_int_equal(pair(*state).sessions, 1);
}

static void the_contract_says_when_the_time_of_a_pair_runs(void **state)
{
	run_sql(*state, "INSERT INTO contract (pair_id, text, hash, drafted_on, starts_on, ends_on, mentor_signed_on) "
			"VALUES (1, 'x', 'y', '2026-06-01', '2026-06-01', '2026-12-01', '2026-06-01')");
	struct told told;
	report(*state, &told);
	assert_int_equal(told.pairs[0].due, 0);
	assert_int_equal(told.pairs[0].pace, MENTOR_PACE_NOT_STARTED);
	assert_non_null(strstr(mentor_buf_text(&told.all), "\"drafted\""));
	forget(&told);
	run_sql(*state, "UPDATE contract SET mentee_signed_on = '2026-06-02'");
	report(*state, &told);
	assert_non_null(strstr(mentor_buf_text(&told.all), "\"signed\""));
	forget(&told);
}

static void a_pair_published_late_has_its_own_start(void **state)
{
	run_sql(*state, "UPDATE pair SET published_on = '2026-07-01'");
	assert_int_equal(pair(*state).due, 0);
}

static void without_a_minimum_nobody_is_behind(void **state)
{
	struct mentor_progress_pair row = pair(*state);
	assert_int_equal(row.minimum, MENTOR_NONE);
	assert_int_equal(row.due, MENTOR_NONE);
	assert_int_equal(row.pace, MENTOR_PACE_NOT_STARTED);
	add_session(*state, "2026-05-01", 5);
	row = pair(*state);
	assert_int_equal(row.counted, 1);
	assert_int_equal(row.pace, MENTOR_PACE_ON_PACE);
}

static void proposed_pairs_are_counted_but_not_followed(void **state)
{
	struct told told;
	run_sql(*state, "UPDATE pair SET state = 'proposed', published_on = NULL");
	report(*state, &told);
	assert_int_equal(told.matching.proposed, 1);
	assert_int_equal(told.n_pairs, 0);
	forget(&told);
}

static void months_stop_when_the_cohort_finished(void **state)
{
	struct told told;
	run_sql(*state, "UPDATE cohort SET finished_on = '2026-05-31'");
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
	run_sql(*state, "INSERT INTO response (cohort_id, survey, stage, response) VALUES (1, 'view', 'before', '1')");
	run_sql(
	    *state, "INSERT INTO response_value (response_id, question, position, number) VALUES (1, 'know', 1, 2)");
	report(*state, &told);
	assert_int_equal(told.n_outcomes, 0);
	forget(&told);
	run_sql(*state, "INSERT INTO response (cohort_id, survey, stage, response) VALUES (1, 'view', 'after', '1')");
	run_sql(
	    *state, "INSERT INTO response_value (response_id, question, position, number) VALUES (2, 'know', 1, 3)");
	report(*state, &told);
	assert_int_equal(told.n_aims, 1);
	assert_int_equal(told.n_outcomes, 1); /* the other question has no answers to compare */
	assert_string_equal(mentor_buf_text(&told.order), "hrrmcao");
	forget(&told);
}

static void an_unknown_cohort_is_not_found(void **state)
{
	struct told told = { .n_pairs = 0 };
	assert_int_equal(mentor_report_progress(*state, 99, keep, &told), MENTOR_NOT_FOUND);
	assert_int_equal(told.order.len, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(parts_come_in_order_and_numbers_are_those_of_the_records),
		TEST(no_name_address_or_place_of_a_participant_is_in_it),
		TEST(half_way_through_half_the_minimum_is_due),
		TEST(before_anything_is_due_a_pair_has_not_started),
		TEST(short_sessions_are_held_but_do_not_count),
		TEST(the_minimum_reached_is_met_and_stays_so_after_an_ending),
		TEST(a_pair_that_ended_is_not_behind),
		TEST(sessions_after_the_day_of_the_report_are_not_in_it),
		TEST(the_contract_says_when_the_time_of_a_pair_runs),
		TEST(a_pair_published_late_has_its_own_start),
		cmocka_unit_test_prestate_setup_teardown(
		    without_a_minimum_nobody_is_behind, set_up, tear_down, (void *)(uintptr_t)no_minimum),
		TEST(proposed_pairs_are_counted_but_not_followed),
		TEST(months_stop_when_the_cohort_finished),
		TEST(outcomes_come_once_both_stages_have_answers),
		TEST(an_unknown_cohort_is_not_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
