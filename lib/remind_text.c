/* remind_text.c: a reminder in the words of its template. */
#include "remind.h"

#include "language.h"
#include "template.h"

#include <inttypes.h>
#include <string.h>

const struct def_template *remind_template(const struct definition *d, const struct def_reminder *rule)
{
	for (size_t i = 0; i < d->n_templates; i++)
		if (strcmp(d->templates[i].slug, rule->template) == 0)
			return &d->templates[i];
	return NULL;
}

struct remind_address remind_address(const struct remind_due *due)
{
	const struct def_contact *contact = &due->cohort->d->contact;
	if (!due->to)
		return (struct remind_address){ contact->name, contact->email, MENTOR_LANGUAGE_EN };
	if (due->rule->to == DEF_TO_MANAGER)
		return (struct remind_address){ due->to->manager_name, due->to->manager_email, due->to->manager_language };
	return (struct remind_address){ due->to->name, due->to->email, due->to->language };
}

/* ---- words ---- */

/* Each appends what the word stands for, or nothing when that is not known. */
typedef void word_fn(struct mentor_buf *b, const struct remind_due *due);

static void put(struct mentor_buf *b, const char *text)
{
	if (text)
		mentor_buf_str(b, text);
}

static void put_day(struct mentor_buf *b, int64_t language, const char *iso)
{
	if (iso)
		language_day(b, language, iso);
}

static void put_number(struct mentor_buf *b, int64_t n)
{
	if (n != MENTOR_NONE)
		mentor_buf_number(b, n);
}

/* A line manager whose name is not known is a colleague. */
static void put_name(struct mentor_buf *b, const struct remind_due *due)
{
	const char *name = remind_address(due).name;
	mentor_buf_str(b, name ? name : language_say(due->language, due->to ? SAY_COLLEAGUE : SAY_TEAM));
}

static void put_role(struct mentor_buf *b, const struct remind_due *due)
{
	const struct def_welsh_labels *cy = &due->cohort->d->labels.cy;
	const char *one = language_side(due->language, due->cohort->labels.mentor, cy->mentor);
	const char *other = language_side(due->language, due->cohort->labels.mentee, cy->mentee);
	if (!due->to || due->rule->to == DEF_TO_MANAGER)
		return;
	bool mentor = due->pair ? due->pair->mentor == due->to : due->to->role == MENTOR_ROLE_MENTOR;
	if (!due->pair && due->to->role == MENTOR_ROLE_FACILITATOR)
		mentor_buf_str(b, language_say(due->language, SAY_FACILITATOR));
	else if (!due->pair && due->to->role == MENTOR_ROLE_EITHER)
		mentor_buf_fmt(b, "%s%s%s", one, language_say(due->language, SAY_EITHER), other);
	else if (due->pair || due->to->role != MENTOR_NONE)
		mentor_buf_str(b, mentor ? one : other);
}

static void put_about(struct mentor_buf *b, const struct remind_due *due)
{
	if (due->rule->to == DEF_TO_PERSON)
		return;
	if (due->about)
		mentor_buf_str(b, due->about->name);
	else if (due->pair)
		language_names(b, due->language, due->pair->mentor->name, due->pair->mentee->name);
}

/* Only the two of a pair are told. */
static void put_partner(struct mentor_buf *b, const struct remind_due *due)
{
	if (due->pair && (due->to == due->pair->mentor || due->to == due->pair->mentee) && due->rule->to <= DEF_TO_PARTNER)
		mentor_buf_str(b, due->to == due->pair->mentor ? due->pair->mentee->name : due->pair->mentor->name);
}

static void put_resources(struct mentor_buf *b, const struct remind_due *due)
{
	const struct definition *d = due->cohort->d;
	for (size_t i = 0; i < due->rule->n_resources; i++)
		for (size_t r = 0; r < d->n_resources; r++)
			if (strcmp(d->resources[r].slug, due->rule->resources[i]) == 0)
				template_item(b, due->rule->n_resources, d->resources[r].title, d->resources[r].link);
}

static void put_last_session(struct mentor_buf *b, const struct remind_due *due)
{
	const char *last_on = due->pair ? due->pair->pace.last_on : NULL;
	if (due->pair && !last_on)
		mentor_buf_str(b, language_say(due->language, SAY_NONE_YET));
	put_day(b, due->language, last_on);
}

#define WORD(name, expression) static void word_##name(struct mentor_buf *b, const struct remind_due *due) { expression; }
#define OF_WORDS(name) WORD(name, put(b, due->words ? due->words->name : NULL))
#define DAY_OF_WORDS(name) WORD(name, put_day(b, due->language, due->words ? due->words->name : NULL))
/* clang-format off */
WORD(programme, put(b, due->cohort->d->title))
WORD(organisation, put(b, due->cohort->d->organisation))
WORD(cohort, put(b, due->cohort->cohort->title))
WORD(contact_name, put(b, due->cohort->d->contact.name))
WORD(contact_email, put(b, due->cohort->d->contact.email))
WORD(opens_on, put_day(b, due->language, due->cohort->cohort->opens_on))
WORD(closes_on, put_day(b, due->language, due->cohort->cohort->closes_on))
WORD(starts_on, put_day(b, due->language, due->cohort->cohort->starts_on))
WORD(ends_on, put_day(b, due->language, due->cohort->cohort->ends_on))
WORD(sessions, put_number(b, due->pair ? due->pair->pace.held : MENTOR_NONE))
WORD(sessions_due, put_number(b, due->pair ? due->pair->due : MENTOR_NONE))
OF_WORDS(event)
DAY_OF_WORDS(event_date)
OF_WORDS(event_start)
OF_WORDS(event_end)
OF_WORDS(event_place)
OF_WORDS(survey)
OF_WORDS(survey_link)
DAY_OF_WORDS(survey_closes_on)
OF_WORDS(action)
DAY_OF_WORDS(action_due)
/* clang-format on */

static const struct {
	const char *name;
	word_fn *put;
	bool of_cohort; /* the same in every message of the cohort */
} words[] = {
	{ "name", put_name, false }, { "role", put_role, false }, { "about", put_about, false }, { "partner", put_partner, false },
	{ "programme", word_programme, true }, { "organisation", word_organisation, true }, { "cohort", word_cohort, true },
	{ "contact_name", word_contact_name, true }, { "contact_email", word_contact_email, true }, { "opens_on", word_opens_on, true },
	{ "closes_on", word_closes_on, true }, { "starts_on", word_starts_on, true }, { "ends_on", word_ends_on, true },
	{ "resources", put_resources, true }, { "sessions", word_sessions, false }, { "sessions_due", word_sessions_due, false },
	{ "last_session", put_last_session, false }, { "event", word_event, false }, { "event_date", word_event_date, false },
	{ "event_start", word_event_start, false }, { "event_end", word_event_end, false }, { "event_place", word_event_place, false },
	{ "survey", word_survey, false }, { "survey_link", word_survey_link, false }, { "survey_closes_on", word_survey_closes_on, false },
	{ "action", word_action, false }, { "action_due", word_action_due, false },
};

/* *ret_cohort says whether it is the same in every message. False when nothing is known. */
static bool put_word(struct mentor_buf *b, const struct remind_due *due, const char *name, bool *ret_cohort)
{
	size_t before = b->len;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i].name, name) == 0) {
			*ret_cohort = words[i].of_cohort;
			words[i].put(b, due);
		}
	return b->len > before || b->failed;
}

/* ---- what is missing in every message ---- */

static const char *hole_of(const struct remind_due *due, const char *text)
{
	struct template_piece piece;
	while (template_next(&text, &piece)) {
		struct mentor_buf b = MENTOR_BUF_INIT;
		bool of_cohort = false;
		bool known = piece.kind != TEMPLATE_WORD || put_word(&b, due, piece.word->name, &of_cohort);
		mentor_buf_free(&b);
		if (!known && of_cohort)
			return piece.word->name;
	}
	return NULL;
}

const char *remind_hole(const struct remind_cohort *c, const struct def_reminder *rule)
{
	struct remind_cohort shared = *c; /* only looked at */
	const struct remind_due due = { .cohort = &shared, .rule = rule };
	const struct def_template *t = remind_template(c->d, rule);
	const char *const texts[] = { t ? t->subject : NULL, t ? t->text : NULL, t ? t->cy.subject : NULL, t ? t->cy.text : NULL };
	const char *hole = NULL;
	for (size_t i = 0; !hole && i < sizeof(texts) / sizeof(*texts); i++)
		hole = texts[i] ? hole_of(&due, texts[i]) : NULL;
	return hole;
}

/* ---- the message ---- */

static enum mentor_status fill_word(void *arg, const struct template_word *word, struct mentor_buf *b)
{
	const struct remind_due *due = arg;
	bool of_cohort = false;
	if (put_word(b, due, word->name, &of_cohort))
		return MENTOR_OK;
	return fail(due->cohort->m, MENTOR_REFUSED, "set it, or take the word out of the template", "the template '%s' speaks of {%s}, which is not known",
	    due->rule->template, word->name);
}

enum mentor_status remind_write(const struct remind_due *due, struct mentor_buf *subject, struct mentor_buf *text, int64_t *ret_language)
{
	struct remind_due shared = *due; /* for a callback that takes what it could change */
	const struct def_contact *contact = &due->cohort->d->contact;
	const struct def_template *t = remind_template(due->cohort->d, due->rule);
	if (!t)
		return fail(due->cohort->m, MENTOR_BUG, NULL, "the programme has no template '%s'", due->rule->template);
	shared.language = remind_address(due).language;
	const struct def_wording w = language_wording(t, &shared.language);
	enum mentor_status status = template_fill(subject, w.subject, fill_word, &shared);
	if (!status)
		status = template_fill(text, w.text, fill_word, &shared);
	if (!status)
		template_sign(text, w.text, contact->name, contact->email);
	*ret_language = shared.language;
	return !status && (subject->failed || text->failed) ? fail_memory(due->cohort->m) : status;
}
