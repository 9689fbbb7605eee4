/* next.c: what comes next, said on a terminal. */
#include "next.h"

#include "out.h"

#include <stdio.h>
#include <string.h>

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
	say(c->run, todo->command, todo->what);
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

/* Before there is a cohort, the store itself says how far things are. */
static void suggest_beginning(struct run *run)
{
	struct mentor_store_status s;
	if (mentor_store_status(run->m, &s))
		return;
	if (s.programmes == 0)
		say(run, "mentor programme new > programme.yaml", "and then: mentor programme import programme.yaml");
	else if (s.cohorts == 0)
		say(run, "mentor cohort add NAME --programme SLUG --starts-on DAY", NULL);
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
