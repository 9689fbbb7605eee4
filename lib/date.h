/* date.h: reading instants, clock times and the dates of forms and spreadsheets. */
#ifndef DATE_H
#define DATE_H

#include <stdbool.h>

/** RFC 3339 with Z or an offset, or a plain day (taken at 12:00 UTC), as "YYYY-MM-DDTHH:MM:SSZ". Parts of a second are
 * dropped. `out` is left alone on failure. */
bool date_parse_instant(const char *text, char out[32]);

/** Exactly HH:MM on a 24-hour clock. */
bool date_parse_clock(const char *text, char out[6]);

/** The day of a date as forms and spreadsheets write it: ISO, 8/20/25 12:51:45, 27.9.2026, 2026/09/27 3:00:00 PM GMT+3.
 * The time must be one but is dropped, as is the zone: the day is the one that was written. `order` is "dmy", "mdy",
 * "ymd" or NULL; a year of four digits in front always means ymd. Without an order, day and month are told apart
 * only when one is over 12 or both are the same; else *ret_ambiguous. Years of two digits are 2000 to 2099. */
bool date_parse_form(const char *text, const char *order, char out[11], bool *ret_ambiguous);

#endif
