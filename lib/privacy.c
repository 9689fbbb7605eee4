/* privacy.c: what people may ask of their data: to be told what is held, to be erased; and what has to be done unasked: not to keep longer than
 * was said. What of each table is about a person stands in held.c. */
#include "audit.h"
#include "equality.h"
#include "objection.h"
#include "programme.h"
#include "request.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* clang-format off */
const struct mentor_field mentor_held_fields[] = {
	{ "kind", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_held, kind), .help = "what kind of record" },
	{ "record", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_held, record), .help = "which of them, from 1" },
	{ "name", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_held, name), .help = "what is held" },
	{ "value", MENTOR_TYPE_NOTE, 0, MENTOR_AT_TEXT(mentor_held, value), .help = "the value; names and addresses of other people are hidden" },
	{ 0 },
};
const struct mentor_field mentor_erased_fields[] = {
	{ "records", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_erased, records), .help = "kind of record" },
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_erased, change), .help = "removed; emptied: what was personal in it is gone; kept: it stays as a record of nobody" },
	{ "number", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_erased, number), .help = "how many" },
	{ 0 },
};
const struct mentor_field mentor_certificate_fields[] = {
	{ "person", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_certificate, person), .help = "the number that the record had" },
	{ "erased_on", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(mentor_certificate, erased_on), .help = "day it was erased" },
	{ "addresses", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_certificate, addresses), .help = "how many addresses were looked for in the bytes of the file" },
	{ "remnants", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_certificate, remnants), .help = "how often one of them was found there" },
	{ "head", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_certificate, head), .help = "head of the trail of changes afterwards" },
	{ 0 },
};
const struct mentor_field mentor_mention_fields[] = {
	{ "records", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_mention, records), .help = "kind of record" },
	{ "field", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_mention, field), .help = "where in it" },
	{ "number", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_mention, number), .help = "how many of them hold the name or an address of the person" },
	{ 0 },
};
const struct mentor_field mentor_retained_fields[] = {
	{ "cohort", MENTOR_TYPE_SLUG, 0, MENTOR_AT_TEXT(mentor_retained, cohort), .help = "the cohort; none for the trail of changes, which is of all" },
	{ "what", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_retained, what), .help = "what is kept: a word of privacy.retention, equality, or a question of the application" },
	{ "due", MENTOR_TYPE_DAY, 0, MENTOR_AT_TEXT(mentor_retained, due), .help = "day from which it is not to be kept any more" },
	{ "number", MENTOR_TYPE_INT, 0, MENTOR_AT_NUMBER(mentor_retained, number), .help = "how many records; of equality monitoring, how many people, withheld" },
	{ "change", MENTOR_TYPE_TEXT, 0, MENTOR_AT_TEXT(mentor_retained, change), .help = "due, or removed" },
	{ 0 },
};
/* clang-format on */

/* The schema version that began to take down erasures. */
enum { ERASURES_SINCE = 4 };

/* ---- names in texts ---- */

/* Texts to be found, each as a word of its own, in capitals or not. */
struct names {
	struct arena memory;
	const char **items;
	size_t n, cap;
};

static void add_name(struct names *s, const char *text)
{
	if (s->n == s->cap) {
		const size_t cap = s->cap ? 2 * s->cap : 64;
		const char **items = arena_alloc(&s->memory, cap * sizeof(*items));
		if (!items)
			return;
		if (s->n)
			memcpy(items, s->items, s->n * sizeof(*items));
		s->items = items;
		s->cap = cap;
	}
	s->items[s->n] = arena_strdup(&s->memory, text);
	s->n += s->items[s->n] != NULL;
}

static bool in_word(char c)
{
	return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of the longest name that stands at `at`, which begins a word; 0: none. */
static size_t name_at(const struct names *s, const char *at)
{
	size_t longest = 0;
	for (size_t i = 0; i < s->n; i++) {
		const size_t len = strlen(s->items[i]);
		if (len > longest && strncasecmp(at, s->items[i], len) == 0 && !in_word(at[len]))
			longest = len;
	}
	return longest;
}

static bool begins_word(const char *text, const char *at)
{
	return in_word(*at) && (at == text || !in_word(at[-1]));
}

static bool mentions(const struct names *s, const char *text)
{
	for (const char *at = text; *at; at++)
		if (begins_word(text, at) && name_at(s, at))
			return true;
	return false;
}

/* Adds what `sql` finds of person $1. */
static enum mentor_status read_names(struct mentor *m, struct names *s, const char *sql, int64_t person)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, sql, DB_ARGS(DB_NUMBER(person)), &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		add_name(s, db_text(rows, 0));
	db_done(rows);
	return !status && s->memory.failed ? fail_memory(m) : status;
}

/* ---- telling what is held ---- */

struct telling {
	struct mentor *m;
	struct names others;
	struct arena memory; /* what is held, until it is told outside the wall */
	struct told {
		struct told *next;
		struct mentor_held row;
	} *first, **end;
	struct mentor_buf hidden;
};

static const char *hide(void *arg, const char *text)
{
	struct telling *t = arg;
	mentor_buf_clear(&t->hidden);
	for (const char *at = text; *at;) {
		const size_t len = begins_word(text, at) ? name_at(&t->others, at) : 0;
		if (len)
			mentor_buf_str(&t->hidden, "[somebody else]");
		else
			mentor_buf_char(&t->hidden, *at);
		at += len ? len : 1;
	}
	return mentor_buf_text(&t->hidden);
}

static enum mentor_status take_down(void *arg, const struct held_value *value)
{
	struct telling *t = arg;
	struct told *row = arena_alloc(&t->memory, sizeof(*row));
	if (!row)
		return fail_memory(t->m);
	row->row = (struct mentor_held){ value->title, value->record, arena_strdup(&t->memory, value->name), arena_strdup(&t->memory, value->value) };
	*t->end = row;
	t->end = &row->next;
	return t->memory.failed || t->hidden.failed ? fail_memory(t->m) : MENTOR_OK;
}

enum mentor_status mentor_privacy_export(struct mentor *m, int64_t person, mentor_record_fn *each, void *arg)
{
	struct telling t = { .m = m, .others = { .memory = ARENA_INIT }, .memory = ARENA_INIT };
	struct mentor_buf what = MENTOR_BUF_INIT;
	t.end = &t.first;
	mentor_buf_fmt(&what, "person p%" PRId64, person);
	enum mentor_status status = what.failed ? fail_memory(m) : mentor_audit_reading(m, mentor_buf_text(&what));
	if (!status)
		status = read_names(m, &t.others, "SELECT name FROM person WHERE id <> $1 AND name NOT IN (SELECT name FROM person WHERE id = $1)", person);
	if (!status)
		status = read_names(m, &t.others, "SELECT email FROM person WHERE id <> $1", person);
	if (!status)
		status = read_names(m, &t.others, "SELECT email FROM address WHERE person_id <> $1", person);
	if (!status)
		status = held_walk(m, held_tables, person, hide, take_down, &t);
	if (!status)
		status = equality_walk(m, person, take_down, &t);
	for (const struct told *row = t.first; !status && row; row = row->next)
		status = each(arg, &row->row);
	arena_free(&t.others.memory);
	arena_free(&t.memory);
	mentor_buf_free(&t.hidden);
	mentor_buf_free(&what);
	return status;
}

/* ---- erasing ---- */

struct erasing {
	struct mentor *m;
	int64_t person;
	const char *day; /* it was erased on; NULL: today */
	struct names addresses, names; /* what is looked for afterwards */
	struct arena memory;
	struct done {
		struct done *next;
		struct mentor_erased row;
	} *first, **end;
};

static enum mentor_status take_erased(void *arg, const char *title, const char *change, int64_t rows)
{
	struct erasing *e = arg;
	struct done *done = arena_alloc(&e->memory, sizeof(*done));
	if (!done)
		return fail_memory(e->m);
	done->row = (struct mentor_erased){ title, change, rows };
	*e->end = done;
	e->end = &done->next;
	return MENTOR_OK;
}

/* Places on waiting lists go on one by one. */
static enum mentor_status close_ranks(struct mentor *m)
{
	return db_run(m,
	    "UPDATE enrolment SET rank = (SELECT count(*) FROM enrolment o WHERE o.cohort_id = enrolment.cohort_id AND o.role = enrolment.role "
	    "AND o.rank <= enrolment.rank) WHERE rank IS NOT NULL AND rank <> (SELECT count(*) FROM enrolment o WHERE o.cohort_id = enrolment.cohort_id "
	    "AND o.role = enrolment.role AND o.rank <= enrolment.rank)",
	    DB_NO_ARGS);
}

static enum mentor_status erase_records(struct mentor *m, int64_t person, held_erased_fn *each, void *arg)
{
	enum mentor_status status = equality_erase(m, person, each, arg);
	if (!status)
		status = held_erase(m, held_tables, person, each, arg);
	return status ? status : close_ranks(m);
}

/* An older copy of the store can be cleared of the person by this, and nobody can read in it who it was. */
static enum mentor_status bury(struct mentor *m, int64_t person, const struct names *addresses)
{
	char salt[HASH_HEX], tag[HASH_HEX];
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < addresses->n; i++) {
		hash_key(salt);
		hash_keyed(salt, addresses->items[i], strlen(addresses->items[i]), tag);
		status = db_run(m, "INSERT INTO erasure (person, salt, tag, erased_on) VALUES ($1, $2, $3, $4)",
		    DB_ARGS(DB_NUMBER(person), DB_TEXT(salt), DB_TEXT(tag), DB_TEXT(m->today)));
	}
	return status;
}

static enum mentor_status refuse_active(struct mentor *m, int64_t person)
{
	int64_t pair = 0;
	struct mentor_buf hint = MENTOR_BUF_INIT;
	enum mentor_status status = db_value(m,
	    "SELECT p.id FROM pair p JOIN enrolment e ON e.id = p.mentor_id OR e.id = p.mentee_id WHERE e.person_id = $1 AND p.state = 'active' ORDER BY p.id LIMIT 1",
	    DB_ARGS(DB_NUMBER(person)), 0, &pair);
	if (status || !pair)
		return status;
	mentor_buf_fmt(&hint, "end it first: mentor match end m%" PRId64, pair);
	status = hint.failed ? fail_memory(m) : fail(m, MENTOR_REFUSED, mentor_buf_text(&hint), "p%" PRId64 " is in the active pair m%" PRId64, person, pair);
	mentor_buf_free(&hint);
	return status;
}

static enum mentor_status find_names(struct erasing *e)
{
	enum mentor_status status = read_names(e->m, &e->addresses, "SELECT email FROM person WHERE id = $1", e->person);
	if (!status && e->addresses.n == 0)
		status = fail(e->m, MENTOR_NOT_FOUND, "see: mentor person list", "there is no person p%" PRId64, e->person);
	if (!status)
		status = read_names(e->m, &e->addresses, "SELECT email FROM address WHERE person_id = $1", e->person);
	/* a name that somebody else has as well says nothing */
	if (!status)
		status = read_names(e->m, &e->names, "SELECT name FROM person p WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM person o WHERE o.name = p.name AND o.id <> p.id)",
		    e->person);
	for (size_t i = 0; !status && i < e->addresses.n; i++)
		add_name(&e->names, e->addresses.items[i]);
	return !status && e->names.memory.failed ? fail_memory(e->m) : status;
}

/* ---- what is left ---- */

struct search {
	struct erasing *e;
	struct place {
		struct place *next;
		const char *table, *column;
	} *first, **end;
};

static void take_column(void *arg, const struct db_column *column)
{
	struct search *s = arg;
	struct arena *memory = &s->e->memory;
	/* what is behind the wall is chosen from lists */
	struct place *p = column->is_text && strncmp(column->table, "equality_", 9) != 0 ? arena_alloc(memory, sizeof(*p)) : NULL;
	if (!p)
		return;
	p->table = arena_strdup(memory, column->table);
	p->column = arena_strdup(memory, column->name);
	*s->end = p;
	s->end = &p->next;
}

static enum mentor_status search_column(const struct erasing *e, const struct place *p, mentor_record_fn *each, void *arg)
{
	struct mentor_buf sql = MENTOR_BUF_INIT;
	struct mentor_mention row = { p->table, p->column, 0 };
	struct db_rows *rows = NULL;
	bool more = true;
	mentor_buf_fmt(&sql, "SELECT %s FROM %s WHERE %s IS NOT NULL", p->column, p->table, p->column);
	enum mentor_status status = sql.failed ? fail_memory(e->m) : db_query(e->m, mentor_buf_text(&sql), DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		row.number += mentions(&e->names, db_text(rows, 0));
	db_done(rows);
	mentor_buf_free(&sql);
	return !status && row.number ? each(arg, &row) : status;
}

/* Texts of others in which the person is named are theirs: they are told of, not touched. */
static enum mentor_status search_texts(struct erasing *e, mentor_record_fn *each, void *arg)
{
	struct search s = { .e = e };
	s.end = &s.first;
	enum mentor_status status = db_columns(e->m, take_column, &s);
	if (!status && e->memory.failed)
		status = fail_memory(e->m);
	for (const struct place *p = s.first; !status && p; p = p->next)
		status = search_column(e, p, each, arg);
	return status;
}

static enum mentor_status search_file(struct erasing *e, int64_t *ret_remnants)
{
	int64_t *counts = arena_alloc(&e->memory, e->addresses.n * sizeof(*counts));
	if (!counts)
		return fail_memory(e->m);
	enum mentor_status status = db_scan(e->m, e->addresses.items, e->addresses.n, counts);
	for (size_t i = 0; !status && i < e->addresses.n; i++)
		*ret_remnants += counts[i];
	return status;
}

/* `written`: the file was written anew, and can be looked through for what addresses are known. */
static enum mentor_status certify(struct erasing *e, bool written, mentor_report_fn *each, void *arg)
{
	struct mentor_buf reference = MENTOR_BUF_INIT;
	char head[HASH_HEX] = "";
	int64_t remnants = 0;
	mentor_buf_fmt(&reference, "p%" PRId64, e->person);
	enum mentor_status status = reference.failed ? fail_memory(e->m) : MENTOR_OK;
	if (!status && written && e->addresses.n)
		status = search_file(e, &remnants);
	if (!status && written)
		status = audit_head(e->m, head);
	const struct mentor_certificate c = { mentor_buf_text(&reference), e->day ? e->day : e->m->today, (int64_t)e->addresses.n,
		written && e->addresses.n ? remnants : MENTOR_NONE, written ? head : NULL };
	if (!status)
		status = each(arg, "certificate", &c);
	mentor_buf_free(&reference);
	return status;
}

struct passing {
	mentor_report_fn *each;
	void *arg;
};

static enum mentor_status pass_mention(void *arg, const void *record)
{
	const struct passing *p = arg;
	return p->each(p->arg, "mentions", record);
}

static enum mentor_status erase_person(struct erasing *e)
{
	enum mentor_status status = find_names(e);
	if (!status)
		status = refuse_active(e->m, e->person);
	if (!status)
		status = request_refuse_erasing(e->m, e->person);
	if (!status)
		status = bury(e->m, e->person, &e->addresses);
	return status ? status : erase_records(e->m, e->person, take_erased, e);
}

/* The transaction: meant, or to see what it would do. */
static enum mentor_status erase_at_once(struct erasing *e, bool dry, const struct passing *to)
{
	struct mentor *m = e->m;
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = erase_person(e);
	for (const struct done *d = e->first; !status && d; d = d->next)
		status = to->each(to->arg, "erased", &d->row);
	if (!status)
		status = search_texts(e, pass_mention, &(struct passing){ to->each, to->arg });
	if (dry) {
		mentor_rollback(m);
		return status;
	}
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}

/* After the commit: a failure does not take back what was done, and says so. */
static enum mentor_status write_anew(struct mentor *m, const char *done)
{
	enum mentor_status status = db_compact(m);
	return status ? fail_state(m, status, done) : MENTOR_OK;
}

/* What follows the commit, and can be done again by itself. */
static enum mentor_status finish_erasing(struct erasing *e, bool dry, mentor_report_fn *each, void *arg)
{
	enum mentor_status status = dry ? MENTOR_OK : write_anew(e->m, "the records are erased, but the file has not been written anew: run it again for that");
	if (status)
		return status;
	status = certify(e, !dry, each, arg);
	return status && !dry ? fail_state(e->m, status, "the records are erased, but what is left has not been looked for: run it again for that") : status;
}

static void free_erasing(struct erasing *e)
{
	arena_free(&e->addresses.memory);
	arena_free(&e->names.memory);
	arena_free(&e->memory);
}

enum mentor_status mentor_privacy_erase(struct mentor *m, int64_t person, bool dry, mentor_report_fn *each, void *arg)
{
	struct erasing e = { .m = m, .person = person, .addresses = { .memory = ARENA_INIT }, .names = { .memory = ARENA_INIT }, .memory = ARENA_INIT };
	e.end = &e.first;
	enum mentor_status status = erase_at_once(&e, dry, &(struct passing){ each, arg });
	if (!status)
		status = finish_erasing(&e, dry, each, arg);
	free_erasing(&e);
	return status;
}

/* ---- erasing again, in a copy that is older ---- */

struct tomb {
	struct tomb *next;
	int64_t person;
	const char *salt, *tag, *erased_on;
};

struct replay {
	struct mentor *m;
	struct arena memory;
	struct tomb *tombs, **end;
	struct found {
		struct found *next;
		int64_t person;
	} *found;
	int64_t people;
};

static enum mentor_status read_tombs(struct replay *r, struct mentor *from)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(from, "SELECT person, salt, tag, erased_on FROM erasure ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct tomb *t = arena_alloc(&r->memory, sizeof(*t));
		if (!t)
			break;
		*t = (struct tomb){ NULL, db_number(rows, 0), arena_strdup(&r->memory, db_text(rows, 1)), arena_strdup(&r->memory, db_text(rows, 2)),
			arena_strdup(&r->memory, db_text(rows, 3)) };
		*r->end = t;
		r->end = &t->next;
	}
	db_done(rows);
	return !status && r->memory.failed ? fail_memory(r->m) : status;
}

static bool is_buried(const struct replay *r, const char *address)
{
	char tag[HASH_HEX];
	for (const struct tomb *t = r->tombs; t; t = t->next) {
		hash_keyed(t->salt, address, strlen(address), tag);
		if (strcmp(tag, t->tag) == 0)
			return true;
	}
	return false;
}

/* The person whom a reference or an address that is no longer known was of. */
static const struct tomb *find_tomb(const struct replay *r, const char *reference)
{
	char tag[HASH_HEX], number[32];
	for (const struct tomb *t = r->tombs; t; t = t->next) {
		(void)snprintf(number, sizeof(number), "p%" PRId64, t->person);
		hash_keyed(t->salt, reference, strlen(reference), tag);
		if (strcmp(number, reference) == 0 || strcmp(tag, t->tag) == 0)
			return t;
	}
	return NULL;
}

/* Who came back under the address, or whose number stands for somebody again after all, was not erased for good. */
static enum mentor_status is_known(struct mentor *m, const char *reference, int64_t person, int64_t *ret)
{
	return db_value(m, "SELECT count(*) FROM person p WHERE p.email = $1 OR (p.id = $2 AND p.email <> 'p' || p.id || '@former.invalid') "
			   "OR p.id IN (SELECT a.person_id FROM address a WHERE a.email = $1)",
	    DB_ARGS(DB_TEXT(reference), DB_NUMBER(person)), 0, ret);
}

enum mentor_status mentor_privacy_erase_again(struct mentor *m, const char *reference, bool dry, bool *ret_erased, mentor_report_fn *each, void *arg)
{
	struct replay r = { .m = m, .memory = ARENA_INIT };
	struct erasing e = { .m = m, .addresses = { .memory = ARENA_INIT }, .names = { .memory = ARENA_INIT }, .memory = ARENA_INIT };
	int64_t known = 0;
	r.end = &r.tombs;
	enum mentor_status status = read_tombs(&r, m);
	const struct tomb *t = status ? NULL : find_tomb(&r, reference);
	if (t)
		status = is_known(m, reference, t->person, &known);
	*ret_erased = !status && t && !known;
	if (*ret_erased) {
		e.person = t->person;
		e.day = t->erased_on;
		if (strchr(reference, '@'))
			add_name(&e.addresses, reference);
		status = e.addresses.memory.failed ? fail_memory(m) : finish_erasing(&e, dry, each, arg);
	}
	free_erasing(&e);
	arena_free(&r.memory);
	return status;
}

static enum mentor_status find_buried(struct replay *r)
{
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t last = 0;
	enum mentor_status status =
	    db_query(r->m, "SELECT id, email FROM person UNION SELECT person_id, email FROM address ORDER BY 1", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct found *f = db_number(rows, 0) != last && is_buried(r, db_text(rows, 1)) ? arena_alloc(&r->memory, sizeof(*f)) : NULL;
		if (!f)
			continue;
		last = f->person = db_number(rows, 0);
		f->next = r->found;
		r->found = f;
	}
	db_done(rows);
	return !status && r->memory.failed ? fail_memory(r->m) : status;
}

static enum mentor_status ignore_erased(void *arg, const char *title, const char *change, int64_t rows)
{
	(void)arg;
	(void)title;
	(void)change;
	(void)rows;
	return MENTOR_OK;
}

/* A pair that was still active when the copy was made ended with the erasure. */
static enum mentor_status end_pairs(struct mentor *m, int64_t person)
{
	static const char mine[] =
	    "UPDATE pair SET state = 'ended', ended_on = $1 WHERE state = 'active' AND EXISTS (SELECT 1 FROM enrolment e WHERE e.person_id = $2 "
	    "AND (e.id = pair.mentor_id OR e.id = pair.mentee_id))";
	enum mentor_status status = db_run(m, mine, DB_ARGS(DB_TEXT(m->today), DB_NUMBER(person)));
	return status ? status :
	    db_run(m, "INSERT INTO ending (pair_id, recorded_by) SELECT p.id, $1 FROM pair p WHERE p.state = 'ended' AND NOT EXISTS (SELECT 1 FROM ending x "
		      "WHERE x.pair_id = p.id)", DB_ARGS(DB_TEXT(m->actor)));
}

static enum mentor_status bury_again(struct replay *r)
{
	enum mentor_status status = MENTOR_OK;
	for (const struct tomb *t = r->tombs; !status && t; t = t->next)
		status = db_run(r->m, "INSERT INTO erasure (person, salt, tag, erased_on) VALUES ($1, $2, $3, $4) ON CONFLICT (salt) DO NOTHING",
		    DB_ARGS(DB_NUMBER(t->person), DB_TEXT(t->salt), DB_TEXT(t->tag), DB_TEXT(t->erased_on)));
	return status;
}

static enum mentor_status replay(struct replay *r, int64_t revision)
{
	enum mentor_status status = bury_again(r);
	if (!status)
		status = find_buried(r);
	for (const struct found *f = r->found; !status && f; f = f->next, r->people++) {
		status = end_pairs(r->m, f->person);
		if (!status)
			status = erase_records(r->m, f->person, ignore_erased, NULL);
	}
	/* what anybody has seen at a revision of the store that is replaced is not what this one holds */
	return status ? status :
			db_run(r->m, "UPDATE store SET revision = CASE WHEN revision < $1 THEN $1 ELSE revision END", DB_ARGS(DB_NUMBER(revision)));
}

/* Whether the store that would be replaced is this very copy, restored and not changed since. */
static enum mentor_status is_same(struct mentor *m, struct mentor *replaced, int64_t version, bool *ret)
{
	struct db_rows *before = NULL, *after = NULL;
	bool more = false, again = false;
	if (version < ERASURES_SINCE)
		return MENTOR_OK;
	enum mentor_status status = db_query(m, "SELECT hash FROM audit ORDER BY id DESC LIMIT 1", DB_NO_ARGS, &before);
	if (!status)
		status = db_next(before, &more);
	if (!status && more)
		status = db_query(replaced, "SELECT a.hash, b.command FROM audit a JOIN audit b ON b.id = a.id + 1 ORDER BY a.id DESC LIMIT 1", DB_NO_ARGS, &after);
	if (!status && more)
		status = db_next(after, &again);
	if (!status && again)
		*ret = strcmp(db_text(before, 0), db_text(after, 0)) == 0 && strcmp(db_text(after, 1), "db restore") == 0;
	db_done(before);
	db_done(after);
	return status;
}

enum mentor_status mentor_store_restored(struct mentor *m, struct mentor *replaced, int64_t *ret_people)
{
	struct replay r = { .m = m, .memory = ARENA_INIT };
	int64_t version = 0, revision = 0;
	bool same = false;
	r.end = &r.tombs;
	enum mentor_status status = db_needed(m);
	if (!status && replaced)
		status = migrate_version(replaced, &version);
	if (!status && replaced)
		status = mentor_revision(replaced, &revision);
	if (!status && version >= ERASURES_SINCE)
		status = read_tombs(&r, replaced);
	if (!status && replaced)
		status = is_same(m, replaced, version, &same);
	if (status && replaced && mentor_error(replaced)->status && !mentor_error(m)->status)
		fail(m, status, mentor_error(replaced)->hint, "%s", mentor_error(replaced)->message);
	if (!status && !same)
		status = mentor_begin(m);
	if (!status && !same) {
		status = replay(&r, revision);
		enum mentor_status ended = mentor_commit(m);
		status = status ? status : ended;
	}
	if (!status && r.people)
		status = db_compact(m);
	arena_free(&r.memory);
	if (!status)
		*ret_people = same ? MENTOR_NONE : r.people;
	return status;
}

/* ---- not keeping longer than was said ---- */

struct keeping {
	struct mentor *m;
	bool apply;
	int64_t today, ended; /* of the running cohort */
	int64_t cohort;
	const char *slug;
	mentor_record_fn *each;
	void *arg;
	bool removed;
};

static bool is_due(const struct keeping *k, int64_t months, char due[11])
{
	const int64_t day = mentor_day_add_months(k->ended, (int)months);
	mentor_day_format(day, due);
	return day <= k->today;
}

static enum mentor_status tell_due(struct keeping *k, const char *what, const char *due, int64_t number)
{
	if (number == 0)
		return MENTOR_OK;
	k->removed = k->removed || k->apply;
	return k->each(k->arg, &(const struct mentor_retained){ k->slug, what, due, number, k->apply ? "removed" : "due" });
}

static enum mentor_status keep_class(struct keeping *k, enum held_class kept, int64_t months)
{
	char due[11];
	int64_t n = 0;
	if (!is_due(k, months, due))
		return MENTOR_OK;
	enum mentor_status status = held_count(k->m, held_tables, kept, k->cohort, &n);
	if (!status && k->apply && n)
		status = held_remove(k->m, held_tables, kept, k->cohort);
	return status ? status : tell_due(k, held_classes[kept], due, n);
}

static enum mentor_status keep_field(struct keeping *k, const struct def_policy *policy)
{
	static const char these[] = " FROM answer WHERE question = $1 AND enrolment_id IN (SELECT id FROM enrolment WHERE cohort_id = $2)";
	char due[11];
	int64_t n = 0;
	struct mentor_buf sql = MENTOR_BUF_INIT;
	if (!is_due(k, policy->months, due))
		return MENTOR_OK;
	const struct db_value args[] = { DB_TEXT(policy->slug), DB_NUMBER(k->cohort) };
	mentor_buf_fmt(&sql, "SELECT count(*)%s", these);
	enum mentor_status status = sql.failed ? fail_memory(k->m) : db_value(k->m, mentor_buf_text(&sql), args, 2, 0, &n);
	mentor_buf_clear(&sql);
	mentor_buf_fmt(&sql, "DELETE%s", these);
	if (!status && k->apply && n)
		status = sql.failed ? fail_memory(k->m) : db_run(k->m, mentor_buf_text(&sql), args, 2);
	mentor_buf_free(&sql);
	return status ? status : tell_due(k, policy->slug, due, n);
}

static enum mentor_status keep_equality(struct keeping *k)
{
	char due[11];
	int64_t people = 0, day = 0;
	enum mentor_status status = equality_retain(k->m, k->cohort, k->ended, k->apply, &people, &day);
	mentor_day_format(day, due);
	return status ? status : tell_due(k, "equality", due, people ? MENTOR_SUPPRESSED : 0);
}

/* Who was in the cohort and is in no other now is held for nothing any more. */
static enum mentor_status drop_people(struct keeping *k, const struct names *people)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t i = 0; !status && i < people->n; i++) {
		int64_t enrolments = 0, person = 0;
		status = db_value(k->m, "SELECT id FROM person WHERE email = $1", DB_ARGS(DB_TEXT(people->items[i])), 0, &person);
		if (!status)
			status = db_value(k->m, "SELECT count(*) FROM enrolment WHERE person_id = $1", DB_ARGS(DB_NUMBER(person)), 0, &enrolments);
		if (!status && person && !enrolments)
			status = erase_records(k->m, person, ignore_erased, NULL);
	}
	return status;
}

/* One trail serves all programmes: the longest time that a cohort's says. */
static enum mentor_status read_trail_months(struct keeping *k, int64_t *ret_months)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(k->m, "SELECT id FROM cohort ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct definition *d = NULL;
		status = programme_of_cohort(k->m, db_number(rows, 0), &d);
		if (!status && d->privacy.retention.audit > *ret_months)
			*ret_months = d->privacy.retention.audit;
		definition_free(d);
	}
	db_done(rows);
	return status;
}

/* What is removed of the trail is noted with it: nothing of it goes in silence. */
static enum mentor_status keep_trail(struct keeping *k)
{
	char day[11], since[11] = "", due[11] = "";
	int64_t months = 0, n = 0, first = 0;
	enum mentor_status status = read_trail_months(k, &months);
	if (status || !months)
		return status;
	mentor_day_format(mentor_day_add_months(k->today, (int)-months), day);
	status = audit_older(k->m, day, since, &n);
	if (status || !n)
		return status;
	if (mentor_day_parse(since, &first))
		mentor_day_format(mentor_day_add_months(first, (int)months), due);
	if (k->apply)
		status = audit_cut(k->m, day);
	k->slug = NULL;
	return status ? status : tell_due(k, "audit", due, n);
}

/* Pairs stand on everything else that is kept of a cohort, so they are kept as long as the longest of it. */
static enum mentor_status keep_cohort(struct keeping *k, const struct definition *d)
{
	const struct def_retention *r = &d->privacy.retention;
	const int64_t months[] = { r->sessions, r->surveys, r->messages, r->applications };
	static const enum held_class classes[] = { HELD_SESSIONS, HELD_SURVEYS, HELD_MESSAGES, HELD_APPLICATIONS };
	struct names people = { .memory = ARENA_INIT };
	int64_t longest = r->pairs;
	enum mentor_status status = read_names(k->m, &people,
	    "SELECT p.email FROM person p JOIN enrolment e ON e.person_id = p.id WHERE e.cohort_id = $1 ORDER BY p.id", k->cohort);
	for (size_t i = 0; !status && i < d->privacy.n_fields; i++)
		status = keep_field(k, &d->privacy.fields[i]);
	if (!status)
		status = keep_equality(k);
	for (size_t i = 0; !status && i < 4; i++) {
		longest = months[i] > longest ? months[i] : longest;
		status = keep_class(k, classes[i], months[i]);
	}
	if (!status)
		status = keep_class(k, HELD_PAIRS, longest);
	if (!status && k->removed)
		status = drop_people(k, &people);
	arena_free(&people.memory);
	return status;
}

static enum mentor_status keep_cohorts(struct keeping *k)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(k->m,
	    "SELECT id, slug, coalesce(finished_on, ends_on) FROM cohort WHERE coalesce(finished_on, ends_on) IS NOT NULL ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct definition *d = NULL;
		k->cohort = db_number(rows, 0);
		k->slug = db_text(rows, 1);
		if (!mentor_day_parse(db_text(rows, 2), &k->ended))
			continue;
		status = programme_of_cohort(k->m, k->cohort, &d);
		if (!status)
			status = keep_cohort(k, d);
		definition_free(d);
	}
	db_done(rows);
	if (!status && k->removed)
		status = close_ranks(k->m);
	return status ? status : keep_trail(k);
}

enum mentor_status mentor_privacy_retain(struct mentor *m, bool apply, bool dry, mentor_record_fn *each, void *arg)
{
	struct keeping k = { .m = m, .apply = apply, .each = each, .arg = arg };
	mentor_day_parse(m->today, &k.today);
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = keep_cohorts(&k);
	if (dry) {
		mentor_rollback(m);
		return status;
	}
	enum mentor_status ended = mentor_commit(m);
	status = status ? status : ended;
	return !status && k.removed ? write_anew(m, "the records are removed, but the file has not been written anew") : status;
}

/* ---- what is missing ---- */

/* What is found, taken down: reading a programme, as the walks do, begins its own list of problems. */
struct findings {
	struct mentor *m;
	struct arena memory;
	struct finding {
		struct finding *next;
		const char *message, *hint;
	} *first, **end;
};

/* Once, however many cohorts have it. */
static enum mentor_status note_finding(struct findings *o, const char *hint, const struct mentor_buf *message)
{
	for (const struct finding *f = o->first; f; f = f->next)
		if (strcmp(f->message, mentor_buf_text(message)) == 0)
			return MENTOR_OK;
	struct finding *f = message->failed ? NULL : arena_alloc(&o->memory, sizeof(*f));
	if (!f)
		return fail_memory(o->m);
	f->message = arena_strdup(&o->memory, mentor_buf_text(message));
	f->hint = hint;
	if (o->memory.failed)
		return fail_memory(o->m);
	*o->end = f;
	o->end = &f->next;
	return MENTOR_OK;
}

static enum mentor_status note_due(void *arg, const void *record)
{
	const struct mentor_retained *r = record;
	struct mentor_buf b = MENTOR_BUF_INIT;
	if (r->cohort)
		mentor_buf_fmt(&b, "in the cohort '%s' the time of this is over: %s", r->cohort, r->what);
	else
		mentor_buf_str(&b, "the time of the oldest entries of the trail of changes is over");
	enum mentor_status status = note_finding(arg, "see mentor privacy retain, then run: mentor privacy retain --apply", &b);
	mentor_buf_free(&b);
	return status;
}

/* Data Protection Act 2018, Schedule 1, paragraphs 5 and 39. */
static enum mentor_status note_policy(struct findings *o, const struct definition *d)
{
	struct mentor_buf b = MENTOR_BUF_INIT;
	if (d->equality.n_questions == 0 || d->equality.policy)
		return MENTOR_OK;
	mentor_buf_fmt(&b, "the programme '%s' asks for equality monitoring, and names no appropriate policy document", d->slug);
	enum mentor_status status = note_finding(o, "say in its file where that is kept (equality: policy), import it, and have the cohort follow: mentor cohort set COHORT --revision NUMBER", &b);
	mentor_buf_free(&b);
	return status;
}

static enum mentor_status note_policies(struct findings *o)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(o->m, "SELECT id FROM cohort ORDER BY id", DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		struct definition *d = NULL;
		status = programme_of_cohort(o->m, db_number(rows, 0), &d);
		if (!status)
			status = note_policy(o, d);
		definition_free(d);
	}
	db_done(rows);
	return status;
}

static enum mentor_status note_endless(struct mentor *m)
{
	struct db_rows *rows = NULL;
	bool more = true;
	enum mentor_status status = db_query(m, "SELECT slug FROM cohort WHERE started_on IS NOT NULL AND finished_on IS NULL AND ends_on IS NULL ORDER BY id",
	    DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more) {
		const char *slug = db_text(rows, 0);
		struct mentor_buf hint = MENTOR_BUF_INIT;
		mentor_buf_fmt(&hint, "give it one: mentor cohort set %s --ends-on DAY", slug);
		problem_add(m, NULL, mentor_buf_text(&hint), "the cohort '%s' has no last day, so nothing says how long its records are kept", slug);
		mentor_buf_free(&hint);
	}
	db_done(rows);
	return status;
}

enum mentor_status mentor_privacy_check(struct mentor *m, const struct mentor_problem *also, size_t n)
{
	struct findings o = { .m = m, .memory = ARENA_INIT };
	struct keeping k = { .m = m, .each = note_due, .arg = &o };
	o.end = &o.first;
	mentor_day_parse(m->today, &k.today);
	enum mentor_status status = db_needed(m);
	if (!status)
		status = keep_cohorts(&k);
	if (!status)
		status = note_policies(&o);
	if (!status) {
		problems_clear(m);
		for (size_t i = 0; i < n; i++)
			problem_add(m, &also[i].place, also[i].hint, "%s", also[i].message);
		for (const struct finding *f = o.first; f; f = f->next)
			problem_add(m, NULL, f->hint, "%s", f->message);
		status = note_endless(m);
	}
	if (!status)
		status = objection_unanswered(m);
	if (!status)
		status = request_unanswered(m);
	arena_free(&o.memory);
	if (!status)
		status = audit_check(m);
	return status ? status : problems_found(m);
}
