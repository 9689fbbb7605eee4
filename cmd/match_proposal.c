/* match_proposal.c: mentor match proposals, compare and use: proposals that are kept under a name. */
#include "match.h"
#include "out.h"

static const struct part proposal_parts[] = { { NULL, NULL, mentor_proposal_fields, true, false }, { 0 } };

const struct command match_proposals = {
	.name = "proposals",
	.summary = "list the proposals that are kept under a name",
	.flags = CMD_READ | CMD_COHORT,
	.parts = proposal_parts,
	.entity = &mentor_entity_proposal,
	.fields = FIELDS_NONE,
	.run = crud_list,
};

/* ---- compare ---- */

/* clang-format off */
static const struct mentor_field difference_fields[] = {
	{ "mentor", MENTOR_TYPE_REF, MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_proposal_difference, mentor), .entity = "person", .help = "who mentors" },
	{ "mentor_name", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_proposal_difference, mentor_name), .heading = "{mentor}", .help = "name of the mentor" },
	{ "mentee", MENTOR_TYPE_REF, MENTOR_WIDE, MENTOR_AT_NUMBER(mentor_proposal_difference, mentee), .entity = "person", .help = "who is mentored" },
	{ "mentee_name", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_proposal_difference, mentee_name), .heading = "{mentee}", .help = "name of the mentee" },
	{ "in", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_proposal_difference, in), .heading = "only in", .help = "the proposal that has the pair; the other has it not" },
	{ "score", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_proposal_difference, score), .help = "points of the pair" },
	{ 0 },
};
/* clang-format on */

static const struct part difference_parts[] = { { NULL, NULL, difference_fields, true, false }, { 0 } };

static const struct operand two_names[] = {
	{ "NAME", .help = "a proposal's name; current is what is proposed now" },
	{ "OTHER", .help = "the name of another" },
	{ 0 },
};

static enum mentor_status print_difference(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static enum mentor_status run_compare(struct run *run)
{
	out_part(run->out, NULL);
	return mentor_proposal_compare(run->m, run->cohort, operand(run, 0), operand(run, 1), print_difference, run->out);
}

const struct command match_compare = {
	.name = "compare",
	.summary = "show the pairs that only one of two proposals has",
	.flags = CMD_READ | CMD_COHORT,
	.operands = two_names,
	.parts = difference_parts,
	.run = run_compare,
};

/* ---- use ---- */

static const struct part row_parts[] = { { NULL, NULL, match_row_fields, true, false }, { 0 } };
static const struct operand one_name[] = { { "NAME", .help = "a proposal's name" }, { 0 } };

static enum mentor_status run_use(struct run *run)
{
	const struct mentor_match_sink sink = { .pair = match_print_row, .arg = run };
	out_part(run->out, NULL);
	return mentor_proposal_use(run->m, run->cohort, operand(run, 0), &sink);
}

const struct command match_use = {
	.name = "use",
	.summary = "propose what was kept under a name",
	.flags = CMD_WRITE | CMD_COHORT,
	.operands = one_name,
	.parts = row_parts,
	.run = run_use,
};
