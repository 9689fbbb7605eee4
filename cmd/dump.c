/* dump.c: manual blocks and completions, from the same rows that parse the command line. */
#include "dump.h"

#include "help.h"
#include "opt.h"
#include "status.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- mdoc ---- */

/* Text for mdoc: a backslash or a leading dot would be read as a request. */
static void roff(struct mentor_buf *b, const char *text)
{
	if (*text == '.' || *text == '\'')
		mentor_buf_str(b, "\\&");
	for (; *text; text++)
		if (*text == '\\')
			mentor_buf_str(b, "\\e");
		else
			mentor_buf_char(b, *text);
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

static void capital(struct mentor_buf *b, const char *text)
{
	struct mentor_buf copy = MENTOR_BUF_INIT;
	mentor_buf_str(&copy, text);
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
	capital(b, mentor_buf_text(&text));
	mentor_buf_free(&text);
}

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
		mentor_buf_fmt(b, "%sAr %s%s\n", o->optional ? ".Op " : ".", o->name, o->many ? " ..." : "");
}

static void man_synopsis(struct mentor_buf *b, const struct command *noun)
{
	if (!noun->verbs)
		man_synopsis_line(b, NULL, noun);
	for (size_t i = 0; noun->verbs && noun->verbs[i]; i++)
		man_synopsis_line(b, noun, noun->verbs[i]);
}

static void man_output(struct mentor_buf *b, const struct command *command)
{
	for (const struct part *p = command->parts; p && p->fields; p++) {
		mentor_buf_fmt(b, ".Pp\nOutput%s%s%s:\n", p->key ? ", " : "", p->key ? p->key : "", p->many ? ", one row each" : "");
		mentor_buf_str(b, ".Bl -tag -width Ds -compact\n");
		for (const struct mentor_field *f = p->fields; f->name; f++) {
			if (f->flags & MENTOR_INTERNAL)
				continue;
			struct mentor_buf type = MENTOR_BUF_INIT;
			help_type(&type, f);
			mentor_buf_fmt(b, ".It Va %s\n", f->name);
			roff(b, f->help ? f->help : f->name);
			mentor_buf_fmt(b, " (%s)\n", mentor_buf_text(&type));
			mentor_buf_free(&type);
		}
		mentor_buf_str(b, ".El\n");
	}
}

static void man_command(struct mentor_buf *b, const struct command *command)
{
	capital(b, command->summary);
	mentor_buf_str(b, ".Pp\n");
	for (const struct operand *o = command->operands; o && o->name; o++) {
		mentor_buf_fmt(b, ".Ar %s :\n", o->name);
		roff(b, o->help ? o->help : "");
		mentor_buf_str(b, ".\n");
	}
	man_options(b, command, false);
	man_output(b, command);
}

static void man_commands(struct mentor_buf *b, const struct command *noun)
{
	if (!noun->verbs) {
		man_command(b, noun);
		return;
	}
	for (size_t i = 0; noun->verbs[i]; i++) {
		mentor_buf_fmt(b, ".Ss %s %s\n", noun->name, noun->verbs[i]->name);
		man_command(b, noun->verbs[i]);
	}
}

static void man_nouns(struct mentor_buf *b)
{
	mentor_buf_str(b, ".Bl -tag -width completion\n");
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->flags & CMD_HIDDEN)
			continue;
		mentor_buf_fmt(b, ".It Cm %s\n", commands[i]->name);
		capital(b, commands[i]->summary);
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++)
			mentor_buf_fmt(b, "%s%s", v ? ", " : "", commands[i]->verbs[v]->name);
		if (commands[i]->verbs)
			mentor_buf_str(b, ".\n");
		mentor_buf_fmt(b, "See\n.Xr mentor-%s 1 .\n", commands[i]->name);
	}
	mentor_buf_str(b, ".El\n");
}

static void man_exits(struct mentor_buf *b)
{
	mentor_buf_str(b, ".Bl -tag -width 130 -compact\n");
	for (const struct exit_row *e = exit_rows; e->code >= 0; e++) {
		mentor_buf_fmt(b, ".It %d\n", e->code);
		mentor_buf_fmt(b, "%s: ", e->name);
		roff(b, e->help);
		mentor_buf_char(b, '\n');
	}
	mentor_buf_str(b, ".El\n");
}

static void man_topic(struct mentor_buf *b, const struct topic *t)
{
	bool list = false;
	for (const struct topic_line *l = t->lines; l->term || l->text; l++) {
		bool row = l->term && l->text;
		if (row != list)
			mentor_buf_str(b, row ? ".Bl -tag -width Ds\n" : ".El\n.Pp\n");
		else if (!row && l != t->lines)
			mentor_buf_str(b, ".Pp\n");
		list = row;
		if (row) {
			mentor_buf_str(b, ".It Cm ");
			argument(b, l->term);
			mentor_buf_char(b, '\n');
		}
		if (!l->text) {
			mentor_buf_str(b, ".Dl ");
			roff(b, l->term);
			mentor_buf_char(b, '\n');
		} else if (row) {
			sentences(b, l->text);
		} else {
			capital(b, l->text);
		}
	}
	if (list)
		mentor_buf_str(b, ".El\n");
}

static enum mentor_status man_key(void *arg, const struct mentor_key *key)
{
	struct mentor_buf *b = arg;
	mentor_buf_str(b, ".It Cm ");
	argument(b, key->path);
	mentor_buf_char(b, '\n');
	capital(b, key->help);
	mentor_buf_str(b, "Type: ");
	roff(b, key->type);
	if (key->required)
		mentor_buf_str(b, "; required");
	if (key->initial)
		mentor_buf_fmt(b, "; default: %s", key->initial);
	mentor_buf_str(b, ".\n");
	return MENTOR_OK;
}

static void man_keys(struct mentor_buf *b)
{
	struct mentor *m = mentor_new();
	mentor_buf_str(b, ".Bl -tag -width Ds\n");
	if (!m || mentor_programme_keys(m, man_key, b))
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
		man_options(b, NULL, true);
	else if (strcmp(name, "exit-codes") == 0)
		man_exits(b);
	else if (strcmp(name, "keys") == 0)
		man_keys(b);
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

/* ---- completions ---- */

/* What an option's value or an operand can be completed with. */
static const char *kind_of(const struct mentor_field *field, const char *operand_kind)
{
	return field ? field->entity : operand_kind;
}

static void words_of(struct mentor_buf *b, const struct mentor_field *field, const char *kind)
{
	static const char *const fixed[][2] = { { "format", "table plain json jsonl csv tsv html" }, { "shell", "bash zsh fish" } };
	if (field && field->type == MENTOR_TYPE_CHOICE)
		for (size_t i = 0; field->choices[i]; i++)
			mentor_buf_fmt(b, "%s%s", i ? " " : "", field->choices[i]);
	for (size_t i = 0; kind && i < 2; i++)
		if (strcmp(fixed[i][0], kind) == 0)
			mentor_buf_str(b, fixed[i][1]);
}

static bool is_live(const char *kind)
{
	return kind && (mentor_entity(kind) || strcmp(kind, "topic") == 0 || strcmp(kind, "schema") == 0);
}

/* One table serves bash and zsh: a case per command with its options, and a case per option with its values. */
static void shell_values(struct mentor_buf *b, const struct mentor_field *field, const char *kind)
{
	struct mentor_buf words = MENTOR_BUF_INIT;
	words_of(&words, field, kind);
	if (words.len)
		mentor_buf_fmt(b, "_mentor_words '%s'", mentor_buf_text(&words));
	else if (is_live(kind))
		mentor_buf_fmt(b, "_mentor_live %s", kind);
	else if (kind && strcmp(kind, "file") == 0)
		mentor_buf_str(b, "_mentor_files");
	else
		mentor_buf_str(b, ":");
	mentor_buf_free(&words);
}

static void shell_leaf(struct mentor_buf *b, const struct command *noun, const struct command *command)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows);
	mentor_buf_fmt(b, "\t'%s %s')\n\t\topts='", noun ? noun->name : "", command->name);
	for (size_t i = 0; i < n; i++)
		mentor_buf_fmt(b, "%s--%s", i ? " " : "", rows[i].name);
	mentor_buf_str(b, "'\n\t\tcase $prev in\n");
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].placeholder || rows[i].kind == OPT_GLOBAL)
			continue;
		mentor_buf_fmt(b, "\t\t--%s) ", rows[i].name);
		shell_values(b, rows[i].field, kind_of(rows[i].field, NULL));
		mentor_buf_str(b, "; return ;;\n");
	}
	mentor_buf_str(b, "\t\tesac\n\t\targ() { ");
	const struct operand *o = command->operands;
	shell_values(b, NULL, o && o->name ? o->entity : NULL);
	mentor_buf_str(b, "; }\n\t\t;;\n");
}

static void shell_globals(struct mentor_buf *b)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(NULL, rows);
	mentor_buf_str(b, "_mentor_global_value() {\n\tcase $1 in\n");
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].placeholder)
			continue;
		mentor_buf_fmt(b, "\t--%s", rows[i].name);
		if (rows[i].letter)
			mentor_buf_fmt(b, " | -%c", rows[i].letter);
		mentor_buf_str(b, ") ");
		shell_values(b, rows[i].field, kind_of(rows[i].field, NULL));
		mentor_buf_str(b, " ;;\n");
	}
	mentor_buf_str(b, "\t*) return 1 ;;\n\tesac\n}\n\n");
}

static void name_list(struct mentor_buf *b, const struct command *const *table)
{
	bool first = true;
	for (; *table; table++) {
		if ((*table)->flags & CMD_HIDDEN)
			continue;
		mentor_buf_fmt(b, "%s%s", first ? "" : " ", (*table)->name);
		first = false;
	}
}

static void shell_tree(struct mentor_buf *b)
{
	mentor_buf_str(b, "_mentor_tree() {\n\tlocal prev=$3 opts=\n\targ() { :; }\n\tcase \"$1 $2\" in\n\t' ') _mentor_words '");
	name_list(b, commands);
	mentor_buf_str(b, "'; return ;;\n");
	for (size_t i = 0; commands[i]; i++) {
		if (!commands[i]->verbs)
			continue;
		mentor_buf_fmt(b, "\t'%s ') _mentor_words '", commands[i]->name);
		name_list(b, commands[i]->verbs);
		mentor_buf_str(b, "'; return ;;\n");
	}
	for (size_t i = 0; commands[i]; i++) {
		if (commands[i]->flags & CMD_HIDDEN)
			continue;
		if (!commands[i]->verbs)
			shell_leaf(b, NULL, commands[i]);
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++)
			shell_leaf(b, commands[i], commands[i]->verbs[v]);
	}
	mentor_buf_str(b, "\tesac\n\tcase $4 in\n\t-*) _mentor_words \"$opts\" ;;\n\t*) arg ;;\n\tesac\n}\n\n");
}

/* Which words are the noun and the verb: options and their values are passed over. */
static const char shell_walk[] =
    "_mentor_walk() {\n"
    "\tlocal cur=$1 prev=mentor noun= verb= word skip=\n"
    "\tshift\n"
    "\tfor word in \"$@\"; do\n"
    "\t\tif [ -n \"$skip\" ]; then\n"
    "\t\t\tcase $prev in -D | --db) _mentor_db=$word ;; esac\n"
    "\t\t\tskip= prev=$word\n"
    "\t\t\tcontinue\n"
    "\t\tfi\n"
    "\t\tcase $word in\n"
    "\t\t--*=*) ;;\n"
    "\t\t-*) if _mentor_takes_value \"$word\"; then skip=1; fi ;;\n"
    "\t\t*) if [ -z \"$noun\" ]; then noun=$word; elif [ -z \"$verb\" ] && _mentor_has_verbs \"$noun\"; then verb=$word; fi ;;\n"
    "\t\tesac\n"
    "\t\tprev=$word\n"
    "\tdone\n"
    "\tif [ -n \"$skip\" ] && _mentor_global_value \"$prev\"; then return; fi\n"
    "\tif [ -n \"$skip\" ]; then _mentor_tree \"$noun\" \"$verb\" \"$prev\" \"$cur\"; return; fi\n"
    "\tcase $noun in ?*) if ! _mentor_has_verbs \"$noun\"; then verb=$noun noun=; _mentor_tree_leaf \"$verb\" \"$cur\"; return; fi ;; esac\n"
    "\t_mentor_tree \"$noun\" \"$verb\" '' \"$cur\"\n"
    "}\n\n";

static void shell_common(struct mentor_buf *b)
{
	struct opt_row rows[OPT_MOST];
	mentor_buf_str(b, "_mentor_has_verbs() {\n\tcase $1 in\n\t");
	for (size_t i = 0, shown = 0; commands[i]; i++)
		if (commands[i]->verbs)
			mentor_buf_fmt(b, "%s%s", shown++ ? " | " : "", commands[i]->name);
	mentor_buf_str(b, ") return 0 ;;\n\t*) return 1 ;;\n\tesac\n}\n\n_mentor_takes_value() {\n\tcase $1 in\n\t--help | --usage | --version | --json");
	/* flags are few: everything else takes a value */
	for (size_t i = 0; commands[i]; i++)
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++)
			for (const struct option *o = commands[i]->verbs[v]->options; o && o->field.name; o++)
				if (o->field.type == MENTOR_TYPE_BOOL)
					mentor_buf_fmt(b, " | --%s", o->field.name);
	size_t n = opt_rows(NULL, rows);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].placeholder)
			continue;
		bool first_three = strcmp(rows[i].name, "help") == 0 || strcmp(rows[i].name, "usage") == 0 || strcmp(rows[i].name, "version") == 0;
		if (!first_three)
			mentor_buf_fmt(b, " | --%s", rows[i].name);
		if (rows[i].letter)
			mentor_buf_fmt(b, " | -%c", rows[i].letter);
	}
	mentor_buf_str(b, ") return 1 ;;\n\t--* | -?) return 0 ;;\n\t*) return 1 ;;\n\tesac\n}\n\n");
	shell_globals(b);
	shell_tree(b);
	mentor_buf_str(b, "_mentor_tree_leaf() {\n\t_mentor_tree '' \"$1\" '' \"$2\"\n}\n\n");
	mentor_buf_str(b, shell_walk);
}

void dump_bash(struct mentor_buf *b)
{
	mentor_buf_str(b, "# bash completion for mentor; generated from its command tables\n# shellcheck shell=bash\n\n"
			  "_mentor_words() {\n\tlocal word\n\tfor word in $1; do\n\t\tcase $word in \"$_mentor_cur\"*) COMPREPLY+=(\"$word\") ;; esac\n\tdone\n}\n\n"
			  "_mentor_live() {\n\tlocal word rest\n\twhile IFS=$'\\t' read -r word rest; do\n"
			  "\t\tcase $word in \"$_mentor_cur\"*) COMPREPLY+=(\"$word\") ;; esac\n"
			  "\tdone < <(\"${COMP_WORDS[0]}\" ${_mentor_db:+--db \"$_mentor_db\"} __complete \"$1\" -f plain 2>/dev/null)\n\t: \"$rest\"\n}\n\n"
			  "_mentor_files() {\n\tlocal file\n\tcompopt -o filenames 2>/dev/null\n"
			  "\twhile IFS= read -r file; do COMPREPLY+=(\"$file\"); done < <(compgen -f -- \"$_mentor_cur\")\n}\n\n");
	shell_common(b);
	mentor_buf_str(b, "_mentor() {\n\tlocal _mentor_cur=${COMP_WORDS[COMP_CWORD]} _mentor_db=\n\tCOMPREPLY=()\n"
			  "\t_mentor_walk \"$_mentor_cur\" \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"\n}\n\ncomplete -F _mentor mentor\n");
}

void dump_zsh(struct mentor_buf *b)
{
	mentor_buf_str(b, "#compdef mentor\n# zsh completion for mentor; generated from its command tables\n\n"
			  "_mentor_words() {\n\tcompadd -- ${=1}\n}\n\n"
			  "_mentor_live() {\n\tlocal word what\n\tlocal -a names\n\twhile IFS=$'\\t' read -r word what; do\n"
			  "\t\tnames+=(\"${word//:/\\\\:}:$what\")\n"
			  "\tdone < <(mentor ${_mentor_db:+--db} ${_mentor_db:+$_mentor_db} __complete $1 -f plain 2>/dev/null)\n\t_describe -t $1 $1 names\n}\n\n"
			  "_mentor_files() {\n\t_files\n}\n\n");
	shell_common(b);
	mentor_buf_str(b, "_mentor() {\n\tlocal _mentor_db=\n\t_mentor_walk \"$PREFIX\" \"${(@)words[2,CURRENT-1]}\"\n}\n\n"
			  "if [ \"$funcstack[1]\" = _mentor ]; then _mentor \"$@\"; else compdef _mentor mentor; fi\n");
}

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

static void fish_values(struct mentor_buf *b, const struct mentor_field *field, const char *kind)
{
	struct mentor_buf words = MENTOR_BUF_INIT;
	words_of(&words, field, kind);
	if (words.len)
		mentor_buf_fmt(b, " -xa '%s'", mentor_buf_text(&words));
	else if (is_live(kind))
		mentor_buf_fmt(b, " -xa '(__mentor_live %s)'", kind);
	else
		mentor_buf_str(b, kind && strcmp(kind, "file") == 0 ? " -rF" : " -x");
	mentor_buf_free(&words);
}

static void fish_option(struct mentor_buf *b, const char *condition, const struct opt_row *row)
{
	mentor_buf_fmt(b, "complete -c mentor %s -l %s", condition, row->name);
	if (row->letter)
		mentor_buf_fmt(b, " -s %c", row->letter);
	mentor_buf_str(b, " -d ");
	fish_quote(b, row->field->help ? row->field->help : row->name);
	if (row->placeholder)
		fish_values(b, row->field, kind_of(row->field, NULL));
	mentor_buf_char(b, '\n');
}

static void fish_leaf(struct mentor_buf *b, const struct command *noun, const struct command *command)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows);
	struct mentor_buf condition = MENTOR_BUF_INIT;
	mentor_buf_fmt(&condition, "-n '__mentor_at %s%s%s'", noun ? noun->name : "", noun ? " " : "", command->name);
	for (size_t i = 0; i < n; i++)
		if (rows[i].kind != OPT_GLOBAL)
			fish_option(b, mentor_buf_text(&condition), &rows[i]);
	const struct operand *o = command->operands;
	if (o && o->name && o->entity) {
		mentor_buf_fmt(b, "complete -c mentor %s", mentor_buf_text(&condition));
		if (strcmp(o->entity, "file") == 0)
			mentor_buf_str(b, " -F");
		else
			fish_values(b, NULL, o->entity);
		mentor_buf_char(b, '\n');
	}
	mentor_buf_free(&condition);
}

static void fish_word(struct mentor_buf *b, const char *condition, const struct command *command)
{
	if (command->flags & CMD_HIDDEN)
		return;
	mentor_buf_fmt(b, "complete -c mentor -n '%s' -a %s -d ", condition, command->name);
	fish_quote(b, command->summary);
	mentor_buf_char(b, '\n');
}

static const char fish_head[] =
    "# fish completion for mentor; generated from its command tables\n\n"
    "function __mentor_words -d 'noun and verb typed so far'\n"
    "\tset -l words (commandline -opc)\n"
    "\tset -l found\n"
    "\tset -l skip 0\n"
    "\tfor word in $words[2..-1]\n"
    "\t\tif test $skip = 1\n\t\t\tset skip 0\n\t\t\tcontinue\n\t\tend\n"
    "\t\tswitch $word\n"
    "\t\t\tcase -D -c -f -o --db --cohort --format --output --fields --now --color --lock-wait --format-version\n\t\t\t\tset skip 1\n"
    "\t\t\tcase '-*'\n\t\t\tcase '*'\n\t\t\t\tset -a found $word\n\t\tend\n\tend\n\tprintf '%s\\n' $found\nend\n\n"
    "function __mentor_at -d 'whether the words typed begin with these'\n"
    "\tset -l words (__mentor_words)\n\tset -l n (count $argv)\n"
    "\ttest (count $words) -ge $n; and test \"$words[1..$n]\" = \"$argv\"\nend\n\n"
    "function __mentor_needs -d 'whether exactly these words have been typed'\n"
    "\tset -l words (__mentor_words)\n\ttest \"$words\" = \"$argv\"\nend\n\n"
    "function __mentor_live -d 'names from the store'\n\tmentor __complete $argv[1] -f plain 2>/dev/null\nend\n\n"
    "complete -c mentor -f\n";

void dump_fish(struct mentor_buf *b)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(NULL, rows);
	mentor_buf_str(b, fish_head);
	for (size_t i = 0; i < n; i++)
		fish_option(b, "", &rows[i]);
	for (size_t i = 0; commands[i]; i++) {
		fish_word(b, "__mentor_needs", commands[i]);
		for (size_t v = 0; commands[i]->verbs && commands[i]->verbs[v]; v++) {
			struct mentor_buf condition = MENTOR_BUF_INIT;
			mentor_buf_fmt(&condition, "__mentor_needs %s", commands[i]->name);
			fish_word(b, mentor_buf_text(&condition), commands[i]->verbs[v]);
			mentor_buf_free(&condition);
			fish_leaf(b, commands[i], commands[i]->verbs[v]);
		}
		if (!commands[i]->verbs && !(commands[i]->flags & CMD_HIDDEN))
			fish_leaf(b, NULL, commands[i]);
	}
}
