/* programme.h: stored programmes for the other modules. */
#ifndef PROGRAMME_H
#define PROGRAMME_H

#include "context.h"
#include "definition.h"

/** The definition a cohort was made with. Free with definition_free(). */
enum mentor_status programme_of_cohort(struct mentor *m, int64_t cohort, struct definition **ret);
/** The definition of a revision. */
enum mentor_status programme_of_revision(struct mentor *m, int64_t revision, struct definition **ret);

/** Whether figures of the cohorts may be put together: they are of one programme, and each is named once. MENTOR_USAGE, MENTOR_REFUSED (with `hint`). */
enum mentor_status programme_shared(struct mentor *m, const int64_t *cohorts, size_t n, const char *hint);

/** The day that is so many weeks after a day of the cohort (enum def_day; `weeks` may be MENTOR_NONE); MENTOR_NONE when that is not known. */
int64_t programme_day(const struct mentor_cohort *c, int64_t day, int64_t weeks);

/** The number in the store of a programme's revision; 0 is the newest. MENTOR_NOT_FOUND says which there are. */
enum mentor_status programme_revision_id(struct mentor *m, int64_t programme, int64_t number, int64_t *ret_id);

#endif
