/* preference.c: whom people would like to be paired with, and whom they never should be. */
#include "record.h"

#include "programme.h"

#include <string.h>

enum { MOST_NAMED = 99 };

static const char *const sayers[] = { "person", "team", NULL };

#define NUMBER(record, member) MENTOR_AT_NUMBER(record, member)
#define TEXT(record, member) MENTOR_AT_TEXT(record, member)

/* clang-format off */
const struct mentor_field mentor_preference_fields[] = {
	{ "id", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_INTERNAL, NUMBER(mentor_preference, id) },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_FILTER, NUMBER(mentor_preference, cohort_id), .sql = "a.cohort_id" },
	{ "person", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(mentor_preference, person), .entity = "person", .sql = "a.person_id", .help = "whose list it is" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(mentor_preference, name), .sql = "ap.name", .help = "name of the person" },
	{ "rank", MENTOR_TYPE_INT, MENTOR_DERIVED, NUMBER(mentor_preference, rank), .help = "place in the list, from 1" },
	{ "other", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(mentor_preference, other), .entity = "person", .sql = "b.person_id", .help = "who is named" },
	{ "other_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(mentor_preference, other_name), .sql = "bp.name", .heading = "would like", .help = "name of who is named" },
	{ 0 },
};
const struct mentor_field mentor_avoidance_fields[] = {
	{ "id", MENTOR_TYPE_INT, MENTOR_DERIVED | MENTOR_INTERNAL, NUMBER(mentor_avoidance, id) },
	{ "person", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(mentor_avoidance, person), .entity = "person", .sql = "t.person_id", .help = "who is kept apart" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(mentor_avoidance, name), .sql = "a.name", .help = "name of the person" },
	{ "other", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(mentor_avoidance, other), .entity = "person", .sql = "t.other_person_id", .help = "from whom" },
	{ "other_name", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(mentor_avoidance, other_name), .sql = "b.name", .heading = "kept apart from", .help = "name of the other" },
	{ "said_by", MENTOR_TYPE_CHOICE, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(mentor_avoidance, said_by), .choices = sayers, .help = "who asked for it: the person, or the running team" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_DERIVED, TEXT(mentor_avoidance, reason), .help = "why, for the running team only" },
	{ "recorded_on", MENTOR_TYPE_DAY, MENTOR_DERIVED | MENTOR_WIDE, TEXT(mentor_avoidance, recorded_on), .help = "day it was recorded" },
	{ "recorded_by", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(mentor_avoidance, recorded_by), .help = "who recorded it" },
	{ 0 },
};
/* clang-format on */

const struct mentor_entity mentor_entity_preference = {
	.name = "preference",
	.plural = "preferences",
	.table = "preference",
	.from = "preference t JOIN enrolment a ON a.id = t.enrolment_id JOIN person ap ON ap.id = a.person_id "
		"JOIN enrolment b ON b.id = t.other_enrolment_id JOIN person bp ON bp.id = b.person_id",
	.order = "ap.name, t.enrolment_id, t.rank",
	.fields = mentor_preference_fields,
	.size = sizeof(struct mentor_preference),
};

const struct mentor_entity mentor_entity_avoidance = {
	.name = "avoidance",
	.plural = "avoidances",
	.table = "avoidance",
	.from = "avoidance t JOIN person a ON a.id = t.person_id JOIN person b ON b.id = t.other_person_id",
	.order = "a.name, b.name, t.id",
	.fields = mentor_avoidance_fields,
	.size = sizeof(struct mentor_avoidance),
};

/* ---- preferences ---- */

/** One list as it is to be. */
struct list {
	struct mentor *m;
	const struct mentor_enrolment *who;
	const int64_t *others;
	size_t n;
	bool one_pool;
};

static bool are_on_one_side(const struct list *l, const struct mentor_enrolment *other)
{
	return !l->one_pool && l->who->role == other->role && l->who->role != MENTOR_ROLE_EITHER;
}

static enum mentor_status check_other(const struct list *l, size_t i)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(l->m, &mentor_entity_enrolment, l->others[i], &record);
	if (status)
		return status;
	const struct mentor_enrolment *other = record;
	for (size_t j = 0; j < i && !status; j++)
		if (l->others[j] == l->others[i])
			status = fail(l->m, MENTOR_INVALID, "name everybody once, the first choice first", "%s is named twice", other->name);
	if (!status && other->id == l->who->id)
		status = fail(l->m, MENTOR_INVALID, "name somebody of the other side", "nobody is their own partner: %s is named on both sides", other->name);
	else if (!status && other->cohort_id != l->who->cohort_id)
		status = fail(l->m, MENTOR_INVALID, "see who there is: mentor enrol list", "%s is in another cohort", other->name);
	else if (!status && (other->role == MENTOR_ROLE_FACILITATOR || l->who->role == MENTOR_ROLE_FACILITATOR))
		status = fail(l->m, MENTOR_INVALID, "name mentors or mentees", "facilitators are not paired with anybody");
	else if (!status && are_on_one_side(l, other))
		status = fail(l->m, MENTOR_INVALID, "see who there is: mentor enrol list", "%s is on the same side as %s", other->name, l->who->name);
	mentor_record_free(record);
	return status;
}

static enum mentor_status is_there(const struct list *l, bool *ret)
{
	struct db_rows *rows = NULL;
	bool more = true, same = true;
	size_t n = 0;
	enum mentor_status status = db_query(l->m, "SELECT other_enrolment_id FROM preference WHERE enrolment_id = $1 ORDER BY rank",
	    DB_ARGS(DB_NUMBER(l->who->id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		same = same && n < l->n && db_number(rows, 0) == l->others[n];
		n++;
	}
	db_done(rows);
	*ret = same && n == l->n;
	return status;
}

static enum mentor_status write_list(const struct list *l)
{
	enum mentor_status status = db_run(l->m, "DELETE FROM preference WHERE enrolment_id = $1", DB_ARGS(DB_NUMBER(l->who->id)));
	for (size_t i = 0; !status && i < l->n; i++)
		status = db_run(l->m, "INSERT INTO preference (enrolment_id, other_enrolment_id, rank) VALUES ($1, $2, $3)",
		    DB_ARGS(DB_NUMBER(l->who->id), DB_NUMBER(l->others[i]), DB_NUMBER((int64_t)i + 1)));
	return status;
}

static enum mentor_status prefer(struct list *l, bool *ret_changed)
{
	struct definition *d = NULL;
	bool same = false;
	if (l->n > MOST_NAMED)
		return fail(l->m, MENTOR_INVALID, "keep the first of them", "a list of preferences has at most %d people", MOST_NAMED);
	enum mentor_status status = programme_of_cohort(l->m, l->who->cohort_id, &d);
	if (status)
		return status;
	l->one_pool = d->matching.one_pool;
	definition_free(d);
	for (size_t i = 0; !status && i < l->n; i++)
		status = check_other(l, i);
	if (!status)
		status = is_there(l, &same);
	*ret_changed = !same;
	return status || same ? status : write_list(l);
}

enum mentor_status mentor_match_prefer(struct mentor *m, int64_t enrolment, const int64_t *others, size_t n, bool *ret_changed)
{
	void *record = NULL;
	bool changed = false;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_enrolment, enrolment, &record);
	if (!status)
		status = prefer(&(struct list){ .m = m, .who = record, .others = others, .n = n }, &changed);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = changed;
	return status;
}

/* ---- avoidances ---- */

static enum mentor_status avoid(struct mentor *m, int64_t person, int64_t other, bool team, const char *reason, const char **ret_change)
{
	const char *said_by = sayers[team];
	int64_t id = 0, same = 0;
	if (person == other)
		return fail(m, MENTOR_INVALID, "name two people", "nobody can be kept apart from themselves");
	enum mentor_status status = db_value(m, "SELECT id FROM avoidance WHERE person_id = $1 AND other_person_id = $2",
	    DB_ARGS(DB_NUMBER(person), DB_NUMBER(other)), 0, &id);
	if (status)
		return status;
	if (!id) {
		*ret_change = "added";
		return db_run(m,
		    "INSERT INTO avoidance (person_id, other_person_id, said_by, reason, recorded_on, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)",
		    DB_ARGS(DB_NUMBER(person), DB_NUMBER(other), DB_TEXT(said_by), DB_TEXT(reason), DB_TEXT(m->today), DB_TEXT(m->actor)));
	}
	status = db_value(m, "SELECT count(*) FROM avoidance WHERE id = $1 AND said_by = $2 AND coalesce(reason, '') = coalesce($3, coalesce(reason, ''))",
	    DB_ARGS(DB_NUMBER(id), DB_TEXT(said_by), DB_TEXT(reason)), 0, &same);
	*ret_change = same ? "unchanged" : "changed";
	return status || same ? status :
				db_run(m, "UPDATE avoidance SET said_by = $1, reason = coalesce($2, reason) WHERE id = $3",
				    DB_ARGS(DB_TEXT(said_by), DB_TEXT(reason), DB_NUMBER(id)));
}

enum mentor_status mentor_match_avoid(
    struct mentor *m, int64_t person, int64_t other, bool team, const char *reason, const char **ret_change)
{
	const char *change = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = avoid(m, person, other, team, reason, &change);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_change = change;
	return status;
}

enum mentor_status mentor_match_avoid_no_more(struct mentor *m, int64_t person, int64_t other, bool *ret_changed)
{
	int64_t n = 0;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = db_value(m, "SELECT count(*) FROM avoidance WHERE person_id = $1 AND other_person_id = $2",
	    DB_ARGS(DB_NUMBER(person), DB_NUMBER(other)), 0, &n);
	if (!status && n)
		status = db_run(m, "DELETE FROM avoidance WHERE person_id = $1 AND other_person_id = $2",
		    DB_ARGS(DB_NUMBER(person), DB_NUMBER(other)));
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_changed = n > 0;
	return status;
}
