/* language.c: what messages say by themselves, in each language that people can be written to in. */
#include "language.h"

#include "db.h"

#include <string.h>

const char *const language_tags[] = { "en", "cy", NULL };

/* In Welsh a noun behind a number stands alone, and what another word would change is put where nothing changes it. */
static const char *const phrases[PHRASES][2] = {
	[SAY_COLLEAGUE] = { "colleague", "gydweithiwr" }, /* behind "Annwyl", which softens it */
	[SAY_TEAM] = { "team", "dîm" },
	[SAY_NONE_YET] = { "none yet", "dim un eto" },
	[SAY_FACILITATOR] = { "facilitator", "hwylusydd" },
	[SAY_EITHER] = { " or ", " / " },
	[SAY_REMINDERS] = { "reminders", "nodyn atgoffa" },
	[SAY_DEAR] = { "Dear", "Annwyl" },
	[SAY_INVITED] = { "you are invited: ", "Dyma wahoddiad i chi: " },
	[SAY_CHANGED] = { "something has changed. This is how it is now: ", "Mae rhywbeth wedi newid. Dyma'r trefniadau yn awr: " },
	[SAY_CANCELLED] = { "this does not take place as it was announced: ", "Ni fydd y digwyddiad hwn yn cael ei gynnal fel y'i cyhoeddwyd: " },
	[SAY_NOT_EXPECTED] = { "you are not expected any more at: ", "Nid oes disgwyl i chi ddod i'r digwyddiad hwn mwyach: " },
	[SAY_MARK_CHANGED] = { "Changed: ", "Newid: " },
	[SAY_MARK_CANCELLED] = { "Cancelled: ", "Wedi'i ganslo: " },
	[SAY_WHEN] = { "When: ", "Pryd: " },
	[SAY_UNTIL] = { " to ", " tan " },
	[SAY_WHERE] = { "Where: ", "Ble: " },
	[SAY_ONLINE] = { "online", "ar-lein" },
	[SAY_FACE_TO_FACE] = { "face to face", "wyneb yn wyneb" },
	[SAY_ONLINE_OR_NOT] = { "online or face to face", "ar-lein neu wyneb yn wyneb" },
	[SAY_AROUND] = { "Arranged around: ", "Wedi'i drefnu o amgylch: " },
	[SAY_SIGN_UP] = { "How to sign up: ", "Sut i gofrestru: " },
	[SAY_COUNTS] = { "Being there counts as taking part in the programme.", "Mae bod yn bresennol yn cyfrif fel cymryd rhan yn y rhaglen." },
	[SAY_CANNOT_COME] = { "If you cannot come, please write to us.", "Os na allwch ddod, ysgrifennwch atom." },
};

static const char *const welsh_months[] = { "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref",
	"Tachwedd", "Rhagfyr" };

const char *language_say(int64_t language, enum phrase phrase)
{
	return phrases[phrase][language == MENTOR_LANGUAGE_CY];
}

void language_day(struct mentor_buf *b, int64_t language, const char *iso)
{
	int64_t day = 0;
	if (language != MENTOR_LANGUAGE_CY || !iso || !mentor_day_parse(iso, &day)) {
		mentor_day_in_words(b, iso);
		return;
	}
	mentor_buf_number(b, (iso[8] - '0') * 10 + iso[9] - '0');
	mentor_buf_fmt(b, " %s %.4s", welsh_months[(iso[5] - '0') * 10 + iso[6] - '0' - 1], iso);
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
