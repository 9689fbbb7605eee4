/* session.c (test): which sessions a log takes, and that logging twice is harmless. */
#include "support.h"

#include "record.h"

#include <stdio.h>

static const char definition[] = "programme: demo\n"
				 "title: Demo mentoring\n"
				 "contact:\n"
				 "  email: team@example.org\n"
				 "contract:\n"
				 "  purpose: We learn from each other.\n"
				 "  sign_first: yes\n"
				 "activities: { tree: { title: Tree of life } }\n";

/* The same, with topics of learning and whatever is to be kept of a session. */
static const char *keeping(const char *record)
{
	static char text[1024];
	(void)snprintf(text, sizeof(text), "%stopics: { power: Power, change: Change }\nprivacy: { record: %s }\n", definition, record);
	return text;
}

/* A store with one active pair, published on 2 March and signed by both, on 10 March 2026. */
static int set_up(void **state)
{
	static const char *const rows[] = {
		"INSERT INTO person (email, name) VALUES ('ann@example.org', 'Ann'), ('ben@example.org', 'Ben')",
		"INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES "
		"(1, 1, 'mentor', 'accepted', '2026-02-01'), (1, 2, 'mentee', 'accepted', '2026-02-01')",
		"INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, "
		"published_on) "
		"VALUES (1, 1, 2, 'active', 'reverse', 0, '2026-03-01', '2026-03-02')",
		"INSERT INTO contract (pair_id, text, hash, drafted_on, mentor_signed_on, mentee_signed_on) "
		"VALUES (1, '', '', '2026-03-02', '2026-03-03', '2026-03-03')",
	};
	struct mentor *m = support_store();
	const char *change = NULL;
	int64_t id = 0;
	struct mentor_cohort cohort;
	assert_int_equal(mentor_set_now(m, "2026-03-10"), MENTOR_OK);
	const char *text = *state ? keeping(*state) : definition;
	assert_int_equal(mentor_programme_import(m, "demo.yaml", text, strlen(text), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, 1U << 1, &id), MENTOR_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		support_sql(m, rows[i]);
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

/** Field names and values by turns, NULL at the end. */
typedef const char *const given_values[9];

static enum mentor_status add(struct mentor *m, given_values values, const char **ret_change, int64_t *ret_id)
{
	struct mentor_session s;
	uint64_t given = 0;
	mentor_record_clear(mentor_session_fields, &s);
	for (size_t i = 0; values[i]; i += 2) {
		const struct mentor_field *field = mentor_field_find(mentor_session_fields, values[i]);
		assert_non_null(field);
		assert_int_equal(mentor_field_read(m, field, values[i + 1], &s), MENTOR_OK);
		given |= UINT64_C(1) << (field - mentor_session_fields);
	}
	return mentor_session_add(m, 1, &s, given, ret_change, ret_id, NULL);
}

static void a_session_is_added_once(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t first = 0, again = 0;
	void *record = NULL;
	static given_values values = { "date", "2026-03-05", "minutes", "60", "mode", "virtual", "next_date",
		"2026-04-05", NULL };
	assert_int_equal(add(m, values, &change, &first), MENTOR_OK);
	assert_string_equal(change, "added");
	assert_int_equal(add(m, values, &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(first, again);
	assert_int_equal(mentor_record_get(m, &mentor_entity_session, first, &record), MENTOR_OK);
	const struct mentor_session *s = record;
	assert_int_equal(s->minutes, 60);
	assert_string_equal(s->mentee_name, "Ben");
	assert_string_equal(s->recorded_on, "2026-03-10");
	mentor_record_free(record);
}

static void other_values_for_the_same_time_are_refused(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add(m, (given_values){ "date", "2026-03-05", "minutes", "60" }, &change, &id), MENTOR_OK);
	assert_int_equal(add(m, (given_values){ "date", "2026-03-05", "minutes", "45" }, &change, &id), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "s1 is a session of 2026-03-05 already, with other values");
	assert_int_equal(
	    add(m, (given_values){ "date", "2026-03-05", "minutes", "45", "time", "16:00" }, &change, &id), MENTOR_OK);
	assert_int_equal(id, 2);
}

static void values_that_cannot_be_are_turned_away(void **state)
{
	struct mentor *m = *state;
	static const struct {
		given_values values;
		const char *message;
	} cases[] = {
		{ { "date", "2026-03-05" }, "a session of 2026-03-05 has passed, and needs its minutes" },
		{ { "date", "2026-03-11", "minutes", "60" }, "2026-03-11 is in the future" },
		{ { "date", "2026-03-01", "minutes", "60" },
		    "m1 could not meet on 2026-03-01: it was published on 2026-03-02" },
		{ { "date", "2026-03-05", "minutes", "60", "next_date", "2026-03-04" },
		    "the next session cannot be on 2026-03-04, before this one" },
		{ { "date", "2026-03-05", "minutes", "60", "next_time", "10:00" },
		    "the next session has a time or place but no date" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *change = NULL;
		int64_t id = 0;
		assert_int_equal(add(m, cases[i].values, &change, &id), MENTOR_INVALID);
		assert_string_equal(mentor_error(m)->message, cases[i].message);
		assert_null(change);
	}
}

/* Paper logs come in late: what was held before the end still counts. */
static void a_pair_that_has_ended_logs_what_was_held_before(void **state)
{
	struct mentor *m = *state;
	static const char *const ends[] = { "UPDATE pair SET state = 'ended', ended_on = '2026-03-06'",
		"UPDATE pair SET state = 'completed', ended_on = '2026-03-06'" };
	static given_values before = { "date", "2026-03-05", "minutes", "60" },
			    last = { "date", "2026-03-06", "minutes", "60" },
			    after = { "date", "2026-03-07", "minutes", "60" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		const char *change = NULL;
		int64_t id = 0;
		support_sql(m, ends[i]);
		assert_int_equal(add(m, after, &change, &id), MENTOR_REFUSED);
		assert_string_equal(
		    mentor_error(m)->message, "m1 ended on 2026-03-06 and cannot have met on 2026-03-07");
		assert_null(change);
		assert_int_equal(add(m, before, &change, &id), MENTOR_OK);
		assert_string_equal(change, "added");
		assert_int_equal(add(m, last, &change, &id), MENTOR_OK);
		assert_int_equal(add(m, before, &change, &id), MENTOR_OK);
		assert_string_equal(change, "unchanged");
		support_sql(m, "DELETE FROM session");
	}
}

static void a_pair_that_has_ended_is_asked_for_no_contract(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	static given_values values = { "date", "2026-03-05", "minutes", "60" };
	support_sql(m, "DELETE FROM contract");
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-03-06'");
	assert_int_equal(add(m, values, &change, &id), MENTOR_OK);
}

static void a_pair_that_is_only_proposed_logs_nothing(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	static given_values values = { "date", "2026-03-05", "minutes", "60" };
	support_sql(m, "UPDATE pair SET state = 'proposed'");
	assert_int_equal(add(m, values, &change, &id), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "tell the two first: mentor match publish");
}

static void a_programme_may_want_the_contract_signed_first(void **state)
{
	struct mentor *m = *state;
	static given_values values = { "date", "2026-03-05", "minutes", "60" };
	static const struct {
		const char *sql, *hint;
	} cases[] = {
		{ "UPDATE contract SET mentee_signed_on = NULL", "mentor contract sign m1 --mentee" },
		{ "UPDATE contract SET mentor_signed_on = NULL", "mentor contract sign m1 --mentor --mentee" },
		{ "DELETE FROM contract", "mentor contract draft m1" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *change = NULL;
		int64_t id = 0;
		support_sql(m, cases[i].sql);
		assert_int_equal(add(m, values, &change, &id), MENTOR_REFUSED);
		assert_string_equal(mentor_error(m)->hint, cases[i].hint);
	}
}

static void no_pair_no_session(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	struct mentor_session s;
	mentor_record_clear(mentor_session_fields, &s);
	s.date = "2026-03-05";
	s.minutes = 60;
	assert_int_equal(mentor_session_add(m, 99, &s, UINT64_MAX, &change, &id, NULL), MENTOR_NOT_FOUND);
}

/* ---- planned, moved, cancelled ---- */

static struct mentor_session session(struct mentor *m, int64_t id)
{
	void *record = NULL;
	assert_int_equal(mentor_record_get(m, &mentor_entity_session, id, &record), MENTOR_OK);
	struct mentor_session s = *(const struct mentor_session *)record;
	s.date = mentor_keep(m, s.date);
	s.time = mentor_keep(m, s.time);
	s.mentor_signed_on = mentor_keep(m, s.mentor_signed_on);
	s.mentee_signed_on = mentor_keep(m, s.mentee_signed_on);
	s.topics = mentor_keep(m, s.topics);
	s.notes = mentor_keep(m, s.notes);
	s.place = mentor_keep(m, s.place);
	mentor_record_free(record);
	return s;
}

static int64_t planned(struct mentor *m, const char *date, const char *time)
{
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add(m, (given_values){ "date", date, time ? "time" : NULL, time }, &change, &id), MENTOR_OK);
	assert_string_equal(change, "planned");
	assert_int_equal(session(m, id).state, MENTOR_SESSION_PLANNED);
	return id;
}

static void a_session_without_minutes_is_planned(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = planned(m, "2026-03-20", "14:00"), again = 0;
	assert_int_equal(add(m, (given_values){ "date", "2026-03-20", "time", "14:00" }, &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(again, id);
	assert_int_equal(add(m, (given_values){ "place", "Cafe" }, &change, &again), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "a session needs its minutes");
	assert_int_equal(add(m, (given_values){ "date", "2026-03-21", "next_date", "2026-04-01" }, &change, &again), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "a session that is only planned has no next date");
}

static void what_was_planned_becomes_what_was_held(void **state)
{
	struct mentor *m = *state;
	static const struct {
		const char *planned, *held;
	} times[] = { { "14:00", "14:00" }, { NULL, "14:00" }, { "14:00", NULL }, { NULL, NULL } };
	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		const char *change = NULL;
		int64_t id = 0, plan = planned(m, "2026-03-20", times[i].planned);
		given_values held = { "date", "2026-03-20", "minutes", "60", times[i].held ? "time" : NULL, times[i].held };
		assert_int_equal(mentor_set_now(m, "2026-03-21"), MENTOR_OK);
		assert_int_equal(add(m, held, &change, &id), MENTOR_OK);
		assert_string_equal(change, "held");
		assert_int_equal(id, plan);
		assert_int_equal(session(m, id).state, MENTOR_SESSION_HELD);
		assert_int_equal(add(m, held, &change, &id), MENTOR_OK);
		assert_string_equal(change, "unchanged");
		support_sql(m, "DELETE FROM session");
		assert_int_equal(mentor_set_now(m, "2026-03-10"), MENTOR_OK);
	}
}

/* Of two plans of one day nobody could say which was held, and another time is another session. */
static void another_time_than_planned_is_another_session(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	int64_t id = 0;
	planned(m, "2026-03-10", "09:00");
	assert_int_equal(add(m, (given_values){ "minutes", "60", "time", "15:00" }, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	planned(m, "2026-03-10", "11:00");
	assert_int_equal(add(m, (given_values){ "minutes", "60" }, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
}

static void the_next_session_is_planned_with_one_that_was_held(void **state)
{
	struct mentor *m = *state;
	struct mentor_session s;
	const char *change = NULL;
	int64_t id = 0, next = 9;
	uint64_t given = field_bit(mentor_session_fields, "date") | field_bit(mentor_session_fields, "minutes") |
			 field_bit(mentor_session_fields, "next_date") | field_bit(mentor_session_fields, "next_place");
	mentor_record_clear(mentor_session_fields, &s);
	s.date = "2026-03-05";
	s.minutes = 60;
	s.next_date = "2026-04-02";
	s.next_place = "Cafe";
	assert_int_equal(mentor_session_add(m, 1, &s, given, &change, &id, &next), MENTOR_OK);
	assert_int_not_equal(next, 0);
	assert_string_equal(session(m, next).place, "Cafe");
	assert_string_equal(session(m, next).date, "2026-04-02");
	assert_int_equal(mentor_session_add(m, 1, &s, given, &change, &id, &next), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(next, 0);
	/* a next date that has passed when the paper comes in is no plan any more */
	s.date = "2026-03-03";
	s.next_date = "2026-03-09";
	assert_int_equal(mentor_session_add(m, 1, &s, given, &change, &id, &next), MENTOR_OK);
	assert_int_equal(next, 0);
}

static void a_planned_session_moves_and_is_not_cancelled(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	int64_t id = planned(m, "2026-03-20", "14:00");
	assert_int_equal(mentor_session_move(m, id, "2026-03-27", NULL, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_session_move(m, id, "2026-03-27", NULL, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_session_move(m, id, "2026-03-27", "15:30", &changed), MENTOR_OK);
	struct mentor_session s = session(m, id);
	assert_string_equal(s.date, "2026-03-27");
	assert_string_equal(s.time, "15:30");
	assert_int_equal(s.moves, 2);
	assert_int_equal(s.cancelled_by, MENTOR_NONE);
	assert_int_equal(mentor_session_move(m, id, "2026-03-09", NULL, &changed), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "s1 cannot be moved to 2026-03-09, which has passed");
	assert_string_equal(mentor_error(m)->hint, "if it was held then, say so: mentor log set s1 --date 2026-03-09 --minutes 60");
	planned(m, "2026-04-10", "15:30");
	assert_int_equal(mentor_session_move(m, id, "2026-04-10", NULL, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "the pair has a session at this time already");
	assert_int_equal(session(m, id).moves, 2);
}

static void who_cancelled_is_told_apart_and_can_be_corrected(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	const char *change = NULL;
	int64_t id = planned(m, "2026-03-20", NULL), other = 0;
	assert_int_equal(mentor_session_cancel(m, id, MENTOR_SIDE_MENTEE, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_session_cancel(m, id, MENTOR_SIDE_MENTEE, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_session_cancel(m, id, MENTOR_SIDE_TEAM, &changed), MENTOR_OK);
	assert_int_equal(session(m, id).state, MENTOR_SESSION_CANCELLED);
	assert_int_equal(session(m, id).cancelled_by, MENTOR_SIDE_TEAM);
	assert_int_equal(mentor_session_move(m, id, "2026-03-27", NULL, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "plan another one: mentor log add m1 --date DAY");
	/* the day is free again */
	assert_int_equal(add(m, (given_values){ "date", "2026-03-20" }, &change, &other), MENTOR_OK);
	assert_string_equal(change, "planned");
	assert_int_not_equal(other, id);
}

static void what_was_held_is_neither_moved_nor_cancelled(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add(m, (given_values){ "date", "2026-03-05", "minutes", "60" }, &change, &id), MENTOR_OK);
	assert_int_equal(mentor_session_move(m, id, "2026-03-20", NULL, &changed), MENTOR_REFUSED);
	assert_int_equal(mentor_session_cancel(m, id, MENTOR_SIDE_TEAM, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "if it was logged by mistake, remove it: mentor log remove s1");
	struct mentor_action action;
	int64_t follows = 0;
	mentor_record_clear(mentor_action_fields, &action);
	action.text = "Send the guide";
	action.session = id;
	assert_int_equal(mentor_action_add(m, &action, &change, &follows), MENTOR_OK);
	assert_int_equal(mentor_log_remove(m, &mentor_entity_session, id), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM session"), 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM action WHERE session IS NULL"), 1); /* it is still to be done */
	assert_int_equal(mentor_log_remove(m, &mentor_entity_session, id), MENTOR_NOT_FOUND);
	assert_int_equal(mentor_log_remove(m, &mentor_entity_pair, 1), MENTOR_BUG);
}

/* ---- corrected, acknowledged ---- */

static enum mentor_status set(struct mentor *m, int64_t id, const char *name, const char *value, bool *ret_changed)
{
	struct mentor_session s;
	const struct mentor_field *field = mentor_field_find(mentor_session_fields, name);
	mentor_record_clear(mentor_session_fields, &s);
	assert_int_equal(mentor_field_read(m, field, value, &s), MENTOR_OK);
	return mentor_record_set(m, &mentor_entity_session, id, &s, field_bit(mentor_session_fields, name), ret_changed);
}

static void a_correction_is_held_against_the_same_rules(void **state)
{
	struct mentor *m = *state;
	static const struct {
		const char *name, *value;
		enum mentor_status status;
	} cases[] = {
		{ "minutes", "45", MENTOR_OK },
		{ "date", "2026-03-06", MENTOR_OK },
		{ "date", "2026-03-11", MENTOR_INVALID }, /* to come */
		{ "date", "2026-03-01", MENTOR_INVALID }, /* before they were told */
		{ "date", "", MENTOR_INVALID },
		{ "minutes", "", MENTOR_INVALID }, /* it has passed, and cannot be planned any more */
		{ "next_date", "2026-03-04", MENTOR_INVALID },
		{ "activity", "tree", MENTOR_OK },
		{ "activity", "dance", MENTOR_INVALID },
		{ "mentor_signed_on", "2026-03-05", MENTOR_INVALID }, /* before it was held */
		{ "mentor_signed_on", "2026-03-11", MENTOR_INVALID }, /* to come */
	};
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add(m, (given_values){ "date", "2026-03-05", "minutes", "60" }, &change, &id), MENTOR_OK);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool changed = false;
		assert_int_equal(set(m, id, cases[i].name, cases[i].value, &changed), cases[i].status);
		assert_int_equal(changed, cases[i].status == MENTOR_OK);
	}
	assert_int_equal(session(m, id).minutes, 45);
}

static void each_side_acknowledges_once_and_a_slip_is_set_right(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	const char *change = NULL;
	int64_t id = 0, plan = planned(m, "2026-03-20", NULL);
	assert_int_equal(mentor_session_sign(m, plan, MENTOR_SIDE_MENTOR, NULL, &changed), MENTOR_REFUSED);
	assert_int_equal(add(m, (given_values){ "date", "2026-03-05", "minutes", "60" }, &change, &id), MENTOR_OK);
	assert_int_equal(mentor_session_sign(m, id, MENTOR_SIDE_TEAM, NULL, &changed), MENTOR_USAGE);
	assert_int_equal(mentor_session_sign(m, id, MENTOR_SIDE_MENTOR, "2026-03-06", &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_session_sign(m, id, MENTOR_SIDE_MENTOR, NULL, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_session_sign(m, id, MENTOR_SIDE_MENTOR, "2026-03-07", &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "correct it with: mentor log set s2 --mentor-signed-on 2026-03-07");
	assert_int_equal(mentor_session_sign(m, id, MENTOR_SIDE_MENTEE, NULL, &changed), MENTOR_OK);
	assert_string_equal(session(m, id).mentor_signed_on, "2026-03-06");
	assert_string_equal(session(m, id).mentee_signed_on, "2026-03-10");
	assert_int_equal(set(m, id, "mentee_signed_on", "", &changed), MENTOR_OK);
	assert_null(session(m, id).mentee_signed_on);
}

/* ---- what may be kept ---- */

static enum mentor_status say(struct mentor *m, const char *name, const char *value)
{
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = add(m, (given_values){ "minutes", "60", name, value }, &change, &id);
	support_sql(m, "DELETE FROM session");
	return status;
}

static void a_minimal_record_takes_the_activity_and_no_word_more(void **state)
{
	assert_int_equal(say(*state, "activity", "tree"), MENTOR_OK);
	assert_int_equal(say(*state, "topics", "power"), MENTOR_REFUSED);
	assert_string_equal(mentor_error(*state)->message, "this programme keeps no topics of sessions");
	assert_int_equal(say(*state, "notes", "Secret"), MENTOR_REFUSED);
	assert_string_equal(mentor_error(*state)->message, "this programme keeps no notes of sessions");
}

static void a_record_of_topics_takes_those_of_the_programme(void **state)
{
	assert_int_equal(say(*state, "topics", "power; change"), MENTOR_OK);
	assert_int_equal(say(*state, "topics", "gossip"), MENTOR_INVALID);
	assert_string_equal(mentor_error(*state)->message, "the programme has no topic 'gossip'");
	assert_string_equal(mentor_error(*state)->hint, "the programme has power, change");
	assert_int_equal(say(*state, "topics", "power; power"), MENTOR_INVALID);
	assert_int_equal(say(*state, "notes", "Secret"), MENTOR_REFUSED);
}

static void a_full_record_takes_notes(void **state)
{
	assert_int_equal(say(*state, "topics", "power"), MENTOR_OK);
	assert_int_equal(say(*state, "notes", "What we talked about"), MENTOR_OK);
}

/* A door that only adding goes through would be none. */
static void nor_does_a_correction_get_past_that(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add(m, (given_values){ "minutes", "60" }, &change, &id), MENTOR_OK);
	assert_int_equal(set(m, id, "topics", "power", &changed), MENTOR_REFUSED);
	assert_int_equal(set(m, id, "notes", "Secret", &changed), MENTOR_REFUSED);
	assert_null(session(m, id).notes);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
#define KEEPING(f, record) cmocka_unit_test_prestate_setup_teardown(f, set_up, tear_down, (void *)(uintptr_t)(record))

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_session_is_added_once),
		TEST(other_values_for_the_same_time_are_refused),
		TEST(values_that_cannot_be_are_turned_away),
		TEST(a_pair_that_has_ended_logs_what_was_held_before),
		TEST(a_pair_that_has_ended_is_asked_for_no_contract),
		TEST(a_pair_that_is_only_proposed_logs_nothing),
		TEST(a_programme_may_want_the_contract_signed_first),
		TEST(no_pair_no_session),
		TEST(a_session_without_minutes_is_planned),
		TEST(what_was_planned_becomes_what_was_held),
		TEST(another_time_than_planned_is_another_session),
		TEST(the_next_session_is_planned_with_one_that_was_held),
		TEST(a_planned_session_moves_and_is_not_cancelled),
		TEST(who_cancelled_is_told_apart_and_can_be_corrected),
		TEST(what_was_held_is_neither_moved_nor_cancelled),
		TEST(a_correction_is_held_against_the_same_rules),
		TEST(each_side_acknowledges_once_and_a_slip_is_set_right),
		KEEPING(a_minimal_record_takes_the_activity_and_no_word_more, "minimal"),
		KEEPING(a_record_of_topics_takes_those_of_the_programme, "topics"),
		KEEPING(a_full_record_takes_notes, "full"),
		KEEPING(nor_does_a_correction_get_past_that, "minimal"),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
