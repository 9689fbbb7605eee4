/* platform.c: what POSIX does not say, asked of each operating system in its own way. */
#define _DEFAULT_SOURCE /* madvise() */
#include "platform.h"

#ifdef __linux__

#include "mentor.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/vfs.h>

/* File systems where byte-range locks cannot be relied on between machines (linux/magic.h and the file systems' sources). */
static const unsigned long network_magic[] = { 0x6969UL /* NFS */, 0x517bUL /* SMB */, 0xff534d42UL /* CIFS */,
	0xfe534d42UL /* SMB2 */, 0x5346414fUL /* AFS */, 0x00c36400UL /* Ceph */, 0x01021997UL /* 9P */ };

bool platform_on_network(const char *path)
{
	struct mentor_buf folder = MENTOR_BUF_INIT;
	const char *slash = strrchr(path, '/');
	if (slash)
		mentor_buf_add(&folder, path, (size_t)(slash - path) + 1);
	else
		mentor_buf_str(&folder, ".");
	struct statfs fs;
	bool network = false;
	if (!folder.failed && statfs(mentor_buf_text(&folder), &fs) == 0)
		for (size_t i = 0; i < sizeof(network_magic) / sizeof(*network_magic); i++)
			network |= ((unsigned long)fs.f_type & 0xffffffffUL) == network_magic[i];
	mentor_buf_free(&folder);
	return network;
}

/* Only what lies wholly inside of the block; that the system would not is no loss. */
void platform_use_large_pages(void *block, size_t size)
{
	const size_t large = 2 << 20, before = (large - (uintptr_t)block % large) % large;
	if (size >= before + large)
		(void)madvise((char *)block + before, (size - before) / large * large, MADV_HUGEPAGE);
}

#else

bool platform_on_network(const char *path)
{
	(void)path;
	return false;
}

void platform_use_large_pages(void *block, size_t size)
{
	(void)block;
	(void)size;
}

#endif
