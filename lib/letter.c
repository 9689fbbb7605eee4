/* letter.c: letters to applicants: whom, what the words of the programme's templates stand for, and who has been told. */
#include "enrolment.h"
#include "labels.h"
#include "language.h"
#include "mail.h"
#include "programme.h"
#include "record.h"
#include "template.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const outcomes[] = { "accepted", "late", "waiting", "declined", "reserve", "recruitment", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_letter, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_letter, member)

/* clang-format off */
const struct mentor_field mentor_letter_fields[] = {
	{ "outcome", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(outcome), .choices = outcomes, .help = "what the letter tells" },
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "to whom" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "the person's name" },
	{ "email", MENTOR_TYPE_EMAIL, 0, TEXT(email), .help = "the person's address" },
	{ "side", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(side), .choices = enrolment_roles, .help = "what the person applies to be" },
	{ "role", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(role), .help = "what the programme calls that" },
	{ "subject", MENTOR_TYPE_TEXT, 0, TEXT(subject), .help = "subject of the letter" },
	{ "text", MENTOR_TYPE_NOTE, MENTOR_WIDE, TEXT(text), .help = "the letter" },
	{ "programme", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(programme), .help = "title of the programme" },
	{ "organisation", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(organisation), .help = "who runs it" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(cohort), .help = "title of the cohort; of the one applied to, for somebody late" },
	{ "contact_name", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(contact_name), .help = "who answers enquiries" },
	{ "contact_email", MENTOR_TYPE_EMAIL, MENTOR_WIDE, TEXT(contact_email), .help = "where to write" },
	{ "opens_on", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(opens_on), .help = "first day for applications, in words" },
	{ "closes_on", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(closes_on), .help = "last day for applications, in words" },
	{ "starts_on", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(starts_on), .help = "first day of the work in pairs, in words" },
	{ "ends_on", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(ends_on), .help = "last day of the cohort, in words" },
	{ "resources", MENTOR_TYPE_NOTE, MENTOR_WIDE, TEXT(resources), .help = "the programme's resources for this person" },
	{ "rank", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(rank), .help = "place on the waiting list of the role" },
	{ "applied_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(applied_on), .help = "day of the application" },
	{ "told_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(told_on), .help = "when the person was told of this outcome, if so" },
	{ 0 },
};
/* clang-format on */

/* What each outcome is in the other tables. */
static const struct {
	enum mentor_outcome outcome;
	enum def_use use;
} kinds[] = {
	[MENTOR_LETTER_ACCEPTED] = { MENTOR_OUTCOME_ACCEPTED, DEF_USE_ACCEPTED },
	[MENTOR_LETTER_LATE] = { MENTOR_OUTCOME_LATE, DEF_USE_LATE },
	[MENTOR_LETTER_WAITING] = { MENTOR_OUTCOME_WAITING, DEF_USE_WAITING },
	[MENTOR_LETTER_DECLINED] = { MENTOR_OUTCOME_DECLINED, DEF_USE_DECLINED },
	[MENTOR_LETTER_RESERVE] = { MENTOR_OUTCOME_RESERVE, DEF_USE_RESERVE },
	[MENTOR_LETTER_RECRUITMENT] = { MENTOR_OUTCOME_UNDECIDED, DEF_USE_RECRUITMENT },
};

/* ---- to whom ---- */

/* The only problem is the reason itself. */
static enum mentor_status refuse(struct mentor *m, const char *hint, const char *message)
{
	bool one = m->n_problems == 1;
	return problems_refuse(m, one ? m->problems[0].hint : hint, "%s", one ? m->problems[0].message : message);
}

/* Numbers of enrolments, of people when they are invited. Held, so that nothing is written while they are read. */
struct recipients {
	struct mentor *m;
	int64_t cohort;
	const struct mentor_letter_request *request;
	bool telling; /* it is to be recorded, not written */
	int64_t *ids;
	size_t n, cap;
};

static enum mentor_status add_recipient(struct recipients *r, int64_t id)
{
	if (r->n == r->cap) {
		size_t cap = r->cap ? r->cap * 2 : 64;
		int64_t *grown = realloc(r->ids, cap * sizeof(*grown));
		if (!grown)
			return fail_memory(r->m);
		r->ids = grown;
		r->cap = cap;
	}
	r->ids[r->n++] = id;
	return MENTOR_OK;
}

/* Whoever waits hears the same again when the day has come; a place is offered once, and what is due at the start is another letter. */
static enum mentor_status add_untold(void *arg, const void *record)
{
	struct recipients *r = arg;
	const struct mentor_enrolment *e = record;
	bool again = enrolment_due(r->m, e) && (r->telling || e->outcome != MENTOR_OUTCOME_ACCEPTED);
	return e->told == e->outcome && !again && !r->request->all ? MENTOR_OK : add_recipient(r, e->id);
}

/* Whoever came late through the cohort's form is in another cohort now. */
static enum mentor_status everybody_of(struct recipients *r, const char *column)
{
	char cohort[24];
	snprintf(cohort, sizeof(cohort), "%" PRId64, r->cohort);
	const struct mentor_filter filters[] = { { "outcome", outcomes[r->request->outcome] }, { column, cohort } };
	return mentor_record_list(r->m, &mentor_entity_enrolment, filters, 2, add_untold, r);
}

static enum mentor_status everybody_not_in(struct recipients *r)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(r->m,
	    "SELECT p.id FROM person p WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = p.id AND "
	    "(e.cohort_id = $1 OR e.origin_cohort_id = $1)) ORDER BY p.id",
	    DB_ARGS(DB_NUMBER(r->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = add_recipient(r, db_number(rows, 0));
	db_done(rows);
	return status;
}

/* The outcome that somebody has in place of the one asked for. */
static enum mentor_status wrong_outcome(const struct recipients *r, const struct mentor_enrolment *e)
{
	const struct mentor_field *field = mentor_field_find(mentor_enrolment_fields, "outcome");
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "see: mentor enrol show p%" PRId64, e->person_id);
	problem_add(r->m, NULL, mentor_buf_text(&hint), "%s (p%" PRId64 ") is %s, not %s", e->name, e->person_id,
	    field->choices[e->outcome], outcomes[r->request->outcome]);
	enum mentor_status status = hint.failed ? fail_memory(r->m) : MENTOR_OK;
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status add_enrolled(struct recipients *r, int64_t person, int64_t id)
{
	void *record = NULL;
	enum mentor_status status = id ? mentor_record_get(r->m, &mentor_entity_enrolment, id, &record) : MENTOR_OK;
	const struct mentor_enrolment *e = record;
	if (!status && !id)
		problem_add(r->m, NULL, "see: mentor enrol list", "p%" PRId64 " is not in this cohort", person);
	else if (!status && e->outcome != (int64_t)kinds[r->request->outcome].outcome)
		status = wrong_outcome(r, e);
	else if (!status)
		status = add_recipient(r, id);
	mentor_record_free(record);
	return status;
}

static enum mentor_status add_named(struct recipients *r, int64_t person)
{
	int64_t id = 0;
	enum mentor_status status = enrolment_known(r->m, r->cohort, person, &id);
	if (status)
		return status;
	if (r->request->outcome != MENTOR_LETTER_RECRUITMENT)
		return add_enrolled(r, person, id);
	if (!id)
		return add_recipient(r, person);
	problem_add(r->m, NULL, "invite people who have not applied", "p%" PRId64 " has applied to this cohort already", person);
	return MENTOR_OK;
}

static enum mentor_status find_recipients(struct recipients *r)
{
	const struct mentor_letter_request *request = r->request;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < request->n_people; i++)
		status = add_named(r, request->people[i]);
	if (status || request->n_people)
		return status;
	if (request->outcome == MENTOR_LETTER_RECRUITMENT)
		return everybody_not_in(r);
	status = everybody_of(r, "cohort_id");
	return status || request->outcome != MENTOR_LETTER_LATE ? status : everybody_of(r, "origin_cohort_id");
}

/* ---- what a letter is made from ---- */

/* The cohort that a letter speaks of, its programme, and the template. */
struct source {
	struct mentor_cohort *cohort;
	struct definition *programme;
	const struct def_template *template;
};

static void source_free(struct source *s)
{
	mentor_record_free(s->cohort);
	definition_free(s->programme);
	*s = (struct source){ NULL };
}

static enum mentor_status no_template(struct mentor *m, const struct source *s, const struct mentor_letter_request *request)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "add one under templates, with for: %s, to the programme file and import it; then: mentor cohort set %s --revision NUMBER",
	    outcomes[request->outcome], s->cohort->slug);
	enum mentor_status status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "the programme '%s' has no template for: %s",
	    s->programme->slug, outcomes[request->outcome]);
	mentor_buf_free(&hint);
	return status;
}

/* More than one, or none of the name asked for. */
static enum mentor_status choose_template(struct mentor *m, const struct source *s, const struct mentor_letter_request *request)
{
	const char *word = outcomes[request->outcome], *before = "name one with --template: ";
	struct mentor_buf hint = MENTOR_BUF_INIT;
	for (size_t i = 0; i < s->programme->n_templates; i++) {
		const struct def_template *t = &s->programme->templates[i];
		if (t->use != (int64_t)kinds[request->outcome].use)
			continue;
		mentor_buf_fmt(&hint, "%s%s", before, t->slug);
		before = ", ";
	}
	enum mentor_status status = request->template ?
	    fail(m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "the programme '%s' has no template '%s' for: %s", s->programme->slug, request->template, word) :
	    fail(m, MENTOR_USAGE, mentor_buf_text(&hint), "the programme '%s' has several templates for: %s", s->programme->slug, word);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status find_template(struct mentor *m, struct source *s, const struct mentor_letter_request *request)
{
	size_t fit = 0, named = 0;
	for (size_t i = 0; i < s->programme->n_templates; i++) {
		const struct def_template *t = &s->programme->templates[i];
		if (t->use != (int64_t)kinds[request->outcome].use)
			continue;
		fit++;
		if (request->template && strcmp(request->template, t->slug) != 0)
			continue;
		named++;
		s->template = t;
	}
	if (fit == 0)
		return no_template(m, s, request);
	return named == 1 ? MENTOR_OK : choose_template(m, s, request);
}

static enum mentor_status source_load(struct mentor *m, int64_t cohort, const struct mentor_letter_request *request, struct source *s)
{
	void *record = NULL;
	if (s->cohort && s->cohort->id == cohort)
		return MENTOR_OK;
	source_free(s);
	enum mentor_status status = mentor_record_get(m, &mentor_entity_cohort, cohort, &record);
	if (status)
		return status;
	s->cohort = record;
	status = programme_of_cohort(m, cohort, &s->programme);
	return status ? status : find_template(m, s, request);
}

/* ---- words ---- */

/* A letter on its way, and the room for its texts. */
struct writing {
	struct mentor *m;
	const struct mentor_letter_request *request;
	struct source source;
	struct mentor_letter letter;
	int64_t language; /* what it is written in */
	struct def_wording wording;
	struct mentor_buf subject, text, role, resources, days[4], key, id, message;
	mentor_record_fn *each;
	void *arg;
};

/* Runs it over all the room there is; false when there was not enough somewhere. */
static bool for_each_text(struct writing *w, void (*run)(struct mentor_buf *b))
{
	struct mentor_buf *const all[] = { &w->subject, &w->text, &w->role, &w->resources, &w->days[0], &w->days[1], &w->days[2], &w->days[3], &w->key,
		&w->id, &w->message, NULL };
	bool good = true;
	for (size_t i = 0; all[i]; i++) {
		good = good && !all[i]->failed;
		run(all[i]);
	}
	return good;
}

static void only_look(struct mentor_buf *b)
{
	(void)b;
}

static enum mentor_status check_room(struct writing *w)
{
	return for_each_text(w, only_look) ? MENTOR_OK : fail_memory(w->m);
}

/* Whoever takes either side is called both, or what both are called. */
static void role_in_words(struct mentor_buf *b, int64_t language, const struct def_labels *labels, int64_t side)
{
	const char *mentor = language_side(language, labels->mentor, labels->cy.mentor), *mentee = language_side(language, labels->mentee, labels->cy.mentee);
	if (side == MENTOR_ROLE_MENTOR || (side == MENTOR_ROLE_EITHER && strcmp(mentor, mentee) == 0))
		mentor_buf_str(b, mentor);
	else if (side == MENTOR_ROLE_MENTEE)
		mentor_buf_str(b, mentee);
	else if (side == MENTOR_ROLE_EITHER)
		mentor_buf_fmt(b, "%s%s%s", mentor, language_say(language, SAY_EITHER), mentee);
	else if (side != MENTOR_NONE)
		mentor_buf_str(b, language_say(language, SAY_FACILITATOR));
}

/* Those with a place get what is for their side, the others what applicants get. */
static bool is_for(const struct mentor_letter *l, int64_t audience)
{
	if (l->outcome != MENTOR_LETTER_ACCEPTED && l->outcome != MENTOR_LETTER_RESERVE)
		return audience == DEF_APPLICANTS;
	if (l->side == MENTOR_ROLE_FACILITATOR)
		return audience == DEF_FACILITATORS;
	return audience == DEF_BOTH || (audience == DEF_MENTORS && l->side != MENTOR_ROLE_MENTEE) ||
	       (audience == DEF_MENTEES && l->side != MENTOR_ROLE_MENTOR);
}

/* One stands within a sentence; of several each has a line. */
static void list_resources(struct mentor_buf *b, const struct definition *d, const struct mentor_letter *l)
{
	size_t n = 0;
	for (size_t i = 0; i < d->n_resources; i++)
		n += is_for(l, d->resources[i].audience);
	for (size_t i = 0; i < d->n_resources; i++) {
		const struct def_resource *r = &d->resources[i];
		if (is_for(l, r->audience))
			template_item(b, n, r->title, r->link);
	}
}

static const char *known(const struct mentor_buf *b)
{
	return b->len ? mentor_buf_text(b) : NULL;
}

static void fill_words(struct writing *w)
{
	const struct definition *d = w->source.programme;
	const struct mentor_cohort *c = w->source.cohort;
	struct mentor_letter *l = &w->letter;
	const struct {
		const char *day, **to;
	} days[] = { { c->opens_on, &l->opens_on }, { c->closes_on, &l->closes_on }, { c->starts_on, &l->starts_on }, { c->ends_on, &l->ends_on } };
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		if (days[i].day)
			language_day(&w->days[i], w->language, days[i].day);
		*days[i].to = known(&w->days[i]);
	}
	role_in_words(&w->role, w->language, &d->labels, l->side);
	list_resources(&w->resources, d, l);
	l->role = known(&w->role);
	l->resources = known(&w->resources);
	l->programme = d->title;
	l->organisation = d->organisation;
	l->cohort = c->title;
	l->contact_name = d->contact.name;
	l->contact_email = d->contact.email;
}

/* ---- the text ---- */

/* What a word that is not known belongs to, and how it comes to be known; %s is the cohort. */
static const struct hole {
	const char *word, *of, *hint;
} holes[] = {
	{ "opens_on", " of the cohort", "set it with: mentor cohort set %s --opens-on DAY" },
	{ "closes_on", " of the cohort", "set it with: mentor cohort set %s --closes-on DAY" },
	{ "starts_on", " of the cohort", "set it with: mentor cohort set %s --starts-on DAY" },
	{ "ends_on", " of the cohort", "set it with: mentor cohort set %s --ends-on DAY" },
	{ "organisation", "", "add organisation to the programme file and import it; then: mentor cohort set %s --revision NUMBER" },
	{ "contact_name", "", "add contact.name to the programme file and import it; then: mentor cohort set %s --revision NUMBER" },
	{ "resources", " for everybody", "list resources for applicants, or for the side, in the programme file and import it; then: mentor cohort set %s --revision NUMBER" },
	{ NULL, " in such a letter", "take the word out of the template and import the programme file; then: mentor cohort set %s --revision NUMBER" },
};

static bool is_said_already(const struct mentor *m, const char *message)
{
	for (size_t i = 0; i < m->n_problems; i++)
		if (m->problems[i].message && strcmp(m->problems[i].message, message) == 0)
			return true;
	return false;
}

/* What the cohort or the programme lacks is missing in every letter, and told once. */
static enum mentor_status tell_hole(struct writing *w, const char *word)
{
	struct mentor_buf message = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	const struct hole *hole = holes;
	while (hole->word && strcmp(hole->word, word) != 0)
		hole++;
	const char *mark = strstr(hole->hint, "%s");
	mentor_buf_add(&hint, hole->hint, (size_t)(mark - hole->hint));
	mentor_buf_fmt(&hint, "%s%s", w->source.cohort->slug, mark + 2);
	mentor_buf_fmt(&message, "the template '%s' speaks of {%s}, which is not known%s", w->source.template->slug, word, hole->of);
	enum mentor_status status = message.failed || hint.failed ? fail_memory(w->m) : MENTOR_OK;
	if (!status && !is_said_already(w->m, mentor_buf_text(&message)))
		problem_add(w->m, NULL, mentor_buf_text(&hint), "%s", mentor_buf_text(&message));
	mentor_buf_free(&message);
	mentor_buf_free(&hint);
	return status;
}

/* Called for each word of the template. */
static enum mentor_status put_word(void *arg, const struct template_word *word, struct mentor_buf *b)
{
	struct writing *w = arg;
	const struct mentor_field *field = mentor_field_find(mentor_letter_fields, word->name);
	const char *value = field ? mentor_field_string(field, &w->letter) : NULL;
	if (!value)
		return tell_hole(w, word->name);
	mentor_buf_str(b, value);
	return MENTOR_OK;
}

/* ---- as a message ---- */

/* The failure that has just happened is a problem of this letter. */
static enum mentor_status tell_unsendable(struct writing *w, bool was_broken)
{
	const struct mentor_error *e = mentor_error(w->m);
	struct mentor_buf message = MENTOR_BUF_INIT;
	mentor_buf_fmt(&message, "%s (p%" PRId64 "): %s", w->letter.name, w->letter.person, e->message);
	problem_add(w->m, NULL, e->hint, "%s", mentor_buf_text(&message));
	error_forget(w->m, was_broken);
	enum mentor_status status = message.failed ? fail_memory(w->m) : MENTOR_OK;
	mentor_buf_free(&message);
	return status;
}

static enum mentor_status write_message(struct writing *w, const char *since)
{
	const struct mentor_letter *l = &w->letter;
	bool was_broken = w->m->broken, invites = l->outcome == MENTOR_LETTER_RECRUITMENT;
	mentor_buf_fmt(&w->key, "%s p%" PRId64 " %s %s", w->source.cohort->slug, l->person,
	    invites ? w->source.template->slug : outcomes[l->outcome], since ? since : "");
	mail_id(&w->id, mentor_buf_text(&w->key), l->contact_email);
	const struct mail mail = { .from = { l->contact_name ? l->contact_name : l->programme, l->contact_email },
		.to = { l->name, l->email },
		.subject = l->subject,
		.date = mentor_now(w->m),
		.id = mentor_buf_text(&w->id),
		.language = language_tags[w->language],
		.text = l->text,
		.html = w->source.programme->sending.html == 1 };
	enum mentor_status status = check_room(w);
	if (!status)
		status = w->request->format == MENTOR_LETTER_MBOX ? mail_mbox(w->m, &mail, &w->message) : mail_write(w->m, &mail, &w->message);
	if (status == MENTOR_INVALID)
		status = tell_unsendable(w, was_broken);
	w->letter.message = known(&w->message);
	return status;
}

/* Without a letter when there is a problem: all of them are looked for first. */
static enum mentor_status write_letter(struct writing *w, const char *since)
{
	struct mentor_letter *l = &w->letter;
	for_each_text(w, mentor_buf_clear);
	enum mentor_status status = language_of(w->m, l->person, &w->language);
	if (status)
		return status;
	w->wording = language_wording(w->source.template, &w->language);
	fill_words(w);
	status = check_room(w); /* a word without room is not one that nobody knows */
	if (!status)
		status = template_fill(&w->subject, w->wording.subject, put_word, w);
	if (!status)
		status = template_fill(&w->text, w->wording.text, put_word, w);
	if (status)
		return status;
	template_sign(&w->text, w->wording.text, l->contact_name, l->contact_email);
	l->subject = mentor_buf_text(&w->subject);
	l->text = mentor_buf_text(&w->text);
	status = check_room(w);
	if (!status && w->request->format != MENTOR_LETTER_PLAIN)
		status = write_message(w, since);
	return status || w->m->n_problems ? status : w->each(w->arg, l);
}

static enum mentor_status write_enrolled(struct writing *w, int64_t cohort, int64_t id)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(w->m, &mentor_entity_enrolment, id, &record);
	const struct mentor_enrolment *e = record;
	bool late = !status && w->request->outcome == MENTOR_LETTER_LATE && e->origin_cohort_id > 0;
	if (!status)
		status = source_load(w->m, late ? e->origin_cohort_id : cohort, w->request, &w->source);
	if (!status) {
		w->letter = (struct mentor_letter){ .outcome = w->request->outcome, .person = e->person_id, .name = e->name, .email = e->email,
			.side = e->role, .rank = e->rank, .applied_on = e->applied_on, .told_on = e->told == e->outcome ? e->told_on : NULL };
		bool again = e->told == e->outcome && enrolment_due(w->m, e); /* another letter than the first one, so with another number */
		status = write_letter(w, again ? e->contact_on : e->decided_on);
	}
	mentor_record_free(record);
	return status;
}

static enum mentor_status write_invited(struct writing *w, int64_t id)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(w->m, &mentor_entity_person, id, &record);
	const struct mentor_person *p = record;
	if (!status) {
		w->letter = (struct mentor_letter){ .outcome = w->request->outcome, .person = id, .name = p->name, .email = p->email,
			.side = MENTOR_NONE, .rank = MENTOR_NONE };
		status = write_letter(w, NULL);
	}
	mentor_record_free(record);
	return status;
}

enum mentor_status mentor_letter_list(struct mentor *m, int64_t cohort, const struct mentor_letter_request *request,
    mentor_record_fn *each, void *arg)
{
	struct recipients r = { .m = m, .cohort = cohort, .request = request };
	struct writing w = { .m = m, .request = request, .each = each, .arg = arg };
	problems_clear(m);
	enum mentor_status status = source_load(m, cohort, request, &w.source);
	if (!status)
		status = find_recipients(&r);
	for (size_t i = 0; !status && i < r.n; i++)
		status = request->outcome == MENTOR_LETTER_RECRUITMENT ? write_invited(&w, r.ids[i]) : write_enrolled(&w, cohort, r.ids[i]);
	if (!status && m->starved)
		status = fail_memory(m);
	if (!status && m->n_problems)
		status = refuse(m, "a letter is written whole or not at all", "no letter is written before this is put right");
	for_each_text(&w, mentor_buf_free);
	source_free(&w.source);
	free(r.ids);
	return status;
}

/* ---- who has been told ---- */

static enum mentor_status tell_one(const struct recipients *r, int64_t id, mentor_record_fn *each, void *arg)
{
	void *record = NULL;
	bool changed = false;
	enum mentor_status status = mentor_record_get(r->m, &mentor_entity_enrolment, id, &record);
	if (!status)
		status = enrolment_told(r->m, id, kinds[r->request->outcome].outcome, &changed);
	if (!status) {
		const struct mentor_enrolment *e = record;
		const struct mentor_letter_told row = { changed ? "told" : "unchanged", e->person_id, e->name };
		status = each(arg, &row);
	}
	mentor_record_free(record);
	return status;
}

static enum mentor_status tell_all(struct recipients *r, mentor_record_fn *each, void *arg)
{
	problems_clear(r->m);
	enum mentor_status status = find_recipients(r);
	if (!status && r->m->n_problems)
		return refuse(r->m, "people are told of the outcome that they have", "nothing is recorded before this is put right");
	for (size_t i = 0; !status && i < r->n; i++)
		status = tell_one(r, r->ids[i], each, arg);
	return status;
}

enum mentor_status mentor_letter_tell(struct mentor *m, int64_t cohort, const struct mentor_letter_request *request,
    mentor_record_fn *each, void *arg)
{
	struct recipients r = { .m = m, .cohort = cohort, .request = request, .telling = true };
	if (request->outcome == MENTOR_LETTER_RECRUITMENT)
		return fail(m, MENTOR_USAGE, "record who applies: mentor enrol add PERSON --role WORD", "an invitation is no outcome that people are told of");
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = tell_all(&r, each, arg);
	enum mentor_status ended = mentor_commit(m);
	free(r.ids);
	return status ? status : ended;
}
