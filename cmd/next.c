/* next.c: what comes next, said on a terminal. */
#include "next.h"

#include "out.h"

#include <stdio.h>
#include <string.h>

/* A command that takes several records, as those of the checklist name the first: whether more can follow. */
static bool takes_more(const char *line)
{
	char noun[16] = "", verb[16] = "";
	if (sscanf(line, "mentor %15s %15s", noun, verb) != 2)
		return false;
	for (size_t i = 0; commands[i]; i++)
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v] && strcmp(commands[i]->name, noun) == 0; v++)
			if (strcmp(commands[i]->verbs[v]->name, verb) == 0)
				return commands[i]->verbs[v]->operands && commands[i]->verbs[v]->operands[0].many;
	return false;
}

static void say(struct run *run, const char *command, const char *why)
{
	mentor_buf_fmt(&run->out->buf, why ? "\nNext: %s (%s)\n" : "\nNext: %s\n", command, why);
}

struct candidate {
	struct run *run;
	struct mentor_buf command, what; /* the first line of the checklist */
};

/* Points of the checklist are settled as the stage goes on: they are next only where a step of the cohort waits for them, or nothing else is missing. */
static enum mentor_status choose(void *arg, const struct mentor_todo *todo)
{
	struct candidate *c = arg;
	if (strcmp(todo->stage, "checklist") == 0) {
		mentor_buf_str(&c->command, todo->command);
		mentor_buf_str(&c->what, todo->what);
		return MENTOR_OK;
	}
	if (c->command.len && strncmp(todo->command, "mentor cohort ", 14) == 0)
		return MENTOR_FOUND;
	mentor_buf_clear(&c->what);
	mentor_buf_fmt(&c->what, "%s%s", todo->what, todo->count > 1 && takes_more(todo->command) ? "; it takes several at once" : "");
	say(c->run, todo->command, mentor_buf_text(&c->what));
	mentor_buf_clear(&c->command);
	return MENTOR_FOUND; /* one is enough */
}

static void suggest_for(struct run *run, int64_t cohort)
{
	struct candidate c = { run, MENTOR_BUF_INIT, MENTOR_BUF_INIT };
	mentor_cohort_todos(run->m, cohort, choose, &c);
	if (c.command.len)
		say(run, mentor_buf_text(&c.command), mentor_buf_text(&c.what));
	mentor_buf_free(&c.command);
	mentor_buf_free(&c.what);
}

static enum mentor_status note_programme(void *arg, const void *record)
{
	mentor_buf_str(arg, ((const struct mentor_programme *)record)->slug);
	return MENTOR_FOUND;
}

/* A cohort that could be: it starts on the first day of the month after next. */
static void suggest_cohort(struct run *run)
{
	struct mentor_buf command = MENTOR_BUF_INIT, programme = MENTOR_BUF_INIT;
	char day[11] = "";
	int64_t today = 0;
	mentor_record_list(run->m, &mentor_entity_programme, NULL, 0, note_programme, &programme);
	mentor_day_parse(mentor_today(run->m), &today);
	mentor_day_format(mentor_day_add_months(today, 2), day);
	mentor_buf_fmt(&command, "mentor cohort add %s-%.7s --programme %s --starts-on %.7s-01", mentor_buf_text(&programme), day, mentor_buf_text(&programme), day);
	if (!command.failed && programme.len)
		say(run, mentor_buf_text(&command), "its name and first day are yours to choose");
	mentor_buf_free(&programme);
	mentor_buf_free(&command);
}

/* Before there is a cohort, the store itself says how far things are. */
static void suggest_beginning(struct run *run)
{
	struct mentor_store_status s;
	if (mentor_store_status(run->m, &s))
		return;
	if (s.programmes == 0)
		say(run, "mentor programme new --from minimal > programme.yaml", "make it yours in an editor, and then: mentor programme check programme.yaml");
	else if (s.cohorts == 0)
		suggest_cohort(run);
}

static bool has_to_be_said(const struct run *run)
{
	unsigned flags = run->command->flags;
	bool changes = flags & (CMD_WRITE | CMD_CREATE) && !(flags & CMD_SELF);
	return changes && run->out->format == &format_table && run->out->width > 0 && !run->globals.quiet && run->out->notes.len == 0;
}

void next_suggest(struct run *run)
{
	int64_t cohort = run->cohort;
	if (!has_to_be_said(run) || mentor_snapshot(run->m))
		return;
	enum mentor_status status = cohort ? MENTOR_OK : find_cohort(run, NULL, &cohort);
	if (!status)
		suggest_for(run, cohort);
	else if (status == MENTOR_NOT_FOUND)
		suggest_beginning(run);
}

void next_welcome(const char *path)
{
	printf("\nWelcome. There is no store at %s yet.\n"
	       "  mentor db init        makes one: a file that holds everything\n"
	       "  mentor demo           makes another with a fictional council in it, to look around first\n"
	       "  man mentor-tutorial   a whole afternoon, from here to the first report\n",
	    path);
}
