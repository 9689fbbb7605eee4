/* pace.h: what the pairs of a cohort have done of what the programme asks: the one rule behind reports, to-do list and reminders. */
#ifndef PACE_H
#define PACE_H

#include "programme.h"

enum { PACE_SIDES = 2 };

/** When a pair works together, as days. */
struct pace_span {
	int64_t from, to;
};

/** A version of a pair's contract. */
struct pace_contract {
	int64_t drafted_on; /* MENTOR_NONE: there is none */
	bool signed_by[PACE_SIDES];
};

/** What a published pair has done up to the context's day. Arrays by side: MENTOR_SIDE_MENTOR, MENTOR_SIDE_MENTEE (, MENTOR_SIDE_TEAM). */
struct pace_pair {
	int64_t pair;
	int64_t enrolment[PACE_SIDES], person[PACE_SIDES];
	bool over;	 /* completed or ended */
	bool ended;	 /* before its time, without fault */
	struct pace_span span;
	int64_t stopped; /* the day it ended or completed; MENTOR_NONE */
	int64_t held, counted, minutes;
	const char *last_on;
	int64_t planned, overdue; /* still to come; not logged though their day has passed */
	int64_t moves, cancelled[PACE_SIDES + 1];
	int64_t shadowed[PACE_SIDES], took_part[PACE_SIDES]; /* meetings of the partner's; those that count */
	int64_t reflections;
	struct pace_contract in_force, newest;
	const char *contract; /* none, drafted or signed */
};
typedef enum mentor_status pace_fn(void *arg, const struct pace_pair *pair);

/** Walks the published pairs by number. */
enum mentor_status pace_walk(struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d, pace_fn *each, void *arg);
/** The part of `minimum` that is due on `day`, rounded down; MENTOR_NONE without a minimum. */
int64_t pace_due(int64_t minimum, struct pace_span span, int64_t day);
/** Whether one side of a pair takes too little part in the other's meetings: fewer count than are due, or it has only looked on. */
bool pace_takes_little_part(const struct pace_pair *pair, size_t side, const struct definition *d, int64_t day);

/** The same as struct mentor_progress_pair, which says the rule. */
enum mentor_status pace_each(struct mentor *m, const struct mentor_cohort *cohort, const struct definition *d,
    mentor_record_fn *each, void *arg);

/** How many of a cohort lack something, and the first pair of which that is so; 0 without one. */
struct pace_lack {
	int64_t n, first;
};
/** What active pairs lack, from one walk over them. `part`: people who take too little part in the other's meetings. */
struct pace_lacks {
	struct pace_lack contract, signature[PACE_SIDES], session, behind, part;
};
enum mentor_status pace_lacks(struct mentor *m, int64_t cohort, struct pace_lacks *ret);

/** Whether the programme says anything about how many there are to be. */
bool pace_asks(const struct def_range *range);
/** Whether the programme has meetings of the partner's to take part in. */
bool pace_has_shadowing(const struct definition *d);

/** The words of enum mentor_pace, ended by NULL. */
extern const char *const pace_words[];

/** The day of an ISO text; MENTOR_NONE, which is before every day, for NULL. */
int64_t pace_day(const char *text);

#endif
