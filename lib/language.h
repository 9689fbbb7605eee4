/* language.h: the languages that people are written to in: what the texts and dates of messages are in each. */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include "context.h"
#include "definition.h"

/** "en" and "cy" (ISO 639-1, and so BCP 47), in the order of enum mentor_language, ended by NULL. */
extern const char *const language_tags[];

/** What messages say by themselves, around what templates and records say. */
enum phrase {
	SAY_COLLEAGUE, /* who is written to, and no name is known */
	SAY_TEAM,
	SAY_NONE_YET,
	SAY_FACILITATOR,
	SAY_EITHER,    /* between the names of two sides */
	SAY_REMINDERS, /* behind how many there are */
	SAY_DEAR,
	SAY_INVITED, /* these four are followed by the title of an event */
	SAY_CHANGED,
	SAY_CANCELLED,
	SAY_NOT_EXPECTED,
	SAY_MARK_CHANGED, /* before a subject */
	SAY_MARK_CANCELLED,
	SAY_WHEN,
	SAY_UNTIL, /* between two times of day */
	SAY_WHERE,
	SAY_ONLINE,
	SAY_FACE_TO_FACE,
	SAY_ONLINE_OR_NOT,
	SAY_AROUND,
	SAY_SIGN_UP,
	SAY_COUNTS,
	SAY_CANNOT_COME,
	PHRASES
};
const char *language_say(int64_t language, enum phrase phrase);
extern const char *const language_welsh[PHRASES], *const language_welsh_months[]; /* language_cy.c */

/** Appends a day as people write it: "26 November 2026", "26 Tachwedd 2026"; text that is not a day goes in as it is. */
void language_day(struct mentor_buf *b, int64_t language, const char *iso);
/** Appends two names with "and" between them, as the second one wants it. */
void language_names(struct mentor_buf *b, int64_t language, const char *one, const char *other);
/** What a programme calls one person of a side: its label, and the Welsh one, which may be NULL. */
const char *language_side(int64_t language, const char *label, const char *welsh);
/** What a template says: in *language where it has that, else in English, which *language then is. */
struct def_wording language_wording(const struct def_template *t, int64_t *language);
/** A person's language; English when nothing is said of it. */
enum mentor_status language_of(struct mentor *m, int64_t person, int64_t *ret_language);

#endif
