/* checkin.c (test): who is to be asked when, and what may be recorded. */
#include "support_change.h"

#include "checkin.h"

#include <stdio.h>

/** Field names and values by turns, NULL at the end. */
typedef const char *const given_values[9];

static given_values nothing = { NULL };

static enum mentor_status add_one(struct mentor *m, int64_t person, given_values values, const char **ret_change, int64_t *ret_id)
{
	struct mentor_checkin k;
	(void)support_fill(m, mentor_checkin_fields, &k, values);
	return mentor_checkin_add(m, 1, person, &k, ret_change, ret_id);
}

static int64_t added(struct mentor *m, int64_t person, given_values values)
{
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add_one(m, person, values, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	return id;
}

static void refused(struct mentor *m, int64_t person, given_values values, enum mentor_status wanted, const char *words)
{
	const char *change = "sentinel";
	int64_t id = -77;
	support_failed(m, add_one(m, person, values, &change, &id), wanted, words);
	assert_string_equal(change, "sentinel");
	assert_int_equal(id, -77);
}

/* Writes "check-in person due state;" for each of one check-in, by their first letters. */
static enum mentor_status write_down(void *arg, const void *record)
{
	const struct mentor_checkin_due *d = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 1024 - len, "%c%d %s %d;", d->check_in[0], (int)d->person, d->due_on, (int)d->state);
	return MENTOR_OK;
}

static void expect(struct mentor *m, const char *day, const char *wanted)
{
	char text[1024] = "";
	assert_int_equal(mentor_set_now(m, day), MENTOR_OK);
	assert_int_equal(mentor_checkin_plan(m, 1, write_down, text), MENTOR_OK);
	assert_string_equal(text, wanted);
}

static void people_of_pairs_are_asked_so_many_weeks_after_the_beginning_and_after_the_last_time(void **state)
{
	struct mentor *m = *state;
	static given_values wellbeing = { "check_in", "wellbeing", NULL };
	expect(m, "2026-03-29", "w1 2026-03-30 0;w3 2026-03-30 0;w5 2026-03-30 0;"
				"s1 2026-05-25 0;s3 2026-05-25 0;s5 2026-05-25 0;s2 2026-05-25 0;s4 2026-05-25 0;s6 2026-05-25 0;");
	assert_int_equal(mentor_set_now(m, "2026-03-28"), MENTOR_OK);
	(void)added(m, ANN, wellbeing);
	support_sql(m, "UPDATE pair SET published_on = '2026-03-20' WHERE id = 2");
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-03-20' WHERE id = 3");
	expect(m, "2026-04-25", "w1 2026-04-25 1;w3 2026-04-17 1;s1 2026-05-25 0;s3 2026-06-12 0;s2 2026-05-25 0;s4 2026-06-12 0;");
}

static void what_is_missing_for_long_is_escalated(void **state)
{
	struct mentor *m = *state;
	int64_t n[2] = { 0 }, person[2] = { 0 };
	assert_int_equal(mentor_set_now(m, "2026-04-13"), MENTOR_OK); /* 14 days after it was due */
	assert_int_equal(checkin_due(m, 1, n, person), MENTOR_OK);
	assert_int_equal(n[0], 3);
	assert_int_equal(person[0], ANN);
	assert_int_equal(n[1], 0);
	assert_int_equal(mentor_set_now(m, "2026-04-14"), MENTOR_OK);
	(void)added(m, ANN, nothing); /* the one that has been due longest */
	n[0] = 0;
	assert_int_equal(checkin_due(m, 1, n, person), MENTOR_OK);
	assert_int_equal(n[0], 0);
	assert_int_equal(n[1], 2);
	assert_int_equal(person[1], CAT);
	assert_int_equal(support_number(m, "SELECT count(*) FROM checkin WHERE check_in = 'wellbeing'"), 1);
}

static void the_same_again_is_unchanged_and_other_values_are_refused(void **state)
{
	struct mentor *m = *state;
	static given_values well = { "feeling", "well", NULL }, strained = { "feeling", "some-strain", NULL };
	const char *change = NULL;
	int64_t id = added(m, ANN, well), again = 0;
	assert_int_equal(add_one(m, ANN, well, &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(again, id);
	refused(m, ANN, strained, MENTOR_REFUSED, "k1 is recorded already, with other values");
	assert_int_equal(added(m, BEN, strained), 2);
}

static void only_words_of_the_programme_are_recorded(void **state)
{
	struct mentor *m = *state;
	static given_values considered = { "considered", "Action;Advice", NULL }, invented = { "considered", "Action;Anything", NULL },
			    resource = { "signposted", "helpline", NULL }, note = { "note", "She cried", NULL }, later = { "date", "2026-03-11", NULL },
			    unknown = { "check_in", "wellness", NULL }, both = { "check_in", "wellbeing", "kind", "group", NULL };
	struct mentor_checkin k;
	bool changed = false;
	refused(m, ANN, invented, MENTOR_INVALID, "'Anything' is not among what the programme considers");
	assert_string_equal(mentor_error(m)->hint, "the programme's words are Action, Signposting, Advice");
	refused(m, ANN, resource, MENTOR_INVALID, "no resource 'helpline'");
	refused(m, ANN, note, MENTOR_REFUSED, "keeps no notes");
	refused(m, ANN, later, MENTOR_INVALID, "still to come");
	refused(m, ANN, unknown, MENTOR_NOT_FOUND, "no check-in 'wellness'");
	refused(m, ANN, both, MENTOR_INVALID, "only a check-in is one of");
	refused(m, GUS, nothing, MENTOR_NOT_FOUND, "p7 does not take part");
	int64_t id = added(m, ANN, considered);
	uint64_t given = support_fill(m, mentor_checkin_fields, &k, note);
	support_failed(m, mentor_record_set(m, &mentor_entity_checkin, id, &k, given, &changed), MENTOR_REFUSED, "keeps no notes");
	assert_int_equal(support_number(m, "SELECT count(*) FROM checkin WHERE note IS NULL"), 1);
}

static void mentors_who_met_to_the_end_are_debriefed(void **state)
{
	struct mentor *m = *state;
	static given_values debrief = { "kind", "debrief", NULL };
	int64_t n = -1, person = -1;
	assert_int_equal(checkin_undebriefed(m, 1, &n, &person), MENTOR_OK);
	assert_int_equal(n, 0);
	support_sql(m, "UPDATE pair SET state = 'completed', ended_on = '2026-03-09' WHERE id < 3");
	(void)added(m, ANN, debrief);
	assert_int_equal(checkin_undebriefed(m, 1, &n, &person), MENTOR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(person, CAT);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_change_set_up, support_change_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(people_of_pairs_are_asked_so_many_weeks_after_the_beginning_and_after_the_last_time),
		TEST(what_is_missing_for_long_is_escalated),
		TEST(the_same_again_is_unchanged_and_other_values_are_refused),
		TEST(only_words_of_the_programme_are_recorded),
		TEST(mentors_who_met_to_the_end_are_debriefed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
