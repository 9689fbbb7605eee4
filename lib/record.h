/* record.h: what entity modules use of the generic records: field tables in, SQL out. */
#ifndef RECORD_H
#define RECORD_H

#include "db.h"
#include "field.h"

/** mentor_field_read() that collects a wrong value as a problem at `place`, and says whether it was good. A file gives addresses of people
 * only, no references: those mean something in one store alone. */
bool field_try(struct mentor *m, const struct mentor_field *field, const char *text, void *record, const struct mentor_place *place);
/** Like mentor_record_find() but an unknown reference gives 0 and no failure. */
enum mentor_status record_lookup(struct mentor *m, const struct mentor_entity *entity, const char *reference, int64_t *ret_id);
/** Replaces *key, a further key of a record (struct mentor_entity.aliases), by the one that the record has now; any other key stays. */
enum mentor_status record_present_key(struct mentor *m, const struct mentor_entity *entity, const char **key);
/** Fills `record` from a row whose columns stand in the order of the fields, starting at `first`; texts are borrowed from the row. */
void record_load(const struct db_rows *rows, int first, const struct mentor_field *fields, void *record);

#endif
