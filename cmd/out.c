/* out.c: parts and rows on their way to a format, the spool, and sending it off. */
#include "out.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SPOOL_MEMORY = 8 << 20 };

static const struct format *const all[] = { &format_table, &format_plain, &format_json, &format_jsonl, &format_csv, &format_tsv,
	&format_html, NULL };
const char *const out_formats[] = { "table", "plain", "json", "jsonl", "csv", "tsv", "html", NULL };

const struct format *out_format(const char *name)
{
	for (size_t i = 0; all[i]; i++)
		if (strcmp(all[i]->name, name) == 0)
			return all[i];
	return NULL;
}

/* ---- columns ---- */

static bool for_people(const struct format *format)
{
	return format == &format_table || format == &format_plain || format == &format_html;
}

static enum mentor_status choose_named(struct out *o, const struct part *part)
{
	char *list = strdup(o->chosen), *rest = NULL;
	enum mentor_status status = list ? MENTOR_OK : mentor_fail(o->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	for (char *name = list ? strtok_r(list, ",", &rest) : NULL; name && !status; name = strtok_r(NULL, ",", &rest)) {
		const struct mentor_field *field = mentor_field_find(part->fields, name);
		if (field && !(field->flags & MENTOR_INTERNAL)) {
			o->fields[o->n_fields++] = field;
			continue;
		}
		const char *names[65] = { 0 };
		size_t n = 0;
		for (const struct mentor_field *f = part->fields; f->name && n < 64; f++)
			if (!(f->flags & MENTOR_INTERNAL))
				names[n++] = f->name;
		const char *near = mentor_nearest(name, names);
		struct mentor_buf hint = MENTOR_BUF_INIT;
		if (near)
			mentor_buf_fmt(&hint, "did you mean '%s'?", near);
		status = mentor_fail(o->m, MENTOR_USAGE, near ? mentor_buf_text(&hint) : "--fields=help lists them", "--fields: there is no column '%s'",
		    name);
		mentor_buf_free(&hint);
	}
	free(list);
	return status;
}

/* --fields speaks of the command's main part: the one marked so, its first table, or its only object. */
bool out_is_main(const struct out *o, const struct part *part)
{
	const struct part *first = o->command->parts, *table = NULL;
	for (const struct part *p = first; p->fields; p++) {
		if (p->main)
			return p == part;
		table = !table && p->many ? p : table;
	}
	return part == (table ? table : first);
}

enum mentor_status out_choose(struct out *o, const struct part *part)
{
	/* one object alone is shown whole: there is room, and that is what it was asked for */
	bool is_show = !part->many && part == o->command->parts && !part[1].fields;
	o->n_fields = 0;
	if (o->chosen && out_is_main(o, part))
		return choose_named(o, part);
	for (const struct mentor_field *f = part->fields; f->name && o->n_fields < 64; f++)
		if (!(f->flags & MENTOR_INTERNAL) && !(for_people(o->format) && (f->flags & MENTOR_WIDE) && !is_show))
			o->fields[o->n_fields++] = f;
	return MENTOR_OK;
}

void out_heading(struct mentor_buf *b, const struct mentor_field *field)
{
	for (const char *p = field->heading ? field->heading : field->name; *p; p++)
		mentor_buf_char(b, *p == '_' ? ' ' : *p);
}

bool out_is_withheld(const struct mentor_field *field, const void *record)
{
	return !mentor_field_is_text(field) && mentor_field_number(field, record) == MENTOR_SUPPRESSED;
}

/* ---- parts and rows ---- */

static void begin(struct out *o)
{
	if (!o->began && o->format->begin)
		o->format->begin(o);
	o->began = true;
}

/* The format hears of a part with its first row, or at its end: an empty one that is optional is not worth a heading. */
static void tell_part(struct out *o)
{
	if (!o->part_began)
		o->format->part(o, o->part);
	o->part_began = true;
}

static void end_part(struct out *o)
{
	if (o->part && (o->part_began || !o->part->optional || !for_people(o->format))) {
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
		o->n_fields = 0; /* cannot happen: main.c tried before the command ran */
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
	mentor_fail(o->m, MENTOR_BUG, NULL, "the part '%s' is not in the command's table, or out of order", key ? key : "");
}

void out_row(struct out *o, const void *record)
{
	if (!o->part)
		begin_part(o, o->command->parts + o->n_parts);
	tell_part(o);
	o->format->row(o, o->part, record);
	o->n_rows++;
	out_spill(o);
}

void out_text(struct out *o, const char *name, const char *text)
{
	begin(o);
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
	return fd < 0 ? NULL : fdopen(fd, "w+");
}

void out_spill(struct out *o)
{
	if (o->buf.len < SPOOL_MEMORY)
		return;
	if (!o->overflow)
		o->overflow = open_overflow(o->spool_folder);
	if (!o->overflow)
		return; /* memory goes on growing: better than losing the output */
	if (fwrite(o->buf.data, 1, o->buf.len, o->overflow) != o->buf.len)
		o->buf.failed = true;
	mentor_buf_clear(&o->buf);
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

static bool send_overflow(const struct out *o, int fd)
{
	char block[1 << 16];
	size_t n = 0;
	if (fflush(o->overflow) || fseek(o->overflow, 0, SEEK_SET))
		return false;
	while ((n = fread(block, 1, sizeof(block), o->overflow)) > 0)
		if (!write_all(fd, block, n))
			return false;
	return !ferror(o->overflow);
}

/* The envelope of JSON names the revision, which a writing command only knows after its commit: so it is put around the rows here. */
static bool send_to(struct out *o, int fd)
{
	struct mentor_buf head = MENTOR_BUF_INIT;
	if (o->format == &format_json) {
		mentor_buf_str(&head, "{\"schema\":\"mentor.");
		command_document(&head, o->noun, o->command);
		mentor_buf_fmt(&head, "/%d\",\"revision\":%lld,", o->command->version ? o->command->version : 1, (long long)o->revision);
		if (o->writes)
			mentor_buf_fmt(&head, "\"dry_run\":%s,", o->dry_run ? "true" : "false");
		mentor_buf_str(&head, "\"data\":");
		mentor_buf_str(&o->buf, "}\n");
	}
	bool good = !head.failed && !o->buf.failed && write_all(fd, mentor_buf_text(&head), head.len);
	mentor_buf_free(&head);
	if (good && o->overflow)
		good = send_overflow(o, fd);
	return good && write_all(fd, mentor_buf_text(&o->buf), o->buf.len);
}

static enum mentor_status send_failed(struct out *o, const char *where)
{
	if (o->buf.failed)
		return mentor_fail(o->m, MENTOR_NO_MEMORY, NULL, "not enough memory for the output");
	return mentor_fail(o->m, MENTOR_FAILED, o->writes && !o->dry_run ? "the change itself has been made" : NULL, "cannot write to %s: %s", where,
	    strerror(errno));
}

/* A pager reads on after the store is closed; without one, or when it fails, the rows go straight out. */
static bool page(struct out *o, bool *ret_good)
{
	if (o->width == 0 || (o->format != &format_table) || !o->pager || strcmp(o->pager, "cat") == 0)
		return false;
	setenv("LESS", "FRX", 0);
	FILE *pipe = popen(o->pager, "w"); /* the user's own choice of program, as in git */
	if (!pipe)
		return false;
	*ret_good = send_to(o, fileno(pipe)) || errno == EPIPE;
	pclose(pipe);
	return true;
}

static enum mentor_status send_stdout(struct out *o)
{
	bool good = true;
	if (o->buf.len == 0 && !o->overflow && !o->buf.failed && o->format != &format_json)
		return MENTOR_OK;
	if (!page(o, &good))
		good = send_to(o, STDOUT_FILENO);
	if (!good)
		return send_failed(o, "standard output");
	/* close() is where a full network disk tells; a duplicate is closed so that stdout stays open */
	int copy = dup(STDOUT_FILENO);
	return copy >= 0 && close(copy) ? send_failed(o, "standard output") : MENTOR_OK;
}

static void sync_folder(const char *path)
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

static bool replace_file(struct out *o, const char *path)
{
	struct mentor_buf temp = MENTOR_BUF_INIT;
	mentor_buf_fmt(&temp, "%s.XXXXXX", path);
	int fd = temp.failed ? -1 : mkstemp(temp.data);
	bool good = fd >= 0 && send_to(o, fd) && fsync(fd) == 0;
	int why = errno;
	if (fd >= 0 && close(fd)) {
		why = good ? errno : why;
		good = false;
	}
	if (good && rename(temp.data, path)) {
		why = errno;
		good = false;
	}
	if (good)
		sync_folder(path);
	else if (fd >= 0)
		unlink(temp.data);
	mentor_buf_free(&temp);
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

enum mentor_status out_send(struct out *o, const char *path)
{
	if (!path || strcmp(path, "-") == 0)
		return send_stdout(o);
	sigset_t stop, old;
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	sigprocmask(SIG_BLOCK, &stop, &old); /* so that no temporary file stays behind */
	struct stat st;
	bool special = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
	bool good = special ? write_device(o, path) : replace_file(o, path);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return good ? MENTOR_OK : send_failed(o, path);
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
