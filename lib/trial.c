/* trial.c: a proposal with some things changed, tried and not stored. */
#include "plan.h"
#include "proposal.h"
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** What is tried. */
struct trial {
	const struct mentor_match_change *changes;
	size_t n;
	struct def_rule *rules; /* of the programme, those left */
	mentor_report_fn *each;
	void *arg;
};

/* ---- making the changes ---- */

static enum mentor_status find(const struct pool *p, int64_t person, struct human **ret)
{
	*ret = pool_person(p, person);
	if (*ret)
		return MENTOR_OK;
	return fail(p->m, MENTOR_NOT_FOUND, "see who is: mentor enrol list", "p%" PRId64 " is not in this cohort", person);
}

static enum mentor_status except(struct pool *p, const struct mentor_match_change *c)
{
	struct human *mentor = NULL, *mentee = NULL;
	enum mentor_status status = find(p, c->person, &mentor);
	if (!status)
		status = find(p, c->other, &mentee);
	if (status)
		return status;
	if (mentor == mentee || (!p->d->matching.one_pool && mentor->role == mentee->role && mentor->role != MENTOR_ROLE_EITHER))
		return fail(p->m, MENTOR_REFUSED, "name somebody of each side", "%s and %s can be no pair, whatever the rules say", mentor->name, mentee->name);
	struct exception *grown = arena_alloc(&p->arena, (p->n_exceptions + 1) * sizeof(*grown));
	if (!grown)
		return fail_memory(p->m);
	if (p->n_exceptions)
		memcpy(grown, p->exceptions, p->n_exceptions * sizeof(*grown));
	grown[p->n_exceptions++] = (struct exception){ mentor, mentee };
	p->exceptions = grown;
	return MENTOR_OK;
}

static enum mentor_status give_places(struct pool *p, const struct mentor_match_change *c)
{
	struct human *h;
	enum mentor_status status = find(p, c->person, &h);
	if (!status)
		h->places = c->places;
	return status;
}

static enum mentor_status accept(struct pool *p, const struct mentor_match_change *c)
{
	struct human *h;
	enum mentor_status status = find(p, c->person, &h);
	if (status)
		return status;
	if (h->role == MENTOR_ROLE_FACILITATOR)
		return fail(p->m, MENTOR_REFUSED, "name a mentor or a mentee: mentor enrol list", "%s is a facilitator, and facilitators are not matched", h->name);
	if (h->state == MENTOR_ENROLMENT_ACCEPTED)
		return fail(p->m, MENTOR_REFUSED, "leave it out", "%s is accepted already", h->name);
	if (h->state == MENTOR_ENROLMENT_WITHDRAWN)
		return fail(p->m, MENTOR_REFUSED, "leave it out", "%s has withdrawn", h->name);
	h->state = MENTOR_ENROLMENT_ACCEPTED;
	return MENTOR_OK;
}

/* Partners of pairs that work together have their places again. */
static enum mentor_status take_out(struct pool *p, const struct mentor_match_change *c)
{
	struct human *h;
	enum mentor_status status = find(p, c->person, &h);
	if (status)
		return status;
	h->state = MENTOR_ENROLMENT_WITHDRAWN;
	for (size_t i = 0; i < h->n_pairs; i++) {
		struct past *past = h->pairs[i];
		if (past->state != MENTOR_PAIR_ACTIVE)
			continue;
		past->state = MENTOR_PAIR_ENDED;
		past->parted = true;
		past->mentor->active--;
		past->mentee->active--;
	}
	return MENTOR_OK;
}

static enum mentor_status unpin(struct pool *p, const struct mentor_match_change *c)
{
	for (size_t i = 0; i < p->n_pairs; i++) {
		struct past *past = &p->pairs[i];
		if (past->id != c->pair)
			continue;
		if (past->state != MENTOR_PAIR_PROPOSED || !past->pinned)
			return fail(p->m, MENTOR_REFUSED, "leave it out", "m%" PRId64 " is not pinned", c->pair);
		past->pinned = false;
		return MENTOR_OK;
	}
	return fail(p->m, MENTOR_NOT_FOUND, "see: mentor match list", "m%" PRId64 " is not a pair of this cohort", c->pair);
}

/* Rules were left out before the pool was read. */
static enum mentor_status leave(struct pool *p, const struct mentor_match_change *c)
{
	(void)p;
	(void)c;
	return MENTOR_OK;
}

static enum mentor_status change(void *arg, struct pool *p)
{
	static enum mentor_status (*const changes[])(struct pool *, const struct mentor_match_change *) = {
		[MENTOR_MATCH_UNPIN] = unpin,
		[MENTOR_MATCH_WITH_PAIR] = except,
		[MENTOR_MATCH_PLACES] = give_places,
		[MENTOR_MATCH_ACCEPT] = accept,
		[MENTOR_MATCH_WITHOUT_RULE] = leave,
		[MENTOR_MATCH_WITHOUT_PERSON] = take_out,
	};
	const struct trial *t = arg;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < t->n; i++)
		status = changes[t->changes[i].kind](p, &t->changes[i]);
	return status;
}

static enum mentor_status no_such_rule(struct mentor *m, const struct definition *d, const char *rule)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	for (size_t i = 0; i < d->matching.n_rules; i++)
		mentor_buf_fmt(&hint, "%s%s", i ? ", " : "there are: ", d->matching.rules[i].slug);
	enum mentor_status status = fail(m, MENTOR_NOT_FOUND, hint.len ? mentor_buf_text(&hint) : NULL, "the programme has no hard rule '%s'", rule);
	mentor_buf_free(&hint);
	return status;
}

static bool is_left_out(const struct trial *t, const char *rule)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->changes[i].kind == MENTOR_MATCH_WITHOUT_RULE && strcmp(t->changes[i].rule, rule) == 0)
			return true;
	return false;
}

static bool has_rule(const struct definition *d, const char *rule)
{
	for (size_t i = 0; i < d->matching.n_rules; i++)
		if (strcmp(d->matching.rules[i].slug, rule) == 0)
			return true;
	return false;
}

static enum mentor_status leave_out_rules(struct mentor *m, struct trial *t, struct definition *d)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->changes[i].kind == MENTOR_MATCH_WITHOUT_RULE && !has_rule(d, t->changes[i].rule))
			return no_such_rule(m, d, t->changes[i].rule);
	size_t n = 0;
	t->rules = calloc(d->matching.n_rules + 1, sizeof(*t->rules));
	if (!t->rules)
		return fail_memory(m);
	for (size_t i = 0; i < d->matching.n_rules; i++)
		if (!is_left_out(t, d->matching.rules[i].slug))
			t->rules[n++] = d->matching.rules[i];
	d->matching.rules = t->rules;
	d->matching.n_rules = n;
	return MENTOR_OK;
}

/* ---- what is different ---- */

static bool is_tried(const struct plan *plan, const struct past *past)
{
	for (int32_t i = 0; i < plan->n_pairs; i++)
		if (plan->pairs[i].mentor == past->mentor && plan->pairs[i].mentee == past->mentee)
			return true;
	return false;
}

static enum mentor_status tell_pair(
    const struct trial *t, const struct pool *p, const char *what, const struct human *mentor, const struct human *mentee, int64_t score)
{
	const struct mentor_match_difference d = { what, mentor->person, mentee->person, mentor->name, mentee->name, score,
		proposal_percent(score, rule_score_most(p)) };
	return t->each(t->arg, "pairs", &d);
}

static enum mentor_status tell_pairs(const struct trial *t, const struct pool *p, const struct plan *plan)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < p->n_pairs; i++) {
		const struct past *past = &p->pairs[i];
		if (past->state == MENTOR_PAIR_PROPOSED && !is_tried(plan, past))
			status = tell_pair(t, p, "lost", past->mentor, past->mentee, past->score);
	}
	for (int32_t i = 0; !status && i < plan->n_pairs; i++) {
		const struct plan_pair *pair = &plan->pairs[i];
		if (!proposal_of(pair->mentor, pair->mentee))
			status = tell_pair(t, p, "gained", pair->mentor, pair->mentee, pair->score);
	}
	return status;
}

/* Everybody's partners now and in what is tried, by number in the pool. */
struct partners {
	int32_t *before, *after;
};

static enum mentor_status count_partners(struct pool *p, const struct plan *plan, struct partners *ret)
{
	ret->before = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(int32_t));
	ret->after = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(int32_t));
	if (p->arena.failed)
		return fail_memory(p->m);
	for (size_t i = 0; i < p->n_people; i++)
		ret->before[i] = ret->after[i] = (int32_t)p->people[i].active;
	for (size_t i = 0; i < p->n_pairs; i++) {
		if (p->pairs[i].state != MENTOR_PAIR_PROPOSED && !p->pairs[i].parted)
			continue;
		ret->before[p->pairs[i].mentor - p->people]++;
		ret->before[p->pairs[i].mentee - p->people]++;
	}
	for (int32_t i = 0; i < plan->n_pairs; i++) {
		ret->after[plan->pairs[i].mentor - p->people]++;
		ret->after[plan->pairs[i].mentee - p->people]++;
	}
	return MENTOR_OK;
}

static bool is_changed(const struct trial *t, enum mentor_match_change_kind kind, const struct human *h)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->changes[i].kind == kind && t->changes[i].person == h->person)
			return true;
	return false;
}

/* Whoever is taken out is neither matched nor left over; whoever is accepted can be left over without having had a partner. */
static enum mentor_status tell_people(const struct trial *t, const struct pool *p, const struct partners *partners)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < p->n_people; i++) {
		const struct human *h = p->sorted[i];
		size_t at = (size_t)(h - p->people);
		bool before = partners->before[at] > 0 || is_changed(t, MENTOR_MATCH_ACCEPT, h), after = partners->after[at] > 0;
		if (h->side == SIDE_NONE || (before == after && partners->before[at] > 0) || (!before && !after))
			continue;
		const struct mentor_match_turn turn = { after ? "matched" : "left over", h->person, h->name,
			h->side == SIDE_MENTOR ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE };
		status = t->each(t->arg, "people", &turn);
	}
	return status;
}

static void add_score(struct mentor_match_outcome *o, int64_t score)
{
	o->pairs++;
	o->score += score;
	o->worst = o->worst == MENTOR_NONE || score < o->worst ? score : o->worst;
}

static void count_left(const struct human *h, int32_t partners, struct mentor_match_outcome *o)
{
	bool mentors = h->side == SIDE_MENTOR || (h->side == SIDE_NONE && h->role == MENTOR_ROLE_MENTOR);
	o->mentors_left += mentors && partners == 0;
	o->mentees_left += !mentors && partners == 0;
}

/* The present proposal is counted without the changes. */
static void count_all_left(const struct trial *t, const struct pool *p, const struct partners *partners, struct mentor_match_outcome *present,
    struct mentor_match_outcome *tried)
{
	for (size_t i = 0; i < p->n_people; i++) {
		const struct human *h = &p->people[i];
		bool takes_part = h->side != SIDE_NONE;
		if (takes_part)
			count_left(h, partners->after[i], tried);
		if (takes_part ? !is_changed(t, MENTOR_MATCH_ACCEPT, h) : is_changed(t, MENTOR_MATCH_WITHOUT_PERSON, h))
			count_left(h, partners->before[i], present);
	}
}

static enum mentor_status tell_outcomes(const struct trial *t, const struct pool *p, const struct plan *plan, const struct partners *partners)
{
	struct mentor_match_outcome present = { .proposal = "present", .worst = MENTOR_NONE }, tried = { .proposal = "tried", .worst = MENTOR_NONE };
	for (size_t i = 0; i < p->n_pairs; i++)
		if (p->pairs[i].state == MENTOR_PAIR_PROPOSED)
			add_score(&present, p->pairs[i].score);
	for (int32_t i = 0; i < plan->n_pairs; i++)
		add_score(&tried, plan->pairs[i].score);
	count_all_left(t, p, partners, &present, &tried);
	present.percent = proposal_percent(present.score, present.pairs * rule_score_most(p));
	tried.percent = proposal_percent(tried.score, tried.pairs * rule_score_most(p));
	enum mentor_status status = t->each(t->arg, "outcomes", &present);
	return status ? status : t->each(t->arg, "outcomes", &tried);
}

static enum mentor_status compare(const struct trial *t, struct pool *p, const struct plan *plan)
{
	struct partners partners;
	enum mentor_status status = count_partners(p, plan, &partners);
	if (!status)
		status = tell_pairs(t, p, plan);
	if (!status)
		status = tell_people(t, p, &partners);
	return status ? status : tell_outcomes(t, p, plan, &partners);
}

enum mentor_status mentor_match_what_if(
    struct mentor *m, int64_t cohort, const struct mentor_match_change *changes, size_t n, mentor_report_fn *each, void *arg)
{
	struct trial t = { changes, n, NULL, each, arg };
	struct definition *d = NULL;
	struct pool p = { .m = m, .arena = ARENA_INIT };
	struct plan plan = { 0 };
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = leave_out_rules(m, &t, d);
	if (!status)
		status = pool_load_edited(m, cohort, d, change, &t, &p);
	if (!status)
		status = plan_solve(&p, NULL, NULL, &plan);
	if (!status)
		status = compare(&t, &p, &plan);
	plan_free(&plan);
	pool_free(&p);
	definition_free(d);
	free(t.rules);
	return status;
}
