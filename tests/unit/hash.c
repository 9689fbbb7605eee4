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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fingerprints_are_those_of_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
