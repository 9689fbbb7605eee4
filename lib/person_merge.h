/* person_merge.h: what a merge of two records of one person has to take along. */
#ifndef PERSON_MERGE_H
#define PERSON_MERGE_H

#include "mentor.h"

/** A column that refers to a person or an enrolment. The list is complete (a test compares it with the schema). */
struct merge_column {
	const char *table, *column;
	const char *sql; /* takes the rows of $2 over to $1; NULL: code of its own does */
};
/** Ended by a row without table. */
extern const struct merge_column merge_columns[];

#endif
