/* migrate.c: which version a store has, and the way from there to the newest. */
#include "db.h"

#include <inttypes.h>

/* "MntR": tells our files from other SQLite databases. */
static const int64_t application_id = 0x4d6e7452;

int64_t migrate_newest(const struct mentor *m)
{
	int64_t n = 0;
	while (db_driver_of(m)->migrations[n])
		n++;
	return n;
}

static enum mentor_status read_version(struct mentor *m, int64_t *ret_application, int64_t *ret_version)
{
	enum db_code code = db_driver_of(m)->version(db_connection_of(m), ret_application, ret_version);
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

enum mentor_status migrate_version(struct mentor *m, int64_t *ret_version)
{
	int64_t application = 0, version = 0;
	enum mentor_status status = read_version(m, &application, &version);
	if (!status)
		*ret_version = version;
	return status;
}

enum mentor_status migrate_check(struct mentor *m, bool create, bool old, bool *ret_empty)
{
	int64_t application = 0, version = 0, newest = migrate_newest(m);
	bool empty = false;
	enum mentor_status status = read_version(m, &application, &version);
	if (status)
		return status;
	if (application == 0 && version == 0) {
		enum db_code code = db_driver_of(m)->is_empty(db_connection_of(m), &empty);
		if (code != DB_OK)
			return db_fail(m, code);
	}
	*ret_empty = empty;
	if (empty && create)
		return MENTOR_OK;
	if (application != application_id)
		return fail(m, MENTOR_INVALID, "name the store with --db FILE, or make one with: mentor db init",
		    "the file is a database, but not a mentor store");
	if (version < 0)
		return fail(m, MENTOR_INVALID, "restore a backup", "the store is damaged: it says that it has version %" PRId64, version);
	if (version > newest)
		return fail(m, MENTOR_TOO_NEW, "install a newer mentor",
		    "the store has version %" PRId64 ", this program knows versions up to %" PRId64, version, newest);
	if (version < newest && !old)
		return fail(m, MENTOR_REFUSED, "copy the file, then run: mentor db migrate",
		    "the store has version %" PRId64 ", this program needs version %" PRId64, version, newest);
	return MENTOR_OK;
}

/* One step: the script and the version bump stand or fall together. */
static enum mentor_status step(struct mentor *m, int64_t version)
{
	const struct db_driver *driver = db_driver_of(m);
	struct db_connection *c = db_connection_of(m);
	enum db_code code = driver->begin(c, true);
	int64_t application = 0, now = 0;
	if (code == DB_OK)
		code = driver->version(c, &application, &now);
	if (code == DB_OK && now >= version) { /* somebody else was faster */
		driver->rollback(c);
		return MENTOR_OK;
	}
	if (code == DB_OK)
		code = driver->script(c, driver->migrations[version - 1]);
	if (code == DB_OK)
		code = driver->set_version(c, application_id, version);
	if (code == DB_OK)
		code = driver->commit(c);
	if (code == DB_OK)
		return MENTOR_OK;
	enum mentor_status status = db_fail(m, code);
	driver->rollback(c);
	return status;
}

static enum mentor_status check_references(struct mentor *m, bool checked)
{
	enum db_code code = db_driver_of(m)->references(db_connection_of(m), checked);
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

enum mentor_status migrate(struct mentor *m)
{
	int64_t version = 0;
	if (m->depth)
		return fail(m, MENTOR_BUG, NULL, "a store is not migrated inside a transaction");
	m->revision_known = false;
	enum mentor_status status = migrate_version(m, &version);
	if (!status)
		status = check_references(m, false);
	for (int64_t v = version + 1; !status && v <= migrate_newest(m); v++)
		status = step(m, v);
	enum mentor_status again = check_references(m, true);
	/* Written anew, the file of an older program has what newer ones put in it. It is as good without, so a full disk is no reason to fail. */
	if (!status && !again && version > 0 && version < migrate_newest(m))
		(void)db_driver_of(m)->compact(db_connection_of(m));
	return status ? status : again;
}
