/* survey.c (test): imports that cannot hurt, and the list of who was asked. */
#include "support_world.h"

/* What an import told: responses by kind of change. */
struct told {
	int64_t added, unchanged, rows;
};

static enum mentor_status note_import(void *arg, const void *record)
{
	struct told *told = arg;
	const struct mentor_survey_imported *row = record;
	*(strcmp(row->change, "added") == 0 ? &told->added : &told->unchanged) += row->responses;
	told->rows++;
	return MENTOR_OK;
}

static enum mentor_status import(struct mentor *m, const char *stage, const char *text, struct told *told)
{
	*told = (struct told){ 0 };
	return mentor_survey_import(m, 1, "view", stage, "answers.csv", text, strlen(text), '\0', note_import, told);
}

/* Nothing is stored, and one problem names the row, the heading and what is wrong. */
static void assert_refused(
    struct mentor *m, const char *text, long row, const char *field, const char *message, const char *hint)
{
	struct told told;
	int64_t before = support_number(m, "SELECT count(*) FROM response");
	assert_int_equal(import(m, "before", text, &told), MENTOR_INVALID);
	const struct mentor_error *e = mentor_error(m);
	assert_string_equal(e->message, message);
	assert_string_equal(e->state, "nothing imported");
	assert_string_equal(e->place.file, "answers.csv");
	assert_int_equal(e->place.row, row);
	assert_string_equal(e->place.field, field);
	if (hint)
		assert_string_equal(e->hint, hint);
	assert_int_equal(support_number(m, "SELECT count(*) FROM response"), before);
}

/* ---- import ---- */

static void importing_twice_changes_nothing(void **state)
{
	static const char text[] =
	    SUPPORT_COLUMNS "1,a@example.org,x,4,5,yes,\"More, please\"\n2,B@Example.org,x,1,2,No,\n";
	support_import(*state, "before", text, 2, 0);
	support_import(*state, "before", text, 0, 2);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response"), 2);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response_value"), 7);
}

static void the_same_file_under_another_stage_is_a_slip(void **state)
{
	static const char text[] = SUPPORT_COLUMNS "1,a@example.org,x,4,5,yes,More\n2,b@example.org,x,1,2,No,\n";
	struct told told;
	support_import(*state, "before", text, 2, 0);
	assert_int_equal(import(*state, "after", text, &told), MENTOR_REFUSED);
	assert_string_equal(mentor_error(*state)->message, "this very file was imported already, for the stage 'before' of 'view'");
	assert_non_null(strstr(mentor_error(*state)->hint, "mentor survey remove 1"));
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response WHERE stage = 'after'"), 0);
}

static void a_longer_export_adds_only_the_new_rows(void **state)
{
	support_import(*state, "before", SUPPORT_COLUMNS "1,a@example.org,,4,,,\n", 1, 0);
	support_import(*state, "before", SUPPORT_COLUMNS "1,a@example.org,,4,,,\n2,b@example.org,,3,,,\n", 1, 1);
}

static void other_answers_under_a_known_number_are_refused(void **state)
{
	support_import(*state, "before", SUPPORT_COLUMNS "7,a@example.org,,4,,,\n", 1, 0);
	assert_refused(*state, SUPPORT_COLUMNS "7,a@example.org,,5,,,\n", 1, "ID",
	    "this response has been imported already, with other answers",
	    "answers are never overwritten: take the row out of the file");
	assert_refused(*state, SUPPORT_COLUMNS "7,a@example.org,,4,1,,\n", 1, "ID",
	    "this response has been imported already, with other answers", NULL);
	assert_refused(*state, SUPPORT_COLUMNS "7,b@example.org,,4,,,\n", 1, "ID",
	    "this response has been imported already, with other answers", NULL);
	assert_int_equal(support_number(*state, "SELECT number FROM response_value"), 4);
}

static void a_second_response_of_a_person_is_refused(void **state)
{
	assert_refused(*state, SUPPORT_COLUMNS "1,a@example.org,,4,,,\n2,a@example.org,,4,,,\n", 2, "Email",
	    "this person has answered this stage already, under another response number", "keep one row a person");
}

static void scale_answers_are_read_as_forms_write_them(void **state)
{
	support_import(*state, "before",
	    SUPPORT_COLUMNS "1,a@example.org,, 4 ,4 / 5,,\n2,b@example.org,,4 - often,4: well,,\n3,c@example.org,,4 "
			    "\xE2\x80\x93 gut,4,,\n"
			    "4,d@example.org,,very WELL,1,,\n5,e@example.org,,not at all,1,,\n6,f@example.org,,,,,\n",
	    6, 0);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response_value WHERE number = 4"), 6);
	assert_int_equal(
	    support_number(*state, "SELECT number FROM response_value WHERE response_id = 4 AND question = 'know'"), 5);
	assert_int_equal(
	    support_number(*state, "SELECT number FROM response_value WHERE response_id = 5 AND question = 'know'"), 1);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response_value WHERE response_id = 6"), 0);
}

static void anything_else_is_not_an_answer(void **state)
{
	static const char *const wrong[] = { "6", "0", "4.5", "4-5", "4 / 10", "-4", "four", "4 of 5", "44444" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct mentor_buf text = MENTOR_BUF_INIT, message = MENTOR_BUF_INIT;
		mentor_buf_fmt(&text, "%s1,a@example.org,,%s,,,\n", SUPPORT_COLUMNS, wrong[i]);
		mentor_buf_fmt(&message, "'%s' is not a whole number from 1 to 5", wrong[i]);
		assert_refused(*state, text.data, 1, "How well do you know?", message.data,
		    "or the words 'Not at all' or 'Very well'");
		mentor_buf_free(&text);
		mentor_buf_free(&message);
	}
	assert_refused(
	    *state, SUPPORT_COLUMNS "1,a@example.org,,,,perhaps,\n", 1, "Again?", "'perhaps' is not yes or no", NULL);
}

static void unknown_and_missing_headings_are_named(void **state)
{
	struct told told;
	assert_int_equal(import(*state, "before",
			     "ID,Email,How well do you knwo?,Q2,Again?,Anything else?\n1,a@example.org,4,,,\n", &told),
	    MENTOR_INVALID);
	const struct mentor_error *e = mentor_error(*state);
	assert_int_equal(e->n_problems, 2);
	assert_string_equal(e->problems[0].place.field, "How well do you know?");
	assert_string_equal(e->problems[0].message, "this heading is missing");
	assert_string_equal(e->problems[1].place.field, "How well do you knwo?");
	assert_string_equal(e->problems[1].hint, "did you mean 'How well do you know?'?");
}

static void a_file_without_addresses_says_so_with_an_empty_column(void **state)
{
	assert_refused(*state, "ID,How well do you know?,Q2,Again?,Anything else?\n1,4,,,\n", 0, "Email",
	    "this heading is missing", "add the column; leave it empty if the form did not ask who answers");
	support_import(*state, "before", SUPPORT_COLUMNS "1,,,4,,,\n2,anonymous,,5,,,\n", 2, 0);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response WHERE respondent_id IS NULL"), 2);
}

static void without_a_response_number_the_person_makes_it_harmless(void **state)
{
	static const char text[] = "Email,How well do you know?,Q2,Again?,Anything else?\na@example.org,4,,,\n";
	support_import(*state, "before", text, 1, 0);
	support_import(*state, "before", text, 0, 1);
	assert_refused(*state, "Email,How well do you know?,Q2,Again?,Anything else?\n,4,,,\n", 1, "Email",
	    "the row has neither an address nor a response number, so importing it twice would count it twice", NULL);
}

static void only_the_audience_can_answer(void **state)
{
	assert_refused(*state, SUPPORT_COLUMNS "1,guide@example.org,,4,,,\n", 1, "Email",
	    "this person is a mentor, and the survey asks mentees", NULL);
	assert_refused(*state, SUPPORT_COLUMNS "1,host@example.org,,4,,,\n", 1, "Email",
	    "this person is a facilitator, and the survey asks mentees", NULL);
	assert_refused(*state, SUPPORT_COLUMNS "1,x@example.org,,4,,,\n", 1, "Email",
	    "this person is in the cohort, but declined, not accepted", "see: mentor enrol list");
	assert_refused(*state, SUPPORT_COLUMNS "1,nobody@example.org,,4,,,\n", 1, "Email",
	    "nobody in this cohort has the address 'nobody@example.org'", NULL);
}

static void in_a_reciprocal_programme_both_sides_are_asked(void **state)
{
	support_import(*state, "before", SUPPORT_COLUMNS "1,guide@example.org,,4,,,\n2,a@example.org,,4,,,\n", 2, 0);
}

static void every_problem_is_told_and_nothing_is_stored(void **state)
{
	struct told told;
	assert_int_equal(
	    import(*state, "before",
		SUPPORT_COLUMNS
		"1,a@example.org,,9,,,\n2,b@example.org,,4,8,,\n3,c@example.org,,4,4,,\n,d@example.org,,4,,,\n",
		&told),
	    MENTOR_INVALID);
	const struct mentor_error *e = mentor_error(*state);
	assert_int_equal(e->n_problems, 3);
	assert_int_equal(e->problems[2].place.row, 4);
	assert_string_equal(e->problems[2].message, "the response number is missing");
	assert_int_equal(told.rows, 0);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response"), 0);
}

static void unknown_surveys_and_stages_are_not_found(void **state)
{
	struct told told;
	assert_int_equal(
	    mentor_survey_import(*state, 1, "veiw", "before", "f", "", 0, '\0', note_import, &told), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(*state)->hint, "did you mean 'view'?");
	assert_int_equal(import(*state, "later", SUPPORT_COLUMNS, &told), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(*state)->hint, "there is 'before' and 'after'");
}

static enum mentor_status keep_asked(void *arg, const void *record)
{
	struct mentor_survey_stage **at = arg;
	*(*at)++ = *(const struct mentor_survey_stage *)record;
	return MENTOR_OK;
}

static void the_list_counts_responses_of_those_asked(void **state)
{
	struct mentor_survey_stage rows[3], *at = rows;
	support_answers(*state, "before", "abcde", "12345");
	assert_int_equal(mentor_survey_list(*state, 1, keep_asked, &at), MENTOR_OK);
	assert_int_equal(at - rows, 3);
	assert_int_equal(rows[0].asked, 12);
	assert_int_equal(rows[0].responses, 5);
	assert_int_equal(rows[0].rate, 42);
	assert_int_equal(rows[1].responses, 0);
	assert_int_equal(rows[2].asked, 13); /* both sides, the facilitator not */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_survey_set_up, support_tear_down)

/* ---- choices, stages and answers without names ---- */

#define BEFORE "ID,Email,How well?,How often?,About what?,Your hopes?\n"
#define AFTER "ID,Email,How well?,How often?,About what?,Again?\n"

static int set_up_choices(void **state)
{
	*state = (void *)(uintptr_t)support_survey_choices;
	return support_survey_set_up(state);
}

static int set_up_anonymous(void **state)
{
	*state = (void *)(uintptr_t)support_survey_anonymous;
	return support_survey_set_up(state);
}

static void choices_are_read_in_any_case_and_kept_in_the_programmes_words(void **state)
{
	support_import(*state, "before",
	    BEFORE "1,a@example.org,,Monthly,Work,\n2,b@example.org,, less OFTEN ,STRASSE;WORK;,\n"
		   "3,c@example.org,,,; work ;;Work;work,\n4,d@example.org,,,,\n",
	    4, 0);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response_value WHERE number IS NOT NULL"), 0);
	assert_int_equal(support_number(*state,
			     "SELECT count(*) FROM response_value WHERE response_id = 2 AND text IN ('Less often', "
			     "'Stra\xC3\x9F"
			     "e', 'Work')"),
	    3);
	/* choices that differ only in case are told apart where they are written as they are */
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response_value WHERE response_id = 3"), 2);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response_value WHERE response_id = 4"), 0);
}

static void the_order_of_choices_does_not_make_another_answer(void **state)
{
	support_import(*state, "before", BEFORE "1,a@example.org,,,Work;work,\n", 1, 0);
	support_import(*state, "before", BEFORE "1,a@example.org,,,work;Work;,\n", 0, 1);
	static const char *const others[] = { "Work", "Work;work;Strasse", "Work;Strasse", "" };
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		struct mentor_buf text = MENTOR_BUF_INIT;
		mentor_buf_fmt(&text, "%s1,a@example.org,,,%s,\n", BEFORE, others[i]);
		assert_refused(
		    *state, text.data, 1, "ID", "this response has been imported already, with other answers", NULL);
		mentor_buf_free(&text);
	}
}

static void what_is_no_choice_is_named_with_the_nearest_one(void **state)
{
	assert_refused(*state, BEFORE "1,a@example.org,,Montly,,\n", 1, "How often?",
	    "'Montly' is not 'Weekly', 'Monthly' or 'Less often'", "did you mean 'Monthly'?");
	assert_refused(*state, BEFORE "1,a@example.org,,Monthly;Weekly,,\n", 1, "How often?",
	    "'Monthly;Weekly' is not 'Weekly', 'Monthly' or 'Less often'",
	    "the choices stand in the programme's survey 'view'");
	assert_refused(*state, BEFORE "1,a@example.org,,,Work;Nothing,\n", 1, "About what?",
	    "'Nothing' is not 'Stra\xC3\x9F"
	    "e', 'Work' or 'work'",
	    "the choices stand in the programme's survey 'view'");
}

static void a_stage_asks_its_own_questions_and_knows_no_others(void **state)
{
	struct told told;
	support_import(*state, "before", BEFORE "1,a@example.org,4,Weekly,Work,Much\n", 1, 0);
	support_import(*state, "after", AFTER "1,a@example.org,5,Weekly,Work,yes\n", 1, 0);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response_value"), 8);
	assert_int_equal(import(*state, "after", BEFORE "2,b@example.org,4,Weekly,Work,Much\n", &told), MENTOR_INVALID);
	const struct mentor_error *e = mentor_error(*state);
	assert_int_equal(e->n_problems, 2);
	assert_string_equal(e->problems[0].place.field, "Again?");
	assert_string_equal(e->problems[0].message, "this heading is missing");
	assert_string_equal(e->problems[1].place.field, "Your hopes?");
	assert_string_equal(e->problems[1].message, "the survey has no such question");
	assert_string_equal(e->problems[1].hint, "remove the column: it is asked only at the stage 'before'");
}

static void an_anonymous_survey_reads_no_address_and_links_nobody(void **state)
{
	/* x was declined and nobody is called zoe: with names, both would be refused */
	static const char text[] = BEFORE "1,a@example.org,4,Weekly,,\n2,a@example.org,4,,,\n3,x@example.org,2,,,\n"
					  "4,zoe@example.org,3,,,\n";
	support_import(*state, "before", text, 4, 0);
	support_import(*state, "before", text, 0, 4);
	support_import(*state, "before", "ID,How well?,How often?,About what?,Your hopes?\n4,3,,,\n5,1,,,\n", 1, 1);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response WHERE respondent_id IS NOT NULL"), 0);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response WHERE response LIKE '%@%'"), 0);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response_value WHERE text LIKE '%@%'"), 0);
	/* which answers came under a number nobody knows any more, not even to compare */
	support_import(*state, "before", BEFORE "4,zoe@example.org,5,,,\n", 0, 1);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response WHERE response IN ('1', '2', '3', '4', '5')"), 0);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response_seen"), 5);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM response WHERE id < 1000"), 0);
}

static void an_anonymous_survey_needs_response_numbers_that_are_no_addresses(void **state)
{
	assert_refused(*state, "Email,How well?,How often?,About what?,Your hopes?\na@example.org,4,,,\n", 0, "ID",
	    "this heading is missing",
	    "the survey is anonymous, so the form's number alone tells one response from another: add the column, or "
	    "name it in "
	    "the survey's response_header");
	assert_refused(*state, BEFORE ",a@example.org,4,,,\n", 1, "ID", "the response number is missing", NULL);
	assert_refused(*state, BEFORE "a@example.org,,4,,,\n", 1, "ID",
	    "an address cannot stand for a response to an anonymous survey", NULL);
}

static enum mentor_status count_anonymous(void *arg, const void *record)
{
	*(int64_t *)arg += ((const struct mentor_survey_stage *)record)->anonymous;
	return MENTOR_OK;
}

static void the_list_says_which_surveys_are_anonymous(void **state)
{
	int64_t n = 0;
	assert_int_equal(mentor_survey_list(*state, 1, count_anonymous, &n), MENTOR_OK);
	assert_int_equal(n, 2);
}

static const char combination[] =
    "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n"
    "arrangement: combination\n"
    "application: { columns: { email: { header: E }, name: { header: N }, role: { header: R }, arrangement: { header: "
    "A } } }\n"
    "matching: { rules: { agreed: { rule: compatible, field: arrangement, either: either } } }\n"
    "surveys: { view: { title: View, audience: mentees, stages: [before, after], questions: { know: { text: How well? "
    "} } } }\n";

static int set_up_combination(void **state)
{
	*state = (void *)(uintptr_t)combination;
	return support_survey_set_up(state);
}

static void in_a_combination_programme_the_role_says_who_is_asked(void **state)
{
	assert_refused(*state, "ID,Email,How well?\n1,guide@example.org,4\n", 1, "Email",
	    "this person is a mentor, and the survey asks mentees", NULL);
	support_import(*state, "before", "ID,Email,How well?\n1,a@example.org,4\n", 1, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    choices_are_read_in_any_case_and_kept_in_the_programmes_words, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    the_order_of_choices_does_not_make_another_answer, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    what_is_no_choice_is_named_with_the_nearest_one, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    a_stage_asks_its_own_questions_and_knows_no_others, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    an_anonymous_survey_reads_no_address_and_links_nobody, set_up_anonymous, support_tear_down),
		cmocka_unit_test_setup_teardown(an_anonymous_survey_needs_response_numbers_that_are_no_addresses,
		    set_up_anonymous, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    the_list_says_which_surveys_are_anonymous, set_up_anonymous, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    in_a_combination_programme_the_role_says_who_is_asked, set_up_combination, support_tear_down),
		TEST(importing_twice_changes_nothing),
		TEST(the_same_file_under_another_stage_is_a_slip),
		TEST(a_longer_export_adds_only_the_new_rows),
		TEST(other_answers_under_a_known_number_are_refused),
		TEST(a_second_response_of_a_person_is_refused),
		TEST(scale_answers_are_read_as_forms_write_them),
		TEST(anything_else_is_not_an_answer),
		TEST(unknown_and_missing_headings_are_named),
		TEST(a_file_without_addresses_says_so_with_an_empty_column),
		TEST(without_a_response_number_the_person_makes_it_harmless),
		TEST(only_the_audience_can_answer),
		cmocka_unit_test_prestate_setup_teardown(in_a_reciprocal_programme_both_sides_are_asked,
		    support_survey_set_up, support_tear_down, (void *)(uintptr_t)support_survey_reciprocal),
		TEST(every_problem_is_told_and_nothing_is_stored),
		TEST(unknown_surveys_and_stages_are_not_found),
		TEST(the_list_counts_responses_of_those_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
