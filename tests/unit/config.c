/* config.c (test): the configuration file. */
#include "support.h"

#include <stdio.h>

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

static const char *changed(struct mentor *m, const char *text, const char *key, const char *value)
{
	static char kept[400];
	struct mentor_buf b = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_config_set(m, "config.yaml", text, strlen(text), key, value, &b);
	snprintf(kept, sizeof(kept), "%s", status ? mentor_error(m)->message : mentor_buf_text(&b));
	mentor_buf_free(&b);
	return kept;
}

static void one_key_is_changed_and_every_other_line_stays(void **state)
{
	struct mentor *m = mentor_new();
	(void)state;
	assert_string_equal(changed(m, "", "cohort", "spring"), "cohort: spring\n");
	assert_string_equal(changed(m, "# mine\n\n", "cohort", "spring"), "# mine\n\ncohort: spring\n");
	assert_string_equal(changed(m, "# mine\ncohort: x # why\nactor: \"7\"\n", "cohort", "spring"), "# mine\ncohort: spring\nactor: \"7\"\n");
	assert_string_equal(changed(m, "pager: >\n  less\n  -R\ncohort: x", "pager", "cat"), "pager: cat\ncohort: x\n");
	assert_string_equal(changed(m, "db: a\ncohort: x\n", "cohort", NULL), "db: a\n");
	assert_string_equal(changed(m, "cohort: x\n", "cohort", NULL), "");
	assert_string_equal(changed(m, "", "actor", "7"), "actor: \"7\"\n");
	assert_string_equal(changed(m, "", "lock_wait", "60"), "lock_wait: 60\n");
	assert_string_equal(changed(m, "", "actor", "Sam: \"S\""), "actor: \"Sam: \\\"S\\\"\"\n");
	mentor_free(m);
}

static void what_a_file_cannot_hold_is_refused(void **state)
{
	struct mentor *m = mentor_new();
	(void)state;
	assert_string_equal(changed(m, "", "lock_wait", "soon"), "'soon' is not a whole number from 0 to 86400");
	assert_string_equal(changed(m, "", "lockwait", "60"), "there is no key 'lockwait': did you mean 'lock_wait'?");
	assert_string_equal(changed(m, "cohrt: x\n", "db", "a"), "unknown key");
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
	assert_int_equal(n, 7);
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_given_stays_unset),
		cmocka_unit_test(mistakes_are_found_with_their_place_and_nothing_is_taken),
		cmocka_unit_test(one_key_is_changed_and_every_other_line_stays),
		cmocka_unit_test(what_a_file_cannot_hold_is_refused),
		cmocka_unit_test(its_keys_can_be_listed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
