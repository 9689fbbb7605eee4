/* assign_internal.h: what the files of the matching kernel share. The kernel includes mentor.h, for its own section, and nothing else of ours. */
#ifndef ASSIGN_INTERNAL_H
#define ASSIGN_INTERNAL_H

#include "kernel.h"
#include "mentor.h"

#define FAR INT64_MAX

enum { NOWHERE = -1 };

/* ---- memory and input (assign.c) ---- */

/** A zeroed block; NULL when there is no memory. */
void *zeroed_block(const struct mentor_assign_problem *p, size_t size);
bool problem_valid(const struct mentor_assign_problem *p);

/** No choice has more pairs than this. */
int64_t most_pairs(const struct mentor_assign_problem *p);

/* ---- solving (assign.c) ---- */

enum { FIRST_HASH_BITS = 10 }; /* narrow, so that it can join scores where all pairs are candidates */

/** What the tie-break adds up in its round. */
int64_t pair_hash(const struct mentor_assign_problem *p, int32_t row, int32_t column, int32_t round);
/** mentor_assign_solve(), the tie-break left out if so wanted. */
enum mentor_assign_status assign_run(const struct mentor_assign_problem *problem, bool break_ties, struct mentor_assign_result *ret);

/** Tells how far the work is. What is told never falls, whatever is passed. */
struct clock {
	const struct mentor_assign_problem *p;
	int64_t base, share; /* of the step at work */
	int64_t done, total;
};

/** Part `done` of `whole` of the step is done. False when the caller cancels. */
bool goes_on(struct clock *k, int64_t done, int64_t whole);

/* ---- levels (assign.c) ---- */

/** What the levels between pairs and score count. */
struct levels {
	int32_t n; /* all, pairs and score included */
	int32_t place_of_rank[MENTOR_ASSIGN_MAX_RANK + 1]; /* 0 counts first */
	int32_t per_level; /* places packed into one level */
	int64_t base;      /* a pair of one place weighs this many of the next in the same level */
	int64_t sign;
};

void levels_open(struct levels *l, const struct mentor_assign_problem *p);
/** What a candidate weighs on a level other than 0. */
int64_t level_weight(const struct levels *l, const struct mentor_assign_problem *p, int32_t level, int32_t candidate);

/* ---- the graph and its largest matching (assign_graph.c) ---- */

/** Rows are nodes 0 to n_rows - 1, columns follow. Pinned candidates are settled and have no edge. */
struct graph {
	int32_t n_rows, n_nodes, n_edges;
	int32_t *row, *column, *candidate; /* by edge; edges stand by row */
	bool *chosen;        /* by candidate: in the result, as far as known */
	bool *taken;         /* by edge: in the largest matching */
	int32_t *row_start;  /* where a row's edges begin */
	int32_t *row_end;    /* where those that count end */
	int32_t *hold_start; /* where a column's taken edges begin in `held` */
	int32_t *held;
	int32_t *n_held;   /* by column */
	int32_t *capacity; /* by node: places that are not settled */
	int32_t *room;     /* by node: places of those without a taken edge */
	int32_t *level;    /* by node: steps of an alternating path from a row with room, or NOWHERE */
	int32_t *next;     /* by node: the edge or hold to try next */
	int32_t *queue;    /* nodes of a breadth-first search, edges of a path */
};

void graph_layout(struct graph *g, const struct mentor_assign_problem *p, struct layout *l);
/** Fills in a graph of zeroed arrays. */
enum mentor_assign_status graph_load(struct graph *g, const struct mentor_assign_problem *p);
/** Takes an edge whose row and column both have room. */
void graph_take(struct graph *g, int32_t e);
/** Largest matching of the edges that count. Leaves the levels of the last, fruitless search behind: the split. */
enum mentor_assign_status graph_match(struct graph *g, struct clock *k);
/** How many edges are taken. */
int32_t graph_size(const struct graph *g);
/** Searches from one row. False when no column with room can be reached. */
bool graph_reach(struct graph *g, int32_t row);
/** Leaves out the edges that do not count any more. The matching stays as it is. */
void graph_trim(struct graph *g);

/* ---- the market: the best choice among those that are largest (assign_market.c) ---- */

/** A pair that may be formed inside one part of the split. `held`: the number of its slot, or NOWHERE. */
struct arc {
	int64_t score;
	int32_t host, held;
};

/** A place of a host that is taken: by a seeker's arc, or by nobody in particular (arc NOWHERE). */
struct slot {
	int64_t bid;
	int32_t arc, seeker;
};

/** What a search or an auction reads together stands together. */
struct host {
	int32_t places, n_held; /* of these, taken */
	int32_t n_nobody;       /* of these, by nobody in particular */
	int32_t slot_start;
	bool firm; /* must be full, whatever the price */
};

struct seeker {
	int32_t start, open; /* its arcs, and where those to hosts that still have places end; the next seeker's start is the end of all */
	int32_t need, lack;  /* places to be filled, and of these, not filled yet */
	int64_t bound;       /* in an auction: no arc behind the first few is worth more */
	bool queued;         /* in an auction: waits for its turn */
};

/** One part of the split. Seekers must get all their places filled and can: the rows of the rich part, the columns of the short one. Hosts are
 * the others; the first nodes are hosts, then seekers, then one that stands for nobody: it must fill all places that are left over, at any host
 * that is not firm, as often as there are places, for a score of 0. So every place is filled in the end.
 *
 * What holds once the prices are exact: a seeker's price is at least what any free arc is worth beyond the host's price and at most what each of
 * its held arcs is; so too for nobody. */
struct market {
	int32_t n_hosts, n_seekers, n_nodes, nobody;
	int32_t *graph_node; /* by node */
	struct host *hosts;
	struct seeker *seekers; /* nobody is one more */
	struct arc *arcs;       /* by seeker */
	int32_t *edge;          /* of the graph, by arc */
	struct slot *slots;     /* by host */
	int64_t *price;         /* by node */
	int64_t *distance;      /* by node: from where a search began, or FAR */
	int32_t *via, *from;    /* by node: arc and node by which the search came */
	int32_t *heap, *heap_at, n_heap; /* nodes by distance */
	int32_t *stack, n_stack;         /* nodes at the distance the search is at */
	int32_t *touched, n_touched;     /* nodes that the search gave a distance */
	int64_t best;                    /* distance of the nearest host with room */
	int32_t target;                  /* that host */
	int64_t spread;                  /* between the highest and the lowest score */
	int64_t increment, budget; /* of an auction: by what a bid goes beyond the second best, how many bids a phase may have */
};

enum part { RICH, SHORT, N_PARTS };

void market_layout(struct market *m, const struct mentor_assign_problem *p, struct layout *l);
/** Makes the market of one part of the split, with the largest matching that is known. */
void market_load(struct market *m, struct graph *g, enum part part);
void market_hold(struct market *m, int32_t host, int32_t seeker, int32_t arc);
void market_release(struct market *m, int32_t host, int32_t seeker, int32_t arc);
/** Exchanges two arcs of a seeker. */
void market_swap(struct market *m, int32_t a, int32_t b);
/** What an arc is worth beyond the prices of its ends. */
int64_t market_gain(const struct market *m, int32_t seeker, int32_t arc);
/** The best choice for the scores that the arcs have, and the prices that prove it. */
enum mentor_assign_status market_solve(struct market *m, struct clock *k);
/** Keeps the arcs on which another choice as good may differ as far as prices tell; of the rest, chooses what is held. */
void market_restrict(struct market *m, struct graph *g);
/** Likewise, keeping only what differs in some other choice for sure. False when no arc is left: there is no other choice. */
bool market_restrict_to_ties(struct market *m, struct graph *g);

/** Chooses what is held on the arcs that are left. */
void market_choose(struct market *m, struct graph *g);

/* ---- the best for the worst-off pair (assign_worst.c) ---- */

/** Leaves the edges that are good enough for as many pairs as there are now and a matching of them. *ret is the score needed, INT64_MAX when there
 * are no pairs. Of the two covers, by node, one proves that there cannot be more pairs and one that no better score will do. */
enum mentor_assign_status graph_worst(struct graph *g, const struct mentor_assign_problem *p, struct arc *scratch, struct clock *k, bool *cover,
    int64_t *ret);

/* ---- prices that are nearly right (assign_auction.c) ---- */

enum mentor_assign_status market_auction(struct market *m, struct clock *k);

/* ---- whole matrices (assign_matrix.c) ---- */

enum {
	MATRIX_MAX = 1 << 24,	    /* |score| of a pair */
	MATRIX_BARRED = -(1 << 26), /* "not this pair": taken only where there is no way round it that costs less */
};

/** Seekers and at least as many hosts, one place each. */
struct matrix {
	int32_t n_seekers, n_hosts, width;
	int32_t *score;	      /* seeker by seeker, `width` apart */
	int32_t *own, *price; /* prices of seekers and hosts */
	int32_t *host;	      /* of each seeker */
	int32_t *seeker;      /* of each host */
	/* inside: of each block of hosts, of each host, and of each seeker */
	int32_t *best, *cost, *distance, *base, *order, *reached, *idle;
	int16_t *narrow; /* room for a row, and for what is known of hosts */
};

void matrix_layout(struct matrix *m, struct layout *l);
/** The scores of a seeker. */
int32_t *matrix_row(const struct matrix *m, int32_t seeker);
/** Gives every seeker a host, with the highest total, and the prices that prove it. */
enum mentor_assign_status matrix_solve(struct matrix *m, struct clock *k);

/* ---- exact repair (assign_search.c) ---- */

enum mentor_assign_status market_repair(struct market *m, struct clock *k);

/* nodes by distance */
void heap_rise(struct market *m, int32_t at, int32_t node);
void heap_sink(struct market *m, int32_t at, int32_t node);
int32_t heap_pop(struct market *m);

#endif
