/* template.c (test): a text falls into pieces that together are the text, whatever stands in it. */
#include "support.h"

#include "template.h"

static void pieces(const char *text, const char *expected)
{
	static const char kinds[] = { 'T', 'W', 'U', 'O', 'C' };
	struct mentor_buf b = MENTOR_BUF_INIT;
	struct template_piece piece;
	const char *at = text;
	while (template_next(&at, &piece))
		mentor_buf_fmt(&b, "%c(%.*s)", kinds[piece.kind], (int)piece.len, piece.text);
	assert_string_equal(mentor_buf_text(&b), expected);
	assert_int_equal(*at, '\0');
	mentor_buf_free(&b);
}

static void a_text_falls_into_its_pieces(void **state)
{
	(void)state;
	pieces("", "");
	pieces("plain", "T(plain)");
	pieces("Dear {name}, {contact_email}", "T(Dear )W(name)T(, )W(contact_email)");
	pieces("{nmae}", "U(nmae)");
	pieces("{}", "U()");
	pieces("{name", "O({)T(name)");
	pieces("name}", "T(name)C(})");
	pieces("{{name}}", "O({)W(name)C(})");
	pieces("}{", "C(})O({)");
	pieces("{Name}{name}", "U(Name)W(name)");
}

static void a_text_needs_what_its_words_are_about(void **state)
{
	(void)state;
	assert_int_equal(template_subjects(NULL), 0);
	assert_int_equal(template_subjects("{name} {programme}"), 0);
	assert_int_equal(template_subjects("{partner} {event}"), OF_PAIR | OF_EVENT);
	assert_int_equal(template_subjects("{survey {action}"), OF_ACTION);
}

static enum mentor_status count(void *arg, const struct mentor_programme_word *word)
{
	assert_true(*word->name && *word->help && *word->in);
	return ++*(int *)arg == 5 ? MENTOR_REFUSED : MENTOR_OK;
}

static void the_words_are_walked_until_somebody_has_enough(void **state)
{
	int n = 0;
	(void)state;
	assert_int_equal(mentor_programme_words(count, &n), MENTOR_REFUSED);
	assert_int_equal(n, 5);
	assert_int_equal(mentor_programme_words(count, &n), MENTOR_OK);
	assert_true(n > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_falls_into_its_pieces),
		cmocka_unit_test(a_text_needs_what_its_words_are_about),
		cmocka_unit_test(the_words_are_walked_until_somebody_has_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
