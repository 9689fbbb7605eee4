/* support_remind.c: a running cohort of two pairs with reminders. */
#include "support_remind.h"

static const char programme[] =
    "programme: demo\ntitle: Demo mentoring\norganisation: Demo Trust\n"
    "contact: { name: Team, email: team@example.org }\n"
    "labels: { mentor: guide, mentors: guides, mentee: leader, mentees: leaders }\n"
    "roles: { mentor: { manager_support: asked } }\n"
    "cohort: { months: 6 }\n"
    "contract: { purpose: We talk., sessions: { minimum: 4 }, minutes: { minimum: 45 }, shadowed: { minimum: 3 } }\n"
    "surveys:\n"
    "  view: { title: The view, link: https://forms.example.org/view, stages: [before], audience: mentees, open: { before: { from: starts, weeks: 4, days: 14 } }, questions: [How?] }\n"
    "templates:\n"
    "  support: { subject: Support, text: \"Dear {name}, {about} applies for {cohort}.\" }\n"
    "  pair: { subject: \"You and {partner}\", text: \"{name} ({role}): {sessions} of {sessions_due}, last {last_session}.\",\n"
    "    cy: { subject: \"Chi a {partner}\", text: \"{name} ({role}): {sessions} o {sessions_due}, diwethaf {last_session}.\" } }\n"
    "  team: { subject: \"{about}\", text: \"{about} of {programme}\" }\n"
    "  survey: { subject: \"{survey}\", text: \"{name}: {survey_link} until {survey_closes_on}\" }\n"
    "  closing: { subject: \"Apply until {closes_on}\", text: \"{name}: {cohort}\" }\n"
    "  event: { subject: \"{event}\", text: \"{name}: {event_date}, {event_start} to {event_end}, {event_place}\" }\n"
    "  action: { subject: \"{action}\", text: \"{name}: due {action_due}\" }\n"
    "  open: { subject: Open, text: \"Open since {opens_on}\" }\n"
    "  keep: { subject: Records, text: \"{cohort} of {organisation}\" }\n";

static const char people[] = "INSERT INTO person (email, name, manager_email) VALUES ('ann@example.org', 'Ann', 'boss@example.org'), "
			     "('bob@example.org', 'Bob', NULL), ('cat@example.org', 'Cat', NULL), ('dan@example.org', 'Dan', NULL), ('eva@example.org', 'Eva', NULL)";
static const char enrolments[] =
    "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, 1, 'mentor', 'accepted', '2026-02-01'), "
    "(1, 2, 'mentee', 'accepted', '2026-02-01'), (1, 3, 'mentor', 'accepted', '2026-02-01'), (1, 4, 'mentee', 'accepted', '2026-02-01'), "
    "(1, 5, 'facilitator', 'accepted', '2026-02-01')";
static const char pairs[] = "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) VALUES "
			    "(1, 1, 2, 'active', 'reverse', 0, '2026-03-01', '2026-03-10'), (1, 3, 4, 'active', 'reverse', 0, '2026-03-01', '2026-03-10')";

struct mentor *support_reminders(const char *more)
{
	struct mentor *m = support_store();
	struct mentor_buf text = MENTOR_BUF_INIT;
	struct mentor_cohort cohort;
	const char *change = NULL;
	int64_t id = 0;
	mentor_buf_fmt(&text, "%s%s", programme, more);
	if (mentor_programme_import(m, "demo.yaml", mentor_buf_text(&text), text.len, &change, &id))
		fail_msg("%s", mentor_error(m)->n_problems ? mentor_error(m)->problems[0].message : mentor_error(m)->message);
	mentor_buf_free(&text);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, 1U << (mentor_field_find(mentor_cohort_fields, "slug") - mentor_cohort_fields), &id), MENTOR_OK);
	support_sql(m, "UPDATE cohort SET title = 'Spring', opened_on = '2026-01-12', closed_on = '2026-02-20', started_on = '2026-04-01', "
		       "opens_on = '2026-01-12', closes_on = '2026-02-20', starts_on = '2026-04-01', ends_on = '2026-09-30'");
	support_sql(m, people);
	support_sql(m, enrolments);
	support_sql(m, pairs);
	assert_int_equal(mentor_set_now(m, "2026-05-01"), MENTOR_OK);
	return m;
}

static const char *const states[] = { "new", "held", "waiting", "handing-over", "sent", "failed", "unsure" };

static enum mentor_status add_due(void *arg, const void *record)
{
	const struct mentor_reminder *r = record;
	mentor_buf_fmt(arg, "%s > %s (%s)\n", r->reminder, r->name ? r->name : r->email, states[r->state]);
	return MENTOR_OK;
}

static enum mentor_status add_problem(void *arg, const void *record)
{
	const struct mentor_reminder_problem *p = record;
	mentor_buf_fmt(arg, "%s: %s\n", p->reminder, p->problem);
	return MENTOR_OK;
}

void support_due(struct mentor *m, const char *now, bool all, const char *expected)
{
	struct mentor_buf found = MENTOR_BUF_INIT;
	assert_int_equal(mentor_set_now(m, now), MENTOR_OK);
	if (mentor_remind_due(m, 0, all, add_due, add_problem, &found))
		fail_msg("%s", mentor_error(m)->message);
	assert_string_equal(mentor_buf_text(&found), expected);
	mentor_buf_free(&found);
}
