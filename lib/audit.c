/* audit.c: the trail of changes: who did what when, in a chain that shows when it is tampered with. It is written where transactions end,
 * so that nothing is stored without it, and names records by kind and number: erasing a person leaves nothing of her or him in it. */
#include "audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
#define AT_TEXT(member) MENTOR_AT_TEXT(mentor_audit_entry, member)
#define AT_NUMBER(member) MENTOR_AT_NUMBER(mentor_audit_entry, member)
static const char *const kinds[] = { "change", "reading", NULL };
enum { CHANGE, READING };

const struct mentor_field mentor_audit_fields[] = {
	{ "number", MENTOR_TYPE_INT, 0, AT_NUMBER(number), .help = "its place in the trail, from 1" },
	{ "at", MENTOR_TYPE_TIME, 0, AT_TEXT(at), .help = "when it was done; the day only where the time could tell who answered what" },
	{ "actor", MENTOR_TYPE_TEXT, 0, AT_TEXT(actor), .heading = "by", .help = "who did it" },
	{ "command", MENTOR_TYPE_TEXT, 0, AT_TEXT(command), .help = "the command" },
	{ "kind", MENTOR_TYPE_CHOICE, MENTOR_WIDE, AT_NUMBER(kind), .choices = kinds, .help = "change, or reading of what is protected" },
	{ "revision", MENTOR_TYPE_INT, MENTOR_WIDE, AT_NUMBER(revision), .help = "the store's revision afterwards" },
	{ "records", MENTOR_TYPE_TEXT, 0, AT_TEXT(records), .help = "kinds of records and their numbers; where numbers could tell who answered what, the kinds only" },
	{ "hash", MENTOR_TYPE_TEXT, MENTOR_WIDE, AT_TEXT(hash), .help = "over this entry and the one before" },
	{ 0 },
};
const struct mentor_field mentor_audit_cut_fields[] = {
	{ "entries", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_audit_cut, entries), .help = "how many of the oldest entries were removed" },
	{ "last", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_audit_cut, last), .help = "number of the last of them" },
	{ "since", MENTOR_TYPE_TIME, 0, MENTOR_AT_TEXT(mentor_audit_cut, since), .heading = "from", .help = "time of the first of them" },
	{ "until", MENTOR_TYPE_TIME, 0, MENTOR_AT_TEXT(mentor_audit_cut, until), .heading = "to", .help = "time of the last of them" },
	{ "cut_at", MENTOR_TYPE_TIME, 0, MENTOR_AT_TEXT(mentor_audit_cut, cut_at), .heading = "removed", .help = "when they were removed" },
	{ "cut_by", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_audit_cut, cut_by), .heading = "by", .help = "who did it" },
	{ "last_hash", MENTOR_TYPE_TEXT, MENTOR_WIDE, MENTOR_AT_TEXT(mentor_audit_cut, last_hash), .help = "hash of the last of them, which the trail goes on from" },
	{ 0 },
};
const struct mentor_field mentor_audit_head_fields[] = {
	{ "entries", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_audit_head, entries), .help = "how many entries the trail has come to, with those that were removed since their time was over" },
	{ "head", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_audit_head, head), .help = "hash of the newest: keep it outside the store, and a trail that was rewritten shows" },
	{ "verified", MENTOR_TYPE_BOOL, 0, MENTOR_AT_NUMBER(mentor_audit_head, verified), .help = "whether the whole trail was recalculated, and is right" },
	{ 0 },
};
/* clang-format on */

/* ---- what a transaction does ---- */

struct stretch {
	struct stretch *next;
	int64_t from, to;
};

struct audit_group {
	struct audit_group *next;
	const char *table;
	enum db_change what;
	struct stretch *first, *last;
};

/* The numbers of answers that are to be anonymous, or behind the wall, would say when which of them came, and so would those of the tokens that
 * served; and those of barriers, which pair had just met. */
static bool is_untold(const char *table)
{
	return strncmp(table, "equality_", 9) == 0 || strncmp(table, "response", 8) == 0 || strcmp(table, "ticket") == 0 ||
	       strcmp(table, "batch") == 0 || strncmp(table, "barrier", 7) == 0;
}

static bool is_group(const struct audit_group *g, enum db_change what, const char *table, size_t len)
{
	return g->what == what && strncmp(g->table, table, len) == 0 && g->table[len] == '\0';
}

static struct audit_group *find_group(struct audit_changes *c, enum db_change what, const char *table, size_t len)
{
	struct audit_group *g = c->last && is_group(c->last, what, table, len) ? c->last : c->first;
	while (g && !is_group(g, what, table, len))
		g = g->next;
	if (g)
		return g;
	g = arena_alloc(&c->memory, sizeof(*g));
	const char *name = g ? arena_strndup(&c->memory, table, len) : NULL;
	if (!name)
		return NULL;
	*g = (struct audit_group){ .table = name, .what = what };
	if (c->last)
		c->last->next = g;
	else
		c->first = g;
	c->last = g;
	return g;
}

void audit_note(void *arg, enum db_change what, const char *table, int64_t id)
{
	struct audit_changes *c = arg;
	c->told++;
	if (strcmp(table, "store") == 0 || strcmp(table, "audit") == 0)
		return;
	struct audit_group *g = find_group(c, what, table, strlen(table));
	if (!g || is_untold(table)) /* no memory is found out about when the row is written */
		return;
	struct stretch *s = g->last;
	if (s && id >= s->from && id <= s->to)
		return;
	if (s && id == s->to + 1) {
		s->to = id;
		return;
	}
	s = arena_alloc(&c->memory, sizeof(*s));
	if (!s)
		return;
	s->from = s->to = id;
	if (g->last)
		g->last->next = s;
	else
		g->first = s;
	g->last = s;
}

void audit_note_statement(struct audit_changes *changes, const char *sql)
{
	static const char *const begins[] = { [DB_ADDED] = "INSERT INTO ", [DB_ALTERED] = "UPDATE ", [DB_DELETED] = "DELETE FROM " };
	for (enum db_change what = DB_ADDED; what <= DB_DELETED; what++)
		if (strncmp(sql, begins[what], strlen(begins[what])) == 0) {
			const char *table = sql + strlen(begins[what]);
			(void)find_group(changes, what, table, strcspn(table, " ("));
		}
}

void audit_reset(struct audit_changes *changes)
{
	arena_reset(&changes->memory);
	changes->first = changes->last = NULL;
	changes->memory.failed = false;
}

void audit_free(struct audit_changes *changes)
{
	arena_free(&changes->memory);
	*changes = (struct audit_changes)AUDIT_CHANGES_INIT;
}

/* "added person p12; changed enrolment n3 to n5, n9" */
static void write_changes(struct mentor_buf *b, const struct audit_changes *changes)
{
	static const char *const words[] = { [DB_ADDED] = "added", [DB_ALTERED] = "changed", [DB_DELETED] = "removed" };
	for (const struct audit_group *g = changes->first; g; g = g->next) {
		const struct mentor_entity *entity = mentor_entity(g->table);
		char letter[] = { '\0', '\0' };
		if (entity)
			letter[0] = entity->letter;
		mentor_buf_fmt(b, "%s%s %s", b->len ? "; " : "", words[g->what], g->table);
		for (const struct stretch *s = g->first; s; s = s->next) {
			mentor_buf_fmt(b, "%s %s%" PRId64, s == g->first ? "" : ",", letter, s->from);
			if (s->to > s->from)
				mentor_buf_fmt(b, " to %s%" PRId64, letter, s->to);
		}
	}
}

/* ---- the chain ---- */

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* Every part with its length before it: no two entries that differ give the same bytes. */
static enum mentor_status hash_entry(struct mentor *m, const char *secret, const char *before, const struct mentor_audit_entry *e, char hex[HASH_HEX])
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	const char *const parts[] = { before, or_empty(e->at), or_empty(e->actor), or_empty(e->command), kinds[e->kind], or_empty(e->records) };
	mentor_buf_fmt(&b, "%" PRId64 " %" PRId64, e->number, e->revision);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		mentor_buf_fmt(&b, " %zu:%s", strlen(parts[i]), parts[i]);
	enum mentor_status status = b.failed ? fail_memory(m) : MENTOR_OK;
	if (!status)
		hash_keyed(secret, mentor_buf_text(&b), b.len, hex);
	mentor_buf_free(&b);
	return status;
}

static enum mentor_status make_secret(struct mentor *m, char secret[HASH_HEX])
{
	hash_key(secret);
	return db_run(m, "UPDATE store SET secret = $1", DB_ARGS(DB_TEXT(secret)));
}

static enum mentor_status read_head(struct mentor *m, char secret[HASH_HEX], char before[HASH_HEX], int64_t *ret_number)
{
	struct db_rows *rows = NULL;
	bool more = false;
	*secret = *before = '\0';
	enum mentor_status status = db_query(m,
	    "SELECT s.secret, a.id, a.hash FROM store s LEFT JOIN (SELECT id, hash FROM audit UNION ALL "
	    "SELECT last, last_hash FROM audit_cut ORDER BY id DESC LIMIT 1) a ON 1 = 1", DB_NO_ARGS, &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		struct mentor_buf key = MENTOR_BUF_INIT, hash = MENTOR_BUF_INIT;
		*ret_number = db_ref(rows, 1);
		mentor_buf_str(&key, or_empty(db_text(rows, 0)));
		mentor_buf_str(&hash, or_empty(db_text(rows, 2)));
		if (key.len < HASH_HEX && hash.len < HASH_HEX) {
			memcpy(secret, mentor_buf_text(&key), key.len + 1);
			memcpy(before, mentor_buf_text(&hash), hash.len + 1);
		}
		status = key.failed || hash.failed ? fail_memory(m) : db_whole(rows);
		mentor_buf_free(&key);
		mentor_buf_free(&hash);
	}
	db_done(rows);
	return status;
}

enum mentor_status audit_head(struct mentor *m, char head[HASH_HEX])
{
	char secret[HASH_HEX];
	int64_t ignored = 0;
	return read_head(m, secret, head, &ignored);
}

/* The day is enough where the time would say who came when. */
static enum mentor_status append(struct mentor *m, int64_t kind, bool day_only, const char *records, int64_t revision)
{
	char midnight[32];
	(void)snprintf(midnight, sizeof(midnight), "%.10sT00:00:00Z", m->today);
	char secret[HASH_HEX], before[HASH_HEX], hash[HASH_HEX];
	int64_t number = 0;
	enum mentor_status status = read_head(m, secret, before, &number);
	if (!status && !*secret)
		status = make_secret(m, secret);
	const struct mentor_audit_entry e = { .number = number + 1, .at = day_only && *m->today ? midnight : m->now, .actor = m->user ? m->user : m->actor,
		.command = m->command ? m->command : "a program", .kind = kind, .revision = revision, .records = records };
	if (!status)
		status = hash_entry(m, secret, before, &e, hash);
	if (!status)
		status = db_run(m, "INSERT INTO audit (id, at, actor, command, kind, revision, records, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		    DB_ARGS(DB_NUMBER(e.number), DB_TEXT(e.at), DB_TEXT(e.actor), DB_TEXT(e.command), DB_TEXT(kinds[kind]), DB_NUMBER(revision),
			DB_TEXT(records), DB_TEXT(hash)));
	return status;
}

enum mentor_status audit_change(struct mentor *m, const struct audit_changes *changes, int64_t revision)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	bool day_only = false;
	write_changes(&b, changes);
	for (const struct audit_group *g = changes->first; g; g = g->next)
		day_only = day_only || is_untold(g->table);
	enum mentor_status status = b.failed || changes->memory.failed ? fail_memory(m) : append(m, CHANGE, day_only, mentor_buf_text(&b), revision);
	mentor_buf_free(&b);
	return status;
}

enum mentor_status audit_reading(struct mentor *m, const char *what, int64_t revision)
{
	return append(m, READING, false, what, revision);
}

enum mentor_status mentor_set_origin(struct mentor *m, const char *user, const char *command)
{
	const char *who = user ? mentor_keep(m, user) : NULL, *what = command ? mentor_keep(m, command) : NULL;
	if ((user && !who) || (command && !what))
		return MENTOR_NO_MEMORY;
	m->user = who;
	m->command = what;
	return MENTOR_OK;
}

enum mentor_status mentor_audit_reading(struct mentor *m, const char *what)
{
	m->read = mentor_keep(m, what ? what : "");
	return m->read ? MENTOR_OK : MENTOR_NO_MEMORY;
}

/* ---- reading it ---- */

/* One walk along the trail. */
struct walk {
	struct mentor *m;
	bool verify;
	const char *since, *anchor;
	mentor_record_fn *each;
	void *arg;
	char secret[HASH_HEX], before[HASH_HEX];
	int64_t number, revision; /* of the entry before; revision MENTOR_NONE: no change seen yet */
	int64_t walked;
	bool anchored, cut;
};

static void keep_hash(char to[HASH_HEX], const char *hash)
{
	const size_t len = strlen(hash);
	memcpy(to, hash, len < HASH_HEX ? len + 1 : 0);
	to[HASH_HEX - 1] = '\0';
}

/* Whoever finds that the trail was tampered with. */
#define HINT_COPY "compare with a copy that you trust: mentor --db COPY privacy audit --verify"

static void check_entry(struct walk *w, const struct mentor_audit_entry *e, const char *hash)
{
	/* a copy that took the place of a newer store goes on from that one's revision */
	const bool jumps = e->kind == CHANGE && strcmp(e->command, "db restore") == 0 && e->revision > w->revision;
	const bool follows = w->revision == MENTOR_NONE || jumps || e->revision == w->revision + (e->kind == CHANGE);
	if (e->number != w->number + 1)
		problem_add(w->m, NULL, HINT_COPY, "entries %" PRId64 " to %" PRId64 " of the trail of changes are missing", w->number + 1, e->number - 1);
	else if (!follows)
		problem_add(w->m, NULL, HINT_COPY, "entry %" PRId64 " of the trail of changes does not follow the one before it", e->number);
	else if (strcmp(hash, e->hash) != 0)
		problem_add(w->m, NULL, HINT_COPY, "entry %" PRId64 " of the trail of changes is not as it was written", e->number);
}

static enum mentor_status take_entry(struct walk *w, const struct mentor_audit_entry *e)
{
	char hash[HASH_HEX];
	enum mentor_status status = w->verify ? hash_entry(w->m, w->secret, w->before, e, hash) : MENTOR_OK;
	if (!status && w->verify)
		check_entry(w, e, hash);
	if (!status && w->each && (!w->since || strcmp(e->at, w->since) >= 0))
		status = w->each(w->arg, e);
	w->walked++;
	w->number = e->number;
	w->revision = e->revision;
	w->anchored = w->anchored || (w->anchor && strcmp(w->anchor, e->hash) == 0);
	keep_hash(w->before, e->hash);
	return status;
}

/* A change at the end that is missing shows by the store's own count of changes. */
static enum mentor_status check_end(struct walk *w)
{
	int64_t revision = 0;
	enum mentor_status status = db_value(w->m, "SELECT revision FROM store", DB_NO_ARGS, 0, &revision);
	if (!status && w->revision != MENTOR_NONE && revision != w->revision)
		problem_add(w->m, NULL, HINT_COPY, "the trail of changes ends at revision %" PRId64 ", but the store has come to %" PRId64, w->revision, revision);
	if (!status && w->walked == 0 && *w->secret) /* which came with the first entry; that entries are removed is one itself */
		problem_add(w->m, NULL, HINT_COPY, "the trail of changes is gone");
	if (!status && w->anchor && !w->anchored)
		problem_add(w->m, NULL, w->cut ? "a head as old as the entries that were removed cannot be looked for any more: keep newer ones" : NULL,
		    "the head that you kept is not in the trail of changes: it was cut or written anew, or is of another store");
	return status;
}

/* A text of a damaged file may be missing, whatever the table demands. */
static const char *text(struct db_rows *rows, int column)
{
	const char *there = db_text(rows, column);
	return there ? there : "";
}

/* ---- its oldest part, once the time of that is over ---- */

static enum mentor_status hash_cut(struct mentor *m, const char *secret, const char *before, const struct mentor_audit_cut *c, char hex[HASH_HEX])
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	const char *const parts[] = { before, c->since, c->until, c->last_hash, c->cut_at, c->cut_by };
	mentor_buf_fmt(&b, "cut %" PRId64 " %" PRId64 " %" PRId64, c->last, c->entries, c->revision);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		mentor_buf_fmt(&b, " %zu:%s", strlen(or_empty(parts[i])), or_empty(parts[i]));
	enum mentor_status status = b.failed ? fail_memory(m) : MENTOR_OK;
	if (!status)
		hash_keyed(secret, mentor_buf_text(&b), b.len, hex);
	mentor_buf_free(&b);
	return status;
}

/* The trail begins behind what was removed. */
static enum mentor_status take_cut(struct walk *w, const struct mentor_audit_cut *c, const char *stored, char before[HASH_HEX])
{
	char hash[HASH_HEX];
	enum mentor_status status = hash_cut(w->m, w->secret, before, c, hash);
	if (!status && w->verify && (strcmp(hash, stored) != 0 || c->last != w->number + c->entries))
		problem_add(w->m, NULL, HINT_COPY, "what is noted of entries %" PRId64 " to %" PRId64 ", which were removed from the trail of changes, is not as it was written",
		    w->number + 1, c->last);
	w->cut = true;
	w->number = c->last;
	w->revision = c->revision;
	w->anchored = w->anchored || (w->anchor && strcmp(w->anchor, c->last_hash) == 0);
	keep_hash(w->before, c->last_hash);
	keep_hash(before, stored);
	return status;
}

/* `each` is given them, where it is not NULL; then they are not walked along. */
static enum mentor_status read_cuts(struct walk *w, mentor_record_fn *each, void *arg)
{
	struct db_rows *rows = NULL;
	bool more = true;
	char before[HASH_HEX] = "";
	enum mentor_status status =
	    db_query(w->m, "SELECT last, entries, since, until, revision, last_hash, cut_at, cut_by, hash FROM audit_cut ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_audit_cut c = { .last = db_number(rows, 0), .entries = db_number(rows, 1), .since = text(rows, 2), .until = text(rows, 3),
			.revision = db_number(rows, 4), .last_hash = text(rows, 5), .cut_at = text(rows, 6), .cut_by = text(rows, 7) };
		const char *hash = text(rows, 8);
		status = db_whole(rows);
		if (!status)
			status = each ? each(arg, &c) : take_cut(w, &c, hash, before);
	}
	db_done(rows);
	return status;
}

enum mentor_status mentor_audit_cuts(struct mentor *m, mentor_record_fn *each, void *arg)
{
	return read_cuts(&(struct walk){ .m = m }, each, arg);
}

static enum mentor_status first_kept(struct mentor *m, const char *day, int64_t *ret)
{
	return db_value(m, "SELECT coalesce(min(id), (SELECT coalesce(max(a.id), 0) + 1 FROM audit a)) FROM audit WHERE at >= $1", DB_ARGS(DB_TEXT(day)), 0, ret);
}

enum mentor_status audit_older(struct mentor *m, const char *day, char since[11], int64_t *ret_n)
{
	struct db_rows *rows = NULL;
	bool more = false;
	int64_t first = 0;
	enum mentor_status status = first_kept(m, day, &first);
	if (!status)
		status = db_query(m, "SELECT count(*), min(at) FROM audit WHERE id < $1", DB_ARGS(DB_NUMBER(first)), &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		const char *at = db_text(rows, 1);
		*ret_n = db_number(rows, 0);
		(void)snprintf(since, 11, "%.10s", or_empty(at));
		status = db_whole(rows);
	}
	db_done(rows);
	return status;
}

/* What is there to be cut; the texts are borrowed from the rows. */
static enum mentor_status describe_cut(struct mentor *m, int64_t first, struct db_rows **ret_rows, struct mentor_audit_cut *c)
{
	bool more = false;
	enum mentor_status status = db_query(m,
	    "SELECT a.id, (SELECT count(*) FROM audit n WHERE n.id < $1), (SELECT min(o.at) FROM audit o WHERE o.id < $1), (SELECT max(o.at) FROM audit o WHERE o.id < $1), "
	    "a.revision, a.hash FROM audit a WHERE a.id = (SELECT max(l.id) FROM audit l WHERE l.id < $1)", DB_ARGS(DB_NUMBER(first)), ret_rows);
	if (!status)
		status = db_next(*ret_rows, &more);
	if (status || !more)
		return status;
	*c = (struct mentor_audit_cut){ .last = db_number(*ret_rows, 0), .entries = db_number(*ret_rows, 1), .since = db_text(*ret_rows, 2), .until = db_text(*ret_rows, 3),
		.revision = db_number(*ret_rows, 4), .last_hash = db_text(*ret_rows, 5), .cut_at = m->now, .cut_by = m->user ? m->user : m->actor };
	return db_whole(*ret_rows);
}

static enum mentor_status note_cut(struct mentor *m, const struct mentor_audit_cut *c)
{
	struct walk w = { .m = m };
	char ignored[HASH_HEX], hash[HASH_HEX];
	int64_t number = 0;
	struct mentor_buf before = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = false;
	enum mentor_status status = read_head(m, w.secret, ignored, &number);
	if (!status)
		status = db_query(m, "SELECT hash FROM audit_cut ORDER BY id DESC LIMIT 1", DB_NO_ARGS, &rows);
	if (!status)
		status = db_next(rows, &more);
	if (!status && more) {
		mentor_buf_str(&before, or_empty(db_text(rows, 0)));
		status = db_whole(rows);
	}
	db_done(rows);
	if (!status)
		status = before.failed ? fail_memory(m) : hash_cut(m, w.secret, mentor_buf_text(&before), c, hash);
	if (!status)
		status = db_run(m, "INSERT INTO audit_cut (last, entries, since, until, revision, last_hash, cut_at, cut_by, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		    DB_ARGS(DB_NUMBER(c->last), DB_NUMBER(c->entries), DB_TEXT(c->since), DB_TEXT(c->until), DB_NUMBER(c->revision), DB_TEXT(c->last_hash),
			DB_TEXT(c->cut_at), DB_TEXT(c->cut_by), DB_TEXT(hash)));
	mentor_buf_free(&before);
	return status;
}

enum mentor_status audit_cut(struct mentor *m, const char *day)
{
	struct mentor_audit_cut c = { 0 };
	struct db_rows *rows = NULL;
	int64_t first = 0;
	enum mentor_status status = first_kept(m, day, &first);
	if (!status)
		status = describe_cut(m, first, &rows, &c);
	if (!status && c.last)
		status = note_cut(m, &c);
	db_done(rows);
	return status || !c.last ? status : db_run(m, "DELETE FROM audit WHERE id < $1", DB_ARGS(DB_NUMBER(first)));
}

static enum mentor_status walk(struct walk *w)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t ignored = 0;
	enum mentor_status status = read_head(w->m, w->secret, w->before, &ignored);
	*w->before = '\0';
	w->revision = MENTOR_NONE;
	if (!status)
		status = read_cuts(w, NULL, NULL);
	if (!status)
		status = db_query(w->m, "SELECT id, at, actor, command, kind, revision, records, hash FROM audit ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const struct mentor_audit_entry e = { .number = db_number(rows, 0), .at = text(rows, 1), .actor = text(rows, 2), .command = text(rows, 3),
			.kind = strcmp(text(rows, 4), kinds[READING]) == 0 ? READING : CHANGE, .revision = db_number(rows, 5), .records = text(rows, 6),
			.hash = text(rows, 7) };
		status = db_whole(rows);
		if (!status)
			status = take_entry(w, &e);
	}
	db_done(rows);
	return !status && w->verify ? check_end(w) : status;
}

enum mentor_status audit_check(struct mentor *m)
{
	struct walk w = { .m = m, .verify = true };
	return walk(&w);
}

enum mentor_status mentor_audit(struct mentor *m, const char *since, bool verify, const char *anchor, mentor_record_fn *each,
    mentor_record_fn *each_head, void *arg)
{
	struct walk w = { .m = m, .since = since, .verify = verify || anchor, .anchor = anchor, .each = each, .arg = arg };
	problems_clear(m);
	enum mentor_status status = walk(&w);
	if (!status)
		status = problems_found(m);
	const struct mentor_audit_head head = { .entries = w.number, .head = w.number ? w.before : NULL, .verified = w.verify };
	return status ? status : each_head(arg, &head);
}
