/* match_explain.c: mentor match explain: why a pair is proposed, and why someone has a partner or none. */
#include "match.h"
#include "out.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define SUBJECT_NUMBER(member) MENTOR_AT_NUMBER(mentor_match_subject, member)
#define SUBJECT_TEXT(member) MENTOR_AT_TEXT(mentor_match_subject, member)
#define LINE_NUMBER(member) MENTOR_AT_NUMBER(mentor_match_line, member)
#define LINE_TEXT(member) MENTOR_AT_TEXT(mentor_match_line, member)

static const char *const change_kinds[] = { [MENTOR_MATCH_UNPIN] = "unpin",
	[MENTOR_MATCH_WITH_PAIR] = "with-pair",
	[MENTOR_MATCH_PLACES] = "places",
	[MENTOR_MATCH_ACCEPT] = "accept",
	[MENTOR_MATCH_WITHOUT_RULE] = "without",
	[MENTOR_MATCH_WITHOUT_PERSON] = "without-person",
	NULL };

/* clang-format off */
static const struct mentor_field subject_fields[] = {
	{ "pair", MENTOR_TYPE_REF, MENTOR_WIDE, SUBJECT_NUMBER(pair), .entity = "pair", .help = "the pair, if it is about one" },
	{ "person", MENTOR_TYPE_REF, MENTOR_WIDE, SUBJECT_NUMBER(person), .entity = "person", .help = "the person, if it is about one" },
	{ "name", MENTOR_TYPE_TEXT, 0, SUBJECT_TEXT(name), .heading = "about", .help = "who it is about" },
	{ "score", MENTOR_TYPE_INT, MENTOR_WIDE, SUBJECT_NUMBER(score), .help = "score of the pair as the records are now" },
	{ "score_most", MENTOR_TYPE_INT, MENTOR_WIDE, SUBJECT_NUMBER(score_most), .help = "the most a pair could score" },
	{ "percent", MENTOR_TYPE_INT, MENTOR_WIDE, SUBJECT_NUMBER(percent), .help = "score in per cent of the most" },
	{ "considered", MENTOR_TYPE_INT, MENTOR_WIDE, SUBJECT_NUMBER(considered), .help = "how many of the other side were looked at" },
	{ "possible", MENTOR_TYPE_INT, MENTOR_WIDE, SUBJECT_NUMBER(possible), .help = "how many of these the rules leave" },
	{ "partners", MENTOR_TYPE_INT, MENTOR_WIDE, SUBJECT_NUMBER(partners), .help = "partners proposed and active" },
	{ 0 },
};
static const struct mentor_field rule_fields[] = {
	{ "rule", MENTOR_TYPE_TEXT, 0, LINE_TEXT(name), .help = "name of the hard rule in the programme; new-pair is ours" },
	{ "held", MENTOR_TYPE_BOOL, 0, LINE_NUMBER(held), .help = "whether the pair keeps it" },
	{ "text", MENTOR_TYPE_TEXT, 0, LINE_TEXT(text), .heading = "because", .help = "in words" },
	{ 0 },
};
static const struct mentor_field ruled_out_fields[] = {
	{ "rule", MENTOR_TYPE_TEXT, 0, LINE_TEXT(name), .help = "name of the hard rule in the programme; new-pair is ours" },
	{ "removed", MENTOR_TYPE_INT, 0, LINE_NUMBER(removed), .heading = "ruled out", .help = "how many partners it rules out" },
	{ "only", MENTOR_TYPE_INT, 0, LINE_NUMBER(only), .heading = "only this rule", .help = "how many of these no other rule does" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_WIDE, LINE_TEXT(text), .help = "in words" },
	{ 0 },
};
static const struct mentor_field score_fields[] = {
	{ "rule", MENTOR_TYPE_TEXT, 0, LINE_TEXT(name), .help = "name of the soft rule in the programme" },
	{ "points", MENTOR_TYPE_INT, 0, LINE_NUMBER(points), .help = "0 to 1000" },
	{ "weight", MENTOR_TYPE_INT, 0, LINE_NUMBER(weight), .help = "how much it counts" },
	{ "share", MENTOR_TYPE_INT, 0, LINE_NUMBER(share), .help = "points times weight" },
	{ "most", MENTOR_TYPE_INT, 0, LINE_NUMBER(most), .heading = "of", .help = "the most it could be: 1000 times weight" },
	{ "text", MENTOR_TYPE_TEXT, 0, LINE_TEXT(text), .heading = "because", .help = "in words" },
	{ 0 },
};
const struct mentor_field match_sentence_fields[] = {
	{ "text", MENTOR_TYPE_TEXT, 0, LINE_TEXT(text), .help = "one sentence" },
	{ 0 },
};
static const struct mentor_field help_fields[] = {
	{ "kind", MENTOR_TYPE_CHOICE, MENTOR_WIDE, LINE_NUMBER(change), .choices = change_kinds, .help = "the option of match what-if" },
	{ "text", MENTOR_TYPE_TEXT, 0, LINE_TEXT(text), .heading = "change", .help = "what could be changed" },
	{ "sure", MENTOR_TYPE_BOOL, MENTOR_WIDE, LINE_NUMBER(sure), .help = "whether a new proposal with it gives the person a partner and leaves nobody over who has one; not tried in large cohorts" },
	{ "command", MENTOR_TYPE_TEXT, 0, LINE_TEXT(name), .heading = "to try it", .help = "the command that tries it and stores nothing" },
	{ 0 },
};
/* clang-format on */

/* What is said comes first; the tables below it show why. Of the two on hard rules one has rows: pairs keep them, people are ruled out. */
static const struct part explain_parts[] = {
	{ "subject", NULL, subject_fields, false, false },
	{ "sentences", NULL, match_sentence_fields, true, true, .optional = true },
	{ "help", "What would help, the smallest change first", help_fields, true, false, .optional = true },
	{ "rules", "Hard rules", rule_fields, true, false, .optional = true },
	{ "ruled_out", "Ruled out by hard rules", ruled_out_fields, true, false, .optional = true },
	{ "scores", "Soft rules", score_fields, true, false, .optional = true },
	{ 0 },
};

static const struct operand explain_operands[] = {
	{ "PAIR|PERSON", .help = "a pair (m7), or a person of the cohort (p12 or address)" }, { 0 }
};

/* What is explained comes first but is known last: the lines wait in memory, their texts in the context. */
struct lines {
	struct run *run;
	struct mentor_match_line *items;
	size_t n, cap;
};

/* What would help as a command. */
static void command_in_words(struct mentor_buf *b, const struct mentor_match_line *line)
{
	mentor_buf_str(b, line->n_changes ? "mentor match what-if" : "");
	for (size_t i = 0; i < line->n_changes; i++) {
		const struct mentor_match_change *c = &line->changes[i];
		switch (c->kind) {
		case MENTOR_MATCH_UNPIN:
			mentor_buf_fmt(b, " --unpin m%" PRId64, c->pair);
			break;
		case MENTOR_MATCH_WITH_PAIR:
			mentor_buf_fmt(b, " --with-pair p%" PRId64 ",p%" PRId64, c->person, c->other);
			break;
		case MENTOR_MATCH_PLACES:
			mentor_buf_fmt(b, " --places p%" PRId64 "=%" PRId64, c->person, c->places);
			break;
		case MENTOR_MATCH_ACCEPT:
			mentor_buf_fmt(b, " --accept p%" PRId64, c->person);
			break;
		case MENTOR_MATCH_WITHOUT_RULE:
			mentor_buf_fmt(b, " --without %s", c->rule);
			break;
		case MENTOR_MATCH_WITHOUT_PERSON:
			mentor_buf_fmt(b, " --without-person p%" PRId64, c->person);
			break;
		}
	}
}

static enum mentor_status collect_line(void *arg, const struct mentor_match_line *line)
{
	struct lines *lines = arg;
	if (lines->n == lines->cap) {
		size_t cap = lines->cap ? 2 * lines->cap : 32;
		struct mentor_match_line *grown = realloc(lines->items, cap * sizeof(*grown));
		if (!grown)
			return mentor_fail(lines->run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
		lines->items = grown;
		lines->cap = cap;
	}
	struct mentor_buf command = MENTOR_BUF_INIT;
	struct mentor_match_line copy = *line;
	command_in_words(&command, line);
	const char *name = command.len ? mentor_buf_text(&command) : line->name;
	copy.name = mentor_keep(lines->run->m, name);
	copy.text = mentor_keep(lines->run->m, line->text);
	bool whole = copy.text && (copy.name || !name) && !command.failed;
	mentor_buf_free(&command);
	lines->items[lines->n++] = copy;
	return whole ? MENTOR_OK : mentor_fail(lines->run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
}

static void print_kind(struct run *run, const struct lines *lines, const char *part, enum mentor_match_line_kind kind)
{
	out_part(run->out, part);
	for (size_t i = 0; i < lines->n; i++)
		if (lines->items[i].kind == (int64_t)kind)
			out_row(run->out, &lines->items[i]);
}

bool match_is_pair(const char *reference)
{
	return reference[0] == 'm' && reference[1] && !reference[1 + strspn(reference + 1, "0123456789")];
}

static enum mentor_status explain(struct run *run, struct lines *lines, struct mentor_match_subject *ret_subject)
{
	const char *reference = operand(run, 0);
	int64_t id = 0;
	enum mentor_status status;
	if (match_is_pair(reference)) {
		status = mentor_record_find(run->m, &mentor_entity_pair, reference, &id);
		return status ? status : mentor_match_explain_pair(run->m, id, collect_line, lines, ret_subject);
	}
	status = mentor_record_find(run->m, &mentor_entity_person, reference, &id);
	if (!status) /* a pair knows its cohort, so the command does not insist on one */
		status = find_cohort(run, NULL, &run->cohort);
	return status ? status : mentor_match_explain_person(run->m, run->cohort, id, collect_line, lines, ret_subject);
}

static enum mentor_status run_explain(struct run *run)
{
	struct lines lines = { run, NULL, 0, 0 };
	struct mentor_match_subject subject;
	enum mentor_status status = explain(run, &lines, &subject);
	if (!status) {
		out_part(run->out, "subject");
		out_row(run->out, &subject);
		print_kind(run, &lines, "sentences", MENTOR_MATCH_SENTENCE);
		print_kind(run, &lines, "help", MENTOR_MATCH_HELP);
		print_kind(run, &lines, subject.pair ? "rules" : "ruled_out", MENTOR_MATCH_RULE);
		print_kind(run, &lines, "scores", MENTOR_MATCH_SCORE);
	}
	free(lines.items);
	return status;
}

const struct command match_explain = {
	.name = "explain",
	.summary = "say why a pair is proposed, or why someone has a partner or none",
	.flags = CMD_READ,
	.operands = explain_operands,
	.parts = explain_parts,
	.run = run_explain,
};
