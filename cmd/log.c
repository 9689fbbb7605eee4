/* log.c: mentor log: sessions that pairs plan and have held, meetings of the partner's, and that people reflected. */
#include "log.h"
#include "nouns.h"
#include "out.h"

#include <string.h>

const struct operand log_pair[] = { { "PAIR", .entity = "pair", .help = "reference of a pair (m7)" }, { 0 } };
static const struct operand one_session[] = {
	{ "SESSION", .entity = "session", .help = "reference of a session (s31)" }, { 0 }
};

/* ---- what changed ---- */

static enum mentor_status print_session(struct run *run, const char *change, int64_t id)
{
	void *record = NULL;
	struct mentor_buf name = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_session, id, &record);
	if (!status) {
		const struct mentor_session *s = record;
		mentor_buf_fmt(&name, "%s and %s on %s", s->mentor_name, s->mentee_name, s->date);
		print_change(run, change, &mentor_entity_session, id, mentor_buf_text(&name));
	}
	out_free_part(run->out, &name);
	mentor_record_free(record);
	return status;
}

static enum mentor_status find_session(struct run *run, int64_t *ret_id)
{
	return mentor_record_find(run->m, &mentor_entity_session, operand(run, 0), ret_id);
}

/* ---- add ---- */

struct add_args {
	const char *actions;
};
static const struct option add_options[] = {
	{ .field = { "action", MENTOR_TYPE_LIST, 0, MENTOR_AT_TEXT(add_args, actions),
	      .help = "what follows: who (mentor, mentee or both), what, and by when, such as 'mentor: send the guide by 2026-05-01'" },
	    .placeholder = "WHO: WHAT [by DAY]" },
	{ .letter = 0 },
};

static enum mentor_status no_action(struct run *run, const char *text)
{
	return mentor_fail(run->m, MENTOR_USAGE, "write it as: --action 'mentor: send the guide by 2026-05-01'",
	    "--action: '%s' does not begin with mentor:, mentee: or both:", text);
}

/* Takes " by 2026-05-01" off the end of `what`. */
static const char *take_due(char *what)
{
	static const char by[] = " by ";
	enum { DAY = 10, TAIL = sizeof(by) - 1 + DAY };
	size_t len = strlen(what);
	int64_t day = 0;
	if (len <= TAIL || strncmp(what + len - TAIL, by, sizeof(by) - 1) != 0 || !mentor_day_parse(what + len - DAY, &day))
		return NULL;
	what[len - TAIL] = '\0';
	return what + len - DAY;
}

static enum mentor_status add_action(struct run *run, const struct mentor_pair *pair, int64_t session, char *text)
{
	static const char *const who[] = { "mentor:", "mentee:", "both:" };
	const int64_t owners[] = { pair->mentor, pair->mentee, 0 };
	struct mentor_action action;
	const char *change = NULL;
	int64_t id = 0;
	size_t w = 0;
	while (w < 3 && strncmp(text, who[w], strlen(who[w])) != 0)
		w++;
	if (w == 3)
		return no_action(run, text);
	mentor_record_clear(mentor_action_fields, &action);
	char *what = text + strlen(who[w]);
	what += strspn(what, " ");
	action.due = take_due(what);
	action.text = what;
	action.owner = owners[w];
	action.session = session;
	enum mentor_status status = *what ? mentor_action_add(run->m, &action, &change, &id) : no_action(run, text);
	if (!status)
		print_change(run, change, &mentor_entity_action, id, what);
	return status;
}

static enum mentor_status add_actions(struct run *run, int64_t pair, int64_t session, const char *list)
{
	void *record = NULL;
	struct mentor_buf one = MENTOR_BUF_INIT;
	if (!list)
		return MENTOR_OK;
	enum mentor_status status = mentor_record_get(run->m, &mentor_entity_pair, pair, &record);
	while (!status && mentor_buf_line(&one, &list))
		status = add_action(run, record, session, one.data); /* it is cut in place */
	if (one.failed)
		status = mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	mentor_buf_free(&one);
	mentor_record_free(record);
	return status;
}

static enum mentor_status run_add(struct run *run)
{
	const struct add_args *args = run->args;
	const struct mentor_session *s = run->record;
	int64_t pair = 0, id = 0, next = 0;
	const char *change = NULL;
	if (args->actions && s->minutes == MENTOR_NONE)
		return mentor_fail(run->m, MENTOR_USAGE, "give --minutes once it was held", "--action: nothing follows from a session that is only planned");
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_pair, operand(run, 0), &pair);
	if (!status)
		status = mentor_session_add(run->m, pair, run->record, run->record_given, &change, &id, &next);
	if (!status)
		status = print_session(run, change, id);
	if (!status && next)
		status = print_session(run, "planned", next);
	return status ? status : add_actions(run, pair, id, args->actions);
}

static const struct command log_add = {
	.name = "add",
	.summary = "record that a pair met, or without --minutes that it is going to: when, how long and how",
	.flags = CMD_WRITE,
	.operands = log_pair,
	.options = add_options,
	.args_size = sizeof(struct add_args),
	.parts = change_parts,
	.entity = &mentor_entity_session,
	.fields = FIELDS_ADD,
	.run = run_add,
};

/* ---- list, show, set ---- */

static const struct part list_parts[] = { { NULL, NULL, mentor_session_list_fields, true, false }, { 0 } };
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

static enum mentor_status run_set(struct run *run)
{
	int64_t id = 0;
	bool changed = false;
	if (!run->record_given)
		return nothing_to_set(run);
	enum mentor_status status = find_session(run, &id);
	if (!status)
		status = mentor_record_set(run->m, &mentor_entity_session, id, run->record, run->record_given, &changed);
	return status ? status : print_session(run, changed ? "changed" : "unchanged", id);
}

static const struct command log_set = {
	.name = "set",
	.summary = "correct a session; an empty value takes away what was said",
	.flags = CMD_WRITE,
	.operands = one_session,
	.parts = change_parts,
	.entity = &mentor_entity_session,
	.fields = FIELDS_SET,
	.run = run_set,
};

/* ---- move, cancel ---- */

struct move_args {
	const char *date, *time;
};
static const struct option move_options[] = {
	{ .field = { "date", MENTOR_TYPE_DAY, MENTOR_REQUIRED, MENTOR_AT_TEXT(move_args, date), .help = "the new day" } },
	{ .field = { "time", MENTOR_TYPE_CLOCK, 0, MENTOR_AT_TEXT(move_args, time), .help = "when it begins; the same as before when not given" } },
	{ .letter = 0 },
};

static enum mentor_status run_move(struct run *run)
{
	const struct move_args *args = run->args;
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = find_session(run, &id);
	if (!status)
		status = mentor_session_move(run->m, id, args->date, args->time, &changed);
	return status ? status : print_session(run, changed ? "moved" : "unchanged", id);
}

static const struct command log_move = {
	.name = "move",
	.summary = "move a planned session to another day, without saying why",
	.flags = CMD_WRITE,
	.operands = one_session,
	.options = move_options,
	.args_size = sizeof(struct move_args),
	.parts = change_parts,
	.run = run_move,
};

struct by_args {
	int64_t by;
	const char *date;
};
static const struct option cancel_options[] = {
	{ .field = { "by", MENTOR_TYPE_CHOICE, MENTOR_REQUIRED, MENTOR_AT_NUMBER(by_args, by), .choices = mentor_sides, .help = "who cancelled it" } },
	{ .letter = 0 },
};

static enum mentor_status run_cancel(struct run *run)
{
	const struct by_args *args = run->args;
	int64_t id = 0;
	bool changed = false;
	enum mentor_status status = find_session(run, &id);
	if (!status)
		status = mentor_session_cancel(run->m, id, (enum mentor_side)args->by, &changed);
	return status ? status : print_session(run, changed ? "cancelled" : "unchanged", id);
}

static const struct command log_cancel = {
	.name = "cancel",
	.summary = "record that a planned session does not take place",
	.flags = CMD_WRITE,
	.operands = one_session,
	.options = cancel_options,
	.args_size = sizeof(struct by_args),
	.parts = change_parts,
	.run = run_cancel,
};

/* ---- sign ---- */

struct sign_args {
	int64_t mentor, mentee, both;
	const char *date;
};
static const struct option sign_options[] = {
	{ .field = { "mentor", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(sign_args, mentor), .help = "the mentor has acknowledged it" } },
	{ .field = { "mentee", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(sign_args, mentee), .help = "the mentee has acknowledged it" } },
	{ .field = { "both", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(sign_args, both), .help = "both have" } },
	{ .field = { "date", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(sign_args, date), .help = "on which day; today when not given" } },
	{ .letter = 0 },
};

static enum mentor_status run_sign(struct run *run)
{
	const struct sign_args *args = run->args;
	const bool wanted[] = { args->mentor == 1 || args->both == 1, args->mentee == 1 || args->both == 1 };
	bool any = false;
	int64_t id = 0;
	if (!wanted[MENTOR_SIDE_MENTOR] && !wanted[MENTOR_SIDE_MENTEE])
		return mentor_fail(run->m, MENTOR_USAGE, "give --mentor, --mentee or --both", "it is not said who acknowledges the session");
	enum mentor_status status = find_session(run, &id);
	for (int side = MENTOR_SIDE_MENTOR; !status && side <= MENTOR_SIDE_MENTEE; side++) {
		bool changed = false;
		if (wanted[side])
			status = mentor_session_sign(run->m, id, (enum mentor_side)side, args->date, &changed);
		any = any || changed;
	}
	return status ? status : print_session(run, any ? "signed" : "unchanged", id);
}

static const struct command log_sign = {
	.name = "sign",
	.summary = "record that one side or both acknowledge a session",
	.flags = CMD_WRITE,
	.operands = one_session,
	.options = sign_options,
	.args_size = sizeof(struct sign_args),
	.parts = change_parts,
	.run = run_sign,
};

/* ---- shadow, shadowed ---- */

struct shadow_args {
	int64_t prepared;
};
static const struct option shadow_options[] = {
	{ .field = { "prepared", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(shadow_args, prepared), .help = "it was prepared for" } },
	{ .letter = 0 },
};

/* The record with the flag in it. */
static uint64_t with_prepared(const struct run *run, struct mentor_shadowing *s)
{
	*s = *(const struct mentor_shadowing *)run->record;
	s->prepared = ((const struct shadow_args *)run->args)->prepared == 1;
	return run->record_given | UINT64_C(1) << (mentor_field_find(mentor_shadowing_fields, "prepared") - mentor_shadowing_fields);
}

static enum mentor_status run_shadow(struct run *run)
{
	struct mentor_shadowing shadowing;
	const uint64_t given = with_prepared(run, &shadowing);
	int64_t pair = 0, id = 0;
	const char *change = NULL;
	void *record = NULL;
	struct mentor_buf name = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_pair, operand(run, 0), &pair);
	if (!status)
		status = mentor_shadowing_add(run->m, pair, &shadowing, given, &change, &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_shadowing, id, &record);
	if (!status) {
		const struct mentor_shadowing *s = record;
		mentor_buf_fmt(&name, "%s at %s on %s", s->name, s->meeting, s->date);
		print_change(run, change, &mentor_entity_shadowing, id, mentor_buf_text(&name));
	}
	out_free_part(run->out, &name);
	mentor_record_free(record);
	return status;
}

static const struct command log_shadow = {
	.name = "shadow",
	.summary = "record that one side took part in a meeting of the other's",
	.flags = CMD_WRITE,
	.operands = log_pair,
	.options = shadow_options,
	.args_size = sizeof(struct shadow_args),
	.parts = change_parts,
	.entity = &mentor_entity_shadowing,
	.fields = FIELDS_ADD,
	.run = run_shadow,
};

static const struct part shadowed_parts[] = { { NULL, NULL, mentor_shadowing_fields, true, false }, { 0 } };

static const struct command log_shadowed = {
	.name = "shadowed",
	.summary = "list the meetings in which people took part with their partners",
	.flags = CMD_READ | CMD_COHORT,
	.parts = shadowed_parts,
	.entity = &mentor_entity_shadowing,
	.fields = FIELDS_FILTER,
	.run = crud_list,
};

/* ---- reflect, reflections ---- */

static const struct option reflect_options[] = {
	{ .field = { "by", MENTOR_TYPE_CHOICE, MENTOR_REQUIRED, MENTOR_AT_NUMBER(by_args, by), .choices = mentor_two_sides, .help = "who reflected" } },
	{ .field = { "date", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(by_args, date), .help = "on which day; today when not given" } },
	{ .letter = 0 },
};

static enum mentor_status run_reflect(struct run *run)
{
	const struct by_args *args = run->args;
	int64_t pair = 0, id = 0;
	const char *change = NULL;
	void *record = NULL;
	struct mentor_buf name = MENTOR_BUF_INIT;
	enum mentor_status status = mentor_record_find(run->m, &mentor_entity_pair, operand(run, 0), &pair);
	if (!status)
		status = mentor_reflection_add(run->m, pair, (enum mentor_side)args->by, args->date, &change, &id);
	if (!status)
		status = mentor_record_get(run->m, &mentor_entity_reflection, id, &record);
	if (!status) {
		const struct mentor_reflection *r = record;
		mentor_buf_fmt(&name, "%s on %s", r->name, r->date);
		print_change(run, change, &mentor_entity_reflection, id, mentor_buf_text(&name));
	}
	out_free_part(run->out, &name);
	mentor_record_free(record);
	return status;
}

static const struct command log_reflect = {
	.name = "reflect",
	.summary = "record that somebody reflected, and when; what was written stays with its author",
	.flags = CMD_WRITE,
	.operands = log_pair,
	.options = reflect_options,
	.args_size = sizeof(struct by_args),
	.parts = change_parts,
	.run = run_reflect,
};

static const struct operand one_person[] = { { "PERSON", .entity = "person", .help = "reference (p12) or address" }, { 0 } };
static const struct part reflections_parts[] = { { NULL, NULL, mentor_reflection_fields, true, false }, { 0 } };

/* Of one person only: there is no list of who reflects and who does not. */
static enum mentor_status run_reflections(struct run *run)
{
	run->filters[run->n_filters++] = (struct mentor_filter){ "person", operand(run, 0) };
	return crud_list(run);
}

static const struct command log_reflections = {
	.name = "reflections",
	.summary = "list the days on which one person reflected",
	.flags = CMD_READ | CMD_COHORT,
	.operands = one_person,
	.parts = reflections_parts,
	.entity = &mentor_entity_reflection,
	.run = run_reflections,
};

/* ---- remove ---- */

static const struct operand one_record[] = {
	{ "RECORD", .help = "reference of a session (s31), a shadowed meeting (h4) or a reflection (f2)" }, { 0 }
};

static const struct mentor_entity *entity_of(const char *reference)
{
	static const struct mentor_entity *const others[] = { &mentor_entity_shadowing, &mentor_entity_reflection, NULL };
	for (size_t i = 0; others[i]; i++)
		if (reference[0] == others[i]->letter)
			return others[i];
	return &mentor_entity_session;
}

static enum mentor_status run_remove(struct run *run)
{
	const struct mentor_entity *entity = entity_of(operand(run, 0));
	int64_t id = 0;
	enum mentor_status status = mentor_record_find(run->m, entity, operand(run, 0), &id);
	if (!status)
		status = mentor_log_remove(run->m, entity, id);
	if (!status)
		print_change(run, "removed", entity, id, NULL);
	return status;
}

static const struct command log_remove = {
	.name = "remove",
	.summary = "remove what was logged by mistake",
	.flags = CMD_WRITE,
	.operands = one_record,
	.parts = change_parts,
	.confirm = "This cannot be undone. Remove it?",
	.run = run_remove,
};

static const struct command *const verbs[] = { &log_add, &log_import_command, &log_list, &log_show, &log_set, &log_sign, &log_move, &log_cancel, &log_shadow,
	&log_shadowed, &log_reflect, &log_reflections, &log_forms_command, &log_remove, NULL };

const struct command noun_log = {
	.name = "log",
	.summary = "sessions, meetings of the partner's, reflections",
	.verbs = verbs,
};
