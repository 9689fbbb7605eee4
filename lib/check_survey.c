/* check_survey.c: questions that do not fit their kind, and surveys that can measure nothing. */
#include "check.h"

#include <string.h>

static void check_only_for(struct check *c, const struct def_survey *s, const struct def_question *q, const char *key, const char *kind)
{
	if (yml_get(check_find(c->r->root, PATH("surveys", s->slug, "questions", q->slug)), key))
		check_problem(c, PATH("surveys", s->slug, "questions", q->slug, key), "remove it, or change the kind", "only %s has this key", kind);
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
	const struct yml *choices = !choice ? NULL : yml_get(check_find(c->r->root, PATH("surveys", s->slug, "questions", q->slug)), "choices");
	if (choice && (!choices || (choices->kind == YML_LIST && choices->n < 2)))
		check_problem(c, PATH("surveys", s->slug, "questions", q->slug), "list at least two under choices", "there is nothing to choose from");
	if (q->kind == DEF_QUESTION_SCALE && q->minimum != MENTOR_NONE && q->maximum != MENTOR_NONE && q->minimum >= q->maximum)
		check_problem(c, PATH("surveys", s->slug, "questions", q->slug), "minimum is the lowest answer, maximum the highest; 1 and 5 when not given",
		    "the scale is upside down");
}

/* An export separates the choices of one answer by semicolons. */
static void check_choices(struct check *c, const struct def_survey *s, const struct def_question *q)
{
	for (size_t i = 0; q->kind == DEF_QUESTION_MULTI && i < q->n_choices; i++)
		if (strchr(q->choices[i], ';'))
			check_problem(c, PATH("surveys", s->slug, "questions", q->slug, "choices"), "write it with a comma",
			    "a ; stands between the choices of an answer, so no choice can hold one");
}

static void check_consent(struct check *c, const struct def_survey *s, const struct def_question *q)
{
	for (size_t i = 0; q->consent && i < s->n_questions; i++)
		if (check_same(s->questions[i].slug, q->consent) &&
		    (s->questions[i].kind == DEF_QUESTION_YES_NO || s->questions[i].kind == MENTOR_NONE))
			return;
	if (q->consent)
		check_problem(c, PATH("surveys", s->slug, "questions", q->slug, "consent"), "add a question of kind yes-no to this survey",
		    "there is no yes-no question '%s' in this survey", q->consent);
}

static int64_t or_else(int64_t number, int64_t usual)
{
	return number == MENTOR_NONE ? usual : number;
}

static bool same_scale(const struct def_question *a, const struct def_question *b)
{
	return a->kind == b->kind && or_else(a->minimum, 1) == or_else(b->minimum, 1) && or_else(a->maximum, 5) == or_else(b->maximum, 5);
}

/* The question that is asked again in hindsight, on the same scale and at one stage at least together with it. */
static void check_then(struct check *c, const struct def_survey *s, const struct def_question *q)
{
	const struct def_question *of = q->then ? definition_question(s, q->then) : NULL;
	bool together = false;
	if (!q->then || q->kind == MENTOR_NONE)
		return;
	for (size_t i = 0; of && i < s->n_stages; i++)
		together = together || (definition_asked_at(q, s->stages[i]) && definition_asked_at(of, s->stages[i]));
	if (!of || of == q || of->then)
		check_problem(c, PATH("surveys", s->slug, "questions", q->slug, "then"), "name a question that is asked before and after", "there is no other question '%s' in this survey to compare with", q->then);
	else if (!definition_is_measured(q) || !same_scale(q, of))
		check_problem(c, PATH("surveys", s->slug, "questions", q->slug, "then"), "give both the same kind, minimum and maximum", "'%s' is answered on another scale", q->then);
	else if (!together)
		check_problem(c, PATH("surveys", s->slug, "questions", q->slug, "then"), "ask both at the later stage", "'%s' is never asked together with it", q->then);
}

static const char *heading(const struct def_question *q)
{
	return q->header ? q->header : q->text;
}

static void check_stage(struct check *c, const struct def_survey *s, const char *const *steps, const char *stage)
{
	if (check_lists(stage, s->stages, s->n_stages) || check_unread(c, PATH("surveys", s->slug, "stages"), YML_LIST, s->n_stages))
		return;
	const char *near = NULL;
	for (size_t n = 0; !near && n < s->n_stages; n++)
		near = mentor_nearest(stage, PATH(s->stages[n]));
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, near ? "did you mean '%s'?" : "the survey's stages are listed under surveys.%s.stages", near ? near : s->slug);
	check_problem(c, steps, mentor_buf_text(&hint), "the survey has no stage '%s'", stage);
	mentor_buf_free(&hint);
}

static void check_question(struct check *c, const struct def_survey *s, size_t at)
{
	const struct def_question *q = &s->questions[at];
	check_kind(c, s, q);
	check_choices(c, s, q);
	check_consent(c, s, q);
	check_then(c, s, q);
	for (size_t i = 0; i < q->n_stages; i++)
		check_stage(c, s, PATH("surveys", s->slug, "questions", q->slug, "stages"), q->stages[i]);
	for (size_t i = 0; i < at; i++)
		if (check_same(heading(q), heading(&s->questions[i])))
			check_problem(c, PATH("surveys", s->slug, "questions", q->slug), "give one of them another header",
			    "'%s' has the same heading in the export", s->questions[i].slug);
	if (!s->anonymous && check_same(heading(q), s->email_header))
		check_problem(c, PATH("surveys", s->slug, "questions", q->slug), "give it another header", "its heading is that of the address");
	if (check_same(heading(q), s->response_header))
		check_problem(c, PATH("surveys", s->slug, "questions", q->slug), "give it another header", "its heading is that of the response");
}

/* Whether something about the question could not be read, or was wrong: then nothing is known about change. */
static bool is_in_doubt(const struct def_survey *s, const struct def_question *q)
{
	bool doubt = q->kind == MENTOR_NONE;
	for (size_t i = 0; i < q->n_stages; i++)
		doubt = doubt || !check_lists(q->stages[i], s->stages, s->n_stages);
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
		if (is_in_doubt(s, q) || (definition_is_measured(q) && definition_asked_at(q, first) && definition_asked_at(q, last)))
			return;
	}
	check_problem(c, PATH("surveys", s->slug, "stages"), "ask a scale or yes-no question at both, or make two surveys",
	    "no question is asked both %s and %s, so no change can be told", first, last);
}

void check_surveys(struct check *c)
{
	for (size_t i = 0; i < c->d->n_surveys; i++) {
		const struct def_survey *s = &c->d->surveys[i];
		for (size_t q = 0; q < s->n_questions; q++)
			check_question(c, s, q);
		if (!s->anonymous && check_same(s->email_header, s->response_header))
			check_problem(c, PATH("surveys", s->slug, "response_header"), "two columns are needed, each with a heading of its own",
			    "the heading is that of the address");
		check_openings(c, s);
		check_shared(c, s);
	}
}
