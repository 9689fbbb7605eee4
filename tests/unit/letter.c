/* letter.c (test): to whom letters go, what they say, and what keeps one from being written. */
#include "support.h"

#include "record.h"

static const char definition[] = "programme: demo\n"
				 "title: Demo mentoring\n"
				 "contact: { name: Team, email: team@example.org }\n"
				 "labels: { mentor: guide, mentors: guides, mentee: leader, mentees: leaders }\n"
				 "contract: { purpose: We talk. }\n"
				 "templates:\n"
				 "  welcome: { for: accepted, subject: \"{programme}: {role}\", text: \"Dear {name}, we start on {starts_on}.\" }\n"
				 "  late: { for: late, subject: Late, text: \"{cohort} closed on {closes_on}\" }\n"
				 "  waiting: { for: waiting, subject: Waiting, text: \"Write to {contact_email}.\" }\n"
				 "  come: { for: recruitment, subject: Come, text: Would you? }\n"
				 "  join: { for: recruitment, subject: Join, text: \"{organisation} looks for you until {closes_on}.\" }\n";

static const char people[] =
    "INSERT INTO person (email, name) VALUES ('ann@example.org', 'Ann'), ('ben@example.org', 'Ben'), ('cat@example.org', 'Cat'), "
    "('dan@example.org', 'Dan'), ('eve@example.org', 'Eve')";
static const char enrolments[] =
    "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on, decided_on, origin, origin_cohort_id) VALUES "
    "(1, 1, 'mentor', 'accepted', '2026-02-01', '2026-02-03', NULL, NULL), (1, 2, 'mentee', 'accepted', '2026-02-01', '2026-02-03', NULL, NULL), "
    "(1, 3, 'mentor', 'waiting', '2026-02-01', '2026-02-03', NULL, NULL), (2, 4, 'mentor', 'applied', '2026-02-25', NULL, 'late', 1)";

/* Cohort 1, spring, closed on 20 February; cohort 2, autumn. Ann and Ben have a place, Cat waits, Dan came late, Eve is only known. */
static int set_up(void **state)
{
	struct mentor *m = support_store();
	const char *change = NULL;
	int64_t id = 0;
	struct mentor_cohort cohort;
	assert_int_equal(mentor_programme_import(m, "demo.yaml", definition, strlen(definition), &change, &id), MENTOR_OK);
	for (int i = 0; i < 2; i++) {
		mentor_record_clear(mentor_cohort_fields, &cohort);
		cohort.slug = i ? "autumn" : "spring";
		assert_int_equal(mentor_cohort_add(m, "demo", &cohort, field_bit(mentor_cohort_fields, "slug"), &id), MENTOR_OK);
	}
	support_sql(m, "UPDATE cohort SET closes_on = '2026-02-20', starts_on = '2026-04-01' WHERE id = 1");
	support_sql(m, people);
	support_sql(m, enrolments);
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

static enum mentor_status add_letter(void *arg, const void *record)
{
	const struct mentor_letter *l = record;
	mentor_buf_fmt(arg, "%s|%s|%s\n", l->name, l->subject, l->text);
	return MENTOR_OK;
}

static enum mentor_status add_told(void *arg, const void *record)
{
	const struct mentor_letter_told *t = record;
	mentor_buf_fmt(arg, "%s %s\n", t->change, t->name);
	return MENTOR_OK;
}

static void letters(struct mentor *m, int64_t cohort, struct mentor_letter_request request, const char *expected)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	if (mentor_letter_list(m, cohort, &request, add_letter, &b))
		fail_msg("%s", mentor_error(m)->message);
	assert_string_equal(mentor_buf_text(&b), expected);
	mentor_buf_free(&b);
}

static void told(struct mentor *m, int64_t cohort, struct mentor_letter_request request, const char *expected)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	if (mentor_letter_tell(m, cohort, &request, add_told, &b))
		fail_msg("%s", mentor_error(m)->message);
	assert_string_equal(mentor_buf_text(&b), expected);
	mentor_buf_free(&b);
}

static void refused(struct mentor *m, int64_t cohort, struct mentor_letter_request request, enum mentor_status status, const char *message)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mentor_letter_list(m, cohort, &request, add_letter, &b), status);
	assert_string_equal(mentor_error(m)->message, message);
	assert_int_equal(b.len, 0);
	mentor_buf_free(&b);
}

#define ASK(...) (struct mentor_letter_request){ __VA_ARGS__ }

static const char ben[] = "Ben|Demo mentoring: leader|Dear Ben, we start on 1 April 2026.\n\nTeam, team@example.org\n";
static const char ann[] = "Ann|Demo mentoring: guide|Dear Ann, we start on 1 April 2026.\n\nTeam, team@example.org\n";

static void letters_go_to_everybody_of_the_outcome_until_told(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf both = MENTOR_BUF_INIT;
	static const int64_t only_ann[] = { 1 };
	mentor_buf_fmt(&both, "%s%s", ben, ann);
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED), mentor_buf_text(&both));
	told(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED, .people = only_ann, .n_people = 1), "told Ann\n");
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED), ben);
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED, .people = only_ann, .n_people = 1), ann);
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED, .all = true), mentor_buf_text(&both));
	told(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED, .people = only_ann, .n_people = 1), "unchanged Ann\n");
	told(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED), "told Ben\n");
	told(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED), "");
	letters(m, 2, ASK(.outcome = MENTOR_LETTER_ACCEPTED), "");
	mentor_buf_free(&both);
}

static void told_is_told_of_one_outcome(void **state)
{
	struct mentor *m = *state;
	told(m, 1, ASK(.outcome = MENTOR_LETTER_WAITING), "told Cat\n");
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_WAITING), "");
	support_sql(m, "UPDATE enrolment SET state = 'accepted' WHERE person_id = 3");
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_WAITING), "");
	told(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED), "told Ben\ntold Ann\ntold Cat\n");
}

static void whoever_waits_hears_again_when_the_day_has_come(void **state)
{
	struct mentor *m = *state;
	static const char cat[] = "Cat|Waiting|Write to team@example.org.\n";
	told(m, 1, ASK(.outcome = MENTOR_LETTER_WAITING), "told Cat\n");
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_WAITING), "");
	assert_int_equal(mentor_set_now(m, "2026-12-01"), MENTOR_OK);
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_WAITING), cat);
	told(m, 1, ASK(.outcome = MENTOR_LETTER_WAITING), "told Cat\n");
	told(m, 1, ASK(.outcome = MENTOR_LETTER_WAITING), "");
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_WAITING), "");
}

static void a_place_is_offered_once_and_what_is_due_at_the_start_can_be_recorded(void **state)
{
	struct mentor *m = *state;
	told(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED), "told Ben\ntold Ann\n");
	assert_int_equal(mentor_set_now(m, "2026-04-01"), MENTOR_OK);
	letters(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED), "");
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE state = 'accepted' AND contact_on = '2026-04-01'"), 2);
	told(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED), "told Ben\ntold Ann\n");
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE state = 'accepted' AND contact_on IS NULL"), 2);
	told(m, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED), "");
}

static void a_late_letter_speaks_of_the_cohort_applied_to_wherever_it_is_asked_for(void **state)
{
	static const char dan[] = "Dan|Late|spring closed on 20 February 2026\n\nTeam, team@example.org\n";
	letters(*state, 1, ASK(.outcome = MENTOR_LETTER_LATE), dan);
	letters(*state, 2, ASK(.outcome = MENTOR_LETTER_LATE), dan);
	told(*state, 1, ASK(.outcome = MENTOR_LETTER_LATE), "told Dan\n");
	letters(*state, 2, ASK(.outcome = MENTOR_LETTER_LATE), "");
}

static void the_contact_stands_in_a_letter_once(void **state)
{
	letters(*state, 1, ASK(.outcome = MENTOR_LETTER_WAITING), "Cat|Waiting|Write to team@example.org.\n");
}

static void invitations_go_to_people_who_have_not_applied(void **state)
{
	static const char eve[] = "Eve|Come|Would you?\n\nTeam, team@example.org\n";
	static const int64_t nobody_new[] = { 5, 1, 4 };
	letters(*state, 1, ASK(.outcome = MENTOR_LETTER_RECRUITMENT, .template = "come"), eve);
	refused(*state, 1, ASK(.outcome = MENTOR_LETTER_RECRUITMENT, .template = "come", .people = nobody_new, .n_people = 3), MENTOR_REFUSED,
	    "no letter is written before this is put right");
	assert_int_equal(mentor_error(*state)->n_problems, 2);
	refused(*state, 1, ASK(.outcome = MENTOR_LETTER_RECRUITMENT), MENTOR_USAGE, "the programme 'demo' has several templates for: recruitment");
	assert_string_equal(mentor_error(*state)->hint, "name one with --template: come, join");
	refused(*state, 1, ASK(.outcome = MENTOR_LETTER_RECRUITMENT, .template = "welcome"), MENTOR_NOT_FOUND,
	    "the programme 'demo' has no template 'welcome' for: recruitment");
}

static void a_letter_with_a_hole_is_not_written(void **state)
{
	refused(*state, 1, ASK(.outcome = MENTOR_LETTER_RECRUITMENT, .template = "join"), MENTOR_REFUSED,
	    "the template 'join' speaks of {organisation}, which is not known");
	refused(*state, 2, ASK(.outcome = MENTOR_LETTER_RECRUITMENT, .template = "join"), MENTOR_REFUSED, "no letter is written before this is put right");
	assert_int_equal(mentor_error(*state)->n_problems, 2); /* told once, not for each of four people */
	assert_string_equal(mentor_error(*state)->problems[1].message, "the template 'join' speaks of {closes_on}, which is not known of the cohort");
	assert_string_equal(mentor_error(*state)->problems[1].hint, "set it with: mentor cohort set autumn --closes-on DAY");
}

static void an_outcome_without_a_template_is_refused(void **state)
{
	refused(*state, 1, ASK(.outcome = MENTOR_LETTER_DECLINED), MENTOR_REFUSED, "the programme 'demo' has no template for: declined");
}

static void nobody_is_told_of_an_outcome_that_is_another(void **state)
{
	struct mentor *m = *state;
	static const int64_t both[] = { 1, 3 };
	const struct mentor_letter_request request = { .outcome = MENTOR_LETTER_ACCEPTED, .people = both, .n_people = 2 };
	const struct mentor_letter_request invitation = { .outcome = MENTOR_LETTER_RECRUITMENT };
	struct mentor_buf b = MENTOR_BUF_INIT;
	uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_letter_tell(m, 1, &request, add_told, &b), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "Cat (p3) is waiting, not accepted");
	assert_int_equal(mentor_letter_tell(m, 1, &invitation, add_told, &b), MENTOR_USAGE);
	assert_int_equal(b.len, 0);
	assert_int_equal(m->depth, 0);
	assert_true(support_fingerprint(m) == before);
	mentor_buf_free(&b);
}

static enum mentor_status add_message(void *arg, const void *record)
{
	mentor_buf_str(arg, ((const struct mentor_letter *)record)->message);
	return MENTOR_OK;
}

static void a_message_comes_from_the_contact(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	const struct mentor_letter_request request = { .outcome = MENTOR_LETTER_WAITING, .format = MENTOR_LETTER_EML };
	assert_int_equal(mentor_letter_list(*state, 1, &request, add_message, &b), MENTOR_OK);
	assert_non_null(strstr(mentor_buf_text(&b), "From: \"Team\" <team@example.org>\r\nTo: \"Cat\" <cat@example.org>\r\nSubject: Waiting\r\n"));
	mentor_buf_free(&b);
}

static void everybody_who_cannot_be_sent_a_message_is_told(void **state)
{
	support_sql(*state, "UPDATE person SET email = 'x..' || email WHERE id < 3");
	refused(*state, 1, ASK(.outcome = MENTOR_LETTER_ACCEPTED, .format = MENTOR_LETTER_MBOX), MENTOR_REFUSED,
	    "no letter is written before this is put right");
	assert_int_equal(mentor_error(*state)->n_problems, 2);
	assert_string_equal(mentor_error(*state)->problems[1].message, "Ann (p1): 'x..ann@example.org' is no address that a message can carry");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(letters_go_to_everybody_of_the_outcome_until_told),
		TEST(told_is_told_of_one_outcome),
		TEST(whoever_waits_hears_again_when_the_day_has_come),
		TEST(a_place_is_offered_once_and_what_is_due_at_the_start_can_be_recorded),
		TEST(a_late_letter_speaks_of_the_cohort_applied_to_wherever_it_is_asked_for),
		TEST(the_contact_stands_in_a_letter_once),
		TEST(invitations_go_to_people_who_have_not_applied),
		TEST(a_letter_with_a_hole_is_not_written),
		TEST(an_outcome_without_a_template_is_refused),
		TEST(nobody_is_told_of_an_outcome_that_is_another),
		TEST(a_message_comes_from_the_contact),
		TEST(everybody_who_cannot_be_sent_a_message_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
