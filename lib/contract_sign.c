/* contract_sign.c: who has signed which version of a contract, and when; signatures taken back; what became of every version. */
#include "contract.h"

#include "record.h"

#include <inttypes.h>
#include <string.h>

/* ---- the text that is signed ---- */

enum { LEAST_DIGITS = 8 }; /* of a fingerprint typed from paper: by chance two texts agree in them once in four thousand million */

enum mentor_status mentor_contract_check_hash(struct mentor *m, int64_t pair, const char *hash)
{
	struct mentor_contract *newest = NULL;
	size_t digits = strspn(hash, "0123456789abcdef");
	if (digits < LEAST_DIGITS || hash[digits])
		return fail(m, MENTOR_INVALID, "type the first eight digits or more, as they are printed below the signatures",
		    "'%s' is no fingerprint of a text", hash);
	enum mentor_status status = contract_needed(m, pair, &newest);
	if (!status && strncmp(newest->hash, hash, digits) != 0) {
		struct mentor_buf hint = MENTOR_BUF_INIT;
		mentor_buf_fmt(&hint, "print it again, and let both read what they sign: mentor contract export m%" PRId64, pair);
		status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "the text of c%" PRId64 " is not the one with the fingerprint %s", newest->id, hash);
		mentor_buf_free(&hint);
	}
	mentor_record_free(newest);
	return status;
}

/* ---- signing ---- */

static enum mentor_status sign(
    struct mentor *m, const struct mentor_contract *c, enum mentor_role side, const char *day, bool *ret_changed)
{
	bool mentor = side == MENTOR_ROLE_MENTOR;
	const char *name = mentor ? c->mentor_name : c->mentee_name,
		   *before = mentor ? c->mentor_signed_on : c->mentee_signed_on;
	if (before && day && strcmp(before, day) != 0)
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "if the day is wrong, take the signature back first: mentor contract unsign m%" PRId64 " --reason TEXT", c->pair), "%s signed c%" PRId64 " on %s already", name, c->id, before);
	if (before) {
		*ret_changed = false;
		return MENTOR_OK;
	}
	const char *on = day ? day : m->today;
	if (strcmp(on, c->drafted_on) < 0)
		return fail(m, MENTOR_REFUSED, "give the day on which it was signed: --date DAY", "c%" PRId64 " was drafted on %s and cannot be signed on %s", c->id,
		    c->drafted_on, on);
	if (strcmp(on, m->today) > 0)
		return fail(m, MENTOR_REFUSED, "record the signature once it is there", "%s is in the future", on);
	enum mentor_status status = contract_check_intact(m, c);
	if (!status)
		status = db_run(m,
		    mentor ? "UPDATE contract SET mentor_signed_on = $1 WHERE id = $2"
			   : "UPDATE contract SET mentee_signed_on = $1 WHERE id = $2",
		    DB_ARGS(DB_TEXT(on), DB_NUMBER(c->id)));
	if (!status)
		*ret_changed = true;
	return status;
}

typedef enum mentor_status side_fn(struct mentor *m, const struct mentor_contract *c, enum mentor_role side, const char *text, bool *ret_changed);

/* Does something to the newest version of a pair, for one of its sides. */
static enum mentor_status for_side(
    struct mentor *m, int64_t pair, enum mentor_role side, side_fn *what, const char *text, bool *ret_changed)
{
	struct mentor_contract *contract = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	if (side != MENTOR_ROLE_MENTOR && side != MENTOR_ROLE_MENTEE)
		status = fail(m, MENTOR_USAGE, NULL, "a contract is signed by the two of its pair");
	if (!status)
		status = contract_needed(m, pair, &contract);
	if (!status)
		status = what(m, contract, side, text, &changed);
	mentor_record_free(contract);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

enum mentor_status mentor_contract_sign(
    struct mentor *m, int64_t pair, enum mentor_role side, const char *day, bool *ret_changed)
{
	return for_side(m, pair, side, sign, day, ret_changed);
}

/* ---- taking a signature back ---- */

static enum mentor_status unsign(
    struct mentor *m, const struct mentor_contract *c, enum mentor_role side, const char *reason, bool *ret_changed)
{
	bool mentor = side == MENTOR_ROLE_MENTOR;
	const char *signed_on = mentor ? c->mentor_signed_on : c->mentee_signed_on;
	if (!signed_on)
		return MENTOR_OK;
	enum mentor_status status = db_run(m,
	    "INSERT INTO unsigning (contract_id, side, signed_on, unsigned_on, unsigned_by, reason) VALUES ($1, $2, $3, $4, $5, $6)",
	    DB_ARGS(DB_NUMBER(c->id), DB_TEXT(contract_sides[mentor ? MENTOR_CONTRACT_MENTOR : MENTOR_CONTRACT_MENTEE]), DB_TEXT(signed_on),
		DB_TEXT(m->today), DB_TEXT(m->actor), DB_TEXT(reason)));
	if (!status)
		status = db_run(m,
		    mentor ? "UPDATE contract SET mentor_signed_on = NULL WHERE id = $1" : "UPDATE contract SET mentee_signed_on = NULL WHERE id = $1",
		    DB_ARGS(DB_NUMBER(c->id)));
	*ret_changed = !status;
	return status;
}

enum mentor_status mentor_contract_unsign(
    struct mentor *m, int64_t pair, enum mentor_role side, const char *reason, bool *ret_changed)
{
	if (!reason || !*reason)
		return fail(m, MENTOR_USAGE, "give --reason, such as \"Clicked the wrong pair\"", "a signature is taken back with a reason");
	return for_side(m, pair, side, unsign, reason, ret_changed);
}

/* ---- what became of every version ---- */

static const char *const events[] = { "drafted", "signed", "taken-back", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_contract_event, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_contract_event, member)
const struct mentor_field mentor_contract_event_fields[] = {
	{ "contract", MENTOR_TYPE_REF, 0, NUMBER(contract), .entity = "contract", .help = "the version's reference" },
	{ "version", MENTOR_TYPE_INT, 0, NUMBER(version), .help = "which version, from 1" },
	{ "on", MENTOR_TYPE_DAY, 0, TEXT(on), .help = "the day" },
	{ "event", MENTOR_TYPE_CHOICE, 0, NUMBER(event), .choices = events, .help = "what happened: the present wording was drafted, or a signature was given, or taken back" },
	{ "side", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(side), .choices = contract_sides, .help = "whose signature" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "and whose name" },
	{ "reason", MENTOR_TYPE_TEXT, 0, TEXT(reason), .help = "why it was taken back" },
	{ "by", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(by), .help = "who took it back" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

/* The columns in the order of the fields; behind them what orders events of one day: a signature that was taken back was there first. */
#define EVENT(event, on, side, name, reason, by, order) \
	"SELECT c.id, c.version, " on ", '" event "', " side ", " name ", " reason ", " by ", " order " FROM contract c JOIN pair p ON p.id = c.pair_id "
#define NAME(side) "(SELECT x.name FROM enrolment e JOIN person x ON x.id = e.person_id WHERE e.id = p." side "_id)"
#define EITHER_NAME "(SELECT x.name FROM enrolment e JOIN person x ON x.id = e.person_id WHERE e.id = CASE u.side WHEN 'mentor' THEN p.mentor_id ELSE p.mentee_id END)"
#define OF_PAIR "WHERE p.id = $1 "

enum mentor_status mentor_contract_history(struct mentor *m, int64_t pair, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m,
	    EVENT("drafted", "c.drafted_on", "NULL", "NULL", "NULL", "NULL", "0") OF_PAIR
	    "UNION ALL " EVENT("signed", "c.mentor_signed_on", "'mentor'", NAME("mentor"), "NULL", "NULL", "1000000000") OF_PAIR "AND c.mentor_signed_on IS NOT NULL "
	    "UNION ALL " EVENT("signed", "c.mentee_signed_on", "'mentee'", NAME("mentee"), "NULL", "NULL", "1000000001") OF_PAIR "AND c.mentee_signed_on IS NOT NULL "
	    "UNION ALL " EVENT("signed", "u.signed_on", "u.side", EITHER_NAME, "NULL", "NULL", "2 * u.id") "JOIN unsigning u ON u.contract_id = c.id " OF_PAIR
	    "UNION ALL " EVENT("taken-back", "u.unsigned_on", "u.side", EITHER_NAME, "u.reason", "u.unsigned_by", "2 * u.id + 1")
		"JOIN unsigning u ON u.contract_id = c.id " OF_PAIR "ORDER BY 2, 3, 9",
	    DB_ARGS(DB_NUMBER(pair)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct mentor_contract_event event;
		record_load(rows, 0, mentor_contract_event_fields, &event);
		status = db_whole(rows);
		if (!status)
			status = each(arg, &event);
	}
	db_done(rows);
	return status;
}
