/* ethnic.c (test): the crosswalk leads from newer lists to older ones, and every group has a name in each. */
#include "ethnic.h"

#include "support.h"

struct seen {
	int rows, in_2021, in_2011, in_2001, nearest;
	char codes_2001[64];
};

static enum mentor_status look(void *arg, const void *record)
{
	struct seen *s = arg;
	const struct mentor_ethnic_group *g = record;
	s->rows++;
	s->in_2021 += g->newest != NULL;
	s->in_2011 += g->census != NULL;
	s->in_2001 += g->nhs != NULL;
	s->nearest += g->nearest != NULL;
	if (!strstr(s->codes_2001, g->nhs))
		strcat(s->codes_2001, g->nhs);
	assert_non_null(g->group);
	assert_int_equal(g->newest != NULL, g->census != NULL);
	return MENTOR_OK;
}

static void each_group_of_the_newest_list_has_one_in_the_older_ones(void **state)
{
	struct seen s = { 0 };
	(void)state;
	assert_int_equal(mentor_ethnic_groups(NULL, look, &s), MENTOR_OK);
	assert_int_equal(s.in_2021, 19);
	assert_int_equal(s.in_2001, s.rows);
	assert_int_equal(s.nearest, 3); /* Roma, Gypsy or Irish Traveller, Arab */
	assert_string_equal(s.codes_2001, "ABCDEFGHJKRLMNPSZ");
}

static void names(enum ethnic_list list, const char *word, const char *expected)
{
	struct mentor_buf all = MENTOR_BUF_INIT;
	const char *name = NULL;
	for (int at = 0; (name = ethnic_name(list, word, at)); at++)
		mentor_buf_fmt(&all, "%s%s", at ? " < " : "", name);
	assert_string_equal(mentor_buf_text(&all), expected);
	mentor_buf_free(&all);
}

static void names_go_from_the_narrowest_to_the_broadest(void **state)
{
	(void)state;
	names(ETHNIC_GSS_2021, "Roma", "Roma < Any other White background < White - Any other White background < White < white");
	names(ETHNIC_ONS_2011, "3", "Gypsy or Irish Traveller < White - Any other White background < White < white");
	names(ETHNIC_NHS_2001, "c", "White - Any other White background < White < white");
	names(ETHNIC_NHS_2001, "Z", "Not stated < Not stated < Prefer not to say < I prefer not to say < not-stated");
	names(ETHNIC_ONS_2011, "Z", "");
	names(ETHNIC_GSS_2021, "20", "");
}

/* Chinese is the same people in all lists; which broad group that is changed in 2011. */
static void chinese_stands_under_other_in_2001_and_under_asian_since_2011(void **state)
{
	(void)state;
	assert_string_equal(ethnic_name(ETHNIC_NHS_2001, "R", 0), "Other Ethnic Groups - Chinese");
	assert_string_equal(ethnic_name(ETHNIC_NHS_2001, "R", 1), "Other ethnic group");
	assert_string_equal(ethnic_name(ETHNIC_ONS_2011, "chinese", 2), "Asian or Asian British");
}

/* The order of Caribbean and African was turned round between the two censuses. */
static void caribbean_and_african_are_not_mixed_up(void **state)
{
	(void)state;
	assert_string_equal(ethnic_name(ETHNIC_GSS_2021, "15", 0), "Caribbean");
	assert_string_equal(ethnic_name(ETHNIC_ONS_2011, "15", 0), "Caribbean");
	assert_string_equal(ethnic_name(ETHNIC_ONS_2011, "14", 1), "Black or Black British - African");
	assert_string_equal(ethnic_name(ETHNIC_NHS_2001, "M", 0), "Black or Black British - Caribbean");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_group_of_the_newest_list_has_one_in_the_older_ones),
		cmocka_unit_test(names_go_from_the_narrowest_to_the_broadest),
		cmocka_unit_test(chinese_stands_under_other_in_2001_and_under_asian_since_2011),
		cmocka_unit_test(caribbean_and_african_are_not_mixed_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
