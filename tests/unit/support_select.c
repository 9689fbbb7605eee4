/* support_select.c: applications to be selected from. */
#include "support_select.h"

#include "field.h"

static const char programme[] = "programme: demo\n"
				"title: Demo\n"
				"contact: { email: team@example.org }\n"
				"roles:\n"
				"  mentor:\n"
				"    eligibility: { region: { text: I work in the region, column: region }, group: I belong to a group }\n"
				"    confirms: { time: I have the time }\n"
				"    manager_support: required\n"
				"  mentee:\n"
				"    eligibility: { region: { text: I work in the region, column: region }, leads: I lead a service }\n"
				"    confirms: { time: I protect the time }\n"
				"    manager_support: asked\n"
				"  facilitator: { eligibility: { staff: I work here }, manager_support: none }\n"
				"criteria:\n"
				"  speaks: { text: Speaks truth to power, weight: high }\n"
				"  listens: { text: Listens, audience: both, weight: low, most: 4 }\n"
				"  acts: { text: Can act, audience: mentees }\n"
				"  benefit: { text: The benefit is clear, audience: both, column: benefit }\n"
				"application:\n"
				"  information: guide\n"
				"  columns:\n"
				"    applied_on: { header: Day }\n"
				"    email: { header: Email }\n"
				"    name: { header: Name }\n"
				"    role: { header: Role, values: { Mentor: mentor, Mentee: mentee, Either: either } }\n"
				"    region: { header: Region, values: { 'Yes': yes, 'No': no, Not sure: unsure } }\n"
				"    benefit: { header: Benefit }\n"
				"    topics: { header: Topics, many: yes }\n"
				"resources: { guide: { title: The guide, audience: applicants, link: 'https://example.org/guide' } }\n"
				"contract: { purpose: We talk. }\n";

static enum mentor_status ignore_row(void *arg, const struct mentor_import_row *row)
{
	(void)arg;
	(void)row;
	return MENTOR_OK;
}

static void facilitator(struct mentor *m)
{
	support_sql(m, "INSERT INTO person (email, name) VALUES ('eve@example.org', 'Eve')");
	support_sql(m, "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, 5, 'facilitator', 'applied', '2026-03-01')");
}

struct mentor *support_applicants(void)
{
	static const char form[] = "Day,Email,Name,Role,Region,Benefit,Topics\n"
				   "2026-03-01,amy@example.org,Amy,Mentor,Yes,I would learn,a;b\n"
				   "2026-03-01,bea@example.org,Bea,Mentee,No,,\n"
				   "2026-03-01,cas@example.org,Cas,Either,Not sure,,\n"
				   "2026-03-01,dan@example.org,Dan,Mentee,Yes,,\n";
	struct mentor *m = support_store();
	struct mentor_cohort cohort;
	const char *change = NULL;
	bool changed = false;
	int64_t id = 0;
	enum mentor_status status = mentor_programme_import(m, "demo.yaml", programme, strlen(programme), &change, &id);
	if (status)
		fail_msg("%s", mentor_error(m)->message);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, field_bit(mentor_cohort_fields, "slug"), &id), MENTOR_OK);
	assert_int_equal(mentor_cohort_move(m, id, MENTOR_COHORT_OPEN, &changed), MENTOR_OK);
	status = mentor_enrol_import(m, 1, "form.csv", form, strlen(form), 0, NULL, ignore_row, NULL);
	if (status)
		fail_msg("%s", mentor_error(m)->message);
	facilitator(m);
	return m;
}

int support_applicants_set_up(void **state)
{
	*state = support_applicants();
	return 0;
}

int support_applicants_tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

bool support_confirm(struct mentor *m, int64_t enrolment, const char *name, bool yes)
{
	bool changed = false;
	if (mentor_enrol_confirm(m, enrolment, &name, 1, yes, NULL, &changed))
		fail_msg("%s", mentor_error(m)->message);
	return changed;
}

bool support_approve(struct mentor *m, int64_t enrolment, enum mentor_support what)
{
	bool changed = false;
	if (mentor_enrol_approve(m, enrolment, what, NULL, NULL, NULL, &changed))
		fail_msg("%s", mentor_error(m)->message);
	return changed;
}

const char *support_score(struct mentor *m, int64_t enrolment, const char *criterion, const char *points, const char *assessor)
{
	const char *change = NULL;
	const struct mentor_points mark = { criterion, points };
	if (mentor_enrol_score(m, enrolment, &mark, 1, assessor, &change))
		fail_msg("%s", mentor_error(m)->message);
	return change;
}

void support_failed(struct mentor *m, enum mentor_status status, enum mentor_status wanted, const char *words)
{
	assert_int_equal(status, wanted);
	if (!strstr(mentor_error(m)->message, words))
		fail_msg("'%s' is not in: %s", words, mentor_error(m)->message);
}
