/* equality_db.h: the gate in the wall around equality monitoring. Only equality.c and workforce.c go through it; the test of the layers looks at what the
 * object files refer to. */
#ifndef EQUALITY_DB_H
#define EQUALITY_DB_H

#include "db.h"

/** Opens or closes the tables whose names begin with equality_ for the statements of this context. They are closed unless opened: every
 * statement that reaches for one of them then fails with MENTOR_BUG, through a view or a trigger as well, and so does reading on in rows that
 * were begun while they were open. A person or a cohort that they refer to can be changed at any time, but not deleted. */
void db_equality(struct mentor *m, bool open);

#endif
