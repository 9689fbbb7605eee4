/* mail.c: headers and text as RFC 5322, RFC 2045 and RFC 2047 want them. Control characters in headers are refused, never dropped: a line
 * break in a name would be the start of another header. */
#include "mail.h"

#include "hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MOST_COLUMNS = 76, MOST_WORD = 75, LEAST_WORD = 40, MOST_LOCAL = 64, MOST_ADDRESS = 254, MOST_LABEL = 63, ID_DIGITS = 40 };

static const char letters_and_digits[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/* The bytes of the character at `text`, which is UTF-8. */
static size_t character(const char *text)
{
	size_t n = 1;
	while (((unsigned char)text[n] & 0xC0) == 0x80)
		n++;
	return n;
}

/* ---- what is refused ---- */

/* Parts of one or more of these characters, with single full stops between. */
static bool is_dotted(const char *text, size_t len, const char *characters)
{
	bool part = false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '.' && !part)
			return false;
		if (text[i] != '.' && !strchr(characters, text[i]))
			return false;
		part = text[i] != '.';
	}
	return part;
}

static bool is_domain(const char *text)
{
	char characters[sizeof(letters_and_digits) + 1];
	snprintf(characters, sizeof(characters), "%s-", letters_and_digits);
	if (!is_dotted(text, strlen(text), characters))
		return false;
	for (size_t n = 0; *text; text += n + (text[n] == '.')) {
		n = strcspn(text, ".");
		if (n > MOST_LABEL || text[0] == '-' || text[n - 1] == '-')
			return false;
	}
	return true;
}

/* The dot-atom form of RFC 5322, and nothing that a mail program could take for an option. */
static bool is_address(const char *email)
{
	char characters[sizeof(letters_and_digits) + 32];
	const char *at = strchr(email, '@');
	size_t len = at ? (size_t)(at - email) : 0;
	snprintf(characters, sizeof(characters), "%s!#$%%&'*+-/=?^_`{|}~", letters_and_digits);
	return at && *email != '-' && len <= MOST_LOCAL && strlen(email) <= MOST_ADDRESS && is_dotted(email, len, characters) &&
	       is_domain(at + 1);
}

/* C0, DEL and C1. */
static bool has_controls(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		if (*p < 0x20 || *p == 0x7F || (p[0] == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0))
			return true;
	return false;
}

static enum mentor_status check_header(struct mentor *m, const char *what, const char *text)
{
	if (text && !mentor_utf8_valid(text, strlen(text), NULL))
		return fail(m, MENTOR_INVALID, "write it again", "%s is not UTF-8", what);
	if (text && has_controls(text))
		return fail(m, MENTOR_INVALID, "write it again, on one line", "%s holds a control character, which no message may have there", what);
	return MENTOR_OK;
}

static enum mentor_status check_address(struct mentor *m, const char *what, const struct mail_address *a)
{
	enum mentor_status status = check_header(m, what, a->name);
	if (!status && !is_address(a->email))
		status = fail(m, MENTOR_INVALID, "only plain letters, digits and a few signs go through every mail server; use another address",
		    "'%s' is no address that a message can carry", a->email);
	return status;
}

static enum mentor_status check(struct mentor *m, const struct mail *mail)
{
	enum mentor_status status = check_address(m, "the sender's name", &mail->from);
	if (!status)
		status = check_address(m, "the name", &mail->to);
	if (!status)
		status = check_header(m, "the subject", mail->subject);
	if (!status && (strlen(mail->date) < 20 || has_controls(mail->date)))
		status = fail(m, MENTOR_BUG, NULL, "a message needs the time");
	return status;
}

/* ---- headers ---- */

/* A header on its way: where its last line stands. */
struct header {
	struct mentor_buf *b;
	size_t column;
};

static void put(struct header *h, const char *text, size_t len)
{
	mentor_buf_add(h->b, text, len);
	h->column += len;
}

static struct header begin(struct mentor_buf *b, const char *name)
{
	struct header h = { b, 0 };
	put(&h, name, strlen(name));
	put(&h, ":", 1);
	return h;
}

/* Puts a blank and the text, on a new line when there is no room for it. */
static void put_word(struct header *h, const char *text, size_t len)
{
	if (h->column + 1 + len > MOST_COLUMNS && h->column > 1) {
		mentor_buf_str(h->b, "\r\n");
		h->column = 0;
	}
	put(h, " ", 1);
	put(h, text, len);
}

/* What stands for one character in the encoding Q of RFC 2047, in its form that is right in names too. */
static size_t encode(const char *text, size_t len, char out[16])
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == ' ')
			out[n++] = '_';
		else if (strchr(letters_and_digits, c))
			out[n++] = (char)c;
		else
			n += (size_t)snprintf(out + n, 4, "=%02X", c);
	}
	return n;
}

/* How long a word may be that is put next: the first one shares its line with the name of the header. */
static size_t room_of(const struct header *h)
{
	size_t room = h->column < MOST_WORD ? MOST_WORD - h->column : 0;
	return room < LEAST_WORD ? MOST_WORD : room;
}

/* Words of at most 75 columns; the blanks between them mean nothing to a reader, and no character is cut. */
static void put_encoded(struct header *h, const char *text)
{
	static const char head[] = "=?utf-8?Q?", tail[] = "?=";
	char word[MOST_WORD + 1], one[16];
	while (*text) {
		size_t n = (size_t)snprintf(word, sizeof(word), "%s", head), len = 0, room = room_of(h);
		for (; *text && n + (len = encode(text, character(text), one)) + sizeof(tail) - 1 <= room; text += character(text)) {
			memcpy(word + n, one, len);
			n += len;
		}
		memcpy(word + n, tail, sizeof(tail) - 1);
		put_word(h, word, n + sizeof(tail) - 1);
	}
}

/* ASCII that no reader takes for an encoded word, with words short enough to be folded between. */
static bool is_plain(const char *text)
{
	enum { MOST_PLAIN = 60 };
	size_t word = 0;
	for (const char *p = text; *p; p++) {
		if ((unsigned char)*p >= 0x80 || (*p == ' ' && word == 0))
			return false;
		word = *p == ' ' ? 0 : word + 1;
		if (word > MOST_PLAIN)
			return false;
	}
	return word > 0 && !strstr(text, "=?");
}

static void write_text_header(struct mentor_buf *b, const char *name, const char *text)
{
	struct header h = begin(b, name);
	if (!is_plain(text)) {
		put_encoded(&h, text);
	} else {
		for (size_t n = 0; *text; text += n + (text[n] == ' ')) {
			n = strcspn(text, " ");
			put_word(&h, text, n);
		}
	}
	mentor_buf_str(b, "\r\n");
}

/* A quoted name stays on one line, so only a short one is written so. */
static bool put_quoted(struct header *h, const char *name)
{
	char quoted[64];
	size_t n = 0;
	quoted[n++] = '"';
	for (const char *p = name; *p; p++) {
		if (n + 3 > sizeof(quoted))
			return false;
		if (*p == '"' || *p == '\\')
			quoted[n++] = '\\';
		quoted[n++] = *p;
	}
	if (n + 1 > sizeof(quoted))
		return false;
	quoted[n++] = '"';
	put_word(h, quoted, n);
	return true;
}

static void write_address(struct mentor_buf *b, const char *name, const struct mail_address *a)
{
	struct header h = begin(b, name);
	char email[MOST_ADDRESS + 3];
	int len = snprintf(email, sizeof(email), "<%s>", a->email);
	if (a->name && *a->name && !(is_plain(a->name) && put_quoted(&h, a->name)))
		put_encoded(&h, a->name);
	put_word(&h, email, (size_t)len);
	mentor_buf_str(b, "\r\n");
}

static const char *const week[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" }; /* 1 January 1970 was a Thursday */
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* "Mon, 02 Mar 2026 12:00:00 +0000", or as mbox files have it "Mon Mar  2 12:00:00 2026". */
static void write_date(struct mentor_buf *b, const char *instant, bool mbox)
{
	char iso[11];
	int64_t number = 0;
	int month = 1, day = 1;
	snprintf(iso, sizeof(iso), "%s", instant);
	if (mentor_day_parse(iso, &number)) {
		month = (iso[5] - '0') * 10 + iso[6] - '0';
		day = (iso[8] - '0') * 10 + iso[9] - '0';
	}
	const char *of_week = week[((number % 7) + 7) % 7], *name = months[month - 1];
	if (mbox)
		mentor_buf_fmt(b, "%s %s %2d %.8s %.4s", of_week, name, day, instant + 11, iso);
	else
		mentor_buf_fmt(b, "%s, %02d %s %.4s %.8s +0000", of_week, day, name, iso, instant + 11);
}

/* RFC 2369: a mailto link, in which all but letters and digits is safest encoded. */
static void write_unsubscribe(struct mentor_buf *b, const char *email)
{
	mentor_buf_str(b, "List-Unsubscribe: <mailto:");
	for (const char *p = email; *p; p++)
		if (strchr(letters_and_digits, *p) || strchr("@.-_", *p))
			mentor_buf_char(b, *p);
		else
			mentor_buf_fmt(b, "%%%02X", (unsigned char)*p);
	mentor_buf_str(b, "?subject=No%20more%20reminders>\r\n");
}

/* No quoted-printable text can hold it: there, = is followed by two digits or the end of a line. */
#define BOUNDARY "=_part"

static void write_type(struct mentor_buf *b, const char *type, const char *method)
{
	mentor_buf_fmt(b, "Content-Type: %s%s%s\r\nContent-Transfer-Encoding: quoted-printable\r\n", type, method ? "; method=" : "", method ? method : "");
}

static void write_headers(struct mentor_buf *b, const struct mail *mail)
{
	write_address(b, "From", &mail->from);
	write_address(b, "To", &mail->to);
	write_text_header(b, "Subject", mail->subject);
	mentor_buf_str(b, "Date: ");
	write_date(b, mail->date, false);
	mentor_buf_fmt(b, "\r\nMessage-ID: <%s>\r\nMIME-Version: 1.0\r\n", mail->id);
	if (mail->html || mail->calendar)
		mentor_buf_str(b, "Content-Type: multipart/alternative; boundary=\"" BOUNDARY "\"\r\n");
	else
		write_type(b, "text/plain; charset=utf-8", NULL);
	if (mail->language)
		mentor_buf_fmt(b, "Content-Language: %s\r\n", mail->language);
	mentor_buf_str(b, "Auto-Submitted: auto-generated\r\n");
	if (mail->unsubscribe)
		write_unsubscribe(b, mail->unsubscribe);
}

/* ---- the text: quoted-printable ---- */

/* What stands for one byte; `first`: it would begin a line, `last`: it would end one. */
static size_t quote(const char *text, bool first, bool last, char out[4])
{
	unsigned char c = (unsigned char)*text;
	bool blank = c == ' ' || c == '\t';
	bool guarded = first && (c == '.' || c == '>' || strncmp(text, "From ", 5) == 0);
	if ((blank && !last) || (c > 0x20 && c < 0x7F && c != '=' && !guarded)) {
		out[0] = (char)c;
		return 1;
	}
	return (size_t)snprintf(out, 4, "=%02X", c);
}

/* One line of the text; one that is too long is broken behind a "=", which a reader takes out again. */
static void write_line(struct mentor_buf *b, const char *line, size_t len)
{
	char one[4];
	size_t column = 0;
	for (size_t i = 0; i < len;) {
		size_t end = i + character(line + i), width = 0; /* a character stays whole */
		end = end > len ? len : end;
		for (size_t at = i; at < end; at++)
			width += quote(line + at, column == 0, at + 1 == len, one);
		if (column > 0 && column + width > MOST_COLUMNS - 1) {
			mentor_buf_str(b, "=\r\n");
			column = 0;
		}
		for (; i < end; i++) {
			size_t n = quote(line + i, column == 0, i + 1 == len, one);
			mentor_buf_add(b, one, n);
			column += n;
		}
	}
	mentor_buf_str(b, "\r\n");
}

/* `crlf`: that is how its lines end. */
static void write_text(struct mentor_buf *b, const char *text, bool crlf)
{
	for (size_t n = 0; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		write_line(b, text, crlf && n ? n - 1 : n);
	}
}

/* ---- the same as HTML: nothing in it is fetched from anywhere ---- */

static void put_html(struct mentor_buf *b, const char *text, size_t len)
{
	struct mentor_buf piece = MENTOR_BUF_INIT;
	mentor_buf_add(&piece, text, len);
	mentor_buf_html(b, mentor_buf_text(&piece));
	b->failed = b->failed || piece.failed;
	mentor_buf_free(&piece);
}

/* The length of a link without what ends the sentence around it. */
static size_t link_length(const char *text)
{
	size_t len = strcspn(text, " \t\n<>\"");
	while (len && strchr(".,;:!?)", text[len - 1]))
		len--;
	return len;
}

static void write_html_line(struct mentor_buf *b, const char *line, size_t len)
{
	for (const char *end = line + len; line < end;) {
		const char *link = strstr(line, "https://");
		size_t plain = link && link < end ? (size_t)(link - line) : (size_t)(end - line);
		put_html(b, line, plain);
		line += plain;
		if (line == end)
			return;
		size_t n = link_length(line);
		mentor_buf_str(b, "<a href=\"");
		put_html(b, line, n);
		mentor_buf_str(b, "\">");
		put_html(b, line, n);
		mentor_buf_str(b, "</a>");
		line += n;
	}
}

enum block { NO_BLOCK, PARAGRAPH, BULLETS };

/* Ends the block that is open, and begins another; a line that goes on in its paragraph is a line there too. */
static void go_to_block(struct mentor_buf *b, enum block *now, enum block next)
{
	static const char *const begins[] = { "", "<p>", "<ul>\n" }, *const ends[] = { "", "</p>\n", "</ul>\n" };
	if (*now == next) {
		mentor_buf_str(b, next == PARAGRAPH ? "<br>\n" : "");
		return;
	}
	mentor_buf_fmt(b, "%s%s", ends[*now], begins[next]);
	*now = next;
}

/* Paragraphs, lists, and the line between the reminders of a digest. */
static void write_html_body(struct mentor_buf *b, const char *text)
{
	enum block now = NO_BLOCK;
	for (size_t n = 0; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		bool bullet = strncmp(text, "- ", 2) == 0, rule = n == 4 && strncmp(text, "----", 4) == 0;
		go_to_block(b, &now, n == 0 || rule ? NO_BLOCK : bullet ? BULLETS : PARAGRAPH);
		if (rule)
			mentor_buf_str(b, "<hr>\n");
		else if (bullet)
			mentor_buf_str(b, "<li>");
		if (n && !rule)
			write_html_line(b, bullet ? text + 2 : text, bullet ? n - 2 : n);
		if (bullet)
			mentor_buf_str(b, "</li>\n");
	}
	go_to_block(b, &now, NO_BLOCK);
}

static void write_html(struct mentor_buf *b, const struct mail *mail)
{
	const char *language = mail->language ? mail->language : "en";
	mentor_buf_fmt(b, "<!doctype html>\n<html lang=\"%.*s\">\n<head>\n<meta charset=\"utf-8\">\n<title>", (int)strcspn(language, ","), language);
	mentor_buf_html(b, mail->subject);
	mentor_buf_str(b, "</title>\n</head>\n<body>\n");
	write_html_body(b, mail->text);
	mentor_buf_str(b, "</body>\n</html>\n");
}

/* ---- alternatives ---- */

static void begin_part(struct mentor_buf *b, const char *type, const char *method)
{
	mentor_buf_str(b, "--" BOUNDARY "\r\n");
	write_type(b, type, method);
	mentor_buf_str(b, "\r\n");
}

/* The plainest first. Outlook looks for the calendar among the alternatives, and takes the method from here (RFC 6047). */
static void write_parts(struct mentor_buf *b, const struct mail *mail)
{
	struct mentor_buf page = MENTOR_BUF_INIT;
	begin_part(b, "text/plain; charset=utf-8", NULL);
	write_text(b, mail->text, false);
	if (mail->html) {
		write_html(&page, mail);
		begin_part(b, "text/html; charset=utf-8", NULL);
		write_text(b, mentor_buf_text(&page), false);
	}
	if (mail->calendar) {
		begin_part(b, "text/calendar; charset=utf-8", mail->method);
		write_text(b, mail->calendar, true);
	}
	mentor_buf_str(b, "--" BOUNDARY "--\r\n");
	b->failed = b->failed || page.failed;
	mentor_buf_free(&page);
}

/* ---- whole messages ---- */

enum mentor_status mail_write(struct mentor *m, const struct mail *mail, struct mentor_buf *b)
{
	enum mentor_status status = check(m, mail);
	if (status)
		return status;
	write_headers(b, mail);
	mentor_buf_str(b, "\r\n");
	if (mail->html || mail->calendar)
		write_parts(b, mail);
	else
		write_text(b, mail->text, false);
	return b->failed ? fail_memory(m) : MENTOR_OK;
}

/* No line of the message begins with "From ", quoted or not, so there is nothing to quote. */
enum mentor_status mail_mbox(struct mentor *m, const struct mail *mail, struct mentor_buf *b)
{
	struct mentor_buf message = MENTOR_BUF_INIT;
	enum mentor_status status = mail_write(m, mail, &message);
	if (!status) {
		mentor_buf_fmt(b, "From %s ", mail->from.email);
		write_date(b, mail->date, true);
		mentor_buf_char(b, '\n');
		for (const char *p = mentor_buf_text(&message), *end = NULL; (end = strstr(p, "\r\n")); p = end + 2) {
			mentor_buf_add(b, p, (size_t)(end - p));
			mentor_buf_char(b, '\n');
		}
		mentor_buf_char(b, '\n');
		status = b->failed ? fail_memory(m) : MENTOR_OK;
	}
	mentor_buf_free(&message);
	return status;
}

void mail_id(struct mentor_buf *b, const char *key, const char *email)
{
	char hex[HASH_HEX];
	const char *at = strchr(email, '@');
	hash_hex(key, strlen(key), hex);
	mentor_buf_fmt(b, "%.*s@%s", ID_DIGITS, hex, at ? at + 1 : email);
}
