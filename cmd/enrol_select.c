/* enrol_select.c: mentor enrol: what selection rests on: statements, line managers' support, scores; and one person with all of it. */
#include "enrol.h"
#include "out.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

static enum mentor_status no_memory(struct run *run)
{
	return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
}

/* ---- show ---- */

/* Of a ranking what is said of one application. */
static const struct mentor_field scored_fields[] = {
	{ "assessors", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_ranking, assessors), .help = "how many have scored the application" },
	{ "average", MENTOR_TYPE_CENTI, 0, MENTOR_AT_NUMBER(mentor_ranking, average), .heading = "average %", .help = "mean of their weighted totals, in per cent of the most" },
	{ "spread", MENTOR_TYPE_CENTI, 0, MENTOR_AT_NUMBER(mentor_ranking, spread), .help = "the highest of these totals minus the lowest, in per cent points" },
	{ "complete", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(mentor_ranking, complete), .help = "whether every assessor has scored every criterion" },
	{ 0 },
};

static const struct part show_parts[] = {
	{ "enrolment", NULL, mentor_enrolment_fields, .main = true },
	{ "answers", "Answers", mentor_answer_fields, true, .optional = true },
	{ "statements", "Statements", mentor_statement_fields, true, .optional = true },
	{ "support", "Line manager's support", mentor_approval_fields },
	{ "scored", "Scores", scored_fields },
	{ "criteria", "Criteria", mentor_criterion_fields, true, .optional = true },
	{ 0 },
};

static enum mentor_status print_row(void *arg, const void *record)
{
	struct run *run = arg;
	out_row(run->out, record);
	return MENTOR_OK;
}

/* Small programmes decide without scores; that nobody gave any is said all the same. */
static enum mentor_status print_scored(void *arg, const void *record)
{
	struct run *run = arg;
	const struct mentor_ranking *r = record;
	out_row(run->out, r);
	if (r->state == MENTOR_ENROLMENT_ACCEPTED && r->assessors == 0 && r->criteria > 0)
		out_note(run->out, "Accepted without scores, although the programme has criteria; to score: mentor enrol score PERSON CRITERION=POINTS");
	return MENTOR_OK;
}

typedef enum mentor_status walk_fn(struct mentor *m, int64_t enrolment, mentor_record_fn *each, void *arg);

/* In the order of the parts. */
static enum mentor_status print_sections(struct run *run, int64_t enrolment)
{
	static const struct {
		walk_fn *walk;
		mentor_record_fn *print;
	} sections[] = { { mentor_enrol_answers, print_row }, { mentor_enrol_statements, print_row }, { mentor_enrol_approval, print_row },
		{ mentor_enrol_scored, print_scored }, { mentor_enrol_criteria, print_row } };
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(sections) / sizeof(*sections); i++) {
		out_part(run->out, show_parts[i + 1].key);
		status = sections[i].walk(run->m, enrolment, sections[i].print, run);
	}
	return status;
}

static enum mentor_status enrol_show(struct run *run)
{
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status = mentor_enrolment_find(run->m, run->cohort, operand(run, 0), &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_enrolment, id, &record);
	out_part(run->out, "enrolment");
	if (!status)
		out_row(run->out, record);
	mentor_record_free(record);
	return status ? status : print_sections(run, id);
}

const struct command enrol_show_command = { .name = "show", .summary = "show a person's enrolment, with what was answered, stated and scored",
	.flags = CMD_READ | CMD_COHORT, .operands = enrol_one, .parts = show_parts, .version = 2, .run = enrol_show };

/* ---- confirm ---- */

struct confirm_args {
	int64_t all, no;
	const char *on;
};
static const struct option confirm_options[] = {
	{ { "all", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(confirm_args, all), .help = "every statement that is missing" } },
	{ { "no", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(confirm_args, no), .help = "the person says no" } },
	{ { "on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(confirm_args, on), .help = "the day it was said; today when not given" } },
	{ .letter = 0 },
};
static const struct operand person_and_names[] = { { "PERSON", false, false, "person", "reference (p12) or address" },
	{ "NAME", true, true, NULL, "name of a statement in the programme, or information: the pack was read" }, { 0 } };

static enum mentor_status enrol_confirm(struct run *run)
{
	const struct confirm_args *args = run->args;
	int64_t id = 0;
	bool changed = false, all = args->all == 1;
	if (all == (run->n_operands > 1))
		return mentor_fail(run->m, MENTOR_USAGE, "mentor enrol show lists the statements", all ? "--all stands for names" : "NAME or --all is missing");
	enum mentor_status status = mentor_enrolment_find(run->m, run->cohort, operand(run, 0), &id);
	if (!status)
		status = mentor_enrol_confirm(run->m, id, run->operands + 1, run->n_operands - 1, args->no != 1, args->on, &changed);
	return status ? status : enrol_print(run, changed ? "recorded" : "unchanged", id);
}

const struct command enrol_confirm_command = { .name = "confirm", .summary = "record what a person states or confirms", .flags = CMD_WRITE | CMD_COHORT,
	.operands = person_and_names, .options = confirm_options, .args_size = sizeof(struct confirm_args), .parts = change_parts,
	.run = enrol_confirm };

/* ---- approve ---- */

struct approve_args {
	int64_t asked, given, refused;
	const char *on, *by, *reason;
};
static const struct option approve_options[] = {
	{ { "asked", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(approve_args, asked), .help = "the line manager was asked" } },
	{ { "given", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(approve_args, given), .help = "the line manager supports it" } },
	{ { "refused", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(approve_args, refused), .help = "the line manager does not" } },
	{ { "on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(approve_args, on), .help = "on which day; today when not given" } },
	{ { "by", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(approve_args, by), .help = "who answered; the line manager on record when not given" }, 0, "NAME" },
	{ { "reason", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(approve_args, reason), .help = "what was said with the answer" } },
	{ .letter = 0 },
};

static enum mentor_status approve_one(struct run *run, const char *person, enum mentor_support what, const char *word)
{
	const struct approve_args *args = run->args;
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = mentor_enrolment_find(run->m, run->cohort, person, &id);
	if (!status)
		status = mentor_enrol_approve(run->m, id, what, args->on, args->by, args->reason, &changed);
	return status ? status : enrol_print(run, changed ? word : "unchanged", id);
}

static enum mentor_status enrol_approve(struct run *run)
{
	const struct approve_args *args = run->args;
	bool asked = args->asked == 1, given = args->given == 1, refused = args->refused == 1;
	enum mentor_status status = MENTOR_OK;
	if (asked + given + refused != 1)
		return mentor_fail(run->m, MENTOR_USAGE, "give one of --asked, --given and --refused", "say what happened");
	if (asked && (args->by || args->reason))
		return mentor_fail(run->m, MENTOR_USAGE, "they belong to --given and --refused", "--by and --reason say who answered, and why");
	for (size_t i = 0; !status && i < run->n_operands; i++)
		status = approve_one(run, run->operands[i], asked ? MENTOR_SUPPORT_ASKED : given ? MENTOR_SUPPORT_GIVEN : MENTOR_SUPPORT_REFUSED,
		    asked ? "asked" : given ? "given" : "refused");
	return status;
}

const struct command enrol_approve_command = { .name = "approve", .summary = "record that line managers were asked for support, give or refuse it",
	.flags = CMD_WRITE | CMD_COHORT, .operands = enrol_several, .options = approve_options, .args_size = sizeof(struct approve_args),
	.parts = change_parts, .run = enrol_approve };

/* ---- score ---- */

struct score_args {
	const char *by, *file, *delimiter;
};
static const struct option score_options[] = {
	{ { "by", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(score_args, by), .help = "who gives the points; MENTOR_ACTOR when not given" }, 0, "ASSESSOR" },
	{ { "file", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(score_args, file), .entity = "file", .help = "take them from a CSV file instead, - for standard input: columns email, assessor, and one for each criterion" }, 0, "FILE" },
	{ { "delimiter", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(score_args, delimiter), .help = "what stands between cells of the file: , ; or tab; found out when not given" }, 0, "CHAR" },
	{ .letter = 0 },
};
static const struct operand person_and_points[] = { { "PERSON", true, false, "person", "reference (p12) or address" },
	{ "CRITERION=POINTS", true, true, NULL, "name of a criterion in the programme, and the points" }, { 0 } };

/* "added" would read as if the person were. */
static const char *scored(const char *change)
{
	return strcmp(change, "added") == 0 ? "scored" : change;
}

static enum mentor_status print_import(void *arg, const struct mentor_import_row *row)
{
	print_change(arg, scored(row->change), &mentor_entity_person, row->person_id, row->name);
	return MENTOR_OK;
}

static enum mentor_status score_file(struct run *run, const struct score_args *args)
{
	char delimiter = '\0', *text = NULL;
	size_t len = 0;
	if (run->n_operands)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out the person, or --file", "--file names the people itself: '%s' is one word too many", operand(run, 0));
	enum mentor_status status = read_delimiter(run, args->delimiter, &delimiter);
	if (!status)
		status = read_file(run, args->file, MOST_BYTES, &text, &len);
	if (!status)
		status = mentor_enrol_score_import(run->m, run->cohort, args->file, text, len, delimiter, args->by, print_import, run);
	free(text);
	return status;
}

/* Cuts "criterion=points" in two. */
static enum mentor_status cut_points(struct run *run, const char *word, struct mentor_points *ret)
{
	const char *at = strchr(word, '=');
	if (!at || at == word || !at[1])
		return mentor_fail(run->m, MENTOR_USAGE, "write the criterion and the points, such as has-the-time=4", "'%s' is not CRITERION=POINTS", word);
	struct mentor_buf name = MENTOR_BUF_INIT;
	mentor_buf_add(&name, word, (size_t)(at - word));
	*ret = (struct mentor_points){ name.failed ? NULL : mentor_keep(run->m, mentor_buf_text(&name)), at + 1 };
	mentor_buf_free(&name);
	return ret->criterion ? MENTOR_OK : no_memory(run);
}

static enum mentor_status score_person(struct run *run, const struct score_args *args, struct mentor_points *points, size_t n)
{
	int64_t id = 0;
	const char *change = NULL;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < n; i++)
		status = cut_points(run, run->operands[i + 1], &points[i]);
	if (!status)
		status = mentor_enrolment_find(run->m, run->cohort, operand(run, 0), &id);
	if (!status)
		status = mentor_enrol_score(run->m, id, points, n, args->by, &change);
	return status ? status : enrol_print(run, scored(change), id);
}

static enum mentor_status enrol_score(struct run *run)
{
	const struct score_args *args = run->args;
	if (args->file)
		return score_file(run, args);
	if (args->delimiter)
		return mentor_fail(run->m, MENTOR_USAGE, "leave it out, or name a file", "--delimiter belongs to --file");
	if (run->n_operands < 2)
		return mentor_fail(run->m, MENTOR_USAGE, "mentor enrol score --help explains the command", "PERSON and CRITERION=POINTS, or --file FILE, are missing");
	size_t n = run->n_operands - 1;
	struct mentor_points *points = calloc(n, sizeof(*points));
	enum mentor_status status = points ? score_person(run, args, points, n) : no_memory(run);
	free(points);
	return status;
}

const struct command enrol_score_command = { .name = "score", .summary = "record an assessor's points for applications", .flags = CMD_WRITE | CMD_COHORT,
	.operands = person_and_points, .options = score_options, .args_size = sizeof(struct score_args), .parts = change_parts, .run = enrol_score };

/* ---- scores ---- */

static const char *const role_words[] = { "mentor", "mentee", "either", NULL };
struct scores_args {
	int64_t role;
};
static const struct option scores_options[] = {
	{ { "role", MENTOR_TYPE_CHOICE, MENTOR_SIDES, MENTOR_AT_NUMBER(scores_args, role), .choices = role_words, .help = "only applications for this role" } },
	{ .letter = 0 },
};
static const struct part scores_parts[] = { { NULL, NULL, mentor_ranking_fields, true }, { 0 } };

static enum mentor_status enrol_scores(struct run *run)
{
	const struct scores_args *args = run->args;
	out_part(run->out, NULL);
	return mentor_enrol_scores(run->m, run->cohort, args->role, print_row, run);
}

const struct command enrol_scores_command = { .name = "scores", .summary = "rank applications by their scores, best first", .flags = CMD_READ | CMD_COHORT,
	.options = scores_options, .args_size = sizeof(struct scores_args), .parts = scores_parts, .run = enrol_scores };
