/* contract.c: what pairs agree in writing: the versions of a contract, drafted, changed and amended, each with its text and its hash. */
#include "contract.h"

#include "hash.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

static const char *const states[] = { "drafted", "part-signed", "signed", NULL };
static const char *const standings[] = { "proposed", "in-force", "replaced", NULL };

#define SIGNED_BY_BOTH(c) c ".mentor_signed_on IS NOT NULL AND " c ".mentee_signed_on IS NOT NULL"
#define NEWER "SELECT 1 FROM contract n WHERE n.pair_id = t.pair_id AND n.version > t.version"

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_contract, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_contract, member)

/* clang-format off */
const struct mentor_field mentor_contract_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "contract", .help = "the contract" },
	{ "pair", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(pair), .entity = "pair", .sql = "t.pair_id", .help = "who agrees" },
	{ "version", MENTOR_TYPE_INT, MENTOR_DERIVED, NUMBER(version), .help = "which of the pair's versions, from 1" },
	{ "standing", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(standing), .choices = standings,
	  .sql = "CASE WHEN " SIGNED_BY_BOTH("t") " AND NOT EXISTS (" NEWER " AND " SIGNED_BY_BOTH("n") ") THEN 'in-force' "
		 "WHEN EXISTS (" NEWER ") OR (" SIGNED_BY_BOTH("t") ") THEN 'replaced' ELSE 'proposed' END",
	  .help = "whether it holds: proposed is the newest that not both have signed, in force the newest that both have" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id), .sql = "p.cohort_id" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "mentor_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentor_name), .sql = "ap.name", .heading = "{mentor}", .help = "name of the mentor" },
	{ "mentee_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(mentee_name), .sql = "bp.name", .heading = "{mentee}", .help = "name of the mentee" },
	{ "state", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(state), .choices = states,
	  .sql = "CASE WHEN t.mentor_signed_on IS NOT NULL AND t.mentee_signed_on IS NOT NULL THEN 'signed' "
		 "WHEN t.mentor_signed_on IS NOT NULL OR t.mentee_signed_on IS NOT NULL THEN 'part-signed' ELSE 'drafted' END",
	  .help = "how far it is signed" },
	{ "sessions", MENTOR_TYPE_INT, 0, NUMBER(sessions), .minimum = 1, .maximum = 10000, .help = "how many sessions" },
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .minimum = 1, .maximum = 1440, .help = "how long a session lasts" },
	{ "frequency", MENTOR_TYPE_TEXT, 0, TEXT(frequency), .help = "how often, in words" },
	{ "mode", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(mode), .choices = def_modes, .help = "how the two meet" },
	{ "place", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(place), .help = "where they meet" },
	{ "starts_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(starts_on), .help = "first day" },
	{ "ends_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(ends_on), .help = "last day" },
	{ "drafted_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(drafted_on), .sql = "t.drafted_on", .help = "day of the draft" },
	{ "mentor_signed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(mentor_signed_on), .sql = "t.mentor_signed_on", .heading = "{mentor} signed", .help = "day the mentor signed" },
	{ "mentee_signed_on", MENTOR_TYPE_DAY, MENTOR_DERIVED, TEXT(mentee_signed_on), .sql = "t.mentee_signed_on", .heading = "{mentee} signed", .help = "day the mentee signed" },
	{ "hash", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(hash), .sql = "t.hash", .help = "BLAKE2b-256 of the text" },
	{ "text", MENTOR_TYPE_NOTE, MENTOR_DERIVED | MENTOR_WIDE, TEXT(text), .sql = "t.text", .help = "the text agreed" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_contract = {
	.name = "contract",
	.plural = "contracts",
	.letter = 'c',
	.table = "contract",
	.from = "contract t JOIN pair p ON p.id = t.pair_id JOIN cohort c ON c.id = p.cohort_id "
		"JOIN enrolment a ON a.id = p.mentor_id JOIN person ap ON ap.id = a.person_id "
		"JOIN enrolment b ON b.id = p.mentee_id JOIN person bp ON bp.id = b.person_id",
	.order = "t.pair_id, t.version",
	.fields = mentor_contract_fields,
	.size = sizeof(struct mentor_contract),
	.listed_by = "mentor contract list",
};

/* ---- versions ---- */

enum mentor_status contract_newest(struct mentor *m, int64_t pair, struct mentor_contract **ret)
{
	int64_t id = 0;
	void *record = NULL;
	enum mentor_status status =
	    db_value(m, "SELECT id FROM contract WHERE pair_id = $1 ORDER BY version DESC LIMIT 1", DB_ARGS(DB_NUMBER(pair)), 0, &id);
	if (!status && id)
		status = mentor_record_get(m, &mentor_entity_contract, id, &record);
	if (!status)
		*ret = record;
	return status;
}

enum mentor_status contract_fail_none(struct mentor *m, int64_t pair)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "write it with: mentor contract draft m%" PRId64, pair);
	fail(m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "m%" PRId64 " has no contract", pair);
	mentor_buf_free(&hint);
	return MENTOR_NOT_FOUND;
}

enum mentor_status contract_needed(struct mentor *m, int64_t pair, struct mentor_contract **ret)
{
	enum mentor_status status = contract_newest(m, pair, ret);
	return status || *ret ? status : contract_fail_none(m, pair);
}

enum mentor_status mentor_contract_find(struct mentor *m, const char *reference, int64_t *ret_id)
{
	int64_t pair = 0;
	struct mentor_contract *newest = NULL;
	if (reference[0] != mentor_entity_pair.letter)
		return mentor_record_find(m, &mentor_entity_contract, reference, ret_id);
	enum mentor_status status = mentor_record_find(m, &mentor_entity_pair, reference, &pair);
	if (!status)
		status = contract_needed(m, pair, &newest);
	if (!status)
		*ret_id = newest->id;
	mentor_record_free(newest);
	return status;
}

static bool is_intact(const char *text, const char *hash)
{
	char hex[HASH_HEX];
	hash_hex(text, strlen(text), hex);
	return strcmp(hex, hash) == 0;
}

enum mentor_status contract_check_intact(struct mentor *m, const struct mentor_contract *c)
{
	if (is_intact(c->text, c->hash))
		return MENTOR_OK;
	return fail(m, MENTOR_FAILED, "the store was changed by other means; restore a backup",
	    "the text of c%" PRId64 " is not the text that was drafted", c->id);
}

enum mentor_status contract_check_all(struct mentor *m)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, "SELECT id, text, hash FROM contract ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		if (!is_intact(db_text(rows, 1), db_text(rows, 2)))
			problem_add(m, NULL, NULL, "the text of c%" PRId64 " is not the text that was drafted",
			    db_number(rows, 0));
	db_done(rows);
	return status;
}

/* ---- drafting ---- */

void contract_draft_free(struct contract_draft *d)
{
	definition_free(d->programme);
	mentor_record_free(d->pair);
	mentor_record_free(d->cohort);
	mentor_record_free(d->newest);
	contract_said_free(&d->said);
}

enum mentor_status contract_draft_load(struct mentor *m, int64_t pair, struct contract_draft *d)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_pair, pair, &record);
	if (status)
		return status;
	d->pair = record;
	status = mentor_record_get(m, &mentor_entity_cohort, d->pair->cohort_id, &record);
	if (status)
		return status;
	d->cohort = record;
	status = programme_of_cohort(m, d->pair->cohort_id, &d->programme);
	if (!status)
		status = contract_newest(m, pair, &d->newest);
	if (!status && d->newest)
		status = contract_said_load(m, d->newest->id, &d->said);
	d->version = d->newest ? d->newest->version : 1;
	return status;
}

enum mentor_status contract_check_pair(struct mentor *m, const struct mentor_pair *pair)
{
	if (pair->state == MENTOR_PAIR_ACTIVE)
		return MENTOR_OK;
	bool proposed = pair->state == MENTOR_PAIR_PROPOSED;
	return fail(m, MENTOR_REFUSED, proposed ? "tell the two first: mentor match publish" : NULL,
	    proposed ? "m%" PRId64 " is only proposed, so there is nothing to agree yet" : "m%" PRId64 " has ended",
	    pair->id);
}

enum mentor_status contract_check_open(struct mentor *m, const struct mentor_contract *newest)
{
	if (newest->state == MENTOR_CONTRACT_DRAFTED)
		return MENTOR_OK;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "to agree something else, which both then sign: mentor contract amend m%" PRId64, newest->pair);
	enum mentor_status status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint),
	    "c%" PRId64 " is signed already, so its terms stay as they are", newest->id);
	mentor_buf_free(&hint);
	return status;
}

/* What was said in the version before is said in this one too, until it is changed. */
static enum mentor_status insert_version(
    struct mentor *m, const struct contract_draft *d, const char *text, const char *hash, int64_t *ret_id)
{
	const struct mentor_contract *t = &d->terms;
	int64_t id = 0;
	enum mentor_status status = db_value(m,
	    "INSERT INTO contract (pair_id, version, text, hash, drafted_on, sessions, minutes, frequency, mode, place, "
	    "starts_on, ends_on) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
	    DB_ARGS(DB_NUMBER(d->pair->id), DB_NUMBER(d->version), DB_TEXT(text), DB_TEXT(hash), DB_TEXT(m->today), DB_NUMBER(t->sessions),
		DB_NUMBER(t->minutes), DB_TEXT(t->frequency), DB_TEXT(def_modes[t->mode]), DB_TEXT(t->place),
		DB_TEXT(t->starts_on), DB_TEXT(t->ends_on)),
	    0, &id);
	if (!status && d->newest)
		status = db_run(m,
		    "INSERT INTO contract_line (contract_id, term, side, position, text) "
		    "SELECT $1, l.term, l.side, l.position, l.text FROM contract_line l WHERE l.contract_id = $2",
		    DB_ARGS(DB_NUMBER(id), DB_NUMBER(d->newest->id)));
	if (!status)
		*ret_id = id;
	return status;
}

static enum mentor_status update_version(struct mentor *m, const struct contract_draft *d, const char *text, const char *hash)
{
	const struct mentor_contract *t = &d->terms;
	return db_run(m,
	    "UPDATE contract SET text = $1, hash = $2, drafted_on = $3, sessions = $4, minutes = $5, frequency = $6, "
	    "mode = $7, place = $8, "
	    "starts_on = $9, ends_on = $10 WHERE id = $11",
	    DB_ARGS(DB_TEXT(text), DB_TEXT(hash), DB_TEXT(m->today), DB_NUMBER(t->sessions), DB_NUMBER(t->minutes),
		DB_TEXT(t->frequency), DB_TEXT(def_modes[t->mode]), DB_TEXT(t->place), DB_TEXT(t->starts_on),
		DB_TEXT(t->ends_on), DB_NUMBER(d->newest->id)));
}

static enum mentor_status store(
    struct mentor *m, const struct contract_draft *d, const char *text, const char **ret_change, int64_t *ret_id)
{
	char hash[HASH_HEX];
	hash_hex(text, strlen(text), hash);
	if (!d->newest || d->newest->version != d->version) {
		*ret_change = d->newest ? "amended" : "added";
		return insert_version(m, d, text, hash, ret_id);
	}
	*ret_id = d->newest->id;
	*ret_change = strcmp(d->newest->text, text) == 0 ? "unchanged" : "revised";
	return strcmp(d->newest->text, text) == 0 ? MENTOR_OK : update_version(m, d, text, hash);
}

static enum mentor_status write_version(struct mentor *m, const struct contract_draft *d, const char **ret_change, int64_t *ret_id)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	contract_write_text(&text, d);
	enum mentor_status status =
	    text.failed ? fail_memory(m) : store(m, d, mentor_buf_text(&text), ret_change, ret_id);
	mentor_buf_free(&text);
	return status;
}

enum mentor_status contract_rewrite(struct mentor *m, struct contract_draft *d, const char **ret_change)
{
	int64_t id = 0;
	struct contract_said said = { 0 };
	enum mentor_status status = contract_said_load(m, d->newest->id, &said);
	contract_said_free(&d->said);
	d->said = said;
	d->terms = *d->newest;
	return status ? status : write_version(m, d, ret_change, &id);
}

/* ---- the ways to write a version ---- */

/* What is to be written, once the terms given are laid over those there were: *ret_done when nothing is, and *ret_change has said so. */
typedef enum mentor_status way_fn(struct mentor *m, struct contract_draft *d, uint64_t given, bool *ret_done);

/* The first version, or another wording of one that nobody has signed. */
static enum mentor_status way_draft(struct mentor *m, struct contract_draft *d, uint64_t given, bool *ret_done)
{
	(void)given;
	*ret_done = d->newest && d->newest->state != MENTOR_CONTRACT_DRAFTED && contract_same_terms(d->newest, &d->terms);
	return !d->newest || *ret_done ? MENTOR_OK : contract_check_open(m, d->newest);
}

static enum mentor_status way_set(struct mentor *m, struct contract_draft *d, uint64_t given, bool *ret_done)
{
	if (!given)
		return fail(m, MENTOR_USAGE, "give what the two agree, such as --sessions 5", "nothing to change");
	return d->newest ? way_draft(m, d, given, ret_done) : contract_fail_none(m, d->pair->id);
}

/* The version after one that somebody has signed. What is a draft already is changed as such, and asking for the same again is harmless. */
static enum mentor_status way_amend(struct mentor *m, struct contract_draft *d, uint64_t given, bool *ret_done)
{
	if (!d->newest)
		return contract_fail_none(m, d->pair->id);
	bool same = contract_same_terms(d->newest, &d->terms), draft = d->newest->state == MENTOR_CONTRACT_DRAFTED;
	*ret_done = same && (given || (draft && d->version > 1));
	if (*ret_done || !draft) {
		d->version++;
		return MENTOR_OK;
	}
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "change it as it is: mentor contract set m%" PRId64, d->pair->id);
	enum mentor_status status =
	    fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "nobody has signed c%" PRId64 ", so there is nothing to amend", d->newest->id);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status write_in_way(struct mentor *m, int64_t pair, const struct mentor_contract *terms, uint64_t given, way_fn *way,
    const char **ret_change, int64_t *ret_id)
{
	struct contract_draft d = { 0 };
	const char *change = "unchanged";
	int64_t id = 0;
	bool done = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = contract_draft_load(m, pair, &d);
	if (!status)
		status = contract_check_pair(m, d.pair);
	if (!status) {
		contract_merge_terms(&d, terms, given);
		status = contract_check_terms(m, &d.programme->contract, &d.terms);
	}
	if (!status)
		status = way(m, &d, given, &done);
	if (!status && done)
		id = d.newest->id;
	else if (!status)
		status = write_version(m, &d, &change, &id);
	contract_draft_free(&d);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = change;
	*ret_id = id;
	return MENTOR_OK;
}

enum mentor_status mentor_contract_draft(struct mentor *m, int64_t pair, const struct mentor_contract *terms,
    uint64_t given, const char **ret_change, int64_t *ret_id)
{
	return write_in_way(m, pair, terms, given, way_draft, ret_change, ret_id);
}

enum mentor_status mentor_contract_set(struct mentor *m, int64_t pair, const struct mentor_contract *terms,
    uint64_t given, const char **ret_change, int64_t *ret_id)
{
	return write_in_way(m, pair, terms, given, way_set, ret_change, ret_id);
}

enum mentor_status mentor_contract_amend(struct mentor *m, int64_t pair, const struct mentor_contract *terms,
    uint64_t given, const char **ret_change, int64_t *ret_id)
{
	return write_in_way(m, pair, terms, given, way_amend, ret_change, ret_id);
}

/* ---- taking an amendment back ---- */

static enum mentor_status withdraw(struct mentor *m, const struct mentor_contract *c)
{
	if (c->version == 1)
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "change it with: mentor contract set m%" PRId64, c->pair), "c%" PRId64 " is the first version, not an amendment", c->id);
	if (c->state == MENTOR_CONTRACT_SIGNED)
		return fail(m, MENTOR_REFUSED, mentor_hint(m, "to agree something else, which both then sign: mentor contract amend m%" PRId64, c->pair), "both have signed c%" PRId64, c->id);
	return db_run(m, "DELETE FROM contract WHERE id = $1", DB_ARGS(DB_NUMBER(c->id)));
}

enum mentor_status mentor_contract_withdraw(struct mentor *m, int64_t pair, int64_t *ret_id)
{
	struct mentor_contract *newest = NULL;
	int64_t id = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = contract_needed(m, pair, &newest);
	if (!status)
		status = withdraw(m, newest);
	if (!status)
		id = newest->id;
	mentor_record_free(newest);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_id = id;
	return status;
}
