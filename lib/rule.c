/* rule.c: hard rules and the points of soft ones for two people, judged and put into words in one place so that both agree. */
#include "rule.h"

#include <inttypes.h>
#include <string.h>

enum { POINTS = 1000 }; /* of a soft rule that holds in full */

static const char new_pair[] = "new-pair";

size_t rule_count(const struct pool *p)
{
	return p->d->matching.n_rules + 1;
}

const char *rule_name(const struct pool *p, size_t rule)
{
	return rule < p->d->matching.n_rules ? p->d->matching.rules[rule].slug : new_pair;
}

static size_t count_shared(const struct trait *a, const struct trait *b)
{
	size_t n = 0;
	for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
		int order = strcmp(a->values[i].folded, b->values[j].folded);
		n += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return n;
}

const struct past *rule_paired(const struct pool *p, const struct human *a, const struct human *b)
{
	for (size_t i = 0; i < a->n_pairs; i++) {
		const struct past *past = a->pairs[i];
		bool counts = past->state != MENTOR_PAIR_PROPOSED && past->id != p->except;
		if (counts && (past->mentor == b || past->mentee == b))
			return past;
	}
	return NULL;
}

/* Fields with several values are different when they share none, the same when they share one. Where a value is not
 * known, neither can be said, and the rule does not hold: a hard rule is a promise. */
bool rule_holds(const struct pool *p, size_t rule, const struct human *a, const struct human *b)
{
	if (rule == p->d->matching.n_rules)
		return !rule_paired(p, a, b);
	const struct def_rule *r = &p->d->matching.rules[rule];
	if (r->kind == DEF_RULE_NOT_LINE_MANAGEMENT)
		return !pool_is_above(a, b) && !pool_is_above(b, a);
	const struct trait *left = &a->traits[p->rule_fields[rule]], *right = &b->traits[p->rule_fields[rule]];
	if (left->n == 0 || right->n == 0)
		return false;
	bool shared = count_shared(left, right) > 0;
	return r->kind == DEF_RULE_SAME ? shared : !shared;
}

bool rule_all_hold(const struct pool *p, const struct human *a, const struct human *b)
{
	for (size_t i = 0; i < rule_count(p); i++)
		if (!rule_holds(p, i, a, b))
			return false;
	return true;
}

/* Shared out of all either has, so that ticking every box gains nothing. */
int64_t rule_points(const struct pool *p, size_t score, const struct human *a, const struct human *b)
{
	const struct def_score *s = &p->d->matching.scores[score];
	const struct trait *left = &a->traits[p->score_fields[score]], *right = &b->traits[p->score_fields[score]];
	if (left->n == 0 || right->n == 0)
		return 0;
	size_t shared = count_shared(left, right);
	if (s->kind == DEF_SCORE_OVERLAP)
		return (int64_t)(POINTS * shared / (left->n + right->n - shared));
	return (s->kind == DEF_SCORE_SAME) == (shared > 0) ? POINTS : 0;
}

int64_t rule_score(const struct pool *p, const struct human *a, const struct human *b)
{
	int64_t total = 0;
	for (size_t i = 0; i < p->d->matching.n_scores; i++)
		total += p->d->matching.scores[i].weight * rule_points(p, i, a, b);
	return total;
}

int64_t rule_score_most(const struct pool *p)
{
	int64_t total = 0;
	for (size_t i = 0; i < p->d->matching.n_scores; i++)
		total += p->d->matching.scores[i].weight * POINTS;
	return total;
}

/* ---- in words ---- */

void rule_field_in_words(struct mentor_buf *b, const char *field)
{
	for (const char *c = field; *c; c++)
		mentor_buf_char(b, (char)(*c == '_' || *c == '-' ? ' ' : *c));
}

static void values_in_words(struct mentor_buf *b, const struct trait *t)
{
	for (size_t i = 0; i < t->n; i++)
		mentor_buf_fmt(b, "%s%s", i ? ", " : "", t->values[i].text);
}

static void shared_in_words(struct mentor_buf *b, const struct trait *left, const struct trait *right)
{
	size_t n = 0;
	for (size_t i = 0; i < left->n; i++) {
		const struct trait one = { &left->values[i], 1 };
		if (count_shared(&one, right))
			mentor_buf_fmt(b, "%s%s", n++ ? ", " : "", left->values[i].text);
	}
}

/* What the two hold for a field; "not available" when it is not known. */
static void comparison_in_words(
    struct mentor_buf *b, const struct pool *p, size_t index, const struct human *a, const struct human *c)
{
	const char *field = p->fields[index];
	const struct trait *left = &a->traits[index], *right = &c->traits[index];
	size_t shared = count_shared(left, right), all = left->n + right->n - shared;
	if (left->n == 0 || right->n == 0) {
		rule_field_in_words(b, field);
		mentor_buf_fmt(b, ": not available for %s", left->n ? c->name : a->name);
		if (left->n == 0 && right->n == 0)
			mentor_buf_fmt(b, " and %s", c->name);
		return;
	}
	mentor_buf_str(b, shared ? "the same " : "different ");
	rule_field_in_words(b, field);
	mentor_buf_str(b, ": ");
	if (shared) {
		shared_in_words(b, left, right);
		if (all > 1)
			mentor_buf_fmt(b, " (%zu of %zu)", shared, all);
		return;
	}
	values_in_words(b, left);
	mentor_buf_str(b, "; "); /* values have "and" and commas in them */
	values_in_words(b, right);
}

void rule_in_words(
    struct mentor_buf *b, const struct pool *p, size_t rule, const struct human *a, const struct human *c)
{
	if (rule == p->d->matching.n_rules) {
		const struct past *past = rule_paired(p, a, c);
		if (past)
			mentor_buf_fmt(b, "%s and %s have been paired in this cohort already (m%" PRId64 ")", a->name,
			    c->name, past->id);
		else
			mentor_buf_fmt(b, "%s and %s have not been paired in this cohort before", a->name, c->name);
		return;
	}
	const struct def_rule *r = &p->d->matching.rules[rule];
	if (r->kind != DEF_RULE_NOT_LINE_MANAGEMENT) {
		comparison_in_words(b, p, p->rule_fields[rule], a, c);
		return;
	}
	bool above = pool_is_above(a, c);
	if (above || pool_is_above(c, a))
		mentor_buf_fmt(b, "%s is above %s in the line of management", above ? a->name : c->name,
		    above ? c->name : a->name);
	else
		mentor_buf_fmt(b, "neither %s nor %s is above the other in the line of management", a->name, c->name);
}

void rule_score_in_words(
    struct mentor_buf *b, const struct pool *p, size_t score, const struct human *a, const struct human *c)
{
	comparison_in_words(b, p, p->score_fields[score], a, c);
}
