/* match_what_if.c: mentor match what-if: a proposal with some things changed, tried and not stored. */
#include "match.h"
#include "out.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct what_if_args {
	const char *unpin, *with_pair, *places, *accept, *without, *without_person;
};

#define ARG(member) MENTOR_AT_TEXT(what_if_args, member)

/* clang-format off */
static const struct option what_if_options[] = {
	{ .field = { "without", MENTOR_TYPE_LIST, 0, ARG(without), .help = "leave out this hard rule of the programme; may be given again" }, .placeholder = "RULE" },
	{ .field = { "with_pair", MENTOR_TYPE_LIST, 0, ARG(with_pair), .help = "allow this pair whatever the programme's hard rules say; may be given again" }, .placeholder = "MENTOR,MENTEE" },
	{ .field = { "places", MENTOR_TYPE_LIST, 0, ARG(places), .help = "let somebody have so many partners; may be given again" }, .placeholder = "PERSON=N" },
	{ .field = { "unpin", MENTOR_TYPE_LIST, 0, ARG(unpin), .help = "let go of this pinned pair; may be given again" }, .placeholder = "PAIR" },
	{ .field = { "accept", MENTOR_TYPE_LIST, 0, ARG(accept), .help = "accept somebody who waits or has only applied; may be given again" }, .placeholder = "PERSON" },
	{ .field = { "without_person", MENTOR_TYPE_LIST, 0, ARG(without_person), .help = "do without somebody; may be given again" }, .placeholder = "PERSON" },
	{ .field = { 0 } },
};

#define PAIR_NUMBER(member) MENTOR_AT_NUMBER(mentor_match_difference, member)
#define PAIR_TEXT(member) MENTOR_AT_TEXT(mentor_match_difference, member)
#define TURN_NUMBER(member) MENTOR_AT_NUMBER(mentor_match_turn, member)
#define TURN_TEXT(member) MENTOR_AT_TEXT(mentor_match_turn, member)
#define OUTCOME(member) MENTOR_AT_NUMBER(mentor_match_outcome, member)

static const char *const sides[] = { "mentor", "mentee", NULL };

static const struct mentor_field pair_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, PAIR_TEXT(change), .help = "gained or lost" },
	{ "mentor", MENTOR_TYPE_REF, MENTOR_WIDE, PAIR_NUMBER(mentor), .entity = "person", .heading = "{mentor}", .help = "who mentors" },
	{ "mentor_name", MENTOR_TYPE_TEXT, 0, PAIR_TEXT(mentor_name), .heading = "{mentor}", .help = "name of the mentor" },
	{ "mentee", MENTOR_TYPE_REF, MENTOR_WIDE, PAIR_NUMBER(mentee), .entity = "person", .heading = "{mentee}", .help = "who is mentored" },
	{ "mentee_name", MENTOR_TYPE_TEXT, 0, PAIR_TEXT(mentee_name), .heading = "{mentee}", .help = "name of the mentee" },
	{ "score", MENTOR_TYPE_INT, 0, PAIR_NUMBER(score), .help = "points of the soft rules, each times its weight" },
	{ "percent", MENTOR_TYPE_INT, 0, PAIR_NUMBER(percent), .heading = "% of full marks", .help = "score in per cent of the most that a pair can have" },
	{ 0 },
};
static const struct mentor_field turn_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, TURN_TEXT(change), .help = "matched: has a partner only then; left over: has one only now, or would be accepted and have none" },
	{ "person", MENTOR_TYPE_REF, 0, TURN_NUMBER(person), .entity = "person", .help = "who" },
	{ "name", MENTOR_TYPE_TEXT, 0, TURN_TEXT(name), .help = "name of the person" },
	{ "role", MENTOR_TYPE_CHOICE, MENTOR_SIDES, TURN_NUMBER(role), .choices = sides, .help = "the side the person is matched on" },
	{ 0 },
};
static const struct mentor_field outcome_fields[] = {
	{ "proposal", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_match_outcome, proposal), .help = "present: as proposed now; tried: as it would be" },
	{ "pairs", MENTOR_TYPE_INT, 0, OUTCOME(pairs), .help = "pairs proposed" },
	{ "mentors_left", MENTOR_TYPE_INT, 0, OUTCOME(mentors_left), .heading = "{mentors} left over", .help = "mentors without a partner" },
	{ "mentees_left", MENTOR_TYPE_INT, 0, OUTCOME(mentees_left), .heading = "{mentees} left over", .help = "mentees without a partner" },
	{ "score", MENTOR_TYPE_INT, 0, OUTCOME(score), .heading = "total", .help = "scores of the pairs together" },
	{ "percent", MENTOR_TYPE_INT, 0, OUTCOME(percent), .heading = "average % of full marks", .help = "score in per cent of the most that as many pairs can have" },
	{ "worst", MENTOR_TYPE_INT, 0, OUTCOME(worst), .heading = "least", .help = "score of the pair that has the least" },
	{ 0 },
};
/* clang-format on */

static const struct part what_if_parts[] = {
	{ "pairs", "Pairs", pair_fields, true, false, .optional = true },
	{ "people", "People", turn_fields, true, false, .optional = true },
	{ "outcomes", "In numbers", outcome_fields, true, false },
	{ 0 },
};

/* ---- what is to be changed ---- */

/** The changes read so far. */
struct changes {
	struct run *run;
	struct mentor_match_change *items;
	size_t n, cap;
};

static enum mentor_status find_person(struct run *run, const char *reference, int64_t *ret)
{
	return mentor_record_find(run->m, &mentor_entity_person, reference, ret);
}

static enum mentor_status read_rule(struct run *run, const char *text, const char *second, struct mentor_match_change *c)
{
	(void)run;
	(void)second;
	c->rule = text;
	return MENTOR_OK;
}

static enum mentor_status read_pair(struct run *run, const char *text, const char *second, struct mentor_match_change *c)
{
	(void)second;
	return mentor_record_find(run->m, &mentor_entity_pair, text, &c->pair);
}

static enum mentor_status read_person(struct run *run, const char *text, const char *second, struct mentor_match_change *c)
{
	(void)second;
	return find_person(run, text, &c->person);
}

static enum mentor_status read_two(struct run *run, const char *text, const char *second, struct mentor_match_change *c)
{
	enum mentor_status status = find_person(run, text, &c->person);
	return status ? status : find_person(run, second, &c->other);
}

static enum mentor_status read_places(struct run *run, const char *text, const char *second, struct mentor_match_change *c)
{
	static const struct mentor_field places = { "places", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_match_change, places), .maximum = 99 };
	enum mentor_status status = mentor_field_read(run->m, &places, second, c);
	if (status)
		return mentor_fail(run->m, MENTOR_USAGE, "such as: --places p7=2", "--places: %s", mentor_error(run->m)->message);
	return find_person(run, text, &c->person);
}

/** One option: where its texts are, and how one of them is read. */
struct reader {
	size_t option;
	enum mentor_match_change_kind kind;
	char between; /* what stands between its two parts; 0: there is one */
	enum mentor_status (*read)(struct run *run, const char *text, const char *second, struct mentor_match_change *c);
};

static const struct reader readers[] = {
	{ 0, MENTOR_MATCH_WITHOUT_RULE, 0, read_rule },
	{ 1, MENTOR_MATCH_WITH_PAIR, ',', read_two },
	{ 2, MENTOR_MATCH_PLACES, '=', read_places },
	{ 3, MENTOR_MATCH_UNPIN, 0, read_pair },
	{ 4, MENTOR_MATCH_ACCEPT, 0, read_person },
	{ 5, MENTOR_MATCH_WITHOUT_PERSON, 0, read_person },
};

static enum mentor_status no_memory(struct run *run)
{
	return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
}

/* `text` is cut where its second part begins. */
static enum mentor_status read_change(struct changes *changes, const struct reader *r, char *text)
{
	struct run *run = changes->run;
	char *second = r->between ? strrchr(text, r->between) : NULL;
	const struct option *o = &what_if_options[r->option];
	if (r->between && (!second || second == text || !second[1])) {
		struct mentor_buf form = MENTOR_BUF_INIT;
		mentor_buf_fmt(&form, "write it as %s", o->placeholder);
		enum mentor_status status =
		    mentor_fail(run->m, MENTOR_USAGE, mentor_buf_text(&form), "'%s' has not two parts with %c between", text, r->between);
		mentor_buf_free(&form);
		return status;
	}
	if (second)
		*second++ = '\0';
	if (changes->n == changes->cap) {
		size_t cap = changes->cap ? 2 * changes->cap : 8;
		struct mentor_match_change *grown = realloc(changes->items, cap * sizeof(*grown));
		if (!grown)
			return no_memory(run);
		changes->items = grown;
		changes->cap = cap;
	}
	struct mentor_match_change *c = &changes->items[changes->n++];
	*c = (struct mentor_match_change){ .kind = r->kind };
	return r->read(run, text, second, c);
}

/* The texts of one option, a line each; they live in `copies`. */
static enum mentor_status read_option(struct changes *changes, const struct reader *r, char *text)
{
	enum mentor_status status = MENTOR_OK;
	while (!status && text) {
		char *next = strchr(text, '\n');
		if (next)
			*next++ = '\0';
		status = read_change(changes, r, text);
		text = next;
	}
	return status;
}

static enum mentor_status read_changes(struct changes *changes, struct mentor_buf *copies)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < sizeof(readers) / sizeof(*readers); i++) {
		const char *text = mentor_field_string(&what_if_options[readers[i].option].field, changes->run->args);
		if (!text)
			continue;
		mentor_buf_str(&copies[i], text);
		status = copies[i].failed ? no_memory(changes->run) : read_option(changes, &readers[i], copies[i].data);
	}
	return status;
}

/* ---- what would be different ---- */

struct told {
	struct run *run;
	size_t n; /* differences */
	int64_t present; /* pairs */
};

static enum mentor_status print_record(void *arg, const char *part, const void *record)
{
	struct told *told = arg;
	struct out *out = told->run->out;
	bool outcome = strcmp(part, "outcomes") == 0;
	if (!out->part || strcmp(out->part->key, part) != 0)
		out_part(out, part);
	if (outcome && strcmp(((const struct mentor_match_outcome *)record)->proposal, "present") == 0)
		told->present = ((const struct mentor_match_outcome *)record)->pairs;
	told->n += !outcome;
	out_row(out, record);
	return MENTOR_OK;
}

/* How to do for good what was tried. */
static void note_command(struct out *out, const struct mentor_match_change *c)
{
	switch (c->kind) {
	case MENTOR_MATCH_UNPIN:
		out_note(out, "To let go of the pair: mentor match pin --off m%" PRId64, c->pair);
		break;
	case MENTOR_MATCH_WITH_PAIR:
		out_note(out, "To put the two together for good: mentor match add p%" PRId64 " p%" PRId64 " --override REASON", c->person, c->other);
		break;
	case MENTOR_MATCH_PLACES:
		out_note(out, "To give the places: mentor enrol set p%" PRId64 " --places %" PRId64, c->person, c->places);
		break;
	case MENTOR_MATCH_ACCEPT:
		out_note(out, "To accept the person: mentor enrol accept p%" PRId64, c->person);
		break;
	case MENTOR_MATCH_WITHOUT_RULE:
		out_note(out, "To drop the rule %s: take it out of the programme file; mentor programme import FILE; mentor cohort set COHORT --revision NUMBER", c->rule);
		break;
	case MENTOR_MATCH_WITHOUT_PERSON:
		out_note(out, "To do without the person: mentor enrol withdraw p%" PRId64, c->person);
		break;
	}
}

static void note_next(struct told *told, const struct changes *changes)
{
	struct out *out = told->run->out;
	if (told->present == 0)
		out_note(out, "Nothing is proposed yet, so every pair is gained");
	if (told->n == 0)
		out_note(out, "No pair would change");
	out_note(out, "This was tried and not stored");
	for (size_t i = 0; told->n > 0 && i < changes->n; i++)
		note_command(out, &changes->items[i]);
}

static enum mentor_status run_what_if(struct run *run)
{
	struct changes changes = { .run = run };
	struct mentor_buf copies[sizeof(readers) / sizeof(*readers)] = { MENTOR_BUF_INIT };
	struct told told = { .run = run };
	enum mentor_status status = read_changes(&changes, copies);
	if (!status)
		status = mentor_match_what_if(run->m, run->cohort, changes.items, changes.n, print_record, &told);
	if (!status)
		note_next(&told, &changes);
	for (size_t i = 0; i < sizeof(readers) / sizeof(*readers); i++)
		mentor_buf_free(&copies[i]);
	free(changes.items);
	return status;
}

const struct command match_what_if = {
	.name = "what-if",
	.summary = "try a proposal with some things changed, and store nothing",
	.flags = CMD_READ | CMD_COHORT,
	.options = what_if_options,
	.parts = what_if_parts,
	.args_size = sizeof(struct what_if_args),
	.run = run_what_if,
};
