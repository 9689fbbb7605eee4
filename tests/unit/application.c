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

/* What was told of the rows: "added 1 spring" and so on, one a line, with lists in brackets. */
struct tally {
	int added, updated, differs, unchanged;
	char told[4000];
};

static void append(struct tally *t, const char *before, const char *text)
{
	if (text)
		snprintf(t->told + strlen(t->told), sizeof(t->told) - strlen(t->told), "%s%s", before, text);
}

static enum mentor_status count(void *arg, const struct mentor_import_row *row)
{
	struct tally *t = arg;
	char number[24];
	t->added += strcmp(row->change, "added") == 0;
	t->updated += strcmp(row->change, "updated") == 0;
	t->differs += strcmp(row->change, "differs") == 0;
	t->unchanged += strcmp(row->change, "unchanged") == 0;
	snprintf(number, sizeof(number), " %d", (int)row->row);
	append(t, t->told[0] ? "\n" : "", row->change);
	append(t, number, "");
	append(t, " ", row->cohort);
	append(t, " filled: ", row->filled);
	append(t, " differs: ", row->differences);
	append(t, " because: ", row->reasons);
	assert_true((row->person_id > 0) == (strcmp(row->change, "rejected") != 0));
	return MENTOR_OK;
}

static enum mentor_status import(struct mentor *m, const char *csv, struct tally *t)
{
	*t = (struct tally){ 0 };
	return mentor_enrol_import(m, 1, "form.csv", csv, strlen(csv), 0, NULL, count, t);
}

/* Bad rows are left out, and come back in `rejects`. */
static enum mentor_status keep_going(struct mentor *m, const char *csv, struct tally *t, struct mentor_buf *rejects)
{
	*t = (struct tally){ 0 };
	mentor_buf_clear(rejects);
	return mentor_enrol_import(m, 1, "form.csv", csv, strlen(csv), 0, rejects, count, t);
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
	assert_int_equal(support_number(m, "SELECT count(*) FROM answer WHERE question = 'topics' AND value = 'a' || char(10) || 'b'"), 1);
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

static void what_the_file_says_otherwise_is_listed_and_what_it_adds_is_named(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	assert_int_equal(import(m, HEADING "1,ann@example.org,Ann,Mentor,,a;b\n2,ben@example.org,Ben,Mentee,Roads,\n", &t), MENTOR_OK);
	assert_string_equal(t.told, "added 1 spring\nadded 2 spring");
	assert_int_equal(import(m, HEADING "1,ann@example.org,Anna,Mentee,Parks,a\n2,ben@example.org,Ben,Mentee,Roads,c\n", &t), MENTOR_OK);
	assert_string_equal(t.told, "differs 1 spring filled: directorate differs: name: recorded 'Ann', file 'Anna'\n"
				    "role: recorded 'mentor', file 'mentee'\ntopics: recorded 'a b', file 'a'\n"
				    "updated 2 spring filled: topics");
	assert_int_equal(import(m, HEADING "9,ann@example.org,Ann,Mentor,,\n", &t), MENTOR_OK);
	assert_string_equal(t.told, "differs 1 spring differs: response: recorded '1', file '9'");
}

static void an_enrolment_made_by_hand_takes_the_number_of_its_response(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	support_person(m, "ann", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(import(m, HEADING "7,ann@example.org,ann,Mentor,Parks,\n", &t), MENTOR_OK);
	assert_string_equal(t.told, "updated 1 spring filled: response");
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE response = '7' AND state = 'accepted'"), 1);
	assert_int_equal(import(m, HEADING "7,ann@example.org,ann,Mentor,Parks,\n", &t), MENTOR_OK);
	assert_string_equal(t.told, "unchanged 1 spring");
}

static void a_person_known_by_another_address_is_one_person(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	support_person(m, "ann", "Parks", MENTOR_ROLE_MENTOR);
	support_sql(m, "INSERT INTO address (person_id, email) VALUES (1, 'old@example.org')");
	assert_int_equal(import(m, HEADING "1,old@example.org,ann,Mentor,Roads,\n", &t), MENTOR_OK);
	assert_string_equal(t.told, "differs 1 spring filled: response differs: directorate: recorded 'Parks', file 'Roads'");
	assert_int_equal(import(m, HEADING "1,old@example.org,ann,Mentor,,\n2,ann@example.org,ann,Mentor,,\n", &t), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "ann@example.org has applied in row 1 already, as old@example.org");
	assert_int_equal(mentor_error(m)->place.row, 2);
}

static void what_comes_late_is_kept_for_the_next_cohort(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	bool changed = false;
	static const char csv[] = HEADING "1,ann@example.org,Ann,Mentor,,a\n2,ben@example.org,Ben,Mentee,,\n";
	assert_int_equal(import(m, HEADING "1,ann@example.org,Ann,Mentor,,a\n", &t), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_CLOSED, &changed), MENTOR_OK);
	assert_int_equal(import(m, csv, &t), MENTOR_OK);
	assert_string_equal(t.told, "unchanged 1 spring\nlate 2 next");
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE cohort_id = 2 AND origin = 'late' AND origin_cohort_id = 1 AND response = '2'"), 1);
	uint64_t before = support_fingerprint(m);
	assert_int_equal(import(m, csv, &t), MENTOR_OK);
	assert_string_equal(t.told, "unchanged 1 spring\nunchanged 2 next");
	assert_true(support_fingerprint(m) == before);
}

static void who_is_late_here_and_in_the_next_cohort_already_is_known_there(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	bool changed = false;
	support_person(m, "ann", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(mentor_cohort_move(m, 1, MENTOR_COHORT_CLOSED, &changed), MENTOR_OK);
	assert_int_equal(import(m, HEADING "1,ben@example.org,Ben,Mentee,,\n", &t), MENTOR_OK);
	support_sql(m, "UPDATE enrolment SET cohort_id = 2 WHERE id = 1");
	assert_int_equal(import(m, HEADING "1,ben@example.org,Ben,Mentee,,\n2,ann@example.org,ann,Mentee,,\n", &t), MENTOR_OK);
	assert_string_equal(t.told, "unchanged 1 next\ndiffers 2 next filled: response differs: role: recorded 'mentor', file 'mentee'");
}

static void a_cohort_that_is_not_open_yet_takes_nothing_new(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	support_sql(m, "UPDATE cohort SET opened_on = NULL");
	uint64_t before = support_fingerprint(m);
	assert_int_equal(import(m, HEADING "1,ann@example.org,Ann,Mentor,,\n", &t), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "the cohort 'spring' does not take applications yet");
	assert_true(support_fingerprint(m) == before);
	assert_string_equal(t.told, "");
}

static void bad_rows_are_left_out_and_come_back_with_their_reasons(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	struct mentor_buf rejects = MENTOR_BUF_INIT;
	static const char csv[] = HEADING "1,ann@example.org,Ann,Mentor,,\n"
				  "2,ben,\"Ben, \"\"B\"\"\",Boss,,\n"
				  "3,cat@example.org,Cat,Mentor\n"
				  "4,dan@example.org,\"Dan\" x,Mentor,,\n"
				  "5,ann@example.org,Ann,Mentee,,\n"
				  "6,eve@example.org,Eve,Mentee,,";
	assert_int_equal(keep_going(m, csv, &t, &rejects), MENTOR_OK);
	assert_string_equal(t.told, "added 1 spring\n"
				    "rejected 2 because: Role: \"Boss\" is not \"Mentor\" or \"Mentee\" (the answers are declared in the programme file)\n"
				    "Email: 'ben' is not an e-mail address (an address looks like name@example.org)\n"
				    "rejected 3 because: row 3 has 4 cells, the heading has 6 (put a cell that holds the delimiter or a line break in quotes)\n"
				    "rejected 4 because: Name: text follows the closing quote (write a quote inside a quoted cell twice: \"\")\n"
				    "rejected 5 because: Email: ann@example.org has applied in row 1 already (keep the one that counts and remove the other)\n"
				    "added 6 spring");
	assert_string_equal(mentor_buf_text(&rejects), "ID,Email,Name,Role,Where,Topics,reason\n"
	    "2,ben,\"Ben, \"\"B\"\"\",Boss,,,\"Role: \"\"Boss\"\" is not \"\"Mentor\"\" or \"\"Mentee\"\" (the answers are declared in the programme file); "
	    "Email: 'ben' is not an e-mail address (an address looks like name@example.org)\"\n"
	    "3,cat@example.org,Cat,Mentor,\"row 3 has 4 cells, the heading has 6 (put a cell that holds the delimiter or a line break in quotes)\"\n"
	    "4,dan@example.org,\"Dan\" x,Mentor,,,\"Name: text follows the closing quote (write a quote inside a quoted cell twice: \"\"\"\")\"\n"
	    "5,ann@example.org,Ann,Mentee,,,Email: ann@example.org has applied in row 1 already (keep the one that counts and remove the other)\n");
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment"), 2);
	/* as it is, it is left out again, with one column of reasons */
	struct mentor_buf again = MENTOR_BUF_INIT;
	assert_int_equal(keep_going(m, mentor_buf_text(&rejects), &t, &again), MENTOR_OK);
	assert_non_null(strstr(mentor_buf_text(&again), "ID,Email,Name,Role,Where,Topics,reason\n2,ben,"));
	assert_null(strstr(mentor_buf_text(&again), "reason,reason"));
	mentor_buf_free(&rejects);
	mentor_buf_free(&again);
}

static void rows_that_were_mended_can_be_imported(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	assert_int_equal(import(m, HEADING "1,ann@example.org,Ann,Mentor,,\n", &t), MENTOR_OK);
	assert_int_equal(import(m, "ID,Email,Name,Role,Where,Topics,reason\r\n2,ben@example.org,Ben,Mentee,,,\"Email: was wrong\"\r\n", &t), MENTOR_OK);
	assert_string_equal(t.told, "added 1 spring");
	assert_int_equal(support_number(m, "SELECT count(*) FROM answer"), 0);
}

static void a_file_that_is_wrong_as_a_whole_is_refused_whatever_may_be_left_out(void **state)
{
	static const char *const broken[] = { "ID,Email,Name,Rolle,Where,Topics\n", "ID,Email,Name,Role,Where,Topics,Shoe\n", HEADING "1,ann@example.org,\"Ann,Mentor,,\n",
		HEADING "1,ann@example.org,\xff,Mentor,,\n" };
	struct mentor *m = *state;
	uint64_t before = support_fingerprint(m);
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct tally t;
		struct mentor_buf rejects = MENTOR_BUF_INIT;
		assert_int_equal(keep_going(m, broken[i], &t, &rejects), MENTOR_INVALID);
		assert_string_equal(mentor_error(m)->state, "nothing imported");
		assert_string_equal(mentor_buf_text(&rejects), "");
		assert_true(support_fingerprint(m) == before);
	}
}

static void a_response_of_somebody_else_is_left_out(void **state)
{
	struct mentor *m = *state;
	struct tally t;
	struct mentor_buf rejects = MENTOR_BUF_INIT;
	assert_int_equal(import(m, HEADING "1,ann@example.org,Ann,Mentor,,\n", &t), MENTOR_OK);
	assert_int_equal(keep_going(m, HEADING "1,ben@example.org,Ben,Mentee,,\n2,cat@example.org,Cat,Mentee,,\n", &t, &rejects), MENTOR_OK);
	assert_string_equal(t.told, "rejected 1 because: ID: response 1 is Ann's application already (for another form, leave 'response' out of "
				    "application.columns; people are told apart by address then)\nadded 2 spring");
	assert_int_equal(support_number(m, "SELECT count(*) FROM person WHERE email = 'ben@example.org'"), 0);
	/* it is told of beside other mistakes */
	assert_int_equal(import(m, HEADING "1,ben@example.org,Ben,Mentee,,\n3,dan,Dan,Mentee,,\n", &t), MENTOR_INVALID);
	assert_int_equal(mentor_error(m)->n_problems, 2);
	assert_string_equal(mentor_error(m)->problems[1].message, "response 1 is Ann's application already");
	mentor_buf_free(&rejects);
}

/* Several batches for the reader: from one row to another of `many`, of which row `odd`, unless that is 0, has this instead. */
static void many_rows(struct mentor_buf *csv, int from, int to, int odd, const char *instead)
{
	mentor_buf_clear(csv);
	mentor_buf_str(csv, HEADING);
	for (int i = from; i <= to; i++) {
		if (i == odd)
			mentor_buf_str(csv, instead);
		else
			mentor_buf_fmt(csv, "%d,person%d@example.org,Person %d,Mentor,Parks,a;b\n", i, i, i);
	}
}

static enum mentor_status count_all(void *arg, const struct mentor_import_row *row)
{
	struct tally *t = arg;
	t->added += strcmp(row->change, "added") == 0;
	t->unchanged += strcmp(row->change, "unchanged") == 0;
	return MENTOR_OK;
}

static enum mentor_status import_many(struct mentor *m, const struct mentor_buf *csv, struct tally *t, struct mentor_buf *rejects)
{
	*t = (struct tally){ 0 };
	return mentor_enrol_import(m, 1, "form.csv", mentor_buf_text(csv), csv->len, 0, rejects, count_all, t);
}

static void a_large_file_is_read_while_it_is_stored(void **state)
{
	enum { MANY = 10000 };
	struct mentor *m = *state;
	struct mentor_buf csv = MENTOR_BUF_INIT, rejects = MENTOR_BUF_INIT;
	struct tally t;
	uint64_t before = support_fingerprint(m);
	many_rows(&csv, 1, MANY, MANY - 1, "9999,person,Person,Mentor,Parks,\n");
	assert_int_equal(import_many(m, &csv, &t, NULL), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "'person' is not an e-mail address");
	assert_int_equal(mentor_error(m)->place.row, MANY - 1);
	assert_true(support_fingerprint(m) == before);
	many_rows(&csv, 1, MANY, MANY - 1, "9999,person9999@example.org,\"Person\n");
	assert_int_equal(import_many(m, &csv, &t, NULL), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "the quote that opens here is never closed");
	assert_true(support_fingerprint(m) == before);
	/* a store that fails while the file is read ends both */
	many_rows(&csv, 1, MANY, 0, NULL);
	static const long calls[] = { 1, 10, 100, 1000, 20000, 60000 };
	for (size_t c = 0; c < sizeof(calls) / sizeof(*calls); c++) {
		support_calls = 0;
		support_fail_at = calls[c];
		assert_int_not_equal(import_many(m, &csv, &t, NULL), MENTOR_OK);
		support_fail_at = 0;
		assert_true(support_calls >= calls[c]);
		assert_string_not_equal(mentor_error(m)->message, "");
		assert_true(support_fingerprint(m) == before);
	}
	/* a row in the middle is left out, and so is what comes twice, first in another batch */
	many_rows(&csv, 1, MANY, 5000, "5000,person17@example.org,Person 17,Mentor,Parks,\n");
	assert_int_equal(import_many(m, &csv, &t, &rejects), MENTOR_OK);
	assert_int_equal(t.added, MANY - 1);
	assert_non_null(strstr(mentor_buf_text(&rejects), "\n5000,person17@example.org,Person 17,Mentor,Parks,,Email: person17@example.org has applied in row 17 already"));
	assert_int_equal(support_number(m, "SELECT count(*) FROM person"), MANY - 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM person p JOIN enrolment e ON e.person_id = p.id JOIN answer a ON a.enrolment_id = e.id "
					   "WHERE p.email = 'person' || e.response || '@example.org' AND p.name = 'Person ' || e.response"), MANY - 1);
	/* most are known then, in a store that is larger than the file, and smaller */
	many_rows(&csv, 4000, MANY + 1000, 0, NULL);
	assert_int_equal(import_many(m, &csv, &t, NULL), MENTOR_OK);
	assert_int_equal(t.added, 1001);
	assert_int_equal(t.unchanged, 6000);
	before = support_fingerprint(m);
	many_rows(&csv, 1, 6000, 0, NULL);
	assert_int_equal(import_many(m, &csv, &t, NULL), MENTOR_OK);
	assert_int_equal(t.unchanged, 6000);
	many_rows(&csv, 1, MANY + 1000, 0, NULL);
	assert_int_equal(import_many(m, &csv, &t, NULL), MENTOR_OK);
	assert_int_equal(t.unchanged, MANY + 1000);
	assert_true(support_fingerprint(m) == before);
	mentor_buf_free(&csv);
	mentor_buf_free(&rejects);
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
		TEST(what_the_file_says_otherwise_is_listed_and_what_it_adds_is_named),
		TEST(an_enrolment_made_by_hand_takes_the_number_of_its_response),
		TEST(a_person_known_by_another_address_is_one_person),
		TEST(what_comes_late_is_kept_for_the_next_cohort),
		TEST(who_is_late_here_and_in_the_next_cohort_already_is_known_there),
		TEST(a_cohort_that_is_not_open_yet_takes_nothing_new),
		TEST(bad_rows_are_left_out_and_come_back_with_their_reasons),
		TEST(rows_that_were_mended_can_be_imported),
		TEST(a_file_that_is_wrong_as_a_whole_is_refused_whatever_may_be_left_out),
		TEST(a_response_of_somebody_else_is_left_out),
		TEST(a_large_file_is_read_while_it_is_stored),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
