/* replace.h: people whose pair has ended and who would like another partner. */
#ifndef REPLACE_H
#define REPLACE_H

#include "mentor.h"

/** How many such people of a cohort have nobody proposed yet, and the first of them: those whom a reserve suits, then the others. All are 0 at first. */
enum mentor_status replace_sought(struct mentor *m, int64_t cohort, int64_t ret_n[2], int64_t ret_person[2]);

#endif
