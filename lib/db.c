/* db.c: statements, transactions and their errors, whatever the backend. */
#include "db.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_SLOTS = 64 }; /* a power of two; a full slot is replaced */

struct cached {
	char *sql;
	struct db_statement *statement;
	bool in_use;
};

struct db {
	const struct db_driver *driver;
	struct db_connection *connection;
	char *name; /* for messages */
	bool write;
	struct cached cache[CACHE_SLOTS];
};

struct db_rows {
	struct mentor *m;
	struct cached *slot; /* NULL: the statement is ours alone */
	struct db_statement *statement;
};

const char *db_name_of(const struct mentor *m)
{
	return m->db->name;
}

const struct db_driver *db_driver_of(const struct mentor *m)
{
	return m->db->driver;
}

struct db_connection *db_connection_of(const struct mentor *m)
{
	return m->db->connection;
}

/* ---- errors ---- */

struct code_row {
	enum mentor_status status;
	const char *what, *hint;
};

static const struct code_row code_rows[] = {
	[DB_BUSY] = { MENTOR_BUSY, "is in use by another process", "try again, or wait longer with --lock-wait SECS" },
	[DB_CONSTRAINT] = { MENTOR_REFUSED, "does not accept this value", NULL },
	[DB_FULL] = { MENTOR_FAILED, "cannot grow: the disk is full", "free some space and run the command again" },
	[DB_IO] = { MENTOR_FAILED, "cannot be read or written", "check the disk and the permissions of the folder" },
	[DB_READ_ONLY] = { MENTOR_FAILED, "is read-only", "check the permissions of the file and its folder" },
	[DB_CANNOT_OPEN] = { MENTOR_FAILED, "cannot be opened", "check that the folder exists and is yours" },
	[DB_LINK] = { MENTOR_REFUSED, "is a symbolic link", "name the file itself" },
	[DB_NOT_STORE] = { MENTOR_INVALID, "is not a mentor store", "name the store with --db FILE, or make one with: mentor db init" },
	[DB_CORRUPT] = { MENTOR_FAILED, "is damaged", "run: mentor db check; then restore a backup" },
	[DB_NO_MEMORY] = { MENTOR_NO_MEMORY, "needs more memory than there is", NULL },
	[DB_ERROR] = { MENTOR_BUG, "did not understand a statement", "please report this" },
};

/* Constraints by the name SQLite gives in its message (a CHECK's name, table.column of a UNIQUE), in plain words. */
static const struct {
	const char *name, *message, *hint;
	enum mentor_status status; /* MENTOR_OK: MENTOR_REFUSED */
} constraints[] = {
	{ "person.email", "another person has this address already", "see: mentor person list" },
	{ "programme.slug", "another programme has this name already", NULL },
	{ "cohort.slug", "another cohort has this name already", "see: mentor cohort list" },
	{ "enrolment.cohort_id, enrolment.person_id", "this person is in the cohort already", "see: mentor enrol list" },
	{ "pair_distinct", "a person cannot be paired with herself or himself", NULL },
	{ "cohort_dates", "the cohort would end before it starts", NULL, MENTOR_INVALID },
	{ "cohort_window", "applications would close before they open", NULL, MENTOR_INVALID },
	{ "FOREIGN KEY", "something this refers to does not exist, or is still in use", NULL },
};

static enum mentor_status fail_constraint(struct mentor *m, const char *detail)
{
	for (size_t i = 0; i < sizeof(constraints) / sizeof(*constraints); i++)
		if (strstr(detail, constraints[i].name))
			return fail(m, constraints[i].status ? constraints[i].status : MENTOR_REFUSED, constraints[i].hint, "%s",
			    constraints[i].message);
	return fail(m, MENTOR_REFUSED, NULL, "the store does not accept this value (%s)", detail);
}

enum mentor_status db_fail(struct mentor *m, enum db_code code)
{
	const struct code_row *row = &code_rows[code];
	const char *detail = m->db->connection ? m->db->driver->message(m->db->connection) : "";
	if (code == DB_CONSTRAINT)
		return fail_constraint(m, detail);
	if (row->status == MENTOR_NO_MEMORY)
		return fail_memory(m);
	if (code == DB_ERROR)
		return fail(m, row->status, row->hint, "the store %s %s (%s)", m->db->name, row->what, detail);
	return fail(m, row->status, row->hint, "the store %s %s", m->db->name, row->what);
}

/* ---- opening ---- */

enum mentor_status db_open(struct mentor *m, const struct db_driver *driver, const struct db_open *how, const char *name)
{
	db_close(m);
	m->db = calloc(1, sizeof(*m->db));
	if (!m->db)
		return fail_memory(m);
	m->db->driver = driver;
	m->db->write = how->write || how->create;
	m->db->name = strdup(name);
	if (!m->db->name) {
		db_close(m);
		return fail_memory(m);
	}
	enum db_code code = driver->open(how, &m->db->connection);
	if (code == DB_OK)
		return MENTOR_OK;
	enum mentor_status status = db_fail(m, code);
	db_close(m);
	return status;
}

void db_close(struct mentor *m)
{
	if (!m->db)
		return;
	for (size_t i = 0; i < CACHE_SLOTS; i++) {
		if (m->db->cache[i].statement)
			m->db->driver->finalize(m->db->cache[i].statement);
		free(m->db->cache[i].sql);
	}
	if (m->db->connection)
		m->db->driver->close(m->db->connection);
	free(m->db->name);
	free(m->db);
	m->db = NULL;
	m->depth = 0;
}

/* ---- statements ---- */

static size_t slot_of(const char *sql)
{
	uint32_t h = 2166136261U; /* FNV-1a */
	for (const char *p = sql; *p; p++)
		h = (h ^ (unsigned char)*p) * 16777619U;
	return h & (CACHE_SLOTS - 1);
}

/* A prepared statement from the cache; one that is running already (nested use) gets a sibling of its own. */
static enum db_code acquire(struct db *db, const char *sql, struct db_rows *rows)
{
	struct cached *slot = &db->cache[slot_of(sql)];
	if (slot->in_use)
		return db->driver->prepare(db->connection, sql, &rows->statement);
	if (!slot->sql || strcmp(slot->sql, sql) != 0) {
		if (slot->statement)
			db->driver->finalize(slot->statement);
		free(slot->sql);
		*slot = (struct cached){ 0 };
		char *copy = strdup(sql);
		if (!copy)
			return DB_NO_MEMORY;
		enum db_code code = db->driver->prepare(db->connection, sql, &slot->statement);
		if (code != DB_OK) {
			free(copy);
			slot->statement = NULL;
			return code;
		}
		slot->sql = copy;
	}
	slot->in_use = true;
	rows->slot = slot;
	rows->statement = slot->statement;
	return DB_OK;
}

static enum db_code bind(const struct db *db, struct db_statement *s, const struct db_value *args, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool null = args[i].is_text ? !args[i].text : args[i].number == MENTOR_NONE;
		enum db_code code = args[i].is_text || null ? db->driver->bind_text(s, (int)i + 1, null ? NULL : args[i].text)
							    : db->driver->bind_number(s, (int)i + 1, args[i].number);
		if (code != DB_OK)
			return code;
	}
	return DB_OK;
}

void db_done(struct db_rows *rows)
{
	if (!rows)
		return;
	const struct db_driver *driver = rows->m->db->driver;
	if (rows->slot) {
		driver->reset(rows->statement);
		rows->slot->in_use = false;
	} else if (rows->statement) {
		driver->finalize(rows->statement);
	}
	free(rows);
}

enum mentor_status db_query(struct mentor *m, const char *sql, const struct db_value *args, size_t n, struct db_rows **ret)
{
	if (!m->db) {
		fail(m, MENTOR_BUG, NULL, "no store is open");
		return MENTOR_BUG;
	}
	struct db_rows *rows = calloc(1, sizeof(*rows));
	if (!rows)
		return fail_memory(m);
	rows->m = m;
	enum db_code code = acquire(m->db, sql, rows);
	if (code == DB_OK)
		code = bind(m->db, rows->statement, args, n);
	if (code != DB_OK) {
		enum mentor_status status = db_fail(m, code);
		db_done(rows);
		return status;
	}
	*ret = rows;
	return MENTOR_OK;
}

enum mentor_status db_next(struct db_rows *rows, bool *ret_more)
{
	enum db_code code = rows->m->db->driver->step(rows->statement);
	if (code != DB_ROW && code != DB_DONE)
		return db_fail(rows->m, code);
	*ret_more = code == DB_ROW;
	return MENTOR_OK;
}

int64_t db_number(const struct db_rows *rows, int column)
{
	const struct db_driver *driver = rows->m->db->driver;
	return driver->is_null(rows->statement, column) ? MENTOR_NONE : driver->number(rows->statement, column);
}

int64_t db_ref(const struct db_rows *rows, int column)
{
	return rows->m->db->driver->number(rows->statement, column);
}

const char *db_text(const struct db_rows *rows, int column)
{
	return rows->m->db->driver->text(rows->statement, column);
}

enum mentor_status db_value(struct mentor *m, const char *sql, const struct db_value *args, size_t n, int64_t otherwise, int64_t *ret)
{
	struct db_rows *rows = NULL;
	bool more = false;
	int64_t value = otherwise;
	enum mentor_status status = db_query(m, sql, args, n, &rows);
	if (status)
		return status;
	status = db_next(rows, &more);
	if (!status && more) {
		value = db_number(rows, 0);
		status = db_next(rows, &more); /* runs a RETURNING statement to its end */
	}
	db_done(rows);
	if (!status)
		*ret = value;
	return status;
}

enum mentor_status db_run(struct mentor *m, const char *sql, const struct db_value *args, size_t n)
{
	int64_t ignored = 0;
	return db_value(m, sql, args, n, 0, &ignored);
}

/* ---- transactions ---- */

enum mentor_status mentor_begin(struct mentor *m)
{
	if (!m->db || !m->db->write || m->reading)
		return fail(m, MENTOR_BUG, NULL, "the store is not open for writing");
	if (m->depth == 0) {
		enum db_code code = m->db->driver->begin(m->db->connection, true);
		if (code != DB_OK)
			return db_fail(m, code);
		m->broken = false;
		m->changes_at = m->db->driver->changes(m->db->connection);
	}
	m->depth++;
	return MENTOR_OK;
}

enum mentor_status mentor_snapshot(struct mentor *m)
{
	if (!m->db || m->depth)
		return fail(m, MENTOR_BUG, NULL, "a snapshot needs an open store and no transaction");
	enum db_code code = m->db->driver->begin(m->db->connection, false);
	if (code != DB_OK)
		return db_fail(m, code);
	m->depth = 1;
	m->reading = true;
	return MENTOR_OK;
}

static enum mentor_status commit_outermost(struct mentor *m)
{
	enum mentor_status status = MENTOR_OK;
	if (m->db->driver->changes(m->db->connection) != m->changes_at)
		status = db_run(m, "UPDATE store SET revision = revision + 1", DB_NO_ARGS);
	if (status)
		return status;
	enum db_code code = m->db->driver->commit(m->db->connection);
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

/* A failure inside has doomed the whole transaction, however many levels up the outermost commit is: nothing half done. */
enum mentor_status mentor_commit(struct mentor *m)
{
	if (m->depth == 0)
		return fail(m, MENTOR_BUG, NULL, "there is nothing to commit");
	enum mentor_status status = MENTOR_OK;
	if (m->broken)
		status = m->error.status ? m->error.status : fail(m, MENTOR_BUG, NULL, "the change had failed already");
	if (m->depth > 1) {
		m->depth--;
		return status;
	}
	if (!status)
		status = commit_outermost(m);
	if (status)
		mentor_rollback(m);
	m->depth = 0;
	return status;
}

void mentor_rollback(struct mentor *m)
{
	if (m->depth && m->db)
		m->db->driver->rollback(m->db->connection);
	m->depth = 0;
	m->broken = m->reading = false;
}

enum mentor_status mentor_revision(struct mentor *m, int64_t *ret_revision)
{
	return db_value(m, "SELECT revision FROM store", DB_NO_ARGS, 0, ret_revision);
}
