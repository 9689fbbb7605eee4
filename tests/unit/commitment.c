/* commitment.c (test): what counts as done, due and met, per pair, person and cohort; shadowed meetings; topics of learning. */
#include "pace.h"
#include "record.h"
#include "support_world.h"

#include <inttypes.h>

static const char shadowing[] = "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\n"
				"topics: { power: Power, change: Change }\nprivacy: { record: topics }\n"
				"contract:\n"
				"  purpose: We learn.\n"
				"  sessions: { minimum: 2, usual: 3, maximum: 4 }\n"
				"  minutes: { minimum: 60 }\n"
				"  months: { minimum: 3, maximum: 6 }\n"
				"  shadowed: { minimum: 4, maximum: 6 }\n"
				"  shadowed_counts: contributed\n";
static const char nothing_asked[] = "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n";

/* What a report says, one line a row. */
static enum mentor_status write_row(void *arg, const char *part, const void *record)
{
	struct mentor_buf *b = arg;
	static const struct {
		const char *part;
		const struct mentor_field *fields;
	} parts[] = { { "measures", mentor_commitment_sum_fields }, { "people", mentor_commitment_person_fields }, { "pairs", mentor_commitment_fields },
		{ "totals", mentor_commitment_totals_fields }, { "topics", mentor_topic_row_fields }, { "coverage", mentor_coverage_fields } };
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (strcmp(parts[i].part, part) != 0)
			continue;
		mentor_buf_str(b, part);
		for (const struct mentor_field *f = parts[i].fields; f->name; f++) {
			mentor_buf_char(b, ' ');
			mentor_field_write(b, f, record);
			if (mentor_field_is_none(f, record))
				mentor_buf_char(b, '-');
		}
		mentor_buf_char(b, '\n');
	}
	return MENTOR_OK;
}

static struct mentor_buf told;

static const char *commitment(struct mentor *m)
{
	mentor_buf_clear(&told);
	assert_int_equal(mentor_report_commitment(m, 1, write_row, &told), MENTOR_OK);
	return mentor_buf_text(&told);
}

static void assert_says(struct mentor *m, const char *line)
{
	const char *text = commitment(m);
	if (!strstr(text, line))
		fail_msg("not there: %s\n%s", line, text);
}

static void shadow(struct mentor *m, const char *date, enum mentor_side by, enum mentor_part part)
{
	struct mentor_shadowing s;
	const char *change = NULL;
	int64_t id = 0;
	mentor_record_clear(mentor_shadowing_fields, &s);
	s.by = by;
	s.date = date;
	s.meeting = "Board";
	s.part = part;
	assert_int_equal(mentor_shadowing_add(m, 1, &s, UINT64_MAX, &change, &id), MENTOR_OK);
}

/* On 2 July three months of six have passed: half of everything is due. */
static void each_measure_is_done_due_and_standing(void **state)
{
	struct mentor *m = *state;
	assert_says(m, "pairs m1 sessions behind 0 1 2 3 4\n");
	assert_says(m, "pairs m1 minutes behind 0 60 120 - -\n");
	assert_says(m, "pairs m1 months met 3 - 3 - 6\n");
	assert_says(m, "pairs m1 shadowed-by-mentor behind 0 2 4 - 6\n");
	support_session(m, "2026-05-01", 60);
	support_session(m, "2026-05-02", 59); /* too short to count, but minutes all the same */
	assert_says(m, "pairs m1 sessions on-pace 1 1 2 3 4\n");
	assert_says(m, "pairs m1 minutes ahead 119 60 120 - -\n");
	support_session(m, "2026-05-03", 60);
	assert_says(m, "pairs m1 sessions met 2 1 2 3 4\n");
	support_session(m, "2026-05-04", 60);
	support_session(m, "2026-05-05", 60);
	support_session(m, "2026-05-06", 60);
	assert_says(m, "pairs m1 sessions above 5 1 2 3 4\n");
	assert_says(m, "measures sessions 1 5 0 0 0 0 0 1 0\n");
}

static void before_anything_is_due_nothing_has_started(void **state)
{
	struct mentor *m = *state;
	assert_int_equal(mentor_set_now(m, "2026-04-10"), MENTOR_OK);
	assert_says(m, "pairs m1 sessions not-started 0 0 2 3 4\n");
	assert_says(m, "pairs m1 months not-started 0 - 3 - 6\n");
	support_session(m, "2026-04-09", 60);
	assert_says(m, "pairs m1 sessions ahead 1 0 2 3 4\n");
}

static void a_pair_that_ended_is_due_nothing_and_what_it_did_counts(void **state)
{
	struct mentor *m = *state;
	support_session(m, "2026-04-09", 60);
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-05-10'");
	assert_says(m, "pairs m1 sessions ended 1 - 2 3 4\n");
	assert_says(m, "pairs m1 months ended 1 - 3 - 6\n");
	/* the mentee goes on with another mentor; together it is enough */
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
		       "VALUES (1, 3, 2, 'active', 'reverse', 0, '2026-05-12', '2026-05-12')");
	support_sql(m, "INSERT INTO session (pair_id, date, minutes, recorded_on) VALUES (2, '2026-06-01', 60, '2026-06-01')");
	assert_says(m, "people p2 mentee 2 no 2 2 120 0 4 - - 0 0 0 0\n");
	assert_says(m, "people p1 mentor 1 no 1 2 60 0 4 - - 0 0 0 0\n");
	assert_says(m, "people p3 mentor 1 no 1 2 60 0 4 - - 0 0 0 0\n");
}

/* One relationship with duties both ways: a session is one for the pair and one for each. */
static void a_reciprocal_session_counts_once_for_the_pair_and_for_both_people(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "UPDATE pair SET arrangement = 'reciprocal'");
	support_session(m, "2026-05-01", 60);
	assert_says(m, "pairs m1 sessions on-pace 1 1 2 3 4\n");
	assert_says(m, "people p1 mentor 1 no 1 2 60 0 4 - - 0 0 0 0\n");
	assert_says(m, "people p2 mentee 1 no 1 2 60 0 4 - - 0 0 0 0\n");
	assert_says(m, "totals 1 2 0 1 60 0 0 0 0 0 0 0 0\n");
}

static void whoever_has_done_all_that_is_asked_has_met_it(void **state)
{
	struct mentor *m = *state;
	static const char *const days[] = { "2026-04-10", "2026-05-10", "2026-06-10", "2026-06-20" };
	for (size_t i = 0; i < 4; i++) {
		assert_says(m, "people p1 mentor 1 no");
		shadow(m, days[i], MENTOR_SIDE_MENTOR, MENTOR_PART_CO_LED);
	}
	support_session(m, "2026-05-01", 60);
	assert_says(m, "people p1 mentor 1 no 1 2 60 4 4 - - 0 0 0 0\n");
	support_session(m, "2026-06-01", 60);
	assert_says(m, "people p1 mentor 1 yes 2 2 120 4 4 - - 0 0 0 0\n");
	assert_says(m, "people p2 mentee 1 no 2 2 120 0 4 - - 0 0 0 0\n");
	assert_says(m, "totals 1 2 1 2 120 0 0 0 0 0 0 4 0\n");
}

static void moving_is_told_apart_from_cancelling_and_the_others_from_ones_own(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "INSERT INTO session (pair_id, date, moves, cancelled_by, recorded_on) VALUES "
		       "(1, '2026-08-01', 2, NULL, '2026-06-01'), (1, '2026-07-02', 0, NULL, '2026-06-01'), (1, '2026-06-01', 0, NULL, '2026-05-01'), "
		       "(1, '2026-06-02', 0, 'mentor', '2026-05-01'), (1, '2026-06-03', 0, 'mentee', '2026-05-01'), "
		       "(1, '2026-06-04', 1, 'mentee', '2026-05-01'), (1, '2026-06-05', 0, 'team', '2026-05-01')");
	assert_says(m, "totals 1 2 0 0 0 2 1 3 1 2 1 0 0\n");
	assert_says(m, "people p1 mentor 1 no 0 2 0 0 4 - - 3 1 2 1\n");
	assert_says(m, "people p2 mentee 1 no 0 2 0 0 4 - - 3 2 1 1\n");
}

static void without_anything_asked_nobody_has_met_or_missed_it(void **state)
{
	support_session(*state, "2026-05-01", 5);
	assert_says(*state, "totals 1 2 0 1 5 0 0 0 0 0 0 0 0\n");
	assert_says(*state, "people p1 mentor 1 - 1 - 5 0 - - - 0 0 0 0\n");
	assert_null(strstr(commitment(*state), "pairs m1"));
}

/* ---- shadowed meetings ---- */

static int64_t little_part(struct mentor *m)
{
	struct pace_lacks lacks = { { 9 } };
	assert_int_equal(pace_lacks(m, 1, &lacks), MENTOR_OK);
	return lacks.part.n;
}

static void looking_on_only_is_brought_up_before_anything_is_due(void **state)
{
	struct mentor *m = *state;
	assert_int_equal(mentor_set_now(m, "2026-04-10"), MENTOR_OK);
	assert_int_equal(little_part(m), 0);
	shadow(m, "2026-04-09", MENTOR_SIDE_MENTEE, MENTOR_PART_OBSERVED);
	assert_int_equal(little_part(m), 1);
	assert_says(m, "pairs m1 shadowed-by-mentee behind 0 0 4 - 6\n");
	assert_says(m, "pairs m1 shadowed-by-mentor not-started 0 0 4 - 6\n");
	shadow(m, "2026-04-10", MENTOR_SIDE_MENTEE, MENTOR_PART_CONTRIBUTED);
	assert_int_equal(little_part(m), 0);
	assert_says(m, "pairs m1 shadowed-by-mentee ahead 1 0 4 - 6\n");
}

static void each_direction_is_counted_by_itself(void **state)
{
	struct mentor *m = *state;
	assert_int_equal(little_part(m), 2); /* two are due for each, and there is none */
	shadow(m, "2026-05-01", MENTOR_SIDE_MENTOR, MENTOR_PART_CONTRIBUTED);
	shadow(m, "2026-06-01", MENTOR_SIDE_MENTOR, MENTOR_PART_CO_LED);
	assert_int_equal(little_part(m), 1);
	assert_says(m, "pairs m1 shadowed-by-mentor on-pace 2 2 4 - 6\n");
	assert_says(m, "pairs m1 shadowed-by-mentee behind 0 2 4 - 6\n");
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-06-30'");
	assert_int_equal(little_part(m), 0);
}

static void a_meeting_is_recorded_once_and_corrected(void **state)
{
	struct mentor *m = *state;
	struct mentor_shadowing s;
	const char *change = NULL;
	int64_t id = 0, again = 0;
	uint64_t given = UINT64_MAX ^ field_bit(mentor_shadowing_fields, "date") ^ field_bit(mentor_shadowing_fields, "prepared");
	mentor_record_clear(mentor_shadowing_fields, &s);
	s.by = MENTOR_SIDE_MENTEE;
	s.meeting = "Board";
	assert_int_equal(mentor_shadowing_add(m, 1, &s, given, &change, &id), MENTOR_INVALID);
	s.part = MENTOR_PART_OBSERVED;
	assert_int_equal(mentor_shadowing_add(m, 1, &s, given, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	assert_int_equal(mentor_shadowing_add(m, 1, &s, given, &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	s.part = MENTOR_PART_CONTRIBUTED;
	assert_int_equal(mentor_shadowing_add(m, 1, &s, given, &change, &again), MENTOR_OK);
	assert_string_equal(change, "changed");
	assert_int_equal(id, again);
	s.date = "2026-07-03";
	assert_int_equal(mentor_shadowing_add(m, 1, &s, UINT64_MAX, &change, &id), MENTOR_INVALID);
	s.by = MENTOR_SIDE_TEAM;
	assert_int_equal(mentor_shadowing_add(m, 1, &s, given, &change, &id), MENTOR_INVALID);
	assert_int_equal(mentor_log_remove(m, &mentor_entity_shadowing, again), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM shadowing"), 0);
}

static void a_programme_without_shadowing_takes_none(void **state)
{
	struct mentor_shadowing s = { .by = MENTOR_SIDE_MENTOR, .meeting = "Board", .part = MENTOR_PART_CO_LED };
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(mentor_shadowing_add(*state, 1, &s, UINT64_MAX, &change, &id), MENTOR_REFUSED);
	assert_string_equal(mentor_error(*state)->message, "this programme has no shadowed meetings");
}

/* ---- reflections ---- */

static void of_a_reflection_only_author_and_day_are_known_and_the_report_has_a_number(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0, again = 0;
	assert_int_equal(mentor_reflection_add(m, 1, MENTOR_SIDE_MENTOR, "2026-05-01", &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	assert_int_equal(mentor_reflection_add(m, 1, MENTOR_SIDE_MENTOR, "2026-05-01", &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(id, again);
	assert_int_equal(mentor_reflection_add(m, 1, MENTOR_SIDE_MENTEE, NULL, &change, &id), MENTOR_OK);
	assert_int_equal(mentor_reflection_add(m, 1, MENTOR_SIDE_TEAM, NULL, &change, &id), MENTOR_USAGE);
	assert_int_equal(mentor_reflection_add(m, 1, MENTOR_SIDE_MENTEE, "2026-07-03", &change, &id), MENTOR_INVALID);
	assert_int_equal(mentor_reflection_add(m, 1, MENTOR_SIDE_MENTEE, "2026-03-19", &change, &id), MENTOR_INVALID);
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-06-01'");
	assert_int_equal(mentor_reflection_add(m, 1, MENTOR_SIDE_MENTEE, "2026-06-15", &change, &id), MENTOR_OK); /* on what was */
	assert_says(m, "totals 1 2 0 0 0 0 0 0 0 0 0 0 3\n");
}

/* ---- topics of learning ---- */

static void topics_are_covered_by_pair_and_cohort(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
		       "VALUES (1, 3, 5, 'active', 'reverse', 0, '2026-05-12', '2026-05-12')");
	support_sql(m, "INSERT INTO session (pair_id, date, minutes, topics, recorded_on) VALUES (1, '2026-05-01', 60, 'power\nchange', '2026-05-01'), "
		       "(1, '2026-06-01', 60, 'power', '2026-06-01'), (1, '2026-06-02', 60, NULL, '2026-06-02'), "
		       "(2, '2026-07-30', 60, 'power', '2026-07-30')");
	mentor_buf_clear(&told);
	assert_int_equal(mentor_report_topics(m, 1, NULL, write_row, &told), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&told), "topics power Power 2 1 2\ntopics change Change 1 1 2\n"
						    "coverage m1 2 2 power; change -\ncoverage m2 0 2 - power; change\n");
}

static void a_programme_without_topics_has_no_coverage(void **state)
{
	assert_int_equal(mentor_report_topics(*state, 1, NULL, write_row, &told), MENTOR_REFUSED);
	assert_string_equal(mentor_error(*state)->message, "the programme has no topics of learning");
}

static int free_text(void **state)
{
	(void)state;
	mentor_buf_free(&told);
	return 0;
}

#define WITH(f, programme) \
	cmocka_unit_test_prestate_setup_teardown(f, support_running_set_up, support_tear_down, (void *)(uintptr_t)(programme))
#define TEST(f) WITH(f, shadowing)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_measure_is_done_due_and_standing),
		TEST(before_anything_is_due_nothing_has_started),
		TEST(a_pair_that_ended_is_due_nothing_and_what_it_did_counts),
		TEST(a_reciprocal_session_counts_once_for_the_pair_and_for_both_people),
		TEST(whoever_has_done_all_that_is_asked_has_met_it),
		TEST(moving_is_told_apart_from_cancelling_and_the_others_from_ones_own),
		WITH(without_anything_asked_nobody_has_met_or_missed_it, nothing_asked),
		TEST(looking_on_only_is_brought_up_before_anything_is_due),
		TEST(each_direction_is_counted_by_itself),
		TEST(a_meeting_is_recorded_once_and_corrected),
		WITH(a_programme_without_shadowing_takes_none, nothing_asked),
		TEST(of_a_reflection_only_author_and_day_are_known_and_the_report_has_a_number),
		TEST(topics_are_covered_by_pair_and_cohort),
		WITH(a_programme_without_topics_has_no_coverage, nothing_asked),
	};
	return cmocka_run_group_tests(tests, NULL, free_text);
}
