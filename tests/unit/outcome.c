/* outcome.c (test): results and change that give nobody away. */
#include "support_world.h"

/* Keeps the row of one question. */
struct kept_result {
	const char *question;
	struct mentor_survey_result row;
};

static enum mentor_status keep_result(void *arg, const void *record)
{
	struct kept_result *kept = arg;
	const struct mentor_survey_result *row = record;
	if (strcmp(row->question, kept->question) == 0)
		kept->row = *row;
	return MENTOR_OK;
}

static struct mentor_survey_result result(struct mentor *m, const char *stage, const char *question)
{
	struct kept_result kept = { .question = question };
	assert_int_equal(mentor_survey_results(m, 1, "view", stage, keep_result, &kept), MENTOR_OK);
	return kept.row;
}

/* Writes the answers to one question as "1:0 2:[c]". */
struct kept_answers {
	const char *question;
	struct mentor_buf text;
};

static enum mentor_status keep_answer(void *arg, const void *record)
{
	struct kept_answers *kept = arg;
	const struct mentor_survey_answer *row = record;
	if (strcmp(row->question, kept->question) != 0)
		return MENTOR_OK;
	assert_int_equal(row->suppressed, row->count == MENTOR_SUPPRESSED);
	mentor_buf_fmt(&kept->text, "%s%s:", kept->text.len ? " " : "", row->answer);
	mentor_field_write(&kept->text, mentor_field_find(mentor_survey_answer_fields, "count"), record);
	return MENTOR_OK;
}

static void assert_answers(struct mentor *m, const char *stage, const char *question, const char *expected)
{
	struct kept_answers kept = { question, MENTOR_BUF_INIT };
	assert_int_equal(mentor_survey_answers(m, 1, "view", stage, keep_answer, &kept), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&kept.text), expected);
	mentor_buf_free(&kept.text);
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

/* ---- results ---- */

static void results_show_mean_median_and_distribution(void **state)
{
	support_answers(*state, "before", "abcdefghijkl", "222222555555");
	struct mentor_survey_result row = result(*state, "before", "know");
	assert_int_equal(row.n, 12);
	assert_int_equal(row.mean, 350);
	assert_int_equal(row.median, 350);
	assert_false(row.suppressed);
	assert_int_equal(row.minimum, 1);
	assert_int_equal(row.maximum, 5);
	assert_answers(*state, "before", "know", "1:0 2:6 3:0 4:0 5:6");
	assert_answers(*state, "before", "again", "no:0 yes:0");
	assert_answers(*state, "before", "more", "");
}

static void fewer_answers_than_the_threshold_are_not_shown(void **state)
{
	support_answers(*state, "before", "abcd", "2345");
	struct mentor_survey_result row = result(*state, "before", "know");
	assert_int_equal(row.n, MENTOR_SUPPRESSED);
	assert_int_equal(row.mean, MENTOR_SUPPRESSED);
	assert_true(row.suppressed);
	assert_answers(*state, "before", "know", "1:[c] 2:[c] 3:[c] 4:[c] 5:[c]");
}

static void a_question_nobody_answered_has_no_mean(void **state)
{
	support_answers(*state, "before", "abcde", "22222");
	struct mentor_survey_result row = result(*state, "before", "help");
	assert_int_equal(row.n, 0);
	assert_int_equal(row.mean, MENTOR_NONE);
	assert_false(row.suppressed);
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
	support_import(*state, "before",
	    SUPPORT_COLUMNS
	    "1,a@example.org,,,,,pears\n2,b@example.org,,,,,Apples\n3,c@example.org,,,,,figs\n4,d@example.org,,"
	    ",,,kiwis\n",
	    4, 0);
	assert_int_equal(mentor_survey_texts(*state, 1, "view", "before", keep_text, &got), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&got), "");
	assert_int_equal(result(*state, "before", "more").minimum, MENTOR_NONE);
	assert_int_equal(result(*state, "before", "more").n, MENTOR_SUPPRESSED);
	support_import(*state, "before", SUPPORT_COLUMNS "5,e@example.org,,,,,bananas\n", 1, 0);
	assert_int_equal(mentor_survey_texts(*state, 1, "view", "before", keep_text, &got), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&got), "Apples|bananas|figs|kiwis|pears|");
	mentor_buf_free(&got);
}

/* ---- compare ---- */

static void people_who_answered_both_stages_are_paired(void **state)
{
	support_answers(*state, "before", "abcdefghijkl", "111111333333");
	support_answers(*state, "after", "abcdefghijkl", "222222333333");
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
	assert_false(kept.row.suppressed);
	assert_int_equal(kept.row.minimum, 1);
	assert_int_equal(kept.row.maximum, 5);
	assert_int_equal(kept.aims, 1);
	assert_int_equal(kept.about_insight, 1);
	assert_int_equal(kept.aim.questions, 1);
	assert_int_equal(kept.aim.change, 50);
	assert_int_equal(kept.aim.state, MENTOR_SURVEY_AIM_MEASURED);
}

static void the_sign_test_agrees_with_a_table(void **state)
{
	/* 7 up, 5 down of 12: 2 * (1 + 12 + 66 + 220 + 495 + 792) / 4096 = 0.774414 */
	support_answers(*state, "before", "abcdefghijkl", "333333333333");
	support_answers(*state, "after", "abcdefghijkl", "444444422222");
	assert_int_equal(compare(*state, "know").row.p, 7744);
}

static void means_that_would_give_a_few_away_are_of_all_who_answered(void **state)
{
	/* k and l answered only before: twelve less ten would tell their mean */
	support_answers(*state, "before", "abcdefghijkl", "222222222255");
	support_answers(*state, "after", "abcdefghij", "3333333333");
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.n, 10);
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_UNPAIRED);
	assert_int_equal(kept.row.before, 250);
	assert_int_equal(kept.row.after, 300);
	assert_int_equal(kept.row.change, 50);
	assert_int_equal(kept.row.improved, MENTOR_SUPPRESSED); /* so would who improved, beside the counts of all */
	assert_int_equal(kept.row.same, MENTOR_SUPPRESSED);
	assert_int_equal(kept.row.p, MENTOR_SUPPRESSED);
}

static void many_who_answered_once_make_it_unpaired_as_well(void **state)
{
	/* the five others are enough people, but their own mean might be one that is withheld */
	support_answers(*state, "before", "abcdefghijkl", "333333355554");
	support_answers(*state, "after", "abcdefg", "4444444");
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.n, 7);
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_UNPAIRED);
	assert_int_equal(kept.row.before, 375);
	assert_int_equal(kept.row.improved, MENTOR_SUPPRESSED);
}

static void few_who_moved_alike_hide_every_move(void **state)
{
	/* seven improved, but three of them by one and four by two */
	support_answers(*state, "before", "abcdefghijkl", "111111122222");
	support_answers(*state, "after", "abcdefghijkl", "222333322222");
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_PAIRED);
	assert_int_equal(kept.row.improved, MENTOR_SUPPRESSED);
	assert_int_equal(kept.row.worse, MENTOR_SUPPRESSED);
	assert_int_equal(kept.row.p, MENTOR_SUPPRESSED);
}

static void a_compared_mean_is_never_more_than_the_stage_shows(void **state)
{
	/* five fives and one four after: the stage's own mean is withheld, so the change is too */
	support_answers(*state, "before", "abcdef", "111333");
	support_answers(*state, "after", "abcdef", "555554");
	struct mentor_survey_result after = result(*state, "after", "know");
	assert_int_equal(after.mean, MENTOR_SUPPRESSED);
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_WITHHELD);
	assert_int_equal(kept.row.after, MENTOR_SUPPRESSED);
	assert_int_equal(kept.row.change, MENTOR_SUPPRESSED);
	assert_int_equal(kept.aim.change, MENTOR_NONE);
	assert_int_equal(kept.aim.state, MENTOR_SURVEY_AIM_WITHHELD);
	assert_true(kept.row.suppressed);
}

static void the_test_is_withheld_with_the_counts_it_would_give_away(void **state)
{
	support_answers(*state, "before", "abcdefghijkl", "333333333333");
	support_answers(*state, "after", "abcdefghijkl", "444444442221");
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.change, 25);
	assert_int_equal(kept.row.worse, MENTOR_SUPPRESSED);
	assert_true(kept.row.suppressed);
	assert_int_equal(kept.row.p, MENTOR_SUPPRESSED);
}

static void answers_without_addresses_are_compared_unpaired(void **state)
{
	static const char before[] = SUPPORT_COLUMNS "1,,,1,,,\n2,,,1,,,\n3,,,1,,,\n4,,,1,,,\n5,,,1,,,\n";
	static const char after[] = SUPPORT_COLUMNS "1,,,3,,,\n2,,,3,,,\n3,,,3,,,\n4,,,3,,,\n5,,,3,,,\n";
	support_import(*state, "before", before, 5, 0);
	support_import(*state, "after", after, 5, 0);
	struct kept_change kept = compare(*state, "know");
	assert_int_equal(kept.row.n, 0);
	assert_int_equal(kept.row.basis, MENTOR_SURVEY_UNPAIRED);
	assert_int_equal(kept.row.change, 200);
	assert_int_equal(kept.row.improved, MENTOR_NONE);
	assert_int_equal(kept.row.p, MENTOR_NONE);
	assert_false(kept.row.suppressed);
}

static void too_few_and_none_are_told_apart(void **state)
{
	support_answers(*state, "before", "abcd", "1234");
	assert_int_equal(compare(*state, "know").row.basis, MENTOR_SURVEY_NONE);
	support_answers(*state, "after", "abcd", "1234");
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
	support_answers(*state, "before", "abcde", "11111");
	support_sql(*state, "UPDATE response SET cohort_id = 2");
	struct mentor_survey_result row = result(*state, "before", "know");
	assert_int_equal(row.n, 0);
}

/* ---- aims ---- */

/* Writes "aim survey questions change state;" for each. */
static enum mentor_status keep_every_aim(void *arg, const void *record)
{
	static const char *const wanted[] = { "aim", "survey", "questions", "change", "state", "plans" };
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		mentor_buf_str(arg, i ? "|" : "");
		mentor_field_write(arg, mentor_field_find(mentor_survey_aim_fields, wanted[i]), record);
	}
	mentor_buf_char(arg, '\n');
	return MENTOR_OK;
}

static void assert_aims(struct mentor *m, const char *expected)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mentor_survey_aims(m, 1, keep_every_aim, &b), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&b), expected);
	mentor_buf_free(&b);
}

#define UNUSED "unused||0||not-measured|Plan A; Plan B\n"

static void every_aim_is_told_measured_or_not(void **state)
{
	assert_aims(*state, "insight|view|0||waiting|\n" UNUSED);
	support_answers(*state, "before", "abcdef", "111333");
	assert_aims(*state, "insight|view|0||waiting|\n" UNUSED);
	support_answers(*state, "after", "abcdef", "333555");
	assert_aims(*state, "insight|view|1|2.00|measured|\n" UNUSED);
}

static void an_aim_whose_change_would_tell_answers_is_withheld(void **state)
{
	support_answers(*state, "before", "abcd", "1234");
	support_answers(*state, "after", "abcd", "1234");
	assert_aims(*state, "insight|view|0||withheld|\n" UNUSED);
}

static void notes_explain_only_what_is_there(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	(void)state;
	mentor_survey_notes(&b, 1U << MENTOR_SURVEY_NONE, 1U << MENTOR_SURVEY_AIM_MEASURED);
	assert_string_equal(mentor_buf_text(&b), "");
	mentor_survey_notes(&b, 1U << MENTOR_SURVEY_PAIRED, 1U << MENTOR_SURVEY_AIM_NOT_MEASURED);
	assert_string_equal(mentor_buf_text(&b),
	    "Paired: the means are of the people who answered both times.\n"
	    "Not measured: no question of a survey with two stages names the aim.");
	mentor_buf_free(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_survey_set_up, support_tear_down)

/* ---- choices, stages and answers without names ---- */

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

/* One row per letter of `often` (w, m, l, - for none) with the topics t (the first), W and w that the word of the same place has. */
static void chosen(struct mentor *m, const char *often, const char *const *topics)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, "ID,Email,How well?,How often?,About what?,Your hopes?\n");
	for (size_t i = 0; often[i]; i++) {
		mentor_buf_fmt(&b, "%zu,%c@example.org,3,%s,", i + 1, (char)('a' + i),
		    often[i] == 'w'   ? "Weekly"
		    : often[i] == 'm' ? "Monthly"
		    : often[i] == 'l' ? "Less often"
				      : "");
		for (const char *t = topics[i]; *t; t++)
			mentor_buf_fmt(&b, "%s;", *t == 't' ? "Strasse" : *t == 'W' ? "Work" : "work");
		mentor_buf_str(&b, ",\n");
	}
	support_import(m, "before", mentor_buf_text(&b), (int64_t)strlen(often), 0);
	mentor_buf_free(&b);
}

static const char *const no_topics[12] = { "", "", "", "", "", "", "", "", "", "", "", "" };

static void choices_are_counted_together_or_not_at_all_and_have_no_mean(void **state)
{
	chosen(*state, "wwwwwmmmmmm-", no_topics);
	assert_answers(*state, "before", "often", "Weekly:5 Monthly:6 Less often:0");
	struct mentor_survey_result row = result(*state, "before", "often");
	assert_string_equal(row.kind, "choice");
	assert_int_equal(row.n, 11);
	assert_int_equal(row.mean, MENTOR_NONE);
	assert_int_equal(row.median, MENTOR_NONE);
	assert_int_equal(row.minimum, MENTOR_NONE);
	assert_false(row.suppressed);
}

static void one_choice_of_a_few_hides_the_others(void **state)
{
	chosen(*state, "wwwwwmmmmmml", no_topics);
	assert_answers(*state, "before", "often", "Weekly:[c] Monthly:[c] Less often:[c]");
	assert_true(result(*state, "before", "often").suppressed);
	assert_int_equal(result(*state, "before", "often").n, 12);
}

static void each_choice_of_several_is_a_question_that_everybody_answered(void **state)
{
	static const char *const topics[] = { "tWw", "tW", "tW", "tW", "tW", "tW", "tw", "t", "t", "", "", "" };
	chosen(*state, "------------", topics);
	/* nine ticked the first, so three did not; six ticked the second and six did not; two ticked the third */
	assert_answers(*state, "before", "topics",
	    "Stra\xC3\x9F"
	    "e:[c] Work:6 work:[c]");
	struct mentor_survey_result row = result(*state, "before", "topics");
	assert_string_equal(row.kind, "multi");
	assert_int_equal(row.n, 12);
	assert_true(row.suppressed);
	assert_int_equal(result(*state, "before", "often").n, 0);
}

static void a_choice_that_all_or_none_made_is_shown_once_enough_responded(void **state)
{
	static const char *const topics[] = { "t", "t", "t", "t", "t" };
	chosen(*state, "-----", topics);
	assert_answers(*state, "before", "topics",
	    "Stra\xC3\x9F"
	    "e:5 Work:0 work:0");
	assert_answers(*state, "after", "topics",
	    "Stra\xC3\x9F"
	    "e:0 Work:0 work:0");
	assert_int_equal(result(*state, "after", "topics").n, 0);
}

static void too_few_responses_tell_nothing_of_any_choice(void **state)
{
	chosen(*state, "wwww", no_topics);
	assert_answers(*state, "before", "topics",
	    "Stra\xC3\x9F"
	    "e:[c] Work:[c] work:[c]");
	assert_answers(*state, "before", "often", "Weekly:[c] Monthly:[c] Less often:[c]");
	assert_int_equal(result(*state, "before", "topics").n, MENTOR_SUPPRESSED);
}

/* As a new revision of the survey may have it: the words stay what they were, and those that are gone count for nothing. */
static void choices_are_known_by_their_words(void **state)
{
	chosen(*state, "wwwwwmmmmmm-", no_topics);
	support_sql(*state, "DROP TRIGGER revision_fixed");
	support_sql(*state, "UPDATE revision SET source = replace(source, 'Weekly, Monthly, Less often', 'Never, "
			    "Monthly, Daily, Weekly')");
	assert_answers(*state, "before", "often", "Never:0 Monthly:6 Daily:0 Weekly:5");
	support_sql(*state, "UPDATE revision SET source = replace(source, 'Weekly', 'Yearly')");
	assert_answers(*state, "before", "often", "Never:0 Monthly:6 Daily:0 Yearly:0");
	assert_int_equal(result(*state, "before", "often").n, 6);
}

static enum mentor_status note_question(void *arg, const void *record)
{
	mentor_buf_fmt(arg, " %s", ((const struct mentor_survey_result *)record)->question);
	return MENTOR_OK;
}

static enum mentor_status note_changed(void *arg, const void *record)
{
	mentor_buf_fmt(arg, " %s", ((const struct mentor_survey_change *)record)->question);
	return MENTOR_OK;
}

static void a_stage_shows_the_questions_it_asks_and_change_those_that_both_ask(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mentor_survey_results(*state, 1, "view", "before", note_question, &b), MENTOR_OK);
	assert_int_equal(mentor_survey_results(*state, 1, "view", "after", note_question, &b), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&b), " know often topics hopes know often topics again");
	mentor_buf_clear(&b);
	assert_int_equal(mentor_survey_compare(*state, 1, "view", NULL, NULL, note_changed, NULL, &b), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&b), " know");
	mentor_buf_free(&b);
	assert_answers(*state, "before", "again", "");
	assert_answers(*state, "after", "again", "no:0 yes:0");
}

/* Even where somebody linked the answers, as an earlier revision may have done. */
static void the_change_of_an_anonymous_survey_is_never_paired(void **state)
{
	chosen(*state, "wwwwwwwwwwww", no_topics);
	support_sql(*state, "INSERT INTO response (cohort_id, survey, stage, response) "
			    "SELECT 1, 'view', 'after', response FROM response");
	support_sql(*state, "INSERT INTO response_value (response_id, question, position, number) "
			    "SELECT id, 'know', 1, 4 FROM response WHERE stage = 'after'");
	for (int linked = 0; linked < 2; linked++) {
		struct kept_change kept = compare(*state, "know");
		assert_int_equal(kept.row.basis, MENTOR_SURVEY_UNPAIRED);
		assert_int_equal(kept.row.n, MENTOR_NONE);
		assert_int_equal(kept.row.change, 100);
		assert_int_equal(kept.row.improved, MENTOR_NONE);
		assert_int_equal(kept.row.p, MENTOR_NONE);
		assert_false(kept.row.suppressed);
		support_sql(*state, "UPDATE response SET respondent_id = (SELECT count(*) FROM response o WHERE o.stage = response.stage AND o.id <= response.id)");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    choices_are_counted_together_or_not_at_all_and_have_no_mean, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    one_choice_of_a_few_hides_the_others, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    each_choice_of_several_is_a_question_that_everybody_answered, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    a_choice_that_all_or_none_made_is_shown_once_enough_responded, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    too_few_responses_tell_nothing_of_any_choice, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(choices_are_known_by_their_words, set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(a_stage_shows_the_questions_it_asks_and_change_those_that_both_ask,
		    set_up_choices, support_tear_down),
		cmocka_unit_test_setup_teardown(
		    the_change_of_an_anonymous_survey_is_never_paired, set_up_anonymous, support_tear_down),
		TEST(results_show_mean_median_and_distribution),
		TEST(fewer_answers_than_the_threshold_are_not_shown),
		TEST(a_question_nobody_answered_has_no_mean),
		TEST(words_are_listed_sorted_and_only_from_enough_people),
		TEST(people_who_answered_both_stages_are_paired),
		TEST(the_sign_test_agrees_with_a_table),
		TEST(means_that_would_give_a_few_away_are_of_all_who_answered),
		TEST(many_who_answered_once_make_it_unpaired_as_well),
		TEST(few_who_moved_alike_hide_every_move),
		TEST(a_compared_mean_is_never_more_than_the_stage_shows),
		TEST(the_test_is_withheld_with_the_counts_it_would_give_away),
		TEST(answers_without_addresses_are_compared_unpaired),
		TEST(too_few_and_none_are_told_apart),
		TEST(only_different_stages_can_be_compared),
		TEST(answers_of_other_cohorts_do_not_count),
		TEST(every_aim_is_told_measured_or_not),
		TEST(an_aim_whose_change_would_tell_answers_is_withheld),
		TEST(notes_explain_only_what_is_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
