/* shortlist.c: whom a mentor could be paired with, the best first, for the mentor to choose from. */
#include "record.h"
#include "rule.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_shortlisted, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_shortlisted, member)

/* clang-format off */
const struct mentor_field mentor_shortlisted_fields[] = {
	{ "rank", MENTOR_TYPE_INT, 0, NUMBER(rank), .heading = "no.", .help = "place in the list" },
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "who could be the mentee" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "name of the person" },
	{ "percent", MENTOR_TYPE_INT, 0, NUMBER(percent), .heading = "% of full marks", .help = "points in per cent of the most that a pair can have" },
	{ "reasons", MENTOR_TYPE_TEXT, 0, TEXT(reasons), .heading = "because", .help = "what speaks for it, in words" },
	{ 0 },
};
/* clang-format on */

struct candidate {
	const struct human *human;
	int64_t score;
};

static int by_score(const void *a, const void *b)
{
	const struct candidate *left = a, *right = b;
	if (left->score != right->score)
		return left->score < right->score ? 1 : -1;
	return strcmp(left->human->email, right->human->email);
}

/* What the other says of the mentor stays with the running team. */
static bool can_be_told(const struct def_score *s)
{
	return s->kind != DEF_SCORE_PREFERRED || (s->of != DEF_OF_MENTEE && s->of != DEF_OF_BOTH);
}

static void reasons_in_words(struct mentor_buf *b, const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	for (size_t i = 0; i < p->d->matching.n_scores; i++) {
		if (!can_be_told(&p->d->matching.scores[i]) || rule_points(p, i, mentor, mentee) == 0)
			continue;
		mentor_buf_str(b, b->len ? "; " : "");
		rule_score_in_words(b, p, i, mentor, mentee);
	}
}

static enum mentor_status tell(const struct pool *p, const struct human *mentor, const struct candidate *c, int64_t rank, mentor_record_fn *each,
    void *arg)
{
	struct mentor_buf reasons = MENTOR_BUF_INIT;
	int64_t most = rule_score_most(p);
	reasons_in_words(&reasons, p, mentor, c->human);
	const struct mentor_shortlisted row = { rank, c->human->person, c->human->name, most ? 100 * c->score / most : MENTOR_NONE,
		reasons.len ? mentor_buf_text(&reasons) : "no rule speaks against it" };
	enum mentor_status status = reasons.failed ? fail_memory(p->m) : each(arg, &row);
	mentor_buf_free(&reasons);
	return status;
}

static enum mentor_status check_mentor(const struct pool *p, const struct human *h, int64_t person)
{
	if (!h)
		return fail(p->m, MENTOR_NOT_FOUND, "see who is: mentor enrol list", "p%" PRId64 " is not in this cohort", person);
	if (h->side == SIDE_NONE || h->fixed == SIDE_MENTEE)
		return fail(p->m, MENTOR_REFUSED, "see who is: mentor enrol list --role mentor --state accepted",
		    "%s is not accepted as %s, and a shortlist is for them", h->name, pool_singular(p, SIDE_MENTOR));
	return MENTOR_OK;
}

static enum mentor_status make(struct pool *p, const struct human *mentor, int64_t most, mentor_record_fn *each, void *arg)
{
	int64_t n = 0;
	struct candidate *candidates = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(*candidates));
	if (!candidates)
		return fail_memory(p->m);
	for (size_t i = 0; i < p->n_people; i++) {
		const struct human *h = &p->people[i], *a = NULL, *b = NULL;
		if (pool_places_left(h) > 0 && rule_may_pair(mentor, h, &a, &b) && a == mentor && rule_all_hold(p, mentor, h))
			candidates[n++] = (struct candidate){ h, rule_score(p, mentor, h) };
	}
	qsort(candidates, (size_t)n, sizeof(*candidates), by_score);
	enum mentor_status status = MENTOR_OK;
	for (int64_t i = 0; !status && i < n && i < most; i++)
		status = tell(p, mentor, &candidates[i], i + 1, each, arg);
	return status;
}

enum mentor_status mentor_match_shortlist(struct mentor *m, int64_t cohort, int64_t person, int64_t most, mentor_record_fn *each, void *arg)
{
	struct pool p = { 0 };
	enum mentor_status status = pool_load(m, cohort, &p);
	const struct human *h = status ? NULL : pool_person(&p, person);
	if (!status)
		status = check_mentor(&p, h, person);
	if (!status)
		status = make(&p, h, most, each, arg);
	pool_free(&p);
	return status;
}
