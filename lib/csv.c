/* csv.c: reading CSV with positions. Records are cut up in place, so a reading makes few allocations. */
#include "csv.h"

#include "context.h"
#include "platform.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---------------------------------------------------------------------------------------------
 * Problems and where they are
 */

/* The place of the record being read. */
static struct mentor_place place_of(const struct csv *c)
{
	return (struct mentor_place){ .file = c->file, .line = c->line, .row = c->row };
}

/* Number of characters from `from` up to `to`, itself included: the column of `to`. */
static long column_of(const char *from, const char *to)
{
	long n = 1;
	for (; from < to; from++)
		n += ((unsigned char)*from & 0xC0) != 0x80;
	return n;
}

/* Length of the line break at `p`, 0 when there is none. The text ends in NUL. */
static size_t break_length(const char *p)
{
	if (*p == '\n')
		return 1;
	if (*p != '\r')
		return 0;
	return p[1] == '\n' ? 2 : 1;
}

/* Finds line, column and row of a byte by walking there from the start; for text that nothing was cut from yet. */
static struct mentor_place place_at(const struct csv *c, const char *where)
{
	struct mentor_place place = { .file = c->file, .line = 1 };
	const char *line_start = c->text + c->at;
	bool quoted = false;
	for (const char *p = line_start; p < where;) {
		size_t n = break_length(p);
		if (n == 0) {
			quoted ^= *p++ == '"';
			continue;
		}
		place.line++;
		place.row += !quoted && p > line_start;
		p += n;
		line_start = p;
	}
	place.column = column_of(line_start, where);
	return place;
}

/* ---------------------------------------------------------------------------------------------
 * Checking the whole text
 */

enum { SAMPLE = 512, BLOCK = 64 };

/* UTF-16 without a byte order mark shows by NUL being every other byte. */
static bool looks_like_utf16(const char *text, size_t len)
{
	if (len >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
		return true;
	size_t sample = len < SAMPLE ? len : SAMPLE;
	size_t nuls = 0;
	for (size_t i = 0; i < sample; i++)
		nuls += text[i] == '\0';
	return nuls > 0 && nuls * 3 >= sample;
}

static enum mentor_status bad_encoding(const struct csv *c, size_t bad)
{
	static const char undefined[] = "\x81\x8D\x8F\x90\x9D"; /* in Windows-1252 */
	unsigned char byte = (unsigned char)c->text[bad];
	struct mentor_place place = place_at(c, c->text + bad);
	if (byte == 0)
		return fail_at(c->m, MENTOR_INVALID, &place, NULL, "a NUL character is in the text");
	const char *hint = "save the file as \"CSV UTF-8\"";
	if (!strchr(undefined, c->text[bad]))
		hint = "this looks like Windows-1252: save the file as \"CSV UTF-8\", or convert it: "
		       "iconv -f WINDOWS-1252 -t UTF-8";
	return fail_at(c->m, MENTOR_INVALID, &place, hint, "the text is not UTF-8 (byte %02X)", byte);
}

/* The code of the control character at `p`, -1 when there is none; TAB, LF and CR do not count. */
static int control_at(const char *p)
{
	unsigned char byte = (unsigned char)*p;
	if (byte == 0xC2 && (unsigned char)p[1] < 0xA0)
		return (unsigned char)p[1];
	if (byte == 0x7F || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r'))
		return byte;
	return -1;
}

/* Whether a block holds nothing that control_at() would have to look at. Plain enough to be turned into vector code. */
static bool is_clean_block(const char *p)
{
	unsigned char dirty = 0;
	for (size_t i = 0; i < BLOCK; i++) {
		unsigned char byte = (unsigned char)p[i];
		dirty |= (byte < 0x20) & (byte != '\t') & (byte != '\n') & (byte != '\r');
		dirty |= (byte == 0x7F) | (byte == 0xC2);
	}
	return !dirty;
}

/* The first control character of valid text, NULL when there is none. */
static const char *find_control(const char *p, const char *end)
{
	while (p < end) {
		size_t left = (size_t)(end - p);
		const char *stop = left < BLOCK ? end : p + BLOCK;
		if (left >= BLOCK && is_clean_block(p))
			p = stop;
		for (; p < stop; p++)
			if (control_at(p) >= 0)
				return p;
	}
	return NULL;
}

/* What people pick by mistake, by how it begins. */
static const struct {
	const char *start, *what, *hint;
} strangers[] = {
	{ "PK\x03\x04", "the file is a workbook (.xlsx or .ods), not CSV", "open it and save it as \"CSV UTF-8\"" },
	{ "\xD0\xCF\x11\xE0", "the file is an old workbook (.xls), not CSV", "open it and save it as \"CSV UTF-8\"" },
	{ "%PDF", "the file is a PDF, not CSV", "export the responses as CSV" },
	{ "<!doctype", "the file is a web page, not CSV", "the download may have asked to sign in: download the export again" },
	{ "<html", "the file is a web page, not CSV", "the download may have asked to sign in: download the export again" },
	{ "<?xml", "the file is XML, not CSV", "export the responses as CSV" },
};

static enum mentor_status check_kind(const struct csv *c, const char *text)
{
	const struct mentor_place whole = { .file = c->file, .line = 1 };
	text += strspn(text, " \t\r\n");
	for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++)
		if (strncasecmp(text, strangers[i].start, strlen(strangers[i].start)) == 0)
			return fail_at(c->m, MENTOR_INVALID, &whole, strangers[i].hint, "%s", strangers[i].what);
	return MENTOR_OK;
}

static enum mentor_status check_text(const struct csv *c)
{
	const char *text = c->text + c->at;
	const struct mentor_place whole = { .file = c->file, .line = 1 };
	enum mentor_status status = check_kind(c, text);
	if (status)
		return status;
	if (looks_like_utf16(text, c->len - c->at))
		return fail_at(
		    c->m, MENTOR_INVALID, &whole, "save the file as \"CSV UTF-8\"", "the text is UTF-16, not UTF-8");
	size_t bad = 0;
	if (!mentor_utf8_valid(text, c->len - c->at, &bad))
		return bad_encoding(c, c->at + bad);
	const char *control = find_control(text, c->text + c->len);
	if (!control)
		return MENTOR_OK;
	struct mentor_place place = place_at(c, control);
	return fail_at(c->m, MENTOR_INVALID, &place,
	    "remove it: only letters, signs, tabs and line breaks can be in a CSV file",
	    "a control character (U+%04X) is in the text", (unsigned)control_at(control));
}

/* ---------------------------------------------------------------------------------------------
 * Cutting up records
 */

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define HAS_ZERO(word) (((word)-EACH(1)) & ~(word)&EACH(0x80))

/* Behind the text: enough NULs to read a whole word at its last byte. */
enum { PADDING = sizeof(uint64_t) };

/* The first quote, `delimiter` or control character (TAB, LF, CR, the NUL at the end) at or behind `p`. */
static char *find_stop(char *p, char delimiter)
{
	const uint64_t delimiters = EACH((unsigned char)delimiter);
	for (;; p += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, p, sizeof(word));
		uint64_t control = (word - EACH(0x0E)) & ~word & EACH(0x80);
		if (control | HAS_ZERO(word ^ EACH('"')) | HAS_ZERO(word ^ delimiters))
			break;
	}
	while (*p != delimiter && *p != '"' && (unsigned char)*p >= 0x0E)
		p++;
	return p;
}

/* Where the reading of one record stands. */
struct cursor {
	char *at;
	char *line_start;
	long line;
	bool untidy; /* some quoted cell holds "" or CR and must be written anew */
};

static enum mentor_status fail_cell(
    const struct csv *c, const struct cursor *cur, const char *at, const char *hint, const char *message)
{
	struct mentor_place place = place_of(c);
	place.line = cur->line;
	place.column = column_of(cur->line_start, at);
	place.field = c->n_cells < c->n_headings ? c->headings[c->n_cells] : NULL;
	return fail_at(c->m, MENTOR_INVALID, &place, hint, "%s", message);
}

enum { MOST_CELLS = 1000000 }; /* of a record: sixty times as many as spreadsheets have columns */

static enum mentor_status add_cell(struct csv *c, const struct cursor *cur, char *cell)
{
	if (c->n_cells == MOST_CELLS)
		return fail_cell(c, cur, cell, "is this another kind of file?", "this record has more than a million cells");
	if (c->n_cells == c->cap_cells) {
		size_t cap = c->cap_cells ? c->cap_cells * 2 : 32;
		char **cells = realloc(c->cells, cap * sizeof(*cells));
		if (!cells)
			return fail_memory(c->m);
		c->cells = cells;
		c->cap_cells = cap;
	}
	c->cells[c->n_cells++] = cell;
	return MENTOR_OK;
}

/* Moves from an opening quote to just behind the closing one. */
static enum mentor_status pass_quoted(struct csv *c, struct cursor *cur)
{
	const struct cursor opened = *cur;
	char *p = cur->at + 1;
	for (;;) {
		p = find_stop(p, '"');
		size_t n = break_length(p);
		if (n > 0) {
			cur->untidy |= *p == '\r';
			p += n;
			cur->line++;
			cur->line_start = p;
		} else if (*p == '\0') {
			c->at = c->len;
			c->unclosed = true;
			return fail_cell(c, &opened, opened.at,
			    "close it with another \", and write a quote inside a cell twice",
			    "the quote that opens here is never closed");
		} else if (*p == '\t') {
			p++;
		} else if (p[1] == '"') {
			cur->untidy = true;
			p += 2;
		} else {
			cur->at = p + 1;
			return MENTOR_OK;
		}
	}
}

/* Moves to the end of an unquoted cell. A quote inside is a letter like any other, but not behind leading blanks,
 * where it was meant to open the cell. */
static enum mentor_status pass_plain(struct csv *c, struct cursor *cur)
{
	const char *start = cur->at;
	char *p = cur->at;
	for (;; p++) {
		p = find_stop(p, c->delimiter);
		if (*p == '\t' && c->delimiter != '\t')
			continue;
		if (*p != '"')
			break;
		if (strspn(start, " ") == (size_t)(p - start))
			return fail_cell(
			    c, cur, p, "remove the blank, or put it inside the quotes", "a blank is before the quote");
	}
	cur->at = p;
	return MENTOR_OK;
}

/* Reads the cells of one record, cutting each at its end; the cursor ends up behind the line break. */
static enum mentor_status read_cells(struct csv *c, struct cursor *cur)
{
	const char delimiter = c->delimiter;
	for (;;) {
		bool quoted = *cur->at == '"';
		char *cell = cur->at + quoted;
		enum mentor_status status = quoted ? pass_quoted(c, cur) : pass_plain(c, cur);
		if (status)
			return status;
		char *end = cur->at;
		size_t n = break_length(end);
		bool more = *end == delimiter;
		if (!more && n == 0 && *end != '\0')
			return fail_cell(c, cur, end, "write a quote inside a quoted cell twice: \"\"",
			    "text follows the closing quote");
		end[quoted ? -1 : 0] = '\0';
		status = add_cell(c, cur, cell);
		if (status)
			return status;
		cur->at += more ? 1 : n;
		if (!more) {
			cur->line += n > 0;
			return MENTOR_OK;
		}
	}
}

/* Turns "" into " and line breaks into LF. */
static void tidy(char *cell)
{
	char *out = cell;
	for (char *in = cell;;) {
		char *stop = find_stop(in, '"');
		memmove(out, in, (size_t)(stop - in));
		out += stop - in;
		if (!*stop)
			break;
		/* Of "" and of CR LF the second is kept. */
		in = *stop == '"' || (*stop == '\r' && stop[1] == '\n') ? stop + 1 : stop;
		*out = *in++;
		if (*out == '\r')
			*out = '\n';
		out++;
	}
	*out = '\0';
}

/* Only now that nothing can go wrong any more: columns are counted in the text as it came. */
static void tidy_quoted(const struct csv *c)
{
	for (size_t i = 0; i < c->n_cells; i++)
		if (c->cells[i] > c->text && c->cells[i][-1] == '"')
			tidy(c->cells[i]);
}

/* After a problem inside a record: goes on behind its line. */
static void skip_line(struct csv *c, struct cursor *cur)
{
	cur->at += strcspn(cur->at, "\r\n");
	size_t n = break_length(cur->at);
	cur->at += n;
	cur->line += n > 0;
	c->n_cells = 0;
}

/* Reads one record; *ret_more is false when there is none left. */
static enum mentor_status read_record(struct csv *c, bool *ret_more)
{
	c->n_cells = 0;
	for (size_t n; (n = break_length(c->text + c->at)) > 0; c->at += n)
		c->next_line++;
	*ret_more = c->at < c->len;
	if (!*ret_more)
		return MENTOR_OK;
	c->line = c->next_line;
	c->start = c->at;
	struct cursor cur = { .at = c->text + c->at, .line_start = c->text + c->at, .line = c->line };
	enum mentor_status status = read_cells(c, &cur);
	if (status == MENTOR_INVALID && c->at < c->len)
		skip_line(c, &cur);
	if (c->at < c->len)
		c->at = (size_t)(cur.at - c->text);
	c->next_line = cur.line;
	if (cur.untidy && !status)
		tidy_quoted(c);
	return status;
}

/* ---------------------------------------------------------------------------------------------
 * Headings
 */

/* Length of the white space character at `p`, 0 when there is none. */
static size_t space_length(const char *p)
{
	if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
		return 1;
	return p[0] == '\xC2' && p[1] == '\xA0' ? 2 : 0;
}

static const char *skip_space(const char *p)
{
	for (size_t n; (n = space_length(p)) > 0;)
		p += n;
	return p;
}

/* Drops white space at both ends and makes each run of it inside one blank. */
static void tidy_heading(char *heading)
{
	char *out = heading;
	for (const char *in = skip_space(heading); *in;) {
		const char *next = skip_space(in);
		if (next == in) {
			*out++ = *in++;
			continue;
		}
		if (*next)
			*out++ = ' ';
		in = next;
	}
	*out = '\0';
}

/* Compares a tidy heading with a name as somebody wrote it. */
static bool is_heading(const char *tidy_name, const char *name)
{
	for (name = skip_space(name); *name; tidy_name++) {
		const char *next = skip_space(name);
		if (next > name && !*next)
			break;
		if (*tidy_name != (next > name ? ' ' : *name))
			return false;
		name = next > name ? next : name + 1;
	}
	return !*tidy_name;
}

/* The delimiter that occurs most often outside quotes in the first record. */
static char detect_delimiter(const char *p)
{
	static const char candidates[] = ",;\t";
	size_t counts[sizeof(candidates)] = { 0 };
	bool quoted = false;
	for (p += strspn(p, "\r\n"); *p && (quoted || break_length(p) == 0); p++) {
		quoted ^= *p == '"';
		const char *found = strchr(candidates, *p);
		if (found && !quoted)
			counts[found - candidates]++;
	}
	size_t best = 0;
	for (size_t i = 1; candidates[i]; i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

static enum mentor_status read_headings(struct csv *c)
{
	bool more = false;
	enum mentor_status status = read_record(c, &more);
	if (status)
		return status;
	const struct mentor_place whole = { .file = c->file, .line = 1 };
	if (!more)
		return fail_at(
		    c->m, MENTOR_INVALID, &whole, "the first line must name the columns", "the file is empty");
	c->headings = calloc(c->n_cells + 1, sizeof(*c->headings));
	if (!c->headings)
		return fail_memory(c->m);
	c->n_headings = c->n_cells;
	c->heading_line = c->line;
	c->heading_end = c->at;
	for (size_t i = 0; i < c->n_cells; i++) {
		tidy_heading(c->cells[i]);
		c->headings[i] = c->cells[i];
	}
	return MENTOR_OK;
}

/* ---------------------------------------------------------------------------------------------
 * The interface
 */

/* A copy to be cut up: with NULs behind it, and the byte order mark passed over. */
static enum mentor_status copy_text(struct csv *c, const char *text, size_t len)
{
	c->text = malloc(len + PADDING);
	if (!c->text)
		return fail_memory(c->m);
	platform_use_large_pages(c->text, len + PADDING);
	if (len > 0)
		memcpy(c->text, text, len);
	memset(c->text + len, 0, PADDING);
	c->len = len;
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		c->at = 3;
	c->next_line = 1;
	return MENTOR_OK;
}

/* Excel's own first line, sep=; with or without quotes: the delimiter it names, behind which the text goes on. */
static char pass_separator_line(struct csv *c)
{
	const char *p = c->text + c->at;
	bool quoted = *p == '"';
	p += quoted;
	if (strncmp(p, "sep=", 4) != 0 || !p[4] || break_length(p + 4) > 0)
		return '\0';
	char named = p[4];
	p += 5;
	p += quoted && *p == '"';
	size_t n = break_length(p);
	if (n == 0 || !strchr(",;|\t", named))
		return '\0';
	c->at = (size_t)(p + n - c->text);
	c->next_line++;
	return named;
}

enum mentor_status csv_open(struct csv *c, struct mentor *m, const char *file, const char *text, size_t len, char delimiter)
{
	*c = (struct csv){ .m = m, .file = file };
	if (delimiter && (strchr("\"\r\n", delimiter) || (unsigned char)delimiter >= 0x7F))
		return fail(
		    m, MENTOR_USAGE, NULL, "the delimiter must be one ASCII character, not a quote or a line break");
	enum mentor_status status = copy_text(c, text, len);
	if (!status)
		status = check_text(c);
	if (status)
		return status;
	char named = pass_separator_line(c);
	c->delimiter = delimiter;
	if (!delimiter && named)
		c->delimiter = named;
	else if (!delimiter)
		c->delimiter = detect_delimiter(c->text + c->at);
	return read_headings(c);
}

/* A spreadsheet that once had more columns leaves empty cells behind. */
static void drop_empty_end(struct csv *c)
{
	while (c->n_cells > c->n_headings && !*skip_space(c->cells[c->n_cells - 1]))
		c->n_cells--;
}

/* A row of nothing but delimiters, fewer than there are columns. */
static bool is_remnant(const struct csv *c)
{
	if (c->n_cells < 2 || c->n_cells == c->n_headings)
		return false;
	for (size_t i = 0; i < c->n_cells; i++)
		if (*c->cells[i])
			return false;
	return true;
}

enum mentor_status csv_next(struct csv *c, bool *ret_more)
{
	bool more = false;
	enum mentor_status status;
	do {
		c->row++;
		status = read_record(c, &more);
	} while (!status && more && is_remnant(c));
	c->row -= !status && !more;
	if (status)
		return status;
	if (more)
		drop_empty_end(c);
	if (more && c->n_cells != c->n_headings) {
		struct mentor_place place = place_of(c);
		return fail_at(c->m, MENTOR_INVALID, &place,
		    "put a cell that holds the delimiter or a line break in quotes",
		    "row %ld has %zu cell%s, the heading has %zu", c->row, c->n_cells, c->n_cells == 1 ? "" : "s",
		    c->n_headings);
	}
	*ret_more = more;
	return MENTOR_OK;
}

long csv_find(const struct csv *c, const char *heading, int occurrence)
{
	for (size_t i = 0; i < c->n_headings; i++)
		if (is_heading(c->headings[i], heading) && --occurrence == 0)
			return (long)i;
	return -1;
}

bool csv_is_blank(const struct csv *c)
{
	for (size_t i = 0; i < c->n_cells; i++)
		if (c->cells[i][strspn(c->cells[i], " \t")] != '\0')
			return false;
	return true;
}

void csv_close(struct csv *c)
{
	free((void *)c->headings);
	free(c->cells);
	free(c->text);
	*c = (struct csv){ 0 };
}
