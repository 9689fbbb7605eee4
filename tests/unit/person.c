/* person.c (test): the addresses that lead to a person, line managers, and two records that become one. */
#include "support.h"

#include "person_merge.h"
#include "record.h"

#include <stdio.h>
#include <stdlib.h>

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

/* Values as an option gives them; NULL is not given. */
static enum mentor_status read_person(struct mentor *m, const char *name, const char *email, const char *manager, struct mentor_person *p, uint64_t *given)
{
	const char *const fields[] = { "name", "email", "manager_email" }, *const values[] = { name, email, manager };
	enum mentor_status status = MENTOR_OK;
	mentor_record_clear(mentor_person_fields, p);
	for (size_t i = 0; !status && i < 3; i++) {
		status = values[i] ? mentor_field_read(m, mentor_field_find(mentor_person_fields, fields[i]), values[i], p) : MENTOR_OK;
		*given |= values[i] ? field_bit(mentor_person_fields, fields[i]) : 0;
	}
	return status;
}

static enum mentor_status try_add(struct mentor *m, const char *name, const char *email, const char *manager)
{
	struct mentor_person p;
	uint64_t given = 0;
	int64_t id = 0;
	enum mentor_status status = read_person(m, name, email, manager, &p, &given);
	return status ? status : mentor_record_add(m, &mentor_entity_person, &p, given, &id);
}

static enum mentor_status try_set(struct mentor *m, int64_t id, const char *name, const char *email, const char *manager)
{
	struct mentor_person p;
	uint64_t given = 0;
	bool changed = false;
	enum mentor_status status = read_person(m, name, email, manager, &p, &given);
	return status ? status : mentor_record_set(m, &mentor_entity_person, id, &p, given, &changed);
}

static void demand(enum mentor_status status)
{
	assert_int_equal(status, MENTOR_OK);
}

/* What a field of a person says. */
static void says(struct mentor *m, int64_t id, const char *name, const char *expected)
{
	void *record = NULL;
	demand(mentor_record_get(m, &mentor_entity_person, id, &record));
	const char *text = mentor_field_string(mentor_field_find(mentor_person_fields, name), record);
	assert_string_equal(text ? text : "(none)", expected);
	mentor_record_free(record);
}

static void leads_to(struct mentor *m, const char *reference, int64_t id)
{
	int64_t found = 0;
	demand(mentor_record_find(m, &mentor_entity_person, reference, &found));
	assert_int_equal(found, id);
}

/* ---- what a merge told ---- */

static char told[2000];

static enum mentor_status note(void *arg, const struct mentor_merge_row *row)
{
	(void)arg;
	size_t n = strlen(told);
	(void)snprintf(told + n, sizeof(told) - n, "%s %s %s%s%s\n", row->change, row->kind, row->reference, row->name ? " " : "",
	    row->name ? row->name : "");
	return MENTOR_OK;
}

static enum mentor_status merge(struct mentor *m, int64_t keep, int64_t duplicate)
{
	told[0] = '\0';
	return mentor_person_merge(m, keep, duplicate, note, NULL);
}

static void refused(struct mentor *m, int64_t keep, int64_t duplicate, const char *message, const char *hint)
{
	uint64_t before = support_fingerprint(m);
	assert_int_equal(merge(m, keep, duplicate), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, message);
	assert_string_equal(mentor_error(m)->hint, hint);
	assert_true(support_fingerprint(m) == before);
}

static void is_sound(struct mentor *m)
{
	if (mentor_store_check(m))
		fail_msg("%s", mentor_error(m)->message);
}

/* ---- addresses ---- */

static void forms_of_one_address_are_one_person(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Zoë", "ZOË@Example.org", NULL));
	says(m, 1, "email", "zoë@example.org");
	static const char *const forms[] = {
		"zoë@example.org",
		"ZOE\xCC\x88@EXAMPLE.ORG", /* E and a combining diaeresis */
		"\xEF\xBC\xBA\xEF\xBD\x8F\xEF\xBD\x85\xCC\x88\xEF\xBC\xA0\xEF\xBD\x85xample\xEF\xBC\x8Eorg", /* full-width Z, o, e, @, e and . */
	};
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		leads_to(m, forms[i], 1);
		assert_int_equal(try_add(m, "Zoë", forms[i], NULL), MENTOR_REFUSED);
		assert_string_equal(mentor_error(m)->message, "another person has this address already");
	}
	assert_int_equal(support_number(m, "SELECT count(*) FROM person"), 1);
}

static void a_full_width_sign_that_no_address_may_hold_is_judged_as_what_it_stands_for(void **state)
{
	assert_int_equal(try_add(*state, "Zoe", "zoe\xEF\xBC\x9Cx@example.org", NULL), MENTOR_INVALID);
	assert_string_equal(mentor_error(*state)->hint, "an address looks like name@example.org");
}

static void a_former_address_still_leads_to_the_person_and_can_come_back(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Ann", "ann@example.org", NULL));
	demand(try_add(m, "Bob", "bob@example.org", "ann@example.org"));
	demand(try_set(m, 1, NULL, "ann.lee@example.org", NULL));
	demand(try_set(m, 1, NULL, "a.lee@example.org", NULL));
	says(m, 1, "addresses", "ann@example.org\nann.lee@example.org");
	leads_to(m, "Ann@example.org", 1);
	leads_to(m, "ann.lee@example.org", 1);
	says(m, 2, "manager_email", "a.lee@example.org");
	says(m, 2, "manager_name", "Ann");
	demand(try_set(m, 1, NULL, "ann@example.org", NULL));
	says(m, 1, "addresses", "ann.lee@example.org\na.lee@example.org");
	says(m, 2, "manager_email", "ann@example.org");
	says(m, 2, "addresses", "(none)");
	is_sound(m);
}

static void nobody_takes_an_address_that_leads_to_somebody_else(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Ann", "ann@example.org", NULL));
	demand(try_add(m, "Bob", "bob@example.org", NULL));
	demand(try_set(m, 1, NULL, "ann.lee@example.org", NULL));
	uint64_t before = support_fingerprint(m);
	assert_int_equal(try_add(m, "Cat", "ANN@example.org", NULL), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "ann@example.org is another address of Ann (p1)");
	assert_string_equal(mentor_error(m)->hint, "see: mentor person show p1");
	assert_int_equal(try_set(m, 2, NULL, "ann@example.org", NULL), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "ann@example.org is another address of Ann (p1)");
	assert_int_equal(try_set(m, 2, NULL, "ann.lee@example.org", NULL), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "another person has this address already");
	assert_true(support_fingerprint(m) == before);
}

/* ---- line managers ---- */

static void a_line_manager_goes_by_address_or_reference_and_may_be_nobody_here(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Ann", "ann@example.org", NULL));
	demand(try_set(m, 1, NULL, "ann.lee@example.org", NULL));
	demand(try_add(m, "Bob", "bob@example.org", "p1"));
	demand(try_add(m, "Cat", "cat@example.org", "ann@example.org"));
	demand(try_add(m, "Dan", "dan@example.org", "Else@example.org"));
	says(m, 2, "manager_email", "ann.lee@example.org");
	says(m, 3, "manager_email", "ann.lee@example.org");
	says(m, 3, "manager_name", "Ann");
	says(m, 4, "manager_email", "else@example.org");
	says(m, 4, "manager_name", "(none)");
	assert_int_equal(try_set(m, 4, NULL, NULL, "p9"), MENTOR_NOT_FOUND);
	assert_int_equal(try_set(m, 4, NULL, NULL, "pat"), MENTOR_INVALID);
	demand(try_set(m, 4, NULL, NULL, ""));
	says(m, 4, "manager_email", "(none)");
}

static void a_file_gives_line_managers_by_address_only(void **state)
{
	struct mentor *m = *state;
	struct mentor_person p;
	struct mentor_place place = { 0 };
	const struct mentor_field *field = mentor_field_find(mentor_person_fields, "manager_email");
	mentor_record_clear(mentor_person_fields, &p);
	demand(try_add(m, "Ann", "ann@example.org", NULL));
	assert_false(field_try(m, field, "p1", &p, &place));
	assert_string_equal(m->problems[0].message, "'p1' is not an e-mail address");
	assert_true(field_try(m, field, "ANN@example.org", &p, &place));
	assert_string_equal(p.manager_email, "ann@example.org");
}

static void nobody_is_the_own_line_manager_by_any_address(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Ann", "ann@example.org", NULL));
	demand(try_set(m, 1, NULL, "ann.lee@example.org", NULL));
	static const char *const own[] = { "ann@example.org", "ann.lee@example.org", "p1" };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(try_set(m, 1, NULL, NULL, own[i]), MENTOR_INVALID);
		assert_string_equal(mentor_error(m)->message, "nobody is her or his own line manager");
	}
	assert_int_equal(try_add(m, "Bob", "bob@example.org", "bob@example.org"), MENTOR_INVALID);
	demand(try_set(m, 1, NULL, NULL, "boss@example.org"));
	assert_int_equal(try_set(m, 1, NULL, "boss@example.org", NULL), MENTOR_INVALID);
	says(m, 1, "email", "ann.lee@example.org");
}

static void a_circle_of_line_managers_is_kept_and_checks_clean(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Ann", "ann@example.org", "bob@example.org"));
	demand(try_add(m, "Bob", "bob@example.org", "p1"));
	says(m, 1, "manager_name", "Bob");
	says(m, 2, "manager_name", "Ann");
	is_sound(m);
}

static void a_store_in_which_addresses_contradict_each_other_is_found_out(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Ann", "ann@example.org", NULL));
	demand(try_add(m, "Bob", "bob@example.org", NULL));
	support_sql(m, "INSERT INTO address (person_id, email) VALUES (1, 'bob@example.org')");
	assert_int_equal(mentor_store_check(m), MENTOR_FOUND);
	assert_string_equal(mentor_error(m)->message, "p1 has another address that is somebody's own");
	support_sql(m, "UPDATE address SET email = 'old@example.org'");
	support_sql(m, "UPDATE person SET manager_email = 'old@example.org' WHERE id = 1");
	assert_int_equal(mentor_store_check(m), MENTOR_FOUND);
	assert_string_equal(mentor_error(m)->message, "p1 is her or his own line manager");
}

/* ---- two records that become one ---- */

static void the_record_that_stays_counts_and_the_other_fills_its_gaps(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Ann Lee", "ann@example.org", NULL));
	demand(try_add(m, "Anne Lee", "anne@example.org", "boss@example.org"));
	demand(try_add(m, "Cat", "cat@example.org", "p2"));
	support_sql(m, "UPDATE person SET organisation = 'City', grade = 'Officer' WHERE id = 1");
	support_sql(m, "UPDATE person SET organisation = 'Town', job = 'Planner' WHERE id = 2");
	demand(try_set(m, 2, NULL, "a.lee@example.org", NULL));
	demand(merge(m, 1, 2));
	assert_string_equal(told, "added address a.lee@example.org\nadded address anne@example.org\nchanged person p3 Cat\n"
				  "removed person p2 Anne Lee\nmerged person p1 Ann Lee\n");
	says(m, 1, "name", "Ann Lee");
	says(m, 1, "email", "ann@example.org");
	says(m, 1, "organisation", "City");
	says(m, 1, "grade", "Officer");
	says(m, 1, "job", "Planner");
	says(m, 1, "manager_email", "boss@example.org");
	says(m, 1, "addresses", "anne@example.org\na.lee@example.org");
	says(m, 3, "manager_email", "ann@example.org");
	leads_to(m, "a.lee@example.org", 1);
	assert_int_equal(merge(m, 1, 2), MENTOR_NOT_FOUND);
	is_sound(m);
}

static void a_record_merged_with_itself_stays_as_it_is(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Ann", "ann@example.org", NULL));
	uint64_t before = support_fingerprint(m);
	demand(merge(m, 1, 1));
	assert_string_equal(told, "");
	assert_true(support_fingerprint(m) == before);
}

static void nobody_becomes_the_own_line_manager_by_a_merge(void **state)
{
	struct mentor *m = *state;
	demand(try_add(m, "Ann", "ann@example.org", "anne@example.org"));
	demand(try_add(m, "Anne", "anne@example.org", "top@example.org"));
	demand(merge(m, 1, 2));
	says(m, 1, "manager_email", "top@example.org");
	demand(try_add(m, "Bob", "bob@example.org", NULL));
	demand(try_add(m, "Bobby", "bobby@example.org", "bob@example.org"));
	demand(merge(m, 3, 4));
	says(m, 3, "manager_email", "(none)");
	is_sound(m);
}

static void enrolments_of_other_cohorts_move(void **state)
{
	struct mentor *m = *state;
	support_person(m, "ann", "Parks", MENTOR_ROLE_MENTOR);
	demand(try_add(m, "Anne", "anne@example.org", NULL));
	support_sql(m, "INSERT INTO cohort (programme_id, revision_id, slug, title) VALUES (1, 1, 'autumn', 'Autumn')");
	support_sql(m, "INSERT INTO enrolment (cohort_id, person_id, role, applied_on) VALUES (2, 2, 'facilitator', '2026-03-01')");
	demand(merge(m, 1, 2));
	assert_non_null(strstr(told, "moved enrolment n2 autumn\n"));
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment WHERE person_id = 1"), 2);
	is_sound(m);
}

static enum mentor_status ignore_import(void *arg, const struct mentor_import_row *row)
{
	(void)arg;
	(void)row;
	return MENTOR_OK;
}

/* Ann applies twice: as person 1, enrolment 1, and as person 2, enrolment 2, with everything that hangs on an enrolment. */
static void apply_twice(struct mentor *m)
{
	static const char csv[] = "ID,Email,Name,Role,Where,Topics\n"
				  "1,ann@example.org,Ann,Mentor,Parks,\n"
				  "2,anne@example.org,Anne,Mentor,Roads,a;b\n";
	static const char *const both[] = {
		"INSERT INTO statement (enrolment_id, kind, name, value, stated_on, recorded_by) VALUES (1, 'eligibility', 'staff', 1, '2026-03-01', 'admin')",
		"INSERT INTO statement (enrolment_id, kind, name, value, stated_on, recorded_by) VALUES (2, 'eligibility', 'staff', 0, '2026-03-01', 'admin')",
		"INSERT INTO statement (enrolment_id, kind, name, value, stated_on, recorded_by) VALUES (2, 'confirms', 'time', 1, '2026-03-01', 'admin')",
		"INSERT INTO support (enrolment_id, asked_on, recorded_by) VALUES (2, '2026-03-01', 'admin')",
		"INSERT INTO score (enrolment_id, criterion, assessor, points, scored_on) VALUES (1, 'why', 'eve', 4, '2026-03-01')",
		"INSERT INTO score (enrolment_id, criterion, assessor, points, scored_on) VALUES (2, 'why', 'eve', 2, '2026-03-01')",
		"INSERT INTO score (enrolment_id, criterion, assessor, points, scored_on) VALUES (2, 'why', 'fay', 3, '2026-03-01')",
	};
	demand(mentor_enrol_import(m, 1, "form.csv", csv, strlen(csv), 0, NULL, ignore_import, NULL));
	for (size_t i = 0; i < sizeof(both) / sizeof(*both); i++)
		support_sql(m, both[i]);
}

static void two_applications_to_one_cohort_become_one(void **state)
{
	struct mentor *m = *state;
	apply_twice(m);
	support_sql(m, "UPDATE enrolment SET response = NULL WHERE id = 1");
	demand(merge(m, 1, 2));
	assert_non_null(strstr(told, "joined enrolment n1 spring\n"));
	assert_null(strstr(told, "moved enrolment"));
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment"), 1);
	assert_int_equal(support_number(m, "SELECT response FROM enrolment WHERE id = 1"), 2);
	assert_int_equal(support_number(m, "SELECT length(value) FROM answer WHERE enrolment_id = 1 AND question = 'topics'"), 3);
	assert_int_equal(support_number(m, "SELECT value FROM statement WHERE enrolment_id = 1 AND name = 'staff'"), 1);
	assert_int_equal(support_number(m, "SELECT value FROM statement WHERE enrolment_id = 1 AND name = 'time'"), 1);
	assert_int_equal(support_number(m, "SELECT count(*) FROM support WHERE enrolment_id = 1"), 1);
	assert_int_equal(support_number(m, "SELECT points FROM score WHERE enrolment_id = 1 AND assessor = 'eve'"), 4);
	assert_int_equal(support_number(m, "SELECT count(*) FROM score WHERE enrolment_id = 1"), 2);
	is_sound(m);
}

static void the_application_that_counts_stays_whichever_record_it_came_with(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	apply_twice(m);
	support_sql(m, "UPDATE enrolment SET state = 'waiting', decided_on = '2026-03-01', rank = 1 WHERE id = 2");
	demand(mentor_enrol_decide(m, 1, MENTOR_ENROLMENT_DECLINED, "twice", NULL, &changed));
	demand(merge(m, 1, 2));
	assert_non_null(strstr(told, "joined enrolment n2 spring\n"));
	assert_null(strstr(told, "moved enrolment"));
	assert_int_equal(support_number(m, "SELECT rank FROM enrolment WHERE person_id = 1 AND state = 'waiting'"), 1);
	assert_int_equal(support_number(m, "SELECT response FROM enrolment WHERE person_id = 1"), 2);
	assert_int_equal(support_number(m, "SELECT count(*) FROM enrolment"), 1);
	is_sound(m);
}

static void of_an_open_and_a_declined_application_the_decision_stays(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	apply_twice(m);
	demand(mentor_enrol_decide(m, 2, MENTOR_ENROLMENT_DECLINED, "no time", NULL, &changed));
	demand(merge(m, 1, 2));
	assert_int_equal(support_number(m, "SELECT id FROM enrolment WHERE state = 'declined' AND person_id = 1"), 2);
}

static void two_places_in_one_cohort_are_refused_until_one_is_given_up(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	support_person(m, "ann", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "anne", "Parks", MENTOR_ROLE_MENTOR);
	refused(m, 1, 2, "p1 and p2 both have a place, or wait for one, in the cohort 'spring'",
	    "decide which application counts, and decline the other: mentor enrol decline p2 --cohort spring");
	demand(mentor_enrol_decide(m, 2, MENTOR_ENROLMENT_DECLINED, NULL, NULL, &changed));
	demand(merge(m, 1, 2));
	assert_int_equal(support_number(m, "SELECT id FROM enrolment WHERE person_id = 1"), 1);
}

static void an_enrolment_in_a_pair_is_not_the_one_to_give_up(void **state)
{
	struct mentor *m = *state;
	struct mentor_match_summary summary;
	int64_t published = 0;
	support_person(m, "ann", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cat", "Roads", MENTOR_ROLE_MENTEE);
	demand(mentor_match_propose(m, 1, NULL, &summary));
	refused(m, 1, 2, "p1 and p2 are pair m1, so they are two people", "if only the address of one of them is wrong, change it: mentor person set p2 --email ADDRESS");
	demand(mentor_match_publish(m, 1, &published));
	support_person(m, "anne", "Parks", MENTOR_ROLE_MENTOR);
	refused(m, 3, 1, "p3 and p1 both have a place, or wait for one, in the cohort 'spring'",
	    "decide which application counts, and decline the other: mentor enrol decline p3 --cohort spring");
	support_person(m, "dan", "Roads", MENTOR_ROLE_MENTEE);
	demand(mentor_match_propose(m, 1, NULL, &summary));
	refused(m, 1, 3, "p1 and p3 both have a place, or wait for one, in the cohort 'spring'",
	    "decide which application counts, and decline the other: mentor enrol decline p3 --cohort spring");
	demand(mentor_match_publish(m, 1, &published));
	assert_int_equal(published, 1);
	refused(m, 1, 3, "p1 and p3 both have pairs or survey answers in the cohort 'spring'",
	    "keep both records: what the pairs and surveys of this cohort hold cannot be put together");
}

/* ---- nothing is forgotten ---- */

static bool is_listed(const char *table, const char *column)
{
	for (const struct merge_column *c = merge_columns; c->table; c++)
		if (strcmp(c->table, table) == 0 && strcmp(c->column, column) == 0)
			return true;
	return false;
}

/* Every column of the schema that refers to a person or an enrolment is in the list of the merge: it is part of it, or there is a reason. */
static void a_merge_knows_every_column_that_refers_to_people(void **state)
{
	struct mentor *m = *state;
	struct db_rows *rows = NULL;
	size_t found = 0, listed = 0;
	bool more = true;
	demand(db_query(m, "SELECT s.name, f.\"from\" FROM sqlite_schema s, pragma_foreign_key_list(s.name) f WHERE s.type = 'table' "
			   "AND f.\"table\" IN ('person', 'enrolment') ORDER BY 1, 2", DB_NO_ARGS, &rows));
	for (; db_next(rows, &more) == MENTOR_OK && more; found++)
		if (!is_listed(db_text(rows, 0), db_text(rows, 1)))
			fail_msg("person_merge.c does not say what becomes of %s.%s", db_text(rows, 0), db_text(rows, 1));
	db_done(rows);
	for (const struct merge_column *c = merge_columns; c->table; c++)
		listed++;
	assert_int_equal(found, listed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(forms_of_one_address_are_one_person, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_width_sign_that_no_address_may_hold_is_judged_as_what_it_stands_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_former_address_still_leads_to_the_person_and_can_come_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_takes_an_address_that_leads_to_somebody_else, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_line_manager_goes_by_address_or_reference_and_may_be_nobody_here, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_gives_line_managers_by_address_only, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_is_the_own_line_manager_by_any_address, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_circle_of_line_managers_is_kept_and_checks_clean, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_store_in_which_addresses_contradict_each_other_is_found_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_record_that_stays_counts_and_the_other_fills_its_gaps, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_record_merged_with_itself_stays_as_it_is, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_becomes_the_own_line_manager_by_a_merge, set_up, tear_down),
		cmocka_unit_test_setup_teardown(enrolments_of_other_cohorts_move, set_up, tear_down),
		cmocka_unit_test_setup_teardown(two_applications_to_one_cohort_become_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_application_that_counts_stays_whichever_record_it_came_with, set_up, tear_down),
		cmocka_unit_test_setup_teardown(of_an_open_and_a_declined_application_the_decision_stays, set_up, tear_down),
		cmocka_unit_test_setup_teardown(two_places_in_one_cohort_are_refused_until_one_is_given_up, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_enrolment_in_a_pair_is_not_the_one_to_give_up, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_merge_knows_every_column_that_refers_to_people, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
