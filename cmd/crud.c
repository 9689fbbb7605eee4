/* crud.c: list, show, add and set over any entity, and what commands share. */
#include "out.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what changed ---- */

const struct mentor_field change_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(change_row, change), .help = "what happened: added, changed, unchanged, updated (gaps filled), differs (the file says otherwise, the record stays), merged, moved, joined (two became one) or removed (what a merge did), or the decision" },
	{ "kind", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(change_row, kind), .help = "what kind of record" },
	{ "reference", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(change_row, reference), .help = "its reference" },
	{ "name", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(change_row, name), .help = "its name" },
	{ 0 },
};

const struct part change_parts[] = { { NULL, NULL, change_fields, true, true }, { 0 } };

void print_change(struct run *run, const char *change, const struct mentor_entity *entity, int64_t id, const char *name)
{
	char reference[32] = "";
	if (id && entity->letter)
		snprintf(reference, sizeof(reference), "%c%" PRId64, entity->letter, id);
	struct change_row row = { change, entity->name, *reference ? reference : name, *reference ? name : NULL };
	out_row(run->out, &row);
}

/* ---- generic commands ---- */

static enum mentor_status print_record(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

void filter_by_number(struct run *run, const char *field, int64_t number)
{
	snprintf(run->filter_number, sizeof(run->filter_number), "%" PRId64, number);
	run->filters[run->n_filters++] = (struct mentor_filter){ field, run->filter_number };
}

enum mentor_status crud_list_each(struct run *run, mentor_record_fn *each, void *arg)
{
	if (run->command->flags & CMD_COHORT) {
		filter_by_number(run, "cohort_id", run->cohort);
	} else {
		enum mentor_status status = out_labels(run->out, 0);
		if (status)
			return status;
	}
	out_part(run->out, NULL);
	return mentor_record_list(run->m, run->command->entity, run->filters, run->n_filters, each, arg);
}

enum mentor_status crud_list(struct run *run)
{
	return crud_list_each(run, print_record, run->out);
}

/* The cohort that a record belongs to, or is; 0: none. */
static int64_t cohort_of(const struct mentor_entity *entity, const void *record)
{
	const struct mentor_field *field =
	    mentor_field_find(entity->fields, entity == &mentor_entity_cohort ? "id" : "cohort_id");
	return field ? mentor_field_number(field, record) : 0;
}

enum mentor_status show_record(struct run *run, int64_t id)
{
	void *record = NULL;
	const struct mentor_entity *entity = run->command->entity;
	enum mentor_status status = mentor_record_get(run->m, entity, id, &record);
	if (!status)
		status = out_labels(run->out, cohort_of(entity, record));
	if (!status)
		out_row(run->out, record);
	mentor_record_free(record);
	return status;
}

enum mentor_status crud_show(struct run *run)
{
	int64_t id = 0;
	enum mentor_status status = mentor_record_find(run->m, run->command->entity, operand(run, 0), &id);
	return status ? status : show_record(run, id);
}

static const char *label_of(const struct mentor_entity *entity, const void *record)
{
	const char *text = NULL;
	for (const struct mentor_field *f = entity->fields; f->name && !text; f++)
		if (f->flags & MENTOR_LABEL || (!entity->letter && entity->key && strcmp(f->name, entity->key) == 0))
			text = mentor_field_string(f, record);
	return text;
}

enum mentor_status print_changed(struct run *run, const char *change, const struct mentor_entity *entity, int64_t id)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(run->m, entity, id, &record);
	if (!status)
		print_change(run, change, entity, id, label_of(entity, record));
	if (!status && !run->cohort)
		run->cohort = cohort_of(entity, record);
	mentor_record_free(record);
	return status;
}

/* Adding what is there already, with the same values, changes nothing: scripts can run twice. */
static enum mentor_status add_again(struct run *run, int64_t id, bool *ret_same)
{
	bool changed = false;
	const struct mentor_entity *entity = run->command->entity;
	enum mentor_status status = mentor_record_set(run->m, entity, id, run->record, run->record_given, &changed);
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "change it with: mentor %s set %c%" PRId64, run->noun->name, entity->letter, id);
	if (!status && changed)
		status = mentor_fail(run->m, MENTOR_REFUSED, mentor_buf_text(&hint), "there is such a %s already, with other values",
		    entity->name);
	mentor_buf_free(&hint);
	*ret_same = !status;
	return status;
}

enum mentor_status crud_add(struct run *run)
{
	const struct mentor_entity *entity = run->command->entity;
	const struct mentor_field *key = entity->key ? mentor_field_find(entity->fields, entity->key) : NULL;
	const char *name = key ? mentor_field_string(key, run->record) : NULL;
	struct mentor_filter filter = { entity->key, name };
	int64_t id = 0;
	bool same = false;
	enum mentor_status status = name ? mentor_record_seek(run->m, entity, &filter, 1, &id) : MENTOR_OK;
	if (!status && id)
		status = add_again(run, id, &same);
	else if (!status)
		status = mentor_record_add(run->m, entity, run->record, run->record_given, &id);
	if (!status)
		print_change(run, same ? "unchanged" : "added", entity, id, label_of(entity, run->record));
	return status;
}

enum mentor_status nothing_to_set(struct run *run)
{
	return mentor_fail(run->m, MENTOR_USAGE, mentor_hint(run->m, "mentor %s %s --help lists what can be set", run->noun->name, run->command->name),
	    "there is nothing to set");
}

enum mentor_status crud_set(struct run *run)
{
	const struct mentor_entity *entity = run->command->entity;
	int64_t id = 0;
	bool changed = false;
	if (!run->record_given)
		return nothing_to_set(run);
	enum mentor_status status = mentor_record_find(run->m, entity, operand(run, 0), &id);
	if (!status)
		status = mentor_record_set(run->m, entity, id, run->record, run->record_given, &changed);
	return status ? status : print_changed(run, changed ? "changed" : "unchanged", entity, id);
}

/* ---- done, drop, reopen ---- */

const struct option settle_done_options[] = {
	{ { "outcome", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(settle_args, text), .help = "what came of it" } },
	{ { "on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(settle_args, on), .help = "the day; today when not given" } },
	{ .letter = 0 },
};
const struct option settle_drop_options[] = {
	{ { "reason", MENTOR_TYPE_TEXT, MENTOR_REQUIRED, MENTOR_AT_TEXT(settle_args, text), .help = "why it is dropped" } },
	{ { "on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(settle_args, on), .help = "the day; today when not given" } },
	{ .letter = 0 },
};

static enum mentor_status settle(struct run *run, enum mentor_settled state, const struct settle_args *args, const char *word)
{
	const struct mentor_entity *entity = run->command->entity;
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = mentor_record_find(run->m, entity, operand(run, 0), &id);
	if (!status)
		status = mentor_settle(run->m, entity, id, state, args->text, args->on, &changed);
	return status ? status : print_changed(run, changed ? word : "unchanged", entity, id);
}

enum mentor_status crud_done(struct run *run)
{
	return settle(run, MENTOR_SETTLED_DONE, run->args, "done");
}

enum mentor_status crud_drop(struct run *run)
{
	return settle(run, MENTOR_SETTLED_DROPPED, run->args, "dropped");
}

enum mentor_status crud_reopen(struct run *run)
{
	return settle(run, MENTOR_SETTLED_OPEN, &(const struct settle_args){ NULL, NULL }, "reopened");
}
