/* blossom.c: the best pairs within one pool, by the primal-dual blossom method, with a proof. Numbers in, numbers out.
 *
 * From problem to proof:
 *   pool    the people by id, the candidates in order, pins settled;
 *   graph   one stage: nodes (a copy of a person for each place, two for each pair that needs them) and weighted arcs;
 *   search  a matching of the nodes, and prices that show it has the highest weight;
 *   proof   the prices alone; verifying builds the graph anew.
 *
 * The mathematics (J. Edmonds 1965): nodes have prices u, odd sets of nodes prices z, none below zero, and each arc has
 * u + u + 2 x (z of the sets that hold both ends) >= 2 x weight. Then twice the weight of any matching is at most the sum of all u
 * and all z x (size - 1), for a matching has at most (size - 1) / 2 arcs inside a set. Here that bound is reached. All weights are
 * doubled, so that prices are whole numbers: nodes of one search are joined by arcs without slack, hence even or odd together. */
#include "kernel.h"
#include "mentor.h"

#include <stdlib.h>
#include <string.h>

#define FAR INT64_MAX

enum {
	NONE = -1,
	DRAWS = 256,
	PROGRESS_STEP = 64, /* nodes between two calls of progress() */
};

static const int64_t MAX_WEIGHT = INT64_C(1) << 58; /* four of them and more fit in 63 bits */

static int32_t least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/** Turns counts, kept one further on, into beginnings. */
static void add_up(int32_t *start, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		start[i + 1] += start[i];
}

/* ---- the pool ----------------------------------------------------------------------------------------------- */

struct id {
	int64_t id;
	int32_t index;
};

/** People are numbered by id from here on. An edge is a candidate that is no pin and has places at both ends. */
struct pool {
	const struct mentor_blossom_problem *problem;
	int32_t n_people, n_edges;
	struct id *ids;	 /* by number */
	int32_t *number; /* by index */
	int32_t *room;	 /* by number: places that no pin takes */
	int32_t *edges;	 /* candidates, by the lower number, then the higher: the order of the input leaves no trace */
	int32_t *spare;	 /* the other half while sorting */
	int32_t *start;	 /* for counting by number */
	int32_t *copies; /* for graphs */
	int64_t *scores; /* for finding the worst */
	bool *pinned;	 /* by candidate */
	int8_t *ends;	 /* by candidate: how many of its two ends are matched by it */
};

/** All that can be seen without sorting. */
static bool problem_valid(const struct mentor_blossom_problem *p)
{
	if (p->n_people < 0 || p->n_candidates < 0 || p->n_pins < 0)
		return false;
	if (p->n_people > MENTOR_BLOSSOM_MAX_NODES || p->n_candidates > MENTOR_BLOSSOM_MAX_CANDIDATES)
		return false;
	if (!places_valid(p->places, p->n_people))
		return false;
	for (int32_t i = 0; i < p->n_candidates; i++) {
		const struct mentor_blossom_candidate *c = &p->candidates[i];
		if (c->a < 0 || c->a >= p->n_people || c->b < 0 || c->b >= p->n_people || c->a == c->b)
			return false;
		if (c->score < -MENTOR_BLOSSOM_MAX_SCORE || c->score > MENTOR_BLOSSOM_MAX_SCORE)
			return false;
	}
	for (int32_t i = 0; i < p->n_pins; i++)
		if (p->pins[i] < 0 || p->pins[i] >= p->n_candidates)
			return false;
	return true;
}

static void pool_layout(struct pool *o, const struct mentor_blossom_problem *p, struct layout *l)
{
	o->problem = p;
	o->n_people = p->n_people;
	o->n_edges = p->n_candidates;
	o->ids = carve(l, p->n_people, sizeof *o->ids);
	o->number = carve(l, p->n_people, sizeof *o->number);
	o->room = carve(l, p->n_people, sizeof *o->room);
	o->edges = carve(l, p->n_candidates, sizeof *o->edges);
	o->spare = carve(l, p->n_candidates, sizeof *o->spare);
	o->start = carve(l, (int64_t)p->n_people + 1, sizeof *o->start);
	o->copies = carve(l, (int64_t)p->n_people + 1, sizeof *o->copies);
	o->scores = carve(l, p->worst_first ? p->n_candidates : 0, sizeof *o->scores);
	o->pinned = carve(l, p->n_candidates, sizeof *o->pinned);
	o->ends = carve(l, p->n_candidates, sizeof *o->ends);
}

static int compare_ids(const void *a, const void *b)
{
	const int64_t x = ((const struct id *)a)->id, y = ((const struct id *)b)->id;
	return (x > y) - (x < y);
}

/** Numbers people by id. False when two are the same. */
static bool number_people(struct pool *o)
{
	const struct mentor_blossom_problem *p = o->problem;
	for (int32_t i = 0; i < o->n_people; i++)
		o->ids[i] = (struct id){ p->ids ? p->ids[i] : i, i };
	if (o->n_people > 0)
		qsort(o->ids, (size_t)o->n_people, sizeof *o->ids, compare_ids);
	for (int32_t i = 0; i < o->n_people; i++) {
		if (i > 0 && o->ids[i - 1].id == o->ids[i].id)
			return false;
		o->number[o->ids[i].index] = i;
		o->room[i] = places_of(p->places, o->ids[i].index);
	}
	return true;
}

/** The lower or the higher number of a candidate's two people. */
static int32_t end_of(const struct pool *o, int32_t candidate, bool high)
{
	const struct mentor_blossom_candidate *c = &o->problem->candidates[candidate];
	const int32_t a = o->number[c->a], b = o->number[c->b];
	return (a > b) == high ? a : b;
}

/** Sorts the edges by one end, by counting. */
static void sort_by_end(struct pool *o, bool high)
{
	memset(o->start, 0, ((size_t)o->n_people + 1) * sizeof *o->start);
	for (int32_t i = 0; i < o->n_edges; i++)
		o->start[end_of(o, o->edges[i], high) + 1]++;
	add_up(o->start, o->n_people);
	for (int32_t i = 0; i < o->n_edges; i++)
		o->spare[o->start[end_of(o, o->edges[i], high)]++] = o->edges[i];
	int32_t *sorted = o->spare;
	o->spare = o->edges;
	o->edges = sorted;
}

/** Sorts the candidates. False when two people are listed twice. */
static bool sort_edges(struct pool *o)
{
	for (int32_t i = 0; i < o->n_edges; i++)
		o->edges[i] = i;
	sort_by_end(o, true);
	sort_by_end(o, false);
	for (int32_t i = 1; i < o->n_edges; i++)
		if (end_of(o, o->edges[i], false) == end_of(o, o->edges[i - 1], false) &&
		    end_of(o, o->edges[i], true) == end_of(o, o->edges[i - 1], true))
			return false;
	return true;
}

static enum mentor_status settle_pins(struct pool *o)
{
	const struct mentor_blossom_problem *p = o->problem;
	bool fits = true;
	memset(o->pinned, 0, (size_t)p->n_candidates * sizeof *o->pinned);
	for (int32_t i = 0; i < p->n_pins; i++) {
		if (o->pinned[p->pins[i]])
			return MENTOR_INVALID;
		o->pinned[p->pins[i]] = true;
		fits = --o->room[end_of(o, p->pins[i], false)] >= 0 && fits;
		fits = --o->room[end_of(o, p->pins[i], true)] >= 0 && fits;
	}
	return fits ? MENTOR_OK : MENTOR_REFUSED;
}

static enum mentor_status pool_load(struct pool *o)
{
	if (!number_people(o) || !sort_edges(o))
		return MENTOR_INVALID;
	const enum mentor_status status = settle_pins(o);
	if (status != MENTOR_OK)
		return status;
	int32_t n = 0;
	for (int32_t i = 0; i < o->n_edges; i++) {
		const int32_t k = o->edges[i];
		if (!o->pinned[k] && o->room[end_of(o, k, false)] > 0 && o->room[end_of(o, k, true)] > 0)
			o->edges[n++] = k;
	}
	o->n_edges = n;
	return MENTOR_OK;
}

/** Opens the pool of a problem, all of it in one block to be freed. */
static enum mentor_status pool_open(struct pool *o, const struct mentor_blossom_problem *p, void **ret_block)
{
	struct layout l = { 0 };
	if (!problem_valid(p))
		return MENTOR_INVALID;
	pool_layout(o, p, &l);
	void *block = open_block(p->alloc, l.used);
	if (!block)
		return MENTOR_NO_MEMORY;
	l = (struct layout){ block, 0 };
	pool_layout(o, p, &l);
	const enum mentor_status status = pool_load(o);
	if (status != MENTOR_OK)
		free(block);
	else
		*ret_block = block;
	return status;
}

/* ---- the graph of one stage --------------------------------------------------------------------------------- */

/** What is matched: the edges with at least some score, by number of pairs alone or by everything. */
struct stage {
	int64_t from; /* the least score */
	bool count;   /* all weights are 1 */
};

struct arc {
	int64_t weight;
	int32_t to;
	int32_t candidate; /* NONE between the two nodes that stand for one pair */
};

/** Nodes: the copies of each person in turn, then two for each pair of people who both have several copies. The arcs of such
 * a pair are all of one weight: from the copies of each to that one's node, and between the two nodes. The pair is used when both
 * nodes are matched to copies; of the ways not to use it, the arc between them is as good as any. */
struct graph {
	const struct pool *pool;
	struct stage stage;
	int32_t n_copies, n_twins, n_nodes;
	int64_t n_arcs;
	int32_t *copies;	     /* by person and one further: where the copies begin */
	int64_t lowest, scale, base; /* of a weight: base + (score - lowest) x scale + draw */
	bool filling;		     /* arcs are filled in, not counted */
	int32_t *start;		     /* by node and one further: where the arcs begin */
	int32_t *at;
	struct arc *arcs;
};

/** A number from 0 to 255 for two ids, the lower first (a mixer after G. Steele, D. Lea and C. Flood 2014). */
static int64_t draw(int64_t low, int64_t high)
{
	uint64_t x = (uint64_t)low * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)high;
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return (int64_t)((x ^ x >> 31) % DRAWS);
}

static bool in_stage(const struct graph *g, int32_t candidate)
{
	return g->pool->problem->candidates[candidate].score >= g->stage.from;
}

static int64_t weight_of(const struct graph *g, int32_t candidate)
{
	const struct pool *o = g->pool;
	if (g->stage.count)
		return 1;
	return g->base + (o->problem->candidates[candidate].score - g->lowest) * g->scale +
	       draw(o->ids[end_of(o, candidate, false)].id, o->ids[end_of(o, candidate, true)].id);
}

static int32_t copies_of(const struct graph *g, int32_t person)
{
	return g->copies[person + 1] - g->copies[person];
}

static void add_arc(struct graph *g, int32_t x, int32_t y, int64_t weight, int32_t candidate)
{
	if (!g->filling) {
		g->start[x + 1]++;
		g->start[y + 1]++;
		return;
	}
	g->arcs[g->at[x]++] = (struct arc){ weight, y, candidate };
	g->arcs[g->at[y]++] = (struct arc){ weight, x, candidate };
}

static void add_arcs(struct graph *g)
{
	int32_t twin = g->n_copies;
	for (int32_t i = 0; i < g->pool->n_edges; i++) {
		const int32_t k = g->pool->edges[i];
		if (!in_stage(g, k))
			continue;
		const int32_t a = end_of(g->pool, k, false), b = end_of(g->pool, k, true);
		const int32_t a_end = g->copies[a + 1], b_end = g->copies[b + 1];
		const int64_t weight = weight_of(g, k);
		if (copies_of(g, a) == 1 || copies_of(g, b) == 1) {
			for (int32_t x = g->copies[a]; x < a_end; x++)
				for (int32_t y = g->copies[b]; y < b_end; y++)
					add_arc(g, x, y, weight, k);
			continue;
		}
		for (int32_t x = g->copies[a]; x < a_end; x++)
			add_arc(g, x, twin, weight, k);
		for (int32_t y = g->copies[b]; y < b_end; y++)
			add_arc(g, y, twin + 1, weight, k);
		add_arc(g, twin, twin + 1, weight, NONE);
		twin += 2;
	}
}

/** Packs the objectives: a pair more outweighs any score, a point of score any draw. False when that leaves the range. */
static bool graph_scale(struct graph *g)
{
	const struct pool *o = g->pool;
	int64_t lowest = INT64_MAX, highest = INT64_MIN;
	const int64_t pairs = g->n_copies / 2;
	for (int32_t i = 0; i < o->n_edges; i++) {
		const int64_t score = o->problem->candidates[o->edges[i]].score;
		if (score < g->stage.from)
			continue;
		lowest = score < lowest ? score : lowest;
		highest = score > highest ? score : highest;
	}
	if (lowest > highest || g->stage.count)
		return true;
	g->lowest = lowest;
	g->scale = (DRAWS - 1) * pairs + 1;
	if (highest - lowest > (MAX_WEIGHT / (pairs + 1) - DRAWS) / g->scale)
		return false;
	g->base = pairs * ((highest - lowest) * g->scale + DRAWS) + 1;
	return true;
}

/** Counts copies, twins and arcs. Nobody needs more copies than edges. False when that leaves the range. */
static bool graph_count(struct graph *g)
{
	const struct pool *o = g->pool;
	int64_t n_nodes = 0;
	memset(g->copies, 0, ((size_t)o->n_people + 1) * sizeof *g->copies);
	for (int32_t i = 0; i < o->n_edges; i++) {
		if (!in_stage(g, o->edges[i]))
			continue;
		g->copies[end_of(o, o->edges[i], false) + 1]++;
		g->copies[end_of(o, o->edges[i], true) + 1]++;
	}
	for (int32_t i = 0; i < o->n_people; i++) {
		g->copies[i + 1] = least(g->copies[i + 1], o->room[i]);
		n_nodes += g->copies[i + 1];
	}
	if (n_nodes > MENTOR_BLOSSOM_MAX_NODES)
		return false;
	add_up(g->copies, o->n_people);
	g->n_copies = (int32_t)n_nodes;
	for (int32_t i = 0; i < o->n_edges; i++) {
		if (!in_stage(g, o->edges[i]))
			continue;
		const int32_t a = copies_of(g, end_of(o, o->edges[i], false)), b = copies_of(g, end_of(o, o->edges[i], true));
		n_nodes += a > 1 && b > 1 ? 2 : 0;
		g->n_arcs += a > 1 && b > 1 ? a + b + 1 : (int64_t)a * b;
	}
	if (n_nodes > MENTOR_BLOSSOM_MAX_NODES || g->n_arcs > MENTOR_BLOSSOM_MAX_CANDIDATES * INT64_C(8))
		return false;
	g->n_nodes = (int32_t)n_nodes;
	g->n_twins = g->n_nodes - g->n_copies;
	return graph_scale(g);
}

static void graph_layout(struct graph *g, struct layout *l)
{
	g->start = carve(l, (int64_t)g->n_nodes + 1, sizeof *g->start);
	g->at = carve(l, g->n_nodes, sizeof *g->at);
	g->arcs = carve(l, 2 * g->n_arcs, sizeof *g->arcs);
}

static void graph_fill(struct graph *g)
{
	memset(g->start, 0, ((size_t)g->n_nodes + 1) * sizeof *g->start);
	g->filling = false;
	add_arcs(g);
	add_up(g->start, g->n_nodes);
	memcpy(g->at, g->start, (size_t)g->n_nodes * sizeof *g->at);
	g->filling = true;
	add_arcs(g);
}

/* ---- the search --------------------------------------------------------------------------------------------- */

/** What a node or set is in the tree of a search; as a number, how fast the prices of its nodes rise. */
enum label { OUTER = -1, UNREACHED = 0, INNER = 1 };

/** A node, or an odd set of them ("blossom"): a cycle of smaller ones, each joined to the next by an arc without slack. */
struct node {
	int64_t price; /* at time 0 of the search as its label has it: see price_of() and set_price() */
	int64_t time;  /* when the search will reach it or, if inner, when it falls apart; FAR: never */
	int32_t from, to; /* the arc by which it is or will be reached: its end outside, its end inside */
	int32_t parent;	  /* the set it lies in, or NONE: it is outermost */
	int32_t child;	  /* the member that holds the base; NONE: a set that is not in use */
	int32_t next, prev;	/* its neighbours on the parent's cycle */
	int32_t link, next_link; /* the arc to the next: its end here, its end there */
	int32_t base;		/* the node that is not matched inside */
	int32_t first, last;	/* its nodes in the list `follow` */
	int32_t heap_at, mark;
	int8_t label; /* of an outermost one; UNREACHED in all others */
	bool touched; /* by the search */
};

/** Two outer nodes whose arc will be without slack. */
struct meeting {
	int64_t time;
	int32_t a, b;
};

/** A matching of the nodes, and prices. Always: the prices are high enough for every arc, matched arcs have no slack, and all but
 * one of the nodes of a set are matched inside. What is missing is that unmatched nodes have price 0: for that, each is the source of
 * one search.
 *
 * A search grows a tree of alternating paths by arcs without slack. As time passes, its outer nodes lose price and its inner nodes
 * gain it, until an unmatched node is reached or an outer one (the source too) has price 0 and may stay unmatched itself: `bound`
 * is when, as far as is known. */
struct search {
	const struct graph *g;
	struct node *nodes; /* nodes of the graph, then sets */
	int32_t *mate;	    /* by node, as all below */
	int32_t *top;	    /* the outermost set or node that holds it */
	int32_t *follow;    /* the next of the same set */
	int32_t *unused; /* sets not in use */
	int32_t n_unused;
	int32_t *heap; /* nodes and sets by time */
	int32_t n_heap;
	struct meeting *meetings; /* a heap too; no arc has more than one */
	int32_t n_meetings;
	int32_t *touched;
	int32_t n_touched;
	int32_t *queue;
	int32_t mark;
	int64_t now, bound;
	int32_t end, end_mate; /* the outer node where it ends, and the unmatched node beyond it or NONE */
};

static int32_t most_sets(const struct graph *g)
{
	return g->n_nodes / 2;
}

static void search_layout(struct search *s, const struct graph *g, struct layout *l)
{
	const int64_t n = g->n_nodes, n_all = n + most_sets(g);
	s->g = g;
	s->nodes = carve(l, n_all, sizeof *s->nodes);
	s->mate = carve(l, n, sizeof *s->mate);
	s->top = carve(l, n, sizeof *s->top);
	s->follow = carve(l, n, sizeof *s->follow);
	s->unused = carve(l, most_sets(g), sizeof *s->unused);
	s->heap = carve(l, n_all, sizeof *s->heap);
	s->touched = carve(l, n_all, sizeof *s->touched);
	s->queue = carve(l, n_all, sizeof *s->queue);
	s->meetings = carve(l, g->n_arcs, sizeof *s->meetings);
}

static void search_init(struct search *s)
{
	const int32_t n = s->g->n_nodes, n_all = n + most_sets(s->g);
	for (int32_t i = 0; i < n_all; i++)
		s->nodes[i] = (struct node){ .time = FAR,
			.parent = NONE,
			.child = NONE,
			.base = i,
			.first = i,
			.last = i,
			.heap_at = NONE,
			.label = UNREACHED };
	for (int32_t i = 0; i < n; i++) {
		s->mate[i] = NONE;
		s->top[i] = i;
	}
	for (int32_t i = n_all; i-- > n;)
		s->unused[s->n_unused++] = i;
}

/** The next node of the same set after `v`, or NONE; the first is nodes[set].first. */
static int32_t following(const struct search *s, int32_t set, int32_t v)
{
	return v == s->nodes[set].last ? NONE : s->follow[v];
}

static bool is_set(const struct search *s, int32_t i)
{
	return i >= s->g->n_nodes;
}

/** The price of a node now. */
static int64_t price_of(const struct search *s, int32_t v)
{
	return s->nodes[v].price + s->nodes[s->top[v]].label * s->now;
}

/** Labels an outermost node or set: its prices stay what they are now. A set's price moves against those of its nodes. */
static void relabel(struct search *s, int32_t i, enum label label)
{
	const int64_t change = (s->nodes[i].label - label) * s->now;
	for (int32_t v = s->nodes[i].first; v != NONE; v = following(s, i, v))
		s->nodes[v].price += change;
	if (is_set(s, i))
		s->nodes[i].price -= change;
	s->nodes[i].label = (int8_t)label;
}

static void touch(struct search *s, int32_t i)
{
	if (s->nodes[i].touched)
		return;
	s->nodes[i].touched = true;
	s->touched[s->n_touched++] = i;
}

/* ---- what happens next -------------------------------------------------------------------------------------- */

static void heap_put(struct search *s, int32_t at, int32_t i)
{
	s->heap[at] = i;
	s->nodes[i].heap_at = at;
}

/** Moves what is at `at` to where its time belongs. */
static void heap_settle(struct search *s, int32_t at)
{
	const int32_t i = s->heap[at];
	const int64_t time = s->nodes[i].time;
	for (; at > 0 && s->nodes[s->heap[(at - 1) / 2]].time > time; at = (at - 1) / 2)
		heap_put(s, at, s->heap[(at - 1) / 2]);
	for (int32_t child = 2 * at + 1; child < s->n_heap; child = 2 * at + 1) {
		if (child + 1 < s->n_heap && s->nodes[s->heap[child + 1]].time < s->nodes[s->heap[child]].time)
			child++;
		if (s->nodes[s->heap[child]].time >= time)
			break;
		heap_put(s, at, s->heap[child]);
		at = child;
	}
	heap_put(s, at, i);
}

/** Something will happen to a node or set at `time`. */
static void heap_set(struct search *s, int32_t i, int64_t time)
{
	struct node *n = &s->nodes[i];
	touch(s, i);
	n->time = time;
	if (n->heap_at == NONE)
		heap_put(s, s->n_heap++, i);
	heap_settle(s, n->heap_at);
}

static void heap_remove(struct search *s, int32_t i)
{
	struct node *n = &s->nodes[i];
	const int32_t at = n->heap_at;
	n->time = FAR;
	n->heap_at = NONE;
	if (at == NONE || at == --s->n_heap)
		return;
	heap_put(s, at, s->heap[s->n_heap]);
	heap_settle(s, at);
}

static void meetings_add(struct search *s, struct meeting m)
{
	int32_t at = s->n_meetings++;
	for (; at > 0 && s->meetings[(at - 1) / 2].time > m.time; at = (at - 1) / 2)
		s->meetings[at] = s->meetings[(at - 1) / 2];
	s->meetings[at] = m;
}

static struct meeting meetings_take(struct search *s)
{
	const struct meeting first = s->meetings[0], last = s->meetings[--s->n_meetings];
	int32_t at = 0;
	for (int32_t child = 1; child < s->n_meetings; child = 2 * at + 1) {
		if (child + 1 < s->n_meetings && s->meetings[child + 1].time < s->meetings[child].time)
			child++;
		if (s->meetings[child].time >= last.time)
			break;
		s->meetings[at] = s->meetings[child];
		at = child;
	}
	s->meetings[at] = last;
	return first;
}

/* ---- growing the tree --------------------------------------------------------------------------------------- */

/** The arc from the outer node `from` to the unreached node `to` will have no slack at `time`. */
static void reach(struct search *s, int32_t from, int32_t to, int64_t time)
{
	struct node *n = &s->nodes[s->top[to]];
	if (time >= s->bound || time >= n->time)
		return;
	if (s->mate[n->base] == NONE) {
		s->bound = time;
		s->end = from;
		s->end_mate = to;
		return;
	}
	n->from = from;
	n->to = to;
	heap_set(s, s->top[to], time);
}

/** Looks where a new outer node leads. */
static void scan(struct search *s, int32_t v)
{
	const int64_t price = price_of(s, v);
	const int32_t own = s->top[v];
	if (s->now + price < s->bound) {
		s->bound = s->now + price;
		s->end = v;
		s->end_mate = NONE;
	}
	for (int32_t i = s->g->start[v]; i < s->g->start[v + 1]; i++) {
		const struct arc arc = s->g->arcs[i];
		const int32_t other = s->top[arc.to];
		if (other == own || s->nodes[other].label == INNER)
			continue;
		const int64_t slack = price + price_of(s, arc.to) - 2 * arc.weight;
		if (s->nodes[other].label == UNREACHED)
			reach(s, v, arc.to, s->now + slack);
		else if (s->now + slack / 2 < s->bound)
			meetings_add(s, (struct meeting){ s->now + slack / 2, v, arc.to });
	}
}

static void scan_all(struct search *s, int32_t i)
{
	for (int32_t v = s->nodes[i].first; v != NONE; v = following(s, i, v))
		scan(s, v);
}

/** Looks from where an unreached node or set can be reached: it was inside an inner set, where nobody looked. */
static void look_back(struct search *s, int32_t i)
{
	for (int32_t v = s->nodes[i].first; v != NONE; v = following(s, i, v)) {
		for (int32_t k = s->g->start[v]; k < s->g->start[v + 1]; k++) {
			const struct arc arc = s->g->arcs[k];
			if (s->nodes[s->top[arc.to]].label == OUTER)
				reach(s, arc.to, v, s->now + price_of(s, v) + price_of(s, arc.to) - 2 * arc.weight);
		}
	}
}

static void make_outer(struct search *s, int32_t i)
{
	heap_remove(s, i);
	touch(s, i);
	relabel(s, i, OUTER);
	scan_all(s, i);
}

/** Makes inner what is reached by the arc `from`-`to`. A set falls apart when its price is 0. */
static void make_inner(struct search *s, int32_t i, int32_t from, int32_t to)
{
	heap_remove(s, i);
	touch(s, i);
	s->nodes[i].from = from;
	s->nodes[i].to = to;
	relabel(s, i, INNER);
	if (is_set(s, i))
		heap_set(s, i, s->nodes[i].price);
}

/** Takes a node or set and its mate into the tree. */
static void grow(struct search *s, int32_t i)
{
	make_inner(s, i, s->nodes[i].from, s->nodes[i].to);
	make_outer(s, s->top[s->mate[s->nodes[i].base]]);
}

/* ---- sets form ---------------------------------------------------------------------------------------------- */

/** The outer one two steps nearer to the source, or NONE. */
static int32_t above(const struct search *s, int32_t outer)
{
	const int32_t mate = s->mate[s->nodes[outer].base];
	return mate == NONE ? NONE : s->top[s->nodes[s->top[mate]].from];
}

/** Where the paths from two outer ones to the source meet. */
static int32_t meeting_point(struct search *s, int32_t x, int32_t y)
{
	s->mark++;
	for (;;) {
		if (s->nodes[x].mark == s->mark)
			return x;
		s->nodes[x].mark = s->mark;
		const int32_t up = above(s, x);
		x = y == NONE ? up : y;
		y = y == NONE ? NONE : up;
	}
}

/** Makes `y` the next of `x` on a cycle, by the arc `p`-`q`. */
static void join(struct search *s, int32_t x, int32_t p, int32_t y, int32_t q)
{
	s->nodes[x].next = y;
	s->nodes[x].link = p;
	s->nodes[x].next_link = q;
	s->nodes[y].prev = x;
}

/** Joins all on the path from an outer node up to `end`, or the other way round. */
static void join_path(struct search *s, int32_t v, int32_t end, bool down)
{
	for (int32_t x = s->top[v], up; x != end; x = up) {
		const int32_t base = s->nodes[x].base, mate = s->mate[base], inner = s->top[mate];
		const int32_t to = s->nodes[inner].to, from = s->nodes[inner].from;
		up = s->top[from];
		if (down) {
			join(s, up, from, inner, to);
			join(s, inner, mate, x, base);
		} else {
			join(s, x, base, inner, mate);
			join(s, inner, to, up, from);
		}
	}
}

/** Makes one outer set of the cycle that the arc between two outer nodes closes. */
static void form_set(struct search *s, int32_t a, int32_t b)
{
	const int32_t root = meeting_point(s, s->top[a], s->top[b]), set = s->unused[--s->n_unused];
	int32_t n_queued = 0, last = NONE;
	join_path(s, a, root, true);
	join(s, s->top[a], a, s->top[b], b);
	join_path(s, b, root, false);

	int32_t x = root;
	do {
		const bool inner = s->nodes[x].label == INNER;
		heap_remove(s, x);
		if (inner)
			relabel(s, x, OUTER);
		for (int32_t v = s->nodes[x].first; v != NONE; v = following(s, x, v)) {
			s->top[v] = set;
			if (inner)
				s->queue[n_queued++] = v;
		}
		if (is_set(s, x))
			s->nodes[x].price -= OUTER * s->now; /* stands still from now on */
		s->nodes[x].label = UNREACHED;
		s->nodes[x].parent = set;
		if (last != NONE)
			s->follow[last] = s->nodes[x].first;
		last = s->nodes[x].last;
		x = s->nodes[x].next;
	} while (x != root);

	struct node *n = &s->nodes[set];
	n->price = OUTER * s->now; /* 0 as of now */
	n->label = OUTER;
	n->parent = NONE;
	n->child = root;
	n->base = s->nodes[root].base;
	n->first = s->nodes[root].first;
	n->last = last;
	touch(s, set);
	for (int32_t i = 0; i < n_queued; i++)
		scan(s, s->queue[i]);
}

/* ---- sets fall apart ---------------------------------------------------------------------------------------- */

/** The member after `i` on the cycle, one way round or the other. */
static int32_t step(const struct search *s, int32_t i, bool forward)
{
	return forward ? s->nodes[i].next : s->nodes[i].prev;
}

/** The ends of the arc between `i` and the member after it. */
static void arc_between(const struct search *s, int32_t i, bool forward, int32_t *ret_here, int32_t *ret_there)
{
	const struct node *n = &s->nodes[forward ? i : s->nodes[i].prev];
	*ret_here = forward ? n->link : n->next_link;
	*ret_there = forward ? n->next_link : n->link;
}

/** Which way round is it an even number of steps from one member to another? */
static bool even_way(const struct search *s, int32_t from, int32_t to)
{
	bool even = true;
	for (int32_t i = from; i != to; i = s->nodes[i].next)
		even = !even;
	return even;
}

/** Makes outermost what is in an unreached set. */
static void open_set(struct search *s, int32_t set)
{
	const int32_t first = s->nodes[set].child;
	int32_t x = first;
	do {
		s->nodes[x].parent = NONE;
		for (int32_t v = s->nodes[x].first; v != NONE; v = following(s, x, v))
			s->top[v] = x;
		x = s->nodes[x].next;
	} while (x != first);
	s->nodes[set].child = NONE;
	s->unused[s->n_unused++] = set;
}

/** Opens an inner set of price 0. The path through it stays in the tree. */
static void dissolve(struct search *s, int32_t set)
{
	const int32_t from = s->nodes[set].from, to = s->nodes[set].to, base = s->nodes[set].child;
	heap_remove(s, set);
	relabel(s, set, UNREACHED);
	open_set(s, set);
	const int32_t entry = s->top[to];
	const bool forward = even_way(s, entry, base);
	make_inner(s, entry, from, to);
	for (int32_t i = entry; i != base; i = step(s, step(s, i, forward), forward)) {
		const int32_t outer = step(s, i, forward);
		int32_t here, there;
		arc_between(s, outer, forward, &here, &there);
		make_inner(s, step(s, outer, forward), here, there);
	}
	for (int32_t i = entry; i != base; i = step(s, step(s, i, forward), forward))
		make_outer(s, step(s, i, forward));
	for (int32_t i = step(s, base, forward); i != entry; i = step(s, i, forward))
		look_back(s, i);
}

/* ---- augmenting --------------------------------------------------------------------------------------------- */

/** Matches two nodes with each other. */
static void match(struct search *s, int32_t a, int32_t b)
{
	s->mate[a] = b;
	s->mate[b] = a;
}

/** Changes the matching inside so that `v` is the one node not matched there. As deep as sets are nested. */
static void set_base(struct search *s, int32_t i, int32_t v)
{
	if (!is_set(s, i))
		return;
	int32_t member = v;
	while (s->nodes[member].parent != i)
		member = s->nodes[member].parent;
	set_base(s, member, v);
	const int32_t old = s->nodes[i].child;
	const bool forward = even_way(s, member, old);
	for (int32_t x = member; x != old;) {
		int32_t here, there;
		x = step(s, x, forward);
		arc_between(s, x, forward, &here, &there);
		const int32_t y = step(s, x, forward);
		set_base(s, x, here);
		set_base(s, y, there);
		match(s, here, there);
		x = y;
	}
	s->nodes[i].child = member;
	s->nodes[i].base = v;
}

/** Swaps matched and unmatched arcs on the path from an outer node to the source, so that `v` has this mate or none. */
static void flip(struct search *s, int32_t v, int32_t mate)
{
	for (;;) {
		const int32_t outer = s->top[v], next = s->mate[s->nodes[outer].base];
		set_base(s, outer, v);
		s->mate[v] = mate;
		if (mate != NONE)
			s->mate[mate] = v;
		if (next == NONE)
			return;
		const int32_t inner = s->top[next];
		mate = s->nodes[inner].to;
		v = s->nodes[inner].from;
		set_base(s, inner, mate);
	}
}

/** Opens a set of price 0, which says nothing, and all such sets in it. As deep as sets are nested. */
static void open_idle(struct search *s, int32_t i)
{
	if (!is_set(s, i) || s->nodes[i].child == NONE || s->nodes[i].parent != NONE || s->nodes[i].price > 0)
		return;
	const int32_t first = s->nodes[i].child;
	int32_t x = first;
	open_set(s, i);
	do {
		const int32_t next = s->nodes[x].next;
		open_idle(s, x);
		x = next;
	} while (x != first);
}

/** Ends a search: prices as of now, the tree forgotten. */
static void forget(struct search *s)
{
	for (int32_t k = 0; k < s->n_touched; k++) {
		struct node *n = &s->nodes[s->touched[k]];
		if (n->label != UNREACHED)
			relabel(s, s->touched[k], UNREACHED);
		n->time = FAR;
		n->heap_at = NONE;
		n->touched = false;
	}
	for (int32_t k = 0; k < s->n_touched; k++)
		open_idle(s, s->touched[k]);
	s->n_touched = s->n_heap = s->n_meetings = 0;
}

static void run(struct search *s, int32_t source)
{
	s->now = 0;
	s->bound = s->nodes[source].price;
	s->end = source;
	s->end_mate = NONE;
	make_outer(s, s->top[source]);
	for (;;) {
		const int64_t node_time = s->n_heap > 0 ? s->nodes[s->heap[0]].time : FAR;
		const int64_t meeting_time = s->n_meetings > 0 ? s->meetings[0].time : FAR;
		if (node_time >= s->bound && meeting_time >= s->bound)
			break;
		if (node_time > meeting_time) {
			const struct meeting m = meetings_take(s);
			s->now = m.time;
			if (s->top[m.a] != s->top[m.b])
				form_set(s, m.a, m.b);
			continue;
		}
		s->now = node_time;
		if (s->nodes[s->heap[0]].label == INNER)
			dissolve(s, s->heap[0]);
		else
			grow(s, s->heap[0]);
	}
	s->now = s->bound;
	if (s->end_mate != NONE)
		set_base(s, s->top[s->end_mate], s->end_mate);
	flip(s, s->end, s->end_mate);
	forget(s);
}

/** Lowers the price of a node that is in no set as far as the others allow. Returns an unmatched node that it could be matched
 * with at that price, or NONE. */
static int32_t lower(struct search *s, int32_t v)
{
	int64_t price = 0;
	int32_t found = NONE;
	for (int32_t i = s->g->start[v]; i < s->g->start[v + 1]; i++) {
		const struct arc *arc = &s->g->arcs[i];
		const int64_t least_price = 2 * arc->weight - s->nodes[arc->to].price;
		if (least_price < price || (least_price == price && found != NONE))
			continue;
		price = least_price;
		found = s->mate[arc->to] == NONE ? arc->to : NONE;
	}
	s->nodes[v].price = price;
	return found;
}

/** Begins with prices that are high enough and matches what can be matched at once. */
static void begin(struct search *s)
{
	for (int32_t v = 0; v < s->g->n_nodes; v++)
		for (int32_t i = s->g->start[v]; i < s->g->start[v + 1]; i++)
			if (s->g->arcs[i].weight > s->nodes[v].price)
				s->nodes[v].price = s->g->arcs[i].weight;
	for (int32_t v = 0; v < s->g->n_nodes; v++) {
		if (s->mate[v] != NONE)
			continue;
		const int32_t mate = lower(s, v);
		if (mate != NONE)
			match(s, v, mate);
	}
}

/** Searches from every unmatched node, so that each is matched in the end or has price 0. */
static enum mentor_status match_all(struct search *s)
{
	const struct mentor_blossom_problem *p = s->g->pool->problem;
	const int32_t n = s->g->n_nodes;
	begin(s);
	for (int32_t v = 0; v < n; v++) {
		if (v % PROGRESS_STEP == 0 && p->progress && !p->progress(p->progress_data, v, n))
			return MENTOR_FAILED;
		if (s->mate[v] != NONE)
			continue;
		if (s->top[v] == v)
			lower(s, v);
		if (s->nodes[v].price > 0)
			run(s, v);
	}
	return MENTOR_OK;
}

/* ---- what came out ------------------------------------------------------------------------------------------ */

/** Counts the matched ends of each candidate; returns how many have both. */
static int32_t choose(const struct search *s)
{
	const struct graph *g = s->g;
	int8_t *ends = g->pool->ends;
	int32_t n = 0;
	memset(ends, 0, (size_t)g->pool->problem->n_candidates);
	for (int32_t v = 0; v < g->n_copies; v++) {
		const int32_t mate = s->mate[v];
		if (mate == NONE)
			continue;
		int32_t i = g->start[v];
		while (g->arcs[i].to != mate)
			i++;
		n += ++ends[g->arcs[i].candidate] == 2;
	}
	return n;
}

static void proof_layout(struct mentor_blossom_proof *f, struct layout *l)
{
	const int64_t n = (int64_t)f->n_nodes + f->n_sets;
	f->prices = carve(l, n, sizeof *f->prices);
	f->parents = carve(l, n, sizeof *f->parents);
}

/** Lists the sets in use from the outside in; returns how many. */
static int32_t list_sets(struct search *s)
{
	int32_t n = 0;
	const int32_t n_all = s->g->n_nodes + most_sets(s->g);
	for (int32_t i = s->g->n_nodes; i < n_all; i++)
		if (s->nodes[i].child != NONE && s->nodes[i].parent == NONE)
			s->queue[n++] = i;
	for (int32_t k = 0; k < n; k++) {
		const int32_t first = s->nodes[s->queue[k]].child;
		int32_t x = first;
		do {
			if (is_set(s, x))
				s->queue[n++] = x;
			x = s->nodes[x].next;
		} while (x != first);
	}
	return n;
}

static enum mentor_status proof_open(struct search *s, struct mentor_blossom_proof *ret)
{
	const int32_t n_sets = list_sets(s);
	struct mentor_blossom_proof f = { .n_nodes = s->g->n_nodes, .n_sets = n_sets };
	struct layout l = { 0 };
	proof_layout(&f, &l);
	f.memory = open_block(s->g->pool->problem->alloc, l.used);
	if (!f.memory)
		return MENTOR_NO_MEMORY;
	l = (struct layout){ f.memory, 0 };
	proof_layout(&f, &l);
	int32_t *as = s->heap; /* by node or set: its number in the proof */
	for (int32_t i = 0; i < f.n_nodes; i++)
		as[i] = i;
	for (int32_t k = 0; k < n_sets; k++)
		as[s->queue[k]] = f.n_nodes + n_sets - 1 - k;
	for (int32_t k = 0; k < f.n_nodes + n_sets; k++) {
		const int32_t i = k < f.n_nodes ? k : s->queue[k - f.n_nodes], parent = s->nodes[i].parent;
		f.prices[as[i]] = s->nodes[i].price;
		f.parents[as[i]] = parent == NONE ? NONE : as[parent];
	}
	*ret = f;
	return MENTOR_OK;
}

/** Solves one stage: how many pairs, which (see choose()), and the proof unless that is NULL. */
static enum mentor_status solve_stage(
    const struct pool *o, struct stage stage, struct mentor_blossom_proof *ret_proof, int32_t *ret_n_pairs)
{
	struct graph g = { .pool = o, .stage = stage, .copies = o->copies };
	struct search s = { 0 };
	struct layout l = { 0 };
	if (!graph_count(&g))
		return MENTOR_INVALID;
	graph_layout(&g, &l);
	search_layout(&s, &g, &l);
	void *block = open_block(o->problem->alloc, l.used);
	if (!block)
		return MENTOR_NO_MEMORY;
	l = (struct layout){ block, 0 };
	graph_layout(&g, &l);
	search_layout(&s, &g, &l);
	graph_fill(&g);
	search_init(&s);
	enum mentor_status status = match_all(&s);
	if (status == MENTOR_OK && ret_proof)
		status = proof_open(&s, ret_proof);
	if (status == MENTOR_OK)
		*ret_n_pairs = choose(&s);
	free(block);
	return status;
}

/* ---- the objectives in turn --------------------------------------------------------------------------------- */

static int compare_scores(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/** The different scores of the edges, ascending; returns how many. */
static int32_t list_scores(const struct pool *o)
{
	int32_t n = 0;
	for (int32_t i = 0; i < o->n_edges; i++)
		o->scores[i] = o->problem->candidates[o->edges[i]].score;
	if (o->n_edges > 0)
		qsort(o->scores, (size_t)o->n_edges, sizeof *o->scores, compare_scores);
	for (int32_t i = 0; i < o->n_edges; i++)
		if (n == 0 || o->scores[i] != o->scores[n - 1])
			o->scores[n++] = o->scores[i];
	return n;
}

/** Finds the highest score from which there are still as many pairs as there can be, and proves it. */
static enum mentor_status find_worst(const struct pool *o, struct mentor_blossom_result *r, int64_t *ret_from)
{
	int32_t most = 0, n = 0, low = 0, high = list_scores(o) - 1;
	enum mentor_status status = solve_stage(o, (struct stage){ INT64_MIN, true }, &r->most, &most);
	if (status != MENTOR_OK || most == 0)
		return status;
	while (low < high) {
		const int32_t middle = low + (high - low + 1) / 2;
		status = solve_stage(o, (struct stage){ o->scores[middle], true }, NULL, &n);
		if (status != MENTOR_OK)
			return status;
		if (n == most)
			low = middle;
		else
			high = middle - 1;
	}
	*ret_from = o->scores[low];
	return solve_stage(o, (struct stage){ o->scores[low] + 1, true }, &r->above, &n);
}

/** Lists the pairs, pins included, with their total and the worst. */
static enum mentor_status list_pairs(const struct pool *o, struct mentor_blossom_result *r, int32_t n_pairs)
{
	const struct mentor_blossom_problem *p = o->problem;
	int32_t n = 0;
	r->memory = r->pairs = open_block(p->alloc, ((size_t)n_pairs + (size_t)p->n_pins) * sizeof *r->pairs);
	if (!r->memory)
		return MENTOR_NO_MEMORY;
	r->worst = n_pairs > 0 ? INT64_MAX : 0;
	for (int32_t i = 0; i < p->n_candidates; i++) {
		const int64_t score = p->candidates[i].score;
		if (!o->pinned[i] && o->ends[i] < 2)
			continue;
		r->pairs[n++] = i;
		r->total += score;
		r->worst = !o->pinned[i] && score < r->worst ? score : r->worst;
	}
	r->n_pairs = n;
	return MENTOR_OK;
}

static enum mentor_status solve(const struct pool *o, struct mentor_blossom_result *r)
{
	struct stage stage = { INT64_MIN, false };
	int32_t n_pairs = 0;
	enum mentor_status status = MENTOR_OK;
	if (o->problem->worst_first)
		status = find_worst(o, r, &stage.from);
	if (status == MENTOR_OK)
		status = solve_stage(o, stage, &r->best, &n_pairs);
	return status == MENTOR_OK ? list_pairs(o, r, n_pairs) : status;
}

enum mentor_status mentor_blossom_solve(const struct mentor_blossom_problem *problem, struct mentor_blossom_result *ret_result)
{
	struct pool o = { 0 };
	struct mentor_blossom_result r = { 0 };
	void *block = NULL;
	enum mentor_status status = pool_open(&o, problem, &block);
	if (status != MENTOR_OK)
		return status;
	status = solve(&o, &r);
	free(block);
	if (status == MENTOR_OK)
		*ret_result = r;
	else
		mentor_blossom_result_free(&r);
	return status;
}

void mentor_blossom_result_free(struct mentor_blossom_result *result)
{
	if (!result)
		return;
	free(result->best.memory);
	free(result->most.memory);
	free(result->above.memory);
	free(result->memory);
	*result = (struct mentor_blossom_result){ 0 };
}

/* ---- verifying ---------------------------------------------------------------------------------------------- */

/** A sum of products that may pass 63 bits. */
struct wide {
	int64_t high; /* of 2^32 */
	int64_t low;
};

/** Adds `n` times `x`, neither below zero. */
static void wide_add(struct wide *w, int64_t x, int64_t n)
{
	w->low += (x & UINT32_MAX) * n;
	w->high += (x >> 32) * n + (w->low >> 32);
	w->low &= UINT32_MAX;
}

static int wide_compare(struct wide a, struct wide b)
{
	if (a.high != b.high)
		return a.high < b.high ? -1 : 1;
	return (a.low > b.low) - (a.low < b.low);
}

/** What is checked by: of each node and set how many nodes it has, and the prices of all sets that hold it, its own too. */
struct check {
	int32_t *size;
	int64_t *around;
};

static void check_layout(struct check *k, const struct graph *g, struct layout *l)
{
	const int64_t n = (int64_t)g->n_nodes + most_sets(g);
	k->size = carve(l, n, sizeof *k->size);
	k->around = carve(l, n, sizeof *k->around);
}

/** Prices not below zero nor so high that sums overflow, and sets of odd size, each inside one of a higher number. */
static bool proof_sound(struct check *k, const struct mentor_blossom_proof *f)
{
	const int32_t n = f->n_nodes, n_all = n + f->n_sets;
	for (int32_t i = 0; i < n_all; i++) {
		const int32_t parent = f->parents[i];
		if (f->prices[i] < 0 || f->prices[i] > 4 * MAX_WEIGHT || (parent != NONE && (parent <= i || parent < n || parent >= n_all)))
			return false;
		k->size[i] = i < n;
	}
	for (int32_t i = 0; i < n_all; i++) {
		if (k->size[i] % 2 == 0)
			return false;
		if (f->parents[i] != NONE)
			k->size[f->parents[i]] += k->size[i];
	}
	for (int32_t i = n_all; i-- > 0;) {
		k->around[i] = (i < n ? 0 : f->prices[i]) + (f->parents[i] == NONE ? 0 : k->around[f->parents[i]]);
		if (k->around[i] > 4 * MAX_WEIGHT)
			return false;
	}
	return true;
}

/** The prices of all sets that hold both nodes. */
static int64_t price_around(const struct check *k, const struct mentor_blossom_proof *f, int32_t x, int32_t y)
{
	while (x != y) {
		int32_t *low = x < y ? &x : &y;
		*low = f->parents[*low];
		if (*low == NONE)
			return 0;
	}
	return k->around[x];
}

/** No arc is worth more than the prices of its ends and of the sets around both. */
static bool proof_covers(const struct check *k, const struct graph *g, const struct mentor_blossom_proof *f)
{
	for (int32_t v = 0; v < g->n_nodes; v++)
		for (int32_t i = g->start[v]; i < g->start[v + 1]; i++) {
			const struct arc arc = g->arcs[i];
			if (arc.to < v)
				continue;
			if (f->prices[v] + f->prices[arc.to] + 2 * price_around(k, f, v, arc.to) < 2 * arc.weight)
				return false;
		}
	return true;
}

/** The bound that the prices set against twice the weight of `n_pairs` pairs, the chosen ones where weights differ: below zero
 * if there can be no such pairs, zero if there can be none better. */
static int bound_against_pairs(const struct check *k, const struct graph *g, const struct mentor_blossom_proof *f, int32_t n_pairs)
{
	struct wide bound = { 0, 0 }, worth = { 0, 0 };
	for (int32_t i = 0; i < f->n_nodes + f->n_sets; i++)
		wide_add(&bound, f->prices[i], i < f->n_nodes ? 1 : k->size[i] - 1);
	for (int32_t v = g->n_copies; v < g->n_nodes; v += 2) /* what each pair that stands as two nodes is worth unused */
		wide_add(&worth, g->arcs[g->start[v]].weight, 2);
	if (g->stage.count)
		wide_add(&worth, 1, 2 * (int64_t)n_pairs);
	else
		for (int32_t i = 0; i < g->pool->n_edges; i++)
			if (g->pool->ends[g->pool->edges[i]] == 2)
				wide_add(&worth, weight_of(g, g->pool->edges[i]), 2);
	return wide_compare(bound, worth);
}

/** Builds the graph of a stage and compares what the proof allows with what is there, as bound_against_pairs(): 1 when the proof
 * is none. */
static enum mentor_status check_stage(
    const struct pool *o, struct stage stage, const struct mentor_blossom_proof *f, int32_t n_pairs, int *ret)
{
	struct graph g = { .pool = o, .stage = stage, .copies = o->copies };
	struct check k = { 0 };
	struct layout l = { 0 };
	if (!graph_count(&g))
		return MENTOR_INVALID;
	*ret = 1;
	if (f->n_nodes != g.n_nodes || f->n_sets < 0 || f->n_sets > most_sets(&g))
		return MENTOR_OK;
	graph_layout(&g, &l);
	check_layout(&k, &g, &l);
	void *block = open_block(o->problem->alloc, l.used);
	if (!block)
		return MENTOR_NO_MEMORY;
	l = (struct layout){ block, 0 };
	graph_layout(&g, &l);
	check_layout(&k, &g, &l);
	graph_fill(&g);
	if (proof_sound(&k, f) && proof_covers(&k, &g, f))
		*ret = bound_against_pairs(&k, &g, f, n_pairs);
	free(block);
	return MENTOR_OK;
}

/** Marks the chosen edges and checks all that needs no proof: who has how many pairs, the pins, the sums. */
static bool pairs_allowed(const struct pool *o, const struct mentor_blossom_result *r)
{
	const struct mentor_blossom_problem *p = o->problem;
	int64_t total = 0, worst = INT64_MAX;
	int32_t n_pinned = 0, *room = o->start;
	memcpy(room, o->room, (size_t)o->n_people * sizeof *room);
	memset(o->ends, 0, (size_t)p->n_candidates);
	for (int32_t i = 0; i < r->n_pairs; i++) {
		const int32_t k = r->pairs[i];
		if (k < 0 || k >= p->n_candidates || (i > 0 && k <= r->pairs[i - 1]))
			return false;
		const int64_t score = p->candidates[k].score;
		total += score;
		n_pinned += o->pinned[k];
		if (o->pinned[k])
			continue;
		o->ends[k] = 2;
		worst = score < worst ? score : worst;
		if (--room[end_of(o, k, false)] < 0 || --room[end_of(o, k, true)] < 0)
			return false;
	}
	return n_pinned == p->n_pins && total == r->total && r->worst == (r->n_pairs > n_pinned ? worst : 0);
}

static enum mentor_status verify(const struct pool *o, const struct mentor_blossom_result *r)
{
	const int32_t n = r->n_pairs - o->problem->n_pins;
	const bool worst = o->problem->worst_first, any = worst && n > 0;
	int best = 1, most = 0, above = -1;
	if (r->n_pairs < 0 || !pairs_allowed(o, r))
		return MENTOR_FOUND;
	enum mentor_status status = MENTOR_OK;
	if (worst)
		status = check_stage(o, (struct stage){ INT64_MIN, true }, &r->most, n, &most);
	if (status == MENTOR_OK && any)
		status = check_stage(o, (struct stage){ r->worst + 1, true }, &r->above, n, &above);
	if (status == MENTOR_OK)
		status = check_stage(o, (struct stage){ any ? r->worst : INT64_MIN, false }, &r->best, n, &best);
	if (status != MENTOR_OK)
		return status;
	return best == 0 && most == 0 && above < 0 ? MENTOR_OK : MENTOR_FOUND;
}

enum mentor_status mentor_blossom_verify(const struct mentor_blossom_problem *problem, const struct mentor_blossom_result *result)
{
	struct pool o = { 0 };
	void *block = NULL;
	enum mentor_status status = pool_open(&o, problem, &block);
	if (status != MENTOR_OK)
		return status;
	status = verify(&o, result);
	free(block);
	return status;
}
