/* check_message.c: messages that speak of what is not there, and reports on it. */
#include "check.h"

#include "template.h"

#include <string.h>

#define TO(recipient) (1U << DEF_TO_##recipient)
enum {
	OF_A_PAIR = TO(PERSON) | TO(PARTNER) | TO(MANAGER) | TO(FACILITATOR) | TO(TEAM),
};

/* What a reminder is about, who can get it, and whether it is about somebody. */
static const struct {
	unsigned subjects, to;
	bool somebody;
} about[] = {
	[DEF_WHEN_APPLICATIONS_CLOSE] = { 0, TO(PERSON) | TO(TEAM), false },
	[DEF_WHEN_SUPPORT_MISSING] = { 0, TO(PERSON) | TO(MANAGER) | TO(TEAM), true },
	[DEF_WHEN_CONTRACT_UNSIGNED] = { OF_PAIR, OF_A_PAIR, true },
	[DEF_WHEN_NO_SESSION] = { OF_PAIR, OF_A_PAIR, true },
	[DEF_WHEN_BEHIND_PACE] = { OF_PAIR, OF_A_PAIR, true },
	[DEF_WHEN_LOW_PARTICIPATION] = { OF_PAIR, OF_A_PAIR, true },
	[DEF_WHEN_EVENT_AHEAD] = { OF_EVENT, TO(PERSON) | TO(FACILITATOR) | TO(TEAM), false },
	[DEF_WHEN_SURVEY_OPEN] = { OF_SURVEY, TO(PERSON) | TO(TEAM), false },
	[DEF_WHEN_CHECK_IN_DUE] = { 0, TO(PERSON) | TO(FACILITATOR) | TO(TEAM), true },
	[DEF_WHEN_ACTION_OVERDUE] = { OF_PAIR | OF_ACTION, TO(PERSON) | TO(PARTNER) | TO(TEAM), true },
	[DEF_WHEN_RETENTION_DUE] = { 0, TO(TEAM), false },
};

/* Enough of a text to find it again, and no half character. */
static size_t at_most(const char *text, size_t len)
{
	enum { MOST = 60 };
	size_t n = len < MOST ? len : MOST;
	while (n < len && n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	return n;
}

static void unknown_word(struct check *c, const char *const *steps, const struct template_piece *piece)
{
	const char *names[64] = { 0 };
	for (size_t i = 0; template_words[i].name && i < 63; i++)
		names[i] = template_words[i].name;
	struct mentor_buf name = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	mentor_buf_add(&name, piece->text, at_most(piece->text, piece->len));
	const char *near = mentor_nearest(mentor_buf_text(&name), names);
	if (near)
		mentor_buf_fmt(&hint, "did you mean {%s}?", near);
	else
		mentor_buf_str(&hint, "mentor-programme(5) lists what can stand in braces");
	check_problem(c, steps, mentor_buf_text(&hint), "{%s} is not something that can be filled in", mentor_buf_text(&name));
	mentor_buf_free(&name);
	mentor_buf_free(&hint);
}

static void check_words_in_braces(struct check *c, const char *const *steps, const char *text)
{
	struct template_piece piece;
	bool broken = false;
	while (text && template_next(&text, &piece)) {
		if (piece.kind == TEMPLATE_UNKNOWN)
			unknown_word(c, steps, &piece);
		if ((piece.kind != TEMPLATE_OPEN && piece.kind != TEMPLATE_CLOSE) || broken)
			continue;
		broken = true; /* told once: {{name}} is one mistake */
		check_problem(c, steps, "a word to fill in stands in one pair: {name}", piece.kind == TEMPLATE_CLOSE ? "a } stands alone" : "a { is not closed");
	}
}

static const struct def_template *find_template(const struct definition *d, const char *slug)
{
	for (size_t i = 0; i < d->n_templates; i++)
		if (check_same(d->templates[i].slug, slug))
			return &d->templates[i];
	return NULL;
}

static const char *first_of_subject(unsigned subject)
{
	const struct template_word *word = template_words;
	while (word->name && !(word->subject & subject))
		word++;
	return word->name;
}

static bool speaks_of(const struct def_template *t, const char *in_braces)
{
	const char *const texts[] = { t->subject, t->text, t->cy.subject, t->cy.text };
	bool speaks = false;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		speaks = speaks || (texts[i] && strstr(texts[i], in_braces));
	return speaks;
}

static unsigned subjects_of(const struct def_template *t)
{
	return template_subjects(t->subject) | template_subjects(t->text) | template_subjects(t->cy.subject) | template_subjects(t->cy.text);
}

/* What a message is to carry is named where it says so, and what it names it carries. */
static void check_carried(struct check *c, const struct def_reminder *r, const struct def_template *t)
{
	bool known = t->subject && t->text; /* else a problem of the template's */
	bool says = known && speaks_of(t, "{resources}");
	bool carries = yml_get(check_find(c->r->root, PATH("reminders", r->slug)), "resources");
	if (says && !carries)
		check_problem(c, PATH("reminders", r->slug, "template"), "list some under resources, or use another template",
		    "the template speaks of {resources}, and this reminder carries none");
	if (known && carries && !says)
		check_problem(c, PATH("reminders", r->slug, "resources"), "write {resources} into the template, or remove them here",
		    "the template '%s' does not say where they go", t->slug);
}

/* A name goes to nobody whom it is not meant for. */
static void check_names(struct check *c, const struct def_reminder *r, const struct def_template *t)
{
	const struct {
		const char *in_braces;
		bool wrong;
		const char *why, *hint;
	} names[] = {
		{ "{about}", r->to == DEF_TO_PERSON, "the message goes to the person it is about", "take the word out" },
		{ "{about}", r->to != DEF_TO_PERSON && !about[r->when].somebody, "this reminder is about nobody", "take the word out" },
		{ "{partner}", r->to > DEF_TO_PARTNER, "only the two of a pair are told who the other is", "write {about}, or take the word out" },
		{ "{role}", r->to == DEF_TO_MANAGER || r->to == DEF_TO_TEAM, "whoever gets it has no role", "take the word out" },
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].wrong && speaks_of(t, names[i].in_braces))
			check_problem(c, PATH("reminders", r->slug, "template"), names[i].hint, "the template speaks of %s, but %s", names[i].in_braces,
			    names[i].why);
}

/* Whoever is asked to answer has to know where. */
static void check_link(struct check *c, const struct def_reminder *r, const struct def_template *t)
{
	for (size_t i = 0; i < c->d->n_surveys && speaks_of(t, "{survey_link}"); i++) {
		const struct def_survey *s = &c->d->surveys[i];
		if ((r->survey && !check_same(r->survey, s->slug)) || !s->n_open || yml_get(check_find(c->r->root, PATH("surveys", s->slug)), "link"))
			continue;
		check_problem(c, PATH("reminders", r->slug, "template"), "add link to the survey: where it is answered",
		    "the template speaks of {survey_link}, and the survey '%s' has no link", s->slug);
	}
}

static const struct def_reminder *find_reminder(const struct definition *d, const char *slug)
{
	for (size_t i = 0; slug && i < d->n_reminders; i++)
		if (check_same(d->reminders[i].slug, slug))
			return &d->reminders[i];
	return NULL;
}

/* One that follows another is about the same thing, and none follows itself. */
static void check_after(struct check *c, const struct def_reminder *r)
{
	const struct def_reminder *before = find_reminder(c->d, r->after), *at = before;
	const char *const *steps = PATH("reminders", r->slug, "after");
	if (before && before->when != MENTOR_NONE &&
	    (before->when != r->when || (r->event && !check_same(r->event, before->event)) || (r->survey && !check_same(r->survey, before->survey)) ||
		(r->check_in && !check_same(r->check_in, before->check_in))))
		check_problem(c, steps, "name one with the same when", "'%s' is about something else", before->slug);
	for (size_t i = 0; at && at != r && i < c->d->n_reminders; i++)
		at = find_reminder(c->d, at->after);
	if (at == r)
		check_problem(c, steps, "the first of a chain has no after", "it would follow itself, and never be sent");
	if (before && r->days != MENTOR_NONE && r->days < 1)
		check_problem(c, PATH("reminders", r->slug), "give days: 7", "what follows a message comes at least a day after it");
}

static void check_reminder(struct check *c, const struct def_reminder *r)
{
	const struct def_template *t = find_template(c->d, r->template);
	const struct {
		const char *key, *value;
		int64_t when;
	} only[] = {
		{ "event", r->event, DEF_WHEN_EVENT_AHEAD },
		{ "survey", r->survey, DEF_WHEN_SURVEY_OPEN },
		{ "check_in", r->check_in, DEF_WHEN_CHECK_IN_DUE },
	};
	if (r->when == MENTOR_NONE)
		return;
	for (size_t i = 0; i < sizeof(only) / sizeof(*only); i++)
		if (only[i].value && r->when != only[i].when)
			check_problem(c, PATH("reminders", r->slug, only[i].key), "remove it, or change when", "this reminder is about something else");
	unsigned missing = t ? subjects_of(t) & ~about[r->when].subjects : 0;
	if (missing)
		check_problem(c, PATH("reminders", r->slug, "template"), "use another template, or take the word out",
		    "the template speaks of {%s}, and this reminder is about nothing of that sort", first_of_subject(missing));
	if (t)
		check_carried(c, r, t);
	if (r->to != MENTOR_NONE && !(about[r->when].to & 1U << r->to))
		check_problem(c, PATH("reminders", r->slug, yml_get(check_find(c->r->root, PATH("reminders", r->slug)), "to") ? "to" : "when"),
		    "mentor-programme(5) says who can get which reminder", "nobody of that sort gets a reminder of this kind");
	else if (t && r->to != MENTOR_NONE)
		check_names(c, r, t);
	if (t && r->when == DEF_WHEN_SURVEY_OPEN)
		check_link(c, r, t);
	check_after(c, r);
	if (!r->after && r->when == DEF_WHEN_EVENT_AHEAD && r->days != MENTOR_NONE && r->days > 0)
		check_problem(c, PATH("reminders", r->slug, "days"), "write a negative number: -7 is a week before", "the event would be over");
}

/* Words that stand for nothing in some of the messages that are no reminders. */
static void check_never(struct check *c, const struct def_template *t)
{
	static const struct {
		const char *in_braces;
		int64_t first, last;
		const char *why;
	} never[] = {
		{ "{about}", DEF_USE_RECRUITMENT, DEF_USE_ENDED, "the message goes to the person it is about" },
		{ "{role}", DEF_USE_RECRUITMENT, DEF_USE_RECRUITMENT, "whoever is invited has no role yet" },
	};
	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++) {
		if (speaks_of(t, never[i].in_braces) && t->use >= never[i].first && t->use <= never[i].last)
			check_problem(c, PATH("templates", t->slug, "for"), "take the word out", "the message speaks of %s, but %s", never[i].in_braces, never[i].why);
	}
}

/* One decision, one message, which speaks of nothing that the decision is not about. Invitations may be several, such as one for each side. */
static void check_use(struct check *c, size_t at)
{
	const struct def_template *t = &c->d->templates[at];
	unsigned missing = t->use > DEF_USE_REMINDER ? subjects_of(t) & ~(t->use >= DEF_USE_PUBLISHED ? OF_PAIR : 0u) : 0;
	if (missing)
		check_problem(c, PATH("templates", t->slug, "for"), "take the word out", "the message speaks of {%s}, which there is not yet",
		    first_of_subject(missing));
	check_never(c, t);
	for (size_t i = 0; t->use > DEF_USE_RECRUITMENT && i < at; i++)
		if (c->d->templates[i].use == t->use)
			check_problem(c, PATH("templates", t->slug, "for"), "keep one of them", "'%s' is for the same", c->d->templates[i].slug);
}

/* In Welsh a message has both, or it goes out in English. */
static void check_welsh(struct check *c, const struct def_template *t)
{
	const struct yml *cy = check_find(c->r->root, PATH("templates", t->slug, "cy"));
	const char *const keys[] = { "subject", "text" };
	check_words_in_braces(c, PATH("templates", t->slug, "cy", "subject"), t->cy.subject);
	check_words_in_braces(c, PATH("templates", t->slug, "cy", "text"), t->cy.text);
	bool given[] = { cy->kind == YML_MAP && yml_get(cy, keys[0]), cy->kind == YML_MAP && yml_get(cy, keys[1]) };
	for (size_t i = 0; i < 2 && yml_get(check_find(c->r->root, PATH("templates", t->slug)), "cy"); i++)
		if (given[1 - i] && !given[i])
			check_problem(c, PATH("templates", t->slug, "cy"), "give both, or neither", "the key '%s' is missing", keys[i]);
}

static void check_templates(struct check *c)
{
	for (size_t i = 0; i < c->d->n_templates; i++) {
		const struct def_template *t = &c->d->templates[i];
		check_words_in_braces(c, PATH("templates", t->slug, "subject"), t->subject);
		check_words_in_braces(c, PATH("templates", t->slug, "text"), t->text);
		check_welsh(c, t);
		check_use(c, i);
	}
	for (size_t i = 0; i < c->d->n_reminders; i++)
		check_reminder(c, &c->d->reminders[i]);
}

static void check_sending(struct check *c)
{
	const struct def_sending *s = &c->d->sending;
	if (s->from && s->until && strcmp(s->from, s->until) >= 0)
		check_problem(c, PATH("sending", "until"), "give a time after from", "nothing could ever be sent");
	for (size_t i = 0; i < s->n_quiet; i++)
		if (s->quiet[i].first && s->quiet[i].last && strcmp(s->quiet[i].first, s->quiet[i].last) > 0)
			check_problem(c, PATH("sending", "quiet", s->quiet[i].slug, "last"), "give first and last in order; for one day the same day twice",
			    "it ends before it begins");
}

/* ---- reports ---- */

/* A report cannot hold what the programme does not have. */
static void check_reports(struct check *c)
{
	static const struct {
		const char *section, *group;
	} needs[] = { { "equality", "equality" }, { "barriers", "barriers" } };
	for (size_t i = 0; i < c->d->n_reports; i++)
		for (size_t n = 0; n < sizeof(needs) / sizeof(*needs); n++)
			if (check_lists(needs[n].section, c->d->reports[i].sections, c->d->reports[i].n_sections) && !yml_get(c->r->root, needs[n].group))
				check_problem(c, PATH("reports", c->d->reports[i].slug, "sections"), "take the section out, or add the group",
				    "the section '%s' needs the group '%s', which the file does not have", needs[n].section, needs[n].group);
}

void check_messages(struct check *c)
{
	check_templates(c);
	check_sending(c);
	check_reports(c);
}
