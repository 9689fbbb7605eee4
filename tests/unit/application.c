/* application.c (test): importing exports of an application form. */
#include "support.h"

#include <stdio.h>

static int set_up(void **state)
{
	*state = support_cohort();
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

struct tally {
	int added, updated, differs, unchanged;
};

static enum mentor_status count(void *arg, const struct mentor_import_row *row)
{
	struct tally *t = arg;
	t->added += strcmp(row->change, "added") == 0;
	t->updated += strcmp(row->change, "updated") == 0;
	t->differs += strcmp(row->change, "differs") == 0;
	t->unchanged += strcmp(row->change, "unchanged") == 0;
	return MENTOR_OK;
}

static enum mentor_status import(struct mentor *m, const char *csv, struct tally *t)
{
	*t = (struct tally){ 0 };
	return mentor_enrol_import(m, 1, "form.csv", csv, strlen(csv), 0, count, t);
}

#define HEADING "ID,Email,Name,Role,Where,Topics\n"

static void rows_become_people_enrolments_and_answers(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	assert_int_equal(import(m, HEADING "1,Ann@Example.org, Ann ,Mentor,Parks,a; b;\n2,ben@example.org,Ben,Mentee,,\n", &t), MENTOR_OK);
	assert_int_equal(t.added, 2);
	assert_int_equal(support_number(m, "SELECT count(*) FROM person WHERE email = 'ann@example.org' AND name = 'Ann' AND directorate = 'Parks'"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE state = 'applied' AND applied_on = '2026-03-02' AND response IN ('1', '2')"), 2);
	assert_int_equal(support_number(m, "SELECT count(*) FROM answer WHERE question = 'topics' AND value IN ('a', 'b')"), 2);
}

static void the_same_file_again_changes_nothing(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	static const char csv[] = HEADING "1,ann@example.org,Ann,Mentor,Parks,a\n";
	assert_int_equal(import(m, csv, &t), MENTOR_OK);
	uint64_t before = support_fingerprint(m);
	assert_int_equal(import(m, csv, &t), MENTOR_OK);
	assert_int_equal(t.unchanged, 1);
	assert_true(support_fingerprint(m) == before);
}

static void gaps_are_filled_and_what_is_recorded_stays(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	assert_int_equal(import(m, HEADING "1,ann@example.org,Ann,Mentor,,\n", &t), MENTOR_OK);
	assert_int_equal(import(m, HEADING "1,ann@example.org,Ann,Mentor,Parks,\n", &t), MENTOR_OK);
	assert_int_equal(t.updated, 1);
	assert_int_equal(import(m, HEADING "1,ann@example.org,Anna,Mentor,Roads,\n", &t), MENTOR_OK);
	assert_int_equal(t.differs, 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM person WHERE name = 'Ann' AND directorate = 'Parks'"), 1);
}

/* One broken file, and what is said of it. */
static void nothing_is_taken_from_a_file_with_mistakes(void **state)
{
	static const struct {
		const char *csv;
		long row;
		const char *field, *message;
	} broken[] = {
		{ HEADING "1,ann@example.org,Ann,Mentor,Parks,\n2,ben,Ben,Mentee,,\n", 2, "Email", "'ben' is not an e-mail address" },
		{ HEADING "1,ann@example.org,Ann,Boss,,\n", 1, "Role", "\"Boss\" is not \"Mentor\" or \"Mentee\"" },
		{ HEADING "1,,Ann,Mentor,,\n", 1, "Email", "the cell is empty" },
		{ HEADING "1,ann@example.org,Ann,,,\n", 1, "Role", "the cell is empty" },
		{ HEADING "1,ann@example.org,Ann,Mentor,\n", 1, NULL, "row 1 has 5 cells, the heading has 6" },
		{ HEADING "1,ann@example.org,\"Ann,Mentor,Parks,\n", 0, NULL, NULL },
		{ HEADING "1,ann@example.org,Ann,Mentor,,\n2,ANN@example.org,Ann,Mentor,,\n", 2, "Email", "ann@example.org has applied in row 1 already" },
		{ HEADING "1,ann@example.org,Ann,Mentor,,\n1,ben@example.org,Ben,Mentor,,\n", 2, "ID", "row 1 has the number 1 already" },
		{ "ID,Email,Name,Role,Where,Shoe,Topics\n", 0, "Shoe", "the programme does not know this heading" },
		{ "ID,Email,Name,Rolle,Where,Topics\n", 0, "Role", "the heading is missing" },
		{ "ID\n1\n", 0, NULL, "the file has one column only" },
		{ "", 0, NULL, "the file is empty" },
		{ HEADING "1,ann@example.org,\xff,Mentor,,\n", 0, NULL, NULL },
	};
	struct mentor *m = *state;
	uint64_t before = support_fingerprint(m);
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct tally t;
		assert_int_equal(import(m, broken[i].csv, &t), MENTOR_INVALID);
		const struct mentor_error *e = mentor_error(m);
		const struct mentor_place *place = e->n_problems > 1 ? &e->problems[0].place : &e->place;
		const char *message = e->n_problems > 1 ? e->problems[0].message : e->message;
		if (broken[i].message)
			assert_string_equal(message, broken[i].message);
		if (broken[i].field)
			assert_string_equal(place->field, broken[i].field);
		if (broken[i].row)
			assert_int_equal(place->row, broken[i].row);
		assert_string_equal(e->state, "nothing imported");
		assert_true(support_fingerprint(m) == before);
	}
}

static void a_thousand_applications_find_the_one_that_comes_twice(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf csv = MENTOR_BUF_INIT;
	struct tally t;
	mentor_buf_str(&csv, HEADING);
	for (int i = 1; i <= 1000; i++)
		mentor_buf_fmt(&csv, "%d,person%d@example.org,Person %d,Mentor,Parks,a;b\n", i, i == 1000 ? 17 : i, i);
	assert_int_equal(import(m, mentor_buf_text(&csv), &t), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "person17@example.org has applied in row 17 already");
	assert_int_equal(mentor_error(m)->place.row, 1000);
	mentor_buf_free(&csv);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_become_people_enrolments_and_answers),
		TEST(the_same_file_again_changes_nothing),
		TEST(gaps_are_filled_and_what_is_recorded_stays),
		TEST(nothing_is_taken_from_a_file_with_mistakes),
		TEST(a_thousand_applications_find_the_one_that_comes_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
