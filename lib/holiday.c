/* holiday.c: bank holidays of the United Kingdom: those that come every year, and those that were moved or added.
 *
 * Sources: Banking and Financial Dealings Act 1971, Schedule 1; St Andrew's Day Bank Holiday (Scotland) Act 2007; for substitute days, and for
 * the days by royal proclamation below, the list on www.gov.uk/bank-holidays. */
#include "holiday.h"

#include "mentor.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { EW = 1 << HOLIDAY_ENGLAND_AND_WALES, SC = 1 << HOLIDAY_SCOTLAND, NI = 1 << HOLIDAY_NORTHERN_IRELAND, ALL = EW | SC | NI };
enum { SUNDAY, MONDAY, SATURDAY = 6 };

/* A day of every year: a date, which moves to a working day, or one counted from Easter or from a weekday of a month. */
static const struct yearly {
	unsigned where;
	enum { DATE, EASTER, NTH_MONDAY, LAST_MONDAY } kind;
	int month, n; /* day of the month; days from Easter Sunday; which Monday */
} yearly[] = {
	{ ALL, DATE, 1, 1 },
	{ SC, DATE, 1, 2 },
	{ NI, DATE, 3, 17 },
	{ ALL, EASTER, 0, -2 },
	{ EW | NI, EASTER, 0, 1 },
	{ ALL, NTH_MONDAY, 5, 1 },
	{ ALL, LAST_MONDAY, 5, 0 },
	{ NI, DATE, 7, 12 },
	{ SC, NTH_MONDAY, 8, 1 },
	{ EW | NI, LAST_MONDAY, 8, 0 },
	{ SC, DATE, 11, 30 },
	{ ALL, DATE, 12, 25 },
	{ ALL, DATE, 12, 26 },
};

/* By royal proclamation: no holiday in spite of the above, or one besides. */
static const struct {
	unsigned where;
	bool off;
	const char *day;
} proclaimed[] = {
	{ ALL, true, "2020-05-04" },  { ALL, false, "2020-05-08" }, /* 75 years after the war in Europe */
	{ ALL, true, "2022-05-30" },  { ALL, false, "2022-06-02" }, { ALL, false, "2022-06-03" }, /* Platinum Jubilee */
	{ ALL, false, "2022-09-19" }, /* state funeral of Elizabeth II */
	{ ALL, false, "2023-05-08" }, /* coronation of Charles III */
};

static int weekday(int64_t day)
{
	return (int)(((day + 4) % 7 + 7) % 7); /* 1 January 1970 was a Thursday */
}

static int64_t date(int year, int month, int n)
{
	char text[11];
	int64_t day = 0;
	snprintf(text, sizeof(text), "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)n % 100);
	return mentor_day_parse(text, &day) ? day : MENTOR_NONE;
}

/* Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
static int64_t easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100, d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7, f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
	return date(year, f / 31, f % 31 + 1);
}

static bool is_weekend(int64_t day)
{
	return weekday(day) == SUNDAY || weekday(day) == SATURDAY;
}

static int64_t day_of(const struct yearly *y, int year)
{
	int64_t first = y->kind == EASTER ? easter(year) : date(year, y->month, y->kind == DATE ? y->n : 1);
	if (y->kind == DATE)
		return first;
	if (y->kind == EASTER)
		return first + y->n;
	first += (MONDAY - weekday(first) + 7) % 7;
	if (y->kind == NTH_MONDAY)
		return first + (int64_t)7 * (y->n - 1);
	int64_t next = first + 28;
	char a[11], b[11];
	mentor_day_format(first, a);
	mentor_day_format(next, b);
	return strncmp(a, b, 7) == 0 ? next : first + 21;
}

/* The first working day from `day` on that no other holiday has taken. */
static int64_t free_day(int64_t day, const int64_t *taken, size_t n)
{
	for (size_t i = 0; is_weekend(day) || i < n;)
		if (is_weekend(day) || day == taken[i]) {
			day++;
			i = 0;
		} else {
			i++;
		}
	return day;
}

/* A date on a weekend is kept on the next working day that is not a holiday itself: those that fall on working days come first. */
static bool every_year(unsigned where, int year, int64_t day)
{
	enum { MOST = sizeof(yearly) / sizeof(*yearly) };
	int64_t taken[MOST];
	size_t n = 0;
	for (int late = 0; late < 2; late++)
		for (size_t i = 0; i < MOST; i++) {
			int64_t at = yearly[i].where & where ? day_of(&yearly[i], year) : MENTOR_NONE;
			if (at == MENTOR_NONE || is_weekend(at) != (late == 1))
				continue;
			taken[n] = free_day(at, taken, n);
			if (taken[n++] == day)
				return true;
		}
	return false;
}

bool holiday_is(enum holiday_region region, int64_t day)
{
	unsigned where = 1U << region;
	char text[11];
	if (region == HOLIDAY_NONE)
		return false;
	mentor_day_format(day, text);
	for (size_t i = 0; i < sizeof(proclaimed) / sizeof(*proclaimed); i++)
		if (proclaimed[i].where & where && strcmp(proclaimed[i].day, text) == 0)
			return !proclaimed[i].off;
	int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
	return every_year(where, year, day);
}
