/* request.c (test): what people ask and complain of, by when it is owed, and that nothing they are owed goes with their records. */
#include "request.h"
#include "support.h"

#include <stdio.h>

enum { ACKNOWLEDGED, WAITING, RESUMED, EXTENDED, ANSWERED, REFUSED, WITHDRAWN, REOPENED };

static struct mentor *world(void)
{
	struct mentor *m = support_cohort(); /* it is 2 March 2026 */
	support_person(m, "ann", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bob", "Parks", MENTOR_ROLE_MENTEE);
	return m;
}

static int64_t add(struct mentor *m, int64_t kind, const char *day)
{
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(mentor_request_add(m, 1, kind, day, NULL, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	return id;
}

static enum mentor_status keep(void *arg, const void *record)
{
	const struct mentor_request *q = record;
	(void)snprintf(arg, 100, "%ld %s%s", (long)q->next, q->due ? q->due : "-", q->overdue ? " over" : "");
	return MENTOR_OK;
}

/* What the newest request says. */
static const char *stands(struct mentor *m)
{
	static char text[100];
	*text = '\0';
	assert_int_equal(mentor_requests(m, false, NULL, 0, keep, text), MENTOR_OK);
	return text;
}

static void step(struct mentor *m, int64_t id, int64_t what, const char *day)
{
	bool changed = false;
	assert_int_equal(mentor_request_handle(m, id, what, day, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_request_handle(m, id, what, day, &changed), MENTOR_OK);
	assert_false(changed);
}

static void refuses(struct mentor *m, int64_t id, int64_t what, const char *day, enum mentor_status wanted)
{
	bool changed = true;
	const uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_request_handle(m, id, what, day, &changed), wanted);
	assert_true(changed);
	assert_int_equal(support_fingerprint(m), before);
}

static void a_complaint_is_acknowledged_within_thirty_days_and_then_answered(void **state)
{
	struct mentor *m = world();
	(void)state;
	const int64_t id = add(m, MENTOR_REQUEST_COMPLAINT, "2026-01-31");
	assert_string_equal(stands(m), "0 2026-03-02");
	assert_int_equal(mentor_set_now(m, "2026-03-03"), MENTOR_OK);
	assert_string_equal(stands(m), "0 2026-03-02 over");
	refuses(m, id, WAITING, NULL, MENTOR_REFUSED);
	refuses(m, id, EXTENDED, NULL, MENTOR_REFUSED);
	step(m, id, ACKNOWLEDGED, NULL);
	assert_string_equal(stands(m), "1 -");
	step(m, id, ANSWERED, NULL);
	assert_int_equal(mentor_privacy_check(m, NULL, 0), MENTOR_OK);
	refuses(m, id, REFUSED, NULL, MENTOR_REFUSED);
	refuses(m, id, EXTENDED, NULL, MENTOR_REFUSED);
	step(m, id, REOPENED, NULL);
	assert_int_equal(mentor_privacy_check(m, NULL, 0), MENTOR_FOUND);
	mentor_free(m);
}

static void a_request_is_answered_within_a_month_or_three_and_waiting_does_not_count(void **state)
{
	struct mentor *m = world();
	(void)state;
	const int64_t id = add(m, MENTOR_REQUEST_ACCESS, "2026-01-31");
	assert_string_equal(stands(m), "1 2026-02-28 over");
	step(m, id, WAITING, "2026-02-10");
	assert_string_equal(stands(m), "2 -");
	assert_int_equal(mentor_privacy_check(m, NULL, 0), MENTOR_OK);
	refuses(m, id, RESUMED, "2026-02-09", MENTOR_INVALID);
	step(m, id, RESUMED, "2026-02-20");
	assert_string_equal(stands(m), "1 2026-03-10");
	step(m, id, WAITING, "2026-02-25");
	step(m, id, RESUMED, "2026-02-26");
	assert_string_equal(stands(m), "1 2026-03-11");
	step(m, id, EXTENDED, NULL);
	assert_string_equal(stands(m), "1 2026-05-11");
	step(m, id, WAITING, "2026-03-01");
	step(m, id, WITHDRAWN, NULL);
	assert_int_equal(support_number(m, "SELECT waited FROM request"), 12);
	const int64_t late = add(m, MENTOR_REQUEST_CORRECTION, "2026-01-30");
	refuses(m, late, EXTENDED, NULL, MENTOR_REFUSED);
	refuses(m, late, ANSWERED, "2026-01-29", MENTOR_INVALID);
	refuses(m, late, ANSWERED, "2026-03-03", MENTOR_INVALID);
	refuses(m, 99, ANSWERED, NULL, MENTOR_NOT_FOUND);
	mentor_free(m);
}

static void the_same_thing_of_the_same_day_is_one_request(void **state)
{
	struct mentor *m = world();
	const char *change = NULL;
	int64_t id = -1;
	(void)state;
	add(m, MENTOR_REQUEST_ACCESS, NULL);
	assert_int_equal(mentor_request_add(m, 1, MENTOR_REQUEST_ACCESS, "2026-03-02", NULL, &change, &id), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(id, 1);
	assert_int_equal(mentor_request_add(m, 1, MENTOR_REQUEST_ACCESS, NULL, "the survey", &change, &id), MENTOR_OK);
	assert_int_equal(id, 2);
	assert_int_equal(mentor_request_add(m, 9, MENTOR_REQUEST_ACCESS, NULL, NULL, &change, &id), MENTOR_NOT_FOUND);
	assert_int_equal(mentor_request_add(m, 1, MENTOR_REQUEST_ACCESS, "2026-03-03", NULL, &change, &id), MENTOR_INVALID);
	assert_int_equal(id, 2);
	assert_int_equal(support_number(m, "SELECT count(*) FROM request"), 2);
	mentor_free(m);
}

static void a_cohort_is_told_of_its_own_people_only(void **state)
{
	struct mentor *m = world();
	int64_t n = -1, first = -1;
	(void)state;
	support_sql(m, "INSERT INTO person (email, name) VALUES ('cy@example.org', 'Cy')");
	support_sql(m, "INSERT INTO request (person_id, kind, received_on, recorded_by) VALUES (3, 'complaint', '2026-03-01', 'sam')");
	add(m, MENTOR_REQUEST_COMPLAINT, "2026-03-01");
	add(m, MENTOR_REQUEST_COMPLAINT, "2026-01-01");
	add(m, MENTOR_REQUEST_ACCESS, "2026-03-01");
	add(m, MENTOR_REQUEST_ERASURE, "2026-01-01");
	assert_int_equal(request_to_acknowledge(m, 1, &n, &first), MENTOR_OK);
	assert_int_equal(n * 10 + first, 12);
	assert_int_equal(request_acknowledge_late(m, 1, &n, &first), MENTOR_OK);
	assert_int_equal(n * 10 + first, 13);
	assert_int_equal(request_to_answer(m, 1, &n, &first), MENTOR_OK);
	assert_int_equal(n * 10 + first, 14);
	assert_int_equal(request_answer_late(m, 1, &n, &first), MENTOR_OK);
	assert_int_equal(n * 10 + first, 15);
	mentor_free(m);
}

static enum mentor_status ignore_part(void *arg, const char *part, const void *record)
{
	(void)arg;
	(void)part;
	(void)record;
	return MENTOR_OK;
}

static enum mentor_status ignore(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return MENTOR_OK;
}

static void nobody_who_is_owed_an_answer_is_erased_but_for_having_asked_for_that(void **state)
{
	struct mentor *m = world();
	(void)state;
	const int64_t id = add(m, MENTOR_REQUEST_ACCESS, NULL);
	add(m, MENTOR_REQUEST_ERASURE, NULL);
	assert_int_equal(mentor_privacy_erase(m, 1, false, ignore_part, NULL), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "answer it first, then: mentor privacy handle q1 --as answered");
	step(m, id, ANSWERED, NULL);
	assert_int_equal(mentor_privacy_erase(m, 1, false, ignore_part, NULL), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM request"), 0);
	mentor_free(m);
}

static void who_is_owed_an_answer_outlives_the_time_of_the_records(void **state)
{
	struct mentor *m = world();
	(void)state;
	const int64_t id = add(m, MENTOR_REQUEST_COMPLAINT, NULL);
	support_sql(m, "UPDATE cohort SET started_on = '2026-03-02', finished_on = '2026-03-02'");
	assert_int_equal(mentor_set_now(m, "2029-01-01"), MENTOR_OK);
	assert_int_equal(mentor_privacy_retain(m, true, false, ignore, NULL), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT sum(id) FROM person"), 1);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	step(m, id, ANSWERED, NULL);
	assert_int_equal(mentor_privacy_retain(m, true, false, ignore, NULL), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM person"), 0);
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_complaint_is_acknowledged_within_thirty_days_and_then_answered),
		cmocka_unit_test(a_request_is_answered_within_a_month_or_three_and_waiting_does_not_count),
		cmocka_unit_test(the_same_thing_of_the_same_day_is_one_request),
		cmocka_unit_test(a_cohort_is_told_of_its_own_people_only),
		cmocka_unit_test(nobody_who_is_owed_an_answer_is_erased_but_for_having_asked_for_that),
		cmocka_unit_test(who_is_owed_an_answer_outlives_the_time_of_the_records),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
