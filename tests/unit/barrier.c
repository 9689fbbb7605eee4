/* barrier.c (test): a register that leads to nobody: what it takes, how barriers move, and who is named. */
#include "support_change.h"

#include "barrier.h"

#include <stdio.h>

/** Field names and values by turns, NULL at the end. */
typedef const char *const given_values[11];

static given_values panels = { "theme", "Recruitment", "level", "organisation", "text", "Panels are all alike", NULL };
static given_values rota = { "theme", "Progression", "level", "team", "text", "The rota rules out courses", NULL };

static enum mentor_status add_for(struct mentor *m, given_values values, int64_t pair, const char **ret_change, int64_t *ret_id)
{
	struct mentor_barrier b;
	(void)support_fill(m, mentor_barrier_fields, &b, values);
	return mentor_barrier_add(m, 1, &b, pair, ret_change, ret_id);
}

static int64_t added(struct mentor *m, given_values values)
{
	const char *change = NULL;
	int64_t id = 0;
	assert_int_equal(add_for(m, values, 0, &change, &id), MENTOR_OK);
	assert_string_equal(change, "added");
	return id;
}

static void refused(struct mentor *m, given_values values, enum mentor_status wanted, const char *words)
{
	const char *change = "sentinel";
	int64_t id = -77;
	support_failed(m, add_for(m, values, 0, &change, &id), wanted, words);
	assert_string_equal(change, "sentinel");
	assert_int_equal(id, -77);
}

static void moved(struct mentor *m, int64_t id, enum mentor_barrier_state state, const char *text, const char *day)
{
	bool changed = false;
	assert_int_equal(mentor_barrier_move(m, id, state, text, day, &changed), MENTOR_OK);
	assert_true(changed);
}

static void expect(struct mentor *m, int64_t id, const char *field, const char *wanted)
{
	void *record = NULL;
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mentor_record_get(m, &mentor_entity_barrier, id, &record), MENTOR_OK);
	mentor_field_write(&b, mentor_field_find(mentor_barrier_fields, field), record);
	assert_string_equal(mentor_buf_text(&b), wanted);
	mentor_buf_free(&b);
	mentor_record_free(record);
}

static void it_is_added_once_with_a_month_and_no_day(void **state)
{
	struct mentor *m = *state;
	static given_values elsewhere = { "theme", "Progression", "level", "organisation", "text", "Panels are all alike", NULL };
	const char *change = NULL;
	int64_t id = added(m, panels), again = 0;
	expect(m, id, "identified_in", "2026-03");
	expect(m, id, "brought", "once");
	expect(m, id, "state", "identified");
	assert_int_equal(mentor_set_now(m, "2026-04-01"), MENTOR_OK);
	assert_int_equal(add_for(m, panels, 0, &change, &again), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(again, id);
	refused(m, elsewhere, MENTOR_REFUSED, "with another theme or level");
}

static void numbers_come_from_the_words_and_not_from_the_order(void **state)
{
	struct mentor *m = *state;
	int64_t first = added(m, panels), second = added(m, rota);
	support_sql(m, "DELETE FROM barrier");
	assert_int_equal(added(m, rota), second);
	assert_int_equal(added(m, panels), first);
	assert_true(first >= 1000 && first <= 9999);
	/* whose number is taken gets the next one */
	support_sql(m, "UPDATE barrier SET text = 'Something else' WHERE text = 'Panels are all alike'");
	assert_int_equal(added(m, panels), first == 9999 ? 1000 : first + 1);
}

static void themes_and_levels_are_the_programmes(void **state)
{
	struct mentor *m = *state;
	static given_values theme = { "theme", "Lunch", "level", "team", "text", "x", NULL }, level = { "theme", "Progression", "level", "world", "text", "x", NULL },
			    nothing = { "theme", "Progression", "level", "team", NULL };
	refused(m, theme, MENTOR_INVALID, "there is no theme 'Lunch'");
	assert_string_equal(mentor_error(m)->hint, "the programme has the themes Recruitment, Progression");
	refused(m, level, MENTOR_INVALID, "there is no level 'world'");
	refused(m, nothing, MENTOR_INVALID, "needs its theme, level and text");
}

static void words_name_nobody_who_takes_part(void **state)
{
	struct mentor *m = *state;
	static given_values ann = { "theme", "Progression", "level", "team", "text", "ANN is never asked", NULL },
			    annual = { "theme", "Progression", "level", "team", "text", "The annual review", NULL };
	static const char *const text[] = { "text", "As Dov says", NULL };
	struct mentor_barrier b;
	bool changed = false;
	refused(m, ann, MENTOR_INVALID, "this names Ann");
	int64_t id = added(m, annual);
	uint64_t given = support_fill(m, mentor_barrier_fields, &b, text);
	support_failed(m, mentor_record_set(m, &mentor_entity_barrier, id, &b, given, &changed), MENTOR_INVALID, "this names Dov");
	support_failed(m, mentor_barrier_move(m, id, MENTOR_BARRIER_CHANGED, "Eva saw to it", NULL, &changed), MENTOR_INVALID, "this names Eva");
	expect(m, id, "state", "identified");
}

static void nor_do_those_of_its_actions(void **state)
{
	struct mentor *m = *state;
	struct mentor_action a;
	const char *change = NULL;
	int64_t barrier = added(m, panels), id = 0;
	bool changed = false;
	mentor_record_clear(mentor_action_fields, &a);
	a.cohort_id = 1;
	a.barrier = barrier;
	a.text = "Ask Ben for the figures";
	support_failed(m, mentor_action_add(m, &a, &change, &id), MENTOR_INVALID, "this names Ben");
	a.text = "Ask for the figures";
	assert_int_equal(mentor_action_add(m, &a, &change, &id), MENTOR_OK);
	support_failed(m, mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_DONE, "Ben has them", NULL, &changed), MENTOR_INVALID, "this names Ben");
	assert_int_equal(mentor_settle(m, &mentor_entity_action, id, MENTOR_SETTLED_DONE, "They are there", NULL, &changed), MENTOR_OK);
}

static void where_few_pairs_were_at_work_only_those_who_agree_are_taken(void **state)
{
	struct mentor *m = *state;
	static given_values before = { "theme", "Progression", "level", "team", "text", "x", "identified_in", "2026-02", NULL },
			    later = { "theme", "Progression", "level", "team", "text", "x", "identified_in", "2026-04", NULL },
			    wrong = { "theme", "Progression", "level", "team", "text", "x", "identified_in", "March", NULL };
	const char *change = NULL;
	int64_t id = 0;
	refused(m, before, MENTOR_REFUSED, "fewer than three pairs of the programme were at work in 2026-02");
	refused(m, later, MENTOR_INVALID, "2026-04 is still to come");
	refused(m, wrong, MENTOR_INVALID, "'March' is not a month");
	support_sql(m, "UPDATE pair SET state = 'ended', ended_on = '2026-02-28' WHERE id = 3");
	refused(m, panels, MENTOR_REFUSED, "fewer than three pairs");
	assert_int_equal(add_for(m, panels, 1, &change, &id), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM barrier_pair WHERE pair_id = 1 AND mentor_agreed_on IS NOT NULL AND mentee_agreed_on IS NOT NULL"), 1);
}

static void it_goes_forward_and_says_when(void **state)
{
	struct mentor *m = *state;
	int64_t id = added(m, panels);
	bool changed = true;
	moved(m, id, MENTOR_BARRIER_RAISED, NULL, "2026-03-10");
	assert_int_equal(mentor_barrier_move(m, id, MENTOR_BARRIER_RAISED, NULL, NULL, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_set_now(m, "2026-06-01"), MENTOR_OK);
	support_failed(m, mentor_barrier_move(m, id, MENTOR_BARRIER_CHANGED, NULL, NULL, &changed), MENTOR_INVALID, "once it can be said what has");
	support_failed(m, mentor_barrier_move(m, id, MENTOR_BARRIER_ADDRESSED, NULL, "2026-03-09", &changed), MENTOR_INVALID, "before 2026-03-10");
	support_failed(m, mentor_barrier_move(m, id, MENTOR_BARRIER_ADDRESSED, NULL, "2026-06-02", &changed), MENTOR_INVALID, "still to come");
	support_failed(m, mentor_barrier_move(m, id, MENTOR_BARRIER_ADDRESSED, NULL, "2026-02-09", &changed), MENTOR_INVALID, "before 2026-03, when");
	moved(m, id, MENTOR_BARRIER_ADDRESSED, NULL, "2026-04-01");
	support_failed(m, mentor_barrier_move(m, id, MENTOR_BARRIER_ADDRESSED, NULL, "2026-03-09", &changed), MENTOR_INVALID, "before 2026-03-10");
	moved(m, id, MENTOR_BARRIER_ADDRESSED, NULL, "2026-03-31"); /* another day for the same step */
	moved(m, id, MENTOR_BARRIER_CHANGED, "Panels are mixed", NULL);
	expect(m, id, "outcome", "Panels are mixed");
	support_failed(m, mentor_barrier_move(m, id, MENTOR_BARRIER_DROPPED, "x", NULL, &changed), MENTOR_REFUSED, "nothing to drop");
	moved(m, id, MENTOR_BARRIER_RAISED, NULL, NULL); /* it is there again */
	assert_int_equal(support_number(m, "SELECT count(*) FROM barrier_step"), 4);
}

static void it_is_dropped_for_a_reason_and_not_taken_back_a_step(void **state)
{
	struct mentor *m = *state;
	int64_t id = added(m, panels);
	bool changed = true;
	support_failed(m, mentor_barrier_move(m, id, MENTOR_BARRIER_DROPPED, NULL, NULL, &changed), MENTOR_INVALID, "for a reason");
	moved(m, id, MENTOR_BARRIER_ADDRESSED, NULL, NULL);
	support_failed(m, mentor_barrier_move(m, id, MENTOR_BARRIER_RAISED, NULL, NULL, &changed), MENTOR_REFUSED, "is addressed already");
	moved(m, id, MENTOR_BARRIER_DROPPED, "The law says so", NULL);
	expect(m, id, "reason", "The law says so");
	moved(m, id, MENTOR_BARRIER_RAISED, NULL, NULL);
	expect(m, id, "reason", "");
	assert_int_equal(mentor_barrier_move(m, 5, MENTOR_BARRIER_RAISED, NULL, NULL, &changed), MENTOR_NOT_FOUND);
	assert_int_equal(mentor_barrier_move(m, id, MENTOR_BARRIER_MERGED, NULL, NULL, &changed), MENTOR_USAGE);
}

static void two_become_one_with_their_actions_and_the_earlier_month(void **state)
{
	struct mentor *m = *state;
	static given_values earlier = { "theme", "Recruitment", "level", "team", "text", "The same people choose", "identified_in", "2026-03", NULL };
	int64_t from = added(m, earlier);
	bool changed = false;
	assert_int_equal(mentor_set_now(m, "2026-04-20"), MENTOR_OK);
	int64_t into = added(m, panels), other = added(m, rota);
	char sql[128];
	snprintf(sql, sizeof(sql), "INSERT INTO action (cohort_id, barrier, text, added_on) VALUES (1, %d, 'Ask', '2026-04-01')", (int)from);
	support_sql(m, sql);
	assert_int_equal(mentor_barrier_agree(m, from, 2, MENTOR_SIDES_MENTOR | MENTOR_SIDES_MENTEE, false, &changed), MENTOR_OK);
	assert_int_equal(mentor_barrier_merge(m, into, from, &changed), MENTOR_OK);
	assert_true(changed);
	expect(m, into, "brought", "several");
	expect(m, into, "identified_in", "2026-03");
	expect(m, from, "state", "merged");
	assert_int_equal(support_number(m, "SELECT barrier FROM action"), into);
	assert_int_equal(support_number(m, "SELECT barrier_id FROM barrier_pair"), into);
	assert_int_equal(mentor_barrier_merge(m, into, from, &changed), MENTOR_OK);
	assert_false(changed);
	support_failed(m, mentor_barrier_move(m, from, MENTOR_BARRIER_RAISED, NULL, NULL, &changed), MENTOR_REFUSED, "is part of");
	support_failed(m, mentor_barrier_merge(m, other, from, &changed), MENTOR_REFUSED, "is part of");
	support_failed(m, mentor_barrier_merge(m, into, into, &changed), MENTOR_INVALID, "with itself");
	moved(m, into, MENTOR_BARRIER_RAISED, NULL, NULL);
	support_failed(m, mentor_barrier_merge(m, other, into, &changed), MENTOR_REFUSED, "only identified");
	assert_int_equal(mentor_barrier_merge(m, into, other, &changed), MENTOR_OK);
}

static enum mentor_status count_rows(void *arg, const void *record)
{
	(void)record;
	++*(int *)arg;
	return MENTOR_OK;
}

static int named(struct mentor *m, int64_t barrier)
{
	int n = 0;
	assert_int_equal(mentor_barrier_pairs(m, barrier, count_rows, &n), MENTOR_OK);
	return n;
}

static void a_pair_is_named_once_both_agree_and_until_one_does_not(void **state)
{
	struct mentor *m = *state;
	int64_t id = added(m, panels);
	bool changed = false;
	char sql[128];
	assert_int_equal(mentor_barrier_agree(m, id, 1, MENTOR_SIDES_MENTOR, false, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(named(m, id), 0);
	assert_int_equal(mentor_barrier_agree(m, id, 1, MENTOR_SIDES_MENTEE, false, &changed), MENTOR_OK);
	assert_int_equal(named(m, id), 1);
	assert_int_equal(mentor_barrier_agree(m, id, 1, MENTOR_SIDES_MENTEE, false, &changed), MENTOR_OK);
	assert_false(changed);
	snprintf(sql, sizeof(sql), "INSERT INTO action (cohort_id, owner, barrier, text, added_on) VALUES (1, 2, %d, 'Ask', '2026-03-10')", (int)id);
	support_sql(m, sql);
	assert_int_equal(mentor_barrier_agree(m, id, 1, MENTOR_SIDES_MENTEE, true, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(named(m, id), 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM action WHERE barrier IS NOT NULL"), 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM barrier_pair"), 1); /* the other side's word stands, unseen */
	assert_int_equal(mentor_barrier_agree(m, id, 1, MENTOR_SIDES_MENTOR, true, &changed), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM barrier_pair"), 0);
	support_failed(m, mentor_barrier_agree(m, id, 4, MENTOR_SIDES_MENTOR, false, &changed), MENTOR_REFUSED, "only proposed");
}

static enum mentor_status write_report(void *arg, const char *part, const void *record)
{
	char *text = arg;
	size_t len = strlen(text), room = 2048 - len;
	if (strcmp(part, "barrier_counts") == 0) {
		const struct mentor_barrier_counts *c = record;
		snprintf(text + len, room, "%d %d %d %d %d;", (int)c->identified, (int)c->raised, (int)c->addressed, (int)c->changed, (int)c->dropped);
	} else if (strcmp(part, "barrier_times") == 0) {
		const struct mentor_barrier_time *t = record;
		if (t->barriers)
			snprintf(text + len, room, "%s-%s %d %d %d %d %s;", t->from, t->to, (int)t->barriers, (int)t->median, (int)t->shortest, (int)t->longest, t->unit);
	} else if (strcmp(part, "barriers") == 0) {
		const struct mentor_barrier_row *r = record;
		snprintf(text + len, room, "%s|%s|%s|%d;", r->text, r->actions ? r->actions : "", r->outcome ? r->outcome : "", r->days == MENTOR_NONE ? -1 : (int)r->days);
	}
	return MENTOR_OK;
}

static void the_report_says_how_many_how_long_and_what_was_done(void **state)
{
	struct mentor *m = *state;
	static given_values pay = { "theme", "Progression", "level", "organisation", "text", "Pay", NULL };
	char text[2048] = "", sql[256];
	int64_t first = added(m, panels), second = added(m, rota), third = added(m, pay);
	moved(m, third, MENTOR_BARRIER_RAISED, NULL, "2026-03-10");
	assert_int_equal(mentor_set_now(m, "2026-06-30"), MENTOR_OK);
	moved(m, third, MENTOR_BARRIER_DROPPED, "by law", "2026-04-01");
	moved(m, first, MENTOR_BARRIER_RAISED, NULL, "2026-03-20");
	moved(m, first, MENTOR_BARRIER_ADDRESSED, NULL, "2026-04-01");
	moved(m, first, MENTOR_BARRIER_CHANGED, "Mixed panels", "2026-05-20");
	moved(m, second, MENTOR_BARRIER_RAISED, NULL, "2026-05-01");
	moved(m, second, MENTOR_BARRIER_CHANGED, "Fixed days", "2026-06-01");
	snprintf(sql, sizeof(sql),
	    "INSERT INTO action (cohort_id, barrier, text, added_on, state, outcome, closed_on) VALUES (1, %d, 'Train chairs', '2026-04-01', 'done', '40 trained', "
	    "'2026-05-01'), (1, %d, 'Write a letter', '2026-04-01', 'open', NULL, NULL)",
	    (int)first, (int)first);
	support_sql(m, sql);
	assert_int_equal(mentor_report_barriers(m, 1, NULL, write_report, text), MENTOR_OK);
	assert_string_equal(text, "3 3 2 2 1;identified-raised 3 0 0 2 months;raised-addressed 1 1200 12 12 days;addressed-changed 1 4900 49 49 days;"
				  "raised-changed 2 4600 31 61 days;identified-changed 2 250 2 3 months;"
				  "Pay|||-1;The rota rules out courses||Fixed days|31;Panels are all alike|Train chairs: 40 trained|Mixed panels|61;");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, support_change_set_up, support_change_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_added_once_with_a_month_and_no_day),
		TEST(numbers_come_from_the_words_and_not_from_the_order),
		TEST(themes_and_levels_are_the_programmes),
		TEST(words_name_nobody_who_takes_part),
		TEST(nor_do_those_of_its_actions),
		TEST(where_few_pairs_were_at_work_only_those_who_agree_are_taken),
		TEST(it_goes_forward_and_says_when),
		TEST(it_is_dropped_for_a_reason_and_not_taken_back_a_step),
		TEST(two_become_one_with_their_actions_and_the_earlier_month),
		TEST(a_pair_is_named_once_both_agree_and_until_one_does_not),
		TEST(the_report_says_how_many_how_long_and_what_was_done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
