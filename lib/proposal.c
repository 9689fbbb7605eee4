/* proposal.c: the pairs that are proposed in a cohort: storing them, keeping them under a name, comparing and taking them back. */
#include "proposal.h"

#include "bulk.h"
#include "record.h"

#include <string.h>

static const char *const methods[] = { "best", "stable", NULL };
static const char current_name[] = "current";

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_proposal, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_proposal, member)
#define OF_PAIRS(what) "(SELECT " what " FROM proposal_pair q WHERE q.proposal_id = t.id)"

/* clang-format off */
const struct mentor_field mentor_proposal_fields[] = {
	{ "id", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_INTERNAL, NUMBER(id) },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FILTER, NUMBER(cohort_id) },
	{ "name", MENTOR_TYPE_SLUG, MENTOR_FILTER | MENTOR_LABEL, TEXT(name), .help = "the name it was kept under" },
	{ "method", MENTOR_TYPE_CHOICE, MENTOR_DERIVED, NUMBER(method), .choices = methods, .help = "how the pairs were sought" },
	{ "objective", MENTOR_TYPE_CHOICE, MENTOR_DERIVED, NUMBER(objective), .choices = def_objectives, .help = "what was sought before the highest total" },
	{ "pairs", MENTOR_TYPE_INT, MENTOR_DERIVED, NUMBER(pairs), .sql = OF_PAIRS("count(*)"), .help = "how many pairs" },
	{ "score", MENTOR_TYPE_INT, MENTOR_DERIVED, NUMBER(score), .sql = OF_PAIRS("coalesce(sum(q.score), 0)"), .help = "their points together" },
	{ "worst", MENTOR_TYPE_INT, MENTOR_DERIVED, NUMBER(worst), .sql = OF_PAIRS("min(q.score)"), .help = "points of the pair that fares worst" },
	{ "pinned", MENTOR_TYPE_INT, MENTOR_DERIVED, NUMBER(pinned), .sql = OF_PAIRS("coalesce(sum(q.pinned), 0)"), .help = "how many of the pairs were pinned" },
	{ "made_at", MENTOR_TYPE_TIME, MENTOR_DERIVED, TEXT(made_at), .help = "when it was made" },
	{ "made_by", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(made_by), .help = "who made it" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_proposal = {
	.name = "proposal",
	.plural = "proposals",
	.key = "name",
	.table = "proposal",
	.from = "proposal t",
	.order = "t.made_at, t.id",
	.fields = mentor_proposal_fields,
	.size = sizeof(struct mentor_proposal),
	.listed_by = "mentor match proposals",
};

/* ---- what is proposed now ---- */

struct past *proposal_of(const struct human *mentor, const struct human *mentee)
{
	for (size_t i = 0; i < mentor->n_pairs; i++)
		if (mentor->pairs[i]->state == MENTOR_PAIR_PROPOSED && mentor->pairs[i]->mentor == mentor && mentor->pairs[i]->mentee == mentee)
			return mentor->pairs[i];
	return NULL;
}

int64_t proposal_percent(int64_t part, int64_t whole)
{
	return whole > 0 ? 100 * part / whole : MENTOR_NONE;
}

enum mentor_status proposal_tell(const struct pool *p, const struct mentor_match_sink *sink, const char *change, int64_t id,
    const struct human *mentor, const struct human *mentee, int64_t score)
{
	struct mentor_match_row row = { change, id, mentor->person, mentee->person, mentor->name, mentee->name, score,
		proposal_percent(score, rule_score_most(p)) };
	return sink && sink->pair ? sink->pair(sink->arg, &row) : MENTOR_OK;
}

enum mentor_status proposal_check_cohort(struct mentor *m, int64_t cohort)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (status)
		return status;
	const struct mentor_cohort *c = record;
	if (c->state == MENTOR_COHORT_FINISHED)
		status = fail(m, MENTOR_REFUSED, "its pairs stay as they are; name another cohort with --cohort",
		    "the cohort '%s' is finished", c->slug);
	mentor_record_free(record);
	return status;
}

/* Accepted still, and in that role. */
bool proposal_stands(const struct pool *p, const struct human *h, enum mentor_role role)
{
	bool fits = p->d->matching.one_pool ? h->role != MENTOR_ROLE_FACILITATOR : h->role == role || h->role == MENTOR_ROLE_EITHER;
	return h->state == MENTOR_ENROLMENT_ACCEPTED && fits;
}

void proposal_why_not(
    struct mentor_buf *b, const struct pool *p, const struct human *mentor, const struct human *mentee, const char *override)
{
	const struct human *const both[] = { mentor, mentee };
	for (size_t i = 0; i < 2; i++) {
		if (!proposal_stands(p, both[i], i == 0 ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE))
			mentor_buf_fmt(b, "%s is not accepted as %s any more", both[i]->name,
			    pool_singular(p, i == 0 ? SIDE_MENTOR : SIDE_MENTEE));
		else if (pool_places_left(both[i]) == 0)
			mentor_buf_fmt(b, "%s has no place left", both[i]->name);
		if (b->len)
			return;
	}
	for (size_t i = 0; i < rule_count(p) && !override; i++) {
		if (rule_holds(p, i, mentor, mentee))
			continue;
		mentor_buf_fmt(b, "it breaks the rule %s: ", rule_name(p, i));
		rule_in_words(b, p, i, mentor, mentee);
		return;
	}
}

/* ---- storing ---- */

static bool is_as_wanted(const struct past *old, const struct wanted *w)
{
	bool same_reason = old->override && w->override ? strcmp(old->override, w->override) == 0 : old->override == w->override;
	return old->score == w->score && old->arrangement == w->arrangement && old->pinned == w->pinned && same_reason;
}

static enum mentor_status insert_new(struct pool *p, const struct wanted *pairs, size_t n)
{
	struct bulk b = { .m = p->m,
		.head = "INSERT INTO pair (cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on, pinned, override) VALUES ",
		.tail = "",
		.columns = 8 };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < n; i++) {
		const struct wanted *w = &pairs[i];
		const struct db_value row[] = { DB_NUMBER(p->cohort), DB_NUMBER(w->mentor->enrolment), DB_NUMBER(w->mentee->enrolment),
			DB_TEXT(def_arrangements[w->arrangement]), DB_NUMBER(w->score), DB_TEXT(p->m->today), DB_NUMBER(w->pinned),
			DB_TEXT(w->override) };
		if (!proposal_of(w->mentor, w->mentee))
			status = bulk_row(&b, row);
	}
	return bulk_end(&b, status);
}

/* The numbers that the new pairs were given: rising, in the order in which they were stored. */
static enum mentor_status read_numbers(struct pool *p, int64_t behind, int64_t *ids)
{
	struct db_rows *rows = NULL;
	bool more = true;
	size_t n = 0;
	enum mentor_status status = db_query(p->m, "SELECT id FROM pair WHERE id > $1 ORDER BY id", DB_ARGS(DB_NUMBER(behind)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		ids[n++] = db_number(rows, 0);
	db_done(rows);
	return status;
}

static enum mentor_status store_new(struct pool *p, const struct wanted *pairs, size_t n, int64_t *ids)
{
	int64_t last = 0;
	enum mentor_status status = db_value(p->m, "SELECT coalesce(max(id), 0) FROM pair", DB_NO_ARGS, 0, &last);
	if (!status)
		status = insert_new(p, pairs, n);
	return status ? status : read_numbers(p, last, ids);
}

static enum mentor_status keep_old(struct pool *p, struct past *old, const struct wanted *w, bool same)
{
	old->kept = true;
	if (same)
		return MENTOR_OK;
	return db_run(p->m, "UPDATE pair SET score = $1, arrangement = $2, pinned = $3, override = $4 WHERE id = $5",
	    DB_ARGS(DB_NUMBER(w->score), DB_TEXT(def_arrangements[w->arrangement]), DB_NUMBER(w->pinned), DB_TEXT(w->override),
		DB_NUMBER(old->id)));
}

static enum mentor_status remove_others(struct pool *p, const struct mentor_match_sink *sink)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < p->n_pairs; i++) {
		const struct past *past = &p->pairs[i];
		if (past->state != MENTOR_PAIR_PROPOSED || past->kept)
			continue;
		status = db_run(p->m, "DELETE FROM pair WHERE id = $1", DB_ARGS(DB_NUMBER(past->id)));
		if (!status)
			status = proposal_tell(p, sink, "removed", past->id, past->mentor, past->mentee, past->score);
	}
	return status;
}

enum mentor_status proposal_store(struct pool *p, const struct wanted *pairs, size_t n, const struct mentor_match_sink *sink)
{
	int64_t *ids = arena_alloc(&p->arena, (n + 1) * sizeof(*ids));
	size_t next = 0;
	if (!ids)
		return fail_memory(p->m);
	enum mentor_status status = store_new(p, pairs, n, ids);
	for (size_t i = 0; !status && i < n; i++) {
		const struct wanted *w = &pairs[i];
		struct past *old = proposal_of(w->mentor, w->mentee);
		bool same = old && is_as_wanted(old, w);
		status = old ? keep_old(p, old, w, same) : MENTOR_OK;
		if (!status)
			status = proposal_tell(p, sink, !old ? "added" : same ? "unchanged" : "updated", old ? old->id : ids[next++], w->mentor,
			    w->mentee, w->score);
	}
	return status ? status : remove_others(p, sink);
}

/* ---- under a name ---- */

static enum mentor_status find(struct mentor *m, int64_t cohort, const char *name, int64_t *ret_id)
{
	int64_t id = 0;
	enum mentor_status status = db_value(m, "SELECT id FROM proposal WHERE cohort_id = $1 AND name = $2",
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(name)), 0, &id);
	if (!status && !id)
		status = fail(m, MENTOR_NOT_FOUND, "see: mentor match proposals", "there is no proposal '%s' in this cohort", name);
	if (!status)
		*ret_id = id;
	return status;
}

static enum mentor_status count_differences(struct mentor *m, int64_t id, int64_t cohort, int64_t *ret)
{
	static const char sql[] =
	    "SELECT (SELECT count(*) FROM pair t WHERE t.cohort_id = $1 AND t.state = 'proposed' AND NOT EXISTS (SELECT 1 FROM proposal_pair q "
	    "WHERE q.proposal_id = $2 AND q.mentor_id = t.mentor_id AND q.mentee_id = t.mentee_id AND q.score = t.score "
	    "AND q.pinned = t.pinned AND q.arrangement = t.arrangement AND coalesce(q.override, '') = coalesce(t.override, ''))) "
	    "+ (SELECT count(*) FROM proposal_pair q WHERE q.proposal_id = $2 AND NOT EXISTS (SELECT 1 FROM pair t WHERE t.cohort_id = $1 "
	    "AND t.state = 'proposed' AND t.mentor_id = q.mentor_id AND t.mentee_id = q.mentee_id))";
	return db_value(m, sql, DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(id)), 0, ret);
}

static enum mentor_status write_proposal(struct mentor *m, int64_t cohort, const char *name, enum mentor_match_method method,
    enum mentor_match_objective objective)
{
	int64_t id = 0;
	enum mentor_status status = db_run(m, "DELETE FROM proposal WHERE cohort_id = $1 AND name = $2", DB_ARGS(DB_NUMBER(cohort), DB_TEXT(name)));
	if (!status)
		status = db_value(m,
		    "INSERT INTO proposal (cohort_id, name, method, objective, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
		    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(name), DB_TEXT(methods[method]), DB_TEXT(def_objectives[objective]), DB_TEXT(m->now),
			DB_TEXT(m->actor)),
		    0, &id);
	if (!status)
		status = db_run(m,
		    "INSERT INTO proposal_pair (proposal_id, mentor_id, mentee_id, arrangement, score, pinned, override) "
		    "SELECT $1, mentor_id, mentee_id, arrangement, score, pinned, override FROM pair WHERE cohort_id = $2 AND state = 'proposed' "
		    "ORDER BY id",
		    DB_ARGS(DB_NUMBER(id), DB_NUMBER(cohort)));
	return status;
}

static enum mentor_status save(struct mentor *m, int64_t cohort, const char *name, enum mentor_match_method method,
    enum mentor_match_objective objective, const char **ret_change)
{
	int64_t id = 0, differences = 0;
	if (strcmp(name, current_name) == 0)
		return fail(m, MENTOR_INVALID, "choose another name", "'current' is what is proposed now");
	enum mentor_status status = db_value(m,
	    "SELECT id FROM proposal WHERE cohort_id = $1 AND name = $2 AND method = $3 AND objective = $4",
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(name), DB_TEXT(methods[method]), DB_TEXT(def_objectives[objective])), 0, &id);
	if (!status && id)
		status = count_differences(m, id, cohort, &differences);
	if (status || (id && differences == 0)) {
		*ret_change = "unchanged";
		return status;
	}
	*ret_change = "kept";
	return write_proposal(m, cohort, name, method, objective);
}

enum mentor_status mentor_proposal_save(struct mentor *m, int64_t cohort, const char *name, enum mentor_match_method method,
    enum mentor_match_objective objective, const char **ret_change)
{
	const char *change = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = save(m, cohort, name, method, objective, &change);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_change = change;
	return status;
}

/* ---- reading one ---- */

/** The pairs of a proposal, kept or current. */
struct saved {
	struct wanted *items;
	size_t n;
};

static enum mentor_status load_saved(struct pool *p, int64_t id, struct saved *ret)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t n = 0;
	enum mentor_status status = db_value(p->m, "SELECT count(*) FROM proposal_pair WHERE proposal_id = $1", DB_ARGS(DB_NUMBER(id)), 0, &n);
	ret->items = arena_alloc(&p->arena, ((size_t)n + 1) * sizeof(*ret->items));
	if (!status && !ret->items)
		return fail_memory(p->m);
	if (!status)
		status = db_query(p->m,
		    "SELECT q.mentor_id, q.mentee_id, q.arrangement = 'reciprocal', q.score, q.pinned, q.override FROM proposal_pair q "
		    "WHERE q.proposal_id = $1 ORDER BY q.id",
		    DB_ARGS(DB_NUMBER(id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct wanted w = { pool_human(p, db_number(rows, 0)), pool_human(p, db_number(rows, 1)), db_number(rows, 3),
			db_number(rows, 2) ? MENTOR_RECIPROCAL : MENTOR_REVERSE, db_number(rows, 4), arena_strdup(&p->arena, db_text(rows, 5)) };
		if (w.mentor && w.mentee)
			ret->items[ret->n++] = w;
	}
	db_done(rows);
	return !status && p->arena.failed ? fail_memory(p->m) : status;
}

static enum mentor_status load_current(struct pool *p, struct saved *ret)
{
	ret->items = arena_alloc(&p->arena, (p->n_pairs + 1) * sizeof(*ret->items));
	if (!ret->items)
		return fail_memory(p->m);
	for (size_t i = 0; i < p->n_pairs; i++) {
		const struct past *past = &p->pairs[i];
		if (past->state == MENTOR_PAIR_PROPOSED)
			ret->items[ret->n++] =
			    (struct wanted){ past->mentor, past->mentee, past->score, past->arrangement, past->pinned, past->override };
	}
	return MENTOR_OK;
}

static enum mentor_status load_named(struct pool *p, const char *name, struct saved *ret)
{
	int64_t id = 0;
	*ret = (struct saved){ 0 };
	if (strcmp(name, current_name) == 0)
		return load_current(p, ret);
	enum mentor_status status = find(p->m, p->cohort, name, &id);
	return status ? status : load_saved(p, id, ret);
}

/* ---- taking one back ---- */

static bool is_active(const struct wanted *w)
{
	for (size_t i = 0; i < w->mentor->n_pairs; i++) {
		const struct past *past = w->mentor->pairs[i];
		if (past->state == MENTOR_PAIR_ACTIVE && (past->mentor == w->mentee || past->mentee == w->mentee))
			return true;
	}
	return false;
}

/* Takes the places as it goes, so that nobody gets more partners than places; each pair that cannot be is a problem of its own. */
static void judge(struct pool *p, const struct wanted *w)
{
	struct mentor_buf why = MENTOR_BUF_INIT;
	proposal_why_not(&why, p, w->mentor, w->mentee, w->override);
	if (why.len)
		problem_add(p->m, NULL, NULL, "%s and %s: %s", w->mentor->name, w->mentee->name, mentor_buf_text(&why));
	mentor_buf_free(&why);
	pool_human(p, w->mentor->enrolment)->active++;
	pool_human(p, w->mentee->enrolment)->active++;
}

/* What has been published since is left out. */
static enum mentor_status use(struct pool *p, const char *name, const struct mentor_match_sink *sink)
{
	struct saved saved;
	size_t n = 0;
	enum mentor_status status = load_named(p, name, &saved);
	if (status)
		return status;
	problems_clear(p->m);
	for (size_t i = 0; i < saved.n; i++)
		if (!is_active(&saved.items[i]))
			saved.items[n++] = saved.items[i];
	for (size_t i = 0; i < n; i++)
		judge(p, &saved.items[i]);
	if (p->m->n_problems)
		return problems_refuse(p->m, "things have changed since; make a new proposal: mentor match propose",
		    "the proposal '%s' cannot be taken back", name);
	return proposal_store(p, saved.items, n, sink);
}

enum mentor_status mentor_proposal_use(struct mentor *m, int64_t cohort, const char *name, const struct mentor_match_sink *sink)
{
	struct pool p = { 0 };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = proposal_check_cohort(m, cohort);
	if (!status)
		status = pool_load(m, cohort, &p);
	if (!status)
		status = use(&p, name, sink);
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

/* ---- comparing two ---- */

static int64_t score_in(const struct saved *s, const struct wanted *w)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->items[i].mentor == w->mentor && s->items[i].mentee == w->mentee)
			return s->items[i].score;
	return MENTOR_NONE;
}

static enum mentor_status tell_difference(const struct wanted *w, const char *in, mentor_record_fn *each, void *arg)
{
	const struct mentor_proposal_difference row = { w->mentor->person, w->mentor->name, w->mentee->person, w->mentee->name, in, w->score };
	return each(arg, &row);
}

/* By mentor, so that what one loses and gets stands together. */
static enum mentor_status compare(struct pool *p, const char *const names[2], mentor_record_fn *each, void *arg)
{
	struct saved both[2];
	enum mentor_status status = load_named(p, names[0], &both[0]);
	if (!status)
		status = load_named(p, names[1], &both[1]);
	for (size_t h = 0; !status && h < p->n_people; h++)
		for (size_t side = 0; side < 2; side++)
			for (size_t i = 0; !status && i < both[side].n; i++) {
				const struct wanted *w = &both[side].items[i];
				if (w->mentor == p->sorted[h] && score_in(&both[1 - side], w) == MENTOR_NONE)
					status = tell_difference(w, names[side], each, arg);
			}
	return status;
}

enum mentor_status mentor_proposal_compare(
    struct mentor *m, int64_t cohort, const char *first, const char *second, mentor_record_fn *each, void *arg)
{
	const char *const names[] = { first, second };
	struct pool p = { 0 };
	enum mentor_status status = pool_load(m, cohort, &p);
	if (!status)
		status = compare(&p, names, each, arg);
	pool_free(&p);
	return status;
}
