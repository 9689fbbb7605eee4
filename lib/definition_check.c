/* definition_check.c: what no single key of a programme file can tell: keys that contradict each other, rules that can never hold, surveys
 * that can measure nothing, messages that speak of what is not there.
 *
 * A value that could not be read is NULL or MENTOR_NONE here and was reported before: nothing is said about it twice. */
#include "definition.h"

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
	keys_pop(c->r, 0);
	for (size_t i = 0; steps[i]; i++)
		keys_push(c->r, steps[i]);
	keys_problem(c->r, descend(c->r->root, steps), hint, "%s", mentor_buf_text(&message));
	keys_pop(c->r, 0);
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

/* Every answer must mean one of these words. */
static void check_words(struct check *c, const struct def_column *column, const char *const *words, const char *hint)
{
	for (size_t i = 0; i < column->n_values; i++)
		if (*column->values[i].word && !is_in(column->values[i].word, words, NO_END))
			problem_at(c, PATH("application", "columns", column->slug, "values", column->values[i].text), hint,
			    "'%s' is not what an answer can mean here", column->values[i].word);
}

static void check_role_column(struct check *c, const struct def_column *column)
{
	static const char *const words[] = { "mentor", "mentee", "either", NULL };
	check_words(c, column, words, "write mentor, mentee or either");
	bool either = column->n_values == 0 || has_word(column, "either");
	for (size_t i = 0; i < 2; i++)
		if (!either && !has_word(column, words[i]))
			problem_at(c, PATH("application", "columns", "role", "values"), "without one of each side there can be no pair",
			    "no answer means %s", words[i]);
}

static void check_arrangement_column(struct check *c)
{
	static const char *const words[] = { "reverse", "reciprocal", "either", NULL };
	const struct def_column *column = definition_column(c->d, "arrangement");
	if (!column) {
		problem_at(c, PATH("arrangement"), "add application.columns.arrangement with answers that mean reverse, reciprocal or either",
		    "nobody is asked which arrangement they want");
		return;
	}
	check_words(c, column, words, "write reverse, reciprocal or either");
	for (size_t i = 0; i < c->d->matching.n_rules; i++)
		if (c->d->matching.rules[i].kind == DEF_RULE_COMPATIBLE && same(c->d->matching.rules[i].field, "arrangement"))
			return;
	problem_at(c, PATH("arrangement"), "add to matching.rules: { rule: compatible, field: arrangement, either: either }",
	    "no rule keeps people apart who want different arrangements");
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
		if (same(c->d->resources[i].slug, c->d->application.information) && c->d->resources[i].audience != APPLICANTS)
			problem_at(c, PATH("application", "information"), "give the resource audience: applicants",
			    "applicants have to read it, and it is not for them");
}

static void check_policies(struct check *c)
{
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
	if (definition_knows_field(c->d, field))
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

/* The answer that fits any other must be one that can be given. */
static void check_either(struct check *c, const char *group, const char *slug, const char *field, const char *either, bool fits)
{
	const struct def_column *column = field ? definition_column(c->d, field) : NULL;
	if (!either)
		return;
	if (!fits)
		problem_at(c, PATH("matching", group, slug, "either"), "remove it", "this kind knows no such answer");
	else if (column && column->n_values > 0 && !has_word(column, either))
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
		problem_at(c, PATH("matching", "rules", rule->slug), NULL, "the key 'field' is missing");
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

static void check_time(struct check *c, const char *event, const struct def_time *t)
{
	const struct yml *y = descend(c->r->root, PATH("events", event, "times", t->slug));
	bool date = yml_get(y, "date"), from = yml_get(y, "from");
	if (date == from)
		problem_at(c, PATH("events", event, "times", t->slug), "write date: 2026-06-09, or from: starts and weeks: -2",
		    date ? "has both a date and a day of the cohort" : "it is not said when");
	if (!from && t->weeks != MENTOR_NONE)
		problem_at(c, PATH("events", event, "times", t->slug, "weeks"), "from says which day of the cohort they are counted from",
		    "weeks are counted from nothing");
	if (t->end && !t->start)
		problem_at(c, PATH("events", event, "times", t->slug, "end"), "give start as well", "it ends and never begins");
	if (t->start && t->end && strcmp(t->start, t->end) >= 0)
		problem_at(c, PATH("events", event, "times", t->slug, "end"), "times are written as 14:00", "it ends before it begins");
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
		problem_at(c, PATH("roles", name, "needs"), "change the audience of the event", "'%s' is an event for %s", e->slug,
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
	if (choice && q->n_choices < 2)
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug), "list at least two under choices", "there is nothing to choose from");
	if (q->kind == DEF_QUESTION_SCALE && q->minimum != MENTOR_NONE && q->maximum != MENTOR_NONE && q->minimum >= q->maximum)
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug), "minimum is the lowest answer, maximum the highest",
		    "the scale is upside down");
}

static void check_consent(struct check *c, const struct def_survey *s, const struct def_question *q)
{
	for (size_t i = 0; q->consent && i < s->n_questions; i++)
		if (same(s->questions[i].slug, q->consent) && s->questions[i].kind == DEF_QUESTION_YES_NO)
			return;
	if (q->consent)
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug, "consent"), "add a question of kind yes-no to this survey",
		    "there is no yes-no question '%s' in this survey", q->consent);
}

static const char *heading(const struct def_question *q)
{
	return q->header ? q->header : q->text;
}

static void check_question(struct check *c, const struct def_survey *s, size_t at)
{
	const struct def_question *q = &s->questions[at];
	check_kind(c, s, q);
	check_consent(c, s, q);
	for (size_t i = 0; i < q->n_stages; i++)
		if (!is_in(q->stages[i], s->stages, s->n_stages)) {
			const char *near = NULL;
			for (size_t n = 0; !near && n < s->n_stages; n++)
				near = mentor_nearest(q->stages[i], PATH(s->stages[n]));
			struct mentor_buf hint = MENTOR_BUF_INIT;
			mentor_buf_fmt(&hint, near ? "did you mean '%s'?" : "the survey's stages are listed under surveys.%s.stages", near ? near : s->slug);
			problem_at(c, PATH("surveys", s->slug, "questions", q->slug, "stages"), mentor_buf_text(&hint),
			    "the survey has no stage '%s'", q->stages[i]);
			mentor_buf_free(&hint);
		}
	for (size_t i = 0; i < at; i++)
		if (same(heading(q), heading(&s->questions[i])))
			problem_at(c, PATH("surveys", s->slug, "questions", q->slug), "give one of them another header",
			    "'%s' has the same heading in the export", s->questions[i].slug);
	if (!s->anonymous && same(heading(q), s->email_header))
		problem_at(c, PATH("surveys", s->slug, "questions", q->slug), "give it another header", "its heading is that of the address");
}

static bool is_measured(const struct def_question *q)
{
	return q->kind == DEF_QUESTION_SCALE || q->kind == DEF_QUESTION_YES_NO;
}

static void check_openings(struct check *c, const struct def_survey *s)
{
	for (size_t i = 0; i < s->n_open; i++)
		if (!is_in(s->open[i].slug, s->stages, s->n_stages))
			problem_at(c, PATH("surveys", s->slug, "open", s->open[i].slug), "use a name listed under stages of this survey",
			    "the survey has no stage '%s'", s->open[i].slug);
}

/* Change can only be told by a question that is asked at both ends. */
static void check_shared(struct check *c, const struct def_survey *s)
{
	if (s->n_stages < 2 || s->n_questions == 0)
		return;
	const char *first = s->stages[0], *last = s->stages[s->n_stages - 1];
	for (size_t i = 0; i < s->n_questions; i++) {
		const struct def_question *q = &s->questions[i];
		if (is_measured(q) && definition_asked_at(q, first) && definition_asked_at(q, last))
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
		check_openings(c, s);
		check_shared(c, s);
	}
}

/* ---- messages ---- */

/* What a message can be about, beyond a person of a cohort. */
enum { OF_PAIR = 1, OF_EVENT = 2, OF_SURVEY = 4, OF_ACTION = 8, OF_ALL = 15 };

static const unsigned subjects[] = { [DEF_WHEN_CONTRACT_UNSIGNED] = OF_PAIR, [DEF_WHEN_NO_SESSION] = OF_PAIR, [DEF_WHEN_BEHIND_PACE] = OF_PAIR,
	[DEF_WHEN_LOW_PARTICIPATION] = OF_PAIR, [DEF_WHEN_EVENT_AHEAD] = OF_EVENT, [DEF_WHEN_SURVEY_OPEN] = OF_SURVEY,
	[DEF_WHEN_ACTION_OVERDUE] = OF_PAIR | OF_ACTION, [DEF_WHEN_RETENTION_DUE] = 0 };

static const struct word {
	const char *name;
	unsigned subject; /* 0: always there */
	const char *help;
} words[] = {
	{ "name", 0, "the person written to" },
	{ "role", 0, "what the programme calls the person's side" },
	{ "about", 0, "whom it is about, when it goes to somebody else" },
	{ "programme", 0, "title of the programme" },
	{ "organisation", 0, "who runs it" },
	{ "cohort", 0, "title of the cohort" },
	{ "contact_name", 0, "who answers enquiries" },
	{ "contact_email", 0, "where to write" },
	{ "opens_on", 0, "first day for applications" },
	{ "closes_on", 0, "last day for applications" },
	{ "starts_on", 0, "first day of the work in pairs" },
	{ "ends_on", 0, "last day of the cohort" },
	{ "resources", 0, "the resources that go with the reminder" },
	{ "partner", OF_PAIR, "the other person of the pair" },
	{ "sessions", OF_PAIR, "how many sessions the pair has held" },
	{ "sessions_due", OF_PAIR, "how many are due by now" },
	{ "last_session", OF_PAIR, "day of the last session" },
	{ "event", OF_EVENT, "title of the event" },
	{ "event_date", OF_EVENT, "its day" },
	{ "event_start", OF_EVENT, "when it begins" },
	{ "event_end", OF_EVENT, "when it ends" },
	{ "event_place", OF_EVENT, "where it is, or its link" },
	{ "survey", OF_SURVEY, "title of the survey" },
	{ "survey_link", OF_SURVEY, "where to answer it" },
	{ "action", OF_ACTION, "the action" },
	{ "action_due", OF_ACTION, "the day it is due" },
};

enum { N_WORDS = sizeof(words) / sizeof(*words) };

static const struct word *find_word(const char *name, size_t len)
{
	for (size_t i = 0; i < N_WORDS; i++)
		if (strlen(words[i].name) == len && strncmp(words[i].name, name, len) == 0)
			return &words[i];
	return NULL;
}

static void unknown_word(struct check *c, const char *const *steps, const char *name)
{
	const char *names[N_WORDS + 1] = { 0 };
	for (size_t i = 0; i < N_WORDS; i++)
		names[i] = words[i].name;
	const char *near = mentor_nearest(name, names);
	struct mentor_buf hint = MENTOR_BUF_INIT;
	if (near)
		mentor_buf_fmt(&hint, "did you mean {%s}?", near);
	else
		mentor_buf_str(&hint, "mentor-programme(5) lists what can stand in braces");
	problem_at(c, steps, mentor_buf_text(&hint), "{%s} is not something that can be filled in", name);
	mentor_buf_free(&hint);
}

/* Walks the words in braces of a text. Returns the subjects they need; problems at `steps` when it is not NULL. */
static unsigned check_words_in_braces(struct check *c, const char *const *steps, const char *text)
{
	unsigned needed = 0;
	for (const char *p = text ? strpbrk(text, "{}") : NULL; p; p = strpbrk(p, "{}")) {
		size_t len = strcspn(p + 1, "{}");
		const struct word *word = *p == '{' && p[1 + len] == '}' ? find_word(p + 1, len) : NULL;
		if (word)
			needed |= word->subject;
		if (steps && (*p == '}' || p[1 + len] != '}'))
			problem_at(c, steps, "a word to fill in stands in one pair: {name}", *p == '}' ? "a } stands alone" : "a { is not closed");
		else if (steps && !word) {
			struct mentor_buf name = MENTOR_BUF_INIT;
			mentor_buf_add(&name, p + 1, len < 60 ? len : 60);
			unknown_word(c, steps, mentor_buf_text(&name));
			mentor_buf_free(&name);
		}
		p += *p == '{' && p[1 + len] == '}' ? len + 2 : 1;
	}
	return needed;
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
	for (size_t i = 0; i < N_WORDS; i++)
		if (words[i].subject & subject)
			return words[i].name;
	return "";
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
	unsigned needed = t ? check_words_in_braces(c, NULL, t->subject) | check_words_in_braces(c, NULL, t->text) : 0;
	unsigned missing = needed & ~subjects[r->when];
	if (missing)
		problem_at(c, PATH("reminders", r->slug, "template"), "use another template, or take the word out",
		    "the template speaks of {%s}, and this reminder is about nothing of that sort", first_of_subject(missing));
	if (t)
		check_carried(c, r, t);
	if (r->when == DEF_WHEN_EVENT_AHEAD && r->days != MENTOR_NONE && r->days > 0)
		problem_at(c, PATH("reminders", r->slug, "days"), "write a negative number: -7 is a week before", "the event would be over");
}

/* One decision, one message. */
static void check_use(struct check *c, size_t at)
{
	const struct def_template *t = &c->d->templates[at];
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

enum mentor_status mentor_programme_words(enum mentor_status (*each)(void *arg, const struct mentor_programme_word *word), void *arg)
{
	static const char *const whens[] = { [0] = "every message", [OF_PAIR] = "reminders about a pair", [OF_EVENT] = "reminders about an event",
		[OF_SURVEY] = "reminders about a survey", [OF_ACTION] = "reminders about an action" };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < N_WORDS; i++) {
		const struct mentor_programme_word word = { words[i].name, whens[words[i].subject], words[i].help };
		status = each(arg, &word);
	}
	return status;
}

/* ---- all ---- */

static void check_time_zone(struct check *c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
	const char *zone = c->d->time_zone;
	bool good = zone && zone[strspn(zone, letters)] == '\0' && zone[0] != '/' && !strstr(zone, "..");
	if (zone && !good)
		problem_at(c, PATH("time_zone"), "such as Europe/London", "'%s' is not the name of a time zone", zone);
}

void definition_check(struct reader *r, const struct definition *d)
{
	struct check c = { r, d };
	check_time_zone(&c);
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
}
