/* audit.c (test): no change without an entry, no entry with personal data, and no way to change the trail that does not show. */
#include "support.h"

#include "audit.h"

#include <stdio.h>
#include <stdlib.h>

static int set_up(void **state)
{
	struct mentor *m = support_cohort();
	assert_int_equal(mentor_set_origin(m, "sam", "person add"), MENTOR_OK);
	support_person(m, "ann", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bob", "Parks", MENTOR_ROLE_MENTEE);
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

/** What a walk says. */
struct seen {
	struct mentor_buf text;
	char head[80];
	int64_t entries;
};

static enum mentor_status note(void *arg, const void *record)
{
	const struct mentor_audit_entry *e = record;
	struct seen *s = arg;
	mentor_buf_fmt(&s->text, "%s|%s|%d|%s;", e->actor, e->command, (int)e->kind, e->records);
	return MENTOR_OK;
}

static enum mentor_status note_head(void *arg, const void *record)
{
	const struct mentor_audit_head *h = record;
	struct seen *s = arg;
	s->entries = h->entries;
	snprintf(s->head, sizeof(s->head), "%s", h->head ? h->head : "");
	return MENTOR_OK;
}

static enum mentor_status look(struct mentor *m, const char *anchor, struct seen *s)
{
	memset(s, 0, sizeof(*s));
	return mentor_audit(m, NULL, true, anchor, note, note_head, s);
}

static void every_commit_that_changes_something_has_one_entry(void **state)
{
	struct mentor *m = *state;
	struct seen s;
	const int64_t before = support_number(m, "SELECT count(*) FROM audit");
	support_sql(m, "UPDATE person SET job = 'Planner' WHERE id = 1");
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
	support_sql(m, "UPDATE person SET job = 'Planner' WHERE id = 99");
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit"), before + 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit WHERE kind = 'change'"), support_number(m, "SELECT revision FROM store"));
	assert_int_equal(look(m, NULL, &s), MENTOR_OK);
	assert_int_equal(s.entries, before + 1);
	assert_non_null(strstr(mentor_buf_text(&s.text), "sam|person add|0|changed person p1;"));
	mentor_buf_free(&s.text);
}

static void numbers_in_a_row_are_told_as_a_stretch_and_each_once(void **state)
{
	struct mentor *m = *state;
	struct seen s;
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	for (int i = 0; i < 4; i++) {
		char sql[128];
		snprintf(sql, sizeof(sql), "INSERT INTO person (email, name) VALUES ('x%d@example.org', 'X')", i);
		assert_int_equal(db_run(m, sql, DB_NO_ARGS), MENTOR_OK);
		assert_int_equal(db_run(m, "UPDATE person SET job = 'A' WHERE id = 1", DB_NO_ARGS), MENTOR_OK);
	}
	assert_int_equal(db_run(m, "DELETE FROM person WHERE id = 4", DB_NO_ARGS), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
	assert_int_equal(look(m, NULL, &s), MENTOR_OK);
	assert_non_null(strstr(mentor_buf_text(&s.text), "|added person p3 to p6; changed person p1; removed person p4;"));
	mentor_buf_free(&s.text);
}

static void what_is_rolled_back_leaves_no_entry(void **state)
{
	struct mentor *m = *state;
	const uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m, "UPDATE person SET job = 'A'", DB_NO_ARGS), MENTOR_OK);
	mentor_rollback(m);
	assert_int_equal(support_fingerprint(m), before);
	support_sql(m, "UPDATE person SET grade = 'B' WHERE id = 2");
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit WHERE records = 'changed person p2'"), 1);
}

static void monitoring_and_survey_answers_are_named_without_numbers(void **state)
{
	struct mentor *m = *state;
	struct audit_changes changes = AUDIT_CHANGES_INIT;
	audit_note(&changes, DB_ADDED, "equality_subject", 12345);
	audit_note(&changes, DB_ADDED, "response", 7);
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(audit_change(m, &changes, 99), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit WHERE records = 'added equality_subject; added response' AND at = '2026-03-02T00:00:00Z'"), 1);
	mentor_rollback(m);
	audit_free(&changes);
}

/* SQLite tells nothing of tables whose rows have no numbers. */
static void tables_without_numbers_are_named_as_well(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "INSERT INTO answer (enrolment_id, question, value) VALUES (1, 'topics', 'x')");
	support_sql(m, "UPDATE answer SET value = 'y' WHERE enrolment_id = 1");
	support_sql(m, "UPDATE answer SET value = 'y' WHERE enrolment_id = 99");
	support_sql(m, "DELETE FROM answer");
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit WHERE id > (SELECT max(id) - 3 FROM audit) AND records = CASE (SELECT max(id) FROM audit) - id "
					   "WHEN 2 THEN 'added answer' WHEN 1 THEN 'changed answer' ELSE 'removed answer' END"), 3);
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit WHERE records = ''"), 0);
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
		       "VALUES (1, 1, 2, 'active', 'reverse', 5, '2026-03-02', '2026-03-02')");
	support_sql(m, "INSERT INTO barrier (programme_id, theme, level, text, identified_in) VALUES (1, 'access', 'team', 'Far', '2026-03')");
	support_sql(m, "INSERT INTO barrier_pair (barrier_id, pair_id, mentor_agreed_on) VALUES (1, 1, '2026-03-02')");
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit WHERE records = 'added barrier_pair' AND at = '2026-03-02T00:00:00Z'"), 1);
}

static void a_reading_is_recorded_and_changes_nothing(void **state)
{
	struct mentor *m = *state;
	const int64_t revision = support_number(m, "SELECT revision FROM store");
	struct seen s;
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(mentor_audit_reading(m, "person p1"), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT revision FROM store"), revision);
	support_sql(m, "UPDATE person SET grade = 'B' WHERE id = 2");
	assert_int_equal(look(m, NULL, &s), MENTOR_OK);
	assert_non_null(strstr(mentor_buf_text(&s.text), "sam|person add|1|person p1;sam|person add|0|changed person p2;"));
	mentor_buf_free(&s.text);
}

static void no_entry_holds_what_records_say(void **state)
{
	struct mentor *m = *state;
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit WHERE records LIKE '%example%' OR records LIKE '%ann%' OR records LIKE '%Housing%'"), 0);
}

static void entries_are_neither_changed_nor_removed(void **state)
{
	struct mentor *m = *state;
	static const char *const statements[] = { "UPDATE audit SET actor = 'x' WHERE id = 1", "DELETE FROM audit WHERE id = 1", "DELETE FROM audit" };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(mentor_begin(m), MENTOR_OK);
		assert_int_equal(db_run(m, statements[i], DB_NO_ARGS), MENTOR_REFUSED);
		assert_string_equal(mentor_error(m)->message, "the trail of changes is only added to");
		mentor_rollback(m);
	}
}

static void an_actor_is_who_runs_the_command_else_who_decides(void **state)
{
	struct mentor *m = *state;
	assert_int_equal(mentor_set_origin(m, NULL, NULL), MENTOR_OK);
	support_sql(m, "UPDATE person SET grade = 'B' WHERE id = 2");
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit WHERE actor = 'admin' AND command = 'a program' AND records = 'changed person p2'"), 1);
}

/* Somebody with a tool for SQLite takes the triggers away and works on the trail: R16 of the plan, a thousand times and more. */
static void tamper(struct mentor *m, const char *sql)
{
	const struct db_driver *driver = db_driver_of(m);
	assert_int_equal(driver->script(db_connection_of(m), "DROP TRIGGER IF EXISTS audit_fixed; DROP TRIGGER IF EXISTS audit_kept;"), DB_OK);
	if (driver->script(db_connection_of(m), sql) != DB_OK)
		fail_msg("%s: %s", sql, driver->message(db_connection_of(m)));
}

static void every_tampering_is_found(void **state)
{
	static const char *const columns[] = { "at", "actor", "command", "records", "hash" };
	struct mentor *m = *state;
	char sql[256];
	int done = 0;
	for (int i = 0; i < 40; i++) {
		snprintf(sql, sizeof(sql), "UPDATE person SET job = 'Job %d' WHERE id = 1", i);
		support_sql(m, sql);
	}
	const int64_t n = support_number(m, "SELECT count(*) FROM audit");
	struct seen s;
	assert_int_equal(look(m, NULL, &s), MENTOR_OK);
	const struct seen kept = s;
	mentor_buf_free(&s.text);
	assert_int_equal(db_driver_of(m)->begin(db_connection_of(m), true), DB_OK);
	for (int64_t id = 1; id <= n; id++)
		for (int kind = 0; kind < 23; kind++) {
			int64_t other = 1 + (id * 7 + kind) % n;
			other = other == id ? 1 + id % n : other;
			if (kind < 5)
				snprintf(sql, sizeof(sql), "UPDATE audit SET %s = %s || 'x' WHERE id = %lld", columns[kind], columns[kind], (long long)id);
			else if (kind < 10)
				snprintf(sql, sizeof(sql), "UPDATE audit SET %s = 'x' WHERE id = %lld", columns[kind - 5], (long long)id);
			else if (kind == 10)
				snprintf(sql, sizeof(sql), "UPDATE audit SET revision = revision + 1 WHERE id = %lld", (long long)id);
			else if (kind == 11)
				snprintf(sql, sizeof(sql), "UPDATE audit SET kind = CASE WHEN kind = 'change' THEN 'reading' ELSE 'change' END WHERE id = %lld", (long long)id);
			else if (kind == 12)
				snprintf(sql, sizeof(sql), "DELETE FROM audit WHERE id = %lld", (long long)id);
			else if (kind == 13)
				snprintf(sql, sizeof(sql), "DELETE FROM audit WHERE id >= %lld", (long long)id);
			else if (kind == 14)
				snprintf(sql, sizeof(sql), "DELETE FROM audit WHERE id <= %lld", (long long)id);
			else if (kind == 15)
				snprintf(sql, sizeof(sql), "UPDATE audit SET id = -id WHERE id > %lld; UPDATE audit SET id = 1 - id WHERE id < 0; INSERT INTO audit SELECT %lld, at, actor, command, kind, revision, records, hash FROM audit WHERE id = %lld",
				    (long long)id, (long long)id + 1, (long long)id);
			else if (kind < 20)
				snprintf(sql, sizeof(sql), "UPDATE audit SET id = -1 WHERE id = %lld; UPDATE audit SET id = %lld WHERE id = %lld; UPDATE audit SET id = %lld WHERE id = -1",
				    (long long)id, (long long)id, (long long)other, (long long)other);
			else if (kind == 20)
				snprintf(sql, sizeof(sql), "DELETE FROM audit WHERE id = %lld; UPDATE audit SET id = id - 1 WHERE id > %lld", (long long)id, (long long)id);
			else if (kind == 21)
				snprintf(sql, sizeof(sql), "UPDATE audit SET at = (SELECT o.at || '' FROM audit o WHERE o.id = %lld), records = 'added person p%lld' WHERE id = %lld",
				    (long long)other, 1000 + (long long)other, (long long)id);
			else
				snprintf(sql, sizeof(sql), "UPDATE store SET secret = 'other%lld'", (long long)id);
			assert_int_equal(db_driver_of(m)->script(db_connection_of(m), "SAVEPOINT before"), DB_OK);
			tamper(m, sql);
			enum mentor_status status = look(m, NULL, &s);
			mentor_buf_free(&s.text);
			if (status != MENTOR_FOUND)
				fail_msg("not found: %s", sql);
			assert_int_equal(db_driver_of(m)->script(db_connection_of(m), "ROLLBACK TO before; RELEASE before"), DB_OK);
			done++;
		}
	db_driver_of(m)->rollback(db_connection_of(m));
	print_message("%d ways of tampering with the trail, all found\n", done);
	assert_true(done >= 1000);
	assert_int_equal(look(m, kept.head, &s), MENTOR_OK);
	mentor_buf_free(&s.text);
}

/* Cut off together with the store's own count, only a head that was kept outside tells. */
static void a_trail_that_was_cut_or_written_anew_misses_the_head_that_was_kept(void **state)
{
	struct mentor *m = *state;
	struct seen s;
	support_sql(m, "UPDATE person SET grade = 'B' WHERE id = 2");
	assert_int_equal(look(m, NULL, &s), MENTOR_OK);
	char head[80];
	snprintf(head, sizeof(head), "%s", s.head);
	mentor_buf_free(&s.text);
	support_sql(m, "UPDATE person SET grade = 'C' WHERE id = 2");
	assert_int_equal(look(m, head, &s), MENTOR_OK);
	mentor_buf_free(&s.text);
	tamper(m, "DELETE FROM audit WHERE id > (SELECT max(id) - 2 FROM audit); UPDATE store SET revision = revision - 2");
	assert_int_equal(look(m, NULL, &s), MENTOR_OK);
	mentor_buf_free(&s.text);
	assert_int_equal(look(m, head, &s), MENTOR_FOUND);
	mentor_buf_free(&s.text);
	struct mentor *other = support_cohort();
	assert_int_equal(look(other, head, &s), MENTOR_FOUND);
	mentor_buf_free(&s.text);
	mentor_free(other);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* ---- the oldest part, when its time is over ---- */

static void age(struct mentor *m, const char *day)
{
	assert_int_equal(mentor_set_now(m, day), MENTOR_OK);
	support_sql(m, "UPDATE person SET job = CASE WHEN job IS NULL THEN 'x' ELSE job || 'x' END WHERE id = 1");
}

static void cut(struct mentor *m, const char *day)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(audit_cut(m, day), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
}

static void forge(struct mentor *m, const char *trigger, const char *sql)
{
	struct mentor_buf drop = MENTOR_BUF_INIT;
	mentor_buf_fmt(&drop, "DROP TRIGGER %s", trigger);
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m, mentor_buf_text(&drop), DB_NO_ARGS), MENTOR_OK);
	assert_int_equal(db_run(m, sql, DB_NO_ARGS), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
	mentor_buf_free(&drop);
}

static void what_is_left_of_a_trail_whose_oldest_part_was_cut_is_verified(void **state)
{
	struct mentor *m = *state;
	struct seen s, kept;
	char since[11] = "";
	int64_t n = 0;
	const int64_t first = support_number(m, "SELECT count(*) FROM audit");
	age(m, "2030-01-01");
	assert_int_equal(look(m, NULL, &kept), MENTOR_OK);
	age(m, "2031-01-01");
	age(m, "2032-01-01");
	assert_int_equal(audit_older(m, "2030-01-02", since, &n), MENTOR_OK);
	assert_int_equal(n, first + 1);
	assert_string_equal(since, "2026-03-02");
	cut(m, "2030-01-02");
	assert_int_equal(look(m, kept.head, &s), MENTOR_OK); /* the last that was cut is where the rest begins */
	assert_int_equal(s.entries, first + 4);
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit"), 3);
	mentor_buf_free(&s.text);
	cut(m, "2040-01-01"); /* what says so is the entry that is left */
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit"), 1);
	assert_int_equal(support_number(m, "SELECT sum(entries) FROM audit_cut"), first + 4);
	assert_int_equal(look(m, kept.head, &s), MENTOR_OK);
	mentor_buf_free(&s.text);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	assert_int_equal(look(m, "0123", &s), MENTOR_FOUND);
	assert_non_null(strstr(mentor_error(m)->hint, "cannot be looked for any more"));
	mentor_buf_free(&s.text);
	mentor_buf_free(&kept.text);
}

static void nothing_to_cut_leaves_nothing(void **state)
{
	struct mentor *m = *state;
	const uint64_t before = support_fingerprint(m);
	cut(m, "2026-03-02");
	assert_int_equal(support_fingerprint(m), before);
}

/* What was cut cannot be made more or less of without that showing. */
static void what_is_noted_of_a_cut_does_not_change(void **state)
{
	static const char *const forgeries[] = { "UPDATE audit_cut SET entries = entries - 1", "UPDATE audit_cut SET cut_by = 'somebody'", "UPDATE audit_cut SET since = '2001-01-01'",
		"UPDATE audit_cut SET last_hash = 'x'", "UPDATE audit_cut SET last = last + 1, entries = entries + 1", "DELETE FROM audit_cut" };
	(void)state;
	for (size_t i = 0; i < sizeof(forgeries) / sizeof(*forgeries); i++) {
		void *fresh = NULL;
		struct seen s;
		set_up(&fresh);
		age(fresh, "2031-01-01");
		age(fresh, "2032-01-01");
		cut(fresh, "2031-06-01");
		assert_int_equal(look(fresh, NULL, &s), MENTOR_OK);
		mentor_buf_free(&s.text);
		assert_int_equal(db_run(fresh, forgeries[i], DB_NO_ARGS), MENTOR_REFUSED);
		forge(fresh, strncmp(forgeries[i], "DELETE", 6) == 0 ? "audit_cut_kept" : "audit_cut_fixed", forgeries[i]);
		if (look(fresh, NULL, &s) != MENTOR_FOUND)
			fail_msg("not found: %s", forgeries[i]);
		mentor_buf_free(&s.text);
		tear_down(&fresh);
	}
}

static void what_is_not_covered_by_a_cut_cannot_be_deleted(void **state)
{
	struct mentor *m = *state;
	age(m, "2031-01-01");
	age(m, "2032-01-01");
	cut(m, "2031-06-01");
	assert_int_equal(db_run(m, "DELETE FROM audit WHERE id = (SELECT max(a.id) FROM audit a)", DB_NO_ARGS), MENTOR_REFUSED);
	assert_int_equal(db_run(m, "DELETE FROM audit WHERE id = (SELECT min(a.id) FROM audit a)", DB_NO_ARGS), MENTOR_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_commit_that_changes_something_has_one_entry),
		TEST(numbers_in_a_row_are_told_as_a_stretch_and_each_once),
		TEST(what_is_rolled_back_leaves_no_entry),
		TEST(monitoring_and_survey_answers_are_named_without_numbers),
		TEST(tables_without_numbers_are_named_as_well),
		TEST(a_reading_is_recorded_and_changes_nothing),
		TEST(no_entry_holds_what_records_say),
		TEST(entries_are_neither_changed_nor_removed),
		TEST(an_actor_is_who_runs_the_command_else_who_decides),
		TEST(every_tampering_is_found),
		TEST(a_trail_that_was_cut_or_written_anew_misses_the_head_that_was_kept),
		cmocka_unit_test_setup_teardown(what_is_left_of_a_trail_whose_oldest_part_was_cut_is_verified, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_to_cut_leaves_nothing, set_up, tear_down),
		cmocka_unit_test(what_is_noted_of_a_cut_does_not_change),
		cmocka_unit_test_setup_teardown(what_is_not_covered_by_a_cut_cannot_be_deleted, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
