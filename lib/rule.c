/* rule.c: hard rules and the points of soft ones for two people, judged and put into words in one place so that both agree. */
#include "rule.h"

#include <inttypes.h>
#include <string.h>

enum { POINTS = 1000 }; /* of a soft rule that holds in full */

/* Our own rules, behind those of the programme. */
enum own { OWN_NEW_PAIR, OWN_AVAILABLE, N_OWN };
static const char *const own_names[N_OWN] = { "new-pair", "available" };

size_t rule_count(const struct pool *p)
{
	return p->d->matching.n_rules + N_OWN;
}

const char *rule_name(const struct pool *p, size_t rule)
{
	size_t n = p->d->matching.n_rules;
	return rule < n ? p->d->matching.rules[rule].slug : own_names[rule - n];
}

static size_t count_shared(const struct trait *a, const struct trait *b)
{
	size_t n = 0;
	for (size_t i = 0, j = 0; i < a->n && j < b->n;) {
		int32_t left = a->values[i].id, right = b->values[j].id;
		n += left == right;
		i += left <= right;
		j += left >= right;
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

/* Whether one of them gave the answer that fits any other. */
static bool fits(const struct trait *left, const struct trait *right, const char *either)
{
	return pool_has(left, either) || pool_has(right, either);
}

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

static int64_t least_steps(const struct def_rule *r)
{
	return r->minimum == MENTOR_NONE ? 1 : r->minimum;
}

/* Steps are counted from the mentor's grade up to the mentee's, or between the two whichever is the higher. */
static bool are_steps_right(const struct def_rule *r, const struct human *mentor, const struct human *mentee)
{
	if (mentor->step == MENTOR_NONE || mentee->step == MENTOR_NONE)
		return false;
	int64_t steps = mentee->step - mentor->step;
	if (r->kind == DEF_RULE_APART)
		steps = distance(mentee->step, mentor->step);
	return steps >= least_steps(r) && (r->maximum == MENTOR_NONE || steps <= r->maximum);
}

/* Fields with several values are different when they share none, the same when they share one. Where a value is not
 * known, neither can be said, and the rule does not hold: a hard rule is a promise. That one of them does not mind
 * says nothing of the other, who has not been asked. */
static bool values_agree(const struct pool *p, size_t rule, const struct human *a, const struct human *b)
{
	const struct trait *left = &a->traits[p->rule_fields[rule]], *right = &b->traits[p->rule_fields[rule]];
	if (left->n == 0 || right->n == 0)
		return false;
	if (p->d->matching.rules[rule].kind == DEF_RULE_DIFFERENT)
		return count_shared(left, right) == 0;
	return count_shared(left, right) > 0 || fits(left, right, p->rule_either[rule]);
}

static bool are_excepted(const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	for (size_t i = 0; i < p->n_exceptions; i++)
		if ((p->exceptions[i].mentor == mentor && p->exceptions[i].mentee == mentee) ||
		    (p->exceptions[i].mentor == mentee && p->exceptions[i].mentee == mentor))
			return true;
	return false;
}

bool rule_holds(const struct pool *p, size_t rule, const struct human *mentor, const struct human *mentee)
{
	if (rule >= p->d->matching.n_rules)
		return rule - p->d->matching.n_rules == OWN_NEW_PAIR ? !rule_paired(p, mentor, mentee) : !pool_among(&mentor->apart, mentee);
	if (are_excepted(p, mentor, mentee))
		return true;
	const struct def_rule *r = &p->d->matching.rules[rule];
	switch ((enum def_rule_kind)r->kind) {
	case DEF_RULE_NOT_LINE_MANAGEMENT:
		return !pool_is_above(mentor, mentee) && !pool_is_above(mentee, mentor);
	case DEF_RULE_SENIOR:
	case DEF_RULE_APART:
		return are_steps_right(r, mentor, mentee);
	case DEF_RULE_NEW_PAIR:
		return !pool_among(&mentor->before, mentee);
	case DEF_RULE_DIFFERENT:
	case DEF_RULE_SAME:
	case DEF_RULE_COMPATIBLE:
		break;
	}
	return values_agree(p, rule, mentor, mentee);
}

bool rule_all_hold(const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	for (size_t i = 0; i < rule_count(p); i++)
		if (!rule_holds(p, i, mentor, mentee))
			return false;
	return true;
}

/* Below zero when the first mentors, above when the second does. */
static int order_of_sides(const struct human *a, const struct human *b)
{
	static const int fixed[] = { [SIDE_MENTOR] = -1, [SIDE_NONE] = 0, [SIDE_MENTEE] = 1 };
	static const int role[] = { [MENTOR_ROLE_MENTOR] = -1, [MENTOR_ROLE_EITHER] = 0, [MENTOR_ROLE_FACILITATOR] = 0, [MENTOR_ROLE_MENTEE] = 1 };
	if (fixed[a->fixed] != fixed[b->fixed])
		return fixed[a->fixed] - fixed[b->fixed];
	if (a->step != MENTOR_NONE && b->step != MENTOR_NONE && a->step != b->step)
		return a->step < b->step ? -1 : 1;
	if (role[a->role] != role[b->role])
		return role[a->role] - role[b->role];
	return strcmp(a->email, b->email);
}

bool rule_may_pair(const struct human *a, const struct human *b, const struct human **ret_mentor, const struct human **ret_mentee)
{
	if (a == b || a->side == SIDE_NONE || b->side == SIDE_NONE || (a->fixed != SIDE_NONE && a->fixed == b->fixed))
		return false;
	bool first = order_of_sides(a, b) < 0;
	*ret_mentor = first ? a : b;
	*ret_mentee = first ? b : a;
	return true;
}

bool rule_is_pinned(const struct pool *p, const struct past *past)
{
	if (!past->pinned || past->state != MENTOR_PAIR_PROPOSED || past->mentor->side == SIDE_NONE || past->mentee->side == SIDE_NONE)
		return false;
	return past->override || rule_all_hold(p, past->mentor, past->mentee);
}

int64_t rule_places_open(const struct pool *p, const struct human *h)
{
	int64_t n = pool_places_left(h);
	for (size_t i = 0; i < h->n_pairs; i++)
		n -= rule_is_pinned(p, h->pairs[i]);
	return n;
}

static bool both_accept(const struct trait *left, const struct trait *right, const char *word)
{
	return (pool_has(left, word) || pool_has(left, "either")) &&
	       (pool_has(right, word) || pool_has(right, "either"));
}

/* Where both would do it is reverse: whoever wants to be mentored as well has said so. */
enum mentor_arrangement rule_arrangement(const struct pool *p, const struct human *a, const struct human *b)
{
	if (p->d->arrangement != DEF_COMBINATION)
		return p->d->arrangement == DEF_RECIPROCAL ? MENTOR_RECIPROCAL : MENTOR_REVERSE;
	const struct trait left = pool_trait(p, a, "arrangement"), right = pool_trait(p, b, "arrangement");
	bool reciprocal = both_accept(&left, &right, "reciprocal") && !both_accept(&left, &right, "reverse");
	return reciprocal ? MENTOR_RECIPROCAL : MENTOR_REVERSE;
}

/* The distance from which two are not near at all. Grades that the programme does not say it of are not near at the two ends. */
static int64_t reach(const struct pool *p, const struct def_score *s)
{
	if (s->within != MENTOR_NONE)
		return s->within;
	return p->d->n_seniority > 1 ? (int64_t)p->d->n_seniority - 1 : 1;
}

static int64_t nearness(const struct pool *p, size_t score, const struct human *a, const struct human *b)
{
	int64_t within = reach(p, &p->d->matching.scores[score]);
	if (a->numbers[score] == MENTOR_NONE || b->numbers[score] == MENTOR_NONE)
		return 0;
	int64_t apart = distance(a->numbers[score], b->numbers[score]);
	return apart < within ? POINTS * (within - apart) / within : 0;
}

/* What a list gives depends on the place alone: naming more people helps and harms nobody else. */
static int64_t named(const struct human *by, const struct human *whom)
{
	int64_t rank = pool_rank(by, whom);
	return rank ? POINTS / rank : 0;
}

static int64_t preference(const struct def_score *s, const struct human *mentor, const struct human *mentee)
{
	if (s->of == DEF_OF_BOTH)
		return (named(mentor, mentee) + named(mentee, mentor)) / 2;
	return s->of == DEF_OF_MENTEE ? named(mentee, mentor) : named(mentor, mentee);
}

int64_t rule_points(const struct pool *p, size_t score, const struct human *mentor, const struct human *mentee)
{
	const struct def_score *s = &p->d->matching.scores[score];
	if (s->kind == DEF_SCORE_PREFERRED)
		return preference(s, mentor, mentee);
	if (s->kind == DEF_SCORE_NEAR)
		return nearness(p, score, mentor, mentee);
	const struct trait *left = &mentor->traits[p->score_fields[score]], *right = &mentee->traits[p->score_fields[score]];
	if (left->n == 0 || right->n == 0)
		return 0;
	size_t shared = count_shared(left, right);
	if (fits(left, right, p->score_either[score]))
		return POINTS;
	if (s->kind == DEF_SCORE_OVERLAP)
		return (int64_t)(POINTS * shared / (left->n + right->n - shared));
	return (s->kind == DEF_SCORE_SAME) == (shared > 0) ? POINTS : 0;
}

int64_t rule_score(const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	int64_t total = 0;
	for (size_t i = 0; i < p->d->matching.n_scores; i++)
		total += p->d->matching.scores[i].weight * rule_points(p, i, mentor, mentee);
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

static void not_available(struct mentor_buf *b, bool left, bool right, const struct human *a, const struct human *c)
{
	mentor_buf_fmt(b, ": not available for %s", left ? c->name : a->name);
	if (!left && !right)
		mentor_buf_fmt(b, " and %s", c->name);
}

/* The answer that fits any other as its giver wrote it, and what it fits. */
static void fit_in_words(struct mentor_buf *b, const struct trait *left, const struct trait *right, const char *either)
{
	const struct trait *giver = pool_has(left, either) ? left : right;
	for (size_t i = 0; i < giver->n; i++)
		if (strcmp(giver->values[i].folded, either) == 0)
			mentor_buf_fmt(b, ": %s fits ", giver->values[i].text);
	values_in_words(b, giver == left ? right : left);
}

/* What the two hold for a field; "not available" when it is not known. `either` fits any other answer; NULL: none does. */
static void comparison_in_words(struct mentor_buf *b, const struct pool *p, size_t index, const char *either,
    const struct human *a, const struct human *c)
{
	const char *field = p->fields[index];
	const struct trait *left = &a->traits[index], *right = &c->traits[index];
	size_t shared = count_shared(left, right), all = left->n + right->n - shared;
	if (left->n == 0 || right->n == 0) {
		rule_field_in_words(b, field);
		not_available(b, left->n > 0, right->n > 0, a, c);
		return;
	}
	if (!shared && fits(left, right, either)) {
		rule_field_in_words(b, field);
		fit_in_words(b, left, right, either);
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

static void steps_in_words(struct mentor_buf *b, int64_t steps)
{
	mentor_buf_fmt(b, "%" PRId64 " step%s", steps, steps == 1 ? "" : "s");
}

/* The grades as the programme writes them, however the two wrote them. */
static void grades_in_words(
    struct mentor_buf *b, const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	const char *left = p->d->seniority[mentor->step], *right = p->d->seniority[mentee->step];
	int64_t steps = mentee->step - mentor->step;
	if (steps == 0) {
		mentor_buf_fmt(b, "the same grade: %s", left);
		return;
	}
	mentor_buf_fmt(b, "grade: %s is ", left);
	steps_in_words(b, steps > 0 ? steps : -steps);
	mentor_buf_fmt(b, " %s %s", steps > 0 ? "below" : "above", right);
}

static void demand_in_words(struct mentor_buf *b, const struct pool *p, const struct def_rule *r)
{
	int64_t least = least_steps(r);
	if (r->kind == DEF_RULE_APART)
		mentor_buf_str(b, "; the two have to stand ");
	else
		mentor_buf_fmt(b, "; the %s has to stand ", pool_singular(p, SIDE_MENTEE));
	if (r->maximum != MENTOR_NONE && r->maximum != least)
		mentor_buf_fmt(b, "%" PRId64 " to ", least);
	else
		mentor_buf_str(b, r->maximum == MENTOR_NONE ? "at least " : "exactly ");
	steps_in_words(b, r->maximum == MENTOR_NONE ? least : r->maximum);
	mentor_buf_str(b, r->kind == DEF_RULE_APART ? " apart" : " higher");
}

static void seniority_in_words(struct mentor_buf *b, const struct pool *p, const struct def_rule *r,
    const struct human *mentor, const struct human *mentee)
{
	const struct human *const both[] = { mentor, mentee };
	if (mentor->step != MENTOR_NONE && mentee->step != MENTOR_NONE) {
		grades_in_words(b, p, mentor, mentee);
		if (!are_steps_right(r, mentor, mentee))
			demand_in_words(b, p, r);
		return;
	}
	mentor_buf_str(b, "grade");
	if (!mentor->grade || !mentee->grade)
		not_available(b, mentor->grade, mentee->grade, mentor, mentee);
	for (size_t i = 0, n = 0; i < 2; i++)
		if (both[i]->grade && both[i]->step == MENTOR_NONE)
			mentor_buf_fmt(b, "%s %s of %s is none of the programme's",
			    n++ || !both[1 - i]->grade ? ";" : ":", both[i]->grade, both[i]->name);
}

static void management_in_words(struct mentor_buf *b, const struct human *a, const struct human *c)
{
	bool above = pool_is_above(a, c);
	if (above || pool_is_above(c, a))
		mentor_buf_fmt(b, "%s is above %s in the line of management", above ? a->name : c->name,
		    above ? c->name : a->name);
	else if (a->n_above == 0 && c->n_above == 0)
		mentor_buf_fmt(b, "no line manager is recorded for %s or %s, so neither is known to be above the other", a->name, c->name);
	else
		mentor_buf_fmt(b, "neither %s nor %s is above the other in the line of management", a->name, c->name);
}

static void history_in_words(struct mentor_buf *b, const struct pool *p, const struct human *a, const struct human *c)
{
	const struct past *past = rule_paired(p, a, c);
	if (past)
		mentor_buf_fmt(
		    b, "%s and %s have been paired in this cohort already (m%" PRId64 ")", a->name, c->name, past->id);
	else
		mentor_buf_fmt(b, "%s and %s have not been paired in this cohort before", a->name, c->name);
}

static void own_in_words(struct mentor_buf *b, const struct pool *p, enum own rule, const struct human *a, const struct human *c)
{
	if (rule == OWN_NEW_PAIR)
		history_in_words(b, p, a, c);
	else
		mentor_buf_str(b, pool_among(&a->apart, c) ? "not available" : "available to each other");
}

void rule_in_words(
    struct mentor_buf *b, const struct pool *p, size_t rule, const struct human *mentor, const struct human *mentee)
{
	size_t n = p->d->matching.n_rules;
	if (rule >= n) {
		own_in_words(b, p, (enum own)(rule - n), mentor, mentee);
		return;
	}
	const struct def_rule *r = &p->d->matching.rules[rule];
	switch ((enum def_rule_kind)r->kind) {
	case DEF_RULE_NOT_LINE_MANAGEMENT:
		management_in_words(b, mentor, mentee);
		return;
	case DEF_RULE_SENIOR:
	case DEF_RULE_APART:
		seniority_in_words(b, p, r, mentor, mentee);
		return;
	case DEF_RULE_NEW_PAIR:
		mentor_buf_fmt(b, "%s and %s have %s in another cohort of the programme", mentor->name, mentee->name,
		    pool_among(&mentor->before, mentee) ? "been paired" : "not been paired");
		return;
	case DEF_RULE_DIFFERENT:
	case DEF_RULE_SAME:
	case DEF_RULE_COMPATIBLE:
		comparison_in_words(b, p, p->rule_fields[rule], p->rule_either[rule], mentor, mentee);
	}
}

bool rule_unknown_in_words(struct mentor_buf *b, const struct pool *p, size_t rule, const struct human *h)
{
	const struct def_rule *r = &p->d->matching.rules[rule];
	bool senior = r->kind == DEF_RULE_SENIOR || r->kind == DEF_RULE_APART;
	if (senior ? h->step != MENTOR_NONE : !r->field || h->traits[p->rule_fields[rule]].n > 0)
		return false;
	mentor_buf_fmt(b, "The rule %s compares ", r->slug);
	rule_field_in_words(b, senior ? "grade" : r->field);
	if (senior && h->grade)
		mentor_buf_fmt(b, ", and %s of %s is none of the programme's grades", h->grade, h->name);
	else
		mentor_buf_fmt(b, ", which is not available for %s", h->name);
	return true;
}

static void nearness_in_words(struct mentor_buf *b, const struct pool *p, size_t score, const struct human *a, const struct human *c)
{
	const struct def_score *s = &p->d->matching.scores[score];
	int64_t left = a->numbers[score], right = c->numbers[score];
	if (left != MENTOR_NONE && right != MENTOR_NONE && strcmp(s->field, "grade") == 0) {
		grades_in_words(b, p, a, c);
		return;
	}
	rule_field_in_words(b, s->field);
	if (left == MENTOR_NONE || right == MENTOR_NONE)
		not_available(b, left != MENTOR_NONE, right != MENTOR_NONE, a, c);
	else
		mentor_buf_fmt(b, ": %" PRId64 " and %" PRId64 " are %" PRId64 " apart", left, right, distance(left, right));
}

static void naming_in_words(struct mentor_buf *b, const struct human *by, const struct human *whom)
{
	int64_t rank = pool_rank(by, whom);
	if (rank)
		mentor_buf_fmt(b, "%s named %s as number %" PRId64, by->name, whom->name, rank);
	else
		mentor_buf_fmt(b, "%s named %s", by->name, by->prefers.n ? "others" : "nobody");
}

void rule_score_in_words(
    struct mentor_buf *b, const struct pool *p, size_t score, const struct human *mentor, const struct human *mentee)
{
	const struct def_score *s = &p->d->matching.scores[score];
	if (s->kind == DEF_SCORE_NEAR)
		nearness_in_words(b, p, score, mentor, mentee);
	else if (s->kind != DEF_SCORE_PREFERRED)
		comparison_in_words(b, p, p->score_fields[score], p->score_either[score], mentor, mentee);
	else if (s->of == DEF_OF_MENTEE)
		naming_in_words(b, mentee, mentor);
	else
		naming_in_words(b, mentor, mentee);
	if (s->kind == DEF_SCORE_PREFERRED && s->of == DEF_OF_BOTH) {
		mentor_buf_str(b, "; ");
		naming_in_words(b, mentee, mentor);
	}
}
