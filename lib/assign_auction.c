/* assign_auction.c: prices that are nearly right, by an auction with falling increments. */
#include "assign_internal.h"

enum {
	FRONT = 6,            /* arcs of a seeker that are looked at first: its best when it was last looked at whole */
	SCALE = 8,            /* of scores and prices during an auction: with fractions few seekers fail the exact test afterwards */
	STEP = 16,            /* what an increment is divided by from phase to phase */
	AHEAD = 4,            /* seekers whose arcs are fetched before their turn */
	PROGRESS_STEP = 8192, /* bids between two calls of progress() */
};

/* ---- slots: a heap by bid for each host ---- */

static void slot_put(struct market *m, int32_t at, struct slot s)
{
	m->slots[at] = s;
	if (s.arc != NOWHERE)
		m->arcs[s.arc].held = at;
}

static void slot_rise(struct market *m, int32_t start, int32_t i, struct slot s)
{
	for (; i > 0 && m->slots[start + (i - 1) / 2].bid > s.bid; i = (i - 1) / 2)
		slot_put(m, start + i, m->slots[start + (i - 1) / 2]);
	slot_put(m, start + i, s);
}

static void slot_sink(struct market *m, int32_t start, int32_t n, struct slot s)
{
	int32_t i = 0;
	for (int32_t child = 1; child < n; child = 2 * i + 1) {
		if (child + 1 < n && m->slots[start + child + 1].bid < m->slots[start + child].bid)
			child++;
		if (m->slots[start + child].bid >= s.bid)
			break;
		slot_put(m, start + i, m->slots[start + child]);
		i = child;
	}
	slot_put(m, start + i, s);
}

/* ---- the queue of those who lack a place ---- */

struct queue {
	int32_t *ring, size, head, n;
};

static void queue_put(struct market *m, struct queue *q, int32_t seeker)
{
	if (m->seekers[seeker].queued)
		return;
	m->seekers[seeker].queued = true;
	const int32_t at = q->head + q->n++;
	q->ring[at < q->size ? at : at - q->size] = seeker;
}

static int32_t queue_take(struct market *m, struct queue *q)
{
	const int32_t seeker = q->ring[q->head];
	q->head = q->head + 1 < q->size ? q->head + 1 : 0;
	q->n--;
	m->seekers[seeker].queued = false;
	return seeker;
}

/* ---- hosts by price, for nobody ---- */

static void offer_put(struct market *m, int32_t host)
{
	m->distance[host] = m->price[host];
	heap_rise(m, m->n_heap++, host);
}

/** The cheapest host that nobody may bid for, left in the heap; NOWHERE when there is none. Prices in the heap are brought up to date where it
 * matters: they only ever rise. */
static int32_t offer_top(struct market *m)
{
	while (m->n_heap > 0) {
		const int32_t host = m->heap[0];
		if (m->hosts[host].n_nobody == m->hosts[host].places) {
			heap_pop(m);
			m->distance[host] = FAR;
		} else if (m->distance[host] < m->price[host]) {
			m->distance[host] = m->price[host];
			heap_sink(m, 0, host);
		} else {
			return host;
		}
	}
	return NOWHERE;
}

static void offers_open(struct market *m)
{
	m->n_heap = 0;
	for (int32_t h = 0; h < m->n_hosts; h++) {
		m->distance[h] = FAR;
		if (!m->hosts[h].firm && m->hosts[h].n_nobody < m->hosts[h].places)
			offer_put(m, h);
	}
}

/* ---- bids ---- */

/** Gives a place of the host to a bidder; who bid least makes room for it. */
static void host_accept(struct market *m, struct queue *q, int32_t host, struct slot new)
{
	const int32_t start = m->hosts[host].slot_start;
	m->seekers[new.seeker].lack--;
	m->hosts[host].n_nobody += new.arc == NOWHERE;
	if (m->hosts[host].n_held < m->hosts[host].places) {
		slot_rise(m, start, m->hosts[host].n_held++, new);
	} else {
		const struct slot old = m->slots[start];
		m->seekers[old.seeker].lack++;
		if (old.arc != NOWHERE)
			m->arcs[old.arc].held = NOWHERE;
		else if (m->hosts[host].n_nobody-- == m->hosts[host].places && m->distance[host] == FAR)
			offer_put(m, host);
		slot_sink(m, start, m->hosts[host].places, new);
		queue_put(m, q, old.seeker);
	}
	if (m->hosts[host].n_held == m->hosts[host].places)
		m->price[host] = m->slots[start].bid;
}

/** Brings a seeker's best arcs to the front and remembers what the best behind them is worth. Prices only rise, so that bound stays true. */
static void seeker_rank(struct market *m, int32_t seeker)
{
	const int32_t start = m->seekers[seeker].start, end = m->seekers[seeker].open;
	int64_t worth[FRONT], bound = -FAR;
	int32_t top[FRONT], n = 0;
	for (int32_t a = start; a < end; a++) {
		const int64_t w = m->arcs[a].score - m->price[m->arcs[a].host];
		if (n == FRONT && w <= worth[FRONT - 1]) {
			bound = w > bound ? w : bound;
			continue;
		}
		if (n == FRONT)
			bound = worth[FRONT - 1];
		int32_t i = n < FRONT ? n++ : FRONT - 1;
		for (; i > 0 && worth[i - 1] < w; i--) {
			worth[i] = worth[i - 1];
			top[i] = top[i - 1];
		}
		worth[i] = w;
		top[i] = a;
	}
	for (int32_t i = 0; i < n; i++) {
		const int32_t from = top[i];
		if (from == start + i)
			continue;
		market_swap(m, start + i, from);
		for (int32_t j = i + 1; j < n; j++)
			if (top[j] == start + i)
				top[j] = from;
	}
	m->seekers[seeker].bound = bound;
}

/** The best free arc and what the best two are worth. */
struct offer {
	int32_t arc;
	int64_t best, second;
};

static struct offer look(const struct market *m, int32_t start, int32_t end)
{
	struct offer o = { NOWHERE, -FAR, -FAR };
	for (int32_t a = start; a < end; a++) {
		const int64_t w = m->arcs[a].score - m->price[m->arcs[a].host];
		if (w <= o.second || m->arcs[a].held != NOWHERE)
			continue;
		if (w <= o.best) {
			o.second = w;
			continue;
		}
		o = (struct offer){ a, w, o.best };
	}
	return o;
}

static struct offer seeker_offer(struct market *m, int32_t seeker)
{
	const int32_t start = m->seekers[seeker].start, end = m->seekers[seeker].open;
	if (end - start <= FRONT)
		return look(m, start, end);
	struct offer o = look(m, start, start + FRONT);
	if (o.second >= m->seekers[seeker].bound)
		return o;
	seeker_rank(m, seeker);
	o = look(m, start, start + FRONT);
	return o.second >= m->seekers[seeker].bound ? o : look(m, start, end);
}

static void seeker_bid(struct market *m, struct queue *q, int32_t seeker)
{
	const struct offer o = seeker_offer(m, seeker);
	if (o.arc == NOWHERE)
		return;
	const int32_t host = m->arcs[o.arc].host;
	const int64_t lead = o.second > -FAR ? o.best - o.second : m->spread;
	host_accept(m, q, host, (struct slot){ m->price[host] + lead + m->increment, o.arc, seeker });
}

static void nobody_bid(struct market *m, struct queue *q)
{
	const int32_t host = offer_top(m);
	if (host == NOWHERE)
		return;
	heap_pop(m);
	m->distance[host] = FAR;
	const int32_t other = offer_top(m);
	const int64_t level = other == NOWHERE ? m->price[host] : m->price[other];
	host_accept(m, q, host, (struct slot){ level + m->increment, NOWHERE, m->n_seekers });
	if (m->distance[host] == FAR && m->hosts[host].n_nobody < m->hosts[host].places)
		offer_put(m, host);
}

/* ---- phases ---- */

/** Lets go of places that are worth less to their holders than another, by more than an increment. */
static void phase_release(struct market *m, int32_t seeker)
{
	if (m->seekers[seeker].lack == m->seekers[seeker].need)
		return;
	const struct offer o = seeker_offer(m, seeker);
	for (int32_t a = m->seekers[seeker].start; a < m->seekers[seeker].open && o.arc != NOWHERE; a++)
		if (m->arcs[a].held != NOWHERE && m->arcs[a].score - m->price[m->arcs[a].host] < o.best - m->increment)
			market_release(m, m->arcs[a].host, seeker, a);
}

static void phase_release_nobody(struct market *m)
{
	offers_open(m);
	const int32_t top = offer_top(m);
	for (int32_t h = 0; h < m->n_hosts && top != NOWHERE; h++)
		while (m->hosts[h].n_nobody > 0 && m->price[h] > m->price[top] + m->increment)
			market_release(m, h, m->n_seekers, NOWHERE);
	offers_open(m);
}

/** Who kept a place holds it at the price of its host. */
static void phase_level(struct market *m)
{
	for (int32_t h = 0; h < m->n_hosts; h++)
		for (int32_t i = 0; i < m->hosts[h].n_held; i++)
			m->slots[m->hosts[h].slot_start + i].bid = m->price[h];
}

/** Has the memory of those whose turn is next fetched. */
static void fetch(const struct market *m, const struct queue *q)
{
	if (q->n <= 2 * AHEAD)
		return;
	const int32_t far = q->head + 2 * AHEAD, near = q->head + AHEAD;
	const struct seeker *next = &m->seekers[q->ring[near < q->size ? near : near - q->size]];
	__builtin_prefetch(&m->seekers[q->ring[far < q->size ? far : far - q->size]]);
	__builtin_prefetch(&m->arcs[next->start]);
	__builtin_prefetch(&m->arcs[next->start + 4]);
}

/** One phase. *ret_done: everybody has what they need, which more bids than are worth while did not bring about otherwise. */
static bool phase(struct market *m, bool with_nobody, struct clock *k, int64_t step, int64_t n_steps, bool *ret_done)
{
	struct queue q = { m->stack, m->n_seekers + 1, 0, 0 };
	for (int32_t s = 0; s < m->n_seekers; s++)
		phase_release(m, s);
	if (with_nobody)
		phase_release_nobody(m);
	phase_level(m);
	for (int32_t s = 0; s < m->n_seekers + with_nobody; s++)
		if (m->seekers[s].lack > 0)
			queue_put(m, &q, s);
	bool on = true;
	for (int64_t left = m->budget; q.n > 0 && left > 0 && on; left--) {
		const int32_t seeker = queue_take(m, &q);
		fetch(m, &q);
		if (seeker == m->n_seekers)
			nobody_bid(m, &q);
		else
			seeker_bid(m, &q, seeker);
		if (m->seekers[seeker].lack > 0 && q.n < q.size)
			queue_put(m, &q, seeker);
		if (left % PROGRESS_STEP == 0)
			on = goes_on(k, step, n_steps);
	}
	*ret_done = q.n == 0;
	while (q.n > 0)
		queue_take(m, &q);
	return on;
}

/** Whether prices times `factor` stay far from the end of int64. */
static bool fits(const struct market *m, int64_t factor)
{
	return m->spread <= (INT64_C(1) << 57) / factor / m->n_nodes;
}

static void rescale(struct market *m, bool up)
{
	for (int32_t a = 0; a < m->seekers[m->n_seekers].start; a++)
		m->arcs[a].score = up ? m->arcs[a].score * SCALE : m->arcs[a].score / SCALE;
	for (int32_t h = 0; h < m->n_hosts && !up; h++)
		m->price[h] /= SCALE;
}

/** The increment to begin with, when they fall. */
static int64_t coarsest(const struct market *m)
{
	int64_t increment = 1;
	while (increment * STEP * STEP <= m->spread)
		increment *= STEP;
	return increment;
}

enum mentor_assign_status market_auction(struct market *m, struct clock *k)
{
	int64_t n_places = 0;
	bool with_nobody = false, on = true;
	if (!fits(m, SCALE))
		return MENTOR_ASSIGN_OK;
	for (int32_t h = 0; h < m->n_hosts; h++) {
		n_places += m->hosts[h].places;
		with_nobody = with_nobody || m->hosts[h].firm;
	}
	const int64_t spare = m->seekers[m->n_seekers].need;
	with_nobody = with_nobody || spare * 10 <= n_places;
	for (int32_t s = 0; s < m->n_seekers; s++)
		m->seekers[s].bound = FAR;
	rescale(m, true);
	m->spread *= SCALE;
	m->budget = 20 * (n_places + 100);
	int64_t n_steps = 2, step = 0;
	for (int64_t i = coarsest(m); i > 0; i /= STEP)
		n_steps++;
	bool done = false;
	m->increment = 1;
	/* with places to spare, one phase is mostly enough; where many want the same few, they outbid each other by next to nothing until it is given up */
	if (!with_nobody)
		on = phase(m, false, k, step++, n_steps, &done);
	for (m->increment = done ? 0 : coarsest(m); m->increment > 0 && on; m->increment /= STEP)
		on = phase(m, true, k, step++, n_steps, &done);
	m->spread /= SCALE;
	rescale(m, false);
	for (int32_t h = 0; h < m->n_hosts; h++)
		m->distance[h] = FAR;
	return on ? MENTOR_ASSIGN_OK : MENTOR_ASSIGN_CANCELLED;
}
