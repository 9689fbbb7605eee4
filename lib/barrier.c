/* barrier.c: the organisation's register of what stands in the way, which never says who brought what. */
#include "barrier.h"

#include "record.h"

#include <inttypes.h>

static const char *const states[] = { "identified", "raised", "addressed", "changed", "dropped", "merged", NULL };
static const char *const raised_by[] = { "once", "several", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_barrier, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_barrier, member)

/* clang-format off */
const struct mentor_field mentor_barrier_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "barrier", .help = "the barrier; the number comes from its words and says nothing of when it came in" },
	{ "programme_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FIXED | MENTOR_FILTER, NUMBER(programme_id) },
	{ "programme", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(programme), .sql = "g.slug", .help = "the programme whose register it is in" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = states, .sql = "t.state", .help = "how far it has come" },
	{ "theme", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_FILTER, TEXT(theme), .help = "what it is about: one of the programme's barriers.themes" },
	{ "level", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_FILTER, TEXT(level), .help = "where it can be addressed: one of the programme's barriers.levels" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_REQUIRED | MENTOR_LABEL, TEXT(text), .help = "what stands in the way, in words that lead to nobody" },
	{ "identified_in", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(identified_in), .sql = "t.identified_in", .heading = "identified in", .help = "the month, such as 2026-03: a day could lead to a meeting" },
	{ "brought", MENTOR_TYPE_CHOICE, MENTOR_DERIVED, NUMBER(brought), .choices = raised_by, .sql = "CASE t.several WHEN 1 THEN 'several' ELSE 'once' END", .help = "whether it was brought once or several times" },
	{ "outcome", MENTOR_TYPE_TEXT, 0, TEXT(outcome), .help = "what has changed" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(reason), .sql = "t.reason", .help = "why it was dropped" },
	{ "merged_into", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_WIDE, NUMBER(merged_into), .entity = "barrier", .heading = "merged into", .help = "the barrier that it is part of now" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_barrier = {
	.name = "barrier",
	.plural = "barriers",
	.letter = 'b',
	.table = "barrier",
	.from = "barrier t JOIN programme g ON g.id = t.programme_id",
	.order = "t.theme, t.level, t.text",
	.fields = mentor_barrier_fields,
	.size = sizeof(struct mentor_barrier),
};

/* ---- who may be named ---- */

/* A pair that agreed on both sides; and a person of such a pair, or of none. */
static enum mentor_status may_be_named(struct mentor *m, int64_t barrier, int64_t pair, int64_t owner, bool *ret_may)
{
	int64_t pairs = 0, agreed = 0;
	const char *sql = pair ? "SELECT count(*) FROM barrier_pair WHERE barrier_id = $1 AND pair_id = $2 "
				 "AND mentor_agreed_on IS NOT NULL AND mentee_agreed_on IS NOT NULL" :
				 "SELECT count(*) FROM barrier_pair b JOIN pair p ON p.id = b.pair_id JOIN enrolment e ON e.id IN (p.mentor_id, p.mentee_id) "
				 "WHERE b.barrier_id = $1 AND e.person_id = $2 AND b.mentor_agreed_on IS NOT NULL AND b.mentee_agreed_on IS NOT NULL";
	enum mentor_status status = db_value(m, sql, DB_ARGS(DB_NUMBER(barrier), DB_NUMBER(pair ? pair : owner)), 0, &agreed);
	if (!status && !pair)
		status = db_value(m,
		    "SELECT count(*) FROM pair p JOIN enrolment e ON e.id IN (p.mentor_id, p.mentee_id) WHERE e.person_id = $1 AND p.state <> 'proposed'",
		    DB_ARGS(DB_NUMBER(owner)), 0, &pairs);
	*ret_may = agreed || (!pair && !pairs);
	return status;
}

static enum mentor_status refuse_naming(struct mentor *m, int64_t barrier, int64_t pair)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "make it the team's by leaving out owner and pair, or once both have agreed: mentor barrier agree b%" PRId64, barrier);
	if (pair)
		mentor_buf_fmt(&hint, " m%" PRId64 " --mentor --mentee", pair);
	else
		mentor_buf_str(&hint, " PAIR --mentor --mentee");
	enum mentor_status status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint),
	    "the register does not say which pair brought a barrier, and this action of b%" PRId64 " would", barrier);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status check_register(struct mentor *m, int64_t barrier, int64_t cohort)
{
	int64_t into = 0, same = 0;
	enum mentor_status status = db_value(m, "SELECT coalesce(merged_into, 0) FROM barrier WHERE id = $1", DB_ARGS(DB_NUMBER(barrier)), 0, &into);
	if (!status && into)
		return fail(m, MENTOR_REFUSED, NULL, "b%" PRId64 " is part of b%" PRId64 " now: name that one", barrier, into);
	if (!status)
		status = db_value(m, "SELECT count(*) FROM barrier b JOIN cohort c ON c.programme_id = b.programme_id WHERE b.id = $1 AND c.id = $2",
		    DB_ARGS(DB_NUMBER(barrier), DB_NUMBER(cohort)), 0, &same);
	if (!status && !same)
		return fail(m, MENTOR_REFUSED, NULL, "b%" PRId64 " is in the register of another programme", barrier);
	return status;
}

enum mentor_status barrier_check_action(struct mentor *m, int64_t barrier, int64_t cohort, int64_t pair, int64_t owner)
{
	bool may = true;
	enum mentor_status status = check_register(m, barrier, cohort);
	if (!status && (pair || owner))
		status = may_be_named(m, barrier, pair, owner, &may);
	return status || may ? status : refuse_naming(m, barrier, pair);
}
