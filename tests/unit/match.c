/* match.c (test): rules, the best choice, its explanations, publishing and ending. */
#include "support.h"

#include <stdio.h>

static const char definition[] = "programme: demo\n"
				 "title: Demo mentoring\n"
				 "contact:\n"
				 "  email: team@example.org\n"
				 "application:\n"
				 "  columns:\n"
				 "    email: { header: Email }\n"
				 "    name: { header: Name }\n"
				 "    role: { header: Role }\n"
				 "    topics: { header: Topics, many: yes }\n"
				 "matching:\n"
				 "  rules:\n"
				 "    other-directorate: { rule: different, field: directorate }\n"
				 "    no-line: { rule: not-line-management }\n"
				 "  scores:\n"
				 "    topics: { score: overlap, field: topics, weight: high }\n"
				 "    grade: { score: different, field: grade, weight: low }\n"
				 "contract:\n"
				 "  purpose: We learn from each other.\n";

enum { MOST_ROWS = 64 };

/** A store with one cohort, and what the last proposal said. */
struct world {
	struct mentor *m;
	int64_t cohort;
	struct mentor_match_summary summary;
	size_t n_rows, n_left, n_lines;
	char rows[MOST_ROWS][200], left[MOST_ROWS][200], lines[MOST_ROWS][400];
	int64_t points;
};

/** Someone who takes part. NULL is unknown. */
struct someone {
	const char *name, *role, *directorate, *grade, *manager, *topics;
	int64_t places;
};

static struct world *world_new(void)
{
	static struct world w;
	const char *change = NULL;
	int64_t id = 0;
	memset(&w, 0, sizeof(w));
	w.m = support_store();
	assert_int_equal(
	    mentor_programme_import(w.m, "demo.yaml", definition, strlen(definition), &change, &id), MENTOR_OK);
	struct mentor_cohort cohort;
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(w.m, "demo", &cohort, 1U << 1, &w.cohort), MENTOR_OK);
	return &w;
}

static void add(struct world *w, const struct someone *s)
{
	char email[80];
	int64_t person = 0, enrolment = 0, position = 0;
	snprintf(email, sizeof(email), "%s@example.org", s->name);
	assert_int_equal(mentor_begin(w->m), MENTOR_OK);
	assert_int_equal(db_value(w->m,
			     "INSERT INTO person (email, name, directorate, grade, manager_email) VALUES ($1, $2, $3, "
			     "$4, $5) RETURNING id",
			     DB_ARGS(DB_TEXT(email), DB_TEXT(s->name), DB_TEXT(s->directorate), DB_TEXT(s->grade),
				 DB_TEXT(s->manager)),
			     0, &person),
	    MENTOR_OK);
	assert_int_equal(db_value(w->m,
			     "INSERT INTO enrolment (cohort_id, person_id, role, state, places, applied_on) "
			     "VALUES ($1, $2, $3, 'accepted', $4, '2026-02-01') RETURNING id",
			     DB_ARGS(DB_NUMBER(w->cohort), DB_NUMBER(person), DB_TEXT(s->role),
				 DB_NUMBER(s->places ? s->places : 1)),
			     0, &enrolment),
	    MENTOR_OK);
	for (const char *p = s->topics; p && *p; p++) {
		const char topic[] = { *p, '\0' };
		assert_int_equal(
		    db_run(w->m,
			"INSERT INTO answer (enrolment_id, question, position, value) VALUES ($1, 'topics', $2, $3)",
			DB_ARGS(DB_NUMBER(enrolment), DB_NUMBER(++position), DB_TEXT(topic))),
		    MENTOR_OK);
	}
	assert_int_equal(mentor_commit(w->m), MENTOR_OK);
}

static void add_all(struct world *w, const struct someone *people)
{
	for (; people->name; people++)
		add(w, people);
}

static enum mentor_status note_pair(void *arg, const struct mentor_match_row *row)
{
	struct world *w = arg;
	assert_true(w->n_rows < MOST_ROWS);
	snprintf(w->rows[w->n_rows++], sizeof(w->rows[0]), "%s m%d %s-%s", row->change, (int)row->pair,
	    row->mentor_name, row->mentee_name);
	return MENTOR_OK;
}

static enum mentor_status note_left(void *arg, const struct mentor_match_left *left)
{
	struct world *w = arg;
	assert_true(w->n_left < MOST_ROWS);
	snprintf(w->left[w->n_left++], sizeof(w->left[0]), "%s: %s", left->name, left->why);
	return MENTOR_OK;
}

static void propose(struct world *w)
{
	struct mentor_match_sink sink = { note_pair, note_left, w };
	w->n_rows = w->n_left = 0;
	assert_int_equal(mentor_match_propose(w->m, w->cohort, &sink, &w->summary), MENTOR_OK);
}

static enum mentor_status note_line(void *arg, const struct mentor_match_line *line)
{
	struct world *w = arg;
	assert_true(w->n_lines < MOST_ROWS);
	snprintf(w->lines[w->n_lines++], sizeof(w->lines[0]), "%s%s%s%s", line->name ? line->name : "",
	    line->held == 1   ? " held: "
	    : line->held == 0 ? " broken: "
	    : line->name      ? ": "
			      : "",
	    line->text, line->kind == MENTOR_MATCH_SCORE ? "!" : "");
	if (line->kind == MENTOR_MATCH_SCORE)
		w->points += line->share;
	return MENTOR_OK;
}

static bool said(const struct world *w, const char *part)
{
	for (size_t i = 0; i < w->n_lines; i++)
		if (strstr(w->lines[i], part))
			return true;
	for (size_t i = 0; i < w->n_lines; i++)
		print_message("said: %s\n", w->lines[i]);
	return false;
}

static struct mentor_match_subject explain(struct world *w, const char *reference)
{
	struct mentor_match_subject subject;
	int64_t id = 0;
	char address[80];
	w->n_lines = 0;
	w->points = 0;
	if (reference[0] == 'm' && reference[1] >= '0' && reference[1] <= '9') {
		assert_int_equal(mentor_record_find(w->m, &mentor_entity_pair, reference, &id), MENTOR_OK);
		assert_int_equal(mentor_match_explain_pair(w->m, id, note_line, w, &subject), MENTOR_OK);
		return subject;
	}
	snprintf(address, sizeof(address), "%s@example.org", reference);
	assert_int_equal(mentor_record_find(w->m, &mentor_entity_person, address, &id), MENTOR_OK);
	assert_int_equal(mentor_match_explain_person(w->m, w->cohort, id, note_line, w, &subject), MENTOR_OK);
	return subject;
}

/* ---- who may work with whom ---- */

static void a_pair_that_breaks_a_hard_rule_is_never_proposed(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "Housing", "4", NULL, "abc", 0 },
		{ "ben", "mentee", "housing", "9", NULL, "abc", 0 }, /* the same but for case */
		{ "cat", "mentee", "Finance", "4", NULL, "z", 0 },
		{ 0 },
	};
	add_all(w, people);
	propose(w);
	assert_int_equal(w->n_rows, 1);
	assert_string_equal(w->rows[0], "added m1 ann-cat");
	assert_int_equal(w->summary.candidates, 1);
	assert_int_equal(w->n_left, 1);
	assert_string_equal(w->left[0], "ben: the rules leave none of 1 mentors");
	mentor_free(w->m);
}

static void nobody_is_matched_within_a_line_of_management_however_long(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", NULL, "mid@example.org", NULL, 0 },
		{ "mid", "facilitator", "A", NULL, "TOP@example.org", NULL, 0 },
		{ "top", "mentee", "B", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	add_all(w, people);
	propose(w);
	assert_int_equal(w->n_rows, 0);
	explain(w, "ann");
	assert_true(said(w, "no-line: rules out 1 of 1 mentees, 1 of them alone"));
	assert_true(said(w, "Without the rule no-line, 1 mentee would be possible"));
	mentor_free(w->m);
}

static void a_circle_of_line_managers_is_survived(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", NULL, "bob@example.org", NULL, 0 },
		{ "bob", "mentor", "A", NULL, "ann@example.org", NULL, 0 },
		{ "cat", "mentee", "B", NULL, "ann@example.org", NULL, 0 },
		{ "dan", "mentee", "B", NULL, "dan@example.org", NULL, 0 },
		{ 0 },
	};
	add_all(w, people);
	propose(w);
	assert_int_equal(w->n_rows, 1);
	assert_non_null(strstr(w->rows[0], "-dan"));
	mentor_free(w->m);
}

static void an_unknown_value_cannot_satisfy_a_rule_and_is_called_not_available(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", NULL, NULL, NULL, NULL, 0 },
		{ "ben", "mentee", "Finance", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	add_all(w, people);
	propose(w);
	assert_int_equal(w->n_rows, 0);
	explain(w, "ann");
	assert_true(said(
	    w, "other-directorate: rules out 1 of 1 mentees, 1 of them alone; directorate: not available for ann"));
	mentor_free(w->m);
}

/* ---- the best choice ---- */

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
	add_all(w, people);
	propose(w);
	assert_int_equal(w->summary.pairs, 2);
	assert_string_equal(w->rows[0], "added m1 ann-dan");
	assert_string_equal(w->rows[1], "added m2 bob-cat");
	mentor_free(w->m);
}

static void ticking_every_box_gains_nothing(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", NULL, NULL, "ab", 0 },
		{ "all", "mentee", "B", NULL, NULL, "abcdefgh", 0 },
		{ "two", "mentee", "B", NULL, NULL, "ab", 0 },
		{ 0 },
	};
	add_all(w, people);
	propose(w);
	assert_string_equal(w->rows[0], "added m1 ann-two");
	assert_int_equal(w->summary.score, 5000);
	mentor_free(w->m);
}

static void places_are_used_and_never_passed(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", NULL, NULL, NULL, 2 },
		{ "ben", "mentee", "B", NULL, NULL, NULL, 0 },
		{ "cat", "mentee", "B", NULL, NULL, NULL, 0 },
		{ "dan", "mentee", "B", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	add_all(w, people);
	propose(w);
	assert_int_equal(w->summary.pairs, 2);
	assert_int_equal(w->summary.mentees_left, 1);
	assert_int_equal(w->summary.mentors_left, 0);
	mentor_free(w->m);
}

static void people_of_either_role_fill_the_short_side(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentee", "A", NULL, NULL, NULL, 0 },
		{ "bob", "mentee", "A", NULL, NULL, NULL, 0 },
		{ "eve", "either", "B", NULL, NULL, NULL, 0 },
		{ "fay", "either", "C", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	add_all(w, people);
	propose(w);
	assert_int_equal(w->summary.mentors, 2);
	assert_int_equal(w->summary.pairs, 2);
	explain(w, "eve");
	assert_true(said(w, "eve takes either role and counts with the mentors"));
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
				add(w, &crowd[i]);
			propose(w);
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
			add(w, &crowd[i]);
		for (int i = 0; i < 5; i++)
			for (int j = 0; j < 5; j++)
				scores[i][j] = expected_score(&crowd[2 * i + 1], &crowd[2 * j]);
		try_all(scores, 0, 0, 0, 0, &pairs, &points);
		propose(w);
		assert_int_equal(w->summary.pairs, pairs);
		assert_int_equal(w->summary.score, points);
		mentor_free(w->m);
	}
}

/* ---- proposing again ---- */

static const struct someone four[] = {
	{ "ann", "mentor", "A", "1", NULL, "ab", 0 },
	{ "bob", "mentor", "B", "1", NULL, "cd", 0 },
	{ "cat", "mentee", "C", "2", NULL, "ab", 0 },
	{ "dan", "mentee", "D", "2", NULL, "cd", 0 },
	{ 0 },
};

static void proposing_twice_changes_nothing(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t before = 0, after = 0;
	add_all(w, four);
	propose(w);
	assert_int_equal(mentor_revision(w->m, &before), MENTOR_OK);
	propose(w);
	assert_int_equal(mentor_revision(w->m, &after), MENTOR_OK);
	assert_int_equal(before, after);
	assert_string_equal(w->rows[0], "unchanged m1 ann-cat");
	assert_string_equal(w->rows[1], "unchanged m2 bob-dan");
	mentor_free(w->m);
}

static void a_new_proposal_keeps_the_pairs_that_stay(void **state)
{
	(void)state;
	struct world *w = world_new();
	add_all(w, four);
	propose(w);
	support_sql(w->m,
	    "UPDATE enrolment SET state = 'withdrawn' WHERE person_id = (SELECT id FROM person WHERE name = 'dan')");
	propose(w);
	assert_int_equal(w->n_rows, 2);
	assert_string_equal(w->rows[0], "unchanged m1 ann-cat");
	assert_string_equal(w->rows[1], "removed m2 bob-dan");
	assert_string_equal(w->left[0], "bob: the rules leave 1 of 1 mentees, all placed with others");
	mentor_free(w->m);
}

static enum mentor_status stop(void *arg, const struct mentor_match_row *row)
{
	(void)row;
	return mentor_fail(arg, MENTOR_FAILED, NULL, "stopped by the test");
}

static void a_proposal_that_is_interrupted_leaves_nothing_behind(void **state)
{
	(void)state;
	struct world *w = world_new();
	struct mentor_match_sink sink = { stop, NULL, w->m };
	add_all(w, four);
	assert_int_equal(mentor_match_propose(w->m, w->cohort, &sink, &w->summary), MENTOR_FAILED);
	assert_string_equal(mentor_error(w->m)->message, "stopped by the test");
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair"), 0);
	mentor_free(w->m);
}

static void a_finished_cohort_is_left_alone(void **state)
{
	(void)state;
	struct world *w = world_new();
	support_sql(w->m, "UPDATE cohort SET finished_on = '2026-02-28'");
	assert_int_equal(mentor_match_propose(w->m, w->cohort, NULL, &w->summary), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "the cohort 'spring' is finished");
	mentor_free(w->m);
}

static void a_cohort_without_people_gets_an_empty_proposal(void **state)
{
	(void)state;
	struct world *w = world_new();
	propose(w);
	assert_int_equal(w->summary.pairs + w->summary.candidates + w->summary.mentors_left, 0);
	mentor_free(w->m);
}

/* ---- explaining ---- */

static void a_pair_is_explained_rule_by_rule_and_its_shares_make_its_score(void **state)
{
	(void)state;
	struct world *w = world_new();
	add_all(w, four);
	propose(w);
	struct mentor_match_subject s = explain(w, "m1");
	assert_string_equal(s.name, "ann and cat");
	assert_int_equal(s.score, 6000);
	assert_int_equal(s.score_most, 6000);
	assert_int_equal(w->points, s.score);
	assert_true(said(w, "other-directorate held: different directorate: A and C"));
	assert_true(said(w, "no-line held: neither ann nor cat is above the other in the line of management"));
	assert_true(said(w, "new-pair held: ann and cat have not been paired in this cohort before"));
	assert_true(said(w, "topics: the same topics: a, b (2 of 2)!"));
	mentor_free(w->m);
}

static void people_left_over_learn_who_competes_for_what(void **state)
{
	(void)state;
	static const char *const roles[][2] = { { "mentor", "mentee" }, { "mentee", "mentor" } };
	for (int side = 0; side < 2; side++) {
		struct world *w = world_new();
		const struct someone people[] = {
			{ "ann", roles[side][0], "A", NULL, NULL, "a", 0 },
			{ "bob", roles[side][0], "A", NULL, NULL, "a", 0 },
			{ "zoe", roles[side][0], "A", NULL, NULL, "z", 0 },
			{ "cat", roles[side][1], "B", NULL, NULL, "a", 0 },
			{ "dan", roles[side][1], "B", NULL, NULL, "a", 0 },
			{ 0 },
		};
		add_all(w, people);
		propose(w);
		assert_int_equal(w->n_left, 1);
		assert_int_equal(strncmp(w->left[0], "zoe:", 4), 0);
		struct mentor_match_subject s = explain(w, "zoe");
		assert_int_equal(s.considered, 2);
		assert_int_equal(s.possible, 2);
		assert_int_equal(s.partners, 0);
		assert_true(said(w, "zoe has no partner"));
		assert_true(said(w, side ? "3 mentees compete for 2 places: ann, bob and zoe for cat and dan"
					 : "3 mentors compete for 2 places: ann, bob and zoe for cat and dan"));
		assert_true(said(w, "cat was possible (0 points with zoe) but is with "));
		mentor_free(w->m);
	}
}

static void someone_matched_is_told_the_partner(void **state)
{
	(void)state;
	struct world *w = world_new();
	add_all(w, four);
	propose(w);
	struct mentor_match_subject s = explain(w, "dan");
	assert_int_equal(s.partners, 1);
	assert_true(said(w, "dan is proposed with bob in m2, which scored 6000"));
	mentor_free(w->m);
}

static void an_outdated_proposal_is_noticed_when_explaining(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone late[] = { { "eve", "mentor", "E", NULL, NULL, NULL, 0 },
		{ "fay", "mentee", "F", NULL, NULL, NULL, 0 }, { 0 } };
	add_all(w, four);
	propose(w);
	add_all(w, late);
	explain(w, "eve");
	assert_true(said(w, "A new proposal would place eve with "));
	mentor_free(w->m);
}

static void someone_not_accepted_is_not_matched_and_told_so(void **state)
{
	(void)state;
	struct world *w = world_new();
	add_all(w, four);
	support_sql(w->m,
	    "UPDATE enrolment SET state = 'waiting' WHERE person_id = (SELECT id FROM person WHERE name = 'dan')");
	explain(w, "dan");
	assert_int_equal(w->n_lines, 1);
	assert_true(
	    said(w, "dan is not matched: the application is on the waiting list, and only accepted people are"));
	mentor_free(w->m);
}

static void a_score_that_changed_is_updated_in_place(void **state)
{
	(void)state;
	struct world *w = world_new();
	add_all(w, four);
	propose(w);
	support_sql(w->m, "UPDATE person SET grade = '1' WHERE name = 'cat'");
	propose(w);
	assert_string_equal(w->rows[0], "updated m1 ann-cat");
	assert_int_equal(support_number(w->m, "SELECT score FROM pair WHERE id = 1"), 5000);
	mentor_free(w->m);
}

static void people_outside_the_matching_are_told_why(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", NULL, NULL, NULL, 0 },
		{ "fay", "facilitator", "A", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	add_all(w, people);
	propose(w);
	assert_string_equal(w->left[0], "ann: there are no accepted mentees");
	explain(w, "fay");
	assert_true(said(w, "fay is a facilitator, and facilitators are not matched"));
	explain(w, "ann");
	assert_true(said(w, "There are no accepted mentees to choose from"));
	mentor_free(w->m);
}

static void two_rules_together_are_not_blamed_on_one(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone people[] = {
		{ "ann", "mentor", "A", NULL, "ben@example.org", NULL, 0 },
		{ "ben", "mentee", "A", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	add_all(w, people);
	explain(w, "ann");
	assert_true(said(w, "other-directorate: rules out 1 of 1 mentees"));
	assert_false(w->lines[0][strlen("other-directorate: rules out 1 of 1 mentees")]); /* not "alone" */
	assert_true(said(w, "No single rule stands in the way: lifting one alone would leave nobody either"));
	mentor_free(w->m);
}

static void long_lists_of_names_are_cut(void **state)
{
	(void)state;
	struct world *w = world_new();
	add(w, &(struct someone){ "ann", "mentor", "A", NULL, NULL, "a", 10 });
	add(w, &(struct someone){ "zed", "mentee", "B", NULL, NULL, "z", 0 });
	for (int i = 0; i < 10; i++) {
		char name[16];
		snprintf(name, sizeof(name), "b%02d", i);
		add(w, &(struct someone){ name, "mentee", "B", NULL, NULL, "a", 0 });
	}
	propose(w);
	assert_int_equal(w->n_left, 1);
	explain(w, "zed");
	assert_true(
	    said(w, "11 mentees compete for 10 places: b00, b01, b02, b03, b04, b05, b06, b07 and 3 more for ann"));
	support_sql(w->m, "UPDATE enrolment SET places = 12 WHERE role = 'mentor'");
	explain(w, "ann");
	assert_true(said(w, "ann has taken 10 of 12 places"));
	mentor_free(w->m);
}

static void only_the_best_options_are_named(void **state)
{
	(void)state;
	struct world *w = world_new();
	for (int i = 0; i < 10; i++) {
		char mentor[16], mentee[16];
		snprintf(mentor, sizeof(mentor), "a%02d", i);
		snprintf(mentee, sizeof(mentee), "b%02d", i);
		add(w, &(struct someone){ mentor, "mentor", "A", NULL, NULL, "ab", 0 });
		add(w, &(struct someone){ mentee, "mentee", "B", NULL, NULL, "ab", 0 });
	}
	add(w, &(struct someone){ "zed", "mentee", "B", NULL, NULL, "a", 0 });
	propose(w);
	explain(w, "zed");
	assert_true(said(w, "a00 was possible (2500 points with zed) but is with "));
	assert_true(said(w, "2 more were possible with fewer points"));
	mentor_free(w->m);
}

/* ---- publishing and ending ---- */

static void publishing_makes_proposals_active_once(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = -1;
	add_all(w, four);
	propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(
	    support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'active' AND published_on = '2026-03-02'"),
	    2);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(n, 0);
	propose(w);
	assert_int_equal(w->n_rows + w->n_left, 0);
	assert_int_equal(w->summary.active, 2);
	mentor_free(w->m);
}

static void nothing_is_published_when_one_pair_no_longer_may_be(void **state)
{
	(void)state;
	static const struct {
		const char *sql, *message;
	} cases[] = {
		{ "UPDATE enrolment SET state = 'withdrawn' WHERE person_id = (SELECT id FROM person WHERE name = "
		  "'dan')",
		    "m2 (bob and dan) cannot be published: dan is not accepted as mentee any more" },
		{ "UPDATE enrolment SET role = 'mentee' WHERE person_id = (SELECT id FROM person WHERE name = 'bob')",
		    "m2 (bob and dan) cannot be published: bob is not accepted as mentor any more" },
		{ "UPDATE enrolment SET places = 0 WHERE person_id = (SELECT id FROM person WHERE name = 'bob')",
		    "m2 (bob and dan) cannot be published: bob has no place left" },
		{ "UPDATE person SET directorate = 'b' WHERE name = 'dan'",
		    "m2 (bob and dan) cannot be published: it breaks the rule other-directorate: the same directorate: "
		    "B" },
		{ "UPDATE person SET manager_email = 'bob@example.org' WHERE name = 'dan'",
		    "m2 (bob and dan) cannot be published: it breaks the rule no-line: bob is above dan in the line of "
		    "management" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct world *w = world_new();
		int64_t n = -1;
		add_all(w, four);
		propose(w);
		support_sql(w->m, cases[i].sql);
		assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED);
		assert_string_equal(mentor_error(w->m)->message, cases[i].message);
		assert_string_equal(mentor_error(w->m)->state, "nothing published");
		assert_int_equal(n, -1);
		assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'active'"), 0);
		mentor_free(w->m);
	}
}

static void two_proposals_for_one_place_are_noticed(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = 0;
	add_all(w, four);
	propose(w);
	support_sql(w->m, "UPDATE pair SET mentee_id = (SELECT mentee_id FROM pair WHERE id = 1) WHERE id = 2");
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m2 (bob and cat) cannot be published: cat has no place left");
	mentor_free(w->m);
}

static void ending_frees_both_and_the_two_are_not_paired_again(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = 0;
	bool changed = false;
	add_all(w, four);
	propose(w);
	assert_int_equal(mentor_match_end(w->m, 1, NULL, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m1 is only proposed");
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(mentor_set_now(w->m, "2026-04-01"), MENTOR_OK);
	assert_int_equal(mentor_match_end(w->m, 1, "no time", &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_match_end(w->m, 2, NULL, &changed), MENTOR_OK);
	assert_int_equal(mentor_match_end(w->m, 1, "again", &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(
	    support_number(w->m,
		"SELECT count(*) FROM pair WHERE state = 'ended' AND ended_on = '2026-04-01' AND reason = 'no time'"),
	    1);
	propose(w);
	assert_int_equal(w->n_rows, 2);
	assert_string_equal(w->rows[0], "added m3 ann-dan");
	assert_string_equal(w->rows[1], "added m4 bob-cat");
	explain(w, "m1");
	assert_true(said(w, "new-pair held: ann and cat have not been paired in this cohort before"));
	mentor_free(w->m);
}

static void active_pairs_keep_their_places(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone late[] = { { "eve", "mentee", "E", "2", NULL, "ab", 0 }, { 0 } };
	int64_t n = 0;
	add_all(w, four);
	propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	add_all(w, late);
	propose(w);
	assert_int_equal(w->n_rows, 0);
	assert_string_equal(w->left[0], "eve: the rules leave 2 of 2 mentors, all placed with others");
	explain(w, "eve");
	assert_true(said(w, "ann was possible (6000 points with eve) but is with cat in m1 (6000)"));
	mentor_free(w->m);
}

static void someone_of_either_role_stays_on_the_side_of_the_active_pair(void **state)
{
	(void)state;
	struct world *w = world_new();
	static const struct someone first[] = {
		{ "ann", "mentee", "A", NULL, NULL, NULL, 0 },
		{ "eve", "either", "B", NULL, NULL, NULL, 2 },
		{ 0 },
	};
	static const struct someone late[] = {
		{ "bob", "mentor", "C", NULL, NULL, NULL, 0 },
		{ "cat", "mentee", "C", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	int64_t n = 0;
	add_all(w, first);
	propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	add_all(w, late); /* now the mentees are not the larger side any more */
	support_sql(
	    w->m, "UPDATE enrolment SET places = 5 WHERE person_id = (SELECT id FROM person WHERE name = 'bob')");
	propose(w);
	assert_int_equal(w->summary.mentors, 2);
	assert_string_equal(w->rows[0], "added m2 eve-cat");
	explain(w, "eve");
	assert_true(said(w, "eve takes either role and counts with the mentors, as in the pair there is"));
	mentor_free(w->m);
}

static void a_pair_formed_a_second_time_is_seen_by_its_rule(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = 0;
	bool changed = false;
	add_all(w, four);
	propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(mentor_match_end(w->m, 1, NULL, &changed), MENTOR_OK);
	support_sql(w->m,
	    "INSERT INTO pair (cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on) "
	    "SELECT cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on FROM pair WHERE id = 1");
	explain(w, "m3");
	assert_true(said(w, "new-pair broken: ann and cat have been paired in this cohort already (m1)"));
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED);
	support_sql(w->m, "UPDATE pair SET state = 'completed' WHERE id = 2");
	assert_int_equal(mentor_match_end(w->m, 2, NULL, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m2 is completed already");
	mentor_free(w->m);
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
		cmocka_unit_test(a_pair_that_breaks_a_hard_rule_is_never_proposed),
		cmocka_unit_test(nobody_is_matched_within_a_line_of_management_however_long),
		cmocka_unit_test(a_circle_of_line_managers_is_survived),
		cmocka_unit_test(an_unknown_value_cannot_satisfy_a_rule_and_is_called_not_available),
		cmocka_unit_test(most_people_are_matched_before_points_count),
		cmocka_unit_test(ticking_every_box_gains_nothing),
		cmocka_unit_test(places_are_used_and_never_passed),
		cmocka_unit_test(people_of_either_role_fill_the_short_side),
		cmocka_unit_test(the_order_of_people_does_not_matter),
		cmocka_unit_test(the_choice_is_the_best_of_all_choices),
		cmocka_unit_test(proposing_twice_changes_nothing),
		cmocka_unit_test(a_new_proposal_keeps_the_pairs_that_stay),
		cmocka_unit_test(a_proposal_that_is_interrupted_leaves_nothing_behind),
		cmocka_unit_test(a_finished_cohort_is_left_alone),
		cmocka_unit_test(a_cohort_without_people_gets_an_empty_proposal),
		cmocka_unit_test(a_pair_is_explained_rule_by_rule_and_its_shares_make_its_score),
		cmocka_unit_test(people_left_over_learn_who_competes_for_what),
		cmocka_unit_test(someone_matched_is_told_the_partner),
		cmocka_unit_test(an_outdated_proposal_is_noticed_when_explaining),
		cmocka_unit_test(someone_not_accepted_is_not_matched_and_told_so),
		cmocka_unit_test(a_score_that_changed_is_updated_in_place),
		cmocka_unit_test(people_outside_the_matching_are_told_why),
		cmocka_unit_test(two_rules_together_are_not_blamed_on_one),
		cmocka_unit_test(long_lists_of_names_are_cut),
		cmocka_unit_test(only_the_best_options_are_named),
		cmocka_unit_test(publishing_makes_proposals_active_once),
		cmocka_unit_test(nothing_is_published_when_one_pair_no_longer_may_be),
		cmocka_unit_test(two_proposals_for_one_place_are_noticed),
		cmocka_unit_test(ending_frees_both_and_the_two_are_not_paired_again),
		cmocka_unit_test(active_pairs_keep_their_places),
		cmocka_unit_test(someone_of_either_role_stays_on_the_side_of_the_active_pair),
		cmocka_unit_test(a_pair_formed_a_second_time_is_seen_by_its_rule),
		cmocka_unit_test(a_cohort_too_large_to_solve_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
