/* enrol_import.c: mentor enrol import: applications from a form's export. */
#include "enrol.h"

#include "out.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 256 << 20, NAMED_AT_MOST = 40 };

static const struct operand file[] = { { "FILE", false, false, "file", "export of the application form, - for standard input" }, { 0 } };

struct import_args {
	const char *delimiter, *rejects;
	int64_t keep_going;
};
/* clang-format off */
static const struct option import_options[] = {
	{ { "delimiter", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(import_args, delimiter), .help = "what stands between cells: , ; | or tab; found out when not given" }, 0, "CHAR" },
	{ { "keep-going", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(import_args, keep_going), .help = "leave bad rows out and take the others" } },
	{ { "rejects", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(import_args, rejects), .help = "write the rows that were left out to this file, each with its reasons" }, 0, "FILE" },
	{ .letter = 0 },
};

/* What is printed of a row. `detail` is the rest in words. */
struct told {
	const char *change;
	int64_t person_id;
	const char *name;
	int64_t row;
	const char *cohort, *filled, *differences, *reasons, *detail;
};
#define NUMBER(member) MENTOR_AT_NUMBER(told, member)
#define TEXT(member) MENTOR_AT_TEXT(told, member)
static const struct mentor_field told_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, TEXT(change), .help = "what became of the row: added, late (kept for another cohort), waiting or declined (late, as the programme says), "
	  "updated (gaps filled), differs (the file says otherwise, the record stays), unchanged, or rejected (left out)" },
	{ "person_id", MENTOR_TYPE_REF, 0, NUMBER(person_id), .entity = "person", .heading = "person", .help = "who" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "the person's name" },
	{ "row", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(row), .help = "row of the file, the heading not counted" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(cohort), .help = "the cohort that the application is in now" },
	{ "filled", MENTOR_TYPE_LIST, MENTOR_WIDE, TEXT(filled), .help = "what was missing and is now recorded" },
	{ "differences", MENTOR_TYPE_LIST, MENTOR_WIDE, TEXT(differences), .help = "what the file says otherwise than the record, which stays" },
	{ "reasons", MENTOR_TYPE_LIST, MENTOR_WIDE, TEXT(reasons), .help = "why the row was left out" },
	{ "detail", MENTOR_TYPE_TEXT, 0, TEXT(detail), .help = "the same in words" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */
static const struct part told_parts[] = { { NULL, NULL, told_fields, true, true }, { 0 } };

/* What can become of a row, and what the sum says of it. */
static const struct {
	const char *change, *counted;
	bool always; /* people hear of each, however many rows there are */
} changes[] = {
	{ "added", "added", false },
	{ "late", "late", true },
	{ "waiting", "waiting", true },
	{ "declined", "declined", true },
	{ "updated", "updated", false },
	{ "differs", "differ", true },
	{ "unchanged", "unchanged", false },
	{ "rejected", "left out", true },
};
enum { CHANGES = sizeof(changes) / sizeof(*changes) };

struct import {
	struct run *run;
	size_t rows, counts[CHANGES];
	bool brief; /* many rows: people see the sum, and rows that need somebody's eye */
};

static size_t index_of(const char *change)
{
	size_t i = 0;
	while (i + 1 < CHANGES && strcmp(changes[i].change, change) != 0)
		i++;
	return i;
}

static void add_list(struct mentor_buf *b, const char *before, const char *list)
{
	if (!list)
		return;
	mentor_buf_str(b, b->len ? "; " : "");
	mentor_buf_str(b, before);
	for (const char *p = list; *p; p++)
		mentor_buf_str(b, *p == '\n' ? "; " : (const char[]){ *p, '\0' });
}

/* "row 12: kept for the cohort next"; nothing for a row that just came in. */
static void write_detail(struct mentor_buf *b, const struct mentor_import_row *row)
{
	struct mentor_buf rest = MENTOR_BUF_INIT;
	if (strcmp(row->change, "late") == 0)
		mentor_buf_fmt(&rest, "kept for the cohort '%s'", row->cohort);
	else if (strcmp(row->change, "waiting") == 0 || strcmp(row->change, "declined") == 0)
		mentor_buf_str(&rest, "came after applications had closed");
	add_list(&rest, "", row->reasons);
	add_list(&rest, "", row->differences);
	add_list(&rest, "now recorded: ", row->filled);
	if (rest.len)
		mentor_buf_fmt(b, "row %lld: %s", (long long)row->row, mentor_buf_text(&rest));
	b->failed = b->failed || rest.failed;
	mentor_buf_free(&rest);
}

static enum mentor_status print_row(void *arg, const struct mentor_import_row *row)
{
	struct import *i = arg;
	size_t change = index_of(row->change);
	struct mentor_buf detail = MENTOR_BUF_INIT;
	i->rows++;
	i->counts[change]++;
	if (i->brief && i->rows > NAMED_AT_MOST && !changes[change].always)
		return MENTOR_OK;
	write_detail(&detail, row);
	struct told told = { row->change, row->person_id, row->name, row->row, row->cohort, row->filled, row->differences, row->reasons,
		detail.len ? mentor_buf_text(&detail) : NULL };
	out_row(i->run->out, &told);
	out_free_part(i->run->out, &detail);
	return MENTOR_OK;
}

static void print_sum(struct import *i)
{
	struct mentor_buf sum = MENTOR_BUF_INIT;
	struct told told;
	mentor_record_clear(told_fields, &told);
	mentor_buf_fmt(&sum, "%zu rows:", i->rows);
	for (size_t c = 0, n = 0; c < CHANGES; c++)
		if (i->counts[c])
			mentor_buf_fmt(&sum, "%s %zu %s", n++ ? "," : "", i->counts[c], changes[c].counted);
	mentor_buf_str(&sum, " (-v names them all)");
	told.change = "in all";
	told.detail = mentor_buf_text(&sum);
	out_row(i->run->out, &told);
	out_free_part(i->run->out, &sum);
}

static enum mentor_status check_options(struct run *run)
{
	const struct import_args *args = run->args;
	if (!args->rejects)
		return MENTOR_OK;
	if (args->keep_going != 1)
		return mentor_fail(run->m, MENTOR_USAGE, "add --keep-going", "--rejects is for the rows that --keep-going leaves out");
	if (strcmp(args->rejects, "-") == 0)
		return mentor_fail(run->m, MENTOR_USAGE, "name a file", "--rejects: standard output tells what was done");
	if (run->globals.output && strcmp(run->globals.output, args->rejects) == 0)
		return mentor_fail(run->m, MENTOR_USAGE, "name two files", "-o and --rejects name the same file");
	return guard_file(run, "--rejects", args->rejects);
}

static const char *rejects_of(const struct run *run)
{
	return ((const struct import_args *)run->args)->rejects;
}

/* The file is written before the change is made: rows that are left out must not be lost. */
static enum mentor_status finish(struct import *i, const struct mentor_buf *rejects)
{
	struct run *run = i->run;
	const struct import_args *args = run->args;
	run->left_out = i->counts[index_of("rejected")];
	run->left_out_hint = args->rejects && !run->globals.dry_run ? "mend them in the file of --rejects and import that" :
								      "--rejects FILE writes them out, to be mended and imported again";
	if (i->brief && i->rows > NAMED_AT_MOST)
		print_sum(i);
	return args->rejects && !run->globals.dry_run ? out_save(run->m, args->rejects, rejects) : MENTOR_OK;
}

static enum mentor_status enrol_import(struct run *run)
{
	const struct import_args *args = run->args;
	struct import import = { .run = run };
	struct mentor_buf rejects = MENTOR_BUF_INIT;
	const char *path = operand(run, 0);
	char delimiter = '\0', *text = NULL;
	size_t len = 0;
	import.brief = (run->out->format == &format_table || run->out->format == &format_plain) && !run->globals.verbose;
	out_part(run->out, NULL);
	enum mentor_status status = check_options(run);
	if (!status)
		status = read_delimiter(run, args->delimiter, &delimiter);
	if (!status)
		status = read_file(run, path, MOST_BYTES, &text, &len);
	if (!status)
		status = mentor_enrol_import(run->m, run->cohort, path, text, len, delimiter, args->keep_going == 1 ? &rejects : NULL, print_row, &import);
	if (!status)
		status = finish(&import, &rejects);
	mentor_buf_free(&rejects);
	free(text);
	return status;
}

const struct command enrol_import_command = { .name = "import", .summary = "take applications from a form's export",
	.flags = CMD_WRITE | CMD_COHORT, .operands = file, .options = import_options, .args_size = sizeof(struct import_args),
	.parts = told_parts, .writes = rejects_of, .run = enrol_import };
