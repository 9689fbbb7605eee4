/* store.c: opening, creating and checking the file that holds everything. */
#include "contract.h"
#include "db.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

/* File systems where byte-range locks cannot be relied on between machines (linux/magic.h and the file systems' sources). */
static const unsigned long network_magic[] = { 0x6969UL /* NFS */, 0x517bUL /* SMB */, 0xff534d42UL /* CIFS */,
	0xfe534d42UL /* SMB2 */, 0x5346414fUL /* AFS */, 0x00c36400UL /* Ceph */, 0x01021997UL /* 9P */ };

static bool on_network(const char *path)
{
	struct mentor_buf folder = MENTOR_BUF_INIT;
	const char *slash = strrchr(path, '/');
	if (slash)
		mentor_buf_add(&folder, path, (size_t)(slash - path) + 1);
	else
		mentor_buf_str(&folder, ".");
	struct statfs fs;
	bool network = false;
	if (!folder.failed && statfs(mentor_buf_text(&folder), &fs) == 0)
		for (size_t i = 0; i < sizeof(network_magic) / sizeof(*network_magic); i++)
			network |= ((unsigned long)fs.f_type & 0xffffffffUL) == network_magic[i];
	mentor_buf_free(&folder);
	return network;
}

static enum mentor_status check_path(struct mentor *m, const char *path, unsigned flags)
{
	struct stat st;
	bool exists = lstat(path, &st) == 0;
	if (!exists && errno != ENOENT)
		return fail(m, MENTOR_FAILED, "check the path and the permissions of its folders", "cannot reach %s: %s", path,
		    strerror(errno));
	if (!exists && !(flags & MENTOR_OPEN_CREATE))
		return fail(m, MENTOR_NOT_FOUND, "make one with: mentor db init, or name it with --db FILE", "there is no store at %s",
		    path);
	if (exists && S_ISLNK(st.st_mode))
		return fail(m, MENTOR_REFUSED, "name the file itself", "%s is a symbolic link", path);
	if (exists && !S_ISREG(st.st_mode))
		return fail(m, MENTOR_INVALID, "name the store with --db FILE", "%s is not a file", path);
	if (!(flags & MENTOR_OPEN_ALLOW_NETWORK) && on_network(path))
		return fail(m, MENTOR_REFUSED, "keep the store on a disk of this machine, and share backups instead",
		    "%s is on a network drive, where two people writing at once can damage it", path);
	return MENTOR_OK;
}

enum mentor_status mentor_open(struct mentor *m, const char *path, unsigned flags, int lock_wait)
{
	bool memory = flags & MENTOR_OPEN_MEMORY, create = memory || flags & MENTOR_OPEN_CREATE;
	enum mentor_status status = memory ? MENTOR_OK : check_path(m, path, flags);
	if (status)
		return status;
	struct db_open how = {
		.path = memory ? NULL : path, .write = flags & MENTOR_OPEN_WRITE, .create = create, .lock_wait = lock_wait
	};
	mentor_close(m);
	status = db_open(m, m->driver ? m->driver : &db_sqlite_driver, &how, memory ? "in memory" : path);
	if (!status)
		status = migrate_check(m, create || flags & MENTOR_OPEN_MIGRATE);
	if (!status && create)
		status = migrate(m);
	if (status)
		db_close(m);
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
	*ret_newest = migrate_newest(m);
	return migrate_version(m, ret_now);
}

enum mentor_status mentor_store_migrate(struct mentor *m, int64_t *ret_from, int64_t *ret_to)
{
	enum mentor_status status = migrate_version(m, ret_from);
	if (!status)
		status = migrate(m);
	return status ? status : migrate_version(m, ret_to);
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
	{ "SELECT 'm' || p.id FROM pair p JOIN enrolment a ON a.id = p.mentor_id JOIN enrolment b ON b.id = p.mentee_id "
	  "WHERE a.cohort_id <> p.cohort_id OR b.cohort_id <> p.cohort_id",
	    "joins people of different cohorts" },
	{ "SELECT 'm' || p.id FROM pair p JOIN enrolment a ON a.id = p.mentor_id JOIN enrolment b ON b.id = p.mentee_id "
	  "WHERE a.person_id = b.person_id",
	    "joins a person with herself or himself" },
	{ "SELECT c.slug FROM cohort c JOIN revision r ON r.id = c.revision_id WHERE r.programme_id <> c.programme_id",
	    "follows a revision of another programme" },
	{ "SELECT 'n' || e.id FROM enrolment e JOIN pair p ON e.id IN (p.mentor_id, p.mentee_id) WHERE p.state = 'active' "
	  "GROUP BY e.id, e.places HAVING count(*) > e.places",
	    "has more partners than places" },
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

enum mentor_status mentor_store_check(struct mentor *m)
{
	problems_clear(m);
	enum db_code code = db_driver_of(m)->check(db_connection_of(m), found, m);
	if (code != DB_OK)
		return db_fail(m, code);
	enum mentor_status status = check_invariants(m);
	if (!status)
		status = contract_check_all(m);
	if (status)
		return status;
	status = problems_result(m, NULL);
	if (status)
		m->error.status = MENTOR_FOUND;
	return status ? MENTOR_FOUND : MENTOR_OK;
}

enum mentor_status mentor_store_status(struct mentor *m, struct mentor_store_status *ret)
{
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
	enum mentor_status status = migrate_version(m, &s.version);
	for (size_t i = 0; !status && i < sizeof(counts) / sizeof(*counts); i++)
		status = db_value(m, counts[i].sql, DB_NO_ARGS, 0, counts[i].at);
	if (!status)
		*ret = s;
	return status;
}
