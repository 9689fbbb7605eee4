/* context.c: making and freeing a context, its last error, its clock. */
#include "context.h"

#include "date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The stable words of enum mentor_status, in its order. */
static const char *const status_codes[] = { "ok", "failed", "usage", "invalid", "not-found", "refused", "busy", "partial",
	"found", "version-too-old", "version-too-new", "no-memory", "bug" };

const char *mentor_status_code(enum mentor_status status)
{
	size_t i = (size_t)status;
	return i < sizeof(status_codes) / sizeof(*status_codes) ? status_codes[i] : "bug";
}

struct mentor *mentor_new(void)
{
	struct mentor *m = calloc(1, sizeof(*m));
	if (m)
		m->actor = "admin";
	return m;
}

void context_free(struct mentor *m)
{
	arena_free(&m->error_memory);
	arena_free(&m->problem_memory);
	arena_free(&m->kept);
	mentor_buf_free(&m->hint);
	free(m->problems);
	free(m);
}

const struct mentor_error *mentor_error(const struct mentor *m)
{
	return &m->error;
}

/* Starts a new failure. Arguments of the coming message may point into the old one, so its memory is handed
 * back to the caller to free when the new texts are made. */
static struct arena error_begin(struct mentor *m, enum mentor_status status)
{
	struct arena old = m->error_memory;
	m->error_memory = (struct arena)ARENA_INIT;
	m->error = (struct mentor_error){ .status = status, .code = mentor_status_code(status) };
	return old;
}

static const char *format_into(struct arena *a, const char *format, va_list args) MENTOR_PRINTF(2, 0);
static const char *format_into(struct arena *a, const char *format, va_list args)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_vfmt(&b, format, args);
	const char *text = b.failed ? NULL : arena_strdup(a, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return text ? text : "not enough memory";
}

static struct mentor_place copy_place(struct arena *a, const struct mentor_place *place)
{
	if (!place)
		return (struct mentor_place){ 0 };
	struct mentor_place copy = *place;
	copy.file = arena_strdup(a, place->file);
	copy.field = arena_strdup(a, place->field);
	return copy;
}

static enum mentor_status fail_v(struct mentor *m, enum mentor_status status, const struct mentor_place *place,
    const char *hint, const char *format, va_list args) MENTOR_PRINTF(5, 0);
static enum mentor_status fail_v(struct mentor *m, enum mentor_status status, const struct mentor_place *place,
    const char *hint, const char *format, va_list args)
{
	struct arena old = error_begin(m, status);
	m->error.message = format_into(&m->error_memory, format, args);
	m->error.hint = arena_strdup(&m->error_memory, hint);
	m->error.place = copy_place(&m->error_memory, place);
	m->broken = m->depth > 0;
	arena_free(&old);
	return status;
}

enum mentor_status mentor_fail(struct mentor *m, enum mentor_status status, const char *hint, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fail_v(m, status, NULL, hint, format, args);
	va_end(args);
	return status;
}

const char *mentor_hint(struct mentor *m, const char *format, ...)
{
	va_list args;
	mentor_buf_free(&m->hint);
	va_start(args, format);
	mentor_buf_vfmt(&m->hint, format, args);
	va_end(args);
	return m->hint.failed ? NULL : mentor_buf_text(&m->hint);
}

enum mentor_status fail(struct mentor *m, enum mentor_status status, const char *hint, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fail_v(m, status, NULL, hint, format, args);
	va_end(args);
	return status;
}

enum mentor_status fail_at(struct mentor *m, enum mentor_status status, const struct mentor_place *place, const char *hint,
    const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fail_v(m, status, place, hint, format, args);
	va_end(args);
	return status;
}

enum mentor_status fail_memory(struct mentor *m)
{
	arena_free(&m->error_memory);
	m->error = (struct mentor_error){
		.status = MENTOR_NO_MEMORY, .code = mentor_status_code(MENTOR_NO_MEMORY), .message = "not enough memory"
	};
	m->broken = m->depth > 0;
	return MENTOR_NO_MEMORY;
}

enum mentor_status fail_state(struct mentor *m, enum mentor_status status, const char *state)
{
	m->error.state = state;
	return status;
}

void problems_clear(struct mentor *m)
{
	m->n_problems = m->n_unlisted = 0;
	m->starved = false;
	arena_free(&m->problem_memory);
	m->error = (struct mentor_error){ 0 };
}

static struct mentor_problem *problem_room(struct mentor *m)
{
	if (m->n_problems == m->cap_problems && m->cap_problems < CONTEXT_MAX_PROBLEMS) {
		size_t cap = m->cap_problems ? m->cap_problems * 5 : 8; /* 8, 40, 200 */
		struct mentor_problem *grown = realloc(m->problems, cap * sizeof(*grown));
		if (grown) {
			m->problems = grown;
			m->cap_problems = cap;
		}
	}
	if (m->n_problems < m->cap_problems)
		return &m->problems[m->n_problems++];
	m->n_unlisted++;
	return NULL;
}

void problem_add(struct mentor *m, const struct mentor_place *place, const char *hint, const char *format, ...)
{
	struct mentor_problem *problem = problem_room(m);
	if (!problem)
		return;
	va_list args;
	va_start(args, format);
	*problem = (struct mentor_problem){
		.place = copy_place(&m->problem_memory, place),
		.message = format_into(&m->problem_memory, format, args),
		.hint = arena_strdup(&m->problem_memory, hint),
	};
	va_end(args);
}

void error_forget(struct mentor *m, bool was_broken)
{
	m->error = (struct mentor_error){ 0 };
	m->broken = was_broken;
}

/* Only what is wrong with the input can be collected and passed over; a store or a machine that failed still dooms the transaction. */
void problem_from_error(struct mentor *m, bool was_broken, const struct mentor_place *place)
{
	bool of_input = m->error.status == MENTOR_INVALID || m->error.status == MENTOR_NOT_FOUND;
	m->starved |= m->error.status == MENTOR_NO_MEMORY;
	problem_add(m, place, m->error.hint, "%s", m->error.message);
	m->error = (struct mentor_error){ 0 };
	m->broken = was_broken || (!of_input && m->broken);
}

void problems_take(struct mentor *m, struct mentor_buf *b)
{
	for (size_t i = 0; i < m->n_problems; i++) {
		const struct mentor_problem *p = &m->problems[i];
		const char *field = p->place.field;
		size_t from = b->len + (i > 0);
		mentor_buf_fmt(b, "%s%s%s%s", i ? "\n" : "", field ? field : "", field ? ": " : "", p->message);
		if (p->hint)
			mentor_buf_fmt(b, " (%s)", p->hint);
		for (; from < b->len; from++)
			if (b->data[from] == '\n')
				b->data[from] = ' ';
	}
	m->n_problems = m->n_unlisted = 0;
	arena_reset(&m->problem_memory);
}

void context_take(struct mentor *m, struct mentor *from)
{
	for (size_t i = 0; i < from->n_problems; i++)
		problem_add(m, &from->problems[i].place, from->problems[i].hint, "%s", from->problems[i].message);
	m->n_unlisted += from->n_unlisted;
	m->starved |= from->starved;
	if (from->error.status == MENTOR_NO_MEMORY)
		fail_memory(m);
	else if (from->error.status)
		fail_at(m, from->error.status, &from->error.place, from->error.hint, "%s", from->error.message);
	problems_clear(from);
}

enum mentor_status problems_refuse(struct mentor *m, const char *hint, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fail_v(m, MENTOR_REFUSED, NULL, hint, format, args);
	va_end(args);
	m->error.n_problems = m->n_problems;
	m->error.problems = m->problems;
	return MENTOR_REFUSED;
}

enum mentor_status problems_result(struct mentor *m, const char *file)
{
	size_t n = m->n_problems + m->n_unlisted;
	if (m->starved)
		return fail_memory(m);
	if (n == 0)
		return MENTOR_OK;
	if (n == 1 && m->n_problems == 1) {
		fail_at(m, MENTOR_INVALID, &m->problems[0].place, m->problems[0].hint, "%s", m->problems[0].message);
	} else {
		struct mentor_place place = { .file = file };
		if (m->n_unlisted)
			fail_at(m, MENTOR_INVALID, &place, NULL, "%zu errors, the first %zu listed", n, m->n_problems);
		else
			fail_at(m, MENTOR_INVALID, &place, NULL, "%zu errors", n);
	}
	m->error.n_problems = m->n_problems;
	m->error.problems = m->problems;
	return MENTOR_INVALID;
}

enum mentor_status problems_found(struct mentor *m)
{
	enum mentor_status status = problems_result(m, NULL);
	if (status != MENTOR_INVALID)
		return status;
	m->error.status = MENTOR_FOUND;
	m->error.code = mentor_status_code(MENTOR_FOUND);
	return MENTOR_FOUND;
}

enum mentor_status mentor_set_now(struct mentor *m, const char *instant)
{
	char now[32];
	if (!date_parse_instant(instant, now))
		return fail(m, MENTOR_INVALID, "write a day such as 2026-09-01 or an instant such as 2026-09-01T09:00:00Z",
		    "'%s' is not a date", instant);
	memcpy(m->now, now, sizeof(now));
	memcpy(m->today, now, 10);
	m->today[10] = '\0';
	return MENTOR_OK;
}

const char *mentor_now(const struct mentor *m)
{
	return m->now;
}

const char *mentor_today(const struct mentor *m)
{
	return m->today;
}

void mentor_set_min_cell(struct mentor *m, int64_t people)
{
	m->min_cell = people;
}

enum mentor_status mentor_set_actor(struct mentor *m, const char *actor)
{
	const char *copy = mentor_keep(m, actor);
	if (!copy)
		return MENTOR_NO_MEMORY;
	m->actor = copy;
	return MENTOR_OK;
}

void mentor_set_zones(struct mentor *m, mentor_zone_fn *read, void *arg)
{
	m->read_zone = read;
	m->read_zone_arg = arg;
}

const char *mentor_keep(struct mentor *m, const char *text)
{
	if (!text)
		return NULL;
	const char *copy = arena_strdup(&m->kept, text);
	if (!copy)
		fail_memory(m);
	return copy;
}
