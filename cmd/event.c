/* event.c: mentor event: what people come to besides their sessions. */
#include "event.h"

#include "nouns.h"
#include "out.h"

#include <stdio.h>
#include <string.h>

const struct operand event_one[] = { { "EVENT", .entity = "event", .help = "reference of an event (e4)" }, { 0 } };
const struct operand event_and_people[] = { { "EVENT", .entity = "event", .help = "reference of an event (e4)" },
	{ "PERSON", false, true, "person", "reference (p12) or address" }, { 0 } };

enum mentor_status event_print(struct run *run, const char *change, int64_t event)
{
	void *record = NULL;
	struct mentor_buf name = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_event, event, &record);
	if (!status) {
		const struct mentor_event *e = record;
		mentor_buf_fmt(&name, "%s on %s%s%s", e->title, e->date, e->start ? " at " : "", e->start ? e->start : "");
		print_change(run, change, &mentor_entity_event, event, mentor_buf_text(&name));
	}
	out_free_part(run->out, &name);
	mentor_record_free(record);
	return status;
}

void event_print_person(struct run *run, const char *change, int64_t person, const char *name)
{
	print_change(run, change, &mentor_entity_person, person, name);
}

static enum mentor_status print_row(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

/* ---- plan ---- */

static const struct mentor_field planned_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_event_planned, change), .help = "added; changed (it follows the programme and the cohort's days); unchanged; kept (cancelled, held, or changed by hand); undated (the cohort lacks the day it is counted from); past (a fixed day before this cohort)" },
	{ "event", MENTOR_TYPE_REF, 0, MENTOR_AT_NUMBER(mentor_event_planned, event), .entity = "event", .help = "the event, if there is one" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(mentor_event_planned, title), .help = "what it is called" },
	{ "date", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(mentor_event_planned, date), .help = "its day" },
	{ 0 },
};
static const struct part planned_parts[] = { { NULL, NULL, planned_fields, true, true }, { 0 } };

struct planning {
	struct run *run;
	bool undated, past;
};

static enum mentor_status print_planned(void *arg, const void *record)
{
	struct planning *p = arg;
	const struct mentor_event_planned *row = record;
	p->undated |= strcmp(row->change, "undated") == 0;
	p->past |= strcmp(row->change, "past") == 0;
	return print_row(p->run->out, row);
}

static enum mentor_status run_plan(struct run *run)
{
	struct planning p = { .run = run };
	enum mentor_status status = mentor_event_plan(run->m, run->cohort, print_planned, &p);
	if (p.undated)
		out_note(run->out, "Undated: give the cohort its days and plan again: mentor cohort set COHORT --starts-on DAY");
	if (p.past)
		out_note(run->out, "Past: the programme gives a fixed day before this cohort. To give it one of its own: mentor event add NAME --date DAY");
	return status;
}

static const struct command event_plan = {
	.name = "plan",
	.summary = "make the events of the programme for a cohort, and move those not touched since",
	.flags = CMD_WRITE | CMD_COHORT,
	.parts = planned_parts,
	.run = run_plan,
};

/* ---- add, set, move, cancel ---- */

static const struct operand new_name[] = { { "NAME", .help = "name of an event in the programme, or a new short name" }, { 0 } };

static enum mentor_status run_add(struct run *run)
{
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_event_add(run->m, run->cohort, operand(run, 0), run->record, run->record_given, &change, &id);
	return status ? status : event_print(run, change, id);
}

static const struct command event_add = {
	.name = "add",
	.summary = "add an event by hand; what is not given is what the programme says of it",
	.flags = CMD_WRITE | CMD_COHORT,
	.operands = new_name,
	.parts = change_parts,
	.entity = &mentor_entity_event,
	.fields = FIELDS_ADD,
	.run = run_add,
};

static enum mentor_status change(struct run *run, const struct mentor_event *event, uint64_t given, const char *word)
{
	int64_t id = 0;
	bool changed = false;
	if (!given)
		return nothing_to_set(run);
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_event, operand(run, 0), &id);
	if (!status)
		status = mentor_event_set(run->m, id, event, given, &changed);
	return status ? status : event_print(run, changed ? word : "unchanged", id);
}

static enum mentor_status run_set(struct run *run)
{
	return change(run, run->record, run->record_given, "changed");
}

static const struct command event_set = {
	.name = "set",
	.summary = "change an event",
	.flags = CMD_WRITE,
	.operands = event_one,
	.parts = change_parts,
	.entity = &mentor_entity_event,
	.fields = FIELDS_SET,
	.run = run_set,
};

static const struct option move_options[] = {
	{ { "date", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(mentor_event, date), .help = "the new day" } },
	{ { "start", MENTOR_TYPE_CLOCK, 0, MENTOR_AT_TEXT(mentor_event, start), .help = "when it begins" } },
	{ { "until", MENTOR_TYPE_CLOCK, 0, MENTOR_AT_TEXT(mentor_event, until), .help = "when it ends" } },
	{ { "place", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_event, place), .help = "room, or link of a meeting" } },
	{ .letter = 0 },
};

static enum mentor_status run_move(struct run *run)
{
	const struct mentor_event *event = run->args;
	uint64_t given = 0;
	for (size_t i = 0; move_options[i].field.name; i++)
		for (size_t f = 0; run->given >> i & 1 && mentor_event_fields[f].name; f++)
			if (strcmp(mentor_event_fields[f].name, move_options[i].field.name) == 0)
				given |= UINT64_C(1) << f;
	return change(run, event, given, "moved");
}

static const struct command event_move = {
	.name = "move",
	.summary = "move an event to another day, time or place; it stays the same event in people's calendars",
	.flags = CMD_WRITE,
	.operands = event_one,
	.options = move_options,
	.args_size = sizeof(struct mentor_event),
	.parts = change_parts,
	.run = run_move,
};

struct cancel_args {
	const char *reason;
	int64_t undo;
};
static const struct option cancel_options[] = {
	{ { "reason", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(cancel_args, reason), .help = "why, for the running team" } },
	{ { "undo", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(cancel_args, undo), .help = "it takes place after all" } },
	{ .letter = 0 },
};

static enum mentor_status run_cancel(struct run *run)
{
	const struct cancel_args *args = run->args;
	int64_t id = 0;
	bool changed = false, undo = args->undo == 1;
	if (undo && args->reason)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out one of the two", "--reason is for cancelling, not for --undo");
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_event, operand(run, 0), &id);
	if (!status)
		status = mentor_event_cancel(run->m, id, args->reason, undo, &changed);
	return status ? status : event_print(run, !changed ? "unchanged" : undo ? "reinstated" : "cancelled", id);
}

static const struct command event_cancel = {
	.name = "cancel",
	.summary = "cancel an event",
	.flags = CMD_WRITE,
	.operands = event_one,
	.options = cancel_options,
	.args_size = sizeof(struct cancel_args),
	.parts = change_parts,
	.run = run_cancel,
};

/* ---- list, show ---- */

static const struct part list_parts[] = { { NULL, NULL, mentor_event_fields, true, false }, { 0 } };

struct list_args {
	int64_t person, facilitator;
};
static const struct option list_options[] = {
	{ { "for", MENTOR_TYPE_REF, 0, MENTOR_AT_NUMBER(list_args, person), .entity = "person", .help = "only what this person is expected at, signed up for or was at" }, 0, "PERSON" },
	{ { "facilitator", MENTOR_TYPE_REF, 0, MENTOR_AT_NUMBER(list_args, facilitator), .entity = "person", .help = "only what this person runs" }, 0, "PERSON" },
	{ .letter = 0 },
};
static const char *const list_formats[] = { "ics", NULL };

struct listing {
	struct run *run;
	struct mentor_calendar whose;
};

static enum mentor_status print_if_theirs(void *arg, const void *record)
{
	const struct listing *l = arg;
	bool in = false;
	enum mentor_status status = mentor_event_is_in(l->run->m, &l->whose, ((const struct mentor_event *)record)->id, &in);
	return status || !in ? status : print_row(l->run->out, record);
}

static enum mentor_status print_calendar(const struct listing *l)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	if (l->run->n_filters)
		return mentor_fail(l->run->m, MENTOR_USAGE, "--for and --facilitator choose whose calendar it is", "a calendar holds events of every kind");
	enum mentor_status status = mentor_event_calendar(l->run->m, l->run->cohort, &l->whose, &text);
	if (!status)
		out_text(l->run->out, list_formats[0], mentor_buf_text(&text));
	out_free_part(l->run->out, &text);
	return status;
}

static enum mentor_status run_list(struct run *run)
{
	const struct list_args *args = run->args;
	struct listing l = { run, { args->person > 0 ? args->person : 0, args->facilitator > 0 ? args->facilitator : 0 } };
	if (run->globals.format && strcmp(run->globals.format, list_formats[0]) == 0)
		return print_calendar(&l);
	filter_by_number(run, "cohort_id", run->cohort);
	out_part(run->out, NULL);
	return mentor_event_list(run->m, run->filters, run->n_filters, print_if_theirs, &l);
}

static const struct command event_list = {
	.name = "list",
	.summary = "list the events of a cohort; -f ics is a calendar of them",
	.flags = CMD_READ | CMD_COHORT,
	.options = list_options,
	.args_size = sizeof(struct list_args),
	.formats = list_formats,
	.parts = list_parts,
	.entity = &mentor_entity_event,
	.fields = FIELDS_FILTER,
	.run = run_list,
};

static const struct part show_parts[] = {
	{ "event", NULL, mentor_event_fields, false, false, .main = true },
	{ "facilitators", "Run by", mentor_event_runner_fields, .many = true, .optional = true },
	{ "people", "People", mentor_event_person_fields, .many = true },
	{ 0 },
};

static enum mentor_status print_event(void *arg, const void *record)
{
	struct run *run = arg;
	enum mentor_status status = out_labels(run->out, ((const struct mentor_event *)record)->cohort_id);
	return status ? status : print_row(run->out, record);
}

static enum mentor_status run_show(struct run *run)
{
	int64_t id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_event, operand(run, 0), &id);
	out_part(run->out, "event");
	if (!status)
		status = mentor_event_get(run->m, id, print_event, run);
	out_part(run->out, "facilitators");
	if (!status)
		status = mentor_event_runners(run->m, id, print_row, run->out);
	out_part(run->out, "people");
	return status ? status : mentor_event_people(run->m, id, print_row, run->out);
}

static const struct command event_show = {
	.name = "show",
	.summary = "show an event, and where everybody stands to it",
	.flags = CMD_READ,
	.operands = event_one,
	.parts = show_parts,
	.run = run_show,
};

static const struct command *const verbs[] = { &event_list, &event_show, &event_plan, &event_add, &event_set, &event_move, &event_cancel, &event_signup_command,
	&event_attend_command, &event_import_command, &event_invite_command, &event_told_command, &event_assign_command,
	&event_facilitators_command, NULL };

const struct command noun_event = {
	.name = "event",
	.summary = "events: briefings, workshops and meetings, who comes and who was there",
	.verbs = verbs,
};
