/* log_forms.c: mentor log forms: blank forms and activities to print. */
#include "log.h"

#include "out.h"

#include <string.h>

static const char *const readers[] = { "mentors", "mentees", "facilitators", NULL };

struct forms_args {
	int64_t audience;
};
static const struct option forms_options[] = {
	{ { "for", MENTOR_TYPE_CHOICE, MENTOR_SIDES, MENTOR_AT_NUMBER(forms_args, audience), .choices = readers, .help = "only what these people need" } },
	{ .letter = 0 },
};
static const struct operand names[] = { { "NAME", true, true, NULL, "short name of a form or activity in the programme; all when none is given" }, { 0 } };

/** What a script gets: the text together with its format. */
struct forms_row {
	const char *format, *text;
};
static const struct mentor_field forms_fields[] = {
	{ "format", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(forms_row, format), .help = "how the text is written" },
	{ "text", MENTOR_TYPE_NOTE, 0, MENTOR_AT_TEXT(forms_row, text), .help = "the forms" },
	{ 0 },
};
static const struct part forms_parts[] = { { NULL, NULL, forms_fields, false, false, .optional = true }, { 0 } };
static const char *const formats[] = { "text", "md", "html", NULL };

static enum mentor_forms_format chosen_format(const struct run *run)
{
	static const enum mentor_forms_format all[] = { MENTOR_FORMS_TEXT, MENTOR_FORMS_MARKDOWN, MENTOR_FORMS_HTML };
	for (size_t i = 0; run->globals.format && formats[i]; i++)
		if (strcmp(run->globals.format, formats[i]) == 0)
			return all[i];
	return MENTOR_FORMS_TEXT;
}

static enum mentor_status log_forms(struct run *run)
{
	const struct forms_args *args = run->args;
	const struct mentor_forms_request request = { chosen_format(run), run->operands, run->n_operands,
		args->audience == MENTOR_NONE ? NULL : readers[args->audience] };
	struct mentor_buf page = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_log_forms(run->m, run->cohort, &request, &page);
	const struct forms_row row = { formats[request.format], mentor_buf_text(&page) };
	if (!status && run->out->format == &format_json)
		out_row(run->out, &row);
	else if (!status)
		out_text(run->out, row.format, row.text);
	mentor_buf_free(&page);
	return status;
}

const struct command log_forms_command = { .name = "forms", .summary = "print the programme's blank forms and activities: -f text, md or html",
	.flags = CMD_READ | CMD_COHORT | CMD_RAW, .options = forms_options, .operands = names, .args_size = sizeof(struct forms_args),
	.parts = forms_parts, .formats = formats, .run = log_forms };
