/* vector.h: loops over numbers that lie side by side. */
#ifndef VECTOR_H
#define VECTOR_H

#include <limits.h> /* the C library says which one it is */

/** In front of a function that is such a loop: it is compiled for processors with AVX2 as well, and which of the two is called is found out when the
 * program starts. Integers only: both come to the same. Where that cannot be done, or a sanitizer watches, there is one. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__OPTIMIZE__) && !defined(UNCONFINED)
#define VECTOR __attribute__((target_clones("avx2", "default")))
#else
#define VECTOR
#endif

#endif
