/* report.c: mentor report: what those who answer for a programme want to see. */
#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <string.h>

/* ---- which reports there are ---- */

struct report {
	const char *name, *about;
	enum mentor_status (*run)(struct run *run);
};

/* What the rows so far need explained. */
struct progress {
	struct run *run;
	bool behind;
	int64_t shortest;       /* minutes from which sessions count; 0 while every session does */
	unsigned bases, states; /* a bit for each that some row has */
};

static void title_from(struct out *o, const struct mentor_progress *head)
{
	struct mentor_buf title = MENTOR_BUF_INIT;
	mentor_buf_fmt(&title, "Progress of %s", head->title);
	out_title(o, mentor_buf_text(&title));
	mentor_buf_free(&title);
}

static void remember(struct progress *progress, const char *part, const void *record)
{
	const struct mentor_progress_pair *pair = record;
	if (strcmp(part, "head") == 0)
		title_from(progress->run->out, record);
	if (strcmp(part, "commitment") == 0) {
		progress->behind |= pair->pace == MENTOR_PACE_BEHIND;
		progress->shortest = pair->counted < pair->sessions ? pair->shortest : progress->shortest;
	}
	if (strcmp(part, "aims") == 0)
		progress->states |= 1U << ((const struct mentor_survey_aim *)record)->state;
	if (strcmp(part, "outcomes") == 0)
		progress->bases |= 1U << ((const struct mentor_survey_change *)record)->basis;
}

static enum mentor_status print_part(void *arg, const char *part, const void *record)
{
	struct progress *progress = arg;
	struct out *o = progress->run->out;
	remember(progress, part, record);
	if (!o->part || strcmp(o->part->key, part) != 0)
		out_part(o, part);
	out_row(o, record);
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
	enum mentor_status status = mentor_report_progress(run->m, run->cohort, print_part, &progress);
	if (!status)
		explain(&progress);
	return status;
}

static const struct report reports[] = {
	{ "progress", "recruitment, pairs, sessions against the programme's minimum, and change by aim", run_progress },
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

static enum mentor_status run_show(struct run *run)
{
	const char *name = operand(run, 0), *names[N_REPORTS + 1] = { NULL };
	for (size_t i = 0; i < N_REPORTS; i++) {
		if (strcmp(reports[i].name, name) == 0)
			return reports[i].run(run);
		names[i] = reports[i].name;
	}
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

static const struct operand show_operands[] = {
	{ "NAME", .help = "the report, such as progress" },
	{ 0 },
};

static const struct part show_parts[] = {
	{ "head", NULL, mentor_progress_fields, false, false },
	{ "recruitment", "Recruitment", mentor_progress_side_fields, true, false },
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
	.operands = show_operands,
	.parts = show_parts,
	.formats = html_too,
	.run = run_show,
};

static const struct command *const verbs[] = { &report_list, &report_show, NULL };

const struct command noun_report = {
	.name = "report",
	.summary = "reports without names and without what was said",
	.verbs = verbs,
};
