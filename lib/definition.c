/* definition.c: reading a programme definition, and finding things in it. */
#include "definition.h"

#include <stdlib.h>
#include <string.h>

static bool is_before(const struct mentor_problem *a, const struct mentor_problem *b)
{
	return a->place.line != b->place.line ? a->place.line < b->place.line : a->place.column < b->place.column;
}

/* Problems of one file in the order of the file: checks of the whole come after those of single keys. There are 200 at most. */
static void sort_problems(struct mentor *m, size_t first)
{
	for (size_t i = first + 1; i < m->n_problems; i++)
		for (size_t j = i; j > first && is_before(&m->problems[j], &m->problems[j - 1]); j--) {
			struct mentor_problem moved = m->problems[j];
			m->problems[j] = m->problems[j - 1];
			m->problems[j - 1] = moved;
		}
}

/* Only a scale has ends, so their defaults depend on the kind. */
static void complete_scales(const struct definition *d)
{
	for (size_t i = 0; i < d->n_surveys; i++)
		for (size_t n = 0; n < d->surveys[i].n_questions; n++) {
			struct def_question *q = &d->surveys[i].questions[n];
			if (q->kind == DEF_QUESTION_SCALE && q->minimum == MENTOR_NONE)
				q->minimum = 1;
			if (q->kind == DEF_QUESTION_SCALE && q->maximum == MENTOR_NONE)
				q->maximum = 5;
		}
}

/* Reads a tree into `d`; every problem is collected. */
static enum mentor_status read_tree(struct mentor *m, const char *file, const struct yml *root, bool whole, struct definition *d)
{
	struct reader r = { .m = m, .arena = &d->arena, .file = file, .root = root };
	size_t first = m->n_problems;
	keys_read(&r, root, definition_keys, d);
	complete_scales(d);
	if (whole && root->kind == YML_MAP)
		definition_check(&r, d);
	sort_problems(m, first);
	enum mentor_status status = r.path.failed || d->arena.failed ? fail_memory(m) : MENTOR_OK;
	mentor_buf_free(&r.path);
	return status;
}

static enum mentor_status read_text(struct mentor *m, const char *file, const char *text, size_t len, bool whole, struct definition **ret)
{
	struct arena tree = ARENA_INIT;
	const struct yml *root = NULL;
	struct definition *d = calloc(1, sizeof(*d));
	if (!d)
		return fail_memory(m);
	enum mentor_status status = yml_parse(m, &tree, file, text, len, &root);
	if (!status)
		status = read_tree(m, file, root, whole, d);
	arena_free(&tree);
	if (status)
		definition_free(d);
	else
		*ret = d;
	return status;
}

static enum mentor_status load(struct mentor *m, const char *file, const char *text, size_t len, bool whole, struct definition **ret)
{
	struct definition *d = NULL;
	problems_clear(m);
	enum mentor_status status = read_text(m, file, text, len, whole, &d);
	if (!status)
		status = problems_result(m, file);
	if (status)
		definition_free(d);
	else
		*ret = d;
	return status;
}

enum mentor_status definition_load(struct mentor *m, const char *file, const char *text, size_t len, struct definition **ret)
{
	return load(m, file, text, len, true, ret);
}

enum mentor_status definition_reload(struct mentor *m, const char *file, const char *text, size_t len, struct definition **ret)
{
	return load(m, file, text, len, false, ret);
}

enum mentor_status definition_examine(struct mentor *m, const char *file, const char *text, size_t len)
{
	struct definition *d = NULL;
	bool was_broken = m->broken;
	enum mentor_status status = read_text(m, file, text, len, true, &d);
	definition_free(d);
	if (status != MENTOR_INVALID)
		return status;
	struct mentor_place place = m->error.place; /* not YAML at all: the one place where reading stopped */
	problem_from_error(m, was_broken, &place);
	return MENTOR_OK;
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

const struct def_column *definition_column(const struct definition *d, const char *slug)
{
	for (size_t i = 0; i < d->application.n_columns; i++)
		if (strcmp(d->application.columns[i].slug, slug) == 0)
			return &d->application.columns[i];
	return NULL;
}

bool definition_lists(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; i < n && words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

bool definition_knows_field(const struct definition *d, const char *field)
{
	return definition_lists(def_person_fields, DEF_TO_NULL, field) ||
	       (definition_column(d, field) && !definition_lists(def_import_fields, DEF_TO_NULL, field));
}

const struct def_question *definition_question(const struct def_survey *s, const char *slug)
{
	for (size_t i = 0; i < s->n_questions; i++)
		if (strcmp(s->questions[i].slug, slug) == 0)
			return &s->questions[i];
	return NULL;
}

bool definition_is_measured(const struct def_question *q)
{
	return q->kind == DEF_QUESTION_SCALE || q->kind == DEF_QUESTION_YES_NO;
}

bool definition_asked_at(const struct def_question *q, const char *stage)
{
	return q->n_stages == 0 || definition_lists(q->stages, q->n_stages, stage);
}

enum mentor_status mentor_programme_keys(struct mentor *m, enum mentor_status (*each)(void *arg, const struct mentor_key *key),
    void *arg)
{
	return keys_walk(m, definition_keys, "", each, arg);
}

void mentor_programme_schema(struct mentor_buf *b)
{
	keys_write_schema(b, definition_keys, "programme file of mentor");
}
