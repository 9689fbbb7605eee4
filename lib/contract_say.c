/* contract_say.c: what pairs agree beyond numbers and days: lines of their own, or a choice, to the terms of the programme. */
#include "contract.h"

#include "record.h"

#include <inttypes.h>
#include <string.h>

const char *const contract_sides[] = { "mentor", "mentee", "both", NULL };

enum { MOST_LINES = 20 };

/* ---- what was said ---- */

bool contract_asks(const struct def_term *term, bool reciprocal, enum mentor_contract_side side)
{
	bool sides = term->each == 1 || term->only != MENTOR_NONE;
	if (side == MENTOR_CONTRACT_BOTH)
		return !sides;
	return sides && (term->each == 1 || reciprocal || term->only == (int64_t)side);
}

enum mentor_status contract_said_load(struct mentor *m, int64_t contract, struct contract_said *ret)
{
	struct db_rows *rows = NULL;
	int64_t n = 0;
	bool more = false;
	enum mentor_status status =
	    db_value(m, "SELECT count(*) FROM contract_line WHERE contract_id = $1", DB_ARGS(DB_NUMBER(contract)), 0, &n);
	if (status || n == 0)
		return status;
	ret->lines = arena_alloc(&ret->arena, (size_t)n * sizeof(*ret->lines));
	if (!ret->lines)
		return fail_memory(m);
	status = db_query(m, "SELECT term, text, side FROM contract_line WHERE contract_id = $1 ORDER BY term, side, position",
	    DB_ARGS(DB_NUMBER(contract)), &rows);
	while (!status && ret->n < (size_t)n && !(status = db_next(rows, &more)) && more)
		ret->lines[ret->n++] = (struct contract_line){ arena_strdup(&ret->arena, db_text(rows, 0)),
			arena_strdup(&ret->arena, db_text(rows, 1)), field_choice(contract_sides, db_text(rows, 2)) };
	if (!status)
		status = db_whole(rows);
	db_done(rows);
	return status || !ret->arena.failed ? status : fail_memory(m);
}

void contract_said_free(struct contract_said *said)
{
	arena_free(&said->arena);
}

const char *contract_said_next(const struct contract_said *said, const char *term, enum mentor_contract_side side, size_t *at)
{
	while (*at < said->n) {
		const struct contract_line *line = &said->lines[(*at)++];
		if (line->side == (int64_t)side && strcmp(line->term, term) == 0)
			return line->text;
	}
	return NULL;
}

/* ---- saying ---- */

/* "a, b or c" */
static void alternatives(struct mentor_buf *b, const char *word, bool first, bool last)
{
	mentor_buf_fmt(b, "%s%s", first ? "" : last ? " or " : ", ", word);
}

static enum mentor_status fail_unknown(struct mentor *m, const struct def_contract *c, const char *term)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_str(&hint, c->n_terms ? "say something to " : "contract.terms of the programme file has them");
	for (size_t i = 0; i < c->n_terms; i++)
		alternatives(&hint, c->terms[i].slug, i == 0, i + 1 == c->n_terms);
	enum mentor_status status = fail(m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "the programme has no term '%s'", term);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status fail_choice(struct mentor *m, const struct def_term *term, const char *said)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_str(&hint, "give one of: ");
	for (size_t i = 0; i < term->n_choices; i++)
		alternatives(&hint, term->choices[i], i == 0, i + 1 == term->n_choices);
	enum mentor_status status = fail(m, MENTOR_INVALID, mentor_buf_text(&hint), "'%s' is none of the choices of '%s'", said, term->slug);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status check_side(struct mentor *m, const struct contract_draft *d, const struct def_term *term, enum mentor_contract_side side)
{
	bool reciprocal = d->pair->arrangement == MENTOR_RECIPROCAL;
	if (contract_asks(term, reciprocal, side))
		return MENTOR_OK;
	if (contract_asks(term, reciprocal, MENTOR_CONTRACT_BOTH))
		return fail(m, MENTOR_USAGE, "leave out --mentor and --mentee", "to '%s' the two say the same", term->slug);
	if (side == MENTOR_CONTRACT_BOTH)
		return fail(m, MENTOR_USAGE, "give --mentor or --mentee", "to '%s' each side speaks for itself", term->slug);
	return fail(m, MENTOR_REFUSED, side == MENTOR_CONTRACT_MENTOR ? "give --mentee" : "give --mentor", "'%s' is for the other side to say", term->slug);
}

/* A line of its own: it cannot pass for another part of the text. */
static enum mentor_status check_line(struct mentor *m, const struct def_term *term, const char *text)
{
	struct said {
		const char *text;
	} said = { NULL };
	static const struct mentor_field field = { "line", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(said, text), .help = "a line" };
	if (term->n_choices && !definition_lists(term->choices, term->n_choices, text))
		return fail_choice(m, term, text);
	enum mentor_status status = mentor_field_read(m, &field, text, &said);
	return !status && !said.text ? fail(m, MENTOR_INVALID, "leave it out", "a line is empty") : status;
}

static enum mentor_status check_lines(struct mentor *m, const struct def_term *term, const char *const *lines, size_t n)
{
	enum mentor_status status = MENTOR_OK;
	if (n > 0 && term->paper == 1)
		return fail(m, MENTOR_REFUSED, "the printed contract leaves room for it", "the programme keeps '%s' on paper only", term->slug);
	if (n > 1 && term->n_choices)
		return fail(m, MENTOR_USAGE, NULL, "'%s' takes one of its choices", term->slug);
	if (n > MOST_LINES)
		return fail(m, MENTOR_INVALID, "make it shorter: it is signed as a whole", "'%s' would have %zu lines, and %d are the most", term->slug, n,
		    MOST_LINES);
	for (size_t i = 0; !status && i < n; i++)
		status = check_line(m, term, lines[i]);
	return status;
}

static enum mentor_status replace_lines(struct mentor *m, int64_t contract, const char *term, enum mentor_contract_side side, const char *const *lines, size_t n)
{
	enum mentor_status status = db_run(m, "DELETE FROM contract_line WHERE contract_id = $1 AND term = $2 AND side = $3",
	    DB_ARGS(DB_NUMBER(contract), DB_TEXT(term), DB_TEXT(contract_sides[side])));
	for (size_t i = 0; !status && i < n; i++)
		status = db_run(m, "INSERT INTO contract_line (contract_id, term, side, position, text) VALUES ($1, $2, $3, $4, $5)",
		    DB_ARGS(DB_NUMBER(contract), DB_TEXT(term), DB_TEXT(contract_sides[side]), DB_NUMBER((int64_t)i), DB_TEXT(lines[i])));
	return status;
}

static bool says_that(const struct contract_said *said, const char *term, enum mentor_contract_side side, const char *const *lines, size_t n)
{
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		const char *line = contract_said_next(said, term, side, &at);
		if (!line || strcmp(line, lines[i]) != 0)
			return false;
	}
	return !contract_said_next(said, term, side, &at);
}

static enum mentor_status say(struct mentor *m, struct contract_draft *d, const struct mentor_saying *saying, bool *ret_changed)
{
	const struct def_contract *c = &d->programme->contract;
	const struct def_term *term = NULL;
	const char *change = NULL;
	for (size_t i = 0; !term && i < c->n_terms; i++)
		if (strcmp(c->terms[i].slug, saying->term) == 0)
			term = &c->terms[i];
	if (!term)
		return fail_unknown(m, c, saying->term);
	enum mentor_status status = check_side(m, d, term, saying->side);
	if (!status)
		status = check_lines(m, term, saying->lines, saying->n_lines);
	if (status || says_that(&d->said, term->slug, saying->side, saying->lines, saying->n_lines))
		return status;
	status = contract_check_pair(m, d->pair);
	if (!status)
		status = contract_check_open(m, d->newest);
	if (!status)
		status = replace_lines(m, d->newest->id, term->slug, saying->side, saying->lines, saying->n_lines);
	if (!status)
		status = contract_rewrite(m, d, &change);
	*ret_changed = !status;
	return status;
}

enum mentor_status mentor_contract_say(struct mentor *m, int64_t pair, const struct mentor_saying *saying, bool *ret_changed)
{
	struct contract_draft d = { 0 };
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = contract_draft_load(m, pair, &d);
	if (!status)
		status = d.newest ? say(m, &d, saying, &changed) : contract_fail_none(m, pair);
	contract_draft_free(&d);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- what is asked, and what was said to it ---- */

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_contract_term, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_contract_term, member)
const struct mentor_field mentor_contract_term_fields[] = {
	{ "term", MENTOR_TYPE_SLUG, MENTOR_LABEL, TEXT(term), .help = "name of the term in the programme" },
	{ "wording", MENTOR_TYPE_TEXT, 0, TEXT(wording), .help = "what is to be agreed" },
	{ "side", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(side), .choices = contract_sides, .help = "who says it: one side, or both together" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(name), .help = "and whose name" },
	{ "said", MENTOR_TYPE_TEXT, 0, TEXT(said), .help = "what was said, a row for each line; nothing: the printed contract leaves room" },
	{ "choices", MENTOR_TYPE_LIST, MENTOR_WIDE, TEXT(choices), .help = "what there is to choose from" },
	{ "paper", MENTOR_TYPE_BOOL, MENTOR_WIDE, NUMBER(paper), .help = "whether it is kept on paper only" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

static enum mentor_status tell_side(const struct contract_draft *d, const struct def_term *term, const char *choices,
    enum mentor_contract_side side, mentor_record_fn *each, void *arg)
{
	const char *const names[] = { d->pair->mentor_name, d->pair->mentee_name, NULL };
	struct mentor_contract_term row = { term->slug, term->text, side, names[side], NULL, choices, term->paper };
	size_t at = 0;
	enum mentor_status status = MENTOR_OK;
	row.said = contract_said_next(&d->said, term->slug, side, &at);
	do {
		status = each(arg, &row);
		row.said = contract_said_next(&d->said, term->slug, side, &at);
	} while (!status && row.said);
	return status;
}

static enum mentor_status tell_term(struct mentor *m, const struct contract_draft *d, const struct def_term *term, mentor_record_fn *each, void *arg)
{
	bool reciprocal = d->pair->arrangement == MENTOR_RECIPROCAL;
	struct mentor_buf choices = MENTOR_BUF_INIT;
	for (size_t i = 0; i < term->n_choices; i++)
		mentor_buf_fmt(&choices, "%s%s", i ? "\n" : "", term->choices[i]);
	enum mentor_status status = choices.failed ? fail_memory(m) : MENTOR_OK;
	for (int side = MENTOR_CONTRACT_MENTOR; !status && side <= MENTOR_CONTRACT_BOTH; side++)
		if (contract_asks(term, reciprocal, (enum mentor_contract_side)side))
			status = tell_side(d, term, choices.len ? mentor_buf_text(&choices) : NULL, (enum mentor_contract_side)side, each, arg);
	mentor_buf_free(&choices);
	return status;
}

enum mentor_status mentor_contract_terms(struct mentor *m, int64_t pair, mentor_record_fn *each, void *arg)
{
	struct contract_draft d = { 0 };
	enum mentor_status status = contract_draft_load(m, pair, &d);
	for (size_t i = 0; !status && i < d.programme->contract.n_terms; i++)
		status = tell_term(m, &d, &d.programme->contract.terms[i], each, arg);
	contract_draft_free(&d);
	return status;
}
