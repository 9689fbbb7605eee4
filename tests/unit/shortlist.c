/* shortlist.c (test): whom a mentor can choose from. */
#include "support_match.h"
#include "support_select.h"

struct seen {
	size_t n;
	char rows[8][200];
};

static enum mentor_status see(void *arg, const void *record)
{
	struct seen *seen = arg;
	const struct mentor_shortlisted *row = record;
	assert_true(seen->n < 8);
	snprintf(seen->rows[seen->n++], sizeof(seen->rows[0]), "%d %s %d: %s", (int)row->rank, row->name, (int)row->percent, row->reasons);
	return MENTOR_OK;
}

static struct seen shortlist(struct world *w, int64_t person, int64_t most)
{
	struct seen seen = { 0 };
	assert_int_equal(mentor_match_shortlist(w->m, w->cohort, person, most, see, &seen), MENTOR_OK);
	return seen;
}

static void the_best_come_first_with_what_speaks_for_them(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add_all(w, world_four);
	struct seen seen = shortlist(w, 1, 5);
	assert_int_equal(seen.n, 2);
	assert_string_equal(seen.rows[0], "1 cat 100: the same topics: a, b (2 of 2); different grade: 1; 2");
	assert_string_equal(seen.rows[1], "2 dan 16: different grade: 1; 2");
	assert_int_equal(shortlist(w, 1, 1).n, 1);
	mentor_free(w->m);
}

static void who_is_kept_apart_or_has_no_place_is_simply_not_there(void **state)
{
	(void)state;
	struct world *w = world_new();
	world_add_all(w, world_four);
	support_sql(w->m, "INSERT INTO avoidance (person_id, other_person_id, said_by, recorded_on, recorded_by) VALUES (3, 1, 'person', '2026-03-02', 'x')");
	struct seen seen = shortlist(w, 1, 5);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.rows[0], "1 dan 16: different grade: 1; 2");
	support_sql(w->m, "UPDATE enrolment SET places = 0 WHERE person_id = 4");
	assert_int_equal(shortlist(w, 1, 5).n, 0);
	mentor_free(w->m);
}

static void a_shortlist_is_for_mentors_of_the_cohort(void **state)
{
	(void)state;
	struct world *w = world_new();
	struct seen seen = { 0 };
	world_add_all(w, world_four);
	support_failed(w->m, mentor_match_shortlist(w->m, w->cohort, 3, 5, see, &seen), MENTOR_REFUSED, "cat is not accepted as mentor, and a shortlist is for them");
	support_failed(w->m, mentor_match_shortlist(w->m, w->cohort, 99, 5, see, &seen), MENTOR_NOT_FOUND, "p99 is not in this cohort");
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_come_first_with_what_speaks_for_them),
		cmocka_unit_test(who_is_kept_apart_or_has_no_place_is_simply_not_there),
		cmocka_unit_test(a_shortlist_is_for_mentors_of_the_cohort),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
