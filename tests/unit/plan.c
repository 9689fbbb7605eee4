/* plan.c (test): the best choice, whatever the order of people. */
#include "support_match.h"

static void most_people_are_matched_before_points_count(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", NULL, "abc", 0 },
		{ "bob", "mentor", "B", "1", NULL, "z", 0 },
		{ "cat", "mentee", "C", "2", NULL, "abc", 0 }, /* best with ann, and the only one possible for bob */
		{ "dan", "mentee", "B", "1", NULL, "y", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(w->summary.pairs, 2);
	assert_string_equal(w->rows[0], "added m1 ann-dan");
	assert_string_equal(w->rows[1], "added m2 bob-cat");
	mentor_free(w->m);
}

static uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return *seed >> 16;
}

enum { CROWD = 16 };

/* People with random values; the same seed gives the same people. */
static void make_crowd(struct someone crowd[CROWD], char store[CROWD][32], uint32_t seed)
{
	static const char *const directorates[] = { "A", "B", "C" }, *const grades[] = { "1", "2" };
	static const char *const topics[] = { "a", "ab", "abc", "bc", "cde", "e" };
	for (int i = 0; i < CROWD; i++) {
		snprintf(store[i], sizeof(store[i]), "p%02d", i);
		crowd[i] =
		    (struct someone){ store[i], i % 2 ? "mentor" : "mentee", directorates[random_next(&seed) % 3],
			    grades[random_next(&seed) % 2], NULL, topics[random_next(&seed) % 6], 0 };
	}
}

static void proposed_names(struct world *w, char out[CROWD * 20])
{
	out[0] = '\0';
	for (size_t i = 0; i < w->n_rows; i++) {
		strcat(out, strchr(strchr(w->rows[i], ' ') + 1, ' '));
	}
}

static void the_order_of_people_does_not_matter(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 5; seed++) {
		char first[CROWD * 20] = "", names[CROWD * 20], store[CROWD][32];
		struct someone crowd[CROWD];
		make_crowd(crowd, store, seed);
		for (uint32_t shuffle = 0; shuffle < 6; shuffle++) {
			struct world *w = world_new();
			uint32_t r = shuffle;
			for (int i = CROWD - 1; i > 0; i--) {
				uint32_t j = random_next(&r) % (uint32_t)(i + 1);
				struct someone swap = crowd[i];
				crowd[i] = crowd[j];
				crowd[j] = swap;
			}
			for (int i = 0; i < CROWD; i++)
				world_add(w, &crowd[i]);
			world_propose(w);
			proposed_names(w, shuffle ? names : first);
			if (shuffle)
				assert_string_equal(names, first);
			mentor_free(w->m);
		}
	}
}

/* The best of all choices by trying every one: most pairs, then points, from the candidates that explain_pair() would allow. */
static void try_all(
    int64_t scores[5][5], int row, unsigned used, int pairs, int64_t points, int *best_pairs, int64_t *best_points)
{
	if (row == 5) {
		if (pairs > *best_pairs || (pairs == *best_pairs && points > *best_points)) {
			*best_pairs = pairs;
			*best_points = points;
		}
		return;
	}
	try_all(scores, row + 1, used, pairs, points, best_pairs, best_points);
	for (int column = 0; column < 5; column++)
		if (scores[row][column] >= 0 && !(used >> column & 1U))
			try_all(scores, row + 1, used | 1U << column, pairs + 1, points + scores[row][column],
			    best_pairs, best_points);
}

static int64_t expected_score(const struct someone *a, const struct someone *b)
{
	size_t shared = 0;
	for (const char *p = a->topics; *p; p++)
		shared += strchr(b->topics, *p) != NULL;
	size_t all = strlen(a->topics) + strlen(b->topics) - shared;
	int64_t grades = strcmp(a->grade, b->grade) != 0 ? 1000 : 0;
	return strcmp(a->directorate, b->directorate) == 0 ? -1 : 5 * (int64_t)(1000 * shared / all) + grades;
}

static void the_choice_is_the_best_of_all_choices(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 30; seed++) {
		struct world *w = world_new();
		struct someone crowd[CROWD];
		char store[CROWD][32];
		int64_t scores[5][5], points = 0;
		int pairs = 0;
		make_crowd(crowd, store, seed);
		for (int i = 0; i < 10; i++)
			world_add(w, &crowd[i]);
		for (int i = 0; i < 5; i++)
			for (int j = 0; j < 5; j++)
				scores[i][j] = expected_score(&crowd[2 * i + 1], &crowd[2 * j]);
		try_all(scores, 0, 0, 0, 0, &pairs, &points);
		world_propose(w);
		assert_int_equal(w->summary.pairs, pairs);
		assert_int_equal(w->summary.score, points);
		mentor_free(w->m);
	}
}

static void a_cohort_too_large_to_solve_is_refused(void **state)
{
	(void)state;
	struct world *w = world_new();
	support_sql(w->m, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4002) "
			  "INSERT INTO person (email, name) SELECT 'p' || i || '@example.org', 'P' || i FROM n");
	support_sql(w->m,
	    "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) "
	    "SELECT 1, id, CASE WHEN id % 2 = 0 THEN 'mentor' ELSE 'mentee' END, 'accepted', '2026-02-01' FROM person");
	assert_int_equal(mentor_match_propose(w->m, w->cohort, NULL, &w->summary), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "the cohort is too large to be matched at once");
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_people_are_matched_before_points_count),
		cmocka_unit_test(the_order_of_people_does_not_matter),
		cmocka_unit_test(the_choice_is_the_best_of_all_choices),
		cmocka_unit_test(a_cohort_too_large_to_solve_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
