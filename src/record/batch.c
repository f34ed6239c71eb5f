#include "record/batch.h"

#include <string.h>

enum { VALUE_SIZE = 16 }; /* the widest, an id */

struct list {
    void *items;
    size_t room;
};

struct pal_batch_memory {
    unsigned char *values; /* PAL_FIELD_MAX columns of PAL_BATCH_ROW_MAX values */
    struct pal_arena texts;
    struct list cell_rejects;
    struct list row_rejects;
    struct list extras;
    struct list notes;
    struct list statistics;
};

pal_status pal_batch_new(struct pal_batch **out, struct pal_error *err)
{
    *out = NULL;
    struct pal_batch *batch = pal_alloc_zero(1, sizeof *batch);
    struct pal_batch_memory *memory = pal_alloc_zero(1, sizeof *memory);
    unsigned char *values =
        pal_alloc_zero((size_t)PAL_FIELD_MAX * PAL_BATCH_ROW_MAX, VALUE_SIZE);
    if (batch == NULL || memory == NULL || values == NULL) {
        pal_free(batch);
        pal_free(memory);
        pal_free(values);
        return pal_fail_memory(err);
    }
    memory->values = values;
    pal_arena_init(&memory->texts, PAL_BATCH_SIZE_MAX);
    batch->memory = memory;
    *out = batch;
    return PAL_OK;
}

void pal_batch_free(struct pal_batch *batch)
{
    if (batch == NULL) {
        return;
    }
    struct pal_batch_memory *memory = batch->memory;
    pal_free(memory->values);
    pal_free(memory->cell_rejects.items);
    pal_free(memory->row_rejects.items);
    pal_free(memory->extras.items);
    pal_free(memory->notes.items);
    pal_free(memory->statistics.items);
    pal_arena_clear(&memory->texts);
    pal_free(memory);
    pal_free(batch);
}

void pal_batch_begin(struct pal_batch *batch, enum pal_table table,
                     const struct pal_field *fields, size_t field_count)
{
    batch->table = table;
    batch->row_count = 0;
    batch->recorded = 0;
    batch->column_count = field_count;
    batch->cell_reject_count = 0;
    batch->row_reject_count = 0;
    batch->extra_count = 0;
    batch->note_count = 0;
    batch->statistic_count = 0;
    pal_arena_reset(&batch->memory->texts);
    for (size_t i = 0; i < field_count; i++) {
        struct pal_batch_column *column = &batch->columns[i];
        unsigned char *values =
            batch->memory->values + i * PAL_BATCH_ROW_MAX * (size_t)VALUE_SIZE;
        column->type = fields[i].type;
        memset(column->valid, 0, sizeof column->valid);
        switch (fields[i].type) {
        case PAL_FIELD_DATE:
            column->values.day = (int32_t *)(void *)values;
            break;
        case PAL_FIELD_DATE_TIME:
        case PAL_FIELD_INTEGER:
            column->values.integer = (int64_t *)(void *)values;
            break;
        case PAL_FIELD_NUMBER:
            column->values.number = (double *)(void *)values;
            break;
        case PAL_FIELD_IDENTIFIER:
            column->values.id = (struct pal_hash_id *)(void *)values;
            break;
        case PAL_FIELD_CATEGORY:
        case PAL_FIELD_AREA:
        case PAL_FIELD_RELEASED_ID:
            column->values.term = (uint32_t *)(void *)values;
            break;
        }
    }
}

bool pal_batch_is_full(const struct pal_batch *batch)
{
    return batch->row_count == PAL_BATCH_ROW_MAX ||
           batch->cell_reject_count >= PAL_BATCH_ITEM_MAX ||
           batch->row_reject_count >= PAL_BATCH_ITEM_MAX ||
           batch->extra_count >= PAL_BATCH_ITEM_MAX ||
           batch->note_count >= PAL_BATCH_ITEM_MAX ||
           batch->memory->texts.used >= PAL_BATCH_TEXT_MAX;
}

size_t pal_batch_add_row(struct pal_batch *batch, uint64_t row)
{
    PAL_BUG_IF(batch->row_count == PAL_BATCH_ROW_MAX);
    size_t at = batch->row_count++;
    batch->row[at] = (int64_t)row;
    batch->redacted[at] = 0;
    batch->failed[at] = 0;
    return at;
}

void pal_batch_set(struct pal_batch *batch, size_t row, size_t field,
                   const struct pal_cell_value *value)
{
    struct pal_batch_column *column = &batch->columns[field];
    if (value->outcome == PAL_OUTCOME_REDACTED) {
        batch->redacted[row] |= (int64_t)(UINT64_C(1) << field);
        return;
    }
    if (value->outcome == PAL_OUTCOME_FAILED) {
        batch->failed[row] |= (int64_t)(UINT64_C(1) << field);
        return;
    }
    if (value->outcome == PAL_OUTCOME_MISSING) {
        return;
    }
    column->valid[row / 64] |= UINT64_C(1) << (row % 64);
    switch (column->type) {
    case PAL_FIELD_DATE:
        column->values.day[row] = value->day;
        break;
    case PAL_FIELD_DATE_TIME:
    case PAL_FIELD_INTEGER:
        column->values.integer[row] = value->integer;
        break;
    case PAL_FIELD_NUMBER:
        column->values.number[row] = value->number;
        break;
    case PAL_FIELD_IDENTIFIER:
        column->values.id[row] = value->id;
        break;
    case PAL_FIELD_CATEGORY:
    case PAL_FIELD_AREA:
    case PAL_FIELD_RELEASED_ID:
        column->values.term[row] = value->term;
        break;
    }
}

/* Room for the item at `count`; the items, which may have moved, are given back. */
static void *list_at(struct list *list, size_t count, size_t size)
{
    if (count == list->room) {
        size_t room = list->room == 0 ? 64 : 2 * list->room;
        void *items = pal_realloc(list->items, room, size);
        if (items == NULL) {
            return NULL;
        }
        list->items = items;
        list->room = room;
    }
    return list->items;
}

static pal_status keep(struct pal_batch *batch, struct pal_view *text,
                       struct pal_error *err)
{
    return pal_arena_copy(&batch->memory->texts, *text, text, err);
}

pal_status pal_batch_add_cell_reject(struct pal_batch *batch,
                                     struct pal_cell_reject reject,
                                     struct pal_error *err)
{
    struct pal_cell_reject *items =
        list_at(&batch->memory->cell_rejects, batch->cell_reject_count, sizeof reject);
    if (items == NULL) {
        return pal_fail_memory(err);
    }
    batch->cell_rejects = items;
    pal_status status = keep(batch, &reject.raw, err);
    if (status == PAL_OK) {
        items[batch->cell_reject_count++] = reject;
    }
    return status;
}

pal_status pal_batch_add_row_reject(struct pal_batch *batch,
                                    struct pal_row_reject reject, struct pal_error *err)
{
    struct pal_row_reject *items =
        list_at(&batch->memory->row_rejects, batch->row_reject_count, sizeof reject);
    if (items == NULL) {
        return pal_fail_memory(err);
    }
    batch->row_rejects = items;
    pal_status status = keep(batch, &reject.raw, err);
    if (status == PAL_OK) {
        items[batch->row_reject_count++] = reject;
    }
    return status;
}

static pal_status add_text_cell(struct pal_batch *batch, struct list *list,
                                size_t *count, const struct pal_text_cell **shown,
                                struct pal_text_cell *cell, struct pal_error *err)
{
    struct pal_text_cell *items = list_at(list, *count, sizeof *cell);
    if (items == NULL) {
        return pal_fail_memory(err);
    }
    *shown = items;
    pal_status status = keep(batch, &cell->text, err);
    if (status == PAL_OK) {
        items[(*count)++] = *cell;
    }
    return status;
}

pal_status pal_batch_add_extra(struct pal_batch *batch, struct pal_text_cell cell,
                               struct pal_error *err)
{
    return add_text_cell(batch, &batch->memory->extras, &batch->extra_count,
                         &batch->extras, &cell, err);
}

pal_status pal_batch_add_note(struct pal_batch *batch, struct pal_text_cell cell,
                              struct pal_error *err)
{
    return add_text_cell(batch, &batch->memory->notes, &batch->note_count,
                         &batch->notes, &cell, err);
}

pal_status pal_batch_add_statistic(struct pal_batch *batch,
                                   struct pal_statistic statistic,
                                   struct pal_error *err)
{
    struct pal_statistic *items =
        list_at(&batch->memory->statistics, batch->statistic_count, sizeof statistic);
    if (items == NULL) {
        return pal_fail_memory(err);
    }
    batch->statistics = items;
    pal_status status = keep(batch, &statistic.statistic, err);
    if (status == PAL_OK) {
        status = keep(batch, &statistic.agency, err);
    }
    if (status == PAL_OK) {
        status = keep(batch, &statistic.category, err);
    }
    if (status == PAL_OK) {
        items[batch->statistic_count++] = statistic;
    }
    return status;
}
