/* event_people.c: mentor event: who signs up, who was there, and who runs it. */
#include "event.h"

#include "out.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

/* Finds the people of the operands from the second on, and does something with each. */
static enum mentor_status for_each_person(struct run *run, int64_t event, enum mentor_status (*act)(struct run *run, int64_t event, int64_t person, const char **ret_change))
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 1; !status && i < run->n_operands; i++) {
		int64_t person = 0;
		const char *change = NULL;
		void *record = NULL;
		status = mentor_record_find(run->m, &mentor_entity_person, operand(run, i), &person);
		if (!status)
			status = act(run, event, person, &change);
		if (!status)
			status = mentor_record_get(run->m, &mentor_entity_person, person, &record);
		if (!status)
			event_print_person(run, change, person, ((const struct mentor_person *)record)->name);
		mentor_record_free(record);
	}
	return status;
}

/* ---- signup ---- */

struct signup_args {
	int64_t off;
};
static const struct option signup_options[] = {
	{ { "off", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(signup_args, off), .help = "they say that they will not come" } },
	{ .letter = 0 },
};

static enum mentor_status sign_up(struct run *run, int64_t event, int64_t person, const char **ret_change)
{
	const struct signup_args *args = run->args;
	return mentor_event_sign_up(run->m, event, person, args->off == 1, ret_change);
}

static enum mentor_status run_signup(struct run *run)
{
	int64_t event = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_event, operand(run, 0), &event);
	return status ? status : for_each_person(run, event, sign_up);
}

const struct command event_signup_command = {
	.name = "signup",
	.summary = "record that people will come, or will not; a full event has a waiting list",
	.flags = CMD_WRITE,
	.operands = event_and_people,
	.options = signup_options,
	.args_size = sizeof(struct signup_args),
	.parts = change_parts,
	.run = run_signup,
};

/* ---- attend ---- */

struct attend_args {
	int64_t absent, excused, caught_up, minutes, no_shows;
};
static const struct option attend_options[] = {
	{ { "absent", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(attend_args, absent), .help = "they were not there" } },
	{ { "excused", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(attend_args, excused), .help = "they said so beforehand" } },
	{ { "caught-up", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(attend_args, caught_up), .help = "they were not there, and have made up for it; it counts as having been there" } },
	{ { "minutes", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(attend_args, minutes), .minimum = 0, .maximum = 1440, .help = "how long they were there" } },
	{ { "no-shows", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(attend_args, no_shows), .help = "everybody else who was expected was not there" } },
	{ .letter = 0 },
};
static const struct operand attend_operands[] = { { "EVENT", .entity = "event", .help = "reference of an event (e4)" },
	{ "PERSON", true, true, "person", "reference (p12) or address" }, { 0 } };

static enum mentor_status attend(struct run *run, int64_t event, int64_t person, const char **ret_change)
{
	const struct attend_args *args = run->args;
	enum mentor_standing standing = args->absent == 1 ? MENTOR_STANDING_ABSENT :
	    args->excused == 1				  ? MENTOR_STANDING_EXCUSED :
	    args->caught_up == 1			  ? MENTOR_STANDING_CAUGHT_UP :
							    MENTOR_STANDING_ATTENDED;
	return mentor_event_attend(run->m, event, person, standing, args->minutes, ret_change);
}

static enum mentor_status print_noted(void *arg, const void *record)
{
	const struct mentor_event_noted *row = record;
	event_print_person(arg, row->change, row->person, row->name);
	return MENTOR_OK;
}

static enum mentor_status run_attend(struct run *run)
{
	const struct attend_args *args = run->args;
	int64_t event = 0;
	if ((args->absent == 1) + (args->excused == 1) + (args->caught_up == 1) > 1)
		return mentor_fail(run->m, MENTOR_USAGE, "give one of --absent, --excused and --caught-up", "people were there, or not, in one way");
	if (run->n_operands < 2 && args->no_shows != 1)
		return mentor_fail(run->m, MENTOR_USAGE, "name people, or add --no-shows for everybody who was expected and is not recorded", "it is not said who was there");
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_event, operand(run, 0), &event);
	if (!status)
		status = for_each_person(run, event, attend);
	return status || args->no_shows != 1 ? status : mentor_event_no_shows(run->m, event, print_noted, run);
}

const struct command event_attend_command = {
	.name = "attend",
	.summary = "record who was there, who was not, and who has made up for it",
	.flags = CMD_WRITE,
	.operands = attend_operands,
	.options = attend_options,
	.args_size = sizeof(struct attend_args),
	.parts = change_parts,
	.run = run_attend,
};

/* ---- import ---- */

struct import_args {
	const char *delimiter, *email, *minutes;
	int64_t share, keep_going, no_shows;
};
static const struct import_args import_defaults = { .share = 50, .keep_going = MENTOR_NONE, .no_shows = MENTOR_NONE };
static const struct option import_options[] = {
	{ { "email", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(import_args, email), .help = "heading of the column of addresses; those of Teams, Zoom and plain lists are known" }, 0, "HEADING" },
	{ { "minutes", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(import_args, minutes), .help = "heading of the column that says how long people were there; those of Teams, Zoom and plain lists are known" }, 0, "HEADING" },
	{ { "share", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(import_args, share), .minimum = 0, .maximum = 100, .help = "the least part of the event, in per cent, that counts as having been there; 50 when not given" }, 0, "PERCENT" },
	{ { "no-shows", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(import_args, no_shows), .help = "everybody else who was expected was not there" } },
	{ { "delimiter", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(import_args, delimiter), .help = "what stands between cells: , ; | or tab; found out when not given" }, 0, "CHAR" },
	{ { "keep-going", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(import_args, keep_going), .help = "leave out rows of people whom the store does not know, or whom the event is not for" } },
	{ .letter = 0 },
};
static const struct operand event_and_file[] = { { "EVENT", .entity = "event", .help = "reference of an event (e4)" },
	{ "FILE", .entity = "file", .help = "attendance export, or list of addresses; - for standard input" }, { 0 } };
static const struct part noted_parts[] = { { NULL, NULL, mentor_event_noted_fields, true, true }, { 0 } };

static enum mentor_status print_import(void *arg, const void *record)
{
	struct run *run = arg;
	const struct mentor_event_noted *row = record;
	run->left_out += strcmp(row->change, "rejected") == 0;
	out_row(run->out, row);
	return MENTOR_OK;
}

static enum mentor_status run_import(struct run *run)
{
	const struct import_args *args = run->args;
	struct mentor_event_file file = { .name = operand(run, 1), .email = args->email, .minutes = args->minutes, .share = args->share,
		.keep_going = args->keep_going == 1 };
	char *text = NULL;
	int64_t event = 0;
	run->left_out_hint = "add the people and import the file again";
	out_part(run->out, NULL);
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_event, operand(run, 0), &event);
	if (!status)
		status = read_delimiter(run, args->delimiter, &file.delimiter);
	if (!status)
		status = read_file(run, file.name, MOST_BYTES, &text, &file.len);
	file.text = text;
	if (!status)
		status = mentor_event_import(run->m, event, &file, print_import, run);
	if (!status && args->no_shows == 1)
		status = mentor_event_no_shows(run->m, event, print_import, run);
	free(text);
	return status;
}

const struct command event_import_command = {
	.name = "import",
	.summary = "take attendance from a Teams or Zoom export, or from a list of addresses",
	.flags = CMD_WRITE,
	.operands = event_and_file,
	.options = import_options,
	.args_size = sizeof(struct import_args),
	.defaults = &import_defaults,
	.parts = noted_parts,
	.run = run_import,
};

/* ---- assign, facilitators ---- */

struct assign_args {
	int64_t off;
	const char *override;
};
static const struct option assign_options[] = {
	{ { "off", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(assign_args, off), .help = "they do not run it after all" } },
	{ { "override", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(assign_args, override), .help = "assign them before they had the training; the reason is kept" }, 0, "REASON" },
	{ .letter = 0 },
};

static enum mentor_status assign(struct run *run, int64_t event, int64_t person, const char **ret_change)
{
	const struct assign_args *args = run->args;
	return mentor_event_assign(run->m, event, person, args->off == 1, args->override, ret_change);
}

static enum mentor_status run_assign(struct run *run)
{
	const struct assign_args *args = run->args;
	int64_t event = 0;
	if (args->off == 1 && args->override)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out one of the two", "--override is for assigning, not for --off");
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_event, operand(run, 0), &event);
	return status ? status : for_each_person(run, event, assign);
}

const struct command event_assign_command = {
	.name = "assign",
	.summary = "record which facilitators run an event; they have had the training that it wants",
	.flags = CMD_WRITE,
	.operands = event_and_people,
	.options = assign_options,
	.args_size = sizeof(struct assign_args),
	.parts = change_parts,
	.run = run_assign,
};

static const struct part facilitators_parts[] = {
	{ "facilitators", "Facilitators", mentor_facilitator_fields, .many = true, .main = true },
	{ "events", "Who runs what", mentor_handover_fields, .many = true },
	{ 0 },
};

static enum mentor_status print_row(void *arg, const void *record)
{
	struct run *run = arg;
	out_row(run->out, record);
	return MENTOR_OK;
}

static enum mentor_status print_handover(void *arg, const void *record)
{
	struct run *run = arg;
	if (strcmp(run->out->part->key, "events") != 0)
		out_part(run->out, "events");
	return print_row(arg, record);
}

static enum mentor_status run_facilitators(struct run *run)
{
	out_part(run->out, "facilitators");
	return mentor_event_facilitators(run->m, run->cohort, print_row, print_handover, run);
}

const struct command event_facilitators_command = {
	.name = "facilitators",
	.summary = "show who may run what, who has run what, and what providers from outside still run",
	.flags = CMD_READ | CMD_COHORT,
	.parts = facilitators_parts,
	.run = run_facilitators,
};
