/* db.c: mentor db: the file itself. */
#include "db.h"

#include "nouns.h"
#include "out.h"

#include <inttypes.h>

static const struct mentor_field status_fields[] = {
	{ "file", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_store_status, file), .heading = "store", .help = "where it is" },
	{ "version", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_store_status, version), .heading = "schema version", .help = "version of the store" },
	{ "newest", MENTOR_TYPE_INT, MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_store_status, newest), .help = "newest version this program knows" },
	{ "programmes", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_store_status, programmes), .help = "number of programmes" },
	{ "cohorts", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_store_status, cohorts), .help = "number of cohorts" },
	{ "people", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_store_status, people), .help = "number of people" },
	{ "enrolments", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_store_status, enrolments), .help = "number of enrolments" },
	{ "pairs", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_store_status, pairs), .help = "number of published pairs" },
	{ "sessions", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_store_status, sessions), .help = "number of sessions" },
	{ 0 },
};
static const struct part status_parts[] = { { NULL, NULL, status_fields, false, false }, { 0 } };

static enum mentor_status print_status(struct run *run)
{
	struct mentor_store_status s;
	enum mentor_status status = mentor_store_status(run->m, &s);
	if (!status)
		out_row(run->out, &s);
	return status;
}

struct check_row {
	const char *result;
};
static const struct mentor_field check_fields[] = {
	{ "result", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(check_row, result), .help = "ok; otherwise the findings are the error's problems" },
	{ 0 },
};
static const struct part check_parts[] = { { NULL, NULL, check_fields, false, true }, { 0 } };

struct check_args {
	int64_t quick;
};

static const struct option check_options[] = {
	{ .field = { "quick", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(check_args, quick), .help = "the file and its tables only, not what the records say" } },
	{ .letter = 0 },
};

static enum mentor_status check(struct run *run)
{
	struct check_row row = { "ok" };
	const struct check_args *args = run->args;
	enum mentor_status status = args->quick == 1 ? mentor_store_check_quick(run->m) : mentor_store_check(run->m);
	if (!status)
		out_row(run->out, &row);
	return status;
}

struct migrate_row {
	int64_t from, to;
	const char *backup;
};
static const struct mentor_field migrate_fields[] = {
	{ "from", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(migrate_row, from), .help = "version before" },
	{ "to", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(migrate_row, to), .help = "version now" },
	{ "backup", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(migrate_row, backup), .help = "the copy that was made before; none when there was nothing to do" },
	{ 0 },
};
static const struct part migrate_parts[] = { { NULL, NULL, migrate_fields, false, false }, { 0 } };

static enum mentor_status migrate(struct run *run)
{
	struct migrate_row row = { 0 };
	enum mentor_status status = mentor_store_versions(run->m, &row.from, &row.to);
	if (!status && row.from < row.to)
		status = backup_before(run, row.from, &row.backup);
	if (!status && !run->globals.dry_run)
		status = mentor_store_migrate(run->m, &row.from, &row.to);
	if (!status)
		out_row(run->out, &row);
	return status;
}

static const struct command db_init = { .name = "init", .summary = "make the store, or do nothing when there is one", .flags = CMD_CREATE,
	.parts = status_parts, .run = print_status };
static const struct command db_status = { .name = "status", .summary = "count what is in the store", .flags = CMD_READ,
	.parts = status_parts, .run = print_status };
static const struct command db_check = { .name = "check", .summary = "check the file and what must be true of every store", .flags = CMD_READ,
	.options = check_options, .args_size = sizeof(struct check_args), .parts = check_parts, .run = check };
static const struct command db_migrate = { .name = "migrate", .summary = "bring the store to this program's schema version, and keep a copy as it was", .flags = CMD_MIGRATE,
	.parts = migrate_parts, .run = migrate };

static const struct command *const verbs[] = { &db_init, &db_status, &db_check, &db_backup, &db_restore, &db_migrate, &db_export, &db_import, NULL };
const struct command noun_db = { .name = "db", .summary = "the store: one file that holds everything", .verbs = verbs };
