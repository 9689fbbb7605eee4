/* fail_alloc.c: a library to load before the program, which makes one call for memory fail: the one that FAIL_ALLOC_AT numbers, counted
   from the start of main; with FAIL_ALLOC_LASTING all from that one on. FAIL_ALLOC_COUNT names a file that gets the number of calls, and of the
   pieces that were not given back. See memory.bats and tests/torture/commands.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *(*next_malloc)(size_t), *(*next_calloc)(size_t, size_t), *(*next_realloc)(void *, size_t);
static int (*next_memalign)(void **, size_t, size_t);
static void (*next_free)(void *);
static char early[4096] __attribute__((aligned(16))); /* what dlsym asks for while the functions are looked up; never given back */
static size_t early_used, count, fail_at, given, taken_back;
static int counting, lasting, looking_up;

static void *early_memory(size_t size)
{
	size = (size + 15) & ~(size_t)15;
	if (size > sizeof(early) - early_used)
		_exit(126);
	early_used += size;
	return early + early_used - size;
}

static void look_up(void)
{
	looking_up = 1;
	*(void **)&next_malloc = dlsym(RTLD_NEXT, "malloc");
	*(void **)&next_calloc = dlsym(RTLD_NEXT, "calloc");
	*(void **)&next_realloc = dlsym(RTLD_NEXT, "realloc");
	*(void **)&next_memalign = dlsym(RTLD_NEXT, "posix_memalign");
	*(void **)&next_free = dlsym(RTLD_NEXT, "free");
	looking_up = 0;
	if (!next_malloc || !next_calloc || !next_realloc || !next_memalign || !next_free)
		_exit(126);
}

/* Libraries loaded before are initialized after the others: what they do first is not counted. */
__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAIL_ALLOC_AT");
	fail_at = at ? strtoul(at, NULL, 10) : 0;
	lasting = getenv("FAIL_ALLOC_LASTING") != NULL;
	counting = 1;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("FAIL_ALLOC_COUNT");
	char text[64];
	counting = 0;
	int length = snprintf(text, sizeof(text), "%zu %zu\n", count, given - taken_back);
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	if (fd >= 0 && (write(fd, text, (size_t)length) != length || close(fd) != 0))
		_exit(126);
}

/* Kept out of line for `break this_call_fails`. */
__attribute__((noinline)) static int this_call_fails(void)
{
	errno = ENOMEM;
	return 1;
}

static int fails(void)
{
	if (!next_free && !looking_up)
		look_up();
	if (!counting)
		return 0;
	count++;
	return (count == fail_at || (lasting && fail_at && count > fail_at)) && this_call_fails();
}

static void *give(void *memory)
{
	given += memory != NULL;
	return memory;
}

void *malloc(size_t size)
{
	if (fails())
		return NULL;
	return looking_up ? early_memory(size) : give(next_malloc(size));
}

void *calloc(size_t n, size_t size)
{
	if (fails())
		return NULL;
	return looking_up ? early_memory(n * size) : give(next_calloc(n, size));
}

void *realloc(void *old, size_t size)
{
	if (fails())
		return NULL;
	return old ? next_realloc(old, size) : give(next_realloc(old, size));
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
	if (fails())
		return ENOMEM;
	int status = next_memalign(result, alignment, size);
	given += status == 0;
	return status;
}

void free(void *memory)
{
	if ((char *)memory >= early && (char *)memory < early + sizeof(early))
		return;
	if (!next_free)
		return;
	taken_back += memory != NULL;
	next_free(memory);
}
