/* survey.c: mentor survey: bringing answers in, and showing what they say together. */
#include "nouns.h"
#include "out.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	{ "QUESTION=ANSWER", .optional = true, .many = true,
	    .help = "short name of a question, and the answer; several choices with ; between; without any, on a terminal, each question is put" },
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

/* Stores what was typed, in one change. */
static enum mentor_status store_answers(struct run *run, const struct mentor_survey_typed *answers, size_t n)
{
	const struct answer_args *args = run->args;
	bool means_it = !run->globals.dry_run;
	enum mentor_status status = means_it ? mentor_begin(run->m) : MENTOR_OK;
	if (!status)
		status = mentor_survey_answer(
		    run->m, run->cohort, operand(run, 0), operand(run, 1), args->person, args->token, answers, n, args->few == 1, print_row, run);
	if (!status && means_it)
		status = out_check(run->out);
	return status || !means_it ? status : mentor_commit(run->m);
}

static enum mentor_status take_operands(struct run *run)
{
	size_t n = run->n_operands - 2;
	struct mentor_survey_typed *answers = calloc(n, sizeof(*answers));
	enum mentor_status status = answers ? MENTOR_OK : no_memory(run);
	for (size_t i = 0; !status && i < n; i++)
		status = cut_answer(run, operand(run, 2 + i), &answers[i]);
	if (!status)
		status = store_answers(run, answers, n);
	free(answers);
	return status;
}

/* ---- answer: question by question ---- */

enum { MOST_QUESTIONS = 1000 };

/** The answers so far. */
struct interview {
	struct run *run;
	struct mentor_survey_typed answers[MOST_QUESTIONS];
	size_t n;
};

static void say(const char *before, const char *text, const char *after)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_visible(&b, text, false);
	fprintf(stderr, "%s%s%s", before, mentor_buf_text(&b), after);
	mentor_buf_free(&b);
}

static void put_question(const struct mentor_survey_question *q, size_t number)
{
	fprintf(stderr, "\n%zu. ", number);
	say("", q->text, "\n");
	if (strcmp(q->kind, "scale") == 0) {
		fprintf(stderr, "   %" PRId64 " to %" PRId64, q->minimum, q->maximum);
		if (q->low)
			say("; lowest: ", q->low, "");
		if (q->high)
			say("; highest: ", q->high, "");
		fputs("\n", stderr);
	}
	if (strcmp(q->kind, "yes-no") == 0)
		fputs("   yes or no\n", stderr);
	for (size_t i = 0; i < q->n_choices; i++) {
		fprintf(stderr, "   %zu  ", i + 1);
		say("", q->choices[i], "\n");
	}
	if (strcmp(q->kind, "multi") == 0)
		fputs("   any number of them, with ; between\n", stderr);
	fputs("> ", stderr);
}

/* A line without its end; NULL when there is none. Yours. */
static char *read_line(void)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len = getline(&line, &room, stdin);
	if (len < 0) {
		free(line);
		return NULL;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

/* The number of a choice stands for it, unless it is one by itself. Appends to b. */
static void add_choice(struct mentor_buf *b, const struct mentor_survey_question *q, const char *word, size_t len)
{
	char *end = NULL;
	while (len > 0 && *word == ' ') {
		word++;
		len--;
	}
	unsigned long number = strtoul(word, &end, 10);
	bool counts = len > 0 && strspn(word, "0123456789") > 0 && end + strspn(end, " ") >= word + len && number >= 1 && number <= q->n_choices;
	for (size_t i = 0; i < q->n_choices; i++)
		counts = counts && !(strlen(q->choices[i]) == len && strncmp(q->choices[i], word, len) == 0);
	if (counts)
		mentor_buf_str(b, q->choices[number - 1]);
	else
		mentor_buf_add(b, word, len);
}

static const char *keep_answer(struct run *run, const struct mentor_survey_question *q, const char *line)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	bool several = strcmp(q->kind, "multi") == 0;
	if (q->n_choices == 0)
		mentor_buf_str(&b, line);
	for (const char *word = line; q->n_choices && *word;) {
		size_t len = several ? strcspn(word, ";") : strlen(word);
		add_choice(&b, q, word, len);
		word += len;
		if (*word)
			mentor_buf_char(&b, *word++);
	}
	const char *kept = b.failed ? NULL : mentor_keep(run->m, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return kept;
}

/* Asks until the answer can be taken, or is left out. */
static enum mentor_status put(void *arg, const void *record)
{
	struct interview *talk = arg;
	struct run *run = talk->run;
	const struct mentor_survey_question *q = record;
	enum mentor_status status = MENTOR_INVALID;
	if (talk->n == MOST_QUESTIONS)
		return mentor_fail(run->m, MENTOR_INVALID, "give the answers as QUESTION=ANSWER", "there are too many questions to put");
	while (status == MENTOR_INVALID) {
		put_question(q, talk->n + 1);
		char *line = read_line();
		if (!line) {
			fputs("\n", stderr);
			return mentor_fail(run->m, MENTOR_REFUSED, "start again; an empty line leaves a question out", "the answers ended before the questions: nothing is stored");
		}
		struct mentor_survey_typed *answer = &talk->answers[talk->n];
		*answer = (struct mentor_survey_typed){ mentor_keep(run->m, q->question), keep_answer(run, q, line) };
		free(line);
		if (!answer->question || !answer->answer)
			return no_memory(run);
		status = mentor_survey_check_answer(run->m, run->cohort, operand(run, 0), operand(run, 1), answer);
		if (status == MENTOR_INVALID)
			say("   ", mentor_error(run->m)->message, "\n");
	}
	talk->n++;
	return status;
}

static enum mentor_status agree(const struct run *run)
{
	if (run->globals.yes || run->globals.dry_run)
		return MENTOR_OK;
	fputs("\nStore these answers? [y/N] ", stderr);
	char *line = read_line();
	bool yes = line && (*line == 'y' || *line == 'Y');
	free(line);
	return yes ? MENTOR_OK : mentor_fail(run->m, MENTOR_REFUSED, "answer y, or give --yes", "the question was not answered with y: nothing is stored");
}

static enum mentor_status interview(struct run *run)
{
	const struct answer_args *args = run->args;
	struct interview *talk = calloc(1, sizeof(*talk));
	if (!talk)
		return no_memory(run);
	talk->run = run;
	fputs("An empty line leaves a question out; Ctrl-D ends without storing anything.\n", stderr);
	enum mentor_status status =
	    mentor_survey_questions(run->m, run->cohort, operand(run, 0), operand(run, 1), args->person, args->token, put, talk);
	if (!status)
		status = agree(run);
	if (!status)
		status = store_answers(run, talk->answers, talk->n);
	free(talk);
	return status;
}

/* While somebody types, the store is nobody's: what is stored is stored in one change afterwards. */
static enum mentor_status run_answer(struct run *run)
{
	if (run->n_operands > 2)
		return take_operands(run);
	if (isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && !run->globals.no_input)
		return interview(run);
	return mentor_fail(run->m, MENTOR_USAGE, "write the question's short name and the answer, such as informed=4; on a terminal the questions are put one by one",
	    "no answers are given");
}

static const struct command survey_answer = {
	.name = "answer",
	.summary = "take one person's answers as they are typed, from paper or the telephone",
	.flags = CMD_WRITE | CMD_COHORT | CMD_SELF,
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

static const struct operand remove_operands[] = { { "IMPORT", .help = "number of the import, as mentor survey status lists it" }, { 0 } };
static const struct part remove_parts[] = { { NULL, NULL, mentor_survey_batch_fields, true, false }, { 0 } };

static enum mentor_status run_remove(struct run *run)
{
	char *end = NULL;
	const char *word = operand(run, 0);
	long number = strtol(word, &end, 10);
	if (end == word || *end || number < 1)
		return mentor_fail(run->m, MENTOR_USAGE, "mentor survey status lists the imports with their numbers", "'%s' is not the number of an import", word);
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

/* ---- which cohorts ---- */

/** The cohorts of a command line: those of --across, else the one there is. */
struct cohorts {
	int64_t *ids;
	size_t n;
};

static enum mentor_status only_cohort(struct run *run, struct cohorts *ret)
{
	*ret = (struct cohorts){ calloc(1, sizeof(*ret->ids)), 1 };
	return ret->ids ? find_cohort(run, NULL, ret->ids) : no_memory(run);
}

/* ret->ids is the caller's to free, even on failure. */
static enum mentor_status choose_cohorts(struct run *run, const char *across, struct cohorts *ret)
{
	*ret = (struct cohorts){ NULL, 0 };
	enum mentor_status status = across ? find_across(run, across, &ret->ids, &ret->n) : only_cohort(run, ret);
	if (status)
		return status;
	run->cohort = ret->ids[0];
	return out_labels(run->out, run->cohort);
}

#define ACROSS                                                                                                                                        \
	.field = { "across", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(together_args, across),                                                                 \
		.help = "put these cohorts of the programme together, in place of one; short names with commas between" },                           \
	.placeholder = "COHORT,..."

/** What results and compare have in common. */
struct together_args {
	struct leaving_args leaves; /* first: publishes_asked() */
	const char *across;
};

/** Rows part by part, and in how many cohorts were left out. */
struct printing {
	struct run *run;
	unsigned bases, states; /* a bit for each that some row has */
	bool left_out;
};

static void print_in(struct run *run, const char *part, const void *record)
{
	if (!run->out->part || !run->out->part->key || strcmp(run->out->part->key, part) != 0)
		out_part(run->out, part);
	out_row(run->out, record);
}

static void note_left_out(const struct printing *p)
{
	if (p->left_out)
		out_note(p->run->out, "Not every cohort is in every figure: a cohort counts only with what may be told of it by itself. How many are left out: --fields question,cohorts,withheld");
}

/* ---- results ---- */

struct results_args {
	struct together_args together;
	int64_t texts, by;
};

static const char *const breakdowns[] = { "side", NULL };

static const struct option results_options[] = {
	PUBLISH_OPTION,
	{ .field = { "texts", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(results_args, texts),
	      .help = "also list what was written in words, where enough people wrote" } },
	{ .field = { "by", MENTOR_TYPE_CHOICE, MENTOR_AT_NUMBER(results_args, by), .choices = breakdowns,
	      .help = "side: also what each side answered, where the survey asks both" } },
	{ ACROSS },
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
	{ "sides", "By side", mentor_survey_side_fields, .many = true, .optional = true },
	{ "side_answers", "How many of each side gave each answer", mentor_survey_side_answer_fields, .many = true, .optional = true },
	{ 0 },
};

/* Finds the title of a survey among its stages. */
struct title_search {
	struct run *run;
	const char *slug, *from, *to;
	size_t cohorts;
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
	if (search->cohorts > 1)
		mentor_buf_fmt(&title, " (%zu cohorts put together)", search->cohorts);
	out_title(search->run->out, mentor_buf_text(&title));
	mentor_buf_free(&title);
	search->found = true;
	return MENTOR_OK;
}

static enum mentor_status set_title(struct run *run, size_t cohorts, const char *slug, const char *from, const char *to)
{
	struct title_search search = { run, slug, from, to, cohorts, false };
	return mentor_survey_list(run->m, run->cohort, try_title, &search);
}

static enum mentor_status print_result(void *arg, const char *part, const void *record)
{
	struct printing *p = arg;
	if (strcmp(part, "questions") == 0)
		p->left_out = p->left_out || ((const struct mentor_survey_result *)record)->withheld > 0;
	print_in(p->run, part, record);
	return MENTOR_OK;
}

static enum mentor_status tell_results(struct run *run, const struct cohorts *c)
{
	const struct results_args *args = run->args;
	const char *survey = operand(run, 0), *stage = operand(run, 1);
	struct printing p = { .run = run };
	enum mentor_status status = set_title(run, c->n, survey, stage, NULL);
	if (!status)
		status = mentor_survey_results_across(run->m, c->ids, c->n, survey, stage, args->texts == 1, print_result, &p);
	if (!status && args->texts == 1 && !(run->out->part && strcmp(run->out->part->key, "texts") == 0))
		out_note(run->out, "No question was answered in words by enough people to list their words.");
	if (!status && args->by != MENTOR_NONE)
		status = mentor_survey_sides(run->m, c->ids[0], survey, stage, print_result, &p);
	if (!status)
		note_left_out(&p);
	return status;
}

static enum mentor_status run_results(struct run *run)
{
	const struct results_args *args = run->args;
	struct cohorts c;
	if (args->together.leaves.publish == 1 && args->by != MENTOR_NONE)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out one of the two", "--by and --publish do not go together: what each side answered is for the team");
	if (args->together.across && args->by != MENTOR_NONE)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out one of the two", "--by and --across do not go together");
	enum mentor_status status = choose_cohorts(run, args->together.across, &c);
	if (!status)
		status = tell_results(run, &c);
	free(c.ids);
	return status;
}

/* Lines and CSV hold what was asked for by name. */
static void choose_results(const struct run *run)
{
	const struct results_args *args = run->args;
	if (args->by != MENTOR_NONE)
		run->out->main = "sides";
}

static const struct command survey_results = {
	.name = "results",
	.summary = "show what was answered at one stage, small numbers withheld",
	.flags = CMD_READ,
	.options = results_options,
	.operands = results_operands,
	.parts = results_parts,
	.args_size = sizeof(struct results_args),
	.publishes = publishes_asked,
	.formats = page_formats,
	.choose = choose_results,
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
	{ "kinds", "Change by kind of outcome", mentor_survey_kind_fields, .many = true, .optional = true },
	{ "hindsight", "Change against the start as people see it now", mentor_survey_change_fields, .many = true, .optional = true },
	{ 0 },
};

static const struct option compare_options[] = { PUBLISH_OPTION, { ACROSS }, { .letter = 0 } };

static enum mentor_status print_change_of(void *arg, const char *part, const void *record)
{
	struct printing *p = arg;
	if (strcmp(part, "aims") == 0)
		p->states |= 1U << ((const struct mentor_survey_aim *)record)->state;
	else if (strcmp(part, "kinds") != 0)
		p->left_out = p->left_out || ((const struct mentor_survey_change *)record)->withheld > 0;
	if (strcmp(part, "questions") == 0)
		p->bases |= 1U << ((const struct mentor_survey_change *)record)->basis;
	print_in(p->run, part, record);
	return MENTOR_OK;
}

static enum mentor_status tell_change(struct run *run, const struct cohorts *c)
{
	const char *survey = operand(run, 0), *from = operand(run, 1), *to = operand(run, 2);
	struct printing p = { .run = run };
	struct mentor_buf notes = MENTOR_BUF_INIT;
	enum mentor_status status = set_title(run, c->n, survey, from, to);
	if (!status)
		status = mentor_survey_compare_across(run->m, c->ids, c->n, survey, from, to, print_change_of, &p);
	if (status)
		return status;
	mentor_survey_notes(&notes, p.bases, p.states);
	if (notes.len)
		out_note(run->out, "%s", mentor_buf_text(&notes));
	out_free_part(run->out, &notes);
	note_left_out(&p);
	return MENTOR_OK;
}

static enum mentor_status run_compare(struct run *run)
{
	const struct together_args *args = run->args;
	struct cohorts c;
	enum mentor_status status = choose_cohorts(run, args->across, &c);
	if (!status)
		status = tell_change(run, &c);
	free(c.ids);
	return status;
}

static const struct command survey_compare = {
	.name = "compare",
	.summary = "show the change between two stages by question and by aim",
	.flags = CMD_READ,
	.options = compare_options,
	.operands = compare_operands,
	.parts = compare_parts,
	.args_size = sizeof(struct together_args),
	.publishes = publishes_asked,
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
