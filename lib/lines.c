/* lines.c: the whole store as lines of JSON, and back: what is in it, in an order of its own, so that equal stores give equal bytes and a
 * difference can be read. Behind the wall as well, which is why equality.c lends its key (equality_with()). */
#include "db.h"
#include "equality.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What every program can hold in a number; beyond that, a text. */
#define SAFE_NUMBER (INT64_C(1) << 53)

/* ---- the tables ---- */

enum { MOST_COLUMNS = 64 };

struct column {
	const char *name;
	bool is_text;
	int64_t key;
};

struct table {
	struct table *next;
	const char *name;
	struct column columns[MOST_COLUMNS];
	size_t n;
};

struct tables {
	struct arena memory;
	struct table *first, *last;
	bool crowded; /* a table has more columns than there is room for */
};

static void take_column(void *arg, const struct db_column *c)
{
	struct tables *t = arg;
	if (!t->last || strcmp(t->last->name, c->table) != 0) {
		struct table *fresh = arena_alloc(&t->memory, sizeof(*fresh));
		if (!fresh)
			return;
		fresh->name = arena_strdup(&t->memory, c->table);
		if (t->last)
			t->last->next = fresh;
		else
			t->first = fresh;
		t->last = fresh;
	}
	struct table *table = t->last;
	if (table->n == MOST_COLUMNS || t->memory.failed) {
		t->crowded = t->crowded || table->n == MOST_COLUMNS;
		return;
	}
	table->columns[table->n++] = (struct column){ arena_strdup(&t->memory, c->name), c->is_text, c->key };
}

static enum mentor_status read_tables(struct mentor *m, struct tables *t)
{
	enum mentor_status status = db_columns(m, take_column, t);
	if (!status && t->memory.failed)
		status = fail_memory(m);
	return !status && t->crowded ? fail(m, MENTOR_BUG, "please report this", "a table has too many columns to be told") : status;
}

/* ---- out ---- */

static void write_number(struct mentor_buf *b, int64_t number)
{
	const bool safe = number <= SAFE_NUMBER && number >= -SAFE_NUMBER;
	mentor_buf_fmt(b, safe ? "%" PRId64 : "\"%" PRId64 "\"", number);
}

/* All columns, by the key. */
static void write_query(const struct table *t, struct mentor_buf *sql)
{
	for (size_t i = 0; i < t->n; i++)
		mentor_buf_fmt(sql, "%s\"%s\"", i ? ", " : "SELECT ", t->columns[i].name);
	mentor_buf_fmt(sql, " FROM \"%s\" ORDER BY ", t->name);
	bool first = true;
	for (int64_t turn = 1; turn <= (int64_t)t->n; turn++)
		for (size_t i = 0; i < t->n; i++)
			if (t->columns[i].key == turn) {
				mentor_buf_fmt(sql, "%s\"%s\"", first ? "" : ", ", t->columns[i].name);
				first = false;
			}
}

static void write_row(const struct table *t, const struct db_rows *rows, struct mentor_buf *b)
{
	mentor_buf_fmt(b, "{\"table\":\"%s\",\"row\":{", t->name);
	for (size_t i = 0; i < t->n; i++) {
		mentor_buf_fmt(b, "%s\"%s\":", i ? "," : "", t->columns[i].name);
		if (t->columns[i].is_text)
			mentor_buf_json(b, db_text(rows, (int)i));
		else if (db_number(rows, (int)i) == MENTOR_NONE)
			mentor_buf_str(b, "null");
		else
			write_number(b, db_number(rows, (int)i));
	}
	mentor_buf_str(b, "}}\n");
}

static enum mentor_status write_table(struct mentor *m, const struct table *t, struct mentor_buf *b)
{
	struct mentor_buf sql = MENTOR_BUF_INIT;
	struct db_rows *rows = NULL;
	bool more = true;
	int64_t last = MENTOR_NONE;
	write_query(t, &sql);
	enum mentor_status status = sql.failed ? fail_memory(m) : db_query(m, mentor_buf_text(&sql), DB_NO_ARGS, &rows);
	while (!status && !(status = db_next(rows, &more)) && more)
		write_row(t, rows, b);
	db_done(rows);
	mentor_buf_free(&sql);
	if (!status)
		status = db_last_number(m, t->name, &last);
	if (!status && last != MENTOR_NONE)
		mentor_buf_fmt(b, "{\"table\":\"%s\",\"last\":%" PRId64 "}\n", t->name, last);
	return !status && b->failed ? fail_memory(m) : status;
}

static enum mentor_status write_all(struct mentor *m, void *arg)
{
	struct mentor_buf *b = arg;
	struct tables t = { .memory = ARENA_INIT };
	int64_t version = 0;
	enum mentor_status status = migrate_version(m, &version);
	if (!status)
		status = read_tables(m, &t);
	mentor_buf_fmt(b, "{\"mentor\":\"store\",\"version\":%" PRId64 "}\n", version);
	for (const struct table *table = t.first; !status && table; table = table->next)
		status = write_table(m, table, b);
	arena_free(&t.memory);
	return status;
}

enum mentor_status mentor_store_lines(struct mentor *m, struct mentor_buf *b)
{
	enum mentor_status status = db_needed(m);
	return status ? status : equality_with(m, write_all, b);
}

/* ---- in ---- */

/* Reading one line after the other. What is expected is what write_row() writes; the values may be anything that JSON allows in their place. */
struct reader {
	struct mentor *m;
	const char *file, *at;
	long line;
	struct tables tables;
	struct mentor_buf sql, text;
	struct db_value values[MOST_COLUMNS];
	struct mentor_buf texts[MOST_COLUMNS];
};

static enum mentor_status wrong(struct reader *r, const char *what)
{
	const struct mentor_place place = { .file = r->file, .line = r->line };
	return fail_at(r->m, MENTOR_INVALID, &place, "give a file that mentor db export wrote, unchanged", "%s", what);
}

static bool skip(struct reader *r, const char *text)
{
	const size_t len = strlen(text);
	if (strncmp(r->at, text, len) != 0)
		return false;
	r->at += len;
	return true;
}

static bool read_hex(const char *at, unsigned *ret)
{
	unsigned n = 0;
	for (int i = 0; i < 4; i++) {
		const char c = at[i];
		const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
		if (digit < 0)
			return false;
		n = n * 16 + (unsigned)digit;
	}
	*ret = n;
	return true;
}

static void add_character(struct mentor_buf *b, unsigned c)
{
	if (c < 0x80) {
		mentor_buf_char(b, (char)c);
	} else if (c < 0x800) {
		mentor_buf_char(b, (char)(0xc0 | c >> 6));
		mentor_buf_char(b, (char)(0x80 | (c & 0x3f)));
	} else if (c < 0x10000) {
		mentor_buf_char(b, (char)(0xe0 | c >> 12));
		mentor_buf_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
		mentor_buf_char(b, (char)(0x80 | (c & 0x3f)));
	} else {
		mentor_buf_char(b, (char)(0xf0 | c >> 18));
		mentor_buf_char(b, (char)(0x80 | (c >> 12 & 0x3f)));
		mentor_buf_char(b, (char)(0x80 | (c >> 6 & 0x3f)));
		mentor_buf_char(b, (char)(0x80 | (c & 0x3f)));
	}
}

/* Behind \u; halves of a pair belong together, and NUL is no character of a text. */
static bool read_code(struct reader *r, struct mentor_buf *b)
{
	unsigned c = 0, low = 0;
	if (!read_hex(r->at, &c) || c == 0 || (c >= 0xdc00 && c < 0xe000))
		return false;
	r->at += 4;
	if (c >= 0xd800 && c < 0xdc00) {
		if (r->at[0] != '\\' || r->at[1] != 'u' || !read_hex(r->at + 2, &low) || low < 0xdc00 || low >= 0xe000)
			return false;
		r->at += 6;
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	}
	add_character(b, c);
	return true;
}

static bool read_string(struct reader *r, struct mentor_buf *b)
{
	static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	mentor_buf_clear(b);
	if (!skip(r, "\""))
		return false;
	while (*r->at != '"') {
		if ((unsigned char)*r->at < 0x20)
			return false;
		if (*r->at != '\\') {
			mentor_buf_char(b, *r->at++);
			continue;
		}
		const char kind = r->at[1], *found = kind ? strchr(escapes, kind) : NULL;
		r->at += 1 + (kind != '\0');
		if (found)
			mentor_buf_char(b, meant[found - escapes]);
		else if (kind != 'u' || !read_code(r, b))
			return false;
	}
	r->at++;
	return true;
}

static bool read_digits(const char **at, int64_t *ret)
{
	char *end = NULL;
	const char *p = *at + (**at == '-');
	if (*p < '0' || *p > '9')
		return false;
	errno = 0;
	const long long n = strtoll(*at, &end, 10);
	if (errno || n == MENTOR_NONE)
		return false;
	*at = end;
	*ret = n;
	return true;
}

static bool read_number(struct reader *r, int64_t *ret)
{
	const bool quoted = skip(r, "\"");
	return read_digits(&r->at, ret) && (!quoted || skip(r, "\""));
}

static bool read_value(struct reader *r, const struct column *c, size_t i)
{
	if (skip(r, "null")) {
		r->values[i] = DB_TEXT(NULL);
		return true;
	}
	if (!c->is_text) {
		int64_t number = 0;
		const bool good = read_number(r, &number);
		r->values[i] = DB_NUMBER(number);
		return good;
	}
	if (!read_string(r, &r->texts[i]))
		return false;
	r->values[i] = DB_TEXT(mentor_buf_text(&r->texts[i]));
	return true;
}

static const struct table *find_table(const struct reader *r, const char *name)
{
	const struct table *t = r->tables.first;
	while (t && strcmp(t->name, name) != 0)
		t = t->next;
	return t;
}

static enum mentor_status store_row(struct reader *r, const struct table *t)
{
	mentor_buf_clear(&r->sql);
	mentor_buf_fmt(&r->sql, "INSERT INTO \"%s\" (", t->name);
	for (size_t i = 0; i < t->n; i++)
		mentor_buf_fmt(&r->sql, "%s\"%s\"", i ? ", " : "", t->columns[i].name);
	mentor_buf_str(&r->sql, ") VALUES (");
	for (size_t i = 0; i < t->n; i++)
		mentor_buf_fmt(&r->sql, "%s$%zu", i ? ", " : "", i + 1);
	mentor_buf_str(&r->sql, ")");
	bool failed = r->sql.failed;
	for (size_t i = 0; i < t->n; i++)
		failed = failed || r->texts[i].failed;
	enum mentor_status status = failed ? fail_memory(r->m) : db_run(r->m, mentor_buf_text(&r->sql), r->values, t->n);
	/* a constraint says no, whoever would be to blame in a command */
	const bool refused = status == MENTOR_INVALID || status == MENTOR_REFUSED || status == MENTOR_BUG;
	return refused ? wrong(r, mentor_error(r->m)->message) : status;
}

static enum mentor_status read_row(struct reader *r, const struct table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if ((i && !skip(r, ",")) || !read_string(r, &r->text) || strcmp(mentor_buf_text(&r->text), t->columns[i].name) != 0 || !skip(r, ":"))
			return wrong(r, "the columns are not those of this table, in their order");
		if (!read_value(r, &t->columns[i], i))
			return wrong(r, "this is not a value that the column can hold");
	}
	return skip(r, "}}\n") ? store_row(r, t) : wrong(r, "the line does not end behind the last column");
}

static enum mentor_status read_line(struct reader *r)
{
	int64_t last = 0;
	if (!skip(r, "{\"table\":") || !read_string(r, &r->text))
		return wrong(r, "a line begins with the name of a table");
	const struct table *t = find_table(r, mentor_buf_text(&r->text));
	if (!t)
		return wrong(r, "a store has no such table");
	if (skip(r, ",\"row\":{"))
		return read_row(r, t);
	if (!skip(r, ",\"last\":") || !read_number(r, &last) || !skip(r, "}\n"))
		return wrong(r, "a line holds a row, or the last number that was given out");
	return db_set_last_number(r->m, t->name, last);
}

static enum mentor_status read_version(struct reader *r)
{
	int64_t version = 0;
	if (!skip(r, "{\"mentor\":\"store\",\"version\":") || !read_number(r, &version) || !skip(r, "}\n"))
		return wrong(r, "this is not a store that mentor db export wrote");
	const int64_t newest = migrate_newest(r->m);
	if (version == newest)
		return MENTOR_OK;
	return fail(r->m, version > newest ? MENTOR_TOO_NEW : MENTOR_REFUSED,
	    version > newest ? "install a newer mentor" : "import it with the mentor that wrote it, then run: mentor db migrate",
	    "the file is of a store of version %" PRId64 ", this program's is %" PRId64, version, newest);
}

/* What a new store is made with is what the file has to say. */
static enum mentor_status empty_tables(struct reader *r)
{
	enum mentor_status status = MENTOR_OK;
	for (const struct table *t = r->tables.first; !status && t; t = t->next) {
		mentor_buf_clear(&r->sql);
		mentor_buf_fmt(&r->sql, "DELETE FROM \"%s\"", t->name);
		status = r->sql.failed ? fail_memory(r->m) : db_run(r->m, mentor_buf_text(&r->sql), DB_NO_ARGS);
		if (!status)
			status = db_set_last_number(r->m, t->name, MENTOR_NONE);
	}
	return status;
}

static enum mentor_status read_all(struct mentor *m, void *arg)
{
	struct reader *r = arg;
	enum mentor_status status = read_version(r);
	if (!status)
		status = read_tables(m, &r->tables);
	if (!status)
		status = empty_tables(r);
	for (r->line = 2; !status && *r->at; r->line++)
		status = read_line(r);
	return status;
}

enum mentor_status mentor_store_from_lines(struct mentor *m, const char *file, const char *text, size_t len)
{
	struct reader r = { .m = m, .file = file, .at = text, .line = 1, .tables = { .memory = ARENA_INIT } };
	size_t bad = 0;
	enum mentor_status status = db_needed(m);
	if (!status && !mentor_utf8_valid(text, len, &bad))
		status = wrong(&r, "the file is not UTF-8 text");
	if (!status)
		status = db_whole_begin(m);
	if (!status)
		status = db_whole_end(m, equality_with(m, read_all, &r));
	for (size_t i = 0; i < MOST_COLUMNS; i++)
		mentor_buf_free(&r.texts[i]);
	mentor_buf_free(&r.sql);
	mentor_buf_free(&r.text);
	arena_free(&r.tables.memory);
	return status ? status : mentor_store_check(m);
}
