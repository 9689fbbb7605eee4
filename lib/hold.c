/* hold.c: people and pairs about whom no reminder goes out for a while. Why is not recorded. */
#include "record.h"

#include <string.h>

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_hold, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_hold, member)
const struct mentor_field mentor_hold_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "the person on hold" },
	{ "pair", MENTOR_TYPE_REF, 0, NUMBER(pair), .entity = "pair", .help = "the pair on hold" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "the person's name, or both names" },
	{ "held_on", MENTOR_TYPE_DAY, 0, TEXT(held_on), .heading = "since", .help = "the first day" },
	{ "until_on", MENTOR_TYPE_DAY, 0, TEXT(until_on), .heading = "until", .help = "the last day, if it is known" },
	{ "held_by", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(held_by), .help = "who recorded it" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

/* What is said of a person and of a pair alike. */
static const struct hold_sql {
	const char *find, *remove, *add;
} sqls[] = {
	{ "SELECT CASE WHEN coalesce(until_on, $1) < $1 THEN 1 WHEN coalesce(until_on, '') = $2 THEN 3 ELSE 2 END FROM hold WHERE person_id = $3",
	  "DELETE FROM hold WHERE person_id = $1", "INSERT INTO hold (person_id, held_on, held_by, until_on) VALUES ($1, $2, $3, $4)" },
	{ "SELECT CASE WHEN coalesce(until_on, $1) < $1 THEN 1 WHEN coalesce(until_on, '') = $2 THEN 3 ELSE 2 END FROM hold WHERE pair_id = $3",
	  "DELETE FROM hold WHERE pair_id = $1", "INSERT INTO hold (pair_id, held_on, held_by, until_on) VALUES ($1, $2, $3, $4)" },
};

enum standing { FREE, OVER, OTHER_DAY, SAME_DAY };

static enum mentor_status change(struct mentor *m, const struct hold_sql *sql, int64_t id, bool held, const char *until, bool *ret_changed)
{
	int64_t now = FREE;
	enum mentor_status status = db_value(m, sql->find, DB_ARGS(DB_TEXT(m->today), DB_TEXT(until ? until : ""), DB_NUMBER(id)), FREE, &now);
	*ret_changed = held ? now != SAME_DAY : now == OTHER_DAY || now == SAME_DAY;
	if (status || (held && now == SAME_DAY))
		return status;
	status = db_run(m, sql->remove, DB_ARGS(DB_NUMBER(id)));
	return status || !held ? status : db_run(m, sql->add, DB_ARGS(DB_NUMBER(id), DB_TEXT(m->today), DB_TEXT(m->actor), DB_TEXT(until)));
}

enum mentor_status mentor_remind_hold(struct mentor *m, int64_t person, int64_t pair, bool held, const char *until, bool *ret_changed)
{
	bool changed = false;
	void *record = NULL;
	if (until && strcmp(until, m->today) < 0)
		return fail(m, MENTOR_INVALID, "give a day to come, or leave it out", "%s is past", until);
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, pair ? &mentor_entity_pair : &mentor_entity_person, pair ? pair : person, &record);
	mentor_record_free(record);
	if (!status)
		status = change(m, &sqls[pair != 0], pair ? pair : person, held, until, &changed);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

enum mentor_status mentor_remind_holds(struct mentor *m, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m,
	    "SELECT h.person_id, h.pair_id, coalesce(p.name, a.name || ' and ' || b.name), h.held_on, h.until_on, h.held_by FROM hold h "
	    "LEFT JOIN person p ON p.id = h.person_id LEFT JOIN pair q ON q.id = h.pair_id LEFT JOIN enrolment x ON x.id = q.mentor_id "
	    "LEFT JOIN person a ON a.id = x.person_id LEFT JOIN enrolment y ON y.id = q.mentee_id LEFT JOIN person b ON b.id = y.person_id "
	    "WHERE h.until_on IS NULL OR h.until_on >= $1 ORDER BY h.id",
	    DB_ARGS(DB_TEXT(m->today)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_hold row = { db_ref(rows, 0), db_ref(rows, 1), db_text(rows, 2), db_text(rows, 3), db_text(rows, 4), db_text(rows, 5) };
		status = each(arg, &row);
	}
	db_done(rows);
	return status;
}
