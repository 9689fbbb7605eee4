/* replace.h: people whose pair has ended and who would like another partner. */
#ifndef REPLACE_H
#define REPLACE_H

#include "mentor.h"

/** How many such people of a cohort have nobody proposed yet, and the first of them: those whom a reserve suits, and the others. */
enum mentor_status replace_by_reserve(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person);
enum mentor_status replace_by_others(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person);

#endif
