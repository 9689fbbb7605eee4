/* remark.c (test): words are quoted as far as consent goes, and no further. */
#include "support_change.h"

#include <stdio.h>

static enum mentor_status add(struct mentor *m, int64_t person, const char *const *values, const char **ret_change, int64_t *ret_id)
{
	struct mentor_remark r;
	(void)support_fill(m, mentor_remark_fields, &r, values);
	return mentor_remark_add(m, 1, person, &r, ret_change, ret_id);
}

static int64_t added(struct mentor *m, int64_t person, const char *const *values)
{
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add(m, person, values, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	return id;
}

static enum mentor_status write_down(void *arg, const char *part, const void *record)
{
	char *text = arg;
	size_t len = strlen(text);
	if (strcmp(part, "remarks") == 0)
		snprintf(text + len, 1024 - len, "%s: %s;", ((const struct mentor_remark_row *)record)->said_by, ((const struct mentor_remark_row *)record)->text);
	return MENTOR_OK;
}

static void expect(struct mentor *m, bool inside, const char *wanted)
{
	char text[1024] = "";
	assert_int_equal(mentor_report_remarks(m, 1, inside, write_down, text), MENTOR_OK);
	assert_string_equal(text, wanted);
}

static const char *const kept[] = { "text", "One", NULL }, *const inside[] = { "text", "Two", "scope", "inside", NULL },
		  *const published[] = { "text", "Three", "scope", "published", NULL },
		  *const named[] = { "text", "Four", "scope", "published", "named", "yes", NULL };

static void what_is_quoted_is_what_consent_allows(void **state)
{
	struct mentor *m = *state;
	added(m, ANN, kept);
	added(m, ANN, inside);
	added(m, BEN, published);
	added(m, CAT, named);
	expect(m, false, "Cat: Four;somebody who took part: Three;"); /* three mentees are few */
	expect(m, true, "Cat: Four;somebody who took part: Three;somebody who took part: Two;");
}

static void a_side_of_enough_people_is_named(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "INSERT INTO person (email, name) VALUES ('hal@example.org', 'Hal'), ('ida@example.org', 'Ida')");
	support_sql(m, "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, 8, 'mentee', 'accepted', '2026-02-01'), "
		       "(1, 9, 'mentee', 'accepted', '2026-02-01')");
	added(m, BEN, published);
	expect(m, false, "mentee: Three;");
}

static void consent_is_narrowed_and_withdrawn_at_once(void **state)
{
	struct mentor *m = *state;
	static const char *const narrower[] = { "scope", "inside", NULL }, *const nowhere[] = { "scope", "none", NULL }, *const by_name[] = { "named", "yes", NULL },
			  *const nameless[] = { "named", "no", NULL };
	struct mentor_remark r;
	bool changed = false;
	int64_t id = added(m, CAT, named);
	uint64_t given = support_fill(m, mentor_remark_fields, &r, narrower);
	assert_int_equal(mentor_record_set(m, &mentor_entity_remark, id, &r, given, &changed), MENTOR_OK);
	expect(m, false, "");
	expect(m, true, "Cat: Four;");
	given = support_fill(m, mentor_remark_fields, &r, nameless);
	assert_int_equal(mentor_record_set(m, &mentor_entity_remark, id, &r, given, &changed), MENTOR_OK);
	expect(m, true, "somebody who took part: Four;");
	given = support_fill(m, mentor_remark_fields, &r, nowhere);
	assert_int_equal(mentor_record_set(m, &mentor_entity_remark, id, &r, given, &changed), MENTOR_OK);
	expect(m, true, "");
	given = support_fill(m, mentor_remark_fields, &r, by_name);
	support_failed(m, mentor_record_set(m, &mentor_entity_remark, id, &r, given, &changed), MENTOR_INVALID, "quoted nowhere");
	assert_int_equal(mentor_remark_withdraw(m, id, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(support_number(m, "SELECT count(*) FROM remark WHERE text IS NULL AND withdrawn_on = '2026-03-10'"), 1);
	assert_int_equal(mentor_remark_withdraw(m, id, &changed), MENTOR_OK);
	assert_false(changed);
	given = support_fill(m, mentor_remark_fields, &r, narrower);
	support_failed(m, mentor_record_set(m, &mentor_entity_remark, id, &r, given, &changed), MENTOR_REFUSED, "was withdrawn on 2026-03-10");
}

static void the_same_again_is_unchanged_and_strangers_say_nothing(void **state)
{
	struct mentor *m = *state;
	static const char *const more[] = { "text", "Two", "scope", "published", NULL }, *const wrong[] = { "text", "Five", "named", "yes", NULL };
	const char *change = NULL;
	int64_t id = added(m, ANN, inside), again = 0;
	assert_int_equal(add(m, ANN, inside, &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(again, id);
	support_failed(m, add(m, ANN, more, &change, &again), MENTOR_REFUSED, "with other consent");
	support_failed(m, add(m, ANN, wrong, &change, &again), MENTOR_INVALID, "quoted nowhere");
	support_failed(m, add(m, GUS, inside, &change, &again), MENTOR_NOT_FOUND, "p7 is not in the cohort");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_change_set_up, support_change_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_quoted_is_what_consent_allows),
		TEST(a_side_of_enough_people_is_named),
		TEST(consent_is_narrowed_and_withdrawn_at_once),
		TEST(the_same_again_is_unchanged_and_strangers_say_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
