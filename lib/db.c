/* db.c: statements, transactions and their errors, whatever the backend. */
#include "equality_db.h"

#include "audit.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_SLOTS = 64 }; /* a power of two; a full slot is replaced */

struct cached {
	char *sql;
	struct db_statement *statement;
	bool in_use;
	bool inside; /* prepared while the tables of equality monitoring were open */
};

struct db {
	const struct db_driver *driver;
	struct db_connection *connection;
	char *name; /* for messages */
	bool write;
	bool inside; /* the tables of equality monitoring are open */
	struct audit_changes changes; /* of the running transaction */
	struct cached cache[CACHE_SLOTS];
};

struct db_rows {
	struct mentor *m;
	struct cached *slot; /* NULL: the statement is ours alone */
	struct db_statement *statement;
	const char *sql;	    /* borrowed */
	int64_t changes;	    /* of the driver, and what the trail of changes was told, before the first step */
	size_t told;
	struct db_rows *self; /* lets db_text() note a loss although to its callers reading changes nothing */
	bool lost;	      /* there was no memory for a text */
	bool inside;	      /* begun while the tables of equality monitoring were open: not to be read on when they are not */
};

const char *db_name_of(const struct mentor *m)
{
	return m->db->name;
}

const struct db_driver *db_driver_of(const struct mentor *m)
{
	return m->db->driver;
}

struct db_connection *db_connection_of(const struct mentor *m)
{
	return m->db->connection;
}

/* ---- errors ---- */

struct code_row {
	enum mentor_status status;
	const char *what, *hint;
};

static const struct code_row code_rows[] = {
	[DB_BUSY] = { MENTOR_BUSY, "is in use by another process", "try again, or wait longer with --lock-wait SECS" },
	[DB_CONSTRAINT] = { MENTOR_REFUSED, "does not accept this value", NULL },
	[DB_FULL] = { MENTOR_FAILED, "cannot grow: the disk is full", "free some space and run the command again" },
	[DB_IO] = { MENTOR_FAILED, "cannot be read or written", "check the disk and the permissions of the folder" },
	[DB_READ_ONLY] = { MENTOR_FAILED, "is read-only", "check the permissions of the file and its folder" },
	[DB_RECOVER] = { MENTOR_FAILED, "holds a change that was interrupted and has to be rolled back",
	    "run any writing command, or mentor db check, as the owner of the file" },
	[DB_CANNOT_OPEN] = { MENTOR_FAILED, "cannot be opened", "check that the folder exists and is yours" },
	[DB_LINK] = { MENTOR_REFUSED, "is a symbolic link", "name the file itself" },
	[DB_NOT_STORE] = { MENTOR_INVALID, "is not a mentor store", "name the store with --db FILE, or make one with: mentor db init" },
	[DB_CORRUPT] = { MENTOR_FAILED, "is damaged", "run: mentor db check; then restore a backup" },
	[DB_WALLED] = { MENTOR_BUG, "keeps the answers of equality monitoring from everything that does not count them", "please report this" },
	[DB_NO_MEMORY] = { MENTOR_NO_MEMORY, "needs more memory than there is", NULL },
	[DB_ERROR] = { MENTOR_BUG, "did not understand a statement", "please report this" },
};

struct constraint {
	const char *name, *message, *hint;
	enum mentor_status status; /* MENTOR_OK: MENTOR_REFUSED */
};

/* Constraints by what SQLite says in its message (a CHECK's name, the columns of a UNIQUE, the name of an index over an
 * expression), in plain words. The first row found counts, and a NOT NULL names its column too, so that comes first. */
static const struct constraint constraints[] = {
	{ "NOT NULL", "something that has to be there is missing", NULL, MENTOR_INVALID },
	{ "FOREIGN KEY", "something this refers to does not exist, or is still in use", NULL },
	{ "the trail of changes is only added to", "the trail of changes is only added to", NULL },
	{ "objection_purpose", "people object to matching, reminders, monitoring or surveys", NULL, MENTOR_INVALID },
	{ "request_kind", "a request is for access, correction or erasure, or a complaint", NULL, MENTOR_INVALID },
	{ "request_outcome", "a request is answered, refused or withdrawn", NULL, MENTOR_INVALID },
	{ "request_closed", "a request that is closed has a day and an outcome", NULL, MENTOR_BUG },
	{ "request_waiting", "a request that is closed waits for nothing", NULL, MENTOR_BUG },
	{ "request_waited", "nobody waits less than no day", NULL, MENTOR_BUG },
	{ "audit_cut_entries", "what is cut off the trail is one entry at least", NULL, MENTOR_BUG },
	{ "objection_step", "an objection is made, lifted or answered", NULL, MENTOR_INVALID },
	{ "what was published is only added to", "what was published is only added to", NULL },
	{ "audit_kind", "an entry of the trail is a change or a reading", NULL, MENTOR_BUG },
	{ "erasure.salt", "this erasure is recorded already", NULL, MENTOR_BUG },
	{ "store_single", "a store counts its changes in one place", NULL, MENTOR_BUG },
	{ "programme.slug", "another programme has this name already", NULL },
	{ "revision.programme_id, revision.number", "the programme has a revision with this number already", NULL },
	{ "a revision is never changed", "a revision of a programme is never changed", "import the changed file: mentor programme import FILE" },
	{ "cohort.slug", "another cohort has this name already", "see: mentor cohort list" },
	{ "cohort_dates", "the cohort would end before it starts", NULL, MENTOR_INVALID },
	{ "cohort_window", "applications would close before they open", NULL, MENTOR_INVALID },
	{ "person.email", "another person has this address already", "see: mentor person list" },
	{ "enrolment.person_id, enrolment.cohort_id", "this person is in the cohort already", "see: mentor enrol list" },
	{ "enrolment_response", "another application has this response number already", "see: mentor enrol list" },
	{ "enrolment_rank", "places on a waiting list are counted from 1", NULL, MENTOR_INVALID },
	{ "enrolment_origin", "an enrolment comes from another cohort as late, waiting or reserve", NULL, MENTOR_INVALID },
	{ "enrolment_told", "what a person is told of is an outcome", NULL, MENTOR_INVALID },
	{ "enrolment_role", "a role is mentor, mentee, either or facilitator", NULL, MENTOR_INVALID },
	{ "enrolment_state", "an application is applied, accepted, waiting, declined or withdrawn", NULL, MENTOR_INVALID },
	{ "enrolment_places", "a person takes 0 to 20 partners", NULL, MENTOR_INVALID },
	{ "answer.enrolment_id, answer.question", "this answer is recorded already", NULL },
	{ "statement.enrolment_id, statement.kind, statement.name", "this statement is recorded already", NULL },
	{ "statement_kind", "a statement is one of eligibility, of confirmation, or of having read the information", NULL, MENTOR_INVALID },
	{ "statement_value", "a statement is yes or no", NULL, MENTOR_INVALID },
	{ "support.enrolment_id", "the line manager's support is recorded already", NULL },
	{ "support_answer", "support is given or refused", NULL, MENTOR_INVALID },
	{ "support_known", "support is asked for, given or refused", NULL, MENTOR_INVALID },
	{ "support_dated", "an answer has its day", NULL, MENTOR_INVALID },
	{ "waiver.enrolment_id, waiver.kind, waiver.name", "this is passed over already", NULL },
	{ "waiver_kind", "what is passed over is a statement or the line manager's refusal", NULL, MENTOR_INVALID },
	{ "score.enrolment_id, score.criterion, score.assessor", "this assessor has scored the criterion already", NULL },
	{ "score_points", "a score is 0 to 100 points", NULL, MENTOR_INVALID },
	{ "address.email", "another person has this address already", "see: mentor person list" },
	{ "equality_basis.cohort_id, equality_basis.purpose", "the cohort has this purpose of monitoring already", NULL },
	{ "equality_basis.id, equality_basis.cohort_id", "a purpose of monitoring is one cohort's", NULL, MENTOR_BUG },
	{ "equality_subject.cohort_id, equality_subject.person_id", "this person has answered already", NULL },
	{ "equality_answer.subject_id, equality_answer.question, equality_answer.position", "this answer is recorded already", NULL },
	{ "preference.enrolment_id, preference.other_enrolment_id", "a person is named once in a list of preferences", NULL, MENTOR_INVALID },
	{ "preference.enrolment_id, preference.rank", "a place in a list of preferences is for one person", NULL, MENTOR_INVALID },
	{ "preference_rank", "a list of preferences has at most 99 people", NULL, MENTOR_INVALID },
	{ "preference_other", "nobody is paired with herself or himself", NULL, MENTOR_INVALID },
	{ "avoidance.person_id, avoidance.other_person_id", "it is recorded already that the two are kept apart", NULL },
	{ "avoidance_said_by", "that two are kept apart was said by one of them or by the team", NULL, MENTOR_INVALID },
	{ "avoidance_other", "nobody can be kept apart from themselves", "name two people", MENTOR_INVALID },
	{ "block.enrolment_id, block.other_enrolment_id", "the two are kept apart in this cohort already", NULL },
	{ "block_other", "nobody can be kept apart from themselves", "name two people", MENTOR_INVALID },
	{ "proposal.cohort_id, proposal.name", "another proposal has this name already", "see: mentor match proposals" },
	{ "proposal_method", "pairs are proposed by the method best or stable", NULL, MENTOR_INVALID },
	{ "proposal_objective", "an objective is total, worst-off or mentors-choices", NULL, MENTOR_INVALID },
	{ "proposal_pair.proposal_id, proposal_pair.mentor_id, proposal_pair.mentee_id", "the two are in this proposal already", NULL },
	{ "proposal_pair_arrangement", "an arrangement is reverse or reciprocal", NULL, MENTOR_INVALID },
	{ "proposal_pair_pinned", "a pair is pinned or not", NULL, MENTOR_INVALID },
	{ "proposal_pair_distinct", "a person cannot be paired with herself or himself", NULL },
	{ "agreement.pair_id, agreement.side", "this side has agreed already", NULL },
	{ "agreement_side", "a pair has two sides, mentor and mentee", NULL, MENTOR_INVALID },
	{ "refusal.pair", "the pair is declined already", NULL },
	{ "refusal_side", "a pair has two sides, mentor and mentee", NULL, MENTOR_INVALID },
	{ "refusal_distinct", "a person cannot be paired with herself or himself", NULL },
	{ "ending.pair_id", "it is recorded already how the pair ended", NULL },
	{ "ending_wish", "a pair ends at the wish of the mentor, of the mentee, of both or of the team", NULL, MENTOR_INVALID },
	{ "ending_reason", "a reason is time, moved, other-priorities, not-the-right-match or other", NULL, MENTOR_INVALID },
	{ "ending_apart", "two people are kept apart or not", NULL, MENTOR_INVALID },
	{ "replacement.pair_id, replacement.enrolment_id", "another partner is asked for already", NULL },
	{ "equality_objection.person_id", "this person has objected already", NULL },
	{ "message.key", "this reminder is decided on already", NULL },
	{ "message_recipient", "a reminder goes to a person, a partner, a manager, a facilitator or the team", NULL, MENTOR_INVALID },
	{ "message_turn", "reminders of a series are counted from 1", NULL, MENTOR_INVALID },
	{ "message_state", "a message waits, is being handed over, was sent, failed or is unsure", NULL, MENTOR_INVALID },
	{ "message_handed", "a message that does not wait was tried at some time", NULL, MENTOR_BUG },
	{ "message_sent", "a message that was sent has its time", NULL, MENTOR_BUG },
	{ "hold.person_id", "the person is on hold already", NULL },
	{ "hold.pair_id", "the pair is on hold already", NULL },
	{ "person_language", "people are written to in English (en) or Welsh (cy)", NULL, MENTOR_INVALID },
	{ "hold_one", "a person or a pair is on hold", NULL, MENTOR_BUG },
	{ "hold_dates", "a hold ends before it begins", NULL, MENTOR_INVALID },
	{ "pair.mentor_id, pair.mentee_id", "these two are a pair already", "see: mentor match list" },
	{ "pair_state", "a pair is proposed, active, completed or ended", NULL, MENTOR_INVALID },
	{ "pair_arrangement", "an arrangement is reverse or reciprocal", NULL, MENTOR_INVALID },
	{ "pair_pinned", "a pair is pinned or not", NULL, MENTOR_INVALID },
	{ "pair_distinct", "a person cannot be paired with herself or himself", NULL },
	{ "contract.pair_id, contract.version", "the pair has this version of its contract already", "see: mentor contract list" },
	{ "contract_version", "versions are numbered from 1", NULL, MENTOR_INVALID },
	{ "contract_mode", "a contract is for meetings that are virtual, in-person or either", NULL, MENTOR_INVALID },
	{ "contract_dates", "the contract would end before it starts", NULL, MENTOR_INVALID },
	{ "contract_line.contract_id, contract_line.term, contract_line.side, contract_line.position", "this line is in the contract already", NULL },
	{ "contract_line_side", "a term is for the mentor, the mentee or both to answer", NULL, MENTOR_INVALID },
	{ "unsigning_side", "a contract has two sides, mentor and mentee", NULL, MENTOR_INVALID },
	{ "session_once", "the pair has a session at this time already", "see: mentor log list" },
	{ "session_minutes", "a session lasts 1 to 1440 minutes", NULL, MENTOR_INVALID },
	{ "session_mode", "a session is virtual or in-person", NULL, MENTOR_INVALID },
	{ "session_held", "only a session that was held is acknowledged", NULL },
	{ "session_cancelled_by", "a session is cancelled by the mentor, the mentee or the team", NULL, MENTOR_INVALID },
	{ "session_cancelled", "a session that was held cannot be cancelled", NULL },
	{ "shadowing.pair_id, shadowing.side, shadowing.date, shadowing.meeting", "this meeting is recorded already", "see: mentor log shadowed" },
	{ "shadowing_side", "a pair has two sides, mentor and mentee", NULL, MENTOR_INVALID },
	{ "shadowing_prepared", "a meeting was prepared for or not", NULL, MENTOR_INVALID },
	{ "shadowing_part", "part in a meeting is observed, contributed or co-led", NULL, MENTOR_INVALID },
	{ "reflection.pair_id, reflection.side, reflection.date", "this reflection is recorded already", NULL },
	{ "reflection_side", "a pair has two sides, mentor and mentee", NULL, MENTOR_INVALID },
	{ "action_state", "an action is open, done or dropped", NULL, MENTOR_INVALID },
	{ "action_closed", "an action that is done or dropped has its day, and an open one has none", NULL, MENTOR_INVALID },
	{ "goal.pair, goal.side, goal.text", "this goal is recorded already", "see: mentor goal list" },
	{ "goal_side", "a pair has two sides, mentor and mentee", NULL, MENTOR_INVALID },
	{ "goal_state", "a goal is open, done or dropped", NULL, MENTOR_INVALID },
	{ "goal_closed", "a goal that is done or dropped has its day, and an open one has none", NULL, MENTOR_INVALID },
	{ "checkin_kind", "a contact is a check-in, individual or group support, supervision, a debrief or contact", NULL, MENTOR_INVALID },
	{ "checkin_feeling", "somebody is well, under some strain, or needs support", NULL, MENTOR_INVALID },
	{ "checkin_planned", "a check-in is one of the programme's", NULL, MENTOR_INVALID },
	{ "lesson.cohort_id, lesson.text", "this lesson is recorded already", "see: mentor lesson list" },
	{ "lesson_kind", "a lesson is of what went well, of what did not, or a suggestion", NULL, MENTOR_INVALID },
	{ "lesson_source", "a lesson comes from a debrief, a survey, an event, a check-in or the team", NULL, MENTOR_INVALID },
	{ "lesson_state", "a lesson is open, done or dropped", NULL, MENTOR_INVALID },
	{ "lesson_closed", "a lesson that is done or dropped has its day, and an open one has none", NULL, MENTOR_INVALID },
	{ "remark_scope", "a remark may be quoted nowhere, inside, or where it is published", NULL, MENTOR_INVALID },
	{ "remark_named", "a remark is quoted with a name or without", NULL, MENTOR_INVALID },
	{ "remark_consent", "consent to quote has its day", NULL, MENTOR_INVALID },
	{ "remark_withdrawn", "of a remark that was withdrawn no words are kept", NULL, MENTOR_INVALID },
	{ "barrier_step.barrier_id, barrier_step.number", "this step of the barrier is recorded already", NULL },
	{ "barrier_step_state", "a barrier is raised, addressed, changed or dropped", NULL, MENTOR_INVALID },
	{ "barrier_pair.barrier_id, barrier_pair.pair_id", "what the pair agreed to is recorded already", NULL },
	{ "barrier_pair_agreed", "one side or both agree to be named", NULL, MENTOR_INVALID },
	{ "barrier.programme_id, barrier.text", "the register has this barrier already", "see: mentor barrier list" },
	{ "barrier_state", "a barrier is identified, raised, addressed, changed, dropped or merged", NULL, MENTOR_INVALID },
	{ "barrier_brought", "a barrier was brought once or several times", NULL, MENTOR_INVALID },
	{ "barrier_merged", "a barrier that is merged is part of another one", NULL, MENTOR_INVALID },
	{ "event.cohort_id, event.name, event.slot", "the cohort has this event of the programme already", "see: mentor event list" },
	{ "event.uid", "another event has this identity already", NULL, MENTOR_BUG },
	{ "event_kind", "an event is awareness, briefing, induction, training, workshop, supervision, peer-support, meeting, evaluation or debrief", NULL, MENTOR_INVALID },
	{ "event_audience", "an event is for mentors, mentees, both, facilitators, applicants, managers or the team", NULL, MENTOR_INVALID },
	{ "event_required", "an event is required or not", NULL, MENTOR_INVALID },
	{ "event_mode", "an event is virtual, in-person or either", NULL, MENTOR_INVALID },
	{ "event_capacity", "an event has room for 1 to 100000 people", NULL, MENTOR_INVALID },
	{ "event_by_hand", "an event was changed by hand or not", NULL, MENTOR_INVALID },
	{ "event_times", "the event would end before it begins", NULL, MENTOR_INVALID },
	{ "event_until", "the event would end and never begin", "give its start as well", MENTOR_INVALID },
	{ "attendance.event_id, attendance.person_id", "it is recorded already what this person said of the event", NULL },
	{ "attendance_state", "a person is coming, waiting, declined, attended, caught-up, absent or excused", NULL, MENTOR_INVALID },
	{ "attendance_minutes", "a person is at an event for 0 to 1440 minutes", NULL, MENTOR_INVALID },
	{ "invitation.event_id, invitation.person_id", "it is recorded already what this person was sent", NULL },
	{ "invitation_off", "what is sent is an invitation, or word that an event is off", NULL, MENTOR_INVALID },
	{ "facilitation.event_id, facilitation.person_id", "this person runs the event already", NULL },
	{ "passage.pair_id, passage.obstacle", "this is passed over already", NULL },
	{ "response.cohort_id, response.survey, response.stage, response.response", "this response has been imported already", NULL },
	{ "response.cohort_id, response.survey, response.stage, response.respondent_id", "this person has answered this stage already", NULL },
	{ "settled.cohort_id, settled.stage, settled.item", "this point of the checklist is settled already", "see: mentor cohort checklist" },
	{ "unsettled_step", "a step of a cohort is open, publish, start or finish", NULL, MENTOR_INVALID },
	{ "unsettled.cohort_id, unsettled.step", "the cohort took this step already", NULL },
	{ "equality_headcount_people", "a group has 0 to 100,000,000 people", NULL, MENTOR_INVALID },
	{ "equality_headcount.programme_id", "the group is counted on this day already", NULL },
	{ "response_seen.cohort_id, response_seen.survey, response_seen.stage, response_seen.response", "this response has been imported already", NULL },
	{ "ticket_used", "a token has served or not", NULL, MENTOR_INVALID },
	{ "ticket.cohort_id, ticket.survey, ticket.stage, ticket.enrolment_id", "this person has a token already", NULL },
	{ "ticket.token", "another person has this token already", NULL, MENTOR_BUG },
	{ "response_value.response_id, response_value.question, response_value.position", "this answer is recorded already", NULL },
};

static const struct constraint *find_constraint(const char *message)
{
	for (size_t i = 0; i < sizeof(constraints) / sizeof(*constraints); i++)
		if (strstr(message, constraints[i].name))
			return &constraints[i];
	return NULL;
}

const char *db_constraint(const char *message)
{
	const struct constraint *row = find_constraint(message);
	return row ? row->message : NULL;
}

static enum mentor_status fail_constraint(struct mentor *m, const char *detail)
{
	const struct constraint *row = find_constraint(detail);
	if (!row)
		return fail(m, MENTOR_REFUSED, NULL, "the store does not accept this value (%s)", detail);
	return fail(m, row->status ? row->status : MENTOR_REFUSED, row->hint, "%s", row->message);
}

enum mentor_status db_needed(struct mentor *m)
{
	return m->db ? MENTOR_OK : fail(m, MENTOR_BUG, NULL, "no store is open");
}

enum mentor_status db_fail(struct mentor *m, enum db_code code)
{
	const struct code_row *row = &code_rows[code];
	const char *detail = m->db->connection ? m->db->driver->message(m->db->connection) : "";
	if (code == DB_CONSTRAINT)
		return fail_constraint(m, detail);
	if (row->status == MENTOR_NO_MEMORY)
		return fail_memory(m);
	if (code == DB_ERROR)
		return fail(m, row->status, row->hint, "the store %s %s (%s)", m->db->name, row->what, detail);
	return fail(m, row->status, row->hint, "the store %s %s", m->db->name, row->what);
}

/* ---- opening ---- */

enum mentor_status db_open(struct mentor *m, const struct db_driver *driver, const struct db_open *how, const char *name)
{
	db_close(m);
	m->db = calloc(1, sizeof(*m->db));
	if (!m->db)
		return fail_memory(m);
	m->db->driver = driver;
	m->db->write = how->write || how->create;
	m->db->name = strdup(name);
	if (!m->db->name) {
		db_close(m);
		return fail_memory(m);
	}
	enum db_code code = driver->open(how, &m->db->connection);
	if (code == DB_OK) {
		driver->watch(m->db->connection, audit_note, &m->db->changes);
		return MENTOR_OK;
	}
	enum mentor_status status = db_fail(m, code);
	db_close(m);
	return status;
}

void db_close(struct mentor *m)
{
	if (!m->db)
		return;
	for (size_t i = 0; i < CACHE_SLOTS; i++) {
		if (m->db->cache[i].statement)
			m->db->driver->finalize(m->db->cache[i].statement);
		free(m->db->cache[i].sql);
	}
	if (m->db->connection)
		m->db->driver->close(m->db->connection);
	audit_free(&m->db->changes);
	free(m->db->name);
	free(m->db);
	m->db = NULL;
	m->depth = 0;
	m->broken = m->reading = m->revision_known = false;
}

/* ---- statements ---- */

/* FNV-1a, eight bytes at a time: statements for many rows are long. */
static size_t slot_of(const char *sql)
{
	uint64_t h = UINT64_C(14695981039346656037), word = 0;
	for (size_t left = strlen(sql), n; left > 0; left -= n, sql += n) {
		n = left < sizeof(word) ? left : sizeof(word);
		word = 0;
		memcpy(&word, sql, n);
		h = (h ^ word) * UINT64_C(1099511628211);
		h ^= h >> 32;
	}
	return h & (CACHE_SLOTS - 1);
}

/* A prepared statement from the cache; one that is running already (nested use) gets a sibling of its own. */
static enum db_code acquire(struct db *db, const char *sql, struct db_rows *rows)
{
	struct cached *slot = &db->cache[slot_of(sql)];
	if (slot->in_use)
		return db->driver->prepare(db->connection, sql, &rows->statement);
	if (!slot->sql || strcmp(slot->sql, sql) != 0 || (slot->inside && !db->inside)) {
		if (slot->statement)
			db->driver->finalize(slot->statement);
		free(slot->sql);
		*slot = (struct cached){ 0 };
		char *copy = strdup(sql);
		if (!copy)
			return DB_NO_MEMORY;
		enum db_code code = db->driver->prepare(db->connection, sql, &slot->statement);
		if (code != DB_OK) {
			free(copy);
			slot->statement = NULL;
			return code;
		}
		slot->sql = copy;
		slot->inside = db->inside;
	}
	slot->in_use = true;
	rows->slot = slot;
	rows->statement = slot->statement;
	return DB_OK;
}

static enum db_code bind(const struct db *db, struct db_statement *s, const struct db_value *args, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool null = args[i].is_text ? !args[i].text : args[i].number == MENTOR_NONE;
		enum db_code code = args[i].is_text || null ? db->driver->bind_text(s, (int)i + 1, null ? NULL : args[i].text)
							    : db->driver->bind_number(s, (int)i + 1, args[i].number);
		if (code != DB_OK)
			return code;
	}
	return DB_OK;
}

void db_done(struct db_rows *rows)
{
	if (!rows)
		return;
	const struct db_driver *driver = rows->m->db->driver;
	if (rows->slot) {
		driver->reset(rows->statement);
		rows->slot->in_use = false;
	} else if (rows->statement) {
		driver->finalize(rows->statement);
	}
	free(rows);
}

enum mentor_status db_query(struct mentor *m, const char *sql, const struct db_value *args, size_t n, struct db_rows **ret)
{
	enum mentor_status status = db_needed(m);
	if (status)
		return status;
	struct db_rows *rows = calloc(1, sizeof(*rows));
	if (!rows)
		return fail_memory(m);
	rows->m = m;
	rows->self = rows;
	rows->sql = sql;
	rows->changes = db_changes(m);
	rows->told = m->db->changes.told;
	rows->inside = m->db->inside;
	enum db_code code = acquire(m->db, sql, rows);
	if (code == DB_OK)
		code = bind(m->db, rows->statement, args, n);
	if (code != DB_OK) {
		status = db_fail(m, code);
		db_done(rows);
		return status;
	}
	*ret = rows;
	return MENTOR_OK;
}

enum mentor_status db_whole(const struct db_rows *rows)
{
	return rows->lost ? fail_memory(rows->m) : MENTOR_OK;
}

/* Of tables without numbers the driver tells nothing: that a statement changed them shows when it has come to its end. */
static void note_end(const struct db_rows *rows)
{
	struct audit_changes *noted = &rows->m->db->changes;
	if (noted->told == rows->told && db_changes(rows->m) != rows->changes)
		audit_note_statement(noted, rows->sql);
}

enum mentor_status db_next(struct db_rows *rows, bool *ret_more)
{
	enum mentor_status status = db_whole(rows);
	if (status)
		return status;
	if (rows->inside && !rows->m->db->inside)
		return db_fail(rows->m, DB_WALLED);
	enum db_code code = rows->m->db->driver->step(rows->statement);
	if (code != DB_ROW && code != DB_DONE)
		return db_fail(rows->m, code);
	if (code == DB_DONE)
		note_end(rows);
	*ret_more = code == DB_ROW;
	return MENTOR_OK;
}

int64_t db_number(const struct db_rows *rows, int column)
{
	const struct db_driver *driver = rows->m->db->driver;
	return driver->is_null(rows->statement, column) ? MENTOR_NONE : driver->number(rows->statement, column);
}

int64_t db_ref(const struct db_rows *rows, int column)
{
	return rows->m->db->driver->number(rows->statement, column);
}

const char *db_text(const struct db_rows *rows, int column)
{
	const struct db_driver *driver = rows->m->db->driver;
	if (driver->is_null(rows->statement, column))
		return NULL;
	const char *text = driver->text(rows->statement, column);
	if (text)
		return text;
	rows->self->lost = true;
	fail_memory(rows->m);
	return "";
}

enum mentor_status db_value(struct mentor *m, const char *sql, const struct db_value *args, size_t n, int64_t otherwise, int64_t *ret)
{
	struct db_rows *rows = NULL;
	bool more = false;
	int64_t value = otherwise;
	enum mentor_status status = db_query(m, sql, args, n, &rows);
	if (status || !rows)
		return status;
	status = db_next(rows, &more);
	if (!status && more) {
		value = db_number(rows, 0);
		status = db_next(rows, &more); /* runs a RETURNING statement to its end */
	}
	db_done(rows);
	if (!status)
		*ret = value;
	return status;
}

enum mentor_status db_run(struct mentor *m, const char *sql, const struct db_value *args, size_t n)
{
	int64_t ignored = 0;
	return db_value(m, sql, args, n, 0, &ignored);
}

enum mentor_status db_count(struct mentor *m, const char *sql, const struct db_value *args, size_t n, int64_t *ret_n, int64_t *ret_first)
{
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(m, sql, args, n, &rows);
	assert(status || rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		*ret_n = db_number(rows, 0);
		*ret_first = db_ref(rows, 1);
	}
	db_done(rows);
	return status;
}

/* ---- the store as a whole ---- */

int64_t db_changes(const struct mentor *m)
{
	return m->db->driver->changes(m->db->connection);
}

enum mentor_status db_columns(struct mentor *m, void (*each)(void *arg, const struct db_column *column), void *arg)
{
	enum db_code code = m->db->driver->columns(m->db->connection, each, arg);
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

enum mentor_status db_compact(struct mentor *m)
{
	enum db_code code = m->db->driver->compact(m->db->connection);
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

enum mentor_status db_last_number(struct mentor *m, const char *table, int64_t *ret)
{
	enum db_code code = m->db->driver->last_number(m->db->connection, table, ret);
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

enum mentor_status db_set_last_number(struct mentor *m, const char *table, int64_t number)
{
	enum db_code code = m->db->driver->set_last_number(m->db->connection, table, number);
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

enum mentor_status db_whole_begin(struct mentor *m)
{
	if (m->depth || !m->db->write)
		return fail(m, MENTOR_BUG, NULL, "a store is filled as a whole, outside a transaction");
	m->revision_known = false;
	enum db_code code = m->db->driver->references(m->db->connection, false);
	if (code == DB_OK)
		code = m->db->driver->begin(m->db->connection, true);
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

enum mentor_status db_whole_end(struct mentor *m, enum mentor_status status)
{
	enum db_code code = status ? DB_OK : m->db->driver->commit(m->db->connection);
	if (code != DB_OK)
		status = db_fail(m, code);
	if (status)
		m->db->driver->rollback(m->db->connection);
	code = m->db->driver->references(m->db->connection, true);
	return status ? status : code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

enum mentor_status db_scan(struct mentor *m, const char *const *texts, size_t n, int64_t *ret_counts)
{
	enum db_code code = m->db->driver->scan(m->db->connection, texts, n, ret_counts);
	return code == DB_OK ? MENTOR_OK : db_fail(m, code);
}

/* ---- the wall around equality monitoring ---- */

void db_equality(struct mentor *m, bool open)
{
	if (!m->db)
		return;
	m->db->inside = open;
	m->db->driver->wall(m->db->connection, open);
}

/* ---- transactions ---- */

enum mentor_status mentor_begin(struct mentor *m)
{
	enum mentor_status status = db_needed(m);
	if (status)
		return status;
	if (!m->db->write || m->reading)
		return fail(m, MENTOR_BUG, NULL, "the store is not open for writing");
	if (m->depth == 0) {
		m->revision_known = false;
		enum db_code code = m->db->driver->begin(m->db->connection, true);
		if (code != DB_OK)
			return db_fail(m, code);
		m->broken = false;
		m->read = NULL;
		audit_reset(&m->db->changes);
		m->changes_at = m->db->driver->changes(m->db->connection);
	}
	m->depth++;
	return MENTOR_OK;
}

enum mentor_status mentor_snapshot(struct mentor *m)
{
	enum mentor_status status = db_needed(m);
	if (status)
		return status;
	if (m->depth)
		return fail(m, MENTOR_BUG, NULL, "a snapshot cannot begin inside a transaction");
	m->revision_known = false;
	enum db_code code = m->db->driver->begin(m->db->connection, false);
	if (code != DB_OK)
		return db_fail(m, code);
	m->depth = 1;
	m->reading = true;
	m->broken = false;
	return MENTOR_OK;
}

/* The revision is read while the lock is held: asked for later, it might be somebody else's. */
static enum mentor_status commit_outermost(struct mentor *m)
{
	bool changed = m->db->driver->changes(m->db->connection) != m->changes_at;
	int64_t revision = 0;
	enum mentor_status status = db_value(m,
	    changed ? "UPDATE store SET revision = revision + 1 RETURNING revision" : "SELECT revision FROM store", DB_NO_ARGS, 0, &revision);
	if (!status && changed)
		status = audit_change(m, &m->db->changes, revision);
	if (!status && m->read)
		status = audit_reading(m, m->read, revision);
	if (status)
		return status;
	enum db_code code = m->db->driver->commit(m->db->connection);
	if (code != DB_OK)
		return db_fail(m, code);
	m->revision = revision;
	m->revision_known = true;
	return MENTOR_OK;
}

/* A failure inside has doomed the whole transaction, however many levels up the outermost commit is: nothing half done. */
enum mentor_status mentor_commit(struct mentor *m)
{
	if (m->depth == 0)
		return fail(m, MENTOR_BUG, NULL, "there is nothing to commit");
	if (m->reading)
		return fail(m, MENTOR_BUG, NULL, "a snapshot is ended with a rollback");
	enum mentor_status status = MENTOR_OK;
	if (m->broken)
		status = m->error.status ? m->error.status : fail(m, MENTOR_BUG, NULL, "the change had failed already");
	if (m->depth > 1) {
		m->depth--;
		return status;
	}
	if (!status)
		status = commit_outermost(m);
	if (status)
		mentor_rollback(m);
	m->depth = 0;
	m->publishing = false;
	return status;
}

void mentor_rollback(struct mentor *m)
{
	if (m->depth && m->db)
		m->db->driver->rollback(m->db->connection);
	m->depth = 0;
	m->broken = m->reading = m->publishing = false;
}

enum mentor_status mentor_revision(struct mentor *m, int64_t *ret_revision)
{
	if (!m->revision_known)
		return db_value(m, "SELECT revision FROM store", DB_NO_ARGS, 0, ret_revision);
	*ret_revision = m->revision;
	return MENTOR_OK;
}
