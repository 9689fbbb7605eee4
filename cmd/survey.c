/* survey.c: mentor survey: bringing answers in, and showing what they say together. */
#include "nouns.h"
#include "out.h"

#include <assert.h>
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
	int64_t few;
};

static const struct option import_options[] = {
	{ .field = { "delimiter", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(import_args, delimiter),
	      .help = "what stands between cells: , ; or tab; found out when not given" },
	    .placeholder = "CHAR" },
	{ .field = { "few", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(import_args, few),
	      .help = "take fewer answers by token at once than can hide each other: no more will come" } },
	{ .letter = 0 },
};

static const struct operand import_operands[] = {
	{ "SURVEY", .help = "short name of the survey in the programme" },
	{ "STAGE", .help = "when it was answered, such as before" },
	{ "FILE", .many = true, .entity = "file", .help = "the form's export as CSV, or the files that people sent back; - for standard input" },
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

static enum mentor_status no_memory(struct run *run)
{
	return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
}

static enum mentor_status import_files(struct run *run, struct mentor_survey_file *files, char **texts, size_t n)
{
	const struct import_args *args = run->args;
	char delimiter = '\0';
	enum mentor_status status = read_delimiter(run, args->delimiter, &delimiter);
	for (size_t i = 0; !status && i < n; i++) {
		files[i].name = operand(run, 2 + i);
		status = read_file(run, files[i].name, MOST_BYTES, &texts[i], &files[i].len);
		files[i].text = texts[i];
	}
	return status ? status :
			mentor_survey_import_files(run->m, run->cohort, operand(run, 0), operand(run, 1), files, n, delimiter, args->few == 1, print_row, run);
}

static enum mentor_status run_import(struct run *run)
{
	size_t n = run->n_operands - 2;
	struct mentor_survey_file *files = calloc(n, sizeof(*files));
	char **texts = calloc(n, sizeof(*texts));
	enum mentor_status status = files && texts ? import_files(run, files, texts, n) : no_memory(run);
	for (size_t i = 0; texts && i < n; i++)
		free(texts[i]);
	free(texts);
	free(files);
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

/* ---- issue ---- */

struct issue_args {
	const char *link;
	int64_t again;
};
static const struct option issue_options[] = {
	{ .field = { "link", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(issue_args, link), .help = "address of the form with {token} where the token goes" }, .placeholder = "ADDRESS" },
	{ .field = { "again", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(issue_args, again), .help = "give those who have not answered a new token; the old one is void" } },
	{ .letter = 0 },
};
static const struct operand stage_operands[] = {
	{ "SURVEY", .help = "short name of the survey in the programme" },
	{ "STAGE", .help = "when it is answered, such as before" },
	{ 0 },
};
static const struct part issue_parts[] = { { NULL, NULL, mentor_survey_ticket_fields, true, false }, { 0 } };

static enum mentor_status run_issue(struct run *run)
{
	const struct issue_args *args = run->args;
	return mentor_survey_issue(run->m, run->cohort, operand(run, 0), operand(run, 1), args->link, args->again == 1, print_row, run);
}

static const struct command survey_issue = {
	.name = "issue",
	.summary = "give everybody who is asked a token to answer with",
	.flags = CMD_WRITE | CMD_COHORT,
	.options = issue_options,
	.operands = stage_operands,
	.parts = issue_parts,
	.args_size = sizeof(struct issue_args),
	.run = run_issue,
};

/* ---- form ---- */

struct form_page {
	const char *format, *text;
};
static const struct mentor_field form_fields[] = {
	{ "format", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(form_page, format), .help = "html" },
	{ "text", MENTOR_TYPE_NOTE, 0, MENTOR_AT_TEXT(form_page, text), .help = "the form as a web page" },
	{ 0 },
};
static const char *const form_formats[] = { "html", NULL };
static const struct part form_parts[] = { { NULL, NULL, form_fields, false, false }, { 0 } };

static enum mentor_status run_form(struct run *run)
{
	struct mentor_buf page = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_survey_form(run->m, run->cohort, operand(run, 0), operand(run, 1), &page);
	const struct form_page row = { "html", mentor_buf_text(&page) };
	if (!status && run->out->format == &format_json)
		out_row(run->out, &row);
	else if (!status)
		out_text(run->out, row.format, row.text);
	mentor_buf_free(&page);
	return status;
}

static const struct command survey_form = {
	.name = "form",
	.summary = "print a form that people fill in on their own and send back",
	.flags = CMD_READ | CMD_COHORT | CMD_RAW,
	.operands = stage_operands,
	.parts = form_parts,
	.formats = form_formats,
	.run = run_form,
};

/* ---- answer ---- */

struct answer_args {
	const char *person, *token;
	int64_t few;
};
static const struct option answer_options[] = {
	{ .field = { "person", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(answer_args, person), .entity = "person", .help = "who answers: reference (p12) or address" }, .placeholder = "PERSON" },
	{ .field = { "token", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(answer_args, token), .help = "the token of who answers; an anonymous survey knows nobody otherwise" } },
	{ .field = { "few", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(answer_args, few), .help = "take a single anonymous answer although copies of the store would tell whose it is" } },
	{ .letter = 0 },
};
static const struct operand answer_operands[] = {
	{ "SURVEY", .help = "short name of the survey in the programme" },
	{ "STAGE", .help = "when it is answered, such as before" },
	{ "QUESTION=ANSWER", .many = true, .help = "short name of a question, and the answer; several choices with ; between" },
	{ 0 },
};

/* Cuts "question=answer" in two. */
static enum mentor_status cut_answer(struct run *run, const char *word, struct mentor_survey_typed *ret)
{
	const char *at = strchr(word, '=');
	struct mentor_buf name = MENTOR_BUF_INIT;
	if (!at || at == word)
		return mentor_fail(run->m, MENTOR_USAGE, "write the question's short name and the answer, such as informed=4", "'%s' is not QUESTION=ANSWER", word);
	mentor_buf_add(&name, word, (size_t)(at - word));
	assert(ret);
	*ret = (struct mentor_survey_typed){ name.failed ? NULL : mentor_keep(run->m, mentor_buf_text(&name)), at + 1 };
	mentor_buf_free(&name);
	return ret->question ? MENTOR_OK : no_memory(run);
}

static enum mentor_status run_answer(struct run *run)
{
	const struct answer_args *args = run->args;
	size_t n = run->n_operands - 2;
	struct mentor_survey_typed *answers = calloc(n, sizeof(*answers));
	enum mentor_status status = answers ? MENTOR_OK : no_memory(run);
	for (size_t i = 0; !status && i < n; i++)
		status = cut_answer(run, operand(run, 2 + i), &answers[i]);
	if (!status)
		status = mentor_survey_answer(
		    run->m, run->cohort, operand(run, 0), operand(run, 1), args->person, args->token, answers, n, args->few == 1, print_row, run);
	free(answers);
	return status;
}

static const struct command survey_answer = {
	.name = "answer",
	.summary = "take one person's answers as they are typed, from paper or the telephone",
	.flags = CMD_WRITE | CMD_COHORT,
	.options = answer_options,
	.operands = answer_operands,
	.parts = import_parts,
	.args_size = sizeof(struct answer_args),
	.run = run_answer,
};

/* ---- status and remove ---- */

static const struct part status_parts[] = {
	{ "stages", NULL, mentor_survey_progress_fields, .many = true, .main = true },
	{ "imports", "Imports", mentor_survey_batch_fields, .many = true, .optional = true },
	{ 0 },
};

static enum mentor_status run_status(struct run *run)
{
	out_title(run->out, "Who has been asked, and how many have answered");
	enum mentor_status status = mentor_survey_status(run->m, run->cohort, print_row, run);
	if (status)
		return status;
	out_part(run->out, "imports");
	return mentor_survey_batches(run->m, run->cohort, print_row, run);
}

static const struct command survey_status = {
	.name = "status",
	.summary = "show how many have answered, without saying who, and what was imported",
	.flags = CMD_READ | CMD_COHORT,
	.parts = status_parts,
	.run = run_status,
};

static const struct operand remove_operands[] = { { "IMPORT", .help = "number of the import, as survey status lists it" }, { 0 } };
static const struct part remove_parts[] = { { NULL, NULL, mentor_survey_batch_fields, true, false }, { 0 } };

static enum mentor_status run_remove(struct run *run)
{
	char *end = NULL;
	const char *word = operand(run, 0);
	long number = strtol(word, &end, 10);
	if (end == word || *end || number < 1)
		return mentor_fail(run->m, MENTOR_USAGE, "survey status lists the imports with their numbers", "'%s' is not the number of an import", word);
	return mentor_survey_remove(run->m, run->cohort, number, print_row, run);
}

static const struct command survey_remove = {
	.name = "remove",
	.summary = "remove an import with all its answers, when it was the wrong file",
	.flags = CMD_WRITE | CMD_COHORT,
	.operands = remove_operands,
	.parts = remove_parts,
	.confirm = "All answers of this import are removed for good. Remove them?",
	.run = run_remove,
};

/* ---- results ---- */

struct results_args {
	struct leaving_args leaves; /* first: publishes_asked() */
	int64_t texts;
};

static const struct option results_options[] = {
	PUBLISH_OPTION,
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
	.publishes = publishes_asked,
	.formats = page_formats,
	.run = run_results,
};

/* ---- compare ---- */

static const struct option compare_options[] = { PUBLISH_OPTION, { .letter = 0 } };
static const struct operand compare_operands[] = {
	{ "SURVEY", .help = "short name of the survey in the programme" },
	{ "FROM", .optional = true, .help = "the earlier stage; the first one when not given" },
	{ "TO", .optional = true, .help = "the later stage; the last one when not given" },
	{ 0 },
};

static const struct part compare_parts[] = {
	{ "questions", "Change by question", mentor_survey_change_fields, .many = true, .chart = CHART_DUMBBELL },
	{ "aims", "Change by aim", mentor_survey_aim_fields, true, false },
	{ "hindsight", "Change against the start as people see it now", mentor_survey_change_fields, .many = true, .optional = true },
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
	if (!status) {
		out_part(run->out, "hindsight");
		status = mentor_survey_hindsight(run->m, run->cohort, survey, to, print_row, run);
	}
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
	.options = compare_options,
	.args_size = sizeof(struct leaving_args),
	.publishes = publishes_asked,
	.operands = compare_operands,
	.parts = compare_parts,
	.formats = page_formats,
	.run = run_compare,
};

static const struct command *const verbs[] = { &survey_list, &survey_issue, &survey_form, &survey_answer, &survey_import, &survey_status, &survey_remove,
	&survey_results, &survey_compare, NULL };

const struct command noun_survey = {
	.name = "survey",
	.summary = "answers before and after, and what they say together",
	.verbs = verbs,
};
