/* held.h: what the store holds about a person, table by table: what she or he is told of it, what erasing does to it, how long it is kept.
 *
 * Every column of every table is in one of the lists (tests/unit/held.c compares them with the schema). A new table gets a row where the
 * order is right: what refers to a table comes before it. */
#ifndef HELD_H
#define HELD_H

#include "db.h"

/** How long a table is kept after the cohort has ended: the member of privacy.retention of that name. */
enum held_class { HELD_ALWAYS, HELD_APPLICATIONS, HELD_PAIRS, HELD_SESSIONS, HELD_SURVEYS, HELD_MESSAGES, HELD_CLASSES };
extern const char *const held_classes[];

struct held {
	const char *table;
	const char *title;   /* over these records, for the person; NULL: nothing in it is about one person */
	const char *shown;   /* condition: which rows t are told to person $1; NULL: none, for the sake of somebody else, or since none is about a person */
	const char *columns; /* all of them; in front of the name: nothing: told as it is; ~ told, without names of others; @ leads to somebody
				else, so only that there is somebody is told; - not told: numbers of records, who recorded it, what is technical */
	const char *erase;   /* one statement that removes what is personal of person $1, or makes it nobody's; NULL: there is nothing, or it goes
				with what it belongs to */
	const char *change;  /* what that does: "removed", "emptied", "kept" */
	enum held_class kept;
	const char *due;     /* condition: which rows are removed when the time of cohort $1 is over; NULL: they go with what they belong to */
};

/** All tables but those of equality monitoring, which equality.c has; each list is ended by a row without table. */
extern const struct held held_tables[];

/** One value that is held. */
struct held_value {
	const char *title;
	int64_t record; /* from 1 within the title */
	const char *name, *value;
};
/** Called with each; the texts live until it returns. */
typedef enum mentor_status held_fn(void *arg, const struct held_value *value);

/** Walks what a list holds that is told to the person; `hide` (may be NULL) is given each free text and hands back what is to stand there. */
enum mentor_status held_walk(struct mentor *m, const struct held *list, int64_t person, const char *(*hide)(void *arg, const char *text),
    held_fn *each, void *arg);

/** What erasing has done to one kind of records. */
typedef enum mentor_status held_erased_fn(void *arg, const char *title, const char *change, int64_t rows);
/** Erases the person from a list, in its order. */
enum mentor_status held_erase(struct mentor *m, const struct held *list, int64_t person, held_erased_fn *each, void *arg);

/** How many rows of a class are due for removal in a cohort. */
enum mentor_status held_count(struct mentor *m, const struct held *list, enum held_class kept, int64_t cohort, int64_t *ret);
/** Removes them. */
enum mentor_status held_remove(struct mentor *m, const struct held *list, enum held_class kept, int64_t cohort);

#endif
