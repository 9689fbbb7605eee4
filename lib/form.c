/* form.c: reading a form's export as a programme maps it: exact headings, closed lists of answers, every problem with its row. */
#include "form.h"

#include "context.h"
#include "date.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a form adds to every export by itself. */
static const char *const msforms_headings[] = { "ID", "Id", "Start time", "Completion time", "Email", "Name", "Last modified time", NULL };
static const char *const googleforms_headings[] = { "Timestamp", "Email Address", "Username", "Score", NULL };
static const char *const *const usual_headings[] = { [DEF_PROFILE_CSV] = NULL, [DEF_PROFILE_MSFORMS] = msforms_headings, [DEF_PROFILE_GOOGLEFORMS] = googleforms_headings };
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

/* A heading without what the eye passes over: case, and the shapes of quotes, dashes and blanks. NULL without memory. */
static char *plain_heading(const char *heading)
{
	static const char *const shapes[][2] = { { "\xE2\x80\x98", "'" }, { "\xE2\x80\x99", "'" }, { "\xE2\x80\x9C", "\"" }, { "\xE2\x80\x9D", "\"" },
		{ "\xE2\x80\x90", "-" }, { "\xE2\x80\x91", "-" }, { "\xE2\x80\x93", "-" }, { "\xE2\x80\x94", "-" }, { "\xE2\x80\xA6", "..." }, { "\xC2\xA0", " " } };
	char *folded = mentor_utf8_fold(heading);
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (const char *p = folded ? folded : ""; *p;) {
		size_t i = 0, n = sizeof(shapes) / sizeof(*shapes);
		while (i < n && strncmp(p, shapes[i][0], strlen(shapes[i][0])) != 0)
			i++;
		if (i == n)
			mentor_buf_char(&b, *p++);
		else
			mentor_buf_str(&b, shapes[i][1]);
		p += i == n ? 0 : strlen(shapes[i][0]);
	}
	free(folded);
	if (!b.failed)
		return b.data;
	mentor_buf_free(&b);
	return NULL;
}

/* A heading of the file that looks the same and is not. */
static const char *looks_like(const struct form *f, const char *heading)
{
	char *wanted = plain_heading(heading);
	const char *found = NULL;
	for (size_t i = 0; wanted && !found && i < f->csv.n_headings; i++) {
		char *other = plain_heading(f->csv.headings[i]);
		bool alike = other && strcmp(other, wanted) == 0 && strcmp(f->csv.headings[i], heading) != 0;
		found = alike ? f->csv.headings[i] : NULL;
		free(other);
	}
	free(wanted);
	return found;
}

static void missing_heading(const struct form *f, const struct def_column *c)
{
	struct mentor_place place = { .file = f->csv.file, .line = f->csv.heading_line, .field = c->header };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	bool again = c->occurrence > 1;
	const char *alike = looks_like(f, c->header);
	const char *near = alike || again ? NULL : mentor_nearest(c->header, (const char *const *)(void *)f->csv.headings);
	if (alike)
		mentor_buf_fmt(&hint, "the file has \"%s\": capitals, quotes or dashes differ; copy it into the programme file", alike);
	else if (near)
		mentor_buf_fmt(&hint, "did you mean \"%s\"?", near);
	else if (again)
		mentor_buf_fmt(&hint, "the programme file wants it to come %d times, for %s (occurrence)", (int)c->occurrence, c->slug);
	else
		mentor_buf_str(&hint, f->map->discreet ? "the address stands under Email or in the first column, the questions under equality.questions of the programme file" :
							 "the programme file names it under application.columns; put there what this file calls it, then: mentor programme import FILE");
	problem_add(f->m, &place, mentor_buf_text(&hint), "the heading is missing");
	mentor_buf_free(&hint);
}

static void find_columns(struct form *f)
{
	for (size_t i = 0; i < f->map->n_columns; i++) {
		const struct def_column *c = &f->map->columns[i];
		f->values[i].column = c;
		f->places[i] = csv_find(&f->csv, c->header, (int)c->occurrence);
		if (f->places[i] < 0)
			missing_heading(f, c);
	}
}

/* One heading alone, such as Email, is in many files. */
static bool is_another_file(const struct form *f)
{
	size_t there = 0;
	for (size_t i = 0; i < f->map->n_columns; i++) {
		const struct def_column *c = &f->map->columns[i];
		there += csv_find(&f->csv, c->header, (int)c->occurrence) >= 0 || looks_like(f, c->header);
	}
	return there <= 1 && f->map->n_columns > 2;
}

enum { NAMED = 3 };

/* The first few of `n` headings are named. */
static void name_heading(struct mentor_buf *b, size_t i, size_t n, const char *heading)
{
	if (i < NAMED)
		mentor_buf_fmt(b, "%s\"%s\"", i ? ", " : "", heading);
	else if (i == NAMED)
		mentor_buf_fmt(b, " and %zu more", n - NAMED);
}

/* One sentence instead of one for each heading. */
static enum mentor_status refuse_file(const struct form *f)
{
	struct mentor_place place = { .file = f->csv.file, .line = f->csv.heading_line };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_str(&hint, "is it another file, or are there lines above the headings? The form has: ");
	for (size_t i = 0; i < f->map->n_columns; i++)
		name_heading(&hint, i, f->map->n_columns, f->map->columns[i].header);
	if (!f->map->discreet) {
		mentor_buf_str(&hint, "; this file: ");
		for (size_t i = 0; i < f->csv.n_headings; i++)
			name_heading(&hint, i, f->csv.n_headings, f->csv.headings[i]);
		mentor_buf_str(&hint, ". If it is the right one, put its headings into the programme file, under application.columns; then: mentor programme import FILE");
	}
	enum mentor_status status = hint.failed ? fail_memory(f->m) :
	    fail_at(f->m, MENTOR_INVALID, &place, mentor_buf_text(&hint), "this line does not hold the headings of the %s form",
		f->map->discreet ? "monitoring" : "application");
	mentor_buf_free(&hint);
	return status;
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
	const char *const *usual = usual_headings[f->map->profile];
	for (size_t i = 0; i < f->csv.n_headings; i++) {
		const char *heading = f->csv.headings[i];
		if (!*heading || is_mapped(f, i) || definition_lists(f->map->ignore, f->map->n_ignore, heading) || is_reason(f, i) || (usual && definition_lists(usual, DEF_TO_NULL, heading)))
			continue;
		struct mentor_place place = { .file = f->csv.file, .line = f->csv.heading_line, .field = heading };
		problem_add(f->m, &place, f->map->discreet ? "take the column out of the file: what has no stated purpose is not stored" :
							     mentor_hint(f->m, "put NAME: { header: \"%s\" } into the programme file, under application.columns, or the heading under "
									       "application.ignore; then: mentor programme import FILE", heading),
		    "the programme does not know this heading");
	}
}

enum mentor_status form_open(struct form *f, struct mentor *m, const struct def_form *map, const char *file, const char *text, size_t len,
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
	if (is_another_file(f))
		return refuse_file(f);
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
	if (f->map->discreet) {
		problem_add(f->m, &place, "the answers are declared in the programme file", "this is not one of the answers");
		mentor_buf_free(&known);
		return;
	}
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
	if (!c->n_values)
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

/* The length of the first choice at `p`. A comma is a separator of Google Forms, but can stand in a choice as well: the longest declared
 * one that is there counts. */
static size_t choice_length(const struct form *f, const struct def_column *c, const char *p)
{
	size_t longest = 0;
	if (f->map->profile != DEF_PROFILE_GOOGLEFORMS)
		return strcspn(p, ";\n");
	for (size_t i = 0; i < c->n_values; i++) {
		size_t len = strlen(c->values[i].text);
		bool there = strncmp(p, c->values[i].text, len) == 0 && (!p[len] || p[len] == ',' || p[len] == '\n');
		longest = there && len > longest ? len : longest;
	}
	return longest ? longest : strcspn(p, ",\n");
}

static char *join_lines(struct form *f, const char *const *words, size_t n)
{
	size_t len = 0;
	for (size_t i = 0; i < n; i++)
		len += strlen(words[i]) + 1;
	char *text = n ? arena_alloc(&f->memory, len) : NULL, *at = text;
	for (size_t i = 0; text && i < n; i++) {
		size_t one = strlen(words[i]);
		memcpy(at, words[i], one);
		at[one] = i + 1 < n ? '\n' : '\0';
		at += one + 1;
	}
	return text;
}

/* "A;B;C;" becomes the programme's words, one a line; a choice made twice counts once. */
static char *translate_many(struct form *f, const struct def_column *c, char *cell)
{
	const char *words[MOST_CHOICES];
	size_t n = 0;
	for (char *p = cell, *next = NULL; p; p = next) {
		char *end = p + choice_length(f, c, p);
		next = *end ? end + 1 : NULL;
		*end = '\0';
		const char *one = trim(p), *word = one && c->n_values ? word_of(c, one) : one;
		while (next && blank_length(next))
			next += blank_length(next); /* a declared choice is looked for at its first letter */
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
	}
	return join_lines(f, words, n);
}

/* What spreadsheets make of dates. */
static const char *day_hint(const char *cell)
{
	if (cell[strspn(cell, "0123456789.")] == '\0')
		return "this is a spreadsheet's own number for a day: format the column as a date and save again";
	return "application.date_order says how the export writes days";
}

static char *translate_day(struct form *f, const struct def_column *c, const char *cell)
{
	char day[11];
	bool ambiguous = false;
	if (date_parse_form(cell, date_orders[f->map->date_order], day, &ambiguous))
		return arena_strdup(&f->memory, day);
	struct mentor_place place = place_of(f, c);
	problem_add(f->m, &place, day_hint(cell), "\"%s\" is not a date", cell);
	return NULL;
}

/* What a spreadsheet has put in the place of a value. Nobody answers like that. */
static const char *spoiled(const char *cell)
{
	static const char *const errors[] = { "#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!" };
	/* all of them begin with one of these, and few answers do */
	if (*cell != '#' && (*cell < '0' || *cell > '9') && *cell != '.' && *cell != ',')
		return NULL;
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (strcmp(cell, errors[i]) == 0)
			return "a formula of the spreadsheet failed: put the value itself there";
	if (strncmp(cell, "###", 3) == 0 && cell[strspn(cell, "#")] == '\0')
		return "the column was too narrow when the file was saved: make it wider and save again";
	size_t digits = strspn(cell, "0123456789.,");
	bool shortened = digits > 0 && (cell[digits] == 'E' || cell[digits] == 'e') && cell[digits + 1] == '+' && cell[digits + 2] &&
			 cell[digits + 2 + strspn(cell + digits + 2, "0123456789")] == '\0';
	return shortened ? "the spreadsheet has shortened a long number, whose last digits are lost: format the column as text, and export again" : NULL;
}

/* "4 / 5", as Google Forms writes a score, is the 4. */
static char *without_most(const struct form *f, char *cell)
{
	size_t digits = f->map->profile == DEF_PROFILE_GOOGLEFORMS ? strspn(cell, "0123456789") : 0;
	bool score = digits > 0 && strncmp(cell + digits, " / ", 3) == 0 && cell[digits + 3] &&
		     cell[digits + 3 + strspn(cell + digits + 3, "0123456789")] == '\0';
	if (score)
		cell[digits] = '\0';
	return cell;
}

/* A cell that has something in it which may be an answer; NULL when there is none. */
static char *answer_in(struct form *f, size_t i)
{
	const struct def_column *c = &f->map->columns[i];
	char *cell = clean(f->csv.cells[f->places[i]]);
	const char *why = cell ? spoiled(cell) : NULL;
	bool anonymous = cell && f->map->profile == DEF_PROFILE_MSFORMS && strcmp(c->slug, "email") == 0 && strcasecmp(cell, "anonymous") == 0;
	if (cell && !why && !anonymous)
		return without_most(f, cell);
	struct mentor_place place = place_of(f, c);
	if (anonymous)
		problem_add(f->m, &place, "collect the address with a question of the form, or turn on sign-in", "the response is anonymous");
	else if (why)
		problem_add(f->m, &place, why, "\"%s\" is not what was answered", cell);
	else if (c->required)
		problem_add(f->m, &place, NULL, "the cell is empty");
	return NULL;
}

static void read_cell(struct form *f, size_t i)
{
	const struct def_column *c = &f->map->columns[i];
	char *cell = f->places[i] < 0 ? NULL : answer_in(f, i);
	if (!cell)
		f->values[i].text = NULL;
	else if (c->many)
		f->values[i].text = translate_many(f, c, cell);
	else if (strcmp(c->slug, "applied_on") == 0)
		f->values[i].text = translate_day(f, c, cell);
	else
		f->values[i].text = translate(f, c, cell);
}

/* Two exports pasted together: the heading comes again. */
static bool is_heading_again(const struct form *f)
{
	for (size_t i = 0; i < f->map->n_columns; i++)
		if (f->places[i] < 0 || strcmp(f->csv.cells[f->places[i]], f->csv.headings[f->places[i]]) != 0)
			return false;
	return f->map->n_columns > 1;
}

enum mentor_status form_next(struct form *f, bool *ret_more)
{
	enum mentor_status status;
	do /* a spreadsheet leaves rows of nothing but delimiters behind */
		status = csv_next(&f->csv, ret_more);
	while (!status && *ret_more && csv_is_blank(&f->csv));
	f->cut_short = status == MENTOR_INVALID && !f->csv.unclosed;
	if (status || !*ret_more)
		return status;
	if (is_heading_again(f)) {
		f->cut_short = true;
		struct mentor_place place = { .file = f->csv.file, .line = f->csv.line, .row = f->csv.row };
		return fail_at(f->m, MENTOR_INVALID, &place, "two exports in one file: import them one after the other, or remove this row", "the heading comes again");
	}
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
