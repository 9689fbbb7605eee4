/* privacy.c (test): people are told what is held of them and nothing of others, erased without remnants, and not kept longer than was said. */
#include "support.h"

#include "equality.h"
#include "equality_db.h"
#include "record.h"

#include <stdio.h>
#include <stdlib.h>

enum { ANN = 1, BOB, CY, DI };

static enum mentor_status ignore(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return MENTOR_OK;
}

/* Ann and Bob mentor, Cy and Di are mentees; Ann and Cy were a pair, and what can be said of Ann has been said. */
static int set_up(void **state)
{
	static const char *const facts[] = {
		"UPDATE person SET name = 'Ann Archer', job = 'Planner' WHERE id = 1",
		"UPDATE person SET name = 'Bob Baker' WHERE id = 2",
		"UPDATE person SET name = 'Cy Cooper', manager_email = 'ann@example.org' WHERE id = 3",
		"INSERT INTO address (person_id, email) VALUES (1, 'ann.archer@example.org'), (2, 'bb@example.org')",
		"INSERT INTO answer VALUES (1, 'topics', 'I learn from Bob Baker (bb@example.org) and Ann Archer'), (3, 'topics', 'To hear Ann Archer')",
		"INSERT INTO statement (enrolment_id, kind, name, value, stated_on, recorded_by) VALUES (1, 'confirms', 'time', 1, '2026-03-02', 'sam')",
		"INSERT INTO avoidance (person_id, other_person_id, said_by, reason, recorded_on, recorded_by) VALUES "
		"(1, 4, 'person', 'Not with CY cooper near', '2026-03-02', 'sam'), (2, 1, 'person', 'Bob fears Ann', '2026-03-02', 'sam')",
		"INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on, ended_on, override) "
		"VALUES (1, 1, 3, 'ended', 'reverse', 5, '2026-03-02', '2026-03-02', '2026-03-02', 'Ann asked')",
		"INSERT INTO ending (pair_id, note, recorded_by) VALUES (1, 'Ann moved', 'sam')",
		"INSERT INTO session (pair_id, date, minutes, place, recorded_on) VALUES (1, '2026-03-02', 60, 'At the home of Cy Cooper', '2026-03-02')",
		"INSERT INTO response (cohort_id, survey, stage, respondent_id, response) VALUES (1, 'mentee', 'before', 3, 'r1')",
		"INSERT INTO response_value (response_id, question, position, number) VALUES (1, 'know', 0, 3)",
	};
	static const char monitoring[] = "Email,Group,Ways\nann@example.org,One,bus\nbob@example.org,Two,\n";
	struct mentor *m = support_cohort();
	support_person(m, "ann", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bob", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cy", "Parks", MENTOR_ROLE_MENTEE);
	support_person(m, "di", "Housing", MENTOR_ROLE_MENTEE);
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++)
		support_sql(m, facts[i]);
	assert_int_equal(mentor_equality_import(m, 1, "eq.csv", monitoring, strlen(monitoring), 0, ignore, NULL), MENTOR_OK);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

static enum mentor_status ignore_part(void *arg, const char *part, const void *record)
{
	(void)arg;
	(void)part;
	(void)record;
	return MENTOR_OK;
}

static enum mentor_status note_held(void *arg, const void *record)
{
	const struct mentor_held *h = record;
	mentor_buf_fmt(arg, "%s %lld %s=%s;", h->kind, (long long)h->record, h->name, h->value);
	return MENTOR_OK;
}

static enum mentor_status note_part(void *arg, const char *part, const void *record)
{
	if (strcmp(part, "erased") == 0) {
		const struct mentor_erased *e = record;
		mentor_buf_fmt(arg, "%s %s %lld;", e->records, e->change, (long long)e->number);
	} else if (strcmp(part, "mentions") == 0) {
		const struct mentor_mention *x = record;
		mentor_buf_fmt(arg, "MENTION %s.%s %lld;", x->records, x->field, (long long)x->number);
	} else {
		const struct mentor_certificate *c = record;
		mentor_buf_fmt(arg, "CERTIFICATE %s %s %lld addresses", c->person, c->erased_on, (long long)c->addresses);
		if (c->remnants != MENTOR_NONE)
			mentor_buf_fmt(arg, ", %lld remnants, head of %zu", (long long)c->remnants, strlen(c->head));
		mentor_buf_char(arg, ';');
	}
	return MENTOR_OK;
}

static enum mentor_status export_of(struct mentor *m, int64_t person, struct mentor_buf *said)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	enum mentor_status status = mentor_privacy_export(m, person, note_held, said);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

static void has(const struct mentor_buf *said, const char *words)
{
	if (!strstr(mentor_buf_text(said), words))
		fail_msg("'%s' is not in: %s", words, mentor_buf_text(said));
}

static void has_not(const struct mentor_buf *said, const char *words)
{
	if (strstr(mentor_buf_text(said), words))
		fail_msg("'%s' is in: %s", words, mentor_buf_text(said));
}

static void a_person_is_told_everything_that_is_held_of_her(void **state)
{
	struct mentor_buf said = MENTOR_BUF_INIT;
	static const char *const told[] = { "Person 1 email=ann@example.org;", "Person 1 name=Ann Archer;", "Person 1 job=Planner;",
		"Other addresses 1 email=ann.archer@example.org;", "Enrolments 1 role=mentor;", "Enrolments 1 state=accepted;", "Statements 1 name=time;",
		"Pairs 1 state=ended;", "Sessions 1 minutes=60;", "Not to be paired with 1 other_person_id=somebody else;",
		"Answers to equality monitoring 1 question=group;", "value=one;" };
	assert_int_equal(export_of(*state, ANN, &said), MENTOR_OK);
	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++)
		has(&said, told[i]);
	mentor_buf_free(&said);
}

static void names_of_others_are_hidden_wherever_they_stand(void **state)
{
	struct mentor_buf said = MENTOR_BUF_INIT;
	assert_int_equal(export_of(*state, ANN, &said), MENTOR_OK);
	has(&said, "value=I learn from [somebody else] ([somebody else]) and Ann Archer;");
	has(&said, "place=At the home of [somebody else];");
	has(&said, "reason=Not with [somebody else] near;");
	static const char *const others[] = { "Bob", "bb@", "bob@", "Cy", "cy@", "di@", "Two" };
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		has_not(&said, others[i]);
	mentor_buf_free(&said);
}

static void what_others_said_in_confidence_and_who_recorded_is_left_out(void **state)
{
	struct mentor_buf said = MENTOR_BUF_INIT;
	assert_int_equal(export_of(*state, ANN, &said), MENTOR_OK);
	has_not(&said, "fears");
	has_not(&said, "sam");
	has_not(&said, "Ann moved");
	mentor_buf_free(&said);
}

static void an_export_leaves_an_entry_in_the_trail(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf said = MENTOR_BUF_INIT;
	assert_int_equal(export_of(m, ANN, &said), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM audit WHERE kind = 'reading' AND records = 'person p1'"), 1);
	mentor_buf_free(&said);
}

/* Every text of the store that holds one of these. */
static int64_t count_in_store(struct mentor *m, const char *words)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t n = 0;
	db_equality(m, true);
	assert_int_equal(db_query(m, "SELECT 'SELECT count(*) FROM ' || s.name || ' WHERE lower(' || c.name || ') LIKE ''%' || $1 || '%''' FROM sqlite_schema s "
				     "JOIN pragma_table_info(s.name) c WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite%'", DB_ARGS(DB_TEXT(words)), &rows), MENTOR_OK);
	while (db_next(rows, &more) == MENTOR_OK && more)
		n += support_number(m, db_text(rows, 0));
	db_done(rows);
	db_equality(m, false);
	return n;
}

static void an_active_pair_has_to_end_first(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "UPDATE pair SET state = 'active', ended_on = NULL");
	const uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_privacy_erase(m, ANN, false, ignore_part, NULL), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "p1 is in the active pair m1");
	assert_string_equal(mentor_error(m)->hint, "end it first: mentor match end m1");
	assert_int_equal(support_fingerprint(m), before);
	assert_int_equal(mentor_privacy_erase(m, 99, false, ignore_part, NULL), MENTOR_NOT_FOUND);
}

static void whoever_was_paired_stays_as_a_former_participant_of_whom_nothing_is_known(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf said = MENTOR_BUF_INIT;
	assert_int_equal(mentor_privacy_erase(m, ANN, false, note_part, &said), MENTOR_OK);
	has(&said, "equality_subject removed");
	has(&said, "answer removed 1;");
	has(&said, "session emptied 1;");
	has(&said, "person kept 1;");
	has(&said, "MENTION answer.value 1;"); /* what Cy wrote */
	has(&said, "CERTIFICATE p1 2026-03-02 2 addresses, 0 remnants, head of 64;");
	assert_int_equal(count_in_store(m, "ann@example.org"), 0);
	assert_int_equal(count_in_store(m, "ann.archer@example.org"), 0);
	assert_int_equal(count_in_store(m, "ann archer"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM person WHERE id = 1 AND name = 'Former participant' AND job IS NULL"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM pair WHERE id = 1 AND override IS NULL"), 1);
	assert_int_equal(support_number(m, "SELECT minutes FROM session"), 60);
	assert_int_equal(support_number(m, "SELECT count(*) FROM person WHERE manager_email IS NOT NULL"), 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM avoidance"), 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM erasure WHERE person = 1"), 2);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	mentor_buf_free(&said);
}

static void whoever_was_never_paired_is_gone_altogether(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf said = MENTOR_BUF_INIT;
	assert_int_equal(mentor_privacy_erase(m, BOB, false, note_part, &said), MENTOR_OK);
	has(&said, "enrolment removed 1;");
	has(&said, "person removed 1;");
	assert_int_equal(support_number(m, "SELECT count(*) FROM person WHERE id = 2"), 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE person_id = 2"), 0);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	assert_int_equal(mentor_privacy_erase(m, BOB, false, ignore_part, NULL), MENTOR_NOT_FOUND);
	mentor_buf_free(&said);
}

static void answers_to_surveys_go_with_who_gave_them(void **state)
{
	struct mentor *m = *state;
	assert_int_equal(mentor_privacy_erase(m, CY, false, ignore_part, NULL), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM response"), 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM response_value"), 0);
}

static void waiting_lists_close_up(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	int64_t eve = support_person(m, "eve", "Parks", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_enrol_wait(m, DI, MENTOR_NONE, NULL, &changed), MENTOR_OK);
	assert_int_equal(mentor_enrol_wait(m, eve, MENTOR_NONE, NULL, &changed), MENTOR_OK);
	assert_int_equal(mentor_privacy_erase(m, DI, false, ignore_part, NULL), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT rank FROM enrolment WHERE id = 5"), 1);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
}

static void a_dry_run_says_the_same_and_does_nothing(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf dry = MENTOR_BUF_INIT, meant = MENTOR_BUF_INIT;
	const uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_privacy_erase(m, ANN, true, note_part, &dry), MENTOR_OK);
	assert_int_equal(support_fingerprint(m), before);
	assert_int_equal(mentor_privacy_erase(m, ANN, false, note_part, &meant), MENTOR_OK);
	assert_memory_equal(mentor_buf_text(&dry), mentor_buf_text(&meant), dry.len - 1);
	mentor_buf_free(&dry);
	mentor_buf_free(&meant);
}

static void an_erasure_is_made_again_in_an_older_copy(void **state)
{
	struct mentor *m = *state;
	int64_t people = -1;
	void *copy_of_ann = NULL;
	set_up(&copy_of_ann); /* a store of the same people, in which Ann's pair is still active */
	struct mentor *copy = copy_of_ann;
	support_sql(copy, "UPDATE pair SET state = 'active', ended_on = NULL");
	support_sql(copy, "DELETE FROM ending");
	assert_int_equal(mentor_privacy_erase(m, ANN, false, ignore_part, NULL), MENTOR_OK);
	assert_int_equal(mentor_privacy_erase(m, BOB, false, ignore_part, NULL), MENTOR_OK);
	for (int i = 0; i < 3; i++) /* further on than the copy will come by itself */
		support_sql(m, "UPDATE person SET grade = 'B' WHERE id = 3");
	const int64_t revision = support_number(m, "SELECT revision FROM store");
	assert_int_equal(mentor_set_origin(copy, "sam", "db restore"), MENTOR_OK);
	assert_int_equal(mentor_store_restored(copy, m, &people), MENTOR_OK);
	assert_int_equal(people, 2);
	assert_int_equal(count_in_store(copy, "ann@example.org") + count_in_store(copy, "bob@example.org") + count_in_store(copy, "ann.archer@"), 0);
	assert_int_equal(support_number(copy, "SELECT count(*) FROM pair WHERE state = 'ended'"), 1);
	assert_int_equal(support_number(copy, "SELECT count(*) FROM erasure"), 4);
	assert_true(support_number(copy, "SELECT revision FROM store") > revision);
	assert_int_equal(mentor_store_check(copy), MENTOR_OK);
	assert_int_equal(mentor_store_restored(copy, NULL, &people), MENTOR_OK);
	assert_int_equal(people, 0);
	tear_down(&copy_of_ann);
}

static enum mentor_status erase_ann(struct mentor *m)
{
	return mentor_privacy_erase(m, ANN, false, ignore_part, NULL);
}

static enum mentor_status remove_due(struct mentor *m)
{
	return mentor_privacy_retain(m, true, false, ignore, NULL);
}

/* The driver fails at each of the last calls, which are those around the commit. */
static void fail_late(enum mentor_status (*run)(struct mentor *m), const char *now)
{
	bool reached = true, seen[2] = { false, false };
	long last = 0;
	for (long n = 0; reached; n = n ? n + 1 : last > 30 ? last - 30 : 1) {
		void *fresh = NULL;
		set_up(&fresh);
		struct mentor *m = fresh;
		support_sql(m, "UPDATE cohort SET started_on = '2026-03-02', finished_on = '2026-06-30'");
		assert_int_equal(mentor_set_now(m, now), MENTOR_OK);
		const int64_t before = support_number(m, "SELECT revision FROM store");
		support_calls = 0;
		support_fail_at = n ? n : 1000000;
		const enum mentor_status status = run(m);
		last = n ? last : support_calls;
		reached = !n || support_calls >= n;
		support_fail_at = 0;
		assert_int_equal(status != MENTOR_OK, n && reached);
		const bool done = support_number(m, "SELECT revision FROM store") != before;
		if (status && done != (mentor_error(m)->state != NULL))
			fail_msg("call %ld: %s, state: %s", n, done ? "done" : "not done", mentor_error(m)->state ? mentor_error(m)->state : "not said");
		seen[done] = true;
		tear_down(&fresh);
	}
	assert_true(seen[false] && seen[true]);
}

static void a_failure_behind_the_commit_says_that_the_records_are_gone(void **state)
{
	(void)state;
	fail_late(erase_ann, "2026-03-02");
	fail_late(remove_due, "2027-06-30");
}

/* ---- how long ---- */

static enum mentor_status note_kept(void *arg, const void *record)
{
	const struct mentor_retained *r = record;
	mentor_buf_fmt(arg, "%s %s %s %lld %s;", r->cohort, r->what, r->due, r->number == MENTOR_SUPPRESSED ? -1LL : (long long)r->number, r->change);
	return MENTOR_OK;
}

static void finish(struct mentor *m)
{
	support_sql(m, "UPDATE cohort SET started_on = '2026-03-02', finished_on = '2026-06-30'");
}

static void retain(struct mentor *m, const char *now, bool apply, const char *wanted)
{
	struct mentor_buf said = MENTOR_BUF_INIT;
	assert_int_equal(mentor_set_now(m, now), MENTOR_OK);
	assert_int_equal(mentor_privacy_retain(m, apply, false, note_kept, &said), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&said), wanted);
	mentor_buf_free(&said);
}

static void nothing_is_due_while_a_cohort_goes_on(void **state)
{
	retain(*state, "2031-01-01", false, "");
}

static void each_kind_is_due_when_its_months_are_over(void **state)
{
	struct mentor *m = *state;
	finish(m);
	retain(m, "2026-12-29", false, "");
	retain(m, "2026-12-30", false, "spring applications 2026-12-30 2 due;");
	retain(m, "2027-06-30", false, "spring equality 2027-06-30 -1 due;spring sessions 2027-06-30 1 due;spring surveys 2027-06-30 1 due;"
				       "spring applications 2026-12-30 2 due;");
	const uint64_t before = support_fingerprint(m);
	retain(m, "2028-06-30", false, "spring equality 2027-06-30 -1 due;spring sessions 2027-06-30 1 due;spring surveys 2027-06-30 1 due;"
				       "spring applications 2026-12-30 2 due;spring pairs 2028-06-30 5 due;");
	assert_int_equal(support_fingerprint(m), before);
}

static void what_is_due_is_removed_and_then_nothing_is(void **state)
{
	struct mentor *m = *state;
	finish(m);
	retain(m, "2027-06-30", true, "spring equality 2027-06-30 -1 removed;spring sessions 2027-06-30 1 removed;spring surveys 2027-06-30 1 removed;"
				      "spring applications 2026-12-30 2 removed;");
	retain(m, "2027-06-30", true, "");
	assert_int_equal(support_number(m, "SELECT count(*) FROM person"), 2); /* those who were a pair */
	assert_int_equal(count_in_store(m, "bob@example.org") + count_in_store(m, "di@example.org"), 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM erasure"), 0); /* done by the calendar, which a copy has too */
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	retain(m, "2028-06-30", true, "spring pairs 2028-06-30 3 removed;");
	assert_int_equal(support_number(m, "SELECT count(*) FROM person"), 0);
	assert_int_equal(support_number(m, "SELECT count(*) FROM cohort"), 1);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
}

static void whoever_is_in_another_cohort_stays(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "INSERT INTO cohort (programme_id, revision_id, slug, title) SELECT programme_id, revision_id, 'autumn', 'Autumn' FROM cohort");
	support_sql(m, "INSERT INTO enrolment (cohort_id, person_id, role, applied_on) VALUES (2, 4, 'mentee', '2026-09-01')");
	finish(m);
	support_sql(m, "UPDATE cohort SET finished_on = NULL, started_on = NULL WHERE id = 2");
	retain(m, "2031-01-01", true, "spring equality 2027-06-30 -1 removed;spring sessions 2027-06-30 1 removed;spring surveys 2027-06-30 1 removed;"
				      "spring applications 2026-12-30 2 removed;spring pairs 2028-06-30 3 removed;");
	assert_int_equal(support_number(m, "SELECT id FROM person"), 4);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
}

static void what_is_owed_is_found(void **state)
{
	struct mentor *m = *state;
	const struct mentor_problem also = { .message = "the store can be opened by others", .hint = "chmod 600" };
	assert_int_equal(mentor_privacy_check(m, NULL, 0), MENTOR_OK);
	assert_int_equal(mentor_privacy_check(m, &also, 1), MENTOR_FOUND);
	assert_string_equal(mentor_error(m)->message, "the store can be opened by others");
	support_sql(m, "UPDATE cohort SET started_on = '2026-03-02', ends_on = NULL");
	assert_int_equal(mentor_privacy_check(m, NULL, 0), MENTOR_FOUND);
	assert_string_equal(mentor_error(m)->message, "the cohort 'spring' has no last day, so nothing says how long its records are kept");
	finish(m);
	assert_int_equal(mentor_set_now(m, "2026-12-30"), MENTOR_OK);
	assert_int_equal(mentor_privacy_check(m, NULL, 0), MENTOR_FOUND);
	assert_string_equal(mentor_error(m)->message, "in the cohort 'spring' the time of this is over: applications");
	support_calls = 0;
	support_fail_at = 1;
	assert_int_equal(mentor_privacy_check(m, NULL, 0), MENTOR_FAILED);
	support_fail_at = 0;
	assert_non_null(mentor_error(m)->message);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_person_is_told_everything_that_is_held_of_her),
		TEST(names_of_others_are_hidden_wherever_they_stand),
		TEST(what_others_said_in_confidence_and_who_recorded_is_left_out),
		TEST(an_export_leaves_an_entry_in_the_trail),
		TEST(an_active_pair_has_to_end_first),
		TEST(whoever_was_paired_stays_as_a_former_participant_of_whom_nothing_is_known),
		TEST(whoever_was_never_paired_is_gone_altogether),
		TEST(answers_to_surveys_go_with_who_gave_them),
		TEST(waiting_lists_close_up),
		TEST(a_dry_run_says_the_same_and_does_nothing),
		TEST(an_erasure_is_made_again_in_an_older_copy),
		cmocka_unit_test(a_failure_behind_the_commit_says_that_the_records_are_gone),
		TEST(nothing_is_due_while_a_cohort_goes_on),
		TEST(each_kind_is_due_when_its_months_are_over),
		TEST(what_is_due_is_removed_and_then_nothing_is),
		TEST(whoever_is_in_another_cohort_stays),
		TEST(what_is_owed_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
