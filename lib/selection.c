/* selection.c: the gates between applying and working in a pair, and what an application answered. */
#include "selection.h"

#include "record.h"

#include <inttypes.h>
#include <string.h>

#define TEXT(member) MENTOR_AT_TEXT(mentor_answer, member)
const struct mentor_field mentor_answer_fields[] = {
	{ "question", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(question), .help = "name of the question in the programme" },
	{ "heading", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(heading), .help = "the question as the form asks it" },
	{ "answer", MENTOR_TYPE_NOTE, 0, TEXT(answer), .help = "the answer; several are separated by semicolons" },
	{ 0 },
};
#undef TEXT

/* ---- accepting ---- */

static enum mentor_status refuse(struct mentor *m, const struct mentor_enrolment *e, const struct statement *no)
{
	if (no)
		return fail(m, MENTOR_REFUSED,
		    mentor_hint(m, "if that has changed: mentor enrol confirm p%" PRId64 " %s; or give a reason with --override REASON, which is kept", e->person_id, no->name),
		    "%s says no to '%s': %s", e->name, no->name, no->text);
	return fail(m, MENTOR_REFUSED,
	    mentor_hint(m, "if that has changed: mentor enrol approve p%" PRId64 " --given; or give a reason with --override REASON, which is kept", e->person_id),
	    "the line manager of %s refuses the support that the programme requires", e->name);
}

static enum mentor_status waive(struct mentor *m, const struct mentor_enrolment *e, const char *kind, const char *name)
{
	return db_run(m, "INSERT INTO waiver (enrolment_id, kind, name) VALUES ($1, $2, $3)",
	    DB_ARGS(DB_NUMBER(e->id), DB_TEXT(kind), DB_TEXT(name)));
}

static enum mentor_status check_statements(struct mentor *m, const struct definition *d, const struct mentor_enrolment *e, const char *override,
    bool *ret_past)
{
	struct statements s;
	const struct statement *no = NULL;
	enum mentor_status status = statements_load(&s, m, d, e->cohort_id, e->id);
	const struct stating *p = status ? NULL : statements_of(&s, e->id);
	for (size_t at = 0; !status && (no = statements_no(&s, p, &at)); at++) {
		*ret_past = true;
		status = override ? waive(m, e, statement_kinds[no->kind], no->name) : refuse(m, e, no);
	}
	statements_free(&s);
	return status;
}

static enum mentor_status check_approval(struct mentor *m, const struct definition *d, const struct mentor_enrolment *e, const char *override,
    bool *ret_past)
{
	enum mentor_support state = MENTOR_SUPPORT_NONE;
	bool waived = false;
	if (approval_wanted(d, e->role) != DEF_SUPPORT_REQUIRED)
		return MENTOR_OK;
	enum mentor_status status = approval_state(m, e->id, &state, &waived);
	if (status || state != MENTOR_SUPPORT_REFUSED)
		return status;
	*ret_past = true;
	return override ? waive(m, e, "support", "") : refuse(m, e, NULL);
}

enum mentor_status selection_check(struct mentor *m, const struct mentor_enrolment *e, const char *override, bool *ret_past)
{
	struct definition *d = NULL;
	int64_t doubts = 0;
	/* an earlier acceptance passed over what stood against it then; and where nobody says no the programme need not be read */
	enum mentor_status status = db_run(m, "DELETE FROM waiver WHERE enrolment_id = $1", DB_ARGS(DB_NUMBER(e->id)));
	if (!status)
		status = db_value(m,
		    "SELECT (SELECT count(*) FROM statement WHERE enrolment_id = $1 AND value = 0) "
		    "+ (SELECT count(*) FROM support WHERE enrolment_id = $1 AND answer = 'refused') "
		    "+ (SELECT count(*) FROM answer WHERE enrolment_id = $1 AND lower(value) = 'no')",
		    DB_ARGS(DB_NUMBER(e->id)), 0, &doubts);
	if (status || doubts == 0)
		return status;
	status = programme_of_cohort(m, e->cohort_id, &d);
	if (!status)
		status = check_statements(m, d, e, override, ret_past);
	if (!status)
		status = check_approval(m, d, e, override, ret_past);
	definition_free(d);
	return status;
}

/* ---- publishing ---- */

enum mentor_status selection_why_not(struct mentor *m, const struct definition *d, const struct statements *s, int64_t enrolment,
    const char *name, struct mentor_buf *why, struct mentor_buf *hint)
{
	static const char *const lacks[] = { [MENTOR_SUPPORT_NONE] = "has not been asked for the support that the programme requires",
		[MENTOR_SUPPORT_ASKED] = "has not yet given the support that the programme requires",
		[MENTOR_SUPPORT_REFUSED] = "refuses the support that the programme requires" };
	const struct stating *p = statements_of(s, enrolment);
	enum mentor_support state = MENTOR_SUPPORT_GIVEN;
	bool waived = false;
	size_t at = 0;
	const struct statement *no = statements_no(s, p, &at);
	if (no) {
		mentor_buf_fmt(why, "%s says no to '%s': %s", name, no->name, no->text);
		mentor_buf_fmt(hint, "if that has changed: mentor enrol confirm p%" PRId64 " %s; else make a new proposal without this person", p->person,
		    no->name);
		return MENTOR_OK;
	}
	if (!p || approval_wanted(d, p->role) != DEF_SUPPORT_REQUIRED)
		return MENTOR_OK;
	enum mentor_status status = approval_state(m, enrolment, &state, &waived);
	if (status || waived || state == MENTOR_SUPPORT_GIVEN)
		return status;
	mentor_buf_fmt(why, "the line manager of %s %s", name, lacks[state]);
	mentor_buf_fmt(hint, "once it is given: mentor enrol approve p%" PRId64 " --given", p->person);
	return MENTOR_OK;
}

/* ---- answers ---- */

/* The choices of an answer are its lines. */
static void write_choices(struct mentor_buf *b, const char *text)
{
	for (size_t n = strcspn(text, "\n");; n = strcspn(text, "\n")) {
		mentor_buf_add(b, text, n);
		if (!text[n])
			return;
		mentor_buf_str(b, "; ");
		text += n + 1;
	}
}

enum mentor_status selection_answer(struct mentor *m, int64_t enrolment, const struct def_column *column, struct mentor_buf *b)
{
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(m, "SELECT value FROM answer WHERE enrolment_id = $1 AND question = $2",
	    DB_ARGS(DB_NUMBER(enrolment), DB_TEXT(column->slug)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more && column->many)
		write_choices(b, db_text(rows, 0));
	else if (!status && more)
		mentor_buf_str(b, db_text(rows, 0));
	if (!status)
		status = db_whole(rows);
	db_done(rows);
	return status ? status : b->failed ? fail_memory(m) : MENTOR_OK;
}

static enum mentor_status tell_answer(struct mentor *m, int64_t enrolment, const struct def_column *column, mentor_record_fn *each, void *arg)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	enum mentor_status status = selection_answer(m, enrolment, column, &b);
	const struct mentor_answer row = { column->slug, column->header, mentor_buf_text(&b) };
	if (!status && b.len)
		status = each(arg, &row);
	mentor_buf_free(&b);
	return status;
}

enum mentor_status mentor_enrol_answers(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	int64_t cohort = 0;
	enum mentor_status status = db_value(m, "SELECT cohort_id FROM enrolment WHERE id = $1", DB_ARGS(DB_NUMBER(enrolment)), 0, &cohort);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	for (size_t i = 0; !status && i < d->application.n_columns; i++)
		status = tell_answer(m, enrolment, &d->application.columns[i], each, arg);
	definition_free(d);
	return status;
}
