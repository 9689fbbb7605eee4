/* report.c: mentor report: what those who answer for a programme want to see. */
#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- which reports there are ---- */

struct report {
	const char *name, *about;
	enum mentor_status (*run)(struct run *run);
	const char *const *asked; /* parts that are told though empty */
	bool has_breakdown;
};

struct show_args {
	int64_t by;
};

struct recruitment {
	struct run *run;
	bool together; /* some row is of several organisations */
};

/* What the rows so far need explained. */
struct progress {
	struct run *run;
	bool behind;
	int64_t shortest;       /* minutes from which sessions count; 0 while every session does */
	unsigned bases, states; /* a bit for each that some row has */
};

static void title_from(struct out *o, const char *what, const struct mentor_progress *head)
{
	struct mentor_buf title = MENTOR_BUF_INIT;
	mentor_buf_fmt(&title, "%s of %s", what, head->title);
	out_title(o, mentor_buf_text(&title));
	mentor_buf_free(&title);
}

static void remember(struct progress *progress, const char *part, const void *record)
{
	const struct mentor_progress_pair *pair = record;
	if (strcmp(part, "head") == 0)
		title_from(progress->run->out, "Progress", record);
	if (strcmp(part, "commitment") == 0) {
		progress->behind |= pair->pace == MENTOR_PACE_BEHIND;
		progress->shortest = pair->counted < pair->sessions ? pair->shortest : progress->shortest;
	}
	if (strcmp(part, "aims") == 0)
		progress->states |= 1U << ((const struct mentor_survey_aim *)record)->state;
	if (strcmp(part, "outcomes") == 0)
		progress->bases |= 1U << ((const struct mentor_survey_change *)record)->basis;
}

static void print_record(struct out *o, const char *part, const void *record)
{
	if (!o->part || strcmp(o->part->key, part) != 0)
		out_part(o, part);
	out_row(o, record);
}

static enum mentor_status print_progress(void *arg, const char *part, const void *record)
{
	struct progress *progress = arg;
	remember(progress, part, record);
	print_record(progress->run->out, part, record);
	return MENTOR_OK;
}

static void explain(const struct progress *progress)
{
	struct out *o = progress->run->out;
	struct mentor_buf notes = MENTOR_BUF_INIT;
	if (progress->shortest)
		out_note(o,
		    "Counted: sessions of %" PRId64 " minutes or more; shorter ones were held, but do not count.",
		    progress->shortest);
	if (progress->behind)
		out_note(o, "Behind: fewer sessions were long enough to count than are due by now, which is the "
			    "programme's minimum in proportion to the time that has passed.");
	mentor_survey_notes(&notes, progress->bases, progress->states);
	if (notes.len)
		out_note(o, "%s", mentor_buf_text(&notes));
	out_free_part(o, &notes);
}

static enum mentor_status run_progress(struct run *run)
{
	struct progress progress = { .run = run };
	enum mentor_status status = mentor_report_progress(run->m, run->cohort, print_progress, &progress);
	if (!status)
		explain(&progress);
	return status;
}

static enum mentor_status print_recruitment(void *arg, const char *part, const void *record)
{
	struct recruitment *recruitment = arg;
	struct out *o = recruitment->run->out;
	if (strcmp(part, "head") == 0)
		title_from(o, "Recruitment", record);
	if (strncmp(part, "by_", 3) == 0)
		recruitment->together |= ((const struct mentor_recruitment_row *)record)->together != 1;
	print_record(o, part, record);
	return MENTOR_OK;
}

static enum mentor_status run_recruitment(struct run *run)
{
	struct recruitment recruitment = { .run = run };
	const struct show_args *args = run->args;
	enum mentor_status status =
	    mentor_report_recruitment(run->m, run->cohort, args->by, print_recruitment, &recruitment);
	if (!status && recruitment.together)
		out_note(run->out, "Where few people applied, they are counted together, so that nobody can be told from the figures.");
	return status;
}

static const char *const of_progress[] = { "head", "recruitment", "matching", "commitment", "aims", "outcomes", NULL };
static const char *const of_recruitment[] = { "head", "recruitment", NULL };

static const struct report reports[] = {
	{ "progress", "recruitment, pairs, sessions against the programme's minimum, and change by aim", run_progress, of_progress, false },
	{ "recruitment", "applications and what became of them, for all and for each organisation", run_recruitment, of_recruitment, true },
};

enum { N_REPORTS = sizeof(reports) / sizeof(*reports) };

/* ---- list ---- */

static const struct mentor_field report_fields[] = {
	{ "name", MENTOR_TYPE_SLUG, 0, MENTOR_AT_TEXT(report, name), .heading = "report",
	    .help = "name of the report" },
	{ "about", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(report, about), .help = "what it shows" },
	{ 0 },
};

static const struct part list_parts[] = { { NULL, NULL, report_fields, true, false }, { 0 } };

static enum mentor_status run_list(struct run *run)
{
	for (size_t i = 0; i < N_REPORTS; i++)
		out_row(run->out, &reports[i]);
	return MENTOR_OK;
}

static const struct command report_list = {
	.name = "list",
	.summary = "list the reports",
	.parts = list_parts,
	.run = run_list,
};

/* ---- show ---- */

static const struct report *find_report(const char *name)
{
	for (size_t i = 0; i < N_REPORTS; i++)
		if (strcmp(reports[i].name, name) == 0)
			return &reports[i];
	return NULL;
}

static enum mentor_status no_report(struct run *run, const char *name)
{
	const char *names[N_REPORTS + 1] = { NULL };
	for (size_t i = 0; i < N_REPORTS; i++)
		names[i] = reports[i].name;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const char *near = mentor_nearest(name, names);
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else
		mentor_buf_str(&hint, "they are listed by: mentor report list");
	mentor_fail(run->m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "there is no report '%s'", name);
	mentor_buf_free(&hint);
	return MENTOR_NOT_FOUND;
}

/* Lines and CSV hold what was asked for by name: the breakdown with --by, else the sides; of progress, the pairs. */
static void choose_parts(const struct run *run)
{
	static const char *const breakdowns[] = { "by_organisation", "by_directorate" };
	const struct report *report = find_report(operand(run, 0));
	int64_t by = ((const struct show_args *)run->args)->by;
	if (!report)
		return;
	run->out->asked = report->asked;
	if (report->has_breakdown)
		run->out->main = by == MENTOR_NONE ? "recruitment" : breakdowns[by];
}

static enum mentor_status run_show(struct run *run)
{
	const char *name = operand(run, 0);
	const struct report *report = find_report(name);
	if (!report)
		return no_report(run, name);
	if (((const struct show_args *)run->args)->by != MENTOR_NONE && !report->has_breakdown)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out --by", "--by: the report '%s' has one set of figures, for all", name);
	return report->run(run);
}

static const struct option show_options[] = {
	{ .field = { "by", MENTOR_TYPE_CHOICE, MENTOR_AT_NUMBER(show_args, by), .choices = mentor_breakdowns,
	      .help = "recruitment: also figures for each of these; as the programme's reports say when not given" } },
	{ .letter = 0 },
};

static const struct operand show_operands[] = {
	{ "NAME", .help = "the report: progress or recruitment" },
	{ 0 },
};

static const struct part show_parts[] = {
	{ "head", NULL, mentor_progress_fields, false, false },
	{ "recruitment", "Recruitment", mentor_progress_side_fields, true, false },
	{ "by_organisation", "By organisation", mentor_recruitment_row_fields, .many = true, .optional = true },
	{ "by_directorate", "By directorate", mentor_recruitment_row_fields, .many = true, .optional = true },
	{ "matching", "Matching", mentor_progress_matching_fields, false, false },
	{ "commitment", "Sessions by pair", mentor_progress_pair_fields, .many = true, .main = true },
	{ "aims", "Change by aim", mentor_survey_aim_fields, true, false },
	{ "outcomes", "Change by question", mentor_survey_change_fields, true, false },
	{ 0 },
};

static const char *const html_too[] = { "html", NULL };

static const struct command report_show = {
	.name = "show",
	.summary = "show one report",
	.flags = CMD_READ | CMD_COHORT,
	.options = show_options,
	.operands = show_operands,
	.parts = show_parts,
	.args_size = sizeof(struct show_args),
	.formats = html_too,
	.choose = choose_parts,
	.run = run_show,
};

/* ---- export ---- */

struct export_args {
	int64_t anonymous;
};
static const struct option export_options[] = {
	{ .field = { "anonymous", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(export_args, anonymous), .help = "say that figures are to leave the store; nothing else can" } },
	{ .letter = 0 },
};
static const struct part export_parts[] = { { NULL, NULL, mentor_figure_fields, true, false }, { 0 } };

static enum mentor_status print_figure(void *arg, const void *record)
{
	out_row(((struct run *)arg)->out, record);
	return MENTOR_OK;
}

static enum mentor_status run_export(struct run *run)
{
	if (((const struct export_args *)run->args)->anonymous != 1)
		return mentor_fail(run->m, MENTOR_USAGE, "say --anonymous", "only figures without names can be exported");
	return mentor_report_export(run->m, run->cohort, print_figure, run);
}

static const struct command report_export = {
	.name = "export",
	.summary = "print a cohort's figures to be put together with those of others",
	.flags = CMD_READ | CMD_COHORT,
	.options = export_options,
	.parts = export_parts,
	.args_size = sizeof(struct export_args),
	.run = run_export,
};

/* ---- combine ---- */

enum { MOST_BYTES = 16 << 20 };

static const struct operand combine_operands[] = {
	{ "FILE", .many = true, .entity = "file", .help = "what report export --anonymous -f csv printed; of any store" },
	{ 0 },
};
static const struct part combine_parts[] = {
	{ "combined", "All cohorts together", mentor_combined_fields, .many = true, .main = true },
	{ "cohorts", "Cohort by cohort", mentor_figure_fields, .many = true },
	{ 0 },
};

static enum mentor_status print_by_cohort(void *arg, const void *record)
{
	struct run *run = arg;
	if (run->out->part != &combine_parts[1])
		out_part(run->out, "cohorts");
	return print_figure(arg, record);
}

static enum mentor_status combine_files(struct run *run, struct mentor_survey_file *files, char **texts)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++) {
		files[i].name = operand(run, i);
		status = read_file(run, files[i].name, MOST_BYTES, &texts[i], &files[i].len);
		files[i].text = texts[i];
	}
	out_title(run->out, "Figures of several cohorts");
	return status ? status : mentor_report_combine(run->m, files, run->n_operands, print_figure, print_by_cohort, run);
}

static enum mentor_status run_combine(struct run *run)
{
	struct mentor_survey_file *files = calloc(run->n_operands, sizeof(*files));
	char **texts = calloc(run->n_operands, sizeof(*texts));
	enum mentor_status status =
	    files && texts ? combine_files(run, files, texts) : mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	for (size_t i = 0; texts && i < run->n_operands; i++)
		free(texts[i]);
	free(texts);
	free(files);
	return status;
}

static const struct command report_combine = {
	.name = "combine",
	.summary = "put exports of several cohorts together, and compare them",
	.operands = combine_operands,
	.parts = combine_parts,
	.formats = html_too,
	.run = run_combine,
};

static const struct command *const verbs[] = { &report_list, &report_show, &report_export, &report_combine, NULL };

const struct command noun_report = {
	.name = "report",
	.summary = "reports without names and without what was said",
	.verbs = verbs,
};
