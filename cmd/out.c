/* out.c: parts and rows on their way to a format, the spool, and sending it off. */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "out.h"

#include "out_watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SPOOL_MEMORY = 8 << 20 };

static const struct format *const all[] = { &format_table, &format_plain, &format_json, &format_jsonl, &format_csv,
	&format_tsv, &format_html, &format_md, &format_xlsx, NULL };
const char *const out_formats[] = { "table", "plain", "json", "jsonl", "csv", "tsv", "html", "md", "xlsx", NULL };
const char *const audiences[] = { "team", "board", "public", NULL };

const struct format *out_format(const char *name)
{
	for (size_t i = 0; all[i]; i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}

/* ---- columns ---- */

static enum mentor_status unknown_column(const struct out *o, const struct part *part, const char *name)
{
	const char *names[OUT_MOST_COLUMNS + 1] = { 0 };
	size_t n = 0;
	for (const struct mentor_field *f = part->fields; f->name && n < OUT_MOST_COLUMNS; f++)
		if (!(f->flags & MENTOR_INTERNAL))
			names[n++] = f->name;
	const char *near = mentor_nearest(name, names);
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	mentor_fail(o->m, MENTOR_USAGE, near ? mentor_buf_text(&hint) : "--fields=help lists them",
	    "--fields: there is no column '%s'", name);
	mentor_buf_free(&hint);
	return MENTOR_USAGE;
}

/* A column comes once: a JSON object cannot hold a member twice, and so there are never more than the part has. */
static enum mentor_status choose_column(struct out *o, const struct part *part, const char *name)
{
	const struct mentor_field *field = mentor_field_find(part->fields, name);
	if (!field || field->flags & MENTOR_INTERNAL)
		return unknown_column(o, part, name);
	for (size_t i = 0; i < o->n_fields; i++)
		if (o->fields[i] == field)
			return mentor_fail(o->m, MENTOR_USAGE, "name each column once",
			    "--fields: the column '%s' is named twice", name);
	if (o->n_fields == OUT_MOST_COLUMNS)
		return mentor_fail(
		    o->m, MENTOR_USAGE, NULL, "--fields: at most %d columns can be printed", OUT_MOST_COLUMNS);
	o->fields[o->n_fields++] = field;
	return MENTOR_OK;
}

static enum mentor_status choose_named(struct out *o, const struct part *part)
{
	char *list = strdup(o->chosen), *rest = NULL;
	enum mentor_status status = list ? MENTOR_OK : mentor_fail(o->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	for (char *name = list ? strtok_r(list, ",", &rest) : NULL; name && !status; name = strtok_r(NULL, ",", &rest))
		status = choose_column(o, part, name);
	if (!status && o->n_fields == 0)
		status = mentor_fail(o->m, MENTOR_USAGE, "--fields=help lists them", "--fields names no column");
	free(list);
	return status;
}

/* --fields speaks of the command's main part: the one marked so, its first table, or its only object. */
bool out_is_main(const struct out *o, const struct part *part)
{
	const struct part *first = o->command->parts, *table = NULL;
	if (o->is_long)
		return part == &out_long_part;
	if (o->main)
		return part->key && strcmp(part->key, o->main) == 0;
	for (const struct part *p = first; p->fields; p++) {
		if (p->main)
			return p == part;
		table = !table && p->many ? p : table;
	}
	return part == (table ? table : first);
}

enum mentor_status out_choose(struct out *o, const struct part *part)
{
	/* the one object that was asked for is shown whole: there is room */
	bool is_show = !part->many && out_is_main(o, part);
	o->n_fields = 0;
	if (o->chosen && out_is_main(o, part))
		return choose_named(o, part);
	for (const struct mentor_field *f = part->fields; f->name && o->n_fields < OUT_MOST_COLUMNS; f++)
		if (!(f->flags & MENTOR_INTERNAL) && !(o->format->flags & FORMAT_PEOPLE && f->flags & MENTOR_WIDE && !is_show))
			o->fields[o->n_fields++] = f;
	return MENTOR_OK;
}

/* ---- what people are called ---- */

static bool heading_has_label(const struct mentor_field *field)
{
	return field->heading && strchr(field->heading, '{');
}

enum mentor_status out_labels(struct out *o, int64_t cohort)
{
	for (const struct part *p = o->command->parts; p && p->fields && o->format->flags & FORMAT_LABELS; p++)
		for (const struct mentor_field *f = p->fields; f->name; f++)
			if (f->flags & MENTOR_SIDES || heading_has_label(f))
				return mentor_labels(o->m, cohort, &o->labels);
	return MENTOR_OK;
}

void out_heading(struct mentor_buf *b, const struct mentor_labels *labels, const struct mentor_field *field)
{
	if (field->heading) {
		mentor_buf_labels(b, field->heading, labels);
		return;
	}
	for (const char *p = field->name; *p; p++)
		mentor_buf_str(b, *p == '_' ? " " : (const char[]){ *p, '\0' });
}

void out_heading_capital(struct mentor_buf *b, const struct mentor_labels *labels, const struct mentor_field *field)
{
	struct mentor_buf heading = MENTOR_BUF_INIT;
	out_heading(&heading, labels, field);
	mentor_buf_capital(b, mentor_buf_text(&heading));
	b->failed = b->failed || heading.failed;
	mentor_buf_free(&heading);
}

const char *out_side(const struct out *o, const struct mentor_field *field, const void *record)
{
	if (!(field->flags & MENTOR_SIDES) || mentor_field_is_none(field, record))
		return NULL;
	const char *word = mentor_field_is_text(field) ? mentor_field_string(field, record) :
							 field->choices[mentor_field_number(field, record)];
	return mentor_labels_word(&o->labels, word);
}

bool out_is_figure(const struct mentor_field *field)
{
	return field->type == MENTOR_TYPE_INT || field->type == MENTOR_TYPE_CENTI;
}

bool out_is_withheld(const struct mentor_field *field, const void *record)
{
	return !mentor_field_is_text(field) && mentor_field_number(field, record) == MENTOR_SUPPRESSED;
}

void out_value(struct out *o, struct mentor_buf *b, const struct mentor_field *field, const void *record)
{
	const char *side = out_side(o, field, record);
	const size_t start = b->len;
	o->withheld = o->withheld || out_is_withheld(field, record);
	if (side)
		mentor_buf_str(b, side);
	else
		mentor_field_write(b, field, record);
	for (size_t i = start; field->type == MENTOR_TYPE_CHOICE && !side && i < b->len; i++)
		if (b->data[i] == '-')
			b->data[i] = ' ';
}

static void write_label(struct mentor_buf *b, struct out *o, const struct mentor_field *field, const void *record)
{
	if (o->format->flags & FORMAT_PEOPLE)
		out_value(o, b, field, record);
	else
		mentor_field_write(b, field, record);
}

void out_label(struct mentor_buf *b, struct out *o, const void *record)
{
	bool any = false;
	for (size_t i = 0; i < o->n_fields; i++) {
		if (!(o->fields[i]->flags & MENTOR_LABEL))
			continue;
		mentor_buf_str(b, any ? " " : "");
		write_label(b, o, o->fields[i], record);
		any = true;
	}
	if (!any && o->n_fields)
		write_label(b, o, o->fields[0], record);
}

/* ---- parts and rows ---- */

static void begin(struct out *o)
{
	if (!o->began && o->format->begin)
		o->format->begin(o);
	if (!o->began && o->is_long)
		out_long_begin(o);
	o->began = true;
}

/* The format hears of a part with its first row, or at its end: an empty one that is optional is not worth a heading. */
static void tell_part(struct out *o)
{
	if (!o->part_began && !o->is_long)
		o->format->part(o, o->part);
	o->part_began = true;
}

bool out_is_hidden(const struct out *o, const struct part *part)
{
	return part->audience < o->audience;
}

static bool may_be_missing(const struct out *o, const struct part *part)
{
	bool asked = !o->asked;
	for (size_t i = 0; o->asked && o->asked[i]; i++)
		asked = asked || strcmp(o->asked[i], part->key) == 0;
	return o->format->flags & FORMAT_PEOPLE && (part->optional || !asked || out_is_hidden(o, part) || o->whole);
}

static void end_part(struct out *o)
{
	if (o->part && (o->part_began || !may_be_missing(o, o->part))) {
		tell_part(o);
		o->format->part_end(o, o->part);
	}
	o->part = NULL;
}

static void begin_part(struct out *o, const struct part *part)
{
	begin(o);
	end_part(o);
	o->part = part;
	o->n_parts++;
	o->n_rows = 0;
	if (out_choose(o, part))
		o->buf.failed = true; /* main.c has tried it before: only memory can be short */
	o->part_began = false;
}

static bool same_key(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

void out_part(struct out *o, const char *key)
{
	for (const struct part *p = o->command->parts + o->n_parts; p->fields; p++) {
		begin_part(o, p);
		if (same_key(p->key, key))
			return;
	}
	mentor_fail(
	    o->m, MENTOR_BUG, NULL, "the part '%s' is not in the command's table, or out of order", key ? key : "");
}

void out_row(struct out *o, const void *record)
{
	if (!o->part)
		begin_part(o, o->command->parts + o->n_parts);
	if (out_is_hidden(o, o->part))
		return;
	if (o->watch)
		watch_row(o->watch, o->part, record);
	tell_part(o);
	if (o->is_long)
		out_long_row(o, o->part, record);
	else
		o->format->row(o, o->part, record);
	o->n_rows++;
	out_spill(o);
}

void out_text(struct out *o, const char *name, const char *text)
{
	begin(o);
	o->whole = true;
	o->format->text(o, name, text);
}

void out_note(struct out *o, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	mentor_buf_vfmt(&o->notes, format, args);
	mentor_buf_char(&o->notes, '\n');
	va_end(args);
}

void out_title(struct out *o, const char *title)
{
	o->title = mentor_keep(o->m, title);
	o->buf.failed = o->buf.failed || (title && !o->title);
}

void out_end(struct out *o)
{
	begin(o);
	const struct part *p = o->command->parts;
	for (p = p ? p + o->n_parts : NULL; p && p->fields; p++)
		begin_part(o, p);
	end_part(o);
	if (o->dry_run && (o->format == &format_table || o->format == &format_plain))
		mentor_buf_str(&o->buf, "dry run: nothing has been changed\n");
	if (o->format->end)
		o->format->end(o);
}

/* ---- the spool ---- */

static FILE *open_overflow(const char *folder)
{
	struct mentor_buf path = MENTOR_BUF_INIT;
	mentor_buf_fmt(&path, "%s/.mentor-XXXXXX", folder ? folder : ".");
	int fd = path.failed ? -1 : mkstemp(path.data);
	if (fd >= 0)
		unlink(path.data);
	mentor_buf_free(&path);
	if (fd < 0)
		return NULL;
	fcntl(fd, F_SETFD, FD_CLOEXEC); /* none of the pager's business */
	FILE *file = fdopen(fd, "w+");
	if (!file)
		close(fd);
	return file;
}

void out_free_part(struct out *o, struct mentor_buf *b)
{
	o->buf.failed = o->buf.failed || b->failed;
	mentor_buf_free(b);
}

void out_spill(struct out *o)
{
	if (o->buf.len < SPOOL_MEMORY)
		return;
	if (!o->overflow)
		o->overflow = open_overflow(o->spool_folder);
	if (!o->overflow)
		return; /* memory goes on growing: better than losing the output */
	if (!o->spool_errno && fwrite(o->buf.data, 1, o->buf.len, o->overflow) != o->buf.len)
		o->spool_errno = errno;
	mentor_buf_clear(&o->buf);
}

enum mentor_status out_check(struct out *o)
{
	if (o->overflow && !o->spool_errno && fflush(o->overflow))
		o->spool_errno = errno;
	if (o->spool_errno)
		return mentor_fail(o->m, MENTOR_FAILED, "long output is kept in a temporary file until it is complete",
		    "cannot keep the output in %s: %s", o->spool_folder ? o->spool_folder : "the current folder",
		    strerror(o->spool_errno));
	if (o->buf.failed || o->notes.failed)
		return mentor_fail(o->m, MENTOR_NO_MEMORY, NULL, "not enough memory for the output");
	return MENTOR_OK;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static bool send_overflow(struct out *o, int fd)
{
	char block[1 << 16];
	size_t n = 0;
	bool good = fseek(o->overflow, 0, SEEK_SET) == 0;
	while (good && (n = fread(block, 1, sizeof(block), o->overflow)) > 0)
		if (!write_all(fd, block, n))
			return false;
	if (!good || ferror(o->overflow))
		o->spool_errno = errno;
	return !o->spool_errno;
}

/* The envelope of JSON names the revision, which a writing command only knows after its commit: so it is put around the rows here.
 * Changes nothing in the spool: what a pager did not take goes to standard output. */
static bool send_to(struct out *o, int fd)
{
	const char *tail = "";
	struct mentor_buf head = MENTOR_BUF_INIT;
	if (o->format == &format_json) {
		mentor_buf_str(&head, "{\"schema\":\"mentor.");
		command_document(&head, o->noun, o->command);
		mentor_buf_fmt(&head, "/%d\",\"revision\":%lld,", o->command->version ? o->command->version : 1,
		    (long long)o->revision);
		if (o->writes)
			mentor_buf_fmt(&head, "\"dry_run\":%s,", o->dry_run ? "true" : "false");
		if (o->published) {
			mentor_buf_fmt(&head, "\"published\":{\"again\":%s,\"withheld\":%s,\"since\":", o->published->again ? "true" : "false",
			    o->published->withheld ? "true" : "false");
			if (*o->published->since)
				mentor_buf_json(&head, o->published->since);
			else
				mentor_buf_str(&head, "null");
			mentor_buf_str(&head, "},");
		}
		mentor_buf_str(&head, "\"data\":");
		tail = "}\n";
	}
	bool good = !head.failed && write_all(fd, mentor_buf_text(&head), head.len);
	out_free_part(o, &head);
	if (good && o->overflow)
		good = send_overflow(o, fd);
	return good && write_all(fd, mentor_buf_text(&o->buf), o->buf.len) && write_all(fd, tail, strlen(tail));
}

static enum mentor_status send_failed(struct out *o, const char *where)
{
	int why = errno;
	enum mentor_status status = out_check(o);
	return status ? status : mentor_fail(o->m, MENTOR_FAILED, NULL, "cannot write to %s: %s", where, strerror(why));
}

/* The pager gets the signals that we ignore. */
static FILE *start_pager(const char *command)
{
	void (*ignored)(int) = signal(SIGPIPE, SIG_DFL);
	FILE *pipe = popen(command, "w"); /* NOLINT(cert-env33-c): the user's own choice of program, as in git */
	signal(SIGPIPE, ignored);
	return pipe;
}

bool out_wants_pager(const struct out *o)
{
	return o->width != 0 && o->format == &format_table && o->pager && strcmp(o->pager, "cat") != 0;
}

/* A pager reads on after the store is closed. False when there is none to be had: none is wanted, or the shell finds or may run no such
 * program (127, 126), and then nothing has been shown yet. Whoever leaves the pager early has seen enough: that is no failure. */
static bool page(struct out *o, bool *ret_good)
{
	if (!out_wants_pager(o))
		return false;
	setenv("LESS", "FRX", 0);
	FILE *pipe = start_pager(o->pager);
	if (!pipe)
		return false;
	/* the keyboard's interrupt is for the pager, which would lose its terminal if we went first */
	void (*on_interrupt)(int) = signal(SIGINT, SIG_IGN);
	void (*on_quit)(int) = signal(SIGQUIT, SIG_IGN);
	*ret_good = send_to(o, fileno(pipe)) || errno == EPIPE;
	int why = errno, ended = pclose(pipe);
	signal(SIGINT, on_interrupt);
	signal(SIGQUIT, on_quit);
	errno = why;
	int code = ended != -1 && WIFEXITED(ended) ? WEXITSTATUS(ended) : 0;
	return code != 126 && code != 127;
}

/* When the reader of a pipe has seen enough, as in `mentor person list | head -1`, the exit code says that not all was printed (1: there
 * is no dying by signal here, and 141 is the shell's own word for that), and there is no message: it would end up below what was asked
 * for. A command that has changed the store says so, since what it did is not to be read anywhere else. */
static enum mentor_status stdout_failed(struct out *o)
{
	o->reader_gone = errno == EPIPE && !(o->writes && !o->dry_run);
	enum mentor_status status = send_failed(o, "standard output");
	o->reader_gone = o->reader_gone && !o->spool_errno && !o->buf.failed;
	return status;
}

static enum mentor_status send_stdout(struct out *o)
{
	bool good = true;
	if (o->buf.len == 0 && !o->overflow && o->format != &format_json)
		return MENTOR_OK;
	if (!page(o, &good))
		good = send_to(o, STDOUT_FILENO);
	if (!good)
		return stdout_failed(o);
	/* close() is where a full network disk tells; a duplicate is closed so that stdout stays open */
	int copy = dup(STDOUT_FILENO);
	return copy >= 0 && close(copy) ? send_failed(o, "standard output") : MENTOR_OK;
}

void out_sync_folder(const char *path)
{
	struct mentor_buf folder = MENTOR_BUF_INIT;
	const char *slash = strrchr(path, '/');
	mentor_buf_add(&folder, slash ? path : ".", slash ? (size_t)(slash - path) + 1 : 1);
	int fd = folder.failed ? -1 : open(mentor_buf_text(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	mentor_buf_free(&folder);
}

/* The new file is as open to others as the old one was. The group's share counts for the old group: when the new file cannot belong to
 * it, another group must not gain by it. */
static bool copy_permissions(int fd, const struct stat *old)
{
	mode_t mode = old->st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
	if (fchown(fd, (uid_t)-1, old->st_gid))
		mode &= (mode_t)~S_IRWXG;
	return fchmod(fd, mode) == 0;
}

/* Writes what is to stand in a file. */
typedef bool writer(void *arg, int fd);

/* Whether the file that has been written says what the one at `path` does. */
static bool same_content(int fd, const char *path)
{
	char a[1 << 14], b[1 << 14];
	struct stat mine, theirs;
	int other = open(path, O_RDONLY | O_CLOEXEC);
	bool same = other >= 0 && fstat(fd, &mine) == 0 && fstat(other, &theirs) == 0 && S_ISREG(theirs.st_mode) && mine.st_size == theirs.st_size;
	for (off_t at = 0; same && at < mine.st_size;) {
		ssize_t n = pread(fd, a, sizeof(a), at), m = n > 0 ? pread(other, b, (size_t)n, at) : 0;
		same = n > 0 && m == n && memcmp(a, b, (size_t)n) == 0;
		at += n;
	}
	if (other >= 0)
		close(other);
	return same;
}

/* `old`: the file whose permissions count, NULL for none: then it is private, as the umask says. */
static bool swap_file(writer *write, void *arg, const char *path, const struct stat *old)
{
	struct mentor_buf temp = MENTOR_BUF_INIT;
	mentor_buf_fmt(&temp, "%s.XXXXXX", path);
	int fd = temp.failed ? -1 : mkstemp(temp.data);
	bool good = fd >= 0 && write(arg, fd) && (!old || copy_permissions(fd, old)) && fsync(fd) == 0;
	int why = errno;
	/* a file that stays as it is keeps its time, so that nothing made from it is made again */
	bool same = good && old && same_content(fd, path);
	if (fd >= 0 && close(fd)) {
		why = good ? errno : why;
		good = false;
	}
	if (good && !same && rename(temp.data, path)) {
		why = errno;
		good = false;
	}
	if (good && !same)
		out_sync_folder(path);
	else if (fd >= 0)
		unlink(temp.data);
	mentor_buf_free(&temp);
	errno = why;
	return good;
}

void out_hold_signals(sigset_t *before)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	sigset_t stop;
	sigemptyset(&stop);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaddset(&stop, signals[i]);
	sigprocmask(SIG_BLOCK, &stop, before);
}

/* A symbolic link stays one: the file it leads to is replaced. Signals wait, so that no temporary file stays behind. */
static bool replace_file(writer *write, void *arg, const char *path, const struct stat *old)
{
	struct stat link;
	char *real = realpath(path, NULL);
	if (!real && (errno != ENOENT || lstat(path, &link) == 0)) /* a link that leads nowhere, or in a circle */
		return false;
	sigset_t before;
	out_hold_signals(&before);
	bool good = swap_file(write, arg, real ? real : path, old);
	int why = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	free(real);
	errno = why;
	return good;
}

/* A device or pipe is written to; only a regular file is replaced (renaming over /dev/null has been known to happen). */
static bool write_device(struct out *o, const char *path)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && send_to(o, fd);
	int why = errno;
	if (fd >= 0 && close(fd) && good) {
		why = errno;
		good = false;
	}
	errno = why;
	return good;
}

static bool send_spool(void *arg, int fd)
{
	return send_to(arg, fd);
}

static bool write_text(void *arg, int fd)
{
	const struct mentor_buf *text = arg;
	return write_all(fd, mentor_buf_text(text), text->len);
}

enum mentor_status out_save(struct mentor *m, const char *path, const struct mentor_buf *text)
{
	struct mentor_buf copy = *text;
	if (replace_file(write_text, &copy, path, NULL))
		return MENTOR_OK;
	return mentor_fail(m, MENTOR_FAILED, NULL, "cannot write to %s: %s", path, strerror(errno));
}

enum mentor_status out_send(struct out *o, const char *path)
{
	enum mentor_status status = out_check(o);
	if (status)
		return status;
	if (!path || strcmp(path, "-") == 0)
		return send_stdout(o);
	struct stat st;
	bool there = stat(path, &st) == 0, special = there && !S_ISREG(st.st_mode);
	bool good = special ? write_device(o, path) : replace_file(send_spool, o, path, there ? &st : NULL);
	return good ? MENTOR_OK : send_failed(o, path);
}

enum mentor_status out_file(struct out *o, int fd)
{
	FILE *file = fdopen(fd, "r");
	if (!file) {
		close(fd);
		return mentor_fail(o->m, MENTOR_FAILED, NULL, "cannot read what was written: %s", strerror(errno));
	}
	if (o->overflow)
		fclose(o->overflow);
	o->overflow = file;
	o->format = &format_plain;
	return MENTOR_OK;
}

void out_free(struct out *o)
{
	if (o->state && o->format->drop)
		o->format->drop(o);
	if (o->overflow)
		fclose(o->overflow);
	mentor_buf_free(&o->buf);
	mentor_buf_free(&o->notes);
}
