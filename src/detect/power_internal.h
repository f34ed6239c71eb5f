/*
 * What the files of the power calculation share: a series to put surges into, and one trial.
 */
#ifndef PAL_DETECT_POWER_INTERNAL_H
#define PAL_DETECT_POWER_INTERNAL_H

#include "detect/baseline_internal.h"
#include "detect/power.h"
#include "detect/surge_internal.h"
#include "stat/random.h"

enum { PAL_POWER_BLOCK_DAYS = 28, PAL_POWER_BLOCK_LEAST = 8 };

/* The series as it was, and where a surge or a block of it can stand. */
struct pal_power_source {
    const struct pal_baseline *baseline;
    double *observed;                     /* a day */
    uint32_t *starts[PAL_POWER_DAYS_MAX]; /* days on which a surge can begin */
    size_t start_counts[PAL_POWER_DAYS_MAX];
    int32_t *past;  /* sums up to day i of days in past surges: count + 1 entries */
    size_t *blocks; /* first days of blocks without a past surge */
    size_t block_count;
};
pal_status pal_power_source_fill(struct pal_power_source *source,
                                 const struct pal_baseline *baseline,
                                 const struct pal_power_setting *setting,
                                 struct pal_arena *arena,
                                 struct pal_error *err) PAL_MUST_USE;
/* A history without a surge. */
void pal_power_history_draw(const struct pal_power_source *source, bool is_resampled,
                            struct pal_random *random, double *counts);

/* One trial: one history, a surge of each length in it. */
struct pal_power_trial {
    uint8_t smallest[PAL_POWER_DAYS_MAX]; /* first effect seen, effect_count: none */
    uint32_t alarms[2];                   /* at the own and the loose threshold */
};
struct pal_power_task {
    const struct pal_power_source *source;
    const struct pal_power_setting *setting;
    double log_p_limits[2];      /* minus the logarithms */
    enum pal_power_history null; /* of the history in which alarms are counted */
    uint64_t stream;
};
pal_status pal_power_try(const struct pal_power_task *task, struct pal_arena *arena,
                         struct pal_power_trial *out,
                         struct pal_error *err) PAL_MUST_USE;

/* Reckoned power of a line's cells. */
void pal_power_reckon(const struct pal_power_source *source,
                      const struct pal_power_setting *setting, double p_limit,
                      struct pal_power_cell *cells);

#endif
