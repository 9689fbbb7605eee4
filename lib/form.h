/* form.h: reading a form's export as a programme maps it. */
#ifndef FORM_H
#define FORM_H

#include "csv.h"
#include "definition.h"

/** A cell of one row, read and checked: texts are trimmed; several choices stand one a line. */
struct form_value {
	const struct def_column *column;
	char *text; /* NULL when the cell is empty; yours to write into, and there until form_close() */
};

struct form {
	struct mentor *m;
	struct csv csv;
	const struct def_form *map;
	long *places;		   /* of each mapped column in the file */
	struct form_value *values; /* of the row last read, in the order of the map */
	struct arena memory;	   /* of the columns, and of values that are not in the file as they are */
	bool cut_short;		   /* the failure of form_next() lies in one row: the rows behind it can be read */
};

/** Opens an export and finds every mapped heading. Missing, repeated beyond the mapping, and unknown headings are collected as problems; the
 * result is MENTOR_INVALID when the file cannot be read row by row at all, or has hardly any of the headings. */
enum mentor_status form_open(struct form *f, struct mentor *m, const struct def_form *map, const char *file, const char *text, size_t len,
    char delimiter);
/** Reads the next row; wrong cells are collected as problems (and come out empty). A row that cannot be cut into cells is MENTOR_INVALID. */
enum mentor_status form_next(struct form *f, bool *ret_more);
/** The place of the value mapped to `slug`, for messages. */
struct mentor_place form_place(const struct form *f, const char *slug);
void form_close(struct form *f);

#endif
