/* preference.c (test): whom people would like, and whom never. */
#include "support_match.h"

static enum mentor_status note_name(void *arg, const void *record)
{
	const struct mentor_preference *p = record;
	char *out = arg;
	char one[80];
	snprintf(one, sizeof(one), "%s%s:%d:%s", *out ? " " : "", p->name, (int)p->rank, p->other_name);
	strcat(out, one);
	return MENTOR_OK;
}

static void demand_lists(struct world *w, const char *expected)
{
	char said[400] = "";
	assert_int_equal(mentor_record_list(w->m, &mentor_entity_preference, NULL, 0, note_name, said), MENTOR_OK);
	assert_string_equal(said, expected);
}

static void a_list_of_preferences_is_kept_in_order_and_replaced_as_a_whole(void **state)
{
	(void)state;
	struct world *w = world_new();
	bool changed = false;
	world_add_all(w, world_four);
	assert_int_equal(mentor_match_prefer(w->m, 1, (const int64_t[]){ 4, 3 }, 2, &changed), MENTOR_OK);
	assert_true(changed);
	demand_lists(w, "ann:1:dan ann:2:cat");
	assert_int_equal(mentor_match_prefer(w->m, 1, (const int64_t[]){ 4, 3 }, 2, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_match_prefer(w->m, 1, (const int64_t[]){ 3 }, 1, &changed), MENTOR_OK);
	assert_true(changed);
	demand_lists(w, "ann:1:cat");
	assert_int_equal(mentor_match_prefer(w->m, 1, NULL, 0, &changed), MENTOR_OK);
	assert_true(changed);
	demand_lists(w, "");
	mentor_free(w->m);
}

static void a_list_that_makes_no_sense_is_refused_and_the_old_one_stays(void **state)
{
	(void)state;
	static const struct {
		int64_t others[2];
		size_t n;
		const char *message;
	} cases[] = {
		{ { 4, 4 }, 2, "dan is named twice" },
		{ { 1 }, 1, "nobody is their own partner: ann is named on both sides" },
		{ { 2 }, 1, "bob is on the same side as ann" },
		{ { 5 }, 1, "facilitators are not paired with anybody" },
	};
	struct world *w = world_new();
	bool changed = false;
	world_add_all(w, world_four);
	world_add(w, &(struct someone){ "fay", "facilitator", "A", NULL, NULL, NULL, 0 });
	assert_int_equal(mentor_match_prefer(w->m, 1, (const int64_t[]){ 3 }, 1, &changed), MENTOR_OK);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(mentor_match_prefer(w->m, 1, cases[i].others, cases[i].n, &changed), MENTOR_INVALID);
		assert_string_equal(mentor_error(w->m)->message, cases[i].message);
		demand_lists(w, "ann:1:cat");
	}
	mentor_free(w->m);
}

static void whoever_said_it_the_two_are_not_paired_and_nobody_is_told_why(void **state)
{
	(void)state;
	for (int turned = 0; turned < 2; turned++) {
		struct world *w = world_new();
		const char *change = NULL;
		bool changed = false;
		world_add_all(w, world_four);
		world_propose(w);
		assert_string_equal(w->rows[0], "added m1 ann-cat");
		assert_int_equal(mentor_match_avoid(w->m, turned ? 3 : 1, turned ? 1 : 3, turned, "They fell out", &change), MENTOR_OK);
		assert_string_equal(change, "added");
		world_explain(w, "m1");
		assert_true(world_said(w, "available broken: not available"));
		int64_t n = 0;
		assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED);
		assert_string_equal(mentor_error(w->m)->message, "m1 (ann and cat) cannot be published: it breaks the rule available: not available");
		world_propose(w);
		assert_string_equal(w->rows[0], "added m3 ann-dan");
		world_explain(w, "ann");
		for (size_t i = 0; i < w->n_lines; i++)
			assert_null(strstr(w->lines[i], "fell out"));
		assert_int_equal(mentor_match_avoid(w->m, turned ? 3 : 1, turned ? 1 : 3, turned, NULL, &change), MENTOR_OK);
		assert_string_equal(change, "unchanged");
		assert_int_equal(mentor_match_avoid(w->m, turned ? 3 : 1, turned ? 1 : 3, !turned, "Asked again", &change), MENTOR_OK);
		assert_string_equal(change, "changed");
		assert_int_equal(mentor_match_avoid_no_more(w->m, turned ? 3 : 1, turned ? 1 : 3, &changed), MENTOR_OK);
		assert_true(changed);
		assert_int_equal(mentor_match_avoid_no_more(w->m, turned ? 3 : 1, turned ? 1 : 3, &changed), MENTOR_OK);
		assert_false(changed);
		world_propose(w);
		assert_string_equal(w->rows[0], "added m5 ann-cat");
		mentor_free(w->m);
	}
}

static void nobody_is_kept_apart_from_the_own_person(void **state)
{
	(void)state;
	struct world *w = world_new();
	const char *change = NULL;
	world_add_all(w, world_four);
	assert_int_equal(mentor_match_avoid(w->m, 1, 1, false, NULL, &change), MENTOR_INVALID);
	assert_string_equal(mentor_error(w->m)->message, "nobody can be kept apart from themselves");
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_of_preferences_is_kept_in_order_and_replaced_as_a_whole),
		cmocka_unit_test(a_list_that_makes_no_sense_is_refused_and_the_old_one_stays),
		cmocka_unit_test(whoever_said_it_the_two_are_not_paired_and_nobody_is_told_why),
		cmocka_unit_test(nobody_is_kept_apart_from_the_own_person),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
