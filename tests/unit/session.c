/* session.c (test): which sessions a log takes, and that logging twice is harmless. */
#include "support.h"

static const char definition[] = "programme: demo\n"
				 "title: Demo mentoring\n"
				 "contact:\n"
				 "  email: team@example.org\n"
				 "contract:\n"
				 "  purpose: We learn from each other.\n"
				 "  sign_first: yes\n";

/* A store with one active pair, published on 2 March and signed by both, on 10 March 2026. */
static int set_up(void **state)
{
	static const char *const rows[] = {
		"INSERT INTO person (email, name) VALUES ('ann@example.org', 'Ann'), ('ben@example.org', 'Ben')",
		"INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES "
		"(1, 1, 'mentor', 'accepted', '2026-02-01'), (1, 2, 'mentee', 'accepted', '2026-02-01')",
		"INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, "
		"published_on) "
		"VALUES (1, 1, 2, 'active', 'reverse', 0, '2026-03-01', '2026-03-02')",
		"INSERT INTO contract (pair_id, text, hash, drafted_on, mentor_signed_on, mentee_signed_on) "
		"VALUES (1, '', '', '2026-03-02', '2026-03-03', '2026-03-03')",
	};
	struct mentor *m = support_store();
	const char *change = NULL;
	int64_t id = 0;
	struct mentor_cohort cohort;
	assert_int_equal(mentor_set_now(m, "2026-03-10"), MENTOR_OK);
	assert_int_equal(
	    mentor_programme_import(m, "demo.yaml", definition, strlen(definition), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, 1U << 1, &id), MENTOR_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		support_sql(m, rows[i]);
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

/** Field names and values by turns, NULL at the end. */
typedef const char *const given_values[9];

static enum mentor_status add(struct mentor *m, given_values values, const char **ret_change, int64_t *ret_id)
{
	struct mentor_session s;
	uint64_t given = 0;
	mentor_record_clear(mentor_session_fields, &s);
	for (size_t i = 0; values[i]; i += 2) {
		const struct mentor_field *field = mentor_field_find(mentor_session_fields, values[i]);
		assert_non_null(field);
		assert_int_equal(mentor_field_read(m, field, values[i + 1], &s), MENTOR_OK);
		given |= UINT64_C(1) << (field - mentor_session_fields);
	}
	return mentor_session_add(m, 1, &s, given, ret_change, ret_id);
}

static void a_session_is_added_once(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t first = 0, again = 0;
	void *record = NULL;
	static given_values values = { "date", "2026-03-05", "minutes", "60", "mode", "virtual", "next_date",
		"2026-04-05", NULL };
	assert_int_equal(add(m, values, &change, &first), MENTOR_OK);
	assert_string_equal(change, "added");
	assert_int_equal(add(m, values, &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(first, again);
	assert_int_equal(mentor_record_get(m, &mentor_entity_session, first, &record), MENTOR_OK);
	const struct mentor_session *s = record;
	assert_int_equal(s->minutes, 60);
	assert_string_equal(s->mentee_name, "Ben");
	assert_string_equal(s->recorded_on, "2026-03-10");
	mentor_record_free(record);
}

static void other_values_for_the_same_time_are_refused(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add(m, (given_values){ "date", "2026-03-05", "minutes", "60" }, &change, &id), MENTOR_OK);
	assert_int_equal(add(m, (given_values){ "date", "2026-03-05", "minutes", "45" }, &change, &id), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "s1 is a session of 2026-03-05 already, with other values");
	assert_int_equal(
	    add(m, (given_values){ "date", "2026-03-05", "minutes", "45", "time", "16:00" }, &change, &id), MENTOR_OK);
	assert_int_equal(id, 2);
}

static void values_that_cannot_be_are_turned_away(void **state)
{
	struct mentor *m = *state;
	static const struct {
		given_values values;
		const char *message;
	} cases[] = {
		{ { "date", "2026-03-05" }, "a session needs its minutes" },
		{ { "date", "2026-03-11", "minutes", "60" }, "2026-03-11 is in the future" },
		{ { "date", "2026-03-01", "minutes", "60" },
		    "m1 could not meet on 2026-03-01: it was published on 2026-03-02" },
		{ { "date", "2026-03-05", "minutes", "60", "next_date", "2026-03-04" },
		    "the next session cannot be on 2026-03-04, before this one" },
		{ { "date", "2026-03-05", "minutes", "60", "next_time", "10:00" },
		    "the next session has a time or place but no date" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *change = NULL;
		int64_t id = 0;
		assert_int_equal(add(m, cases[i].values, &change, &id), MENTOR_INVALID);
		assert_string_equal(mentor_error(m)->message, cases[i].message);
		assert_null(change);
	}
}

/* Paper logs come in late: what was held before the end still counts. */
static void a_pair_that_has_ended_logs_what_was_held_before(void **state)
{
	struct mentor *m = *state;
	static const char *const ends[] = { "UPDATE pair SET state = 'ended', ended_on = '2026-03-06'",
		"UPDATE pair SET state = 'completed', ended_on = '2026-03-06'" };
	static given_values before = { "date", "2026-03-05", "minutes", "60" },
			    last = { "date", "2026-03-06", "minutes", "60" },
			    after = { "date", "2026-03-07", "minutes", "60" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		const char *change = NULL;
		int64_t id = 0;
		support_sql(m, ends[i]);
		assert_int_equal(add(m, after, &change, &id), MENTOR_REFUSED);
		assert_string_equal(
		    mentor_error(m)->message, "m1 ended on 2026-03-06 and cannot have met on 2026-03-07");
		assert_null(change);
		assert_int_equal(add(m, before, &change, &id), MENTOR_OK);
		assert_string_equal(change, "added");
		assert_int_equal(add(m, last, &change, &id), MENTOR_OK);
		assert_int_equal(add(m, before, &change, &id), MENTOR_OK);
		assert_string_equal(change, "unchanged");
		support_sql(m, "DELETE FROM session");
	}
}

static void a_pair_that_has_ended_is_asked_for_no_contract(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	static given_values values = { "date", "2026-03-05", "minutes", "60" };
	support_sql(m, "DELETE FROM contract");
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-03-06'");
	assert_int_equal(add(m, values, &change, &id), MENTOR_OK);
}

static void a_pair_that_is_only_proposed_logs_nothing(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	static given_values values = { "date", "2026-03-05", "minutes", "60" };
	support_sql(m, "UPDATE pair SET state = 'proposed'");
	assert_int_equal(add(m, values, &change, &id), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "tell the two first: mentor match publish");
}

static void a_programme_may_want_the_contract_signed_first(void **state)
{
	struct mentor *m = *state;
	static given_values values = { "date", "2026-03-05", "minutes", "60" };
	static const struct {
		const char *sql, *hint;
	} cases[] = {
		{ "UPDATE contract SET mentee_signed_on = NULL", "mentor contract sign m1 --mentee" },
		{ "UPDATE contract SET mentor_signed_on = NULL", "mentor contract sign m1 --mentor --mentee" },
		{ "DELETE FROM contract", "mentor contract draft m1" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *change = NULL;
		int64_t id = 0;
		support_sql(m, cases[i].sql);
		assert_int_equal(add(m, values, &change, &id), MENTOR_REFUSED);
		assert_string_equal(mentor_error(m)->hint, cases[i].hint);
	}
}

static void no_pair_no_session(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	struct mentor_session s;
	mentor_record_clear(mentor_session_fields, &s);
	s.date = "2026-03-05";
	s.minutes = 60;
	assert_int_equal(mentor_session_add(m, 99, &s, UINT64_MAX, &change, &id), MENTOR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_session_is_added_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_values_for_the_same_time_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(values_that_cannot_be_are_turned_away, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_pair_that_has_ended_logs_what_was_held_before, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_pair_that_has_ended_is_asked_for_no_contract, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_pair_that_is_only_proposed_logs_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_programme_may_want_the_contract_signed_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_pair_no_session, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
