/* field.h: values below the level of records. */
#ifndef FIELD_H
#define FIELD_H

#include "context.h"

/** The bit of field `name` in a mask of given fields; the name must exist. */
uint64_t field_bit(const struct mentor_field *fields, const char *name);
/** mentor_field_read() for everything but references, which need the store. */
enum mentor_status field_read(struct mentor *m, const struct mentor_field *field, const char *text, void *record);

/** The number of a word among NULL-terminated `choices`; MENTOR_NONE when it is none of them, or NULL. */
int64_t field_choice(const char *const *choices, const char *word);

#endif
