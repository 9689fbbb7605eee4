/* told.h: the answers to a question as they may be told: of a cohort, of several put together, of the two sides. */
#ifndef TOLD_H
#define TOLD_H

#include "ledger.h"
#include "survey.h"

/** The answers to one question at one stage that may be told of. */
struct told {
	int64_t *shown, *waiting, *base, *counted; /* room for n cells each; base, counted: what was published, and what of that is still there */
	struct suppress_steps steps;
	struct mentor_buf what;	   /* of a cohort: in the ledger */
	int64_t since;		   /* batches up to this one were published; -1: none was */
	bool withheld;		   /* may not be told beside what was published */
	int64_t last;		   /* of a cohort: the newest batch that is taken in */
	int64_t cohorts, left_out; /* of a pool: those that count, those that do not though somebody answered; else MENTOR_NONE */
};

enum told_side { TOLD_MENTORS, TOLD_MENTEES, TOLD_EITHER, TOLD_UNKNOWN, TOLD_SIDES };

/** The ends of a scale; 0 and 1 of yes-no. */
int64_t told_lowest(const struct def_question *q);
int64_t told_highest(const struct def_question *q);
/** How many different answers there are. */
size_t told_cells(const struct def_question *q);

/** Answers in numbers (cell i: how many answered lowest + i) and choices (of multi with a cell behind them: how many responded), of the view's cohort or,
 * where it has parts, of these. told_free() even after a failure. */
enum mentor_status told_answers(const struct survey_view *v, const char *stage, const struct def_question *q, struct told *t);
/** How many wrote in words, in one cohort; and the words that may be passed on, of the view's cohort or parts, as struct mentor_survey_text, in an
 * order that says nothing of who wrote them. */
enum mentor_status told_count_texts(const struct survey_view *v, const char *stage, const struct def_question *q, int64_t *ret);
enum mentor_status told_texts(const struct survey_view *v, const char *stage, const struct def_question *q, mentor_record_fn *each, void *arg);
/** Of one cohort, cell before * cells + after: people who gave these two answers; nothing of an anonymous survey. Of a question asked in
 * hindsight both answers are of the stage `to`. */
enum mentor_status told_pairs(const struct survey_view *v, const char *from, const char *to, const struct def_question *q, struct told *t);
/** The answers of one cohort by side: TOLD_SIDES of them. Of a question that allows several choices, and of words, there are none. */
enum mentor_status told_sides(const struct survey_view *v, const char *stage, const struct def_question *q, struct told sides[TOLD_SIDES]);
void told_free(struct told *t);

/** Puts what is told of a cohort into a pool that begins as told_pool(). */
enum mentor_status told_pool(const struct survey_view *v, enum suppress_kind kind, size_t n, struct told *pool);
void told_join(struct told *pool, const struct told *t, enum suppress_joined joined);

/** Adds the cohorts of few responses to pools of one or two stages (rule 13), when the same of them count at both; to all pools or to none. Questions
 * are scales, yes-no or choices. */
enum { TOLD_STAGES = 2 };
enum mentor_status told_gather(const struct survey_view *v, const char *const *stages, const struct def_question *const *questions, struct told *const *pools,
    size_t n, bool *ret_counted);

/** What may be said of answers in numbers or by one choice; withholds the cells that may not be told. */
void told_summary(struct told *t, int64_t low, int64_t k, struct suppress_summary *ret);
/** The same of choices to tick, behind which the last cell says how many responded; returns whether any is withheld. */
bool told_ticks(struct told *t, int64_t k);
/** How many answers wait to be taken in. */
int64_t told_waiting(const struct told *t);

#endif
