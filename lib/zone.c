/* zone.c: time zones from the compiled files of the tz database (RFC 8536).
 *
 * The C library can convert for one zone only, the process's: its localtime() and mktime() go by the environment variable TZ, which a library may
 * neither read nor set, and two threads with two contexts would spoil each other's. So the file is read here: the table of changes, and the rule
 * behind it (POSIX TZ) for the years that the table does not reach. */
#include "zone.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_LETTERS = 16, HEADER = 44, DAY = 86400, DEFAULT_SECOND = 2 * 3600 };

/* One of the two yearly changes of a rule: the `week`th (5 is the last) `weekday` of a month, Sunday being 0, at some second of the day. */
struct yearly {
	int64_t month, week, weekday, second;
};

/* What holds behind the table. */
struct rule {
	bool known, changes;
	int64_t offset[2]; /* seconds east; standard, summer */
	char letters[2][MOST_LETTERS];
	struct yearly to[2]; /* the change to standard, and to summer */
};

struct type {
	int64_t offset;
	bool summer;
	const char *letters;
};

struct zone {
	char *bytes; /* owned; letters point into it */
	size_t n;    /* changes */
	int64_t *at;
	unsigned char *to; /* index of a type */
	struct type *types;
	size_t n_types;
	struct rule rule;
};

/* ---- the rule: "GMT0BST,M3.5.0/1,M10.5.0" ---- */

static bool read_number(const char **at, int64_t most, int64_t *ret)
{
	int64_t n = 0;
	const char *p = *at;
	for (; *p >= '0' && *p <= '9' && n <= most; p++)
		n = n * 10 + (*p - '0');
	if (p == *at || n > most)
		return false;
	*at = p;
	*ret = n;
	return true;
}

/* [+-]H[:MM[:SS]] in seconds; RFC 8536 allows up to 167 hours in a rule. */
static bool read_clock(const char **at, int64_t *ret)
{
	int64_t sign = **at == '-' ? -1 : 1, part[3] = { 0 };
	*at += **at == '-' || **at == '+';
	if (!read_number(at, 167, &part[0]))
		return false;
	for (size_t i = 1; i < 3 && **at == ':'; i++) {
		++*at;
		if (!read_number(at, 59, &part[i]))
			return false;
	}
	*ret = sign * (part[0] * 3600 + part[1] * 60 + part[2]);
	return true;
}

static bool read_letters(const char **at, char letters[MOST_LETTERS])
{
	bool quoted = **at == '<';
	const char *from = *at + quoted, *p = from;
	while (*p && (quoted ? *p != '>' : (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z')))
		p++;
	size_t len = (size_t)(p - from);
	if (len < 1 || len >= MOST_LETTERS || (quoted && *p != '>'))
		return false;
	memcpy(letters, from, len);
	letters[len] = '\0';
	*at = p + quoted;
	return true;
}

/* Only the form Mm.w.d: no zone of today has another that moves. */
static bool read_yearly(const char **at, struct yearly *ret)
{
	ret->second = DEFAULT_SECOND;
	if (strncmp(*at, ",M", 2) != 0)
		return false;
	*at += 2;
	if (!read_number(at, 12, &ret->month) || *(*at)++ != '.' || !read_number(at, 5, &ret->week) || *(*at)++ != '.' || !read_number(at, 6, &ret->weekday))
		return false;
	if (ret->month < 1 || ret->week < 1)
		return false;
	if (**at != '/')
		return true;
	++*at;
	return read_clock(at, &ret->second);
}

static void read_rule(const char *text, struct rule *r)
{
	const char *at = text;
	int64_t west = 0;
	if (!read_letters(&at, r->letters[0]) || !read_clock(&at, &west))
		return;
	r->offset[0] = -west;
	r->known = !*at;
	if (!*at || !read_letters(&at, r->letters[1]))
		return;
	r->offset[1] = r->offset[0] + 3600;
	if (*at && *at != ',') {
		if (!read_clock(&at, &west))
			return;
		r->offset[1] = -west;
	}
	r->known = r->changes = read_yearly(&at, &r->to[1]) && read_yearly(&at, &r->to[0]) && !*at;
}

static int64_t first_of_month(int64_t year, int64_t month)
{
	return mentor_day_add_months(0, (int)((year - 1970) * 12 + month - 1)); /* day 0 is 1970-01-01 */
}

/* The instant of the change to summer (1) or standard time (0) in a year. */
static int64_t change_in(const struct rule *r, int64_t year, int summer)
{
	const struct yearly *y = &r->to[summer];
	int64_t first = first_of_month(year, y->month), next = first_of_month(year, y->month + 1);
	int64_t weekday = ((first + 4) % 7 + 7) % 7; /* day 0 was a Thursday */
	int64_t day = first + (y->weekday - weekday + 7) % 7 + (y->week - 1) * 7;
	while (day >= next)
		day -= 7;
	return day * DAY + y->second - r->offset[!summer];
}

static int64_t year_of(int64_t instant)
{
	char iso[11];
	int64_t day = instant / DAY - (instant % DAY < 0);
	mentor_day_format(day, iso);
	return strtoll(iso, NULL, 10);
}

/* The latest change by the rule at or before an instant, or the first after it. */
static struct zone_span by_rule(const struct rule *r, int64_t instant, bool next)
{
	struct zone_span span = { next ? INT64_MAX : INT64_MIN, r->offset[0], false, r->letters[0] };
	for (int64_t year = year_of(instant) - 1; r->changes && year <= year_of(instant) + 1; year++) {
		for (int summer = 0; summer < 2; summer++) {
			int64_t at = change_in(r, year, summer);
			if (next ? at > instant && at < span.from : at <= instant && at > span.from)
				span = (struct zone_span){ at, r->offset[summer], summer, r->letters[summer] };
		}
	}
	return span;
}

/* ---- the file ---- */

static int64_t big_endian(const char *p, size_t bytes)
{
	uint64_t n = 0;
	for (size_t i = 0; i < bytes; i++)
		n = n << 8 | (unsigned char)p[i];
	if (bytes == 4)
		return (int64_t)(n ^ UINT64_C(0x80000000)) - INT64_C(0x80000000);
	return n > INT64_MAX ? -(int64_t)(UINT64_MAX - n) - 1 : (int64_t)n;
}

/* The counts of a header, in the order of the file. */
struct header {
	size_t is_utc, is_standard, leaps, changes, types, letters;
};

static bool read_header(const char *bytes, size_t len, struct header *h)
{
	size_t *const counts[] = { &h->is_utc, &h->is_standard, &h->leaps, &h->changes, &h->types, &h->letters };
	enum { MOST = 100000 };
	if (len < HEADER || memcmp(bytes, "TZif", 4) != 0)
		return false;
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		int64_t n = big_endian(bytes + 20 + 4 * i, 4);
		if (n < 0 || n > MOST)
			return false;
		*counts[i] = (size_t)n;
	}
	return h->types > 0 && h->types <= 256;
}

static size_t body_size(const struct header *h, size_t time)
{
	return h->changes * (time + 1) + h->types * 6 + h->letters + h->leaps * (time + 4) + h->is_standard + h->is_utc;
}

static bool read_types(struct zone *z, const struct header *h, const char *p)
{
	const char *letters = p + h->types * 6;
	for (size_t i = 0; i < h->types; i++, p += 6) {
		size_t at = (unsigned char)p[5];
		if (at >= h->letters || !memchr(letters + at, '\0', h->letters - at))
			return false;
		z->types[i] = (struct type){ big_endian(p, 4), p[4] != 0, letters + at };
	}
	return true;
}

static bool read_changes(struct zone *z, const struct header *h, const char *p)
{
	for (size_t i = 0; i < h->changes; i++) {
		z->at[i] = big_endian(p + 8 * i, 8);
		z->to[i] = (unsigned char)p[8 * h->changes + i];
		if (z->to[i] >= h->types || (i && z->at[i] <= z->at[i - 1]))
			return false;
	}
	return true;
}

/* Behind the first part, which is for readers of 32 bits, stands the same in 64, and behind that the rule between two line ends. */
static enum mentor_status read_file(struct mentor *m, struct zone *z, size_t len, bool *ret_good)
{
	struct header h = { 0 };
	*ret_good = false;
	if (!read_header(z->bytes, len, &h) || z->bytes[4] < '2')
		return MENTOR_OK;
	size_t at = HEADER + body_size(&h, 4);
	if (at > len || !read_header(z->bytes + at, len - at, &h))
		return MENTOR_OK;
	at += HEADER;
	size_t size = body_size(&h, 8);
	if (size > len - at || len - at - size < 2 || z->bytes[at + size] != '\n')
		return MENTOR_OK;
	z->n = h.changes;
	z->n_types = h.types;
	z->at = calloc(h.changes + 1, sizeof(*z->at));
	z->to = calloc(h.changes + 1, sizeof(*z->to));
	z->types = calloc(h.types, sizeof(*z->types));
	if (!z->at || !z->to || !z->types)
		return fail_memory(m);
	*ret_good = read_changes(z, &h, z->bytes + at) && read_types(z, &h, z->bytes + at + 9 * h.changes);
	char *rule = z->bytes + at + size + 1, *end = memchr(rule, '\n', len - at - size - 1);
	if (!end)
		return MENTOR_OK;
	*end = '\0';
	read_rule(rule, &z->rule);
	return MENTOR_OK;
}

static enum mentor_status unknown(struct mentor *m, const char *name)
{
	return fail(m, MENTOR_INVALID, "zones go by their names in the tz database, such as Europe/London", "there is no time zone '%s'", name);
}

/* The caller's file: nothing in a name may lead out of the folder. */
static bool is_name(const char *name)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
	return *name && *name != '/' && name[strspn(name, letters)] == '\0';
}

enum mentor_status zone_load(struct mentor *m, const char *name, struct zone **ret)
{
	size_t len = 0;
	bool good = false;
	if (!is_name(name))
		return unknown(m, name);
	struct zone *z = calloc(1, sizeof(*z));
	if (!z)
		return fail_memory(m);
	enum mentor_status status = m->read_zone ? m->read_zone(m->read_zone_arg, name, &z->bytes, &len) : MENTOR_FAILED;
	if (status == MENTOR_NOT_FOUND)
		status = unknown(m, name);
	else if (status == MENTOR_NO_MEMORY)
		status = fail_memory(m);
	else if (status)
		status = fail(m, MENTOR_FAILED, "install the tz database: apt-get install tzdata", "the time zone '%s' cannot be read", name);
	else
		status = read_file(m, z, len, &good);
	if (!status && !good)
		status = fail(m, MENTOR_FAILED, "install the tz database anew: apt-get install --reinstall tzdata", "the file of the time zone '%s' is damaged", name);
	if (status)
		zone_free(z);
	else
		*ret = z;
	return status;
}

void zone_free(struct zone *z)
{
	if (!z)
		return;
	free(z->bytes);
	free(z->at);
	free(z->to);
	free(z->types);
	free(z);
}

/* ---- asking ---- */

static struct zone_span span_of(const struct zone *z, size_t change)
{
	const struct type *t = &z->types[z->to[change]];
	return (struct zone_span){ z->at[change], t->offset, t->summer, t->letters };
}

struct zone_span zone_at(const struct zone *z, int64_t instant)
{
	size_t low = 0, high = z->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (z->at[middle] <= instant)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == z->n && z->rule.known) {
		struct zone_span span = by_rule(&z->rule, instant, false);
		return z->n && span.from < z->at[z->n - 1] ? span_of(z, z->n - 1) : span;
	}
	if (low > 0)
		return span_of(z, low - 1);
	return (struct zone_span){ INT64_MIN, z->types[0].offset, z->types[0].summer, z->types[0].letters };
}

bool zone_next(const struct zone *z, int64_t after, struct zone_span *ret)
{
	for (size_t i = 0; i < z->n; i++) {
		if (z->at[i] > after) {
			*ret = span_of(z, i);
			return true;
		}
	}
	if (!z->rule.known || !z->rule.changes)
		return false;
	*ret = by_rule(&z->rule, after, true);
	return true;
}

bool zone_is_yearly(const struct zone *z, int64_t after, struct zone_yearly ret[2])
{
	const struct rule *r = &z->rule;
	bool same = r->known && r->changes;
	for (int i = 0; same && i < 2; i++) {
		same = r->to[i].second >= 0 && r->to[i].second < DAY;
		ret[i] = (struct zone_yearly){ r->to[i].month, r->to[i].week, r->to[i].weekday };
	}
	for (size_t i = 0; same && i < z->n; i++) {
		if (z->at[i] <= after)
			continue;
		struct zone_span span = by_rule(r, z->at[i], false), now = span_of(z, i);
		same = span.from == now.from && span.offset == now.offset;
	}
	return same;
}

/* Offsets lie within 26 hours: what clocks show is settled by the spans a day before and after. */
enum zone_shown zone_instant(const struct zone *z, int64_t day, int64_t minute, int64_t *ret_instant)
{
	int64_t local = day * DAY + minute * 60;
	int64_t before = zone_at(z, local - DAY).offset, after = zone_at(z, local + DAY).offset;
	int64_t first = local - before, second = local - after;
	bool first_holds = zone_at(z, first).offset == before, second_holds = zone_at(z, second).offset == after;
	*ret_instant = first_holds || !second_holds ? first : second;
	if (before == after || first_holds != second_holds)
		return ZONE_ONCE;
	return first_holds ? ZONE_TWICE : ZONE_NEVER;
}

void zone_write_instant(int64_t instant, char out[32])
{
	int64_t day = instant / DAY - (instant % DAY < 0), second = instant - day * DAY;
	char iso[11];
	mentor_day_format(day, iso);
	memcpy(out, iso, 10);
	const int64_t parts[] = { second / 3600, second / 60 % 60, second % 60 };
	for (size_t i = 0; i < 3; i++) {
		out[10 + 3 * i] = i ? ':' : 'T';
		out[11 + 3 * i] = (char)('0' + parts[i] / 10);
		out[12 + 3 * i] = (char)('0' + parts[i] % 10);
	}
	memcpy(out + 19, "Z", 2);
}
