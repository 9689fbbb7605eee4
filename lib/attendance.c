/* attendance.c: who is asked to an event, who says that he or she comes, and who was there. */
#include "attendance.h"

#include "enrolment.h"
#include "record.h"

#include <inttypes.h>
#include <string.h>

/* In the order of enum mentor_standing. */
const char *const attendance_standings[] = { "coming", "waiting", "declined", "attended", "caught-up", "absent", "excused", "expected", "to-choose", "elsewhere",
	"gone", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_event_person, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_event_person, member)
/* clang-format off */
const struct mentor_field mentor_event_person_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "who" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "the person's name" },
	{ "email", MENTOR_TYPE_EMAIL, MENTOR_WIDE, TEXT(email), .help = "the person's address" },
	{ "role", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(role), .choices = enrolment_roles, .help = "what the person is in the cohort" },
	{ "standing", MENTOR_TYPE_CHOICE, 0, NUMBER(standing), .choices = attendance_standings, .help = "coming, waiting (the event is full), declined, attended, caught-up, absent, excused; expected, to-choose (at which time), elsewhere (at another time), gone (not asked any more)" },
	{ "rank", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(rank), .help = "place on the waiting list" },
	{ "minutes", MENTOR_TYPE_INT, 0, NUMBER(minutes), .help = "how long the person was there" },
	{ "invited", MENTOR_TYPE_BOOL, 0, NUMBER(invited), .heading = "knows", .help = "whether the last message said how things are now" },
	{ "sent_on", MENTOR_TYPE_DAY, MENTOR_WIDE, TEXT(sent_on), .help = "day of that message" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_event_noted, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_event_noted, member)
const struct mentor_field mentor_event_noted_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, TEXT(change), .help = "what is recorded now: attended, absent; unchanged; or rejected (left out)" },
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "who" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "the person's name" },
	{ "row", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(row), .help = "row of the file, the heading not counted; of several the first" },
	{ "minutes", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(minutes), .help = "how long the person was there, all rows together" },
	{ "reason", MENTOR_TYPE_TEXT, 0, TEXT(reason), .help = "why the row was left out" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- whom an event concerns ---- */

/* One person and one event: what is recorded, and whether the event is for the person. $1 is the event; with $2 it is about one person. */
#define BELONGS \
	"((e.id IS NOT NULL AND " ATTENDANCE_FOR("v", "e") ") OR (v.audience = 'managers' AND EXISTS (SELECT 1 FROM person k JOIN enrolment f " \
	"ON f.person_id = k.id WHERE f.cohort_id = v.cohort_id AND f.state = 'accepted' AND k.manager_email = p.email)))"
#define LIVE_ALTERNATIVE "s.cohort_id = v.cohort_id AND s.name = v.name AND s.id <> v.id AND s.cancelled_on IS NULL"
#define STANDS \
	"SELECT p.id, p.name, p.email, e.role, CASE WHEN " BELONGS " THEN 1 ELSE 0 END AS belongs, a.state, a.minutes, a.said_at, i.sequence, i.off, " \
	"i.sent_on, v.sequence, CASE WHEN v.cancelled_on IS NULL THEN 0 ELSE 1 END, " \
	"(SELECT count(*) FROM event s WHERE " LIVE_ALTERNATIVE "), " \
	"(SELECT count(*) FROM event s JOIN attendance o ON o.event_id = s.id WHERE " LIVE_ALTERNATIVE " AND o.person_id = p.id " \
	"AND o.state IN ('coming', 'waiting', 'attended', 'caught-up')), " \
	"(SELECT count(*) FROM attendance w WHERE w.event_id = v.id AND w.state = 'waiting' AND (w.said_at < a.said_at OR (w.said_at = a.said_at AND w.id <= a.id))) " \
	"FROM event v JOIN person p ON 1 = 1 LEFT JOIN enrolment e ON e.person_id = p.id AND e.cohort_id = v.cohort_id AND e.state = 'accepted' " \
	"LEFT JOIN attendance a ON a.event_id = v.id AND a.person_id = p.id LEFT JOIN invitation i ON i.event_id = v.id AND i.person_id = p.id " \
	"WHERE v.id = $1 AND "

/* What is recorded comes first; then the other times; then the audience. */
static enum mentor_standing standing_of(const struct db_rows *rows)
{
	const char *state = db_text(rows, 5);
	bool belongs = db_number(rows, 4) == 1, alternatives = db_number(rows, 13) > 0, elsewhere = db_number(rows, 14) > 0;
	if (state)
		return (enum mentor_standing)field_choice(attendance_standings, state);
	if (!belongs)
		return MENTOR_STANDING_GONE;
	if (elsewhere)
		return MENTOR_STANDING_ELSEWHERE;
	return alternatives ? MENTOR_STANDING_TO_CHOOSE : MENTOR_STANDING_EXPECTED;
}

/* Whoever comes is invited; whoever was, and is not asked any more, is told so. */
static int64_t to_send(enum mentor_standing standing, bool cancelled, bool invited)
{
	bool comes = standing == MENTOR_STANDING_COMING || standing == MENTOR_STANDING_EXPECTED;
	if (comes && !cancelled)
		return ATTENDANCE_SEND_INVITATION;
	bool over = standing == MENTOR_STANDING_ATTENDED || standing == MENTOR_STANDING_ABSENT || standing == MENTOR_STANDING_CAUGHT_UP;
	return invited && !over ? ATTENDANCE_SEND_CANCELLATION : ATTENDANCE_SEND_NOTHING;
}

static struct mentor_event_person read_person(const struct db_rows *rows)
{
	struct mentor_event_person row = { .person = db_number(rows, 0),
		.name = db_text(rows, 1),
		.email = db_text(rows, 2),
		.role = field_choice(enrolment_roles, db_text(rows, 3)),
		.standing = standing_of(rows),
		.minutes = db_number(rows, 6),
		.said_at = db_text(rows, 7),
		.sent_on = db_text(rows, 10) };
	bool was_sent = db_number(rows, 8) != MENTOR_NONE, was_off = db_number(rows, 9) == 1;
	row.rank = row.standing == MENTOR_STANDING_WAITING ? db_number(rows, 15) : MENTOR_NONE;
	row.to_send = to_send((enum mentor_standing)row.standing, db_number(rows, 12) == 1, was_sent && !was_off);
	bool up_to_date = was_sent && !was_off && db_number(rows, 8) == db_number(rows, 11);
	row.invited = row.to_send == ATTENDANCE_SEND_NOTHING ? MENTOR_NONE : row.to_send == ATTENDANCE_SEND_INVITATION && up_to_date;
	return row;
}

enum mentor_status mentor_event_people(struct mentor *m, int64_t event, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, STANDS "(a.id IS NOT NULL OR i.id IS NOT NULL OR " BELONGS ") ORDER BY p.name, p.id", DB_ARGS(DB_NUMBER(event)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_event_person row = read_person(rows);
		status = db_whole(rows);
		if (!status)
			status = each(arg, &row);
	}
	db_done(rows);
	return status;
}

/* What one person is to one event. */
struct stand {
	bool belongs, recorded;
	enum mentor_standing standing;
	int64_t minutes;
};

static enum mentor_status find_stand(struct mentor *m, int64_t event, int64_t person, struct stand *ret)
{
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = db_query(m, STANDS "p.id = $2", DB_ARGS(DB_NUMBER(event), DB_NUMBER(person)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more)
		*ret = (struct stand){ db_number(rows, 4) == 1, db_text(rows, 5), standing_of(rows), db_number(rows, 6) };
	db_done(rows);
	return status;
}

enum mentor_status attendance_runs(struct mentor *m, int64_t event, int64_t person, int64_t *ret_runs)
{
	return db_value(m, "SELECT count(*) FROM facilitation WHERE event_id = $1 AND person_id = $2", DB_ARGS(DB_NUMBER(event), DB_NUMBER(person)), 0, ret_runs);
}

enum mentor_status attendance_concerns(struct mentor *m, int64_t event, int64_t person, bool *ret_concerns)
{
	struct stand s = { false, false, MENTOR_STANDING_GONE, MENTOR_NONE };
	int64_t running = 0, open = 0;
	enum mentor_status status = find_stand(m, event, person, &s);
	if (!status)
		status = attendance_runs(m, event, person, &running);
	if (!status)
		status = db_value(m, "SELECT count(*) FROM event WHERE id = $1 AND audience IN ('applicants', 'team')", DB_ARGS(DB_NUMBER(event)), 0, &open);
	if (!status)
		*ret_concerns = s.belongs || s.recorded || running || open;
	return status;
}

enum mentor_status attendance_comes(struct mentor *m, int64_t event, int64_t person, int64_t *ret_comes)
{
	struct stand s = { false, false, MENTOR_STANDING_GONE, MENTOR_NONE };
	enum mentor_status status = find_stand(m, event, person, &s);
	if (!status)
		*ret_comes = s.standing == MENTOR_STANDING_EXPECTED || s.standing == MENTOR_STANDING_COMING || s.standing == MENTOR_STANDING_ATTENDED;
	return status;
}

/* ---- words for refusals ---- */

/* An event held for the time of a call, with its instants. */
struct held {
	struct mentor_event event;
	void *record;
	struct event_clock clock;
};

static enum mentor_status hold(struct mentor *m, int64_t id, struct held *h)
{
	enum mentor_status status = mentor_record_get(m, &mentor_entity_event, id, &h->record);
	if (status)
		return status;
	h->event = *(const struct mentor_event *)h->record;
	return event_complete(m, &h->clock, &h->event);
}

static void let_go(struct held *h)
{
	event_clock_free(&h->clock);
	mentor_record_free(h->record);
}

enum mentor_status attendance_check(struct mentor *m, const struct mentor_event *e)
{
	enum mentor_status status = event_check_on(m, e);
	if (!status && strcmp(e->date, m->today) > 0)
		return fail(m, MENTOR_INVALID, "record who was there once it has taken place; an excuse can be recorded before", "e%" PRId64 " is on %s, which is still to come",
		    e->id, e->date);
	return status;
}

static enum mentor_status check_concerns(struct mentor *m, const struct mentor_event *e, int64_t person)
{
	bool concerns = false;
	enum mentor_status status = attendance_concerns(m, e->id, person, &concerns);
	if (status || concerns)
		return status;
	return fail(m, MENTOR_REFUSED, "it is for accepted people of that side; see: mentor enrol list", "e%" PRId64 " (%s) is for %s, and not for p%" PRId64, e->id, e->title,
	    def_people[e->audience], person);
}

/* ---- signing up ---- */

static enum mentor_status write_state(struct mentor *m, int64_t event, int64_t person, enum mentor_standing standing, int64_t minutes)
{
	return db_run(m,
	    "INSERT INTO attendance (event_id, person_id, state, minutes, said_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6) "
	    "ON CONFLICT (event_id, person_id) DO UPDATE SET state = excluded.state, minutes = excluded.minutes, said_at = excluded.said_at, "
	    "recorded_by = excluded.recorded_by",
	    DB_ARGS(DB_NUMBER(event), DB_NUMBER(person), DB_TEXT(attendance_standings[standing]), DB_NUMBER(minutes), DB_TEXT(m->now), DB_TEXT(m->actor)));
}

static enum mentor_status is_full(struct mentor *m, int64_t event, bool *ret_full)
{
	int64_t left = 0;
	enum mentor_status status = db_value(m,
	    "SELECT CASE WHEN v.capacity IS NULL OR v.capacity > (SELECT count(*) FROM attendance a WHERE a.event_id = v.id AND a.state = 'coming') THEN 1 ELSE 0 END "
	    "FROM event v WHERE v.id = $1",
	    DB_ARGS(DB_NUMBER(event)), 0, &left);
	*ret_full = left == 0;
	return status;
}

/* As many as there is room for, in the order in which they asked. */
static enum mentor_status move_up(struct mentor *m, int64_t event)
{
	bool full = false;
	int64_t first = 0;
	enum mentor_status status = is_full(m, event, &full);
	while (!status && !full) {
		status = db_value(m, "SELECT id FROM attendance WHERE event_id = $1 AND state = 'waiting' ORDER BY said_at, id LIMIT 1", DB_ARGS(DB_NUMBER(event)), 0, &first);
		if (status || !first)
			return status;
		status = db_run(m, "UPDATE attendance SET state = 'coming' WHERE id = $1", DB_ARGS(DB_NUMBER(first)));
		first = 0;
		if (!status)
			status = is_full(m, event, &full);
	}
	return status;
}

/* The places that a person has at other times of the same event, as long as these are ahead: what was said of the others is what happened. */
static enum mentor_status give_back(struct mentor *m, const struct mentor_event *e, int64_t person)
{
	enum mentor_status status = MENTOR_OK;
	for (int64_t other = 1; !status && other;) {
		other = 0;
		status = db_value(m,
		    "SELECT v.id FROM attendance a JOIN event v ON v.id = a.event_id WHERE v.cohort_id = $1 AND v.name = $2 AND v.id <> $3 AND a.person_id = $4 "
		    "AND a.state IN ('coming', 'waiting') AND v.date >= $5 ORDER BY v.id LIMIT 1",
		    DB_ARGS(DB_NUMBER(e->cohort_id), DB_TEXT(e->name), DB_NUMBER(e->id), DB_NUMBER(person), DB_TEXT(m->today)), 0, &other);
		if (!status && other)
			status = db_run(m, "DELETE FROM attendance WHERE event_id = $1 AND person_id = $2", DB_ARGS(DB_NUMBER(other), DB_NUMBER(person)));
		if (!status && other)
			status = move_up(m, other);
	}
	return status;
}

static enum mentor_status come(struct mentor *m, const struct mentor_event *e, int64_t person, const struct stand *s, enum mentor_standing *ret)
{
	bool full = false;
	enum mentor_status status = MENTOR_OK;
	*ret = s->standing;
	if (s->recorded && (s->standing == MENTOR_STANDING_COMING || s->standing == MENTOR_STANDING_WAITING))
		return MENTOR_OK;
	status = is_full(m, e->id, &full);
	if (!status)
		status = give_back(m, e, person);
	*ret = full ? MENTOR_STANDING_WAITING : MENTOR_STANDING_COMING;
	return status ? status : write_state(m, e->id, person, *ret, MENTOR_NONE);
}

static enum mentor_status stay_away(struct mentor *m, const struct mentor_event *e, int64_t person, const struct stand *s)
{
	if (s->recorded && s->standing == MENTOR_STANDING_DECLINED)
		return MENTOR_OK;
	enum mentor_status status = write_state(m, e->id, person, MENTOR_STANDING_DECLINED, MENTOR_NONE);
	return status ? status : move_up(m, e->id);
}

static enum mentor_status sign_up(struct mentor *m, const struct mentor_event *e, int64_t person, bool off, const char **ret_change)
{
	struct stand s = { false, false, MENTOR_STANDING_GONE, MENTOR_NONE };
	enum mentor_standing now = MENTOR_STANDING_DECLINED;
	enum mentor_status status = event_check_on(m, e);
	if (!status)
		status = event_check_ahead(m, e);
	if (!status)
		status = check_concerns(m, e, person);
	if (!status)
		status = find_stand(m, e->id, person, &s);
	if (!status)
		status = off ? stay_away(m, e, person, &s) : come(m, e, person, &s, &now);
	if (!status)
		*ret_change = s.recorded && s.standing == now ? "unchanged" : attendance_standings[now];
	return status;
}

enum mentor_status mentor_event_sign_up(struct mentor *m, int64_t event, int64_t person, bool off, const char **ret_change)
{
	struct held h = { .record = NULL };
	const char *change = NULL;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = hold(m, event, &h);
	if (!status)
		status = sign_up(m, &h.event, person, off, &change);
	let_go(&h);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_change = change;
	return status;
}

/* ---- who was there ---- */

enum mentor_status attendance_record(struct mentor *m, int64_t event, int64_t person, enum mentor_standing standing, int64_t minutes, const char **ret_change)
{
	struct stand s = { false, false, MENTOR_STANDING_GONE, MENTOR_NONE };
	enum mentor_status status = find_stand(m, event, person, &s);
	bool same = s.recorded && s.standing == standing && s.minutes == minutes;
	if (!status && !same)
		status = write_state(m, event, person, standing, minutes);
	if (!status)
		*ret_change = same ? "unchanged" : attendance_standings[standing];
	return status;
}

static enum mentor_status attend(struct mentor *m, const struct mentor_event *e, int64_t person, enum mentor_standing standing, int64_t minutes,
    const char **ret_change)
{
	/* excuses are made beforehand */
	enum mentor_status status = standing == MENTOR_STANDING_EXCUSED ? event_check_on(m, e) : attendance_check(m, e);
	if (!status)
		status = check_concerns(m, e, person);
	if (!status)
		status = attendance_record(m, e->id, person, standing, minutes, ret_change);
	return status || e->state == MENTOR_EVENT_HELD ? status : move_up(m, e->id);
}

enum mentor_status mentor_event_attend(struct mentor *m, int64_t event, int64_t person, enum mentor_standing standing, int64_t minutes, const char **ret_change)
{
	struct held h = { .record = NULL };
	const char *change = NULL;
	if (standing < MENTOR_STANDING_ATTENDED || standing > MENTOR_STANDING_EXCUSED)
		return fail(m, MENTOR_USAGE, NULL, "a person attended, caught up, was absent, or was excused");
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = hold(m, event, &h);
	if (!status)
		status = attend(m, &h.event, person, standing, minutes, &change);
	let_go(&h);
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	if (!status)
		*ret_change = change;
	return status;
}

/* ---- who was not ---- */

/* People of whom nothing is known: found first, then recorded. */
struct missing {
	struct mentor *m;
	struct arena memory;
	struct missing_person {
		struct missing_person *next;
		int64_t person;
		const char *name;
	} *first, **end;
};

static enum mentor_status note_missing(void *arg, const void *record)
{
	struct missing *missing = arg;
	const struct mentor_event_person *p = record;
	if (p->standing != MENTOR_STANDING_EXPECTED && p->standing != MENTOR_STANDING_COMING)
		return MENTOR_OK;
	struct missing_person *one = arena_alloc(&missing->memory, sizeof(*one));
	if (!one)
		return fail_memory(missing->m);
	*one = (struct missing_person){ NULL, p->person, arena_strdup(&missing->memory, p->name) };
	*missing->end = one;
	missing->end = &one->next;
	return missing->memory.failed ? fail_memory(missing->m) : MENTOR_OK;
}

static enum mentor_status record_missing(struct mentor *m, int64_t event, mentor_record_fn *each, void *arg)
{
	struct missing missing = { .m = m, .memory = ARENA_INIT };
	missing.end = &missing.first;
	enum mentor_status status = mentor_event_people(m, event, note_missing, &missing);
	for (const struct missing_person *p = missing.first; !status && p; p = p->next) {
		struct mentor_event_noted row = { .person = p->person, .name = p->name, .row = MENTOR_NONE, .minutes = MENTOR_NONE };
		status = attendance_record(m, event, p->person, MENTOR_STANDING_ABSENT, MENTOR_NONE, &row.change);
		if (!status)
			status = each(arg, &row);
	}
	arena_free(&missing.memory);
	return status;
}

enum mentor_status mentor_event_no_shows(struct mentor *m, int64_t event, mentor_record_fn *each, void *arg)
{
	struct held h = { .record = NULL };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = hold(m, event, &h);
	if (!status)
		status = attendance_check(m, &h.event);
	if (!status)
		status = record_missing(m, event, each, arg);
	let_go(&h);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

/* ---- what roles need ---- */

enum mentor_status attendance_trained(struct mentor *m, int64_t cohort, int64_t person, const char *event, bool *ret_trained)
{
	int64_t n = 0;
	enum mentor_status status = db_value(m,
	    "SELECT count(*) FROM attendance a JOIN event v ON v.id = a.event_id JOIN cohort o ON o.id = v.cohort_id JOIN cohort c ON c.programme_id = o.programme_id "
	    "WHERE c.id = $1 AND a.person_id = $2 AND v.name = $3 AND a.state IN " ATTENDANCE_MET,
	    DB_ARGS(DB_NUMBER(cohort), DB_NUMBER(person), DB_TEXT(event)), 0, &n);
	if (!status)
		*ret_trained = n > 0;
	return status;
}

/* The last of the event's times that can be attended, to be named; 0: none is planned. */
static enum mentor_status find_event(struct mentor *m, int64_t cohort, const char *name, int64_t *ret_id)
{
	return db_value(m, "SELECT id FROM event WHERE cohort_id = $1 AND name = $2 AND cancelled_on IS NULL ORDER BY date <= $3 DESC, date DESC, id LIMIT 1",
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(name), DB_TEXT(m->today)), 0, ret_id);
}

static enum mentor_status hint_at(struct mentor *m, int64_t cohort, int64_t person, const char *name, struct mentor_buf *hint)
{
	int64_t id = 0;
	enum mentor_status status = find_event(m, cohort, name, &id);
	if (!status && id)
		mentor_buf_fmt(hint, "once p%" PRId64 " was there, or has caught up: mentor event attend e%" PRId64 " p%" PRId64, person, id, person);
	else if (!status)
		mentor_buf_fmt(hint, "it has no day in this cohort yet: mentor event add %s --date DAY", name);
	return status;
}

enum mentor_status attendance_lacks(struct mentor *m, const struct definition *d, int64_t cohort, int64_t person, enum mentor_role role, struct mentor_buf *why,
    struct mentor_buf *hint)
{
	const struct def_role *r = role == MENTOR_ROLE_MENTOR ? &d->roles.mentor : role == MENTOR_ROLE_MENTEE ? &d->roles.mentee : &d->roles.facilitator;
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0, n = 0; !status && i < r->n_needs; i++) {
		bool trained = false;
		status = attendance_trained(m, cohort, person, r->needs[i], &trained);
		if (status || trained)
			continue;
		mentor_buf_fmt(why, "%s%s", n ? ", " : "", event_title(d, r->needs[i]));
		if (n++ == 0)
			status = hint_at(m, cohort, person, r->needs[i], hint);
	}
	return status ? status : why->failed || hint->failed ? fail_memory(m) : MENTOR_OK;
}

/* ---- what a cohort lacks ---- */

/* An event of yesterday or before at which people were expected, of whom nobody is recorded. */
enum mentor_status attendance_missing(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_event)
{
	return db_count(m,
	    "SELECT count(*), min(v.id) FROM event v WHERE v.cohort_id = $1 AND v.date < $2 AND v.cancelled_on IS NULL "
	    "AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.event_id = v.id AND a.state IN ('attended', 'absent', 'caught-up')) "
	    "AND (EXISTS (SELECT 1 FROM attendance a WHERE a.event_id = v.id AND a.state = 'coming') OR (EXISTS (SELECT 1 FROM enrolment e "
	    "WHERE e.cohort_id = v.cohort_id AND e.state = 'accepted' AND " ATTENDANCE_FOR("v", "e") ") AND NOT EXISTS (SELECT 1 FROM event s "
	    "JOIN attendance a ON a.event_id = s.id WHERE s.cohort_id = v.cohort_id AND s.name = v.name AND a.state = 'attended')))",
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(m->today)), ret_n, ret_event);
}

enum { TELL_DAYS = 28 };

static enum mentor_status note_untold(void *arg, const void *record)
{
	const struct mentor_event_person *p = record;
	bool *untold = arg;
	*untold = *untold || p->invited == 0;
	return MENTOR_OK;
}

/* An event of the next four weeks of which somebody does not know how things are. */
enum mentor_status attendance_untold(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_event)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t day = 0;
	char until[11];
	mentor_day_parse(m->today, &day);
	mentor_day_format(day + TELL_DAYS, until);
	enum mentor_status status = db_query(m, "SELECT id FROM event WHERE cohort_id = $1 AND date > $2 AND date <= $3 ORDER BY date, id",
	    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(m->today), DB_TEXT(until)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		bool untold = false;
		status = mentor_event_people(m, db_number(rows, 0), note_untold, &untold);
		if (!status && untold && (*ret_n)++ == 0)
			*ret_event = db_number(rows, 0);
	}
	db_done(rows);
	return status;
}

static const struct def_role *role_of(const struct definition *d, size_t i)
{
	const struct def_role *const all[] = { &d->roles.mentor, &d->roles.mentee, &d->roles.facilitator };
	return all[i];
}

/* People of a side who have not attended one event that it needs, although its times are over. */
static enum mentor_status count_untrained(struct mentor *m, int64_t cohort, size_t side, const char *event, int64_t *ret_n)
{
	static const char *const sides[] = { ATTENDANCE_SIDE("e", "mentor", "mentor_id"), ATTENDANCE_SIDE("e", "mentee", "mentee_id"), "e.role = 'facilitator'" };
	struct mentor_buf sql = MENTOR_BUF_INIT;
	int64_t n = 0;
	mentor_buf_fmt(&sql,
	    "SELECT count(*) FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'accepted' AND %s "
	    "AND EXISTS (SELECT 1 FROM event v WHERE v.cohort_id = $1 AND v.name = $2 AND v.cancelled_on IS NULL) "
	    "AND NOT EXISTS (SELECT 1 FROM event v WHERE v.cohort_id = $1 AND v.name = $2 AND v.cancelled_on IS NULL AND v.date >= $3) "
	    "AND NOT EXISTS (SELECT 1 FROM attendance a JOIN event v ON v.id = a.event_id JOIN cohort o ON o.id = v.cohort_id JOIN cohort c "
	    "ON c.programme_id = o.programme_id WHERE c.id = $1 AND v.name = $2 AND a.person_id = e.person_id AND a.state IN " ATTENDANCE_MET ")",
	    sides[side]);
	enum mentor_status status = sql.failed ? fail_memory(m) :
	    db_value(m, mentor_buf_text(&sql), DB_ARGS(DB_NUMBER(cohort), DB_TEXT(event), DB_TEXT(m->today)), 0, &n);
	mentor_buf_free(&sql);
	*ret_n += n;
	return status;
}

enum mentor_status attendance_untrained(struct mentor *m, int64_t cohort, int64_t *ret_n)
{
	struct definition *d = NULL;
	int64_t n = 0;
	enum mentor_status status = programme_of_cohort(m, cohort, &d);
	for (size_t side = 0; !status && side < 3; side++)
		for (size_t i = 0; !status && i < role_of(d, side)->n_needs; i++)
			status = count_untrained(m, cohort, side, role_of(d, side)->needs[i], &n);
	definition_free(d);
	if (!status)
		*ret_n = n;
	return status;
}
