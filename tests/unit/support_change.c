/* support_change.c: a cohort in which pairs meet. */
#include "support_change.h"

static const char definition[] = "programme: demo\n"
				 "title: Demo mentoring\n"
				 "contact: { email: team@example.org }\n"
				 "contract: { purpose: We learn from each other. }\n"
				 "barriers: { themes: [Recruitment, Progression], levels: [team, organisation] }\n"
				 "check_ins:\n"
				 "  wellbeing: { text: How are you?, weeks: 4, consider: [Action, Signposting, Advice] }\n"
				 "  supervision: { text: What would help?, audience: both, weeks: 12 }\n";

int support_change_set_up(void **state)
{
	static const char *const rows[] = {
		"INSERT INTO person (email, name) VALUES ('ann@example.org', 'Ann'), ('ben@example.org', 'Ben'), ('cat@example.org', 'Cat'), "
		"('dov@example.org', 'Dov'), ('eva@example.org', 'Eva'), ('fay@example.org', 'Fay'), ('gus@example.org', 'Gus')",
		"INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, 1, 'mentor', 'accepted', '2026-02-01'), "
		"(1, 2, 'mentee', 'accepted', '2026-02-01'), (1, 3, 'mentor', 'accepted', '2026-02-01'), (1, 4, 'mentee', 'accepted', '2026-02-01'), "
		"(1, 5, 'mentor', 'accepted', '2026-02-01'), (1, 6, 'mentee', 'accepted', '2026-02-01')",
		"INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) VALUES "
		"(1, 1, 2, 'active', 'reverse', 0, '2026-03-01', '2026-03-02'), (1, 3, 4, 'active', 'reverse', 0, '2026-03-01', '2026-03-02'), "
		"(1, 5, 6, 'active', 'reverse', 0, '2026-03-01', '2026-03-02'), (1, 3, 6, 'proposed', 'reverse', 0, '2026-03-01', NULL)",
		"INSERT INTO session (pair_id, date, minutes, recorded_on) VALUES (1, '2026-03-05', 60, '2026-03-06')",
		"UPDATE cohort SET opened_on = '2026-01-05', closed_on = '2026-02-10', started_on = '2026-03-02'",
	};
	struct mentor *m = support_store();
	const char *change = NULL;
	int64_t id = 0;
	struct mentor_cohort cohort;
	assert_int_equal(mentor_set_now(m, "2026-03-10"), MENTOR_OK);
	assert_int_equal(mentor_programme_import(m, "demo.yaml", definition, strlen(definition), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	static const char *const values[] = { "slug", "spring", "starts_on", "2026-03-02", "ends_on", "2026-09-01", NULL };
	uint64_t given = support_fill(m, mentor_cohort_fields, &cohort, values);
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, given, &id), MENTOR_OK);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		support_sql(m, rows[i]);
	*state = m;
	return 0;
}

int support_change_tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

uint64_t support_fill(struct mentor *m, const struct mentor_field *fields, void *record, const char *const *values)
{
	uint64_t given = 0;
	mentor_record_clear(fields, record);
	for (; *values; values += 2) {
		const struct mentor_field *f = mentor_field_find(fields, values[0]);
		assert_non_null(f);
		assert_int_equal(mentor_field_read(m, f, values[1], record), MENTOR_OK);
		given |= UINT64_C(1) << (f - fields);
	}
	return given;
}
