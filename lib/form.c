/* form.c: reading a form's export as a programme maps it: exact headings, closed lists of answers, every problem with its row. */
#include "form.h"

#include "context.h"
#include "date.h"

#include <stdlib.h>
#include <string.h>

/* What Microsoft Forms adds to every export by itself. */
static const char *const msforms_headings[] = { "ID", "Id", "Start time", "Completion time", "Email", "Name", "Last modified time", NULL };
static const char *const date_orders[] = { "dmy", "mdy", "ymd" };

static const char *trim(struct arena *a, const char *text)
{
	text += strspn(text, " \t\r\n");
	size_t len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]))
		len--;
	return len ? arena_strndup(a, text, len) : NULL;
}

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
		struct mentor_place place = { .file = f->csv.file, .line = 1, .field = c->header };
		const char *where = f->map->discreet ? "the address stands under Email or in the first column, the questions under equality.questions of the programme file" :
						       "the programme file maps this heading in application.columns";
		problem_add(f->m, &place, near ? mentor_buf_text(&hint) : where, "the heading is missing");
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

static void refuse_unknown(const struct form *f)
{
	bool ms = f->map->profile == 1;
	for (size_t i = 0; i < f->csv.n_headings; i++) {
		const char *heading = f->csv.headings[i];
		if (!*heading || is_mapped(f, i) || definition_lists(f->map->ignore, f->map->n_ignore, heading) || (ms && definition_lists(msforms_headings, 16, heading)))
			continue;
		struct mentor_place place = { .file = f->csv.file, .line = 1, .field = heading };
		problem_add(f->m, &place, f->map->discreet ? "take the column out of the file: what has no stated purpose is not stored" :
							     "map it in application.columns, or list it under application.ignore",
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

static struct mentor_place place_of(const struct form *f, const struct def_column *c)
{
	return (struct mentor_place){ .file = f->csv.file, .line = f->csv.line, .row = f->csv.row, .field = c->header };
}

/* The programme's word for an answer; any answer is good where no values are declared. */
static const char *translate(struct form *f, const struct def_column *c, const char *answer)
{
	if (!answer || !c->n_values)
		return answer;
	struct mentor_buf known = MENTOR_BUF_INIT;
	const char *texts[65] = { 0 };
	for (size_t i = 0; i < c->n_values; i++) {
		if (strcmp(c->values[i].text, answer) == 0) {
			mentor_buf_free(&known);
			return c->values[i].word;
		}
		mentor_buf_fmt(&known, "%s\"%s\"", i == 0 ? "" : i + 1 == c->n_values ? " or " : ", ", c->values[i].text);
		if (i < 64)
			texts[i] = c->values[i].text;
	}
	struct mentor_place place = place_of(f, c);
	if (f->map->discreet) {
		problem_add(f->m, &place, "the answers are declared in the programme file", "this is not one of the answers");
		mentor_buf_free(&known);
		return NULL;
	}
	const char *near = f->m->n_unlisted ? NULL : mentor_nearest(answer, texts); /* not for what nobody will read */
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (near)
		mentor_buf_fmt(&hint, "did you mean \"%s\"?", near);
	problem_add(f->m, &place, near ? mentor_buf_text(&hint) : "the answers are declared in the programme file", "\"%s\" is not %s",
	    answer, mentor_buf_text(&known));
	mentor_buf_free(&hint);
	mentor_buf_free(&known);
	return NULL;
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
static const char *translate_many(struct form *f, const struct def_column *c, const char *cell)
{
	const char *words[MOST_CHOICES];
	size_t n = 0;
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (const char *p = cell; p && *p;) {
		size_t len = strcspn(p, ";\n");
		char *one = arena_strndup(&f->row, p, len);
		const char *word = translate(f, c, one ? trim(&f->row, one) : NULL);
		p += len + (p[len] != '\0');
		if (!word || is_chosen(words, n, word))
			continue;
		if (n == MOST_CHOICES) {
			struct mentor_place place = place_of(f, c);
			problem_add(f->m, &place, NULL, "the cell holds more than %d choices", MOST_CHOICES);
			break;
		}
		words[n++] = word;
		mentor_buf_fmt(&b, "%s%s", b.len ? "\n" : "", word);
	}
	const char *text = b.len ? arena_strdup(&f->row, mentor_buf_text(&b)) : NULL;
	f->row.failed = f->row.failed || b.failed; /* half the choices must not pass for all of them */
	mentor_buf_free(&b);
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

static const char *translate_day(struct form *f, const struct def_column *c, const char *cell)
{
	char day[11];
	bool ambiguous = false;
	if (!cell || date_parse_form(cell, date_orders[f->map->date_order], day, &ambiguous))
		return cell ? arena_strdup(&f->row, day) : NULL;
	struct mentor_place place = place_of(f, c);
	problem_add(f->m, &place, day_hint(cell), "\"%s\" is not a date", cell);
	return NULL;
}

static void read_cell(struct form *f, size_t i)
{
	const struct def_column *c = &f->map->columns[i];
	const char *cell = f->places[i] < 0 ? NULL : trim(&f->row, f->csv.cells[f->places[i]]);
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
	if (status || !*ret_more)
		return status;
	arena_reset(&f->row);
	for (size_t i = 0; i < f->map->n_columns; i++)
		read_cell(f, i);
	return f->row.failed ? fail_memory(f->m) : MENTOR_OK;
}

static long column_of(const struct form *f, const char *slug)
{
	for (size_t i = 0; i < f->map->n_columns; i++)
		if (strcmp(f->map->columns[i].slug, slug) == 0)
			return (long)i;
	return -1;
}

const char *form_text(const struct form *f, const char *slug)
{
	long i = column_of(f, slug);
	return i < 0 ? NULL : f->values[i].text;
}

struct mentor_place form_place(const struct form *f, const char *slug)
{
	long i = column_of(f, slug);
	if (i >= 0)
		return place_of(f, &f->map->columns[i]);
	return (struct mentor_place){ .file = f->csv.file, .line = f->csv.line, .row = f->csv.row };
}

void form_close(struct form *f)
{
	csv_close(&f->csv);
	arena_free(&f->memory);
	arena_free(&f->row);
}
