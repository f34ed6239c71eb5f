/*
 * Target or met in passing ("collateral"): a share where it is recorded, and bounds where it is
 * not. Bounds are arithmetic over what is on record under assumptions that have names; none is
 * made unless it is asked for, and without any the answer for arrests without a record of it is
 * 0 to 100 %: nothing in the release tells. A bound is as true as its assumptions.
 */
#ifndef PAL_MEASURE_BOUNDS_H
#define PAL_MEASURE_BOUNDS_H

#include "measure/measure.h"

/* Bits. "Among": targets are only among the people with one of the signs switched on, so that
 * an arrest surely without all of them was collateral. "Means": everybody with the sign was a
 * target. A sign that means a target is also among those that targets have. */
enum pal_assumption {
    PAL_TARGETS_AMONG_ORDERS = 1,      /* an earlier final order of removal */
    PAL_TARGETS_AMONG_REQUESTS = 2,    /* an earlier custody request */
    PAL_TARGETS_AMONG_CONVICTIONS = 4, /* a conviction */
    PAL_ORDER_MEANS_TARGET = 8,
    PAL_REQUEST_MEANS_TARGET = 16,
    PAL_CONVICTION_MEANS_TARGET = 32
};
enum { PAL_ASSUMPTION_COUNT = 6 };

/* The n-th, its bit, its name ("targets-among-orders") and its line in words. */
struct pal_assumption_text {
    enum pal_assumption bit;
    const char *name;
    const char *words;
};
const struct pal_assumption_text *pal_assumption_at(
    size_t index); /* NULL beyond the last */
bool pal_assumption_find(struct pal_view name, enum pal_assumption *out);

/* What is on record of the arrests of one group. */
enum {
    PAL_EVIDENCE_COUNT = 27
}; /* order, request, conviction: each no, yes, not told */
struct pal_target_counts {
    int64_t targeted;
    int64_t collateral;
    int64_t unrecorded[PAL_EVIDENCE_COUNT]; /* order * 9 + request * 3 + conviction */
};

struct pal_target_bounds {
    int64_t n;          /* all arrests */
    int64_t recorded;   /* of them, with a record of it */
    int64_t targeted;   /* recorded as such */
    int64_t collateral; /* the same */
    bool has_share;     /* some are recorded: */
    double share;       /* collateral of recorded, 0..1, with its exact 95 % interval */
    double share_low;
    double share_high;
    bool has_bounds;  /* n > 0: */
    int64_t at_least; /* collateral arrests of all n under the assumptions */
    int64_t at_most;
    bool is_open; /* nothing tells: 0 to n */
};
/* Bounds of one group. The interval treats arrests as independent; see the method page. */
pal_status pal_target_bounds_of(const struct pal_target_counts *counts,
                                uint32_t assumptions, struct pal_target_bounds *out,
                                struct pal_error *err) PAL_MUST_USE;

/* A group of arrests: its keys as those of a measure's figure. */
struct pal_bounds_row {
    struct pal_view keys[PAL_MEASURE_DIMENSION_MAX];
    enum pal_figure_status status; /* not PAL_FIGURE_NUMBER: nothing else is set */
    struct pal_target_counts counts;
    struct pal_target_bounds bounds;
    /* The share again with an interval that lets people be met in passing together: its
     * variance is variance_factor times a binomial's, as the areas and weeks of the request
     * show it (stat/dispersion.h). */
    bool has_spread;
    double variance_factor;
    double spread_low;
    double spread_high;
};
struct pal_bounds_request {
    size_t by_count; /* at most PAL_MEASURE_DIMENSION_MAX - 1 */
    struct pal_view by[PAL_MEASURE_DIMENSION_MAX];
    size_t where_count;
    struct pal_condition where[PAL_MEASURE_CONDITION_MAX];
    int32_t first; /* PAL_DAY_NONE: no bound */
    int32_t last;
    uint32_t assumptions;
};
/* Runs measure arrest_targets; rows are sorted by keys and the arena's. */
pal_status pal_bounds_run(struct pal_store *store,
                          const struct pal_bounds_request *request,
                          struct pal_arena *arena, struct pal_bounds_row **out,
                          size_t *count, struct pal_error *err) PAL_MUST_USE;

#endif
