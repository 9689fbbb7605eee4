/* duty.c: the events that count as taking part, and who has been at them. */
#include "attendance.h"

#include "enrolment.h"
#include "record.h"

#include <string.h>

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_event_duty, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_event_duty, member)
/* clang-format off */
const struct mentor_field mentor_event_duty_fields[] = {
	{ "person", MENTOR_TYPE_REF, 0, NUMBER(person), .entity = "person", .help = "who" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(name), .help = "the person's name" },
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
