/* programme.c: programmes and their immutable revisions. */
#include "programme.h"

#include "hash.h"
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct mentor_field mentor_programme_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_INTERNAL, MENTOR_AT_NUMBER(mentor_programme, id), .entity = "programme" },
	{ "slug", MENTOR_TYPE_SLUG, MENTOR_REQUIRED, MENTOR_AT_TEXT(mentor_programme, slug), .heading = "programme", .help = "short name" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_programme, title), .help = "name as people know it" },
	{ "revision", MENTOR_TYPE_INT, MENTOR_DERIVED, MENTOR_AT_NUMBER(mentor_programme, revision),
	    .sql = "SELECT max(r.number) FROM revision r WHERE r.programme_id = t.id", .help = "number of the newest revision" },
	{ "hash", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, MENTOR_AT_TEXT(mentor_programme, hash),
	    .sql = "SELECT r.hash FROM revision r WHERE r.programme_id = t.id ORDER BY r.number DESC LIMIT 1",
	    .help = "BLAKE2b-256 of the file as imported" },
	{ "imported_at", MENTOR_TYPE_TIME, MENTOR_DERIVED, MENTOR_AT_TEXT(mentor_programme, imported_at), .heading = "imported",
	    .sql = "SELECT r.imported_at FROM revision r WHERE r.programme_id = t.id ORDER BY r.number DESC LIMIT 1",
	    .help = "when the newest revision was imported" },
	{ "cohorts", MENTOR_TYPE_INT, MENTOR_DERIVED, MENTOR_AT_NUMBER(mentor_programme, cohorts),
	    .sql = "SELECT count(*) FROM cohort c WHERE c.programme_id = t.id", .help = "how many cohorts it has" },
	{ 0 },
};

const struct mentor_entity mentor_entity_programme = {
	.name = "programme",
	.plural = "programmes",
	.key = "slug",
	.table = "programme",
	.from = "programme t",
	.order = "t.slug",
	.fields = mentor_programme_fields,
	.size = sizeof(struct mentor_programme),
	.listed_by = "mentor programme list",
};

static enum mentor_status examine(struct mentor *m, const struct mentor_file *file)
{
	const struct mentor_place place = { .file = file->name };
	if (file->text)
		return definition_examine(m, file->name, file->text, file->len);
	problem_add(m, &place, NULL, "%s", file->failure);
	return MENTOR_OK;
}

enum mentor_status mentor_programme_check(struct mentor *m, const struct mentor_file *files, size_t n_files)
{
	enum mentor_status status = MENTOR_OK;
	struct mentor_buf state = MENTOR_BUF_INIT;
	size_t good = 0;
	problems_clear(m);
	for (size_t i = 0; !status && i < n_files; i++) {
		size_t before = m->n_problems + m->n_unlisted;
		status = examine(m, &files[i]);
		good += m->n_problems + m->n_unlisted == before;
	}
	if (!status)
		status = problems_result(m, n_files == 1 ? files->name : NULL);
	mentor_buf_fmt(&state, "%zu of %zu files %s fine", good, n_files, good == 1 ? "is" : "are");
	if (status == MENTOR_INVALID && n_files > 1)
		fail_state(m, status, arena_strdup(&m->error_memory, mentor_buf_text(&state)));
	mentor_buf_free(&state);
	return status;
}

/* Untranslated messages go out in English, which is no mistake; to offer Welsh and forget one easily is. */
enum mentor_status mentor_programme_note(struct mentor *m, const struct mentor_file *file, struct mentor_buf *note)
{
	struct definition *d = NULL;
	const char *before = "but no Welsh yet for the templates: ";
	enum mentor_status status = definition_load(m, file->name, file->text, file->len, &d);
	bool offers = !status && definition_lists(d->sending.languages, d->sending.n_languages, "cy");
	for (size_t i = 0; offers && i < d->n_templates; i++) {
		if (d->templates[i].cy.text)
			continue;
		mentor_buf_fmt(note, "%s%s", before, d->templates[i].slug);
		before = ", ";
	}
	definition_free(d);
	return !status && note->failed ? fail_memory(m) : status;
}

/* The programme of a definition, made or renamed as it says. */
static enum mentor_status upsert_programme(struct mentor *m, const struct definition *d, int64_t *ret_id, bool *ret_new)
{
	int64_t id = 0;
	enum mentor_status status = record_lookup(m, &mentor_entity_programme, d->slug, &id);
	if (status)
		return status;
	*ret_new = id == 0;
	*ret_id = id;
	if (id)
		return db_run(m, "UPDATE programme SET title = $1 WHERE id = $2 AND title <> $3",
		    DB_ARGS(DB_TEXT(d->title), DB_NUMBER(id), DB_TEXT(d->title)));
	return db_value(m, "INSERT INTO programme (slug, title) VALUES ($1, $2) RETURNING id",
	    DB_ARGS(DB_TEXT(d->slug), DB_TEXT(d->title)), 0, ret_id);
}

static enum mentor_status store_revision(struct mentor *m, const struct definition *d, const char *text, size_t len,
    const char **ret_change, int64_t *ret_id)
{
	char hash[HASH_HEX];
	hash_hex(text, len, hash);
	int64_t same = 0;
	bool new = false;
	enum mentor_status status =
	    db_value(m,
		"SELECT p.id FROM revision r JOIN programme p ON p.id = r.programme_id WHERE p.slug = $1 AND r.hash = $2 "
		"AND r.number = (SELECT max(n.number) FROM revision n WHERE n.programme_id = p.id)",
		DB_ARGS(DB_TEXT(d->slug), DB_TEXT(hash)), 0, &same);
	if (status)
		return status;
	if (same) {
		*ret_change = "unchanged";
		*ret_id = same;
		return MENTOR_OK;
	}
	status = upsert_programme(m, d, ret_id, &new);
	if (status)
		return status;
	*ret_change = new ? "added" : "revised";
	return db_run(m,
	    "INSERT INTO revision (programme_id, number, hash, source, imported_at) "
	    "SELECT p.id, 1 + coalesce((SELECT max(r.number) FROM revision r WHERE r.programme_id = p.id), 0), $1, $2, $3 "
	    "FROM programme p WHERE p.id = $4",
	    DB_ARGS(DB_TEXT(hash), DB_TEXT(text), DB_TEXT(m->now), DB_NUMBER(*ret_id)));
}

enum mentor_status mentor_programme_import(struct mentor *m, const char *file, const char *text, size_t len,
    const char **ret_change, int64_t *ret_id)
{
	struct definition *d = NULL;
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = definition_load(m, file, text, len, &d);
	if (status)
		return fail_state(m, status, "nothing imported");
	status = mentor_begin(m);
	if (!status) {
		status = store_revision(m, d, text, len, &change, &id);
		enum mentor_status ended = mentor_commit(m);
		status = status ? status : ended;
	}
	definition_free(d);
	if (status)
		return status;
	*ret_change = change;
	*ret_id = id;
	return MENTOR_OK;
}

/* ---- reading back ---- */

static enum mentor_status load_source(struct mentor *m, const char *sql, int64_t id, char **ret_text)
{
	struct db_rows *rows = NULL;
	bool more = false;
	char *text = NULL;
	enum mentor_status status = db_query(m, sql, DB_ARGS(DB_NUMBER(id)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && !more)
		status = fail(m, MENTOR_NOT_FOUND, NULL, "there is no such programme revision");
	if (!status) {
		text = strdup(db_text(rows, 0));
		status = text ? db_whole(rows) : fail_memory(m);
	}
	db_done(rows);
	if (status)
		free(text);
	else
		*ret_text = text;
	return status;
}

static enum mentor_status load_definition(struct mentor *m, const char *sql, int64_t id, struct definition **ret)
{
	char *text = NULL;
	enum mentor_status status = load_source(m, sql, id, &text);
	if (!status)
		status = definition_reload(m, "the stored programme", text, strlen(text), ret);
	free(text);
	return status;
}

enum mentor_status programme_of_revision(struct mentor *m, int64_t revision, struct definition **ret)
{
	return load_definition(m, "SELECT source FROM revision WHERE id = $1", revision, ret);
}

/* Whatever is told of a cohort is told by this definition, so here the stricter of two thresholds is chosen. */
enum mentor_status programme_shared(struct mentor *m, const int64_t *cohorts, size_t n, const char *hint)
{
	int64_t first = 0, programme = 0;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < n; i++) {
		for (size_t j = 0; j < i; j++)
			if (cohorts[i] == cohorts[j])
				return fail(m, MENTOR_USAGE, "name each cohort once", "a cohort is named twice");
		status = db_value(m, "SELECT programme_id FROM cohort WHERE id = $1", DB_ARGS(DB_NUMBER(cohorts[i])), 0, &programme);
		first = i ? first : programme;
		if (!status && programme != first)
			status = fail(m, MENTOR_REFUSED, hint, "the cohorts are of several programmes, and figures of different programmes do not add up");
	}
	return status;
}

enum mentor_status programme_of_cohort(struct mentor *m, int64_t cohort, struct definition **ret)
{
	enum mentor_status status = load_definition(m, "SELECT r.source FROM revision r JOIN cohort c ON c.revision_id = r.id WHERE c.id = $1", cohort, ret);
	if (!status && (*ret)->privacy.min_cell < m->min_cell)
		(*ret)->privacy.min_cell = m->min_cell;
	return status;
}

enum mentor_status programme_revision_id(struct mentor *m, int64_t programme, int64_t number, int64_t *ret_id)
{
	int64_t id = 0, newest = 0;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	enum mentor_status status = db_value(m, "SELECT max(number) FROM revision WHERE programme_id = $1", DB_ARGS(DB_NUMBER(programme)), 0, &newest);
	if (!status)
		status = db_value(m, "SELECT id FROM revision WHERE programme_id = $1 AND number = $2",
		    DB_ARGS(DB_NUMBER(programme), DB_NUMBER(number ? number : newest)), 0, &id);
	mentor_buf_fmt(&hint, "the newest is %" PRId64, newest);
	if (!status && !id)
		status = fail(m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "there is no revision %" PRId64 " of the programme", number);
	mentor_buf_free(&hint);
	if (!status)
		*ret_id = id;
	return status;
}

enum mentor_status mentor_programme_source(struct mentor *m, int64_t programme, int64_t revision, char **ret_text)
{
	int64_t id = 0;
	enum mentor_status status = programme_revision_id(m, programme, revision, &id);
	return status ? status : load_source(m, "SELECT source FROM revision WHERE id = $1", id, ret_text);
}

static enum mentor_status load_revision(struct mentor *m, int64_t programme, int64_t revision, struct definition **ret)
{
	int64_t id = 0;
	enum mentor_status status = programme_revision_id(m, programme, revision, &id);
	return status ? status : programme_of_revision(m, id, ret);
}

enum mentor_status mentor_programme_yaml(struct mentor *m, int64_t programme, int64_t revision, struct mentor_buf *b)
{
	struct definition *d = NULL;
	enum mentor_status status = load_revision(m, programme, revision, &d);
	if (status)
		return status;
	keys_write_yaml(b, definition_keys, d);
	definition_free(d);
	return b->failed ? fail_memory(m) : MENTOR_OK;
}

/* ---- revisions ---- */

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_programme_revision, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_programme_revision, member)

const struct mentor_field mentor_programme_revision_fields[] = {
	{ "number", MENTOR_TYPE_INT, 0, NUMBER(number), .heading = "revision", .help = "counted from 1" },
	{ "imported_at", MENTOR_TYPE_TIME, 0, TEXT(imported_at), .heading = "imported", .help = "when it was imported" },
	{ "hash", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(hash), .help = "BLAKE2b-256 of the file as imported" },
	{ "cohorts", MENTOR_TYPE_LIST, 0, TEXT(cohorts), .help = "the cohorts that follow it" },
	{ 0 },
};

static enum mentor_status cohorts_of_revision(struct mentor *m, int64_t revision, struct mentor_buf *b)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status =
	    db_query(m, "SELECT slug FROM cohort WHERE revision_id = $1 ORDER BY slug", DB_ARGS(DB_NUMBER(revision)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		mentor_buf_fmt(b, "%s%s", b->len ? "\n" : "", db_text(rows, 0));
	db_done(rows);
	return !status && b->failed ? fail_memory(m) : status;
}

static enum mentor_status tell_revision(struct mentor *m, const struct db_rows *rows, mentor_record_fn *each, void *arg)
{
	struct mentor_buf cohorts = MENTOR_BUF_INIT;
	enum mentor_status status = cohorts_of_revision(m, db_number(rows, 0), &cohorts);
	const struct mentor_programme_revision row = { .number = db_number(rows, 1), .hash = db_text(rows, 2), .imported_at = db_text(rows, 3),
		.cohorts = cohorts.len ? mentor_buf_text(&cohorts) : NULL };
	if (!status)
		status = each(arg, &row);
	mentor_buf_free(&cohorts);
	return status;
}

enum mentor_status mentor_programme_revisions(struct mentor *m, int64_t programme, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, "SELECT id, number, hash, imported_at FROM revision WHERE programme_id = $1 ORDER BY number",
	    DB_ARGS(DB_NUMBER(programme)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = tell_revision(m, rows, each, arg);
	db_done(rows);
	return status;
}

/* ---- what a programme says, line by line ---- */

struct lines {
	enum mentor_status (*each)(void *arg, const struct mentor_programme_line *line);
	void *arg;
	struct mentor_buf section;
};

/* A path is cut into its section and the rest. */
static enum mentor_status say(void *arg, const char *path, const char *value)
{
	struct lines *l = arg;
	size_t n = strcspn(path, ".");
	mentor_buf_clear(&l->section);
	mentor_buf_add(&l->section, path, n);
	struct mentor_programme_line line = { mentor_buf_text(&l->section), path[n] ? path + n + 1 : "", value };
	return l->each(l->arg, &line);
}

enum mentor_status mentor_programme_lines(struct mentor *m, int64_t programme, int64_t revision,
    enum mentor_status (*each)(void *arg, const struct mentor_programme_line *line), void *arg)
{
	struct definition *d = NULL;
	enum mentor_status status = load_revision(m, programme, revision, &d);
	if (status)
		return status;
	struct lines l = { each, arg, MENTOR_BUF_INIT };
	status = keys_each(m, definition_keys, d, say, &l);
	mentor_buf_free(&l.section);
	definition_free(d);
	return status;
}

static int64_t day_or_none(const char *text)
{
	int64_t day = MENTOR_NONE;
	return text && mentor_day_parse(text, &day) ? day : MENTOR_NONE;
}

static int64_t named_day(const struct mentor_cohort *c, enum def_day day)
{
	int64_t starts = day_or_none(c->starts_on), ends = day_or_none(c->ends_on);
	switch (day) {
	case DEF_DAY_OPENS:
		return day_or_none(c->opens_on);
	case DEF_DAY_CLOSES:
		return day_or_none(c->closes_on);
	case DEF_DAY_STARTS:
		return starts;
	case DEF_DAY_MIDDLE:
		return starts == MENTOR_NONE || ends == MENTOR_NONE ? MENTOR_NONE : starts + (ends - starts) / 2;
	case DEF_DAY_ENDS:
		return ends;
	}
	return MENTOR_NONE;
}

int64_t programme_day(const struct mentor_cohort *c, int64_t day, int64_t weeks)
{
	int64_t from = day == MENTOR_NONE ? MENTOR_NONE : named_day(c, (enum def_day)day);
	return from == MENTOR_NONE ? MENTOR_NONE : from + 7 * (weeks == MENTOR_NONE ? 0 : weeks);
}
