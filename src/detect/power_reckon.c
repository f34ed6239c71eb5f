/*
 * Power reckoned instead of simulated: the usual as it was fitted, windows at up to 24 places.
 * Of a surge of L days the detection's windows of at most L days lie inside it, and the next
 * longer one holds it whole; the best of them counts, and of windows of 28 days as many as a
 * longer surge has room for. A window passes when its count reaches the threshold's; the count
 * is negative binomial with the usual's variance and the surge's own on top.
 */
#include <math.h>

#include "detect/power_internal.h"

enum { PLACES_MAX = 24 };

/* A window, the count at which it passes, and the usual of the surge's days in it. */
struct passing {
    struct pal_window usual;
    double critical;
    double surge_usual;
    size_t times; /* that a surge has room for it */
};

static double pass(const struct passing *passing, double effect)
{
    double added = (effect - 1) * passing->surge_usual;
    struct pal_window with = passing->usual;
    with.expected += added;
    with.variance += added;
    double power = pal_window_p(&with, passing->critical);
    return passing->times > 1 ? 1 - pow(1 - power, (double)passing->times) : power;
}

/* The windows of a surge of `length` days from `first` on; gives their number. */
static size_t find_windows(const struct pal_baseline *b, size_t first, size_t length,
                           double p_limit, struct passing *out)
{
    size_t count = 0;
    for (size_t k = 0; k < PAL_WINDOW_LENGTH_COUNT; k++) {
        size_t window = (size_t)pal_window_lengths[k];
        size_t in_surge = window < length ? window : length;
        if (first + window > b->count ||
            b->sum_covered[first + window] - b->sum_covered[first] !=
                pal_window_lengths[k]) {
            break;
        }
        struct passing *passing = &out[count++];
        passing->usual = pal_baseline_window(b, first, first + window - 1);
        passing->critical =
            fmax(pal_window_critical(&passing->usual, p_limit), PAL_SURGE_COUNT_MIN);
        passing->surge_usual =
            b->sum_expected[first + in_surge] - b->sum_expected[first];
        passing->times =
            k + 1 == PAL_WINDOW_LENGTH_COUNT && length > window ? length / window : 1;
        if (window >= length) {
            break;
        }
    }
    return count;
}

/* One place's part of a length's cells. */
static void add_place(const struct passing *windows, size_t window_count,
                      const struct pal_power_setting *setting, double share,
                      struct pal_power_cell *row)
{
    for (size_t e = 0; e < setting->effect_count; e++) {
        double best = 0;
        for (size_t k = 0; k < window_count; k++) {
            best = fmax(best, pass(&windows[k], setting->effects[e]));
        }
        row[e].power += best * share;
        row[e].low = row[e].power;
        row[e].high = row[e].power;
    }
}

void pal_power_reckon(const struct pal_power_source *source,
                      const struct pal_power_setting *setting, double p_limit,
                      struct pal_power_cell *cells)
{
    for (size_t d = 0; d < setting->days_count; d++) {
        struct pal_power_cell *row = cells + d * setting->effect_count;
        size_t count = source->start_counts[d];
        size_t places = count < PLACES_MAX ? count : PLACES_MAX;
        for (size_t i = 0; i < places; i++) {
            struct passing windows[PAL_WINDOW_LENGTH_COUNT];
            size_t found =
                find_windows(source->baseline, source->starts[d][i * count / places],
                             (size_t)setting->days[d], p_limit, windows);
            add_place(windows, found, setting, 1.0 / (double)places, row);
        }
    }
}
