/* hash.c: BLAKE2b-256 of a text, and random numbers; the only file that includes libsodium's header. */
#include "hash.h"

#include <sodium.h>
#include <string.h>

void hash_hex(const char *bytes, size_t len, char hex[HASH_HEX])
{
	hash_keyed("", bytes, len, hex);
}

void hash_key(char hex[HASH_HEX])
{
	unsigned char key[HASH_HEX / 2];
	randombytes_buf(key, sizeof(key));
	sodium_bin2hex(hex, HASH_HEX, key, sizeof(key));
}

void hash_keyed(const char *key, const char *bytes, size_t len, char hex[HASH_HEX])
{
	unsigned char hash[HASH_HEX / 2];
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)bytes, len, (const unsigned char *)key, strlen(key));
	sodium_bin2hex(hex, HASH_HEX, hash, sizeof(hash));
}

uint64_t hash_short(uint64_t key, const void *bytes, size_t len)
{
	unsigned char keys[crypto_shorthash_KEYBYTES] = { 0 }, sum[crypto_shorthash_BYTES];
	uint64_t number = 0;
	memcpy(keys, &key, sizeof(key));
	crypto_shorthash(sum, bytes, len, keys);
	memcpy(&number, sum, sizeof(number));
	return number;
}

int64_t hash_random(void)
{
	uint64_t number = 0;
	randombytes_buf(&number, sizeof(number));
	return (int64_t)(number >> 2) + 1;
}
