/* transport.c: how messages leave: to a mail program, into a folder or a file, each with what it knows about messages left in mid-air. */
#include "transport.h"

#include "out.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 120 /* seconds for a mail program */, TIDY_HOURS = 36 /* after which readers of a maildir clear tmp */ };

struct transport {
	const char *name, *target; /* what stands behind the colon, for people; NULL: nothing does */
	bool optional;		   /* it need not be given */
	enum mentor_status (*open)(struct sender *s);
	enum mentor_status (*stage)(struct sender *s, const struct mentor_mail *mail);				 /* NULL: nothing to make ready */
	enum mentor_handed (*hand)(struct sender *s, const struct mentor_mail *mail, struct mentor_buf *reason);
	enum mentor_handed (*found)(const char *target, const char *mail_id, const char *handed_at, const char *now); /* NULL: it cannot tell */
};

static enum mentor_status cannot(struct sender *s, const char *what)
{
	return mentor_fail(s->run->m, MENTOR_FAILED, NULL, "--transport: cannot %s %s: %s", what, s->target, strerror(errno));
}

static bool write_whole(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		text += n;
		len -= (size_t)n;
	}
	return true;
}

/* ---- files: mbox, notify-csv; and standard output ---- */

static enum mentor_status open_file(struct sender *s)
{
	struct stat st;
	enum mentor_status status = guard_file(s->run, "--transport", s->target);
	if (status)
		return status;
	s->fd = open(s->target, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	if (s->fd < 0 || fstat(s->fd, &st) != 0)
		return cannot(s, "write to");
	if (!S_ISREG(st.st_mode))
		return mentor_fail(s->run->m, MENTOR_REFUSED, "name a file", "--transport: %s is no regular file", s->target);
	return MENTOR_OK;
}

static bool lock(int fd, short type)
{
	struct flock range = { .l_type = type, .l_whence = SEEK_SET };
	int rc = 0;
	do
		rc = fcntl(fd, F_SETLKW, &range);
	while (rc != 0 && errno == EINTR);
	return rc == 0;
}

/* Whole or not at all, as far as this machine can tell: what a full disk cut off is taken away again. */
static enum mentor_handed append(struct sender *s, const struct mentor_buf *entry, const char *heading, struct mentor_buf *reason)
{
	struct stat st;
	if (entry->failed || !lock(s->fd, F_WRLCK) || fstat(s->fd, &st) != 0) {
		mentor_buf_fmt(reason, "cannot lock %s: %s", s->target, strerror(errno));
		return MENTOR_HANDED_NOT;
	}
	bool good = st.st_size > 0 || write_whole(s->fd, heading, strlen(heading));
	good = good && write_whole(s->fd, mentor_buf_text(entry), entry->len) && fsync(s->fd) == 0;
	enum mentor_handed came = MENTOR_HANDED_SENT;
	if (!good) {
		mentor_buf_fmt(reason, "cannot write to %s: %s", s->target, strerror(errno));
		came = ftruncate(s->fd, st.st_size) == 0 ? MENTOR_HANDED_NOT : MENTOR_HANDED_UNSURE;
	}
	lock(s->fd, F_UNLCK);
	return came;
}

/* What stands in an mbox file: no line of our messages begins with "From ", so nothing has to be quoted. */
static void write_mbox(struct mentor_buf *b, const struct sender *s, const struct mentor_mail *mail)
{
	static const char *const week[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" }; /* 1 January 1970 was a Thursday */
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const char *now = mentor_now(s->run->m), *today = mentor_today(s->run->m);
	int64_t day = 0;
	size_t month = (size_t)((today[5] - '0') * 10 + today[6] - '0') - 1;
	mentor_day_parse(today, &day);
	mentor_buf_fmt(b, "From %s %s %s %2d %.8s %.4s\n", mail->from, week[day % 7], months[month % 12], (today[8] - '0') * 10 + today[9] - '0', now + 11, now);
	for (const char *p = mail->message, *end = NULL; (end = strstr(p, "\r\n")); p = end + 2) {
		mentor_buf_add(b, p, (size_t)(end - p));
		mentor_buf_char(b, '\n');
	}
	mentor_buf_char(b, '\n');
}

static enum mentor_handed hand_mbox(struct sender *s, const struct mentor_mail *mail, struct mentor_buf *reason)
{
	struct mentor_buf entry = MENTOR_BUF_INIT;
	write_mbox(&entry, s, mail);
	enum mentor_handed came = append(s, &entry, "", reason);
	mentor_buf_free(&entry);
	return came;
}

/* GOV.UK Notify takes the address from the first column; the others fill ((subject)) and ((text)) in a template there. */
static enum mentor_handed hand_notify(struct sender *s, const struct mentor_mail *mail, struct mentor_buf *reason)
{
	struct mentor_buf row = MENTOR_BUF_INIT, name = MENTOR_BUF_INIT;
	const char *cells[] = { mail->to, mail->subject, mail->text, NULL };
	mentor_buf_add(&name, mail->id, strcspn(mail->id, "@"));
	cells[3] = mentor_buf_text(&name);
	for (size_t i = 0; i < 4; i++) {
		mentor_buf_str(&row, i ? "," : "");
		mentor_buf_csv(&row, cells[i], ',', !s->run->globals.raw);
	}
	mentor_buf_char(&row, '\n');
	enum mentor_handed came = append(s, &row, "email address,subject,text,reference\n", reason);
	mentor_buf_free(&row);
	mentor_buf_free(&name);
	return came;
}

static enum mentor_status open_print(struct sender *s)
{
	const char *format = s->run->globals.format;
	if (format || s->run->globals.output)
		return mentor_fail(s->run->m, MENTOR_USAGE, "leave out --format and --output, or use mbox:FILE",
		    "--transport: print writes the messages themselves to standard output");
	return MENTOR_OK;
}

static enum mentor_handed hand_print(struct sender *s, const struct mentor_mail *mail, struct mentor_buf *reason)
{
	struct mentor_buf entry = MENTOR_BUF_INIT;
	write_mbox(&entry, s, mail);
	bool good = !entry.failed && write_whole(STDOUT_FILENO, mentor_buf_text(&entry), entry.len);
	if (!good)
		mentor_buf_fmt(reason, "standard output: %s", strerror(errno));
	mentor_buf_free(&entry);
	return good ? MENTOR_HANDED_SENT : MENTOR_HANDED_UNSURE;
}

/* ---- maildir: made ready in tmp, handed over by renaming ---- */

/* FOLDER/PART/NAME, the name made of a Message-ID. */
static void maildir_path(char path[PATH_MAX], const char *folder, const char *part, const char *mail_id)
{
	snprintf(path, PATH_MAX, "%s/%s/%.*s.mentor", folder, part, (int)strcspn(mail_id, "@"), mail_id);
}

static bool sync_folder(const char *folder, const char *part)
{
	char path[PATH_MAX];
	snprintf(path, sizeof(path), "%s/%s", folder, part);
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

static enum mentor_status open_maildir(struct sender *s)
{
	static const char *const parts[] = { "", "/tmp", "/new", "/cur" };
	char path[PATH_MAX];
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		snprintf(path, sizeof(path), "%s%s", s->target, parts[i]);
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return cannot(s, "make the folder");
	}
	if (access(path, W_OK | X_OK) != 0)
		return cannot(s, "write to");
	return MENTOR_OK;
}

/* Durable before the store says that the message is in hand: whoever finds it there later knows that it has not left. */
static enum mentor_status stage_maildir(struct sender *s, const struct mentor_mail *mail)
{
	char path[PATH_MAX];
	maildir_path(path, s->target, "tmp", mail->id);
	unlink(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool good = fd >= 0 && write_whole(fd, mail->message, strlen(mail->message)) && fsync(fd) == 0;
	int reason = errno;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	if (good && sync_folder(s->target, "tmp"))
		return MENTOR_OK;
	unlink(path);
	errno = good ? errno : reason;
	return cannot(s, "write to");
}

static enum mentor_handed hand_maildir(struct sender *s, const struct mentor_mail *mail, struct mentor_buf *reason)
{
	char from[PATH_MAX], to[PATH_MAX];
	maildir_path(from, s->target, "tmp", mail->id);
	maildir_path(to, s->target, "new", mail->id);
	if (rename(from, to) == 0) {
		sync_folder(s->target, "new");
		return MENTOR_HANDED_SENT;
	}
	mentor_buf_fmt(reason, "cannot write to %s: %s", s->target, strerror(errno));
	return MENTOR_HANDED_NOT;
}

static int64_t minutes_of(const char *instant)
{
	char day[11];
	int64_t number = 0;
	snprintf(day, sizeof(day), "%.10s", instant);
	if (strlen(instant) < 16 || !mentor_day_parse(day, &number))
		return 0;
	const int64_t hours = (instant[11] - '0') * 10 + instant[12] - '0', minutes = (instant[14] - '0') * 10 + instant[15] - '0';
	return number * 1440 + hours * 60 + minutes;
}

/* What is still in tmp has not left; what is not there has. After a day and a half readers clear tmp, and then nobody can tell. */
static enum mentor_handed found_maildir(const char *target, const char *mail_id, const char *handed_at, const char *now)
{
	char path[PATH_MAX];
	struct stat st;
	snprintf(path, sizeof(path), "%s/tmp", target);
	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return MENTOR_HANDED_UNSURE;
	maildir_path(path, target, "tmp", mail_id);
	if (stat(path, &st) == 0)
		return MENTOR_HANDED_NOT;
	if (errno != ENOENT || minutes_of(now) - minutes_of(handed_at) > (int64_t)TIDY_HOURS * 60)
		return MENTOR_HANDED_UNSURE;
	return MENTOR_HANDED_SENT;
}

/* ---- programs: sendmail, cmd ---- */

static enum mentor_status open_program(struct sender *s)
{
	static const char *const places[] = { "/usr/sbin/sendmail", "/usr/lib/sendmail", NULL };
	for (size_t i = 0; !s->target && places[i]; i++)
		if (access(places[i], X_OK) == 0)
			s->target = places[i];
	if (!s->target)
		return mentor_fail(s->run->m, MENTOR_NOT_FOUND, "install one, such as msmtp-mta or postfix, or say where it is: sendmail:/PATH",
		    "--transport: there is no sendmail on this machine");
	if (access(s->target, X_OK) != 0)
		return cannot(s, "run");
	return MENTOR_OK;
}

/* A regular file: a program whose input breaks off in mid-message would send half of it. */
static int spool_of(const struct mentor_mail *mail)
{
	FILE *file = tmpfile();
	bool good = file && write_whole(fileno(file), mail->message, strlen(mail->message)) && lseek(fileno(file), 0, SEEK_SET) == 0;
	int fd = good ? fcntl(fileno(file), F_DUPFD_CLOEXEC, 3) : -1;
	if (file)
		fclose(file);
	return fd;
}

/* In the child: never returns. `report` is closed by a successful exec. */
static _Noreturn void become(const char *const *args, int input, int report)
{
	sigset_t none;
	sigemptyset(&none);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGXFSZ, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	char *const *words = (char *const *)(uintptr_t)args; /* NOLINT(performance-no-int-to-ptr): execv() takes what it does not change */
	if (dup2(input, STDIN_FILENO) >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
		execv(args[0], words);
	ssize_t told = write(report, &errno, sizeof(errno));
	_exit(told > 0 ? EX_OSERR : EX_SOFTWARE);
}

/* Waits for the child, but not for ever: -1 when it took too long, and was stopped. */
static int wait_for(pid_t child, const sigset_t *ended)
{
	const struct timespec step = { 1, 0 };
	int status = 0;
	for (int left = PATIENCE; left > 0; left--) {
		if (waitpid(child, &status, WNOHANG) == child)
			return status;
		sigtimedwait(ended, NULL, &step);
	}
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	return -1;
}

/* What the exit status of a mail program means (sysexits.h); a program that says something of its own may do better later. */
static enum mentor_handed outcome_of(int status, struct mentor_buf *reason)
{
	static const struct {
		int code;
		const char *what;
	} never[] = { { EX_USAGE, "it was not called as it wants to be" }, { EX_DATAERR, "there is something wrong with the message" },
		{ EX_NOUSER, "there is nobody of that address" }, { EX_NOHOST, "there is no such mail server" } };
	if (status == -1)
		mentor_buf_fmt(reason, "the mail program was stopped after %d seconds", PATIENCE);
	else if (!WIFEXITED(status))
		mentor_buf_fmt(reason, "the mail program was stopped by signal %d", WTERMSIG(status));
	if (status == -1 || !WIFEXITED(status))
		return MENTOR_HANDED_UNSURE;
	if (WEXITSTATUS(status) == 0)
		return MENTOR_HANDED_SENT;
	mentor_buf_fmt(reason, "the mail program ended with status %d", WEXITSTATUS(status));
	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		if (never[i].code == WEXITSTATUS(status)) {
			mentor_buf_fmt(reason, ": %s", never[i].what);
			return MENTOR_HANDED_REFUSED;
		}
	return MENTOR_HANDED_LATER;
}

static enum mentor_handed not_run(struct sender *s, struct mentor_buf *reason)
{
	mentor_buf_fmt(reason, "cannot run %s: %s", s->target, strerror(errno));
	return MENTOR_HANDED_NOT;
}

static enum mentor_handed hand_to_program(struct sender *s, const struct mentor_mail *mail, const char *const *args, struct mentor_buf *reason)
{
	int report[2], failure = 0, input = spool_of(mail);
	sigset_t ended, before;
	if (input < 0)
		return not_run(s, reason);
	if (pipe(report) != 0) {
		close(input);
		return not_run(s, reason);
	}
	fcntl(report[0], F_SETFD, FD_CLOEXEC);
	fcntl(report[1], F_SETFD, FD_CLOEXEC);
	sigemptyset(&ended);
	sigaddset(&ended, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ended, &before);
	pid_t child = fork();
	if (child == 0)
		become(args, input, report[1]);
	close(input);
	close(report[1]);
	bool ran = child > 0 && read(report[0], &failure, sizeof(failure)) == 0;
	close(report[0]);
	int status = child > 0 ? wait_for(child, &ended) : 0;
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (ran)
		return outcome_of(status, reason);
	errno = failure ? failure : errno;
	return not_run(s, reason);
}

/* The address stands behind --, and the library lets none begin with a hyphen. */
static enum mentor_handed hand_sendmail(struct sender *s, const struct mentor_mail *mail, struct mentor_buf *reason)
{
	const char *const args[] = { s->target, "-i", "-f", mail->from, "--", mail->to, NULL };
	return hand_to_program(s, mail, args, reason);
}

static enum mentor_handed hand_cmd(struct sender *s, const struct mentor_mail *mail, struct mentor_buf *reason)
{
	const char *const args[] = { s->target, mail->to, mail->id, NULL };
	return hand_to_program(s, mail, args, reason);
}

/* ---- all ---- */

static const struct transport transports[] = {
	{ "sendmail", "PATH", true, open_program, NULL, hand_sendmail, NULL },
	{ "maildir", "DIR", false, open_maildir, stage_maildir, hand_maildir, found_maildir },
	{ "mbox", "FILE", false, open_file, NULL, hand_mbox, NULL },
	{ "notify-csv", "FILE", false, open_file, NULL, hand_notify, NULL },
	{ "cmd", "PATH", false, open_program, NULL, hand_cmd, NULL },
	{ "print", NULL, false, open_print, NULL, hand_print, NULL },
};
enum { N_TRANSPORTS = sizeof(transports) / sizeof(*transports) };

/* The transport a text begins with, and what stands behind the colon. */
static const struct transport *find(const char *text, const char **ret_target)
{
	size_t len = strcspn(text, ":");
	for (size_t i = 0; i < N_TRANSPORTS; i++)
		if (strlen(transports[i].name) == len && strncmp(transports[i].name, text, len) == 0) {
			*ret_target = text[len] && text[len + 1] ? text + len + 1 : NULL;
			return &transports[i];
		}
	return NULL;
}

/* Where the process runs, which it is, and when it began: a number alone may be somebody else's by now. */
static void describe(char *out, size_t size, long pid)
{
	char boot[64] = "", path[64], stat_line[512] = "";
	FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
	if (file) {
		if (!fgets(boot, sizeof(boot), file))
			boot[0] = '\0';
		fclose(file);
	}
	boot[strcspn(boot, "\n")] = '\0';
	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	file = fopen(path, "re");
	if (file) {
		if (!fgets(stat_line, sizeof(stat_line), file))
			stat_line[0] = '\0';
		fclose(file);
	}
	const char *at = strrchr(stat_line, ')'); /* the name of the program may hold anything */
	for (int i = 0; at && i < 20; i++)	   /* field 22: when it began */
		at = strchr(at + 1, ' ');
	snprintf(out, size, "%s %ld %.*s", boot, pid, at ? (int)strcspn(at + 1, " ") : 0, at ? at + 1 : "");
}

static bool alive(void *arg, const char *owner)
{
	char now[sizeof(((struct sender *)NULL)->owner)];
	const char *pid = owner ? strchr(owner, ' ') : NULL;
	long number = pid ? strtol(pid, NULL, 10) : 0;
	(void)arg;
	if (number <= 0 || (kill((pid_t)number, 0) != 0 && errno == ESRCH))
		return false;
	describe(now, sizeof(now), number);
	return strcmp(now, owner) == 0;
}

static enum mentor_handed found(void *arg, const char *name, const char *mail_id, const char *handed_at)
{
	struct sender *s = arg;
	const char *target = NULL;
	const struct transport *t = name ? find(name, &target) : NULL;
	return t && t->found && target && mail_id && handed_at ? t->found(target, mail_id, handed_at, mentor_now(s->run->m)) : MENTOR_HANDED_UNSURE;
}

static enum mentor_status stage(void *arg, const struct mentor_mail *mail)
{
	struct sender *s = arg;
	return s->transport->stage && !s->run->globals.dry_run ? s->transport->stage(s, mail) : MENTOR_OK;
}

static enum mentor_status unknown(struct sender *s, const char *text)
{
	const char *names[N_TRANSPORTS + 1] = { NULL };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_str(&hint, text ? "give one of:" : "say so with --transport:");
	for (size_t i = 0; i < N_TRANSPORTS; i++) {
		const struct transport *t = &transports[i];
		names[i] = t->name;
		mentor_buf_fmt(&hint, "%s %s%s%s%s%s", i ? "," : "", t->name, t->optional ? "[" : "", t->target ? ":" : "", t->target ? t->target : "",
		    t->optional ? "]" : "");
	}
	char word[32];
	snprintf(word, sizeof(word), "%.*s", text ? (int)strcspn(text, ":") : 0, text ? text : "");
	const char *near = *word ? mentor_nearest(word, names) : NULL;
	if (near) {
		mentor_buf_clear(&hint);
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	}
	enum mentor_status status = text ? mentor_fail(s->run->m, MENTOR_USAGE, mentor_buf_text(&hint), "--transport: '%s' is no way to send messages", text) :
					   mentor_fail(s->run->m, MENTOR_USAGE, mentor_buf_text(&hint), "it is not said how messages are to be sent");
	mentor_buf_free(&hint);
	return status;
}

/* The place is kept with messages in hand, and looked at by a later process from another folder. */
static enum mentor_status make_absolute(struct sender *s, const char *target)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	char here[PATH_MAX];
	mentor_buf_str(&name, s->transport->name);
	if (target && target[0] == '/')
		mentor_buf_fmt(&name, ":%s", target);
	else if (target && getcwd(here, sizeof(here)))
		mentor_buf_fmt(&name, ":%s/%s", here, target);
	s->name = name.failed ? NULL : mentor_keep(s->run->m, mentor_buf_text(&name));
	mentor_buf_free(&name);
	if (!s->name)
		return mentor_fail(s->run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	const char *colon = strchr(s->name, ':');
	s->target = colon ? colon + 1 : NULL;
	return MENTOR_OK;
}

enum mentor_status transport_open(struct sender *s, struct run *run, const char *text)
{
	const char *target = NULL;
	*s = (struct sender){ .run = run, .fd = -1 };
	s->transport = text ? find(text, &target) : NULL;
	if (!s->transport || (target && !s->transport->target))
		return unknown(s, text);
	if (s->transport->target && !s->transport->optional && !target)
		return mentor_fail(run->m, MENTOR_USAGE, "write the place behind a colon", "--transport: %s needs a place: %s:%s", text, s->transport->name, s->transport->target);
	enum mentor_status status = make_absolute(s, target);
	if (!status && !run->globals.dry_run)
		status = s->transport->open(s);
	describe(s->owner, sizeof(s->owner), (long)getpid());
	s->hands = (struct mentor_remind_hands){ s, s->name, s->owner, alive, stage, found };
	return status;
}

enum mentor_handed transport_hand(struct sender *s, const struct mentor_mail *mail, struct mentor_buf *reason)
{
	return s->run->globals.dry_run ? MENTOR_HANDED_SENT : s->transport->hand(s, mail, reason);
}

void transport_close(struct sender *s)
{
	if (s->fd >= 0)
		close(s->fd);
}

bool transport_prints(const struct sender *s)
{
	return s->transport && s->transport->hand == hand_print;
}
