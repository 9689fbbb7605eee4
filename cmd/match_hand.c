/* match_hand.c: mentor match pin, add and block: what people change in a proposal by hand. */
#include "match.h"
#include "out.h"

#include <inttypes.h>
#include <stdio.h>

static const struct operand two_people[] = {
	{ "MENTOR", .entity = "person", .help = "who mentors: reference (p12) or address" },
	{ "MENTEE", .entity = "person", .help = "who is mentored" },
	{ 0 },
};

static enum mentor_status find_two(struct run *run, int64_t people[2])
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < 2; i++)
		status = mentor_record_find(run->m, &mentor_entity_person, operand(run, i), &people[i]);
	return status;
}

/* The proposed pair of two people, in this order. */
static enum mentor_status find_proposed(struct run *run, const int64_t people[2], int64_t *ret_id)
{
	char cohort[32], mentor[32], mentee[32];
	snprintf(cohort, sizeof(cohort), "%" PRId64, run->cohort);
	snprintf(mentor, sizeof(mentor), "p%" PRId64, people[0]);
	snprintf(mentee, sizeof(mentee), "p%" PRId64, people[1]);
	const struct mentor_filter filters[] = { { "cohort_id", cohort }, { "mentor", mentor }, { "mentee", mentee }, { "state", "proposed" } };
	return mentor_record_seek(run->m, &mentor_entity_pair, filters, 4, ret_id);
}

/* ---- pin ---- */

struct off_args {
	int64_t off;
};

static const struct option pin_options[] = {
	{ .field = { "off", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(off_args, off), .help = "let go of it: the next proposal may choose otherwise" } },
	{ .field = { 0 } },
};

static const struct operand pin_operands[] = {
	{ "PAIR|MENTOR", .help = "a proposed pair (m7), or who mentors in it" },
	{ "MENTEE", .optional = true, .entity = "person", .help = "who is mentored in it" },
	{ 0 },
};

static enum mentor_status find_pin(struct run *run, int64_t *ret_id)
{
	int64_t people[2];
	enum mentor_status status;
	if (run->n_operands == 1)
		return mentor_record_find(run->m, &mentor_entity_pair, operand(run, 0), ret_id);
	status = find_two(run, people);
	if (!status)
		status = find_cohort(run, NULL, &run->cohort);
	if (!status)
		status = find_proposed(run, people, ret_id);
	if (!status && !*ret_id)
		status = mentor_fail(run->m, MENTOR_NOT_FOUND,
		    mentor_hint(run->m, "add it, pinned, with: mentor match add p%" PRId64 " p%" PRId64, people[0], people[1]), "%s and %s are not proposed as a pair",
		    operand(run, 0), operand(run, 1));
	return status;
}

static enum mentor_status run_pin(struct run *run)
{
	const struct off_args *args = run->args;
	int64_t id = 0;
	bool changed = false;
	void *record = NULL;
	enum mentor_status status = find_pin(run, &id);
	if (!status)
		status = mentor_match_pin(run->m, id, args->off != 1, &changed);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_pair, id, &record);
	const struct mentor_pair *pair = record;
	struct mentor_buf name = MENTOR_BUF_INIT;
	if (!status)
		mentor_buf_fmt(&name, "%s and %s", pair->mentor_name, pair->mentee_name);
	if (!status)
		print_change(run, !changed ? "unchanged" : args->off == 1 ? "unpinned" : "pinned", &mentor_entity_pair, id,
		    mentor_keep(run->m, mentor_buf_text(&name)));
	mentor_buf_free(&name);
	mentor_record_free(record);
	return status;
}

const struct command match_pin = {
	.name = "pin",
	.summary = "keep a proposed pair in every later proposal",
	.flags = CMD_WRITE,
	.options = pin_options,
	.operands = pin_operands,
	.parts = change_parts,
	.args_size = sizeof(struct off_args),
	.run = run_pin,
};

/* ---- add ---- */

struct add_args {
	const char *override;
	int64_t off;
};

static const struct option add_options[] = {
	{ .field = { "override", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(add_args, override), .help = "put them together although a hard rule speaks against it, for this reason, which is kept" }, .placeholder = "REASON" },
	{ .field = { "off", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(add_args, off), .help = "take the pair out of what is proposed" } },
	{ .field = { 0 } },
};

static const struct part row_parts[] = { { NULL, NULL, match_row_fields, true, false }, { 0 } };

/* Says which rules the pair breaks, for people: it has been overridden, and is told all the same. */
static enum mentor_status warn_line(void *arg, const struct mentor_match_line *line)
{
	struct run *run = arg;
	if (line->kind == MENTOR_MATCH_RULE && line->held == 0)
		out_note(run->out, "Mind: it breaks the rule %s: %s", line->name, line->text);
	return MENTOR_OK;
}

static enum mentor_status drop(struct run *run, const int64_t people[2])
{
	int64_t id = 0;
	bool changed = false;
	void *record = NULL;
	enum mentor_status status = find_proposed(run, people, &id);
	if (!status && id)
		status = mentor_record_get(run->m, &mentor_entity_pair, id, &record);
	if (!status)
		status = mentor_match_drop(run->m, run->cohort, people[0], people[1], &changed);
	const struct mentor_pair *pair = record;
	if (!status && pair) {
		struct mentor_match_row row = { "removed", id, pair->mentor, pair->mentee, pair->mentor_name, pair->mentee_name, pair->score, MENTOR_NONE };
		out_row(run->out, &row);
	}
	mentor_record_free(record);
	return status;
}

/** What adding a pair did: the rows that say nothing new are left out. */
static enum mentor_status print_news(void *arg, const struct mentor_match_row *row)
{
	struct run *run = arg;
	const struct mentor_match_row *quiet = row;
	if (row->change[0] != 'u' || row->change[1] != 'n') /* unchanged */
		out_row(run->out, quiet);
	return MENTOR_OK;
}

static enum mentor_status run_add(struct run *run)
{
	const struct add_args *args = run->args;
	const struct mentor_match_sink sink = { .pair = print_news, .arg = run };
	struct mentor_match_subject subject;
	int64_t people[2], id = 0;
	enum mentor_status status = find_two(run, people);
	out_part(run->out, NULL);
	if (status || args->off == 1)
		return status ? status : drop(run, people);
	status = mentor_match_add(run->m, run->cohort, people[0], people[1], args->override, &sink);
	if (!status)
		status = find_proposed(run, people, &id);
	return status ? status : mentor_match_explain_pair(run->m, id, warn_line, run, &subject);
}

const struct command match_add = {
	.name = "add",
	.summary = "propose a pair by hand; it counts as pinned",
	.flags = CMD_WRITE | CMD_COHORT,
	.options = add_options,
	.operands = two_people,
	.parts = row_parts,
	.args_size = sizeof(struct add_args),
	.run = run_add,
};

/* ---- block ---- */

static const struct option block_options[] = {
	{ .field = { "off", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(off_args, off), .help = "no longer keep them apart" } },
	{ .field = { 0 } },
};

static const struct operand block_operands[] = {
	{ "PERSON", .entity = "person", .help = "one of the two: reference (p12) or address" },
	{ "OTHER", .entity = "person", .help = "the other" },
	{ 0 },
};

static enum mentor_status run_block(struct run *run)
{
	const struct off_args *args = run->args;
	int64_t people[2];
	bool changed = false;
	enum mentor_status status = find_two(run, people);
	if (!status)
		status = mentor_match_block(run->m, run->cohort, people[0], people[1], args->off != 1, &changed);
	return status ? status :
			match_print_two(run, !changed ? "unchanged" : args->off == 1 ? "removed" : "added", &mentor_entity_block, people[0], people[1]);
}

const struct command match_block = {
	.name = "block",
	.summary = "keep two people apart in the proposals of this cohort",
	.flags = CMD_WRITE | CMD_COHORT,
	.options = block_options,
	.operands = block_operands,
	.parts = change_parts,
	.args_size = sizeof(struct off_args),
	.run = run_block,
};

static const struct part block_parts[] = { { NULL, NULL, mentor_block_fields, true, false }, { 0 } };

const struct command match_blocks = {
	.name = "blocks",
	.summary = "list who is kept apart in this cohort",
	.flags = CMD_READ | CMD_COHORT,
	.parts = block_parts,
	.entity = &mentor_entity_block,
	.fields = FIELDS_FILTER,
	.run = crud_list,
};
