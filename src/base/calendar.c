#include "base/calendar.h"

#include <string.h>

#include "base/view.h"

enum {
    YEAR_MAX = 9999,
    ERA_DAYS = 146097,      /* days of 400 Gregorian years */
    EPOCH_SHIFT = 719468,   /* days from 0000-03-01 to 1970-01-01 */
    FISCAL_MONTH_FIRST = 10 /* 31 U.S.C. 1102: the year begins on 1 October */
};

static bool is_leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int32_t pal_days_in_month(int32_t year, int32_t month)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) {
        return 0;
    }
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool pal_civil_is_valid(struct pal_civil date)
{
    return date.year >= 1 && date.year <= YEAR_MAX && date.day >= 1 &&
           date.day <= pal_days_in_month(date.year, date.month);
}

/* Both directions count years from 1 March, so that the leap day is a year's last:
 * E. G. Richards, "Calendars", in Explanatory Supplement to the Astronomical Almanac (2013). */
int32_t pal_day_of(struct pal_civil date)
{
    if (!pal_civil_is_valid(date)) {
        return PAL_DAY_NONE;
    }
    int32_t year = date.year - (date.month <= 2);
    int32_t month = (date.month + 9) % 12;
    int32_t era = year / 400;
    int32_t year_of_era = year - era * 400;
    int32_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int32_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_SHIFT;
}

struct pal_civil pal_civil_of(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return (struct pal_civil){0, 0, 0};
    }
    int64_t shifted = (int64_t)day + EPOCH_SHIFT;
    int32_t era =
        (int32_t)((shifted >= 0 ? shifted : shifted - (ERA_DAYS - 1)) / ERA_DAYS);
    int32_t day_of_era = (int32_t)(shifted - (int64_t)era * ERA_DAYS);
    int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / (ERA_DAYS - 1)) /
                          365;
    int32_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month = (5 * day_of_year + 2) / 153;
    struct pal_civil date;
    date.day = day_of_year - (153 * month + 2) / 5 + 1;
    date.month = month < 10 ? month + 3 : month - 9;
    date.year = year_of_era + era * 400 + (date.month <= 2);
    return date;
}

int32_t pal_weekday_of(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return PAL_DAY_NONE;
    }
    int32_t rest = (int32_t)(((int64_t)day + 3) % 7); /* 1970-01-01 was a Thursday */
    return rest < 0 ? rest + 7 : rest;
}

int32_t pal_fiscal_year_of(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return PAL_DAY_NONE;
    }
    struct pal_civil date = pal_civil_of(day);
    return date.year + (date.month >= FISCAL_MONTH_FIRST);
}

int32_t pal_month_first(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return PAL_DAY_NONE;
    }
    return day - (pal_civil_of(day).day - 1);
}

int32_t pal_month_next(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return PAL_DAY_NONE;
    }
    struct pal_civil date = pal_civil_of(day);
    return day - (date.day - 1) + pal_days_in_month(date.year, date.month);
}

int32_t pal_week_first(int32_t day)
{
    if (day == PAL_DAY_NONE) {
        return PAL_DAY_NONE;
    }
    return day - pal_weekday_of(day);
}

static void put_digits(char *out, int32_t value, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void pal_day_text(int32_t day, char out[16])
{
    struct pal_civil date = pal_civil_of(day);
    if (!pal_civil_is_valid(date)) {
        out[0] = '\0';
        return;
    }
    put_digits(out, date.year, 4);
    out[4] = '-';
    put_digits(out + 5, date.month, 2);
    out[7] = '-';
    put_digits(out + 8, date.day, 2);
    out[10] = '\0';
}

static int32_t digits_of(const char *text, int count)
{
    int32_t value = 0;
    for (int i = 0; i < count; i++) {
        if (!pal_is_digit(text[i])) {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

int32_t pal_day_from_text(const char *text)
{
    if (text == NULL || strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return PAL_DAY_NONE;
    }
    return pal_day_of((struct pal_civil){digits_of(text, 4), digits_of(text + 5, 2),
                                         digits_of(text + 8, 2)});
}
