/* escape.c: a library to load before the program, which plays a fault that somebody else makes use of: when the program has done its work, it
   tries what the program has no need of, and says to the file of ESCAPE_REPORT, opened before, what was possible. See confine.bats. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int report = -1;

static void tell(const char *what, int possible)
{
	if (possible)
		dprintf(report, "%s\n", what);
}

static int runs_a_program(void)
{
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		execle("/bin/true", "true", (char *)NULL, (char *[]){ NULL });
		_exit(1);
	}
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static int listens(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int good = fd >= 0 && bind(fd, (const struct sockaddr *)&at, sizeof(at)) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

static int in_folder(const char *folder, const char *name, int flags)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	int fd = open(path, flags, 0600);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("ESCAPE_REPORT");
	report = path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
}

/* ESCAPE_FOLDER: another folder, with a file "precious" in it. */
__attribute__((destructor)) static void end(void)
{
	const char *folder = getenv("ESCAPE_FOLDER");
	char path[4096];
	if (report < 0 || !folder)
		return;
	report = fcntl(report, F_DUPFD_CLOEXEC, 100);
	snprintf(path, sizeof(path), "%s/precious", folder);
	tell("read", in_folder(folder, "precious", O_RDONLY));
	tell("make", in_folder(folder, "new", O_WRONLY | O_CREAT | O_EXCL));
	tell("change", in_folder(folder, "precious", O_WRONLY));
	tell("cut", truncate(path, 0) == 0);
	tell("remove", unlink(path) == 0);
	tell("run", runs_a_program());
	tell("listen", listens());
}
