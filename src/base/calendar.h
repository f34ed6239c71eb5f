/*
 * Days as int32 counted from 1970-01-01 (proleptic Gregorian), and the federal fiscal year
 * (1 October of the year before to 30 September). Pure arithmetic: no clock, no time zone.
 * PAL_DAY_NONE (not recorded) put in comes out of every call as PAL_DAY_NONE, as the civil
 * date 0-0-0 and as the empty text.
 */
#ifndef PAL_BASE_CALENDAR_H
#define PAL_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum { PAL_DAY_NONE = INT32_MIN };

struct pal_civil {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
};

bool pal_civil_is_valid(struct pal_civil date); /* years 1..9999 */
int32_t pal_day_of(struct pal_civil date);      /* PAL_DAY_NONE when not valid */
struct pal_civil pal_civil_of(int32_t day);
int32_t pal_weekday_of(int32_t day);     /* 0 Monday .. 6 Sunday */
int32_t pal_fiscal_year_of(int32_t day); /* the year it ends in */
int32_t pal_month_first(int32_t day);    /* first day of its month */
int32_t pal_month_next(int32_t day);     /* first day of the month after */
int32_t pal_week_first(int32_t day);     /* its Monday */
int32_t pal_days_in_month(int32_t year, int32_t month);
/* "2019-08-31", 11 bytes with the NUL; "" outside the years 1..9999. */
void pal_day_text(int32_t day, char out[16]);
/* From "YYYY-MM-DD" exactly; PAL_DAY_NONE when it is anything else. */
int32_t pal_day_from_text(const char *text);

#endif
