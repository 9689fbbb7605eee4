/* processing.c: the register of processing (UK GDPR, article 30): what is done with data of people and why, as the programme says and as this
 * program does. Nobody's data is in it. */
#include "held.h"
#include "programme.h"

#include <inttypes.h>
#include <string.h>

/* clang-format off */
#define AT_TEXT(member) MENTOR_AT_TEXT(mentor_processing, member)
const struct mentor_field mentor_processing_fields[] = {
	{ "purpose", MENTOR_TYPE_TEXT, MENTOR_LABEL, AT_TEXT(purpose), .help = "what it is done for" },
	{ "people", MENTOR_TYPE_TEXT, 0, AT_TEXT(people), .help = "whose data it is" },
	{ "data", MENTOR_TYPE_TEXT, 0, AT_TEXT(data), .help = "which data" },
	{ "basis", MENTOR_TYPE_TEXT, 0, AT_TEXT(basis), .heading = "lawful basis", .help = "the lawful basis" },
	{ "condition", MENTOR_TYPE_TEXT, 0, AT_TEXT(condition), .help = "where it takes one: the condition for special categories, or where consent was asked for" },
	{ "seen_by", MENTOR_TYPE_TEXT, 0, AT_TEXT(seen_by), .heading = "recipients", .help = "who sees it" },
	{ "kept", MENTOR_TYPE_TEXT, 0, AT_TEXT(kept), .help = "how long it is kept" },
	{ "safeguards", MENTOR_TYPE_TEXT, MENTOR_WIDE, AT_TEXT(safeguards), .help = "what protects it" },
	{ 0 },
};
#undef AT_TEXT
#define AT_TEXT(member) MENTOR_AT_TEXT(mentor_controller, member)
const struct mentor_field mentor_controller_fields[] = {
	{ "programme", MENTOR_TYPE_TEXT, 0, AT_TEXT(programme), .help = "the programme" },
	{ "organisation", MENTOR_TYPE_TEXT, 0, AT_TEXT(organisation), .heading = "controller", .help = "who answers for it" },
	{ "contact", MENTOR_TYPE_TEXT, 0, AT_TEXT(contact), .help = "whom to ask" },
	{ "email", MENTOR_TYPE_TEXT, 0, AT_TEXT(email), .heading = "address", .help = "where to write" },
	{ "transfers", MENTOR_TYPE_TEXT, 0, AT_TEXT(transfers), .help = "whether data goes to other countries" },
	{ "security", MENTOR_TYPE_TEXT, 0, AT_TEXT(security), .help = "measures that protect all of it" },
	{ 0 },
};
#undef AT_TEXT

/* What every programme does, a row for each class of records that has a time of its own. */
static const char usual_basis[] = "Legitimate interests or public task: UK GDPR, Article 6(1)(f) or (e); the privacy notice says which";
static const struct {
	enum held_class kept;
	struct mentor_processing row;
} usual[] = {
	{ HELD_APPLICATIONS, { "Choosing who takes part", "Applicants, their line managers", "Name, address, organisation, job, grade, answers of the application, scores, decisions, line manager's support",
	  usual_basis, NULL, "Running team, assessors, line managers asked for support", NULL, "Those who never come to be in a pair are removed after this time" } },
	{ HELD_PAIRS, { "Making pairs, and looking after them", "Participants", "Enrolment, pairs, preferences, who is not to be paired with whom, how pairs ended, remarks let be quoted",
	  usual_basis, NULL, "Running team; each of a pair sees the other", NULL, "Whom somebody asks to be kept from is told to nobody, and each reading is recorded" } },
	{ HELD_SESSIONS, { "Accompanying pairs, and showing that time was given", "Participants", "Days and length of sessions, agreements, goals, actions, meetings taken part in, events, check-ins; of reflections only the day",
	  usual_basis, NULL, "Running team; reports count and name nobody", NULL, "What was said is not held, unless the programme has decided so" } },
	{ HELD_SURVEYS, { "Measuring what has changed", "Participants", "Answers to surveys; of anonymous ones without anything that leads to a person",
	  usual_basis, NULL, "Nobody sees single answers; results go to the running team, the board, the public", NULL, "Small numbers are withheld, publications are noted so that two of them tell of nobody" } },
	{ HELD_MESSAGES, { "Reminding people of what is due", "Participants, line managers, facilitators", "That a message went out, to whom, when; neither its text nor the address",
	  usual_basis, NULL, "The mail service of the organisation", NULL, "Nothing goes to whoever objects" } },
};
/* clang-format on */

static int64_t months_of(const struct def_retention *r, enum held_class kept)
{
	const int64_t months[HELD_CLASSES] = { [HELD_APPLICATIONS] = r->applications, [HELD_PAIRS] = r->pairs, [HELD_SESSIONS] = r->sessions,
		[HELD_SURVEYS] = r->surveys, [HELD_MESSAGES] = r->messages };
	return months[kept];
}

struct telling {
	struct mentor *m;
	struct mentor_buf text;
	mentor_report_fn *each;
	void *arg;
};

static enum mentor_status tell(struct telling *t, struct mentor_processing row, int64_t months)
{
	mentor_buf_clear(&t->text);
	mentor_buf_fmt(&t->text, "%" PRId64 " month%s after the cohort has ended", months, months == 1 ? "" : "s");
	row.kept = mentor_buf_text(&t->text);
	return t->text.failed ? fail_memory(t->m) : t->each(t->arg, "purposes", &row);
}

static enum mentor_status tell_field(struct telling *t, const struct definition *d, const struct def_policy *p)
{
	const struct def_column *column = definition_column(d, p->slug), *consent = p->consent ? definition_column(d, p->consent) : NULL;
	struct mentor_buf data = MENTOR_BUF_INIT, condition = MENTOR_BUF_INIT;
	mentor_buf_fmt(&data, "Answer of the application: %s", column && column->header ? column->header : p->slug);
	if (consent)
		mentor_buf_fmt(&condition, "Consent, asked for in the application: %s", consent->header ? consent->header : p->consent);
	enum mentor_status status = data.failed || condition.failed ? fail_memory(t->m) :
	    tell(t, (struct mentor_processing){ p->purpose, "Applicants", mentor_buf_text(&data), p->basis, condition.len ? mentor_buf_text(&condition) : NULL,
			p->seen_by, NULL, p->consent ? "Without consent, and for whoever objects, pairs are made as if it were not known" :
						       "For whoever objects, pairs are made as if it were not known" }, p->months);
	mentor_buf_free(&data);
	mentor_buf_free(&condition);
	return status;
}

static enum mentor_status tell_monitoring(struct telling *t, const struct def_equality *e)
{
	struct mentor_buf condition = MENTOR_BUF_INIT;
	if (e->n_questions == 0)
		return MENTOR_OK;
	mentor_buf_fmt(&condition, "Equality of opportunity: Data Protection Act 2018, Schedule 1, paragraph 8, which asks for an appropriate policy document%s%s",
	    e->policy ? ": " : "", e->policy ? e->policy : "");
	enum mentor_status status = condition.failed ? fail_memory(t->m) :
	    tell(t, (struct mentor_processing){ e->purpose, "Applicants", "Answers to equality monitoring, by a form of its own", e->basis,
			mentor_buf_text(&condition), e->seen_by, NULL,
			"Behind a wall: nothing that chooses, pairs or writes can read it; small numbers are withheld; whoever objects is forgotten at once" },
		e->months);
	mentor_buf_free(&condition);
	return status;
}

/* What is held because of the law on data itself. */
static enum mentor_status tell_duties(struct telling *t, const struct def_retention *r)
{
	static const char duty[] = "Legal obligation: UK GDPR, Article 6(1)(c)";
	enum mentor_status status = t->each(t->arg, "purposes", &(const struct mentor_processing){ "Answering people who ask, object or complain about their data", "Whoever does",
		"What was asked or complained of, on which day, and what came of it", duty, NULL, "Running team", "As long as the person's record",
		"Days by which an answer is owed are watched; records stay until it is given" });
	mentor_buf_clear(&t->text);
	mentor_buf_fmt(&t->text, "%" PRId64 " months", r->audit);
	if (status)
		return status;
	return t->text.failed ? fail_memory(t->m) : t->each(t->arg, "purposes", &(const struct mentor_processing){ "Being able to show who did what", "Running team",
		"Name or number of the user, command, time, numbers of records", duty, NULL, "Running team, whoever checks on it", mentor_buf_text(&t->text),
		"Nothing of what records say; a chain of hashes shows what was changed or removed" });
}

static enum mentor_status tell_all(struct telling *t, const struct definition *d)
{
	const struct mentor_controller who = { d->title, d->organisation, d->contact.name, d->contact.email,
		"None by this program: the store is a file of the organisation's",
		"One file that only its owner can open, to be kept on an encrypted disk; a trail of changes that shows when it is tampered with; copies are checked; "
		"erasing is certified" };
	enum mentor_status status = t->each(t->arg, "controller", &who);
	for (size_t i = 0; !status && i < sizeof(usual) / sizeof(*usual); i++)
		status = tell(t, usual[i].row, months_of(&d->privacy.retention, usual[i].kept));
	for (size_t i = 0; !status && i < d->privacy.n_fields; i++)
		status = tell_field(t, d, &d->privacy.fields[i]);
	if (!status)
		status = tell_monitoring(t, &d->equality);
	return status ? status : tell_duties(t, &d->privacy.retention);
}

enum mentor_status mentor_privacy_register(struct mentor *m, int64_t cohort, mentor_report_fn *each, void *arg)
{
	struct telling t = { m, MENTOR_BUF_INIT, each, arg };
	struct definition *d = NULL;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = tell_all(&t, d);
	definition_free(d);
	mentor_buf_free(&t.text);
	return status;
}
