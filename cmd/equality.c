/* equality.c: mentor equality: monitoring answers in, out again for those who object, and counted. */
#include "nouns.h"
#include "out.h"

#include <stdlib.h>

enum { MOST_BYTES = 64 << 20 };

static enum mentor_status print_row(void *arg, const void *record)
{
	struct run *run = arg;
	out_row(run->out, record);
	return MENTOR_OK;
}

/* ---- import ---- */

struct import_args {
	const char *delimiter;
};

static const struct option import_options[] = {
	{ .field = { "delimiter", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(import_args, delimiter),
	      .help = "what stands between cells: , ; or tab; found out when not given" },
	    .placeholder = "CHAR" },
	{ .letter = 0 },
};

static const struct operand import_operands[] = {
	{ "FILE", .entity = "file", .help = "export of the monitoring form as CSV; - for standard input" },
	{ 0 },
};

static const struct part import_parts[] = { { NULL, NULL, mentor_equality_imported_fields, true, false }, { 0 } };

static enum mentor_status run_import(struct run *run)
{
	const char *path = operand(run, 0);
	char delimiter = '\0', *text = NULL;
	size_t len = 0;
	enum mentor_status status = read_delimiter(run, ((const struct import_args *)run->args)->delimiter, &delimiter);
	if (!status)
		status = read_file(run, path, MOST_BYTES, &text, &len);
	if (!status)
		status = mentor_equality_import(run->m, run->cohort, path, text, len, delimiter, print_row, run);
	free(text);
	return status;
}

static const struct command equality_import = {
	.name = "import",
	.summary = "take monitoring answers from the export of their own form, all or none",
	.flags = CMD_WRITE | CMD_COHORT,
	.options = import_options,
	.operands = import_operands,
	.parts = import_parts,
	.args_size = sizeof(struct import_args),
	.run = run_import,
};

/* ---- withdraw ---- */

struct withdraw_args {
	int64_t again;
};

static const struct option withdraw_options[] = {
	{ .field = { "again", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(withdraw_args, again),
	      .help = "the person takes the objection back: answers may come in again" } },
	{ .letter = 0 },
};

static const struct operand withdraw_operands[] = { { "PERSON", .entity = "person", .help = "reference (p12) or address" }, { 0 } };

static enum mentor_status run_withdraw(struct run *run)
{
	int64_t id = 0;
	bool changed = false, again = ((const struct withdraw_args *)run->args)->again == 1;
	void *record = NULL;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), &id);
	if (!status)
		status = mentor_equality_withdraw(run->m, id, again, &changed);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_person, id, &record);
	if (!status)
		print_change(run, !changed ? "unchanged" : again ? "readmitted" : "withdrawn", &mentor_entity_person, id,
		    ((const struct mentor_person *)record)->name);
	mentor_record_free(record);
	return status;
}

static const struct command equality_withdraw = {
	.name = "withdraw",
	.summary = "remove a person's answers in every cohort, and take no more",
	.flags = CMD_WRITE,
	.options = withdraw_options,
	.operands = withdraw_operands,
	.parts = change_parts,
	.args_size = sizeof(struct withdraw_args),
	.run = run_withdraw,
};

/* ---- status ---- */

static const struct part status_parts[] = {
	{ "monitoring", NULL, mentor_equality_status_fields },
	{ "earlier", "Earlier answers were given for", mentor_equality_policy_fields, .many = true, .optional = true },
	{ 0 },
};

static enum mentor_status print_earlier(void *arg, const void *record)
{
	struct run *run = arg;
	if (run->out->part != &status_parts[1])
		out_part(run->out, "earlier");
	return print_row(arg, record);
}

static enum mentor_status run_status(struct run *run)
{
	out_title(run->out, "Equality monitoring");
	return mentor_equality_status(run->m, run->cohort, print_row, print_earlier, run);
}

static const struct command equality_status = {
	.name = "status",
	.summary = "show what answers are held for, who may see them, and how many have answered",
	.flags = CMD_READ | CMD_COHORT,
	.parts = status_parts,
	.run = run_status,
};

/* ---- workforce ---- */

static const char *const code_lists[] = { "gss-2021", "ons-2011", "nhs-2001", NULL };

struct workforce_args {
	const char *delimiter, *organisation, *on;
	int64_t codes;
};
static const struct option workforce_options[] = {
	{ { "on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(workforce_args, on), .help = "the day the figures are of; today when not given" } },
	{ { "organisation", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(workforce_args, organisation), .help = "whose workforce it is, where there are several and the file has no such column" }, 0, "NAME" },
	{ { "codes", MENTOR_TYPE_CHOICE, 0, MENTOR_AT_NUMBER(workforce_args, codes), .choices = code_lists, .help = "the list of ethnic groups that the figures follow, when it is not that of the form" } },
	{ { "delimiter", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(workforce_args, delimiter), .help = "what stands between cells: , ; or tab; found out when not given" }, 0, "CHAR" },
	{ .letter = 0 },
};
static const struct operand workforce_operands[] = {
	{ "FILE", .entity = "file", .help = "CSV with the headings question, group and people; - for standard input" },
	{ 0 },
};
static const struct part workforce_parts[] = { { NULL, NULL, mentor_workforce_row_fields, true, false }, { 0 } };

static enum mentor_status run_workforce(struct run *run)
{
	const struct workforce_args *args = run->args;
	const char *path = operand(run, 0), *codes = args->codes == MENTOR_NONE ? NULL : code_lists[args->codes];
	char delimiter = '\0', *text = NULL;
	size_t len = 0;
	enum mentor_status status = read_delimiter(run, args->delimiter, &delimiter);
	if (!status)
		status = read_file(run, path, MOST_BYTES, &text, &len);
	if (!status)
		status = mentor_equality_workforce(run->m, run->cohort, path, text, len, delimiter, args->organisation, args->on, codes, print_row, run);
	free(text);
	return status;
}

static const struct command equality_workforce = {
	.name = "workforce",
	.summary = "take how many people of the workforce are in which group",
	.flags = CMD_WRITE | CMD_COHORT,
	.options = workforce_options,
	.operands = workforce_operands,
	.parts = workforce_parts,
	.args_size = sizeof(struct workforce_args),
	.run = run_workforce,
};

/* ---- compare ---- */

static const struct part compare_parts[] = { { NULL, NULL, mentor_composition_fields, true, false }, { 0 } };
static const char *const page_formats[] = { "html", "md", "xlsx", NULL };

static enum mentor_status run_compare(struct run *run)
{
	out_title(run->out, "Workforce and cohort");
	return mentor_equality_compare(run->m, run->cohort, print_row, run);
}

static const struct command equality_compare = {
	.name = "compare",
	.summary = "compare the workforce with who applied, was accepted, was in a pair and finished",
	.flags = CMD_READ | CMD_COHORT,
	.publishes = publishes_always,
	.parts = compare_parts,
	.formats = page_formats,
	.run = run_compare,
};

/* ---- codes ---- */

static const struct part codes_parts[] = { { NULL, NULL, mentor_ethnic_group_fields, true, false }, { 0 } };

static enum mentor_status run_codes(struct run *run)
{
	out_title(run->out, "Ethnic groups: GSS 2021, ONS 2011, NHS 2001");
	return mentor_ethnic_groups(run->m, print_row, run);
}

static const struct command equality_codes = {
	.name = "codes",
	.summary = "list ethnic groups of three lists, and which of the older ones each is",
	.parts = codes_parts,
	.run = run_codes,
};

static const struct command *const verbs[] = { &equality_import, &equality_withdraw, &equality_status, &equality_workforce, &equality_compare,
	&equality_codes, NULL };

const struct command noun_equality = {
	.name = "equality",
	.summary = "equality monitoring, apart from everything that chooses people",
	.verbs = verbs,
};
