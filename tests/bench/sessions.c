/* sessions.c: the reference for importing sessions: a million rows through SQLite's own interface in one transaction, then the index.
 *   sessions FILE STORE    the rows come from the same file as the program's, already cut up: only storing them is timed
 * Prints the milliseconds. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS = 6, LINE = 512 };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(sqlite3 *db, int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE)
		return;
	fprintf(stderr, "%s\n", sqlite3_errmsg(db));
	exit(1);
}

/* date, time, mentor, minutes, mode, place: the pair is the number in the mentor's address. */
static void insert(sqlite3 *db, sqlite3_stmt *s, char *line)
{
	const char *cells[COLUMNS] = { NULL };
	line[strcspn(line, "\n")] = '\0';
	for (int i = 0; i < COLUMNS && line; i++) {
		cells[i] = line;
		line = strchr(line, ',');
		if (line)
			*line++ = '\0';
	}
	sqlite3_bind_int64(s, 1, (strtol(cells[2] + strlen("person"), NULL, 10) + 1) / 2);
	sqlite3_bind_text(s, 2, cells[0], -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, cells[1], -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 4, strtol(cells[3], NULL, 10));
	sqlite3_bind_text(s, 5, cells[4], -1, SQLITE_STATIC);
	if (cells[5][0])
		sqlite3_bind_text(s, 6, cells[5], -1, SQLITE_STATIC);
	else
		sqlite3_bind_null(s, 6);
	must(db, sqlite3_step(s));
	must(db, sqlite3_reset(s));
}

int main(int argc, char **argv)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	char line[LINE];
	FILE *f = argc == 3 ? fopen(argv[1], "r") : NULL;
	if (!f || !fgets(line, sizeof(line), f)) {
		fprintf(stderr, "usage: sessions FILE STORE\n");
		return 2;
	}
	double begun = now();
	remove(argv[2]);
	must(db, sqlite3_open(argv[2], &db));
	must(db, sqlite3_exec(db,
	    "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; BEGIN;"
	    "CREATE TABLE session (id INTEGER PRIMARY KEY, pair_id INTEGER NOT NULL, date TEXT NOT NULL, time TEXT, minutes INTEGER, mode TEXT, place TEXT, recorded_on TEXT NOT NULL) STRICT",
	    NULL, NULL, NULL));
	must(db, sqlite3_prepare_v2(db, "INSERT INTO session (pair_id, date, time, minutes, mode, place, recorded_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, '2026-12-30')", -1, &s, NULL));
	while (fgets(line, sizeof(line), f))
		insert(db, s, line);
	must(db, sqlite3_exec(db, "CREATE UNIQUE INDEX session_once ON session (pair_id, date, coalesce(time, '')); COMMIT", NULL, NULL, NULL));
	sqlite3_finalize(s);
	sqlite3_close(db);
	fclose(f);
	printf("%.0f\n", now() - begun);
	return 0;
}
