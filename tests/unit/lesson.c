/* lesson.c (test): what one cohort learns, the next one finds. */
#include "support_change.h"

static enum mentor_status add(struct mentor *m, const char *const *values, const char **ret_change, int64_t *ret_id)
{
	struct mentor_lesson l;
	(void)support_fill(m, mentor_lesson_fields, &l, values);
	return mentor_lesson_add(m, 1, &l, ret_change, ret_id);
}

static void a_lesson_is_recorded_once_and_names_nobody(void **state)
{
	struct mentor *m = *state;
	static const char *const well[] = { "kind", "went-well", "source", "debrief", "text", "The briefing", NULL }, *const named[] = { "text", "Eva was late", NULL },
			  *const other[] = { "kind", "did-not", "text", "The briefing", NULL };
	const char *change = NULL;
	int64_t id = 0;
	bool changed = false;
	assert_int_equal(add(m, well, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	assert_int_equal(add(m, well, &change, &id), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	support_failed(m, add(m, named, &change, &id), MENTOR_INVALID, "this names Eva");
	support_failed(m, add(m, other, &change, &id), MENTOR_REFUSED, "of another kind or source");
	support_failed(m, mentor_settle(m, &mentor_entity_lesson, 1, MENTOR_SETTLED_DONE, "Ask Ann again", NULL, &changed), MENTOR_INVALID, "this names Ann");
	support_failed(m, mentor_settle(m, &mentor_entity_lesson, 1, MENTOR_SETTLED_DROPPED, "Cat would not", NULL, &changed), MENTOR_INVALID, "this names Cat");
	assert_int_equal(mentor_settle(m, &mentor_entity_lesson, 1, MENTOR_SETTLED_DONE, "Twice", NULL, &changed), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM lesson WHERE state = 'done' AND outcome = 'Twice'"), 1);
}

static enum mentor_status count_rows(void *arg, const void *record)
{
	*(int *)arg += strcmp(((const struct mentor_lesson *)record)->text, "Shorter forms") == 0;
	return MENTOR_OK;
}

static void the_next_cohort_finds_them(void **state)
{
	struct mentor *m = *state;
	static const char *const text[] = { "text", "Shorter forms", NULL };
	struct mentor_cohort next;
	const char *change = NULL;
	int64_t id = 0;
	int n = 0;
	assert_int_equal(add(m, text, &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &next);
	next.slug = "autumn";
	assert_int_equal(mentor_cohort_roll(m, 1, &next, 0, NULL, NULL, &change, &id), MENTOR_OK);
	assert_int_equal(mentor_lessons_before(m, id, count_rows, &n), MENTOR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(mentor_lessons_before(m, 1, count_rows, &n), MENTOR_OK); /* before the first there is none */
	assert_int_equal(n, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_change_set_up, support_change_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(a_lesson_is_recorded_once_and_names_nobody), TEST(the_next_cohort_finds_them) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
