/* enrol.c: mentor enrol: applying, importing applications, deciding. */
#include "enrol.h"
#include "nouns.h"
#include "out.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 256 << 20 };

static const struct operand one[] = { { "PERSON", false, false, "person", "reference (p12) or address" }, { 0 } };
static const struct operand several[] = { { "PERSON", false, true, "person", "reference (p12) or address" }, { 0 } };
static const struct operand file[] = { { "FILE", false, false, "file", "export of the application form, - for standard input" }, { 0 } };

static const struct part list_parts[] = { { NULL, NULL, mentor_enrolment_fields, true, false }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_enrolment_fields, false, false }, { 0 } };

/* A change to an enrolment is told as a change to the person: that is the reference people use. */
static enum mentor_status print_person(struct run *run, const char *change, int64_t enrolment)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_enrolment, enrolment, &record);
	if (!status) {
		const struct mentor_enrolment *e = record;
		print_change(run, change, &mentor_entity_person, e->person_id, e->name);
	}
	mentor_record_free(record);
	return status;
}

/* ---- add, set, show ---- */

static enum mentor_status enrol_add(struct run *run)
{
	struct mentor_enrolment *e = run->record;
	const char *change = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), &e->person_id);
	if (!status)
		status = mentor_enrol_add(run->m, run->cohort, e, run->record_given, &change, &id);
	return status ? status : print_person(run, strcmp(change, "added") == 0 ? "enrolled" : change, id);
}

static enum mentor_status enrol_set(struct run *run)
{
	int64_t id = 0;
	bool changed = false;
	if (!run->record_given)
		return mentor_fail(run->m, MENTOR_USAGE, "--help lists what can be set", "there is nothing to set");
	enum mentor_status status = mentor_enrolment_find(run->m, run->cohort, operand(run, 0), &id);
	if (!status)
		status = mentor_enrol_set(run->m, id, run->record, run->record_given, &changed);
	return status ? status : print_person(run, changed ? "changed" : "unchanged", id);
}

static enum mentor_status enrol_show(struct run *run)
{
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status = mentor_enrolment_find(run->m, run->cohort, operand(run, 0), &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_enrolment, id, &record);
	if (!status)
		out_row(run->out, record);
	mentor_record_free(record);
	return status;
}

/* ---- import ---- */

struct import_args {
	const char *delimiter;
};
static const struct option import_options[] = {
	{ { "delimiter", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(import_args, delimiter), .help = "what stands between cells: , ; or tab; found out when not given" }, 0, "CHAR" },
	{ .letter = 0 },
};

struct import {
	struct run *run;
	size_t rows, added, updated, differs;
	bool brief; /* many rows: people see the sum only */
};

enum { NAMED_AT_MOST = 40 };

static enum mentor_status print_import(void *arg, const struct mentor_import_row *row)
{
	struct import *i = arg;
	i->rows++;
	i->added += strcmp(row->change, "added") == 0;
	i->updated += strcmp(row->change, "updated") == 0;
	i->differs += strcmp(row->change, "differs") == 0;
	if (!i->brief || i->rows <= NAMED_AT_MOST)
		print_change(i->run, row->change, &mentor_entity_person, row->person_id, row->name);
	return MENTOR_OK;
}

static enum mentor_status enrol_import(struct run *run)
{
	const struct import_args *args = run->args;
	struct import import = { .run = run };
	const char *path = operand(run, 0);
	char delimiter = '\0', *text = NULL;
	size_t len = 0;
	import.brief = (run->out->format == &format_table || run->out->format == &format_plain) && !run->globals.verbose;
	out_part(run->out, NULL);
	enum mentor_status status = read_delimiter(run, args->delimiter, &delimiter);
	if (!status)
		status = read_file(run, path, MOST_BYTES, &text, &len);
	if (!status)
		status = mentor_enrol_import(run->m, run->cohort, path, text, len, delimiter, print_import, &import);
	if (!status && import.brief && import.rows > NAMED_AT_MOST) {
		struct mentor_buf sum = MENTOR_BUF_INIT;
		mentor_buf_fmt(&sum, "%zu rows: %zu added, %zu updated, %zu differ, %zu unchanged (-v names them all)", import.rows, import.added,
		    import.updated, import.differs, import.rows - import.added - import.updated - import.differs);
		struct change_row row = { "in all", mentor_buf_text(&sum), NULL, NULL };
		out_row(run->out, &row);
		mentor_buf_free(&sum);
	}
	free(text);
	return status;
}

/* ---- accept, decline ---- */

struct decide_args {
	const char *reason, *override;
};
static const struct option accept_options[] = {
	{ { "reason", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(decide_args, reason), .help = "why, kept with the decision" } },
	{ { "override", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(decide_args, override), .help = "go past the cohort's limit, for this reason, which is kept" }, 0, "REASON" },
	{ .letter = 0 },
};
static const struct option decline_options[] = {
	{ { "reason", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(decide_args, reason), .help = "why, kept with the decision" } },
	{ .letter = 0 },
};

static enum mentor_status decide(struct run *run, enum mentor_enrolment_state state, const char *word)
{
	const struct decide_args *args = run->args;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++) {
		int64_t id = 0;
		bool changed = false;
		status = mentor_enrolment_find(run->m, run->cohort, run->operands[i], &id);
		if (!status)
			status = mentor_enrol_decide(run->m, id, state, args->reason, args->override, &changed);
		if (!status)
			status = print_person(run, changed ? word : "unchanged", id);
	}
	return status;
}

static enum mentor_status enrol_accept(struct run *run)
{
	return decide(run, MENTOR_ENROLMENT_ACCEPTED, "accepted");
}

static enum mentor_status enrol_decline(struct run *run)
{
	return decide(run, MENTOR_ENROLMENT_DECLINED, "declined");
}

static const struct command list_command = { .name = "list", .summary = "list the people of a cohort", .flags = CMD_READ | CMD_COHORT, .parts = list_parts,
	.entity = &mentor_entity_enrolment, .fields = FIELDS_FILTER, .run = crud_list };
static const struct command show_command = { .name = "show", .summary = "show a person's enrolment", .flags = CMD_READ | CMD_COHORT, .operands = one,
	.parts = show_parts, .run = enrol_show };
static const struct command add_command = { .name = "add", .summary = "enrol a person", .flags = CMD_WRITE | CMD_COHORT, .operands = one,
	.parts = change_parts, .entity = &mentor_entity_enrolment, .fields = FIELDS_ADD, .run = enrol_add };
static const struct command set_command = { .name = "set", .summary = "change an enrolment", .flags = CMD_WRITE | CMD_COHORT, .operands = one,
	.parts = change_parts, .entity = &mentor_entity_enrolment, .fields = FIELDS_SET, .run = enrol_set };
static const struct command import_command = { .name = "import", .summary = "take applications from a form's export, all or none",
	.flags = CMD_WRITE | CMD_COHORT, .operands = file, .options = import_options, .args_size = sizeof(struct import_args),
	.parts = change_parts, .run = enrol_import };
static const struct command accept_command = { .name = "accept", .summary = "accept applicants, within the cohort's limits", .flags = CMD_WRITE | CMD_COHORT,
	.operands = several, .options = accept_options, .args_size = sizeof(struct decide_args), .parts = change_parts, .run = enrol_accept };
static const struct command decline_command = { .name = "decline", .summary = "decline applicants", .flags = CMD_WRITE | CMD_COHORT, .operands = several,
	.options = decline_options, .args_size = sizeof(struct decide_args), .parts = change_parts, .run = enrol_decline };

static const struct command *const verbs[] = { &list_command, &show_command, &add_command, &set_command, &import_command, &accept_command,
	&decline_command, &enrol_export_command, &enrol_told_command, NULL };
const struct command noun_enrol = { .name = "enrol", .summary = "the people of a cohort: applying and deciding", .verbs = verbs };
