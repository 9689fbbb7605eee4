/* keys.c (test): a table of keys of every type: read, written as YAML, walked, compared, described as a schema. */
#include "support.h"

#include "keys.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

static const char *const sizes[] = { "small", "large", NULL };

struct leaf {
	const char *name, *text;
	int64_t number;
};

struct group {
	const char *needed;
	int64_t spare;
};

struct sample {
	const char *text, *note, *slug, *ref, *email, *day, *clock;
	int64_t number, yes, choice, weight;
	const char *const *texts, *const *words, *const *refs;
	size_t n_texts, n_words, n_refs;
	const struct key_value *values;
	size_t n_values;
	struct group group;
	const struct leaf *leaves;
	size_t n_leaves;
};

static const struct key leaf_keys[] = {
	{ "text", KEY_TEXT, AT(leaf, text), .required = true, .help = "its text" },
	{ "number", KEY_INT, AT(leaf, number), .minimum = 0, .maximum = 9, .initial = "3", .help = "its number" },
	{ 0 },
};

static const struct key group_keys[] = {
	{ "needed", KEY_TEXT, AT(group, needed), .required = true, .help = "must be there" },
	{ "spare", KEY_INT, AT(group, spare), .minimum = 1, .maximum = 9, .initial = "2", .help = "may be there" },
	{ 0 },
};

static const struct key sample_keys[] = {
	{ "text", KEY_TEXT, AT(sample, text), .help = "one line" },
	{ "note", KEY_NOTE, AT(sample, note), .help = "several lines" },
	{ "slug", KEY_SLUG, AT(sample, slug), .help = "short" },
	{ "ref", KEY_REF, AT(sample, ref), .refers = "leaves", .help = "one of the leaves" },
	{ "email", KEY_EMAIL, AT(sample, email), .help = "address" },
	{ "day", KEY_DAY, AT(sample, day), .help = "day" },
	{ "clock", KEY_CLOCK, AT(sample, clock), .help = "time" },
	{ "number", KEY_INT, AT(sample, number), .minimum = -5, .maximum = 500, .unit = "minutes", .slip = "not hours", .help = "number" },
	{ "yes", KEY_BOOL, AT(sample, yes), .initial = "no", .help = "yes or no" },
	{ "choice", KEY_CHOICE, AT(sample, choice), .choices = sizes, .help = "one of two" },
	{ "weight", KEY_WEIGHT, AT(sample, weight), .minimum = 1, .maximum = 100, .help = "how much" },
	{ "texts", KEY_TEXTS, LIST(sample, texts), .help = "lines" },
	{ "words", KEY_WORDS, LIST(sample, words), .choices = sizes, .help = "some of two" },
	{ "refs", KEY_REFS, LIST(sample, refs), .refers = "leaves", .help = "some of the leaves" },
	{ "values", KEY_VALUES, LIST(sample, values), .help = "what means what" },
	{ "group", KEY_MAP, AT(sample, group), .keys = group_keys, .help = "a group" },
	{ "leaves", KEY_NAMED, ITEMS(sample, leaves, leaf), .keys = leaf_keys, .plain = "text", .help = "named" },
	{ 0 },
};

static const char full[] = "text: A line\nnote: |\n  First.\n\n  Second: line\nslug: a-b\nref: one\nemail: a@example.org\nday: 2026-03-02\n"
			   "clock: 09:30\nnumber: -4\nyes: yes\nchoice: large\nweight: high\ntexts: [b, a]\nwords: [small]\nrefs: [two, one]\n"
			   "values: { I do: yes, I don't: no }\ngroup: { needed: x }\nleaves:\n  one: First\n  two: { text: Second, number: 7 }\n";

/** What a reading leaves behind. */
struct read {
	struct mentor *m;
	struct arena tree, arena;
	struct sample sample;
};

static void read_sample(struct read *r, const char *yaml)
{
	const struct yml *root = NULL;
	*r = (struct read){ .m = mentor_new(), .tree = ARENA_INIT, .arena = ARENA_INIT };
	assert_non_null(r->m);
	assert_int_equal(yml_parse(r->m, &r->tree, "s.yaml", yaml, strlen(yaml), &root), MENTOR_OK);
	struct reader reader = { .m = r->m, .arena = &r->arena, .file = "s.yaml", .root = root };
	keys_read(&reader, root, sample_keys, &r->sample);
	mentor_buf_free(&reader.path);
}

static void drop(struct read *r)
{
	arena_free(&r->tree);
	arena_free(&r->arena);
	mentor_free(r->m);
}

static void every_type_is_read(void **state)
{
	struct read r;
	(void)state;
	read_sample(&r, full);
	assert_int_equal(r.m->n_problems, 0);
	const struct sample *s = &r.sample;
	assert_string_equal(s->note, "First.\n\nSecond: line");
	assert_string_equal(s->ref, "one");
	assert_string_equal(s->clock, "09:30");
	assert_int_equal(s->number, -4);
	assert_int_equal(s->yes, 1);
	assert_int_equal(s->choice, 1);
	assert_int_equal(s->weight, 5);
	assert_string_equal(s->texts[0], "b");
	assert_string_equal(s->refs[1], "one");
	assert_string_equal(s->values[1].text, "I don't");
	assert_string_equal(s->values[1].word, "no");
	assert_int_equal(s->group.spare, 2);
	assert_string_equal(s->leaves[0].text, "First");
	assert_int_equal(s->leaves[0].number, 3);
	assert_int_equal(s->leaves[1].number, 7);
	drop(&r);
}

static void a_list_of_texts_makes_its_own_names(void **state)
{
	struct read r;
	(void)state;
	read_sample(&r, "leaves: [What's it for?, \"Ärger im Büro\", 2nd chance, ref: no]\n");
	assert_int_equal(r.m->n_problems, 1); /* "ref: no" is a group */
	assert_string_equal(r.m->problems[0].message, "needs a value, not a group of keys");
	drop(&r);
	read_sample(&r, "leaves: [What's it for?, \"Ärger im Büro\", 2nd chance, \"???\"]\nref: whats-it-for\n");
	assert_int_equal(r.m->n_problems, 0);
	assert_string_equal(r.sample.leaves[0].name, "whats-it-for");
	assert_string_equal(r.sample.leaves[0].text, "What's it for?");
	assert_string_equal(r.sample.leaves[1].name, "rger-im-b-ro");
	assert_string_equal(r.sample.leaves[2].name, "item-2nd-chance");
	assert_string_equal(r.sample.leaves[3].name, "item");
	drop(&r);
	read_sample(&r, "leaves:\n  - A very long text that goes on and on until nobody remembers how it began\n");
	assert_string_equal(r.sample.leaves[0].name, "a-very-long-text-that-goes-on-and-on-until-nobody");
	drop(&r);
	read_sample(&r, "leaves: [So far, So far!]\n");
	assert_int_equal(r.m->n_problems, 1);
	assert_string_equal(r.m->problems[0].message, "two of the list make the same name 'so-far'");
	drop(&r);
}

/* One value, and what is said about it. */
static void each_trap_has_its_message(void **state)
{
	static const struct {
		const char *yaml, *field, *message, *hint;
	} traps[] = {
		{ "text: ~\n", "text", "'~' means nothing", "leave the line out, or put the word in quotes" },
		{ "text: null\n", "text", "'null' means nothing", "leave the line out, or put the word in quotes" },
		{ "text:\n", "text", "is empty", "leave the line out, or write a value" },
		{ "text: \"\"\n", "text", "is empty", "leave the line out, or write a value" },
		{ "number: 012\n", "number", "'012' begins with 0, which some readers take for an octal number", "write it without the leading 0: 12" },
		{ "number: \"12\"\n", "number", "'12' is a text in quotes, not a number", "write it without quotes: 12" },
		{ "number: 60 minutes\n", "number", "'60 minutes' holds more than a number", "write the number alone, in minutes" },
		{ "number: 1h\n", "number", "'1h' holds more than a number", "write the number alone, in minutes" },
		{ "number: 501\n", "number", "'501' is not a whole number from -5 to 500", "not hours" },
		{ "number: 1.5\n", "number", "'1.5' is not a whole number from -5 to 500", NULL },
		{ "number: NO\n", "number", "'NO' is not a whole number from -5 to 500", NULL },
		{ "yes: on\n", "yes", "'on' is not yes or no", NULL },
		{ "choice: larg\n", "choice", "'larg' is not small or large", "did you mean 'large'?" },
		{ "words: [small, larg]\n", "words", "'larg' is not small or large", "did you mean 'large'?" },
		{ "words: [small, small]\n", "words", "'small' is listed twice", "remove one of them" },
		{ "texts: [a, b, a]\n", "texts", "'a' is listed twice", "remove one of them" },
		{ "ref: tow\nleaves: { one: a, two: b }\n", "ref", "there is no 'tow' under leaves", "did you mean 'two'?" },
		{ "ref: other\nleaves: { one: a, two: b }\n", "ref", "there is no 'other' under leaves", "there are: one, two" },
		{ "ref: other\n", "ref", "there is no 'other' under leaves", "define it under leaves" },
		{ "ref: Other Thing\n", "ref", "'Other Thing' is not a name", "use a-z, 0-9, - and _, starting with a letter" },
		{ "refs: [one]\nleaves: text\n", NULL, NULL, NULL },
		{ "day: 2026-02-30\n", "day", "'2026-02-30' is not a day", "write days as 2026-09-30" },
		{ "clock: 9.30\n", "clock", "'9.30' is not a time of day", "write times as 14:30" },
		{ "group: {}\n", "group", "the key 'needed' is missing", NULL },
		{ "leaves: { A: x }\n", "leaves.A", "is not a name", "use a-z, 0-9, - and _, starting with a letter" },
		{ "lesves: {}\n", "lesves", "unknown key", "did you mean 'leaves'?" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(traps) / sizeof(*traps); i++) {
		struct read r;
		read_sample(&r, traps[i].yaml);
		if (r.m->n_problems == 0)
			fail_msg("nothing was said about: %s", traps[i].yaml);
		const struct mentor_problem *p = &r.m->problems[0];
		if (traps[i].message) {
			assert_int_equal(r.m->n_problems, 1);
			assert_string_equal(p->place.field, traps[i].field);
			assert_string_equal(p->message, traps[i].message);
			assert_string_equal(p->hint ? p->hint : "", traps[i].hint ? traps[i].hint : "");
		}
		drop(&r);
	}
}

static void what_is_written_reads_back_the_same(void **state)
{
	static const char *const files[] = { full, "text: x\n", "texts: [\"yes\", \"12\", \"a: b\", \"# c\", \"  d \"]\nnote: \"x\\n\\n y\\n\"\n",
		"values: { \"no\": \"off\", \"a: b\": \"-\" }\nleaves: [One thing, Another]\n" };
	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct read r, again;
		struct mentor_buf first = MENTOR_BUF_INIT, second = MENTOR_BUF_INIT;
		read_sample(&r, files[i]);
		assert_int_equal(r.m->n_problems, 0);
		keys_write_yaml(&first, sample_keys, &r.sample);
		read_sample(&again, mentor_buf_text(&first));
		assert_int_equal(again.m->n_problems, 0);
		keys_write_yaml(&second, sample_keys, &again.sample);
		assert_string_equal(mentor_buf_text(&first), mentor_buf_text(&second));
		mentor_buf_free(&first);
		mentor_buf_free(&second);
		drop(&r);
		drop(&again);
	}
}

static void a_group_that_was_not_given_is_not_written(void **state)
{
	struct read r;
	struct mentor_buf b = MENTOR_BUF_INIT;
	(void)state;
	read_sample(&r, "text: x\n");
	keys_write_yaml(&b, sample_keys, &r.sample);
	assert_string_equal(mentor_buf_text(&b), "text: x\n\"yes\": no\n");
	mentor_buf_free(&b);
	drop(&r);
}

/* ---- comparing ---- */

static enum mentor_status note_change(void *arg, const struct keys_change *c)
{
	mentor_buf_fmt(arg, "%s: %s > %s\n", c->path, c->before ? c->before : "-", c->after ? c->after : "-");
	return MENTOR_OK;
}

static void assert_diff(const char *before, const char *after, const char *expected)
{
	struct read a, b;
	struct mentor_buf changes = MENTOR_BUF_INIT;
	read_sample(&a, before);
	read_sample(&b, after);
	assert_int_equal(keys_diff(a.m, sample_keys, &a.sample, &b.sample, note_change, &changes), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&changes), expected);
	mentor_buf_free(&changes);
	drop(&a);
	drop(&b);
}

static void every_difference_is_told_and_nothing_else(void **state)
{
	(void)state;
	assert_diff(full, full, "");
	assert_diff("text: x\nyes: no\n", "text: x\n", "");
	assert_diff("text: x\nnumber: 3\n", "text: y\nyes: yes\n", "text: x > y\nnumber: 3 > -\nyes: no > yes\n");
	assert_diff("texts: [a, b, c]\n", "texts: [a, d, c]\n", "texts: b > -\ntexts: - > d\n");
	assert_diff("texts: [a, b, c]\n", "texts: [c, a, b]\n", "texts: a, b, c > c, a, b\n");
	assert_diff("values: { A: a, B: b }\n", "values: { B: c, C: d }\n", "values.A: a > -\nvalues.B: b > c\nvalues.C: - > d\n");
	assert_diff("leaves: { one: a, two: b }\n", "leaves: { two: { text: b, number: 9 }, three: c }\n",
	    "leaves.one: a > -\nleaves.two.number: 3 > 9\nleaves.three: - > c\n");
	assert_diff("leaves: { one: a, two: b }\n", "leaves: { two: b, one: a }\n", "leaves: one, two > two, one\n");
	assert_diff("group: { needed: x }\n", "text: t\n", "text: - > t\ngroup.needed: x > -\n");
}

static enum mentor_status refuse(void *arg, const struct keys_change *c)
{
	(void)c;
	++*(int *)arg;
	return MENTOR_REFUSED;
}

static void whoever_listens_can_stop_it(void **state)
{
	struct read a, b;
	int n = 0;
	(void)state;
	read_sample(&a, full);
	read_sample(&b, "text: x\n");
	assert_int_equal(keys_diff(a.m, sample_keys, &a.sample, &b.sample, refuse, &n), MENTOR_REFUSED);
	assert_int_equal(n, 1);
	drop(&a);
	drop(&b);
}

/* ---- walking ---- */

static enum mentor_status note_value(void *arg, const char *path, const char *value)
{
	mentor_buf_fmt(arg, "%s=%s\n", path, value);
	return MENTOR_OK;
}

static void every_value_is_walked_once(void **state)
{
	struct read r;
	struct mentor_buf b = MENTOR_BUF_INIT;
	(void)state;
	read_sample(&r, "text: x\nchoice: small\ntexts: [a, b]\nvalues: { A: a }\ngroup: { needed: y }\nleaves: [Leaf]\n");
	assert_int_equal(keys_each(r.m, sample_keys, &r.sample, note_value, &b), MENTOR_OK);
	assert_string_equal(mentor_buf_text(&b), "text=x\nyes=no\nchoice=small\ntexts=a\ntexts=b\nvalues.A=a\ngroup.needed=y\ngroup.spare=2\n"
						 "leaves.leaf.text=Leaf\nleaves.leaf.number=3\n");
	mentor_buf_free(&b);
	drop(&r);
}

/* ---- describing ---- */

static const cJSON *property(const cJSON *schema, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(schema, "properties"), name);
}

static void the_schema_has_every_key(void **state)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	(void)state;
	keys_write_schema(&b, sample_keys, "sample");
	cJSON *schema = cJSON_Parse(mentor_buf_text(&b));
	assert_non_null(schema);
	for (const struct key *key = sample_keys; key->name; key++)
		assert_non_null(property(schema, key->name));
	const cJSON *number = property(schema, "number");
	assert_int_equal(cJSON_GetObjectItemCaseSensitive(number, "minimum")->valueint, -5);
	assert_int_equal(cJSON_GetObjectItemCaseSensitive(number, "maximum")->valueint, 500);
	assert_true(cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(schema, "additionalProperties")));
	const cJSON *required = cJSON_GetObjectItemCaseSensitive(property(schema, "group"), "required");
	assert_string_equal(cJSON_GetArrayItem(required, 0)->valuestring, "needed");
	cJSON_Delete(schema);
	mentor_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_is_read),
		cmocka_unit_test(a_list_of_texts_makes_its_own_names),
		cmocka_unit_test(each_trap_has_its_message),
		cmocka_unit_test(what_is_written_reads_back_the_same),
		cmocka_unit_test(a_group_that_was_not_given_is_not_written),
		cmocka_unit_test(every_difference_is_told_and_nothing_else),
		cmocka_unit_test(whoever_listens_can_stop_it),
		cmocka_unit_test(every_value_is_walked_once),
		cmocka_unit_test(the_schema_has_every_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
