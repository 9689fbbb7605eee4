/* pair.c: the table of pairs: who works with whom, since when, and how it ended. */
#include "pair.h"

#include "record.h"

#include <inttypes.h>

static const char *const states[] = { "proposed", "active", "completed", "ended", NULL };
const char *const mentor_ending_wishes[] = { "mentor", "mentee", "both", "team", NULL };
const char *const mentor_ending_reasons[] = { "time", "moved", "other-priorities", "not-the-right-match", "other", NULL };
static const char *const arrangements[] = { "reverse", "reciprocal", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_pair, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_pair, member)

/* clang-format off */
const struct mentor_field mentor_pair_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "pair", .help = "the pair" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FIXED | MENTOR_FILTER, NUMBER(cohort_id) },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "mentor_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FIXED, NUMBER(mentor_enrolment) },
	{ "mentee_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FIXED, NUMBER(mentee_enrolment) },
	{ "mentor", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, NUMBER(mentor), .entity = "person", .sql = "a.person_id", .heading = "{mentor}", .help = "who mentors" },
	{ "mentor_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentor_name), .sql = "ap.name", .heading = "{mentor}", .help = "name of the mentor" },
	{ "mentee", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, NUMBER(mentee), .entity = "person", .sql = "b.person_id", .heading = "{mentee}", .help = "who is mentored" },
	{ "mentee_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentee_name), .sql = "bp.name", .heading = "{mentee}", .help = "name of the mentee" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = states, .sql = "t.state", .help = "how far the pair has come" },
	{ "arrangement", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, NUMBER(arrangement), .choices = arrangements, .help = "who mentors whom" },
	{ "score", MENTOR_TYPE_INT, MENTOR_DERIVED, NUMBER(score), .help = "points of the soft rules when the pair was proposed" },
	{ "proposed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(proposed_on), .help = "day of the proposal" },
	{ "published_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(published_on), .help = "day the two were told" },
	{ "ended_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(ended_on), .help = "day it ended" },
	{ "wish", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_WIDE | MENTOR_SIDES, NUMBER(wish), .choices = mentor_ending_wishes, .sql = "x.wish", .help = "at whose wish it ended" },
	{ "reason", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, NUMBER(reason), .choices = mentor_ending_reasons, .sql = "x.reason", .help = "why it ended, in one of a few words" },
	{ "continued_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(continued_on), .heading = "goes on since", .help = "day on which it was recorded that the two go on by themselves" },
	{ "pinned", MENTOR_TYPE_BOOL, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, NUMBER(pinned), .help = "whether it stays in every later proposal" },
	{ "override", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(override), .help = "why the two are put together although a hard rule speaks against it" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_pair = {
	.name = "pair",
	.plural = "pairs",
	.letter = 'm',
	.table = "pair",
	.from = "pair t JOIN cohort c ON c.id = t.cohort_id "
		"JOIN enrolment a ON a.id = t.mentor_id JOIN person ap ON ap.id = a.person_id "
		"JOIN enrolment b ON b.id = t.mentee_id JOIN person bp ON bp.id = b.person_id "
		"LEFT JOIN ending x ON x.pair_id = t.id",
	.order = "t.id",
	.fields = mentor_pair_fields,
	.size = sizeof(struct mentor_pair),
	.listed_by = "mentor match list",
};

enum mentor_status pair_check_published(struct mentor *m, int64_t pair)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	bool proposed = !status && ((const struct mentor_pair *)record)->state == MENTOR_PAIR_PROPOSED;
	mentor_record_free(record);
	if (proposed)
		return fail(m, MENTOR_REFUSED, "tell the two first: mentor match publish", "m%" PRId64 " is only proposed", pair);
	return status;
}
