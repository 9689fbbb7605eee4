/* definition_check.c: what no single key of a programme file can tell: keys that contradict each other. */
#include "check.h"

#include <inttypes.h>
#include <string.h>

/* ---- contract ---- */

static void check_range(struct check *c, const char *name, const struct def_range *range)
{
	if (check_above(range->minimum, range->usual) || check_above(range->usual, range->maximum) || check_above(range->minimum, range->maximum))
		check_problem(c, PATH("contract", name), "minimum, usual and maximum must rise", "the range is upside down");
}

static void check_terms(struct check *c)
{
	for (size_t i = 0; i < c->d->contract.n_terms; i++) {
		const struct def_term *t = &c->d->contract.terms[i];
		if (t->each == 1 && t->only != MENTOR_NONE)
			check_problem(c, PATH("contract", "terms", t->slug, "only"), "leave out one of the two", "'each' asks both sides, and 'only' asks one");
		if (t->n_choices == 1)
			check_problem(c, PATH("contract", "terms", t->slug, "choices"), "give two or more, or leave choices out",
			    "there is nothing to choose from");
	}
}

static void check_contract(struct check *c)
{
	const struct def_contract *k = &c->d->contract;
	check_range(c, "sessions", &k->sessions);
	check_range(c, "minutes", &k->minutes);
	check_range(c, "months", &k->months);
	check_range(c, "shadowed", &k->shadowed);
	check_terms(c);
	if (check_above(k->months.minimum, c->d->cohort.months))
		check_problem(c, PATH("contract", "months", "minimum"), "make cohort.months longer, or this shorter",
		    "pairs work together for longer than the %" PRId64 " months of a cohort", c->d->cohort.months);
	for (size_t i = 0; i < c->d->n_activities; i++)
		if (check_above(c->d->activities[i].session, k->sessions.maximum))
			check_problem(c, PATH("activities", c->d->activities[i].slug, "session"), "contract.sessions.maximum says how many there are",
			    "there is no such session");
}

/* One label of a side alone would stand beside the usual word for several. */
static void check_labels(struct check *c)
{
	static const struct {
		const char *one, *several;
	} sides[] = { { "mentor", "mentors" }, { "mentee", "mentees" } };
	const struct yml *labels = check_find(c->r->root, PATH("labels"));
	for (size_t i = 0; labels->kind == YML_MAP && yml_get(c->r->root, "labels") && i < sizeof(sides) / sizeof(*sides); i++) {
		bool one = yml_get(labels, sides[i].one), several = yml_get(labels, sides[i].several);
		if (one != several)
			check_problem(c, PATH("labels"), "give both: what one is called, and what several are called", "the label '%s' is missing",
			    one ? sides[i].several : sides[i].one);
	}
}

/* ---- stages ---- */

/* What must be settled before a step cannot wait for a stage that comes after the step. */
static void check_stages(struct check *c)
{
	int64_t last = MENTOR_NONE;
	for (size_t i = 0; i < c->d->n_stages; i++) {
		const struct def_stage *s = &c->d->stages[i];
		if (s->before == MENTOR_NONE)
			continue;
		if (check_above(last, s->before))
			check_problem(c, PATH("stages", s->slug, "before"), "stages stand in order, and cohorts are opened, started, finished",
			    "an earlier stage is settled before a later step than this one");
		last = s->before;
	}
}

/* ---- events ---- */

static void check_time(struct check *c, const char *event, const struct def_time *t)
{
	const struct yml *y = check_find(c->r->root, PATH("events", event, "times", t->slug));
	if (y->kind != YML_MAP)
		return;
	bool date = yml_get(y, "date"), from = yml_get(y, "from"), start = yml_get(y, "start");
	if (date == from)
		check_problem(c, PATH("events", event, "times", t->slug), "write date: 2026-06-09, or from: starts and weeks: -2",
		    date ? "has both a date and a day of the cohort" : "it is not said when");
	if (!from && t->weeks != MENTOR_NONE)
		check_problem(c, PATH("events", event, "times", t->slug, "weeks"), "from says which day of the cohort they are counted from",
		    "weeks are counted from nothing");
	if (from && t->from == DEF_DAY_STARTS && c->d->cohort.months != MENTOR_NONE && check_above(t->weeks, c->d->cohort.months * 31 / 7))
		check_problem(c, PATH("events", event, "times", t->slug, "weeks"), "cohort.months says how long a cohort lasts",
		    "the cohort has ended by then");
	if (t->end && !start)
		check_problem(c, PATH("events", event, "times", t->slug, "end"), "give start as well", "it ends and never begins");
	if (t->start && t->end && strcmp(t->start, t->end) >= 0)
		check_problem(c, PATH("events", event, "times", t->slug, "end"), "an event ends later on the same day", "it ends before it begins");
}

static void check_events(struct check *c)
{
	for (size_t i = 0; i < c->d->n_events; i++) {
		const struct def_event *e = &c->d->events[i];
		for (size_t t = 0; t < e->n_times; t++)
			check_time(c, e->slug, &e->times[t]);
		if (check_same(e->facilitators_need, e->slug))
			check_problem(c, PATH("events", e->slug, "facilitators_need"), "name the event that trains facilitators",
			    "nobody could ever run it first");
	}
}

static const struct def_event *find_event(const struct definition *d, const char *slug)
{
	for (size_t i = 0; i < d->n_events; i++)
		if (check_same(d->events[i].slug, slug))
			return &d->events[i];
	return NULL;
}

/* A role can only need events that its people are invited to. */
static void check_needs(struct check *c, const char *name, const struct def_role *role, enum def_audience invited)
{
	for (size_t i = 0; i < role->n_needs; i++) {
		const struct def_event *e = find_event(c->d, role->needs[i]);
		if (!e || e->audience == MENTOR_NONE || e->audience == invited || e->audience == DEF_APPLICANTS ||
		    (e->audience == DEF_BOTH && invited != DEF_FACILITATORS))
			continue;
		check_problem(c, PATH("roles", name, "needs"), "change the audience of the event, or take it out", "'%s' is an event for %s", e->slug,
		    def_people[e->audience]);
	}
}

/* ---- all ---- */

static void check_time_zone(struct check *c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
	const char *zone = c->d->time_zone;
	bool good = zone && zone[strspn(zone, letters)] == '\0' && zone[0] != '/' && !strstr(zone, "..");
	if (zone && !good)
		check_problem(c, PATH("time_zone"), "write it as the tz database does, such as Europe/London", "'%s' is not the name of a time zone", zone);
}

void definition_check(struct reader *r, const struct definition *d)
{
	struct check c = { r, d };
	check_time_zone(&c);
	check_labels(&c);
	check_contract(&c);
	check_stages(&c);
	check_application(&c);
	check_matching(&c);
	check_events(&c);
	check_needs(&c, "mentor", &d->roles.mentor, DEF_MENTORS);
	check_needs(&c, "mentee", &d->roles.mentee, DEF_MENTEES);
	check_needs(&c, "facilitator", &d->roles.facilitator, DEF_FACILITATORS);
	check_surveys(&c);
	check_messages(&c);
}
