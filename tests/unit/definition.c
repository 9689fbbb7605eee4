/* definition.c (test): programme files, good and broken: every error in one run, with its place and a hint. */
#include "support.h"

#include "definition.h"

static const struct mentor_error *load(struct mentor *m, const char *yaml, struct definition **ret)
{
	*ret = NULL;
	(void)definition_load(m, "p.yaml", yaml, strlen(yaml), ret);
	return mentor_error(m);
}

#define HEAD "programme: demo\ntitle: Demo\ncontact: { email: team@example.org }\n"
#define CONTRACT "contract: { purpose: We talk. }\n"

static void defaults_are_filled_in(void **state)
{
	struct mentor *m = mentor_new();
	struct definition *d = NULL;
	(void)state;
	assert_int_equal(load(m, HEAD CONTRACT, &d)->status, MENTOR_OK);
	assert_string_equal(d->labels.mentee, "mentee");
	assert_int_equal(d->cohort.mentors, 12);
	assert_int_equal(d->cohort.months, 6);
	assert_int_equal(d->privacy.min_cell, 5);
	assert_true(d->contract.sessions.minimum == MENTOR_NONE);
	assert_int_equal(d->n_surveys, 0);
	assert_int_equal(d->matching.objective, DEF_OBJECTIVE_TOTAL);
	assert_int_equal(d->matching.one_pool, 0);
	definition_free(d);
	mentor_free(m);
}

static void the_sample_is_read_as_written(void **state)
{
	struct mentor *m = mentor_new();
	struct definition *d = NULL;
	(void)state;
	assert_int_equal(load(m, support_programme, &d)->status, MENTOR_OK);
	assert_int_equal(d->matching.n_rules, 2);
	assert_int_equal(d->matching.rules[1].kind, DEF_RULE_NOT_LINE_MANAGEMENT);
	assert_null(d->matching.rules[1].field);
	assert_int_equal(d->matching.scores[0].weight, 5);
	assert_string_equal(d->application.columns[3].values[1].word, "mentee");
	assert_string_equal(definition_survey(d, "mentee")->questions[0].aim, "learn");
	assert_null(definition_survey(d, "mentor"));
	definition_free(d);
	mentor_free(m);
}

/* One broken file, and the one problem it has. */
static void each_mistake_has_its_place_and_hint(void **state)
{
	static const struct {
		const char *yaml;
		long line, column;
		const char *field, *message, *hint;
	} broken[] = {
		{ HEAD "contracts: { purpose: x }\n" CONTRACT, 4, 1, "contracts", "unknown key", "did you mean 'contract'?" },
		{ HEAD CONTRACT "title: Twice\n", 5, 1, NULL, NULL, NULL },
		{ "title: Demo\ncontact: { email: team@example.org }\n" CONTRACT, 1, 1, "", "the key 'programme' is missing", NULL },
		{ HEAD, 1, 1, "", "the key 'contract' is missing", NULL },
		{ HEAD CONTRACT "cohort: { mentors: NO }\n", 5, 20, "cohort.mentors", "'NO' is not a whole number from 1 to 100000", NULL },
		{ HEAD CONTRACT "cohort: 12\n", 5, 9, "cohort", "needs a group of keys, not a value", NULL },
		{ HEAD CONTRACT "criteria: [a, [b]]\n", 5, 15, "criteria", "needs a value, not a list", NULL },
		{ HEAD CONTRACT "arrangement: revers\n", 5, 14, "arrangement", "'revers' is not reverse, reciprocal or combination", "did you mean 'reverse'?" },
		{ HEAD CONTRACT "aims: { Big Aim: { text: x } }\n", 5, 9, "aims.Big Aim", "is not a name", "use a-z, 0-9, - and _, starting with a letter" },
		{ HEAD "contract: { purpose: x, sessions: { minimum: 6, maximum: 4 } }\n", 4, 35, "contract.sessions", "the range is upside down",
		    "minimum, usual and maximum must rise" },
		{ HEAD CONTRACT "matching: { rules: { a: { rule: different, field: colour } } }\n", 5, 51, "matching.rules.a.field", NULL, NULL },
		{ HEAD CONTRACT "matching: { rules: { a: { rule: different } } }\n", 5, 25, "matching.rules.a", "the key 'field' is missing", NULL },
		{ HEAD CONTRACT "matching: { rules: { a: { rule: not-line-management, field: job } } }\n", 5, 61, "matching.rules.a.field",
		    "this rule compares no field", "remove it" },
		{ HEAD CONTRACT "matching: { scores: { a: { score: same, field: job, weight: enormous } } }\n", 5, 61, "matching.scores.a.weight",
		    "'enormous' is not a whole number from 1 to 100", NULL },
		{ HEAD CONTRACT "matching: { scores: { a: { score: overlap } } }\n", 5, 26, "matching.scores.a", "the key 'field' is missing", "such as field: topics" },
		{ HEAD CONTRACT "matching: { scores: { a: { score: preferred, field: job } } }\n", 5, 53, "matching.scores.a.field",
		    "this kind compares no field", "remove it" },
		{ HEAD CONTRACT "matching: { scores: { a: { score: same, field: job, of: both } } }\n", 5, 57, "matching.scores.a.of",
		    "this kind counts no preferences", "remove it" },
		{ HEAD CONTRACT "matching: { scores: { a: { score: same, field: job, within: 2 } } }\n", 5, 61, "matching.scores.a.within",
		    "this kind measures no distance", "remove it" },
		{ HEAD CONTRACT "matching: { scores: { a: { score: near, field: job } } }\n", 5, 26, "matching.scores.a", "the key 'within' is missing",
		    "such as within: 5" },
		{ HEAD CONTRACT "matching: { scores: { a: { score: near, field: grade } } }\n", 5, 26, "matching.scores.a",
		    "the rule compares grades, and there are none", NULL },
		{ HEAD CONTRACT "matching: { rules: { a: { rule: apart } } }\n", 5, 25, "matching.rules.a",
		    "the rule compares grades, and there are none", NULL },
		{ HEAD CONTRACT "matching: { objective: worst }\n", 5, 24, "matching.objective", "'worst' is not total, worst-off or mentors-choices", NULL },
		{ HEAD CONTRACT "surveys: { s: { title: S, stages: [a], questions: { q: { text: Q, aim: none } } } }\n", 5, 72,
		    "surveys.s.questions.q.aim", "there is no 'none' under aims", "define it under aims" },
		{ HEAD CONTRACT "surveys: { s: { title: S, stages: [a], questions: { q: { text: Q, minimum: 5 } } } }\n", 5, 56,
		    "surveys.s.questions.q", "the scale is upside down", NULL },
		{ HEAD CONTRACT "privacy: { min_cell: 2 }\n", 5, 22, "privacy.min_cell", "'2' is not a whole number from 3 to 100", NULL },
		{ HEAD "contract: { purpose: '' }\n", 4, 22, "contract.purpose", "is empty", NULL },
		{ HEAD CONTRACT "application: { columns: { email: { header: E }, name: { header: N } } }\n", 5, 25, "application.columns", NULL,
		    "email, name and role are always needed" },
		{ "- a\n- b\n", 1, 1, "", NULL, NULL },
	};
	struct mentor *m = mentor_new();
	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct definition *d = NULL;
		const struct mentor_error *e = load(m, broken[i].yaml, &d);
		assert_int_equal(e->status, MENTOR_INVALID);
		assert_null(d);
		const struct mentor_place *place = e->n_problems > 1 ? &e->problems[0].place : &e->place;
		if (place->line != broken[i].line || place->column != broken[i].column)
			fail_msg("file %zu: at %ld:%ld: %s", i, place->line, place->column, e->message);
		if (broken[i].field)
			assert_string_equal(place->field ? place->field : "", broken[i].field);
		if (broken[i].message)
			assert_string_equal(e->n_problems > 1 ? e->problems[0].message : e->message, broken[i].message);
		if (broken[i].hint)
			assert_string_equal(e->n_problems > 1 ? e->problems[0].hint : e->hint, broken[i].hint);
	}
	mentor_free(m);
}

static void all_mistakes_are_found_in_one_run(void **state)
{
	static const char yaml[] = HEAD "contract: { purpose: x, mode: phone }\ncohrt: {}\ncohort: { mentors: many, months: 0 }\n";
	struct mentor *m = mentor_new();
	struct definition *d = NULL;
	(void)state;
	const struct mentor_error *e = load(m, yaml, &d);
	assert_int_equal(e->n_problems, 4);
	assert_string_equal(e->message, "4 errors");
	for (size_t i = 1; i < e->n_problems; i++)
		assert_true(e->problems[i - 1].place.line <= e->problems[i].place.line);
	mentor_free(m);
}

static void a_message_says_what_it_carries_and_carries_what_it_says(void **state)
{
	static const struct {
		const char *reminder, *field, *message; /* field NULL: no problem */
	} cases[] = {
		{ "{ when: no-session, template: reading, resources: [guide] }", NULL, NULL },
		{ "{ when: no-session, template: plain }", NULL, NULL },
		{ "{ when: no-session, template: reading }", "reminders.r.template",
		    "the template speaks of {resources}, and this reminder carries none" },
		{ "{ when: no-session, template: plain, resources: [guide] }", "reminders.r.resources",
		    "the template 'plain' does not say where they go" },
		{ "{ when: no-session, template: reading, resources: [gide] }", "reminders.r.resources", "there is no 'gide' under resources" },
	};
	struct mentor *m = mentor_new();
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct mentor_buf yaml = MENTOR_BUF_INIT;
		struct definition *d = NULL;
		mentor_buf_fmt(&yaml, HEAD CONTRACT "resources: { guide: { title: Guide } }\n"
		    "templates: { reading: { subject: Hello, text: 'Read {resources}' }, plain: { subject: Hello, text: Come } }\n"
		    "reminders: { r: %s }\n", cases[i].reminder);
		const struct mentor_error *e = load(m, mentor_buf_text(&yaml), &d);
		assert_int_equal(e->status, cases[i].field ? MENTOR_INVALID : MENTOR_OK);
		if (cases[i].field) {
			assert_string_equal(e->place.field, cases[i].field);
			assert_non_null(strstr(e->message, cases[i].message));
		}
		definition_free(d);
		mentor_buf_free(&yaml);
	}
	mentor_free(m);
}

static void a_thousand_mistakes_are_counted_and_the_first_listed(void **state)
{
	struct mentor *m = mentor_new();
	struct mentor_buf yaml = MENTOR_BUF_INIT;
	struct definition *d = NULL;
	(void)state;
	mentor_buf_str(&yaml, HEAD CONTRACT);
	for (int i = 0; i < 1000; i++)
		mentor_buf_fmt(&yaml, "wrong%d: x\n", i);
	const struct mentor_error *e = load(m, mentor_buf_text(&yaml), &d);
	assert_int_equal(e->n_problems, CONTEXT_MAX_PROBLEMS);
	assert_string_equal(e->message, "1000 errors, the first 200 listed");
	mentor_buf_free(&yaml);
	mentor_free(m);
}

static enum mentor_status count_key(void *arg, const struct mentor_key *key)
{
	assert_non_null(key->help);
	assert_true(*key->type);
	++*(int *)arg;
	return MENTOR_OK;
}

static void every_key_can_be_listed_for_the_manual(void **state)
{
	struct mentor *m = mentor_new();
	int n = 0;
	(void)state;
	assert_int_equal(mentor_programme_keys(m, count_key, &n), MENTOR_OK);
	assert_true(n > 60);
	mentor_free(m);
}

/* The example of one key, read by that key alone; what it refers to is not there. */
static void read_example(const struct key *key)
{
	static union {
		struct definition d; /* any record of these tables is smaller */
		char bytes[sizeof(struct definition)];
	} record;
	struct mentor *m = mentor_new();
	struct arena arena = ARENA_INIT;
	struct mentor_buf yaml = MENTOR_BUF_INIT;
	const struct yml *root = NULL;
	struct key alone[] = { *key, { 0 } };
	alone->refers = NULL;
	mentor_buf_fmt(&yaml, "%s: %s\n", key->name, key->example);
	if (yml_parse(m, &arena, "example", mentor_buf_text(&yaml), yaml.len, &root))
		fail_msg("%s: %s", mentor_buf_text(&yaml), mentor_error(m)->message);
	struct reader r = { .m = m, .arena = &arena, .file = "example", .root = root };
	keys_read(&r, root, alone, record.bytes);
	if (m->n_problems)
		fail_msg("%s: %s", mentor_buf_text(&yaml), m->problems[0].message);
	mentor_buf_free(&r.path);
	mentor_buf_free(&yaml);
	arena_free(&arena);
	mentor_free(m);
}

static void read_examples(const struct key *keys)
{
	for (; keys->name; keys++) {
		if (keys->keys)
			read_examples(keys->keys);
		else if (keys->example)
			read_example(keys);
		else
			fail_msg("%s has no example", keys->name);
		assert_true(*keys->help);
	}
}

static void every_key_has_an_example_that_is_right(void **state)
{
	(void)state;
	read_examples(definition_keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_are_filled_in),
		cmocka_unit_test(the_sample_is_read_as_written),
		cmocka_unit_test(each_mistake_has_its_place_and_hint),
		cmocka_unit_test(all_mistakes_are_found_in_one_run),
		cmocka_unit_test(a_message_says_what_it_carries_and_carries_what_it_says),
		cmocka_unit_test(a_thousand_mistakes_are_counted_and_the_first_listed),
		cmocka_unit_test(every_key_can_be_listed_for_the_manual),
		cmocka_unit_test(every_key_has_an_example_that_is_right),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
