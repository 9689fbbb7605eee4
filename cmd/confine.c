/* confine.c: a fault in what reads a form, a programme file or a store of others is not the whole account: Linux's Landlock, where the kernel has
 * it, holds the process to the few folders it writes to. Best effort, a few system calls, no memory asked for. */
#define _GNU_SOURCE /* O_PATH, syscall() */
#include "confine.h"
#include "out.h"

static bool confined;

bool is_confined(void)
{
	return confined;
}

#if defined(__linux__) && !defined(UNCONFINED)

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From the kernel's linux/landlock.h, which is older than the kernel on many machines. Reading is not among what is asked for, so it stays free. */
enum {
	CALL_CREATE = 444, CALL_ADD = 445, CALL_RESTRICT = 446, /* the same on every architecture */
	ABI_ONLY = 1, /* flag of the first call: only tell the version */
	PATH_BENEATH = 1,
	RUN = 1 << 0, WRITE = 1 << 1, REMOVE_FOLDER = 1 << 4, REMOVE_FILE = 1 << 5, MAKE_ALL = 0x7f << 6, REFER = 1 << 13, TRUNCATE = 1 << 14,
	TCP = 3, /* to listen and to connect */
};

struct ruleset {
	uint64_t files, network;
};

struct rule {
	uint64_t allowed;
	int32_t place;
} __attribute__((packed));

/* What each version of Landlock knows more than the one before. */
static struct ruleset all_of(long version)
{
	struct ruleset all = { RUN | WRITE | REMOVE_FOLDER | REMOVE_FILE | MAKE_ALL, 0 };
	if (version >= 2)
		all.files |= REFER;
	if (version >= 3)
		all.files |= TRUNCATE;
	if (version >= 4)
		all.network = TCP;
	return all;
}

/* Opens the folder that the file is or will be in; what is there itself, when it is a folder, a device or a pipe. */
static int open_place(const char *path, bool *ret_folder)
{
	char real[PATH_MAX];
	struct stat st;
	bool there = stat(path, &st) == 0;
	*ret_folder = !there || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode);
	if (there && !S_ISREG(st.st_mode))
		return open(path, O_PATH | O_CLOEXEC);
	if (!there || !realpath(path, real)) {
		if (strlen(path) >= sizeof(real))
			return -1;
		memcpy(real, path, strlen(path) + 1);
	}
	char *slash = strrchr(real, '/');
	if (!slash)
		return open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	slash[slash == real] = '\0';
	return open(real, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* No path, and - for standard output, are no place. Pipes without a name are in no folder, and Landlock leaves them free (EBADFD). */
static bool allow(int rules, const struct ruleset *all, const char *path)
{
	bool folder = false;
	if (!path || strcmp(path, "-") == 0)
		return true;
	int fd = open_place(path, &folder);
	const struct rule rule = { (all->files & ~(uint64_t)RUN) & (folder ? ~(uint64_t)0 : (uint64_t)(WRITE | TRUNCATE)), fd };
	bool good = fd >= 0 && (syscall(CALL_ADD, rules, PATH_BENEATH, &rule, 0) == 0 || errno == EBADFD);
	if (fd >= 0)
		close(fd);
	return good;
}

/* A pager, and whatever remind run hands messages to, are programs of the user's own: they may do what they do without us. */
static bool is_free(const struct run *run)
{
	return run->command->flags & (CMD_FREE | CMD_CONFIGURES) || out_wants_pager(run->out);
}

void confine(const struct run *run)
{
	if (is_free(run))
		return;
	long version = syscall(CALL_CREATE, NULL, 0, ABI_ONLY);
	if (version < 1)
		return;
	const struct ruleset all = all_of(version);
	int rules = (int)syscall(CALL_CREATE, &all, version >= 4 ? sizeof(all) : sizeof(all.files), 0);
	if (rules < 0)
		return;
	bool good = allow(rules, &all, run->store ? run->store : ".") && allow(rules, &all, run->globals.output) &&
	    (!run->command->writes || allow(rules, &all, run->command->writes(run)));
	confined = good && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(CALL_RESTRICT, rules, 0) == 0;
	close(rules);
}

#else

void confine(const struct run *run)
{
	(void)run;
}

#endif
