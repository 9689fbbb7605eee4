/* contract.c: mentor contract: what pairs agree, in writing. */
#include "nouns.h"
#include "out.h"

#include <string.h>

static const struct operand one_pair[] = { { "PAIR", .entity = "pair", .help = "reference of a pair (m7)" }, { 0 } };
static const struct operand one_contract[] = {
	{ "CONTRACT|PAIR", .help = "reference of a contract (c3) or of its pair (m7)" }, { 0 }
};

static enum mentor_status find_pair(struct run *run, int64_t *ret_id)
{
	return mentor_record_find(run->m, &mentor_entity_pair, operand(run, 0), ret_id);
}

/* ---- draft ---- */

/* Prints what happened to a contract, with the names of the two. */
static enum mentor_status print_contract(struct run *run, const char *change, int64_t id)
{
	void *record = NULL;
	struct mentor_buf name = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_contract, id, &record);
	if (!status) {
		const struct mentor_contract *c = record;
		mentor_buf_fmt(&name, "%s and %s", c->mentor_name, c->mentee_name);
		print_change(run, change, &mentor_entity_contract, id, mentor_buf_text(&name));
	}
	mentor_buf_free(&name);
	mentor_record_free(record);
	return status;
}

static enum mentor_status run_draft(struct run *run)
{
	int64_t pair = 0, id = 0;
	const char *change = NULL;
	enum mentor_status status = find_pair(run, &pair);
	if (!status)
		status = mentor_contract_draft(run->m, pair, run->record, run->record_given, &change, &id);
	if (!status)
		status = print_contract(run, change, id);
	if (!status && strcmp(change, "unchanged") != 0)
		out_note(run->out, "To read or print it: mentor contract export %s", operand(run, 0));
	return status;
}

static const struct command contract_draft = {
	.name = "draft",
	.summary = "write the contract of an active pair; terms not given are the usual ones",
	.flags = CMD_WRITE,
	.operands = one_pair,
	.parts = change_parts,
	.entity = &mentor_entity_contract,
	.fields = FIELDS_ADD,
	.run = run_draft,
};

/* ---- show, list ---- */

static const struct part show_parts[] = { { NULL, NULL, mentor_contract_fields, false, false }, { 0 } };
static const struct part list_parts[] = { { NULL, NULL, mentor_contract_fields, true, false }, { 0 } };

/* The contract itself, or the one of a pair. */
static enum mentor_status find_contract(struct run *run, int64_t *ret_id)
{
	const char *reference = operand(run, 0);
	if (reference[0] != mentor_entity_pair.letter)
		return mentor_record_find(run->m, &mentor_entity_contract, reference, ret_id);
	const struct mentor_filter of_pair = { "pair", reference };
	enum mentor_status status = mentor_record_seek(run->m, &mentor_entity_contract, &of_pair, 1, ret_id);
	if (status || *ret_id)
		return status;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "write it with: mentor contract draft %s", reference);
	status = mentor_fail(run->m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "%s has no contract", reference);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status run_show(struct run *run)
{
	int64_t id = 0;
	enum mentor_status status = find_contract(run, &id);
	return status ? status : show_record(run, id);
}

static const struct command contract_show = {
	.name = "show",
	.summary = "show the terms of a contract and who has signed",
	.flags = CMD_READ,
	.operands = one_contract,
	.parts = show_parts,
	.entity = &mentor_entity_contract,
	.run = run_show,
};

static const struct command contract_list = {
	.name = "list",
	.summary = "list contracts",
	.flags = CMD_READ | CMD_COHORT,
	.parts = list_parts,
	.entity = &mentor_entity_contract,
	.fields = FIELDS_FILTER,
	.run = crud_list,
};

/* ---- sign ---- */

struct sign_args {
	int64_t mentor, mentee;
	const char *date;
};

static const struct option sign_options[] = {
	{ .field = { "mentor", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(sign_args, mentor),
	      .help = "the mentor has signed" } },
	{ .field = { "mentee", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(sign_args, mentee),
	      .help = "the mentee has signed" } },
	{ .field = { "date", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(sign_args, date),
	      .help = "day of the signature; today when not given" } },
	{ .field = { 0 } },
};

static enum mentor_status run_sign(struct run *run)
{
	const struct sign_args *args = run->args;
	int64_t pair = 0, id = 0;
	bool mentor = false, mentee = false;
	if (!args->mentor && !args->mentee)
		return mentor_fail(
		    run->m, MENTOR_USAGE, "give --mentor, --mentee or both", "it is not said who has signed");
	enum mentor_status status = find_pair(run, &pair);
	if (!status && args->mentor)
		status = mentor_contract_sign(run->m, pair, MENTOR_ROLE_MENTOR, args->date, &mentor);
	if (!status && args->mentee)
		status = mentor_contract_sign(run->m, pair, MENTOR_ROLE_MENTEE, args->date, &mentee);
	if (!status)
		status = find_contract(run, &id);
	return status ? status : print_contract(run, mentor || mentee ? "signed" : "unchanged", id);
}

static const struct command contract_sign = {
	.name = "sign",
	.summary = "record that one side or both have signed",
	.flags = CMD_WRITE,
	.options = sign_options,
	.operands = one_pair,
	.parts = change_parts,
	.args_size = sizeof(struct sign_args),
	.run = run_sign,
};

/* ---- export ---- */

/** What a script gets: the text together with whose it is. People get the text alone. */
struct export_row {
	int64_t pair;
	const char *format, *text;
};

static const struct mentor_field export_fields[] = {
	{ "pair", MENTOR_TYPE_REF, 0, MENTOR_AT_NUMBER(export_row, pair), .entity = "pair",
	    .help = "whose contract it is" },
	{ "format", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(export_row, format), .help = "how the text is written" },
	{ "text", MENTOR_TYPE_NOTE, 0, MENTOR_AT_TEXT(export_row, text), .help = "the contract with its signatures" },
	{ 0 },
};

static const struct part export_parts[] = { { NULL, NULL, export_fields, false, false, .optional = true }, { 0 } };

static const char *const export_formats[] = { "text", "md", "html", NULL };

static enum mentor_contract_format chosen_format(const struct run *run)
{
	static const enum mentor_contract_format formats[] = { MENTOR_CONTRACT_TEXT, MENTOR_CONTRACT_MARKDOWN,
		MENTOR_CONTRACT_HTML };
	for (size_t i = 0; run->globals.format && export_formats[i]; i++)
		if (strcmp(run->globals.format, export_formats[i]) == 0)
			return formats[i];
	return MENTOR_CONTRACT_TEXT;
}

static enum mentor_status run_export(struct run *run)
{
	int64_t pair = 0;
	enum mentor_contract_format format = chosen_format(run);
	struct mentor_buf page = MENTOR_BUF_INIT;
	enum mentor_status status = find_pair(run, &pair);
	if (!status)
		status = mentor_contract_export(run->m, pair, format, &page);
	const struct export_row row = { pair, export_formats[format], mentor_buf_text(&page) };
	if (!status && run->out->format == &format_json)
		out_row(run->out, &row);
	else if (!status)
		out_text(run->out, row.format, row.text);
	mentor_buf_free(&page);
	return status;
}

static const struct command contract_export = {
	.name = "export",
	.summary = "print a contract to read or to sign: -f text, md or html",
	.flags = CMD_READ | CMD_RAW,
	.operands = one_pair,
	.parts = export_parts,
	.formats = export_formats,
	.run = run_export,
};

static const struct command *const verbs[] = { &contract_draft, &contract_show, &contract_list, &contract_sign,
	&contract_export, NULL };

const struct command noun_contract = {
	.name = "contract",
	.summary = "what pairs agree: terms, text, signatures",
	.verbs = verbs,
};
