/* template.c: the words that messages can hold in braces, and how a text falls into pieces. */
#include "template.h"

#include <string.h>

const struct template_word template_words[] = {
	{ "name", 0, "the person written to" },
	{ "role", 0, "what the programme calls the person's side" },
	{ "about", 0, "whom it is about, when it goes to somebody else" },
	{ "programme", 0, "title of the programme" },
	{ "organisation", 0, "who runs it" },
	{ "cohort", 0, "title of the cohort" },
	{ "contact_name", 0, "who answers enquiries" },
	{ "contact_email", 0, "where to write" },
	{ "opens_on", 0, "first day for applications" },
	{ "closes_on", 0, "last day for applications" },
	{ "starts_on", 0, "first day of the work in pairs" },
	{ "ends_on", 0, "last day of the cohort" },
	{ "resources", 0, "the resources that go with the reminder; in a letter to an applicant, those for this person" },
	{ "partner", OF_PAIR, "the other person of the pair" },
	{ "sessions", OF_PAIR, "how many sessions the pair has held" },
	{ "sessions_due", OF_PAIR, "how many are due by now" },
	{ "last_session", OF_PAIR, "day of the last session; 'none yet' when there was none" },
	{ "event", OF_EVENT, "title of the event" },
	{ "event_date", OF_EVENT, "its day" },
	{ "event_start", OF_EVENT, "when it begins" },
	{ "event_end", OF_EVENT, "when it ends" },
	{ "event_place", OF_EVENT, "where it is, or its link" },
	{ "survey", OF_SURVEY, "title of the survey" },
	{ "survey_link", OF_SURVEY, "where to answer it" },
	{ "survey_closes_on", OF_SURVEY, "last day on which it can be answered" },
	{ "action", OF_ACTION, "the action" },
	{ "action_due", OF_ACTION, "the day it is due" },
	{ 0 },
};

static const struct template_word *find_word(const char *name, size_t len)
{
	for (const struct template_word *word = template_words; word->name; word++)
		if (strlen(word->name) == len && strncmp(word->name, name, len) == 0)
			return word;
	return NULL;
}

bool template_next(const char **text, struct template_piece *ret)
{
	const char *at = *text;
	size_t plain = strcspn(at, "{}"), inside = at[plain] ? strcspn(at + plain + 1, "{}") : 0;
	if (!*at)
		return false;
	*ret = (struct template_piece){ .kind = TEMPLATE_TEXT, .text = at, .len = plain };
	if (plain == 0 && (*at == '}' || at[1 + inside] != '}')) {
		ret->kind = *at == '}' ? TEMPLATE_CLOSE : TEMPLATE_OPEN;
		ret->len = 1;
	} else if (plain == 0) {
		ret->word = find_word(at + 1, inside);
		ret->kind = ret->word ? TEMPLATE_WORD : TEMPLATE_UNKNOWN;
		ret->text = at + 1;
		ret->len = inside;
	}
	*text = ret->text + ret->len + (ret->text > at); /* past the closing brace of a word */
	return true;
}

unsigned template_subjects(const char *text)
{
	struct template_piece piece;
	unsigned all = 0;
	while (text && template_next(&text, &piece))
		all |= piece.kind == TEMPLATE_WORD ? piece.word->subject : 0;
	return all;
}

/* A folded text of a YAML file has one line for each paragraph, without a line between them. */
static void add_paragraphs(struct mentor_buf *b, const char *text, size_t len, bool spread)
{
	for (size_t i = 0; i < len; i++) {
		mentor_buf_char(b, text[i]);
		if (text[i] == '\n' && spread)
			mentor_buf_char(b, '\n');
	}
}

enum mentor_status template_fill(struct mentor_buf *b, const char *text, template_value_fn *value, void *arg)
{
	bool spread = !strstr(text, "\n\n");
	struct template_piece piece;
	enum mentor_status status = MENTOR_OK;
	while (!status && template_next(&text, &piece))
		if (piece.kind == TEMPLATE_WORD)
			status = value(arg, piece.word, b);
		else
			add_paragraphs(b, piece.text, piece.len, spread);
	return status;
}

void template_sign(struct mentor_buf *b, const char *text, const char *name, const char *email)
{
	while (b->len && (b->data[b->len - 1] == '\n' || b->data[b->len - 1] == ' '))
		b->data[--b->len] = '\0';
	if (strstr(text, "{contact_email}") || strstr(text, email))
		return;
	if (name)
		mentor_buf_fmt(b, "\n\n%s, %s", name, email);
	else
		mentor_buf_fmt(b, "\n\n%s", email);
}

void template_item(struct mentor_buf *b, size_t n, const char *title, const char *link)
{
	mentor_buf_fmt(b, "%s%s", n > 1 ? "\n- " : "", title);
	if (link)
		mentor_buf_fmt(b, ": %s", link);
}

enum mentor_status mentor_programme_words(enum mentor_status (*each)(void *arg, const struct mentor_programme_word *word), void *arg)
{
	static const char *const messages[] = { [0] = "every message", [OF_PAIR] = "reminders about a pair",
		[OF_EVENT] = "reminders about an event", [OF_SURVEY] = "reminders about a survey", [OF_ACTION] = "reminders about an action" };
	enum mentor_status status = MENTOR_OK;
	for (const struct template_word *w = template_words; !status && w->name; w++) {
		const struct mentor_programme_word word = { w->name, messages[w->subject], w->help };
		status = each(arg, &word);
	}
	return status;
}
