/* community.c: figures of one cohort to be handed on, and figures of several put together: only what may be told travels. */
#include "csv.h"
#include "hash.h"
#include "record.h"
#include "suppress.h"
#include "survey.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = { "people", "result", "change", NULL };
enum { PEOPLE, RESULT, CHANGE };

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_figure, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_figure, member)
const struct mentor_field mentor_figure_fields[] = {
	{ "source", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(source), .help = "fingerprint of the cohort, which keeps it from being counted twice" },
	{ "organisation", MENTOR_TYPE_TEXT, 0, TEXT(organisation), .help = "who runs the programme" },
	{ "programme", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(programme), .help = "name of the programme" },
	{ "cohort", MENTOR_TYPE_TEXT, 0, TEXT(cohort), .help = "name of the cohort" },
	{ "kind", MENTOR_TYPE_CHOICE, 0, NUMBER(kind), .choices = kinds, .help = "people: how many; result: answers at one stage; change: of people who answered both stages" },
	{ "survey", MENTOR_TYPE_TEXT, 0, TEXT(survey), .help = "short name of the survey" },
	{ "stage", MENTOR_TYPE_TEXT, 0, TEXT(stage), .help = "the stage; of a change both, with a blank between" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "short name of the question, or who is counted" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(text), .help = "the question as asked" },
	{ "n", MENTOR_TYPE_INT, 0, NUMBER(n), .heading = "people", .help = "how many people it is of" },
	{ "value", MENTOR_TYPE_CENTI, 0, NUMBER(value), .minimum = -100, .maximum = 100, .help = "mean answer, or mean change" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_combined, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_combined, member)
const struct mentor_field mentor_combined_fields[] = {
	{ "kind", MENTOR_TYPE_CHOICE, 0, NUMBER(kind), .choices = kinds, .help = "people, result or change" },
	{ "survey", MENTOR_TYPE_TEXT, 0, TEXT(survey), .help = "short name of the survey" },
	{ "stage", MENTOR_TYPE_TEXT, 0, TEXT(stage), .help = "the stage; of a change both" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "short name of the question, or who is counted" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(text), .help = "the question as asked" },
	{ "cohorts", MENTOR_TYPE_INT, 0, NUMBER(cohorts), .help = "cohorts that tell it" },
	{ "withheld", MENTOR_TYPE_INT, 0, NUMBER(withheld), .help = "cohorts that withhold it; they are not in the figures" },
	{ "n", MENTOR_TYPE_INT, 0, NUMBER(n), .heading = "people", .help = "people of those cohorts" },
	{ "value", MENTOR_TYPE_CENTI, 0, NUMBER(value), .help = "mean over all of them" },
	{ "lowest", MENTOR_TYPE_CENTI, 0, NUMBER(lowest), .help = "lowest mean of a cohort" },
	{ "highest", MENTOR_TYPE_CENTI, 0, NUMBER(highest), .help = "highest mean of a cohort" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- export ---- */

struct export {
	struct mentor *m;
	const struct definition *d;
	struct mentor_figure row; /* what all rows have in common */
	mentor_record_fn *each;
	void *arg;
};

/* The same for the same cohort in every export, and another one in another store, unless it was made from the same file in the same second. */
static enum mentor_status fingerprint(struct mentor *m, const struct mentor_cohort *c, const struct definition *d, char hex[HASH_HEX])
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(m, "SELECT hash, imported_at FROM revision WHERE programme_id = $1 ORDER BY number LIMIT 1",
	    DB_ARGS(DB_NUMBER(c->programme_id)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more)
		mentor_buf_fmt(&b, "%s\n%s\n%s\n%s\n%s", d->organisation ? d->organisation : "", d->slug, c->slug, db_text(rows, 0), db_text(rows, 1));
	if (!status)
		status = db_whole(rows);
	db_done(rows);
	if (!status && b.failed)
		status = fail_memory(m);
	if (!status)
		hash_hex(mentor_buf_text(&b), b.len, hex);
	hex[16] = '\0';
	mentor_buf_free(&b);
	return status;
}

static enum mentor_status export_people(struct export *x, int64_t cohort)
{
	static const struct {
		const char *name, *sql;
	} counts[] = {
		{ "applied", "SELECT count(*) FROM enrolment WHERE role <> 'facilitator' AND (cohort_id = $1 OR (origin_cohort_id = $1 AND origin = 'late'))" },
		{ "accepted", "SELECT count(*) FROM enrolment WHERE role <> 'facilitator' AND cohort_id = $1 AND state = 'accepted'" },
		{ "pairs", "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state <> 'proposed'" },
		{ "pairs-completed", "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state = 'completed'" },
	};
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(counts) / sizeof(*counts); i++) {
		struct mentor_figure row = x->row;
		row.kind = PEOPLE;
		row.name = counts[i].name;
		row.value = MENTOR_NONE;
		status = db_value(x->m, counts[i].sql, DB_ARGS(DB_NUMBER(cohort)), 0, &row.n);
		if (!status)
			status = x->each(x->arg, &row);
	}
	return status;
}

static enum mentor_status export_result(void *arg, const void *record)
{
	struct export *x = arg;
	const struct mentor_survey_result *r = record;
	struct mentor_figure row = x->row;
	if (r->minimum == MENTOR_NONE || r->n == 0) /* neither words nor choices have a mean */
		return MENTOR_OK;
	row.kind = RESULT;
	row.name = r->question;
	row.text = r->text;
	row.n = r->n;
	row.value = r->mean;
	return x->each(x->arg, &row);
}

static enum mentor_status export_change(void *arg, const void *record)
{
	struct export *x = arg;
	const struct mentor_survey_change *c = record;
	struct mentor_figure row = x->row;
	struct mentor_buf stages = MENTOR_BUF_INIT;
	if (c->basis != MENTOR_SURVEY_PAIRED) /* other means stand with their stages */
		return MENTOR_OK;
	mentor_buf_fmt(&stages, "%s %s", c->from, c->to);
	row.kind = CHANGE;
	row.stage = mentor_buf_text(&stages);
	row.name = c->question;
	row.text = c->text;
	row.n = c->n;
	row.value = c->change;
	enum mentor_status status = stages.failed ? fail_memory(x->m) : x->each(x->arg, &row);
	mentor_buf_free(&stages);
	return status;
}

static enum mentor_status export_survey(struct export *x, int64_t cohort, const struct def_survey *s)
{
	enum mentor_status status = MENTOR_OK;
	x->row.survey = s->slug;
	for (size_t i = 0; !status && i < s->n_stages; i++) {
		x->row.stage = s->stages[i];
		status = mentor_survey_results(x->m, cohort, s->slug, s->stages[i], export_result, x);
	}
	if (!status && survey_is_comparable(s))
		status = mentor_survey_compare(x->m, cohort, s->slug, NULL, NULL, export_change, NULL, x);
	return status;
}

enum mentor_status mentor_report_export(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	void *record = NULL;
	char hex[HASH_HEX] = "";
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	const struct mentor_cohort *c = record;
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = fingerprint(m, c, d, hex);
	if (!status) {
		struct export x = { .m = m, .d = d, .each = each, .arg = arg };
		x.row = (struct mentor_figure){ .source = hex, .organisation = d->organisation, .programme = d->title, .cohort = c->title };
		status = export_people(&x, cohort);
		for (size_t i = 0; !status && i < d->n_surveys; i++)
			status = export_survey(&x, cohort, &d->surveys[i]);
	}
	definition_free(d);
	mentor_record_free(record);
	return status;
}

/* ---- combining ---- */

enum { FIELDS = 11 };

struct figure {
	struct figure *next;
	struct mentor_figure row;
	const char *file;
};
struct sum {
	struct sum *next;
	struct mentor_combined row;
	int64_t weighted; /* sum of n times value */
};
struct combining {
	struct mentor *m;
	struct arena memory;
	struct figure *figures, **end;
	struct sum *sums, **sums_end;
};

static bool same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static void read_figure(struct combining *c, const struct csv *csv, const long columns[FIELDS])
{
	struct figure *f = arena_alloc(&c->memory, sizeof(*f));
	if (!f)
		return;
	mentor_record_clear(mentor_figure_fields, &f->row);
	for (size_t i = 0; i < FIELDS; i++) {
		const struct mentor_field *field = &mentor_figure_fields[i];
		const char *cell = csv->cells[columns[i]];
		struct mentor_place place = { .file = csv->file, .line = csv->line, .row = csv->row, .field = field->name };
		if (!mentor_field_is_text(field) && strcmp(cell, "[c]") == 0)
			*(int64_t *)(void *)((char *)&f->row + field->offset) = MENTOR_SUPPRESSED;
		else if (*cell)
			field_try(c->m, field, arena_strdup(&c->memory, cell), &f->row, &place);
	}
	struct mentor_place place = { .file = csv->file, .line = csv->line, .row = csv->row };
	if (!f->row.source || !f->row.name || f->row.kind == MENTOR_NONE || f->row.n == MENTOR_NONE)
		problem_add(c->m, &place, "the files come from: mentor report export --anonymous -f csv", "the row has no source, kind, name or number of people");
	f->file = csv->file;
	*c->end = f;
	c->end = &f->next;
}

static enum mentor_status read_file(struct combining *c, const struct mentor_survey_file *file)
{
	struct csv csv;
	long columns[FIELDS];
	bool more = true, readable = true;
	enum mentor_status status = csv_open(&csv, c->m, file->name, file->text, file->len, '\0');
	for (size_t i = 0; !status && i < FIELDS; i++) {
		struct mentor_place place = { .file = file->name, .line = 1, .field = mentor_figure_fields[i].name };
		columns[i] = csv_find(&csv, mentor_figure_fields[i].name, 1);
		readable = readable && columns[i] >= 0;
		if (columns[i] < 0)
			problem_add(c->m, &place, "the files come from: mentor report export --anonymous -f csv", "this heading is missing");
	}
	while (!status && readable && !(status = csv_next(&csv, &more)) && more)
		read_figure(c, &csv, columns);
	csv_close(&csv);
	return !status && c->memory.failed ? fail_memory(c->m) : status;
}

/* One cohort in two files would count twice, and two exports of it, subtracted, would tell what came in between. */
static enum mentor_status check_sources(const struct combining *c)
{
	for (const struct figure *f = c->figures; f; f = f->next)
		for (const struct figure *g = c->figures; g != f; g = g->next)
			if (strcmp(g->row.source, f->row.source) == 0 && strcmp(g->file, f->file) != 0)
				return fail(c->m, MENTOR_REFUSED, "leave out the older one", "the cohort '%s' is in two files, %s and %s",
				    f->row.cohort ? f->row.cohort : "", g->file, f->file);
	return MENTOR_OK;
}

/* Questions are the same when they are asked in the same words at the same stage. */
static struct sum *find_sum(struct combining *c, const struct mentor_figure *f)
{
	for (struct sum *s = c->sums; s; s = s->next)
		if (s->row.kind == f->kind && same(s->row.survey, f->survey) && same(s->row.stage, f->stage) && same(s->row.name, f->name) &&
		    same(s->row.text, f->text))
			return s;
	struct sum *s = arena_alloc(&c->memory, sizeof(*s));
	if (!s)
		return NULL;
	s->row = (struct mentor_combined){ .kind = f->kind, .survey = f->survey, .stage = f->stage, .name = f->name, .text = f->text,
		.value = MENTOR_NONE, .lowest = MENTOR_NONE, .highest = MENTOR_NONE };
	*c->sums_end = s;
	c->sums_end = &s->next;
	return s;
}

static enum mentor_status add_figure(struct combining *c, const struct mentor_figure *f)
{
	struct sum *s = find_sum(c, f);
	if (!s)
		return fail_memory(c->m);
	bool counted = f->kind == PEOPLE;
	if (f->n == MENTOR_SUPPRESSED || f->value == MENTOR_SUPPRESSED || (!counted && f->value == MENTOR_NONE)) {
		s->row.withheld++;
		return MENTOR_OK;
	}
	s->row.cohorts++;
	s->row.n += f->n;
	if (counted)
		return MENTOR_OK;
	s->weighted += f->n * f->value;
	s->row.lowest = s->row.lowest == MENTOR_NONE || f->value < s->row.lowest ? f->value : s->row.lowest;
	s->row.highest = s->row.highest == MENTOR_NONE || f->value > s->row.highest ? f->value : s->row.highest;
	return MENTOR_OK;
}

static int64_t rounded(int64_t sum, int64_t n)
{
	return (2 * sum + (sum < 0 ? -n : n)) / (2 * n);
}

static enum mentor_status combine(struct combining *c, const struct mentor_survey_file *files, size_t n)
{
	enum mentor_status status = MENTOR_OK;
	problems_clear(c->m);
	for (size_t i = 0; !status && i < n; i++)
		status = read_file(c, &files[i]);
	if (!status)
		status = problems_result(c->m, n == 1 ? files[0].name : "these files");
	if (!status)
		status = check_sources(c);
	for (const struct figure *f = c->figures; !status && f; f = f->next)
		status = add_figure(c, &f->row);
	for (struct sum *s = c->sums; !status && s; s = s->next)
		if (s->row.n > 0 && s->row.kind != PEOPLE)
			s->row.value = rounded(s->weighted, s->row.n);
	return status;
}

enum mentor_status mentor_report_combine(struct mentor *m, const struct mentor_survey_file *files, size_t n, mentor_record_fn *each,
    mentor_record_fn *each_figure, void *arg)
{
	struct combining c = { .m = m, .memory = ARENA_INIT };
	c.end = &c.figures;
	c.sums_end = &c.sums;
	enum mentor_status status = combine(&c, files, n);
	for (const struct sum *s = c.sums; !status && s; s = s->next)
		status = each(arg, &s->row);
	for (const struct figure *f = c.figures; !status && f; f = f->next)
		status = each_figure(arg, &f->row);
	arena_free(&c.memory);
	return status;
}
