/* definition.h: a programme definition, read from YAML into structs by one table of keys.
 *
 * The table in definition.c says each key once: name, type, default, range, meaning. Reading, checking, the manual's list and
 * the message for an unknown key all come from it. To add a key: a member here, a row there. */
#ifndef DEFINITION_H
#define DEFINITION_H

#include "arena.h"
#include "keys.h"

enum { DEF_REVERSE = 1, DEF_RECIPROCAL = 2 };

/** A number that the programme leaves to the pair within bounds; each part MENTOR_NONE when not given. */
struct def_range {
	int64_t minimum, usual, maximum;
};

struct def_aim {
	const char *slug, *text;
	const char *const *plans;
	size_t n_plans;
};

struct def_labels {
	const char *mentor, *mentors, *mentee, *mentees;
};

struct def_stage {
	const char *slug, *title;
	const char *const *checklist;
	size_t n_checklist;
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

struct def_form {
	int64_t profile; /* index of def_profiles */
	int64_t date_order;
	const struct def_column *columns;
	size_t n_columns;
	const char *const *ignore;
	size_t n_ignore;
};

enum def_rule_kind { DEF_RULE_DIFFERENT, DEF_RULE_SAME, DEF_RULE_NOT_LINE_MANAGEMENT };

/** A hard rule: a pair that breaks it is not a candidate. */
struct def_rule {
	const char *slug;
	int64_t kind;
	const char *field; /* person's field or question; NULL where the kind needs none */
};

enum def_score_kind { DEF_SCORE_OVERLAP, DEF_SCORE_DIFFERENT, DEF_SCORE_SAME };

/** A soft rule: 0 to 1000 points times its weight. */
struct def_score {
	const char *slug;
	int64_t kind;
	const char *field;
	int64_t weight;
};

struct def_matching {
	const struct def_rule *rules;
	size_t n_rules;
	const struct def_score *scores;
	size_t n_scores;
};

struct def_contract {
	const char *purpose;
	const char *const *ground_rules;
	size_t n_ground_rules;
	struct def_range sessions, minutes, months;
	const char *frequency;
	int64_t mode; /* index of def_modes */
	const char *no_fault;
	int64_t sign_first; /* sessions count only once both have signed */
};

struct def_activity {
	const char *slug, *title, *text;
	int64_t minutes;
};

enum def_question_kind { DEF_QUESTION_SCALE, DEF_QUESTION_YES_NO, DEF_QUESTION_TEXT };

struct def_question {
	const char *slug, *text;
	int64_t kind;
	int64_t minimum, maximum; /* of a scale */
	const char *low, *high;	  /* what its ends mean */
	const char *aim;
	const char *header; /* in the form export; NULL: the text */
};

enum def_audience { DEF_MENTORS, DEF_MENTEES, DEF_BOTH };

struct def_survey {
	const char *slug, *title;
	int64_t audience;
	const char *const *stages;
	size_t n_stages;
	const char *email_header, *response_header;
	const struct def_question *questions;
	size_t n_questions;
};

struct def_limits {
	int64_t mentors, mentees, months;
};

struct def_privacy {
	int64_t min_cell;
};

struct definition {
	struct arena arena;
	const char *slug, *title, *organisation, *contact_name, *contact_email;
	struct def_labels labels;
	const struct def_aim *aims;
	size_t n_aims;
	int64_t arrangement; /* index of def_arrangements */
	const char *const *seniority;
	size_t n_seniority;
	struct def_limits cohort;
	const struct def_stage *stages;
	size_t n_stages;
	const char *const *criteria;
	size_t n_criteria;
	struct def_form application;
	struct def_matching matching;
	struct def_contract contract;
	const struct def_activity *activities;
	size_t n_activities;
	const struct def_survey *surveys;
	size_t n_surveys;
	struct def_privacy privacy;
};

extern const char *const def_arrangements[]; /* reverse reciprocal */
extern const char *const def_modes[];	      /* virtual in-person either */
extern const char *const def_audiences[];     /* mentors mentees both */

/** Reads and checks a definition. All problems are collected (MENTOR_INVALID), each with line, column and key path.
 * Free with definition_free(). */
enum mentor_status definition_load(struct mentor *m, const char *file, const char *text, size_t len, struct definition **ret);
void definition_free(struct definition *d);

const struct def_survey *definition_survey(const struct definition *d, const char *slug);
const struct def_aim *definition_aim(const struct definition *d, const char *slug);

#endif
