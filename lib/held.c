/* held.c: one row for each table of the store: what of it is about a person, and what becomes of that. */
#include "held.h"

#include "request.h"

#include <string.h>

const char *const held_classes[] = { [HELD_ALWAYS] = "", [HELD_APPLICATIONS] = "applications", [HELD_PAIRS] = "pairs", [HELD_SESSIONS] = "sessions",
	[HELD_SURVEYS] = "surveys", [HELD_MESSAGES] = "messages" };

/* Enrolments and pairs of person $1; enrolments that are or were in a pair; enrolments and pairs of cohort $1. */
#define MINE "(SELECT id FROM enrolment WHERE person_id = $1)"
#define MY_PAIRS "(SELECT id FROM pair WHERE mentor_id IN " MINE " OR mentee_id IN " MINE ")"
#define PAIRED "(SELECT mentor_id FROM pair WHERE state <> 'proposed' UNION SELECT mentee_id FROM pair WHERE state <> 'proposed')"
#define OF_COHORT "cohort_id = $1"
#define PAIR_OF_COHORT "pair_id IN (SELECT id FROM pair WHERE cohort_id = $1)"
#define BY_ENROLMENT "enrolment_id IN " MINE
#define BY_PAIR "pair_id IN " MY_PAIRS
#define OF_MY_CONTRACT "contract_id IN (SELECT id FROM contract WHERE " BY_PAIR ")"
#define CONTRACT_OF_COHORT "contract_id IN (SELECT id FROM contract WHERE " PAIR_OF_COHORT ")"
#define MY_SIDE "((side = 'mentor' AND pair_id IN (SELECT id FROM pair WHERE mentor_id IN " MINE ")) OR " \
	"(side = 'mentee' AND pair_id IN (SELECT id FROM pair WHERE mentee_id IN " MINE ")))"
#define MY_GOAL "((side = 'mentor' AND pair IN (SELECT id FROM pair WHERE mentor_id IN " MINE ")) OR " \
	"(side = 'mentee' AND pair IN (SELECT id FROM pair WHERE mentee_id IN " MINE ")))"
#define EVENT_OF_COHORT "event_id IN (SELECT id FROM event WHERE cohort_id = $1)"
#define DELETE_FROM(table, condition) "DELETE FROM " table " WHERE " condition

/* clang-format off */
const struct held held_tables[] = {
	/* what a person said and was asked in an application */
	{ "answer", "Answers in applications", BY_ENROLMENT, "-enrolment_id question ~value",
	  DELETE_FROM("answer", BY_ENROLMENT), "removed", HELD_APPLICATIONS, NULL },
	{ "statement", "Statements", BY_ENROLMENT, "-id -enrolment_id kind name value stated_on -recorded_by",
	  DELETE_FROM("statement", BY_ENROLMENT), "removed", HELD_APPLICATIONS, NULL },
	{ "support", "The line manager's support", BY_ENROLMENT, "-id -enrolment_id asked_on answer answered_on @answered_by ~reason -recorded_by",
	  DELETE_FROM("support", BY_ENROLMENT), "removed", HELD_APPLICATIONS, NULL },
	{ "waiver", "Passed over when deciding", BY_ENROLMENT, "-id -enrolment_id kind name",
	  DELETE_FROM("waiver", BY_ENROLMENT), "removed", HELD_APPLICATIONS, NULL },
	{ "score", "Scores of applications", BY_ENROLMENT, "-id -enrolment_id criterion -assessor points scored_on",
	  DELETE_FROM("score", BY_ENROLMENT), "removed", HELD_APPLICATIONS, NULL },
	{ "preference", "Preferred partners", BY_ENROLMENT, "-id -enrolment_id @other_enrolment_id rank",
	  DELETE_FROM("preference", BY_ENROLMENT " OR other_enrolment_id IN " MINE), "removed", HELD_APPLICATIONS, NULL },
	/* what others said in confidence is theirs: only what the person said is told */
	{ "avoidance", "Not to be paired with", "person_id = $1 AND said_by = 'person'", "-id -person_id @other_person_id said_by ~reason recorded_on -recorded_by",
	  DELETE_FROM("avoidance", "person_id = $1 OR other_person_id = $1"), "removed", HELD_ALWAYS, NULL },
	{ "block", "Kept apart in proposals", NULL, "-id -enrolment_id @other_enrolment_id blocked_on -blocked_by",
	  DELETE_FROM("block", BY_ENROLMENT " OR other_enrolment_id IN " MINE), "removed", HELD_APPLICATIONS, NULL },
	{ "refusal", "Proposed pairs declined", "(mentor_id IN " MINE " AND side = 'mentor') OR (mentee_id IN " MINE " AND side = 'mentee')",
	  "-id -pair -mentor_id -mentee_id side ~reason declined_on -recorded_by",
	  DELETE_FROM("refusal", "mentor_id IN " MINE " OR mentee_id IN " MINE), "removed", HELD_APPLICATIONS, NULL },
	{ "proposal_pair", "Pairs in saved proposals", NULL, "-id -proposal_id -mentor_id -mentee_id arrangement score pinned ~override",
	  DELETE_FROM("proposal_pair", "mentor_id IN " MINE " OR mentee_id IN " MINE), "removed", HELD_APPLICATIONS, NULL },
	{ "proposal", NULL, NULL, "-id -cohort_id -name -method -objective -made_at -made_by", NULL, NULL, HELD_APPLICATIONS, OF_COHORT },
	/* what came of pairs */
	{ "goal", "Goals", MY_GOAL, "-id -pair -side ~text state ~outcome ~reason added_on closed_on",
	  DELETE_FROM("goal", MY_GOAL), "removed", HELD_SESSIONS, "pair IN (SELECT id FROM pair WHERE cohort_id = $1)" },
	{ "checkin", "Check-ins with the team", "person = $1", "-id -cohort_id -person kind check_in date feeling ~considered signposted ~note -recorded_by",
	  DELETE_FROM("checkin", "person = $1"), "removed", HELD_SESSIONS, OF_COHORT },
	{ "remark", "Remarks on the programme", "person = $1", "-id -cohort_id -person ~text scope named collected_on consent_on withdrawn_on",
	  DELETE_FROM("remark", "person = $1"), "removed", HELD_PAIRS, OF_COHORT },
	{ "lesson", NULL, NULL, "-id -cohort_id -kind -source -text -state -outcome -reason -added_on -closed_on", NULL, NULL, HELD_ALWAYS, NULL },
	/* reminders, of which neither text nor address is held; those to the other of a pair are the other's */
	{ "message", "Reminders", "enrolment_id IN " MINE " OR person_id = $1", "-id -key -cohort_id reminder template recipient -enrolment_id -person_id -pair_id "
	  "-about since turn due_on state -attempts -retry_at -decided_at handed_at sent_at -transport -owner -mail -reason",
	  DELETE_FROM("message", "enrolment_id IN " MINE " OR person_id = $1"), "removed", HELD_MESSAGES,
	  "cohort_id = $1 AND (enrolment_id IS NOT NULL OR person_id IS NOT NULL)" },
	{ "hold", "On hold: no reminders", "person_id = $1", "-id -person_id -pair_id held_on -held_by until_on",
	  DELETE_FROM("hold", "person_id = $1"), "removed", HELD_PAIRS, PAIR_OF_COHORT },
	{ "objection", "Objections", "person_id = $1", "-id -person_id purpose step day -recorded_by",
	  DELETE_FROM("objection", "person_id = $1"), "removed", HELD_ALWAYS, NULL },
	{ "request", "Requests and complaints about data", "person_id = $1", "-id -person_id kind received_on ~about acknowledged_on waiting_since waited extended_on "
	  "closed_on outcome -recorded_by", DELETE_FROM("request", "person_id = $1"), "removed", HELD_ALWAYS, NULL },
	{ "barrier_pair", "Agreed to be named with a barrier", BY_PAIR, "-barrier_id -pair_id mentor_agreed_on mentee_agreed_on",
	  DELETE_FROM("barrier_pair", BY_PAIR), "removed", HELD_SESSIONS, PAIR_OF_COHORT },
	{ "barrier_step", NULL, NULL, "-barrier_id -number -state -day -recorded_by", NULL, NULL, HELD_ALWAYS, NULL },
	{ "action", "Actions", "t.owner = $1 OR (t.owner IS NULL AND t.pair IN " MY_PAIRS ")", "-id -cohort_id -pair -owner -session -barrier ~text due state ~outcome ~reason added_on closed_on",
	  DELETE_FROM("action", "owner = $1"), "removed", HELD_SESSIONS, OF_COHORT },
	{ "barrier", NULL, NULL, "-id -programme_id -theme -level -text -state -identified_in -brought -outcome -reason -merged_into", NULL, NULL, HELD_ALWAYS, NULL },
	{ "session", "Sessions", BY_PAIR, "-id -pair_id date time minutes mode ~place next_date next_time ~next_place recorded_on activity ~topics ~notes "
	  "mentor_signed_on mentee_signed_on moves cancelled_by cancelled_on",
	  "UPDATE session SET place = NULL, next_date = NULL, next_time = NULL, next_place = NULL, topics = NULL, notes = NULL WHERE " BY_PAIR, "emptied",
	  HELD_SESSIONS, PAIR_OF_COHORT },
	{ "shadowing", "Meetings of the partner's taken part in", MY_SIDE, "-id -pair_id -side date ~meeting prepared part recorded_on",
	  DELETE_FROM("shadowing", MY_SIDE), "removed", HELD_SESSIONS, PAIR_OF_COHORT },
	{ "reflection", "Reflections made (what they say is not held)", MY_SIDE, "-id -pair_id -side date recorded_on",
	  DELETE_FROM("reflection", MY_SIDE), "removed", HELD_SESSIONS, PAIR_OF_COHORT },
	{ "attendance", "Events", "person_id = $1", "-id -event_id -person_id state minutes said_at -recorded_by",
	  DELETE_FROM("attendance", "person_id = $1"), "removed", HELD_SESSIONS, EVENT_OF_COHORT },
	{ "invitation", "Invitations sent", "person_id = $1", "-id -event_id -person_id -sequence off sent_on",
	  DELETE_FROM("invitation", "person_id = $1"), "removed", HELD_MESSAGES, EVENT_OF_COHORT },
	{ "facilitation", "Events run", "person_id = $1", "-id -event_id -person_id assigned_on -assigned_by ~reason",
	  DELETE_FROM("facilitation", "person_id = $1"), "removed", HELD_SESSIONS, EVENT_OF_COHORT },
	{ "event", NULL, NULL, "-id -cohort_id -name -slot -title -kind -audience -required -date -start -until -zone -mode -place -capacity -around -sign_up "
	  "-provider -text -uid -sequence -changed_at -by_hand -cancelled_on -reason", NULL, NULL, HELD_ALWAYS, NULL },
	{ "passage", NULL, NULL, "-id -pair_id -obstacle -reason -passed_on -passed_by", DELETE_FROM("passage", BY_PAIR), "removed", HELD_PAIRS, NULL },
	{ "contract_line", "What agreements say", OF_MY_CONTRACT, "-contract_id term side -position ~text",
	  DELETE_FROM("contract_line", OF_MY_CONTRACT), "removed", HELD_SESSIONS, CONTRACT_OF_COHORT },
	{ "unsigning", "Signatures taken back", OF_MY_CONTRACT, "-id -contract_id side signed_on unsigned_on -unsigned_by ~reason",
	  DELETE_FROM("unsigning", OF_MY_CONTRACT), "removed", HELD_SESSIONS, CONTRACT_OF_COHORT },
	{ "contract", "Agreements", BY_PAIR, "-id -pair_id version ~text -hash drafted_on sessions minutes frequency mode ~place starts_on ends_on mentor_signed_on mentee_signed_on",
	  DELETE_FROM("contract", BY_PAIR), "removed", HELD_SESSIONS, PAIR_OF_COHORT },
	{ "replacement", "Another partner wanted", BY_ENROLMENT, "-id -pair_id -enrolment_id asked_on -found_id",
	  DELETE_FROM("replacement", BY_ENROLMENT), "removed", HELD_PAIRS, NULL },
	{ "ending", NULL, NULL, "-id -pair_id -wish -reason -note -apart -recorded_by",
	  "UPDATE ending SET note = NULL WHERE " BY_PAIR, "emptied", HELD_PAIRS, NULL },
	{ "agreement", "Agreed to a proposed pair", BY_PAIR, "-id -pair_id side agreed_on -recorded_by",
	  "DELETE FROM agreement WHERE pair_id IN (SELECT id FROM pair WHERE state = 'proposed') AND " BY_PAIR, "removed", HELD_PAIRS, NULL },
	{ "response_value", "Answers to surveys", "response_id IN (SELECT id FROM response WHERE respondent_id IN " MINE ")",
	  "-id -response_id question -position number ~text", NULL, NULL, HELD_SURVEYS, NULL },
	{ "response", "Surveys answered", "respondent_id IN " MINE, "-id -cohort_id survey stage -respondent_id -response -batch_id",
	  DELETE_FROM("response", "respondent_id IN " MINE), "removed", HELD_SURVEYS, OF_COHORT },
	{ "response", NULL, NULL, "", NULL, NULL, HELD_APPLICATIONS, "respondent_id IN (SELECT id FROM enrolment WHERE cohort_id = $1 AND id NOT IN " PAIRED ")" },
	{ "ticket", "Tokens to answer surveys", BY_ENROLMENT, "-id -cohort_id survey stage -enrolment_id -token used",
	  DELETE_FROM("ticket", BY_ENROLMENT), "removed", HELD_SURVEYS, OF_COHORT },
	{ "response_seen", NULL, NULL, "-cohort_id -survey -stage -response -batch_id", NULL, NULL, HELD_SURVEYS, OF_COHORT },
	{ "batch", NULL, NULL, "-id -cohort_id -survey -stage -file -hash", NULL, NULL, HELD_SURVEYS, OF_COHORT },
	/* A pair that was published stays, as one of a former participant: the other's record would be wrong without it. */
	{ "pair", "Pairs", "t.id IN " MY_PAIRS " AND t.state <> 'proposed'",
	  "-id -cohort_id -mentor_id -mentee_id state arrangement -score proposed_on published_on ended_on -pinned ~override continued_on",
	  DELETE_FROM("pair", "state = 'proposed' AND (mentor_id IN " MINE " OR mentee_id IN " MINE ")"), "removed", HELD_PAIRS, OF_COHORT },
	{ "pair", NULL, NULL, "", "UPDATE pair SET override = NULL WHERE mentor_id IN " MINE " OR mentee_id IN " MINE, "kept", HELD_ALWAYS, NULL },
	{ "enrolment", "Enrolments", "t.person_id = $1", "-id -cohort_id -person_id role state places applied_on decided_on -decided_by ~reason response rank contact_on "
	  "origin -origin_cohort_id told told_on",
	  DELETE_FROM("enrolment", "person_id = $1 AND id NOT IN " PAIRED), "removed", HELD_APPLICATIONS, OF_COHORT " AND id NOT IN " PAIRED " AND person_id NOT IN " STILL_ASKING },
	{ "enrolment", NULL, NULL, "", "UPDATE enrolment SET decided_by = NULL, reason = NULL, response = NULL, contact_on = NULL, told = NULL, told_on = NULL "
	  "WHERE person_id = $1", "kept", HELD_PAIRS, OF_COHORT " AND person_id NOT IN " STILL_ASKING },
	/* whose line manager the person is: the address stands in their records */
	{ "person", NULL, NULL, "", "UPDATE person SET manager_email = NULL WHERE manager_email = (SELECT p.email FROM person p WHERE p.id = $1) "
	  "OR manager_email IN (SELECT a.email FROM address a WHERE a.person_id = $1)", "emptied", HELD_ALWAYS, NULL },
	{ "address", "Other addresses", "person_id = $1", "-id -person_id email", DELETE_FROM("address", "person_id = $1"), "removed", HELD_ALWAYS, NULL },
	{ "person", "Person", "t.id = $1", "-id email name organisation directorate ~job grade @manager_email language",
	  "DELETE FROM person WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = $1)", "removed", HELD_ALWAYS, NULL },
	{ "person", NULL, NULL, "", "UPDATE person SET email = 'p' || id || '@former.invalid', name = 'Former participant', organisation = NULL, directorate = NULL, "
	  "job = NULL, grade = NULL, manager_email = NULL, language = NULL WHERE id = $1", "kept", HELD_ALWAYS, NULL },
	/* nobody's */
	{ "store", NULL, NULL, "-id -revision -secret -handed", NULL, NULL, HELD_ALWAYS, NULL },
	{ "programme", NULL, NULL, "-id -slug -title", NULL, NULL, HELD_ALWAYS, NULL },
	{ "revision", NULL, NULL, "-id -programme_id -number -hash -source -imported_at", NULL, NULL, HELD_ALWAYS, NULL },
	{ "cohort", NULL, NULL, "-id -programme_id -revision_id -slug -title -opens_on -closes_on -starts_on -ends_on -mentors_max -mentees_max -opened_on "
	  "-closed_on -started_on -finished_on -origin_id", NULL, NULL, HELD_ALWAYS, NULL },
	{ "settled", NULL, NULL, "-id -cohort_id -stage -item -evidence -owner -settled_on -recorded_by", NULL, NULL, HELD_ALWAYS, NULL },
	{ "unsettled", NULL, NULL, "-id -cohort_id -step -reason -recorded_on -recorded_by", NULL, NULL, HELD_ALWAYS, NULL },
	{ "audit", NULL, NULL, "-id -at -actor -command -kind -revision -records -hash", NULL, NULL, HELD_ALWAYS, NULL },
	{ "audit_cut", NULL, NULL, "-id -last -entries -since -until -revision -last_hash -cut_at -cut_by -hash", NULL, NULL, HELD_ALWAYS, NULL },
	{ "publication", NULL, NULL, "-id -subject -cohorts -figures -until -published_on", NULL, NULL, HELD_ALWAYS, NULL },
	{ "erasure", NULL, NULL, "-id -person -salt -tag -erased_on", NULL, NULL, HELD_ALWAYS, NULL },
	{ 0 },
};
/* clang-format on */

/* ---- telling ---- */

/* The next word of the columns, with its mark; false behind the last. */
static bool next_column(const char **at, char *mark, struct mentor_buf *name)
{
	const char *p = *at + strspn(*at, " ");
	size_t len = strcspn(p, " ");
	if (len == 0)
		return false;
	*mark = ' ';
	if (strchr("-~@", *p))
		*mark = *p;
	mentor_buf_clear(name);
	mentor_buf_add(name, p + (*mark != ' '), len - (*mark != ' '));
	*at = p + len;
	return true;
}

/* The columns of `h` that are told, in a statement; their names and marks go to `names`, a line each. */
static void write_query(const struct held *h, struct mentor_buf *sql, struct mentor_buf *names)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	const char *at = h->columns;
	char mark = ' ';
	while (next_column(&at, &mark, &name)) {
		if (mark == '-')
			continue;
		mentor_buf_fmt(sql, "%s t.%s", names->len ? "," : "SELECT", mentor_buf_text(&name));
		mentor_buf_fmt(names, "%c%s\n", mark, mentor_buf_text(&name));
	}
	mentor_buf_fmt(sql, " FROM %s t WHERE (%s)", h->table, h->shown);
	sql->failed = sql->failed || name.failed || names->failed;
	mentor_buf_free(&name);
}

/* The values of one row. */
static enum mentor_status tell_row(const struct held *h, const char *names, const struct db_rows *rows, int64_t record,
    const char *(*hide)(void *arg, const char *text), held_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	struct mentor_buf name = MENTOR_BUF_INIT;
	for (int i = 0; !status && *names; i++) {
		const char mark = *names++, *value = db_text(rows, i);
		const size_t len = strcspn(names, "\n");
		mentor_buf_clear(&name);
		mentor_buf_add(&name, names, len);
		names += len + 1;
		const char *told = !value ? NULL : mark == '@' ? "somebody else" : mark == '~' && hide ? hide(arg, value) : value;
		if (told)
			status = each(arg, &(const struct held_value){ h->title, record, mentor_buf_text(&name), told });
	}
	mentor_buf_free(&name);
	return status;
}

static enum mentor_status tell_table(struct mentor *m, const struct held *h, int64_t person, const char *(*hide)(void *arg, const char *text),
    held_fn *each, void *arg)
{
	struct mentor_buf sql = MENTOR_BUF_INIT, names = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = true;
	write_query(h, &sql, &names);
	enum mentor_status status = sql.failed ? fail_memory(m) : db_query(m, mentor_buf_text(&sql), DB_ARGS(DB_NUMBER(person)), &rows);
	for (int64_t record = 1; !status && !(status = db_next(rows, &more)) && more; record++)
		status = tell_row(h, mentor_buf_text(&names), rows, record, hide, each, arg);
	db_done(rows);
	mentor_buf_free(&sql);
	mentor_buf_free(&names);
	return status;
}

enum mentor_status held_walk(struct mentor *m, const struct held *list, int64_t person, const char *(*hide)(void *arg, const char *text),
    held_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (const struct held *h = list; !status && h->table; h++)
		if (h->shown)
			status = tell_table(m, h, person, hide, each, arg);
	return status;
}

/* ---- erasing, and not keeping longer than was said ---- */

enum mentor_status held_erase(struct mentor *m, const struct held *list, int64_t person, held_erased_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (const struct held *h = list; !status && h->table; h++) {
		const int64_t before = db_changes(m);
		if (h->erase)
			status = db_run(m, h->erase, DB_ARGS(DB_NUMBER(person)));
		const int64_t rows = db_changes(m) - before;
		if (!status && rows > 0)
			status = each(arg, h->table, h->change, rows);
	}
	return status;
}

static enum mentor_status run_due(struct mentor *m, const struct held *h, const char *what, int64_t cohort, int64_t *ret)
{
	struct mentor_buf sql = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sql, "%s FROM %s WHERE %s", what, h->table, h->due);
	enum mentor_status status = sql.failed ? fail_memory(m) : db_value(m, mentor_buf_text(&sql), DB_ARGS(DB_NUMBER(cohort)), 0, ret);
	mentor_buf_free(&sql);
	return status;
}

enum mentor_status held_count(struct mentor *m, const struct held *list, enum held_class kept, int64_t cohort, int64_t *ret)
{
	int64_t all = 0;
	enum mentor_status status = MENTOR_OK;
	for (const struct held *h = list; !status && h->table; h++) {
		int64_t n = 0;
		if (h->kept == kept && h->due)
			status = run_due(m, h, "SELECT count(*)", cohort, &n);
		all += n;
	}
	if (!status)
		*ret = all;
	return status;
}

enum mentor_status held_remove(struct mentor *m, const struct held *list, enum held_class kept, int64_t cohort)
{
	int64_t ignored = 0;
	enum mentor_status status = MENTOR_OK;
	for (const struct held *h = list; !status && h->table; h++)
		if (h->kept == kept && h->due)
			status = run_due(m, h, "DELETE", cohort, &ignored);
	return status;
}
