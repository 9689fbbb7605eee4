/* db_sqlite.c: the SQLite backend; only it and db_sqlite_pages.c know sqlite3.h. */
#include "db.h"

#include "db_sqlite_pages.h"
#include "schema_sqlite.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct db_connection {
	sqlite3 *handle;
	struct pages pages;
	long waited_ms, wait_ms; /* for the busy handler */
	unsigned seed;
	bool inside;	   /* the tables of equality monitoring are open */
	void (*changed)(void *arg, enum db_change what, const char *table, int64_t id);
	void *changed_arg;
	const char *asked; /* the statement that is being prepared for somebody else; NULL: one of our own, or SQLite's */
};

/* A statement is SQLite's own; the name only hides the type. */
static sqlite3_stmt *as_stmt(struct db_statement *s)
{
	return (sqlite3_stmt *)(void *)s;
}

static enum db_code translate(int rc)
{
	if (rc == SQLITE_READONLY_DBMOVED) /* another store took its place: next time that one is opened */
		return DB_BUSY;
	switch (rc & 0xff) {
	case SQLITE_OK:
		return DB_OK;
	case SQLITE_ROW:
		return DB_ROW;
	case SQLITE_DONE:
		return DB_DONE;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return DB_BUSY;
	case SQLITE_CONSTRAINT:
		return DB_CONSTRAINT;
	case SQLITE_FULL:
		return DB_FULL;
	case SQLITE_IOERR:
		return DB_IO;
	case SQLITE_READONLY:
		return rc == SQLITE_READONLY_ROLLBACK || rc == SQLITE_READONLY_RECOVERY ? DB_RECOVER : DB_READ_ONLY;
	case SQLITE_PERM:
		return DB_READ_ONLY;
	case SQLITE_CANTOPEN:
		return rc == SQLITE_CANTOPEN_SYMLINK ? DB_LINK : DB_CANNOT_OPEN;
	case SQLITE_NOTADB:
		return DB_NOT_STORE;
	case SQLITE_CORRUPT:
		return DB_CORRUPT;
	case SQLITE_NOMEM:
		return DB_NO_MEMORY;
	case SQLITE_AUTH:
		return DB_WALLED;
	default:
		return DB_ERROR;
	}
}

/* A journal with something in it that cannot be opened, or not be removed after it was rolled back, is a change that a crash cut short. */
static enum db_code translate_at(sqlite3 *db, int rc)
{
	const char *file = rc == SQLITE_CANTOPEN || rc == SQLITE_IOERR_DELETE ? sqlite3_db_filename(db, "main") : NULL;
	struct stat st;
	bool left = file && *file && stat(sqlite3_filename_journal(file), &st) == 0 && st.st_size > 0;
	return left ? DB_RECOVER : translate(rc);
}

/* Naps of random length: a fixed schedule lets the unlucky one starve while others run. Time is counted
 * from the naps because the library does not ask the clock. */
static int on_busy(void *arg, int tries)
{
	struct db_connection *c = arg;
	if (tries == 0)
		c->waited_ms = 0;
	if (c->waited_ms >= c->wait_ms)
		return 0;
	c->seed = c->seed * 1103515245U + 12345U;
	long nap = 1 + (long)((c->seed >> 16) % 3U);
	struct timespec ts = { 0, nap * 1000000L };
	nanosleep(&ts, NULL);
	c->waited_ms += nap;
	return 1;
}

/* The open recipe. DELETE or WAL journals, or a lower synchronous, lose acknowledged commits or leave erased text behind;
 * the 3.40.1 that Debian ships also has the WAL-reset bug. A large change stays in memory (64 MB) until it is committed. cell_size_check and trusted_schema guard against hostile files. */
static const char read_pragmas[] = "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
				   "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;";
static const char write_pragmas[] = "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536;";

static const struct {
	int id, value;
} limits[] = {
	{ SQLITE_LIMIT_LENGTH, 4000000 },
	{ SQLITE_LIMIT_SQL_LENGTH, 100000 },
	{ SQLITE_LIMIT_EXPR_DEPTH, 50 },
	{ SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
	{ SQLITE_LIMIT_ATTACHED, 1 }, /* 0 would break VACUUM */
};

static int configure(sqlite3 *db)
{
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		sqlite3_limit(db, limits[i].id, limits[i].value);
	return sqlite3_exec(db, read_pragmas, NULL, NULL, NULL);
}

/* Debian compiles SQLite with URI names on, so that "file:x?mode=memory" would open a store that vanishes;
 * a leading ./ makes it an ordinary name. */
static char *plain_name(const char *path)
{
	if (!path)
		return strdup(":memory:");
	struct mentor_buf name = MENTOR_BUF_INIT;
	bool guard = strncmp(path, "file:", 5) == 0 || path[0] == ':';
	mentor_buf_fmt(&name, "%s%s", guard ? "./" : "", path);
	if (!name.failed)
		return name.data;
	mentor_buf_free(&name);
	return NULL;
}

static bool is_walled(const char *name)
{
	static const char prefix[] = "equality_";
	return name && sqlite3_strnicmp(name, prefix, sizeof(prefix) - 1) == 0;
}

/* SQLite asks this of every table and column that a statement reaches, when it is prepared and when it is prepared again. Behind the wall
 * a view or a trigger finds nothing, and neither does a statement that names one of the tables, whatever it wants there. What is left is
 * SQLite's own work for a statement that does not name them: to see whether a person who is deleted is still referred to. */
static int authorize(void *arg, int action, const char *first, const char *second, const char *database, const char *within)
{
	const struct db_connection *c = arg;
	(void)action;
	(void)database;
	if (c->inside || (!is_walled(first) && !is_walled(second)))
		return SQLITE_OK;
	bool named = c->asked && sqlite3_strlike("%equality\\_%", c->asked, '\\') == 0;
	return within || named ? SQLITE_DENY : SQLITE_OK;
}

static enum db_code pragma(struct db_connection *c, const char *sql, int64_t *ret)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(c->handle, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK) {
		rc = sqlite3_step(stmt);
		if (rc == SQLITE_ROW)
			*ret = sqlite3_column_int64(stmt, 0);
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? DB_OK : translate_at(c->handle, rc);
}

static void close_handle(struct db_connection *c)
{
	pages_leave(&c->pages, c->handle);
	sqlite3_close_v2(c->handle);
	c->handle = NULL;
}

/* Opens, or opens anew. The first read is where SQLite finds what a crash has left and, if it may write, rolls it back. */
static enum db_code open_as(struct db_connection *c, const char *name, int access)
{
	int64_t ignored = 0;
	close_handle(c);
	int rc = sqlite3_open_v2(name, &c->handle, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE | access, NULL);
	if (rc != SQLITE_OK)
		return translate(rc);
	sqlite3_busy_handler(c->handle, on_busy, c);
	rc = pages_watch(&c->pages, c->handle);
	if (rc == SQLITE_OK)
		rc = configure(c->handle);
	if (rc == SQLITE_OK)
		rc = sqlite3_set_authorizer(c->handle, authorize, c);
	return rc == SQLITE_OK ? pragma(c, "PRAGMA application_id", &ignored) : translate_at(c->handle, rc);
}

/* Counting every allocation, which nobody asks for, costs a seventh of a large import. Refused, and rightly, when a program that uses
 * this library has begun with SQLite before. */
static enum db_code sqlite_open(const struct db_open *how, struct db_connection **ret)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	struct db_connection *c = calloc(1, sizeof(*c));
	char *name = plain_name(how->path);
	if (!c || !name) {
		free(c);
		free(name);
		return DB_NO_MEMORY;
	}
	*ret = c;
	c->wait_ms = how->lock_wait * 1000L;
	c->seed = (unsigned)(uintptr_t)c;
	int same_file = how->path ? SQLITE_OPEN_NOFOLLOW : 0;
	int access = how->create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : how->write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	enum db_code code = open_as(c, name, access | same_file);
	if (code == DB_RECOVER && access == SQLITE_OPEN_READONLY) {
		code = open_as(c, name, SQLITE_OPEN_READWRITE | same_file);
		if (code == DB_OK)
			code = open_as(c, name, SQLITE_OPEN_READONLY | same_file);
	}
	free(name);
	return code;
}

/* Nothing is written onto a store that is damaged already. Looking costs a millisecond per megabyte, so only small ones are looked through
 * every time; mentor db check does it for all. */
static enum db_code look_through(struct db_connection *c)
{
	enum { SMALL_PAGES = 1024 };
	int64_t pages = 0;
	enum db_code code = pragma(c, "PRAGMA page_count", &pages);
	return code != DB_OK || pages > SMALL_PAGES ? code : translate(pages_sound(c->handle));
}

static enum db_code sqlite_prepare_write(struct db_connection *c)
{
	enum db_code code = translate_at(c->handle, sqlite3_exec(c->handle, write_pragmas, NULL, NULL, NULL));
	return code == DB_OK ? look_through(c) : code;
}

static void sqlite_close(struct db_connection *c)
{
	close_handle(c);
	free(c);
}

/* $n as ?n, or as ? when it is the next: SQLite looks names, and numbers that are given, up among all the others. */
static char *with_numbers(const char *sql)
{
	char *copy = strdup(sql), *to = copy, *behind = NULL;
	bool quoted = false;
	long most = 0;
	for (const char *c = sql; copy && (*to = *c); c++, to++) {
		quoted = quoted != (*c == '\'');
		if (quoted || *c != '$')
			continue;
		*to = '?';
		const long number = strtol(c + 1, &behind, 10);
		if (number == most + 1)
			c = behind - 1;
		most = number > most ? number : most;
	}
	return copy;
}

static enum db_code sqlite_prepare(struct db_connection *c, const char *sql, struct db_statement **ret)
{
	sqlite3_stmt *stmt = NULL;
	char *numbered = with_numbers(sql);
	if (!numbered)
		return DB_NO_MEMORY;
	c->asked = sql;
	int rc = sqlite3_prepare_v3(c->handle, numbered, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
	c->asked = NULL;
	free(numbered);
	if (rc != SQLITE_OK || !stmt)
		return rc == SQLITE_OK ? DB_ERROR : translate(rc);
	*ret = (struct db_statement *)(void *)stmt;
	return DB_OK;
}

static enum db_code sqlite_bind_number(struct db_statement *s, int i, int64_t number)
{
	return translate(sqlite3_bind_int64(as_stmt(s), i, number));
}

static enum db_code sqlite_bind_text(struct db_statement *s, int i, const char *text)
{
	return translate(sqlite3_bind_text(as_stmt(s), i, text, -1, SQLITE_STATIC));
}

static enum db_code sqlite_step(struct db_statement *s)
{
	sqlite3 *db = sqlite3_db_handle(as_stmt(s));
	int rc = sqlite3_step(as_stmt(s)), doubt = pages_settle(db);
	return translate_at(db, doubt == SQLITE_OK ? rc : doubt);
}

static enum db_code sqlite_reset(struct db_statement *s)
{
	int rc = sqlite3_reset(as_stmt(s));
	sqlite3_clear_bindings(as_stmt(s));
	return translate(rc);
}

static void sqlite_finalize(struct db_statement *s)
{
	sqlite3_finalize(as_stmt(s));
}

static bool sqlite_is_null(struct db_statement *s, int i)
{
	return sqlite3_column_type(as_stmt(s), i) == SQLITE_NULL;
}

static int64_t sqlite_number(struct db_statement *s, int i)
{
	return sqlite3_column_int64(as_stmt(s), i);
}

static const char *sqlite_text(struct db_statement *s, int i)
{
	return (const char *)sqlite3_column_text(as_stmt(s), i);
}

static enum db_code sqlite_script(struct db_connection *c, const char *sql)
{
	return translate_at(c->handle, sqlite3_exec(c->handle, sql, NULL, NULL, NULL));
}

/* Checked, a table that others refer to is emptied row by row before it is dropped, and takes along what belongs to its rows. */
static enum db_code sqlite_references(struct db_connection *c, bool checked)
{
	return sqlite_script(c, checked ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF");
}

static enum db_code sqlite_begin(struct db_connection *c, bool write)
{
	return sqlite_script(c, write ? "BEGIN IMMEDIATE" : "BEGIN");
}

static enum db_code sqlite_commit(struct db_connection *c)
{
	return sqlite_script(c, "COMMIT");
}

static void sqlite_rollback(struct db_connection *c)
{
	/* once more where there was no memory even for that: a transaction that stays open would take in what comes next */
	for (int tries = 0; tries < 2 && !sqlite3_get_autocommit(c->handle); tries++)
		sqlite3_exec(c->handle, "ROLLBACK", NULL, NULL, NULL);
}

static int64_t sqlite_changes(struct db_connection *c)
{
	return sqlite3_total_changes64(c->handle);
}

static enum db_code sqlite_is_empty(struct db_connection *c, bool *ret_empty)
{
	int64_t n = 0;
	enum db_code code = pragma(c, "SELECT count(*) FROM sqlite_master", &n);
	if (code == DB_OK)
		*ret_empty = n == 0;
	return code;
}

static enum db_code sqlite_version(struct db_connection *c, int64_t *ret_application, int64_t *ret_version)
{
	enum db_code code = pragma(c, "PRAGMA application_id", ret_application);
	return code == DB_OK ? pragma(c, "PRAGMA user_version", ret_version) : code;
}

static enum db_code sqlite_set_version(struct db_connection *c, int64_t application, int64_t version)
{
	char *sql = sqlite3_mprintf("PRAGMA application_id=%lld; PRAGMA user_version=%lld", (long long)application, (long long)version);
	if (!sql)
		return DB_NO_MEMORY;
	enum db_code code = sqlite_script(c, sql);
	sqlite3_free(sql);
	return code;
}

static void sqlite_wall(struct db_connection *c, bool open)
{
	c->inside = open;
}

static enum db_code run_check(struct db_connection *c, const char *sql, const char *label,
    void (*found)(void *arg, const char *what), void *arg)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(c->handle, sql, -1, &stmt, NULL);
	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(stmt);
		if (rc != SQLITE_ROW)
			break;
		const char *text = (const char *)sqlite3_column_text(stmt, 0); /* never a null here, so NULL means no memory */
		char *what = text ? sqlite3_mprintf("%s%s", label, text) : NULL;
		if (!what)
			rc = SQLITE_NOMEM;
		else if (strcmp(text, "ok") != 0)
			found(arg, what);
		sqlite3_free(what);
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? DB_OK : translate_at(c->handle, rc);
}

/* A store as the program makes it, to hold another one's tables, indexes and triggers against. */
static int open_model(sqlite3 **ret)
{
	int rc = sqlite3_open_v2(":memory:", ret, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL);
	for (size_t i = 0; rc == SQLITE_OK && schema_sqlite[i]; i++)
		rc = sqlite3_exec(*ret, schema_sqlite[i], NULL, NULL, NULL);
	return rc;
}

static bool same_column(sqlite3_stmt *a, sqlite3_stmt *b, int i)
{
	const char *left = (const char *)sqlite3_column_text(a, i), *right = (const char *)sqlite3_column_text(b, i);
	return left && right ? strcmp(left, right) == 0 : left == right;
}

/* A trigger more or a constraint less makes a store do other things than its program means. */
static enum db_code check_schema(struct db_connection *c, void (*found)(void *arg, const char *what), void *arg)
{
	static const char list[] = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY type, name";
	sqlite3 *model = NULL;
	sqlite3_stmt *ours = NULL, *theirs = NULL;
	int rc = open_model(&model);
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(model, list, -1, &ours, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(c->handle, list, -1, &theirs, NULL);
	bool same = true;
	while (rc == SQLITE_OK && same) {
		int a = sqlite3_step(ours), b = sqlite3_step(theirs);
		same = a == b && (a != SQLITE_ROW || (same_column(ours, theirs, 1) && same_column(ours, theirs, 2)));
		rc = a == SQLITE_ROW ? SQLITE_OK : a;
	}
	if (!same)
		found(arg, "the tables, indexes or triggers are not those that this program makes");
	sqlite3_finalize(ours);
	sqlite3_finalize(theirs);
	sqlite3_close_v2(model);
	return rc == SQLITE_OK || rc == SQLITE_DONE ? DB_OK : translate(rc);
}

/* Numbers are never given out twice: the last one of a table is not below one that it holds. */
static enum db_code check_numbers(struct db_connection *c, void (*found)(void *arg, const char *what), void *arg)
{
	sqlite3_stmt *list = NULL;
	int rc = sqlite3_prepare_v2(c->handle, "SELECT name FROM sqlite_sequence WHERE name IN (SELECT m.name FROM sqlite_master m WHERE m.type = 'table') ORDER BY name", -1, &list, NULL);
	enum db_code code = rc == SQLITE_OK ? DB_OK : translate(rc);
	while (code == DB_OK && (rc = sqlite3_step(list)) == SQLITE_ROW) {
		char *sql = sqlite3_mprintf("SELECT %Q FROM sqlite_sequence s WHERE name = %Q AND seq < (SELECT max(id) FROM \"%w\")",
		    sqlite3_column_text(list, 0), sqlite3_column_text(list, 0), sqlite3_column_text(list, 0));
		code = sql ? run_check(c, sql, "numbers would be given out again in table ", found, arg) : DB_NO_MEMORY;
		sqlite3_free(sql);
	}
	sqlite3_finalize(list);
	return code == DB_OK && rc != SQLITE_DONE ? translate_at(c->handle, rc) : code;
}

static enum db_code sqlite_pages(struct db_connection *c, void (*found)(void *arg, const char *what), void *arg)
{
	return translate_at(c->handle, pages_check(c->handle, found, arg));
}

static enum db_code sqlite_check(struct db_connection *c, bool quick, void (*found)(void *arg, const char *what), void *arg)
{
	enum db_code code = run_check(c, quick ? "PRAGMA quick_check(100)" : "PRAGMA integrity_check(100)", "", found, arg);
	if (code == DB_OK && !quick)
		code = run_check(c, "PRAGMA foreign_key_check", "dangling reference in table ", found, arg);
	if (code == DB_OK)
		code = check_schema(c, found, arg);
	return code == DB_OK && !quick ? check_numbers(c, found, arg) : code;
}

/* ---- the store as a whole ---- */

static void on_change(void *arg, int what, const char *database, const char *table, sqlite3_int64 id)
{
	const struct db_connection *c = arg;
	(void)database;
	c->changed(c->changed_arg, what == SQLITE_INSERT ? DB_ADDED : what == SQLITE_UPDATE ? DB_ALTERED : DB_DELETED, table, id);
}

static void sqlite_watch(struct db_connection *c, void (*changed)(void *arg, enum db_change what, const char *table, int64_t id), void *arg)
{
	c->changed = changed;
	c->changed_arg = arg;
	sqlite3_update_hook(c->handle, changed ? on_change : NULL, c);
}

static enum db_code sqlite_columns(struct db_connection *c, void (*each)(void *arg, const struct db_column *column), void *arg)
{
	static const char list[] = "SELECT m.name, c.name, c.type = 'TEXT', c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c "
				   "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid";
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(c->handle, list, -1, &stmt, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		const struct db_column column = { (const char *)sqlite3_column_text(stmt, 0), (const char *)sqlite3_column_text(stmt, 1),
			sqlite3_column_int(stmt, 2) != 0, sqlite3_column_int64(stmt, 3) };
		rc = column.table && column.name ? SQLITE_OK : SQLITE_NOMEM;
		if (rc == SQLITE_OK)
			each(arg, &column);
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? DB_OK : translate_at(c->handle, rc);
}

static enum db_code about_table(struct db_connection *c, const char *sql, const char *table, int64_t number, int64_t *ret)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(c->handle, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK && sqlite3_bind_parameter_count(stmt) == 2)
		rc = sqlite3_bind_int64(stmt, 2, number);
	if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		*ret = sqlite3_column_int64(stmt, 0);
		rc = SQLITE_DONE;
	}
	sqlite3_finalize(stmt);
	return rc == SQLITE_DONE ? DB_OK : translate_at(c->handle, rc);
}

static enum db_code sqlite_last_number(struct db_connection *c, const char *table, int64_t *ret)
{
	*ret = MENTOR_NONE;
	return about_table(c, "SELECT seq FROM sqlite_sequence WHERE name = ?1", table, 0, ret);
}

static enum db_code sqlite_set_last_number(struct db_connection *c, const char *table, int64_t number)
{
	int64_t ignored = 0;
	enum db_code code = about_table(c, "DELETE FROM sqlite_sequence WHERE name = ?1", table, 0, &ignored);
	if (code != DB_OK || number == MENTOR_NONE)
		return code;
	return about_table(c, "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", table, number, &ignored);
}

static void one_more(void *arg, const char *what)
{
	(void)what;
	++*(size_t *)arg;
}

/* Whether all pages of the file are as they were written; one without sums has none that are not. */
static enum db_code look_at_pages(sqlite3 *db)
{
	size_t n = 0;
	int rc = pages_check(db, one_more, &n);
	return rc != SQLITE_OK ? translate(rc) : n ? DB_CORRUPT : DB_OK;
}

/* What was written is read again through a connection of its own. */
static enum db_code read_back(const char *name)
{
	sqlite3 *copy = NULL;
	int rc = sqlite3_open_v2(name, &copy, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW, NULL);
	if (rc == SQLITE_OK)
		rc = configure(copy);
	if (rc == SQLITE_OK)
		rc = pages_sound(copy);
	enum db_code code = rc == SQLITE_OK ? look_at_pages(copy) : translate(rc);
	sqlite3_close_v2(copy);
	return code;
}

/* Nobody wants a good copy replaced by one of a store that was damaged since, whose pages would have the right sums again.
 * The new file needs no journal: one that was not finished is thrown away. In one step: what others write meanwhile waits, and the copy is the store of one moment. */
static enum db_code sqlite_copy(struct db_connection *c, const char *path)
{
	sqlite3 *copy = NULL;
	struct pages pages = { .own = NULL };
	enum db_code code = look_at_pages(c->handle);
	char *name = code == DB_OK ? plain_name(path) : NULL;
	if (!name)
		return code == DB_OK ? DB_NO_MEMORY : code;
	int rc = sqlite3_open_v2(name, &copy,
	    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW, NULL);
	if (rc == SQLITE_OK)
		rc = pages_watch(&pages, copy);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(copy, "PRAGMA synchronous=EXTRA; PRAGMA journal_mode=OFF; PRAGMA mmap_size=0;", NULL, NULL, NULL);
	sqlite3_backup *backup = rc == SQLITE_OK ? sqlite3_backup_init(copy, "main", c->handle, "main") : NULL;
	if (backup) {
		rc = sqlite3_backup_step(backup, -1);
		int ended = sqlite3_backup_finish(backup);
		rc = rc == SQLITE_DONE ? ended : rc;
	} else if (rc == SQLITE_OK) {
		rc = sqlite3_extended_errcode(copy);
	}
	pages_leave(&pages, copy);
	sqlite3_close_v2(copy);
	code = rc == SQLITE_OK ? read_back(name) : translate(rc);
	free(name);
	return code;
}

static enum db_code sqlite_compact(struct db_connection *c)
{
	return sqlite_script(c, "VACUUM");
}

static bool starts_with(const unsigned char *bytes, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char a = bytes[i], b = (unsigned char)text[i];
		a = a >= 'A' && a <= 'Z' ? (unsigned char)(a | 0x20) : a;
		b = b >= 'A' && b <= 'Z' ? (unsigned char)(b | 0x20) : b;
		if (a != b)
			return false;
	}
	return true;
}

enum { SCAN_BLOCK = 1 << 16 };

/* Reads through SQLite's own file: opening it once more and closing that would give up this process's locks. Blocks overlap by as much as the
 * longest text. */
static enum db_code scan_file(sqlite3_file *file, const char *const *texts, size_t n, int64_t *counts)
{
	size_t longest = 0;
	sqlite3_int64 size = 0;
	for (size_t t = 0; t < n; t++)
		longest = strlen(texts[t]) > longest ? strlen(texts[t]) : longest;
	unsigned char *block = longest ? malloc(SCAN_BLOCK + longest) : NULL;
	if (!block)
		return longest ? DB_NO_MEMORY : DB_OK;
	int rc = file->pMethods->xFileSize(file, &size);
	for (sqlite3_int64 at = 0; rc == SQLITE_OK && at < size; at += SCAN_BLOCK) {
		const sqlite3_int64 left = size - at, most = SCAN_BLOCK + (sqlite3_int64)longest;
		const size_t got = (size_t)(left < most ? left : most);
		rc = file->pMethods->xRead(file, block, (int)got, at);
		for (size_t t = 0; rc == SQLITE_OK && t < n; t++) {
			const size_t len = strlen(texts[t]);
			for (size_t i = 0; len && i < SCAN_BLOCK && i + len <= got; i++)
				counts[t] += starts_with(block + i, texts[t], len);
		}
	}
	free(block);
	return rc == SQLITE_OK ? DB_OK : translate(rc);
}

static enum db_code sqlite_scan(struct db_connection *c, const char *const *texts, size_t n, int64_t *ret_counts)
{
	static const int files[] = { SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER };
	enum db_code code = DB_OK;
	memset(ret_counts, 0, n * sizeof(*ret_counts));
	for (size_t i = 0; code == DB_OK && i < 2; i++) {
		sqlite3_file *file = NULL;
		sqlite3_file_control(c->handle, "main", files[i], &file);
		if (file && file->pMethods)
			code = scan_file(file, texts, n, ret_counts);
	}
	return code;
}

static const char *sqlite_message(struct db_connection *c)
{
	return c->handle ? sqlite3_errmsg(c->handle) : "";
}

const struct db_driver db_sqlite_driver = {
	.name = "sqlite",
	.open = sqlite_open,
	.prepare_write = sqlite_prepare_write,
	.close = sqlite_close,
	.prepare = sqlite_prepare,
	.bind_number = sqlite_bind_number,
	.bind_text = sqlite_bind_text,
	.step = sqlite_step,
	.reset = sqlite_reset,
	.finalize = sqlite_finalize,
	.is_null = sqlite_is_null,
	.number = sqlite_number,
	.text = sqlite_text,
	.script = sqlite_script,
	.references = sqlite_references,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.changes = sqlite_changes,
	.is_empty = sqlite_is_empty,
	.version = sqlite_version,
	.set_version = sqlite_set_version,
	.wall = sqlite_wall,
	.pages = sqlite_pages,
	.check = sqlite_check,
	.watch = sqlite_watch,
	.columns = sqlite_columns,
	.last_number = sqlite_last_number,
	.set_last_number = sqlite_set_last_number,
	.copy = sqlite_copy,
	.compact = sqlite_compact,
	.scan = sqlite_scan,
	.message = sqlite_message,
	.migrations = schema_sqlite,
};
