/* definition_check.c: what no single key of a programme file can tell: keys that contradict each other, rules that can never hold, surveys
 * that can measure nothing, messages that speak of what is not there.
 *
 * A value that could not be read is NULL or MENTOR_NONE here and was reported before: nothing is said about it twice. */
#include "definition.h"

#include "template.h"

#include <inttypes.h>
#include <string.h>

/** One run of all checks. */
struct check {
	struct reader *r;
	const struct definition *d;
};

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

/* A problem at the value that `steps` lead to, or at the last of them that is there. */
static void problem_at(struct check *c, const char *const *steps, const char *hint, const char *format, ...) MENTOR_PRINTF(4, 5);
static void problem_at(struct check *c, const char *const *steps, const char *hint, const char *format, ...)
{
	if (c->r->m->n_problems == CONTEXT_MAX_PROBLEMS) { /* finding the place is not free: no more than will be listed */
		c->r->m->n_unlisted++;
		return;
	}
	struct mentor_buf message = MENTOR_BUF_INIT;
	va_list args;
	va_start(args, format);
	mentor_buf_vfmt(&message, format, args);
	va_end(args);
	keys_pop(&c->r->path, 0);
	for (size_t i = 0; steps[i]; i++)
		keys_push(&c->r->path, steps[i]);
	keys_problem(c->r, descend(c->r->root, steps), hint, "%s", mentor_buf_text(&message));
	keys_pop(&c->r->path, 0);
	mentor_buf_free(&message);
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool is_in(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n && words[i]; i++)
		if (same(words[i], word))
			return true;
	return false;
}

enum { NO_END = 1000 }; /* lists that end with NULL */

/* Whether something stands where `steps` lead and was not read as such, which has been said: nothing follows from what is missing there. */
static bool is_unread(const struct check *c, const char *const *steps, enum yml_kind kind, size_t n_read)
{
	const struct yml *y = c->r->root;
	for (; y && *steps; steps++) {
		if (y->kind != YML_MAP)
			return true;
		y = yml_get(y, *steps);
	}
	return y && (y->kind != kind || y->n != n_read);
}

/* ---- contract ---- */

static bool above(int64_t a, int64_t b)
{
	return a != MENTOR_NONE && b != MENTOR_NONE && a > b;
}

static void check_range(struct check *c, const char *name, const struct def_range *range)
{
	if (above(range->minimum, range->usual) || above(range->usual, range->maximum) || above(range->minimum, range->maximum))
		problem_at(c, PATH("contract", name), "minimum, usual and maximum must rise", "the range is upside down");
}

static void check_contract(struct check *c)
{
	const struct def_contract *k = &c->d->contract;
	check_range(c, "sessions", &k->sessions);
	check_range(c, "minutes", &k->minutes);
	check_range(c, "months", &k->months);
	check_range(c, "shadowed", &k->shadowed);
	if (above(k->months.minimum, c->d->cohort.months))
		problem_at(c, PATH("contract", "months", "minimum"), "make cohort.months longer, or this shorter",
		    "pairs work together for longer than the %" PRId64 " months of a cohort", c->d->cohort.months);
	for (size_t i = 0; i < c->d->n_activities; i++)
		if (above(c->d->activities[i].session, k->sessions.maximum))
			problem_at(c, PATH("activities", c->d->activities[i].slug, "session"), "contract.sessions.maximum says how many there are",
			    "there is no such session");
}

/* One label of a side alone would stand beside the usual word for several. */
static void check_labels(struct check *c)
{
	static const struct {
		const char *one, *several;
	} sides[] = { { "mentor", "mentors" }, { "mentee", "mentees" } };
	const struct yml *labels = descend(c->r->root, PATH("labels"));
	for (size_t i = 0; labels->kind == YML_MAP && yml_get(c->r->root, "labels") && i < sizeof(sides) / sizeof(*sides); i++) {
		bool one = yml_get(labels, sides[i].one), several = yml_get(labels, sides[i].several);
		if (one != several)
			problem_at(c, PATH("labels"), "give both: what one is called, and what several are called", "the label '%s' is missing",
			    one ? sides[i].several : sides[i].one);
	}
}

/* ---- stages ---- */

/* What must be settled before a step cannot wait for a stage that comes after the step. */
static void check_stages(struct check *c)
{
	int64_t last = MENTOR_NONE;
	for (size_t i = 0; i < c->d->n_stages; i++) {
		const struct def_stage *s = &c->d->stages[i];
		if (s->before == MENTOR_NONE)
			continue;
		if (above(last, s->before))
			problem_at(c, PATH("stages", s->slug, "before"), "stages stand in order, and cohorts are opened, started, finished",
			    "an earlier stage is settled before a later step than this one");
		last = s->before;
	}
}

/* ---- application and equality ---- */

static bool has_word(const struct def_column *column, const char *word)
{
	for (size_t i = 0; i < column->n_values; i++)
		if (same(column->values[i].word, word))
			return true;
	return false;
}

/* Every answer must mean one of these words. Returns whether all do. */
static bool check_words(struct check *c, const struct def_column *column, const char *const *words, const char *hint)
{
	bool good = true;
	for (size_t i = 0; i < column->n_values; i++) {
		const char *text = column->values[i].text, *word = column->values[i].word;
		if (is_in(word, words, NO_END))
			continue;
		good = false;
		if (text && word && *word) /* else it could not be read, and that was said */
			problem_at(c, PATH("application", "columns", column->slug, "values", text), hint,
			    "'%s' is not what an answer can mean here", word);
	}
	return good;
}

static void check_role_column(struct check *c, const struct def_column *column)
{
	static const char *const words[] = { "mentor", "mentee", "either", NULL };
	bool either = !check_words(c, column, words, "write mentor, mentee or either") || column->n_values == 0 || has_word(column, "either");
	for (size_t i = 0; i < 2; i++)
		if (!either && !has_word(column, words[i]))
			problem_at(c, PATH("application", "columns", "role", "values"), "without one of each side there can be no pair",
			    "no answer means %s", words[i]);
}

/* Whether the rule keeps people apart who want different arrangements, or was meant to before a slip that is told elsewhere. */
static bool may_keep_apart(const struct definition *d, const struct def_rule *rule)
{
	if (rule->kind == MENTOR_NONE)
		return true;
	return rule->kind == DEF_RULE_COMPATIBLE &&
	       (!rule->field || same(rule->field, "arrangement") || !definition_knows_field(d, rule->field));
}

static void check_arrangement_column(struct check *c)
{
	static const char *const words[] = { "reverse", "reciprocal", "either", NULL };
	const struct def_column *column = definition_column(c->d, "arrangement");
	if (is_unread(c, PATH("application", "columns"), YML_MAP, c->d->application.n_columns))
		return;
	if (!column) {
		problem_at(c, PATH("arrangement"), "add application.columns.arrangement with answers that mean reverse, reciprocal or either",
		    "nobody is asked which arrangement they want");
		return;
	}
	check_words(c, column, words, "write reverse, reciprocal or either");
	if (is_unread(c, PATH("matching", "rules"), YML_MAP, c->d->matching.n_rules))
		return;
	for (size_t i = 0; i < c->d->matching.n_rules; i++)
		if (may_keep_apart(c->d, &c->d->matching.rules[i]))
			return;
	problem_at(c, PATH("arrangement"), "add to matching.rules: { rule: compatible, field: arrangement, either: either }",
	    "no rule keeps people apart who want different arrangements");
}

/* Names of ours have an underscore where a name of one's own may have a hyphen. */
static void check_column_names(struct check *c)
{
	for (size_t i = 0; i < c->d->application.n_columns; i++)
		for (size_t f = 0; def_import_fields[f]; f++) {
			const char *slug = c->d->application.columns[i].slug, *field = def_import_fields[f];
			size_t n = strspn(field, "abcdefghijklmnopqrstuvwxyz");
			struct mentor_buf hint = MENTOR_BUF_INIT;
			bool slip = field[n] == '_' && strncmp(slug, field, n) == 0 && slug[n] == '-' && strcmp(slug + n + 1, field + n + 1) == 0;
			mentor_buf_fmt(&hint, "did you mean '%s'?", field);
			if (slip)
				problem_at(c, PATH("application", "columns", slug), mentor_buf_text(&hint), "this would be a question of your own");
			mentor_buf_free(&hint);
		}
}

static void check_headers(struct check *c, const char *section, const char *group, const struct def_column *columns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < i; j++)
			if (same(columns[i].header, columns[j].header) && columns[i].occurrence == columns[j].occurrence)
				problem_at(c, PATH(section, group, columns[i].slug, "header"), "occurrence says which one, when a heading repeats",
				    "the heading fills %s already", columns[j].slug);
	}
}

static void check_application(struct check *c)
{
	static const char *const needed[] = { "email", "name", "role" };
	const struct def_form *f = &c->d->application;
	const struct def_column *role = definition_column(c->d, "role");
	if (c->d->arrangement == DEF_COMBINATION)
		check_arrangement_column(c);
	if (!yml_get(c->r->root, "application") || f->n_columns == 0)
		return;
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (!definition_column(c->d, needed[i]))
			problem_at(c, PATH("application", "columns"), "email, name and role are always needed",
			    "a column for an applicant's %s is missing", needed[i]);
	check_column_names(c);
	check_headers(c, "application", "columns", f->columns, f->n_columns);
	for (size_t i = 0; i < f->n_columns; i++)
		if (is_in(f->columns[i].header, f->ignore, f->n_ignore))
			problem_at(c, PATH("application", "columns", f->columns[i].slug, "header"), "take it out of one of them",
			    "the heading is listed under ignore as well");
	if (role)
		check_role_column(c, role);
}

/* Answers for monitoring never stand beside those that choose people. */
static void check_equality(struct check *c)
{
	const struct def_equality *e = &c->d->equality;
	check_headers(c, "equality", "questions", e->questions, e->n_questions);
	for (size_t i = 0; i < e->n_questions; i++)
		for (size_t j = 0; j < c->d->application.n_columns; j++) {
			const struct def_column *q = &e->questions[i], *column = &c->d->application.columns[j];
			if (same(q->slug, column->slug) || same(q->header, column->header))
				problem_at(c, PATH("equality", "questions", q->slug), "ask for monitoring on a form of its own, and under another name",
				    "the application asks this as well");
		}
}

static void check_information(struct check *c)
{
	enum { APPLICANTS = 4 };
	for (size_t i = 0; i < c->d->n_resources; i++)
		if (same(c->d->resources[i].slug, c->d->application.information) && c->d->resources[i].audience != APPLICANTS &&
		    c->d->resources[i].audience != MENTOR_NONE)
			problem_at(c, PATH("application", "information"), "give the resource audience: applicants",
			    "applicants have to read it, and it is not for them");
}

static void check_policies(struct check *c)
{
	if (is_unread(c, PATH("application", "columns"), YML_MAP, c->d->application.n_columns))
		return;
	for (size_t i = 0; i < c->d->privacy.n_fields; i++) {
		const char *slug = c->d->privacy.fields[i].slug;
		if (!definition_column(c->d, slug) && !is_in(slug, def_import_fields, NO_END))
			problem_at(c, PATH("privacy", "fields", slug), "name a column of application.columns", "no such value is asked for");
		const struct def_column *consent = c->d->privacy.fields[i].consent ? definition_column(c->d, c->d->privacy.fields[i].consent) : NULL;
		if (consent && !has_word(consent, "yes"))
			problem_at(c, PATH("privacy", "fields", slug, "consent"), "give the column values of which one means yes", "no answer to it means yes");
	}
}

/* ---- matching ---- */

/* The field that rules and scores may speak of. */
static void check_field(struct check *c, const char *group, const char *slug, const char *field)
{
	for (size_t i = 0; i < c->d->equality.n_questions; i++)
		if (same(c->d->equality.questions[i].slug, field)) {
			problem_at(c, PATH("matching", group, slug, "field"), "what people say for monitoring never chooses their partner",
			    "'%s' is asked for equality monitoring", field);
			return;
		}
	bool told = c->d->arrangement == DEF_COMBINATION && same(field, "arrangement"); /* by check_arrangement_column() */
	if (told || definition_knows_field(c->d, field) || is_unread(c, PATH("application", "columns"), YML_MAP, c->d->application.n_columns))
		return;
	const char *names[64] = { 0 };
	size_t n = 0;
	for (size_t i = 0; def_person_fields[i]; i++)
		names[n++] = def_person_fields[i];
	for (size_t i = 0; i < c->d->application.n_columns && n < 63; i++)
		if (definition_knows_field(c->d, c->d->application.columns[i].slug))
			names[n++] = c->d->application.columns[i].slug;
	const char *near = mentor_nearest(field, names);
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else
		mentor_buf_str(&hint, "fields are organisation, directorate, job and grade; questions stand in application.columns");
	problem_at(c, PATH("matching", group, slug, "field"), mentor_buf_text(&hint), "'%s' is neither a field of a person nor a question", field);
	mentor_buf_free(&hint);
}

/* Whether nothing has been said about the words of the answers. */
static bool are_read(const struct definition *d, const struct def_column *column)
{
	static const char *const words[] = { "reverse", "reciprocal", "either", NULL };
	bool fixed = d->arrangement == DEF_COMBINATION && same(column->slug, "arrangement"), good = true;
	for (size_t i = 0; i < column->n_values; i++)
		good = good && *column->values[i].word && (!fixed || is_in(column->values[i].word, words, NO_END));
	return good;
}

/* The answer that fits any other must be one that can be given. */
static void check_either(struct check *c, const char *group, const char *slug, const char *field, const char *either, bool fits)
{
	const struct def_column *column = field ? definition_column(c->d, field) : NULL;
	if (!either)
		return;
	if (!fits)
		problem_at(c, PATH("matching", group, slug, "either"), "remove it", "this kind knows no such answer");
	else if (column && column->n_values > 0 && !has_word(column, either) && are_read(c->d, column))
		problem_at(c, PATH("matching", group, slug, "either"), "use one of the words under values", "no answer to '%s' means '%s'", field,
		    either);
}

/* With one possible answer no two people differ. */
static bool always_same(const struct definition *d, const char *field)
{
	const struct def_column *column = definition_column(d, field);
	if (!column || column->n_values == 0)
		return false;
	for (size_t i = 1; i < column->n_values; i++)
		if (!same(column->values[i].word, column->values[0].word))
			return false;
	return true;
}

static void check_senior(struct check *c, const struct def_rule *rule)
{
	int64_t least = rule->minimum == MENTOR_NONE ? 1 : rule->minimum;
	if (is_unread(c, PATH("seniority"), YML_LIST, c->d->n_seniority))
		return;
	if (c->d->n_seniority < 2)
		problem_at(c, PATH("matching", "rules", rule->slug), "list the grades from junior to senior under seniority",
		    "the rule compares grades, and there are none");
	else if (least >= (int64_t)c->d->n_seniority)
		problem_at(c, PATH("matching", "rules", rule->slug, "minimum"), "choose a smaller number",
		    "of %zu grades no two are %" PRId64 " apart: the rule can never hold", c->d->n_seniority, least);
	else if (above(least, rule->maximum))
		problem_at(c, PATH("matching", "rules", rule->slug), "minimum and maximum must rise", "the range is upside down");
}

static void check_steps_unused(struct check *c, const struct def_rule *rule)
{
	if (rule->minimum != MENTOR_NONE)
		problem_at(c, PATH("matching", "rules", rule->slug, "minimum"), "remove it", "this rule counts no steps");
	if (rule->maximum != MENTOR_NONE)
		problem_at(c, PATH("matching", "rules", rule->slug, "maximum"), "remove it", "this rule counts no steps");
}

/* Two rules on one field of which one demands what the other forbids. */
static void check_contradiction(struct check *c, size_t at)
{
	const struct def_rule *rule = &c->d->matching.rules[at];
	for (size_t i = 0; i < at; i++) {
		const struct def_rule *other = &c->d->matching.rules[i];
		bool opposite = (rule->kind == DEF_RULE_DIFFERENT) != (other->kind == DEF_RULE_DIFFERENT);
		bool fixed = rule->kind == DEF_RULE_SAME || other->kind == DEF_RULE_SAME;
		if (opposite && fixed && same(rule->field, other->field))
			problem_at(c, PATH("matching", "rules", rule->slug), "remove one of the two",
			    "the rule '%s' demands the opposite: no pair can keep both", other->slug);
	}
}

static void check_rule(struct check *c, size_t at)
{
	const struct def_rule *rule = &c->d->matching.rules[at];
	bool compares = rule->kind == DEF_RULE_DIFFERENT || rule->kind == DEF_RULE_SAME || rule->kind == DEF_RULE_COMPATIBLE;
	if (rule->kind == MENTOR_NONE)
		return;
	if (compares && !rule->field && !yml_get(descend(c->r->root, PATH("matching", "rules", rule->slug)), "field"))
		problem_at(c, PATH("matching", "rules", rule->slug), "such as field: directorate", "the key 'field' is missing");
	else if (!compares && rule->field)
		problem_at(c, PATH("matching", "rules", rule->slug, "field"), "remove it", "this rule compares no field");
	else if (compares && rule->field)
		check_field(c, "rules", rule->slug, rule->field);
	check_either(c, "rules", rule->slug, rule->field, rule->either, rule->kind == DEF_RULE_COMPATIBLE);
	if (rule->kind == DEF_RULE_SENIOR)
		check_senior(c, rule);
	else
		check_steps_unused(c, rule);
	if (rule->kind == DEF_RULE_DIFFERENT && rule->field && always_same(c->d, rule->field))
		problem_at(c, PATH("matching", "rules", rule->slug), "give the question other answers, or remove the rule",
		    "every answer to '%s' means the same: the rule can never hold", rule->field);
	if (compares && rule->field)
		check_contradiction(c, at);
}

static void check_matching(struct check *c)
{
	const struct def_matching *matching = &c->d->matching;
	for (size_t i = 0; i < matching->n_rules; i++)
		check_rule(c, i);
	for (size_t i = 0; i < matching->n_scores; i++) {
		const struct def_score *score = &matching->scores[i];
		if (score->field)
			check_field(c, "scores", score->slug, score->field);
		if (score->kind != MENTOR_NONE)
			check_either(c, "scores", score->slug, score->field, score->either, score->kind == DEF_SCORE_SAME);
	}
}

/* ---- events ---- */

enum { FROM_START = 2 };

static void check_time(struct check *c, const char *event, const struct def_time *t)
{
	const struct yml *y = descend(c->r->root, PATH("events", event, "times", t->slug));
	if (y->kind != YML_MAP)
		return;
	bool date = yml_get(y, "date"), from = yml_get(y, "from"), start = yml_get(y, "start");
	if (date == from)
		problem_at(c, PATH("events", event, "times", t->slug), "write date: 2026-06-09, or from: starts and weeks: -2",
		    date ? "has both a date and a day of the cohort" : "it is not said when");
	if (!from && t->weeks != MENTOR_NONE)
		problem_at(c, PATH("events", event, "times", t->slug, "weeks"), "from says which day of the cohort they are counted from",
		    "weeks are counted from nothing");
	if (from && t->from == FROM_START && c->d->cohort.months != MENTOR_NONE && above(t->weeks, c->d->cohort.months * 31 / 7))
		problem_at(c, PATH("events", event, "times", t->slug, "weeks"), "cohort.months says how long a cohort lasts",
		    "the cohort has ended by then");
	if (t->end && !start)
		problem_at(c, PATH("events", event, "times", t->slug, "end"), "give start as well", "it ends and never begins");
	if (t->start && t->end && strcmp(t->start, t->end) >= 0)
		problem_at(c, PATH("events", event, "times", t->slug, "end"), "an event ends later on the same day", "it ends before it begins");
}

static void check_events(struct check *c)
{
	for (size_t i = 0; i < c->d->n_events; i++) {
		const struct def_event *e = &c->d->events[i];
		for (size_t t = 0; t < e->n_times; t++)
			check_time(c, e->slug, &e->times[t]);
		if (same(e->facilitators_need, e->slug))
			problem_at(c, PATH("events", e->slug, "facilitators_need"), "name the event that trains facilitators",
			    "nobody could ever run it first");
	}
}

static const struct def_event *find_event(const struct definition *d, const char *slug)
{
	for (size_t i = 0; i < d->n_events; i++)
		if (same(d->events[i].slug, slug))
			return &d->events[i];
	return NULL;
}

/* A role can only need events that its people are invited to. */
static void check_needs(struct check *c, const char *name, const struct def_role *role, const char *invited)
{
	for (size_t i = 0; i < role->n_needs; i++) {
		const struct def_event *e = find_event(c->d, role->needs[i]);
		if (!e || e->audience == MENTOR_NONE || same(def_people[e->audience], invited) || same(def_people[e->audience], "applicants") ||
		    (e->audience == DEF_BOTH && !same(invited, "facilitators")))
			continue;
		problem_at(c, PATH("roles", name, "needs"), "change the audience of the event, or take it out", "'%s' is an event for %s", e->slug,
		    def_people[e->audience]);
	}
}

/* ---- surveys ---- */

static void check_only_for(struct check *c, const struct def_survey *s, const struct def_question *q, const char *key, const char *kind)
{
	if (yml_get(descend(c->r->root, PATH("surveys", s->slug, "questions", q->slug)), key))
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug, key), "remove it, or change the kind", "only %s has this key", kind);
}

static void check_kind(struct check *c, const struct def_survey *s, const struct def_question *q)
{
	static const char *const of_scale[] = { "minimum", "maximum", "low", "high" };
	bool choice = q->kind == DEF_QUESTION_CHOICE || q->kind == DEF_QUESTION_MULTI;
	if (q->kind == MENTOR_NONE)
		return;
	for (size_t i = 0; q->kind != DEF_QUESTION_SCALE && i < sizeof(of_scale) / sizeof(*of_scale); i++)
		check_only_for(c, s, q, of_scale[i], "a scale");
	if (!choice)
		check_only_for(c, s, q, "choices", "a question of kind choice or multi");
	if (q->kind != DEF_QUESTION_TEXT)
		check_only_for(c, s, q, "consent", "a question of kind text");
	const struct yml *choices = !choice ? NULL : yml_get(descend(c->r->root, PATH("surveys", s->slug, "questions", q->slug)), "choices");
	if (choice && (!choices || (choices->kind == YML_LIST && choices->n < 2)))
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug), "list at least two under choices", "there is nothing to choose from");
	if (q->kind == DEF_QUESTION_SCALE && q->minimum != MENTOR_NONE && q->maximum != MENTOR_NONE && q->minimum >= q->maximum)
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug), "minimum is the lowest answer, maximum the highest; 1 and 5 when not given",
		    "the scale is upside down");
}

/* An export separates the choices of one answer by semicolons. */
static void check_choices(struct check *c, const struct def_survey *s, const struct def_question *q)
{
	for (size_t i = 0; q->kind == DEF_QUESTION_MULTI && i < q->n_choices; i++)
		if (strchr(q->choices[i], ';'))
			problem_at(c, PATH("surveys", s->slug, "questions", q->slug, "choices"), "write it with a comma",
			    "a ; stands between the choices of an answer, so no choice can hold one");
}

static void check_consent(struct check *c, const struct def_survey *s, const struct def_question *q)
{
	for (size_t i = 0; q->consent && i < s->n_questions; i++)
		if (same(s->questions[i].slug, q->consent) &&
		    (s->questions[i].kind == DEF_QUESTION_YES_NO || s->questions[i].kind == MENTOR_NONE))
			return;
	if (q->consent)
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug, "consent"), "add a question of kind yes-no to this survey",
		    "there is no yes-no question '%s' in this survey", q->consent);
}

static const char *heading(const struct def_question *q)
{
	return q->header ? q->header : q->text;
}

static void check_stage(struct check *c, const struct def_survey *s, const char *const *steps, const char *stage)
{
	if (is_in(stage, s->stages, s->n_stages) || is_unread(c, PATH("surveys", s->slug, "stages"), YML_LIST, s->n_stages))
		return;
	const char *near = NULL;
	for (size_t n = 0; !near && n < s->n_stages; n++)
		near = mentor_nearest(stage, PATH(s->stages[n]));
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, near ? "did you mean '%s'?" : "the survey's stages are listed under surveys.%s.stages", near ? near : s->slug);
	problem_at(c, steps, mentor_buf_text(&hint), "the survey has no stage '%s'", stage);
	mentor_buf_free(&hint);
}

static void check_question(struct check *c, const struct def_survey *s, size_t at)
{
	const struct def_question *q = &s->questions[at];
	check_kind(c, s, q);
	check_choices(c, s, q);
	check_consent(c, s, q);
	for (size_t i = 0; i < q->n_stages; i++)
		check_stage(c, s, PATH("surveys", s->slug, "questions", q->slug, "stages"), q->stages[i]);
	for (size_t i = 0; i < at; i++)
		if (same(heading(q), heading(&s->questions[i])))
			problem_at(c, PATH("surveys", s->slug, "questions", q->slug), "give one of them another header",
			    "'%s' has the same heading in the export", s->questions[i].slug);
	if (!s->anonymous && same(heading(q), s->email_header))
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug), "give it another header", "its heading is that of the address");
	if (same(heading(q), s->response_header))
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug), "give it another header", "its heading is that of the response");
}

static bool is_measured(const struct def_question *q)
{
	return q->kind == DEF_QUESTION_SCALE || q->kind == DEF_QUESTION_YES_NO;
}

/* Whether something about the question could not be read, or was wrong: then nothing is known about change. */
static bool is_in_doubt(const struct def_survey *s, const struct def_question *q)
{
	bool doubt = q->kind == MENTOR_NONE;
	for (size_t i = 0; i < q->n_stages; i++)
		doubt = doubt || !is_in(q->stages[i], s->stages, s->n_stages);
	return doubt;
}

static void check_openings(struct check *c, const struct def_survey *s)
{
	for (size_t i = 0; i < s->n_open; i++)
		check_stage(c, s, PATH("surveys", s->slug, "open", s->open[i].slug), s->open[i].slug);
}

/* Change can only be told by a question that is asked at both ends. */
static void check_shared(struct check *c, const struct def_survey *s)
{
	if (s->n_stages < 2 || s->n_questions == 0)
		return;
	const char *first = s->stages[0], *last = s->stages[s->n_stages - 1];
	for (size_t i = 0; i < s->n_questions; i++) {
		const struct def_question *q = &s->questions[i];
		if (is_in_doubt(s, q) || (is_measured(q) && definition_asked_at(q, first) && definition_asked_at(q, last)))
			return;
	}
	problem_at(c, PATH("surveys", s->slug, "stages"), "ask a scale or yes-no question at both, or make two surveys",
	    "no question is asked both %s and %s, so no change can be told", first, last);
}

static void check_surveys(struct check *c)
{
	for (size_t i = 0; i < c->d->n_surveys; i++) {
		const struct def_survey *s = &c->d->surveys[i];
		for (size_t q = 0; q < s->n_questions; q++)
			check_question(c, s, q);
		if (!s->anonymous && same(s->email_header, s->response_header))
			problem_at(c, PATH("surveys", s->slug, "response_header"), "two columns are needed, each with a heading of its own",
			    "the heading is that of the address");
		check_openings(c, s);
		check_shared(c, s);
	}
}

/* ---- messages ---- */

/* What a reminder is about. */
static const unsigned subjects[] = { [DEF_WHEN_CONTRACT_UNSIGNED] = OF_PAIR, [DEF_WHEN_NO_SESSION] = OF_PAIR, [DEF_WHEN_BEHIND_PACE] = OF_PAIR,
	[DEF_WHEN_LOW_PARTICIPATION] = OF_PAIR, [DEF_WHEN_EVENT_AHEAD] = OF_EVENT, [DEF_WHEN_SURVEY_OPEN] = OF_SURVEY,
	[DEF_WHEN_ACTION_OVERDUE] = OF_PAIR | OF_ACTION, [DEF_WHEN_RETENTION_DUE] = 0 };

/* Enough of a text to find it again, and no half character. */
static size_t at_most(const char *text, size_t len)
{
	enum { MOST = 60 };
	size_t n = len < MOST ? len : MOST;
	while (n < len && n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	return n;
}

static void unknown_word(struct check *c, const char *const *steps, const struct template_piece *piece)
{
	const char *names[64] = { 0 };
	for (size_t i = 0; template_words[i].name && i < 63; i++)
		names[i] = template_words[i].name;
	struct mentor_buf name = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	mentor_buf_add(&name, piece->text, at_most(piece->text, piece->len));
	const char *near = mentor_nearest(mentor_buf_text(&name), names);
	if (near)
		mentor_buf_fmt(&hint, "did you mean {%s}?", near);
	else
		mentor_buf_str(&hint, "mentor-programme(5) lists what can stand in braces");
	problem_at(c, steps, mentor_buf_text(&hint), "{%s} is not something that can be filled in", mentor_buf_text(&name));
	mentor_buf_free(&name);
	mentor_buf_free(&hint);
}

static void check_words_in_braces(struct check *c, const char *const *steps, const char *text)
{
	struct template_piece piece;
	bool broken = false;
	while (text && template_next(&text, &piece)) {
		if (piece.kind == TEMPLATE_UNKNOWN)
			unknown_word(c, steps, &piece);
		if ((piece.kind != TEMPLATE_OPEN && piece.kind != TEMPLATE_CLOSE) || broken)
			continue;
		broken = true; /* told once: {{name}} is one mistake */
		problem_at(c, steps, "a word to fill in stands in one pair: {name}", piece.kind == TEMPLATE_CLOSE ? "a } stands alone" : "a { is not closed");
	}
}

static const struct def_template *find_template(const struct definition *d, const char *slug)
{
	for (size_t i = 0; i < d->n_templates; i++)
		if (same(d->templates[i].slug, slug))
			return &d->templates[i];
	return NULL;
}

static const char *first_of_subject(unsigned subject)
{
	const struct template_word *word = template_words;
	while (word->name && !(word->subject & subject))
		word++;
	return word->name;
}

/* What a message is to carry is named where it says so, and what it names it carries. */
static void check_carried(struct check *c, const struct def_reminder *r, const struct def_template *t)
{
	bool known = t->subject && t->text; /* else a problem of the template's */
	bool says = known && (strstr(t->subject, "{resources}") || strstr(t->text, "{resources}"));
	bool carries = yml_get(descend(c->r->root, PATH("reminders", r->slug)), "resources");
	if (says && !carries)
		problem_at(c, PATH("reminders", r->slug, "template"), "list some under resources, or use another template",
		    "the template speaks of {resources}, and this reminder carries none");
	if (known && carries && !says)
		problem_at(c, PATH("reminders", r->slug, "resources"), "write {resources} into the template, or remove them here",
		    "the template '%s' does not say where they go", t->slug);
}

static void check_reminder(struct check *c, const struct def_reminder *r)
{
	const struct def_template *t = find_template(c->d, r->template);
	const struct {
		const char *key, *value;
		int64_t when;
	} only[] = {
		{ "event", r->event, DEF_WHEN_EVENT_AHEAD },
		{ "survey", r->survey, DEF_WHEN_SURVEY_OPEN },
		{ "check_in", r->check_in, DEF_WHEN_CHECK_IN_DUE },
	};
	if (r->when == MENTOR_NONE)
		return;
	for (size_t i = 0; i < sizeof(only) / sizeof(*only); i++)
		if (only[i].value && r->when != only[i].when)
			problem_at(c, PATH("reminders", r->slug, only[i].key), "remove it, or change when", "this reminder is about something else");
	unsigned missing = t ? (template_subjects(t->subject) | template_subjects(t->text)) & ~subjects[r->when] : 0;
	if (missing)
		problem_at(c, PATH("reminders", r->slug, "template"), "use another template, or take the word out",
		    "the template speaks of {%s}, and this reminder is about nothing of that sort", first_of_subject(missing));
	if (t)
		check_carried(c, r, t);
	if (r->when == DEF_WHEN_EVENT_AHEAD && r->days != MENTOR_NONE && r->days > 0)
		problem_at(c, PATH("reminders", r->slug, "days"), "write a negative number: -7 is a week before", "the event would be over");
}

/* One decision, one message, which speaks of nothing that the decision is not about. */
static void check_use(struct check *c, size_t at)
{
	enum { PUBLISHED = 7 };
	const struct def_template *t = &c->d->templates[at];
	unsigned missing = t->use > 0 ? (template_subjects(t->subject) | template_subjects(t->text)) & ~(t->use >= PUBLISHED ? OF_PAIR : 0u) : 0;
	if (missing)
		problem_at(c, PATH("templates", t->slug, "for"), "take the word out", "the message speaks of {%s}, which there is not yet",
		    first_of_subject(missing));
	for (size_t i = 0; t->use > 0 && i < at; i++)
		if (c->d->templates[i].use == t->use)
			problem_at(c, PATH("templates", t->slug, "for"), "keep one of them", "'%s' is for the same", c->d->templates[i].slug);
}

static void check_messages(struct check *c)
{
	for (size_t i = 0; i < c->d->n_templates; i++) {
		const struct def_template *t = &c->d->templates[i];
		check_words_in_braces(c, PATH("templates", t->slug, "subject"), t->subject);
		check_words_in_braces(c, PATH("templates", t->slug, "text"), t->text);
		check_use(c, i);
	}
	for (size_t i = 0; i < c->d->n_reminders; i++)
		check_reminder(c, &c->d->reminders[i]);
}

/* ---- reports ---- */

/* A report cannot hold what the programme does not have. */
static void check_reports(struct check *c)
{
	static const struct {
		const char *section, *group;
	} needs[] = { { "equality", "equality" }, { "barriers", "barriers" } };
	for (size_t i = 0; i < c->d->n_reports; i++)
		for (size_t n = 0; n < sizeof(needs) / sizeof(*needs); n++)
			if (is_in(needs[n].section, c->d->reports[i].sections, c->d->reports[i].n_sections) && !yml_get(c->r->root, needs[n].group))
				problem_at(c, PATH("reports", c->d->reports[i].slug, "sections"), "take the section out, or add the group",
				    "the section '%s' needs the group '%s', which the file does not have", needs[n].section, needs[n].group);
}

/* ---- all ---- */

static void check_time_zone(struct check *c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
	const char *zone = c->d->time_zone;
	bool good = zone && zone[strspn(zone, letters)] == '\0' && zone[0] != '/' && !strstr(zone, "..");
	if (zone && !good)
		problem_at(c, PATH("time_zone"), "write it as the tz database does, such as Europe/London", "'%s' is not the name of a time zone", zone);
}

void definition_check(struct reader *r, const struct definition *d)
{
	struct check c = { r, d };
	check_time_zone(&c);
	check_labels(&c);
	check_contract(&c);
	check_stages(&c);
	check_application(&c);
	check_information(&c);
	check_equality(&c);
	check_policies(&c);
	check_matching(&c);
	check_events(&c);
	check_needs(&c, "mentor", &d->roles.mentor, "mentors");
	check_needs(&c, "mentee", &d->roles.mentee, "mentees");
	check_needs(&c, "facilitator", &d->roles.facilitator, "facilitators");
	check_surveys(&c);
	check_messages(&c);
	check_reports(&c);
}
