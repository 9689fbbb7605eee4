/* opt.c: option rows and the command line, on popt (which takes no abbreviations). */
#include "opt.h"

#include "help.h"

#include <errno.h>
#include <popt.h>
#include <stdlib.h>
#include <string.h>

static const char *const color_words[] = { "auto", "always", "never", NULL };

#define G_TEXT(member) .type = MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(globals, member)
#define G_FLAG(member) .type = MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(globals, member)

const struct option global_options[] = {
	{ { "db", G_TEXT(db), .entity = "file", .help = "the store (MENTOR_DB; else mentor/mentor.db in the XDG data folder)" }, 'D', "FILE" },
	{ { "cohort", G_TEXT(cohort), .entity = "cohort", .help = "the cohort to work in (MENTOR_COHORT; else the only one there is)" }, 'c', "SLUG" },
	{ { "format", G_TEXT(format), .entity = "format", .help = "print as table, plain, json, jsonl, csv or tsv, or as the command adds" }, 'f', "FORMAT" },
	{ { "fields", G_TEXT(fields), .help = "columns to print, separated by commas; help lists them" }, 0, "LIST" },
	{ { "output", G_TEXT(output), .entity = "file", .help = "write to FILE, all at once or not at all" }, 'o', "FILE" },
	{ { "dry-run", G_FLAG(dry_run), .help = "show what would change, and change nothing" }, 'n' },
	{ { "yes", G_FLAG(yes), .help = "do not ask before publishing or ending" }, 'y' },
	{ { "no-input", G_FLAG(no_input), .help = "never ask" } },
	{ { "quiet", G_FLAG(quiet), .help = "say nothing about what changed" }, 'q' },
	{ { "verbose", G_FLAG(verbose), .help = "name every record, however many" }, 'v' },
	{ { "raw", G_FLAG(raw), .help = "do not guard the cells of csv and tsv against spreadsheet formulas" } },
	{ { "bom", G_FLAG(bom), .help = "begin csv and tsv with a byte-order mark, as Excel wants" } },
	{ { "null", G_FLAG(nul), .help = "end plain rows with NUL instead of a newline" }, '0' },
	{ { "color", G_TEXT(color), .choices = color_words, .help = "bold headings: auto, always or never (NO_COLOR)" }, 0, "WHEN", "colour" },
	{ { "lock-wait", .type = MENTOR_TYPE_INT, MENTOR_AT_NUMBER(globals, lock_wait), .minimum = 0, .maximum = 86400, .help = "wait so many seconds for another process (30)" }, 0, "SECS" },
	{ { "now", G_TEXT(now), .help = "take this for the present day or instant (MENTOR_NOW)" }, 0, "DAY" },
	{ { "format-version", .type = MENTOR_TYPE_INT, MENTOR_AT_NUMBER(globals, format_version), .minimum = 0, .maximum = 1000, .help = "fail unless JSON comes in this version" }, 0, "N" },
	{ { "help", G_FLAG(help), .help = "explain the command" } },
	{ { "usage", G_FLAG(short_help), .help = "the command in one line" }, 'h' },
	{ { "version", G_FLAG(version), .help = "print the version" } },
	{ .letter = 0 },
};

/* ---- rows ---- */

static const char *type_placeholder(const struct mentor_field *field)
{
	switch (field->type) {
	case MENTOR_TYPE_ID:
	case MENTOR_TYPE_REF:
		return "REF";
	case MENTOR_TYPE_INT:
	case MENTOR_TYPE_CENTI:
		return "N";
	case MENTOR_TYPE_BOOL:
		return "yes|no";
	case MENTOR_TYPE_DAY:
		return "DAY";
	case MENTOR_TYPE_TIME:
		return "INSTANT";
	case MENTOR_TYPE_CLOCK:
		return "HH:MM";
	case MENTOR_TYPE_EMAIL:
		return field->entity ? "PERSON" : "ADDRESS";
	case MENTOR_TYPE_SLUG:
		return "SLUG";
	case MENTOR_TYPE_CHOICE:
		return "WORD";
	case MENTOR_TYPE_LIST:
		return "A;B";
	case MENTOR_TYPE_TEXT:
	case MENTOR_TYPE_NOTE:
		break;
	}
	return "TEXT";
}

static void row_name(struct opt_row *row, const char *name)
{
	size_t i = 0;
	for (; name[i] && i < sizeof(row->name) - 1; i++) {
		row->name[i] = name[i];
		if (name[i] == '_')
			row->name[i] = '-';
	}
	row->name[i] = '\0';
}

static size_t add_table(struct opt_row *rows, size_t n, const struct option *table, enum opt_kind kind, bool writes)
{
	for (size_t i = 0; table && table[i].field.name && n < OPT_MOST; i++) {
		const struct option *o = &table[i];
		if (kind == OPT_GLOBAL && !writes && strcmp(o->field.name, "dry-run") == 0)
			continue;
		rows[n] = (struct opt_row){ .letter = o->letter, .alias = o->alias, .field = &o->field, .kind = kind, .index = i };
		bool flag = o->field.type == MENTOR_TYPE_BOOL;
		rows[n].placeholder = flag ? NULL : o->placeholder ? o->placeholder : type_placeholder(&o->field);
		row_name(&rows[n], o->field.name);
		n++;
	}
	return n;
}

static bool offers(const struct mentor_field *field, enum command_fields fields)
{
	if (fields == FIELDS_FILTER)
		return (field->flags & MENTOR_FILTER) && !(field->flags & MENTOR_INTERNAL);
	if (field->flags & (MENTOR_DERIVED | MENTOR_INTERNAL) || field->type == MENTOR_TYPE_ID)
		return false;
	return fields == FIELDS_ADD || !(field->flags & MENTOR_FIXED);
}

static bool is_taken(const struct opt_row *rows, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].name, name) == 0)
			return true;
	return false;
}

/* A field whose value comes as an operand (the slug of a new cohort) is not an option as well. */
static bool is_operand(const struct command *command, const char *name)
{
	for (const struct operand *o = command->operands; o && o->name; o++) {
		size_t i = 0;
		while (o->name[i] && name[i] && (o->name[i] | 0x20) == name[i])
			i++;
		if (!o->name[i] && (!name[i] || strcmp(name + i, "_id") == 0))
			return true;
	}
	return false;
}

static size_t add_fields(struct opt_row *rows, size_t n, const struct command *command)
{
	const struct mentor_field *fields = command->entity->fields;
	for (size_t i = 0; fields[i].name && n < OPT_MOST; i++) {
		if (!offers(&fields[i], command->fields) || is_operand(command, fields[i].name))
			continue;
		struct opt_row row = { .field = &fields[i], .placeholder = type_placeholder(&fields[i]), .index = i,
			.kind = command->fields == FIELDS_FILTER ? OPT_FILTER_BY : OPT_RECORD };
		row_name(&row, fields[i].name);
		if (!is_taken(rows, n, row.name))
			rows[n++] = row;
	}
	return n;
}

size_t opt_rows(const struct command *command, struct opt_row rows[OPT_MOST])
{
	size_t n = command ? add_table(rows, 0, command->options, OPT_OWN, false) : 0;
	if (command && command->fields != FIELDS_NONE)
		n = add_fields(rows, n, command);
	return add_table(rows, n, global_options, OPT_GLOBAL, command && command->flags & CMD_CHANGES);
}

static const char *check_command(const struct command *command)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows);
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++)
			if (strcmp(rows[i].name, rows[j].name) == 0 || (rows[i].letter && rows[i].letter == rows[j].letter))
				return rows[i].field->name;
	return n == OPT_MOST ? "too many options" : NULL;
}

const char *opt_check_tables(void)
{
	for (size_t i = 0; commands[i]; i++) {
		const char *wrong = commands[i]->verbs ? NULL : check_command(commands[i]);
		for (size_t v = 0; !wrong && commands[i]->verbs && commands[i]->verbs[v]; v++)
			wrong = check_command(commands[i]->verbs[v]);
		if (wrong)
			return wrong;
	}
	return NULL;
}

void opt_synopsis(struct mentor_buf *b, const struct command *noun, const struct command *command)
{
	struct opt_row rows[OPT_MOST];
	size_t n = opt_rows(command, rows);
	mentor_buf_str(b, "mentor");
	if (noun)
		mentor_buf_fmt(b, " %s", noun->name);
	mentor_buf_fmt(b, " %s", command->name);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].kind == OPT_GLOBAL)
			continue;
		bool need = rows[i].field->flags & MENTOR_REQUIRED && rows[i].kind != OPT_FILTER_BY && command->fields != FIELDS_SET;
		mentor_buf_fmt(b, need ? " --%s" : " [--%s", rows[i].name);
		if (rows[i].placeholder)
			mentor_buf_fmt(b, " %s", rows[i].placeholder);
		mentor_buf_str(b, need ? "" : "]");
	}
	for (const struct operand *o = command->operands; o && o->name; o++)
		mentor_buf_fmt(b, "%s%s%s%s", o->optional ? " [" : " ", o->name, o->many ? "..." : "", o->optional ? "]" : "");
}

/* ---- parsing ---- */

static enum mentor_status no_memory(struct mentor *m)
{
	mentor_fail(m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	return MENTOR_NO_MEMORY;
}

enum { MOST_GIVEN = 128 };

/* What popt saw: rows with the text given, in order. */
struct given {
	struct opt_row rows[OPT_MOST];
	size_t n_rows;
	struct {
		const struct opt_row *row;
		char *text; /* owned; NULL for a flag */
	} seen[MOST_GIVEN];
	size_t n_seen;
};

/* Hidden spellings that stand for another option with a value. */
enum { VAL_JSON = 1000, VAL_ALIAS = 2000 };

static void fill_popt(const struct given *g, struct poptOption *table)
{
	size_t n = 0;
	for (size_t i = 0; i < g->n_rows; i++) {
		const struct opt_row *row = &g->rows[i];
		int arg = row->placeholder ? POPT_ARG_STRING : POPT_ARG_NONE;
		table[n++] = (struct poptOption){ row->name, row->letter, (unsigned)arg, NULL, (int)i + 1, NULL, NULL };
		if (row->alias)
			table[n++] = (struct poptOption){ row->alias, '\0', (unsigned)arg, NULL, VAL_ALIAS + (int)i, NULL, NULL };
	}
	table[n++] = (struct poptOption){ "json", '\0', POPT_ARG_NONE, NULL, VAL_JSON, NULL, NULL };
	table[n] = (struct poptOption)POPT_TABLEEND;
}

static const struct opt_row *row_called(const struct given *g, const char *name)
{
	for (size_t i = 0; i < g->n_rows; i++)
		if (strcmp(g->rows[i].name, name) == 0)
			return &g->rows[i];
	return NULL;
}

static enum mentor_status bad_option(struct mentor *m, const struct given *g, poptContext context, int error)
{
	const char *text = poptBadOption(context, POPT_BADOPTION_NOALIAS);
	const char *name = text + strspn(text, "-");
	if (error == POPT_ERROR_NOARG) {
		return mentor_fail(m, MENTOR_USAGE, "--help explains the options", "the option %s needs a value", text);
	}
	if (error != POPT_ERROR_BADOPT)
		return mentor_fail(m, MENTOR_USAGE, NULL, "%s: %s", text, poptStrerror(error));
	const char *names[OPT_MOST + 1] = { 0 };
	for (size_t i = 0; i < g->n_rows; i++)
		names[i] = g->rows[i].name;
	char word[48] = { 0 };
	strncpy(word, name, sizeof(word) - 1);
	word[strcspn(word, "=")] = '\0';
	const char *near = mentor_nearest(word, names);
	for (size_t i = 0; !near && *word && names[i]; i++)
		near = strncmp(names[i], word, strlen(word)) == 0 ? names[i] : NULL;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (near && text[1] == '-')
		mentor_buf_fmt(&hint, "did you mean --%s?", near);
	else
		mentor_buf_str(&hint, "--help lists the options");
	mentor_fail(m, MENTOR_USAGE, mentor_buf_text(&hint), "unknown option %s", text);
	mentor_buf_free(&hint);
	return MENTOR_USAGE;
}

static enum mentor_status note_given(struct mentor *m, struct given *g, const struct opt_row *row, const char *text)
{
	if (g->n_seen == MOST_GIVEN)
		return mentor_fail(m, MENTOR_USAGE, NULL, "too many options");
	char *copy = text ? strdup(text) : NULL;
	if (text && !copy)
		return no_memory(m);
	g->seen[g->n_seen].row = row;
	g->seen[g->n_seen++].text = copy;
	return MENTOR_OK;
}

/* An option that popt has seen as `value`; takes `text` over. */
static enum mentor_status note_option(struct mentor *m, struct given *g, int value, char *text)
{
	if (value == VAL_JSON)
		return note_given(m, g, row_called(g, "format"), "json");
	size_t i = (size_t)(value >= VAL_ALIAS ? value - VAL_ALIAS : value - 1);
	enum mentor_status status;
	if (i >= g->n_rows)
		status = mentor_fail(m, MENTOR_BUG, NULL, "option %d is not in the table", value);
	else if (g->rows[i].placeholder && !text)
		status = no_memory(m); /* popt fails when a value is missing: this one it could not copy */
	else
		status = note_given(m, g, &g->rows[i], text);
	free(text);
	return status;
}

/* The words that are no options, at most `most`; the array is the caller's, the words are kept in the context's arena. */
static enum mentor_status keep_words(
    struct mentor *m, const char **words, int most, int *ret_words, const char ***ret_argv)
{
	int n = 0;
	const char **kept = calloc((size_t)most + 1, sizeof(*kept));
	bool good = kept;
	for (; good && words && words[n]; n++) {
		kept[n] = mentor_keep(m, words[n]);
		good = kept[n];
	}
	if (!good) {
		free((void *)kept);
		return no_memory(m);
	}
	*ret_words = n;
	*ret_argv = kept;
	return MENTOR_OK;
}

/* One pass over part of the command line. */
static enum mentor_status pass(struct run *run, struct given *g, int argc, const char **argv, bool stop_at_word, int *ret_words,
    const char ***ret_argv)
{
	struct poptOption table[OPT_MOST * 2 + 2];
	fill_popt(g, table);
	errno = 0;
	poptContext context = poptGetContext("mentor", argc, argv, table, stop_at_word ? POPT_CONTEXT_POSIXMEHARDER : 0);
	if (!context)
		return no_memory(run->m);
	bool lost = errno == ENOMEM;
	enum mentor_status status = MENTOR_OK;
	int value = 0;
	while (!status && (value = poptGetNextOpt(context)) > 0)
		status = note_option(run->m, g, value, poptGetOptArg(context));
	if (!status && value < -1)
		status = bad_option(run->m, g, context, value);
	const char **words = poptGetArgs(context);
	/* without memory for the words popt says nothing and has none: that must not be taken for a command line without a command */
	if (!status && !words && lost)
		status = no_memory(run->m);
	if (!status)
		status = keep_words(run->m, words, argc, ret_words, ret_argv);
	poptFreeContext(context);
	return status;
}

static const struct command *find_word(const struct command *const *table, const char *word)
{
	static const char *const aliases[][2] = { { "enroll", "enrol" }, { "program", "programme" } };
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (strcmp(word, aliases[i][0]) == 0)
			word = aliases[i][1];
	for (; *table; table++)
		if (strcmp((*table)->name, word) == 0)
			return *table;
	return NULL;
}

/* Words that other programs use, and the opposite of what the nearest word would do: never suggest publishing to who wants to unpublish. */
static const char *better_word(const char *word, const char *near)
{
	static const char *const synonyms[][2] = { { "ls", "list" }, { "create", "add" }, { "new", "add" }, { "edit", "set" }, { "update", "set" },
		{ "change", "set" }, { "get", "show" }, { "view", "show" }, { "people", "person" }, { "session", "log" },
		{ "sessions", "log" }, { "pair", "match" }, { "pairs", "match" }, { "enrolment", "enrol" }, { "store", "db" }, { "version", "--version" } };
	for (size_t i = 0; i < sizeof(synonyms) / sizeof(*synonyms); i++)
		if (strcmp(word, synonyms[i][0]) == 0)
			return synonyms[i][1];
	bool opposite = near && strncmp(word, "un", 2) == 0 && strncmp(near, "un", 2) != 0;
	return opposite ? NULL : near;
}

/* Somebody has the verb and not the noun: the first few commands of that name. False when there is none. */
static bool name_nouns(struct mentor_buf *b, const char *verb)
{
	enum { NAMED = 3 };
	size_t n = 0;
	for (size_t i = 0; commands[i] && n < NAMED; i++)
		if (commands[i]->verbs && find_word(commands[i]->verbs, verb))
			mentor_buf_fmt(b, "%s'mentor %s %s'", n++ ? ", " : "did you mean ", commands[i]->name, verb);
	return n > 0;
}

static enum mentor_status unknown_word(struct mentor *m, const struct command *const *table, const struct command *noun, const char *word)
{
	const char *names[64] = { 0 };
	for (size_t i = 0, n = 0; table[i] && n < 63; i++)
		if (!(table[i]->flags & CMD_HIDDEN))
			names[n++] = table[i]->name;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const char *near = better_word(word, NULL);
	if (near && near[0] != '-' && !find_word(table, near))
		near = NULL;
	if (!near && !name_nouns(&hint, word))
		near = better_word(word, mentor_nearest(word, names));
	if (near)
		mentor_buf_fmt(&hint, "did you mean 'mentor %s%s%s'?", noun ? noun->name : "", noun ? " " : "", near);
	else
		mentor_buf_fmt(&hint, "%smentor %s%s lists what there is", hint.len ? "? " : "", noun ? noun->name : "", noun ? " --help" : "help");
	mentor_fail(m, MENTOR_USAGE, mentor_buf_text(&hint), noun ? "'%s' is not something 'mentor %s' does" : "there is no command '%s'", word,
	    noun ? noun->name : "");
	mentor_buf_free(&hint);
	return MENTOR_USAGE;
}

/* ---- from texts to values ---- */

static bool is_reference(const struct opt_row *row)
{
	return row->field->type == MENTOR_TYPE_REF || row->field->type == MENTOR_TYPE_ID || (row->field->type == MENTOR_TYPE_EMAIL && row->field->entity);
}

/* A wrong value is a mistake on the command line; which option it was comes first. */
static enum mentor_status name_option(struct mentor *m, enum mentor_status status, const char *name)
{
	const struct mentor_error *e = mentor_error(m);
	if (status != MENTOR_INVALID && status != MENTOR_NOT_FOUND)
		return status;
	return mentor_fail(m, status == MENTOR_INVALID ? MENTOR_USAGE : status, e->hint, "--%s: %s", name, e->message);
}

static void *target_of(struct run *run, const struct opt_row *row)
{
	return row->kind == OPT_GLOBAL ? &run->globals : row->kind == OPT_OWN ? run->args : run->record;
}

static void mark_given(struct run *run, const struct opt_row *row)
{
	if (row->kind == OPT_OWN)
		run->given |= UINT64_C(1) << row->index;
	if (row->kind == OPT_RECORD)
		run->record_given |= UINT64_C(1) << row->index;
}

static enum mentor_status keep_reference(struct run *run, const struct opt_row *row, const char *text)
{
	const size_t most = sizeof(run->references) / sizeof(*run->references);
	if (row->kind == OPT_FILTER_BY)
		return MENTOR_OK;
	if (run->n_references == most)
		return mentor_fail(run->m, MENTOR_USAGE, NULL, "too many options");
	const char *kept = mentor_keep(run->m, text), *name = mentor_keep(run->m, row->name);
	if (!kept || !name)
		return MENTOR_NO_MEMORY;
	run->references[run->n_references].field = row->field;
	run->references[run->n_references].name = name;
	run->references[run->n_references].text = kept;
	run->references[run->n_references++].target = target_of(run, row);
	mark_given(run, row);
	return MENTOR_OK;
}

/* Reads a list behind what was given of it before. */
static enum mentor_status read_list(struct run *run, const struct opt_row *row, const char *text, void *target)
{
	const char *before = mentor_field_string(row->field, target);
	struct mentor_buf whole = MENTOR_BUF_INIT;
	mentor_buf_fmt(&whole, "%s\n%s", before ? before : "", text);
	enum mentor_status status = whole.failed ? no_memory(run->m) : mentor_field_read(run->m, row->field, mentor_buf_text(&whole), target);
	mentor_buf_free(&whole);
	return status;
}

static enum mentor_status read_value(struct run *run, const struct opt_row *row, const char *text)
{
	void *target = target_of(run, row);
	enum mentor_status status;
	if (!row->placeholder) {
		int64_t one = 1;
		memcpy((char *)target + row->field->offset, &one, sizeof(one));
		status = MENTOR_OK;
	} else if (*text == '\0' && row->kind != OPT_RECORD) {
		status = mentor_fail(run->m, MENTOR_INVALID, "give a value, or leave the option out", "the value is empty");
	} else if (row->field->type == MENTOR_TYPE_LIST) {
		status = read_list(run, row, text, target);
	} else {
		status = mentor_field_read(run->m, row->field, text, target);
	}
	if (status)
		return name_option(run->m, status, row->name);
	mark_given(run, row);
	return MENTOR_OK;
}

static enum mentor_status keep_filter(struct run *run, const struct opt_row *row, const char *text)
{
	const size_t most = sizeof(run->filters) / sizeof(*run->filters) - 1; /* a list adds its cohort */
	if (run->n_filters == most)
		return mentor_fail(run->m, MENTOR_USAGE, NULL, "--%s is one filter too many, at most %zu can be given",
		    row->name, most);
	const char *kept = mentor_keep(run->m, text);
	if (!kept)
		return MENTOR_NO_MEMORY;
	run->filters[run->n_filters++] = (struct mentor_filter){ row->field->name, kept };
	return MENTOR_OK;
}

/* A global option may come again, and the last one counts: scripts and aliases put their own first. Of two values for one field it would
 * be a guess which was meant, and two filters on one field would find nothing. A flag twice says the same, and lists join. */
static enum mentor_status check_once(struct run *run, const struct given *g, size_t seen)
{
	const struct opt_row *row = g->seen[seen].row;
	bool again = row->kind == OPT_GLOBAL || !row->placeholder || row->field->type == MENTOR_TYPE_LIST;
	for (size_t i = 0; i < seen && !again; i++)
		if (g->seen[i].row == row)
			return mentor_fail(run->m, MENTOR_USAGE, "give it once", "--%s is given twice", row->name);
	return MENTOR_OK;
}

static enum mentor_status read_seen(struct run *run, struct given *g)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; i < g->n_seen && !status; i++) {
		const struct opt_row *row = g->seen[i].row;
		const char *text = g->seen[i].text;
		status = check_once(run, g, i);
		if (!status && row->kind == OPT_FILTER_BY)
			status = keep_filter(run, row, text);
		if (!status)
			status = is_reference(row) ? keep_reference(run, row, text) : read_value(run, row, text);
	}
	return status;
}

enum mentor_status opt_resolve(struct run *run)
{
	for (size_t i = 0; i < run->n_references; i++) {
		const struct mentor_field *field = run->references[i].field;
		enum mentor_status status = mentor_field_read(run->m, field, run->references[i].text, run->references[i].target);
		if (status)
			return name_option(run->m, status, run->references[i].name);
	}
	return MENTOR_OK;
}

static enum mentor_status make_room(struct run *run)
{
	const struct command *c = run->command;
	run->args = calloc(1, c->args_size + 1);
	run->record = calloc(1, c->entity ? c->entity->size : 1);
	if (!run->args || !run->record)
		return no_memory(run->m);
	if (c->entity)
		mentor_record_clear(c->entity->fields, run->record);
	for (const struct option *o = c->options; o && o->field.name; o++)
		if (o->field.type != MENTOR_TYPE_BOOL)
			(void)mentor_field_read(run->m, &o->field, "", run->args);
	if (c->defaults)
		memcpy(run->args, c->defaults, c->args_size);
	return MENTOR_OK;
}

static const char *what_is_missing(struct run *run, const char *name, const char *help)
{
	const char *noun = run->noun ? run->noun->name : "", *blank = run->noun ? " " : "", *verb = run->command->name;
	if (!help)
		return mentor_hint(run->m, "mentor %s%s%s --help explains the command", noun, blank, verb);
	return mentor_hint(run->m, "%s: %s; mentor %s%s%s --help explains the command", name, help, noun, blank, verb);
}

/* What a value may be: one of the choices, else what it is for. */
static const char *words_of(struct mentor *m, const struct mentor_field *field)
{
	struct mentor_buf words = MENTOR_BUF_INIT;
	if (field->type != MENTOR_TYPE_CHOICE)
		return field->help;
	help_type(&words, field);
	const char *kept = mentor_keep(m, mentor_buf_text(&words));
	mentor_buf_free(&words);
	return kept;
}

static enum mentor_status check_operands(struct run *run)
{
	const struct operand *o = run->command->operands;
	size_t n = 0;
	for (; o && o->name; o++, n++) {
		if (n >= run->n_operands && !o->optional)
			return mentor_fail(run->m, MENTOR_USAGE, what_is_missing(run, o->name, o->help), "%s is missing", o->name);
		if (o->many)
			return MENTOR_OK;
	}
	if (run->n_operands > n)
		return mentor_fail(run->m, MENTOR_USAGE, "quote a value that contains blanks", "'%s' is one word too many", run->operands[n]);
	return MENTOR_OK;
}

static enum mentor_status check_required(struct run *run, const struct given *g)
{
	for (size_t i = 0; i < g->n_rows; i++) {
		const struct opt_row *row = &g->rows[i];
		bool own = row->kind == OPT_OWN, record = row->kind == OPT_RECORD && run->command->fields == FIELDS_ADD;
		uint64_t given = own ? run->given : run->record_given;
		if ((row->field->flags & MENTOR_REQUIRED) && (own || record) && !(given >> row->index & 1))
			return mentor_fail(run->m, MENTOR_USAGE, what_is_missing(run, row->placeholder, words_of(run->m, row->field)), "--%s %s is missing", row->name, row->placeholder);
	}
	return MENTOR_OK;
}

static enum mentor_status parse_command(struct run *run, struct given *g, int argc, const char **argv)
{
	int n = 0;
	enum mentor_status status = make_room(run);
	/* Rows of the command replace the global ones; what was seen so far keeps its text. */
	struct given *own = calloc(1, sizeof(*own));
	if (!status && !own)
		status = no_memory(run->m);
	if (own)
		own->n_rows = opt_rows(run->command, own->rows);
	if (!status)
		status = read_seen(run, g);
	if (!status)
		status = pass(run, own, argc, argv, false, &n, &run->operands);
	run->n_operands = (size_t)n;
	if (!status)
		status = read_seen(run, own);
	bool help = run->globals.help || run->globals.short_help;
	if (!status && !help)
		status = check_operands(run);
	if (!status && !help)
		status = check_required(run, own);
	for (size_t i = 0; own && i < own->n_seen; i++)
		free(own->seen[i].text);
	free(own);
	return status;
}

/* Walks noun and verb; global options may stand before, between and behind. */
static enum mentor_status walk(struct run *run, struct given *g, int argc, const char **argv)
{
	const struct command *const *table = commands;
	const char **words = NULL, **owned = NULL;
	int n = argc;
	words = argv;
	enum mentor_status status = MENTOR_OK;
	while (!status) {
		const char **rest = NULL;
		status = pass(run, g, n, words, true, &n, &rest);
		free((void *)owned);
		owned = words = rest;
		if (status || n == 0)
			break;
		const struct command *found = find_word(table, words[0]);
		if (!found) {
			status = unknown_word(run->m, table, run->command, words[0]);
			break;
		}
		run->noun = run->command;
		run->command = found;
		if (!found->verbs) {
			status = parse_command(run, g, n, words);
			break;
		}
		table = found->verbs;
	}
	free((void *)owned);
	if (!status && (!run->command || run->command->verbs))
		status = read_seen(run, g);
	return status;
}

enum mentor_status opt_parse(struct run *run, int argc, char **argv)
{
	struct given *g = calloc(1, sizeof(*g));
	if (!g)
		return no_memory(run->m);
	run->globals.lock_wait = MENTOR_NONE;
	run->globals.format_version = MENTOR_NONE;
	g->n_rows = add_table(g->rows, 0, global_options, OPT_GLOBAL, true);
	enum mentor_status status = walk(run, g, argc, (const char **)(void *)argv);
	for (size_t i = 0; i < g->n_seen; i++)
		free(g->seen[i].text);
	free(g);
	return status;
}

void opt_free(struct run *run)
{
	free(run->args);
	free(run->record);
	free((void *)run->operands);
}
