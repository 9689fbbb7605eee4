/* event.c (test): events planned from the programme and made by hand, and how they change and stay the same. */
#include "support_event.h"

#include "cohort.h"
#include "field.h"

#include <stdio.h>

#define AS(member, value) field_bit(mentor_event_fields, #member), (struct mentor_event){ .member = value }

struct collected {
	char text[2048];
};

static enum mentor_status note_planned(void *arg, const void *record)
{
	const struct mentor_event_planned *p = record;
	struct collected *c = arg;
	size_t len = strlen(c->text);
	snprintf(c->text + len, sizeof(c->text) - len, "%s %s %s;", p->change, p->title, p->date ? p->date : "-");
	return MENTOR_OK;
}

static void plan_is(struct mentor *m, const char *wanted)
{
	struct collected c = { "" };
	if (mentor_event_plan(m, 1, note_planned, &c))
		fail_msg("%s", mentor_error(m)->message);
	assert_string_equal(c.text, wanted);
}

static enum mentor_status keep_event(void *arg, const void *record)
{
	const struct mentor_event *e = record;
	char *text = arg;
	snprintf(text, 512, "%s|%s|%s|%s|%d|%d|%s", e->date, e->start ? e->start : "-", e->starts_at ? e->starts_at : "-", e->ends_at ? e->ends_at : "-", (int)e->state,
	    (int)e->sequence, e->place ? e->place : "-");
	return MENTOR_OK;
}

static void event_is(struct mentor *m, int64_t id, const char *wanted)
{
	char text[512] = "";
	assert_int_equal(mentor_event_get(m, id, keep_event, text), MENTOR_OK);
	assert_string_equal(text, wanted);
}

static bool set(struct mentor *m, int64_t id, uint64_t given, struct mentor_event e)
{
	bool changed = false;
	if (mentor_event_set(m, id, &e, given, &changed))
		fail_msg("%s", mentor_error(m)->message);
	return changed;
}

static enum mentor_status try_set(struct mentor *m, int64_t id, uint64_t given, struct mentor_event e)
{
	bool changed = false;
	enum mentor_status status = mentor_event_set(m, id, &e, given, &changed);
	assert_false(changed);
	return status;
}

static void opening_a_cohort_makes_the_events_of_the_programme_and_planning_again_changes_nothing(void **state)
{
	struct mentor *m = *state;
	event_is(m, OPEN_1, "2026-03-10|11:00|2026-03-10T11:00:00Z|2026-03-10T12:00:00Z|0|0|-");
	event_is(m, TRAINING_1, "2026-03-18|10:00|2026-03-18T10:00:00Z|2026-03-18T12:00:00Z|0|0|-");
	event_is(m, WORKSHOP, "2026-04-15|14:00|2026-04-15T13:00:00Z|2026-04-15T15:00:00Z|0|0|Room 1"); /* clocks have gone forward */
	event_is(m, COURSE, "2026-02-16|-|-|-|1|0|-");
	uint64_t before = support_fingerprint(m);
	plan_is(m, "unchanged Open session 2026-03-10;unchanged Open session 2026-03-12;unchanged Training 2026-03-18;unchanged Training 2026-03-19;"
		   "unchanged Induction 2026-03-25;kept Course 2026-02-16;unchanged Workshop 2026-04-15;");
	assert_true(before == support_fingerprint(m));
	assert_int_equal(support_number(m, "SELECT count(DISTINCT uid) FROM event"), 7);
}

static void events_follow_the_days_of_the_cohort_until_they_are_touched(void **state)
{
	struct mentor *m = *state;
	assert_true(set(m, WORKSHOP, AS(place, "Room 2")));
	support_sql(m, "UPDATE cohort SET starts_on = '2026-04-08' WHERE id = 1");
	plan_is(m, "unchanged Open session 2026-03-10;unchanged Open session 2026-03-12;changed Training 2026-03-25;unchanged Training 2026-03-19;"
		   "changed Induction 2026-04-01;kept Course 2026-02-16;kept Workshop 2026-04-15;");
	event_is(m, TRAINING_1, "2026-03-25|10:00|2026-03-25T10:00:00Z|2026-03-25T12:00:00Z|0|1|-");
	event_is(m, INDUCTION, "2026-04-01|10:00|2026-04-01T09:00:00Z|2026-04-01T11:00:00Z|0|1|-");
}

static void what_has_been_attended_stays_where_it_was(void **state)
{
	struct mentor *m = *state;
	support_now(m, "2026-03-18T13:00:00Z");
	support_attend(m, TRAINING_1, ANN, MENTOR_STANDING_ATTENDED);
	support_sql(m, "UPDATE cohort SET starts_on = '2026-04-08' WHERE id = 1");
	assert_int_equal(mentor_event_plan(m, 1, NULL, NULL), MENTOR_OK);
	event_is(m, TRAINING_1, "2026-03-18|10:00|2026-03-18T10:00:00Z|2026-03-18T12:00:00Z|1|0|-");
	support_event_failed(m, try_set(m, TRAINING_1, AS(date, "2026-03-20")), MENTOR_REFUSED, "cannot be moved");
	bool changed = false;
	support_event_failed(m, mentor_event_cancel(m, TRAINING_1, NULL, false, &changed), MENTOR_REFUSED, "cannot be cancelled");
}

static void times_without_a_day_and_days_before_the_cohort_are_left_out(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "DELETE FROM event");
	support_sql(m, "UPDATE cohort SET starts_on = NULL, ends_on = NULL, opens_on = '2026-03-11' WHERE id = 1");
	plan_is(m, "past Open session 2026-03-10;added Open session 2026-03-12;undated Training -;added Training 2026-03-19;"
		   "undated Induction -;added Course 2026-02-25;undated Workshop -;");
}

static void a_moved_event_keeps_its_identity_and_counts_its_changes(void **state)
{
	struct mentor *m = *state;
	int64_t same = support_number(m, "SELECT length(uid) FROM event WHERE id = 5");
	support_sql(m, "CREATE TEMP TABLE before AS SELECT uid FROM event WHERE id = 5");
	assert_true(set(m, INDUCTION, AS(date, "2026-03-26")));
	assert_false(set(m, INDUCTION, AS(date, "2026-03-26")));
	assert_true(set(m, INDUCTION, AS(capacity, 9))); /* nothing that people have in their calendars */
	event_is(m, INDUCTION, "2026-03-26|10:00|2026-03-26T10:00:00Z|2026-03-26T12:00:00Z|0|1|-");
	assert_true(same > 40);
	assert_int_equal(support_number(m, "SELECT count(*) FROM event e JOIN before b ON b.uid = e.uid WHERE e.id = 5"), 1);
}

static void times_that_no_clock_shows_and_zones_that_nobody_knows_are_refused(void **state)
{
	struct mentor *m = *state;
	uint64_t time = field_bit(mentor_event_fields, "date") | field_bit(mentor_event_fields, "start") | field_bit(mentor_event_fields, "until");
	const struct mentor_event skipped = { .date = "2026-03-29", .start = "01:30", .until = "03:00" };
	const struct mentor_event backwards = { .date = "2026-03-30", .start = "12:00", .until = "12:00" };
	support_event_failed(m, try_set(m, INDUCTION, time, skipped), MENTOR_INVALID, "no clock in Europe/London shows 01:30 on 2026-03-29");
	support_event_failed(m, try_set(m, INDUCTION, time, backwards), MENTOR_INVALID, "would end at 12:00");
	support_event_failed(m, try_set(m, INDUCTION, AS(zone, "Europe/Londn")), MENTOR_INVALID, "no time zone 'Europe/Londn'");
	support_event_failed(m, try_set(m, INDUCTION, AS(start, NULL)), MENTOR_INVALID, "never begin");
	event_is(m, INDUCTION, "2026-03-25|10:00|2026-03-25T10:00:00Z|2026-03-25T12:00:00Z|0|0|-");
}

static void a_cancelled_event_can_only_be_reinstated(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	assert_int_equal(mentor_event_cancel(m, INDUCTION, "The room is flooded", false, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_event_cancel(m, INDUCTION, NULL, false, &changed), MENTOR_OK);
	assert_false(changed);
	event_is(m, INDUCTION, "2026-03-25|10:00|2026-03-25T10:00:00Z|2026-03-25T12:00:00Z|2|1|-");
	support_event_failed(m, try_set(m, INDUCTION, AS(date, "2026-03-27")), MENTOR_REFUSED, "is cancelled");
	plan_is(m, "unchanged Open session 2026-03-10;unchanged Open session 2026-03-12;unchanged Training 2026-03-18;unchanged Training 2026-03-19;"
		   "kept Induction 2026-03-25;kept Course 2026-02-16;unchanged Workshop 2026-04-15;");
	assert_int_equal(mentor_event_cancel(m, INDUCTION, NULL, true, &changed), MENTOR_OK);
	assert_true(changed);
	event_is(m, INDUCTION, "2026-03-25|10:00|2026-03-25T10:00:00Z|2026-03-25T12:00:00Z|0|2|-");
	assert_int_equal(support_number(m, "SELECT count(*) FROM event WHERE reason IS NOT NULL"), 0);
}

static void an_event_by_hand_takes_from_the_programme_what_is_not_given(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	const uint64_t date = field_bit(mentor_event_fields, "date");
	struct mentor_event e = { .date = "2026-03-20", .kind = MENTOR_NONE, .audience = MENTOR_NONE, .required = MENTOR_NONE, .capacity = MENTOR_NONE, .mode = MENTOR_NONE };
	assert_int_equal(mentor_event_add(m, 1, "training", &e, date, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	assert_int_equal(support_number(m, "SELECT count(*) FROM event WHERE id = 8 AND title = 'Training' AND audience = 'mentors' AND required = 1 AND slot IS NULL AND by_hand = 1"), 1);
	assert_int_equal(mentor_event_add(m, 1, "training", &e, date, &change, &id), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(id, 8);
	e.title = "Another";
	support_event_failed(m, mentor_event_add(m, 1, "training", &e, date | field_bit(mentor_event_fields, "title"), &change, &id), MENTOR_REFUSED, "with other values");
	support_event_failed(m, mentor_event_add(m, 1, "walk", &e, date, &change, &id), MENTOR_INVALID, "needs a title");
	support_event_failed(m, mentor_event_add(m, 1, "walk", &e, date | field_bit(mentor_event_fields, "title"), &change, &id), MENTOR_INVALID, "needs its kind");
	support_event_failed(m, mentor_event_add(m, 1, "training", &e, 0, &change, &id), MENTOR_INVALID, "needs its date");
	support_event_failed(m, mentor_event_add(m, 1, "A walk", &e, date, &change, &id), MENTOR_INVALID, "A walk");
}

static void a_finished_cohort_has_no_new_events(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	const struct mentor_event e = { .date = "2026-03-20" };
	support_sql(m, "UPDATE cohort SET started_on = '2026-03-01', finished_on = '2026-03-02' WHERE id = 1");
	support_event_failed(m, mentor_event_plan(m, 1, NULL, NULL), MENTOR_REFUSED, "is finished");
	support_event_failed(m, mentor_event_add(m, 1, "training", &e, field_bit(mentor_event_fields, "date"), &change, &id), MENTOR_REFUSED, "is finished");
}

static void without_a_tz_database_events_are_planned_and_listed_without_instants(void **state)
{
	struct mentor *m = *state;
	mentor_set_zones(m, NULL, NULL);
	support_sql(m, "DELETE FROM event WHERE id = 5");
	assert_int_equal(mentor_event_plan(m, 1, NULL, NULL), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM event WHERE name = 'induction'"), 1);
	event_is(m, OPEN_1, "2026-03-10|11:00|-|-|0|0|-");
}

static void an_event_is_held_once_it_is_over(void **state)
{
	struct mentor *m = *state;
	support_now(m, "2026-04-15T14:59:59Z");
	event_is(m, WORKSHOP, "2026-04-15|14:00|2026-04-15T13:00:00Z|2026-04-15T15:00:00Z|0|0|Room 1");
	support_now(m, "2026-04-15T15:00:00Z");
	event_is(m, WORKSHOP, "2026-04-15|14:00|2026-04-15T13:00:00Z|2026-04-15T15:00:00Z|1|0|Room 1");
}

static void the_middle_lies_half_way_and_plans_count_before_what_happened(void **state)
{
	const struct mentor_cohort c = { .starts_on = "2026-04-01", .started_on = "2026-04-03", .ends_on = "2026-04-11", .opened_on = "2026-03-01" };
	int64_t day = 0;
	(void)state;
	assert_true(mentor_day_parse("2026-04-06", &day));
	assert_int_equal(cohort_day(&c, DEF_DAY_MIDDLE), day);
	assert_int_equal(cohort_day(&c, DEF_DAY_STARTS), day - 5);
	assert_int_equal(cohort_day(&c, DEF_DAY_OPENS), day - 36);
	assert_int_equal(cohort_day(&c, DEF_DAY_CLOSES), MENTOR_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, support_events_set_up, support_events_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opening_a_cohort_makes_the_events_of_the_programme_and_planning_again_changes_nothing),
		TEST(events_follow_the_days_of_the_cohort_until_they_are_touched),
		TEST(what_has_been_attended_stays_where_it_was),
		TEST(times_without_a_day_and_days_before_the_cohort_are_left_out),
		TEST(a_moved_event_keeps_its_identity_and_counts_its_changes),
		TEST(times_that_no_clock_shows_and_zones_that_nobody_knows_are_refused),
		TEST(a_cancelled_event_can_only_be_reinstated),
		TEST(an_event_by_hand_takes_from_the_programme_what_is_not_given),
		TEST(a_finished_cohort_has_no_new_events),
		TEST(without_a_tz_database_events_are_planned_and_listed_without_instants),
		TEST(an_event_is_held_once_it_is_over),
		TEST(the_middle_lies_half_way_and_plans_count_before_what_happened),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
