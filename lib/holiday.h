/* holiday.h: bank holidays of the United Kingdom. */
#ifndef HOLIDAY_H
#define HOLIDAY_H

#include <stdbool.h>
#include <stdint.h>

/** Whose bank holidays count: the choices of sending.holidays, in their order. */
enum holiday_region { HOLIDAY_NONE, HOLIDAY_ENGLAND_AND_WALES, HOLIDAY_SCOTLAND, HOLIDAY_NORTHERN_IRELAND };

/** Whether a day (since 1970-01-01) is a bank holiday there, substitute days included. Known from 2018 on: days moved or added by proclamation
 * after this was written are not in it. */
bool holiday_is(enum holiday_region region, int64_t day);

#endif
