/* match.c: proposing pairs.
 *
 * The way of a proposal: pool.c reads the cohort's people and puts everyone on a side; plan.c turns people and rules (rule.c) into
 * numbers for the kernel and checks its proof; proposal.c stores what differs. publish.c makes pairs of it, ending.c ends them. explain.c reads the
 * same pool and asks the same rules, so that explanations cannot disagree with the choice. */
#include "plan.h"
#include "proposal.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

/* ---- proposing ---- */

static int64_t count_possible(const struct pool *p, const struct human *h, int64_t *ret_others)
{
	int64_t n = 0;
	const struct human *mentor = NULL, *mentee = NULL;
	*ret_others = 0;
	for (size_t i = 0; i < p->n_people; i++) {
		if (!rule_may_pair(h, &p->people[i], &mentor, &mentee))
			continue;
		++*ret_others;
		n += rule_all_hold(p, mentor, mentee);
	}
	return n;
}

static void why_left(struct mentor_buf *b, const struct pool *p, const struct human *h, int64_t n_possible, int64_t n_others)
{
	const char *others = pool_partners(p, pool_other_side(h->side), false);
	if (h->places == 0)
		mentor_buf_str(b, "offers no places");
	else if (n_others == 0)
		mentor_buf_fmt(b, "there are no accepted %s", others);
	else if (n_possible == 0)
		mentor_buf_fmt(b, "the rules allow none of %" PRId64 " %s", n_others, others);
	else
		mentor_buf_fmt(b, "the rules allow %" PRId64 " of %" PRId64 " %s, with no place left", n_possible, n_others, others);
}

static enum mentor_status tell_left(struct pool *p, const struct human *h, const struct mentor_match_sink *sink)
{
	if (!sink || !sink->left)
		return MENTOR_OK;
	struct mentor_buf why = MENTOR_BUF_INIT;
	int64_t others = 0, n = count_possible(p, h, &others);
	why_left(&why, p, h, n, others);
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
	bool *placed = arena_alloc(&p->arena, p->n_people + 1);
	if (!placed)
		return fail_memory(p->m);
	for (int32_t i = 0; i < plan->n_pairs; i++)
		placed[plan->pairs[i].mentor - p->people] = placed[plan->pairs[i].mentee - p->people] = true;
	for (int side = 0; !status && side < 2; side++)
		for (int32_t i = 0; !status && i < p->n_sides[side]; i++) {
			const struct human *h = p->sides[side][i];
			if (placed[h - p->people] || h->active || h->resting)
				continue;
			++*counts[side];
			status = tell_left(p, h, sink);
		}
	return status;
}

static enum mentor_status store_plan(struct pool *p, const struct plan *plan, const struct mentor_match_sink *sink)
{
	struct wanted *wanted = arena_alloc(&p->arena, ((size_t)plan->n_pairs + 1) * sizeof(*wanted));
	if (!wanted)
		return fail_memory(p->m);
	for (int32_t i = 0; i < plan->n_pairs; i++) {
		const struct plan_pair *pair = &plan->pairs[i];
		wanted[i] = (struct wanted){ pair->mentor, pair->mentee, pair->score, rule_arrangement(p, pair->mentor, pair->mentee),
			pair->pin != NULL, pair->pin ? pair->pin->override : NULL };
	}
	return proposal_store(p, wanted, (size_t)plan->n_pairs, sink);
}

static enum mentor_status propose(
    struct pool *p, struct plan *plan, const struct mentor_match_sink *sink, struct mentor_match_summary *ret_summary)
{
	struct mentor_match_summary s = {
		.mentors = p->n_sides[SIDE_MENTOR],
		.mentees = p->n_sides[SIDE_MENTEE],
		.candidates = plan->open,
		.pairs = plan->n_pairs,
		.method = plan->method,
		.objective = plan->objective,
		.worst = MENTOR_NONE,
	};
	for (size_t i = 0; i < p->n_pairs; i++)
		s.active += p->pairs[i].state == MENTOR_PAIR_ACTIVE;
	for (int32_t i = 0; i < plan->n_pairs; i++) {
		int64_t score = plan->pairs[i].score;
		s.score += score;
		s.pinned += plan->pairs[i].pin != NULL;
		s.worst = s.worst == MENTOR_NONE || score < s.worst ? score : s.worst;
	}
	s.percent = proposal_percent(s.score, s.pairs * rule_score_most(p));
	enum mentor_status status = store_plan(p, plan, sink);
	if (!status)
		status = tell_all_left(p, plan, sink, &s);
	if (!status)
		*ret_summary = s;
	return status;
}

enum mentor_status mentor_match_propose_by(struct mentor *m, int64_t cohort, const struct mentor_match_options *options,
    const struct mentor_match_sink *sink, struct mentor_match_summary *ret_summary)
{
	struct pool p = { 0 };
	struct plan plan = { 0 };
	struct mentor_match_summary summary = { 0 };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = proposal_check_cohort(m, cohort);
	if (!status)
		status = pool_load(m, cohort, &p);
	if (!status) {
		struct plan_how how = plan_how(&p, options);
		status = plan_solve(&p, &how, sink, &plan);
	}
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

enum mentor_status mentor_match_propose(
    struct mentor *m, int64_t cohort, const struct mentor_match_sink *sink, struct mentor_match_summary *ret_summary)
{
	return mentor_match_propose_by(m, cohort, NULL, sink, ret_summary);
}

/* ---- methods side by side ---- */

static enum mentor_status measure(struct pool *p, const struct plan_how *how, mentor_record_fn *each, void *arg)
{
	struct plan plan = { 0 };
	struct mentor_match_figures figures;
	enum mentor_status status = plan_solve(p, how, NULL, &plan);
	if (!status)
		status = plan_measure(p, &plan, &figures);
	plan_free(&plan);
	return status ? status : each(arg, &figures);
}

enum mentor_status mentor_match_methods(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	static const struct plan_how ways[] = { { MENTOR_MATCH_BEST, MENTOR_MATCH_TOTAL, true }, { MENTOR_MATCH_BEST, MENTOR_MATCH_WORST, true },
		{ MENTOR_MATCH_BEST, MENTOR_MATCH_CHOICES, true }, { MENTOR_MATCH_STABLE, MENTOR_MATCH_TOTAL, true } };
	struct pool p = { 0 };
	enum mentor_status status = pool_load(m, cohort, &p);
	size_t n = p.graph ? 2 : sizeof(ways) / sizeof(*ways); /* the others need two sides */
	for (size_t i = 0; !status && i < n; i++)
		status = measure(&p, &ways[i], each, arg);
	pool_free(&p);
	return status;
}
