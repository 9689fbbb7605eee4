/* match.c: proposing pairs.
 *
 * The way of a proposal: pool.c reads the cohort's people and puts everyone on a side; plan.c turns people and rules (rule.c) into
 * numbers for the kernel and checks its proof; here, what differs is stored. publish.c makes pairs of it, ending.c ends them. explain.c reads the same pool and asks the same rules, so
 * that explanations cannot disagree with the choice. */
#include "ending.h"
#include "plan.h"
#include "record.h"

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
			if (placed[i] || p->sides[side][i]->active || p->sides[side][i]->resting)
				continue;
			++*counts[side];
			status = tell_left(p, p->sides[side][i], sink);
		}
	}
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
	status = ending_check_cohort(m, cohort);
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
