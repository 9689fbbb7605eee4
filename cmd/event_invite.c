/* event_invite.c: mentor event invite and told: what people are sent about an event, and who has been sent it. */
#include "event.h"

#include "out.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct operand operands[] = { { "EVENT", .entity = "event", .help = "reference of an event (e4)" },
	{ "PERSON", true, true, "person", "reference (p12) or address; everybody who does not know how things are now when none is named" }, { 0 } };

/* The people behind the operands from the second on. */
struct named {
	int64_t event, *people;
	size_t n;
};

static enum mentor_status find_named(struct run *run, struct named *ret)
{
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_event, operand(run, 0), &ret->event);
	ret->n = run->n_operands - 1;
	ret->people = calloc(ret->n + 1, sizeof(*ret->people));
	if (!ret->people)
		return mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	for (size_t i = 0; !status && i < ret->n; i++)
		status = mentor_record_find(run->m, &mentor_entity_person, operand(run, i + 1), &ret->people[i]);
	return status;
}

/* ---- invite ---- */

struct invite_args {
	int64_t all;
};
static const struct option invite_options[] = {
	{ { "all", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(invite_args, all), .help = "everybody, whether they know or not" }, 'a' },
	{ .letter = 0 },
};
static const char *const invite_formats[] = { "mbox", "eml", "ics", NULL };
static const struct part invite_parts[] = { { NULL, NULL, mentor_invitation_fields, .many = true, .optional = true }, { 0 } };

static enum mentor_invitation_format chosen_format(const struct run *run)
{
	static const enum mentor_invitation_format formats[] = { MENTOR_INVITATION_MBOX, MENTOR_INVITATION_EML, MENTOR_INVITATION_ICS };
	for (size_t i = 0; run->globals.format && invite_formats[i]; i++)
		if (strcmp(run->globals.format, invite_formats[i]) == 0)
			return formats[i];
	return MENTOR_INVITATION_PLAIN;
}

struct inviting {
	struct run *run;
	enum mentor_invitation_format format;
	size_t n;
};

static enum mentor_status print_invitation(void *arg, const void *record)
{
	struct inviting *i = arg;
	const struct mentor_invitation *invitation = record;
	i->n++;
	if (i->format == MENTOR_INVITATION_PLAIN) {
		out_row(i->run->out, record);
	} else {
		out_text(i->run->out, i->run->globals.format, invitation->message);
		out_spill(i->run->out);
	}
	return MENTOR_OK;
}

/* A file of these kinds is one message: in a calendar file with several entries Outlook sees only the first. */
static enum mentor_status check_one(const struct inviting *i)
{
	if (i->format == MENTOR_INVITATION_PLAIN || i->format == MENTOR_INVITATION_MBOX || i->n == 1)
		return MENTOR_OK;
	if (i->n == 0)
		return mentor_fail(i->run->m, MENTOR_NOT_FOUND, "name the person, or add --all", "there is nobody to write to");
	return mentor_fail(i->run->m, MENTOR_USAGE, "name one person, or use -f mbox", "--format: %s is for one person, and there are %zu", i->run->globals.format, i->n);
}

static enum mentor_status run_invite(struct run *run)
{
	const struct invite_args *args = run->args;
	struct named named = { 0 };
	struct inviting i = { run, chosen_format(run), 0 };
	enum mentor_status status = find_named(run, &named);
	if (!status)
		status = mentor_event_invitations(run->m, named.event, named.people, named.n, args->all == 1, i.format, print_invitation, &i);
	if (!status)
		status = check_one(&i);
	if (!status && run->out->format == &format_table)
		out_note(run->out, i.n ? "When they are sent, record it: mentor event told e%" PRId64 : "Everybody knows how things are; --all shows all of e%" PRId64 ".", named.event);
	free(named.people);
	return status;
}

const struct command event_invite_command = {
	.name = "invite",
	.summary = "write invitations, changes and cancellations: -f mbox or eml for mail programs, ics for the calendar entry alone",
	.flags = CMD_READ,
	.options = invite_options,
	.operands = operands,
	.parts = invite_parts,
	.formats = invite_formats,
	.args_size = sizeof(struct invite_args),
	.run = run_invite,
};

/* ---- told ---- */

static enum mentor_status print_told(void *arg, const void *record)
{
	const struct mentor_event_noted *row = record;
	event_print_person(arg, row->change, row->person, row->name);
	return MENTOR_OK;
}

static enum mentor_status run_told(struct run *run)
{
	struct named named = { 0 };
	enum mentor_status status = find_named(run, &named);
	if (!status)
		status = mentor_event_told(run->m, named.event, named.people, named.n, print_told, run);
	free(named.people);
	return status;
}

const struct command event_told_command = {
	.name = "told",
	.summary = "record that people have been sent their invitation, change or cancellation",
	.flags = CMD_WRITE,
	.operands = operands,
	.parts = change_parts,
	.run = run_told,
};
