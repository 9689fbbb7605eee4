/* coverage.c: which topics of learning the sessions of pairs have covered: only which, never what was said. */
#include "record.h"
#include "report.h"

#include <string.h>

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_topic_row, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_topic_row, member)
const struct mentor_field mentor_topic_row_fields[] = {
	{ "topic", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(topic), .help = "short name of the topic" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(text), .heading = "topic", .help = "the topic" },
	{ "sessions", MENTOR_TYPE_INT, 0, NUMBER(sessions), .help = "sessions that covered it" },
	{ "pairs", MENTOR_TYPE_INT, MENTOR_CHART, NUMBER(pairs), .help = "pairs in whose sessions it was covered" },
	{ "of", MENTOR_TYPE_INT, MENTOR_CHART_MARK, NUMBER(of), .heading = "of all pairs", .help = "pairs published" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_coverage, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_coverage, member)
const struct mentor_field mentor_coverage_fields[] = {
	{ "pair", MENTOR_TYPE_REF, MENTOR_LABEL, NUMBER(pair), .entity = "pair", .help = "the pair" },
	{ "covered", MENTOR_TYPE_INT, 0, NUMBER(covered), .help = "topics covered" },
	{ "of", MENTOR_TYPE_INT, 0, NUMBER(of), .help = "topics of the programme" },
	{ "topics", MENTOR_TYPE_LIST, 0, TEXT(topics), .help = "those covered" },
	{ "missing", MENTOR_TYPE_LIST, 0, TEXT(missing), .heading = "not yet", .help = "those not covered yet" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* A walk over the sessions of pairs; what a pair has covered is known when the next one begins. */
struct walk {
	const struct report *r;
	struct arena memory;
	int64_t *sessions, *pairs; /* by topic */
	bool *covered;		   /* by the pair that is being read */
	int64_t pair, n_pairs;
	bool telling; /* the pairs, on the second walk */
};

static bool is_listed(const char *list, const char *word)
{
	size_t len = strlen(word);
	for (const char *p = list; p && *p; p += strcspn(p, "\n"), p += *p == '\n')
		if (strcspn(p, "\n") == len && memcmp(p, word, len) == 0)
			return true;
	return false;
}

static enum mentor_status tell_pair(const struct walk *w)
{
	const struct report *r = w->r;
	struct mentor_buf lists[2] = { MENTOR_BUF_INIT, MENTOR_BUF_INIT }; /* missing, covered */
	struct mentor_coverage row = { .pair = w->pair, .of = (int64_t)r->d->n_topics };
	for (size_t t = 0; t < r->d->n_topics; t++) {
		struct mentor_buf *list = &lists[w->covered[t]];
		mentor_buf_fmt(list, "%s%s", list->len ? "\n" : "", r->d->topics[t].slug);
		row.covered += w->covered[t];
	}
	row.missing = lists[0].len ? mentor_buf_text(&lists[0]) : NULL;
	row.topics = lists[1].len ? mentor_buf_text(&lists[1]) : NULL;
	enum mentor_status status = lists[0].failed || lists[1].failed ? fail_memory(r->m) : r->each(r->arg, "coverage", &row);
	mentor_buf_free(&lists[0]);
	mentor_buf_free(&lists[1]);
	return status;
}

static enum mentor_status close_pair(struct walk *w)
{
	if (!w->pair)
		return MENTOR_OK;
	enum mentor_status status = w->telling ? tell_pair(w) : MENTOR_OK;
	w->n_pairs++;
	for (size_t t = 0; t < w->r->d->n_topics; t++) {
		w->pairs[t] += w->covered[t];
		w->covered[t] = false;
	}
	return status;
}

static void take_session(struct walk *w, const char *topics)
{
	for (size_t t = 0; t < w->r->d->n_topics; t++)
		if (is_listed(topics, w->r->d->topics[t].slug)) {
			w->sessions[t]++;
			w->covered[t] = true;
		}
}

static enum mentor_status walk(struct walk *w)
{
	const struct report *r = w->r;
	struct db_rows *rows = NULL;
	bool more = true;
	w->pair = w->n_pairs = 0;
	enum mentor_status status = db_query(r->m,
	    "SELECT p.id, t.topics FROM pair p LEFT JOIN session t ON t.pair_id = p.id AND t.minutes IS NOT NULL AND t.date <= $1 "
	    "AND t.date >= $2 AND t.date <= $3 WHERE p.cohort_id = $4 AND p.state <> 'proposed' ORDER BY p.id",
	    DB_ARGS(DB_TEXT(r->m->today), DB_TEXT(r->since), DB_TEXT(r->until), DB_NUMBER(r->id)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		if (db_number(rows, 0) != w->pair)
			status = close_pair(w);
		w->pair = db_number(rows, 0);
		take_session(w, db_text(rows, 1));
	}
	db_done(rows);
	return status ? status : close_pair(w);
}

static enum mentor_status tell_topics(struct walk *w)
{
	const struct report *r = w->r;
	enum mentor_status status = walk(w);
	for (size_t t = 0; !status && t < r->d->n_topics; t++) {
		const struct mentor_topic_row row = { r->d->topics[t].slug, r->d->topics[t].text, w->sessions[t], w->pairs[t], w->n_pairs };
		status = r->each(r->arg, "topics", &row);
	}
	return status;
}

static enum mentor_status tell_coverage(struct report *r, int64_t by)
{
	size_t n = r->d->n_topics;
	struct walk w = { .r = r, .memory = ARENA_INIT };
	(void)by;
	if (n == 0)
		return fail(r->m, MENTOR_REFUSED, "they stand under topics in its file", "the programme has no topics of learning");
	if (r->d->privacy.record == DEF_RECORD_MINIMAL)
		return fail(r->m, MENTOR_REFUSED, "what may be kept of a session is privacy.record in the programme's file", "this programme keeps no topics of sessions");
	w.sessions = arena_alloc(&w.memory, n * sizeof(*w.sessions));
	w.pairs = arena_alloc(&w.memory, n * sizeof(*w.pairs));
	w.covered = arena_alloc(&w.memory, n * sizeof(*w.covered));
	enum mentor_status status = w.memory.failed ? fail_memory(r->m) : report_head(r);
	if (!status)
		status = tell_topics(&w);
	w.telling = true;
	if (!status)
		status = walk(&w);
	arena_free(&w.memory);
	return status;
}

enum mentor_status mentor_report_topics(struct mentor *m, int64_t cohort, const struct mentor_period *period, mentor_report_fn *each, void *arg)
{
	return report_tell(m, cohort, period, MENTOR_NONE, tell_coverage, each, arg);
}
