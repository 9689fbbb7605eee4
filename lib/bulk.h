/* bulk.h: one statement for many rows: a row at a time costs more in calls than in work. */
#ifndef BULK_H
#define BULK_H

#include "db.h"

enum { BULK_VALUES = 700 }; /* SQLite's time to prepare a statement grows with their square */

/** A statement whose middle is a list, `INSERT … VALUES` ($1, $2), ($3, $4) or `SELECT … IN (` $1, $2 `)`. Rows gather until there are
 * BULK_VALUES of their values; the texts must live until then. */
struct bulk {
	struct mentor *m;
	const char *head, *tail; /* the text before and behind the list; literal SQL */
	size_t columns;		 /* values of one row of the list */
	const struct db_value *before; /* $1: a value that the head needs; NULL: none */
	enum mentor_status (*each)(void *arg, const struct db_rows *rows); /* a row that comes back; NULL: none do */
	void *arg;
	struct mentor_buf sql; /* the statement for sql_n values */
	size_t sql_n;
	size_t n; /* values gathered, the one before the list included */
	struct db_value values[1 + BULK_VALUES];
};

/** Runs a query and hands on its rows; `each` may be NULL. */
enum mentor_status bulk_query(struct mentor *m, const char *sql, const struct db_value *values, size_t n,
    enum mentor_status (*each)(void *arg, const struct db_rows *rows), void *arg);
/** Adds one row of b->columns values, and runs the statement when it is full. */
enum mentor_status bulk_row(struct bulk *b, const struct db_value *row);
/** Runs it for the rest, unless `status` says that something has failed, and frees what it holds. Returns what it all came to. */
enum mentor_status bulk_end(struct bulk *b, enum mentor_status status);

#endif
