/* record.c (test): generic records over SQL, references, transactions and revisions. */
#include "support.h"

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

static enum mentor_status add_person(struct mentor *m, const char *name, const char *email, int64_t *ret_id)
{
	struct mentor_person p;
	mentor_record_clear(mentor_person_fields, &p);
	p.name = name;
	uint64_t given = field_bit(mentor_person_fields, "name") | field_bit(mentor_person_fields, "email");
	enum mentor_status status = mentor_field_read(m, mentor_field_find(mentor_person_fields, "email"), email, &p);
	return status ? status : mentor_record_add(m, &mentor_entity_person, &p, given, ret_id);
}

static void an_address_is_kept_folded_and_finds_its_person(void **state)
{
	int64_t id = 0, found = 0;
	void *record = NULL;
	assert_int_equal(add_person(*state, "Ann", "Ann.STRASSE@Example.org", &id), MENTOR_OK);
	assert_int_equal(mentor_record_get(*state, &mentor_entity_person, id, &record), MENTOR_OK);
	assert_string_equal(((const struct mentor_person *)record)->email, "ann.strasse@example.org");
	assert_null(((const struct mentor_person *)record)->job);
	mentor_record_free(record);
	assert_int_equal(mentor_record_find(*state, &mentor_entity_person, "ANN.strasse@EXAMPLE.org", &found), MENTOR_OK);
	assert_int_equal(found, id);
	assert_int_equal(mentor_record_find(*state, &mentor_entity_person, "p1", &found), MENTOR_OK);
	assert_int_equal(found, id);
}

static void an_unknown_reference_is_not_found_with_the_nearest_one(void **state)
{
	int64_t id = 0;
	assert_int_equal(add_person(*state, "Ann", "ann@example.org", &id), MENTOR_OK);
	assert_int_equal(mentor_record_find(*state, &mentor_entity_person, "an@example.org", &id), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(*state)->hint, "did you mean ann@example.org? Or, for somebody new: mentor person add --name NAME --email an@example.org");
	assert_int_equal(mentor_record_find(*state, &mentor_entity_person, "p99999999999999999999", &id), MENTOR_NOT_FOUND);
	assert_int_equal(mentor_record_find(*state, &mentor_entity_pair, "p1", &id), MENTOR_NOT_FOUND);
	assert_int_equal(mentor_record_find(*state, &mentor_entity_pair, "m", &id), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(*state)->hint, "pairs go by reference (m12); mentor match list shows them");
	assert_int_equal(mentor_record_find(*state, &mentor_entity_person, "somebody.else@elsewhere.example.org", &id), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(*state)->hint,
	    "for somebody new: mentor person add --name NAME --email somebody.else@elsewhere.example.org; mentor person list shows them");
}

static void a_hint_lives_until_the_next(void **state)
{
	const char *one = mentor_hint(*state, "mentor match show m%d", 7);
	assert_string_equal(one, "mentor match show m7");
	assert_int_equal(mentor_fail(*state, MENTOR_REFUSED, one, "no"), MENTOR_REFUSED);
	assert_string_equal(mentor_hint(*state, "%s again", "mentor db check"), "mentor db check again");
	assert_string_equal(mentor_error(*state)->hint, "mentor match show m7"); /* the failure has a copy */
}

static void the_same_address_twice_is_refused_in_plain_words(void **state)
{
	int64_t id = 0;
	assert_int_equal(add_person(*state, "Ann", "ann@example.org", &id), MENTOR_OK);
	assert_int_equal(add_person(*state, "Anna", "ANN@example.org", &id), MENTOR_REFUSED);
	assert_string_equal(mentor_error(*state)->message, "another person has this address already");
	assert_int_equal(support_number(*state, "SELECT count(*) FROM person"), 1);
}

static void a_required_field_cannot_be_left_out_or_emptied(void **state)
{
	struct mentor *m = *state;
	struct mentor_person p;
	int64_t id = 0;
	bool changed = true;
	mentor_record_clear(mentor_person_fields, &p);
	p.email = "ann@example.org";
	assert_int_equal(mentor_record_add(m, &mentor_entity_person, &p, field_bit(mentor_person_fields, "email"), &id), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "a person needs its name");
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_OK);
	p.name = NULL;
	assert_int_equal(mentor_record_set(m, &mentor_entity_person, id, &p, field_bit(mentor_person_fields, "name"), &changed), MENTOR_INVALID);
	assert_true(changed); /* untouched on failure */
}

static void setting_the_same_value_changes_nothing_and_keeps_the_revision(void **state)
{
	struct mentor *m = *state;
	struct mentor_person p;
	int64_t id = 0, before = 0, after = 0;
	bool changed = true;
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_OK);
	mentor_record_clear(mentor_person_fields, &p);
	p.name = "Ann";
	assert_int_equal(mentor_revision(m, &before), MENTOR_OK);
	assert_int_equal(mentor_record_set(m, &mentor_entity_person, id, &p, field_bit(mentor_person_fields, "name"), &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_revision(m, &after), MENTOR_OK);
	assert_int_equal(before, after);
	p.name = "Anna";
	assert_int_equal(mentor_record_set(m, &mentor_entity_person, id, &p, field_bit(mentor_person_fields, "name"), &changed), MENTOR_OK);
	assert_true(changed);
	assert_int_equal(mentor_revision(m, &after), MENTOR_OK);
	assert_int_equal(before + 1, after);
}

static void a_failure_inside_dooms_the_whole_transaction(void **state)
{
	struct mentor *m = *state;
	int64_t id = 0;
	uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_OK);
	assert_int_equal(add_person(m, "Anna", "ann@example.org", &id), MENTOR_REFUSED);
	assert_int_equal(mentor_commit(m), MENTOR_REFUSED);
	assert_true(support_fingerprint(m) == before);
	assert_int_equal(mentor_commit(m), MENTOR_BUG);
}

static void a_snapshot_cannot_write(void **state)
{
	struct mentor *m = *state;
	int64_t id = 0;
	assert_int_equal(mentor_snapshot(m), MENTOR_OK);
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_BUG);
	mentor_rollback(m);
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_OK);
}

static void a_snapshot_is_not_committed(void **state)
{
	struct mentor *m = *state;
	int64_t id = 0;
	assert_int_equal(mentor_snapshot(m), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_BUG);
	assert_string_equal(mentor_error(m)->message, "a snapshot is ended with a rollback");
	mentor_rollback(m);
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_OK);
	assert_int_equal(mentor_snapshot(m), MENTOR_OK);
	assert_int_equal(mentor_snapshot(m), MENTOR_BUG); /* one at a time */
	mentor_rollback(m);
	assert_false(m->reading || m->broken);
}

static void collecting_a_wrong_value_does_not_save_a_doomed_transaction(void **state)
{
	struct mentor *m = *state;
	struct mentor_person p;
	int64_t id = 0;
	uint64_t before = support_fingerprint(m);
	const struct mentor_field *email = mentor_field_find(mentor_person_fields, "email");
	mentor_record_clear(mentor_person_fields, &p);
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_false(field_try(m, email, "ann", &p, NULL));
	assert_false(m->broken); /* the wrong value alone is for problems_result() to tell */
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_OK);
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_REFUSED);
	assert_false(field_try(m, email, "ann", &p, NULL));
	assert_true(mentor_commit(m) != MENTOR_OK);
	assert_true(support_fingerprint(m) == before);
}

/* A store that cannot be read is not a wrong value, even where values are collected. */
static void a_store_that_fails_while_values_are_collected_dooms_the_transaction(void **state)
{
	struct mentor *m = *state;
	struct mentor_enrolment e;
	mentor_record_clear(mentor_enrolment_fields, &e);
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	support_calls = 0;
	support_fail_at = 1;
	assert_false(field_try(m, mentor_field_find(mentor_enrolment_fields, "person_id"), "p1", &e, NULL));
	support_fail_at = 0;
	assert_true(m->broken);
	assert_true(mentor_commit(m) != MENTOR_OK);
}

static void a_broken_rule_in_a_definition_does_not_save_a_doomed_transaction(void **state)
{
	static const char text[] = "programme: Not A Slug\n";
	struct mentor *m = *state;
	int64_t id = 0;
	uint64_t before = support_fingerprint(m);
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_OK);
	assert_int_equal(add_person(m, "Ann", "ann@example.org", &id), MENTOR_REFUSED);
	const struct mentor_file file = { .name = "x.yaml", .text = text, .len = strlen(text) };
	assert_int_equal(mentor_programme_check(m, &file, 1), MENTOR_INVALID);
	assert_true(mentor_commit(m) != MENTOR_OK);
	assert_true(support_fingerprint(m) == before);
}

static enum mentor_status count(void *arg, const void *record)
{
	(void)record;
	++*(int *)arg;
	return MENTOR_OK;
}

static enum mentor_status stop_here(void *arg, const void *record)
{
	(void)record;
	++*(int *)arg;
	return MENTOR_PARTIAL;
}

static void a_list_is_filtered_and_can_be_stopped(void **state)
{
	struct mentor *m = *state;
	int n = 0;
	const struct mentor_filter mentors[] = { { "role", "mentor" }, { "state", "accepted" } };
	const struct mentor_filter wrong[] = { { "role", "boss" } };
	const struct mentor_filter unknown[] = { { "colour", "red" } };
	support_person(m, "amir", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Parks", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_record_list(m, &mentor_entity_enrolment, mentors, 2, count, &n), MENTOR_OK);
	assert_int_equal(n, 2);
	n = 0;
	assert_int_equal(mentor_record_list(m, &mentor_entity_enrolment, NULL, 0, stop_here, &n), MENTOR_PARTIAL);
	assert_int_equal(n, 1);
	assert_int_equal(mentor_record_list(m, &mentor_entity_enrolment, wrong, 1, count, &n), MENTOR_INVALID);
	assert_int_equal(mentor_record_list(m, &mentor_entity_enrolment, unknown, 1, count, &n), MENTOR_BUG);
}

static void parameters_are_told_by_their_numbers(void **state)
{
	int64_t n = 0;
	assert_int_equal(db_value(*state, "SELECT $2 - $1", DB_ARGS(DB_NUMBER(1), DB_NUMBER(3)), 0, &n), MENTOR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(db_value(*state, "SELECT $1 - $2 + $1", DB_ARGS(DB_NUMBER(1), DB_NUMBER(3)), 0, &n), MENTOR_OK);
	assert_int_equal(n, -1);
	assert_int_equal(db_value(*state, "SELECT length('$2''$3') + $1", DB_ARGS(DB_NUMBER(1)), 0, &n), MENTOR_OK);
	assert_int_equal(n, 6);
}

static void a_misspelt_column_is_an_error_and_not_a_text(void **state)
{
	int64_t n = 0;
	assert_int_equal(db_value(*state, "SELECT \"nmae\" FROM person", DB_NO_ARGS, 0, &n), MENTOR_BUG);
}

static void every_field_row_is_sound(void **state)
{
	(void)state;
	for (size_t e = 0; mentor_entities()[e]; e++) {
		const struct mentor_entity *entity = mentor_entities()[e];
		assert_ptr_equal(mentor_entity(entity->name), entity);
		assert_true(mentor_field_count(entity->fields) <= 64);
		for (const struct mentor_field *f = entity->fields; f->name; f++) {
			assert_true(f->offset + sizeof(int64_t) <= entity->size);
			assert_true(f->flags & MENTOR_INTERNAL || f->help);
			assert_true((f->type == MENTOR_TYPE_CHOICE) == (f->choices != NULL));
			assert_true((f->type != MENTOR_TYPE_REF && f->type != MENTOR_TYPE_ID) || mentor_entity(f->entity));
			assert_ptr_equal(mentor_field_find(entity->fields, f->name), f);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_address_is_kept_folded_and_finds_its_person, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_unknown_reference_is_not_found_with_the_nearest_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_hint_lives_until_the_next, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_same_address_twice_is_refused_in_plain_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_required_field_cannot_be_left_out_or_emptied, set_up, tear_down),
		cmocka_unit_test_setup_teardown(setting_the_same_value_changes_nothing_and_keeps_the_revision, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_failure_inside_dooms_the_whole_transaction, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_snapshot_cannot_write, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_snapshot_is_not_committed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(collecting_a_wrong_value_does_not_save_a_doomed_transaction, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_store_that_fails_while_values_are_collected_dooms_the_transaction, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_broken_rule_in_a_definition_does_not_save_a_doomed_transaction, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_list_is_filtered_and_can_be_stopped, set_up, tear_down),
		cmocka_unit_test_setup_teardown(parameters_are_told_by_their_numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_misspelt_column_is_an_error_and_not_a_text, set_up, tear_down),
		cmocka_unit_test(every_field_row_is_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
