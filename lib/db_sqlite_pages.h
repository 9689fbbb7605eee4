/* db_sqlite_pages.h: a sum in every page of the file. */
#ifndef DB_SQLITE_PAGES_H
#define DB_SQLITE_PAGES_H

#include <sqlite3.h>
#include <stdbool.h>

/** What stands between SQLite and the file of one connection. */
struct pages {
	sqlite3_io_methods methods; /* first: SQLite is handed this in the place of its own */
	const sqlite3_io_methods *own;
	struct pages *self; /* SQLite gives back what it was handed as something that is not changed */
	unsigned char *copy; /* of the page being written */
	int copy_size;
	bool summed; /* the file's pages have room for a sum */
	enum { PAGES_TRUSTED, PAGES_DOUBTED, PAGES_LOOKED_AT, PAGES_BROKEN } state; /* of what was read */
};

/** Begins to watch the file of a connection that was just opened: from now on pages are written with their sums, where the file has room for them. A new
 * file has, and so has one that is written anew (VACUUM). Returns an SQLite code. */
int pages_watch(struct pages *p, sqlite3 *db);
/** Ends it, before the connection is closed. */
void pages_leave(struct pages *p, sqlite3 *db);
/** Whether SQLite finds the structure of the file sound: SQLITE_OK, SQLITE_CORRUPT, or why it could not tell. A millisecond per megabyte. */
int pages_sound(sqlite3 *db);
/** After each step of a statement: when a page that was read is not as it was written, SQLite has to find it sound before anybody relies on it, which is
 * asked once. SQLITE_CORRUPT when it does not; else SQLITE_OK, also where another program wrote the page. */
int pages_settle(sqlite3 *db);
/** Reads every page and calls `found` for those that are not as they were written, in words. A file without sums has none to find. Returns an SQLite code. */
int pages_check(sqlite3 *db, void (*found)(void *arg, const char *what), void *arg);

#endif
