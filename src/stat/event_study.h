/*
 * A change in some units against the others, period by period, with intervals by permutation.
 *
 * Of each unit and period a value is given, such as the logarithm of a rate. The effect of a
 * period is the mean over the chosen units of (value - the unit's mean over the periods before),
 * less the same over the other units. The effect of all periods after is the mean of theirs.
 *
 * Under the hypothesis that the chosen units' values after are shifted by delta and that which
 * units were chosen was a matter of chance, the value of another choice is known; the p-value is
 * the share of choices whose effect is at least as far from none, and the interval holds each
 * delta that is not rejected (Fisher 1935; Rosenbaum, Observational Studies, 2nd ed. 2002, ch. 2;
 * event study: Sun & Abraham, J Econometrics 225 (2021) 175, for one date of all units). Which
 * units are chosen is hardly ever a matter of chance, so this is association.
 */
#ifndef PAL_STAT_EVENT_STUDY_H
#define PAL_STAT_EVENT_STUDY_H

#include "base/memory.h"
#include "stat/fit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PAL_EVENT_STUDY_UNIT_MAX = 512,
    PAL_EVENT_STUDY_DRAW_MAX = 100000,
    PAL_EVENT_STUDY_EXACT_MAX = 20000 /* choices up to which all are made, not drawn */
};

struct pal_event_study_data {
    size_t unit_count;
    size_t period_count;
    const double *values;  /* unit by unit, one a period; all finite */
    const bool *is_chosen; /* of each unit */
    const bool *is_before; /* of each period; a period may be neither */
    const bool *is_after;
};
struct pal_event_study_setting {
    double level;      /* of the intervals, 0 < level < 1 */
    size_t draw_count; /* choices drawn where there are too many for all */
    uint64_t seed;
};

struct pal_effect {
    double value;
    bool has_interval; /* false: too few choices to reject anything at the level */
    double low;
    double high;
    double p_value;
};
struct pal_event_study {
    enum pal_fit_status
        status;          /* PAL_FIT_TOO_FEW units on a side, or periods before or after;
                                   nothing else is set */
    bool is_exact;       /* all choices were made */
    size_t choice_count; /* the one that was made among them */
    struct pal_effect
        *periods; /* the arena's, one a period; in those before, of the period
                                   itself against the mean of all before */
    struct pal_effect
        after; /* of all periods after together; not set when there is none */
    bool has_after;
};
/* The same choices serve all periods. PAL_INPUT for a value that is no number. */
pal_status pal_event_study_run(const struct pal_event_study_data *data,
                               const struct pal_event_study_setting *setting,
                               struct pal_arena *arena, struct pal_event_study *out,
                               struct pal_error *err) PAL_MUST_USE;

#endif
