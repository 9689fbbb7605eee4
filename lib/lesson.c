/* lesson.c: what a cohort has learned about running the programme, and what the next one makes of it. */
#include "discreet.h"
#include "record.h"

#include <inttypes.h>

static const char *const kinds[] = { "went-well", "did-not", "suggestion", NULL };
static const char *const sources[] = { "debrief", "survey", "event", "check-in", "team", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_lesson, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_lesson, member)

/* clang-format off */
const struct mentor_field mentor_lesson_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "lesson", .help = "the lesson" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FIXED | MENTOR_FILTER, NUMBER(cohort_id) },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort that learned it" },
	{ "kind", MENTOR_TYPE_CHOICE, MENTOR_FILTER, NUMBER(kind), .choices = kinds, .help = "what went well, what did not, or a suggestion, which it is when not given" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_LABEL, TEXT(text), .help = "the lesson, in words that name nobody" },
	{ "source", MENTOR_TYPE_CHOICE, MENTOR_FILTER, NUMBER(source), .choices = sources, .help = "where it comes from" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = mentor_settled_words, .sql = "t.state", .help = "whether it has been taken up (done) or left (dropped)" },
	{ "outcome", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(outcome), .sql = "t.outcome", .help = "what is done differently now" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(reason), .sql = "t.reason", .help = "why it was left" },
	{ "added_on", MENTOR_TYPE_DAY, MENTOR_INTERNAL | MENTOR_FIXED, TEXT(added_on) },
	{ "closed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(closed_on), .heading = "done or dropped on", .help = "day it was taken up or left" },
	{ 0 },
};
/* clang-format on */

/* A lesson is told to the next cohort and in reports. */
static enum mentor_status before(struct mentor *m, const void *was, const void *record, uint64_t given)
{
	const struct mentor_lesson *old = was, *new = record;
	int64_t programme = 0;
	enum mentor_status status = db_value(m, "SELECT programme_id FROM cohort WHERE id = $1", DB_ARGS(DB_NUMBER(old ? old->cohort_id : new->cohort_id)), 0,
	    &programme);
	if (!status && given & field_bit(mentor_lesson_fields, "text"))
		status = discreet_check(m, programme, new->text);
	if (!status && given & field_bit(mentor_lesson_fields, "outcome"))
		status = discreet_check(m, programme, new->outcome);
	if (!status && given & field_bit(mentor_lesson_fields, "reason"))
		status = discreet_check(m, programme, new->reason);
	return status;
}

const struct mentor_entity mentor_entity_lesson = {
	.name = "lesson",
	.plural = "lessons",
	.letter = 'l',
	.table = "lesson",
	.from = "lesson t JOIN cohort c ON c.id = t.cohort_id",
	.order = "t.cohort_id, CASE t.kind WHEN 'went-well' THEN 0 WHEN 'did-not' THEN 1 ELSE 2 END, t.id",
	.fields = mentor_lesson_fields,
	.size = sizeof(struct mentor_lesson),
	.before = before,
	.listed_by = "mentor lesson list",
};

/* The same words are the same lesson, whatever became of it. */
static enum mentor_status check_same(struct mentor *m, int64_t id, const struct mentor_lesson *l)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_lesson, id, &record);
	const struct mentor_lesson *old = record;
	if (!status && (old->kind != l->kind || (l->source != MENTOR_NONE && l->source != old->source)))
		status = fail(m, MENTOR_REFUSED, mentor_hint(m, "change it with: mentor lesson set l%" PRId64, id), "l%" PRId64 " is this lesson already, of another kind or source", id);
	mentor_record_free(record);
	return status;
}

static enum mentor_status add(struct mentor *m, struct mentor_lesson *l, bool *ret_new, int64_t *ret_id)
{
	uint64_t given = 0;
	int64_t id = 0;
	if (l->kind == MENTOR_NONE)
		l->kind = MENTOR_LESSON_SUGGESTION;
	l->added_on = m->today;
	for (size_t i = 0; mentor_lesson_fields[i].name; i++)
		given |= (uint64_t)!mentor_field_is_none(&mentor_lesson_fields[i], l) << i;
	enum mentor_status status = db_value(m, "SELECT id FROM lesson WHERE cohort_id = $1 AND text = $2", DB_ARGS(DB_NUMBER(l->cohort_id), DB_TEXT(l->text)), 0,
	    &id);
	*ret_new = !id;
	if (!status)
		status = id ? check_same(m, id, l) : mentor_record_add(m, &mentor_entity_lesson, l, given, &id);
	*ret_id = id;
	return status;
}

enum mentor_status mentor_lesson_add(struct mentor *m, int64_t cohort, const struct mentor_lesson *lesson, const char **ret_change, int64_t *ret_id)
{
	struct mentor_lesson l = *lesson;
	bool new = false;
	int64_t id = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	l.cohort_id = cohort;
	status = add(m, &l, &new, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = new ? "added" : "unchanged";
	*ret_id = id;
	return MENTOR_OK;
}

enum mentor_status mentor_lessons_before(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	int64_t origin = 0;
	struct mentor_buf id = MENTOR_BUF_INIT;
	enum mentor_status status = db_value(m, "SELECT coalesce(origin_id, 0) FROM cohort WHERE id = $1", DB_ARGS(DB_NUMBER(cohort)), 0, &origin);
	mentor_buf_fmt(&id, "%" PRId64, origin);
	const struct mentor_filter of_cohort = { "cohort_id", mentor_buf_text(&id) };
	if (!status && id.failed)
		status = fail_memory(m);
	if (!status && origin)
		status = mentor_record_list(m, &mentor_entity_lesson, &of_cohort, 1, each, arg);
	mentor_buf_free(&id);
	return status;
}
