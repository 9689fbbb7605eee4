/* kernel.h: what the kernels of matching (assign, stable, blossom, scorer) share: loops over numbers side by side, one block of memory, and
 * places. Nothing else of ours is needed for it. */
#ifndef KERNEL_H
#define KERNEL_H

#include <limits.h> /* with it the C library says which one it is */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** In front of a function that is such a loop: it is compiled for processors with AVX2 as well, and which of the two is called is found out when the
 * program starts. Integers only: both come to the same. Where that cannot be done, or a sanitizer watches, there is one. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__OPTIMIZE__) && !defined(UNCONFINED)
#define VECTOR __attribute__((target_clones("avx2", "default")))
#else
#define VECTOR
#endif

/** Arrays cut from one block. Laid out twice: first without a base to learn the size, then for good. */
struct layout {
	char *base;
	size_t used;
};

void *carve(struct layout *l, int64_t count, size_t size);
/** A block for free(), from `alloc` or, when that is NULL, from malloc(). What is in it is not set. Never of zero bytes, for which NULL would be no
 * failure. */
void *open_block(void *(*alloc)(size_t size), size_t size);

/** How many places it has: one where `places` is NULL. */
int32_t places_of(const int32_t *places, int32_t i);
/** Whether nobody has fewer than none. */
bool places_valid(const int32_t *places, int32_t n);

#endif
