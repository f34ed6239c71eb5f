/*
 * Periods of days: how a day falls into one, what comes next, and how it is written.
 */
#include <stdio.h>

#include "measure/measure_internal.h"

bool pal_period_find(struct pal_view name, enum pal_period *out)
{
    static const struct {
        const char *name;
        enum pal_period period;
    } periods[] = {{"day", PAL_PERIOD_DAY},
                   {"week", PAL_PERIOD_WEEK},
                   {"month", PAL_PERIOD_MONTH},
                   {"year", PAL_PERIOD_YEAR},
                   {"fiscal_year", PAL_PERIOD_FISCAL_YEAR}};
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        if (pal_view_is_equal(name, pal_view_of(periods[i].name))) {
            *out = periods[i].period;
            return true;
        }
    }
    return false;
}

int32_t pal_period_first(enum pal_period period, int32_t day)
{
    struct pal_civil date = pal_civil_of(day);
    switch (period) {
    case PAL_PERIOD_DAY:
        return day;
    case PAL_PERIOD_WEEK:
        return pal_week_first(day);
    case PAL_PERIOD_MONTH:
        return pal_month_first(day);
    case PAL_PERIOD_YEAR:
        return pal_day_of((struct pal_civil){date.year, 1, 1});
    case PAL_PERIOD_FISCAL_YEAR:
        return pal_day_of((struct pal_civil){pal_fiscal_year_of(day) - 1, 10, 1});
    default:
        return day;
    }
}

int32_t pal_period_next(enum pal_period period, int32_t first)
{
    struct pal_civil date = pal_civil_of(first);
    switch (period) {
    case PAL_PERIOD_DAY:
        return first + 1;
    case PAL_PERIOD_WEEK:
        return first + 7;
    case PAL_PERIOD_MONTH:
        return pal_month_next(first);
    case PAL_PERIOD_YEAR:
    case PAL_PERIOD_FISCAL_YEAR:
        return pal_day_of((struct pal_civil){date.year + 1, date.month, date.day});
    default:
        return first + 1;
    }
}

void pal_period_text(enum pal_period period, int32_t first, char out[16])
{
    struct pal_civil date = pal_civil_of(first);
    int year = date.year % 10000;
    switch (period) {
    case PAL_PERIOD_DAY:
    case PAL_PERIOD_WEEK:
        pal_day_text(first, out);
        return;
    case PAL_PERIOD_MONTH:
        (void)snprintf(out, 16, "%04d-%02d", year, date.month % 100);
        return;
    case PAL_PERIOD_YEAR:
        (void)snprintf(out, 16, "%04d", year);
        return;
    case PAL_PERIOD_FISCAL_YEAR:
        (void)snprintf(out, 16, "%04d", year + 1);
        return;
    default:
        out[0] = '\0';
        return;
    }
}

int32_t pal_period_from_text(enum pal_period period, struct pal_view text)
{
    char copy[16] = "";
    int64_t year = 0;
    if (text.size == 0 || text.size >= sizeof copy) {
        return PAL_DAY_NONE;
    }
    (void)snprintf(copy, sizeof copy, "%.*s", PAL_VIEW_ARG(text));
    if (period == PAL_PERIOD_MONTH && text.size == 7) {
        (void)snprintf(copy, sizeof copy, "%.*s-01", PAL_VIEW_ARG(text));
        return pal_day_from_text(copy);
    }
    if (period == PAL_PERIOD_DAY || period == PAL_PERIOD_WEEK) {
        int32_t day = pal_day_from_text(copy);
        return day == PAL_DAY_NONE ? day : pal_period_first(period, day);
    }
    if (period == PAL_PERIOD_MONTH || !pal_parse_i64(text, 1900, 2200, &year)) {
        return PAL_DAY_NONE;
    }
    if (period == PAL_PERIOD_FISCAL_YEAR) {
        return pal_day_of((struct pal_civil){(int32_t)year - 1, 10, 1});
    }
    return pal_day_of((struct pal_civil){(int32_t)year, 1, 1});
}
