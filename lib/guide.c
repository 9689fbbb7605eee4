/* guide.c: what comes with a programme for those who run it and take part: its guide and its materials, made from the definition. */
#include "cohort.h"
#include "event.h"
#include "labels.h"
#include "page.h"
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_material, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_material, member)
/* clang-format off */
const struct mentor_field mentor_material_fields[] = {
	{ "kind", MENTOR_TYPE_TEXT, 0, TEXT(kind), .help = "resource, activity or form" },
	{ "name", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(name), .help = "its name in the programme" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(title), .help = "what it is called" },
	{ "audience", MENTOR_TYPE_CHOICE, MENTOR_SIDES, NUMBER(audience), .choices = def_people, .heading = "for", .help = "for whom it is" },
	{ "stage", MENTOR_TYPE_TEXT, 0, TEXT(stage), .help = "the stage in which it is of use; all when empty" },
	{ "link", MENTOR_TYPE_TEXT, 0, TEXT(link), .help = "where it is" },
	{ "minutes", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(minutes), .help = "activity: how long it takes" },
	{ "session", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(session), .help = "activity: the session it is made for; any when empty" },
	{ "text", MENTOR_TYPE_NOTE, MENTOR_WIDE, TEXT(text), .help = "what it says, or how it is done" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* ---- materials ---- */

static bool is_for(int64_t material, int64_t asked)
{
	return asked == MENTOR_NONE || material == asked || (material == DEF_BOTH && (asked == DEF_MENTORS || asked == DEF_MENTEES)) ||
	       (asked == DEF_BOTH && (material == DEF_MENTORS || material == DEF_MENTEES));
}

struct materials {
	int64_t audience;
	const char *stage;
	mentor_record_fn *each;
	void *arg;
};

static enum mentor_status tell_material(const struct materials *w, const struct mentor_material *row)
{
	bool in_stage = !w->stage || !row->stage || strcmp(row->stage, w->stage) == 0;
	return is_for(row->audience, w->audience) && in_stage ? w->each(w->arg, row) : MENTOR_OK;
}

static enum mentor_status walk_materials(const struct definition *d, const struct materials *w)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < d->n_resources; i++) {
		const struct def_resource *r = &d->resources[i];
		status = tell_material(w, &(const struct mentor_material){ "resource", r->slug, r->title, r->audience, r->stage, r->link, r->text, MENTOR_NONE, MENTOR_NONE });
	}
	for (size_t i = 0; !status && i < d->n_activities; i++) {
		const struct def_activity *a = &d->activities[i];
		status = tell_material(w, &(const struct mentor_material){ "activity", a->slug, a->title, DEF_BOTH, NULL, NULL, a->text, a->minutes, a->session });
	}
	for (size_t i = 0; !status && i < d->n_forms; i++) {
		const struct def_blank *f = &d->forms[i];
		status = tell_material(w, &(const struct mentor_material){ "form", f->slug, f->title, f->audience, NULL, NULL, NULL, MENTOR_NONE, MENTOR_NONE });
	}
	return status;
}

static enum mentor_status check_stage(struct mentor *m, const struct definition *d, const char *stage)
{
	struct mentor_buf hint = MENTOR_BUF_INIT;
	for (size_t i = 0; i < d->n_stages; i++) {
		if (strcmp(d->stages[i].slug, stage) == 0) {
			mentor_buf_free(&hint);
			return MENTOR_OK;
		}
		mentor_buf_fmt(&hint, "%s%s", i ? ", " : "there are: ", d->stages[i].slug);
	}
	enum mentor_status status = fail(m, MENTOR_NOT_FOUND, hint.len ? mentor_buf_text(&hint) : "the programme has no stages", "there is no stage '%s'", stage);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status newest(struct mentor *m, int64_t programme, struct definition **ret)
{
	int64_t revision = 0;
	enum mentor_status status = programme_revision_id(m, programme, 0, &revision);
	return status ? status : programme_of_revision(m, revision, ret);
}

enum mentor_status mentor_programme_resources(struct mentor *m, int64_t programme, int64_t audience, const char *stage, mentor_record_fn *each, void *arg)
{
	const struct materials w = { audience, stage, each, arg };
	struct definition *d = NULL;
	enum mentor_status status = newest(m, programme, &d);
	if (!status && stage)
		status = check_stage(m, d, stage);
	if (!status)
		status = walk_materials(d, &w);
	definition_free(d);
	return status;
}

/* ---- the guide ---- */

struct guide {
	struct mentor *m;
	const struct definition *d;
	const struct mentor_cohort *cohort; /* NULL: none */
	struct mentor_labels labels;
	struct page page;
	struct arena memory; /* texts made on the way */
};

/* A text made on the way, which lives as long as the guide is written; NULL without memory, which the end notices. */
static const char *keep(struct guide *g, struct mentor_buf *b)
{
	const char *kept = b->failed ? NULL : arena_strdup(&g->memory, mentor_buf_text(b));
	g->memory.failed = g->memory.failed || b->failed;
	mentor_buf_free(b);
	return kept;
}

static const char *say(struct guide *g, const char *format, ...) MENTOR_PRINTF(2, 3);
static const char *say(struct guide *g, const char *format, ...)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	va_list args;
	va_start(args, format);
	mentor_buf_vfmt(&b, format, args);
	va_end(args);
	return keep(g, &b);
}

static const char *capital(struct guide *g, const char *text)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_buf_capital(&b, text);
	return keep(g, &b);
}

static const char *people(const struct guide *g, int64_t audience)
{
	static const char *const others[] = { NULL, NULL, NULL, "facilitators", "applicants", "line managers", "the running team" };
	if (audience == DEF_MENTORS)
		return g->labels.mentors;
	if (audience == DEF_MENTEES)
		return g->labels.mentees;
	return audience == DEF_BOTH ? "everybody" : others[audience];
}

static const char *day_in_words(struct guide *g, const char *day)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	mentor_day_in_words(&b, day);
	return keep(g, &b);
}

static void pair_row(struct guide *g, const char *left, const char *right)
{
	if (right && *right)
		page_row(&g->page, (const char *const[]){ left, right });
}

/* "4 to 6", "at least 3", "up to 60"; NULL when nothing is said. */
static const char *range(struct guide *g, const struct def_range *r, const char *unit)
{
	if (r->minimum != MENTOR_NONE && r->maximum != MENTOR_NONE && r->minimum != r->maximum)
		return say(g, "%" PRId64 " to %" PRId64 " %s", r->minimum, r->maximum, unit);
	if (r->minimum != MENTOR_NONE)
		return say(g, "%s%" PRId64 " %s", r->maximum == r->minimum ? "" : "at least ", r->minimum, unit);
	if (r->maximum != MENTOR_NONE)
		return say(g, "up to %" PRId64 " %s", r->maximum, unit);
	return r->usual != MENTOR_NONE ? say(g, "%" PRId64 " %s", r->usual, unit) : NULL;
}

static void write_glance(struct guide *g)
{
	static const char *const arrangements[] = { "reverse: the mentor stays the mentor", "reciprocal: each mentors the other",
		"a combination: each pair is reverse or reciprocal, as its people chose" };
	static const char *const headings[] = { "What", "How", NULL };
	const struct definition *d = g->d;
	const struct def_contract *c = &d->contract;
	page_heading(&g->page, 2, "At a glance");
	page_table(&g->page, "The programme in short", headings);
	if (g->cohort)
		pair_row(g, "Cohort", g->cohort->title);
	if (g->cohort && g->cohort->starts_on)
		pair_row(g, "The work in pairs starts", day_in_words(g, g->cohort->starts_on));
	if (g->cohort && g->cohort->ends_on)
		pair_row(g, "It ends", day_in_words(g, g->cohort->ends_on));
	pair_row(g, "Arrangement", arrangements[d->arrangement]);
	pair_row(g, "A cohort",
	    say(g, "up to %" PRId64 " %s and %" PRId64 " %s, %" PRId64 " months", d->cohort.mentors, g->labels.mentors, d->cohort.mentees, g->labels.mentees, d->cohort.months));
	pair_row(g, "Sessions of a pair", range(g, &c->sessions, "sessions"));
	pair_row(g, "Length of a session", range(g, &c->minutes, "minutes"));
	pair_row(g, "Meetings of the other's", range(g, &c->shadowed, c->shadowed_meeting));
	pair_row(g, "How often", c->frequency);
	pair_row(g, "Enquiries", say(g, "%s%s%s%s%s", d->contact.name ? d->contact.name : "", d->contact.name ? ", " : "", d->contact.email, d->contact.phone ? ", " : "",
					 d->contact.phone ? d->contact.phone : ""));
	page_table_end(&g->page);
}

static void write_texts(struct guide *g, const char *const *texts, size_t n)
{
	page_list(&g->page, false);
	for (size_t i = 0; i < n; i++)
		page_item(&g->page, texts[i]);
	page_list_end(&g->page);
}

static void write_aims(struct guide *g)
{
	if (!g->d->n_aims)
		return;
	page_heading(&g->page, 2, "What it is for");
	page_list(&g->page, false);
	for (size_t i = 0; i < g->d->n_aims; i++) {
		const struct def_aim *a = &g->d->aims[i];
		struct mentor_buf b = MENTOR_BUF_INIT;
		mentor_buf_str(&b, a->text);
		for (size_t p = 0; p < a->n_plans; p++)
			mentor_buf_fmt(&b, "%s%s%s", p ? ", " : " (", a->plans[p], p + 1 == a->n_plans ? ")" : "");
		page_item(&g->page, keep(g, &b));
	}
	page_list_end(&g->page);
}

static void write_stages(struct guide *g)
{
	static const char *const before[] = { "before the cohort opens", "before pairs are published", "before the work in pairs starts", "before the cohort is finished" };
	if (!g->d->n_stages)
		return;
	page_heading(&g->page, 2, "Stages, and what has to be settled in each");
	for (size_t i = 0; i < g->d->n_stages; i++) {
		const struct def_stage *s = &g->d->stages[i];
		page_heading(&g->page, 3, say(g, "%zu. %s", i + 1, s->title));
		if (s->before != MENTOR_NONE)
			page_paragraph(&g->page, say(g, "To be settled %s.", before[s->before]));
		page_list(&g->page, true);
		for (size_t c = 0; c < s->n_checklist; c++)
			page_item(&g->page, s->checklist[c].text);
		page_list_end(&g->page);
	}
}

/* ---- dates ---- */

/* One line of the calendar. */
struct date_line {
	int64_t key;
	const char *when, *what, *who, *how;
};

struct dates {
	struct date_line *lines;
	size_t n, cap;
};

static const int64_t a_week = 7, far = 1000, far_off = 1000000;

/* "2 weeks before the start"; for a cohort whose day is known, the day. */
static const char *when_of(struct guide *g, const char *date, int64_t from, int64_t weeks, int64_t *ret_key)
{
	static const char *const days[] = { "the opening", "the closing", "the start", "the middle", "the end" };
	int64_t day = MENTOR_NONE, w = weeks == MENTOR_NONE ? 0 : weeks;
	char iso[11];
	if (date && mentor_day_parse(date, &day)) {
		*ret_key = g->cohort ? day : day - far_off;
		return day_in_words(g, date);
	}
	day = g->cohort ? cohort_day(g->cohort, from) : MENTOR_NONE;
	if (day != MENTOR_NONE) {
		*ret_key = day + a_week * w;
		mentor_day_format(*ret_key, iso);
		return day_in_words(g, iso);
	}
	*ret_key = far_off + far * from + w;
	if (w == 0)
		return say(g, from == DEF_DAY_MIDDLE ? "in %s" : "on the day of %s", days[from]);
	return say(g, "%" PRId64 " %s %s %s", w < 0 ? -w : w, w == 1 || w == -1 ? "week" : "weeks", w < 0 ? "before" : "after", days[from]);
}

static void add_date(struct guide *g, struct dates *d, struct date_line line)
{
	if (d->n == d->cap) {
		size_t cap = d->cap ? d->cap * 2 : 32;
		struct date_line *grown = arena_alloc(&g->memory, cap * sizeof(*grown));
		if (!grown)
			return;
		if (d->n)
			memcpy(grown, d->lines, d->n * sizeof(*grown));
		d->lines = grown;
		d->cap = cap;
	}
	d->lines[d->n++] = line;
}

static const char *how_of(struct guide *g, const struct def_time *t)
{
	const char *mode = t->mode == MENTOR_NONE ? NULL : t->mode == 0 ? "online" : t->mode == 1 ? "face to face" : NULL;
	struct mentor_buf b = MENTOR_BUF_INIT;
	if (t->start)
		mentor_buf_fmt(&b, "%s%s%s", t->start, t->end ? " to " : "", t->end ? t->end : "");
	if (t->place || mode)
		mentor_buf_fmt(&b, "%s%s", b.len ? ", " : "", t->place ? t->place : mode);
	return keep(g, &b);
}

static void collect_dates(struct guide *g, struct dates *dates)
{
	int64_t key = 0;
	for (size_t i = 0; i < g->d->n_events; i++) {
		const struct def_event *e = &g->d->events[i];
		for (size_t t = 0; t < e->n_times; t++) {
			const char *when = when_of(g, e->times[t].date, e->times[t].from, e->times[t].weeks, &key);
			add_date(g, dates, (struct date_line){ key, when, say(g, "%s%s", e->title, e->n_times > 1 ? " (one of several times)" : ""), people(g, e->audience), how_of(g, &e->times[t]) });
		}
	}
	for (size_t i = 0; i < g->d->n_surveys; i++) {
		const struct def_survey *s = &g->d->surveys[i];
		for (size_t o = 0; o < s->n_open; o++) {
			const char *when = when_of(g, NULL, s->open[o].from, s->open[o].weeks, &key);
			add_date(g, dates, (struct date_line){ key, when, say(g, "Survey: %s (%s)", s->title, s->open[o].slug), people(g, s->audience), say(g, "open for %" PRId64 " days", s->open[o].days) });
		}
	}
	for (size_t i = 0; i < g->d->n_reports; i++) {
		const struct def_report *r = &g->d->reports[i];
		const char *when = when_of(g, NULL, r->from, r->weeks, &key);
		add_date(g, dates, (struct date_line){ key, when, say(g, "Report: %s", r->title), r->reader, "is due" });
	}
}

static void write_dates(struct guide *g)
{
	static const char *const headings[] = { "When", "What", "For whom", "How", NULL };
	struct dates dates = { NULL, 0, 0 };
	collect_dates(g, &dates);
	if (!dates.n)
		return;
	page_heading(&g->page, 2, "Dates");
	page_table(&g->page, say(g, "%s; times of day are those of %s", g->cohort ? "The days of this cohort" : "Counted from the days of a cohort", g->d->time_zone), headings);
	for (size_t done = 0; done < dates.n; done++) { /* few lines: in order, and equal ones as they stand in the file */
		size_t first = done;
		for (size_t i = done + 1; i < dates.n; i++)
			first = dates.lines[i].key < dates.lines[first].key ? i : first;
		const struct date_line line = dates.lines[first];
		memmove(&dates.lines[done + 1], &dates.lines[done], (first - done) * sizeof(line));
		dates.lines[done] = line;
		page_row(&g->page, (const char *const[]){ line.when, line.what, line.who, line.how });
	}
	page_table_end(&g->page);
}

/* ---- who does what ---- */

/* What a step depends on. */
enum needs {
	ALWAYS,
	IF_FORM = 1,
	IF_EQUALITY = 2,
	IF_CRITERIA = 4,
	IF_STATEMENTS = 8,
	IF_SUPPORT = 16,
	IF_EVENTS = 32,
	IF_SIGN_UP = 64,
	IF_FACILITATORS = 128,
	IF_CHOICE = 256,
	IF_SURVEYS = 512,
	IF_RECRUITMENT = 1024,
	IF_ACCEPTED = 2048,
};

static const struct step {
	const char *phase, *what, *who, *command;
	unsigned needs;
} steps[] = {
	{ "Set up", "Check the programme file and store it", "programme manager", "mentor programme import FILE", ALWAYS },
	{ "Set up", "Make a cohort with its days", "programme manager", "mentor cohort add COHORT --programme NAME --starts-on DAY", ALWAYS },
	{ "Set up", "Open it; its events are made", "programme manager", "mentor cohort open", ALWAYS },
	{ "Recruit", "Write to people who may want to apply", "programme manager", "mentor enrol export recruitment -f mbox", IF_RECRUITMENT },
	{ "Recruit", "Note who signs up for a session", "whoever answers enquiries", "mentor event signup EVENT PERSON", IF_SIGN_UP },
	{ "Recruit", "Take applications from the form", "programme manager", "mentor enrol import FILE", IF_FORM },
	{ "Recruit", "Take the answers of equality monitoring", "whoever may see them", "mentor equality import FILE", IF_EQUALITY },
	{ "Recruit", "Close applications", "programme manager", "mentor cohort close", ALWAYS },
	{ "Select", "Score applications by the criteria", "assessors", "mentor enrol score --file FILE", IF_CRITERIA },
	{ "Select", "Note what people state and confirm", "programme manager", "mentor enrol confirm PERSON --all", IF_STATEMENTS },
	{ "Select", "Ask line managers for support, and note it", "programme manager", "mentor enrol approve PERSON --given", IF_SUPPORT },
	{ "Select", "Decide who takes part", "programme manager", "mentor enrol accept PERSON", ALWAYS },
	{ "Select", "Tell everybody", "programme manager", "mentor enrol export accepted -f mbox", IF_ACCEPTED },
	{ "Prepare", "Say who runs which event", "programme manager", "mentor event assign EVENT PERSON", IF_FACILITATORS },
	{ "Prepare", "Invite people to an event", "programme manager", "mentor event invite EVENT -f mbox", IF_EVENTS },
	{ "Prepare", "Note who was there", "facilitators", "mentor event import EVENT FILE", IF_EVENTS },
	{ "Pair", "Propose pairs", "programme manager", "mentor match propose", ALWAYS },
	{ "Pair", "See why, and why not", "programme manager", "mentor match explain PERSON", ALWAYS },
	{ "Pair", "Note what people say to their pair", "programme manager", "mentor match accept PAIR", IF_CHOICE },
	{ "Pair", "Publish the pairs", "programme manager", "mentor match publish", ALWAYS },
	{ "Pair", "Begin the work in pairs", "programme manager", "mentor cohort start", ALWAYS },
	{ "Work", "Write each pair's contract", "programme manager", "mentor contract draft PAIR", ALWAYS },
	{ "Work", "Note that both have signed", "programme manager", "mentor contract sign PAIR --mentor --mentee", ALWAYS },
	{ "Work", "Log the sessions that were held", "programme manager", "mentor log add PAIR --minutes 60", ALWAYS },
	{ "Work", "See what is missing at any time", "programme manager", "mentor cohort status", ALWAYS },
	{ "Work", "End a pair, without fault", "programme manager", "mentor match end PAIR", ALWAYS },
	{ "Review", "Take the answers to a survey", "programme manager", "mentor survey import SURVEY STAGE FILE", IF_SURVEYS },
	{ "Review", "See what has changed", "programme manager", "mentor survey compare SURVEY", IF_SURVEYS },
	{ "Review", "Write the report", "programme manager", "mentor report show progress -f html", ALWAYS },
	{ "Review", "Finish the cohort", "programme manager", "mentor cohort finish", ALWAYS },
	{ "Review", "Make the next one, with its reserves", "programme manager", "mentor cohort roll COHORT", ALWAYS },
};

static bool has_template(const struct definition *d, enum def_use use)
{
	for (size_t i = 0; i < d->n_templates; i++)
		if (d->templates[i].use == (int64_t)use)
			return true;
	return false;
}

static bool has_event(const struct definition *d, int64_t audience, bool facilitated)
{
	for (size_t i = 0; i < d->n_events; i++)
		if ((audience != MENTOR_NONE && d->events[i].audience == audience) || (facilitated && d->events[i].facilitators_need))
			return true;
	return false;
}

static unsigned what_holds(const struct definition *d)
{
	const struct def_role *mentor = &d->roles.mentor, *mentee = &d->roles.mentee;
	const struct {
		bool holds;
		unsigned flag;
	} all[] = { { d->application.n_columns > 0, IF_FORM }, { d->equality.n_questions > 0, IF_EQUALITY }, { d->n_criteria > 0, IF_CRITERIA },
		{ mentor->n_eligibility + mentor->n_confirms + mentee->n_eligibility + mentee->n_confirms > 0, IF_STATEMENTS },
		{ mentor->manager_support != DEF_SUPPORT_NONE || mentee->manager_support != DEF_SUPPORT_NONE, IF_SUPPORT }, { d->n_events > 0, IF_EVENTS },
		{ has_event(d, DEF_APPLICANTS, false), IF_SIGN_UP }, { has_event(d, MENTOR_NONE, true), IF_FACILITATORS },
		{ d->matching.mentors_choose == 1 || d->matching.mentees_choose == 1, IF_CHOICE }, { d->n_surveys > 0, IF_SURVEYS },
		{ has_template(d, DEF_USE_RECRUITMENT), IF_RECRUITMENT }, { has_template(d, DEF_USE_ACCEPTED), IF_ACCEPTED } };
	unsigned flags = 0;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		flags |= all[i].holds ? all[i].flag : 0;
	return flags;
}

static void write_steps(struct guide *g)
{
	static const char *const headings[] = { "Step", "Who", "Command", NULL };
	unsigned holds = what_holds(g->d);
	const char *phase = NULL;
	page_heading(&g->page, 2, "Who does what, and by which command");
	page_paragraph(&g->page, "Words in capitals stand for names and references. With --help each command explains itself, and with --dry-run it shows what it would do.");
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		const struct step *s = &steps[i];
		if ((s->needs & holds) != s->needs)
			continue;
		if (!phase || strcmp(phase, s->phase) != 0) {
			if (phase)
				page_table_end(&g->page);
			page_table(&g->page, s->phase, headings);
			phase = s->phase;
		}
		page_row(&g->page, (const char *const[]){ s->what, s->who, s->command });
	}
	page_table_end(&g->page);
}

/* ---- what is asked of people ---- */

static void write_role(struct guide *g, const char *name, const struct def_role *r)
{
	static const char *const supports[] = { NULL, "The line manager is asked for support", "The line manager's support is required before a pair is published" };
	page_heading(&g->page, 3, capital(g, name));
	page_list(&g->page, false);
	for (size_t i = 0; i < r->n_eligibility; i++)
		page_item(&g->page, say(g, "Can apply who states: %s", r->eligibility[i].text));
	for (size_t i = 0; i < r->n_confirms; i++)
		page_item(&g->page, say(g, "Confirms: %s", r->confirms[i].text));
	if (supports[r->manager_support])
		page_item(&g->page, supports[r->manager_support]);
	for (size_t i = 0; i < r->n_needs; i++)
		page_item(&g->page, say(g, "Attends first: %s", event_title(g->d, r->needs[i])));
	const struct def_contact *c = r->contact.email ? &r->contact : &g->d->contact;
	page_item(&g->page, say(g, "Whoever no longer wishes to go on turns to: %s%s%s", c->name ? c->name : "", c->name ? ", " : "", c->email));
	page_list_end(&g->page);
}

static void write_roles(struct guide *g)
{
	page_heading(&g->page, 2, "What is asked of people");
	write_role(g, g->labels.mentors, &g->d->roles.mentor);
	write_role(g, g->labels.mentees, &g->d->roles.mentee);
	if (has_event(g->d, DEF_FACILITATORS, true))
		write_role(g, "facilitators", &g->d->roles.facilitator);
}

static void write_contract(struct guide *g)
{
	const struct def_contract *c = &g->d->contract;
	page_heading(&g->page, 2, "What every pair agrees");
	page_paragraph(&g->page, c->purpose);
	write_texts(g, c->ground_rules, c->n_ground_rules);
	page_paragraph(&g->page, c->no_fault);
}

static void write_events(struct guide *g)
{
	if (!g->d->n_events)
		return;
	page_heading(&g->page, 2, "Events");
	for (size_t i = 0; i < g->d->n_events; i++) {
		const struct def_event *e = &g->d->events[i];
		page_heading(&g->page, 3, e->title);
		page_paragraph(&g->page, say(g, "For %s%s.%s%s%s", people(g, e->audience), e->required == 1 ? "; being there counts as taking part" : "", e->around ? " Arranged around: " : "",
						e->around ? e->around : "", e->around ? "." : ""));
		page_paragraph(&g->page, e->text);
		if (e->facilitators_need)
			page_paragraph(&g->page, say(g, "Run by whoever has attended: %s.", event_title(g->d, e->facilitators_need)));
	}
}

/* ---- materials, messages, records ---- */

static enum mentor_status write_material(void *arg, const void *record)
{
	struct guide *g = arg;
	const struct mentor_material *r = record;
	const char *first = r->minutes != MENTOR_NONE && r->session != MENTOR_NONE ? say(g, "%s (%" PRId64 " minutes, session %" PRId64 ")", r->title, r->minutes, r->session) :
	    r->minutes != MENTOR_NONE ? say(g, "%s (%" PRId64 " minutes)", r->title, r->minutes) : r->title;
	page_row(&g->page, (const char *const[]){ first, r->kind, people(g, r->audience), r->link ? r->link : r->text });
	return MENTOR_OK;
}

static void write_materials(struct guide *g)
{
	static const char *const headings[] = { "Title", "Kind", "For whom", "Where, or what", NULL };
	if (!g->d->n_resources && !g->d->n_activities && !g->d->n_forms)
		return;
	page_heading(&g->page, 2, "Materials");
	page_table(&g->page, "What people read, do and fill in", headings);
	const struct materials all = { MENTOR_NONE, NULL, write_material, g };
	walk_materials(g->d, &all);
	page_table_end(&g->page);
}

static void write_records(struct guide *g)
{
	static const char *const headings[] = { "What", "Months after the cohort has ended", NULL };
	const struct def_retention *r = &g->d->privacy.retention;
	const struct {
		const char *what;
		int64_t months;
	} rows[] = { { "Applications of people who did not take part", r->applications }, { "Who was paired with whom", r->pairs }, { "Sessions, contracts, goals and actions", r->sessions },
		{ "Single answers to surveys", r->surveys }, { "Messages sent", r->messages } };
	page_heading(&g->page, 2, "What is kept, and for how long");
	page_paragraph(&g->page,
	    say(g, "What is said in sessions is not recorded and appears in no report. Figures about fewer than %" PRId64 " people are withheld.", g->d->privacy.min_cell));
	page_table(&g->page, "Kept for", headings);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		page_row(&g->page, (const char *const[]){ rows[i].what, say(g, "%" PRId64, rows[i].months) });
	page_table_end(&g->page);
}

static enum mentor_status write_guide(struct guide *g, enum mentor_guide_format format, struct mentor_buf *b)
{
	static const enum page_format formats[] = { PAGE_TEXT, PAGE_MARKDOWN, PAGE_HTML };
	static void (*const sections[])(struct guide *g) = { write_glance, write_aims, write_stages, write_dates, write_steps, write_roles, write_contract, write_events,
		write_materials, write_records };
	struct mentor_buf text = MENTOR_BUF_INIT;
	page_begin(&g->page, &text, formats[format], say(g, "%s: guide for whoever runs it", g->d->title));
	page_paragraph(&g->page,
	    say(g, "This guide is made from the programme file%s%s. It says what has to be settled and when, who does what, and which command of mentor does it.",
		g->d->organisation ? " of " : "", g->d->organisation ? g->d->organisation : ""));
	for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++)
		sections[i](g);
	page_end(&g->page);
	if (!text.failed && !g->memory.failed)
		mentor_buf_add(b, mentor_buf_text(&text), text.len);
	bool lost = text.failed || g->memory.failed || b->failed;
	mentor_buf_free(&text);
	return lost ? fail_memory(g->m) : MENTOR_OK;
}

static enum mentor_status check_cohort(struct mentor *m, int64_t programme, const struct mentor_cohort *c)
{
	return c->programme_id == programme ? MENTOR_OK :
					      fail(m, MENTOR_REFUSED, "name a cohort of the programme, or none", "the cohort '%s' is of the programme '%s'", c->slug, c->programme);
}

enum mentor_status mentor_programme_guide(struct mentor *m, int64_t programme, int64_t cohort, enum mentor_guide_format format, struct mentor_buf *b)
{
	struct guide g = { .m = m, .memory = ARENA_INIT };
	struct definition *d = NULL;
	void *record = NULL;
	enum mentor_status status = cohort ? mentor_record_get(m, &mentor_entity_cohort, cohort, &record) : MENTOR_OK;
	g.cohort = record;
	if (!status && cohort)
		status = check_cohort(m, programme, record);
	if (!status)
		status = cohort ? programme_of_cohort(m, cohort, &d) : newest(m, programme, &d);
	g.d = d;
	if (!status)
		status = labels_of(m, d, &g.labels);
	if (!status)
		status = write_guide(&g, format, b);
	arena_free(&g.memory);
	definition_free(d);
	mentor_record_free(record);
	return status;
}
