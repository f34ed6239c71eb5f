/*
 * Filling a batch: private to room record.
 */
#ifndef PAL_RECORD_BATCH_H
#define PAL_RECORD_BATCH_H

#include "record/cell.h"

enum {
    PAL_BATCH_ITEM_MAX = 64 * 1024, /* rejects, extras, notes: a batch ends beyond */
    PAL_BATCH_TEXT_MAX = 4 * 1024 * 1024,  /* bytes of their texts, likewise */
    PAL_BATCH_SIZE_MAX = 512 * 1024 * 1024 /* cap of all texts; one row stays below */
};

/* Empty, for rows of `table`; its columns get their types. */
void pal_batch_begin(struct pal_batch *batch, enum pal_table table,
                     const struct pal_field *fields, size_t field_count);
/* Whether the next row should go to another batch. */
bool pal_batch_is_full(const struct pal_batch *batch);
/* A row without fields; the values are set afterwards. */
size_t pal_batch_add_row(struct pal_batch *batch, uint64_t row);
void pal_batch_set(struct pal_batch *batch, size_t row, size_t field,
                   const struct pal_cell_value *value);
/* The same for the value of a text. */
static inline void pal_batch_set_term(struct pal_batch *batch, size_t row, size_t field,
                                      uint32_t term)
{
    struct pal_batch_column *column = &batch->columns[field];
    column->valid[row / 64] |= UINT64_C(1) << (row % 64);
    column->values.term[row] = term;
}

pal_status pal_batch_add_cell_reject(struct pal_batch *batch,
                                     struct pal_cell_reject reject,
                                     struct pal_error *err) PAL_MUST_USE;
pal_status pal_batch_add_row_reject(struct pal_batch *batch,
                                    struct pal_row_reject reject,
                                    struct pal_error *err) PAL_MUST_USE;
pal_status pal_batch_add_extra(struct pal_batch *batch, struct pal_text_cell cell,
                               struct pal_error *err) PAL_MUST_USE;
pal_status pal_batch_add_note(struct pal_batch *batch, struct pal_text_cell cell,
                              struct pal_error *err) PAL_MUST_USE;
pal_status pal_batch_add_statistic(struct pal_batch *batch,
                                   struct pal_statistic statistic,
                                   struct pal_error *err) PAL_MUST_USE;

#endif
