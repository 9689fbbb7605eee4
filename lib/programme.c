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
};

enum mentor_status mentor_programme_check(struct mentor *m, const char *file, const char *text, size_t len)
{
	struct definition *d = NULL;
	enum mentor_status status = definition_load(m, file, text, len, &d);
	definition_free(d);
	return status;
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
		status = definition_load(m, "the stored programme", text, strlen(text), ret);
	free(text);
	return status;
}

enum mentor_status programme_of_revision(struct mentor *m, int64_t revision, struct definition **ret)
{
	return load_definition(m, "SELECT source FROM revision WHERE id = $1", revision, ret);
}

enum mentor_status programme_of_cohort(struct mentor *m, int64_t cohort, struct definition **ret)
{
	return load_definition(m, "SELECT r.source FROM revision r JOIN cohort c ON c.revision_id = r.id WHERE c.id = $1", cohort, ret);
}

static const char newest_source[] = "SELECT source FROM revision WHERE programme_id = $1 ORDER BY number DESC LIMIT 1";

enum mentor_status mentor_programme_source(struct mentor *m, int64_t programme, char **ret_text)
{
	return load_source(m, newest_source, programme, ret_text);
}

/* ---- what a programme says, line by line ---- */

struct lines {
	struct mentor *m;
	enum mentor_status (*each)(void *arg, const struct mentor_programme_line *line);
	void *arg;
	enum mentor_status status;
};

static void say(struct lines *l, const char *section, const char *name, const char *text)
{
	struct mentor_programme_line line = { section, name, text };
	if (!l->status && text && *text)
		l->status = l->each(l->arg, &line);
}

static void say_buf(struct lines *l, const char *section, const char *name, struct mentor_buf *b)
{
	if (b->failed && !l->status)
		l->status = fail_memory(l->m);
	say(l, section, name, mentor_buf_text(b));
	mentor_buf_free(b);
}

static void say_fmt(struct lines *l, const char *section, const char *name, const char *format, ...) MENTOR_PRINTF(4, 5);
static void say_fmt(struct lines *l, const char *section, const char *name, const char *format, ...)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	va_list args;
	va_start(args, format);
	mentor_buf_vfmt(&b, format, args);
	va_end(args);
	say_buf(l, section, name, &b);
}

static void say_range(struct lines *l, const char *name, const struct def_range *r)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	if (r->minimum != MENTOR_NONE)
		mentor_buf_fmt(&b, "at least %" PRId64, r->minimum);
	if (r->usual != MENTOR_NONE)
		mentor_buf_fmt(&b, "%susually %" PRId64, b.len ? ", " : "", r->usual);
	if (r->maximum != MENTOR_NONE)
		mentor_buf_fmt(&b, "%sat most %" PRId64, b.len ? ", " : "", r->maximum);
	say_buf(l, "contract", name, &b);
}

static void say_texts(struct lines *l, const char *section, const char *name, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		say(l, section, name, texts[i]);
}

static void say_matching(struct lines *l, const struct def_matching *matching)
{
	static const char *const rules[] = { "must differ: ", "must be the same: ", "not in one line of management" };
	static const char *const scores[] = { "shared choices in ", "preferably different: ", "preferably the same: " };
	for (size_t i = 0; i < matching->n_rules; i++) {
		const struct def_rule *r = &matching->rules[i];
		say_fmt(l, "rule", r->slug, "%s%s", rules[r->kind], r->field ? r->field : "");
	}
	for (size_t i = 0; i < matching->n_scores; i++) {
		const struct def_score *s = &matching->scores[i];
		say_fmt(l, "score", s->slug, "%s%s, weight %" PRId64, scores[s->kind], s->field, s->weight);
	}
}

static void say_contract(struct lines *l, const struct def_contract *c)
{
	say(l, "contract", "purpose", c->purpose);
	say_texts(l, "contract", "ground rule", c->ground_rules, c->n_ground_rules);
	say_range(l, "sessions", &c->sessions);
	say_range(l, "minutes", &c->minutes);
	say_range(l, "months", &c->months);
	say(l, "contract", "frequency", c->frequency);
	say(l, "contract", "mode", def_modes[c->mode]);
	say(l, "contract", "ending", c->no_fault);
}

static void say_all(struct lines *l, const struct definition *d)
{
	say(l, "programme", "title", d->title);
	say(l, "programme", "organisation", d->organisation);
	say(l, "programme", "arrangement", def_arrangements[d->arrangement]);
	say(l, "programme", "contact", d->contact_email);
	say_fmt(l, "cohort", "size", "at most %" PRId64 " %s and %" PRId64 " %s", d->cohort.mentors, d->labels.mentors, d->cohort.mentees,
	    d->labels.mentees);
	say_fmt(l, "cohort", "months", "%" PRId64, d->cohort.months);
	for (size_t i = 0; i < d->n_aims; i++) {
		say(l, "aim", d->aims[i].slug, d->aims[i].text);
		say_texts(l, "plan", d->aims[i].slug, d->aims[i].plans, d->aims[i].n_plans);
	}
	for (size_t i = 0; i < d->n_stages; i++) {
		say(l, "stage", d->stages[i].slug, d->stages[i].title);
		say_texts(l, "checklist", d->stages[i].slug, d->stages[i].checklist, d->stages[i].n_checklist);
	}
	say_texts(l, "criterion", "", d->criteria, d->n_criteria);
	say_matching(l, &d->matching);
	say_contract(l, &d->contract);
	for (size_t i = 0; i < d->n_activities; i++)
		say(l, "activity", d->activities[i].slug, d->activities[i].title);
	for (size_t i = 0; i < d->n_surveys; i++)
		say_fmt(l, "survey", d->surveys[i].slug, "%s (%zu questions, %s)", d->surveys[i].title, d->surveys[i].n_questions,
		    def_audiences[d->surveys[i].audience]);
	say_fmt(l, "privacy", "min_cell", "counts under %" PRId64 " are withheld", d->privacy.min_cell);
}

enum mentor_status mentor_programme_lines(struct mentor *m, int64_t programme,
    enum mentor_status (*each)(void *arg, const struct mentor_programme_line *line), void *arg)
{
	struct definition *d = NULL;
	enum mentor_status status = load_definition(m, newest_source, programme, &d);
	if (status)
		return status;
	struct lines l = { m, each, arg, MENTOR_OK };
	say_all(&l, d);
	definition_free(d);
	return l.status;
}
