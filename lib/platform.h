/* platform.h: what only the operating system knows. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <stdbool.h>

/** Is this file, or the one that would be made there, on a drive of another machine? Where the system cannot be asked: no. */
bool platform_on_network(const char *path);

#endif
