/* definition_keys.c: the table of keys of a programme file, and nothing else. */
#include "definition.h"

#include "language.h"
const char *const def_arrangements[] = { "reverse", "reciprocal", "combination", NULL };
const char *const def_objectives[] = { "total", "worst-off", "mentors-choices", NULL };
const char *const def_modes[] = { "virtual", "in-person", "either", NULL };
const char *const def_audiences[] = { "mentors", "mentees", "both", NULL };
const char *const def_people[] = { "mentors", "mentees", "both", "facilitators", "applicants", "managers", "team", NULL };
const char *const def_question_kinds[] = { "scale", "yes-no", "text", "choice", "multi", NULL };
const char *const def_levels[] = { "reaction", "learning", "behaviour", "results", NULL };
const char *const def_boxes[] = { "relationship-process", "relationship-outcome", "programme-process", "programme-outcome", NULL };
const char *const def_person_fields[] = { "organisation", "directorate", "job", "grade", NULL };
const char *const def_import_fields[] = { "email", "name", "organisation", "directorate", "job", "grade", "manager_email", "language", "role",
	"places", "response", "applied_on", NULL };

static const char *const profiles[] = { "csv", "msforms", "googleforms", NULL };
static const char *const date_orders[] = { "dmy", "mdy", "ymd", NULL };
static const char *const rule_kinds[] = { "different", "same", "compatible", "senior", "apart", "not-line-management", "new-pair", NULL };
static const char *const score_kinds[] = { "overlap", "different", "same", "near", "preferred", NULL };
static const char *const ofs[] = { "mentor", "mentee", "both", NULL };
static const char *const sides[] = { "mentor", "mentee", NULL };
static const char *const pools[] = { "two", "one", NULL };
static const char *const supports[] = { "none", "asked", "required", NULL };
static const char *const steps[] = { "open", "publish", "start", "finish", NULL };
static const char *const late_words[] = { "next-cohort", "waiting", "refused", NULL };
static const char *const cohort_days[] = { "opens", "closes", "starts", "middle", "ends", NULL };
const char *const def_event_kinds[] = { "awareness", "briefing", "induction", "training", "workshop", "supervision", "peer-support", "meeting",
	"evaluation", "debrief", NULL };
static const char *const when_words[] = { "applications-close", "support-missing", "contract-unsigned", "no-session", "behind-pace",
	"low-participation", "event-ahead", "survey-open", "check-in-due", "action-overdue", "retention-due", NULL };
static const char *const recipients[] = { "person", "partner", "manager", "facilitator", "team", NULL };
static const char *const sending_days[] = { "any", "working", NULL };
static const char *const holiday_regions[] = { "none", "england-and-wales", "scotland", "northern-ireland", NULL };
static const char *const sections[] = { "recruitment", "matching", "commitment", "attendance", "aims", "outcomes", "barriers", "actions",
	"equality", "feedback", "lessons", NULL };
static const char *const participations[] = { "observed", "contributed", NULL };
static const char *const counted_from[] = { "from-start", "from-signing", NULL };
static const char *const uses[] = { "reminder", "recruitment", "accepted", "late", "waiting", "declined", "reserve", "published", "ended", NULL };
static const char *const records[] = { "minimal", "topics", "full", NULL };

/* clang-format off */

/* A range of meetings, of minutes and of months: the same three keys with other bounds and other slips. */
#define RANGE(least, most, what, hint, a, b, c) { \
	{ "minimum", KEY_INT, AT(def_range, minimum), .minimum = least, .maximum = most, .unit = what, .slip = hint, .example = a, \
	  .help = "the least that counts as taking part" }, \
	{ "usual", KEY_INT, AT(def_range, usual), .minimum = least, .maximum = most, .unit = what, .slip = hint, .example = b, \
	  .help = "what a contract starts with" }, \
	{ "maximum", KEY_INT, AT(def_range, maximum), .minimum = least, .maximum = most, .unit = what, .slip = hint, .example = c, \
	  .help = "the most a pair may agree" }, \
	{ 0 } }

static const struct key session_range[] = RANGE(0, 1000, "sessions", NULL, "4", "5", "6");
static const struct key minute_range[] = RANGE(5, 1440, "minutes", "minutes, not hours: an hour is 60", "45", "60", "90");
static const struct key month_range[] = RANGE(1, 60, "months", "months, not weeks or days: half a year is 6", "4", "6", "6");
static const struct key shadowed_range[] = RANGE(0, 1000, "meetings", NULL, "3", "3", "5");

static const struct key contact_keys[] = {
	{ "name", KEY_TEXT, AT(def_contact, name), .example = "Organisational development team", .help = "a person or a team" },
	{ "email", KEY_EMAIL, AT(def_contact, email), .required = true, .example = "mentoring@example.org", .help = "their address" },
	{ "phone", KEY_TEXT, AT(def_contact, phone), .example = "\"01632 960 001\"", .help = "their telephone number" },
	{ 0 },
};

static const struct key welsh_label_keys[] = {
	{ "mentor", KEY_TEXT, AT(def_welsh_labels, mentor), .example = "cyd-ddysgwr", .help = "what one mentor is called there; a mentor when not given and the programme says mentor" },
	{ "mentee", KEY_TEXT, AT(def_welsh_labels, mentee), .example = "mentorai", .help = "what one mentee is called there; a mentorai when not given and the programme says mentee" },
	{ 0 },
};

static const struct key label_keys[] = {
	{ "mentor", KEY_TEXT, AT(def_labels, mentor), .initial = "mentor", .example = "junior co-learner", .help = "what one mentor is called" },
	{ "mentors", KEY_TEXT, AT(def_labels, mentors), .initial = "mentors", .example = "junior co-learners", .help = "what several are called" },
	{ "mentee", KEY_TEXT, AT(def_labels, mentee), .initial = "mentee", .example = "senior co-learner", .help = "what one mentee is called" },
	{ "mentees", KEY_TEXT, AT(def_labels, mentees), .initial = "mentees", .example = "senior co-learners", .help = "what several are called" },
	{ "cy", KEY_MAP, AT(def_labels, cy), .keys = welsh_label_keys, .help = "in Welsh messages" },
	{ 0 },
};

static const struct key aim_keys[] = {
	{ "text", KEY_TEXT, AT(def_aim, text), .required = true, .example = "Break stereotypes by meeting the person behind them",
	  .help = "what the programme wants to reach" },
	{ "plans", KEY_TEXTS, LIST(def_aim, plans), .example = "[Workforce equality plan, Talent plan]",
	  .help = "plans of the organisation this aim serves" },
	{ 0 },
};

static const struct key text_keys[] = {
	{ "text", KEY_TEXT, AT(def_text, text), .required = true, .example = "Line managers asked for their support", .help = "in one line" },
	{ 0 },
};

static const struct key statement_keys[] = {
	{ "text", KEY_TEXT, AT(def_statement, text), .required = true, .example = "I take part of my own free will",
	  .help = "what the person states" },
	{ "column", KEY_REF, AT(def_statement, column), .refers = "application.columns", .example = "voluntary",
	  .help = "the column of the application whose answer states it by meaning yes (its values say which does); recorded by hand without one" },
	{ 0 },
};

static const struct key role_keys[] = {
	{ "eligibility", KEY_NAMED, ITEMS(def_role, eligibility, def_statement), .keys = statement_keys, .plain = "text",
	  .help = "who can apply, as the applicants state it themselves" },
	{ "confirms", KEY_NAMED, ITEMS(def_role, confirms, def_statement), .keys = statement_keys, .plain = "text",
	  .help = "what people confirm before they take part" },
	{ "manager_support", KEY_CHOICE, AT(def_role, manager_support), .choices = supports, .initial = "asked", .example = "required",
	  .help = "the line manager's support: not recorded, asked for, or required before a pair is published" },
	{ "places", KEY_INT, AT(def_role, places), .minimum = 1, .maximum = 20, .initial = "1", .unit = "pairs", .example = "2",
	  .help = "how many pairs a person can be in at a time, unless the application says" },
	{ "needs", KEY_REFS, LIST(def_role, needs), .refers = "events", .example = "[training]", .help = "events to be attended before a pair is published" },
	{ "contact", KEY_MAP, AT(def_role, contact), .keys = contact_keys, .help = "whom to go to when one no longer wishes to go on; the programme's contact without one" },
	{ 0 },
};

static const struct key roles_keys[] = {
	{ "mentor", KEY_MAP, AT(def_roles, mentor), .keys = role_keys, .help = "for mentors" },
	{ "mentee", KEY_MAP, AT(def_roles, mentee), .keys = role_keys, .help = "for mentees" },
	{ "facilitator", KEY_MAP, AT(def_roles, facilitator), .keys = role_keys, .help = "for those who run events" },
	{ 0 },
};

static const struct key limit_keys[] = {
	{ "mentors", KEY_INT, AT(def_limits, mentors), .minimum = 1, .maximum = 100000, .initial = "12", .unit = "people", .example = "12", .help = "most mentors in a cohort" },
	{ "mentees", KEY_INT, AT(def_limits, mentees), .minimum = 1, .maximum = 100000, .initial = "12", .unit = "people", .example = "12", .help = "most mentees in a cohort" },
	{ "months", KEY_INT, AT(def_limits, months), .minimum = 1, .maximum = 60, .initial = "6", .unit = "months",
	  .slip = "months, not weeks or days: half a year is 6", .example = "6", .help = "length of a cohort" },
	{ "late", KEY_CHOICE, AT(def_limits, late), .choices = late_words, .initial = "next-cohort", .example = "next-cohort",
	  .help = "what becomes of an application after the closing day: kept for the next cohort, put on the waiting list, or declined" },
	{ "reply_days", KEY_INT, AT(def_limits, reply_days), .minimum = 1, .maximum = 365, .initial = "14", .unit = "days", .example = "14",
	  .help = "within how many days whoever applies is to hear" },
	{ "wait_weeks", KEY_INT, AT(def_limits, wait_weeks), .minimum = 1, .maximum = 52, .initial = "4", .unit = "weeks",
	  .slip = "weeks, not days: four weeks are 4", .example = "4", .help = "after how many weeks whoever waits, or is a reserve, is to hear again" },
	{ "reserves", KEY_BOOL, AT(def_limits, reserves), .initial = "yes", .example = "yes",
	  .help = "people left over are kept as reserves and offered the next place first" },
	{ 0 },
};

static const struct key stage_keys[] = {
	{ "title", KEY_TEXT, AT(def_stage, title), .required = true, .example = "Prepare people and materials", .help = "heading of the stage" },
	{ "before", KEY_CHOICE, AT(def_stage, before), .choices = steps, .example = "start",
	  .help = "the step of a cohort before which the checklist has to be settled" },
	{ "checklist", KEY_NAMED, ITEMS(def_stage, checklist, def_text), .keys = text_keys, .plain = "text", .help = "what has to be settled in this stage" },
	{ 0 },
};

static const struct key criterion_keys[] = {
	{ "text", KEY_TEXT, AT(def_criterion, text), .required = true, .example = "Has lived experience to share", .help = "what is looked for" },
	{ "audience", KEY_CHOICE, AT(def_criterion, audience), .choices = def_audiences, .initial = "mentors", .example = "mentors", .help = "whose applications are judged by it" },
	{ "column", KEY_REF, AT(def_criterion, column), .refers = "application.columns", .example = "benefit", .help = "the column of the application whose answer is judged" },
	{ "most", KEY_INT, AT(def_criterion, most), .minimum = 1, .maximum = 100, .initial = "5", .unit = "points", .example = "5", .help = "the highest score" },
	{ "weight", KEY_WEIGHT, AT(def_criterion, weight), .minimum = 1, .maximum = 100, .initial = "medium", .example = "high", .help = "how much it counts: high is 5, medium 3, low 1" },
	{ 0 },
};

static const struct key column_keys[] = {
	{ "header", KEY_TEXT, AT(def_column, header), .required = true, .example = "Which directorate do you work in?", .help = "the heading in the export, word for word" },
	{ "occurrence", KEY_INT, AT(def_column, occurrence), .minimum = 1, .maximum = 100, .initial = "1", .example = "2", .help = "which one, when a heading repeats" },
	{ "many", KEY_BOOL, AT(def_column, many), .initial = "no", .example = "yes", .help = "several choices in one cell, separated by semicolons; with googleforms by commas, told from those in a choice by values" },
	{ "required", KEY_BOOL, AT(def_column, required), .initial = "no", .example = "yes", .help = "an empty cell is an error" },
	{ "values", KEY_VALUES, LIST(def_column, values), .example = "{ I would like to mentor: mentor, I would like to be mentored: mentee }",
	  .help = "what each answer means; any other answer is an error" },
	{ 0 },
};

static const struct key form_keys[] = {
	{ "profile", KEY_CHOICE, AT(def_form, profile), .choices = profiles, .initial = "csv", .example = "msforms", .help = "where the file comes from; with msforms and googleforms the headings that the form adds by itself (ID, Start time, Completion time, Email, Name; Timestamp, Email Address, Username, Score) need not be listed" },
	{ "date_order", KEY_CHOICE, AT(def_form, date_order), .choices = date_orders, .initial = "dmy", .example = "dmy", .help = "how the export writes days" },
	{ "information", KEY_REF, AT(def_form, information), .refers = "resources", .example = "participant-information", .help = "what applicants have to read before they apply" },
	{ "columns", KEY_NAMED, ITEMS(def_form, columns, def_column), .keys = column_keys, .required = true,
	  .help = "one entry per value to take: email, name, organisation, directorate, job, grade, manager_email, language (en or cy), role, places, response, applied_on, or a question of the programme" },
	{ "ignore", KEY_TEXTS, LIST(def_form, ignore), .example = "[What do you hope for?]", .help = "headings to leave out; any other unknown heading is an error" },
	{ 0 },
};

static const struct key equality_keys[] = {
	{ "purpose", KEY_TEXT, AT(def_equality, purpose), .required = true, .example = "To see whether everybody has the same chance to take part", .help = "what the answers are for" },
	{ "basis", KEY_TEXT, AT(def_equality, basis), .required = true, .example = "\"Equality monitoring: DPA 2018, Schedule 1, paragraph 8\"", .help = "the lawful basis" },
	{ "seen_by", KEY_TEXT, AT(def_equality, seen_by), .required = true, .example = "Equality lead", .help = "who sees single answers; everybody else sees counts, small ones withheld" },
	{ "policy", KEY_TEXT, AT(def_equality, policy), .example = "\"Policy on special category data, version 2, on the intranet\"", .help = "the appropriate policy document that the law asks for, and where it is kept; mentor privacy check misses it" },
	{ "months", KEY_INT, AT(def_equality, months), .minimum = 1, .maximum = 120, .initial = "12", .unit = "months", .example = "12", .help = "how long they are kept after the cohort has ended" },
	{ "questions", KEY_NAMED, ITEMS(def_equality, questions, def_column), .keys = column_keys, .required = true, .help = "the questions, which stand on a form of their own" },
	{ 0 },
};

static const struct key rule_keys[] = {
	{ "rule", KEY_CHOICE, AT(def_rule, kind), .choices = rule_kinds, .required = true, .example = "different",
	  .help = "what must hold between the two: compatible is sharing a value, or one of them giving the answer either; senior is the mentee's grade above the mentor's; apart is grades so many steps apart, whichever is the higher; new-pair is never having been paired in another cohort of the programme" },
	{ "field", KEY_REF, AT(def_rule, field), .example = "directorate", .help = "the person's field or question compared" },
	{ "either", KEY_TEXT, AT(def_rule, either), .example = "either", .help = "compatible: the answer that fits any other" },
	{ "minimum", KEY_INT, AT(def_rule, minimum), .minimum = 0, .maximum = 50, .unit = "grades", .example = "2", .help = "senior and apart: least steps in seniority; 1 when not given" },
	{ "maximum", KEY_INT, AT(def_rule, maximum), .minimum = 1, .maximum = 50, .unit = "grades", .example = "5", .help = "senior and apart: most steps in seniority" },
	{ 0 },
};

static const struct key score_keys[] = {
	{ "score", KEY_CHOICE, AT(def_score, kind), .choices = score_kinds, .required = true, .example = "overlap",
	  .help = "what earns points: overlap is shared choices out of all that either made; different and same compare the values; near is grades, or answers that are whole numbers, close to each other; preferred is having been named by the other" },
	{ "field", KEY_REF, AT(def_score, field), .example = "topics", .help = "the person's field or question compared; preferred needs none" },
	{ "either", KEY_TEXT, AT(def_score, either), .example = "either", .help = "same: the answer that is the same as any other" },
	{ "within", KEY_INT, AT(def_score, within), .minimum = 1, .maximum = 1000000, .example = "4", .help = "near: the distance at which there are no points left; for grades the number of steps from the lowest to the highest when not given" },
	{ "of", KEY_CHOICE, AT(def_score, of), .choices = ofs, .example = "both", .help = "preferred: whose preferences count; the mentor's when not given" },
	{ "weight", KEY_WEIGHT, AT(def_score, weight), .initial = "medium", .minimum = 1, .maximum = 100, .example = "high", .help = "how much it counts: high is 5, medium 3, low 1" },
	{ 0 },
};

static const struct key matching_keys[] = {
	{ "pool", KEY_CHOICE, AT(def_matching, one_pool), .choices = pools, .initial = "two", .example = "one", .help = "two: mentors are paired with mentees; one: anyone with anyone, and the grades then say who mentors" },
	{ "objective", KEY_CHOICE, AT(def_matching, objective), .choices = def_objectives, .initial = "total", .example = "worst-off", .help = "what is sought among all choices with the most pairs, before the highest total: nothing more (total), the best for the pair that fares worst, or as many mentors as possible with their first choice, then their second, and so on" },
	{ "mentors_choose", KEY_BOOL, AT(def_matching, mentors_choose), .initial = "no", .example = "yes", .help = "a pair is published only once the mentor has accepted it" },
	{ "mentees_choose", KEY_BOOL, AT(def_matching, mentees_choose), .initial = "no", .example = "yes", .help = "a pair is published only once the mentee has accepted it" },
	{ "rules", KEY_NAMED, ITEMS(def_matching, rules, def_rule), .keys = rule_keys, .help = "hard rules: a pair that breaks one is never proposed" },
	{ "scores", KEY_NAMED, ITEMS(def_matching, scores, def_score), .keys = score_keys, .help = "soft rules: 0 to 1000 points each, times the weight" },
	{ 0 },
};

static const struct key term_keys[] = {
	{ "text", KEY_TEXT, AT(def_term, text), .required = true, .example = "What I would value from you", .help = "what is to be agreed" },
	{ "each", KEY_BOOL, AT(def_term, each), .initial = "no", .example = "yes", .help = "each side says its own; otherwise the pair agrees one" },
	{ "only", KEY_CHOICE, AT(def_term, only), .choices = sides, .example = "mentor", .help = "the one side that says it; in a reciprocal pair both do" },
	{ "choices", KEY_TEXTS, LIST(def_term, choices), .example = "[observe, contribute, co-lead]", .help = "what can be agreed, one of them; in people's own words when not given" },
	{ "paper", KEY_BOOL, AT(def_term, paper), .initial = "no", .example = "yes", .help = "it is written on the printed contract by hand, and never kept here" },
	{ 0 },
};

static const struct key contract_keys[] = {
	{ "purpose", KEY_NOTE, AT(def_contract, purpose), .required = true, .example = "We meet to learn from each other.", .help = "what the two agree to do" },
	{ "ground_rules", KEY_TEXTS, LIST(def_contract, ground_rules), .example = "[What is said stays between us]", .help = "one line each" },
	{ "sessions", KEY_MAP, AT(def_contract, sessions), .keys = session_range, .help = "how many sessions" },
	{ "minutes", KEY_MAP, AT(def_contract, minutes), .keys = minute_range, .help = "length of a session in minutes" },
	{ "months", KEY_MAP, AT(def_contract, months), .keys = month_range, .help = "how long the pair works together" },
	{ "shadowed", KEY_MAP, AT(def_contract, shadowed), .keys = shadowed_range, .help = "shadowing: how many of the other's meetings each of the two takes part in" },
	{ "shadowed_meeting", KEY_TEXT, AT(def_contract, shadowed_meeting), .initial = "meeting", .example = "leadership meeting", .help = "what one such meeting is called; the contract adds an s for several" },
	{ "shadowed_counts", KEY_CHOICE, AT(def_contract, shadowed_counts), .choices = participations, .initial = "observed", .example = "contributed", .help = "what counts towards their number: being there, or having contributed" },
	{ "frequency", KEY_TEXT, AT(def_contract, frequency), .initial = "monthly", .example = "monthly", .help = "how often, in words" },
	{ "mode", KEY_CHOICE, AT(def_contract, mode), .choices = def_modes, .initial = "either", .example = "virtual", .help = "how the pair may meet" },
	{ "terms", KEY_NAMED, ITEMS(def_contract, terms, def_term), .keys = term_keys, .plain = "text", .help = "what the two agree beyond numbers and days; the contract has what they said, or leaves room for it" },
	{ "no_fault", KEY_NOTE, AT(def_contract, no_fault), .example = "Either of us can end this at any time, and nobody is at fault.", .help = "what is said about ending without fault" },
	{ "sign_first", KEY_BOOL, AT(def_contract, sign_first), .initial = "no", .example = "yes", .help = "sessions can be logged only once both have signed" },
	{ "acknowledge", KEY_BOOL, AT(def_contract, acknowledge), .initial = "no", .example = "yes", .help = "both are to acknowledge each session in the log" },
	{ "counts", KEY_CHOICE, AT(def_contract, counts), .choices = counted_from, .initial = "from-start", .example = "from-signing", .help = "which sessions count towards the number agreed: all, or those from the day on which both had signed" },
	{ 0 },
};

static const struct key barrier_keys[] = {
	{ "themes", KEY_TEXTS, LIST(def_barriers, themes), .required = true, .example = "[Recruitment, Progression, Daily life]", .help = "what barriers can be about" },
	{ "levels", KEY_TEXTS, LIST(def_barriers, levels), .required = true, .example = "[team, directorate, organisation]", .help = "where they can be addressed" },
	{ 0 },
};

static const struct key activity_keys[] = {
	{ "title", KEY_TEXT, AT(def_activity, title), .required = true, .example = "Tree of life", .help = "what it is called" },
	{ "minutes", KEY_INT, AT(def_activity, minutes), .minimum = 1, .maximum = 1440, .unit = "minutes", .slip = "minutes: an hour is 60, a day 1440", .example = "40", .help = "how long it takes" },
	{ "session", KEY_INT, AT(def_activity, session), .minimum = 1, .maximum = 1000, .example = "1", .help = "the session it is made for; any when not given" },
	{ "text", KEY_NOTE, AT(def_activity, text), .example = "Each draws a tree and tells its story.", .help = "how it is done" },
	{ 0 },
};

static const struct key blank_keys[] = {
	{ "title", KEY_TEXT, AT(def_blank, title), .required = true, .example = "Reflection log", .help = "heading of the form" },
	{ "audience", KEY_CHOICE, AT(def_blank, audience), .choices = def_people, .initial = "both", .example = "mentors", .help = "who fills it in" },
	{ "private", KEY_BOOL, AT(def_blank, private), .initial = "yes", .example = "yes", .help = "whoever fills it in keeps it; nobody asks for it" },
	{ "prompts", KEY_TEXTS, LIST(def_blank, prompts), .required = true, .example = "[How well did I listen?]", .help = "what it asks" },
	{ 0 },
};

static const struct key resource_keys[] = {
	{ "title", KEY_TEXT, AT(def_resource, title), .required = true, .example = "How to structure a session", .help = "what it is called" },
	{ "audience", KEY_CHOICE, AT(def_resource, audience), .choices = def_people, .initial = "both", .example = "mentors", .help = "for whom it is" },
	{ "stage", KEY_REF, AT(def_resource, stage), .refers = "stages", .example = "prepare", .help = "the stage in which it is of use; all when not given" },
	{ "link", KEY_TEXT, AT(def_resource, link), .example = "https://intranet.example.org/mentoring/sessions", .help = "where it is" },
	{ "text", KEY_NOTE, AT(def_resource, text), .example = "Five minutes to arrive, forty to talk, five to agree what is next.", .help = "what it says, or what it is" },
	{ 0 },
};

static const struct key time_keys[] = {
	{ "date", KEY_DAY, AT(def_time, date), .example = "2026-06-09", .help = "a fixed day" },
	{ "from", KEY_CHOICE, AT(def_time, from), .choices = cohort_days, .example = "starts", .help = "a day of the cohort to count from, instead of a date" },
	{ "weeks", KEY_INT, AT(def_time, weeks), .minimum = -200, .maximum = 200, .unit = "weeks", .slip = "weeks, not days: two weeks are 2", .example = "-2", .help = "how many weeks after that day; before it when negative; 0 when not given" },
	{ "start", KEY_CLOCK, AT(def_time, start), .example = "14:00", .help = "when it begins" },
	{ "end", KEY_CLOCK, AT(def_time, end), .example = "16:00", .help = "when it ends" },
	{ "mode", KEY_CHOICE, AT(def_time, mode), .choices = def_modes, .initial = "either", .example = "virtual", .help = "how people take part" },
	{ "place", KEY_TEXT, AT(def_time, place), .example = "Town Hall, room 2", .help = "room, or link of a meeting" },
	{ 0 },
};

static const struct key event_keys[] = {
	{ "title", KEY_TEXT, AT(def_event, title), .required = true, .example = "Training for mentors", .help = "what it is called" },
	{ "kind", KEY_CHOICE, AT(def_event, kind), .choices = def_event_kinds, .required = true, .example = "training", .help = "what sort of event it is" },
	{ "audience", KEY_CHOICE, AT(def_event, audience), .choices = def_people, .initial = "both", .example = "mentors", .help = "who is invited" },
	{ "required", KEY_BOOL, AT(def_event, required), .initial = "no", .example = "yes", .help = "attending counts as taking part in the programme" },
	{ "times", KEY_NAMED, ITEMS(def_event, times, def_time), .keys = time_keys, .help = "when it is held; where there are several, attending one is enough: meetings that both count are events of their own" },
	{ "facilitators_need", KEY_REF, AT(def_event, facilitators_need), .refers = "events", .example = "train-the-facilitator", .help = "the event that whoever runs this one has attended" },
	{ "around", KEY_TEXT, AT(def_event, around), .example = "leadership meeting", .help = "the meeting it is arranged around" },
	{ "feedback", KEY_REF, AT(def_event, feedback), .refers = "surveys", .example = "workshop", .help = "the survey that asks for feedback on it" },
	{ "sign_up", KEY_TEXT, AT(def_event, sign_up), .example = "By mail to the contact until a week before", .help = "how people sign up, and by when" },
	{ "capacity", KEY_INT, AT(def_event, capacity), .minimum = 1, .maximum = 100000, .unit = "people", .example = "24", .help = "how many can come; any number when not given" },
	{ "topics", KEY_REFS, LIST(def_event, topics), .refers = "topics", .example = "[power]", .help = "topics of learning it covers" },
	{ "text", KEY_NOTE, AT(def_event, text), .example = "Two hours in small groups.", .help = "what happens there" },
	{ 0 },
};

static const struct key check_in_keys[] = {
	{ "text", KEY_TEXT, AT(def_check_in, text), .required = true, .example = "How are you, and is the mentoring good for you?", .help = "what is asked" },
	{ "audience", KEY_CHOICE, AT(def_check_in, audience), .choices = def_audiences, .initial = "mentors", .example = "mentors", .help = "with whom" },
	{ "weeks", KEY_INT, AT(def_check_in, weeks), .minimum = 1, .maximum = 52, .initial = "6", .unit = "weeks", .slip = "weeks, not days: six weeks are 6", .example = "6", .help = "how many weeks between two" },
	{ "escalate", KEY_INT, AT(def_check_in, escalate), .minimum = 1, .maximum = 90, .initial = "14", .unit = "days", .example = "14", .help = "how many days after it was due one that is missing is escalated" },
	{ "consider", KEY_TEXTS, LIST(def_check_in, consider), .example = "[Action, Signposting, Advice]", .help = "what is considered and can be recorded" },
	{ 0 },
};

static const struct key question_keys[] = {
	{ "text", KEY_TEXT, AT(def_question, text), .required = true, .example = "How well informed do you feel?", .help = "the question" },
	{ "kind", KEY_CHOICE, AT(def_question, kind), .choices = def_question_kinds, .initial = "scale", .example = "scale", .help = "how it is answered; choice is one of choices, multi any number of them" },
	{ "minimum", KEY_INT, AT(def_question, minimum), .minimum = 0, .maximum = 100, .example = "1", .help = "lowest answer of a scale; 1 when not given" },
	{ "maximum", KEY_INT, AT(def_question, maximum), .minimum = 1, .maximum = 100, .example = "5", .help = "highest answer of a scale; 5 when not given" },
	{ "low", KEY_TEXT, AT(def_question, low), .example = "Not at all", .help = "what the lowest answer means" },
	{ "high", KEY_TEXT, AT(def_question, high), .example = "Very well", .help = "what the highest answer means" },
	{ "choices", KEY_TEXTS, LIST(def_question, choices), .example = "[Weekly, Monthly, Less often]", .help = "choice and multi: the answers to choose from; of multi an export has them in one cell, with semicolons between" },
	{ "stages", KEY_TEXTS, LIST(def_question, stages), .example = "[after]", .help = "the survey's stages at which it is asked; all when not given" },
	{ "aim", KEY_REF, AT(def_question, aim), .refers = "aims", .example = "insight", .help = "the aim it measures" },
	{ "header", KEY_TEXT, AT(def_question, header), .example = "Informed", .help = "its heading in the export; the text when not given" },
	{ "consent", KEY_REF, AT(def_question, consent), .example = "quote", .help = "text: the yes-no question of this survey that allows quoting the answer" },
	{ "then", KEY_REF, AT(def_question, then), .example = "informed", .help = "the question of this survey that it asks again about the start, in hindsight; told apart, because people come to judge their start otherwise" },
	{ "level", KEY_CHOICE, AT(def_question, level), .choices = def_levels, .example = "learning", .help = "what kind of outcome it shows, after Kirkpatrick" },
	{ "box", KEY_CHOICE, AT(def_question, box), .choices = def_boxes, .example = "relationship-outcome", .help = "whether it is about the relationship or the programme, and how it goes or what comes of it" },
	{ 0 },
};

static const struct key opening_keys[] = {
	{ "from", KEY_CHOICE, AT(def_opening, from), .choices = cohort_days, .required = true, .example = "starts", .help = "the day of the cohort from which its first day is counted" },
	{ "weeks", KEY_INT, AT(def_opening, weeks), .minimum = -200, .maximum = 200, .initial = "0", .unit = "weeks", .slip = "weeks, not days: two weeks are 2", .example = "-2", .help = "how many weeks after that; before it when negative" },
	{ "days", KEY_INT, AT(def_opening, days), .minimum = 1, .maximum = 365, .initial = "21", .unit = "days", .example = "14", .help = "for how many days it can be answered" },
	{ 0 },
};

static const struct key survey_keys[] = {
	{ "title", KEY_TEXT, AT(def_survey, title), .required = true, .example = "Mentees before and after", .help = "heading of the survey" },
	{ "audience", KEY_CHOICE, AT(def_survey, audience), .choices = def_audiences, .initial = "both", .example = "mentees", .help = "who is asked" },
	{ "anonymous", KEY_BOOL, AT(def_survey, anonymous), .initial = "no", .example = "yes", .help = "answers are never linked to a person; otherwise they are confidential, and linked so that change can be measured" },
	{ "stages", KEY_TEXTS, LIST(def_survey, stages), .required = true, .example = "[before, after]", .help = "when it is asked, in order, such as before and after" },
	{ "open", KEY_NAMED, ITEMS(def_survey, open, def_opening), .keys = opening_keys, .help = "when its stages are asked: an entry for each of stages that has a date" },
	{ "link", KEY_TEXT, AT(def_survey, link), .example = "https://forms.example.org/mentees", .help = "where it is answered; reminders give it as {survey_link}" },
	{ "email_header", KEY_TEXT, AT(def_survey, email_header), .initial = "Email", .example = "Your work e-mail address", .help = "heading of the address in the export, which links the stages" },
	{ "response_header", KEY_TEXT, AT(def_survey, response_header), .initial = "ID", .example = "ID", .help = "heading of the response number in the export" },
	{ "questions", KEY_NAMED, ITEMS(def_survey, questions, def_question), .keys = question_keys, .plain = "text", .required = true, .help = "the questions, in order" },
	{ 0 },
};

static const struct key wording_keys[] = {
	{ "subject", KEY_TEXT, AT(def_wording, subject), .example = "Croeso", .help = "subject of the message" },
	{ "text", KEY_NOTE, AT(def_wording, text), .example = "Croeso!", .help = "the message" },
	{ 0 },
};

static const struct key template_keys[] = {
	{ "for", KEY_CHOICE, AT(def_template, use), .choices = uses, .initial = "reminder", .example = "accepted", .help = "when it is sent: by reminders that name it, to invite applications, or with a decision; at most one template for each decision" },
	{ "subject", KEY_TEXT, AT(def_template, subject), .required = true, .example = "\"{programme}: welcome\"", .help = "subject of the message" },
	{ "text", KEY_NOTE, AT(def_template, text), .required = true, .example = "\"Dear {name}, write to {contact_email} with any question.\"", .help = "the message" },
	{ "cy", KEY_MAP, AT(def_template, cy), .keys = wording_keys, .help = "the same in Welsh, for whoever is to be written to in it; without it they get the English" },
	{ 0 },
};

static const struct key reminder_keys[] = {
	{ "when", KEY_CHOICE, AT(def_reminder, when), .choices = when_words, .required = true, .example = "contract-unsigned", .help = "what it is about; the chapter REMINDERS says from which day each is counted" },
	{ "days", KEY_INT, AT(def_reminder, days), .minimum = -365, .maximum = 365, .initial = "0", .unit = "days", .example = "14", .help = "how many days after that; before it when negative" },
	{ "every", KEY_INT, AT(def_reminder, every), .minimum = 1, .maximum = 365, .unit = "days", .example = "7", .help = "how many days until it is sent again; once when not given" },
	{ "most", KEY_INT, AT(def_reminder, most), .minimum = 1, .maximum = 100, .initial = "3", .unit = "messages", .example = "3", .help = "how often at most to one person about one thing" },
	{ "to", KEY_CHOICE, AT(def_reminder, to), .choices = recipients, .initial = "person", .example = "person", .help = "who gets it: whom it is about, the partner, the line manager, the facilitator, or the running team" },
	{ "template", KEY_REF, AT(def_reminder, template), .refers = "templates", .required = true, .example = "unsigned", .help = "the message" },
	{ "event", KEY_REF, AT(def_reminder, event), .refers = "events", .example = "training", .help = "event-ahead: which event; any when not given" },
	{ "survey", KEY_REF, AT(def_reminder, survey), .refers = "surveys", .example = "mentee", .help = "survey-open: which survey; any when not given" },
	{ "check_in", KEY_REF, AT(def_reminder, check_in), .refers = "check_ins", .example = "wellbeing", .help = "check-in-due: which check-in; any when not given" },
	{ "resources", KEY_REFS, LIST(def_reminder, resources), .refers = "resources", .example = "[session-guide]", .help = "resources that go with the message" },
	{ "after", KEY_REF, AT(def_reminder, after), .refers = "reminders", .example = "unsigned", .help = "another reminder about the same, such as one to the person, which this one follows, such as one to the running team, once that has been sent as often as it can be and nothing has changed: days are counted from its last message" },
	{ 0 },
};

static const struct key quiet_keys[] = {
	{ "first", KEY_DAY, AT(def_quiet, first), .required = true, .example = "2026-12-21", .help = "the first of the days" },
	{ "last", KEY_DAY, AT(def_quiet, last), .required = true, .example = "2027-01-01", .help = "the last of them" },
	{ 0 },
};

static const struct key sending_keys[] = {
	{ "days", KEY_CHOICE, AT(def_sending, working_days), .choices = sending_days, .initial = "any", .example = "working", .help = "any day, or Monday to Friday only" },
	{ "holidays", KEY_CHOICE, AT(def_sending, holidays), .choices = holiday_regions, .initial = "none", .example = "england-and-wales", .help = "not on the bank holidays of this part of the United Kingdom" },
	{ "from", KEY_CLOCK, AT(def_sending, from), .example = "08:00", .help = "not before this time of day" },
	{ "until", KEY_CLOCK, AT(def_sending, until), .example = "18:00", .help = "not from this time of day on" },
	{ "quiet", KEY_NAMED, ITEMS(def_sending, quiet, def_quiet), .keys = quiet_keys, .help = "days on which nothing is sent" },
	{ "languages", KEY_WORDS, LIST(def_sending, languages), .choices = language_tags, .example = "[en, cy]", .help = "languages in which the programme offers its messages: mentor programme check then says which templates lack one" },
	{ "html", KEY_BOOL, AT(def_sending, html), .initial = "no", .example = "yes", .help = "messages hold the same as a page besides, for mail programs that show it; nothing in it is fetched from elsewhere" },
	{ "digest", KEY_BOOL, AT(def_sending, digest), .initial = "no", .example = "yes", .help = "everything for a person goes into one message a day" },
	{ 0 },
};

static const struct key report_keys[] = {
	{ "title", KEY_TEXT, AT(def_report, title), .required = true, .example = "Mid-programme report to the board", .help = "its heading" },
	{ "reader", KEY_TEXT, AT(def_report, reader), .required = true, .example = "Board", .help = "who reads it" },
	{ "sections", KEY_WORDS, LIST(def_report, sections), .choices = sections, .required = true, .example = "[recruitment, commitment, outcomes]", .help = "what it holds, in order" },
	{ "by", KEY_CHOICE, AT(def_report, by), .choices = mentor_breakdowns, .example = "organisation", .help = "figures for each of these as well as for all; small ones are withheld" },
	{ "from", KEY_CHOICE, AT(def_report, from), .choices = cohort_days, .initial = "ends", .example = "middle", .help = "the day of the cohort from which its date is counted" },
	{ "weeks", KEY_INT, AT(def_report, weeks), .minimum = -200, .maximum = 200, .initial = "0", .unit = "weeks", .slip = "weeks, not days: two weeks are 2", .example = "4", .help = "how many weeks after that it is due; before it when negative" },
	{ 0 },
};

#define RETENTION(member, what, default) { #member, KEY_INT, AT(def_retention, member), .minimum = 1, .maximum = 120, .initial = default, \
	.unit = "months", .slip = "months, not years: a year is 12", .example = default, .help = what }
static const struct key retention_keys[] = {
	RETENTION(applications, "applications of people who did not take part", "6"),
	RETENTION(pairs, "who was paired with whom", "24"),
	RETENTION(sessions, "sessions, contracts, goals and actions", "12"),
	RETENTION(surveys, "single answers to surveys", "12"),
	RETENTION(messages, "messages sent", "6"),
	{ "audit", KEY_INT, AT(def_retention, audit), .minimum = 12, .maximum = 240, .initial = "72", .unit = "months", .slip = "months, not years: a year is 12, and the trail is kept for one at least", .example = "72",
	  .help = "entries of the trail of changes, each from its own day; of several programmes the longest counts" },
	{ 0 },
};

static const struct key policy_keys[] = {
	{ "purpose", KEY_TEXT, AT(def_policy, purpose), .required = true, .example = "Pairing people who can learn from their difference", .help = "what the value is for" },
	{ "basis", KEY_TEXT, AT(def_policy, basis), .required = true, .example = "Explicit consent", .help = "the lawful basis" },
	{ "seen_by", KEY_TEXT, AT(def_policy, seen_by), .initial = "running team", .example = "running team", .help = "who sees it" },
	{ "consent", KEY_REF, AT(def_policy, consent), .refers = "application.columns", .example = "background-consent", .help = "the column in which yes allows the use; without it matching does not look at the value" },
	{ "months", KEY_INT, AT(def_policy, months), .minimum = 1, .maximum = 120, .initial = "6", .unit = "months", .slip = "months, not years: a year is 12", .example = "6", .help = "how long it is kept after the cohort has ended" },
	{ 0 },
};

static const struct key privacy_keys[] = {
	{ "min_cell", KEY_INT, AT(def_privacy, min_cell), .minimum = 3, .maximum = 100, .initial = "5", .unit = "people", .slip = "at least 3: of two people, each could tell what the other said", .example = "5", .help = "counts and means over fewer people are withheld" },
	{ "record", KEY_CHOICE, AT(def_privacy, record), .choices = records, .initial = "minimal", .example = "minimal", .help = "what may be kept of a session: that it was held, its topics as well, or notes" },
	{ "retention", KEY_MAP, AT(def_privacy, retention), .keys = retention_keys, .help = "how many months records are kept after the cohort has ended" },
	{ "fields", KEY_NAMED, ITEMS(def_privacy, fields, def_policy), .keys = policy_keys, .help = "for single questions of the application: why they are asked and who sees the answers" },
	{ 0 },
};

const struct key definition_keys[] = {
	{ "programme", KEY_SLUG, AT(definition, slug), .required = true, .example = "harbour", .help = "short name used in commands" },
	{ "title", KEY_TEXT, AT(definition, title), .required = true, .example = "Reverse mentoring", .help = "name as people know it; it says nothing about who mentors whom" },
	{ "organisation", KEY_TEXT, AT(definition, organisation), .example = "Harbour Trust", .help = "who runs it" },
	{ "contact", KEY_MAP, AT(definition, contact), .keys = contact_keys, .required = true, .help = "who answers enquiries; in every message, invitation and contract" },
	{ "time_zone", KEY_TEXT, AT(definition, time_zone), .initial = "Europe/London", .example = "Europe/London", .help = "the time zone of all times of day, as the tz database names it" },
	{ "labels", KEY_MAP, AT(definition, labels), .keys = label_keys, .help = "what the two sides are called in messages, contracts, reports and tables" },
	{ "aims", KEY_NAMED, ITEMS(definition, aims, def_aim), .keys = aim_keys, .plain = "text", .help = "what it is for; surveys and reports follow the aims" },
	{ "arrangement", KEY_CHOICE, AT(definition, arrangement), .choices = def_arrangements, .initial = "reverse", .example = "reciprocal",
	  .help = "who mentors whom: in reverse the mentor stays the mentor, in reciprocal each mentors the other, in combination each person chooses, and a pair is reciprocal where both accept that and not both accept reverse" },
	{ "seniority", KEY_TEXTS, LIST(definition, seniority), .example = "[Assistant, Officer, Manager, Director]", .help = "grades from junior to senior; the grade of an application has to be one of them" },
	{ "roles", KEY_MAP, AT(definition, roles), .keys = roles_keys, .help = "what each role asks of people" },
	{ "cohort", KEY_MAP, AT(definition, cohort), .keys = limit_keys, .help = "size and length of a cohort" },
	{ "stages", KEY_NAMED, ITEMS(definition, stages, def_stage), .keys = stage_keys, .help = "stages in order" },
	{ "criteria", KEY_NAMED, ITEMS(definition, criteria, def_criterion), .keys = criterion_keys, .plain = "text", .help = "what applicants are selected by" },
	{ "application", KEY_MAP, AT(definition, application), .keys = form_keys, .help = "how an export of the application form is read" },
	{ "equality", KEY_MAP, AT(definition, equality), .keys = equality_keys, .help = "equality monitoring, on a form of its own with the address under Email or in its first column, apart from everything that chooses people" },
	{ "matching", KEY_MAP, AT(definition, matching), .keys = matching_keys, .help = "who may be paired with whom" },
	{ "contract", KEY_MAP, AT(definition, contract), .keys = contract_keys, .required = true, .help = "what every pair agrees" },
	{ "topics", KEY_NAMED, ITEMS(definition, topics, def_text), .keys = text_keys, .plain = "text", .help = "topics of learning that sessions and events cover" },
	{ "barriers", KEY_MAP, AT(definition, barriers), .keys = barrier_keys, .help = "barriers that pairs bring to the organisation" },
	{ "activities", KEY_NAMED, ITEMS(definition, activities, def_activity), .keys = activity_keys, .help = "activities for sessions" },
	{ "forms", KEY_NAMED, ITEMS(definition, forms, def_blank), .keys = blank_keys, .help = "blank forms to print, such as a reflection log" },
	{ "resources", KEY_NAMED, ITEMS(definition, resources, def_resource), .keys = resource_keys, .help = "guides, films, services, by audience and stage" },
	{ "events", KEY_NAMED, ITEMS(definition, events, def_event), .keys = event_keys, .help = "what people come to besides their sessions" },
	{ "check_ins", KEY_NAMED, ITEMS(definition, check_ins, def_check_in), .keys = check_in_keys, .help = "the running team asks how people are" },
	{ "surveys", KEY_NAMED, ITEMS(definition, surveys, def_survey), .keys = survey_keys, .help = "what is asked, whom and when" },
	{ "templates", KEY_NAMED, ITEMS(definition, templates, def_template), .keys = template_keys, .help = "messages; words in braces are filled in" },
	{ "reminders", KEY_NAMED, ITEMS(definition, reminders, def_reminder), .keys = reminder_keys, .help = "which message goes to whom and when" },
	{ "sending", KEY_MAP, AT(definition, sending), .keys = sending_keys, .help = "when reminders go out; what is due at another time waits" },
	{ "reports", KEY_NAMED, ITEMS(definition, reports, def_report), .keys = report_keys, .help = "who reads what and when" },
	{ "privacy", KEY_MAP, AT(definition, privacy), .keys = privacy_keys, .help = "what is kept, for how long, and what is withheld" },
	{ 0 },
};
/* clang-format on */
