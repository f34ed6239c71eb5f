/*
 * A sheet on its way to batches: private to harvest.c, which reads ahead and opens, and
 * harvest_row.c, which takes the rows.
 */
#ifndef PAL_RECORD_HARVEST_INTERNAL_H
#define PAL_RECORD_HARVEST_INTERNAL_H

#include "record/batch.h"
#include "record/layout.h"
#include "record/statistic.h"

enum { PAL_LAST_MARK_MAX = 40 };

struct pal_column_state {
    struct pal_cell_reader reader;
    bool has_reader;
    bool hides_raw; /* ids, and a birth year, where a whole birth date may stand */
    char last_mark
        [PAL_LAST_MARK_MAX]; /* of an unmapped column: often the same all down */
    size_t last_mark_size;
    int32_t companion; /* the field for a time of day, or for the released id; -1 */
};

struct pal_harvest {
    const struct pal_dictionary *dictionary;
    struct pal_row_stream *rows;
    struct pal_cell_setting setting;
    struct pal_arena texts; /* of the account */
    struct pal_buffer room; /* scratch of the cells */
    struct pal_buffer line; /* scratch of rejected rows */
    struct pal_arena preview_arena;
    struct pal_row preview[PAL_PREVIEW_ROW_MAX];
    size_t preview_count;
    size_t preview_at;
    bool is_stream_over;
    bool is_behind_table; /* a second table has begun */
    struct pal_layout layout;
    struct pal_column_state *states; /* one a column of the layout */
    size_t state_count;
    const struct pal_field *fields;
    size_t field_count;
    struct pal_statistic_finder *finder; /* NULL but for the agency's statistics */
    struct pal_account account;
};

/* States for columns of the layout that have none yet. */
pal_status pal_harvest_make_states(struct pal_harvest *harvest,
                                   struct pal_error *err) PAL_MUST_USE;
/* One row into the batch: above the header, of the table, or of a sheet that is none. */
pal_status pal_harvest_take_row(struct pal_harvest *harvest, struct pal_batch *batch,
                                const struct pal_row *row, bool is_above,
                                struct pal_error *err) PAL_MUST_USE;

#endif
