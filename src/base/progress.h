/*
 * How far a long call has got. A room that works long calls pal_progress_report now and
 * then; only app knows how it is shown. A NULL progress is allowed everywhere.
 */
#ifndef PAL_BASE_PROGRESS_H
#define PAL_BASE_PROGRESS_H

#include <stdint.h>

#include "base/view.h"

struct pal_progress {
    void (*report)(struct pal_progress *self, struct pal_view what, uint64_t rows,
                   uint64_t bytes_done, uint64_t bytes_total);
};

void pal_progress_report(struct pal_progress *progress, struct pal_view what,
                         uint64_t rows, uint64_t bytes_done, uint64_t bytes_total);

#endif
