/* evidence.c: what is recorded of a cohort, held against what standards and models of evaluation look for. It counts and gives days; whether that is enough
 * is for people to say. The six standards are those of the ISMCP (EMCC, International Standards for Mentoring and Coaching Programmes); the four boxes are
 * Clutterbuck's, the four levels Kirkpatrick's; what bears on which is our reading. */
#include "attendance.h"
#include "record.h"
#include "report.h"

#include <string.h>

/* The parts of the report. */
static const char *const frames[] = { "ismcp", "clutterbuck", "kirkpatrick" };
enum { ISMCP, CLUTTERBUCK, KIRKPATRICK };
static const char *const states[] = { "recorded", "missing", NULL };

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_evidence_row, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_evidence_row, member)
const struct mentor_field mentor_evidence_row_fields[] = {
	{ "standard", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(standard), .help = "the standard, box or level" },
	{ "fact", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(fact), .heading = "what bears on it", .help = "what is recorded, or could be" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(state), .choices = states, .help = "whether anything is recorded" },
	{ "count", MENTOR_TYPE_INT, 0, NUMBER(count), .heading = "how many", .help = "how many are recorded" },
	{ "first_on", MENTOR_TYPE_DAY, 0, TEXT(first_on), .heading = "first", .help = "day of the first; none where days could lead to people" },
	{ "last_on", MENTOR_TYPE_DAY, 0, TEXT(last_on), .heading = "last", .help = "day of the last" },
	{ "command", MENTOR_TYPE_TEXT, 0, TEXT(command), .heading = "recorded with", .help = "the command that would record it" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- facts ---- */

/* How many there are, and the first and the last day: NULL where a day could lead to somebody. What is still to come does not count. */
struct fact {
	const char *what, *sql, *command;
};
#define OF_PAIRS "JOIN pair q ON q.id = "
#define HELD_EVENTS "FROM event v WHERE v.cohort_id = $1 AND v.cancelled_on IS NULL AND v.date <= $2 AND v.kind IN "
#define PREPARING "('awareness', 'briefing', 'induction', 'training')"
#define SUPPORTING "('supervision', 'peer-support', 'debrief')"
#define COUNT_AND_DAYS(day) "SELECT count(*), min(" day "), max(" day ") "
#define COUNT_ALONE "SELECT count(*), NULL, NULL "

enum { AIMS, PLANS, READINESS, PREPARED, TRAINED, INFORMED, DECIDED, SCORED, WISHES, PUBLISHED, UNWOUND, REPLACED, ANSWERED, CHECKINS, LESSONS, CONTRACTS, SUPPORT, MESSAGES,
	SUPERVISED, RUN_BY, SESSIONS, REFLECTIONS, GOALS, GOALS_DONE, SHADOWED, GO_ON, COMPLETED, REMARKS, ACTIONS, ACTIONS_DONE, RAISED, CHANGED, QUESTIONS };

static const struct fact facts[] = {
	[AIMS] = { "aims that the programme states", NULL, "mentor programme import FILE" },
	[PLANS] = { "plans of the organisation that aims serve", NULL, "mentor programme import FILE" },
	[READINESS] = { "points of the stages' checklists that are settled", COUNT_AND_DAYS("s.settled_on") "FROM settled s WHERE s.cohort_id = $1 AND s.settled_on <= $2",
	    "mentor cohort settle POINT --evidence TEXT" },
	[PREPARED] = { "awareness sessions, briefings, inductions and trainings held", COUNT_AND_DAYS("v.date") HELD_EVENTS PREPARING, "mentor event add NAME --kind training" },
	[TRAINED] = { "attendances at briefings, inductions and trainings", COUNT_AND_DAYS("v.date") "FROM attendance a JOIN event v ON v.id = a.event_id WHERE v.cohort_id = $1 AND v.date <= $2 "
	    "AND a.state IN " ATTENDANCE_MET " AND v.kind IN " PREPARING, "mentor event attend EVENT PERSON" },
	[INFORMED] = { "statements of people who have read what to expect, or confirm what is asked", COUNT_AND_DAYS("s.stated_on") "FROM statement s JOIN enrolment e ON e.id = s.enrolment_id "
	    "WHERE e.cohort_id = $1 AND s.value = 1 AND s.stated_on <= $2", "mentor enrol confirm PERSON" },
	[DECIDED] = { "applications decided on", COUNT_AND_DAYS("e.decided_on") "FROM enrolment e WHERE e.cohort_id = $1 AND e.role <> 'facilitator' AND e.decided_on <= $2",
	    "mentor enrol accept PERSON" },
	[SCORED] = { "scores given against the criteria", COUNT_AND_DAYS("s.scored_on") "FROM score s JOIN enrolment e ON e.id = s.enrolment_id WHERE e.cohort_id = $1 AND s.scored_on <= $2",
	    "mentor enrol score PERSON CRITERION=POINTS" },
	[WISHES] = { "wishes of people about whom to be paired with", COUNT_ALONE "FROM preference w JOIN enrolment e ON e.id = w.enrolment_id WHERE e.cohort_id = $1 AND e.applied_on <= $2",
	    "mentor match prefer PERSON OTHER" },
	[PUBLISHED] = { "pairs published", COUNT_AND_DAYS("q.published_on") "FROM pair q WHERE q.cohort_id = $1 AND q.published_on <= $2", "mentor match publish" },
	[UNWOUND] = { "pairs ended without fault", COUNT_ALONE "FROM pair q WHERE q.cohort_id = $1 AND q.state = 'ended' AND q.ended_on <= $2", "mentor match end PAIR" },
	[REPLACED] = { "people for whom another partner was sought after that", COUNT_ALONE "FROM replacement n " OF_PAIRS "n.pair_id WHERE q.cohort_id = $1 AND n.asked_on <= $2",
	    "mentor match end PAIR --replacement both" },
	[ANSWERED] = { "survey responses", COUNT_ALONE "FROM response s JOIN cohort c ON c.id = s.cohort_id WHERE c.id = $1 AND coalesce(c.opened_on, '') <= $2", "mentor survey import SURVEY STAGE FILE" },
	[CHECKINS] = { "talks of the team with people, such as check-ins", COUNT_ALONE "FROM checkin t WHERE t.cohort_id = $1 AND t.date <= $2", "mentor checkin add PERSON" },
	[LESSONS] = { "lessons written down", COUNT_AND_DAYS("l.added_on") "FROM lesson l WHERE l.cohort_id = $1 AND l.added_on <= $2", "mentor lesson add --text TEXT" },
	[CONTRACTS] = { "agreements signed by both, with their ground rules", "SELECT count(*), min(d), max(d) FROM (SELECT CASE WHEN c.mentor_signed_on > c.mentee_signed_on THEN c.mentor_signed_on "
	    "ELSE c.mentee_signed_on END AS d FROM contract_in_force c " OF_PAIRS "c.pair_id WHERE q.cohort_id = $1 AND c.mentor_signed_on <= $2 AND c.mentee_signed_on <= $2) AS s",
	    "mentor contract sign PAIR --mentor --mentee" },
	[SUPPORT] = { "line managers who support it", COUNT_ALONE "FROM support s JOIN enrolment e ON e.id = s.enrolment_id WHERE e.cohort_id = $1 AND s.answer = 'given' AND s.answered_on <= $2",
	    "mentor enrol approve PERSON --given" },
	[MESSAGES] = { "reminders and other messages sent", COUNT_AND_DAYS("substr(g.sent_at, 1, 10)") "FROM message g WHERE g.cohort_id = $1 AND g.state = 'sent' AND substr(g.sent_at, 1, 10) <= $2",
	    "mentor remind run --transport HOW" },
	[SUPERVISED] = { "supervision, peer support and debriefs held", COUNT_AND_DAYS("v.date") HELD_EVENTS SUPPORTING, "mentor event add NAME --kind supervision" },
	[RUN_BY] = { "people named to run events", COUNT_AND_DAYS("f.assigned_on") "FROM facilitation f JOIN event v ON v.id = f.event_id WHERE v.cohort_id = $1 AND f.assigned_on <= $2",
	    "mentor event assign EVENT PERSON" },
	[SESSIONS] = { "sessions held", COUNT_AND_DAYS("t.date") "FROM session t " OF_PAIRS "t.pair_id WHERE q.cohort_id = $1 AND t.minutes IS NOT NULL AND t.date <= $2",
	    "mentor log add PAIR --date DAY --minutes N" },
	[REFLECTIONS] = { "reflections made, of which only the day is kept", COUNT_ALONE "FROM reflection f " OF_PAIRS "f.pair_id WHERE q.cohort_id = $1 AND f.date <= $2",
	    "mentor log reflect PAIR --by mentor" },
	[GOALS] = { "goals set", COUNT_AND_DAYS("g.added_on") "FROM goal g " OF_PAIRS "g.pair WHERE q.cohort_id = $1 AND g.added_on <= $2", "mentor goal add PAIR --for SIDE --text TEXT" },
	[GOALS_DONE] = { "goals reached", COUNT_AND_DAYS("g.closed_on") "FROM goal g " OF_PAIRS "g.pair WHERE q.cohort_id = $1 AND g.state = 'done' AND g.closed_on <= $2", "mentor goal done GOAL" },
	[SHADOWED] = { "meetings of partners in which people took part", COUNT_AND_DAYS("t.date") "FROM shadowing t " OF_PAIRS "t.pair_id WHERE q.cohort_id = $1 AND t.date <= $2",
	    "mentor log shadow PAIR --by mentor --meeting TEXT --part contributed" },
	[GO_ON] = { "pairs that go on by themselves", COUNT_AND_DAYS("q.continued_on") "FROM pair q WHERE q.cohort_id = $1 AND q.continued_on <= $2", "mentor match continue PAIR" },
	[COMPLETED] = { "pairs completed", COUNT_AND_DAYS("q.ended_on") "FROM pair q WHERE q.cohort_id = $1 AND q.state = 'completed' AND coalesce(q.ended_on, '') <= $2", "mentor cohort finish" },
	[REMARKS] = { "remarks of people that may be quoted", COUNT_ALONE "FROM remark s WHERE s.cohort_id = $1 AND s.scope <> 'none' AND s.collected_on <= $2",
	    "mentor remark add PERSON --text TEXT --scope published" },
	[ACTIONS] = { "actions agreed", COUNT_AND_DAYS("a.added_on") "FROM action a WHERE a.cohort_id = $1 AND a.added_on <= $2", "mentor action add --text TEXT" },
	[ACTIONS_DONE] = { "actions done", COUNT_AND_DAYS("a.closed_on") "FROM action a WHERE a.cohort_id = $1 AND a.state = 'done' AND a.closed_on <= $2", "mentor action done ACTION" },
	[RAISED] = { "barriers of the programme raised with those who can change them", "SELECT count(DISTINCT b.id), min(s.day), max(s.day) FROM barrier b JOIN barrier_step s ON s.barrier_id = b.id "
	    "AND s.state = 'raised' JOIN cohort c ON c.programme_id = b.programme_id WHERE c.id = $1 AND s.day <= $2", "mentor barrier raise BARRIER" },
	[CHANGED] = { "barriers of the programme that have changed", "SELECT count(DISTINCT b.id), min(s.day), max(s.day) FROM barrier b JOIN barrier_step s ON s.barrier_id = b.id "
	    "AND s.state = 'changed' JOIN cohort c ON c.programme_id = b.programme_id WHERE c.id = $1 AND b.state = 'changed' AND s.day <= $2", "mentor barrier change BARRIER" },
	[QUESTIONS] = { "questions about it that people have answered", NULL, "mentor survey import SURVEY STAGE FILE" },
};

/* What bears on what. `index`: of the levels or boxes of survey questions. */
static const struct {
	int64_t frame, index;
	const char *standard;
	int facts[8]; /* ended by -1, or full */
} lines[] = {
	{ ISMCP, MENTOR_NONE, "1 Purpose", { AIMS, PLANS, READINESS, -1 } },
	{ ISMCP, MENTOR_NONE, "2 Training and briefing", { PREPARED, TRAINED, INFORMED, -1 } },
	{ ISMCP, MENTOR_NONE, "3 Selection and matching", { DECIDED, SCORED, WISHES, PUBLISHED, UNWOUND, REPLACED, -1 } },
	{ ISMCP, MENTOR_NONE, "4 Measurement and review", { ANSWERED, CHECKINS, LESSONS, -1 } },
	{ ISMCP, MENTOR_NONE, "5 Ethics and pastoral care", { CONTRACTS, SUPPORT, CHECKINS, UNWOUND, -1 } },
	{ ISMCP, MENTOR_NONE, "6 Administration and support", { MESSAGES, SUPERVISED, RUN_BY, -1 } },
	{ CLUTTERBUCK, 0, "Relationship: how it goes", { CONTRACTS, SESSIONS, GOALS, REFLECTIONS, QUESTIONS, -1 } },
	{ CLUTTERBUCK, 1, "Relationship: what comes of it", { GOALS_DONE, SHADOWED, GO_ON, QUESTIONS, -1 } },
	{ CLUTTERBUCK, 2, "Programme: how it goes", { DECIDED, TRAINED, PUBLISHED, CHECKINS, QUESTIONS, -1 } },
	{ CLUTTERBUCK, 3, "Programme: what comes of it", { COMPLETED, ACTIONS_DONE, CHANGED, LESSONS, QUESTIONS, -1 } },
	{ KIRKPATRICK, 0, "1 Reaction", { REMARKS, QUESTIONS, -1 } },
	{ KIRKPATRICK, 1, "2 Learning", { REFLECTIONS, GOALS_DONE, QUESTIONS, -1 } },
	{ KIRKPATRICK, 2, "3 Behaviour", { ACTIONS, ACTIONS_DONE, SHADOWED, QUESTIONS, -1 } },
	{ KIRKPATRICK, 3, "4 Results", { RAISED, CHANGED, QUESTIONS, -1 } },
};

/* ---- counting ---- */

/* Of how many questions of this level or box there are answers, whatever they say. */
static enum mentor_status count_questions(const struct report *r, int64_t frame, int64_t index, int64_t *ret_n)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t s = 0; s < r->d->n_surveys; s++)
		for (size_t i = 0; !status && i < r->d->surveys[s].n_questions; i++) {
			const struct def_question *q = &r->d->surveys[s].questions[i];
			int64_t any = 0;
			if ((frame == KIRKPATRICK ? q->level : q->box) != index)
				continue;
			status = db_value(r->m,
			    "SELECT CASE WHEN EXISTS (SELECT 1 FROM response s JOIN response_value v ON v.response_id = s.id WHERE s.cohort_id = $1 AND s.survey = $2 "
			    "AND v.question = $3) THEN 1 ELSE 0 END",
			    DB_ARGS(DB_NUMBER(r->id), DB_TEXT(r->d->surveys[s].slug), DB_TEXT(q->slug)), 0, &any);
			*ret_n += any;
		}
	return status;
}

static void count_in_file(const struct definition *d, int fact, int64_t *ret_n)
{
	*ret_n = fact == AIMS ? (int64_t)d->n_aims : 0;
	for (size_t i = 0; fact == PLANS && i < d->n_aims; i++)
		*ret_n += (int64_t)d->aims[i].n_plans;
}

static enum mentor_status tell(const struct report *r, size_t line, int fact, struct mentor_evidence_row *row)
{
	row->standard = lines[line].standard;
	row->fact = facts[fact].what;
	row->state = row->count == 0;
	row->command = row->state ? facts[fact].command : NULL;
	return r->each(r->arg, frames[lines[line].frame], row);
}

static enum mentor_status tell_recorded(const struct report *r, size_t line, int fact)
{
	struct mentor_evidence_row row = { 0 };
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(r->m, facts[fact].sql, DB_ARGS(DB_NUMBER(r->id), DB_TEXT(r->m->today)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		row.count = db_number(rows, 0);
		row.first_on = db_text(rows, 1);
		row.last_on = db_text(rows, 2);
		status = db_whole(rows);
	}
	if (!status)
		status = tell(r, line, fact, &row);
	db_done(rows);
	return status;
}

static enum mentor_status tell_fact(const struct report *r, size_t line, int fact)
{
	struct mentor_evidence_row row = { 0 };
	enum mentor_status status = MENTOR_OK;
	if (facts[fact].sql)
		return tell_recorded(r, line, fact);
	if (fact == QUESTIONS)
		status = count_questions(r, lines[line].frame, lines[line].index, &row.count);
	else
		count_in_file(r->d, fact, &row.count);
	return status ? status : tell(r, line, fact, &row);
}

static enum mentor_status tell_evidence(struct report *r, int64_t by)
{
	enum mentor_status status = report_head(r);
	(void)by;
	for (size_t line = 0; line < sizeof(lines) / sizeof(*lines); line++)
		for (size_t i = 0; !status && i < sizeof(lines->facts) / sizeof(*lines->facts) && lines[line].facts[i] >= 0; i++)
			status = tell_fact(r, line, lines[line].facts[i]);
	return status;
}

enum mentor_status mentor_report_evidence(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, NULL, MENTOR_NONE, tell_evidence, each, arg);
}
