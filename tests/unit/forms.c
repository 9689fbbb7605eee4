/* forms.c (test): the programme's blank forms and activities in every format. */
#include "support_world.h"

static const char programme[] = "programme: demo\ntitle: Demo & more\norganisation: Example Council\n"
				"contact: { name: Programme team, email: team@example.org }\n"
				"labels: { mentor: guide, mentors: guides, mentee: leader, mentees: leaders }\n"
				"contract: { purpose: We learn. }\n"
				"activities:\n  tree: { title: Tree of life, minutes: 40, session: 1, text: \"- Draw a *tree* | twig.\\n\\n1. Show it.\" }\n  walk: { title: A walk }\n"
				"forms:\n"
				"  meeting: { title: Meeting log, private: no, prompts: [\"Day & place\", \"What we do next\"] }\n"
				"  mirror: { title: Looking back, audience: mentors, prompts: [How well did I listen?] }\n"
				"  plan: { title: Plan, audience: facilitators, prompts: [What we do] }\n";
static const char none[] = "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\ncontract: { purpose: We learn. }\n";

static const char *print(struct mentor *m, enum mentor_forms_format format, const char *name, const char *audience)
{
	static struct mentor_buf b;
	const struct mentor_forms_request request = { format, &name, name ? 1 : 0, audience };
	mentor_buf_clear(&b);
	assert_int_equal(mentor_log_forms(m, 1, &request, &b), MENTOR_OK);
	const char *kept = mentor_keep(m, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return kept;
}

static void plain_text_has_room_and_says_whose_it_is(void **state)
{
	assert_string_equal(print(*state, MENTOR_FORMS_TEXT, "mirror", NULL),
	    "Example Council: Demo & more\n\nLooking back\n============\nFor guides\n\n"
	    "This page is yours alone. Nobody asks for it or for what is in it; keep it\nwhere only you can read it.\n\n"
	    "How well did I listen?\n"
	    "______________________________________________________________________________\n"
	    "______________________________________________________________________________\n"
	    "______________________________________________________________________________\n"
	    "______________________________________________________________________________\n"
	    "\nQuestions? Programme team, team@example.org\n");
}

static void markdown_keeps_what_it_would_take_for_itself(void **state)
{
	assert_string_equal(print(*state, MENTOR_FORMS_MARKDOWN, "tree", NULL),
	    "# Tree of life\n\nExample Council: Demo \\& more  \nAn activity for session 1, about 40 minutes\n\n"
	    "\\- Draw a \\*tree\\* \\| twig.\n\n1\\. Show it.\n\nQuestions? Programme team, team@example.org\n");
}

static void html_is_one_page_without_anything_from_elsewhere(void **state)
{
	const char *page = print(*state, MENTOR_FORMS_HTML, NULL, NULL);
	static const char *const there[] = { "<!DOCTYPE html>", "<title>Forms of Demo &amp; more</title>", "content=\"default-src 'none'; ", "<p>1. Show it.</p>", "<h1>Meeting log</h1>",
		"<p class=\"what\">For guides and leaders</p>", "<h2>Day &amp; place</h2>", "Hand it in only where", "<h1>A walk</h1>",
		"An activity for any session</p>", "@page{size:A4", "</html>\n" };
	static const char *const absent[] = { "<script", "http:", "https:", "url(", "<link", "<img" };
	for (size_t i = 0; i < sizeof(there) / sizeof(*there); i++)
		if (!strstr(page, there[i]))
			fail_msg("not there: %s", there[i]);
	for (size_t i = 0; i < sizeof(absent) / sizeof(*absent); i++)
		assert_null(strstr(page, absent[i]));
}

static void each_gets_what_is_for_them(void **state)
{
	static const struct {
		const char *audience;
		const char *titles[6];
	} cases[] = {
		{ NULL, { "Meeting log", "Looking back", "Plan", "Tree of life", "A walk" } },
		{ "mentors", { "Meeting log", "Looking back", "Tree of life", "A walk" } },
		{ "mentees", { "Meeting log", "Tree of life", "A walk" } },
		{ "facilitators", { "Plan" } },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *at = print(*state, MENTOR_FORMS_MARKDOWN, NULL, cases[i].audience);
		for (size_t t = 0; cases[i].titles[t]; t++) {
			at = strstr(at, "# ");
			while (at && at[-1] == '#')
				at = strstr(at + 1, "# ");
			assert_non_null(at);
			assert_memory_equal(at + 2, cases[i].titles[t], strlen(cases[i].titles[t]));
			at += 2;
		}
	}
}

static void what_is_not_there_is_not_found(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	const char *name = "diary";
	struct mentor_forms_request request = { MENTOR_FORMS_TEXT, &name, 1, NULL };
	assert_int_equal(mentor_log_forms(*state, 1, &request, &b), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(*state)->hint, "the programme has meeting, mirror, plan, tree, walk");
	name = "plan";
	request.audience = "mentees";
	assert_int_equal(mentor_log_forms(*state, 1, &request, &b), MENTOR_NOT_FOUND);
	assert_int_equal(b.len, 0);
}

static void a_programme_without_forms_says_so(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	const struct mentor_forms_request request = { MENTOR_FORMS_HTML, NULL, 0, NULL };
	assert_int_equal(mentor_log_forms(*state, 1, &request, &b), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(*state)->message, "the programme has no such forms");
	assert_int_equal(b.len, 0);
}

#define WITH(f, text) cmocka_unit_test_prestate_setup_teardown(f, support_running_set_up, support_tear_down, (void *)(uintptr_t)(text))

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(plain_text_has_room_and_says_whose_it_is, programme),
		WITH(markdown_keeps_what_it_would_take_for_itself, programme),
		WITH(html_is_one_page_without_anything_from_elsewhere, programme),
		WITH(each_gets_what_is_for_them, programme),
		WITH(what_is_not_there_is_not_found, programme),
		WITH(a_programme_without_forms_says_so, none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
