/* outbox.c (test): messages on their way out: each once, whatever happens in between. */
#include "support_event.h"
#include "support_remind.h"

#include <stdio.h>

#define QUIET "reminders: { quiet: { when: no-session, days: 10, template: pair } }\n"

/* Hands that note what they are given, and say what they are told to. */
struct hands {
	struct mentor_buf staged;
	bool alive;
	enum mentor_handed found;
	enum mentor_status stage;
	struct mentor *m;
};

static bool alive(void *arg, const char *owner)
{
	return ((struct hands *)arg)->alive && strcmp(owner, "me") == 0;
}

static enum mentor_status stage(void *arg, const struct mentor_mail *mail)
{
	struct hands *h = arg;
	mentor_buf_fmt(&h->staged, "%s\n", mail->to);
	return h->stage ? mentor_fail(h->m, h->stage, NULL, "no room") : MENTOR_OK;
}

static enum mentor_handed found(void *arg, const char *transport, const char *mail_id, const char *handed_at)
{
	assert_string_equal(transport, "test");
	assert_true(strchr(mail_id, '@') && handed_at[10] == 'T');
	return ((struct hands *)arg)->found;
}

static void run_start(struct mentor *m, struct hands *h, struct mentor_remind_hands *hands, struct mentor_remind_run **ret)
{
	*hands = (struct mentor_remind_hands){ h, "test", "me", alive, stage, found };
	h->m = m;
	assert_int_equal(mentor_remind_start(m, 0, hands, ret), MENTOR_OK);
}

/* Sends everything with one outcome; gives the addresses. */
static void run_all(struct mentor *m, enum mentor_handed came, const char *expected)
{
	struct hands h = { .alive = true, .found = MENTOR_HANDED_UNSURE };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *run = NULL;
	const struct mentor_mail *mail = NULL;
	struct mentor_buf to = MENTOR_BUF_INIT;
	run_start(m, &h, &hands, &run);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
		if (!mail)
			break;
		mentor_buf_fmt(&to, "%.*s ", (int)strcspn(mail->to, "@"), mail->to);
		assert_int_equal(mentor_remind_done(run, came, came == MENTOR_HANDED_SENT ? NULL : "why"), MENTOR_OK);
	}
	assert_null(mail);
	assert_string_equal(mentor_buf_text(&to), expected);
	mentor_remind_free(run);
	mentor_buf_free(&to);
	mentor_buf_free(&h.staged);
}

static void now(struct mentor *m, const char *instant)
{
	assert_int_equal(mentor_set_now(m, instant), MENTOR_OK);
}

static int64_t in_state(struct mentor *m, const char *state)
{
	char sql[128];
	snprintf(sql, sizeof(sql), "SELECT count(*) FROM message WHERE state = '%s'", state);
	return support_number(m, sql);
}

/* ---- */

static void each_goes_out_once(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	(void)state;
	run_all(m, MENTOR_HANDED_SENT, "ann bob cat dan ");
	run_all(m, MENTOR_HANDED_SENT, "");
	now(m, "2026-06-01");
	run_all(m, MENTOR_HANDED_SENT, "");
	assert_int_equal(in_state(m, "sent"), 4);
	int64_t revision = support_number(m, "SELECT revision FROM store");
	run_all(m, MENTOR_HANDED_SENT, "");
	assert_int_equal(support_number(m, "SELECT revision FROM store"), revision); /* nothing to do is no change */
	assert_int_equal(support_number(m, "SELECT count(*) FROM message WHERE sent_at = '2026-05-01T12:00:00Z' AND attempts = 1"), 4);
	mentor_free(m);
}

static void neither_text_nor_address_is_kept(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	(void)state;
	run_all(m, MENTOR_HANDED_SENT, "ann bob cat dan ");
	assert_int_equal(support_number(m, "SELECT count(*) FROM message WHERE key || about || coalesce(mail, '') || coalesce(reason, '') LIKE '%ann@%' OR "
					   "key LIKE '%Ann%' OR mail LIKE '%Ann%'"), 0);
	mentor_free(m);
}

static void a_message_is_whole_and_between_two_the_store_is_free(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	struct hands h = { .alive = true };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *run = NULL;
	const struct mentor_mail *mail = NULL;
	(void)state;
	run_start(m, &h, &hands, &run);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
	assert_string_equal(mail->to, "ann@example.org");
	assert_non_null(strstr(mail->message, "List-Unsubscribe: <mailto:team@example.org?subject=No%20more%20reminders>\r\n"));
	assert_int_equal(mentor_remind_done(run, MENTOR_HANDED_SENT, NULL), MENTOR_OK);
	assert_int_equal(mentor_begin(m), MENTOR_OK); /* nothing is open in between */
	mentor_rollback(m);
	mentor_remind_free(run);
	mentor_buf_free(&h.staged);
	mentor_free(m);
}

#define AHEAD "reminders: { soon: { when: event-ahead, days: -14, template: event } }\n"

static void expect_calendar(struct mentor *m, const char *to, bool there)
{
	struct hands h = { .alive = true };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *run = NULL;
	const struct mentor_mail *mail = NULL;
	run_start(m, &h, &hands, &run);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
	assert_string_equal(mail->to, to);
	assert_int_equal(strstr(mail->message, "Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n") != NULL, there);
	assert_int_equal(strstr(mail->message, "UID:u1\r\n") != NULL, there);
	assert_int_equal(mentor_remind_done(run, MENTOR_HANDED_SENT, NULL), MENTOR_OK);
	mentor_remind_free(run);
	mentor_buf_free(&h.staged);
}

/* Whoever has yet to choose among several times gets no entry, and nobody one whose zone is not known: it would be at the wrong time. */
static void who_is_expected_at_an_event_gets_its_entry(void **state)
{
	struct mentor *m = support_reminders(AHEAD);
	(void)state;
	support_zones(m);
	support_sql(m, "INSERT INTO event (cohort_id, name, slot, title, kind, audience, date, start, until, zone, place, uid, changed_at) VALUES "
		       "(1, 'training', 'one', 'Training', 'training', 'mentors', '2026-05-10', '10:00', '12:00', 'Europe/London', 'Hall', 'u1', '2026-04-01T00:00:00Z'), "
		       "(1, 'training', 'two', 'Training', 'training', 'mentors', '2026-05-12', '10:00', '12:00', 'Europe/London', 'Hall', 'u2', '2026-04-01T00:00:00Z')");
	support_sql(m, "INSERT INTO attendance (event_id, person_id, state, said_at, recorded_by) VALUES (1, 1, 'coming', '2026-04-20T10:00:00Z', 'x')");
	expect_calendar(m, "ann@example.org", true);
	expect_calendar(m, "cat@example.org", false);
	support_sql(m, "DELETE FROM message");
	mentor_set_zones(m, NULL, NULL);
	expect_calendar(m, "ann@example.org", false);
	mentor_free(m);
}

/* Somebody signs, moves or falls ill while the others are being written to. */
static void records_that_change_meanwhile_count(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	struct hands h = { .alive = true };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *run = NULL;
	const struct mentor_mail *mail = NULL;
	bool changed = false;
	(void)state;
	run_start(m, &h, &hands, &run);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
	assert_int_equal(mentor_remind_done(run, MENTOR_HANDED_SENT, NULL), MENTOR_OK);
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	support_sql(m, "UPDATE person SET email = 'bob@elsewhere.example.org' WHERE id = 2");
	assert_int_equal(mentor_commit(m), MENTOR_OK);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
	assert_string_equal(mail->to, "bob@elsewhere.example.org");
	assert_int_equal(mentor_remind_done(run, MENTOR_HANDED_SENT, NULL), MENTOR_OK);
	assert_int_equal(mentor_remind_hold(m, 3, 0, true, NULL, &changed), MENTOR_OK);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
	assert_null(mail); /* Cat is on hold, and so is what is about her pair */
	mentor_remind_free(run);
	mentor_buf_free(&h.staged);
	assert_int_equal(in_state(m, "sent"), 2);
	assert_int_equal(mentor_remind_hold(m, 3, 0, false, NULL, &changed), MENTOR_OK);
	run_all(m, MENTOR_HANDED_SENT, "cat dan ");
	mentor_free(m);
}

static void two_runs_share_the_work(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	struct hands h = { .alive = true };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *one = NULL, *other = NULL;
	const struct mentor_mail *mail = NULL;
	(void)state;
	run_start(m, &h, &hands, &one);
	assert_int_equal(mentor_remind_next(one, &mail), MENTOR_OK);
	assert_string_equal(mail->to, "ann@example.org");
	run_start(m, &h, &hands, &other);
	assert_int_equal(mentor_remind_next(other, &mail), MENTOR_OK);
	assert_string_equal(mail->to, "bob@example.org");
	assert_int_equal(mentor_remind_done(other, MENTOR_HANDED_SENT, NULL), MENTOR_OK);
	assert_int_equal(mentor_remind_done(one, MENTOR_HANDED_SENT, NULL), MENTOR_OK);
	assert_int_equal(mentor_remind_next(one, &mail), MENTOR_OK);
	assert_string_equal(mail->to, "cat@example.org");
	mentor_remind_free(one);
	mentor_remind_free(other);
	mentor_buf_free(&h.staged);
	mentor_free(m);
}

/* Takes the first message in hand and dies. */
static void die(struct mentor *m)
{
	struct hands h = { .alive = true };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *run = NULL;
	const struct mentor_mail *mail = NULL;
	run_start(m, &h, &hands, &run);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
	mentor_remind_free(run);
	mentor_buf_free(&h.staged);
}

static void run_found(struct mentor *m, bool lives, enum mentor_handed answer, const char *first)
{
	struct hands h = { .alive = lives, .found = answer };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *run = NULL;
	const struct mentor_mail *mail = NULL;
	run_start(m, &h, &hands, &run);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
	assert_string_equal(mail ? mail->to : "nobody", first);
	assert_int_equal(mentor_remind_done(run, MENTOR_HANDED_SENT, NULL), MENTOR_OK);
	mentor_remind_free(run);
	mentor_buf_free(&h.staged);
}

static void what_a_dead_process_had_in_hand_is_unsure(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	bool changed = false;
	(void)state;
	die(m);
	assert_int_equal(in_state(m, "handing-over"), 1);
	run_found(m, true, MENTOR_HANDED_UNSURE, "bob@example.org"); /* it lives */
	assert_int_equal(in_state(m, "handing-over"), 1);
	run_found(m, false, MENTOR_HANDED_UNSURE, "cat@example.org");
	assert_int_equal(in_state(m, "unsure"), 1);
	run_all(m, MENTOR_HANDED_SENT, "dan "); /* and never by itself again */
	assert_int_equal(mentor_remind_settle(m, 1, MENTOR_MESSAGE_RESEND, &changed), MENTOR_OK);
	assert_true(changed);
	run_all(m, MENTOR_HANDED_SENT, "ann ");
	mentor_free(m);
}

static void a_transport_that_knows_leaves_nothing_unsure(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	(void)state;
	die(m);
	run_found(m, false, MENTOR_HANDED_NOT, "ann@example.org"); /* it had not left */
	die(m); /* Bob's */
	run_found(m, false, MENTOR_HANDED_SENT, "cat@example.org");
	assert_int_equal(in_state(m, "sent"), 3);
	assert_int_equal(in_state(m, "unsure"), 0);
	mentor_free(m);
}

static void a_message_keeps_its_number(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	bool changed = false;
	(void)state;
	run_all(m, MENTOR_HANDED_REFUSED, "ann bob cat dan ");
	assert_int_equal(support_number(m, "SELECT count(DISTINCT mail) FROM message"), 4);
	support_sql(m, "CREATE TABLE before AS SELECT id, mail FROM message");
	for (int64_t id = 1; id <= 4; id++)
		assert_int_equal(mentor_remind_settle(m, id, MENTOR_MESSAGE_RESEND, &changed), MENTOR_OK);
	run_all(m, MENTOR_HANDED_SENT, "ann bob cat dan ");
	assert_int_equal(support_number(m, "SELECT count(*) FROM message t JOIN before b ON b.id = t.id AND b.mail = t.mail"), 4);
	mentor_free(m);
}

static void what_is_put_off_is_tried_later_and_fails_in_the_end(void **state)
{
	static const struct {
		const char *early, *due;
	} times[] = { { "2026-05-01T12:14:00Z", "2026-05-01T12:15:00Z" }, { "2026-05-01T13:14:00Z", "2026-05-01T13:15:00Z" },
		{ "2026-05-01T17:14:00Z", "2026-05-01T17:15:00Z" }, { "2026-05-02T09:14:00Z", "2026-05-02T09:15:00Z" } };
	struct mentor *m = support_reminders(QUIET);
	(void)state;
	support_sql(m, "DELETE FROM pair WHERE id = 2");
	run_all(m, MENTOR_HANDED_LATER, "ann bob ");
	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		now(m, times[i].early);
		run_all(m, MENTOR_HANDED_LATER, "");
		now(m, times[i].due);
		run_all(m, MENTOR_HANDED_LATER, "ann bob ");
	}
	assert_int_equal(in_state(m, "failed"), 2);
	assert_int_equal(support_number(m, "SELECT count(*) FROM message WHERE reason = 'why' AND attempts = 5"), 2);
	now(m, "2026-06-02T09:15:00Z");
	run_all(m, MENTOR_HANDED_SENT, "");
	mentor_free(m);
}

static void what_was_not_even_tried_is_as_it_was(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	struct hands h = { .alive = true };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *run = NULL;
	const struct mentor_mail *mail = NULL;
	(void)state;
	run_start(m, &h, &hands, &run);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
	assert_int_equal(mentor_remind_done(run, MENTOR_HANDED_NOT, "no mail program"), MENTOR_OK);
	mentor_remind_free(run);
	mentor_buf_free(&h.staged);
	assert_int_equal(support_number(m, "SELECT count(*) FROM message WHERE state = 'waiting' AND attempts = 0"), 4);
	run_all(m, MENTOR_HANDED_SENT, "ann bob cat dan ");
	mentor_free(m);
}

static void what_cannot_be_made_ready_is_not_in_hand(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	struct hands h = { .alive = true, .stage = MENTOR_FAILED };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *run = NULL;
	const struct mentor_mail *mail = NULL;
	(void)state;
	run_start(m, &h, &hands, &run);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_FAILED);
	assert_string_equal(mentor_error(m)->message, "no room");
	mentor_remind_free(run);
	assert_string_equal(mentor_buf_text(&h.staged), "ann@example.org\n");
	mentor_buf_free(&h.staged);
	assert_int_equal(support_number(m, "SELECT count(*) FROM message"), 0);
	mentor_free(m);
}

static void an_address_that_no_message_can_carry_fails_alone(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	(void)state;
	support_sql(m, "UPDATE person SET email = 'bob@exämple.org' WHERE id = 2");
	support_sql(m, "UPDATE person SET name = 'Cat' || char(10) || 'Bcc: all@example.org' WHERE id = 3");
	run_all(m, MENTOR_HANDED_SENT, "ann ");
	assert_int_equal(in_state(m, "failed"), 3); /* Dan's subject would hold Cat's name */
	assert_int_equal(support_number(m, "SELECT count(*) FROM message WHERE reason LIKE '%exämple%'"), 0);
	mentor_free(m);
}

static void what_is_not_due_any_more_is_forgotten(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	(void)state;
	run_all(m, MENTOR_HANDED_LATER, "ann bob cat dan ");
	support_sql(m, "INSERT INTO session (pair_id, date, minutes, recorded_on) VALUES (1, '2026-05-01', 60, '2026-05-01')");
	now(m, "2026-05-02");
	run_all(m, MENTOR_HANDED_SENT, "cat dan ");
	assert_int_equal(support_number(m, "SELECT count(*) FROM message"), 2);
	mentor_free(m);
}

static void nothing_goes_out_on_a_quiet_day(void **state)
{
	struct mentor *m = support_reminders(QUIET "sending: { days: working }\n");
	(void)state;
	now(m, "2026-05-02");
	run_all(m, MENTOR_HANDED_SENT, "");
	assert_int_equal(support_number(m, "SELECT count(*) FROM message"), 0);
	now(m, "2026-05-04");
	run_all(m, MENTOR_HANDED_SENT, "ann bob cat dan ");
	mentor_free(m);
}

static void a_digest_is_one_message_a_day(void **state)
{
	struct mentor *m = support_reminders("reminders:\n  a: { when: no-session, days: 10, template: pair }\n  b: { when: contract-unsigned, template: pair }\n"
					     "  c: { when: no-session, days: 10, to: team, template: team }\n"
					     "sending: { digest: yes }\n");
	struct hands h = { .alive = true };
	struct mentor_remind_hands hands;
	struct mentor_remind_run *run = NULL;
	const struct mentor_mail *mail = NULL;
	bool changed = false;
	(void)state;
	support_sql(m, "INSERT INTO contract (pair_id, text, hash, drafted_on) VALUES (1, 'x', 'y', '2026-04-01')");
	run_start(m, &h, &hands, &run);
	assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
	assert_string_equal(mail->to, "ann@example.org");
	assert_int_equal(mail->n_items, 2);
	assert_string_equal(mail->subject, "Demo mentoring: 2 reminders");
	assert_string_equal(mail->text, "You and Bob\n\nAnn (guide): 0 of 0, last none yet.\n\nTeam, team@example.org\n\n----\n\n"
					"You and Bob\n\nAnn (guide): 0 of 0, last none yet.\n\nTeam, team@example.org");
	assert_int_equal(mentor_remind_done(run, MENTOR_HANDED_UNSURE, "gone"), MENTOR_OK);
	mentor_remind_free(run);
	mentor_buf_free(&h.staged);
	run_all(m, MENTOR_HANDED_SENT, "bob cat dan team ");
	assert_int_equal(mentor_remind_settle(m, 1, MENTOR_MESSAGE_ARRIVED, &changed), MENTOR_OK); /* with what went along */
	assert_int_equal(in_state(m, "unsure"), 0);
	support_sql(m, "INSERT INTO contract (pair_id, text, hash, drafted_on) VALUES (2, 'x', 'y', '2026-05-01')");
	run_all(m, MENTOR_HANDED_SENT, ""); /* Cat and Dan have had today's */
	now(m, "2026-05-02");
	run_all(m, MENTOR_HANDED_SENT, "cat dan ");
	mentor_free(m);
}

static void a_chain_goes_on_once_the_first_has_run_out(void **state)
{
	struct mentor *m = support_reminders("reminders:\n  one: { when: contract-unsigned, days: 1, every: 5, most: 2, template: pair }\n"
					     "  two: { when: contract-unsigned, after: one, days: 3, to: team, template: team }\n");
	(void)state;
	support_sql(m, "INSERT INTO contract (pair_id, text, hash, drafted_on, mentor_signed_on) VALUES (1, 'x', 'y', '2026-05-01', '2026-05-01')");
	now(m, "2026-05-02");
	run_all(m, MENTOR_HANDED_SENT, "bob ");
	now(m, "2026-05-07");
	run_all(m, MENTOR_HANDED_SENT, "bob ");
	now(m, "2026-05-09");
	run_all(m, MENTOR_HANDED_SENT, "");
	now(m, "2026-05-10");
	run_all(m, MENTOR_HANDED_SENT, "team ");
	now(m, "2026-06-10");
	run_all(m, MENTOR_HANDED_SENT, "");
	mentor_free(m);
}

static void settling_makes_sense_or_is_refused(void **state)
{
	struct mentor *m = support_reminders(QUIET);
	bool changed = false;
	(void)state;
	run_all(m, MENTOR_HANDED_SENT, "ann bob cat dan ");
	assert_int_equal(mentor_remind_settle(m, 1, MENTOR_MESSAGE_ARRIVED, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_remind_settle(m, 1, MENTOR_MESSAGE_RESEND, &changed), MENTOR_REFUSED);
	assert_int_equal(mentor_remind_settle(m, 99, MENTOR_MESSAGE_RESEND, &changed), MENTOR_NOT_FOUND);
	support_sql(m, "UPDATE message SET state = 'handing-over', sent_at = NULL WHERE id = 2");
	assert_int_equal(mentor_remind_settle(m, 2, MENTOR_MESSAGE_LOST, &changed), MENTOR_REFUSED);
	support_sql(m, "UPDATE message SET state = 'waiting', sent_at = NULL WHERE id = 3");
	assert_int_equal(mentor_remind_settle(m, 3, MENTOR_MESSAGE_ARRIVED, &changed), MENTOR_REFUSED);
	assert_int_equal(mentor_remind_settle(m, 3, MENTOR_MESSAGE_RESEND, &changed), MENTOR_OK);
	assert_false(changed);
	support_sql(m, "UPDATE message SET state = 'failed', sent_at = NULL WHERE id = 4");
	assert_int_equal(mentor_remind_settle(m, 4, MENTOR_MESSAGE_LOST, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_remind_settle(m, 4, MENTOR_MESSAGE_ARRIVED, &changed), MENTOR_OK);
	assert_true(changed);
	mentor_free(m);
}

/* ---- a store that fails at every call in turn ---- */

static struct mentor *with_one_in_hand(struct hands *h, struct mentor_remind_hands *hands, struct mentor_remind_run **ret_run)
{
	struct mentor *m = support_reminders(QUIET);
	const struct mentor_mail *mail = NULL;
	run_start(m, h, hands, ret_run);
	assert_int_equal(mentor_remind_next(*ret_run, &mail), MENTOR_OK);
	return m;
}

/* Each failure leaves the store as it was, and the next try does it all. */
static void taking_one_in_hand_fails_whole(void **state)
{
	bool failed = true;
	(void)state;
	for (long n = 1; failed; n++) {
		struct hands h = { .alive = true };
		struct mentor_remind_hands hands;
		struct mentor_remind_run *run = NULL;
		const struct mentor_mail *mail = NULL;
		struct mentor *m = support_reminders(QUIET);
		run_start(m, &h, &hands, &run);
		uint64_t before = support_fingerprint(m);
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = mentor_remind_next(run, &mail);
		support_fail_at = 0;
		failed = status != MENTOR_OK;
		if (failed) {
			assert_null(mail);
			assert_int_equal(support_fingerprint(m), before);
			assert_int_equal(mentor_remind_next(run, &mail), MENTOR_OK);
		}
		assert_string_equal(mail->to, "ann@example.org");
		mentor_remind_free(run);
		mentor_buf_free(&h.staged);
		mentor_free(m);
	}
}

/* What could not be written down stays in hand, for the next run to wonder about. */
static void writing_down_what_came_of_it_fails_whole(void **state)
{
	bool failed = true;
	(void)state;
	for (long n = 1; failed; n++) {
		struct hands h = { .alive = true };
		struct mentor_remind_hands hands;
		struct mentor_remind_run *run = NULL;
		struct mentor *m = with_one_in_hand(&h, &hands, &run);
		uint64_t before = support_fingerprint(m);
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = mentor_remind_done(run, MENTOR_HANDED_LATER, "why");
		support_fail_at = 0;
		failed = status != MENTOR_OK;
		if (failed) {
			assert_int_equal(support_fingerprint(m), before);
			assert_int_equal(mentor_remind_done(run, MENTOR_HANDED_LATER, "why"), MENTOR_OK);
		}
		assert_int_equal(in_state(m, "waiting"), 4);
		mentor_remind_free(run);
		mentor_buf_free(&h.staged);
		mentor_free(m);
	}
}

static void settling_fails_whole(void **state)
{
	bool failed = true, changed = false;
	(void)state;
	for (long n = 1; failed; n++) {
		struct mentor *m = support_reminders(QUIET);
		run_all(m, MENTOR_HANDED_UNSURE, "ann bob cat dan ");
		uint64_t before = support_fingerprint(m);
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = mentor_remind_settle(m, 2, MENTOR_MESSAGE_ARRIVED, &changed);
		support_fail_at = 0;
		failed = status != MENTOR_OK;
		if (failed) {
			assert_int_equal(support_fingerprint(m), before);
			assert_int_equal(mentor_remind_settle(m, 2, MENTOR_MESSAGE_ARRIVED, &changed), MENTOR_OK);
		}
		assert_int_equal(in_state(m, "sent"), 1);
		mentor_free(m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_goes_out_once),
		cmocka_unit_test(who_is_expected_at_an_event_gets_its_entry),
		cmocka_unit_test(neither_text_nor_address_is_kept),
		cmocka_unit_test(a_message_is_whole_and_between_two_the_store_is_free),
		cmocka_unit_test(records_that_change_meanwhile_count),
		cmocka_unit_test(two_runs_share_the_work),
		cmocka_unit_test(what_a_dead_process_had_in_hand_is_unsure),
		cmocka_unit_test(a_transport_that_knows_leaves_nothing_unsure),
		cmocka_unit_test(a_message_keeps_its_number),
		cmocka_unit_test(what_is_put_off_is_tried_later_and_fails_in_the_end),
		cmocka_unit_test(what_was_not_even_tried_is_as_it_was),
		cmocka_unit_test(what_cannot_be_made_ready_is_not_in_hand),
		cmocka_unit_test(an_address_that_no_message_can_carry_fails_alone),
		cmocka_unit_test(what_is_not_due_any_more_is_forgotten),
		cmocka_unit_test(nothing_goes_out_on_a_quiet_day),
		cmocka_unit_test(a_digest_is_one_message_a_day),
		cmocka_unit_test(a_chain_goes_on_once_the_first_has_run_out),
		cmocka_unit_test(settling_makes_sense_or_is_refused),
		cmocka_unit_test(taking_one_in_hand_fails_whole),
		cmocka_unit_test(writing_down_what_came_of_it_fails_whole),
		cmocka_unit_test(settling_fails_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
