/*
 * What the files behind detect/study.h share: the rows behind a study's series.
 */
#ifndef PAL_DETECT_STUDY_INTERNAL_H
#define PAL_DETECT_STUDY_INTERNAL_H

#include "detect/study.h"

extern const struct pal_asset_table pal_detect_assets;

enum { PAL_NO_KEY = PAL_MEASURE_DIMENSION_MAX };

/* Where a dimension stands among a measure's keys; PAL_NO_KEY: it is not asked for. */
struct pal_surge_keys {
    size_t by;
    size_t split;
    size_t detail; /* method, or an attribute */
};

struct pal_surge_rows {
    struct pal_measure_days *days;
    struct pal_surge_keys keys;
};

/* Counts by day, area, group and, where not "", one dimension more. `apart` as in
 * measure's request: the days that have to be told apart, "" for all. */
pal_status pal_surge_rows_load(struct pal_store *store,
                               const struct pal_surge_request *request,
                               struct pal_view detail, struct pal_view apart,
                               struct pal_surge_rows *out,
                               struct pal_error *err) PAL_MUST_USE;

/* Areas, groups, counts and who serves them. */
pal_status pal_surge_series_make(struct pal_surge_study *study,
                                 const struct pal_surge_rows *rows,
                                 struct pal_error *err) PAL_MUST_USE;

/* Of one dimension's value: records in the surge's days, and on the other days of the same
 * areas and group. */
struct pal_surge_detail {
    double inside;
    double outside;
};
/* `out` has room for one a label of `rows`' detail, for one where there is none. */
void pal_surge_details(const struct pal_surge_study *study,
                       const struct pal_surge_event *event,
                       const struct pal_surge_rows *rows, struct pal_surge_detail *out);

/* A value of a dimension, and not "not stated", "not recorded" or "redacted". */
bool pal_surge_is_named(struct pal_view label);

/* kind.c: peak, method, kind, reason. `rows` has the method as detail where it is recorded. */
pal_status pal_surge_judge(struct pal_surge_study *study, struct pal_surge_event *event,
                           const struct pal_surge_rows *rows,
                           struct pal_error *err) PAL_MUST_USE;
/* driver.c: what rules of duplicates set aside. */
pal_status pal_surge_duplicates_find(struct pal_store *store,
                                     struct pal_surge_study *study,
                                     const struct pal_surge_rows *counted,
                                     struct pal_error *err) PAL_MUST_USE;

#endif
