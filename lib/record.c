/* record.c: the generic list, get, find, add and set: a field table in, SQL out. */
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- from rows to records ---- */

void record_load(const struct db_rows *rows, int first, const struct mentor_field *fields, void *record)
{
	for (int i = first; fields->name; fields++, i++) {
		char *at = (char *)record + fields->offset;
		if (mentor_field_is_text(fields)) {
			const char *text = db_text(rows, i);
			memcpy(at, &text, sizeof(text));
			continue;
		}
		int64_t number = fields->type == MENTOR_TYPE_CHOICE ? field_choice(fields->choices, db_text(rows, i)) :
				 fields->type == MENTOR_TYPE_REF || fields->type == MENTOR_TYPE_ID ? db_ref(rows, i) :
												     db_number(rows, i);
		memcpy(at, &number, sizeof(number));
	}
}

/* A copy of the record and of its texts in one block. */
static void *record_copy(const struct mentor_entity *entity, const void *record)
{
	size_t size = entity->size;
	for (const struct mentor_field *f = entity->fields; f->name; f++)
		if (mentor_field_is_text(f) && mentor_field_string(f, record))
			size += strlen(mentor_field_string(f, record)) + 1;
	char *block = malloc(size);
	if (!block)
		return NULL;
	memcpy(block, record, entity->size);
	char *at = block + entity->size;
	for (const struct mentor_field *f = entity->fields; f->name; f++) {
		const char *text = mentor_field_is_text(f) ? mentor_field_string(f, record) : NULL;
		if (!text)
			continue;
		size_t len = strlen(text) + 1;
		memcpy(at, text, len);
		const char *moved = at;
		memcpy(block + f->offset, &moved, sizeof(moved));
		at += len;
	}
	return block;
}

/* ---- from fields to SQL ---- */

static void sql_column(struct mentor_buf *b, const struct mentor_field *field)
{
	if (field->sql)
		mentor_buf_fmt(b, "(%s)", field->sql);
	else
		mentor_buf_fmt(b, "t.%s", field->name);
}

static void sql_select(struct mentor_buf *b, const struct mentor_entity *entity)
{
	mentor_buf_str(b, "SELECT ");
	for (const struct mentor_field *f = entity->fields; f->name; f++) {
		if (f != entity->fields)
			mentor_buf_str(b, ", ");
		sql_column(b, f);
	}
	mentor_buf_fmt(b, " FROM %s", entity->from);
}

static struct db_value field_value(const struct mentor_field *field, const void *record)
{
	if (mentor_field_is_text(field))
		return DB_TEXT(mentor_field_string(field, record));
	if (mentor_field_is_none(field, record))
		return DB_NUMBER(MENTOR_NONE);
	int64_t number = mentor_field_number(field, record);
	return field->type == MENTOR_TYPE_CHOICE ? DB_TEXT(field->choices[number]) : DB_NUMBER(number);
}

/* ---- listing ---- */

enum { MAX_FILTERS = 16 };

/* Whoever lists by a further key of a record means that record. */
static enum mentor_status present_value(struct mentor *m, const struct mentor_entity *entity, const struct mentor_field *field, struct db_value *value)
{
	bool key = entity->aliases && value->text && strcmp(field->name, entity->key) == 0;
	return key ? record_present_key(m, entity, &value->text) : MENTOR_OK;
}

static enum mentor_status add_filters(struct mentor *m, const struct mentor_entity *entity, const struct mentor_filter *filters,
    size_t n, bool aliases, struct mentor_buf *sql, struct db_value *values, void *scratch)
{
	for (size_t i = 0; i < n; i++) {
		const struct mentor_field *field = mentor_field_find(entity->fields, filters[i].field);
		if (!field || i == MAX_FILTERS)
			return fail(m, MENTOR_BUG, NULL, "%s cannot be listed by %s", entity->plural, filters[i].field);
		enum mentor_status status = mentor_field_read(m, field, filters[i].value, scratch);
		values[i] = field_value(field, scratch);
		if (!status && aliases)
			status = present_value(m, entity, field, &values[i]);
		if (status)
			return status;
		mentor_buf_str(sql, i ? " AND " : " WHERE ");
		sql_column(sql, field);
		mentor_buf_fmt(sql, " = $%zu", i + 1);
	}
	return MENTOR_OK;
}

static enum mentor_status list_rows(struct mentor *m, const struct mentor_entity *entity, const char *sql,
    const struct db_value *values, size_t n, void *record, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	enum mentor_status status = db_query(m, sql, values, n, &rows);
	bool more = true;
	while (!status) {
		status = db_next(rows, &more);
		if (status || !more)
			break;
		record_load(rows, 0, entity->fields, record);
		status = db_whole(rows);
		if (!status)
			status = each(arg, record);
	}
	db_done(rows);
	return status;
}

static enum mentor_status list(struct mentor *m, const struct mentor_entity *entity, const struct mentor_filter *filters, size_t n_filters,
    bool aliases, mentor_record_fn *each, void *arg)
{
	struct db_value values[MAX_FILTERS];
	struct mentor_buf sql = MENTOR_BUF_INIT;
	void *record = calloc(1, entity->size);
	if (!record)
		return fail_memory(m);
	sql_select(&sql, entity);
	enum mentor_status status = add_filters(m, entity, filters, n_filters, aliases, &sql, values, record);
	mentor_buf_fmt(&sql, " ORDER BY %s", entity->order);
	if (!status && sql.failed)
		status = fail_memory(m);
	if (!status)
		status = list_rows(m, entity, mentor_buf_text(&sql), values, n_filters, record, each, arg);
	mentor_buf_free(&sql);
	free(record);
	return status;
}

enum mentor_status mentor_record_list(struct mentor *m, const struct mentor_entity *entity, const struct mentor_filter *filters,
    size_t n_filters, mentor_record_fn *each, void *arg)
{
	return list(m, entity, filters, n_filters, true, each, arg);
}

struct seek_arg {
	const struct mentor_entity *entity;
	int64_t id;
};

static enum mentor_status note_first(void *arg, const void *record)
{
	struct seek_arg *seek = arg;
	if (!seek->id)
		seek->id = mentor_field_number(mentor_field_find(seek->entity->fields, "id"), record);
	return MENTOR_OK;
}

enum mentor_status mentor_record_seek(struct mentor *m, const struct mentor_entity *entity, const struct mentor_filter *filters,
    size_t n_filters, int64_t *ret_id)
{
	struct seek_arg seek = { entity, 0 };
	enum mentor_status status = list(m, entity, filters, n_filters, false, note_first, &seek);
	if (!status)
		*ret_id = seek.id;
	return status;
}

/* ---- one record ---- */

struct get_arg {
	const struct mentor_entity *entity;
	void *copy;
	bool found;
};

static enum mentor_status keep_copy(void *arg, const void *record)
{
	struct get_arg *get = arg;
	get->found = true;
	if (!get->copy)
		get->copy = record_copy(get->entity, record);
	return MENTOR_OK;
}

enum mentor_status mentor_record_get(struct mentor *m, const struct mentor_entity *entity, int64_t id, void **ret_record)
{
	struct get_arg get = { entity, NULL, false };
	struct mentor_buf sql = MENTOR_BUF_INIT;
	void *record = calloc(1, entity->size);
	if (!record)
		return fail_memory(m);
	sql_select(&sql, entity);
	mentor_buf_str(&sql, " WHERE t.id = $1");
	struct db_value value = DB_NUMBER(id);
	enum mentor_status status = sql.failed ?
					fail_memory(m) :
					list_rows(m, entity, mentor_buf_text(&sql), &value, 1, record, keep_copy, &get);
	mentor_buf_free(&sql);
	free(record);
	if (!status && !get.found)
		status = fail(m, MENTOR_NOT_FOUND, NULL, "there is no %s with number %" PRId64, entity->name, id);
	if (!status && !get.copy)
		status = fail_memory(m);
	if (status)
		free(get.copy);
	else
		*ret_record = get.copy;
	return status;
}

void mentor_record_free(void *record)
{
	free(record);
}

/* ---- finding by reference ---- */

static bool is_number_reference(const struct mentor_entity *entity, const char *reference, int64_t *ret_id)
{
	if (!entity->letter || reference[0] != entity->letter)
		return false;
	size_t digits = strspn(reference + 1, "0123456789");
	if (digits == 0 || digits > 15 || reference[1 + digits] != '\0')
		return false;
	*ret_id = strtoll(reference + 1, NULL, 10);
	return true;
}

static enum mentor_status find_by_key(struct mentor *m, const struct mentor_entity *entity, const char *reference, int64_t *ret_id)
{
	char *folded = mentor_utf8_fold(reference);
	struct mentor_buf sql = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sql, "SELECT id FROM %s WHERE %s = $1", entity->table, entity->key);
	if (entity->aliases)
		mentor_buf_fmt(&sql, " UNION ALL SELECT %s_id FROM %s WHERE %s = $1", entity->name, entity->aliases, entity->key);
	enum mentor_status status = !folded || sql.failed ? fail_memory(m) :
							    db_value(m, mentor_buf_text(&sql), DB_ARGS(DB_TEXT(folded)), 0, ret_id);
	mentor_buf_free(&sql);
	free(folded);
	return status;
}

enum mentor_status record_lookup(struct mentor *m, const struct mentor_entity *entity, const char *reference, int64_t *ret_id)
{
	int64_t id = 0;
	if (is_number_reference(entity, reference, &id)) {
		struct mentor_buf sql = MENTOR_BUF_INIT;
		mentor_buf_fmt(&sql, "SELECT id FROM %s WHERE id = $1", entity->table);
		enum mentor_status status =
		    sql.failed ? fail_memory(m) : db_value(m, mentor_buf_text(&sql), DB_ARGS(DB_NUMBER(id)), 0, ret_id);
		mentor_buf_free(&sql);
		return status;
	}
	if (entity->key)
		return find_by_key(m, entity, reference, ret_id);
	*ret_id = 0;
	return MENTOR_OK;
}

/* A text that one query finds, kept like any value that was read; *ret stays when there is none. */
static enum mentor_status keep_found(struct mentor *m, const char *sql, struct db_value value, const char **ret)
{
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(m, sql, &value, 1, &rows);
	if (!status)
		status = db_next(rows, &more);
	const char *text = !status && more ? mentor_keep(m, db_text(rows, 0)) : NULL;
	if (!status && more)
		status = text ? db_whole(rows) : MENTOR_NO_MEMORY;
	db_done(rows);
	if (!status && text)
		*ret = text;
	return status;
}

enum mentor_status record_present_key(struct mentor *m, const struct mentor_entity *entity, const char **key)
{
	struct mentor_buf sql = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sql, "SELECT t.%s FROM %s a JOIN %s t ON t.id = a.%s_id WHERE a.%s = $1", entity->key, entity->aliases, entity->table,
	    entity->name, entity->key);
	enum mentor_status status = sql.failed ? fail_memory(m) : keep_found(m, mentor_buf_text(&sql), DB_TEXT(*key), key);
	mentor_buf_free(&sql);
	return status;
}

static enum mentor_status key_of(struct mentor *m, const struct mentor_entity *entity, int64_t id, const char **ret)
{
	struct mentor_buf sql = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sql, "SELECT %s FROM %s WHERE id = $1", entity->key, entity->table);
	enum mentor_status status = sql.failed ? fail_memory(m) : keep_found(m, mentor_buf_text(&sql), DB_NUMBER(id), ret);
	mentor_buf_free(&sql);
	return status;
}

struct names {
	const char **words;
	size_t n, cap;
	struct arena arena;
};

static enum mentor_status collect_names(struct mentor *m, const struct mentor_entity *entity, struct names *names)
{
	struct mentor_buf sql = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sql, "SELECT %s FROM %s ORDER BY %s", entity->key, entity->table, entity->key);
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = sql.failed ? fail_memory(m) : db_query(m, mentor_buf_text(&sql), DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more && names->n < names->cap - 1) {
		names->words[names->n] = arena_strdup(&names->arena, db_text(rows, 0));
		if (names->words[names->n])
			names->n++;
	}
	if (!status && names->arena.failed)
		status = fail_memory(m);
	db_done(rows);
	mentor_buf_free(&sql);
	return status;
}

/* The hint for an unknown reference: the nearest key in the store, NULL when none is near. */
static enum mentor_status nearest_key(struct mentor *m, const struct mentor_entity *entity, const char *reference, struct names *names,
    const char **ret_near)
{
	enum { MOST = 5000 };
	if (!entity->key)
		return MENTOR_OK;
	names->words = calloc(MOST, sizeof(*names->words));
	if (!names->words)
		return fail_memory(m);
	names->cap = MOST;
	enum mentor_status status = collect_names(m, entity, names);
	if (!status)
		*ret_near = mentor_nearest(reference, names->words);
	return status;
}

/* A store that cannot be read is no proof that there is no such record: only a search that came to its end says "not found". */
static enum mentor_status fail_unknown(struct mentor *m, const struct mentor_entity *entity, const char *reference)
{
	struct names names = { NULL, 0, 0, ARENA_INIT };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const char *near = NULL;
	enum mentor_status status = nearest_key(m, entity, reference, &names, &near);
	bool address = entity == &mentor_entity_person && strchr(reference, '@');
	if (near)
		mentor_buf_fmt(&hint, "did you mean %s?", near);
	if (address)
		mentor_buf_fmt(&hint, "%sfor somebody new: mentor person add --name NAME --email %s", near ? " Or, " : "", reference);
	else if (!near && entity->letter)
		mentor_buf_fmt(&hint, "%s go by reference (%c12)%s", entity->plural, entity->letter, entity == &mentor_entity_person ? " or address" : "");
	if (!near && entity->listed_by)
		mentor_buf_fmt(&hint, "%s%s shows them", hint.len ? "; " : "", entity->listed_by);
	if (!status && hint.failed)
		status = fail_memory(m);
	if (!status)
		status = fail(m, MENTOR_NOT_FOUND, hint.len ? mentor_buf_text(&hint) : NULL, "there is no %s '%s'", entity->name, reference);
	mentor_buf_free(&hint);
	arena_free(&names.arena);
	free(names.words);
	return status;
}

enum mentor_status mentor_record_find(struct mentor *m, const struct mentor_entity *entity, const char *reference, int64_t *ret_id)
{
	int64_t id = 0;
	enum mentor_status status = record_lookup(m, entity, reference, &id);
	if (status)
		return status;
	if (!id)
		return fail_unknown(m, entity, reference);
	*ret_id = id;
	return MENTOR_OK;
}

/* ---- reading a value that may be a reference ---- */

/* The address of a record: as it is written, or by the record's number where that is allowed. */
static enum mentor_status read_address_of(struct mentor *m, const struct mentor_field *field, const char *text, bool numbers, void *record)
{
	const struct mentor_entity *entity = mentor_entity(field->entity);
	const char *address = NULL;
	int64_t id = 0;
	enum mentor_status status;
	if (numbers && text && is_number_reference(entity, text, &id)) {
		status = mentor_record_find(m, entity, text, &id);
		if (!status)
			status = key_of(m, entity, id, &address);
	} else {
		status = field_read(m, field, text, record);
		address = mentor_field_string(field, record);
		if (!status && address)
			status = record_present_key(m, entity, &address);
	}
	if (!status)
		memcpy((char *)record + field->offset, &address, sizeof(address));
	return status;
}

enum mentor_status mentor_field_read(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	int64_t id = 0;
	if (field->type == MENTOR_TYPE_EMAIL && field->entity)
		return read_address_of(m, field, text, true, record);
	if (field->type != MENTOR_TYPE_REF && field->type != MENTOR_TYPE_ID)
		return field_read(m, field, text, record);
	enum mentor_status status = text && *text ? mentor_record_find(m, mentor_entity(field->entity), text, &id) : MENTOR_OK;
	if (!status)
		memcpy((char *)record + field->offset, &id, sizeof(id));
	return status;
}

bool field_try(struct mentor *m, const struct mentor_field *field, const char *text, void *record, const struct mentor_place *place)
{
	bool was_broken = m->broken, address = field->type == MENTOR_TYPE_EMAIL && field->entity;
	if ((address ? read_address_of(m, field, text, false, record) : mentor_field_read(m, field, text, record)) == MENTOR_OK)
		return true;
	problem_from_error(m, was_broken, place);
	return false;
}

/* ---- adding and changing ---- */

static bool writable(const struct mentor_field *field)
{
	return !(field->flags & MENTOR_DERIVED) && field->type != MENTOR_TYPE_ID;
}

static enum mentor_status fail_missing(struct mentor *m, const struct mentor_entity *entity, const struct mentor_field *field)
{
	return fail(m, MENTOR_INVALID, NULL, "%s %s needs its %s", strchr("aeiou", entity->name[0]) ? "an" : "a", entity->name,
	    field->heading ? field->heading : field->name);
}

static enum mentor_status before_add(struct mentor *m, const struct mentor_entity *entity, const void *record, uint64_t given)
{
	for (size_t i = 0; entity->fields[i].name; i++) {
		const struct mentor_field *f = &entity->fields[i];
		bool set = (given >> i & 1) && !mentor_field_is_none(f, record);
		if ((f->flags & MENTOR_REQUIRED) && !set)
			return fail_missing(m, entity, f);
	}
	return entity->before ? entity->before(m, NULL, record, given) : MENTOR_OK;
}

enum mentor_status mentor_record_add(struct mentor *m, const struct mentor_entity *entity, const void *record, uint64_t given,
    int64_t *ret_id)
{
	struct db_value values[64];
	size_t n = 0;
	int64_t id = 0;
	struct mentor_buf sql = MENTOR_BUF_INIT, marks = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sql, "INSERT INTO %s (", entity->table);
	for (size_t i = 0; entity->fields[i].name; i++) {
		if (!(given >> i & 1) || !writable(&entity->fields[i]))
			continue;
		mentor_buf_fmt(&sql, "%s%s", n ? ", " : "", entity->fields[i].name);
		mentor_buf_fmt(&marks, "%s$%zu", n ? ", " : "", n + 1);
		values[n++] = field_value(&entity->fields[i], record);
	}
	mentor_buf_fmt(&sql, ") VALUES (%s) RETURNING id", mentor_buf_text(&marks));
	enum mentor_status status = sql.failed || marks.failed ? fail_memory(m) : mentor_begin(m);
	if (!status) {
		status = before_add(m, entity, record, given);
		if (!status)
			status = db_value(m, mentor_buf_text(&sql), values, n, 0, &id);
		enum mentor_status ended = mentor_commit(m);
		status = status ? status : ended;
	}
	mentor_buf_free(&sql);
	mentor_buf_free(&marks);
	if (!status)
		*ret_id = id;
	return status;
}

static bool same_value(const struct mentor_field *field, const void *a, const void *b)
{
	if (!mentor_field_is_text(field))
		return mentor_field_number(field, a) == mentor_field_number(field, b);
	const char *left = mentor_field_string(field, a), *right = mentor_field_string(field, b);
	return left && right ? strcmp(left, right) == 0 : left == right;
}

static enum mentor_status update(struct mentor *m, const struct mentor_entity *entity, int64_t id, const void *record,
    uint64_t changed)
{
	struct db_value values[65];
	size_t n = 0;
	struct mentor_buf sql = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sql, "UPDATE %s SET ", entity->table);
	for (size_t i = 0; entity->fields[i].name; i++) {
		if (!(changed >> i & 1))
			continue;
		mentor_buf_fmt(&sql, "%s%s = $%zu", n ? ", " : "", entity->fields[i].name, n + 1);
		values[n++] = field_value(&entity->fields[i], record);
	}
	mentor_buf_fmt(&sql, " WHERE id = $%zu", n + 1);
	values[n++] = DB_NUMBER(id);
	enum mentor_status status = sql.failed ? fail_memory(m) : db_run(m, mentor_buf_text(&sql), values, n);
	mentor_buf_free(&sql);
	return status;
}

/* Which given fields differ, and whether the record may hold the new values. */
static enum mentor_status plan_set(struct mentor *m, const struct mentor_entity *entity, const void *old, const void *record,
    uint64_t given, uint64_t *ret_changed)
{
	uint64_t changed = 0;
	for (size_t i = 0; entity->fields[i].name; i++) {
		const struct mentor_field *f = &entity->fields[i];
		if (!(given >> i & 1) || !writable(f) || same_value(f, old, record))
			continue;
		if ((f->flags & MENTOR_REQUIRED) && mentor_field_is_none(f, record))
			return fail_missing(m, entity, f);
		changed |= UINT64_C(1) << i;
	}
	*ret_changed = changed;
	return changed && entity->before ? entity->before(m, old, record, changed) : MENTOR_OK;
}

enum mentor_status mentor_record_set(struct mentor *m, const struct mentor_entity *entity, int64_t id, const void *record,
    uint64_t given, bool *ret_changed)
{
	void *old = NULL;
	uint64_t changed = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, entity, id, &old);
	if (!status)
		status = plan_set(m, entity, old, record, given, &changed);
	if (!status && changed)
		status = update(m, entity, id, record, changed);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	mentor_record_free(old);
	if (!status)
		*ret_changed = changed != 0;
	return status;
}
