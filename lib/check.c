/* check.c: finding a value of the file again, and saying what is wrong with it. */
#include "check.h"

#include <string.h>

const struct yml *check_find(const struct yml *y, const char *const *steps)
{
	for (; *steps; steps++) {
		const struct yml *child = yml_get(y, *steps);
		if (!child)
			break;
		y = child;
	}
	return y;
}

void check_problem(struct check *c, const char *const *steps, const char *hint, const char *format, ...)
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
	keys_problem(c->r, check_find(c->r->root, steps), hint, "%s", mentor_buf_text(&message));
	keys_pop(&c->r->path, 0);
	mentor_buf_free(&message);
}

bool check_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

bool check_lists(const char *word, const char *const *words, size_t n)
{
	return word && definition_lists(words, n, word);
}

bool check_unread(const struct check *c, const char *const *steps, enum yml_kind kind, size_t n_read)
{
	const struct yml *y = c->r->root;
	for (; y && *steps; steps++) {
		if (y->kind != YML_MAP)
			return true;
		y = yml_get(y, *steps);
	}
	return y && (y->kind != kind || y->n != n_read);
}

bool check_above(int64_t a, int64_t b)
{
	return a != MENTOR_NONE && b != MENTOR_NONE && a > b;
}

bool check_means(const struct def_column *column, const char *word)
{
	for (size_t i = 0; i < column->n_values; i++)
		if (check_same(column->values[i].word, word))
			return true;
	return false;
}
