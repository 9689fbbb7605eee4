/* relax_try.c: what a new proposal with a change would do, found by trying it.
 *
 * That somebody could have a partner without anybody losing one does not say that a new proposal would choose so: a change can make room
 * for others as well, and they may have more points. In a small cohort that is tried. Where sides are open there is no simpler way to find anything. */
#include "relax.h"

#include <string.h>

enum {
	MOST_PAIRS = 40000, /* looked at by one trial */
	MOST_TRIED = 8,	    /* changes of one kind */
};

/** One trial. */
struct attempt {
	struct pool *p;
	const struct human *who;
	struct relaxation *x;
	bool matched;
	int64_t more; /* pairs than now */
};

static enum mentor_status note(void *arg, const char *part, const void *record)
{
	struct attempt *a = arg;
	const struct mentor_match_turn *turn = record;
	const struct mentor_match_outcome *outcome = record;
	if (strcmp(part, "outcomes") == 0)
		a->more += strcmp(outcome->proposal, "tried") == 0 ? outcome->pairs : -outcome->pairs;
	if (strcmp(part, "people") != 0)
		return MENTOR_OK;
	bool left = strcmp(turn->change, "left over") == 0;
	bool accepted = a->x->changes[0].kind == MENTOR_MATCH_ACCEPT && a->x->changes[0].person == turn->person;
	if (!left && turn->person == a->who->person)
		a->matched = true;
	if (!left || accepted || a->x->left)
		return MENTOR_OK;
	a->x->left = arena_strdup(&a->p->arena, turn->name);
	return a->x->left ? MENTOR_OK : fail_memory(a->p->m);
}

static enum mentor_status attempt(struct pool *p, const struct human *h, struct relaxation *x)
{
	struct attempt a = { p, h, x, false, 0 };
	x->left = NULL;
	enum mentor_status status = mentor_match_what_if(p->m, p->cohort, x->changes, x->n, note, &a);
	x->sure = a.matched && !x->left && a.more > 0;
	return status;
}

static struct relaxation place_for(const struct human *h)
{
	struct relaxation x = { .n = 1, .human = h };
	x.changes[0] = (struct mentor_match_change){ .kind = MENTOR_MATCH_PLACES, .person = h->person, .places = h->places + 1 };
	return x;
}

/* Of the places that would do, one that a new proposal would use as it is wanted; where there is none, the one found first. */
static enum mentor_status try_places(
    struct pool *p, const struct human *h, const struct human *const *wanted, size_t n_wanted, struct relaxation *x)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && x->sure == 0 && i < n_wanted && i < MOST_TRIED; i++) {
		struct relaxation other = place_for(wanted[i]);
		status = attempt(p, h, &other);
		if (other.sure)
			*x = other;
	}
	return status;
}

enum mentor_status relax_try(struct pool *p, const struct human *h, const struct human *const *wanted, size_t n_wanted, struct relax *r)
{
	enum mentor_status status = MENTOR_OK;
	if (!r->present || (int64_t)p->n_sides[0] * p->n_sides[1] > MOST_PAIRS)
		return MENTOR_OK;
	for (size_t i = 0; !status && i < r->n_found; i++) {
		struct relaxation *x = &r->found[i];
		status = attempt(p, h, x);
		if (!status && x->changes[0].kind == MENTOR_MATCH_PLACES && x->human != h)
			status = try_places(p, h, wanted, n_wanted, x);
	}
	return status;
}

/* ---- where sides are open ---- */

/** Changes of one kind after another. */
struct search {
	struct pool *p;
	const struct human *who;
	struct relax *r;
	enum mentor_status status;
	int tried;  /* of this kind */
	bool found; /* one of this kind */
};

/* Tries the next of a kind, unless that kind is done with. */
static void try_next(struct search *s, struct relaxation x)
{
	if (s->status || s->found || s->tried++ == MOST_TRIED)
		return;
	s->status = attempt(s->p, s->who, &x);
	s->found = !s->status && x.sure == 1;
	if (!s->found)
		return;
	relax_add(s->r, &x);
	s->r->found[s->r->n_found - 1].sure = 1;
}

static void next_kind(struct search *s)
{
	s->tried = 0;
	s->found = false;
}

static void try_pins(struct search *s)
{
	next_kind(s);
	for (size_t i = 0; i < s->p->n_pairs; i++) {
		const struct past *past = &s->p->pairs[i];
		struct relaxation x = { .n = 1, .pin = past };
		x.changes[0] = (struct mentor_match_change){ .kind = MENTOR_MATCH_UNPIN, .pair = past->id };
		if (rule_is_pinned(s->p, past))
			try_next(s, x);
	}
}

static void try_exceptions(struct search *s, bool single)
{
	next_kind(s);
	for (size_t i = 0; i < s->p->n_people; i++) {
		const struct human *mentor = NULL, *mentee = NULL;
		if (!rule_may_pair(s->who, s->p->sorted[i], &mentor, &mentee))
			continue;
		struct relaxation x = { .n = 1, .mentor = mentor, .mentee = mentee, .rules = relax_broken(s->p, mentor, mentee) };
		x.changes[0] = (struct mentor_match_change){ .kind = MENTOR_MATCH_WITH_PAIR, .person = mentor->person, .other = mentee->person };
		if (x.rules && !(x.rules & RELAX_NEVER) && single == (relax_count(x.rules) == 1))
			try_next(s, x);
	}
}

static void try_acceptances(struct search *s)
{
	next_kind(s);
	for (size_t i = 0; i < s->p->n_people; i++) {
		const struct human *h = s->p->sorted[i];
		struct relaxation x = { .n = 1, .human = h };
		x.changes[0] = (struct mentor_match_change){ .kind = MENTOR_MATCH_ACCEPT, .person = h->person };
		if (h->state == MENTOR_ENROLMENT_WAITING && h->role != MENTOR_ROLE_FACILITATOR && h->places > 0)
			try_next(s, x);
	}
}

static void try_rules(struct search *s)
{
	next_kind(s);
	for (size_t i = 0; i < s->p->d->matching.n_rules && i < RELAX_MOST_RULES; i++) {
		struct relaxation x = { .n = 1, .rules = UINT32_C(1) << i, .opened = MENTOR_NONE };
		x.changes[0] = (struct mentor_match_change){ .kind = MENTOR_MATCH_WITHOUT_RULE, .rule = rule_name(s->p, i) };
		try_next(s, x);
	}
}

enum mentor_status relax_try_all(struct pool *p, const struct human *h, const struct human *const *wanted, size_t n_wanted, struct relax *r)
{
	struct search s = { .p = p, .who = h, .r = r };
	if (p->n_people * p->n_people > MOST_PAIRS)
		return MENTOR_OK;
	if (h->places == 0) {
		try_next(&s, place_for(h));
		return s.status;
	}
	try_pins(&s);
	try_exceptions(&s, true);
	next_kind(&s);
	for (size_t i = 0; i < n_wanted; i++)
		try_next(&s, place_for(wanted[i]));
	try_acceptances(&s);
	try_rules(&s);
	try_exceptions(&s, false);
	return s.status;
}
