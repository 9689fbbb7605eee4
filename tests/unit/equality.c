/* equality.c (test): monitoring answers in and out again, what is told about them, and what is not. */
#include "support.h"

#include "equality.h"
#include "equality_db.h"
#include "record.h"

#include <stdio.h>
#include <stdlib.h>

/* ann and bob mentor, cy and di are mentees; eve has not been enrolled. */
static int set_up(void **state)
{
	struct mentor *m = support_cohort();
	support_person(m, "ann", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bob", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cy", "Parks", MENTOR_ROLE_MENTEE);
	support_person(m, "di", "Housing", MENTOR_ROLE_MENTEE);
	support_sql(m, "INSERT INTO person (id, email, name) VALUES (5, 'eve@example.org', 'Eve')");
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

static enum mentor_status note(void *arg, const void *record)
{
	const struct mentor_equality_imported *row = record;
	mentor_buf_fmt(arg, "%s %lld;", row->change, (long long)row->people);
	return MENTOR_OK;
}

static enum mentor_status import(struct mentor *m, const char *csv, struct mentor_buf *said)
{
	mentor_buf_clear(said);
	return mentor_equality_import(m, 1, "eq.csv", csv, strlen(csv), 0, note, said);
}

/* Imports and demands what is said about it. */
static void taken(struct mentor *m, const char *csv, const char *expected)
{
	struct mentor_buf said = MENTOR_BUF_INIT;
	if (import(m, csv, &said))
		fail_msg("%s", mentor_error(m)->message);
	assert_string_equal(mentor_buf_text(&said), expected);
	mentor_buf_free(&said);
}

/* Imports and demands that this is refused, with such a problem among others, and without a trace. */
static void refused(struct mentor *m, const char *csv, const char *message, long row)
{
	struct mentor_buf said = MENTOR_BUF_INIT;
	uint64_t before = support_fingerprint(m);
	assert_int_equal(import(m, csv, &said), MENTOR_INVALID);
	assert_int_equal(said.len, 0);
	assert_true(support_fingerprint(m) == before);
	const struct mentor_error *e = mentor_error(m);
	assert_string_equal(e->state, "nothing imported");
	bool found = false;
	for (size_t i = 0; i < e->n_problems; i++)
		found = found || (strcmp(e->problems[i].message, message) == 0 && e->problems[i].place.row == row);
	if (!found)
		fail_msg("no such problem: %s, but: %s", message, e->message);
	mentor_buf_free(&said);
}

/* What is stored, a row each, in the order of people and questions. */
static void stored(struct mentor *m, const char *expected)
{
	struct mentor_buf all = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = true;
	db_equality(m, true);
	assert_int_equal(db_query(m,
			     "SELECT p.name, a.question, a.value FROM equality_answer a JOIN equality_subject s ON s.id = a.subject_id "
			     "JOIN person p ON p.id = s.person_id ORDER BY p.id, a.question, a.position",
			     DB_NO_ARGS, &rows),
	    MENTOR_OK);
	while (db_next(rows, &more) == MENTOR_OK && more)
		mentor_buf_fmt(&all, "%s %s=%s;", db_text(rows, 0), db_text(rows, 1), db_text(rows, 2));
	db_done(rows);
	db_equality(m, false);
	assert_string_equal(mentor_buf_text(&all), expected);
	mentor_buf_free(&all);
}

static int64_t count(struct mentor *m, const char *sql)
{
	db_equality(m, true);
	int64_t n = support_number(m, sql);
	db_equality(m, false);
	return n;
}

static void answers_are_taken_and_the_newest_count(void **state)
{
	struct mentor *m = *state;
	static const char csv[] = "Email,Group,Ways\nann@example.org,One,bus;foot\nBOB@example.org,Two,\ncy@example.org,,\n";
	taken(m, csv, "added 2;unchanged 1;");
	stored(m, "ann group=one;ann ways=bus;ann ways=foot;bob group=two;");
	uint64_t before = support_fingerprint(m);
	taken(m, csv, "unchanged 3;");
	assert_true(support_fingerprint(m) == before);
	taken(m, "Email,Group,Ways\nann@example.org,One,foot\nbob@example.org,Two,\n", "updated 1;unchanged 1;");
	stored(m, "ann group=one;ann ways=foot;bob group=two;");
	/* a row is all that somebody answers: an empty one leaves nothing to hold */
	taken(m, "Email,Group,Ways\nbob@example.org,,\n", "updated 1;");
	stored(m, "ann group=one;ann ways=foot;");
	assert_int_equal(count(m, "SELECT count(*) FROM equality_subject"), 1);
	taken(m, "Email,Group,Ways\n", "");
}

static void the_address_stands_under_its_name_or_in_the_first_column(void **state)
{
	struct mentor *m = *state;
	taken(m, "Your address,Group,Ways\nann@example.org,One,\n", "added 1;");
	taken(m, "ID,Start time,Email,Name,Group,Ways\n1,x,bob@example.org,Bob,One,\n", "added 1;");
	taken(m, "Group;Ways;Email\nTwo;;cy@example.org\n", "added 1;");
	refused(m, "Group,Ways\nOne,\n", "the heading is missing", 0);
	refused(m, "ID,Group,Ways\n1,One,\n", "the heading is missing", 0);
	refused(m, "Email,Group,Ways,Salary\nann@example.org,One,,9\n", "the programme does not know this heading", 0);
	refused(m, "Email,Group\nann@example.org,One\n", "the heading is missing", 0);
}

static void problems_name_row_and_heading_but_neither_answers_nor_addresses(void **state)
{
	struct mentor *m = *state;
	static const char csv[] = "Email,Group,Ways\nann@example.org,Zwei,\nnobody@example.org,One,\neve@example.org,One,\np1,One,\n,One,\n"
				  "bob@example.org,One,\nBob@example.org,Two,\n";
	refused(m, csv, "this is not one of the answers", 1);
	refused(m, csv, "nobody in this cohort has the address in this row", 2);
	refused(m, csv, "nobody in this cohort has the address in this row", 3);
	refused(m, csv, "nobody in this cohort has the address in this row", 4);
	refused(m, csv, "the cell is empty", 5);
	refused(m, csv, "row 6 is of the same person", 7);
	const struct mentor_error *e = mentor_error(m);
	assert_int_equal(e->n_problems, 6);
	assert_string_equal(e->problems[0].place.field, "Group");
	static const char *const secrets[] = { "Zwei", "One", "Two", "example.org", "ann", "eve" };
	for (size_t i = 0; i < e->n_problems; i++)
		for (size_t s = 0; s < sizeof(secrets) / sizeof(*secrets); s++) {
			assert_null(strstr(e->problems[i].message, secrets[s]));
			assert_true(!e->problems[i].hint || !strstr(e->problems[i].hint, secrets[s]));
		}
}

static void who_came_late_for_the_cohort_answers_on_its_form_too(void **state)
{
	struct mentor *m = *state;
	static const char csv[] = "Email,Group,Ways\neve@example.org,One,\n";
	support_sql(m, "INSERT INTO cohort (id, programme_id, revision_id, slug, title) VALUES (2, 1, 1, 'next', 'Next')");
	support_sql(m, "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (2, 5, 'mentor', 'applied', '2026-03-02')");
	refused(m, csv, "nobody in this cohort has the address in this row", 1);
	support_sql(m, "UPDATE enrolment SET origin = 'late', origin_cohort_id = 1 WHERE person_id = 5");
	taken(m, csv, "added 1;");
	assert_int_equal(count(m, "SELECT cohort_id FROM equality_subject"), 1);
}

static void nothing_is_held_without_a_stated_purpose(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf said = MENTOR_BUF_INIT;
	static const char bare[] = "programme: bare\ntitle: Bare\ncontact: { email: team@example.org }\ncontract: { purpose: We talk. }\n";
	const char *change = NULL;
	struct mentor_cohort cohort;
	int64_t id = 0;
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "other";
	assert_int_equal(mentor_programme_import(m, "bare.yaml", bare, strlen(bare), &change, &id), MENTOR_OK);
	assert_int_equal(mentor_cohort_add(m, "bare", &cohort, field_bit(mentor_cohort_fields, "slug"), &id), MENTOR_OK);
	assert_int_equal(mentor_equality_import(m, id, "eq.csv", "Email\n", 6, 0, note, &said), MENTOR_REFUSED);
	assert_non_null(strstr(mentor_error(m)->message, "nothing is held without a stated purpose"));
	assert_string_equal(mentor_error(m)->state, "nothing imported");
	assert_int_equal(mentor_equality_status(m, id, note, note, &said), MENTOR_REFUSED);
	mentor_buf_free(&said);
}

static void who_objects_is_forgotten_at_once_and_passed_over(void **state)
{
	struct mentor *m = *state;
	static const char csv[] = "Email,Group,Ways\nann@example.org,One,bus\nbob@example.org,Two,\n";
	bool changed = false;
	taken(m, csv, "added 2;");
	assert_int_equal(mentor_equality_withdraw(m, 1, false, &changed), MENTOR_OK);
	assert_true(changed);
	stored(m, "bob group=two;");
	assert_int_equal(count(m, "SELECT count(*) FROM equality_subject"), 1);
	uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_equality_withdraw(m, 1, false, &changed), MENTOR_OK);
	assert_false(changed);
	taken(m, csv, "unchanged 1;withdrawn 1;");
	assert_true(support_fingerprint(m) == before);
	/* before ever answering */
	assert_int_equal(mentor_equality_withdraw(m, 4, false, &changed), MENTOR_OK);
	assert_true(changed);
	taken(m, "Email,Group,Ways\ndi@example.org,One,\n", "withdrawn 1;");
	/* and back */
	assert_int_equal(mentor_equality_withdraw(m, 1, true, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_equality_withdraw(m, 1, true, &changed), MENTOR_OK);
	assert_false(changed);
	taken(m, csv, "added 1;unchanged 1;");
	assert_int_equal(mentor_equality_withdraw(m, 99, false, &changed), MENTOR_REFUSED);
}

/* ---- status ---- */

struct told {
	struct mentor_equality_status now;
	int earlier;
	char purpose[64];
};

static enum mentor_status tell_now(void *arg, const void *record)
{
	((struct told *)arg)->now = *(const struct mentor_equality_status *)record;
	return MENTOR_OK;
}

static enum mentor_status tell_earlier(void *arg, const void *record)
{
	struct told *told = arg;
	const struct mentor_equality_status *row = record;
	assert_true(row->asked == MENTOR_NONE && row->answered == MENTOR_NONE);
	snprintf(told->purpose, sizeof(told->purpose), "%s", row->purpose);
	told->earlier++;
	return MENTOR_OK;
}

static void demand_answered(struct mentor *m, int64_t asked, int64_t answered)
{
	struct told told = { .earlier = 0 };
	assert_int_equal(mentor_equality_status(m, 1, tell_now, tell_earlier, &told), MENTOR_OK);
	assert_int_equal(told.now.asked, asked);
	assert_int_equal(told.now.answered, answered);
}

static void how_many_have_answered_is_told_unless_they_or_the_others_are_few(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf csv = MENTOR_BUF_INIT, said = MENTOR_BUF_INIT;
	for (int i = 5; i <= 20; i++) {
		char name[32];
		snprintf(name, sizeof(name), "person%d", i);
		support_sql(m, "UPDATE cohort SET mentors_max = 100");
		support_person(m, name, "Parks", MENTOR_ROLE_MENTOR);
	}
	demand_answered(m, 20, 0); /* nobody is nobody in particular */
	mentor_buf_str(&csv, "Email,Group,Ways\n");
	for (int n = 1; n <= 20; n++) {
		static const char *const first[] = { "ann", "bob", "cy", "di" };
		if (n <= 4)
			mentor_buf_fmt(&csv, "%s@example.org,One,\n", first[n - 1]);
		else
			mentor_buf_fmt(&csv, "person%d@example.org,One,\n", n);
		assert_int_equal(import(m, mentor_buf_text(&csv), &said), MENTOR_OK);
		bool few = n < 5 || (n > 15 && n < 20); /* min_cell is 5 */
		demand_answered(m, 20, few ? MENTOR_SUPPRESSED : n);
	}
	mentor_buf_free(&csv);
	mentor_buf_free(&said);
}

static void answers_keep_what_they_were_given_for(void **state)
{
	struct mentor *m = *state;
	struct told told = { .earlier = 0 };
	taken(m, "Email,Group,Ways\nann@example.org,One,\nbob@example.org,One,\n", "added 2;");
	assert_int_equal(mentor_equality_status(m, 1, tell_now, tell_earlier, &told), MENTOR_OK);
	assert_int_equal(told.earlier, 0);
	db_equality(m, true);
	support_sql(m, "UPDATE equality_basis SET purpose = 'Something else'");
	db_equality(m, false);
	taken(m, "Email,Group,Ways\nann@example.org,One,\nbob@example.org,Two,\n", "updated 1;unchanged 1;");
	assert_int_equal(mentor_equality_status(m, 1, tell_now, tell_earlier, &told), MENTOR_OK);
	assert_int_equal(told.earlier, 1);
	assert_string_equal(told.purpose, "Something else");
	assert_int_equal(count(m, "SELECT s.person_id FROM equality_subject s JOIN equality_basis b ON b.id = s.basis_id WHERE b.purpose = 'To count'"), 2);
	assert_int_equal(count(m, "SELECT months FROM equality_basis WHERE purpose = 'To count'"), 12);
	/* with the last answer given for it, the earlier purpose is history */
	taken(m, "Email,Group,Ways\nann@example.org,Two,\n", "updated 1;");
	told.earlier = 0;
	assert_int_equal(mentor_equality_status(m, 1, tell_now, tell_earlier, &told), MENTOR_OK);
	assert_int_equal(told.earlier, 0);
}

/* ---- rows ---- */

static void the_order_of_rows_is_not_the_order_of_the_file(void **state)
{
	enum { PEOPLE = 40 };
	struct mentor *m = *state;
	struct mentor_buf csv = MENTOR_BUF_INIT, said = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = true;
	int n = 0, in_order = 0;
	support_sql(m, "UPDATE cohort SET mentors_max = 100");
	mentor_buf_str(&csv, "Email,Group,Ways\n");
	for (int i = 0; i < PEOPLE; i++) {
		char name[32];
		snprintf(name, sizeof(name), "person%02d", i);
		support_person(m, name, "Parks", MENTOR_ROLE_MENTOR);
		mentor_buf_fmt(&csv, "%s@example.org,One,\n", name);
	}
	assert_int_equal(import(m, mentor_buf_text(&csv), &said), MENTOR_OK);
	db_equality(m, true);
	assert_int_equal(db_query(m, "SELECT person_id FROM equality_subject ORDER BY id", DB_NO_ARGS, &rows), MENTOR_OK);
	for (int64_t before = 0; db_next(rows, &more) == MENTOR_OK && more; before = db_number(rows, 0), n++)
		in_order += db_number(rows, 0) > before;
	db_done(rows);
	assert_int_equal(support_number(m, "SELECT count(*) FROM equality_answer WHERE id < 4294967296"), 0);
	db_equality(m, false);
	assert_int_equal(n, PEOPLE);
	assert_true(in_order >= 5 && in_order <= 35); /* 20 on average; outside with a chance below 1 in 10^9 */
	mentor_buf_free(&csv);
	mentor_buf_free(&said);
}

static enum mentor_status merge(struct mentor *m, int64_t kept, int64_t gone)
{
	enum mentor_status status = mentor_begin(m);
	if (!status)
		status = equality_merge(m, kept, gone);
	return status ? status : mentor_commit(m);
}

static void two_records_of_one_person_become_one(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	taken(m, "Email,Group,Ways\nann@example.org,One,\nbob@example.org,Two,\ncy@example.org,One,\n", "added 3;");
	assert_int_equal(merge(m, 4, 3), MENTOR_OK); /* only cy has answered */
	stored(m, "ann group=one;bob group=two;di group=one;");
	assert_int_equal(merge(m, 1, 2), MENTOR_OK); /* both have */
	stored(m, "ann group=one;di group=one;");
	assert_int_equal(mentor_equality_withdraw(m, 2, false, &changed), MENTOR_OK);
	assert_int_equal(merge(m, 1, 2), MENTOR_OK); /* either has objected */
	stored(m, "di group=one;");
	taken(m, "Email,Group,Ways\nann@example.org,One,\nbob@example.org,Two,\n", "added 1;withdrawn 1;");
	assert_int_equal(count(m, "SELECT count(*) FROM equality_objection"), 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(answers_are_taken_and_the_newest_count),
		TEST(the_address_stands_under_its_name_or_in_the_first_column),
		TEST(problems_name_row_and_heading_but_neither_answers_nor_addresses),
		TEST(who_came_late_for_the_cohort_answers_on_its_form_too),
		TEST(nothing_is_held_without_a_stated_purpose),
		TEST(who_objects_is_forgotten_at_once_and_passed_over),
		TEST(how_many_have_answered_is_told_unless_they_or_the_others_are_few),
		TEST(answers_keep_what_they_were_given_for),
		TEST(the_order_of_rows_is_not_the_order_of_the_file),
		TEST(two_records_of_one_person_become_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
