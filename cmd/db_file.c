/* db_file.c: mentor db backup, restore, export, import: the store as a file that is copied, and one that takes its place. */
#include "db.h"
#include "out.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum mentor_status failed(struct run *run, const char *what, const char *path)
{
	return mentor_fail(run->m, MENTOR_FAILED, "check the folder and its permissions", "cannot %s %s: %s", what, path, strerror(errno));
}

static enum mentor_status starved(struct run *run)
{
	return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
}

/* Makes an empty private file in the folder of `path`, under a name of its own. */
static enum mentor_status make_temporary(struct run *run, const char *path, struct mentor_buf *temp)
{
	mentor_buf_fmt(temp, "%s.XXXXXX", path);
	int fd = temp->failed ? -1 : mkstemp(temp->data);
	if (fd >= 0 && close(fd) == 0)
		return MENTOR_OK;
	if (temp->failed)
		return starved(run);
	enum mentor_status status = failed(run, "make a file beside", path);
	mentor_buf_clear(temp); /* there is nothing to remove */
	return status;
}

/* With the empty journal that it has when it was written to as a store. */
static void remove_journal(const struct mentor_buf *temp)
{
	struct mentor_buf journal = MENTOR_BUF_INIT;
	mentor_buf_fmt(&journal, "%s-journal", mentor_buf_text(temp));
	if (!journal.failed)
		unlink(mentor_buf_text(&journal));
	mentor_buf_free(&journal);
}

static void remove_temporary(struct mentor_buf *temp)
{
	if (temp->len) {
		unlink(mentor_buf_text(temp));
		remove_journal(temp);
	}
	mentor_buf_free(temp);
}

/* `base`, or the first of base-2, base-3 … that is not taken. */
static enum mentor_status free_name(struct run *run, const char *base, const char **ret)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	struct stat st;
	mentor_buf_str(&name, base);
	for (int n = 2; !name.failed && lstat(mentor_buf_text(&name), &st) == 0; n++) {
		mentor_buf_clear(&name);
		mentor_buf_fmt(&name, "%s-%d", base, n);
	}
	*ret = name.failed ? NULL : mentor_keep(run->m, mentor_buf_text(&name));
	mentor_buf_free(&name);
	return *ret ? MENTOR_OK : starved(run);
}

/* ---- backup ---- */

struct backup_args {
	int64_t replace;
};

static const struct option backup_options[] = {
	{ .field = { "replace", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(backup_args, replace), .help = "write over a file that is there already" } },
	{ .letter = 0 },
};
static const struct operand backup_operands[] = {
	{ "FILE", .entity = "file", .help = "the copy; - for standard output, to hand it to a program that encrypts" },
	{ 0 },
};

struct backup_row {
	const char *file;
	int64_t bytes;
	const char *head;
};
static const struct mentor_field backup_fields[] = {
	{ "file", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(backup_row, file), .help = "the copy, readable by its owner only" },
	{ "bytes", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(backup_row, bytes), .help = "its size" },
	{ "head", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(backup_row, head), .help = "head of the trail of changes, to be kept where the store is not" },
	{ 0 },
};
static const struct part backup_parts[] = { { NULL, NULL, backup_fields, false, false }, { 0 } };

/* A copy that is whole and checked gets its name; until then what has that name stays. */
static enum mentor_status copy_to(struct run *run, const char *path)
{
	struct mentor_buf temp = MENTOR_BUF_INIT;
	enum mentor_status status = make_temporary(run, path, &temp);
	if (!status)
		status = mentor_store_copy(run->m, mentor_buf_text(&temp));
	if (!status && rename(mentor_buf_text(&temp), path)) {
		status = failed(run, "write", path);
	} else if (!status) {
		out_sync_folder(path);
		mentor_buf_clear(&temp);
	}
	remove_temporary(&temp);
	return status;
}

static enum mentor_status copy_with_signals_held(struct run *run, const char *path)
{
	sigset_t before;
	out_hold_signals(&before);
	enum mentor_status status = copy_to(run, path);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

/* The copy is made beside the store, and has no name any more while it is sent. */
static enum mentor_status copy_to_stdout(struct run *run)
{
	struct mentor_buf temp = MENTOR_BUF_INIT;
	if (run->out->format == &format_json || run->out->format == &format_jsonl || isatty(STDOUT_FILENO))
		return mentor_fail(run->m, MENTOR_USAGE, "send it to a file or a program: mentor db backup - | age -r KEY >FILE",
		    "a copy of the store is no text to be printed");
	sigset_t before;
	out_hold_signals(&before);
	enum mentor_status status = make_temporary(run, run->store, &temp);
	if (!status)
		status = mentor_store_copy(run->m, mentor_buf_text(&temp));
	int fd = status ? -1 : open(mentor_buf_text(&temp), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (!status)
		status = fd < 0 ? failed(run, "read", mentor_buf_text(&temp)) : out_file(run->out, fd);
	remove_temporary(&temp);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

struct backup {
	struct run *run;
	struct backup_row row;
};

static enum mentor_status keep_head(void *arg, const void *record)
{
	struct backup *b = arg;
	b->row.head = ((const struct mentor_audit_head *)record)->head;
	out_row(b->run->out, &b->row);
	return MENTOR_OK;
}

/* A copy to be restored may have a journal of its own, which is rolled back first. */
static const char *first_operand(const struct run *run)
{
	return operand(run, 0);
}

static enum mentor_status run_backup(struct run *run)
{
	const char *path = operand(run, 0);
	struct stat st;
	if (strcmp(path, "-") == 0)
		return copy_to_stdout(run);
	const bool there = lstat(path, &st) == 0;
	if (there && !S_ISREG(st.st_mode))
		return mentor_fail(run->m, MENTOR_REFUSED, "name a file, or - for standard output", "%s is not a file", path);
	if (there && ((const struct backup_args *)run->args)->replace != 1)
		return mentor_fail(run->m, MENTOR_REFUSED, "name another file, or give --replace", "there is a file %s already", path);
	struct stat store;
	if (there && stat(run->store, &store) == 0 && store.st_dev == st.st_dev && store.st_ino == st.st_ino)
		return mentor_fail(run->m, MENTOR_REFUSED, "name another file", "%s is the store itself", path);
	enum mentor_status status = copy_with_signals_held(run, path);
	if (!status && stat(path, &st))
		status = failed(run, "read", path);
	if (!status)
		status = mentor_audit(run->m, NULL, false, NULL, NULL, keep_head, &(struct backup){ run, { path, (int64_t)st.st_size, NULL } });
	return status;
}

const struct command db_backup = {
	.name = "backup",
	.summary = "copy the store as it is at this moment, while others work on",
	.flags = CMD_READ,
	.options = backup_options,
	.operands = backup_operands,
	.parts = backup_parts,
	.args_size = sizeof(struct backup_args),
	.writes = first_operand,
	.run = run_backup,
};

enum mentor_status backup_before(struct run *run, int64_t version, const char **ret_path)
{
	struct mentor_buf base = MENTOR_BUF_INIT;
	mentor_buf_fmt(&base, "%s.version-%lld", run->store, (long long)version);
	enum mentor_status status = base.failed ? starved(run) : free_name(run, mentor_buf_text(&base), ret_path);
	if (!status && !run->globals.dry_run)
		status = copy_with_signals_held(run, *ret_path);
	mentor_buf_free(&base);
	return status;
}

/* ---- restore ---- */

struct restore_args {
	int64_t unread;
};

static const struct option restore_options[] = {
	{ .field = { "unread", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(restore_args, unread),
	      .help = "replace a store that cannot be read, although it cannot say who was erased since" } },
	{ .letter = 0 },
};
static const struct operand restore_operands[] = { { "FILE", .entity = "file", .help = "a copy that mentor db backup made; it stays as it is" }, { 0 } };

struct restore_row {
	const char *change, *file, *kept;
	int64_t version, erased, known;
};
static const struct mentor_field restore_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(restore_row, change), .help = "restored, or unchanged: the store is this copy already" },
	{ "file", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(restore_row, file), .help = "the copy that is the store now" },
	{ "kept", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(restore_row, kept), .help = "what was the store before; none when there was none" },
	{ "version", MENTOR_TYPE_INT, MENTOR_WIDE, MENTOR_AT_NUMBER(restore_row, version), .help = "schema version of the copy" },
	{ "known", MENTOR_TYPE_BOOL, MENTOR_WIDE, MENTOR_AT_NUMBER(restore_row, known), .help = "whether the replaced store could be asked who has been erased" },
	{ "erased", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(restore_row, erased), .help = "how many people were erased again, since they had been since the copy" },
	{ 0 },
};
static const struct part restore_parts[] = { { NULL, NULL, restore_fields, false, false }, { 0 } };

/* One restoring: three contexts, for the copy, for the store that goes and (run->m) for the one that comes. */
struct restore {
	struct run *run;
	struct mentor *copy, *old;
	struct mentor_buf temp;
	struct restore_row row;
	bool there; /* there is a store to be replaced */
};

/* What went wrong in another context is said in ours. */
static enum mentor_status pass(struct run *run, const struct mentor *m, enum mentor_status status)
{
	if (!status)
		return MENTOR_OK;
	const struct mentor_error *e = mentor_error(m);
	return mentor_fail(run->m, status, e->hint, "%s", e->message ? e->message : "not enough memory");
}

static enum mentor_status make_context(struct run *run, struct mentor **ret)
{
	*ret = mentor_new();
	return *ret ? pass(run, *ret, mentor_set_now(*ret, mentor_now(run->m))) : starved(run);
}

static enum mentor_status open_copy(struct restore *r)
{
	enum mentor_status status = make_context(r->run, &r->copy);
	if (status)
		return status;
	status = mentor_open(r->copy, r->row.file, MENTOR_OPEN_READ | MENTOR_OPEN_MIGRATE | MENTOR_OPEN_ALLOW_NETWORK, r->run->lock_wait);
	if (status != MENTOR_INVALID && status != MENTOR_NOT_FOUND)
		return pass(r->run, r->copy, status);
	const char *message = mentor_error(r->copy)->message;
	bool named = strstr(message, r->row.file);
	return mentor_fail(r->run->m, status, "name a copy that mentor db backup has made", "%s%s%s", named ? "" : r->row.file, named ? "" : ": ", message);
}

/* A copy that is damaged takes nobody's place. */
static enum mentor_status take_copy(struct restore *r)
{
	struct run *run = r->run;
	int64_t newest = 0;
	enum mentor_status status = open_copy(r);
	if (!status)
		status = pass(run, r->copy, mentor_store_versions(r->copy, &r->row.version, &newest));
	if (!status)
		status = make_temporary(run, run->store, &r->temp);
	if (!status)
		status = pass(run, r->copy, mentor_store_copy(r->copy, mentor_buf_text(&r->temp)));
	mentor_free(r->copy);
	r->copy = NULL;
	return status;
}

/* Nobody writes to the old store from here on. One that cannot be read at all is no reason to stay without a store, but somebody has to say so. */
static enum mentor_status hold_old(struct restore *r)
{
	struct run *run = r->run;
	struct stat st;
	r->there = lstat(run->store, &st) == 0;
	if (!r->there)
		return MENTOR_OK;
	if (!S_ISREG(st.st_mode))
		return mentor_fail(run->m, MENTOR_REFUSED, "name the file itself", "%s is not a file", run->store);
	enum mentor_status status = make_context(run, &r->old);
	if (status)
		return status;
	enum mentor_status opened = mentor_open(r->old, run->store, MENTOR_OPEN_WRITE | MENTOR_OPEN_MIGRATE, run->lock_wait);
	if (!opened)
		opened = mentor_begin(r->old);
	if (opened == MENTOR_BUSY || opened == MENTOR_NO_MEMORY)
		return pass(run, r->old, opened);
	if (opened && ((const struct restore_args *)run->args)->unread != 1)
		return mentor_fail(run->m, opened, "give --unread to replace it all the same, and erase again whoever was erased since the copy was made", "%s",
		    mentor_error(r->old)->message);
	r->row.known = !opened;
	if (opened) {
		mentor_free(r->old);
		r->old = NULL;
	}
	return MENTOR_OK;
}

static enum mentor_status make_ready(struct restore *r)
{
	struct run *run = r->run;
	int64_t from = 0, to = 0;
	enum mentor_status status = mentor_open(run->m, mentor_buf_text(&r->temp), MENTOR_OPEN_WRITE | MENTOR_OPEN_MIGRATE, run->lock_wait);
	if (!status)
		status = mentor_store_migrate(run->m, &from, &to);
	if (!status)
		status = mentor_store_check_quick(run->m);
	if (!status)
		status = mentor_store_restored(run->m, r->old, &r->row.erased);
	if (!status)
		status = mentor_revision(r->row.erased == MENTOR_NONE ? r->old : run->m, &run->out->revision);
	mentor_close(run->m);
	return status;
}

/* A journal belongs to the store that it was written for, and would be played into any other of its name. */
static enum mentor_status move_journal(struct restore *r)
{
	struct mentor_buf from = MENTOR_BUF_INIT, to = MENTOR_BUF_INIT;
	mentor_buf_fmt(&from, "%s-journal", r->run->store);
	mentor_buf_fmt(&to, "%s-journal", r->row.kept);
	enum mentor_status status = from.failed || to.failed ? starved(r->run) : MENTOR_OK;
	if (!status && rename(mentor_buf_text(&from), mentor_buf_text(&to)) && errno != ENOENT)
		status = failed(r->run, "move", mentor_buf_text(&from));
	mentor_buf_free(&from);
	mentor_buf_free(&to);
	return status;
}

/* There is a store under the name at every moment: the old one gets a second name before the new one takes its first. */
static enum mentor_status swap(struct restore *r)
{
	struct run *run = r->run;
	assert(!r->there || r->row.kept);
	if (r->there && link(run->store, r->row.kept))
		return failed(run, "keep the store as", r->row.kept);
	enum mentor_status status = r->there ? move_journal(r) : MENTOR_OK;
	if (!status && rename(mentor_buf_text(&r->temp), run->store))
		status = failed(run, "replace", run->store);
	if (status)
		return status;
	remove_journal(&r->temp);
	mentor_buf_clear(&r->temp);
	out_sync_folder(run->store);
	return MENTOR_OK;
}

static enum mentor_status restore(struct restore *r)
{
	struct run *run = r->run;
	struct mentor_buf base = MENTOR_BUF_INIT;
	enum mentor_status status = take_copy(r);
	if (!status)
		status = hold_old(r);
	if (!status)
		status = make_ready(r);
	mentor_buf_fmt(&base, "%s.replaced", run->store);
	const bool same = r->row.erased == MENTOR_NONE;
	r->row.change = same ? "unchanged" : "restored";
	if (!status && r->there && !same)
		status = base.failed ? starved(run) : free_name(run, mentor_buf_text(&base), &r->row.kept);
	mentor_buf_free(&base);
	if (!status && !same && !run->globals.dry_run)
		status = swap(r);
	return status;
}

static enum mentor_status run_restore(struct run *run)
{
	struct restore r = { .run = run, .temp = MENTOR_BUF_INIT, .row = { .file = operand(run, 0) } };
	sigset_t before;
	out_hold_signals(&before);
	enum mentor_status status = restore(&r);
	remove_temporary(&r.temp);
	mentor_free(r.copy);
	mentor_free(r.old);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (status)
		return status;
	out_row(run->out, &r.row);
	if (r.there && !r.row.known)
		out_note(run->out, "The replaced store could not be read: whoever was erased since the copy was made has to be erased again.");
	return MENTOR_OK;
}

const struct command db_restore = {
	.name = "restore",
	.summary = "put a copy in the place of the store, and keep what was there",
	.flags = CMD_OWN,
	.options = restore_options,
	.operands = restore_operands,
	.parts = restore_parts,
	.args_size = sizeof(struct restore_args),
	.confirm = "Replace the store by this copy?",
	.writes = first_operand,
	.run = run_restore,
};

/* ---- export, import ---- */

static enum mentor_status run_export(struct run *run)
{
	struct mentor_buf lines = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_store_lines(run->m, &lines);
	if (!status)
		out_text(run->out, "jsonl", mentor_buf_text(&lines));
	mentor_buf_free(&lines);
	return status;
}

const struct command db_export = {
	.name = "export",
	.summary = "print the whole store as lines of JSON",
	.flags = CMD_READ | CMD_RAW,
	.run = run_export,
};

static const struct operand import_operands[] = { { "FILE", .entity = "file", .help = "what mentor db export printed; - for standard input" }, { 0 } };

struct import_row {
	const char *change, *file;
};
static const struct mentor_field import_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(import_row, change), .help = "made, or unchanged: there is a store already that says just the same" },
	{ "file", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(import_row, file), .help = "the store" },
	{ 0 },
};
static const struct part import_parts[] = { { NULL, NULL, import_fields, false, false }, { 0 } };

enum { MOST_LINES = 512 << 20 };

/* A store that is there already is never written over; one that says the same is what was wanted. */
static enum mentor_status compare_store(struct run *run, const char *text, size_t len)
{
	struct mentor_buf lines = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_open(run->m, run->store, MENTOR_OPEN_READ, run->lock_wait);
	if (!status)
		status = mentor_store_lines(run->m, &lines);
	const bool same = !status && lines.len == len && memcmp(mentor_buf_text(&lines), text, len) == 0;
	mentor_buf_free(&lines);
	if (!status && !same)
		status = mentor_fail(run->m, MENTOR_REFUSED, "name a new file with --db FILE", "there is another store at %s already", run->store);
	return status;
}

static enum mentor_status make_store(struct run *run, const char *file, const char *text, size_t len)
{
	struct mentor_buf temp = MENTOR_BUF_INIT;
	enum mentor_status status = make_temporary(run, run->store, &temp);
	if (!status)
		status = mentor_open(run->m, mentor_buf_text(&temp), MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE, run->lock_wait);
	if (!status)
		status = mentor_store_from_lines(run->m, file, text, len);
	if (!status)
		status = mentor_revision(run->m, &run->out->revision);
	mentor_close(run->m);
	/* a link refuses to take the name of a file that has come meanwhile */
	if (!status && !run->globals.dry_run && link(mentor_buf_text(&temp), run->store))
		status = failed(run, "make", run->store);
	if (!status)
		out_sync_folder(run->store);
	remove_temporary(&temp);
	return status;
}

static enum mentor_status run_import(struct run *run)
{
	const char *file = operand(run, 0);
	char *text = NULL;
	size_t len = 0;
	struct stat st;
	sigset_t before;
	enum mentor_status status = read_file(run, file, MOST_LINES, &text, &len);
	const bool there = !status && lstat(run->store, &st) == 0;
	out_hold_signals(&before);
	if (there)
		status = compare_store(run, text, len);
	else if (!status)
		status = make_store(run, file, text, len);
	if (!status && there)
		status = mentor_revision(run->m, &run->out->revision);
	sigprocmask(SIG_SETMASK, &before, NULL);
	free(text);
	if (!status)
		out_row(run->out, &(const struct import_row){ there ? "unchanged" : "made", run->store });
	return status;
}

const struct command db_import = {
	.name = "import",
	.summary = "make a store of what db export printed",
	.flags = CMD_OWN,
	.operands = import_operands,
	.parts = import_parts,
	.run = run_import,
};
