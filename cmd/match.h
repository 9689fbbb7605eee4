/* match.h: the commands of mentor match that are not in match.c, and what the files share. */
#ifndef MATCH_H
#define MATCH_H

#include "command.h"

extern const struct command match_show, match_shortlist, match_accept, match_decline, match_publish, match_end, match_replace, match_reopen, match_continue;

/** Sentences, one a row. */
extern const struct mentor_field sentence_fields[];
/** Whether it looks like the reference of a pair (m7). */
bool match_is_pair(const char *reference);

#endif
