/* ticket.c (test): tokens: given out once, found however they are written, used up, and never kept. */
#include "ticket.h"

#include "support_world.h"

static int set_up(void **state)
{
	*state = (void *)(uintptr_t)support_survey_anonymous;
	return support_survey_set_up(state);
}

struct issued {
	int64_t n, issued;
	char token[32];
};

static enum mentor_status keep(void *arg, const void *record)
{
	struct issued *i = arg;
	const struct mentor_survey_ticket *t = record;
	i->n++;
	i->issued += t->token != NULL;
	assert_int_equal(t->token != NULL, strcmp(t->change, "issued") == 0);
	if (t->token && !*i->token)
		strcpy(i->token, t->token);
	return MENTOR_OK;
}

static struct issued issue(struct mentor *m, bool again)
{
	struct issued i = { 0 };
	assert_int_equal(mentor_survey_issue(m, 1, "view", "before", NULL, again, keep, &i), MENTOR_OK);
	return i;
}

static struct ticket find(struct mentor *m, const char *stage, const char *token)
{
	struct survey_view v;
	struct ticket t;
	assert_int_equal(survey_open_one(&v, m, 1, "view"), MENTOR_OK);
	assert_int_equal(ticket_find(&v, stage, token, &t), MENTOR_OK);
	survey_close(&v);
	return t;
}

static void a_token_is_found_however_it_is_written_and_for_its_stage_only(void **state)
{
	struct issued i = issue(*state, false);
	char plain[32] = "";
	size_t n = 0;
	assert_int_equal(i.n, 12);
	assert_int_equal(i.issued, 12);
	for (const char *p = i.token; *p; p++)
		if (*p != '-')
			plain[n++] = (char)(*p >= 'a' ? *p - 'a' + 'A' : *p);
	assert_int_equal(n, 20);
	assert_true(find(*state, "before", i.token).id > 0);
	assert_int_equal(find(*state, "before", plain).id, find(*state, "before", i.token).id);
	assert_int_equal(find(*state, "after", i.token).id, 0);
	assert_int_equal(find(*state, "before", "").id, 0);
	assert_int_equal(find(*state, "before", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee").id, 0);
}

static void a_new_token_voids_the_old_one_and_who_has_answered_gets_none(void **state)
{
	struct mentor *m = *state;
	struct issued first = issue(m, false), second = issue(m, false);
	assert_int_equal(second.issued, 0);
	support_sql(m, "UPDATE ticket SET used = 1 WHERE enrolment_id = 1");
	second = issue(m, true);
	assert_int_equal(second.issued, 11);
	assert_int_equal(support_number(m, "SELECT count(*) FROM ticket"), 12);
	if (first.token[0])
		assert_true(find(m, "before", first.token).id == 0 || find(m, "before", first.token).used);
}

static enum mentor_status ignore(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return MENTOR_OK;
}

static void few_answers_by_token_are_refused_unless_no_more_will_come(void **state)
{
	struct mentor *m = *state;
	struct issued i = issue(m, false);
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_fmt(&b, "Token,How well?,How often?,About what?,Your hopes?\n%s,4,,,\n", i.token);
	const struct mentor_survey_file file = { "a.csv", b.data, b.len };
	assert_int_equal(mentor_survey_import_files(m, 1, "view", "before", &file, 1, 0, false, ignore, NULL), MENTOR_REFUSED);
	assert_int_equal(support_number(m, "SELECT count(*) FROM ticket WHERE used = 1"), 0);
	assert_int_equal(mentor_survey_import_files(m, 1, "view", "before", &file, 1, 0, true, ignore, NULL), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM ticket WHERE used = 1"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM response WHERE respondent_id IS NULL"), 1);
	mentor_buf_free(&b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, support_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_token_is_found_however_it_is_written_and_for_its_stage_only),
		TEST(a_new_token_voids_the_old_one_and_who_has_answered_gets_none),
		TEST(few_answers_by_token_are_refused_unless_no_more_will_come),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
