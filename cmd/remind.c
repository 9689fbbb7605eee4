/* remind.c: mentor remind: what is due by the programme's rules, sending it, and what became of it. */
#include "nouns.h"
#include "out.h"
#include "transport.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct operand one[] = { { "MESSAGE", .entity = "message", .help = "reference of a message (n5)" }, { 0 } };
static const struct operand several[] = { { "MESSAGE", .many = true, .entity = "message", .help = "reference of a message (n5)" }, { 0 } };
static const struct operand person_or_pair[] = {
	{ "PERSON|PAIR", .many = true, .help = "reference of a person (p12), an address, or reference of a pair (m7)" }, { 0 }
};

/* All cohorts, unless the command line itself names one: what cron sends must not hang on a variable. */
static enum mentor_status chosen_cohort(struct run *run, int64_t *ret_cohort)
{
	return run->globals.cohort ? mentor_record_find(run->m, &mentor_entity_cohort, run->globals.cohort, ret_cohort) : MENTOR_OK;
}

/* ---- due ---- */

struct due_args {
	const char *on;
	int64_t all;
};
static const struct option due_options[] = {
	{ .field = { "on", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(due_args, on), .help = "the day asked about; today when not given" } },
	{ .field = { "all", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(due_args, all), .help = "also what has been sent, has failed or is unsure" }, .letter = 'a' },
	{ .letter = 0 },
};
static const struct part due_parts[] = {
	{ "due", NULL, mentor_reminder_fields, .many = true },
	{ "problems", "Cannot be sent", mentor_reminder_problem_fields, .many = true, .optional = true },
	{ 0 },
};

static enum mentor_status print_row(void *arg, const void *record)
{
	out_row(((struct run *)arg)->out, record);
	return MENTOR_OK;
}

static enum mentor_status print_problem(void *arg, const void *record)
{
	struct out *out = ((struct run *)arg)->out;
	if (!out->part || !out->part->key || strcmp(out->part->key, "problems") != 0)
		out_part(out, "problems");
	out_row(out, record);
	return MENTOR_OK;
}

static enum mentor_status run_due(struct run *run)
{
	const struct due_args *args = run->args;
	int64_t cohort = 0;
	enum mentor_status status = args->on ? mentor_set_now(run->m, args->on) : MENTOR_OK;
	if (!status)
		status = chosen_cohort(run, &cohort);
	if (!status)
		out_part(run->out, "due");
	return status ? status : mentor_remind_due(run->m, cohort, args->all == 1, print_row, print_problem, run);
}

static const struct command remind_due = {
	.name = "due",
	.summary = "list the reminders that are due, in all cohorts or in the one that -c names",
	.flags = CMD_READ,
	.options = due_options,
	.parts = due_parts,
	.args_size = sizeof(struct due_args),
	.run = run_due,
};

/* ---- run ---- */

struct run_args {
	const char *transport;
	int64_t most;
};
static const struct option run_options[] = {
	{ .field = { "transport", MENTOR_TYPE_TEXT, MENTOR_REQUIRED, MENTOR_AT_TEXT(run_args, transport),
	      .help = "how messages leave: sendmail (or sendmail:PATH), maildir:DIR, mbox:FILE, notify-csv:FILE, cmd:PATH or print" }, .placeholder = "HOW" },
	{ .field = { "most", MENTOR_TYPE_INT, .offset = offsetof(struct run_args, most), .minimum = 1, .maximum = 1000000,
	      .help = "send at most so many messages now; the next run sends the others" }, .placeholder = "N" },
	{ .letter = 0 },
};

/* One run: what came of its messages. */
struct sending {
	struct run *run;
	struct sender sender;
	struct mentor_buf reason, said;
	size_t n, n_failed, n_later, n_problems, n_unsure;
	bool stopped;
};

static const char *const came_words[] = { [MENTOR_HANDED_SENT] = "sent", [MENTOR_HANDED_LATER] = "put off", [MENTOR_HANDED_REFUSED] = "failed",
	[MENTOR_HANDED_UNSURE] = "unsure", [MENTOR_HANDED_NOT] = "not sent" };

static void print_mail(struct sending *s, const struct mentor_mail *mail, const char *change)
{
	struct mentor_buf name = MENTOR_BUF_INIT;
	for (size_t i = 0; i < mail->n_items && !transport_prints(&s->sender); i++) {
		mentor_buf_clear(&name);
		mentor_buf_fmt(&name, "%s to %s", mail->items[i].reminder, mail->name ? mail->name : mail->to);
		print_change(s->run, change, &mentor_entity_message, mail->items[i].message, mentor_buf_text(&name));
	}
	mentor_buf_free(&name);
}

static enum mentor_status hand_over(struct sending *s, struct mentor_remind_run *work, const struct mentor_mail *mail)
{
	mentor_buf_clear(&s->reason);
	enum mentor_handed came = transport_hand(&s->sender, mail, &s->reason);
	s->run->committed = !s->run->globals.dry_run;
	s->n++;
	s->n_failed += came == MENTOR_HANDED_REFUSED;
	s->n_later += came == MENTOR_HANDED_LATER;
	s->stopped = came == MENTOR_HANDED_NOT;
	print_mail(s, mail, came_words[came]);
	return mentor_remind_done(work, came, s->reason.len ? mentor_buf_text(&s->reason) : NULL);
}

static enum mentor_status note_problem(void *arg, const void *record)
{
	struct sending *s = arg;
	const struct mentor_reminder_problem *p = record;
	if (s->n_problems++ == 0)
		mentor_buf_fmt(&s->said, "%s%s: reminder '%s': %s", s->said.len ? "; " : "", p->cohort, p->reminder, p->problem);
	return MENTOR_OK;
}

static enum mentor_status note_unsure(void *arg, const void *record)
{
	struct sending *s = arg;
	const struct mentor_message *m = record;
	mentor_buf_fmt(&s->said, "%sn%" PRId64, s->n_unsure++ ? ", " : s->said.len ? "; unsure whether it went out: " : "unsure whether it went out: ", m->id);
	return MENTOR_OK;
}

/* What somebody has to look at; without it the exit code is 0, and cron is silent. */
static enum mentor_status sum_up(struct sending *s, struct mentor_remind_run *work)
{
	static const struct mentor_filter unsure = { "state", "unsure" };
	if (s->n_failed)
		mentor_buf_fmt(&s->said, "%zu message%s failed", s->n_failed, s->n_failed == 1 ? "" : "s");
	if (mentor_remind_unwritten(work))
		mentor_buf_fmt(&s->said, "%s%zu cannot be written yet", s->said.len ? "; " : "", mentor_remind_unwritten(work));
	if (s->n_later)
		mentor_buf_fmt(&s->said, "%s%zu put off", s->said.len ? "; " : "", s->n_later);
	enum mentor_status status = mentor_remind_problems(work, note_problem, s);
	if (s->n_problems > 1)
		mentor_buf_fmt(&s->said, " (and %zu more: mentor remind due)", s->n_problems - 1);
	if (!status)
		status = mentor_record_list(s->run->m, &mentor_entity_message, &unsure, 1, note_unsure, s);
	if (status || !s->said.len)
		return status;
	s->run->partial = mentor_keep(s->run->m, mentor_buf_text(&s->said));
	s->run->partial_state = "everything else that is due has been sent";
	s->run->left_out_hint = s->n_unsure ? "look for the Message-ID in the log of the mail server (mentor remind show MESSAGE), then: mentor remind mark MESSAGE --sent, or: mentor remind resend MESSAGE" :
				s->n_problems ? "see: mentor remind due" :
						"see: mentor remind list --fields id,name,state,reason";
	return s->run->partial ? MENTOR_OK : mentor_error(s->run->m)->status;
}

static enum mentor_status send_all(struct sending *s, int64_t cohort, int64_t most)
{
	struct mentor_remind_run *work = NULL;
	const struct mentor_mail *mail = NULL;
	enum mentor_status status = mentor_remind_start(s->run->m, cohort, &s->sender.hands, &work);
	if (!status)
		status = mentor_remind_next(work, &mail);
	while (!status && mail && !s->stopped) {
		status = hand_over(s, work, mail);
		if (!status && !s->stopped && (most == MENTOR_NONE || (int64_t)s->n < most))
			status = mentor_remind_next(work, &mail);
		else
			break;
	}
	if (!status && s->stopped)
		status = mentor_fail(s->run->m, MENTOR_FAILED, "nothing is lost: what is due is sent by the next run", "%s", mentor_buf_text(&s->reason));
	if (!status)
		status = sum_up(s, work);
	mentor_remind_free(work);
	return status;
}

static enum mentor_status run_run(struct run *run)
{
	const struct run_args *args = run->args;
	struct sending s = { .run = run };
	int64_t cohort = 0;
	enum mentor_status status = transport_open(&s.sender, run, args->transport);
	if (!status)
		status = chosen_cohort(run, &cohort);
	if (!status)
		status = send_all(&s, cohort, args->most);
	transport_close(&s.sender);
	mentor_buf_free(&s.reason);
	mentor_buf_free(&s.said);
	return status;
}

static const struct command remind_run = {
	.name = "run",
	.summary = "send what is due, each message once; made for cron",
	.flags = CMD_WRITE | CMD_SELF | CMD_FREE,
	.options = run_options,
	.parts = change_parts,
	.args_size = sizeof(struct run_args),
	.run = run_run,
};

/* ---- hold, release ---- */

struct hold_args {
	const char *until;
};
static const struct option hold_options[] = {
	{ .field = { "until", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(hold_args, until), .help = "the last day of it; until released when not given" } },
	{ .letter = 0 },
};

static enum mentor_status change_hold(struct run *run, bool held, const char *until)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++) {
		const char *reference = operand(run, i);
		const struct mentor_entity *entity = reference[0] == mentor_entity_pair.letter && strspn(reference + 1, "0123456789") == strlen(reference + 1) ?
		    &mentor_entity_pair : &mentor_entity_person;
		bool changed = false;
		int64_t id = 0;
		status = mentor_record_find(run->m, entity, reference, &id);
		if (!status)
			status = mentor_remind_hold(run->m, entity == &mentor_entity_person ? id : 0, entity == &mentor_entity_pair ? id : 0, held, until, &changed);
		if (!status)
			print_change(run, !changed ? "unchanged" : held ? "held" : "released", entity, id, NULL);
	}
	return status;
}

static enum mentor_status run_hold(struct run *run)
{
	return change_hold(run, true, ((const struct hold_args *)run->args)->until);
}

static enum mentor_status run_release(struct run *run)
{
	return change_hold(run, false, NULL);
}

static const struct command remind_hold = {
	.name = "hold",
	.summary = "send nothing to people or pairs, nor about them, for a while",
	.flags = CMD_WRITE,
	.options = hold_options,
	.operands = person_or_pair,
	.parts = change_parts,
	.args_size = sizeof(struct hold_args),
	.run = run_hold,
};

static const struct command remind_release = {
	.name = "release",
	.summary = "send to people or pairs again",
	.flags = CMD_WRITE,
	.operands = person_or_pair,
	.parts = change_parts,
	.run = run_release,
};

static const struct part hold_parts[] = { { NULL, NULL, mentor_hold_fields, .many = true }, { 0 } };

static enum mentor_status run_holds(struct run *run)
{
	out_part(run->out, NULL);
	return mentor_remind_holds(run->m, print_row, run);
}

static const struct command remind_holds = {
	.name = "holds",
	.summary = "list who is on hold",
	.flags = CMD_READ,
	.parts = hold_parts,
	.run = run_holds,
};

/* ---- resend, mark ---- */

static enum mentor_status settle(struct run *run, enum mentor_message_settled how, const char *word)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++) {
		int64_t id = 0;
		bool changed = false;
		void *record = NULL;
		status = mentor_record_find(run->m, &mentor_entity_message, operand(run, i), &id);
		if (!status)
			status = mentor_remind_settle(run->m, id, how, &changed);
		if (!status)
			status = mentor_record_get(run->m, &mentor_entity_message, id, &record);
		if (!status) {
			const struct mentor_message *m = record;
			print_change(run, changed ? word : "unchanged", &mentor_entity_message, id, m->name ? m->name : m->reminder);
		}
		mentor_record_free(record);
	}
	return status;
}

static enum mentor_status run_resend(struct run *run)
{
	return settle(run, MENTOR_MESSAGE_RESEND, "waiting");
}

struct mark_args {
	int64_t sent, failed;
};
static const struct option mark_options[] = {
	{ .field = { "sent", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(mark_args, sent), .help = "it arrived" } },
	{ .field = { "failed", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(mark_args, failed), .help = "it did not arrive, and is not to be sent again" } },
	{ .letter = 0 },
};

static enum mentor_status run_mark(struct run *run)
{
	const struct mark_args *args = run->args;
	bool sent = args->sent == 1, failed = args->failed == 1;
	if (sent == failed)
		return mentor_fail(run->m, MENTOR_USAGE, mentor_hint(run->m, "give --sent or --failed; to send it again: mentor remind resend %s", operand(run, 0)), "it is not said what became of it");
	return settle(run, sent ? MENTOR_MESSAGE_ARRIVED : MENTOR_MESSAGE_LOST, sent ? "sent" : "failed");
}

static const struct command remind_resend = {
	.name = "resend",
	.summary = "let messages that failed or are unsure be sent by the next run, if they are still due",
	.flags = CMD_WRITE,
	.operands = several,
	.parts = change_parts,
	.run = run_resend,
};

static const struct command remind_mark = {
	.name = "mark",
	.summary = "record what became of messages that are unsure",
	.flags = CMD_WRITE,
	.options = mark_options,
	.operands = several,
	.parts = change_parts,
	.args_size = sizeof(struct mark_args),
	.run = run_mark,
};

/* ---- list, show ---- */

static const struct part list_parts[] = { { NULL, NULL, mentor_message_fields, .many = true }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_message_fields, .many = false }, { 0 } };

static enum mentor_status print_message(void *arg, const void *record)
{
	out_row(arg, record);
	return MENTOR_OK;
}

static enum mentor_status run_list(struct run *run)
{
	int64_t cohort = 0;
	enum mentor_status status = chosen_cohort(run, &cohort);
	if (!status && cohort)
		filter_by_number(run, "cohort_id", cohort);
	return status ? status : crud_list_each(run, print_message, run->out);
}

static const struct command remind_list = {
	.name = "list",
	.summary = "list messages and what became of them",
	.flags = CMD_READ,
	.parts = list_parts,
	.entity = &mentor_entity_message,
	.fields = FIELDS_FILTER,
	.run = run_list,
};

static const struct command remind_show = {
	.name = "show",
	.summary = "show a message and what became of it",
	.flags = CMD_READ,
	.operands = one,
	.parts = show_parts,
	.entity = &mentor_entity_message,
	.run = crud_show,
};

static const struct command *const verbs[] = { &remind_due, &remind_run, &remind_list, &remind_show, &remind_hold, &remind_release, &remind_holds,
	&remind_resend, &remind_mark, NULL };

const struct command noun_remind = {
	.name = "remind",
	.summary = "reminders: what is due, sending it, and what became of it",
	.verbs = verbs,
};
