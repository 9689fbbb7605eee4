/* utf8.c: checking, folding and comparing text. The only file that includes utf8proc.h. */
#include "mentor.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The byte sequences of RFC 3629 beyond ASCII: the range of the lead byte and that of the byte behind it. */
static const struct sequence {
	unsigned char lead_from, lead_to, next_from, next_to;
	size_t len;
} sequences[] = {
	{ 0xC2, 0xDF, 0x80, 0xBF, 2 },
	{ 0xE0, 0xE0, 0xA0, 0xBF, 3 },
	{ 0xE1, 0xEC, 0x80, 0xBF, 3 },
	{ 0xED, 0xED, 0x80, 0x9F, 3 },
	{ 0xEE, 0xEF, 0x80, 0xBF, 3 },
	{ 0xF0, 0xF0, 0x90, 0xBF, 4 },
	{ 0xF1, 0xF3, 0x80, 0xBF, 4 },
	{ 0xF4, 0xF4, 0x80, 0x8F, 4 },
};

/* Length of the well-formed character at `s`, 0 when there is none. */
static size_t character_length(const unsigned char *s, size_t left)
{
	if (s[0] < 0x80)
		return s[0] != 0;
	const struct sequence *q = sequences;
	const struct sequence *const end = sequences + sizeof(sequences) / sizeof(sequences[0]);
	while (q < end && s[0] > q->lead_to)
		q++;
	if (q == end || s[0] < q->lead_from || left < q->len || s[1] < q->next_from || s[1] > q->next_to)
		return 0;
	for (size_t i = 2; i < q->len; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	return q->len;
}

bool mentor_utf8_valid(const char *text, size_t len, size_t *ret_bad)
{
	size_t i = 0;
	while (i < len) {
		uint64_t word;
		/* Eight bytes at a time as long as all are ASCII and none is NUL. */
		while (len - i >= sizeof(word)) {
			memcpy(&word, text + i, sizeof(word));
			if ((word | (word - EACH(1))) & EACH(0x80))
				break;
			i += sizeof(word);
		}
		if (i == len)
			break;
		size_t n = character_length((const unsigned char *)text + i, len - i);
		if (n == 0) {
			if (ret_bad)
				*ret_bad = i;
			return false;
		}
		i += n;
	}
	return true;
}

static char lower(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c;
}

/* Makes plain letters of full-width ones (U+FF01 to U+FF5E), as RFC 8265 section 3.3 does with names before it compares them. The text
 * only becomes shorter. Returns its length. */
static size_t narrow(char *text)
{
	char *to = text;
	for (const char *from = text; *from; to++) {
		const unsigned char *p = (const unsigned char *)from;
		unsigned row = p[0] == 0xEF && (p[1] == 0xBC || p[1] == 0xBD) ? (p[1] - 0xBCU) * 0x40U + p[2] - 0x80U : 0;
		bool wide = row >= 0x01 && row <= 0x5E;
		if (wide)
			*to = (char)(row + 0x20);
		else
			*to = *from;
		from += wide ? 3 : 1;
	}
	*to = '\0';
	return (size_t)(to - text);
}

char *mentor_utf8_fold(const char *text)
{
	size_t len = strlen(text);
	char *copy = malloc(len + 1);
	if (!copy)
		return NULL;
	bool ascii = true;
	for (size_t i = 0; i <= len; i++) {
		copy[i] = lower(text[i]);
		ascii = ascii && (unsigned char)text[i] < 0x80;
	}
	if (ascii)
		return copy;
	utf8proc_uint8_t *folded = NULL;
	len = narrow(copy);
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)copy, (utf8proc_ssize_t)len, &folded,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
	/* What is not UTF-8 still gets a key, so that NULL means only one thing. */
	if (n < 0 && n != UTF8PROC_ERROR_NOMEM)
		return copy;
	free(copy);
	return n < 0 ? NULL : (char *)folded;
}

void mentor_buf_capital(struct mentor_buf *b, const char *text)
{
	utf8proc_int32_t letter = 0;
	utf8proc_uint8_t large[4];
	utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &letter);
	if (len > 0 && letter > 0) {
		utf8proc_ssize_t n = utf8proc_encode_char(utf8proc_toupper(letter), large);
		mentor_buf_add(b, (const char *)large, (size_t)n);
		text += len;
	}
	mentor_buf_str(b, text);
}

/* ---------------------------------------------------------------------------------------------
 * The nearest word
 */

enum { MAX_WORD = 64 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Number of letters to insert, drop, change or swap with their neighbour to get from `a` to `b`. */
static size_t distance(const char *a, size_t len_a, const char *b, size_t len_b)
{
	size_t rows[3][MAX_WORD + 1];
	for (size_t j = 0; j <= len_b; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= len_a; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i - 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= len_b; j++) {
			size_t cost = lower(a[i - 1]) != lower(b[j - 1]);
			row[j] = least(above[j - 1] + cost, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
				row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
		}
	}
	return rows[len_a % 3][len_b];
}

const char *mentor_nearest(const char *word, const char *const *words)
{
	const char *nearest = NULL;
	size_t len = strlen(word);
	if (len == 0 || len > MAX_WORD)
		return NULL;
	size_t limit = len / 3 > 1 ? len / 3 : 1;
	for (; *words; words++) {
		size_t other = strlen(*words);
		if (other > MAX_WORD)
			continue;
		size_t d = distance(word, len, *words, other);
		/* Words that have nothing in common are not near, however short they are. */
		if (d > limit || (nearest && d == limit) || d >= (len > other ? len : other))
			continue;
		nearest = *words;
		limit = d;
	}
	return nearest;
}
