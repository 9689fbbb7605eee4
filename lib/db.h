/* db.h: every SQL statement of the library passes here.
 *
 * SQL is literal text with $1…$n, the n-th argument, in the subset that SQLite and
 * PostgreSQL share: ISO dates as text made in C, booleans 0/1, ON CONFLICT, RETURNING id, lower(x). No strftime,
 * group_concat, COLLATE NOCASE, INSERT OR, `$1 IS NULL OR …`. What differs lives in lib/schema/<backend>/ and in the driver. */
#ifndef DB_H
#define DB_H

#include "context.h"

/** What a driver call came to. */
enum db_code {
	DB_OK,
	DB_ROW,
	DB_DONE,
	DB_BUSY,       /* somebody else holds the lock and did not let go in time */
	DB_CONSTRAINT, /* a UNIQUE, CHECK or FOREIGN KEY said no */
	DB_FULL,       /* disk full, quota, file size limit */
	DB_IO,
	DB_READ_ONLY,
	DB_RECOVER, /* a crash left a change half done, and this connection may not roll it back */
	DB_CANNOT_OPEN,
	DB_LINK,      /* the path is a symbolic link */
	DB_NOT_STORE, /* not a database at all */
	DB_CORRUPT,
	DB_WALLED, /* a statement reaches for answers of equality monitoring (equality_db.h) */
	DB_NO_MEMORY,
	DB_ERROR, /* anything else: a mistake in our SQL */
};

/** What happens to a row. */
enum db_change { DB_ADDED, DB_ALTERED, DB_DELETED };

/** A column, as the schema has it. */
struct db_column {
	const char *table, *name;
	bool is_text; /* else a whole number */
	int64_t key;
};

struct db_connection;
struct db_statement;

/** How to open. */
struct db_open {
	const char *path; /* NULL: in memory */
	bool write, create;
	int lock_wait; /* seconds */
};

/** The backend as a table of functions. A second backend adds one such table and one folder of schema files. */
struct db_driver {
	const char *name;
	enum db_code (*open)(const struct db_open *how, struct db_connection **ret); /* *ret may be set on failure, for message() */
	enum db_code (*prepare_write)(struct db_connection *c); /* once the file is known to be ours: it may change the file */
	void (*close)(struct db_connection *c);
	enum db_code (*prepare)(struct db_connection *c, const char *sql, struct db_statement **ret);
	enum db_code (*bind_number)(struct db_statement *s, int i, int64_t number); /* i from 1 */
	enum db_code (*bind_text)(struct db_statement *s, int i, const char *text); /* NULL binds NULL; borrowed until reset */
	enum db_code (*step)(struct db_statement *s);
	enum db_code (*reset)(struct db_statement *s);
	void (*finalize)(struct db_statement *s);
	bool (*is_null)(struct db_statement *s, int i); /* i from 0; asked before number and text, which may convert the value */
	int64_t (*number)(struct db_statement *s, int i);
	const char *(*text)(struct db_statement *s, int i); /* until the next step or reset; NULL for a value that is not null: no memory */
	enum db_code (*script)(struct db_connection *c, const char *sql); /* several statements, no results */
	enum db_code (*begin)(struct db_connection *c, bool write);
	enum db_code (*commit)(struct db_connection *c);
	void (*rollback)(struct db_connection *c);
	int64_t (*changes)(struct db_connection *c); /* rows changed since opening */
	enum db_code (*is_empty)(struct db_connection *c, bool *ret_empty); /* neither tables nor anything else in it */
	enum db_code (*version)(struct db_connection *c, int64_t *ret_application, int64_t *ret_version);
	enum db_code (*references)(struct db_connection *c, bool checked); /* outside a transaction: lets a script put a table in another's place */
	enum db_code (*set_version)(struct db_connection *c, int64_t application, int64_t version);
	void (*wall)(struct db_connection *c, bool open); /* around the tables of equality monitoring; closed at first (equality_db.h) */
	/* what of the file is not as this program wrote it: damaged, or written by another one, and then as good as it looks otherwise */
	enum db_code (*pages)(struct db_connection *c, void (*found)(void *arg, const char *what), void *arg);
	enum db_code (*check)(struct db_connection *c, bool quick, void (*found)(void *arg, const char *what), void *arg);
	/* calls `changed` for every row that a statement stores, alters or deletes, where the table numbers its rows */
	void (*watch)(struct db_connection *c, void (*changed)(void *arg, enum db_change what, const char *table, int64_t id), void *arg);
	/* walks all columns, table by table, as the schema has them; `key`: the column's turn in the key, from 1; 0: not in it */
	enum db_code (*columns)(struct db_connection *c, void (*each)(void *arg, const struct db_column *column), void *arg);
	/* the last number that a table gave out; MENTOR_NONE where numbers are not given out in turn */
	enum db_code (*last_number)(struct db_connection *c, const char *table, int64_t *ret);
	enum db_code (*set_last_number)(struct db_connection *c, const char *table, int64_t number);
	enum db_code (*copy)(struct db_connection *c, const char *path); /* all of it as it is at one moment, to a new file, read back and checked */
	enum db_code (*compact)(struct db_connection *c); /* outside a transaction: writes the file anew, without anything that was deleted */
	/* how often each text stands in the bytes of the file and its journal; letters of ASCII in either case */
	enum db_code (*scan)(struct db_connection *c, const char *const *texts, size_t n, int64_t *ret_counts);
	const char *(*message)(struct db_connection *c); /* of the last failure; constraint names are in it */
	const char *const *migrations;			 /* script of version 1, 2, …, NULL */
};

extern const struct db_driver db_sqlite_driver;

/** One value handed to a statement. Make it with DB_NUMBER or DB_TEXT. */
struct db_value {
	bool is_text;
	int64_t number; /* MENTOR_NONE is NULL */
	const char *text;
};
#define DB_NUMBER(x) ((struct db_value){ false, (x), NULL })
#define DB_TEXT(x) ((struct db_value){ true, 0, (x) })
/** A reference: 0 becomes NULL. */
#define DB_REF(x) DB_NUMBER((x) ? (x) : MENTOR_NONE)
#define DB_ARGS(...) (const struct db_value[]){ __VA_ARGS__ }, sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value)
#define DB_NO_ARGS NULL, 0

/** Rows of a running query. Always end with db_done(), which accepts NULL. */
struct db_rows;

/** `sql` stays as it is until db_done(). */
enum mentor_status db_query(struct mentor *m, const char *sql, const struct db_value *args, size_t n, struct db_rows **ret);
/** Steps; *ret_more is false behind the last row. */
enum mentor_status db_next(struct db_rows *rows, bool *ret_more);
int64_t db_number(const struct db_rows *rows, int column); /* MENTOR_NONE for NULL; columns from 0 */
int64_t db_ref(const struct db_rows *rows, int column);	   /* 0 for NULL */
/** NULL for NULL; until the next step. A text that there is no memory for comes out as "": the transaction is doomed, and
 * db_next() and db_whole() say so. */
const char *db_text(const struct db_rows *rows, int column);
/** MENTOR_NO_MEMORY when a text of these rows was lost: for those who do not walk to the end, where db_next() tells. */
enum mentor_status db_whole(const struct db_rows *rows);
void db_done(struct db_rows *rows);

/** Runs a statement without results. */
enum mentor_status db_run(struct mentor *m, const char *sql, const struct db_value *args, size_t n);
/** Runs a statement that returns one number: `RETURNING id`, `SELECT count(*)`. *ret is `otherwise` when there is no row. */
enum mentor_status db_value(struct mentor *m, const char *sql, const struct db_value *args, size_t n, int64_t otherwise, int64_t *ret);
/** Runs a statement that returns how many there are and the first of them: `SELECT count(*), min(id)`. Without a row both stay as they are. */
enum mentor_status db_count(struct mentor *m, const char *sql, const struct db_value *args, size_t n, int64_t *ret_n, int64_t *ret_first);

/** Rows changed since opening. */
int64_t db_changes(const struct mentor *m);
/** The driver's call of the same name, for those who look after the store as a whole. */
enum mentor_status db_columns(struct mentor *m, void (*each)(void *arg, const struct db_column *column), void *arg);
enum mentor_status db_compact(struct mentor *m);
enum mentor_status db_last_number(struct mentor *m, const char *table, int64_t *ret);
enum mentor_status db_set_last_number(struct mentor *m, const char *table, int64_t number);
enum mentor_status db_scan(struct mentor *m, const char *const *texts, size_t n, int64_t *ret_counts);

/** Begins and ends filling a new store from outside: references are looked at when all of it is there, by mentor_store_check(), the revision stays
 * what it is said to be, and the trail of changes too. `status`: how the filling went; anything but MENTOR_OK rolls it back, and is handed on. */
enum mentor_status db_whole_begin(struct mentor *m);
enum mentor_status db_whole_end(struct mentor *m, enum mentor_status status);

/** Opens with a driver, for tests and for mentor_open(). The connection belongs to the context. */
enum mentor_status db_open(struct mentor *m, const struct db_driver *driver, const struct db_open *how, const char *name);
void db_close(struct mentor *m);
/** Turns a driver's failure into the context's error. */
enum mentor_status db_fail(struct mentor *m, enum db_code code);
/** MENTOR_BUG when no store is open. */
enum mentor_status db_needed(struct mentor *m);
/** What the constraint means that a driver's message names, in plain words; NULL when the table of constraints has no row for it. */
const char *db_constraint(const char *message);

/** Brings the store to the newest schema version, each step in its own transaction (migrate.c). */
enum mentor_status migrate(struct mentor *m);
/** Refuses a file that is not ours, one from a newer program and, unless `old` ones are wanted, one that needs migrating.
 * An empty file is accepted for creating only; *ret_empty says that it is one. */
enum mentor_status migrate_check(struct mentor *m, bool create, bool old, bool *ret_empty);
/** The newest version this program knows, and the store's. */
int64_t migrate_newest(const struct mentor *m);
enum mentor_status migrate_version(struct mentor *m, int64_t *ret_version);

/** The store's path, for people. */
const char *db_name_of(const struct mentor *m);
const struct db_driver *db_driver_of(const struct mentor *m);
struct db_connection *db_connection_of(const struct mentor *m);

#endif
