/* statement.c: what people state and confirm: derived from their applications, or recorded by hand. */
#include "statement.h"

#include "enrolment.h"
#include "record.h"

#include <stdlib.h>
#include <assert.h>
#include <string.h>

const char *const statement_kinds[] = { "eligibility", "confirms", "information", NULL };
static const char *const sources[] = { "application", "by-hand", NULL };
static const char information[] = "information";

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_statement, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_statement, member)
const struct mentor_field mentor_statement_fields[] = {
	{ "kind", MENTOR_TYPE_CHOICE, 0, NUMBER(kind), .choices = statement_kinds, .help = "a rule of eligibility, a confirmation, or that the information was read" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "name of the statement in the programme" },
	{ "text", MENTOR_TYPE_TEXT, 0, TEXT(text), .help = "what is stated" },
	{ "value", MENTOR_TYPE_BOOL, 0, NUMBER(value), .heading = "said", .help = "what the person said; nothing when it is missing" },
	{ "on", MENTOR_TYPE_DAY, 0, TEXT(on), .help = "the day it was said" },
	{ "source", MENTOR_TYPE_CHOICE, 0, NUMBER(source), .choices = sources, .help = "where it comes from" },
	{ "by", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(by), .help = "who recorded it by hand" },
	{ "waived", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(waived), .help = "whether the person was accepted in spite of it" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

/* ---- what is asked ---- */

static struct statement *find(struct statements *s, int64_t role, int64_t kind, const char *name)
{
	for (size_t i = 0; i < s->asked[role].n; i++)
		if (s->asked[role].items[i].kind == kind && strcmp(s->asked[role].items[i].name, name) == 0)
			return &s->asked[role].items[i];
	return NULL;
}

static const char *both_texts(struct statements *s, const char *a, const char *b)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	mentor_buf_fmt(&text, "%s / %s", a, b);
	const char *both = text.failed ? NULL : arena_strdup(&s->arena, mentor_buf_text(&text));
	s->arena.failed = s->arena.failed || !both;
	mentor_buf_free(&text);
	return both;
}

/* A name that both sides have is one statement to whoever takes either. */
static void ask(struct statements *s, int64_t role, int64_t kind, int side, const struct def_statement *one)
{
	struct statement *known = find(s, role, kind, one->slug);
	if (!known) {
		known = &s->asked[role].items[s->asked[role].n++];
		*known = (struct statement){ .kind = kind, .name = one->slug, .text = one->text };
	} else if (strcmp(known->text, one->text) != 0) {
		known->text = both_texts(s, known->text, one->text);
	}
	known->columns[side] = one->column;
}

static const char *pack_title(const struct definition *d)
{
	for (size_t i = 0; i < d->n_resources; i++)
		if (strcmp(d->resources[i].slug, d->application.information) == 0)
			return d->resources[i].title;
	return d->application.information;
}

static void ask_information(struct statements *s, const struct definition *d, int64_t role)
{
	if (!d->application.information || !s->asked[role].items || role == MENTOR_ROLE_FACILITATOR || find(s, role, MENTOR_STATEMENT_CONFIRMS, information))
		return;
	struct mentor_buf text = MENTOR_BUF_INIT;
	mentor_buf_fmt(&text, "I have read: %s", pack_title(d));
	s->asked[role].items[s->asked[role].n++] = (struct statement){ .kind = MENTOR_STATEMENT_INFORMATION, .name = information,
		.text = arena_strdup(&s->arena, mentor_buf_text(&text)),
		.columns = { definition_column(d, information) ? information : NULL } };
	s->arena.failed = s->arena.failed || text.failed;
	mentor_buf_free(&text);
}

static void ask_role(struct statements *s, const struct definition *d, int64_t role)
{
	const struct def_role *const mentor = &d->roles.mentor, *const mentee = &d->roles.mentee;
	const struct def_role *const sides[][2] = { [MENTOR_ROLE_MENTOR] = { mentor }, [MENTOR_ROLE_MENTEE] = { mentee },
		[MENTOR_ROLE_EITHER] = { mentor, mentee }, [MENTOR_ROLE_FACILITATOR] = { &d->roles.facilitator } };
	size_t most = 1;
	for (int side = 0; side < 2 && sides[role][side]; side++)
		most += sides[role][side]->n_eligibility + sides[role][side]->n_confirms;
	s->asked[role].items = arena_alloc(&s->arena, most * sizeof(struct statement));
	if (!s->asked[role].items)
		return;
	for (int64_t kind = MENTOR_STATEMENT_ELIGIBILITY; kind <= MENTOR_STATEMENT_CONFIRMS; kind++)
		for (int side = 0; side < 2 && sides[role][side] && !s->arena.failed; side++) {
			const struct def_role *r = sides[role][side];
			bool rules = kind == MENTOR_STATEMENT_ELIGIBILITY;
			for (size_t i = 0; i < (rules ? r->n_eligibility : r->n_confirms) && !s->arena.failed; i++)
				ask(s, role, kind, side, rules ? &r->eligibility[i] : &r->confirms[i]);
		}
	if (!s->arena.failed)
		ask_information(s, d, role);
}

/* ---- what was said ---- */

#define IN_COHORT "WHERE e.cohort_id = $1 AND e.state IN ('applied', 'accepted')"
#define ONE "WHERE e.id = $1"
#define BOTH(select) { select IN_COHORT, select ONE }

enum query { COUNT, PEOPLE, ANSWERS, BY_HAND, WAIVERS };
static const char *const queries[][2] = {
	[COUNT] = BOTH("SELECT count(*) FROM enrolment e "),
	[PEOPLE] = { "SELECT e.id, e.person_id, e.role, e.applied_on FROM enrolment e " IN_COHORT " ORDER BY e.id",
	    "SELECT e.id, e.person_id, e.role, e.applied_on FROM enrolment e " ONE },
	[ANSWERS] = { "SELECT a.enrolment_id, a.question, lower(a.value) FROM answer a JOIN enrolment e ON e.id = a.enrolment_id " IN_COHORT
		      " AND lower(a.value) IN ('yes', 'no')",
	    "SELECT a.enrolment_id, a.question, lower(a.value) FROM answer a JOIN enrolment e ON e.id = a.enrolment_id " ONE
	    " AND lower(a.value) IN ('yes', 'no')" },
	[BY_HAND] = BOTH("SELECT t.enrolment_id, t.kind, t.name, t.value, t.stated_on, t.recorded_by FROM statement t "
			 "JOIN enrolment e ON e.id = t.enrolment_id "),
	[WAIVERS] = BOTH("SELECT w.enrolment_id, w.kind, w.name FROM waiver w JOIN enrolment e ON e.id = w.enrolment_id "),
};

static int by_enrolment(const void *key, const void *element)
{
	const int64_t *id = key;
	const struct stating *p = element;
	return (*id > p->enrolment) - (*id < p->enrolment);
}

const struct stating *statements_of(const struct statements *s, int64_t enrolment)
{
	return s->n_people ? bsearch(&enrolment, s->people, s->n_people, sizeof(*s->people), by_enrolment) : NULL;
}

static void take_person(struct statements *s, const struct db_rows *rows)
{
	int64_t role = field_choice(enrolment_roles, db_text(rows, 2));
	struct stating *p = &s->people[s->n_people];
	if (role == MENTOR_NONE)
		return;
	*p = (struct stating){ db_number(rows, 0), db_number(rows, 1), role, arena_strdup(&s->arena, db_text(rows, 3)),
		arena_alloc(&s->arena, (s->asked[role].n + 1) * sizeof(struct stated)) };
	for (size_t i = 0; p->said && i < s->asked[role].n; i++)
		p->said[i].value = MENTOR_NONE;
	s->n_people += p->said != NULL;
}

/* Of the two answers that somebody of either role may give, "no" counts. */
static void take_answer(struct statements *s, const struct stating *p, const struct db_rows *rows)
{
	const char *question = db_text(rows, 1);
	int64_t yes = strcmp(db_text(rows, 2), "yes") == 0;
	for (size_t i = 0; i < s->asked[p->role].n; i++) {
		const char *const *columns = s->asked[p->role].items[i].columns;
		bool asked = (columns[0] && strcmp(columns[0], question) == 0) || (columns[1] && strcmp(columns[1], question) == 0);
		if (asked && p->said[i].value != 0)
			p->said[i] = (struct stated){ .value = yes, .on = p->applied_on };
	}
}

static struct stated *said_to(struct statements *s, const struct stating *p, const struct db_rows *rows)
{
	int64_t kind = field_choice(statement_kinds, db_text(rows, 1));
	const struct statement *known = find(s, p->role, kind, db_text(rows, 2));
	return known ? &p->said[known - s->asked[p->role].items] : NULL;
}

static void take_by_hand(struct statements *s, const struct stating *p, const struct db_rows *rows)
{
	struct stated *said = said_to(s, p, rows);
	if (said)
		*said = (struct stated){ .value = db_number(rows, 3), .by_hand = true, .on = arena_strdup(&s->arena, db_text(rows, 4)),
			.by = arena_strdup(&s->arena, db_text(rows, 5)) };
}

static void take_waiver(struct statements *s, const struct stating *p, const struct db_rows *rows)
{
	struct stated *said = said_to(s, p, rows);
	if (said)
		said->waived = true;
}

static enum mentor_status read_rows(struct statements *s, enum query query, int64_t key, bool one)
{
	static void (*const takers[])(struct statements *s, const struct stating *p, const struct db_rows *rows) = {
		[ANSWERS] = take_answer, [BY_HAND] = take_by_hand, [WAIVERS] = take_waiver };
	struct db_rows *rows = NULL;
	bool more = true;
	size_t most = s->n_people;
	s->n_people = query == PEOPLE ? 0 : most;
	enum mentor_status status = db_query(s->m, queries[query][one], DB_ARGS(DB_NUMBER(key)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct stating *p = query == PEOPLE ? NULL : statements_of(s, db_number(rows, 0));
		if (query == PEOPLE && s->n_people < most)
			take_person(s, rows);
		else if (p)
			takers[query](s, p, rows);
		if (s->arena.failed)
			status = fail_memory(s->m);
	}
	db_done(rows);
	return status;
}

enum mentor_status statements_load(struct statements *s, struct mentor *m, const struct definition *d, int64_t cohort, int64_t enrolment)
{
	int64_t n = 0, key = enrolment ? enrolment : cohort;
	assert(d);
	*s = (struct statements){ .m = m };
	for (int64_t role = MENTOR_ROLE_MENTOR; role <= MENTOR_ROLE_FACILITATOR && !s->arena.failed; role++)
		ask_role(s, d, role);
	enum mentor_status status = db_value(m, queries[COUNT][enrolment != 0], DB_ARGS(DB_NUMBER(key)), 0, &n);
	s->people = arena_alloc(&s->arena, ((size_t)n + 1) * sizeof(*s->people));
	if (!status && s->arena.failed)
		status = fail_memory(m);
	s->n_people = (size_t)n;
	for (int query = PEOPLE; !status && query <= WAIVERS; query++)
		status = read_rows(s, (enum query)query, key, enrolment != 0);
	return status;
}

void statements_free(struct statements *s)
{
	arena_free(&s->arena);
}

const struct statement *statements_no(const struct statements *s, const struct stating *p, size_t *at)
{
	for (size_t i = *at; p && i < s->asked[p->role].n; i++)
		if (p->said[i].value == 0 && !p->said[i].waived) {
			*at = i;
			return &s->asked[p->role].items[i];
		}
	return NULL;
}

/* ---- one person ---- */

/* An enrolment with its programme and what was said. */
struct view {
	struct definition *d;
	struct statements all;
	const struct stating *person;
};

static enum mentor_status open_view(struct view *v, struct mentor *m, int64_t enrolment)
{
	int64_t cohort = 0;
	*v = (struct view){ 0 };
	enum mentor_status status = db_value(m, "SELECT cohort_id FROM enrolment WHERE id = $1", DB_ARGS(DB_NUMBER(enrolment)), 0, &cohort);
	if (!status)
		status = programme_of_cohort(m, cohort, &v->d);
	if (!status)
		status = statements_load(&v->all, m, v->d, cohort, enrolment);
	v->person = status ? NULL : statements_of(&v->all, enrolment);
	return status;
}

static void close_view(struct view *v)
{
	statements_free(&v->all);
	definition_free(v->d);
}

enum mentor_status mentor_enrol_statements(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg)
{
	struct view v;
	enum mentor_status status = open_view(&v, m, enrolment);
	for (size_t i = 0; !status && v.person && i < v.all.asked[v.person->role].n; i++) {
		const struct statement *s = &v.all.asked[v.person->role].items[i];
		const struct stated *said = &v.person->said[i];
		const struct mentor_statement row = { s->kind, s->name, s->text, said->value, said->on,
			said->value == MENTOR_NONE ? MENTOR_NONE : said->by_hand, said->by, said->waived };
		status = each(arg, &row);
	}
	close_view(&v);
	return status;
}

/* ---- recording ---- */

static enum mentor_status fail_unknown(struct mentor *m, const struct view *v, const char *name)
{
	int64_t role = v->person->role;
	const char *names[64] = { 0 };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	for (size_t i = 0; i < v->all.asked[role].n && i < 63; i++)
		names[i] = v->all.asked[role].items[i].name;
	const char *near = mentor_nearest(name, names);
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	for (size_t i = 0; !near && names[i]; i++)
		mentor_buf_fmt(&hint, "%s%s", i ? ", " : "there are: ", names[i]);
	enum mentor_status status = fail(m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "there is no statement '%s' for this person's role", name);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status record(struct mentor *m, const struct view *v, size_t at, bool yes, const char *day, bool *ret_changed)
{
	const struct statement *s = &v->all.asked[v->person->role].items[at];
	const struct stated *said = &v->person->said[at];
	if (said->value == yes && (!day || strcmp(said->on, day) == 0))
		return MENTOR_OK;
	*ret_changed = true;
	enum mentor_status status = db_run(m,
	    "INSERT INTO statement (enrolment_id, kind, name, value, stated_on, recorded_by) VALUES ($1, $2, $3, $4, $5, $6) "
	    "ON CONFLICT (enrolment_id, kind, name) DO UPDATE SET value = excluded.value, stated_on = excluded.stated_on, "
	    "recorded_by = excluded.recorded_by",
	    DB_ARGS(DB_NUMBER(v->person->enrolment), DB_TEXT(statement_kinds[s->kind]), DB_TEXT(s->name), DB_NUMBER(yes),
		DB_TEXT(day ? day : m->today), DB_TEXT(m->actor)));
	return status ? status : db_run(m, "DELETE FROM waiver WHERE enrolment_id = $1 AND kind = $2 AND name = $3",
				     DB_ARGS(DB_NUMBER(v->person->enrolment), DB_TEXT(statement_kinds[s->kind]), DB_TEXT(s->name)));
}

/* Those called so; without a name those that are missing. */
static enum mentor_status record_named(struct mentor *m, const struct view *v, const char *name, bool yes, const char *day, bool *ret_changed)
{
	enum mentor_status status = MENTOR_OK;
	bool known = !name;
	assert(v->person); /* the enrolment was looked up */
	for (size_t i = 0; !status && i < v->all.asked[v->person->role].n; i++) {
		bool wanted = name ? strcmp(v->all.asked[v->person->role].items[i].name, name) == 0 : v->person->said[i].value == MENTOR_NONE;
		known = known || wanted;
		if (wanted)
			status = record(m, v, i, yes, day, ret_changed);
	}
	return status || known ? status : fail_unknown(m, v, name);
}

static enum mentor_status record_all(struct mentor *m, int64_t enrolment, const char *const *names, size_t n, bool yes, const char *day,
    bool *ret_changed)
{
	struct view v;
	enum mentor_status status = open_view(&v, m, enrolment);
	if (!status && !v.person)
		status = fail(m, MENTOR_NOT_FOUND, "see: mentor enrol list", "there is no such enrolment");
	else if (!status && v.all.asked[v.person->role].n == 0)
		status = fail(m, MENTOR_REFUSED, "statements stand under roles in the programme file, as eligibility and confirms",
		    "the programme asks people of this role for no statement");
	if (!status && n == 0)
		status = record_named(m, &v, NULL, yes, day, ret_changed);
	for (size_t i = 0; !status && i < n; i++)
		status = record_named(m, &v, names[i], yes, day, ret_changed);
	close_view(&v);
	return status;
}

enum mentor_status mentor_enrol_confirm(struct mentor *m, int64_t enrolment, const char *const *names, size_t n, bool yes,
    const char *day, bool *ret_changed)
{
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	if (day && strcmp(day, m->today) > 0)
		status = fail(m, MENTOR_INVALID, HINT_DAY, "nobody can have said so on %s, which is still to come", day);
	if (!status)
		status = record_all(m, enrolment, names, n, yes, day, &changed);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- what is missing ---- */

static bool is_complete(const struct statements *s, const struct stating *p)
{
	for (size_t i = 0; i < s->asked[p->role].n; i++)
		if (p->said[i].value == MENTOR_NONE)
			return false;
	return true;
}

enum mentor_status statement_missing(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person)
{
	struct definition *d = NULL;
	struct statements s = { .m = m };
	int64_t n = 0, first = 0;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = statements_load(&s, m, d, cohort, 0);
	for (size_t i = 0; !status && i < s.n_people; i++) {
		if (is_complete(&s, &s.people[i]))
			continue;
		first = n++ ? first : s.people[i].person;
	}
	statements_free(&s);
	definition_free(d);
	if (!status) {
		*ret_n = n;
		*ret_person = first;
	}
	return status;
}
