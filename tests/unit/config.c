/* config.c (test): the configuration file. */
#include "support.h"

static enum mentor_status read(struct mentor *m, const char *yaml, struct mentor_config *c)
{
	return mentor_config_read(m, "config.yaml", yaml, strlen(yaml), c);
}

static void what_is_not_given_stays_unset(void **state)
{
	struct mentor *m = mentor_new();
	struct mentor_config c = { .db = "untouched" };
	(void)state;
	assert_int_equal(read(m, "db: /srv/mentor.db\ncolor: never\n", &c), MENTOR_OK);
	assert_string_equal(c.db, "/srv/mentor.db");
	assert_int_equal(c.color, 2);
	assert_null(c.cohort);
	assert_true(c.lock_wait == MENTOR_NONE);
	mentor_free(m);
}

static void mistakes_are_found_with_their_place_and_nothing_is_taken(void **state)
{
	struct mentor *m = mentor_new();
	struct mentor_config c = { .db = "untouched" };
	(void)state;
	assert_int_equal(read(m, "cohrt: x\nlock_wait: soon\n", &c), MENTOR_INVALID);
	assert_int_equal(mentor_error(m)->n_problems, 2);
	assert_string_equal(mentor_error(m)->problems[0].hint, "did you mean 'cohort'?");
	assert_int_equal(mentor_error(m)->problems[1].place.line, 2);
	assert_string_equal(c.db, "untouched");
	mentor_free(m);
}

static enum mentor_status count(void *arg, const struct mentor_key *key)
{
	assert_non_null(key->help);
	++*(int *)arg;
	return MENTOR_OK;
}

static void its_keys_can_be_listed(void **state)
{
	struct mentor *m = mentor_new();
	int n = 0;
	(void)state;
	assert_int_equal(mentor_config_keys(m, count, &n), MENTOR_OK);
	assert_int_equal(n, 6);
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_given_stays_unset),
		cmocka_unit_test(mistakes_are_found_with_their_place_and_nothing_is_taken),
		cmocka_unit_test(its_keys_can_be_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
