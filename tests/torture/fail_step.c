/* fail_step.c: a library to load before the program, which makes one step of a statement of SQLite fail, as if the disk did: the one that
   FAIL_STEP_AT numbers; with FAIL_STEP_LASTING all from that one on. FAIL_STEP_COUNT names a file that gets the number of steps. See commands.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int (*next_step)(sqlite3_stmt *);
static unsigned long count, fail_at;
static int lasting, told = -1;

/* The file is opened here, since the program gives up what it may open. */
__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAIL_STEP_AT"), *path = getenv("FAIL_STEP_COUNT");
	told = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
	fail_at = at ? strtoul(at, NULL, 10) : 0;
	lasting = getenv("FAIL_STEP_LASTING") != NULL;
	*(void **)&next_step = dlsym(RTLD_NEXT, "sqlite3_step");
	if (!next_step)
		_exit(126);
}

__attribute__((destructor)) static void end(void)
{
	char text[64];
	int length = snprintf(text, sizeof(text), "%lu 0\n", count);
	if (told >= 0 && (write(told, text, (size_t)length) != length || close(told) != 0))
		_exit(126);
}

/* sqlite3_exec() takes the result from the statement itself, where nothing has failed. */
static int is_own(void *caller)
{
	Dl_info at, sqlite;
	return dladdr(caller, &at) && dladdr((void *)next_step, &sqlite) && at.dli_fbase == sqlite.dli_fbase;
}

int sqlite3_step(sqlite3_stmt *statement)
{
	if (is_own(__builtin_return_address(0)))
		return next_step(statement);
	count++;
	if (fail_at && (lasting ? count >= fail_at : count == fail_at))
		return SQLITE_IOERR;
	return next_step(statement);
}
