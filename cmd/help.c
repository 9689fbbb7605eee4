/* help.c: help for the program, for every command, and for topics: all from the tables. */
#include "help.h"

#include "nouns.h"
#include "opt.h"
#include "out.h"
#include "status.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- words in columns ---- */

enum { LINE = 78 };

/* Appends text, broken between words, every line after the first starting `indent` blanks in. */
static void wrap(struct mentor_buf *b, const char *text, int indent)
{
	int column = indent;
	while (*text) {
		size_t word = strcspn(text, " ");
		if (column > indent && column + 1 + (int)word > LINE) {
			mentor_buf_fmt(b, "\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			mentor_buf_char(b, ' ');
			column++;
		}
		mentor_buf_add(b, text, word);
		column += (int)word;
		text += word;
		text += strspn(text, " ");
	}
	mentor_buf_char(b, '\n');
}

static void term(struct mentor_buf *b, const char *name, int width, const char *text)
{
	mentor_buf_fmt(b, "  %-*s", width, name);
	if ((int)strlen(name) >= width)
		mentor_buf_fmt(b, "\n  %*s", width, "");
	wrap(b, text, width + 2);
}

void help_type(struct mentor_buf *b, const struct mentor_field *field)
{
	static const char *const words[] = {
		[MENTOR_TYPE_ID] = "reference", [MENTOR_TYPE_REF] = "reference", [MENTOR_TYPE_INT] = "number",
		[MENTOR_TYPE_CENTI] = "number with two decimals", [MENTOR_TYPE_BOOL] = "yes or no", [MENTOR_TYPE_TEXT] = "text",
		[MENTOR_TYPE_NOTE] = "text", [MENTOR_TYPE_SLUG] = "short name", [MENTOR_TYPE_EMAIL] = "address", [MENTOR_TYPE_DAY] = "day",
		[MENTOR_TYPE_TIME] = "instant", [MENTOR_TYPE_CLOCK] = "time of day", [MENTOR_TYPE_LIST] = "list",
	};
	if (field->type != MENTOR_TYPE_CHOICE) {
		mentor_buf_str(b, words[field->type]);
		return;
	}
	for (size_t i = 0; field->choices[i]; i++)
		mentor_buf_fmt(b, "%s%s", i == 0 ? "" : field->choices[i + 1] ? ", " : " or ", field->choices[i]);
}

/* ---- one command ---- */

static void option_line(struct mentor_buf *b, const struct opt_row *row)
{
	struct mentor_buf name = MENTOR_BUF_INIT, text = MENTOR_BUF_INIT;
	if (row->letter)
		mentor_buf_fmt(&name, "-%c, ", row->letter);
	mentor_buf_fmt(&name, "--%s%s%s", row->name, row->placeholder ? " " : "", row->placeholder ? row->placeholder : "");
	mentor_buf_str(&text, row->field->help ? row->field->help : "");
	if (row->field->type == MENTOR_TYPE_CHOICE) {
		mentor_buf_str(&text, ": ");
		help_type(&text, row->field);
	}
	term(b, mentor_buf_text(&name), 28, mentor_buf_text(&text));
	mentor_buf_free(&name);
	mentor_buf_free(&text);
}

static void options(struct mentor_buf *b, const struct command *command, bool global)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows);
	bool first = true;
	for (size_t i = 0; i < n; i++) {
		if ((rows[i].kind == OPT_GLOBAL) != global)
			continue;
		if (first)
			mentor_buf_str(b, global ? "\nOptions of every command\n" : "\nOptions\n");
		first = false;
		option_line(b, &rows[i]);
	}
}

static void columns(struct mentor_buf *b, const struct command *command)
{
	for (const struct part *p = command->parts; p && p->fields; p++) {
		mentor_buf_fmt(b, "\nOutput%s%s%s\n", p->key ? " (" : "", p->key ? p->key : "", p->key ? ")" : "");
		for (const struct mentor_field *f = p->fields; f->name; f++)
			if (!(f->flags & MENTOR_INTERNAL))
				term(b, f->name, 20, f->help ? f->help : "");
	}
}

static void full_help(struct mentor_buf *b, const struct command *noun, const struct command *command)
{
	mentor_buf_fmt(b, "%s%s%s: %s\n\nUsage: ", noun ? noun->name : "", noun ? " " : "", command->name, command->summary);
	opt_synopsis(b, noun, command);
	mentor_buf_char(b, '\n');
	if (command->operands && command->operands->name)
		mentor_buf_char(b, '\n');
	for (const struct operand *o = command->operands; o && o->name; o++)
		term(b, o->name, 20, o->help ? o->help : "");
	options(b, command, false);
	options(b, command, true);
	columns(b, command);
	mentor_buf_fmt(b, "\nSee also: man mentor-%s, mentor help formats\n", noun ? noun->name : command->name);
}

/* ---- a noun, the program ---- */

static void command_list(struct mentor_buf *b, const struct command *const *table)
{
	for (; *table; table++)
		if (!((*table)->flags & CMD_HIDDEN))
			term(b, (*table)->name, 14, (*table)->summary);
}

static void help_of_noun(struct mentor_buf *b, const struct command *noun, bool full)
{
	mentor_buf_fmt(b, "Usage: mentor %s COMMAND [OPTION...]\n\n%s\n", noun->name, noun->summary);
	mentor_buf_char(b, '\n');
	command_list(b, noun->verbs);
	if (full)
		mentor_buf_fmt(b, "\nmentor %s COMMAND --help explains a command.\n", noun->name);
}

static void program_help(struct mentor_buf *b, bool full)
{
	mentor_buf_str(b, "Usage: mentor [OPTION...] NOUN VERB [OPTION...] [ARGUMENT...]\n\n"
			  "Runs reverse and reciprocal mentoring programmes, from the first application to the final report.\n\nCommands\n");
	command_list(b, commands);
	mentor_buf_str(b, "\nTopics (mentor help TOPIC)\n");
	for (const struct topic *t = topics; t->name; t++)
		term(b, t->name, 14, t->summary);
	term(b, "exit-codes", 14, "what the exit status means");
	if (full)
		options(b, NULL, true);
	mentor_buf_str(b, "\nNew here? mentor help first-steps; or take an afternoon: man mentor-tutorial\n");
}

static enum mentor_status print(struct run *run, struct mentor_buf *b)
{
	bool good = !b->failed && fputs(mentor_buf_text(b), stdout) >= 0 && fflush(stdout) == 0;
	mentor_buf_free(b);
	return good ? MENTOR_OK : mentor_fail(run->m, MENTOR_FAILED, NULL, "cannot write to standard output");
}

enum mentor_status help_show(struct run *run, bool full)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	const struct globals *g = &run->globals;
	bool asked = g->help || g->short_help;
	if (!asked && run->command)
		return mentor_fail(run->m, MENTOR_USAGE, mentor_hint(run->m, "mentor %s --help lists what there is", run->command->name), "it is not said what to do");
	if (!run->command)
		program_help(&b, full);
	else if (run->command->verbs)
		help_of_noun(&b, run->command, full);
	else if (full)
		full_help(&b, run->noun, run->command);
	else {
		mentor_buf_str(&b, "Usage: ");
		opt_synopsis(&b, run->noun, run->command);
		mentor_buf_char(&b, '\n');
	}
	return print(run, &b);
}

enum mentor_status help_version(struct run *run)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_str(&b, "mentor " MENTOR_VERSION "\n");
	return print(run, &b);
}

enum mentor_status help_fields(struct run *run)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (const struct part *p = run->command->parts; p && p->fields; p++)
		for (const struct mentor_field *f = p->fields; out_is_main(run->out, p) && f->name; f++)
			if (!(f->flags & MENTOR_INTERNAL))
				term(&b, f->name, 20, f->help ? f->help : "");
	return print(run, &b);
}

/* ---- mentor help [TOPIC] ---- */

static void topic_text(struct mentor_buf *b, const struct topic *t)
{
	mentor_buf_fmt(b, "%s: %s\n\n", t->name, t->summary);
	for (const struct topic_line *l = t->lines; l->term || l->text; l++) {
		if (!l->term) {
			wrap(b, l->text, 0);
			mentor_buf_char(b, '\n');
		} else if (!l->text) {
			bool more = l[1].term && !l[1].text;
			mentor_buf_fmt(b, "    %s\n%s", l->term, more ? "" : "\n");
		} else {
			term(b, l->term, 16, l->text);
		}
	}
}

static void exit_text(struct mentor_buf *b)
{
	mentor_buf_str(b, "exit-codes: what the exit status means\n\n");
	for (const struct exit_row *e = exit_rows; e->code >= 0; e++) {
		char name[32];
		snprintf(name, sizeof(name), "%d  %s", e->code, e->name);
		term(b, name, 24, e->help);
	}
	mentor_buf_str(b, "\nAny other status means failure.\n");
}

static enum mentor_status find_topic(struct run *run, const char *name, struct mentor_buf *b)
{
	const char *names[80] = { "exit-codes" };
	size_t n = 1;
	if (strcmp(name, "exit-codes") == 0) {
		exit_text(b);
		return MENTOR_OK;
	}
	for (const struct topic *t = topics; t->name; t++) {
		names[n++] = t->name;
		if (strcmp(name, t->name) == 0) {
			topic_text(b, t);
			return MENTOR_OK;
		}
	}
	for (size_t i = 0; commands[i] && n < 79; i++) {
		names[n++] = commands[i]->name;
		if (strcmp(name, commands[i]->name) != 0)
			continue;
		if (commands[i]->verbs)
			help_of_noun(b, commands[i], true);
		else
			full_help(b, NULL, commands[i]);
		return MENTOR_OK;
	}
	const char *near = mentor_nearest(name, names);
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	mentor_fail(run->m, MENTOR_NOT_FOUND, near ? mentor_buf_text(&hint) : "mentor help lists the topics", "there is no topic '%s'", name);
	mentor_buf_free(&hint);
	return MENTOR_NOT_FOUND;
}

static enum mentor_status find_command(struct run *run, const char *noun, const char *verb, struct mentor_buf *b)
{
	for (size_t i = 0; commands[i]; i++)
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++)
			if (strcmp(commands[i]->name, noun) == 0 && strcmp(commands[i]->verbs[v]->name, verb) == 0) {
				full_help(b, commands[i], commands[i]->verbs[v]);
				return MENTOR_OK;
			}
	return mentor_fail(run->m, MENTOR_NOT_FOUND, "mentor help lists the commands", "there is no command '%s %s'", noun, verb);
}

static enum mentor_status help_run(struct run *run)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	enum mentor_status status = MENTOR_OK;
	if (operand(run, 1))
		status = find_command(run, operand(run, 0), operand(run, 1), &b);
	else if (operand(run, 0))
		status = find_topic(run, operand(run, 0), &b);
	else
		program_help(&b, true);
	if (!status)
		out_text(run->out, "text", mentor_buf_text(&b));
	if (!status && b.failed)
		status = mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	mentor_buf_free(&b);
	return status;
}

static const struct operand help_operands[] = { { "TOPIC", true, false, "topic", "a topic or a command" },
	{ "VERB", true, false, NULL, "what the command does, such as add" }, { 0 } };

const struct command noun_help = {
	.name = "help",
	.summary = "explain the program, a command or a topic",
	.flags = CMD_RAW,
	.operands = help_operands,
	.run = help_run,
};
