/* pool.c: reading a cohort's people with the values that its programme's rules compare, and putting them on sides. */
#include "pool.h"

#include "labels.h"
#include "objection.h"
#include "record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

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

static void add_to(struct pool *p, struct humans *people, struct human *h)
{
	struct human **grown = room(&p->arena, (void *)people->items, people->n, sizeof(void *));
	if (!grown)
		return;
	people->items = grown;
	people->items[people->n++] = h;
}

bool pool_among(const struct humans *people, const struct human *h)
{
	for (size_t i = 0; i < people->n; i++)
		if (people->items[i] == h)
			return true;
	return false;
}

int64_t pool_rank(const struct human *h, const struct human *other)
{
	for (size_t i = 0; i < h->prefers.n; i++)
		if (h->prefers.items[i] == other)
			return (int64_t)i + 1;
	return 0;
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

static const char *fold_either(struct pool *p, const char *either)
{
	return either ? fold_into(&p->arena, either) : NULL;
}

static void collect_fields(struct pool *p)
{
	const struct def_matching *d = &p->d->matching;
	p->rule_fields = arena_alloc(&p->arena, (d->n_rules + 1) * sizeof(size_t));
	p->rule_either = arena_alloc(&p->arena, (d->n_rules + 1) * sizeof(char *));
	p->score_fields = arena_alloc(&p->arena, (d->n_scores + 1) * sizeof(size_t));
	p->score_either = arena_alloc(&p->arena, (d->n_scores + 1) * sizeof(char *));
	for (size_t i = 0; i < d->n_rules && !p->arena.failed; i++) {
		add_field(p, d->rules[i].field);
		p->rule_fields[i] = d->rules[i].field ? field_index(p, d->rules[i].field) : 0;
		p->rule_either[i] = fold_either(p, d->rules[i].either);
	}
	for (size_t i = 0; i < d->n_scores && !p->arena.failed; i++) {
		add_field(p, d->scores[i].field);
		p->score_fields[i] = d->scores[i].field ? field_index(p, d->scores[i].field) : 0;
		p->score_either[i] = fold_either(p, d->scores[i].either);
	}
	if (p->d->arrangement == DEF_COMBINATION)
		add_field(p, "arrangement");
}

/* The grades in the form in which they are compared, as values are. */
static void fold_grades(struct pool *p)
{
	p->grades = arena_alloc(&p->arena, (p->d->n_seniority + 1) * sizeof(char *));
	for (size_t i = 0; i < p->d->n_seniority && !p->arena.failed; i++)
		p->grades[i] = fold_into(&p->arena, p->d->seniority[i]);
}

static void take_grade(struct pool *p, struct human *h, const char *grade)
{
	h->step = MENTOR_NONE;
	if (!grade || !*grade)
		return;
	h->grade = arena_strdup(&p->arena, grade);
	const char *folded = fold_into(&p->arena, grade);
	for (size_t i = 0; i < p->d->n_seniority && folded; i++)
		if (strcmp(p->grades[i], folded) == 0)
			h->step = (int64_t)i;
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
	struct value value = { arena_strdup(&p->arena, text), fold_into(&p->arena, text), 0 };
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

/* A whole number and nothing else; MENTOR_NONE for anything that is none. */
static int64_t whole_number(const char *text)
{
	bool negative = *text == '-';
	const char *digits = text + negative;
	size_t n = strspn(digits, "0123456789");
	int64_t number = 0;
	if (n == 0 || n > 15 || digits[n])
		return MENTOR_NONE;
	for (size_t i = 0; i < n; i++)
		number = 10 * number + (digits[i] - '0');
	return negative ? -number : number;
}

/* What "near" compares: the step of the grade, or the number that was answered. */
static void take_numbers(struct pool *p, struct human *h)
{
	const struct def_matching *d = &p->d->matching;
	h->numbers = arena_alloc(&p->arena, (d->n_scores + 1) * sizeof(*h->numbers));
	for (size_t i = 0; i < d->n_scores && h->numbers; i++) {
		const struct def_score *s = &d->scores[i];
		if (s->kind != DEF_SCORE_NEAR)
			continue;
		const struct trait *trait = &h->traits[p->score_fields[i]];
		bool one = trait->n == 1;
		h->numbers[i] = strcmp(s->field, "grade") == 0 ? h->step : one ? whole_number(trait->values[0].text) : MENTOR_NONE;
	}
}

static int by_text(const void *a, const void *b)
{
	const struct value *const *left = a, *const *right = b;
	return strcmp((*left)->folded, (*right)->folded);
}

/* Numbers the different values of a field, so that comparing two people compares numbers. */
static void number_values(struct pool *p, size_t field)
{
	size_t n = 0, at = 0;
	for (size_t i = 0; i < p->n_people; i++)
		n += p->people[i].traits[field].n;
	struct value **all = arena_alloc(&p->arena, (n + 1) * sizeof(void *));
	if (!all)
		return;
	for (size_t i = 0; i < p->n_people; i++)
		for (size_t v = 0; v < p->people[i].traits[field].n; v++)
			all[at++] = &p->people[i].traits[field].values[v];
	qsort(all, n, sizeof(void *), by_text);
	for (size_t i = 1; i < n; i++)
		all[i]->id = all[i - 1]->id + (strcmp(all[i - 1]->folded, all[i]->folded) != 0);
}

/* -- people -- */

/* Fields of a person that can be compared, in the order of the columns that load_people() reads last. */
static const char *const person_fields[] = { "organisation", "directorate", "job", "grade" };
enum { N_PERSON_FIELDS = sizeof(person_fields) / sizeof(*person_fields), FIRST_PERSON_FIELD = 7, GRADE = 10 };

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
	take_grade(p, h, db_text(rows, GRADE));
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

struct human *pool_human(const struct pool *p, int64_t enrolment)
{
	struct human key = { .enrolment = enrolment };
	return p->n_people ? bsearch(&key, p->people, p->n_people, sizeof(key), by_enrolment) : NULL;
}

static int by_person(const void *a, const void *b)
{
	const struct human *const *left = a, *const *right = b;
	return ((*left)->person > (*right)->person) - ((*left)->person < (*right)->person);
}

struct human *pool_person(const struct pool *p, int64_t person)
{
	struct human key = { .person = person }, *what = &key;
	struct human **found = p->n_people ? bsearch(&what, p->by_person, p->n_people, sizeof(void *), by_person) : NULL;
	return found ? *found : NULL;
}

/* A choice is a value. */
static void add_answer(struct pool *p, struct human *h, const char *question, const char *text)
{
	const struct def_column *column = definition_column(p->d, question);
	char *choice = column && column->many ? arena_strdup(&p->arena, text) : NULL;
	if (!choice) {
		add_value(p, h, question, text);
		return;
	}
	for (char *next = choice; next; choice = next) {
		next = strchr(choice, '\n');
		if (next)
			*next++ = '\0';
		add_value(p, h, question, choice);
	}
}

static enum mentor_status load_answers(struct pool *p)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(p->m,
	    "SELECT a.enrolment_id, a.question, a.value FROM answer a JOIN enrolment e ON e.id = a.enrolment_id "
	    "WHERE e.cohort_id = $1 ORDER BY a.enrolment_id, a.question",
	    DB_ARGS(DB_NUMBER(p->cohort)), &rows);
	while (!status && !p->arena.failed && !(status = db_next(rows, &more)) && more) {
		struct human *h = pool_human(p, db_number(rows, 0));
		if (h)
			add_answer(p, h, db_text(rows, 1), db_text(rows, 2));
	}
	db_done(rows);
	return status;
}

/* Brings the values into the form in which they are compared; last, when it is known which of them count. */
static enum mentor_status compare_values(struct pool *p)
{
	for (size_t i = 0; i < p->n_people; i++)
		for (size_t f = 0; f < p->n_fields; f++)
			tidy_trait(&p->people[i].traits[f]);
	for (size_t f = 0; f < p->n_fields; f++)
		number_values(p, f);
	for (size_t i = 0; i < p->n_people; i++)
		take_numbers(p, &p->people[i]);
	return MENTOR_OK;
}

/* Where the programme asks for consent, a value counts only for those who gave it: for everybody else it is not known. */
static enum mentor_status drop_without_consent(struct pool *p, const struct def_policy *policy)
{
	size_t field = field_index(p, policy->slug);
	struct db_rows *rows = NULL;
	bool more = true;
	if (!policy->consent || field >= p->n_fields)
		return MENTOR_OK;
	bool *agreed = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(*agreed));
	if (!agreed)
		return fail_memory(p->m);
	enum mentor_status status = db_query(p->m,
	    "SELECT a.enrolment_id FROM answer a JOIN enrolment e ON e.id = a.enrolment_id "
	    "WHERE e.cohort_id = $1 AND a.question = $2 AND a.value = 'yes'",
	    DB_ARGS(DB_NUMBER(p->cohort), DB_TEXT(policy->consent)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct human *h = pool_human(p, db_number(rows, 0));
		if (h)
			agreed[h - p->people] = true;
	}
	db_done(rows);
	for (size_t i = 0; i < p->n_people; i++)
		if (!agreed[i] && p->people[i].traits)
			p->people[i].traits[field].n = 0;
	return status;
}

/* Of whoever objects to being matched by them, no characteristic is known for which the programme states a policy. */
static enum mentor_status drop_objected(struct pool *p)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(p->m,
	    "SELECT DISTINCT e.id FROM objection w CROSS JOIN enrolment e WHERE e.person_id = w.person_id AND e.cohort_id = $1 AND w.purpose = 'matching' "
	    "AND " OBJECTS("e.person_id", "matching"), DB_ARGS(DB_NUMBER(p->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct human *h = pool_human(p, db_number(rows, 0));
		for (size_t i = 0; h && h->traits && i < p->d->privacy.n_fields; i++) {
			const size_t field = field_index(p, p->d->privacy.fields[i].slug);
			if (field < p->n_fields)
				h->traits[field].n = 0;
		}
	}
	db_done(rows);
	return status;
}

static enum mentor_status keep_consented(struct pool *p)
{
	enum mentor_status status = drop_objected(p);
	for (size_t i = 0; !status && i < p->d->privacy.n_fields; i++)
		status = drop_without_consent(p, &p->d->privacy.fields[i]);
	return status;
}

struct trait pool_trait(const struct pool *p, const struct human *h, const char *field)
{
	size_t i = field_index(p, field);
	return i < p->n_fields ? h->traits[i] : (struct trait){ NULL, 0 };
}

bool pool_has(const struct trait *t, const char *folded)
{
	for (size_t i = 0; i < t->n && folded; i++)
		if (strcmp(t->values[i].folded, folded) == 0)
			return true;
	return false;
}

static int by_address(const void *a, const void *b)
{
	const struct human *const *left = a, *const *right = b;
	return strcmp((*left)->email, (*right)->email);
}

static enum mentor_status sort_people(struct pool *p)
{
	p->sorted = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(void *));
	p->by_person = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(void *));
	if (p->arena.failed)
		return fail_memory(p->m);
	for (size_t i = 0; i < p->n_people; i++)
		p->sorted[i] = p->by_person[i] = &p->people[i];
	qsort(p->sorted, p->n_people, sizeof(void *), by_address);
	qsort(p->by_person, p->n_people, sizeof(void *), by_person);
	return MENTOR_OK;
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
	    p->m, "SELECT p.email, coalesce(b.email, p.manager_email) FROM person p LEFT JOIN address a ON a.email = p.manager_email "
		  "LEFT JOIN person b ON b.id = a.person_id WHERE p.manager_email IS NOT NULL", DB_NO_ARGS, &rows);
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

bool pool_is_above(const struct human *upper, const struct human *lower)
{
	return pool_among(&lower->bosses, upper);
}

static bool has_climbed(const struct human *h, const char *email)
{
	for (size_t i = 0; i < h->n_above; i++)
		if (strcmp(h->above[i], email) == 0)
			return true;
	return strcmp(h->email, email) == 0;
}

/* Walks up from a person until there is no manager or the walk has been there already: forms do contain circles. */
static void climb(struct pool *p, struct human *h, const struct report *reports, size_t n)
{
	struct report key = { h->email, NULL };
	const struct report *at = n ? bsearch(&key, reports, n, sizeof(key), by_report) : NULL;
	while (at && !p->arena.failed) {
		if (has_climbed(h, at->manager))
			return;
		const char **grown = room(&p->arena, (void *)h->above, h->n_above, sizeof(*h->above));
		if (!grown)
			return;
		h->above = grown;
		h->above[h->n_above++] = at->manager;
		struct human manager = { .email = at->manager }, *what = &manager;
		struct human **boss = bsearch(&what, p->sorted, p->n_people, sizeof(void *), by_address);
		if (boss)
			add_to(p, &h->bosses, *boss);
		key.email = at->manager;
		at = bsearch(&key, reports, n, sizeof(key), by_report);
	}
}

static bool has_rule(const struct pool *p, enum def_rule_kind kind)
{
	for (size_t i = 0; i < p->d->matching.n_rules; i++)
		if (p->d->matching.rules[i].kind == (int64_t)kind)
			return true;
	return false;
}

static enum mentor_status load_managers(struct pool *p)
{
	struct report *reports = NULL;
	size_t n = 0;
	if (!has_rule(p, DEF_RULE_NOT_LINE_MANAGEMENT))
		return MENTOR_OK;
	enum mentor_status status = load_reports(p, &reports, &n);
	for (size_t i = 0; !status && !p->arena.failed && i < p->n_people; i++)
		climb(p, &p->people[i], reports, n);
	return status;
}

/* -- what people say of each other -- */

/* Walks two numbers a row: someone, and somebody else. */
static enum mentor_status load_relation(struct pool *p, const char *sql, const struct db_value *args, size_t n_args,
    struct human *(*find)(const struct pool *p, int64_t number), void (*relate)(struct pool *p, struct human *a, struct human *b))
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(p->m, sql, args, n_args, &rows);
	while (!status && !p->arena.failed && !(status = db_next(rows, &more)) && more) {
		struct human *a = find(p, db_number(rows, 0)), *b = find(p, db_number(rows, 1));
		if (a && b)
			relate(p, a, b);
	}
	db_done(rows);
	return status;
}

static void relate_preferred(struct pool *p, struct human *a, struct human *b)
{
	add_to(p, &a->prefers, b);
}

static void relate_apart(struct pool *p, struct human *a, struct human *b)
{
	add_to(p, &a->apart, b);
	add_to(p, &b->apart, a);
}

static void relate_before(struct pool *p, struct human *a, struct human *b)
{
	add_to(p, &a->before, b);
	add_to(p, &b->before, a);
}

static enum mentor_status load_preferences(struct pool *p)
{
	return load_relation(p,
	    "SELECT p.enrolment_id, p.other_enrolment_id FROM preference p JOIN enrolment e ON e.id = p.enrolment_id WHERE e.cohort_id = $1 "
	    "ORDER BY p.enrolment_id, p.rank",
	    DB_ARGS(DB_NUMBER(p->cohort)), pool_human, relate_preferred);
}

static enum mentor_status load_avoidances(struct pool *p)
{
	return load_relation(p, "SELECT person_id, other_person_id FROM avoidance", DB_NO_ARGS, pool_person, relate_apart);
}

static enum mentor_status load_blocks(struct pool *p)
{
	return load_relation(p,
	    "SELECT b.enrolment_id, b.other_enrolment_id FROM block b JOIN enrolment e ON e.id = b.enrolment_id WHERE e.cohort_id = $1",
	    DB_ARGS(DB_NUMBER(p->cohort)), pool_human, relate_apart);
}

static enum mentor_status load_before(struct pool *p)
{
	if (!has_rule(p, DEF_RULE_NEW_PAIR))
		return MENTOR_OK;
	return load_relation(p,
	    "SELECT a.person_id, b.person_id FROM pair t JOIN cohort c ON c.id = t.cohort_id JOIN enrolment a ON a.id = t.mentor_id "
	    "JOIN enrolment b ON b.id = t.mentee_id WHERE c.programme_id = (SELECT programme_id FROM cohort WHERE id = $1) "
	    "AND t.cohort_id <> $2 AND t.state <> 'proposed'",
	    DB_ARGS(DB_NUMBER(p->cohort), DB_NUMBER(p->cohort)), pool_person, relate_before);
}

/* -- pairs -- */

static void relate_resting(struct pool *p, struct human *a, struct human *b)
{
	(void)p;
	(void)b;
	a->resting++;
}

/* Whoever has not asked for another partner is left in peace. */
static enum mentor_status load_resting(struct pool *p)
{
	return load_relation(p,
	    "SELECT e.id, e.id FROM pair x JOIN enrolment e ON e.id IN (x.mentor_id, x.mentee_id) WHERE x.cohort_id = $1 AND x.state = 'ended' "
	    "AND NOT EXISTS (SELECT 1 FROM replacement r WHERE r.pair_id = x.id AND r.enrolment_id = e.id)",
	    DB_ARGS(DB_NUMBER(p->cohort)), pool_human, relate_resting);
}

static const char *const pair_words[] = { "proposed", "active", "completed", "ended", NULL };
static const char *const arrangement_words[] = { "reverse", "reciprocal", NULL };

static enum mentor_status load_pairs(struct pool *p)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(p->m,
	    "SELECT id, mentor_id, mentee_id, state, score, arrangement, pinned, override FROM pair WHERE cohort_id = $1 ORDER BY id",
	    DB_ARGS(DB_NUMBER(p->cohort)), &rows);
	while (!status && !p->arena.failed && !(status = db_next(rows, &more)) && more) {
		struct past *grown = room(&p->arena, p->pairs, p->n_pairs, sizeof(*p->pairs));
		if (!grown)
			break;
		p->pairs = grown;
		struct past past = { .id = db_number(rows, 0), .score = db_number(rows, 4) };
		past.mentor = pool_human(p, db_number(rows, 1));
		past.mentee = pool_human(p, db_number(rows, 2));
		past.state = (enum mentor_pair_state)word_index(pair_words, db_text(rows, 3));
		past.arrangement = (enum mentor_arrangement)word_index(arrangement_words, db_text(rows, 5));
		past.pinned = past.state == MENTOR_PAIR_PROPOSED && db_number(rows, 6);
		past.override = arena_strdup(&p->arena, db_text(rows, 7));
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

int64_t pool_places_left(const struct human *h)
{
	int64_t taken = h->active + h->resting;
	return h->places > taken ? h->places - taken : 0;
}

/* -- sides -- */

static void join_side(struct pool *p, struct human *h, enum side side, int64_t places[2])
{
	assert((side == SIDE_MENTOR || side == SIDE_MENTEE) && p->sides[side]);
	h->side = side;
	h->at = p->n_sides[side];
	p->sides[side][p->n_sides[side]++] = h;
	places[side] += pool_places_left(h);
}

/* The side that a pair of this state decides. */
static enum side side_by_pair(const struct human *h, enum mentor_pair_state state)
{
	for (size_t i = 0; i < h->n_pairs; i++)
		if (h->pairs[i]->state == state)
			return h->pairs[i]->mentor == h ? SIDE_MENTOR : SIDE_MENTEE;
	return SIDE_NONE;
}

static bool takes_part(const struct human *h)
{
	return h->state == MENTOR_ENROLMENT_ACCEPTED && h->role != MENTOR_ROLE_FACILITATOR;
}

/* In one pool no role decides anything, and whoever is in a pair can be on the other side of the next. */
static enum side fixed_side(const struct pool *p, const struct human *h)
{
	if (p->d->matching.one_pool)
		return SIDE_NONE;
	if (h->role == MENTOR_ROLE_MENTOR)
		return SIDE_MENTOR;
	if (h->role == MENTOR_ROLE_MENTEE)
		return SIDE_MENTEE;
	return side_by_pair(h, MENTOR_PAIR_ACTIVE);
}

/* Where roles decide nothing, they still say where somebody is counted who has no pair. */
static enum side usual_side(const struct human *h)
{
	enum side active = side_by_pair(h, MENTOR_PAIR_ACTIVE);
	if (active != SIDE_NONE)
		return active;
	return h->role == MENTOR_ROLE_MENTOR ? SIDE_MENTOR : h->role == MENTOR_ROLE_MENTEE ? SIDE_MENTEE : SIDE_NONE;
}

static void find_sides(struct pool *p)
{
	for (size_t i = 0; i < p->n_people; i++) {
		struct human *h = &p->people[i];
		h->fixed = fixed_side(p, h);
		h->settled = side_by_pair(h, MENTOR_PAIR_PROPOSED);
		p->graph = p->graph || (takes_part(h) && h->fixed == SIDE_NONE);
	}
	for (int side = 0; side < 2; side++)
		p->sides[side] = arena_alloc(&p->arena, (p->n_people + 1) * sizeof(void *));
}

static enum side known_side(const struct human *h)
{
	if (h->fixed != SIDE_NONE)
		return h->fixed;
	return h->settled != SIDE_NONE ? h->settled : usual_side(h);
}

void pool_settle(struct pool *p)
{
	int64_t places[2] = { 0, 0 };
	p->n_sides[SIDE_MENTOR] = p->n_sides[SIDE_MENTEE] = 0;
	for (size_t i = 0; i < p->n_people; i++) {
		struct human *h = p->sorted[i];
		h->side = SIDE_NONE;
		if (takes_part(h) && known_side(h) != SIDE_NONE)
			join_side(p, h, known_side(h), places);
	}
	for (size_t i = 0; i < p->n_people; i++) {
		struct human *h = p->sorted[i];
		if (takes_part(h) && h->side == SIDE_NONE)
			join_side(p, h, places[SIDE_MENTOR] <= places[SIDE_MENTEE] ? SIDE_MENTOR : SIDE_MENTEE, places);
	}
	for (int side = 0; side < 2; side++) {
		qsort(p->sides[side], (size_t)p->n_sides[side], sizeof(void *), by_address);
		for (int32_t i = 0; i < p->n_sides[side]; i++)
			p->sides[side][i]->at = i;
	}
}

void pool_free(struct pool *p)
{
	definition_free(p->owned);
	arena_free(&p->arena);
}

enum mentor_status pool_load(struct mentor *m, int64_t cohort, struct pool *p)
{
	struct definition *d = NULL;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	if (status)
		*p = (struct pool){ .m = m, .arena = ARENA_INIT };
	else
		status = pool_load_under(m, cohort, d, p);
	p->owned = d;
	return status;
}

enum mentor_status pool_load_under(struct mentor *m, int64_t cohort, struct definition *d, struct pool *p)
{
	return pool_load_edited(m, cohort, d, NULL, NULL, p);
}

enum mentor_status pool_load_edited(struct mentor *m, int64_t cohort, struct definition *d, pool_edit_fn *edit, void *arg, struct pool *p)
{
	*p = (struct pool){ .m = m, .cohort = cohort, .d = d, .arena = ARENA_INIT };
	enum mentor_status status = labels_of(m, d, &p->labels);
	collect_fields(p);
	fold_grades(p);
	static enum mentor_status (*const steps[])(
	    struct pool *) = { load_people, sort_people, load_answers, keep_consented, compare_values, load_managers,
		load_preferences, load_avoidances, load_blocks, load_before, load_resting, load_pairs };
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		status = p->arena.failed ? fail_memory(m) : steps[i](p);
	for (size_t i = 0; !status && i < p->n_pairs; i++) {
		link_pair(p, p->pairs[i].mentor, &p->pairs[i]);
		link_pair(p, p->pairs[i].mentee, &p->pairs[i]);
	}
	if (!status && !p->arena.failed && edit)
		status = edit(arg, p);
	if (!status && !p->arena.failed)
		find_sides(p);
	if (!status && !p->arena.failed)
		pool_settle(p);
	return !status && p->arena.failed ? fail_memory(m) : status;
}

/* ---- sides in words ---- */

const char *pool_plural(const struct pool *p, enum side side)
{
	return side == SIDE_MENTOR ? p->labels.mentors : p->labels.mentees;
}

const char *pool_singular(const struct pool *p, enum side side)
{
	return side == SIDE_MENTOR ? p->labels.mentor : p->labels.mentee;
}

const char *pool_partners(const struct pool *p, enum side side, bool one)
{
	if (p->graph)
		return one ? "person" : "people";
	return one ? pool_singular(p, side) : pool_plural(p, side);
}

enum side pool_other_side(enum side side)
{
	return side == SIDE_MENTOR ? SIDE_MENTEE : SIDE_MENTOR;
}
