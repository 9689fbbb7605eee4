/* contract_say.c (test): what each side, or both, say to the terms of the programme, in a contract that nobody has signed. */
#include "support_world.h"

#include <stdio.h>
#include <stdlib.h>

static const char definition[] =
    "programme: demo\n"
    "title: Demo programme\n"
    "contact: { name: Programme team, email: team@example.org }\n"
    "contract:\n"
    "  purpose: We learn.\n"
    "  terms:\n"
    "    value: { text: What I would value from you, each: yes }\n"
    "    part: { text: How far you take part in my meetings, each: yes, choices: [contribute, co-lead] }\n"
    "    avoid: { text: What I would rather not talk about, only: mentor }\n"
    "    touch: How we keep in touch\n"
    "    photos: { text: Whether we have our picture taken, choices: [yes please, no] }\n"
    "    worries: { text: What worries me, each: yes, paper: yes }\n";

static void draft(struct mentor *m)
{
	struct mentor_contract terms;
	const char *change = NULL;
	int64_t id = 0;
	mentor_record_clear(mentor_contract_fields, &terms);
	assert_int_equal(mentor_contract_draft(m, 1, &terms, 0, &change, &id), MENTOR_OK);
}

static int set_up(void **state)
{
	char text[sizeof(definition)];
	memcpy(text, definition, sizeof(text));
	*state = text;
	support_running_set_up(state);
	draft(*state);
	return 0;
}

static enum mentor_status say(
    struct mentor *m, const char *term, enum mentor_contract_side side, const char *a, const char *b, bool *ret_changed)
{
	const char *const lines[] = { a, b };
	const struct mentor_saying saying = { term, side, lines, b ? 2 : a ? 1 : 0 };
	return mentor_contract_say(m, 1, &saying, ret_changed);
}

static void says(struct mentor *m, const char *term, enum mentor_contract_side side, const char *a, const char *b, bool new)
{
	bool changed = !new;
	assert_int_equal(say(m, term, side, a, b, &changed), MENTOR_OK);
	assert_int_equal(changed, new);
}

static void refuses(struct mentor *m, const char *term, enum mentor_contract_side side, const char *a, const char *b, enum mentor_status status,
    const char *message, const char *hint)
{
	bool changed = false;
	uint64_t before = support_fingerprint(m);
	assert_int_equal(say(m, term, side, a, b, &changed), status);
	assert_string_equal(mentor_error(m)->message, message);
	if (hint)
		assert_string_equal(mentor_error(m)->hint, hint);
	assert_false(changed);
	assert_int_equal(support_fingerprint(m), before);
}

static char *export(struct mentor *m, enum mentor_contract_format format)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(mentor_contract_export(m, &(int64_t){ 1 }, 1, format, &b), MENTOR_OK);
	return b.data;
}

#define assert_contains(text, part)                                                                                    \
	do {                                                                                                           \
		if (!strstr((text), (part)))                                                                           \
			fail_msg("'%s' is not in:\n%s", (part), (text));                                               \
	} while (0)

static char *text_of(struct mentor *m)
{
	void *record = NULL;
	assert_int_equal(mentor_record_get(m, &mentor_entity_contract, 1, &record), MENTOR_OK);
	char *text = strdup(((const struct mentor_contract *)record)->text);
	mentor_record_free(record);
	return text;
}

static void what_is_said_stands_in_the_text_and_what_is_not_has_room(void **state)
{
	struct mentor *m = *state;
	says(m, "value", MENTOR_CONTRACT_MENTOR, "Honest feedback", "Introductions", true);
	says(m, "value", MENTOR_CONTRACT_MENTEE, "How it is on the ground", NULL, true);
	says(m, "part", MENTOR_CONTRACT_MENTEE, "co-lead", NULL, true);
	says(m, "touch", MENTOR_CONTRACT_BOTH, "By telephone", NULL, true);
	char *text = text_of(m);
	assert_contains(text, "\n\nWhat I would value from you\nSecret Ann:\n- Honest feedback\n- Introductions\nSecret Ben: How it is on the ground\n"
			      "\nHow far you take part in my meetings\nSecret Ann:\n\u2610 contribute\n\u2610 co-lead\nSecret Ben: co-lead\n"
			      "\nWhat I would rather not talk about\nSecret Ann: __________\n"
			      "\nHow we keep in touch\nBoth of us: By telephone\n"
			      "\nWhether we have our picture taken\nBoth of us:\n\u2610 yes please\n\u2610 no\n"
			      "\nWhat worries me\nSecret Ann: __________\nSecret Ben: __________\n\nGround rules\n");
	free(text);
}

static void the_hash_follows_what_is_said(void **state)
{
	struct mentor *m = *state;
	says(m, "touch", MENTOR_CONTRACT_BOTH, "By telephone", NULL, true);
	int64_t n = support_number(m, "SELECT count(DISTINCT hash) FROM contract");
	assert_int_equal(n, 1);
	support_sql(m, "CREATE TABLE old AS SELECT hash FROM contract");
	says(m, "touch", MENTOR_CONTRACT_BOTH, "By telephone, and by letter", NULL, true);
	assert_int_equal(support_number(m, "SELECT count(*) FROM contract c JOIN old o ON o.hash = c.hash"), 0);
	support_sql(m, "DROP TABLE old");
	free(export(m, MENTOR_CONTRACT_TEXT)); /* which tells when a text is not the one of its hash */
}

static void the_same_again_changes_nothing_and_other_lines_take_their_place(void **state)
{
	struct mentor *m = *state;
	says(m, "value", MENTOR_CONTRACT_MENTOR, "One", "Two", true);
	uint64_t before = support_fingerprint(m);
	says(m, "value", MENTOR_CONTRACT_MENTOR, "One", "Two", false);
	assert_int_equal(support_fingerprint(m), before);
	says(m, "value", MENTOR_CONTRACT_MENTOR, "Two", "One", true);
	says(m, "value", MENTOR_CONTRACT_MENTOR, "Two", NULL, true);
	char *text = text_of(m);
	assert_contains(text, "value from you\nSecret Ann: Two\nSecret Ben: ____");
	free(text);
	says(m, "value", MENTOR_CONTRACT_MENTOR, NULL, NULL, true);
	says(m, "value", MENTOR_CONTRACT_MENTOR, NULL, NULL, false);
	text = text_of(m);
	assert_contains(text, "value from you\nSecret Ann: ____");
	free(text);
}

static void only_what_the_programme_asks_of_that_side_can_be_said(void **state)
{
	struct mentor *m = *state;
	refuses(m, "valu", MENTOR_CONTRACT_MENTOR, "x", NULL, MENTOR_NOT_FOUND, "the programme has no term 'valu'",
	    "say something to value, part, avoid, touch, photos or worries");
	refuses(m, "value", MENTOR_CONTRACT_BOTH, "x", NULL, MENTOR_USAGE, "to 'value' each side speaks for itself", "give --mentor or --mentee");
	refuses(m, "touch", MENTOR_CONTRACT_MENTEE, "x", NULL, MENTOR_USAGE, "to 'touch' the two say the same", "leave out --mentor and --mentee");
	refuses(m, "avoid", MENTOR_CONTRACT_MENTEE, "x", NULL, MENTOR_REFUSED, "'avoid' is for the other side to say", "give --mentor");
	refuses(m, "part", MENTOR_CONTRACT_MENTOR, "watch", NULL, MENTOR_INVALID, "'watch' is none of the choices of 'part'",
	    "give one of: contribute or co-lead");
	refuses(m, "part", MENTOR_CONTRACT_MENTOR, "contribute", "co-lead", MENTOR_USAGE, "'part' takes one of its choices", NULL);
	refuses(m, "worries", MENTOR_CONTRACT_MENTOR, "x", NULL, MENTOR_REFUSED, "the programme keeps 'worries' on paper only",
	    "the printed contract leaves room for it");
	refuses(m, "value", MENTOR_CONTRACT_MENTOR, "", NULL, MENTOR_INVALID, "a line is empty", "leave it out");
	bool changed = false;
	assert_int_equal(say(m, "value", MENTOR_CONTRACT_MENTOR, "one\ntwo", NULL, &changed), MENTOR_INVALID);
	const char *many[21];
	for (size_t i = 0; i < 21; i++)
		many[i] = "line";
	assert_int_equal(mentor_contract_say(m, 1, &(struct mentor_saying){ "value", MENTOR_CONTRACT_MENTOR, many, 21 }, &changed), MENTOR_INVALID);
	assert_string_equal(mentor_error(m)->message, "'value' would have 21 lines, and 20 are the most");
	assert_int_equal(mentor_contract_say(m, 1, &(struct mentor_saying){ "value", MENTOR_CONTRACT_MENTOR, many, 20 }, &changed), MENTOR_OK);
}

static void in_a_reciprocal_pair_both_say_what_one_side_says(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "UPDATE pair SET arrangement = 'reciprocal'");
	says(m, "avoid", MENTOR_CONTRACT_MENTEE, "My last post", NULL, true);
	char *text = text_of(m);
	assert_contains(text, "rather not talk about\nSecret Ann: __________\nSecret Ben: My last post\n");
	free(text);
}

static void what_is_signed_says_what_it_said(void **state)
{
	struct mentor *m = *state;
	bool changed = false;
	says(m, "touch", MENTOR_CONTRACT_BOTH, "By telephone", NULL, true);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTEE, NULL, &changed), MENTOR_OK);
	says(m, "touch", MENTOR_CONTRACT_BOTH, "By telephone", NULL, false);
	refuses(m, "touch", MENTOR_CONTRACT_BOTH, "By letter", NULL, MENTOR_REFUSED, "c1 is signed already, so its terms stay as they are",
	    "to agree something else, which both then sign: mentor contract amend m1");
}

static void it_takes_a_contract_of_an_active_pair(void **state)
{
	struct mentor *m = *state;
	support_sql(m, "UPDATE pair SET state = 'ended'");
	refuses(m, "touch", MENTOR_CONTRACT_BOTH, "By letter", NULL, MENTOR_REFUSED, "m1 has ended", NULL);
	support_sql(m, "DELETE FROM contract");
	refuses(m, "touch", MENTOR_CONTRACT_BOTH, "By letter", NULL, MENTOR_NOT_FOUND, "m1 has no contract", "write it with: mentor contract draft m1");
}

/* ---- hostile words ---- */

static void words_cannot_pass_for_another_part_of_the_page(void **state)
{
	struct mentor *m = *state;
	says(m, "value", MENTOR_CONTRACT_MENTOR, "<script>alert('x')</script> & \"quoted\"", "# **bold** [link](x) | cell", true);
	says(m, "value", MENTOR_CONTRACT_MENTEE, "=====", "- 1. not a heading", true);
	says(m, "touch", MENTOR_CONTRACT_BOTH, "Signatures", "----------", true);
	char *html = export(m, MENTOR_CONTRACT_HTML);
	assert_contains(html, "<p class=\"said\"><strong>Secret Ann:</strong></p>\n<ul>\n<li>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;</li>\n"
			      "<li># **bold** [link](x) | cell</li>\n</ul>\n<p class=\"said\"><strong>Secret Ben:</strong></p>\n<ul>\n<li>=====</li>\n"
			      "<li>- 1. not a heading</li>\n</ul>\n<h3>How far");
	assert_null(strstr(html, "<script"));
	assert_contains(html, "<li>Signatures</li>\n<li>----------</li>\n</ul>\n");
	assert_null(strstr(strstr(html, "<h2>Signatures</h2>") + 1, "<h2>Signatures</h2>"));
	free(html);
	char *text = export(m, MENTOR_CONTRACT_MARKDOWN);
	assert_contains(text, "- \\<script\\>alert('x')\\</script\\> \\& \"quoted\"\n- \\# \\*\\*bold\\*\\* \\[link\\](x) \\| cell\n");
	assert_contains(text, "- \\=====\n- \\- 1. not a heading\n");
	free(text);
}

/* ---- the list ---- */

struct seen {
	char rows[2000];
};

static enum mentor_status note_row(void *arg, const void *record)
{
	struct seen *s = arg;
	const struct mentor_contract_term *t = record;
	static const char *const sides[] = { "mentor", "mentee", "both" };
	size_t len = strlen(s->rows);
	snprintf(s->rows + len, sizeof(s->rows) - len, "%s %s %s: %s%s%s\n", t->term, sides[t->side], t->name ? t->name : "-", t->said ? t->said : "-",
	    t->choices ? " of " : "", t->choices ? t->choices : "");
	return MENTOR_OK;
}

static void the_list_has_a_row_for_each_line_and_each_silence(void **state)
{
	struct mentor *m = *state;
	struct seen seen = { "" };
	says(m, "value", MENTOR_CONTRACT_MENTOR, "One", "Two", true);
	assert_int_equal(mentor_contract_terms(m, 1, note_row, &seen), MENTOR_OK);
	assert_string_equal(seen.rows, "value mentor Secret Ann: One\nvalue mentor Secret Ann: Two\nvalue mentee Secret Ben: -\n"
				       "part mentor Secret Ann: - of contribute\nco-lead\npart mentee Secret Ben: - of contribute\nco-lead\n"
				       "avoid mentor Secret Ann: -\ntouch both -: -\nphotos both -: - of yes please\nno\n"
				       "worries mentor Secret Ann: -\nworries mentee Secret Ben: -\n");
	assert_int_equal(mentor_contract_terms(m, 9, note_row, &seen), MENTOR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_said_stands_in_the_text_and_what_is_not_has_room, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(the_hash_follows_what_is_said, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(the_same_again_changes_nothing_and_other_lines_take_their_place, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(only_what_the_programme_asks_of_that_side_can_be_said, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(in_a_reciprocal_pair_both_say_what_one_side_says, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(what_is_signed_says_what_it_said, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(it_takes_a_contract_of_an_active_pair, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(words_cannot_pass_for_another_part_of_the_page, set_up, support_tear_down),
		cmocka_unit_test_setup_teardown(the_list_has_a_row_for_each_line_and_each_silence, set_up, support_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
