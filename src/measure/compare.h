/*
 * The study's places against comparable areas: how arrests changed in them when the campaign
 * began, less how they changed elsewhere, month by month. Association: the places were chosen
 * for reasons, and whatever else changed in them alone is in the figure too.
 *
 * A value is the logarithm of arrests a day, (n + 0.5) / days, so that an effect is a ratio of
 * ratios. Only months that are wholly covered count, and only areas with
 * PAL_COMPARE_ARRESTS_MIN arrests a month or more in the time before, on average: the logarithm
 * of a handful is mostly chance. The placebo is a date in the baseline at which nothing
 * happened; an effect there says how much the method finds where there is nothing.
 */
#ifndef PAL_MEASURE_COMPARE_H
#define PAL_MEASURE_COMPARE_H

#include "measure/measure.h"

enum { PAL_COMPARE_ARRESTS_MIN = 5, PAL_COMPARE_DRAW_COUNT = 9999 };

enum pal_compare_status {
    PAL_COMPARE_NUMBER,
    PAL_COMPARE_NOT_COVERED, /* no whole month of the time after (or before) is covered */
    PAL_COMPARE_TOO_FEW,     /* no area on one side */
    PAL_COMPARE_NO_DATE      /* the study has no campaign or no baseline */
};
const char *pal_compare_status_text(enum pal_compare_status status);

/* exp of an effect: 1.5 is half as many again as elsewhere. */
struct pal_compare_ratio {
    double value;
    bool has_interval;
    double low; /* 95 %, by permutation over areas */
    double high;
    double p_value;
};
struct pal_compare_month {
    int32_t first_day;
    bool is_after;
    struct pal_compare_ratio ratio; /* against the time before */
};
struct pal_comparison {
    enum pal_compare_status status;
    int32_t date; /* the campaign's first day, or the placebo date */
    int32_t before_first;
    int32_t after_last;
    size_t place_count; /* areas of the places that count, and the others */
    size_t other_count;
    size_t small_count; /* areas left out as too small */
    bool is_exact;
    size_t choice_count;
    size_t month_count; /* whole months, before and after */
    struct pal_compare_month *months;
    struct pal_compare_ratio after; /* all months after together */
};

/* The comparison at the campaign's first day, its time before the baseline; and the placebo: at
 * `placebo`, or with PAL_DAY_NONE at the campaign's first day of the latest earlier year that
 * leaves three whole months behind it in the baseline. Both are the arena's. */
pal_status pal_compare_run(struct pal_store *store, int32_t placebo,
                           struct pal_arena *arena, struct pal_comparison *campaign,
                           struct pal_comparison *out_placebo,
                           struct pal_error *err) PAL_MUST_USE;

#endif
