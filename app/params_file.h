/*
 * The parameters of a method from JSON: one object of numbers, texts, true and false, null,
 * and lists of numbers. What stands in an object within it is called "outer.inner".
 */
#ifndef PAL_APP_PARAMS_FILE_H
#define PAL_APP_PARAMS_FILE_H

#include "base/base.h"
#include "stat/method.h"

enum {
    PAL_PARAMS_SIZE_MAX = 1 << 26,
    PAL_PARAMS_COUNT_MAX = 256,
    PAL_PARAMS_DEPTH_MAX = 4
};

/* Everything given is the arena's. `name` stands for the file in errors. */
pal_status pal_params_parse(struct pal_view content, const char *name,
                            struct pal_arena *arena, struct pal_params *out,
                            struct pal_error *err) PAL_MUST_USE;

#endif
