/* scorer.c (test): what is said of a mentor and all mentees at once is what the rules say of each pair. */
#include "scorer.h"
#include "support_match.h"

static const char rules[] = "programme: demo\n"
			    "title: Demo\n"
			    "contact: { email: team@example.org }\n"
			    "contract: { purpose: We learn. }\n"
			    "seniority: ['1', '2', '3', '4']\n"
			    "application:\n"
			    "  columns:\n"
			    "    email: { header: Email }\n"
			    "    name: { header: Name }\n"
			    "    role: { header: Role }\n"
			    "    topics: { header: Topics, many: yes }\n"
			    "    years: { header: Years }\n"
			    "    meeting: { header: Where }\n"
			    "matching:\n"
			    "  rules:\n"
			    "    other: { rule: different, field: directorate }\n"
			    "    line: { rule: not-line-management }\n"
			    "    above: { rule: senior, minimum: 0, maximum: 2 }\n"
			    "    gap: { rule: apart, minimum: 0, maximum: 2 }\n"
			    "    fresh: { rule: new-pair }\n"
			    "    where: { rule: compatible, field: meeting, either: any }\n"
			    "  scores:\n"
			    "    topics: { score: overlap, field: topics, weight: high }\n"
			    "    grade: { score: near, field: grade }\n"
			    "    years: { score: near, field: years, within: 5, weight: low }\n"
			    "    where: { score: same, field: meeting, either: any }\n"
			    "    named: { score: preferred, of: both }\n"
			    "    theirs: { score: preferred, of: mentee, weight: low }\n";

static uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return *seed >> 16;
}

enum { CROWD = 30 };

static void add_crowd(struct world *w, uint32_t *seed)
{
	static const char *const directorates[] = { "A", "B", "C", NULL }, *const grades[] = { "1", "2", "3", "4", "Wizard", NULL };
	static const char *const topics[] = { "a", "ab", "abc", "bc", "cde", NULL }, *const places[] = { "Online", "Here", "any", NULL };
	static const char *const years[] = { "1", "4", "9", "many", NULL };
	for (int i = 0; i < CROWD; i++) {
		char name[16], manager[32];
		snprintf(name, sizeof(name), "p%02d", i);
		snprintf(manager, sizeof(manager), "p%02d@example.org", (int)(random_next(seed) % CROWD));
		world_add(w, &(struct someone){ name, random_next(seed) % 2 ? "mentor" : "mentee", directorates[random_next(seed) % 4],
				 grades[random_next(seed) % 6], random_next(seed) % 3 ? NULL : manager, topics[random_next(seed) % 6], 0 });
		const char *place = places[random_next(seed) % 4], *year = years[random_next(seed) % 5];
		if (place)
			world_answer(w, name, "meeting", place);
		if (year)
			world_answer(w, name, "years", year);
	}
}

/* Two different people. */
static void two(uint32_t *seed, int *a, int *b)
{
	*a = 1 + (int)(random_next(seed) % CROWD);
	*b = 1 + (*a + (int)(random_next(seed) % (CROWD - 1))) % CROWD;
}

static void say_of_each_other(struct world *w, uint32_t *seed)
{
	char sql[400];
	support_sql(w->m, "INSERT INTO cohort (programme_id, revision_id, slug, title) VALUES (1, 1, 'before', 'Before')");
	support_sql(w->m, "INSERT INTO enrolment (cohort_id, person_id, role, applied_on) SELECT 2, person_id, role, applied_on FROM enrolment ORDER BY id");
	for (int i = 0; i < 40; i++) {
		int a, b;
		two(seed, &a, &b);
		snprintf(sql, sizeof(sql), "INSERT OR IGNORE INTO preference (enrolment_id, other_enrolment_id, rank) SELECT %d, %d, 1 + count(*) FROM preference "
					   "WHERE enrolment_id = %d", a, b, a);
		support_sql(w->m, sql);
		two(seed, &a, &b);
		snprintf(sql, sizeof(sql), i % 2 ? "INSERT OR IGNORE INTO avoidance (person_id, other_person_id, said_by, recorded_on, recorded_by) VALUES (%d, %d, 'team', '', '')" :
						   "INSERT OR IGNORE INTO block (enrolment_id, other_enrolment_id, blocked_on, blocked_by) VALUES (%d, %d, '', '')", a, b);
		if (i < 10)
			support_sql(w->m, sql);
		two(seed, &a, &b);
		snprintf(sql, sizeof(sql), "INSERT INTO pair (cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on, state, pinned) "
					   "VALUES (%d, %d, %d, 'reverse', 0, '', '%s', %d)", i % 2 ? 2 : 1, i % 2 ? a + CROWD : a, i % 2 ? b + CROWD : b,
		    i % 3 ? "ended" : "proposed", i % 3 == 0);
		if (i < 16)
			support_sql(w->m, sql);
	}
}

static bool are_pinned(const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	for (size_t i = 0; i < mentor->n_pairs; i++)
		if (mentor->pairs[i]->mentee == mentee && rule_is_pinned(p, mentor->pairs[i]))
			return true;
	return false;
}

static void a_row_says_what_the_rules_say_of_each_pair(void **state)
{
	(void)state;
	size_t allowed = 0, barred = 0;
	for (uint32_t seed = 1; seed <= 25; seed++) {
		struct world *w = world_new_of(rules);
		uint32_t r = seed;
		struct pool p;
		struct scorer s;
		int64_t scores[CROWD];
		add_crowd(w, &r);
		say_of_each_other(w, &r);
		assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
		assert_true(scorer_fits(&p));
		assert_int_equal(scorer_make(&p, &s), MENTOR_OK);
		for (int32_t row = 0; row < p.n_sides[SIDE_MENTOR]; row++) {
			scorer_row(&s, row, scores);
			for (int32_t column = 0; column < p.n_sides[SIDE_MENTEE]; column++) {
				const struct human *a = p.sides[SIDE_MENTOR][row], *b = p.sides[SIDE_MENTEE][column];
				bool candidate = rule_all_hold(&p, a, b) && !are_pinned(&p, a, b);
				if (candidate)
					assert_int_equal(scores[column], rule_score(&p, a, b));
				else
					assert_true(scores[column] == MENTOR_ASSIGN_BARRED);
				allowed += candidate;
				barred += !candidate;
			}
		}
		pool_free(&p);
		mentor_free(w->m);
	}
	assert_true(allowed > 100 && barred > 1000);
}

static void without_rules_everybody_fits_equally(void **state)
{
	(void)state;
	struct world *w = world_new_of("programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n");
	struct pool p;
	struct scorer s;
	int64_t scores[2];
	world_add_all(w, world_four);
	assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
	assert_int_equal(scorer_make(&p, &s), MENTOR_OK);
	scorer_row(&s, 1, scores);
	assert_int_equal(scores[0], 0);
	assert_int_equal(scores[1], 0);
	pool_free(&p);
	mentor_free(w->m);
}

/* A crowd just too large for lists; another objective asks for them all the same, and where nobody named anybody it seeks the same pairs. */
static void a_large_cohort_is_matched_as_a_small_one_is(void **state)
{
	(void)state;
	struct world *w = world_new();
	struct mentor_match_summary large, listed;
	support_sql(w->m, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1030) "
			  "INSERT INTO person (email, name, directorate, grade) SELECT 'p' || i || '@example.org', 'P' || i, 'D' || (i * 7 % 5), i % 4 FROM n");
	support_sql(w->m, "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) SELECT 1, id, CASE WHEN id % 2 = 0 THEN 'mentor' "
			  "ELSE 'mentee' END, 'accepted', '2026-02-01' FROM person");
	support_sql(w->m, "INSERT INTO answer (enrolment_id, question, value) SELECT id, 'topics', 'T' || (id * 13 % 11) FROM enrolment WHERE true "
			  "ON CONFLICT (enrolment_id, question) DO UPDATE SET value = answer.value || char(10) || excluded.value");
	assert_int_equal(mentor_match_propose(w->m, w->cohort, NULL, &large), MENTOR_OK);
	uint64_t before = support_fingerprint(w->m);
	const struct mentor_match_options choices = { MENTOR_MATCH_BEST, MENTOR_MATCH_CHOICES };
	assert_int_equal(mentor_match_propose_by(w->m, w->cohort, &choices, NULL, &listed), MENTOR_OK);
	assert_int_equal(support_fingerprint(w->m), before);
	assert_int_equal(listed.candidates, large.candidates);
	assert_int_equal(listed.score, large.score);
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_says_what_the_rules_say_of_each_pair),
		cmocka_unit_test(without_rules_everybody_fits_equally),
		cmocka_unit_test(a_large_cohort_is_matched_as_a_small_one_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
