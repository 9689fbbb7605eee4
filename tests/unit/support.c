/* support.c: stores, people and a failing driver for unit tests. */
#include "support.h"

#include "equality_db.h"
#include "record.h"

const char support_programme[] = "programme: demo\n"
				 "title: Demo mentoring\n"
				 "contact: { email: team@example.org }\n"
				 "aims:\n"
				 "  learn: { text: We learn }\n"
				 "cohort: { mentors: 3, mentees: 3, months: 6 }\n"
				 "application:\n"
				 "  columns:\n"
				 "    response: { header: ID }\n"
				 "    email: { header: Email, required: yes }\n"
				 "    name: { header: Name, required: yes }\n"
				 "    role: { header: Role, values: { Mentor: mentor, Mentee: mentee } }\n"
				 "    directorate: { header: Where }\n"
				 "    topics: { header: Topics, many: yes }\n"
				 "matching:\n"
				 "  rules:\n"
				 "    other-place: { rule: different, field: directorate }\n"
				 "    managers: { rule: not-line-management }\n"
				 "  scores:\n"
				 "    topics: { score: overlap, field: topics, weight: high }\n"
				 "contract:\n"
				 "  purpose: We learn from each other.\n"
				 "  sessions: { minimum: 4, usual: 5, maximum: 6 }\n"
				 "  minutes: { minimum: 45, usual: 60, maximum: 60 }\n"
				 "barriers: { themes: [Progression], levels: [team] }\n"
				 "check_ins: { wellbeing: { text: How are you? } }\n"
				 "equality:\n"
				 "  purpose: To count\n"
				 "  basis: The law\n"
				 "  seen_by: Nobody\n"
				 "  policy: In the office\n"
				 "  questions:\n"
				 "    group: { header: Group, values: { One: one, Two: two } }\n"
				 "    ways: { header: Ways, many: yes }\n"
				 "surveys:\n"
				 "  mentee:\n"
				 "    title: Mentees\n"
				 "    audience: mentees\n"
				 "    stages: [before, after]\n"
				 "    questions:\n"
				 "      know: { text: How much do you know?, aim: learn }\n";

static const struct db_driver *failing_driver(void);

struct mentor *support_store(void)
{
	struct mentor *m = mentor_new();
	assert_non_null(m);
	assert_int_equal(mentor_set_now(m, "2026-03-02"), MENTOR_OK);
	m->driver = failing_driver();
	support_fail_at = 0;
	assert_int_equal(mentor_open(m, NULL, MENTOR_OPEN_MEMORY | MENTOR_OPEN_WRITE, 0), MENTOR_OK);
	return m;
}

struct mentor *support_cohort(void)
{
	struct mentor *m = support_store();
	const char *change = NULL;
	int64_t id = 0;
	bool changed = false;
	struct mentor_cohort cohort;
	assert_int_equal(mentor_programme_import(m, "demo.yaml", support_programme, strlen(support_programme), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, field_bit(mentor_cohort_fields, "slug"), &id), MENTOR_OK);
	assert_int_equal(id, 1);
	assert_int_equal(mentor_cohort_move(m, id, MENTOR_COHORT_OPEN, &changed), MENTOR_OK);
	return m;
}

int64_t support_person(struct mentor *m, const char *name, const char *directorate, enum mentor_role role)
{
	struct mentor_buf email = MENTOR_BUF_INIT;
	struct mentor_person person;
	struct mentor_enrolment enrolment;
	const char *change = NULL;
	int64_t id = 0;
	bool changed = false;
	mentor_buf_fmt(&email, "%s@example.org", name);
	mentor_record_clear(mentor_person_fields, &person);
	person.name = name;
	person.email = mentor_buf_text(&email);
	person.directorate = directorate;
	const struct mentor_field *fields = mentor_person_fields;
	uint64_t given = field_bit(fields, "name") | field_bit(fields, "email") | field_bit(fields, "directorate");
	assert_int_equal(mentor_record_add(m, &mentor_entity_person, &person, given, &id), MENTOR_OK);
	mentor_record_clear(mentor_enrolment_fields, &enrolment);
	enrolment.person_id = id;
	enrolment.role = (int64_t)role;
	assert_int_equal(mentor_enrol_add(m, 1, &enrolment, field_bit(mentor_enrolment_fields, "role"), &change, &id), MENTOR_OK);
	assert_int_equal(mentor_enrol_decide(m, id, MENTOR_ENROLMENT_ACCEPTED, NULL, NULL, &changed), MENTOR_OK);
	mentor_buf_free(&email);
	return id;
}

enum mentor_status support_enrol(struct mentor *m, int64_t person, enum mentor_role role, const char **ret_change)
{
	struct mentor_enrolment e;
	int64_t id = 0;
	mentor_record_clear(mentor_enrolment_fields, &e);
	e.person_id = person;
	e.role = (int64_t)role;
	return mentor_enrol_add(m, 1, &e, field_bit(mentor_enrolment_fields, "role"), ret_change, &id);
}

void support_sql(struct mentor *m, const char *sql)
{
	assert_int_equal(mentor_begin(m), MENTOR_OK);
	assert_int_equal(db_run(m, sql, DB_NO_ARGS), MENTOR_OK);
	assert_int_equal(mentor_commit(m), MENTOR_OK);
}

int64_t support_number(struct mentor *m, const char *sql)
{
	int64_t n = 0;
	assert_int_equal(db_value(m, sql, DB_NO_ARGS, -1, &n), MENTOR_OK);
	return n;
}

static uint64_t hash_text(uint64_t h, const char *text)
{
	for (const char *p = text ? text : "\x01"; *p; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211); /* FNV-1a */
	return (h ^ 0xff) * UINT64_C(1099511628211);
}

static uint64_t hash_table(struct mentor *m, uint64_t h, const char *table, int columns)
{
	struct mentor_buf sql = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = false;
	mentor_buf_fmt(&sql, "SELECT * FROM (%s%s)", strchr(table, ' ') ? "" : "SELECT * FROM ", table);
	h = hash_text(h, table);
	assert_int_equal(db_query(m, mentor_buf_text(&sql), DB_NO_ARGS, &rows), MENTOR_OK);
	while (db_next(rows, &more) == MENTOR_OK && more)
		for (int i = 0; i < columns; i++)
			h = hash_text(h, db_text(rows, i));
	db_done(rows);
	mentor_buf_free(&sql);
	return h;
}

uint64_t support_fingerprint(struct mentor *m)
{
	/* Random numbers of rows are left out, and with them the order; so are the store's own key and what is made with it. */
	static const char tables[] =
	    "SELECT CASE name WHEN 'equality_subject' THEN 'SELECT basis_id, cohort_id, person_id FROM equality_subject ORDER BY 1, 2, 3' "
	    "WHEN 'equality_answer' THEN 'SELECT cohort_id, person_id, question, position, value FROM equality_answer a "
	    "JOIN equality_subject s ON s.id = a.subject_id ORDER BY 1, 2, 3, 4' WHEN 'store' THEN 'SELECT id, revision FROM store' "
	    "WHEN 'audit' THEN 'SELECT id, at, actor, command, kind, revision, records FROM audit ORDER BY 1' ELSE name END, "
	    "(SELECT count(*) FROM pragma_table_info(t.name)) - (name IN ('equality_subject', 'store', 'audit')) FROM sqlite_master t WHERE type = 'table' ORDER BY name";
	long fail_at = support_fail_at;
	uint64_t h = UINT64_C(14695981039346656037);
	struct db_rows *rows = NULL;
	bool more = false;
	support_fail_at = 0;
	db_equality(m, true);
	assert_int_equal(db_query(m, tables, DB_NO_ARGS, &rows), MENTOR_OK);
	while (db_next(rows, &more) == MENTOR_OK && more)
		h = hash_table(m, h, db_text(rows, 0), (int)db_number(rows, 1));
	db_done(rows);
	db_equality(m, false);
	support_fail_at = fail_at;
	return h;
}

/* ---- the driver that fails ---- */

long support_fail_at, support_calls;

static bool fails(void)
{
	return support_fail_at && ++support_calls == support_fail_at;
}

static enum db_code prepare(struct db_connection *c, const char *sql, struct db_statement **ret)
{
	return fails() ? DB_IO : db_sqlite_driver.prepare(c, sql, ret);
}

static enum db_code bind_number(struct db_statement *s, int i, int64_t number)
{
	return fails() ? DB_NO_MEMORY : db_sqlite_driver.bind_number(s, i, number);
}

static enum db_code bind_text(struct db_statement *s, int i, const char *text)
{
	return fails() ? DB_NO_MEMORY : db_sqlite_driver.bind_text(s, i, text);
}

static enum db_code step(struct db_statement *s)
{
	return fails() ? DB_FULL : db_sqlite_driver.step(s);
}

static enum db_code begin(struct db_connection *c, bool write)
{
	return fails() ? DB_BUSY : db_sqlite_driver.begin(c, write);
}

static enum db_code commit(struct db_connection *c)
{
	return fails() ? DB_IO : db_sqlite_driver.commit(c);
}

static enum db_code script(struct db_connection *c, const char *sql)
{
	return fails() ? DB_IO : db_sqlite_driver.script(c, sql);
}

static enum db_code references(struct db_connection *c, bool checked)
{
	return fails() ? DB_NO_MEMORY : db_sqlite_driver.references(c, checked);
}

/* What running out of memory looks like: a value that is not null, and no text. */
static const char *text(struct db_statement *s, int i)
{
	return fails() ? NULL : db_sqlite_driver.text(s, i);
}

static enum db_code prepare_write(struct db_connection *c)
{
	return fails() ? DB_IO : db_sqlite_driver.prepare_write(c);
}

static enum db_code is_empty(struct db_connection *c, bool *ret_empty)
{
	return fails() ? DB_IO : db_sqlite_driver.is_empty(c, ret_empty);
}

static enum db_code version(struct db_connection *c, int64_t *ret_application, int64_t *ret_version)
{
	return fails() ? DB_IO : db_sqlite_driver.version(c, ret_application, ret_version);
}

static enum db_code set_version(struct db_connection *c, int64_t application, int64_t number_)
{
	return fails() ? DB_IO : db_sqlite_driver.set_version(c, application, number_);
}

static enum db_code check(struct db_connection *c, bool quick, void (*found)(void *arg, const char *what), void *arg)
{
	return fails() ? DB_CORRUPT : db_sqlite_driver.check(c, quick, found, arg);
}

static enum db_code compact(struct db_connection *c)
{
	return fails() ? DB_FULL : db_sqlite_driver.compact(c);
}

/* SQLite's own table, with the calls above in place of its. */
static struct db_driver failing;

static const struct db_driver *failing_driver(void)
{
	failing = db_sqlite_driver;
	failing.prepare = prepare;
	failing.bind_number = bind_number;
	failing.bind_text = bind_text;
	failing.step = step;
	failing.text = text;
	failing.prepare_write = prepare_write;
	failing.is_empty = is_empty;
	failing.script = script;
	failing.references = references;
	failing.begin = begin;
	failing.commit = commit;
	failing.version = version;
	failing.set_version = set_version;
	failing.check = check;
	failing.compact = compact;
	return &failing;
}
