#include "base/progress.h"

#include <stddef.h>

void pal_progress_report(struct pal_progress *progress, struct pal_view what,
                         uint64_t rows, uint64_t bytes_done, uint64_t bytes_total)
{
    if (progress != NULL && progress->report != NULL) {
        progress->report(progress, what, rows, bytes_done, bytes_total);
    }
}
