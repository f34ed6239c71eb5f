/*
 * The agency's monthly statistics: blocks found by their labels among several tables on a
 * sheet. Rows are fed one after another; facts come out when a block is over.
 */
#ifndef PAL_RECORD_STATISTIC_H
#define PAL_RECORD_STATISTIC_H

#include "record/batch.h"

struct pal_statistic_finder;

pal_status pal_statistic_finder_new(const struct pal_dictionary *dictionary,
                                    struct pal_view sheet,
                                    struct pal_statistic_finder **out,
                                    struct pal_error *err) PAL_MUST_USE;
void pal_statistic_finder_free(struct pal_statistic_finder *finder);
pal_status pal_statistic_finder_add(struct pal_statistic_finder *finder,
                                    const struct pal_row *row, struct pal_batch *batch,
                                    struct pal_error *err) PAL_MUST_USE;
/* The sheet is over: what is still open. */
pal_status pal_statistic_finder_end(struct pal_statistic_finder *finder,
                                    struct pal_batch *batch,
                                    struct pal_error *err) PAL_MUST_USE;
/* Whether one of the rows holds the title of a block. */
bool pal_statistic_is_announced(const struct pal_dictionary *dictionary,
                                const struct pal_row *rows, size_t row_count);

#endif
