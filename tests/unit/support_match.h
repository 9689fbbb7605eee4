/* support_match.h: a cohort of a few people for the unit tests of matching, and what was said about it. */
#ifndef SUPPORT_MATCH_H
#define SUPPORT_MATCH_H

#include "support.h"

#include <stdio.h>

enum { MOST_ROWS = 64 };

/** A store with one cohort, and what the last proposal said. */
struct world {
	struct mentor *m;
	int64_t cohort;
	struct mentor_match_summary summary;
	size_t n_rows, n_left, n_lines;
	char rows[MOST_ROWS][200], left[MOST_ROWS][200], lines[MOST_ROWS][400];
	int64_t points;
};

/** Someone who takes part. NULL is unknown. */
struct someone {
	const char *name, *role, *directorate, *grade, *manager, *topics;
	int64_t places;
};

/** Two mentors and two mentees of whom every pair is allowed; ann suits cat and bob suits dan. Ended by a row without name. */
extern const struct someone world_four[];

/** An empty cohort on 2 March 2026. One at a time; free its m. */
struct world *world_new(void);
/** The same with another programme, called demo too. */
struct world *world_new_of(const char *programme);
/** Accepts people. */
void world_add(struct world *w, const struct someone *s);
void world_add_all(struct world *w, const struct someone *people);
/** What someone answered to a question of the application. */
void world_answer(struct world *w, const char *name, const char *question, const char *value);
/** Proposes, and keeps what was said: "added m1 ann-cat" and "bob: why". */
void world_propose(struct world *w);
/** Explains a pair (m1) or a person by name, and keeps what was said: "rule held: because". */
struct mentor_match_subject world_explain(struct world *w, const char *reference);
/** Whether some line of the explanation contains this. */
bool world_said(const struct world *w, const char *part);

#endif
