/* contract.c (test): terms within ranges, the exact text and its hash, signatures, and the three ways to print. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static const char definition[] = "programme: demo\n"
				 "title: Demo <mentoring>\n"
				 "organisation: Example Council\n"
				 "contact:\n"
				 "  name: Programme team\n"
				 "  email: team@example.org\n"
				 "labels: { mentor: guide, mentors: guides, mentee: leader, mentees: leaders }\n"
				 "contract:\n"
				 "  purpose: |\n"
				 "    Leaders learn\n"
				 "    what colleagues know.\n"
				 "    ===\n"
				 "    - first this\n"
				 "    - then * that\n"
				 "  ground_rules:\n"
				 "    - We are honest & open\n"
				 "    - 1. We keep our word\n"
				 "  sessions: { minimum: 4, usual: 5, maximum: 6 }\n"
				 "  minutes: { minimum: 60, maximum: 60 }\n"
				 "  months: { minimum: 4, usual: 6, maximum: 6 }\n"
				 "  mode: virtual\n";

/* Its own words about ending, none about ground rules. */
static const char other_definition[] = "programme: demo\n"
				       "title: Demo\n"
				       "arrangement: reciprocal\n"
				       "contact:\n"
				       "  email: team@example.org\n"
				       "contract:\n"
				       "  purpose: We learn from each other.\n"
				       "  no_fault: We part as friends.\n";

static const char people[] =
    "INSERT INTO person (email, name) VALUES ('ann@example.org', 'Ann O''Hara & Co'), ('ben@example.org', 'Ben <b>')";
static const char enrolments[] =
    "INSERT INTO enrolment (cohort_id, person_id, role, state, applied_on, decided_on) VALUES "
    "(1, 1, 'mentor', 'accepted', '2026-02-01', '2026-02-10'), (1, 2, 'mentee', 'accepted', '2026-02-01', '2026-02-10')";
static const char pair[] =
    "INSERT INTO pair (cohort_id, mentor_id, mentee_id, state, arrangement, score, proposed_on, published_on) "
    "VALUES (1, 1, 2, 'active', 'reverse', 0, '2026-03-01', '2026-03-02')";

/* A store with one active pair of a programme (the test's initial state), on 10 March 2026. */
static int set_up(void **state)
{
	struct mentor *m = support_store();
	const char *change = NULL, *text = *state ? *state : definition;
	int64_t id = 0;
	struct mentor_cohort cohort;
	assert_int_equal(mentor_set_now(m, "2026-03-10"), MENTOR_OK);
	assert_int_equal(mentor_programme_import(m, "demo.yaml", text, strlen(text), &change, &id), MENTOR_OK);
	mentor_record_clear(mentor_cohort_fields, &cohort);
	cohort.slug = "spring";
	assert_int_equal(mentor_cohort_add(m, "demo", &cohort, 1U << 1, &id), MENTOR_OK);
	support_sql(m, people);
	support_sql(m, enrolments);
	support_sql(m, pair);
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	mentor_free(*state);
	return 0;
}

static uint64_t bit(const char *name)
{
	const struct mentor_field *field = mentor_field_find(mentor_contract_fields, name);
	assert_non_null(field);
	return UINT64_C(1) << (field - mentor_contract_fields);
}

/* Drafts with one term as people would type it; NULL: none. */
static enum mentor_status draft(struct mentor *m, const char *name, const char *value, const char **ret_change)
{
	struct mentor_contract terms;
	int64_t id = 0;
	mentor_record_clear(mentor_contract_fields, &terms);
	if (name)
		assert_int_equal(
		    mentor_field_read(m, mentor_field_find(mentor_contract_fields, name), value, &terms), MENTOR_OK);
	return mentor_contract_draft(m, 1, &terms, name ? bit(name) : 0, ret_change, &id);
}

static struct mentor_contract *get(struct mentor *m)
{
	void *record = NULL;
	assert_int_equal(mentor_record_get(m, &mentor_entity_contract, 1, &record), MENTOR_OK);
	return record;
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

/* ---- terms ---- */

static void a_first_draft_has_the_usual_terms(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	assert_string_equal(change, "added");
	struct mentor_contract *c = get(m);
	assert_int_equal(c->sessions, 5);
	assert_int_equal(c->minutes, 60);
	assert_string_equal(c->frequency, "monthly");
	assert_int_equal(c->mode, 0);
	assert_string_equal(c->starts_on, "2026-03-02");
	assert_string_equal(c->ends_on, "2026-09-01");
	assert_int_equal(c->state, MENTOR_CONTRACT_DRAFTED);
	mentor_record_free(c);
}

static void the_same_terms_again_change_nothing_and_other_terms_revise_the_draft(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	assert_int_equal(draft(m, "sessions", "4", &change), MENTOR_OK);
	assert_int_equal(draft(m, "sessions", "4", &change), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	assert_int_equal(draft(m, "place", "Town Hall", &change), MENTOR_OK);
	assert_string_equal(change, "revised");
	struct mentor_contract *c = get(m);
	assert_int_equal(c->sessions, 4); /* what is not given stays */
	assert_string_equal(c->place, "Town Hall");
	mentor_record_free(c);
	assert_int_equal(draft(m, "sessions", "", &change), MENTOR_OK);
	c = get(m);
	assert_int_equal(c->sessions, 5); /* "not set" is the usual one again */
	mentor_record_free(c);
}

static void terms_outside_the_programme_are_refused_by_name_and_range(void **state)
{
	struct mentor *m = *state;
	static const struct {
		const char *name, *value, *message;
		enum mentor_status status;
	} cases[] = {
		{ "sessions", "7", "the programme allows 4 to 6 sessions, not 7", MENTOR_REFUSED },
		{ "sessions", "3", "the programme allows 4 to 6 sessions, not 3", MENTOR_REFUSED },
		{ "minutes", "45", "the programme allows exactly 60 minutes a session, not 45", MENTOR_REFUSED },
		{ "ends_on", "2026-05-01", "the programme allows 4 to 6 months, not 2026-03-02 to 2026-05-01",
		    MENTOR_REFUSED },
		{ "ends_on", "2026-09-03", "the programme allows 4 to 6 months, not 2026-03-02 to 2026-09-03",
		    MENTOR_REFUSED },
		{ "ends_on", "2026-03-01", "the contract would end on 2026-03-01, before it starts on 2026-03-02",
		    MENTOR_INVALID },
		{ "mode", "in-person", "in this programme pairs meet online", MENTOR_REFUSED },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *change = NULL;
		assert_int_equal(draft(m, cases[i].name, cases[i].value, &change), cases[i].status);
		assert_string_equal(mentor_error(m)->message, cases[i].message);
		assert_null(change);
	}
}

static void a_chosen_first_day_moves_the_usual_last_day(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	assert_int_equal(draft(m, "starts_on", "2026-04-30", &change), MENTOR_OK);
	struct mentor_contract *c = get(m);
	assert_string_equal(c->ends_on, "2026-10-29");
	mentor_record_free(c);
}

static void only_an_active_pair_gets_a_contract(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	support_sql(m, "UPDATE pair SET state = 'proposed'");
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->hint, "tell the two first: mentor match publish");
	support_sql(m, "UPDATE pair SET state = 'ended'");
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "m1 has ended");
}

/* ---- signing ---- */

static void both_sides_sign_once(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	bool changed = false;
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, NULL, &changed), MENTOR_OK);
	assert_true(changed);
	struct mentor_contract *c = get(m);
	assert_int_equal(c->state, MENTOR_CONTRACT_PART_SIGNED);
	assert_string_equal(c->mentor_signed_on, "2026-03-10");
	mentor_record_free(c);
	assert_int_equal(mentor_set_now(m, "2026-03-12"), MENTOR_OK);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, NULL, &changed), MENTOR_OK);
	assert_false(changed);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, "2026-03-11", &changed), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "Ann O'Hara & Co signed c1 on 2026-03-10 already");
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTEE, "2026-03-11", &changed), MENTOR_OK);
	c = get(m);
	assert_int_equal(c->state, MENTOR_CONTRACT_SIGNED);
	mentor_record_free(c);
}

static void a_signature_is_neither_before_the_draft_nor_in_the_future(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	bool changed = false;
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, NULL, &changed), MENTOR_NOT_FOUND);
	assert_string_equal(mentor_error(m)->hint, "write it with: mentor contract draft m1");
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, "2026-03-09", &changed), MENTOR_REFUSED);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, "2026-03-11", &changed), MENTOR_REFUSED);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_FACILITATOR, NULL, &changed), MENTOR_USAGE);
}

static void signed_terms_stay_and_the_text_with_them(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	bool changed = false;
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTEE, NULL, &changed), MENTOR_OK);
	assert_int_equal(draft(m, "sessions", "6", &change), MENTOR_REFUSED);
	assert_string_equal(mentor_error(m)->message, "c1 is signed already, so its terms stay as they are");
	support_sql(m, "UPDATE person SET name = 'Someone Else' WHERE id = 1");
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	assert_string_equal(change, "unchanged");
	struct mentor_contract *c = get(m);
	assert_contains(c->text, "Ann O'Hara & Co");
	mentor_record_free(c);
}

static void a_text_changed_behind_our_back_is_found(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	bool changed = false;
	struct mentor_buf b = MENTOR_BUF_INIT;
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	assert_int_equal(mentor_store_check(m), MENTOR_OK);
	support_sql(m, "UPDATE contract SET text = text || ' and more'");
	assert_int_equal(mentor_contract_export(m, &(int64_t){ 1 }, 1, MENTOR_CONTRACT_TEXT, &b), MENTOR_FAILED);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTEE, NULL, &changed), MENTOR_FAILED);
	assert_int_equal(mentor_store_check(m), MENTOR_FOUND);
	assert_string_equal(mentor_error(m)->message, "the text of c1 is not the text that was drafted");
	mentor_buf_free(&b);
}

/* ---- printing ---- */

static void the_text_says_what_every_contract_must_say(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	struct mentor_contract *c = get(m);
	static const char *const parts[] = { "Demo <mentoring>: contract\n==========================\n",
		"between Ann O'Hara & Co (guide) and Ben <b> (leader)", "run by Example Council",
		"Leaders learn what colleagues know.\n", "- first this\n- then * that\n", "- Number of sessions: 5\n",
		"- First day: 2 March 2026\n", "- We are honest & open\n", "data-protection law",
		"may not work out, and this is all right", "Programme team, team@example.org" };
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		assert_contains(c->text, parts[i]);
	assert_null(strstr(c->text, "\n===\n")); /* a note cannot make a heading */
	mentor_record_free(c);
}

static void a_programmes_own_words_take_the_place_of_ours(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	support_sql(m, "UPDATE pair SET arrangement = 'reciprocal'");
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	struct mentor_contract *c = get(m);
	assert_contains(c->text, "If it does not work out\n-----------------------\n\nWe part as friends.\n");
	assert_null(strstr(c->text, "may not work out, and this"));
	assert_contains(c->text, "either of us may move a session without blame");
	assert_contains(c->text, "each of us learns from the other");
	assert_null(strstr(c->text, "Number of sessions"));
	mentor_record_free(c);
}

static void the_page_is_whole_and_everything_in_it_is_escaped(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	char *html = export(m, MENTOR_CONTRACT_HTML);
	static const char *const parts[] = { "<!DOCTYPE html>\n<html lang=\"en-GB\">",
		"<h1>Demo &lt;mentoring&gt;: contract</h1>", "Ann O&#39;Hara &amp; Co", "Ben &lt;b&gt;",
		"<ul>\n<li>first this</li>\n<li>then * that</li>\n</ul>\n", "<h2>Signatures</h2>", "@media print",
		"</html>\n" };
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		assert_contains(html, parts[i]);
	assert_null(strstr(html, "<b>"));
	assert_null(strstr(html, "<script"));
	assert_null(strstr(strstr(html, "<h1>") + 1, "<h1>"));
	free(html);
}

static void plain_text_keeps_within_78_columns(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	bool changed = false;
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTOR, NULL, &changed), MENTOR_OK);
	char *text = export(m, MENTOR_CONTRACT_TEXT);
	for (const char *p = text; *p; p += strcspn(p, "\n") + 1)
		assert_true(strcspn(p, "\n") <= 78);
	assert_contains(text, "Ann O'Hara & Co (guide)\nSigned on 10 March 2026\n");
	assert_contains(text, "Ben <b> (leader)\nSignature: ____");
	free(text);
}

static void markdown_takes_no_text_for_markup(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	char *text = export(m, MENTOR_CONTRACT_MARKDOWN);
	assert_contains(text, "# Demo \\<mentoring\\>: contract\n");
	assert_contains(text, "- then \\* that\n");
	assert_contains(text, "- 1\\. We keep our word\n");
	assert_contains(text, "| Ben \\<b\\> | leader | | |\n");
	free(text);
	bool changed = false;
	assert_int_equal(mentor_contract_sign(m, 1, MENTOR_ROLE_MENTEE, NULL, &changed), MENTOR_OK);
	text = export(m, MENTOR_CONTRACT_MARKDOWN);
	assert_contains(text, "| Ben \\<b\\> | leader | signed | 10 March 2026 |\n");
	free(text);
	text = export(m, MENTOR_CONTRACT_HTML);
	assert_contains(text, "<td>Signed</td><td>10 March 2026</td>");
	free(text);
}

/* ---- terms in people's own words, meetings to take part in, contacts of one side ---- */

static const char rich_definition[] =
    "programme: demo\n"
    "title: Demo\n"
    "contact: { name: Programme team, email: team@example.org, phone: 01632 960 001 }\n"
    "roles:\n"
    "  mentee: { contact: { name: Chief's office, email: office@example.org } }\n"
    "contract:\n"
    "  purpose: We learn from each other.\n"
    "  shadowed: { minimum: 3, usual: 4, maximum: 5 }\n"
    "  shadowed_meeting: leadership meeting\n"
    "  terms:\n"
    "    value: { text: What I would value from you, each: yes }\n"
    "    touch: How we keep in touch between * sessions\n";

static const char rich_terms[] = "\n- How often we meet: monthly\n"
				 "- How we meet: online or in person, whichever suits us both\n"
				 "- First day: 2 March 2026\n"
				 "- Last day: 1 September 2026\n"
				 "- Each of us takes part in 3 to 5 of the other's leadership meetings, usually 4\n"
				 "\n"
				 "What I would value from you\n"
				 "Ann O'Hara & Co: __________\n"
				 "Ben <b>: __________\n"
				 "\n"
				 "How we keep in touch between * sessions\n"
				 "__________\n"
				 "\n"
				 "Ground rules\n------------\n";

static void terms_meetings_and_contacts_are_in_the_text_and_its_hash(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	char hash[65] = "";
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	struct mentor_contract *c = get(m);
	assert_contains(c->text, rich_terms);
	assert_contains(c->text,
	    "With questions or worries we turn to Programme team, team@example.org, telephone 01632 960 001. ");
	assert_contains(c->text,
	    "no longer wishes to go on, Ann O'Hara & Co turns to Programme team, team@example.org, "
	    "telephone 01632 960 001, and Ben <b> to Chief's office, office@example.org.\n");
	memcpy(hash, c->hash, 64);
	mentor_record_free(c);
	support_sql(m, "DROP TRIGGER revision_fixed");
	static const char *const edits[] = { "value from you', 'value of you", "each: yes', 'each: no",
		"usual: 4', 'usual: 3", "leadership meeting', 'board meeting", "office@', 'desk@" };
	for (size_t i = 0; i < sizeof(edits) / sizeof(*edits); i++) {
		char sql[200];
		snprintf(sql, sizeof(sql), "UPDATE revision SET source = replace(source, '%s')", edits[i]);
		support_sql(m, sql);
		assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
		assert_string_equal(change, "revised");
		c = get(m);
		assert_string_not_equal(c->hash, hash);
		memcpy(hash, c->hash, 64);
		mentor_record_free(c);
	}
}

/* The range as the programme gives it, and the sentence; NULL: none. */
static void meetings_to_take_part_in_are_said_as_the_programme_bounds_them(void **state)
{
	struct mentor *m = *state;
	static const struct {
		const char *range, *said;
	} cases[] = {
		{ "minimum: 3", "at least 3 of the other's leadership meetings\n" },
		{ "minimum: 3, usual: 3", "at least 3 of the other's leadership meetings\n" },
		{ "minimum: 3, usual: 4", "at least 3 of the other's leadership meetings, usually 4\n" },
		{ "maximum: 5", "at most 5 of the other's leadership meetings\n" },
		{ "minimum: 0, maximum: 5", "at most 5 of the other's leadership meetings\n" },
		{ "minimum: 1, maximum: 1", "exactly 1 of the other's leadership meetings\n" },
		{ "usual: 2", "about 2 of the other's leadership meetings\n" },
		{ "minimum: 0", NULL },
	};
	support_sql(m, "DROP TRIGGER revision_fixed");
	const char *before = "minimum: 3, usual: 4, maximum: 5", *change = NULL;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char sql[200];
		snprintf(sql, sizeof(sql), "UPDATE revision SET source = replace(source, '{ %s }', '{ %s }')", before,
		    cases[i].range);
		support_sql(m, sql);
		before = cases[i].range;
		assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
		struct mentor_contract *c = get(m);
		if (cases[i].said)
			assert_contains(strstr(c->text, "- Each of us takes part in "), cases[i].said);
		else
			assert_null(strstr(c->text, "takes part in"));
		mentor_record_free(c);
	}
}

static void room_to_write_is_lines_on_paper_and_boxes_on_a_page(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	char *text = export(m, MENTOR_CONTRACT_TEXT);
	assert_contains(text, "\nWhat I would value from you\n\nAnn O'Hara & Co: _____________________________");
	for (const char *p = text; *p; p += strcspn(p, "\n") + 1)
		assert_true(strcspn(p, "\n") <= 78);
	free(text);
	text = export(m, MENTOR_CONTRACT_MARKDOWN);
	assert_contains(text, "\n### What I would value from you\n\nAnn O'Hara \\& Co: \\_\\_\\_");
	assert_contains(text, "\n### How we keep in touch between \\* sessions\n\n\\_\\_\\_");
	free(text);
	text = export(m, MENTOR_CONTRACT_HTML);
	assert_contains(text,
	    "</ul>\n<h3>What I would value from you</h3>\n<div class=\"room\">Ann O&#39;Hara &amp; Co:</div>\n"
	    "<div class=\"room\">Ben &lt;b&gt;:</div>\n"
	    "<h3>How we keep in touch between * sessions</h3>\n<div class=\"room\"></div>\n<h2>Ground rules</h2>");
	assert_null(strstr(text, "__"));
	free(text);
}

static void a_name_longer_than_a_line_leaves_room_below(void **state)
{
	struct mentor *m = *state;
	const char *change = NULL;
	support_sql(
	    m, "UPDATE person SET name = 'Wilhelmina Featherstonehaugh-Cholmondeley of the Upper Valley' WHERE id = 1");
	support_sql(m, "UPDATE person SET name = printf('%.60c', 'x') || ' ' || printf('%.60c', 'y') WHERE id = 2");
	assert_int_equal(draft(m, NULL, NULL, &change), MENTOR_OK);
	char *text = export(m, MENTOR_CONTRACT_TEXT);
	assert_contains(text, "\nWilhelmina Featherstonehaugh-Cholmondeley of the Upper Valley\n____");
	assert_contains(text, "yyy\n____");
	for (const char *p = text; *p; p += strcspn(p, "\n") + 1)
		assert_true(strcspn(p, "\n") <= 78);
	free(text);
}

int main(void)
{
	char other[sizeof(other_definition)];
	memcpy(other, other_definition, sizeof(other));
	char rich[sizeof(rich_definition)];
	memcpy(rich, rich_definition, sizeof(rich));
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate_setup_teardown(
		    terms_meetings_and_contacts_are_in_the_text_and_its_hash, set_up, tear_down, rich),
		cmocka_unit_test_prestate_setup_teardown(
		    meetings_to_take_part_in_are_said_as_the_programme_bounds_them, set_up, tear_down, rich),
		cmocka_unit_test_prestate_setup_teardown(
		    room_to_write_is_lines_on_paper_and_boxes_on_a_page, set_up, tear_down, rich),
		cmocka_unit_test_prestate_setup_teardown(
		    a_name_longer_than_a_line_leaves_room_below, set_up, tear_down, rich),
		cmocka_unit_test_setup_teardown(a_first_draft_has_the_usual_terms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    the_same_terms_again_change_nothing_and_other_terms_revise_the_draft, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    terms_outside_the_programme_are_refused_by_name_and_range, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_chosen_first_day_moves_the_usual_last_day, set_up, tear_down),
		cmocka_unit_test_setup_teardown(only_an_active_pair_gets_a_contract, set_up, tear_down),
		cmocka_unit_test_setup_teardown(both_sides_sign_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_signature_is_neither_before_the_draft_nor_in_the_future, set_up, tear_down),
		cmocka_unit_test_setup_teardown(signed_terms_stay_and_the_text_with_them, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_text_changed_behind_our_back_is_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_text_says_what_every_contract_must_say, set_up, tear_down),
		cmocka_unit_test_prestate_setup_teardown(
		    a_programmes_own_words_take_the_place_of_ours, set_up, tear_down, other),
		cmocka_unit_test_setup_teardown(the_page_is_whole_and_everything_in_it_is_escaped, set_up, tear_down),
		cmocka_unit_test_setup_teardown(plain_text_keeps_within_78_columns, set_up, tear_down),
		cmocka_unit_test_setup_teardown(markdown_takes_no_text_for_markup, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
