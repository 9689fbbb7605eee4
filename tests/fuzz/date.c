/* date.c: fuzz target: any text is an instant, a clock time or a date of a form, or none; what was read is one of ours and reads the same again. */
#include "date.h"

#include "mentor.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth)
{
	if (!truth)
		abort();
}

static void read_day(const char *day)
{
	int64_t number = 0;
	char again[11];
	require(mentor_day_parse(day, &number));
	mentor_day_format(number, again);
	require(strcmp(again, day) == 0);
	for (int months = -1200; months <= 1200; months += 600) {
		mentor_day_format(mentor_day_add_months(number, months), again);
		require(mentor_day_parse(again, &number));
	}
}

static void read_form(const char *text, const char *order)
{
	char day[11];
	bool ambiguous = false;
	if (date_parse_form(text, order, day, &ambiguous))
		read_day(day);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	char instant[32], again[32], clock[6], same[6];
	int64_t day = 0;
	if (!text)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	if (mentor_day_parse(text, &day))
		read_day(text);
	if (date_parse_instant(text, instant))
		require(date_parse_instant(instant, again) && strcmp(instant, again) == 0);
	if (date_parse_clock(text, clock))
		require(date_parse_clock(clock, same) && strcmp(clock, same) == 0 && strcmp(clock, text) == 0);
	read_form(text, NULL);
	read_form(text, "dmy");
	read_form(text, "mdy");
	read_form(text, "ymd");
	free(text);
	return 0;
}
