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

/* ---- objectives and methods ---- */

static void propose_by(struct world *w, enum mentor_match_method method, enum mentor_match_objective objective)
{
	const struct mentor_match_options options = { method, objective };
	w->n_rows = 0;
	assert_int_equal(mentor_match_propose_by(w->m, w->cohort, &options, NULL, &w->summary), MENTOR_OK);
}

/* The pairs proposed now, by mentor. */
static void demand_pairs(struct world *w, const char *expected)
{
	char said[400] = "";
	struct db_rows *rows = NULL;
	bool more = true;
	assert_int_equal(db_query(w->m,
			     "SELECT a.name, b.name FROM pair t JOIN enrolment x ON x.id = t.mentor_id JOIN person a ON a.id = x.person_id "
			     "JOIN enrolment y ON y.id = t.mentee_id JOIN person b ON b.id = y.person_id WHERE t.state = 'proposed' ORDER BY 1, 2",
			     DB_NO_ARGS, &rows),
	    MENTOR_OK);
	while (db_next(rows, &more) == MENTOR_OK && more)
		snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s%s-%s", *said ? " " : "", db_text(rows, 0), db_text(rows, 1));
	db_done(rows);
	assert_string_equal(said, expected);
}

/* Best for all together: ann with cat (5000) and bob with dan (0). Best for the worst off: ann with dan and bob with cat (1666 and 2500). */
static const struct someone unequal[] = {
	{ "ann", "mentor", "A", "1", NULL, "abc", 0 },
	{ "bob", "mentor", "A", "1", NULL, "ab", 0 },
	{ "cat", "mentee", "B", "1", NULL, "abc", 0 },
	{ "dan", "mentee", "B", "1", NULL, "cz", 0 },
	{ 0 },
};

static void each_objective_seeks_what_it_says(void **state)
{
	(void)state;
	struct world *w = world_new();
	bool changed = false;
	world_add_all(w, unequal);
	propose_by(w, MENTOR_MATCH_BEST, MENTOR_MATCH_TOTAL);
	demand_pairs(w, "ann-cat bob-dan");
	assert_int_equal(w->summary.worst, 0);
	propose_by(w, MENTOR_MATCH_BEST, MENTOR_MATCH_WORST);
	demand_pairs(w, "ann-dan bob-cat");
	assert_int_equal(w->summary.worst, 1250);
	assert_int_equal(w->summary.score, 1250 + 3330);
	assert_int_equal(mentor_match_prefer(w->m, 2, (const int64_t[]){ 3 }, 1, &changed), MENTOR_OK);
	propose_by(w, MENTOR_MATCH_BEST, MENTOR_MATCH_TOTAL);
	demand_pairs(w, "ann-cat bob-dan");
	propose_by(w, MENTOR_MATCH_BEST, MENTOR_MATCH_CHOICES);
	demand_pairs(w, "ann-dan bob-cat");
	mentor_free(w->m);
}

static void the_programme_says_what_is_sought_unless_the_call_does(void **state)
{
	(void)state;
	struct world *w = world_new_of("programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n"
				       "application: { columns: { email: { header: E }, name: { header: N }, role: { header: R }, topics: { header: T, many: yes } } }\n"
				       "matching: { objective: worst-off, scores: { topics: { score: overlap, field: topics, weight: high } } }\n");
	world_add_all(w, unequal);
	world_propose(w);
	demand_pairs(w, "ann-dan bob-cat");
	assert_int_equal(w->summary.objective, MENTOR_MATCH_WORST);
	propose_by(w, MENTOR_MATCH_BEST, MENTOR_MATCH_TOTAL);
	demand_pairs(w, "ann-cat bob-dan");
	mentor_free(w->m);
}

static void in_a_stable_proposal_nobody_would_run_off(void **state)
{
	(void)state;
	struct world *w = world_new();
	bool changed = false;
	world_add_all(w, unequal);
	assert_int_equal(mentor_match_prefer(w->m, 1, (const int64_t[]){ 4 }, 1, &changed), MENTOR_OK);
	assert_int_equal(mentor_match_prefer(w->m, 4, (const int64_t[]){ 1 }, 1, &changed), MENTOR_OK);
	propose_by(w, MENTOR_MATCH_STABLE, MENTOR_MATCH_TOTAL);
	demand_pairs(w, "ann-dan bob-cat");
	assert_int_equal(w->summary.method, MENTOR_MATCH_STABLE);
	mentor_free(w->m);
}

static enum mentor_status note_figures(void *arg, const void *record)
{
	const struct mentor_match_figures *f = record;
	struct world *w = arg;
	snprintf(w->rows[w->n_rows++], sizeof(w->rows[0]), "%d/%d: %d pairs, %d, worst %d, first %d and %d, blocking %d", (int)f->method, (int)f->objective,
	    (int)f->pairs, (int)f->score, (int)f->worst, (int)f->mentors_first, (int)f->mentees_first, (int)f->blocking);
	return MENTOR_OK;
}

static void methods_are_laid_side_by_side_and_nothing_is_stored(void **state)
{
	(void)state;
	struct world *w = world_new();
	bool changed = false;
	world_add_all(w, unequal);
	assert_int_equal(mentor_match_prefer(w->m, 1, (const int64_t[]){ 4 }, 1, &changed), MENTOR_OK);
	assert_int_equal(mentor_match_prefer(w->m, 4, (const int64_t[]){ 1 }, 1, &changed), MENTOR_OK);
	assert_int_equal(mentor_match_methods(w->m, w->cohort, note_figures, w), MENTOR_OK);
	assert_int_equal(w->n_rows, 4);
	assert_string_equal(w->rows[0], "0/0: 2 pairs, 5000, worst 0, first 0 and 0, blocking 1");
	assert_string_equal(w->rows[1], "0/1: 2 pairs, 4580, worst 1250, first 1 and 1, blocking 0");
	assert_string_equal(w->rows[2], "0/2: 2 pairs, 4580, worst 1250, first 1 and 1, blocking 0");
	assert_string_equal(w->rows[3], "1/0: 2 pairs, 4580, worst 1250, first 1 and 1, blocking 0");
	demand_pairs(w, "");
	mentor_free(w->m);
}

/* ---- open sides ---- */

#define POOL(pool) "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n" \
	"seniority: ['1', '2', '3']\n" \
	"application: { columns: { email: { header: E }, name: { header: N }, role: { header: R }, topics: { header: T, many: yes } } }\n" \
	"matching: { pool: " pool ", scores: { topics: { score: overlap, field: topics, weight: high } } }\n"

static void people_of_either_role_are_put_where_the_whole_does_best(void **state)
{
	(void)state;
	struct world *w = world_new_of(POOL("two"));
	static const struct someone people[] = {
		{ "ann", "either", "A", "1", NULL, "a", 0 }, /* the only one for dan */
		{ "bob", "either", "A", "2", NULL, "b", 0 },
		{ "cat", "either", "A", "1", NULL, "b", 0 },
		{ "dan", "mentor", "A", "3", NULL, "a", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	world_propose(w);
	demand_pairs(w, "cat-bob dan-ann"); /* a fixed role stays; between the others the junior mentors */
	assert_int_equal(w->summary.pairs, 2);
	assert_int_equal(w->summary.mentors + w->summary.mentees, 4);
	world_propose(w);
	assert_string_equal(w->rows[0], "unchanged m1 cat-bob");
	mentor_free(w->m);
}

static void in_one_pool_anyone_is_paired_with_anyone_and_the_junior_mentors(void **state)
{
	(void)state;
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "3", NULL, "a", 0 },
		{ "bob", "mentor", "A", "1", NULL, "a", 0 },
		{ "cat", "mentor", "A", "2", NULL, "b", 0 },
		{ "dan", "mentee", "A", "2", NULL, "b", 0 },
		{ "eve", "mentee", "A", "1", NULL, "z", 0 },
		{ 0 },
	};
	struct world *w = world_new_of(POOL("one"));
	int64_t n = 0;
	world_add_all(w, people);
	world_propose(w);
	demand_pairs(w, "bob-ann cat-dan");
	assert_int_equal(w->n_left, 1);
	assert_string_equal(w->left[0], "eve: the rules allow 4 of 4 people, with no place left");
	world_explain(w, "eve");
	assert_true(world_said(w, "4 of 4 people were possible"));
	const struct mentor_match_options stable = { MENTOR_MATCH_STABLE, MENTOR_NONE }, choices = { MENTOR_NONE, MENTOR_MATCH_CHOICES };
	assert_int_equal(mentor_match_propose_by(w->m, w->cohort, &stable, NULL, &w->summary), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "people who can take either side have no stable proposal");
	assert_int_equal(mentor_match_propose_by(w->m, w->cohort, &choices, NULL, &w->summary), MENTOR_REFUSED);
	w->n_rows = 0;
	assert_int_equal(mentor_match_methods(w->m, w->cohort, note_figures, w), MENTOR_OK);
	assert_int_equal(w->n_rows, 2);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(n, 2);
	mentor_free(w->m);
}

/* Every choice of pairs among the first `n` people: most pairs, then points. */
static void try_pairs(int64_t scores[7][7], int n, unsigned used, int pairs, int64_t points, int *best_pairs, int64_t *best_points)
{
	int first = 0;
	if (pairs > *best_pairs || (pairs == *best_pairs && points > *best_points)) {
		*best_pairs = pairs;
		*best_points = points;
	}
	while (first < n && used >> first & 1U)
		first++;
	if (first == n)
		return;
	try_pairs(scores, n, used | 1U << first, pairs, points, best_pairs, best_points);
	for (int other = first + 1; other < n; other++)
		if (!(used >> other & 1U) && scores[first][other] >= 0)
			try_pairs(scores, n, used | 1U << first | 1U << other, pairs + 1, points + scores[first][other], best_pairs, best_points);
}

static void with_open_sides_the_choice_is_the_best_of_all_choices(void **state)
{
	(void)state;
	static const char *const roles[] = { "mentor", "mentee", "either" };
	for (uint32_t seed = 1; seed <= 40; seed++) {
		struct world *w = world_new();
		struct someone crowd[CROWD];
		char store[CROWD][32];
		int64_t scores[7][7], points = 0;
		int pairs = 0;
		make_crowd(crowd, store, seed);
		uint32_t r = seed;
		for (int i = 0; i < 7; i++) {
			crowd[i].role = i == 0 ? "either" : roles[random_next(&r) % 3];
			world_add(w, &crowd[i]);
		}
		for (int i = 0; i < 7; i++)
			for (int j = 0; j < 7; j++) {
				bool same = strcmp(crowd[i].role, crowd[j].role) == 0 && strcmp(crowd[i].role, "either") != 0;
				scores[i][j] = same ? -1 : expected_score(&crowd[i], &crowd[j]);
			}
		try_pairs(scores, 7, 0, 0, 0, &pairs, &points);
		world_propose(w);
		assert_int_equal(w->summary.pairs, pairs);
		assert_int_equal(w->summary.score, points);
		mentor_free(w->m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_people_are_matched_before_points_count),
		cmocka_unit_test(the_order_of_people_does_not_matter),
		cmocka_unit_test(the_choice_is_the_best_of_all_choices),
		cmocka_unit_test(a_cohort_too_large_to_solve_is_refused),
		cmocka_unit_test(each_objective_seeks_what_it_says),
		cmocka_unit_test(the_programme_says_what_is_sought_unless_the_call_does),
		cmocka_unit_test(in_a_stable_proposal_nobody_would_run_off),
		cmocka_unit_test(methods_are_laid_side_by_side_and_nothing_is_stored),
		cmocka_unit_test(people_of_either_role_are_put_where_the_whole_does_best),
		cmocka_unit_test(in_one_pool_anyone_is_paired_with_anyone_and_the_junior_mentors),
		cmocka_unit_test(with_open_sides_the_choice_is_the_best_of_all_choices),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
