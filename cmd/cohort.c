/* cohort.c: mentor cohort: one run of a programme with its own dates and people. */
#include "nouns.h"
#include "out.h"

#include <inttypes.h>

static const struct operand new_slug[] = { { "SLUG", false, false, NULL, "short name for the new cohort, such as spring-2026" }, { 0 } };
static const struct operand one[] = { { "COHORT", false, false, "cohort", "short name" }, { 0 } };
static const struct operand one_or_only[] = { { "COHORT", true, false, "cohort", "short name; the cohort to work in when left out" }, { 0 } };

static const struct part list_parts[] = { { NULL, NULL, mentor_cohort_fields, true, false }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_cohort_fields, false, false }, { 0 } };

/* ---- add ---- */

struct add_args {
	const char *programme;
};
static const struct option add_options[] = {
	{ { "programme", MENTOR_TYPE_TEXT, MENTOR_REQUIRED, MENTOR_AT_TEXT(add_args, programme), .entity = "programme", .help = "its programme; the cohort keeps the newest revision" }, 0, "SLUG" },
	{ .letter = 0 },
};

/* The same name for a cohort of another programme is a slip. */
static enum mentor_status check_programme(struct run *run, int64_t cohort, const char *programme)
{
	void *record = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_programme, programme, &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_cohort, cohort, &record);
	if (status)
		return status;
	const struct mentor_cohort *c = record;
	if (c->programme_id != id)
		status = mentor_fail(run->m, MENTOR_REFUSED, "choose another name for the new one", "there is a cohort '%s' already, of the programme '%s'",
		    c->slug, c->programme);
	mentor_record_free(record);
	return status;
}

static enum mentor_status keep_or_add(struct run *run, struct mentor_cohort *cohort, const char *programme)
{
	const struct mentor_filter same = { "slug", cohort->slug };
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = mentor_record_seek(run->m, &mentor_entity_cohort, &same, 1, &id);
	if (!status && id)
		status = check_programme(run, id, programme);
	if (!status && id) {
		status = mentor_record_set(run->m, &mentor_entity_cohort, id, cohort, run->record_given, &changed);
		if (!status && changed)
			status = mentor_fail(run->m, MENTOR_REFUSED, mentor_hint(run->m, "change it with: mentor cohort set %s", cohort->slug), "there is a cohort '%s' already, with other values",
			    cohort->slug);
	} else if (!status) {
		status = mentor_cohort_add(run->m, programme, cohort, run->record_given, &id);
		changed = true;
	}
	if (!status)
		print_change(run, changed ? "added" : "unchanged", &mentor_entity_cohort, id, cohort->slug);
	run->cohort = id;
	return status;
}

static enum mentor_status cohort_add(struct run *run)
{
	const struct add_args *args = run->args;
	struct mentor_cohort *cohort = run->record;
	const struct mentor_field *slug = mentor_field_find(mentor_cohort_fields, "slug");
	enum mentor_status status = mentor_field_read(run->m, slug, operand(run, 0), cohort);
	run->record_given |= UINT64_C(1) << (slug - mentor_cohort_fields);
	return status ? status : keep_or_add(run, cohort, args->programme);
}

/* ---- show ---- */

static enum mentor_status cohort_show(struct run *run)
{
	int64_t id = 0;
	enum mentor_status status = find_cohort(run, operand(run, 0), &id);
	return status ? status : show_record(run, id);
}

/* ---- roll ---- */

static enum mentor_status print_rolled(void *arg, const void *record)
{
	struct run *run = arg;
	const struct mentor_rolled *r = record;
	print_change(run, r->change, &mentor_entity_person, r->person_id, r->name);
	return MENTOR_OK;
}

static enum mentor_status cohort_roll(struct run *run)
{
	struct mentor_cohort *cohort = run->record;
	const struct mentor_field *slug = mentor_field_find(mentor_cohort_fields, "slug");
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_field_read(run->m, slug, operand(run, 0), cohort);
	run->record_given |= UINT64_C(1) << (slug - mentor_cohort_fields);
	if (!status)
		status = mentor_cohort_roll(run->m, run->cohort, cohort, run->record_given, print_rolled, run, &change, &id);
	if (!status)
		print_change(run, change, &mentor_entity_cohort, id, cohort->slug);
	return status;
}

/* ---- set ---- */

struct set_args {
	int64_t revision;
};
static const struct option set_options[] = {
	{ { "revision", MENTOR_TYPE_INT, .offset = offsetof(struct set_args, revision), .minimum = 1, .maximum = 1000000,
	      .help = "follow this revision of the programme; refused where records would become invalid: mentor programme diff says which" }, 0, "NUMBER" },
	{ .letter = 0 },
};

static enum mentor_status cohort_set(struct run *run)
{
	const struct set_args *args = run->args;
	struct mentor_cohort *cohort = run->record;
	int64_t id = 0;
	bool changed = false, moved = false;
	if (!run->record_given && args->revision == MENTOR_NONE)
		return nothing_to_set(run);
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_cohort, operand(run, 0), &id);
	if (!status && args->revision != MENTOR_NONE)
		status = mentor_cohort_follow(run->m, id, args->revision, &moved);
	if (!status && run->record_given)
		status = mentor_cohort_set(run->m, id, cohort, run->record_given, &changed);
	if (!status)
		print_change(run, changed || moved ? "changed" : "unchanged", &mentor_entity_cohort, id, operand(run, 0));
	run->cohort = id;
	return status;
}

/* ---- checklist ---- */

static enum mentor_status print_row(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static const struct part checklist_parts[] = { { NULL, NULL, mentor_checklist_fields, true, false }, { 0 } };

static enum mentor_status cohort_checklist(struct run *run)
{
	int64_t id = 0;
	enum mentor_status status = find_cohort(run, operand(run, 0), &id);
	if (status)
		return status;
	out_title(run->out, "Checklist");
	return mentor_cohort_checklist(run->m, id, print_row, run->out);
}

struct checklist_args {
	const char *evidence, *owner, *on;
	int64_t again;
};
static const struct option settle_options[] = {
	{ { "evidence", MENTOR_TYPE_NOTE, 0, MENTOR_AT_TEXT(checklist_args, evidence), .help = "what shows it: a sentence, or where a paper lies" } },
	{ { "owner", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(checklist_args, owner), .help = "who answers for it; MENTOR_ACTOR when not given" }, 0, "NAME" },
	{ { "on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(checklist_args, on), .help = "the day it was settled; today when not given" } },
	{ { "again", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(checklist_args, again), .help = "it was not: the point is open again" } },
	{ .letter = 0 },
};
static const struct operand settle_operands[] = {
	{ "POINT", .many = true, .help = "number or short name of a point, or of a stage for all open in it" },
	{ 0 },
};
static const struct mentor_field settled_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_checklist_change, change), .help = "settled, changed, open again, or unchanged" },
	{ "number", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_checklist_change, number), .help = "number of the point" },
	{ "stage", MENTOR_TYPE_SLUG, 0, MENTOR_AT_TEXT(mentor_checklist_change, stage), .help = "its stage" },
	{ "text", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_checklist_change, text), .help = "the point" },
	{ 0 },
};
static const struct part settle_parts[] = { { NULL, NULL, settled_fields, true, false }, { 0 } };

static enum mentor_status cohort_settle(struct run *run)
{
	const struct checklist_args *args = run->args;
	bool again = args->again == 1;
	if (again == (args->evidence != NULL) || (again && (args->owner || args->on)))
		return mentor_fail(run->m, MENTOR_USAGE, "--evidence TEXT settles a point, --again alone opens it again", "say what shows that it is settled");
	return mentor_cohort_settle(run->m, run->cohort, run->operands, run->n_operands, args->evidence, args->owner, args->on, print_row, run->out);
}

/* ---- steps ---- */

struct step_args {
	const char *override;
};
static const struct option step_options[] = {
	{ { "override", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(step_args, override),
	      .help = "take the step although points of the checklist before it are open, for this reason, which is kept" }, 0, "REASON" },
	{ .letter = 0 },
};

static enum mentor_status step(struct run *run, enum mentor_cohort_state to, enum mentor_step step, const char *word)
{
	const struct step_args *args = run->args;
	int64_t id = 0;
	bool changed = false;
	void *record = NULL;
	enum mentor_status status = find_cohort(run, operand(run, 0), &id);
	if (!status && args && args->override)
		status = mentor_cohort_go_on(run->m, id, step, args->override);
	if (!status)
		status = mentor_cohort_move(run->m, id, to, &changed);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_cohort, id, &record);
	if (!status)
		print_change(run, changed ? word : "unchanged", &mentor_entity_cohort, id, ((const struct mentor_cohort *)record)->slug);
	run->cohort = id;
	mentor_record_free(record);
	return status;
}

static enum mentor_status cohort_open(struct run *run)
{
	return step(run, MENTOR_COHORT_OPEN, MENTOR_STEP_OPEN, "opened");
}

static enum mentor_status cohort_close(struct run *run)
{
	return step(run, MENTOR_COHORT_CLOSED, MENTOR_STEP_OPEN, "closed");
}

static enum mentor_status cohort_start(struct run *run)
{
	return step(run, MENTOR_COHORT_RUNNING, MENTOR_STEP_START, "started");
}

static enum mentor_status cohort_finish(struct run *run)
{
	return step(run, MENTOR_COHORT_FINISHED, MENTOR_STEP_FINISH, "finished");
}

/* ---- status ---- */

static const struct mentor_field todo_fields[] = {
	{ "stage", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_todo, stage), .help = "stage of the work" },
	{ "what", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_todo, what), .heading = "what is missing", .help = "what is missing" },
	{ "count", MENTOR_TYPE_INT, MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_todo, count), .help = "how many" },
	{ "command", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_todo, command), .heading = "cleared by", .help = "the command that clears it" },
	{ 0 },
};
static const struct part status_parts[] = {
	{ "cohort", NULL, mentor_cohort_fields, false, false },
	{ "stages", "Stages", mentor_cohort_stage_fields, .many = true, .optional = true },
	{ "todo", "Still missing", todo_fields, .many = true, .main = true },
	{ "lessons", "What the cohort before has learned", mentor_lesson_fields, .many = true, .optional = true },
	{ 0 },
};

static enum mentor_status print_todo(void *arg, const struct mentor_todo *todo)
{
	out_row(arg, todo);
	return MENTOR_OK;
}

static enum mentor_status print_lesson(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static enum mentor_status cohort_status(struct run *run)
{
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status = find_cohort(run, operand(run, 0), &id);
	if (!status)
		status = out_labels(run->out, id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_cohort, id, &record);
	if (status)
		return status;
	out_part(run->out, "cohort");
	out_row(run->out, record);
	mentor_record_free(record);
	out_part(run->out, "stages");
	status = mentor_cohort_stages(run->m, id, print_row, run->out);
	if (status)
		return status;
	out_part(run->out, "todo");
	status = mentor_cohort_todos(run->m, id, print_todo, run->out);
	if (status)
		return status;
	out_part(run->out, "lessons");
	return mentor_lessons_before(run->m, id, print_lesson, run->out);
}

#define STEP(word, text, question, ...) \
	static const struct command word##_command = { .name = #word, .summary = text, .confirm = question, .flags = CMD_WRITE, .operands = one_or_only, \
		.parts = change_parts, .run = cohort_##word, __VA_ARGS__ }
#define HELD_UP .options = step_options, .args_size = sizeof(struct step_args)

STEP(open, "take applications, from today", NULL, HELD_UP);
STEP(close, "take no more applications", NULL, .args_size = sizeof(struct step_args));
STEP(start, "begin the work in pairs", NULL, HELD_UP);
STEP(finish, "end the work in pairs", "Every pair that still works together is completed, and the cohort takes no more decisions. Finish it?", HELD_UP);

static const struct command list_command = { .name = "list", .summary = "list cohorts", .flags = CMD_READ, .parts = list_parts,
	.entity = &mentor_entity_cohort, .fields = FIELDS_FILTER, .run = crud_list };
static const struct command show_command = { .name = "show", .summary = "show a cohort", .flags = CMD_READ, .operands = one_or_only, .parts = show_parts,
	.entity = &mentor_entity_cohort, .run = cohort_show };
static const struct command add_command = { .name = "add", .summary = "make a cohort of a programme", .flags = CMD_WRITE, .operands = new_slug,
	.options = add_options, .args_size = sizeof(struct add_args), .parts = change_parts, .entity = &mentor_entity_cohort,
	.fields = FIELDS_ADD, .run = cohort_add };
static const struct command set_command = { .name = "set", .summary = "change a cohort", .flags = CMD_WRITE, .operands = one, .parts = change_parts,
	.options = set_options, .args_size = sizeof(struct set_args), .entity = &mentor_entity_cohort, .fields = FIELDS_SET, .run = cohort_set };
static const struct command roll_command = { .name = "roll", .summary = "make the next cohort from this one, with its reserves and waiting lists",
	.flags = CMD_WRITE | CMD_COHORT, .operands = new_slug, .parts = change_parts, .entity = &mentor_entity_cohort, .fields = FIELDS_ADD, .run = cohort_roll };
static const struct command status_command = { .name = "status", .summary = "show where a cohort stands and what is still missing", .flags = CMD_READ,
	.operands = one_or_only, .parts = status_parts, .run = cohort_status };

static const struct command checklist_command = { .name = "checklist", .summary = "list what the programme's stages ask to be settled", .flags = CMD_READ,
	.operands = one_or_only, .parts = checklist_parts, .run = cohort_checklist };
static const struct command settle_command = { .name = "settle", .summary = "settle points of the checklist, with what shows it", .flags = CMD_WRITE | CMD_COHORT,
	.operands = settle_operands, .options = settle_options, .args_size = sizeof(struct checklist_args), .parts = settle_parts, .run = cohort_settle };

static const struct command *const verbs[] = { &list_command, &show_command, &add_command, &set_command, &open_command, &close_command,
	&start_command, &finish_command, &roll_command, &status_command, &checklist_command, &settle_command, NULL };
const struct command noun_cohort = { .name = "cohort", .summary = "cohorts: one run of a programme with its own dates and people", .verbs = verbs };
