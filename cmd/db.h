/* db.h: commands on the file itself that live in db_file.c. */
#ifndef CMD_DB_H
#define CMD_DB_H

#include "command.h"

extern const struct command db_backup, db_restore, db_export, db_import;

/** Copies the open store to a file beside it, named after its version; *ret_path (kept) is its name. In a dry run only names it. */
enum mentor_status backup_before(struct run *run, int64_t version, const char **ret_path);

#endif
