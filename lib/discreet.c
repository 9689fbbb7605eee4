/* discreet.c: words that are told to others name nobody who takes part. */
#include "discreet.h"

#include "db.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool part_of_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Both are folded. A name inside a longer word is none. */
static bool names(const char *words, const char *name)
{
	assert(words && name);
	size_t len = strlen(name);
	for (const char *at = words; len && (at = strstr(at, name)); at++)
		if ((at == words || !part_of_word(at[-1])) && !part_of_word(at[len]))
			return true;
	return false;
}

static enum mentor_status check_name(struct mentor *m, const char *folded, const char *name)
{
	char *folded_name = mentor_utf8_fold(name);
	bool named = folded_name && names(folded, folded_name);
	enum mentor_status status = folded_name ? MENTOR_OK : fail_memory(m);
	free(folded_name);
	if (named)
		return fail(m, MENTOR_INVALID, "say it in words that lead to nobody", "what is told to others names nobody who takes part, and this names %s", name);
	return status;
}

enum mentor_status discreet_check(struct mentor *m, int64_t programme, const char *words)
{
	struct db_rows *rows = NULL;
	bool more = true;
	char *folded = words ? mentor_utf8_fold(words) : NULL;
	if (!words)
		return MENTOR_OK;
	enum mentor_status status = !folded ? fail_memory(m) :
	    db_query(m,
		"SELECT DISTINCT p.name FROM person p JOIN enrolment e ON e.person_id = p.id JOIN cohort c ON c.id = e.cohort_id "
		"WHERE c.programme_id = $1 AND e.state = 'accepted' ORDER BY p.name",
		DB_ARGS(DB_NUMBER(programme)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		status = check_name(m, folded, db_text(rows, 0));
	db_done(rows);
	free(folded);
	return status;
}
