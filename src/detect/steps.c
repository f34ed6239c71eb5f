/*
 * Lasting changes of a series' level: optimal partitioning of whole weeks with a negative
 * binomial cost (Killick, Fearnhead & Eckley 2012; stat/change.h). Its size comes from the
 * long-run variance of weeks about their half-year mean (Bartlett's weights, Newey & West
 * 1987), because a cost that takes weeks as independent finds changes everywhere.
 */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "detect/baseline_internal.h"
#include "stat/change.h"

enum {
    WEEK_COUNT_MIN = 26,
    SEGMENT_WEEKS_MIN = 8,
    HALF_WINDOW = 13, /* weeks on each side of a running mean */
    LAG_MAX = 4
};

/* Records a week, below which a series has no level to speak of. */
static const double mean_min = 5;

struct weeks {
    size_t count;
    double *values;
    size_t *days; /* Mondays, 0-based */
    double *residuals;
    size_t *ends;
};

static pal_status take(struct weeks *weeks, size_t days, struct pal_arena *arena,
                       struct pal_error *err)
{
    size_t room = days / 7 + 1;
    void *memory = NULL;
    weeks->count = 0;
    pal_status st = pal_arena_alloc(arena, room, sizeof *weeks->values, &memory, err);
    weeks->values = memory;
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, room, sizeof *weeks->days, &memory, err);
        weeks->days = memory;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, room, sizeof *weeks->residuals, &memory, err);
        weeks->residuals = memory;
    }
    if (st == PAL_OK) {
        st = pal_arena_alloc(arena, room, sizeof *weeks->ends, &memory, err);
        weeks->ends = memory;
    }
    return st;
}

/* Whole weeks, all of whose days are covered. */
static void add_up(const struct pal_baseline *baseline, struct weeks *weeks)
{
    size_t first = (size_t)((7 - pal_weekday_of(baseline->first)) % 7);
    for (size_t i = first; i + 7 <= baseline->count; i += 7) {
        if (baseline->sum_covered[i + 7] - baseline->sum_covered[i] == 7) {
            weeks->values[weeks->count] =
                baseline->sum_observed[i + 7] - baseline->sum_observed[i];
            weeks->days[weeks->count++] = i;
        }
    }
}

static double mean_of(const double *values, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++) {
        sum += values[i];
    }
    return sum / (double)(to - from);
}

static double long_run_variance(const struct weeks *weeks)
{
    size_t n = weeks->count;
    double variance = 0;
    for (size_t i = 0; i < n; i++) {
        size_t from = i > HALF_WINDOW ? i - HALF_WINDOW : 0;
        size_t to = i + HALF_WINDOW + 1 < n ? i + HALF_WINDOW + 1 : n;
        weeks->residuals[i] = weeks->values[i] - mean_of(weeks->values, from, to);
    }
    for (size_t lag = 0; lag <= LAG_MAX; lag++) {
        double sum = 0;
        for (size_t i = lag; i < n; i++) {
            sum += weeks->residuals[i] * weeks->residuals[i - lag];
        }
        double weight = lag == 0 ? 1 : 2 * (1 - (double)lag / (LAG_MAX + 1));
        variance += weight * sum / (double)n;
    }
    return variance;
}

static pal_status cut(const struct weeks *weeks, double ratio, struct pal_step *out,
                      size_t *count, struct pal_error *err)
{
    double mean = mean_of(weeks->values, 0, weeks->count);
    double variance = long_run_variance(weeks);
    struct pal_segmentation setting = {.cost = PAL_COST_POISSON,
                                       .is_mbic = true,
                                       .penalty = 3 * log((double)weeks->count),
                                       .min_length = SEGMENT_WEEKS_MIN};
    struct pal_segments segments = {.ends = weeks->ends};
    if (mean < mean_min) {
        return PAL_OK;
    }
    if (variance > mean * 1.001) {
        setting.cost = PAL_COST_NEGATIVE_BINOMIAL;
        setting.size = mean * mean / (variance - mean);
    }
    pal_status st =
        pal_change_points(weeks->values, weeks->count, &setting, &segments, err);
    for (size_t i = 0; st == PAL_OK && i < segments.end_count; i++) {
        size_t from = i == 0 ? 0 : segments.ends[i - 1];
        size_t at = segments.ends[i];
        size_t to = i + 1 < segments.end_count ? segments.ends[i + 1] : weeks->count;
        double before = mean_of(weeks->values, from, at);
        double after = mean_of(weeks->values, at, to);
        if (fmax(before, after) >= ratio * fmin(before, after) &&
            *count < PAL_STEP_MAX) {
            out[(*count)++] = (struct pal_step){weeks->days[at], before, after};
        }
    }
    return st;
}

pal_status pal_steps_find(const struct pal_baseline *baseline, double ratio,
                          struct pal_step *out, size_t *count, struct pal_error *err)
{
    struct pal_arena scratch;
    struct weeks weeks;
    *count = 0;
    pal_arena_init(&scratch, (size_t)1 << 28);
    pal_status st = take(&weeks, baseline->count, &scratch, err);
    if (st == PAL_OK) {
        add_up(baseline, &weeks);
    }
    if (st == PAL_OK && weeks.count >= WEEK_COUNT_MIN) {
        st = cut(&weeks, ratio, out, count, err);
    }
    pal_arena_clear(&scratch);
    return st;
}
