/* lines.c (test): a store comes back from its lines byte by byte, and wrong lines are told of by number and store nothing. */
#include "support.h"

#include "equality_db.h"

#include <stdio.h>
#include <stdlib.h>

static enum mentor_status ignore(void *arg, const void *record)
{
	(void)arg;
	(void)record;
	return MENTOR_OK;
}

/* With what is hard to carry: characters of every length, quotes, line ends, numbers beyond 2^53, numbers given out and taken back. */
static int set_up(void **state)
{
	static const char monitoring[] = "Email,Group,Ways\nann@example.org,One,bus\n";
	struct mentor *m = support_cohort();
	support_person(m, "ann", "Housing", MENTOR_ROLE_MENTOR);
	support_person(m, "bob", "Parks", MENTOR_ROLE_MENTEE);
	assert_int_equal(mentor_equality_import(m, 1, "eq.csv", monitoring, strlen(monitoring), 0, ignore, NULL), MENTOR_OK);
	support_sql(m, "UPDATE person SET job = 'a \"quote\", a \\ and é € 𝄞' WHERE id = 1");
	support_sql(m, "INSERT INTO answer VALUES (1, 'topics', 'one' || char(10) || char(9) || 'two' || char(127))");
	support_sql(m, "INSERT INTO person (id, email, name) VALUES (77, 'z@example.org', 'Z')");
	support_sql(m, "DELETE FROM person WHERE id = 77");
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

static bool same(struct mentor *m, struct mentor *other)
{
	struct mentor_buf left = MENTOR_BUF_INIT, right = MENTOR_BUF_INIT;
	assert_int_equal(mentor_store_lines(m, &left), MENTOR_OK);
	assert_int_equal(mentor_store_lines(other, &right), MENTOR_OK);
	const bool equal = strcmp(mentor_buf_text(&left), mentor_buf_text(&right)) == 0;
	mentor_buf_free(&left);
	mentor_buf_free(&right);
	return equal;
}

/* `text` with VERSION, NEWER and OLDER in numbers. */
static void write_lines(struct mentor *m, struct mentor_buf *b, const char *text)
{
	static const char *const words[] = { "OLDER", "VERSION", "NEWER" };
	int64_t now = 0, newest = 0;
	assert_int_equal(mentor_store_versions(m, &now, &newest), MENTOR_OK);
	while (*text) {
		size_t w = 0;
		while (w < 3 && strncmp(text, words[w], strlen(words[w])) != 0)
			w++;
		if (w < 3)
			mentor_buf_fmt(b, "%d", (int)newest + (int)w - 1);
		else
			mentor_buf_char(b, *text);
		text += w < 3 ? strlen(words[w]) : 1;
	}
}

static void a_store_comes_back_byte_by_byte(void **state)
{
	struct mentor *m = *state, *other = support_store();
	struct mentor_buf before = MENTOR_BUF_INIT, after = MENTOR_BUF_INIT;
	assert_int_equal(mentor_store_lines(m, &before), MENTOR_OK);
	if (mentor_store_from_lines(other, "a.jsonl", mentor_buf_text(&before), before.len))
		fail_msg("%s", mentor_error(other)->message);
	assert_int_equal(mentor_store_lines(other, &after), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&before), mentor_buf_text(&after));
	assert_true(same(m, other));
	assert_non_null(strstr(mentor_buf_text(&before), "{\"table\":\"person\",\"last\":77}"));
	/* and goes on from there */
	support_sql(other, "INSERT INTO person (email, name) VALUES ('y@example.org', 'Y')");
	assert_int_equal(support_number(other, "SELECT max(id) FROM person"), 78);
	assert_int_equal(mentor_store_check(other), MENTOR_OK);
	mentor_buf_free(&before);
	mentor_buf_free(&after);
	mentor_free(other);
}

static void what_other_programs_make_of_the_same_json_is_read_as_well(void **state)
{
	struct mentor *m = *state, *other = support_store();
	struct mentor_buf lines = MENTOR_BUF_INIT;
	assert_int_equal(mentor_store_lines(m, &lines), MENTOR_OK);
	struct mentor_buf changed = MENTOR_BUF_INIT;
	for (const char *p = mentor_buf_text(&lines); *p; p++) { /* é as an escape, 𝄞 as a pair of them, a / with a backslash */
		if (strncmp(p, "é", 2) == 0) {
			mentor_buf_str(&changed, "\\u00e9");
			p += 1;
		} else if (strncmp(p, "𝄞", 4) == 0) {
			mentor_buf_str(&changed, "\\uD834\\uDD1E");
			p += 3;
		} else
			mentor_buf_char(&changed, *p);
	}
	assert_int_equal(mentor_store_from_lines(other, "a.jsonl", mentor_buf_text(&changed), changed.len), MENTOR_OK);
	assert_true(same(m, other));
	mentor_buf_free(&lines);
	mentor_buf_free(&changed);
	mentor_free(other);
}

static void wrong_lines_are_told_of_and_store_nothing(void **state)
{
	static const char head[] = "{\"mentor\":\"store\",\"version\":VERSION}\n";
#define PROGRAMME "{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":\"Demo\"}}\n"
	static const struct {
		const char *lines;
		long line;
		enum mentor_status status;
	} cases[] = {
		{ "", 1, MENTOR_INVALID },
		{ "{\"mentor\":\"store\",\"version\":\"x\"}\n", 1, MENTOR_INVALID },
		{ "{\"mentor\":\"store\",\"version\":NEWER}\n", 0, MENTOR_TOO_NEW },
		{ "{\"mentor\":\"store\",\"version\":OLDER}\n", 0, MENTOR_REFUSED },
		{ "HEAD" PROGRAMME "nonsense\n", 3, MENTOR_INVALID },
		{ "HEAD{\"table\":\"sqlite_master\",\"row\":{}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\"}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"slug\":\"demo\",\"id\":1,\"title\":\"Demo\"}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":7}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1.5,\"slug\":\"demo\",\"title\":\"Demo\"}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":99999999999999999999,\"slug\":\"demo\",\"title\":\"Demo\"}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":\"De\\u0000mo\"}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":\"De\\ud834mo\"}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":\"De\\xmo\"}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":\"Demo", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":\"Demo\\", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":\"Demo\"}} \n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":\"De\nmo\"}}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":\"\xff\"}}\n", 1, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"last\":null}\n", 2, MENTOR_INVALID },
		{ "HEAD{\"table\":\"programme\",\"row\":{\"id\":1,\"slug\":\"demo\",\"title\":null}}\n", 2, MENTOR_INVALID },
		{ "HEAD" PROGRAMME PROGRAMME, 3, MENTOR_INVALID },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct mentor *m = support_store();
		struct mentor_buf text = MENTOR_BUF_INIT;
		const uint64_t before = support_fingerprint(m);
		const bool headed = strncmp(cases[i].lines, "HEAD", 4) == 0;
		write_lines(m, &text, headed ? head : "");
		write_lines(m, &text, cases[i].lines + (headed ? 4 : 0));
		if (mentor_store_from_lines(m, "a.jsonl", mentor_buf_text(&text), text.len) != cases[i].status)
			fail_msg("case %zu: %d %s", i, (int)mentor_error(m)->status, mentor_error(m)->message);
		if (mentor_error(m)->place.line != cases[i].line)
			fail_msg("case %zu: line %ld", i, mentor_error(m)->place.line);
		assert_int_equal(support_fingerprint(m), before);
		mentor_buf_free(&text);
		mentor_free(m);
	}
}

/* A reference to nothing is found by the check that follows. */
static void what_does_not_fit_together_is_found(void **state)
{
	static const char text[] = "{\"mentor\":\"store\",\"version\":VERSION}\n"
				    "{\"table\":\"address\",\"row\":{\"id\":1,\"person_id\":5,\"email\":\"x@example.org\"}}\n";
	struct mentor *m = support_store();
	struct mentor_buf lines = MENTOR_BUF_INIT;
	(void)state;
	write_lines(m, &lines, text);
	assert_int_equal(mentor_store_from_lines(m, "a.jsonl", mentor_buf_text(&lines), lines.len), MENTOR_FOUND);
	mentor_buf_free(&lines);
	assert_string_equal(mentor_error(m)->problems[0].message, "dangling reference in table address");
	assert_int_equal(mentor_error(m)->n_problems, 1); /* and what rests on it is not looked at */
	mentor_free(m);
}

static void a_count_of_changes_that_is_missing_is_found(void **state)
{
	struct mentor *m = support_store();
	struct mentor_buf lines = MENTOR_BUF_INIT;
	(void)state;
	write_lines(m, &lines, "{\"mentor\":\"store\",\"version\":VERSION}\n");
	assert_int_equal(mentor_store_from_lines(m, "a.jsonl", mentor_buf_text(&lines), lines.len), MENTOR_FOUND);
	mentor_buf_free(&lines);
	assert_string_equal(mentor_error(m)->problems[0].message, "the store has lost its count of changes");
	mentor_free(m);
}

/* Cut off anywhere, or with a byte changed anywhere, lines are refused or are another store that checks; nothing else comes of them. */
static void lines_cut_or_changed_anywhere_do_no_harm(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf lines = MENTOR_BUF_INIT;
	assert_int_equal(mentor_store_lines(m, &lines), MENTOR_OK);
	char *text = malloc(lines.len + 1);
	assert_non_null(text);
	size_t refused = 0, tried = 0;
	for (size_t at = 0; at < lines.len; at += 211, tried += 2) {
		for (int kind = 0; kind < 2; kind++) {
			struct mentor *other = support_store();
			memcpy(text, mentor_buf_text(&lines), lines.len + 1);
			if (kind == 0)
				text[at] = '\0';
			else
				text[at] = (char)(text[at] ^ 0x15);
			enum mentor_status status = mentor_store_from_lines(other, "a.jsonl", text, kind == 0 ? at : lines.len);
			if (status != MENTOR_OK && status != MENTOR_INVALID && status != MENTOR_REFUSED && status != MENTOR_FOUND && status != MENTOR_TOO_NEW)
				fail_msg("byte %zu, kind %d: %d %s", at, kind, (int)status, mentor_error(other)->message);
			refused += status != MENTOR_OK;
			mentor_free(other);
		}
	}
	free(text);
	mentor_buf_free(&lines);
	print_message("%zu of %zu changed files refused\n", refused, tried);
	assert_true(refused > tried / 2);
}

static void filling_and_telling_survive_a_failure_at_every_call(void **state)
{
	struct mentor *m = *state;
	struct mentor_buf lines = MENTOR_BUF_INIT;
	bool reached = true;
	assert_int_equal(mentor_store_lines(m, &lines), MENTOR_OK);
	for (long n = 1; reached; n++) {
		struct mentor_buf again = MENTOR_BUF_INIT;
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = mentor_store_lines(m, &again);
		reached = support_calls >= n;
		support_fail_at = 0;
		assert_int_equal(status != MENTOR_OK, reached);
		mentor_buf_free(&again);
	}
	reached = true;
	struct mentor *other = support_store();
	const uint64_t before = support_fingerprint(other);
	for (long n = 1; reached; n++) {
		support_calls = 0;
		support_fail_at = n;
		enum mentor_status status = mentor_store_from_lines(other, "a.jsonl", mentor_buf_text(&lines), lines.len);
		reached = support_calls >= n;
		support_fail_at = 0;
		assert_int_equal(status != MENTOR_OK, reached);
		const uint64_t now = support_fingerprint(other);
		assert_true(now == before || same(m, other)); /* all or nothing: what failed may have been the check */
		if (now != before) {
			mentor_free(other);
			other = support_store();
		}
	}
	mentor_free(other);
	mentor_buf_free(&lines);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_store_comes_back_byte_by_byte),
		TEST(what_other_programs_make_of_the_same_json_is_read_as_well),
		cmocka_unit_test(wrong_lines_are_told_of_and_store_nothing),
		cmocka_unit_test(what_does_not_fit_together_is_found),
		cmocka_unit_test(a_count_of_changes_that_is_missing_is_found),
		TEST(lines_cut_or_changed_anywhere_do_no_harm),
		TEST(filling_and_telling_survive_a_failure_at_every_call),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
