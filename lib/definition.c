/* definition.c: the table of keys of a programme definition, and the reader that follows it. */
#include "definition.h"

#include "context.h"
#include "field.h"
#include "yaml.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const def_arrangements[] = { "reverse", "reciprocal", NULL };
const char *const def_modes[] = { "virtual", "in-person", "either", NULL };
const char *const def_audiences[] = { "mentors", "mentees", "both", NULL };
static const char *const profiles[] = { "csv", "msforms", NULL };
static const char *const date_orders[] = { "dmy", "mdy", "ymd", NULL };
static const char *const rule_kinds[] = { "different", "same", "not-line-management", NULL };
static const char *const score_kinds[] = { "overlap", "different", "same", NULL };
static const char *const question_kinds[] = { "scale", "yes-no", "text", NULL };

enum key_type {
	KEY_TEXT,   /* one line */
	KEY_NOTE,   /* several lines */
	KEY_SLUG,   /* short name */
	KEY_EMAIL,
	KEY_INT,
	KEY_BOOL,   /* yes or no */
	KEY_CHOICE, /* index into choices */
	KEY_WEIGHT, /* 1 to 100, or high, medium, low */
	KEY_TEXTS,  /* list of lines */
	KEY_VALUES, /* map of text to word */
	KEY_MAP,    /* struct inside the struct */
	KEY_NAMED,  /* map of names to structs whose first member is the name */
};

struct key {
	const char *name;
	enum key_type type;
	bool required;
	size_t at, count_at; /* offsets; count_at of the size_t of lists */
	size_t size;	     /* of one item of KEY_NAMED */
	const struct key *keys;
	const char *const *choices;
	int64_t minimum, maximum;
	const char *initial;
	const char *help;
};

#define AT(s, member) .at = offsetof(struct s, member)
#define LIST(s, member) .at = offsetof(struct s, member), .count_at = offsetof(struct s, n_##member)
#define ITEMS(s, member, item) LIST(s, member), .size = sizeof(struct item)

static const struct key range_keys[] = {
	{ "minimum", KEY_INT, AT(def_range, minimum), .minimum = 0, .maximum = 10000, .help = "the least that counts as taking part" },
	{ "usual", KEY_INT, AT(def_range, usual), .minimum = 0, .maximum = 10000, .help = "what a contract starts with" },
	{ "maximum", KEY_INT, AT(def_range, maximum), .minimum = 0, .maximum = 10000, .help = "the most a pair may agree" },
	{ 0 },
};

static const struct key contact_keys[] = {
	{ "name", KEY_TEXT, AT(definition, contact_name), .help = "who answers enquiries" },
	{ "email", KEY_EMAIL, AT(definition, contact_email), .required = true, .help = "the address in every message" },
	{ 0 },
};

static const struct key label_keys[] = {
	{ "mentor", KEY_TEXT, AT(def_labels, mentor), .initial = "mentor", .help = "what one mentor is called" },
	{ "mentors", KEY_TEXT, AT(def_labels, mentors), .initial = "mentors", .help = "what several are called" },
	{ "mentee", KEY_TEXT, AT(def_labels, mentee), .initial = "mentee", .help = "what one mentee is called" },
	{ "mentees", KEY_TEXT, AT(def_labels, mentees), .initial = "mentees", .help = "what several are called" },
	{ 0 },
};

static const struct key aim_keys[] = {
	{ "text", KEY_TEXT, AT(def_aim, text), .required = true, .help = "what the programme wants to reach" },
	{ "plans", KEY_TEXTS, LIST(def_aim, plans), .help = "plans of the organisation this aim serves" },
	{ 0 },
};

static const struct key stage_keys[] = {
	{ "title", KEY_TEXT, AT(def_stage, title), .required = true, .help = "heading of the stage" },
	{ "checklist", KEY_TEXTS, LIST(def_stage, checklist), .help = "what has to be settled in this stage" },
	{ 0 },
};

static const struct key limit_keys[] = {
	{ "mentors", KEY_INT, AT(def_limits, mentors), .minimum = 1, .maximum = 100000, .initial = "12", .help = "most mentors in a cohort" },
	{ "mentees", KEY_INT, AT(def_limits, mentees), .minimum = 1, .maximum = 100000, .initial = "12", .help = "most mentees in a cohort" },
	{ "months", KEY_INT, AT(def_limits, months), .minimum = 1, .maximum = 60, .initial = "6", .help = "length of a cohort" },
	{ 0 },
};

static const struct key column_keys[] = {
	{ "header", KEY_TEXT, AT(def_column, header), .required = true, .help = "the heading in the export, word for word" },
	{ "occurrence", KEY_INT, AT(def_column, occurrence), .minimum = 1, .maximum = 100, .initial = "1", .help = "which one, when a heading repeats" },
	{ "many", KEY_BOOL, AT(def_column, many), .initial = "no", .help = "several choices in one cell, separated by semicolons" },
	{ "required", KEY_BOOL, AT(def_column, required), .initial = "no", .help = "an empty cell is an error" },
	{ "values", KEY_VALUES, LIST(def_column, values), .help = "what each answer means; any other answer is an error" },
	{ 0 },
};

static const struct key form_keys[] = {
	{ "profile", KEY_CHOICE, AT(def_form, profile), .choices = profiles, .initial = "csv", .help = "where the file comes from; msforms takes ID as the response" },
	{ "date_order", KEY_CHOICE, AT(def_form, date_order), .choices = date_orders, .initial = "dmy", .help = "how the export writes days" },
	{ "columns", KEY_NAMED, ITEMS(def_form, columns, def_column), .keys = column_keys, .required = true, .help = "one entry per value to take: email, name, organisation, directorate, job, grade, manager_email, role, places, response, applied_on, or a question of the programme" },
	{ "ignore", KEY_TEXTS, LIST(def_form, ignore), .help = "headings to leave out; any other unknown heading is an error" },
	{ 0 },
};

static const struct key rule_keys[] = {
	{ "rule", KEY_CHOICE, AT(def_rule, kind), .choices = rule_kinds, .required = true, .help = "what must hold between the two" },
	{ "field", KEY_SLUG, AT(def_rule, field), .help = "the person's field or question compared" },
	{ 0 },
};

static const struct key score_keys[] = {
	{ "score", KEY_CHOICE, AT(def_score, kind), .choices = score_kinds, .required = true, .help = "what earns points: overlap is shared choices out of all that either made; different and same compare the values" },
	{ "field", KEY_SLUG, AT(def_score, field), .required = true, .help = "the person's field or question compared" },
	{ "weight", KEY_WEIGHT, AT(def_score, weight), .initial = "medium", .minimum = 1, .maximum = 100, .help = "how much it counts: high is 5, medium 3, low 1" },
	{ 0 },
};

static const struct key matching_keys[] = {
	{ "rules", KEY_NAMED, ITEMS(def_matching, rules, def_rule), .keys = rule_keys, .help = "hard rules: a pair that breaks one is never proposed" },
	{ "scores", KEY_NAMED, ITEMS(def_matching, scores, def_score), .keys = score_keys, .help = "soft rules: 0 to 1000 points each, times the weight" },
	{ 0 },
};

static const struct key contract_keys[] = {
	{ "purpose", KEY_NOTE, AT(def_contract, purpose), .required = true, .help = "what the two agree to do" },
	{ "ground_rules", KEY_TEXTS, LIST(def_contract, ground_rules), .help = "one line each" },
	{ "sessions", KEY_MAP, AT(def_contract, sessions), .keys = range_keys, .help = "how many sessions" },
	{ "minutes", KEY_MAP, AT(def_contract, minutes), .keys = range_keys, .help = "length of a session in minutes" },
	{ "months", KEY_MAP, AT(def_contract, months), .keys = range_keys, .help = "how long the pair works together" },
	{ "frequency", KEY_TEXT, AT(def_contract, frequency), .initial = "monthly", .help = "how often, in words" },
	{ "mode", KEY_CHOICE, AT(def_contract, mode), .choices = def_modes, .initial = "either", .help = "how the pair may meet" },
	{ "no_fault", KEY_NOTE, AT(def_contract, no_fault), .help = "what is said about ending without fault" },
	{ "sign_first", KEY_BOOL, AT(def_contract, sign_first), .initial = "no", .help = "sessions can be logged only once both have signed" },
	{ 0 },
};

static const struct key activity_keys[] = {
	{ "title", KEY_TEXT, AT(def_activity, title), .required = true, .help = "what it is called" },
	{ "minutes", KEY_INT, AT(def_activity, minutes), .minimum = 1, .maximum = 1440, .help = "how long it takes" },
	{ "text", KEY_NOTE, AT(def_activity, text), .help = "how it is done" },
	{ 0 },
};

static const struct key question_keys[] = {
	{ "text", KEY_TEXT, AT(def_question, text), .required = true, .help = "the question" },
	{ "kind", KEY_CHOICE, AT(def_question, kind), .choices = question_kinds, .initial = "scale", .help = "how it is answered" },
	{ "minimum", KEY_INT, AT(def_question, minimum), .minimum = 0, .maximum = 100, .initial = "1", .help = "lowest answer of a scale" },
	{ "maximum", KEY_INT, AT(def_question, maximum), .minimum = 1, .maximum = 100, .initial = "5", .help = "highest answer of a scale" },
	{ "low", KEY_TEXT, AT(def_question, low), .help = "what the lowest answer means" },
	{ "high", KEY_TEXT, AT(def_question, high), .help = "what the highest answer means" },
	{ "aim", KEY_SLUG, AT(def_question, aim), .help = "the aim it measures" },
	{ "header", KEY_TEXT, AT(def_question, header), .help = "its heading in the export; the text when not given" },
	{ 0 },
};

static const struct key survey_keys[] = {
	{ "title", KEY_TEXT, AT(def_survey, title), .required = true, .help = "heading of the survey" },
	{ "audience", KEY_CHOICE, AT(def_survey, audience), .choices = def_audiences, .initial = "both", .help = "who is asked" },
	{ "stages", KEY_TEXTS, LIST(def_survey, stages), .required = true, .help = "when it is asked, in order, such as before and after" },
	{ "email_header", KEY_TEXT, AT(def_survey, email_header), .initial = "Email", .help = "heading of the address in the export, which links the stages" },
	{ "response_header", KEY_TEXT, AT(def_survey, response_header), .initial = "ID", .help = "heading of the response number in the export" },
	{ "questions", KEY_NAMED, ITEMS(def_survey, questions, def_question), .keys = question_keys, .required = true, .help = "the questions, in order" },
	{ 0 },
};

static const struct key privacy_keys[] = {
	{ "min_cell", KEY_INT, AT(def_privacy, min_cell), .minimum = 3, .maximum = 100, .initial = "5", .help = "counts and means over fewer people are withheld" },
	{ 0 },
};

static const struct key programme_keys[] = {
	{ "programme", KEY_SLUG, AT(definition, slug), .required = true, .help = "short name used in commands" },
	{ "title", KEY_TEXT, AT(definition, title), .required = true, .help = "name as people know it" },
	{ "organisation", KEY_TEXT, AT(definition, organisation), .help = "who runs it" },
	{ "contact", KEY_MAP, .keys = contact_keys, .required = true, .help = "who answers enquiries" },
	{ "labels", KEY_MAP, AT(definition, labels), .keys = label_keys, .help = "what the two sides are called" },
	{ "aims", KEY_NAMED, ITEMS(definition, aims, def_aim), .keys = aim_keys, .help = "what it is for; surveys and reports follow the aims" },
	{ "arrangement", KEY_CHOICE, AT(definition, arrangement), .choices = def_arrangements, .initial = "reverse", .help = "who mentors whom: in reverse the mentor stays the mentor, in reciprocal each mentors the other" },
	{ "seniority", KEY_TEXTS, LIST(definition, seniority), .help = "grades from junior to senior" },
	{ "cohort", KEY_MAP, AT(definition, cohort), .keys = limit_keys, .help = "size and length of a cohort" },
	{ "stages", KEY_NAMED, ITEMS(definition, stages, def_stage), .keys = stage_keys, .help = "stages in order" },
	{ "criteria", KEY_TEXTS, LIST(definition, criteria), .help = "what applicants are selected by" },
	{ "application", KEY_MAP, AT(definition, application), .keys = form_keys, .help = "how an export of the application form is read" },
	{ "matching", KEY_MAP, AT(definition, matching), .keys = matching_keys, .help = "who may be paired with whom" },
	{ "contract", KEY_MAP, AT(definition, contract), .keys = contract_keys, .required = true, .help = "what every pair agrees" },
	{ "activities", KEY_NAMED, ITEMS(definition, activities, def_activity), .keys = activity_keys, .help = "activities for sessions" },
	{ "surveys", KEY_NAMED, ITEMS(definition, surveys, def_survey), .keys = survey_keys, .help = "what is asked, whom and when" },
	{ "privacy", KEY_MAP, AT(definition, privacy), .keys = privacy_keys, .help = "what is withheld" },
	{ 0 },
};

/* ---- reading ---- */

struct reader {
	struct mentor *m;
	struct arena *arena;
	const char *file;
	struct mentor_buf path;
};

static struct mentor_place place_of(const struct reader *r, const struct yml *y)
{
	return (struct mentor_place){ .file = r->file, .line = y->line, .column = y->column, .field = mentor_buf_text(&r->path) };
}

#define PROBLEM(r, y, hint, ...) \
	do { \
		struct mentor_place place_ = place_of(r, y); \
		problem_add((r)->m, &place_, hint, __VA_ARGS__); \
	} while (0)

static size_t path_push(struct reader *r, const char *name)
{
	size_t before = r->path.len;
	mentor_buf_fmt(&r->path, "%s%s", before ? "." : "", name);
	return before;
}

static void path_pop(struct reader *r, size_t before)
{
	r->path.len = before;
	if (r->path.data)
		r->path.data[before] = '\0';
}

static const char *const kind_names[] = { [YML_SCALAR] = "a value", [YML_LIST] = "a list", [YML_MAP] = "a group of keys" };

static bool expect(struct reader *r, const struct yml *y, enum yml_kind kind)
{
	if (y->kind == kind)
		return true;
	PROBLEM(r, y, NULL, "needs %s, not %s", kind_names[kind], kind_names[y->kind]);
	return false;
}

static void read_keys(struct reader *r, const struct yml *y, const struct key *keys, char *record);

static void put_text(char *at, const char *text)
{
	memcpy(at, &text, sizeof(text));
}

static void put_number(char *at, int64_t number)
{
	memcpy(at, &number, sizeof(number));
}

/* YAML's folded and literal texts end with a newline that nobody means. */
static const char *without_end(struct arena *a, const char *text)
{
	size_t len = strlen(text);
	while (len > 0 && text[len - 1] == '\n')
		len--;
	return arena_strndup(a, text, len);
}

/* The field tables know how to read a value; a definition borrows them so that one rule holds for options, imports and YAML. */
static void read_by_field(struct reader *r, const struct yml *y, const struct key *key, char *at, enum mentor_type type)
{
	struct mentor_field field = {
		.name = key->name, .type = type, .choices = key->choices, .minimum = key->minimum, .maximum = key->maximum
	};
	union {
		int64_t number;
		const char *text;
	} cell;
	struct mentor_place place = place_of(r, y);
	if (y->text[0] == '\0') {
		PROBLEM(r, y, NULL, "is empty");
		return;
	}
	if (field_read(r->m, &field, y->text, &cell)) {
		problem_from_error(r->m, &place);
		return;
	}
	if (mentor_field_is_text(&field))
		put_text(at, without_end(r->arena, cell.text));
	else
		put_number(at, cell.number);
}

static void read_weight(struct reader *r, const struct yml *y, const struct key *key, char *at)
{
	static const struct {
		const char *word;
		int64_t weight;
	} words[] = { { "high", 5 }, { "medium", 3 }, { "low", 1 } };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(words[i].word, y->text) == 0) {
			put_number(at, words[i].weight);
			return;
		}
	read_by_field(r, y, key, at, MENTOR_TYPE_INT);
}

static void *item_room(struct reader *r, const struct yml *y, size_t size, const struct key *key, char *record)
{
	void *items = arena_alloc(r->arena, y->n ? y->n * size : 1);
	if (!items)
		return NULL;
	size_t n = y->n;
	memcpy(record + key->at, &items, sizeof(items));
	memcpy(record + key->count_at, &n, sizeof(n));
	return items;
}

static void read_texts(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	char *items = expect(r, y, YML_LIST) ? item_room(r, y, sizeof(const char *), key, record) : NULL;
	for (const struct yml *c = y->first; items && c; c = c->next, items += sizeof(const char *)) {
		put_text(items, "");
		if (expect(r, c, YML_SCALAR))
			read_by_field(r, c, key, items, MENTOR_TYPE_TEXT);
	}
}

static void read_values(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	struct def_value *value = expect(r, y, YML_MAP) ? item_room(r, y, sizeof(*value), key, record) : NULL;
	for (const struct yml *c = y->first; value && c; c = c->next, value++) {
		value->text = arena_strdup(r->arena, c->key);
		value->word = "";
		size_t before = path_push(r, c->key);
		if (expect(r, c, YML_SCALAR))
			read_by_field(r, c, key, (char *)value + offsetof(struct def_value, word), MENTOR_TYPE_TEXT);
		path_pop(r, before);
	}
}

static bool is_name(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_");
	return *text >= 'a' && *text <= 'z' && text[n] == '\0' && n <= 64;
}

static void read_named(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	char *item = expect(r, y, YML_MAP) ? item_room(r, y, key->size, key, record) : NULL;
	for (const struct yml *c = y->first; item && c; c = c->next, item += key->size) {
		size_t before = path_push(r, c->key);
		struct yml name = { .kind = YML_SCALAR, .line = c->key_line, .column = c->key_column, .text = c->key };
		put_text(item, arena_strdup(r->arena, c->key));
		if (!is_name(c->key))
			PROBLEM(r, &name, "use a-z, 0-9, - and _, starting with a letter", "is not a name");
		read_keys(r, c, key->keys, item);
		path_pop(r, before);
	}
}

static void read_value(struct reader *r, const struct yml *y, const struct key *key, char *record)
{
	static const enum mentor_type types[] = { [KEY_TEXT] = MENTOR_TYPE_TEXT, [KEY_NOTE] = MENTOR_TYPE_NOTE,
		[KEY_SLUG] = MENTOR_TYPE_SLUG, [KEY_EMAIL] = MENTOR_TYPE_EMAIL, [KEY_INT] = MENTOR_TYPE_INT,
		[KEY_BOOL] = MENTOR_TYPE_BOOL, [KEY_CHOICE] = MENTOR_TYPE_CHOICE };
	switch (key->type) {
	case KEY_MAP:
		read_keys(r, y, key->keys, record + key->at);
		return;
	case KEY_NAMED:
		read_named(r, y, key, record);
		return;
	case KEY_TEXTS:
		read_texts(r, y, key, record);
		return;
	case KEY_VALUES:
		read_values(r, y, key, record);
		return;
	case KEY_WEIGHT:
		if (expect(r, y, YML_SCALAR))
			read_weight(r, y, key, record + key->at);
		return;
	case KEY_TEXT:
	case KEY_NOTE:
	case KEY_SLUG:
	case KEY_EMAIL:
	case KEY_INT:
	case KEY_BOOL:
	case KEY_CHOICE:
		break;
	}
	if (expect(r, y, YML_SCALAR))
		read_by_field(r, y, key, record + key->at, types[key->type]);
}

static const struct key *find_key(const struct key *keys, const char *name)
{
	for (; keys->name; keys++)
		if (strcmp(keys->name, name) == 0)
			return keys;
	return NULL;
}

static void unknown_key(struct reader *r, const struct yml *y, const struct key *keys)
{
	const char *names[64] = { 0 };
	for (size_t i = 0; keys[i].name && i < 63; i++)
		names[i] = keys[i].name;
	const char *near = mentor_nearest(y->key, names);
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else
		mentor_buf_str(&hint, "man mentor-programme lists all keys");
	struct yml at = { .line = y->key_line, .column = y->key_column };
	PROBLEM(r, &at, mentor_buf_text(&hint), "unknown key");
	mentor_buf_free(&hint);
}

/* Everything starts out as its default; a number without one is "not given". */
static void set_initial(struct reader *r, const struct key *keys, char *record)
{
	for (; keys->name; keys++) {
		if (keys->type == KEY_MAP)
			set_initial(r, keys->keys, record + keys->at);
		bool number = keys->type == KEY_INT || keys->type == KEY_BOOL || keys->type == KEY_CHOICE || keys->type == KEY_WEIGHT;
		if (number)
			put_number(record + keys->at, MENTOR_NONE);
		if (keys->initial) {
			struct yml y = { .kind = YML_SCALAR, .text = keys->initial };
			read_value(r, &y, keys, record);
		}
	}
}

static void read_keys(struct reader *r, const struct yml *y, const struct key *keys, char *record)
{
	set_initial(r, keys, record);
	if (!expect(r, y, YML_MAP))
		return;
	for (const struct yml *c = y->first; c; c = c->next) {
		const struct key *key = find_key(keys, c->key);
		size_t before = path_push(r, c->key);
		if (key)
			read_value(r, c, key, record);
		else
			unknown_key(r, c, keys);
		path_pop(r, before);
	}
	for (const struct key *key = keys; key->name; key++)
		if (key->required && !yml_get(y, key->name))
			PROBLEM(r, y, NULL, "the key '%s' is missing", key->name);
}

/* ---- what no single key can tell ---- */

static const struct yml *descend(const struct yml *y, const char *const *steps)
{
	for (; *steps; steps++) {
		const struct yml *child = yml_get(y, *steps);
		if (!child)
			break;
		y = child;
	}
	return y;
}

#define PATH(...) (const char *const[]){ __VA_ARGS__, NULL }

static void problem_at(struct reader *r, const struct yml *root, const char *const *steps, const char *hint, const char *message)
{
	path_pop(r, 0);
	for (size_t i = 0; steps[i]; i++)
		path_push(r, steps[i]);
	const struct yml *y = descend(root, steps);
	PROBLEM(r, y, hint, "%s", message);
	path_pop(r, 0);
}

static void check_range(struct reader *r, const struct yml *root, const char *name, const struct def_range *range)
{
	bool low = range->usual != MENTOR_NONE && range->usual < range->minimum;
	bool high = range->maximum != MENTOR_NONE && (range->usual > range->maximum || range->minimum > range->maximum);
	if (low || high)
		problem_at(r, root, PATH("contract", name), "minimum, usual and maximum must rise", "the range is upside down");
}

/* The values that rules and forms can speak of without asking a question of their own. */
static const char *const person_fields[] = { "organisation", "directorate", "job", "grade", NULL };
static const char *const import_fields[] = { "email", "name", "organisation", "directorate", "job", "grade", "manager_email", "role",
	"places", "response", "applied_on", NULL };

static bool is_in(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

static bool known_field(const struct definition *d, const char *field)
{
	for (size_t i = 0; i < d->application.n_columns; i++)
		if (strcmp(d->application.columns[i].slug, field) == 0 && !is_in(field, import_fields))
			return true;
	return is_in(field, person_fields);
}

static const char unknown_field[] = "is neither a field of a person (organisation, directorate, job, grade) nor a question in application.columns";

static void check_matching(struct reader *r, const struct yml *root, const struct definition *d)
{
	for (size_t i = 0; i < d->matching.n_rules; i++) {
		const struct def_rule *rule = &d->matching.rules[i];
		bool needs_field = rule->kind != DEF_RULE_NOT_LINE_MANAGEMENT;
		if (needs_field && !rule->field)
			problem_at(r, root, PATH("matching", "rules", rule->slug), NULL, "the key 'field' is missing");
		else if (!needs_field && rule->field)
			problem_at(r, root, PATH("matching", "rules", rule->slug, "field"), "remove it", "this rule compares no field");
		else if (needs_field && !known_field(d, rule->field))
			problem_at(r, root, PATH("matching", "rules", rule->slug, "field"), NULL, unknown_field);
	}
	for (size_t i = 0; i < d->matching.n_scores; i++) {
		const struct def_score *score = &d->matching.scores[i];
		if (score->field && !known_field(d, score->field))
			problem_at(r, root, PATH("matching", "scores", score->slug, "field"), NULL, unknown_field);
	}
}

static void check_form(struct reader *r, const struct yml *root, const struct definition *d)
{
	if (!yml_get(root, "application"))
		return;
	static const char *const needed[] = { "email", "name", "role", NULL };
	for (size_t n = 0; needed[n]; n++) {
		bool found = false;
		for (size_t i = 0; i < d->application.n_columns; i++)
			found |= strcmp(d->application.columns[i].slug, needed[n]) == 0;
		if (!found)
			problem_at(r, root, PATH("application", "columns"), "email, name and role are always needed",
			    "a column for an applicant's email, name or role is missing");
	}
}

static void check_survey(struct reader *r, const struct yml *root, const struct definition *d, const struct def_survey *s)
{
	for (size_t i = 0; i < s->n_questions; i++) {
		const struct def_question *q = &s->questions[i];
		if (q->kind == DEF_QUESTION_SCALE && q->minimum >= q->maximum)
			problem_at(r, root, PATH("surveys", s->slug, "questions", q->slug), NULL, "the scale is upside down");
		if (q->aim && !definition_aim(d, q->aim))
			problem_at(r, root, PATH("surveys", s->slug, "questions", q->slug, "aim"), "aims are listed under aims:", "there is no such aim");
	}
}

static void check_whole(struct reader *r, const struct yml *root, const struct definition *d)
{
	check_range(r, root, "sessions", &d->contract.sessions);
	check_range(r, root, "minutes", &d->contract.minutes);
	check_range(r, root, "months", &d->contract.months);
	check_form(r, root, d);
	check_matching(r, root, d);
	for (size_t i = 0; i < d->n_surveys; i++)
		check_survey(r, root, d, &d->surveys[i]);
}

enum mentor_status definition_load(struct mentor *m, const char *file, const char *text, size_t len, struct definition **ret)
{
	struct arena tree = ARENA_INIT;
	const struct yml *root = NULL;
	struct definition *d = calloc(1, sizeof(*d));
	if (!d)
		return fail_memory(m);
	problems_clear(m);
	enum mentor_status status = yml_parse(m, &tree, file, text, len, &root);
	if (!status) {
		struct reader r = { m, &d->arena, file, MENTOR_BUF_INIT };
		read_keys(&r, root, programme_keys, (char *)d);
		if (m->n_problems == 0)
			check_whole(&r, root, d);
		status = r.path.failed || d->arena.failed ? fail_memory(m) : problems_result(m, file);
		mentor_buf_free(&r.path);
	}
	arena_free(&tree);
	if (status)
		definition_free(d);
	else
		*ret = d;
	return status;
}

void definition_free(struct definition *d)
{
	if (!d)
		return;
	arena_free(&d->arena);
	free(d);
}

const struct def_survey *definition_survey(const struct definition *d, const char *slug)
{
	for (size_t i = 0; i < d->n_surveys; i++)
		if (strcmp(d->surveys[i].slug, slug) == 0)
			return &d->surveys[i];
	return NULL;
}

const struct def_aim *definition_aim(const struct definition *d, const char *slug)
{
	for (size_t i = 0; i < d->n_aims; i++)
		if (strcmp(d->aims[i].slug, slug) == 0)
			return &d->aims[i];
	return NULL;
}

/* ---- the manual's list ---- */

struct walk {
	struct mentor *m;
	enum mentor_status (*each)(void *arg, const struct mentor_key *key);
	void *arg;
};

static void describe_type(struct mentor_buf *b, const struct key *key)
{
	static const char *const words[] = { [KEY_TEXT] = "text", [KEY_NOTE] = "text of several lines", [KEY_SLUG] = "short name",
		[KEY_EMAIL] = "address", [KEY_BOOL] = "yes or no", [KEY_TEXTS] = "list of texts", [KEY_VALUES] = "text: word",
		[KEY_MAP] = "group", [KEY_NAMED] = "names of your own, each with a group" };
	if (key->type == KEY_INT) {
		mentor_buf_fmt(b, "whole number %" PRId64 " to %" PRId64, key->minimum, key->maximum);
	} else if (key->type == KEY_WEIGHT) {
		mentor_buf_fmt(b, "high, medium, low or %" PRId64 " to %" PRId64, key->minimum, key->maximum);
	} else if (key->type == KEY_CHOICE) {
		for (size_t i = 0; key->choices[i]; i++)
			mentor_buf_fmt(b, "%s%s", i == 0 ? "" : key->choices[i + 1] ? ", " : " or ", key->choices[i]);
	} else {
		mentor_buf_str(b, words[key->type]);
	}
}

static enum mentor_status walk_keys(const struct walk *w, const struct key *keys, const char *prefix)
{
	enum mentor_status status = MENTOR_OK;
	for (; !status && keys->name; keys++) {
		struct mentor_buf path = MENTOR_BUF_INIT, type = MENTOR_BUF_INIT;
		mentor_buf_fmt(&path, "%s%s", prefix, keys->name);
		describe_type(&type, keys);
		struct mentor_key key = { mentor_buf_text(&path), mentor_buf_text(&type), keys->initial, keys->help, keys->required };
		status = path.failed || type.failed ? fail_memory(w->m) : w->each(w->arg, &key);
		if (!status && keys->keys) {
			mentor_buf_str(&path, keys->type == KEY_NAMED ? ".<name>." : ".");
			status = walk_keys(w, keys->keys, mentor_buf_text(&path));
		}
		mentor_buf_free(&path);
		mentor_buf_free(&type);
	}
	return status;
}

enum mentor_status mentor_programme_keys(struct mentor *m, enum mentor_status (*each)(void *arg, const struct mentor_key *key),
    void *arg)
{
	struct walk w = { m, each, arg };
	return walk_keys(&w, programme_keys, "");
}
