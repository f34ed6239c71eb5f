/*
 * Which past steps are compared with a point, and which period of the year each belongs to.
 *
 * Reference points lie whole years back. By index: multiples of the frequency. By date: the
 * calendar date a year earlier each, moved for weekly series to the weekday of the point:
 *   flexible: the day with that weekday in the same week (weeks begin on Sunday), or the one
 *             a week to the other side of the date when strictly nearer;
 *   classic:  the next one when strictly nearer than the one before.
 *
 * Periods (Noufaily et al. 2013, section 3.3): the windows around reference points, and the
 * steps up to the point, are the last period; the gap between two windows is split into
 * period_count - 1 blocks counted from its old side, the first ones longer by one when it
 * does not divide.
 */
#include "stat/farrington_internal.h"

#include <string.h>

#include "base/calendar.h"

/* A year earlier; 29 February becomes 1 March, as the reference's calendar has it. */
static int32_t years_before(int32_t day, int32_t years)
{
    struct pal_civil date = pal_civil_of(day);
    date.year -= years;
    if (date.month == 2 && date.day == 29 && !pal_civil_is_valid(date)) {
        date.month = 3;
        date.day = 1;
    }
    return pal_day_of(date);
}

/* 0 Sunday .. 6 Saturday */
static int32_t sunday_weekday(int32_t day)
{
    return (pal_weekday_of(day) + 1) % 7;
}

static int32_t distance(int32_t a, int32_t b)
{
    return a > b ? a - b : b - a;
}

static int32_t same_weekday(int32_t day, int32_t weekday, bool is_classic)
{
    if (is_classic) {
        int32_t forward = (weekday - sunday_weekday(day) + 7) % 7;
        int32_t backward = (7 - forward) % 7;
        return forward < backward ? day + forward : day - backward;
    }
    int32_t same_week = day + weekday - sunday_weekday(day);
    int32_t other = same_week > day ? same_week - 7 : same_week + 7;
    return distance(other, day) < distance(same_week, day) ? other : same_week;
}

static bool find_day(const struct pal_series *series, int32_t day, size_t before,
                     size_t *out)
{
    for (size_t i = before; i-- > 0;) {
        if (series->days[i] == day) {
            *out = i;
            return true;
        }
    }
    return false;
}

static bool place_references(const struct pal_series *series,
                             const struct pal_farrington *setting, size_t at,
                             size_t *references)
{
    references[0] = at;
    for (size_t year = 1; year <= setting->years_back; year++) {
        if (series->days == NULL) {
            size_t back = year * setting->frequency;
            if (back > at) {
                return false;
            }
            references[year] = at - back;
            continue;
        }
        int32_t day = years_before(series->days[at], (int32_t)year);
        if (series->is_weekly) {
            int32_t weekday = sunday_weekday(series->days[at]);
            day = same_weekday(day, weekday, setting->is_classic);
        }
        if (!find_day(series, day, references[year - 1], &references[year])) {
            return false;
        }
    }
    return true;
}

static void label_gap(size_t first, size_t end, size_t block_count, size_t *period)
{
    size_t length = (end - first) / block_count;
    size_t longer = (end - first) % block_count;
    size_t i = first;
    for (size_t block = 0; block < block_count; block++) {
        size_t size = length + (block < longer ? 1 : 0);
        for (size_t k = 0; k < size; k++) {
            period[i++] = block + 1;
        }
    }
}

static size_t period_count(const struct pal_farrington *setting)
{
    return setting->is_classic ? 1 : setting->period_count;
}

/* period[i]: 0 for steps that take no part, else 1..period_count. */
static void label_periods(const struct pal_farrington *setting,
                          const size_t *references, size_t *period)
{
    size_t w = setting->half_window;
    for (size_t year = 0; year <= setting->years_back; year++) {
        size_t centre = references[year];
        size_t from = centre > w ? centre - w : 0;
        size_t to = year == 0 ? centre : centre + w;
        for (size_t i = from; i <= to && i <= references[0]; i++) {
            period[i] = period_count(setting);
        }
        if (year > 0 && period_count(setting) > 1) {
            size_t first = centre + w + 1;
            size_t end = references[year - 1] > w ? references[year - 1] - w : 0;
            if (end > first) {
                label_gap(first, end, period_count(setting) - 1, period);
            }
        }
    }
}

static bool is_missing(const struct pal_series *series, size_t i)
{
    return series->is_missing != NULL && series->is_missing[i];
}

/* Steps from `first` on; a step is as long as the series' first one. */
static double time_of(const struct pal_series *series, size_t first, size_t i)
{
    if (series->days == NULL) {
        return (double)(i + 1);
    }
    double step = (double)(series->days[1] - series->days[0]);
    return (double)(series->days[i] - series->days[first]) / step;
}

static void collect(const struct pal_series *series,
                    const struct pal_farrington *setting, size_t at,
                    const size_t *period, struct pal_baseline *out)
{
    size_t excluded = setting->is_classic ? 0 : setting->past_excluded;
    size_t end = at > excluded ? at - excluded : 0;
    bool has_first = false;
    size_t first = 0;
    size_t first_kept = 0;
    if (setting->is_classic) {
        end = at > setting->half_window ? at - setting->half_window : 0;
    }
    for (size_t i = 0; i < end; i++) {
        if (period[i] == 0) {
            continue;
        }
        if (!has_first) {
            first = i;
            has_first = true;
        }
        if (is_missing(series, i)) {
            continue;
        }
        first_kept = out->count == 0 ? i : first_kept;
        out->counts[out->count] = series->counts[i];
        out->time[out->count] = time_of(series, first, i);
        out->period[out->count] = period[i];
        out->population[out->count] =
            series->population == NULL ? 1.0 : series->population[i];
        out->count++;
    }
    /* the package counts the point's time from the first count that is not missing */
    bool is_compat = setting->rule == PAL_RULE_COMPAT && !setting->is_classic;
    out->time_at = time_of(series, is_compat ? first_kept : first, at);
}

static pal_status get(struct pal_arena *arena, size_t count, size_t size, void **out,
                      struct pal_error *err)
{
    return pal_arena_alloc(arena, count, size, out, err);
}

pal_status pal_farrington_baseline(const struct pal_series *series,
                                   const struct pal_farrington *setting, size_t at,
                                   struct pal_arena *arena, struct pal_baseline *out,
                                   struct pal_error *err)
{
    void *memory[6] = {NULL};
    static const size_t sizes[6] = {sizeof(size_t), sizeof(size_t), sizeof(double),
                                    sizeof(double), sizeof(double), sizeof(size_t)};
    *out = (struct pal_baseline){0};
    for (size_t k = 0; k < 6; k++) {
        size_t count = k == 0 ? setting->years_back + 1 : at + 1;
        pal_status status = get(arena, count, sizes[k], &memory[k], err);
        if (status != PAL_OK) {
            return status;
        }
    }
    size_t *references = memory[0];
    size_t *period = memory[1];
    out->counts = memory[2];
    out->time = memory[3];
    out->population = memory[4];
    out->period = memory[5];
    if (series->count < 2 || !place_references(series, setting, at, references)) {
        return PAL_OK;
    }
    label_periods(setting, references, period);
    if (setting->is_classic) {
        /* the steps before the point itself are no reference in the classic method */
        size_t w = setting->half_window;
        for (size_t i = at > w ? at - w : 0; i <= at; i++) {
            period[i] = 0;
        }
    }
    collect(series, setting, at, period, out);
    return PAL_OK;
}
