/* remark.c: what people say of the programme, and how far they let it be quoted. */
#include "definition.h"
#include "record.h"
#include "remark.h"
#include "suppress.h"

#include <inttypes.h>
#include <string.h>

static const char *const scopes[] = { "none", "inside", "published", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_remark, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_remark, member)

/* clang-format off */
const struct mentor_field mentor_remark_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "remark", .help = "the remark" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id), .sql = "t.cohort_id" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "person", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(person), .entity = "person", .sql = "t.person", .help = "who said it" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(name), .sql = "n.name", .help = "name of that person" },
	{ "scope", MENTOR_TYPE_CHOICE, MENTOR_FILTER, NUMBER(scope), .choices = scopes, .help = "where it may be quoted: nowhere, which it is when not given, inside the organisation, or where it is published" },
	{ "named", MENTOR_TYPE_BOOL, 0, NUMBER(named), .help = "it may be quoted with the name" },
	{ "text", MENTOR_TYPE_NOTE, MENTOR_REQUIRED | MENTOR_LABEL, TEXT(text), .help = "the words; gone once the remark is withdrawn" },
	{ "consent_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(consent_on), .sql = "t.consent_on", .help = "day of the consent to quote it" },
	{ "withdrawn_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(withdrawn_on), .sql = "t.withdrawn_on", .help = "day it was withdrawn" },
	{ 0 },
};

const struct mentor_field mentor_remark_row_fields[] = {
	{ "said_by", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_remark_row, said_by), .help = "the name, where the consent says so, or else the side, where it is not of few people" },
	{ "text", MENTOR_TYPE_NOTE, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_remark_row, text), .heading = "remark", .help = "the words" },
	{ 0 },
};
/* clang-format on */

static enum mentor_status refuse_withdrawn(struct mentor *m, const struct mentor_remark *r)
{
	return fail(m, MENTOR_REFUSED, "if the person says something else, add that", "r%" PRId64 " was withdrawn on %s, and its words are gone", r->id, r->withdrawn_on);
}

/* Consent to quote has its day, which is today's when it changes; with the consent goes the name. */
static enum mentor_status before(struct mentor *m, const void *was, const void *record, uint64_t given)
{
	const struct mentor_remark *old = was, *new = record;
	bool scope = given & field_bit(mentor_remark_fields, "scope"), named = (given & field_bit(mentor_remark_fields, "named")) && new->named == 1;
	int64_t scope_now = scope ? new->scope : old ? old->scope : MENTOR_REMARK_NONE;
	if (old && old->withdrawn_on)
		return refuse_withdrawn(m, old);
	if (named && scope_now == MENTOR_REMARK_NONE)
		return fail(m, MENTOR_INVALID, "say where, with --scope", "a remark that may be quoted nowhere is not quoted with a name");
	if (!old || !scope)
		return MENTOR_OK;
	bool quoted = scope_now != MENTOR_REMARK_NONE;
	return db_run(m, "UPDATE remark SET scope = $1, consent_on = $2, named = $3 WHERE id = $4",
	    DB_ARGS(DB_TEXT(scopes[scope_now]), DB_TEXT(quoted ? m->today : NULL), DB_NUMBER(quoted && old->named == 1), DB_NUMBER(old->id)));
}

const struct mentor_entity mentor_entity_remark = {
	.name = "remark",
	.plural = "remarks",
	.letter = 'r',
	.table = "remark",
	.from = "remark t JOIN cohort c ON c.id = t.cohort_id JOIN person n ON n.id = t.person",
	.order = "t.id",
	.fields = mentor_remark_fields,
	.size = sizeof(struct mentor_remark),
	.before = before,
	.listed_by = "mentor remark list",
};

/* ---- adding, withdrawing ---- */

static enum mentor_status check_same(struct mentor *m, int64_t id, const struct mentor_remark *r)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_remark, id, &record);
	const struct mentor_remark *old = record;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "change it with: mentor remark set r%" PRId64, id);
	if (!status && (old->scope != r->scope || old->named != r->named))
		status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "r%" PRId64 " is this remark already, with other consent", id);
	mentor_buf_free(&hint);
	mentor_record_free(record);
	return status;
}

static enum mentor_status add(struct mentor *m, int64_t cohort, int64_t person, struct mentor_remark *r, bool *ret_new, int64_t *ret_id)
{
	int64_t enrolled = 0, id = 0;
	r->scope = r->scope == MENTOR_NONE ? MENTOR_REMARK_NONE : r->scope;
	r->named = r->named == 1;
	enum mentor_status status = before(m, NULL, r, field_bit(mentor_remark_fields, "scope") | field_bit(mentor_remark_fields, "named"));
	if (!status)
		status = db_value(m, "SELECT count(*) FROM enrolment WHERE cohort_id = $1 AND person_id = $2", DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(person)), 0,
		    &enrolled);
	if (!status && !enrolled)
		return fail(m, MENTOR_NOT_FOUND, "see: mentor enrol list", "p%" PRId64 " is not in the cohort", person);
	if (!status)
		status = db_value(m, "SELECT id FROM remark WHERE cohort_id = $1 AND person = $2 AND text = $3",
		    DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(person), DB_TEXT(r->text)), 0, &id);
	*ret_new = !id;
	if (!status && id)
		status = check_same(m, id, r);
	else if (!status)
		status = db_value(m,
		    "INSERT INTO remark (cohort_id, person, text, scope, named, collected_on, consent_on) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
		    DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(person), DB_TEXT(r->text), DB_TEXT(scopes[r->scope]), DB_NUMBER(r->named), DB_TEXT(m->today),
			DB_TEXT(r->scope == MENTOR_REMARK_NONE ? NULL : m->today)),
		    0, &id);
	*ret_id = id;
	return status;
}

enum mentor_status mentor_remark_add(struct mentor *m, int64_t cohort, int64_t person, const struct mentor_remark *remark, const char **ret_change,
    int64_t *ret_id)
{
	struct mentor_remark r = *remark;
	bool new = false;
	int64_t id = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = add(m, cohort, person, &r, &new, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = new ? "added" : "unchanged";
	*ret_id = id;
	return MENTOR_OK;
}

enum mentor_status mentor_remark_withdraw(struct mentor *m, int64_t id, bool *ret_changed)
{
	void *record = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_remark, id, &record);
	bool changed = !status && !((const struct mentor_remark *)record)->withdrawn_on;
	mentor_record_free(record);
	if (changed)
		status = db_run(m, "UPDATE remark SET text = NULL, scope = 'none', named = 0, consent_on = NULL, withdrawn_on = $1 WHERE id = $2",
		    DB_ARGS(DB_TEXT(m->today), DB_NUMBER(id)));
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- quoting ---- */

/* A side of few people would lead to one of them. */
static enum mentor_status side_sizes(struct mentor *m, int64_t cohort, int64_t sizes[2])
{
	static const char sql[] = "SELECT count(*) FROM enrolment WHERE cohort_id = $1 AND state = 'accepted' AND role = $2";
	enum mentor_status status = db_value(m, sql, DB_ARGS(DB_NUMBER(cohort), DB_TEXT("mentor")), 0, &sizes[0]);
	return status ? status : db_value(m, sql, DB_ARGS(DB_NUMBER(cohort), DB_TEXT("mentee")), 0, &sizes[1]);
}

static const char *said_by(const struct db_rows *rows, const struct mentor_labels *labels, const int64_t sizes[2], int64_t k)
{
	const char *role = db_text(rows, 2);
	if (db_number(rows, 1) == 1)
		return db_text(rows, 3);
	if (strcmp(role, "mentor") == 0 && sizes[0] >= k)
		return labels->mentor;
	if (strcmp(role, "mentee") == 0 && sizes[1] >= k)
		return labels->mentee;
	return "somebody who took part";
}

enum mentor_status remark_report(struct mentor *m, int64_t cohort, bool inside, int64_t min_cell, mentor_report_fn *each, void *arg)
{
	int64_t sizes[2] = { 0, 0 }, k = suppress_threshold(min_cell);
	struct mentor_labels labels = { NULL };
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = mentor_labels(m, cohort, &labels);
	if (!status)
		status = side_sizes(m, cohort, sizes);
	if (!status)
		status = db_query(m,
		    "SELECT t.text, t.named, e.role, n.name FROM remark t JOIN person n ON n.id = t.person "
		    "JOIN enrolment e ON e.cohort_id = t.cohort_id AND e.person_id = t.person "
		    "WHERE t.cohort_id = $1 AND (t.scope = 'published' OR (t.scope = 'inside' AND $2 = 1)) ORDER BY t.text, t.id",
		    DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(inside)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_remark_row row = { said_by(rows, &labels, sizes, k), db_text(rows, 0) };
		status = db_whole(rows);
		if (!status)
			status = each(arg, "remarks", &row);
	}
	db_done(rows);
	return status;
}
