/* replace.c (test): another partner for whoever asks. */
#include "replace.h"

#include "support_match.h"
#include "support_select.h"

static const struct someone reserves[] = {
	{ "eve", "mentee", "E", "2", NULL, "xy", 0 }, /* applied first, and shares no topic with ann */
	{ "fay", "mentee", "F", "2", NULL, "ab", 0 },
	{ "gil", "mentee", "A", "2", NULL, "ab", 0 }, /* of ann's directorate: not allowed */
	{ 0 },
};

/* Two published pairs, m1 ann and cat and m2 bob and dan, of which m1 has ended at ann's wish; she asks for somebody else. */
static struct world *with_seeker(const struct someone *others)
{
	struct world *w = world_new();
	int64_t n = 0;
	bool changed = false;
	static const struct mentor_ending asks = { .wish = 0, .reason = MENTOR_NONE, .replacement = MENTOR_REPLACEMENT_MENTOR };
	world_add_all(w, world_four);
	world_propose(w);
	assert_int_equal(mentor_match_publish(w->m, w->cohort, &n), MENTOR_OK);
	world_add_all(w, others);
	assert_int_equal(mentor_match_end(w->m, 1, &asks, &changed), MENTOR_OK);
	return w;
}

static struct mentor_replaced replace(struct world *w, int64_t person)
{
	struct mentor_replaced r;
	assert_int_equal(mentor_match_replace(w->m, w->cohort, person, &r), MENTOR_OK);
	return r;
}

static void the_first_reserve_comes_before_one_who_suits_better(void **state)
{
	(void)state;
	struct world *w = with_seeker(reserves);
	struct mentor_replaced r = replace(w, 1);
	assert_string_equal(r.partner_name, "eve");
	assert_int_equal(r.reserve, 1);
	assert_int_equal(r.pair, 3);
	r = replace(w, 1); /* a second time it is the same */
	assert_int_equal(r.pair, 3);
	assert_int_equal(r.unchanged, 1);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'proposed' AND pinned = 1"), 1);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM pair WHERE state = 'active'"), 1);
	mentor_free(w->m);
}

static void a_reserve_whom_a_rule_forbids_is_passed_over(void **state)
{
	(void)state;
	struct world *w = with_seeker(&reserves[2]);
	assert_int_equal(replace(w, 1).pair, 0);
	assert_int_equal(support_number(w->m, "SELECT count(*) FROM replacement WHERE found_id IS NULL"), 1);
	mentor_free(w->m);
}

static void without_reserves_whoever_has_a_place_suits(void **state)
{
	(void)state;
	struct world *w = with_seeker(&reserves[3]);
	support_sql(w->m, "UPDATE enrolment SET places = 2 WHERE person_id = 4");
	struct mentor_replaced r = replace(w, 1);
	assert_string_equal(r.partner_name, "dan");
	assert_int_equal(r.reserve, 0);
	mentor_free(w->m);
}

static void whoever_did_not_ask_is_nobody_s_replacement_but_may_ask_later(void **state)
{
	(void)state;
	static const struct someone mentors[] = { { "hal", "mentor", "H", "1", NULL, "ab", 0 }, { 0 } };
	struct world *w = with_seeker(mentors);
	assert_int_equal(replace(w, 5).pair, 0); /* hal; cat has left a pair and has not asked for anybody */
	struct mentor_replaced r = replace(w, 3);
	assert_string_equal(r.partner_name, "hal");
	mentor_free(w->m);
}

static void what_is_sought_is_told_until_it_is_found(void **state)
{
	(void)state;
	struct world *w = with_seeker(reserves);
	int64_t n[2] = { 0 }, person[2] = { 0 };
	assert_int_equal(replace_sought(w->m, w->cohort, n, person), MENTOR_OK);
	assert_int_equal(n[0], 1);
	assert_int_equal(person[0], 1);
	assert_int_equal(n[1], 0);
	(void)replace(w, 1);
	n[0] = 0;
	assert_int_equal(replace_sought(w->m, w->cohort, n, person), MENTOR_OK);
	assert_int_equal(n[0], 0);
	support_sql(w->m, "DELETE FROM pair WHERE id = 3"); /* declined: it is sought again */
	assert_int_equal(replace_sought(w->m, w->cohort, n, person), MENTOR_OK);
	assert_int_equal(n[0], 1);
	mentor_free(w->m);
}

static void nobody_is_sought_for_where_there_is_no_place_or_no_such_person(void **state)
{
	(void)state;
	struct world *w = with_seeker(reserves);
	struct mentor_replaced r;
	support_failed(w->m, mentor_match_replace(w->m, w->cohort, 2, &r), MENTOR_REFUSED, "bob has no place left");
	support_failed(w->m, mentor_match_replace(w->m, w->cohort, 99, &r), MENTOR_NOT_FOUND, "p99 is not in this cohort");
	support_sql(w->m, "UPDATE enrolment SET state = 'withdrawn' WHERE person_id = 1");
	support_failed(w->m, mentor_match_replace(w->m, w->cohort, 1, &r), MENTOR_REFUSED, "ann is not accepted");
	mentor_free(w->m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_reserve_comes_before_one_who_suits_better),
		cmocka_unit_test(a_reserve_whom_a_rule_forbids_is_passed_over),
		cmocka_unit_test(without_reserves_whoever_has_a_place_suits),
		cmocka_unit_test(whoever_did_not_ask_is_nobody_s_replacement_but_may_ask_later),
		cmocka_unit_test(what_is_sought_is_told_until_it_is_found),
		cmocka_unit_test(nobody_is_sought_for_where_there_is_no_place_or_no_such_person),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
