/* pool.c (test): who is above whom, and who is on which side with how many places. */
#include "pool.h"
#include "support_match.h"

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
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(w->n_rows, 0);
	world_explain(w, "ann");
	assert_true(world_said(w, "no-line: rules out 1 of 1 mentees, 1 of them alone"));
	assert_true(world_said(w, "Without the rule no-line, 1 mentee would be possible"));
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
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(w->n_rows, 1);
	assert_non_null(strstr(w->rows[0], "-dan"));
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
	world_add_all(w, people);
	world_propose(w);
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
	world_add_all(w, people);
	world_propose(w);
	assert_int_equal(w->summary.mentors, 2);
	assert_int_equal(w->summary.pairs, 2);
	world_explain(w, "eve");
	assert_true(world_said(w, "eve takes either role and counts with the mentors"));
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
	world_add_all(w, first);
	world_propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	world_add_all(w, late); /* now the mentees are not the larger side any more */
	support_sql(
	    w->m, "UPDATE enrolment SET places = 5 WHERE person_id = (SELECT id FROM person WHERE name = 'bob')");
	world_propose(w);
	assert_int_equal(w->summary.mentors, 2);
	assert_string_equal(w->rows[0], "added m2 eve-cat");
	world_explain(w, "eve");
	assert_true(world_said(w, "eve takes either role and counts with the mentors, as in the pair there is"));
	mentor_free(w->m);
}

static void values_are_sorted_and_held_once_and_unknown_ones_are_none(void **state)
{
	(void)state;
	struct world *w = world_new();
	struct pool p;
	static const struct someone people[] = {
		{ "zoe", "mentor", "Housing", NULL, NULL, "bAaB", 3 },
		{ "ann", "facilitator", NULL, NULL, NULL, NULL, 0 },
		{ 0 },
	};
	world_add_all(w, people);
	assert_int_equal(pool_load(w->m, w->cohort, &p), MENTOR_OK);
	assert_int_equal(p.n_people, 2);
	assert_string_equal(p.sorted[0]->name, "ann");
	assert_int_equal(p.sorted[0]->side, SIDE_NONE);
	const struct human *zoe = pool_person(&p, 1);
	assert_ptr_equal(pool_human(&p, zoe->enrolment), zoe);
	assert_null(pool_human(&p, 99));
	assert_null(pool_person(&p, 99));
	assert_int_equal(pool_places_left(zoe), 3);
	assert_int_equal(p.n_fields, 3); /* directorate, topics, grade */
	const struct trait *topics = &zoe->traits[p.score_fields[0]], *grade = &zoe->traits[p.score_fields[1]];
	assert_int_equal(topics->n, 2);
	assert_string_equal(topics->values[0].folded, "a");
	assert_string_equal(topics->values[1].folded, "b");
	assert_int_equal(grade->n, 0);
	assert_string_equal(pool_plural(&p, pool_other_side(zoe->side)), "mentees");
	pool_free(&p);
	mentor_free(w->m);
}

static void a_value_counts_only_with_the_consent_the_programme_asks_for(void **state)
{
	static const char programme[] = "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\n"
					"application:\n  columns:\n    email: { header: Email }\n    name: { header: Name }\n    role: { header: Role }\n"
					"    background: { header: Background }\n    agree: { header: Agree, values: { Yes: yes, No: no } }\n"
					"matching:\n  rules:\n    apart: { rule: different, field: background }\n"
					"contract: { purpose: We talk. }\n"
					"privacy:\n  fields:\n    background: { purpose: Pairing, basis: Consent, consent: agree }\n";
	static const struct someone people[] = {
		{ "ann", "mentor", NULL, NULL, NULL, NULL, 0 },
		{ "ben", "mentee", NULL, NULL, NULL, NULL, 0 },
		{ 0 },
	};
	struct world *w = world_new_of(programme);
	(void)state;
	world_add_all(w, people);
	world_answer(w, "ann", "background", "One");
	world_answer(w, "ben", "background", "Another");
	world_answer(w, "ann", "agree", "yes");
	world_answer(w, "ben", "agree", "no");
	world_propose(w);
	assert_int_equal(w->n_rows, 0); /* what is not known keeps a hard rule from holding */
	world_explain(w, "ben");
	assert_false(world_said(w, "Another"));
	support_sql(w->m, "UPDATE answer SET value = 'yes' WHERE question = 'agree'");
	world_propose(w);
	assert_int_equal(w->n_rows, 1);
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_matched_within_a_line_of_management_however_long),
		cmocka_unit_test(a_circle_of_line_managers_is_survived),
		cmocka_unit_test(places_are_used_and_never_passed),
		cmocka_unit_test(people_of_either_role_fill_the_short_side),
		cmocka_unit_test(someone_of_either_role_stays_on_the_side_of_the_active_pair),
		cmocka_unit_test(values_are_sorted_and_held_once_and_unknown_ones_are_none),
		cmocka_unit_test(a_value_counts_only_with_the_consent_the_programme_asks_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
