/* roll.c (test): the next cohort, made from one. */
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

static enum mentor_status roll(struct mentor *m, const char *slug, const char **ret_change)
{
	struct mentor_cohort cohort;
	int64_t id = 0;
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = slug;
	return mentor_cohort_roll(m, 1, &cohort, 0, NULL, NULL, ret_change, &id);
}

/* Ann and ben are a pair; cleo is left over; dan and eve wait, eve first. */
static void with_people(struct mentor *m)
{
	bool changed = false;
	int64_t n = 0;
	struct mentor_match_summary summary;
	support_sql(m, "UPDATE cohort SET mentors_max = 9");
	support_person(m, "ann", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "ben", "Roads", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_match_propose(m, 1, NULL, &summary), MENTOR_OK);
	assert_int_equal(mentor_match_publish(m, 1, &n), MENTOR_OK);
	assert_int_equal(n, 1);
	support_person(m, "cleo", "Parks", MENTOR_ROLE_MENTOR);
	int64_t dan = support_person(m, "dan", "Parks", MENTOR_ROLE_MENTOR), eve = support_person(m, "eve", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(mentor_enrol_wait(m, dan, MENTOR_NONE, NULL, &changed), MENTOR_OK);
	assert_int_equal(mentor_enrol_wait(m, eve, 1, NULL, &changed), MENTOR_OK);
}

static void reserves_come_first_and_those_who_waited_in_their_order(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	static const char *const names[] = { "cleo", "eve", "dan" };
	with_people(m);
	assert_int_equal(roll(m, "autumn", &change), MENTOR_OK);
	assert_string_equal(change, "added");
	for (int64_t rank = 1; rank <= 3; rank++) {
		struct mentor_buf sql = MENTOR_BUF_INIT;
		mentor_buf_fmt(&sql, "SELECT p.name = '%s' FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.cohort_id = 2 AND e.rank = %d", names[rank - 1],
		    (int)rank);
		assert_int_equal(support_number(m, mentor_buf_text(&sql)), 1);
		mentor_buf_free(&sql);
	}
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE cohort_id = 2 AND state = 'waiting' AND origin_cohort_id = 1"), 3);
}

static void rolling_again_changes_nothing(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	with_people(m);
	assert_int_equal(roll(m, "autumn", &change), MENTOR_OK);
	uint64_t before = support_fingerprint(m);
	assert_int_equal(roll(m, "autumn", &change), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_true(support_fingerprint(m) == before);
}

static void a_refusal_changes_nothing(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	support_sql(m, "UPDATE cohort SET opened_on = NULL");
	uint64_t before = support_fingerprint(m);
	assert_int_equal(roll(m, "autumn", &change), MENTOR_REFUSED);
	assert_null(change);
	assert_true(support_fingerprint(m) == before);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reserves_come_first_and_those_who_waited_in_their_order),
		TEST(rolling_again_changes_nothing),
		TEST(a_refusal_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
