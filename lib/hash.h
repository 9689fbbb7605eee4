/* hash.h: fingerprints of texts. */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>

enum { HASH_HEX = 65 }; /* 64 hexadecimal digits and the NUL */

/** Writes the BLAKE2b-256 (RFC 7693) of `len` bytes to `hex`. */
void hash_hex(const char *bytes, size_t len, char hex[HASH_HEX]);

#endif
