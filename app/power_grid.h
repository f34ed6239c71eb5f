/*
 * Sizes and lengths to try, from the command line: a list (1.5,2,3) or a range (1.1..3), which
 * stands for its ends and the usual steps between them.
 */
#ifndef PAL_APP_POWER_GRID_H
#define PAL_APP_POWER_GRID_H

#include "base/base.h"

enum { PAL_GRID_MAX = 32 };

struct pal_grid {
    double values[PAL_GRID_MAX]; /* ascending */
    size_t count;
};
struct pal_grid_rule {
    const char *option; /* "--days", for words */
    double least;
    double most;
    bool is_whole;
};
/* PAL_USAGE says what is allowed. */
pal_status pal_grid_parse(struct pal_view text, const struct pal_grid_rule *rule,
                          struct pal_grid *out, struct pal_error *err) PAL_MUST_USE;

#endif
