/* explain.c: why two people are a pair, and why someone has a partner or none. */
#include "record.h"
#include "relax.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 8 }; /* named in one sentence */

/* ---- explaining ---- */

/** Where lines of an explanation go; the first failure stops them. */
struct talk {
	struct mentor *m;
	mentor_match_line_fn *each;
	void *arg;
	enum mentor_status status;
};

static const struct mentor_match_line no_line = { .held = MENTOR_NONE,
	.removed = MENTOR_NONE,
	.only = MENTOR_NONE,
	.points = MENTOR_NONE,
	.weight = MENTOR_NONE,
	.share = MENTOR_NONE,
	.most = MENTOR_NONE,
	.change = MENTOR_NONE,
	.sure = MENTOR_NONE };

/* Sends a line with the text in `b`, which is then empty again. */
static void send(struct talk *t, struct mentor_match_line line, struct mentor_buf *b)
{
	line.text = mentor_buf_text(b);
	if (!t->status)
		t->status = b->failed ? fail_memory(t->m) : t->each(t->arg, &line);
	mentor_buf_clear(b);
}

static void send_sentence(struct talk *t, struct mentor_buf *b)
{
	struct mentor_match_line line = no_line;
	line.kind = MENTOR_MATCH_SENTENCE;
	send(t, line, b);
}

static void explain_rules(
    struct talk *t, const struct pool *p, const struct human *a, const struct human *c, struct mentor_buf *b)
{
	for (size_t i = 0; i < rule_count(p); i++) {
		struct mentor_match_line line = no_line;
		line.kind = MENTOR_MATCH_RULE;
		line.name = rule_name(p, i);
		line.held = rule_holds(p, i, a, c);
		rule_in_words(b, p, i, a, c);
		send(t, line, b);
	}
}

static void explain_scores(
    struct talk *t, const struct pool *p, const struct human *a, const struct human *c, struct mentor_buf *b)
{
	for (size_t i = 0; i < p->d->matching.n_scores; i++) {
		const struct def_score *s = &p->d->matching.scores[i];
		struct mentor_match_line line = no_line;
		line.kind = MENTOR_MATCH_SCORE;
		line.name = s->slug;
		line.points = rule_points(p, i, a, c);
		line.weight = s->weight;
		line.share = line.points * s->weight;
		line.most = 1000 * s->weight;
		rule_score_in_words(b, p, i, a, c);
		send(t, line, b);
	}
}

static enum mentor_status keep_name(struct mentor *m, const char *a, const char *b, const char **ret)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	mentor_buf_fmt(&name, "%s%s%s", a, b ? " and " : "", b ? b : "");
	*ret = name.failed ? NULL : mentor_keep(m, mentor_buf_text(&name));
	mentor_buf_free(&name);
	return *ret ? MENTOR_OK : fail_memory(m);
}

static void say_rules_kept(struct talk *t, const struct pool *p, const struct human *a, const struct human *c, struct mentor_buf *b)
{
	size_t n = 0;
	for (size_t i = 0; i < rule_count(p); i++)
		if (!rule_holds(p, i, a, c))
			mentor_buf_fmt(b, "%s%s", n++ ? " and " : "The pair breaks ", rule_name(p, i));
	if (n == 0)
		mentor_buf_str(b, "The pair keeps every hard rule");
	send_sentence(t, b);
}

static void say_arrangement(struct talk *t, const struct pool *p, const struct human *a, const struct human *c, struct mentor_buf *b)
{
	bool reciprocal = rule_arrangement(p, a, c) == MENTOR_RECIPROCAL;
	if (p->d->arrangement == DEF_COMBINATION)
		mentor_buf_fmt(b, "By what the two said they work together in a %s pair", reciprocal ? "reciprocal" : "reverse");
	else
		mentor_buf_fmt(b, "By the programme it is a %s pair", reciprocal ? "reciprocal" : "reverse");
	if (reciprocal)
		mentor_buf_str(b, ": both give and both take");
	else
		mentor_buf_fmt(b, ": %s is the %s, %s the %s", a->name, pool_singular(p, SIDE_MENTOR), c->name, pool_singular(p, SIDE_MENTEE));
	send_sentence(t, b);
}

/* How many others of the other side the rules allow with somebody, and how many of these have more points. */
static void say_others(struct talk *t, const struct pool *p, const struct human *h, const struct human *partner, int64_t score, struct mentor_buf *b)
{
	int64_t possible = 0, better = 0;
	enum side other = pool_other_side(h->side);
	const struct human *mentor = NULL, *mentee = NULL;
	for (size_t i = 0; i < p->n_people; i++) {
		const struct human *o = &p->people[i];
		if (o == partner || !rule_may_pair(h, o, &mentor, &mentee) || !rule_all_hold(p, mentor, mentee))
			continue;
		possible++;
		better += rule_score(p, mentor, mentee) > score;
	}
	if (possible == 0)
		mentor_buf_fmt(b, "The rules allow no other %s with %s", pool_partners(p, other, true), h->name);
	else if (possible == 1)
		mentor_buf_fmt(b, "The rules allow 1 other %s with %s, who would have %s points", pool_partners(p, other, true), h->name, better ? "more" : "no more");
	else
		mentor_buf_fmt(b, "The rules allow %" PRId64 " other %s with %s, of whom ", possible, pool_partners(p, other, false), h->name);
	if (possible > 1 && better == 0)
		mentor_buf_str(b, "nobody would have more points");
	else if (possible > 1)
		mentor_buf_fmt(b, "%" PRId64 " would have more points", better);
	send_sentence(t, b);
}

/* What is sought, in order. */
static void order_in_words(struct mentor_buf *b, const struct pool *p)
{
	mentor_buf_str(b, "as many pairs as possible, ");
	if (p->d->matching.objective == MENTOR_MATCH_CHOICES)
		mentor_buf_fmt(b, "then as many first choices of the %s as possible, then second ones and so on, ", pool_plural(p, SIDE_MENTOR));
	else if (p->d->matching.objective == MENTOR_MATCH_WORST)
		mentor_buf_str(b, "then as many points as possible for the pair that has the fewest, ");
	mentor_buf_str(b, "then the most points in all; between equals the choice is arbitrary, but the same every time");
}

/* What else there was for either, and why it came out so. */
static void say_choice(struct talk *t, const struct pool *p, const struct human *a, const struct human *c, int64_t score, struct mentor_buf *b)
{
	if (a->side == SIDE_NONE || c->side == SIDE_NONE)
		return;
	say_others(t, p, a, c, score, b);
	say_others(t, p, c, a, score, b);
	mentor_buf_str(b, "Pairs are chosen for everybody together, in this order: ");
	order_in_words(b, p);
	send_sentence(t, b);
}

/* Chosen by people: that is reason enough. */
static void say_pinned(struct talk *t, const struct mentor_pair *stored, struct mentor_buf *b)
{
	mentor_buf_fmt(b, "The pair is pinned: every new proposal keeps it, until it is let go: mentor match pin --off m%" PRId64, stored->id);
	send_sentence(t, b);
}

static void say_override(struct talk *t, const struct mentor_pair *stored, struct mentor_buf *b)
{
	mentor_buf_fmt(b, "The two were put together by hand although a hard rule spoke against it, for this reason: %s", stored->override);
	send_sentence(t, b);
}

static void say_score(struct talk *t, const struct mentor_match_subject *s, int64_t stored_score, struct mentor_buf *b)
{
	if (s->score_most == 0)
		return;
	mentor_buf_fmt(b, "The soft rules give it %" PRId64 " of %" PRId64 " points (%" PRId64 "%%)", s->score, s->score_most, s->percent);
	if (stored_score != s->score)
		mentor_buf_fmt(b, ", and gave it %" PRId64 " when it was proposed", stored_score);
	send_sentence(t, b);
}

/* The verdict in a few sentences; the rules say the rest. */
static void say_verdict(struct talk *t, const struct pool *p, const struct human *a, const struct human *c,
    const struct mentor_match_subject *s, const struct mentor_pair *stored, struct mentor_buf *b)
{
	say_rules_kept(t, p, a, c, b);
	say_arrangement(t, p, a, c, b);
	say_score(t, s, stored->score, b);
	if (stored->override)
		say_override(t, stored, b);
	if (stored->state == MENTOR_PAIR_PROPOSED && stored->pinned)
		say_pinned(t, stored, b);
	else if (stored->state == MENTOR_PAIR_PROPOSED)
		say_choice(t, p, a, c, s->score, b);
}

static enum mentor_status explain_pair(struct talk *t, const struct pool *p, const struct human *a,
    const struct human *c, const struct mentor_pair *stored, struct mentor_match_subject *subject)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	subject->score = rule_score(p, a, c);
	subject->score_most = rule_score_most(p);
	subject->percent = subject->score_most > 0 ? 100 * subject->score / subject->score_most : MENTOR_NONE;
	enum mentor_status status = keep_name(t->m, a->name, c->name, &subject->name);
	if (!status) {
		say_verdict(t, p, a, c, subject, stored, &b);
		explain_rules(t, p, a, c, &b);
		explain_scores(t, p, a, c, &b);
		status = t->status;
	}
	mentor_buf_free(&b);
	return status;
}

enum mentor_status mentor_match_explain_pair(
    struct mentor *m, int64_t pair, mentor_match_line_fn *each, void *arg, struct mentor_match_subject *ret_subject)
{
	struct pool p = { 0 };
	void *record = NULL;
	struct talk t = { m, each, arg, MENTOR_OK };
	struct mentor_match_subject subject = {
		.pair = pair, .considered = MENTOR_NONE, .possible = MENTOR_NONE, .partners = MENTOR_NONE
	};
	enum mentor_status status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (status)
		return status;
	const struct mentor_pair *stored = record;
	status = pool_load(m, stored->cohort_id, &p);
	p.except = pair;
	const struct human *a = status ? NULL : pool_human(&p, stored->mentor_enrolment);
	const struct human *c = status ? NULL : pool_human(&p, stored->mentee_enrolment);
	if (a && c)
		status = explain_pair(&t, &p, a, c, stored, &subject);
	else if (!status)
		status =
		    fail(m, MENTOR_FAILED, "run: mentor db check", "m%" PRId64 " joins people of another cohort", pair);
	pool_free(&p);
	mentor_record_free(record);
	if (!status)
		*ret_subject = subject;
	return status;
}

/* -- a person -- */

/** Someone of the other side whom no rule forbids. */
struct option {
	const struct human *human;
	int64_t score;
};

/** What the rules leave of the other side. */
struct outlook {
	const struct human *who;
	enum side other;
	int64_t considered, n_options;
	int64_t *removed, *only; /* by rule */
	struct option *options;  /* the best first */
};

static int by_score(const void *a, const void *b)
{
	const struct option *left = a, *right = b;
	if (left->score != right->score)
		return left->score < right->score ? 1 : -1;
	return strcmp(left->human->email, right->human->email);
}

/* Counts which rules forbid a partner; the last one that does, when it is the only one. */
static void weigh(const struct pool *p, struct outlook *o, const struct human *other, const struct human *mentor, const struct human *mentee)
{
	size_t broken = 0, last = 0;
	for (size_t i = 0; i < rule_count(p); i++) {
		if (rule_holds(p, i, mentor, mentee))
			continue;
		o->removed[i]++;
		broken++;
		last = i;
	}
	o->considered++;
	o->only[last] += broken == 1;
	if (broken == 0)
		o->options[o->n_options++] = (struct option){ other, rule_score(p, mentor, mentee) };
}

/* Looks at the whole other side but for partners the person has already. */
static enum mentor_status look_out(struct pool *p, const struct human *h, struct outlook *o)
{
	*o = (struct outlook){ .who = h, .other = pool_other_side(h->side) };
	o->removed = arena_alloc(&p->arena, rule_count(p) * sizeof(int64_t));
	o->only = arena_alloc(&p->arena, rule_count(p) * sizeof(int64_t));
	o->options = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(struct option));
	if (p->arena.failed)
		return fail_memory(p->m);
	for (size_t i = 0; i < p->n_people; i++) {
		const struct human *other = p->sorted[i], *mentor = NULL, *mentee = NULL;
		const struct past *past = rule_paired(p, h, other);
		if (rule_may_pair(h, other, &mentor, &mentee) && (!past || past->state != MENTOR_PAIR_ACTIVE))
			weigh(p, o, other, mentor, mentee);
	}
	qsort(o->options, (size_t)o->n_options, sizeof(struct option), by_score);
	return MENTOR_OK;
}

static void say_removed(struct talk *t, const struct pool *p, const struct outlook *o, struct mentor_buf *b)
{
	for (size_t i = 0; i < rule_count(p); i++) {
		struct mentor_match_line line = no_line;
		line.kind = MENTOR_MATCH_RULE;
		line.name = rule_name(p, i);
		line.removed = o->removed[i];
		line.only = o->only[i];
		mentor_buf_fmt(b, "rules out %" PRId64 " of %" PRId64 " %s", o->removed[i], o->considered,
		    pool_partners(p, o->other, false));
		if (o->only[i] > 0)
			mentor_buf_fmt(b, ", %" PRId64 " of them alone", o->only[i]);
		send(t, line, b);
	}
}

/* What is not known of a person rules out everybody, and is the easiest to mend. */
static void say_unknown(struct talk *t, const struct pool *p, const struct human *h, struct mentor_buf *b)
{
	for (size_t i = 0; i < p->d->matching.n_rules; i++) {
		if (rule_unknown_in_words(b, p, i, h))
			send_sentence(t, b);
	}
}

static bool is_current(const struct past *past)
{
	return past->state == MENTOR_PAIR_ACTIVE || past->state == MENTOR_PAIR_PROPOSED;
}

static int64_t count_partners(const struct human *h)
{
	int64_t n = 0;
	for (size_t i = 0; i < h->n_pairs; i++)
		n += is_current(h->pairs[i]);
	return n;
}

static void say_partners(struct talk *t, const struct human *h, struct mentor_buf *b)
{
	for (size_t i = 0; i < h->n_pairs; i++) {
		const struct past *past = h->pairs[i];
		if (!is_current(past))
			continue;
		mentor_buf_fmt(b, "%s is %s %s in m%" PRId64 ", which scored %" PRId64, h->name,
		    past->state == MENTOR_PAIR_ACTIVE ? "paired with" : "proposed with",
		    past->mentor == h ? past->mentee->name : past->mentor->name, past->id, past->score);
		send_sentence(t, b);
	}
}

/* What stands in the way of the most: the rule that alone forbids more partners than any other. */
static void say_relaxation(struct talk *t, const struct pool *p, const struct outlook *o, struct mentor_buf *b)
{
	size_t best = 0;
	for (size_t i = 1; i < p->d->matching.n_rules; i++)
		if (o->only[i] > o->only[best])
			best = i;
	if (p->d->matching.n_rules == 0 || o->only[best] == 0)
		mentor_buf_str(b, "No single rule stands in the way: lifting one alone would leave nobody either");
	else
		mentor_buf_fmt(b, "Without the rule %s, %" PRId64 " %s would be possible", rule_name(p, best),
		    o->only[best], pool_partners(p, o->other, o->only[best] == 1));
	send_sentence(t, b);
}

/* Where someone who was possible went instead. */
static void say_option(struct talk *t, const struct human *h, const struct option *o, struct mentor_buf *b)
{
	size_t n = 0;
	mentor_buf_fmt(b, "%s was possible (%" PRId64 " points with %s)", o->human->name, o->score, h->name);
	for (size_t i = 0; i < o->human->n_pairs; i++) {
		const struct past *past = o->human->pairs[i];
		if (!is_current(past))
			continue;
		mentor_buf_fmt(b, "%s %s in m%" PRId64 " (%" PRId64 ")", n++ ? " and" : " but is with",
		    past->mentor == o->human ? past->mentee->name : past->mentor->name, past->id, past->score);
	}
	if (n == 0)
		mentor_buf_str(b, pool_places_left(o->human) ? " and has no partner either" :
				  o->human->resting	     ? " but has not asked for another partner" :
							       " but offers no places");
	send_sentence(t, b);
}

/* Partners of active pairs are not among those considered. */
static void say_possible(struct talk *t, const struct pool *p, const struct outlook *o, struct mentor_buf *b)
{
	const char *who = pool_partners(p, o->other, o->considered == 1);
	if (o->considered == 0 && !o->who->active)
		mentor_buf_fmt(b, "There are no accepted %s to choose from", who);
	else if (o->considered > 0)
		mentor_buf_fmt(b, "%" PRId64 " of %" PRId64 " %s%s %s possible", o->n_options, o->considered,
		    o->who->active ? "other " : "", who, o->n_options == 1 || o->considered == 1 ? "was" : "were");
	if (b->len)
		send_sentence(t, b);
}

static void say_options(struct talk *t, const struct pool *p, const struct outlook *o, struct mentor_buf *b)
{
	if (o->n_options == 0)
		say_relaxation(t, p, o, b);
	for (int64_t i = 0; i < o->n_options && i < MOST_NAMES; i++)
		say_option(t, o->who, &o->options[i], b);
	if (o->n_options > MOST_NAMES) {
		mentor_buf_fmt(
		    b, "%" PRId64 " more were possible, with fewer points or as many", o->n_options - MOST_NAMES);
		send_sentence(t, b);
	}
}

static void names_in_words(struct mentor_buf *b, struct human *const *people, int32_t n)
{
	for (int32_t i = 0; i < n && i < MOST_NAMES; i++)
		mentor_buf_fmt(b, "%s%s", i == 0 ? "" : i == n - 1 ? " and " : ", ", people[i]->name);
	if (n > MOST_NAMES)
		mentor_buf_fmt(b, " and %" PRId32 " more", n - MOST_NAMES);
}

static void say_rivals(struct talk *t, const struct pool *p, enum side side, const struct relax *r, struct mentor_buf *b)
{
	if (r->places == 0)
		return;
	mentor_buf_fmt(b, "%" PRId32 " %s compete for %" PRId64 " %s: ", r->n_rivals, pool_plural(p, side), r->places,
	    r->places == 1 ? "place" : "places");
	names_in_words(b, r->rivals, r->n_rivals);
	mentor_buf_str(b, " for ");
	names_in_words(b, r->sought, r->n_sought);
	send_sentence(t, b);
	mentor_buf_str(b, "Who has them is chosen for everybody together, in this order: ");
	order_in_words(b, p);
	send_sentence(t, b);
}

/* -- what would help -- */

static void rules_in_words(struct mentor_buf *b, const struct pool *p, uint32_t rules)
{
	size_t n = 0;
	for (size_t i = 0; i < p->d->matching.n_rules && i < 32; i++)
		if (rules >> i & 1U)
			mentor_buf_fmt(b, "%s%s", n++ ? " and " : "", rule_name(p, i));
}

static void help_in_words(struct mentor_buf *b, const struct pool *p, const struct human *who, const struct relaxation *x)
{
	switch (x->changes[0].kind) {
	case MENTOR_MATCH_WITH_PAIR:
		mentor_buf_fmt(b, "let %s be paired with %s, although that breaks ", x->mentor->name, x->mentee->name);
		rules_in_words(b, p, x->rules);
		if (who != x->mentor && who != x->mentee)
			mentor_buf_fmt(b, ", so that %s can have a place that this leaves", who->name);
		break;
	case MENTOR_MATCH_PLACES:
		mentor_buf_fmt(b, "one more place for %s: %" PRId64 " instead of %" PRId64, x->human->name, x->changes[0].places, x->human->places);
		break;
	case MENTOR_MATCH_ACCEPT:
		mentor_buf_fmt(b, "accept %s, who is on the waiting list", x->human->name);
		break;
	case MENTOR_MATCH_WITHOUT_RULE:
		mentor_buf_fmt(b, "drop the rule%s ", x->n > 1 ? "s" : "");
		rules_in_words(b, p, x->rules);
		mentor_buf_str(b, " for everybody");
		if (x->opened != MENTOR_NONE)
			mentor_buf_fmt(b, ", which allows %" PRId64 " more pair%s", x->opened, x->opened == 1 ? "" : "s");
		break;
	case MENTOR_MATCH_UNPIN:
		mentor_buf_fmt(b, "let go of m%" PRId64 ", the pinned pair of %s and %s: both can be with somebody else", x->pin->id, x->pin->mentor->name,
		    x->pin->mentee->name);
		break;
	case MENTOR_MATCH_WITHOUT_PERSON:
		break;
	}
}

static void say_help_line(struct talk *t, const struct pool *p, const struct human *who, const struct relaxation *x, struct mentor_buf *b)
{
	struct mentor_match_line line = no_line;
	line.kind = MENTOR_MATCH_HELP;
	line.change = x->changes[0].kind;
	line.changes = x->changes;
	line.n_changes = x->n;
	line.sure = x->sure;
	help_in_words(b, p, who, x);
	if (x->sure == 0)
		mentor_buf_fmt(b, "; by points alone a new proposal would then leave %s over", x->left ? x->left : who->name);
	send(t, line, b);
}

static void say_help(struct talk *t, const struct pool *p, const struct outlook *o, const struct relax *r, struct mentor_buf *b)
{
	const char *name = o->who->name, *other = pool_partners(p, o->other, true);
	if (r->n_found)
		mentor_buf_fmt(b, "%s could have a partner, and nobody would lose one, after %s below", name,
		    r->n_found == 1 ? "the change" : "any one of the changes");
	else if (!p->graph) /* where sides are open not everything was tried */
		mentor_buf_fmt(b, "No single change of a rule, a place or a pin would give %s a partner without taking one from somebody", name);
	if (o->who->places > 0 && b->len)
		mentor_buf_fmt(b, "%s one more %s whom the rules allow with %s", r->n_found ? "; or with" : "; what would is", other, name);
	else if (o->who->places > 0)
		mentor_buf_fmt(b, "One more %s whom the rules allow with %s would help", other, name);
	if (b->len)
		send_sentence(t, b);
	for (size_t i = 0; i < r->n_found; i++)
		say_help_line(t, p, o->who, &r->found[i], b);
}

static enum mentor_status say_left(struct talk *t, struct pool *p, const struct outlook *o, struct mentor_buf *b)
{
	struct relax r;
	const struct human **wanted = arena_alloc(&p->arena, ((size_t)o->n_options + 1) * sizeof(struct human *));
	if (!wanted)
		return fail_memory(p->m);
	for (int64_t i = 0; i < o->n_options; i++)
		wanted[i] = o->options[i].human;
	say_options(t, p, o, b);
	enum mentor_status status = t->status ? t->status : relax_person(p, o->who, wanted, (size_t)o->n_options, &r);
	if (status)
		return status;
	if (r.partner) {
		mentor_buf_fmt(b, "A new proposal would place %s with %s: mentor match propose", o->who->name, r.partner->name);
		send_sentence(t, b);
		return t->status;
	}
	say_rivals(t, p, o->who->side, &r, b);
	say_help(t, p, o, &r, b);
	return t->status;
}

static void say_standing(
    struct talk *t, const struct pool *p, const struct human *h, int64_t partners, struct mentor_buf *b)
{
	if (h->role == MENTOR_ROLE_EITHER) {
		mentor_buf_fmt(b, h->active ? "%s takes either role and counts with the %s, as in the pair there is" :
			"%s takes either role and counts with the %s", h->name, pool_plural(p, h->side));
		send_sentence(t, b);
	}
	say_partners(t, h, b);
	if (partners == 0)
		mentor_buf_fmt(b, "%s has no partner%s", h->name, h->places == 0 ? " and offers no places" : h->resting ? ", and has not asked for another" : "");
	else if (h->places > partners)
		mentor_buf_fmt(b, "%s has taken %" PRId64 " of %" PRId64 " places", h->name, partners, h->places);
	if (b->len)
		send_sentence(t, b);
}

static void say_outside(struct talk *t, const struct human *h, struct mentor_buf *b)
{
	static const char *const applications[] = { [MENTOR_ENROLMENT_APPLIED] = "waits for a decision",
		[MENTOR_ENROLMENT_ACCEPTED] = "is accepted",
		[MENTOR_ENROLMENT_WAITING] = "is on the waiting list",
		[MENTOR_ENROLMENT_DECLINED] = "was declined",
		[MENTOR_ENROLMENT_WITHDRAWN] = "was withdrawn" };
	if (h->role == MENTOR_ROLE_FACILITATOR)
		mentor_buf_fmt(b, "%s is a facilitator, and facilitators are not matched", h->name);
	else
		mentor_buf_fmt(b, "%s is not matched: the application %s, and only accepted people are", h->name,
		    applications[h->state]);
	send_sentence(t, b);
}

static enum mentor_status explain_person(
    struct talk *t, struct pool *p, const struct human *h, struct mentor_match_subject *s)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	struct outlook o = { 0 };
	s->partners = count_partners(h);
	enum mentor_status status = keep_name(t->m, h->name, NULL, &s->name);
	if (!status && h->side == SIDE_NONE) {
		say_outside(t, h, &b);
		status = t->status;
	} else if (!status && !(status = look_out(p, h, &o))) {
		s->considered = o.considered;
		s->possible = o.n_options;
		say_removed(t, p, &o, &b);
		say_standing(t, p, h, s->partners, &b);
		say_possible(t, p, &o, &b);
		say_unknown(t, p, h, &b);
		status = s->partners == 0 && o.considered > 0 ? say_left(t, p, &o, &b) : t->status;
	}
	mentor_buf_free(&b);
	return status;
}

enum mentor_status mentor_match_explain_person(struct mentor *m, int64_t cohort, int64_t person,
    mentor_match_line_fn *each, void *arg, struct mentor_match_subject *ret_subject)
{
	struct pool p = { 0 };
	struct talk t = { m, each, arg, MENTOR_OK };
	struct mentor_match_subject subject = { .person = person,
		.score = MENTOR_NONE,
		.score_most = MENTOR_NONE,
		.percent = MENTOR_NONE,
		.considered = MENTOR_NONE,
		.possible = MENTOR_NONE };
	enum mentor_status status = pool_load(m, cohort, &p);
	const struct human *h = status ? NULL : pool_person(&p, person);
	if (h)
		status = explain_person(&t, &p, h, &subject);
	else if (!status)
		status = fail(
		    m, MENTOR_NOT_FOUND, "see who is: mentor enrol list", "p%" PRId64 " is not in this cohort", person);
	pool_free(&p);
	if (!status)
		*ret_subject = subject;
	return status;
}
