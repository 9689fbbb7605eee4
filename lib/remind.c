/* remind.c: which reminders are due on a day: the rules of programmes, applied to what is recorded. The same day and records give the same list. */
#include "remind.h"

#include "enrolment.h"
#include "holiday.h"
#include "labels.h"
#include "language.h"
#include "record.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const remind_recipients[] = { "person", "partner", "manager", "facilitator", "team", NULL };
static const char *const standings[] = { "new", "held", "waiting", "handing-over", "sent", "failed", "unsure", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_reminder, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_reminder, member)

/* clang-format off */
const struct mentor_field mentor_reminder_fields[] = {
	{ "message", MENTOR_TYPE_REF, MENTOR_WIDE, NUMBER(message), .entity = "message", .help = "the message, once it has been decided on" },
	{ "cohort", MENTOR_TYPE_TEXT, 0, TEXT(cohort), .help = "the cohort" },
	{ "reminder", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(reminder), .help = "the programme's name for the reminder" },
	{ "recipient", MENTOR_TYPE_CHOICE, 0, NUMBER(recipient), .choices = remind_recipients, .heading = "to", .help = "what whoever gets it is to whom it is about" },
	{ "person", MENTOR_TYPE_REF, MENTOR_WIDE, NUMBER(person), .entity = "person", .help = "who gets it, or whose line manager does; none: the running team" },
	{ "name", MENTOR_TYPE_TEXT, 0, TEXT(name), .help = "name of whoever gets it, if known" },
	{ "email", MENTOR_TYPE_EMAIL, MENTOR_WIDE, TEXT(email), .help = "where it goes" },
	{ "pair", MENTOR_TYPE_REF, 0, NUMBER(pair), .entity = "pair", .help = "the pair it is about" },
	{ "about", MENTOR_TYPE_REF, 0, NUMBER(about), .entity = "person", .help = "the person it is about, when it goes to somebody else" },
	{ "item", MENTOR_TYPE_TEXT, 0, TEXT(item), .heading = "what", .help = "which event, survey or record it is about" },
	{ "since", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(since), .help = "the day its days are counted from" },
	{ "turn", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(turn), .help = "which of the series it is, from 1" },
	{ "due_on", MENTOR_TYPE_DAY, 0, TEXT(due_on), .heading = "due", .help = "the day it is due" },
	{ "goes_on", MENTOR_TYPE_DAY, 0, TEXT(goes_on), .heading = "goes", .help = "the first day from the one asked about on which the programme sends anything" },
	{ "state", MENTOR_TYPE_CHOICE, 0, NUMBER(state), .choices = standings, .help = "new, or held (nothing goes out about the person or pair), or what has become of the message" },
	{ 0 },
};

#undef NUMBER
#undef TEXT
#define TEXT(member) MENTOR_AT_TEXT(mentor_reminder_problem, member)
const struct mentor_field mentor_reminder_problem_fields[] = {
	{ "cohort", MENTOR_TYPE_TEXT, 0, TEXT(cohort), .help = "the cohort" },
	{ "reminder", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(reminder), .help = "the programme's name for the reminder" },
	{ "problem", MENTOR_TYPE_TEXT, 0, TEXT(problem), .help = "why none of its messages can be sent" },
	{ "hint", MENTOR_TYPE_TEXT, 0, TEXT(hint), .heading = "what helps", .help = "what helps" },
	{ 0 },
};
/* clang-format on */

/* ---- growing lists ---- */

/* Room for one more item of `size` bytes. */
static void *grown(struct mentor *m, void *items, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return items;
	size_t wanted = *cap ? *cap * 2 : 64;
	void *more = realloc(items, wanted * size);
	if (!more) {
		fail_memory(m);
		return NULL;
	}
	*cap = wanted;
	return more;
}

static enum mentor_status add_problem(struct remind_list *list, struct remind_cohort *c, const struct def_reminder *rule, const char *problem,
    const char *hint)
{
	struct remind_problem *more = grown(list->m, list->problems, list->n_problems, &list->cap_problems, sizeof(*more));
	if (!more)
		return MENTOR_NO_MEMORY;
	list->problems = more;
	list->problems[list->n_problems++] = (struct remind_problem){ c, rule, arena_strdup(&c->arena, problem), arena_strdup(&c->arena, hint) };
	return c->arena.failed ? fail_memory(list->m) : MENTOR_OK;
}

/* ---- a cohort ---- */

static int by_enrolment(const void *a, const void *b)
{
	const struct remind_person *x = a, *y = b;
	return (x->enrolment > y->enrolment) - (x->enrolment < y->enrolment);
}

static struct remind_person *person_of(const struct remind_cohort *c, int64_t enrolment)
{
	const struct remind_person key = { .enrolment = enrolment };
	int64_t guess = c->n_people ? enrolment - c->people->enrolment : -1; /* most cohorts have theirs one behind the other */
	if (guess >= 0 && guess < (int64_t)c->n_people && c->people[guess].enrolment == enrolment)
		return &c->people[guess];
	return c->n_people ? bsearch(&key, c->people, c->n_people, sizeof(key), by_enrolment) : NULL;
}

static const char *const enrolment_states[] = { "applied", "accepted", "waiting", "declined", "withdrawn", NULL };

static enum mentor_status load_people(struct remind_cohort *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(c->m,
	    "SELECT e.id, e.person_id, e.role, e.state, p.name, p.email, p.manager_email, m.name, p.language, m.language FROM enrolment e JOIN person p ON p.id = e.person_id "
	    "LEFT JOIN person m ON m.email = p.manager_email WHERE e.cohort_id = $1 ORDER BY e.id",
	    DB_ARGS(DB_NUMBER(c->cohort->id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct remind_person *people = grown(c->m, c->people, c->n_people, &c->cap_people, sizeof(*people));
		if (!people) {
			status = MENTOR_NO_MEMORY;
			break;
		}
		c->people = people;
		people[c->n_people++] = (struct remind_person){ .enrolment = db_number(rows, 0), .person = db_number(rows, 1),
			.role = field_choice(enrolment_roles, db_text(rows, 2)), .state = field_choice(enrolment_states, db_text(rows, 3)),
			.name = arena_strdup(&c->arena, db_text(rows, 4)), .email = arena_strdup(&c->arena, db_text(rows, 5)),
			.manager_email = arena_strdup(&c->arena, db_text(rows, 6)), .manager_name = arena_strdup(&c->arena, db_text(rows, 7)),
			.language = field_choice(language_tags, db_text(rows, 8)), .manager_language = field_choice(language_tags, db_text(rows, 9)) };
	}
	db_done(rows);
	return status;
}

/* Few are on hold, so they are asked for by themselves; a CROSS JOIN is walked as it is written. */
static enum mentor_status load_holds(struct remind_cohort *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(c->m,
	    "SELECT e.id FROM hold h CROSS JOIN enrolment e WHERE e.person_id = h.person_id AND e.cohort_id = $1 AND h.held_on <= $2 "
	    "AND (h.until_on IS NULL OR h.until_on >= $2)",
	    DB_ARGS(DB_NUMBER(c->cohort->id), DB_TEXT(c->m->today)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct remind_person *p = person_of(c, db_number(rows, 0));
		if (p)
			p->held = true;
	}
	db_done(rows);
	return status;
}

static enum mentor_status load_objections(struct remind_cohort *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(c->m,
	    "SELECT DISTINCT e.id FROM objection w CROSS JOIN enrolment e WHERE e.person_id = w.person_id AND e.cohort_id = $1 AND w.purpose = 'reminders' "
	    "AND " OBJECTS("e.person_id", "reminders"), DB_ARGS(DB_NUMBER(c->cohort->id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct remind_person *p = person_of(c, db_number(rows, 0));
		if (p)
			p->objects = true;
	}
	db_done(rows);
	return status;
}

static int by_number(const void *a, const void *b)
{
	const struct remind_pair *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static enum mentor_status hold_pairs(struct remind_cohort *c)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(c->m, "SELECT pair_id FROM hold WHERE pair_id IS NOT NULL AND held_on <= $1 AND (until_on IS NULL OR until_on >= $1)",
	    DB_ARGS(DB_TEXT(c->m->today)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct remind_pair wanted = { .id = db_number(rows, 0) };
		struct remind_pair *pair = c->n_pairs ? bsearch(&wanted, c->pairs, c->n_pairs, sizeof(wanted), by_number) : NULL;
		if (pair)
			pair->held = true;
	}
	db_done(rows);
	return status;
}

/* Whoever is or was in a published pair is marked; active ones are what reminders are about. */
static enum mentor_status take_pair(void *arg, const struct pace_pair *pace)
{
	struct remind_cohort *c = arg;
	struct remind_person *mentor = person_of(c, pace->enrolment[0]), *mentee = person_of(c, pace->enrolment[1]);
	if (!mentor || !mentee)
		return MENTOR_OK; /* of another cohort: mentor db check says so */
	mentor->paired = mentee->paired = true;
	if (pace->over)
		return MENTOR_OK;
	struct remind_pair *pairs = grown(c->m, c->pairs, c->n_pairs, &c->cap_pairs, sizeof(*pairs));
	if (!pairs)
		return MENTOR_NO_MEMORY;
	c->pairs = pairs;
	struct remind_pair *pair = &pairs[c->n_pairs++];
	*pair = (struct remind_pair){ .id = pace->pair, .mentor = mentor, .mentee = mentee, .held = mentor->held || mentee->held, .pace = *pace,
		.due = pace_due(c->d->contract.sessions.minimum, pace->span, c->today) };
	pair->pace.last_on = arena_strdup(&c->arena, pace->last_on);
	return c->arena.failed ? fail_memory(c->m) : MENTOR_OK;
}

static enum mentor_status load_pairs(struct remind_cohort *c)
{
	enum mentor_status status = pace_walk(c->m, c->cohort, c->d, take_pair, c);
	return status ? status : hold_pairs(c);
}

static void free_cohort(struct remind_cohort *c)
{
	mentor_record_free(c->cohort);
	definition_free(c->d);
	free(c->people);
	free(c->pairs);
	arena_free(&c->arena);
	free(c);
}

static enum mentor_status load_cohort(struct remind_cohort *c, int64_t id)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(c->m, &mentor_entity_cohort, id, &record);
	c->cohort = record;
	c->today = pace_day(c->m->today);
	if (!status)
		status = programme_of_cohort(c->m, id, &c->d);
	if (!status)
		status = labels_of(c->m, c->d, &c->labels);
	if (status || !c->d->n_reminders)
		return status;
	status = load_people(c);
	if (!status)
		status = load_holds(c);
	if (!status)
		status = load_objections(c);
	if (!status)
		status = load_pairs(c);
	return !status && c->arena.failed ? fail_memory(c->m) : status;
}

/* ---- when messages go out ---- */

static bool is_quiet(const struct def_sending *s, int64_t day)
{
	char iso[11];
	mentor_day_format(day, iso);
	bool weekend = ((day % 7) + 7 + 3) % 7 >= 5; /* 1 January 1970 was a Thursday */
	if (s->working_days == 1 && weekend)
		return true;
	if (s->holidays > HOLIDAY_NONE && holiday_is((enum holiday_region)s->holidays, day))
		return true;
	for (size_t i = 0; i < s->n_quiet; i++)
		if (strcmp(s->quiet[i].first, iso) <= 0 && strcmp(iso, s->quiet[i].last) <= 0)
			return true;
	return false;
}

int64_t remind_sending_day(const struct definition *d, int64_t day)
{
	enum { MOST = 10000 }; /* a programme that is quiet for longer is not asked again */
	int64_t last = day + MOST;
	while (day < last && is_quiet(&d->sending, day))
		day++;
	return day;
}

/* ---- from an occasion to messages ---- */

static void put_part(struct mentor_buf *b, const char *before, int64_t number)
{
	mentor_buf_str(b, before);
	mentor_buf_number(b, number);
}

static void put_text(struct mentor_buf *b, const char *text)
{
	mentor_buf_char(b, ' ');
	mentor_buf_str(b, text);
}

/* What a message of a rule is about: the same whoever gets it. */
static void write_thing(struct mentor_buf *b, const struct remind_occasion *o)
{
	mentor_buf_clear(b);
	if (o->pair)
		put_part(b, "m", o->pair->id);
	else if (o->person)
		put_part(b, "e", o->person->enrolment);
	if (o->item && b->len)
		mentor_buf_char(b, '/');
	mentor_buf_str(b, o->item);
}

/* A message on its way from its occasion into the list. */
struct making {
	struct remind_list *list;
	struct remind_cohort *c;
	const struct def_reminder *rule;
	const struct remind_occasion *o;
	const char *thing;
	int64_t on, turn;
};

static enum mentor_status add_due(const struct making *k, const struct remind_person *to, const struct remind_person *about)
{
	struct remind_list *list = k->list;
	char since[11];
	struct mentor_buf *key = &list->text;
	struct remind_due *more = grown(list->m, list->items, list->n, &list->cap, sizeof(*more));
	if (!more)
		return MENTOR_NO_MEMORY;
	list->items = more;
	mentor_day_format(k->o->since, since);
	mentor_buf_clear(key);
	put_part(key, "", k->c->cohort->id);
	put_text(key, k->rule->slug);
	put_text(key, k->thing);
	if (!to)
		put_text(key, "team");
	else
		put_part(key, k->rule->to == DEF_TO_MANAGER ? " manager-e" : to->enrolment ? " e" : " p", to->enrolment ? to->enrolment : to->person);
	put_text(key, since);
	put_part(key, " ", k->turn);
	struct remind_due *due = &list->items[list->n++];
	*due = (struct remind_due){ k->c, k->rule, to, about, k->o->pair, k->o->words, arena_strdup(&k->c->arena, mentor_buf_text(key)), k->thing,
		k->o->item, k->o->since, k->on, k->turn, (to && (to->held || to->objects)) || (about && about->held) || (k->o->pair && k->o->pair->held), k->o->event };
	return key->failed || k->c->arena.failed ? fail_memory(list->m) : MENTOR_OK;
}

/* About one person: a side of a pair, or somebody alone. */
static enum mentor_status add_of(const struct making *k, const struct remind_person *p, const struct remind_person *partner)
{
	switch ((enum def_to)k->rule->to) {
	case DEF_TO_PERSON:
		return add_due(k, p, NULL);
	case DEF_TO_PARTNER:
		return partner ? add_due(k, partner, p) : MENTOR_OK;
	case DEF_TO_MANAGER:
		return p->manager_email ? add_due(k, p, p) : MENTOR_OK;
	case DEF_TO_FACILITATOR:
	case DEF_TO_TEAM:
		break;
	}
	return MENTOR_OK;
}

static enum mentor_status add_facilitators(const struct making *k)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < k->c->n_people; i++) {
		const struct remind_person *p = &k->c->people[i];
		if (p->role == MENTOR_ROLE_FACILITATOR && p->state == MENTOR_ENROLMENT_ACCEPTED && p != k->o->person)
			status = add_due(k, p, k->o->person);
	}
	return status;
}

static enum mentor_status add_all(const struct making *k)
{
	const struct remind_occasion *o = k->o;
	enum mentor_status status = MENTOR_OK;
	if (k->rule->to == DEF_TO_TEAM || o->team)
		return add_due(k, NULL, o->person);
	if (o->to)
		return add_due(k, o->to, NULL);
	if (k->rule->to == DEF_TO_FACILITATOR)
		return add_facilitators(k);
	if (o->pair && o->sides & REMIND_MENTOR)
		status = add_of(k, o->pair->mentor, o->pair->mentee);
	if (!status && o->pair && o->sides & REMIND_MENTEE)
		status = add_of(k, o->pair->mentee, o->pair->mentor);
	return status || !o->person ? status : add_of(k, o->person, NULL);
}

static int64_t last_turn(const struct def_reminder *rule)
{
	return rule->every == MENTOR_NONE ? 1 : rule->most;
}

/* The day on which the last message of the reminder before it went out; *ret_day stays when it has not. A message that failed counts: all the
 * more reason to tell the next. */
static enum mentor_status last_before(const struct making *k, int64_t *ret_day)
{
	const struct def_reminder *before = NULL;
	struct db_rows *rows = NULL;
	bool more = false;
	char since[11];
	for (size_t i = 0; i < k->c->d->n_reminders; i++)
		if (strcmp(k->c->d->reminders[i].slug, k->rule->after) == 0)
			before = &k->c->d->reminders[i];
	mentor_day_format(k->o->since, since);
	enum mentor_status status = db_query(k->list->m,
	    "SELECT max(handed_at) FROM message WHERE cohort_id = $1 AND reminder = $2 AND about = $3 AND since = $4 AND turn >= $5 AND state <> 'waiting'",
	    DB_ARGS(DB_NUMBER(k->c->cohort->id), DB_TEXT(k->rule->after), DB_TEXT(k->thing), DB_TEXT(since), DB_NUMBER(before ? last_turn(before) : 1)),
	    &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more && db_text(rows, 0)) {
		char day[11];
		snprintf(day, sizeof(day), "%.10s", db_text(rows, 0));
		*ret_day = pace_day(day);
	}
	db_done(rows);
	return status;
}

enum mentor_status remind_occasion(struct remind_list *list, struct remind_cohort *c, const struct def_reminder *rule, const struct remind_occasion *o)
{
	struct making k = { list, c, rule, o, NULL, 0, 0 };
	struct mentor_buf *thing = &list->text;
	enum mentor_status status = MENTOR_OK;
	int64_t base = o->since;
	if ((o->until != MENTOR_NONE && c->today > o->until) || (!rule->after && (base == MENTOR_NONE || c->today < base + rule->days)))
		return MENTOR_OK;
	write_thing(thing, o);
	k.thing = arena_strdup(&c->arena, mentor_buf_text(thing));
	if (thing->failed || !k.thing)
		status = fail_memory(list->m);
	if (!status && rule->after) {
		base = MENTOR_NONE;
		status = last_before(&k, &base);
	}
	if (status || base == MENTOR_NONE || c->today < base + rule->days)
		return status;
	int64_t passed = c->today - base - rule->days, most = last_turn(rule);
	k.turn = 1 + (rule->every == MENTOR_NONE ? 0 : passed / rule->every);
	k.turn = k.turn > most ? most : k.turn;
	k.on = base + rule->days + (rule->every == MENTOR_NONE ? 0 : (k.turn - 1) * rule->every);
	return add_all(&k);
}

/* ---- the list ---- */

static enum mentor_status derive_rule(struct remind_list *list, struct remind_cohort *c, const struct def_reminder *rule)
{
	struct mentor_buf problem = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	const char *hole = remind_hole(c, rule);
	size_t before = list->n;
	enum mentor_status status = remind_source(list, c, rule);
	if (!status && hole && list->n > before) {
		list->n = before;
		mentor_buf_fmt(&problem, "the template '%s' speaks of {%s}, which is not known", rule->template, hole);
		mentor_buf_fmt(&hint, "add it to the programme file and import that, then: mentor cohort set %s --revision NUMBER; days are set with: mentor cohort set %s --starts-on DAY",
		    c->cohort->slug, c->cohort->slug);
		status = problem.failed || hint.failed ? fail_memory(list->m) : add_problem(list, c, rule, mentor_buf_text(&problem), mentor_buf_text(&hint));
	}
	mentor_buf_free(&problem);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status derive_cohort(struct remind_list *list, int64_t id)
{
	struct remind_cohort **more = grown(list->m, list->cohorts, list->n_cohorts, &list->cap_cohorts, sizeof(struct remind_cohort *));
	struct remind_cohort *c = more ? calloc(1, sizeof(*c)) : NULL;
	if (more)
		list->cohorts = more;
	if (!c)
		return fail_memory(list->m);
	c->m = list->m;
	list->cohorts[list->n_cohorts++] = c;
	enum mentor_status status = load_cohort(c, id);
	for (size_t i = 0; !status && i < c->d->n_reminders; i++)
		status = derive_rule(list, c, &c->d->reminders[i]);
	return status;
}

/* Those that were planned and never opened have nobody to be reminded. */
static enum mentor_status cohorts_of(struct mentor *m, int64_t cohort, int64_t **ret_ids, size_t *ret_n)
{
	struct db_rows *rows = NULL;
	bool more = true;
	size_t cap = 0;
	enum mentor_status status = db_query(m, cohort ? "SELECT id FROM cohort WHERE id = $1" : "SELECT id FROM cohort WHERE opened_on IS NOT NULL AND id <> $1 ORDER BY slug",
	    DB_ARGS(DB_NUMBER(cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		int64_t *ids = grown(m, *ret_ids, *ret_n, &cap, sizeof(*ids));
		if (!ids) {
			status = MENTOR_NO_MEMORY;
			break;
		}
		*ret_ids = ids;
		ids[(*ret_n)++] = db_number(rows, 0);
	}
	db_done(rows);
	return status;
}

enum mentor_status remind_derive(struct remind_list *list, int64_t cohort)
{
	int64_t *ids = NULL;
	size_t n = 0;
	enum mentor_status status = cohorts_of(list->m, cohort, &ids, &n);
	for (size_t i = 0; !status && i < n; i++)
		status = derive_cohort(list, ids[i]);
	free(ids);
	return status;
}

void remind_free(struct remind_list *list)
{
	for (size_t i = 0; i < list->n_cohorts; i++)
		free_cohort(list->cohorts[i]);
	free(list->cohorts);
	free(list->items);
	free(list->problems);
	mentor_buf_free(&list->text);
	*list = (struct remind_list){ .m = list->m };
}

/* ---- what is due, for people ---- */

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct remind_known *)a)->key, ((const struct remind_known *)b)->key);
}

enum mentor_status remind_known(struct mentor *m, const struct remind_cohort *c, struct remind_knowledge *k)
{
	static const char *const states[] = { "waiting", "handing-over", "sent", "failed", "unsure", NULL };
	struct db_rows *rows = NULL;
	bool more = true;
	k->n = 0;
	arena_reset(&k->arena);
	enum mentor_status status = db_query(m, "SELECT key, id, state FROM message WHERE cohort_id = $1", DB_ARGS(DB_NUMBER(c->cohort->id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct remind_known *items = grown(m, k->items, k->n, &k->cap, sizeof(*items));
		if (!items) {
			status = MENTOR_NO_MEMORY;
			break;
		}
		k->items = items;
		items[k->n++] = (struct remind_known){ arena_strdup(&k->arena, db_text(rows, 0)), db_number(rows, 1),
			MENTOR_REMINDER_WAITING + field_choice(states, db_text(rows, 2)), false };
	}
	db_done(rows);
	if (!status && k->arena.failed)
		status = fail_memory(m);
	if (!status && k->n)
		qsort(k->items, k->n, sizeof(*k->items), by_key);
	return status;
}

struct remind_known *remind_find(const struct remind_knowledge *k, const char *key)
{
	const struct remind_known wanted = { .key = key };
	return k->n ? bsearch(&wanted, k->items, k->n, sizeof(wanted), by_key) : NULL;
}

void remind_forget(struct remind_knowledge *k)
{
	arena_free(&k->arena);
	free(k->items);
}

static enum mentor_status tell_due(const struct remind_due *due, const struct remind_known *known, const char *goes_on, mentor_record_fn *each, void *arg)
{
	char since[11], due_on[11];
	const struct remind_address address = remind_address(due);
	mentor_day_format(due->since, since);
	mentor_day_format(due->on, due_on);
	const struct mentor_reminder row = { .message = known ? known->id : 0, .cohort = due->cohort->cohort->slug, .reminder = due->rule->slug,
		.recipient = due->to ? due->rule->to : DEF_TO_TEAM, .person = due->to ? due->to->person : 0, .name = address.name, .email = address.email,
		.pair = due->pair ? due->pair->id : 0, .about = due->about ? due->about->person : 0,
		.item = due->item,
		.since = since, .turn = due->turn, .due_on = due_on, .goes_on = goes_on,
		.state = known && known->state != MENTOR_REMINDER_WAITING ? known->state
			 : due->held						? MENTOR_REMINDER_HELD
			 : known						? MENTOR_REMINDER_WAITING
										: MENTOR_REMINDER_NEW };
	return each(arg, &row);
}

static enum mentor_status tell_all(const struct remind_list *list, bool all, mentor_record_fn *each, void *arg)
{
	struct remind_knowledge k = { ARENA_INIT, NULL, 0, 0 };
	const struct remind_cohort *of = NULL;
	char goes_on[11] = "";
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < list->n; i++) {
		const struct remind_due *due = &list->items[i];
		assert(due->cohort);
		if (due->cohort != of) {
			of = due->cohort;
			mentor_day_format(remind_sending_day(of->d, of->today), goes_on);
			status = remind_known(list->m, of, &k);
		}
		const struct remind_known *known = status ? NULL : remind_find(&k, due->key);
		if (!status && (all || !known || known->state == MENTOR_REMINDER_WAITING))
			status = tell_due(due, known, goes_on, each, arg);
	}
	remind_forget(&k);
	return status;
}

enum mentor_status mentor_remind_due(struct mentor *m, int64_t cohort, bool all, mentor_record_fn *each, mentor_record_fn *each_problem, void *arg)
{
	struct remind_list list = { .m = m };
	enum mentor_status status = remind_derive(&list, cohort);
	if (!status)
		status = tell_all(&list, all, each, arg);
	for (size_t i = 0; !status && i < list.n_problems; i++) {
		const struct remind_problem *p = &list.problems[i];
		const struct mentor_reminder_problem row = { p->cohort->cohort->slug, p->rule->slug, p->problem, p->hint };
		status = each_problem(arg, &row);
	}
	remind_free(&list);
	return status;
}
