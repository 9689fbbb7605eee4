/* settle.c: what is to be done is open until it is done, or dropped for a reason; the same for every entity that has a state of this kind. */
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const mentor_settled_words[] = { "open", "done", "dropped", NULL };

/* How a record stands, or will. */
struct settling {
	int64_t state;
	const char *outcome, *reason, *day;
};

static const char *text_of(const struct mentor_entity *entity, const char *field, const void *record)
{
	return mentor_field_string(mentor_field_find(entity->fields, field), record);
}

static struct settling settling_of(const struct mentor_entity *entity, const void *record)
{
	return (struct settling){ mentor_field_number(mentor_field_find(entity->fields, "state"), record), text_of(entity, "outcome", record),
		text_of(entity, "reason", record), text_of(entity, "closed_on", record) };
}

static enum mentor_status refuse_settled(struct mentor *m, const struct mentor_entity *entity, int64_t id, const struct settling *old)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "open it again first: mentor %s reopen %c%" PRId64, entity->name, entity->letter, id);
	enum mentor_status status =
	    fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "%c%" PRId64 " is %s already", entity->letter, id, mentor_settled_words[old->state]);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status check(struct mentor *m, const struct mentor_entity *entity, int64_t id, const struct settling *old, enum mentor_settled state,
    const char *text, const char *day)
{
	if (state != MENTOR_SETTLED_OPEN && old->state != MENTOR_SETTLED_OPEN && old->state != (int64_t)state)
		return refuse_settled(m, entity, id, old);
	if (state == MENTOR_SETTLED_DROPPED && !text && !old->reason)
		return fail(m, MENTOR_INVALID, "say it with: --reason TEXT", "what is dropped is dropped for a reason");
	if (day && strcmp(day, m->today) > 0)
		return fail(m, MENTOR_INVALID, HINT_DAY, "%s is still to come", day);
	return MENTOR_OK;
}

/* What is said is a value like any other: the entity's own rules are asked. */
static enum mentor_status check_text(struct mentor *m, const struct mentor_entity *entity, const void *record, const char *field, const char *text)
{
	void *new = entity->before ? malloc(entity->size) : NULL;
	if (!entity->before)
		return MENTOR_OK;
	if (!new)
		return fail_memory(m);
	memcpy(new, record, entity->size);
	memcpy((char *)new + mentor_field_find(entity->fields, field)->offset, &text, sizeof(text));
	enum mentor_status status = entity->before(m, record, new, field_bit(entity->fields, field));
	free(new);
	return status;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same(const struct settling *a, const struct settling *b)
{
	return a->state == b->state && same_text(a->outcome, b->outcome) && same_text(a->reason, b->reason) && same_text(a->day, b->day);
}

static enum mentor_status write(struct mentor *m, const struct mentor_entity *entity, int64_t id, const struct settling *new)
{
	struct mentor_buf sql = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sql, "UPDATE %s SET state = $1, outcome = $2, reason = $3, closed_on = $4 WHERE id = $5", entity->table);
	enum mentor_status status = sql.failed ? fail_memory(m) :
	    db_run(m, mentor_buf_text(&sql),
		DB_ARGS(DB_TEXT(mentor_settled_words[new->state]), DB_TEXT(new->outcome), DB_TEXT(new->reason), DB_TEXT(new->day), DB_NUMBER(id)));
	mentor_buf_free(&sql);
	return status;
}

static enum mentor_status settle(struct mentor *m, const struct mentor_entity *entity, int64_t id, enum mentor_settled state, const char *text,
    const char *day, bool *ret_changed)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, entity, id, &record);
	if (status)
		return status;
	const struct settling old = settling_of(entity, record);
	const struct settling new = { (int64_t)state, state == MENTOR_SETTLED_DONE && text ? text : old.outcome,
		state != MENTOR_SETTLED_DROPPED ? NULL : text ? text : old.reason, state == MENTOR_SETTLED_OPEN ? NULL : day ? day : old.day ? old.day : m->today };
	status = check(m, entity, id, &old, state, text, day);
	if (!status && !same_text(old.outcome, new.outcome))
		status = check_text(m, entity, record, "outcome", new.outcome);
	if (!status && !same_text(old.reason, new.reason))
		status = check_text(m, entity, record, "reason", new.reason);
	*ret_changed = !status && !same(&old, &new);
	if (*ret_changed)
		status = write(m, entity, id, &new);
	mentor_record_free(record);
	return status;
}

enum mentor_status mentor_settle(struct mentor *m, const struct mentor_entity *entity, int64_t id, enum mentor_settled state, const char *text,
    const char *day, bool *ret_changed)
{
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = settle(m, entity, id, state, text, day, &changed);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}
