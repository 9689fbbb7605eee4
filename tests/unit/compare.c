/* compare.c (test): cohorts set side by side. */
#include "support_world.h"

/* What was told, a line for each row. */
struct told {
	struct mentor_buf text;
	int failing; /* calls until it fails; 0: never */
};

static enum mentor_status keep(void *arg, const char *part, const void *record)
{
	struct told *told = arg;
	const bool aims = part[0] == 'a';
	if (told->failing && --told->failing == 0)
		return MENTOR_FAILED;
	for (const struct mentor_field *f = aims ? mentor_report_cohort_aim_fields : mentor_report_cohort_fields; f->name; f++) {
		mentor_field_write(&told->text, f, record);
		mentor_buf_char(&told->text, f[1].name ? '|' : '\n');
	}
	return MENTOR_OK;
}

static void second_cohort(struct mentor *m)
{
	support_sql(m, "INSERT INTO cohort (id, programme_id, revision_id, slug, title) SELECT 2, programme_id, revision_id, 'next', 'Next' "
		       "FROM cohort WHERE id = 1");
}

static void assert_told(struct mentor *m, const int64_t *cohorts, size_t n, const char *expected)
{
	struct told told = { .text = MENTOR_BUF_INIT };
	assert_int_equal(mentor_report_compare(m, cohorts, n, keep, &told), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&told.text), expected);
	mentor_buf_free(&told.text);
}

static void each_cohort_has_a_row_and_a_row_for_each_aim(void **state)
{
	second_cohort(*state);
	support_session(*state, "2026-05-01", 60);
	support_session(*state, "2026-05-02", 10); /* too short to count */
	const int64_t both[] = { 2, 1 };
	struct told told = { .text = MENTOR_BUF_INIT };
	assert_int_equal(mentor_report_compare(*state, both, 2, keep, &told), MENTOR_OK);
	const char *text = mentor_buf_text(&told.text);
	assert_ptr_equal(strstr(text, "next|Next|"), text);
	assert_non_null(strstr(text, "|0|0|0|0|0||0|0|0|0\n"));
	assert_non_null(strstr(text, "|5|4|2|2|0|0|1|0|0|1\n"));
	assert_non_null(strstr(text, "|next|0||"));
	mentor_buf_free(&told.text);
}

static void a_pair_that_has_done_its_minimum_is_counted_and_so_is_one_that_ended(void **state)
{
	static const char *const days[] = { "2026-05-01", "2026-05-08", "2026-05-15", "2026-05-22" };
	const int64_t one = 1;
	struct told told = { .text = MENTOR_BUF_INIT };
	for (size_t i = 0; i < 4; i++)
		support_session(*state, days[i], 60);
	support_sql(*state, "UPDATE pair SET state = 'ended', ended_on = '2026-06-01'");
	assert_int_equal(mentor_report_compare(*state, &one, 1, keep, &told), MENTOR_OK);
	assert_non_null(strstr(mentor_buf_text(&told.text), "|5|4|2|2|0|0|1|1|1|4\n"));
	mentor_buf_free(&told.text);
}

static void none_are_nothing_and_an_unknown_one_is_not_found(void **state)
{
	const int64_t unknown[] = { 1, 9 };
	struct told told = { .text = MENTOR_BUF_INIT };
	assert_told(*state, unknown, 0, "");
	assert_int_equal(mentor_report_compare(*state, unknown, 2, keep, &told), MENTOR_NOT_FOUND);
	mentor_buf_free(&told.text);
}

static void a_reader_that_fails_ends_it(void **state)
{
	const int64_t one = 1;
	for (int calls = 1; calls <= 3; calls++) {
		struct told told = { .text = MENTOR_BUF_INIT, .failing = calls };
		assert_int_equal(mentor_report_compare(*state, &one, 1, keep, &told), MENTOR_FAILED);
		mentor_buf_free(&told.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define RUNNING(test) cmocka_unit_test_setup_teardown(test, support_running_set_up, support_tear_down)
		RUNNING(each_cohort_has_a_row_and_a_row_for_each_aim),
		RUNNING(a_pair_that_has_done_its_minimum_is_counted_and_so_is_one_that_ended),
		RUNNING(none_are_nothing_and_an_unknown_one_is_not_found),
		RUNNING(a_reader_that_fails_ends_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
