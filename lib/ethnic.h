/* ethnic.h: lists of ethnic groups and how they follow from each other, for figures that come in another list than the programme's. */
#ifndef ETHNIC_H
#define ETHNIC_H

#include <stdbool.h>
#include <stdint.h>

enum ethnic_list { ETHNIC_GSS_2021, ETHNIC_ONS_2011, ETHNIC_NHS_2001, ETHNIC_LISTS };
extern const char *const ethnic_lists[]; /* gss-2021 ons-2011 nhs-2001 */

/** The names that a group of a list can have in a form, from the narrowest to the broadest: its label, then that of its group of
 * groups. `at` counts from 0; NULL behind the last. `word` is a code or a label of the list, in any case. NULL as well when the list has no
 * such group: ask with `at` 0. */
const char *ethnic_name(enum ethnic_list list, const char *word, int at);

#endif
