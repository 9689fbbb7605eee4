/* mail.c (test): headers and texts as the standards want them, and what is refused. */
#include "support.h"

#include "mail.h"

#include <stdlib.h>

static struct mentor *m;

static int set_up(void **state)
{
	(void)state;
	m = mentor_new();
	assert_non_null(m);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	mentor_free(m);
	return 0;
}

static const struct mail usual = { .from = { "Mentoring team", "team@example.org" },
	.to = { "Amira", "amira@example.org" },
	.subject = "Welcome",
	.date = "2026-03-02T12:00:05Z",
	.id = "key@example.org",
	.text = "Dear Amira,\n\nwelcome." };

static char *written(const struct mail *mail)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mail_write(m, mail, &b), MENTOR_OK);
	return b.data;
}

/* The header called `name` with its folds; the text when it is NULL. */
static void holds(const struct mail *mail, const char *name, const char *expected)
{
	char *message = written(mail), *at = strstr(message, "\r\n\r\n");
	assert_non_null(at);
	at[2] = '\0';
	const char *found = at + 4;
	if (name) {
		char *header = strstr(message, name), *end = header;
		assert_non_null(header);
		do
			end = strstr(end, "\r\n") + 2;
		while (*end == ' ');
		end[-2] = '\0';
		found = header;
	}
	assert_string_equal(found, expected);
	free(message);
}

static void refused(const struct mail *mail, const char *message)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mail_write(m, mail, &b), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, message);
	assert_int_equal(b.len, 0);
	assert_int_equal(mail_mbox(m, mail, &b), MENTOR_INVALID);
	assert_int_equal(b.len, 0);
	mentor_buf_free(&b);
}

static void a_message_is_exactly_this(void **state)
{
	(void)state;
	char *message = written(&usual);
	assert_string_equal(message, "From: \"Mentoring team\" <team@example.org>\r\n"
				     "To: \"Amira\" <amira@example.org>\r\n"
				     "Subject: Welcome\r\n"
				     "Date: Mon, 02 Mar 2026 12:00:05 +0000\r\n"
				     "Message-ID: <key@example.org>\r\n"
				     "MIME-Version: 1.0\r\n"
				     "Content-Type: text/plain; charset=utf-8\r\n"
				     "Content-Transfer-Encoding: quoted-printable\r\n"
				     "Auto-Submitted: auto-generated\r\n"
				     "\r\n"
				     "Dear Amira,\r\n"
				     "\r\n"
				     "welcome.\r\n");
	free(message);
}

static void a_page_says_the_same_and_fetches_nothing(void **state)
{
	(void)state;
	struct mail mail = usual;
	mail.html = true;
	mail.language = "cy, en";
	mail.subject = "<b> & \"Welcome\"";
	mail.text = "Dear <Amira>,\nwelcome.\n\n- one: https://example.org/?a=1&b=2.\n- two\n\n----\n\nEnd\n";
	char *message = written(&mail);
	assert_non_null(strstr(message, "Content-Language: cy, en\r\n"));
	assert_non_null(strstr(message, "Content-Type: multipart/alternative; boundary=\"=_part\"\r\n"));
	const char *page = strstr(message, "Content-Type: text/html; charset=utf-8\r\n");
	assert_non_null(page);
	assert_string_equal(strstr(page, "\r\n\r\n"), "\r\n\r\n<!doctype html>\r\n<html lang=3D\"cy\">\r\n<head>\r\n<meta charset=3D\"utf-8\">\r\n"
	    "<title>&lt;b&gt; &amp; &quot;Welcome&quot;</title>\r\n</head>\r\n<body>\r\n<p>Dear &lt;Amira&gt;,<br>\r\nwelcome.</p>\r\n<ul>\r\n"
	    "<li>one: <a href=3D\"https://example.org/?a=3D1&amp;b=3D2\">https://example.o=\r\nrg/?a=3D1&amp;b=3D2</a>.</li>\r\n<li>two</li>\r\n</ul>\r\n<hr>\r\n"
	    "<p>End</p>\r\n</body>\r\n</html>\r\n--=_part--\r\n");
	free(message);
}

static void an_mbox_entry_begins_with_sender_and_day_and_ends_with_an_empty_line(void **state)
{
	(void)state;
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mail_mbox(m, &usual, &b), MENTOR_OK);
	assert_null(strchr(mentor_buf_text(&b), '\r'));
	assert_memory_equal(mentor_buf_text(&b), "From team@example.org Mon Mar  2 12:00:05 2026\nFrom: \"Ment", 58);
	assert_string_equal(mentor_buf_text(&b) + b.len - 11, "\nwelcome.\n\n");
	mentor_buf_free(&b);
}

static void days_before_1970_have_their_day_of_the_week(void **state)
{
	(void)state;
	struct mail mail = usual;
	mail.date = "1969-12-31T23:59:59Z";
	holds(&mail, "Date", "Date: Wed, 31 Dec 1969 23:59:59 +0000");
}

static void names_are_quoted_or_encoded(void **state)
{
	static const struct {
		const char *name, *header;
	} rows[] = {
		{ NULL, "To: <amira@example.org>" },
		{ "", "To: <amira@example.org>" },
		{ "Owusu, Esi", "To: \"Owusu, Esi\" <amira@example.org>" },
		{ "Esi \"Es\" \\ <x@y.z>", "To: \"Esi \\\"Es\\\" \\\\ <x@y.z>\" <amira@example.org>" },
		{ "Zo\xc3\xab (Ops)", "To: =?utf-8?Q?Zo=C3=AB_=28Ops=29?= <amira@example.org>" },
		{ "=?utf-8?Q?Boss?=", "To: =?utf-8?Q?=3D=3Futf=2D8=3FQ=3FBoss=3F=3D?= <amira@example.org>" },
		{ "two  blanks", "To: =?utf-8?Q?two__blanks?= <amira@example.org>" },
		{ "ends in a blank ", "To: =?utf-8?Q?ends_in_a_blank_?= <amira@example.org>" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mail mail = usual;
		mail.to.name = rows[i].name;
		holds(&mail, "To:", rows[i].header);
	}
}

static void a_long_subject_is_folded_between_words(void **state)
{
	(void)state;
	struct mail mail = usual;
	mail.subject = "Reverse and reciprocal mentoring: express your interest by 17 June 2026, if you please";
	holds(&mail, "Subject", "Subject: Reverse and reciprocal mentoring: express your interest by 17 June\r\n 2026, if you please");
}

static void encoded_words_are_short_and_cut_no_character(void **state)
{
	struct mentor_buf long_name = MENTOR_BUF_INIT;
	(void)state;
	for (int i = 0; i < 400; i++)
		mentor_buf_str(&long_name, i % 3 ? "\xf0\x9f\x98\x80" : "x");
	struct mail mail = usual;
	mail.to.name = mail.subject = mentor_buf_text(&long_name);
	char *message = written(&mail);
	size_t words = 0, signs = 0;
	for (char *at = message, *end = NULL; (end = strstr(at, "\r\n")); at = end + 2) {
		*end = '\0';
		assert_true(strlen(at) <= 76);
		char *word = strstr(at, "=?utf-8?Q?");
		if (!word)
			continue;
		char *tail = strstr(word + 10, "?=");
		assert_non_null(tail);
		assert_true(tail + 2 - word <= 75);
		for (char *p = word + 10; p < tail; p++, signs++) {
			assert_true(*p == 'x' || strncmp(p, "=F0=9F=98=80", 12) == 0);
			p += *p == 'x' ? 0 : 11;
		}
		words++;
	}
	assert_true(words > 100);
	assert_int_equal(signs, 800);
	free(message);
	mentor_buf_free(&long_name);
}

static void texts_are_quoted_printable(void **state)
{
	static const struct {
		const char *text, *quoted;
	} rows[] = {
		{ "", "" },
		{ "\n\n", "\r\n\r\n" },
		{ "a = b\tc", "a =3D b\tc\r\n" },
		{ "ends in a blank \nand a tab\t", "ends in a blank=20\r\nand a tab=09\r\n" },
		{ "From here\n>From there\n.\nFrom\n > From", "=46rom here\r\n=3EFrom there\r\n=2E\r\nFrom\r\n > From\r\n" },
		{ "caf\xc3\xa9\r", "caf=C3=A9=0D\r\n" },
		{ "1234567890123456789012345678901234567890123456789012345678901234567890123456",
		    "123456789012345678901234567890123456789012345678901234567890123456789012345=\r\n6\r\n" },
		{ "123456789012345678901234567890123456789012345678901234567890123456789012345From x",
		    "123456789012345678901234567890123456789012345678901234567890123456789012345=\r\n=46rom x\r\n" },
		{ "1234567890123456789012345678901234567890123456789012345678901234567890\xc3\xa9z",
		    "1234567890123456789012345678901234567890123456789012345678901234567890=\r\n=C3=A9z\r\n" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mail mail = usual;
		mail.text = rows[i].text;
		holds(&mail, NULL, rows[i].quoted);
	}
}

static void nothing_breaks_out_of_a_header(void **state)
{
	static const char *const controls[] = { "a\r\nBcc: x@example.org", "a\nb", "a\rb", "a\tb", "a\x01", "\x7f", "a\xc2\x85" };
	(void)state;
	for (size_t i = 0; i < sizeof(controls) / sizeof(*controls); i++) {
		struct mail mail = usual;
		mail.to.name = controls[i];
		refused(&mail, "the name holds a control character, which no message may have there");
		mail = usual;
		mail.from.name = controls[i];
		refused(&mail, "the sender's name holds a control character, which no message may have there");
		mail = usual;
		mail.subject = controls[i];
		refused(&mail, "the subject holds a control character, which no message may have there");
	}
	struct mail mail = usual;
	mail.subject = "\xff";
	refused(&mail, "the subject is not UTF-8");
}

static void only_plain_addresses_are_taken(void **state)
{
	static const char *const good[] = { "a@example.org", "a.b+c@example.org", "o'neil@sub-1.example.org", "x@localhost", "_@1.example" };
	static const char *const bad[] = { "", "a", "@example.org", "a@", "-a@example.org", ".a@example.org", "a.@example.org", "a..b@example.org",
		"a@example..org", "a@.example.org", "a@example.org.", "a@-example.org", "a@example-.org", "a b@example.org", "a@b@example.org",
		"\"a\"@example.org", "a@example.org\r\nBcc: b@example.org", "a@exam_ple.org", "a@ex\xc3\xa4mple.org", "\xc3\xa4@example.org", "a>@example.org",
		"a12345678901234567890123456789012345678901234567890123456789012345@example.org",
		"a@a12345678901234567890123456789012345678901234567890123456789012345.example.org" };
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct mail mail = usual;
		mail.to.email = good[i];
		free(written(&mail));
	}
	for (size_t i = 0; i < 2 * sizeof(bad) / sizeof(*bad); i++) {
		struct mentor_buf message = MENTOR_BUF_INIT;
		struct mail mail = usual;
		*(i % 2 ? &mail.to.email : &mail.from.email) = bad[i / 2];
		mentor_buf_fmt(&message, "'%s' is no address that a message can carry", bad[i / 2]);
		refused(&mail, mentor_buf_text(&message));
		mentor_buf_free(&message);
	}
}

static void an_id_is_the_same_for_the_same_key_and_another_for_another(void **state)
{
	static const char *const keys[] = { "spring p1 accepted", "spring p1 accepted", "spring p2 accepted" };
	struct mentor_buf ids[3] = { MENTOR_BUF_INIT, MENTOR_BUF_INIT, MENTOR_BUF_INIT };
	(void)state;
	for (size_t i = 0; i < 3; i++)
		mail_id(&ids[i], keys[i], "team@example.org");
	assert_string_equal(mentor_buf_text(&ids[0]), mentor_buf_text(&ids[1]));
	assert_string_not_equal(mentor_buf_text(&ids[0]), mentor_buf_text(&ids[2]));
	assert_int_equal(strspn(mentor_buf_text(&ids[0]), "0123456789abcdef"), 40);
	assert_string_equal(mentor_buf_text(&ids[0]) + 40, "@example.org");
	for (size_t i = 0; i < 3; i++)
		mentor_buf_free(&ids[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_message_is_exactly_this),
		TEST(a_page_says_the_same_and_fetches_nothing),
		TEST(an_mbox_entry_begins_with_sender_and_day_and_ends_with_an_empty_line),
		TEST(days_before_1970_have_their_day_of_the_week),
		TEST(names_are_quoted_or_encoded),
		TEST(a_long_subject_is_folded_between_words),
		TEST(encoded_words_are_short_and_cut_no_character),
		TEST(texts_are_quoted_printable),
		TEST(nothing_breaks_out_of_a_header),
		TEST(only_plain_addresses_are_taken),
		TEST(an_id_is_the_same_for_the_same_key_and_another_for_another),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
