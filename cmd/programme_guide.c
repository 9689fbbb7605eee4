/* programme_guide.c: mentor programme guide and resources: what comes with a programme for those who run it and take part. */
#include "programme.h"

#include "out.h"

#include <string.h>

/* ---- resources ---- */

struct resources_args {
	int64_t audience;
	const char *stage;
};
/* In the order of enum mentor_audience. */
static const char *const all_audiences[] = { "mentors", "mentees", "both", "facilitators", "applicants", "managers", "team", NULL };
static const struct option resources_options[] = {
	{ { "for", MENTOR_TYPE_CHOICE, MENTOR_SIDES, MENTOR_AT_NUMBER(resources_args, audience), .choices = all_audiences, .help = "only what is for them" } },
	{ { "stage", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(resources_args, stage), .help = "only what is of use in this stage, by its name in the programme" }, 0, "NAME" },
	{ .letter = 0 },
};
static const struct operand one[] = { { "PROGRAMME", false, false, "programme", "short name" }, { 0 } };
static const struct part resources_parts[] = { { NULL, NULL, mentor_material_fields, true, false }, { 0 } };

static enum mentor_status print_row(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static enum mentor_status run_resources(struct run *run)
{
	const struct resources_args *args = run->args;
	int64_t id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_programme, operand(run, 0), &id);
	if (!status)
		status = out_labels(run->out, 0);
	out_part(run->out, NULL);
	return status ? status : mentor_programme_resources(run->m, id, args->audience, args->stage, print_row, run->out);
}

const struct command programme_resources_command = {
	.name = "resources",
	.summary = "list resources, activities and forms of a programme, by audience and stage",
	.flags = CMD_READ,
	.operands = one,
	.options = resources_options,
	.args_size = sizeof(struct resources_args),
	.parts = resources_parts,
	.run = run_resources,
};

/* ---- guide ---- */

static const struct operand programme_and_cohort[] = { { "PROGRAMME", false, false, "programme", "short name" },
	{ "COHORT", true, false, "cohort", "short name: the guide then has the days of this cohort" }, { 0 } };
static const char *const guide_formats[] = { "text", "md", "html", NULL };

static enum mentor_guide_format chosen_format(const struct run *run)
{
	static const enum mentor_guide_format formats[] = { MENTOR_GUIDE_TEXT, MENTOR_GUIDE_MARKDOWN, MENTOR_GUIDE_HTML };
	for (size_t i = 0; run->globals.format && guide_formats[i]; i++)
		if (strcmp(run->globals.format, guide_formats[i]) == 0)
			return formats[i];
	return MENTOR_GUIDE_TEXT;
}

static enum mentor_status run_guide(struct run *run)
{
	int64_t programme = 0, cohort = 0;
	enum mentor_guide_format format = chosen_format(run);
	struct mentor_buf text = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_programme, operand(run, 0), &programme);
	if (!status && operand(run, 1))
		status = mentor_record_find(run->m, &mentor_entity_cohort, operand(run, 1), &cohort);
	if (!status)
		status = mentor_programme_guide(run->m, programme, cohort, format, &text);
	if (!status)
		out_text(run->out, guide_formats[format], mentor_buf_text(&text));
	out_free_part(run->out, &text);
	return status;
}

const struct command programme_guide_command = {
	.name = "guide",
	.summary = "write the guide for whoever runs the programme: stages, dates, who does what by which command; -f html is a page to print",
	.flags = CMD_READ | CMD_RAW,
	.operands = programme_and_cohort,
	.formats = guide_formats,
	.run = run_guide,
};
