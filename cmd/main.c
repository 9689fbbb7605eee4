/* main.c: argv -> command -> store -> run -> commit -> send -> exit code.
 *
 * A map of the program (cmd/) and its library (lib/):
 *   cmd/command.h   what a command is, and how to add one      cmd/commands.c  the list of commands
 *   cmd/opt.c       option rows, the command line              cmd/crud.c      generic list, show, add, set
 *   cmd/out*.c      parts and rows in every format             cmd/status.c    exit codes and error messages
 *   cmd/out_chart.c, out_drawing.c  the drawings of a page
 *   cmd/help.c      help and topics, from the tables           cmd/dump.c      man-page blocks and completions, from the tables
 *   cmd/next.c      what comes next, said on a terminal     cmd/confine.c   held to the folders it writes to
 *   cmd/schema.c    JSON Schemas, from the tables              cmd/complete.c  live names for completions
 *   cmd/<noun>.c    one file per noun, with its verbs
 *   lib/mentor.h    the public interface                       lib/context.c   errors, clock, memory
 *   lib/db.c        every SQL statement; db_sqlite*.c below it lib/migrate.c, store.c, schema/  the file and its versions
 *   lib/field.c, record.c  field tables in, SQL and texts out  lib/<entity>.c  one table of fields each, and its rules
 *   lib/yaml.c, csv.c, utf8.c, date.c, buf.c, arena.c, index.c, platform.c  the parts at the bottom
 *   lib/definition.c, check_*.c, keys*.c  the programme file: its keys, what contradicts itself, reading and writing
 *   lib/form.c, labels.c, template.c  exports read as it says, what it calls people, words in braces
 *   lib/application.c, application_*.c, enrolment.c, window.c   who applies, and where an application goes
 *   lib/assign.c    the matching kernel: numbers only
 *   lib/pool.c, rule.c, scorer.c, plan.c, match.c, explain.c   matching around it
 *   lib/proposal.c, hand.c, preference.c                       what people keep, change and say of a proposal
 *   lib/session.c, session_import.c, shadowing.c, reflection.c  the log; forms.c: blank forms to print
 *   lib/pace.c, commitment.c, coverage.c                       what is done of what is asked, and topics covered
 *   lib/goal.c, action.c, barrier.c, register.c, settle.c      from talk to change; discreet.c: words that name nobody
 *   lib/checkin.c, lesson.c, remark.c                          care, what is learned, what may be quoted
 *   lib/survey.c, ticket.c, survey_form.c, stats.c              what is asked and answered, and the statistics of it
 *   lib/suppress.c, told.c, outcome.c, report.c, overview.c     what of it may be told, and what is told
 *   lib/event.c, event_plan.c, attendance.c, duty.c, zone.c    events: when, for whom, who comes and who was there
 *   lib/invitation.c, ical.c, facilitator.c                    calendars, and who runs events
 *   lib/remind.c, remind_source.c, remind_text.c, outbox.c     what is due, why, in which words, and what became of it
 *   lib/hold.c, holiday.c, worklist.c                          who is left in peace, when nobody is written to; the work of a day
 *   lib/mail.c, letter.c, language.c                           messages, letters to applicants, English and Welsh
 *   lib/guide.c, page.c                                        what comes with a programme: guide and materials
 *   lib/equality.c  monitoring answers, behind a wall that only it can open (equality_db.h)
 *   lib/audit.c, held.c, privacy.c  the trail of changes; what is held of people, and what they may ask of it
 *   lib/objection.c, request.c, processing.c  what people object to, ask and complain of; the register of processing
 *   lib/ledger.c    what figures left the team, and what may be told beside them
 *   lib/hash.c, keys.c, config.c                               hashes; tables of YAML keys; a person's own defaults */
#include "confine.h"
#include "help.h"
#include "next.h"
#include "opt.h"
#include "out.h"
#include "status.h"
#include "zones.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Whatever the caller left open or closed: files of ours are private, a full disk and a closed pipe are error codes and not signals, and
 * a closed standard output is an error, not a file we happen to open next. */
static void tame_environment(void)
{
	umask(077);
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	struct rlimit none = { 0, 0 };
	setrlimit(RLIMIT_CORE, &none);
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0)
			_exit(1);
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

/* The name alone is no command, but has a configuration and a store too. */
static unsigned flags_of(const struct run *run)
{
	return run->command ? run->command->flags : 0;
}

/* ---- what the options, the environment and the defaults come to ---- */

static enum mentor_status set_clock(struct run *run)
{
	const char *now = run->globals.now ? run->globals.now : environment("MENTOR_NOW");
	char system[32];
	if (!now) {
		time_t t = time(NULL);
		struct tm tm;
		if (!gmtime_r(&t, &tm) || !strftime(system, sizeof(system), "%Y-%m-%dT%H:%M:%SZ", &tm))
			return mentor_fail(run->m, MENTOR_FAILED, NULL, "the system clock cannot be read");
		now = system;
	}
	enum mentor_status status = mentor_set_now(run->m, now);
	if (status == MENTOR_INVALID) {
		const struct mentor_error *e = mentor_error(run->m);
		return mentor_fail(
		    run->m, MENTOR_USAGE, e->hint, "%s: %s", run->globals.now ? "--now" : "MENTOR_NOW", e->message);
	}
	return status;
}

/* NAME in the folder that an XDG variable names, or else in FOLDER of the home; empty without a home. */
static void xdg_path(struct mentor_buf *path, const char *variable, const char *folder, const char *name)
{
	const char *xdg = environment(variable), *home = environment("HOME");
	if (xdg && xdg[0] == '/')
		mentor_buf_fmt(path, "%s/mentor/%s", xdg, name);
	else if (home)
		mentor_buf_fmt(path, "%s/%s/mentor/%s", home, folder, name);
}

static enum mentor_status load_config(struct run *run)
{
	struct mentor_buf path = MENTOR_BUF_INIT;
	const char *named = environment("MENTOR_CONFIG");
	char *text = NULL;
	size_t len = 0;
	if (named)
		mentor_buf_str(&path, named);
	else
		xdg_path(&path, "XDG_CONFIG_HOME", ".config", "config.yaml");
	run->config_file = path.len ? mentor_keep(run->m, mentor_buf_text(&path)) : NULL;
	bool lost = path.failed || (path.len && !run->config_file);
	mentor_buf_free(&path);
	if (lost)
		return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	bool wanted = named && !(flags_of(run) & CMD_CONFIGURES);
	if (!run->config_file || (!wanted && access(run->config_file, F_OK) != 0))
		return MENTOR_OK;
	enum mentor_status status = read_file(run, run->config_file, 1 << 20, &text, &len);
	if (!status)
		status = mentor_config_read(run->m, run->config_file, text, len, &run->config);
	free(text);
	return status;
}

/* A store that is to be thrown away gets a folder of its own. */
static enum mentor_status scratch_path(struct run *run, struct mentor_buf *path)
{
	const char *folder = environment("TMPDIR");
	mentor_buf_fmt(path, "%s/mentor-demo-XXXXXX", folder ? folder : "/tmp");
	if (!path->failed && !run->globals.dry_run && !mkdtemp(path->data))
		return mentor_fail(run->m, MENTOR_FAILED, "TMPDIR says where temporary folders are made", "%s: %s", mentor_buf_text(path), strerror(errno));
	mentor_buf_str(path, "/mentor.db");
	return path->failed ? mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory") : MENTOR_OK;
}

static enum mentor_status store_path(struct run *run, struct mentor_buf *path)
{
	if (flags_of(run) & CMD_SCRATCH && !run->globals.db)
		return scratch_path(run, path);
	const char *named = setting(run->globals.db, "MENTOR_DB", run->config.db, NULL);
	if (named)
		mentor_buf_str(path, named);
	else
		xdg_path(path, "XDG_DATA_HOME", ".local/share", "mentor.db");
	if (path->failed)
		return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	if (!path->len)
		return mentor_fail(run->m, MENTOR_USAGE, "name it with --db FILE or MENTOR_DB",
		    "there is no home folder to keep the store in");
	return MENTOR_OK;
}

void make_folders(const char *path)
{
	char *copy = strdup(path);
	for (char *p = copy ? strchr(copy + 1, '/') : NULL; p; p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(copy, 0700);
		*p = '/';
	}
	free(copy);
}

static bool wants_json(const struct run *run)
{
	const char *f = run->globals.format;
	return f && (strcmp(f, "json") == 0 || strcmp(f, "jsonl") == 0);
}

static bool in_list(const char *word, const char *const *list)
{
	for (; list && *list; list++)
		if (strcmp(*list, word) == 0)
			return true;
	return false;
}

static enum mentor_status bad_format(struct run *run)
{
	const struct command *c = run->command;
	static const char *const common[] = { "json", "table", "plain", "jsonl", "csv", "tsv", NULL };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_str(&hint, "this command offers");
	for (size_t i = 0; common[i] && !(c->flags & CMD_RAW && i > 0); i++)
		mentor_buf_fmt(&hint, "%s %s", i ? "," : "", common[i]);
	for (size_t i = 0; c->formats && c->formats[i]; i++)
		mentor_buf_fmt(&hint, ", %s", c->formats[i]);
	mentor_fail(
	    run->m, MENTOR_USAGE, mentor_buf_text(&hint), "--format: '%s' is not offered here", run->globals.format);
	mentor_buf_free(&hint);
	run->globals.format = NULL;
	return MENTOR_USAGE;
}

static bool is_fields_help(const struct run *run)
{
	return run->globals.fields && strcmp(run->globals.fields, "help") == 0;
}

static enum mentor_status choose_format(struct run *run)
{
	struct out *o = run->out;
	const struct command *c = run->command;
	const char *wanted = run->globals.format;
	bool raw = c->flags & CMD_RAW, special = wanted && in_list(wanted, c->formats);
	o->format = wanted                                                 ? out_format(wanted)
		    : raw || !isatty(STDOUT_FILENO) || run->globals.output ? &format_plain
									   : &format_table;
	if (special && (raw || !o->format))
		o->format = &format_plain; /* the command writes the text itself */
	bool offered =
	    special || !raw || o->format == &format_json || o->format == &format_plain || o->format == &format_table;
	if (!o->format || !offered || (o->format->flags & FORMAT_SOME && !special))
		return bad_format(run);
	if (o->format->flags & FORMAT_BINARY && isatty(STDOUT_FILENO) && !run->globals.output)
		return mentor_fail(run->m, MENTOR_USAGE, "add -o FILE", "--format: %s is not for a terminal", wanted);
	if (o->format == &format_xlsx && out_xlsx_ready(run->m))
		return MENTOR_REFUSED;
	if (c->choose)
		c->choose(run);
	if (raw || !run->globals.fields || is_fields_help(run))
		return MENTOR_OK;
	for (const struct part *p = c->parts; p && p->fields; p++)
		if (out_is_main(o, p))
			return out_choose(o, p);
	return MENTOR_OK;
}

static const char *const color_words[] = { "auto", "always", "never", NULL };

static void set_terminal(struct run *run)
{
	struct out *o = run->out;
	bool tty = isatty(STDOUT_FILENO) && !run->globals.output;
	struct winsize size;
	if (tty)
		o->width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
	const char *term = environment("TERM"), *when = run->globals.color;
	if (!when)
		when = color_words[run->config.color == MENTOR_NONE ? 0 : run->config.color];
	o->color = strcmp(when, "always") == 0 ||
		   (strcmp(when, "auto") == 0 && tty && !environment("NO_COLOR") && term && strcmp(term, "dumb") != 0);
}

static enum mentor_status set_output(struct run *run)
{
	struct out *o = run->out;
	const struct globals *g = &run->globals;
	o->m = run->m;
	o->noun = run->noun;
	o->command = run->command;
	o->writes = run->command->flags & CMD_CHANGES;
	o->dry_run = g->dry_run;
	o->raw = g->raw;
	o->bom = g->bom;
	o->nul = g->nul;
	o->chosen = g->fields;
	o->pager = setting(NULL, "MENTOR_PAGER", run->config.pager, NULL);
	set_terminal(run);
	if (g->color && !in_list(g->color, color_words))
		return mentor_fail(run->m, MENTOR_USAGE, NULL, "--color: '%s' is not auto, always or never", g->color);
	int version = run->command->version ? run->command->version : 1;
	if (g->format_version != MENTOR_NONE && g->format_version > version)
		return mentor_fail(run->m, MENTOR_TOO_NEW, "install a newer mentor",
		    "version %d is the newest of this document", version);
	if (g->format_version != MENTOR_NONE && g->format_version < version)
		return mentor_fail(
		    run->m, MENTOR_TOO_OLD, "leave out --format-version for the newest", "version %d of this document is the oldest offered", version);
	return choose_format(run);
}

/* ---- the run itself ---- */

bool publishes_always(const struct run *run)
{
	(void)run;
	return true;
}

/* The option is the first of the arguments. */
bool publishes_asked(const struct run *run)
{
	return ((const struct leaving_args *)run->args)->publish == 1;
}

static bool publishes(const struct run *run)
{
	return run->command->publishes && run->command->publishes(run);
}

/* A dry run of making a store makes it in memory; one of migrating only looks. */
static unsigned how_to_open(const struct run *run, const char *path)
{
	unsigned flags = run->command->flags;
	bool dry = run->globals.dry_run;
	if (flags & CMD_CREATE && dry)
		return access(path, F_OK) == 0 ? MENTOR_OPEN_READ : MENTOR_OPEN_MEMORY | MENTOR_OPEN_WRITE;
	if (flags & CMD_CREATE)
		return MENTOR_OPEN_WRITE | MENTOR_OPEN_CREATE;
	if (flags & CMD_MIGRATE)
		return MENTOR_OPEN_MIGRATE | (dry ? MENTOR_OPEN_READ : MENTOR_OPEN_WRITE);
	return flags & (CMD_WRITE | CMD_AUDITED) || publishes(run) ? MENTOR_OPEN_WRITE : MENTOR_OPEN_READ;
}

static int lock_wait(const struct run *run)
{
	int64_t asked = run->globals.lock_wait, configured = run->config.lock_wait;
	return asked != MENTOR_NONE ? (int)asked : configured != MENTOR_NONE ? (int)configured : 30;
}

static bool same_file(const char *a, const char *b)
{
	struct stat left, right;
	return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

static bool is_journal_of(const char *path, const char *store)
{
	static const char end[] = "-journal";
	size_t len = strlen(path), tail = sizeof(end) - 1;
	if (len <= tail || strcmp(path + len - tail, end) != 0)
		return false;
	char *base = strndup(path, len - tail);
	bool same = base && same_file(base, store);
	free(base);
	return same;
}

enum mentor_status guard_file(struct run *run, const char *option, const char *path)
{
	struct stat st;
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return MENTOR_OK;
	bool taken = same_file(path, run->store) || is_journal_of(path, run->store);
	for (size_t i = 0; i < run->n_operands; i++)
		taken = taken || same_file(path, run->operands[i]);
	return taken ? mentor_fail(run->m, MENTOR_REFUSED, "name another file for the output", "%s would overwrite %s, which is in use", option, path) :
		       MENTOR_OK;
}

/* Only the default place is made on demand: a mistyped --db must not leave folders behind. */
static void make_default_folders(const struct run *run, const char *path)
{
	if (!setting(run->globals.db, "MENTOR_DB", run->config.db, NULL))
		make_folders(path);
}

static enum mentor_status open_store(struct run *run)
{
	struct mentor_buf path = MENTOR_BUF_INIT;
	enum mentor_status status = store_path(run, &path);
	run->store = status ? NULL : mentor_keep(run->m, mentor_buf_text(&path));
	if (!status && !run->store)
		status = MENTOR_NO_MEMORY;
	if (!status && run->globals.output)
		status = guard_file(run, "-o", run->globals.output);
	if (!status) {
		unsigned how = how_to_open(run, mentor_buf_text(&path)), own = run->command->flags & CMD_OWN;
		if (how & MENTOR_OPEN_CREATE || (own && !run->globals.dry_run))
			make_default_folders(run, mentor_buf_text(&path));
		run->lock_wait = lock_wait(run);
		confine(run);
		status = own ? MENTOR_OK : mentor_open(run->m, mentor_buf_text(&path), how, run->lock_wait);
		char *copy = strdup(mentor_buf_text(&path));
		run->out->spool_folder = copy ? mentor_keep(run->m, dirname(copy)) : NULL;
		free(copy);
		if (!status && !run->out->spool_folder)
			status = mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	}
	mentor_buf_free(&path);
	return status;
}

static enum mentor_status confirm(const struct run *run)
{
	const struct globals *g = &run->globals;
	if (!run->command->confirm || g->yes || g->dry_run || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return MENTOR_OK;
	if (g->no_input)
		return mentor_fail(
		    run->m, MENTOR_REFUSED, "give --yes", "this would ask first, and --no-input forbids it");
	fprintf(stderr, "%s [y/N] ", run->command->confirm);
	char answer[16] = { 0 };
	bool yes = fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y');
	return yes ? MENTOR_OK : mentor_fail(run->m, MENTOR_REFUSED, "answer y, or give --yes", "the question was not answered with y");
}

/* Below the figures; JSON has it beside them. */
static void tell_published(const struct run *run)
{
	const struct mentor_published *p = mentor_published(run->m);
	run->out->published = p;
	if (p->again)
		out_note(run->out, "Some figures are those published on %s: so few people have answered, come or gone since that both together would "
				   "tell of them. They are told anew once more have; mentor privacy ledger lists what was published.", p->since);
	if (p->withheld)
		out_note(run->out, "Some figures are withheld, since they differ by too few people from others that were published%s%s; mentor privacy ledger "
				   "lists those.", *p->since ? ", the first on " : "", p->since);
}

static enum mentor_status act(struct run *run)
{
	enum mentor_status status = opt_resolve(run);
	if (!status)
		status = run->command->flags & CMD_COHORT ? find_cohort(run, NULL, &run->cohort) : MENTOR_OK;
	if (!status && run->cohort) /* other commands say it once they know whose records they show */
		status = out_labels(run->out, run->cohort);
	if (!status)
		status = run->command->run(run);
	if (!status && publishes(run))
		tell_published(run);
	if (!status)
		out_end(run->out);
	/* what the output itself found wrong, such as a part out of order */
	return status ? status : mentor_error(run->m)->status == MENTOR_BUG ? MENTOR_BUG : MENTOR_OK;
}

/* Of a store that can only be read it could not be noted what leaves. */
static enum mentor_status check_ledger(struct run *run)
{
	if (access(run->store, W_OK) == 0 && access(run->out->spool_folder, W_OK) == 0)
		return MENTOR_OK;
	return mentor_fail(run->m, MENTOR_REFUSED, "publish from the store itself; to look only, leave out what names other readers",
	    "figures that leave the team are noted in the store, and %s or its folder cannot be written to", run->store);
}

/* The revision belongs to what was read or made: it is asked for before the snapshot or dry run ends, or right behind the commit. */
static enum mentor_status act_in_store(struct run *run)
{
	unsigned flags = run->command->flags;
	bool means_it = !run->globals.dry_run;
	bool own = flags & (CMD_CREATE | CMD_MIGRATE | CMD_OWN) || (flags & CMD_SELF && means_it);
	bool transaction = !own && (flags & (CMD_WRITE | CMD_AUDITED) || publishes(run));
	enum mentor_status status = open_store(run);
	if (!status && publishes(run))
		status = check_ledger(run);
	if (status)
		return status;
	if (!own)
		status = transaction ? mentor_begin(run->m) : mentor_snapshot(run->m);
	if (!status && flags & CMD_AUDITED)
		status = mentor_audit_reading(run->m, NULL);
	if (!status && publishes(run))
		status = mentor_publish(run->m);
	if (!status)
		status = act(run);
	if (!status && transaction && means_it)
		status = out_check(run->out); /* what cannot be told is not done */
	if (!status && transaction && means_it)
		status = mentor_commit(run->m);
	run->committed = run->committed || (!status && flags & CMD_CHANGES && means_it);
	if (!status && !(flags & CMD_OWN)) /* which says it by itself */
		status = mentor_revision(run->m, &run->out->revision);
	if (!status && run->committed)
		next_suggest(run);
	mentor_rollback(run->m);
	return status;
}

/* The trail of changes says who runs what: whoever is named as acting, and the number of the user, which is the system's word. Names of users
 * are not looked up: that can go over a network, and ends the process when memory is short. */
static enum mentor_status set_origin(struct run *run, const char *actor)
{
	struct mentor_buf user = MENTOR_BUF_INIT, command = MENTOR_BUF_INIT;
	const char *name = actor ? actor : environment("LOGNAME");
	mentor_buf_fmt(&user, name ? "%s (user %ld)" : "%suser %ld", name ? name : "", (long)getuid());
	mentor_buf_fmt(&command, "%s%s%s", run->noun ? run->noun->name : "", run->noun ? " " : "", run->command->name);
	enum mentor_status status = user.failed || command.failed ? MENTOR_NO_MEMORY :
	    mentor_set_origin(run->m, mentor_buf_text(&user), mentor_buf_text(&command));
	mentor_buf_free(&user);
	mentor_buf_free(&command);
	return status ? mentor_fail(run->m, status, NULL, "not enough memory") : MENTOR_OK;
}

static enum mentor_status run_command(struct run *run)
{
	unsigned flags = run->command->flags;
	enum mentor_status status = flags & (CMD_READ | CMD_CHANGES | CMD_CONFIG) ? load_config(run) : MENTOR_OK;
	if (!status)
		status = set_output(run);
	if (!status)
		status = set_clock(run);
	const char *actor = setting(NULL, "MENTOR_ACTOR", run->config.actor, NULL);
	if (!status && actor)
		status = mentor_set_actor(run->m, actor);
	mentor_set_min_cell(run->m, run->config.min_cell);
	zone_provide(run->m);
	if (!status && flags & (CMD_CHANGES | CMD_AUDITED) && !(flags & CMD_CONFIGURES))
		status = set_origin(run, actor);
	if (!status && is_fields_help(run))
		return help_fields(run);
	if (!status)
		status = confirm(run);
	if (status)
		return status;
	bool store = flags & (CMD_READ | CMD_CHANGES) && !(flags & CMD_CONFIGURES);
	if (store)
		return act_in_store(run);
	confine(run);
	return act(run);
}

/* Whoever types the name alone and has no store yet is welcomed; whatever keeps us from knowing is said when it matters. */
static enum mentor_status introduce(struct run *run)
{
	struct mentor_buf path = MENTOR_BUF_INIT;
	enum mentor_status status = help_show(run, true);
	bool known = !status && isatty(STDOUT_FILENO) && !load_config(run) && !store_path(run, &path);
	if (known && access(mentor_buf_text(&path), F_OK) != 0)
		next_welcome(mentor_buf_text(&path));
	mentor_buf_free(&path);
	return status;
}

static enum mentor_status dispatch(struct run *run, int argc, char **argv)
{
	enum mentor_status status = opt_parse(run, argc, argv);
	const struct globals *g = &run->globals;
	if (status)
		return status;
	if (g->version && !run->command)
		return help_version(run);
	if (!run->command && !g->help && !g->short_help)
		return introduce(run);
	if (g->help || g->short_help || run->command->verbs)
		return help_show(run, !g->short_help);
	status = run_command(run);
	/* before writing: a reader of a slow pipe holds no lock, a pager never shares the store */
	mentor_close(run->m);
	bool people = run->out->format == &format_plain || run->out->format == &format_table;
	bool silent = g->quiet && run->out->writes && people && !g->output;
	if (!status && !silent && !is_fields_help(run))
		status = out_send(run->out, g->output);
	if (!status && run->found)
		status = mentor_fail(run->m, MENTOR_FOUND, NULL, "%s", run->found);
	if (!status && run->partial)
		status = mentor_fail(run->m, MENTOR_PARTIAL, run->left_out_hint, "%s", run->partial);
	else if (!status && run->left_out)
		status = mentor_fail(run->m, MENTOR_PARTIAL, run->left_out_hint, "%zu row%s left out", run->left_out, run->left_out == 1 ? " was" : "s were");
	return status;
}

/* The word scan that also works when the command line could not be read. */
static bool json_on_command_line(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--json") == 0 || strcmp(argv[i], "-fjson") == 0 ||
		    strncmp(argv[i], "--format=json", 13) == 0 ||
		    (i + 1 < argc && (strcmp(argv[i], "-f") == 0 || strcmp(argv[i], "--format") == 0) &&
			strncmp(argv[i + 1], "json", 4) == 0))
			return true;
	return false;
}

static void tell(struct run *run, int argc, char **argv)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	bool writes = run->command && !run->command->verbs && run->command->flags & CMD_CHANGES;
	if (run->noun && run->command)
		mentor_buf_fmt(&name, "%s %s", run->noun->name, run->command->name);
	else if (run->command)
		mentor_buf_str(&name, run->command->name);
	struct mentor_error error = *mentor_error(run->m);
	if (run->committed)
		error.state = run->partial_state                ? run->partial_state
			      : error.status == MENTOR_PARTIAL ? "all others were taken"
							       : "the change itself has been made";
	tell_error(&error, mentor_buf_text(&name), writes, wants_json(run) || json_on_command_line(argc, argv));
	mentor_buf_free(&name);
}

int main(int argc, char **argv)
{
	tame_environment();
	if (getauxval(AT_SECURE)) {
		fputs("mentor: must not be installed setuid or setgid\n", stderr);
		return 1;
	}
	struct out out = { 0 };
	struct run run = {
		.m = mentor_new(), .out = &out, .config = { .lock_wait = MENTOR_NONE, .color = MENTOR_NONE }
	};
	if (!run.m) {
		fputs("mentor: not enough memory\n", stderr);
		return 1;
	}
	enum mentor_status status = dispatch(&run, argc, argv);
	if (status && !out.reader_gone)
		tell(&run, argc, argv);
	out_free(&out);
	opt_free(&run);
	mentor_free(run.m);
	return exit_code(status);
}
