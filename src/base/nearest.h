/*
 * The known word nearest to one that nobody knows, for "did you mean".
 */
#ifndef PAL_BASE_NEAREST_H
#define PAL_BASE_NEAREST_H

#include "base/view.h"

enum { PAL_NEAREST_SIZE_MAX = 64 };

/* How many letters to add, drop, change or swap with a neighbour to get from a to b. Texts
 * longer than PAL_NEAREST_SIZE_MAX count as unlike. */
size_t pal_word_distance(struct pal_view a, struct pal_view b);

/* Keeps the nearer of `best` (empty at first) and `known`; only words near enough to be a slip
 * of the hand are taken. */
struct pal_nearest {
    struct pal_view word;
    struct pal_view best; /* borrowed from what was tried; no data: none is near */
    size_t distance;
};
void pal_nearest_try(struct pal_nearest *nearest, struct pal_view known);

#endif
