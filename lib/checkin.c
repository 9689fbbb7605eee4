/* checkin.c: care for the people who take part: who is to be asked when, that they were, and in a few words of a list what came of it.
 *
 * All of it is for the running team. No report shows it, and what was said is kept only where the programme keeps notes. */
#include "checkin.h"

#include "programme.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

static const char *const kinds[] = { "check-in", "individual", "group", "supervision", "debrief", "contact", NULL };
static const char *const feelings[] = { "well", "some-strain", "needs-support", NULL };
static const char *const sides[] = { "mentor", "mentee", NULL };
static const char *const dues[] = { "later", "due", "escalated", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_checkin, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_checkin, member)

/* clang-format off */
const struct mentor_field mentor_checkin_fields[] = {
	{ "id", MENTOR_TYPE_ID, MENTOR_DERIVED, NUMBER(id), .entity = "checkin", .help = "the check-in" },
	{ "cohort_id", MENTOR_TYPE_INT, MENTOR_INTERNAL | MENTOR_DERIVED | MENTOR_FILTER, NUMBER(cohort_id), .sql = "t.cohort_id" },
	{ "cohort", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(cohort), .sql = "c.slug", .help = "the cohort" },
	{ "date", MENTOR_TYPE_DAY, MENTOR_FIXED, TEXT(date), .help = "the day; today when not given" },
	{ "person", MENTOR_TYPE_REF, MENTOR_DERIVED | MENTOR_FILTER, NUMBER(person), .entity = "person", .sql = "t.person", .help = "with whom" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_LABEL, TEXT(name), .sql = "n.name", .help = "name of that person" },
	{ "kind", MENTOR_TYPE_CHOICE, MENTOR_FIXED | MENTOR_FILTER, NUMBER(kind), .choices = kinds, .help = "a check-in that the programme plans, which it is when not given; individual or group support; supervision; a debrief at the end; or that somebody came to the team" },
	{ "check_in", MENTOR_TYPE_TEXT, MENTOR_FIXED | MENTOR_FILTER, TEXT(check_in), .heading = "check-in", .help = "which of the programme's check-ins; the one that has been due longest when not given" },
	{ "feeling", MENTOR_TYPE_CHOICE, MENTOR_FILTER, NUMBER(feeling), .choices = feelings, .help = "how the person is" },
	{ "considered", MENTOR_TYPE_LIST, 0, TEXT(considered), .help = "what was considered, in the programme's words; can be given several times" },
	{ "signposted", MENTOR_TYPE_TEXT, 0, TEXT(signposted), .help = "the help that was pointed out: one of the programme's resources" },
	{ "note", MENTOR_TYPE_NOTE, MENTOR_WIDE, TEXT(note), .help = "a note, where the programme keeps notes (privacy.record: full)" },
	{ "recorded_by", MENTOR_TYPE_TEXT, MENTOR_DERIVED | MENTOR_WIDE, TEXT(recorded_by), .sql = "t.recorded_by", .help = "who recorded it" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_checkin_due, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_checkin_due, member)
const struct mentor_field mentor_checkin_due_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "who is to be asked" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "name of that person" },
	{ "side", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(side), .choices = sides, .help = "mentor or mentee" },
	{ "check_in", MENTOR_TYPE_TEXT, 0, TEXT(check_in), .heading = "check-in", .help = "which of the programme's check-ins" },
	{ "last_on", MENTOR_TYPE_DAY, 0, TEXT(last_on), .heading = "last", .help = "day of the last one" },
	{ "due_on", MENTOR_TYPE_DAY, 0, TEXT(due_on), .heading = "due", .help = "day of the next one" },
	{ "state", MENTOR_TYPE_CHOICE, 0, NUMBER(state), .choices = dues, .help = "due later, due, or escalated: missing for longer than the programme allows" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- what may be recorded ---- */

static bool considers(const struct definition *d, const char *word)
{
	for (size_t i = 0; i < d->n_check_ins; i++)
		if (definition_lists(d->check_ins[i].consider, d->check_ins[i].n_consider, word))
			return true;
	return false;
}

static enum mentor_status refuse_considered(struct mentor *m, const struct definition *d, const char *word)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	for (size_t i = 0; i < d->n_check_ins; i++)
		for (size_t c = 0; c < d->check_ins[i].n_consider; c++)
			mentor_buf_fmt(&hint, "%s%s", hint.len ? ", " : "the programme's words are ", d->check_ins[i].consider[c]);
	enum mentor_status status = fail(m, MENTOR_INVALID, hint.len ? mentor_buf_text(&hint) : "its check-ins can list words under consider",
	    "'%s' is not among what the programme considers", word);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status check_considered(struct mentor *m, const struct definition *d, const char *list)
{
	struct mentor_buf one = MENTOR_BUF_INIT;
	enum mentor_status status = MENTOR_OK;
	while (!status && mentor_buf_line(&one, &list))
		if (!considers(d, mentor_buf_text(&one)))
			status = refuse_considered(m, d, mentor_buf_text(&one));
	if (one.failed)
		status = fail_memory(m);
	mentor_buf_free(&one);
	return status;
}

static enum mentor_status check_signposted(struct mentor *m, const struct definition *d, const char *slug)
{
	for (size_t i = 0; slug && i < d->n_resources; i++)
		if (strcmp(d->resources[i].slug, slug) == 0)
			return MENTOR_OK;
	return !slug ? MENTOR_OK : fail(m, MENTOR_INVALID, "name one of the resources in its file", "the programme has no resource '%s'", slug);
}

static enum mentor_status check_values(struct mentor *m, const struct definition *d, const struct mentor_checkin *k)
{
	enum mentor_status status = check_considered(m, d, k->considered);
	if (!status)
		status = check_signposted(m, d, k->signposted);
	if (!status && k->note && d->privacy.record != DEF_RECORD_FULL)
		status = fail(m, MENTOR_REFUSED, "say it with --feeling, --considered and --signposted", "the programme keeps no notes (privacy.record)");
	return status;
}

static enum mentor_status before(struct mentor *m, const void *was, const void *record, uint64_t given)
{
	const struct mentor_checkin *old = was, *new = record;
	struct definition *d = NULL;
	const struct mentor_checkin k = { .considered = given & field_bit(mentor_checkin_fields, "considered") ? new->considered : NULL,
		.signposted = given & field_bit(mentor_checkin_fields, "signposted") ? new->signposted : NULL,
		.note = given & field_bit(mentor_checkin_fields, "note") ? new->note : NULL };
	enum mentor_status status = programme_of_cohort(m, old->cohort_id, &d);
	if (!status)
		status = check_values(m, d, &k);
	definition_free(d);
	return status;
}

const struct mentor_entity mentor_entity_checkin = {
	.name = "checkin",
	.plural = "checkins",
	.letter = 'k',
	.table = "checkin",
	.from = "checkin t JOIN cohort c ON c.id = t.cohort_id JOIN person n ON n.id = t.person",
	.order = "t.date, t.id",
	.fields = mentor_checkin_fields,
	.size = sizeof(struct mentor_checkin),
	.before = before,
	.listed_by = "mentor checkin list",
};

/* ---- who is to be asked when ---- */

/* One check-in of the programme in one cohort. */
struct plan {
	struct mentor *m;
	int64_t cohort;
	const struct def_check_in *asked;
	mentor_record_fn *each;
	void *arg;
};

/* The days on which their pairs were published, by person. Whoever mentors in one pair and is mentored in another is asked as a mentor. */
#define PLAN_SQL(side, but)                                                                                                                \
	"SELECT n.id, n.name, CASE WHEN c.started_on > q.published_on THEN c.started_on ELSE q.published_on END, k.last "                          \
	"FROM pair q JOIN cohort c ON c.id = q.cohort_id JOIN enrolment e ON e.id = q." side " JOIN person n ON n.id = e.person_id "         \
	"LEFT JOIN (SELECT person, max(date) AS last FROM checkin WHERE cohort_id = $1 AND check_in = $2 GROUP BY person) k ON k.person = n.id " \
	"WHERE q.cohort_id = $1 AND q.state = 'active' " but                                                                                \
	" ORDER BY n.id, q.published_on"
static const char *const plan_sql[] = { PLAN_SQL("mentor_id", ""),
	PLAN_SQL("mentee_id", "AND NOT EXISTS (SELECT 1 FROM pair o WHERE o.mentor_id = e.id AND o.state = 'active')") };

static enum mentor_status tell_due(const struct plan *p, const struct db_rows *rows, int64_t side)
{
	int64_t from = 0, today = 0;
	char due[11];
	const char *last = db_text(rows, 3);
	if (!mentor_day_parse(last ? last : db_text(rows, 2), &from) || !mentor_day_parse(p->m->today, &today))
		return MENTOR_OK;
	int64_t day = from + 7 * p->asked->weeks;
	mentor_day_format(day, due);
	const struct mentor_checkin_due row = { db_number(rows, 0), db_text(rows, 1), side, p->asked->slug, last, due,
		today > day + p->asked->escalate ? MENTOR_CHECKIN_ESCALATED : today >= day ? MENTOR_CHECKIN_DUE : MENTOR_CHECKIN_LATER };
	return p->each(p->arg, &row);
}

/* Of somebody with several pairs the first row counts, which is of the one published first. */
static enum mentor_status tell_side(const struct plan *p, int64_t side)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t told = 0;
	enum mentor_status status = db_query(p->m, plan_sql[side], DB_ARGS(DB_NUMBER(p->cohort), DB_TEXT(p->asked->slug)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		if (db_number(rows, 0) == told)
			continue;
		told = db_number(rows, 0);
		status = tell_due(p, rows, side);
		if (!status)
			status = db_whole(rows);
	}
	db_done(rows);
	return status;
}

static enum mentor_status plan(struct mentor *m, const struct definition *d, int64_t cohort, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < d->n_check_ins; i++) {
		const struct plan p = { m, cohort, &d->check_ins[i], each, arg };
		if (p.asked->audience != DEF_MENTEES)
			status = tell_side(&p, 0);
		if (!status && p.asked->audience != DEF_MENTORS)
			status = tell_side(&p, 1);
	}
	return status;
}

enum mentor_status mentor_checkin_plan(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct definition *d = NULL;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = plan(m, d, cohort, each, arg);
	definition_free(d);
	return status;
}

struct tally {
	int64_t *n, *first;
};

static enum mentor_status count_due(void *arg, const void *record)
{
	const struct tally *t = arg;
	const struct mentor_checkin_due *due = record;
	int64_t i = due->state - MENTOR_CHECKIN_DUE;
	if (i >= 0 && !t->n[i]++)
		t->first[i] = due->person;
	return MENTOR_OK;
}

enum mentor_status checkin_due(struct mentor *m, int64_t cohort, int64_t ret_n[2], int64_t ret_person[2])
{
	return mentor_checkin_plan(m, cohort, count_due, &(struct tally){ ret_n, ret_person });
}

enum mentor_status checkin_undebriefed(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_person)
{
	struct definition *d = NULL;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	bool cares = !status && d->n_check_ins;
	definition_free(d);
	if (!cares)
		return status;
	return db_count(m,
	    "SELECT count(DISTINCT e.person_id), min(e.person_id) FROM pair q JOIN enrolment e ON e.id = q.mentor_id WHERE q.cohort_id = $1 AND q.state = 'completed' "
	    "AND NOT EXISTS (SELECT 1 FROM checkin k WHERE k.cohort_id = q.cohort_id AND k.person = e.person_id AND k.kind = 'debrief')",
	    DB_ARGS(DB_NUMBER(cohort)), ret_n, ret_person);
}

/* ---- recording ---- */

struct longest {
	int64_t person;
	char due[11];
	const char *slug;
};

static enum mentor_status note_longest(void *arg, const void *record)
{
	struct longest *l = arg;
	const struct mentor_checkin_due *due = record;
	if (due->person != l->person || (l->slug && strcmp(due->due_on, l->due) >= 0))
		return MENTOR_OK;
	l->slug = due->check_in;
	memcpy(l->due, due->due_on, sizeof(l->due));
	return MENTOR_OK;
}

/* Which check-in it was: the one named, the one due longest, or the only one there is. */
static enum mentor_status name_check_in(struct mentor *m, const struct definition *d, int64_t cohort, int64_t person, struct mentor_checkin *k)
{
	struct longest l = { .person = person };
	if (k->kind != MENTOR_CHECKIN_PLANNED && k->check_in)
		return fail(m, MENTOR_INVALID, "leave out --check-in or --kind", "only a check-in is one of the programme's check-ins");
	if (k->kind != MENTOR_CHECKIN_PLANNED)
		return MENTOR_OK;
	for (size_t i = 0; k->check_in && i < d->n_check_ins; i++)
		if (strcmp(d->check_ins[i].slug, k->check_in) == 0)
			return MENTOR_OK;
	if (k->check_in)
		return fail(m, MENTOR_NOT_FOUND, "they stand under check_ins in the programme's file", "the programme has no check-in '%s'", k->check_in);
	if (!d->n_check_ins)
		return fail(m, MENTOR_REFUSED, "say what it was with --kind, or give the programme check_ins", "the programme plans no check-ins");
	enum mentor_status status = plan(m, d, cohort, note_longest, &l);
	k->check_in = l.slug ? l.slug : d->check_ins[0].slug;
	return status;
}

static enum mentor_status check_person(struct mentor *m, int64_t cohort, int64_t person)
{
	int64_t enrolled = 0;
	enum mentor_status status = db_value(m, "SELECT count(*) FROM enrolment WHERE cohort_id = $1 AND person_id = $2 AND state = 'accepted'",
	    DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(person)), 0, &enrolled);
	if (!status && !enrolled)
		return fail(m, MENTOR_NOT_FOUND, "see: mentor enrol list", "p%" PRId64 " does not take part in the cohort", person);
	return status;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static enum mentor_status check_same(struct mentor *m, int64_t id, const struct mentor_checkin *k)
{
	void *record = NULL;
	enum mentor_status status = mentor_record_get(m, &mentor_entity_checkin, id, &record);
	const struct mentor_checkin *old = record;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	mentor_buf_fmt(&hint, "change it with: mentor checkin set k%" PRId64, id);
	if (!status && (old->feeling != k->feeling || !same_text(old->considered, k->considered) || !same_text(old->signposted, k->signposted) ||
			   !same_text(old->note, k->note)))
		status = fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "k%" PRId64 " is recorded already, with other values", id);
	mentor_buf_free(&hint);
	mentor_record_free(record);
	return status;
}

static enum mentor_status insert(struct mentor *m, int64_t cohort, int64_t person, const struct mentor_checkin *k, int64_t *ret_id)
{
	return db_value(m,
	    "INSERT INTO checkin (cohort_id, person, kind, check_in, date, feeling, considered, signposted, note, recorded_by) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
	    DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(person), DB_TEXT(kinds[k->kind]), DB_TEXT(k->check_in), DB_TEXT(k->date),
		DB_TEXT(k->feeling == MENTOR_NONE ? NULL : feelings[k->feeling]), DB_TEXT(k->considered), DB_TEXT(k->signposted), DB_TEXT(k->note),
		DB_TEXT(m->actor)),
	    0, ret_id);
}

static enum mentor_status add(struct mentor *m, const struct definition *d, int64_t cohort, int64_t person, struct mentor_checkin *k, bool *ret_new,
    int64_t *ret_id)
{
	int64_t id = 0;
	enum mentor_status status = check_person(m, cohort, person);
	if (!status)
		status = check_values(m, d, k);
	if (!status && strcmp(k->date, m->today) > 0)
		status = fail(m, MENTOR_INVALID, HINT_DAY, "%s is still to come", k->date);
	if (!status && !k->check_in && k->kind == MENTOR_CHECKIN_PLANNED) /* the same again is the one that was recorded that day */
		status = db_value(m, "SELECT id FROM checkin WHERE cohort_id = $1 AND person = $2 AND kind = 'check-in' AND date = $3 ORDER BY id LIMIT 1",
		    DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(person), DB_TEXT(k->date)), 0, &id);
	if (!status && !id)
		status = name_check_in(m, d, cohort, person, k);
	if (!status && !id)
		status = db_value(m,
		    "SELECT id FROM checkin WHERE cohort_id = $1 AND person = $2 AND kind = $3 AND date = $4 AND coalesce(check_in, '') = $5 ORDER BY id LIMIT 1",
		    DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(person), DB_TEXT(kinds[k->kind]), DB_TEXT(k->date), DB_TEXT(k->check_in ? k->check_in : "")), 0, &id);
	*ret_new = !id;
	if (!status)
		status = id ? check_same(m, id, k) : insert(m, cohort, person, k, &id);
	*ret_id = id;
	return status;
}

enum mentor_status mentor_checkin_add(struct mentor *m, int64_t cohort, int64_t person, const struct mentor_checkin *checkin, const char **ret_change,
    int64_t *ret_id)
{
	struct mentor_checkin k = *checkin;
	struct definition *d = NULL;
	bool new = false;
	int64_t id = 0;
	k.kind = k.kind == MENTOR_NONE ? MENTOR_CHECKIN_PLANNED : k.kind;
	k.date = k.date ? k.date : m->today;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = programme_of_cohort(m, cohort, &d);
	if (!status)
		status = add(m, d, cohort, person, &k, &new, &id);
	definition_free(d);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (status)
		return status;
	*ret_change = new ? "added" : "unchanged";
	*ret_id = id;
	return MENTOR_OK;
}
