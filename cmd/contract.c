/* contract.c: mentor contract: what pairs agree, in writing. */
#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct operand one_pair[] = { { "PAIR", .entity = "pair", .help = "reference of a pair (m7)" }, { 0 } };
static const struct operand one_contract[] = {
	{ "CONTRACT|PAIR", .help = "reference of a contract (c3), or of a pair (m7) for its newest version" }, { 0 }
};

static enum mentor_status find_pair(struct run *run, int64_t *ret_id)
{
	return mentor_record_find(run->m, &mentor_entity_pair, operand(run, 0), ret_id);
}

static enum mentor_status get(struct run *run, int64_t id, struct mentor_contract **ret)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_contract, id, &record);
	if (!status)
		*ret = record;
	return status;
}

static void print_names(struct run *run, const char *change, const struct mentor_contract *c)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	mentor_buf_fmt(&name, "%s and %s", c->mentor_name, c->mentee_name);
	print_change(run, change, &mentor_entity_contract, c->id, mentor_buf_text(&name));
	out_free_part(run->out, &name);
}

/* Prints what happened to a contract, with the names of the two. */
static enum mentor_status print_contract(struct run *run, const char *change, int64_t id)
{
	struct mentor_contract *c = NULL;
	enum mentor_status status = get(run, id, &c);
	if (!status)
		print_names(run, change, c);
	mentor_record_free(c);
	return status;
}

/* The same for the newest version of the pair. */
static enum mentor_status print_newest(struct run *run, const char *change)
{
	int64_t id = 0;
	enum mentor_status status = mentor_contract_find(run->m, operand(run, 0), &id);
	return status ? status : print_contract(run, change, id);
}

/* ---- draft, set, amend, withdraw ---- */

typedef enum mentor_status write_fn(struct mentor *m, int64_t pair, const struct mentor_contract *terms, uint64_t given, const char **ret_change,
    int64_t *ret_id);

static enum mentor_status run_write(struct run *run, write_fn *write, const char **ret_change)
{
	int64_t pair = 0, id = 0;
	enum mentor_status status = find_pair(run, &pair);
	if (!status)
		status = write(run->m, pair, run->record, run->record_given, ret_change, &id);
	if (!status)
		status = print_contract(run, *ret_change, id);
	if (!status && strcmp(*ret_change, "unchanged") != 0)
		out_note(run->out, "To read or print it: mentor contract export %s", operand(run, 0));
	return status;
}

static enum mentor_status run_draft(struct run *run)
{
	const char *change = NULL;
	return run_write(run, mentor_contract_draft, &change);
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

static enum mentor_status run_set(struct run *run)
{
	const char *change = NULL;
	return run_write(run, mentor_contract_set, &change);
}

static const struct command contract_set = {
	.name = "set",
	.summary = "change the terms of a contract that nobody has signed",
	.flags = CMD_WRITE,
	.operands = one_pair,
	.parts = change_parts,
	.entity = &mentor_entity_contract,
	.fields = FIELDS_ADD,
	.run = run_set,
};

static enum mentor_status run_amend(struct run *run)
{
	const char *change = NULL;
	enum mentor_status status = run_write(run, mentor_contract_amend, &change);
	if (!status && strcmp(change, "unchanged") != 0)
		out_note(run->out, "What both have signed before holds until both have signed this.");
	return status;
}

static const struct command contract_amend = {
	.name = "amend",
	.summary = "write a new version of a signed contract, for both to sign again; the old one is kept",
	.flags = CMD_WRITE,
	.operands = one_pair,
	.parts = change_parts,
	.entity = &mentor_entity_contract,
	.fields = FIELDS_ADD,
	.run = run_amend,
};

static enum mentor_status run_withdraw(struct run *run)
{
	int64_t pair = 0, id = 0;
	struct mentor_contract *c = NULL;
	enum mentor_status status = find_pair(run, &pair);
	if (!status)
		status = mentor_contract_find(run->m, operand(run, 0), &id);
	if (!status)
		status = get(run, id, &c);
	if (!status)
		status = mentor_contract_withdraw(run->m, pair, &id);
	if (!status)
		print_names(run, "withdrawn", c);
	mentor_record_free(c);
	return status;
}

static const struct command contract_withdraw = {
	.name = "withdraw",
	.summary = "take back an amendment that not both have signed",
	.flags = CMD_WRITE,
	.operands = one_pair,
	.parts = change_parts,
	.run = run_withdraw,
};

/* ---- say, terms ---- */

struct side_args {
	int64_t mentor, mentee;
};

struct say_args {
	struct side_args side;
	int64_t clear;
};

static const struct operand say_operands[] = { { "PAIR", .entity = "pair", .help = "reference of a pair (m7)" },
	{ "TERM", .help = "name of a term of the programme" },
	{ "LINE", .optional = true, .many = true, .help = "what is said, in a line or several; or one of the term's choices" }, { 0 } };

static const struct option say_options[] = {
	{ .field = { "mentor", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(say_args, side.mentor), .help = "the mentor says it" } },
	{ .field = { "mentee", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(say_args, side.mentee), .help = "the mentee says it" } },
	{ .field = { "clear", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(say_args, clear), .help = "nothing is said any more: the printed contract leaves room" } },
	{ .field = { 0 } },
};

static enum mentor_status say(struct run *run, int64_t pair, enum mentor_contract_side side, bool *ret_changed)
{
	const struct mentor_saying saying = { operand(run, 1), side, run->operands + 2, run->n_operands - 2 };
	bool changed = false;
	enum mentor_status status = mentor_contract_say(run->m, pair, &saying, &changed);
	*ret_changed = *ret_changed || changed;
	return status;
}

static enum mentor_status run_say(struct run *run)
{
	const struct say_args *args = run->args;
	int64_t pair = 0;
	bool changed = false, lines = run->n_operands > 2;
	if (lines == (args->clear == 1))
		return mentor_fail(run->m, MENTOR_USAGE, "give the lines, or --clear to leave room on paper again",
		    lines ? "--clear stands for no lines" : "it is not said what is agreed");
	enum mentor_status status = find_pair(run, &pair);
	if (!status && args->side.mentor)
		status = say(run, pair, MENTOR_CONTRACT_MENTOR, &changed);
	if (!status && args->side.mentee)
		status = say(run, pair, MENTOR_CONTRACT_MENTEE, &changed);
	if (!status && !args->side.mentor && !args->side.mentee)
		status = say(run, pair, MENTOR_CONTRACT_BOTH, &changed);
	return status ? status : print_newest(run, changed ? "revised" : "unchanged");
}

static const struct command contract_say = {
	.name = "say",
	.summary = "put into a contract what one side, or both, say to a term of the programme",
	.flags = CMD_WRITE,
	.options = say_options,
	.operands = say_operands,
	.parts = change_parts,
	.args_size = sizeof(struct say_args),
	.run = run_say,
};

static enum mentor_status print_row(void *arg, const void *record)
{
	struct run *run = arg;
	out_row(run->out, record);
	return MENTOR_OK;
}

/* Walks something of one pair, in the words of its programme. */
static enum mentor_status walk_pair(struct run *run, enum mentor_status (*walk)(struct mentor *m, int64_t pair, mentor_record_fn *each, void *arg))
{
	int64_t id = 0;
	void *pair = NULL;
	enum mentor_status status = find_pair(run, &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_pair, id, &pair);
	if (!status)
		status = out_labels(run->out, ((const struct mentor_pair *)pair)->cohort_id);
	mentor_record_free(pair);
	return status ? status : walk(run->m, id, print_row, run);
}

static enum mentor_status run_terms(struct run *run)
{
	return walk_pair(run, mentor_contract_terms);
}

static const struct part terms_parts[] = { { NULL, NULL, mentor_contract_term_fields, true, false }, { 0 } };

static const struct command contract_terms = {
	.name = "terms",
	.summary = "list the terms that the programme has for a pair, and what is said to them",
	.flags = CMD_READ,
	.operands = one_pair,
	.parts = terms_parts,
	.run = run_terms,
};

/* ---- show, list, history ---- */

static const struct part show_parts[] = { { NULL, NULL, mentor_contract_fields, false, false }, { 0 } };
static const struct part list_parts[] = { { NULL, NULL, mentor_contract_fields, true, false }, { 0 } };

static enum mentor_status run_show(struct run *run)
{
	int64_t id = 0;
	struct mentor_contract *c = NULL;
	enum mentor_status status = mentor_contract_find(run->m, operand(run, 0), &id);
	if (!status)
		status = show_record(run, id);
	if (!status)
		status = get(run, id, &c);
	if (!status && c->standing == MENTOR_CONTRACT_PROPOSED && c->version > 1)
		out_note(run->out, "What both have signed before holds until both have signed this: mentor contract list --pair m%" PRId64, c->pair);
	if (!status && c->standing == MENTOR_CONTRACT_REPLACED)
		out_note(run->out, "A newer version has taken its place: mentor contract show m%" PRId64, c->pair);
	mentor_record_free(c);
	return status;
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
	.summary = "list contracts, every version of them",
	.flags = CMD_READ | CMD_COHORT,
	.parts = list_parts,
	.entity = &mentor_entity_contract,
	.fields = FIELDS_FILTER,
	.run = crud_list,
};

static enum mentor_status run_history(struct run *run)
{
	return walk_pair(run, mentor_contract_history);
}

static const struct part history_parts[] = { { NULL, NULL, mentor_contract_event_fields, true, false }, { 0 } };

static const struct command contract_history = {
	.name = "history",
	.summary = "list when each version of a contract was drafted and signed, and signatures taken back",
	.flags = CMD_READ,
	.operands = one_pair,
	.parts = history_parts,
	.run = run_history,
};

/* ---- sign, unsign ---- */

struct sign_args {
	struct side_args side;
	const char *date, *hash;
};

static const struct option sign_options[] = {
	{ .field = { "mentor", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(sign_args, side.mentor),
	      .help = "the mentor has signed" } },
	{ .field = { "mentee", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(sign_args, side.mentee),
	      .help = "the mentee has signed" } },
	{ .field = { "date", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(sign_args, date),
	      .help = "day of the signature; today when not given" } },
	{ .field = { "hash", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(sign_args, hash),
	      .help = "first digits, eight or more, of the fingerprint on the paper that was signed: refused when the text has changed since" },
	    .placeholder = "DIGITS" },
	{ .field = { 0 } },
};

typedef enum mentor_status side_fn(struct run *run, int64_t pair, enum mentor_role side, bool *ret_changed);

/* Does something for each side that is named. */
static enum mentor_status for_sides(struct run *run, const struct side_args *args, int64_t pair, side_fn *what, bool *ret_changed)
{
	const struct {
		bool named;
		enum mentor_role role;
	} sides[] = { { args->mentor == 1, MENTOR_ROLE_MENTOR }, { args->mentee == 1, MENTOR_ROLE_MENTEE } };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(sides) / sizeof(*sides); i++) {
		bool changed = false;
		if (sides[i].named)
			status = what(run, pair, sides[i].role, &changed);
		*ret_changed = *ret_changed || changed;
	}
	return status;
}

static enum mentor_status check_sides(struct run *run, const struct side_args *args, const char *message)
{
	return args->mentor || args->mentee ? MENTOR_OK : mentor_fail(run->m, MENTOR_USAGE, "give --mentor, --mentee or both", "%s", message);
}

static enum mentor_status sign(struct run *run, int64_t pair, enum mentor_role side, bool *ret_changed)
{
	const struct sign_args *args = run->args;
	return mentor_contract_sign(run->m, pair, side, args->date, ret_changed);
}

static enum mentor_status run_sign(struct run *run)
{
	const struct sign_args *args = run->args;
	int64_t pair = 0;
	bool changed = false;
	enum mentor_status status = check_sides(run, &args->side, "it is not said who has signed");
	if (!status)
		status = find_pair(run, &pair);
	if (!status && args->hash)
		status = mentor_contract_check_hash(run->m, pair, args->hash);
	if (!status)
		status = for_sides(run, &args->side, pair, sign, &changed);
	return status ? status : print_newest(run, changed ? "signed" : "unchanged");
}

static const struct command contract_sign = {
	.name = "sign",
	.summary = "record that one side or both have signed the newest version",
	.flags = CMD_WRITE,
	.options = sign_options,
	.operands = one_pair,
	.parts = change_parts,
	.args_size = sizeof(struct sign_args),
	.run = run_sign,
};

struct unsign_args {
	struct side_args side;
	const char *reason;
};

static const struct option unsign_options[] = {
	{ .field = { "mentor", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(unsign_args, side.mentor),
	      .help = "the mentor has not signed after all" } },
	{ .field = { "mentee", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(unsign_args, side.mentee),
	      .help = "the mentee has not signed after all" } },
	{ .field = { "reason", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(unsign_args, reason),
	      .help = "why, which stays on record" } },
	{ .field = { 0 } },
};

static enum mentor_status unsign(struct run *run, int64_t pair, enum mentor_role side, bool *ret_changed)
{
	const struct unsign_args *args = run->args;
	return mentor_contract_unsign(run->m, pair, side, args->reason, ret_changed);
}

static enum mentor_status run_unsign(struct run *run)
{
	const struct unsign_args *args = run->args;
	int64_t pair = 0;
	bool changed = false;
	enum mentor_status status = check_sides(run, &args->side, "it is not said whose signature is taken back");
	if (!status)
		status = find_pair(run, &pair);
	if (!status)
		status = for_sides(run, &args->side, pair, unsign, &changed);
	return status ? status : print_newest(run, changed ? "unsigned" : "unchanged");
}

static const struct command contract_unsign = {
	.name = "unsign",
	.summary = "take back a signature that was recorded by mistake",
	.flags = CMD_WRITE,
	.options = unsign_options,
	.operands = one_pair,
	.parts = change_parts,
	.args_size = sizeof(struct unsign_args),
	.run = run_unsign,
};

/* ---- export ---- */

/** What a script gets: the text together with whose it is. People get the text alone. */
struct export_row {
	int64_t contract, pair; /* 0: several */
	const char *format, *text;
};

static const struct mentor_field export_fields[] = {
	{ "contract", MENTOR_TYPE_REF, 0, MENTOR_AT_NUMBER(export_row, contract), .entity = "contract",
	    .help = "which version it is; nothing for several" },
	{ "pair", MENTOR_TYPE_REF, 0, MENTOR_AT_NUMBER(export_row, pair), .entity = "pair",
	    .help = "whose contract it is; nothing for several" },
	{ "format", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(export_row, format), .help = "how the text is written" },
	{ "text", MENTOR_TYPE_NOTE, 0, MENTOR_AT_TEXT(export_row, text), .help = "the contract with its signatures, or one behind the other" },
	{ 0 },
};

static const struct part export_parts[] = { { NULL, NULL, export_fields, false, false, .optional = true }, { 0 } };

static const char *const export_formats[] = { "text", "md", "html", NULL };

struct export_args {
	int64_t all;
};

static const struct option export_options[] = {
	{ .field = { "all", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(export_args, all), .help = "of every pair of the cohort that has one" },
	    .letter = 'a' },
	{ .field = { 0 } },
};

static const struct operand export_operands[] = {
	{ "CONTRACT|PAIR", .optional = true, .many = true, .help = "reference of a contract (c3), or of a pair (m7) for its newest version" }, { 0 }
};

static enum mentor_contract_format chosen_format(const struct run *run)
{
	static const enum mentor_contract_format formats[] = { MENTOR_CONTRACT_TEXT, MENTOR_CONTRACT_MARKDOWN,
		MENTOR_CONTRACT_HTML };
	for (size_t i = 0; run->globals.format && export_formats[i]; i++)
		if (strcmp(run->globals.format, export_formats[i]) == 0)
			return formats[i];
	return MENTOR_CONTRACT_TEXT;
}

/** Versions to print. */
struct export {
	struct run *run;
	int64_t *contracts;
	int64_t pair; /* of the last one */
	size_t n, room;
};

static enum mentor_status take(struct export *e, const struct mentor_contract *c)
{
	if (e->n == e->room) {
		size_t room = e->room ? 2 * e->room : 16;
		int64_t *more = realloc(e->contracts, room * sizeof(*more));
		if (!more)
			return mentor_fail(e->run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
		e->contracts = more;
		e->room = room;
	}
	e->contracts[e->n++] = c->id;
	e->pair = c->pair;
	return MENTOR_OK;
}

/* They come by pair and version: the newest of a pair takes the place of those before. */
static enum mentor_status take_newest(void *arg, const void *record)
{
	struct export *e = arg;
	const struct mentor_contract *c = record;
	e->n -= e->n && c->pair == e->pair;
	return take(e, c);
}

static enum mentor_status take_all(struct export *e)
{
	char cohort[32];
	enum mentor_status status = find_cohort(e->run, NULL, &e->run->cohort);
	snprintf(cohort, sizeof(cohort), "%" PRId64, e->run->cohort);
	const struct mentor_filter of_cohort = { "cohort_id", cohort };
	return status ? status : mentor_record_list(e->run->m, &mentor_entity_contract, &of_cohort, 1, take_newest, e);
}

static enum mentor_status take_named(struct export *e)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < e->run->n_operands; i++) {
		int64_t id = 0;
		struct mentor_contract *c = NULL;
		status = mentor_contract_find(e->run->m, operand(e->run, i), &id);
		if (!status)
			status = get(e->run, id, &c);
		if (!status)
			status = take(e, c);
		mentor_record_free(c);
	}
	return status;
}

static enum mentor_status print_pages(const struct export *e, enum mentor_contract_format format)
{
	struct mentor_buf pages = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_contract_export(e->run->m, e->contracts, e->n, format, &pages);
	bool one = e->n == 1;
	const struct export_row row = { one ? e->contracts[0] : 0, one ? e->pair : 0, export_formats[format], mentor_buf_text(&pages) };
	if (!status && e->run->out->format == &format_json)
		out_row(e->run->out, &row);
	else if (!status)
		out_text(e->run->out, row.format, row.text);
	mentor_buf_free(&pages);
	return status;
}

static enum mentor_status run_export(struct run *run)
{
	const struct export_args *args = run->args;
	struct export e = { .run = run };
	enum mentor_contract_format format = chosen_format(run);
	if ((args->all == 1) == (run->n_operands > 0))
		return mentor_fail(run->m, MENTOR_USAGE, "name pairs, or give --all for every pair of the cohort",
		    args->all ? "--all stands for names" : "it is not said whose contract");
	enum mentor_status status = args->all ? take_all(&e) : take_named(&e);
	if (!status)
		status = print_pages(&e, format);
	if (!status && e.n == 0)
		out_note(run->out, "No pair has a contract yet: mentor contract draft PAIR");
	free(e.contracts);
	return status;
}

static const struct command contract_export = {
	.name = "export",
	.summary = "print contracts to read or to sign: -f text, md or html",
	.flags = CMD_READ | CMD_RAW,
	.options = export_options,
	.operands = export_operands,
	.parts = export_parts,
	.formats = export_formats,
	.args_size = sizeof(struct export_args),
	.run = run_export,
};

static const struct command *const verbs[] = { &contract_draft, &contract_set, &contract_say, &contract_terms, &contract_show, &contract_list,
	&contract_sign, &contract_unsign, &contract_amend, &contract_withdraw, &contract_history, &contract_export, NULL };

const struct command noun_contract = {
	.name = "contract",
	.summary = "what pairs agree: terms, text, signatures, amendments",
	.verbs = verbs,
};
