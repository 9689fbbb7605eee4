/* log_import.c: mentor log import: many sessions from a table. */
#include "log.h"

#include "out.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 256 << 20, NAMED_AT_MOST = 40 };

static const struct operand file[] = { { "FILE", false, false, "file", "table of sessions as CSV, - for standard input" }, { 0 } };

struct import_args {
	const char *delimiter;
};
static const struct option import_options[] = {
	{ { "delimiter", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(import_args, delimiter), .help = "what stands between cells: , ; | or tab; found out when not given" }, 0, "CHAR" },
	{ .letter = 0 },
};
static const struct part import_parts[] = { { NULL, NULL, mentor_session_imported_fields, true, true }, { 0 } };

static const char *const changes[] = { "added", "planned", "held", "unchanged" };
enum { CHANGES = sizeof(changes) / sizeof(*changes) };

struct import {
	struct run *run;
	size_t rows, counts[CHANGES];
	bool brief; /* people see the first rows, and a sum where there are more */
};

static enum mentor_status print_row(void *arg, const void *record)
{
	struct import *i = arg;
	const struct mentor_session_imported *row = record;
	for (size_t c = 0; c < CHANGES; c++)
		i->counts[c] += strcmp(row->change, changes[c]) == 0;
	if (!i->brief || i->rows++ < NAMED_AT_MOST)
		out_row(i->run->out, row);
	return MENTOR_OK;
}

static void print_sum(const struct import *i)
{
	struct mentor_buf sum = MENTOR_BUF_INIT;
	mentor_buf_fmt(&sum, "in all %zu rows:", i->rows);
	for (size_t c = 0, n = 0; c < CHANGES; c++)
		if (i->counts[c])
			mentor_buf_fmt(&sum, "%s %zu %s", n++ ? "," : "", i->counts[c], changes[c]);
	mentor_buf_str(&sum, " (-v names them all)");
	const struct mentor_session_imported row = { .change = mentor_buf_text(&sum), .row = MENTOR_NONE };
	out_row(i->run->out, &row);
	out_free_part(i->run->out, &sum);
}

static enum mentor_status log_import(struct run *run)
{
	const struct import_args *args = run->args;
	struct import import = { .run = run };
	const char *path = operand(run, 0);
	char delimiter = '\0', *text = NULL;
	size_t len = 0;
	import.brief = (run->out->format == &format_table || run->out->format == &format_plain) && !run->globals.verbose;
	out_part(run->out, NULL);
	enum mentor_status status = read_delimiter(run, args->delimiter, &delimiter);
	if (!status)
		status = read_file(run, path, MOST_BYTES, &text, &len);
	if (!status)
		status = mentor_session_import(run->m, run->cohort, path, text, len, delimiter, print_row, &import);
	if (!status && import.rows > NAMED_AT_MOST)
		print_sum(&import);
	free(text);
	return status;
}

const struct command log_import_command = { .name = "import", .summary = "record many sessions from a table",
	.flags = CMD_WRITE | CMD_COHORT, .operands = file, .options = import_options, .args_size = sizeof(struct import_args),
	.parts = import_parts, .run = log_import };
