/* form.c: reading a form's export as a programme maps it: exact headings, closed lists of answers, every problem with its row. */
#include "form.h"

#include "context.h"
#include "date.h"

#include <stdlib.h>
#include <string.h>

/* What Microsoft Forms adds to every export by itself. */
static const char *const msforms_headings[] = { "ID", "Id", "Start time", "Completion time", "Email", "Name", "Last modified time", NULL };
static const char *const date_orders[] = { "dmy", "mdy", "ymd" };

/* ---------------------------------------------------------------------------------------------
 * What spreadsheets leave around a value
 */

/* Length of the blank at `p`, 0 when there is none: white space, no-break spaces, and marks of no width. */
static size_t blank_length(const char *p)
{
	static const char *const wide[] = { "\xC2\xA0", "\xE2\x80\x8B", "\xE2\x80\xAF", "\xEF\xBB\xBF" };
	if (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
		return 1;
	if ((unsigned char)*p < 0xC2)
		return 0;
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (strncmp(p, wide[i], strlen(wide[i])) == 0)
			return strlen(wide[i]);
	return 0;
}

/* Cuts blanks off both ends, in place; NULL when nothing is left. */
static char *trim(char *text)
{
	size_t n;
	while ((n = blank_length(text)) > 0)
		text += n;
	char *end = text + strlen(text);
	for (char *p = end; p > text;) {
		do
			p--;
		while (p > text && ((unsigned char)*p & 0xC0) == 0x80);
		n = blank_length(p);
		if (n == 0 || p + n != end)
			break;
		end = p;
	}
	*end = '\0';
	return end > text ? text : NULL;
}

/* Excel writes a carriage return that it cannot show as _x000D_. */
static void drop_escapes(char *text)
{
	static const char escape[] = "_x000D_";
	for (char *p = text; (p = strstr(p, escape));) {
		char *rest = p + sizeof(escape) - 1;
		if (*rest != '\n' && *rest)
			*p++ = '\n';
		memmove(p, rest, strlen(rest) + 1);
	}
}

/* ="00123" and '00123 are how a spreadsheet is told that something is text. */
static char *unwrap(char *text)
{
	size_t len = strlen(text);
	if (text[0] == '=' && text[1] == '"' && len > 3 && text[len - 1] == '"' && !memchr(text + 2, '"', len - 3)) {
		text[len - 1] = '\0';
		return text + 2;
	}
	return text[0] == '\'' && text[1] && strchr("0123456789=+-@", text[1]) ? text + 1 : text;
}

static char *clean(char *cell)
{
	if (strchr(cell, '_'))
		drop_escapes(cell);
	char *text = trim(cell);
	return text && (*text == '=' || *text == '\'') ? trim(unwrap(text)) : text;
}

/* ---------------------------------------------------------------------------------------------
 * Headings
 */

static void find_columns(struct form *f)
{
	for (size_t i = 0; i < f->map->n_columns; i++) {
		const struct def_column *c = &f->map->columns[i];
		f->values[i].column = c;
		f->places[i] = csv_find(&f->csv, c->header, (int)c->occurrence);
		if (f->places[i] >= 0)
			continue;
		const char *near = mentor_nearest(c->header, (const char *const *)(void *)f->csv.headings);
		struct mentor_buf hint = MENTOR_BUF_INIT;
		if (near)
			mentor_buf_fmt(&hint, "did you mean \"%s\"?", near);
		struct mentor_place place = { .file = f->csv.file, .line = f->csv.heading_line, .field = c->header };
		problem_add(f->m, &place, near ? mentor_buf_text(&hint) : "the programme file maps this heading in application.columns",
		    "the heading is missing");
		mentor_buf_free(&hint);
	}
}

static bool is_mapped(const struct form *f, size_t column)
{
	for (size_t i = 0; i < f->map->n_columns; i++)
		if (f->places[i] == (long)column)
			return true;
	return false;
}

/* The last column of rows that an earlier import left out. */
static bool is_reason(const struct form *f, size_t column)
{
	return column + 1 == f->csv.n_headings && strcmp(f->csv.headings[column], "reason") == 0;
}

static void refuse_unknown(const struct form *f)
{
	bool ms = f->map->profile == 1;
	for (size_t i = 0; i < f->csv.n_headings; i++) {
		const char *heading = f->csv.headings[i];
		if (!*heading || is_mapped(f, i) || definition_lists(f->map->ignore, f->map->n_ignore, heading) || is_reason(f, i) || (ms && definition_lists(msforms_headings, 16, heading)))
			continue;
		struct mentor_place place = { .file = f->csv.file, .line = f->csv.heading_line, .field = heading };
		problem_add(f->m, &place, "map it in application.columns, or list it under application.ignore",
		    "the programme does not know this heading");
	}
}

enum mentor_status form_open(struct form *f, struct mentor *m, const struct def_form *map, const char *file, char *text, size_t len,
    char delimiter)
{
	*f = (struct form){ .m = m, .map = map };
	enum mentor_status status = csv_open(&f->csv, m, file, text, len, delimiter);
	if (status)
		return status;
	f->places = arena_alloc(&f->memory, (map->n_columns + 1) * sizeof(*f->places));
	f->values = arena_alloc(&f->memory, (map->n_columns + 1) * sizeof(*f->values));
	if (!f->places || !f->values)
		return fail_memory(m);
	if (f->csv.n_headings == 1 && map->n_columns > 1) {
		struct mentor_place place = { .file = file, .line = 1 };
		return fail_at(m, MENTOR_INVALID, &place, "--delimiter says what stands between cells", "the file has one column only");
	}
	find_columns(f);
	refuse_unknown(f);
	return MENTOR_OK;
}

/* ---------------------------------------------------------------------------------------------
 * Cells
 */

static struct mentor_place place_of(const struct form *f, const struct def_column *c)
{
	return (struct mentor_place){ .file = f->csv.file, .line = f->csv.line, .row = f->csv.row, .field = c->header };
}

static void unknown_answer(struct form *f, const struct def_column *c, const char *answer)
{
	struct mentor_buf known = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	const char *texts[65] = { 0 };
	for (size_t i = 0; i < c->n_values; i++) {
		mentor_buf_fmt(&known, "%s\"%s\"", i == 0 ? "" : i + 1 == c->n_values ? " or " : ", ", c->values[i].text);
		if (i < 64)
			texts[i] = c->values[i].text;
	}
	struct mentor_place place = place_of(f, c);
	const char *near = f->m->n_unlisted ? NULL : mentor_nearest(answer, texts); /* not for what nobody will read */
	if (near)
		mentor_buf_fmt(&hint, "did you mean \"%s\"?", near);
	problem_add(f->m, &place, near ? mentor_buf_text(&hint) : "the answers are declared in the programme file", "\"%s\" is not %s",
	    answer, mentor_buf_text(&known));
	mentor_buf_free(&hint);
	mentor_buf_free(&known);
}

/* The programme's word for an answer, NULL when there is none. */
static const char *word_of(const struct def_column *c, const char *answer)
{
	for (size_t i = 0; i < c->n_values; i++)
		if (strcmp(c->values[i].text, answer) == 0)
			return c->values[i].word;
	return NULL;
}

/* Any answer is good where no values are declared. The word of one that is declared is a copy: it may be written into. */
static char *translate(struct form *f, const struct def_column *c, char *answer)
{
	if (!answer || !c->n_values)
		return answer;
	const char *word = word_of(c, answer);
	if (!word)
		unknown_answer(f, c, answer);
	return arena_strdup(&f->memory, word);
}

enum { MOST_CHOICES = 100 };

static bool is_chosen(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

/* "A;B;C;" becomes the programme's words, one a line; a choice made twice counts once. */
static char *translate_many(struct form *f, const struct def_column *c, char *cell)
{
	const char *words[MOST_CHOICES];
	size_t n = 0, len = 0;
	for (char *p = cell, *next = cell; next && *p; p = next) {
		next = p + strcspn(p, ";\n");
		next = *next ? next + 1 : NULL;
		if (next)
			next[-1] = '\0';
		const char *one = trim(p), *word = !one ? NULL : c->n_values ? word_of(c, one) : one;
		if (one && !word)
			unknown_answer(f, c, one);
		if (!word || is_chosen(words, n, word))
			continue;
		if (n == MOST_CHOICES) {
			struct mentor_place place = place_of(f, c);
			problem_add(f->m, &place, NULL, "the cell holds more than %d choices", MOST_CHOICES);
			break;
		}
		words[n++] = word;
		len += strlen(word) + 1;
	}
	char *text = n ? arena_alloc(&f->memory, len) : NULL, *at = text;
	for (size_t i = 0; text && i < n; i++) {
		size_t one = strlen(words[i]);
		memcpy(at, words[i], one);
		at[one] = i + 1 < n ? '\n' : '\0';
		at += one + 1;
	}
	return text;
}

/* What spreadsheets make of dates. */
static const char *day_hint(const char *cell)
{
	if (cell[strspn(cell, "#")] == '\0')
		return "the column was too narrow when the file was saved: make it wider and save again";
	if (cell[strspn(cell, "0123456789.")] == '\0')
		return "this is a spreadsheet's own number for a day: format the column as a date and save again";
	return "application.date_order says how the export writes days";
}

static char *translate_day(struct form *f, const struct def_column *c, const char *cell)
{
	char day[11];
	bool ambiguous = false;
	if (!cell || date_parse_form(cell, date_orders[f->map->date_order], day, &ambiguous))
		return cell ? arena_strdup(&f->memory, day) : NULL;
	struct mentor_place place = place_of(f, c);
	problem_add(f->m, &place, day_hint(cell), "\"%s\" is not a date", cell);
	return NULL;
}

static void read_cell(struct form *f, size_t i)
{
	const struct def_column *c = &f->map->columns[i];
	char *cell = f->places[i] < 0 ? NULL : clean(f->csv.cells[f->places[i]]);
	bool anonymous = cell && f->map->profile == 1 && strcmp(c->slug, "email") == 0 && (strcmp(cell, "anonymous") == 0 || strcmp(cell, "Anonymous") == 0);
	if (anonymous) {
		struct mentor_place place = place_of(f, c);
		problem_add(f->m, &place, "collect the address with a question of the form, or turn on sign-in", "the response is anonymous");
		cell = NULL;
	} else if (!cell && c->required && f->places[i] >= 0) {
		struct mentor_place place = place_of(f, c);
		problem_add(f->m, &place, NULL, "the cell is empty");
	}
	if (c->many)
		f->values[i].text = translate_many(f, c, cell);
	else if (strcmp(c->slug, "applied_on") == 0)
		f->values[i].text = translate_day(f, c, cell);
	else
		f->values[i].text = translate(f, c, cell);
}

static bool is_blank(const struct csv *csv)
{
	for (size_t i = 0; i < csv->n_cells; i++)
		if (csv->cells[i][strspn(csv->cells[i], " \t")] != '\0')
			return false;
	return true;
}

enum mentor_status form_next(struct form *f, bool *ret_more)
{
	enum mentor_status status;
	do /* a spreadsheet leaves rows of nothing but delimiters behind */
		status = csv_next(&f->csv, ret_more);
	while (!status && *ret_more && is_blank(&f->csv));
	f->cut_short = status == MENTOR_INVALID && !f->csv.unclosed;
	if (status || !*ret_more)
		return status;
	for (size_t i = 0; i < f->map->n_columns; i++)
		read_cell(f, i);
	return f->memory.failed ? fail_memory(f->m) : MENTOR_OK;
}

struct mentor_place form_place(const struct form *f, const char *slug)
{
	for (size_t i = 0; i < f->map->n_columns; i++)
		if (strcmp(f->map->columns[i].slug, slug) == 0)
			return place_of(f, &f->map->columns[i]);
	return (struct mentor_place){ .file = f->csv.file, .line = f->csv.line, .row = f->csv.row };
}

void form_close(struct form *f)
{
	csv_close(&f->csv);
	arena_free(&f->memory);
}
