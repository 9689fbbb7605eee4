/* match.c: who could work with whom, the best choice of pairs, why it is so, and the steps from proposal to end.
 *
 * The way of a proposal: pool_load() reads the cohort's people with the values that the programme's rules compare;
 * take_sides() puts everyone on a side; plan_solve() turns people and rules into numbers for the kernel (assign.h)
 * and checks its proof; store_plan() writes what differs. Explanations read the same pool and ask the same rules, so
 * they cannot disagree with the choice. */
#include "assign.h"
#include "programme.h"
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	MOST_CONSIDERED = 4000000, /* pairs looked at: 2000 people a side, well under a gigabyte in the kernel */
	MOST_NAMES = 8,            /* named in one sentence */
	TIE_RANGE = 1024,          /* values of the hash that tells equals apart */
	POINTS = 1000,             /* of a soft rule that holds in full */
};

enum side { SIDE_MENTOR, SIDE_MENTEE, SIDE_NONE };

/** One value of a person, as written and as compared. */
struct value {
	const char *text, *folded;
};

/** What a person holds for one field: sorted by the folded text, no value twice; none when nothing is known. */
struct trait {
	struct value *values;
	size_t n;
};

struct human;

/** A pair of the cohort as stored. */
struct past {
	int64_t id, score;
	enum mentor_pair_state state;
	struct human *mentor, *mentee;
	bool kept; /* comes out of a new proposal again */
};

struct human {
	int64_t enrolment, person, places;
	enum mentor_role role;
	enum mentor_enrolment_state state;
	const char *email, *name;
	struct trait *traits; /* one for each field of the pool */
	const char **above;   /* addresses of the line managers above, nearest first */
	size_t n_above;
	struct past **pairs;
	size_t n_pairs;
	enum side side; /* SIDE_NONE: takes no part in matching */
	int32_t at;     /* place in the side: the kernel's row or column */
	int64_t active; /* partners */
};

struct pool {
	struct mentor *m;
	int64_t cohort;
	struct definition *d;
	struct arena arena;
	const char **fields; /* that rules and scores compare */
	size_t n_fields;
	size_t *rule_fields, *score_fields; /* which of them each rule and score compares */
	struct human *people;               /* by enrolment */
	struct human **sorted;              /* by address */
	size_t n_people;
	struct past *pairs; /* by number */
	size_t n_pairs;
	struct human **sides[2]; /* by address */
	int32_t n_sides[2];
	int64_t except; /* a pair that does not count as "paired before": the one being explained or published */
};

/* ---- reading the pool ---- */

/* Room for one more item behind `n`: a new block when the old one is full. NULL when there is no memory; the arena
 * remembers that, and the old block is still good. */
static void *room(struct arena *a, void *items, size_t n, size_t size)
{
	bool full = n == 0 || (n >= 4 && (n & (n - 1)) == 0);
	if (!full)
		return items;
	void *grown = arena_alloc(a, (n ? 2 * n : 4) * size);
	if (grown && n)
		memcpy(grown, items, n * size);
	return grown;
}

static const char *fold_into(struct arena *a, const char *text)
{
	char *folded = mentor_utf8_fold(text);
	const char *copy = folded ? arena_strdup(a, folded) : NULL;
	a->failed = a->failed || !copy;
	free(folded);
	return copy;
}

static int64_t word_index(const char *const *words, const char *word)
{
	for (int64_t i = 0; words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return i;
	return 0;
}

/* -- fields -- */

static size_t field_index(const struct pool *p, const char *name)
{
	size_t i = 0;
	while (i < p->n_fields && strcmp(p->fields[i], name) != 0)
		i++;
	return i;
}

static void add_field(struct pool *p, const char *name)
{
	if (!name || field_index(p, name) < p->n_fields)
		return;
	const char **grown = room(&p->arena, (void *)p->fields, p->n_fields, sizeof(*p->fields));
	if (!grown)
		return;
	p->fields = grown;
	p->fields[p->n_fields++] = name;
}

static void collect_fields(struct pool *p)
{
	const struct def_matching *d = &p->d->matching;
	p->rule_fields = arena_alloc(&p->arena, (d->n_rules + 1) * sizeof(size_t));
	p->score_fields = arena_alloc(&p->arena, (d->n_scores + 1) * sizeof(size_t));
	for (size_t i = 0; i < d->n_rules && p->rule_fields; i++) {
		add_field(p, d->rules[i].field);
		p->rule_fields[i] = d->rules[i].field ? field_index(p, d->rules[i].field) : 0;
	}
	for (size_t i = 0; i < d->n_scores && p->score_fields; i++) {
		add_field(p, d->scores[i].field);
		p->score_fields[i] = field_index(p, d->scores[i].field);
	}
}

static void add_value(struct pool *p, struct human *h, const char *field, const char *text)
{
	size_t i = field_index(p, field);
	if (i == p->n_fields || !text || !*text || !h->traits)
		return;
	struct trait *trait = &h->traits[i];
	struct value *grown = room(&p->arena, trait->values, trait->n, sizeof(*trait->values));
	if (!grown)
		return;
	trait->values = grown;
	struct value value = { arena_strdup(&p->arena, text), fold_into(&p->arena, text) };
	if (value.folded)
		trait->values[trait->n++] = value;
}

static int by_folded(const void *a, const void *b)
{
	const struct value *left = a, *right = b;
	return strcmp(left->folded, right->folded);
}

static void tidy_trait(struct trait *t)
{
	size_t n = 0;
	if (t->n == 0)
		return;
	qsort(t->values, t->n, sizeof(*t->values), by_folded);
	for (size_t i = 1; i < t->n; i++)
		if (strcmp(t->values[n].folded, t->values[i].folded) != 0)
			t->values[++n] = t->values[i];
	t->n = n + 1;
}

/* -- people -- */

/* Fields of a person that can be compared, in the order of the columns that load_people() reads last. */
static const char *const person_fields[] = { "organisation", "directorate", "job", "grade" };
enum { N_PERSON_FIELDS = sizeof(person_fields) / sizeof(*person_fields), FIRST_PERSON_FIELD = 7 };

static const char *const role_words[] = { "mentor", "mentee", "either", "facilitator", NULL };
static const char *const state_words[] = { "applied", "accepted", "waiting", "declined", "withdrawn", NULL };

static void add_human(struct pool *p, const struct db_rows *rows)
{
	struct human *grown = room(&p->arena, p->people, p->n_people, sizeof(*p->people));
	if (!grown)
		return;
	p->people = grown;
	struct human *h = &p->people[p->n_people++];
	*h = (struct human){
		.enrolment = db_number(rows, 0),
		.person = db_number(rows, 1),
		.role = (enum mentor_role)word_index(role_words, db_text(rows, 2)),
		.state = (enum mentor_enrolment_state)word_index(state_words, db_text(rows, 3)),
		.places = db_number(rows, 4),
		.email = arena_strdup(&p->arena, db_text(rows, 5)),
		.name = arena_strdup(&p->arena, db_text(rows, 6)),
		.traits = arena_alloc(&p->arena, (p->n_fields ? p->n_fields : 1) * sizeof(struct trait)),
		.side = SIDE_NONE,
	};
	for (int i = 0; i < N_PERSON_FIELDS; i++)
		add_value(p, h, person_fields[i], db_text(rows, FIRST_PERSON_FIELD + i));
}

static enum mentor_status load_people(struct pool *p)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(p->m,
	    "SELECT e.id, e.person_id, e.role, e.state, e.places, h.email, h.name, h.organisation, h.directorate, "
	    "h.job, h.grade "
	    "FROM enrolment e JOIN person h ON h.id = e.person_id WHERE e.cohort_id = $1 ORDER BY e.id",
	    DB_ARGS(DB_NUMBER(p->cohort)), &rows);
	while (!status && !p->arena.failed && !(status = db_next(rows, &more)) && more)
		add_human(p, rows);
	db_done(rows);
	return status;
}

static int by_enrolment(const void *a, const void *b)
{
	const struct human *left = a, *right = b;
	return (left->enrolment > right->enrolment) - (left->enrolment < right->enrolment);
}

static struct human *human_of(const struct pool *p, int64_t enrolment)
{
	struct human key = { .enrolment = enrolment };
	return p->n_people ? bsearch(&key, p->people, p->n_people, sizeof(key), by_enrolment) : NULL;
}

static struct human *human_of_person(const struct pool *p, int64_t person)
{
	for (size_t i = 0; i < p->n_people; i++)
		if (p->people[i].person == person)
			return &p->people[i];
	return NULL;
}

static enum mentor_status load_answers(struct pool *p)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(p->m,
	    "SELECT a.enrolment_id, a.question, a.value FROM answer a JOIN enrolment e ON e.id = a.enrolment_id "
	    "WHERE e.cohort_id = $1 ORDER BY a.enrolment_id, a.question, a.position",
	    DB_ARGS(DB_NUMBER(p->cohort)), &rows);
	while (!status && !p->arena.failed && !(status = db_next(rows, &more)) && more) {
		struct human *h = human_of(p, db_number(rows, 0));
		if (h)
			add_value(p, h, db_text(rows, 1), db_text(rows, 2));
	}
	db_done(rows);
	for (size_t i = 0; i < p->n_people; i++)
		for (size_t f = 0; f < p->n_fields && p->people[i].traits; f++)
			tidy_trait(&p->people[i].traits[f]);
	return status;
}

static int by_address(const void *a, const void *b)
{
	const struct human *const *left = a, *const *right = b;
	return strcmp((*left)->email, (*right)->email);
}

static void sort_people(struct pool *p)
{
	p->sorted = arena_alloc(&p->arena, (p->n_people ? p->n_people : 1) * sizeof(void *));
	if (p->arena.failed)
		return;
	for (size_t i = 0; i < p->n_people; i++)
		p->sorted[i] = &p->people[i];
	qsort(p->sorted, p->n_people, sizeof(void *), by_address);
}

/* -- line management -- */

/** Someone in the store and the line manager, whether in the cohort or not. */
struct report {
	const char *email, *manager;
};

static int by_report(const void *a, const void *b)
{
	const struct report *left = a, *right = b;
	return strcmp(left->email, right->email);
}

static enum mentor_status load_reports(struct pool *p, struct report **ret, size_t *ret_n)
{
	struct db_rows *rows = NULL;
	bool more = true;
	struct report *reports = NULL;
	size_t n = 0;
	enum mentor_status status = db_query(
	    p->m, "SELECT email, manager_email FROM person WHERE manager_email IS NOT NULL", DB_NO_ARGS, &rows);
	while (!status && !p->arena.failed && !(status = db_next(rows, &more)) && more) {
		struct report *grown = room(&p->arena, reports, n, sizeof(*reports));
		reports = grown ? grown : reports;
		if (grown)
			reports[n++] = (struct report){ arena_strdup(&p->arena, db_text(rows, 0)),
				fold_into(&p->arena, db_text(rows, 1)) };
	}
	db_done(rows);
	if (reports && n && !p->arena.failed)
		qsort(reports, n, sizeof(*reports), by_report);
	*ret = reports;
	*ret_n = n;
	return status;
}

static bool is_above(const struct human *upper, const struct human *lower)
{
	for (size_t i = 0; i < lower->n_above; i++)
		if (strcmp(lower->above[i], upper->email) == 0)
			return true;
	return false;
}

/* Walks up from a person until there is no manager or the walk has been there already: forms do contain circles. */
static void climb(struct pool *p, struct human *h, const struct report *reports, size_t n)
{
	struct report key = { h->email, NULL };
	const struct report *at = n ? bsearch(&key, reports, n, sizeof(key), by_report) : NULL;
	while (at && !p->arena.failed) {
		struct human manager = { .email = at->manager };
		if (is_above(&manager, h) || strcmp(at->manager, h->email) == 0)
			return;
		const char **grown = room(&p->arena, (void *)h->above, h->n_above, sizeof(*h->above));
		if (!grown)
			return;
		h->above = grown;
		h->above[h->n_above++] = at->manager;
		key.email = at->manager;
		at = bsearch(&key, reports, n, sizeof(key), by_report);
	}
}

static enum mentor_status load_managers(struct pool *p)
{
	bool needed = false;
	struct report *reports = NULL;
	size_t n = 0;
	for (size_t i = 0; i < p->d->matching.n_rules; i++)
		needed = needed || p->d->matching.rules[i].kind == DEF_RULE_NOT_LINE_MANAGEMENT;
	if (!needed)
		return MENTOR_OK;
	enum mentor_status status = load_reports(p, &reports, &n);
	for (size_t i = 0; !status && !p->arena.failed && i < p->n_people; i++)
		climb(p, &p->people[i], reports, n);
	return status;
}

/* -- pairs -- */

static const char *const pair_words[] = { "proposed", "active", "completed", "ended", NULL };

static enum mentor_status load_pairs(struct pool *p)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status =
	    db_query(p->m, "SELECT id, mentor_id, mentee_id, state, score FROM pair WHERE cohort_id = $1 ORDER BY id",
		DB_ARGS(DB_NUMBER(p->cohort)), &rows);
	while (!status && !p->arena.failed && !(status = db_next(rows, &more)) && more) {
		struct past *grown = room(&p->arena, p->pairs, p->n_pairs, sizeof(*p->pairs));
		if (!grown)
			break;
		p->pairs = grown;
		struct past past = { .id = db_number(rows, 0), .score = db_number(rows, 4) };
		past.mentor = human_of(p, db_number(rows, 1));
		past.mentee = human_of(p, db_number(rows, 2));
		past.state = (enum mentor_pair_state)word_index(pair_words, db_text(rows, 3));
		if (past.mentor && past.mentee)
			p->pairs[p->n_pairs++] = past;
	}
	db_done(rows);
	return status;
}

static void link_pair(struct pool *p, struct human *h, struct past *past)
{
	struct past **grown = room(&p->arena, (void *)h->pairs, h->n_pairs, sizeof(void *));
	if (!grown)
		return;
	h->pairs = grown;
	h->pairs[h->n_pairs++] = past;
	h->active += past->state == MENTOR_PAIR_ACTIVE;
}

static int64_t places_left(const struct human *h)
{
	return h->places > h->active ? h->places - h->active : 0;
}

/* -- sides -- */

static void join_side(struct pool *p, struct human *h, enum side side, int64_t places[2])
{
	h->side = side;
	h->at = p->n_sides[side];
	p->sides[side][p->n_sides[side]++] = h;
	places[side] += places_left(h);
}

/* The side that a role or an active pair decides. */
static enum side fixed_side(const struct human *h)
{
	if (h->role == MENTOR_ROLE_MENTOR)
		return SIDE_MENTOR;
	if (h->role == MENTOR_ROLE_MENTEE)
		return SIDE_MENTEE;
	for (size_t i = 0; i < h->n_pairs; i++)
		if (h->pairs[i]->state == MENTOR_PAIR_ACTIVE)
			return h->pairs[i]->mentor == h ? SIDE_MENTOR : SIDE_MENTEE;
	return SIDE_NONE;
}

/* Puts everyone accepted on a side. People of either role go, by address, where fewer places are left: which of them
 * would do best where is not searched for (with them the choice is no longer one between two sides), and mentor.h
 * says so. */
static void take_sides(struct pool *p)
{
	int64_t places[2] = { 0, 0 };
	for (int side = 0; side < 2; side++)
		p->sides[side] = arena_alloc(&p->arena, (p->n_people ? p->n_people : 1) * sizeof(void *));
	if (p->arena.failed)
		return;
	for (size_t i = 0; i < p->n_people; i++) {
		struct human *h = p->sorted[i];
		bool takes_part = h->state == MENTOR_ENROLMENT_ACCEPTED && h->role != MENTOR_ROLE_FACILITATOR;
		if (takes_part && fixed_side(h) != SIDE_NONE)
			join_side(p, h, fixed_side(h), places);
	}
	for (size_t i = 0; i < p->n_people; i++) {
		struct human *h = p->sorted[i];
		if (h->state == MENTOR_ENROLMENT_ACCEPTED && h->role == MENTOR_ROLE_EITHER && h->side == SIDE_NONE)
			join_side(p, h, places[SIDE_MENTOR] <= places[SIDE_MENTEE] ? SIDE_MENTOR : SIDE_MENTEE, places);
	}
	for (int side = 0; side < 2; side++) {
		qsort(p->sides[side], (size_t)p->n_sides[side], sizeof(void *), by_address);
		for (int32_t i = 0; i < p->n_sides[side]; i++)
			p->sides[side][i]->at = i;
	}
}

static void pool_free(struct pool *p)
{
	definition_free(p->d);
	arena_free(&p->arena);
}

/* Reads everything. On failure too, pool_free() follows. */
static enum mentor_status pool_load(struct mentor *m, int64_t cohort, struct pool *p)
{
	*p = (struct pool){ .m = m, .cohort = cohort, .arena = ARENA_INIT };
	enum mentor_status status = programme_of_cohort(m, cohort, &p->d);
	if (status)
		return status;
	collect_fields(p);
	static enum mentor_status (*const steps[])(
	    struct pool *) = { load_people, load_answers, load_managers, load_pairs };
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		status = p->arena.failed ? fail_memory(m) : steps[i](p);
	for (size_t i = 0; !status && i < p->n_pairs; i++) {
		link_pair(p, p->pairs[i].mentor, &p->pairs[i]);
		link_pair(p, p->pairs[i].mentee, &p->pairs[i]);
	}
	if (!status) {
		sort_people(p);
		take_sides(p);
	}
	return !status && p->arena.failed ? fail_memory(m) : status;
}

/* ---- rules ----
 *
 * The hard rules are those of the programme and, behind them, one of our own: two people are not paired again. */

static const char new_pair[] = "new-pair";

static size_t count_rules(const struct pool *p)
{
	return p->d->matching.n_rules + 1;
}

static const char *rule_name(const struct pool *p, size_t rule)
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

/* The pair the two formed before, or form now; proposals do not count. */
static const struct past *paired(const struct pool *p, const struct human *a, const struct human *b)
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
static bool rule_holds(const struct pool *p, size_t rule, const struct human *a, const struct human *b)
{
	if (rule == p->d->matching.n_rules)
		return !paired(p, a, b);
	const struct def_rule *r = &p->d->matching.rules[rule];
	if (r->kind == DEF_RULE_NOT_LINE_MANAGEMENT)
		return !is_above(a, b) && !is_above(b, a);
	const struct trait *left = &a->traits[p->rule_fields[rule]], *right = &b->traits[p->rule_fields[rule]];
	if (left->n == 0 || right->n == 0)
		return false;
	bool shared = count_shared(left, right) > 0;
	return r->kind == DEF_RULE_SAME ? shared : !shared;
}

static bool possible(const struct pool *p, const struct human *a, const struct human *b)
{
	for (size_t i = 0; i < count_rules(p); i++)
		if (!rule_holds(p, i, a, b))
			return false;
	return true;
}

/* Shared out of all either has, so that ticking every box gains nothing. */
static int64_t points_of(const struct pool *p, size_t score, const struct human *a, const struct human *b)
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

static int64_t score_of(const struct pool *p, const struct human *a, const struct human *b)
{
	int64_t total = 0;
	for (size_t i = 0; i < p->d->matching.n_scores; i++)
		total += p->d->matching.scores[i].weight * points_of(p, i, a, b);
	return total;
}

static int64_t score_most(const struct pool *p)
{
	int64_t total = 0;
	for (size_t i = 0; i < p->d->matching.n_scores; i++)
		total += p->d->matching.scores[i].weight * POINTS;
	return total;
}

/* ---- the choice ---- */

/** The kernel's problem and its answer. */
struct plan {
	struct assign_candidate *candidates;
	int32_t *places[2];
	struct assign_problem problem;
	struct assign_result result;
	int64_t unit;      /* a candidate's score is the pair's times this, plus a hash */
	int64_t tie_range; /* hashes are below this */
	int64_t open;      /* candidates between people who both have places left */
};

static void plan_free(struct plan *plan)
{
	free(plan->candidates);
	assign_result_free(&plan->result);
}

/* FNV-1a over both addresses. */
static int64_t tie_break(const struct human *a, const struct human *b, int64_t range)
{
	uint64_t h = 14695981039346656037U;
	const char *const texts[] = { a->email, b->email };
	for (size_t i = 0; i < 2; i++)
		for (const char *c = texts[i];; c++) {
			h = (h ^ (unsigned char)*c) * 1099511628211U;
			if (!*c)
				break;
		}
	return (int64_t)((h >> 8) % (uint64_t)range);
}

/* The unit is larger than all hashes of a choice together: they decide between equals and nothing else. */
static void choose_unit(const struct pool *p, struct plan *plan, const int64_t places[2])
{
	int64_t pairs = places[0] < places[1] ? places[0] : places[1], most = score_most(p) + 1;
	pairs = pairs > 0 ? pairs : 1;
	int64_t range = ASSIGN_MAX_SCORE / most / pairs;
	plan->tie_range = range > TIE_RANGE ? TIE_RANGE : range < 1 ? 1 : range;
	plan->unit = plan->tie_range * pairs;
}

static enum mentor_status too_large(struct mentor *m)
{
	return fail(m, MENTOR_REFUSED, "match it in several cohorts", "the cohort is too large to be matched at once");
}

static void fill_candidates(const struct pool *p, struct plan *plan)
{
	struct assign_candidate *c = plan->candidates;
	for (int32_t row = 0; row < p->n_sides[SIDE_MENTOR]; row++)
		for (int32_t column = 0; column < p->n_sides[SIDE_MENTEE]; column++) {
			const struct human *a = p->sides[SIDE_MENTOR][row], *b = p->sides[SIDE_MENTEE][column];
			if (!possible(p, a, b))
				continue;
			*c++ = (struct assign_candidate){ row, column,
				score_of(p, a, b) * plan->unit + tie_break(a, b, plan->tie_range) };
			plan->open += places_left(a) > 0 && places_left(b) > 0;
		}
	plan->problem.n_candidates = (int32_t)(c - plan->candidates);
}

static enum mentor_status plan_make(struct pool *p, struct plan *plan)
{
	int64_t places[2] = { 0, 0 }, pairs = (int64_t)p->n_sides[0] * p->n_sides[1];
	if (pairs > MOST_CONSIDERED || p->n_sides[0] + p->n_sides[1] > ASSIGN_MAX_NODES)
		return too_large(p->m);
	for (int side = 0; side < 2; side++) {
		plan->places[side] = arena_alloc(&p->arena, ((size_t)p->n_sides[side] + 1) * sizeof(int32_t));
		for (int32_t i = 0; plan->places[side] && i < p->n_sides[side]; i++) {
			plan->places[side][i] = (int32_t)places_left(p->sides[side][i]);
			places[side] += plan->places[side][i];
		}
	}
	plan->candidates = malloc(((size_t)pairs + 1) * sizeof(*plan->candidates));
	if (!plan->candidates || p->arena.failed)
		return fail_memory(p->m);
	choose_unit(p, plan, places);
	fill_candidates(p, plan);
	plan->problem.n_rows = p->n_sides[SIDE_MENTOR];
	plan->problem.n_columns = p->n_sides[SIDE_MENTEE];
	plan->problem.row_places = plan->places[SIDE_MENTOR];
	plan->problem.column_places = plan->places[SIDE_MENTEE];
	plan->problem.candidates = plan->candidates;
	return MENTOR_OK;
}

/* Solves, and believes the answer only once the kernel's certificate has been checked. On failure too, plan_free()
 * follows. */
static enum mentor_status plan_solve(struct pool *p, struct plan *plan)
{
	*plan = (struct plan){ 0 };
	enum mentor_status status = plan_make(p, plan);
	if (status)
		return status;
	enum assign_proof proof = ASSIGN_NOT_FEASIBLE;
	enum assign_status solved = assign_solve(&plan->problem, &plan->result);
	if (solved == ASSIGN_OK)
		solved = assign_verify(&plan->problem, &plan->result, &proof);
	if (solved == ASSIGN_NO_MEMORY)
		return fail_memory(p->m);
	if (solved == ASSIGN_INVALID) /* everything else about the problem is right by construction */
		return too_large(p->m);
	if (solved != ASSIGN_OK || proof != ASSIGN_PROVED)
		return fail(
		    p->m, MENTOR_BUG, "please report this", "no choice of pairs could be proved to be the best one");
	return MENTOR_OK;
}

/* ---- proposing ---- */

static const char *plural_of(const struct pool *p, enum side side)
{
	return side == SIDE_MENTOR ? p->d->labels.mentors : p->d->labels.mentees;
}

static const char *singular_of(const struct pool *p, enum side side)
{
	return side == SIDE_MENTOR ? p->d->labels.mentor : p->d->labels.mentee;
}

static enum side other_side(enum side side)
{
	return side == SIDE_MENTOR ? SIDE_MENTEE : SIDE_MENTOR;
}

static struct past *proposal_of(const struct human *mentor, const struct human *mentee)
{
	for (size_t i = 0; i < mentor->n_pairs; i++)
		if (mentor->pairs[i]->state == MENTOR_PAIR_PROPOSED && mentor->pairs[i]->mentee == mentee)
			return mentor->pairs[i];
	return NULL;
}

static enum mentor_status tell_pair(const struct mentor_match_sink *sink, const char *change, int64_t id,
    const struct human *a, const struct human *b, int64_t score)
{
	struct mentor_match_row row = { change, id, a->person, b->person, a->name, b->name, score };
	return sink && sink->pair ? sink->pair(sink->arg, &row) : MENTOR_OK;
}

static enum mentor_status store_pair(
    struct pool *p, const struct human *a, const struct human *b, int64_t score, const struct mentor_match_sink *sink)
{
	struct past *old = proposal_of(a, b);
	const char *change = !old ? "added" : old->score == score ? "unchanged" : "updated";
	int64_t id = old ? old->id : 0;
	enum mentor_status status = MENTOR_OK;
	if (!old) {
		const char *arrangement = def_arrangements[p->d->arrangement];
		status = db_value(p->m,
		    "INSERT INTO pair (cohort_id, mentor_id, mentee_id, arrangement, score, proposed_on) VALUES ($1, "
		    "$2, $3, $4, $5, $6) "
		    "RETURNING id",
		    DB_ARGS(DB_NUMBER(p->cohort), DB_NUMBER(a->enrolment), DB_NUMBER(b->enrolment),
			DB_TEXT(arrangement), DB_NUMBER(score), DB_TEXT(p->m->today)),
		    0, &id);
	} else {
		old->kept = true;
		if (old->score != score)
			status = db_run(
			    p->m, "UPDATE pair SET score = $1 WHERE id = $2", DB_ARGS(DB_NUMBER(score), DB_NUMBER(id)));
	}
	return status ? status : tell_pair(sink, change, id, a, b, score);
}

static enum mentor_status store_plan(struct pool *p, const struct plan *plan, const struct mentor_match_sink *sink)
{
	enum mentor_status status = MENTOR_OK;
	for (int32_t i = 0; !status && i < plan->result.n_pairs; i++) {
		const struct assign_candidate *c = &plan->candidates[plan->result.pairs[i]];
		const struct human *a = p->sides[SIDE_MENTOR][c->row], *b = p->sides[SIDE_MENTEE][c->column];
		status = store_pair(p, a, b, score_of(p, a, b), sink);
	}
	for (size_t i = 0; !status && i < p->n_pairs; i++) {
		const struct past *past = &p->pairs[i];
		if (past->state != MENTOR_PAIR_PROPOSED || past->kept)
			continue;
		status = db_run(p->m, "DELETE FROM pair WHERE id = $1", DB_ARGS(DB_NUMBER(past->id)));
		if (!status)
			status = tell_pair(sink, "removed", past->id, past->mentor, past->mentee, past->score);
	}
	return status;
}

static int64_t count_possible(const struct pool *p, const struct human *h)
{
	int64_t n = 0;
	enum side other = other_side(h->side);
	for (int32_t i = 0; i < p->n_sides[other]; i++)
		n += possible(p, h, p->sides[other][i]);
	return n;
}

static void why_left(struct mentor_buf *b, const struct pool *p, const struct human *h, int64_t n_possible)
{
	enum side other = other_side(h->side);
	if (h->places == 0)
		mentor_buf_str(b, "offers no places");
	else if (p->n_sides[other] == 0)
		mentor_buf_fmt(b, "there are no accepted %s", plural_of(p, other));
	else if (n_possible == 0)
		mentor_buf_fmt(b, "the rules leave none of %" PRId32 " %s", p->n_sides[other], plural_of(p, other));
	else
		mentor_buf_fmt(b, "the rules leave %" PRId64 " of %" PRId32 " %s, all placed with others", n_possible,
		    p->n_sides[other], plural_of(p, other));
}

static enum mentor_status tell_left(struct pool *p, const struct human *h, const struct mentor_match_sink *sink)
{
	if (!sink || !sink->left)
		return MENTOR_OK;
	struct mentor_buf why = MENTOR_BUF_INIT;
	int64_t n = count_possible(p, h);
	why_left(&why, p, h, n);
	struct mentor_match_left left = { h->person, h->name,
		h->side == SIDE_MENTOR ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE, n, mentor_buf_text(&why) };
	enum mentor_status status = why.failed ? fail_memory(p->m) : sink->left(sink->arg, &left);
	mentor_buf_free(&why);
	return status;
}

static enum mentor_status tell_all_left(
    struct pool *p, const struct plan *plan, const struct mentor_match_sink *sink, struct mentor_match_summary *summary)
{
	int64_t *const counts[] = { &summary->mentors_left, &summary->mentees_left };
	enum mentor_status status = MENTOR_OK;
	for (int side = 0; !status && side < 2; side++) {
		bool *placed = arena_alloc(&p->arena, (size_t)p->n_sides[side] + 1);
		if (!placed)
			return fail_memory(p->m);
		for (int32_t i = 0; i < plan->result.n_pairs; i++) {
			const struct assign_candidate *c = &plan->candidates[plan->result.pairs[i]];
			placed[side == SIDE_MENTOR ? c->row : c->column] = true;
		}
		for (int32_t i = 0; !status && i < p->n_sides[side]; i++) {
			if (placed[i] || p->sides[side][i]->active)
				continue;
			++*counts[side];
			status = tell_left(p, p->sides[side][i], sink);
		}
	}
	return status;
}

static enum mentor_status check_cohort(struct mentor *m, int64_t cohort)
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

static enum mentor_status propose(
    struct pool *p, struct plan *plan, const struct mentor_match_sink *sink, struct mentor_match_summary *ret_summary)
{
	struct mentor_match_summary s = {
		.mentors = p->n_sides[SIDE_MENTOR],
		.mentees = p->n_sides[SIDE_MENTEE],
		.candidates = plan->open,
		.pairs = plan->result.n_pairs,
	};
	for (size_t i = 0; i < p->n_pairs; i++)
		s.active += p->pairs[i].state == MENTOR_PAIR_ACTIVE;
	for (int32_t i = 0; i < plan->result.n_pairs; i++)
		s.score += plan->candidates[plan->result.pairs[i]].score / plan->unit;
	enum mentor_status status = store_plan(p, plan, sink);
	if (!status)
		status = tell_all_left(p, plan, sink, &s);
	if (!status)
		*ret_summary = s;
	return status;
}

enum mentor_status mentor_match_propose(
    struct mentor *m, int64_t cohort, const struct mentor_match_sink *sink, struct mentor_match_summary *ret_summary)
{
	struct pool p = { 0 };
	struct plan plan = { 0 };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = check_cohort(m, cohort);
	if (!status)
		status = pool_load(m, cohort, &p);
	if (!status)
		status = plan_solve(&p, &plan);
	if (!status)
		status = propose(&p, &plan, sink, ret_summary);
	plan_free(&plan);
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

/* ---- rules in words ---- */

static void field_in_words(struct mentor_buf *b, const char *field)
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
		field_in_words(b, field);
		mentor_buf_fmt(b, ": not available for %s", left->n ? c->name : a->name);
		if (left->n == 0 && right->n == 0)
			mentor_buf_fmt(b, " and %s", c->name);
		return;
	}
	mentor_buf_str(b, shared ? "the same " : "different ");
	field_in_words(b, field);
	mentor_buf_str(b, ": ");
	if (shared) {
		shared_in_words(b, left, right);
		if (all > 1)
			mentor_buf_fmt(b, " (%zu of %zu)", shared, all);
		return;
	}
	values_in_words(b, left);
	mentor_buf_str(b, left->n + right->n > 2 ? "; " : " and ");
	values_in_words(b, right);
}

static void rule_in_words(
    struct mentor_buf *b, const struct pool *p, size_t rule, const struct human *a, const struct human *c)
{
	if (rule == p->d->matching.n_rules) {
		const struct past *past = paired(p, a, c);
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
	const struct human *upper = is_above(a, c) ? a : is_above(c, a) ? c : NULL;
	if (upper)
		mentor_buf_fmt(
		    b, "%s is above %s in the line of management", upper->name, upper == a ? c->name : a->name);
	else
		mentor_buf_fmt(b, "neither %s nor %s is above the other in the line of management", a->name, c->name);
}

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
	.share = MENTOR_NONE };

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
	for (size_t i = 0; i < count_rules(p); i++) {
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
		line.points = points_of(p, i, a, c);
		line.weight = s->weight;
		line.share = line.points * s->weight;
		comparison_in_words(b, p, p->score_fields[i], a, c);
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

static enum mentor_status explain_pair(struct talk *t, const struct pool *p, const struct human *a,
    const struct human *c, struct mentor_match_subject *subject)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	subject->score = score_of(p, a, c);
	subject->score_most = score_most(p);
	enum mentor_status status = keep_name(t->m, a->name, c->name, &subject->name);
	if (!status) {
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
	const struct human *a = status ? NULL : human_of(&p, stored->mentor_enrolment);
	const struct human *c = status ? NULL : human_of(&p, stored->mentee_enrolment);
	if (a && c)
		status = explain_pair(&t, &p, a, c, &subject);
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
static void weigh(const struct pool *p, struct outlook *o, const struct human *other)
{
	size_t broken = 0, last = 0;
	for (size_t i = 0; i < count_rules(p); i++) {
		if (rule_holds(p, i, o->who, other))
			continue;
		o->removed[i]++;
		broken++;
		last = i;
	}
	o->considered++;
	o->only[last] += broken == 1;
	const struct human *mentor = o->other == SIDE_MENTEE ? o->who : other,
			   *mentee = o->other == SIDE_MENTEE ? other : o->who;
	if (broken == 0)
		o->options[o->n_options++] = (struct option){ other, score_of(p, mentor, mentee) };
}

/* Looks at the whole other side but for partners the person has already. */
static enum mentor_status look_out(struct pool *p, const struct human *h, struct outlook *o)
{
	*o = (struct outlook){ .who = h, .other = other_side(h->side) };
	o->removed = arena_alloc(&p->arena, count_rules(p) * sizeof(int64_t));
	o->only = arena_alloc(&p->arena, count_rules(p) * sizeof(int64_t));
	o->options = arena_alloc(&p->arena, ((size_t)p->n_sides[o->other] + 1) * sizeof(struct option));
	if (p->arena.failed)
		return fail_memory(p->m);
	for (int32_t i = 0; i < p->n_sides[o->other]; i++) {
		const struct human *other = p->sides[o->other][i];
		const struct past *past = paired(p, h, other);
		if (!past || past->state != MENTOR_PAIR_ACTIVE)
			weigh(p, o, other);
	}
	qsort(o->options, (size_t)o->n_options, sizeof(struct option), by_score);
	return MENTOR_OK;
}

static void say_removed(struct talk *t, const struct pool *p, const struct outlook *o, struct mentor_buf *b)
{
	for (size_t i = 0; i < count_rules(p); i++) {
		struct mentor_match_line line = no_line;
		line.kind = MENTOR_MATCH_RULE;
		line.name = rule_name(p, i);
		line.removed = o->removed[i];
		line.only = o->only[i];
		mentor_buf_fmt(
		    b, "rules out %" PRId64 " of %" PRId64 " %s", o->removed[i], o->considered, plural_of(p, o->other));
		if (o->only[i] > 0)
			mentor_buf_fmt(b, ", %" PRId64 " of them alone", o->only[i]);
		bool compares = i < p->d->matching.n_rules && p->d->matching.rules[i].field;
		if (compares && o->who->traits[p->rule_fields[i]].n == 0) {
			mentor_buf_str(b, "; ");
			field_in_words(b, p->d->matching.rules[i].field);
			mentor_buf_fmt(b, ": not available for %s", o->who->name);
		}
		send(t, line, b);
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
		    o->only[best], o->only[best] == 1 ? singular_of(p, o->other) : plural_of(p, o->other));
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
		mentor_buf_str(b, places_left(o->human) ? " and has no partner either" : " but offers no places");
	send_sentence(t, b);
}

static void say_options(struct talk *t, const struct pool *p, const struct outlook *o, struct mentor_buf *b)
{
	mentor_buf_fmt(b, "%" PRId64 " of %" PRId64 " %s %s possible", o->n_options, o->considered,
	    plural_of(p, o->other), o->n_options == 1 ? "was" : "were");
	send_sentence(t, b);
	if (o->n_options == 0 && o->considered > 0)
		say_relaxation(t, p, o, b);
	for (int64_t i = 0; i < o->n_options && i < MOST_NAMES; i++)
		say_option(t, o->who, &o->options[i], b);
	if (o->n_options > MOST_NAMES) {
		mentor_buf_fmt(b, "%" PRId64 " more were possible with fewer points", o->n_options - MOST_NAMES);
		send_sentence(t, b);
	}
}

static void names_in_words(struct mentor_buf *b, struct human *const *side, const int32_t *list, int32_t n)
{
	for (int32_t i = 0; i < n && i < MOST_NAMES; i++)
		mentor_buf_fmt(b, "%s%s", i == 0 ? "" : i == n - 1 ? " and " : ", ", side[list[i]]->name);
	if (n > MOST_NAMES)
		mentor_buf_fmt(b, " and %" PRId32 " more", n - MOST_NAMES);
}

static void say_block(
    struct talk *t, const struct pool *p, enum side side, const struct assign_block *block, struct mentor_buf *b)
{
	enum side other = other_side(side);
	int64_t places = 0;
	for (int32_t i = 0; i < block->n_columns; i++)
		places += places_left(p->sides[other][block->columns[i]]);
	if (places == 0)
		return;
	mentor_buf_fmt(b, "%" PRId32 " %s compete for %" PRId64 " %s: ", block->n_rows, plural_of(p, side), places,
	    places == 1 ? "place" : "places");
	names_in_words(b, p->sides[side], block->rows, block->n_rows);
	mentor_buf_str(b, " for ");
	names_in_words(b, p->sides[other], block->columns, block->n_columns);
	send_sentence(t, b);
	mentor_buf_str(
	    b, "Of all ways to fill these places, the one with the most points in the whole cohort was taken");
	send_sentence(t, b);
}

/* The kernel explains rows; a column is explained by the problem with its sides swapped. */
static enum mentor_status say_shortage(
    struct talk *t, struct pool *p, const struct plan *plan, const struct human *h, struct mentor_buf *b)
{
	struct assign_problem problem = plan->problem;
	struct assign_result result = plan->result;
	struct assign_block block = { 0 };
	if (h->side == SIDE_MENTEE) {
		struct assign_candidate *swapped =
		    arena_alloc(&p->arena, ((size_t)problem.n_candidates + 1) * sizeof(*swapped));
		if (!swapped)
			return fail_memory(p->m);
		for (int32_t i = 0; i < problem.n_candidates; i++)
			swapped[i] = (struct assign_candidate){ plan->candidates[i].column, plan->candidates[i].row,
				plan->candidates[i].score };
		problem.candidates = swapped;
		problem.n_rows = plan->problem.n_columns;
		problem.n_columns = plan->problem.n_rows;
		problem.row_places = plan->problem.column_places;
		problem.column_places = plan->problem.row_places;
		result.row_prices = plan->result.column_prices;
		result.column_prices = plan->result.row_prices;
	}
	enum assign_status status = assign_shortage(&problem, &result, h->at, &block);
	if (status == ASSIGN_NO_MEMORY)
		return fail_memory(p->m);
	if (status != ASSIGN_OK)
		return fail(
		    p->m, MENTOR_BUG, "please report this", "it could not be told why %s is left over", h->name);
	say_block(t, p, h->side, &block, b);
	assign_block_free(&block);
	return MENTOR_OK;
}

/* Whom the best choice gives the person; NULL when nobody. */
static const struct human *planned_partner(const struct pool *p, const struct plan *plan, const struct human *h)
{
	for (int32_t i = 0; i < plan->result.n_pairs; i++) {
		const struct assign_candidate *c = &plan->candidates[plan->result.pairs[i]];
		if ((h->side == SIDE_MENTOR ? c->row : c->column) == h->at)
			return p->sides[other_side(h->side)][h->side == SIDE_MENTOR ? c->column : c->row];
	}
	return NULL;
}

static enum mentor_status say_left(struct talk *t, struct pool *p, const struct outlook *o, struct mentor_buf *b)
{
	struct plan plan = { 0 };
	if (o->considered == 0) {
		mentor_buf_fmt(b, "There are no accepted %s to choose from", plural_of(p, o->other));
		send_sentence(t, b);
		return t->status;
	}
	say_options(t, p, o, b);
	if (o->who->places == 0 || o->n_options == 0)
		return t->status;
	enum mentor_status status = plan_solve(p, &plan);
	const struct human *partner = status ? NULL : planned_partner(p, &plan, o->who);
	if (partner) {
		mentor_buf_fmt(
		    b, "A new proposal would place %s with %s: mentor match propose", o->who->name, partner->name);
		send_sentence(t, b);
	} else if (!status) {
		status = say_shortage(t, p, &plan, o->who, b);
	}
	plan_free(&plan);
	return status ? status : t->status;
}

static void say_standing(
    struct talk *t, const struct pool *p, const struct human *h, int64_t partners, struct mentor_buf *b)
{
	if (h->role == MENTOR_ROLE_EITHER) {
		mentor_buf_fmt(b, "%s takes either role and counts with the %s, %s", h->name, plural_of(p, h->side),
		    h->active ? "as in the pair there is" : "who had fewer places when it came to the address");
		send_sentence(t, b);
	}
	say_partners(t, h, b);
	if (partners == 0)
		mentor_buf_fmt(b, "%s has no partner%s", h->name, h->places == 0 ? " and offers no places" : "");
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
		status = s->partners == 0 ? say_left(t, p, &o, &b) : t->status;
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
		.considered = MENTOR_NONE,
		.possible = MENTOR_NONE };
	enum mentor_status status = pool_load(m, cohort, &p);
	const struct human *h = status ? NULL : human_of_person(&p, person);
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

/* ---- publishing and ending ---- */

static enum mentor_status refuse_pair(struct mentor *m, const struct past *pair, const char *why)
{
	return fail(m, MENTOR_REFUSED, "things have changed since; make a new proposal: mentor match propose",
	    "m%" PRId64 " (%s and %s) cannot be published: %s", pair->id, pair->mentor->name, pair->mentee->name, why);
}

/* Accepted still, and in that role. */
static bool stands(const struct human *h, enum mentor_role role)
{
	return h->state == MENTOR_ENROLMENT_ACCEPTED && (h->role == role || h->role == MENTOR_ROLE_EITHER);
}

static void why_not(struct mentor_buf *b, const struct pool *p, const struct past *pair)
{
	const struct human *const both[] = { pair->mentor, pair->mentee };
	for (size_t i = 0; i < 2; i++) {
		if (!stands(both[i], i == 0 ? MENTOR_ROLE_MENTOR : MENTOR_ROLE_MENTEE))
			mentor_buf_fmt(b, "%s is not accepted as %s any more", both[i]->name,
			    singular_of(p, i == 0 ? SIDE_MENTOR : SIDE_MENTEE));
		else if (places_left(both[i]) == 0)
			mentor_buf_fmt(b, "%s has no place left", both[i]->name);
		if (b->len)
			return;
	}
	for (size_t i = 0; i < count_rules(p); i++) {
		if (rule_holds(p, i, pair->mentor, pair->mentee))
			continue;
		mentor_buf_fmt(b, "it breaks the rule %s: ", rule_name(p, i));
		rule_in_words(b, p, i, pair->mentor, pair->mentee);
		return;
	}
}

/* Takes the places as it goes, so that two proposals for one place are noticed. */
static enum mentor_status publish_pair(struct pool *p, struct past *pair)
{
	struct mentor_buf why = MENTOR_BUF_INIT;
	why_not(&why, p, pair);
	enum mentor_status status = why.failed ? fail_memory(p->m) : MENTOR_OK;
	if (!status && why.len)
		status = refuse_pair(p->m, pair, mentor_buf_text(&why));
	mentor_buf_free(&why);
	if (!status)
		status = db_run(p->m, "UPDATE pair SET state = 'active', published_on = $1 WHERE id = $2",
		    DB_ARGS(DB_TEXT(p->m->today), DB_NUMBER(pair->id)));
	pair->mentor->active++;
	pair->mentee->active++;
	return status;
}

static enum mentor_status publish_all(struct pool *p, int64_t *ret_n)
{
	int64_t n = 0;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < p->n_pairs; i++) {
		if (p->pairs[i].state != MENTOR_PAIR_PROPOSED)
			continue;
		status = publish_pair(p, &p->pairs[i]);
		n++;
	}
	if (status)
		return fail_state(p->m, status, "nothing published");
	*ret_n = n;
	return MENTOR_OK;
}

enum mentor_status mentor_match_publish(struct mentor *m, int64_t cohort, int64_t *ret_n)
{
	struct pool p = { 0 };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = check_cohort(m, cohort);
	if (!status)
		status = pool_load(m, cohort, &p);
	if (!status)
		status = publish_all(&p, ret_n);
	pool_free(&p);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

static enum mentor_status end_pair(
    struct mentor *m, const struct mentor_pair *pair, const char *reason, bool *ret_changed)
{
	switch ((enum mentor_pair_state)pair->state) {
	case MENTOR_PAIR_PROPOSED:
		return fail(m, MENTOR_REFUSED,
		    "nobody has been told yet; a new proposal replaces it: mentor match propose",
		    "m%" PRId64 " is only proposed", pair->id);
	case MENTOR_PAIR_COMPLETED:
		return fail(m, MENTOR_REFUSED, NULL, "m%" PRId64 " is completed already", pair->id);
	case MENTOR_PAIR_ENDED:
		*ret_changed = false;
		return MENTOR_OK;
	case MENTOR_PAIR_ACTIVE:
		break;
	}
	enum mentor_status status =
	    db_run(m, "UPDATE pair SET state = 'ended', ended_on = $1, reason = $2 WHERE id = $3",
		DB_ARGS(DB_TEXT(m->today), DB_TEXT(reason), DB_NUMBER(pair->id)));
	if (!status)
		*ret_changed = true;
	return status;
}

enum mentor_status mentor_match_end(struct mentor *m, int64_t pair, const char *reason, bool *ret_changed)
{
	void *record = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (!status)
		status = end_pair(m, record, reason, ret_changed);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}
