/* language.c: what messages say by themselves, in each language that people can be written to in. */
#include "language.h"

#include "db.h"

#include <string.h>

const char *const language_tags[] = { "en", "cy", NULL };

static const char *const english[PHRASES] = {
	[SAY_COLLEAGUE] = "colleague",
	[SAY_TEAM] = "team",
	[SAY_NONE_YET] = "none yet",
	[SAY_FACILITATOR] = "facilitator",
	[SAY_EITHER] = " or ",
	[SAY_REMINDERS] = "reminders",
	[SAY_DEAR] = "Dear",
	[SAY_INVITED] = "you are invited: ",
	[SAY_CHANGED] = "something has changed. This is how it is now: ",
	[SAY_CANCELLED] = "this does not take place as it was announced: ",
	[SAY_NOT_EXPECTED] = "you are not expected any more at: ",
	[SAY_MARK_CHANGED] = "Changed: ",
	[SAY_MARK_CANCELLED] = "Cancelled: ",
	[SAY_WHEN] = "When: ",
	[SAY_UNTIL] = " to ",
	[SAY_WHERE] = "Where: ",
	[SAY_ONLINE] = "online",
	[SAY_FACE_TO_FACE] = "face to face",
	[SAY_ONLINE_OR_NOT] = "online or face to face",
	[SAY_AROUND] = "Arranged around: ",
	[SAY_SIGN_UP] = "How to sign up: ",
	[SAY_COUNTS] = "Being there counts as taking part in the programme.",
	[SAY_CANNOT_COME] = "If you cannot come, please write to us.",
};

const char *language_say(int64_t language, enum phrase phrase)
{
	return (language == MENTOR_LANGUAGE_CY ? language_welsh : english)[phrase];
}

void language_day(struct mentor_buf *b, int64_t language, const char *iso)
{
	int64_t day = 0;
	if (language != MENTOR_LANGUAGE_CY || !iso || !mentor_day_parse(iso, &day)) {
		mentor_day_in_words(b, iso);
		return;
	}
	mentor_buf_number(b, (iso[8] - '0') * 10 + iso[9] - '0');
	mentor_buf_fmt(b, " %s %.4s", language_welsh_months[(iso[5] - '0') * 10 + iso[6] - '0' - 1], iso);
}

/* "a" before a consonant, "ac" before a vowel, which a Y is where a consonant follows. Names do not change. */
static const char *welsh_and(const char *name)
{
	static const char vowels[] = "aeiouAEIOU";
	bool y = (name[0] == 'Y' || name[0] == 'y') && name[1] && !strchr(vowels, name[1]);
	return *name && (y || strchr(vowels, *name)) ? "ac" : "a";
}

void language_names(struct mentor_buf *b, int64_t language, const char *one, const char *other)
{
	mentor_buf_fmt(b, "%s %s %s", one, language == MENTOR_LANGUAGE_CY ? welsh_and(other) : "and", other);
}

const char *language_side(int64_t language, const char *label, const char *welsh)
{
	if (language != MENTOR_LANGUAGE_CY)
		return label;
	return welsh ? welsh : strcmp(label, "mentee") == 0 ? "mentorai" : label; /* a mentor is one in both */
}

struct def_wording language_wording(const struct def_template *t, int64_t *language)
{
	if (*language == MENTOR_LANGUAGE_CY && t->cy.subject && t->cy.text)
		return t->cy;
	*language = MENTOR_LANGUAGE_EN;
	return (struct def_wording){ t->subject, t->text };
}

enum mentor_status language_of(struct mentor *m, int64_t person, int64_t *ret_language)
{
	return db_value(m, "SELECT CASE WHEN language = 'cy' THEN 1 ELSE 0 END FROM person WHERE id = $1", DB_ARGS(DB_NUMBER(person)),
	    MENTOR_LANGUAGE_EN, ret_language);
}
