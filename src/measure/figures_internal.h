/*
 * Tallies: what the database counted for one key, before it becomes a figure.
 */
#ifndef PAL_MEASURE_FIGURES_INTERNAL_H
#define PAL_MEASURE_FIGURES_INTERNAL_H

#include "measure/measure_internal.h"

struct pal_tally {
    struct pal_view keys[PAL_MEASURE_DIMENSION_MAX];
    int32_t period_first; /* PAL_DAY_NONE: undated, or no period dimension */
    double hits;
    double base;
    int64_t records;
    int64_t
        counted; /* of these, the ones in the figure: not those of days without a release */
    double low; /* of a median */
    double high;
    bool has_hits;
    bool is_unrecorded; /* records, but nowhere what the measure counts */
};

struct pal_tallies {
    size_t count;
    size_t room;
    struct pal_tally *items;
    size_t combination_count;
    size_t combination_room;
    struct pal_tally *combinations; /* distinct keys but for the period */
    struct pal_arena *arena;        /* of the key texts */
};

/* Copies the tally and its key texts. */
pal_status pal_tallies_add(struct pal_tallies *tallies, const struct pal_tally *tally,
                           struct pal_error *err) PAL_MUST_USE;
pal_status pal_tallies_add_combination(struct pal_tallies *tallies,
                                       const struct pal_tally *tally,
                                       struct pal_error *err) PAL_MUST_USE;
/* Adds the periods in which a key has no record. */
pal_status pal_tallies_complete(const struct pal_plan *plan,
                                const struct pal_segments *segments,
                                struct pal_tallies *tallies,
                                struct pal_error *err) PAL_MUST_USE;
void pal_tallies_clear(struct pal_tallies *tallies);

pal_status pal_figure_make(const struct pal_plan *plan,
                           const struct pal_segments *segments,
                           const struct pal_tally *tally, struct pal_figure *figure,
                           struct pal_error *err) PAL_MUST_USE;

#endif
