/* match_people.c: mentor match: what people decide about pairs: shortlists, answers, publishing, endings and what follows them. */
#include "match.h"
#include "out.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>



/* ---- names ---- */

static const char *pair_name(struct run *run, const struct mentor_pair *pair)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_fmt(&b, "%s and %s", pair->mentor_name, pair->mentee_name);
	const char *name = b.failed ? NULL : mentor_keep(run->m, mentor_buf_text(&b));
	mentor_buf_free(&b);
	return name;
}

static enum mentor_status print_pair(struct run *run, const char *change, int64_t id)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_pair, id, &record);
	if (status)
		return status;
	const char *name = pair_name(run, record);
	mentor_record_free(record);
	if (!name)
		return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	print_change(run, change, &mentor_entity_pair, id, name);
	return MENTOR_OK;
}

static enum mentor_status find_pair(struct run *run, int64_t *ret_id)
{
	return mentor_record_find(run->m, &mentor_entity_pair, operand(run, 0), ret_id);
}

/* ---- show ---- */

static const struct part show_parts[] = {
	{ "pair", NULL, mentor_pair_fields, false, false },
	{ "passed_over", "Published in spite of", mentor_passage_fields, true, false, .optional = true },
	{ "ending", "How it ended", mentor_ending_fields, true, false, .optional = true },
	{ 0 },
};

static enum mentor_status print_passage(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static enum mentor_status run_show(struct run *run)
{
	int64_t id = 0;
	void *record = NULL;
	struct mentor_ending ending;
	bool there = false;
	enum mentor_status status = find_pair(run, &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_pair, id, &record);
	if (!status)
		status = out_labels(run->out, ((const struct mentor_pair *)record)->cohort_id);
	if (!status)
		status = mentor_match_ending(run->m, id, &ending, &there);
	if (!status) {
		out_part(run->out, "pair");
		out_row(run->out, record);
		out_part(run->out, "passed_over");
		status = mentor_match_passages(run->m, id, print_passage, run->out);
		out_part(run->out, "ending");
		if (!status && there)
			out_row(run->out, &ending);
	}
	mentor_record_free(record);
	return status;
}

const struct command match_show = {
	.name = "show",
	.summary = "show a pair and, for the running team only, what was passed over and how it ended",
	.flags = CMD_READ,
	.operands = match_one_pair,
	.parts = show_parts,
	.run = run_show,
};

/* ---- shortlist ---- */

enum { USUAL_SHORTLIST = 5 };

struct shortlist_args {
	int64_t most;
};

static const struct shortlist_args shortlist_defaults = { USUAL_SHORTLIST };

static const struct option shortlist_options[] = {
	{ { "most", MENTOR_TYPE_INT, MENTOR_AT_NUMBER(shortlist_args, most), .minimum = 1, .maximum = 100, .help = "at most so many (5)" }, 'k', "N" },
	{ .field = { 0 } },
};

static const struct operand shortlist_operands[] = {
	{ "MENTOR", .entity = "person", .help = "who is to choose: a reference (p12) or an address" }, { 0 }
};

static const struct part shortlist_parts[] = { { NULL, NULL, mentor_shortlisted_fields, true, false }, { 0 } };

struct counted {
	struct run *run;
	int64_t n;
};

static enum mentor_status print_shortlisted(void *arg, const void *record)
{
	struct counted *c = arg;
	c->n++;
	out_row(c->run->out, record);
	return MENTOR_OK;
}

static enum mentor_status run_shortlist(struct run *run)
{
	const struct shortlist_args *args = run->args;
	struct counted counted = { run, 0 };
	int64_t person = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), &person);
	if (!status)
		status = mentor_match_shortlist(run->m, run->cohort, person, args->most, print_shortlisted, &counted);
	if (status)
		return status;
	if (counted.n)
		out_note(run->out, "What the answer is: mentor match prefer p%" PRId64 " PERSON...", person);
	else
		out_note(run->out, "Nobody is possible; why: mentor match explain p%" PRId64, person);
	return MENTOR_OK;
}

const struct command match_shortlist = {
	.name = "shortlist",
	.summary = "list whom a mentor could be paired with, the best first, for the mentor to choose from",
	.flags = CMD_READ | CMD_COHORT,
	.options = shortlist_options,
	.operands = shortlist_operands,
	.parts = shortlist_parts,
	.args_size = sizeof(struct shortlist_args),
	.defaults = &shortlist_defaults,
	.run = run_shortlist,
};

/* ---- accept, decline ---- */

struct answer_args {
	int64_t mentee, undo;
	const char *reason;
};

static const struct answer_args answer_defaults = { 0, 0, NULL };

#define MENTEE \
	{ .field = { "mentee", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(answer_args, mentee), .help = "it is the answer of the mentee, not of the mentor" } }

static const struct option accept_options[] = { MENTEE, { .field = { 0 } } };

static const struct option decline_options[] = {
	MENTEE,
	{ .field = { "reason", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(answer_args, reason), .help = "why, for the running team only" } },
	{ .field = { "undo", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(answer_args, undo), .help = "take the answer back: the two can be proposed again" } },
	{ .field = { 0 } },
};

static enum mentor_role side_of(const struct answer_args *args)
{
	return args->mentee ? MENTOR_ROLE_MENTEE : MENTOR_ROLE_MENTOR;
}

static enum mentor_status run_accept(struct run *run)
{
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = find_pair(run, &id);
	if (!status)
		status = mentor_match_accept(run->m, id, side_of(run->args), &changed);
	return status ? status : print_pair(run, changed ? "accepted" : "unchanged", id);
}

const struct command match_accept = {
	.name = "accept",
	.summary = "record that a mentor accepts a proposed pair, which then stays",
	.flags = CMD_WRITE,
	.options = accept_options,
	.operands = match_one_pair,
	.parts = change_parts,
	.args_size = sizeof(struct answer_args),
	.defaults = &answer_defaults,
	.run = run_accept,
};

/* A pair that was declined is there no more, so its reference is not looked up. */
static enum mentor_status run_decline(struct run *run)
{
	const struct answer_args *args = run->args;
	const char *reference = operand(run, 0);
	bool changed = false;
	if (!match_is_pair(reference) || strlen(reference) > 18)
		return mentor_fail(run->m, MENTOR_NOT_FOUND, "pairs go by reference (m12); mentor match list shows them", "there is no pair '%s'", reference);
	int64_t id = strtoll(reference + 1, NULL, 10);
	enum mentor_status status = args->undo ? mentor_match_decline_undo(run->m, id, &changed) :
						 mentor_match_decline(run->m, id, side_of(args), args->reason, &changed);
	if (status)
		return status;
	print_change(run, !changed ? "unchanged" : args->undo ? "undone" : "declined", &mentor_entity_pair, id, NULL);
	if (changed)
		out_note(run->out, "To propose others: mentor match propose");
	return MENTOR_OK;
}

const struct command match_decline = {
	.name = "decline",
	.summary = "record that a mentor declines a proposed pair, which goes; the two are then kept apart",
	.flags = CMD_WRITE,
	.options = decline_options,
	.operands = match_one_pair,
	.parts = change_parts,
	.args_size = sizeof(struct answer_args),
	.defaults = &answer_defaults,
	.run = run_decline,
};

/* ---- publish ---- */

static const struct operand publish_operands[] = {
	{ "PAIR", .optional = true, .many = true, .entity = "pair", .help = "only these; without any, all that are proposed" }, { 0 }
};

struct publish_args {
	const char *override;
};
static const struct option publish_options[] = {
	{ { "override", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(publish_args, override),
	      .help = "publish although points of the checklist are open and, for pairs that are named, although a statement, the line manager's support or an event that a role needs is missing; the reason is kept" }, 0, "REASON" },
	{ .letter = 0 },
};

/** Pairs to be published: read before, printed after, when it is known that all went well. */
struct proposals {
	struct run *run;
	const int64_t *only;
	size_t n_only;
	struct {
		int64_t id;
		const char *name;
	} * items;
	size_t n, cap;
};

static bool is_meant(const struct proposals *p, int64_t id)
{
	bool meant = p->n_only == 0;
	for (size_t i = 0; !meant && i < p->n_only; i++)
		meant = p->only[i] == id;
	return meant;
}

static enum mentor_status note_proposal(void *arg, const void *record)
{
	struct proposals *p = arg;
	const struct mentor_pair *pair = record;
	if (!is_meant(p, pair->id))
		return MENTOR_OK;
	if (p->n == p->cap) {
		size_t cap = p->cap ? 2 * p->cap : 32;
		void *grown = realloc(p->items, cap * sizeof(*p->items));
		if (!grown)
			return mentor_fail(p->run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
		p->items = grown;
		p->cap = cap;
	}
	p->items[p->n].id = pair->id;
	p->items[p->n].name = pair_name(p->run, pair);
	return p->items[p->n++].name ? MENTOR_OK : mentor_fail(p->run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
}

/* The checklist is the cohort's; what two people lack is passed over only for pairs that were looked at one by one. */
static enum mentor_status publish(struct run *run, const int64_t *only, size_t n_only)
{
	const char *override = ((const struct publish_args *)run->args)->override;
	struct proposals p = { run, only, n_only, NULL, 0, 0 };
	int64_t n = 0;
	char cohort[32];
	snprintf(cohort, sizeof(cohort), "%" PRId64, run->cohort);
	const struct mentor_filter filters[] = { { "cohort_id", cohort }, { "state", "proposed" } };
	enum mentor_status status = mentor_record_list(run->m, &mentor_entity_pair, filters, 2, note_proposal, &p);
	if (!status && override)
		status = mentor_cohort_go_on(run->m, run->cohort, MENTOR_STEP_PUBLISH, override);
	if (!status)
		status = mentor_match_publish_override(run->m, run->cohort, only, n_only, n_only ? override : NULL, &n);
	for (size_t i = 0; !status && i < p.n; i++)
		print_change(run, "published", &mentor_entity_pair, p.items[i].id, p.items[i].name);
	if (!status && n == 0)
		out_note(run->out, n_only ? "Published already: mentor match list --state active" : "Nothing is proposed: mentor match propose");
	free(p.items);
	return status;
}

static enum mentor_status run_publish(struct run *run)
{
	enum mentor_status status = MENTOR_OK;
	int64_t *only = calloc(run->n_operands + 1, sizeof(*only));
	if (!only)
		return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	for (size_t i = 0; !status && i < run->n_operands; i++)
		status = mentor_record_find(run->m, &mentor_entity_pair, run->operands[i], &only[i]);
	if (!status)
		status = publish(run, only, run->n_operands);
	free(only);
	return status;
}

const struct command match_publish = {
	.name = "publish",
	.summary = "make the proposed pairs active, or some of them",
	.flags = CMD_WRITE | CMD_COHORT,
	.operands = publish_operands,
	.options = publish_options,
	.args_size = sizeof(struct publish_args),
	.parts = change_parts,
	.confirm = "Proposed pairs become active and are not proposed anew. Publish them?",
	.run = run_publish,
};

/* ---- end ---- */

static const char *const wishes[] = { "mentor", "mentee", "both", "team", NULL };
static const char *const reasons[] = { "time", "moved", "other-priorities", "not-the-right-match", "other", NULL };
static const char *const replacements[] = { "none", "mentor", "mentee", "both", NULL };

#define END_NUMBER(member) MENTOR_AT_NUMBER(mentor_ending, member)

static const struct mentor_ending end_defaults = { 0, MENTOR_NONE, MENTOR_NONE, MENTOR_NONE, 0, NULL, NULL, NULL };

/* clang-format off */
static const struct option end_options[] = {
	{ .field = { "wish", MENTOR_TYPE_CHOICE, 0, END_NUMBER(wish), .choices = wishes, .help = "at whose wish" } },
	{ .field = { "reason", MENTOR_TYPE_CHOICE, 0, END_NUMBER(reason), .choices = reasons, .help = "why, if anybody wishes to say" } },
	{ .field = { "note", MENTOR_TYPE_NOTE, 0, MENTOR_AT_TEXT(mentor_ending, note), .help = "note for the running team only" } },
	{ .field = { "replacement", MENTOR_TYPE_CHOICE, 0, END_NUMBER(replacement), .choices = replacements, .help = "who would like another partner; nobody else is sought for" } },
	{ .field = { "apart", MENTOR_TYPE_BOOL, 0, END_NUMBER(apart), .help = "the two are never to be paired again" } },
	{ .field = { 0 } },
};
/* clang-format on */

static bool wants(const struct mentor_ending *e, enum mentor_replacement side)
{
	return e->replacement == (int64_t)side || e->replacement == MENTOR_REPLACEMENT_BOTH;
}

static void note_replacement(struct run *run, const struct mentor_pair *pair)
{
	const struct mentor_ending *args = run->args;
	if (wants(args, MENTOR_REPLACEMENT_MENTOR))
		out_note(run->out, "To look for somebody for %s: mentor match replace p%" PRId64, pair->mentor_name, pair->mentor);
	if (wants(args, MENTOR_REPLACEMENT_MENTEE))
		out_note(run->out, "To look for somebody for %s: mentor match replace p%" PRId64, pair->mentee_name, pair->mentee);
	if (args->replacement == MENTOR_NONE)
		out_note(run->out, "If one of the two would like another partner: mentor match replace p%" PRId64 ", or p%" PRId64, pair->mentor, pair->mentee);
}

static enum mentor_status run_end(struct run *run)
{
	int64_t id = 0;
	bool changed = false;
	void *record = NULL;
	enum mentor_status status = find_pair(run, &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_pair, id, &record);
	if (!status)
		status = mentor_match_end(run->m, id, run->args, &changed);
	if (!status) {
		const struct mentor_pair *pair = record;
		bool ended_before = pair->state == MENTOR_PAIR_ENDED;
		status = print_pair(run, !changed ? "unchanged" : ended_before ? "changed" : "ended", id);
		if (!status && changed)
			note_replacement(run, pair);
	}
	mentor_record_free(record);
	return status;
}

const struct command match_end = {
	.name = "end",
	.summary = "end an active pair, without fault, or put right what was recorded of its end",
	.flags = CMD_WRITE,
	.options = end_options,
	.operands = match_one_pair,
	.parts = change_parts,
	.args_size = sizeof(struct mentor_ending),
	.defaults = &end_defaults,
	.confirm = "The pair ends today and is not proposed again in this cohort. End it?",
	.run = run_end,
};

/* ---- reopen, continue ---- */

static enum mentor_status run_reopen(struct run *run)
{
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = find_pair(run, &id);
	if (!status)
		status = mentor_match_reopen(run->m, id, &changed);
	return status ? status : print_pair(run, changed ? "reopened" : "unchanged", id);
}

const struct command match_reopen = {
	.name = "reopen",
	.summary = "take back an end that was recorded by mistake, within a week",
	.flags = CMD_WRITE,
	.operands = match_one_pair,
	.parts = change_parts,
	.run = run_reopen,
};

struct continue_args {
	int64_t undo;
};

static const struct continue_args continue_defaults = { 0 };

static const struct option continue_options[] = {
	{ .field = { "undo", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(continue_args, undo), .help = "they do not, or no longer" } },
	{ .field = { 0 } },
};

static enum mentor_status run_continue(struct run *run)
{
	const struct continue_args *args = run->args;
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = find_pair(run, &id);
	if (!status)
		status = mentor_match_continue(run->m, id, !args->undo, &changed);
	return status ? status : print_pair(run, !changed ? "unchanged" : args->undo ? "undone" : "continued", id);
}

const struct command match_continue = {
	.name = "continue",
	.summary = "record that a completed pair goes on informally",
	.flags = CMD_WRITE,
	.options = continue_options,
	.operands = match_one_pair,
	.parts = change_parts,
	.args_size = sizeof(struct continue_args),
	.defaults = &continue_defaults,
	.run = run_continue,
};

/* ---- replace ---- */

#define REPLACED_NUMBER(member) MENTOR_AT_NUMBER(mentor_replaced, member)
#define REPLACED_TEXT(member) MENTOR_AT_TEXT(mentor_replaced, member)

/* clang-format off */
static const struct mentor_field replaced_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, REPLACED_NUMBER(person), .entity = "person", .help = "who would like another partner" },
	{ "name", MENTOR_TYPE_TEXT, 0, REPLACED_TEXT(name), .help = "name of the person" },
	{ "pair", MENTOR_TYPE_REF, 0, REPLACED_NUMBER(pair), .entity = "pair", .help = "the pair that is proposed; none when nobody suits" },
	{ "partner", MENTOR_TYPE_REF, MENTOR_WIDE, REPLACED_NUMBER(partner), .entity = "person", .help = "who is proposed" },
	{ "partner_name", MENTOR_TYPE_TEXT, 0, REPLACED_TEXT(partner_name), .heading = "partner", .help = "name of the partner" },
	{ "reserve", MENTOR_TYPE_BOOL, 0, REPLACED_NUMBER(reserve), .heading = "a reserve", .help = "whether the partner was a reserve" },
	{ "percent", MENTOR_TYPE_INT, 0, REPLACED_NUMBER(percent), .heading = "% of full marks", .help = "points in per cent of the most that a pair can have" },
	{ "unchanged", MENTOR_TYPE_BOOL, MENTOR_WIDE, REPLACED_NUMBER(unchanged), .help = "whether the pair was proposed before" },
	{ 0 },
};
/* clang-format on */

static const struct part replace_parts[] = {
	{ "replacement", NULL, replaced_fields, false, false },
	{ "sentences", NULL, match_sentence_fields, true, true, .optional = true },
	{ 0 },
};

static const struct operand replace_operands[] = {
	{ "PERSON", .entity = "person", .help = "who would like another partner: a reference (p12) or an address" }, { 0 }
};

static enum mentor_status print_sentence(void *arg, const struct mentor_match_line *line)
{
	struct run *run = arg;
	if (line->kind == MENTOR_MATCH_SENTENCE)
		out_row(run->out, line);
	return MENTOR_OK;
}

static enum mentor_status run_replace(struct run *run)
{
	struct mentor_replaced replaced;
	struct mentor_match_subject subject;
	int64_t person = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), &person);
	if (!status)
		status = mentor_match_replace(run->m, run->cohort, person, &replaced);
	if (status)
		return status;
	out_part(run->out, "replacement");
	out_row(run->out, &replaced);
	out_part(run->out, "sentences");
	if (replaced.pair) {
		out_note(run->out, "Nothing counts yet; when it is right: mentor match publish m%" PRId64, replaced.pair);
		return MENTOR_OK;
	}
	out_note(run->out, "Nobody suits now; whoever waits could be accepted: mentor enrol list --state waiting");
	return mentor_match_explain_person(run->m, run->cohort, person, print_sentence, run, &subject);
}

const struct command match_replace = {
	.name = "replace",
	.summary = "propose another partner to somebody whose pair has ended: reserves first",
	.flags = CMD_WRITE | CMD_COHORT,
	.operands = replace_operands,
	.parts = replace_parts,
	.run = run_replace,
};
