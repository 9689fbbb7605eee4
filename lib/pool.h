/* pool.h: the people of a cohort as matching sees them: values, line managers, pairs so far, and who is on which side. */
#ifndef POOL_H
#define POOL_H

#include "programme.h"

enum side { SIDE_MENTOR, SIDE_MENTEE, SIDE_NONE };

/** One value of a person, as written and as compared. */
struct value {
	const char *text, *folded;
	int32_t id; /* equal for equal values of a field, and in the order of the folded texts */
};

/** What a person holds for one field: sorted by the folded text, no value twice; none when nothing is known. */
struct trait {
	struct value *values;
	size_t n;
};

struct human;

/** Other people of the cohort. */
struct humans {
	struct human **items;
	size_t n;
};

/** A pair of the cohort as stored. */
struct past {
	int64_t id, score;
	bool pinned;	      /* proposed, and stays so */
	const char *override; /* why, although it breaks a hard rule; NULL: it breaks none that we know of */
	enum mentor_pair_state state;
	enum mentor_arrangement arrangement;
	struct human *mentor, *mentee;
	bool kept; /* comes out of a new proposal again */
	bool parted; /* ends in what is tried */
};

struct human {
	int64_t enrolment, person, places;
	enum mentor_role role;
	enum mentor_enrolment_state state;
	const char *email, *name;
	const char *grade; /* as recorded; NULL: unknown */
	int64_t step;	   /* index of the grade in the programme's seniority; MENTOR_NONE when it is none of them */
	struct trait *traits; /* one for each field of the pool */
	int64_t *numbers;     /* one for each soft rule: what "near" compares; MENTOR_NONE when not known */
	const char **above;   /* addresses of the line managers above, nearest first */
	size_t n_above;
	struct humans bosses;  /* those of them who are in the cohort */
	struct humans prefers; /* whom the person named, the first choice first */
	struct humans apart;   /* who must not be a partner, whoever said so; the same on both sides */
	struct humans before;  /* partners in other cohorts of the programme */
	struct past **pairs;
	size_t n_pairs;
	enum side side; /* SIDE_NONE: takes no part in matching */
	enum side fixed; /* the side that the role or an active pair decides; SIDE_NONE: a pair decides it */
	enum side settled; /* what a proposed pair decided, where nothing is fixed */
	int32_t at;     /* place in the side: the kernel's row or column */
	int64_t active; /* partners */
	int64_t resting; /* places that pairs which ended have left, and for which nobody is sought */
};

/** Two people between whom the programme's hard rules do not count while something is tried. */
struct exception {
	const struct human *mentor, *mentee;
};

struct pool {
	struct mentor *m;
	int64_t cohort;
	struct definition *d;
	struct definition *owned; /* freed with the pool; NULL when d is somebody else's */
	struct mentor_labels labels;
	struct arena arena;
	const char **fields; /* that rules and scores compare */
	size_t n_fields;
	size_t *rule_fields, *score_fields; /* which of them each rule and score compares */
	const char **rule_either, **score_either; /* the folded answer that fits any other; NULL: none */
	const char **grades;                /* the programme's seniority, folded */
	struct human *people;               /* by enrolment */
	struct human **sorted;              /* by address */
	struct human **by_person;
	size_t n_people;
	struct past *pairs; /* by number */
	size_t n_pairs;
	bool graph; /* somebody's side is open, so that the choice is not one between two sides: rule_may_pair() says who can be with whom */
	struct human **sides[2]; /* by address */
	int32_t n_sides[2];
	const struct exception *exceptions;
	size_t n_exceptions;
	int64_t except; /* a pair that does not count as "paired before": the one being explained or published */
};

/** Reads everything. On failure too, pool_free() follows. */
enum mentor_status pool_load(struct mentor *m, int64_t cohort, struct pool *p);
/** The same under another definition than the cohort's own; `d` stays yours and must outlive the pool. */
enum mentor_status pool_load_under(struct mentor *m, int64_t cohort, struct definition *d, struct pool *p);
/** Changes people and pairs before anybody takes a side. */
typedef enum mentor_status pool_edit_fn(void *arg, struct pool *p);
/** pool_load_under() with such a change; NULL: none. */
enum mentor_status pool_load_edited(struct mentor *m, int64_t cohort, struct definition *d, pool_edit_fn *edit, void *arg, struct pool *p);
void pool_free(struct pool *p);

/** Someone of the cohort by enrolment or by person; NULL when not there. */
struct human *pool_human(const struct pool *p, int64_t enrolment);
struct human *pool_person(const struct pool *p, int64_t person);

/** The values of a field; none when no rule, no score and no arrangement asks for it. */
struct trait pool_trait(const struct pool *p, const struct human *h, const char *field);
/** Whether one of the values is this one, which is folded; never so for NULL. */
bool pool_has(const struct trait *t, const char *folded);

/** Whether `upper` stands above `lower` in the line of management, however far. */
bool pool_is_above(const struct human *upper, const struct human *lower);
/** Puts everyone who takes part on a side: the fixed one, else the settled one, else by address where fewer places are left. */
void pool_settle(struct pool *p);
/** Places that no active pair takes, and that the person has not left empty after one that ended. */
int64_t pool_places_left(const struct human *h);
bool pool_among(const struct humans *people, const struct human *h);
/** The place of `other` in the person's preferences, from 1; 0 when not named. */
int64_t pool_rank(const struct human *h, const struct human *other);
enum side pool_other_side(enum side side);
/** What the programme calls the people of a side: several, or one. */
const char *pool_plural(const struct pool *p, enum side side);
const char *pool_singular(const struct pool *p, enum side side);
/** The same of those that somebody of the other side can be paired with, "people" where sides are open. */
const char *pool_partners(const struct pool *p, enum side side, bool one);

#endif
