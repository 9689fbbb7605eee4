/* action.c (test): whose an action is, how it ends, and that one of a barrier names nobody who did not agree. */
#include "support_change.h"

/** Field names and values by turns, NULL at the end. */
typedef const char *const given_values[13];

static enum mentor_status add(struct mentor *m, given_values values, const char **ret_change, int64_t *ret_id)
{
	struct mentor_action a;
	(void)support_fill(m, mentor_action_fields, &a, values);
	return mentor_action_add(m, &a, ret_change, ret_id);
}

static int64_t added(struct mentor *m, given_values values)
{
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add(m, values, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	return id;
}

static void refused(struct mentor *m, given_values values, enum mentor_status wanted, const char *words)
{
	const char *change = "sentinel";
	int64_t id = -77;
	support_failed(m, add(m, values, &change, &id), wanted, words);
	assert_string_equal(change, "sentinel");
	assert_int_equal(id, -77);
}

static void expect(struct mentor *m, int64_t id, const char *field, const char *wanted)
{
	void *record = NULL;
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mentor_record_get(m, &mentor_entity_action, id, &record), MENTOR_OK);
	mentor_field_write(&b, mentor_field_find(mentor_action_fields, field), record);
	assert_string_equal(mentor_buf_text(&b), wanted);
	mentor_buf_free(&b);
	mentor_record_free(record);
}

static void it_is_a_persons_or_the_pairs_or_the_teams(void **state)
{
	struct mentor *m = *state;
	static given_values persons = { "text", "Speak", "pair", "m1", "owner", "p1", NULL }, pairs = { "text", "Read", "pair", "m1", NULL },
			    teams = { "text", "Invite", "cohort_id", "1", NULL };
	expect(m, added(m, persons), "whose", "person");
	expect(m, 1, "owner_name", "Ann");
	expect(m, added(m, pairs), "whose", "pair");
	expect(m, added(m, teams), "whose", "team");
	expect(m, 2, "cohort", "spring");
}

static void a_session_says_which_pair_and_cohort(void **state)
{
	struct mentor *m = *state;
	static given_values follow_up = { "text", "Send the report", "session", "s1", "owner", "ben@example.org", "due", "2026-03-20", NULL },
			    another_pair = { "text", "Other", "session", "s1", "pair", "m2", NULL };
	int64_t id = added(m, follow_up);
	expect(m, id, "pair", "m1");
	expect(m, id, "cohort", "spring");
	expect(m, id, "due", "2026-03-20");
	refused(m, another_pair, MENTOR_INVALID, "a session of m1, not of m2");
}

static void the_same_again_is_unchanged_and_other_values_are_refused(void **state)
{
	struct mentor *m = *state;
	static given_values first = { "text", "Read", "pair", "m1", "due", "2026-04-01", NULL },
			    later = { "text", "Read", "pair", "m1", "due", "2026-05-01", NULL }, other = { "text", "Read", "pair", "m2", NULL };
	const char *change = NULL;
	int64_t id = added(m, first), again = 0;
	bool changed = false;
	assert_int_equal(mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_DONE, NULL, NULL, &changed), MENTOR_OK);
	assert_int_equal(add(m, first, &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(again, id);
	refused(m, later, MENTOR_REFUSED, "a1 is this action already");
	assert_string_equal(mentor_error(m)->hint, "change it with: mentor action set a1");
	assert_int_equal(added(m, other), 2);
}

static void something_has_to_say_what_and_where(void **state)
{
	struct mentor *m = *state;
	static given_values nowhere = { "text", "Read", NULL }, nothing = { "pair", "m1", NULL }, proposed = { "text", "Read", "pair", "m4", NULL };
	refused(m, nowhere, MENTOR_INVALID, "needs its cohort, pair or session");
	refused(m, nothing, MENTOR_INVALID, "an action needs its text");
	refused(m, proposed, MENTOR_REFUSED, "m4 is only proposed");
}

static void it_is_done_dropped_and_opened_again(void **state)
{
	struct mentor *m = *state;
	static given_values read = { "text", "Read", "pair", "m1", NULL };
	int64_t id = added(m, read);
	bool changed = false;
	assert_int_equal(mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_DONE, "Read by both", "2026-03-08", &changed), MENTOR_OK);
	assert_true(changed);
	expect(m, id, "state", "done");
	expect(m, id, "outcome", "Read by both");
	expect(m, id, "closed_on", "2026-03-08");
	assert_int_equal(mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_DONE, NULL, NULL, &changed), MENTOR_OK);
	assert_false(changed); /* neither the day nor the outcome is lost */
	support_failed(m, mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_DROPPED, "no time", NULL, &changed), MENTOR_REFUSED, "a1 is done already");
	assert_int_equal(mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_OPEN, NULL, NULL, &changed), MENTOR_OK);
	assert_true(changed);
	expect(m, id, "closed_on", "");
	support_failed(m, mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_DROPPED, NULL, NULL, &changed), MENTOR_INVALID, "for a reason");
	support_failed(m, mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_DONE, NULL, "2026-03-11", &changed), MENTOR_INVALID, "still to come");
	assert_int_equal(mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_DROPPED, "no time", NULL, &changed), MENTOR_OK);
	expect(m, id, "reason", "no time");
	expect(m, id, "closed_on", "2026-03-10");
	assert_int_equal(mentor_settle(m, &mentor_entity_action, 99, MENTOR_SETTLED_DONE, NULL, NULL, &changed), MENTOR_NOT_FOUND);
}

static void an_action_of_a_barrier_names_nobody_who_did_not_agree(void **state)
{
	struct mentor *m = *state;
	static given_values pairs = { "text", "Ask", "pair", "m1", "barrier", "b7", NULL },
			    persons = { "text", "Ask", "owner", "p1", "cohort_id", "1", "barrier", "b7", NULL },
			    sessions = { "text", "Ask", "session", "s1", "barrier", "b7", NULL },
			    teams = { "text", "Ask", "cohort_id", "1", "barrier", "b7", NULL },
			    outsiders = { "text", "Ask", "owner", "p7", "cohort_id", "1", "barrier", "b7", NULL };
	support_sql(m, "INSERT INTO barrier (id, programme_id, theme, level, text, identified_in) VALUES (7, 1, 'Progression', 'team', 'x', '2026-03')");
	refused(m, pairs, MENTOR_REFUSED, "does not say which pair");
	refused(m, persons, MENTOR_REFUSED, "does not say which pair");
	refused(m, sessions, MENTOR_REFUSED, "does not say which pair");
	assert_int_equal(added(m, teams), 1);
	assert_int_equal(added(m, outsiders), 2);
	support_sql(m, "INSERT INTO barrier_pair (barrier_id, pair_id, mentor_agreed_on) VALUES (7, 1, '2026-03-09')");
	refused(m, pairs, MENTOR_REFUSED, "does not say which pair"); /* one side is not both */
	refused(m, persons, MENTOR_REFUSED, "does not say which pair");
	support_sql(m, "UPDATE barrier_pair SET mentee_agreed_on = '2026-03-10'");
	assert_int_equal(added(m, pairs), 3);
	assert_int_equal(added(m, persons), 4);
}

static void nor_does_one_that_is_changed(void **state)
{
	struct mentor *m = *state;
	static given_values pairs = { "text", "Ask", "pair", "m1", NULL }, teams = { "text", "Ask", "cohort_id", "1", "barrier", "b7", NULL };
	static const char *const with_barrier[] = { "barrier", "b7", NULL }, *const with_owner[] = { "owner", "p1", NULL };
	struct mentor_action a;
	bool changed = false;
	support_sql(m, "INSERT INTO barrier (id, programme_id, theme, level, text, identified_in) VALUES (7, 1, 'Progression', 'team', 'x', '2026-03')");
	assert_int_equal(added(m, pairs), 1);
	assert_int_equal(added(m, teams), 2);
	uint64_t given = support_fill(m, mentor_action_fields, &a, with_barrier);
	support_failed(m, mentor_record_set(m, &mentor_entity_action, 1, &a, given, &changed), MENTOR_REFUSED, "does not say which pair");
	given = support_fill(m, mentor_action_fields, &a, with_owner);
	support_failed(m, mentor_record_set(m, &mentor_entity_action, 2, &a, given, &changed), MENTOR_REFUSED, "does not say which pair");
	assert_int_equal(support_number(m, "SELECT count(*) FROM action WHERE barrier IS NOT NULL AND (owner IS NOT NULL OR pair IS NOT NULL)"), 0);
}

static void a_barrier_that_was_merged_takes_none(void **state)
{
	struct mentor *m = *state;
	static given_values teams = { "text", "Ask", "cohort_id", "1", "barrier", "b8", NULL };
	support_sql(m, "INSERT INTO barrier (id, programme_id, theme, level, text, identified_in) VALUES (7, 1, 'Progression', 'team', 'x', '2026-03')");
	support_sql(m, "INSERT INTO barrier (id, programme_id, theme, level, text, identified_in, state, merged_into) "
		       "VALUES (8, 1, 'Progression', 'team', 'y', '2026-03', 'merged', 7)");
	refused(m, teams, MENTOR_REFUSED, "b8 is part of b7 now");
}

static enum mentor_status ignore(void *arg, const struct mentor_merge_row *row)
{
	(void)arg;
	(void)row;
	return MENTOR_OK;
}

static void whoever_is_merged_leaves_actions_behind(void **state)
{
	struct mentor *m = *state;
	static given_values gus = { "text", "Ask", "cohort_id", "1", "owner", "p7", NULL };
	assert_int_equal(added(m, gus), 1);
	support_sql(m, "INSERT INTO person (email, name) VALUES ('august@example.org', 'August')");
	assert_int_equal(mentor_person_merge(m, 8, 7, ignore, NULL), MENTOR_OK);
	expect(m, 1, "owner_name", "August");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_change_set_up, support_change_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_a_persons_or_the_pairs_or_the_teams),
		TEST(a_session_says_which_pair_and_cohort),
		TEST(the_same_again_is_unchanged_and_other_values_are_refused),
		TEST(something_has_to_say_what_and_where),
		TEST(it_is_done_dropped_and_opened_again),
		TEST(an_action_of_a_barrier_names_nobody_who_did_not_agree),
		TEST(nor_does_one_that_is_changed),
		TEST(a_barrier_that_was_merged_takes_none),
		TEST(whoever_is_merged_leaves_actions_behind),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
