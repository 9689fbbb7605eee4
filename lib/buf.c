/* buf.c: growing text and one encoder per kind of output. */
#include "mentor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SIZE = 128 };

static const char hex_digits[] = "0123456789abcdef";

static bool grow(struct mentor_buf *b, size_t extra)
{
	if (b->failed)
		return false;
	if (extra > PTRDIFF_MAX - 1 - b->len) {
		b->failed = true;
		return false;
	}
	size_t want = b->len + extra + 1;
	size_t cap = b->cap < FIRST_SIZE ? FIRST_SIZE : b->cap + b->cap / 2;
	if (cap < want)
		cap = want;
	char *data = realloc(b->data, cap);
	if (!data) {
		b->failed = true;
		return false;
	}
	b->data = data;
	b->cap = cap;
	return true;
}

/* Makes room for `extra` more bytes and the NUL behind them. */
static bool reserve(struct mentor_buf *b, size_t extra)
{
	return (extra < b->cap - b->len && !b->failed) || grow(b, extra);
}

void mentor_buf_add(struct mentor_buf *b, const char *bytes, size_t len)
{
	if (len == 0 || !reserve(b, len))
		return;
	memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void mentor_buf_str(struct mentor_buf *b, const char *text)
{
	if (text)
		mentor_buf_add(b, text, strlen(text));
}

void mentor_buf_char(struct mentor_buf *b, char c)
{
	if (!reserve(b, 1))
		return;
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

/* By itself: tables are full of numbers, and a format takes ten times as long. */
void mentor_buf_number(struct mentor_buf *b, int64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
	do
		digits[--at] = (char)('0' + rest % 10);
	while (rest /= 10);
	if (number < 0)
		digits[--at] = '-';
	mentor_buf_add(b, digits + at, sizeof(digits) - at);
}

void mentor_buf_fmt(struct mentor_buf *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	mentor_buf_vfmt(b, format, args);
	va_end(args);
}

void mentor_buf_vfmt(struct mentor_buf *b, const char *format, va_list args)
{
	if (b->failed)
		return;
	va_list again;
	va_copy(again, args);
	size_t room = b->cap - b->len;
	int n = vsnprintf(room ? b->data + b->len : NULL, room, format, args);
	if (n < 0) {
		b->failed = true;
	} else if ((size_t)n < room) {
		b->len += (size_t)n;
	} else if (reserve(b, (size_t)n)) {
		(void)vsnprintf(b->data + b->len, (size_t)n + 1, format, again);
		b->len += (size_t)n;
	}
	va_end(again);
	/* A text that did not fit was written in part: cut it off again. */
	if (b->failed && b->data)
		b->data[b->len] = '\0';
}

const char *mentor_buf_text(const struct mentor_buf *b)
{
	return b->data ? b->data : "";
}

void mentor_buf_clear(struct mentor_buf *b)
{
	b->len = 0;
	if (b->data)
		b->data[0] = '\0';
}

bool mentor_buf_line(struct mentor_buf *b, const char **text)
{
	if (!*text || !**text)
		return false;
	const size_t len = strcspn(*text, "\n");
	mentor_buf_clear(b);
	mentor_buf_add(b, *text, len);
	*text += len + ((*text)[len] == '\n');
	return !b->failed;
}

void mentor_buf_free(struct mentor_buf *b)
{
	free(b->data);
	*b = (struct mentor_buf)MENTOR_BUF_INIT;
}

/* ---------------------------------------------------------------------------------------------
 * Encoders
 */

/* Appends an escape such as \x1b or \u{202e}. */
static void add_hex(struct mentor_buf *b, const char *before, unsigned value, int digits, const char *after)
{
	mentor_buf_str(b, before);
	for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
		mentor_buf_char(b, hex_digits[(value >> shift) & 0xf]);
	mentor_buf_str(b, after);
}

/* Hands the valid stretches of `text` to `run`; what is not UTF-8 becomes U+FFFD, since JSON and HTML must be UTF-8
 * even when a damaged file or an argument of the program ends up in a message. */
static void encode(struct mentor_buf *b, const char *text, void (*run)(struct mentor_buf *, const char *, size_t))
{
	size_t len = strlen(text);
	size_t bad = 0;
	while (!mentor_utf8_valid(text, len, &bad)) {
		run(b, text, bad);
		mentor_buf_str(b, "\xEF\xBF\xBD");
		text += bad + 1;
		len -= bad + 1;
	}
	run(b, text, len);
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
/* Not 0 when a byte of `word` is 0. */
#define HAS_ZERO(word) (((word)-EACH(1)) & ~(word)&EACH(0x80))

/* What stands for a byte inside a JSON string: 0 itself, 'u' the numeric form, else the letter behind the backslash. */
static const char json_escape[256] = {
	[0x00] = 'u',
	[0x01] = 'u',
	[0x02] = 'u',
	[0x03] = 'u',
	[0x04] = 'u',
	[0x05] = 'u',
	[0x06] = 'u',
	[0x07] = 'u',
	['\b'] = 'b',
	['\t'] = 't',
	['\n'] = 'n',
	[0x0b] = 'u',
	['\f'] = 'f',
	['\r'] = 'r',
	[0x0e] = 'u',
	[0x0f] = 'u',
	[0x10] = 'u',
	[0x11] = 'u',
	[0x12] = 'u',
	[0x13] = 'u',
	[0x14] = 'u',
	[0x15] = 'u',
	[0x16] = 'u',
	[0x17] = 'u',
	[0x18] = 'u',
	[0x19] = 'u',
	[0x1a] = 'u',
	[0x1b] = 'u',
	[0x1c] = 'u',
	[0x1d] = 'u',
	[0x1e] = 'u',
	[0x1f] = 'u',
	['"'] = '"',
	['\\'] = '\\',
};

/* Length of the stretch at the start of `text` that needs no escape in JSON; with `ascii` it ends at other letters too. */
static size_t json_clean(const char *text, size_t len, bool ascii)
{
	const uint64_t high = ascii ? EACH(0x80) : 0;
	size_t i = 0;
	for (; i + sizeof(uint64_t) <= len; i += sizeof(uint64_t)) {
		uint64_t word;
		memcpy(&word, text + i, sizeof(word));
		uint64_t control = (word - EACH(0x20)) & ~word & EACH(0x80);
		if (control | (word & high) | HAS_ZERO(word ^ EACH('"')) | HAS_ZERO(word ^ EACH('\\')))
			break;
	}
	while (i < len && !json_escape[(unsigned char)text[i]] && !((unsigned char)text[i] & high))
		i++;
	return i;
}

static void json_run(struct mentor_buf *b, const char *text, size_t len)
{
	while (len > 0) {
		size_t clean = json_clean(text, len, false);
		mentor_buf_add(b, text, clean);
		if (clean == len)
			return;
		unsigned char c = (unsigned char)text[clean];
		if (json_escape[c] == 'u')
			add_hex(b, "\\u", c, 4, "");
		else
			mentor_buf_add(b, (const char[]){ '\\', json_escape[c] }, 2);
		text += clean + 1;
		len -= clean + 1;
	}
}

void mentor_buf_json(struct mentor_buf *b, const char *text)
{
	if (!text) {
		mentor_buf_str(b, "null");
		return;
	}
	size_t len = strlen(text);
	if (json_clean(text, len, true) < len) {
		mentor_buf_char(b, '"');
		encode(b, text, json_run);
		mentor_buf_char(b, '"');
		return;
	}
	/* Nearly all strings: plain ASCII without escapes. */
	if (!reserve(b, len + 2))
		return;
	char *out = b->data + b->len;
	*out++ = '"';
	memcpy(out, text, len);
	out[len] = '"';
	out[len + 1] = '\0';
	b->len += len + 2;
}

static const char *html_escape(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static void html_run(struct mentor_buf *b, const char *text, size_t len)
{
	size_t start = 0;
	for (size_t i = 0; i < len; i++) {
		const char *escape = html_escape(text[i]);
		if (!escape)
			continue;
		mentor_buf_add(b, text + start, i - start);
		mentor_buf_str(b, escape);
		start = i + 1;
	}
	mentor_buf_add(b, text + start, len - start);
}

void mentor_buf_html(struct mentor_buf *b, const char *text)
{
	if (text)
		encode(b, text, html_run);
}

/* Length of what begins a new line at `text`, U+2028 and U+2029 included; 0 when nothing does. */
static size_t break_of(const char *text, size_t len)
{
	if (*text == '\n' || *text == '\r')
		return 1;
	return len >= 3 && (memcmp(text, "\xE2\x80\xA8", 3) == 0 || memcmp(text, "\xE2\x80\xA9", 3) == 0) ? 3 : 0;
}

/* In front - and + would begin a list, and so would a number with a full stop and a blank. */
static void markdown_run(struct mentor_buf *b, const char *text, size_t len)
{
	size_t digits = strspn(text, "0123456789");
	for (size_t i = 0; i < len; i++) {
		bool lead = i == 0 && strchr("+-=", text[i]), number = i > 0 && i == digits && strchr(".)", text[i]) && (i + 1 == len || text[i + 1] == ' ');
		if (lead || number || strchr("\\`*_[]<>&#|~", text[i]))
			mentor_buf_char(b, '\\');
		const size_t line = break_of(text + i, len - i);
		if (line)
			mentor_buf_char(b, ' ');
		else
			mentor_buf_char(b, text[i]);
		i += line ? line - 1 : 0;
	}
}

void mentor_buf_markdown(struct mentor_buf *b, const char *text)
{
	if (text)
		encode(b, text, markdown_run);
}

/* Length of the first entry of `list` (NULL at the end) that `text` starts with, else 0. */
static size_t starts_with(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (**list == *text && strncmp(text, *list, strlen(*list)) == 0)
			return strlen(*list);
	return 0;
}

/* Whether a spreadsheet would take the cell for a formula or a command. */
static bool is_formula(const char *text)
{
	static const char *const blanks[] = { " ", "\n", "\v", "\f", "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF", NULL };
	/* The last six are the full-width forms of = + - @ | %. */
	static const char *const starts[] = { "=", "+", "-", "@", "|", "%", "\t", "\r", "\xEF\xBC\x9D", "\xEF\xBC\x8B",
		"\xEF\xBC\x8D", "\xEF\xBC\xA0", "\xEF\xBD\x9C", "\xEF\xBC\x85", NULL };
	for (size_t len = 0; (len = starts_with(text, blanks)) > 0;)
		text += len;
	return starts_with(text, starts) > 0;
}

void mentor_buf_csv(struct mentor_buf *b, const char *text, char delimiter, bool guard)
{
	if (!text)
		return;
	const char *mark = guard && is_formula(text) ? "'" : "";
	const char special[] = { '"', '\r', '\n', delimiter, '\0' };
	if (!text[strcspn(text, special)]) {
		mentor_buf_str(b, mark);
		mentor_buf_str(b, text);
		return;
	}
	mentor_buf_char(b, '"');
	mentor_buf_str(b, mark);
	for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
		mentor_buf_add(b, text, (size_t)(quote - text));
		mentor_buf_str(b, "\"\"");
	}
	mentor_buf_str(b, text);
	mentor_buf_char(b, '"');
}

/* Length of the character at `s` that must not reach a terminal as it is, 0 when it may; *ret_code is the character. */
static size_t unsafe_character(const unsigned char *s, bool multiline, unsigned *ret_code)
{
	*ret_code = s[0];
	if (s[0] < 0x20 || s[0] == 0x7f)
		return multiline && (s[0] == '\n' || s[0] == '\t') ? 0 : 1;
	if (s[0] == 0xC2 && s[1] < 0xA0) {
		*ret_code = s[1];
		return 2;
	}
	if (s[0] != 0xE2)
		return 0;
	unsigned code = (0x2u << 12) | ((s[1] & 0x3fu) << 6) | (s[2] & 0x3fu);
	*ret_code = code;
	return (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ? 3 : 0;
}

/* `text` is valid UTF-8, so looking behind a lead byte stays inside it. */
static void visible_run(struct mentor_buf *b, const char *text, size_t len, bool multiline)
{
	const char *const end = text + len;
	const char *start = text;
	while (text < end) {
		unsigned code = 0;
		size_t unsafe = unsafe_character((const unsigned char *)text, multiline, &code);
		if (unsafe == 0) {
			text++;
			continue;
		}
		mentor_buf_add(b, start, (size_t)(text - start));
		if (unsafe == 1)
			add_hex(b, "\\x", code, 2, "");
		else
			add_hex(b, "\\u{", code, 4, "}");
		text += unsafe;
		start = text;
	}
	mentor_buf_add(b, start, (size_t)(end - start));
}

void mentor_buf_visible(struct mentor_buf *b, const char *text, bool multiline)
{
	if (!text)
		return;
	size_t len = strlen(text);
	size_t bad = 0;
	while (!mentor_utf8_valid(text, len, &bad)) {
		visible_run(b, text, bad, multiline);
		add_hex(b, "\\x", (unsigned char)text[bad], 2, "");
		text += bad + 1;
		len -= bad + 1;
	}
	visible_run(b, text, len, multiline);
}
