/* status.c: what a library status means to a shell, and how an error is told. */
#include "status.h"

#include "out.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const struct exit_row exit_rows[] = {
	{ 0, "done", "also when there was nothing to do or the list is empty" },
	{ 1, "failed", "the machine said no: disk full, unreadable file, damaged store, lost output" },
	{ 2, "usage", "the command line makes no sense" },
	{ 3, "invalid", "the input is wrong; nothing changed" },
	{ 4, "not found", "no such person, cohort, pair, file" },
	{ 5, "refused", "a rule, a state or the privacy policy forbids it" },
	{ 6, "busy", "another process held the store for longer than --lock-wait" },
	{ 7, "partial", "some of the input was taken, as allowed" },
	{ 8, "found", "a check found something" },
	{ 20, "version too old", "the format version is no longer offered" },
	{ 21, "version too new", "the format version or the store comes from a newer mentor" },
	{ 70, "bug", "please report it" },
	{ 130, "interrupted", "stopped by the keyboard" },
	{ -1, NULL, NULL },
};

int exit_code(enum mentor_status status)
{
	static const int codes[] = {
		[MENTOR_OK] = 0,	[MENTOR_FAILED] = 1,   [MENTOR_USAGE] = 2,   [MENTOR_INVALID] = 3,    [MENTOR_NOT_FOUND] = 4,
		[MENTOR_REFUSED] = 5,	[MENTOR_BUSY] = 6,     [MENTOR_PARTIAL] = 7, [MENTOR_FOUND] = 8,      [MENTOR_TOO_OLD] = 20,
		[MENTOR_TOO_NEW] = 21, [MENTOR_NO_MEMORY] = 1, [MENTOR_BUG] = 70,
	};
	size_t i = (size_t)status;
	return i < sizeof(codes) / sizeof(*codes) ? codes[i] : 70;
}

/* "people.csv row 14, "Which role?": " or "programme.yaml:12:3: contract.minutes: " */
static void write_place(struct mentor_buf *b, const struct mentor_place *place)
{
	if (place->file)
		mentor_buf_visible(b, place->file, false);
	if (place->row)
		mentor_buf_fmt(b, " row %ld", place->row);
	if (place->row && place->line)
		mentor_buf_fmt(b, " (line %ld)", place->line);
	else if (place->line)
		mentor_buf_fmt(b, ":%ld", place->line);
	if (!place->row && place->column)
		mentor_buf_fmt(b, ":%ld", place->column);
	if (place->field && *place->field) {
		bool csv = place->row || (place->line && !place->column);
		mentor_buf_str(b, csv ? ", \"" : place->file ? ": " : "");
		mentor_buf_visible(b, place->field, false);
		mentor_buf_str(b, csv ? "\"" : "");
	}
	if (place->file || (place->field && *place->field))
		mentor_buf_str(b, ": ");
}

static void write_line(struct mentor_buf *b, const char *prefix, const struct mentor_place *place, const char *message, const char *hint)
{
	mentor_buf_str(b, prefix);
	write_place(b, place);
	mentor_buf_visible(b, message ? message : "unknown error", false);
	mentor_buf_char(b, '\n');
	if (!hint)
		return;
	mentor_buf_str(b, "hint: ");
	mentor_buf_visible(b, hint, false);
	mentor_buf_char(b, '\n');
}

static void write_text(struct mentor_buf *b, const struct mentor_error *e, const char *command, const char *state)
{
	struct mentor_buf prefix = MENTOR_BUF_INIT;
	mentor_buf_str(&prefix, "mentor: ");
	if (*command)
		mentor_buf_fmt(&prefix, "%s: ", command);
	bool is_its_own = e->n_problems == 1 && strcmp(e->problems[0].message, e->message) == 0; /* one mistake is said once */
	if (!is_its_own)
		for (size_t i = 0; i < e->n_problems; i++)
			write_line(b, mentor_buf_text(&prefix), &e->problems[i].place, e->problems[i].message, e->problems[i].hint);
	write_line(b, mentor_buf_text(&prefix), &e->place, e->message, e->hint);
	if (state)
		mentor_buf_fmt(b, "%s\n", state);
	mentor_buf_free(&prefix);
}

static void member(struct mentor_buf *b, const char *name, const char *text)
{
	mentor_buf_fmt(b, "\"%s\":", name);
	mentor_buf_json(b, text);
	mentor_buf_char(b, ',');
}

static void number(struct mentor_buf *b, const char *name, long value)
{
	if (value)
		mentor_buf_fmt(b, "\"%s\":%ld,", name, value);
	else
		mentor_buf_fmt(b, "\"%s\":null,", name);
}

static void write_json_problem(struct mentor_buf *b, const struct mentor_place *place, const char *message, const char *hint)
{
	member(b, "message", message ? message : "unknown error");
	member(b, "hint", hint);
	member(b, "file", place->file);
	number(b, "line", place->line);
	number(b, "column", place->column);
	number(b, "row", place->row);
	mentor_buf_str(b, "\"field\":");
	mentor_buf_json(b, place->field);
}

static void write_json(struct mentor_buf *b, const struct mentor_error *e, const char *command, const char *state)
{
	mentor_buf_fmt(b, "{\"schema\":\"mentor.error/1\",\"exit\":%d,", exit_code(e->status));
	member(b, "code", e->code ? e->code : "bug");
	member(b, "command", *command ? command : NULL);
	member(b, "state", state);
	write_json_problem(b, &e->place, e->message, e->hint);
	mentor_buf_str(b, ",\"problems\":[");
	for (size_t i = 0; i < e->n_problems; i++) {
		mentor_buf_str(b, i ? ",{" : "{");
		write_json_problem(b, &e->problems[i].place, e->problems[i].message, e->problems[i].hint);
		mentor_buf_char(b, '}');
	}
	mentor_buf_str(b, "]}\n");
}

void tell_error(const struct mentor_error *e, const char *command, bool writes, bool json)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	const char *state = e->state ? e->state : writes ? "nothing changed" : NULL;
	if (json)
		write_json(&b, e, command, state);
	else
		write_text(&b, e, command, state);
	if (b.failed && !json && state)
		fprintf(stderr, "mentor: not enough memory\n%s\n", state); /* whether something changed is said all the same */
	else
		fputs(b.failed ? "mentor: not enough memory\n" : mentor_buf_text(&b), stderr);
	mentor_buf_free(&b);
}
