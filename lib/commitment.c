/* commitment.c: what pairs and people have done of what the programme asks: per pair and measure, per person, per cohort. */
#include "pace.h"
#include "report.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

static const char *const measures[] = { "sessions", "minutes", "months", "shadowed-by-mentor", "shadowed-by-mentee", NULL };
static const char *const standings[] = { "not-started", "behind", "on-pace", "ahead", "met", "above", "ended", NULL };
enum { MEASURES = 5, STANDINGS = 7 };

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_commitment, member)
const struct mentor_field mentor_commitment_fields[] = {
	{ "pair", MENTOR_TYPE_REF, MENTOR_LABEL, NUMBER(pair), .entity = "pair", .help = "the pair" },
	{ "measure", MENTOR_TYPE_CHOICE, 0, NUMBER(measure), .choices = measures, .heading = "what", .help = "what is counted: sessions that count, minutes together, months together, meetings of the partner's in which one side took part" },
	{ "standing", MENTOR_TYPE_CHOICE, 0, NUMBER(standing), .choices = standings, .help = "how that stands to what the programme asks" },
	{ "done", MENTOR_TYPE_INT, 0, NUMBER(done), .help = "how many so far" },
	{ "due", MENTOR_TYPE_INT, 0, NUMBER(due), .heading = "due by now", .help = "how many are due by the day of the report" },
	{ "minimum", MENTOR_TYPE_INT, 0, NUMBER(minimum), .help = "the least that the programme asks for" },
	{ "usual", MENTOR_TYPE_INT, 0, NUMBER(usual), .help = "what is usual" },
	{ "maximum", MENTOR_TYPE_INT, 0, NUMBER(maximum), .help = "the most that the programme allows" },
	{ 0 },
};
#undef NUMBER

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_commitment_sum, member)
const struct mentor_field mentor_commitment_sum_fields[] = {
	{ "measure", MENTOR_TYPE_CHOICE, MENTOR_LABEL, NUMBER(measure), .choices = measures, .heading = "what", .help = "what is counted" },
	{ "pairs", MENTOR_TYPE_INT, 0, NUMBER(pairs), .help = "pairs published" },
	{ "done", MENTOR_TYPE_INT, 0, NUMBER(done), .heading = "done together", .help = "of all pairs together" },
	{ "not_started", MENTOR_TYPE_INT, 0, NUMBER(not_started), .help = "pairs with nothing yet, of which nothing is due" },
	{ "behind", MENTOR_TYPE_INT, 0, NUMBER(behind), .help = "pairs with less than is due" },
	{ "on_pace", MENTOR_TYPE_INT, 0, NUMBER(on_pace), .help = "pairs with what is due" },
	{ "ahead", MENTOR_TYPE_INT, 0, NUMBER(ahead), .help = "pairs with more than is due" },
	{ "met", MENTOR_TYPE_INT, 0, NUMBER(met), .help = "pairs that have reached the minimum" },
	{ "above", MENTOR_TYPE_INT, 0, NUMBER(above), .help = "pairs above the maximum" },
	{ "ended", MENTOR_TYPE_INT, 0, NUMBER(ended), .help = "pairs that stopped before the minimum" },
	{ 0 },
};
#undef NUMBER

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_commitment_person, member)
const struct mentor_field mentor_commitment_person_fields[] = {
	{ "person", MENTOR_TYPE_REF, MENTOR_LABEL, NUMBER(person), .entity = "person", .help = "the person" },
	{ "side", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(side), .choices = mentor_two_sides, .help = "the side on which the person is" },
	{ "pairs", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(pairs), .help = "pairs of the person on that side" },
	{ "met", MENTOR_TYPE_BOOL, 0, NUMBER(met), .heading = "commitment met", .help = "whether all that the programme asks is done" },
	{ "sessions", MENTOR_TYPE_INT, 0, NUMBER(sessions), .help = "sessions long enough to count" },
	{ "sessions_minimum", MENTOR_TYPE_INT, 0, NUMBER(sessions_minimum), .heading = "of at least", .help = "sessions asked for" },
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .heading = "contact minutes", .help = "minutes of all sessions" },
	{ "shadowed", MENTOR_TYPE_INT, 0, NUMBER(shadowed), .heading = "partner's meetings", .help = "meetings of the partner's that count" },
	{ "shadowed_minimum", MENTOR_TYPE_INT, 0, NUMBER(shadowed_minimum), .heading = "of at least", .help = "such meetings asked for" },
	{ "events", MENTOR_TYPE_INT, 0, NUMBER(events), .heading = "events attended", .help = "events that count as taking part and were attended, or made up for" },
	{ "events_required", MENTOR_TYPE_INT, 0, NUMBER(events_required), .heading = "of", .help = "events that count as taking part" },
	{ "moved", MENTOR_TYPE_INT, 0, NUMBER(moved), .help = "how often sessions were moved, of which nobody is asked why" },
	{ "cancelled_own", MENTOR_TYPE_INT, 0, NUMBER(cancelled_own), .heading = "cancelled", .help = "sessions that the person cancelled" },
	{ "cancelled_other", MENTOR_TYPE_INT, 0, NUMBER(cancelled_other), .heading = "cancelled by the other", .help = "sessions that the partner cancelled" },
	{ "cancelled_team", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(cancelled_team), .heading = "cancelled by the team", .help = "sessions that the running team cancelled" },
	{ 0 },
};
#undef NUMBER

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_commitment_totals, member)
const struct mentor_field mentor_commitment_totals_fields[] = {
	{ "pairs", MENTOR_TYPE_INT, 0, NUMBER(pairs), .help = "pairs published" },
	{ "people", MENTOR_TYPE_INT, 0, NUMBER(people), .help = "people in them, once for each side" },
	{ "people_met", MENTOR_TYPE_INT, 0, NUMBER(people_met), .heading = "people who have met the commitment", .help = "of these, who have done all that is asked" },
	{ "sessions", MENTOR_TYPE_INT, 0, NUMBER(sessions), .heading = "sessions held", .help = "sessions held, each counted once" },
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .heading = "contact minutes", .help = "minutes of these" },
	{ "planned", MENTOR_TYPE_INT, 0, NUMBER(planned), .heading = "sessions planned", .help = "sessions still to come" },
	{ "overdue", MENTOR_TYPE_INT, 0, NUMBER(overdue), .heading = "sessions not logged", .help = "planned sessions whose day has passed" },
	{ "moved", MENTOR_TYPE_INT, 0, NUMBER(moved), .heading = "sessions moved", .help = "how often sessions were moved: never a cancellation" },
	{ "cancelled_by_mentors", MENTOR_TYPE_INT, 0, NUMBER(cancelled_by_mentors), .heading = "cancelled by {mentors}", .help = "sessions that mentors cancelled" },
	{ "cancelled_by_mentees", MENTOR_TYPE_INT, 0, NUMBER(cancelled_by_mentees), .heading = "cancelled by {mentees}", .help = "sessions that mentees cancelled" },
	{ "cancelled_by_team", MENTOR_TYPE_INT, 0, NUMBER(cancelled_by_team), .heading = "cancelled by the team", .help = "sessions that the running team cancelled" },
	{ "shadowed", MENTOR_TYPE_INT, 0, NUMBER(shadowed), .heading = "partner's meetings", .help = "meetings of partners in which people took part" },
	{ "reflections", MENTOR_TYPE_INT, 0, NUMBER(reflections), .help = "reflections made, by whomever" },
	{ 0 },
};
#undef NUMBER
/* clang-format on */

/* ---- a pair and a measure ---- */

static int64_t times(int64_t a, int64_t b)
{
	return a == MENTOR_NONE || b == MENTOR_NONE ? MENTOR_NONE : a * b;
}

static struct def_range range_of(const struct definition *d, enum mentor_measure measure)
{
	const struct def_range *sessions = &d->contract.sessions, *minutes = &d->contract.minutes;
	if (measure == MENTOR_MEASURE_SESSIONS)
		return *sessions;
	if (measure == MENTOR_MEASURE_MONTHS)
		return d->contract.months;
	if (measure == MENTOR_MEASURE_MINUTES)
		return (struct def_range){ times(sessions->minimum, minutes->minimum), times(sessions->usual, minutes->usual),
			times(sessions->maximum, minutes->maximum) };
	return d->contract.shadowed;
}

static int64_t months_together(const struct pace_pair *pair, int64_t day)
{
	int64_t to = pair->over && pair->stopped != MENTOR_NONE && pair->stopped < day ? pair->stopped : day;
	int64_t last = pair->span.to < to ? pair->span.to : to, months = 0;
	while (mentor_day_last_of(pair->span.from, (int)months + 1) <= last)
		months++;
	return months;
}

static int64_t done_by(const struct pace_pair *pair, enum mentor_measure measure, int64_t day)
{
	switch (measure) {
	case MENTOR_MEASURE_SESSIONS:
		return pair->counted;
	case MENTOR_MEASURE_MINUTES:
		return pair->minutes;
	case MENTOR_MEASURE_MONTHS:
		return months_together(pair, day);
	case MENTOR_MEASURE_MENTOR:
	case MENTOR_MEASURE_MENTEE:
		break;
	}
	return pair->took_part[measure - MENTOR_MEASURE_MENTOR];
}

static enum mentor_commitment_standing standing_of(const struct mentor_commitment *c, const struct pace_pair *pair, bool little_part)
{
	if (c->maximum != MENTOR_NONE && c->done > c->maximum)
		return MENTOR_COMMITMENT_ABOVE;
	if (c->minimum != MENTOR_NONE && c->done >= c->minimum)
		return MENTOR_COMMITMENT_MET;
	if (pair->over)
		return MENTOR_COMMITMENT_ENDED;
	if (little_part || (c->due != MENTOR_NONE && c->done < c->due))
		return MENTOR_COMMITMENT_BEHIND;
	if (c->due != MENTOR_NONE && c->done > c->due)
		return MENTOR_COMMITMENT_AHEAD;
	return c->done == 0 && (c->due == MENTOR_NONE || c->due == 0) ? MENTOR_COMMITMENT_NOT_STARTED : MENTOR_COMMITMENT_ON_PACE;
}

/* Months pass by themselves; minutes are due with the sessions in which they are spent. */
static int64_t due_of(const struct report *r, const struct pace_pair *pair, enum mentor_measure measure, const struct def_range *range)
{
	if (pair->ended || measure == MENTOR_MEASURE_MONTHS)
		return MENTOR_NONE;
	if (measure == MENTOR_MEASURE_MINUTES)
		return times(pace_due(r->d->contract.sessions.minimum, pair->span, r->day), r->d->contract.minutes.minimum);
	return pace_due(range->minimum, pair->span, r->day);
}

/* False where the programme gives no range. */
static bool measure_pair(const struct report *r, const struct pace_pair *pair, enum mentor_measure measure, struct mentor_commitment *ret)
{
	const struct def_range range = range_of(r->d, measure);
	if (!pace_asks(&range))
		return false;
	bool meetings = measure >= MENTOR_MEASURE_MENTOR;
	*ret = (struct mentor_commitment){ .pair = pair->pair, .measure = measure, .done = done_by(pair, measure, r->day),
		.due = due_of(r, pair, measure, &range),
		.minimum = range.minimum, .usual = range.usual, .maximum = range.maximum };
	ret->standing = standing_of(ret, pair, meetings && pace_takes_little_part(pair, measure - MENTOR_MEASURE_MENTOR, r->d, r->day));
	return true;
}

static enum mentor_status tell_pair(void *arg, const struct pace_pair *pair)
{
	const struct report *r = arg;
	struct mentor_commitment row;
	enum mentor_status status = MENTOR_OK;
	for (int measure = 0; !status && measure < MEASURES; measure++)
		if (measure_pair(r, pair, (enum mentor_measure)measure, &row))
			status = r->each(r->arg, "pairs", &row);
	return status;
}

/* ---- people and the cohort ---- */

struct sums {
	const struct report *r;
	struct mentor_commitment_sum measures[MEASURES];
	struct mentor_commitment_totals totals;
	struct mentor_commitment_person *people; /* one for each side of each pair at first; `met` counts those of which something is asked */
	size_t n, cap;
};

static void count_standing(struct mentor_commitment_sum *sum, const struct mentor_commitment *c)
{
	int64_t *const counts[STANDINGS] = { &sum->not_started, &sum->behind, &sum->on_pace, &sum->ahead, &sum->met, &sum->above, &sum->ended };
	sum->pairs++;
	sum->done += c->done;
	++*counts[c->standing];
}

static bool grow(struct sums *s)
{
	size_t cap = s->cap ? 2 * s->cap : 64;
	if (s->n + PACE_SIDES <= s->cap)
		return true;
	struct mentor_commitment_person *grown = realloc(s->people, cap * sizeof(*grown));
	if (!grown)
		return false;
	s->people = grown;
	s->cap = cap;
	return true;
}

/* A session of a pair is one for both, and is counted once among the totals. */
static enum mentor_status add_pair(void *arg, const struct pace_pair *pair)
{
	struct sums *s = arg;
	struct mentor_commitment_totals *t = &s->totals;
	struct mentor_commitment row;
	if (!grow(s))
		return fail_memory(s->r->m);
	for (int measure = 0; measure < MEASURES; measure++)
		if (measure_pair(s->r, pair, (enum mentor_measure)measure, &row))
			count_standing(&s->measures[measure], &row);
	t->pairs++;
	t->sessions += pair->held;
	t->minutes += pair->minutes;
	t->planned += pair->planned;
	t->overdue += pair->overdue;
	t->moved += pair->moves;
	t->cancelled_by_mentors += pair->cancelled[MENTOR_SIDE_MENTOR];
	t->cancelled_by_mentees += pair->cancelled[MENTOR_SIDE_MENTEE];
	t->cancelled_by_team += pair->cancelled[MENTOR_SIDE_TEAM];
	t->shadowed += pair->shadowed[MENTOR_SIDE_MENTOR] + pair->shadowed[MENTOR_SIDE_MENTEE];
	t->reflections += pair->reflections;
	for (int side = 0; side < PACE_SIDES; side++)
		s->people[s->n++] = (struct mentor_commitment_person){ .person = pair->person[side], .side = side, .pairs = 1, .met = !pair->ended,
			.sessions = pair->counted, .minutes = pair->minutes, .shadowed = pair->took_part[side], .moved = pair->moves,
			.cancelled_own = pair->cancelled[side], .cancelled_other = pair->cancelled[1 - side], .cancelled_team = pair->cancelled[MENTOR_SIDE_TEAM] };
	return MENTOR_OK;
}

static int by_side_and_person(const void *a, const void *b)
{
	const struct mentor_commitment_person *left = a, *right = b;
	if (left->side != right->side)
		return left->side < right->side ? -1 : 1;
	return left->person < right->person ? -1 : left->person > right->person;
}

static void join_person(struct mentor_commitment_person *to, const struct mentor_commitment_person *p)
{
	to->pairs += p->pairs;
	to->met += p->met;
	to->sessions += p->sessions;
	to->minutes += p->minutes;
	to->shadowed += p->shadowed;
	to->moved += p->moved;
	to->cancelled_own += p->cancelled_own;
	to->cancelled_other += p->cancelled_other;
	to->cancelled_team += p->cancelled_team;
}

/* All that is asked of a person has a row here. */
static void close_person(struct sums *s, struct mentor_commitment_person *p)
{
	int64_t times_asked = p->met ? p->met : 1;
	p->sessions_minimum = times(s->r->d->contract.sessions.minimum, times_asked);
	p->shadowed_minimum = times(s->r->d->contract.shadowed.minimum, times_asked);
	const struct {
		int64_t done, least;
	} asked[] = { { p->sessions, p->sessions_minimum }, { p->shadowed, p->shadowed_minimum }, { p->events, p->events_required } };
	p->met = MENTOR_NONE; /* while nothing is asked */
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++)
		if (asked[i].least != MENTOR_NONE)
			p->met = p->met != 0 && asked[i].done >= asked[i].least;
	s->totals.people++;
	s->totals.people_met += p->met == 1;
}

static void join_people(struct sums *s)
{
	size_t n = 0;
	if (s->n)
		qsort(s->people, s->n, sizeof(*s->people), by_side_and_person);
	for (size_t i = 0; i < s->n; i++) {
		if (n && by_side_and_person(&s->people[n - 1], &s->people[i]) == 0)
			join_person(&s->people[n - 1], &s->people[i]);
		else
			s->people[n++] = s->people[i];
	}
	s->n = n;
}

/* Events are attended by a person, not by a side: who is on both has attended them on both. */
static enum mentor_status add_duty(void *arg, const void *record)
{
	struct sums *s = arg;
	const struct mentor_event_duty *d = record;
	for (int side = 0; side < PACE_SIDES; side++) {
		const struct mentor_commitment_person key = { .person = d->person, .side = side };
		struct mentor_commitment_person *p = s->n ? bsearch(&key, s->people, s->n, sizeof(key), by_side_and_person) : NULL;
		if (!p || !d->required)
			continue;
		p->events = d->attended;
		p->events_required = d->required;
	}
	return MENTOR_OK;
}

static enum mentor_status close_people(struct sums *s)
{
	for (size_t i = 0; i < s->n; i++)
		s->people[i].events = s->people[i].events_required = MENTOR_NONE;
	enum mentor_status status = mentor_event_duties(s->r->m, s->r->id, add_duty, s);
	for (size_t i = 0; i < s->n; i++)
		close_person(s, &s->people[i]);
	return status;
}

static enum mentor_status tell_sums(const struct sums *s)
{
	const struct report *r = s->r;
	enum mentor_status status = r->each(r->arg, "totals", &s->totals);
	for (int measure = 0; !status && measure < MEASURES; measure++) {
		const struct def_range range = range_of(r->d, (enum mentor_measure)measure);
		if (pace_asks(&range))
			status = r->each(r->arg, "measures", &s->measures[measure]);
	}
	for (size_t i = 0; !status && i < s->n; i++)
		status = r->each(r->arg, "people", &s->people[i]);
	return status;
}

static enum mentor_status tell_commitment(struct report *r, int64_t by)
{
	struct sums s = { .r = r };
	(void)by;
	for (int measure = 0; measure < MEASURES; measure++)
		s.measures[measure].measure = measure;
	enum mentor_status status = report_head(r);
	if (!status)
		status = pace_walk(r->m, r->cohort, r->d, add_pair, &s);
	if (!status) {
		join_people(&s);
		status = close_people(&s);
	}
	if (!status)
		status = tell_sums(&s);
	free(s.people);
	return status ? status : pace_walk(r->m, r->cohort, r->d, tell_pair, r);
}

enum mentor_status mentor_report_commitment(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, NULL, MENTOR_NONE, tell_commitment, each, arg);
}
