/* checklist.c: the stages of a programme and their checklists: what a cohort has settled, what is still open, and what that holds up. */
#include "checklist.h"

#include "programme.h"
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const steps[] = { "open", "publish", "start", "finish", NULL };
static const char *const stage_states[] = { "settled", "passed", "current", "ahead", NULL };

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_checklist_item, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_checklist_item, member)
/* clang-format off */
const struct mentor_field mentor_checklist_fields[] = {
	{ "number", MENTOR_TYPE_INT, 0, NUMBER(number), .help = "number of the point, counted through all stages" },
	{ "stage", MENTOR_TYPE_SLUG, 0, TEXT(stage), .help = "short name of the stage" },
	{ "name", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(name), .help = "short name of the point" },
	{ "text", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(text), .heading = "point", .help = "what has to be settled" },
	{ "settled", MENTOR_TYPE_BOOL, 0, NUMBER(settled), .help = "whether it is settled" },
	{ "evidence", MENTOR_TYPE_NOTE, 0, TEXT(evidence), .help = "what shows it, or where that is to be found" },
	{ "owner", MENTOR_TYPE_TEXT, 0, TEXT(owner), .help = "who answers for it" },
	{ "on", MENTOR_TYPE_DAY, 0, TEXT(on), .help = "the day it was settled" },
	{ "recorded_by", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(recorded_by), .help = "who recorded it" },
	{ 0 },
};
#undef NUMBER
#undef TEXT

#define NUMBER(member) MENTOR_AT_NUMBER(mentor_cohort_stage, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_cohort_stage, member)
const struct mentor_field mentor_cohort_stage_fields[] = {
	{ "stage", MENTOR_TYPE_SLUG, MENTOR_WIDE, TEXT(stage), .help = "short name of the stage" },
	{ "title", MENTOR_TYPE_TEXT, MENTOR_LABEL, TEXT(title), .heading = "stage", .help = "its title" },
	{ "state", MENTOR_TYPE_CHOICE, 0, NUMBER(state), .choices = stage_states, .help = "settled; passed: the cohort has gone on although points are open; current: the cohort is in it; ahead" },
	{ "settled", MENTOR_TYPE_INT, 0, NUMBER(settled), .help = "points settled" },
	{ "points", MENTOR_TYPE_INT, 0, NUMBER(points), .heading = "of", .help = "points of its checklist" },
	{ "before", MENTOR_TYPE_CHOICE, 0, NUMBER(before), .choices = steps, .heading = "holds up", .help = "the step of the cohort that waits until all are settled" },
	{ "missing", MENTOR_TYPE_LIST, 0, TEXT(missing), .heading = "still open", .help = "the points that are open" },
	{ "reason", MENTOR_TYPE_TEXT, MENTOR_WIDE, TEXT(reason), .help = "why the cohort took that step although points were open" },
	{ 0 },
};
/* clang-format on */
#undef NUMBER
#undef TEXT

/** A cohort's checklist: the programme's points, and what is recorded of them. */
struct list {
	struct mentor *m;
	int64_t cohort;
	struct definition *d;
	struct arena memory;
	struct mentor_checklist_item *items; /* of all stages, in order */
	size_t n;
	bool taken[MENTOR_STEP_FINISH + 1];	     /* steps */
	const char *reasons[MENTOR_STEP_FINISH + 1]; /* why a step was taken all the same; NULL: no reason was given */
};

/* ---- reading ---- */

static enum mentor_status list_items(struct list *l)
{
	const struct definition *d = l->d;
	size_t n = 0;
	for (size_t i = 0; i < d->n_stages; i++)
		n += d->stages[i].n_checklist;
	l->items = arena_alloc(&l->memory, (n + 1) * sizeof(*l->items));
	for (size_t i = 0; l->items && i < d->n_stages; i++)
		for (size_t p = 0; p < d->stages[i].n_checklist; p++) {
			const struct def_text *point = &d->stages[i].checklist[p];
			l->items[l->n] = (struct mentor_checklist_item){ .number = (int64_t)l->n + 1, .stage = d->stages[i].slug,
				.name = point->slug, .text = point->text };
			l->n++;
		}
	return l->items ? MENTOR_OK : fail_memory(l->m);
}

static struct mentor_checklist_item *find(const struct list *l, const char *stage, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->items[i].stage, stage) == 0 && strcmp(l->items[i].name, name) == 0)
			return &l->items[i];
	return NULL;
}

static enum mentor_status read_settled(struct list *l)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(l->m,
	    "SELECT stage, item, evidence, owner, settled_on, recorded_by FROM settled WHERE cohort_id = $1",
	    DB_ARGS(DB_NUMBER(l->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct mentor_checklist_item *item = find(l, db_text(rows, 0), db_text(rows, 1));
		if (!item)
			continue;
		item->settled = 1;
		item->evidence = arena_strdup(&l->memory, db_text(rows, 2));
		item->owner = arena_strdup(&l->memory, db_text(rows, 3));
		item->on = arena_strdup(&l->memory, db_text(rows, 4));
		item->recorded_by = arena_strdup(&l->memory, db_text(rows, 5));
	}
	db_done(rows);
	return status;
}

static enum mentor_status read_steps(struct list *l)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(l->m,
	    "SELECT opened_on IS NOT NULL, EXISTS (SELECT 1 FROM pair p WHERE p.cohort_id = cohort.id AND p.published_on IS NOT NULL), "
	    "started_on IS NOT NULL, finished_on IS NOT NULL FROM cohort WHERE id = $1",
	    DB_ARGS(DB_NUMBER(l->cohort)), &rows);
	if (!status)
		status = db_next(rows, &more);
	for (int step = 0; !status && more && steps[step]; step++)
		l->taken[step] = db_number(rows, step) == 1;
	db_done(rows);
	rows = NULL;
	more = true;
	if (!status)
		status = db_query(l->m, "SELECT step, reason FROM unsettled WHERE cohort_id = $1", DB_ARGS(DB_NUMBER(l->cohort)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		l->reasons[field_choice(steps, db_text(rows, 0))] = arena_strdup(&l->memory, db_text(rows, 1));
	db_done(rows);
	return status;
}

static enum mentor_status open_list(struct list *l, struct mentor *m, int64_t cohort)
{
	*l = (struct list){ .m = m, .cohort = cohort, .memory = ARENA_INIT };
	enum mentor_status status = programme_of_cohort(m, cohort, &l->d);
	if (!status)
		status = list_items(l);
	if (!status)
		status = read_settled(l);
	if (!status)
		status = read_steps(l);
	return !status && l->memory.failed ? fail_memory(m) : status;
}

static void close_list(struct list *l)
{
	arena_free(&l->memory);
	definition_free(l->d);
}

/* ---- stages ---- */

static size_t count_settled(const struct list *l, const struct def_stage *s)
{
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		n += l->items[i].settled && strcmp(l->items[i].stage, s->slug) == 0;
	return n;
}

/* Once the step that it, or a later stage, is to be settled before has been taken, a stage lies behind. */
static bool is_passed(const struct list *l, size_t at)
{
	for (size_t i = at; i < l->d->n_stages; i++)
		if (l->d->stages[i].before != MENTOR_NONE && l->taken[l->d->stages[i].before])
			return true;
	return false;
}

static bool is_open(const struct list *l, size_t at)
{
	const struct def_stage *s = &l->d->stages[at];
	return count_settled(l, s) < s->n_checklist;
}

/* The stage that a cohort is in is the first that is neither settled nor passed; the last when all are. */
static size_t current_stage(const struct list *l)
{
	for (size_t i = 0; i < l->d->n_stages; i++)
		if (is_open(l, i) && !is_passed(l, i))
			return i;
	return l->d->n_stages ? l->d->n_stages - 1 : 0;
}

static int64_t state_of(const struct list *l, size_t at, size_t current)
{
	if (at == current)
		return MENTOR_STAGE_CURRENT;
	if (!is_open(l, at))
		return MENTOR_STAGE_SETTLED;
	return at < current ? MENTOR_STAGE_PASSED : MENTOR_STAGE_AHEAD;
}

static enum mentor_status tell_stage(const struct list *l, size_t at, size_t current, mentor_record_fn *each, void *arg)
{
	const struct def_stage *s = &l->d->stages[at];
	struct mentor_buf missing = MENTOR_BUF_INIT;
	for (size_t i = 0; i < l->n; i++)
		if (!l->items[i].settled && strcmp(l->items[i].stage, s->slug) == 0)
			mentor_buf_fmt(&missing, "%s%s", missing.len ? "\n" : "", l->items[i].text);
	const struct mentor_cohort_stage row = { .stage = s->slug, .title = s->title, .state = state_of(l, at, current),
		.settled = (int64_t)count_settled(l, s), .points = (int64_t)s->n_checklist, .before = s->before,
		.missing = missing.len ? mentor_buf_text(&missing) : NULL,
		.reason = s->before == MENTOR_NONE ? NULL : l->reasons[s->before] };
	enum mentor_status status = missing.failed ? fail_memory(l->m) : each(arg, &row);
	mentor_buf_free(&missing);
	return status;
}

enum mentor_status mentor_cohort_stages(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct list l;
	enum mentor_status status = open_list(&l, m, cohort);
	size_t current = status ? 0 : current_stage(&l);
	for (size_t i = 0; !status && i < l.d->n_stages; i++)
		status = tell_stage(&l, i, current, each, arg);
	close_list(&l);
	return status;
}

enum mentor_status mentor_cohort_checklist(struct mentor *m, int64_t cohort, mentor_record_fn *each, void *arg)
{
	struct list l;
	enum mentor_status status = open_list(&l, m, cohort);
	for (size_t i = 0; !status && i < l.n; i++)
		status = each(arg, &l.items[i]);
	close_list(&l);
	return status;
}

enum mentor_status checklist_open(struct mentor *m, int64_t cohort, int64_t *ret_n, int64_t *ret_first)
{
	struct list l;
	int64_t n = 0, first = 0;
	enum mentor_status status = open_list(&l, m, cohort);
	const char *stage = status || l.d->n_stages == 0 ? NULL : l.d->stages[current_stage(&l)].slug;
	for (size_t i = 0; stage && i < l.n; i++) {
		if (l.items[i].settled || strcmp(l.items[i].stage, stage) != 0)
			continue;
		first = n++ ? first : l.items[i].number;
	}
	close_list(&l);
	if (!status) {
		*ret_n = n;
		*ret_first = first;
	}
	return status;
}

/* ---- settling ---- */

struct settling {
	const char *evidence, *owner, *day;
	bool again; /* the points are open again */
	mentor_record_fn *each;
	void *arg;
};

static bool same(const char *a, const char *b)
{
	return a && strcmp(a, b) == 0;
}

static enum mentor_status store_item(const struct list *l, const struct mentor_checklist_item *item, const struct settling *s)
{
	if (s->again)
		return db_run(l->m, "DELETE FROM settled WHERE cohort_id = $1 AND stage = $2 AND item = $3",
		    DB_ARGS(DB_NUMBER(l->cohort), DB_TEXT(item->stage), DB_TEXT(item->name)));
	return db_run(l->m,
	    "INSERT INTO settled (cohort_id, stage, item, evidence, owner, settled_on, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7) "
	    "ON CONFLICT (cohort_id, stage, item) DO UPDATE SET evidence = excluded.evidence, owner = excluded.owner, "
	    "settled_on = excluded.settled_on, recorded_by = excluded.recorded_by",
	    DB_ARGS(DB_NUMBER(l->cohort), DB_TEXT(item->stage), DB_TEXT(item->name), DB_TEXT(s->evidence), DB_TEXT(s->owner),
		DB_TEXT(s->day), DB_TEXT(l->m->actor)));
}

static enum mentor_status settle(const struct list *l, const struct mentor_checklist_item *item, const struct settling *s)
{
	bool unchanged = s->again ? !item->settled :
				    same(item->evidence, s->evidence) && same(item->owner, s->owner) && same(item->on, s->day);
	const char *change = unchanged ? "unchanged" : s->again ? "open" : item->settled ? "changed" : "settled";
	const struct mentor_checklist_change row = { change, item->number, item->stage, item->text };
	enum mentor_status status = unchanged ? MENTOR_OK : store_item(l, item, s);
	return status ? status : s->each(s->arg, &row);
}

static enum mentor_status fail_item(const struct list *l, const char *word)
{
	const char **words = calloc(l->n + l->d->n_stages + 1, sizeof(*words));
	size_t n = 0;
	if (!words)
		return fail_memory(l->m);
	for (size_t i = 0; i < l->n; i++)
		words[n++] = l->items[i].name;
	for (size_t i = 0; i < l->d->n_stages; i++)
		words[n++] = l->d->stages[i].slug;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	const char *near = mentor_nearest(word, words);
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else
		mentor_buf_str(&hint, "the points and their numbers are listed by: mentor cohort checklist");
	enum mentor_status status = fail(l->m, MENTOR_NOT_FOUND, mentor_buf_text(&hint), "the checklist has no point and no stage '%s'", word);
	mentor_buf_free(&hint);
	free(words);
	return status;
}

/* A point by its number or its name; all that is open in a stage by the name of the stage. */
static bool is_meant(const struct mentor_checklist_item *item, const char *word, const struct settling *s)
{
	char *end = NULL;
	long number = strtol(word, &end, 10);
	if (end != word && *end == '\0')
		return item->number == number;
	if (strcmp(item->stage, word) == 0)
		return item->settled == s->again;
	return strcmp(item->name, word) == 0;
}

static bool is_stage(const struct list *l, const char *word)
{
	for (size_t i = 0; i < l->d->n_stages; i++)
		if (strcmp(l->d->stages[i].slug, word) == 0)
			return true;
	return false;
}

static enum mentor_status settle_word(const struct list *l, const char *word, const struct settling *s)
{
	enum mentor_status status = MENTOR_OK;
	bool known = is_stage(l, word);
	for (size_t i = 0; !status && i < l->n; i++)
		if (is_meant(&l->items[i], word, s)) {
			status = settle(l, &l->items[i], s);
			known = true;
		}
	return status || known ? status : fail_item(l, word);
}

static enum mentor_status settle_all(struct mentor *m, int64_t cohort, const char *const *items, size_t n, const struct settling *s)
{
	struct list l;
	enum mentor_status status = open_list(&l, m, cohort);
	for (size_t i = 0; !status && i < n; i++)
		status = settle_word(&l, items[i], s);
	close_list(&l);
	return status;
}

enum mentor_status mentor_cohort_settle(struct mentor *m, int64_t cohort, const char *const *items, size_t n, const char *evidence,
    const char *owner, const char *day, mentor_record_fn *each, void *arg)
{
	const struct settling s = { evidence, owner ? owner : m->actor, day ? day : m->today, !evidence, each, arg };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	if (strcmp(s.day, m->today) > 0)
		status = fail(m, MENTOR_INVALID, HINT_DAY, "nothing can have been settled on %s, which is still to come", s.day);
	if (!status)
		status = settle_all(m, cohort, items, n, &s);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

/* ---- steps ---- */

static enum mentor_status refuse(const struct list *l, const struct def_stage *s, size_t open)
{
	problems_clear(l->m);
	for (size_t i = 0; i < l->n; i++)
		if (!l->items[i].settled && strcmp(l->items[i].stage, s->slug) == 0)
			problem_add(l->m, NULL, NULL, "%s", l->items[i].text);
	return problems_refuse(l->m, "settle them with: mentor cohort settle POINT --evidence TEXT; or give a reason, which is kept: --override REASON",
	    "the stage '%s' comes first, and %zu of its points %s open", s->title, open, open == 1 ? "is" : "are");
}

enum mentor_status checklist_hold(struct mentor *m, int64_t cohort, enum mentor_step step)
{
	struct list l;
	enum mentor_status status = open_list(&l, m, cohort);
	for (size_t i = 0; !status && !l.reasons[step] && !l.taken[step] && i < l.d->n_stages; i++) {
		const struct def_stage *s = &l.d->stages[i];
		if (s->before == (int64_t)step && is_open(&l, i))
			status = refuse(&l, s, s->n_checklist - count_settled(&l, s));
	}
	close_list(&l);
	return status;
}

/* A reason is kept only where there is something to go past. */
static enum mentor_status go_on(struct mentor *m, int64_t cohort, enum mentor_step step, const char *reason)
{
	struct list l;
	bool held = false;
	enum mentor_status status = open_list(&l, m, cohort);
	for (size_t i = 0; !status && i < l.d->n_stages; i++)
		held = held || (l.d->stages[i].before == (int64_t)step && is_open(&l, i));
	if (!status && held && !l.taken[step])
		status = db_run(m,
		    "INSERT INTO unsettled (cohort_id, step, reason, recorded_on, recorded_by) VALUES ($1, $2, $3, $4, $5) "
		    "ON CONFLICT (cohort_id, step) DO UPDATE SET reason = excluded.reason, recorded_on = excluded.recorded_on, "
		    "recorded_by = excluded.recorded_by",
		    DB_ARGS(DB_NUMBER(cohort), DB_TEXT(steps[step]), DB_TEXT(reason), DB_TEXT(m->today), DB_TEXT(m->actor)));
	close_list(&l);
	return status;
}

enum mentor_status mentor_cohort_go_on(struct mentor *m, int64_t cohort, enum mentor_step step, const char *reason)
{
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = go_on(m, cohort, step, reason);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}
