/* hand.c: what people change in a proposal by hand: pairs pinned, added, and kept apart. */
#include "proposal.h"
#include "record.h"

#include <inttypes.h>

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_block, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_block, member)

/* clang-format off */
const struct mentor_field mentor_block_fields[] = {
	{ "id", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_INTERNAL, NUMBER(id) },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FILTER, NUMBER(cohort_id), .sql = "a.cohort_id" },
	{ "person", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(person), .entity = "person", .sql = "a.person_id", .help = "one of the two" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(name), .sql = "ap.name", .help = "name of the person" },
	{ "other", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(other), .entity = "person", .sql = "b.person_id", .help = "the other" },
	{ "other_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(other_name), .sql = "bp.name", .heading = "not with", .help = "name of the other" },
	{ "blocked_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(blocked_on), .help = "since when" },
	{ "blocked_by", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(blocked_by), .help = "who decided it" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_block = {
	.name = "block",
	.plural = "blocks",
	.table = "block",
	.from = "block t JOIN enrolment a ON a.id = t.enrolment_id JOIN person ap ON ap.id = a.person_id "
		"JOIN enrolment b ON b.id = t.other_enrolment_id JOIN person bp ON bp.id = b.person_id",
	.order = "ap.name, bp.name, t.id",
	.fields = mentor_block_fields,
	.size = sizeof(struct mentor_block),
};

/* ---- pinning ---- */

static struct past *find_pair(struct pool *p, int64_t id)
{
	for (size_t i = 0; i < p->n_pairs; i++)
		if (p->pairs[i].id == id)
			return &p->pairs[i];
	return NULL;
}

static enum mentor_status refuse_broken(const struct pool *p, const struct past *past)
{
	struct mentor_buf why = MENTOR_BUF_INIT;
	proposal_why_not(&why, p, past->mentor, past->mentee, past->override);
	enum mentor_status status = why.failed ? fail_memory(p->m) : MENTOR_OK;
	if (!status && why.len)
		status = fail(p->m, MENTOR_REFUSED, mentor_hint(p->m, "with a reason it can be kept all the same: mentor match add p%" PRId64 " p%" PRId64 " --override REASON", past->mentor->person, past->mentee->person),
		    "m%" PRId64 " (%s and %s) cannot be pinned: %s", past->id, past->mentor->name, past->mentee->name, mentor_buf_text(&why));
	mentor_buf_free(&why);
	return status;
}

static enum mentor_status pin(struct pool *p, int64_t id, bool pinned, bool *ret_changed)
{
	const struct past *past = find_pair(p, id);
	if (!past)
		return fail(p->m, MENTOR_FAILED, "run: mentor db check", "m%" PRId64 " joins people of another cohort", id);
	if (past->state != MENTOR_PAIR_PROPOSED)
		return fail(p->m, MENTOR_REFUSED, "proposals leave published pairs alone anyway", "m%" PRId64 " is not a proposed pair", id);
	*ret_changed = past->pinned != pinned;
	if (!*ret_changed)
		return MENTOR_OK;
	enum mentor_status status = pinned ? refuse_broken(p, past) : MENTOR_OK;
	return status ? status : db_run(p->m, "UPDATE pair SET pinned = $1 WHERE id = $2", DB_ARGS(DB_NUMBER(pinned), DB_NUMBER(id)));
}

enum mentor_status mentor_match_pin(struct mentor *m, int64_t pair, bool pinned, bool *ret_changed)
{
	struct pool p = { 0 };
	void *record = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (!status)
		status = pool_load(m, ((const struct mentor_pair *)record)->cohort_id, &p);
	if (!status)
		status = pin(&p, pair, pinned, &changed);
	pool_free(&p);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- adding ---- */

static enum mentor_status find_two(struct pool *p, int64_t mentor, int64_t mentee, struct human *ret[2])
{
	const int64_t people[] = { mentor, mentee };
	for (size_t i = 0; i < 2; i++) {
		ret[i] = pool_person(p, people[i]);
		if (!ret[i])
			return fail(p->m, MENTOR_NOT_FOUND, "see: mentor enrol list", "p%" PRId64 " is not in this cohort", people[i]);
	}
	return mentor == mentee ? fail(p->m, MENTOR_INVALID, "name two people", "nobody is their own partner: %s is named on both sides", ret[0]->name) : MENTOR_OK;
}

/* Every hard rule that the pair breaks is a problem of its own. */
static enum mentor_status check_rules(const struct pool *p, const struct human *mentor, const struct human *mentee)
{
	problems_clear(p->m);
	for (size_t i = 0; i < rule_count(p); i++) {
		struct mentor_buf why = MENTOR_BUF_INIT;
		if (rule_holds(p, i, mentor, mentee))
			continue;
		rule_in_words(&why, p, i, mentor, mentee);
		problem_add(p->m, NULL, NULL, "it breaks the rule %s: %s", rule_name(p, i), mentor_buf_text(&why));
		mentor_buf_free(&why);
	}
	if (!p->m->n_problems)
		return MENTOR_OK;
	return problems_refuse(p->m, "to put them together all the same, give the reason, which is kept: --override REASON",
	    "%s and %s are not a pair that the rules allow", mentor->name, mentee->name);
}

/* A place on each side: pairs that were only chosen make way, the one with the fewest points first; pinned ones do not. */
static struct past *least_chosen(const struct pool *p, const struct human *h)
{
	struct past *least = NULL;
	for (size_t i = 0; i < h->n_pairs; i++) {
		struct past *past = h->pairs[i];
		bool chosen = past->state == MENTOR_PAIR_PROPOSED && past->kept && !rule_is_pinned(p, past);
		if (chosen && (!least || past->score <= least->score))
			least = past;
	}
	return least;
}

static int64_t count_proposed(const struct human *h)
{
	int64_t n = 0;
	for (size_t i = 0; i < h->n_pairs; i++)
		n += h->pairs[i]->state == MENTOR_PAIR_PROPOSED && h->pairs[i]->kept;
	return n;
}

static enum mentor_status make_room(struct pool *p, const struct human *h)
{
	while (count_proposed(h) >= pool_places_left(h)) {
		struct past *least = least_chosen(p, h);
		if (!least)
			return fail(p->m, MENTOR_REFUSED, mentor_hint(p->m, "unpin another pair, or give more places: mentor enrol set p%" PRId64 " --places N", h->person),
			    "%s has no place left", h->name);
		least->kept = false;
	}
	return MENTOR_OK;
}

/* What stays of the present proposal, and the pair. */
static enum mentor_status store_with(struct pool *p, const struct wanted *w, const struct mentor_match_sink *sink)
{
	size_t n = 0;
	struct wanted *all = arena_alloc(&p->arena, (p->n_pairs + 2) * sizeof(*all));
	if (!all)
		return fail_memory(p->m);
	for (size_t i = 0; i < p->n_pairs; i++) {
		const struct past *past = &p->pairs[i];
		if (past->kept && !(past->mentor == w->mentor && past->mentee == w->mentee))
			all[n++] = (struct wanted){ past->mentor, past->mentee, past->score, past->arrangement, past->pinned, past->override };
	}
	all[n++] = *w;
	for (size_t i = 0; i < p->n_pairs; i++)
		p->pairs[i].kept = false;
	return proposal_store(p, all, n, sink);
}

static enum mentor_status check_people(const struct pool *p, struct human *const two[2])
{
	struct mentor_buf why = MENTOR_BUF_INIT;
	const struct past *past = rule_paired(p, two[0], two[1]);
	if (past && past->state == MENTOR_PAIR_ACTIVE)
		return fail(p->m, MENTOR_REFUSED, mentor_hint(p->m, "to see it: mentor match show m%" PRId64, past->id), "%s and %s are a pair already (m%" PRId64 ")", two[0]->name, two[1]->name, past->id);
	proposal_why_not(&why, p, two[0], two[1], "rules are judged elsewhere");
	enum mentor_status status = why.failed ? fail_memory(p->m) : MENTOR_OK;
	if (!status && why.len)
		status = fail(p->m, MENTOR_REFUSED, "see: mentor enrol list", "%s", mentor_buf_text(&why));
	mentor_buf_free(&why);
	return status;
}

static enum mentor_status add(struct pool *p, struct human *const two[2], const char *override, const struct mentor_match_sink *sink)
{
	struct past *old = proposal_of(two[0], two[1]), *turned = proposal_of(two[1], two[0]);
	enum mentor_status status = check_people(p, two);
	bool broken = !status && !rule_all_hold(p, two[0], two[1]);
	if (!status && broken && !override && !(old && old->override))
		status = check_rules(p, two[0], two[1]);
	for (size_t i = 0; i < p->n_pairs; i++)
		p->pairs[i].kept = p->pairs[i].state == MENTOR_PAIR_PROPOSED && &p->pairs[i] != old && &p->pairs[i] != turned;
	for (size_t i = 0; !status && i < 2; i++)
		status = make_room(p, two[i]);
	if (status)
		return status;
	const char *reason = !broken ? NULL : override ? override : old ? old->override : NULL;
	struct wanted w = { two[0], two[1], rule_score(p, two[0], two[1]), rule_arrangement(p, two[0], two[1]), true, reason };
	return store_with(p, &w, sink);
}

enum mentor_status mentor_match_add(
    struct mentor *m, int64_t cohort, int64_t mentor, int64_t mentee, const char *override, const struct mentor_match_sink *sink)
{
	struct pool p = { 0 };
	struct human *two[2] = { NULL, NULL };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = proposal_check_cohort(m, cohort);
	if (!status)
		status = pool_load(m, cohort, &p);
	if (!status)
		status = find_two(&p, mentor, mentee, two);
	if (!status)
		status = add(&p, two, override, sink);
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

enum mentor_status mentor_match_drop(struct mentor *m, int64_t cohort, int64_t mentor, int64_t mentee, bool *ret_changed)
{
	struct pool p = { 0 };
	struct human *two[2] = { NULL, NULL };
	const struct past *old = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = pool_load(m, cohort, &p);
	if (!status)
		status = find_two(&p, mentor, mentee, two);
	if (!status && two[0] && two[1])
		old = proposal_of(two[0], two[1]);
	if (old)
		status = db_run(m, "DELETE FROM pair WHERE id = $1", DB_ARGS(DB_NUMBER(old->id)));
	bool changed = old != NULL;
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- keeping apart ---- */

/* Whichever of the two was named first. */
#define EITHER_WAY "((enrolment_id = $1 AND other_enrolment_id = $2) OR (enrolment_id = $2 AND other_enrolment_id = $1))"

static enum mentor_status block(struct pool *p, struct human *const two[2], bool blocked, bool *ret_changed)
{
	const struct db_value ids[] = { DB_NUMBER(two[0]->enrolment), DB_NUMBER(two[1]->enrolment) };
	int64_t n = 0;
	enum mentor_status status = db_value(p->m, "SELECT count(*) FROM block WHERE " EITHER_WAY, ids, 2, 0, &n);
	bool now = n > 0;
	*ret_changed = now != blocked;
	if (status || now == blocked)
		return status;
	for (size_t i = 0; i < two[0]->n_pairs && blocked; i++) {
		const struct past *past = two[0]->pairs[i];
		if ((past->mentor == two[1] || past->mentee == two[1]) && past->pinned)
			return fail(p->m, MENTOR_REFUSED, mentor_hint(p->m, "unpin it first: mentor match pin --off m%" PRId64, past->id), "m%" PRId64 " (%s and %s) is pinned", past->id,
			    past->mentor->name, past->mentee->name);
	}
	if (!blocked)
		return db_run(p->m, "DELETE FROM block WHERE " EITHER_WAY, ids, 2);
	return db_run(p->m, "INSERT INTO block (enrolment_id, other_enrolment_id, blocked_on, blocked_by) VALUES ($1, $2, $3, $4)",
	    DB_ARGS(ids[0], ids[1], DB_TEXT(p->m->today), DB_TEXT(p->m->actor)));
}

enum mentor_status mentor_match_block(struct mentor *m, int64_t cohort, int64_t person, int64_t other, bool blocked, bool *ret_changed)
{
	struct pool p = { 0 };
	struct human *two[2] = { NULL, NULL };
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = pool_load(m, cohort, &p);
	if (!status)
		status = find_two(&p, person, other, two);
	if (!status)
		status = block(&p, two, blocked, &changed);
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}
