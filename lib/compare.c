/* compare.c: cohorts set side by side. */
#include "overview.h"
#include "pace.h"
#include "record.h"
#include "survey.h"

#include <string.h>

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_report_cohort, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_report_cohort, member)
const struct mentor_field mentor_report_cohort_fields[] = {
	{ "cohort", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(cohort), .help = "short name of the cohort" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(title), .heading = "cohort", .help = "name of the cohort" },
	{ "programme", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(programme), .help = "name of the programme" },
	{ "started_on", MENTOR_TYPE_DAY, 0, TEXT(started_on), .heading = "start", .help = "first day, as it happened or as planned" },
	{ "applied", MENTOR_TYPE_INT, 0, NUMBER(applied), .help = "people who applied" },
	{ "accepted", MENTOR_TYPE_INT, 0, NUMBER(accepted), .help = "of these accepted" },
	{ "paired", MENTOR_TYPE_INT, 0, NUMBER(paired), .heading = "in a pair", .help = "of these in a pair" },
	{ "met", MENTOR_TYPE_INT, 0, NUMBER(met), .heading = "have met", .help = "of these in a pair that has met" },
	{ "completed", MENTOR_TYPE_INT, 0, NUMBER(completed), .help = "of these in a pair that has completed" },
	{ "share", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(share), .heading = "per cent", .help = "of those who applied, in per cent" },
	{ "pairs", MENTOR_TYPE_INT, 0, NUMBER(pairs), .help = "pairs published" },
	{ "reached", MENTOR_TYPE_INT, 0, NUMBER(reached), .heading = "met minimum", .help = "of these, pairs with as many sessions as the programme asks for" },
	{ "ended", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(ended), .help = "pairs that ended before, without fault" },
	{ "sessions", MENTOR_TYPE_INT, 0, NUMBER(sessions), .help = "sessions long enough to count" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_report_cohort_aim, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_report_cohort_aim, member)
const struct mentor_field mentor_report_cohort_aim_fields[] = {
	{ "aim", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(aim), .help = "short name of the aim" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(text), .heading = "aim", .help = "the aim" },
	{ "cohort", MENTOR_TYPE_SLUG, MENTOR_LABEL, TEXT(cohort), .help = "short name of the cohort" },
	{ "questions", MENTOR_TYPE_INT, 0, NUMBER(questions), .help = "questions with a change to show" },
	{ "change", MENTOR_TYPE_CENTI, MENTOR_CHART, NUMBER(change), .help = "mean change of these questions, in points of their scales" },
	{ "state", MENTOR_TYPE_CHOICE, 0, NUMBER(state), .choices = survey_aim_states, .help = "what the change rests on" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* One of the cohorts being told. */
struct side {
	struct mentor *m;
	int64_t id;
	const struct mentor_cohort *cohort;
	struct mentor_report_cohort row;
	size_t steps;
	mentor_report_fn *each;
	void *arg;
};
typedef enum mentor_status side_fn(struct side *side);

static enum mentor_status keep_step(void *arg, const void *record)
{
	struct side *side = arg;
	const struct mentor_report_step *step = record;
	int64_t *const counts[] = { &side->row.applied, &side->row.accepted, &side->row.paired, &side->row.met, &side->row.completed };
	*counts[side->steps++] = step->people;
	side->row.share = step->share; /* of the last one, who completed */
	return MENTOR_OK;
}

static enum mentor_status add_pair(void *arg, const void *record)
{
	struct side *side = arg;
	const struct mentor_progress_pair *pair = record;
	side->row.pairs++;
	side->row.reached += pair->pace == MENTOR_PACE_MET;
	side->row.sessions += pair->counted;
	return MENTOR_OK;
}

static enum mentor_status count_cohort(struct side *side, const struct definition *d)
{
	const struct mentor_cohort *c = side->cohort;
	side->row = (struct mentor_report_cohort){ .cohort = c->slug, .title = c->title, .programme = d->title,
		.started_on = c->started_on ? c->started_on : c->starts_on };
	enum mentor_status status = overview_steps(side->m, side->id, NULL, keep_step, side);
	if (!status)
		status = pace_each(side->m, c, d, add_pair, side);
	if (!status)
		status = db_value(side->m, "SELECT count(*) FROM pair WHERE cohort_id = $1 AND state = 'ended'", DB_ARGS(DB_NUMBER(side->id)), 0, &side->row.ended);
	if (d->contract.sessions.minimum == MENTOR_NONE)
		side->row.reached = MENTOR_NONE;
	return status ? status : side->each(side->arg, "cohorts", &side->row);
}

static enum mentor_status tell_cohort(struct side *side)
{
	struct definition *d = NULL;
	enum mentor_status status = programme_of_cohort(side->m, side->id, &d);
	if (!status)
		status = count_cohort(side, d);
	definition_free(d);
	return status;
}

static enum mentor_status tell_aim(void *arg, const void *record)
{
	const struct side *side = arg;
	const struct mentor_survey_aim *aim = record;
	const struct mentor_report_cohort_aim row = { side->cohort->slug, aim->aim, aim->text, aim->questions, aim->change, aim->state };
	return side->each(side->arg, "aims", &row);
}

static enum mentor_status tell_aims(struct side *side)
{
	return mentor_survey_aims(side->m, side->id, tell_aim, side);
}

static enum mentor_status tell_side(struct side *side, side_fn *tell)
{
	void *cohort = NULL;
	enum mentor_status status = mentor_record_get(side->m, &mentor_entity_cohort, side->id, &cohort);
	side->cohort = cohort;
	if (!status)
		status = tell(side);
	mentor_record_free(cohort);
	return status;
}

enum mentor_status mentor_report_compare(struct mentor *m, const int64_t *cohorts, size_t n, mentor_report_fn *each, void *arg)
{
	side_fn *const parts[] = { tell_cohort, tell_aims };
	enum mentor_status status = MENTOR_OK;
	for (size_t part = 0; part < sizeof(parts) / sizeof(*parts); part++)
		for (size_t i = 0; !status && i < n; i++) {
			struct side side = { .m = m, .id = cohorts[i], .each = each, .arg = arg };
			status = tell_side(&side, parts[part]);
		}
	return status;
}
