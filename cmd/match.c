/* match.c: mentor match: proposing pairs and explaining them; the other files have what people say, decide and change. */
#include "match.h"
#include "nouns.h"
#include "out.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const struct operand match_one_pair[] = { { "PAIR", .entity = "pair", .help = "reference of a pair (m7)" }, { 0 } };

/* ---- propose ---- */

#define ROW_NUMBER(member) MENTOR_AT_NUMBER(mentor_match_row, member)
#define ROW_TEXT(member) MENTOR_AT_TEXT(mentor_match_row, member)
#define LEFT_NUMBER(member) MENTOR_AT_NUMBER(mentor_match_left, member)
#define LEFT_TEXT(member) MENTOR_AT_TEXT(mentor_match_left, member)
#define FIGURE(member) MENTOR_AT_NUMBER(mentor_match_figures, member)
#define SUM(member) MENTOR_AT_NUMBER(mentor_match_summary, member)

const char *const match_methods[] = { "best", "stable", NULL };
const char *const match_objectives[] = { "total", "worst-off", "mentors-choices", NULL };
static const char *const sides[] = { "mentor", "mentee", NULL };

/** One thing that was proved. */
struct claim {
	const char *text;
};

/* clang-format off */
const struct mentor_field match_row_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, ROW_TEXT(change), .help = "added, updated, unchanged or removed" },
	{ "pair", MENTOR_TYPE_REF, 0, ROW_NUMBER(pair), .entity = "pair", .help = "the pair" },
	{ "mentor", MENTOR_TYPE_REF, MENTOR_WIDE, ROW_NUMBER(mentor), .entity = "person", .heading = "{mentor}", .help = "who mentors" },
	{ "mentor_name", MENTOR_TYPE_TEXT, 0, ROW_TEXT(mentor_name), .heading = "{mentor}", .help = "name of the mentor" },
	{ "mentee", MENTOR_TYPE_REF, MENTOR_WIDE, ROW_NUMBER(mentee), .entity = "person", .heading = "{mentee}", .help = "who is mentored" },
	{ "mentee_name", MENTOR_TYPE_TEXT, 0, ROW_TEXT(mentee_name), .heading = "{mentee}", .help = "name of the mentee" },
	{ "score", MENTOR_TYPE_INT, 0, ROW_NUMBER(score), .help = "points of the soft rules, each times its weight" },
	{ "percent", MENTOR_TYPE_INT, 0, ROW_NUMBER(percent), .heading = "% of full marks", .help = "score in per cent of the most that a pair can have" },
	{ 0 },
};
static const struct mentor_field left_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, LEFT_NUMBER(person), .entity = "person", .help = "who has no partner" },
	{ "name", MENTOR_TYPE_TEXT, 0, LEFT_TEXT(name), .help = "name of the person" },
	{ "role", MENTOR_TYPE_CHOICE, MENTOR_SIDES, LEFT_NUMBER(role), .choices = sides, .help = "the side the person was matched on" },
	{ "possible", MENTOR_TYPE_INT, MENTOR_WIDE, LEFT_NUMBER(possible), .help = "how many of the other side the hard rules allow" },
	{ "why", MENTOR_TYPE_TEXT, 0, LEFT_TEXT(why), .help = "why, in one line; match explain says more" },
	{ 0 },
};
static const struct mentor_field summary_fields[] = {
	{ "mentors", MENTOR_TYPE_INT, 0, SUM(mentors), .heading = "{mentors} accepted", .help = "accepted mentors" },
	{ "mentees", MENTOR_TYPE_INT, 0, SUM(mentees), .heading = "{mentees} accepted", .help = "accepted mentees" },
	{ "active", MENTOR_TYPE_INT, 0, SUM(active), .heading = "pairs published before", .help = "pairs published before, and untouched" },
	{ "candidates", MENTOR_TYPE_INT, 0, SUM(candidates), .heading = "pairs the rules allow", .help = "pairs that the hard rules allow, between people with places left" },
	{ "pairs", MENTOR_TYPE_INT, 0, SUM(pairs), .heading = "pairs proposed", .help = "pairs proposed now, as many as possible" },
	{ "mentors_left", MENTOR_TYPE_INT, 0, SUM(mentors_left), .heading = "{mentors} left over", .help = "mentors without a partner" },
	{ "mentees_left", MENTOR_TYPE_INT, 0, SUM(mentees_left), .heading = "{mentees} left over", .help = "mentees without a partner" },
	{ "score", MENTOR_TYPE_INT, MENTOR_WIDE, SUM(score), .help = "scores of the proposed pairs together" },
	{ "worst", MENTOR_TYPE_INT, MENTOR_WIDE, SUM(worst), .help = "score of the pair that fares worst" },
	{ "pinned", MENTOR_TYPE_INT, MENTOR_WIDE, SUM(pinned), .help = "how many of the pairs were pinned" },
	{ "method", MENTOR_TYPE_CHOICE, MENTOR_WIDE, SUM(method), .choices = match_methods, .help = "how the pairs were sought" },
	{ "objective", MENTOR_TYPE_CHOICE, MENTOR_WIDE, SUM(objective), .choices = match_objectives, .help = "what came before the highest total" },
	{ "percent", MENTOR_TYPE_INT, 0, SUM(percent), .heading = "average % of full marks", .help = "score in per cent of the most that as many pairs can have" },
	{ 0 },
};
static const struct mentor_field figure_fields[] = {
	{ "method", MENTOR_TYPE_CHOICE, 0, FIGURE(method), .choices = match_methods, .help = "how the pairs are sought" },
	{ "objective", MENTOR_TYPE_CHOICE, 0, FIGURE(objective), .choices = match_objectives, .help = "what comes before the highest total" },
	{ "pairs", MENTOR_TYPE_INT, 0, FIGURE(pairs), .help = "how many pairs" },
	{ "score", MENTOR_TYPE_INT, 0, FIGURE(score), .help = "their points together" },
	{ "worst", MENTOR_TYPE_INT, 0, FIGURE(worst), .heading = "worst pair", .help = "points of the pair that fares worst" },
	{ "mentors_first", MENTOR_TYPE_INT, 0, FIGURE(mentors_first), .heading = "{mentors} with first choice", .help = "mentors who get whom they named first" },
	{ "mentees_first", MENTOR_TYPE_INT, 0, FIGURE(mentees_first), .heading = "{mentees} with first choice", .help = "mentees who get whom they named first" },
	{ "blocking", MENTOR_TYPE_INT, 0, FIGURE(blocking), .heading = "would rather", .help = "two people, not paired, who would both rather have each other than what they get" },
	{ 0 },
};
static const struct mentor_field certificate_fields[] = {
	{ "text", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(claim, text), .help = "what has been proved of the proposal" },
	{ 0 },
};
/* clang-format on */

static const struct part propose_parts[] = {
	{ "pairs", "Proposed pairs", match_row_fields, true, false },
	{ "left", "Left over", left_fields, true, false },
	{ "methods", "Side by side", figure_fields, true, false, .optional = true },
	{ "certificate", "Proved", certificate_fields, true, true, .optional = true },
	{ "summary", "In numbers", summary_fields, false, false, .optional = true },
	{ 0 },
};

struct propose_args {
	const char *name;
	int64_t method, objective, compare, verify;
};

static const struct option propose_options[] = {
	{ .field = { "name", MENTOR_TYPE_SLUG, MENTOR_AT_TEXT(propose_args, name), .help = "keep the proposal under this name as well, in the place of what had it" } },
	{ .field = { "method", MENTOR_TYPE_CHOICE, MENTOR_AT_NUMBER(propose_args, method), .choices = match_methods, .help = "best for all together (the default), or stable: no two people would both rather have each other" } },
	{ .field = { "objective", MENTOR_TYPE_CHOICE, MENTOR_AT_NUMBER(propose_args, objective), .choices = match_objectives, .help = "what is sought among the choices with the most pairs, before the highest total; the programme says when not given" } },
	{ .field = { "compare", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(propose_args, compare), .help = "lay the methods side by side and store nothing" } },
	{ .field = { "verify", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(propose_args, verify), .help = "say what has been proved of the proposal" } },
	{ .field = { 0 } },
};

/** A line on a terminal that counts while a large cohort is matched, from the first second on. */
struct ticker {
	struct timespec since;
	bool shows;
	int width; /* of what stands there now */
};

/** What the library hands back to us. */
struct told {
	struct run *run;
	struct ticker ticker;
	int64_t pair, person; /* the first proposed, the first left over: examples for what to do next */
};

static void clear_progress(struct ticker *t)
{
	if (t->width)
		fprintf(stderr, "\r%*s\r", t->width, "");
	t->width = 0;
}

static void show_progress(void *arg, int64_t done, int64_t total)
{
	struct ticker *t = &((struct told *)arg)->ticker;
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (!t->shows || total == 0 || now.tv_sec - t->since.tv_sec - (now.tv_nsec < t->since.tv_nsec) < 1)
		return;
	int width = fprintf(stderr, "\rmatching … %" PRId64 " of %" PRId64, done, total);
	t->width = width > t->width ? width : t->width;
	fflush(stderr);
}

static enum mentor_status print_pair(void *arg, const struct mentor_match_row *row)
{
	struct told *told = arg;
	clear_progress(&told->ticker);
	told->pair = told->pair ? told->pair : row->pair;
	out_row(told->run->out, row);
	return MENTOR_OK;
}

static enum mentor_status print_left(void *arg, const struct mentor_match_left *left)
{
	struct told *told = arg;
	if (told->run->out->part != &propose_parts[1])
		out_part(told->run->out, "left");
	told->person = told->person ? told->person : left->person;
	out_row(told->run->out, left);
	return MENTOR_OK;
}

static void note_next(const struct told *told, const struct mentor_match_summary *s)
{
	struct out *out = told->run->out;
	if (s->mentors == 0 || s->mentees == 0)
		out_note(out, "One side is still empty; to accept people: mentor enrol list --state applied");
	if (s->pairs > 0)
		out_note(out, "Why these two: mentor match explain m%" PRId64, told->pair);
	if (told->person)
		out_note(out, "Why someone is left over: mentor match explain p%" PRId64, told->person);
	if (s->pairs > 0)
		out_note(out, "Nothing counts yet; when the pairs are right: mentor match publish");
}

static enum mentor_status print_figures(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

/* Nothing is stored: the proposal there is stays. */
static enum mentor_status compare_methods(struct run *run)
{
	const struct propose_args *args = run->args;
	if (args->name || args->verify == 1 || args->method != MENTOR_NONE || args->objective != MENTOR_NONE)
		return mentor_fail(run->m, MENTOR_USAGE, "give --compare alone", "--compare tries every method and stores nothing");
	out_part(run->out, "methods");
	enum mentor_status status = mentor_match_methods(run->m, run->cohort, print_figures, run->out);
	out_note(run->out, "Nothing is stored; to propose one of them: mentor match propose --method WORD, or --objective WORD");
	return status;
}

static void print_claim(struct run *run, const char *text)
{
	struct claim claim = { text };
	out_row(run->out, &claim);
}

/* What is proved of every proposal before it is stored: without that there is none. */
static void print_certificate(struct run *run, const struct mentor_match_summary *s)
{
	static const char *const objectives[] = { [MENTOR_MATCH_TOTAL] = NULL,
		[MENTOR_MATCH_WORST] = "Of all choices with as many pairs, none does better by the pair that fares worst",
		[MENTOR_MATCH_CHOICES] = "Of all choices with as many pairs, none honours the choices of mentors better, rank by rank" };
	out_part(run->out, "certificate");
	print_claim(run, "Every pair that was chosen keeps every hard rule, and nobody has more partners than places");
	print_claim(run, "Every pair that is pinned is kept");
	if (s->method == MENTOR_MATCH_STABLE) {
		print_claim(run, "No two people who are not paired would both rather have each other: every pair that the rules allow was tried");
		return;
	}
	print_claim(run, "No choice has more pairs");
	if (objectives[s->objective])
		print_claim(run, objectives[s->objective]);
	print_claim(run, "Of the choices that are as good so far, none has more points together: shown by prices for every person, as linear programmes are");
}

static enum mentor_status keep_proposal(struct run *run, const struct mentor_match_summary *s)
{
	const struct propose_args *args = run->args;
	const char *change = NULL;
	if (!args->name)
		return MENTOR_OK;
	enum mentor_status status = mentor_proposal_save(run->m, run->cohort, args->name, (enum mentor_match_method)s->method,
	    (enum mentor_match_objective)s->objective, &change);
	if (!status)
		out_note(run->out, "Kept as %s; to propose it again: mentor match use %s", args->name, args->name);
	return status;
}

static enum mentor_status run_propose(struct run *run)
{
	const struct propose_args *args = run->args;
	const struct mentor_match_options options = { args->method, args->objective };
	struct mentor_match_summary summary;
	struct told told = { .run = run, .ticker.shows = isatty(STDERR_FILENO) && !run->globals.quiet };
	const struct mentor_match_sink sink = { print_pair, print_left, &told, show_progress };
	if (args->compare == 1)
		return compare_methods(run);
	out_part(run->out, "pairs");
	clock_gettime(CLOCK_MONOTONIC, &told.ticker.since);
	enum mentor_status status = mentor_match_propose_by(run->m, run->cohort, &options, &sink, &summary);
	clear_progress(&told.ticker);
	if (!status)
		status = keep_proposal(run, &summary);
	if (status)
		return status;
	if (args->verify == 1)
		print_certificate(run, &summary);
	out_part(run->out, "summary");
	out_row(run->out, &summary);
	note_next(&told, &summary);
	return MENTOR_OK;
}

static const struct command match_propose = {
	.name = "propose",
	.summary = "propose the best pairs; what was proposed before is replaced",
	.flags = CMD_WRITE | CMD_COHORT,
	.options = propose_options,
	.parts = propose_parts,
	.args_size = sizeof(struct propose_args),
	.run = run_propose,
};

/* ---- list ---- */

static const struct part list_parts[] = { { NULL, NULL, mentor_pair_fields, true, false }, { 0 } };

static const struct command match_list = {
	.name = "list",
	.summary = "list pairs",
	.flags = CMD_READ | CMD_COHORT,
	.parts = list_parts,
	.entity = &mentor_entity_pair,
	.fields = FIELDS_FILTER,
	.run = crud_list,
};

/* ---- what the other files share ---- */

enum mentor_status match_print_row(void *run, const struct mentor_match_row *row)
{
	out_row(((struct run *)run)->out, row);
	return MENTOR_OK;
}

enum mentor_status match_print_two(struct run *run, const char *change, const struct mentor_entity *kind, int64_t person, int64_t other)
{
	void *a = NULL, *b = NULL;
	struct mentor_buf name = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_person, person, &a);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_person, other, &b);
	if (!status) {
		mentor_buf_fmt(&name, "%s and %s", ((const struct mentor_person *)a)->name, ((const struct mentor_person *)b)->name);
		print_change(run, change, kind, 0, mentor_buf_text(&name));
	}
	mentor_buf_free(&name);
	mentor_record_free(a);
	mentor_record_free(b);
	return status;
}

static const struct command *const verbs[] = { &match_prefer, &match_preferences, &match_avoid, &match_avoidances, &match_shortlist, &match_propose,
	&match_list, &match_show, &match_explain, &match_what_if, &match_pin, &match_add, &match_block, &match_blocks, &match_proposals, &match_compare, &match_use,
	&match_accept, &match_decline, &match_publish, &match_end, &match_replace, &match_reopen, &match_continue, NULL };

const struct command noun_match = {
	.name = "match",
	.summary = "pairs: proposed, explained, chosen, published, ended",
	.verbs = verbs,
};
