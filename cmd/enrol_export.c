/* enrol_export.c: mentor enrol export and told: letters to applicants, and who has had one. */
#include "enrol.h"
#include "out.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct operand operands[] = {
	{ "OUTCOME", .help = "accepted, late, waiting, declined, reserve or recruitment" },
	{ "PERSON", .optional = true, .many = true, .entity = "person", .help = "reference (p12) or address; everybody who has not been told, or is due to hear again, when none is named" },
	{ 0 },
};

static const struct operand told_operands[] = {
	{ "OUTCOME", .help = "accepted, late, waiting, declined or reserve" },
	{ "PERSON", .optional = true, .many = true, .entity = "person", .help = "reference (p12) or address; everybody who has not been told, or is due to hear again, when none is named" },
	{ 0 },
};

/* The first operand as the field of that name would be read. */
static enum mentor_status read_outcome(struct run *run, struct mentor_letter_request *request)
{
	const struct mentor_field *field = mentor_field_find(mentor_letter_fields, "outcome");
	struct mentor_letter letter = { 0 };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_field_read(run->m, field, operand(run, 0), &letter);
	if (status == MENTOR_INVALID && !mentor_nearest(operand(run, 0), field->choices))
		return mentor_fail(run->m, MENTOR_USAGE, "letters are for: accepted, late, waiting, declined, reserve, recruitment",
		    "there is no letter for '%s'", operand(run, 0));
	if (status == MENTOR_INVALID) {
		mentor_buf_fmt(&hint, "did you mean '%s'?", mentor_nearest(operand(run, 0), field->choices));
		status = mentor_fail(run->m, MENTOR_USAGE, mentor_buf_text(&hint), "there is no letter for '%s'", operand(run, 0));
		mentor_buf_free(&hint);
	}
	if (!status)
		request->outcome = (enum mentor_letter_outcome)letter.outcome;
	return status;
}

/* *ret_people is to be freed. */
static enum mentor_status read_request(struct run *run, struct mentor_letter_request *request, int64_t **ret_people)
{
	enum mentor_status status = read_outcome(run, request);
	size_t n = run->n_operands - 1;
	if (status || n == 0)
		return status;
	int64_t *people = calloc(n, sizeof(*people));
	if (!people)
		return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	for (size_t i = 0; !status && i < n; i++)
		status = mentor_record_find(run->m, &mentor_entity_person, operand(run, i + 1), &people[i]);
	request->people = people;
	request->n_people = n;
	*ret_people = people;
	return status;
}

/* ---- export ---- */

struct export_args {
	const char *template;
	int64_t all;
};

static const struct option export_options[] = {
	{ { "template", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(export_args, template), .help = "the template, by its name; needed when there are several for the outcome" }, 0, "NAME" },
	{ { "all", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(export_args, all), .help = "everybody with that outcome, told or not" }, 'a' },
	{ .letter = 0 },
};

static const char *const export_formats[] = { "mbox", "eml", NULL };

static enum mentor_letter_format chosen_format(const struct run *run)
{
	const char *name = run->globals.format;
	if (name && strcmp(name, "mbox") == 0)
		return MENTOR_LETTER_MBOX;
	return name && strcmp(name, "eml") == 0 ? MENTOR_LETTER_EML : MENTOR_LETTER_PLAIN;
}

struct export {
	struct run *run;
	enum mentor_letter_format format;
	size_t n;
};

static enum mentor_status print_letter(void *arg, const void *record)
{
	struct export *e = arg;
	const struct mentor_letter *letter = record;
	e->n++;
	if (e->format == MENTOR_LETTER_PLAIN) {
		out_row(e->run->out, record);
	} else {
		out_text(e->run->out, export_formats[0], letter->message);
		out_spill(e->run->out);
	}
	return MENTOR_OK;
}

/* A file of this kind is one message. */
static enum mentor_status check_one(const struct export *e)
{
	if (e->format != MENTOR_LETTER_EML || e->n == 1)
		return MENTOR_OK;
	if (e->n == 0)
		return mentor_fail(e->run->m, MENTOR_NOT_FOUND, "name the person, or add --all", "there is nobody to write to");
	return mentor_fail(e->run->m, MENTOR_USAGE, "name one person, or use -f mbox", "--format: eml is for one letter, and there are %zu", e->n);
}

static void tell_next(const struct export *e)
{
	if (e->n)
		out_note(e->run->out, "When they are sent, record it: mentor enrol told %s", operand(e->run, 0));
	else
		out_note(e->run->out, "Nobody is left to be told; --all shows everybody.");
}

static enum mentor_status run_export(struct run *run)
{
	const struct export_args *args = run->args;
	struct export e = { run, chosen_format(run), 0 };
	struct mentor_letter_request request = { .template = args->template, .all = args->all == 1, .format = e.format };
	int64_t *people = NULL;
	enum mentor_status status = read_request(run, &request, &people);
	if (!status)
		status = mentor_letter_list(run->m, run->cohort, &request, print_letter, &e);
	if (!status)
		status = check_one(&e);
	if (!status && run->out->format == &format_table && request.outcome != MENTOR_LETTER_RECRUITMENT)
		tell_next(&e);
	free(people);
	return status;
}

static const struct part export_parts[] = { { NULL, NULL, mentor_letter_fields, .many = true, .optional = true }, { 0 } };

const struct command enrol_export_command = {
	.name = "export",
	.summary = "write letters from the programme's templates: CSV for mail merge, -f mbox or eml for mail programs",
	.flags = CMD_READ | CMD_COHORT,
	.options = export_options,
	.operands = operands,
	.parts = export_parts,
	.formats = export_formats,
	.args_size = sizeof(struct export_args),
	.run = run_export,
};

/* ---- told ---- */

static enum mentor_status print_told(void *arg, const void *record)
{
	const struct mentor_letter_told *told = record;
	print_change(arg, told->change, &mentor_entity_person, told->person, told->name);
	return MENTOR_OK;
}

static enum mentor_status run_told(struct run *run)
{
	struct mentor_letter_request request = { .outcome = MENTOR_LETTER_ACCEPTED };
	int64_t *people = NULL;
	enum mentor_status status = read_request(run, &request, &people);
	if (!status)
		status = mentor_letter_tell(run->m, run->cohort, &request, print_told, run);
	free(people);
	return status;
}

const struct command enrol_told_command = {
	.name = "told",
	.summary = "record that people have been told of their outcome",
	.flags = CMD_WRITE | CMD_COHORT,
	.operands = told_operands,
	.parts = change_parts,
	.run = run_told,
};
