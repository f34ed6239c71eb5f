/*
 * The calendar's columns: weekdays, federal holidays and the days about them, the ends of
 * fiscal years, a slow trend of hat functions, the season, a level for each release.
 *
 * All but the levels carry a weak normal prior about 0 (a ridge), so that a series without a
 * single Sunday, or with ten events in all, still has a finite fit.
 */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "detect/baseline_internal.h"

enum {
    KNOT_DAYS = 182, /* between the knots of the trend */
    KNOT_COUNT_MAX = 120,
    SEASON_DAYS_MIN = 730, /* two years, before which season and trend are one */
    EDGE_DAYS = 3          /* on each side of the end of a fiscal year */
};

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
    return pal_day_of((struct pal_civil){year, month, day});
}

/* The n-th such weekday of a month, 0 Monday. */
static int32_t nth_weekday(int32_t year, int32_t month, int32_t weekday, int32_t n)
{
    int32_t first = day_of(year, month, 1);
    return first + (weekday - pal_weekday_of(first) + 7) % 7 + 7 * (n - 1);
}

/* On the day, or on the weekday next to a weekend that it falls on. */
static bool is_fixed(int32_t day, int32_t year, int32_t month, int32_t of_month)
{
    int32_t holiday = day_of(year, month, of_month);
    int32_t weekday = pal_weekday_of(holiday);
    return day == holiday || (weekday == 5 && day == holiday - 1) ||
           (weekday == 6 && day == holiday + 1);
}

bool pal_is_federal_holiday(int32_t day)
{
    struct pal_civil date = pal_civil_of(day);
    int32_t year = date.year;
    /* Memorial Day, the last Monday of May, is a week before the first one of June. */
    return is_fixed(day, year, 1, 1) || is_fixed(day, year + 1, 1, 1) ||
           (year >= 2021 && is_fixed(day, year, 6, 19)) || is_fixed(day, year, 7, 4) ||
           is_fixed(day, year, 11, 11) || is_fixed(day, year, 12, 25) ||
           day == nth_weekday(year, 1, 0, 3) || day == nth_weekday(year, 2, 0, 3) ||
           day == nth_weekday(year, 6, 0, 1) - 7 || day == nth_weekday(year, 9, 0, 1) ||
           day == nth_weekday(year, 10, 0, 2) || day == nth_weekday(year, 11, 3, 4);
}

static bool is_free(int32_t day)
{
    return pal_weekday_of(day) >= 5 || pal_is_federal_holiday(day);
}

/* ---- columns ---- */

enum column {
    COLUMN_TUESDAY, /* .. Sunday, six of them */
    COLUMN_HOLIDAY = 6,
    COLUMN_AFTER_HOLIDAY,
    COLUMN_BRIDGE, /* a working day between two free ones */
    COLUMN_YEAR_END,
    COLUMN_FISCAL_END,
    COLUMN_FISCAL_START,
    COLUMN_SEASON, /* four: a year and half a year, cosine and sine */
    COLUMN_TREND = COLUMN_SEASON + 4
};

/* Standard deviations of the priors, on the log scale. A weekday may have a twentieth of
 * another's arrests; half a year's trend rarely triples. A few years have few ends: without a
 * narrow prior, and with more days, one surge in September would be taken for the usual. */
static double prior_sd(size_t column)
{
    if (column < COLUMN_HOLIDAY) {
        return 3;
    }
    if (column < COLUMN_FISCAL_END) {
        return 2;
    }
    return column < COLUMN_SEASON ? 0.3 : column < COLUMN_TREND ? 0.5 : 1;
}

static void add(const struct pal_design *design, struct pal_design_row *row,
                size_t column, double value)
{
    PAL_BUG_IF(row->count == PAL_DESIGN_ENTRY_MAX);
    row->column[row->count] = (uint8_t)(design->level_count + column);
    row->value[row->count++] = value;
}

static void add_calendar(const struct pal_design *design, struct pal_design_row *row,
                         int32_t day)
{
    struct pal_civil date = pal_civil_of(day);
    int32_t weekday = pal_weekday_of(day);
    int32_t before = weekday == 0 ? day - 3 : day - 1;
    bool is_holiday = pal_is_federal_holiday(day);
    if (weekday > 0) {
        add(design, row, COLUMN_TUESDAY + (size_t)(weekday - 1), 1);
    }
    if (is_holiday) {
        add(design, row, COLUMN_HOLIDAY, 1);
    } else if (weekday < 5 && is_free(day - 1) && is_free(day + 1)) {
        add(design, row, COLUMN_BRIDGE, 1);
    } else if (weekday < 5 && pal_is_federal_holiday(before)) {
        add(design, row, COLUMN_AFTER_HOLIDAY, 1);
    }
    if (!is_holiday &&
        ((date.month == 12 && date.day >= 24) || (date.month == 1 && date.day <= 2))) {
        add(design, row, COLUMN_YEAR_END, 1);
    }
    if (date.month == 9 && date.day > 30 - EDGE_DAYS) {
        add(design, row, COLUMN_FISCAL_END, 1);
    } else if (date.month == 10 && date.day <= EDGE_DAYS) {
        add(design, row, COLUMN_FISCAL_START, 1);
    }
}

struct trend {
    size_t from; /* first covered day */
    double step;
    size_t knot_count;
    bool has_season;
};

static void add_slow(const struct pal_design *design, struct pal_design_row *row,
                     size_t i, const struct trend *trend)
{
    static const double year = 365.2425;
    static const double turn = 6.283185307179586;
    if (trend->has_season) {
        double angle = turn * (double)(design->first + (int32_t)i) / year;
        add(design, row, COLUMN_SEASON, cos(angle));
        add(design, row, COLUMN_SEASON + 1, sin(angle));
        add(design, row, COLUMN_SEASON + 2, cos(2 * angle));
        add(design, row, COLUMN_SEASON + 3, sin(2 * angle));
    }
    if (trend->knot_count > 1) {
        double at = (double)(i - trend->from) / trend->step;
        size_t knot = (size_t)at;
        knot = knot > trend->knot_count - 2 ? trend->knot_count - 2 : knot;
        add(design, row, COLUMN_TREND + knot, (double)(knot + 1) - at);
        add(design, row, COLUMN_TREND + knot + 1, at - (double)knot);
    }
}

static struct trend find_trend(const struct pal_design *design, const int16_t *source)
{
    struct trend trend = {0, 1, 0, design->covered_count >= SEASON_DAYS_MIN};
    size_t last = 0;
    bool has_any = false;
    for (size_t i = 0; i < design->day_count; i++) {
        if (source == NULL || source[i] >= 0) {
            trend.from = has_any ? trend.from : i;
            last = i;
            has_any = true;
        }
    }
    size_t span = last - trend.from;
    if (has_any && span >= KNOT_DAYS) {
        trend.knot_count = 1 + (span + KNOT_DAYS / 2) / KNOT_DAYS;
        if (trend.knot_count > KNOT_COUNT_MAX) {
            trend.knot_count = KNOT_COUNT_MAX;
        }
        trend.step = (double)span / (double)(trend.knot_count - 1);
    }
    return trend;
}

/* The level's column of each release that serves a day; those beyond 32 share the last. */
static void number_levels(struct pal_design *design, const int16_t *source,
                          int16_t known[32])
{
    design->level_count = 0;
    for (size_t i = 0; i < design->day_count; i++) {
        int16_t is = 0;
        size_t at = 0;
        if (source != NULL) {
            is = source[i];
        }
        if (is < 0) {
            continue;
        }
        design->covered_count++;
        while (at < design->level_count && known[at] != is) {
            at++;
        }
        if (at == design->level_count && at < 32) {
            known[design->level_count++] = is;
        }
        at = at < 32 ? at : 31;
        design->rows[i].column[0] = (uint8_t)at;
        design->rows[i].value[0] = 1;
        design->rows[i].count = 1;
    }
}

pal_status pal_design_make(int32_t first, size_t count, const int16_t *source,
                           struct pal_arena *arena, struct pal_design **out,
                           struct pal_error *err)
{
    int16_t known[32];
    void *room = NULL;
    *out = NULL;
    if (count == 0 || count > PAL_SURGE_DAY_MAX) {
        return pal_fail(err, PAL_INPUT, "a series has 1 to %d days, not %zu",
                        PAL_SURGE_DAY_MAX, count);
    }
    pal_status st = pal_arena_alloc(arena, 1, sizeof **out, &room, err);
    struct pal_design *design = room;
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, count, sizeof *design->rows, &room, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    design->first = first;
    design->day_count = count;
    design->rows = room;
    number_levels(design, source, known);
    struct trend trend = find_trend(design, source);
    design->column_count = design->level_count + COLUMN_TREND + trend.knot_count;
    PAL_BUG_IF(design->column_count > PAL_DESIGN_COLUMN_MAX);
    for (size_t k = 0; k < design->column_count; k++) {
        double sd = k < design->level_count ? 100 : prior_sd(k - design->level_count);
        design->penalty[k] = 1 / (sd * sd);
    }
    for (size_t i = 0; i < count; i++) {
        if (design->rows[i].count > 0) {
            design->rows[i].is_free = is_free(first + (int32_t)i) ? 1 : 0;
            add_calendar(design, &design->rows[i], first + (int32_t)i);
            add_slow(design, &design->rows[i], i, &trend);
        }
    }
    *out = design;
    return PAL_OK;
}

pal_status pal_design_add_steps(const struct pal_design *design, const size_t *steps,
                                size_t count, struct pal_arena *arena,
                                struct pal_design **out, struct pal_error *err)
{
    void *room = NULL;
    size_t at = 0;
    *out = NULL;
    pal_status st = pal_arena_alloc(arena, 1, sizeof **out, &room, err);
    struct pal_design *made = room;
    if (st == PAL_OK) {
        *made = *design;
        st = pal_arena_alloc(arena, design->day_count, sizeof *made->rows, &room, err);
    }
    if (st != PAL_OK) {
        return st;
    }
    made->rows = room;
    memcpy(made->rows, design->rows, design->day_count * sizeof *made->rows);
    count = count < PAL_DESIGN_COLUMN_MAX - design->column_count
                ? count
                : PAL_DESIGN_COLUMN_MAX - design->column_count;
    for (size_t k = 0; k < count; k++) {
        made->penalty[made->column_count++] = 1;
    }
    for (size_t i = 0; i < design->day_count; i++) {
        while (at < count && i >= steps[at]) {
            at++;
        }
        if (at > 0 && made->rows[i].count > 0) {
            add(made, &made->rows[i], design->column_count + at - 1 - made->level_count,
                1);
        }
    }
    *out = made;
    return PAL_OK;
}
