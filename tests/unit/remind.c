/* remind.c (test): what is due on which day, to whom, and in which words. */
#include "support_remind.h"

#include "remind.h"

static void close_store(struct mentor *m)
{
	mentor_free(m);
}

/* ---- days and series ---- */

static void an_unsigned_contract_is_a_series_until_it_is_signed(void **state)
{
	struct mentor *m = support_reminders("reminders: { unsigned: { when: contract-unsigned, days: 14, every: 7, template: pair } }\n");
	(void)state;
	support_sql(m, "INSERT INTO contract (pair_id, text, hash, drafted_on, mentor_signed_on) VALUES (1, 'x', 'y', '2026-04-01', '2026-04-02')");
	support_due(m, "2026-04-14", false, "");
	support_due(m, "2026-04-15", false, "unsigned > Bob (new)\n");
	support_due(m, "2026-08-01", false, "unsigned > Bob (new)\n"); /* the last of the series, once */
	support_sql(m, "UPDATE contract SET mentee_signed_on = '2026-04-20'");
	support_due(m, "2026-08-01", false, "");
	close_store(m);
}

static void turns_are_counted_and_end(void **state)
{
	struct mentor *m = support_reminders("reminders: { quiet: { when: no-session, days: 10, every: 5, most: 2, template: pair } }\n");
	struct remind_list list = { .m = m };
	static const struct {
		const char *day;
		int64_t turn;
		const char *due_on;
	} days[] = { { "2026-04-11", 1, "2026-04-11" }, { "2026-04-15", 1, "2026-04-11" }, { "2026-04-16", 2, "2026-04-16" }, { "2026-06-01", 2, "2026-04-16" } };
	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		char on[11];
		assert_int_equal(mentor_set_now(m, days[i].day), MENTOR_OK);
		assert_int_equal(remind_derive(&list, 0), MENTOR_OK);
		assert_int_equal(list.n, 4); /* both of both pairs */
		mentor_day_format(list.items[0].on, on);
		assert_int_equal(list.items[0].turn, days[i].turn);
		assert_string_equal(on, days[i].due_on);
		remind_free(&list);
	}
	close_store(m);
}

static void no_session_is_counted_from_the_last_one(void **state)
{
	struct mentor *m = support_reminders("reminders: { quiet: { when: no-session, days: 20, template: pair } }\n");
	(void)state;
	support_due(m, "2026-04-20", false, "");
	support_due(m, "2026-04-21", false, "quiet > Ann (new)\nquiet > Bob (new)\nquiet > Cat (new)\nquiet > Dan (new)\n");
	support_sql(m, "INSERT INTO session (pair_id, date, minutes, recorded_on) VALUES (1, '2026-04-10', 60, '2026-04-10')");
	support_sql(m, "INSERT INTO session (pair_id, date, recorded_on) VALUES (2, '2026-04-12', '2026-04-10')"); /* planned, not held */
	support_due(m, "2026-04-29", false, "quiet > Cat (new)\nquiet > Dan (new)\n");
	support_due(m, "2026-04-30", false, "quiet > Ann (new)\nquiet > Bob (new)\nquiet > Cat (new)\nquiet > Dan (new)\n");
	close_store(m);
}

/* 4 sessions in the 182 days from 1 April to 30 September: the first is due after 45.5 days, on 17 May, the second on 1 July. */
static void behind_is_counted_from_the_day_on_which_more_was_due(void **state)
{
	struct mentor *m = support_reminders("reminders: { behind: { when: behind-pace, days: 7, template: pair } }\n");
	struct remind_list list = { .m = m };
	int64_t may = 0, july = 0;
	(void)state;
	support_sql(m, "DELETE FROM pair WHERE id = 2");
	support_due(m, "2026-05-23", false, "");
	support_due(m, "2026-05-24", false, "behind > Ann (new)\nbehind > Bob (new)\n");
	assert_true(mentor_day_parse("2026-05-17", &may) && mentor_day_parse("2026-07-01", &july));
	assert_int_equal(remind_derive(&list, 0), MENTOR_OK);
	assert_int_equal(list.items[0].since, may);
	remind_free(&list);
	support_sql(m, "INSERT INTO session (pair_id, date, minutes, recorded_on) VALUES (1, '2026-05-20', 60, '2026-05-20'), "
		       "(1, '2026-05-21', 30, '2026-05-21')"); /* the second is too short to count */
	support_due(m, "2026-07-07", false, "");
	support_due(m, "2026-07-08", false, "behind > Ann (new)\nbehind > Bob (new)\n");
	assert_int_equal(remind_derive(&list, 0), MENTOR_OK);
	assert_int_equal(list.items[0].since, july);
	remind_free(&list);
	close_store(m);
}

/* Half of 3 is 2: due from two thirds of 182 days on, rounded up: 122 days after 1 April. */
static void little_part_is_brought_up_for_each_side_alone(void **state)
{
	struct mentor *m = support_reminders("reminders: { low: { when: low-participation, template: pair } }\n");
	(void)state;
	support_sql(m, "INSERT INTO shadowing (pair_id, side, date, meeting, prepared, part, recorded_on) VALUES "
		       "(1, 'mentor', '2026-05-01', 'Board', 1, 'contributed', '2026-05-01'), (1, 'mentor', '2026-06-01', 'Board', 1, 'contributed', '2026-06-01'), "
		       "(1, 'mentee', '2026-05-02', 'Board', 1, 'observed', '2026-05-02')");
	support_due(m, "2026-07-31", false, "");
	support_due(m, "2026-08-01", false, "low > Bob (new)\nlow > Cat (new)\nlow > Dan (new)\n");
	close_store(m);
}

static void a_survey_reminds_who_has_not_answered_while_it_is_open(void **state)
{
	struct mentor *m = support_reminders("reminders: { answer: { when: survey-open, days: 3, every: 5, template: survey } }\n");
	(void)state;
	support_due(m, "2026-05-01", false, ""); /* opens on 29 April */
	support_due(m, "2026-05-02", false, "answer > Bob (new)\nanswer > Dan (new)\n");
	support_sql(m, "INSERT INTO response (cohort_id, survey, stage, respondent_id, response) VALUES (1, 'view', 'before', 2, '1')");
	support_due(m, "2026-05-12", false, "answer > Dan (new)\n");
	support_sql(m, "INSERT INTO ticket (id, cohort_id, survey, stage, enrolment_id, token) VALUES (77, 1, 'view', 'before', 4, 'x')");
	support_due(m, "2026-05-12", false, "answer > Dan (new)\n");
	support_sql(m, "UPDATE ticket SET used = 1");
	support_due(m, "2026-05-12", false, "");
	support_sql(m, "UPDATE ticket SET used = 0");
	support_due(m, "2026-05-13", false, ""); /* closed */
	close_store(m);
}

static void support_is_asked_of_the_line_manager_while_it_is_missing(void **state)
{
	struct mentor *m = support_reminders("reminders: { support: { when: support-missing, days: 5, to: manager, template: support } }\n");
	(void)state;
	support_sql(m, "INSERT INTO support (enrolment_id, asked_on, recorded_by) VALUES (1, '2026-04-20', 'x'), (3, '2026-04-20', 'x'), (2, '2026-04-20', 'x')");
	support_due(m, "2026-04-24", false, "");
	support_due(m, "2026-04-25", false, "support > boss@example.org (new)\n"); /* Cat's is not known; Bob's role asks for none */
	support_sql(m, "UPDATE support SET answer = 'given', answered_on = '2026-04-22' WHERE enrolment_id = 1");
	support_due(m, "2026-04-25", false, "");
	close_store(m);
}

static void applications_that_close_concern_who_has_never_applied(void **state)
{
	struct mentor *m = support_reminders("reminders: { hurry: { when: applications-close, days: -7, template: closing } }\n");
	(void)state;
	support_sql(m, "INSERT INTO person (email, name) VALUES ('zoe@example.org', 'Zoe')");
	support_due(m, "2026-02-15", false, ""); /* closed already */
	support_sql(m, "UPDATE cohort SET closed_on = NULL, started_on = NULL");
	support_due(m, "2026-02-12", false, "");
	support_due(m, "2026-02-13", false, "hurry > Zoe (new)\n");
	support_due(m, "2026-02-21", false, "");
	close_store(m);
}

static void records_to_be_removed_concern_the_team(void **state)
{
	struct mentor *m = support_reminders("reminders: { keep: { when: retention-due, to: team, template: keep } }\n"
					     "privacy: { retention: { pairs: 1, applications: 2 } }\n");
	(void)state;
	support_due(m, "2026-10-29", false, "");
	support_due(m, "2026-10-30", false, "keep > Team (new)\n");
	support_due(m, "2026-11-30", false, "keep > Team (new)\nkeep > Team (new)\n"); /* Eva is in no pair: an application */
	support_sql(m, "DELETE FROM pair");
	support_due(m, "2026-10-30", false, "");
	close_store(m);
}

static void an_event_ahead_concerns_who_is_asked_to_come(void **state)
{
	struct mentor *m = support_reminders("reminders:\n  soon: { when: event-ahead, days: -7, template: event }\n"
					     "  run: { when: event-ahead, days: -7, to: facilitator, template: event }\n");
	(void)state;
	support_sql(m, "INSERT INTO event (cohort_id, name, slot, title, kind, audience, date, start, until, zone, place, uid, changed_at) VALUES "
		       "(1, 'training', 'one', 'Training', 'training', 'mentors', '2026-05-10', '10:00', '12:00', 'Europe/London', 'Hall', 'u1', '2026-04-01T00:00:00Z'), "
		       "(1, 'training', 'two', 'Training', 'training', 'mentors', '2026-05-12', '10:00', '12:00', 'Europe/London', 'Hall', 'u2', '2026-04-01T00:00:00Z')");
	support_due(m, "2026-05-02", false, "");
	support_due(m, "2026-05-05", false, "soon > Ann (new)\nsoon > Cat (new)\n"); /* the first one: nobody has chosen */
	support_sql(m, "INSERT INTO attendance (event_id, person_id, state, said_at, recorded_by) VALUES (2, 1, 'coming', '2026-05-01T10:00:00Z', 'x')");
	support_due(m, "2026-05-05", false, "soon > Cat (new)\nsoon > Ann (new)\n"); /* Ann comes to the second */
	support_sql(m, "INSERT INTO facilitation (event_id, person_id, assigned_on, assigned_by) VALUES (1, 5, '2026-05-01', 'x')");
	support_due(m, "2026-05-03", false, "soon > Cat (new)\nrun > Eva (new)\n");
	support_sql(m, "UPDATE event SET cancelled_on = '2026-05-02' WHERE id = 1");
	support_due(m, "2026-05-05", false, "soon > Ann (new)\nsoon > Cat (new)\n"); /* Cat is left with the second */
	support_due(m, "2026-05-13", false, "");
	close_store(m);
}

static void an_action_is_brought_up_with_whose_it_is(void **state)
{
	struct mentor *m = support_reminders("reminders: { action: { when: action-overdue, days: 3, template: action } }\n");
	(void)state;
	support_sql(m, "INSERT INTO action (cohort_id, pair, owner, text, due, added_on) VALUES (1, 1, NULL, 'Ask', '2026-04-20', '2026-04-01'), "
		       "(1, 2, 4, 'Write', '2026-04-20', '2026-04-01'), (1, NULL, NULL, 'Call', '2026-04-20', '2026-04-01'), (1, NULL, 5, 'Book', '2026-05-20', '2026-04-01')");
	support_due(m, "2026-04-22", false, "");
	support_due(m, "2026-04-23", false, "action > Ann (new)\naction > Bob (new)\naction > Dan (new)\naction > Team (new)\n");
	support_sql(m, "UPDATE action SET state = 'done', closed_on = '2026-04-22' WHERE id = 1");
	support_due(m, "2026-05-23", false, "action > Dan (new)\naction > Team (new)\naction > Eva (new)\n");
	close_store(m);
}

/* ---- to whom ---- */

static void about_a_pair_anybody_concerned_can_hear(void **state)
{
	struct mentor *m = support_reminders("reminders:\n"
					     "  a: { when: contract-unsigned, template: pair }\n"
					     "  b: { when: contract-unsigned, to: partner, template: pair }\n"
					     "  c: { when: contract-unsigned, to: manager, template: team }\n"
					     "  d: { when: contract-unsigned, to: facilitator, template: team }\n"
					     "  e: { when: contract-unsigned, to: team, template: team }\n");
	(void)state;
	support_sql(m, "INSERT INTO contract (pair_id, text, hash, drafted_on, mentee_signed_on) VALUES (1, 'x', 'y', '2026-04-01', '2026-04-02')");
	support_due(m, "2026-04-01", false, "a > Ann (new)\nb > Bob (new)\nc > boss@example.org (new)\nd > Eva (new)\ne > Team (new)\n");
	close_store(m);
}

static void words_stand_for_what_is_recorded(void **state)
{
	struct mentor *m = support_reminders("reminders:\n  quiet: { when: no-session, template: pair }\n  tell: { when: no-session, to: team, template: team }\n");
	struct remind_list list = { .m = m };
	struct mentor_buf subject = MENTOR_BUF_INIT, text = MENTOR_BUF_INIT;
	int64_t language = MENTOR_NONE;
	(void)state;
	support_sql(m, "DELETE FROM pair WHERE id = 2");
	support_sql(m, "INSERT INTO session (pair_id, date, minutes, recorded_on) VALUES (1, '2026-04-10', 60, '2026-04-10')");
	assert_int_equal(mentor_set_now(m, "2026-07-01"), MENTOR_OK);
	assert_int_equal(remind_derive(&list, 0), MENTOR_OK);
	assert_int_equal(list.n, 3);
	assert_int_equal(remind_write(&list.items[1], &subject, &text, &language), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&subject), "You and Ann");
	assert_string_equal(mentor_buf_text(&text), "Bob (leader): 1 of 2, last 10 April 2026.\n\nTeam, team@example.org");
	mentor_buf_clear(&subject);
	mentor_buf_clear(&text);
	assert_int_equal(remind_write(&list.items[2], &subject, &text, &language), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&text), "Ann and Bob of Demo mentoring\n\nTeam, team@example.org");
	mentor_buf_free(&subject);
	mentor_buf_free(&text);
	remind_free(&list);
	close_store(m);
}

/* Each in her or his language, where the template has it; to the team nothing is said of one. */
static void people_are_written_to_in_their_language(void **state)
{
	static const struct {
		const char *subject, *text;
		int64_t language;
	} expected[] = {
		{ "Chi a Bob", "Ann (guide): 0 o 2, diwethaf dim un eto.\n\nTeam, team@example.org", MENTOR_LANGUAGE_CY },
		{ "You and Ann", "Bob (leader): 0 of 2, last none yet.\n\nTeam, team@example.org", MENTOR_LANGUAGE_EN },
		{ "Ann and Bob", "Ann and Bob of Demo mentoring\n\nTeam, team@example.org", MENTOR_LANGUAGE_EN },
	};
	struct mentor *m = support_reminders("reminders:\n  quiet: { when: no-session, template: pair }\n  tell: { when: no-session, to: team, template: team }\n");
	struct remind_list list = { .m = m };
	(void)state;
	support_sql(m, "DELETE FROM pair WHERE id = 2");
	support_sql(m, "UPDATE person SET language = 'cy' WHERE id = 1");
	assert_int_equal(mentor_set_now(m, "2026-07-01"), MENTOR_OK);
	assert_int_equal(remind_derive(&list, 0), MENTOR_OK);
	assert_int_equal(list.n, 3);
	for (size_t i = 0; i < list.n; i++) {
		struct mentor_buf subject = MENTOR_BUF_INIT, text = MENTOR_BUF_INIT;
		int64_t language = MENTOR_NONE;
		assert_int_equal(remind_write(&list.items[i], &subject, &text, &language), MENTOR_OK);
		assert_string_equal(mentor_buf_text(&subject), expected[i].subject);
		assert_string_equal(mentor_buf_text(&text), expected[i].text);
		assert_int_equal(language, expected[i].language);
		mentor_buf_free(&subject);
		mentor_buf_free(&text);
	}
	remind_free(&list);
	close_store(m);
}

/* ---- what is held back ---- */

static void nothing_goes_to_or_about_who_is_on_hold(void **state)
{
	struct mentor *m = support_reminders("reminders: { quiet: { when: no-session, template: pair } }\n");
	bool changed = false;
	(void)state;
	assert_int_equal(mentor_remind_hold(m, 1, 0, true, "2026-05-10", &changed), MENTOR_OK);
	assert_int_equal(mentor_remind_hold(m, 0, 2, true, NULL, &changed), MENTOR_OK);
	support_due(m, "2026-05-10", false, "quiet > Ann (held)\nquiet > Bob (held)\nquiet > Cat (held)\nquiet > Dan (held)\n");
	support_due(m, "2026-05-11", false, "quiet > Ann (new)\nquiet > Bob (new)\nquiet > Cat (held)\nquiet > Dan (held)\n");
	assert_int_equal(mentor_remind_hold(m, 0, 2, false, NULL, &changed), MENTOR_OK);
	support_due(m, "2026-05-11", false, "quiet > Ann (new)\nquiet > Bob (new)\nquiet > Cat (new)\nquiet > Dan (new)\n");
	close_store(m);
}

static void pairs_that_ended_are_left_in_peace(void **state)
{
	struct mentor *m = support_reminders("reminders: { quiet: { when: no-session, template: pair } }\n");
	(void)state;
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-04-20' WHERE id = 1");
	support_due(m, "2026-05-01", false, "quiet > Cat (new)\nquiet > Dan (new)\n");
	close_store(m);
}

static void quiet_days_are_found(void **state)
{
	static const char sending[] = "sending: { days: working, holidays: england-and-wales, quiet: { feast: { first: 2026-12-21, last: 2027-01-01 } } }\n";
	static const struct {
		const char *day, *goes;
	} days[] = { { "2026-04-02", "2026-04-02" }, { "2026-04-03", "2026-04-07" }, { "2026-04-11", "2026-04-13" }, { "2026-12-19", "2027-01-04" } };
	struct mentor *m = support_reminders(sending);
	struct definition *d = NULL;
	(void)state;
	assert_int_equal(programme_of_cohort(m, 1, &d), MENTOR_OK);
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		int64_t day = 0;
		char goes[11];
		assert_true(mentor_day_parse(days[i].day, &day));
		mentor_day_format(remind_sending_day(d, day), goes);
		assert_string_equal(goes, days[i].goes);
	}
	definition_free(d);
	close_store(m);
}

/* ---- what cannot be sent ---- */

static void a_word_that_nothing_of_the_cohort_fills_in_is_told_once(void **state)
{
	struct mentor *m = support_reminders("reminders: { early: { when: no-session, to: team, template: open } }\n");
	(void)state;
	support_due(m, "2026-04-01", false, "early > Team (new)\nearly > Team (new)\n");
	support_sql(m, "UPDATE cohort SET opens_on = NULL");
	support_due(m, "2026-04-01", false, "early: the template 'open' speaks of {opens_on}, which is not known\n");
	support_due(m, "2026-03-01", false, ""); /* nothing is due, so nothing is missing */
	close_store(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unsigned_contract_is_a_series_until_it_is_signed),
		cmocka_unit_test(turns_are_counted_and_end),
		cmocka_unit_test(no_session_is_counted_from_the_last_one),
		cmocka_unit_test(behind_is_counted_from_the_day_on_which_more_was_due),
		cmocka_unit_test(little_part_is_brought_up_for_each_side_alone),
		cmocka_unit_test(a_survey_reminds_who_has_not_answered_while_it_is_open),
		cmocka_unit_test(support_is_asked_of_the_line_manager_while_it_is_missing),
		cmocka_unit_test(applications_that_close_concern_who_has_never_applied),
		cmocka_unit_test(records_to_be_removed_concern_the_team),
		cmocka_unit_test(an_event_ahead_concerns_who_is_asked_to_come),
		cmocka_unit_test(an_action_is_brought_up_with_whose_it_is),
		cmocka_unit_test(about_a_pair_anybody_concerned_can_hear),
		cmocka_unit_test(words_stand_for_what_is_recorded),
		cmocka_unit_test(people_are_written_to_in_their_language),
		cmocka_unit_test(nothing_goes_to_or_about_who_is_on_hold),
		cmocka_unit_test(pairs_that_ended_are_left_in_peace),
		cmocka_unit_test(quiet_days_are_found),
		cmocka_unit_test(a_word_that_nothing_of_the_cohort_fills_in_is_told_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
