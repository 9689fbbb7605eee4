/* match.c: from a proposal to pairs that work together, and to their end.
 *
 * The way of a proposal: pool.c reads the cohort's people and puts everyone on a side; plan.c turns people and rules (rule.c) into
 * numbers for the kernel and checks its proof; here, what differs is stored. explain.c reads the same pool and asks the same rules, so
 * that explanations cannot disagree with the choice. */
#include "plan.h"
#include "record.h"
#include "selection.h"

#include <inttypes.h>
#include <string.h>

/* ---- proposing ---- */

static struct past *proposal_of(const struct human *mentor, const struct human *mentee)
{
	for (size_t i = 0; i < mentor->n_pairs; i++)
		if (mentor->pairs[i]->state == MENTOR_PAIR_PROPOSED && mentor->pairs[i]->mentee == mentee)
			return mentor->pairs[i];
	return NULL;
}

/* Rounded down, so that only what is perfect is called so. */
static int64_t percent(int64_t part, int64_t whole)
{
	return whole > 0 ? 100 * part / whole : MENTOR_NONE;
}

static enum mentor_status tell_pair(const struct pool *p, const struct mentor_match_sink *sink, const char *change,
    int64_t id, const struct human *a, const struct human *b, int64_t score)
{
	struct mentor_match_row row = { change, id, a->person, b->person, a->name, b->name, score,
		percent(score, rule_score_most(p)) };
	return sink && sink->pair ? sink->pair(sink->arg, &row) : MENTOR_OK;
}

static enum mentor_status store_pair(
    struct pool *p, const struct human *a, const struct human *b, int64_t score, const struct mentor_match_sink *sink)
{
	struct past *old = proposal_of(a, b);
	enum mentor_arrangement arrangement = rule_arrangement(p, a, b);
	bool same = old && old->score == score && old->arrangement == arrangement;
	const char *change = !old ? "added" : same ? "unchanged" : "updated";
	int64_t id = old ? old->id : 0;
	enum mentor_status status = MENTOR_OK;
	if (!old) {
		status = db_value(p->m,
		    "INSERT INTO pair (cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on) VALUES ($1, "
		    "$2, $3, $4, $5, $6) "
		    "RETURNING id",
		    DB_ARGS(DB_NUMBER(p->cohort), DB_NUMBER(a->enrolment), DB_NUMBER(b->enrolment),
			DB_TEXT(def_arrangements[arrangement]), DB_NUMBER(score), DB_TEXT(p->m->today)),
		    0, &id);
	} else {
		old->kept = true;
		if (!same)
			status = db_run(p->m, "UPDATE pair SET score = $1, arrangement = $2 WHERE id = $3",
			    DB_ARGS(DB_NUMBER(score), DB_TEXT(def_arrangements[arrangement]), DB_NUMBER(id)));
	}
	return status ? status : tell_pair(p, sink, change, id, a, b, score);
}

static enum mentor_status store_plan(struct pool *p, const struct plan *plan, const struct mentor_match_sink *sink)
{
	enum mentor_status status = MENTOR_OK;
	for (int32_t i = 0; !status && i < plan->result.n_pairs; i++) {
		const struct plan_pair pair = plan_pair(p, plan, i);
		status = store_pair(p, pair.mentor, pair.mentee, pair.score, sink);
	}
	for (size_t i = 0; !status && i < p->n_pairs; i++) {
		const struct past *past = &p->pairs[i];
		if (past->state != MENTOR_PAIR_PROPOSED || past->kept)
			continue;
		status = db_run(p->m, "DELETE FROM pair WHERE id = $1", DB_ARGS(DB_NUMBER(past->id)));
		if (!status)
			status = tell_pair(p, sink, "removed", past->id, past->mentor, past->mentee, past->score);
	}
	return status;
}

static int64_t count_possible(const struct pool *p, const struct human *h)
{
	int64_t n = 0;
	enum side other = pool_other_side(h->side);
	for (int32_t i = 0; i < p->n_sides[other]; i++) {
		const struct human *partner = p->sides[other][i];
		n += other == SIDE_MENTEE ? rule_all_hold(p, h, partner) : rule_all_hold(p, partner, h);
	}
	return n;
}

static void why_left(struct mentor_buf *b, const struct pool *p, const struct human *h, int64_t n_possible)
{
	enum side other = pool_other_side(h->side);
	if (h->places == 0)
		mentor_buf_str(b, "offers no places");
	else if (p->n_sides[other] == 0)
		mentor_buf_fmt(b, "there are no accepted %s", pool_plural(p, other));
	else if (n_possible == 0)
		mentor_buf_fmt(b, "the rules allow none of %" PRId32 " %s", p->n_sides[other], pool_plural(p, other));
	else
		mentor_buf_fmt(b, "the rules allow %" PRId64 " of %" PRId32 " %s, with no place left", n_possible,
		    p->n_sides[other], pool_plural(p, other));
}

static enum mentor_status tell_left(struct pool *p, const struct human *h, const struct mentor_match_sink *sink)
{
	if (!sink || !sink->left)
		return MENTOR_OK;
	struct mentor_buf why = MENTOR_BUF_INIT;
	int64_t n = count_possible(p, h);
	why_left(&why, p, h, n);
	struct mentor_match_left left = { h->person, h->name,
		h->side == SIDE_MENTOR ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE, n, mentor_buf_text(&why) };
	enum mentor_status status = why.failed ? fail_memory(p->m) : sink->left(sink->arg, &left);
	mentor_buf_free(&why);
	return status;
}

static enum mentor_status tell_all_left(
    struct pool *p, const struct plan *plan, const struct mentor_match_sink *sink, struct mentor_match_summary *summary)
{
	int64_t *const counts[] = { &summary->mentors_left, &summary->mentees_left };
	enum mentor_status status = MENTOR_OK;
	for (int side = 0; !status && side < 2; side++) {
		bool *placed = arena_alloc(&p->arena, (size_t)p->n_sides[side] + 1);
		if (!placed)
			return fail_memory(p->m);
		for (int32_t i = 0; i < plan->result.n_pairs; i++) {
			const struct plan_pair pair = plan_pair(p, plan, i);
			placed[side == SIDE_MENTOR ? pair.mentor->at : pair.mentee->at] = true;
		}
		for (int32_t i = 0; !status && i < p->n_sides[side]; i++) {
			if (placed[i] || p->sides[side][i]->active)
				continue;
			++*counts[side];
			status = tell_left(p, p->sides[side][i], sink);
		}
	}
	return status;
}

static enum mentor_status check_cohort(struct mentor *m, int64_t cohort)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (status)
		return status;
	const struct mentor_cohort *c = record;
	if (c->state == MENTOR_COHORT_FINISHED)
		status = fail(m, MENTOR_REFUSED, "its pairs stay as they are; name another cohort with --cohort",
		    "the cohort '%s' is finished", c->slug);
	mentor_record_free(record);
	return status;
}

static enum mentor_status propose(
    struct pool *p, struct plan *plan, const struct mentor_match_sink *sink, struct mentor_match_summary *ret_summary)
{
	struct mentor_match_summary s = {
		.mentors = p->n_sides[SIDE_MENTOR],
		.mentees = p->n_sides[SIDE_MENTEE],
		.candidates = plan->open,
		.pairs = plan->result.n_pairs,
	};
	for (size_t i = 0; i < p->n_pairs; i++)
		s.active += p->pairs[i].state == MENTOR_PAIR_ACTIVE;
	for (int32_t i = 0; i < plan->result.n_pairs; i++)
		s.score += plan_pair(p, plan, i).score;
	s.percent = percent(s.score, s.pairs * rule_score_most(p));
	enum mentor_status status = store_plan(p, plan, sink);
	if (!status)
		status = tell_all_left(p, plan, sink, &s);
	if (!status)
		*ret_summary = s;
	return status;
}

enum mentor_status mentor_match_propose(
    struct mentor *m, int64_t cohort, const struct mentor_match_sink *sink, struct mentor_match_summary *ret_summary)
{
	struct pool p = { 0 };
	struct plan plan = { 0 };
	struct mentor_match_summary summary = { 0 };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = check_cohort(m, cohort);
	if (!status)
		status = pool_load(m, cohort, &p);
	if (!status)
		status = plan_solve(&p, sink, &plan);
	if (!status)
		status = propose(&p, &plan, sink, &summary);
	plan_free(&plan);
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_summary = summary;
	return status;
}

/* ---- publishing and ending ---- */

static enum mentor_status refuse_pair(struct mentor *m, const struct past *pair, const char *why, const char *hint)
{
	return fail(m, MENTOR_REFUSED, *hint ? hint : "things have changed since; make a new proposal: mentor match propose",
	    "m%" PRId64 " (%s and %s) cannot be published: %s", pair->id, pair->mentor->name, pair->mentee->name, why);
}

/* Accepted still, and in that role. */
static bool stands(const struct human *h, enum mentor_role role)
{
	return h->state == MENTOR_ENROLMENT_ACCEPTED && (h->role == role || h->role == MENTOR_ROLE_EITHER);
}

static void why_not(struct mentor_buf *b, const struct pool *p, const struct past *pair)
{
	const struct human *const both[] = { pair->mentor, pair->mentee };
	for (size_t i = 0; i < 2; i++) {
		if (!stands(both[i], i == 0 ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE))
			mentor_buf_fmt(b, "%s is not accepted as %s any more", both[i]->name,
			    pool_singular(p, i == 0 ? SIDE_MENTOR : SIDE_MENTEE));
		else if (pool_places_left(both[i]) == 0)
			mentor_buf_fmt(b, "%s has no place left", both[i]->name);
		if (b->len)
			return;
	}
	for (size_t i = 0; i < rule_count(p); i++) {
		if (rule_holds(p, i, pair->mentor, pair->mentee))
			continue;
		mentor_buf_fmt(b, "it breaks the rule %s: ", rule_name(p, i));
		rule_in_words(b, p, i, pair->mentor, pair->mentee);
		return;
	}
}

/* What the two stated, and what their line managers say. */
static enum mentor_status why_not_either(struct mentor_buf *why, struct mentor_buf *hint, const struct pool *p, const struct statements *s,
    const struct past *pair)
{
	const struct human *const both[] = { pair->mentor, pair->mentee };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && !why->len && i < 2; i++)
		status = selection_why_not(p->m, p->d, s, both[i]->enrolment, both[i]->name, why, hint);
	return status;
}

/* Takes the places as it goes, so that two proposals for one place are noticed. */
static enum mentor_status publish_pair(struct pool *p, const struct statements *s, struct past *pair)
{
	struct mentor_buf why = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	why_not(&why, p, pair);
	enum mentor_status status = why_not_either(&why, &hint, p, s, pair);
	if (!status && (why.failed || hint.failed))
		status = fail_memory(p->m);
	if (!status && why.len)
		status = refuse_pair(p->m, pair, mentor_buf_text(&why), mentor_buf_text(&hint));
	mentor_buf_free(&why);
	mentor_buf_free(&hint);
	if (!status)
		status = db_run(p->m, "UPDATE pair SET state = 'active', published_on = $1 WHERE id = $2",
		    DB_ARGS(DB_TEXT(p->m->today), DB_NUMBER(pair->id)));
	pair->mentor->active++;
	pair->mentee->active++;
	return status;
}

static enum mentor_status publish_all(struct pool *p, int64_t *ret_n)
{
	int64_t n = 0;
	struct statements s;
	enum mentor_status status = statements_load(&s, p->m, p->d, p->cohort, 0);
	for (size_t i = 0; !status && i < p->n_pairs; i++) {
		if (p->pairs[i].state != MENTOR_PAIR_PROPOSED)
			continue;
		status = publish_pair(p, &s, &p->pairs[i]);
		n++;
	}
	statements_free(&s);
	if (status)
		return fail_state(p->m, status, "nothing published");
	*ret_n = n;
	return MENTOR_OK;
}

enum mentor_status mentor_match_publish(struct mentor *m, int64_t cohort, int64_t *ret_n)
{
	struct pool p = { 0 };
	int64_t n = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = check_cohort(m, cohort);
	if (!status)
		status = pool_load(m, cohort, &p);
	if (!status)
		status = publish_all(&p, &n);
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_n = n;
	return status;
}

static enum mentor_status end_pair(
    struct mentor *m, const struct mentor_pair *pair, const char *reason, bool *ret_changed)
{
	switch ((enum mentor_pair_state)pair->state) {
	case MENTOR_PAIR_PROPOSED:
		return fail(m, MENTOR_REFUSED,
		    "nobody has been told yet; a new proposal replaces it: mentor match propose",
		    "m%" PRId64 " is only proposed", pair->id);
	case MENTOR_PAIR_COMPLETED:
		return fail(m, MENTOR_REFUSED, NULL, "m%" PRId64 " is completed already", pair->id);
	case MENTOR_PAIR_ENDED:
		*ret_changed = false;
		return MENTOR_OK;
	case MENTOR_PAIR_ACTIVE:
		break;
	}
	enum mentor_status status =
	    db_run(m, "UPDATE pair SET state = 'ended', ended_on = $1, reason = $2 WHERE id = $3",
		DB_ARGS(DB_TEXT(m->today), DB_TEXT(reason), DB_NUMBER(pair->id)));
	if (!status)
		*ret_changed = true;
	return status;
}

enum mentor_status mentor_match_end(struct mentor *m, int64_t pair, const char *reason, bool *ret_changed)
{
	void *record = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (!status)
		status = end_pair(m, record, reason, &changed);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}
