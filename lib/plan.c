/* plan.c: people and rules turned into numbers for the kernel, and its answer turned back. */
#include "plan.h"

#include "scorer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	MOST_CONSIDERED = 4000000, /* pairs looked at: 2000 people a side, well under a gigabyte in the kernel */
	MOST_LISTED = 250000,	   /* pairs listed for the kernel where it can do without: from here on it asks row by row */
};

void plan_free(struct plan *plan)
{
	free(plan->candidates);
	free(plan->couples);
	free(plan->ranks);
	free(plan->wishes);
	mentor_assign_free(&plan->result);
}

struct plan_how plan_how(const struct pool *p, const struct mentor_match_options *options)
{
	struct plan_how how = { MENTOR_MATCH_BEST, (enum mentor_match_objective)p->d->matching.objective, false };
	if (options && options->method != MENTOR_NONE)
		how.method = (enum mentor_match_method)options->method;
	if (options && options->objective != MENTOR_NONE)
		how.objective = (enum mentor_match_objective)options->objective;
	return how;
}

static enum mentor_status too_large(struct mentor *m)
{
	return fail(m, MENTOR_REFUSED, "match it in several cohorts", "the cohort is too large to be matched at once");
}

/* ---- the problem ---- */

/* FNV-1a over the address: what tells people apart whatever their order. */
static uint64_t identity(const struct human *h)
{
	uint64_t id = 14695981039346656037U;
	for (const char *c = h->email; *c; c++)
		id = (id ^ (unsigned char)*c) * 1099511628211U;
	return id;
}

static bool are_pinned(const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	for (size_t i = 0; i < mentor->n_pairs; i++)
		if (mentor->pairs[i]->mentee == mentee && rule_is_pinned(p, mentor->pairs[i]))
			return true;
	return false;
}

static void fill_candidates(const struct pool *p, struct plan *plan)
{
	struct mentor_assign_candidate *c = plan->candidates;
	for (int32_t row = 0; row < p->n_sides[SIDE_MENTOR]; row++)
		for (int32_t column = 0; column < p->n_sides[SIDE_MENTEE]; column++) {
			const struct human *a = p->sides[SIDE_MENTOR][row], *b = p->sides[SIDE_MENTEE][column];
			if (!rule_all_hold(p, a, b))
				continue;
			plan->open += pool_places_left(a) > 0 && pool_places_left(b) > 0;
			if (!are_pinned(p, a, b))
				*c++ = (struct mentor_assign_candidate){ row, column, rule_score(p, a, b) };
		}
	plan->problem.n_candidates = (int32_t)(c - plan->candidates);
}

static enum mentor_status too_many_pins(struct mentor *m, const struct human *h)
{
	return fail(m, MENTOR_REFUSED, mentor_hint(m, "unpin one of the pairs: mentor match pin --off PAIR; or give more places: mentor enrol set p%" PRId64 " --places N", h->person),
	    "%s is in more pinned pairs than there are places", h->name);
}

static enum mentor_status fill_side(struct pool *p, struct plan *plan, enum side side)
{
	size_t n = (size_t)p->n_sides[side];
	plan->places[side] = arena_alloc(&p->arena, (n + 1) * sizeof(int32_t));
	plan->ids[side] = arena_alloc(&p->arena, (n + 1) * sizeof(uint64_t));
	if (p->arena.failed)
		return fail_memory(p->m);
	for (size_t i = 0; i < n; i++) {
		const struct human *h = p->sides[side][i];
		int64_t open = rule_places_open(p, h);
		if (open < 0)
			return too_many_pins(p->m, h);
		plan->places[side][i] = (int32_t)open;
		plan->ids[side][i] = identity(h);
	}
	return MENTOR_OK;
}

/* The choice a candidate is of the mentor's: whoever is on no list comes behind everybody who is on one. */
static enum mentor_status rank_candidates(const struct pool *p, struct plan *plan)
{
	size_t longest = 0;
	if (plan->objective != MENTOR_MATCH_CHOICES)
		return MENTOR_OK;
	plan->ranks = malloc(((size_t)plan->problem.n_candidates + 1) * sizeof(*plan->ranks));
	if (!plan->ranks)
		return fail_memory(p->m);
	for (int32_t i = 0; i < p->n_sides[SIDE_MENTOR]; i++)
		if (p->sides[SIDE_MENTOR][i]->prefers.n > longest)
			longest = p->sides[SIDE_MENTOR][i]->prefers.n;
	for (int32_t i = 0; i < plan->problem.n_candidates; i++) {
		const struct mentor_assign_candidate *c = &plan->candidates[i];
		int64_t rank = pool_rank(p->sides[SIDE_MENTOR][c->row], p->sides[SIDE_MENTEE][c->column]);
		plan->ranks[i] = rank ? (int32_t)rank : (int32_t)longest + 1;
	}
	return MENTOR_OK;
}

static enum mentor_status fill_sides(struct pool *p, struct plan *plan)
{
	if ((int64_t)p->n_sides[0] * p->n_sides[1] > MOST_CONSIDERED || p->n_sides[0] + p->n_sides[1] > MENTOR_ASSIGN_MAX_NODES)
		return too_large(p->m);
	enum mentor_status status = fill_side(p, plan, SIDE_MENTOR);
	return status ? status : fill_side(p, plan, SIDE_MENTEE);
}

static enum mentor_status list_candidates(struct pool *p, struct plan *plan)
{
	static const enum mentor_assign_objective objectives[] = { [MENTOR_MATCH_TOTAL] = MENTOR_ASSIGN_TOTAL,
		[MENTOR_MATCH_WORST] = MENTOR_ASSIGN_WORST, [MENTOR_MATCH_CHOICES] = MENTOR_ASSIGN_GREEDY };
	size_t pairs = (size_t)p->n_sides[0] * (size_t)p->n_sides[1];
	plan->candidates = malloc((pairs + 1) * sizeof(*plan->candidates));
	if (!plan->candidates)
		return fail_memory(p->m);
	fill_candidates(p, plan);
	enum mentor_status status = rank_candidates(p, plan);
	plan->problem.n_rows = p->n_sides[SIDE_MENTOR];
	plan->problem.n_columns = p->n_sides[SIDE_MENTEE];
	plan->problem.row_places = plan->places[SIDE_MENTOR];
	plan->problem.column_places = plan->places[SIDE_MENTEE];
	plan->problem.row_ids = plan->ids[SIDE_MENTOR];
	plan->problem.column_ids = plan->ids[SIDE_MENTEE];
	plan->problem.candidates = plan->candidates;
	plan->problem.objective = objectives[plan->objective];
	plan->problem.ranks = plan->ranks;
	return status;
}

/* ---- the answer ---- */

static int by_addresses(const void *a, const void *b)
{
	const struct plan_pair *left = a, *right = b;
	int order = strcmp(left->mentor->email, right->mentor->email);
	return order ? order : strcmp(left->mentee->email, right->mentee->email);
}

static void add_pins(const struct pool *p, struct plan *plan)
{
	for (size_t i = 0; i < p->n_pairs; i++) {
		const struct past *past = &p->pairs[i];
		if (rule_is_pinned(p, past))
			plan->pairs[plan->n_pairs++] =
			    (struct plan_pair){ past->mentor, past->mentee, rule_score(p, past->mentor, past->mentee), past };
	}
	qsort(plan->pairs, (size_t)plan->n_pairs, sizeof(*plan->pairs), by_addresses);
}

/* What was chosen, and what was pinned. */
static enum mentor_status take_pairs(struct pool *p, struct plan *plan, const int32_t *chosen, int32_t n)
{
	plan->pairs = arena_alloc(&p->arena, ((size_t)n + p->n_pairs + 1) * sizeof(*plan->pairs));
	if (!plan->pairs)
		return fail_memory(p->m);
	for (int32_t i = 0; i < n; i++) {
		const struct mentor_assign_candidate *c = &plan->candidates[chosen[i]];
		plan->pairs[plan->n_pairs++] =
		    (struct plan_pair){ p->sides[SIDE_MENTOR][c->row], p->sides[SIDE_MENTEE][c->column], c->score, NULL };
	}
	add_pins(p, plan);
	return MENTOR_OK;
}

static enum mentor_status not_proved(struct mentor *m, const char *what)
{
	return fail(m, MENTOR_BUG, "please report this", "no choice of pairs could be proved to be the best one: %s", what);
}

static enum mentor_status assign_failed(struct mentor *m, enum mentor_assign_status solved)
{
	if (solved == MENTOR_ASSIGN_NO_MEMORY)
		return fail_memory(m);
	if (solved == MENTOR_ASSIGN_INVALID) /* everything else about the problem is right by construction */
		return too_large(m);
	return not_proved(m, "the search was interrupted");
}

/* Our own progress cannot stop the kernel: half a choice is of no use to anybody. */
static bool tell_progress(void *data, int64_t done, int64_t total)
{
	const struct mentor_match_sink *sink = data;
	sink->progress(sink->arg, done, total);
	return true;
}

static enum mentor_status solve_best(struct pool *p, const struct mentor_match_sink *sink, struct plan *plan)
{
	struct mentor_match_sink copy = sink ? *sink : (struct mentor_match_sink){ 0 };
	enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
	if (copy.progress) {
		plan->problem.progress = tell_progress;
		plan->problem.progress_data = &copy;
	}
	enum mentor_assign_status solved = mentor_assign_solve(&plan->problem, &plan->result);
	if (solved == MENTOR_ASSIGN_OK)
		solved = mentor_assign_verify(&plan->problem, &plan->result, &proof);
	plan->problem.progress = NULL; /* its data ends with this call */
	if (solved != MENTOR_ASSIGN_OK)
		return assign_failed(p->m, solved);
	if (proof != MENTOR_ASSIGN_PROVED)
		return not_proved(p->m, proof == MENTOR_ASSIGN_NOT_FEASIBLE ? "a pair is not allowed" : "the prices leave room for a better one");
	return take_pairs(p, plan, plan->result.pairs, plan->result.n_pairs);
}

/* ---- large cohorts ---- */

/* The same choice as solve_best() makes, of pairs that are scored row by row instead of listed. */
static bool is_large(const struct pool *p, const struct plan *plan)
{
	return plan->method == MENTOR_MATCH_BEST && plan->objective == MENTOR_MATCH_TOTAL && scorer_fits(p) &&
	       (int64_t)p->n_sides[0] * p->n_sides[1] > MOST_LISTED;
}

/* Every row has been scored by now, if only to prove the choice. */
static void count_open(const struct pool *p, struct plan *plan, const struct scorer *s)
{
	for (int32_t row = 0; row < p->n_sides[SIDE_MENTOR]; row++)
		if (pool_places_left(p->sides[SIDE_MENTOR][row]) > 0)
			plan->open += s->n_open[row];
	for (size_t i = 0; i < p->n_pairs; i++) /* pinned pairs are barred there, and are candidates all the same where no rule was overridden */
		plan->open += rule_is_pinned(p, &p->pairs[i]) && rule_all_hold(p, p->pairs[i].mentor, p->pairs[i].mentee);
}

static enum mentor_status take_choice(struct pool *p, struct plan *plan, const struct mentor_assign_choice *choice)
{
	plan->pairs = arena_alloc(&p->arena, ((size_t)choice->n_pairs + p->n_pairs + 1) * sizeof(*plan->pairs));
	if (!plan->pairs)
		return fail_memory(p->m);
	for (int32_t i = 0; i < choice->n_pairs; i++) {
		const struct human *mentor = p->sides[SIDE_MENTOR][choice->pairs[i].row], *mentee = p->sides[SIDE_MENTEE][choice->pairs[i].column];
		plan->pairs[plan->n_pairs++] = (struct plan_pair){ mentor, mentee, rule_score(p, mentor, mentee), NULL };
	}
	add_pins(p, plan);
	return MENTOR_OK;
}

static enum mentor_status solve_large(struct pool *p, const struct mentor_match_sink *sink, struct plan *plan)
{
	struct scorer scorer;
	struct mentor_match_sink copy = sink ? *sink : (struct mentor_match_sink){ 0 };
	struct mentor_assign_choice choice = { 0 };
	enum mentor_assign_proof proof = MENTOR_ASSIGN_NOT_FEASIBLE;
	enum mentor_status status = scorer_make(p, &scorer);
	if (status)
		return status;
	const struct mentor_assign_dense problem = { .n_rows = p->n_sides[SIDE_MENTOR],
		.n_columns = p->n_sides[SIDE_MENTEE],
		.row_places = plan->places[SIDE_MENTOR],
		.column_places = plan->places[SIDE_MENTEE],
		.row_ids = plan->ids[SIDE_MENTOR],
		.column_ids = plan->ids[SIDE_MENTEE],
		.score_row = scorer_row,
		.data = &scorer,
		.progress = copy.progress ? tell_progress : NULL,
		.progress_data = &copy };
	enum mentor_assign_status solved = mentor_assign_dense(&problem, &choice);
	if (solved == MENTOR_ASSIGN_OK)
		solved = mentor_assign_verify_dense(&problem, &choice, &proof);
	if (solved != MENTOR_ASSIGN_OK)
		status = assign_failed(p->m, solved);
	else
		status = proof == MENTOR_ASSIGN_PROVED ? take_choice(p, plan, &choice) : not_proved(p->m, "the prices leave room for a better one");
	if (!status)
		count_open(p, plan, &scorer);
	mentor_assign_choice_free(&choice);
	return status;
}

/* ---- one pool ---- */

static enum mentor_status fill_people(struct pool *p, struct plan *plan)
{
	int32_t *places = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(*places));
	int64_t *ids = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(*ids));
	if (p->arena.failed)
		return fail_memory(p->m);
	for (size_t i = 0; i < p->n_people; i++) {
		const struct human *h = &p->people[i];
		int64_t open = h->side == SIDE_NONE ? 0 : rule_places_open(p, h);
		if (open < 0)
			return too_many_pins(p->m, h);
		places[i] = (int32_t)open;
		ids[i] = (int64_t)(identity(h) >> 1);
	}
	plan->one_pool.n_people = (int32_t)p->n_people;
	plan->one_pool.places = places;
	plan->one_pool.ids = ids;
	plan->one_pool.worst_first = plan->objective == MENTOR_MATCH_WORST;
	return MENTOR_OK;
}

static void fill_couples(struct pool *p, struct plan *plan)
{
	struct mentor_blossom_candidate *c = plan->couples;
	for (size_t i = 0; i < p->n_people; i++)
		for (size_t j = i + 1; j < p->n_people; j++) {
			const struct human *a = &p->people[i], *b = &p->people[j], *mentor = NULL, *mentee = NULL;
			if (!rule_may_pair(a, b, &mentor, &mentee) || !rule_all_hold(p, mentor, mentee))
				continue;
			plan->open += pool_places_left(a) > 0 && pool_places_left(b) > 0;
			if (!are_pinned(p, mentor, mentee) && !are_pinned(p, mentee, mentor))
				*c++ = (struct mentor_blossom_candidate){ (int32_t)i, (int32_t)j, rule_score(p, mentor, mentee) };
		}
	plan->one_pool.candidates = plan->couples;
	plan->one_pool.n_candidates = (int32_t)(c - plan->couples);
}

static enum mentor_status make_one_pool(struct pool *p, struct plan *plan)
{
	uint64_t n = p->n_people, pairs = n > 0 ? n * (n - 1) / 2 : 0;
	if (plan->method == MENTOR_MATCH_STABLE || plan->objective == MENTOR_MATCH_CHOICES)
		return fail(p->m, MENTOR_REFUSED, "use the method best with the objective total or worst-off",
		    "people who can take either side have no %s", plan->method == MENTOR_MATCH_STABLE ? "stable proposal" : "order of mentors' choices");
	if (pairs > MOST_CONSIDERED)
		return too_large(p->m);
	enum mentor_status status = fill_people(p, plan);
	if (status)
		return status;
	plan->couples = malloc(((size_t)pairs + 1) * sizeof(*plan->couples));
	if (!plan->couples)
		return fail_memory(p->m);
	fill_couples(p, plan);
	return MENTOR_OK;
}

static void add_couple(struct pool *p, struct plan *plan, const struct mentor_blossom_candidate *c)
{
	const struct human *mentor = NULL, *mentee = NULL;
	if (!rule_may_pair(&p->people[c->a], &p->people[c->b], &mentor, &mentee))
		return;
	plan->pairs[plan->n_pairs++] = (struct plan_pair){ mentor, mentee, c->score, NULL };
	p->people[mentor - p->people].settled = SIDE_MENTOR;
	p->people[mentee - p->people].settled = SIDE_MENTEE;
}

static enum mentor_status take_couples(struct pool *p, struct plan *plan, const struct mentor_blossom_result *result)
{
	plan->pairs = arena_alloc(&p->arena, ((size_t)result->n_pairs + p->n_pairs + 1) * sizeof(*plan->pairs));
	if (!plan->pairs)
		return fail_memory(p->m);
	for (int32_t i = 0; i < result->n_pairs; i++)
		add_couple(p, plan, &plan->couples[result->pairs[i]]);
	add_pins(p, plan);
	pool_settle(p);
	return MENTOR_OK;
}

static enum mentor_status one_pool_failed(struct mentor *m, enum mentor_status status)
{
	if (status == MENTOR_NO_MEMORY)
		return fail_memory(m);
	return status == MENTOR_INVALID ? too_large(m) : not_proved(m, "the prices leave room for a better one");
}

static enum mentor_status solve_one_pool(struct pool *p, const struct mentor_match_sink *sink, struct plan *plan)
{
	struct mentor_blossom_result result = { 0 };
	struct mentor_match_sink copy = sink ? *sink : (struct mentor_match_sink){ 0 };
	enum mentor_status status = make_one_pool(p, plan);
	if (status)
		return status;
	plan->one_pool.progress = copy.progress ? tell_progress : NULL;
	plan->one_pool.progress_data = &copy;
	status = mentor_blossom_solve(&plan->one_pool, &result);
	if (!status)
		status = mentor_blossom_verify(&plan->one_pool, &result);
	plan->one_pool.progress = NULL; /* its data ends with this call */
	status = status ? one_pool_failed(p->m, status) : take_couples(p, plan, &result);
	mentor_blossom_result_free(&result);
	return status;
}

/* ---- whom each would rather have ---- */

/** One candidate as one of the two sees it. */
struct wish {
	int64_t named; /* place in the own list; MENTOR_NONE: not on it */
	int64_t score;
	int32_t who, candidate;
};

/* Whom somebody named comes first, in that order; then all others by the points of the pair. */
static int by_wish(const void *a, const void *b)
{
	const struct wish *left = a, *right = b;
	if (left->who != right->who)
		return left->who < right->who ? -1 : 1;
	bool left_named = left->named != MENTOR_NONE, right_named = right->named != MENTOR_NONE;
	if (left_named != right_named)
		return left_named ? -1 : 1;
	if (left_named)
		return left->named < right->named ? -1 : left->named > right->named;
	if (left->score != right->score)
		return left->score > right->score ? -1 : 1;
	return left->candidate < right->candidate ? -1 : left->candidate > right->candidate;
}

static bool as_good(const struct wish *a, const struct wish *b)
{
	return a->named == b->named && (a->named != MENTOR_NONE || a->score == b->score);
}

/* Ranks the candidates of everybody on one side; equal points are a tie. */
static void rank_side(const struct pool *p, struct plan *plan, enum side side, struct wish *wishes)
{
	int32_t n = plan->problem.n_candidates, rank = 0;
	for (int32_t i = 0; i < n; i++) {
		const struct mentor_assign_candidate *c = &plan->candidates[i];
		const struct human *mentor = p->sides[SIDE_MENTOR][c->row], *mentee = p->sides[SIDE_MENTEE][c->column];
		int64_t named = side == SIDE_MENTOR ? pool_rank(mentor, mentee) : pool_rank(mentee, mentor);
		wishes[i] = (struct wish){ named ? named : MENTOR_NONE, c->score, side == SIDE_MENTOR ? c->row : c->column, i };
	}
	qsort(wishes, (size_t)n, sizeof(*wishes), by_wish);
	for (int32_t i = 0; i < n; i++) {
		bool first = i == 0 || wishes[i - 1].who != wishes[i].who;
		rank = first ? 1 : as_good(&wishes[i - 1], &wishes[i]) ? rank : rank + 1;
		struct mentor_stable_candidate *w = &plan->wishes[wishes[i].candidate];
		*(side == SIDE_MENTOR ? &w->row_rank : &w->column_rank) = rank;
	}
}

/* Both sides' ids with the sign bit turned, in the order that they have without a sign. */
static const int64_t *signed_ids(struct pool *p, const struct plan *plan, enum side side)
{
	size_t n = (size_t)p->n_sides[side];
	int64_t *ids = arena_alloc(&p->arena, (n + 1) * sizeof(*ids));
	for (size_t i = 0; ids && i < n; i++)
		ids[i] = (int64_t)(plan->ids[side][i] ^ (UINT64_C(1) << 63));
	return ids;
}

static enum mentor_status make_wishes(struct pool *p, struct plan *plan)
{
	size_t n = (size_t)plan->problem.n_candidates + 1;
	if (plan->wishes)
		return MENTOR_OK;
	struct wish *wishes = malloc(n * sizeof(*wishes));
	plan->wishes = malloc(n * sizeof(*plan->wishes));
	plan->stable = (struct mentor_stable_problem){ .n_rows = plan->problem.n_rows,
		.n_columns = plan->problem.n_columns,
		.row_places = plan->problem.row_places,
		.column_places = plan->problem.column_places,
		.row_ids = signed_ids(p, plan, SIDE_MENTOR),
		.column_ids = signed_ids(p, plan, SIDE_MENTEE),
		.candidates = plan->wishes,
		.n_candidates = plan->problem.n_candidates };
	if (!wishes || !plan->wishes || p->arena.failed) {
		free(wishes);
		return fail_memory(p->m);
	}
	for (int32_t i = 0; i < plan->problem.n_candidates; i++)
		plan->wishes[i] = (struct mentor_stable_candidate){ plan->candidates[i].row, plan->candidates[i].column, 0, 0 };
	rank_side(p, plan, SIDE_MENTOR, wishes);
	rank_side(p, plan, SIDE_MENTEE, wishes);
	free(wishes);
	return MENTOR_OK;
}

static enum mentor_status stable_failed(struct mentor *m, enum mentor_status status)
{
	if (status == MENTOR_NO_MEMORY)
		return fail_memory(m);
	return status == MENTOR_INVALID ? too_large(m) : not_proved(m, "two people would rather have each other");
}

static enum mentor_status solve_stable(struct pool *p, struct plan *plan)
{
	struct mentor_stable_result result = { 0 };
	enum mentor_status status = make_wishes(p, plan);
	if (status)
		return status;
	status = mentor_stable_solve(&plan->stable, &result);
	status = status ? stable_failed(p->m, status) : take_pairs(p, plan, result.pairs, result.n_pairs);
	mentor_stable_result_free(&result);
	return status;
}

enum mentor_status plan_solve(struct pool *p, const struct plan_how *how, const struct mentor_match_sink *sink, struct plan *plan)
{
	struct plan_how as = how ? *how : plan_how(p, NULL);
	as.listed = as.listed || !how;
	*plan = (struct plan){ .method = as.method, .objective = as.objective };
	if (p->graph)
		return solve_one_pool(p, sink, plan);
	enum mentor_status status = fill_sides(p, plan);
	if (!status && !as.listed && is_large(p, plan))
		return solve_large(p, sink, plan);
	if (!status)
		status = list_candidates(p, plan);
	if (status)
		return status;
	return plan->method == MENTOR_MATCH_STABLE ? solve_stable(p, plan) : solve_best(p, sink, plan);
}

/* ---- figures ---- */

/* The candidate of two people who are no pinned pair. */
static int32_t find_candidate(const struct plan *plan, int32_t row, int32_t column)
{
	int32_t low = 0, high = plan->problem.n_candidates;
	while (low < high) {
		int32_t middle = low + (high - low) / 2;
		const struct mentor_assign_candidate *c = &plan->candidates[middle];
		bool before = c->row < row || (c->row == row && c->column < column);
		low = before ? middle + 1 : low;
		high = before ? high : middle;
	}
	return low;
}

static enum mentor_status count_blocking(struct pool *p, struct plan *plan, int64_t *ret)
{
	struct mentor_stable_figures figures;
	int32_t *chosen = malloc(((size_t)plan->n_pairs + 1) * sizeof(*chosen)), n = 0;
	enum mentor_status status = chosen ? make_wishes(p, plan) : fail_memory(p->m);
	for (int32_t i = 0; chosen && !status && i < plan->n_pairs; i++)
		if (!plan->pairs[i].pin)
			chosen[n++] = find_candidate(plan, plan->pairs[i].mentor->at, plan->pairs[i].mentee->at);
	if (!status && (status = mentor_stable_measure(&plan->stable, chosen, n, &figures)))
		status = stable_failed(p->m, status);
	free(chosen);
	if (!status)
		*ret = figures.n_blocking;
	return status;
}

enum mentor_status plan_measure(struct pool *p, struct plan *plan, struct mentor_match_figures *ret)
{
	struct mentor_match_figures f = { .method = plan->method, .objective = plan->objective, .pairs = plan->n_pairs, .worst = MENTOR_NONE };
	for (int32_t i = 0; i < plan->n_pairs; i++) {
		const struct plan_pair *pair = &plan->pairs[i];
		f.score += pair->score;
		f.worst = f.worst == MENTOR_NONE || pair->score < f.worst ? pair->score : f.worst;
		f.mentors_first += pool_rank(pair->mentor, pair->mentee) == 1;
		f.mentees_first += pool_rank(pair->mentee, pair->mentor) == 1;
	}
	f.blocking = MENTOR_NONE;
	enum mentor_status status = p->graph ? MENTOR_OK : count_blocking(p, plan, &f.blocking);
	if (!status)
		*ret = f;
	return status;
}

/* ---- reading the answer ---- */

const struct human *plan_partner(const struct plan *plan, const struct human *h)
{
	for (int32_t i = 0; i < plan->n_pairs; i++) {
		if (plan->pairs[i].mentor == h)
			return plan->pairs[i].mentee;
		if (plan->pairs[i].mentee == h)
			return plan->pairs[i].mentor;
	}
	return NULL;
}
