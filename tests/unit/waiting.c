/* waiting.c (test): waiting lists: places from 1, without gaps. */
#include "support.h"

#include "record.h"

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

/* The order of a waiting list, as "b c a". */
static void waits(struct mentor *m, const char *order)
{
	struct db_rows *rows = NULL;
	struct mentor_buf b = MENTOR_BUF_INIT;
	bool more = true;
	int64_t expected = 1;
	assert_int_equal(db_query(m, "SELECT p.name, e.rank FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.rank IS NOT NULL ORDER BY e.rank", DB_NO_ARGS, &rows), MENTOR_OK);
	while (db_next(rows, &more) == MENTOR_OK && more) {
		mentor_buf_fmt(&b, "%s%s", b.len ? " " : "", db_text(rows, 0));
		assert_int_equal(db_number(rows, 1), expected++);
	}
	db_done(rows);
	assert_string_equal(mentor_buf_text(&b), order);
	mentor_buf_free(&b);
}

static void a_waiting_list_has_an_order_without_gaps(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	int64_t a = support_person(m, "a", "Parks", MENTOR_ROLE_MENTEE), b = support_person(m, "b", "Parks", MENTOR_ROLE_MENTEE);
	int64_t c = support_person(m, "c", "Parks", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_enrol_wait(m, a, MENTOR_NONE, "no place yet", &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_enrol_decide(m, b, MENTOR_ENROLMENT_WAITING, NULL, NULL, &changed), MENTOR_OK);
	assert_int_equal(mentor_enrol_wait(m, c, 1, NULL, &changed), MENTOR_OK);
	waits(m, "c a b");
	assert_int_equal(mentor_enrol_wait(m, a, 99, NULL, &changed), MENTOR_OK);
	assert_true(changed);
	waits(m, "c b a");
	assert_int_equal(mentor_enrol_wait(m, a, 3, NULL, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_enrol_wait(m, a, 99, NULL, &changed), MENTOR_OK); /* the end is where it is */
	assert_false(changed);
	assert_int_equal(support_number(m, "SELECT reason = 'no place yet' FROM enrolment WHERE id = 1"), 1);
	assert_int_equal(mentor_enrol_decide(m, c, MENTOR_ENROLMENT_ACCEPTED, NULL, NULL, &changed), MENTOR_OK);
	waits(m, "b a");
	assert_int_equal(mentor_enrol_decide(m, b, MENTOR_ENROLMENT_WITHDRAWN, "moves away", NULL, &changed), MENTOR_OK);
	waits(m, "a");
}

static void another_role_is_another_waiting_list(void **state)
{
	struct mentor *m = *state;
	struct mentor_enrolment e;
	bool changed = false;
	int64_t a = support_person(m, "a", "Parks", MENTOR_ROLE_MENTEE), b = support_person(m, "b", "Parks", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_enrol_wait(m, a, MENTOR_NONE, NULL, &changed), MENTOR_OK);
	assert_int_equal(mentor_enrol_wait(m, b, MENTOR_NONE, NULL, &changed), MENTOR_OK);
	mentor_record_clear(mentor_enrolment_fields, &e);
	e.role = MENTOR_ROLE_EITHER;
	assert_int_equal(mentor_enrol_set(m, a, &e, field_bit(mentor_enrolment_fields, "role"), &changed), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT rank FROM enrolment WHERE id = 1"), 1);
	assert_int_equal(support_number(m, "SELECT rank FROM enrolment WHERE id = 2"), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_waiting_list_has_an_order_without_gaps),
		TEST(another_role_is_another_waiting_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
