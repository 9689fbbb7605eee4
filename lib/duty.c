/* duty.c: the events that count as taking part, and who has been at them. */
#include "attendance.h"

#include "enrolment.h"
#include "record.h"
#include "report.h"

#include <string.h>

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_event_duty, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_event_duty, member)
/* clang-format off */
const struct mentor_field mentor_event_duty_fields[] = {
	{ "person", MENTOR_TYPE_REF, MENTOR_LABEL, NUMBER(person), .entity = "person", .help = "who" },
	{ "role", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(role), .choices = enrolment_roles, .help = "what the person is in the cohort" },
	{ "required", MENTOR_TYPE_INT, MENTOR_CHART_MARK, NUMBER(required), .help = "events that count as taking part, each once whatever its times" },
	{ "due", MENTOR_TYPE_INT, 0, NUMBER(due), .heading = "held so far", .help = "of these held by the day of the report" },
	{ "attended", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(attended), .help = "of these attended, or made up for" },
	{ "excused", MENTOR_TYPE_INT, 0, NUMBER(excused), .help = "of these the person said beforehand that she or he could not come" },
	{ "missing", MENTOR_TYPE_LIST, MENTOR_WIDE, TEXT(missing), .help = "those that were held and not attended" },
	{ "met", MENTOR_TYPE_BOOL, 0, NUMBER(met), .heading = "all attended", .help = "whether all that are required were attended" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* The person whose rows are being read. */
struct adding {
	struct mentor_event_duty duty;
	struct mentor_buf name, missing;
};

static void begin(struct adding *a, const struct db_rows *rows)
{
	mentor_buf_clear(&a->name);
	mentor_buf_clear(&a->missing);
	mentor_buf_str(&a->name, db_text(rows, 1));
	a->duty = (struct mentor_event_duty){ .person = db_number(rows, 0), .role = field_choice(enrolment_roles, db_text(rows, 2)) };
}

/* One event with all its times. */
static void add_event(const struct mentor *m, struct adding *a, const struct db_rows *rows)
{
	const char *last = db_text(rows, 4);
	if (!last)
		return;
	bool held = strcmp(last, m->today) < 0, attended = db_number(rows, 5) == 1;
	a->duty.required++;
	a->duty.due += held || attended;
	a->duty.attended += attended;
	a->duty.excused += !attended && db_number(rows, 6) == 1;
	if (held && !attended)
		mentor_buf_fmt(&a->missing, "%s%s", a->missing.len ? "\n" : "", db_text(rows, 3));
}

static enum mentor_status tell(struct mentor *m, struct adding *a, mentor_record_fn *each, void *arg)
{
	if (!a->duty.person)
		return MENTOR_OK;
	if (a->name.failed || a->missing.failed)
		return fail_memory(m);
	a->duty.name = mentor_buf_text(&a->name);
	a->duty.missing = a->missing.len ? mentor_buf_text(&a->missing) : NULL;
	a->duty.met = a->duty.attended >= a->duty.required;
	return each(arg, &a->duty);
}

enum mentor_status mentor_event_duties(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct adding a = { .name = MENTOR_BUF_INIT, .missing = MENTOR_BUF_INIT };
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m,
	    "SELECT e.person_id, p.name, e.role, min(v.title), max(v.date), max(CASE WHEN a.state IN " ATTENDANCE_MET " THEN 1 ELSE 0 END), "
	    "max(CASE WHEN a.state = 'excused' THEN 1 ELSE 0 END) FROM enrolment e JOIN person p ON p.id = e.person_id "
	    "LEFT JOIN event v ON v.cohort_id = e.cohort_id AND v.required = 1 AND v.cancelled_on IS NULL AND " ATTENDANCE_FOR("v", "e")
	    " LEFT JOIN attendance a ON a.event_id = v.id AND a.person_id = e.person_id "
	    "WHERE e.cohort_id = $1 AND e.state = 'accepted' AND e.role <> 'facilitator' GROUP BY e.person_id, p.name, e.role, v.name "
	    "ORDER BY p.name, e.person_id, max(v.date), v.name",
	    DB_ARGS(DB_NUMBER(cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		if (db_number(rows, 0) != a.duty.person) {
			status = tell(m, &a, each, arg);
			begin(&a, rows);
		}
		add_event(m, &a, rows);
		if (!status)
			status = db_whole(rows);
	}
	if (!status)
		status = tell(m, &a, each, arg);
	db_done(rows);
	mentor_buf_free(&a.name);
	mentor_buf_free(&a.missing);
	return status;
}

/* ---- the report ---- */

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_attendance_row, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_attendance_row, member)
/* clang-format off */
const struct mentor_field mentor_attendance_row_fields[] = {
	{ "name", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(name), .help = "name of the event in the programme" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(title), .heading = "event", .help = "what it is called" },
	{ "kind", MENTOR_TYPE_CHOICE, MENTOR_WIDE, NUMBER(kind), .choices = def_event_kinds, .help = "what sort of event it is" },
	{ "audience", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(audience), .choices = def_people, .heading = "for", .help = "who is asked to come" },
	{ "required", MENTOR_TYPE_BOOL, 0, NUMBER(required), .help = "attending counts as taking part" },
	{ "times", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(times), .help = "times it is held; attending one is enough" },
	{ "held", MENTOR_TYPE_INT, 0, NUMBER(held), .help = "of these so far" },
	{ "asked", MENTOR_TYPE_INT, MENTOR_CHART_MARK, NUMBER(asked), .help = "accepted people whom it is for" },
	{ "attended", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(attended), .help = "people who were there" },
	{ "caught_up", MENTOR_TYPE_INT, 0, NUMBER(caught_up), .help = "people who have made up for it" },
	{ "excused", MENTOR_TYPE_INT, 0, NUMBER(excused), .help = "people who had said that they could not come" },
	{ "absent", MENTOR_TYPE_INT, 0, NUMBER(absent), .help = "people who were expected and not there" },
	{ "minutes", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(minutes), .heading = "mean minutes", .help = "how long people were there, on average, where it is known" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* People of an event, all its times together, by the best that is recorded of each. */
#define HAS(states) "EXISTS (SELECT 1 FROM attendance b JOIN event w ON w.id = b.event_id WHERE w.cohort_id = $2 AND w.name = v.name AND b.person_id = a.person_id AND b.state IN (" states "))"
#define PEOPLE(state, unless) \
	"(SELECT count(DISTINCT a.person_id) FROM attendance a JOIN event u ON u.id = a.event_id WHERE u.cohort_id = $2 AND u.name = v.name AND u.cancelled_on IS NULL " \
	"AND a.state = '" state "' AND NOT " HAS(unless) ")"

static enum mentor_status count_asked(const struct report *r, struct mentor_attendance_row *row)
{
	row->asked = MENTOR_NONE;
	if (row->audience == MENTOR_FOR_APPLICANTS || row->audience == MENTOR_FOR_MANAGERS || row->audience == MENTOR_FOR_TEAM)
		return MENTOR_OK;
	return db_value(r->m,
	    "SELECT count(DISTINCT e.id) FROM enrolment e JOIN event v ON v.cohort_id = e.cohort_id AND v.cancelled_on IS NULL "
	    "WHERE e.cohort_id = $1 AND e.state = 'accepted' AND v.name = $2 AND " ATTENDANCE_FOR("v", "e"),
	    DB_ARGS(DB_NUMBER(r->id), DB_TEXT(row->name)), 0, &row->asked);
}

static enum mentor_status tell_events(const struct report *r)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(r->m,
	    "SELECT v.name, max(v.title), max(v.kind), max(v.audience), max(v.required), count(*), sum(CASE WHEN v.date < $1 THEN 1 ELSE 0 END), "
	    PEOPLE("attended", "''") ", " PEOPLE("caught-up", "'attended'") ", "
	    PEOPLE("excused", "'attended', 'caught-up'") ", " PEOPLE("absent", "'attended', 'caught-up', 'excused'") ", "
	    "(SELECT sum(a.minutes) / nullif(count(a.minutes), 0) FROM attendance a JOIN event u ON u.id = a.event_id WHERE u.cohort_id = $2 AND u.name = v.name AND a.state = 'attended') "
	    "FROM event v WHERE v.cohort_id = $2 AND v.cancelled_on IS NULL AND EXISTS (SELECT 1 FROM event x WHERE x.cohort_id = v.cohort_id AND x.name = v.name "
	    "AND x.cancelled_on IS NULL AND x.date >= $3 AND x.date <= $4) GROUP BY v.name ORDER BY min(v.date), v.name",
	    DB_ARGS(DB_TEXT(r->m->today), DB_NUMBER(r->id), DB_TEXT(r->since), DB_TEXT(r->until)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct mentor_attendance_row row = { .name = db_text(rows, 0), .title = db_text(rows, 1), .kind = field_choice(def_event_kinds, db_text(rows, 2)),
			.audience = field_choice(def_people, db_text(rows, 3)), .required = db_number(rows, 4), .times = db_number(rows, 5), .held = db_number(rows, 6),
			.attended = db_number(rows, 7), .caught_up = db_number(rows, 8), .excused = db_number(rows, 9), .absent = db_number(rows, 10), .minutes = db_number(rows, 11) };
		status = count_asked(r, &row);
		if (!status)
			status = db_whole(rows);
		if (!status)
			status = r->each(r->arg, "attendance", &row);
	}
	db_done(rows);
	return status;
}

static enum mentor_status tell_duty(void *arg, const void *record)
{
	const struct report *r = arg;
	return r->each(r->arg, "duties", record);
}

static enum mentor_status tell_attendance(struct report *r, int64_t by)
{
	(void)by;
	enum mentor_status status = report_head(r);
	if (!status)
		status = tell_events(r);
	bool whole = !r->period.since && !r->period.until; /* a duty is one of the whole cohort */
	return status || !whole ? status : mentor_event_duties(r->m, r->id, tell_duty, r);
}

enum mentor_status mentor_report_attendance(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, period, MENTOR_NONE, tell_attendance, each, arg);
}
