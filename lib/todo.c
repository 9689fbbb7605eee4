/* todo.c: what a cohort still lacks, derived from records at a day; every line names the command that clears it. */
#include "approval.h"
#include "attendance.h"
#include "checkin.h"
#include "checklist.h"
#include "ending.h"
#include "enrolment.h"
#include "pace.h"
#include "publish.h"
#include "record.h"
#include "replace.h"
#include "request.h"
#include "session.h"
#include "statement.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#define IN(state) ((size_t)1 << (state))
enum {
	PLANNED = IN(MENTOR_COHORT_PLANNED),
	OPEN = IN(MENTOR_COHORT_OPEN),
	CLOSED = IN(MENTOR_COHORT_CLOSED),
	RUNNING = IN(MENTOR_COHORT_RUNNING),
	FINISHED = IN(MENTOR_COHORT_FINISHED),
	EVER = PLANNED | OPEN | CLOSED | RUNNING | FINISHED,
};

/* How many records lack something, and the first of them. */
struct lack { /* NOLINT(clang-analyzer-optin.performance.Padding): in the order in which they are said */
	const char *stage;
	size_t states;		/* of the cohort, in which this matters: a set of bits */
	/* what is said of one; what follows the number of several, NULL: the same as for one; with room for labels */
	const char *one, *many;
	const char *command;	/* a # stands for the first reference */
	char letter;		/* of that reference; 0: a plain number */
	const char *const *commands; /* or a command for each number that can be found */
	bool by_day;		/* the query takes $2, the day */
	bool two;		/* the next row, of the same states, is counted with this one, so that records are walked once: two more columns */
	const char *sql;	/* $1 cohort; gives a number and a record's number */
	size_t pace;		/* where it stands in struct pace_lacks, counted from 1; 0: it is not one of them */
	enum mentor_status (*count)(struct mentor *m, int64_t cohort, int64_t *ret_n); /* what no query can count */
	enum mentor_status (*find)(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first); /* nor find the first of */
	enum mentor_status (*find_two)(struct mentor *m, int64_t cohort, int64_t ret_n[2], int64_t ret_first[2]); /* where `two` is said */
};

#define PACE(member) .pace = 1 + offsetof(struct pace_lacks, member)

/* A cohort whose rows are counted. Several of them are what its pairs lack, which is found out once. */
struct counting {
	int64_t cohort;
	bool paced; /* whether pairs have been looked at */
	struct pace_lacks pairs;
};

/* What a row has found, and the row counted with it. */
struct found {
	int64_t n[2], first[2];
};

#define NO_PARTNER \
	"FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'accepted' AND e.role <> 'facilitator' AND e.places > 0 " \
	"AND e.id NOT IN (SELECT p.mentor_id FROM pair p WHERE p.cohort_id = $1 AND p.state <> 'ended' " \
	"UNION ALL SELECT p.mentee_id FROM pair p WHERE p.cohort_id = $1 AND p.state <> 'ended') " \
	"AND NOT " ENDING_RESTS("e")

/* Somebody waits for a side that is not full: the first on the list. Whether it is full is asked once, and only where somebody waits. */
#define WAITS(side, limit) \
	"w.role = '" side "' AND (SELECT count(*) FROM cohort c WHERE c.id = $1 AND (c." limit " IS NULL OR c." limit " > " \
	"(SELECT count(*) FROM enrolment a WHERE a.cohort_id = $1 AND a.role = '" side "' AND a.state = 'accepted'))) > 0"
#define WAITING(side, limit) \
	"count(CASE WHEN " WAITS(side, limit) " THEN 1 END), min(CASE WHEN w.rank = 1 AND " WAITS(side, limit) " THEN w.person_id END)"
#define PLACE_FREE \
	"SELECT " WAITING("mentor", "mentors_max") ", " WAITING("mentee", "mentees_max") " FROM enrolment w WHERE w.cohort_id = $1 AND w.rank IS NOT NULL"

#define BY_SIDE(side) "count(CASE WHEN c." side "_signed_on IS NULL THEN 1 END), min(CASE WHEN c." side "_signed_on IS NULL THEN p.id END)"
#define SOME_SIDE "(c.mentor_signed_on IS NULL OR c.mentee_signed_on IS NULL)"
#define AMENDMENT_UNSIGNED \
	"SELECT " BY_SIDE("mentor") ", " BY_SIDE("mentee") " FROM contract c JOIN pair p ON p.id = c.pair_id JOIN contract_in_force f ON f.pair_id = p.id " \
	"WHERE p.cohort_id = $1 AND p.state = 'active' AND c.version > 1 AND c.version > f.version AND " SOME_SIDE " " \
	"AND NOT EXISTS (SELECT 1 FROM contract n WHERE n.pair_id = p.id AND n.version > c.version)"

/* By enum mentor_outcome: what clears it that somebody is due to hear. Whoever has waited long without a decision is told that. */
static const char *const telling[] = { "mentor enrol list --due", "mentor enrol told accepted", "mentor enrol told late", "mentor enrol told waiting",
	"mentor enrol told declined", "mentor enrol told reserve" };

static const struct lack lacks[] = {
	{ "recruit", PLANNED | OPEN | CLOSED, "1 lesson of the cohort before waits to be taken up", "lessons of the cohort before wait to be taken up", "mentor lesson done #", 'l',
	    .sql = "SELECT count(*), min(l.id) FROM lesson l JOIN cohort c ON c.origin_id = l.cohort_id WHERE c.id = $1 AND l.state = 'open'" },
	{ "checklist", PLANNED | OPEN | CLOSED | RUNNING | FINISHED, "1 point of the stage is not settled", "points of the stage are not settled",
	    "mentor cohort settle # --evidence TEXT", .find = checklist_open },
	{ "recruit", PLANNED, "applications are not open yet", NULL, "mentor cohort open", .sql = "SELECT 1, 0 FROM cohort WHERE id = $1" },
	{ "recruit", OPEN, "applications should have closed", NULL, "mentor cohort close", .by_day = true,
	    .sql = "SELECT count(*), 0 FROM cohort WHERE id = $1 AND closes_on < $2" },
	{ "recruit", OPEN, "nobody has applied yet", NULL, "mentor enrol import FILE",
	    .sql = "SELECT 1, 0 FROM cohort c WHERE c.id = $1 AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort_id = c.id)" },
	{ "recruit", OPEN | CLOSED, "1 application waits for a decision", "applications wait for a decision", "mentor enrol accept #", 'p',
	    .sql = "SELECT count(*), min(person_id) FROM enrolment WHERE cohort_id = $1 AND state = 'applied'" },
	{ "recruit", OPEN | CLOSED, "1 person has not stated all that the programme asks", "people have not stated all that the programme asks",
	    "mentor enrol confirm # --all", 'p', .find = statement_missing },
	{ "recruit", OPEN | CLOSED, "1 line manager has not been asked for support", "line managers have not been asked for support",
	    "mentor enrol approve # --asked", 'p', .find = approval_not_asked },
	{ "recruit", OPEN | CLOSED, "1 line manager has not answered", "line managers have not answered", "mentor enrol approve # --given", 'p',
	    .find = approval_not_answered },
	{ "recruit", OPEN | CLOSED, "1 line manager refuses the support that is required", "line managers refuse the support that is required",
	    "mentor enrol decline #", 'p', .find = approval_refused },
	{ "recruit", OPEN | CLOSED | RUNNING, "1 {mentor} waits, and there is a place", "{mentors} wait, and there is a place", "mentor enrol accept #", 'p',
	    .sql = PLACE_FREE, .two = true },
	{ "recruit", OPEN | CLOSED | RUNNING, "1 {mentee} waits, and there is a place", "{mentees} wait, and there is a place", "mentor enrol accept #", 'p' },
	{ "recruit", PLANNED | OPEN | CLOSED | RUNNING, "1 person is due to hear from you, or to be recorded as told", "people are due to hear from you, or to be recorded as told",
	    .commands = telling, .by_day = true, .find = enrolment_due_first },
	{ "match", OPEN | CLOSED, "1 accepted person has no partner", "accepted people have no partner", "mentor match propose",
	    .sql = "SELECT count(*), 0 " NO_PARTNER " AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.cohort_id = e.cohort_id)" },
	{ "match", OPEN | CLOSED | RUNNING, "1 accepted person is left without a partner", "accepted people are left without a partner",
	    "mentor match explain #", 'p',
	    .sql = "SELECT count(*), min(e.person_id) " NO_PARTNER " AND EXISTS (SELECT 1 FROM pair p WHERE p.cohort_id = e.cohort_id)" },
	{ "match", CLOSED | RUNNING, "1 person would like another partner, and a reserve suits", "people would like another partner, and a reserve suits",
	    "mentor match replace #", 'p', .find_two = replace_sought, .two = true },
	{ "match", CLOSED | RUNNING, "1 person would like another partner", "people would like another partner", "mentor match replace #", 'p' },
	{ "match", OPEN | CLOSED | RUNNING, "1 proposed pair waits for the answer of the {mentor}", "proposed pairs wait for the answer of the {mentor}",
	    "mentor match accept #", 'm', .find = publish_mentors_silent },
	{ "match", OPEN | CLOSED | RUNNING, "1 proposed pair waits for the answer of the {mentee}", "proposed pairs wait for the answer of the {mentee}",
	    "mentor match accept # --mentee", 'm', .find = publish_mentees_silent },
	{ "match", OPEN | CLOSED | RUNNING, "1 proposed pair is not published", "proposed pairs are not published", "mentor match publish",
	    .sql = "SELECT count(*), 0 FROM pair WHERE cohort_id = $1 AND state = 'proposed'" },
	{ "match", OPEN, "pairs are published, and applications have not closed", NULL, "mentor cohort close",
	    .sql = "SELECT 1, 0 FROM cohort c WHERE c.id = $1 AND c.closes_on IS NULL "
		   "AND EXISTS (SELECT 1 FROM pair p WHERE p.cohort_id = c.id AND p.published_on IS NOT NULL) "
		   "AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.cohort_id = c.id AND p.state = 'proposed') "
		   "AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.cohort_id = c.id AND e.state = 'applied')" },
	{ "match", OPEN | CLOSED | RUNNING, "1 time somebody has missed an event that the role needs", "times people have missed an event that their roles need",
	    "mentor report show attendance", .count = attendance_untrained },
	{ "match", CLOSED, "the cohort should have started", NULL, "mentor cohort start", .by_day = true,
	    .sql = "SELECT count(*), 0 FROM cohort WHERE id = $1 AND starts_on < $2" },
	{ "contract", CLOSED | RUNNING, "1 pair has no contract", "pairs have no contract", "mentor contract draft #", 'm', PACE(contract) },
	{ "contract", CLOSED | RUNNING, "1 contract is not signed by the {mentor}", "contracts are not signed by the {mentor}",
	    "mentor contract sign # --mentor", 'm', PACE(signature[0]) },
	{ "contract", CLOSED | RUNNING, "1 contract is not signed by the {mentee}", "contracts are not signed by the {mentee}",
	    "mentor contract sign # --mentee", 'm', PACE(signature[1]) },
	{ "contract", CLOSED | RUNNING, "1 amendment is not signed by the {mentor}", "amendments are not signed by the {mentor}",
	    "mentor contract sign # --mentor", 'm', .sql = AMENDMENT_UNSIGNED, .two = true },
	{ "contract", CLOSED | RUNNING, "1 amendment is not signed by the {mentee}", "amendments are not signed by the {mentee}",
	    "mentor contract sign # --mentee", 'm' },
	{ "meet", RUNNING, "1 pair has logged no session", "pairs have logged no session", "mentor log add # --minutes 60", 'm', PACE(session) },
	{ "meet", RUNNING, "1 planned session has passed and is not logged", "planned sessions have passed and are not logged", "mentor log set # --minutes 60", 's',
	    .by_day = true,
	    .sql = "SELECT count(*), min(s.id) FROM session s JOIN pair p ON p.id = s.pair_id WHERE p.cohort_id = $1 AND p.state = 'active' "
		   "AND s.minutes IS NULL AND s.cancelled_by IS NULL AND s.date < $2" },
	{ "meet", RUNNING, "1 session is not acknowledged by the {mentor}", "sessions are not acknowledged by the {mentor}", "mentor log sign # --mentor", 's',
	    .find = session_unsigned_by_mentor },
	{ "meet", RUNNING, "1 session is not acknowledged by the {mentee}", "sessions are not acknowledged by the {mentee}", "mentor log sign # --mentee", 's',
	    .find = session_unsigned_by_mentee },
	{ "meet", RUNNING, "1 pair is behind", "pairs are behind", "mentor report show progress", PACE(behind) },
	{ "meet", CLOSED | RUNNING, "1 check-in is due", "check-ins are due", "mentor checkin add #", 'p', .find_two = checkin_due, .two = true },
	{ "meet", CLOSED | RUNNING, "1 check-in has been missing for long", "check-ins have been missing for long", "mentor checkin add #", 'p' },
	{ "meet", CLOSED | RUNNING, "1 person who takes part needs support", "people who take part need support", "mentor checkin add # --kind individual", 'p',
	    .sql = "SELECT count(*), min(person) FROM checkin k WHERE cohort_id = $1 AND feeling = 'needs-support' AND NOT EXISTS "
		   "(SELECT 1 FROM checkin l WHERE l.cohort_id = k.cohort_id AND l.person = k.person AND (l.date > k.date OR (l.date = k.date AND l.id > k.id)))" },
	{ "meet", RUNNING, "1 person takes too little part in the other's meetings", "people take too little part in the other's meetings",
	    "mentor report show commitment", PACE(part) },
	{ "meet", CLOSED | RUNNING, "1 pair has no goals yet, and others have", "pairs have no goals yet, and others have", "mentor goal add # --for mentor --text TEXT", 'm',
	    .sql = "SELECT count(*), min(p.id) FROM pair p WHERE p.cohort_id = $1 AND p.state = 'active' AND NOT EXISTS (SELECT 1 FROM goal g WHERE g.pair = p.id) "
		   "AND EXISTS (SELECT 1 FROM goal g JOIN pair o ON o.id = g.pair WHERE o.cohort_id = $1)" },
	{ "meet", RUNNING | FINISHED, "1 barrier has not been raised", "barriers have not been raised", "mentor barrier raise #", 'b',
	    .sql = "SELECT count(*), min(b.id) FROM barrier b JOIN cohort c ON c.programme_id = b.programme_id WHERE c.id = $1 AND b.state = 'identified'" },
	{ "meet", RUNNING | FINISHED, "1 barrier is raised, and nobody does anything about it", "barriers are raised, and nobody does anything about them",
	    "mentor action add --barrier # --text TEXT", 'b',
	    .sql = "SELECT count(*), min(b.id) FROM barrier b JOIN cohort c ON c.programme_id = b.programme_id WHERE c.id = $1 AND b.state = 'raised' "
		   "AND NOT EXISTS (SELECT 1 FROM action a WHERE a.barrier = b.id AND a.state <> 'dropped')" },
	{ "meet", CLOSED | RUNNING | FINISHED, "1 action is overdue", "actions are overdue", "mentor action done #", 'a', .by_day = true,
	    .sql = "SELECT count(*), min(id) FROM action WHERE cohort_id = $1 AND state = 'open' AND due < $2" },
	{ "meet", OPEN | CLOSED | RUNNING, "to 1 event ahead somebody is not invited, or does not know of a change", "events ahead have people who are not invited, or do not know of a change",
	    "mentor event invite #", 'e', .find = attendance_untold },
	{ "remind", OPEN | CLOSED | RUNNING | FINISHED, "of 1 message nobody knows whether it went out", "messages, of which nobody knows whether they went out",
	    "mentor remind resend #", 'n', .sql = "SELECT count(*), min(id) FROM message WHERE cohort_id = $1 AND state = 'unsure'" },
	{ "remind", OPEN | CLOSED | RUNNING | FINISHED, "1 message could not be sent", "messages could not be sent", "mentor remind resend #", 'n',
	    .sql = "SELECT count(*), min(id) FROM message WHERE cohort_id = $1 AND state = 'failed' AND reason <> 'settled by hand'" },
	{ "meet", OPEN | CLOSED | RUNNING, "of 1 event it is not recorded who was there", "events have no record of who was there", "mentor event import # FILE", 'e',
	    .find = attendance_missing },
	{ "privacy", EVER, "1 complaint was not acknowledged in time", "complaints were not acknowledged in time", "mentor privacy handle # --as acknowledged", 'q',
	    .by_day = true, .find = request_acknowledge_late },
	{ "privacy", EVER, "1 complaint is to be acknowledged", "complaints are to be acknowledged", "mentor privacy handle # --as acknowledged", 'q',
	    .find = request_to_acknowledge },
	{ "privacy", EVER, "1 person who asks about data was not answered in time", "people who ask about data were not answered in time",
	    "mentor privacy handle # --as answered", 'q', .by_day = true, .find = request_answer_late },
	{ "privacy", EVER, "1 person who asks or complains about data is to be answered", "people who ask or complain about data are to be answered",
	    "mentor privacy handle # --as answered", 'q', .find = request_to_answer },
	{ "evaluate", RUNNING, "the cohort should have finished", NULL, "mentor cohort finish", .by_day = true,
	    .sql = "SELECT count(*), 0 FROM cohort WHERE id = $1 AND ends_on < $2" },
	{ "evaluate", FINISHED, "no survey answers have been imported", NULL, "mentor survey list",
	    .sql = "SELECT 1, 0 FROM cohort c WHERE c.id = $1 AND NOT EXISTS (SELECT 1 FROM response r WHERE r.cohort_id = c.id)" },
	{ "evaluate", FINISHED, "1 {mentor} has had no debrief", "{mentors} have had no debrief", "mentor checkin add # --kind debrief", 'p',
	    .find = checkin_undebriefed },
	{ "evaluate", FINISHED, "1 goal is neither reached nor dropped", "goals are neither reached nor dropped", "mentor goal done #", 'g',
	    .sql = "SELECT count(*), min(g.id) FROM goal g JOIN pair p ON p.id = g.pair WHERE p.cohort_id = $1 AND g.state = 'open'" },
	{ "evaluate", FINISHED, "no lessons are recorded", NULL, "mentor lesson add --text TEXT",
	    .sql = "SELECT 1, 0 FROM cohort c WHERE c.id = $1 AND NOT EXISTS (SELECT 1 FROM lesson l WHERE l.cohort_id = c.id)" },
};

static enum mentor_status count_pairs(struct mentor *m, const struct lack *lack, struct counting *c, struct found *ret)
{
	enum mentor_status status = c->paced ? MENTOR_OK : pace_lacks(m, c->cohort, &c->pairs);
	const struct pace_lack *found = (const void *)((const char *)&c->pairs + lack->pace - 1);
	c->paced = true;
	if (!status)
		*ret = (struct found){ { found->n }, { found->first } };
	return status;
}

static enum mentor_status count(struct mentor *m, const struct lack *lack, struct counting *c, struct found *ret)
{
	struct db_rows *rows = NULL;
	bool more = false;
	int64_t cohort = c->cohort;
	if (lack->pace)
		return count_pairs(m, lack, c, ret);
	if (lack->count)
		return lack->count(m, cohort, &ret->n[0]);
	if (lack->find)
		return lack->find(m, cohort, &ret->n[0], &ret->first[0]);
	if (lack->find_two)
		return lack->find_two(m, cohort, ret->n, ret->first);
	const struct db_value args[] = { DB_NUMBER(cohort), DB_TEXT(m->today) };
	enum mentor_status status = db_query(m, lack->sql, args, lack->by_day ? 2 : 1, &rows);
	if (!status)
		status = db_next(rows, &more);
	for (int i = 0; !status && more && i <= lack->two; i++) {
		ret->n[i] = db_number(rows, 2 * i);
		ret->first[i] = db_ref(rows, 2 * i + 1);
	}
	db_done(rows);
	return status;
}

/* Where there are several cohorts the command says which, so that it works as it is typed. */
static enum mentor_status name_cohort(struct mentor *m, int64_t cohort, struct mentor_buf *b)
{
	int64_t current = 0;
	void *record = NULL;
	enum mentor_status status = db_value(m, "SELECT count(*) FROM cohort WHERE id = $1 OR (finished_on IS NULL AND (opened_on IS NOT NULL OR origin_id IS NULL))", DB_ARGS(DB_NUMBER(cohort)), 0,
	    &current);
	if (!status && current > 1)
		status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status && record)
		mentor_buf_fmt(b, " -c %s", ((const struct mentor_cohort *)record)->slug);
	mentor_record_free(record);
	return status;
}

static void write_command(struct mentor_buf *b, const struct lack *lack, int64_t first, const char *cohort)
{
	const char *command = lack->commands ? lack->commands[first] : lack->command, *mark = strchr(command, '#');
	if (!mark) {
		mentor_buf_fmt(b, "%s%s", command, cohort);
		return;
	}
	mentor_buf_add(b, command, (size_t)(mark - command));
	if (lack->letter)
		mentor_buf_add(b, &lack->letter, 1);
	mentor_buf_fmt(b, "%" PRId64 "%s%s", first, mark + 1, cohort);
}

typedef enum mentor_status todo_fn(void *arg, const struct mentor_todo *todo);

/* What all lines of a cohort are written with. */
struct wording {
	struct mentor_labels labels;
	struct mentor_buf option; /* behind each command, where it has to say which cohort */
};

static enum mentor_status emit(struct mentor *m, const struct lack *lack, int64_t n, int64_t first,
    const struct wording *w, todo_fn *each, void *arg)
{
	struct mentor_buf what = MENTOR_BUF_INIT, command = MENTOR_BUF_INIT;
	bool several = n > 1 && lack->many;
	if (several)
		mentor_buf_fmt(&what, "%" PRId64 " ", n);
	mentor_buf_labels(&what, several ? lack->many : lack->one, &w->labels);
	write_command(&command, lack, first, mentor_buf_text(&w->option));
	struct mentor_todo todo = { lack->stage, mentor_buf_text(&what), n, mentor_buf_text(&command), lack->by_day };
	enum mentor_status status = what.failed || command.failed ? fail_memory(m) : each(arg, &todo);
	mentor_buf_free(&what);
	mentor_buf_free(&command);
	return status;
}

enum mentor_status mentor_cohort_todos(struct mentor *m, int64_t cohort, todo_fn *each, void *arg)
{
	void *record = NULL;
	struct wording w = { { NULL }, MENTOR_BUF_INIT };
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (status)
		return status;
	size_t state = IN(((const struct mentor_cohort *)record)->state);
	mentor_record_free(record);
	status = mentor_labels(m, cohort, &w.labels);
	if (!status)
		status = name_cohort(m, cohort, &w.option);
	struct counting counting = { .cohort = cohort };
	struct found found = { { 0 }, { 0 } };
	for (size_t i = 0; !status && i < sizeof(lacks) / sizeof(*lacks); i++) {
		bool second = i > 0 && lacks[i - 1].two;
		if (!(lacks[i].states & state))
			continue;
		if (!second) {
			found = (struct found){ { 0 }, { 0 } };
			status = count(m, &lacks[i], &counting, &found);
		}
		if (!status && found.n[second] > 0)
			status = emit(m, &lacks[i], found.n[second], found.first[second], &w, each, arg);
	}
	mentor_buf_free(&w.option);
	return status;
}
