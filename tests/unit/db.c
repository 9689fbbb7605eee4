/* db.c (test): statements, texts that are lost, and constraints in plain words. */
#include "support.h"

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

/* ---- constraints ---- */

static void demand_row(const char *message)
{
	if (!db_constraint(message))
		fail_msg("lib/db.c has no plain words for: %s", message);
}

/* The name that stands behind every `word` of the schema: a constraint's, a trigger's message. */
static void demand_rows_behind(const char *word, const char *prefix, const char *end)
{
	int found = 0;
	for (const char *const *sql = db_sqlite_driver.migrations; *sql; sql++)
		for (const char *p = strstr(*sql, word); p; p = strstr(p, word), found++) {
			char message[256];
			p += strlen(word);
			snprintf(message, sizeof(message), "%s%.*s", prefix, (int)strcspn(p, end), p);
			demand_row(message);
		}
	assert_true(found > 0);
}

static void every_named_check_has_plain_words(void **state)
{
	(void)state;
	demand_rows_behind("CONSTRAINT ", "CHECK constraint failed: ", " \n(");
}

static void every_trigger_that_refuses_has_plain_words(void **state)
{
	(void)state;
	demand_rows_behind("raise(ABORT, '", "", "'");
}

/* SQLite tells the columns of an index, and the name of one over an expression. */
static void every_unique_index_has_plain_words(void **state)
{
	static const char sql[] = "SELECT t.name, i.name, c.name FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c "
				  "WHERE t.type = 'table' AND i.\"unique\" ORDER BY i.name, c.seqno";
	struct mentor *m = *state;
	struct db_rows *rows = NULL;
	bool more = true, expression = false;
	char index[128] = "", columns[512] = "";
	int n = 0;
	assert_int_equal(db_query(m, sql, DB_NO_ARGS, &rows), MENTOR_OK);
	while (more) {
		assert_int_equal(db_next(rows, &more), MENTOR_OK);
		bool another = !more || strcmp(index, db_text(rows, 1)) != 0;
		if (another && *index) {
			char message[700];
			snprintf(message, sizeof(message), expression ? "UNIQUE constraint failed: index '%s'" : "UNIQUE constraint failed: %s",
			    expression ? index : columns);
			demand_row(message);
			n++;
		}
		if (!more)
			break;
		if (another) {
			snprintf(index, sizeof(index), "%s", db_text(rows, 1));
			columns[0] = '\0';
			expression = false;
		}
		size_t len = strlen(columns);
		expression = expression || !db_text(rows, 2);
		snprintf(columns + len, sizeof(columns) - len, "%s%s.%s", len ? ", " : "", db_text(rows, 0), db_text(rows, 2) ? db_text(rows, 2) : "");
	}
	db_done(rows);
	assert_true(n >= 10);
}

static void what_is_missing_is_not_told_as_what_is_there_twice(void **state)
{
	struct mentor *m = *state;
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m, "INSERT INTO person (email, name) VALUES (NULL, 'Ann')", DB_NO_ARGS), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "something that has to be there is missing");
	mentor_rollback(m);
	support_sql(m, "INSERT INTO person (email, name) VALUES ('ann@example.org', 'Ann')");
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m, "INSERT INTO person (email, name) VALUES ('ann@example.org', 'Ann')", DB_NO_ARGS), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "another person has this address already");
	mentor_rollback(m);
}

/* ---- texts there is no memory for ---- */

/* The next call of the driver fails; asking whether a value is null is not one that can. */
static void fail_next_call(void)
{
	support_calls = 0;
	support_fail_at = 1;
}

static void a_text_that_is_lost_is_not_taken_for_null(void **state)
{
	struct mentor *m = *state;
	struct db_rows *rows = NULL;
	bool more = false;
	assert_int_equal(db_query(m, "SELECT 'a', NULL", DB_NO_ARGS, &rows), MENTOR_OK);
	assert_int_equal(db_next(rows, &more), MENTOR_OK);
	assert_int_equal(db_whole(rows), MENTOR_OK);
	fail_next_call();
	assert_null(db_text(rows, 1)); /* null needs no memory */
	assert_string_equal(db_text(rows, 0), "");
	support_fail_at = 0;
	assert_int_equal(db_whole(rows), MENTOR_NO_MEMORY);
	more = true;
	assert_int_equal(db_next(rows, &more), MENTOR_NO_MEMORY);
	assert_true(more);
	db_done(rows);
	assert_int_equal(db_query(m, "SELECT 'a', NULL", DB_NO_ARGS, &rows), MENTOR_OK); /* the same statement again is whole */
	assert_int_equal(db_next(rows, &more), MENTOR_OK);
	assert_string_equal(db_text(rows, 0), "a");
	db_done(rows);
}

static void a_text_that_is_lost_dooms_the_transaction(void **state)
{
	struct mentor *m = *state;
	struct db_rows *rows = NULL;
	bool more = false;
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_query(m, "SELECT 'a'", DB_NO_ARGS, &rows), MENTOR_OK);
	assert_int_equal(db_next(rows, &more), MENTOR_OK);
	fail_next_call();
	assert_string_equal(db_text(rows, 0), "");
	support_fail_at = 0;
	db_done(rows);
	assert_int_equal(mentor_commit(m), MENTOR_NO_MEMORY);
}

/* ---- revisions ---- */

static void right_after_a_commit_the_revision_needs_no_query(void **state)
{
	struct mentor *m = *state;
	int64_t revision = -1;
	support_sql(m, "INSERT INTO person (email, name) VALUES ('ann@example.org', 'Ann')");
	fail_next_call();
	assert_int_equal(mentor_revision(m, &revision), MENTOR_OK);
	assert_int_equal(support_calls, 0);
	support_fail_at = 0;
	assert_int_equal(revision, 1);
	assert_int_equal(mentor_snapshot(m), MENTOR_OK);
	fail_next_call();
	assert_true(mentor_revision(m, &revision) != MENTOR_OK);
	support_fail_at = 0;
	mentor_rollback(m);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_named_check_has_plain_words),
		cmocka_unit_test(every_trigger_that_refuses_has_plain_words),
		TEST(every_unique_index_has_plain_words),
		TEST(what_is_missing_is_not_told_as_what_is_there_twice),
		TEST(a_text_that_is_lost_is_not_taken_for_null),
		TEST(a_text_that_is_lost_dooms_the_transaction),
		TEST(right_after_a_commit_the_revision_needs_no_query),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
