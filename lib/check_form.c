/* check_form.c: the application, equality monitoring, and why their answers are held. */
#include "check.h"

#include <string.h>

/* Every answer must mean one of these words. Returns whether all do. */
static bool check_words(struct check *c, const struct def_column *column, const char *const *words, const char *hint)
{
	bool good = true;
	for (size_t i = 0; i < column->n_values; i++) {
		const char *text = column->values[i].text, *word = column->values[i].word;
		if (check_lists(word, words, DEF_TO_NULL))
			continue;
		good = false;
		if (text && word && *word) /* else it could not be read, and that was said */
			check_problem(c, PATH("application", "columns", column->slug, "values", text), hint,
			    "'%s' is not what an answer can mean here", word);
	}
	return good;
}

static void check_role_column(struct check *c, const struct def_column *column)
{
	static const char *const words[] = { "mentor", "mentee", "either", NULL };
	bool either = !check_words(c, column, words, "write mentor, mentee or either") || column->n_values == 0 || check_means(column, "either");
	for (size_t i = 0; i < 2; i++)
		if (!either && !check_means(column, words[i]))
			check_problem(c, PATH("application", "columns", "role", "values"), "without one of each side there can be no pair",
			    "no answer means %s", words[i]);
}

/* Whether the rule keeps people apart who want different arrangements, or was meant to before a slip that is told elsewhere. */
static bool may_keep_apart(const struct definition *d, const struct def_rule *rule)
{
	if (rule->kind == MENTOR_NONE)
		return true;
	return rule->kind == DEF_RULE_COMPATIBLE &&
	       (!rule->field || check_same(rule->field, "arrangement") || !definition_knows_field(d, rule->field));
}

static void check_arrangement_column(struct check *c)
{
	static const char *const words[] = { "reverse", "reciprocal", "either", NULL };
	const struct def_column *column = definition_column(c->d, "arrangement");
	if (check_unread(c, PATH("application", "columns"), YML_MAP, c->d->application.n_columns))
		return;
	if (!column) {
		check_problem(c, PATH("arrangement"), "add application.columns.arrangement with answers that mean reverse, reciprocal or either",
		    "nobody is asked which arrangement they want");
		return;
	}
	check_words(c, column, words, "write reverse, reciprocal or either");
	if (check_unread(c, PATH("matching", "rules"), YML_MAP, c->d->matching.n_rules))
		return;
	for (size_t i = 0; i < c->d->matching.n_rules; i++)
		if (may_keep_apart(c->d, &c->d->matching.rules[i]))
			return;
	check_problem(c, PATH("arrangement"), "add to matching.rules: { rule: compatible, field: arrangement, either: either }",
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
				check_problem(c, PATH("application", "columns", slug), mentor_buf_text(&hint), "this would be a question of your own");
			mentor_buf_free(&hint);
		}
}

static void check_headers(struct check *c, const char *section, const char *group, const struct def_column *columns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < i; j++)
			if (check_same(columns[i].header, columns[j].header) && columns[i].occurrence == columns[j].occurrence)
				check_problem(c, PATH(section, group, columns[i].slug, "header"), "occurrence says which one, when a heading repeats",
				    "the heading fills %s already", columns[j].slug);
	}
}

static void check_columns(struct check *c)
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
			check_problem(c, PATH("application", "columns"), "email, name and role are always needed",
			    "a column for an applicant's %s is missing", needed[i]);
	check_column_names(c);
	check_headers(c, "application", "columns", f->columns, f->n_columns);
	for (size_t i = 0; i < f->n_columns; i++)
		if (check_lists(f->columns[i].header, f->ignore, f->n_ignore))
			check_problem(c, PATH("application", "columns", f->columns[i].slug, "header"), "take it out of one of them",
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
			if (check_same(q->slug, column->slug) || check_same(q->header, column->header))
				check_problem(c, PATH("equality", "questions", q->slug), "ask for monitoring on a form of its own, and under another name",
				    "the application asks this as well");
		}
}

static void check_information(struct check *c)
{
	for (size_t i = 0; i < c->d->n_resources; i++)
		if (check_same(c->d->resources[i].slug, c->d->application.information) && c->d->resources[i].audience != DEF_APPLICANTS &&
		    c->d->resources[i].audience != MENTOR_NONE)
			check_problem(c, PATH("application", "information"), "give the resource audience: applicants",
			    "applicants have to read it, and it is not for them");
}

static void check_policies(struct check *c)
{
	if (check_unread(c, PATH("application", "columns"), YML_MAP, c->d->application.n_columns))
		return;
	for (size_t i = 0; i < c->d->privacy.n_fields; i++) {
		const char *slug = c->d->privacy.fields[i].slug;
		if (!definition_column(c->d, slug) && !check_lists(slug, def_import_fields, DEF_TO_NULL))
			check_problem(c, PATH("privacy", "fields", slug), "name a column of application.columns", "no such value is asked for");
		const struct def_column *consent = c->d->privacy.fields[i].consent ? definition_column(c->d, c->d->privacy.fields[i].consent) : NULL;
		if (consent && !check_means(consent, "yes"))
			check_problem(c, PATH("privacy", "fields", slug, "consent"), "give the column values of which one means yes", "no answer to it means yes");
	}
}

void check_application(struct check *c)
{
	check_columns(c);
	check_information(c);
	check_equality(c);
	check_policies(c);
}
