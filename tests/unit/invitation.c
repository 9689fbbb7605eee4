/* invitation.c (test): whom there is something to send to, and what it is. */
#include "support_event.h"

#include "field.h"

#include <stdio.h>

static enum mentor_status note(void *arg, const void *record)
{
	const struct mentor_invitation *i = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 2048 - len, "%s %s;", i->name, i->what);
	return MENTOR_OK;
}

static void sends(struct mentor *m, int64_t event, bool all, const char *wanted)
{
	char text[2048] = "";
	if (mentor_event_invitations(m, event, NULL, 0, all, MENTOR_INVITATION_PLAIN, note, text))
		fail_msg("%s", mentor_error(m)->message);
	assert_string_equal(text, wanted);
}

static enum mentor_status ignore(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return MENTOR_OK;
}

static void told(struct mentor *m, int64_t event)
{
	if (mentor_event_told(m, event, NULL, 0, ignore, NULL))
		fail_msg("%s", mentor_error(m)->message);
}

static void whoever_is_told_hears_again_when_something_changes(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	struct mentor_event e = { .date = "2026-03-26", .capacity = 9 };
	sends(m, INDUCTION, false, "Ann invited;Ben invited;Cat invited;Dan invited;");
	told(m, INDUCTION);
	sends(m, INDUCTION, false, "");
	sends(m, INDUCTION, true, "Ann changed;Ben changed;Cat changed;Dan changed;");
	assert_int_equal(mentor_event_set(m, INDUCTION, &e, field_bit(mentor_event_fields, "capacity"), &changed), MENTOR_OK);
	sends(m, INDUCTION, false, "");
	assert_int_equal(mentor_event_set(m, INDUCTION, &e, field_bit(mentor_event_fields, "date"), &changed), MENTOR_OK);
	sends(m, INDUCTION, false, "Ann changed;Ben changed;Cat changed;Dan changed;");
	told(m, INDUCTION);
	support_sign_up(m, INDUCTION, BEN, true);
	sends(m, INDUCTION, false, "Ben cancelled;");
	told(m, INDUCTION);
	sends(m, INDUCTION, false, "");
	assert_int_equal(mentor_event_cancel(m, INDUCTION, NULL, false, &changed), MENTOR_OK);
	sends(m, INDUCTION, false, "Ann cancelled;Cat cancelled;Dan cancelled;");
	told(m, INDUCTION);
	assert_int_equal(mentor_event_cancel(m, INDUCTION, NULL, true, &changed), MENTOR_OK);
	sends(m, INDUCTION, false, "Ann changed;Cat changed;Dan changed;");
}

static void of_alternatives_people_are_invited_to_the_one_they_chose(void **state)
{
	struct mentor *m = *state;
	sends(m, TRAINING_1, true, "");
	support_sign_up(m, TRAINING_1, ANN, false);
	sends(m, TRAINING_1, true, "Ann invited;");
	told(m, TRAINING_1);
	support_sign_up(m, TRAINING_2, ANN, false);
	sends(m, TRAINING_1, false, "Ann cancelled;");
	sends(m, TRAINING_2, false, "Ann invited;");
}

static void what_cannot_be_sent_is_refused_with_its_reason(void **state)
{
	struct mentor *m = *state;
	const int64_t people[] = { ZED, EVA };
	char text[2048] = "";
	support_event_failed(m, mentor_event_invitations(m, INDUCTION, people, 2, false, MENTOR_INVITATION_PLAIN, note, text), MENTOR_REFUSED, "nothing to be sent");
	assert_int_equal(mentor_error(m)->n_problems, 2);
	support_event_failed(m, mentor_event_told(m, INDUCTION, people, 1, note, text), MENTOR_REFUSED, "nothing to send to p6");
	support_event_failed(m, mentor_event_invitations(m, COURSE, NULL, 0, true, MENTOR_INVITATION_PLAIN, note, text), MENTOR_REFUSED, "took place on");
	support_sql(m, "UPDATE person SET email = '\"ann\"@example.org' WHERE id = 1");
	support_event_failed(m, mentor_event_invitations(m, INDUCTION, NULL, 0, true, MENTOR_INVITATION_EML, note, text), MENTOR_REFUSED, "no address that a message can carry");
	mentor_set_zones(m, NULL, NULL);
	support_event_failed(m, mentor_event_invitations(m, INDUCTION, NULL, 0, true, MENTOR_INVITATION_ICS, note, text), MENTOR_FAILED, "cannot be read");
	assert_string_equal(text, "");
}

static void a_calendar_holds_what_a_person_comes_to_or_runs(void **state)
{
	struct mentor *m = *state;
	static const struct {
		struct mentor_calendar whose;
		const char *holds, *lacks;
	} cases[] = {
		{ { 0, 0 }, "SUMMARY:Workshop", "ATTENDEE" },
		{ { CAT, 0 }, "SUMMARY:Induction", "SUMMARY:Training" },
		{ { ZED, 0 }, "SUMMARY:Open session", "SUMMARY:Induction" },
		{ { 0, EVA }, "SUMMARY:Workshop", "SUMMARY:Course" },
		{ { EVA, 0 }, "SUMMARY:Course", "SUMMARY:Workshop" },
	};
	support_sign_up(m, OPEN_2, ZED, false);
	support_sql(m, "INSERT INTO facilitation (event_id, person_id, assigned_on, assigned_by) VALUES (7, 5, '2026-03-01', 'admin')");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct mentor_buf b = MENTOR_BUF_INIT;
		assert_int_equal(mentor_event_calendar(m, 1, &cases[i].whose, &b), MENTOR_OK);
		if (!strstr(mentor_buf_text(&b), cases[i].holds) || strstr(mentor_buf_text(&b), cases[i].lacks))
			fail_msg("%zu: %s", i, mentor_buf_text(&b));
		mentor_buf_free(&b);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, support_events_set_up, support_events_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(whoever_is_told_hears_again_when_something_changes),
		TEST(of_alternatives_people_are_invited_to_the_one_they_chose),
		TEST(what_cannot_be_sent_is_refused_with_its_reason),
		TEST(a_calendar_holds_what_a_person_comes_to_or_runs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
