/*
 * Surges of plain series: areas by groups by days in, events out. No store, no names, no
 * words: what room simulate runs many times to learn what could have been seen.
 *
 * Every window of 1 to 28 days of every series (each area and group, each area, each group of
 * all areas together, everything) is held against its usual, and for each group windows that
 * several areas share. p-values are adjusted for all windows that begin in the same week
 * (Bonferroni) and over all weeks of all series (Benjamini & Hochberg).
 */
#ifndef PAL_DETECT_SURGE_H
#define PAL_DETECT_SURGE_H

#include "detect/baseline.h"

enum {
    PAL_SURGE_AREA_MAX = 512,
    PAL_SURGE_GROUP_MAX = 256,
    PAL_SURGE_CELL_COUNT_MAX = 64 << 20, /* areas x groups x days */
    PAL_SURGE_MAX = 20000,
    PAL_SURGE_ALL = 65535 /* in place of an area or group: all of them together */
};

struct pal_surge_input {
    int32_t first;
    size_t day_count;
    size_t area_count;
    size_t group_count;
    const double *counts; /* [(area * group_count + group) * day_count + day] */
    /* The same shape: which release serves the day, below 0 none; NULL: one serves all. */
    const int16_t *source;
    /* [group * day_count + day], of all areas together; NULL: a day is covered when it is in
     * every area. */
    const int16_t *source_all;
};

struct pal_surge_setting {
    double false_discovery_rate; /* 0.05 */
    int thread_count;            /* 1 */
    bool
        is_by_spread_alone; /* false; true: series' own tails are not looked at (tail.c) */
    bool
        is_each_alone; /* false; true: windows that areas share are not searched, so that
                           whether an area has a surge does not hang on the others */
    double
        p_fixed; /* 0; above 0: what has at most this p is listed, whatever the rate */
};
extern const struct pal_surge_setting pal_surge_default;

/* One area's share of a surge. */
struct pal_surge_part {
    size_t area;
    double observed;
    double expected;
    double p; /* of the area alone, not adjusted */
};

struct pal_surge {
    int32_t first; /* days as in calendar.h */
    int32_t last;
    size_t group;      /* PAL_SURGE_ALL: the groups together */
    size_t area_count; /* 0: all areas together, no single one stands out */
    const struct pal_surge_part *parts; /* area_count, ascending by area */
    int32_t days_covered;
    double observed;
    double expected;
    double
        excess_low; /* 95 %: observed less what the usual may have been, its fit's error
                          and chance both */
    double excess_high;
    double p;          /* of its window, not adjusted */
    double log_p;      /* minus its logarithm */
    double p_adjusted; /* over everything searched */
};

/* A level that changed and stayed: for at least eight weeks on both sides. */
struct pal_level_change {
    size_t area; /* or PAL_SURGE_ALL */
    size_t group;
    int32_t day;   /* the first of the new level, a Monday */
    double before; /* a week */
    double after;
};

struct pal_surge_series {
    size_t area;
    size_t group;
    const struct pal_baseline *baseline;
};

struct pal_detection {
    double false_discovery_rate;
    size_t series_count; /* with those nothing can be said of */
    struct pal_surge_series *series;
    size_t searched_series_count;
    size_t window_count; /* looked at */
    size_t test_count;   /* weeks of series, which p is adjusted over */
    double p_limit;      /* largest p of a window that was reported; 0: none was */
    double series_years; /* covered, of the series searched */
    size_t surge_count;
    struct pal_surge *surges; /* by first day, then areas */
    size_t change_count;
    struct pal_level_change *changes;
    struct pal_detection_work *work; /* private: lines, and memory of the threads */
    bool is_again;                   /* private: work and series are another's */
    struct pal_arena arena;
};

/* `input` must outlive the detection. PAL_INPUT for sizes of 0 or beyond the caps, or counts that are none. */
pal_status pal_detect_run(const struct pal_surge_input *input,
                          const struct pal_surge_setting *setting,
                          struct pal_detection **out,
                          struct pal_error *err) PAL_MUST_USE;
/* Another search of the series of `first`, by the same baselines and tails, for each area by
 * itself: what pal_detect_run finds with is_each_alone. `first` must outlive it. */
pal_status pal_detect_alone(const struct pal_detection *first,
                            struct pal_detection **out,
                            struct pal_error *err) PAL_MUST_USE;
void pal_detection_free(struct pal_detection *detection);
/* The baseline of an area and group (each may be PAL_SURGE_ALL); never NULL. */
const struct pal_baseline *pal_detection_baseline(const struct pal_detection *detection,
                                                  size_t area, size_t group);
/* The p that one window must have so that one such window alone is reported: the rate over
 * all windows and weeks. What a power calculation needs. */
double pal_detection_alone_p(const struct pal_detection *detection);

#endif
