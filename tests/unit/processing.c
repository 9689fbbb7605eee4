/* processing.c (test): the register of processing says what the programme says, and nobody's name. */
#include "field.h"
#include "support.h"

static const char fields[] =
    "programme: demo\ntitle: Demo\norganisation: The Council\ncontact: { name: Programme team, email: team@example.org }\ncontract: { purpose: We learn }\n"
    "application:\n  columns:\n"
    "    email: { header: Email }\n    name: { header: Name }\n    role: { header: Role, values: { M: mentor, E: mentee } }\n"
    "    agreed: { header: Do you agree?, values: { \"Yes\": \"yes\", \"No\": \"no\" } }\n"
    "    faith: { header: Your faith }\n"
    "privacy:\n  retention: { applications: 1, pairs: 24, sessions: 12, surveys: 13, messages: 6 }\n  fields:\n"
    "    faith: { consent: agreed, purpose: Pairing across faiths, basis: Explicit consent, seen_by: Running team, months: 3 }\n"
    "equality:\n  purpose: To see whom we reach\n  basis: Public task\n  seen_by: Nobody\n  months: 12\n"
    "  questions:\n    origin: { header: Where from? }\n";

static enum mentor_status write_row(void *arg, const char *part, const void *record)
{
	struct mentor_buf *b = arg;
	const struct mentor_field *f = strcmp(part, "controller") == 0 ? mentor_controller_fields : mentor_processing_fields;
	for (; f->name; f++) {
		mentor_buf_fmt(b, "%s.%s=", part, f->name);
		mentor_field_write(b, f, record);
		mentor_buf_str(b, "; ");
	}
	mentor_buf_char(b, '\n');
	return MENTOR_OK;
}

static void the_register_says_what_the_programme_says(void **state)
{
	struct mentor *m = support_cohort();
	struct mentor_buf b = MENTOR_BUF_INIT;
	static const char *const said[] = { "controller.organisation=The Council;", "controller.email=team@example.org;",
		"purposes.purpose=Choosing who takes part;", "purposes.kept=1 month after the cohort has ended;", "purposes.kept=13 months after",
		("purposes.purpose=Pairing across faiths; purposes.people=Applicants; purposes.data=Answer of the application: Your faith; "
		 "purposes.basis=Explicit consent; purposes.condition=Consent, asked for in the application: Do you agree?;"),
		"purposes.purpose=To see whom we reach;", "Schedule 1, paragraph 8" };
	(void)state;
	support_person(m, "Annabel", "Housing", MENTOR_ROLE_MENTOR);
	const char *change = NULL;
	int64_t id = 0, cohort = 0;
	struct mentor_cohort faiths;
	assert_int_equal(mentor_programme_import(m, "demo.yaml", fields, strlen(fields), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &faiths);
	faiths.slug = "faiths";
	assert_int_equal(mentor_cohort_add(m, "demo", &faiths, field_bit(mentor_cohort_fields, "slug"), &cohort), MENTOR_OK);
	assert_int_equal(mentor_privacy_register(m, cohort, write_row, &b), MENTOR_OK);
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (!strstr(mentor_buf_text(&b), said[i]))
			fail_msg("'%s' is not in: %s", said[i], mentor_buf_text(&b));
	assert_null(strstr(mentor_buf_text(&b), "Annabel"));
	mentor_buf_free(&b);
	mentor_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_register_says_what_the_programme_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
