/* cohort.c (test): the steps of a cohort, and what it still lacks. */
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

static enum mentor_cohort_state state_of(struct mentor *m)
{
	void *record = NULL;
	assert_int_equal(mentor_record_get(m, &mentor_entity_cohort, 1, &record), MENTOR_OK);
	enum mentor_cohort_state s = (enum mentor_cohort_state)((const struct mentor_cohort *)record)->state;
	mentor_record_free(record);
	return s;
}

static void pair_up(struct mentor *m)
{
	struct mentor_match_summary summary;
	int64_t n = 0;
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Roads", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_match_propose(m, 1, NULL, &summary), MENTOR_OK);
	assert_int_equal(mentor_match_publish(m, 1, &n), MENTOR_OK);
	assert_int_equal(n, 1);
}

static void a_new_cohort_takes_length_and_limits_from_its_programme(void **state)
{
	struct mentor *m = *state;
	struct mentor_cohort c;
	void *record = NULL;
	int64_t id = 0;
	mentor_record_clear(mentor_cohort_fields, &c);
	c.slug = "winter";
	c.starts_on = "2026-08-31";
	uint64_t given = field_bit(mentor_cohort_fields, "slug") | field_bit(mentor_cohort_fields, "starts_on");
	assert_int_equal(mentor_cohort_add(m, "demo", &c, given, &id), MENTOR_OK);
	assert_int_equal(mentor_record_get(m, &mentor_entity_cohort, id, &record), MENTOR_OK);
	const struct mentor_cohort *made = record;
	assert_string_equal(made->title, "winter");
	assert_string_equal(made->ends_on, "2027-02-28"); /* six months later, kept within February */
	assert_int_equal(made->mentors_max, 3);
	assert_string_equal(made->programme, "demo");
	assert_int_equal(made->state, MENTOR_COHORT_PLANNED);
	mentor_record_free(record);
}

static void a_cohort_goes_through_its_steps_and_each_only_once(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	assert_int_equal(state_of(m), MENTOR_COHORT_OPEN);
	pair_up(m);
	static const enum mentor_cohort_state steps[] = { MENTOR_COHORT_CLOSED, MENTOR_COHORT_RUNNING, MENTOR_COHORT_FINISHED };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(mentor_cohort_move(m, 1, steps[i], &changed), MENTOR_OK);
		assert_true(changed);
		assert_int_equal(mentor_cohort_move(m, 1, steps[i], &changed), MENTOR_OK);
		assert_false(changed);
		assert_int_equal(state_of(m), steps[i]);
	}
}

static void steps_that_make_no_sense_are_refused(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_FINISHED, &changed), MENTOR_REFUSED);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_RUNNING, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "the cohort has no pairs yet");
	assert_int_equal(state_of(m), MENTOR_COHORT_OPEN);
}

static void a_closed_cohort_can_be_opened_again_but_a_running_one_cannot(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_CLOSED, &changed), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_OPEN, &changed), MENTOR_OK);
	assert_int_equal(state_of(m), MENTOR_COHORT_OPEN);
	pair_up(m);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_RUNNING, &changed), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_OPEN, &changed), MENTOR_REFUSED);
}

static void finishing_completes_the_pairs_that_still_run(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	pair_up(m);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_RUNNING, &changed), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_FINISHED, &changed), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM pair WHERE state = 'completed' AND ended_on = '2026-03-02'"), 1);
}

static void the_only_cohort_is_found_and_several_are_a_question(void **state)
{
	struct mentor *m = *state;
	struct mentor_cohort c;
	int64_t id = 0;
	assert_int_equal(mentor_cohort_only(m, &id), MENTOR_OK);
	assert_int_equal(id, 1);
	mentor_record_clear(mentor_cohort_fields, &c);
	c.slug = "winter";
	assert_int_equal(mentor_cohort_add(m, "demo", &c, field_bit(mentor_cohort_fields, "slug"), &id), MENTOR_OK);
	assert_int_equal(mentor_cohort_only(m, &id), MENTOR_USAGE);
}

static enum mentor_status note_slug(void *arg, const void *record)
{
	mentor_buf_fmt(arg, "%s ", ((const struct mentor_cohort *)record)->slug);
	return MENTOR_OK;
}

static void cohorts_are_listed_by_first_day_and_those_without_come_last(void **state)
{
	struct mentor *m = *state;
	static const char *const slugs[] = { "winter", "autumn", "early" }, *const days[] = { "2026-11-01", "2026-09-01", NULL };
	struct mentor_buf names = MENTOR_BUF_INIT;
	for (size_t i = 0; i < 3; i++) {
		struct mentor_cohort c;
		int64_t id = 0;
		mentor_record_clear(mentor_cohort_fields, &c);
		c.slug = slugs[i];
		c.starts_on = days[i];
		uint64_t given = field_bit(mentor_cohort_fields, "slug") | field_bit(mentor_cohort_fields, "starts_on");
		assert_int_equal(mentor_cohort_add(m, "demo", &c, given, &id), MENTOR_OK);
	}
	assert_int_equal(mentor_record_list(m, &mentor_entity_cohort, NULL, 0, note_slug, &names), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&names), "autumn winter early spring ");
	mentor_buf_free(&names);
}

struct seen {
	int n;
	char all[1024];
};

static enum mentor_status note(void *arg, const struct mentor_todo *todo)
{
	struct seen *s = arg;
	s->n++;
	assert_true(strncmp(todo->command, "mentor ", 7) == 0);
	strncat(s->all, todo->what, sizeof(s->all) - strlen(s->all) - 2);
	strncat(s->all, "|", sizeof(s->all) - strlen(s->all) - 1);
	return MENTOR_OK;
}

static void todos_follow_the_records(void **state)
{
	struct mentor *m = *state;
	struct seen s = { 0 };
	assert_int_equal(mentor_cohort_todos(m, 1, note, &s), MENTOR_OK);
	assert_string_equal(s.all, "nobody has applied yet|");
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Parks", MENTOR_ROLE_MENTOR);
	s = (struct seen){ 0 };
	assert_int_equal(mentor_cohort_todos(m, 1, note, &s), MENTOR_OK);
	assert_string_equal(s.all, "2 line managers have not been asked for support|2 people are due to hear from you, or to be recorded as told|2 accepted people have no partner|");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_cohort_takes_length_and_limits_from_its_programme),
		TEST(a_cohort_goes_through_its_steps_and_each_only_once),
		TEST(steps_that_make_no_sense_are_refused),
		TEST(a_closed_cohort_can_be_opened_again_but_a_running_one_cannot),
		TEST(finishing_completes_the_pairs_that_still_run),
		TEST(the_only_cohort_is_found_and_several_are_a_question),
		TEST(cohorts_are_listed_by_first_day_and_those_without_come_last),
		TEST(todos_follow_the_records),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
