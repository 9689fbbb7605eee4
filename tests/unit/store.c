/* store.c (test): opening, refusing, migrating and checking the file. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A folder of its own for each test, removed afterwards. */
struct place {
	char folder[64];
	char path[128];
};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	assert_non_null(p);
	snprintf(p->folder, sizeof(p->folder), "/tmp/mentor-store-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->path, sizeof(p->path), "%s/test.db", p->folder);
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;
	static const char *const names[] = { "test.db", "test.db-journal", "link.db", "other" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char path[160];
		snprintf(path, sizeof(path), "%s/%s", p->folder, names[i]);
		unlink(path);
	}
	rmdir(p->folder);
	free(p);
	return 0;
}

static struct mentor *context(void)
{
	struct mentor *m = mentor_new();
	assert_non_null(m);
	assert_int_equal(mentor_set_now(m, "2026-03-02"), MENTOR_OK);
	return m;
}

static void make(const struct place *p)
{
	struct mentor *m = context();
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE, 0), MENTOR_OK);
	mentor_free(m);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void a_store_is_made_once_and_opened_again(void **state)
{
	const struct place *p = *state;
	make(p);
	make(p);
	struct mentor *m = context();
	int64_t revision = -1;
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_READ, 0), MENTOR_OK);
	assert_int_equal(mentor_revision(m, &revision), MENTOR_OK);
	assert_int_equal(revision, 0);
	assert_int_equal(mentor_begin(m), MENTOR_BUG); /* opened for reading */
	mentor_free(m);
}

static void what_is_not_a_store_is_refused(void **state)
{
	const struct place *p = *state;
	struct mentor *m = context();
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_READ, 0), MENTOR_NOT_FOUND);
	assert_int_equal(mentor_open(m, p->folder, MENTOR_OPEN_READ, 0), MENTOR_INVALID);
	write_file(p->path, "This is a shopping list, not a store. It is long enough to be read as a page header, though it is none.\n");
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_INVALID);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE, 0), MENTOR_INVALID);
	mentor_free(m);
}

static void a_symbolic_link_is_refused(void **state)
{
	const struct place *p = *state;
	char link[160];
	struct mentor *m = context();
	make(p);
	snprintf(link, sizeof(link), "%s/link.db", p->folder);
	assert_int_equal(symlink(p->path, link), 0);
	assert_int_equal(mentor_open(m, link, MENTOR_OPEN_READ, 0), MENTOR_REFUSED);
	mentor_free(m);
}

/* Sets the two numbers in the header by a connection of its own. */
static void stamp(const struct place *p, int64_t application, int64_t version)
{
	struct db_connection *c = NULL;
	const struct db_open how = { .path = p->path, .write = true };
	assert_int_equal(db_sqlite_driver.open(&how, &c), DB_OK);
	assert_int_equal(db_sqlite_driver.set_version(c, application, version), DB_OK);
	db_sqlite_driver.close(c);
}

static void another_programs_database_is_refused_even_for_creating(void **state)
{
	const struct place *p = *state;
	struct mentor *m = context();
	make(p);
	stamp(p, 12345, 1);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_READ, 0), MENTOR_INVALID);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE, 0), MENTOR_INVALID);
	mentor_free(m);
}

static void a_newer_store_is_refused(void **state)
{
	const struct place *p = *state;
	struct mentor *m = context();
	make(p);
	stamp(p, 0x4d6e7452, 99);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_READ, 0), MENTOR_TOO_NEW);
	assert_string_equal(mentor_error(m)->hint, "install a newer mentor");
	mentor_free(m);
}

static void an_older_store_is_refused_until_it_is_migrated(void **state)
{
	const struct place *p = *state;
	struct mentor *m = context();
	int64_t from = -1, to = -1, checked = 0;
	/* an empty file of ours at version 0 is the oldest there can be */
	struct db_connection *c = NULL;
	const struct db_open how = { .path = p->path, .write = true, .create = true };
	assert_int_equal(db_sqlite_driver.open(&how, &c), DB_OK);
	assert_int_equal(db_sqlite_driver.set_version(c, 0x4d6e7452, 0), DB_OK);
	db_sqlite_driver.close(c);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_REFUSED);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE, 0), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "copy the file, then run: mentor db migrate");
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE | MENTOR_OPEN_MIGRATE, 0), MENTOR_OK);
	assert_int_equal(mentor_store_migrate(m, &from, &to), MENTOR_OK);
	assert_int_equal(from, 0);
	assert_true(to > 0);
	assert_int_equal(db_value(m, "PRAGMA foreign_keys", DB_NO_ARGS, 0, &checked), MENTOR_OK);
	assert_int_equal(checked, 1); /* again, and by the same connection */
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	mentor_free(m);
}

static void a_second_writer_is_told_that_the_store_is_busy(void **state)
{
	const struct place *p = *state;
	make(p);
	struct mentor *a = context(), *b = context();
	assert_int_equal(mentor_open(a, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	assert_int_equal(mentor_open(b, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	assert_int_equal(mentor_begin(a), MENTOR_OK);
	assert_int_equal(mentor_begin(b), MENTOR_BUSY);
	mentor_rollback(a);
	assert_int_equal(mentor_begin(b), MENTOR_OK);
	mentor_free(a);
	mentor_free(b);
}

static void a_name_that_looks_like_a_uri_is_an_ordinary_file(void **state)
{
	const struct place *p = *state;
	char before[512];
	struct mentor *m = context();
	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(p->folder), 0);
	assert_int_equal(mentor_open(m, "file:x?mode=memory", MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE, 0), MENTOR_OK);
	mentor_free(m);
	assert_int_equal(access("file:x?mode=memory", F_OK), 0);
	unlink("file:x?mode=memory");
	unlink("file:x?mode=memory-journal");
	assert_int_equal(chdir(before), 0);
}

static void a_broken_invariant_is_found(void **state)
{
	struct mentor *m = support_cohort();
	(void)state;
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Roads", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
		       "VALUES (1, 1, 2, 'active', 'reverse', 0, '2026-03-02', '2026-03-02')");
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	static const struct {
		const char *breaks, *mends, *message;
	} cases[] = {
		{ "UPDATE enrolment SET places = 0 WHERE id = 1", "UPDATE enrolment SET places = 1 WHERE id = 1", "n1 has more partners than places" },
		{ "UPDATE pair SET published_on = NULL", "UPDATE pair SET published_on = '2026-03-02'", "m1 has days that do not go with its state" },
		{ "UPDATE pair SET ended_on = '2026-03-02'", "UPDATE pair SET ended_on = NULL", "m1 has days that do not go with its state" },
		{ "UPDATE cohort SET finished_on = '2026-03-02'", "UPDATE cohort SET finished_on = NULL", "spring was closed before it opened, or finished before it started" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		support_sql(m, cases[i].breaks);
		assert_int_equal(mentor_store_check(m), MENTOR_FOUND);
		assert_string_equal(mentor_error(m)->message, cases[i].message);
		assert_int_equal(mentor_store_check_quick(m), MENTOR_OK);
		support_sql(m, cases[i].mends);
		assert_int_equal(mentor_store_check(m), MENTOR_OK);
	}
	support_sql(m, "UPDATE enrolment SET places = 2");
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
		       "VALUES (1, 2, 1, 'active', 'reverse', 0, '2026-03-02', '2026-03-02')");
	assert_int_equal(mentor_store_check(m), MENTOR_FOUND);
	assert_string_equal(mentor_error(m)->message, "m2 joins two people who are an active pair already");
	mentor_free(m);
}

static void what_recruitment_keeps_is_checked(void **state)
{
	static const struct {
		const char *sql, *message;
	} cases[] = {
		{ "UPDATE enrolment SET rank = NULL WHERE id = 2", "n2 waits without a place on the waiting list, or has one without waiting" },
		{ "UPDATE enrolment SET rank = 3 WHERE id = 3", "n3 is not in its turn on the waiting list: places go from 1, one by one" },
		{ "UPDATE enrolment SET rank = 1 WHERE id = 3", "n3 is not in its turn on the waiting list: places go from 1, one by one" },
		{ "UPDATE enrolment SET origin = 'late' WHERE id = 1", "n1 does not say rightly from which cohort of the programme it comes" },
		{ "UPDATE enrolment SET origin = 'late', origin_cohort_id = 1 WHERE id = 1", "n1 does not say rightly from which cohort of the programme it comes" },
		{ "UPDATE enrolment SET told = 'accepted' WHERE id = 1", "n1 was told of an outcome without a day, or on a day of none" },
		{ "UPDATE enrolment SET decided_on = NULL WHERE id = 1", "n1 is decided without a day, or has the day of a decision without one" },
		{ "UPDATE cohort SET origin_id = 1", "spring follows a cohort that is none of its programme" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct mentor *m = support_cohort();
		bool changed = false;
		support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
		for (int n = 0; n < 2; n++)
			assert_int_equal(mentor_enrol_wait(m, support_person(m, n ? "cleo" : "dora", "Roads", MENTOR_ROLE_MENTEE), MENTOR_NONE, NULL, &changed), MENTOR_OK);
		assert_int_equal(mentor_store_check(m), MENTOR_OK);
		support_sql(m, cases[i].sql);
		assert_int_equal(mentor_store_check(m), MENTOR_FOUND);
		assert_string_equal(mentor_error(m)->n_problems ? mentor_error(m)->problems[0].message : mentor_error(m)->message, cases[i].message);
		mentor_free(m);
	}
}

static void a_revision_cannot_be_changed(void **state)
{
	struct mentor *m = support_cohort();
	(void)state;
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_true(db_run(m, "UPDATE revision SET source = 'x'", DB_NO_ARGS) != MENTOR_OK);
	mentor_rollback(m);
	mentor_free(m);
}

/* ---- a file that is not ours ---- */

static char *read_whole(const char *path, size_t *ret_len)
{
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	char *bytes = calloc(1, 1 << 20);
	assert_non_null(bytes);
	*ret_len = fread(bytes, 1, 1 << 20, f);
	assert_int_equal(fclose(f), 0);
	return bytes;
}

static void another_programs_database_stays_as_it_is(void **state)
{
	const struct place *p = *state;
	static const unsigned hows[] = { MENTOR_OPEN_READ, MENTOR_OPEN_WRITE, MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE,
		MENTOR_OPEN_WRITE | MENTOR_OPEN_MIGRATE };
	struct db_connection *c = NULL;
	const struct db_open how = { .path = p->path, .write = true, .create = true };
	assert_int_equal(db_sqlite_driver.open(&how, &c), DB_OK);
	assert_int_equal(db_sqlite_driver.script(c, "PRAGMA journal_mode=WAL; CREATE TABLE shopping (what TEXT)"), DB_OK);
	db_sqlite_driver.close(c);
	size_t len = 0, len_now = 0;
	char *before = read_whole(p->path, &len);
	for (size_t i = 0; i < sizeof(hows) / sizeof(*hows); i++) {
		struct mentor *m = context();
		assert_int_equal(mentor_open(m, p->path, hows[i], 0), MENTOR_INVALID);
		mentor_free(m);
		char *now = read_whole(p->path, &len_now);
		assert_int_equal(len, len_now);
		assert_memory_equal(before, now, len);
		free(now);
	}
	free(before);
}

/* ---- after a crash ---- */

/* Ends in the middle of a change, with more of it in the file than fits the cache: what a power cut leaves behind. */
static void crash_in_mid_change(const struct place *p)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct db_connection *c = NULL;
		const struct db_open how = { .path = p->path, .write = true };
		bool good = db_sqlite_driver.open(&how, &c) == DB_OK && db_sqlite_driver.prepare_write(c) == DB_OK &&
			    db_sqlite_driver.script(c, "PRAGMA cache_size=5") == DB_OK && db_sqlite_driver.begin(c, true) == DB_OK &&
			    db_sqlite_driver.script(c, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
						       "INSERT INTO person (email, name) SELECT i || '@example.org', hex(zeroblob(200)) FROM n") == DB_OK;
		_exit(good ? 0 : 1);
	}
	int status = -1;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static bool journal_holds_something(const struct place *p)
{
	char path[160];
	struct stat st;
	snprintf(path, sizeof(path), "%s-journal", p->path);
	return stat(path, &st) == 0 && st.st_size > 0;
}

static void what_a_crash_left_half_done_is_rolled_back_by_the_first_reader(void **state)
{
	const struct place *p = *state;
	make(p);
	crash_in_mid_change(p);
	assert_true(journal_holds_something(p));
	struct mentor *m = context();
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_READ, 0), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM person"), 0);
	assert_int_equal(mentor_begin(m), MENTOR_BUG); /* still opened for reading only */
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	assert_false(journal_holds_something(p));
	mentor_free(m);
}

static void what_a_crash_left_half_done_is_rolled_back_by_a_writer_too(void **state)
{
	const struct place *p = *state;
	make(p);
	crash_in_mid_change(p);
	struct mentor *m = context();
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM person"), 0);
	mentor_free(m);
}

/* Root may do everything, so it steps down to nobody; others take the rights from themselves. */
static void somebody_who_may_only_read_is_told_who_can_mend_it(void **state)
{
	const struct place *p = *state;
	bool root = geteuid() == 0;
	make(p);
	crash_in_mid_change(p);
	assert_int_equal(chmod(p->path, root ? 0644 : 0444), 0);
	assert_int_equal(chmod(p->folder, root ? 0755 : 0555), 0);
	assert_int_equal(root ? seteuid(65534) : 0, 0);
	struct mentor *m = context();
	static const unsigned hows[] = { MENTOR_OPEN_READ, MENTOR_OPEN_WRITE };
	enum mentor_status statuses[2];
	for (size_t i = 0; i < 2; i++)
		statuses[i] = mentor_open(m, p->path, hows[i], 0);
	assert_int_equal(root ? seteuid(0) : 0, 0);
	assert_int_equal(chmod(p->folder, 0755), 0);
	assert_int_equal(statuses[0], MENTOR_FAILED);
	assert_int_equal(statuses[1], MENTOR_FAILED);
	assert_non_null(strstr(mentor_error(m)->message, "holds a change that was interrupted and has to be rolled back"));
	assert_string_equal(mentor_error(m)->hint, "run any writing command, or mentor db check, as the owner of the file");
	mentor_free(m);
}

/* ---- without a store ---- */

static void without_a_store_every_call_says_so(void **state)
{
	struct mentor *m = context();
	struct mentor_store_status s;
	int64_t a = -7, b = -7;
	(void)state;
	for (int i = 0; i < 7; i++) {
		enum mentor_status status = i == 0 ? mentor_store_status(m, &s) :
					    i == 1 ? mentor_store_check(m) :
					    i == 2 ? mentor_store_versions(m, &a, &b) :
					    i == 3 ? mentor_store_migrate(m, &a, &b) :
					    i == 4 ? mentor_revision(m, &a) :
					    i == 5 ? mentor_snapshot(m) :
						     mentor_begin(m);
		assert_int_equal(status, MENTOR_BUG);
		assert_string_equal(mentor_error(m)->message, "no store is open");
	}
	assert_true(a == -7 && b == -7);
	mentor_free(m);
}

/* ---- revisions ---- */

static void a_commit_knows_its_own_revision_whatever_others_do(void **state)
{
	const struct place *p = *state;
	make(p);
	struct mentor *a = context(), *b = context();
	int64_t revision = -1;
	assert_int_equal(mentor_open(a, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	assert_int_equal(mentor_open(b, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	support_sql(a, "INSERT INTO person (email, name) VALUES ('a@example.org', 'A')");
	support_sql(b, "INSERT INTO person (email, name) VALUES ('b@example.org', 'B')");
	assert_int_equal(mentor_revision(a, &revision), MENTOR_OK);
	assert_int_equal(revision, 1);
	mentor_rollback(a); /* nothing is open: nothing is forgotten */
	assert_int_equal(mentor_revision(a, &revision), MENTOR_OK);
	assert_int_equal(revision, 1);
	assert_int_equal(mentor_snapshot(a), MENTOR_OK);
	assert_int_equal(mentor_revision(a, &revision), MENTOR_OK);
	assert_int_equal(revision, 2);
	mentor_rollback(a);
	assert_int_equal(mentor_begin(a), MENTOR_OK); /* a transaction that changes nothing */
	assert_int_equal(mentor_commit(a), MENTOR_OK);
	support_sql(b, "DELETE FROM person");
	assert_int_equal(mentor_revision(a, &revision), MENTOR_OK);
	assert_int_equal(revision, 2);
	assert_int_equal(mentor_begin(a), MENTOR_OK);
	assert_int_equal(mentor_revision(a, &revision), MENTOR_OK);
	assert_int_equal(revision, 3);
	mentor_free(a);
	mentor_free(b);
}

static void a_version_below_zero_is_damage(void **state)
{
	const struct place *p = *state;
	struct mentor *m = context();
	make(p);
	stamp(p, 0x4d6e7452, -2000000000);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE, 0), MENTOR_INVALID);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE | MENTOR_OPEN_MIGRATE, 0), MENTOR_INVALID);
	mentor_free(m);
}

static void a_store_in_a_folder_reached_by_a_link_opens(void **state)
{
	const struct place *p = *state;
	char link[160], path[200];
	struct mentor *m = context();
	make(p);
	snprintf(link, sizeof(link), "%s-link", p->folder);
	snprintf(path, sizeof(path), "%s/test.db", link);
	assert_int_equal(symlink(p->folder, link), 0);
	assert_int_equal(mentor_open(m, path, MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	mentor_free(m);
	unlink(link);
}

static void a_store_made_over_an_empty_file_is_private(void **state)
{
	const struct place *p = *state;
	struct stat st;
	write_file(p->path, "");
	assert_int_equal(chmod(p->path, 0666), 0);
	make(p);
	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void a_folder_is_no_name_for_a_store(void **state)
{
	const struct place *p = *state;
	char path[160];
	struct mentor *m = context();
	snprintf(path, sizeof(path), "%s/new.db/", p->folder);
	assert_int_equal(mentor_open(m, path, MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE, 0), MENTOR_INVALID);
	mentor_free(m);
}

static void a_trigger_from_elsewhere_is_found(void **state)
{
	struct mentor *m = support_cohort();
	(void)state;
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	support_sql(m, "CREATE TRIGGER evil AFTER UPDATE ON person BEGIN DELETE FROM response; END");
	assert_int_equal(mentor_store_check(m), MENTOR_FOUND);
	support_sql(m, "DROP TRIGGER evil");
	support_sql(m, "DROP INDEX pair_current");
	assert_int_equal(mentor_store_check(m), MENTOR_FOUND);
	mentor_free(m);
}

static void nothing_is_written_onto_a_damaged_store(void **state)
{
	const struct place *p = *state;
	struct mentor *m = context();
	static const char zeroes[64] = { 0 };
	make(p);
	FILE *f = fopen(p->path, "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, 4096 * 3, SEEK_SET), 0);
	assert_int_equal(fwrite(zeroes, 1, sizeof(zeroes), f), sizeof(zeroes));
	assert_int_equal(fclose(f), 0);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_FAILED);
	mentor_free(m);
}

/* Turns one bit of the byte at `at` around; false behind the end of the file. */
static bool flip(const struct place *p, long at)
{
	FILE *f = fopen(p->path, "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, at, SEEK_SET), 0);
	const int byte = fgetc(f);
	if (byte != EOF) {
		assert_int_equal(fseek(f, at, SEEK_SET), 0);
		assert_int_equal(fputc(byte ^ 4, f), byte ^ 4);
	}
	assert_int_equal(fclose(f), 0);
	return byte != EOF;
}

static enum mentor_status open_and_check(const struct place *p, char *ret_first, size_t size)
{
	struct mentor *m = context();
	enum mentor_status status = mentor_open(m, p->path, MENTOR_OPEN_READ, 0);
	if (!status)
		status = mentor_store_check_quick(m);
	const struct mentor_error *e = mentor_error(m);
	snprintf(ret_first, size, "%s", status && e->n_problems ? e->problems[0].message : status ? e->message : "");
	mentor_free(m);
	return status;
}

/* Wherever it is: in the tables of SQLite, in a record, in what is free, in the sum. */
static void no_bit_of_any_page_is_missed(void **state)
{
	const struct place *p = *state;
	enum { PAGE = 4096 };
	char first[256], expected[64];
	make(p);
	assert_int_equal(open_and_check(p, first, sizeof(first)), MENTOR_OK);
	long pages = 0;
	for (long at = 2000; flip(p, at); at += PAGE, pages++) {
		assert_int_not_equal(open_and_check(p, first, sizeof(first)), MENTOR_OK);
		snprintf(expected, sizeof(expected), "page %ld of the file is not as it was written", at / PAGE + 1);
		/* a broken table of contents is seen before */
		assert_true(strstr(first, expected) || strstr(first, "is damaged"));
		assert_true(flip(p, at));
	}
	assert_true(pages > 50);
	assert_true(flip(p, PAGE * pages - 1));
	assert_int_equal(open_and_check(p, first, sizeof(first)), MENTOR_FOUND);
	snprintf(expected, sizeof(expected), "page %ld of the file", pages);
	assert_non_null(strstr(first, expected));
}

static void a_store_with_a_changed_page_is_not_copied(void **state)
{
	const struct place *p = *state;
	char other[160];
	snprintf(other, sizeof(other), "%s/other", p->folder);
	make(p);
	struct mentor *m = context();
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_READ, 0), MENTOR_OK);
	assert_true(flip(p, 4096 * 20 + 3000));
	assert_int_equal(mentor_store_copy(m, other), MENTOR_FAILED);
	assert_int_not_equal(access(other, F_OK), 0);
	assert_true(flip(p, 4096 * 20 + 3000));
	assert_int_equal(mentor_store_copy(m, other), MENTOR_OK);
	mentor_free(m);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_store_is_made_once_and_opened_again),
		TEST(a_version_below_zero_is_damage),
		TEST(a_store_in_a_folder_reached_by_a_link_opens),
		TEST(a_store_made_over_an_empty_file_is_private),
		TEST(a_folder_is_no_name_for_a_store),
		TEST(nothing_is_written_onto_a_damaged_store),
		TEST(no_bit_of_any_page_is_missed),
		TEST(a_store_with_a_changed_page_is_not_copied),
		cmocka_unit_test(a_trigger_from_elsewhere_is_found),
		TEST(what_is_not_a_store_is_refused),
		TEST(a_symbolic_link_is_refused),
		TEST(another_programs_database_is_refused_even_for_creating),
		TEST(a_newer_store_is_refused),
		TEST(an_older_store_is_refused_until_it_is_migrated),
		TEST(a_second_writer_is_told_that_the_store_is_busy),
		TEST(a_name_that_looks_like_a_uri_is_an_ordinary_file),
		TEST(another_programs_database_stays_as_it_is),
		TEST(what_a_crash_left_half_done_is_rolled_back_by_the_first_reader),
		TEST(what_a_crash_left_half_done_is_rolled_back_by_a_writer_too),
		TEST(somebody_who_may_only_read_is_told_who_can_mend_it),
		TEST(a_commit_knows_its_own_revision_whatever_others_do),
		cmocka_unit_test(without_a_store_every_call_says_so),
		cmocka_unit_test(a_broken_invariant_is_found),
		cmocka_unit_test(what_recruitment_keeps_is_checked),
		cmocka_unit_test(a_revision_cannot_be_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
