/* lesson.c: mentor lesson: what a cohort has learned, for the next one. */
#include "nouns.h"
#include "out.h"

static const struct operand one_lesson[] = { { "LESSON", .entity = "lesson", .help = "reference of a lesson (l3)" }, { 0 } };

static enum mentor_status run_add(struct run *run)
{
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_lesson_add(run->m, run->cohort, run->record, &change, &id);
	return status ? status : print_changed(run, change, &mentor_entity_lesson, id);
}

/* ---- list ---- */

struct list_args {
	int64_t before;
};
static const struct option list_options[] = {
	{ { "before", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(list_args, before), .help = "those of the cohort that this one was made from" } },
	{ .letter = 0 },
};

static enum mentor_status print_row(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static enum mentor_status run_list(struct run *run)
{
	if (((const struct list_args *)run->args)->before != 1)
		return crud_list(run);
	if (run->n_filters)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out the other options", "--before lists all that the cohort before has learned");
	out_part(run->out, NULL);
	return mentor_lessons_before(run->m, run->cohort, print_row, run->out);
}

static const struct part list_parts[] = { { NULL, NULL, mentor_lesson_fields, true, false }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_lesson_fields, false, false }, { 0 } };

static const struct command lesson_add = { .name = "add", .summary = "record what the cohort has learned about running the programme",
	.flags = CMD_WRITE | CMD_COHORT, .parts = change_parts, .entity = &mentor_entity_lesson, .fields = FIELDS_ADD, .run = run_add };
static const struct command lesson_list = { .name = "list", .summary = "list the lessons of a cohort, or of the one before", .flags = CMD_READ | CMD_COHORT,
	.options = list_options, .args_size = sizeof(struct list_args), .parts = list_parts, .entity = &mentor_entity_lesson, .fields = FIELDS_FILTER,
	.run = run_list };
static const struct command lesson_show = { .name = "show", .summary = "show a lesson", .flags = CMD_READ, .operands = one_lesson, .parts = show_parts,
	.entity = &mentor_entity_lesson, .run = crud_show };
static const struct command lesson_set = { .name = "set", .summary = "change a lesson", .flags = CMD_WRITE, .operands = one_lesson, .parts = change_parts,
	.entity = &mentor_entity_lesson, .fields = FIELDS_SET, .run = crud_set };
static const struct command lesson_done = { .name = "done", .summary = "record that a lesson is taken up, and what is done differently", .flags = CMD_WRITE,
	.operands = one_lesson, .options = settle_done_options, .args_size = sizeof(struct settle_args), .parts = change_parts,
	.entity = &mentor_entity_lesson, .run = crud_done };
static const struct command lesson_drop = { .name = "drop", .summary = "record that a lesson is left, and why", .flags = CMD_WRITE,
	.operands = one_lesson, .options = settle_drop_options, .args_size = sizeof(struct settle_args), .parts = change_parts,
	.entity = &mentor_entity_lesson, .run = crud_drop };
static const struct command lesson_reopen = { .name = "reopen", .summary = "take back that a lesson is done or dropped", .flags = CMD_WRITE,
	.operands = one_lesson, .parts = change_parts, .entity = &mentor_entity_lesson, .run = crud_reopen };

static const struct command *const verbs[] = { &lesson_add, &lesson_list, &lesson_show, &lesson_set, &lesson_done, &lesson_drop, &lesson_reopen, NULL };

const struct command noun_lesson = { .name = "lesson", .summary = "what a cohort has learned, for the next one", .verbs = verbs };
