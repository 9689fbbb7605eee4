/* support_world.c: a cohort that answers surveys, and a cohort that meets. */
#include "support_world.h"

#include "field.h"

struct mentor *support_world(const char *definition, const char *now)
{
	struct mentor *m = support_store();
	const char *change = NULL;
	struct mentor_cohort cohort;
	int64_t id = 0;
	assert_int_equal(mentor_set_now(m, now), MENTOR_OK);
	assert_int_equal(
	    mentor_programme_import(m, "demo.yaml", definition, strlen(definition), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(
	    mentor_cohort_add(m, "demo", &cohort, field_bit(mentor_cohort_fields, "slug"), &id), MENTOR_OK);
	assert_int_equal(id, 1);
	return m;
}

int support_tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

/* ---- a cohort that answers ---- */

#define HEAD "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n"
#define BODY                                                                                                           \
	"aims:\n"                                                                                                      \
	"  insight: { text: Leaders gain insight }\n"                                                                  \
	"  unused: { text: Nobody asks about this, plans: [Plan A, Plan B] }\n"                                        \
	"surveys:\n"                                                                                                   \
	"  view:\n"                                                                                                    \
	"    title: What leaders understand\n"                                                                         \
	"    audience: mentees\n"                                                                                      \
	"    stages: [before, after]\n"                                                                                \
	"    questions:\n"                                                                                             \
	"      know: { text: How well do you know?, low: Not at all, high: Very well, aim: insight }\n"                \
	"      help: { text: Could you help?, header: Q2, aim: insight }\n"                                            \
	"      again: { text: Again?, kind: yes-no, aim: insight }\n"                                                  \
	"      more: { text: Anything else?, kind: text }\n"                                                           \
	"  close:\n"                                                                                                   \
	"    title: At the end\n"                                                                                      \
	"    stages: [end]\n"                                                                                          \
	"    questions:\n"                                                                                             \
	"      fine: { text: Was it fine?, kind: yes-no }\n"

const char support_survey_reverse[] = HEAD BODY;
const char support_survey_reciprocal[] = HEAD "arrangement: reciprocal\n" BODY;

#define CHOICES                                                                                                        \
	"aims: { insight: { text: Leaders gain insight } }\n"                                                          \
	"surveys:\n"                                                                                                   \
	"  view:\n"                                                                                                    \
	"    title: What leaders understand\n"                                                                         \
	"    audience: mentees\n"                                                                                      \
	"    stages: [before, after]\n"                                                                                \
	"    questions:\n"                                                                                             \
	"      know: { text: How well?, aim: insight }\n"                                                              \
	"      often: { text: How often?, kind: choice, choices: [Weekly, Monthly, Less often] }\n"                    \
	"      topics: { text: About what?, kind: multi, choices: [Stra\xC3\x9F"                                       \
	"e, Work, work] }\n"                                                                                           \
	"      hopes: { text: Your hopes?, kind: text, stages: [before] }\n"                                           \
	"      again: { text: Again?, kind: yes-no, stages: [after] }\n"
const char support_survey_choices[] = HEAD CHOICES;
const char support_survey_anonymous[] = HEAD CHOICES "    anonymous: yes\n";

static void add_person(struct mentor *m, const char *name, const char *role, const char *state)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	struct mentor_buf email = MENTOR_BUF_INIT;
	int64_t id = 0;
	mentor_buf_fmt(&email, "%s@example.org", name);
	assert_int_equal(db_value(m, "INSERT INTO person (email, name) VALUES ($1, $2) RETURNING id",
			     DB_ARGS(DB_TEXT(mentor_buf_text(&email)), DB_TEXT(name)), 0, &id),
	    MENTOR_OK);
	assert_int_equal(db_run(m,
			     "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, $1, $2, "
			     "$3, '2026-02-01')",
			     DB_ARGS(DB_NUMBER(id), DB_TEXT(role), DB_TEXT(state))),
	    MENTOR_OK);
	mentor_buf_free(&email);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
}

int support_survey_set_up(void **state)
{
	struct mentor *m = support_world(*state ? *state : support_survey_reverse, "2026-09-01");
	for (char name[] = "a"; *name <= 'l'; ++*name)
		add_person(m, name, "mentee", "accepted");
	add_person(m, "x", "mentee", "declined");
	add_person(m, "guide", "mentor", "accepted");
	add_person(m, "host", "facilitator", "accepted");
	*state = m;
	return 0;
}

static enum mentor_status add_rows(void *arg, const void *record)
{
	int64_t *rows = arg; /* added, unchanged */
	const struct mentor_survey_imported *row = record;
	rows[strcmp(row->change, "unchanged") == 0] += row->responses;
	return MENTOR_OK;
}

void support_import(struct mentor *m, const char *stage, const char *text, int64_t added, int64_t unchanged)
{
	int64_t rows[2] = { 0 };
	assert_int_equal(
	    mentor_survey_import(m, 1, "view", stage, "answers.csv", text, strlen(text), '\0', add_rows, rows),
	    MENTOR_OK);
	assert_int_equal(rows[0], added);
	assert_int_equal(rows[1], unchanged);
}

void support_answers(struct mentor *m, const char *stage, const char *who, const char *know)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, SUPPORT_COLUMNS);
	for (size_t i = 0; who[i]; i++)
		mentor_buf_fmt(&b, "%zu,%c@example.org,%s,%c,,,\n", i + 1, who[i], stage, know[i]); /* no two exports are the same */
	support_import(m, stage, mentor_buf_text(&b), (int64_t)strlen(who), 0);
	mentor_buf_free(&b);
}

/* ---- a cohort that meets ---- */

const char support_running_programme[] =
    "programme: demo\n"
    "title: Demo programme\n"
    "organisation: Example Council\n"
    "contact: { name: Programme team, email: team@example.org }\n"
    "labels: { mentor: guide, mentors: guides, mentee: leader, mentees: leaders }\n"
    "aims:\n"
    "  insight: { text: Leaders gain insight, plans: [Equality plan, Talent plan] }\n"
    "  grades: { text: More diverse grades, plans: [Talent plan] }\n"
    "contract:\n"
    "  purpose: We learn.\n"
    "  sessions: { minimum: 4, usual: 5, maximum: 6 }\n"
    "  minutes: { minimum: 45, maximum: 60 }\n"
    "surveys:\n"
    "  view:\n"
    "    title: View\n"
    "    audience: mentees\n"
    "    stages: [before, after]\n"
    "    questions:\n"
    "      know: { text: How well?, aim: insight }\n"
    "      later: { text: Asked later }\n";

static const char *const world[] = {
	"INSERT INTO person (email, name) VALUES ('a@example.org', 'Secret Ann'), ('b@example.org', 'Secret Ben'), "
	"('c@example.org', 'Secret Cleo'), ('d@example.org', 'Secret Dan'), ('e@example.org', 'Secret Eve'), "
	"('f@example.org', 'Secret Finn')",
	"INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on) VALUES (1, 1, 'mentor', 'accepted', "
	"'2026-02-01'), "
	"(1, 2, 'mentee', 'accepted', '2026-02-01'), (1, 3, 'mentor', 'accepted', '2026-02-01'), (1, 4, 'mentee', "
	"'declined', '2026-02-01'), "
	"(1, 5, 'mentee', 'accepted', '2026-02-01'), (1, 6, 'facilitator', 'accepted', '2026-02-01')",
	"UPDATE cohort SET started_on = '2026-04-01', starts_on = '2026-04-01', ends_on = '2026-10-01', mentors_max = "
	"12, mentees_max = 9",
	"INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
	"VALUES (1, 1, 2, 'active', 'reverse', 0, '2026-03-01', '2026-03-20')",
};

int support_running_set_up(void **state)
{
	struct mentor *m = support_world(*state ? *state : support_running_programme, "2026-07-02");
	for (size_t i = 0; i < sizeof(world) / sizeof(*world); i++)
		support_sql(m, world[i]);
	*state = m;
	return 0;
}

void support_session(struct mentor *m, const char *date, int64_t minutes)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m,
			     "INSERT INTO session (pair_id, date, minutes, place, recorded_on) VALUES (1, $1, $2, "
			     "'Secret Cafe', $1)",
			     DB_ARGS(DB_TEXT(date), DB_NUMBER(minutes))),
	    MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
}
