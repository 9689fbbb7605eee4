/* definition.h: a programme definition: the structs that a programme file is read into.
 *
 * definition_keys.c has the table of keys: each key once, with name, type, default, range, meaning and example. Reading, writing,
 * comparing, the manual's list and the JSON Schema all come from it. definition_check.c and check_*.c have what no single key can tell.
 * To add a key: a member here, a row there. */
#ifndef DEFINITION_H
#define DEFINITION_H

#include "arena.h"
#include "keys.h"

enum def_arrangement { DEF_REVERSE, DEF_RECIPROCAL, DEF_COMBINATION };

/** A number that the programme leaves to the pair within bounds; each part MENTOR_NONE when not given. */
struct def_range {
	int64_t minimum, usual, maximum;
};

/** A named text: a topic, a confirmation. */
struct def_text {
	const char *slug, *text;
};

struct def_contact {
	const char *name, *email, *phone;
};

struct def_aim {
	const char *slug, *text;
	const char *const *plans;
	size_t n_plans;
};

/** What one person of a side is called in Welsh; NULL: not said. */
struct def_welsh_labels {
	const char *mentor, *mentee;
};

struct def_labels {
	const char *mentor, *mentors, *mentee, *mentees;
	struct def_welsh_labels cy;
};

/** Something that people of a role state or confirm. */
struct def_statement {
	const char *slug, *text;
	const char *column; /* of the application: yes there states it; NULL: recorded by hand */
};

enum def_support { DEF_SUPPORT_NONE, DEF_SUPPORT_ASKED, DEF_SUPPORT_REQUIRED };

struct def_role {
	const struct def_statement *eligibility, *confirms;
	size_t n_eligibility, n_confirms;
	int64_t manager_support; /* enum def_support */
	int64_t places;
	const char *const *needs; /* events */
	size_t n_needs;
	struct def_contact contact;
};

struct def_roles {
	struct def_role mentor, mentee, facilitator;
};

struct def_stage {
	const char *slug, *title;
	int64_t before; /* enum mentor_step, or MENTOR_NONE */
	const struct def_text *checklist;
	size_t n_checklist;
};

struct def_criterion {
	const char *slug, *text;
	const char *column; /* of the application: the answer it judges */
	int64_t audience; /* enum def_audience */
	int64_t most;	  /* highest score */
	int64_t weight;
};

/** Where an imported value comes from. */
struct def_column {
	const char *slug; /* what it fills: a person's field, role, response, applied_on, or a question of the programme */
	const char *header;
	int64_t occurrence;
	int64_t many; /* several choices in one cell */
	int64_t required;
	const struct key_value *values;
	size_t n_values;
};

/** Where an export comes from. */
enum def_profile { DEF_PROFILE_CSV, DEF_PROFILE_MSFORMS, DEF_PROFILE_GOOGLEFORMS };

struct def_form {
	int64_t profile; /* enum def_profile */
	int64_t date_order;
	const char *information; /* resource to be read before applying */
	const struct def_column *columns;
	size_t n_columns;
	const char *const *ignore;
	size_t n_ignore;
	bool discreet; /* never read from a file: of equality monitoring, whose messages repeat neither answers nor addresses */
};

/** What is asked for the sake of equality monitoring only, kept apart from everything that chooses people. */
struct def_equality {
	const char *purpose, *basis, *seen_by;
	const char *policy; /* the appropriate policy document; NULL: none is named */
	int64_t months;
	const struct def_column *questions;
	size_t n_questions;
};

enum def_rule_kind {
	DEF_RULE_DIFFERENT,
	DEF_RULE_SAME,
	DEF_RULE_COMPATIBLE, /* share a value, or one of them does not mind */
	DEF_RULE_SENIOR,     /* the mentee's grade is above the mentor's by minimum to maximum steps */
	DEF_RULE_APART,	     /* the grades are minimum to maximum steps apart, whichever is the higher */
	DEF_RULE_NOT_LINE_MANAGEMENT,
	DEF_RULE_NEW_PAIR, /* not paired in another cohort of the programme */
};

/** A hard rule: a pair that breaks it is not a candidate. */
struct def_rule {
	const char *slug;
	int64_t kind;
	const char *field;	  /* person's field or question; NULL where the kind needs none */
	const char *either;	  /* the answer that fits any other */
	int64_t minimum, maximum; /* steps of seniority */
};

enum def_score_kind { DEF_SCORE_OVERLAP, DEF_SCORE_DIFFERENT, DEF_SCORE_SAME, DEF_SCORE_NEAR, DEF_SCORE_PREFERRED };

/** Whose list of preferences counts. */
enum def_of { DEF_OF_MENTOR, DEF_OF_MENTEE, DEF_OF_BOTH };

/** A soft rule: 0 to 1000 points times its weight. */
struct def_score {
	const char *slug;
	int64_t kind;
	const char *field;
	const char *either; /* the answer that is the same as any other */
	int64_t within;	    /* distance from which two are not near at all */
	int64_t of;	    /* enum def_of; MENTOR_NONE: the mentor's */
	int64_t weight;
};

/** What is sought among the choices with the most pairs, before the highest total. */
enum def_objective { DEF_OBJECTIVE_TOTAL, DEF_OBJECTIVE_WORST, DEF_OBJECTIVE_CHOICES };

struct def_matching {
	int64_t one_pool;  /* anyone with anyone, whatever the role */
	int64_t objective; /* enum def_objective */
	int64_t mentors_choose, mentees_choose; /* a pair is published once that side has accepted it */
	const struct def_rule *rules;
	size_t n_rules;
	const struct def_score *scores;
	size_t n_scores;
};

/** A term that people agree beyond numbers and days. */
struct def_term {
	const char *slug, *text;
	int64_t each; /* one answer from each side, else one for the pair */
	int64_t only; /* 0 mentor, 1 mentee: the one side that answers; MENTOR_NONE: as `each` says */
	const char *const *choices; /* one of them is the answer; none: in their own words */
	size_t n_choices;
	int64_t paper; /* by hand on the printed contract; never in the store */
};

/** Which sessions count: all, or those from the day on which both had signed. */
enum def_counts { DEF_COUNTS_FROM_START, DEF_COUNTS_FROM_SIGNING };

struct def_contract {
	const char *purpose;
	const char *const *ground_rules;
	size_t n_ground_rules;
	struct def_range sessions, minutes, months;
	struct def_range shadowed; /* meetings of the partner's to take part in */
	const char *shadowed_meeting; /* what such a meeting is called */
	int64_t shadowed_counts;      /* index of participations: what counts as taking part */
	const char *frequency;
	int64_t mode; /* index of def_modes */
	const struct def_term *terms;
	size_t n_terms;
	const char *no_fault;
	int64_t sign_first; /* sessions are logged only once both have signed */
	int64_t acknowledge; /* each session in the log is to be acknowledged by both */
	int64_t counts;	    /* enum def_counts */
};

struct def_barriers {
	const char *const *themes, *const *levels;
	size_t n_themes, n_levels;
};

struct def_activity {
	const char *slug, *title, *text;
	int64_t minutes;
	int64_t session; /* the one it is made for; MENTOR_NONE: any */
};

/** A blank form that people keep for themselves, or hand in. */
struct def_blank {
	const char *slug, *title;
	int64_t audience; /* enum def_audience */
	int64_t private;
	const char *const *prompts;
	size_t n_prompts;
};

struct def_resource {
	const char *slug, *title, *text, *link;
	int64_t audience; /* enum def_audience */
	const char *stage;
};

/** One time an event is held. Attending one of several is enough. */
struct def_time {
	const char *slug, *date;
	int64_t from;  /* enum def_day; MENTOR_NONE with a date */
	int64_t weeks; /* after it, before it when negative */
	const char *start, *end;
	int64_t mode;
	const char *place;
};

struct def_event {
	const char *slug, *title, *text;
	int64_t kind, audience;
	int64_t required;
	const struct def_time *times;
	size_t n_times;
	const char *facilitators_need; /* event that whoever runs this one has attended */
	const char *around;	       /* what it is arranged around */
	const char *feedback;	       /* survey */
	const char *sign_up;	       /* how and by when */
	int64_t capacity;
	const char *const *topics;
	size_t n_topics;
};

struct def_check_in {
	const char *slug, *text;
	int64_t audience, weeks;
	int64_t escalate; /* days after which one that was due is escalated */
	const char *const *consider;
	size_t n_consider;
};

struct def_wording {
	const char *subject, *text;
};

struct def_template {
	const char *slug, *subject, *text;
	struct def_wording cy; /* in Welsh; NULL: not there */
	int64_t use; /* enum def_use */
};

enum def_when {
	DEF_WHEN_APPLICATIONS_CLOSE,
	DEF_WHEN_SUPPORT_MISSING,
	DEF_WHEN_CONTRACT_UNSIGNED,
	DEF_WHEN_NO_SESSION,
	DEF_WHEN_BEHIND_PACE,
	DEF_WHEN_LOW_PARTICIPATION,
	DEF_WHEN_EVENT_AHEAD,
	DEF_WHEN_SURVEY_OPEN,
	DEF_WHEN_CHECK_IN_DUE,
	DEF_WHEN_ACTION_OVERDUE,
	DEF_WHEN_RETENTION_DUE,
};

struct def_reminder {
	const char *slug;
	int64_t when; /* enum def_when */
	int64_t days, every, most;
	int64_t to; /* index of recipients */
	const char *template, *event, *survey, *check_in;
	const char *after; /* the reminder that this one follows when that has been sent as often as it can be */
	const char *const *resources;
	size_t n_resources;
};

/** Who gets a reminder. */
enum def_to { DEF_TO_PERSON, DEF_TO_PARTNER, DEF_TO_MANAGER, DEF_TO_FACILITATOR, DEF_TO_TEAM };

/** Days on which nothing is sent. */
struct def_quiet {
	const char *slug, *first, *last;
};

/** When messages go out. */
struct def_sending {
	int64_t working_days; /* Monday to Friday only */
	int64_t holidays;     /* enum holiday_region: no bank holiday either */
	const char *from, *until; /* times of day; NULL: at any time */
	const char *const *languages;
	size_t n_languages;
	int64_t html;	      /* messages with the same as HTML */
	int64_t digest;	      /* one message a day to each, whatever it is about */
	const struct def_quiet *quiet;
	size_t n_quiet;
};

enum def_question_kind { DEF_QUESTION_SCALE, DEF_QUESTION_YES_NO, DEF_QUESTION_TEXT, DEF_QUESTION_CHOICE, DEF_QUESTION_MULTI };

struct def_question {
	const char *slug, *text;
	int64_t kind;
	int64_t minimum, maximum; /* of a scale */
	const char *low, *high;	  /* what its ends mean */
	const char *const *choices;
	size_t n_choices;
	const char *const *stages; /* of the survey's, when not all */
	size_t n_stages;
	const char *aim;
	const char *header;  /* in the form export; NULL: the text */
	const char *consent; /* the yes-no question that allows quoting this one */
	const char *then;    /* the question whose start this one asks about, afterwards */
	int64_t level, box;  /* index of def_levels and def_boxes; MENTOR_NONE */
};

/** When one of a survey's stages is asked. */
struct def_opening {
	const char *slug; /* the stage */
	int64_t from, weeks; /* as of def_time */
	int64_t days;	     /* how long it can be answered */
};

/** Who something is for; criteria, check-ins and surveys know the first three only. */
enum def_audience { DEF_MENTORS, DEF_MENTEES, DEF_BOTH, DEF_FACILITATORS, DEF_APPLICANTS, DEF_MANAGERS, DEF_TEAM };

/** A day of the cohort that others are counted from. */
enum def_day { DEF_DAY_OPENS, DEF_DAY_CLOSES, DEF_DAY_STARTS, DEF_DAY_MIDDLE, DEF_DAY_ENDS };

/** What a template is for. */
enum def_use {
	DEF_USE_REMINDER,
	DEF_USE_RECRUITMENT,
	DEF_USE_ACCEPTED,
	DEF_USE_LATE,
	DEF_USE_WAITING,
	DEF_USE_DECLINED,
	DEF_USE_RESERVE,
	DEF_USE_PUBLISHED, /* from here on there is a pair */
	DEF_USE_ENDED,
};

struct def_survey {
	const char *slug, *title;
	int64_t audience;
	int64_t anonymous;
	const char *const *stages;
	size_t n_stages;
	const struct def_opening *open;
	size_t n_open;
	const char *link; /* where it is answered */
	const char *email_header, *response_header;
	struct def_question *questions; /* completed after reading: a scale without ends is 1 to 5 */
	size_t n_questions;
};

struct def_report {
	const char *slug, *title, *reader;
	const char *const *sections;
	size_t n_sections;
	int64_t by;	     /* enum mentor_breakdown; MENTOR_NONE: as a whole */
	int64_t from, weeks; /* when it is due, as of def_time */
};

/** What becomes of an application that comes after the closing day. */
enum def_late { DEF_LATE_NEXT, DEF_LATE_WAITING, DEF_LATE_REFUSED };

struct def_limits {
	int64_t mentors, mentees, months;
	int64_t late;	  /* enum def_late */
	int64_t reply_days; /* within which whoever applied is to hear */
	int64_t wait_weeks; /* after which whoever waits is to hear again */
	int64_t reserves; /* people left over are offered the next place first */
};

/** Why a value is held, who sees it and for how long. */
struct def_policy {
	const char *slug, *purpose, *basis, *seen_by;
	const char *consent; /* column in which yes allows the use */
	int64_t months;
};

struct def_retention {
	int64_t applications, pairs, sessions, surveys, messages; /* months after the cohort has ended */
	int64_t audit; /* months after the entry */
};

enum def_record { DEF_RECORD_MINIMAL, DEF_RECORD_TOPICS, DEF_RECORD_FULL };

struct def_privacy {
	int64_t min_cell;
	int64_t record; /* enum def_record */
	struct def_retention retention;
	const struct def_policy *fields;
	size_t n_fields;
};

struct definition {
	struct arena arena;
	const char *slug, *title, *organisation;
	struct def_contact contact;
	const char *time_zone;
	struct def_labels labels;
	const struct def_aim *aims;
	size_t n_aims;
	int64_t arrangement; /* enum def_arrangement */
	const char *const *seniority;
	size_t n_seniority;
	struct def_roles roles;
	struct def_limits cohort;
	const struct def_stage *stages;
	size_t n_stages;
	const struct def_criterion *criteria;
	size_t n_criteria;
	struct def_form application;
	struct def_equality equality;
	struct def_matching matching;
	struct def_contract contract;
	const struct def_text *topics;
	size_t n_topics;
	struct def_barriers barriers;
	const struct def_activity *activities;
	size_t n_activities;
	const struct def_blank *forms;
	size_t n_forms;
	const struct def_resource *resources;
	size_t n_resources;
	const struct def_event *events;
	size_t n_events;
	const struct def_check_in *check_ins;
	size_t n_check_ins;
	const struct def_survey *surveys;
	size_t n_surveys;
	const struct def_template *templates;
	size_t n_templates;
	const struct def_reminder *reminders;
	size_t n_reminders;
	struct def_sending sending;
	const struct def_report *reports;
	size_t n_reports;
	struct def_privacy privacy;
};

extern const struct key definition_keys[];
extern const char *const def_arrangements[]; /* reverse reciprocal combination */
extern const char *const def_objectives[];   /* total worst-off mentors-choices */
extern const char *const def_modes[];	      /* virtual in-person either */
extern const char *const def_audiences[];     /* mentors mentees both */
extern const char *const def_people[];	      /* the audiences, and facilitators applicants managers team */
extern const char *const def_event_kinds[];   /* awareness briefing induction training … */
extern const char *const def_question_kinds[];
extern const char *const def_levels[]; /* reaction learning behaviour results */
extern const char *const def_boxes[];  /* relationship-process relationship-outcome programme-process programme-outcome */
extern const char *const def_person_fields[]; /* a person's values that rules can speak of */
extern const char *const def_import_fields[]; /* what a column of the application can fill, besides questions */

/** Reads and checks a definition. All problems are collected (MENTOR_INVALID), each with line, column and key path.
 * Free with definition_free(). */
enum mentor_status definition_load(struct mentor *m, const char *file, const char *text, size_t len, struct definition **ret);
/** The same for a text that was checked when it was stored: only read, which is quicker. */
enum mentor_status definition_reload(struct mentor *m, const char *file, const char *text, size_t len, struct definition **ret);
/** Adds the problems of a definition to those collected in the context, and goes on. Fails only for want of memory. */
enum mentor_status definition_examine(struct mentor *m, const char *file, const char *text, size_t len);
void definition_free(struct definition *d);

/** What no single key can tell: adds to the problems of `r`, whose root is the file (definition_check.c). */
void definition_check(struct reader *r, const struct definition *d);

const struct def_survey *definition_survey(const struct definition *d, const char *slug);
const struct def_aim *definition_aim(const struct definition *d, const char *slug);
const struct def_column *definition_column(const struct definition *d, const char *slug);
/** Whether rules can speak of it: a person's field, or a question of the application. */
bool definition_knows_field(const struct definition *d, const char *field);
const struct def_question *definition_question(const struct def_survey *s, const char *slug);
/** Whether it is answered with a number, of which there is a mean: scale and yes-no. */
bool definition_is_measured(const struct def_question *q);
/** Whether the question is asked at the survey's stage. */
bool definition_asked_at(const struct def_question *q, const char *stage);

/** Whether the word is among the first `n` of `words`; a NULL ends the list before. */
bool definition_lists(const char *const *words, size_t n, const char *word);
enum { DEF_TO_NULL = 1 << 20 }; /* n of a list that ends with NULL */

#endif
