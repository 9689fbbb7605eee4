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
};

/** Begins to watch the file of a connection that was just opened: from now on pages are written with their sums, where the file has room for them. A new
 * file has, and so has one that is written anew (VACUUM). Returns an SQLite code. */
int pages_watch(struct pages *p, sqlite3 *db);
/** Ends it, before the connection is closed. */
void pages_leave(struct pages *p, sqlite3 *db);
/** Reads every page and calls `found` for those that are not as they were written, in words. A file without sums has none to find. Returns an SQLite code. */
int pages_check(sqlite3 *db, void (*found)(void *arg, const char *what), void *arg);

#endif
