/* dump.c: manual blocks and completions, from the same rows that parse the command line. */
#include "dump.h"

#include "help.h"
#include "opt.h"
#include "out.h"
#include "status.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- mdoc ---- */

enum { LINE = 78 };

/* Text for mdoc, in lines that are not too long, from the beginning of a line: a backslash, or a dot in front, would be read as a request. */
static void roff(struct mentor_buf *b, const char *text)
{
	size_t column = 0;
	for (; *text; text += strspn(text, " ")) {
		size_t len = strcspn(text, " ");
		bool fits = column + 1 + len <= LINE;
		if (column)
			mentor_buf_char(b, fits ? ' ' : '\n');
		column = column && fits ? column + 1 + len : len;
		if (column == len && (*text == '.' || *text == '\''))
			mentor_buf_str(b, "\\&");
		for (; len > 0; len--, text++)
			if (*text == '\\')
				mentor_buf_str(b, "\\e");
			else
				mentor_buf_char(b, *text);
	}
}

/* An argument of a macro: quoted, because it may hold blanks or words that are macros themselves. */
static void argument(struct mentor_buf *b, const char *text)
{
	mentor_buf_char(b, '"');
	for (; *text; text++)
		if (*text == '"')
			mentor_buf_str(b, "\\(dq");
		else if (*text == '\\')
			mentor_buf_str(b, "\\e");
		else
			mentor_buf_char(b, *text);
	mentor_buf_char(b, '"');
}

/* Long sentences go on lines of their own, as mdoc wants new sentences to. */
static void sentences(struct mentor_buf *b, const char *text)
{
	const char *stop = NULL;
	while ((stop = strstr(text, ". ")) != NULL) {
		struct mentor_buf one = MENTOR_BUF_INIT;
		mentor_buf_add(&one, text, (size_t)(stop - text) + 1);
		roff(b, mentor_buf_text(&one));
		mentor_buf_char(b, '\n');
		mentor_buf_free(&one);
		text = stop + 2;
	}
	roff(b, text);
	mentor_buf_char(b, '\n');
}

/* A phrase of the tables as a sentence: capital letter in front, full stop behind. */
static void phrase(struct mentor_buf *b, const char *text)
{
	struct mentor_buf copy = MENTOR_BUF_INIT;
	mentor_buf_str(&copy, text);
	if (copy.len && !strchr(".?!:", copy.data[copy.len - 1]))
		mentor_buf_char(&copy, '.');
	if (copy.data)
		copy.data[0] = (char)toupper((unsigned char)copy.data[0]);
	sentences(b, mentor_buf_text(&copy));
	mentor_buf_free(&copy);
}

static void man_option(struct mentor_buf *b, const struct opt_row *row)
{
	mentor_buf_str(b, ".It");
	if (row->letter)
		mentor_buf_fmt(b, " Fl %c ,", row->letter);
	mentor_buf_fmt(b, " Fl \\-%s", row->name);
	if (row->placeholder) {
		mentor_buf_str(b, " Ar ");
		argument(b, row->placeholder);
	}
	mentor_buf_char(b, '\n');
	struct mentor_buf text = MENTOR_BUF_INIT;
	mentor_buf_str(&text, row->field->help ? row->field->help : row->name);
	if (row->field->type == MENTOR_TYPE_CHOICE) {
		mentor_buf_str(&text, ": ");
		help_type(&text, row->field);
	}
	phrase(b, mentor_buf_text(&text));
	mentor_buf_free(&text);
}

/* The common options with those of writing commands. */
static const struct command any_writer = { .flags = CMD_WRITE };

static void man_options(struct mentor_buf *b, const struct command *command, bool global)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows), shown = 0;
	for (size_t i = 0; i < n; i++) {
		if ((rows[i].kind == OPT_GLOBAL) != global)
			continue;
		if (shown++ == 0)
			mentor_buf_str(b, ".Bl -tag -width Ds\n");
		man_option(b, &rows[i]);
	}
	if (shown)
		mentor_buf_str(b, ".El\n");
}

static void man_synopsis_line(struct mentor_buf *b, const struct command *noun, const struct command *command)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows);
	mentor_buf_fmt(b, ".Nm mentor\n.Cm %s%s%s\n", noun ? noun->name : "", noun ? " " : "", command->name);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].kind == OPT_GLOBAL)
			continue;
		bool need = rows[i].field->flags & MENTOR_REQUIRED && rows[i].kind != OPT_FILTER_BY && command->fields != FIELDS_SET;
		mentor_buf_fmt(b, need ? ".Fl \\-%s" : ".Op Fl \\-%s", rows[i].name);
		if (rows[i].placeholder) {
			mentor_buf_str(b, " Ar ");
			argument(b, rows[i].placeholder);
		}
		mentor_buf_char(b, '\n');
	}
	for (const struct operand *o = command->operands; o && o->name; o++)
		mentor_buf_fmt(b, "%sAr %s%s\n", o->optional ? ".Op " : ".", o->name, o->many ? " Ns ..." : "");
}

static void man_synopsis(struct mentor_buf *b, const struct command *noun)
{
	if (!noun->verbs)
		man_synopsis_line(b, NULL, noun);
	for (size_t i = 0; noun->verbs && noun->verbs[i]; i++)
		man_synopsis_line(b, noun, noun->verbs[i]);
}

static void man_column(struct mentor_buf *b, const struct mentor_field *f)
{
	struct mentor_buf type = MENTOR_BUF_INIT, text = MENTOR_BUF_INIT;
	const char *help = f->help ? f->help : f->name, *wide = f->flags & MENTOR_WIDE ? "on request" : "";
	help_type(&type, f);
	bool said = strcmp(help, mentor_buf_text(&type)) == 0;
	mentor_buf_fmt(&text, said && !*wide ? "%s" : "%s (", help);
	if (!said)
		mentor_buf_fmt(&text, "%s%s", mentor_buf_text(&type), *wide ? "; " : "");
	mentor_buf_fmt(&text, "%s%s", wide, said && !*wide ? "" : ")");
	mentor_buf_fmt(b, ".It Va %s\n", f->name);
	roff(b, mentor_buf_text(&text));
	mentor_buf_char(b, '\n');
	mentor_buf_free(&type);
	mentor_buf_free(&text);
}

static void man_columns(struct mentor_buf *b, const struct part *p)
{
	const char *widest = "";
	mentor_buf_str(b, ".Pp\nOutput");
	if (p->key)
		mentor_buf_fmt(b, ", member\n.Va %s :\n", p->key);
	else
		mentor_buf_str(b, p->many ? ", one row each:\n" : ":\n");
	for (const struct mentor_field *f = p->fields; f->name; f++)
		if (!(f->flags & MENTOR_INTERNAL) && strlen(f->name) > strlen(widest))
			widest = f->name;
	mentor_buf_fmt(b, ".Bl -tag -width %s -compact\n", widest);
	for (const struct mentor_field *f = p->fields; f->name; f++)
		if (!(f->flags & MENTOR_INTERNAL))
			man_column(b, f);
	mentor_buf_str(b, ".El\n");
}

/* The verb in front of `command` that prints the same columns: they are listed once. */
static const struct command *same_columns(const struct command *noun, const struct command *command, const struct part *part)
{
	for (size_t i = 0; noun && noun->verbs && noun->verbs[i] != command; i++)
		for (const struct part *p = noun->verbs[i]->parts; p && p->fields; p++)
			if (p->fields == part->fields)
				return noun->verbs[i];
	return NULL;
}

/* What a command prints. The rows that most writing commands share are explained once, in mentor-output(7). */
static void man_output(struct mentor_buf *b, const struct command *noun, const struct command *command)
{
	if (command->parts == change_parts)
		mentor_buf_str(b, ".Pp\nOutput: what changed, one row each, as\n.Xr mentor-output 7\nexplains.\n");
	else
		for (const struct part *p = command->parts; p && p->fields; p++) {
			const struct command *same = same_columns(noun, command, p);
			if (!same)
				man_columns(b, p);
			else if (p->key)
				mentor_buf_fmt(b, ".Pp\nOutput, member\n.Va %s :\nas of\n.Cm %s .\n", p->key, same->name);
			else
				mentor_buf_fmt(b, ".Pp\nOutput%s: as of\n.Cm %s .\n", p->many ? ", one row each" : "", same->name);
		}
	if (command->formats) {
		mentor_buf_str(b, ".Pp\nFurther values of\n.Fl f :\n");
		for (size_t i = 0; command->formats[i]; i++)
			mentor_buf_fmt(b, "%s.Cm %s", i ? " ,\n" : "", command->formats[i]);
		mentor_buf_str(b, " .\n");
	}
}

static void man_operands(struct mentor_buf *b, const struct operand *o)
{
	bool several = o && o->name && o[1].name;
	if (o && o->name)
		mentor_buf_str(b, several ? ".Pp\n.Bl -tag -width CONTRACT -compact\n" : ".Pp\n");
	for (; o && o->name; o++) {
		mentor_buf_fmt(b, several ? ".It Ar %s\n" : ".Ar %s :\n", o->name);
		if (several)
			phrase(b, o->help ? o->help : o->name);
		else
			mentor_buf_fmt(b, "%s.\n", o->help ? o->help : o->name);
	}
	if (several)
		mentor_buf_str(b, ".El\n");
}

static void man_command(struct mentor_buf *b, const struct command *noun, const struct command *command)
{
	phrase(b, command->summary);
	man_operands(b, command->operands);
	man_options(b, command, false);
	if (command->confirm)
		mentor_buf_str(b, ".Pp\nOn a terminal it asks first;\n.Fl y\nsays yes.\n");
	man_output(b, noun, command);
}

static void man_commands(struct mentor_buf *b, const struct command *noun)
{
	if (!noun->verbs) {
		man_command(b, NULL, noun);
		return;
	}
	for (size_t i = 0; noun->verbs[i]; i++) {
		mentor_buf_fmt(b, ".Ss %s %s\n", noun->name, noun->verbs[i]->name);
		man_command(b, noun, noun->verbs[i]);
	}
}

static void man_nouns(struct mentor_buf *b)
{
	mentor_buf_str(b, ".Bl -tag -width completion\n");
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->flags & CMD_HIDDEN)
			continue;
		mentor_buf_fmt(b, ".It Cm %s\n", commands[i]->name);
		phrase(b, commands[i]->summary);
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++)
			mentor_buf_fmt(b, "%s%s%s", v ? "" : "Verbs:\n.Cm ", commands[i]->verbs[v]->name,
			    commands[i]->verbs[v + 1] ? " ,\n.Cm " : " .\n");
		mentor_buf_fmt(b, "See\n.Xr mentor-%s 1 .\n", commands[i]->name);
	}
	mentor_buf_str(b, ".El\n");
}

static void man_exits(struct mentor_buf *b)
{
	mentor_buf_str(b, ".Bl -tag -width 130x -compact\n");
	for (const struct exit_row *e = exit_rows; e->code >= 0; e++) {
		struct mentor_buf text = MENTOR_BUF_INIT;
		mentor_buf_fmt(&text, "%s: %s", e->name, e->help);
		mentor_buf_fmt(b, ".It %d\n", e->code);
		roff(b, mentor_buf_text(&text));
		mentor_buf_char(b, '\n');
		mentor_buf_free(&text);
	}
	mentor_buf_str(b, ".El\n");
}

/* Names of variables are written in capitals. */
static bool is_variable(const char *term)
{
	for (; *term; term++)
		if (!isupper((unsigned char)*term) && *term != '_')
			return false;
	return true;
}

static void man_topic(struct mentor_buf *b, const struct topic *t)
{
	enum { START, PARAGRAPH, COMMAND, LIST } last = START, now = START;
	for (const struct topic_line *l = t->lines; l->term || l->text; l++, last = now) {
		now = !l->term ? PARAGRAPH : l->text ? LIST : COMMAND;
		if (last == LIST && now != LIST)
			mentor_buf_str(b, ".El\n");
		if (now == LIST && last != LIST)
			mentor_buf_str(b, ".Bl -tag -width Ds\n");
		else if (last != START && now != LIST && !(last == COMMAND && now == COMMAND))
			mentor_buf_str(b, ".Pp\n");
		if (now == LIST) {
			mentor_buf_str(b, is_variable(l->term) ? ".It Ev " : ".It Cm ");
			argument(b, l->term);
			mentor_buf_char(b, '\n');
		}
		if (now == COMMAND) {
			mentor_buf_fmt(b, ".Dl %s\n", l->term);
		} else {
			phrase(b, l->text);
		}
	}
	if (last == LIST)
		mentor_buf_str(b, ".El\n");
}

static enum mentor_status man_key(void *arg, const struct mentor_key *key)
{
	struct mentor_buf *b = arg;
	mentor_buf_str(b, ".It Cm ");
	argument(b, key->path);
	mentor_buf_char(b, '\n');
	struct mentor_buf text = MENTOR_BUF_INIT;
	mentor_buf_fmt(&text, "%s (%s%s", key->help, key->type, key->required ? "; required" : "");
	if (key->initial)
		mentor_buf_fmt(&text, "; %s when not given", key->initial);
	mentor_buf_char(&text, ')');
	phrase(b, mentor_buf_text(&text));
	mentor_buf_free(&text);
	if (key->example) {
		const char *name = strrchr(key->path, '.');
		struct mentor_buf example = MENTOR_BUF_INIT;
		mentor_buf_fmt(&example, "%s: %s", name ? name + 1 : key->path, key->example);
		mentor_buf_str(b, ".Dl ");
		argument(b, mentor_buf_text(&example));
		mentor_buf_char(b, '\n');
		mentor_buf_free(&example);
	}
	return MENTOR_OK;
}

static enum mentor_status man_word(void *arg, const struct mentor_programme_word *word)
{
	struct mentor_buf *b = arg;
	struct mentor_buf text = MENTOR_BUF_INIT;
	mentor_buf_fmt(b, ".It Cm \"{%s}\"\n", word->name);
	mentor_buf_fmt(&text, "%s (%s)", word->help, word->in);
	phrase(b, mentor_buf_text(&text));
	mentor_buf_free(&text);
	return MENTOR_OK;
}

static void man_words(struct mentor_buf *b)
{
	mentor_buf_str(b, ".Bl -tag -width Ds\n");
	if (mentor_programme_words(man_word, b))
		b->failed = true;
	mentor_buf_str(b, ".El\n");
}

static void man_keys(struct mentor_buf *b, bool of_config)
{
	struct mentor *m = mentor_new();
	mentor_buf_str(b, ".Bl -tag -width Ds\n");
	if (!m || (of_config ? mentor_config_keys(m, man_key, b) : mentor_programme_keys(m, man_key, b)))
		b->failed = true;
	mentor_buf_str(b, ".El\n");
	mentor_free(m);
}

static const struct command *noun_called(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

/* One block by name. False when there is no such block. */
static bool block(struct mentor_buf *b, const char *name, const char *arg)
{
	const struct command *noun = noun_called(arg);
	if (strcmp(name, "nouns") == 0)
		man_nouns(b);
	else if (strcmp(name, "global-options") == 0)
		man_options(b, &any_writer, true);
	else if (strcmp(name, "exit-codes") == 0)
		man_exits(b);
	else if (strcmp(name, "keys") == 0)
		man_keys(b, strcmp(arg, "config") == 0);
	else if (strcmp(name, "words") == 0)
		man_words(b);
	else if (strcmp(name, "synopsis") == 0 && noun)
		man_synopsis(b, noun);
	else if (strcmp(name, "commands") == 0 && noun)
		man_commands(b, noun);
	else if (strcmp(name, "topic") == 0) {
		const struct topic *t = topics;
		while (t->name && strcmp(t->name, arg) != 0)
			t++;
		if (!t->name)
			return false;
		man_topic(b, t);
	} else
		return false;
	return true;
}

void dump_man(struct mentor_buf *b, const char *page, const char **ret_wrong)
{
	static const char mark[] = ".\\\" generated: ", end[] = ".\\\" end";
	bool skipping = false;
	while (*page) {
		size_t len = strcspn(page, "\n");
		if (strncmp(page, end, strlen(end)) == 0)
			skipping = false;
		if (!skipping) {
			mentor_buf_add(b, page, len);
			mentor_buf_char(b, '\n');
		}
		if (strncmp(page, mark, strlen(mark)) == 0) {
			char line[128] = { 0 };
			size_t rest = len - strlen(mark);
			memcpy(line, page + strlen(mark), rest < sizeof(line) - 1 ? rest : sizeof(line) - 1);
			char *arg = strchr(line, ' ');
			if (arg)
				*arg++ = '\0';
			if (!block(b, line, arg ? arg : ""))
				*ret_wrong = page;
			skipping = true;
		}
		page += len + (page[len] == '\n');
	}
}

/* ---- completions: what a word can be completed with ---- */

/* A kind is written "+a b c" for fixed words, "%a b c" for commands, "@person pair" for names from the store, "file", ":" for a value that nobody can guess,
 * and "" for an option that takes no value. */

static void add_word(struct mentor_buf *b, const char *word)
{
	mentor_buf_fmt(b, "%s%s", b->len && !strchr("+@%", b->data[b->len - 1]) ? " " : "", word);
}

static void add_words(struct mentor_buf *b, const char *const *words)
{
	for (; *words; words++)
		add_word(b, *words);
}

static void add_commands(struct mentor_buf *b, const struct command *const *table)
{
	for (; *table; table++)
		if (!((*table)->flags & CMD_HIDDEN))
			add_word(b, (*table)->name);
}

/* A command that prints a text has no columns to put into csv; some formats are offered by some commands only. */
static void add_formats(struct mentor_buf *b, const struct command *command)
{
	static const char *const of_texts[] = { "table", "plain", "json", NULL };
	bool raw = command && command->flags & CMD_RAW;
	if (raw)
		add_words(b, of_texts);
	for (size_t i = 0; !raw && out_formats[i]; i++)
		if (!(out_format(out_formats[i])->flags & FORMAT_SOME))
			add_word(b, out_formats[i]);
	if (command && command->formats)
		add_words(b, command->formats);
}

static void add_topics(struct mentor_buf *b)
{
	for (const struct topic *t = topics; t->name; t++)
		add_word(b, t->name);
	add_word(b, "exit-codes");
	add_commands(b, commands);
}

static void add_documents(struct mentor_buf *b)
{
	for (size_t i = 0; commands[i]; i++) {
		if (!commands[i]->verbs && !(commands[i]->flags & CMD_HIDDEN))
			add_word(b, commands[i]->name);
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++) {
			struct mentor_buf name = MENTOR_BUF_INIT;
			command_document(&name, commands[i], commands[i]->verbs[v]);
			add_word(b, mentor_buf_text(&name));
			mentor_buf_free(&name);
		}
	}
	add_word(b, "error");
}

/* PAIR|PERSON says by its name what it refers to. */
static void add_named_entities(struct mentor_buf *b, const char *name)
{
	char word[32];
	while (*name) {
		size_t len = strcspn(name, "|");
		for (size_t i = 0; i < len && i < sizeof(word) - 1; i++)
			word[i] = (char)tolower((unsigned char)name[i]);
		word[len < sizeof(word) ? len : sizeof(word) - 1] = '\0';
		if (mentor_entity(word))
			add_word(b, word);
		name += len + (name[len] == '|');
	}
}

static enum mentor_status add_setting(void *arg, const struct mentor_key *key)
{
	add_word(arg, key->path);
	return MENTOR_OK;
}

static void entity_kind(struct mentor_buf *b, const char *entity, const struct command *command)
{
	static const char *const shells[] = { "bash", "zsh", "fish", NULL };
	bool store = mentor_entity(entity);
	mentor_buf_str(b, strcmp(entity, "file") == 0 ? "file" : store ? "@" : "+");
	if (store)
		add_word(b, entity);
	else if (strcmp(entity, "format") == 0)
		add_formats(b, command);
	else if (strcmp(entity, "topic") == 0)
		add_topics(b);
	else if (strcmp(entity, "schema") == 0)
		add_documents(b);
	else if (strcmp(entity, "shell") == 0)
		add_words(b, shells);
	else if (strcmp(entity, "setting") == 0)
		mentor_config_keys(NULL, add_setting, b);
	else if (strcmp(entity, "file") != 0)
		b->data[0] = ':';
}

static void option_kind(struct mentor_buf *b, const struct opt_row *row, const struct command *command)
{
	if (!row->placeholder)
		return;
	if (row->field->choices) {
		mentor_buf_char(b, '+');
		add_words(b, row->field->choices);
	} else if (row->field->entity) {
		entity_kind(b, row->field->entity, command);
	} else if (mentor_entity(row->name)) {
		mentor_buf_fmt(b, "@%s", row->name);
	} else {
		mentor_buf_char(b, ':');
	}
}

static void operand_kind(struct mentor_buf *b, const struct operand *o)
{
	if (o->entity) {
		entity_kind(b, o->entity, NULL);
		return;
	}
	mentor_buf_char(b, '@');
	add_named_entities(b, o->name);
	if (b->len == 1)
		b->data[0] = ':';
}

/* ---- bash and zsh: the same tables, the same walk over the words ---- */

typedef void leaf_fn(struct mentor_buf *b, const char *name, const struct command *command);

static void each_leaf(struct mentor_buf *b, leaf_fn *leaf)
{
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->flags & CMD_HIDDEN)
			continue;
		if (!commands[i]->verbs)
			leaf(b, commands[i]->name, commands[i]);
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++) {
			struct mentor_buf name = MENTOR_BUF_INIT;
			mentor_buf_fmt(&name, "%s %s", commands[i]->name, commands[i]->verbs[v]->name);
			leaf(b, mentor_buf_text(&name), commands[i]->verbs[v]);
			mentor_buf_free(&name);
		}
	}
}

/* What sets one command's -f apart from the common one. */
static bool has_formats(const struct command *command)
{
	return command->formats || command->flags & CMD_RAW;
}

static void shell_option_kinds(struct mentor_buf *b, const char *name, const struct command *command)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows);
	for (size_t i = 0; i < n; i++) {
		bool format = rows[i].letter == 'f' && rows[i].kind == OPT_GLOBAL;
		struct mentor_buf kind = MENTOR_BUF_INIT;
		if (rows[i].kind != OPT_GLOBAL || (format && has_formats(command)))
			option_kind(&kind, &rows[i], command);
		if (kind.len) {
			mentor_buf_fmt(b, "\t'%s --%s'", name, rows[i].name);
			if (rows[i].letter)
				mentor_buf_fmt(b, " | '%s -%c'", name, rows[i].letter);
			mentor_buf_fmt(b, ") kind='%s' ;;\n", mentor_buf_text(&kind));
		}
		mentor_buf_free(&kind);
	}
}

static void shell_global_kinds(struct mentor_buf *b)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(NULL, rows);
	for (size_t i = 0; i < n; i++) {
		struct mentor_buf kind = MENTOR_BUF_INIT;
		option_kind(&kind, &rows[i], NULL);
		if (kind.len) {
			mentor_buf_fmt(b, "\t*' --%s'", rows[i].name);
			if (rows[i].letter)
				mentor_buf_fmt(b, " | *' -%c'", rows[i].letter);
			mentor_buf_fmt(b, ") kind='%s' ;;\n", mentor_buf_text(&kind));
		}
		mentor_buf_free(&kind);
	}
}

static void shell_option_names(struct mentor_buf *b, const char *name, const struct command *command)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows), shown = 0;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].kind == OPT_GLOBAL && strcmp(rows[i].name, "dry-run") != 0)
			continue;
		if (shown++ == 0)
			mentor_buf_fmt(b, "\t'%s') kind='", name);
		mentor_buf_fmt(b, "%s--%s", shown == 1 ? "+" : " ", rows[i].name);
	}
	if (shown)
		mentor_buf_str(b, "' ;;\n");
}

static void shell_operand_kinds(struct mentor_buf *b, const char *name, const struct command *command)
{
	int i = 1;
	for (const struct operand *o = command->operands; o && o->name; o++, i++) {
		struct mentor_buf kind = MENTOR_BUF_INIT;
		operand_kind(&kind, o);
		if (o->many)
			mentor_buf_fmt(b, "\t'%s '*", name);
		else
			mentor_buf_fmt(b, "\t'%s %d'", name, i);
		mentor_buf_fmt(b, ") kind='%s' ;;\n", mentor_buf_text(&kind));
		mentor_buf_free(&kind);
	}
}

/* 'name:what it does' for zsh, which shows it. */
static void described_words(struct mentor_buf *b, const struct command *const *table)
{
	mentor_buf_str(b, " described=(");
	for (; *table; table++) {
		if ((*table)->flags & CMD_HIDDEN)
			continue;
		mentor_buf_fmt(b, " '%s:", (*table)->name);
		for (const char *p = (*table)->summary; *p; p++)
			mentor_buf_str(b, *p == '\'' ? "'\\''" : *p == ':' ? "\\:" : (const char[]){ *p, '\0' });
		mentor_buf_char(b, '\'');
	}
	mentor_buf_str(b, " )");
}

static void shell_command_words(struct mentor_buf *b, bool describe)
{
	mentor_buf_str(b, "# Sets kind to the verbs of a noun, or the nouns, as %words; \"\" where there are no verbs.\n_mentor_commands() {\n\tcase $1 in\n");
	for (size_t i = 0; commands[i]; i++) {
		if (!commands[i]->verbs)
			continue;
		mentor_buf_fmt(b, "\t%s)\n\t\tkind='", commands[i]->name);
		struct mentor_buf words = MENTOR_BUF_INIT;
		mentor_buf_char(&words, '%');
		add_commands(&words, commands[i]->verbs);
		mentor_buf_fmt(b, "%s'", mentor_buf_text(&words));
		if (describe)
			described_words(b, commands[i]->verbs);
		mentor_buf_str(b, "\n\t\t;;\n");
		mentor_buf_free(&words);
	}
	struct mentor_buf nouns = MENTOR_BUF_INIT;
	mentor_buf_char(&nouns, '%');
	add_commands(&nouns, commands);
	mentor_buf_fmt(b, "\t'')\n\t\tkind='%s'", mentor_buf_text(&nouns));
	if (describe)
		described_words(b, commands);
	mentor_buf_str(b, "\n\t\t;;\n\t*) kind='' ;;\n\tesac\n}\n\n");
	mentor_buf_free(&nouns);
}

/* Which words are noun, verb and operands: options and their values are passed over. */
static const char shell_walk[] =
    "# The current word, then the words before it.\n"
    "_mentor_walk() {\n"
    "\tlocal cur=$1 noun='' verb='' option='' word='' kind='' dashes='' n=0\n"
    "\tshift\n"
    "\tfor word in \"$@\"; do\n"
    "\t\tif [ -n \"$kind\" ]; then\n"
    "\t\t\tcase $option in -D | --db) _mentor_db=$word ;; esac\n"
    "\t\t\tkind=''\n"
    "\t\t\tcontinue\n"
    "\t\tfi\n"
    "\t\tif [ -z \"$dashes\" ]; then\n"
    "\t\t\tcase $word in\n"
    "\t\t\t--) dashes=yes && continue ;;\n"
    "\t\t\t--db=*) _mentor_db=${word#*=} && continue ;;\n"
    "\t\t\t--*=*) continue ;;\n"
    "\t\t\t-?*)\n"
    "\t\t\t\toption=$word\n"
    "\t\t\t\t_mentor_option \"$noun${verb:+ $verb}\" \"$word\"\n"
    "\t\t\t\tcontinue\n"
    "\t\t\t\t;;\n"
    "\t\t\tesac\n"
    "\t\tfi\n"
    "\t\t_mentor_commands \"$noun\"\n"
    "\t\tif [ -z \"$noun\" ]; then noun=$word; elif [ -z \"$verb\" ] && [ -n \"$kind\" ]; then verb=$word; else n=$((n + 1)); fi\n"
    "\t\tkind=''\n"
    "\tdone\n"
    "\tword=\"$noun${verb:+ $verb}\"\n"
    "\tif [ -n \"$kind\" ]; then\n"
    "\t\t_mentor_offer && return\n"
    "\tfi\n"
    "\tcase $dashes$cur in\n"
    "\t--*=*)\n"
    "\t\t_mentor_option \"$word\" \"${cur%%=*}\"\n"
    "\t\t_mentor_split \"$cur\"\n"
    "\t\t;;\n"
    "\t-*) _mentor_options \"$word\" ;;\n"
    "\t*)\n"
    "\t\tif [ -z \"$verb\" ]; then _mentor_commands \"$noun\"; fi\n"
    "\t\tif [ -z \"$kind\" ]; then _mentor_operand \"$word\" $((n + 1)); fi\n"
    "\t\t;;\n"
    "\tesac\n"
    "\t_mentor_offer\n"
    "}\n\n"
    "_mentor_offer() {\n"
    "\tcase $kind in\n"
    "\t+*) _mentor_words \"${kind#?}\" ;;\n"
    "\t%*) _mentor_described \"${kind#?}\" ;;\n"
    "\t@*) _mentor_live \"${kind#?}\" ;;\n"
    "\tfile) _mentor_files ;;\n"
    "\tesac\n"
    "\treturn 0\n"
    "}\n\n";

static void shell_common(struct mentor_buf *b, bool describe)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(NULL, rows);
	shell_command_words(b, describe);
	mentor_buf_str(b, "# Sets kind to what the value of an option can be: +words, @records, file, : for anything; \"\" for a flag.\n"
			  "_mentor_option() {\n\tcase \"$1 $2\" in\n");
	each_leaf(b, shell_option_kinds);
	shell_global_kinds(b);
	mentor_buf_str(b, "\t*) kind='' ;;\n\tesac\n}\n\n# Sets kind to the options of a command.\n_mentor_options() {\n\tcase $1 in\n");
	each_leaf(b, shell_option_names);
	mentor_buf_str(b, "\t*) kind='+' ;;\n\tesac\n\tkind=\"$kind");
	for (size_t i = 0; i < n; i++)
		mentor_buf_fmt(b, " --%s", rows[i].name);
	mentor_buf_str(b, "\"\n}\n\n# Sets kind to what an argument can be; they are numbered from 1.\n_mentor_operand() {\n\tcase \"$1 $2\" in\n");
	each_leaf(b, shell_operand_kinds);
	mentor_buf_str(b, "\t*) kind='' ;;\n\tesac\n}\n\n");
	mentor_buf_str(b, shell_walk);
}

void dump_bash(struct mentor_buf *b)
{
	mentor_buf_str(b,
	    "# bash completion for mentor; generated from its command tables\n# shellcheck shell=bash\n\n"
	    "_mentor_words() {\n\tlocal word IFS=$' \\t\\n'\n\tfor word in $1; do\n"
	    "\t\tcase $word in \"$_mentor_cur\"*) COMPREPLY+=(\"$_mentor_prefix$word\") ;; esac\n\tdone\n}\n\n"
	    "_mentor_live() {\n\tlocal entity word rest IFS=$' \\t\\n'\n\tfor entity in $1; do\n\t\twhile IFS=$'\\t' read -r word rest; do\n"
	    "\t\t\tcase $word in \"$_mentor_cur\"*) COMPREPLY+=(\"$_mentor_prefix$word\") ;; esac\n"
	    "\t\tdone < <(\"${COMP_WORDS[0]}\" ${_mentor_db:+--db \"$_mentor_db\"} __complete \"$entity\" -f plain 2>/dev/null)\n\tdone\n"
	    "\t: \"$rest\"\n}\n\n"
	    "_mentor_files() {\n\tlocal file\n\tcompopt -o filenames 2>/dev/null\n"
	    "\twhile IFS= read -r file; do COMPREPLY+=(\"$_mentor_prefix$file\"); done < <(compgen -f -- \"$_mentor_cur\")\n}\n\n"
	    "_mentor_described() {\n\t_mentor_words \"$1\"\n}\n\n"
	    "_mentor_split() {\n\t_mentor_prefix=${1%%=*}= _mentor_cur=${1#*=}\n}\n\n");
	shell_common(b, false);
	/* bash breaks words at =, so that --format=json comes as three */
	mentor_buf_str(b, "_mentor() {\n\tlocal _mentor_cur=${COMP_WORDS[COMP_CWORD]} _mentor_prefix='' _mentor_db='' before=() i\n\tCOMPREPLY=()\n"
			  "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n\t\t[ \"${COMP_WORDS[i]}\" = = ] || before+=(\"${COMP_WORDS[i]}\")\n\tdone\n"
			  "\tif [ \"$_mentor_cur\" = = ]; then _mentor_cur=''; fi\n"
			  "\t_mentor_walk \"$_mentor_cur\" \"${before[@]}\"\n}\n\ncomplete -F _mentor mentor\n");
}

void dump_zsh(struct mentor_buf *b)
{
	mentor_buf_str(b, "#compdef mentor\n# zsh completion for mentor; generated from its command tables\n\n"
			  "_mentor_words() {\n\tcompadd -- ${=1}\n}\n\n_mentor_described() {\n\t_describe -t commands command described\n}\n\n"
			  "_mentor_live() {\n\tlocal entity word what\n\tlocal -a names\n\tfor entity in ${=1}; do\n\t\tnames=()\n"
			  "\t\twhile IFS=$'\\t' read -r word what; do\n\t\t\tnames+=(\"${word//:/\\\\:}:$what\")\n"
			  "\t\tdone < <(${(Q)words[1]} ${_mentor_db:+--db} ${_mentor_db:+\"$_mentor_db\"} __complete $entity -f plain 2>/dev/null)\n"
			  "\t\t_describe -t $entity $entity names\n\tdone\n}\n\n"
			  "_mentor_files() {\n\t_files\n}\n\n_mentor_split() {\n\t:\n}\n\n");
	shell_common(b, true);
	/* what compset does is undone when the function that called it returns: so it is here and not in _mentor_split */
	mentor_buf_str(b, "_mentor() {\n\tlocal _mentor_db='' typed=$PREFIX\n\tlocal -a described\n"
			  "\tif [[ $typed == --*=* ]]; then compset -P '*='; fi\n"
			  "\t_mentor_walk \"$typed\" \"${(@Q)words[2,CURRENT-1]}\"\n}\n\n"
			  "if [ \"$funcstack[1]\" = _mentor ]; then _mentor \"$@\"; else compdef _mentor mentor; fi\n");
}

/* ---- fish ---- */

/* A text between single quotes for fish. */
static void fish_quote(struct mentor_buf *b, const char *text)
{
	mentor_buf_char(b, '\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			mentor_buf_char(b, '\\');
		mentor_buf_char(b, *text);
	}
	mentor_buf_char(b, '\'');
}

static void fish_values(struct mentor_buf *b, const struct mentor_buf *kind)
{
	const char *text = mentor_buf_text(kind);
	if (*text == '+')
		mentor_buf_fmt(b, " -a '%s'", text + 1);
	else if (*text == '@')
		mentor_buf_fmt(b, " -a '(__mentor_live %s)'", text + 1);
}

static void fish_option(struct mentor_buf *b, const char *condition, const struct opt_row *row)
{
	struct mentor_buf kind = MENTOR_BUF_INIT;
	bool format = row->field->entity && strcmp(row->field->entity, "format") == 0;
	if (format)
		mentor_buf_str(&kind, "+(__mentor_formats)");
	else
		option_kind(&kind, row, NULL);
	mentor_buf_fmt(b, "complete -c mentor%s -l %s", condition, row->name);
	if (row->letter)
		mentor_buf_fmt(b, " -s %c", row->letter);
	if (kind.len)
		mentor_buf_str(b, strcmp(mentor_buf_text(&kind), "file") == 0 ? " -rF" : " -x");
	fish_values(b, &kind);
	mentor_buf_str(b, " -d ");
	fish_quote(b, row->field->help ? row->field->help : row->name);
	mentor_buf_char(b, '\n');
	mentor_buf_free(&kind);
}

static void fish_leaf(struct mentor_buf *b, const char *name, const struct command *command)
{
	struct opt_row rows[OPT_MOST];
	struct mentor_buf condition = MENTOR_BUF_INIT;
	size_t n = opt_rows(command, rows), at = 1;
	mentor_buf_fmt(&condition, " -n '__mentor_at %s'", name);
	for (size_t i = 0; i < n; i++)
		if (rows[i].kind != OPT_GLOBAL)
			fish_option(b, mentor_buf_text(&condition), &rows[i]);
	for (const struct operand *o = command->operands; o && o->name; o++, at++) {
		struct mentor_buf kind = MENTOR_BUF_INIT;
		operand_kind(&kind, o);
		if (strcmp(mentor_buf_text(&kind), ":") != 0) {
			mentor_buf_fmt(b, "complete -c mentor -n '__mentor_operand %zu%s %s'", at, o->many ? "+" : "", name);
			if (strcmp(mentor_buf_text(&kind), "file") == 0)
				mentor_buf_str(b, " -F");
			fish_values(b, &kind);
			mentor_buf_char(b, '\n');
		}
		mentor_buf_free(&kind);
	}
	mentor_buf_free(&condition);
}

static void fish_words(struct mentor_buf *b, const char *typed, const struct command *const *table)
{
	for (; *table; table++) {
		if ((*table)->flags & CMD_HIDDEN)
			continue;
		mentor_buf_fmt(b, "complete -c mentor -n '__mentor_typed%s' -a %s -d ", typed, (*table)->name);
		fish_quote(b, (*table)->summary);
		mentor_buf_char(b, '\n');
	}
}

/* The options that are followed by a value, each once. */
static void fish_valued(struct mentor_buf *b, const char *name, const struct command *command)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows);
	(void)name;
	for (size_t i = 0; i < n; i++) {
		struct mentor_buf word = MENTOR_BUF_INIT;
		mentor_buf_fmt(&word, " --%s ", rows[i].name);
		if (rows[i].placeholder && !strstr(mentor_buf_text(b), mentor_buf_text(&word))) {
			mentor_buf_fmt(b, "--%s ", rows[i].name);
			if (rows[i].letter)
				mentor_buf_fmt(b, "-%c ", rows[i].letter);
		}
		mentor_buf_free(&word);
	}
}

static void fish_formats_of(struct mentor_buf *b, const char *name, const struct command *command)
{
	struct mentor_buf words = MENTOR_BUF_INIT;
	if (!has_formats(command))
		return;
	add_formats(&words, command);
	mentor_buf_fmt(b, "\t\tcase '%s'\n\t\t\tstring split ' ' '%s'\n", name, mentor_buf_text(&words));
	mentor_buf_free(&words);
}

static void fish_formats(struct mentor_buf *b)
{
	struct mentor_buf words = MENTOR_BUF_INIT;
	mentor_buf_str(b, "function __mentor_formats -d 'formats of the command typed'\n\tset -l words (__mentor_words)\n\tswitch \"$words[1..2]\"\n");
	each_leaf(b, fish_formats_of);
	add_formats(&words, NULL);
	mentor_buf_fmt(b, "\t\tcase '*'\n\t\t\tstring split ' ' '%s'\n\tend\nend\n\n", mentor_buf_text(&words));
	mentor_buf_free(&words);
}

static const char fish_walk[] =
    "function __mentor_words -d 'nouns, verbs and arguments typed so far, without options and their values'\n"
    "\tset -l tokens (commandline -opc)\n"
    "\tset -l skip 0\n"
    "\tfor word in $tokens[2..-1]\n"
    "\t\tif test $skip = 1\n\t\t\tset skip 0\n\t\t\tcontinue\n\t\tend\n"
    "\t\tif contains -- $word $__mentor_valued\n\t\t\tset skip 1\n"
    "\t\telse if not string match -q -- '-*' $word\n\t\t\tprintf '%s\\n' $word\n\t\tend\n\tend\nend\n\n"
    "function __mentor_at -d 'whether the words typed begin with these'\n"
    "\tset -l words (__mentor_words)\n\tset -l n (count $argv)\n"
    "\ttest (count $words) -ge $n; and test \"$words[1..$n]\" = \"$argv\"\nend\n\n"
    "function __mentor_typed -d 'whether these words and no others have been typed'\n"
    "\tset -l words (__mentor_words)\n\ttest \"$words\" = \"$argv\"\nend\n\n"
    "function __mentor_operand -d 'whether argument N (N+: N or later) of a command comes next'\n"
    "\tset -l number (string trim -r -c + $argv[1])\n"
    "\t__mentor_at $argv[2..-1]; or return 1\n"
    "\tset -l next (math (count (__mentor_words)) - (count $argv) + 2)\n"
    "\tif test $number = $argv[1]\n\t\ttest $next -eq $number\n\telse\n\t\ttest $next -ge $number\n\tend\nend\n\n"
    "function __mentor_live -d 'names from the store'\n"
    "\tset -l tokens (commandline -opc)\n"
    "\tset -l db\n"
    "\tfor i in (seq 2 (count $tokens))\n"
    "\t\tswitch $tokens[$i]\n"
    "\t\t\tcase -D --db\n\t\t\t\tset db --db $tokens[(math $i + 1)]\n"
    "\t\t\tcase '--db=*'\n\t\t\t\tset db $tokens[$i]\n\t\tend\n\tend\n"
    "\tfor entity in $argv\n\t\t$tokens[1] $db __complete $entity -f plain 2>/dev/null\n\tend\nend\n\n"
    "complete -c mentor -f\n";

void dump_fish(struct mentor_buf *b)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(NULL, rows);
	struct mentor_buf valued = MENTOR_BUF_INIT;
	mentor_buf_char(&valued, ' ');
	each_leaf(&valued, fish_valued);
	if (valued.len > 1)
		valued.data[--valued.len] = '\0';
	mentor_buf_fmt(b, "# fish completion for mentor; generated from its command tables\n\nset -g __mentor_valued%s\n\n", mentor_buf_text(&valued));
	mentor_buf_free(&valued);
	fish_formats(b);
	mentor_buf_str(b, fish_walk);
	for (size_t i = 0; i < n; i++)
		fish_option(b, "", &rows[i]);
	fish_words(b, "", commands);
	for (size_t i = 0; commands[i]; i++) {
		struct mentor_buf typed = MENTOR_BUF_INIT;
		mentor_buf_fmt(&typed, " %s", commands[i]->name);
		if (commands[i]->verbs)
			fish_words(b, mentor_buf_text(&typed), commands[i]->verbs);
		mentor_buf_free(&typed);
	}
	each_leaf(b, fish_leaf);
}
