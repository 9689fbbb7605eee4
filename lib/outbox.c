/* outbox.c: messages on their way out. What is handed over is written down before and after: a process that dies in between leaves a message of
 * which nobody knows whether it went out, and that is never sent again by itself. Neither texts nor addresses are kept. */
#include "invitation.h"
#include "language.h"
#include "mail.h"
#include "record.h"
#include "remind.h"
#include "zone.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MOST_ATTEMPTS = 5,
	FIRST_WAIT = 15, /* minutes; each later one is four times as long: 15 minutes, 1, 4 and 16 hours */
};

static const char *const states[] = { "waiting", "handing-over", "sent", "failed", "unsure", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_message, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_message, member)

/* clang-format off */
const struct mentor_field mentor_message_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "message", .help = "the message" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id) },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "reminder", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_FILTER | MENTOR_LABEL, TEXT(reminder), .help = "the programme's name for the reminder" },
	{ "template", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(template), .help = "the template it was made from" },
	{ "recipient", MENTOR_TYPE_CHOICE, MENTOR_DERIVED, NUMBER(recipient), .choices = remind_recipients, .heading = "to", .help = "what whoever gets it is to whom it is about" },
	{ "person", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(person), .entity = "person", .sql = "coalesce(e.person_id, t.person_id)", .help = "who gets it, or whose line manager does; none: the running team" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(name), .sql = "p.name", .help = "the person's name" },
	{ "pair", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(pair), .entity = "pair", .sql = "t.pair_id", .help = "the pair it is about" },
	{ "due_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(due_on), .heading = "due", .help = "the day it was due" },
	{ "turn", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_WIDE, NUMBER(turn), .help = "which of the series it is, from 1" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = states, .sql = "t.state", .help = "waiting, being handed over, sent, failed, or unsure: it may have gone out or not" },
	{ "attempts", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_WIDE, NUMBER(attempts), .help = "how often it was tried" },
	{ "retry_at", MENTOR_TYPE_TIME, MENTOR_DERIVED | MENTOR_WIDE, TEXT(retry_at), .help = "not tried again before" },
	{ "decided_at", MENTOR_TYPE_TIME, MENTOR_DERIVED | MENTOR_WIDE, TEXT(decided_at), .help = "when it was decided on" },
	{ "handed_at", MENTOR_TYPE_TIME, MENTOR_DERIVED | MENTOR_WIDE, TEXT(handed_at), .help = "when it was last about to be handed over" },
	{ "sent_at", MENTOR_TYPE_TIME, MENTOR_DERIVED, TEXT(sent_at), .heading = "sent", .help = "when it had been handed over" },
	{ "transport", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(transport), .help = "how it was sent" },
	{ "mail", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(mail), .heading = "Message-ID", .help = "the Message-ID it went with, to look for in the log of a mail server; what went in one digest shares it" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(reason), .help = "why it was not sent, or why nobody knows" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_message = {
	.name = "message",
	.plural = "messages",
	.letter = 'n',
	.table = "message",
	.from = "message t JOIN cohort c ON c.id = t.cohort_id LEFT JOIN enrolment e ON e.id = t.enrolment_id "
		"LEFT JOIN person p ON p.id = coalesce(e.person_id, t.person_id)",
	.order = "t.id",
	.fields = mentor_message_fields,
	.size = sizeof(struct mentor_message),
	.listed_by = "mentor remind list",
};

/* A message that waits, and what it is made from. */
struct waiting {
	int64_t id;
	const struct remind_due *due;
};

struct mentor_remind_run {
	struct mentor *m;
	int64_t cohort; /* 0: all */
	const struct mentor_remind_hands *hands;
	struct remind_list list;
	bool derived, changed; /* it has written something in the running transaction */
	int64_t others; /* changes of the store by anybody else, when the list was made */
	struct waiting *waiting;
	size_t n, at;
	struct mentor_mail_item *items; /* what is in hand */
	size_t n_items, cap_items;
	size_t n_unwritten; /* of which no message can be made */
	bool in[2]; /* the languages of what is in hand */
	const struct remind_due *first; /* of it */
	struct mentor_mail mail;
	struct mentor_buf key, id, subject, text, digest, calendar, message;
};

static void forget_list(struct mentor_remind_run *run)
{
	remind_free(&run->list);
	free(run->waiting);
	run->waiting = NULL;
	run->n = run->at = 0;
	run->derived = false;
}

/* ---- what others left behind ---- */

static enum mentor_status set_state(struct mentor *m, int64_t id, const char *state, const char *sent_at, const char *reason)
{
	return db_run(m, "UPDATE message SET state = $1, sent_at = $2, reason = $3 WHERE id = $4",
	    DB_ARGS(DB_TEXT(state), DB_TEXT(sent_at), DB_TEXT(reason), DB_NUMBER(id)));
}

struct orphan {
	int64_t id;
	enum mentor_handed found;
	char handed_at[32];
};

/* Messages whose process is gone. Whether one went out, the transport may know. */
static enum mentor_status find_orphans(struct mentor_remind_run *run, struct orphan **ret, size_t *ret_n)
{
	const struct mentor_remind_hands *hands = run->hands;
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status =
	    db_query(run->m, "SELECT id, owner, transport, mail, handed_at FROM message WHERE state = 'handing-over' ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		if (hands->alive(hands->arg, db_text(rows, 1)))
			continue;
		struct orphan *more_of = realloc(*ret, (*ret_n + 1) * sizeof(**ret));
		if (!more_of) {
			status = fail_memory(run->m);
			break;
		}
		*ret = more_of;
		struct orphan *o = &more_of[(*ret_n)++];
		o->id = db_number(rows, 0);
		o->found = hands->found(hands->arg, db_text(rows, 2), db_text(rows, 3), db_text(rows, 4));
		snprintf(o->handed_at, sizeof(o->handed_at), "%s", db_text(rows, 4));
	}
	db_done(rows);
	return status;
}

static enum mentor_status settle_orphans(struct mentor_remind_run *run)
{
	static const char why[] = "the run that was handing it over was cut short, and nobody knows how far it came";
	struct orphan *orphans = NULL;
	size_t n = 0;
	enum mentor_status status = find_orphans(run, &orphans, &n);
	for (size_t i = 0; !status && i < n; i++)
		status = orphans[i].found == MENTOR_HANDED_SENT  ? set_state(run->m, orphans[i].id, "sent", orphans[i].handed_at, NULL)
			 : orphans[i].found == MENTOR_HANDED_NOT ? set_state(run->m, orphans[i].id, "waiting", NULL, NULL)
								 : set_state(run->m, orphans[i].id, "unsure", NULL, why);
	run->changed = run->changed || n > 0;
	free(orphans);
	return status;
}

/* ---- what is to be sent ---- */

static enum mentor_status insert(struct mentor *m, const struct remind_due *due, int64_t *ret_id)
{
	char since[11], due_on[11];
	mentor_day_format(due->since, since);
	mentor_day_format(due->on, due_on);
	return db_value(m,
	    "INSERT INTO message (key, cohort_id, reminder, template, recipient, enrolment_id, person_id, pair_id, about, since, turn, due_on, decided_at) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
	    DB_ARGS(DB_TEXT(due->key), DB_NUMBER(due->cohort->cohort->id), DB_TEXT(due->rule->slug), DB_TEXT(due->rule->template),
		DB_TEXT(remind_recipients[due->to ? due->rule->to : DEF_TO_TEAM]), DB_REF(due->to ? due->to->enrolment : 0),
		DB_REF(due->to && !due->to->enrolment ? due->to->person : 0), DB_REF(due->pair ? due->pair->id : 0), DB_TEXT(due->thing), DB_TEXT(since),
		DB_NUMBER(due->turn), DB_TEXT(due_on), DB_TEXT(m->now)),
	    0, ret_id);
}

static bool sends_today(const struct remind_cohort *c)
{
	return remind_sending_day(c->d, c->today) == c->today;
}

/* What has been decided on and is not due any more is forgotten: nobody has heard of it. */
static enum mentor_status drop(struct mentor_remind_run *run, const struct remind_known *known, size_t n)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < n; i++)
		if (known[i].state == MENTOR_REMINDER_WAITING && !known[i].due) {
			run->changed = true;
			status = db_run(run->m, "DELETE FROM message WHERE id = $1", DB_ARGS(DB_NUMBER(known[i].id)));
		}
	return status;
}

/* The messages of one cohort: items from `first` on of the list. */
static enum mentor_status decide(struct mentor_remind_run *run, const struct remind_cohort *c, size_t first, size_t behind)
{
	struct remind_knowledge k = { ARENA_INIT, NULL, 0, 0 };
	bool today = sends_today(c);
	enum mentor_status status = remind_known(run->m, c, &k);
	for (size_t i = first; !status && i < behind; i++) {
		const struct remind_due *due = &run->list.items[i];
		struct remind_known *known = remind_find(&k, due->key);
		int64_t id = known ? known->id : 0;
		if (known)
			known->due = true;
		if (due->held || !today || (known && known->state != MENTOR_REMINDER_WAITING))
			continue;
		if (!known) {
			run->changed = true;
			status = insert(run->m, due, &id);
		}
		assert(run->waiting);
		run->waiting[run->n++] = (struct waiting){ id, due };
	}
	if (!status)
		status = drop(run, k.items, k.n);
	remind_forget(&k);
	return status;
}

/* Looks at the records, and decides. Whatever it writes is part of the caller's transaction. */
static enum mentor_status look(struct mentor_remind_run *run)
{
	forget_list(run);
	enum mentor_status status = settle_orphans(run);
	if (!status)
		status = remind_derive(&run->list, run->cohort);
	if (!status && !(run->waiting = calloc(run->list.n + 1, sizeof(*run->waiting))))
		status = fail_memory(run->m);
	for (size_t c = 0, first = 0, behind = 0; !status && c < run->list.n_cohorts; c++, first = behind) {
		while (behind < run->list.n && run->list.items[behind].cohort == run->list.cohorts[c])
			behind++;
		status = decide(run, run->list.cohorts[c], first, behind);
	}
	run->derived = !status;
	return status;
}

/* ---- taking the next in hand ---- */

static int64_t two_digits(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

/* Since 1970, of an instant. */
static int64_t minutes_of(const char *instant)
{
	char day[11];
	int64_t number = 0;
	snprintf(day, sizeof(day), "%.10s", instant);
	return mentor_day_parse(day, &number) ? number * 1440 + two_digits(instant + 11) * 60 + two_digits(instant + 14) : 0;
}

/* By the programme's own clocks. Where they cannot be read any time will do: what is due goes out rather than not at all. */
static enum mentor_status within_hours(const struct mentor_remind_run *run, const struct definition *d, bool *ret_within)
{
	const struct def_sending *s = &d->sending;
	struct zone *zone = NULL;
	bool was_broken = run->m->broken;
	char clock[8];
	*ret_within = true;
	if (!s->from && !s->until)
		return MENTOR_OK;
	enum mentor_status status = zone_load(run->m, d->time_zone, &zone);
	if (status) {
		error_forget(run->m, was_broken);
		return status == MENTOR_NO_MEMORY ? fail_memory(run->m) : MENTOR_OK;
	}
	int64_t now = minutes_of(run->m->now), shown = (now + zone_at(zone, now * 60).offset / 60) % 1440;
	zone_free(zone);
	snprintf(clock, sizeof(clock), "%02d:%02d", (int)(shown / 60) % 24, (int)(shown % 60));
	*ret_within = (!s->from || strcmp(clock, s->from) >= 0) && (!s->until || strcmp(clock, s->until) < 0);
	return MENTOR_OK;
}

static enum mentor_status is_ready(struct mentor_remind_run *run, int64_t id, bool *ret_ready)
{
	int64_t n = 0;
	enum mentor_status status = db_value(run->m, "SELECT count(*) FROM message WHERE id = $1 AND state = 'waiting' AND (retry_at IS NULL OR retry_at <= $2)",
	    DB_ARGS(DB_NUMBER(id), DB_TEXT(run->m->now)), 0, &n);
	*ret_ready = n > 0;
	return status;
}

/* Whether whoever gets a message has had today's digest. */
static enum mentor_status had_digest(struct mentor_remind_run *run, int64_t id, bool *ret_had)
{
	int64_t n = 0;
	enum mentor_status status = db_value(run->m,
	    "SELECT count(*) FROM message t JOIN message o ON o.cohort_id = t.cohort_id AND coalesce(o.enrolment_id, 0) = coalesce(t.enrolment_id, 0) "
	    "AND coalesce(o.person_id, 0) = coalesce(t.person_id, 0) AND (o.recipient = 'manager') = (t.recipient = 'manager') "
	    "WHERE t.id = $1 AND o.handed_at >= $2 AND o.state <> 'waiting' AND o.state <> 'failed'",
	    DB_ARGS(DB_NUMBER(id), DB_TEXT(run->m->today)), 0, &n);
	*ret_had = n > 0;
	return status;
}

static enum mentor_status take(struct mentor_remind_run *run, const struct waiting *w)
{
	if (run->n_items == run->cap_items) {
		size_t cap = run->cap_items ? run->cap_items * 2 : 8;
		struct mentor_mail_item *items = realloc(run->items, cap * sizeof(*items));
		if (!items)
			return fail_memory(run->m);
		run->items = items;
		run->cap_items = cap;
	}
	run->items[run->n_items++] = (struct mentor_mail_item){ w->id, w->due->rule->slug };
	mentor_buf_fmt(&run->key, "%s\n", w->due->key);
	return MENTOR_OK;
}

/* A word that is not known may be tomorrow: the message waits, and is looked at again by every run. */
static enum mentor_status leave(struct mentor_remind_run *run, int64_t id, bool was_broken)
{
	struct mentor_buf reason = MENTOR_BUF_INIT;
	int64_t said = 0;
	mentor_buf_str(&reason, mentor_error(run->m)->message);
	error_forget(run->m, was_broken);
	run->n_unwritten++;
	enum mentor_status status = reason.failed ? fail_memory(run->m) :
	    db_value(run->m, "SELECT count(*) FROM message WHERE id = $1 AND reason = $2", DB_ARGS(DB_NUMBER(id), DB_TEXT(mentor_buf_text(&reason))), 0, &said);
	if (!status && !said) {
		run->changed = true;
		status = db_run(run->m, "UPDATE message SET reason = $1 WHERE id = $2", DB_ARGS(DB_TEXT(mentor_buf_text(&reason)), DB_NUMBER(id)));
	}
	mentor_buf_free(&reason);
	return status;
}

/* The failure that has just happened is this message's own: it fails for good, and the others go on. */
static enum mentor_status fail_message(struct mentor_remind_run *run, int64_t id, bool was_broken, const char *reason)
{
	error_forget(run->m, was_broken);
	run->changed = true;
	run->n_unwritten++;
	return db_run(run->m, "UPDATE message SET state = 'failed', attempts = attempts + 1, handed_at = $1, reason = $2 WHERE id = $3",
	    DB_ARGS(DB_TEXT(run->m->now), DB_TEXT(reason), DB_NUMBER(id)));
}

static enum mentor_status add_reminder(struct mentor_remind_run *run, const struct waiting *w)
{
	struct mentor_buf *const all[] = { &run->subject, &run->text };
	struct mentor_buf subject = MENTOR_BUF_INIT, text = MENTOR_BUF_INIT;
	bool was_broken = run->m->broken, first = run->n_items == 0;
	int64_t language = MENTOR_LANGUAGE_EN;
	enum mentor_status status = remind_write(w->due, &subject, &text, &language);
	if (status == MENTOR_REFUSED) {
		status = leave(run, w->id, was_broken);
	} else if (!status) {
		for (size_t i = 0; first && i < 2; i++)
			mentor_buf_str(all[i], mentor_buf_text(i ? &text : &subject));
		mentor_buf_fmt(&run->digest, "%s%s\n\n%s", first ? "" : "\n\n----\n\n", mentor_buf_text(&subject), mentor_buf_text(&text));
		run->in[language] = true;
		run->first = first ? w->due : run->first;
		status = subject.failed || text.failed ? fail_memory(run->m) : take(run, w);
	}
	mentor_buf_free(&subject);
	mentor_buf_free(&text);
	return status;
}

/* One message, or in a digest everything that waits for the same address. */
static enum mentor_status gather(struct mentor_remind_run *run, size_t at)
{
	const struct remind_due *first = run->waiting[at].due;
	bool digest = first->cohort->d->sending.digest == 1, ready = true;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = at; !status && i < (digest ? run->n : at + 1); i++) {
		const struct remind_due *due = run->waiting[i].due;
		if (due->cohort != first->cohort || strcmp(remind_address(due).email, remind_address(first).email) != 0)
			continue;
		status = is_ready(run, run->waiting[i].id, &ready);
		if (!status && ready)
			status = add_reminder(run, &run->waiting[i]);
	}
	if (!status && run->n_items > 1) {
		mentor_buf_clear(&run->subject);
		mentor_buf_clear(&run->text);
		mentor_buf_fmt(&run->subject, "%s: %zu %s", first->cohort->d->title, run->n_items,
		    language_say(run->in[MENTOR_LANGUAGE_EN] ? MENTOR_LANGUAGE_EN : MENTOR_LANGUAGE_CY, SAY_REMINDERS));
		mentor_buf_str(&run->text, mentor_buf_text(&run->digest));
	}
	return status;
}

/* With the entry for the calendar of whoever is expected at an event. */
static enum mentor_status write_calendar(struct mentor_remind_run *run)
{
	const struct remind_due *due = run->first;
	if (run->n_items != 1 || !due->event)
		return MENTOR_OK;
	const struct remind_address to = remind_address(due);
	const struct invitation_guest guest = { due->to->person, to.name, to.email, run->in[MENTOR_LANGUAGE_CY] };
	return invitation_entry(run->m, due->event, &guest, &run->calendar);
}

/* The whole message. One that no mail program could take fails for good, and nothing is in hand then. */
static enum mentor_status write_message(struct mentor_remind_run *run, const struct remind_due *due)
{
	const struct def_contact *contact = &due->cohort->d->contact;
	const struct remind_address to = remind_address(due);
	bool was_broken = run->m->broken, failed = run->key.failed || run->subject.failed || run->text.failed || run->digest.failed || run->calendar.failed;
	mail_id(&run->id, mentor_buf_text(&run->key), contact->email);
	const struct mail mail = { .from = { contact->name ? contact->name : due->cohort->d->title, contact->email }, .to = { to.name, to.email },
		.subject = mentor_buf_text(&run->subject), .date = run->m->now, .id = mentor_buf_text(&run->id), .text = mentor_buf_text(&run->text),
		.html = due->cohort->d->sending.html == 1, .calendar = run->calendar.len ? mentor_buf_text(&run->calendar) : NULL, .method = "REQUEST",
		.language = !run->in[MENTOR_LANGUAGE_CY] ? "en" : run->in[MENTOR_LANGUAGE_EN] ? "en, cy" : "cy",
		.unsubscribe = due->to ? contact->email : NULL };
	enum mentor_status status = failed || run->id.failed ? fail_memory(run->m) : mail_write(run->m, &mail, &run->message);
	run->mail = (struct mentor_mail){ .id = mail.id, .from = contact->email, .to = to.email, .name = to.name, .subject = mail.subject, .text = mail.text,
		.message = mentor_buf_text(&run->message), .items = run->items, .n_items = run->n_items };
	if (status != MENTOR_INVALID)
		return status;
	status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_items; i++)
		status = fail_message(run, run->items[i].message, was_broken, "its address, name or subject has a sign that no message can carry there; put that right, then: mentor remind resend MESSAGE");
	run->n_items = 0;
	return status;
}

static void clear_hand(struct mentor_remind_run *run)
{
	struct mentor_buf *const all[] = { &run->key, &run->id, &run->subject, &run->text, &run->digest, &run->calendar, &run->message, NULL };
	for (size_t i = 0; all[i]; i++)
		mentor_buf_clear(all[i]);
	run->n_items = 0;
	run->in[MENTOR_LANGUAGE_EN] = run->in[MENTOR_LANGUAGE_CY] = false;
}

static enum mentor_status mark_in_hand(struct mentor_remind_run *run)
{
	enum mentor_status status = MENTOR_OK;
	run->changed = true;
	for (size_t i = 0; !status && i < run->n_items; i++)
		status = db_run(run->m,
		    "UPDATE message SET state = 'handing-over', attempts = attempts + 1, handed_at = $1, transport = $2, owner = $3, mail = $4, reason = NULL "
		    "WHERE id = $5",
		    DB_ARGS(DB_TEXT(run->m->now), DB_TEXT(run->hands->transport), DB_TEXT(run->hands->owner), DB_TEXT(run->mail.id),
			DB_NUMBER(run->items[i].message)));
	return status ? status : run->hands->stage(run->hands->arg, &run->mail);
}

/* Goes on through what waits until something is in hand. */
static enum mentor_status pick(struct mentor_remind_run *run)
{
	enum mentor_status status = MENTOR_OK;
	for (; !status && run->n_items == 0 && run->at < run->n; run->at++) {
		const struct waiting *w = &run->waiting[run->at];
		assert(w->due);
		const struct definition *d = w->due->cohort->d;
		bool within = false, ready = false, had = false;
		clear_hand(run);
		status = within_hours(run, d, &within);
		if (!status && within)
			status = is_ready(run, w->id, &ready);
		if (!status && ready && d->sending.digest == 1)
			status = had_digest(run, w->id, &had);
		if (!status && ready && !had)
			status = gather(run, run->at);
		if (!status && run->n_items)
			status = write_calendar(run);
		if (!status && run->n_items)
			status = write_message(run, w->due);
	}
	return status || !run->n_items ? status : mark_in_hand(run);
}

/* Changes of the outbox's own are told apart from those of others by being counted. */
static enum mentor_status others_of(struct mentor *m, int64_t *ret)
{
	return db_value(m, "SELECT revision - handed FROM store", DB_NO_ARGS, 0, ret);
}

static enum mentor_status commit_own(struct mentor_remind_run *run, enum mentor_status status)
{
	if (!status && run->changed)
		status = db_run(run->m, "UPDATE store SET handed = handed + 1", DB_NO_ARGS);
	enum mentor_status ended = mentor_commit(run->m);
	return status ? status : ended;
}

enum mentor_status mentor_remind_next(struct mentor_remind_run *run, const struct mentor_mail **ret_mail)
{
	int64_t others = 0;
	enum mentor_status status = mentor_begin(run->m);
	if (status)
		return status;
	clear_hand(run);
	run->changed = false;
	status = others_of(run->m, &others);
	if (!status && (!run->derived || others != run->others))
		status = look(run);
	run->others = others;
	if (!status)
		status = pick(run);
	status = commit_own(run, status);
	if (status)
		run->derived = false; /* what was decided has been rolled back */
	else
		*ret_mail = run->n_items ? &run->mail : NULL;
	return status;
}

/* ---- what became of it ---- */

/* `minutes` after an instant. */
static void later(const char *instant, int64_t minutes, char out[32])
{
	char day[11];
	minutes += minutes_of(instant);
	mentor_day_format(minutes / 1440, day);
	snprintf(out, 32, "%sT%02d:%02d%.9s", day, (int)(minutes % 1440 / 60), (int)(minutes % 60), instant + 16);
}

static enum mentor_status try_later(struct mentor_remind_run *run, int64_t id, const char *reason)
{
	int64_t attempts = 0, wait = FIRST_WAIT;
	char retry_at[32];
	enum mentor_status status = db_value(run->m, "SELECT attempts FROM message WHERE id = $1", DB_ARGS(DB_NUMBER(id)), 0, &attempts);
	for (int64_t i = 1; i < attempts; i++)
		wait *= 4;
	if (status || attempts >= MOST_ATTEMPTS)
		return status ? status : set_state(run->m, id, "failed", NULL, reason);
	later(run->m->now, wait, retry_at);
	return db_run(run->m, "UPDATE message SET state = 'waiting', retry_at = $1, reason = $2 WHERE id = $3",
	    DB_ARGS(DB_TEXT(retry_at), DB_TEXT(reason), DB_NUMBER(id)));
}

static enum mentor_status record(struct mentor_remind_run *run, int64_t id, enum mentor_handed came, const char *reason)
{
	int64_t ours = 0;
	enum mentor_status status = db_value(run->m, "SELECT count(*) FROM message WHERE id = $1 AND owner = $2 AND (state = 'handing-over' OR state = 'unsure')",
	    DB_ARGS(DB_NUMBER(id), DB_TEXT(run->hands->owner)), 0, &ours);
	if (status || !ours)
		return status; /* somebody has settled it by hand meanwhile */
	switch (came) {
	case MENTOR_HANDED_SENT:
		return set_state(run->m, id, "sent", run->m->now, NULL);
	case MENTOR_HANDED_LATER:
		return try_later(run, id, reason);
	case MENTOR_HANDED_REFUSED:
		return set_state(run->m, id, "failed", NULL, reason);
	case MENTOR_HANDED_UNSURE:
		return set_state(run->m, id, "unsure", NULL, reason);
	case MENTOR_HANDED_NOT:
		break;
	}
	return db_run(run->m, "UPDATE message SET state = 'waiting', attempts = attempts - 1, reason = $1 WHERE id = $2", DB_ARGS(DB_TEXT(reason), DB_NUMBER(id)));
}

enum mentor_status mentor_remind_done(struct mentor_remind_run *run, enum mentor_handed came, const char *reason)
{
	enum mentor_status status = mentor_begin(run->m);
	if (status)
		return status;
	run->changed = run->n_items > 0;
	for (size_t i = 0; !status && i < run->n_items; i++)
		status = record(run, run->items[i].message, came, reason);
	return commit_own(run, status);
}

enum mentor_status mentor_remind_start(struct mentor *m, int64_t cohort, const struct mentor_remind_hands *hands, struct mentor_remind_run **ret_run)
{
	struct mentor_remind_run *run = calloc(1, sizeof(*run));
	if (!run)
		return fail_memory(m);
	*run = (struct mentor_remind_run){ .m = m, .cohort = cohort, .hands = hands, .list = { .m = m } };
	*ret_run = run;
	return MENTOR_OK;
}

enum mentor_status mentor_remind_problems(struct mentor_remind_run *run, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->list.n_problems; i++) {
		const struct remind_problem *p = &run->list.problems[i];
		const struct mentor_reminder_problem row = { p->cohort->cohort->slug, p->rule->slug, p->problem, p->hint };
		status = each(arg, &row);
	}
	return status;
}

size_t mentor_remind_unwritten(const struct mentor_remind_run *run)
{
	return run->n_unwritten;
}

void mentor_remind_free(struct mentor_remind_run *run)
{
	if (!run)
		return;
	struct mentor_buf *const all[] = { &run->key, &run->id, &run->subject, &run->text, &run->digest, &run->calendar, &run->message, NULL };
	for (size_t i = 0; all[i]; i++)
		mentor_buf_free(all[i]);
	forget_list(run);
	free(run->items);
	free(run);
}

/* ---- settled by hand ---- */

/* What went in one digest is settled together: $1 the state they are in, $2 one of them. */
#define TOGETHER \
	"state = $1 AND (id = $2 OR EXISTS (SELECT 1 FROM message o WHERE o.id = $2 AND o.mail = message.mail AND o.handed_at = message.handed_at))"

static enum mentor_status settle(struct mentor *m, const struct mentor_message *message, enum mentor_message_settled how, bool *ret_changed)
{
	static const char *const sqls[] = {
		[MENTOR_MESSAGE_RESEND] = "UPDATE message SET state = 'waiting', attempts = 0, retry_at = NULL, owner = NULL, reason = NULL WHERE " TOGETHER,
		[MENTOR_MESSAGE_ARRIVED] = "UPDATE message SET state = 'sent', sent_at = handed_at, owner = NULL, reason = NULL WHERE " TOGETHER,
		[MENTOR_MESSAGE_LOST] = "UPDATE message SET state = 'failed', owner = NULL, reason = 'settled by hand' WHERE " TOGETHER,
	};
	enum mentor_message_state state = (enum mentor_message_state)message->state;
	bool done = (how == MENTOR_MESSAGE_RESEND && state == MENTOR_MESSAGE_WAITING && !message->retry_at) ||
		    (how == MENTOR_MESSAGE_ARRIVED && state == MENTOR_MESSAGE_SENT) || (how == MENTOR_MESSAGE_LOST && state == MENTOR_MESSAGE_FAILED);
	*ret_changed = !done;
	if (done)
		return MENTOR_OK;
	if (state == MENTOR_MESSAGE_SENT)
		return fail(m, MENTOR_REFUSED, "a reminder goes out once; write to the person yourself", "n%" PRId64 " has been sent", message->id);
	if (state == MENTOR_MESSAGE_HANDING_OVER)
		return fail(m, MENTOR_REFUSED, "wait until mentor remind run has ended; it says what became of it", "n%" PRId64 " is being handed over",
		    message->id);
	if (state == MENTOR_MESSAGE_WAITING && how != MENTOR_MESSAGE_RESEND)
		return fail(m, MENTOR_REFUSED, "if it is not to go out, hold the person or the pair: mentor remind hold PERSON", "n%" PRId64 " has not been tried yet",
		    message->id);
	return db_run(m, sqls[how], DB_ARGS(DB_TEXT(states[state]), DB_NUMBER(message->id)));
}

enum mentor_status mentor_remind_settle(struct mentor *m, int64_t message, enum mentor_message_settled how, bool *ret_changed)
{
	bool changed = false;
	void *record_of = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_message, message, &record_of);
	if (!status)
		status = settle(m, record_of, how, &changed);
	mentor_record_free(record_of);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}
