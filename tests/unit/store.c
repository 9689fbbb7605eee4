/* store.c (test): opening, refusing, migrating and checking the file. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
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
	int64_t from = -1, to = -1;
	/* an empty file of ours at version 0 is the oldest there can be */
	struct db_connection *c = NULL;
	const struct db_open how = { .path = p->path, .write = true, .create = true };
	assert_int_equal(db_sqlite_driver.open(&how, &c), DB_OK);
	assert_int_equal(db_sqlite_driver.set_version(c, 0x4d6e7452, 0), DB_OK);
	db_sqlite_driver.close(c);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE, 0), MENTOR_REFUSED);
	assert_int_equal(mentor_open(m, p->path, MENTOR_OPEN_WRITE | MENTOR_OPEN_MIGRATE, 0), MENTOR_OK);
	assert_int_equal(mentor_store_migrate(m, &from, &to), MENTOR_OK);
	assert_int_equal(from, 0);
	assert_true(to > 0);
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
	support_sql(m, "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on) "
		       "VALUES (1, 1, 2, 'active', 'reverse', 0, '2026-03-02')");
	support_sql(m, "UPDATE enrolment SET places = 0 WHERE id = 1");
	assert_int_equal(mentor_store_check(m), MENTOR_FOUND);
	assert_string_equal(mentor_error(m)->message, "n1 has more partners than places");
	mentor_free(m);
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

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_store_is_made_once_and_opened_again),
		TEST(what_is_not_a_store_is_refused),
		TEST(a_symbolic_link_is_refused),
		TEST(another_programs_database_is_refused_even_for_creating),
		TEST(a_newer_store_is_refused),
		TEST(an_older_store_is_refused_until_it_is_migrated),
		TEST(a_second_writer_is_told_that_the_store_is_busy),
		TEST(a_name_that_looks_like_a_uri_is_an_ordinary_file),
		cmocka_unit_test(a_broken_invariant_is_found),
		cmocka_unit_test(a_revision_cannot_be_changed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
