/* dump.h: documents made from the command tables: manual blocks and completions. */
#ifndef DUMP_H
#define DUMP_H

#include "command.h"

/** Copies a manual page, replacing each block between `.\" generated: NAME ARGUMENT` and `.\" end` by what the tables say. *ret_wrong, if not NULL on return,
 * names an unknown block. */
void dump_man(struct mentor_buf *b, const char *page, const char **ret_wrong);
void dump_bash(struct mentor_buf *b);
void dump_zsh(struct mentor_buf *b);
void dump_fish(struct mentor_buf *b);

#endif
