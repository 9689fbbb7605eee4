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

/** Appends what a word stands for. */
typedef enum mentor_status template_value_fn(void *arg, const struct template_word *word, struct mentor_buf *b);
/** Appends a text with its words filled in. A text without an empty line has a paragraph in each of its lines. */
enum mentor_status template_fill(struct mentor_buf *b, const char *text, template_value_fn *value, void *arg);
/** Ends a message made of `text`: where that does not give the contact's address, a last line does. `name` may be NULL. */
void template_sign(struct mentor_buf *b, const char *text, const char *name, const char *email);
/** Appends a list within a sentence: a single thing stands there as it is, of `n` each has a line. */
void template_item(struct mentor_buf *b, size_t n, const char *title, const char *link);

#endif
