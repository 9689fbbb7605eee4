/* definition.c: the table of keys of a programme definition, and what no single key can tell. */
#include "definition.h"

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
	if (r->m->n_problems == CONTEXT_MAX_PROBLEMS) { /* finding the place is not free: no more than will be listed */
		r->m->n_unlisted++;
		return;
	}
	keys_pop(r, 0);
	for (size_t i = 0; steps[i]; i++)
		keys_push(r, steps[i]);
	const struct yml *y = descend(root, steps);
	keys_problem(r, y, hint, "%s", message);
	keys_pop(r, 0);
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
		keys_read(&r, root, programme_keys, d);
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

enum mentor_status mentor_programme_keys(struct mentor *m, enum mentor_status (*each)(void *arg, const struct mentor_key *key),
    void *arg)
{
	return keys_walk(m, programme_keys, "", each, arg);
}
