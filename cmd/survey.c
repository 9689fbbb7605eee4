/* survey.c: mentor survey: bringing answers in, and showing what they say together. */
#include "nouns.h"
#include "out.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

static const char *const page_formats[] = { "html", "md", "xlsx", NULL };

static enum mentor_status print_row(void *arg, const void *record)
{
	struct run *run = arg;
	out_row(run->out, record);
	return MENTOR_OK;
}

/* ---- list ---- */

static enum mentor_status run_list(struct run *run)
{
	out_title(run->out, "Surveys and responses");
	return mentor_survey_list(run->m, run->cohort, print_row, run);
}

static const struct part list_parts[] = { { NULL, NULL, mentor_survey_stage_fields, true, false }, { 0 } };

static const struct command survey_list = {
	.name = "list",
	.summary = "list the surveys, their stages and how many have answered",
	.flags = CMD_READ | CMD_COHORT,
	.parts = list_parts,
	.formats = page_formats,
	.run = run_list,
};

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
	{ "SURVEY", .help = "short name of the survey in the programme" },
	{ "STAGE", .help = "when it was answered, such as before" },
	{ "FILE", .entity = "file", .help = "the form's export as CSV; - for standard input" },
	{ 0 },
};

static const struct mentor_field imported_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_survey_imported, change), .help = "added or unchanged" },
	{ "responses", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_survey_imported, responses),
	    .help = "how many rows of the file" },
	{ "survey", MENTOR_TYPE_SLUG, 0, MENTOR_AT_TEXT(mentor_survey_imported, survey), .help = "the survey" },
	{ "stage", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_survey_imported, stage), .help = "the stage" },
	{ 0 },
};

static const struct part import_parts[] = { { NULL, NULL, imported_fields, true, false }, { 0 } };

static enum mentor_status run_import(struct run *run)
{
	const char *path = operand(run, 2);
	char delimiter = '\0', *text = NULL;
	size_t len = 0;
	enum mentor_status status = read_delimiter(run, ((const struct import_args *)run->args)->delimiter, &delimiter);
	if (!status)
		status = read_file(run, path, MOST_BYTES, &text, &len);
	if (!status)
		status = mentor_survey_import(
		    run->m, run->cohort, operand(run, 0), operand(run, 1), path, text, len, delimiter, print_row, run);
	free(text);
	return status;
}

static const struct command survey_import = {
	.name = "import",
	.summary = "import the answers to one stage from a form's export",
	.flags = CMD_WRITE | CMD_COHORT,
	.options = import_options,
	.operands = import_operands,
	.parts = import_parts,
	.args_size = sizeof(struct import_args),
	.run = run_import,
};

/* ---- results ---- */

struct results_args {
	int64_t texts;
};

static const struct option results_options[] = {
	{ .field = { "texts", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(results_args, texts),
	      .help = "also list what was written in words, where enough people wrote" } },
	{ .letter = 0 },
};

static const struct operand results_operands[] = {
	{ "SURVEY", .help = "short name of the survey in the programme" },
	{ "STAGE", .help = "when it was answered, such as before" },
	{ 0 },
};

static const struct part results_parts[] = {
	{ "questions", "Questions", mentor_survey_result_fields, .many = true, .main = true },
	{ "answers", "How many gave each answer", mentor_survey_answer_fields, .many = true, .optional = true },
	{ "texts", "In their own words", mentor_survey_text_fields, .many = true, .optional = true },
	{ 0 },
};

/* Finds the title of a survey among its stages. */
struct title_search {
	struct run *run;
	const char *slug, *from, *to;
	bool found;
};

static enum mentor_status try_title(void *arg, const void *record)
{
	struct title_search *search = arg;
	const struct mentor_survey_stage *row = record;
	struct mentor_buf title = MENTOR_BUF_INIT;
	if (search->found || strcmp(row->survey, search->slug) != 0)
		return MENTOR_OK;
	mentor_buf_str(&title, row->title);
	if (search->from)
		mentor_buf_fmt(
		    &title, ": %s%s%s", search->from, search->to ? " to " : "", search->to ? search->to : "");
	out_title(search->run->out, mentor_buf_text(&title));
	mentor_buf_free(&title);
	search->found = true;
	return MENTOR_OK;
}

static enum mentor_status set_title(struct run *run, const char *slug, const char *from, const char *to)
{
	struct title_search search = { run, slug, from, to, false };
	return mentor_survey_list(run->m, run->cohort, try_title, &search);
}

static enum mentor_status run_results(struct run *run)
{
	const struct results_args *args = run->args;
	const char *survey = operand(run, 0), *stage = operand(run, 1);
	enum mentor_status status = set_title(run, survey, stage, NULL);
	if (!status)
		status = mentor_survey_results(run->m, run->cohort, survey, stage, print_row, run);
	if (status)
		return status;
	out_part(run->out, "answers");
	status = mentor_survey_answers(run->m, run->cohort, survey, stage, print_row, run);
	if (status || args->texts != 1)
		return status;
	out_part(run->out, "texts");
	status = mentor_survey_texts(run->m, run->cohort, survey, stage, print_row, run);
	if (!status && run->out->n_rows == 0)
		out_note(run->out, "No question was answered in words by enough people to list their words.");
	return status;
}

static const struct command survey_results = {
	.name = "results",
	.summary = "show what was answered at one stage, small numbers withheld",
	.flags = CMD_READ | CMD_COHORT,
	.options = results_options,
	.operands = results_operands,
	.parts = results_parts,
	.args_size = sizeof(struct results_args),
	.formats = page_formats,
	.run = run_results,
};

/* ---- compare ---- */

static const struct operand compare_operands[] = {
	{ "SURVEY", .help = "short name of the survey in the programme" },
	{ "FROM", .optional = true, .help = "the earlier stage; the first one when not given" },
	{ "TO", .optional = true, .help = "the later stage; the last one when not given" },
	{ 0 },
};

static const struct part compare_parts[] = {
	{ "questions", "Change by question", mentor_survey_change_fields, .many = true, .chart = CHART_DUMBBELL },
	{ "aims", "Change by aim", mentor_survey_aim_fields, true, false },
	{ 0 },
};

struct comparison {
	struct run *run;
	unsigned bases, states; /* a bit for each that some row has */
};

static enum mentor_status print_change_of(void *arg, const void *record)
{
	struct comparison *comparison = arg;
	comparison->bases |= 1U << ((const struct mentor_survey_change *)record)->basis;
	return print_row(comparison->run, record);
}

static enum mentor_status print_aim(void *arg, const void *record)
{
	struct comparison *comparison = arg;
	comparison->states |= 1U << ((const struct mentor_survey_aim *)record)->state;
	if (comparison->run->out->part != &compare_parts[1])
		out_part(comparison->run->out, "aims");
	return print_row(comparison->run, record);
}

static enum mentor_status run_compare(struct run *run)
{
	const char *survey = operand(run, 0), *from = operand(run, 1), *to = operand(run, 2);
	struct comparison comparison = { .run = run };
	struct mentor_buf notes = MENTOR_BUF_INIT;
	enum mentor_status status = set_title(run, survey, from, to);
	if (!status)
		status = mentor_survey_compare(
		    run->m, run->cohort, survey, from, to, print_change_of, print_aim, &comparison);
	if (status)
		return status;
	mentor_survey_notes(&notes, comparison.bases, comparison.states);
	if (notes.len)
		out_note(run->out, "%s", mentor_buf_text(&notes));
	out_free_part(run->out, &notes);
	return MENTOR_OK;
}

static const struct command survey_compare = {
	.name = "compare",
	.summary = "show the change between two stages by question and by aim",
	.flags = CMD_READ | CMD_COHORT,
	.operands = compare_operands,
	.parts = compare_parts,
	.formats = page_formats,
	.run = run_compare,
};

static const struct command *const verbs[] = { &survey_list, &survey_import, &survey_results, &survey_compare, NULL };

const struct command noun_survey = {
	.name = "survey",
	.summary = "answers before and after, and what they say together",
	.verbs = verbs,
};
