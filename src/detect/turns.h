/*
 * Spurts in turn: do surges of different areas come one after the other, or together?
 *
 * Of every day on which an area has a surge it is counted how many other areas have one too.
 * The mean is compared with what comes out when each area's own days are shifted, in a
 * circle and by whole weeks, against the others': each area keeps its surges, their lengths,
 * their distances and their weekdays, and only their meeting is left to chance.
 */
#ifndef PAL_DETECT_TURNS_H
#define PAL_DETECT_TURNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "stat/fit.h"

enum { PAL_TURNS_DAYS_MIN = 56 }; /* eight whole weeks, covered */

struct pal_turns_input {
    size_t area_count;
    size_t day_count;
    const bool *is_surge;   /* [area * day_count + day] */
    const bool *is_covered; /* the same; NULL: all. Shifts stay among covered days */
    uint64_t seed;
    size_t replicate_count; /* 9999 */
};

struct pal_turns {
    enum pal_fit_status status; /* TOO_FEW: fewer than two areas have a surge */
    size_t area_count;          /* with a surge */
    size_t surge_days;          /* of all areas */
    size_t alone_days;          /* of these, with no other area in surge */
    double together;            /* other areas in surge, on a mean day of a surge */
    double by_chance;           /* the same, mean of the shifted */
    double low;                 /* 95 % of the shifted lie between */
    double high;
    double p_turns;    /* as few or fewer by chance */
    double p_together; /* as many or more by chance */
    /* Known only where the surges are a study's (study.h), else 0. */
    size_t surge_count;    /* of the kind, in these areas and days */
    size_t unplaced_count; /* of the kind in these days, of all areas together: none of
                              them stands out, and none is counted */
    size_t asked_count;    /* areas asked about that could be searched */
};

/* What a result says: the areas meet on fewer days of surge than 95 % of shifts, on more, or
 * neither. The same as p_turns, or p_together, of at most 0.025. */
enum pal_turns_answer {
    PAL_TURNS_UNKNOWN, /* not tested */
    PAL_TURNS_NEITHER,
    PAL_TURNS_IN_TURN,
    PAL_TURNS_TOGETHER
};
enum pal_turns_answer pal_turns_answer(const struct pal_turns *turns);

/* The same for a given seed, with any number of threads (it uses one). */
pal_status pal_turns_run(const struct pal_turns_input *input, struct pal_turns *out,
                         struct pal_error *err) PAL_MUST_USE;

#endif
