/* suppress.h: the one module that decides which small numbers may leave.
 *
 * k is the programme's privacy.min_cell (never below SUPPRESS_LEAST). A reader is taken to know the program, so what is withheld must
 * not follow from what is shown, nor from the decision to withhold. Hence all or nothing instead of hiding as little as possible:
 *   1. Nothing is said about the answers of fewer than k people.
 *   2. How many gave each answer, and the median, are shown only if no answer was given by 1 to k-1 people. Else every count is
 *      withheld, the zeros too.
 *   3. The mean is shown with the counts. Without them it is shown only if the sum of the answers lies more than k points from the
 *      least and from the greatest possible. It depends on the number of people and that sum alone, which a shown mean tells anyway.
 *   4. Improved, same, worse and their test are shown only if everybody answered both times and no pair of answers (before, after)
 *      was given by 1 to k-1 people. Else all of them are withheld.
 *   5. Means are always of all who answered a stage: a mean of only some would tell, by subtraction, that of the others.
 *   6. Of a question to which people chose one of several words there is neither mean nor median: rule 2 alone.
 *   7. Where people ticked any number of choices, each choice is a question of its own, answered with no by whoever did
 *      not tick it: how many ticked it is shown only if neither 1 to k-1 people did nor 1 to k-1 people did not (rule 2).
 *
 * Of figures by organisation, of which each column counts some of the people of the column before it (applied, accepted, in a pair),
 * readers know the total of every column, since it is paperwork; those who answer for an organisation know its own row as well. Hence:
 *   8. A set of rows may be told in a column if neither its number is 1 to k-1 nor what it lacks from the number in the column
 *      before, and if the same holds without any one of its organisations. In the first column it may be told if, without its
 *      largest organisation, it has at least k people more than organisations: then each may have one or several.
 *   9. Organisations of fewer than k people stand together in one row, "others", with as many of the next smallest as it takes to
 *      make that row one that may be told. When that takes all of them, the row is the total, and shown, but how many organisations
 *      it is of only if it has at least k people more than organisations.
 *  10. In the columns after the first, a row that may not be told by itself is withheld, there and to the right, with as many of the
 *      next smallest (in what the set has too few of) as it takes to make those withheld in a column a set that may be told: for
 *      that is what subtraction tells. When it takes all, the total itself tells of few, and nothing can be done about it. Zeros that follow from a total are shown.
 * Promised of these: no number withheld can be bounded to a range narrower than k (and so never than 3) by the numbers shown, the
 * totals and the order of the columns, unless the total of its column, or of one before it, is itself 1 to k-1 or lacks 1 to k-1
 * from the column before, or a single row has all the people of the column before. The unit test solves random tables.
 *
 * Answers come in batches, and a reader may look after each: what two looks differ by is told as well. Hence, of one question:
 *  11. All batches count until k people have answered. From then on a new batch, with those that wait, is taken in once it has k people; and as
 *      soon as something is told, the mean or the counts, it is always told at that level, and what is taken in is such that it could be told
 *      at that level by itself: the difference of any two looks is a set of answers of which nothing is told that rules 1 to 7 withhold.
 *      Of choices to tick, a batch is taken in for all choices or none. Words wait until k people have written some more.
 *
 * Cohorts of a programme are put together as the reader likes, any of them and as often, and each is told of alone as well. Hence:
 *  12. A cohort counts with what is told of it alone, or not at all; all are told at the lowest level of those that count (a choice to
 *      tick: if it is told of all). So a pool tells nothing that does not follow from what its cohorts tell. Suppressing only the sum would
 *      not do: that a cohort is withheld, and the others are known, tells of few even where the sum has no small number.
 *  13. Cohorts of fewer than k responses, of which nothing is told alone, count all together, those of the whole programme: their batches come
 *      in by rule 11, in the order of all imports, with 2k-1 in the place of k. So rules 1 to 3 hold without any one of them, which may grow
 *      and be told alone later; then the others are not told of any more. Of words, choices to tick and change person by person they tell nothing.
 *
 * Where a survey asks both sides of the pairs, the total is told, and a side is the total less the other. Hence:
 *  14. Sides are told all or none, and only with their counts: if those of the total are told, and those of each side may be told by themselves.
 *      Batches are taken in, after the total has taken them in, when they may be for every side (rule 11). Means alone would not do: of a total
 *      told without its counts, that a side's mean is withheld tells of few. Words are not told by side.
 *
 * Figures by organisation over several cohorts can be set against what each cohort's own report tells, and against the total of each:
 *  15. Of an organisation, the cells that its cohorts' own reports withhold are told together, as what is left of its sum, or not at all: in a column
 *      they may be told if they are nobody's, or if they number k people or more without those of any one cohort; and so may those that are left to
 *      the others, without those of any one cohort or of any one organisation. The same goes for what they lack from the column before. Where
 *      the others are too few, the organisation with the smallest such part joins them; and where that takes all that have one, every other. The cells are always those of all cohorts of the programme: two pools
 *      that differ by a cohort would tell of it what its own report withholds.
 *
 * Figures that leave the team are published, and noted (ledger.h). What somebody knows who has read every publication:
 *  16. What was published of a question stays published: rule 11 goes on from there, and those who left stay counted, since numbers of nobody
 *      are nobody's, until both those who left and those who are left could be told at that level by themselves. Where nothing was told of k
 *      or more people, something is told once they are k more or k fewer.
 *  17. Figures of several cohorts are told beside those of some of them, and tables beside earlier ones, if every count told in both is the
 *      same or differs by k or more, and so does what it lacks from a number told beside it. Where only a mean was told, the number of people
 *      and their sum are the same, or the number differs by k or more and rule 3 would tell what the sums differ by. In tables the same
 *      holds of what remains of a total without the rows told in both; if not the same rows are told in both, it differs by k or more. A row
 *      that one table has, and the other tells to be nobody's, is told in the first, and has k or more.
 *
 * Promised, for one question and two of its stages (of choices, for one): among all outcomes that print the same, no group
 * of 1 to k-1 people made up of answers, or of sets of choices ticked, or of pairs of answers where everybody answered both
 * times, has the same size throughout. The unit test tries all outcomes of small groups, also of two sides (unless a whole side or
 * everybody answered the same), and of cohorts put together in every way.
 *
 * Not promised: that nothing can be guessed or bounded (a mean near an end says that most answered so, and a mean withheld that few
 * answered otherwise); that everybody giving the same answer stays hidden; that figures looked at by the team at two dates do not tell the
 * answers of the few by whom they differ, where answers were removed or people changed sides or thresholds changed in between; that of
 * published ones the same holds where the first told nothing, and of tables where people left and others came; that several questions,
 * or more than two stages, read together tell no more; that words
 * do not give their writers away. Counts of paperwork (applications, pairs, sessions, responses received, how many answered) are
 * not answers: they are shown, also next to withheld answers, except that 1 to k-1 people who answered a question show as withheld. */
#ifndef SUPPRESS_H
#define SUPPRESS_H

#include "mentor.h"

enum { SUPPRESS_LEAST = 3, SUPPRESS_MOST_CELLS = 101 };

/** The threshold to work with: `min_cell`, at least SUPPRESS_LEAST (also for MENTOR_NONE). */
int64_t suppress_threshold(int64_t min_cell);

/** The count, or MENTOR_SUPPRESSED when it is 1 to k-1. */
int64_t suppress_count(int64_t count, int64_t k);

/** What may be said about the answers to one question. */
struct suppress_summary {
	int64_t n;            /* how many answered */
	int64_t mean, median; /* hundredths; MENTOR_NONE when nobody answered */
	bool suppressed;      /* something above or in the counts is hidden */
};

/** counts[i] people answered low + i; `n` is at most SUPPRESS_MOST_CELLS. Shows or withholds the counts together (rules 1 to 3). */
void suppress_answers(int64_t *counts, size_t n, int64_t low, int64_t k, struct suppress_summary *ret);

/** What is told of a question: nothing yet, the mean without the counts, or both. */
enum suppress_level { SUPPRESS_NOTHING, SUPPRESS_MEAN, SUPPRESS_COUNTS };
/** suppress_answers() for answers of which no more than this level may be told. */
void suppress_answers_at(int64_t *counts, size_t n, int64_t low, int64_t k, enum suppress_level most, struct suppress_summary *ret);

/** What a question is, for rule 11. Cells are how many gave each answer; of TICKS how many ticked each choice, and behind these how many people
 * responded; of WORDS the one cell says how many wrote. */
enum suppress_kind { SUPPRESS_SCALE, SUPPRESS_CHOICE, SUPPRESS_TICKS, SUPPRESS_WORDS };
/** The answers to a question as they come in (rule 11). Zeroed but for kind, k, n and the cells, which are the caller's and start at zero. */
struct suppress_steps { /* NOLINT(clang-analyzer-optin.performance.Padding): in the order in which they are said */
	enum suppress_kind kind;
	int64_t k;
	size_t n;
	int64_t *shown, *waiting; /* n cells each; a batch is added to those that wait */
	enum suppress_level level; /* at which those shown are told; not of TICKS, each of which has its own */
};
/** Rule 12: adds what is told of a cohort to a pool, of as many cells. Begin with the level SUPPRESS_COUNTS. Choices to tick that are not
 * told become MENTOR_SUPPRESSED. SUPPRESS_LEFT_OUT: of those who answered nothing is told. */
enum suppress_joined { SUPPRESS_NOBODY, SUPPRESS_COUNTED, SUPPRESS_LEFT_OUT };
enum suppress_joined suppress_pool(struct suppress_steps *pool, const struct suppress_steps *cohort);
/** A cohort as of rule 13; its answers that wait, as many cells as the steps have. Zeroed but for those. */
struct suppress_member {
	int64_t responses;
	int64_t *waiting;
	bool counted; /* answers of it are among those shown */
};
/** Rule 13: a batch of a cohort, with what it brings. `all` has the threshold of suppress_gathered(), k is that of the cohorts. */
void suppress_gather(struct suppress_steps *all, struct suppress_member *members, size_t n, size_t of, const int64_t *cells, int64_t responses, int64_t k);
int64_t suppress_gathered(int64_t k);
/** Rule 14: the end of a batch that the total, told at this level, has taken in. All sides are of one kind other than SUPPRESS_TICKS, and have one
 * level: SUPPRESS_COUNTS or SUPPRESS_NOTHING. */
void suppress_step_sides(struct suppress_steps *sides, size_t n, enum suppress_level total);

/** The end of a batch: takes those that wait in, when they may be. Returns whether none waits any more. */
bool suppress_step(struct suppress_steps *s);

/** counts[i] of `people` people ticked choice i: shows or withholds each (rule 7). Returns whether any is withheld. */
bool suppress_ticks(int64_t *counts, size_t n, int64_t people, int64_t k);

/** Shows or withholds {improved, same, worse} together (rule 4); false when withheld. `least` is the size of the smallest group of
 * people who gave the same pair of answers, `everybody` whether all who answered one stage answered the other. */
bool suppress_changes(int64_t counts[3], int64_t least, bool everybody, int64_t k);

/** Withholds in a column of `n` counts whose total is known those of 1 to k-1 people, with as many of the next smallest as it takes for
 * those withheld to be two or more and k people together. Zeros are shown. For figures that nobody inside knows a part of. */
void suppress_column(int64_t *counts, size_t n, int64_t k);

/** Withholds what rules 8 to 10 say in a table of `rows` organisations. cells[row * columns + column] counts people, in each column some of
 * those of the column before, in the first at least one. There is room for one more row behind the last: the others. Afterwards shown[row]
 * is 0 for an organisation that stands among the others (its cells are withheld), else how many columns of it are shown before the first
 * that is withheld; shown[rows], with as much room, is that of the others, 0 when there are none. Returns false
 * when the others, that is all, are so few people that not even how many organisations they come from may be told. */
bool suppress_table(int64_t *cells, size_t rows, size_t columns, int64_t k, size_t *shown);

/** Rule 15. cells[(cohort * rows + row) * columns + column] counts people as above, and shown[cohort * (rows + 1) + row] says how many columns of a row
 * its cohort's own report shows (suppress_table()). Afterwards told[row] is how many columns of the row's sums over all cohorts may be told; 0 for one that
 * stands among the others. */
void suppress_organisations(const int64_t *cells, const size_t *shown, size_t cohorts, size_t rows, size_t columns, int64_t k, size_t *told);
/** What readers know once answers have been told: of each cell its number, or MENTOR_SUPPRESSED; how many answered, and the sum of their points
 * above the lowest answer, where a mean was told. */
struct suppress_told {
	enum suppress_kind kind;
	enum suppress_level level;
	int64_t people, points;
	size_t n;
	int64_t *cells; /* of TICKS the choices only */
};
/** What is told of answers that came in like this; ret->cells has room for s->n. */
void suppress_tell(const struct suppress_steps *s, struct suppress_told *ret);
/** The other way: makes the steps such that exactly this is told of them. With cells enough for both. */
void suppress_retell(const struct suppress_told *told, struct suppress_steps *s);
/** Rule 16: `base` is what s->shown was when it went on from an earlier publication, `counted` what of that is still there: takes out those who
 * left, when it may. Uses `base` up. Returns whether some who left are still counted. */
bool suppress_leave(struct suppress_steps *s, int64_t *base, const int64_t *counted);
/** Makes the steps such that nothing is told of them but how many there are. */
void suppress_withhold(struct suppress_steps *s);
/** Rule 17 for answers: whether both may be told. */
bool suppress_apart(const struct suppress_told *a, const struct suppress_told *b, int64_t k);

/** A table that suppress_table() has gone over, by the names of its rows. */
struct suppress_rows {
	size_t rows, columns;
	const char *const *names;
	const int64_t *cells;  /* as suppress_table() leaves them, the others in the last row */
	const size_t *shown;
	const int64_t *totals; /* of the columns */
	bool zeros; /* it tells that whoever has no row in it is nobody's */
};
/** Rule 17 for tables. */
bool suppress_rows_apart(const struct suppress_rows *a, const struct suppress_rows *b, int64_t k);

/** sum / n in hundredths, halves away from zero. n > 0. */
int64_t suppress_ratio(int64_t sum, int64_t n);

#endif
