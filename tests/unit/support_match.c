/* support_match.c: a cohort of a few people for the unit tests of matching, and what was said about it. */
#include "support_match.h"

static const char definition[] = "programme: demo\n"
				 "title: Demo mentoring\n"
				 "contact:\n"
				 "  email: team@example.org\n"
				 "application:\n"
				 "  columns:\n"
				 "    email: { header: Email }\n"
				 "    name: { header: Name }\n"
				 "    role: { header: Role }\n"
				 "    topics: { header: Topics, many: yes }\n"
				 "matching:\n"
				 "  rules:\n"
				 "    other-directorate: { rule: different, field: directorate }\n"
				 "    no-line: { rule: not-line-management }\n"
				 "  scores:\n"
				 "    topics: { score: overlap, field: topics, weight: high }\n"
				 "    grade: { score: different, field: grade, weight: low }\n"
				 "contract:\n"
				 "  purpose: We learn from each other.\n";

const struct someone world_four[] = {
	{ "ann", "mentor", "A", "1", NULL, "ab", 0 },
	{ "bob", "mentor", "B", "1", NULL, "cd", 0 },
	{ "cat", "mentee", "C", "2", NULL, "ab", 0 },
	{ "dan", "mentee", "D", "2", NULL, "cd", 0 },
	{ 0 },
};

struct world *world_new(void)
{
	return world_new_of(definition);
}

struct world *world_new_of(const char *programme)
{
	static struct world w;
	const char *change = NULL;
	int64_t id = 0;
	memset(&w, 0, sizeof(w));
	w.m = support_store();
	assert_int_equal(
	    mentor_programme_import(w.m, "demo.yaml", programme, strlen(programme), &change, &id), MENTOR_OK);
	struct mentor_cohort cohort;
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(w.m, "demo", &cohort, 1U << 1, &w.cohort), MENTOR_OK);
	return &w;
}

/* A further choice at the same question. */
#define ONE_MORE " ON CONFLICT (enrolment_id, question) DO UPDATE SET value = answer.value || char(10) || excluded.value"

void world_add(struct world *w, const struct someone *s)
{
	char email[80];
	int64_t person = 0, enrolment = 0;
	snprintf(email, sizeof(email), "%s@example.org", s->name);
	assert_int_equal(mentor_begin(w->m), MENTOR_OK);
	assert_int_equal(db_value(w->m,
			     "INSERT INTO person (email, name, directorate, grade, manager_email) VALUES ($1, $2, $3, "
			     "$4, $5) RETURNING id",
			     DB_ARGS(DB_TEXT(email), DB_TEXT(s->name), DB_TEXT(s->directorate), DB_TEXT(s->grade),
				 DB_TEXT(s->manager)),
			     0, &person),
	    MENTOR_OK);
	assert_int_equal(db_value(w->m,
			     "INSERT INTO enrolment (cohort_id, person_id, role, state, places, applied_on) "
			     "VALUES ($1, $2, $3, 'accepted', $4, '2026-02-01') RETURNING id",
			     DB_ARGS(DB_NUMBER(w->cohort), DB_NUMBER(person), DB_TEXT(s->role),
				 DB_NUMBER(s->places ? s->places : 1)),
			     0, &enrolment),
	    MENTOR_OK);
	for (const char *p = s->topics; p && *p; p++) {
		const char topic[] = { *p, '\0' };
		assert_int_equal(db_run(w->m, "INSERT INTO answer (enrolment_id, question, value) VALUES ($1, 'topics', $2)" ONE_MORE,
				     DB_ARGS(DB_NUMBER(enrolment), DB_TEXT(topic))),
		    MENTOR_OK);
	}
	assert_int_equal(mentor_commit(w->m), MENTOR_OK);
}

void world_add_all(struct world *w, const struct someone *people)
{
	for (; people->name; people++)
		world_add(w, people);
}

void world_answer(struct world *w, const char *name, const char *question, const char *value)
{
	assert_int_equal(mentor_begin(w->m), MENTOR_OK);
	assert_int_equal(
	    db_run(w->m,
		"INSERT INTO answer (enrolment_id, question, value) SELECT e.id, $1, $2 "
		"FROM enrolment e JOIN person p ON p.id = e.person_id WHERE p.name = $3" ONE_MORE,
		DB_ARGS(DB_TEXT(question), DB_TEXT(value), DB_TEXT(name))),
	    MENTOR_OK);
	assert_int_equal(mentor_commit(w->m), MENTOR_OK);
}

static enum mentor_status note_pair(void *arg, const struct mentor_match_row *row)
{
	struct world *w = arg;
	assert_true(w->n_rows < MOST_ROWS);
	snprintf(w->rows[w->n_rows++], sizeof(w->rows[0]), "%s m%d %s-%s", row->change, (int)row->pair,
	    row->mentor_name, row->mentee_name);
	return MENTOR_OK;
}

static enum mentor_status note_left(void *arg, const struct mentor_match_left *left)
{
	struct world *w = arg;
	assert_true(w->n_left < MOST_ROWS);
	snprintf(w->left[w->n_left++], sizeof(w->left[0]), "%s: %s", left->name, left->why);
	return MENTOR_OK;
}

void world_propose(struct world *w)
{
	struct mentor_match_sink sink = { note_pair, note_left, w };
	w->n_rows = w->n_left = 0;
	assert_int_equal(mentor_match_propose(w->m, w->cohort, &sink, &w->summary), MENTOR_OK);
}

static enum mentor_status note_line(void *arg, const struct mentor_match_line *line)
{
	struct world *w = arg;
	assert_true(w->n_lines < MOST_ROWS);
	snprintf(w->lines[w->n_lines++], sizeof(w->lines[0]), "%s%s%s%s", line->name ? line->name : "",
	    line->held == 1   ? " held: "
	    : line->held == 0 ? " broken: "
	    : line->name      ? ": "
			      : "",
	    line->text, line->kind == MENTOR_MATCH_SCORE ? "!" : "");
	if (line->kind == MENTOR_MATCH_SCORE)
		w->points += line->share;
	return MENTOR_OK;
}

bool world_said(const struct world *w, const char *part)
{
	for (size_t i = 0; i < w->n_lines; i++)
		if (strstr(w->lines[i], part))
			return true;
	for (size_t i = 0; i < w->n_lines; i++)
		print_message("said: %s\n", w->lines[i]);
	return false;
}

struct mentor_match_subject world_explain(struct world *w, const char *reference)
{
	struct mentor_match_subject subject;
	int64_t id = 0;
	char address[80];
	w->n_lines = 0;
	w->points = 0;
	if (reference[0] == 'm' && reference[1] >= '0' && reference[1] <= '9') {
		assert_int_equal(mentor_record_find(w->m, &mentor_entity_pair, reference, &id), MENTOR_OK);
		assert_int_equal(mentor_match_explain_pair(w->m, id, note_line, w, &subject), MENTOR_OK);
		return subject;
	}
	snprintf(address, sizeof(address), "%s@example.org", reference);
	assert_int_equal(mentor_record_find(w->m, &mentor_entity_person, address, &id), MENTOR_OK);
	assert_int_equal(mentor_match_explain_person(w->m, w->cohort, id, note_line, w, &subject), MENTOR_OK);
	return subject;
}
