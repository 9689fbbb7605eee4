/* check_matching.c: rules that no pair can keep, and rules that speak of what nobody is asked. */
#include "check.h"

#include <inttypes.h>

/* The field that rules and scores may speak of. */
static void check_field(struct check *c, const char *group, const char *slug, const char *field)
{
	for (size_t i = 0; i < c->d->equality.n_questions; i++)
		if (check_same(c->d->equality.questions[i].slug, field)) {
			check_problem(c, PATH("matching", group, slug, "field"), "what people say for monitoring never chooses their partner",
			    "'%s' is asked for equality monitoring", field);
			return;
		}
	bool told = c->d->arrangement == DEF_COMBINATION && check_same(field, "arrangement"); /* by check_arrangement_column() */
	if (told || definition_knows_field(c->d, field) || check_unread(c, PATH("application", "columns"), YML_MAP, c->d->application.n_columns))
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
	check_problem(c, PATH("matching", group, slug, "field"), mentor_buf_text(&hint), "'%s' is neither a field of a person nor a question", field);
	mentor_buf_free(&hint);
}

/* Whether nothing has been said about the words of the answers. */
static bool are_read(const struct definition *d, const struct def_column *column)
{
	static const char *const words[] = { "reverse", "reciprocal", "either", NULL };
	bool fixed = d->arrangement == DEF_COMBINATION && check_same(column->slug, "arrangement"), good = true;
	for (size_t i = 0; i < column->n_values; i++)
		good = good && *column->values[i].word && (!fixed || check_lists(column->values[i].word, words, DEF_TO_NULL));
	return good;
}

/* The answer that fits any other must be one that can be given. */
static void check_either(struct check *c, const char *group, const char *slug, const char *field, const char *either, bool fits)
{
	const struct def_column *column = field ? definition_column(c->d, field) : NULL;
	if (!either)
		return;
	if (!fits)
		check_problem(c, PATH("matching", group, slug, "either"), "remove it", "this kind knows no such answer");
	else if (column && column->n_values > 0 && !check_means(column, either) && are_read(c->d, column))
		check_problem(c, PATH("matching", group, slug, "either"), "use one of the words under values", "no answer to '%s' means '%s'", field,
		    either);
}

/* With one possible answer no two people differ. */
static bool always_same(const struct definition *d, const char *field)
{
	const struct def_column *column = definition_column(d, field);
	if (!column || column->n_values == 0)
		return false;
	for (size_t i = 1; i < column->n_values; i++)
		if (!check_same(column->values[i].word, column->values[0].word))
			return false;
	return true;
}

static void check_senior(struct check *c, const struct def_rule *rule)
{
	int64_t least = rule->minimum == MENTOR_NONE ? 1 : rule->minimum;
	if (check_unread(c, PATH("seniority"), YML_LIST, c->d->n_seniority))
		return;
	if (c->d->n_seniority < 2)
		check_problem(c, PATH("matching", "rules", rule->slug), "list the grades from junior to senior under seniority",
		    "the rule compares grades, and there are none");
	else if (least >= (int64_t)c->d->n_seniority)
		check_problem(c, PATH("matching", "rules", rule->slug, "minimum"), "choose a smaller number",
		    "of %zu grades no two are %" PRId64 " apart: the rule can never hold", c->d->n_seniority, least);
	else if (check_above(least, rule->maximum))
		check_problem(c, PATH("matching", "rules", rule->slug), "minimum and maximum must rise", "the range is upside down");
}

static void check_steps_unused(struct check *c, const struct def_rule *rule)
{
	if (rule->minimum != MENTOR_NONE)
		check_problem(c, PATH("matching", "rules", rule->slug, "minimum"), "remove it", "this rule counts no steps");
	if (rule->maximum != MENTOR_NONE)
		check_problem(c, PATH("matching", "rules", rule->slug, "maximum"), "remove it", "this rule counts no steps");
}

/* Two rules on one field of which one demands what the other forbids. */
static void check_contradiction(struct check *c, size_t at)
{
	const struct def_rule *rule = &c->d->matching.rules[at];
	for (size_t i = 0; i < at; i++) {
		const struct def_rule *other = &c->d->matching.rules[i];
		bool opposite = (rule->kind == DEF_RULE_DIFFERENT) != (other->kind == DEF_RULE_DIFFERENT);
		bool fixed = rule->kind == DEF_RULE_SAME || other->kind == DEF_RULE_SAME;
		if (opposite && fixed && check_same(rule->field, other->field))
			check_problem(c, PATH("matching", "rules", rule->slug), "remove one of the two",
			    "the rule '%s' demands the opposite: no pair can keep both", other->slug);
	}
}

static void check_rule(struct check *c, size_t at)
{
	const struct def_rule *rule = &c->d->matching.rules[at];
	bool compares = rule->kind == DEF_RULE_DIFFERENT || rule->kind == DEF_RULE_SAME || rule->kind == DEF_RULE_COMPATIBLE;
	if (rule->kind == MENTOR_NONE)
		return;
	if (compares && !rule->field && !yml_get(check_find(c->r->root, PATH("matching", "rules", rule->slug)), "field"))
		check_problem(c, PATH("matching", "rules", rule->slug), "such as field: directorate", "the key 'field' is missing");
	else if (!compares && rule->field)
		check_problem(c, PATH("matching", "rules", rule->slug, "field"), "remove it", "this rule compares no field");
	else if (compares && rule->field)
		check_field(c, "rules", rule->slug, rule->field);
	check_either(c, "rules", rule->slug, rule->field, rule->either, rule->kind == DEF_RULE_COMPATIBLE);
	if (rule->kind == DEF_RULE_SENIOR || rule->kind == DEF_RULE_APART)
		check_senior(c, rule);
	else
		check_steps_unused(c, rule);
	if (rule->kind == DEF_RULE_DIFFERENT && rule->field && always_same(c->d, rule->field))
		check_problem(c, PATH("matching", "rules", rule->slug), "give the question other answers, or remove the rule",
		    "every answer to '%s' means the same: the rule can never hold", rule->field);
	if (compares && rule->field)
		check_contradiction(c, at);
}

/* Nearness needs one number of each: the step of the grade, or one answer with a distance to measure it by. */
static void check_near(struct check *c, const struct def_score *score)
{
	const struct def_column *column = definition_column(c->d, score->field);
	if (check_same(score->field, "grade")) {
		if (c->d->n_seniority < 2 && !check_unread(c, PATH("seniority"), YML_LIST, c->d->n_seniority))
			check_problem(c, PATH("matching", "scores", score->slug), "list the grades from junior to senior under seniority",
			    "the rule compares grades, and there are none");
		return;
	}
	if (column && column->many == 1)
		check_problem(c, PATH("matching", "scores", score->slug, "field"), "use overlap for questions with several answers",
		    "'%s' has several answers, and near compares one number", score->field);
	if (score->within == MENTOR_NONE && !yml_get(check_find(c->r->root, PATH("matching", "scores", score->slug)), "within"))
		check_problem(c, PATH("matching", "scores", score->slug), "such as within: 5", "the key 'within' is missing");
}

static void check_score(struct check *c, const struct def_score *score)
{
	const struct yml *here = check_find(c->r->root, PATH("matching", "scores", score->slug));
	bool names = score->kind == DEF_SCORE_PREFERRED;
	if (score->kind == MENTOR_NONE)
		return;
	if (names && score->field)
		check_problem(c, PATH("matching", "scores", score->slug, "field"), "remove it", "this kind compares no field");
	else if (!names && !score->field && !yml_get(here, "field"))
		check_problem(c, PATH("matching", "scores", score->slug), "such as field: topics", "the key 'field' is missing");
	else if (score->field)
		check_field(c, "scores", score->slug, score->field);
	check_either(c, "scores", score->slug, score->field, score->either, score->kind == DEF_SCORE_SAME);
	if (score->kind == DEF_SCORE_NEAR && score->field)
		check_near(c, score);
	else if (score->kind != DEF_SCORE_NEAR && score->within != MENTOR_NONE)
		check_problem(c, PATH("matching", "scores", score->slug, "within"), "remove it", "this kind measures no distance");
	if (!names && score->of != MENTOR_NONE)
		check_problem(c, PATH("matching", "scores", score->slug, "of"), "remove it", "this kind counts no preferences");
}

void check_matching(struct check *c)
{
	const struct def_matching *matching = &c->d->matching;
	for (size_t i = 0; i < matching->n_rules; i++)
		check_rule(c, i);
	for (size_t i = 0; i < matching->n_scores; i++)
		check_score(c, &matching->scores[i]);
}
