/* hash.c (test): BLAKE2b-256 as others compute it (b2sum -l 256). */
#include "hash.h"
#include "support.h"

static void fingerprints_are_those_of_others(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t len;
		const char *hex;
	} cases[] = {
		{ "", 0, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8" },
		{ "abc", 3, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319" },
		{ "abcd", 3, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char hex[HASH_HEX];
		hash_hex(cases[i].bytes, cases[i].len, hex);
		assert_string_equal(hex, cases[i].hex);
	}
}

static void a_short_sum_differs_with_every_bit_and_with_the_key(void **state)
{
	(void)state;
	unsigned char bytes[64] = { 1, 2, 3 };
	const uint64_t sum = hash_short(7, bytes, sizeof(bytes));
	assert_true(hash_short(7, bytes, sizeof(bytes)) == sum);
	assert_true(hash_short(8, bytes, sizeof(bytes)) != sum);
	assert_true(hash_short(7, bytes, sizeof(bytes) - 1) != sum);
	for (size_t bit = 0; bit < sizeof(bytes) * 8; bit++) {
		bytes[bit / 8] ^= (unsigned char)(1U << bit % 8);
		assert_true(hash_short(7, bytes, sizeof(bytes)) != sum);
		bytes[bit / 8] ^= (unsigned char)(1U << bit % 8);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fingerprints_are_those_of_others),
		cmocka_unit_test(a_short_sum_differs_with_every_bit_and_with_the_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
