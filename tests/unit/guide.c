/* guide.c (test): the guide and the materials of a programme, in each format. */
#include "support_event.h"

#include <stdio.h>
#include <stdlib.h>

static enum mentor_status note(void *arg, const void *record)
{
	const struct mentor_material *r = record;
	char *text = arg;
	size_t len = strlen(text);
	snprintf(text + len, 1024 - len, "%c %s;", r->kind[0], r->name);
	return MENTOR_OK;
}

static const char programme[] = "programme: rich\n"
				"title: \"Rich & <plain> | *starred*\"\n"
				"contact: { email: team@example.org }\n"
				"labels: { mentor: guide, mentors: guides, mentee: learner, mentees: learners }\n"
				"stages:\n"
				"  before: { title: Before, before: open, checklist: [mentor rooms are booked] }\n"
				"  after: { title: After }\n"
				"resources:\n"
				"  book: { title: A book, audience: mentors, stage: before, link: 'https://example.org/book' }\n"
				"  film: { title: A film, audience: both, stage: after }\n"
				"  note: { title: A note, audience: mentees }\n"
				"  letter: { title: A letter, audience: managers }\n"
				"activities: { tree: { title: Tree, minutes: 40, session: 1 } }\n"
				"forms: { log: { title: Log, audience: mentors, prompts: [How did I listen?] } }\n"
				"events: { talk: { title: Talk, kind: meeting, times: { a: { from: middle, start: \"10:00\" }, b: { date: 2026-05-01 } } } }\n"
				"contract: { purpose: We talk. }\n";

static struct mentor *m;

static int set_up(void **state)
{
	const char *change = NULL;
	int64_t id = 0;
	(void)state;
	m = support_events();
	if (mentor_programme_import(m, "rich.yaml", programme, strlen(programme), &change, &id))
		fail_msg("%s", mentor_error(m)->message);
	assert_int_equal(id, 2);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	mentor_free(m);
	return 0;
}

static void resources_are(int64_t audience, const char *stage, const char *wanted)
{
	char text[1024] = "";
	assert_int_equal(mentor_programme_resources(m, 2, audience, stage, note, text), MENTOR_OK);
	assert_string_equal(text, wanted);
}

static void materials_are_chosen_by_audience_and_stage(void **state)
{
	char text[1024] = "";
	(void)state;
	resources_are(MENTOR_NONE, NULL, "r book;r film;r note;r letter;a tree;f log;");
	resources_are(MENTOR_FOR_MENTORS, NULL, "r book;r film;a tree;f log;");
	resources_are(MENTOR_FOR_MENTEES, NULL, "r film;r note;a tree;");
	resources_are(MENTOR_FOR_BOTH, NULL, "r book;r film;r note;a tree;f log;");
	resources_are(MENTOR_FOR_MANAGERS, NULL, "r letter;");
	resources_are(MENTOR_FOR_MENTORS, "after", "r film;a tree;f log;");
	support_event_failed(m, mentor_programme_resources(m, 2, MENTOR_NONE, "later", note, text), MENTOR_NOT_FOUND, "no stage 'later'");
	assert_string_equal(mentor_error(m)->hint, "there are: before, after");
}

static char *guide(int64_t id, int64_t cohort, enum mentor_guide_format format)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	if (mentor_programme_guide(m, id, cohort, format, &b))
		fail_msg("%s", mentor_error(m)->message);
	return b.data;
}

static void holds(const char *text, const char *words)
{
	if (!strstr(text, words))
		fail_msg("'%s' is not in: %s", words, text);
}

static void each_format_encodes_what_would_mean_something_to_it(void **state)
{
	(void)state;
	char *html = guide(2, 0, MENTOR_GUIDE_HTML), *markdown = guide(2, 0, MENTOR_GUIDE_MARKDOWN), *text = guide(2, 0, MENTOR_GUIDE_TEXT);
	holds(html, "<h1>Rich &amp; &lt;plain&gt; | *starred*: guide for whoever runs it</h1>");
	holds(html, "<code><span>mentor</span> <span>cohort</span> <span>open</span></code>");
	holds(html, "<ul class=\"boxes\">\n<li>mentor rooms are booked</li>\n</ul>");
	holds(markdown, "# Rich \\& \\<plain\\> \\| \\*starred\\*: guide");
	holds(markdown, "- [ ] mentor rooms are booked\n");
	holds(markdown, "`mentor cohort open`");
	holds(text, "  [ ] mentor rooms are booked\n");
	holds(text, "up to 12 guides and 12 learners, 6 months");
	for (const char *p = text; *p; p += strcspn(p, "\n") + 1)
		assert_true(strcspn(p, "\n") <= 78);
	free(html);
	free(markdown);
	free(text);
}

static void dates_are_counted_or_those_of_a_cohort(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	(void)state;
	char *counted = guide(1, 0, MENTOR_GUIDE_MARKDOWN), *dated = guide(1, 1, MENTOR_GUIDE_MARKDOWN);
	holds(counted, "| 10 March 2026 | Open session (one of several times) | applicants | 11:00 to 12:00, online |");
	holds(counted, "| 1 week before the start | Induction | everybody | 10:00 to 12:00 |");
	holds(dated, "| 25 March 2026 | Induction | everybody | 10:00 to 12:00 |\n| 15 April 2026 | Workshop |");
	holds(dated, "| The work in pairs starts | 1 April 2026 |");
	assert_true(strstr(dated, "| 16 February 2026 | Course") < strstr(dated, "| 10 March 2026 |"));
	support_event_failed(m, mentor_programme_guide(m, 2, 1, MENTOR_GUIDE_TEXT, &b), MENTOR_REFUSED, "the cohort 'spring' is of the programme 'demo'");
	assert_int_equal(b.len, 0);
	free(counted);
	free(dated);
}

static void steps_are_those_that_the_programme_has(void **state)
{
	(void)state;
	char *text = guide(2, 0, MENTOR_GUIDE_TEXT), *other = guide(1, 0, MENTOR_GUIDE_TEXT);
	assert_null(strstr(text, "mentor enrol import"));
	assert_null(strstr(text, "mentor event signup"));
	holds(text, "mentor event invite EVENT -f mbox");
	holds(other, "mentor event signup EVENT PERSON");
	holds(other, "mentor event assign EVENT PERSON");
	holds(other, "Run by whoever has attended: Course.");
	holds(other, "Arranged around: board.");
	free(text);
	free(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(materials_are_chosen_by_audience_and_stage),
		TEST(each_format_encodes_what_would_mean_something_to_it),
		TEST(dates_are_counted_or_those_of_a_cohort),
		TEST(steps_are_those_that_the_programme_has),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
