/* event.c: events: what people come to besides their sessions, when and where, and how that changes. */
#include "event.h"

#include "mail.h"
#include "record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* In the order of enum mentor_event_state. */
static const char *const states[] = { "ahead", "held", "cancelled", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_event, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_event, member)
#define PEOPLE(states) "SELECT count(*) FROM attendance a WHERE a.event_id = t.id AND a.state IN (" states ")"

/* clang-format off */
const struct mentor_field mentor_event_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "event", .help = "the event" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FILTER, NUMBER(cohort_id) },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "name", MENTOR_TYPE_SLUG, MENTOR_FIXED | MENTOR_DERIVED | MENTOR_FILTER | MENTOR_WIDE, TEXT(name), .sql = "t.name", .help = "name of the event in the programme; of events with one name, attending one is enough" },
	{ "slot", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(slot), .sql = "t.slot", .help = "the time of the programme that it was made from" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(title), .help = "what it is called" },
	{ "kind", MENTOR_TYPE_CHOICE, MENTOR_FILTER, NUMBER(kind), .choices = def_event_kinds, .help = "what sort of event it is" },
	{ "audience", MENTOR_TYPE_CHOICE, MENTOR_FILTER | MENTOR_SIDES, NUMBER(audience), .choices = def_people, .heading = "for", .help = "who is asked to come" },
	{ "required", MENTOR_TYPE_BOOL, MENTOR_FILTER | MENTOR_WIDE, NUMBER(required), .help = "attending counts as taking part" },
	{ "date", MENTOR_TYPE_DAY, 0, TEXT(date), .help = "the day" },
	{ "start", MENTOR_TYPE_CLOCK, 0, TEXT(start), .help = "when it begins" },
	{ "until", MENTOR_TYPE_CLOCK, 0, TEXT(until), .help = "when it ends" },
	{ "zone", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(zone), .help = "time zone of start and until, as the tz database names it; the programme's when not given" },
	{ "starts_at", MENTOR_TYPE_TIME, MENTOR_DERIVED | MENTOR_WIDE, TEXT(starts_at), .sql = "NULL", .help = "the instant at which it begins" },
	{ "ends_at", MENTOR_TYPE_TIME, MENTOR_DERIVED | MENTOR_WIDE, TEXT(ends_at), .sql = "NULL", .help = "the instant at which it ends" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED, NUMBER(state), .choices = states, .sql = "NULL", .help = "ahead, held or cancelled" },
	{ "mode", MENTOR_TYPE_CHOICE, MENTOR_FILTER, NUMBER(mode), .choices = def_modes, .help = "how people take part" },
	{ "place", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(place), .help = "room, or link of a meeting" },
	{ "capacity", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(capacity), .minimum = 1, .maximum = 100000, .help = "how many can come; any number when not given" },
	{ "around", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(around), .help = "the meeting it is arranged around" },
	{ "sign_up", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(sign_up), .help = "how people sign up, and by when" },
	{ "provider", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(provider), .help = "who runs it from outside, where the programme's own facilitators do not" },
	{ "text", MENTOR_TYPE_NOTE, MENTOR_WIDE, TEXT(text), .help = "what happens there" },
	{ "coming", MENTOR_TYPE_INT, MENTOR_DERIVED, NUMBER(coming), .sql = PEOPLE("'coming'"), .heading = "signed up", .help = "people who said that they come" },
	{ "waiting", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_WIDE, NUMBER(waiting), .sql = PEOPLE("'waiting'"), .help = "people on its waiting list" },
	{ "attended", MENTOR_TYPE_INT, MENTOR_DERIVED, NUMBER(attended), .sql = PEOPLE("'attended'"), .help = "people who were there" },
	{ "facilitators", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_WIDE, NUMBER(facilitators), .sql = "SELECT count(*) FROM facilitation f WHERE f.event_id = t.id", .help = "facilitators who run it" },
	{ "sequence", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_WIDE, NUMBER(sequence), .sql = "t.sequence", .help = "how often it was changed so that people have to hear of it" },
	{ "uid", MENTOR_TYPE_TEXT, MENTOR_INTERNAL, TEXT(uid) },
	{ "changed_at", MENTOR_TYPE_TIME, MENTOR_INTERNAL, TEXT(changed_at) },
	{ "by_hand", MENTOR_TYPE_BOOL, MENTOR_INTERNAL, NUMBER(by_hand) },
	{ "cancelled_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cancelled_on), .sql = "t.cancelled_on", .help = "day on which it was cancelled" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(reason), .sql = "t.reason", .help = "why it was cancelled, for the running team" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_event = {
	.name = "event",
	.plural = "events",
	.letter = 'e',
	.table = "event",
	.from = "event t JOIN cohort c ON c.id = t.cohort_id",
	.order = "t.date, coalesce(t.start, ''), t.id",
	.fields = mentor_event_fields,
	.size = sizeof(struct mentor_event),
	.listed_by = "mentor event list",
};

/* ---- instants ---- */

enum { MINUTES_AN_HOUR = 60 };

void event_clock_free(struct event_clock *clock)
{
	zone_free(clock->zone);
	clock->zone = NULL;
}

enum mentor_status event_clock_set(struct mentor *m, struct event_clock *clock, const struct mentor_event *event)
{
	if (clock->zone && strcmp(clock->name, event->zone) == 0)
		return MENTOR_OK;
	event_clock_free(clock);
	snprintf(clock->name, sizeof(clock->name), "%s", event->zone);
	return zone_load(m, event->zone, &clock->zone);
}

int64_t event_minute(const char *time)
{
	return ((time[0] - '0') * 10 + time[1] - '0') * MINUTES_AN_HOUR + (time[3] - '0') * 10 + time[4] - '0';
}

static const char *instant_of(const struct zone *zone, int64_t day, const char *clock, char out[32])
{
	int64_t instant = 0;
	if (!clock)
		return NULL;
	zone_instant(zone, day, event_minute(clock), &instant);
	zone_write_instant(instant, out);
	return out;
}

static enum mentor_event_state state_of(const struct mentor *m, const struct mentor_event *e)
{
	const char *end = e->ends_at ? e->ends_at : e->starts_at;
	if (e->cancelled_on)
		return MENTOR_EVENT_CANCELLED;
	if (end)
		return strcmp(end, m->now) <= 0 ? MENTOR_EVENT_HELD : MENTOR_EVENT_AHEAD;
	return strcmp(e->date, m->today) < 0 ? MENTOR_EVENT_HELD : MENTOR_EVENT_AHEAD;
}

enum mentor_status event_complete(struct mentor *m, struct event_clock *clock, struct mentor_event *e)
{
	int64_t day = 0;
	bool was_broken = m->broken;
	enum mentor_status status = e->start ? event_clock_set(m, clock, e) : MENTOR_OK;
	bool known = !status && e->start && mentor_day_parse(e->date, &day);
	if (status == MENTOR_INVALID || status == MENTOR_FAILED)
		error_forget(m, was_broken);
	else if (status)
		return status;
	e->starts_at = known ? instant_of(clock->zone, day, e->start, clock->starts_at) : NULL;
	e->ends_at = known ? instant_of(clock->zone, day, e->until, clock->ends_at) : NULL;
	e->state = state_of(m, e);
	return MENTOR_OK;
}

/* Hands over events with what the store cannot know. */
struct completing {
	struct mentor *m;
	struct event_clock clock;
	mentor_record_fn *each;
	void *arg;
};

static enum mentor_status complete_and_tell(void *arg, const void *record)
{
	struct completing *c = arg;
	struct mentor_event e = *(const struct mentor_event *)record;
	enum mentor_status status = event_complete(c->m, &c->clock, &e);
	return status ? status : c->each(c->arg, &e);
}

enum mentor_status mentor_event_list(struct mentor *m, const struct mentor_filter *filters, size_t n_filters, mentor_record_fn *each, void *arg)
{
	struct completing c = { .m = m, .each = each, .arg = arg };
	enum mentor_status status = mentor_record_list(m, &mentor_entity_event, filters, n_filters, complete_and_tell, &c);
	event_clock_free(&c.clock);
	return status;
}

enum mentor_status mentor_event_get(struct mentor *m, int64_t id, mentor_record_fn *each, void *arg)
{
	struct completing c = { .m = m, .each = each, .arg = arg };
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_event, id, &record);
	if (!status)
		status = complete_and_tell(&c, record);
	mentor_record_free(record);
	event_clock_free(&c.clock);
	return status;
}

/* ---- writing ---- */

/* A time that clocks jump over when they go forward. */
static enum mentor_status check_shown(struct mentor *m, const struct event_clock *clock, const struct mentor_event *e, const char *time)
{
	int64_t day = 0, instant = 0;
	if (!time || !mentor_day_parse(e->date, &day) || zone_instant(clock->zone, day, event_minute(time), &instant) != ZONE_NEVER)
		return MENTOR_OK;
	return fail(m, MENTOR_INVALID, "clocks go forward that night: give an hour later", "no clock in %s shows %s on %s", e->zone, time, e->date);
}

static enum mentor_status check_time(struct mentor *m, const struct mentor_event *e)
{
	struct event_clock clock = { 0 };
	if (e->until && !e->start)
		return fail(m, MENTOR_INVALID, "give --start as well", "the event would end and never begin");
	if (e->until && strcmp(e->start, e->until) >= 0)
		return fail(m, MENTOR_INVALID, "an event ends later on the same day", "the event would end at %s, before it begins", e->until);
	enum mentor_status status = event_clock_set(m, &clock, e);
	if (!status)
		status = check_shown(m, &clock, e, e->start);
	if (!status)
		status = check_shown(m, &clock, e, e->until);
	event_clock_free(&clock);
	return status;
}

/* The same for the same event made at the same instant, and otherwise of no other event. */
static enum mentor_status make_uid(struct mentor *m, const struct mentor_event *e, const char *contact, struct mentor_buf *uid)
{
	struct mentor_buf key = MENTOR_BUF_INIT;
	int64_t n = 0;
	enum mentor_status status = db_value(m, "SELECT coalesce(max(id), 0) FROM event", DB_NO_ARGS, 0, &n);
	mentor_buf_fmt(&key, "event %" PRId64 " %" PRId64 " %s %s %s", e->cohort_id, n, e->name, e->date, m->now);
	if (!status && key.failed)
		status = fail_memory(m);
	if (!status)
		mail_id(uid, mentor_buf_text(&key), contact);
	mentor_buf_free(&key);
	return !status && uid->failed ? fail_memory(m) : status;
}

enum mentor_status event_insert(struct mentor *m, const struct definition *d, const struct mentor_event *e, int64_t *ret_id)
{
	struct mentor_buf uid = MENTOR_BUF_INIT;
	enum mentor_status status = make_uid(m, e, d->contact.email, &uid);
	if (!status)
		status = db_value(m,
		    "INSERT INTO event (cohort_id, name, slot, title, kind, audience, required, date, start, until, zone, mode, place, capacity, around, "
		    "sign_up, provider, text, uid, changed_at, by_hand) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
		    "$17, $18, $19, $20, $21) RETURNING id",
		    DB_ARGS(DB_NUMBER(e->cohort_id), DB_TEXT(e->name), DB_TEXT(e->slot), DB_TEXT(e->title), DB_TEXT(def_event_kinds[e->kind]),
			DB_TEXT(def_people[e->audience]), DB_NUMBER(e->required == 1), DB_TEXT(e->date), DB_TEXT(e->start), DB_TEXT(e->until),
			DB_TEXT(e->zone), DB_TEXT(e->mode == MENTOR_NONE ? NULL : def_modes[e->mode]), DB_TEXT(e->place), DB_NUMBER(e->capacity),
			DB_TEXT(e->around), DB_TEXT(e->sign_up), DB_TEXT(e->provider), DB_TEXT(e->text), DB_TEXT(mentor_buf_text(&uid)), DB_TEXT(m->now),
			DB_NUMBER(e->by_hand == 1)),
		    0, ret_id);
	mentor_buf_free(&uid);
	return status;
}

static uint64_t bits(const char *const *names)
{
	uint64_t all = 0;
	for (; *names; names++)
		all |= field_bit(mentor_event_fields, *names);
	return all;
}

/* What people have in their calendars. */
static const char *const announced[] = { "title", "date", "start", "until", "zone", "mode", "place", "text", NULL };

enum mentor_status event_update(struct mentor *m, int64_t id, const struct mentor_event *e, uint64_t given, bool by_hand, bool *ret_changed)
{
	bool told = false, other = false;
	uint64_t to_tell = bits(announced);
	enum mentor_status status = mentor_record_set(m, &mentor_entity_event, id, e, given & to_tell, &told);
	if (!status)
		status = mentor_record_set(m, &mentor_entity_event, id, e, given & ~to_tell, &other);
	if (!status && (told || other))
		status = db_run(m, "UPDATE event SET sequence = sequence + $1, changed_at = $2, by_hand = CASE WHEN $3 = 1 THEN 1 ELSE by_hand END WHERE id = $4",
		    DB_ARGS(DB_NUMBER(told), DB_TEXT(m->now), DB_NUMBER(by_hand), DB_NUMBER(id)));
	if (!status)
		*ret_changed = told || other;
	return status;
}

enum mentor_status event_recorded(struct mentor *m, int64_t event, int64_t *ret_n)
{
	return db_value(m, "SELECT count(*) FROM attendance WHERE event_id = $1 AND state IN ('attended', 'caught-up', 'absent')", DB_ARGS(DB_NUMBER(event)), 0,
	    ret_n);
}

/* ---- by hand ---- */

const struct def_event *event_of_programme(const struct definition *d, const char *name)
{
	for (size_t i = 0; i < d->n_events; i++)
		if (strcmp(d->events[i].slug, name) == 0)
			return &d->events[i];
	return NULL;
}

const char *event_title(const struct definition *d, const char *name)
{
	const struct def_event *e = event_of_programme(d, name);
	return e ? e->title : name;
}

/* What is not given is what the programme says. */
static void fill_in(struct mentor_event *e, const struct def_event *from)
{
	const struct {
		const char **to, *text;
	} texts[] = { { &e->title, from->title }, { &e->around, from->around }, { &e->sign_up, from->sign_up }, { &e->text, from->text } };
	const struct {
		int64_t *to, number;
	} numbers[] = { { &e->kind, from->kind }, { &e->audience, from->audience }, { &e->required, from->required }, { &e->capacity, from->capacity } };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		*texts[i].to = *texts[i].to ? *texts[i].to : texts[i].text;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		*numbers[i].to = *numbers[i].to == MENTOR_NONE ? numbers[i].number : *numbers[i].to;
}

static enum mentor_status complete_new(struct mentor *m, const struct definition *d, struct mentor_event *e)
{
	const struct def_event *from = event_of_programme(d, e->name);
	if (from)
		fill_in(e, from);
	if (!e->title)
		return fail(m, MENTOR_INVALID, "give --title, or name an event of the programme", "the programme has no event '%s', so it needs a title", e->name);
	if (e->kind == MENTOR_NONE)
		return fail(m, MENTOR_INVALID, "give --kind, such as workshop", "the event '%s' needs its kind", e->name);
	if (!e->date)
		return fail(m, MENTOR_INVALID, "give the day: --date 2026-09-30", "an event needs its date");
	if (e->audience == MENTOR_NONE)
		e->audience = MENTOR_FOR_BOTH;
	if (!e->zone)
		e->zone = d->time_zone;
	e->by_hand = 1;
	return check_time(m, e);
}

/* One of the same name, day, time and place. */
static enum mentor_status find_same(struct mentor *m, const struct mentor_event *e, int64_t *ret_id)
{
	return db_value(m,
	    "SELECT id FROM event WHERE cohort_id = $1 AND name = $2 AND date = $3 AND coalesce(start, '') = $4 AND coalesce(place, '') = $5 "
	    "AND cancelled_on IS NULL ORDER BY id LIMIT 1",
	    DB_ARGS(DB_NUMBER(e->cohort_id), DB_TEXT(e->name), DB_TEXT(e->date), DB_TEXT(e->start ? e->start : ""), DB_TEXT(e->place ? e->place : "")), 0, ret_id);
}

static enum mentor_status keep(struct mentor *m, int64_t id, const struct mentor_event *e, uint64_t given)
{
	bool changed = false;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_set(m, &mentor_entity_event, id, e, given, &changed);
	mentor_buf_fmt(&hint, "change it with: mentor event set e%" PRId64, id);
	if (!status && changed)
		status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "e%" PRId64 " is this event already, with other values", id);
	mentor_buf_free(&hint);
	return status;
}

enum mentor_status event_check_cohort(struct mentor *m, const struct mentor_cohort *cohort)
{
	if (cohort->state != MENTOR_COHORT_FINISHED)
		return MENTOR_OK;
	return fail(m, MENTOR_REFUSED, "events of the next cohort are its own: mentor cohort roll SLUG", "the cohort '%s' is finished", cohort->slug);
}

static enum mentor_status check_unfinished(struct mentor *m, int64_t cohort)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status)
		status = event_check_cohort(m, record);
	mentor_record_free(record);
	return status;
}

static enum mentor_status add(struct mentor *m, struct mentor_event *e, uint64_t given, const char **ret_change, int64_t *ret_id)
{
	struct definition *d = NULL;
	int64_t there = 0;
	enum mentor_status status = programme_of_cohort(m, e->cohort_id, &d);
	if (!status)
		status = complete_new(m, d, e);
	if (!status)
		status = find_same(m, e, &there);
	if (!status && there)
		status = keep(m, there, e, given);
	else if (!status)
		status = check_unfinished(m, e->cohort_id);
	if (!status && !there)
		status = event_insert(m, d, e, ret_id);
	definition_free(d);
	*ret_change = there ? "unchanged" : "added";
	*ret_id = there ? there : *ret_id;
	return status;
}

/* Only what was given counts. */
static struct mentor_event only_given(const struct mentor_event *event, uint64_t given)
{
	struct mentor_event e = *event;
	for (size_t i = 0; mentor_event_fields[i].name; i++) {
		const struct mentor_field one[] = { mentor_event_fields[i], { 0 } };
		if (!(given >> i & 1))
			mentor_record_clear(one, &e);
	}
	return e;
}

enum mentor_status mentor_event_add(struct mentor *m, int64_t cohort, const char *name, const struct mentor_event *event, uint64_t given,
    const char **ret_change, int64_t *ret_id)
{
	struct mentor_event e = only_given(event, given), called = { 0 };
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_field_read(m, mentor_field_find(mentor_event_fields, "name"), name, &called);
	e.cohort_id = cohort;
	e.name = called.name;
	if (!status)
		status = mentor_begin(m);
	if (status)
		return status;
	status = add(m, &e, given, &change, &id);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = change;
	*ret_id = id;
	return MENTOR_OK;
}

static enum mentor_status check_untouched(struct mentor *m, int64_t id, const char *what)
{
	int64_t n = 0;
	enum mentor_status status = event_recorded(m, id, &n);
	if (!status && n)
		status = fail(m, MENTOR_REFUSED, "what took place stays as it was; add another event: mentor event add NAME --date DAY",
		    "it is recorded who was at e%" PRId64 ", so it cannot be %s", id, what);
	return status;
}

enum mentor_status event_check_on(struct mentor *m, const struct mentor_event *e)
{
	if (!e->cancelled_on)
		return MENTOR_OK;
	return fail(m, MENTOR_REFUSED, mentor_hint(m, "if it takes place after all: mentor event cancel e%" PRId64 " --undo", e->id), "e%" PRId64 " is cancelled", e->id);
}

enum mentor_status event_check_ahead(struct mentor *m, const struct mentor_event *e)
{
	if (e->state != MENTOR_EVENT_HELD)
		return MENTOR_OK;
	return fail(m, MENTOR_REFUSED, mentor_hint(m, "record who was there: mentor event attend e%" PRId64 " PERSON", e->id), "e%" PRId64 " took place on %s", e->id, e->date);
}

/* The event as it would be. */
static enum mentor_status check_change(struct mentor *m, const struct mentor_event *old, const struct mentor_event *event, uint64_t given)
{
	static const char *const moving[] = { "date", "start", "until", "zone", NULL };
	struct mentor_event e = *old;
	enum mentor_status status = event_check_on(m, old);
	if (status || !(given & bits(moving)))
		return status;
	const struct {
		const char *name, **to, *text;
	} texts[] = { { "date", &e.date, event->date }, { "start", &e.start, event->start }, { "until", &e.until, event->until }, { "zone", &e.zone, event->zone } };
	bool moves = false;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!(given & field_bit(mentor_event_fields, texts[i].name)))
			continue;
		const char *now = *texts[i].to;
		moves |= !now || !texts[i].text ? now != texts[i].text : strcmp(now, texts[i].text) != 0;
		*texts[i].to = texts[i].text;
	}
	if (!e.date || !e.zone)
		return fail(m, MENTOR_INVALID, NULL, "an event needs its %s", e.date ? "zone" : "date");
	status = moves ? check_untouched(m, old->id, "moved") : MENTOR_OK;
	return status ? status : check_time(m, &e);
}

enum mentor_status mentor_event_set(struct mentor *m, int64_t id, const struct mentor_event *event, uint64_t given, bool *ret_changed)
{
	void *record = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_event, id, &record);
	if (!status)
		status = check_change(m, record, event, given);
	if (!status)
		status = event_update(m, id, event, given, true, &changed);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

static enum mentor_status cancel(struct mentor *m, int64_t id, const char *reason, bool undo, bool *ret_changed)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_event, id, &record);
	bool off = !status && ((const struct mentor_event *)record)->cancelled_on;
	mentor_record_free(record);
	*ret_changed = off == undo;
	if (status || off != undo)
		return status;
	status = undo ? MENTOR_OK : check_untouched(m, id, "cancelled");
	return status ? status : db_run(m, "UPDATE event SET cancelled_on = $1, reason = $2, sequence = sequence + 1, changed_at = $3, by_hand = 1 WHERE id = $4",
	    DB_ARGS(DB_TEXT(undo ? NULL : m->today), DB_TEXT(undo ? NULL : reason), DB_TEXT(m->now), DB_NUMBER(id)));
}

enum mentor_status mentor_event_cancel(struct mentor *m, int64_t id, const char *reason, bool undo, bool *ret_changed)
{
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = cancel(m, id, reason, undo, &changed);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}
