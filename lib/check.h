/* check.h: the tools of the checks of a whole programme file.
 *
 * A value that could not be read is NULL or MENTOR_NONE in the definition and was reported before: nothing is said about it twice. */
#ifndef CHECK_H
#define CHECK_H

#include "definition.h"

/** One run of all checks. */
struct check {
	struct reader *r;
	const struct definition *d;
};

/** The steps to a value of the file. */
#define PATH(...) (const char *const[]){ __VA_ARGS__, NULL }

/** The value that `steps` lead to, or the last of them that is there. */
const struct yml *check_find(const struct yml *y, const char *const *steps);
/** A problem at that value. */
void check_problem(struct check *c, const char *const *steps, const char *hint, const char *format, ...) MENTOR_PRINTF(4, 5);
/** Whether something stands where `steps` lead and was not read as such, which has been said: nothing follows from what is missing there. */
bool check_unread(const struct check *c, const char *const *steps, enum yml_kind kind, size_t n_read);
/** Whether both are there and equal. */
bool check_same(const char *a, const char *b);
/** Whether both are numbers and a is the greater. */
bool check_above(int64_t a, int64_t b);
/** definition_lists(), and false for NULL. */
bool check_lists(const char *word, const char *const *words, size_t n);
/** Whether some answer in the column means the word. */
bool check_means(const struct def_column *column, const char *word);

/* One part of the file each. */
void check_application(struct check *c); /* application, equality, privacy.fields (check_form.c) */
void check_matching(struct check *c);	 /* check_matching.c */
void check_surveys(struct check *c);	 /* check_survey.c */
void check_messages(struct check *c);	 /* templates, reminders, reports (check_message.c) */

#endif
