/*
 * The baseline of one point, between the two halves of the Farrington method.
 */
#ifndef PAL_STAT_FARRINGTON_INTERNAL_H
#define PAL_STAT_FARRINGTON_INTERNAL_H

#include "stat/detect.h"

struct pal_baseline {
    size_t count; /* 0: the series does not reach back far enough */
    double *counts;
    double *time;
    double *population;
    size_t *period;
    double time_at; /* of the point itself */
    struct pal_farrington_rows
        *rows; /* farrington_periods.c's, made when first asked */
};

pal_status pal_farrington_baseline(const struct pal_series *series,
                                   const struct pal_farrington *setting, size_t at,
                                   struct pal_arena *arena, struct pal_baseline *out,
                                   struct pal_error *err) PAL_MUST_USE;

/* A fitted baseline, at the point judged; without the point's offset. */
struct pal_farrington_model {
    bool is_done;
    enum pal_fit_status status;
    double eta;          /* linear predictor */
    double eta_variance; /* with dispersion 1, as the next */
    bool has_slope;      /* the trend could be estimated */
    double slope;
    double slope_variance;
    double df;
    double free_dispersion;   /* may be below 1 */
    double compat_dispersion; /* the package's misplaced one */
};

/* is_done stays false when the design is not one of plain periods and trend; then the general
 * fit is asked. Both give the same numbers. */
pal_status pal_farrington_fit_periods(struct pal_baseline *base,
                                      const struct pal_farrington *setting,
                                      bool has_trend, struct pal_arena *arena,
                                      struct pal_farrington_model *out,
                                      struct pal_error *err) PAL_MUST_USE;
pal_status pal_farrington_fit_general(const struct pal_baseline *base,
                                      const struct pal_farrington *setting,
                                      bool has_trend, struct pal_arena *arena,
                                      struct pal_farrington_model *out,
                                      struct pal_error *err) PAL_MUST_USE;

#endif
