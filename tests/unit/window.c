/* window.c (test): in time or late, by the day of the application. */
#include "support.h"

#include "field.h"

static int set_up(void **state)
{
	*state = support_cohort();
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

static void whoever_comes_to_a_closed_cohort_is_kept_for_the_next(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	bool changed = false;
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_sql(m, "INSERT INTO person (email, name) VALUES ('new@example.org', 'New')");
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_CLOSED, &changed), MENTOR_OK);
	assert_int_equal(support_enrol(m, 2, MENTOR_ROLE_MENTEE, &change), MENTOR_OK);
	assert_string_equal(change, "late");
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment e JOIN cohort c ON c.id = e.cohort_id WHERE c.slug = 'next' AND c.origin_id = 1 "
					   "AND e.origin = 'late' AND e.origin_cohort_id = 1 AND e.state = 'applied' AND e.contact_on = '2026-03-02'"), 1);
	uint64_t before = support_fingerprint(m);
	assert_int_equal(support_enrol(m, 2, MENTOR_ROLE_MENTEE, &change), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(support_enrol(m, 1, MENTOR_ROLE_MENTOR, &change), MENTOR_OK); /* is in already: nothing to do */
	assert_string_equal(change, "unchanged");
	assert_true(support_fingerprint(m) == before);
}

static void what_is_late_can_wait_or_be_declined_instead(void **state)
{
	(void)state;
	static const struct {
		const char *late, *change, *state;
		int64_t rank;
	} cases[] = { { "waiting", "waiting", "waiting", 1 }, { "refused", "declined", "declined", -1 } };
	for (size_t i = 0; i < 2; i++) {
		struct mentor *m = support_cohort();
		struct mentor_buf late = MENTOR_BUF_INIT;
		const char *change = NULL;
		mentor_buf_fmt(&late, "UPDATE revision SET source = replace(source, 'cohort: {', 'cohort: { late: %s,')", cases[i].late);
		support_sql(m, "DROP TRIGGER revision_fixed");
		support_sql(m, mentor_buf_text(&late));
		mentor_buf_free(&late);
		support_sql(m, "INSERT INTO person (email, name) VALUES ('new@example.org', 'New')");
		support_sql(m, "UPDATE cohort SET closes_on = '2026-03-01'");
		assert_int_equal(support_enrol(m, 1, MENTOR_ROLE_MENTEE, &change), MENTOR_OK);
		assert_string_equal(change, cases[i].change);
		assert_int_equal(support_number(m, "SELECT count(*) FROM cohort"), 1);
		assert_int_equal(support_number(m, "SELECT coalesce(rank, -1) FROM enrolment"), cases[i].rank);
		assert_int_equal(support_number(m, "SELECT reason = 'Came after the closing day, 1 March 2026' FROM enrolment"), 1);
		mentor_free(m);
	}
}

static void the_day_on_the_form_counts_not_the_day_of_recording(void **state)
{
	struct mentor *m = *state;
	static const struct {
		const char *applied, *change;
	} cases[] = { { "2026-02-20", "added" }, { "2026-02-21", "late" }, { NULL, "late" } };
	support_sql(m, "UPDATE cohort SET closes_on = '2026-02-20', closed_on = '2026-02-25'");
	for (int64_t i = 0; i < 3; i++) {
		struct mentor_enrolment e;
		const char *change = NULL;
		int64_t id = 0;
		support_sql(m, "INSERT INTO person (email, name) VALUES ((SELECT count(*) FROM person) || '@example.org', 'Somebody')");
		mentor_record_clear(mentor_enrolment_fields, &e);
		e.person_id = i + 1;
		e.role = MENTOR_ROLE_MENTOR;
		e.applied_on = cases[i].applied;
		uint64_t given = field_bit(mentor_enrolment_fields, "role") | (e.applied_on ? field_bit(mentor_enrolment_fields, "applied_on") : 0);
		assert_int_equal(mentor_enrol_add(m, 1, &e, given, &change, &id), MENTOR_OK);
		assert_string_equal(change, cases[i].change);
	}
	assert_int_equal(support_number(m, "SELECT count(*) FROM cohort"), 2); /* one next cohort serves all */
}

static void the_next_cohort_is_the_first_that_starts_later_and_still_takes_applications(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	support_sql(m, "UPDATE cohort SET starts_on = '2026-04-01', started_on = '2026-04-01'");
	support_sql(m, "INSERT INTO cohort (programme_id, revision_id, slug, title, starts_on, closes_on) VALUES (1, 1, 'before', '', '2026-01-01', NULL), "
		       "(1, 1, 'winter', '', '2026-12-01', NULL), (1, 1, 'autumn', '', '2026-10-01', NULL), (1, 1, 'over', '', '2026-09-01', '2026-03-01')");
	support_sql(m, "INSERT INTO person (email, name) VALUES ('new@example.org', 'New')");
	assert_int_equal(support_enrol(m, 1, MENTOR_ROLE_MENTEE, &change), MENTOR_OK);
	assert_string_equal(change, "late");
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment e JOIN cohort c ON c.id = e.cohort_id WHERE c.slug = 'autumn'"), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(whoever_comes_to_a_closed_cohort_is_kept_for_the_next),
		TEST(what_is_late_can_wait_or_be_declined_instead),
		TEST(the_day_on_the_form_counts_not_the_day_of_recording),
		TEST(the_next_cohort_is_the_first_that_starts_later_and_still_takes_applications),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
