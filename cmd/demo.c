/* demo.c: mentor demo: a store to try every command on: the manchester example's council, half-way through its cohort. */
#include "nouns.h"
#include "out.h"

#include "demo.h" /* the example's files as texts: generated */

#include <string.h>

static const char today[] = "2026-06-15";

enum { MOST_PEOPLE = 100 };

struct demo {
	struct mentor *m;
	int64_t cohort;
	struct {
		int64_t enrolment, person;
	} people[MOST_PEOPLE];
	size_t n_people;
	int64_t pairs[MOST_PEOPLE]; /* that have agreed, in the order of their numbers */
	size_t n_pairs;
};

static enum mentor_status ignore(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return MENTOR_OK;
}

static enum mentor_status ignore_application(void *arg, const struct mentor_import_row *row)
{
	return ignore(arg, row);
}

/* ---- what happened, in the order of its days ---- */

static enum mentor_status set_up(struct demo *d)
{
	const char *change = NULL;
	int64_t id = 0;
	bool changed = false;
	struct mentor_cohort cohort;
	uint64_t given = 0;
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring-2026";
	cohort.title = "Spring 2026";
	cohort.closes_on = "2026-02-06";
	cohort.starts_on = "2026-03-02";
	static const char *const fields[] = { "slug", "title", "closes_on", "starts_on" };
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		given |= UINT64_C(1) << (mentor_field_find(mentor_cohort_fields, fields[i]) - mentor_cohort_fields);
	enum mentor_status status = mentor_programme_import(d->m, "programme.yaml", demo_programme, strlen(demo_programme), &change, &id);
	if (!status)
		status = mentor_cohort_add(d->m, "manchester", &cohort, given, &d->cohort);
	static const char *const first[] = { "evaluate" };
	if (!status)
		status = mentor_cohort_settle(d->m, d->cohort, first, 1, "Minutes of the equality board, January", NULL, NULL, ignore, NULL);
	return status ? status : mentor_cohort_move(d->m, d->cohort, MENTOR_COHORT_OPEN, &changed);
}

static enum mentor_status note_person(void *arg, const void *record)
{
	struct demo *d = arg;
	const struct mentor_enrolment *e = record;
	if (d->n_people == MOST_PEOPLE)
		return MENTOR_OK;
	d->people[d->n_people].enrolment = e->id;
	d->people[d->n_people++].person = e->person_id;
	return MENTOR_OK;
}

static enum mentor_status apply(struct demo *d)
{
	enum mentor_status status = mentor_enrol_import(d->m, d->cohort, "applications.csv", demo_applications, strlen(demo_applications), 0, NULL,
	    ignore_application, NULL);
	return status ? status : mentor_record_list(d->m, &mentor_entity_enrolment, NULL, 0, note_person, d);
}

/* Whoever joined the council last is asked first next time. */
static enum mentor_status choose(struct demo *d)
{
	bool changed = false;
	int64_t newest = 0;
	enum mentor_status status = mentor_record_find(d->m, &mentor_entity_person, "ravi.subramaniam@irwell.example.org", &newest);
	for (size_t i = 0; !status && i < d->n_people; i++) {
		bool later = d->people[i].person == newest;
		status = mentor_enrol_decide(d->m, d->people[i].enrolment, later ? MENTOR_ENROLMENT_DECLINED : MENTOR_ENROLMENT_ACCEPTED,
		    later ? "Joined in January; will be asked first in the autumn" : "Meets the criteria", NULL, &changed);
	}
	return status ? status : mentor_cohort_move(d->m, d->cohort, MENTOR_COHORT_CLOSED, &changed);
}

static enum mentor_status hear(struct demo *d)
{
	bool changed = false;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < d->n_people; i++) {
		status = mentor_enrol_approve(d->m, d->people[i].enrolment, MENTOR_SUPPORT_GIVEN, NULL, NULL, NULL, &changed);
		if (!status)
			status = mentor_enrol_confirm(d->m, d->people[i].enrolment, NULL, 0, true, NULL, &changed);
	}
	return status;
}

static enum mentor_status tell(struct demo *d)
{
	static const struct mentor_letter_request accepted = { .outcome = MENTOR_LETTER_ACCEPTED }, declined = { .outcome = MENTOR_LETTER_DECLINED };
	enum mentor_status status = mentor_letter_tell(d->m, d->cohort, &accepted, ignore, NULL);
	return status ? status : mentor_letter_tell(d->m, d->cohort, &declined, ignore, NULL);
}

static enum mentor_status match(struct demo *d)
{
	struct mentor_match_summary summary;
	int64_t n = 0;
	enum mentor_status status = mentor_match_propose(d->m, d->cohort, NULL, &summary);
	return status ? status : mentor_match_publish(d->m, d->cohort, &n);
}

/* Pairs come in the order of their numbers: those behind the last one that agreed are new. */
static enum mentor_status note_pair(void *arg, const void *record)
{
	struct demo *d = arg;
	int64_t pair = ((const struct mentor_pair *)record)->id;
	if (d->n_pairs < MOST_PEOPLE && (d->n_pairs == 0 || pair > d->pairs[d->n_pairs - 1]))
		d->pairs[d->n_pairs++] = pair;
	return MENTOR_OK;
}

/* Every new pair agrees on the usual terms, and signs. */
static enum mentor_status agree(struct demo *d)
{
	static const struct mentor_filter active = { "state", "active" };
	const char *change = NULL;
	bool changed = false;
	int64_t id = 0;
	struct mentor_contract usual;
	size_t i = d->n_pairs;
	mentor_record_clear(mentor_contract_fields, &usual);
	enum mentor_status status = mentor_record_list(d->m, &mentor_entity_pair, &active, 1, note_pair, d);
	for (; !status && i < d->n_pairs; i++) {
		status = mentor_contract_draft(d->m, d->pairs[i], &usual, 0, &change, &id);
		if (!status)
			status = mentor_contract_sign(d->m, d->pairs[i], MENTOR_ROLE_MENTOR, NULL, &changed);
		if (!status)
			status = mentor_contract_sign(d->m, d->pairs[i], MENTOR_ROLE_MENTEE, NULL, &changed);
	}
	return status;
}

static enum mentor_status start(struct demo *d)
{
	static const char *const ready[] = { "evaluate" };
	bool changed = false;
	enum mentor_status status = mentor_survey_import(d->m, d->cohort, "mentee", "before", "surveys-before.csv", demo_surveys_before,
	    strlen(demo_surveys_before), 0, ignore, NULL);
	if (!status)
		status = mentor_cohort_settle(d->m, d->cohort, ready, 1, "Readiness report of January", NULL, NULL, ignore, NULL);
	return status ? status : mentor_cohort_move(d->m, d->cohort, MENTOR_COHORT_RUNNING, &changed);
}

/* How much of the file of sessions, which is in the order of their days, was there on a day. */
static size_t held_by(const char *day)
{
	const char *line = strchr(demo_sessions, '\n') + 1;
	while (*line && strncmp(line, day, strlen(day)) <= 0)
		line = strchr(line, '\n') + 1;
	return (size_t)(line - demo_sessions);
}

static enum mentor_status meet_until(struct demo *d, const char *day)
{
	return mentor_session_import(d->m, d->cohort, "sessions.csv", demo_sessions, held_by(day), 0, ignore, NULL);
}

static enum mentor_status meet(struct demo *d)
{
	return meet_until(d, "2026-04-20");
}

static enum mentor_status meet_again(struct demo *d)
{
	return meet_until(d, today);
}

/* A pair ends, and the reserve is there. */
static enum mentor_status replace(struct demo *d)
{
	const struct mentor_ending ending = { .wish = MENTOR_NONE, .reason = MENTOR_NONE, .replacement = MENTOR_REPLACEMENT_MENTEE };
	struct mentor_replaced replaced;
	void *pair = NULL;
	bool changed = false;
	int64_t n = 0;
	enum mentor_status status = mentor_match_end(d->m, d->pairs[1], &ending, &changed);
	if (!status)
		status = mentor_record_get(d->m, &mentor_entity_pair, d->pairs[1], &pair);
	if (!status)
		status = mentor_match_replace(d->m, d->cohort, ((const struct mentor_pair *)pair)->mentee, &replaced);
	mentor_record_free(pair);
	return status ? status : mentor_match_publish(d->m, d->cohort, &n);
}

static const struct {
	const char *day;
	enum mentor_status (*happens)(struct demo *d);
} story[] = {
	{ "2026-01-12", set_up }, { "2026-02-09", apply }, { "2026-02-11", choose }, { "2026-02-13", hear }, { "2026-02-13", tell }, { "2026-02-16", match },
	{ "2026-02-27", agree }, { "2026-03-02", start }, { "2026-04-20", meet }, { "2026-04-20", replace }, { "2026-04-24", agree },
	{ today, meet_again },
};

/* ---- the command ---- */

struct demo_row {
	const char *store, *now;
};
static const struct mentor_field demo_fields[] = {
	{ "store", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(demo_row, store), .help = "where it is" },
	{ "now", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(demo_row, now), .heading = "day", .help = "the day it is in the story" },
	{ 0 },
};
static const struct part parts[] = { { NULL, NULL, demo_fields, false, false }, { 0 } };

static enum mentor_status must_be_new(struct run *run)
{
	struct mentor_store_status s;
	enum mentor_status status = mentor_store_status(run->m, &s);
	if (status || s.programmes + s.people == 0)
		return status;
	return mentor_fail(run->m, MENTOR_REFUSED, "leave out --db for a store in a new folder, or name a file that is not there",
	    "--db: the demonstration would be added to what is in this store");
}

static enum mentor_status tell_story(struct mentor *m)
{
	struct demo d = { .m = m };
	enum mentor_status status = mentor_begin(m);
	for (size_t i = 0; !status && i < sizeof(story) / sizeof(*story); i++) {
		status = mentor_set_now(m, story[i].day);
		if (!status)
			status = story[i].happens(&d);
	}
	return status ? status : mentor_commit(m);
}

static enum mentor_status demo(struct run *run)
{
	const struct demo_row row = { run->store, today };
	enum mentor_status status = must_be_new(run);
	if (!status)
		status = tell_story(run->m);
	if (status)
		return status;
	out_row(run->out, &row);
	out_note(run->out, "A fictional council half-way through its programme, in a store of its own: yours is not touched. To look around, type");
	out_note(run->out, "  export MENTOR_DB=%s MENTOR_NOW=%s", run->store, today);
	out_note(run->out, "  mentor cohort status");
	out_note(run->out, "and delete the folder when you have seen enough.");
	return MENTOR_OK;
}

const struct command noun_demo = { .name = "demo", .summary = "make a store with a fictional cohort half-way, to try every command on",
	.flags = CMD_CREATE | CMD_SCRATCH, .parts = parts, .run = demo };
