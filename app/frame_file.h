/*
 * A table of named columns from a csv's bytes, and back: what `palladium stat` reads and
 * writes. The first row names the columns. An empty cell, NA and NaN are missing, Inf is
 * infinity, what reads as a number is one, and the rest is text.
 */
#ifndef PAL_APP_FRAME_FILE_H
#define PAL_APP_FRAME_FILE_H

#include "base/base.h"
#include "stat/method.h"

enum { PAL_FRAME_FILE_SIZE_MAX = 1 << 28 };

/* `name` stands for the file in errors. PAL_INPUT names the row and the column that is
 * wrong. */
pal_status pal_frame_parse(struct pal_view content, const char *name,
                           struct pal_arena *arena, struct pal_frame *out,
                           struct pal_error *err) PAL_MUST_USE;
/* As csv: 17 significant digits, missing cells as NA. A column "status" is added behind the
 * others when a row says why it has nothing to give. */
pal_status pal_frame_write(const struct pal_frame *frame, struct pal_buffer *out,
                           struct pal_error *err) PAL_MUST_USE;

#endif
