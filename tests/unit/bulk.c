/* bulk.c (test): many rows in one statement, and what is left of them. */
#include "support.h"

#include "bulk.h"

#include <stdio.h>

static int set_up(void **state)
{
	*state = support_store();
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

enum { AT_ONCE = BULK_VALUES / 2 }; /* rows of two values in one statement */

struct tally {
	int64_t rows, sum;
};

static enum mentor_status add(void *arg, const struct db_rows *rows)
{
	struct tally *t = arg;
	t->rows++;
	t->sum += db_number(rows, 0);
	return MENTOR_OK;
}

/* Adds people 1 to n; the statement is good for AT_ONCE of them. */
static enum mentor_status add_people(struct mentor *m, int n, struct tally *t)
{
	char texts[3 * AT_ONCE][32];
	struct bulk b = { .m = m, .head = "INSERT INTO person (email, name) VALUES ", .tail = " RETURNING id", .columns = 2, .each = add, .arg = t };
	enum mentor_status status = MENTOR_OK;
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	for (int i = 0; !status && i < n; i++) {
		snprintf(texts[i], sizeof(texts[i]), "p%d@example.org", i + 1);
		const struct db_value row[] = { DB_TEXT(texts[i]), DB_TEXT("Person") };
		status = bulk_row(&b, row);
	}
	status = bulk_end(&b, status);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

static void every_row_gets_in_whatever_their_number(void **state)
{
	static const int numbers[] = { 0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE, 3 * AT_ONCE - 1 };
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		struct mentor *m = support_store();
		struct tally t = { 0, 0 };
		int64_t n = numbers[i];
		assert_int_equal(add_people(m, numbers[i], &t), MENTOR_OK);
		assert_int_equal(t.rows, n);
		assert_int_equal(t.sum, n * (n + 1) / 2);
		assert_int_equal(support_number(m, "SELECT count(*) FROM person"), n);
		mentor_free(m);
	}
	(void)state;
}

static void a_list_to_look_up_has_a_value_before_it(void **state)
{
	struct mentor *m = *state;
	struct tally t = { 0, 0 };
	assert_int_equal(add_people(m, BULK_VALUES + 20, &t), MENTOR_OK);
	t = (struct tally){ 0, 0 };
	struct bulk b = { .m = m, .before = &DB_NUMBER(BULK_VALUES), .head = "SELECT id FROM person WHERE id > $1 AND id IN (", .tail = ")", .columns = 1,
		.each = add, .arg = &t };
	enum mentor_status status = MENTOR_OK;
	for (int64_t i = 1; !status && i <= BULK_VALUES + 30; i++)
		status = bulk_row(&b, &DB_NUMBER(i));
	assert_int_equal(bulk_end(&b, status), MENTOR_OK);
	assert_int_equal(t.rows, 20);
}

static void a_row_that_is_refused_fails_the_whole(void **state)
{
	struct mentor *m = *state;
	struct tally t = { 0, 0 };
	assert_int_equal(add_people(m, 3, &t), MENTOR_OK);
	assert_int_equal(add_people(m, 60, &t), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "another person has this address already");
	assert_int_equal(support_number(m, "SELECT count(*) FROM person"), 3);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_row_gets_in_whatever_their_number),
		TEST(a_list_to_look_up_has_a_value_before_it),
		TEST(a_row_that_is_refused_fails_the_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
