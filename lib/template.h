/* template.h: texts with words in braces: the words there are, and a text cut into its pieces. No conditions, no loops. */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "mentor.h"

/** What a message can be about, beyond a person of a cohort. */
enum { OF_PAIR = 1, OF_EVENT = 2, OF_SURVEY = 4, OF_ACTION = 8 };

struct template_word {
	const char *name;
	unsigned subject; /* what there has to be for it; 0: always there */
	const char *help;
};

/** All words, ended by a row without name. */
extern const struct template_word template_words[];

enum template_kind {
	TEMPLATE_TEXT,	  /* stands as it is */
	TEMPLATE_WORD,	  /* to be filled in */
	TEMPLATE_UNKNOWN, /* braces around no word of ours */
	TEMPLATE_OPEN,	  /* a { that is not closed */
	TEMPLATE_CLOSE,	  /* a } that was not opened */
};

struct template_piece {
	enum template_kind kind;
	const char *text; /* of a word: what stands between the braces */
	size_t len;
	const struct template_word *word; /* TEMPLATE_WORD */
};

/** Takes the next piece off *text; false at the end. Together the pieces are the whole text. */
bool template_next(const char **text, struct template_piece *ret);
/** The subjects that all words of a text together need; NULL is an empty text. */
unsigned template_subjects(const char *text);

#endif
