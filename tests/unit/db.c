/* db.c (test): statements, texts that are lost, and constraints in plain words. */
#include "support.h"

#include "equality_db.h"

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

/* The name that stands behind every `word` of the schema, whichever version brought it: a constraint's, a trigger's message. */
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

/* ---- the wall around equality monitoring ---- */

static enum mentor_status try(struct mentor *m, const char *sql)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	enum mentor_status status = db_run(m, sql, DB_NO_ARGS);
	mentor_rollback(m);
	return status;
}

/* The same statement, refused, run inside, and refused again although it is in the cache by then. */
static void demand_wall(struct mentor *m, const char *sql)
{
	for (int pass = 0; pass < 2; pass++) {
		if (try(m, sql) != MENTOR_BUG)
			fail_msg("pass %d went through the wall: %s", pass, sql);
		assert_non_null(strstr(mentor_error(m)->message, "keeps the answers of equality monitoring from"));
		db_equality(m, true);
		enum mentor_status status = try(m, sql);
		db_equality(m, false);
		if (status)
			fail_msg("%s: %s", sql, mentor_error(m)->message);
	}
}

static void add_answers(struct mentor *m)
{
	support_sql(m, "INSERT INTO programme (id, slug, title) VALUES (1, 'p', 'P')");
	support_sql(m, "INSERT INTO revision (id, programme_id, number, hash, source, imported_at) VALUES (1, 1, 1, 'h', 'y', 'now')");
	support_sql(m, "INSERT INTO cohort (id, slug, title, programme_id, revision_id) VALUES (1, 'c', 'C', 1, 1)");
	support_sql(m, "INSERT INTO person (id, email, name) VALUES (1, 'ann@example.org', 'Ann'), (2, 'ben@example.org', 'Ben')");
	db_equality(m, true);
	support_sql(m, "INSERT INTO equality_basis (id, cohort_id, purpose, basis, seen_by, months) VALUES (1, 1, 'p', 'b', 's', 12)");
	support_sql(m, "INSERT INTO equality_subject (id, basis_id, cohort_id, person_id) VALUES (7, 1, 1, 1)");
	support_sql(m, "INSERT INTO equality_answer (id, subject_id, question, position, value) VALUES (9, 7, 'group', 0, 'secret')");
	db_equality(m, false);
}

static void no_statement_reaches_monitoring_answers_from_outside(void **state)
{
	static const char *const statements[] = {
		"SELECT value FROM equality_answer",
		"SELECT value FROM Equality_ANSWER",
		"SELECT value FROM \"equality_answer\"",
		"SELECT value FROM main.equality_answer",
		"SELECT count(*) FROM equality_answer",
		"SELECT 1 FROM equality_answer",
		"SELECT 1 FROM equality_objection",
		"SELECT 1 FROM equality_basis",
		"SELECT rowid FROM equality_subject",
		"SELECT name FROM person WHERE id IN (SELECT person_id FROM equality_subject)",
		"SELECT (SELECT value FROM equality_answer), name FROM person",
		"SELECT name FROM person p JOIN equality_subject s ON s.person_id = p.id",
		"SELECT name FROM person UNION SELECT value FROM equality_answer",
		"WITH x AS (SELECT * FROM equality_answer) SELECT value FROM x",
		"SELECT name FROM person ORDER BY (SELECT count(*) FROM equality_subject s WHERE s.person_id = person.id)",
		"INSERT INTO equality_objection (person_id, objected_on) VALUES (2, '2026-03-02')",
		"INSERT INTO person (email, name) SELECT value, value FROM equality_answer",
		"INSERT INTO person (id, email, name) VALUES (1, 'x', 'y') ON CONFLICT (id) DO UPDATE SET name = (SELECT value FROM equality_answer)",
		"UPDATE equality_answer SET value = 'other'",
		"UPDATE person SET name = (SELECT value FROM equality_answer) WHERE id = 1",
		"UPDATE person SET name = a.value FROM equality_answer a",
		"DELETE FROM equality_answer",
		"DELETE FROM equality_subject WHERE person_id = 1",
		"DELETE FROM person WHERE id = 2 AND EXISTS (SELECT 1 FROM equality_answer)",
		"CREATE TABLE copy AS SELECT * FROM equality_answer",
		"ALTER TABLE equality_answer RENAME TO other",
		"ALTER TABLE equality_answer DROP COLUMN value",
		"CREATE INDEX other ON equality_answer (value)",
		"CREATE TRIGGER t AFTER INSERT ON equality_answer BEGIN UPDATE person SET name = NEW.value; END",
		"DROP TABLE equality_answer",
		"DROP INDEX equality_subject_person",
	};
	struct mentor *m = *state;
	add_answers(m);
	uint64_t before = support_fingerprint(m);
	for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++)
		demand_wall(m, statements[i]);
	assert_true(support_fingerprint(m) == before);
}

/* They name no such table themselves; what stands behind them does. */
static void neither_views_nor_triggers_reach_monitoring_answers_from_outside(void **state)
{
	struct mentor *m = *state;
	add_answers(m);
	support_sql(m, "CREATE VIEW seen AS SELECT value, subject_id FROM equality_answer");
	support_sql(m, "CREATE VIEW farther AS SELECT value FROM seen");
	support_sql(m, "CREATE TRIGGER near AFTER UPDATE OF job ON person BEGIN UPDATE person SET name = (SELECT value FROM equality_answer); END");
	support_sql(m, "CREATE TRIGGER farther_trigger AFTER INSERT ON person BEGIN UPDATE person SET job = 'x'; END");
	support_sql(m, "CREATE TEMP TRIGGER own AFTER DELETE ON session BEGIN DELETE FROM equality_answer; END");
	demand_wall(m, "SELECT value FROM seen");
	demand_wall(m, "SELECT count(*) FROM seen");
	demand_wall(m, "SELECT value FROM farther");
	demand_wall(m, "SELECT name FROM person WHERE name IN (SELECT value FROM seen)");
	demand_wall(m, "UPDATE person SET job = 'x' WHERE id = 1");
	demand_wall(m, "INSERT INTO person (email, name) VALUES ('cy@example.org', 'Cy')");
	demand_wall(m, "DELETE FROM session");
}

/* A change of the schema makes SQLite prepare a statement again that it runs, and ask again what it may. */
static void a_view_that_is_changed_under_a_statement_does_not_let_it_in(void **state)
{
	struct mentor *m = *state;
	add_answers(m);
	support_sql(m, "CREATE VIEW seen AS SELECT name AS value FROM person");
	assert_int_equal(try(m, "SELECT value FROM seen"), MENTOR_OK);
	support_sql(m, "DROP VIEW seen");
	support_sql(m, "CREATE VIEW seen AS SELECT value FROM equality_answer");
	assert_int_equal(try(m, "SELECT value FROM seen"), MENTOR_BUG);
	support_sql(m, "CREATE TABLE more (id INTEGER)");
	assert_int_equal(try(m, "SELECT value FROM equality_answer"), MENTOR_BUG);
}

static void rows_begun_inside_the_wall_are_not_read_on_outside(void **state)
{
	struct mentor *m = *state;
	struct db_rows *rows = NULL;
	bool more = true;
	add_answers(m);
	db_equality(m, true);
	assert_int_equal(db_query(m, "SELECT value FROM equality_answer", DB_NO_ARGS, &rows), MENTOR_OK);
	db_equality(m, false);
	assert_int_equal(db_next(rows, &more), MENTOR_BUG);
	db_done(rows);
	db_equality(m, true);
	assert_int_equal(db_query(m, "SELECT value FROM equality_answer", DB_NO_ARGS, &rows), MENTOR_OK);
	assert_int_equal(db_next(rows, &more), MENTOR_OK);
	assert_string_equal(db_text(rows, 0), "secret");
	db_equality(m, false);
	/* a statement that is running gets a sibling, which is asked as well */
	struct db_rows *sibling = NULL;
	assert_int_equal(db_query(m, "SELECT value FROM equality_answer", DB_NO_ARGS, &sibling), MENTOR_BUG);
	assert_null(sibling);
	assert_int_equal(db_next(rows, &more), MENTOR_BUG);
	db_done(rows);
}

static void what_sqlite_does_by_itself_goes_on_behind_the_wall(void **state)
{
	struct mentor *m = *state;
	int64_t from = 0, to = 0;
	add_answers(m);
	support_sql(m, "UPDATE person SET name = 'Anna', email = 'anna@example.org' WHERE id = 1");
	support_sql(m, "DELETE FROM person WHERE id = 2");
	assert_int_equal(support_number(m, "SELECT count(*) FROM person"), 1);
	/* whoever has answered stays */
	assert_int_equal(try(m, "DELETE FROM person WHERE id = 1"), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "something this refers to does not exist, or is still in use");
	assert_int_equal(try(m, "DELETE FROM cohort"), MENTOR_REFUSED);
	assert_int_equal(mentor_store_migrate(m, &from, &to), MENTOR_OK);
	assert_int_equal(db_run(m, "VACUUM", DB_NO_ARGS), MENTOR_OK);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	db_equality(m, true);
	assert_int_equal(support_number(m, "SELECT count(*) FROM equality_answer WHERE value = 'secret'"), 1);
	db_equality(m, false);
	demand_wall(m, "SELECT value FROM equality_answer");
}

static void a_store_opened_anew_is_closed_again(void **state)
{
	struct mentor *m = *state;
	db_equality(m, true);
	assert_int_equal(mentor_open(m, NULL, MENTOR_OPEN_MEMORY | MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	assert_int_equal(try(m, "SELECT 1 FROM equality_answer"), MENTOR_BUG);
	mentor_close(m);
	db_equality(m, true); /* there is none: no harm */
	assert_int_equal(mentor_open(m, NULL, MENTOR_OPEN_MEMORY | MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	assert_int_equal(try(m, "SELECT 1 FROM equality_answer"), MENTOR_BUG);
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
		TEST(no_statement_reaches_monitoring_answers_from_outside),
		TEST(neither_views_nor_triggers_reach_monitoring_answers_from_outside),
		TEST(a_view_that_is_changed_under_a_statement_does_not_let_it_in),
		TEST(rows_begun_inside_the_wall_are_not_read_on_outside),
		TEST(what_sqlite_does_by_itself_goes_on_behind_the_wall),
		TEST(a_store_opened_anew_is_closed_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
