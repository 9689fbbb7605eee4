/* failing.c (test): every write survives a store that fails at call n, for every n: an error, nothing half done, nothing leaked. */
#include "support.h"

#include "record.h"

typedef enum mentor_status operation(struct mentor *m);

static enum mentor_status ignore_import(void *arg, const struct mentor_import_row *row)
{
	(void)arg;
	(void)row;
	return MENTOR_OK;
}

static enum mentor_status ignore_record(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return MENTOR_OK;
}

static enum mentor_status import_programme(struct mentor *m)
{
	static const char other[] = "programme: other\ntitle: Other\ncontact: { email: team@example.org }\ncontract: { purpose: We talk. }\n";
	const char *change = NULL;
	int64_t id = 0;
	return mentor_programme_import(m, "other.yaml", other, strlen(other), &change, &id);
}

static enum mentor_status add_cohort(struct mentor *m)
{
	struct mentor_cohort cohort;
	int64_t id = 0;
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "autumn";
	cohort.starts_on = "2026-09-01";
	return mentor_cohort_add(m, "demo", &cohort,
	    field_bit(mentor_cohort_fields, "slug") | field_bit(mentor_cohort_fields, "starts_on"), &id);
}

static enum mentor_status close_cohort(struct mentor *m)
{
	bool changed = false;
	return mentor_cohort_move(m, 1, MENTOR_COHORT_CLOSED, &changed);
}

static enum mentor_status add_person(struct mentor *m)
{
	struct mentor_person p;
	int64_t id = 0;
	mentor_record_clear(mentor_person_fields, &p);
	p.name = "Zoe";
	p.email = "zoe@example.org";
	return mentor_record_add(m, &mentor_entity_person, &p, field_bit(mentor_person_fields, "name") | field_bit(mentor_person_fields, "email"), &id);
}

static enum mentor_status set_person(struct mentor *m)
{
	struct mentor_person p;
	bool changed = false;
	mentor_record_clear(mentor_person_fields, &p);
	p.job = "Planner";
	return mentor_record_set(m, &mentor_entity_person, 1, &p, field_bit(mentor_person_fields, "job"), &changed);
}

static enum mentor_status import_applications(struct mentor *m)
{
	static const char csv[] = "ID,Email,Name,Role,Where,Topics\n"
				  "1,eve@example.org,Eve,Mentor,Parks,a;b;\n"
				  "2,fay@example.org,Fay,Mentee,Roads,b\n";
	return mentor_enrol_import(m, 1, "form.csv", csv, strlen(csv), 0, ignore_import, NULL);
}

static enum mentor_status decline(struct mentor *m)
{
	bool changed = false;
	return mentor_enrol_decide(m, 1, MENTOR_ENROLMENT_DECLINED, "moved away", NULL, &changed);
}

static enum mentor_status propose(struct mentor *m)
{
	struct mentor_match_summary summary;
	return mentor_match_propose(m, 1, NULL, &summary);
}

static enum mentor_status publish(struct mentor *m)
{
	int64_t n = 0;
	return mentor_match_publish(m, 1, &n);
}

static enum mentor_status draft(struct mentor *m)
{
	struct mentor_contract terms;
	const char *change = NULL;
	int64_t id = 0;
	mentor_record_clear(mentor_contract_fields, &terms);
	return mentor_contract_draft(m, 1, &terms, 0, &change, &id);
}

static enum mentor_status sign(struct mentor *m)
{
	bool changed = false;
	return mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, NULL, &changed);
}

static enum mentor_status log_session(struct mentor *m)
{
	struct mentor_session s;
	const char *change = NULL;
	int64_t id = 0;
	mentor_record_clear(mentor_session_fields, &s);
	s.date = "2026-03-02";
	s.minutes = 60;
	return mentor_session_add(m, 1, &s, field_bit(mentor_session_fields, "date") | field_bit(mentor_session_fields, "minutes"), &change, &id);
}

static enum mentor_status import_survey(struct mentor *m)
{
	static const char csv[] = "ID,Email,How much do you know?\n1,cleo@example.org,3\n2,dora@example.org,4\n";
	return mentor_survey_import(m, 1, "mentee", "before", "before.csv", csv, strlen(csv), 0, ignore_record, NULL);
}

static enum mentor_status end_pair(struct mentor *m)
{
	bool changed = false;
	return mentor_match_end(m, 1, "by agreement", &changed);
}

/* In the order of a cohort's life: each operation finds the store as the ones before have left it. */
static const struct {
	const char *name;
	operation *run;
} operations[] = {
	{ "import a programme", import_programme }, { "add a cohort", add_cohort },   { "add a person", add_person },
	{ "change a person", set_person },	    { "import applications", import_applications }, { "propose pairs", propose },
	{ "publish pairs", publish },		    { "draft a contract", draft },    { "sign it", sign },
	{ "log a session", log_session },	    { "import answers", import_survey }, { "end a pair", end_pair },
	{ "decline", decline },			    { "close the cohort", close_cohort },
};

static void survive(struct mentor *m, const char *name, operation *run)
{
	uint64_t before = support_fingerprint(m);
	long n = 1;
	for (;; n++) {
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = run(m);
		bool reached = support_calls >= n;
		support_fail_at = 0;
		if (!reached) {
			if (status)
				fail_msg("%s: %s", name, mentor_error(m)->message);
			break;
		}
		if (status == MENTOR_OK)
			fail_msg("%s: call %ld failed and nobody noticed", name, n);
		assert_non_null(mentor_error(m)->message);
		assert_int_equal(m->depth, 0);
		if (support_fingerprint(m) != before)
			fail_msg("%s: call %ld failed and left something behind", name, n);
	}
	assert_true(n > 3);
	if (support_fingerprint(m) == before)
		fail_msg("%s: nothing was done in the end", name);
}

static void every_write_survives_a_failure_at_every_call(void **state)
{
	struct mentor *m = support_cohort();
	(void)state;
	support_person(m, "amir", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bola", "Parks", MENTOR_ROLE_MENTOR);
	support_person(m, "cleo", "Parks", MENTOR_ROLE_MENTEE);
	support_person(m, "dora", "Housing", MENTOR_ROLE_MENTEE);
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++)
		survive(m, operations[i].name, operations[i].run);
	mentor_free(m);
}

static void opening_a_new_store_survives_a_failure_at_every_call(void **state)
{
	(void)state;
	for (long n = 1; n < 200; n++) {
		struct mentor *m = support_store(); /* puts the failing driver in place */
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = mentor_open(m, NULL, MENTOR_OPEN_MEMORY | MENTOR_OPEN_WRITE, 0);
		bool reached = support_calls >= n;
		support_fail_at = 0;
		assert_int_equal(status != MENTOR_OK, reached);
		mentor_free(m);
		if (!reached)
			return;
	}
	fail_msg("opening never succeeded");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_write_survives_a_failure_at_every_call),
		cmocka_unit_test(opening_a_new_store_survives_a_failure_at_every_call),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
