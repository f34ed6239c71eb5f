/*
 * Scales: from values or days to places on paper, and the ticks that a reader can count by.
 */
#ifndef PAL_PUBLISH_SCALE_H
#define PAL_PUBLISH_SCALE_H

#include "base/base.h"
#include "publish/number.h"

enum { PAL_TICK_MAX = 24 };

struct pal_scale {
    double from; /* value at at_from */
    double to;
    double at_from; /* place, in units of the drawing */
    double at_to;
};

double pal_scale_at(const struct pal_scale *scale, double value);

struct pal_tick {
    double value;
    struct pal_words label;
};

struct pal_ticks {
    size_t count;
    struct pal_tick ticks[PAL_TICK_MAX];
};

/* Round steps (1, 2, 2.5, 5 times a power of ten) from 0 to the first step at or above
 * `high`; about `wanted` of them. high <= 0 gives 0 and 1. */
void pal_ticks_from_zero(double high, int wanted, struct pal_ticks *out);
/* Firsts of months or years from `first` to `last`, at most one for every `apart` of the
 * drawing's units; labels "2019", or "Oct" and in January "2019". */
void pal_ticks_time(int32_t first, int32_t last, const struct pal_scale *scale,
                    double apart, struct pal_ticks *out);

#endif
