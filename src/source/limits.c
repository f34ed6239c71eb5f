#include "source/source.h"

/* A row of a spreadsheet program goes up to 16384 columns and 32767 characters a cell; a
 * deflated byte gives at most 1032, and no release seen here goes beyond 60. */
const struct pal_source_limits pal_source_limits_default = {
    .inflated_size_max = UINT64_C(16) * 1024 * 1024 * 1024,
    .inflate_ratio_max = 500,
    .row_max = UINT64_C(100) * 1000 * 1000,
    .column_max = 16384,
    .cell_size_max = 1024 * 1024,
    .shared_string_max = 16 * 1024 * 1024,
    .shared_string_size_max = UINT64_C(512) * 1024 * 1024,
    .nesting_max = 64,
    .part_max = 10 * 1000,
};
