/* report.c: mentor report: what those who answer for a programme want to see. */
#include "nouns.h"
#include "out_watch.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- which reports there are ---- */

typedef enum mentor_status teller(struct run *run, int64_t cohort, mentor_report_fn *each, void *arg);

struct report {
	const char *name, *title, *about;
	teller *tell;
	const char *const *asked; /* its parts, which are told though empty */
	const char *main; /* the part that lines and CSV hold */
	const char *note; /* below it, whatever it holds; NULL: none */
	const char *whole; /* why it cannot be of a period; NULL: it can */
	enum audience period_for; /* the widest audience that it can be made for then */
	bool has_breakdown;
	bool of_months;	   /* a period is of whole months, whoever reads it */
	bool of_programme; /* it is about all cohorts of the programme */
	bool brief;	   /* printed on one sheet */
};

enum { MOST_PARTS = 16 };

struct show_args {
	int64_t by, audience, is_long;
	const char *fail_if, *across;
	struct mentor_period period;
	const char *added[MOST_PARTS]; /* across cohorts: the parts that add up, ended by NULL */
};

/* Every part of every report, in the order in which they are told, and the widest audience that may see it: who runs the programme when
 * nothing is said. */
static const struct part show_parts[] = {
	{ "head", NULL, mentor_progress_fields, .audience = FOR_PUBLIC },
	{ "scope", NULL, mentor_report_scope_fields, .optional = true, .audience = FOR_PUBLIC },
	{ "steps", "From interest to completion", mentor_report_step_fields, .many = true, .audience = FOR_BOARD, .chart = CHART_FUNNEL },
	{ "recruitment", "Recruitment", mentor_progress_side_fields, .many = true, .audience = FOR_BOARD },
	{ "by_organisation", "By organisation", mentor_recruitment_row_fields, .many = true, .optional = true, .audience = FOR_PUBLIC },
	{ "by_directorate", "By directorate", mentor_recruitment_row_fields, .many = true, .optional = true, .audience = FOR_PUBLIC },
	{ "matching", "Matching", mentor_progress_matching_fields, .audience = FOR_BOARD },
	{ "paces", "How pairs stand", mentor_report_pace_fields, .many = true, .audience = FOR_BOARD },
	{ "links", "Who works with whom", mentor_report_link_fields, .many = true, .optional = true, .audience = FOR_PUBLIC, .chart = CHART_FLOW },
	{ "months", "Sessions over time", mentor_report_month_fields, .many = true, .optional = true, .audience = FOR_BOARD, .chart = CHART_LINES },
	{ "commitment", "Sessions by pair", mentor_progress_pair_fields, .many = true, .main = true },
	{ "totals", "Sessions and meetings", mentor_commitment_totals_fields },
	{ "measures", "Pairs by what is asked", mentor_commitment_sum_fields, .many = true, .audience = FOR_BOARD },
	{ "people", "By person", mentor_commitment_person_fields, .many = true },
	{ "pairs", "By pair", mentor_commitment_fields, .many = true },
	{ "attendance", "Events", mentor_attendance_row_fields, .many = true, .audience = FOR_BOARD, .chart = CHART_STRIP },
	{ "duties", "Events that count as taking part, by person", mentor_event_duty_fields, .many = true },
	{ "topics", "Topics of learning", mentor_topic_row_fields, .many = true, .audience = FOR_BOARD },
	{ "coverage", "Topics by pair", mentor_coverage_fields, .many = true },
	{ "aims", "Change by aim", mentor_survey_aim_fields, .many = true, .audience = FOR_PUBLIC },
	{ "outcomes", "Change by question", mentor_survey_change_fields, .many = true, .audience = FOR_PUBLIC, .chart = CHART_DUMBBELL },
	{ "barrier_counts", "How far barriers have come", mentor_barrier_counts_fields, .optional = true, .audience = FOR_PUBLIC, .chart = CHART_FUNNEL },
	{ "barrier_times", "How long it took", mentor_barrier_time_fields, .many = true, .audience = FOR_PUBLIC },
	{ "barriers", "You said, we did", mentor_barrier_row_fields, .many = true, .audience = FOR_BOARD },
	{ "work", "Goals and actions", mentor_work_row_fields, .many = true, .audience = FOR_BOARD },
	{ "lessons", "What we have learned", mentor_lesson_fields, .many = true, .audience = FOR_BOARD },
	{ "remarks", "What people say", mentor_remark_row_fields, .many = true, .audience = FOR_PUBLIC },
	{ "activity", "Month by month", mentor_activity_row_fields, .many = true, .audience = FOR_BOARD },
	{ "activity_by_organisation", "Sessions by organisation", mentor_activity_group_fields, .many = true, .optional = true },
	{ "activity_by_directorate", "Sessions by directorate", mentor_activity_group_fields, .many = true, .optional = true },
	{ "ismcp", "The six standards of the ISMCP", mentor_evidence_row_fields, .many = true, .audience = FOR_BOARD },
	{ "clutterbuck", "Clutterbuck's four boxes", mentor_evidence_row_fields, .many = true, .audience = FOR_BOARD },
	{ "kirkpatrick", "Kirkpatrick's four levels", mentor_evidence_row_fields, .many = true, .audience = FOR_BOARD },
	{ "care", "Talks with people", mentor_care_row_fields, .many = true },
	{ "equality", "Workforce and cohort", mentor_composition_fields, .many = true, .audience = FOR_BOARD },
	{ 0 },
};

static const struct part *part_called(const char *key)
{
	const struct part *part = show_parts;
	while (part->fields && strcmp(part->key, key) != 0)
		part++;
	return part;
}

/* One report being told, and what the rows so far need explained. */
struct telling {
	struct run *run;
	const struct report *report;
	size_t n_cohorts; /* told as one; 0: it is of one */
	bool behind;
	bool together;		/* some row is of several organisations */
	bool uncounted;		/* some sessions were held that do not count, for one of these reasons: */
	bool from_signing;	/* they came before both had signed */
	int64_t shortest;	/* they were of fewer minutes; MENTOR_NONE: no reason */
	unsigned bases, states; /* a bit for each that some row has */
};

static void add_period(struct mentor_buf *b, const struct mentor_period *period)
{
	mentor_buf_str(b, period->since ? period->until ? ", from " : ", since " : "");
	if (period->since)
		mentor_day_in_words(b, period->since);
	mentor_buf_str(b, period->until ? period->since ? " to " : ", until " : "");
	if (period->until)
		mentor_day_in_words(b, period->until);
}

static void title_from(const struct telling *t, const struct mentor_progress *head)
{
	struct out *o = t->run->out;
	struct mentor_buf title = MENTOR_BUF_INIT;
	mentor_buf_fmt(&title, "%s of ", t->report->title);
	if (t->n_cohorts)
		mentor_buf_fmt(&title, "%zu cohorts of ", t->n_cohorts);
	mentor_buf_str(&title, t->report->of_programme || t->n_cohorts ? head->programme : head->title);
	add_period(&title, &((const struct show_args *)t->run->args)->period);
	out_title(o, mentor_buf_text(&title));
	o->cohort = mentor_keep(o->m, head->cohort);
	o->day = mentor_keep(o->m, head->day);
	out_free_part(o, &title);
}

static void remember(struct telling *t, const char *part, const void *record)
{
	const struct mentor_progress_pair *pair = record;
	if (strcmp(part, "head") == 0)
		title_from(t, record);
	if (strcmp(part, "commitment") == 0) {
		t->behind |= pair->pace == MENTOR_PACE_BEHIND;
		t->uncounted |= pair->counted < pair->sessions;
		t->from_signing = pair->from_signing == 1;
		t->shortest = pair->shortest;
	}
	if (strncmp(part, "by_", 3) == 0)
		t->together |= ((const struct mentor_recruitment_row *)record)->together != 1;
	if (strcmp(part, "aims") == 0)
		t->states |= 1U << ((const struct mentor_survey_aim *)record)->state;
	if (strcmp(part, "outcomes") == 0)
		t->bases |= 1U << ((const struct mentor_survey_change *)record)->basis;
}

static void print_record(struct out *o, const char *part, const void *record)
{
	if (!o->part || strcmp(o->part->key, part) != 0)
		out_part(o, part);
	out_row(o, record);
}

/* Every part of every report comes through here. What its readers may not see is not explained either; out_row() leaves it out. */
static enum mentor_status print_part(void *arg, const char *part, const void *record)
{
	struct telling *t = arg;
	if (!out_is_hidden(t->run->out, part_called(part)))
		remember(t, part, record);
	print_record(t->run->out, part, record);
	return MENTOR_OK;
}

static void explain_counted(const struct telling *t)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	if (t->shortest != MENTOR_NONE)
		mentor_buf_fmt(&b, " of %" PRId64 " minutes or more%s", t->shortest, t->from_signing ? "," : "");
	if (t->from_signing)
		mentor_buf_str(&b, " held once both had signed");
	out_note(t->run->out, "Counted: sessions%s; %s were held, but do not count.", mentor_buf_text(&b),
	    t->from_signing ? "others" : "shorter ones");
	out_free_part(t->run->out, &b);
}

static void explain(const struct telling *t)
{
	struct out *o = t->run->out;
	struct mentor_buf notes = MENTOR_BUF_INIT;
	if (t->uncounted)
		explain_counted(t);
	if (t->behind)
		out_note(o, "Behind: fewer sessions count than are due by now, which is the programme's minimum in "
			    "proportion to the time that has passed.");
	if (t->together)
		out_note(o, "Where few people applied, they are counted together, so that nobody can be told from the figures.");
	mentor_survey_notes(&notes, t->bases, t->states);
	if (notes.len)
		out_note(o, "%s", mentor_buf_text(&notes));
	if (t->report->note)
		out_note(o, "%s", t->report->note);
	out_free_part(o, &notes);
}

/* ---- telling ---- */

static const struct mentor_period *period_of(const struct run *run)
{
	return &((const struct show_args *)run->args)->period;
}

static int64_t breakdown_of(const struct run *run)
{
	return ((const struct show_args *)run->args)->by;
}

/* Those of all there is, those of a period, and those that are broken down as well. */
#define TELLER(name, ...)                                                                                                       \
	static enum mentor_status tell_##name(struct run *run, int64_t cohort, mentor_report_fn *each, void *arg)                  \
	{                                                                                                                       \
		return mentor_report_##name(run->m, cohort, __VA_ARGS__ each, arg);                                               \
	}
TELLER(progress, )
TELLER(board, )
TELLER(completion, )
TELLER(matching, )
TELLER(commitment, )
TELLER(outcomes, )
TELLER(evidence, )
TELLER(equality, )
TELLER(attendance, period_of(run), )
TELLER(topics, period_of(run), )
TELLER(barriers, period_of(run), )
TELLER(actions, period_of(run), )
TELLER(lessons, period_of(run), )
TELLER(care, period_of(run), )
TELLER(recruitment, period_of(run), breakdown_of(run), )
TELLER(activity, period_of(run), breakdown_of(run), )
/* What may be quoted inside the organisation only is for everybody but the public. */
TELLER(remarks, run->out->audience != FOR_PUBLIC, )

/* ---- several cohorts ---- */

static enum mentor_status tell_across(struct telling *t, struct mentor_across *across, const int64_t *cohorts, size_t n)
{
	struct run *run = t->run;
	enum mentor_status status = MENTOR_OK;
	if (breakdown_of(run) != MENTOR_NONE && !mentor_across_is_complete(across))
		return mentor_fail(run->m, MENTOR_REFUSED, "name all cohorts of the programme, or leave out --by",
		    "--by: two sets of cohorts that differ by one would tell by subtraction of its people");
	for (size_t i = 0; !status && i < n; i++)
		status = t->report->tell(run, cohorts[i], mentor_across_add, across);
	t->n_cohorts = n;
	if (!status)
		status = mentor_across_tell(across, period_of(run), breakdown_of(run), print_part, t);
	out_note(run->out, "Figures of several cohorts are added up; whoever took part in several counts in each.");
	return status;
}

static enum mentor_status tell_cohorts(struct telling *t)
{
	struct run *run = t->run;
	const char *list = ((const struct show_args *)run->args)->across;
	struct mentor_across *across = NULL;
	int64_t *cohorts = NULL;
	size_t n = 0;
	if (!list)
		return t->report->tell(run, run->cohort, print_part, t);
	enum mentor_status status = find_across(run, list, &cohorts, &n);
	if (!status)
		status = mentor_across_new(run->m, cohorts, n, &across);
	if (!status)
		status = out_labels(run->out, cohorts[0]);
	if (!status)
		status = tell_across(t, across, cohorts, n);
	mentor_across_free(across);
	free(cohorts);
	return status;
}

static enum mentor_status tell_report(struct run *run, const struct report *report)
{
	struct telling t = { .run = run, .report = report };
	const struct mentor_period *period = period_of(run);
	enum mentor_status status = tell_cohorts(&t);
	if (!status)
		explain(&t);
	if (!status && (period->since || period->until))
		out_note(run->out, "It is about what has its day in that time; what became of it since is told as well.");
	return status;
}

/* ---- which reports there are ---- */

static const char *const of_progress[] = { "head", "steps", "recruitment", "matching", "links", "months", "commitment", "aims", "outcomes", NULL };
static const char *const of_matching[] = { "head", "matching", "links", NULL };
static const char *const of_outcomes[] = { "head", "aims", "outcomes", NULL };
static const char *const of_activity[] = { "head", "activity", "activity_by_organisation", "activity_by_directorate", NULL };
static const char *const of_evidence[] = { "head", "ismcp", "clutterbuck", "kirkpatrick", NULL };
static const char *const of_care[] = { "head", "care", NULL };
static const char *const of_equality[] = { "head", "equality", NULL };
static const char *const of_recruitment[] = { "head", "steps", "recruitment", "by_organisation", "by_directorate", NULL };
static const char *const of_commitment[] = { "head", "totals", "measures", "people", "pairs", NULL };
static const char *const of_attendance[] = { "head", "attendance", "duties", NULL };
static const char *const of_topics[] = { "head", "topics", "coverage", NULL };
static const char *const of_barriers[] = { "head", "barrier_counts", "barrier_times", "barriers", NULL };

static const char *const of_actions[] = { "head", "work", NULL };
static const char *const of_lessons[] = { "head", "lessons", NULL };
static const char *const of_remarks[] = { "head", "remarks", NULL };

static const char *const of_board[] = { "head", "steps", "paces", "months", "aims", "barrier_counts", NULL };
static const char *const of_completion[] = { "head", "steps", "matching", "paces", "aims", "outcomes", NULL };

/* Why some cannot be of a period. */
#define AGAINST_ALL "it holds what was done against what is asked of a pair's whole time"
#define FROM_BEGINNING "it says what has come of a cohort from its beginning"
#define OF_ANSWERS "answers are kept without their day, so that it leads to nobody"
#define OF_REMARKS "remarks are told without their day, so that it does not lead to who made them"

static const struct report reports[] = {
	{ "progress", "Progress", "recruitment, pairs, sessions against the programme's minimum, and change by aim", tell_progress, of_progress, "commitment", .whole = AGAINST_ALL },
	{ "board", "Report", "in brief: how far people came, how pairs stand, sessions over time, change by aim, barriers", tell_board, of_board, "paces", .whole = AGAINST_ALL, .brief = true },
	{ "completion", "Completion", "what came of a cohort: how far people came, how pairs stand, what has changed", tell_completion, of_completion, "paces", .whole = FROM_BEGINNING },
	{ "activity", "Activity", "what happened month by month: sessions, partners' meetings, events, goals, actions", tell_activity, of_activity, "activity", .has_breakdown = true, .period_for = FOR_BOARD },
	{ "recruitment", "Recruitment", "applications and what became of them, for all and for each organisation", tell_recruitment, of_recruitment, "recruitment", .has_breakdown = true },
	{ "matching", "Matching", "how many pairs are proposed, at work, completed, and who works with whom", tell_matching, of_matching, "links", .whole = FROM_BEGINNING },
	{ "commitment", "Commitment", "what pairs and people have done of what is asked: sessions, minutes, months, the partner's meetings, events", tell_commitment, of_commitment, "people",
	    .note = "Due: the programme's minimum in proportion to the time that has passed. Moving a session is never a cancellation.", .whole = AGAINST_ALL },
	{ "attendance", "Attendance", "who was asked to each event and how many came, and for the team who has been at those that count", tell_attendance, of_attendance, "attendance",
	    .period_for = FOR_BOARD },
	{ "topics", "Topics of learning", "topics of learning that sessions have covered, for all and for each pair", tell_topics, of_topics, "coverage" },
	{ "outcomes", "Outcomes", "what has changed, aim by aim and question by question", tell_outcomes, of_outcomes, "outcomes", .whole = OF_ANSWERS },
	{ "barriers", "Barriers", "what stood in the way, how far each barrier has come, how long that took, and what was done", tell_barriers, of_barriers, "barriers",
	    .period_for = FOR_BOARD, .of_months = true, .of_programme = true },
	{ "actions", "Goals and actions", "goals and actions: how many are open, overdue, done", tell_actions, of_actions, "work" },
	{ "equality", "Equality", "the workforce, and who applied, was accepted, was in a pair and finished", tell_equality, of_equality, "equality", .whole = OF_ANSWERS },
	{ "care", "Care", "how people are looked after, for the team: talks with them, counted", tell_care, of_care, "care" },
	{ "evidence", "Evidence", "what is recorded that bears on the standards of the ISMCP, Clutterbuck's boxes and Kirkpatrick's levels, and what is missing", tell_evidence, of_evidence, "ismcp",
	    .note = "What bears on which standard is a reading of them, and counting is no judgement.", .whole = FROM_BEGINNING },
	{ "lessons", "Lessons", "what went well, what did not, and what the next cohort makes of it", tell_lessons, of_lessons, "lessons", .period_for = FOR_BOARD },
	{ "remarks", "Remarks", "what people say of it and let be quoted", tell_remarks, of_remarks, "remarks", .whole = OF_REMARKS },
};

enum { N_REPORTS = sizeof(reports) / sizeof(*reports) };

/* ---- list ---- */

struct list_row {
	const char *name, *about, *audiences, *parts;
};

static const struct mentor_field report_fields[] = {
	{ "name", MENTOR_TYPE_SLUG, 0, MENTOR_AT_TEXT(list_row, name), .heading = "report", .help = "name of the report" },
	{ "audiences", MENTOR_TYPE_LIST, 0, MENTOR_AT_TEXT(list_row, audiences), .heading = "for",
	    .help = "whom it can be made for: team, who run the programme; board, who answer for it; public, everybody" },
	{ "about", MENTOR_TYPE_TEXT, MENTOR_LABEL, MENTOR_AT_TEXT(list_row, about), .help = "what it shows" },
	{ "parts", MENTOR_TYPE_LIST, MENTOR_WIDE, MENTOR_AT_TEXT(list_row, parts), .help = "its parts" },
	{ 0 },
};

static const struct part list_parts[] = { { NULL, NULL, report_fields, true, false }, { 0 } };

/* A report can be made for whoever may see some part of it besides its head. */
static enum audience widest_audience(const struct report *report)
{
	enum audience widest = FOR_TEAM;
	for (size_t i = 1; report->asked[i]; i++) {
		const struct part *part = part_called(report->asked[i]);
		widest = part->audience > widest ? part->audience : widest;
	}
	return widest;
}

static void add_line(struct mentor_buf *b, const char *line)
{
	mentor_buf_str(b, b->len ? "\n" : "");
	mentor_buf_str(b, line);
}

static void list_one(struct out *o, const struct report *report)
{
	struct mentor_buf readers = MENTOR_BUF_INIT, parts = MENTOR_BUF_INIT;
	for (int a = 0; a <= (int)widest_audience(report); a++)
		add_line(&readers, audiences[a]);
	for (size_t i = 0; report->asked[i]; i++)
		add_line(&parts, report->asked[i]);
	const struct list_row row = { report->name, report->about, mentor_buf_text(&readers), mentor_buf_text(&parts) };
	out_row(o, &row);
	out_free_part(o, &readers);
	out_free_part(o, &parts);
}

static enum mentor_status run_list(struct run *run)
{
	for (size_t i = 0; i < N_REPORTS; i++)
		list_one(run->out, &reports[i]);
	return MENTOR_OK;
}

static const struct command report_list = {
	.name = "list",
	.summary = "list the reports",
	.parts = list_parts,
	.run = run_list,
};

/* ---- show ---- */

static const struct report *find_report(const char *name)
{
	for (size_t i = 0; i < N_REPORTS; i++)
		if (strcmp(reports[i].name, name) == 0)
			return &reports[i];
	return NULL;
}

static enum mentor_status no_report(struct run *run, const char *name)
{
	const char *names[N_REPORTS + 1] = { NULL };
	for (size_t i = 0; i < N_REPORTS; i++)
		names[i] = reports[i].name;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const char *near = mentor_nearest(name, names);
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else
		mentor_buf_str(&hint, "they are listed by: mentor report list");
	mentor_fail(run->m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "there is no report '%s'", name);
	mentor_buf_free(&hint);
	return MENTOR_NOT_FOUND;
}

static const char *first_table(const char *const *asked, enum audience audience)
{
	for (size_t i = 0; asked[i]; i++) {
		const struct part *part = part_called(asked[i]);
		if (part->many && part->audience >= audience)
			return part->key;
	}
	return "head";
}

static bool is_asked(const char *const *asked, const char *key)
{
	for (size_t i = 0; asked[i]; i++)
		if (strcmp(asked[i], key) == 0)
			return true;
	return false;
}

/* Of several cohorts told as one, the parts that add up; applications by organisation are put together in a way of their own. */
static const char *const *choose_added(const struct report *report, struct show_args *args)
{
	size_t n = 0;
	for (size_t i = 0; report->asked[i] && n + 1 < MOST_PARTS; i++)
		if (mentor_across_has(report->asked[i]) || (args->by != MENTOR_NONE && strncmp(report->asked[i], "by_", 3) == 0))
			args->added[n++] = report->asked[i];
	return args->added;
}

/* The part of a breakdown: the first one or the second. */
static const char *broken_down(const struct report *report, int64_t by)
{
	static const char *const endings[] = { "by_organisation", "by_directorate" };
	size_t i = 0;
	while (report->asked[i] && !strstr(report->asked[i], endings[by]))
		i++;
	return report->asked[i];
}

/* Lines and CSV hold what was asked for by name: with --by the breakdown; of progress, the pairs. */
static void choose_parts(const struct run *run)
{
	const struct report *report = find_report(operand(run, 0));
	struct show_args *args = run->args;
	struct out *o = run->out;
	if (!report)
		return;
	o->asked = args->across ? choose_added(report, args) : report->asked;
	o->audience = args->audience == MENTOR_NONE ? FOR_TEAM : (enum audience)args->audience;
	o->is_long = args->is_long && o->format->flags & FORMAT_LINES;
	o->main = report->has_breakdown && args->by != MENTOR_NONE ? broken_down(report, args->by) : report->main;
	if (part_called(o->main)->audience < o->audience || !is_asked(o->asked, o->main))
		o->main = first_table(o->asked, o->audience);
}

static enum mentor_status read_watch(struct run *run, const struct report *report, struct watch *w)
{
	const char *text = ((const struct show_args *)run->args)->fail_if;
	enum mentor_status status = watch_read(run->m, show_parts, "--fail-if", text, w);
	if (!status && !is_asked(run->out->asked, w->part->key))
		return mentor_fail(run->m, MENTOR_USAGE, "mentor report list -f json names the parts of each report", "--fail-if: the report '%s' has no part '%s'", report->name, w->part->key);
	if (!status && w->part->audience < run->out->audience)
		return mentor_fail(run->m, MENTOR_REFUSED, "leave out --for, or ask about another part", "--fail-if: the part '%s' is not for %s", w->part->key,
		    audiences[run->out->audience]);
	return status;
}

/* The report comes first, whatever is found in it. */
static enum mentor_status run_watched(struct run *run, const struct report *report)
{
	struct watch w;
	enum mentor_status status = read_watch(run, report, &w);
	run->out->watch = status ? NULL : &w;
	if (!status)
		status = tell_report(run, report);
	run->out->watch = NULL;
	if (status || w.rows == 0)
		return status;
	struct mentor_buf found = MENTOR_BUF_INIT;
	mentor_buf_fmt(&found, "--fail-if: %s: so it is in %zu row%s", w.text, w.rows, w.rows == 1 ? "" : "s");
	run->found = mentor_keep(run->m, mentor_buf_text(&found));
	mentor_buf_free(&found);
	return run->found ? MENTOR_OK : MENTOR_NO_MEMORY;
}

/* A page says whom it is for, so that it goes no further. */
static void name_readers(struct out *o)
{
	static const char *const kickers[AUDIENCES] = { "Report for the programme's team", "Report for the board", "Report" };
	static const char *const notes[AUDIENCES] = {
		"For those who run the programme. With --for board or --for public it leaves out what others may not see.",
		"For those who answer for the programme, and not for publication.", NULL };
	o->kicker = kickers[o->audience];
	if (notes[o->audience])
		out_note(o, "%s", notes[o->audience]);
}

static bool begins_month(const char *day)
{
	return strcmp(day + 8, "01") == 0;
}

static bool ends_month(const char *day)
{
	int64_t number = 0;
	char next[11] = "";
	if (mentor_day_parse(day, &number))
		mentor_day_format(number + 1, next);
	return begins_month(next);
}

static bool is_of_months(const struct mentor_period *p)
{
	return (!p->since || begins_month(p->since)) && (!p->until || ends_month(p->until));
}

/* Two periods that overlap tell the difference between them, which may be one person's. Figures that count people are therefore for the team, who
 * know them anyway; for others a period chooses among rows, or counts things, by whole months, and whatever is by organisation is left to reports of
 * all there is. */
static enum mentor_status check_period(struct run *run, const struct report *report)
{
	const struct mentor_period *p = period_of(run);
	enum audience audience = run->out->audience, widest = breakdown_of(run) == MENTOR_NONE ? report->period_for : FOR_TEAM;
	if (!p->since && !p->until)
		return MENTOR_OK;
	if (report->whole)
		return mentor_fail(run->m, MENTOR_USAGE, "mentor report show activity says what happened in a time; with --now DAY this report is as of another day",
		    "--since, --until: the report '%s' has no period: %s", report->name, report->whole);
	if (p->since && p->until && strcmp(p->since, p->until) > 0)
		return mentor_fail(run->m, MENTOR_USAGE, "the first day comes first", "--since: %s is after %s", p->since, p->until);
	if (report->of_months && !is_of_months(p))
		return mentor_fail(run->m, MENTOR_USAGE, "begin with the first day of a month and end with the last of one", "--since, --until: of barriers only the month is kept");
	if (audience > widest)
		return mentor_fail(run->m, MENTOR_REFUSED, "leave out --since and --until, or make it for the team",
		    "--for: the report '%s'%s of a period is not for %s: two periods that overlap would tell, by subtraction, of few people", report->name,
		    breakdown_of(run) == MENTOR_NONE ? "" : " with --by", audiences[audience]);
	if (audience != FOR_TEAM && !is_of_months(p))
		return mentor_fail(run->m, MENTOR_REFUSED, "begin with the first day of a month and end with the last of one",
		    "--since, --until: for %s a period is of whole months", audiences[audience]);
	return MENTOR_OK;
}

static enum mentor_status check_across(struct run *run, const struct report *report)
{
	const struct show_args *args = run->args;
	if (!args->across)
		return MENTOR_OK;
	if (report->of_programme)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out --across", "--across: the report '%s' is of all cohorts of the programme anyway", report->name);
	if (!args->added[0] || !args->added[1])
		return mentor_fail(run->m, MENTOR_USAGE, "mentor report compare sets cohorts side by side", "--across: what the report '%s' holds does not add up", report->name);
	if (args->by != MENTOR_NONE && !is_asked(args->added, broken_down(report, args->by)))
		return mentor_fail(run->m, MENTOR_USAGE, "leave out one of the two", "--across: the report '%s' is broken down for one cohort at a time", report->name);
	if (run->globals.cohort)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out one of the two", "--across names the cohorts, and --cohort another one");
	return MENTOR_OK;
}

static enum mentor_status check_options(struct run *run, const struct report *report)
{
	const struct show_args *args = run->args;
	enum audience widest = widest_audience(report);
	if (args->by != MENTOR_NONE && !report->has_breakdown)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out --by",
		    "--by: the report '%s' has one set of figures, for all", report->name);
	if (args->is_long && !run->out->is_long)
		return mentor_fail(run->m, MENTOR_USAGE, "add -f csv, -f tsv or -f jsonl", "--long: other formats hold every figure anyway");
	if (args->is_long && run->globals.fields)
		return mentor_fail(run->m, MENTOR_USAGE, "leave out one of the two", "--long has columns of its own: --fields cannot choose among them");
	if (run->out->audience > widest)
		return mentor_fail(run->m, MENTOR_REFUSED, "mentor report list says whom each report can be made for",
		    "--for: the report '%s' holds nothing that is for %s", report->name, audiences[run->out->audience]);
	if (args->by != MENTOR_NONE && part_called(broken_down(report, args->by))->audience < run->out->audience)
		return mentor_fail(run->m, MENTOR_REFUSED, "leave out --by; mentor report show recruitment has figures by organisation for others",
		    "--by: sessions by organisation or directorate are not for %s", audiences[run->out->audience]);
	enum mentor_status status = check_across(run, report);
	return status ? status : check_period(run, report);
}

static enum mentor_status run_show(struct run *run)
{
	const char *name = operand(run, 0);
	const struct report *report = find_report(name);
	if (!report)
		return no_report(run, name);
	enum mentor_status status = check_options(run, report);
	if (!status && !((const struct show_args *)run->args)->across)
		status = find_cohort(run, NULL, &run->cohort);
	if (!status && run->cohort)
		status = out_labels(run->out, run->cohort);
	if (status)
		return status;
	name_readers(run->out);
	run->out->brief = report->brief;
	return ((const struct show_args *)run->args)->fail_if ? run_watched(run, report) : tell_report(run, report);
}

static const struct option show_options[] = {
	{ .field = { "by", MENTOR_TYPE_CHOICE, MENTOR_AT_NUMBER(show_args, by), .choices = mentor_breakdowns,
	      .help = "recruitment and activity: also figures for each of these; of recruitment as the programme's reports say when not given" } },
	{ .field = { "since", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(show_args, period.since), .help = "only what has its day on this day or later" } },
	{ .field = { "until", MENTOR_TYPE_DAY, MENTOR_AT_TEXT(show_args, period.until), .help = "only what has its day on this day or earlier" } },
	{ .field = { "across", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(show_args, across), .help = "add up the figures of these cohorts of one programme" }, .placeholder = "COHORT,..." },
	{ .field = { "for", MENTOR_TYPE_CHOICE, MENTOR_AT_NUMBER(show_args, audience), .choices = audiences,
	      .help = "leave out what these readers may not see; not given, it is for the team that runs the programme" } },
	{ .field = { "fail-if", MENTOR_TYPE_TEXT, MENTOR_AT_TEXT(show_args, fail_if),
	      .help = "end with 8 when some row fulfils this condition: PART.COLUMN, one of = != < <= > >=, and a value" }, .placeholder = "CONDITION" },
	{ .field = { "long", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(show_args, is_long),
	      .help = "csv, tsv and jsonl: a row for every figure of every part, as spreadsheets and statistics programs like it" } },
	{ .letter = 0 },
};

static const struct operand show_operands[] = {
	{ "NAME", .help = "the report; mentor report list names them" },
	{ 0 },
};

static const char *const page_formats[] = { "html", "md", "xlsx", NULL };

/* What is made for others than the team leaves it; of groups not even the team has a view of its own. */
static bool is_for_others(const struct run *run)
{
	const int64_t audience = ((const struct show_args *)run->args)->audience;
	const struct report *report = find_report(operand(run, 0));
	return (audience != MENTOR_NONE && audience != FOR_TEAM) || (report && report->tell == tell_equality);
}

static const struct command report_show = {
	.name = "show",
	.publishes = is_for_others,
	.summary = "show one report",
	.flags = CMD_READ,
	.options = show_options,
	.operands = show_operands,
	.parts = show_parts,
	.args_size = sizeof(struct show_args),
	.formats = page_formats,
	.choose = choose_parts,
	.run = run_show,
};

/* ---- export ---- */

struct export_args {
	int64_t anonymous;
};
static const struct option export_options[] = {
	{ .field = { "anonymous", MENTOR_TYPE_BOOL, MENTOR_AT_NUMBER(export_args, anonymous), .help = "say that figures are to leave the store; nothing else can" } },
	{ .letter = 0 },
};
static const struct part export_parts[] = { { NULL, NULL, mentor_figure_fields, true, false }, { 0 } };

static enum mentor_status print_figure(void *arg, const void *record)
{
	out_row(((struct run *)arg)->out, record);
	return MENTOR_OK;
}

static enum mentor_status run_export(struct run *run)
{
	if (((const struct export_args *)run->args)->anonymous != 1)
		return mentor_fail(run->m, MENTOR_USAGE, "say --anonymous", "only figures without names can be exported");
	return mentor_report_export(run->m, run->cohort, print_figure, run);
}

static const struct command report_export = {
	.name = "export",
	.summary = "print a cohort's figures to be put together with those of others",
	.publishes = publishes_always,
	.flags = CMD_READ | CMD_COHORT,
	.options = export_options,
	.parts = export_parts,
	.args_size = sizeof(struct export_args),
	.run = run_export,
};

/* ---- combine ---- */

enum { MOST_BYTES = 16 << 20 };

static const struct operand combine_operands[] = {
	{ "FILE", .many = true, .entity = "file", .help = "what mentor report export --anonymous -f csv printed; of any store" },
	{ 0 },
};
static const struct part combine_parts[] = {
	{ "combined", "All cohorts together", mentor_combined_fields, .many = true, .main = true },
	{ "cohorts", "Cohort by cohort", mentor_figure_fields, .many = true },
	{ 0 },
};

static enum mentor_status print_by_cohort(void *arg, const void *record)
{
	struct run *run = arg;
	if (run->out->part != &combine_parts[1])
		out_part(run->out, "cohorts");
	return print_figure(arg, record);
}

static enum mentor_status combine_files(struct run *run, struct mentor_survey_file *files, char **texts)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < run->n_operands; i++) {
		files[i].name = operand(run, i);
		status = read_file(run, files[i].name, MOST_BYTES, &texts[i], &files[i].len);
		files[i].text = texts[i];
	}
	out_title(run->out, "Figures of several cohorts");
	return status ? status : mentor_report_combine(run->m, files, run->n_operands, print_figure, print_by_cohort, run);
}

static enum mentor_status run_combine(struct run *run)
{
	struct mentor_survey_file *files = calloc(run->n_operands, sizeof(*files));
	char **texts = calloc(run->n_operands, sizeof(*texts));
	enum mentor_status status =
	    files && texts ? combine_files(run, files, texts) : mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	for (size_t i = 0; texts && i < run->n_operands; i++)
		free(texts[i]);
	free(texts);
	free(files);
	return status;
}

static const struct command report_combine = {
	.name = "combine",
	.summary = "put exports of several cohorts together, and compare them",
	.operands = combine_operands,
	.parts = combine_parts,
	.formats = page_formats,
	.run = run_combine,
};

/* ---- compare ---- */

static const struct part compare_parts[] = {
	{ "cohorts", "Cohorts", mentor_report_cohort_fields, .many = true, .main = true },
	{ "aims", "Change by aim", mentor_report_cohort_aim_fields, .many = true },
	{ 0 },
};

static enum mentor_status print_compared(void *arg, const char *part, const void *record)
{
	print_record(arg, part, record);
	return MENTOR_OK;
}

static enum mentor_status run_compare(struct run *run)
{
	int64_t *ids = calloc(run->n_operands, sizeof(*ids));
	enum mentor_status status = ids ? find_cohorts(run, run->operands, run->n_operands, ids) : mentor_fail(run->m, MENTOR_NO_MEMORY, NULL, "not enough memory");
	out_title(run->out, "Cohorts compared");
	if (!status)
		status = mentor_report_compare(run->m, ids, run->n_operands, print_compared, run->out);
	free(ids);
	return status;
}

static const struct option compare_options[] = { PUBLISH_OPTION, { .letter = 0 } };
static const struct operand compare_operands[] = {
	{ "COHORT", .entity = "cohort", .help = "short name of a cohort" },
	{ "OTHER", .many = true, .entity = "cohort", .help = "short names of the cohorts to set beside it, in this order" },
	{ 0 },
};

static const struct command report_compare = {
	.name = "compare",
	.summary = "set cohorts side by side: how far people came, how pairs stand, what has changed",
	.flags = CMD_READ,
	.options = compare_options,
	.args_size = sizeof(struct leaving_args),
	.publishes = publishes_asked,
	.operands = compare_operands,
	.parts = compare_parts,
	.formats = page_formats,
	.run = run_compare,
};

static const struct command *const verbs[] = { &report_list, &report_show, &report_compare, &report_export, &report_combine, NULL };

const struct command noun_report = {
	.name = "report",
	.summary = "reports without names and without what was said",
	.verbs = verbs,
};
