/* privacy.c: mentor privacy: what people may ask of their data, and what is owed to them unasked. */
#define _XOPEN_SOURCE 700 /* S_ISVTX */
#include "confine.h"
#include "nouns.h"
#include "out.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum mentor_status print_row(void *arg, const void *record)
{
	struct run *run = arg;
	out_row(run->out, record);
	return MENTOR_OK;
}

static const struct operand person_operands[] = { { "PERSON", .entity = "person", .help = "reference (p12) or address" }, { 0 } };

/* ---- export ---- */

struct export_args {
	const char *asked_on;
};

static const struct option export_options[] = {
	{ .field = { "asked_on", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(export_args, asked_on), .help = "day the person asked; when not given, that of the request that is recorded, else today" } },
	{ .letter = 0 },
};

struct export_row {
	const char *person, *made_on, *answer_by;
};
static const struct mentor_field export_fields[] = {
	{ "person", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(export_row, person), .help = "who asked" },
	{ "made_on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(export_row, made_on), .help = "day this was put together" },
	{ "answer_by", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(export_row, answer_by), .help = "a month after the person asked, or as the request that is recorded says (UK GDPR, article 12)" },
	{ 0 },
};
static const struct part export_parts[] = {
	{ "request", NULL, export_fields, false, false },
	{ "held", "What is held", mentor_held_fields, true, false, .main = true },
	{ 0 },
};
static const char *const page[] = { "html", NULL };

static enum mentor_status find_person(struct run *run, int64_t *ret_id, char reference[32])
{
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), ret_id);
	if (!status)
		(void)snprintf(reference, 32, "p%lld", (long long)*ret_id);
	return status;
}

/* The oldest request comes first. */
static enum mentor_status take_due(void *arg, const void *record)
{
	const struct mentor_request *q = record;
	char *due = arg;
	if (!*due && q->due)
		(void)snprintf(due, 11, "%s", q->due);
	return MENTOR_OK;
}

/* A month after the day that was given, or by when the request that is recorded has to be answered. */
static enum mentor_status find_due(struct run *run, const char *person, char due[11])
{
	const struct mentor_filter theirs[] = { { "person", person }, { "kind", "access" } };
	const char *asked_on = ((const struct export_args *)run->args)->asked_on;
	int64_t day = 0;
	enum mentor_status status = asked_on ? MENTOR_OK : mentor_requests(run->m, true, theirs, 2, take_due, due);
	if (!status && !*due && mentor_day_parse(asked_on ? asked_on : mentor_today(run->m), &day))
		mentor_day_format(mentor_day_add_months(day, 1), due);
	return status;
}

static enum mentor_status run_export(struct run *run)
{
	char person[32], answer_by[11] = "";
	int64_t id = 0;
	enum mentor_status status = find_person(run, &id, person);
	if (!status)
		status = find_due(run, person, answer_by);
	if (status)
		return status;
	out_title(run->out, "What is held about you");
	out_part(run->out, "request");
	out_row(run->out, &(const struct export_row){ person, mentor_today(run->m), answer_by });
	out_part(run->out, "held");
	return mentor_privacy_export(run->m, id, print_row, run);
}

static const struct command privacy_export = {
	.name = "export",
	.summary = "tell a person what is held about her or him",
	.flags = CMD_READ | CMD_AUDITED,
	.options = export_options,
	.operands = person_operands,
	.parts = export_parts,
	.formats = page,
	.args_size = sizeof(struct export_args),
	.run = run_export,
};

/* ---- erase ---- */

static const struct part erase_parts[] = {
	{ "erased", NULL, mentor_erased_fields, true, false, .main = true },
	{ "mentions", "Named in records of others, which stay", mentor_mention_fields, true, false, .optional = true },
	{ "certificate", "Certificate", mentor_certificate_fields, false, false },
	{ 0 },
};

static enum mentor_status print_part(void *arg, const char *part, const void *record)
{
	struct run *run = arg;
	if (!run->out->part || strcmp(run->out->part->key, part) != 0)
		out_part(run->out, part);
	out_row(run->out, record);
	return MENTOR_OK;
}

static enum mentor_status run_erase(struct run *run)
{
	char person[32];
	int64_t id = 0;
	bool erased = false;
	enum mentor_status status = mentor_privacy_erase_again(run->m, operand(run, 0), run->globals.dry_run, &erased, print_part, run);
	if (!status && !erased)
		status = find_person(run, &id, person);
	if (!status && !erased)
		status = mentor_privacy_erase(run->m, id, run->globals.dry_run, print_part, run);
	if (!status)
		out_note(run->out, "Copies made before hold the data still: remove them, or wait until they are. mentor db restore erases again.");
	return status;
}

static const struct command privacy_erase = {
	.name = "erase",
	.summary = "erase a person, look for what is left, and certify it",
	.flags = CMD_WRITE | CMD_SELF,
	.operands = person_operands,
	.parts = erase_parts,
	.confirm = "Erase this person? It cannot be undone.",
	.run = run_erase,
};

/* ---- retain ---- */

struct retain_args {
	int64_t apply;
};

static const struct option retain_options[] = {
	{ .field = { "apply", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(retain_args, apply), .help = "remove what is due; without it, only list" } },
	{ .letter = 0 },
};
static const struct part retain_parts[] = { { NULL, NULL, mentor_retained_fields, true, false }, { 0 } };

static enum mentor_status run_retain(struct run *run)
{
	return mentor_privacy_retain(run->m, ((const struct retain_args *)run->args)->apply == 1, run->globals.dry_run, print_row, run);
}

static const struct command privacy_retain = {
	.name = "retain",
	.summary = "list what is kept longer than the programmes say, and remove it",
	.flags = CMD_WRITE | CMD_SELF,
	.options = retain_options,
	.parts = retain_parts,
	.args_size = sizeof(struct retain_args),
	.run = run_retain,
};

/* ---- check ---- */

struct check_row {
	const char *result;
	int64_t confined;
};
static const struct mentor_field check_fields[] = {
	{ "result", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(check_row, result), .help = "ok; otherwise the findings are the error's problems" },
	{ "confined", MENTOR_TYPE_BOOL, MENTOR_WIDE, MENTOR_AT_NUMBER(check_row, confined), .help = "whether the system holds the program to the folders it writes to" },
	{ 0 },
};
static const struct part check_parts[] = { { NULL, NULL, check_fields, false, true }, { 0 } };

enum { MOST_FINDINGS = 32 };

struct findings {
	struct run *run;
	struct mentor_problem items[MOST_FINDINGS];
	size_t n;
};

static void find(struct findings *f, const char *hint, const char *what, const char *path)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	mentor_buf_fmt(&text, "%s %s", path, what);
	const char *message = text.failed ? NULL : mentor_keep(f->run->m, mentor_buf_text(&text));
	mentor_buf_free(&text);
	if (message && f->n < MOST_FINDINGS)
		f->items[f->n++] = (struct mentor_problem){ .message = message, .hint = hint };
}

/* Files that begin with the store's name hold what it held: kept versions, stores that were replaced, copies that a crash left. */
static void look_beside(struct findings *f, const char *folder, const char *name)
{
	static const char journal[] = "-journal";
	DIR *dir = opendir(folder);
	const size_t len = strlen(name);
	for (const struct dirent *d = dir ? readdir(dir) : NULL; d; d = readdir(dir)) {
		if (strncmp(d->d_name, name, len) != 0 || !d->d_name[len] || strcmp(d->d_name + len, journal) == 0)
			continue;
		find(f, "remove it when it is not needed any more", "lies beside the store, and holds what the store held then", d->d_name);
	}
	if (dir)
		closedir(dir);
}

static void look_at_files(struct findings *f)
{
	const char *store = f->run->store, *slash = strrchr(store, '/'), *folder = f->run->out->spool_folder;
	struct stat st;
	if (stat(store, &st) == 0 && st.st_mode & (S_IRWXG | S_IRWXO))
		find(f, "take the permissions away: chmod 600", "can be opened by others than its owner", store);
	if (stat(folder, &st) == 0 && st.st_mode & (S_IWGRP | S_IWOTH) && !(st.st_mode & S_ISVTX))
		find(f, "take the permission away: chmod go-w", "is a folder in which others can put files in the store's place", folder);
	look_beside(f, folder, slash ? slash + 1 : store);
}

static enum mentor_status run_check(struct run *run)
{
	struct findings f = { .run = run };
	look_at_files(&f);
	enum mentor_status status = mentor_privacy_check(run->m, f.items, f.n);
	if (!status)
		out_row(run->out, &(const struct check_row){ "ok", is_confined() });
	if (!status)
		out_note(run->out, "Whether the disk is encrypted, and who can read the copies, cannot be seen from here.");
	if (!status)
		out_note(run->out, is_confined() ? "The system holds the program to the folders it writes to." :
						   "This system cannot hold the program to the folders it writes to (that takes Landlock, of Linux 5.13).");
	return status;
}

static const struct command privacy_check = {
	.name = "check",
	.summary = "find what is owed: records kept too long, files open to others, a trail that is not whole",
	.flags = CMD_READ,
	.parts = check_parts,
	.run = run_check,
};

/* ---- audit ---- */

struct audit_args {
	const char *since, *head;
	int64_t verify;
};

static const struct option audit_options[] = {
	{ .field = { "since", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(audit_args, since), .help = "list from this day on" } },
	{ .field = { "verify", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(audit_args, verify), .help = "recalculate the whole trail, and find what was changed, added or taken out" } },
	{ .field = { "head", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(audit_args, head), .help = "a head that was kept outside the store: it has to be in the trail. Verifies too" },
	    .placeholder = "HASH" },
	{ .letter = 0 },
};
static const struct part audit_parts[] = {
	{ "entries", NULL, mentor_audit_fields, true, false, .main = true },
	{ "trail", NULL, mentor_audit_head_fields, false, false },
	{ "removed", "Removed, since its time was over", mentor_audit_cut_fields, .many = true, .optional = true },
	{ 0 },
};

static enum mentor_status print_head(void *arg, const void *record)
{
	struct run *run = arg;
	out_part(run->out, "trail");
	out_row(run->out, record);
	return MENTOR_OK;
}

static enum mentor_status run_audit(struct run *run)
{
	const struct audit_args *args = run->args;
	out_part(run->out, "entries");
	enum mentor_status status = mentor_audit(run->m, args->since, args->verify == 1, args->head, print_row, print_head, run);
	out_part(run->out, "removed");
	return status ? status : mentor_audit_cuts(run->m, print_row, run);
}

static const struct command privacy_audit = {
	.name = "audit",
	.summary = "list who changed what when, and verify it",
	.flags = CMD_READ,
	.options = audit_options,
	.parts = audit_parts,
	.args_size = sizeof(struct audit_args),
	.run = run_audit,
};

/* ---- objections ---- */

struct object_args {
	const char *on;
	int64_t purpose, lift, answered;
};

static const struct option object_options[] = {
	{ .field = { "to", MENTOR_TYPE_CHOICE, MENTOR_REQUIRED, MENTOR_AT_NUMBER(object_args, purpose), .choices = mentor_purposes,
	      .help = "what the person objects to: matching by characteristics for which the programme states a policy, reminders, equality monitoring, surveys" } },
	{ .field = { "on", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(object_args, on), .help = "day of it; today when not given" } },
	{ .field = { "lift", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(object_args, lift), .help = "the person takes it back" } },
	{ .field = { "answered", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(object_args, answered), .help = "the person was told what came of it" } },
	{ .letter = 0 },
};

static enum mentor_status run_object(struct run *run)
{
	static const char *const done[] = { "objects", "lifted", "answered" };
	const struct object_args *args = run->args;
	const int64_t step = args->lift == 1 ? 1 : args->answered == 1 ? 2 : 0;
	bool changed = false;
	int64_t id = 0;
	if (args->lift == 1 && args->answered == 1)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out one of the two", "--lift and --answered are two steps");
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), &id);
	if (!status)
		status = mentor_privacy_object(run->m, id, args->purpose, step, args->on, &changed);
	return status ? status : print_changed(run, changed ? done[step] : "unchanged", &mentor_entity_person, id);
}

static const struct command privacy_object = {
	.name = "object",
	.summary = "record that a person objects to a use of her or his data; it takes effect at once",
	.flags = CMD_WRITE,
	.options = object_options,
	.operands = person_operands,
	.parts = change_parts,
	.args_size = sizeof(struct object_args),
	.run = run_object,
};

static const struct part objections_parts[] = { { NULL, NULL, mentor_objection_fields, true, false }, { 0 } };

static enum mentor_status run_objections(struct run *run)
{
	return mentor_objections(run->m, print_row, run);
}

static const struct command privacy_objections = {
	.name = "objections",
	.summary = "list who objects to what, and who is owed an answer",
	.flags = CMD_READ,
	.parts = objections_parts,
	.run = run_objections,
};

/* ---- requests and complaints ---- */

struct request_args {
	const char *on, *about;
	int64_t kind;
};

static const char *const request_kinds[] = { "access", "correction", "erasure", "complaint", NULL };
static const struct option request_options[] = {
	{ .field = { "for", MENTOR_TYPE_CHOICE, MENTOR_REQUIRED, MENTOR_AT_NUMBER(request_args, kind), .choices = request_kinds,
	      .help = "to be told what is held, to have it corrected or erased; or it is a complaint about how data is handled" } },
	{ .field = { "about", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(request_args, about), .help = "what it is about, in a few words" } },
	{ .field = { "on", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(request_args, on), .help = "day it came; today when not given" } },
	{ .letter = 0 },
};

static enum mentor_status run_request(struct run *run)
{
	const struct request_args *args = run->args;
	const char *change = NULL;
	int64_t person = 0, id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_person, operand(run, 0), &person);
	if (!status)
		status = mentor_request_add(run->m, person, args->kind, args->on, args->about, &change, &id);
	return status ? status : print_changed(run, change, &mentor_entity_request, id);
}

static const struct command privacy_request = {
	.name = "request",
	.summary = "record that a person asks for her or his data, or complains about it",
	.flags = CMD_WRITE,
	.options = request_options,
	.operands = person_operands,
	.parts = change_parts,
	.args_size = sizeof(struct request_args),
	.run = run_request,
};

struct handle_args {
	const char *on;
	int64_t step;
};

static const struct option handle_options[] = {
	{ .field = { "as", MENTOR_TYPE_CHOICE, MENTOR_REQUIRED, MENTOR_AT_NUMBER(handle_args, step), .choices = mentor_request_steps,
	      .help = "the person was told that it came; was asked something back, so the time stands still; came back; was told that it takes up to two months "
		      "more; was answered, or refused with a reason; took it back; or it was closed by mistake" } },
	{ .field = { "on", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(handle_args, on), .help = "day of it; today when not given" } },
	{ .letter = 0 },
};
static const struct operand request_operands[] = { { "REQUEST", .entity = "request", .help = "reference of a request or complaint (q3)" }, { 0 } };

static enum mentor_status run_handle(struct run *run)
{
	const struct handle_args *args = run->args;
	bool changed = false;
	int64_t id = 0;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_request, operand(run, 0), &id);
	if (!status)
		status = mentor_request_handle(run->m, id, args->step, args->on, &changed);
	return status ? status : print_changed(run, changed ? mentor_request_steps[args->step] : "unchanged", &mentor_entity_request, id);
}

static const struct command privacy_handle = {
	.name = "handle",
	.summary = "record what becomes of a request or complaint",
	.flags = CMD_WRITE,
	.options = handle_options,
	.operands = request_operands,
	.parts = change_parts,
	.args_size = sizeof(struct handle_args),
	.run = run_handle,
};

struct requests_args {
	int64_t open;
};

static const struct option requests_options[] = {
	{ .field = { "open", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(requests_args, open), .help = "those that are not closed" } },
	{ .letter = 0 },
};
static const struct part requests_parts[] = { { NULL, NULL, mentor_request_fields, true, false }, { 0 } };

static enum mentor_status run_requests(struct run *run)
{
	return mentor_requests(run->m, ((const struct requests_args *)run->args)->open == 1, run->filters, run->n_filters, print_row, run);
}

static const struct command privacy_requests = {
	.name = "requests",
	.summary = "list what people asked and complained of, and what is owed by when",
	.flags = CMD_READ,
	.options = requests_options,
	.entity = &mentor_entity_request,
	.fields = FIELDS_FILTER,
	.parts = requests_parts,
	.args_size = sizeof(struct requests_args),
	.run = run_requests,
};

/* ---- register ---- */

static const struct part register_parts[] = {
	{ "controller", NULL, mentor_controller_fields, false, false },
	{ "purposes", "What data of people is used for", mentor_processing_fields, .many = true, .main = true },
	{ 0 },
};
static const char *const register_formats[] = { "html", "md", NULL };

static enum mentor_status run_register(struct run *run)
{
	out_title(run->out, "Register of processing");
	return mentor_privacy_register(run->m, run->cohort, print_part, run);
}

static const struct command privacy_register = {
	.name = "register",
	.summary = "print the register of processing: which data is used for what, on which basis, how long",
	.flags = CMD_READ | CMD_COHORT,
	.parts = register_parts,
	.formats = register_formats,
	.run = run_register,
};

/* ---- ledger ---- */

static const struct part ledger_parts[] = { { NULL, NULL, mentor_publication_fields, true, false }, { 0 } };

static enum mentor_status run_ledger(struct run *run)
{
	out_title(run->out, "Figures that were published");
	return mentor_ledger(run->m, print_row, run);
}

static const struct command privacy_ledger = {
	.name = "ledger",
	.summary = "list which figures left the team, and when",
	.flags = CMD_READ,
	.parts = ledger_parts,
	.run = run_ledger,
};

static const struct command *const verbs[] = { &privacy_check, &privacy_export, &privacy_erase, &privacy_retain, &privacy_audit, &privacy_ledger, &privacy_object,
	&privacy_objections, &privacy_request, &privacy_handle, &privacy_requests, &privacy_register, NULL };
const struct command noun_privacy = { .name = "privacy", .summary = "what people may ask of their data, and what is owed to them", .verbs = verbs };
