/* session_import.c: many sessions at once, from a table: read and checked row by row, held against what is there, stored in bulk.
 *
 * A row of a day for which the file and the store together know one session is dealt with here; where there is more to think about it goes
 * the way of a session that is added by hand. */
#include "bulk.h"
#include "csv.h"
#include "date.h"
#include "record.h"
#include "session.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define NUMBER(member) MENTOR_AT_NUMBER(mentor_session_imported, member)
#define TEXT(member) MENTOR_AT_TEXT(mentor_session_imported, member)
const struct mentor_field mentor_session_imported_fields[] = {
	{ "change", MENTOR_TYPE_TEXT, 0, TEXT(change), .help = "what became of the row: added, planned, held (what was planned has taken place) or unchanged" },
	{ "pair", MENTOR_TYPE_REF, 0, NUMBER(pair), .entity = "pair", .help = "who met" },
	{ "date", MENTOR_TYPE_DAY, MENTOR_LABEL, TEXT(date), .help = "day of the session" },
	{ "time", MENTOR_TYPE_CLOCK, 0, TEXT(time), .help = "when it began" },
	{ "row", MENTOR_TYPE_INT, MENTOR_WIDE, NUMBER(row), .help = "row of the file, the heading not counted" },
	{ 0 },
};
#undef NUMBER
#undef TEXT
/* clang-format on */

/* A pair of the cohort, in few bytes: every row looks one up. */
struct known {
	int64_t id;
	int32_t published, ended; /* days: it was at work from the first to the second */
	int8_t state;		  /* enum mentor_pair_state */
	bool can_meet, refused;	  /* known to be published, and signed where that is wanted; known not to be */
};
enum { NEVER = INT32_MIN, FOR_EVER = INT32_MAX };

/* One address of one side of a pair; it leads to the last pair with it, and from there to the one before. */
struct address {
	const char *text; /* NULL: a free place */
	uint32_t known;
	int32_t before; /* of the same address, -1: none */
};

enum what { NEW, SAME, BY_HAND };
static const char *const no_change = "unchanged";

/* What is kept of a row, with its texts: there may be a million, and they are not stored in the order of the file. */
struct row {
	char date[11], time[6]; /* time: "" when not said */
	int8_t mode;		/* -1: not said */
	uint8_t what;
	bool doubtful; /* not plainly a session that the pair can have held */
	int16_t minutes; /* 0: planned */
	int32_t when;	 /* minutes on the calendar: days and times compare as numbers */
	uint32_t known, number;
	const char *place;
	const struct mentor_session *more; /* all of it, where it says more than these */
	const char *change;
};
enum { DAY = 24 * 60 + 1 }; /* no time comes before all times */

struct import {
	struct mentor *m;
	int64_t cohort;
	struct definition *d;
	struct csv csv;
	struct arena memory;
	const struct mentor_field **columns; /* what a column of the file fills; NULL: passed over */
	long pair, side[2];		     /* columns that say who met; -1: none */
	struct known *known;
	size_t n_known;
	struct address *addresses[2]; /* tables of a size that is a power of two */
	size_t n_places;
	struct row *rows;
	size_t n_rows, cap_rows;
	struct row **picked; /* those that want a look, in the order of the file */
	size_t n_picked;
	int64_t today;
};

/* ---- who is there ---- */

static size_t place_of_address(const struct import *i, const char *text)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
	for (const char *p = text; *p; p++)
		h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32) & (i->n_places - 1);
}

/* The entry of an address, or the free place for it. */
static struct address *find_address(const struct import *i, int side, const char *text)
{
	size_t at = place_of_address(i, text);
	while (i->addresses[side][at].text && strcmp(i->addresses[side][at].text, text) != 0)
		at = (at + 1) & (i->n_places - 1);
	return &i->addresses[side][at];
}

/* Several pairs of one person hang on one entry, the newest in it. */
static void add_address(struct import *i, int side, const char *text, size_t known)
{
	struct address *a = find_address(i, side, text);
	if (!a->text) {
		*a = (struct address){ arena_strdup(&i->memory, text), (uint32_t)known, -1 };
		return;
	}
	size_t at = (size_t)(a - i->addresses[side]);
	while (i->addresses[side][at].text)
		at = (at + 1) & (i->n_places - 1);
	i->addresses[side][at] = *a;
	*a = (struct address){ a->text, (uint32_t)known, (int32_t)at };
}

static struct known *find_known(const struct import *i, int64_t pair)
{
	size_t from = 0, to = i->n_known;
	while (from < to) {
		size_t middle = (from + to) / 2;
		if (i->known[middle].id < pair)
			from = middle + 1;
		else
			to = middle;
	}
	return from < i->n_known && i->known[from].id == pair ? &i->known[from] : NULL;
}

#define BOTH_SIGNED "EXISTS (SELECT 1 FROM contract_in_force k WHERE k.pair_id = p.id AND k.mentor_signed_on IS NOT NULL AND k.mentee_signed_on IS NOT NULL)"

static int32_t day_or(const char *text, int32_t otherwise)
{
	int64_t day = 0;
	return text && mentor_day_parse(text, &day) ? (int32_t)day : otherwise;
}

static enum mentor_status take_pair(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	static const char *const states[] = { "proposed", "active", "completed", "ended", NULL };
	struct known *k = &i->known[i->n_known];
	*k = (struct known){ .id = db_number(rows, 0), .state = (int8_t)field_choice(states, db_text(rows, 1)),
		.published = day_or(db_text(rows, 2), NEVER), .ended = day_or(db_text(rows, 3), FOR_EVER) };
	k->can_meet = k->state != MENTOR_PAIR_PROPOSED && db_number(rows, 4) == 1;
	add_address(i, 0, db_text(rows, 5), i->n_known);
	add_address(i, 1, db_text(rows, 6), i->n_known);
	i->n_known++;
	return i->memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

static enum mentor_status take_address(void *arg, const struct db_rows *rows)
{
	struct import *i = arg;
	const struct known *k = find_known(i, db_number(rows, 0));
	if (k)
		add_address(i, db_number(rows, 1) == 1, db_text(rows, 2), (size_t)(k - i->known));
	return i->memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

/* Every pair has one address a side, and people may have others. */
static enum mentor_status make_room(struct import *i)
{
	int64_t n = 0, more = 0;
	enum mentor_status status = db_value(i->m, "SELECT count(*) FROM pair WHERE cohort_id = $1", DB_ARGS(DB_NUMBER(i->cohort)), 0, &n);
	if (!status)
		status = db_value(i->m,
		    "SELECT count(*) FROM address x JOIN enrolment e ON e.person_id = x.person_id JOIN pair p ON e.id IN (p.mentor_id, p.mentee_id) WHERE p.cohort_id = $1",
		    DB_ARGS(DB_NUMBER(i->cohort)), 0, &more);
	if (status)
		return status;
	for (i->n_places = 16; i->n_places < 2 * (size_t)(n + more); i->n_places *= 2)
		;
	i->known = arena_alloc(&i->memory, ((size_t)n + 1) * sizeof(*i->known));
	for (int side = 0; side < 2; side++)
		i->addresses[side] = arena_alloc(&i->memory, i->n_places * sizeof(*i->addresses[side]));
	return i->memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

static enum mentor_status load_pairs(struct import *i)
{
	const struct db_value cohort = DB_NUMBER(i->cohort);
	enum mentor_status status = make_room(i);
	if (!status)
		status = bulk_query(i->m,
		    "SELECT p.id, p.state, p.published_on, p.ended_on, " BOTH_SIGNED ", ap.email, bp.email FROM pair p "
		    "JOIN enrolment a ON a.id = p.mentor_id JOIN person ap ON ap.id = a.person_id "
		    "JOIN enrolment b ON b.id = p.mentee_id JOIN person bp ON bp.id = b.person_id WHERE p.cohort_id = $1 ORDER BY p.id",
		    &cohort, 1, take_pair, i);
	return status ? status :
			bulk_query(i->m,
			    "SELECT p.id, CASE WHEN e.id = p.mentee_id THEN 1 ELSE 0 END, x.email FROM address x JOIN enrolment e ON e.person_id = x.person_id "
			    "JOIN pair p ON e.id IN (p.mentor_id, p.mentee_id) WHERE p.cohort_id = $1 ORDER BY p.id, x.email",
			    &cohort, 1, take_address, i);
}

/* ---- the heading ---- */

static struct mentor_place place_of(const struct import *i, long column)
{
	return (struct mentor_place){ .file = i->csv.file, .line = i->csv.line, .row = i->csv.row,
		.field = column < 0 ? NULL : i->csv.headings[column] };
}

/* "Next date" is next_date. */
static void heading_name(const char *heading, char *name, size_t size)
{
	size_t n = 0;
	for (; heading[n] && n + 1 < size; n++) {
		name[n] = heading[n];
		if (name[n] == ' ' || name[n] == '-')
			name[n] = '_';
		else if (name[n] >= 'A' && name[n] <= 'Z')
			name[n] = (char)(name[n] - 'A' + 'a');
	}
	name[n] = '\0';
}

static void refuse_heading(struct import *i, long column, const char *name)
{
	const char *words[64] = { "mentor", "mentee", "pair" };
	struct mentor_place place = { .file = i->csv.file, .line = i->csv.heading_line, .field = i->csv.headings[column] };
	struct mentor_buf hint = MENTOR_BUF_INIT;
	size_t n = 3;
	for (const struct mentor_field *f = mentor_session_fields; f->name; f++)
		if (!(f->flags & MENTOR_DERIVED))
			words[n++] = f->name;
	const char *near = mentor_nearest(name, words);
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	else
		mentor_buf_str(&hint, "remove the column: the log has no place for it");
	problem_add(i->m, &place, mentor_buf_text(&hint), "a session has no such column");
	mentor_buf_free(&hint);
}

static void take_heading(struct import *i, long column)
{
	static const char *const who[] = { "pair", "mentor", "mentee" };
	long *const at[] = { &i->pair, &i->side[0], &i->side[1] };
	char name[32];
	heading_name(i->csv.headings[column], name, sizeof(name));
	for (size_t w = 0; w < 3; w++)
		if (strcmp(name, who[w]) == 0) {
			*at[w] = column;
			return;
		}
	const struct mentor_field *f = mentor_field_find(mentor_session_fields, name);
	if (!f)
		refuse_heading(i, column, name);
	else if (!(f->flags & MENTOR_DERIVED)) /* what a list prints besides is passed over */
		i->columns[column] = f;
}

static bool has_column(const struct import *i, const char *name)
{
	for (size_t c = 0; c < i->csv.n_headings; c++)
		if (i->columns[c] && strcmp(i->columns[c]->name, name) == 0)
			return true;
	return false;
}

static enum mentor_status take_headings(struct import *i)
{
	struct mentor_place place = { .file = i->csv.file, .line = i->csv.heading_line };
	i->pair = i->side[0] = i->side[1] = -1;
	i->columns = arena_alloc(&i->memory, (i->csv.n_headings + 1) * sizeof(const struct mentor_field *));
	if (!i->columns)
		return fail_memory(i->m);
	for (size_t c = 0; c < i->csv.n_headings; c++)
		take_heading(i, (long)c);
	if (i->pair < 0 && i->side[0] < 0 && i->side[1] < 0)
		problem_add(i->m, &place, "add a column mentor, mentee or both with addresses, or one called pair with references (m7)", "no column says who met");
	if (!has_column(i, "date"))
		problem_add(i->m, &place, "add it: days as 2026-09-30", "there is no column called date");
	return MENTOR_OK;
}

/* ---- rows ---- */

/* A cell without the blanks around it; NULL when it is empty. The text stays until the file is closed. */
static char *cell(const struct import *i, long column)
{
	static const char blanks[] = " \t\n";
	if (column < 0)
		return NULL;
	char *text = i->csv.cells[column];
	text += strspn(text, blanks);
	size_t len = strlen(text);
	while (len && strchr(blanks, text[len - 1]))
		text[--len] = '\0';
	return len ? text : NULL;
}

static bool is_plain_text(const char *text)
{
	size_t n = 0;
	while (text[n] >= ' ' && text[n] < 127)
		n++;
	return !text[n] && n <= 200;
}

static bool quick_number(const struct mentor_field *f, const char *text, int64_t *ret)
{
	int64_t n = 0;
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > 6 || text[digits])
		return false;
	for (size_t d = 0; d < digits; d++)
		n = 10 * n + (text[d] - '0');
	*ret = n;
	return n >= f->minimum && n <= f->maximum;
}

/* Values as they mostly are, without a copy; what is anything else is read like an option, which has the messages. */
static bool read_quickly(const struct mentor_field *f, const char *text, struct mentor_session *s)
{
	int64_t number = MENTOR_NONE;
	char clock[6];
	if (f->type == MENTOR_TYPE_INT || f->type == MENTOR_TYPE_CHOICE) {
		bool good = f->type == MENTOR_TYPE_INT ? quick_number(f, text, &number) : (number = field_choice(f->choices, text)) != MENTOR_NONE;
		if (good)
			memcpy((char *)s + f->offset, &number, sizeof(number));
		return good;
	}
	bool good = (f->type == MENTOR_TYPE_DAY && mentor_day_parse(text, &number)) || (f->type == MENTOR_TYPE_CLOCK && date_parse_clock(text, clock)) ||
		    (f->type == MENTOR_TYPE_TEXT && is_plain_text(text));
	if (good)
		memcpy((char *)s + f->offset, &text, sizeof(text));
	return good;
}

/* Spreadsheets write days their own way: 20/04/2026 can only be one day, 05/04/2026 could be two. */
static bool read_cell(struct import *i, long column, const char *text, struct mentor_session *s)
{
	const struct mentor_field *f = i->columns[column];
	const struct mentor_place place = place_of(i, column);
	char day[11];
	bool ambiguous = false;
	if (read_quickly(f, text, s))
		return true;
	if (f->type == MENTOR_TYPE_DAY && date_parse_form(text, NULL, day, &ambiguous))
		text = day;
	if (ambiguous)
		problem_add(i->m, &place, "write days as 2026-09-30", "'%s' could be two days", text);
	return !ambiguous && field_try(i->m, f, text, s, &place);
}

static bool read_cells(struct import *i, struct mentor_session *s)
{
	bool good = true;
	for (size_t c = 0; c < i->csv.n_headings; c++) {
		const char *text = i->columns[c] ? cell(i, (long)c) : NULL;
		if (text && !read_cell(i, (long)c, text, s))
			good = false;
	}
	if (good && !s->date) {
		const struct mentor_place place = place_of(i, -1);
		problem_add(i->m, &place, NULL, "the row has no date");
	}
	return good && s->date;
}

/* ---- who met ---- */

static void fold_address(struct import *i, char *text, const char **ret)
{
	*ret = text;
	for (char *p = text; *p; p++) {
		if (*p & ~0x7f) {
			char *folded = mentor_utf8_fold(text);
			*ret = folded ? arena_strdup(&i->memory, folded) : NULL;
			i->memory.failed = i->memory.failed || !folded;
			free(folded);
			return;
		}
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	}
}

static bool was_together(const struct known *k, int64_t day)
{
	return k->state != MENTOR_PAIR_PROPOSED && day >= k->published && day <= k->ended;
}

static bool has_address(const struct import *i, int side, const char *text, uint32_t known)
{
	for (const struct address *a = find_address(i, side, text); a->text; a = &i->addresses[side][a->before]) {
		if (a->known == known)
			return true;
		if (a->before < 0)
			return false;
	}
	return false;
}

/* The pairs that the addresses of a row fit: how many there are, how many were together on that day, and the last of these. */
struct fit {
	size_t all, then;
	struct known *one, *any;
};

static struct fit find_fit(struct import *i, const char *const who[2], int64_t day)
{
	struct fit fit = { 0 };
	int side = who[0] ? 0 : 1;
	const struct address *a = find_address(i, side, who[side]);
	while (a->text) {
		struct known *k = &i->known[a->known];
		if (!who[1 - side] || has_address(i, 1 - side, who[1 - side], a->known)) {
			fit.all++;
			fit.any = k;
			if (was_together(k, day)) {
				fit.then++;
				fit.one = k;
			}
		}
		if (a->before < 0)
			break;
		a = &i->addresses[side][a->before];
	}
	return fit;
}

static struct known *known_by_address(struct import *i, const char *date, int64_t day)
{
	const char *who[2] = { NULL, NULL };
	const struct mentor_place place = place_of(i, i->side[0] >= 0 ? i->side[0] : i->side[1]);
	for (int side = 0; side < 2; side++) {
		char *text = cell(i, i->side[side]);
		if (text)
			fold_address(i, text, &who[side]);
	}
	if (i->memory.failed)
		return NULL;
	if (!who[0] && !who[1]) {
		problem_add(i->m, &place, NULL, "the row does not say who met");
		return NULL;
	}
	struct fit fit = find_fit(i, who, day);
	if (fit.then == 1)
		return fit.one;
	if (fit.then > 1)
		problem_add(i->m, &place, "say which: give the addresses of both, or the pair", "'%s' was in %zu pairs on %s", who[0] ? who[0] : who[1], fit.then, date);
	else if (fit.all == 1)
		return fit.any; /* whose own rules say what is wrong with the day */
	else
		problem_add(i->m, &place, "see: mentor match list", fit.all ? "'%s' was in no pair on %s" : "'%s' is in no such pair of this cohort",
		    who[0] ? who[0] : who[1], date);
	return NULL;
}

static struct known *known_by_reference(struct import *i, const char *text)
{
	const struct mentor_place place = place_of(i, i->pair);
	size_t digits = text[0] == mentor_entity_pair.letter ? strspn(text + 1, "0123456789") : 0;
	struct known *k = digits && digits <= 15 && !text[1 + digits] ? find_known(i, strtoll(text + 1, NULL, 10)) : NULL;
	if (!k)
		problem_add(i->m, &place, "see: mentor match list", "'%s' is no pair of this cohort", text);
	return k;
}

static struct known *find_pair(struct import *i, const char *date, int64_t day)
{
	const char *reference = cell(i, i->pair);
	return reference ? known_by_reference(i, reference) : known_by_address(i, date, day);
}

/* ---- reading it all ---- */

static bool says_more(const struct mentor_session *s)
{
	return s->activity || s->topics || s->next_date || s->next_time || s->next_place || s->mentor_signed_on || s->mentee_signed_on || s->notes;
}

static int32_t minutes_of_day(const char *time)
{
	return time ? 1 + ((time[0] - '0') * 10 + time[1] - '0') * 60 + (time[3] - '0') * 10 + time[4] - '0' : 0;
}

static void keep_row(struct import *i, const struct known *k, const struct mentor_session *s, int64_t day)
{
	struct mentor_session *more = NULL;
	if (says_more(s) && (more = arena_alloc(&i->memory, sizeof(*more))))
		*more = *s;
	struct row *row = &i->rows[i->n_rows++];
	*row = (struct row){ .place = s->place, .more = more, .change = no_change, .when = (int32_t)day * DAY + minutes_of_day(s->time),
		.known = (uint32_t)(k - i->known), .number = (uint32_t)i->csv.row, .mode = -1 };
	if (s->minutes != MENTOR_NONE)
		row->minutes = (int16_t)s->minutes;
	if (s->mode != MENTOR_NONE)
		row->mode = (int8_t)s->mode;
	row->doubtful = more || !row->minutes || day > i->today || !was_together(k, day);
	memcpy(row->date, s->date, sizeof(row->date));
	if (s->time)
		memcpy(row->time, s->time, sizeof(row->time));
}

static bool grow(struct import *i)
{
	size_t cap = i->cap_rows ? 2 * i->cap_rows : 1024;
	if (i->n_rows < i->cap_rows)
		return true;
	struct row *grown = cap <= UINT32_MAX ? realloc(i->rows, cap * sizeof(*grown)) : NULL;
	if (!grown)
		return false;
	i->rows = grown;
	i->cap_rows = cap;
	return true;
}

static void clear(struct mentor_session *s)
{
	*s = (struct mentor_session){ .minutes = MENTOR_NONE, .mode = MENTOR_NONE };
}

static enum mentor_status read_row(struct import *i)
{
	struct mentor_session s;
	clear(&s);
	int64_t day = 0;
	struct known *k = read_cells(i, &s) && mentor_day_parse(s.date, &day) ? find_pair(i, s.date, day) : NULL;
	if (!grow(i) || i->memory.failed || i->m->starved)
		return fail_memory(i->m);
	if (k)
		keep_row(i, k, &s, day);
	return i->memory.failed ? fail_memory(i->m) : MENTOR_OK;
}

static enum mentor_status read_rows(struct import *i)
{
	bool more = true;
	enum mentor_status status = take_headings(i);
	if (!status)
		status = problems_result(i->m, i->csv.file);
	while (!status && !(status = csv_next(&i->csv, &more)) && more)
		if (!csv_is_blank(&i->csv))
			status = read_row(i);
	return status ? status : problems_result(i->m, i->csv.file);
}

/* ---- against what is there ---- */

/* By pair, then day and time, then as in the file: counted into place by pair, of which each has few. */
static enum mentor_status sort_rows(struct import *i)
{
	size_t *at = arena_alloc(&i->memory, (i->n_known + 2) * sizeof(*at));
	struct row *sorted = malloc((i->n_rows + 1) * sizeof(*sorted));
	if (!at || !sorted) {
		free(sorted);
		return fail_memory(i->m);
	}
	for (size_t r = 0; r < i->n_rows; r++)
		at[i->rows[r].known + 2]++;
	for (size_t k = 2; k < i->n_known + 2; k++)
		at[k] += at[k - 1];
	for (size_t r = 0; r < i->n_rows; r++)
		sorted[at[i->rows[r].known + 1]++] = i->rows[r];
	for (size_t r = 1; r < i->n_rows; r++) {
		const struct row row = sorted[r];
		size_t to = r;
		/* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): counting has filled every place */
		for (; to > 0 && sorted[to - 1].known == row.known && sorted[to - 1].when > row.when; to--)
			sorted[to] = sorted[to - 1];
		if (to != r)
			sorted[to] = row;
	}
	free(i->rows);
	i->rows = sorted;
	return MENTOR_OK;
}

static struct mentor_session whole(const struct row *row)
{
	struct mentor_session s;
	if (row->more)
		return *row->more;
	clear(&s);
	s.date = row->date;
	s.time = row->time[0] ? row->time : NULL;
	s.place = row->place;
	s.minutes = row->minutes ? row->minutes : MENTOR_NONE;
	s.mode = row->mode < 0 ? MENTOR_NONE : row->mode;
	return s;
}

/* A walk over what is there and what comes in, both by pair and day. */
struct merge {
	struct import *i;
	size_t at;
};

static struct row *row_at(const struct merge *g, size_t at)
{
	return at < g->i->n_rows ? &g->i->rows[at] : NULL;
}

/* Whether a row comes before the pair and day, at it (0), or after. */
static int row_before(const struct merge *g, const struct row *row, int64_t pair, const char *date)
{
	int64_t id = g->i->known[row->known].id;
	return id != pair ? (id < pair ? -1 : 1) : strcmp(row->date, date);
}

/* The fields of a session that is there begin behind its pair. */
static enum mentor_status meet_there(void *arg, const struct db_rows *rows)
{
	struct merge *g = arg;
	struct mentor_session there;
	int64_t pair = db_number(rows, 0);
	const char *date = db_text(rows, 1), *time = db_text(rows, 2);
	struct row *first = NULL, *second = NULL;
	while ((first = row_at(g, g->at)) && row_before(g, first, pair, date) < 0)
		g->at++;
	if (!first || row_before(g, first, pair, date) != 0)
		return MENTOR_OK;
	second = row_at(g, g->at + 1);
	bool alone = first->what == NEW && !(second && row_before(g, second, pair, date) == 0);
	const struct mentor_session s = whole(first);
	session_load(rows, 1, &there);
	bool same = alone && (time && s.time ? strcmp(time, s.time) == 0 : !time && !s.time) && session_says_the_same(&there, &s);
	first->what = same ? SAME : BY_HAND;
	for (size_t at = g->at + 1; (second = row_at(g, at)) && row_before(g, second, pair, date) == 0; at++)
		second->what = BY_HAND;
	return MENTOR_OK;
}

/* Several rows of a pair for one day are looked at one by one. */
static void mark_crowded_days(struct import *i)
{
	for (size_t r = 1; r < i->n_rows; r++) {
		struct row *a = &i->rows[r - 1], *b = &i->rows[r];
		if (a->known == b->known && a->when / DAY == b->when / DAY)
			a->what = b->what = BY_HAND;
	}
}

static enum mentor_status compare_rows(struct import *i)
{
	struct merge merge = { i, 0 };
	const struct db_value cohort = DB_NUMBER(i->cohort);
	enum mentor_status status = sort_rows(i);
	if (status)
		return status;
	mark_crowded_days(i);
	return bulk_query(i->m,
	    "SELECT t.pair_id, " SESSION_LOADED " FROM pair p JOIN session t ON t.pair_id = p.id WHERE p.cohort_id = $1 AND t.cancelled_by IS NULL "
	    "ORDER BY t.pair_id, t.date, coalesce(t.time, '')",
	    &cohort, 1, meet_there, &merge);
}

/* ---- checking what is new ---- */

/* What a failed check says is a problem of its row; the others are looked at as well. */
static bool passes(struct import *i, const struct row *row, enum mentor_status status, bool was_broken)
{
	const struct mentor_place place = { .file = i->csv.file, .row = row->number };
	if (status)
		problem_from_error(i->m, was_broken, &place);
	return !status;
}

/* The pair of a row, as far as checks read it. */
struct pair_days {
	char published[11], ended[11];
};

static struct mentor_pair pair_of(const struct import *i, const struct row *row, struct pair_days *days)
{
	const struct known *k = &i->known[row->known];
	struct mentor_pair pair = { .id = k->id, .cohort_id = i->cohort, .state = k->state };
	if (k->published != NEVER) {
		mentor_day_format(k->published, days->published);
		pair.published_on = days->published;
	}
	if (k->ended != FOR_EVER) {
		mentor_day_format(k->ended, days->ended);
		pair.ended_on = days->ended;
	}
	return pair;
}

/* Whether its pair can have sessions is asked once of each pair, not for each of its rows. */
static void check_row(struct import *i, const struct row *row)
{
	struct known *k = &i->known[row->known];
	struct pair_days days;
	bool was_broken = i->m->broken;
	const struct mentor_pair pair = pair_of(i, row, &days);
	const struct mentor_session s = whole(row);
	if (!passes(i, row, session_check(i->m, i->d, &pair, &s), was_broken) || k->can_meet || k->refused)
		return;
	was_broken = i->m->broken;
	k->can_meet = passes(i, row, session_check_pair(i->m, i->d, &pair), was_broken);
	k->refused = !k->can_meet;
}

static int by_number(const void *a, const void *b)
{
	uint32_t left = (*(struct row *const *)a)->number, right = (*(struct row *const *)b)->number;
	return left < right ? -1 : left > right;
}

static bool wants_a_look(const struct import *i, const struct row *row)
{
	return row->what == BY_HAND || (row->what == NEW && (row->doubtful || !i->known[row->known].can_meet));
}

/* The rows that want a look, in the order of the file. */
static enum mentor_status pick_rows(struct import *i)
{
	size_t n = 0;
	for (size_t r = 0; r < i->n_rows; r++)
		n += wants_a_look(i, &i->rows[r]);
	i->picked = arena_alloc(&i->memory, (n + 1) * sizeof(struct row *));
	if (!i->picked)
		return fail_memory(i->m);
	for (size_t r = 0; r < i->n_rows; r++)
		if (wants_a_look(i, &i->rows[r]))
			i->picked[i->n_picked++] = &i->rows[r];
	qsort(i->picked, n, sizeof(struct row *), by_number);
	return MENTOR_OK;
}

static enum mentor_status check_new(struct import *i)
{
	enum mentor_status status = pick_rows(i);
	for (size_t r = 0; !status && r < i->n_picked; r++)
		if (i->picked[r]->what == NEW)
			check_row(i, i->picked[r]);
	return status ? status : problems_result(i->m, i->csv.file);
}

/* ---- storing ---- */

static enum mentor_status store_new(struct import *i)
{
	enum { FEW = 7 }; /* of the values, where a row says no more */
	struct bulk few = { .m = i->m, .head = "INSERT INTO session (pair_id, date, time, minutes, mode, place, recorded_on) VALUES ", .tail = "", .columns = FEW };
	struct bulk all = { .m = i->m, .head = "INSERT INTO session (" SESSION_COLUMNS ") VALUES ", .tail = "", .columns = SESSION_VALUES };
	enum mentor_status status = MENTOR_OK;
	for (size_t r = 0; !status && r < i->n_rows; r++) {
		struct row *row = &i->rows[r];
		struct db_value values[SESSION_VALUES];
		if (row->what != NEW)
			continue;
		const struct mentor_session s = whole(row);
		session_values(i->m, i->known[row->known].id, &s, values);
		row->change = row->minutes ? "added" : "planned";
		status = bulk_row(row->more ? &all : &few, values);
	}
	status = bulk_end(&few, status);
	return bulk_end(&all, status);
}

/* What there is more to think about, in the order of the file. */
static enum mentor_status store_others(struct import *i)
{
	for (size_t r = 0; r < i->n_picked; r++) {
		struct row *row = i->picked[r];
		struct pair_days days;
		int64_t id = 0;
		bool was_broken = i->m->broken;
		if (row->what != BY_HAND)
			continue;
		const struct mentor_pair pair = pair_of(i, row, &days);
		const struct mentor_session s = whole(row);
		if (!passes(i, row, session_put(i->m, i->d, &pair, &s, &row->change, &id), was_broken) && i->m->broken)
			break; /* nothing can be stored any more, so nothing more can be found out */
	}
	return problems_result(i->m, i->csv.file);
}

static enum mentor_status plan_next(struct import *i)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t r = 0; !status && r < i->n_rows; r++) {
		const struct row *row = &i->rows[r];
		int64_t next = 0;
		if (row->more && strcmp(row->change, no_change) != 0)
			status = session_plan_next(i->m, i->known[row->known].id, row->more, &next);
	}
	return status;
}

static enum mentor_status tell_rows(const struct import *i, mentor_record_fn *each, void *arg)
{
	enum mentor_status status = MENTOR_OK;
	for (size_t r = 0; !status && r < i->n_rows; r++) {
		const struct row *row = &i->rows[r];
		const struct mentor_session_imported told = { row->change, i->known[row->known].id, row->date, row->time[0] ? row->time : NULL, row->number };
		status = each(arg, &told);
	}
	return status;
}

static enum mentor_status run_import(struct import *i, const char *file, const char *text, size_t len, char delimiter)
{
	problems_clear(i->m);
	mentor_day_parse(i->m->today, &i->today);
	enum mentor_status status = csv_open(&i->csv, i->m, file, text, len, delimiter);
	if (!status)
		status = programme_of_cohort(i->m, i->cohort, &i->d);
	if (!status)
		status = load_pairs(i);
	if (!status)
		status = read_rows(i);
	if (!status)
		status = compare_rows(i);
	if (!status)
		status = check_new(i);
	if (!status)
		status = store_new(i);
	if (!status)
		status = store_others(i);
	return status ? status : plan_next(i);
}

enum mentor_status mentor_session_import(struct mentor *m, int64_t cohort, const char *file, const char *text, size_t len, char delimiter,
    mentor_record_fn *each, void *arg)
{
	struct import i = { .m = m, .cohort = cohort, .memory = ARENA_INIT };
	enum mentor_status status = mentor_begin(m);
	if (status)
		return status;
	status = run_import(&i, file, text, len, delimiter);
	if (!status)
		status = tell_rows(&i, each, arg);
	enum mentor_status ended = mentor_commit(m);
	definition_free(i.d);
	csv_close(&i.csv);
	free(i.rows);
	arena_free(&i.memory);
	return status ? fail_state(m, status, "nothing imported") : ended;
}
