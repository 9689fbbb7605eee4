/* hash.h: fingerprints of texts, and numbers that nobody can guess. */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_HEX = 65 }; /* 64 hexadecimal digits and the NUL */

/** Writes the BLAKE2b-256 (RFC 7693) of `len` bytes to `hex`. */
void hash_hex(const char *bytes, size_t len, char hex[HASH_HEX]);
/** Writes a new key, or a new grain of salt, as hexadecimal digits. */
void hash_key(char hex[HASH_HEX]);
/** The same as hash_hex() with a key (any text up to 64 bytes): only who has it can say what a hash belongs to. */
void hash_keyed(const char *key, const char *bytes, size_t len, char hex[HASH_HEX]);
/** A short sum (SipHash-2-4, Aumasson and Bernstein 2012) that differs with what it is of and with the key: for finding what changed by accident. */
uint64_t hash_short(uint64_t key, const void *bytes, size_t len);
/** A random number of a record, 1 to 2^62: from the system's own source, so that it says nothing about what came before or after. */
int64_t hash_random(void);

#endif
