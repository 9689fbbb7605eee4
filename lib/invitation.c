/* invitation.c: what people are sent about events: invitations, changes and cancellations as messages with one calendar entry, and calendars. */
#include "invitation.h"

#include "attendance.h"
#include "ical.h"
#include "language.h"
#include "mail.h"
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_invitation, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_invitation, member)
/* clang-format off */
const struct mentor_field mentor_invitation_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "to whom" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "the person's name" },
	{ "email", MENTOR_TYPE_EMAIL, 0, TEXT(email), .help = "the person's address" },
	{ "what", MENTOR_TYPE_TEXT, 0, TEXT(what), .help = "invited; changed (invited before, and something is otherwise now); cancelled (the event, or this person's place)" },
	{ "subject", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(subject), .help = "subject of the message" },
	{ "text", MENTOR_TYPE_NOTE, MENTOR_WIDE, TEXT(text), .help = "the message" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- texts ---- */

enum { SENT_INVITED, SENT_CHANGED, SENT_CANCELLED };
static const char *const whats[] = { "invited", "changed", "cancelled" };

/* "12 July 2026, 14:00 to 16:00 (Europe/London)" */
static void write_when(struct mentor_buf *b, int64_t language, const struct mentor_event *e)
{
	language_day(b, language, e->date);
	if (e->start)
		mentor_buf_fmt(b, ", %s%s%s", e->start, e->until ? language_say(language, SAY_UNTIL) : "", e->until ? e->until : "");
	if (e->start)
		mentor_buf_fmt(b, " (%s)", e->zone);
}

static const char *where(int64_t language, const struct mentor_event *e)
{
	static const enum phrase modes[] = { SAY_ONLINE, SAY_FACE_TO_FACE, SAY_ONLINE_OR_NOT };
	return e->place ? e->place : e->mode == MENTOR_NONE ? NULL : language_say(language, modes[e->mode]);
}

static void write_contact(struct mentor_buf *b, const struct def_contact *c)
{
	mentor_buf_fmt(b, "%s%s%s", c->name ? c->name : "", c->name ? ", " : "", c->email);
}

/* Without the blanks and line ends that a folded text of YAML ends with. */
static void write_paragraph(struct mentor_buf *b, const char *text)
{
	size_t len = strlen(text);
	while (len && (text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	mentor_buf_add(b, text, len);
	mentor_buf_str(b, "\n\n");
}

/* What stands in the calendar entry: all that there is to know, and where to write. */
static void write_description(struct mentor_buf *b, int64_t language, const struct mentor_event *e, const struct definition *d)
{
	if (e->text)
		write_paragraph(b, e->text);
	if (e->around)
		mentor_buf_fmt(b, "%s%s\n\n", language_say(language, SAY_AROUND), e->around);
	if (e->sign_up)
		mentor_buf_fmt(b, "%s%s\n\n", language_say(language, SAY_SIGN_UP), e->sign_up);
	mentor_buf_fmt(b, "%s\n", d->title);
	write_contact(b, &d->contact);
}

static void write_message(struct mentor_buf *b, int64_t language, const struct mentor_event *e, const struct definition *d, const char *name, int what)
{
	static const enum phrase openings[] = { SAY_INVITED, SAY_CHANGED, SAY_CANCELLED };
	bool off = what == SENT_CANCELLED;
	const char *place = off ? NULL : where(language, e);
	mentor_buf_fmt(b, "%s %s,\n\n", language_say(language, SAY_DEAR), name);
	mentor_buf_fmt(b, "%s%s\n\n", language_say(language, off && !e->cancelled_on ? SAY_NOT_EXPECTED : openings[what]), e->title);
	mentor_buf_str(b, language_say(language, SAY_WHEN));
	write_when(b, language, e);
	if (place)
		mentor_buf_fmt(b, "\n%s%s", language_say(language, SAY_WHERE), place);
	if (e->around && !off)
		mentor_buf_fmt(b, "\n%s%s", language_say(language, SAY_AROUND), e->around);
	mentor_buf_str(b, "\n\n");
	if (e->text && !off)
		write_paragraph(b, e->text);
	if (!off && e->required == 1)
		mentor_buf_fmt(b, "%s ", language_say(language, SAY_COUNTS));
	if (!off)
		mentor_buf_fmt(b, "%s\n\n", language_say(language, SAY_CANNOT_COME));
	mentor_buf_fmt(b, "%s\n", d->title);
	write_contact(b, &d->contact);
}

static void write_subject(struct mentor_buf *b, int64_t language, const struct mentor_event *e, int what)
{
	const char *const marks[] = { "", language_say(language, SAY_MARK_CHANGED), language_say(language, SAY_MARK_CANCELLED) };
	mentor_buf_fmt(b, "%s%s, ", marks[what], e->title);
	language_day(b, language, e->date);
	if (e->start)
		mentor_buf_fmt(b, ", %s", e->start);
}

/* ---- one event on its way ---- */

/* An event with all that is written of it, and the room for one message. */
struct inviting {
	struct mentor *m;
	struct mentor_event event;
	void *record;
	struct definition *d;
	struct event_clock clock;
	enum mentor_invitation_format format;
	int64_t language; /* of whom it is written to */
	struct mentor_buf description, subject, text, calendar, id, message;
	mentor_record_fn *each;
	void *arg;
};

static enum mentor_status load(struct inviting *w, int64_t event)
{
	enum mentor_status status = mentor_record_get(w->m, &mentor_entity_event, event, &w->record);
	if (status)
		return status;
	w->event = *(const struct mentor_event *)w->record;
	status = programme_of_cohort(w->m, w->event.cohort_id, &w->d);
	if (!status)
		status = event_complete(w->m, &w->clock, &w->event);
	if (!status && w->format != MENTOR_INVITATION_PLAIN && w->event.start)
		status = event_clock_set(w->m, &w->clock, &w->event); /* a calendar without its zone would be wrong */
	return status;
}

static void unload(struct inviting *w)
{
	struct mentor_buf *const all[] = { &w->description, &w->subject, &w->text, &w->calendar, &w->id, &w->message, NULL };
	for (size_t i = 0; all[i]; i++)
		mentor_buf_free(all[i]);
	event_clock_free(&w->clock);
	definition_free(w->d);
	mentor_record_free(w->record);
}

/* When an event that has a time begins: what a zone has to be told for. */
static int64_t second_of(const struct mentor_event *e, const struct event_clock *clock)
{
	int64_t day = 0, instant = 0;
	mentor_day_parse(e->date, &day);
	zone_instant(clock->zone, day, event_minute(e->start), &instant);
	return instant;
}

static struct ical_event entry_of(const struct mentor *m, int64_t language, const struct mentor_event *e, const struct definition *d, const char *description)
{
	return (struct ical_event){ .uid = e->uid,
		.sequence = e->sequence,
		.stamp = m->now,
		.changed_at = e->changed_at,
		.date = e->date,
		.start = e->start,
		.until = e->until,
		.zone = e->zone,
		.summary = e->title,
		.description = description,
		.location = where(language, e),
		.cancelled = e->cancelled_on != NULL,
		.organizer = { d->contact.name ? d->contact.name : d->title, d->contact.email },
		.required = e->required == 1 };
}

static void write_calendar(struct inviting *w, const struct mentor_event_person *p, int what)
{
	struct ical_event entry = entry_of(w->m, w->language, &w->event, w->d, mentor_buf_text(&w->description));
	entry.attendee = (struct ical_person){ p->name, p->email };
	entry.cancelled = what == SENT_CANCELLED;
	ical_begin(&w->calendar, what == SENT_CANCELLED ? ICAL_CANCEL : ICAL_REQUEST, NULL);
	if (w->event.start) {
		int64_t at = second_of(&w->event, &w->clock);
		ical_zone(&w->calendar, w->clock.zone, w->event.zone, at, at);
	}
	ical_event(&w->calendar, &entry);
	ical_end(&w->calendar);
}

/* The same message when it is written again, and another one after each change. */
static void write_id(struct inviting *w, const struct mentor_event_person *p, int what)
{
	struct mentor_buf key = MENTOR_BUF_INIT;
	mentor_buf_fmt(&key, "%s p%" PRId64 " %" PRId64 " %s", w->event.uid, p->person, w->event.sequence, whats[what]);
	mail_id(&w->id, mentor_buf_text(&key), w->d->contact.email);
	w->id.failed = w->id.failed || key.failed;
	mentor_buf_free(&key);
}

/* The failure that has just happened is a problem of this message. */
static enum mentor_status tell_unsendable(struct inviting *w, const struct mentor_event_person *p, bool was_broken)
{
	const struct mentor_error *e = mentor_error(w->m);
	struct mentor_buf message = MENTOR_BUF_INIT;
	mentor_buf_fmt(&message, "%s (p%" PRId64 "): %s", p->name, p->person, e->message);
	problem_add(w->m, NULL, e->hint, "%s", mentor_buf_text(&message));
	error_forget(w->m, was_broken);
	enum mentor_status status = message.failed ? fail_memory(w->m) : MENTOR_OK;
	mentor_buf_free(&message);
	return status;
}

static enum mentor_status write_mail(struct inviting *w, const struct mentor_event_person *p, int what)
{
	bool was_broken = w->m->broken;
	write_id(w, p, what);
	if (w->id.failed || w->calendar.failed || w->text.failed || w->subject.failed)
		return fail_memory(w->m);
	const struct mail mail = { .from = { w->d->contact.name ? w->d->contact.name : w->d->title, w->d->contact.email },
		.to = { p->name, p->email },
		.subject = mentor_buf_text(&w->subject),
		.date = w->m->now,
		.id = mentor_buf_text(&w->id),
		.language = language_tags[w->language],
		.text = mentor_buf_text(&w->text),
		.html = w->d->sending.html == 1,
		.calendar = mentor_buf_text(&w->calendar),
		.method = ical_methods[what == SENT_CANCELLED ? ICAL_CANCEL : ICAL_REQUEST] };
	enum mentor_status status = w->format == MENTOR_INVITATION_MBOX ? mail_mbox(w->m, &mail, &w->message) : mail_write(w->m, &mail, &w->message);
	return status == MENTOR_INVALID ? tell_unsendable(w, p, was_broken) : status;
}

static int what_of(const struct mentor_event_person *p)
{
	return p->to_send == ATTENDANCE_SEND_CANCELLATION ? SENT_CANCELLED : p->sent_on ? SENT_CHANGED : SENT_INVITED;
}

static enum mentor_status write_one(struct inviting *w, const struct mentor_event_person *p)
{
	struct mentor_buf *const all[] = { &w->description, &w->subject, &w->text, &w->calendar, &w->id, &w->message, NULL };
	int what = what_of(p);
	for (size_t i = 0; all[i]; i++)
		mentor_buf_clear(all[i]);
	enum mentor_status status = language_of(w->m, p->person, &w->language);
	if (status)
		return status;
	write_description(&w->description, w->language, &w->event, w->d);
	write_subject(&w->subject, w->language, &w->event, what);
	write_message(&w->text, w->language, &w->event, w->d, p->name, what);
	if (w->format != MENTOR_INVITATION_PLAIN)
		write_calendar(w, p, what);
	if (w->format == MENTOR_INVITATION_EML || w->format == MENTOR_INVITATION_MBOX)
		status = write_mail(w, p, what);
	if (!status && (w->subject.failed || w->text.failed || w->calendar.failed || w->description.failed || w->message.failed))
		status = fail_memory(w->m);
	const struct mentor_buf *message = w->format == MENTOR_INVITATION_ICS ? &w->calendar : &w->message;
	const struct mentor_invitation row = { p->person, p->name, p->email, whats[what], mentor_buf_text(&w->subject), mentor_buf_text(&w->text),
		w->format == MENTOR_INVITATION_PLAIN ? NULL : mentor_buf_text(message) };
	return status || w->m->n_problems ? status : w->each(w->arg, &row);
}

enum mentor_status invitation_entry(struct mentor *m, int64_t event, const struct invitation_guest *guest, struct mentor_buf *b)
{
	struct inviting w = { .m = m, .format = MENTOR_INVITATION_PLAIN, .language = guest->language };
	const struct mentor_event_person p = { .person = guest->person, .name = guest->name, .email = guest->email };
	enum mentor_status status = load(&w, event);
	bool timeless = !status && w.event.start && !w.clock.zone; /* an entry without its zone would be wrong */
	if (!status && !timeless) {
		write_description(&w.description, w.language, &w.event, w.d);
		write_calendar(&w, &p, SENT_INVITED);
		mentor_buf_add(b, mentor_buf_text(&w.calendar), w.calendar.len);
		status = w.description.failed || w.calendar.failed || b->failed ? fail_memory(m) : MENTOR_OK;
	}
	unload(&w);
	return status;
}

/* ---- to whom ---- */

/* Whom it is about; held, so that nothing is written while they are read. */
struct guests {
	struct mentor *m;
	const int64_t *people;
	size_t n_people;
	bool all;
	size_t found;
	struct arena memory;
	struct guest {
		struct guest *next;
		struct mentor_event_person person;
	} *first, **end;
};

static bool is_named(const struct guests *g, int64_t person)
{
	bool named = g->n_people == 0;
	for (size_t i = 0; !named && i < g->n_people; i++)
		named = g->people[i] == person;
	return named;
}

static enum mentor_status note_guest(void *arg, const void *record)
{
	struct guests *g = arg;
	const struct mentor_event_person *p = record;
	bool due = g->all || g->n_people || p->invited == 0 || p->to_send == ATTENDANCE_SEND_CANCELLATION;
	if (!is_named(g, p->person) || p->to_send == ATTENDANCE_SEND_NOTHING || !due)
		return MENTOR_OK;
	struct guest *one = arena_alloc(&g->memory, sizeof(*one));
	if (!one)
		return fail_memory(g->m);
	one->person = *p;
	one->person.name = arena_strdup(&g->memory, p->name);
	one->person.email = arena_strdup(&g->memory, p->email);
	one->person.sent_on = arena_strdup(&g->memory, p->sent_on);
	one->person.said_at = NULL;
	*g->end = one;
	g->end = &one->next;
	g->found++;
	return g->memory.failed ? fail_memory(g->m) : MENTOR_OK;
}

static bool is_found(const struct guests *g, int64_t person)
{
	for (const struct guest *one = g->first; one; one = one->next)
		if (one->person.person == person)
			return true;
	return false;
}

static enum mentor_status find_guests(struct guests *g, int64_t event)
{
	g->end = &g->first;
	problems_clear(g->m);
	enum mentor_status status = mentor_event_people(g->m, event, note_guest, g);
	for (size_t i = 0; !status && i < g->n_people; i++)
		if (!is_found(g, g->people[i]))
			problem_add(g->m, NULL, mentor_hint(g->m, "mentor event show e%" PRId64 " says where everybody stands; people choose one of several times by: mentor event signup EVENT PERSON", event),
			    "there is nothing to send to p%" PRId64 " about e%" PRId64, g->people[i], event);
	if (!status && g->m->n_problems)
		status = problems_refuse(g->m, g->m->problems[0].hint, "%s", g->m->n_problems == 1 ? g->m->problems[0].message : "some people have nothing to be sent");
	return status;
}

enum mentor_status mentor_event_invitations(struct mentor *m, int64_t event, const int64_t *people, size_t n_people, bool all,
    enum mentor_invitation_format format, mentor_record_fn *each, void *arg)
{
	struct guests g = { .m = m, .people = people, .n_people = n_people, .all = all, .memory = ARENA_INIT };
	struct inviting w = { .m = m, .format = format, .each = each, .arg = arg };
	enum mentor_status status = load(&w, event);
	if (!status)
		status = event_check_ahead(m, &w.event);
	if (!status)
		status = find_guests(&g, event);
	for (const struct guest *one = g.first; !status && one; one = one->next)
		status = write_one(&w, &one->person);
	if (!status && m->starved)
		status = fail_memory(m);
	if (!status && m->n_problems)
		status = problems_refuse(m, m->problems[0].hint, "%s", m->n_problems == 1 ? m->problems[0].message : "some messages cannot be sent");
	unload(&w);
	arena_free(&g.memory);
	return status;
}

/* ---- who has been told ---- */

static enum mentor_status tell_one(struct mentor *m, const struct mentor_event *e, const struct mentor_event_person *p, mentor_record_fn *each, void *arg)
{
	bool known = p->invited == 1;
	enum mentor_status status = MENTOR_OK;
	if (!known)
		status = db_run(m,
		    "INSERT INTO invitation (event_id, person_id, sequence, off, sent_on) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (event_id, person_id) "
		    "DO UPDATE SET sequence = excluded.sequence, off = excluded.off, sent_on = excluded.sent_on",
		    DB_ARGS(DB_NUMBER(e->id), DB_NUMBER(p->person), DB_NUMBER(e->sequence), DB_NUMBER(p->to_send == ATTENDANCE_SEND_CANCELLATION), DB_TEXT(m->today)));
	const struct mentor_event_noted row = { .change = known ? "unchanged" : whats[what_of(p)], .person = p->person, .name = p->name, .row = MENTOR_NONE,
		.minutes = MENTOR_NONE };
	return status ? status : each(arg, &row);
}

enum mentor_status mentor_event_told(struct mentor *m, int64_t event, const int64_t *people, size_t n_people, mentor_record_fn *each, void *arg)
{
	struct guests g = { .m = m, .people = people, .n_people = n_people, .memory = ARENA_INIT };
	void *record = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_event, event, &record);
	if (!status)
		status = find_guests(&g, event);
	for (const struct guest *one = g.first; !status && one; one = one->next)
		status = tell_one(m, record, &one->person, each, arg);
	mentor_record_free(record);
	arena_free(&g.memory);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

/* ---- calendars ---- */

/* The zones of a calendar come before its events, so the events are held. */
struct calendar {
	struct mentor *m;
	const struct mentor_calendar *whose;
	const struct definition *d;
	struct mentor_buf events;
	struct mentor_buf description;
	struct event_clock clock;
	struct {
		char name[64];
		int64_t from, to;
	} zones[16];
	size_t n_zones;
};

enum mentor_status mentor_event_is_in(struct mentor *m, const struct mentor_calendar *whose, int64_t event, bool *ret_in)
{
	int64_t runs = 0, comes = 0;
	enum mentor_status status = MENTOR_OK;
	if (whose->facilitator)
		status = attendance_runs(m, event, whose->facilitator, &runs);
	if (!status && whose->person)
		status = attendance_comes(m, event, whose->person, &comes);
	if (!status)
		*ret_in = (!whose->person && !whose->facilitator) || runs || comes;
	return status;
}

static enum mentor_status note_zone(struct calendar *c, const struct mentor_event *e)
{
	size_t i = 0;
	enum mentor_status status = event_clock_set(c->m, &c->clock, e);
	if (status)
		return status;
	int64_t at = second_of(e, &c->clock);
	while (i < c->n_zones && strcmp(c->zones[i].name, e->zone) != 0)
		i++;
	if (i == sizeof(c->zones) / sizeof(*c->zones))
		return fail(c->m, MENTOR_REFUSED, "list fewer events", "the events are in more time zones than a calendar has room for");
	if (i == c->n_zones) {
		memcpy(c->zones[i].name, c->clock.name, sizeof(c->clock.name));
		c->zones[i].from = c->zones[i].to = at;
		c->n_zones++;
	}
	c->zones[i].from = at < c->zones[i].from ? at : c->zones[i].from;
	c->zones[i].to = at > c->zones[i].to ? at : c->zones[i].to;
	return MENTOR_OK;
}

static enum mentor_status write_event(void *arg, const void *record)
{
	struct calendar *c = arg;
	const struct mentor_event *e = record;
	bool theirs = false;
	enum mentor_status status = mentor_event_is_in(c->m, c->whose, e->id, &theirs);
	if (!status && theirs && e->start)
		status = note_zone(c, e);
	if (status || !theirs)
		return status;
	mentor_buf_clear(&c->description);
	write_description(&c->description, MENTOR_LANGUAGE_EN, e, c->d);
	const struct ical_event entry = entry_of(c->m, MENTOR_LANGUAGE_EN, e, c->d, mentor_buf_text(&c->description));
	ical_event(&c->events, &entry);
	return c->events.failed || c->description.failed ? fail_memory(c->m) : MENTOR_OK;
}

static enum mentor_status write_all(struct calendar *c, const struct mentor_cohort *cohort, struct mentor_buf *b)
{
	struct mentor_buf id = MENTOR_BUF_INIT;
	mentor_buf_fmt(&id, "%" PRId64, cohort->id);
	const struct mentor_filter of_cohort = { "cohort_id", mentor_buf_text(&id) };
	enum mentor_status status = id.failed ? fail_memory(c->m) : mentor_record_list(c->m, &mentor_entity_event, &of_cohort, 1, write_event, c);
	mentor_buf_clear(&id);
	mentor_buf_fmt(&id, "%s: %s", c->d->title, cohort->title);
	ical_begin(b, ICAL_PUBLISH, mentor_buf_text(&id));
	for (size_t i = 0; !status && i < c->n_zones; i++) {
		const struct mentor_event e = { .zone = c->zones[i].name };
		status = event_clock_set(c->m, &c->clock, &e);
		if (!status)
			ical_zone(b, c->clock.zone, c->zones[i].name, c->zones[i].from, c->zones[i].to);
	}
	mentor_buf_add(b, mentor_buf_text(&c->events), c->events.len);
	ical_end(b);
	mentor_buf_free(&id);
	return status ? status : b->failed ? fail_memory(c->m) : MENTOR_OK;
}

enum mentor_status mentor_event_calendar(struct mentor *m, int64_t cohort, const struct mentor_calendar *whose, struct mentor_buf *b)
{
	struct calendar c = { .m = m, .whose = whose };
	struct definition *d = NULL;
	struct mentor_buf text = MENTOR_BUF_INIT;
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (!status)
		status = programme_of_cohort(m, cohort, &d);
	c.d = d;
	if (!status)
		status = write_all(&c, record, &text);
	if (!status)
		mentor_buf_add(b, mentor_buf_text(&text), text.len);
	event_clock_free(&c.clock);
	mentor_buf_free(&text);
	mentor_buf_free(&c.events);
	mentor_buf_free(&c.description);
	definition_free(d);
	mentor_record_free(record);
	return status;
}
