/* ending.c: how pairs end, without fault, how that is taken back, and how they go on afterwards. */
#include "ending.h"

#include "proposal.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

enum { DAYS_TO_REOPEN = 7 }; /* a slip is noticed within a week; later, two people who begin again are better off with a new contract */

static const char *const replacements[] = { "none", "mentor", "mentee", "both", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_ending, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_ending, member)

/* clang-format off */
const struct mentor_field mentor_ending_fields[] = {
	{ "ended_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(ended_on), .heading = "ended", .help = "day it ended" },
	{ "wish", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(wish), .choices = mentor_ending_wishes, .heading = "at the wish of", .help = "at whose wish: the mentor's, the mentee's, of both, or the running team's" },
	{ "reason", MENTOR_TYPE_CHOICE, 0, NUMBER(reason), .choices = mentor_ending_reasons, .help = "why, in one of a few words: too little time, somebody moved, other things came first, not the right match, or something else" },
	{ "replacement", MENTOR_TYPE_CHOICE, 0, NUMBER(replacement), .choices = replacements, .heading = "another partner for", .help = "who asked for another partner" },
	{ "apart", MENTOR_TYPE_BOOL, 0, NUMBER(apart), .heading = "never again", .help = "whether it was decided that the two are never paired again" },
	{ "note", MENTOR_TYPE_NOTE, 0, TEXT(note), .help = "note of the running team, which appears nowhere else" },
	{ "recorded_by", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(recorded_by), .help = "who recorded the end" },
	{ 0 },
};
/* clang-format on */

enum mentor_status ending_found(struct mentor *m, int64_t enrolment, int64_t pair)
{
	return db_run(m, "UPDATE replacement SET found_id = $1 WHERE enrolment_id = $2 AND found_id IS NULL",
	    DB_ARGS(DB_NUMBER(pair), DB_NUMBER(enrolment)));
}

/* ---- reading ---- */

static int64_t index_of(const char *const *words, const char *word)
{
	for (int64_t i = 0; word && words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return MENTOR_NONE;
}

static const char *word_at(const char *const *words, int64_t i)
{
	return i == MENTOR_NONE ? NULL : words[i];
}

static enum mentor_status keep(struct mentor *m, const char *text, const char **ret)
{
	*ret = mentor_keep(m, text);
	return text && !*ret ? MENTOR_NO_MEMORY : MENTOR_OK;
}

/* *ret_there is false, and the ending says nothing, when none is recorded. */
static enum mentor_status load(struct mentor *m, int64_t pair, struct mentor_ending *ret, bool *ret_there)
{
	struct db_rows *rows = NULL;
	bool there = false;
	struct mentor_ending e = { .pair = pair, .wish = MENTOR_NONE, .reason = MENTOR_NONE };
	enum mentor_status status = db_query(m,
	    "SELECT x.wish, x.reason, x.note, x.apart, x.recorded_by, p.ended_on, "
	    "(SELECT count(*) FROM replacement r WHERE r.pair_id = p.id AND r.enrolment_id = p.mentor_id) + "
	    "2 * (SELECT count(*) FROM replacement r WHERE r.pair_id = p.id AND r.enrolment_id = p.mentee_id) "
	    "FROM ending x JOIN pair p ON p.id = x.pair_id WHERE x.pair_id = $1",
	    DB_ARGS(DB_NUMBER(pair)), &rows);
	if (!status)
		status = db_next(rows, &there);
	if (!status && there) {
		e.wish = index_of(mentor_ending_wishes, db_text(rows, 0));
		e.reason = index_of(mentor_ending_reasons, db_text(rows, 1));
		e.apart = db_number(rows, 3);
		e.replacement = db_number(rows, 6);
		status = keep(m, db_text(rows, 2), &e.note);
		status = status ? status : keep(m, db_text(rows, 4), &e.recorded_by);
		status = status ? status : keep(m, db_text(rows, 5), &e.ended_on);
	}
	db_done(rows);
	*ret = e;
	*ret_there = there;
	return status;
}

enum mentor_status mentor_match_ending(struct mentor *m, int64_t pair, struct mentor_ending *ret, bool *ret_there)
{
	struct mentor_ending e;
	bool there = false;
	enum mentor_status status = load(m, pair, &e, &there);
	if (!status) {
		*ret = e;
		*ret_there = there;
	}
	return status;
}

/* ---- ending ---- */

/* What is being recorded of a pair. */
struct end {
	struct mentor *m;
	const struct mentor_pair *pair;
	struct mentor_ending now; /* as it stands */
	bool there, changed;
};

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static enum mentor_status write_words(struct end *e, const struct mentor_ending *given)
{
	int64_t wish = given->wish == MENTOR_NONE ? e->now.wish : given->wish, reason = given->reason == MENTOR_NONE ? e->now.reason : given->reason;
	const char *note = given->note ? given->note : e->now.note;
	if (e->there && wish == e->now.wish && reason == e->now.reason && same_text(note, e->now.note))
		return MENTOR_OK;
	e->changed = true;
	const struct db_value args[] = { DB_TEXT(word_at(mentor_ending_wishes, wish)), DB_TEXT(word_at(mentor_ending_reasons, reason)), DB_TEXT(note),
		DB_TEXT(e->m->actor), DB_NUMBER(e->pair->id) };
	return db_run(e->m,
	    e->there ? "UPDATE ending SET wish = $1, reason = $2, note = $3, recorded_by = $4 WHERE pair_id = $5" :
		       "INSERT INTO ending (wish, reason, note, recorded_by, pair_id) VALUES ($1, $2, $3, $4, $5)",
	    args, sizeof(args) / sizeof(*args));
}

static enum mentor_status ask_for(struct end *e, int64_t enrolment, bool asks)
{
	int64_t pair = e->pair->id;
	return asks ? db_run(e->m, "INSERT INTO replacement (pair_id, enrolment_id, asked_on) VALUES ($1, $2, $3)",
			  DB_ARGS(DB_NUMBER(pair), DB_NUMBER(enrolment), DB_TEXT(e->m->today))) :
		      db_run(e->m, "DELETE FROM replacement WHERE pair_id = $1 AND enrolment_id = $2", DB_ARGS(DB_NUMBER(pair), DB_NUMBER(enrolment)));
}

static bool wants(int64_t replacement, enum mentor_replacement side)
{
	return replacement == side || replacement == MENTOR_REPLACEMENT_BOTH;
}

static enum mentor_status write_replacement(struct end *e, const struct mentor_ending *given)
{
	const enum mentor_replacement sides[] = { MENTOR_REPLACEMENT_MENTOR, MENTOR_REPLACEMENT_MENTEE };
	const int64_t enrolments[] = { e->pair->mentor_enrolment, e->pair->mentee_enrolment };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < 2 && given->replacement != MENTOR_NONE; i++) {
		bool asks = wants(given->replacement, sides[i]);
		if (asks == wants(e->now.replacement, sides[i]))
			continue;
		e->changed = true;
		status = ask_for(e, enrolments[i], asks);
	}
	return status;
}

/* Where somebody has said so before there is nothing to add, nor to take back when the pair is reopened. */
static enum mentor_status write_apart(struct end *e, const struct mentor_ending *given)
{
	int64_t n = 1, mentor = e->pair->mentor, mentee = e->pair->mentee;
	enum mentor_status status = MENTOR_OK;
	if (given->apart == 1)
		status = db_value(e->m,
		    "SELECT count(*) FROM avoidance WHERE (person_id = $1 AND other_person_id = $2) OR (person_id = $2 AND other_person_id = $1)",
		    DB_ARGS(DB_NUMBER(mentor), DB_NUMBER(mentee)), 0, &n);
	if (status || n)
		return status;
	e->changed = true;
	status = db_run(e->m,
	    "INSERT INTO avoidance (person_id, other_person_id, said_by, recorded_on, recorded_by) VALUES ($1, $2, 'team', $3, $4)",
	    DB_ARGS(DB_NUMBER(mentor), DB_NUMBER(mentee), DB_TEXT(e->m->today), DB_TEXT(e->m->actor)));
	return status ? status : db_run(e->m, "UPDATE ending SET apart = 1 WHERE pair_id = $1", DB_ARGS(DB_NUMBER(e->pair->id)));
}

static enum mentor_status end_pair(struct end *e, const struct mentor_ending *given)
{
	enum mentor_status status = MENTOR_OK;
	struct mentor *m = e->m;
	int64_t id = e->pair->id;
	switch ((enum mentor_pair_state)e->pair->state) {
	case MENTOR_PAIR_PROPOSED:
		return fail(m, MENTOR_REFUSED, "nobody has been told yet; a new proposal replaces it: mentor match propose",
		    "m%" PRId64 " is only proposed", id);
	case MENTOR_PAIR_COMPLETED:
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "it has run its course; to see it: mentor match show m%" PRId64, id), "m%" PRId64 " is completed already", id);
	case MENTOR_PAIR_ENDED:
		break;
	case MENTOR_PAIR_ACTIVE:
		e->changed = true;
		status = db_run(m, "UPDATE pair SET state = 'ended', ended_on = $1 WHERE id = $2", DB_ARGS(DB_TEXT(m->today), DB_NUMBER(id)));
	}
	status = status ? status : load(m, id, &e->now, &e->there);
	status = status ? status : write_words(e, given);
	status = status ? status : write_replacement(e, given);
	return status ? status : write_apart(e, given);
}

enum mentor_status mentor_match_end(struct mentor *m, int64_t pair, const struct mentor_ending *ending, bool *ret_changed)
{
	static const struct mentor_ending nothing = { .wish = MENTOR_NONE, .reason = MENTOR_NONE, .replacement = MENTOR_NONE, .apart = MENTOR_NONE };
	void *record = NULL;
	struct end e = { .m = m };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	e.pair = record;
	if (!status)
		status = end_pair(&e, ending ? ending : &nothing);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = e.changed;
	return status;
}

/* ---- reopening ---- */

static enum mentor_status refuse_reopen(struct mentor *m, const struct mentor_pair *pair, const char *why)
{
	return fail(m, MENTOR_REFUSED, mentor_hint(m, "if the two begin again later, a new pair says so: mentor match add p%" PRId64 " p%" PRId64, pair->mentor, pair->mentee), "m%" PRId64 " cannot be reopened: %s", pair->id, why);
}

static enum mentor_status check_places(struct mentor *m, const struct mentor_pair *pair, int64_t enrolment, const char *name)
{
	int64_t free = 0;
	struct mentor_buf why = MENTOR_BUF_INIT;
	enum mentor_status status = db_value(m,
	    "SELECT count(*) FROM enrolment e WHERE e.id = $1 AND e.state = 'accepted' AND e.places > "
	    "(SELECT count(*) FROM pair q WHERE (q.mentor_id = e.id OR q.mentee_id = e.id) AND q.state = 'active')",
	    DB_ARGS(DB_NUMBER(enrolment)), 0, &free);
	if (status || free)
		return status;
	mentor_buf_fmt(&why, "%s has no place any more", name);
	status = why.failed ? fail_memory(m) : refuse_reopen(m, pair, mentor_buf_text(&why));
	mentor_buf_free(&why);
	return status;
}

static enum mentor_status check_reopen(struct mentor *m, const struct mentor_pair *pair)
{
	int64_t ended = 0, today = 0;
	if (pair->state == MENTOR_PAIR_PROPOSED)
		return fail(m, MENTOR_REFUSED, "mentor match publish", "m%" PRId64 " is only proposed", pair->id);
	enum mentor_status status = proposal_check_cohort(m, pair->cohort_id);
	if (status)
		return status;
	bool late = mentor_day_parse(pair->ended_on, &ended) && mentor_day_parse(m->today, &today) && today > ended + DAYS_TO_REOPEN;
	if (late)
		return refuse_reopen(m, pair, "it ended more than a week ago");
	status = check_places(m, pair, pair->mentor_enrolment, pair->mentor_name);
	return status ? status : check_places(m, pair, pair->mentee_enrolment, pair->mentee_name);
}

/* Everything that was recorded with the end goes, and so does what was proposed because of it. */
static enum mentor_status reopen(struct mentor *m, const struct mentor_pair *pair)
{
	static const char apart[] = "DELETE FROM avoidance WHERE said_by = 'team' AND EXISTS (SELECT 1 FROM ending x JOIN pair p ON p.id = x.pair_id "
				    "JOIN enrolment a ON a.id = p.mentor_id JOIN enrolment b ON b.id = p.mentee_id WHERE x.pair_id = $1 AND x.apart = 1 "
				    "AND avoidance.person_id = a.person_id AND avoidance.other_person_id = b.person_id)";
	static const char *const steps[] = {
		"DELETE FROM pair WHERE state = 'proposed' AND id IN (SELECT found_id FROM replacement WHERE pair_id = $1)",
		"DELETE FROM replacement WHERE pair_id = $1",
		apart,
		"DELETE FROM ending WHERE pair_id = $1",
		"UPDATE pair SET state = 'active', ended_on = NULL WHERE id = $1",
	};
	enum mentor_status status = check_reopen(m, pair);
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		status = db_run(m, steps[i], DB_ARGS(DB_NUMBER(pair->id)));
	return status;
}

enum mentor_status mentor_match_reopen(struct mentor *m, int64_t pair, bool *ret_changed)
{
	void *record = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (!status && ((const struct mentor_pair *)record)->state != MENTOR_PAIR_ACTIVE) {
		status = reopen(m, record);
		changed = true;
	}
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- going on ---- */

static enum mentor_status go_on(struct mentor *m, const struct mentor_pair *pair, bool goes_on, bool *ret_changed)
{
	static const char *const why[] = { [MENTOR_PAIR_PROPOSED] = "is only proposed",
		[MENTOR_PAIR_ACTIVE] = "is at work until the cohort has finished",
		[MENTOR_PAIR_ENDED] = "has ended" };
	if (pair->state != MENTOR_PAIR_COMPLETED)
		return fail(m, MENTOR_REFUSED, "pairs that go on by themselves are recorded once their cohort has finished: mentor cohort finish",
		    "m%" PRId64 " %s", pair->id, why[pair->state]);
	*ret_changed = goes_on != (pair->continued_on != NULL);
	return !*ret_changed ? MENTOR_OK :
			       db_run(m, "UPDATE pair SET continued_on = $1 WHERE id = $2", DB_ARGS(DB_TEXT(goes_on ? m->today : NULL), DB_NUMBER(pair->id)));
}

enum mentor_status mentor_match_continue(struct mentor *m, int64_t pair, bool goes_on, bool *ret_changed)
{
	void *record = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (!status)
		status = go_on(m, record, goes_on, &changed);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}
