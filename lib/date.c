/* date.c: civil dates without the C library's clock: ISO days, instants, and dates as forms write them. */
#include "date.h"

#include "mentor.h"

#include <string.h>

enum { MIN_YEAR = 1900, MAX_YEAR = 2999, MINUTES_A_DAY = 1440 };

static const char *const month_names[] = { "January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December" };

struct civil {
	int year, month, day;
};

/* ---------------------------------------------------------------------------------------------
 * The calendar
 */

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

static bool is_date(struct civil c)
{
	return c.year >= MIN_YEAR && c.year <= MAX_YEAR && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
	       c.day <= month_length(c.year, c.month);
}

/* Both conversions count in years that begin in March, so that the leap day comes last; 719468 is 1970-01-01 counted
 * from 0000-03-01, and 146097 days make 400 years. */
static int64_t day_number(struct civil c)
{
	int64_t year = c.month > 2 ? c.year : c.year - 1;
	int64_t month = (c.month + 9) % 12;
	return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + c.day - 1 - 719468;
}

/* Days beyond the years that a day can have become the first or last day of them. */
static struct civil civil_of(int64_t number)
{
	const int64_t first = day_number((struct civil){ MIN_YEAR, 1, 1 });
	const int64_t last = day_number((struct civil){ MAX_YEAR, 12, 31 });
	number = number < first ? first : number > last ? last : number;
	int64_t days = number + 719468;
	int64_t era = days / 146097;
	int64_t of_era = days % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int month = (int)((5 * of_year + 2) / 153);
	struct civil c = { .day = (int)(of_year - (153 * month + 2) / 5 + 1),
		.month = month < 10 ? month + 3 : month - 9 };
	c.year = (int)(year + era * 400) + (c.month <= 2);
	return c;
}

/* ---------------------------------------------------------------------------------------------
 * Reading from a cursor
 */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads `min` to `max` digits, all there are; returns how many, 0 when they are too few or too many. */
static int read_digits(const char **at, int min, int max, int *ret_value)
{
	int n = 0;
	int value = 0;
	for (; n <= max && is_digit((*at)[n]); n++)
		value = value * 10 + ((*at)[n] - '0');
	if (n < min || n > max)
		return 0;
	*at += n;
	*ret_value = value;
	return n;
}

static bool read_char(const char **at, const char *allowed)
{
	if (!**at || !strchr(allowed, **at))
		return false;
	++*at;
	return true;
}

/* Reads exactly YYYY-MM-DD. */
static bool read_iso(const char **at, struct civil *ret)
{
	return read_digits(at, 4, 4, &ret->year) && read_char(at, "-") && read_digits(at, 2, 2, &ret->month) &&
	       read_char(at, "-") && read_digits(at, 2, 2, &ret->day) && is_date(*ret);
}

/* Writes `value` with leading zeros. */
static char *put_digits(char *out, int64_t value, int digits)
{
	for (int i = digits - 1; i >= 0; i--, value /= 10)
		out[i] = (char)('0' + value % 10);
	return out + digits;
}

static char *put_civil(char *out, struct civil c)
{
	out = put_digits(out, c.year, 4);
	*out++ = '-';
	out = put_digits(out, c.month, 2);
	*out++ = '-';
	out = put_digits(out, c.day, 2);
	*out = '\0';
	return out;
}

/* ---------------------------------------------------------------------------------------------
 * Days
 */

bool mentor_day_parse(const char *text, int64_t *ret_day)
{
	struct civil c = { 0 };
	if (!read_iso(&text, &c) || *text)
		return false;
	*ret_day = day_number(c);
	return true;
}

void mentor_day_format(int64_t day, char out[11])
{
	put_civil(out, civil_of(day));
}

int64_t mentor_day_add_months(int64_t day, int months)
{
	struct civil c = civil_of(day);
	int64_t count = (int64_t)c.year * 12 + c.month - 1 + months;
	const int64_t first = (int64_t)MIN_YEAR * 12;
	const int64_t last = (int64_t)MAX_YEAR * 12 + 11;
	count = count < first ? first : count > last ? last : count;
	c.year = (int)(count / 12);
	c.month = (int)(count % 12) + 1;
	int length = month_length(c.year, c.month);
	c.day = c.day < length ? c.day : length;
	return day_number(c);
}

int64_t mentor_day_last_of(int64_t first, int months)
{
	int64_t next = mentor_day_add_months(first, months);
	return civil_of(next).day == civil_of(first).day ? next - 1 : next;
}

void mentor_day_in_words(struct mentor_buf *b, const char *iso_day)
{
	int64_t day = 0;
	if (!iso_day || !mentor_day_parse(iso_day, &day)) {
		mentor_buf_str(b, iso_day);
		return;
	}
	struct civil c = civil_of(day);
	mentor_buf_fmt(b, "%d %s %d", c.day, month_names[c.month - 1], c.year);
}

/* ---------------------------------------------------------------------------------------------
 * Instants and clock times
 */

/* Reads Z or an offset such as +01:00 as minutes east. */
static bool read_offset(const char **at, int *ret_minutes)
{
	*ret_minutes = 0;
	if (read_char(at, "Zz"))
		return true;
	int sign = **at == '-' ? -1 : 1;
	int hours = 0;
	int minutes = 0;
	if (!read_char(at, "+-") || !read_digits(at, 2, 2, &hours) || !read_char(at, ":") ||
	    !read_digits(at, 2, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*ret_minutes = sign * (hours * 60 + minutes);
	return true;
}

/* Reads parts of a second, which are dropped. */
static bool read_fraction(const char **at)
{
	if (!read_char(at, "."))
		return true;
	if (!is_digit(**at))
		return false;
	while (is_digit(**at))
		++*at;
	return true;
}

bool date_parse_instant(const char *text, char out[32])
{
	struct civil c = { 0 };
	int hour = 12;
	int minute = 0;
	int second = 0;
	int offset = 0;
	if (!read_iso(&text, &c))
		return false;
	if (*text) {
		if (!read_char(&text, "Tt ") || !read_digits(&text, 2, 2, &hour) || !read_char(&text, ":") ||
		    !read_digits(&text, 2, 2, &minute) || !read_char(&text, ":") ||
		    !read_digits(&text, 2, 2, &second) || !read_fraction(&text) || !read_offset(&text, &offset) ||
		    *text)
			return false;
	}
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	/* A leap second is taken as the one before it: nothing else in here knows of them. */
	second = second == 60 ? 59 : second;
	int64_t minutes = day_number(c) * MINUTES_A_DAY + INT64_C(60) * hour + minute - offset;
	int64_t of_day = ((minutes % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
	int64_t day = (minutes - of_day) / MINUTES_A_DAY;
	c = civil_of(day);
	if (day_number(c) != day)
		return false;
	out = put_civil(out, c);
	*out++ = 'T';
	out = put_digits(out, of_day / 60, 2);
	*out++ = ':';
	out = put_digits(out, of_day % 60, 2);
	*out++ = ':';
	out = put_digits(out, second, 2);
	*out++ = 'Z';
	*out = '\0';
	return true;
}

bool date_parse_clock(const char *text, char out[6])
{
	const char *at = text;
	int hour = 0;
	int minute = 0;
	if (!read_digits(&at, 2, 2, &hour) || !read_char(&at, ":") || !read_digits(&at, 2, 2, &minute) || *at ||
	    hour > 23 || minute > 59)
		return false;
	memcpy(out, text, 6);
	return true;
}

/* ---------------------------------------------------------------------------------------------
 * Dates of forms and spreadsheets
 */

/* Skips blanks: space, TAB, and the no-break spaces (U+00A0, U+202F) that some locales put before AM and PM. */
static void skip_blanks(const char **at)
{
	for (;;) {
		const char *p = *at;
		size_t len = *p == ' ' || *p == '\t' ? 1 : strncmp(p, "\xC2\xA0", 2) == 0 ? 2 : strncmp(p, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
		if (!len)
			return;
		*at += len;
	}
}

/* Reads `word`, given in capitals, in any case. */
static bool read_word(const char **at, const char *word)
{
	size_t i = 0;
	for (; word[i]; i++) {
		char c = (*at)[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c != word[i])
			return false;
	}
	*at += i;
	return true;
}

/* Reads an optional zone: Z, UTC, GMT, GMT+3, +01:00, -0530. */
static bool read_zone(const char **at)
{
	bool named = read_word(at, "GMT") || read_word(at, "UTC");
	if (!named && read_word(at, "Z"))
		return true;
	if (!read_char(at, "+-"))
		return true;
	int hours = 0;
	int minutes = 0;
	const char *start = *at;
	if (read_digits(at, 4, 4, &hours)) {
		minutes = hours % 100;
		hours /= 100;
	} else {
		*at = start;
		if (!read_digits(at, 1, 2, &hours) || (read_char(at, ":") && !read_digits(at, 2, 2, &minutes)))
			return false;
	}
	return hours <= 14 && minutes <= 59;
}

/* Checks the time of day: H:MM, H:MM:SS, AM or PM, zone. */
static bool check_time(const char *at)
{
	int hour = 0;
	int minute = 0;
	int second = 0;
	if (!read_digits(&at, 1, 2, &hour) || !read_char(&at, ":") || !read_digits(&at, 2, 2, &minute))
		return false;
	if (read_char(&at, ":") && (!read_digits(&at, 2, 2, &second) || !read_fraction(&at)))
		return false;
	skip_blanks(&at);
	bool twelve = read_word(&at, "AM") || read_word(&at, "PM");
	if (twelve ? hour < 1 || hour > 12 : hour > 23)
		return false;
	skip_blanks(&at);
	if (!read_zone(&at))
		return false;
	skip_blanks(&at);
	return !*at && minute <= 59 && second <= 60;
}

/* Checks what follows the date: nothing, or a time behind T, blanks or a comma. */
static bool check_rest(const char *at)
{
	const char *start = at;
	if (!read_char(&at, "Tt")) {
		(void)read_char(&at, ",");
		skip_blanks(&at);
		if (!*at)
			return start[0] != ',';
	}
	return at > start && check_time(at);
}

/* Which order the three numbers are in; NULL when it could be day or month first. */
static const char *order_of(const int *values, int first_digits, const char *order)
{
	if (first_digits == 4)
		return "ymd";
	if (order)
		return order;
	if (values[0] <= 12 && values[1] <= 12 && values[0] != values[1])
		return NULL;
	return values[1] <= 12 ? "dmy" : "mdy";
}

/* Puts the numbers in their places; false when one has more digits than its place allows or there is no such day. */
static bool arrange(const int *values, const int *digits, const char *order, struct civil *ret)
{
	for (int i = 0; i < 3; i++) {
		bool year = order[i] == 'y';
		if (year ? digits[i] != 2 && digits[i] != 4 : digits[i] > 2)
			return false;
		if (year)
			ret->year = digits[i] == 2 ? 2000 + values[i] : values[i];
		else if (order[i] == 'm')
			ret->month = values[i];
		else
			ret->day = values[i];
	}
	return is_date(*ret);
}

bool date_parse_form(const char *text, const char *order, char out[11], bool *ret_ambiguous)
{
	*ret_ambiguous = false;
	int values[3] = { 0 };
	int digits[3] = { 0 };
	skip_blanks(&text);
	char separator[2] = { 0 };
	for (int i = 0; i < 3; i++) {
		if (i == 1) {
			separator[0] = *text;
			if (!strchr("-./", *text))
				return false;
		}
		if (i > 0 && !read_char(&text, separator))
			return false;
		digits[i] = read_digits(&text, 1, 4, &values[i]);
		if (digits[i] == 0)
			return false;
	}
	if (!check_rest(text))
		return false;
	order = order_of(values, digits[0], order);
	struct civil c = { 0 };
	if (!order) {
		*ret_ambiguous = arrange(values, digits, "dmy", &c);
		return false;
	}
	if (!arrange(values, digits, order, &c))
		return false;
	put_civil(out, c);
	return true;
}
