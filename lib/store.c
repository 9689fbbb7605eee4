/* store.c: opening, creating and checking the file that holds everything. */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "audit.h"
#include "contract.h"
#include "platform.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum mentor_status check_path(struct mentor *m, const char *path, unsigned flags)
{
	struct stat st;
	bool exists = lstat(path, &st) == 0;
	size_t len = strlen(path);
	if (len == 0 || path[len - 1] == '/')
		return fail(m, MENTOR_INVALID, "name the file", "'%s' is not the name of a file", path);
	if (!exists && errno != ENOENT)
		return fail(m, MENTOR_FAILED, "check the path and the permissions of its folders", "cannot reach %s: %s", path,
		    strerror(errno));
	if (!exists && !(flags & MENTOR_OPEN_CREATE))
		return fail(m, MENTOR_NOT_FOUND, "make one with: mentor db init, or name another with --db FILE; to look around first: mentor demo", "there is no store at %s",
		    path);
	if (exists && S_ISLNK(st.st_mode))
		return fail(m, MENTOR_REFUSED, "name the file itself", "%s is a symbolic link", path);
	if (exists && !S_ISREG(st.st_mode))
		return fail(m, MENTOR_INVALID, "name the store with --db FILE", "%s is not a file", path);
	if (!(flags & MENTOR_OPEN_ALLOW_NETWORK) && platform_on_network(path))
		return fail(m, MENTOR_REFUSED, "keep the store on a disk of this machine, and share backups instead",
		    "%s is on a network drive, where two people writing at once can damage it", path);
	return MENTOR_OK;
}

static enum mentor_status prepare_write(struct mentor *m)
{
	enum db_code code = db_driver_of(m)->prepare_write(db_connection_of(m));
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

/* The folder may be reached through links (a home often is); the file itself may not be one. SQLite refuses both, so it is given
 * the folder as it really is. */
static enum mentor_status real_path(struct mentor *m, const char *path, struct mentor_buf *real)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	char *found = folder ? realpath(folder, NULL) : NULL;
	if (found)
		mentor_buf_fmt(real, "%s/%s", strcmp(found, "/") == 0 ? "" : found, slash ? slash + 1 : path);
	enum mentor_status status = !folder || real->failed ? fail_memory(m) : MENTOR_OK;
	if (!status && !found)
		status = fail(m, MENTOR_FAILED, "check that the folder exists and is yours", "cannot reach the folder of %s: %s", path,
		    strerror(errno));
	free(folder);
	free(found);
	return status;
}

static enum mentor_status open_at(struct mentor *m, const char *path, const char *name, unsigned flags, int lock_wait)
{
	bool memory = flags & MENTOR_OPEN_MEMORY, create = memory || flags & MENTOR_OPEN_CREATE;
	enum mentor_status status;
	struct db_open how = {
		.path = memory ? NULL : path, .write = flags & MENTOR_OPEN_WRITE, .create = create, .lock_wait = lock_wait
	};
	bool empty = false;
	mentor_close(m);
	status = db_open(m, m->driver ? m->driver : &db_sqlite_driver, &how, name);
	if (!status)
		status = migrate_check(m, create, flags & MENTOR_OPEN_MIGRATE, &empty);
	if (!status && (how.write || create))
		status = prepare_write(m);
	if (!status && create && empty)
		status = migrate(m);
	if (!status && create && empty && !memory && chmod(path, S_IRUSR | S_IWUSR)) /* an empty file of ours may have been readable to all */
		status = fail(m, MENTOR_FAILED, NULL, "cannot make %s private: %s", name, strerror(errno));
	if (status)
		db_close(m);
	return status;
}

enum mentor_status mentor_open(struct mentor *m, const char *path, unsigned flags, int lock_wait)
{
	struct mentor_buf real = MENTOR_BUF_INIT;
	if (flags & MENTOR_OPEN_MEMORY)
		return open_at(m, NULL, "in memory", flags, lock_wait);
	enum mentor_status status = check_path(m, path, flags);
	if (!status)
		status = real_path(m, path, &real);
	if (!status)
		status = open_at(m, mentor_buf_text(&real), path, flags, lock_wait);
	mentor_buf_free(&real);
	return status;
}

void mentor_free(struct mentor *m)
{
	if (!m)
		return;
	mentor_close(m);
	context_free(m);
}

void mentor_close(struct mentor *m)
{
	mentor_rollback(m);
	db_close(m);
}

enum mentor_status mentor_store_versions(struct mentor *m, int64_t *ret_now, int64_t *ret_newest)
{
	int64_t now = 0;
	enum mentor_status status = db_needed(m);
	if (!status)
		status = migrate_version(m, &now);
	if (status)
		return status;
	*ret_now = now;
	*ret_newest = migrate_newest(m);
	return MENTOR_OK;
}

enum mentor_status mentor_store_migrate(struct mentor *m, int64_t *ret_from, int64_t *ret_to)
{
	int64_t from = 0, to = 0;
	enum mentor_status status = db_needed(m);
	if (!status)
		status = migrate_version(m, &from);
	if (!status)
		status = migrate(m);
	if (!status)
		status = migrate_version(m, &to);
	if (status)
		return status;
	*ret_from = from;
	*ret_to = to;
	return MENTOR_OK;
}

static void found(void *arg, const char *what)
{
	struct mentor *m = arg;
	problem_add(m, NULL, NULL, "%s", what);
}

/* What must be true of every store beyond what its constraints already force. Each query returns references of offenders. */
static const struct {
	const char *sql, *what;
} invariants[] = {
	{ "SELECT 'the store' WHERE NOT EXISTS (SELECT 1 FROM store)", "has lost its count of changes" },
	{ "SELECT 'm' || p.id FROM pair p JOIN enrolment a ON a.id = p.mentor_id JOIN enrolment b ON b.id = p.mentee_id "
	  "WHERE a.cohort_id <> p.cohort_id OR b.cohort_id <> p.cohort_id",
	    "joins people of different cohorts" },
	{ "SELECT 'm' || p.id FROM pair p JOIN enrolment a ON a.id = p.mentor_id JOIN enrolment b ON b.id = p.mentee_id "
	  "WHERE a.person_id = b.person_id",
	    "joins a person with herself or himself" },
	/* a person has one enrolment in a cohort */
	{ "SELECT 'm' || p.id FROM pair p WHERE p.state = 'active' AND EXISTS (SELECT 1 FROM pair q WHERE q.state = 'active' AND q.id < p.id "
	  "AND ((q.mentee_id = p.mentee_id AND q.mentor_id = p.mentor_id) OR (q.mentee_id = p.mentor_id AND q.mentor_id = p.mentee_id)))",
	    "joins two people who are an active pair already" },
	{ "SELECT 'm' || p.id FROM pair p WHERE (p.state = 'proposed') <> (p.published_on IS NULL) OR "
	  "(p.state = 'completed' OR p.state = 'ended') <> (p.ended_on IS NOT NULL)",
	    "has days that do not go with its state" },
	{ "SELECT c.slug FROM cohort c WHERE (c.closed_on IS NOT NULL AND c.opened_on IS NULL) "
	  "OR (c.finished_on IS NOT NULL AND c.started_on IS NULL)",
	    "was closed before it opened, or finished before it started" },
	{ "SELECT c.slug FROM cohort c JOIN revision r ON r.id = c.revision_id WHERE r.programme_id <> c.programme_id",
	    "follows a revision of another programme" },
	{ "SELECT 'n' || e.id FROM enrolment e JOIN pair p ON e.id IN (p.mentor_id, p.mentee_id) WHERE p.state = 'active' "
	  "GROUP BY e.id, e.places HAVING count(*) > e.places",
	    "has more partners than places" },
	{ "SELECT 'n' || e.id FROM enrolment e WHERE (e.state = 'waiting' AND e.rank IS NULL) OR (e.state <> 'waiting' AND e.rank IS NOT NULL)",
	    "waits without a place on the waiting list, or has one without waiting" },
	{ "SELECT 'n' || e.id FROM (SELECT id, rank, row_number() OVER (PARTITION BY cohort_id, role ORDER BY rank, id) AS place FROM enrolment "
	  "WHERE rank IS NOT NULL) e WHERE e.rank <> e.place",
	    "is not in its turn on the waiting list: places go from 1, one by one" },
	{ "SELECT 'n' || e.id FROM enrolment e WHERE (e.origin IS NULL) <> (e.origin_cohort_id IS NULL) OR e.origin_cohort_id = e.cohort_id "
	  "OR EXISTS (SELECT 1 FROM cohort c JOIN cohort o ON o.programme_id <> c.programme_id WHERE c.id = e.cohort_id AND o.id = e.origin_cohort_id)",
	    "does not say rightly from which cohort of the programme it comes" },
	{ "SELECT 'n' || e.id FROM enrolment e WHERE (e.told IS NULL) <> (e.told_on IS NULL)", "was told of an outcome without a day, or on a day of none" },
	{ "SELECT 'n' || e.id FROM enrolment e WHERE (e.state = 'applied') <> (e.decided_on IS NULL)",
	    "is decided without a day, or has the day of a decision without one" },
	{ "SELECT c.slug FROM cohort c JOIN cohort o ON o.id = c.origin_id WHERE o.id = c.id OR o.programme_id <> c.programme_id",
	    "follows a cohort that is none of its programme" },
	{ "SELECT 'p' || a.person_id FROM address a JOIN person p ON p.email = a.email", "has another address that is somebody's own" },
	{ "SELECT 'p' || p.id FROM person p LEFT JOIN address a ON a.email = p.manager_email "
	  "WHERE p.manager_email = p.email OR a.person_id = p.id",
	    "is her or his own line manager" },
};

static enum mentor_status check_invariants(struct mentor *m)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(invariants) / sizeof(*invariants); i++) {
		struct db_rows *rows = NULL;
		bool more = true;
		status = db_query(m, invariants[i].sql, DB_NO_ARGS, &rows);
		while (!status && !(status = db_next(rows, &more)) && more)
			problem_add(m, NULL, NULL, "%s %s", db_text(rows, 0), invariants[i].what);
		db_done(rows);
	}
	return status;
}

static enum mentor_status check(struct mentor *m, bool quick)
{
	enum mentor_status status = db_needed(m);
	if (status)
		return status;
	problems_clear(m);
	enum db_code code = db_driver_of(m)->pages(db_connection_of(m), found, m);
	const size_t pages = m->n_problems;
	if (code == DB_OK)
		code = db_driver_of(m)->check(db_connection_of(m), quick, found, m);
	if (code != DB_OK)
		return db_fail(m, code);
	if (quick || m->n_problems > pages) /* what an unsound file says is not worth a look */
		return problems_found(m);
	status = check_invariants(m);
	if (!status)
		status = contract_check_all(m);
	if (!status)
		status = audit_check(m);
	return status ? status : problems_found(m);
}

enum mentor_status mentor_store_check(struct mentor *m)
{
	return check(m, false);
}

enum mentor_status mentor_store_check_quick(struct mentor *m)
{
	return check(m, true);
}

enum mentor_status mentor_store_copy(struct mentor *m, const char *path)
{
	struct stat st;
	const bool there = lstat(path, &st) == 0;
	enum mentor_status status = db_needed(m);
	if (status)
		return status;
	if (there && (!S_ISREG(st.st_mode) || st.st_size > 0))
		return fail(m, MENTOR_REFUSED, "name another file", "there is something at %s already", path);
	enum db_code code = db_driver_of(m)->copy(db_connection_of(m), path);
	if (code == DB_OK)
		return MENTOR_OK;
	unlink(path);
	/* what is wrong with the place of the copy is not the store's fault */
	if (code == DB_CANNOT_OPEN || code == DB_READ_ONLY || code == DB_FULL || code == DB_LINK || code == DB_NOT_STORE)
		return fail(m, MENTOR_FAILED, code == DB_FULL ? "free some space, or name another disk" : "check the folder and its permissions",
		    "the copy %s cannot be written%s", path, code == DB_FULL ? ": the disk is full" : "");
	return db_fail(m, code);
}

enum mentor_status mentor_store_status(struct mentor *m, struct mentor_store_status *ret)
{
	enum mentor_status status = db_needed(m);
	if (status)
		return status;
	struct mentor_store_status s = { .file = db_name_of(m), .newest = migrate_newest(m) };
	const struct {
		const char *sql;
		int64_t *at;
	} counts[] = {
		{ "SELECT count(*) FROM programme", &s.programmes },
		{ "SELECT count(*) FROM cohort", &s.cohorts },
		{ "SELECT count(*) FROM person", &s.people },
		{ "SELECT count(*) FROM enrolment", &s.enrolments },
		{ "SELECT count(*) FROM pair WHERE state <> 'proposed'", &s.pairs },
		{ "SELECT count(*) FROM session", &s.sessions },
	};
	status = migrate_version(m, &s.version);
	for (size_t i = 0; !status && i < sizeof(counts) / sizeof(*counts); i++)
		status = db_value(m, counts[i].sql, DB_NO_ARGS, 0, counts[i].at);
	if (!status)
		*ret = s;
	return status;
}
