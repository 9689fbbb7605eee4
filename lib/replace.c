/* replace.c: another partner for somebody whose pair has ended: reserves first, in their order, then whoever suits best. Nobody else's pair, proposed
 * or active, is touched. */
#include "replace.h"

#include "ending.h"
#include "proposal.h"
#include "record.h"

#include <inttypes.h>

/* ---- who could take the place ---- */

/* Places that neither an active nor a proposed pair takes. */
static int64_t places_free(const struct human *h)
{
	int64_t left = pool_places_left(h);
	for (size_t i = 0; i < h->n_pairs; i++)
		left -= h->pairs[i]->state == MENTOR_PAIR_PROPOSED;
	return left;
}

/* Two people as they would be a pair. */
struct two {
	const struct human *mentor, *mentee;
};

static bool suits(const struct pool *p, const struct human *seeker, const struct human *h)
{
	struct two t;
	return places_free(h) > 0 && rule_may_pair(seeker, h, &t.mentor, &t.mentee) && rule_all_hold(p, t.mentor, t.mentee);
}

static int64_t score_of(const struct pool *p, const struct human *seeker, const struct human *h)
{
	struct two t;
	return rule_may_pair(seeker, h, &t.mentor, &t.mentee) ? rule_score(p, t.mentor, t.mentee) : 0;
}

/* Reserves by the day of their application, as they are brought over to the next cohort. */
static enum mentor_status find_reserve(const struct pool *p, const struct human *seeker, const struct human **ret)
{
	struct db_rows *rows = NULL;
	bool more = true;
	const struct human *found = NULL;
	if (!p->d->cohort.reserves)
		return MENTOR_OK;
	enum mentor_status status = db_query(p->m,
	    "SELECT e.id FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'accepted' AND e.role <> 'facilitator' AND e.places > 0 "
	    "AND NOT EXISTS (SELECT 1 FROM pair q WHERE (q.mentor_id = e.id OR q.mentee_id = e.id) AND q.state IN ('proposed', 'active', 'completed')) "
	    "AND NOT " ENDING_RESTS("e") " ORDER BY e.applied_on, e.id",
	    DB_ARGS(DB_NUMBER(p->cohort)), &rows);
	while (!status && !found && !(status = db_next(rows, &more)) && more) {
		const struct human *h = pool_human(p, db_number(rows, 0));
		if (h && suits(p, seeker, h))
			found = h;
	}
	db_done(rows);
	if (!status)
		*ret = found;
	return status;
}

/* Between equals the address decides. */
static const struct human *find_best(const struct pool *p, const struct human *seeker)
{
	const struct human *best = NULL;
	for (size_t i = 0; i < p->n_people; i++) {
		const struct human *h = p->sorted[i];
		if (suits(p, seeker, h) && (!best || score_of(p, seeker, h) > score_of(p, seeker, best)))
			best = h;
	}
	return best;
}

/* ---- replacing ---- */

static enum mentor_status keep_name(struct mentor *m, const char *name, const char **ret)
{
	*ret = mentor_keep(m, name);
	return *ret ? MENTOR_OK : MENTOR_NO_MEMORY;
}

static enum mentor_status tell(const struct pool *p, const struct human *seeker, const struct human *partner, struct mentor_replaced *r)
{
	int64_t most = rule_score_most(p);
	r->partner = partner->person;
	r->score = score_of(p, seeker, partner);
	r->percent = most ? 100 * r->score / most : MENTOR_NONE;
	return keep_name(p->m, partner->name, &r->partner_name);
}

/* Pinned: another proposal would otherwise undo what was sought for one person. */
static enum mentor_status propose(struct pool *p, const struct human *seeker, const struct human *partner, struct mentor_replaced *r)
{
	struct two t;
	enum mentor_status status = tell(p, seeker, partner, r);
	if (!status && rule_may_pair(seeker, partner, &t.mentor, &t.mentee))
		status = db_value(p->m,
		    "INSERT INTO pair (cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on, pinned) VALUES ($1, $2, $3, $4, $5, $6, 1) RETURNING id",
		    DB_ARGS(DB_NUMBER(p->cohort), DB_NUMBER(t.mentor->enrolment), DB_NUMBER(t.mentee->enrolment),
			DB_TEXT(def_arrangements[rule_arrangement(p, t.mentor, t.mentee)]), DB_NUMBER(r->score), DB_TEXT(p->m->today)),
		    0, &r->pair);
	if (!status)
		status = ending_found(p->m, seeker->enrolment, r->pair);
	return status ? status : ending_found(p->m, partner->enrolment, r->pair);
}

static const struct past *proposed_to(const struct human *h)
{
	for (size_t i = 0; i < h->n_pairs; i++)
		if (h->pairs[i]->state == MENTOR_PAIR_PROPOSED)
			return h->pairs[i];
	return NULL;
}

static enum mentor_status check_seeker(const struct pool *p, const struct human *h, int64_t person)
{
	if (!h)
		return fail(p->m, MENTOR_NOT_FOUND, "see who is: mentor enrol list", "p%" PRId64 " is not in this cohort", person);
	if (h->side == SIDE_NONE)
		return fail(p->m, MENTOR_REFUSED, "only accepted people are paired: mentor enrol list --state accepted", "%s is not accepted", h->name);
	if (pool_places_left(h) == 0)
		return fail(p->m, MENTOR_REFUSED, mentor_hint(p->m, "to give more: mentor enrol set p%" PRId64 " --places N", person), "%s has no place left", h->name);
	return MENTOR_OK;
}

/* *ret stays without a pair when nobody suits. */
static enum mentor_status replace(struct pool *p, int64_t person, struct mentor_replaced *r)
{
	const struct human *h = pool_person(p, person), *partner = NULL;
	enum mentor_status status = check_seeker(p, h, person);
	const struct past *past = status ? NULL : proposed_to(h);
	if (!status)
		status = keep_name(p->m, h->name, &r->name);
	if (!status && past) {
		r->pair = past->id;
		r->unchanged = 1;
		status = ending_found(p->m, h->enrolment, past->id);
		return status ? status : tell(p, h, past->mentor == h ? past->mentee : past->mentor, r);
	}
	if (!status)
		status = find_reserve(p, h, &partner);
	if (status)
		return status;
	r->reserve = partner != NULL;
	partner = partner ? partner : find_best(p, h);
	return partner ? propose(p, h, partner, r) : MENTOR_OK;
}

/* Asking for a partner is said of every pair of the person that has ended. */
static enum mentor_status ask(struct mentor *m, int64_t cohort, int64_t person)
{
	return db_run(m,
	    "INSERT INTO replacement (pair_id, enrolment_id, asked_on) SELECT x.id, e.id, $1 FROM enrolment e JOIN pair x ON (x.mentor_id = e.id "
	    "OR x.mentee_id = e.id) WHERE e.cohort_id = $2 AND e.person_id = $3 AND x.state = 'ended' "
	    "AND NOT EXISTS (SELECT 1 FROM replacement r WHERE r.pair_id = x.id AND r.enrolment_id = e.id)",
	    DB_ARGS(DB_TEXT(m->today), DB_NUMBER(cohort), DB_NUMBER(person)));
}

enum mentor_status mentor_match_replace(struct mentor *m, int64_t cohort, int64_t person, struct mentor_replaced *ret)
{
	struct pool p = { 0 };
	struct mentor_replaced r = { .person = person, .score = MENTOR_NONE, .percent = MENTOR_NONE };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = proposal_check_cohort(m, cohort);
	if (!status)
		status = ask(m, cohort, person);
	if (!status)
		status = pool_load(m, cohort, &p);
	if (!status)
		status = replace(&p, person, &r);
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret = r;
	return status;
}

/* ---- what is still sought ---- */

#define SOUGHT \
	"FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'accepted' " \
	"AND e.id IN (SELECT r.enrolment_id FROM replacement r WHERE r.found_id IS NULL) " \
	"AND NOT EXISTS (SELECT 1 FROM pair p WHERE (p.mentor_id = e.id OR p.mentee_id = e.id) AND p.state = 'proposed')"

static enum mentor_status count_sought(struct pool *p, int64_t *ret_n, int64_t *ret_person)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(p->m, "SELECT e.person_id " SOUGHT " ORDER BY e.person_id", DB_ARGS(DB_NUMBER(p->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct human *h = pool_person(p, db_number(rows, 0)), *reserve = NULL;
		if (h && h->side != SIDE_NONE)
			status = find_reserve(p, h, &reserve);
		int by = reserve ? 0 : 1;
		if (!status && ++ret_n[by] == 1)
			ret_person[by] = db_number(rows, 0);
	}
	db_done(rows);
	return status;
}

/* The cohort's people are read only where somebody is sought for. */
enum mentor_status replace_sought(struct mentor *m, int64_t cohort, int64_t ret_n[2], int64_t ret_person[2])
{
	struct pool p = { 0 };
	int64_t n = 0;
	enum mentor_status status = db_value(m, "SELECT count(*) " SOUGHT, DB_ARGS(DB_NUMBER(cohort)), 0, &n);
	if (status || n == 0)
		return status;
	status = pool_load(m, cohort, &p);
	if (!status)
		status = count_sought(&p, ret_n, ret_person);
	pool_free(&p);
	return status;
}
