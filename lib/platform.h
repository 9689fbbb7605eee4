/* platform.h: what only the operating system knows. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <stdbool.h>
#include <stddef.h>

/** Is this file, or the one that would be made there, on a drive of another machine? Where the system cannot be asked: no. */
bool platform_on_network(const char *path);
/** Has the system back a large block that is not written to yet with few large pages instead of many small ones, where it can. */
void platform_use_large_pages(void *block, size_t size);

#endif
