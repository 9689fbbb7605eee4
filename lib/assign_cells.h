/* assign_cells.h: whole matrices of cells of one width, for assign_matrix.c, which includes it for each: CELL is the type, NAME() tells the names
 * apart. Blocks of hosts are worked on several hosts at a time, the more the narrower cells are. */

/** What struct matrix has, in cells. */
struct CELLS {
	int32_t n_seekers, n_hosts, width;
	CELL *score, *price;
	int32_t *host, *seeker;
	CELL *best, *cost, *distance;
	int32_t *base, *order, *reached, *idle;
};

static const CELL *NAME(cell_row)(const struct CELLS *m, int32_t seeker)
{
	return &m->score[(size_t)seeker * (size_t)m->width];
}

static void NAME(pair)(struct CELLS *m, int32_t seeker, int32_t host)
{
	m->seeker[host] = seeker;
	m->host[seeker] = host;
}

/* ---- prices to begin with ---- */

/** What a host would fetch. */
VECTOR static void NAME(raise_to)(CELL *restrict price, int32_t *restrict by, const CELL *restrict score, int32_t n, int32_t seeker)
{
	for (int32_t h = 0; h < n; h++) {
		const bool more = score[h] > price[h];
		by[h] = more ? seeker : by[h];
		price[h] = (CELL)(more ? score[h] : price[h]);
	}
}

/** Where every host will be taken its price may begin at its best score; who offers that and is idle gets it. */
static void NAME(reduce_hosts)(struct CELLS *m)
{
	if (m->n_hosts != m->n_seekers)
		return;
	memcpy(m->price, m->score, (size_t)m->n_hosts * sizeof *m->price);
	for (int32_t s = 1; s < m->n_seekers; s++)
		NAME(raise_to)(m->price, m->order, NAME(cell_row)(m, s), m->n_hosts, s);
	for (int32_t h = m->n_hosts - 1; h >= 0; h--)
		if (m->host[m->order[h]] == NOWHERE)
			NAME(pair)(m, m->order[h], h);
}

/** The most that a host of each block is worth at its price. Returns the most of all. */
VECTOR static int32_t NAME(appraise)(CELL *restrict best, const CELL *restrict score, const CELL *restrict price, int32_t width)
{
	CELL most = LEAST;
	for (int32_t b = 0; b < width; b += BLOCK) {
		CELL top = LEAST;
		for (int32_t h = b; h < b + BLOCK; h++) {
			const CELL worth = (CELL)(score[h] - price[h]);
			top = (CELL)(worth > top ? worth : top);
		}
		best[b / BLOCK] = top;
		most = (CELL)(top > most ? top : most);
	}
	return most;
}

/** The best host, a free one if there is a choice, and what the second best is worth. Begins at another block for each seeker, so that among
 * equals one that is still free is not far. */
static int32_t NAME(favourite)(const struct CELLS *m, int32_t seeker, int32_t best, int32_t *ret_second)
{
	const CELL *score = NAME(cell_row)(m, seeker);
	const int32_t n_blocks = m->width / BLOCK;
	int32_t host = NOWHERE, second = INT32_MIN;
	for (int32_t i = 0, b = seeker / BLOCK % n_blocks; i < n_blocks; i++, b = b + 1 < n_blocks ? b + 1 : 0) {
		if (m->best[b] < best) {
			second = m->best[b] > second ? m->best[b] : second;
			continue;
		}
		for (int32_t h = b * BLOCK; h < (b + 1) * BLOCK; h++) {
			const int32_t worth = score[h] - m->price[h];
			if (worth == best && m->seeker[h] == NOWHERE && host != NOWHERE) {
				*ret_second = best;
				return h;
			}
			if (worth == best && host == NOWHERE)
				host = h;
			else
				second = worth > second ? worth : second;
		}
		if (second == best && m->seeker[host] == NOWHERE)
			break;
	}
	*ret_second = second;
	return host;
}

/** Gives a seeker its best host and raises the price by `more` than where the second best is as good. Returns who had it, or NOWHERE. */
static int32_t NAME(outbid)(struct CELLS *m, int32_t seeker, int32_t more, bool *ret_raised)
{
	const int32_t best = NAME(appraise)(m->best, NAME(cell_row)(m, seeker), m->price, m->width);
	int32_t second;
	const int32_t host = NAME(favourite)(m, seeker, best, &second), old = m->seeker[host];
	*ret_raised = m->n_hosts > 1 && best - second + more > 0;
	if (*ret_raised)
		m->price[host] = (CELL)(m->price[host] + best - second + more);
	if (old != NOWHERE)
		m->host[old] = NOWHERE;
	NAME(pair)(m, seeker, host);
	return old;
}

/** Lists who is idle. */
static int32_t NAME(list_idle)(struct CELLS *m)
{
	int32_t n = 0;
	for (int32_t s = 0; s < m->n_seekers; s++)
		if (m->host[s] == NOWHERE)
			m->idle[n++] = s;
	return n;
}

/** A few rounds in which the idle bid; who loses a host to a higher price bids again at once. */
static void NAME(reduce_seekers)(struct CELLS *m)
{
	for (int round = 0; round < 2; round++) {
		const int32_t n = NAME(list_idle)(m);
		int64_t left = 4 * (int64_t)m->n_seekers;
		for (int32_t i = 0; i < n; i++) {
			int32_t seeker = m->idle[i];
			bool raised = true;
			while (seeker != NOWHERE && raised && left-- > 0)
				seeker = NAME(outbid)(m, seeker, 0, &raised);
		}
	}
}

/* ---- shortest paths ---- */

/** Shortens the distances of a block by way of a seeker. Returns the least that is not settled. */
static inline CELL NAME(relax_block)(CELL *restrict distance, const CELL *restrict score, const CELL *restrict cost, CELL base)
{
	CELL low = NAME(UNREACHED);
	for (int32_t h = 0; h < BLOCK; h++) {
		const CELL old = distance[h], new = (CELL)(base + cost[h] - score[h]), less = (CELL)(new < old ? new : old);
		distance[h] = less;
		low = (CELL)(less < low ? less : low);
	}
	return low;
}

/** Shortens distances by way of a seeker from whom a host is `base` and its cost less its score away. Returns the least that is not settled. */
VECTOR static int32_t NAME(relax)(struct CELLS *m, int32_t seeker, int32_t base)
{
	const CELL *score = NAME(cell_row)(m, seeker);
	int32_t least = NAME(UNREACHED);
	for (int32_t b = 0; b < m->width; b += BLOCK) {
		const CELL low = NAME(relax_block)(m->distance + b, score + b, m->cost + b, (CELL)base);
		m->best[b / BLOCK] = low;
		least = low < least ? low : least;
	}
	return least;
}

/** Settles the hosts at a distance, which come next in order. Returns a free one, or NOWHERE. */
static int32_t NAME(settle)(struct CELLS *m, int32_t now, int32_t *n)
{
	for (int32_t b = 0; b < m->width; b += BLOCK) {
		for (int32_t h = b; h < b + BLOCK && m->best[b / BLOCK] == now; h++) {
			if (m->distance[h] != now)
				continue;
			if (m->seeker[h] == NOWHERE)
				return h;
			m->order[(*n)++] = h;
			m->reached[h] = now;
			m->distance[h] = NAME(UNREACHED);
			m->cost[h] = NAME(SHUT);
		}
	}
	return NOWHERE;
}

/** Passes hosts on along the path to a free one. By which seeker a host was reached is looked for only here: by one that was settled before it. */
static void NAME(pass_on)(struct CELLS *m, int32_t source, int32_t target, int32_t distance, int32_t n)
{
	for (int32_t host = target, k = n;;) {
		const int32_t fare = distance - m->price[host];
		int32_t seeker = source;
		for (k--; k >= 0; k--) {
			seeker = m->seeker[m->order[k]];
			if (m->base[k] - NAME(cell_row)(m, seeker)[host] == fare)
				break;
		}
		NAME(pair)(m, k < 0 ? source : seeker, host);
		if (k < 0)
			return;
		host = m->order[k];
		distance = m->reached[host];
	}
}

/** Shortest path from an idle seeker to a free host; moves prices and passes hosts on along it. */
static void NAME(augment)(struct CELLS *m, int32_t source)
{
	int32_t n = 0, now = 0, target = NOWHERE;
	memcpy(m->cost, m->price, (size_t)m->width * sizeof *m->cost);
	for (int32_t h = 0; h < m->width; h++)
		m->distance[h] = NAME(UNREACHED);
	int32_t least = NAME(relax)(m, source, 0), at = 0;
	for (;; at++) {
		if (at == n || least == now) {
			now = least;
			target = NAME(settle)(m, now, &n);
		}
		if (target != NOWHERE)
			break;
		const int32_t via = m->order[at], seeker = m->seeker[via];
		m->base[at] = now + NAME(cell_row)(m, seeker)[via] - m->price[via];
		least = NAME(relax)(m, seeker, m->base[at]);
	}
	NAME(pass_on)(m, source, target, now, at);
	for (int32_t k = 0; k < n; k++)
		m->price[m->order[k]] = (CELL)(m->price[m->order[k]] + now - m->reached[m->order[k]]);
}

/** Prices to begin with, without an auction. Returns how many are idle. */
static int32_t NAME(begin)(struct CELLS *m)
{
	for (int32_t s = 0; s < m->n_seekers; s++)
		m->host[s] = NOWHERE;
	for (int32_t h = 0; h < m->width; h++) {
		m->seeker[h] = NOWHERE;
		m->order[h] = 0;
		m->price[h] = h < m->n_hosts ? 0 : NAME(SHUT);
	}
	NAME(reduce_hosts)(m);
	NAME(reduce_seekers)(m);
	return NAME(list_idle)(m);
}

/** Paths for all who are idle. */
static enum mentor_assign_status NAME(finish)(struct CELLS *m, struct clock *k)
{
	const int32_t n = NAME(list_idle)(m);
	k->total = k->share = m->n_seekers;
	for (int32_t i = 0; i < n; i++) {
		if (i % 16 == 0 && !goes_on(k, m->n_seekers - n + i, m->n_seekers))
			return MENTOR_ASSIGN_CANCELLED;
		NAME(augment)(m, m->idle[i]);
	}
	return MENTOR_ASSIGN_OK;
}
