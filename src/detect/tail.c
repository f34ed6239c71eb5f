/*
 * The tail of a series' own weeks. Were counts negative binomial about a smooth usual, a window's
 * surprise, minus the logarithm of its p, would fall off as e^-x. Where work comes in bursts, or
 * a level changes, more is left far out. So the largest surprise of each week, above a
 * threshold, is taken as exponential with a scale of the series' own, at least 1, and as often as
 * the series has such weeks (peaks over a threshold, Davison & Smith 1990, J. R. Stat. Soc. B
 * 52:393). A window counts for what this tail says of it where that is less than by the spread.
 *
 * Surges must not make the tail: windows that touch what stands out by the spread alone are left
 * out, and so are weeks beyond a bound, by an exponential that is cut off there. Every series
 * borrows a few weeks from all series together.
 */
#include <math.h>

#include "detect/surge_internal.h"

/* Above it all windows are among the suspects (scan.c); one week in some five is. */
static const double threshold = 5;
static const double excess_max = 8;
static const double prior_weeks = 20;
static const double scale_max = 50;

/* Weeks whose largest surprise is above the threshold, by less than excess_max. */
struct weeks {
    double count;
    double excess; /* sum */
};

static void add_week(struct weeks *weeks, double largest)
{
    double excess = largest - threshold;
    if (excess > 0 && excess < excess_max) {
        weeks->count += 1;
        weeks->excess += excess;
    }
}

static struct weeks count_weeks(const struct pal_line *line)
{
    struct weeks weeks = {0};
    double largest = 0;
    size_t week = 0;
    for (size_t i = 0; i < line->suspect_count; i++) {
        const struct pal_suspect *suspect = &line->suspects[i];
        if (suspect->first / 7 != week) {
            add_week(&weeks, largest);
            week = suspect->first / 7;
            largest = 0;
        }
        if (suspect->is_edged && !suspect->is_marked) {
            largest = fmax(largest, suspect->surprise);
        }
    }
    add_week(&weeks, largest);
    return weeks;
}

/* ---- a window by the tail ---- */

double pal_tail_surprise(const struct pal_surge_tail *tail, double by_spread)
{
    double above = fmax(by_spread - threshold, 0);
    return tail->scale > 0 ? fmin(by_spread, tail->start + above / tail->scale)
                           : by_spread;
}

double pal_tail_needed(const struct pal_surge_tail *tail, double surprise)
{
    double above = fmax(surprise - tail->start, 0);
    return tail->scale > 0 ? fmax(surprise, threshold + above * tail->scale) : surprise;
}

/* ---- what stands out ---- */

static void mark_line(struct pal_line *line, const struct pal_surge *surge)
{
    for (size_t i = 0; i < line->suspect_count; i++) {
        struct pal_suspect *suspect = &line->suspects[i];
        int32_t first = line->series.first + (int32_t)suspect->first;
        int32_t last = first + pal_window_lengths[suspect->length] - 1;
        if (first <= surge->last && surge->first <= last) {
            suspect->is_marked = true;
        }
    }
}

/* Of the same areas and groups, and of all that holds them. */
static bool has_part(const struct pal_line *line, const struct pal_surge *surge)
{
    bool is_group = line->group == surge->group || line->group == PAL_SURGE_ALL ||
                    surge->group == PAL_SURGE_ALL;
    bool is_area = line->area == PAL_SURGE_ALL || surge->area_count == 0;
    for (size_t i = 0; i < surge->area_count; i++) {
        is_area = is_area || surge->parts[i].area == line->area;
    }
    return is_group && is_area;
}

void pal_tails_mark(struct pal_lines *lines, const struct pal_detection *detection)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct pal_line *line = &lines->items[i];
        for (size_t k = 0; k < line->suspect_count; k++) {
            line->suspects[k].is_marked = false;
        }
        for (size_t k = 0; k < detection->surge_count; k++) {
            if (has_part(line, &detection->surges[k])) {
                mark_line(line, &detection->surges[k]);
            }
        }
    }
}

/* Mean of an exponential with mean `scale` that is cut off at excess_max. */
static double cut_mean(double scale)
{
    return scale - excess_max / expm1(excess_max / scale);
}

/* The scale whose cut mean is that of the weeks: its maximum likelihood. */
static double find_scale(const struct weeks *weeks)
{
    double low = 1;
    double high = scale_max;
    double mean = weeks->excess / weeks->count;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        if (cut_mean(middle) < mean) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}

void pal_tails_fit(struct pal_lines *lines)
{
    struct weeks all = {0};
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].is_searched) {
            struct weeks weeks = count_weeks(&lines->items[i]);
            all.count += weeks.count;
            all.excess += weeks.excess;
        }
    }
    double scale_all = all.count > 0 ? find_scale(&all) : 1;
    for (size_t i = 0; i < lines->count; i++) {
        struct pal_line *line = &lines->items[i];
        if (!line->is_searched) {
            continue;
        }
        struct weeks weeks = count_weeks(line);
        double often = (weeks.count + 1) / ((double)line->baseline.covered_count / 7);
        struct pal_surge_tail *tail = &line->baseline.tail;
        weeks.count += prior_weeks;
        weeks.excess += prior_weeks * cut_mean(scale_all);
        tail->scale = find_scale(&weeks);
        tail->start = log((double)PAL_WINDOWS_A_WEEK) - log(often);
        for (size_t k = 0; k < line->suspect_count; k++) {
            line->suspects[k].log_p =
                pal_tail_surprise(tail, line->suspects[k].surprise);
        }
    }
}
