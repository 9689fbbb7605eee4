/* survey.c (test): imports that cannot hurt, and results that give nobody away. */
#include "db.h"
#include "mentor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n"
#define BODY                                                                                                           \
	"aims:\n"                                                                                                      \
	"  insight: { text: Leaders gain insight }\n"                                                                  \
	"  unused: { text: Nobody asks about this }\n"                                                                 \
	"surveys:\n"                                                                                                   \
	"  view:\n"                                                                                                    \
	"    title: What leaders understand\n"                                                                         \
	"    audience: mentees\n"                                                                                      \
	"    stages: [before, after]\n"                                                                                \
	"    questions:\n"                                                                                             \
	"      know: { text: How well do you know?, low: Not at all, high: Very well, aim: insight }\n"                \
	"      help: { text: Could you help?, header: Q2, aim: insight }\n"                                            \
	"      again: { text: Again?, kind: yes-no, aim: insight }\n"                                                  \
	"      more: { text: Anything else?, kind: text }\n"                                                           \
	"  close:\n"                                                                                                   \
	"    title: At the end\n"                                                                                      \
	"    stages: [end]\n"                                                                                          \
	"    questions:\n"                                                                                             \
	"      fine: { text: Was it fine?, kind: yes-no }\n"

static const char reverse[] = HEAD BODY;
static const char reciprocal[] = HEAD "arrangement: reciprocal\n" BODY;

#define COLUMNS "ID,Email,Start time,How well do you know?,Q2,Again?,Anything else?\n"

static void run_sql(struct mentor *m, const char *sql)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m, sql, DB_NO_ARGS), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
}

static void add_person(struct mentor *m, const char *name, const char *role, const char *state)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	struct mentor_buf email = MENTOR_BUF_INIT;
	int64_t id = 0;
	mentor_buf_fmt(&email, "%s@example.org", name);
	assert_int_equal(db_value(m, "INSERT INTO person (email, name) VALUES ($1, $2) RETURNING id",
			     DB_ARGS(DB_TEXT(mentor_buf_text(&email)), DB_TEXT(name)), 0, &id),
	    MENTOR_OK);
	assert_int_equal(db_run(m,
			     "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, $1, $2, "
			     "$3, '2026-02-01')",
			     DB_ARGS(DB_NUMBER(id), DB_TEXT(role), DB_TEXT(state))),
	    MENTOR_OK);
	mentor_buf_free(&email);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
}

/* Twelve accepted mentees a to l, one declined (x), a mentor (guide) and a facilitator (host). */
static int set_up(void **state)
{
	struct mentor *m = mentor_new();
	const char *change = NULL, *text = *state ? *state : reverse;
	struct mentor_cohort cohort;
	int64_t id = 0;
	assert_non_null(m);
	assert_int_equal(mentor_set_now(m, "2026-09-01"), MENTOR_OK);
	assert_int_equal(mentor_open(m, NULL, MENTOR_OPEN_MEMORY | MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	assert_int_equal(mentor_programme_import(m, "demo.yaml", text, strlen(text), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, 1U << 1, &id), MENTOR_OK);
	for (char name[] = "a"; *name <= 'l'; ++*name)
		add_person(m, name, "mentee", "accepted");
	add_person(m, "x", "mentee", "declined");
	add_person(m, "guide", "mentor", "accepted");
	add_person(m, "host", "facilitator", "accepted");
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

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

static void assert_import(struct mentor *m, const char *stage, const char *text, int64_t added, int64_t unchanged)
{
	struct told told;
	assert_int_equal(import(m, stage, text, &told), MENTOR_OK);
	assert_int_equal(told.added, added);
	assert_int_equal(told.unchanged, unchanged);
}

static int64_t count(struct mentor *m, const char *sql)
{
	int64_t n = 0;
	assert_int_equal(db_value(m, sql, DB_NO_ARGS, 0, &n), MENTOR_OK);
	return n;
}

/* Nothing is stored, and one problem names the row, the heading and what is wrong. */
static void assert_refused(
    struct mentor *m, const char *text, long row, const char *field, const char *message, const char *hint)
{
	struct told told;
	int64_t before = count(m, "SELECT count(*) FROM response");
	assert_int_equal(import(m, "before", text, &told), MENTOR_INVALID);
	const struct mentor_error *e = mentor_error(m);
	assert_string_equal(e->message, message);
	assert_string_equal(e->state, "nothing imported");
	assert_string_equal(e->place.file, "answers.csv");
	assert_int_equal(e->place.row, row);
	assert_string_equal(e->place.field, field);
	if (hint)
		assert_string_equal(e->hint, hint);
	assert_int_equal(count(m, "SELECT count(*) FROM response"), before);
}

/* A file with one row per letter of `who`, the digits of `know` as answers. */
static char *answers(const char *who, const char *know)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, COLUMNS);
	for (size_t i = 0; who[i]; i++)
		mentor_buf_fmt(&b, "%zu,%c@example.org,,%c,,,\n", i + 1, who[i], know[i]);
	return b.data;
}

static void import_answers(struct mentor *m, const char *stage, const char *who, const char *know)
{
	char *text = answers(who, know);
	assert_import(m, stage, text, (int64_t)strlen(who), 0);
	free(text);
}

/* Keeps the row of one question. */
struct kept_result {
	const char *question;
	struct mentor_survey_result row;
	char *distribution;
};

static enum mentor_status keep_result(void *arg, const void *record)
{
	struct kept_result *kept = arg;
	const struct mentor_survey_result *row = record;
	if (strcmp(row->question, kept->question) != 0)
		return MENTOR_OK;
	kept->row = *row;
	free(kept->distribution);
	kept->distribution = row->distribution ? strdup(row->distribution) : NULL;
	return MENTOR_OK;
}

static struct kept_result results(struct mentor *m, const char *stage, const char *question)
{
	struct kept_result kept = { question, { 0 }, NULL };
	assert_int_equal(mentor_survey_results(m, 1, "view", stage, keep_result, &kept), MENTOR_OK);
	return kept;
}

struct kept_change {
	const char *question;
	struct mentor_survey_change row;
	struct mentor_survey_aim aim;
	int aims, about_insight;
};

static enum mentor_status keep_change(void *arg, const void *record)
{
	struct kept_change *kept = arg;
	const struct mentor_survey_change *row = record;
	if (strcmp(row->question, kept->question) == 0)
		kept->row = *row;
	return MENTOR_OK;
}

static enum mentor_status keep_aim(void *arg, const void *record)
{
	struct kept_change *kept = arg;
	kept->aim = *(const struct mentor_survey_aim *)record;
	kept->aims++;
	kept->about_insight += strcmp(kept->aim.aim, "insight") == 0;
	return MENTOR_OK;
}

static struct kept_change compare(struct mentor *m, const char *question)
{
	struct kept_change kept = { .question = question };
	assert_int_equal(mentor_survey_compare(m, 1, "view", NULL, NULL, keep_change, keep_aim, &kept), MENTOR_OK);
	return kept;
}

/* ---- import ---- */

static void importing_twice_changes_nothing(void **state)
{
	static const char text[] = COLUMNS "1,a@example.org,x,4,5,yes,\"More, please\"\n2,B@Example.org,x,1,2,No,\n";
	assert_import(*state, "before", text, 2, 0);
	assert_import(*state, "before", text, 0, 2);
	assert_int_equal(count(*state, "SELECT count(*) FROM response"), 2);
	assert_int_equal(count(*state, "SELECT count(*) FROM response_value"), 7);
	assert_import(*state, "after", text, 2, 0);
}

static void a_longer_export_adds_only_the_new_rows(void **state)
{
	assert_import(*state, "before", COLUMNS "1,a@example.org,,4,,,\n", 1, 0);
	assert_import(*state, "before", COLUMNS "1,a@example.org,,4,,,\n2,b@example.org,,3,,,\n", 1, 1);
}

static void other_answers_under_a_known_number_are_refused(void **state)
{
	assert_import(*state, "before", COLUMNS "7,a@example.org,,4,,,\n", 1, 0);
	assert_refused(*state, COLUMNS "7,a@example.org,,5,,,\n", 1, "ID",
	    "this response has been imported already, with other answers",
	    "answers are never overwritten: take the row out of the file");
	assert_refused(*state, COLUMNS "7,a@example.org,,4,1,,\n", 1, "ID",
	    "this response has been imported already, with other answers", NULL);
	assert_refused(*state, COLUMNS "7,b@example.org,,4,,,\n", 1, "ID",
	    "this response has been imported already, with other answers", NULL);
	assert_int_equal(count(*state, "SELECT number FROM response_value"), 4);
}

static void a_second_response_of_a_person_is_refused(void **state)
{
	assert_refused(*state, COLUMNS "1,a@example.org,,4,,,\n2,a@example.org,,4,,,\n", 2, "Email",
	    "this person has answered this stage already, under another response number", "keep one row a person");
}

static void scale_answers_are_read_as_forms_write_them(void **state)
{
	assert_import(*state, "before",
	    COLUMNS "1,a@example.org,, 4 ,4 / 5,,\n2,b@example.org,,4 - often,4: well,,\n3,c@example.org,,4 "
		    "\xE2\x80\x93 gut,4,,\n"
		    "4,d@example.org,,very WELL,1,,\n5,e@example.org,,not at all,1,,\n6,f@example.org,,,,,\n",
	    6, 0);
	assert_int_equal(count(*state, "SELECT count(*) FROM response_value WHERE number = 4"), 6);
	assert_int_equal(
	    count(*state, "SELECT number FROM response_value WHERE response_id = 4 AND question = 'know'"), 5);
	assert_int_equal(
	    count(*state, "SELECT number FROM response_value WHERE response_id = 5 AND question = 'know'"), 1);
	assert_int_equal(count(*state, "SELECT count(*) FROM response_value WHERE response_id = 6"), 0);
}

static void anything_else_is_not_an_answer(void **state)
{
	static const char *const wrong[] = { "6", "0", "4.5", "4-5", "4 / 10", "-4", "four", "4 of 5", "44444" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct mentor_buf text = MENTOR_BUF_INIT, message = MENTOR_BUF_INIT;
		mentor_buf_fmt(&text, "%s1,a@example.org,,%s,,,\n", COLUMNS, wrong[i]);
		mentor_buf_fmt(&message, "'%s' is not a whole number from 1 to 5", wrong[i]);
		assert_refused(*state, text.data, 1, "How well do you know?", message.data,
		    "or the words 'Not at all' or 'Very well'");
		mentor_buf_free(&text);
		mentor_buf_free(&message);
	}
	assert_refused(
	    *state, COLUMNS "1,a@example.org,,,,perhaps,\n", 1, "Again?", "'perhaps' is not yes or no", NULL);
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
	assert_import(*state, "before", COLUMNS "1,,,4,,,\n2,anonymous,,5,,,\n", 2, 0);
	assert_int_equal(count(*state, "SELECT count(*) FROM response WHERE respondent_id IS NULL"), 2);
}

static void without_a_response_number_the_person_makes_it_harmless(void **state)
{
	static const char text[] = "Email,How well do you know?,Q2,Again?,Anything else?\na@example.org,4,,,\n";
	assert_import(*state, "before", text, 1, 0);
	assert_import(*state, "before", text, 0, 1);
	assert_refused(*state, "Email,How well do you know?,Q2,Again?,Anything else?\n,4,,,\n", 1, "Email",
	    "the row has neither an address nor a response number, so importing it twice would count it twice", NULL);
}

static void only_the_audience_can_answer(void **state)
{
	assert_refused(*state, COLUMNS "1,guide@example.org,,4,,,\n", 1, "Email",
	    "this person is a mentor, and the survey asks mentees", NULL);
	assert_refused(*state, COLUMNS "1,host@example.org,,4,,,\n", 1, "Email",
	    "this person is a facilitator, and the survey asks mentees", NULL);
	assert_refused(*state, COLUMNS "1,x@example.org,,4,,,\n", 1, "Email",
	    "this person is in the cohort, but declined, not accepted", "see: mentor enrol list");
	assert_refused(*state, COLUMNS "1,nobody@example.org,,4,,,\n", 1, "Email",
	    "nobody in this cohort has the address 'nobody@example.org'", NULL);
}

static void in_a_reciprocal_programme_both_sides_are_asked(void **state)
{
	assert_import(*state, "before", COLUMNS "1,guide@example.org,,4,,,\n2,a@example.org,,4,,,\n", 2, 0);
}

static void every_problem_is_told_and_nothing_is_stored(void **state)
{
	struct told told;
	assert_int_equal(
	    import(*state, "before",
		COLUMNS "1,a@example.org,,9,,,\n2,b@example.org,,4,8,,\n3,c@example.org,,4,4,,\n,d@example.org,,4,,,\n",
		&told),
	    MENTOR_INVALID);
	const struct mentor_error *e = mentor_error(*state);
	assert_int_equal(e->n_problems, 3);
	assert_int_equal(e->problems[2].place.row, 4);
	assert_string_equal(e->problems[2].message, "the response number is missing");
	assert_int_equal(told.rows, 0);
	assert_int_equal(count(*state, "SELECT count(*) FROM response"), 0);
}

static void unknown_surveys_and_stages_are_not_found(void **state)
{
	struct told told;
	assert_int_equal(
	    mentor_survey_import(*state, 1, "veiw", "before", "f", "", 0, '\0', note_import, &told), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(*state)->hint, "did you mean 'view'?");
	assert_int_equal(import(*state, "later", COLUMNS, &told), MENTOR_NOT_FOUND);
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
	import_answers(*state, "before", "abcde", "12345");
	assert_int_equal(mentor_survey_list(*state, 1, keep_asked, &at), MENTOR_OK);
	assert_int_equal(at - rows, 3);
	assert_int_equal(rows[0].asked, 12);
	assert_int_equal(rows[0].responses, 5);
	assert_int_equal(rows[0].rate, 42);
	assert_int_equal(rows[1].responses, 0);
	assert_int_equal(rows[2].asked, 13); /* both sides, the facilitator not */
}

/* ---- results ---- */

static void results_show_mean_median_and_distribution(void **state)
{
	import_answers(*state, "before", "abcdefghijkl", "222222555555");
	struct kept_result kept = results(*state, "before", "know");
	assert_int_equal(kept.row.n, 12);
	assert_int_equal(kept.row.mean, 350);
	assert_int_equal(kept.row.median, 350);
	assert_false(kept.row.suppressed);
	assert_string_equal(kept.distribution, "1: 0\n2: 6\n3: 0\n4: 0\n5: 6");
	free(kept.distribution);
}

static void fewer_answers_than_the_threshold_are_not_shown(void **state)
{
	import_answers(*state, "before", "abcd", "2345");
	struct kept_result kept = results(*state, "before", "know");
	assert_int_equal(kept.row.n, MENTOR_SUPPRESSED);
	assert_int_equal(kept.row.mean, MENTOR_SUPPRESSED);
	assert_true(kept.row.suppressed);
	assert_string_equal(kept.distribution, "1: [c]\n2: [c]\n3: [c]\n4: [c]\n5: [c]");
	free(kept.distribution);
}

static void a_question_nobody_answered_has_no_mean(void **state)
{
	import_answers(*state, "before", "abcde", "22222");
	struct kept_result kept = results(*state, "before", "help");
	assert_int_equal(kept.row.n, 0);
	assert_int_equal(kept.row.mean, MENTOR_NONE);
	assert_false(kept.row.suppressed);
	free(kept.distribution);
}

static enum mentor_status keep_text(void *arg, const void *record)
{
	const struct mentor_survey_text *row = record;
	mentor_buf_fmt(arg, "%s|", row->answer);
	return MENTOR_OK;
}

static void words_are_listed_sorted_and_only_from_enough_people(void **state)
{
	struct mentor_buf got = MENTOR_BUF_INIT;
	assert_import(*state, "before",
	    COLUMNS "1,a@example.org,,,,,pears\n2,b@example.org,,,,,Apples\n3,c@example.org,,,,,figs\n4,d@example.org,,"
		    ",,,kiwis\n",
	    4, 0);
	assert_int_equal(mentor_survey_texts(*state, 1, "view", "before", keep_text, &got), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&got), "");
	assert_int_equal(results(*state, "before", "more").row.n, MENTOR_SUPPRESSED);
	assert_import(*state, "before", COLUMNS "5,e@example.org,,,,,bananas\n", 1, 0);
	assert_int_equal(mentor_survey_texts(*state, 1, "view", "before", keep_text, &got), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&got), "Apples|bananas|figs|kiwis|pears|");
	mentor_buf_free(&got);
}

/* ---- compare ---- */

static void people_who_answered_both_stages_are_paired(void **state)
{
	import_answers(*state, "before", "abcdefghijkl", "111111333333");
	import_answers(*state, "after", "abcdefghijkl", "222222333333");
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.n, 12);
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_PAIRED);
	assert_int_equal(kept.row.before, 200);
	assert_int_equal(kept.row.after, 250);
	assert_int_equal(kept.row.change, 50);
	assert_int_equal(kept.row.improved, 6);
	assert_int_equal(kept.row.same, 6);
	assert_int_equal(kept.row.worse, 0);
	assert_int_equal(kept.row.p, 313); /* 2 / 2^6 = 0.03125 */
	assert_int_equal(kept.aims, 1);
	assert_int_equal(kept.about_insight, 1);
	assert_int_equal(kept.aim.questions, 1);
	assert_int_equal(kept.aim.change, 50);
}

static void the_sign_test_agrees_with_a_table(void **state)
{
	/* 7 up, 5 down of 12: 2 * (1 + 12 + 66 + 220 + 495 + 792) / 4096 = 0.774414 */
	import_answers(*state, "before", "abcdefghijkl", "333333333333");
	import_answers(*state, "after", "abcdefghijkl", "444444422222");
	assert_int_equal(compare(*state, "know").row.p, 7744);
}

static void means_that_would_give_a_few_away_are_of_all_who_answered(void **state)
{
	/* k and l answered only before: twelve less ten would tell their mean */
	import_answers(*state, "before", "abcdefghijkl", "222222222255");
	import_answers(*state, "after", "abcdefghij", "3333333333");
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.n, 10);
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_UNPAIRED);
	assert_int_equal(kept.row.before, 250);
	assert_int_equal(kept.row.after, 300);
	assert_int_equal(kept.row.change, 50);
	assert_int_equal(kept.row.improved, 10);
}

static void a_compared_mean_is_never_more_than_the_stage_shows(void **state)
{
	/* five fives and one four after: the stage's own mean is withheld, so the change is too */
	import_answers(*state, "before", "abcdef", "111333");
	import_answers(*state, "after", "abcdef", "555554");
	struct kept_result after = results(*state, "after", "know");
	assert_int_equal(after.row.mean, MENTOR_SUPPRESSED);
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_WITHHELD);
	assert_int_equal(kept.row.after, MENTOR_SUPPRESSED);
	assert_int_equal(kept.row.change, MENTOR_SUPPRESSED);
	assert_int_equal(kept.aim.change, MENTOR_NONE);
	free(after.distribution);
}

static void the_test_is_withheld_with_the_counts_it_would_give_away(void **state)
{
	import_answers(*state, "before", "abcdefghijkl", "333333333333");
	import_answers(*state, "after", "abcdefghijkl", "444444442221");
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.worse, MENTOR_SUPPRESSED);
	assert_int_equal(kept.row.p, MENTOR_SUPPRESSED);
}

static void answers_without_addresses_are_compared_unpaired(void **state)
{
	static const char before[] = COLUMNS "1,,,1,,,\n2,,,1,,,\n3,,,1,,,\n4,,,1,,,\n5,,,1,,,\n";
	static const char after[] = COLUMNS "1,,,3,,,\n2,,,3,,,\n3,,,3,,,\n4,,,3,,,\n5,,,3,,,\n";
	assert_import(*state, "before", before, 5, 0);
	assert_import(*state, "after", after, 5, 0);
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.n, 0);
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_UNPAIRED);
	assert_int_equal(kept.row.change, 200);
	assert_int_equal(kept.row.improved, MENTOR_NONE);
	assert_int_equal(kept.row.p, MENTOR_NONE);
}

static void too_few_and_none_are_told_apart(void **state)
{
	import_answers(*state, "before", "abcd", "1234");
	assert_int_equal(compare(*state, "know").row.basis, MENTOR_SURVEY_NONE);
	import_answers(*state, "after", "abcd", "1234");
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_WITHHELD);
	assert_int_equal(kept.row.n, MENTOR_SUPPRESSED);
	assert_int_equal(kept.row.improved, MENTOR_SUPPRESSED);
	assert_int_equal(kept.row.p, MENTOR_SUPPRESSED);
}

static void only_different_stages_can_be_compared(void **state)
{
	struct kept_change kept = { .question = "" };
	assert_int_equal(
	    mentor_survey_compare(*state, 1, "view", "after", "after", keep_change, NULL, &kept), MENTOR_INVALID);
	assert_int_equal(
	    mentor_survey_compare(*state, 1, "close", NULL, NULL, keep_change, NULL, &kept), MENTOR_INVALID);
	assert_string_equal(mentor_error(*state)->message, "the survey 'close' is asked only once");
}

static void answers_of_other_cohorts_do_not_count(void **state)
{
	struct mentor_cohort cohort;
	int64_t id = 0;
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "autumn";
	assert_int_equal(mentor_cohort_add(*state, "demo", &cohort, 1U << 1, &id), MENTOR_OK);
	import_answers(*state, "before", "abcde", "11111");
	run_sql(*state, "UPDATE response SET cohort_id = 2");
	struct kept_result kept = results(*state, "before", "know");
	assert_int_equal(kept.row.n, 0);
	free(kept.distribution);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(importing_twice_changes_nothing),
		TEST(a_longer_export_adds_only_the_new_rows),
		TEST(other_answers_under_a_known_number_are_refused),
		TEST(a_second_response_of_a_person_is_refused),
		TEST(scale_answers_are_read_as_forms_write_them),
		TEST(anything_else_is_not_an_answer),
		TEST(unknown_and_missing_headings_are_named),
		TEST(a_file_without_addresses_says_so_with_an_empty_column),
		TEST(without_a_response_number_the_person_makes_it_harmless),
		TEST(only_the_audience_can_answer),
		cmocka_unit_test_prestate_setup_teardown(
		    in_a_reciprocal_programme_both_sides_are_asked, set_up, tear_down, (void *)(uintptr_t)reciprocal),
		TEST(every_problem_is_told_and_nothing_is_stored),
		TEST(unknown_surveys_and_stages_are_not_found),
		TEST(the_list_counts_responses_of_those_asked),
		TEST(results_show_mean_median_and_distribution),
		TEST(fewer_answers_than_the_threshold_are_not_shown),
		TEST(a_question_nobody_answered_has_no_mean),
		TEST(words_are_listed_sorted_and_only_from_enough_people),
		TEST(people_who_answered_both_stages_are_paired),
		TEST(the_sign_test_agrees_with_a_table),
		TEST(means_that_would_give_a_few_away_are_of_all_who_answered),
		TEST(a_compared_mean_is_never_more_than_the_stage_shows),
		TEST(the_test_is_withheld_with_the_counts_it_would_give_away),
		TEST(answers_without_addresses_are_compared_unpaired),
		TEST(too_few_and_none_are_told_apart),
		TEST(only_different_stages_can_be_compared),
		TEST(answers_of_other_cohorts_do_not_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
