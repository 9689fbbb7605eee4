/* remind_source.c: what there is to be reminded of: for each word that a reminder's `when` can be, where its occasions come from. */
#include "remind.h"

#include "approval.h"
#include "language.h"
#include "record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One rule of one cohort on its way through its source. */
struct source {
	struct remind_list *list;
	struct remind_cohort *c;
	const struct def_reminder *rule;
};

static enum mentor_status tell(const struct source *s, struct remind_occasion o)
{
	return remind_occasion(s->list, s->c, s->rule, &o);
}

static bool in_state(const struct source *s, enum mentor_cohort_state first, enum mentor_cohort_state last)
{
	return s->c->cohort->state >= (int64_t)first && s->c->cohort->state <= (int64_t)last;
}

/* "a/b", in the cohort's memory. */
static const char *joined(const struct source *s, const char *a, const char *b)
{
	size_t len = strlen(a) + strlen(b) + 2;
	char *text = arena_alloc(&s->c->arena, len);
	if (text)
		snprintf(text, len, "%s/%s", a, b);
	else
		fail_memory(s->c->m);
	return text;
}

/* ---- looking people up ---- */

static int by_person(const void *a, const void *b)
{
	const struct remind_person *const *x = a, *const *y = b;
	return ((*x)->person > (*y)->person) - ((*x)->person < (*y)->person);
}

static bool index_people(struct remind_cohort *c)
{
	if (c->by_person || !c->n_people)
		return c->n_people > 0;
	c->by_person = arena_alloc(&c->arena, c->n_people * sizeof(struct remind_person *));
	if (!c->by_person)
		return false; /* the arena remembers */
	for (size_t i = 0; i < c->n_people; i++)
		c->by_person[i] = &c->people[i];
	qsort(c->by_person, c->n_people, sizeof(struct remind_person *), by_person);
	return true;
}

/* Somebody of the cohort; NULL when there is no such person in it. */
static const struct remind_person *enrolled(struct remind_cohort *c, int64_t person)
{
	const struct remind_person wanted = { .person = person }, *key = &wanted;
	if (!index_people(c))
		return NULL;
	struct remind_person **found = bsearch(&key, c->by_person, c->n_people, sizeof(struct remind_person *), by_person);
	return found ? *found : NULL;
}

/* ---- applications ---- */

/* Somebody who is not in the cohort, from five columns of a row; NULL without memory. */
static const struct remind_person *outsider(const struct source *s, const struct db_rows *rows, int first)
{
	struct remind_person *p = arena_alloc(&s->c->arena, sizeof(*p));
	if (p)
		*p = (struct remind_person){ .person = db_number(rows, first), .role = MENTOR_NONE, .state = MENTOR_NONE,
			.name = arena_strdup(&s->c->arena, db_text(rows, first + 1)), .email = arena_strdup(&s->c->arena, db_text(rows, first + 2)),
			.language = field_choice(language_tags, db_text(rows, first + 3)), .held = db_number(rows, first + 4) > 0 };
	else
		fail_memory(s->c->m);
	return p;
}
#define OUTSIDER "p.id, p.name, p.email, p.language, " NOTHING_TO("p.id", "$1")

/* To whoever is known and has never applied to anything: people are recorded so to be invited. */
static enum mentor_status each_invited(const struct source *s, int64_t closes)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(s->c->m,
	    "SELECT " OUTSIDER " FROM person p WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = p.id) ORDER BY p.id",
	    DB_ARGS(DB_TEXT(s->c->m->today)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct remind_person *p = outsider(s, rows, 0);
		status = p ? tell(s, (struct remind_occasion){ .to = p, .since = closes, .until = closes }) : MENTOR_NO_MEMORY;
	}
	db_done(rows);
	return status;
}

static enum mentor_status applications_close(const struct source *s)
{
	int64_t closes = pace_day(s->c->cohort->closes_on);
	if (closes == MENTOR_NONE || !in_state(s, MENTOR_COHORT_OPEN, MENTOR_COHORT_OPEN))
		return MENTOR_OK;
	if (s->rule->to != DEF_TO_TEAM)
		return each_invited(s, closes);
	return tell(s, (struct remind_occasion){ .since = closes, .until = closes });
}

static const struct remind_person *person_of(const struct remind_cohort *c, int64_t enrolment, size_t *at)
{
	while (*at < c->n_people && c->people[*at].enrolment < enrolment)
		++*at;
	return *at < c->n_people && c->people[*at].enrolment == enrolment ? &c->people[*at] : NULL;
}

static enum mentor_status support_missing(const struct source *s)
{
	struct db_rows *rows = NULL;
	bool more = true;
	size_t at = 0;
	enum mentor_status status = in_state(s, MENTOR_COHORT_OPEN, MENTOR_COHORT_RUNNING) ?
	    db_query(s->c->m,
		"SELECT e.id, s.asked_on FROM support s CROSS JOIN enrolment e WHERE e.id = s.enrolment_id AND e.cohort_id = $1 AND s.answer IS NULL "
		"AND e.state IN ('applied', 'accepted') ORDER BY e.id",
		DB_ARGS(DB_NUMBER(s->c->cohort->id)), &rows) :
	    MENTOR_OK;
	while (!status && rows && !(status = db_next(rows, &more)) && more) {
		const struct remind_person *p = person_of(s->c, db_number(rows, 0), &at);
		if (p && approval_wanted(s->c->d, p->role) != DEF_SUPPORT_NONE)
			status = tell(s, (struct remind_occasion){ .person = p, .since = pace_day(db_text(rows, 1)), .until = MENTOR_NONE });
	}
	db_done(rows);
	return status;
}

/* ---- pairs ---- */

/* Of the newest version: what was agreed anew is to be signed anew. */
static enum mentor_status contract_unsigned(const struct source *s)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < s->c->n_pairs; i++) {
		const struct pace_contract *newest = &s->c->pairs[i].pace.newest;
		unsigned sides = (newest->signed_by[0] ? 0U : REMIND_MENTOR) | (newest->signed_by[1] ? 0U : REMIND_MENTEE);
		if (newest->drafted_on != MENTOR_NONE && sides)
			status = tell(s, (struct remind_occasion){ .pair = &s->c->pairs[i], .since = newest->drafted_on, .until = MENTOR_NONE, .sides = sides });
	}
	return status;
}

static enum mentor_status no_session(const struct source *s)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < s->c->n_pairs && in_state(s, MENTOR_COHORT_OPEN, MENTOR_COHORT_RUNNING); i++) {
		const struct remind_pair *p = &s->c->pairs[i];
		int64_t last = pace_day(p->pace.last_on);
		status = tell(s, (struct remind_occasion){ .pair = p, .sides = REMIND_BOTH, .since = last == MENTOR_NONE ? p->pace.span.from : last,
		    .until = MENTOR_NONE });
	}
	return status;
}

/* The first day on which so many of `minimum` were due: pace_due() the other way round. */
static int64_t due_from(int64_t n, int64_t minimum, struct pace_span span)
{
	int64_t days = span.to - span.from;
	return days <= 0 ? span.to : span.from + (n * days + minimum - 1) / minimum;
}

/* Counted from the day on which more was due than counts now: who catches up and falls behind again is reminded anew. */
static enum mentor_status behind_pace(const struct source *s)
{
	int64_t minimum = s->c->d->contract.sessions.minimum;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < s->c->n_pairs && minimum > 0; i++) {
		const struct remind_pair *p = &s->c->pairs[i];
		if (p->pace.counted < p->due)
			status = tell(s, (struct remind_occasion){ .pair = p, .sides = REMIND_BOTH, .since = due_from(p->pace.counted + 1, minimum, p->pace.span),
			    .until = MENTOR_NONE });
	}
	return status;
}

/* Early enough to be mended: when half was due and is not reached. Each side is looked at by itself. */
static enum mentor_status low_participation(const struct source *s)
{
	int64_t minimum = s->c->d->contract.shadowed.minimum, half = (minimum + 1) / 2;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < s->c->n_pairs && minimum > 0; i++) {
		const struct remind_pair *p = &s->c->pairs[i];
		const int64_t *took = p->pace.took_part;
		unsigned sides = (took[0] < half ? REMIND_MENTOR : 0U) | (took[1] < half ? REMIND_MENTEE : 0U);
		if (sides)
			status = tell(s, (struct remind_occasion){ .pair = p, .sides = sides, .since = due_from(half, minimum, p->pace.span), .until = MENTOR_NONE });
	}
	return status;
}

/* ---- people of a cohort ---- */

/* Whether somebody takes part on a side that something is for; of whoever takes either side until there are pairs, both. */
static bool is_of(const struct remind_person *p, int64_t audience)
{
	if (p->state != MENTOR_ENROLMENT_ACCEPTED || p->role == MENTOR_ROLE_FACILITATOR)
		return false;
	return audience == DEF_BOTH || p->role == MENTOR_ROLE_EITHER || (audience == DEF_MENTORS) == (p->role == MENTOR_ROLE_MENTOR);
}

/* Whoever has not answered, by name or with a ticket; of answers without either nobody knows whose they are. Once pairs are published, people without one are not asked. */
static enum mentor_status survey_stage(const struct source *s, const struct def_survey *survey, const char *stage, struct remind_occasion o)
{
	struct db_rows *rows = NULL;
	bool more = true, published = false;
	size_t at = 0;
	for (size_t i = 0; i < s->c->n_people; i++)
		published = published || s->c->people[i].paired;
	enum mentor_status status = db_query(s->c->m,
	    "SELECT e.id FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM response r "
	    "WHERE r.cohort_id = $1 AND r.survey = $2 AND r.stage = $3 AND r.respondent_id = e.id) AND NOT EXISTS (SELECT 1 FROM ticket k "
	    "WHERE k.cohort_id = $1 AND k.survey = $2 AND k.stage = $3 AND k.enrolment_id = e.id AND k.used = 1) AND NOT " OBJECTS("e.person_id", "surveys") " ORDER BY e.id",
	    DB_ARGS(DB_NUMBER(s->c->cohort->id), DB_TEXT(survey->slug), DB_TEXT(stage)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct remind_person *p = person_of(s->c, db_number(rows, 0), &at);
		if (!p || !is_of(p, survey->audience) || (published && !p->paired))
			continue;
		o.to = p;
		status = tell(s, o);
	}
	db_done(rows);
	return status;
}

static enum mentor_status survey_opening(const struct source *s, const struct def_survey *survey, const struct def_opening *opening)
{
	int64_t opens = programme_day(s->c->cohort, opening->from, opening->weeks);
	char closes_on[11];
	if (opens == MENTOR_NONE)
		return MENTOR_OK;
	mentor_day_format(opens + opening->days - 1, closes_on);
	struct remind_words *words = arena_alloc(&s->c->arena, sizeof(*words));
	const char *item = joined(s, survey->slug, opening->slug);
	if (!words || !item)
		return fail_memory(s->c->m);
	*words = (struct remind_words){ .survey = survey->title, .survey_link = survey->link, .survey_closes_on = arena_strdup(&s->c->arena, closes_on) };
	struct remind_occasion o = { .item = item, .since = opens, .until = opens + opening->days - 1, .words = words };
	if (s->c->today > o.until || (!s->rule->after && s->c->today < opens + s->rule->days))
		return MENTOR_OK; /* nobody has to be looked for */
	return s->rule->to == DEF_TO_TEAM ? tell(s, o) : survey_stage(s, survey, opening->slug, o);
}

static enum mentor_status survey_open(const struct source *s)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; i < s->c->d->n_surveys; i++) {
		const struct def_survey *survey = &s->c->d->surveys[i];
		if (s->rule->survey && strcmp(s->rule->survey, survey->slug) != 0)
			continue;
		for (size_t o = 0; !status && o < survey->n_open; o++)
			status = survey_opening(s, survey, &survey->open[o]);
	}
	return status;
}

/* ---- check-ins ---- */

static enum mentor_status check_in_due_to(void *arg, const void *record)
{
	const struct source *s = arg;
	const struct mentor_checkin_due *k = record;
	if (s->rule->check_in && strcmp(s->rule->check_in, k->check_in) != 0)
		return MENTOR_OK;
	const struct remind_person *p = enrolled(s->c, k->person);
	const char *item = arena_strdup(&s->c->arena, k->check_in);
	if (!item || s->c->arena.failed)
		return fail_memory(s->c->m);
	return p ? tell(s, (struct remind_occasion){ .person = p, .item = item, .since = pace_day(k->due_on), .until = MENTOR_NONE }) : MENTOR_OK;
}

/* The plan of check-ins says who is to be asked when; once that has been done it goes on from there. */
static enum mentor_status check_in_due(const struct source *s)
{
	struct source copy = *s; /* for a callback that takes what it could change */
	return mentor_checkin_plan(s->c->m, s->c->cohort->id, check_in_due_to, &copy);
}

/* ---- events ---- */

/* An event that is ahead, while its people are walked. */
struct ahead {
	const struct source *s;
	struct remind_occasion o;
	bool first; /* of its alternatives: whoever has not chosen hears of this one */
	int64_t event;
};

static enum mentor_status hold_of(struct mentor *m, int64_t person, bool *ret_held)
{
	int64_t held = 0;
	enum mentor_status status = db_value(m, "SELECT " NOTHING_TO("$1", "$2"), DB_ARGS(DB_NUMBER(person), DB_TEXT(m->today)), 0, &held);
	*ret_held = held > 0;
	return status;
}

static enum mentor_status invited(void *arg, const void *record)
{
	struct ahead *a = arg;
	const struct mentor_event_person *p = record;
	struct remind_cohort *c = a->s->c;
	bool comes = p->standing == MENTOR_STANDING_COMING || p->standing == MENTOR_STANDING_EXPECTED;
	if (!comes && !(p->standing == MENTOR_STANDING_TO_CHOOSE && a->first))
		return MENTOR_OK;
	const struct remind_person *to = enrolled(c, p->person);
	if (!to) {
		struct remind_person *other = arena_alloc(&c->arena, sizeof(*other));
		if (!other)
			return fail_memory(c->m);
		*other = (struct remind_person){ .person = p->person, .role = MENTOR_NONE, .state = MENTOR_NONE, .name = arena_strdup(&c->arena, p->name),
			.email = arena_strdup(&c->arena, p->email) };
		enum mentor_status status = hold_of(c->m, p->person, &other->held);
		if (!status)
			status = language_of(c->m, p->person, &other->language);
		if (status)
			return status;
		to = other;
	}
	a->o.to = to;
	a->o.event = comes ? a->event : 0;
	return tell(a->s, a->o);
}

static enum mentor_status facilitating(struct ahead *a, int64_t event)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(a->s->c->m, "SELECT person_id FROM facilitation WHERE event_id = $1 ORDER BY id", DB_ARGS(DB_NUMBER(event)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		a->o.to = enrolled(a->s->c, db_number(rows, 0));
		if (a->o.to)
			status = tell(a->s, a->o);
	}
	db_done(rows);
	return status;
}

static enum mentor_status one_ahead(const struct source *s, const struct db_rows *rows, bool first)
{
	struct remind_words *words = arena_alloc(&s->c->arena, sizeof(*words));
	char number[32];
	snprintf(number, sizeof(number), "e%" PRId64, db_number(rows, 0));
	int64_t day = pace_day(db_text(rows, 4));
	struct ahead a = { s, { .item = joined(s, db_text(rows, 1), db_text(rows, 2) ? db_text(rows, 2) : number), .since = day, .until = day, .words = words }, first, db_number(rows, 0) };
	if (!words || !a.o.item)
		return fail_memory(s->c->m);
	*words = (struct remind_words){ .event = arena_strdup(&s->c->arena, db_text(rows, 3)), .event_date = arena_strdup(&s->c->arena, db_text(rows, 4)),
		.event_start = arena_strdup(&s->c->arena, db_text(rows, 5)), .event_end = arena_strdup(&s->c->arena, db_text(rows, 6)),
		.event_place = arena_strdup(&s->c->arena, db_text(rows, 7)) };
	if (s->rule->to == DEF_TO_TEAM)
		return tell(s, a.o);
	if (s->rule->to == DEF_TO_FACILITATOR)
		return facilitating(&a, db_number(rows, 0));
	return mentor_event_people(s->c->m, db_number(rows, 0), invited, &a);
}

/* Events still to come, by name and day; those that the reminder is not about are left out here. */
static enum mentor_status event_ahead(const struct source *s)
{
	struct db_rows *rows = NULL;
	bool more = true;
	char name[128] = "";
	enum mentor_status status = db_query(s->c->m,
	    "SELECT id, name, slot, title, date, start, until, place FROM event WHERE cohort_id = $1 AND cancelled_on IS NULL AND date >= $2 "
	    "ORDER BY name, date, start, id",
	    DB_ARGS(DB_NUMBER(s->c->cohort->id), DB_TEXT(s->c->m->today)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *event = db_text(rows, 1);
		const int64_t day = pace_day(db_text(rows, 4));
		status = db_whole(rows);
		if (status || !event)
			break;
		bool first = strcmp(name, event) != 0;
		snprintf(name, sizeof(name), "%s", event);
		if (s->rule->event && strcmp(s->rule->event, name) != 0)
			continue;
		if (s->rule->after || s->c->today >= day + s->rule->days)
			status = one_ahead(s, rows, first);
	}
	db_done(rows);
	return status;
}

/* ---- actions ---- */

static const struct remind_pair *pair_of(const struct remind_cohort *c, int64_t id)
{
	for (size_t i = 0; id && i < c->n_pairs; i++)
		if (c->pairs[i].id == id)
			return &c->pairs[i];
	return NULL;
}

/* Whose it is hears of it: the owner, else both of the pair, else the running team. The words about a pair are for its two alone. */
static enum mentor_status overdue(const struct source *s, const struct db_rows *rows)
{
	const struct remind_pair *pair = pair_of(s->c, db_ref(rows, 1));
	const struct remind_person *owner = db_ref(rows, 2) ? enrolled(s->c, db_ref(rows, 2)) : NULL;
	bool own = pair && owner && (owner == pair->mentor || owner == pair->mentee);
	struct remind_words *words = arena_alloc(&s->c->arena, sizeof(*words));
	char item[32];
	snprintf(item, sizeof(item), "a%" PRId64, db_number(rows, 0));
	struct remind_occasion o = { .item = arena_strdup(&s->c->arena, item), .since = pace_day(db_text(rows, 4)), .until = MENTOR_NONE, .words = words };
	if (!words || !o.item)
		return fail_memory(s->c->m);
	*words = (struct remind_words){ .action = arena_strdup(&s->c->arena, db_text(rows, 3)), .action_due = arena_strdup(&s->c->arena, db_text(rows, 4)) };
	if (own || (pair && !db_ref(rows, 2))) {
		o.pair = pair;
		o.sides = !own ? REMIND_BOTH : owner == pair->mentor ? REMIND_MENTOR : REMIND_MENTEE;
	} else if (db_ref(rows, 2)) {
		o.person = owner ? owner : outsider(s, rows, 5);
		if (!o.person)
			return MENTOR_NO_MEMORY;
	} else if (!db_ref(rows, 1)) {
		o.team = true;
	} else {
		return MENTOR_OK; /* the pair has ended, and nobody else has it to do */
	}
	return tell(s, o);
}

static enum mentor_status action_overdue(const struct source *s)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(s->c->m,
	    "SELECT a.id, a.pair, a.owner, a.text, a.due, " OUTSIDER " FROM action a LEFT JOIN person p ON p.id = a.owner "
	    "WHERE a.cohort_id = $2 AND a.state = 'open' AND a.due IS NOT NULL ORDER BY a.id",
	    DB_ARGS(DB_TEXT(s->c->m->today), DB_NUMBER(s->c->cohort->id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = overdue(s, rows);
	db_done(rows);
	return status;
}

/* ---- what has to be removed ---- */

/* What the programme keeps for how long, and whether any of it is there: $1 the cohort. */
static enum mentor_status retention_due(const struct source *s)
{
	const struct def_retention *r = &s->c->d->privacy.retention;
	const struct {
		const char *name, *sql;
		int64_t months;
	} kept[] = {
		{ "applications", "SELECT count(*) FROM enrolment e WHERE e.cohort_id = $1 AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.mentor_id = e.id AND p.state <> 'proposed') "
		  "AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.mentee_id = e.id AND p.state <> 'proposed')",
		  r->applications },
		{ "pairs", "SELECT count(*) FROM pair WHERE cohort_id = $1", r->pairs },
		{ "sessions", "SELECT count(*) FROM session s JOIN pair p ON p.id = s.pair_id WHERE p.cohort_id = $1", r->sessions },
		{ "surveys", "SELECT count(*) FROM response WHERE cohort_id = $1", r->surveys },
	};
	int64_t ends = pace_day(s->c->cohort->ends_on), n = 0;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(kept) / sizeof(*kept) && ends != MENTOR_NONE; i++) {
		int64_t since = mentor_day_add_months(ends, (int)kept[i].months);
		if (s->c->today < since + s->rule->days)
			continue;
		status = db_value(s->c->m, kept[i].sql, DB_ARGS(DB_NUMBER(s->c->cohort->id)), 0, &n);
		if (!status && n > 0)
			status = tell(s, (struct remind_occasion){ .item = kept[i].name, .since = since, .until = MENTOR_NONE });
	}
	return status;
}

/* THE table of sources: one for each word that `when` can be. */
static enum mentor_status (*const sources[])(const struct source *s) = {
	[DEF_WHEN_APPLICATIONS_CLOSE] = applications_close,
	[DEF_WHEN_SUPPORT_MISSING] = support_missing,
	[DEF_WHEN_CONTRACT_UNSIGNED] = contract_unsigned,
	[DEF_WHEN_NO_SESSION] = no_session,
	[DEF_WHEN_BEHIND_PACE] = behind_pace,
	[DEF_WHEN_LOW_PARTICIPATION] = low_participation,
	[DEF_WHEN_EVENT_AHEAD] = event_ahead,
	[DEF_WHEN_SURVEY_OPEN] = survey_open,
	[DEF_WHEN_CHECK_IN_DUE] = check_in_due,
	[DEF_WHEN_ACTION_OVERDUE] = action_overdue,
	[DEF_WHEN_RETENTION_DUE] = retention_due,
};

enum mentor_status remind_source(struct remind_list *list, struct remind_cohort *c, const struct def_reminder *rule)
{
	const struct source s = { list, c, rule };
	return sources[rule->when](&s);
}
