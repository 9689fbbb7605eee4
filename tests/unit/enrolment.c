/* enrolment.c (test): enrolling and deciding. */
#include "support.h"

#include "enrolment.h"
#include "record.h"

static int set_up(void **state)
{
	*state = support_cohort();
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

/* What the programme says of the roles, as if it had been imported so. */
static void with_roles(struct mentor *m, const char *roles)
{
	struct mentor_buf sql = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sql, "UPDATE revision SET source = source || 'roles: %s'", roles);
	support_sql(m, "DROP TRIGGER revision_fixed");
	support_sql(m, mentor_buf_text(&sql));
	mentor_buf_free(&sql);
}

static enum mentor_status ignore_import(void *arg, const struct mentor_import_row *row)
{
	(void)arg;
	(void)row;
	return MENTOR_OK;
}

static void places_not_given_are_those_of_the_role(void **state)
{
	struct mentor *m = *state;
	static const char form[] = "ID,Email,Name,Role,Where,Topics\n1,ann@example.org,Ann,Mentor,Parks,a\n2,ben@example.org,Ben,Mentee,,\n";
	static const struct {
		enum mentor_role role;
		int64_t given, places;
	} cases[] = { { MENTOR_ROLE_MENTOR, MENTOR_NONE, 3 }, { MENTOR_ROLE_MENTEE, MENTOR_NONE, 2 },
		{ MENTOR_ROLE_EITHER, MENTOR_NONE, 2 }, { MENTOR_ROLE_FACILITATOR, MENTOR_NONE, 1 }, { MENTOR_ROLE_MENTOR, 1, 1 },
		{ MENTOR_ROLE_MENTEE, 0, 0 } };
	with_roles(m, "{ mentor: { places: 3 }, mentee: { places: 2 } }");
	assert_int_equal(mentor_enrol_import(m, 1, "form.csv", form, strlen(form), 0, NULL, ignore_import, NULL), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT places FROM enrolment WHERE role = 'mentor'"), 3);
	assert_int_equal(support_number(m, "SELECT places FROM enrolment WHERE role = 'mentee'"), 2);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct mentor_enrolment e;
		const char *change = NULL;
		int64_t id = 0;
		support_sql(m, "INSERT INTO person (email, name) VALUES ((SELECT count(*) FROM person) || '@example.org', 'Somebody')");
		mentor_record_clear(mentor_enrolment_fields, &e);
		e.person_id = (int64_t)i + 3;
		e.role = (int64_t)cases[i].role;
		e.places = cases[i].given;
		uint64_t given = field_bit(mentor_enrolment_fields, "role");
		given |= cases[i].given == MENTOR_NONE ? 0 : field_bit(mentor_enrolment_fields, "places");
		assert_int_equal(mentor_enrol_add(m, 1, &e, given, &change, &id), MENTOR_OK);
		assert_int_equal(support_number(m, "SELECT places FROM enrolment ORDER BY id DESC"), cases[i].places);
	}
}

static void a_role_without_places_has_one(void **state)
{
	support_person(*state, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(*state, "eve", "Parks", MENTOR_ROLE_EITHER);
	assert_int_equal(support_number(*state, "SELECT count(*) FROM enrolment WHERE places = 1"), 2);
}

static enum mentor_status decide(struct mentor *m, int64_t id, enum mentor_enrolment_state to, const char *override, bool *ret_changed)
{
	return mentor_enrol_decide(m, id, to, "a reason", override, ret_changed);
}

static void accepting_past_the_limit_needs_a_reason_that_is_kept(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	void *record = NULL;
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Parks", MENTOR_ROLE_MENTOR);
	int64_t third = support_person(m, "cleo", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(decide(m, third, MENTOR_ENROLMENT_DECLINED, NULL, &changed), MENTOR_OK);
	support_person(m, "dora", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(decide(m, third, MENTOR_ENROLMENT_ACCEPTED, NULL, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "the cohort has its 3 mentors already, without cleo");
	assert_string_equal(mentor_error(m)->hint,
	    "mentor enrol wait p3 puts this person on the waiting list; else give a reason with --override REASON; it is kept with the decision");
	assert_int_equal(decide(m, third, MENTOR_ENROLMENT_ACCEPTED, "the board asked for it", &changed), MENTOR_OK);
	assert_int_equal(mentor_record_get(m, &mentor_entity_enrolment, third, &record), MENTOR_OK);
	const struct mentor_enrolment *e = record;
	assert_string_equal(e->reason, "a reason (override: the board asked for it)");
	assert_string_equal(e->decided_by, "admin");
	assert_string_equal(e->decided_on, "2026-03-02");
	mentor_record_free(record);
}

static void has_reason(struct mentor *m, int64_t id, const char *reason)
{
	void *record = NULL;
	assert_int_equal(mentor_record_get(m, &mentor_entity_enrolment, id, &record), MENTOR_OK);
	const char *kept = ((const struct mentor_enrolment *)record)->reason;
	if (reason)
		assert_string_equal(kept, reason);
	else
		assert_null(kept);
	mentor_record_free(record);
}

/* Three mentors are accepted already; returns a fourth who has been declined. */
static int64_t fourth_mentor(struct mentor *m)
{
	bool changed = false;
	int64_t fourth = support_person(m, "dora", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(mentor_enrol_decide(m, fourth, MENTOR_ENROLMENT_DECLINED, NULL, NULL, &changed), MENTOR_OK);
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Parks", MENTOR_ROLE_MENTOR);
	return fourth;
}

static void why_the_limit_was_passed_stays_when_a_reason_is_added(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	int64_t id = fourth_mentor(m);
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, "R", "O", &changed), MENTOR_OK);
	has_reason(m, id, "R (override: O)");
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, "R", "O", &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, NULL, "other", &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, "S", NULL, &changed), MENTOR_OK);
	assert_true(changed);
	has_reason(m, id, "S (override: O)");
}

static void an_override_alone_stays_when_a_reason_is_added(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	int64_t id = fourth_mentor(m);
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, NULL, "O", &changed), MENTOR_OK);
	has_reason(m, id, "(override: O)");
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, NULL, "O", &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, "R", NULL, &changed), MENTOR_OK);
	assert_true(changed);
	has_reason(m, id, "R (override: O)");
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, "R", "O", &changed), MENTOR_OK);
	assert_false(changed);
}

static void an_override_that_was_not_needed_is_not_recorded(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_DECLINED, "R", "O", &changed), MENTOR_OK);
	has_reason(m, id, "R");
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, NULL, "O", &changed), MENTOR_OK);
	has_reason(m, id, NULL);
}

static void nobody_is_decided_back_to_having_applied(void **state)
{
	static const enum mentor_enrolment_state others[] = { MENTOR_ENROLMENT_APPLIED, (enum mentor_enrolment_state)99 };
	struct mentor *m = *state;
	bool changed = false;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	uint64_t before = support_fingerprint(m);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_int_equal(mentor_enrol_decide(m, id, others[i], NULL, NULL, &changed), MENTOR_USAGE);
	assert_false(changed);
	assert_true(support_fingerprint(m) == before);
}

static void deciding_the_same_again_changes_nothing(void **state)
{
	struct mentor *m = *state;
	bool changed = true;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, NULL, NULL, &changed), MENTOR_OK);
	assert_false(changed);
	assert_true(support_fingerprint(m) == before);
}

static void a_reason_can_be_added_to_a_decision(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(decide(m, id, MENTOR_ENROLMENT_ACCEPTED, NULL, &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE reason = 'a reason'"), 1);
	assert_int_equal(decide(m, id, MENTOR_ENROLMENT_ACCEPTED, NULL, &changed), MENTOR_OK);
	assert_false(changed);
}

static void the_role_of_somebody_in_a_pair_stays(void **state)
{
	struct mentor *m = *state;
	struct mentor_match_summary summary;
	struct mentor_enrolment e;
	int64_t n = 0;
	bool changed = false;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Roads", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_match_propose(m, 1, NULL, &summary), MENTOR_OK);
	assert_int_equal(mentor_match_publish(m, 1, &n), MENTOR_OK);
	mentor_record_clear(mentor_enrolment_fields, &e);
	e.role = MENTOR_ROLE_MENTEE;
	assert_int_equal(mentor_enrol_set(m, id, &e, field_bit(mentor_enrolment_fields, "role"), &changed), MENTOR_REFUSED);
	e.places = 0;
	assert_int_equal(mentor_enrol_set(m, id, &e, field_bit(mentor_enrolment_fields, "places"), &changed), MENTOR_REFUSED);
	e.places = 2;
	assert_int_equal(mentor_enrol_set(m, id, &e, field_bit(mentor_enrolment_fields, "places"), &changed), MENTOR_OK);
	assert_true(changed);
}

static void changing_the_role_respects_the_limit_of_the_other_side(void **state)
{
	struct mentor *m = *state;
	struct mentor_enrolment e;
	bool changed = false;
	static const char *const names[] = { "amir", "bola", "cleo" };
	for (size_t i = 0; i < 3; i++)
		support_person(m, names[i], "Parks", MENTOR_ROLE_MENTOR);
	int64_t id = support_person(m, "dora", "Parks", MENTOR_ROLE_MENTEE);
	mentor_record_clear(mentor_enrolment_fields, &e);
	e.role = MENTOR_ROLE_MENTOR;
	assert_int_equal(mentor_enrol_set(m, id, &e, field_bit(mentor_enrolment_fields, "role"), &changed), MENTOR_REFUSED);
}

static void nothing_is_decided_in_a_finished_cohort(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_sql(m, "UPDATE cohort SET finished_on = '2026-03-01'");
	assert_int_equal(decide(m, id, MENTOR_ENROLMENT_DECLINED, NULL, &changed), MENTOR_REFUSED);
}

static void somebody_in_a_pair_is_not_declined_behind_the_partners_back(void **state)
{
	struct mentor *m = *state;
	struct mentor_match_summary summary;
	int64_t n = 0;
	bool changed = false;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Roads", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_match_propose(m, 1, NULL, &summary), MENTOR_OK);
	assert_int_equal(mentor_match_publish(m, 1, &n), MENTOR_OK);
	assert_int_equal(decide(m, id, MENTOR_ENROLMENT_DECLINED, NULL, &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "end the pair first: mentor match end m1");
}

static void declining_takes_a_proposal_back(void **state)
{
	struct mentor *m = *state;
	struct mentor_match_summary summary;
	bool changed = false;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Roads", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_match_propose(m, 1, NULL, &summary), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM pair"), 1);
	assert_int_equal(decide(m, id, MENTOR_ENROLMENT_DECLINED, NULL, &changed), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT count(*) FROM pair"), 0);
}

static void enrolling_twice_is_unchanged_and_another_role_is_refused(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(support_enrol(m, 1, MENTOR_ROLE_MENTOR, &change), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(support_enrol(m, 1, MENTOR_ROLE_MENTEE, &change), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "amir is in this cohort already, as mentor");
	assert_string_equal(change, "unchanged"); /* from before: a failure leaves it */
	change = "sentinel";
	support_sql(m, "UPDATE cohort SET opened_on = NULL");
	support_sql(m, "INSERT INTO person (email, name) VALUES ('new@example.org', 'New')");
	assert_int_equal(support_enrol(m, 2, MENTOR_ROLE_MENTEE, &change), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "the cohort 'spring' does not take applications yet");
	assert_string_equal(change, "sentinel");
}

static void whoever_was_told_hears_again_when_it_is_time(void **state)
{
	struct mentor *m = *state;
	static const struct {
		enum mentor_outcome outcome;
		const char *sql;
	} cases[] = { { MENTOR_OUTCOME_WAITING, "SELECT contact_on = '2026-03-30' FROM enrolment" },
		{ MENTOR_OUTCOME_ACCEPTED, "SELECT contact_on = '2026-04-01' FROM enrolment" },
		{ MENTOR_OUTCOME_DECLINED, "SELECT contact_on IS NULL FROM enrolment" } };
	bool changed = false;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	assert_int_equal(support_number(m, "SELECT contact_on = '2026-03-02' FROM enrolment"), 1); /* decided today: told today */
	support_sql(m, "UPDATE cohort SET starts_on = '2026-04-01'");
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(enrolment_told(m, id, cases[i].outcome, &changed), MENTOR_OK);
		assert_true(changed);
		assert_int_equal(support_number(m, cases[i].sql), 1);
		assert_int_equal(enrolment_told(m, id, cases[i].outcome, &changed), MENTOR_OK);
		assert_false(changed);
	}
}

static void whoever_applies_hears_within_two_weeks_of_applying(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	support_sql(m, "INSERT INTO person (email, name) VALUES ('new@example.org', 'New')");
	assert_int_equal(support_enrol(m, 1, MENTOR_ROLE_MENTEE, &change), MENTOR_OK);
	assert_int_equal(support_number(m, "SELECT contact_on = '2026-03-16' FROM enrolment"), 1);
}

static void somebody_elsewhere_is_not_found_in_this_cohort(void **state)
{
	struct mentor *m = *state;
	int64_t id = 0;
	support_sql(m, "INSERT INTO person (email, name) VALUES ('new@example.org', 'New')");
	assert_int_equal(mentor_enrolment_find(m, 1, "new@example.org", &id), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(m)->message, "new@example.org is not in this cohort");
	assert_string_equal(mentor_error(m)->hint, "see: mentor enrol list");
	support_sql(m, "INSERT INTO cohort (slug, title, programme_id, revision_id) SELECT 'other', 'Other', programme_id, revision_id FROM cohort");
	support_sql(m, "INSERT INTO enrolment (cohort_id, person_id, role, state, places, applied_on) VALUES (2, 1, 'mentee', 'applied', 1, '2026-03-01')");
	assert_int_equal(mentor_enrolment_find(m, 1, "new@example.org", &id), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(m)->hint, "the cohort 'other' has this person: add -c other");
}

static void the_day_of_application_stays_a_day_that_has_come(void **state)
{
	struct mentor *m = *state;
	struct mentor_enrolment e;
	bool changed = false;
	int64_t id = support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	uint64_t before = support_fingerprint(m);
	mentor_record_clear(mentor_enrolment_fields, &e);
	assert_int_equal(mentor_enrol_set(m, id, &e, field_bit(mentor_enrolment_fields, "applied_on"), &changed), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "an application needs the day on which it was made");
	e.applied_on = "2026-03-03";
	assert_int_equal(mentor_enrol_set(m, id, &e, field_bit(mentor_enrolment_fields, "applied_on"), &changed), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "nobody can have applied on 2026-03-03, which is still to come");
	assert_true(support_fingerprint(m) == before);
	e.applied_on = "2026-02-03";
	assert_int_equal(mentor_enrol_set(m, id, &e, field_bit(mentor_enrolment_fields, "applied_on"), &changed), MENTOR_OK);
	assert_true(changed);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(places_not_given_are_those_of_the_role),
		TEST(a_role_without_places_has_one),
		TEST(accepting_past_the_limit_needs_a_reason_that_is_kept),
		TEST(why_the_limit_was_passed_stays_when_a_reason_is_added),
		TEST(an_override_alone_stays_when_a_reason_is_added),
		TEST(an_override_that_was_not_needed_is_not_recorded),
		TEST(nobody_is_decided_back_to_having_applied),
		TEST(deciding_the_same_again_changes_nothing),
		TEST(a_reason_can_be_added_to_a_decision),
		TEST(the_role_of_somebody_in_a_pair_stays),
		TEST(changing_the_role_respects_the_limit_of_the_other_side),
		TEST(nothing_is_decided_in_a_finished_cohort),
		TEST(somebody_in_a_pair_is_not_declined_behind_the_partners_back),
		TEST(declining_takes_a_proposal_back),
		TEST(enrolling_twice_is_unchanged_and_another_role_is_refused),
		TEST(whoever_was_told_hears_again_when_it_is_time),
		TEST(whoever_applies_hears_within_two_weeks_of_applying),
		TEST(somebody_elsewhere_is_not_found_in_this_cohort),
		TEST(the_day_of_application_stays_a_day_that_has_come),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
