/* publish.c: from proposed pairs to active ones: the two sides' answers, and the gates that a pair has to pass. */
#include "publish.h"

#include "attendance.h"
#include "checklist.h"
#include "ending.h"
#include "proposal.h"
#include "record.h"
#include "selection.h"

#include <inttypes.h>

static const char *const sides[] = { "mentor", "mentee" };

/* ---- what the two say ---- */

static enum mentor_status find_proposed(struct mentor *m, int64_t pair, void **ret_record)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (status)
		return status;
	if (((const struct mentor_pair *)record)->state != MENTOR_PAIR_PROPOSED) {
		mentor_record_free(record);
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "what can still change is how it ends: mentor match end m%" PRId64, pair), "m%" PRId64 " is published already", pair);
	}
	*ret_record = record;
	return MENTOR_OK;
}

static enum mentor_status count_answers(struct mentor *m, int64_t pair, enum mentor_role side, int64_t *ret_n)
{
	return db_value(m, "SELECT count(*) FROM agreement WHERE pair_id = $1 AND side = $2", DB_ARGS(DB_NUMBER(pair), DB_TEXT(sides[side])), 0, ret_n);
}

/* What somebody has said yes to stays in later proposals. */
static enum mentor_status agree(struct mentor *m, int64_t pair, enum mentor_role side)
{
	enum mentor_status status = db_run(m, "INSERT INTO agreement (pair_id, side, agreed_on, recorded_by) VALUES ($1, $2, $3, $4)",
	    DB_ARGS(DB_NUMBER(pair), DB_TEXT(sides[side]), DB_TEXT(m->today), DB_TEXT(m->actor)));
	return status ? status : db_run(m, "UPDATE pair SET pinned = 1 WHERE id = $1", DB_ARGS(DB_NUMBER(pair)));
}

enum mentor_status mentor_match_accept(struct mentor *m, int64_t pair, enum mentor_role side, bool *ret_changed)
{
	void *record = NULL;
	int64_t n = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = find_proposed(m, pair, &record);
	mentor_record_free(record);
	if (!status)
		status = count_answers(m, pair, side, &n);
	if (!status && n == 0)
		status = agree(m, pair, side);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = n == 0;
	return status;
}

/* The reason is kept apart from the pair, which goes. */
static enum mentor_status remove_pair(struct mentor *m, const struct mentor_pair *pair, enum mentor_role side, const char *reason)
{
	int64_t mentor = pair->mentor_enrolment, mentee = pair->mentee_enrolment, blocked = 0;
	enum mentor_status status = db_run(m,
	    "INSERT INTO refusal (pair, mentor_id, mentee_id, side, reason, declined_on, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
	    DB_ARGS(DB_NUMBER(pair->id), DB_NUMBER(mentor), DB_NUMBER(mentee), DB_TEXT(sides[side]), DB_TEXT(reason), DB_TEXT(m->today),
		DB_TEXT(m->actor)));
	if (!status)
		status = db_value(m,
		    "SELECT count(*) FROM block WHERE (enrolment_id = $1 AND other_enrolment_id = $2) OR (enrolment_id = $2 AND other_enrolment_id = $1)",
		    DB_ARGS(DB_NUMBER(mentor), DB_NUMBER(mentee)), 0, &blocked);
	if (!status && !blocked)
		status = db_run(m, "INSERT INTO block (enrolment_id, other_enrolment_id, blocked_on, blocked_by) VALUES ($1, $2, $3, $4)",
		    DB_ARGS(DB_NUMBER(mentor), DB_NUMBER(mentee), DB_TEXT(m->today), DB_TEXT(m->actor)));
	return status ? status : db_run(m, "DELETE FROM pair WHERE id = $1", DB_ARGS(DB_NUMBER(pair->id)));
}

static enum mentor_status count_refusals(struct mentor *m, int64_t pair, int64_t *ret_n)
{
	return db_value(m, "SELECT count(*) FROM refusal WHERE pair = $1", DB_ARGS(DB_NUMBER(pair)), 0, ret_n);
}

enum mentor_status mentor_match_decline(struct mentor *m, int64_t pair, enum mentor_role side, const char *reason, bool *ret_changed)
{
	void *record = NULL;
	int64_t before = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = count_refusals(m, pair, &before);
	if (!status && !before)
		status = find_proposed(m, pair, &record);
	if (!status && record)
		status = remove_pair(m, record, side, reason);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = before == 0;
	return status;
}

static enum mentor_status lift(struct mentor *m, int64_t pair)
{
	enum mentor_status status = db_run(m,
	    "DELETE FROM block WHERE EXISTS (SELECT 1 FROM refusal r WHERE r.pair = $1 AND ((r.mentor_id = block.enrolment_id AND "
	    "r.mentee_id = block.other_enrolment_id) OR (r.mentee_id = block.enrolment_id AND r.mentor_id = block.other_enrolment_id)))",
	    DB_ARGS(DB_NUMBER(pair)));
	return status ? status : db_run(m, "DELETE FROM refusal WHERE pair = $1", DB_ARGS(DB_NUMBER(pair)));
}

enum mentor_status mentor_match_decline_undo(struct mentor *m, int64_t pair, bool *ret_changed)
{
	int64_t n = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = count_refusals(m, pair, &n);
	if (!status && n)
		status = lift(m, pair);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = n > 0;
	return status;
}

/* ---- gates ---- */

/* One pair on its way; what stands against it goes into `why`, with what to do about it in `hint`. */
struct passage {
	struct pool *p;
	const struct statements *s;
	const struct past *pair;
	const struct human *both[2];
	const char *override; /* why it is published all the same; NULL: it is not */
	struct mentor_buf why, hint;
};

/* Takes down what `why` says; both texts are then empty again. */
static enum mentor_status note(struct passage *g)
{
	struct mentor *m = g->p->m;
	if (!g->why.failed && !g->hint.failed && g->why.len)
		problem_add(m, NULL, g->hint.len ? mentor_buf_text(&g->hint) : "things have changed since; make a new proposal: mentor match propose",
		    "m%" PRId64 " (%s and %s) cannot be published: %s", g->pair->id, g->both[0]->name, g->both[1]->name, mentor_buf_text(&g->why));
	bool failed = g->why.failed || g->hint.failed;
	mentor_buf_clear(&g->why);
	mentor_buf_clear(&g->hint);
	return failed ? fail_memory(m) : MENTOR_OK;
}

/* The same for what a reason passes over: it is kept with the pair. */
static enum mentor_status note_or_pass(struct passage *g)
{
	struct mentor *m = g->p->m;
	if (!g->override || !g->why.len)
		return note(g);
	enum mentor_status status = g->why.failed ? fail_memory(m) :
	    db_run(m, "INSERT INTO passage (pair_id, obstacle, reason, passed_on, passed_by) VALUES ($1, $2, $3, $4, $5)",
		DB_ARGS(DB_NUMBER(g->pair->id), DB_TEXT(mentor_buf_text(&g->why)), DB_TEXT(g->override), DB_TEXT(m->today), DB_TEXT(m->actor)));
	mentor_buf_clear(&g->why);
	mentor_buf_clear(&g->hint);
	return status;
}

static enum mentor_status check_people(struct passage *g)
{
	enum mentor_status status = MENTOR_OK;
	for (int side = 0; !status && side < 2; side++) {
		const struct human *h = g->both[side];
		if (!proposal_stands(g->p, h, side == SIDE_MENTOR ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE))
			mentor_buf_fmt(&g->why, "%s is not accepted as %s any more", h->name, pool_singular(g->p, (enum side)side));
		else if (pool_places_left(h) == 0)
			mentor_buf_fmt(&g->why, "%s has no place left", h->name);
		if (h->resting && g->why.len)
			mentor_buf_fmt(&g->hint, "if another partner is wanted: mentor match replace p%" PRId64, h->person);
		status = note(g);
	}
	return status;
}

static enum mentor_status check_rules(struct passage *g)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && !g->pair->override && i < rule_count(g->p); i++) {
		if (rule_holds(g->p, i, g->both[0], g->both[1]))
			continue;
		mentor_buf_fmt(&g->why, "it breaks the rule %s: ", rule_name(g->p, i));
		rule_in_words(&g->why, g->p, i, g->both[0], g->both[1]);
		status = note(g);
	}
	return status;
}

/* What the two stated, and what their line managers say. */
static enum mentor_status check_selection(struct passage *g)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < 2; i++) {
		status = selection_why_not(g->p->m, g->p->d, g->s, g->both[i]->enrolment, g->both[i]->name, &g->why, &g->hint);
		if (!status)
			status = note_or_pass(g);
	}
	return status;
}

/* What the role that each takes in the pair needs to have attended. */
static enum mentor_status check_attendance(struct passage *g)
{
	struct mentor_buf lacking = MENTOR_BUF_INIT;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < 2; i++) {
		status = attendance_lacks(g->p->m, g->p->d, g->p->cohort, g->both[i]->person, i == 0 ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE, &lacking, &g->hint);
		if (!status && lacking.len)
			mentor_buf_fmt(&g->why, "%s has not attended what the role needs: %s", g->both[i]->name, mentor_buf_text(&lacking));
		mentor_buf_clear(&lacking);
		if (!status)
			status = note_or_pass(g);
	}
	mentor_buf_free(&lacking);
	return status;
}

static enum mentor_status check_answers(struct passage *g)
{
	const struct def_matching *d = &g->p->d->matching;
	const int64_t wanted[] = { d->mentors_choose, d->mentees_choose };
	enum mentor_status status = MENTOR_OK;
	for (size_t side = 0; !status && side < 2; side++) {
		int64_t n = 1;
		if (wanted[side])
			status = count_answers(g->p->m, g->pair->id, side == 0 ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE, &n);
		if (status || n)
			continue;
		mentor_buf_fmt(&g->why, "%s has not accepted it yet", g->both[side]->name);
		mentor_buf_fmt(&g->hint, "once that is known: mentor match accept m%" PRId64 "%s", g->pair->id, side ? " --mentee" : "");
		status = note(g);
	}
	return status;
}

/* Takes the places as it goes, so that two proposals for one place are noticed. */
static enum mentor_status check_pair(struct pool *p, const struct statements *s, const struct past *pair, const char *override)
{
	static enum mentor_status (*const gates[])(struct passage *g) = { check_people, check_rules, check_selection, check_attendance, check_answers };
	struct passage g = { p, s, pair, { pair->mentor, pair->mentee }, override, MENTOR_BUF_INIT, MENTOR_BUF_INIT };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(gates) / sizeof(*gates); i++)
		status = gates[i](&g);
	mentor_buf_free(&g.why);
	mentor_buf_free(&g.hint);
	pair->mentor->active++;
	pair->mentee->active++;
	return status;
}

/* ---- publishing ---- */

/* The pairs that are meant; none given: all that are proposed. */
struct chosen {
	const int64_t *pairs;
	size_t n;
	const char *override;
};

static bool is_chosen(const struct chosen *c, const struct past *pair)
{
	bool named = c->n == 0;
	for (size_t i = 0; !named && i < c->n; i++)
		named = c->pairs[i] == pair->id;
	return named && pair->state == MENTOR_PAIR_PROPOSED;
}

/* A pair that was named has to be in this cohort, and is proposed or published already. */
static enum mentor_status check_chosen(const struct pool *p, const struct chosen *c)
{
	for (size_t i = 0; i < c->n; i++) {
		size_t at = 0;
		while (at < p->n_pairs && p->pairs[at].id != c->pairs[i])
			at++;
		if (at == p->n_pairs)
			return fail(p->m, MENTOR_NOT_FOUND, "see: mentor match list --state proposed", "m%" PRId64 " is not in this cohort", c->pairs[i]);
		enum mentor_pair_state state = p->pairs[at].state;
		if (state == MENTOR_PAIR_ENDED || state == MENTOR_PAIR_COMPLETED)
			return fail(p->m, MENTOR_REFUSED, "see: mentor match list --state proposed", "m%" PRId64 " has ended", c->pairs[i]);
	}
	return MENTOR_OK;
}

static enum mentor_status refuse(struct mentor *m, size_t n_wanted)
{
	const struct mentor_problem *first = m->problems;
	if (m->n_problems > 1)
		return problems_refuse(m, NULL, "of %zu %s some cannot be published", n_wanted, n_wanted == 1 ? "pair" : "pairs");
	return fail(m, MENTOR_REFUSED, first->hint, "%s", first->message);
}

static enum mentor_status check_all(struct pool *p, const struct chosen *c, int64_t *ret_n)
{
	struct statements s;
	int64_t n = 0;
	problems_clear(p->m);
	enum mentor_status status = statements_load(&s, p->m, p->d, p->cohort, 0);
	for (size_t i = 0; !status && i < p->n_pairs; i++) {
		if (!is_chosen(c, &p->pairs[i]))
			continue;
		status = check_pair(p, &s, &p->pairs[i], c->override);
		n++;
	}
	statements_free(&s);
	if (!status && p->m->n_problems)
		status = refuse(p->m, (size_t)n);
	if (!status)
		*ret_n = n;
	return status;
}

static enum mentor_status publish_pair(struct mentor *m, const struct past *pair)
{
	enum mentor_status status = db_run(m, "UPDATE pair SET state = 'active', published_on = $1 WHERE id = $2",
	    DB_ARGS(DB_TEXT(m->today), DB_NUMBER(pair->id)));
	if (!status)
		status = ending_found(m, pair->mentor->enrolment, pair->id);
	return status ? status : ending_found(m, pair->mentee->enrolment, pair->id);
}

static enum mentor_status publish(struct pool *p, const struct chosen *c, int64_t *ret_n)
{
	enum mentor_status status = check_chosen(p, c);
	if (!status)
		status = check_all(p, c, ret_n);
	if (!status && *ret_n > 0)
		status = checklist_hold(p->m, p->cohort, MENTOR_STEP_PUBLISH);
	for (size_t i = 0; !status && i < p->n_pairs; i++)
		if (is_chosen(c, &p->pairs[i]))
			status = publish_pair(p->m, &p->pairs[i]);
	return status ? fail_state(p->m, status, "nothing published") : MENTOR_OK;
}

enum mentor_status mentor_match_publish_override(struct mentor *m, int64_t cohort, const int64_t *pairs, size_t n_pairs, const char *override, int64_t *ret_n)
{
	const struct chosen chosen = { pairs, n_pairs, override };
	struct pool p = { 0 };
	int64_t n = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = proposal_check_cohort(m, cohort);
	if (!status)
		status = pool_load(m, cohort, &p);
	if (!status)
		status = publish(&p, &chosen, &n);
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_n = n;
	return status;
}

enum mentor_status mentor_match_publish_some(struct mentor *m, int64_t cohort, const int64_t *pairs, size_t n_pairs, int64_t *ret_n)
{
	return mentor_match_publish_override(m, cohort, pairs, n_pairs, NULL, ret_n);
}

enum mentor_status mentor_match_publish(struct mentor *m, int64_t cohort, int64_t *ret_n)
{
	return mentor_match_publish_some(m, cohort, NULL, 0, ret_n);
}

/* ---- what was passed over ---- */

#define TEXT(member) MENTOR_AT_TEXT(mentor_passage, member)
const struct mentor_field mentor_passage_fields[] = {
	{ "obstacle", MENTOR_TYPE_TEXT, 0, TEXT(obstacle), .heading = "in spite of", .help = "what stood against publishing the pair" },
	{ "reason", MENTOR_TYPE_TEXT, 0, TEXT(reason), .help = "why it was published all the same" },
	{ "passed_on", MENTOR_TYPE_DAY, 0, TEXT(passed_on), .heading = "on", .help = "day on which it was published" },
	{ "passed_by", MENTOR_TYPE_TEXT, 0, TEXT(passed_by), .heading = "by", .help = "who decided" },
	{ 0 },
};
#undef TEXT

enum mentor_status mentor_match_passages(struct mentor *m, int64_t pair, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status =
	    db_query(m, "SELECT obstacle, reason, passed_on, passed_by FROM passage WHERE pair_id = $1 ORDER BY id", DB_ARGS(DB_NUMBER(pair)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_passage row = { db_text(rows, 0), db_text(rows, 1), db_text(rows, 2), db_text(rows, 3) };
		status = db_whole(rows);
		if (!status)
			status = each(arg, &row);
	}
	db_done(rows);
	return status;
}

/* ---- what is still to be said ---- */

static enum mentor_status silent(struct mentor *m, int64_t cohort, size_t side, int64_t *ret_n, int64_t *ret_pair)
{
	struct definition *d = NULL;
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	bool wanted = !status && (side == 0 ? d->matching.mentors_choose : d->matching.mentees_choose);
	definition_free(d);
	if (!wanted)
		return status;
	status = db_query(m,
	    "SELECT count(*), min(p.id) FROM pair p WHERE p.cohort_id = $1 AND p.state = 'proposed' "
	    "AND NOT EXISTS (SELECT 1 FROM agreement a WHERE a.pair_id = p.id AND a.side = $2)",
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(sides[side])), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		*ret_n = db_number(rows, 0);
		*ret_pair = db_ref(rows, 1);
	}
	db_done(rows);
	return status;
}

enum mentor_status publish_mentors_silent(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_pair)
{
	return silent(m, cohort, 0, ret_n, ret_pair);
}

enum mentor_status publish_mentees_silent(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_pair)
{
	return silent(m, cohort, 1, ret_n, ret_pair);
}
