/* log.c: mentor log: the sessions that pairs have held. */
#include "nouns.h"
#include "out.h"

static const struct operand one_pair[] = { { "PAIR", .entity = "pair", .help = "reference of a pair (m7)" }, { 0 } };
static const struct operand one_session[] = {
	{ "SESSION", .entity = "session", .help = "reference of a session (s31)" }, { 0 }
};

/* ---- add ---- */

static enum mentor_status run_add(struct run *run)
{
	int64_t pair = 0, id = 0;
	const char *change = NULL;
	void *record = NULL;
	struct mentor_buf name = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_pair, operand(run, 0), &pair);
	if (!status)
		status = mentor_session_add(run->m, pair, run->record, run->record_given, &change, &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_session, id, &record);
	if (!status) {
		const struct mentor_session *s = record;
		mentor_buf_fmt(&name, "%s and %s on %s", s->mentor_name, s->mentee_name, s->date);
		print_change(run, change, &mentor_entity_session, id, mentor_buf_text(&name));
	}
	mentor_buf_free(&name);
	mentor_record_free(record);
	return status;
}

static const struct command log_add = {
	.name = "add",
	.summary = "record that a pair met: when, how long and how, not what was said",
	.flags = CMD_WRITE,
	.operands = one_pair,
	.parts = change_parts,
	.entity = &mentor_entity_session,
	.fields = FIELDS_ADD,
	.run = run_add,
};

/* ---- list, show ---- */

static const struct part list_parts[] = { { NULL, NULL, mentor_session_fields, true, false }, { 0 } };
static const struct part show_parts[] = { { NULL, NULL, mentor_session_fields, false, false }, { 0 } };

static const struct command log_list = {
	.name = "list",
	.summary = "list sessions",
	.flags = CMD_READ | CMD_COHORT,
	.parts = list_parts,
	.entity = &mentor_entity_session,
	.fields = FIELDS_FILTER,
	.run = crud_list,
};

static const struct command log_show = {
	.name = "show",
	.summary = "show a session",
	.flags = CMD_READ,
	.operands = one_session,
	.parts = show_parts,
	.entity = &mentor_entity_session,
	.run = crud_show,
};

static const struct command *const verbs[] = { &log_add, &log_list, &log_show, NULL };

const struct command noun_log = {
	.name = "log",
	.summary = "the sessions that pairs have held",
	.verbs = verbs,
};
