/* attendance_import.c: who was there, as Teams, Zoom or a list of one's own says it.
 *
 * What such files have in common is a table with addresses in it. What stands above and below (the meeting, totals, other tables) is passed over;
 * line numbers in messages are those of the whole file. */
#include "attendance.h"

#include "csv.h"
#include "index.h"
#include "record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SECONDS_A_MINUTE = 60, MOST_MINUTES = 1440, MOST_PART = MOST_MINUTES * SECONDS_A_MINUTE, WHOLE = 100 };

static const char *const email_headings[] = { "Email", "Email Address", "User Email", "E-mail", "E-mail address", "Participant ID (UPN)", "UPN", NULL };
static const char *const name_headings[] = { "Name", "Full Name", "Name (Original Name)", "Participant", NULL };
static const char *const minute_headings[] = { "In-Meeting Duration", "Duration (Minutes)", "Total Duration (Minutes)", "Duration", "Minutes", "Total time", NULL };
static const char *const there_headings[] = { "Attended", NULL };

/* ---- text ---- */

static void put_character(struct mentor_buf *b, uint32_t c)
{
	char bytes[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	for (size_t i = n; i-- > 1; c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3F));
	bytes[0] = (char)(n == 1 ? c : lead[n] | c);
	mentor_buf_add(b, bytes, n);
}

/* Teams writes UTF-16 with a mark of the order of bytes in front; anything else is left to the reader of CSV. Surrogates without their other half
 * come out as U+FFFD. */
static void decode(const char *text, size_t len, struct mentor_buf *b)
{
	const unsigned char *p = (const unsigned char *)text;
	bool little = len >= 2 && p[0] == 0xFF && p[1] == 0xFE, big = len >= 2 && p[0] == 0xFE && p[1] == 0xFF;
	if (!little && !big) {
		mentor_buf_add(b, text, len);
		return;
	}
	uint32_t high = 0;
	for (size_t i = 2; i + 1 < len; i += 2) {
		uint32_t unit = little ? (uint32_t)(p[i + 1] << 8 | p[i]) : (uint32_t)(p[i] << 8 | p[i + 1]);
		bool is_high = unit >= 0xD800 && unit < 0xDC00, is_low = unit >= 0xDC00 && unit < 0xE000;
		if (high && !is_low)
			put_character(b, 0xFFFD);
		if (is_low)
			put_character(b, high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD);
		else if (!is_high)
			put_character(b, unit);
		high = is_high ? unit : 0;
	}
}

/* ---- the table ---- */

/* Whether a line, which is `len` long, has a cell of this heading. */
static bool has_cell(const char *line, size_t len, const char *heading)
{
	size_t n = strlen(heading);
	for (size_t i = 0; i + n <= len; i++) {
		bool begins = i == 0 || strchr("\t,;|\"", line[i - 1]), ends = i + n == len || strchr("\t,;|\"\r", line[i + n]);
		if (begins && ends && strncasecmp(line + i, heading, n) == 0)
			return true;
	}
	return false;
}

static bool has_any(const char *line, size_t len, const char *const *headings)
{
	for (; *headings; headings++)
		if (has_cell(line, len, *headings))
			return true;
	return false;
}

static bool is_blank(const char *line, size_t len)
{
	return strspn(line, " \t\r,;") >= len;
}

/* The first line that has an address and a name among its headings, else the first with an address: Zoom tells of the host above. */
static const char *find_heading(const char *text, const char *email)
{
	const char *const given[] = { email, NULL };
	const char *const *wanted = email ? given : email_headings;
	for (int pass = 0; pass < 2; pass++) {
		for (const char *p = text; *p;) {
			size_t len = strcspn(p, "\n");
			if (has_any(p, len, wanted) && (pass || has_any(p, len, name_headings)))
				return p;
			p += len + (p[len] == '\n');
		}
	}
	return NULL;
}

/* Line ends for what stands above, and nothing of what stands behind the first empty line below. */
static void cut_table(const char *text, const char *heading, struct mentor_buf *b)
{
	for (const char *p = text; p < heading; p++)
		if (*p == '\n')
			mentor_buf_char(b, '\n');
	for (const char *p = heading; *p;) {
		size_t len = strcspn(p, "\n");
		if (p != heading && is_blank(p, len))
			return;
		mentor_buf_add(b, p, len + (p[len] == '\n'));
		p += len + (p[len] == '\n');
	}
}

/* ---- rows ---- */

/* One person of the file, all rows together. */
struct guest {
	struct guest *next;
	int64_t person;
	const char *name;
	int64_t row, seconds;
	bool timed, away;
	const char *reason; /* why the row is left out */
};

struct import {
	struct mentor *m;
	const struct mentor_event *event;
	const struct mentor_event_file *file;
	struct csv csv;
	long emails[8], names, minutes, there; /* columns; -1: there is none. Of several addresses the first that is given counts */
	size_t n_emails;
	struct arena memory;
	struct guest *first, **end;
	struct index known; /* those who are in the store, by their number */
};

static long find_column(const struct import *i, const char *const *headings)
{
	for (; *headings; headings++)
		for (size_t c = 0; c < i->csv.n_headings; c++)
			if (strcasecmp(i->csv.headings[c], *headings) == 0)
				return (long)c;
	return -1;
}

static enum mentor_status find_columns(struct import *i)
{
	const char *const minutes[] = { i->file->minutes, NULL };
	const char *email[] = { NULL, NULL };
	for (size_t h = 0; i->file->email ? h == 0 : email_headings[h] != NULL; h++) {
		email[0] = i->file->email ? i->file->email : email_headings[h];
		long at = find_column(i, email);
		if (at >= 0)
			i->emails[i->n_emails++] = at;
	}
	i->names = find_column(i, name_headings);
	i->minutes = find_column(i, i->file->minutes ? minutes : minute_headings);
	i->there = find_column(i, there_headings);
	if (!i->file->minutes || i->minutes >= 0)
		return MENTOR_OK;
	const struct mentor_place place = { .file = i->file->name, .line = i->csv.heading_line, .field = i->file->minutes };
	return fail_at(i->m, MENTOR_INVALID, &place, "--minutes names the column word for word", "the heading is missing");
}

static char *trimmed(char *cell)
{
	char *end = cell + strlen(cell);
	cell += strspn(cell, " \t");
	while (end > cell && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
		*--end = '\0';
	return cell;
}

/* 62; 62.5; 1h 2m 3s; 1 hr 5 min; 1:02; 1:02:03. In seconds; false when it is none of these. */
static bool read_duration(const char *text, int64_t *ret_seconds)
{
	int64_t seconds = 0, part = 0, n_parts = 0, parts[3] = { 0 };
	const char *p = text;
	if (strchr(text, ':')) {
		for (; n_parts < 3 && *p >= '0' && *p <= '9' && part <= MOST_PART; n_parts++, p += *p == ':')
			part = parts[n_parts] = strtoll(p, (char **)(void *)&p, 10);
		*ret_seconds = part <= MOST_PART ? parts[0] * 3600 + parts[1] * 60 + parts[2] : 0;
		return !*p && n_parts >= 2 && part <= MOST_PART;
	}
	while (*p) {
		if (*p < '0' || *p > '9')
			return false;
		part = strtoll(p, (char **)(void *)&p, 10);
		if (*p == '.' || *p == ',') {
			p++;
			p += strspn(p, "0123456789");
		}
		p += strspn(p, " ");
		size_t unit = strspn(p, "abcdefghijklmnopqrstuvwxyzHMS");
		int64_t factor = !unit || *p == 'm' || *p == 'M' ? SECONDS_A_MINUTE : *p == 'h' || *p == 'H' ? 3600 : *p == 's' || *p == 'S' ? 1 : 0;
		if (!factor || part > MOST_PART)
			return false;
		seconds += part * factor;
		p += unit;
		p += strspn(p, " ,");
	}
	*ret_seconds = seconds;
	return p != text;
}

static struct mentor_place place_in(const struct import *i, long column)
{
	return (struct mentor_place){ .file = i->file->name, .line = i->csv.line, .row = i->csv.row, .field = column >= 0 ? i->csv.headings[column] : NULL };
}

static const char *address_in(const struct import *i)
{
	for (size_t e = 0; e < i->n_emails; e++) {
		const char *cell = trimmed(i->csv.cells[i->emails[e]]);
		if (strchr(cell, '@'))
			return cell;
	}
	return NULL;
}

static struct guest *add_guest(struct import *i, int64_t person)
{
	struct guest *g = arena_alloc(&i->memory, sizeof(*g));
	if (!g)
		return NULL;
	*g = (struct guest){ .person = person, .row = i->csv.row, .name = arena_strdup(&i->memory, i->names >= 0 ? trimmed(i->csv.cells[i->names]) : NULL) };
	*i->end = g;
	i->end = &g->next;
	(void)index_add(&i->known, &i->memory, g);
	return i->memory.failed ? NULL : g;
}

/* A problem of the file, or a row that is left out. */
static enum mentor_status leave_out(struct import *i, struct guest *g, long column, const char *reason)
{
	const struct mentor_place place = place_in(i, column);
	if (i->file->keep_going)
		g->reason = reason;
	else
		problem_add(i->m, &place, "add the person, or leave such rows out with --keep-going", "%s", reason);
	return MENTOR_OK;
}

static enum mentor_status read_time(struct import *i, struct guest *g)
{
	int64_t seconds = 0;
	const char *cell = i->minutes >= 0 ? trimmed(i->csv.cells[i->minutes]) : "", *there = i->there >= 0 ? trimmed(i->csv.cells[i->there]) : "";
	const struct mentor_place place = place_in(i, i->minutes);
	g->away = g->away || strcasecmp(there, "no") == 0;
	if (!*cell)
		return MENTOR_OK;
	if (!read_duration(cell, &seconds))
		problem_add(i->m, &place, "write minutes, such as 55, or a duration such as 1h 5m 10s", "'%s' is no length of time", cell);
	g->timed = true;
	g->seconds += seconds;
	return MENTOR_OK;
}

static enum mentor_status read_row(struct import *i)
{
	const char *address = address_in(i);
	int64_t person = 0;
	bool concerns = false;
	enum mentor_status status = address ? record_lookup(i->m, &mentor_entity_person, address, &person) : MENTOR_OK;
	struct guest *g = index_find(&i->known, NULL, person);
	bool new = !g;
	if (!status && new)
		g = add_guest(i, person);
	if (!status && !g)
		return fail_memory(i->m);
	if (!status && new && person)
		status = attendance_concerns(i->m, i->event->id, person, &concerns);
	if (status)
		return status;
	if (!person)
		return leave_out(i, g, i->emails[0], address ? "nobody in the store has this address" : "the row has no address");
	if (new && !concerns)
		status = leave_out(i, g, i->emails[0], "the event is not for this person");
	return status ? status : read_time(i, g);
}

static enum mentor_status read_rows(struct import *i)
{
	bool more = true;
	enum mentor_status status = MENTOR_OK;
	while (!status && !(status = csv_next(&i->csv, &more)) && more)
		if (!csv_is_blank(&i->csv))
			status = read_row(i);
	if (!status && i->m->starved)
		return fail_memory(i->m);
	return status ? status : problems_result(i->m, i->file->name);
}

/* ---- what it comes to ---- */

static bool was_there(const struct import *i, const struct guest *g)
{
	const struct mentor_event *e = i->event;
	if (g->away || !g->timed || !e->until)
		return !g->away;
	int64_t length = (event_minute(e->until) - event_minute(e->start)) * SECONDS_A_MINUTE;
	return g->seconds * WHOLE >= length * i->file->share;
}

/* What was recorded by hand and says more stays. */
static enum mentor_status says_more(const struct import *i, const struct guest *g, bool there, int64_t *ret_more)
{
	return db_value(i->m,
	    there ? "SELECT count(*) FROM attendance WHERE event_id = $1 AND person_id = $2 AND state = 'caught-up'" :
		    "SELECT count(*) FROM attendance WHERE event_id = $1 AND person_id = $2 AND state IN ('attended', 'caught-up', 'excused')",
	    DB_ARGS(DB_NUMBER(i->event->id), DB_NUMBER(g->person)), 0, ret_more);
}

static enum mentor_status store_guest(struct import *i, const struct guest *g, mentor_record_fn *each, void *arg)
{
	int64_t minutes = g->seconds / SECONDS_A_MINUTE, more = 0;
	struct mentor_event_noted row = { .change = "unchanged", .person = g->person, .name = g->name, .row = g->row, .reason = g->reason };
	row.minutes = !g->timed ? MENTOR_NONE : minutes < MOST_MINUTES ? minutes : MOST_MINUTES;
	bool there = was_there(i, g);
	void *record = NULL;
	if (g->reason) {
		row.change = "rejected";
		row.person = 0;
		return each(arg, &row);
	}
	enum mentor_status status = mentor_record_get(i->m, &mentor_entity_person, g->person, &record);
	if (!status)
		status = says_more(i, g, there, &more);
	if (!status && !more)
		status = attendance_record(i->m, i->event->id, g->person, there ? MENTOR_STANDING_ATTENDED : MENTOR_STANDING_ABSENT, row.minutes, &row.change);
	if (!status) {
		row.name = ((const struct mentor_person *)record)->name;
		status = each(arg, &row);
	}
	mentor_record_free(record);
	return status;
}

static enum mentor_status open_table(struct import *i, const struct mentor_buf *text)
{
	const char *heading = text->len == strlen(mentor_buf_text(text)) ? find_heading(mentor_buf_text(text), i->file->email) : NULL;
	const struct mentor_place place = { .file = i->file->name };
	struct mentor_buf table = MENTOR_BUF_INIT;
	if (!heading)
		return fail_at(i->m, MENTOR_INVALID, &place, "a column called Email is looked for; --email names another heading", "no line of the file has a heading of addresses");
	cut_table(mentor_buf_text(text), heading, &table);
	enum mentor_status status =
	    table.failed ? fail_memory(i->m) : csv_open(&i->csv, i->m, i->file->name, mentor_buf_text(&table), table.len, i->file->delimiter);
	mentor_buf_free(&table);
	return status ? status : find_columns(i);
}

static enum mentor_status import(struct import *i, mentor_record_fn *each, void *arg)
{
	struct mentor_buf text = MENTOR_BUF_INIT;
	decode(i->file->text, i->file->len, &text);
	enum mentor_status status = text.failed ? fail_memory(i->m) : open_table(i, &text);
	if (!status)
		status = read_rows(i);
	for (const struct guest *g = i->first; !status && g; g = g->next)
		status = store_guest(i, g, each, arg);
	mentor_buf_free(&text);
	csv_close(&i->csv);
	arena_free(&i->memory);
	return status;
}

enum mentor_status mentor_event_import(struct mentor *m, int64_t event, const struct mentor_event_file *file, mentor_record_fn *each, void *arg)
{
	struct event_clock clock = { 0 };
	void *record = NULL;
	problems_clear(m);
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = mentor_record_get(m, &mentor_entity_event, event, &record);
	struct mentor_event e = status ? (struct mentor_event){ 0 } : *(const struct mentor_event *)record;
	struct import i = { .m = m, .event = &e, .file = file, .memory = ARENA_INIT, .known = { .key = offsetof(struct guest, person), .number = true } };
	i.end = &i.first;
	if (!status)
		status = event_complete(m, &clock, &e);
	if (!status)
		status = attendance_check(m, &e);
	if (!status)
		status = import(&i, each, arg);
	if (status == MENTOR_INVALID)
		fail_state(m, status, "nothing recorded");
	event_clock_free(&clock);
	mentor_record_free(record);
	enum mentor_status ended = mentor_commit(m);
	return status ? status : ended;
}
