/* rule.c (test): which pairs hard rules forbid, and what soft rules give. */
#include "rule.h"
#include "support_match.h"

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
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(w->n_rows, 1);
	assert_string_equal(w->rows[0], "added m1 ann-cat");
	assert_int_equal(w->summary.candidates, 1);
	assert_int_equal(w->n_left, 1);
	assert_string_equal(w->left[0], "ben: the rules allow none of 1 mentors");
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
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(w->n_rows, 0);
	world_explain(w, "ann");
	assert_true(world_said(w, "other-directorate: rules out 1 of 1 mentees, 1 of them alone"));
	assert_true(world_said(w, "The rule other-directorate compares directorate, which is not available for ann"));
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
	world_add_all(w, people);
	world_propose(w);
	assert_string_equal(w->rows[0], "added m1 ann-two");
	assert_int_equal(w->summary.score, 5000);
	mentor_free(w->m);
}

static void a_pair_formed_a_second_time_is_seen_by_its_rule(void **state)
{
	(void)state;
	struct world *w = world_new();
	int64_t n = 0;
	bool changed = false;
	world_add_all(w, world_four);
	world_propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	assert_int_equal(mentor_match_end(w->m, 1, NULL, &changed), MENTOR_OK);
	support_sql(w->m,
	    "INSERT INTO pair (cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on) "
	    "SELECT cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on FROM pair WHERE id = 1");
	world_explain(w, "m3");
	assert_true(world_said(w, "new-pair broken: ann and cat have been paired in this cohort already (m1)"));
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_REFUSED);
	support_sql(w->m, "UPDATE pair SET state = 'completed' WHERE id = 2");
	assert_int_equal(mentor_match_end(w->m, 2, NULL, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(w->m)->message, "m2 is completed already");
	mentor_free(w->m);
}

/* What rules say is the same from both sides, and what nobody knows gives no points. */
static void rules_and_points_do_not_depend_on_who_is_asked_first(void **state)
{
	(void)state;
	struct world *w = world_new();
	struct pool p;
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "1", NULL, "abc", 0 },
		{ "bob", "mentor", "b", NULL, "cat@example.org", NULL, 0 },
		{ "cat", "mentee", "B", "2", NULL, "bcd", 0 },
		{ 0 },
	};
	world_add_all(w, people);
	assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
	assert_int_equal(rule_count(&p), 4);
	assert_string_equal(rule_name(&p, 2), "new-pair");
	assert_string_equal(rule_name(&p, 3), "available");
	assert_int_equal(rule_score_most(&p), 6000);
	const struct human *ann = pool_person(&p, 1), *bob = pool_person(&p, 2), *cat = pool_person(&p, 3);
	assert_true(rule_all_hold(&p, ann, cat) && rule_all_hold(&p, cat, ann));
	assert_int_equal(rule_points(&p, 0, ann, cat), 500); /* b and c of a, b, c and d */
	assert_int_equal(rule_score(&p, ann, cat), 5 * 500 + 1000);
	assert_int_equal(rule_score(&p, cat, ann), 5 * 500 + 1000);
	assert_false(rule_holds(&p, 0, bob, cat) || rule_holds(&p, 0, cat, bob));
	assert_false(rule_holds(&p, 1, bob, cat) || rule_holds(&p, 1, cat, bob));
	assert_int_equal(rule_score(&p, bob, cat), 0);
	pool_free(&p);
	mentor_free(w->m);
}

/* ---- seniority ---- */

#define HEAD "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n"

static const char *const grades[] = { "Assistant", "Officer", "Manager", "Director" };
enum { N_GRADES = sizeof(grades) / sizeof(*grades), BEYOND = N_GRADES + 1 };

static struct world *with_grades(const char *rule)
{
	char text[500];
	snprintf(text, sizeof(text),
	    HEAD "seniority: [Assistant, Officer, Manager, Director]\n"
		 "matching: { rules: { above: { rule: senior%s } } }\n",
	    rule);
	return world_new_of(text);
}

static const char *grade_of(size_t i)
{
	return i < N_GRADES ? grades[i] : i == N_GRADES ? "Wizard" : NULL;
}

/* Every pair of grades, one of them unknown to the programme and one not given, under every range of steps. */
static void the_mentee_stands_above_the_mentor_by_the_steps_of_the_rule_and_by_no_others(void **state)
{
	(void)state;
	for (int64_t least = -1; least < N_GRADES; least++)
		for (int64_t most = 0; most < N_GRADES; most++) {
			char rule[80];
			int64_t from = least < 0 ? 1 : least;
			if (most && most < from)
				continue;
			snprintf(rule, sizeof(rule), "%s%.0d%s%.0d",
			    least < 0 ? ""
			    : least   ? ", minimum: "
				      : ", minimum: 0",
			    least < 0 ? 0 : (int)least, most ? ", maximum: " : "", (int)most);
			struct world *w = with_grades(rule);
			struct pool p;
			for (size_t i = 0; i <= BEYOND; i++) {
				const char mentor[] = { (char)('a' + i), '\0' }, mentee[] = { (char)('p' + i), '\0' };
				world_add(w, &(struct someone){ mentor, "mentor", "A", grade_of(i), NULL, NULL, 0 });
				world_add(w, &(struct someone){ mentee, "mentee", "A", grade_of(i), NULL, NULL, 0 });
			}
			assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
			for (size_t i = 0; i <= BEYOND; i++)
				for (size_t j = 0; j <= BEYOND; j++) {
					const struct human *mentor = pool_person(&p, (int64_t)(2 * i + 1)),
							   *mentee = pool_person(&p, (int64_t)(2 * j + 2));
					int64_t steps = (int64_t)j - (int64_t)i;
					bool known = i < N_GRADES && j < N_GRADES;
					assert_int_equal(rule_holds(&p, 0, mentor, mentee),
					    known && steps >= from && (!most || steps <= most));
				}
			pool_free(&p);
			mentor_free(w->m);
		}
}

static void seniority_is_explained_with_both_grades_and_what_is_asked_for(void **state)
{
	(void)state;
	struct world *w = with_grades(", minimum: 2, maximum: 3");
	static const struct someone people[] = {
		{ "ann", "mentor", "A", "officer", NULL, NULL, 0 }, /* however written */
		{ "ben", "mentee", "A", "Director", NULL, NULL, 0 },
		{ "cat", "mentee", "A", "Manager", NULL, NULL, 0 },
		{ "dan", "mentee", "A", "Wizard", NULL, NULL, 0 },
		{ "eve", "mentee", "A", NULL, NULL, NULL, 0 },
		{ 0 },
	};
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(w->n_rows, 1);
	world_explain(w, "m1");
	assert_true(world_said(w, "above held: grade: Officer is 2 steps below Director"));
	struct pool p;
	static const char *const said[] = {
		"grade: Officer is 1 step below Manager; the mentee has to stand 2 to 3 steps higher",
		"grade: Wizard of dan is none of the programme's",
		"grade: not available for eve",
	};
	assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
	for (int64_t i = 0; i < 3; i++) {
		struct mentor_buf b = MENTOR_BUF_INIT;
		rule_in_words(&b, &p, 0, pool_person(&p, 1), pool_person(&p, 3 + i));
		assert_string_equal(mentor_buf_text(&b), said[i]);
		mentor_buf_clear(&b);
		rule_in_words(&b, &p, 0, pool_person(&p, 4), pool_person(&p, 5));
		assert_string_equal(
		    mentor_buf_text(&b), "grade: not available for eve; Wizard of dan is none of the programme's");
		mentor_buf_clear(&b);
		rule_in_words(&b, &p, 0, pool_person(&p, 2), pool_person(&p, 1));
		assert_string_equal(mentor_buf_text(&b),
		    "grade: Director is 2 steps above Officer; the mentee has to stand 2 to 3 steps higher");
		mentor_buf_free(&b);
	}
	pool_free(&p);
	world_explain(w, "dan");
	assert_true(
	    world_said(w, "The rule above compares grade, and Wizard of dan is none of the programme's grades"));
	world_explain(w, "eve");
	assert_true(world_said(w, "The rule above compares grade, which is not available for eve"));
	world_explain(w, "ben"); /* asked from the mentee's side, it is the same rule */
	assert_true(world_said(w, "1 of 1 mentor was possible"));
	mentor_free(w->m);
}

/* ---- answers that fit any other, and the arrangement of a pair ---- */

static const char combination[] =
    HEAD "arrangement: combination\n"
	 "application:\n"
	 "  columns:\n"
	 "    email: { header: Email }\n"
	 "    name: { header: Name }\n"
	 "    role: { header: Role }\n"
	 "    arrangement: { header: How?, many: yes, values: { One way: reverse, Both ways: reciprocal, Either: either } }\n"
	 "    meeting: { header: Where? }\n"
	 "matching:\n"
	 "  rules:\n"
	 "    agreed: { rule: compatible, field: arrangement, either: either }\n"
	 "  scores:\n"
	 "    meeting: { score: same, field: meeting, either: anywhere }\n";

static void arrangements_are_compatible_and_a_pair_has_the_one_both_accept(void **state)
{
	(void)state;
	static const struct {
		const char *mentor, *mentee; /* one letter per answer */
		const char *pair;            /* NULL: none */
	} cases[] = {
		{ "v", "v", "reverse" },
		{ "v", "c", NULL },
		{ "v", "e", "reverse" },
		{ "c", "v", NULL },
		{ "c", "c", "reciprocal" },
		{ "c", "e", "reciprocal" },
		{ "e", "v", "reverse" },
		{ "e", "c", "reciprocal" },
		{ "e", "e", "reverse" },
		{ "e", "", NULL },
		{ "", "c", NULL },
		{ "", "", NULL },
		{ "vc", "c", "reciprocal" },
		{ "vc", "v", "reverse" },
		{ "vc", "e", "reverse" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct world *w = world_new_of(combination);
		const char *const answers[] = { cases[i].mentor, cases[i].mentee }, *const names[] = { "ann", "ben" };
		for (size_t n = 0; n < 2; n++) {
			world_add(w, &(struct someone){ names[n], n ? "mentee" : "mentor", "A", NULL, NULL, NULL, 0 });
			for (const char *a = answers[n]; *a; a++)
				world_answer(w, names[n], "arrangement",
				    *a == 'v'   ? "reverse"
				    : *a == 'c' ? "reciprocal"
						: "either");
		}
		world_propose(w);
		assert_int_equal(w->n_rows, cases[i].pair != NULL);
		if (cases[i].pair) {
			char line[80];
			snprintf(line, sizeof(line), "they work together in a %s pair", cases[i].pair);
			world_explain(w, "m1");
			assert_true(world_said(w, line));
			assert_int_equal(support_number(w->m, "SELECT arrangement = 'reciprocal' FROM pair"),
			    strcmp(cases[i].pair, "reciprocal") == 0);
		}
		mentor_free(w->m);
	}
}

static void an_arrangement_that_changed_updates_the_proposal(void **state)
{
	(void)state;
	struct world *w = world_new_of(combination);
	world_add(w, &(struct someone){ "ann", "mentor", "A", NULL, NULL, NULL, 0 });
	world_add(w, &(struct someone){ "ben", "mentee", "A", NULL, NULL, NULL, 0 });
	world_answer(w, "ann", "arrangement", "either");
	world_answer(w, "ben", "arrangement", "Either"); /* case does not count */
	world_propose(w);
	assert_string_equal(w->rows[0], "added m1 ann-ben");
	world_propose(w);
	assert_string_equal(w->rows[0], "unchanged m1 ann-ben");
	support_sql(w->m, "UPDATE answer SET value = 'reciprocal' WHERE enrolment_id = 2");
	world_propose(w);
	assert_string_equal(w->rows[0], "updated m1 ann-ben");
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE arrangement = 'reciprocal'"), 1);
	world_explain(w, "m1");
	assert_true(world_said(w, "agreed held: arrangement: either fits reciprocal"));
	mentor_free(w->m);
}

static void the_answer_that_fits_any_other_earns_all_points_and_is_named(void **state)
{
	(void)state;
	struct world *w = world_new_of(combination);
	struct pool p;
	static const char *const answers[] = { "Online", "In person", "Anywhere", "anywhere", NULL };
	enum { N = sizeof(answers) / sizeof(*answers) };
	for (size_t i = 0; i < N; i++) {
		const char name[] = { (char)('a' + i), '\0' };
		world_add(w, &(struct someone){ name, "mentor", "A", NULL, NULL, NULL, 0 });
		if (answers[i])
			world_answer(w, name, "meeting", answers[i]);
	}
	assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < N; j++) {
			const struct human *a = pool_person(&p, (int64_t)i + 1), *b = pool_person(&p, (int64_t)j + 1);
			bool known = answers[i] && answers[j], any = known && (i > 1 || j > 1);
			assert_int_equal(rule_points(&p, 0, a, b), known && (any || i == j) ? 1000 : 0);
			assert_int_equal(rule_points(&p, 0, a, b), rule_points(&p, 0, b, a));
		}
	static const char *const said[][2] = { { "cd", "the same meeting: Anywhere" },
		{ "ac", "meeting: Anywhere fits Online" }, { "cb", "meeting: Anywhere fits In person" },
		{ "ab", "different meeting: Online; In person" }, { "ce", "meeting: not available for e" } };
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++) {
		struct mentor_buf b = MENTOR_BUF_INIT;
		rule_score_in_words(
		    &b, &p, 0, pool_person(&p, said[i][0][0] - 'a' + 1), pool_person(&p, said[i][0][1] - 'a' + 1));
		assert_string_equal(mentor_buf_text(&b), said[i][1]);
		mentor_buf_free(&b);
	}
	pool_free(&p);
	mentor_free(w->m);
}

/* ---- nearness, preferences, history ---- */

static const char second[] = HEAD "seniority: [Assistant, Officer, Manager, Director]\n"
				  "application:\n"
				  "  columns:\n"
				  "    email: { header: Email }\n"
				  "    name: { header: Name }\n"
				  "    role: { header: Role }\n"
				  "    years: { header: Years? }\n"
				  "    subjects: { header: Subjects?, many: yes }\n"
				  "matching:\n"
				  "  rules:\n"
				  "    gap: { rule: apart, minimum: 1, maximum: 2 }\n"
				  "    fresh: { rule: new-pair }\n"
				  "    shared: { rule: compatible, field: subjects }\n"
				  "  scores:\n"
				  "    grades: { score: near, field: grade }\n"
				  "    years: { score: near, field: years, within: 10 }\n"
				  "    mentors: { score: preferred }\n"
				  "    mentees: { score: preferred, of: mentee }\n"
				  "    both: { score: preferred, of: both }\n";

/* A mentor and a mentee, numbers 1 and 2, and others behind them. */
static struct world *with_two(const char *grade, const char *other, const char *years, const char *other_years)
{
	struct world *w = world_new_of(second);
	world_add(w, &(struct someone){ "ann", "mentor", "A", grade, NULL, NULL, 0 });
	world_add(w, &(struct someone){ "ben", "mentee", "A", other, NULL, NULL, 0 });
	world_add(w, &(struct someone){ "cat", "mentee", "A", other, NULL, NULL, 0 });
	if (years)
		world_answer(w, "ann", "years", years);
	if (other_years)
		world_answer(w, "ben", "years", other_years);
	return w;
}

static void what_is_near_earns_points_by_its_distance(void **state)
{
	(void)state;
	static const struct {
		const char *grade, *other, *years, *other_years;
		int64_t grades, points;
		const char *said; /* of the years */
	} cases[] = {
		{ "Officer", "officer", "12", "12", 1000, 1000, "years: 12 and 12 are 0 apart" },
		{ "Officer", "Manager", "12", "9", 666, 700, "years: 12 and 9 are 3 apart" },
		{ "Director", "Officer", "3", "12", 333, 100, "years: 3 and 12 are 9 apart" },
		{ "Assistant", "Director", "0", "10", 0, 0, "years: 0 and 10 are 10 apart" },
		{ "Wizard", "Director", "-2", "2", 0, 600, "years: -2 and 2 are 4 apart" },
		{ NULL, "Director", "many", "2", 0, 0, "years: not available for ann" },
		{ NULL, NULL, "1234567890123456", "2.5", 0, 0, "years: not available for ann and ben" },
		{ "Officer", "Officer", NULL, "2", 1000, 0, "years: not available for ann" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct world *w = with_two(cases[i].grade, cases[i].other, cases[i].years, cases[i].other_years);
		struct mentor_buf b = MENTOR_BUF_INIT;
		struct pool p;
		assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
		const struct human *ann = pool_person(&p, 1), *ben = pool_person(&p, 2);
		assert_int_equal(rule_points(&p, 0, ann, ben), cases[i].grades);
		assert_int_equal(rule_points(&p, 0, ben, ann), cases[i].grades);
		assert_int_equal(rule_points(&p, 1, ann, ben), cases[i].points);
		rule_score_in_words(&b, &p, 1, ann, ben);
		assert_string_equal(mentor_buf_text(&b), cases[i].said);
		mentor_buf_free(&b);
		pool_free(&p);
		mentor_free(w->m);
	}
}

static void grades_apart_count_whichever_is_the_higher(void **state)
{
	(void)state;
	static const struct {
		const char *grade, *other, *said;
		bool held;
	} cases[] = {
		{ "Officer", "Officer", "the same grade: Officer; the two have to stand 1 to 2 steps apart", false },
		{ "Officer", "Director", "grade: Officer is 2 steps below Director", true },
		{ "Director", "Officer", "grade: Director is 2 steps above Officer", true },
		{ "Assistant", "Director", "grade: Assistant is 3 steps below Director; the two have to stand 1 to 2 steps apart", false },
		{ NULL, "Director", "grade: not available for ann", false },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct world *w = with_two(cases[i].grade, cases[i].other, NULL, NULL);
		struct mentor_buf b = MENTOR_BUF_INIT;
		struct pool p;
		assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
		assert_int_equal(rule_holds(&p, 0, pool_person(&p, 1), pool_person(&p, 2)), cases[i].held);
		rule_in_words(&b, &p, 0, pool_person(&p, 1), pool_person(&p, 2));
		assert_string_equal(mentor_buf_text(&b), cases[i].said);
		mentor_buf_free(&b);
		pool_free(&p);
		mentor_free(w->m);
	}
}

static void who_is_named_earns_points_by_the_place_in_the_list_alone(void **state)
{
	(void)state;
	struct world *w = with_two("Officer", "Manager", NULL, NULL);
	struct mentor_buf b = MENTOR_BUF_INIT;
	struct pool p;
	support_sql(w->m, "INSERT INTO preference (enrolment_id, other_enrolment_id, rank) VALUES (1, 3, 1), (1, 2, 2), (2, 1, 1)");
	assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
	const struct human *ann = pool_person(&p, 1), *ben = pool_person(&p, 2), *cat = pool_person(&p, 3);
	assert_int_equal(rule_points(&p, 2, ann, cat), 1000);
	assert_int_equal(rule_points(&p, 2, ann, ben), 500);
	assert_int_equal(rule_points(&p, 3, ann, ben), 1000);
	assert_int_equal(rule_points(&p, 3, ann, cat), 0);
	assert_int_equal(rule_points(&p, 4, ann, ben), 750);
	assert_int_equal(rule_points(&p, 4, ann, cat), 500);
	rule_score_in_words(&b, &p, 4, ann, ben);
	assert_string_equal(mentor_buf_text(&b), "ann named ben as number 2; ben named ann as number 1");
	mentor_buf_clear(&b);
	rule_score_in_words(&b, &p, 3, ann, cat);
	assert_string_equal(mentor_buf_text(&b), "cat named nobody");
	mentor_buf_free(&b);
	pool_free(&p);
	mentor_free(w->m);
}

static void one_shared_choice_is_enough_and_only_whole_words_are_the_same(void **state)
{
	(void)state;
	struct world *w = with_two("Officer", "Manager", NULL, NULL);
	struct pool p;
	static const char *const answers[][2] = { { "ann", "AI" }, { "ann", "Finance" }, { "ben", "retail" }, { "ben", "ai ethics" },
		{ "cat", "retail" }, { "cat", "ai" } };
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++)
		world_answer(w, answers[i][0], "subjects", answers[i][1]);
	assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
	assert_false(rule_holds(&p, 2, pool_person(&p, 1), pool_person(&p, 2)));
	assert_true(rule_holds(&p, 2, pool_person(&p, 1), pool_person(&p, 3)));
	pool_free(&p);
	mentor_free(w->m);
}

static void a_pair_of_an_earlier_cohort_is_not_formed_again_where_the_programme_says_so(void **state)
{
	(void)state;
	struct world *w = with_two("Officer", "Manager", NULL, NULL);
	struct mentor_buf b = MENTOR_BUF_INIT;
	struct pool p;
	support_sql(w->m, "INSERT INTO cohort (programme_id, revision_id, slug, title) VALUES (1, 1, 'before', 'Before')");
	support_sql(w->m, "INSERT INTO enrolment (cohort_id, person_id, role, applied_on) SELECT 2, person_id, role, applied_on FROM enrolment ORDER BY id");
	support_sql(w->m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on, state) VALUES "
			  "(2, 4, 5, 'reverse', 0, '2025-02-01', 'ended'), (2, 4, 6, 'reverse', 0, '2025-02-01', 'proposed')");
	assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
	const struct human *ann = pool_person(&p, 1), *ben = pool_person(&p, 2), *cat = pool_person(&p, 3);
	assert_false(rule_holds(&p, 1, ann, ben) || rule_holds(&p, 1, ben, ann));
	assert_true(rule_holds(&p, 1, ann, cat)); /* was only proposed */
	assert_true(rule_holds(&p, 3, ann, ben)); /* and in this cohort they are new to each other */
	rule_in_words(&b, &p, 1, ann, ben);
	assert_string_equal(mentor_buf_text(&b), "ann and ben have been paired in another cohort of the programme");
	mentor_buf_free(&b);
	pool_free(&p);
	mentor_free(w->m);
}

/* Whoever asked for it: the words are the same, and say nothing. */
static void who_is_kept_apart_is_only_not_available(void **state)
{
	(void)state;
	static const char *const how[] = {
		"INSERT INTO avoidance (person_id, other_person_id, said_by, recorded_on, recorded_by) VALUES (1, 2, 'person', '2026-03-02', 'x')",
		"INSERT INTO avoidance (person_id, other_person_id, said_by, recorded_on, recorded_by) VALUES (2, 1, 'team', '2026-03-02', 'x')",
		"INSERT INTO block (enrolment_id, other_enrolment_id, blocked_on, blocked_by) VALUES (1, 2, '2026-03-02', 'x')",
		"INSERT INTO block (enrolment_id, other_enrolment_id, blocked_on, blocked_by) VALUES (2, 1, '2026-03-02', 'x')",
	};
	for (size_t i = 0; i < sizeof(how) / sizeof(*how); i++) {
		struct world *w = with_two("Officer", "Manager", NULL, NULL);
		struct mentor_buf b = MENTOR_BUF_INIT;
		struct pool p;
		support_sql(w->m, how[i]);
		assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
		const struct human *ann = pool_person(&p, 1), *ben = pool_person(&p, 2), *cat = pool_person(&p, 3);
		assert_false(rule_holds(&p, 4, ann, ben) || rule_holds(&p, 4, ben, ann));
		assert_true(rule_holds(&p, 4, ann, cat));
		rule_in_words(&b, &p, 4, ann, ben);
		assert_string_equal(mentor_buf_text(&b), "not available");
		mentor_buf_free(&b);
		pool_free(&p);
		mentor_free(w->m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_near_earns_points_by_its_distance),
		cmocka_unit_test(grades_apart_count_whichever_is_the_higher),
		cmocka_unit_test(who_is_named_earns_points_by_the_place_in_the_list_alone),
		cmocka_unit_test(one_shared_choice_is_enough_and_only_whole_words_are_the_same),
		cmocka_unit_test(a_pair_of_an_earlier_cohort_is_not_formed_again_where_the_programme_says_so),
		cmocka_unit_test(who_is_kept_apart_is_only_not_available),
		cmocka_unit_test(the_mentee_stands_above_the_mentor_by_the_steps_of_the_rule_and_by_no_others),
		cmocka_unit_test(seniority_is_explained_with_both_grades_and_what_is_asked_for),
		cmocka_unit_test(arrangements_are_compatible_and_a_pair_has_the_one_both_accept),
		cmocka_unit_test(an_arrangement_that_changed_updates_the_proposal),
		cmocka_unit_test(the_answer_that_fits_any_other_earns_all_points_and_is_named),
		cmocka_unit_test(a_pair_that_breaks_a_hard_rule_is_never_proposed),
		cmocka_unit_test(an_unknown_value_cannot_satisfy_a_rule_and_is_called_not_available),
		cmocka_unit_test(ticking_every_box_gains_nothing),
		cmocka_unit_test(a_pair_formed_a_second_time_is_seen_by_its_rule),
		cmocka_unit_test(rules_and_points_do_not_depend_on_who_is_asked_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
