/* field.c: reading and writing one value as its field row says. */
#include "field.h"

#include "date.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_LINE = 1000, MAX_NOTE = 100000, MAX_SLUG = 64, MAX_EMAIL = 254 };

size_t mentor_field_count(const struct mentor_field *fields)
{
	size_t n = 0;
	while (fields[n].name)
		n++;
	return n;
}

static bool same_name(const char *field, const char *name)
{
	for (; *field && *name; field++, name++)
		if (*field != *name && !(*field == '_' && *name == '-'))
			return false;
	return *field == *name;
}

const struct mentor_field *mentor_field_find(const struct mentor_field *fields, const char *name)
{
	for (; fields->name; fields++)
		if (same_name(fields->name, name))
			return fields;
	return NULL;
}

bool mentor_field_is_text(const struct mentor_field *field)
{
	switch (field->type) {
	case MENTOR_TYPE_ID:
	case MENTOR_TYPE_REF:
	case MENTOR_TYPE_INT:
	case MENTOR_TYPE_CENTI:
	case MENTOR_TYPE_BOOL:
	case MENTOR_TYPE_CHOICE:
		return false;
	case MENTOR_TYPE_TEXT:
	case MENTOR_TYPE_NOTE:
	case MENTOR_TYPE_SLUG:
	case MENTOR_TYPE_EMAIL:
	case MENTOR_TYPE_DAY:
	case MENTOR_TYPE_TIME:
	case MENTOR_TYPE_CLOCK:
	case MENTOR_TYPE_LIST:
		break;
	}
	return true;
}

int64_t mentor_field_number(const struct mentor_field *field, const void *record)
{
	int64_t number = 0;
	memcpy(&number, (const char *)record + field->offset, sizeof(number));
	return number;
}

const char *mentor_field_string(const struct mentor_field *field, const void *record)
{
	const char *text = NULL;
	memcpy(&text, (const char *)record + field->offset, sizeof(text));
	return text;
}

static void put_number(const struct mentor_field *field, void *record, int64_t number)
{
	memcpy((char *)record + field->offset, &number, sizeof(number));
}

static void put_text(const struct mentor_field *field, void *record, const char *text)
{
	memcpy((char *)record + field->offset, &text, sizeof(text));
}

bool mentor_field_is_none(const struct mentor_field *field, const void *record)
{
	if (mentor_field_is_text(field))
		return !mentor_field_string(field, record);
	int64_t number = mentor_field_number(field, record);
	return number == MENTOR_NONE || (number == 0 && (field->type == MENTOR_TYPE_REF || field->type == MENTOR_TYPE_ID));
}

static void put_none(const struct mentor_field *field, void *record)
{
	if (mentor_field_is_text(field))
		put_text(field, record, NULL);
	else
		put_number(field, record, field->type == MENTOR_TYPE_REF || field->type == MENTOR_TYPE_ID ? 0 : MENTOR_NONE);
}

void mentor_record_clear(const struct mentor_field *fields, void *record)
{
	for (; fields->name; fields++)
		put_none(fields, record);
}

int64_t field_choice(const char *const *choices, const char *word)
{
	for (int64_t i = 0; word && choices[i]; i++)
		if (strcmp(choices[i], word) == 0)
			return i;
	return MENTOR_NONE;
}

uint64_t field_bit(const struct mentor_field *fields, const char *name)
{
	const struct mentor_field *field = mentor_field_find(fields, name);
	return field ? UINT64_C(1) << (field - fields) : 0;
}

/* ---- reading ---- */

static const char *choice_list(struct mentor_buf *b, const char *const *choices)
{
	for (size_t i = 0; choices[i]; i++)
		mentor_buf_fmt(b, "%s%s", i == 0 ? "" : choices[i + 1] ? ", " : " or ", choices[i]);
	return mentor_buf_text(b);
}

static enum mentor_status read_choice(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	for (int64_t i = 0; field->choices[i]; i++)
		if (strcmp(field->choices[i], text) == 0) {
			put_number(field, record, i);
			return MENTOR_OK;
		}
	struct mentor_buf list = MENTOR_BUF_INIT, hint = MENTOR_BUF_INIT;
	const char *near = mentor_nearest(text, field->choices), *choices = choice_list(&list, field->choices);
	if (near)
		mentor_buf_fmt(&hint, "did you mean '%s'?", near);
	enum mentor_status status = list.failed || hint.failed ? fail_memory(m) :
	    fail(m, MENTOR_INVALID, near ? mentor_buf_text(&hint) : NULL, "'%s' is not %s", text, choices);
	mentor_buf_free(&list);
	mentor_buf_free(&hint);
	return status;
}

static const char *const yes_no[] = { "no", "yes", "false", "true", "0", "1", NULL };

/* Other words for yes and no are told apart from nonsense, and still not guessed. */
static const char *meant_bool(const char *text)
{
	static const char *const words[] = { "no", "n", "off", "false", "yes", "y", "on", "true" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcasecmp(words[i], text) == 0)
			return i < 4 ? "did you mean 'no'?" : "did you mean 'yes'?";
	return NULL;
}

static enum mentor_status read_bool(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	for (int i = 0; yes_no[i]; i++)
		if (strcmp(yes_no[i], text) == 0) {
			put_number(field, record, i & 1);
			return MENTOR_OK;
		}
	return fail(m, MENTOR_INVALID, meant_bool(text), "'%s' is not yes or no", text);
}

static enum mentor_status read_int(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	int64_t low = field->minimum, high = field->maximum || low ? field->maximum : 1000000000;
	char *end = NULL;
	errno = 0;
	long long number = strtoll(text, &end, 10);
	bool digits = *text && strspn(text, "-0123456789") == strlen(text);
	if (!digits || errno || *end || number < low || number > high)
		return fail(m, MENTOR_INVALID, NULL, "'%s' is not a whole number from %" PRId64 " to %" PRId64, text, low, high);
	put_number(field, record, number);
	return MENTOR_OK;
}

/* "3", "3.5" and "-0.05", as write_centi() and people write them: digits, then at most two behind a point. */
static enum mentor_status read_centi(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	enum { MOST_DIGITS = 10 };
	const char *whole = text + (*text == '-');
	size_t digits = strspn(whole, "0123456789");
	const char *part = whole + digits + (whole[digits] == '.');
	size_t decimals = part > whole + digits ? strspn(part, "0123456789") : 0;
	bool point_alone = part > whole + digits && decimals == 0;
	if (digits == 0 || digits > MOST_DIGITS || point_alone || decimals > 2 || part[decimals] != '\0')
		return fail(m, MENTOR_INVALID, "write it as 3 or 3.25", "'%s' is not a number with at most two decimals", text);
	int64_t number = 0;
	for (size_t i = 0; i < digits; i++)
		number = number * 10 + (whole[i] - '0');
	for (size_t i = 0; i < 2; i++)
		number = number * 10 + (i < decimals ? part[i] - '0' : 0);
	put_number(field, record, *text == '-' ? -number : number);
	return MENTOR_OK;
}

static bool is_slug(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return *text >= 'a' && *text <= 'z' && text[n] == '\0' && n <= MAX_SLUG;
}

/* Deliberately narrower than RFC 5322: no quoting, no comments, nothing that a shell, a header or a
 * mail program's argument list could read as something else. */
static bool is_email(const char *text)
{
	const char *at = strchr(text, '@');
	if (!at || at == text || strchr(at + 1, '@') || strlen(text) > MAX_EMAIL || *text == '-' || *text == '.')
		return false;
	if (strpbrk(text, " \t\r\n<>()[],;:\\\"'|&$`") || at[1] == '\0' || at[1] == '.' || at[1] == '-')
		return false;
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		if (*p < 0x21 || *p == 0x7f)
			return false;
	return strchr(at, '.') && text[strlen(text) - 1] != '.';
}

/* C0, DEL and C1 controls have no place in a name, an address or a note, except LF and TAB in a note. */
static bool has_controls(const char *text, bool multiline)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p >= 0x20 && *p != 0x7f && !(p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0))
			continue;
		if (!multiline || (*p != '\n' && *p != '\t'))
			return true;
	}
	return false;
}

/* U+202A to U+202E and U+2066 to U+2069 turn the direction of what follows, so that one name or address can look like another. */
static bool has_bidi(const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		if (p[0] == 0xe2 && ((p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae) || (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)))
			return true;
	return false;
}

/* Whether all is printable ASCII, eight bytes at a time. */
static bool is_plain(const char *text, size_t len)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t strange = 0, word = 0;
	for (size_t i = 0; i < len; i += sizeof(word)) {
		word = each * ' ';
		memcpy(&word, text + i, len - i < sizeof(word) ? len - i : sizeof(word));
		strange |= word | (word - each * ' ') | (word + each);
	}
	return !(strange & each * 0x80);
}

static enum mentor_status check_text(struct mentor *m, const struct mentor_field *field, const char *text)
{
	bool multiline = field->type == MENTOR_TYPE_NOTE || field->type == MENTOR_TYPE_LIST;
	size_t len = strlen(text), most = multiline ? MAX_NOTE : MAX_LINE;
	if (len <= most && is_plain(text, len))
		return MENTOR_OK;
	if (!mentor_utf8_valid(text, len, NULL))
		return fail(m, MENTOR_INVALID, "save the file, or set the terminal, as UTF-8", "the text is not UTF-8");
	if (len > most)
		return fail(m, MENTOR_INVALID, NULL, "the text is %zu bytes long, at most %zu are kept", len, most);
	if (has_controls(text, multiline))
		return fail(m, MENTOR_INVALID, "remove it, or write it as a space", "the text holds a control character");
	if (field->type != MENTOR_TYPE_NOTE && has_bidi(text))
		return fail(m, MENTOR_INVALID, "remove it: it can make one name look like another",
		    "the text holds an invisible character that turns the direction of writing");
	return MENTOR_OK;
}

static enum mentor_status keep_text(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	const char *kept = mentor_keep(m, text);
	if (!kept)
		return MENTOR_NO_MEMORY;
	put_text(field, record, kept);
	return MENTOR_OK;
}

/* Judged as it is kept: folding can make an address longer, and makes a ; of a Greek question mark. */
static enum mentor_status read_email(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	enum mentor_status status = check_text(m, field, text);
	if (status)
		return status;
	char *folded = mentor_utf8_fold(text);
	if (!folded)
		return fail_memory(m);
	if (is_email(folded))
		status = keep_text(m, field, folded, record);
	else
		status = fail(m, MENTOR_INVALID, "an address looks like name@example.org", "'%s' is not an e-mail address", text);
	free(folded);
	return status;
}

static enum mentor_status read_text(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	enum mentor_status status = check_text(m, field, text);
	return status ? status : keep_text(m, field, text, record);
}

static enum mentor_status read_slug(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	if (!is_slug(text))
		return fail(m, MENTOR_INVALID, "use a-z, 0-9 and -, starting with a letter, such as spring-2026",
		    "'%s' is not a short name", text);
	return keep_text(m, field, text, record);
}

static enum mentor_status read_day(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	int64_t day = 0;
	if (!mentor_day_parse(text, &day))
		return fail(m, MENTOR_INVALID, "write days as 2026-09-30", "'%s' is not a day", text);
	return keep_text(m, field, text, record);
}

static enum mentor_status read_time(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	char instant[32];
	if (!date_parse_instant(text, instant))
		return fail(m, MENTOR_INVALID, "write instants as 2026-09-30T14:00:00Z", "'%s' is not an instant", text);
	return keep_text(m, field, instant, record);
}

static enum mentor_status read_clock(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	char clock[6];
	if (!date_parse_clock(text, clock))
		return fail(m, MENTOR_INVALID, "write times as 09:30 or 14:30", "'%s' is not a time of day", text);
	return keep_text(m, field, clock, record);
}

/* People and forms separate the items of a list by semicolons or newlines. */
static enum mentor_status read_list(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	enum mentor_status status = check_text(m, field, text);
	if (status)
		return status;
	struct mentor_buf b = MENTOR_BUF_INIT;
	for (const char *p = text; *p;) {
		p += strspn(p, " ;\n\t");
		size_t len = strcspn(p, ";\n");
		size_t item = len;
		while (item > 0 && (p[item - 1] == ' ' || p[item - 1] == '\t'))
			item--;
		if (item > 0 && b.len)
			mentor_buf_char(&b, '\n');
		mentor_buf_add(&b, p, item);
		p += len;
	}
	status = b.failed ? fail_memory(m) : MENTOR_OK;
	if (!status && b.len)
		status = keep_text(m, field, mentor_buf_text(&b), record);
	mentor_buf_free(&b);
	return status;
}

enum mentor_status field_read(struct mentor *m, const struct mentor_field *field, const char *text, void *record)
{
	put_none(field, record);
	if (!text || !*text)
		return MENTOR_OK;
	switch (field->type) {
	case MENTOR_TYPE_INT:
		return read_int(m, field, text, record);
	case MENTOR_TYPE_CENTI:
		return read_centi(m, field, text, record);
	case MENTOR_TYPE_BOOL:
		return read_bool(m, field, text, record);
	case MENTOR_TYPE_CHOICE:
		return read_choice(m, field, text, record);
	case MENTOR_TYPE_SLUG:
		return read_slug(m, field, text, record);
	case MENTOR_TYPE_EMAIL:
		return read_email(m, field, text, record);
	case MENTOR_TYPE_DAY:
		return read_day(m, field, text, record);
	case MENTOR_TYPE_TIME:
		return read_time(m, field, text, record);
	case MENTOR_TYPE_CLOCK:
		return read_clock(m, field, text, record);
	case MENTOR_TYPE_LIST:
		return read_list(m, field, text, record);
	case MENTOR_TYPE_ID:
	case MENTOR_TYPE_REF:
		return fail(m, MENTOR_BUG, NULL, "a reference is looked up in the store");
	case MENTOR_TYPE_TEXT:
	case MENTOR_TYPE_NOTE:
		break;
	}
	return read_text(m, field, text, record);
}

/* ---- writing ---- */

static void write_centi(struct mentor_buf *b, int64_t number)
{
	int64_t size = number < 0 ? -number : number;
	mentor_buf_fmt(b, "%s%" PRId64 ".%02" PRId64, number < 0 ? "-" : "", size / 100, size % 100);
}

static void write_number(struct mentor_buf *b, const struct mentor_field *field, int64_t number)
{
	if (field->type == MENTOR_TYPE_ID || field->type == MENTOR_TYPE_REF)
		mentor_buf_char(b, mentor_entity(field->entity)->letter);
	if (field->type == MENTOR_TYPE_CENTI)
		write_centi(b, number);
	else
		mentor_buf_number(b, number);
}

void mentor_field_write(struct mentor_buf *b, const struct mentor_field *field, const void *record)
{
	if (mentor_field_is_none(field, record))
		return;
	if (field->type == MENTOR_TYPE_LIST) {
		for (const char *p = mentor_field_string(field, record); *p; p++)
			mentor_buf_str(b, *p == '\n' ? "; " : (const char[]){ *p, '\0' });
		return;
	}
	if (mentor_field_is_text(field)) {
		mentor_buf_str(b, mentor_field_string(field, record));
		return;
	}
	int64_t number = mentor_field_number(field, record);
	if (number == MENTOR_SUPPRESSED)
		mentor_buf_str(b, "[c]");
	else if (field->type == MENTOR_TYPE_BOOL)
		mentor_buf_str(b, number ? "yes" : "no");
	else if (field->type == MENTOR_TYPE_CHOICE)
		mentor_buf_str(b, field->choices[number]);
	else
		write_number(b, field, number);
}

static void write_json_list(struct mentor_buf *b, const char *items)
{
	struct mentor_buf item = MENTOR_BUF_INIT;
	mentor_buf_char(b, '[');
	for (const char *between = ""; mentor_buf_line(&item, &items); between = ",") {
		mentor_buf_str(b, between);
		mentor_buf_json(b, mentor_buf_text(&item));
	}
	mentor_buf_char(b, ']');
	b->failed = b->failed || item.failed;
	mentor_buf_free(&item);
}

void mentor_field_write_json(struct mentor_buf *b, const struct mentor_field *field, const void *record)
{
	if (field->type == MENTOR_TYPE_LIST) {
		write_json_list(b, mentor_field_string(field, record));
		return;
	}
	if (mentor_field_is_text(field)) {
		mentor_buf_json(b, mentor_field_string(field, record));
		return;
	}
	int64_t number = mentor_field_number(field, record);
	if (mentor_field_is_none(field, record) || number == MENTOR_SUPPRESSED) {
		mentor_buf_str(b, "null");
	} else if (field->type == MENTOR_TYPE_BOOL) {
		mentor_buf_str(b, number ? "true" : "false");
	} else if (field->type == MENTOR_TYPE_CHOICE) {
		mentor_buf_json(b, field->choices[number]);
	} else {
		bool quoted = field->type == MENTOR_TYPE_ID || field->type == MENTOR_TYPE_REF;
		if (quoted)
			mentor_buf_char(b, '"');
		write_number(b, field, number);
		if (quoted)
			mentor_buf_char(b, '"');
	}
}
